#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# A router forwards between the VLANs of switches: it answers for its addresses,
# finds its neighbours, and says what it can't forward.
#
#	h1 192.0.2.2 --- p1 (VLAN 10) +------+ gw10 192.0.2.1 ---- +----+
#	h3 192.0.2.3 --- p3 (VLAN 10) | vsw0 |                     | r1 |
#	h2 198.51.100.2 - p2 (VLAN 20)+------+ gw20 198.51.100.1 - |    |
#	h4 203.0.113.2 ------- p4     | vsw1 | gw4 203.0.113.1 --- +----+

. "$(dirname "$0")/wires.sh"

ALL_TESTS="
	the_router_answers_for_its_addresses
	hosts_of_two_subnets_reach_each_other
	a_host_behind_another_switch_is_reached
	a_frame_for_the_router_costs_a_hop
	the_source_is_told_when_there_is_no_route
	the_source_is_told_when_a_neighbour_is_silent
	the_source_is_told_what_fits
	what_may_be_split_is
	what_may_not_be_split_is_not
	a_tcp_stream_passes_whole
	a_static_route_leads_behind_a_host
	flows_are_spread_over_hops_and_stay
	routers_do_not_see_each_other
	neighbours_are_shown_set_and_forgotten
	what_is_shown_can_be_typed_back
	a_router_gives_its_switch_a_carrier
	several_addresses_of_a_subnet_are_one_link
	the_address_of_a_router_is_not_learned_elsewhere
	what_makes_no_sense_is_refused
	an_interface_goes_with_its_routes
	a_switch_that_goes_takes_its_interfaces_along
"

MAC10=02:00:00:00:10:01

host()
{
	local ns=$1 v4=$2 v6=$3

	address "$ns" "$v4.2/24"
	address "$ns" "$v6::2/64"
	ip -n "$ns" route add default via "$v4.1"
	ip -n "$ns" -6 route add default via "$v6::1"
}

add_interfaces()
{
	vswctl interface add r1 gw10 switch vsw0 vlan 10 lladdr $MAC10 \
		address 192.0.2.1/24 address 2001:db8:1::1/64
	vswctl interface add r1 gw20 switch vsw0 vlan 20 mtu 1400 \
		address 198.51.100.1/24 address 2001:db8:2::1/64
}

setup()
{
	setup_ns h1 h2 h3 h4
	streams_start
	add_switch vsw0
	add_switch vsw1
	veth_port "$h1" p1 vsw0 tag 10
	veth_port "$h3" p3 vsw0 tag 10
	veth_port "$h2" p2 vsw0 tag 20
	veth_port "$h4" p4 vsw1
	host "$h1" 192.0.2 2001:db8:1
	host "$h2" 198.51.100 2001:db8:2
	host "$h4" 203.0.113 2001:db8:4
	address "$h3" 192.0.2.3/24
	address "$h3" 2001:db8:1::3/64
	vswctl router add r1
	add_interfaces
	vswctl interface add r1 gw4 switch vsw1 address 203.0.113.1/24 \
		address 2001:db8:4::1/64
}

# says NS REGEX COMMAND...: run there, its output has a line of REGEX
says()
{
	local ns=$1 regex=$2 output

	shift 2
	output=$(in_ns "$ns" "$@" 2>&1)
	has_line "$regex" "$output" || fail "'$*': no '$regex' in: $output"
}

the_router_answers_for_its_addresses()
{
	reach "$h1" 192.0.2.1
	check_err $? "IPv4"
	reach "$h1" 2001:db8:1::1
	check_err $? "IPv6"
	reach "$h1" 198.51.100.1
	check_err $? "IPv4, of another interface"
	reach "$h1" 2001:db8:2::1
	check_err $? "IPv6, of another interface"
	says "$h1" "lladdr $MAC10" ip neigh show 192.0.2.1
	says "$h1" "lladdr $MAC10 router" ip neigh show 2001:db8:1::1
}

