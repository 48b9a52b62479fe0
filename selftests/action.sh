#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Every action does to a frame what it says, and nothing else: all bytes and
# all checksums are compared with a frame made from scratch, whether its
# checksum is complete or left to the hardware, and for large frames too.
#
#	h1 --- p1 +------+ p2 --- h2	frames enter by p1
#	          | vsw0 |
#	h4 --- p4 +------+ p3 --- h3

. "$(dirname "$0")/lib.sh"
. "$selftests/frames.sh"

ALL_TESTS="
	output_sends_to_a_port
	output_sends_to_several_ports_as_the_frame_is_then
	normal_flood_and_all_send_to_many_ports
	drop_drops_and_counts
	ethernet_fields_are_rewritten
	vlan_tags_are_pushed_and_popped
	vlan_fields_are_rewritten
	arp_fields_are_rewritten
	ipv4_fields_are_rewritten_with_checksums
	ipv6_fields_are_rewritten_with_checksums
	ports_are_rewritten_with_checksums
	icmp_and_nd_fields_are_rewritten_with_checksums
	fragments_are_rewritten
	checksums_that_are_absent_or_wrong_stay_so
	large_frames_stay_whole
	marks_are_written
	registers_carry_values
	the_last_write_wins
	dec_ttl_decrements
	dec_ttl_drops_at_one
"

setup()
{
	frames_setup 4
}

output_sends_to_a_port()
{
	check_cases <<-EOF
	flow in_port=1,actions=output:2
	send h1 => h2 same
	flow in_port=1,actions=3
	send h1 => h3 same
	flow in_port=1,actions=output:p3
	send h1 => h3 same
	flow in_port=1,actions=LOCAL
	send h1 => vsw0 same
	flow in_port=LOCAL,actions=output:2
	send vsw0 => h2 same
	flow in_port=1,actions=IN_PORT
	send h1 => h1 same
	flow in_port=LOCAL,actions=in_port
	send vsw0 => vsw0 same
	EOF
	local before

	before=$(drops hairpin)
	check_cases <<-EOF
	flow in_port=1,actions=output:1
	send h1 =>
	flow in_port=1,actions=output:1,output:2
	send h1 => h2 same
	flow in_port=1,actions=output:2,output:1
	send h1 => h2 same
	EOF
	[ "$(drops hairpin)" -gt "$before" ]
	check_err $? "sending a frame to where it came from is not counted as hairpin"
}

output_sends_to_several_ports_as_the_frame_is_then()
{
	check_cases <<-EOF
	flow in_port=1,actions=output:2,output:3
	send h1 => h2 same; h3 same
	flow in_port=1,actions=2,3,LOCAL,IN_PORT
	send h1 => h2 same; h3 same; vsw0 same; h1 same
	flow in_port=1,actions=output:2,output:2
	send h1 => h2*2 same
	flow in_port=1,actions=output:2,mod_dl_dst:02:00:00:00:00:55,output:3
	send h1 => h2 same; h3 dst=02:00:00:00:00:55
	flow udp,actions=mod_nw_dst:10.0.0.9,2,mod_tp_dst:53,3,mod_nw_ttl:9,4
	send ip udp => h2 ip dst=10.0.0.9 udp; h3 ip dst=10.0.0.9 udp dport=53; h4 ip dst=10.0.0.9 ttl=9 udp dport=53
	flow in_port=1,actions=2,push_vlan:0x8100,mod_vlan_vid:7,3,pop_vlan,4
	send ip udp => h2 same; h3 vlan vid=7 ip udp; h4 same
	flow ip,actions=2,dec_ttl,3,dec_ttl,4
	send ip udp => h2 same; h3 ip ttl=63 udp; h4 ip ttl=62 udp
	flow in_port=1,actions=2,mod_dl_dst:02:00:00:00:00:55
	send h1 => h2 same
	EOF
}

