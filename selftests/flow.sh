#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Flows are added, replaced, changed, deleted and shown: each alone by a strict
# match, or all that are at least as specific by a loose one.
#
#	vsw0 with the ports p1, p2, p3 and no traffic

. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	a_flow_is_added_and_shown
	adding_the_same_match_replaces
	exclusive_refuses_to_replace
	the_same_match_differs_by_table_and_priority
	strict_mod_changes_one_flow
	loose_mod_changes_all_that_are_as_specific
	mod_without_a_match_adds_nothing
	mod_changes_a_cookie_that_is_given
	strict_del_deletes_one_flow
	loose_del_deletes_all_that_are_as_specific
	loose_del_understands_masks_and_ranges
	del_without_a_match_deletes_all
	cookies_select_flows
	out_port_selects_flows
	show_filters_in_the_kernel
	what_is_shown_can_be_typed_back
	replace_makes_the_flows_those_of_the_file
	a_limit_on_flows_is_enforced_and_named
	a_refused_flow_changes_nothing
"

vsw()
{
	vswctl -n "$sw" "$@"
}

setup()
{
	local i

	setup_ns sw
	add_switch vsw0
	for i in 1 2 3; do
		ip -n "$sw" link add "p$i" type dummy
		vsw port add vsw0 "p$i" number "$i"
	done
}

# flows FLOW...: these and no others
flows()
{
	printf '%s\n' "$@" | vsw flow replace vsw0 file - || fail "flows not accepted: $*"
}

# cookies [MATCH]: of the flows that match, sorted
cookies()
{
	vsw -j flow show vsw0 "$@" | jq -j '[.[].cookie] | sort | join(" ")'
}

# actions COOKIE
actions()
{
	vsw -j flow show vsw0 "cookie=$1/-1" | jq -j '.[0].actions | join(",")'
}

same_flow()
{
	vsw -j flow show vsw0 | jq -c '.[0] | [.table, .priority, .cookie, .match, .actions,
		.idle_timeout, .hard_timeout, .packets]'
}

a_flow_is_added_and_shown()
{
	local flow="table=3,priority=7,cookie=0xabc,idle_timeout=60"

	flow+=",tcp,nw_dst=10.0.0.0/8,tp_dst=80,actions=mod_nw_dst:10.1.1.1,output:2"
	flows
	vsw flow add vsw0 "$flow"
	check_err $? "not added"
	expect_eq 1 "$(vsw -j flow show vsw0 | jq length)" "number of flows"
	expect_eq '[3,7,"0xabc",60]' "$(vsw -j flow show vsw0 |
		jq -c '.[0] | [.table, .priority, .cookie, .idle_timeout]')" JSON
	vsw flow show vsw0 | grep -q 'table=3,.*priority=7,tcp,.*tp_dst=80 actions='
	check_err $? "text: $(vsw flow show vsw0)"
	expect_eq 1 "$(vsw -j switch show vsw0 | jq '.[0].flows')" "flows of the switch"
}

adding_the_same_match_replaces()
{
	local first

	flows "cookie=1,udp,tp_dst=53,actions=output:1"
	first=$(vsw -j flow show vsw0 | jq '.[0].id')
	vsw flow add vsw0 "cookie=2,tp_dst=53,udp,actions=output:2"
	check_err $? "not replaced"
	expect_eq 0x2 "$(cookies)" "cookies"
	expect_eq output:2 "$(actions 2)" "actions"
	[ "$(vsw -j flow show vsw0 | jq '.[0].id')" != "$first" ]
	check_err $? "the new flow has the id of the old one"
}

exclusive_refuses_to_replace()
{
	flows "cookie=1,udp,actions=output:1"
	expect_err 1 exist vsw flow add vsw0 exclusive "cookie=2,udp,actions=output:2"
	expect_eq 0x1 "$(cookies)" "cookies"
	vsw flow add vsw0 exclusive "cookie=2,tcp,actions=output:2"
	check_err $? "a new flow is refused"
	expect_eq "0x1 0x2" "$(cookies)" "cookies"
}

the_same_match_differs_by_table_and_priority()
{
	flows "cookie=1,udp,actions=output:1" "cookie=2,priority=5,udp,actions=output:1" \
		"cookie=3,table=1,udp,actions=output:1" \
		"cookie=4,udp,nw_src=10.0.0.0/8,actions=output:1" \
		"cookie=5,udp,nw_src=10.0.0.0/9,actions=output:1" \
		"cookie=6,udp,tp_dst=1-2,actions=output:1" \
		"cookie=7,udp,tp_dst=1-3,actions=output:1" \
		"cookie=8,udp,tp_dst=0/1,actions=output:1"
	expect_eq "0x1 0x2 0x3 0x4 0x5 0x6 0x7 0x8" "$(cookies)" "cookies"
}

