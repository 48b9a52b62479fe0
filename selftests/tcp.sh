#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# TCP streams cross the switch byte for byte, and large packets (GSO, GRO) stay
# whole: through veth, through taps with and without offload, through VLANs, to
# and from the host.
#
#	$a 192.0.2.2 eth0 --- pa +------+ pb --- eth0 192.0.2.3 $b
#	                         | vsw0 | 192.0.2.1
#	$c 192.0.2.4 eth0 === tc +------+ td === eth0 192.0.2.5 $d
#
# === is a program that carries frames between two taps. A VLAN device on $b's
# eth0, 198.51.100.3, is in VLAN 5.

. "$(dirname "$0")/wires.sh"

ALL_TESTS="
	a_stream_crosses_two_veths_in_large_packets
	a_stream_goes_to_and_from_the_host
	a_stream_crosses_a_tap_in_large_packets
	a_tap_without_offload_gets_small_packets
	a_stream_without_checksum_offload_arrives
	a_stream_that_gets_a_tag_stays_whole
	ipv6_streams_stay_whole_too
	iperf3_runs
"

megabyte=$((1 << 20))

setup()
{
	setup_ns a b c d
	quiet "$a" "$b" "$c" "$d"
	streams_start
	vswctl switch add vsw0
	ip link set vsw0 up
	veth_port "$a" pa
	veth_port "$b" pb
	stream "tap - tc $c eth0"
	stream "tap - td $d eth0 plain"
	vswctl port add vsw0 tc
	vswctl port add vsw0 td
	ip link set tc up
	ip link set td up
	ip -n "$c" link set eth0 up
	ip -n "$d" link set eth0 up
	address "$a" 192.0.2.2/24
	address "$b" 192.0.2.3/24
	address "$c" 192.0.2.4/24
	address "$d" 192.0.2.5/24
	ip address add 192.0.2.1/24 dev vsw0
}

# totals DEV rx|tx: bytes and packets that the device has counted
totals()
{
	ip -s -j link show "$1" | jq -r ".[0].stats64.$2 | \"\(.bytes) \(.packets)\""
}

# mean_of DEV rx|tx COMMAND...: of the packets that go by meanwhile
mean_of()
{
	local dev=$1 dir=$2 bytes packets bytes2 packets2

	shift 2
	read -r bytes packets < <(totals "$dev" "$dir")
	"$@"
	read -r bytes2 packets2 < <(totals "$dev" "$dir")
	mean=$(((bytes2 - bytes) / (packets2 - packets + 1)))
}

# large DEV rx|tx LINE: a stream, and its packets are not cut where they leave
# the switch: then none had more than an MTU
large()
{
	local mean

	mean_of "$1" "$2" stream "$3"
	[ "$mean" -gt 1514 ] || fail "$3: cut at $1: $mean bytes on average"
}

# small DEV rx|tx LINE
small()
{
	local mean

	mean_of "$1" "$2" stream "$3"
	[ "$mean" -le 1514 ] || fail "$3: not cut at $1: $mean bytes on average"
}

a_stream_crosses_two_veths_in_large_packets()
{
	large pb tx "send $a $b 192.0.2.3 $((8 * megabyte))"
	large pa tx "send $b $a 192.0.2.2 $((8 * megabyte))"
}

a_stream_goes_to_and_from_the_host()
{
	large vsw0 rx "send $a - 192.0.2.1 $((4 * megabyte))"
	large pb tx "send - $b 192.0.2.3 $((4 * megabyte))"
}

a_stream_crosses_a_tap_in_large_packets()
{
	large pa tx "send $c $a 192.0.2.2 $((4 * megabyte))"
	large tc tx "send $a $c 192.0.2.4 $((4 * megabyte))"
}

# It sends no others, and those for it are segmented on their way out.
a_tap_without_offload_gets_small_packets()
{
	small td rx "send $d $b 192.0.2.3 $((2 * megabyte))"
	small td tx "send $b $d 192.0.2.5 $((2 * megabyte))"
	large pb rx "send $b $d 192.0.2.5 $((2 * megabyte))"
}

a_stream_without_checksum_offload_arrives()
{
	in_ns "$a" ethtool -K eth0 tx off rx off >/dev/null
	stream "send $a $b 192.0.2.3 $((2 * megabyte))"
	stream "send $b $a 192.0.2.2 $((2 * megabyte))"
	stream "send $a $c 192.0.2.4 $((2 * megabyte))"
	in_ns "$a" ethtool -K eth0 tx on rx on >/dev/null
	in_ns "$a" ethtool -K eth0 tso on gso on >/dev/null
}

a_stream_that_gets_a_tag_stays_whole()
{
	vswctl port set vsw0 pa tag 5
	address "$a" 198.51.100.2/24
	ip -n "$b" -batch - <<-EOF
		link add link eth0 name eth0.5 type vlan id 5
		address add 198.51.100.3/24 dev eth0.5
		link set eth0.5 up
	EOF
	large pb tx "send $a $b 198.51.100.3 $((4 * megabyte))"
	large pa tx "send $b $a 198.51.100.2 $((4 * megabyte))"
	vswctl port set vsw0 pa vlan_mode trunk trunks all
}

ipv6_streams_stay_whole_too()
{
	local ns

	for ns in "$a" "$b"; do
		in_ns "$ns" sh -c 'echo 0 >/proc/sys/net/ipv6/conf/eth0/disable_ipv6'
	done
	address "$a" 2001:db8::2/64
	address "$b" 2001:db8::3/64
	large pb tx "send $a $b 2001:db8::3 $((4 * megabyte))"
}

iperf3_runs()
{
	ip netns exec "$b" iperf3 --server --one-off >/dev/null &
	slowwait 10 listening "$b" 5201 || fail "no server"
	in_ns "$a" iperf3 --client 192.0.2.3 --bytes 10M --parallel 2 >/dev/null
	check_err $? "iperf3 fails"
	wait $!
}

# listening NS PORT
listening()
{
	in_ns "$1" ss -Hltn "sport = $2" | grep -q .
}

run_tests
