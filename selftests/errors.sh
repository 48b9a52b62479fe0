#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# What cannot be done is refused as a whole: with status 1 and the kernel's
# words, or with status 2 where vswctl itself cannot understand it; the word
# that is wrong is named and underlined, and nothing has changed.
#
#	vsw0 with the ports p1, p2 and no traffic

. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	a_field_needs_its_protocol
	a_match_must_not_contradict_itself
	a_value_must_fit_its_mask_and_width
	an_action_must_name_what_exists
	an_action_must_be_possible
	words_numbers_and_addresses_are_checked
	the_bad_argument_is_underlined
	commands_need_their_words
	objects_must_exist
	budgets_are_named
	nothing_has_changed
"

vsw()
{
	vswctl -n "$sw" "$@"
}

setup()
{
	setup_ns sw
	add_switch vsw0
	ip -n "$sw" link add p1 type dummy
	ip -n "$sw" link add p2 type dummy
	vsw port add vsw0 p1 number 1
	vsw port add vsw0 p2 number 2
	vsw flow add vsw0 "cookie=1,udp,actions=output:2"
	before=$(everything)
}

everything()
{
	vsw -j switch show
	vsw -j port show vsw0
	vsw -j flow show vsw0 | jq -c 'del(.[].duration)'
	vsw -j table show vsw0
}

# underlined TEXT: the part of an error message that has ^~~~ below
underlined()
{
	awk '/^ *\^~*$/ { print substr(line, index($0, "^"), length($0) - index($0, "^") + 1) }
	     { line = $0 }' <<<"$1"
}

# refused STATUS REGEX UNDERLINED COMMAND...: as expect_err, and this part is
# underlined; what starts with ~ need only be within the part
refused()
{
	local status=$1 regex=$2 part=$3 output got rc=0

	shift 3
	output=$("$@" 2>&1) || rc=$?
	got=$(underlined "$output")
	if [ "$rc" != "$status" ] || ! has_line "$regex" "$output"; then
		fail "'$*': want $status and '$regex', got $rc: $output"
	elif [[ $part == "~"* ]]; then
		[[ $got == *"${part#"~"}"* ]] || fail "'$*': underlined is '$got'"
	else
		[ "$got" = "$part" ] || fail "'$*': underlined is '$got', not '$part'"
	fi
}

# refused_flows STATUS: lines REGEX@UNDERLINED@FLOW on stdin
refused_flows()
{
	local status=$1 regex part flow

	while IFS=@ read -r regex part flow; do
		refused "$status" "$regex" "$part" vsw flow add vsw0 "$flow"
	done
}

a_field_needs_its_protocol()
{
	refused_flows 1 <<-EOF
	tp_dst@tp_dst=80@tp_dst=80,actions=drop
	tp_src@tp_src=1-9@ip,tp_src=1-9,actions=drop
	nw_src@nw_src=10.0.0.1@nw_src=10.0.0.1,actions=drop
	nw_dst@nw_dst=10.0.0.1@ipv6,nw_dst=10.0.0.1,actions=drop
	nw_proto@nw_proto=6@nw_proto=6,actions=drop
	nw_tos@nw_tos=4@nw_tos=4,actions=drop
	nw_ttl@nw_ttl=4@arp,nw_ttl=4,actions=drop
	ip_frag@ip_frag=yes@ip_frag=yes,actions=drop
	tp_dst@tp_dst=80@ip,nw_proto=47,tp_dst=80,actions=drop
	arp_op@arp_op=1@ip,arp_op=1,actions=drop
	arp_spa@arp_spa=10.0.0.1@arp_spa=10.0.0.1,actions=drop
	arp_sha@arp_sha=02:00:00:00:00:01@udp,arp_sha=02:00:00:00:00:01,actions=drop
	nd_target@nd_target=fc00::1@icmp6,nd_target=fc00::1,actions=drop
	nd_tll@nd_tll=02:00:00:00:00:01@icmp6,icmpv6_type=135,nd_tll=02:00:00:00:00:01,actions=drop
	inner_vlan@inner_vlan_vid=5@inner_vlan_vid=5,actions=drop
	EOF
}

a_match_must_not_contradict_itself()
{
	refused_flows 2 <<-EOF
	.@arp@tcp,arp,actions=drop
	.@udp@tcp,udp,actions=drop
	.@ipv6@ip,ipv6,actions=drop
	.@in_port=2@in_port=1,in_port=2,actions=drop
	EOF
}

a_value_must_fit_its_mask_and_width()
{
	refused_flows 2 <<-EOF
	1048575|0xfffff@0x100000@ipv6,ipv6_label=0x100000,actions=drop
	0xfff|4095@0x1000@tcp,tcp_flags=0x1000,actions=drop
	from 9@5@udp,tp_dst=9-5,actions=drop
	EOF
}

an_action_must_name_what_exists()
{
	refused_flows 1 <<-EOF
	77@output:77@udp,actions=output:1,output:77,output:2
	goto_table@goto_table:3@table=3,udp,actions=goto_table:3
	goto_table@goto_table:2@table=3,udp,actions=output:1,goto_table:2
	EOF
}

