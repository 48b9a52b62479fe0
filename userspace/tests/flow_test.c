// SPDX-License-Identifier: GPL-2.0
/*
 * Flows: text to attributes and back to text.
 */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <linux/vsw.h>

#include "flow.h"

/* What is the same in all requests that add_flow() builds */
#define PREFIX	"flow-new"

static const struct {
	const char *flow;
	const char *sent;
	const char *back;
} good[] = {
	/* keys */
	{ "actions=drop", " actions{action{drop}}", " actions=drop" },
	{
		"table=3,priority=100,cookie=0x5,idle_timeout=60,hard_timeout=0,actions=1",
		" table=3 priority=100 cookie=0x5 idle-timeout=60 hard-timeout=0 actions{action{output=1}}",
		" actions=output:1",
	},
	{ "cookie=0xffffffffffffffff action=1",
	  " cookie=0xffffffffffffffff actions{action{output=1}}", " actions=output:1" },
	{
		" cookie=0x5, duration=3.2s, table=0, n_packets=1, n_bytes=60, idle_age=3, id=7, priority=5,tcp actions=1",
		" cookie=0x5 table=0 priority=5 match{eth-type=0x800 ip-proto=6} actions{action{output=1}}",
		",tcp actions=output:1",
	},
	/* shorthands */
	{
		"ip,actions=1",
		" match{eth-type=0x800} actions{action{output=1}}",
		",ip actions=output:1",
	},
	{
		"ipv6,actions=1",
		" match{eth-type=0x86dd} actions{action{output=1}}",
		",ipv6 actions=output:1",
	},
	{
		"icmp,actions=1",
		" match{eth-type=0x800 ip-proto=1} actions{action{output=1}}",
		",icmp actions=output:1",
	},
	{
		"udp,actions=1",
		" match{eth-type=0x800 ip-proto=17} actions{action{output=1}}",
		",udp actions=output:1",
	},
	{
		"sctp,actions=1",
		" match{eth-type=0x800 ip-proto=132} actions{action{output=1}}",
		",sctp actions=output:1",
	},
	{
		"tcp6,actions=1",
		" match{eth-type=0x86dd ip-proto=6} actions{action{output=1}}",
		",tcp6 actions=output:1",
	},
	{
		"udp6,actions=1",
		" match{eth-type=0x86dd ip-proto=17} actions{action{output=1}}",
		",udp6 actions=output:1",
	},
	{
		"sctp6,actions=1",
		" match{eth-type=0x86dd ip-proto=132} actions{action{output=1}}",
		",sctp6 actions=output:1",
	},
	{
		"icmp6,actions=1",
		" match{eth-type=0x86dd ip-proto=58} actions{action{output=1}}",
		",icmp6 actions=output:1",
	},
	{
		"arp,actions=1",
		" match{eth-type=0x806} actions{action{output=1}}",
		",arp actions=output:1",
	},
	{
		"rarp,actions=1",
		" match{eth-type=0x8035} actions{action{output=1}}",
		",rarp actions=output:1",
	},
	{ "ip,tcp,nw_proto=6,dl_type=0x0800,actions=1",
	  " match{eth-type=0x800 ip-proto=6} actions{action{output=1}}", ",tcp actions=output:1" },
	{
		"ip,nw_proto=47,actions=1",
		" match{eth-type=0x800 ip-proto=47} actions{action{output=1}}",
		",ip,nw_proto=47 actions=output:1",
	},
	{ "dl_type=0x88cc,actions=1",
	  " match{eth-type=0x88cc} actions{action{output=1}}", ",dl_type=0x88cc actions=output:1" },
	/* metadata and Ethernet */
	{
		"in_port=1,actions=1",
		" match{in-port=1} actions{action{output=1}}",
		",in_port=1 actions=output:1",
	},
	{
		"in_port=p2,actions=1",
		" match{in-port=2} actions{action{output=1}}",
		",in_port=2 actions=output:1",
	},
	{
		"in_port=LOCAL,actions=1",
		" match{in-port=4294967294} actions{action{output=1}}",
		",in_port=LOCAL actions=output:1",
	},
	{
		"in_port=local,actions=1",
		" match{in-port=4294967294} actions{action{output=1}}",
		",in_port=LOCAL actions=output:1",
	},
	{
		"pkt_mark=0x1/0xf,actions=1",
		" match{pkt-mark=1} mask{pkt-mark=15} actions{action{output=1}}",
		",pkt_mark=0x1/0xf actions=output:1",
	},
	{
		"metadata=0x1234567890abcdef,actions=1",
		" match{metadata=0x1234567890abcdef} actions{action{output=1}}",
		",metadata=0x1234567890abcdef actions=output:1",
	},
	{
		"metadata=5/0xff,reg0=1,reg7=0x70/0xf0,actions=1",
		" match{metadata=0x5 reg0=1 reg7=112} mask{metadata=0xff reg7=240} actions{action{output=1}}",
		",metadata=0x5/0xff,reg0=0x1,reg7=0x70/0xf0 actions=output:1",
	},
	{
		"dl_src=02:00:00:00:00:01,eth_dst=FF:ff:ff:ff:ff:ff,actions=1",
		" match{eth-dst=ff:ff:ff:ff:ff:ff eth-src=02:00:00:00:00:01} actions{action{output=1}}",
		",dl_dst=ff:ff:ff:ff:ff:ff,dl_src=02:00:00:00:00:01 actions=output:1",
	},
	{
		"dl_dst=01:23:45:67:89:ab/01:00:00:00:00:00,actions=1",
		" match{eth-dst=01:00:00:00:00:00} mask{eth-dst=01:00:00:00:00:00} actions{action{output=1}}",
		",dl_dst=01:00:00:00:00:00/01:00:00:00:00:00 actions=output:1",
	},
	/* VLAN */
	{
		"dl_vlan=100,actions=1",
		" match{vlan-tci=0x1064} mask{vlan-tci=0x1fff} actions{action{output=1}}",
		",dl_vlan=100 actions=output:1",
	},
	{
		"vlan_vid=0x1064,actions=1",
		" match{vlan-tci=0x1064} mask{vlan-tci=0x1fff} actions{action{output=1}}",
		",dl_vlan=100 actions=output:1",
	},
	{
		"vlan_vid=0x1064/0x1fff,actions=1",
		" match{vlan-tci=0x1064} mask{vlan-tci=0x1fff} actions{action{output=1}}",
		",dl_vlan=100 actions=output:1",
	},
	{
		"vlan_vid=4/0xc,actions=1",
		" match{vlan-tci=0x1004} mask{vlan-tci=0x100c} actions{action{output=1}}",
		",vlan_tci=0x1004/0x100c actions=output:1",
	},
	{
		"vlan_vid=0x1000/0x1000,actions=1",
		" match{vlan-tci=0x1000} mask{vlan-tci=0x1000} actions{action{output=1}}",
		",vlan_tci=0x1000/0x1000 actions=output:1",
	},
	{
		"dl_vlan=0,actions=1",
		" match{vlan-tci=0x1000} mask{vlan-tci=0x1fff} actions{action{output=1}}",
		",dl_vlan=0 actions=output:1",
	},
	{
		"dl_vlan=0xffff,actions=1",
		" match{vlan-tci=0x0} actions{action{output=1}}",
		",vlan_tci=0x0 actions=output:1",
	},
	{
		"vlan_pcp=3,actions=1",
		" match{vlan-tci=0x7000} mask{vlan-tci=0xf000} actions{action{output=1}}",
		",dl_vlan_pcp=3 actions=output:1",
	},
	{
		"dl_vlan=5,dl_vlan_pcp=7,actions=1",
		" match{vlan-tci=0xf005} actions{action{output=1}}",
		",dl_vlan=5,dl_vlan_pcp=7 actions=output:1",
	},
	{
		"vlan_tci=0x1064/0x1fff,actions=1",
		" match{vlan-tci=0x1064} mask{vlan-tci=0x1fff} actions{action{output=1}}",
		",dl_vlan=100 actions=output:1",
	},
	{
		"vlan_tci=0,actions=1",
		" match{vlan-tci=0x0} actions{action{output=1}}",
		",vlan_tci=0x0 actions=output:1",
	},
	{
		"vlan_tci=0/0x1fff,actions=1",
		" match{vlan-tci=0x0} mask{vlan-tci=0x1fff} actions{action{output=1}}",
		",vlan_tci=0x0/0x1fff actions=output:1",
	},
	{
		"vlan_tpid=0x88a8,actions=1",
		" match{vlan-tpid=0x88a8} actions{action{output=1}}",
		",vlan_tpid=0x88a8 actions=output:1",
	},
	{
		"inner_vlan_vid=7,inner_vlan_pcp=1,actions=1",
		" match{inner-vlan-tci=0x3007} actions{action{output=1}}",
		",inner_vlan_vid=7,inner_vlan_pcp=1 actions=output:1",
	},
	/* IP */
	{
		"ip,nw_src=10.1.2.3/8,nw_dst=192.0.2.0/255.255.255.0,actions=1",
		" match{eth-type=0x800 ipv4-src=10.0.0.0 ipv4-dst=192.0.2.0} mask{ipv4-src=255.0.0.0 ipv4-dst=255.255.255.0} actions{action{output=1}}",
		",ip,nw_src=10.0.0.0/8,nw_dst=192.0.2.0/24 actions=output:1",
	},
	{
		"ip,nw_src=0.0.0.1/0.0.0.255,actions=1",
		" match{eth-type=0x800 ipv4-src=0.0.0.1} mask{ipv4-src=0.0.0.255} actions{action{output=1}}",
		",ip,nw_src=0.0.0.1/0.0.0.255 actions=output:1",
	},
	{
		"ip,nw_src=0.0.0.0/0,actions=1",
		" match{eth-type=0x800} actions{action{output=1}}",
		",ip actions=output:1",
	},
	{
		"ipv6_src=2001:db8::1,ipv6_dst=fd00::/8,actions=1",
		" match{eth-type=0x86dd ipv6-src=2001:db8::1 ipv6-dst=fd00::} mask{ipv6-dst=ff00::} actions{action{output=1}}",
		",ipv6,ipv6_src=2001:db8::1,ipv6_dst=fd00::/8 actions=output:1",
	},
	{
		"ipv6,ipv6_dst=::5/::f,actions=1",
		" match{eth-type=0x86dd ipv6-dst=::5} mask{ipv6-dst=::f} actions{action{output=1}}",
		",ipv6,ipv6_dst=::5/::f actions=output:1",
	},
	{
		"ipv6_label=0x12345,actions=1",
		" match{eth-type=0x86dd ipv6-label=0x12345} actions{action{output=1}}",
		",ipv6,ipv6_label=0x12345 actions=output:1",
	},
	{
		"ip,nw_tos=32,actions=1",
		" match{eth-type=0x800 ip-tos=32} mask{ip-tos=252} actions{action{output=1}}",
		",ip,nw_tos=32 actions=output:1",
	},
	{
		"ip,ip_dscp=8,nw_ecn=2,actions=1",
		" match{eth-type=0x800 ip-tos=34} actions{action{output=1}}",
		",ip,nw_tos=32,nw_ecn=2 actions=output:1",
	},
	{
		"ip,ip_tos=0x20/0x30,actions=1",
		" match{eth-type=0x800 ip-tos=32} mask{ip-tos=48} actions{action{output=1}}",
		",ip,ip_tos=0x20/0x30 actions=output:1",
	},
	{
		"ip,nw_ttl=64,actions=1",
		" match{eth-type=0x800 ip-ttl=64} actions{action{output=1}}",
		",ip,nw_ttl=64 actions=output:1",
	},
	{
		"ip,ip_frag=no,actions=1",
		" match{eth-type=0x800 ip-frag=0} actions{action{output=1}}",
		",ip,nw_frag=no actions=output:1",
	},
	{
		"ip,ip_frag=yes,actions=1",
		" match{eth-type=0x800 ip-frag=1} mask{ip-frag=1} actions{action{output=1}}",
		",ip,nw_frag=yes actions=output:1",
	},
	{
		"ip,ip_frag=first,actions=1",
		" match{eth-type=0x800 ip-frag=1} actions{action{output=1}}",
		",ip,nw_frag=first actions=output:1",
	},
	{
		"ip,nw_frag=later,actions=1",
		" match{eth-type=0x800 ip-frag=3} actions{action{output=1}}",
		",ip,nw_frag=later actions=output:1",
	},
	{
		"ip,ip_frag=not_later,actions=1",
		" match{eth-type=0x800 ip-frag=0} mask{ip-frag=2} actions{action{output=1}}",
		",ip,nw_frag=not_later actions=output:1",
	},
	/* ARP; the names of IP fields mean those of ARP */
	{
		"arp,arp_op=1,arp_spa=192.0.2.1,arp_tpa=192.0.2.0/24,arp_sha=02:00:00:00:00:01,arp_tha=02:00:00:00:00:02,actions=1",
		" match{eth-type=0x806 arp-op=0x1 arp-spa=192.0.2.1 arp-tpa=192.0.2.0 arp-sha=02:00:00:00:00:01 arp-tha=02:00:00:00:00:02} mask{arp-tpa=255.255.255.0} actions{action{output=1}}",
		",arp,arp_op=1,arp_spa=192.0.2.1,arp_tpa=192.0.2.0/24,arp_sha=02:00:00:00:00:01,arp_tha=02:00:00:00:00:02 actions=output:1",
	},
	{
		"arp,nw_src=192.0.2.1,nw_dst=192.0.2.2,nw_proto=2,actions=1",
		" match{eth-type=0x806 arp-op=0x2 arp-spa=192.0.2.1 arp-tpa=192.0.2.2} actions{action{output=1}}",
		",arp,arp_op=2,arp_spa=192.0.2.1,arp_tpa=192.0.2.2 actions=output:1",
	},
	/* transport */
	{
		"tcp,tp_dst=80,actions=1",
		" match{eth-type=0x800 ip-proto=6 tp-dst=0x50} actions{action{output=1}}",
		",tcp,tp_dst=80 actions=output:1",
	},
	{
		"tcp,tp_src=0x3e8/0xfff8,actions=1",
		" match{eth-type=0x800 ip-proto=6 tp-src=0x3e8} mask{tp-src=0xfff8} actions{action{output=1}}",
		",tcp,tp_src=0x3e8/0xfff8 actions=output:1",
	},
	{
		"udp,tp_dst=1000-1999,actions=1",
		" match{eth-type=0x800 ip-proto=17 tp-dst=0x3e8 tp-dst-max=0x7cf} actions{action{output=1}}",
		",udp,tp_dst=1000-1999 actions=output:1",
	},
	{
		"udp,tp_src=1-65535,tp_dst=0-0,actions=1",
		" match{eth-type=0x800 ip-proto=17 tp-src=0x1 tp-dst=0x0 tp-src-max=0xffff tp-dst-max=0x0} actions{action{output=1}}",
		",udp,tp_src=1-65535,tp_dst=0-0 actions=output:1",
	},
	{
		"ip,tcp_dst=80,actions=1",
		" match{eth-type=0x800 ip-proto=6 tp-dst=0x50} actions{action{output=1}}",
		",tcp,tp_dst=80 actions=output:1",
	},
	{
		"udp6,udp_src=53,actions=1",
		" match{eth-type=0x86dd ip-proto=17 tp-src=0x35} actions{action{output=1}}",
		",udp6,tp_src=53 actions=output:1",
	},
	{
		"sctp,sctp_dst=9,actions=1",
		" match{eth-type=0x800 ip-proto=132 tp-dst=0x9} actions{action{output=1}}",
		",sctp,tp_dst=9 actions=output:1",
	},
	{
		"tp_dst=80,actions=1",
		" match{tp-dst=0x50} actions{action{output=1}}",
		",tp_dst=80 actions=output:1",
	},
	{
		"tcp,tcp_flags=+syn-ack,actions=1",
		" match{eth-type=0x800 ip-proto=6 tcp-flags=0x2} mask{tcp-flags=0x12} actions{action{output=1}}",
		",tcp,tcp_flags=+syn-ack actions=output:1",
	},
	{
		"tcp,tcp_flags=syn|ack,actions=1",
		" match{eth-type=0x800 ip-proto=6 tcp-flags=0x12} actions{action{output=1}}",
		",tcp,tcp_flags=syn|ack actions=output:1",
	},
	{
		"tcp,tcp_flags=0x2/0x17,actions=1",
		" match{eth-type=0x800 ip-proto=6 tcp-flags=0x2} mask{tcp-flags=0x17} actions{action{output=1}}",
		",tcp,tcp_flags=-fin+syn-rst-ack actions=output:1",
	},
	{
		"tcp,tcp_flags=0,actions=1",
		" match{eth-type=0x800 ip-proto=6 tcp-flags=0x0} actions{action{output=1}}",
		",tcp,tcp_flags=0x0 actions=output:1",
	},
	{
		"tcp,tcp_flags=0x800/0x800,actions=1",
		" match{eth-type=0x800 ip-proto=6 tcp-flags=0x800} mask{tcp-flags=0x800} actions{action{output=1}}",
		",tcp,tcp_flags=0x800/0x800 actions=output:1",
	},
	/* ICMP */
	{
		"icmp,icmp_type=8,icmp_code=0,actions=1",
		" match{eth-type=0x800 ip-proto=1 icmp-type=8 icmp-code=0} actions{action{output=1}}",
		",icmp,icmp_type=8,icmp_code=0 actions=output:1",
	},
	{
		"icmp,tp_src=8,tp_dst=0,actions=1",
		" match{eth-type=0x800 ip-proto=1 icmp-type=8 icmp-code=0} actions{action{output=1}}",
		",icmp,icmp_type=8,icmp_code=0 actions=output:1",
	},
	{
		"icmp_type=8,actions=1",
		" match{eth-type=0x800 ip-proto=1 icmp-type=8} actions{action{output=1}}",
		",icmp,icmp_type=8 actions=output:1",
	},
	{
		"icmpv6_type=128,actions=1",
		" match{eth-type=0x86dd ip-proto=58 icmp-type=128} actions{action{output=1}}",
		",icmp6,icmp_type=128 actions=output:1",
	},
	{
		"icmp6,icmp_type=135,nd_target=fe80::1,nd_sll=02:00:00:00:00:01,actions=1",
		" match{eth-type=0x86dd ip-proto=58 icmp-type=135 nd-target=fe80::1 nd-sll=02:00:00:00:00:01} actions{action{output=1}}",
		",icmp6,icmp_type=135,nd_target=fe80::1,nd_sll=02:00:00:00:00:01 actions=output:1",
	},
	{
		"icmpv6_type=136,nd_tll=02:00:00:00:00:01,actions=1",
		" match{eth-type=0x86dd ip-proto=58 icmp-type=136 nd-tll=02:00:00:00:00:01} actions{action{output=1}}",
		",icmp6,icmp_type=136,nd_tll=02:00:00:00:00:01 actions=output:1",
	},
	/* actions */
	{
		"actions=output:1,output:2,3,LOCAL",
		" actions{action{output=1} action{output=2} action{output=3} action{output=4294967294}}",
		" actions=output:1,output:2,output:3,LOCAL",
	},
	{
		"actions=output:p2,output:tap9,output:LOCAL,output:in_port",
		" actions{action{output=2} action{output-name=tap9} action{output=4294967294} action{in-port}}",
		" actions=output:2,output:tap9,LOCAL,IN_PORT",
	},
	{ "actions=NORMAL", " actions{action{normal}}", " actions=normal" },
	{
		"actions=in_port,Flood,ALL",
		" actions{action{in-port} action{flood} action{all}}",
		" actions=IN_PORT,flood,all",
	},
	{
		"actions=push_vlan:0x8100,set_field:5->vlan_vid,strip_vlan,pop_vlan,dec_ttl,goto_table:7",
		" actions{action{push-vlan=0x8100} action{set-field{value{vlan-tci=0x5} mask{vlan-tci=0xfff}}} action{pop-vlan} action{pop-vlan} action{dec-ttl} action{goto-table=7}}",
		" actions=push_vlan:0x8100,set_field:5->vlan_vid,pop_vlan,pop_vlan,dec_ttl,goto_table:7",
	},
	{
		"actions=punt,Controller(),punt(queue=7,userdata=0A:0b.0c0d), 3",
		" actions{action{punt{}} action{punt{}} action{punt{queue=7 userdata=0a0b0c0d}} action{output=3}}",
		" actions=punt,punt,punt(queue=7,userdata=0a0b0c0d),output:3",
	},
	{
		"actions=dec_ttl,Fib,route(gw10)",
		" actions{action{dec-ttl} action{fib} action{route=gw10}}",
		" actions=dec_ttl,fib,route(gw10)",
	},
	{
		"ip,actions=pop_eth,1,push_eth(dst=02:00:00:00:00:0B,src=02:00:00:00:00:0a),2",
		" match{eth-type=0x800} actions{action{pop-eth} action{output=1} action{push-eth{src=02:00:00:00:00:0a dst=02:00:00:00:00:0b}} action{output=2}}",
		",ip actions=pop_eth,output:1,push_eth(src=02:00:00:00:00:0a,dst=02:00:00:00:00:0b),output:2",
	},
	{
		"actions=set_field:aa:bb:cc:dd:ee:ff->eth_dst,1",
		" actions{action{set-field{value{eth-dst=aa:bb:cc:dd:ee:ff}}} action{output=1}}",
		" actions=set_field:aa:bb:cc:dd:ee:ff->eth_dst,output:1",
	},
	{
		"actions=set_field:4196->vlan_vid",
		" actions{action{set-field{value{vlan-tci=0x64} mask{vlan-tci=0xfff}}}}",
		" actions=set_field:100->vlan_vid",
	},
	{
		"actions=set_field:3->vlan_pcp",
		" actions{action{set-field{value{vlan-tci=0x6000} mask{vlan-tci=0xe000}}}}",
		" actions=set_field:3->vlan_pcp",
	},
	{
		"actions=set_field:0x5/0xff->metadata,set_field:1->reg3",
		" actions{action{set-field{value{metadata=0x5} mask{metadata=0xff}}} action{set-field{value{reg3=1}}}}",
		" actions=set_field:0x5/0xff->metadata,set_field:0x1->reg3",
	},
	{
		"actions=write_metadata:0x5/0xff",
		" actions{action{set-field{value{metadata=0x5} mask{metadata=0xff}}}}",
		" actions=set_field:0x5/0xff->metadata",
	},
	{
		"actions=set_field:fd00::1->ipv6_dst,set_field:10.0.0.1->nw_dst",
		" actions{action{set-field{value{ipv6-dst=fd00::1}}} action{set-field{value{ipv4-dst=10.0.0.1}}}}",
		" actions=set_field:fd00::1->ipv6_dst,set_field:10.0.0.1->ip_dst",
	},
	{
		"actions=mod_dl_src:02:00:00:00:00:01,mod_dl_dst:02:00:00:00:00:02,mod_nw_src:10.0.0.1,mod_nw_dst:10.0.0.2,mod_tp_src:1,mod_tp_dst:2",
		" actions{action{set-field{value{eth-src=02:00:00:00:00:01}}} action{set-field{value{eth-dst=02:00:00:00:00:02}}} action{set-field{value{ipv4-src=10.0.0.1}}} action{set-field{value{ipv4-dst=10.0.0.2}}} action{set-field{value{tp-src=0x1}}} action{set-field{value{tp-dst=0x2}}}}",
		" actions=set_field:02:00:00:00:00:01->eth_src,set_field:02:00:00:00:00:02->eth_dst,set_field:10.0.0.1->ip_src,set_field:10.0.0.2->ip_dst,set_field:1->tp_src,set_field:2->tp_dst",
	},
	{
		"actions=mod_vlan_vid:5,mod_vlan_pcp:6,mod_nw_tos:32,mod_nw_ecn:1,mod_nw_ttl:9",
		" actions{action{set-field{value{vlan-tci=0x1005} mask{vlan-tci=0x1fff}}} action{set-field{value{vlan-tci=0xd000} mask{vlan-tci=0xf000}}} action{set-field{value{ip-tos=32} mask{ip-tos=252}}} action{set-field{value{ip-tos=1} mask{ip-tos=3}}} action{set-field{value{ip-ttl=9}}}}",
		" actions=mod_vlan_vid:5,mod_vlan_pcp:6,set_field:32->nw_tos,set_field:1->nw_ecn,set_field:9->nw_ttl",
	},
	{
		"actions=load:0x5->NXM_NX_REG0[4..7],load:1->reg1[31],load:7->NXM_OF_VLAN_TCI[]",
		" actions{action{set-field{value{reg0=80} mask{reg0=240}}} action{set-field{value{reg1=2147483648} mask{reg1=2147483648}}} action{set-field{value{vlan-tci=0x7}}}}",
		" actions=set_field:0x50/0xf0->reg0,set_field:0x80000000/0x80000000->reg1,set_field:0x7->vlan_tci",
	},
	{
		"actions=load:0x1->ipv6_src[64..127]",
		" actions{action{set-field{value{ipv6-src=0:0:0:1::} mask{ipv6-src=ffff:ffff:ffff:ffff::}}}}",
		" actions=set_field:0:0:0:1::/64->ipv6_src",
	},
	{
		"actions=load:2->ip_dscp[],load:1->nw_tos[2]",
		" actions{action{set-field{value{ip-tos=8} mask{ip-tos=252}}} action{set-field{value{ip-tos=4} mask{ip-tos=4}}}}",
		" actions=set_field:8->nw_tos,set_field:0x4/0x4->ip_tos",
	},
	{
		"actions=move:NXM_OF_ETH_SRC[]->NXM_OF_ETH_DST[]",
		" actions{action{move{src{field=13 offset=0 bits=48} dst{field=12 offset=0 bits=48}}}}",
		" actions=move:eth_src[]->eth_dst[]",
	},
	{
		"actions=move:vlan_vid[]->reg0[8..19],move:reg1[3]->vlan_pcp[0]",
		" actions{action{move{src{field=15 offset=0 bits=12} dst{field=4 offset=8 bits=12}}} action{move{src{field=5 offset=3 bits=1} dst{field=15 offset=13 bits=1}}}}",
		" actions=move:vlan_tci[0..11]->reg0[8..19],move:reg1[3]->vlan_tci[13]",
	},
};

