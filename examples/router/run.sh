#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Two subnets, a router and a default gateway; see README. Prints every command
# before it runs it; the exit status is 0 only if every step did what it says.
set -u
failed=0
hosts=(host1 host2 uplink)

step() { printf '\n== %s\n' "$*"; }
run() {
	echo "# $*"
	"$@" || {
		echo "FAILED: $*"
		failed=$((failed + 1))
	}
}
fails() { ! "$@"; }
in_host() { ip netns exec "$@"; }

cleanup() {
	local host

	vswctl router del r1 2>/dev/null
	ip link del vsw0 2>/dev/null
	for host in "${hosts[@]}"; do
		ip netns del "$host" 2>/dev/null
	done
}
trap cleanup EXIT

# host NAME PORT VLAN IPV4 IPV6: its gateway has the host part 1
host() {
	ip netns add "$1"
	ip link add "$2" type veth peer name eth0 netns "$1"
	ip link set "$2" up
	ip -n "$1" link set lo up
	ip -n "$1" link set eth0 up
	ip -n "$1" address add "$4/24" dev eth0
	ip -n "$1" address add "$5/64" dev eth0 nodad
	run vswctl port add vsw0 "$2" tag "$3"
}

step "A switch, a host in each of two VLANs, and an uplink"
run vswctl switch add vsw0
run ip link set vsw0 up
host host1 p1 10 192.0.2.11 2001:db8:1::11
host host2 p2 20 198.51.100.12 2001:db8:2::12
host uplink p3 30 203.0.113.1 2001:db8:3::1
ip -n host1 route add default via 192.0.2.1
ip -n host1 route add default via 2001:db8:1::1
ip -n host2 route add default via 198.51.100.1
ip -n host2 route add default via 2001:db8:2::1
ip -n uplink route add default via 203.0.113.2
ip -n uplink address add 192.0.0.8/32 dev lo

step "The hosts do not reach each other: they are in different VLANs"
run fails in_host host1 ping -q -c 1 -W 1 198.51.100.12

step "The router"
run vswctl router add r1
run vswctl interface add r1 gw10 switch vsw0 vlan 10 \
	address 192.0.2.1/24 address 2001:db8:1::1/64
run vswctl interface add r1 gw20 switch vsw0 vlan 20 \
	address 198.51.100.1/24 address 2001:db8:2::1/64
run vswctl interface add r1 wan switch vsw0 vlan 30 address 203.0.113.2/24
run vswctl route add r1 0.0.0.0/0 via 203.0.113.1
run vswctl route show r1

step "Now they do, by IPv4 and IPv6, and what is behind the uplink, too"
run in_host host1 ping -q -c 3 -w 20 198.51.100.12
run in_host host1 ping -q -c 3 -w 20 2001:db8:2::12
run in_host host2 ping -q -c 3 -w 20 192.0.0.8
run vswctl -s neigh show r1

step "Who sends what can't be forwarded is told"
run fails in_host host1 ping -c 1 -w 10 -t 1 198.51.100.12
run fails in_host host1 ping -c 1 -w 10 2001:db8:9::9

step "A route to nowhere, for a part of the subnet"
run vswctl route add r1 198.51.100.12/32 prohibit
run fails in_host host1 ping -c 1 -w 10 198.51.100.12
run vswctl route del r1 198.51.100.12/32
run in_host host1 ping -q -c 3 -w 20 198.51.100.12

step "What was dropped, and why"
run vswctl -s stats show vsw0 gw10

echo
[ "$failed" = 0 ] && echo "Everything worked." || echo "$failed steps failed."
exit "$((failed > 0))"
