#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Tunnels carry packets of full size in both directions, whatever the devices leave
# to each other, and "vswctl check mtu" says what full size is.
#
#	  $a         namespace $sw             $b
#	+------+   +------------------+   +-----------+
#	| eth0-+---+-pa +----+        |   | t0 (vxlan)|
#	| .1   |   |    |vsw0|-vx0 u0-+---+-u0    .2  |
#	+------+   |    +----+        |   |           |
#	           +------------------+   +-----------+
#
# u0 is the underlay: 198.51.100.1 and .2, 2001:db8::1 and ::2, MTU 1500.

. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	the_mtu_of_a_user_stays
	check_mtu_names_ports_without_room
	check_mtu_is_silent_where_all_fits
	check_mtu_knows_families_kinds_and_stations
	a_packet_of_full_size_arrives_unfragmented
	a_packet_of_full_size_arrives_unfragmented_over_ipv6
	a_larger_packet_is_dropped_with_a_reason
	streams_arrive_whatever_is_offloaded
	streams_arrive_with_checksums_in_the_outer_header
	streams_arrive_over_ipv6
"

setup()
{
	setup_ns sw a b
	add_switch vsw0
	veth_port "$a" pa
	in_ns "$a" sysctl -qw net.ipv6.conf.eth0.disable_ipv6=1
	address "$a" 192.0.2.1/24
	ip -n "$sw" link add u0 type veth peer name u0 netns "$b"
	ip -n "$sw" link set u0 up
	ip -n "$b" link set u0 up
	address "$sw" 198.51.100.1/24 u0
	address "$sw" 2001:db8::1/64 u0
	address "$b" 198.51.100.2/24 u0
	address "$b" 2001:db8::2/64 u0
	in_ns "$b" sysctl -qw net.ipv6.conf.default.disable_ipv6=1
	add_vx0 198.51.100.2
	far_end 198.51.100.1
}

vsw()
{
	vswctl -n "$sw" "$@"
}

# add_vx0 REMOTE [SETTING...]
add_vx0()
{
	ip -n "$sw" link del vx0 2>/dev/null || :
	ip -n "$sw" link add vx0 type vxlan external dstport 4789
	ip -n "$sw" link set vx0 mtu 1500 up && vsw port add vsw0 vx0 key 7 remote "$@"
}

# far_end REMOTE [ARG...]: $b has a vxlan with an address on it; it keeps its MAC, which
# $a remembers
far_end()
{
	local remote=$1

	shift
	ip -n "$b" link del t0 2>/dev/null || :
	ip -n "$b" link add t0 address 02:00:00:00:0b:02 type vxlan id 7 remote "$remote" dstport 4789 "$@" &&
		ip -n "$b" link set t0 up && address "$b" 192.0.2.2/24 t0
}

# mtus MTU: all that has to fit into the tunnel
mtus()
{
	ip -n "$a" link set eth0 mtu "$1"
	ip -n "$sw" link set pa mtu "$1"
	ip -n "$sw" link set vx0 mtu "$1"
	ip -n "$sw" link set vsw0 mtu "$1"
	ip -n "$b" link set t0 mtu "$1"
}

# mtu DEV
mtu()
{
	ip -n "$sw" -j link show "$1" | jq '.[0].mtu'
}

the_mtu_of_a_user_stays()
{
	expect_eq 1500 "$(mtu vx0)" "MTU of the tunnel"
	expect_eq 1500 "$(mtu pa)" "MTU of the other port"
	expect_eq 1500 "$(mtu vsw0)" "MTU of the switch"
	ip -n "$sw" link set vx0 mtu 1300
	expect_eq 1500 "$(mtu vsw0)" "MTU of the switch with a smaller port"
	ip -n "$sw" link set vx0 mtu 1500
}

check_mtu_names_ports_without_room()
{
	local text

	text=$(vsw check mtu)
	check_err $? "check mtu fails"
	has_line '^vsw0 vx0 mtu 1500 mtu_max 1450 remote 198.51.100.2 dev u0$' "$text" ||
		fail "the tunnel: $text"
	has_line '^vsw0 pa mtu 1500 mtu_max 1450 tunnel vx0$' "$text" || fail "pa: $text"
	has_line '^vsw0 vsw0 mtu 1500 mtu_max 1450 tunnel vx0$' "$text" || fail "LOCAL: $text"
	expect_eq '["pa","vsw0","vx0"]' \
		"$(vsw -j check mtu vsw0 | jq -c '[.[] | select(.mtu_max == 1450).name] | sort')" \
		JSON
	expect_err 1 'No switch has this name' vsw check mtu nosuch
}

check_mtu_is_silent_where_all_fits()
{
	mtus 1450
	expect_eq "" "$(vsw check mtu)" "text"
	expect_eq "[]" "$(vsw -j check mtu | tr -d ' ')" JSON
	mtus 1451
	[ -n "$(vsw check mtu)" ] || fail "silent about one byte too many"
	mtus 1500
}

# figures: the largest MTU of vx0, for each remote
figures()
{
	vsw -j check mtu | jq -c '[.[] | select(.remote).mtu_max]'
}

