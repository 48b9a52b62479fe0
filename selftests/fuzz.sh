#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Random and mutated netlink messages and frames do no harm: no splat, and the
# switch works afterwards. The seed is printed; set SEED for the same again,
# SECONDS_EACH for a longer run.
#
#	h1 --- p1 +------+ p2 --- h2	frames enter by p1 and by the tap t1, flows
#	          | vsw0 |		look at and write every field
#	     t1 --+------+

. "$(dirname "$0")/lib.sh"
. "$selftests/frames.sh"

ALL_TESTS="
	random_netlink_messages_do_no_harm
	the_family_works_after_them
	random_frames_do_no_harm
	frames_are_forwarded_after_them
"

seed=${SEED:-$RANDOM$RANDOM}
seconds=${SECONDS_EACH:-5}
! is_debug_kernel || seconds=${SECONDS_EACH:-30}

# Anew for the frames: the messages leave a mess.
setup()
{
	[ -z "${sw:-}" ] || { cleanup_ns "$sw"; wait "$FRAMES_PID" || :; } 2>/dev/null
	frames_setup 2
	ip -n "$sw" tuntap add t1 mode tap vnet_hdr
	ip -n "$sw" link set t1 up
	vsw port add vsw0 t1 number 7
	ip -n "$sw" link add p3 type dummy
	ip -n "$sw" link add vx0 type vxlan external dstport 4789
	ip -n "$sw" tuntap add t0 mode tun
}

# fuzz WHAT
fuzz()
{
	timeout $((seconds * 3 + 30)) ip netns exec "$sw" \
		python3 "$selftests/fuzz.py" "$1" "$seconds" "$seed"
}

splats_so_far()
{
	dmesg | grep -cE 'BUG:|WARNING:|KASAN|UBSAN|Oops|general protection'
}

random_netlink_messages_do_no_harm()
{
	local before

	before=$(splats_so_far)
	fuzz netlink
	check_err $? "the fuzzer fails"
	expect_eq "$before" "$(splats_so_far)" "splats with seed $seed"
}

the_family_works_after_them()
{
	vsw switch show vsw0 >/dev/null || vsw switch add vsw0
	check_err $? "no switch"
	vsw -j switch show >/dev/null
	vsw -j flow show vsw0 >/dev/null
	check_err $? "no flows"
	# Whatever the messages have made of it
	vsw flow del vsw0
	vsw switch add wellafter
	check_err $? "no new switch"
	vsw switch del wellafter
}

# All fields are looked at and written, tags come and go.
nosy_flows()
{
	cat <<-EOF
	$marker_flow
	priority=9,dl_vlan_pcp=0,actions=pop_vlan,goto_table:1
	priority=8,actions=mod_dl_src:02:00:00:00:00:77,goto_table:1
	table=1,tcp,tcp_flags=+syn,actions=mod_nw_src:10.7.7.7,mod_tp_dst:7,dec_ttl,output:2,goto_table:2
	table=1,udp,tp_dst=0-9999,actions=mod_nw_dst:10.7.7.7,mod_tp_src:7,mod_nw_tos:4,output:2,goto_table:2
	table=1,sctp,nw_ttl=64,actions=mod_tp_dst:7,output:2,goto_table:2
	table=1,icmp,icmp_type=8,actions=set_field:0->icmp_type,output:2,goto_table:2
	table=1,tcp6,actions=set_field:fc00::7->ipv6_dst,mod_tp_dst:7,dec_ttl,output:2,goto_table:2
	table=1,udp6,actions=set_field:fc00::7->ipv6_src,set_field:7->ipv6_label,output:2,goto_table:2
	table=1,sctp6,actions=mod_tp_src:7,output:2,goto_table:2
	table=1,icmp6,icmpv6_type=135,nd_target=fc00::/7,actions=set_field:fc00::7->nd_target,set_field:02:00:00:00:00:07->nd_sll,output:2
	table=1,icmp6,icmpv6_type=136,actions=set_field:02:00:00:00:00:07->nd_tll,output:2
	table=1,arp,arp_op=1,actions=set_field:10.7.7.7->arp_spa,set_field:02:00:00:00:00:07->arp_tha,output:2
	table=1,priority=7,ip,ip_frag=later,actions=mod_nw_src:10.7.7.7,output:2
	table=1,priority=6,ipv6,ip_frag=yes,actions=mod_nw_ttl:9,output:2
	table=1,priority=5,dl_vlan=5,inner_vlan_vid=6,actions=push_vlan:0x88a8,mod_vlan_vid:8,output:2
	table=1,priority=1,actions=push_vlan:0x8100,mod_vlan_vid:8,output:2,normal
	table=2,actions=push_vlan:0x8100,push_vlan:0x88a8,output:2,punt(queue=3),pop_vlan,pop_vlan,pop_vlan,flood
	EOF
}

random_frames_do_no_harm()
{
	local before

	setup
	nosy_flows | vsw flow replace vsw0 file -
	check_err $? "flows not accepted"
	vswctl -n "$sw" punt listen vsw0 >/dev/null &
	listener=$!
	before=$(splats_so_far)
	fuzz frames
	check_err $? "the fuzzer fails"
	expect_eq "$before" "$(splats_so_far)" "splats with seed $seed"
	[ "$(vsw -j -s switch show vsw0 | jq '.[0].stats.punted')" -gt 10 ]
	check_err $? "hardly a frame was punted"
	kill "$listener"
	wait "$listener" 2>/dev/null
	[ "$(stat p2 tx_packets)" -gt 100 ]
	check_err $? "hardly a frame has come through"
}

frames_are_forwarded_after_them()
{
	local device

	# What is left in the sockets is not of interest.
	for device in h1 h2; do
		frames "close $device" && frames "open $device"
	done
	frames "close vsw0"
	flows "in_port=1,ip,actions=mod_nw_dst:10.0.0.7,output:2"
	frames "h1 ip udp => h2 ip dst=10.0.0.7 udp"
}

echo "# seed $seed"
run_tests
