#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Of all flows that match a frame the one with the highest priority decides,
# however specific the others are and in whatever order they were added.
#
#	h1 --- p1 +------+ p2 --- h2
#	          | vsw0 |
#	          +------+ p3 --- h3

. "$(dirname "$0")/lib.sh"
. "$selftests/frames.sh"

ALL_TESTS="
	the_highest_priority_wins
	the_order_of_adding_does_not_matter
	a_range_and_a_mask_obey_priority
	flows_of_two_kinds_obey_priority
	priorities_reach_from_0_to_65535
	a_deleted_flow_uncovers_the_one_below
	the_winner_among_equals_does_not_change
	only_the_winner_counts
"

setup()
{
	frames_setup 3
}

the_highest_priority_wins()
{
	flows "priority=10,udp,tp_dst=53,actions=drop" \
		"priority=20,ip,nw_dst=10.0.0.0/8,actions=output:2" \
		"priority=30,in_port=1,actions=output:3" \
		"priority=40,udp,nw_dst=10.0.0.7,actions=output:2"
	frames "h1 ip udp dport=53 => h3 same"
	frames "h1 ip dst=10.0.0.7 udp dport=53 => h2 same"
	frames "h1 ip dst=10.0.0.7 tcp => h3 same"
}

# added_in_order FLOW...: one after the other
added_in_order()
{
	vsw flow del vsw0
	vsw flow add vsw0 "$marker_flow"
	printf '%s\n' "$@" | vsw flow add vsw0 file -
}

the_order_of_adding_does_not_matter()
{
	local low="priority=1,actions=output:2" high="priority=2,ip,actions=output:3"
	local top="priority=3,udp,tp_dst=53,actions=drop"

	added_in_order "$low" "$high" "$top"
	frames "h1 ip udp => h3 same"
	frames "h1 ip udp dport=53 =>"
	added_in_order "$top" "$high" "$low"
	frames "h1 ip udp => h3 same"
	frames "h1 ip udp dport=53 =>"
	frames "h1 arp => h2 same"
}

a_range_and_a_mask_obey_priority()
{
	flows "priority=5,tcp,tp_dst=1000-1999,actions=output:2" \
		"priority=6,tcp,tp_dst=1500-1600,actions=output:3" \
		"priority=4,tcp,tp_dst=0x400/0xfc00,actions=drop" \
		"priority=7,tcp,tp_dst=1550,actions=drop" \
		"priority=1,actions=LOCAL"
	frames "h1 ip tcp dport=1000 => h2 same"
	frames "h1 ip tcp dport=1499 => h2 same"
	frames "h1 ip tcp dport=1500 => h3 same"
	frames "h1 ip tcp dport=1550 =>"
	frames "h1 ip tcp dport=1600 => h3 same"
	frames "h1 ip tcp dport=2000 =>"
	frames "h1 ip tcp dport=2048 => vsw0 same"
}

# two_kinds: so many flows of each that they do not stand together
two_kinds()
{
	local i

	for i in {10..49}; do
		echo "priority=10,dl_src=02:00:00:00:07:$i,actions=output:2"
		echo "priority=5,ip,nw_dst=10.7.0.$i,actions=output:2"
	done
}

# A kind that can have nothing better is not looked at: until it has.
flows_of_two_kinds_obey_priority()
{
	local kinds

	mapfile -t kinds < <(two_kinds)
	flows "${kinds[@]}"
	[ "$(vsw -j table show vsw0 0 | jq '.[0].tuples')" -gt 1 ]
	check_err $? "all flows stand together"
	frames "h1 src=02:00:00:00:07:10 ip dst=10.7.0.10 udp => h2 same"
	vsw flow add vsw0 "priority=20,ip,nw_dst=10.7.0.10,actions=output:3"
	frames "h1 src=02:00:00:00:07:10 ip dst=10.7.0.10 udp => h3 same"
	vsw flow add vsw0 "priority=30,dl_src=02:00:00:00:07:10,actions=output:2"
	frames "h1 src=02:00:00:00:07:10 ip dst=10.7.0.10 udp => h2 same"
}

priorities_reach_from_0_to_65535()
{
	flows "priority=0,actions=output:2" "priority=65535,arp,actions=output:3" \
		"ip,actions=LOCAL"
	frames "h1 ip udp => vsw0 same"
	frames "h1 arp => h3 same"
	frames "h1 => h2 same"
	expect_eq 32768 "$(vsw -j flow show vsw0 ip | jq '.[0].priority')" "default priority"
	expect_err 2 '65535' vsw flow add vsw0 "priority=65536,actions=drop"
}

a_deleted_flow_uncovers_the_one_below()
{
	flows "priority=10,ip,actions=output:2" "priority=20,udp,actions=output:3"
	frames "h1 ip udp => h3 same"
	vsw flow del vsw0 strict "priority=20,udp"
	frames "h1 ip udp => h2 same"
	vsw flow add vsw0 "priority=20,udp,actions=output:3"
	frames "h1 ip udp => h3 same"
}

# Which one wins is not defined, but it is always the same.
the_winner_among_equals_does_not_change()
{
	local winner

	flows "priority=7,ip,nw_dst=10.0.0.2,cookie=1,actions=output:2" \
		"priority=7,ip,nw_src=10.0.0.1,cookie=2,actions=output:2"
	frames "h1*10 ip udp => h2*10 same"
	winner=$(($(packets 1) > $(packets 2) ? 1 : 2))
	frames "h1*10 ip udp => h2*10 same"
	expect_eq 20 "$(packets "$winner")" "frames of the winner"
	expect_eq 0 "$(packets $((3 - winner)))" "frames of the other"
}

only_the_winner_counts()
{
	flows "priority=1,cookie=1,actions=output:2" "priority=2,cookie=2,ip,actions=output:2" \
		"priority=3,cookie=3,udp,actions=output:2"
	frames "h1*3 ip udp => h2*3 same"
	frames "h1*2 ip tcp => h2*2 same"
	frames "h1 arp => h2 same"
	expect_eq "1 2 3" "$(packets 1) $(packets 2) $(packets 3)" "packets"
}

run_tests