hosts_of_two_subnets_reach_each_other()
{
	reach "$h1" 198.51.100.2
	check_err $? "IPv4"
	reach "$h1" 2001:db8:2::2
	check_err $? "IPv6"
	reach "$h2" 192.0.2.2
	check_err $? "IPv4, the other way"
	reach "$h1" 192.0.2.3
	check_err $? "in the subnet"
}

a_host_behind_another_switch_is_reached()
{
	reach "$h1" 203.0.113.2
	check_err $? "IPv4"
	reach "$h4" 2001:db8:1::2
	check_err $? "IPv6"
}

a_frame_for_the_router_costs_a_hop()
{
	says "$h1" 'ttl=63' ping -c 1 -w 10 198.51.100.2
	says "$h1" 'ttl=63' ping -c 1 -w 10 2001:db8:2::2
	says "$h1" 'From 192.0.2.1 .*Time to live exceeded' ping -c 1 -w 10 -t 1 198.51.100.2
	says "$h1" 'From 2001:db8:1::1 .*Time exceeded: Hop limit' \
		ping -c 1 -w 10 -t 1 2001:db8:2::2
	[ "$(drops ttl)" -ge 2 ]
	check_err $? "not counted"
}

the_source_is_told_when_there_is_no_route()
{
	local before

	before=$(drops no-route)
	says "$h1" 'From 192.0.2.1 .*Destination Net Unreachable' ping -c 1 -w 10 10.9.9.9
	says "$h1" 'From 2001:db8:1::1 .*No route' ping -c 1 -w 10 2001:db8:9::9
	[ "$(drops no-route)" -ge $((before + 2)) ]
	check_err $? "not counted"
	vswctl route add r1 10.9.0.0/16 prohibit
	says "$h1" 'From 192.0.2.1 .*Packet filtered' ping -c 1 -w 10 10.9.9.9
	vswctl route replace r1 10.9.0.0/16 blackhole
	says "$h1" '100% packet loss' ping -c 1 -W 1 10.9.9.9
	vswctl route del r1 10.9.0.0/16
}

the_source_is_told_when_a_neighbour_is_silent()
{
	local before

	before=$(drops neigh-gone)
	says "$h1" 'From 192.0.2.1 .*Destination Host Unreachable' ping -c 1 -w 20 198.51.100.99
	says "$h1" 'From 2001:db8:1::1 .*Address unreachable' ping -c 1 -w 20 2001:db8:2::99
	[ "$(drops neigh-gone)" -ge $((before + 2)) ]
	check_err $? "not counted"
}

the_source_is_told_what_fits()
{
	says "$h1" 'From 192.0.2.1 .*Frag needed .*mtu = 1400' \
		ping -c 1 -w 10 -M "do" -s 1400 198.51.100.2
	says "$h1" 'From 2001:db8:1::1 .*Packet too big: mtu=1400' \
		ping -c 1 -w 10 -M "do" -s 1400 2001:db8:2::2
	says "$h1" '1380 bytes from' ping -c 1 -w 10 -M "do" -s 1372 198.51.100.2
	reach "$h1" 2001:db8:2::2 -s 1400
	check_err $? "the host cuts what is too big"
}

# cut NS: fragments that NS has put together
cut()
{
	in_ns "$1" nstat -asz IpReasmOKs | awk '$1 == "IpReasmOKs" { print $2 }'
}

what_may_be_split_is()
{
	local before

	before=$(cut "$h2")
	says "$h1" '1408 bytes from' ping -c 1 -w 10 -M dont -s 1400 198.51.100.2
	expect_eq $((before + 1)) "$(cut "$h2")" "packets put together"
	in_ns "$h1" sysctl -qw net.ipv4.ip_no_pmtu_disc=1
	in_ns "$h1" ip route flush cache
	before=$(cut "$h2")
	stream "send $h1 $h2 198.51.100.2 4000000"
	[ "$(cut "$h2")" -gt $((before + 100)) ]
	check_err $? "the stream came whole"
	in_ns "$h1" sysctl -qw net.ipv4.ip_no_pmtu_disc=0
}

