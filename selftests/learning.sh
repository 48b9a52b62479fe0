#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# A port learns where stations are from the frames that they send, per VLAN;
# what goes to a known address goes there only, and addresses move.
#
#	h1 ----- p1 +------+ p2 ----- h2
#	            | vsw0 |
#	h3 ----- p3 +------+ LOCAL

. "$(dirname "$0")/wires.sh"

ALL_TESTS="
	an_unknown_address_is_flooded_to_all_but_the_sender
	a_frame_teaches_where_its_sender_is
	a_station_that_moves_is_found_at_its_new_port
	each_vlan_learns_for_itself
	a_port_with_learning_off_learns_nothing
	group_and_zero_source_addresses_are_dropped
	a_frame_to_its_own_port_is_dropped
	what_is_learned_is_shown_with_port_vlan_and_age
	learning_and_moving_are_told
	a_port_that_goes_is_forgotten
"

setup()
{
	bench 1 2 3
	frames_start h1 h2 h3 vsw0
}

forget()
{
	vswctl fdb flush vsw0
}

an_unknown_address_is_flooded_to_all_but_the_sender()
{
	forget
	frames <<-EOF
		h1 eth src=$A dst=$X data => h2 same; h3 same; vsw0 same
		h1 eth src=$A dst=$bcast data => h2 same; h3 same; vsw0 same
		h1 eth src=$A dst=$mcast data => h2 same; h3 same; vsw0 same
	EOF
}

a_frame_teaches_where_its_sender_is()
{
	forget
	frames <<-EOF
		h1 eth src=$A dst=$bcast data => h2 same; h3 same; vsw0 same
		h2 eth src=$B dst=$A data => h1 same
		h1 eth src=$A dst=$B data => h2 same
		h3 eth src=$C dst=$B data => h2 same
		vsw0 eth src=$X dst=$B data => h2 same
	EOF
}

a_station_that_moves_is_found_at_its_new_port()
{
	forget
	frames <<-EOF
		h1 eth src=$A dst=$bcast data => h2 same; h3 same; vsw0 same
		h2 eth src=$A dst=$bcast data => h1 same; h3 same; vsw0 same
		h3 eth src=$C dst=$A data => h2 same
		h1 eth src=$A dst=$C data => h3 same
		h3 eth src=$C dst=$A data => h1 same
	EOF
}

each_vlan_learns_for_itself()
{
	forget
	frames <<-EOF
		h1 eth src=$A dst=$bcast vlan vid=5 data => h2 same; h3 same; vsw0 same
		h2 eth src=$A dst=$bcast vlan vid=6 data => h1 same; h3 same; vsw0 same
		h3 eth src=$C dst=$A vlan vid=5 data => h1 same
		h3 eth src=$C dst=$A vlan vid=6 data => h2 same
		h3 eth src=$C dst=$A data => h1 same; h2 same; vsw0 same
	EOF
}

a_port_with_learning_off_learns_nothing()
{
	forget
	vswctl port set vsw0 p1 learning off
	frames <<-EOF
		h1 eth src=$A dst=$bcast data => h2 same; h3 same; vsw0 same
		h2 eth src=$B dst=$A data => h1 same; h3 same; vsw0 same
		h1 eth src=$A dst=$B data => h2 same
	EOF
	vswctl port set vsw0 p1 learning on
	frames <<-EOF
		h1 eth src=$A dst=$B data => h2 same
		h2 eth src=$B dst=$A data => h1 same
	EOF
}

group_and_zero_source_addresses_are_dropped()
{
	local before

	forget
	before=$(drops source-address)
	frames <<-EOF
		h1 eth src=03:00:00:00:00:01 dst=$B data =>
		h1 eth src=$bcast dst=$bcast data =>
		h1 eth src=00:00:00:00:00:00 dst=$bcast data =>
	EOF
	expect_eq $((before + 3)) "$(drops source-address)" "drops for source-address"
	vswctl -j fdb show vsw0 | jq -e 'all(.[]; .port_no != 1)' >/dev/null
	check_err $? "learned from it"
}

a_frame_to_its_own_port_is_dropped()
{
	local before

	forget
	before=$(drops hairpin)
	frames <<-EOF
		h1 eth src=$A dst=$bcast data => h2 same; h3 same; vsw0 same
		h1 eth src=$B dst=$A data =>
	EOF
	expect_eq $((before + 1)) "$(drops hairpin)" "drops for hairpin"
}

what_is_learned_is_shown_with_port_vlan_and_age()
{
	forget
	frames <<-EOF
		h2 eth src=$A dst=$bcast vlan vid=5 data => h1 same; h3 same; vsw0 same
		h3 eth src=$B dst=$bcast data => h1 same; h2 same; vsw0 same
	EOF
	fdb_is "$A" '.port_no == 2 and .port_name == "p2" and .vid == 5 and .age < 60000'
	check_err $? "no entry of $A"
	fdb_is "$B" '.port_no == 3 and .port_name == "p3" and (.vid // 0) == 0'
	check_err $? "no entry of $B"
	port_is p3 '.fdb_entries == 1'
	check_err $? "number of entries of p3"
}

learning_and_moving_are_told()
{
	forget
	watch_events
	frames <<-EOF
		h1 eth src=$A dst=$bcast data => h2 same; h3 same; vsw0 same
		h2 eth src=$A dst=$bcast data => h1 same; h3 same; vsw0 same
	EOF
	expect_event "(.event | test(\"fdb-new\")) and .lladdr == \"$A\" and .port_no == 1"
	expect_event "(.event | test(\"fdb-move\")) and .lladdr == \"$A\" and
		.port_no == 2 and .old_port_no == 1"
	watch_end
}

a_port_that_goes_is_forgotten()
{
	forget
	frames <<-EOF
		h3 eth src=$A dst=$bcast data => h1 same; h2 same; vsw0 same
	EOF
	vswctl port del vsw0 p3
	fdb_lacks "$A"
	check_err $? "an entry of the port is still there"
	vswctl port add vsw0 p3 number 3
	frames <<-EOF
		h1 eth src=$B dst=$A data => h2 same; h3 same; vsw0 same
	EOF
}

run_tests
