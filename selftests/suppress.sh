#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The switch answers for known stations at a port with neigh_suppress, and the port
# does not see the question.
#
#	h1 192.0.2.1 --- p1 +------+ p2 --- h2 192.0.2.2, neigh_suppress
#	                    | vsw0 |
#	h3 192.0.2.3 --- p3 +------+ p4 --- h4 in VLAN 10
#
# h2 answers nobody itself: its eth0 has neither ARP nor addresses.

. "$(dirname "$0")/wires.sh"

ALL_TESTS="
	an_unknown_station_is_asked_itself
	a_station_known_to_the_host_is_spoken_for
	an_ipv6_station_is_spoken_for
	an_ipv6_router_is_said_to_be_one
	the_port_does_not_see_the_question
	others_see_the_question
	a_probe_for_a_duplicate_is_not_answered
	a_station_at_another_port_speaks_for_itself
	a_station_known_to_a_router_is_spoken_for
	a_vlan_has_stations_of_its_own
	the_setting_is_shown_and_taken_back
"

H2=02:00:00:00:00:22

setup()
{
	setup_ns h1 h2 h3 h4
	add_switch vsw0
	veth_port "$h1" p1
	veth_port "$h2" p2
	veth_port "$h3" p3
	veth_port "$h4" p4 vsw0 tag 10
	address "$h1" 192.0.2.1/24
	address "$h3" 192.0.2.3/24
	address "$h4" 192.0.2.4/24
	address "$h1" 2001:db8::1/64
	address "$h3" 2001:db8::3/64
	quiet "$h2"
	ip -n "$h2" link set eth0 address "$H2" arp off
	echo 0 >/proc/sys/net/ipv6/conf/vsw0/disable_ipv6
	vswctl port set vsw0 p2 neigh_suppress on
	vswctl fdb add vsw0 "$H2" port p2
}

# asks NS ADDRESS: it gets an answer; that of h2
asks()
{
	ip -n "$1" neigh flush dev eth0 2>/dev/null
	in_ns "$1" ping -q -c 2 -i 0.3 -W 1 "$2" >/dev/null 2>&1
	ip -n "$1" -j neigh show "$2" | jq -e --arg mac "$H2" 'any(.[]; .lladdr == $mac)' >/dev/null
}

an_unknown_station_is_asked_itself()
{
	asks "$h1" 192.0.2.2
	check_fail $? "who has answered?"
}

a_station_known_to_the_host_is_spoken_for()
{
	ip neigh replace 192.0.2.2 lladdr "$H2" dev vsw0
	asks "$h1" 192.0.2.2
	check_err $? "no answer"
	ip neigh del 192.0.2.2 dev vsw0
	asks "$h1" 192.0.2.2
	check_fail $? "still answered"
	ip neigh replace 192.0.2.2 lladdr "$H2" dev vsw0
}

an_ipv6_station_is_spoken_for()
{
	asks "$h1" 2001:db8::2
	check_fail $? "who has answered?"
	ip neigh replace 2001:db8::2 lladdr "$H2" dev vsw0
	asks "$h1" 2001:db8::2
	check_err $? "no answer"
}

# says_router NS ADDRESS: has NS heard that the station of the address is a router?
says_router()
{
	asks "$@" && ip -n "$1" neigh show "$2" | grep -qw router
}

# A host that hears otherwise of its default router gives it up.
an_ipv6_router_is_said_to_be_one()
{
	says_router "$h1" 2001:db8::2
	check_fail $? "a host is said to be a router"
	ip neigh replace 2001:db8::2 lladdr "$H2" dev vsw0 router
	says_router "$h1" 2001:db8::2
	check_err $? "a router is said to be a host"
	ip neigh replace 2001:db8::2 lladdr "$H2" dev vsw0
}

# question NS ADDRESS [ASKER]: one ARP request
question()
{
	in_ns "$1" python3 - "$2" "${3:-192.0.2.1}" <<-'END'
		import socket, sys
		s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
		s.bind(("eth0", 0x0806))
		mac = s.getsockname()[4]
		who, asker = (socket.inet_aton(a) for a in sys.argv[1:])
		s.send(b"\xff" * 6 + mac + bytes.fromhex("08060001080006040001") + mac +
		       asker + bytes(6) + who)
	END
}

# heard NS ADDRESS [ASKER]: does NS hear h1 ask for it? Then h1 asks for somebody
# unknown, which all hear.
heard()
{
	local ns=$1 line=

	shift
	exec {ears}< <(ip netns exec "$ns" python3 -u -c '
import socket
s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0806))
print("ready")
heard = []
while "192.0.2.77" not in heard:
    frame = s.recv(100)
    if frame[20:22] == b"\0\1":
        heard.append(socket.inet_ntoa(frame[38:42]))
print(*heard)')
	read -r -t 60 -u "$ears" line
	question "$h1" "$@"
	question "$h1" 192.0.2.77
	read -r -t 60 -u "$ears" line
	exec {ears}<&-
	[[ $line == *192.0.2.77 ]] || fail "deaf: $line"
	[[ " $line " == *" $1 "* ]]
}

the_port_does_not_see_the_question()
{
	heard "$h2" 192.0.2.2
	check_fail $? "asked though it is spoken for"
}

others_see_the_question()
{
	heard "$h3" 192.0.2.2
	check_err $? "nobody else has heard it"
}

a_probe_for_a_duplicate_is_not_answered()
{
	heard "$h2" 192.0.2.2 0.0.0.0
	check_err $? "the station can't defend its address"
}

a_station_at_another_port_speaks_for_itself()
{
	ip neigh replace 192.0.2.3 lladdr 02:00:00:00:00:99 dev vsw0
	reach "$h1" 192.0.2.3
	check_err $? "somebody else has answered"
	ip neigh del 192.0.2.3 dev vsw0
}

a_station_known_to_a_router_is_spoken_for()
{
	ip neigh del 192.0.2.2 dev vsw0
	vswctl router add r1
	vswctl interface add r1 gw switch vsw0 address 192.0.2.254/24
	vswctl neigh add r1 192.0.2.2 lladdr "$H2"
	asks "$h1" 192.0.2.2
	check_err $? "no answer"
	vswctl router del r1
	asks "$h1" 192.0.2.2
	check_fail $? "still answered"
}

a_vlan_has_stations_of_its_own()
{
	ip neigh replace 192.0.2.2 lladdr "$H2" dev vsw0
	vswctl fdb add vsw0 "$H2" vlan 10 port p2
	asks "$h4" 192.0.2.2
	check_fail $? "by the switch's own neighbour"
	ip link add link vsw0 name vsw0.10 type vlan id 10
	ip link set vsw0.10 up
	ip neigh replace 192.0.2.2 lladdr "$H2" dev vsw0.10
	asks "$h4" 192.0.2.2
	check_err $? "no answer"
	ip link del vsw0.10
	vswctl fdb del vsw0 "$H2" vlan 10
}

the_setting_is_shown_and_taken_back()
{
	port_is p2 .neigh_suppress
	check_err $? "JSON"
	has_line 'neigh_suppress on' "$(vswctl port show vsw0 p2)"
	check_err $? "text"
	vswctl port set vsw0 p2 neigh_suppress off
	port_is p2 '.neigh_suppress | not'
	check_err $? "not taken back"
	asks "$h1" 192.0.2.2
	check_fail $? "still answered"
	expect_err 2 'on or off' vswctl port set vsw0 p2 neigh_suppress maybe
}

run_tests
