# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What the tests share: a small layer on the kernel's own net/lib.sh, which
# gives setup_ns, busywait, slowwait, check of counters and their cleanup.
#
# A new test is a file like this, executable, and a line in selftests/Makefile:
#
#	#!/bin/bash
#	# SPDX-License-Identifier: GPL-2.0
#	# One sentence that says what is tested, and a picture of the topology.
#	. "$(dirname "$0")/lib.sh"
#	ALL_TESTS="two_hosts_reach_each_other"
#	setup() { setup_ns sw a b; add_switch vsw0; veth_port "$a" p1; ... }
#	two_hosts_reach_each_other() { reach "$a" 192.0.2.2; check_err $? "no way"; }
#	run_tests
#
# One function per behaviour, its name is the sentence. In it, check_err,
# check_fail, expect_err and expect_eq note what went wrong, all of it is
# reported. Wait for conditions (busywait MS CMD, slowwait S CMD), never for
# time. Namespaces, and switches in the first one, go by themselves at the end.
# A switch lives in the namespace $sw if the test has set one up.

: "${KSFT:?is the kernel\'s tools/testing/selftests: run this in the VM}"
. "$KSFT/net/lib.sh"
# The debug kernel under emulation is slow; nothing waits longer than needed.
BUSYWAIT_TIMEOUT=30000

# In place of net/lib.sh's own, which starts date.
timestamp_ms()
{
	echo $((${EPOCHREALTIME/[.,]/} / 1000))
}

selftests=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export selftests
ALL_TESTS=
test_number=0

##############################################################################
# Checks: note a failure of the running test, with the reason

fail()
{
	RET=$ksft_fail
	retmsg="${retmsg:+$retmsg; }$*"
	return 1
}

# check_err STATUS [MESSAGE]: STATUS must be 0
check_err()
{
	[ "$1" = 0 ] || fail "${2:-status $1}"
}

# check_fail STATUS [MESSAGE]: STATUS must not be 0
check_fail()
{
	[ "$1" != 0 ] || fail "${2:-succeeded, but should not}"
}

# expect_eq WANTED GOT [WHAT]
expect_eq()
{
	[ "$1" = "$2" ] || fail "${3:-value}: want '$1', got '$2'"
}

# has_line REGEX TEXT: grep -qE without a process
has_line()
{
	local line

	while IFS= read -r line; do
		[[ ! $line =~ $1 ]] || return 0
	done <<<"$2"
	return 1
}

# expect_err STATUS REGEX COMMAND...: it ends with STATUS and says REGEX
expect_err()
{
	local status=$1 regex=$2 output rc=0

	shift 2
	output=$("$@" 2>&1) || rc=$?
	if [ "$rc" != "$status" ]; then
		fail "'$*': status $rc instead of $status: $output"
	elif ! has_line "$regex" "$output"; then
		fail "'$*': no '$regex' in: $output"
	fi
}

# json FILTER COMMAND...: what jq's FILTER picks from COMMAND's JSON output;
# fails if that is nothing, null or false
json()
{
	local filter=$1

	shift
	"$@" | jq -er "$filter"
}

# skip REASON: this machine lacks what the running test needs
skip()
{
	RET=$ksft_skip
	retmsg=$*
}

is_debug_kernel()
{
	[ -e /sys/kernel/debug/kmemleak ]
}

# spread COMMAND...: run it on any CPU; all else runs on CPU 0, which is much
# faster under emulation, but shows no race between CPUs
spread()
{
	taskset -c "0-$(($(nproc --all) - 1))" "$@"
}

##############################################################################
# Topology

# in_ns NS|- COMMAND...: in that network namespace, or here. "ip netns exec" makes a
# mount namespace besides, for /sys, which takes longer than most commands; but it
# becomes the command, so that in the background $! is that.
in_ns()
{
	[ "$1" = - ] || set -- "$1" nsenter --net="/run/netns/$1" -- "${@:2}"
	"${@:2}"
}

# in_sw COMMAND...: run it where the switch lives
in_sw()
{
	in_ns "${sw:--}" "$@"
}

# add_switch NAME [ARG]...: a switch that is up
add_switch()
{
	in_sw vswctl switch add "$@" && ip ${sw:+-n "$sw"} link set "$1" up
}

