#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Verdicts that a CPU keeps: they come with the second frame, count exactly, and
# never outlive what they were made from.
#
#	h1 --- p1 +------+ p2 --- h2
#	          | vsw0 |
#	          +------+ p3 --- h3

. "$(dirname "$0")/lib.sh"
. "$selftests/frames.sh"

ALL_TESTS="
	a_verdict_is_kept_from_the_second_frame
	frames_that_flows_can_not_tell_apart_share_a_verdict
	frames_that_are_rewritten_alike_share_a_verdict
	a_scan_keeps_nothing
	counters_are_exact_with_kept_verdicts
	a_changed_flow_counts_at_once
	a_new_flow_of_higher_priority_counts_at_once
	a_removed_flow_ends_at_once
	a_change_elsewhere_keeps_verdicts
	a_miss_policy_counts_at_once
	hairpin_counts_at_once
	a_new_field_counts_at_once
	a_moved_address_counts_at_once
	a_deleted_address_counts_at_once
	a_vlan_counts_at_once
"

setup()
{
	frames_setup 3
}

# cache KEY: a figure of the cache of vsw0
cache()
{
	vsw -j switch show vsw0 | jq ".[0].cache.$1"
}

# expect_more THAN NUMBER WHAT
expect_more()
{
	[ "$2" -gt "$1" ] || fail "$3: want more than $1, got $2"
}

# warm FRAME...: make the CPU keep the verdict of frames
warm()
{
	local frame i

	for frame in "$@"; do
		for i in 1 2 3 4; do
			frames "$frame"
		done
	done
}

a_verdict_is_kept_from_the_second_frame()
{
	local hits

	flows "priority=1,udp,actions=output:2"
	warm "h1 ip udp => h2 same"
	hits=$(cache hits)
	frames "h1 ip udp => h2 same"
	expect_more "$hits" "$(cache hits)" "hits"
}

frames_that_flows_can_not_tell_apart_share_a_verdict()
{
	local misses

	flows "priority=1,udp,actions=output:2"
	warm "h1 ip udp dport=1 => h2 same"
	misses=$(cache misses)
	frames "h1 ip udp dport=2 => h2 same"
	frames "h1 ip udp dport=3 => h2 same"
	expect_eq "$misses" "$(cache misses)" "misses"
}

# They are told apart by their ports, but nothing else becomes of them.
frames_that_are_rewritten_alike_share_a_verdict()
{
	local entries verdicts port

	flows "priority=5,udp,tp_dst=9,actions=drop" \
		"priority=1,udp,actions=mod_nw_dst:10.0.0.9,output:2"
	warm "h1 ip udp dport=1 => h2 ip dst=10.0.0.9 udp dport=1"
	entries=$(cache entries) verdicts=$(cache verdicts)
	for port in 2 3 4 5; do
		warm "h1 ip udp dport=$port => h2 ip dst=10.0.0.9 udp dport=$port"
	done
	expect_eq $((entries + 4)) "$(cache entries)" "entries"
	expect_eq "$verdicts" "$(cache verdicts)" "verdicts"
}

a_scan_keeps_nothing()
{
	local entries port

	flows "priority=1,udp,tp_dst=9,actions=drop" "priority=0,actions=output:2"
	warm "h1 ip udp dport=1 => h2 same"
	entries=$(cache entries)
	for port in {1000..1029}; do
		frames "h1 ip udp dport=$port => h2 same"
	done
	expect_eq "$entries" "$(cache entries)" "entries"
}

counters_are_exact_with_kept_verdicts()
{
	flows "cookie=7,priority=1,udp,actions=goto_table:1" \
		"table=1,cookie=8,priority=1,actions=output:2"
	warm "h1 ip udp data len=50 => h2 same"
	expect_eq 4 "$(packets 7)" "packets of table 0"
	expect_eq 4 "$(packets 8)" "packets of table 1"
	warm "h1 ip udp data len=50 => h2 same"
	expect_eq 8 "$(packets 7)" "packets of table 0"
	expect_eq 8 "$(packets 8)" "packets of table 1"
}