normal_flood_and_all_send_to_many_ports()
{
	vsw port set vsw0 p3 flood off bcast_flood off
	vsw fdb add vsw0 02:00:00:00:00:77 port p4
	check_cases <<-EOF
	flow in_port=1,actions=normal
	send h1 => h2 same; h4 same; vsw0 same
	flow in_port=1,actions=flood
	send h1 => h2 same; h4 same; vsw0 same
	send dst=ff:ff:ff:ff:ff:ff => h2 same; h4 same; vsw0 same
	flow in_port=1,actions=all
	send h1 => h2 same; h3 same; h4 same; vsw0 same
	flow in_port=LOCAL,actions=all
	send vsw0 => h1 same; h2 same; h3 same; h4 same
	flow in_port=1,actions=mod_dl_dst:02:00:00:00:00:77,normal
	send h1 => h4 dst=02:00:00:00:00:77
	flow in_port=1,actions=output:3,normal
	send dst=02:00:00:00:00:77 => h3 same; h4 same
	EOF
	vsw port set vsw0 p3 flood on bcast_flood on
}

drop_drops_and_counts()
{
	local before

	before=$(drops flow)
	check_cases <<-EOF
	flow in_port=1,actions=drop
	send h1 =>
	flow ip,actions=mod_nw_dst:10.0.0.9
	send ip udp =>
	EOF
	expect_eq $((before + 2 * sendings)) "$(drops flow)" "drops for reason flow"
}

ethernet_fields_are_rewritten()
{
	check_cases <<-EOF
	flow in_port=1,actions=mod_dl_src:02:00:00:00:00:55,output:2
	send h1 => h2 src=02:00:00:00:00:55
	flow in_port=1,actions=mod_dl_dst:02:00:00:00:00:55,output:2
	send h1 => h2 dst=02:00:00:00:00:55
	flow in_port=1,actions=set_field:0e:00:00:00:00:aa->eth_dst,set_field:0e:00:00:00:00:bb->eth_src,output:2
	send ip udp => h2 dst=0e:00:00:00:00:aa src=0e:00:00:00:00:bb ip udp
	flow in_port=1,actions=set_field:00:00:00:77:00:00/00:00:00:ff:00:00->eth_dst,output:2
	send dst=02:03:04:05:06:07 => h2 dst=02:03:04:77:06:07
	flow in_port=1,actions=load:0xabc->eth_dst[0..11],output:2
	send dst=02:03:04:05:06:07 => h2 dst=02:03:04:05:0a:bc
	flow in_port=1,actions=move:eth_src[]->eth_dst[],output:2
	send h1 => h2 dst=02:00:%i:00:00:01
	flow in_port=1,actions=move:eth_src[0..3]->eth_dst[44..47],output:2
	send h1 => h2 dst=12:00:00:00:00:02
	flow in_port=1,actions=mod_dl_dst:02:00:00:00:00:55,output:2
	send vlan vid=5 pcp=3 vlan vid=6 ip udp => h2 dst=02:00:00:00:00:55 vlan vid=5 pcp=3 vlan vid=6 ip udp
	flow in_port=1,actions=mod_dl_dst:02:00:00:00:00:55,output:2
	send llc data => h2 dst=02:00:00:00:00:55 llc data
	EOF
}

vlan_tags_are_pushed_and_popped()
{
	check_cases <<-EOF
	flow in_port=1,actions=push_vlan:0x8100,output:2
	send ip udp => h2 vlan vid=0 ip udp
	flow in_port=1,actions=push_vlan:0x8100,set_field:5->vlan_vid,output:2
	send ip udp => h2 vlan vid=5 ip udp
	flow in_port=1,actions=push_vlan:0x88a8,mod_vlan_vid:9,mod_vlan_pcp:4,output:2
	send ip udp => h2 vlan tpid=0x88a8 vid=9 pcp=4 ip udp
	flow in_port=1,actions=push_vlan:0x88a8,mod_vlan_vid:9,output:2
	send vlan vid=5 pcp=3 ip udp => h2 vlan tpid=0x88a8 vid=9 vlan vid=5 pcp=3 ip udp
	send vlan vid=5 vlan vid=6 => h2 vlan tpid=0x88a8 vid=9 vlan vid=5 vlan vid=6
	flow in_port=1,actions=push_vlan:0x8100,mod_vlan_vid:7,push_vlan:0x8100,mod_vlan_vid:8,output:2
	send ip tcp => h2 vlan vid=8 vlan vid=7 ip tcp
	flow in_port=1,actions=pop_vlan,output:2
	send vlan vid=5 ip udp => h2 ip udp
	send vlan tpid=0x88a8 vid=5 vlan vid=6 ip udp => h2 vlan vid=6 ip udp
	send ip udp => h2 ip udp
	flow in_port=1,actions=strip_vlan,output:2
	send vlan vid=5 pcp=7 => h2
	flow in_port=1,actions=pop_vlan,pop_vlan,output:2
	send vlan vid=5 vlan vid=6 ip6 udp => h2 ip6 udp
	flow in_port=1,actions=push_vlan:0x8100,pop_vlan,output:2
	send ip udp => h2 same
	send vlan vid=3 ip udp => h2 same
	flow in_port=1,actions=pop_vlan,push_vlan:0x8100,mod_vlan_vid:4,output:2
	send vlan vid=3 ip udp => h2 vlan vid=4 ip udp
	flow in_port=1,actions=push_vlan:0x8100,mod_vlan_vid:4,output:2
	send ip udp partial=1 => h2 vlan vid=4 ip udp partial=1
	flow in_port=1,actions=pop_vlan,output:2
	send vlan vid=4 ip udp partial=1 => h2 ip udp partial=1
	EOF
}

