#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The JSON of every show command is what expected/*.json say: programs rely on
# its keys. UPDATE=DIR writes what is shown there instead of comparing.
#
#	h1 --- p1 +------+ p2 --- h2
#	          | vsw0 |		with every setting that can be shown
#	          +------+

. "$(dirname "$0")/lib.sh"
. "$selftests/frames.sh"

ALL_TESTS="
	switch_show_is_as_expected
	port_show_is_as_expected
	fdb_show_is_as_expected
	flow_show_is_as_expected
	table_show_is_as_expected
	stats_show_is_as_expected
	version_is_as_expected
	an_empty_list_is_an_empty_array
	pretty_json_is_the_same_json
"

setup()
{
	frames_setup 2
	vsw -b - <<-EOF
	switch set vsw0 ageing 600 group_fwd_mask 0x4000 ports_max 100 flows_max 1000 fdb_max 500
	port set vsw0 p1 learning off isolated on fdb_max 7
	port set vsw0 p2 vlan_mode native-untagged tag 5 trunks 7,10-20 hairpin on
	fdb add vsw0 02:00:00:00:00:01 port p1
	fdb add vsw0 02:00:00:00:00:02 vlan 7 port p2 sticky
	table set vsw0 3 miss continue
	EOF
	some_flows | vsw flow replace vsw0 file -
	frames "send h1 ip udp dport=53 data len=58"
	frames "send h1 ip6 tcp"
	slowwait 5 both_counted
}

# One flow for each way of writing fields and actions
some_flows()
{
	cat <<-EOF
	cookie=1,priority=100,udp,in_port=1,nw_src=10.0.0.0/8,tp_dst=50-60,actions=output:2
	cookie=2,priority=90,ipv6,actions=drop
	table=1,cookie=3,idle_timeout=600,hard_timeout=700,dl_vlan=5,dl_vlan_pcp=3,actions=pop_vlan,output:p9
	table=1,cookie=4,arp,arp_op=1,arp_tpa=10.0.0.1,actions=set_field:2->arp_op,move:eth_src[]->eth_dst[],IN_PORT
	table=2,cookie=5,tcp6,ipv6_dst=fc00::/7,tcp_flags=+syn-ack,actions=load:5->reg0[0..7],push_vlan:0x8100,set_field:7->vlan_vid,dec_ttl,LOCAL,goto_table:3
	table=3,cookie=6,metadata=0x10/0xf0,reg0=5,dl_dst=01:00:00:00:00:00/01:00:00:00:00:00,actions=flood
	table=3,cookie=7,icmp,icmp_type=8,icmp_code=0,nw_tos=32,nw_ecn=1,nw_ttl=64,ip_frag=no,actions=all
	table=3,cookie=8,icmp6,icmpv6_type=135,nd_target=fc00::1,nd_sll=02:00:00:00:00:01,actions=normal
	EOF
}

both_counted()
{
	[ "$(vsw -j switch show vsw0 | jq '.[0].stats.rx_packets')" = 2 ]
}

# What differs from run to run: numbers of the kernel and of the clock. The VM's
# jq (see vm/stage2.sh) has no -S, it always sorts.
steady()
{
	/usr/bin/jq -S 'walk(if type == "object" then with_entries(
		if .key | IN("ifindex", "id", "duration", "used", "age") and . != null
		then .value |= type elif .key == "cache" then .value |= map_values(type)
		else . end) else . end)'
}

# shown_as NAME COMMAND...: its JSON is that of expected/NAME.json
shown_as()
{
	local name=$1 output

	shift
	output=$("$@" | steady)
	if [ -n "${UPDATE:-}" ]; then
		echo "$output" >"$UPDATE/$name.json"
	else
		diff -u "$selftests/expected/$name.json" - <<<"$output" | sed 's/^/# /'
		return "${PIPESTATUS[0]}"
	fi
}

# The MAC of a switch is random.
switch_show_is_as_expected()
{
	shown_as switch vsw -j switch show vsw0
}

port_show_is_as_expected()
{
	shown_as port vsw -j port show vsw0
}

# The switch's own address is random.
fdb_of_the_user()
{
	vsw -j fdb show vsw0 | jq 'map(select(.flags | index("local") | not))'
}

fdb_show_is_as_expected()
{
	shown_as fdb fdb_of_the_user
}

flow_show_is_as_expected()
{
	shown_as flow vsw -j flow show vsw0
}

table_show_is_as_expected()
{
	shown_as table vsw -j table show vsw0
}

stats_show_is_as_expected()
{
	shown_as stats vsw -j stats show vsw0
}

version_is_as_expected()
{
	vsw -j version | jq -e '.[0].version | test("^[0-9]+[.][0-9]")' >/dev/null
	check_err $? "$(vsw -j version)"
}

an_empty_list_is_an_empty_array()
{
	local empty

	setup_ns empty
	expect_eq "[]" "$(vswctl -n "$empty" -j switch show | jq -c .)" "no switch"
	vswctl -n "$empty" switch add vsw5
	expect_eq "[]" "$(vswctl -n "$empty" -j flow show vsw5 | jq -c .)" "no flow"
}

pretty_json_is_the_same_json()
{
	local plain

	plain=$(vsw -j port show vsw0 | jq -e .)
	check_err $? "no plain JSON"
	expect_eq "$plain" "$(vsw -j -p port show vsw0 | jq .)" "pretty JSON"
	expect_eq 1 "$(vsw -j port show vsw0 | wc -l)" "lines of plain JSON"
	[ "$(vsw -j -p port show vsw0 | wc -l)" -gt 20 ]
	check_err $? "pretty JSON has few lines"
}

run_tests