/* What cannot be understood: a part of the message, and what is underlined */
static const struct {
	const char *flow;
	const char *message;
	const char *underlined;
} bad[] = {
	{ "", "actions=ACTIONS is missing", "" },
	{ "tcp", "actions=ACTIONS is missing", "" },
	{ "actions=", "expected an action", "" },
	{ "actions= , ", "expected an action", "" },
	{ "tcp,arp,actions=1", "contradicts tcp", "arp" },
	{ "tcp,udp,actions=1", "contradicts tcp", "udp" },
	{ "ip,dl_type=0x806,actions=1", "contradicts ip", "dl_type=0x806" },
	{ "udp,tcp_dst=80,actions=1", "another protocol than udp", "tcp_dst=80" },
	{ "tcp_dst=80,udp,actions=1", "another protocol than udp", "tcp_dst=80" },
	{ "icmp,icmpv6_type=1,actions=1", "another protocol than icmp", "icmpv6_type=1" },
	{ "tcp_dst=80,udp_src=1,actions=1", "another protocol than tcp_dst=80", "udp_src=1" },
	{ "in_port=1,in_port=2,actions=1", "contradicts in_port=1", "in_port=2" },
	{ "dl_vlan=0xffff,dl_vlan_pcp=1,actions=1", "contradicts", "dl_vlan_pcp=1" },
	{ "tp_dst=1-5,tp_dst=1-6,actions=1", "contradicts", "tp_dst=1-6" },
	{ "priority=1,priority=1,actions=1", "given twice", "priority=1" },
	{ "nosuch,actions=1", "expected a protocol", "nosuch" },
	{ "nosuch=1,actions=1", "name of a field", "nosuch" },
	{ "=,actions=1", "name of a field", "" },
	{ "table=254,actions=1", "from 0 to 253", "254" },
	{ "table=-1,actions=1", "from 0 to 253", "-1" },
	{ "priority=65536,actions=1", "from 0 to 65535", "65536" },
	{ "priority= 5,actions=1", "from 0 to 65535", "" },
	{ "priority=+5,actions=1", "from 0 to 65535", "+5" },
	{ "cookie=1/2,actions=1", "no mask", "2" },
	{ "cookie=0x10000000000000000,actions=1", "a number of up to", "0x10000000000000000" },
	{ "out_port=1,actions=1", "name of a field", "out_port" },
	{ "in_port=0,actions=1", "a port number from 1", "0" },
	{ "in_port=65280,actions=1", "a port number from 1", "65280" },
	{
		"in_port=99999999999999999999,actions=1",
		"a port number from 1",
		"99999999999999999999",
	},
	{ "in_port=,actions=1", "a port number", "" },
	{ "in_port=a/b/c/d,actions=1", "expected a number", "a" },
	{ "in_port=nosuchport,actions=1", "no port of this name", "nosuchport" },
	{ "dl_src=02:00:00:00:00,actions=1", "MAC address", "02:00:00:00:00" },
	{ "dl_src=02:00:00:00:00:01:02,actions=1", "MAC address", "02:00:00:00:00:01:02" },
	{ "dl_src=g2:00:00:00:00:01,actions=1", "MAC address", "g2:00:00:00:00:01" },
	{ "dl_src=02:00:00:00:00:01/,actions=1", "MAC address", "" },
	{ "nw_src=10.0.0,actions=1", "IPv4 address", "10.0.0" },
	{ "nw_src=10.0.0.1/33,actions=1", "from 0 to 32", "33" },
	{ "nw_src=fd00::1,actions=1", "IPv4 address", "fd00::1" },
	{ "ipv6_src=1.2.3.4,actions=1", "IPv6 address", "1.2.3.4" },
	{ "ipv6_src=::/129,actions=1", "from 0 to 128", "129" },
	{ "dl_vlan=8192,actions=1", "from 0 to 8191", "8192" },
	{ "dl_vlan_pcp=8,actions=1", "from 0 to 7", "8" },
	{ "nw_tos=33,actions=1", "multiple of 4", "33" },
	{ "nw_tos=256,actions=1", "from 0 to 252", "256" },
	{ "ip_dscp=64,actions=1", "from 0 to 63", "64" },
	{ "ip_frag=maybe,actions=1", "not_later", "maybe" },
	{ "tp_dst=5-4,actions=1", "from 5 to 65535", "4" },
	{ "tp_dst=5-,actions=1", "from 5 to 65535", "" },
	{ "tp_dst=http,actions=1", "expected a number", "http" },
	{ "tcp_flags=+,actions=1", "expected fin", "" },
	{ "tcp_flags=+foo,actions=1", "expected fin", "foo" },
	{ "tcp_flags=+syn-syn,actions=1", "twice", "syn" },
	{ "tcp_flags=syn+ack,actions=1", "expected fin", "syn+ack" },
	{ "tcp_flags=4096,actions=1", "from 0 to 4095", "4096" },
	{ "reg0=0x1ffffffff,actions=1", "from 0 to 4294967295", "0x1ffffffff" },
	{ "reg8=1,actions=1", "name of a field", "reg8" },
	{ "actions=nosuch", "expected an action", "nosuch" },
	{ "actions=output", "device name", "" },
	{ "actions=output:", "device name", "" },
	{ "actions=output:averyveryverylongname", "1 to 15 characters", "averyveryverylongname" },
	{ "actions=output:a/b", "without / and :", "a/b" },
	{ "actions=goto_table:254", "from 0 to 253", "254" },
	{ "actions=push_eth(src=02:00:00:00:00:01)", "expected push_eth(src=MAC,dst=MAC)",
	  "push_eth(src=02:00:00:00:00:01)" },
	{ "actions=push_eth", "expected push_eth(src=MAC,dst=MAC)", "push_eth" },
	{ "actions=push_eth(src=1)", "expected a MAC address", "1" },
	{ "actions=push_eth(dst=02:00:00:00:00:01,dst=02:00:00:00:00:01)", "each once",
	  "dst=02:00:00:00:00:01" },
	{ "actions=punt(queue=65536)", "from 0 to 65535", "65536" },
	{ "actions=punt(queue=1", "expected )", "punt(queue=1" },
	{ "actions=punt(nosuch=1)", "expected queue=N", "nosuch=1" },
	{ "actions=punt(queue=1,queue=2)", "each once", "queue=2" },
	{ "actions=punt(userdata=123)", "two digits", "123" },
	{ "actions=punt(userdata=0g)", "two digits", "0g" },
	{ "actions=push_vlan:65536", "from 0 to 65535", "65536" },
	{ "actions=set_field:1", "expected ->", "1" },
	{ "actions=set_field:->", "name of a field", "" },
	{ "actions=set_field:1->nosuch", "name of a field", "nosuch" },
	{ "actions=set_field:5/0->reg0", "nothing to set", "5/0" },
	{ "actions=set_field:->reg0", "expected a number", "" },
	{ "actions=set_field:02:00:00:00:00->eth_src", "MAC address", "02:00:00:00:00" },
	{ "actions=load:16->reg0[0..3]", "from 0 to 15", "16" },
	{ "actions=load:1->reg0[32]", "from 0 to 31", "32" },
	{ "actions=load:1->reg0[5..4]", "from 5 to 31", "4" },
	{ "actions=load:1->reg0[99999999999999999999]", "from 0 to 31", "99999999999999999999" },
	{ "actions=load:1->reg0[", "expected FIELD[]", "reg0[" },
	{ "actions=move:reg0[->reg1[]", "expected FIELD[]", "reg0[" },
	{ "actions=move:reg0[0..3]->reg1[]", "expected 4 bits", "reg1[]" },
	{ "actions=move:reg0[]", "expected ->", "reg0[]" },
	{ "actions=mod_vlan_vid:1/1", "without a mask", "1/1" },
	{ "actions=mod_vlan_pcp:8", "from 0 to 7", "8" },
	{ "actions=mod_nw_src:fd00::1", "IPv4 address", "fd00::1" },
};

