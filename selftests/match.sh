#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Every match field decides: a frame with the value is taken by the flow, one
# that differs in that field alone is not, with masks, for IPv4 and IPv6.
#
#	h1 --- p1 +------+ p2 --- h2	frames enter by p1 (or p3 and LOCAL), those
#	          | vsw0 |		that match leave by p2, the others are
#	h3 --- p3 +------+		dropped

. "$(dirname "$0")/lib.sh"
. "$selftests/frames.sh"

ALL_TESTS="
	the_way_of_entry_is_matched
	ethernet_fields_are_matched
	vlan_fields_are_matched
	inner_vlan_fields_are_matched
	arp_fields_are_matched
	ipv4_fields_are_matched
	ipv4_fragments_are_matched
	ipv6_fields_are_matched
	ipv6_fragments_are_matched
	ports_are_matched_exactly_and_by_mask
	ports_are_matched_by_range
	tcp_flags_are_matched
	icmp_fields_are_matched
	neighbour_discovery_fields_are_matched
	metadata_and_registers_are_matched
	shorthands_match_their_protocols
	what_is_shown_can_be_typed_back
"

all_cases=

setup()
{
	frames_setup 3
}

# check: the cases on stdin, and remember them
check()
{
	local cases

	cases=$(cat)
	all_cases+=$cases$'\n'
	check_cases <<<"$cases"
}

the_way_of_entry_is_matched()
{
	check <<-EOF
	flow in_port=1
	hit h1
	miss h3
	miss vsw0
	flow in_port=p3
	hit h3
	miss h1
	flow in_port=LOCAL
	hit vsw0
	miss h1
	flow pkt_mark=0x7
	hit h1^7
	miss h1^6
	miss h1
	flow pkt_mark=0x10/0xf0
	hit h1^31
	miss h1^47
	EOF
}

ethernet_fields_are_matched()
{
	check <<-EOF
	flow dl_src=02:00:%i:00:00:07
	hit src=02:00:%i:00:00:07
	miss src=02:00:%i:00:00:06
	flow eth_src=00:00:00:00:00:07/00:00:00:00:00:0f
	hit src=06:00:%i:00:00:37
	miss src=06:00:%i:00:00:38
	flow dl_dst=02:00:00:00:00:05
	hit dst=02:00:00:00:00:05
	miss dst=02:00:00:00:00:04
	flow eth_dst=01:00:00:00:00:00/01:00:00:00:00:00
	hit dst=01:00:5e:00:00:01
	hit dst=ff:ff:ff:ff:ff:ff
	miss dst=02:00:00:00:00:05
	flow dl_type=0x88b6
	hit type=0x88b6
	miss type=0x88b7
	flow eth_type=0x0800
	hit ip udp
	miss ip6 udp
	flow dl_type=0x05ff
	hit llc data
	hit snap oui=0080c2 type=7 data
	miss type=0x88b6 data
	miss snap ip udp
	flow dl_type=0x0800,nw_proto=17
	hit snap ip udp
	miss snap ip tcp
	EOF
}

vlan_fields_are_matched()
{
	check <<-EOF
	flow dl_vlan=5
	hit vlan vid=5
	hit vlan vid=5 pcp=3 ip udp
	miss vlan vid=6
	miss
	flow dl_vlan=0
	hit vlan vid=0
	miss
	flow dl_vlan=0xffff
	hit
	miss vlan vid=0
	flow vlan_tci=0x1000/0x1000
	hit vlan vid=0
	hit vlan tpid=0x88a8 vid=7
	miss
	flow vlan_tci=0
	hit
	miss vlan vid=0
	flow vlan_tci=0x1064/0x1fff
	hit vlan vid=100 pcp=2
	miss vlan vid=101 pcp=2
	flow vlan_tci=0xd005
	hit vlan vid=5 pcp=6
	miss vlan vid=5 pcp=5
	flow dl_vlan_pcp=3
	hit vlan vid=9 pcp=3
	miss vlan vid=9 pcp=2
	miss
	flow dl_vlan=5,vlan_pcp=0
	hit vlan vid=5
	miss vlan vid=5 pcp=1
	flow vlan_vid=5
	hit vlan vid=5 pcp=7
	miss vlan vid=4
	miss
	flow dl_vlan=5,vlan_tpid=0x88a8
	hit vlan tpid=0x88a8 vid=5
	miss vlan vid=5
	flow vlan_tci=0x1004/0x1007
	hit vlan vid=12
	miss vlan vid=13
	flow dl_vlan=5,ip
	hit vlan vid=5 ip udp
	miss vlan vid=5 ip6 udp
	miss ip udp
	EOF
}

