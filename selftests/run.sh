#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Run the tests of selftests/Makefile (or those named) in the VM, one after the
# other, and say what happened in TAP. Besides its own status a test fails when
# it leaves a device or namespace behind or a splat in the kernel log. At the
# end nothing may be left: no memory, no object, and the module unloads.
#
#	run.sh [NAME]...
#
# Outputs go to $VSW_OUT: NAME.log, NAME.dmesg and totals.

: "${VSW_VM:?run this in the VM: make check}"
cd "$(dirname "$0")" || exit 1
# shellcheck source=selftests/vm/splats.sh
. vm/splats.sh

passed=0 failed=0 skipped=0 number=0
results=${VSW_OUT:-/tmp}

list_tests()
{
	sed -n 's/^TEST_PROGS += *//p' Makefile
}

# limit NAME: seconds that the test may take
limit()
{
	local secs

	secs=$(sed -n "s/^timeout:$1=//p" settings)
	[ -n "$secs" ] || secs=$(sed -n 's/^timeout=//p' settings)
	[ ! -e /sys/kernel/debug/kmemleak ] || secs=$((secs * 4))
	echo "$secs"
}

# What is there, one per line; no process is started, it runs after each test.
inventory()
{
	local path

	for path in /sys/class/net/*/ /run/netns/*; do
		[ ! -e "$path" ] || echo "$path"
	done
}

# Physical NICs come home from a deleted namespace a moment later.
all_home()
{
	[ "$(inventory)" = "$home" ]
}

leftovers()
{
	comm -13 <(echo "$home") <(inventory)
	comm -23 <(echo "$home") <(inventory) | sed 's/$/ (missing)/'
}

wait_for()
{
	local end=$((SECONDS + 5))

	until "$@"; do
		[ $SECONDS -lt $end ] || return 1
		sleep 0.1
	done
}

# So that what a test left does not make the next one fail.
clean_up()
{
	local path name

	for path in $(leftovers); do
		name=$(basename "$path")
		case $path in
		/run/netns/*)
			ip netns pids "$name" | xargs -r kill -9
			ip netns del "$name"
			;;
		/sys/*) ip link del "$name" 2>/dev/null ;;
		esac
	done
	wait_for all_home
	[ -d /sys/module/vsw ] || insmod "$VSW_KO"
}

kernel_log_since()
{
	dmesg | sed "1,/vsw-test: begin $1\$/d"
}

# verdict STATUS NAME: why the test failed, or nothing
verdict()
{
	case $1 in
	0 | 4) ;;
	124 | 137) echo "did not end within $(limit "$2") seconds" ;;
	*) echo "exit status $1" ;;
	esac
	grep -qa '^not ok' "$results/$2.log" && [ "$1" = 0 ] && echo "not ok, yet exit status 0"
	wait_for all_home || leftovers | sed 's/^/left behind: /'
	kernel_log_since "$2" >"$results/$2.dmesg"
	splats "$results/$2.dmesg" | head -5 | sed 's/^/kernel log: /'
}

# report RESULT NAME SECONDS
report()
{
	local word=ok directive=

	case $1 in
	pass) passed=$((passed + 1)) ;;
	skip) skipped=$((skipped + 1)) directive=' # SKIP' ;;
	fail) failed=$((failed + 1)) word='not ok' ;;
	esac
	echo "$word $number - $2$directive # $3 s"
}

begin()
{
	number=$((number + 1))
	started=$SECONDS
	echo "# [$number/$total] $1"
	echo "vsw-test: begin $1" >/dev/kmsg
}

run_one()
{
	local name=$1 status=0 why

	begin "$name"
	timeout -k 5 "$(limit "$name")" "./$name" >"$results/$name.log" 2>&1 </dev/null ||
		status=$?
	why=$(verdict "$status" "$name")
	if [ -n "$why" ]; then
		sed 's/^/#   /' "$results/$name.log"
		echo "#   why: ${why//$'\n'/$'\n'#   why: }"
		clean_up
		report fail "$name" $((SECONDS - started))
	elif [ "$status" = 4 ]; then
		sed -n 's/^/#   /p' "$results/$name.log" | tail -1
		report skip "$name" $((SECONDS - started))
	else
		report pass "$name" $((SECONDS - started))
	fi
}

# check_end NAME COMMAND...: a check of the whole run; prints why it fails
check_end()
{
	local name=$1 why

	shift
	begin "$name"
	why=$("$@" 2>&1)
	if [ -n "$why" ]; then
		echo "#   ${why//$'\n'/$'\n'#   }"
		report fail "$name" $((SECONDS - started))
	else
		report pass "$name" $((SECONDS - started))
	fi
}

# kmemleak believes in a leak that is older than five seconds in two scans.
find_leaks()
{
	local file=/sys/kernel/debug/kmemleak

	echo scan >"$file"
	sleep 6
	echo scan >"$file"
	cat "$file"
}

unload()
{
	if grep -q '^vsw_kunit ' /proc/modules; then
		rmmod vsw_kunit
	fi
	rmmod vsw || lsmod | grep '^vsw'
}

whole_log()
{
	dmesg >"$results/dmesg"
	splats "$results/dmesg" | head -20
}

prepare()
{
	# These make a device of their own when they are loaded.
	modprobe -q dummy numdummies=0
	modprobe -q bonding max_bonds=0
	modprobe -q ifb numifbs=0
	# Those of tunnels make one in each namespace.
	sysctl -qw net.core.fb_tunnels_only_for_init_net=2
	dmesg -n 1
	home=$(inventory)
	[ -d /sys/module/vsw ] || insmod "$VSW_KO" || {
		echo "Bail out! vsw.ko does not load"
		exit 1
	}
}

main()
{
	local name tests=("$@") end_checks=2

	[ $# -gt 0 ] || mapfile -t tests < <(list_tests)
	[ ! -e /sys/kernel/debug/kmemleak ] || end_checks=$((end_checks + 1))
	total=$((${#tests[@]} + end_checks))
	prepare
	echo "TAP version 13"
	echo "1..$total"
	for name in "${tests[@]}"; do
		[ -e "$name" ] || name=$name.sh
		run_one "$name"
	done
	check_end "module unloads" unload
	# After the unload, which is when what was not freed has lost its owner.
	[ ! -e /sys/kernel/debug/kmemleak ] || check_end "no memory leaked" find_leaks
	check_end "kernel log is clean" whole_log
	echo "$passed $failed $skipped" >"$results/totals"
	echo "# $passed passed, $failed failed, $skipped skipped"
	[ "$failed" = 0 ]
}

{ main "$@"; exit; }
