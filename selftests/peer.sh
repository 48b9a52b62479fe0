#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Frames for a veth are handed to its other end, and nobody can tell but by the
# speed: not by captures, tc, XDP, statistics, MTU, tags, or the namespace.
#
#	$a 192.0.2.1 eth0 --- p1 +------+ p2 --- eth0 192.0.2.2 $b
#	                         | vsw0 |
#	                         +------+

. "$(dirname "$0")/wires.sh"

ALL_TESTS="
	a_frame_is_handed_over_without_a_queue
	a_capture_at_the_port_sees_each_frame
	a_capture_at_the_peer_sees_each_frame
	tc_at_the_port_sees_each_frame
	tc_at_the_peer_sees_each_frame
	xdp_at_the_peer_sees_each_frame
	gro_at_the_peer_sees_each_frame
	a_qdisc_at_the_port_queues_each_frame
	statistics_of_both_ends_count_each_frame
	tags_arrive_at_a_vlan_device_of_the_peer
	a_large_frame_for_a_peer_with_a_small_mtu_is_dropped
	a_peer_that_is_down_gets_nothing
	offloads_off_at_the_port_are_done_by_the_stack
	tcp_is_whole
	a_mark_does_not_cross_the_namespace
	a_pair_between_switches_carries_frames
	a_frame_is_handed_over_behind_a_patch
	turned_off_nothing_is_handed_over
"

megabyte=$((1 << 20))

setup()
{
	setup_ns a b
	quiet "$a" "$b"
	streams_start
	vswctl switch add vsw0
	ip link set vsw0 up
	"${pair:-veth}_port" "$a" p1
	"${pair:-veth}_port" "$b" p2
	address "$a" 192.0.2.1/24
	address "$b" 192.0.2.2/24
	reach "$a" 192.0.2.2
}

# pings: all of 20 come back
pings()
{
	in_ns "$a" ping -q -c 20 -i 0.01 -W 5 192.0.2.2 >/dev/null
}

trace=/sys/kernel/tracing

# queued: frames of pings that were put on a backlog since the trace was cleared;
# ARP may ask again at any time
queued()
{
	grep -c 'netif_rx: .*len=84$' "$trace"/trace
}

# expect_queued N: so many of the frames of pings are
expect_queued()
{
	pings
	echo 1 >"$trace"/events/net/netif_rx/enable
	echo >"$trace"/trace
	pings
	check_err $? "no answers"
	echo 0 >"$trace"/events/net/netif_rx/enable
	expect_eq "$1" "$(queued)" "frames queued"
}

has_tracing()
{
	[ -d "$trace"/events/net/netif_rx ] || mount -t tracefs tracefs "$trace" 2>/dev/null
	[ -d "$trace"/events/net/netif_rx ] || { skip "no tracing"; return 1; }
}

# Each of 20 requests and answers crosses two pairs: one into the switch, which
# queues it, and one out of it.
a_frame_is_handed_over_without_a_queue()
{
	has_tracing || return 0
	expect_queued 40
}

peer_delivery()
{
	vswctl port set vsw0 p1 peer_delivery "$1"
	vswctl port set vsw0 p2 peer_delivery "$1"
}

# captured NS DEV: how many of the echo requests of pings show in tcpdump
captured()
{
	local file count

	file=$(mktemp)
	in_ns "$1" timeout 30 tcpdump -U -c 20 -n -i "$2" \
		'icmp[icmptype] == icmp-echo' >"$file" 2>"$file.err" &
	slowwait 20 grep -q listening "$file.err"
	pings
	wait $!
	count=$(grep -c 'echo request' "$file")
	rm -f "$file" "$file.err"
	echo "$count"
}

a_capture_at_the_port_sees_each_frame()
{
	expect_eq 20 "$(captured - p2)" "requests seen at p2"
}

a_capture_at_the_peer_sees_each_frame()
{
	expect_eq 20 "$(captured "$b" eth0)" "requests seen at the peer"
}

# tc_count NS DEV HOOK: echo requests that a filter there counts
tc_count()
{
	in_ns "$1" tc qdisc add dev "$2" clsact
	in_ns "$1" tc filter add dev "$2" "$3" protocol ip flower ip_proto icmp type 8 action pass
	pings
	in_ns "$1" tc -s -j filter show dev "$2" "$3" |
		jq '[.. | .packets? // empty] | max'
	in_ns "$1" tc qdisc del dev "$2" clsact
}

tc_at_the_port_sees_each_frame()
{
	expect_eq 20 "$(tc_count - p2 egress)" "requests counted at p2"
}

tc_at_the_peer_sees_each_frame()
{
	expect_eq 20 "$(tc_count "$b" eth0 ingress)" "requests counted at the peer"
}

xdp_at_the_peer_sees_each_frame()
{
	in_ns "$b" "$selftests/xdp.py" eth0 drop
	check_err $? "no program can be set" || return
	in_ns "$a" ping -q -c 1 -W 1 192.0.2.2 >/dev/null
	check_fail $? "a frame passes by the program"
	in_ns "$b" "$selftests/xdp.py" eth0 pass
	pings
	check_err $? "no answers"
	in_ns "$b" "$selftests/xdp.py" eth0 off
}

gro_at_the_peer_sees_each_frame()
{
	local event="$trace"/events/net/napi_gro_receive_entry seen

	has_tracing || return 0
	# A veth has its peer poll only frames that nobody has put together before.
	ethtool -K p2 tso off
	in_ns "$b" ethtool -K eth0 gro on
	echo 1 >"$event"/enable
	echo >"$trace"/trace
	pings
	seen=$(grep -c 'napi_gro_receive_entry: .*len=84 ' "$trace"/trace)
	echo 0 >"$event"/enable
	in_ns "$b" ethtool -K eth0 gro off
	ethtool -K p2 tso on
	expect_eq 20 "$seen" "requests that passed through GRO"
}