an_action_must_be_possible()
{
	refused_flows 1 <<-EOF
	drop@drop@udp,actions=drop,output:1
	drop@drop@udp,actions=output:1,drop
	goto_table@goto_table:2@udp,actions=goto_table:2,output:1
	in_port@set_field:2->in_port@udp,actions=set_field:2->in_port,output:1
	eth_type@set_field:0x0800->eth_type@udp,actions=set_field:0x0800->eth_type,output:1
	nw_proto@set_field:6->nw_proto@udp,actions=set_field:6->nw_proto,output:1
	nw_src@set_field:10.0.0.1->ip_src@actions=set_field:10.0.0.1->ip_src,output:1
	tp_dst@mod_tp_dst:5@ip,actions=mod_tp_dst:5,output:1
	ipv6_src@set_field:fc00::1->ipv6_src@udp,actions=set_field:fc00::1->ipv6_src,output:1
	vlan@set_field:5->vlan_vid@dl_vlan=0xffff,actions=set_field:5->vlan_vid,output:1
	nw_ttl|dec_ttl|IP@dec_ttl@arp,actions=dec_ttl,output:1
	0x8100|802.1|TPID@push_vlan:0x9100@udp,actions=push_vlan:0x9100,output:1
	EOF
}

words_numbers_and_addresses_are_checked()
{
	refused_flows 2 <<-EOF
	expected.*field|protocol@dl_vlann@dl_vlann=5,actions=drop
	65535@65536@priority=65536,actions=drop
	253@254@table=254,actions=drop
	number@abc@priority=abc,actions=drop
	IPv4@10.0.0.256@ip,nw_src=10.0.0.256,actions=drop
	32@33@ip,nw_src=10.0.0.0/33,actions=drop
	IPv6@fc00:::1@ipv6,ipv6_src=fc00:::1,actions=drop
	MAC@02:00:00:00:00@dl_src=02:00:00:00:00,actions=drop
	syn@foo@tcp,tcp_flags=+foo,actions=drop
	later@maybe@ip,ip_frag=maybe,actions=drop
	expected an action@outputt@udp,actions=outputt:2
	field@eth_foo@udp,actions=set_field:5->eth_foo,output:1
	0 to 31@32@udp,actions=load:5->reg0[32],output:1
	bits@~reg0@udp,actions=move:eth_src[]->reg0[],output:1
	actions@~@udp
	actions@~@udp,actions=
	EOF
}

the_bad_argument_is_underlined()
{
	refused 2 number 1x vsw switch add vsw1 ageing 1x
	refused 2 'on or off' maybe vsw port set vsw0 p1 learning maybe
	refused 2 MAC 02:00:00:00:00:zz vsw fdb add vsw0 02:00:00:00:00:zz port p1
	refused 2 4094 4095 vsw port set vsw0 p1 tag 4095
	refused 2 'switch.*port.*flow' swich vsw swich show
	refused 2 'add.*del.*show' remove vsw switch remove vsw0
	ip -n "$sw" link add p3 type dummy
	refused 1 'taken by p2' 2 vsw port add vsw0 p3 number 2
	ip -n "$sw" link del p3
}

commands_need_their_words()
{
	expect_err 2 . vsw switch add
	expect_err 2 . vsw port add vsw0
	expect_err 2 . vsw fdb add vsw0 02:00:00:00:00:01
	expect_err 2 . vsw flow add vsw0
	expect_err 2 . vsw flow
	expect_err 2 . vsw
	expect_err 2 . vsw table set vsw0 1 miss
	expect_err 2 nothing vsw switch del vsw0 now
	expect_err 2 . vsw --nonsense switch show
}

objects_must_exist()
{
	expect_err 1 'switch|No such' vsw switch show vsw9
	expect_err 1 'switch|No such' vsw switch del vsw9
	expect_err 1 'switch|No such' vsw flow add vsw9 actions=drop
	expect_err 1 'interface|device' vsw port add vsw0 p9
	expect_err 1 'port' vsw port del vsw0 p9
	expect_err 1 'port' vsw port show vsw0 77
	expect_err 1 'entry' vsw fdb del vsw0 02:00:00:00:00:99
	expect_err 1 'exist' vsw switch add vsw0
	expect_err 1 'exist|name' vsw switch add p1
	expect_err 1 'already' vsw port add vsw0 p1
	expect_err 1 . vsw flow add vsw0 "in_port=p9,actions=drop"
	expect_err 2 'netns|namespace' vswctl -n no-such-namespace switch show
}

budgets_are_named()
{
	vsw switch set vsw0 flows_max 1
	expect_err 1 'flows.max.*1' vsw flow add vsw0 "tcp,actions=drop"
	vsw switch set vsw0 ports_max 2
	ip -n "$sw" link add p3 type dummy
	expect_err 1 'ports.max.*2' vsw port add vsw0 p3
	ip -n "$sw" link del p3
	expect_err 1 'in use' vsw switch set vsw0 ports_max 1
	vsw switch set vsw0 flows_max "$(jq '.[0].flows_max' <<<"$before" | head -1)" \
		ports_max "$(jq '.[0].ports_max' <<<"$before" | head -1)"
	expect_err 1 'action' vsw flow add vsw0 "udp,actions=$(many_outputs)1"
}

# More actions than a flow may have
many_outputs()
{
	local i

	for ((i = 0; i < 300; i++)); do
		echo -n output:1,
	done
}

nothing_has_changed()
{
	expect_eq "$before" "$(everything)" "all objects"
}

run_tests