strict_mod_changes_one_flow()
{
	flows "cookie=1,priority=5,udp,actions=output:1" "cookie=2,priority=6,udp,actions=output:1" \
		"cookie=3,priority=5,udp,tp_dst=53,actions=output:1"
	vsw flow mod vsw0 strict "priority=5,udp,actions=output:3"
	check_err $? "refused"
	expect_eq "output:3 output:1 output:1" "$(actions 1) $(actions 2) $(actions 3)" actions
}

loose_mod_changes_all_that_are_as_specific()
{
	flows "cookie=1,priority=5,udp,actions=output:1" "cookie=2,table=9,udp,actions=output:1" \
		"cookie=3,udp,tp_dst=53,actions=output:1" "cookie=4,ip,actions=output:1" \
		"cookie=5,udp6,actions=output:1"
	vsw flow mod vsw0 "udp,actions=drop"
	expect_eq "drop drop drop output:1 output:1" \
		"$(actions 1) $(actions 2) $(actions 3) $(actions 4) $(actions 5)" "actions"
	vsw flow mod vsw0 "table=9,udp,actions=output:2"
	expect_eq "drop output:2" "$(actions 1) $(actions 2)" "actions after mod of table 9"
}

mod_without_a_match_adds_nothing()
{
	flows "cookie=1,tcp,actions=output:1"
	vsw flow mod vsw0 "udp,actions=drop"
	check_err $? "mod that matches no flow"
	expect_eq 0x1 "$(cookies)" "cookies"
}

mod_changes_a_cookie_that_is_given()
{
	flows "cookie=1,tcp,actions=output:1" "cookie=2,udp,actions=output:1"
	vsw flow mod vsw0 "cookie=9,tcp,actions=output:2"
	expect_eq "0x2 0x9" "$(cookies)" "cookies"
	vsw flow mod vsw0 "cookie=2/-1,actions=output:3"
	expect_eq "output:2 output:3" "$(actions 9) $(actions 2)" "actions by cookie"
}

strict_del_deletes_one_flow()
{
	flows "cookie=1,priority=5,udp,actions=drop" "cookie=2,priority=6,udp,actions=drop" \
		"cookie=3,priority=5,udp,tp_dst=53,actions=drop" "cookie=4,table=1,priority=5,udp,actions=drop"
	vsw flow del vsw0 strict "priority=5,udp"
	expect_eq "0x2 0x3 0x4" "$(cookies)" "cookies"
}

loose_del_deletes_all_that_are_as_specific()
{
	flows "cookie=1,udp,actions=drop" "cookie=2,priority=6,udp,tp_dst=53,actions=drop" \
		"cookie=3,ip,actions=drop" "cookie=4,table=7,udp,in_port=1,actions=drop" \
		"cookie=5,tcp,actions=drop"
	vsw flow del vsw0 "table=0,udp"
	expect_eq "0x3 0x4 0x5" "$(cookies)" "cookies"
	vsw flow del vsw0 udp
	expect_eq "0x3 0x5" "$(cookies)" "cookies of all tables"
	vsw flow del vsw0 icmp
	check_err $? "deleting nothing is an error"
}

loose_del_understands_masks_and_ranges()
{
	flows "cookie=1,ip,nw_src=10.1.0.0/16,actions=drop" "cookie=2,ip,nw_src=10.0.0.0/7,actions=drop" \
		"cookie=3,tcp,tp_dst=1100-1200,actions=drop" "cookie=4,tcp,tp_dst=1100-2200,actions=drop" \
		"cookie=5,tcp,tp_dst=1999,actions=drop"
	vsw flow del vsw0 "ip,nw_src=10.0.0.0/8"
	expect_eq "0x2 0x3 0x4 0x5" "$(cookies)" "after 10.0.0.0/8"
	vsw flow del vsw0 "tcp,tp_dst=1000-1999"
	expect_eq "0x2 0x4" "$(cookies)" "after 1000-1999"
}

del_without_a_match_deletes_all()
{
	flows "udp,actions=drop" "table=9,tcp,actions=drop" "table=253,actions=drop"
	vsw flow del vsw0
	expect_eq "" "$(cookies)" "cookies"
	expect_eq 0 "$(vsw -j switch show vsw0 | jq '.[0].flows')" "flows of the switch"
}

