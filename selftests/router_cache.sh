#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# A router keeps the way of packets to a destination. What it was decided from may
# change while they flow, and counts at once.
#
#	h1 192.0.2.2 --- p1 (VLAN 10) +------+ gw10 192.0.2.1 ---- +----+
#	h2 198.51.100.2 - p2 (VLAN 20)| vsw0 |                     | r1 |
#	h3 198.51.100.3 - p3 (VLAN 20)+------+ gw20 198.51.100.1 - +----+
#
# h2 also has 10.30.0.1, behind itself.

. "$(dirname "$0")/wires.sh"

ALL_TESTS="
	every_packet_is_counted
	a_neighbour_in_use_is_known_to_be
	a_replaced_route_counts_at_once
	a_longer_prefix_counts_at_once
	each_of_several_hops_counts_at_once
	a_link_layer_address_that_is_set_counts_at_once
	a_link_layer_address_that_is_said_counts_at_once
	an_address_that_moves_to_another_port_counts_at_once
	a_flow_of_the_switch_counts_at_once
	a_port_that_is_down_counts_at_once
	the_mtu_counts_at_once
	an_interface_that_goes_counts_at_once
"

H2=02:00:00:00:20:02
GW10=02:00:00:00:10:01
GW20=02:00:00:00:20:01

gateway()
{
	ip -n "$1" neigh replace "$2" lladdr "$3" dev eth0
	ip -n "$1" route replace default via "$2"
}

add_interfaces()
{
	vswctl interface add r1 gw10 switch vsw0 vlan 10 lladdr "$GW10" address 192.0.2.1/24
	vswctl interface add r1 gw20 switch vsw0 vlan 20 lladdr "$GW20" address 198.51.100.1/24
}

add_route()
{
	vswctl route add r1 10.30.0.0/24 via 198.51.100.2
}

setup()
{
	setup_ns h1 h2 h3
	quiet "$h1" "$h2" "$h3"
	add_switch vsw0
	veth_port "$h1" p1 vsw0 tag 10
	veth_port "$h2" p2 vsw0 tag 20
	veth_port "$h3" p3 vsw0 tag 20
	ip -n "$h2" link set eth0 address "$H2"
	ip -n "$h2" link set lo up
	ip -n "$h2" address add 10.30.0.1/32 dev lo
	address "$h1" 192.0.2.2/24
	address "$h2" 198.51.100.2/24
	address "$h3" 198.51.100.3/24
	gateway "$h1" 192.0.2.1 "$GW10"
	gateway "$h2" 198.51.100.1 "$GW20"
	gateway "$h3" 198.51.100.1 "$GW20"
	vswctl router add r1
	add_interfaces
	add_route
}

# warm: packets of h1 to both addresses of h2 have found their way before
warm()
{
	local address

	for address in 198.51.100.2 10.30.0.1; do
		reach "$h1" "$address"
		in_ns "$h1" ping -q -c 4 -i 0.1 -W 10 "$address" >/dev/null ||
			fail "no way to $address"
	done
}

# expect_way: it is there; expect_no_way: it is not
expect_way()
{
	reach "$h1" "${1:-198.51.100.2}" || fail "${1:-198.51.100.2} does not answer"
}

expect_no_way()
{
	unreachable "$h1" "${1:-198.51.100.2}" || fail "${1:-198.51.100.2} still answers"
}

# count COUNTER: of gw10 and of gw20
count()
{
	vswctl -j -s port show vsw0 |
		jq -c "[.[] | select(.type == \"router\") | .stats.$1]"
}

lladdr_of()
{
	ip -n "$1" -j link show eth0 | jq -r '.[0].address'
}

every_packet_is_counted()
{
	local rx tx

	warm
	vswctl neigh add r1 192.0.2.2 lladdr "$(lladdr_of "$h1")"
	vswctl neigh add r1 198.51.100.2 lladdr "$H2"
	rx=$(count rx_packets)
	tx=$(count tx_packets)
	in_ns "$h1" ping -q -c 50 -i 0.02 -W 10 198.51.100.2 >/dev/null
	check_err $? "packets are lost"
	expect_eq "$(jq -c 'map(. + 50)' <<<"$rx")" "$(count rx_packets)" received
	expect_eq "$(jq -c 'map(. + 50)' <<<"$tx")" "$(count tx_packets)" sent
	vswctl neigh del r1 192.0.2.2
	vswctl neigh del r1 198.51.100.2
}

# Nothing was sent there for some seconds.
is_idle()
{
	vswctl -j neigh show r1 198.51.100.2 | jq -e '.[0].used > 8000' >/dev/null
}

a_neighbour_in_use_is_known_to_be()
{
	warm
	slowwait 60 is_idle
	check_err $? "never idle"
	reach "$h1" 198.51.100.2
	is_idle
	check_fail $? "not in use"
}

a_replaced_route_counts_at_once()
{
	warm
	vswctl route replace r1 10.30.0.0/24 via 198.51.100.3
	expect_no_way 10.30.0.1
	vswctl route replace r1 10.30.0.0/24 via 198.51.100.2
	expect_way 10.30.0.1
}

a_longer_prefix_counts_at_once()
{
	warm
	vswctl route add r1 10.30.0.1/32 blackhole
	expect_no_way 10.30.0.1
	vswctl route del r1 10.30.0.1/32
	expect_way 10.30.0.1
}

