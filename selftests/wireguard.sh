#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# A tunnel port works over WireGuard: what crosses the cable is encrypted, and
# large packets and a peer that moves make no difference.
#
#	$a 192.0.2.1 --- pa +------+ vx0 (10.9.0.1 wg0) u0 --- u0 (wg0 10.9.0.2) t0 $b
#	                    | vsw0 |
#	                    +------+                   t0 is vxlan of plain Linux
#
# u0 is the cable: 198.51.100.1 and .2.

. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	hosts_reach_each_other
	only_wireguard_is_on_the_cable
	packets_of_full_size_cross
	the_far_end_may_move
	the_scenario_runs
"

modprobe -q wireguard || { echo "1..0 # SKIP no wireguard"; exit 4; }

setup()
{
	setup_ns sw a b
	add_switch vsw0
	veth_port "$a" pa
	cable
	tunnel "$sw" 1 "$b" 2
	tunnel "$b" 2 "$sw" 1
	switch_end
	far_end
}

cable()
{
	in_ns "$a" sysctl -qw net.ipv6.conf.all.disable_ipv6=1
	in_ns "$sw" sysctl -qw net.ipv6.conf.default.disable_ipv6=1
	in_ns "$b" sysctl -qw net.ipv6.conf.default.disable_ipv6=1
	ip -n "$sw" link add u0 type veth peer name u0 netns "$b"
	ip -n "$sw" link set u0 up
	ip -n "$b" link set u0 up
	address "$sw" 198.51.100.1/24 u0
	address "$b" 198.51.100.2/24 u0
	key1=$(wg genkey)
	key2=$(wg genkey)
}

# tunnel NS N FAR-NS FAR-N: the end 10.9.0.N
tunnel()
{
	local key=key$2 far=key$4

	ip -n "$1" link add wg0 type wireguard
	in_ns "$1" wg set wg0 private-key <(echo "${!key}") listen-port 51820 \
		peer "$(wg pubkey <<<"${!far}")" allowed-ips "10.9.0.$4/32" \
		endpoint "198.51.100.$4:51820"
	address "$1" "10.9.0.$2/24" wg0
	ip -n "$1" link set wg0 mtu 1420 up
}

switch_end()
{
	address "$a" 192.0.2.1/24
	ip -n "$a" link set eth0 mtu 1370
	ip -n "$sw" link add vx0 type vxlan external dstport 4789
	ip -n "$sw" link set vx0 mtu 1370 up
	vswctl -n "$sw" port add vsw0 vx0
	vswctl -n "$sw" flow add vsw0 \
		"in_port=pa,actions=set_field:7->tun_id,set_field:10.9.0.2->tun_dst,output:vx0"
	vswctl -n "$sw" flow add vsw0 "in_port=vx0,tun_id=7,tun_src=10.9.0.2,actions=output:pa"
}

far_end()
{
	ip -n "$b" link add t0 type vxlan id 7 remote 10.9.0.1 dstport 4789
	ip -n "$b" link set t0 mtu 1370 up
	address "$b" 192.0.2.2/24 t0
}

hosts_reach_each_other()
{
	reach "$a" 192.0.2.2
	check_err $? "no way"
	reach "$b" 192.0.2.1
	check_err $? "no way back"
}

seen()
{
	reach "$a" 192.0.2.2 && [ -s "$dir/seen" ]
}

only_wireguard_is_on_the_cable()
{
	local pid

	dir=$(mktemp -d)
	ip netns exec "$sw" tcpdump -n -l -i u0 >"$dir/seen" 2>/dev/null &
	pid=$!
	slowwait 30 seen
	check_err $? "nothing was seen"
	kill "$pid"
	wait "$pid" 2>/dev/null
	! grep -v '^$\|ARP\|\.51820' "$dir/seen"
	check_err $? "something else was seen"
	rm -r "$dir"
}

packets_of_full_size_cross()
{
	reach "$a" 192.0.2.2 -s 1342 -M "do"
	check_err $? "1370 bytes do not cross"
	ip netns exec "$b" timeout 60 nc -l -p 5001 >/dev/null &
	slowwait 20 listens
	in_ns "$a" sh -c 'head -c 1000000 /dev/zero | timeout 60 nc -N 192.0.2.2 5001'
	check_err $? "no stream"
	wait $!
}

listens()
{
	in_ns "$b" ss -ltn | grep -q :5001
}

the_far_end_may_move()
{
	ip -n "$b" address del 198.51.100.2/24 dev u0
	address "$b" 198.51.100.9/24 u0
	reach "$b" 192.0.2.1
	check_err $? "not reached from its new address"
	reach "$a" 192.0.2.2
	check_err $? "not found at its new address"
}

the_scenario_runs()
{
	local log

	log=$("$selftests/../examples/wireguard/run.sh" 2>&1)
	check_err $? "$(grep FAILED <<<"$log")"
}

run_tests
