#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# A receiving stack accepts what flows have rewritten: addresses, ports, TTL
# and TOS of TCP, UDP and ICMP over IPv4 and IPv6, whether the sender left the
# checksum and the segments to the hardware or not.
#
#	+------- a -------+                         +-------- b --------+
#	| eth0 10.0.0.1   |---- p1 +------+ p2 -----| eth0 10.0.0.2     |
#	|      fc00::1    |        | vsw0 |         |      fc00::2      |
#	+-----------------+        +------+         +-------------------+
#
# a talks to 10.9.9.9 or fc00::99, port 5000; flows make it b's port 6000.
# b believes that it talks to 10.8.8.8 or fc00::88.

. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	offloaded_checksums_are_accepted
	checksums_made_by_the_sender_are_accepted
	checksums_completed_at_the_exit_are_accepted
	no_stack_has_counted_a_checksum_error
"

vsw()
{
	vswctl -n "$sw" "$@"
}

# nat PROTO SRC-FIELD DST-FIELD A A-SEEN B B-SEEN: both ways through a rewrite
nat()
{
	local proto=$1 to='' from='' there="set_field:$5->$2,set_field:$6->$3"
	local back="set_field:$7->$2,set_field:$4->$3"

	case $proto in
	tcp* | udp*)
		to=,tp_dst=5000 there+=,mod_tp_dst:6000
		from=,tp_src=6000 back+=,mod_tp_src:5000
		;;
	esac
	echo "in_port=1,$proto,$3=$7$to,actions=$there,mod_nw_tos:40,dec_ttl,output:2"
	echo "in_port=2,$proto,$3=$5$from,actions=$back,mod_nw_tos:80,dec_ttl,output:1"
}

nat_flows()
{
	local proto

	for proto in tcp udp icmp; do
		nat $proto ip_src ip_dst 10.0.0.1 10.8.8.8 10.0.0.2 10.9.9.9
		nat ${proto}6 ipv6_src ipv6_dst fc00::1 fc00::88 fc00::2 fc00::99
	done
}

# neighbours NS ADDRESS... MAC: so that nobody has to ask for them
neighbours()
{
	local ns=$1 mac=${*: -1} address

	shift
	for address in "${@:1:$#-1}"; do
		ip -n "$ns" neigh add "$address" lladdr "$mac" dev eth0 nud permanent
	done
}

mac_of()
{
	ip -n "$1" -j link show eth0 | jq -r '.[0].address'
}

setup()
{
	setup_ns sw a b
	add_switch vsw0
	veth_port "$a" p1 vsw0 number 1
	veth_port "$b" p2 vsw0 number 2
	address "$a" 10.0.0.1/8
	address "$b" 10.0.0.2/8
	address "$a" fc00::1/64
	address "$b" fc00::2/64
	neighbours "$a" 10.9.9.9 fc00::99 "$(mac_of "$b")"
	neighbours "$b" 10.8.8.8 fc00::88 "$(mac_of "$a")"
	nat_flows | vsw flow replace vsw0 file -
	payload=$(mktemp)
	received=$(mktemp)
	head -c 1000001 /dev/urandom >"$payload"
}

cleanup()
{
	rm -f "$payload" "$received"
}

listens()
{
	in_ns "$b" ss -Hln "$1" sport = :6000 | grep -q .
}

# transfer -4|-6 ADDRESS: a file by TCP from a to b arrives byte by byte
transfer()
{
	local server

	ip netns exec "$b" timeout 60 nc "$1" -N -l 6000 >"$received" &
	server=$!
	busywait 20000 listens -t
	in_ns "$a" timeout 60 nc "$1" -N "$2" 5000 <"$payload" >/dev/null
	check_err $? "nc $1 to $2 fails"
	wait "$server"
	cmp -s "$payload" "$received"
	check_err $? "tcp $1: what arrives is not what was sent"
}

received_is()
{
	[ "$(cat "$received")" = "$1" ]
}

# datagram -4|-6 ADDRESS: it arrives, and its answer comes back
datagram()
{
	local server answer

	echo pong | ip netns exec "$b" timeout 60 nc -u "$1" -l 6000 >"$received" &
	server=$!
	busywait 20000 listens -u
	answer=$(echo ping | in_ns "$a" timeout 10 nc -u "$1" -W 1 "$2" 5000)
	expect_eq pong "$answer" "udp $1 answer"
	busywait 5000 received_is ping
	check_err $? "udp $1: got '$(cat "$received")'"
	kill "$server" 2>/dev/null
	wait "$server" 2>/dev/null
}

# echo_request ADDRESS
echo_request()
{
	reach "$a" "$1" -s 501
	check_err $? "no echo from $1"
}

everything_works()
{
	transfer -4 10.9.9.9
	transfer -6 fc00::99
	datagram -4 10.9.9.9
	datagram -6 fc00::99
	echo_request 10.9.9.9
	echo_request fc00::99
}

offloaded_checksums_are_accepted()
{
	everything_works
}

checksums_made_by_the_sender_are_accepted()
{
	in_ns "$a" ethtool -K eth0 tx off >/dev/null
	in_ns "$b" ethtool -K eth0 tx off >/dev/null
	everything_works
	in_ns "$a" ethtool -K eth0 tx on tso on >/dev/null
	in_ns "$b" ethtool -K eth0 tx on tso on >/dev/null
}

# The ports can do neither checksums nor segments: the kernel makes them from
# what the flows have left in the frame, and the receiver verifies each.
checksums_completed_at_the_exit_are_accepted()
{
	in_ns "$sw" ethtool -K p1 tx off >/dev/null
	in_ns "$sw" ethtool -K p2 tx off >/dev/null
	everything_works
}

checksum_errors()
{
	in_ns "$1" nstat -asz | awk '/CsumErrors/ && $2 > 0 { print $1, $2 }'
}

no_stack_has_counted_a_checksum_error()
{
	in_ns "$b" nstat -asz | grep -q TcpInCsumErrors
	check_err $? "nstat shows no such counters"
	expect_eq "" "$(checksum_errors "$a")" "errors of a"
	expect_eq "" "$(checksum_errors "$b")" "errors of b"
}

run_tests