/* What the tests use the ports of: p1 and p2 exist */
static int port_no(void *arg, const char *name, uint32_t *number)
{
	(void)arg;
	*number = !strcmp(name, "p1") ? 1 : !strcmp(name, "p2") ? 2 : 0;
	return VSW_OK;
}

static int parse(const char *flow, struct vsw_text *text, struct vsw_req *req)
{
	struct vsw_flow_source src = {
		.tok = { text, 0, strlen(flow) },
		.use = VSW_FLOW_ADD,
		.port_no = port_no,
	};

	*text = (struct vsw_text){ NULL, 0, flow };
	vsw_req_init(req, VSW_CMD_FLOW_NEW, 0);
	return vsw_flow_parse(&src, req);
}

static char *decode(const struct vsw_req *req)
{
	char *text;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	decode_message(f, vsw_req_hdr(req));
	fclose(f);
	return text;
}

static char *print_back(const struct vsw_req *req)
{
	struct nlattr *tb[VSW_A_FLOW_MAX + 1];
	const char *separator = " actions=";
	struct nlattr *nest, *action;
	struct vsw_match match;
	char *text;
	size_t size;
	FILE *f = open_memstream(&text, &size);
	int rest, inner;

	vsw_attr_parse(tb, VSW_A_FLOW_MAX, vsw_req_hdr(req));
	vsw_match_get(&match, tb[VSW_A_FLOW_MATCH], tb[VSW_A_FLOW_MASK]);
	vsw_match_print(f, &match);
	nla_for_each_nested(nest, tb[VSW_A_FLOW_ACTIONS], rest) {
		nla_for_each_nested(action, nest, inner) {
			fputs(separator, f);
			vsw_action_print(f, action);
			separator = ",";
		}
	}
	fclose(f);
	return text;
}