vlan_fields_are_rewritten()
{
	check_cases <<-EOF
	flow in_port=1,actions=mod_vlan_vid:9,output:2
	send vlan vid=5 pcp=3 ip udp => h2 vlan vid=9 pcp=3 ip udp
	send ip udp => h2 vlan vid=9 ip udp
	flow in_port=1,actions=mod_vlan_pcp:6,output:2
	send vlan vid=5 pcp=3 ip udp => h2 vlan vid=5 pcp=6 ip udp
	flow dl_vlan=5,actions=set_field:9->vlan_vid,output:2
	send vlan vid=5 pcp=3 ip udp => h2 vlan vid=9 pcp=3 ip udp
	flow dl_vlan=5,actions=set_field:2->vlan_pcp,output:2
	send vlan tpid=0x88a8 vid=5 pcp=3 ip udp => h2 vlan tpid=0x88a8 vid=5 pcp=2 ip udp
	flow dl_vlan=5,actions=load:0x3->vlan_tci[0..3],output:2
	send vlan vid=5 pcp=3 ip udp => h2 vlan vid=3 pcp=3 ip udp
	EOF
}

arp_fields_are_rewritten()
{
	check_cases <<-EOF
	flow arp,actions=set_field:2->arp_op,output:2
	send arp op=1 => h2 arp op=2
	flow arp,actions=set_field:10.1.2.3->arp_spa,output:2
	send arp => h2 arp spa=10.1.2.3
	flow arp,actions=set_field:10.1.2.3->arp_tpa,output:2
	send arp => h2 arp tpa=10.1.2.3
	flow arp,actions=set_field:0.0.0.9/0.0.0.255->arp_tpa,output:2
	send arp => h2 arp tpa=10.0.0.9
	flow arp,actions=set_field:02:00:00:00:00:55->arp_sha,output:2
	send arp => h2 arp sha=02:00:00:00:00:55
	flow arp,actions=set_field:02:00:00:00:00:55->arp_tha,output:2
	send vlan vid=5 arp => h2 vlan vid=5 arp tha=02:00:00:00:00:55
	flow arp,arp_op=1,actions=move:eth_src[]->eth_dst[],mod_dl_src:02:00:00:00:00:99,set_field:2->arp_op,move:arp_sha[]->arp_tha[],set_field:02:00:00:00:00:99->arp_sha,move:arp_spa[]->reg0[],move:arp_tpa[]->arp_spa[],move:reg0[]->arp_tpa[],IN_PORT
	send arp spa=10.0.0.7 tpa=10.0.0.8 sha=02:00:00:00:00:07 => h1 dst=02:00:%i:00:00:01 src=02:00:00:00:00:99 arp op=2 spa=10.0.0.8 tpa=10.0.0.7 tha=02:00:00:00:00:07 sha=02:00:00:00:00:99
	EOF
}

# Changes of the header that any protocol on top has to survive
ipv4_rewrites()
{
	cat <<-EOF
	mod_nw_src:10.1.2.3|src=10.1.2.3
	mod_nw_dst:10.1.2.3|dst=10.1.2.3
	set_field:0.0.0.9/0.0.0.255->ip_src|src=10.0.0.9
	mod_nw_tos:184|tos=184
	mod_nw_ecn:1|tos=1
	mod_nw_ttl:7|ttl=7
	mod_nw_src:10.0.0.2,mod_nw_dst:10.0.0.1|src=10.0.0.2 dst=10.0.0.1
	mod_nw_dst:255.255.0.0,dec_ttl|dst=255.255.0.0 ttl=63
	EOF
}