cookies_select_flows()
{
	flows "cookie=0x11,udp,actions=drop" "cookie=0x12,tcp,actions=drop" \
		"cookie=0x22,arp,actions=drop" "cookie=0xffffffffffffffff,ipv6,actions=drop"
	expect_eq "0x11 0x12" "$(cookies cookie=0x10/0xf0)" "show by mask"
	expect_eq 0x12 "$(cookies cookie=0x12/-1,ip)" "show by cookie and match"
	vsw flow del vsw0 "cookie=0x02/0x0f"
	expect_eq "0x11 0xffffffffffffffff" "$(cookies)" "after deletion"
}

out_port_selects_flows()
{
	flows "cookie=1,udp,actions=output:1,output:2" "cookie=2,tcp,actions=output:2" \
		"cookie=3,arp,actions=output:3" "cookie=4,icmp,actions=normal"
	expect_eq "0x1 0x2" "$(cookies out_port=2)" "show"
	expect_eq "0x1 0x2" "$(cookies out_port=p2)" "show by name"
	vsw flow mod vsw0 "out_port=1,actions=output:3"
	expect_eq "0x1 0x3" "$(cookies out_port=3)" "after mod"
	vsw flow del vsw0 "out_port=3"
	expect_eq "0x2 0x4" "$(cookies)" "after deletion"
}

show_filters_in_the_kernel()
{
	flows "cookie=1,udp,tp_dst=53,actions=drop" "cookie=2,table=2,udp,actions=drop" \
		"cookie=3,ip,actions=drop"
	expect_eq "0x1 0x2" "$(cookies udp)" "show udp"
	expect_eq "0x2" "$(cookies table=2)" "show table=2"
	expect_eq "" "$(cookies udp6)" "show udp6"
	# JSON of nothing is an empty array.
	expect_eq "[]" "$(vsw -j flow show vsw0 udp6 | jq -c .)" "no flow"
}

what_is_shown_can_be_typed_back()
{
	local before flow="table=2,priority=9,cookie=0x77,idle_timeout=10,hard_timeout=20"

	flow+=",tcp,in_port=2,dl_vlan=5,nw_src=10.0.0.0/8,tp_dst=5-9,tcp_flags=+syn-ack"
	flow+=",actions=push_vlan:0x88a8,set_field:7->vlan_vid,move:tcp_src[]->tcp_dst[]"
	flow+=",dec_ttl,output:1,LOCAL,goto_table:9"
	flows "$flow"
	before=$(same_flow)
	vsw flow show vsw0 | vsw flow replace vsw0 file -
	check_err $? "what is shown is not accepted: $(vsw flow show vsw0)"
	expect_eq "$before" "$(same_flow)" "the flow"
	vsw flow show vsw0 | vsw flow add vsw0 file -
	check_err $? "flow add does not accept it"
}

replace_makes_the_flows_those_of_the_file()
{
	flows "cookie=1,udp,actions=drop" "cookie=2,tcp,actions=drop"
	flows "cookie=3,tcp,actions=output:1" "cookie=4,arp,actions=drop"
	expect_eq "0x3 0x4" "$(cookies)" "cookies"
	expect_err 1 'table' vsw flow replace vsw0 file - <<-EOF
	cookie=5,udp,actions=drop
	cookie=6,table=3,udp,actions=goto_table:2
	EOF
	expect_eq "0x3 0x4" "$(cookies)" "cookies after a refused file"
	vsw flow replace vsw0 file /dev/null
	expect_eq "" "$(cookies)" "cookies after an empty file"
}

a_limit_on_flows_is_enforced_and_named()
{
	flows "cookie=1,udp,actions=drop"
	vsw switch set vsw0 flows_max 2
	vsw flow add vsw0 "cookie=2,tcp,actions=drop"
	check_err $? "the second flow is refused"
	expect_err 1 '2' vsw flow add vsw0 "cookie=3,arp,actions=drop"
	vsw flow add vsw0 "cookie=4,tcp,actions=output:1"
	check_err $? "replacing is refused at the limit"
	expect_eq "0x1 0x4" "$(cookies)" "cookies"
	flows "cookie=5,udp,actions=drop" "cookie=6,arp,actions=drop"
	expect_eq "0x5 0x6" "$(cookies)" "cookies after replace at the limit"
	expect_err 1 '[0-9]' vsw switch set vsw0 flows_max 1
	vsw switch set vsw0 flows_max 100000
}

a_refused_flow_changes_nothing()
{
	local before

	flows "cookie=1,udp,actions=output:1"
	before=$(same_flow)
	expect_err 1 . vsw flow add vsw0 "udp,actions=output:2,goto_table:0"
	expect_err 1 . vsw flow mod vsw0 "udp,actions=goto_table:0"
	expect_err 1 . vsw flow mod vsw0 "udp,actions=output:77"
	expect_eq "$before" "$(same_flow)" "the flow"
	expect_eq 1 "$(vsw -j flow show vsw0 | jq length)" "number of flows"
}

run_tests