/* Without the keys, which vsw_flow_print() prints and not print_back() */
static const char *from_match(const char *decoded)
{
	const char *match = strstr(decoded, " match{");

	return match ? match : strstr(decoded, " actions{");
}

static void flows_become_attributes_and_text_again(void)
{
	struct vsw_req req, again;
	struct vsw_text text, text_again;
	char *sent, *back, *sent_again;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(good); i++) {
		test_ok(!parse(good[i].flow, &text, &req), "%s is refused", good[i].flow);
		sent = decode(&req);
		back = print_back(&req);
		test_equal(good[i].sent, sent + strlen(PREFIX), good[i].flow);
		test_equal(good[i].back, back, good[i].flow);
		test_ok(!parse(back, &text_again, &again), "%s is refused", back);
		sent_again = decode(&again);
		test_equal(from_match(sent), from_match(sent_again), back);
		free(sent);
		free(sent_again);
		free(back);
		vsw_req_free(&req);
		vsw_req_free(&again);
	}
}

static char *stderr_of(const char *flow, int *status)
{
	struct vsw_text text;
	struct vsw_req req;
	char *errors;
	size_t size;
	FILE *saved = stderr;

	stderr = open_memstream(&errors, &size);
	*status = parse(flow, &text, &req);
	fclose(stderr);
	stderr = saved;
	vsw_req_free(&req);
	return errors;
}

