#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# "make check": vswctl's unit tests on this machine, and the selftests in one
# VM per kernel, VSW_JOBS (2) of them at a time: a test is mostly one thread.
#
#	check.sh [-t TEST]... [FLAVOUR[/PART][=TEST,...]]...
#
# PART is the number of one of several VMs that share the tests of a kernel.
# Without FLAVOUR: 6.1 and 6.12, and the KUnit tests on the debug kernel, since
# Debian's kernels are built without KUnit.

# shellcheck source=selftests/vm/common.sh
. "$(dirname "$0")/common.sh"

# run_vm FLAVOUR[/PART] [TEST]...: all selftests, or those named, in a VM
run_vm()
{
	local name=${1/\//.} flavour=${1%/*} limit=2400 memory=1024 nice=5
	local out=$results/$name

	shift
	# It takes longest, so the others give way to it.
	[ "$flavour" != debug ] || limit=5400 memory=2048 nice=0
	rm -rf "$out"
	mkdir -p "$out"
	nice -n $nice "$vsw_vm/boot.sh" -d "$out" -t $limit -m $memory "$flavour" -- \
		selftests/run.sh "$@" 2>&1 | sed -u "s/^/[$name] /"
}

# A VM whose run has no end or a splat outside of any test counts as a failure.
count()
{
	local name=$1 status=$2 p=0 f=0 s=0

	[ ! -e "$results/$name/totals" ] ||
		read -r p f s <"$results/$name/totals"
	[ "$status" = 0 ] || [ "$f" -gt 0 ] || f=1
	passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
	echo "$name: $p passed, $f failed, $s skipped"
}

declare -A name_of

finish_one()
{
	local pid status=0

	wait -n -p pid || status=$?
	running=$((running - 1))
	count "${name_of[$pid]}" $status
}

# start FLAVOUR[/PART] [TEST]...: in the background, once there is room
start()
{
	[ $running -lt "${VSW_JOBS:-2}" ] || finish_one
	run_vm "$@" &
	name_of[$!]=${1/\//.}
	running=$((running + 1))
}

stop_all()
{
	local pid

	for pid in $(jobs -pr); do
		kill -- "-$pid"
	done
}

unit_tests()
{
	say "unit tests of vswctl"
	if make -s -C "$vsw_top/userspace" check; then
		passed=$((passed + 1))
		echo "unit: 1 passed, 0 failed, 0 skipped"
	else
		failed=$((failed + 1))
		echo "unit: 0 passed, 1 failed, 0 skipped"
	fi
}

main()
{
	local tests=() flavours=() own=() flavour opt

	passed=0 failed=0 skipped=0 running=0
	while getopts t: opt; do
		case $opt in
		t) tests+=("$OPTARG") ;;
		*) die "usage: check.sh [-t TEST]... [FLAVOUR[/PART][=TEST,...]]..." ;;
		esac
	done
	shift $((OPTIND - 1))
	# Each VM in a process group of its own, which goes when we are interrupted.
	set -m
	trap stop_all EXIT
	mkdir -p "$vsw_cache/results"
	results=$(mktemp -d "$vsw_cache/results/check.XXXXXX")
	flavours=("${@:-6.1 6.12}")
	read -ra flavours <<<"${flavours[*]}"
	[ ${#tests[@]} -gt 0 ] || unit_tests
	# The slowest first.
	if [ $# -eq 0 ] && [ ${#tests[@]} -eq 0 ]; then
		start debug kunit
	fi
	for flavour in "${flavours[@]}"; do
		IFS=, read -ra own <<<"${flavour#"${flavour%%=*}"}"
		start "${flavour%%=*}" "${tests[@]}" "${own[@]#=}"
	done
	while [ $running -gt 0 ]; do
		finish_one
	done
	echo "$passed $failed $skipped" >"$vsw_cache/results/totals"
	echo "$passed passed, $failed failed, $skipped skipped (results in $results)"
	[ $failed = 0 ]
}

{ main "$@"; exit; }
