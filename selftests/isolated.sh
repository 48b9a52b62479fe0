#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Isolated ports reach all but each other; a port with hairpin gets back what
# it sent.
#
#	isolated  h1 ----- p1 +------+ p2 ----- h2  isolated
#	                      | vsw0 |
#	               LOCAL  +------+ p3 ----- h3

. "$(dirname "$0")/wires.sh"

ALL_TESTS="
	a_flood_from_an_isolated_port_spares_the_isolated
	a_known_address_at_an_isolated_port_is_dropped
	isolated_ports_reach_the_others_and_are_reached
	isolation_ends_with_the_flag
	without_hairpin_nothing_comes_back
	with_hairpin_a_flood_comes_back
	with_hairpin_a_known_address_at_the_same_port_is_reached
"

setup()
{
	bench 1 2 3
	frames_start h1 h2 h3 vsw0
	vswctl port set vsw0 p1 isolated on
	vswctl port set vsw0 p2 isolated on
}

a_flood_from_an_isolated_port_spares_the_isolated()
{
	frames <<-EOF
		h1 eth src=$A dst=$bcast data => h3 same; vsw0 same
		h2 eth src=$B dst=$mcast data => h3 same; vsw0 same
		h1 eth src=$A dst=$X data => h3 same; vsw0 same
	EOF
}

a_known_address_at_an_isolated_port_is_dropped()
{
	local before

	before=$(drops isolated)
	frames <<-EOF
		h2 eth src=$B dst=$bcast data => h3 same; vsw0 same
		h1*2 eth src=$A dst=$B data =>
	EOF
	expect_eq $((before + 2)) "$(drops isolated)" "drops for isolated"
}

isolated_ports_reach_the_others_and_are_reached()
{
	frames <<-EOF
		h3 eth src=$C dst=$bcast data => h1 same; h2 same; vsw0 same
		h1 eth src=$A dst=$C data => h3 same
		h2 eth src=$B dst=$C data => h3 same
		h3 eth src=$C dst=$A data => h1 same
		h3 eth src=$C dst=$B data => h2 same
		vsw0 eth src=$X dst=$A data => h1 same
	EOF
}

isolation_ends_with_the_flag()
{
	vswctl port set vsw0 p2 isolated off
	frames <<-EOF
		h1 eth src=$A dst=$B data => h2 same
		h2 eth src=$B dst=$A data => h1 same
		h1 eth src=$A dst=$bcast data => h2 same; h3 same; vsw0 same
	EOF
	vswctl port set vsw0 p2 isolated on
}

without_hairpin_nothing_comes_back()
{
	local before

	before=$(drops hairpin)
	frames <<-EOF
		h3 eth src=$C dst=$bcast data => h1 same; h2 same; vsw0 same
		h3 eth src=$B dst=$C data =>
	EOF
	expect_eq $((before + 1)) "$(drops hairpin)" "drops for hairpin"
}

with_hairpin_a_flood_comes_back()
{
	vswctl port set vsw0 p3 hairpin on
	frame "h3 eth src=$C dst=$bcast data => h1 same; h2 same; h3 same; vsw0 same"
	vswctl port set vsw0 p3 hairpin off
	frame "h3 eth src=$C dst=$bcast data => h1 same; h2 same; vsw0 same"
}

with_hairpin_a_known_address_at_the_same_port_is_reached()
{
	frame "h3 eth src=$C dst=$bcast data => h1 same; h2 same; vsw0 same"
	vswctl port set vsw0 p3 hairpin on
	frame "h3 eth src=$B dst=$C data => h3 same"
	vswctl port set vsw0 p3 hairpin off
}

run_tests