inner_vlan_fields_are_matched()
{
	check <<-EOF
	flow dl_vlan=5,inner_vlan_vid=6
	hit vlan vid=5 vlan vid=6
	hit vlan tpid=0x88a8 vid=5 vlan vid=6 ip udp
	miss vlan vid=5 vlan vid=7
	miss vlan vid=6 vlan vid=5
	miss vlan vid=5
	flow dl_vlan=5,inner_vlan_pcp=4
	hit vlan vid=5 vlan vid=6 pcp=4
	miss vlan vid=5 pcp=4 vlan vid=6 pcp=3
	flow dl_vlan=5,inner_vlan_vid=6,udp
	hit vlan vid=5 vlan vid=6 ip udp
	miss vlan vid=5 vlan vid=6 ip tcp
	flow dl_vlan=5,inner_vlan_vid=6,dl_type=0x8100
	hit vlan vid=5 vlan vid=6 vlan vid=7
	miss vlan vid=5 vlan vid=6
	EOF
}

arp_fields_are_matched()
{
	check <<-EOF
	flow arp,arp_op=1
	hit arp op=1
	miss arp op=2
	flow rarp,arp_op=3,arp_spa=10.0.0.9
	hit type=0x8035 arp op=3 spa=10.0.0.9
	miss type=0x8035 arp op=4 spa=10.0.0.9
	miss arp op=3 spa=10.0.0.9
	flow arp,arp_op=2
	hit arp op=2
	miss arp op=1
	flow arp,arp_spa=10.0.0.9
	hit arp spa=10.0.0.9
	miss arp spa=10.0.0.8
	flow arp,arp_spa=10.1.0.0/16
	hit arp spa=10.1.2.3
	miss arp spa=10.2.2.3
	flow arp,arp_tpa=10.0.0.9
	hit arp tpa=10.0.0.9
	miss arp tpa=10.0.0.8
	flow arp,arp_tpa=10.0.0.1/255.0.0.255
	hit arp tpa=10.7.7.1
	miss arp tpa=10.7.7.2
	flow arp,nw_src=10.0.0.9,nw_dst=10.0.0.8
	hit arp spa=10.0.0.9 tpa=10.0.0.8
	miss arp spa=10.0.0.8 tpa=10.0.0.9
	flow arp,arp_sha=02:00:00:00:00:77
	hit arp sha=02:00:00:00:00:77
	miss arp sha=02:00:00:00:00:76
	flow arp,arp_sha=02:11:00:00:00:00/ff:ff:00:00:00:00
	hit arp sha=02:11:00:00:00:77
	miss arp sha=02:12:00:00:00:77
	flow arp,arp_tha=02:00:00:00:00:77
	hit arp tha=02:00:00:00:00:77
	miss arp tha=02:00:00:00:00:76
	flow arp,arp_tha=00:00:00:00:00:01/00:00:00:00:00:0f
	hit arp tha=02:00:00:00:00:71
	miss arp tha=02:00:00:00:00:72
	EOF
}

