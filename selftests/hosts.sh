#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# "make check-hosts": the examples that have several hosts do what they say. Runs
# on this machine, one scenario after the other, and tells the results in TAP.
#
#	hosts.sh [-k KERNEL]... [SCENARIO]...
#
# Without KERNEL: 6.12. Without SCENARIO: all of them.

# shellcheck source=selftests/vm/common.sh
. "$(dirname "$0")/vm/common.sh"

list_scenarios()
{
	find "$vsw_top/examples" -name hosts.sh -printf '%h\n' | sed 's,.*/,,' | sort
}

# run_one KERNEL SCENARIO
run_one()
{
	local log started=$SECONDS word=ok

	log=$vsw_cache/results/hosts.$2.$1.log
	number=$((number + 1))
	KERNEL=$1 "$vsw_top/examples/$2/hosts.sh" </dev/null >"$log" 2>&1 || {
		word='not ok' failed=$((failed + 1))
		sed 's/^/#   /' "$log"
	}
	echo "$word $number - $2 on $1 # $((SECONDS - started)) s"
}

main()
{
	local kernels=() scenarios kernel scenario opt

	number=0 failed=0
	while getopts k: opt; do
		case $opt in
		k) kernels+=("$OPTARG") ;;
		*) die "usage: hosts.sh [-k KERNEL]... [SCENARIO]..." ;;
		esac
	done
	shift $((OPTIND - 1))
	[ ${#kernels[@]} -gt 0 ] || kernels=(6.12)
	scenarios=("$@")
	[ $# -gt 0 ] || mapfile -t scenarios < <(list_scenarios)
	mkdir -p "$vsw_cache/results"
	echo "TAP version 13"
	echo "1..$((${#kernels[@]} * ${#scenarios[@]}))"
	for kernel in "${kernels[@]}"; do
		for scenario in "${scenarios[@]}"; do
			run_one "$kernel" "$scenario"
		done
	done
	[ $failed = 0 ]
}

{ main "$@"; exit; }
