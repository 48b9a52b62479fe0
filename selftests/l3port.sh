#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Devices that carry IP without Ethernet are ports: in the switch their packets
# have an Ethernet header, outside they have none.
#
#	$a 192.0.2.2 eth0 ------- pa +------+ t0 === tun0 192.0.2.9 $c
#	                             | vsw0 |
#	$b 198.51.100.2 eth0 ---- pb +------+ wg0 ~~~ wg0 192.0.2.10 $d
#
# === is a program that carries packets between two tun devices, ~~~ a tunnel of
# wireguard over a cable. What comes by t0 and wg0 goes to $a, until told else.

. "$(dirname "$0")/wires.sh"

ALL_TESTS="
	packets_cross_in_both_directions
	a_stream_crosses_in_large_packets
	a_device_without_offload_gets_small_packets
	packets_for_a_group_have_the_address_of_the_group
	what_a_flow_sends_there_needs_no_address
	a_header_is_taken_off_and_put_on_as_flows_say
	what_is_no_ip_is_not_flooded_there
	what_is_no_ip_is_dropped_and_counted
	a_tagged_packet_is_dropped_and_counted
	padding_is_taken_off
	what_does_not_fit_is_dropped
	the_port_is_in_one_vlan
	a_router_forwards_to_it
	nobody_else_can_have_its_address
	the_port_answers_arp_where_routes_lead_to_it
	the_port_answers_nd_where_routes_lead_to_it
	addresses_are_shown_and_can_be_typed_back
	a_port_that_comes_back_has_the_same_addresses
	bad_settings_are_refused
	ip_link_makes_such_a_port_too
	an_ipip_tunnel_is_such_a_port
	a_wireguard_device_is_such_a_port
	a_stream_crosses_wireguard
	the_device_goes_while_packets_cross
	it_goes_with_its_namespace
"

megabyte=$((1 << 20))
MAC_A=02:00:00:00:00:a2
GW=02:00:00:00:10:01
PEER=02:00:00:00:00:c9

setup()
{
	local ns

	setup_ns a b c d
	for ns in "$a" "$b" "$c" "$d"; do
		in_ns "$ns" sysctl -qw net.ipv6.conf.default.router_solicitations=0
	done
	streams_start
	add_switch vsw0
	veth_port "$a" pa
	veth_port "$b" pb
	ip -n "$a" link set eth0 address "$MAC_A"
	address "$a" 192.0.2.2/24
	address "$a" 2001:db8::2/64
	address "$b" 198.51.100.2/24
	tun_up t0 "$c" tun0 "$PEER"
	host "$c" tun0 9
	meet "$a" 9 "$PEER"
}

# tun_up DEV NS DEV PEER [plain]: a pair of tun devices, one of them a port
tun_up()
{
	stream "tun - $1 $2 $3 ${5:-}"
	vswctl port add vsw0 "$1" lladdr "$MAC_A" peer_lladdr "$4"
	ip link set "$1" up
	ip -n "$2" link set "$3" up
}

# host NS DEV N: the addresses 192.0.2.N and 2001:db8::N on a device without Ethernet
host()
{
	address "$1" "192.0.2.$3/24" "$2"
	address "$1" "2001:db8::$3/64" "$2"
	ip -n "$1" route replace default dev "$2"
}

# meet NS N MAC: it knows the neighbour N
meet()
{
	ip -n "$1" neigh replace "192.0.2.$2" lladdr "$3" dev eth0 nud permanent
	ip -n "$1" neigh replace "2001:db8::$2" lladdr "$3" dev eth0 nud permanent
}

forget()
{
	ip -n "$1" neigh del "192.0.2.$2" dev eth0 2>/dev/null
	ip -n "$1" neigh del "2001:db8::$2" dev eth0 2>/dev/null
}

# stat_of PORT NAME: a counter
stat_of()
{
	json ".[0].stats.$2" vswctl -j -s port show vsw0 "$1"
}

drops_of()
{
	json ".[0].stats.drops.\"$2\" // 0" vswctl -j -s port show vsw0 "$1"
}

# send_frame HEX: a frame from $a's eth0, as it stands
send_frame()
{
	in_ns "$a" python3 - "$@" <<-END
		import socket, sys
		s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
		s.bind(("eth0", 0))
		s.send(bytes.fromhex(sys.argv[1].replace(":", "")))
	END
}