ipv4_fields_are_matched()
{
	check <<-EOF
	flow ip,nw_src=10.0.0.9
	hit ip src=10.0.0.9 udp
	miss ip src=10.0.0.8 udp
	flow ip,ip_src=10.128.0.0/9
	hit ip src=10.200.0.9 udp
	miss ip src=10.100.0.9 udp
	flow ip,nw_dst=10.0.0.9
	hit ip dst=10.0.0.9 udp
	miss ip dst=10.0.0.8 udp
	flow ip,nw_dst=10.0.0.1/255.0.0.255
	hit ip dst=10.99.88.1 udp
	miss ip dst=10.99.88.2 udp
	miss ip dst=11.99.88.1 udp
	flow ip,nw_proto=47
	hit ip proto=47 data
	miss ip proto=46 data
	flow ip,nw_tos=0xb8
	hit ip tos=0xb8 udp
	hit ip tos=0xba udp
	miss ip tos=0xbc udp
	flow ip,ip_dscp=46
	hit ip tos=0xb9 udp
	miss ip tos=0xb0 udp
	flow ip,nw_ecn=2
	hit ip tos=0xba udp
	miss ip tos=0xb9 udp
	flow ip,nw_ttl=17
	hit ip ttl=17 udp
	miss ip ttl=18 udp
	flow ip,nw_src=10.0.0.1,nw_dst=10.0.0.2,nw_proto=17,nw_tos=8,nw_ttl=64
	hit ip tos=8 udp
	miss ip tos=8 tcp
	flow ip,nw_proto=17
	hit ip options=01010101 udp
	miss ip6 udp
	flow ip
	hit ip udp
	hit ip proto=0 data
	miss ip6 udp
	miss arp
	EOF
}

ipv4_fragments_are_matched()
{
	check <<-EOF
	flow ip,ip_frag=no
	hit ip udp
	miss ip mf=1 udp
	miss ip frag=100 data
	flow ip,ip_frag=yes
	hit ip mf=1 udp
	hit ip frag=100 data
	miss ip udp
	flow ip,ip_frag=first
	hit ip mf=1 udp
	miss ip frag=100 mf=1 data
	miss ip udp
	flow ip,ip_frag=later
	hit ip frag=100 data
	hit ip frag=100 mf=1 data
	miss ip mf=1 udp
	miss ip udp
	flow ip,ip_frag=not_later
	hit ip mf=1 udp
	hit ip udp
	miss ip frag=100 data
	flow udp,tp_dst=2000
	hit ip mf=1 udp
	hit ip udp
	miss ip proto=17 frag=100 data hex=03e807d000000000
	EOF
}

ipv6_fields_are_matched()
{
	check <<-EOF
	flow ipv6,ipv6_src=fc00::9
	hit ip6 src=fc00::9 udp
	miss ip6 src=fc00::8 udp
	flow ipv6,ipv6_src=2001:db8::/33
	hit ip6 src=2001:db8:7fff::1 udp
	miss ip6 src=2001:db8:8000::1 udp
	flow ipv6,ipv6_dst=fc00::9
	hit ip6 dst=fc00::9 udp
	miss ip6 dst=fc00::8 udp
	flow ipv6,ipv6_dst=::5/::ffff
	hit ip6 dst=2001:db8::5 udp
	miss ip6 dst=2001:db8::6 udp
	flow ipv6,ipv6_label=0x12345
	hit ip6 label=0x12345 udp
	miss ip6 label=0x12344 udp
	flow ipv6,ipv6_label=0x12000/0xff000
	hit ip6 label=0x12345 udp
	miss ip6 label=0x13345 udp
	flow ipv6,nw_proto=47
	hit ip6 proto=47 data
	miss ip6 proto=46 data
	flow ipv6,nw_proto=17
	hit ip6 udp
	hit ip6 hop udp
	hit ip6 hop dopt udp
	hit ip6 hop route dopt udp
	miss ip6 hop tcp
	flow udp6,tp_dst=2000
	hit ip6 hop dopt udp
	miss ip6 hop dopt udp dport=2001
	flow ipv6,nw_tos=0xb8
	hit ip6 tc=0xb9 udp
	miss ip6 tc=0xbc udp
	flow ipv6,nw_ecn=1
	hit ip6 tc=0xb9 udp
	miss ip6 tc=0xb8 udp
	flow ipv6,nw_ttl=255
	hit ip6 hl=255 udp
	miss ip6 hl=254 udp
	flow ipv6
	hit ip6 udp
	miss ip udp
	EOF
}