# veth_port NS PORT [SWITCH [ARG]...]: cable NS's eth0 to a port of SWITCH (vsw0)
veth_port()
{
	local ns=$1 port=$2 switch=${3:-vsw0}

	shift $(($# < 3 ? $# : 3))
	ip ${sw:+-n "$sw"} link add "$port" type veth peer name eth0 netns "$ns" &&
		in_sw vswctl port add "$switch" "$port" "$@" &&
		ip ${sw:+-n "$sw"} link set "$port" up &&
		ip -n "$ns" link set eth0 up
}

# address NS ADDRESS/LEN [DEV]: without duplicate detection, usable at once
address()
{
	local nodad=

	[[ $2 != *:* ]] || nodad=nodad
	ip -n "$1" address add "$2" dev "${3:-eth0}" $nodad
}

# reach NS ADDRESS [PING-ARG]...: ADDRESS answers, within a few attempts
reach()
{
	local ns=$1 address=$2

	shift 2
	in_ns "$ns" ping -q -c 1 -i 0.2 -w 30 "$@" "$address" >/dev/null 2>&1
}

# unreachable NS ADDRESS: it answers none of three attempts
unreachable()
{
	! in_ns "$1" ping -q -c 3 -i 0.2 -W 1 "$2" >/dev/null 2>&1
}

##############################################################################
# Accounting: every frame is sent, punted or dropped, at every switch we can see

# all_switches: those of each of our namespaces, as JSON arrays
all_switches()
{
	local ns

	for ns in "" "${NS_LIST[@]}"; do
		[ -z "$ns" ] || [ -e "/run/netns/$ns" ] || continue
		vswctl -s -j ${ns:+-n "$ns"} switch show || return
	done
}

# in_balance: all of received + copied is sent, punted or dropped; prints the
# switches where it is not. One jq for all: it takes longer to start than to run.
in_balance()
{
	local switches lost

	switches=$(all_switches) || return
	lost=$(jq -c '.[] | select(.stats | .rx_packets + .copied !=
		.tx_packets + .punted + ([.drops[]?] | add // 0)) | {switch, stats}' <<<"$switches") || return
	echo "$lost"
	[ -z "$lost" ]
}

# Frames under way make it wrong for a moment, a lost one makes it so for good.
check_balance()
{
	local lost

	lost=$(slowwait 5 in_balance) && return
	echo "# frames received are not those sent and dropped: $lost"
	return 1
}

##############################################################################
# Running

# In place of net/lib.sh's own: one TAP line per test
log_test_result()
{
	local name=$1 result=$3 message=${4:-} word=ok directive=

	case $result in
	FAIL) word='not ok' ;;
	SKIP) directive=' # SKIP' ;;
	XFAIL) directive=' # XFAIL' ;;
	esac
	echo "$word $((++test_number)) - ${name//_/ }$directive${message:+ # $message}"
}

cleanup_test()
{
	local switch

	[ "$(type -t cleanup)" != function ] || cleanup
	while read -r switch _; do
		ip link del "$switch"
	done < <(vswctl switch show 2>/dev/null)
	cleanup_all_ns
}

# Any command of setup that fails ends the test, and is named.
run_setup()
{
	[ "$(type -t setup)" = function ] || return 0
	set -E
	trap 'echo "Bail out! setup failed: $BASH_COMMAND" \
		"(in ${FUNCNAME[0]}, called in line ${BASH_LINENO[0]})"; exit $ksft_fail' ERR
	setup
	trap - ERR
	set +E
}

# run_tests: run setup, all of ALL_TESTS (or those named by TESTS), and exit
run_tests()
{
	local name tests

	trap cleanup_test EXIT
	read -ra tests -d '' <<<"${TESTS:-$ALL_TESTS}"
	echo "TAP version 13"
	echo "1..$((${#tests[@]} + 1))"
	run_setup
	for name in "${tests[@]}"; do
		RET=$ksft_pass retmsg=
		"$name" || [ "$RET" != 0 ] || fail "$name returned an error"
		log_test "$name"
	done
	RET=$ksft_pass retmsg=
	check_balance || fail "see above"
	log_test every_frame_was_sent_or_dropped
	exit "$EXIT_STATUS"
}