# hits MATCH: frames that the flow has counted
hits()
{
	vswctl -j flow show vsw0 "$1" | jq '[.[].packets] | add // 0'
}

packets_cross_in_both_directions()
{
	local before

	before=$(stat_of t0 rx_packets)
	reach "$a" 192.0.2.9
	check_err $? "IPv4"
	reach "$a" 2001:db8::9
	check_err $? "IPv6"
	reach "$c" 192.0.2.2
	check_err $? "IPv4, from behind"
	[ "$(stat_of t0 rx_packets)" -ge $((before + 3)) ]
	check_err $? "nothing was counted"
}

mean_of()
{
	local dev=$1 dir=$2 bytes packets bytes2 packets2

	shift 2
	read -r bytes packets < <(totals "$dev" "$dir")
	"$@"
	read -r bytes2 packets2 < <(totals "$dev" "$dir")
	mean=$(((bytes2 - bytes) / (packets2 - packets + 1)))
}

totals()
{
	ip -s -j link show "$1" | jq -r ".[0].stats64.$2 | \"\(.bytes) \(.packets)\""
}

a_stream_crosses_in_large_packets()
{
	local mean

	mean_of t0 tx stream "send $a $c 192.0.2.9 $((4 * megabyte))"
	[ "$mean" -gt 1514 ]
	check_err $? "cut at t0: $mean bytes on average"
	mean_of pa tx stream "send $c $a 192.0.2.2 $((4 * megabyte))"
	[ "$mean" -gt 1514 ]
	check_err $? "cut at pa: $mean bytes on average"
	stream "send $a $c 2001:db8::9 $megabyte"
	stream "send $c $a 2001:db8::2 $megabyte"
}

a_device_without_offload_gets_small_packets()
{
	local mean

	tun_up t1 "$d" tun1 02:00:00:00:00:c8 plain
	host "$d" tun1 8
	meet "$a" 8 02:00:00:00:00:c8
	mean_of t1 tx stream "send $a $d 192.0.2.8 $megabyte"
	[ "$mean" -le 1500 ]
	check_err $? "not cut at t1: $mean bytes on average"
	stream "send $d $a 192.0.2.2 $megabyte"
	ip link del t1
	ip -n "$d" link del tun1
	forget "$a" 8
}

# say_to ADDRESS: $c sends a datagram
say_to()
{
	in_ns "$c" python3 - "$1" <<-END
		import socket, sys
		v6 = ":" in sys.argv[1]
		s = socket.socket(socket.AF_INET6 if v6 else socket.AF_INET, socket.SOCK_DGRAM)
		s.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
		s.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"tun0")
		s.sendto(b"hello", (sys.argv[1], 7))
	END
}

