#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The action fib forwards as the routes and neighbours of the host say, without its
# IP stack; the action route gives packets to a router.
#
#	h1 192.0.2.2 ------ p1 [vsw0 192.0.2.1] +------+
#	h2 198.51.100.2 --- p2 [vsw1 198.51.100.1] host | ext 203.0.113.1 -- h3 203.0.113.2
#	                                        +------+

. "$(dirname "$0")/wires.sh"

ALL_TESTS="
	packets_between_switches_pass_without_the_stack
	packets_leave_by_a_device_that_is_no_port
	the_host_is_reached
	a_route_of_the_host_counts_at_once
	what_the_host_has_to_answer_it_answers
	a_tcp_stream_passes_whole
	the_hosts_own_packets_go_on
	a_packet_is_given_to_a_router_by_its_interface
	a_router_that_goes_leaves_a_counted_drop
	both_are_shown_as_they_were_given
	what_makes_no_sense_is_refused
"

host()
{
	local ns=$1 v4=$2 v6=$3

	address "$ns" "$v4.2/24"
	address "$ns" "$v6::2/64"
	ip -n "$ns" route add default via "$v4.1"
	ip -n "$ns" -6 route add default via "$v6::1"
}

# gateway DEV V4 V6: the host's address there
gateway()
{
	echo 0 >"/proc/sys/net/ipv6/conf/$1/disable_ipv6"
	ip address add "$2.1/24" dev "$1"
	ip address add "$3::1/64" dev "$1" nodad
}

# by_fib SWITCH: what is sent to the host's MAC address
by_fib()
{
	local mac

	mac=$(ip -j link show "$1" | jq -r '.[0].address')
	vswctl flow add "$1" "ip,dl_dst=$mac,actions=fib"
	vswctl flow add "$1" "ipv6,dl_dst=$mac,actions=fib"
}

setup()
{
	setup_ns h1 h2 h3
	streams_start
	add_switch vsw0
	add_switch vsw1
	veth_port "$h1" p1
	veth_port "$h2" p2 vsw1
	ip link add ext type veth peer name eth0 netns "$h3"
	ip link set ext up
	ip -n "$h3" link set eth0 up
	echo 1 >/proc/sys/net/ipv4/ip_forward
	echo 1 >/proc/sys/net/ipv6/conf/all/forwarding
	gateway vsw0 192.0.2 2001:db8:1
	gateway vsw1 198.51.100 2001:db8:2
	gateway ext 203.0.113 2001:db8:3
	host "$h1" 192.0.2 2001:db8:1
	host "$h2" 198.51.100 2001:db8:2
	host "$h3" 203.0.113 2001:db8:3
	by_fib vsw0
	by_fib vsw1
}

# says NS REGEX COMMAND...: run there, its output has a line of REGEX
says()
{
	local ns=$1 regex=$2 output

	shift 2
	output=$(in_ns "$ns" "$@" 2>&1)
	has_line "$regex" "$output" || fail "'$*': no '$regex' in: $output"
}

# forwarded: packets that the IP stack has
forwarded()
{
	awk '/^Ip:/ { if (!n) { n = split($0, name); next }
		for (i = 1; i <= n; i++) if (name[i] == "ForwDatagrams") print $i }' /proc/net/snmp
	awk '$1 == "Ip6OutForwDatagrams" { print $2 }' /proc/net/snmp6
}

packets_between_switches_pass_without_the_stack()
{
	local before

	reach "$h1" 198.51.100.2
	check_err $? "IPv4"
	reach "$h1" 2001:db8:2::2
	check_err $? "IPv6"
	before=$(forwarded)
	says "$h1" 'ttl=63' ping -c 3 -i 0.2 -w 10 198.51.100.2
	says "$h1" 'ttl=63' ping -c 3 -i 0.2 -w 10 2001:db8:2::2
	expect_eq "$before" "$(forwarded)" "packets that the stack has forwarded"
	[ "$(vswctl -j -s flow show vsw0 ip | jq '.[0].packets')" -ge 4 ]
	check_err $? "the flow has not seen them"
}

packets_leave_by_a_device_that_is_no_port()
{
	reach "$h1" 203.0.113.2
	check_err $? "IPv4"
	reach "$h1" 2001:db8:3::2
	check_err $? "IPv6"
}

the_host_is_reached()
{
	reach "$h1" 192.0.2.1
	check_err $? "IPv4"
	reach "$h1" 203.0.113.1
	check_err $? "IPv4, another address"
	reach "$h1" 2001:db8:1::1
	check_err $? "IPv6"
	ping -q -c 1 -w 20 192.0.2.2 >/dev/null
	check_err $? "from the host"
}

a_route_of_the_host_counts_at_once()
{
	ip -n "$h3" link set lo up
	ip -n "$h3" address add 10.7.0.1/32 dev lo
	ip route add 10.7.0.0/16 via 203.0.113.2
	reach "$h1" 10.7.0.1
	check_err $? "a new route"
	ip route replace blackhole 10.7.0.0/16
	unreachable "$h1" 10.7.0.1
	check_err $? "the old route is used"
	ip route replace 10.7.0.0/16 via 203.0.113.2
	reach "$h1" 10.7.0.1
	check_err $? "replaced again"
	ip neigh replace 203.0.113.2 lladdr 02:00:00:00:00:99 dev ext
	unreachable "$h1" 10.7.0.1
	check_err $? "the old neighbour is used"
	ip neigh del 203.0.113.2 dev ext
	reach "$h1" 10.7.0.1
	check_err $? "the neighbour is not found again"
	ip route del 10.7.0.0/16
}

