#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# peer.sh with netkits in the place of veths: frames are handed to the other end
# only where the user asks for it, and then nobody can tell.

. "$(dirname "$0")/wires.sh"

# netkit_port NS PORT: cable NS's eth0 to a port of vsw0
netkit_port()
{
	python3 "$selftests/netkit.py" "$2" "$2-peer" &&
		ip link set "$2-peer" name eth0 netns "$1" &&
		vswctl port add vsw0 "$2" &&
		ip link set "$2" up &&
		ip -n "$1" link set eth0 up
}

# Before any of the other tests asks for it.
nothing_is_handed_over_unless_asked_for()
{
	port_is p1 '.peer_delivery == false' && port_is p2 '.peer_delivery == false'
	check_err $? "on from the start"
	! has_tracing || expect_queued 80
	peer_delivery on
}

if ! python3 "$selftests/netkit.py" probe0 probe1 2>/dev/null; then
	echo "1..0 # SKIP this kernel has no netkit"
	exit "$ksft_skip"
fi
ip link del probe0

pair=netkit
TESTS=${TESTS:-"nothing_is_handed_over_unless_asked_for
	a_frame_is_handed_over_without_a_queue
	a_capture_at_the_port_sees_each_frame
	a_capture_at_the_peer_sees_each_frame
	tc_at_the_port_sees_each_frame
	tc_at_the_peer_sees_each_frame
	a_qdisc_at_the_port_queues_each_frame
	statistics_of_both_ends_count_each_frame
	a_large_frame_for_a_peer_with_a_small_mtu_is_dropped
	a_peer_that_is_down_gets_nothing
	tcp_is_whole
	a_mark_does_not_cross_the_namespace
	a_frame_is_handed_over_behind_a_patch
	turned_off_nothing_is_handed_over"}
. "$selftests/peer.sh"
