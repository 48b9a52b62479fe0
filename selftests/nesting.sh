#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Switches can stand on each other: a frame may be in five of them at the same
# time. What would be in a sixth is dropped with a reason.
#
#	sw1     sw2     sw3     sw4     sw5     sw6
#	 | e1 => | e2 => | e3 => | e4 => | v6 -- | e6
#
# What leaves by eN is sent into the next switch by tc; v6 is a VLAN of sw6. The
# kernel has limits of its own for each of these ways, but not for both.

. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	a_frame_passes_five_switches
	a_frame_is_dropped_in_the_sixth
	a_drop_is_traced_with_its_reason
"

tracing=/sys/kernel/tracing

has_carrier()
{
	[ "$(cat "/sys/class/net/$1/carrier")" = 1 ]
}

dummy_port()
{
	ip link add "$1" type dummy
	ip link set "$1" master "$2" up
}

redirect()
{
	tc qdisc add dev "$1" clsact &&
		tc filter add dev "$1" egress matchall action mirred egress redirect dev "$2"
}

setup()
{
	local i

	for i in 1 2 3 4 5 6; do
		add_switch "sw$i"
	done
	dummy_port e6 sw6
	ip link add link sw6 name v6 type vlan id 10
	ip link set v6 master sw5 up
	for i in 1 2 3 4; do
		dummy_port "e$i" "sw$i"
		if ! redirect "e$i" "sw$((i + 1))" 2>/dev/null; then
			echo "1..0 # SKIP this kernel's tc can't redirect"
			exit "$ksft_skip"
		fi
	done
	slowwait 20 has_carrier sw5
}

cleanup()
{
	for i in 1 2 3 4 6; do
		ip link del "e$i"
	done
}

dropped()
{
	vswctl -j -s switch show sw6 | jq '.[0].stats.drops.recursion // 0'
}

sent()
{
	vswctl -j -s port show sw6 e6 | jq '.[0].stats.tx_packets'
}

# One broadcast by the LOCAL port of a switch; nobody answers.
send_from()
{
	arping -q -D -c 1 -w 1 -I "$1" 192.0.2.1
}

grew()
{
	[ "$("$1")" -gt "$2" ]
}

a_frame_passes_five_switches()
{
	local before

	before=$(sent)
	send_from sw2
	slowwait 5 grew sent "$before"
	check_err $? "it does not come out at the end"
}

a_frame_is_dropped_in_the_sixth()
{
	local before

	before=$(dropped)
	send_from sw1
	slowwait 5 grew dropped "$before"
	check_err $? "it is not dropped for recursion"
}

a_drop_is_traced_with_its_reason()
{
	echo 1 >"$tracing/events/vsw/vsw_drop/enable"
	send_from sw1
	echo 0 >"$tracing/events/vsw/vsw_drop/enable"
	grep -q 'vsw_drop: switch=sw6 port=sw6 port_no=4294967294 .* reason=recursion$' \
		"$tracing/trace"
	check_err $? "no event: $(grep vsw_drop "$tracing/trace" | tail -1)"
}

run_tests