packets_for_a_group_have_the_address_of_the_group()
{
	local to mac

	for to in 239.1.2.3=01:00:5e:01:02:03 ff02::1:7=33:33:00:01:00:07 \
		255.255.255.255=ff:ff:ff:ff:ff:ff "203.0.113.9=$MAC_A"; do
		mac=${to#*=}
		vswctl flow add vsw0 "priority=9,in_port=t0,dl_src=$PEER,dl_dst=$mac,actions=drop"
		say_to "${to%%=*}"
		slowwait 5 hit "dl_dst=$mac"
		check_err $? "${to%%=*} was not sent to $mac"
		vswctl flow del vsw0 in_port=t0
	done
}

hit()
{
	[ "$(hits "$1")" -gt 0 ]
}

what_a_flow_sends_there_needs_no_address()
{
	vswctl port set vsw0 t0 lladdr 02:00:00:00:00:77
	forget "$a" 9
	meet "$a" 9 02:00:00:00:00:78
	unreachable "$a" 192.0.2.9
	check_err $? "the address is known"
	vswctl flow add vsw0 'in_port=pa,ip,nw_dst=192.0.2.9,actions=output:t0'
	vswctl flow add vsw0 "in_port=t0,ip,actions=mod_dl_dst:$MAC_A,output:pa"
	reach "$a" 192.0.2.9
	check_err $? "not by flows"
	vswctl flow del vsw0
	vswctl port set vsw0 t0 lladdr "$MAC_A"
	meet "$a" 9 "$PEER"
}

# Without a header no Ethernet port sends, with another one $a takes the packet.
a_header_is_taken_off_and_put_on_as_flows_say()
{
	local before line

	vswctl port set vsw0 t0 lladdr 02:00:00:00:00:77
	vswctl flow add vsw0 'in_port=pa,ip,actions=pop_eth,output:t0'
	vswctl flow add vsw0 "in_port=t0,ip,actions=pop_eth,output:pa"
	before=$(drops_of t0 headers)
	unreachable "$a" 192.0.2.9
	check_err $? "a packet left without a header"
	[ "$(drops_of t0 headers)" -gt "$before" ]
	check_err $? "nothing was dropped"
	vswctl flow add vsw0 \
		"in_port=t0,ip,actions=pop_eth,output:pb,push_eth(src=$PEER,dst=$MAC_A),output:pa"
	reach "$a" 192.0.2.9
	check_err $? "not with another header"
	line=$(vswctl flow show vsw0 in_port=t0)
	has_line "actions=pop_eth,output:2,push_eth\(src=$PEER,dst=$MAC_A\),output:1" "$line" ||
		fail "shown as $line"
	expect_err 1 "push_eth comes first" vswctl flow add vsw0 'ip,actions=pop_eth,normal'
	expect_err 1 "needs a match" vswctl flow add vsw0 'actions=pop_eth,output:t0'
	vswctl flow del vsw0
	vswctl port set vsw0 t0 lladdr "$MAC_A"
}

broadcast=ffffffffffff:020000000abc
arp=0806:0001:0800:0604:0001:020000000abc:c0000202:000000000000:c0000263
padding=0000:0000:0000:0000:0000:0000:0000:0000:0000

# by_t0 COUNTER: what t0 has sent or dropped
by_t0()
{
	json '.[0].stats | .tx_packets + ([.drops[]?] | add // 0)' vswctl -j -s port show vsw0 t0
}

what_is_no_ip_is_not_flooded_there()
{
	local before flooded

	before=$(by_t0)
	flooded=$(stat_of pb tx_packets)
	send_frame "$broadcast$arp$padding"
	send_frame "$broadcast:88b6:$padding:$padding:$padding"
	send_frame "$broadcast:8100:0005:0800:$padding:$padding:$padding"
	send_frame "020000000abd:020000000abc:0800:$padding:$padding:$padding"
	[ "$(stat_of pb tx_packets)" -ge $((flooded + 4)) ]
	check_err $? "nothing was flooded"
	expect_eq "$before" "$(by_t0)" "sent and dropped at t0"
}

what_is_no_ip_is_dropped_and_counted()
{
	local before

	before=$(drops_of t0 not-ip)
	vswctl flow add vsw0 'in_port=pa,arp,actions=output:t0'
	send_frame "$broadcast$arp$padding"
	vswctl flow del vsw0
	expect_eq $((before + 1)) "$(drops_of t0 not-ip)" "drops"
}

a_tagged_packet_is_dropped_and_counted()
{
	local before

	before=$(drops_of t0 not-ip)
	vswctl flow add vsw0 'in_port=pa,ip,nw_dst=192.0.2.9,actions=push_vlan:0x8100,output:t0'
	in_ns "$a" ping -q -c 1 -W 1 192.0.2.9 >/dev/null
	vswctl flow del vsw0
	[ "$(drops_of t0 not-ip)" -gt "$before" ]
	check_err $? "not dropped"
}

# An empty datagram takes 28 bytes, and 46 on Ethernet.
padding_is_taken_off()
{
	local before after ip

	ip=4500001c:00010000:4011:f6c4:c0000202:c0000209:000700070008:0000
	read -r before _ < <(totals t0 tx)
	send_frame "${PEER//:/}:020000000abc:0800:$ip:$padding"
	slowwait 5 more_than t0 "$before"
	read -r after _ < <(totals t0 tx)
	expect_eq 28 $((after - before)) "bytes"
}

more_than()
{
	local now

	read -r now _ < <(totals "$1" tx)
	[ "$now" -gt "$2" ]
}

what_does_not_fit_is_dropped()
{
	local before

	before=$(drops_of t0 mtu)
	ip link set t0 mtu 1300
	in_ns "$a" ping -q -c 1 -W 1 -M "do" -s 1273 192.0.2.9 >/dev/null
	[ "$(drops_of t0 mtu)" -gt "$before" ]
	check_err $? "1301 bytes were not dropped"
	reach "$a" 192.0.2.9 -M "do" -s 1272
	check_err $? "1300 bytes do not fit"
	ip link set t0 mtu 1500
}

the_port_is_in_one_vlan()
{
	vswctl port set vsw0 t0 tag 10
	check_err $? "tag 10 refused"
	fdb_is "$PEER" '.vid == 10 and .port_name == "t0"'
	check_err $? "the address is not in VLAN 10"
	unreachable "$a" 192.0.2.9
	check_err $? "reached from another VLAN"
	vswctl port set vsw0 pa tag 10
	reach "$a" 192.0.2.9
	check_err $? "not reached in the VLAN"
	vswctl port set vsw0 pa vlan_mode trunk
	vswctl port set vsw0 t0 trunks 0
	check_err $? "trunks 0 refused"
	expect_eq 1 "$(json "[.[] | select(.lladdr == \"$PEER\")] | length" vswctl -j fdb show vsw0)" \
		"entries in the FDB"
	reach "$a" 192.0.2.9
	check_err $? "not reached without a VLAN"
}

a_router_forwards_to_it()
{
	vswctl router add r1
	vswctl interface add r1 gw switch vsw0 lladdr "$GW" address 198.51.100.1/24 \
		address 192.0.2.1/24
	vswctl neigh add r1 192.0.2.9 lladdr "$PEER" dev gw
	check_err $? "no neighbour"
	vswctl port set vsw0 t0 lladdr "$GW"
	ip -n "$b" route add default via 198.51.100.1
	reach "$b" 192.0.2.9
	check_err $? "not from \$b"
	reach "$c" 198.51.100.2
	check_err $? "not from behind"
	stream "send $b $c 192.0.2.9 $megabyte"
	stream "send $c $b 198.51.100.2 $megabyte"
	vswctl router del r1
	vswctl port set vsw0 t0 lladdr "$MAC_A"
}

nobody_else_can_have_its_address()
{
	local before

	expect_err 1 "router's" vswctl fdb add vsw0 "$PEER" port pa
	expect_err 1 "router's" vswctl fdb del vsw0 "$PEER"
	before=$(drops_of pa sticky)
	send_frame "$MAC_A:${PEER//:/}:0800:$padding:$padding:$padding"
	expect_eq $((before + 1)) "$(drops_of pa sticky)" "drops"
	fdb_is "$PEER" '.port_name == "t0"'
	check_err $? "it has moved"
}

# Only what routes lead to: .9, not .99. A ping ends early where the neighbour was
# found to be silent just before.
the_port_answers_arp_where_routes_lead_to_it()
{
	forget "$a" 9
	unreachable "$a" 192.0.2.9
	check_err $? "answered although not asked to"
	vswctl port set vsw0 t0 proxy_arp on
	unreachable "$a" 192.0.2.9
	check_err $? "answered although no route leads there"
	ip route add 192.0.2.9 dev t0
	slowwait 30 reach "$a" 192.0.2.9
	check_err $? "not answered"
	ip -n "$a" neigh show 192.0.2.9 | grep -q "$PEER"
	check_err $? "answered with another address"
	in_ns "$a" arping -q -c 1 -w 2 -I eth0 192.0.2.99
	check_fail $? "answered for an address elsewhere"
	in_ns "$a" arping -q -D -c 1 -w 2 -I eth0 192.0.2.9
	check_err $? "answered who asks whether the address is free"
	vswctl port set vsw0 t0 proxy_arp off
	ip route del 192.0.2.9 dev t0
	meet "$a" 9 "$PEER"
}

the_port_answers_nd_where_routes_lead_to_it()
{
	echo 0 >/proc/sys/net/ipv6/conf/t0/disable_ipv6
	forget "$a" 9
	vswctl port set vsw0 t0 proxy_arp on
	unreachable "$a" 2001:db8::9
	check_err $? "answered although no route leads there"
	ip -6 route add 2001:db8::9 dev t0
	check_err $? "no route"
	slowwait 30 reach "$a" 2001:db8::9
	check_err $? "not answered"
	ip -n "$a" neigh show 2001:db8::9 | grep -q "$PEER router"
	check_err $? "answered with another address"
	vswctl port set vsw0 t0 proxy_arp off
	ip -6 route del 2001:db8::9 dev t0
	meet "$a" 9 "$PEER"
}

addresses_are_shown_and_can_be_typed_back()
{
	local line

	vswctl port set vsw0 t0 proxy_arp on tag 7
	expect_eq "l3 $MAC_A $PEER true" "$(json '.[0] | "\(.type) \(.lladdr) \(.peer_lladdr) \(.proxy_arp)"' \
		vswctl -j port show vsw0 t0)"
	expect_eq null "$(vswctl -j port show vsw0 pa | jq '.[0].lladdr')" "lladdr of pa"
	line=$(vswctl port show vsw0 t0)
	vswctl port del vsw0 t0
	# shellcheck disable=SC2086 # words
	vswctl port add $line
	check_err $? "'$line' can't be typed back"
	expect_eq "$line" "$(vswctl port show vsw0 t0)" "after typing back"
	vswctl port set vsw0 t0 proxy_arp off trunks 0
	reach "$a" 192.0.2.9
	check_err $? "not reached afterwards"
}

addresses()
{
	json '.[0] | "\(.lladdr) \(.peer_lladdr)"' vswctl -j port show vsw0 "$1"
}

a_port_that_comes_back_has_the_same_addresses()
{
	local first other

	vswctl port del vsw0 t0
	vswctl port add vsw0 t0
	first=$(addresses t0)
	[[ $first =~ ^.[26ae]:.*\ .[26ae]: ]] || fail "not local addresses: $first"
	[ "${first% *}" != "${first#* }" ]
	check_err $? "twice the same: $first"
	ip tuntap add t9 mode tun
	vswctl port add vsw0 t9
	other=$(addresses t9)
	[ "$first" != "$other" ]
	check_err $? "two ports have the same addresses"
	ip link del t9
	vswctl port del vsw0 t0
	vswctl port add vsw0 t0
	expect_eq "$first" "$(addresses t0)" "addresses"
	vswctl port set vsw0 t0 lladdr "$MAC_A" peer_lladdr "$PEER"
}

set_t0()
{
	vswctl port set vsw0 t0 "$@"
}

bad_settings_are_refused()
{
	local line

	line=$(vswctl port show vsw0 t0)
	expect_err 1 "is in one VLAN" set_t0 trunks 1-5
	expect_err 1 "is in one VLAN" set_t0 trunks all
	expect_err 1 "is in one VLAN" set_t0 vlan_mode native-tagged tag 5
	expect_err 1 "must be a unicast address" set_t0 lladdr 01:00:00:00:00:01
	expect_err 1 "must be a unicast address" set_t0 peer_lladdr 00:00:00:00:00:00
	expect_err 1 "in use in this VLAN" set_t0 peer_lladdr \
		"$(json '.[0].address' ip -j link show vsw0)"
	expect_err 2 "expected on or off" set_t0 proxy_arp maybe
	expect_err 1 "Only ports of type l3" vswctl port set vsw0 pa proxy_arp on
	expect_err 1 "Only ports of type l3" vswctl port set vsw0 pa lladdr "$GW"
	expect_err 1 "of another type" vswctl port add vsw0 t0 type ethernet
	expect_eq "$line" "$(vswctl port show vsw0 t0)" "after the refusals"
	reach "$a" 192.0.2.9
	check_err $? "not reached afterwards"
}

ip_link_makes_such_a_port_too()
{
	vswctl port del vsw0 t0
	ip link set t0 master vsw0
	check_err $? "refused"
	expect_eq l3 "$(json '.[0].type' vswctl -j port show vsw0 t0)" "type"
	ip -d link show t0 | grep -q 'proxy_arp off'
	check_err $? "ip does not show its settings"
	vswctl port set vsw0 t0 lladdr "$MAC_A" peer_lladdr "$PEER"
	reach "$a" 192.0.2.9
	check_err $? "not reached"
}

# cable_to NS: 203.0.113.1 here, 203.0.113.2 there
cable_to()
{
	ip link add u0 type veth peer name u0 netns "$1"
	ip address add 203.0.113.1/30 dev u0
	ip link set u0 up
	address "$1" 203.0.113.2/30 u0
	ip -n "$1" link set u0 up
}

an_ipip_tunnel_is_such_a_port()
{
	cable_to "$d"
	ip link add i0 type ipip local 203.0.113.1 remote 203.0.113.2 &&
		ip -n "$d" link add i0 type ipip local 203.0.113.2 remote 203.0.113.1
	check_err $? "no ipip"
	vswctl port add vsw0 i0 lladdr "$MAC_A" peer_lladdr 02:00:00:00:00:c7
	check_err $? "refused"
	ip link set i0 up
	ip -n "$d" link set i0 up
	address "$d" 192.0.2.7/24 i0
	meet "$a" 7 02:00:00:00:00:c7
	reach "$a" 192.0.2.7
	check_err $? "not reached"
	stream "send $a $d 192.0.2.7 $megabyte"
	stream "send $d $a 192.0.2.2 $megabyte"
	ip link del i0
	ip -n "$d" link del i0
	# Its tunl0 is in the first namespace.
	modprobe -q -r ipip
	ip link del u0
	forget "$a" 7
}

# wireguard NS ADDRESS KEY REMOTE REMOTE-KEY: one end of a tunnel
wireguard()
{
	in_ns "$1" ip link add wg0 type wireguard &&
		in_ns "$1" wg set wg0 private-key <(echo "$3") listen-port 51820 \
			peer "$(wg pubkey <<<"$5")" endpoint "$4:51820" allowed-ips 0.0.0.0/0,::/0
}

wireguard_up()
{
	local key_a key_d

	key_a=$(wg genkey)
	key_d=$(wg genkey)
	cable_to "$d"
	wireguard - 203.0.113.1 "$key_a" 203.0.113.2 "$key_d" &&
		wireguard "$d" 203.0.113.2 "$key_d" 203.0.113.1 "$key_a"
}

a_wireguard_device_is_such_a_port()
{
	modprobe -q wireguard || { skip "no wireguard"; return; }
	wireguard_up
	check_err $? "no tunnel"
	vswctl port add vsw0 wg0 lladdr "$MAC_A" peer_lladdr 02:00:00:00:00:ca
	check_err $? "refused"
	ip link set wg0 up
	ip -n "$d" link set wg0 up
	host "$d" wg0 10
	meet "$a" 10 02:00:00:00:00:ca
	reach "$a" 192.0.2.10
	check_err $? "IPv4"
	reach "$a" 2001:db8::10
	check_err $? "IPv6"
	reach "$d" 192.0.2.2
	check_err $? "from behind"
}

a_stream_crosses_wireguard()
{
	ip link show wg0 >/dev/null 2>&1 || { skip "no wireguard"; return; }
	ip -n "$a" route replace 192.0.2.10 dev eth0 mtu 1420
	stream "send $a $d 192.0.2.10 $megabyte"
	stream "send $d $a 192.0.2.2 $megabyte"
	ip link del wg0
	ip link del u0
}

# flood FILE: $c sends as long as the file is there
flood()
{
	in_ns "$c" python3 - "$1" <<-END
		import os, socket, sys
		s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
		while os.path.exists(sys.argv[1]):
		    for i in range(100):
		        try:
		            s.sendto(b"x" * 100, ("192.0.2.2", 9))
		        except OSError:
		            pass
	END
}

received()
{
	[ "$(stat_of t0 rx_packets)" -gt 10 ]
}

the_device_goes_while_packets_cross()
{
	local i running pid

	running=$(mktemp)
	flood "$running" &
	pid=$!
	for i in 1 2 3; do
		vswctl port del vsw0 t0
		vswctl port add vsw0 t0 lladdr "$MAC_A" peer_lladdr "$PEER"
		busywait "$BUSYWAIT_TIMEOUT" received
		check_err $? "nothing crosses in round $i"
	done
	ip link del t0
	check_err $? "can't be deleted"
	rm "$running"
	wait "$pid"
	! vswctl port show vsw0 t0 2>/dev/null
}

it_goes_with_its_namespace()
{
	unshare --net bash -c 'vswctl switch add s0 && ip tuntap add t0 mode tun &&
		vswctl port add s0 t0 && ip link set t0 up && ip link set s0 up'
	check_err $? "no port there"
}

run_tests
