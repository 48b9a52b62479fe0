#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Addresses put down by the user: static and sticky entries, limits, flushing
# by port and VLAN, events, and the same by bridge(8).
#
#	h1 ----- p1 +------+ p2 ----- h2
#	            | vsw0 |
#	            +------+ p3 ----- h3

. "$(dirname "$0")/wires.sh"

ALL_TESTS="
	a_static_entry_decides_where_frames_go
	a_static_entry_does_not_move
	a_sticky_address_at_another_port_is_dropped
	an_entry_is_deleted
	the_switchs_own_address_is_local_and_protected
	the_switch_limits_what_it_learns
	a_port_limits_what_it_learns
	flush_takes_the_learned_of_a_port_or_vlan
	flush_static_takes_the_static_ones_too
	changes_by_the_user_are_told
	bridge_adds_shows_and_deletes_entries
	wrong_entries_are_refused
"

setup()
{
	bench 1 2 3
	frames_start h1 h2 h3
}

forget()
{
	vswctl fdb flush vsw0 static
}

a_static_entry_decides_where_frames_go()
{
	forget
	vswctl fdb add vsw0 "$B" port p2
	vswctl fdb add vsw0 "$B" vlan 5 port p3
	frames <<-EOF
		h1 eth src=$A dst=$B data => h2 same
		h1 eth src=$A dst=$B vlan vid=5 data => h3 same
	EOF
	fdb_is "$B" '.port_no == 2 and (.flags | tostring | test("static|1"))'
	check_err $? "not shown as static"
}

a_static_entry_does_not_move()
{
	forget
	vswctl fdb add vsw0 "$B" port p2
	frames <<-EOF
		h3 eth src=$B dst=$bcast data => h1 same; h2 same
		h1 eth src=$A dst=$B data => h2 same
	EOF
}

a_sticky_address_at_another_port_is_dropped()
{
	local before

	forget
	before=$(drops sticky)
	vswctl fdb add vsw0 "$B" port p2 sticky
	frames <<-EOF
		h3*2 eth src=$B dst=$bcast data =>
		h2 eth src=$B dst=$bcast data => h1 same; h3 same
		h1 eth src=$A dst=$B data => h2 same
	EOF
	expect_eq $((before + 2)) "$(drops sticky)" "drops for sticky"
}

an_entry_is_deleted()
{
	forget
	vswctl fdb add vsw0 "$B" vlan 5 port p2
	expect_err 1 . vswctl fdb del vsw0 "$B"
	vswctl fdb del vsw0 "$B" vlan 5
	check_err $? "del fails"
	fdb_lacks "$B"
	check_err $? "still there"
	expect_err 1 . vswctl fdb del vsw0 "$B" vlan 5
}

the_switchs_own_address_is_local_and_protected()
{
	local own

	own=$(ip -j link show vsw0 | jq -r '.[0].address')
	fdb_is "$own" '.port_no == 4294967294 or .port_name == "LOCAL" or .port_name == "vsw0"'
	check_err $? "no entry of the switch's own address"
	expect_err 1 . vswctl fdb del vsw0 "$own"
	expect_err 1 . vswctl fdb add vsw0 "$own" port p1
	forget
	fdb_is "$own" true
	check_err $? "flushed"
}

# learn_from DEV N: N stations speak there
learn_from()
{
	local i

	for ((i = 1; i <= $2; i++)); do
		frame "$1 eth src=02:00:00:00:0$i:01 dst=$bcast data"
	done
}

the_switch_limits_what_it_learns()
{
	forget
	vswctl switch set vsw0 fdb_max 5
	learn_from h1 3
	learn_from h2 9
	vswctl -j fdb show vsw0 | jq -e '[.[] | select(.port_no < 100)] | length == 5' >/dev/null
	check_err $? "not 5 entries learned"
	vswctl switch set vsw0 fdb_max 65536
	learn_from h2 9
	port_is p2 '.fdb_entries == 9'
	check_err $? "not learned after the limit went"
}

