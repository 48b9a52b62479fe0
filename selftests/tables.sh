#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# A frame walks from table 0 forward as goto_table and the tables' miss
# policies say, and takes changes, metadata and registers with it.
#
#	h1 --- p1 +------+ p2 --- h2
#	          | vsw0 |
#	          +------+ p3 --- h3

. "$(dirname "$0")/lib.sh"
. "$selftests/frames.sh"

ALL_TESTS="
	goto_table_leads_through_tables
	later_tables_see_the_changed_frame
	later_tables_see_tags_pushed_and_popped
	metadata_and_registers_lead_the_way
	outputs_of_all_tables_happen
	all_254_tables_can_be_walked
	goto_table_leads_forward_only
	table_0_forwards_normally_without_flows
	other_tables_drop_what_they_miss
	miss_policy_continue_goes_on
	miss_policy_normal_forwards
	miss_policy_drop_drops_in_table_0
	miss_policies_are_shown_and_stay_without_flows
	tables_count_matched_and_missed
	tables_say_what_a_lookup_may_cost
	flows_that_only_ranges_tell_apart_are_limited
"

setup()
{
	frames_setup 3
}

goto_table_leads_through_tables()
{
	flows "udp,actions=goto_table:10" "table=10,ip,actions=goto_table:200" \
		"table=200,udp,tp_dst=53,actions=output:2" \
		"table=200,udp,tp_dst=54,actions=output:3"
	frames "h1 ip udp dport=53 => h2 same"
	frames "h1 ip udp dport=54 => h3 same"
	frames "h1 ip udp dport=55 =>"
}

later_tables_see_the_changed_frame()
{
	flows "udp,actions=mod_tp_dst:7,mod_nw_src:10.7.7.7,goto_table:1" \
		"table=1,udp,tp_dst=7,nw_src=10.7.7.7,actions=dec_ttl,goto_table:2" \
		"table=2,udp,nw_ttl=63,actions=output:2"
	frames "h1 ip udp => h2 ip src=10.7.7.7 ttl=63 udp dport=7"
}

later_tables_see_tags_pushed_and_popped()
{
	flows "priority=2,dl_vlan=5,actions=pop_vlan,goto_table:1" \
		"priority=1,actions=push_vlan:0x8100,mod_vlan_vid:9,goto_table:1" \
		"table=1,dl_vlan=6,actions=output:2" \
		"table=1,dl_vlan=0xffff,udp,actions=output:3" \
		"table=1,dl_vlan=9,udp,actions=LOCAL" \
		"table=1,priority=40000,dl_vlan=9,inner_vlan_vid=7,udp,actions=output:2"
	frames "h1 vlan vid=5 vlan vid=6 ip udp => h2 vlan vid=6 ip udp"
	frames "h1 vlan vid=5 ip udp => h3 ip udp"
	frames "h1 ip udp => vsw0 vlan vid=9 ip udp"
	frames "h1 vlan vid=7 ip udp => h2 vlan vid=9 vlan vid=7 ip udp"
}

metadata_and_registers_lead_the_way()
{
	flows "udp,actions=set_field:0x12->metadata,set_field:7->reg0,goto_table:1" \
		"tcp,actions=set_field:0x34->metadata,goto_table:1" \
		"table=1,metadata=0x12,reg0=7,actions=load:0x55->metadata[4..11],goto_table:2" \
		"table=1,metadata=0x34,reg0=0,actions=output:3" \
		"table=2,metadata=0x552,reg0=7,reg7=0,actions=output:2"
	frames "h1 ip udp => h2 same"
	frames "h1 ip tcp => h3 same"
	# They start at zero for each frame.
	frames "h1 ip tcp => h3 same"
}

outputs_of_all_tables_happen()
{
	flows "ip,actions=output:2,mod_nw_dst:10.0.0.9,goto_table:3" \
		"table=3,ip,actions=output:3,goto_table:4" "table=4,ip,actions=LOCAL"
	frames "h1 ip udp => h2 same; h3 ip dst=10.0.0.9 udp; vsw0 ip dst=10.0.0.9 udp"
}

long_walk()
{
	local i

	for ((i = 0; i < 253; i++)); do
		echo "table=$i,priority=9,cookie=$i,ip,actions=goto_table:$((i + 1))"
	done
	echo "table=253,ip,cookie=253,actions=output:2"
}

all_254_tables_can_be_walked()
{
	mapfile -t walk < <(long_walk)
	flows "${walk[@]}"
	frames "h1*2 ip udp => h2*2 same"
	expect_eq 254 "$(vsw -j flow show vsw0 ip | jq '[.[] | select(.packets == 2)] | length')" \
		"tables walked twice"
}

goto_table_leads_forward_only()
{
	local table

	flows
	for table in 3 5; do
		expect_err 1 'goto.table' vsw flow add vsw0 "table=5,ip,actions=goto_table:$table"
	done
	expect_err 2 '0 to 253' vsw flow add vsw0 "table=5,ip,actions=goto_table:254"
	expect_err 1 'goto.table' vsw flow add vsw0 "ip,actions=goto_table:3,output:2"
	expect_eq 0 "$(vsw -j flow show vsw0 table=5 | jq length)" "flows added"
}

table_0_forwards_normally_without_flows()
{
	flows
	frames "h1 dst=02:00:00:00:00:33 => h2 same; h3 same; vsw0 same"
	flows "udp,actions=drop"
	frames "h1 dst=02:00:00:00:00:33 ip tcp => h2 same; h3 same; vsw0 same"
	frames "h1 dst=02:00:00:00:00:33 ip udp =>"
}