static void bad_flows_are_refused_and_the_bad_part_is_underlined(void)
{
	char under[64];
	unsigned int i, len;
	char *errors, *last;
	int status;

	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		errors = stderr_of(bad[i].flow, &status);
		test_ok(status == VSW_USAGE || strstr(bad[i].flow, "nosuchport"),
			"%s: status %d", bad[i].flow, status);
		test_contains(bad[i].message, errors, bad[i].flow);
		len = strlen(bad[i].underlined);
		snprintf(under, sizeof(under), "^%.*s\n", len ? len - 1 : 0,
			 "~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~");
		last = strchr(errors, '^');
		test_equal(under, last ? last : "", bad[i].flow);
		if (last && len) {
			const char *line = strchr(errors, '\n') + 3;
			size_t column = last - (strchr(line, '\n') + 3);

			test_ok(!strncmp(line + column, bad[i].underlined, len),
				"%s: underlined at %zu", bad[i].flow, column);
		}
		free(errors);
	}
}

static void a_flow_that_is_too_long_is_refused(void)
{
	const size_t n = 100000;
	struct vsw_text text;
	struct vsw_req req;
	size_t i;
	char *flow;

	flow = calloc(1, 2 * n + 16);
	memcpy(flow, "actions=", 8);
	for (i = 0; i < n; i++)
		memcpy(flow + 8 + 2 * i, "1,", 2);
	test_ok(!parse(flow, &text, &req), "parsing a long flow");
	test_ok(req.err == EMSGSIZE, "a long flow: error %d", req.err);
	vsw_req_free(&req);
	free(flow);
}