ipv6_rewrites()
{
	cat <<-EOF
	set_field:2001:db8::77->ipv6_src|src=2001:db8::77
	set_field:2001:db8::77->ipv6_dst|dst=2001:db8::77
	set_field:::9/::ff->ipv6_dst|dst=fc00::9
	set_field:0x54321->ipv6_label|label=0x54321
	mod_nw_tos:184|tc=184
	set_field:1->nw_ecn|tc=1
	mod_nw_ttl:7|hl=7
	dec_ttl|hl=63
	EOF
}

# rewrite_cases TABLE IP UPPER...: each line of TABLE for each UPPER in an IP
rewrite_cases()
{
	local table=$1 ip=$2 action change upper

	shift 2
	while IFS='|' read -r action change; do
		echo "flow ${table%_rewrites},actions=$action,output:2"
		for upper in "$@"; do
			echo "send $ip $upper => h2 $ip $change $upper"
		done
	done < <("$table")
}

ipv4_fields_are_rewritten_with_checksums()
{
	check_cases < <(rewrite_cases ipv4_rewrites ip udp tcp sctp icmp 'proto=47 data' \
		'options=01010101 udp' 'udp partial=1' 'tcp partial=1' 'tcp data len=1001')
	check_cases < <(rewrite_cases ipv4_rewrites 'vlan vid=5 ip' udp 'tcp partial=1')
}

ipv6_fields_are_rewritten_with_checksums()
{
	check_cases < <(rewrite_cases ipv6_rewrites ip6 udp tcp sctp icmp6 'proto=47 data' \
		'hop dopt udp' 'udp partial=1' 'tcp partial=1' 'udp data len=1000' ns)
	check_cases < <(rewrite_cases ipv6_rewrites 'vlan vid=5 ip6' udp 'tcp partial=1')
}