other_tables_drop_what_they_miss()
{
	local before

	before=$(drops table-miss)
	flows "ip,actions=goto_table:7" "table=7,udp,actions=output:2"
	frames "h1 ip udp => h2 same"
	frames "h1 ip tcp =>"
	# A table that has no flow at all misses as well.
	flows "ip,actions=goto_table:8"
	frames "h1 ip udp =>"
	expect_eq $((before + 2)) "$(drops table-miss)" "drops for reason table-miss"
}

miss_policy_continue_goes_on()
{
	vsw table set vsw0 0 miss continue
	vsw table set vsw0 1 miss continue
	flows "table=2,udp,actions=output:2"
	frames "h1 ip udp => h2 same"
	frames "h1 ip tcp =>"
	# Past the last table there is nothing.
	vsw table set vsw0 253 miss continue
	flows "ip,actions=goto_table:253"
	frames "h1 ip udp =>"
	vsw table set vsw0 253 miss drop
	vsw table set vsw0 0 miss normal
	vsw table set vsw0 1 miss drop
}

miss_policy_normal_forwards()
{
	vsw table set vsw0 9 miss normal
	flows "ip,actions=mod_dl_dst:02:00:00:00:00:33,goto_table:9" "table=9,udp,actions=drop"
	frames "h1 ip tcp => h2 dst=02:00:00:00:00:33 ip tcp;" \
		"h3 dst=02:00:00:00:00:33 ip tcp; vsw0 dst=02:00:00:00:00:33 ip tcp"
	frames "h1 ip udp =>"
	vsw table set vsw0 9 miss drop
}

miss_policy_drop_drops_in_table_0()
{
	vsw table set vsw0 0 miss drop
	flows "udp,actions=output:2"
	frames "h1 ip udp => h2 same"
	frames "h1 ip tcp =>"
	vsw table set vsw0 0 miss normal
	frames "h1 dst=02:00:00:00:00:33 ip tcp => h2 same; h3 same; vsw0 same"
}

# miss_of TABLE
miss_of()
{
	vsw -j table show vsw0 "$1" | jq -r '.[0].miss'
}

miss_policies_are_shown_and_stay_without_flows()
{
	expect_eq normal "$(miss_of 0)" "table 0"
	expect_eq drop "$(miss_of 42)" "table 42"
	vsw table set vsw0 42 miss continue
	vsw flow add vsw0 "table=42,ip,actions=drop"
	flows
	expect_eq continue "$(miss_of 42)" "table 42"
	json '.[] | select(.table == 42)' vsw -j table show vsw0 >/dev/null
	check_err $? "table 42 is not listed"
	vsw table set vsw0 42 miss drop
	expect_err 2 'normal.*drop.*continue' vsw table set vsw0 42 miss flood
	expect_err 2 '0 to 253' vsw table set vsw0 254 miss drop
}

# table_counter TABLE matched|missed
table_counter()
{
	vsw -j table show vsw0 "$1" | jq ".[0].$2"
}

tables_count_matched_and_missed()
{
	local matched missed

	matched=$(table_counter 77 matched)
	missed=$(table_counter 77 missed)
	flows "ip,actions=goto_table:77" "table=77,udp,actions=output:2" "table=77,sctp,actions=drop"
	frames "h1*5 ip udp => h2*5 same"
	frames "h1*3 ip tcp =>"
	frames "h1*2 ip sctp =>"
	expect_eq $((matched + 7)) "$(table_counter 77 matched)" "matched of table 77"
	expect_eq $((missed + 3)) "$(table_counter 77 missed)" "missed of table 77"
	expect_eq 2 "$(vsw -j table show vsw0 77 | jq '.[0].flows')" "flows of table 77"
}

tables_say_what_a_lookup_may_cost()
{
	local before i

	before=$(table_counter 0 probes)
	[ "$before" = null ] && before=0
	# No two of these flows can share a hash that tells them apart.
	flows "table=9,ip,nw_src=10.0.0.0/8,actions=drop"
	expect_eq 1 "$(table_counter 9 tuples)" "tuples of table 9"
	expect_eq 1 "$(table_counter 9 chain)" "chain of table 9"
	expect_eq 2 "$(table_counter 9 probes)" "probes of table 9"
	for ((i = 1; i <= 40; i++)); do
		echo "flow add vsw0 table=9,priority=$i,udp,tp_dst=$i-9999,actions=drop"
	done | vsw -b - >/dev/null
	expect_eq 41 "$(table_counter 9 flows)" "flows of table 9"
	expect_eq 2 "$(table_counter 9 masks)" "masks of table 9"
	[ "$(table_counter 9 chain)" -ge 40 ] || fail "40 flows in a chain of less"
	[ "$(table_counter 9 probes)" -gt 40 ] || fail "probes of less than the chain"
	vsw -d table show vsw0 9 | grep -q ' tuples [0-9]* chain [0-9]* probes [0-9]*' ||
		fail "the costs are not in the text"
	expect_eq "$before" "$(table_counter 0 probes | sed s/null/0/)" "probes of table 0"
}

flows_that_only_ranges_tell_apart_are_limited()
{
	local i

	for ((i = 1; i <= 256; i++)); do
		echo "flow add vsw0 table=8,udp,tp_dst=$i-9999,actions=drop"
	done | vsw -b - >/dev/null
	expect_err 1 'has 256 flows that differ from this in priority or port range' \
		vsw flow add vsw0 table=8,udp,tp_dst=257-9999,actions=drop
	expect_eq 256 "$(table_counter 8 flows)" "flows of table 8"
	vsw flow add vsw0 table=8,tcp,tp_dst=257-9999,actions=drop
	vsw flow del vsw0 table=8
	vsw flow add vsw0 table=8,udp,tp_dst=257-9999,actions=drop
}

run_tests
