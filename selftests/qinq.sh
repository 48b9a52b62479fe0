#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# A customer's VLANs cross a provider in one service VLAN: a second tag (802.1ad)
# is pushed where frames enter and popped where they leave, under large packets
# and their checksums too, and between two switches.
#
#	$a eth0.5 --- pa +------+ up === down +------+ pb --- eth0.5 $b
#	                 | vsw0 |             | vsw1 |
#	$c s100.5 --- pc +------+             +------+
#
# $a and $b are the customer's; $c is the provider's and has both tags itself.

. "$(dirname "$0")/wires.sh"

ALL_TESTS="
	a_customer_reaches_the_other_site
	the_provider_sees_both_tags
	another_service_vlan_stays_apart
	another_vlan_of_the_customer_stays_apart
	large_packets_cross_whole
	large_packets_leave_with_two_tags
"

megabyte=$((1 << 20))

# customer NS ADDRESS
customer()
{
	ip -n "$1" link add link eth0 name eth0.5 type vlan id 5
	ip -n "$1" link set eth0.5 up
	address "$1" "$2/24" eth0.5
}

# provider VID ADDRESS: both tags at $c
provider()
{
	ip -n "$c" link add link eth0 name "s$1" type vlan proto 802.1ad id "$1"
	ip -n "$c" link set "s$1" up
	ip -n "$c" link add link "s$1" name "s$1.5" type vlan id 5
	ip -n "$c" link set "s$1.5" up
	address "$c" "$2/24" "s$1.5"
}

setup()
{
	local service='dl_vlan=100,vlan_tpid=0x88a8,inner_vlan_vid=5'
	local push='push_vlan:0x88a8,mod_vlan_vid:100'

	setup_ns a b c
	quiet "$a" "$b" "$c"
	streams_start
	add_switch vsw0
	add_switch vsw1
	veth_port "$a" pa
	veth_port "$c" pc
	veth_port "$b" pb vsw1
	vswctl port add vsw0 up type patch peer vsw1 down
	vswctl flow add vsw0 "in_port=pa,actions=$push,output:up,output:pc"
	vswctl flow add vsw0 "in_port=up,$service,actions=pop_vlan,output:pa"
	vswctl flow add vsw0 "in_port=pc,$service,actions=pop_vlan,output:pa"
	vswctl flow add vsw0 'priority=1,actions=drop'
	vswctl flow add vsw1 "in_port=pb,actions=$push,output:down"
	vswctl flow add vsw1 "in_port=down,$service,actions=pop_vlan,output:pb"
	vswctl flow add vsw1 'priority=1,actions=drop'
	customer "$a" 192.0.2.1
	customer "$b" 192.0.2.2
	provider 100 192.0.2.3
	provider 101 203.0.113.4
	address "$a" 203.0.113.1/24 eth0.5
	# An address is at its own device only.
	in_ns "$c" sh -c 'echo 1 >/proc/sys/net/ipv4/conf/all/arp_ignore'
}

a_customer_reaches_the_other_site()
{
	reach "$a" 192.0.2.2
	check_err $? "no answer from b"
	reach "$b" 192.0.2.1
	check_err $? "no answer from a"
}

the_provider_sees_both_tags()
{
	reach "$a" 192.0.2.3
	check_err $? "no answer from c"
}

another_service_vlan_stays_apart()
{
	unreachable "$a" 203.0.113.4
	check_err $? "the host of service VLAN 101 answers"
}

another_vlan_of_the_customer_stays_apart()
{
	ip -n "$a" link add link eth0 name eth0.6 type vlan id 6
	ip -n "$b" link add link eth0 name eth0.6 type vlan id 6
	ip -n "$a" link set eth0.6 up
	ip -n "$b" link set eth0.6 up
	address "$a" 198.51.100.1/24 eth0.6
	address "$b" 198.51.100.2/24 eth0.6
	unreachable "$a" 198.51.100.2
	check_err $? "VLAN 6 crosses, which no flow lets pass"
}

sent_by()
{
	ip -s -j link show "$1" | jq -r '.[0].stats64.tx | "\(.bytes) \(.packets)"'
}

# mean_of PORT LINE: the mean size of what the port sends meanwhile
mean_of()
{
	local bytes packets bytes2 packets2

	read -r bytes packets < <(sent_by "$1")
	stream "$2"
	read -r bytes2 packets2 < <(sent_by "$1")
	mean=$(((bytes2 - bytes) / (packets2 - packets + 1)))
}

large_packets_cross_whole()
{
	mean_of pb "send $a $b 192.0.2.2 $((4 * megabyte))"
	[ "$mean" -gt 1522 ]
	check_err $? "cut: $mean bytes on average to b"
	mean_of pa "send $b $a 192.0.2.1 $((4 * megabyte))"
	[ "$mean" -gt 1522 ]
	check_err $? "cut: $mean bytes on average to a"
}

large_packets_leave_with_two_tags()
{
	stream "send $a $c 192.0.2.3 $((2 * megabyte))"
	stream "send $c $a 192.0.2.1 $((2 * megabyte))"
}

run_tests