# What a router says itself is as long as what it was asked.
what_may_not_be_split_is_not()
{
	local before

	before=$(cut "$h2")
	says "$h2" '1408 bytes from' ping -c 1 -w 10 -s 1400 2001:db8:2::1
	says "$h2" '1408 bytes from' ping -c 1 -w 10 -M "do" -s 1400 198.51.100.1
	expect_eq "$before" "$(cut "$h2")" "packets put together"
}

a_tcp_stream_passes_whole()
{
	stream "send $h1 $h2 198.51.100.2 8000000"
	stream "send $h2 $h1 192.0.2.2 8000000"
	stream "send $h1 $h2 2001:db8:2::2 2000000"
	stream "send $h4 $h1 192.0.2.2 8000000"
}

a_static_route_leads_behind_a_host()
{
	ip -n "$h2" address add 10.20.0.1/32 dev lo
	ip -n "$h2" address add 2001:db8:20::1/128 dev lo
	ip -n "$h2" link set lo up
	vswctl route add r1 10.20.0.0/16 via 198.51.100.2
	vswctl route add r1 2001:db8:20::/48 via 2001:db8:2::2
	reach "$h1" 10.20.0.1
	check_err $? "IPv4"
	reach "$h1" 2001:db8:20::1
	check_err $? "IPv6"
	vswctl route add r1 10.20.0.0/24 blackhole
	unreachable "$h1" 10.20.0.1
	check_err $? "the longer prefix does not win"
	vswctl route del r1 10.20.0.0/24
	reach "$h1" 10.20.0.1
	check_err $? "the shorter prefix is not there any more"
}

# hops_used: which of the two hosts has answered, for 40 ports
hops_used()
{
	in_ns "$h1" python3 - <<-'END'
		import socket
		for port in range(40):
		    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
		    s.bind(("192.0.2.2", 20000 + port))
		    s.settimeout(10)
		    s.sendto(b"who", ("10.30.0.1", 7))
		    print(s.recv(100).decode().strip(), end=" ")
	END
}

# answerer NS NAME
answerer()
{
	ip -n "$1" link set lo up
	ip -n "$1" address add 10.30.0.1/32 dev lo
	ip netns exec "$1" python3 -c '
import socket, sys
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("10.30.0.1", 7))
while True:
    s.sendto(sys.argv[1].encode(), s.recvfrom(100)[1])' "$2" &
	answerers+=($!)
	slowwait 20 sh -c "ip netns exec $1 ss -lun | grep -q 10.30.0.1:7"
}

flows_are_spread_over_hops_and_stay()
{
	local both again one answerers=()

	answerer "$h2" b
	answerer "$h4" d
	vswctl route add r1 10.30.0.0/24 nexthop via 198.51.100.2 nexthop via 203.0.113.2
	both=$(hops_used)
	[[ $both == *b* && $both == *d* ]]
	check_err $? "not spread: $both"
	again=$(hops_used)
	expect_eq "$both" "$again" "the same flows again"
	vswctl route replace r1 10.30.0.0/24 nexthop via 198.51.100.2
	one=$(hops_used)
	expect_eq "${both//d/b}" "$one" "all flows to the one that is left"
	vswctl route del r1 10.30.0.0/24
	kill "${answerers[@]}"
	wait "${answerers[@]}" 2>/dev/null
	return 0
}

routers_do_not_see_each_other()
{
	vswctl router add r2
	vswctl interface add r2 other switch vsw1 vlan 30 address 192.0.2.1/24
	expect_eq 2 "$(vswctl -j route show r2 | jq length)" "routes of r2"
	reach "$h1" 198.51.100.2
	check_err $? "r1 is disturbed"
	vswctl router del r2
	expect_err 1 'There is no router' vswctl route show r2
}