a_qdisc_at_the_port_queues_each_frame()
{
	local sent

	tc qdisc add dev p2 root pfifo limit 100
	pings
	sent=$(tc -s -j qdisc show dev p2 | jq '.[0].packets')
	tc qdisc del dev p2 root
	[ "$sent" -ge 20 ] || fail "pfifo saw $sent frames"
}

# counter NS DEV rx|tx: packets
counter()
{
	in_ns "$1" ip -s -j link show dev "$2" | jq ".[0].stats64.$3.packets"
}

statistics_of_both_ends_count_each_frame()
{
	local tx rx _

	# Another frame may pass between two looks, but hardly each time.
	for _ in 1 2 3 4 5; do
		tx=$(counter - p2 tx) rx=$(counter "$b" eth0 rx)
		pings
		tx=$(($(counter - p2 tx) - tx)) rx=$(($(counter "$b" eth0 rx) - rx))
		[ "$tx" -ge 20 ] || fail "p2 sent $tx"
		[ "$tx" != "$rx" ] || break
	done
	expect_eq "$tx" "$rx" "frames that eth0 received of those that p2 sent"
}

tags_arrive_at_a_vlan_device_of_the_peer()
{
	ip -n "$a" link add link eth0 name eth0.5 type vlan id 5
	ip -n "$b" link add link eth0 name eth0.5 type vlan id 5
	ip -n "$a" addr add 198.51.100.1/24 dev eth0.5
	ip -n "$b" addr add 198.51.100.2/24 dev eth0.5
	ip -n "$a" link set eth0.5 up
	ip -n "$b" link set eth0.5 up
	in_ns "$a" ping -q -c 5 -i 0.01 -W 5 198.51.100.2 >/dev/null ||
		fail "no answer in VLAN 5"
	ip -n "$a" link del eth0.5
	ip -n "$b" link del eth0.5
}

a_large_frame_for_a_peer_with_a_small_mtu_is_dropped()
{
	ip -n "$b" link set eth0 mtu 1000
	! in_ns "$a" ping -q -c 1 -W 1 -s 1400 -M dont 192.0.2.2 >/dev/null ||
		fail "the peer took a frame larger than its MTU"
	ip -n "$b" link set eth0 mtu 1500
	in_ns "$a" ping -q -c 1 -W 5 -s 1400 192.0.2.2 >/dev/null || fail "no answer"
}

a_peer_that_is_down_gets_nothing()
{
	ip -n "$b" link set eth0 down
	! in_ns "$a" ping -q -c 1 -W 1 192.0.2.2 >/dev/null 2>&1 || fail "an answer"
	ip -n "$b" link set eth0 up
	pings || fail "no answers"
}

# transfer: TCP both ways, whole
transfer()
{
	stream "send $a $b 192.0.2.2 $megabyte"
	stream "send $b $a 192.0.2.1 $megabyte"
}

offloads_off_at_the_port_are_done_by_the_stack()
{
	ethtool -K p2 tso off gso off tx off >/dev/null 2>&1
	transfer
	ethtool -K p2 tx on tso on gso on >/dev/null 2>&1
}

tcp_is_whole()
{
	transfer
}

a_mark_does_not_cross_the_namespace()
{
	local seen

	vswctl flow add vsw0 "priority=9,icmp,actions=set_field:7->pkt_mark,normal"
	tc -n "$b" qdisc add dev eth0 clsact
	tc -n "$b" filter add dev eth0 ingress protocol ip prio 1 handle 7 fw action pass
	pings
	seen=$(tc -n "$b" -s filter show dev eth0 ingress |
		sed -n 's/.*Sent [0-9]* bytes \([0-9]*\) pkt.*/\1/p')
	tc -n "$b" qdisc del dev eth0 clsact
	vswctl flow del vsw0
	expect_eq 0 "$seen" "marked frames at the peer"
}

# $a - p1 vsw0 v1 --- v2 vsw1 v3 --- eth1 $b
a_pair_between_switches_carries_frames()
{
	local dev

	vswctl switch add vsw1
	ip link set vsw1 up
	ip link add v1 type veth peer name v2
	ip link add v3 type veth peer name eth1 netns "$b"
	for dev in v1 v2 v3; do
		ip link set "$dev" up
	done
	ip -n "$b" link set eth1 up
	address "$a" 198.51.100.1/24
	address "$b" 198.51.100.2/24 eth1
	vswctl -b - <<-EOF
	port add vsw0 v1
	port add vsw1 v2
	port add vsw1 v3
	EOF
	in_ns "$a" ping -q -c 5 -i 0.01 -W 5 198.51.100.2 >/dev/null || fail "no answer"
	ip link del v1
	ip link del v3
	ip link del vsw1
}

# p2 goes to vsw1: no frame is queued for the step from switch to switch.
a_frame_is_handed_over_behind_a_patch()
{
	has_tracing || return 0
	vswctl switch add vsw1
	ip link set vsw1 up
	vswctl port del vsw0 p2
	vswctl -b - <<-EOF
	port add vsw1 p2 peer_delivery on
	port add vsw0 up type patch peer vsw1 down
	EOF
	expect_queued 40
	ip link del vsw1
	vswctl port add vsw0 p2 peer_delivery on
}

turned_off_nothing_is_handed_over()
{
	has_tracing || return 0
	peer_delivery off
	expect_queued 80
	transfer
	peer_delivery on
}

run_tests