port_cases()
{
	local ip proto short more

	for ip in ip ip6; do
		for proto in tcp udp sctp; do
			short=$proto${ip#ip}
			echo "flow $short,actions=mod_tp_src:60001,output:2"
			echo "send $ip $proto => h2 $ip $proto sport=60001"
			echo "flow $short,actions=mod_tp_dst:60001,output:2"
			echo "send $ip $proto => h2 $ip $proto dport=60001"
			echo "flow $short,actions=set_field:0x0100/0xff00->${proto}_dst,output:2"
			echo "send $ip $proto dport=0x2233 => h2 $ip $proto dport=0x0133"
			echo "flow $short,actions=move:${proto}_src[]->${proto}_dst[],output:2"
			echo "send $ip $proto data len=100 => h2 $ip $proto dport=1000 data len=100"
			[ "$proto" != sctp ] || continue
			more='partial=1 data len=1300'
			echo "flow $short,actions=mod_tp_dst:53,mod_tp_src:54,output:2"
			echo "send $ip $proto $more => h2 $ip $proto dport=53 sport=54 $more"
		done
	done
}

ports_are_rewritten_with_checksums()
{
	check_cases < <(port_cases)
	check_cases <<-EOF
	flow tcp6,actions=set_field:2001:db8::77->ipv6_dst,mod_tp_dst:53,output:2
	send vlan vid=5 ip6 hop tcp => h2 vlan vid=5 ip6 dst=2001:db8::77 hop tcp dport=53
	flow udp,actions=mod_nw_src:10.1.2.3,mod_nw_dst:10.4.5.6,mod_tp_src:7,mod_tp_dst:8,mod_nw_ttl:9,mod_nw_tos:40,mod_dl_dst:02:00:00:00:00:55,push_vlan:0x8100,mod_vlan_vid:12,output:2
	send ip udp partial=1 => h2 dst=02:00:00:00:00:55 vlan vid=12 ip src=10.1.2.3 dst=10.4.5.6 ttl=9 tos=40 udp sport=7 dport=8 partial=1
	send ip udp => h2 dst=02:00:00:00:00:55 vlan vid=12 ip src=10.1.2.3 dst=10.4.5.6 ttl=9 tos=40 udp sport=7 dport=8
	EOF
}

icmp_and_nd_fields_are_rewritten_with_checksums()
{
	check_cases <<-EOF
	flow icmp,actions=set_field:0->icmp_type,output:2
	send ip icmp type=8 => h2 ip icmp type=0
	flow icmp,actions=set_field:5->icmp_code,output:2
	send ip icmp type=3 => h2 ip icmp type=3 code=5
	flow icmp6,actions=set_field:129->icmpv6_type,output:2
	send ip6 icmp6 type=128 => h2 ip6 icmp6 type=129
	flow icmp6,actions=set_field:5->icmpv6_code,output:2
	send ip6 hop icmp6 type=1 => h2 ip6 hop icmp6 type=1 code=5
	flow icmp6,icmpv6_type=135,actions=set_field:2001:db8::77->nd_target,output:2
	send ip6 hl=255 ns => h2 ip6 hl=255 ns target=2001:db8::77
	flow icmp6,icmpv6_type=135,actions=set_field:02:00:00:00:00:55->nd_sll,output:2
	send ip6 hl=255 ns => h2 ip6 hl=255 ns sll=02:00:00:00:00:55
	flow icmp6,icmpv6_type=136,actions=set_field:02:00:00:00:00:55->nd_tll,output:2
	send ip6 hl=255 na => h2 ip6 hl=255 na tll=02:00:00:00:00:55
	flow icmp6,icmpv6_type=136,actions=set_field:fc00::7->ipv6_src,set_field:fc00::7->nd_target,set_field:02:00:00:00:00:55->nd_tll,output:2
	send vlan vid=5 ip6 hl=255 na => h2 vlan vid=5 ip6 src=fc00::7 hl=255 na target=fc00::7 tll=02:00:00:00:00:55
	EOF
}

# The first fragment has the checksum of the whole packet: it changes by the
# difference. Later ones have no transport header at all.
fragments_are_rewritten()
{
	check_cases <<-EOF
	flow ip,actions=mod_nw_dst:10.0.0.3,output:2
	send ip mf=1 udp csum=0x1111 => h2 ip dst=10.0.0.3 mf=1 udp csum=0x1110
	send ip frag=100 proto=17 data hex=03e807d000001111 => h2 ip dst=10.0.0.3 frag=100 proto=17 data hex=03e807d000001111
	flow udp,ip_frag=first,actions=mod_tp_dst:2001,output:2
	send ip mf=1 udp csum=0x1111 => h2 ip mf=1 udp dport=2001 csum=0x1110
	flow ipv6,actions=set_field:fc00::3->ipv6_dst,output:2
	send ip6 frag6 mf=1 udp csum=0x1111 => h2 ip6 dst=fc00::3 frag6 mf=1 udp csum=0x1110
	send ip6 frag6 off=100 proto=17 data hex=03e807d000001111 => h2 ip6 dst=fc00::3 frag6 off=100 proto=17 data hex=03e807d000001111
	EOF
}

checksums_that_are_absent_or_wrong_stay_so()
{
	check_cases <<-EOF
	flow udp,actions=mod_nw_dst:10.0.0.3,mod_tp_dst:53,output:2
	send ip udp nosum=1 => h2 ip dst=10.0.0.3 udp dport=53 nosum=1
	flow udp,actions=mod_tp_dst:2001,output:2
	send ip udp csum=0x1111 => h2 ip udp dport=2001 csum=0x1110
	send ip udp csum=0x0001 => h2 ip udp dport=2001 csum=0xffff
	flow tcp,actions=mod_tp_dst:2001,output:2
	send ip tcp csum=0x1111 => h2 ip tcp dport=2001 csum=0x1110
	EOF
}

large_frames_stay_whole()
{
	check_cases <<-EOF
	flow tcp,actions=mod_nw_src:10.1.2.3,mod_tp_dst:53,dec_ttl,output:2
	send ip tcp gso=1000 data len=9000 => h2 ip src=10.1.2.3 ttl=63 tcp dport=53 gso=1000 data len=9000
	flow tcp6,actions=set_field:2001:db8::77->ipv6_dst,mod_tp_dst:53,output:2
	send ip6 tcp gso=1400 data len=60000 => h2 ip6 dst=2001:db8::77 tcp dport=53 gso=1400 data len=60000
	flow tcp,actions=push_vlan:0x8100,mod_vlan_vid:5,output:2,output:3
	send ip tcp gso=1000 data len=9000 => h2 vlan vid=5 ip tcp gso=1000 data len=9000; h3 vlan vid=5 ip tcp gso=1000 data len=9000
	flow tcp,actions=pop_vlan,mod_dl_dst:02:00:00:00:00:55,output:2
	send vlan vid=5 ip tcp gso=1000 data len=9000 => h2 dst=02:00:00:00:00:55 ip tcp gso=1000 data len=9000
	EOF
}

marks_are_written()
{
	check_cases <<-EOF
	flow in_port=1,actions=set_field:0x12345678->pkt_mark,output:2
	send h1 => h2^305419896
	send h1^5 => h2^305419896
	flow in_port=1,actions=load:1->pkt_mark[0..3],output:2
	send h1^18 => h2^17
	flow in_port=1,actions=output:2
	send h1^18 => h2^18
	EOF
}

register_cases()
{
	local i

	echo "flow udp,actions=set_field:0x35->metadata,move:metadata[0..15]->udp_dst[],output:2"
	echo "send ip udp => h2 ip udp dport=53"
	echo "flow udp,actions=set_field:0x3500000000/0xff00000000->metadata,move:metadata[32..47]->udp_dst[],output:2"
	echo "send ip udp => h2 ip udp dport=53"
	echo "flow udp,actions=move:ip_src[]->reg5[],move:ip_dst[]->ip_src[],move:reg5[]->ip_dst[],output:2"
	echo "send ip udp => h2 ip src=10.0.0.2 dst=10.0.0.1 udp"
	echo "flow tcp6,actions=move:ipv6_src[64..127]->metadata[],move:ipv6_dst[0..63]->ipv6_src[64..127],move:metadata[]->ipv6_dst[0..63],output:2"
	echo "send ip6 tcp => h2 ip6 src=0:0:0:2::1 dst=fc00::fc00:0:0:0 tcp"
	for i in 0 1 2 3 4 5 6 7; do
		echo "flow udp,actions=load:0x50->reg${i}[16..31],move:reg${i}[16..31]->udp_src[],output:2"
		echo "send ip udp => h2 ip udp sport=80"
	done
}

registers_carry_values()
{
	check_cases < <(register_cases)
}

the_last_write_wins()
{
	check_cases <<-EOF
	flow udp,actions=mod_tp_dst:1,mod_tp_dst:2,mod_tp_dst:3,output:2
	send ip udp => h2 ip udp dport=3
	flow udp,actions=mod_tp_dst:1,mod_tp_dst:2000,output:2
	send ip udp => h2 same
	flow udp,actions=mod_nw_dst:10.0.0.9,output:3,mod_nw_dst:10.0.0.2,output:2
	send ip udp => h3 ip dst=10.0.0.9 udp; h2 same
	flow in_port=1,actions=push_vlan:0x8100,mod_vlan_vid:5,mod_vlan_vid:6,output:2
	send h1 => h2 vlan vid=6
	EOF
}

dec_ttl_decrements()
{
	check_cases <<-EOF
	flow ip,actions=dec_ttl,output:2
	send ip ttl=2 udp => h2 ip ttl=1 udp
	send ip ttl=255 tcp => h2 ip ttl=254 tcp
	send vlan vid=5 ip udp => h2 vlan vid=5 ip ttl=63 udp
	flow ipv6,actions=dec_ttl,output:2
	send ip6 hl=2 udp => h2 ip6 hl=1 udp
	flow ip,actions=dec_ttl,dec_ttl,dec_ttl,output:2
	send ip udp => h2 ip ttl=61 udp
	flow ip,actions=mod_nw_ttl:9,dec_ttl,output:2
	send ip udp => h2 ip ttl=8 udp
	flow ip,actions=dec_ttl,mod_nw_ttl:9,output:2
	send ip ttl=20 udp => h2 ip ttl=9 udp
	EOF
}

dec_ttl_drops_at_one()
{
	local before

	before=$(drops ttl)
	check_cases <<-EOF
	flow ip,actions=dec_ttl,output:2
	send ip ttl=1 udp =>
	send ip ttl=0 udp =>
	flow ipv6,actions=dec_ttl,output:2
	send ip6 hl=1 udp =>
	flow ip,actions=dec_ttl,dec_ttl,output:2
	send ip ttl=2 udp =>
	EOF
	expect_eq $((before + 4 * sendings)) "$(drops ttl)" "drops for reason ttl"
	check_cases <<-EOF
	flow ip,actions=output:3,dec_ttl,output:2
	send ip ttl=1 udp => h3 same
	EOF
	expect_eq $((before + 5 * sendings)) "$(drops ttl)" "drops for reason ttl after an output"
}

run_tests