a_port_limits_what_it_learns()
{
	forget
	vswctl port set vsw0 p1 fdb_max 2
	learn_from h1 5
	port_is p1 '.fdb_max == 2 and .fdb_entries == 2'
	check_err $? "not 2 entries on p1"
	# The others are unknown, and what they send is forwarded.
	frames <<-EOF
		h1 eth src=02:00:00:00:05:01 dst=$bcast data => h2 same; h3 same
		h2 eth src=$B dst=02:00:00:00:05:01 data => h1 same; h3 same
		h2 eth src=$B dst=02:00:00:00:02:01 data => h1 same
	EOF
	vswctl port set vsw0 p1 fdb_max 0
	learn_from h1 5
	port_is p1 '.fdb_entries == 5'
	check_err $? "not learned after the limit went"
}

# Entries: p1 VLAN 0, p1 VLAN 5, p2 VLAN 5, and a static one, p1 VLAN 5
some_entries()
{
	forget
	vswctl fdb add vsw0 "$X" vlan 5 port p1
	frames <<-EOF
		h1 eth src=$A dst=$bcast data => h2 same; h3 same
		h1 eth src=$B dst=$bcast vlan vid=5 data => h2 same; h3 same
		h2 eth src=$C dst=$bcast vlan vid=5 data => h1 same; h3 same
	EOF
}

# expect_left WORD...: entries of hosts are these
expect_left()
{
	local left

	left=$(vswctl -j fdb show vsw0 | jq -r '[.[] | select(.port_no < 100) |
		.lladdr[-1:] + "\(.vid // 0)"] | sort | join(" ")')
	expect_eq "$1" "$left" "what is left"
}

flush_takes_the_learned_of_a_port_or_vlan()
{
	some_entries
	expect_left "a0 b5 c5 e5"
	vswctl fdb flush vsw0 port p1
	expect_left "c5 e5"
	some_entries
	vswctl fdb flush vsw0 vlan 5
	expect_left "a0 e5"
	some_entries
	vswctl fdb flush vsw0 vlan 5 port p1
	expect_left "a0 c5 e5"
	vswctl fdb flush vsw0
	expect_left "e5"
}

flush_static_takes_the_static_ones_too()
{
	some_entries
	vswctl fdb flush vsw0 port p2 static
	expect_left "a0 b5 e5"
	vswctl fdb flush vsw0 vlan 5 static
	expect_left "a0"
}

changes_by_the_user_are_told()
{
	forget
	watch_events
	vswctl fdb add vsw0 "$B" port p2
	vswctl fdb del vsw0 "$B"
	expect_event "(.event | test(\"fdb-new\")) and .lladdr == \"$B\" and .port_no == 2"
	expect_event "(.event | test(\"fdb-del\")) and .lladdr == \"$B\" and .port_no == 2"
	watch_end
}

bridge_adds_shows_and_deletes_entries()
{
	forget
	bridge fdb add "$B" dev vsw0 self via p2 vlan 5 static
	check_err $? "bridge fdb add fails"
	frame "h1 eth src=$A dst=$B vlan vid=5 data => h2 same"
	fdb_is "$B" '.port_no == 2 and .vid == 5'
	check_err $? "vswctl does not show what bridge added"
	bridge -j fdb show dev vsw0 |
		jq -e --arg b "$B" 'any(.[]; .mac == $b and .vlan == 5)' >/dev/null
	check_err $? "bridge does not show it"
	bridge -j fdb show dev vsw0 | jq -e --arg a "$A" 'any(.[]; .mac == $a)' >/dev/null
	check_err $? "bridge does not show a learned entry"
	expect_err 255 . bridge fdb add "$B" dev vsw0 self via p3 vlan 5 static
	bridge fdb del "$B" dev vsw0 self vlan 5
	check_err $? "bridge fdb del fails"
	fdb_lacks "$B"
	check_err $? "bridge did not delete it"
}

wrong_entries_are_refused()
{
	expect_err 1 . vswctl fdb add vsw0 "$mcast" port p1
	expect_err 1 . vswctl fdb add vsw0 00:00:00:00:00:00 port p1
	expect_err 1 . vswctl fdb add vsw0 "$B" port nobody
	expect_err 1 . vswctl fdb add vsw0 "$B" port 77
	expect_err 2 4094 vswctl fdb add vsw0 "$B" vlan 4095 port p1
	expect_err 2 . vswctl fdb add vsw0 02:00:00:00:00 port p1
	expect_err 2 port vswctl fdb add vsw0 "$B"
	fdb_lacks "$B"
	check_err $? "a refused entry is there"
}

run_tests