ipv6_fragments_are_matched()
{
	check <<-EOF
	flow ipv6,ip_frag=no
	hit ip6 udp
	miss ip6 frag6 mf=1 udp
	flow ipv6,ip_frag=yes
	hit ip6 frag6 mf=1 udp
	hit ip6 frag6 off=10 data
	miss ip6 udp
	flow ipv6,ip_frag=first
	hit ip6 frag6 mf=1 udp
	miss ip6 frag6 off=10 mf=1 data
	flow ipv6,ip_frag=later
	hit ip6 frag6 off=10 data
	miss ip6 frag6 mf=1 udp
	flow ipv6,ip_frag=not_later
	hit ip6 frag6 mf=1 udp
	hit ip6 udp
	miss ip6 frag6 off=10 data
	flow udp6,tp_dst=2000
	hit ip6 frag6 mf=1 udp
	miss ip6 frag6 off=10 proto=17 data hex=03e807d000000000
	EOF
}

exact_port_cases()
{
	local proto ip

	for proto in tcp udp sctp; do
		for ip in ip ip6; do
			local short=$proto${ip#ip}

			cat <<-EOF
			flow $short,tp_src=1234
			hit $ip $proto sport=1234
			miss $ip $proto sport=1235
			flow $short,tp_dst=80
			hit $ip $proto dport=80
			miss $ip $proto dport=81
			flow $short,tp_dst=0x1000/0xf000
			hit $ip $proto dport=0x1fff
			miss $ip $proto dport=0x2000
			flow $short,${proto}_src=0x10/0x11
			hit $ip $proto sport=0xfe
			miss $ip $proto sport=0xff
			EOF
		done
	done
}

ports_are_matched_exactly_and_by_mask()
{
	check < <(exact_port_cases)
}

port_range_cases()
{
	local proto ip

	for proto in tcp udp sctp; do
		for ip in ip ip6; do
			local short=$proto${ip#ip}

			cat <<-EOF
			flow $short,tp_dst=1000-1999
			hit $ip $proto dport=1000
			hit $ip $proto dport=1999
			miss $ip $proto dport=999
			miss $ip $proto dport=2000
			flow $short,tp_src=65535-65535
			hit $ip $proto sport=65535
			miss $ip $proto sport=65534
			flow $short,tp_src=0-9,tp_dst=5-7
			hit $ip $proto sport=0 dport=5
			hit $ip $proto sport=9 dport=7
			miss $ip $proto sport=10 dport=6
			miss $ip $proto sport=5 dport=8
			EOF
		done
	done
}

ports_are_matched_by_range()
{
	check < <(port_range_cases)
}

tcp_flags_are_matched()
{
	check <<-EOF
	flow tcp,tcp_flags=+syn-ack
	hit ip tcp flags=0x02
	hit ip tcp flags=0xc2
	miss ip tcp flags=0x12
	miss ip tcp flags=0x10
	flow tcp,tcp_flags=0x12
	hit ip tcp flags=0x12
	miss ip tcp flags=0x13
	flow tcp,tcp_flags=0x004/0x005
	hit ip tcp flags=0x14
	miss ip tcp flags=0x15
	flow tcp,tcp_flags=0x100/0x100
	hit ip tcp flags=0x110
	miss ip tcp flags=0x010
	flow tcp6,tcp_flags=+fin
	hit ip6 tcp flags=0x11
	miss ip6 tcp flags=0x10
	EOF
}

icmp_fields_are_matched()
{
	check <<-EOF
	flow icmp,icmp_type=8
	hit ip icmp type=8
	miss ip icmp type=0
	flow icmp,icmp_type=0
	hit ip icmp type=0
	miss ip icmp type=8
	flow icmp,icmp_type=3,icmp_code=4
	hit ip icmp type=3 code=4
	miss ip icmp type=3 code=3
	flow icmp6,icmpv6_type=128
	hit ip6 icmp6 type=128
	miss ip6 icmp6 type=129
	flow icmp6,icmpv6_type=1,icmpv6_code=4
	hit ip6 hop icmp6 type=1 code=4
	miss ip6 hop icmp6 type=1 code=3
	flow icmp
	hit ip icmp
	miss ip udp
	miss ip6 icmp6
	flow icmp6
	hit ip6 icmp6
	hit ip6 ns
	miss ip icmp
	EOF
}

neighbour_discovery_fields_are_matched()
{
	check <<-EOF
	flow icmp6,icmpv6_type=135,nd_target=fc00::9
	hit ip6 hl=255 ns target=fc00::9
	miss ip6 hl=255 ns target=fc00::8
	miss ip6 hl=255 na target=fc00::9
	flow icmp6,icmpv6_type=136,nd_target=fc00::/64
	hit ip6 hl=255 na target=fc00::77
	miss ip6 hl=255 na target=fc00:0:0:1::77
	flow icmp6,icmpv6_type=135,nd_sll=02:00:00:00:00:77
	hit ip6 hl=255 ns sll=02:00:00:00:00:77
	miss ip6 hl=255 ns sll=02:00:00:00:00:76
	flow icmp6,icmpv6_type=136,nd_tll=02:00:00:00:00:77
	hit ip6 hl=255 na tll=02:00:00:00:00:77
	miss ip6 hl=255 na tll=02:00:00:00:00:76
	flow icmp6,icmpv6_type=136,nd_tll=02:11:00:00:00:00/ff:ff:00:00:00:00
	hit ip6 hl=255 na tll=02:11:00:00:00:76
	miss ip6 hl=255 na tll=02:12:00:00:00:76
	EOF
}

register_cases()
{
	local i

	cat <<-EOF
	flow metadata=0x020000000005
	before move:eth_dst[]->metadata[0..47]
	hit dst=02:00:00:00:00:05
	miss dst=02:00:00:00:00:06
	flow metadata=0x50000000000000/0xf0000000000000
	before move:eth_dst[0..3]->metadata[52..55]
	hit dst=02:00:00:00:00:05
	miss dst=02:00:00:00:00:06
	flow reg3=0x0/0x1
	before move:eth_dst[0..31]->reg3[]
	hit dst=02:00:00:00:00:06
	miss dst=02:00:00:00:00:05
	EOF
	for i in 0 1 2 3 4 5 6 7; do
		cat <<-EOF
		flow reg$i=0x7005
		before move:eth_dst[0..31]->reg${i}[]
		hit dst=02:00:00:00:70:05
		miss dst=02:00:00:00:70:06
		EOF
	done
}

metadata_and_registers_are_matched()
{
	check < <(register_cases)
}

shorthand_cases()
{
	local short frame protos="tcp udp sctp icmp tcp6 udp6 sctp6 icmp6 arp"

	for short in $protos; do
		case $short in
		icmp6) frame="ip6 icmp6" ;;
		*6) frame="ip6 ${short%6}" ;;
		arp) frame=arp ;;
		*) frame="ip $short" ;;
		esac
		echo "flow $short"
		echo "hit $frame"
		[ "$short" = tcp ] || echo "miss ip tcp"
		[ "$short" = udp6 ] || echo "miss ip6 udp"
	done
}

shorthands_match_their_protocols()
{
	check < <(shorthand_cases)
}

# After all the others: their flows once more, all at the same time.
what_is_shown_can_be_typed_back()
{
	local shown again

	load_cases "$all_cases"
	shown=$(vsw flow show vsw0)
	vsw flow replace vsw0 file - <<<"$shown"
	check_err $? "what is shown is not accepted" || return
	again=$(vsw flow show vsw0)
	expect_eq "$(without_stats <<<"$shown")" "$(without_stats <<<"$again")" "shown again"
	send_cases "$all_cases"
}

run_tests