neighbours_are_shown_set_and_forgotten()
{
	reach "$h1" 198.51.100.2
	vswctl -j neigh show r1 | jq -e 'any(.[]; .address == "198.51.100.2" and
		.interface == "gw20" and .state == "reachable" and .lladdr)' >/dev/null
	check_err $? "not shown"
	vswctl neigh add r1 198.51.100.2 lladdr 02:00:00:00:00:99
	expect_eq "r1 198.51.100.2 lladdr 02:00:00:00:00:99 dev gw20 state permanent" \
		"$(vswctl neigh show r1 198.51.100.2)"
	unreachable "$h1" 198.51.100.2
	check_err $? "the wrong address is not used"
	vswctl neigh del r1 198.51.100.2
	# It may have spoken since, of itself.
	has_line 'state permanent' "$(vswctl neigh show r1 198.51.100.2 2>&1)"
	check_fail $? "not forgotten"
	expect_err 1 'no neighbour of this address' vswctl neigh show r1 198.51.100.99
	reach "$h1" 198.51.100.2
	check_err $? "not found again"
}

what_is_shown_can_be_typed_back()
{
	local line before

	before=$(vswctl interface show r1)
	line=$(vswctl interface show r1 gw20)
	vswctl interface del r1 gw20
	# shellcheck disable=SC2086
	vswctl interface add $line
	expect_eq "$(sort <<<"$before")" "$(vswctl interface show r1 | sort)" interfaces
	vswctl route add r1 10.40.0.0/16 nexthop via 198.51.100.2 nexthop via 203.0.113.2
	line=$(vswctl route show r1 10.40.0.0/16)
	vswctl route del r1 10.40.0.0/16
	# shellcheck disable=SC2086
	vswctl route add $line
	expect_eq "$line" "$(vswctl route show r1 10.40.0.0/16)" route
	vswctl route del r1 10.40.0.0/16
}

# has_carrier SWITCH
has_carrier()
{
	ip -j link show "$1" | jq -e '.[0].flags | index("LOWER_UP")' >/dev/null
}

a_router_gives_its_switch_a_carrier()
{
	add_switch vsw2
	has_carrier vsw2
	check_fail $? "without a port"
	vswctl interface add r1 gw2 switch vsw2 address 10.50.0.1/24
	has_carrier vsw2
	check_err $? "no carrier"
	ip address add 10.50.0.2/24 dev vsw2
	ping -q -c 1 -w 20 10.50.0.1 >/dev/null
	check_err $? "the host does not reach the router"
	vswctl interface del r1 gw2
	has_carrier vsw2
	check_fail $? "the interface has gone"
	ip link del vsw2
}

several_addresses_of_a_subnet_are_one_link()
{
	vswctl interface add r1 gw5 switch vsw1 vlan 50 \
		address 10.50.0.1/24 address 10.50.0.254/24 address 10.50.0.253/25
	check_err $? "refused"
	expect_eq '["10.50.0.0/24","10.50.0.1/32","10.50.0.128/25","10.50.0.253/32","10.50.0.254/32"]' \
		"$(vswctl -j route show r1 | jq -c '[.[].prefix | select(startswith("10.50"))] | sort')" \
		routes
	reach "$h4" 10.50.0.254
	check_err $? "the second address does not answer"
	expect_err 1 'has this prefix' vswctl interface add r1 gw6 switch vsw1 vlan 51 \
		address 10.50.0.3/24
	vswctl interface del r1 gw5
	expect_eq 0 "$(vswctl -j route show r1 |
		jq '[.[].prefix | select(startswith("10.50"))] | length')" "routes that are left"
}

the_address_of_a_router_is_not_learned_elsewhere()
{
	local before

	before=$(drops sticky)
	ip -n "$h3" link set eth0 address "$MAC10"
	unreachable "$h3" 192.0.2.2
	check_err $? "the thief is heard"
	[ "$(drops sticky)" -gt "$before" ]
	check_err $? "not counted"
	vswctl -j fdb show vsw0 "$MAC10" | jq -e 'any(.[]; .vid == 10 and
		.port_name == "gw10" and (.flags | index("router")))' >/dev/null
	check_err $? "the entry is wrong"
	ip -n "$h3" link set eth0 address 02:00:00:00:00:03
	expect_err 1 "router's" vswctl fdb del vsw0 "$MAC10" vlan 10
	expect_err 1 "router's" vswctl fdb add vsw0 "$MAC10" vlan 10 port p1
}