what_the_host_has_to_answer_it_answers()
{
	says "$h1" 'From 192.0.2.1 .*Time to live exceeded' ping -c 1 -w 10 -t 1 198.51.100.2
	says "$h1" 'From 2001:db8:1::1 .*Hop limit' ping -c 1 -w 10 -t 1 2001:db8:2::2
	says "$h1" 'From 192.0.2.1 .*Net Unreachable' ping -c 1 -w 10 10.9.9.9
	says "$h1" 'From 192.0.2.1 .*Host Unreachable' ping -c 1 -w 20 203.0.113.77
	says "$h1" 'From 2001:db8:1::1 .*Address unreachable' ping -c 1 -w 20 2001:db8:3::77
	ip link set ext mtu 1400
	says "$h1" 'From 192.0.2.1 .*Frag needed .*mtu = 1400' \
		ping -c 1 -w 10 -M "do" -s 1400 203.0.113.2
	says "$h1" 'From 2001:db8:1::1 .*Packet too big: mtu=1400' \
		ping -c 1 -w 10 -M "do" -s 1400 2001:db8:3::2
	ip link set ext mtu 1500
	ip -n "$h1" route flush cache
	ip -n "$h1" -6 route flush cache
}

a_tcp_stream_passes_whole()
{
	stream "send $h1 $h2 198.51.100.2 8000000"
	stream "send $h1 $h2 2001:db8:2::2 2000000"
	stream "send $h1 $h3 203.0.113.2 8000000"
}

the_hosts_own_packets_go_on()
{
	vswctl flow add vsw0 priority=9,ip,actions=fib
	ping -q -c 1 -w 20 192.0.2.2 >/dev/null
	check_err $? "not to the port"
	reach "$h1" 198.51.100.2
	check_err $? "not between switches"
	vswctl flow del vsw0 strict priority=9,ip
}

a_packet_is_given_to_a_router_by_its_interface()
{
	vswctl router add r1
	vswctl interface add r1 gw1 switch vsw0 address 10.1.0.1/24
	vswctl interface add r1 gw2 switch vsw1 address 10.2.0.1/24
	address "$h1" 10.1.0.2/24
	address "$h2" 10.2.0.2/24
	# No router has this address.
	ip -n "$h1" neigh add 10.1.0.9 lladdr 02:00:00:00:00:99 dev eth0
	ip -n "$h1" route add 10.2.0.0/24 via 10.1.0.9
	ip -n "$h2" route add 10.1.0.0/24 via 10.2.0.1
	unreachable "$h1" 10.2.0.2
	check_err $? "reached without the flow"
	vswctl flow add vsw0 "ip,nw_dst=10.2.0.0/24,dl_dst=02:00:00:00:00:99,actions=route(gw1)"
	reach "$h1" 10.2.0.2
	check_err $? "not reached"
	says "$h1" 'ttl=63' ping -c 1 -w 10 10.2.0.2
	says "$h1" 'From 10.1.0.1 .*Time to live exceeded' ping -c 1 -w 10 -t 1 10.2.0.2
}

a_router_that_goes_leaves_a_counted_drop()
{
	local before

	before=$(drops port-gone)
	vswctl interface del r1 gw1
	unreachable "$h1" 10.2.0.2
	check_err $? "still routed"
	[ "$(drops port-gone)" -gt "$before" ]
	check_err $? "not counted"
	vswctl interface add r1 gw1 switch vsw0 address 10.1.0.1/24
	reach "$h1" 10.2.0.2
	check_err $? "not routed again"
}

# The flows of table 3, without what time changes
lasting()
{
	vswctl -j flow show vsw0 table=3 | jq -c '[.[] | [.match, .actions]]'
}

both_are_shown_as_they_were_given()
{
	local flow shown lasting

	for flow in "table=3,ip,actions=fib" "table=3,ipv6,actions=dec_ttl,route(gw1)"; do
		vswctl flow add vsw0 "$flow"
	done
	shown=$(vswctl flow show vsw0 table=3)
	has_line 'ip,?.*actions=fib$' "$shown"
	check_err $? "fib: $shown"
	has_line 'actions=dec_ttl,route\(gw1\)$' "$shown"
	check_err $? "route: $shown"
	expect_eq '["dec_ttl","route(gw1)"]' \
		"$(vswctl -j flow show vsw0 table=3,ipv6 | jq -c '.[0].actions')" JSON
	lasting=$(lasting)
	vswctl flow del vsw0 table=3
	vswctl flow add vsw0 file - <<<"$shown"
	expect_eq "$lasting" "$(lasting)" "typed back"
	vswctl flow del vsw0 table=3
}

what_makes_no_sense_is_refused()
{
	expect_err 1 'fib needs a match on' vswctl flow add vsw0 actions=fib
	expect_err 1 'route needs a match on' vswctl flow add vsw0 "arp,actions=route(gw1)"
	expect_err 1 'p1 is no interface' vswctl flow add vsw0 "ip,actions=route(p1)"
	expect_err 1 'gw2 is no interface' vswctl flow add vsw0 "ip,actions=route(gw2)"
	expect_err 1 'is no interface' vswctl flow add vsw0 "ip,actions=route(nobody)"
	expect_err 2 'interface of a router' vswctl flow add vsw0 "ip,actions=route()"
	expect_err 2 'expected an action' vswctl flow add vsw0 "ip,actions=fib:1"
}

run_tests