a_changed_flow_counts_at_once()
{
	flows "priority=1,udp,actions=output:2"
	warm "h1 ip udp => h2 same"
	vsw flow mod vsw0 "udp,actions=output:3"
	frames "h1 ip udp => h3 same"
}

a_new_flow_of_higher_priority_counts_at_once()
{
	flows "priority=1,udp,actions=output:2"
	warm "h1 ip udp => h2 same"
	vsw flow add vsw0 "priority=9,in_port=1,actions=output:3"
	frames "h1 ip udp => h3 same"
}

a_removed_flow_ends_at_once()
{
	flows "priority=1,udp,actions=output:2" "priority=9,in_port=1,actions=output:3"
	warm "h1 ip udp => h3 same"
	vsw flow del vsw0 strict "priority=9,in_port=1"
	frames "h1 ip udp => h2 same"
}

a_change_elsewhere_keeps_verdicts()
{
	local misses kept

	flows "priority=1,udp,actions=output:2" "priority=5,udp,tp_dst=1,actions=drop" \
		"table=9,priority=1,udp,actions=drop"
	warm "h1 ip udp dport=7 => h2 same"
	misses=$(cache misses) kept=$(cache kept)
	vsw flow add vsw0 "priority=5,udp,tp_dst=2,actions=drop"
	vsw flow add vsw0 "table=9,priority=5,udp,tp_dst=7,actions=drop"
	frames "h1 ip udp dport=7 => h2 same"
	expect_eq "$misses" "$(cache misses)" "misses"
	expect_more "$kept" "$(cache kept)" "kept"
}

a_miss_policy_counts_at_once()
{
	flows "priority=1,tcp,actions=output:2"
	vsw table set vsw0 0 miss drop
	warm "h1 ip udp =>"
	vsw table set vsw0 0 miss normal
	frames "h1 ip udp => h2 same; h3 same; vsw0 same"
}

hairpin_counts_at_once()
{
	flows "priority=1,udp,actions=output:1"
	warm "h1 ip udp =>"
	vsw port set vsw0 p1 hairpin on
	frames "h1 ip udp => h1 same"
	vsw port set vsw0 p1 hairpin off
	frames "h1 ip udp =>"
}

a_new_field_counts_at_once()
{
	flows "priority=1,udp,actions=output:2"
	warm "h1 ip udp dport=7 => h2 same"
	vsw flow add vsw0 "priority=5,udp,tp_dst=7,actions=output:3"
	frames "h1 ip udp dport=7 => h3 same"
	frames "h1 ip udp dport=8 => h2 same"
}

# learn MAC at HOST, by a frame to a multicast address
learn()
{
	local others="h2 same; h3 same" frame="src=$1 dst=01:00:5e:00:00:01"

	others=${others/$2/h1}
	frames "$2 $frame => $others; vsw0 same"
}

a_moved_address_counts_at_once()
{
	flows "priority=0,actions=normal"
	learn 02:00:00:00:00:77 h2
	warm "h1 dst=02:00:00:00:00:77 => h2 same"
	learn 02:00:00:00:00:77 h3
	frames "h1 dst=02:00:00:00:00:77 => h3 same"
}

a_deleted_address_counts_at_once()
{
	flows "priority=0,actions=normal"
	learn 02:00:00:00:00:77 h2
	warm "h1 dst=02:00:00:00:00:77 => h2 same"
	vsw fdb del vsw0 02:00:00:00:00:77
	frames "h1 dst=02:00:00:00:00:77 => h2 same; h3 same; vsw0 same"
}

a_vlan_counts_at_once()
{
	flows "priority=0,actions=normal"
	vsw fdb add vsw0 02:00:00:00:00:77 port p2
	warm "h1 dst=02:00:00:00:00:77 => h2 same"
	vsw port set vsw0 p2 tag 5
	frames "h1 dst=02:00:00:00:00:77 =>"
	vsw port set vsw0 p2 vlan_mode trunk
	vsw fdb del vsw0 02:00:00:00:00:77
}

run_tests