check_mtu_knows_families_kinds_and_stations()
{
	vsw port set vsw0 vx0 remote 198.51.100.2,2001:db8::2
	expect_eq '[1450,1430]' "$(figures)" "both families"
	vsw port set vsw0 vx0 remote flow
	expect_eq '[]' "$(figures)" "no remote"
	vsw fdb add vsw0 02:00:00:00:00:09 port vx0 dst 2001:db8::2
	expect_eq '[1430]' "$(figures)" "a station"
	vsw fdb del vsw0 02:00:00:00:00:09
	ip -n "$sw" route add 198.51.100.2/32 dev u0 mtu 1400
	vsw port set vsw0 vx0 remote 198.51.100.2
	expect_eq '[1350]' "$(figures)" "a route with an MTU"
	ip -n "$sw" route del 198.51.100.2/32
	if ip -n "$sw" link add gr0 type gretap external; then
		ip -n "$sw" link set gr0 mtu 1500 up
		vsw port add vsw0 gr0 remote 198.51.100.2 key 9
		vsw port set vsw0 vx0 remote flow
		expect_eq '[1458]' "$(figures)" "GRE with a key"
		ip -n "$sw" link del gr0
	fi
	vsw port set vsw0 vx0 remote 198.51.100.2
}

# fragments: of IP that $b has put together
fragments()
{
	in_ns "$b" nstat -asz "$1" | awk 'END { print $2 }'
}

a_packet_of_full_size_arrives_unfragmented()
{
	mtus 1450
	reach "$a" 192.0.2.2
	reach "$a" 192.0.2.2 -s 1422 -M 'do' -c 3
	check_err $? "no way for packets of full size"
	expect_eq 0 "$(fragments IpReasmReqds)" "fragments"
}

a_packet_of_full_size_arrives_unfragmented_over_ipv6()
{
	add_vx0 2001:db8::2
	far_end 2001:db8::1
	mtus 1430
	reach "$a" 192.0.2.2
	reach "$a" 192.0.2.2 -s 1402 -M 'do' -c 3
	check_err $? "no way for packets of full size"
	expect_eq 0 "$(fragments Ip6ReasmReqds)" "fragments"
	add_vx0 198.51.100.2
	far_end 198.51.100.1
}

# drops PORT REASON
drops()
{
	vsw -j stats show vsw0 "$1" | jq ".[0].stats.drops[\"$2\"] // 0"
}

a_larger_packet_is_dropped_with_a_reason()
{
	mtus 1450
	ip -n "$a" link set eth0 mtu 1500
	ip -n "$sw" link set pa mtu 1500
	reach "$a" 192.0.2.2
	in_ns "$a" ping -q -c 3 -i 0.2 -W 1 -M 'do' -s 1472 192.0.2.2 >/dev/null 2>&1
	check_fail $? "a way for packets that are too large"
	[ "$(drops vx0 mtu)" -ge 3 ] || fail "$(drops vx0 mtu) drops"
}

# listening NS PORT
listening()
{
	in_ns "$1" ss -Hltn "sport = $2" | grep -q .
}

# stream CLIENT SERVER ADDRESS: half a megabyte arrives
stream()
{
	ip netns exec "$2" iperf3 --server --one-off >/dev/null 2>&1 &
	slowwait 30 listening "$2" 5201 || fail "no server"
	in_ns "$1" timeout 120 iperf3 --client "$3" --bytes 512K >/dev/null
	check_err $? "no stream from $1 to $2 with ${4:-all}"
	wait $!
}

both_ways()
{
	stream "$a" "$b" 192.0.2.2 "$1"
	stream "$b" "$a" 192.0.2.1 "$1"
}

# offload WHAT: of the station's end and of the underlay
offload()
{
	in_ns "$a" ethtool -K eth0 "$@" >/dev/null 2>&1
	in_ns "$sw" ethtool -K u0 "$@" >/dev/null 2>&1
	in_ns "$b" ethtool -K u0 "$@" >/dev/null 2>&1
}

# What is cut or summed late may be cut or summed wrong: packets would be lost
# until somebody turns an offload off.
streams_arrive_whatever_is_offloaded()
{
	local how tso sum gro

	mtus 1450
	for how in "on on on" "on on off" "off on on" "off off off"; do
		read -r tso sum gro <<<"$how"
		offload tx "$sum"
		offload tso "$tso" gso "$tso"
		offload gro "$gro"
		both_ways "tso $tso tx $sum gro $gro"
	done
	offload tx on tso on gso on gro off
	expect_eq 0 "$(fragments TcpInCsumErrors)" "wrong checksums"
}

streams_arrive_with_checksums_in_the_outer_header()
{
	vsw port set vsw0 vx0 csum on
	far_end 198.51.100.1 udpcsum
	mtus 1450
	both_ways "csum on"
	expect_eq 0 "$(fragments UdpInCsumErrors)" "wrong checksums"
	vsw port set vsw0 vx0 csum auto
}

streams_arrive_over_ipv6()
{
	add_vx0 2001:db8::2
	far_end 2001:db8::1
	mtus 1430
	both_ways "IPv6"
}

run_tests
