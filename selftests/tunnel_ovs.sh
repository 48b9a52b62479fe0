#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Open vSwitch at the other end of a tunnel: its kernel module, whose flows are set
# by ovs-dpctl without its daemon.
#
#	  $a         namespace $sw               $b
#	+------+   +------------------+   +----------------+
#	| eth0-+---+-pa +----+        |   |    +---+       |
#	| .1   |   |    |vsw0|-t0  u0-+---+-u0 |dp0|-t0    |
#	+------+   |    +----+        |   |    +---+.2     |
#	           +------------------+   +----------------+
#
# u0 is the underlay: 198.51.100.1 and .2; t0 is a vxlan or geneve in external mode.

. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	a_vxlan_with_a_fixed_remote_reaches_openvswitch
	a_geneve_with_a_fixed_remote_reaches_openvswitch
	an_option_of_geneve_reaches_openvswitch_and_comes_back
	a_stream_is_carried_in_both_directions
"

setup()
{
	if ! command -v ovs-dpctl >/dev/null || ! modprobe openvswitch 2>/dev/null; then
		echo "ok 1 # SKIP no Open vSwitch"
		exit "$ksft_skip"
	fi
	setup_ns sw a b
	add_switch vsw0
	veth_port "$a" pa
	in_ns "$a" sysctl -qw net.ipv6.conf.eth0.disable_ipv6=1
	address "$a" 192.0.2.1/24
	ip -n "$a" link set eth0 mtu 1400
	ip -n "$sw" link add u0 type veth peer name u0 netns "$b"
	ip -n "$sw" link set u0 up
	ip -n "$b" link set u0 up
	address "$sw" 198.51.100.1/24 u0
	address "$b" 198.51.100.2/24 u0
	in_ns "$b" sysctl -qw net.ipv6.conf.default.disable_ipv6=1
	dpctl add-dp dp0
	ip -n "$b" link set dp0 mtu 1400 up
	address "$b" 192.0.2.2/24 dp0
}

cleanup()
{
	dpctl del-dp dp0 2>/dev/null
}

vsw()
{
	vswctl -n "$sw" "$@"
}

dpctl()
{
	in_ns "$b" ovs-dpctl "$@"
}

# both_ends KIND [ARG]...: t0 is a port of both switches
both_ends()
{
	local ns

	for ns in "$sw" "$b"; do
		ip -n "$ns" link add t0 type "$@" external
		ip -n "$ns" link set t0 mtu 1400 up
	done
	vsw port add vsw0 t0 remote 198.51.100.2 key 7
	dpctl add-if dp0 t0
}

no_ends()
{
	dpctl del-flows dp0
	dpctl del-if dp0 t0
	ip -n "$b" link del t0
	ip -n "$sw" link del t0
	vsw flow replace vsw0 file - </dev/null
}

# ovs_flows [OPTION-MATCHED [OPTION-SET]]: all goes from the tunnel to dp0 and back
ovs_flows()
{
	local type from="tun_id=0x7,src=198.51.100.1,dst=198.51.100.2,ttl=64${1:-}"
	local to="tun_id=0x7,dst=198.51.100.1,ttl=64${2:-}"

	for type in "eth_type(0x0800),ipv4()" "eth_type(0x0806),arp()"; do
		dpctl add-flow dp0 "recirc_id(0),tunnel($from,flags(+key)),in_port(1),eth(),$type" 0 &&
			dpctl add-flow dp0 "recirc_id(0),in_port(0),eth(),$type" \
				"set(tunnel($to,flags(key))),1" || return
	done
}

a_vxlan_with_a_fixed_remote_reaches_openvswitch()
{
	both_ends vxlan dstport 4789
	ovs_flows || fail "flows of Open vSwitch"
	reach "$a" 192.0.2.2
	check_err $? "no way"
	reach "$a" 192.0.2.2 -s 1372 -M 'do'
	check_err $? "no way for packets of full size"
	expect_eq '["198.51.100.2",7]' "$(vsw -j fdb show vsw0 port t0 | jq -c '.[0] | [.dst, .vni]')" \
		"where the station is"
	no_ends
}

a_geneve_with_a_fixed_remote_reaches_openvswitch()
{
	both_ends geneve
	ovs_flows || fail "flows of Open vSwitch"
	reach "$a" 192.0.2.2
	check_err $? "no way"
	no_ends
}

# It is the option that OVN has in each packet.
an_option_of_geneve_reaches_openvswitch_and_comes_back()
{
	both_ends geneve
	ovs_flows ",geneve({class=0x102,type=0x80,len=4,0x00010002})" \
		",geneve({class=0x102,type=0x80,len=4,0x00020001})" || fail "flows of Open vSwitch"
	printf '%s\n' "in_port=pa,actions=set_field:0x102->tun_opt_class,$(
		)set_field:0x80->tun_opt_type,set_field:0x00010002->tun_opt_data,output:t0" \
		"in_port=t0,tun_opt_class=0x102,tun_opt_type=0x80,tun_opt_data=0x20001,actions=output:pa" |
		vsw flow replace vsw0 file -
	reach "$a" 192.0.2.2
	check_err $? "no way with the option"
	printf '%s\n' "in_port=pa,actions=output:t0" "in_port=t0,actions=output:pa" |
		vsw flow replace vsw0 file -
	unreachable "$a" 192.0.2.2
	check_err $? "a way without the option"
	no_ends
}

# listening NS PORT
listening()
{
	in_ns "$1" ss -Hltn "sport = $2" | grep -q .
}

# stream CLIENT SERVER ADDRESS: some megabytes arrive
stream()
{
	ip netns exec "$2" iperf3 --server --one-off >/dev/null 2>&1 &
	slowwait 30 listening "$2" 5201 || fail "no server"
	in_ns "$1" timeout 120 iperf3 --client "$3" --bytes 4M >/dev/null
	check_err $? "no stream from $1 to $2"
	wait $!
}

a_stream_is_carried_in_both_directions()
{
	both_ends vxlan dstport 4789
	ovs_flows || fail "flows of Open vSwitch"
	stream "$a" "$b" 192.0.2.2
	stream "$b" "$a" 192.0.2.1
	no_ends
}

run_tests
