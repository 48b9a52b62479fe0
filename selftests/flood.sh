#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Unknown unicast, multicast and broadcast frames go to all ports but the one
# they came from; each kind can be switched off for a port by itself.
#
#	h1 ----- p1 +------+ p2 ----- h2
#	            | vsw0 |
#	h3 ----- p3 +------+ LOCAL

. "$(dirname "$0")/wires.sh"

ALL_TESTS="
	all_three_kinds_are_flooded_by_default
	unknown_unicast_is_switched_off_by_flood
	multicast_is_switched_off_by_mcast_flood
	broadcast_is_switched_off_by_bcast_flood
	a_known_address_is_reached_with_flooding_off
	a_flag_of_the_port_of_entry_does_not_matter
	flooding_copies_once_less_than_it_has_receivers
	a_frame_that_nobody_takes_is_dropped
"

setup()
{
	bench 1 2 3
	frames_start h1 h2 h3 vsw0
}

# ports SETTING...: give them to p1, p2 and p3
ports()
{
	vswctl -b - <<-EOF
		port set vsw0 p1 $*
		port set vsw0 p2 $*
		port set vsw0 p3 $*
		fdb flush vsw0
	EOF
}

all_three_kinds_are_flooded_by_default()
{
	frames <<-EOF
		h1 eth src=$A dst=$X data => h2 same; h3 same; vsw0 same
		h1 eth src=$A dst=$mcast data => h2 same; h3 same; vsw0 same
		h1 eth src=$A dst=33:33:00:00:00:01 data => h2 same; h3 same; vsw0 same
		h1 eth src=$A dst=$bcast data => h2 same; h3 same; vsw0 same
		vsw0 eth src=$B dst=$X data => h1 same; h2 same; h3 same
	EOF
}

unknown_unicast_is_switched_off_by_flood()
{
	vswctl port set vsw0 p2 flood off
	frames <<-EOF
		h1 eth src=$A dst=$X data => h3 same; vsw0 same
		h1 eth src=$A dst=$mcast data => h2 same; h3 same; vsw0 same
		h1 eth src=$A dst=$bcast data => h2 same; h3 same; vsw0 same
	EOF
	ports flood on
	frame "h1 eth src=$A dst=$X data => h2 same; h3 same; vsw0 same"
}

multicast_is_switched_off_by_mcast_flood()
{
	vswctl port set vsw0 p2 mcast_flood off
	frames <<-EOF
		h1 eth src=$A dst=$X data => h2 same; h3 same; vsw0 same
		h1 eth src=$A dst=$mcast data => h3 same; vsw0 same
		h1 eth src=$A dst=$bcast data => h2 same; h3 same; vsw0 same
	EOF
	ports mcast_flood on
	frame "h1 eth src=$A dst=$mcast data => h2 same; h3 same; vsw0 same"
}

broadcast_is_switched_off_by_bcast_flood()
{
	vswctl port set vsw0 p2 bcast_flood off
	frames <<-EOF
		h1 eth src=$A dst=$X data => h2 same; h3 same; vsw0 same
		h1 eth src=$A dst=$mcast data => h2 same; h3 same; vsw0 same
		h1 eth src=$A dst=$bcast data => h3 same; vsw0 same
	EOF
	ports bcast_flood on
	frame "h1 eth src=$A dst=$bcast data => h2 same; h3 same; vsw0 same"
}

a_known_address_is_reached_with_flooding_off()
{
	ports flood off mcast_flood off bcast_flood off
	frames <<-EOF
		h2 eth src=$B dst=$bcast data => vsw0 same
		h1 eth src=$A dst=$B data => h2 same
		h2 eth src=$B dst=$A data => h1 same
	EOF
	ports flood on mcast_flood on bcast_flood on
}

a_flag_of_the_port_of_entry_does_not_matter()
{
	vswctl port set vsw0 p1 flood off mcast_flood off bcast_flood off
	frames <<-EOF
		h1 eth src=$A dst=$X data => h2 same; h3 same; vsw0 same
		h1 eth src=$A dst=$mcast data => h2 same; h3 same; vsw0 same
		h1 eth src=$A dst=$bcast data => h2 same; h3 same; vsw0 same
	EOF
	ports flood on mcast_flood on bcast_flood on
}

copied()
{
	vswctl -j -s port show vsw0 p1 | jq '.[0].stats.copied'
}

# Each round sends one marker from h1, which goes to h2, h3 and LOCAL.
flooding_copies_once_less_than_it_has_receivers()
{
	local before after

	before=$(copied)
	frame "h1*10 eth src=$A dst=$X data => h2*10 same; h3*10 same; vsw0*10 same"
	after=$(copied)
	expect_eq $((10 * 2 + 2)) $((after - before)) "copies for 3 receivers"
	vswctl port set vsw0 p2 flood off
	frame "h1*10 eth src=$A dst=$X data => h3*10 same; vsw0*10 same"
	expect_eq $((10 * 1 + 2)) $(($(copied) - after)) "copies for 2 receivers"
	ports flood on
}

a_frame_that_nobody_takes_is_dropped()
{
	local before

	before=$(drops no-destination)
	ports mcast_flood off
	vswctl port set vsw0 LOCAL mcast_flood off
	frame "h1*3 eth src=$A dst=$mcast data =>"
	expect_eq $((before + 3)) "$(drops no-destination)" "drops for no-destination"
	vswctl port set vsw0 LOCAL mcast_flood on
	ports mcast_flood on
}

run_tests
