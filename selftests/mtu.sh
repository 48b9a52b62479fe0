#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# A frame that is larger than the MTU of the port it should leave by is dropped
# with a reason; the switch changes no port's MTU.
#
#	MTU 9000  h1 ----- p1 +------+ p2 ----- h2  MTU 1500
#	                      | vsw0 |
#	                      +------+ p3 ----- h3  MTU 9000

. "$(dirname "$0")/wires.sh"

ALL_TESTS="
	a_frame_of_the_full_size_passes
	a_frame_that_is_too_large_is_dropped_with_a_reason
	a_flood_reaches_the_ports_that_can_take_it
	a_tag_does_not_count
	a_large_packet_to_be_segmented_passes_a_small_mtu
	segments_larger_than_the_mtu_are_dropped
	no_port_has_its_mtu_changed
	the_switchs_own_mtu_is_free
"

setup()
{
	bench 1 2 3
	ip -batch - <<-EOF
		link set h1 mtu 9000
		link set p1 mtu 9000
		link set h3 mtu 9000
		link set p3 mtu 9000
		link set vsw0 mtu 9000
	EOF
	frames_start h1 h2 h3
	# h2 is known
	frame "h2 eth src=$B dst=$bcast data => h1 same; h3 same"
}

a_frame_of_the_full_size_passes()
{
	frames <<-EOF
		h1 eth src=$A dst=$B data len=1500 => h2 same
		h1 eth src=$A dst=$X data len=1500 => h2 same; h3 same
		h3 eth src=$C dst=$A data len=9000 => h1 same
	EOF
}

mtu_drops()
{
	vswctl -j -s port show vsw0 p2 | jq '.[0].stats.drops.mtu // 0'
}

# As on every Ethernet device there is room for a tag.
a_frame_that_is_too_large_is_dropped_with_a_reason()
{
	local before

	before=$(mtu_drops)
	frames <<-EOF
		h1 eth src=$A dst=$B data len=1505 =>
		h1 eth src=$A dst=$B data len=9000 =>
	EOF
	expect_eq $((before + 2)) "$(mtu_drops)" "drops of p2 for mtu"
}

a_flood_reaches_the_ports_that_can_take_it()
{
	local before

	before=$(mtu_drops)
	frame "h1 eth src=$A dst=$X data len=4000 => h3 same"
	expect_eq $((before + 1)) "$(mtu_drops)" "drops of p2 for mtu"
}

a_tag_does_not_count()
{
	frame "h1 eth src=$A dst=$X vlan vid=5 data len=1500 => h2 same; h3 same"
}

a_large_packet_to_be_segmented_passes_a_small_mtu()
{
	frame "h1 eth src=$A dst=$B ip tcp gso=1400 data len=5600 => h2 same"
}

segments_larger_than_the_mtu_are_dropped()
{
	local before

	before=$(mtu_drops)
	frame "h1 eth src=$A dst=$B ip tcp gso=4000 data len=8000 =>"
	expect_eq $((before + 1)) "$(mtu_drops)" "drops of p2 for mtu"
}

mtus()
{
	ip -j link | jq -c 'map({(.ifname): .mtu}) | add | [.p1, .p2, .p3]'
}

no_port_has_its_mtu_changed()
{
	expect_eq '[9000,1500,9000]' "$(mtus)" "after everything above"
	vswctl port del vsw0 p2
	vswctl port add vsw0 p2
	ip link set vsw0 mtu 1400
	expect_eq '[9000,1500,9000]' "$(mtus)" "after a change of the switch"
	ip link set vsw0 mtu 9000
	ip link set p2 mtu 1600
	expect_eq '[9000,1600,9000]' "$(mtus)" "after a change of p2"
}

the_switchs_own_mtu_is_free()
{
	local mtu

	for mtu in 68 1280 1500 9000 65535; do
		ip link set vsw0 mtu "$mtu"
		check_err $? "MTU $mtu is refused"
	done
	expect_err 2 . ip link set vsw0 mtu 67
	ip link set vsw0 mtu 1500
}

run_tests