/* Flips, inserts, removes and repeats bytes of a flow of the table. */
static void mutate(char *flow, size_t size)
{
	static const char bytes[] = ",=/:-+[]. 0123456789abcdefxgt_>\t\x01\xff";
	size_t len = strlen(flow);
	unsigned int n = 1 + random() % 4;
	size_t at;

	while (n-- && len) {
		at = random() % len;
		switch (random() % 3) {
		case 0:
			flow[at] = bytes[random() % (sizeof(bytes) - 1)];
			break;
		case 1:
			memmove(flow + at, flow + at + 1, len-- - at);
			break;
		default:
			if (len + 2 > size)
				break;
			memmove(flow + at + 1, flow + at, ++len - at);
		}
	}
}

static void check_mutant(const char *flow)
{
	struct vsw_text text, text_again;
	struct vsw_req req, again;
	char *sent, *back, *sent_again;
	int status = parse(flow, &text, &req);

	if (status || req.err) {
		test_ok(status == VSW_OK || status == VSW_REFUSED || status == VSW_USAGE,
			"%s: status %d", flow, status);
		vsw_req_free(&req);
		return;
	}
	sent = decode(&req);
	back = print_back(&req);
	status = parse(back, &text_again, &again);
	sent_again = decode(&again);
	test_ok(!strchr(sent, '!'), "%s: malformed %s", flow, sent);
	if (status || strcmp(from_match(sent), from_match(sent_again)))
		test_ok(false, "%s -> %s -> %s -> %s", flow, sent, back, sent_again);
	free(sent);
	free(back);
	free(sent_again);
	vsw_req_free(&req);
	vsw_req_free(&again);
}

static void random_flows_do_no_harm(void)
{
	const char *given = getenv("SEED");
	unsigned int seed = given ? strtoul(given, NULL, 0) : (unsigned int)time(NULL);
	int saved = dup(STDERR_FILENO);
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	char flow[1024];
	unsigned int i;

	printf("# SEED=%u\n", seed);
	srandom(seed);
	dup2(null, STDERR_FILENO);
	for (i = 0; i < 30000; i++) {
		snprintf(flow, sizeof(flow), "%s",
			 random() % 4 ? good[random() % ARRAY_SIZE(good)].flow :
			 bad[random() % ARRAY_SIZE(bad)].flow);
		mutate(flow, sizeof(flow));
		check_mutant(flow);
	}
	dup2(saved, STDERR_FILENO);
	close(saved);
	close(null);
}

int main(void)
{
	flows_become_attributes_and_text_again();
	bad_flows_are_refused_and_the_bad_part_is_underlined();
	a_flow_that_is_too_long_is_refused();
	random_flows_do_no_harm();
	return test_end();
}