what_makes_no_sense_is_refused()
{
	expect_err 1 'router of this name exists' vswctl router add r1
	expect_err 1 'no router of this name' vswctl interface add r9 x switch vsw0
	expect_err 1 'No switch has this name' vswctl interface add r1 x switch vsw9
	expect_err 1 'interface of this name' vswctl interface add r1 gw10 switch vsw1
	expect_err 1 'has a port p1 already' vswctl interface add r1 p1 switch vsw0
	expect_err 1 'has this prefix' vswctl interface add r1 x switch vsw1 \
		vlan 7 address 192.0.2.9/24
	expect_err 1 'unicast' vswctl interface add r1 x switch vsw1 address 224.0.0.1/24
	expect_err 1 'in use in this VLAN' vswctl interface add r1 x switch vsw0 vlan 10 \
		lladdr "$MAC10"
	expect_err 1 'bits behind its prefix' vswctl route add r1 10.0.0.1/8 dev gw10
	expect_err 1 'No interface has the gateway' vswctl route add r1 10.0.0.0/8 via 10.1.1.1
	expect_err 1 "prefix's family" vswctl route add r1 10.0.0.0/8 via 2001:db8:1::2
	expect_err 1 'the router itself' vswctl route add r1 10.0.0.0/8 via 192.0.2.1
	expect_err 1 'has this prefix' vswctl route add r1 192.0.2.0/24 blackhole
	expect_err 1 'goes with the interface' vswctl route del r1 192.0.2.0/24
	expect_err 1 'no route for this prefix' vswctl route del r1 10.0.0.0/8
	expect_err 1 "goes with its router's interface" vswctl port del vsw0 gw10
	expect_err 1 "as the router's interface is" vswctl port set vsw0 gw10 flood on
	expect_err 1 'must be unicast' vswctl neigh add r1 224.0.0.1 lladdr "$MAC10" dev gw10
	expect_err 1 'must be unicast' vswctl neigh add r1 :: lladdr "$MAC10" dev gw10
	expect_err 2 '1000000' vswctl router add r3 neighs_max 1000001
	expect_err 2 '4000000' vswctl router add r3 routes_max 4000001
	expect_err 2 'via IP or dev NAME' vswctl route add r1 10.0.0.0/8
	expect_err 2 'switch SWITCH is missing' vswctl interface add r1 x
	vswctl router add small routes_max 3
	vswctl interface add small s1 switch vsw1 vlan 50 address 10.0.0.1/24
	vswctl route add small 10.1.0.0/16 via 10.0.0.2
	expect_err 1 'routes-max is 3' vswctl route add small 10.2.0.0/16 via 10.0.0.2
	vswctl router del small
	expect_eq 3 "$(vswctl -j interface show r1 | jq length)" "interfaces that are left"
}

an_interface_goes_with_its_routes()
{
	vswctl interface del r1 gw20
	vswctl -j route show r1 | jq -e 'all(.[]; all(.hop[]; .interface != "gw20"))' \
		>/dev/null
	check_err $? "a route is left"
	unreachable "$h1" 198.51.100.2
	check_err $? "still forwarded"
	vswctl interface add r1 gw20 switch vsw0 vlan 20 address 198.51.100.1/24
	reach "$h1" 198.51.100.2
	check_err $? "not there again"
}

a_switch_that_goes_takes_its_interfaces_along()
{
	# Somebody waits for a neighbour meanwhile.
	ip netns exec "$h1" ping -q -i 0.2 203.0.113.77 >/dev/null 2>&1 &
	slowwait 10 sh -c "vswctl neigh show r1 | grep -q 203.0.113.77"
	ip link del vsw1
	expect_eq '["gw10","gw20"]' \
		"$(vswctl -j interface show r1 | jq -c '[.[].name] | sort')" interfaces
	reach "$h1" 198.51.100.2
	check_err $? "the others do not work any more"
	kill $!
	wait $! 2>/dev/null
	return 0
}

run_tests