# answers: how many of 10.40.0.1 to 10.40.0.8 do
answers()
{
	local i

	for i in {1..8}; do
		in_ns "$h1" ping -c 1 -W 2 "10.40.0.$i" | grep 'bytes from' &
	done | wc -l
}

# Both hosts have all addresses, then only one of them has.
each_of_several_hops_counts_at_once()
{
	local i n two="nexthop via 198.51.100.2 nexthop via 198.51.100.3"

	ip -n "$h3" link set lo up
	for i in {1..8}; do
		ip -n "$h2" address add "10.40.0.$i/32" dev lo
		ip -n "$h3" address add "10.40.0.$i/32" dev lo
	done
	# shellcheck disable=SC2086 # words
	vswctl route add r1 10.40.0.0/24 $two
	for i in {1..8} {1..8}; do
		expect_way "10.40.0.$i"
	done
	ip -n "$h3" address flush dev lo scope global
	n=$(answers)
	[ "$n" -gt 0 ] && [ "$n" -lt 8 ]
	check_err $? "of 8 addresses one of two hosts answers for $n"
	vswctl route replace r1 10.40.0.0/24 via 198.51.100.2
	expect_eq 8 "$(answers)" "addresses behind the hop that is left"
	# shellcheck disable=SC2086 # words
	vswctl route replace r1 10.40.0.0/24 $two
	expect_eq "$n" "$(answers)" "addresses behind one of two hops again"
	vswctl neigh add r1 198.51.100.2 lladdr 02:00:00:00:00:99
	expect_eq 0 "$(answers)" "addresses behind a hop that is not there"
	vswctl neigh del r1 198.51.100.2
	vswctl route del r1 10.40.0.0/24
}

a_link_layer_address_that_is_set_counts_at_once()
{
	warm
	vswctl neigh add r1 198.51.100.2 lladdr 02:00:00:00:00:99
	expect_no_way
	expect_no_way 10.30.0.1
	vswctl neigh del r1 198.51.100.2
	expect_way
}

# h2 asks for the router's address, so that the router hears its own.
say_address()
{
	ip -n "$1" neigh del 198.51.100.1 dev eth0
	reach "$1" 198.51.100.1
	gateway "$1" 198.51.100.1 "$GW20"
}

a_link_layer_address_that_is_said_counts_at_once()
{
	warm
	ip -n "$h2" link set eth0 address 02:00:00:00:20:22
	gateway "$h2" 198.51.100.1 "$GW20"
	say_address "$h2"
	in_ns "$h1" ping -q -c 1 -W 10 198.51.100.2 >/dev/null
	check_err $? "the new address is not used"
	ip -n "$h2" link set eth0 address "$H2"
	gateway "$h2" 198.51.100.1 "$GW20"
	say_address "$h2"
	expect_way
}

# h3 becomes what h2 was.
an_address_that_moves_to_another_port_counts_at_once()
{
	warm
	vswctl neigh add r1 198.51.100.2 lladdr "$H2"
	warm
	ip -n "$h2" link set eth0 down
	ip -n "$h3" link set eth0 address "$H2"
	address "$h3" 198.51.100.2/24
	gateway "$h3" 198.51.100.1 "$GW20"
	# Heard, its address is learned.
	in_ns "$h3" ping -q -c 1 -W 10 -I 198.51.100.2 198.51.100.1 >/dev/null
	check_err $? "the router does not find the new port"
	in_ns "$h1" ping -q -c 1 -W 10 198.51.100.2 >/dev/null
	check_err $? "the old port is used"
	ip -n "$h3" address del 198.51.100.2/24 dev eth0
	ip -n "$h3" link set eth0 address 02:00:00:00:20:03
	ip -n "$h2" link set eth0 up
	gateway "$h2" 198.51.100.1 "$GW20"
	gateway "$h3" 198.51.100.1 "$GW20"
	vswctl neigh del r1 198.51.100.2
	say_address "$h2"
	expect_way
}

a_flow_of_the_switch_counts_at_once()
{
	warm
	vswctl flow add vsw0 "ip,in_port=gw20,nw_dst=198.51.100.2,actions=drop"
	expect_no_way
	vswctl flow del vsw0
	expect_way
	vswctl table set vsw0 0 miss drop
	expect_no_way
	vswctl table set vsw0 0 miss normal
	expect_way
}

a_port_that_is_down_counts_at_once()
{
	local before

	warm
	before=$(drops port-down)
	ip link set p2 down
	expect_no_way
	[ "$(drops port-down)" -gt "$before" ]
	check_err $? "not counted"
	ip link set p2 up
	expect_way
	ip link set vsw0 down
	expect_no_way
	ip link set vsw0 up
	expect_way
}

the_mtu_counts_at_once()
{
	warm
	ip link set vsw0 mtu 1300
	in_ns "$h1" ping -q -c 1 -W 5 -s 1400 -M "do" 198.51.100.2 >/dev/null 2>&1
	check_fail $? "the mtu is not looked at"
	[ "$(drops mtu)" -gt 0 ]
	check_err $? "not counted"
	ip link set vsw0 mtu 1500
	ip -n "$h1" route flush cache
	expect_way
}

an_interface_that_goes_counts_at_once()
{
	warm
	vswctl interface del r1 gw20
	expect_no_way
	expect_no_way 10.30.0.1
	vswctl interface add r1 gw20 switch vsw0 vlan 20 lladdr "$GW20" address 198.51.100.1/24
	add_route
	expect_way
	expect_way 10.30.0.1
}

run_tests
