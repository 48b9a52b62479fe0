#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Flows count each frame exactly once, with its bytes, and know when they were
# last used; a changed flow keeps its counters, a replaced one starts anew.
#
#	h1 --- p1 +------+ p2 --- h2
#	          | vsw0 |
#	          +------+ p3 --- h3

. "$(dirname "$0")/lib.sh"
. "$selftests/frames.sh"

ALL_TESTS="
	packets_and_bytes_are_exact
	every_flow_on_the_way_counts
	a_flow_with_many_outputs_counts_once
	a_flow_that_drops_counts
	tags_count_as_bytes_where_the_frame_enters
	a_large_frame_counts_as_one
	last_use_is_known
	a_changed_flow_keeps_its_counters
	a_replaced_flow_starts_at_zero
	frames_from_two_ports_add_up
"

setup()
{
	frames_setup 3
}

# counters COOKIE: packets and bytes
counters()
{
	vsw -j flow show vsw0 "cookie=$1/-1" | jq -j '.[0] | "\(.packets) \(.bytes)"'
}

# An Ethernet header has 14 bytes.
packets_and_bytes_are_exact()
{
	flows "cookie=1,in_port=1,actions=output:2" "cookie=2,in_port=3,actions=output:2"
	frames "h1*250 data len=86 => h2*250 same"
	expect_eq "250 25000" "$(counters 1)" "after 250 frames"
	frames "h1 data len=1000 => h2 same"
	expect_eq "251 26014" "$(counters 1)" "after one more"
	expect_eq "0 0" "$(counters 2)" "of a flow without frames"
}

every_flow_on_the_way_counts()
{
	flows "cookie=1,in_port=1,actions=goto_table:1" \
		"table=1,cookie=2,ip,actions=push_vlan:0x8100,goto_table:2" \
		"table=2,cookie=3,udp,actions=output:2"
	frames "h1*7 ip udp data len=58 => h2*7 vlan ip udp data len=58"
	frames "h1*2 ip tcp data len=46 =>"
	expect_eq "9 900" "$(counters 1)" "table 0"
	expect_eq "9 900" "$(counters 2)" "table 1"
	expect_eq "7 700" "$(counters 3)" "table 2"
}

a_flow_with_many_outputs_counts_once()
{
	flows "cookie=1,in_port=1,actions=2,3,LOCAL,IN_PORT"
	frames "h1*4 data len=86 => h2*4 same; h3*4 same; vsw0*4 same; h1*4 same"
	expect_eq "4 400" "$(counters 1)" "counters"
}

a_flow_that_drops_counts()
{
	flows "cookie=1,in_port=1,actions=drop"
	frames "h1*11 data len=86 =>"
	expect_eq "11 1100" "$(counters 1)" "counters"
}

tags_count_as_bytes_where_the_frame_enters()
{
	flows "cookie=1,in_port=1,actions=pop_vlan,output:2"
	frames "h1*10 vlan vid=5 data len=82 => h2*10 data len=82"
	expect_eq "10 1000" "$(counters 1)" "counters"
}

a_large_frame_counts_as_one()
{
	flows "cookie=1,tcp,actions=output:2"
	frames "h1 ip tcp gso=1000 data len=9946 => h2 same"
	expect_eq "1 10000" "$(counters 1)" "counters"
}

# used COOKIE: milliseconds, or null
used()
{
	vsw -j flow show vsw0 "cookie=$1/-1" | jq '.[0].used'
}

used_is_over()
{
	[ "$(used 1)" -gt "$1" ]
}

last_use_is_known()
{
	flows "cookie=1,in_port=1,actions=output:2"
	expect_eq null "$(used 1)" "last use before the first frame"
	frames "h1 => h2 same"
	busywait 10000 used_is_over 100
	check_err $? "last use does not grow"
	local old used before

	old=$(used 1)
	slowwait 10 used_is_over 1500
	before=${EPOCHREALTIME/./}
	frames "h1 => h2 same"
	used=$(used 1)
	# Had it gone on, it would be 1500 ms more than what has passed since.
	[ "$used" -lt $(((${EPOCHREALTIME/./} - before) / 1000 + 100)) ]
	check_err $? "last use does not start again: $used ms"
	[ "$(vsw -j flow show vsw0 cookie=1/-1 | jq '.[0].duration')" -ge "$old" ]
	check_err $? "the duration is shorter than the last use"
}

a_changed_flow_keeps_its_counters()
{
	local created

	flows "cookie=1,in_port=1,actions=output:2"
	frames "h1*3 data len=86 => h2*3 same"
	created=$(vsw -j flow show vsw0 cookie=1/-1 | jq '.[0].id')
	vsw flow mod vsw0 "in_port=1,actions=output:3"
	frames "h1*2 data len=86 => h3*2 same"
	expect_eq "5 500" "$(counters 1)" "counters"
	expect_eq "$created" "$(vsw -j flow show vsw0 cookie=1/-1 | jq '.[0].id')" "id"
}

a_replaced_flow_starts_at_zero()
{
	flows "cookie=1,in_port=1,actions=output:2"
	frames "h1*3 => h2*3 same"
	vsw flow add vsw0 "cookie=1,in_port=1,actions=output:3"
	expect_eq "0 0" "$(counters 1)" "counters of the new flow"
	frames "h1*2 data len=86 => h3*2 same"
	expect_eq "2 200" "$(counters 1)" "counters"
}

frames_from_two_ports_add_up()
{
	flows "cookie=1,ip,actions=LOCAL"
	frames "h1*20 ip udp => vsw0*20 same"
	frames "h2*30 ip udp => vsw0*30 same"
	expect_eq 50 "$(packets 1)" "packets"
}

run_tests
