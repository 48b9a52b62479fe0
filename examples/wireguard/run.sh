#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Two hosts whose machines share a network that nobody on the way can read; see
# README. Prints every command before it runs it; the exit status is 0 only if
# every step did what it says.
set -u
dir=$(mktemp -d)
failed=0

step() { printf '\n== %s\n' "$*"; }
fail() {
	echo "FAILED: $*"
	failed=$((failed + 1))
}
run() {
	echo "# $*"
	"$@" || fail "$*"
}
in_ns() { ip netns exec "$@"; }

cleanup() {
	local ns

	[ -z "${capture:-}" ] || kill "$capture" 2>/dev/null
	for ns in vm1 vm2 west east; do
		ip netns del "$ns" 2>/dev/null
	done
	rm -rf "$dir"
}
trap cleanup EXIT

wait_for() { # COMMAND...
	local n

	for ((n = 0; n < 300; n++)); do
		"$@" && return
		sleep 0.1
	done
	return 1
}

# host NAME VM N: a switch with a machine, on a host that has a cable to the other
host() {
	run vswctl -n "$1" switch add vsw0
	run ip -n "$1" link set vsw0 up
	ip -n "$1" link add "$2" type veth peer name eth0 netns "$2"
	ip -n "$1" link set "$2" up
	run vswctl -n "$1" port add vsw0 "$2"
	ip -n "$2" link set eth0 mtu 1370 up
	ip -n "$2" address add "192.0.2.$3/24" dev eth0
	ip -n "$1" address add "203.0.113.$3/24" dev cable
	ip -n "$1" link set cable up
}

# encrypt HOST N FAR-KEY FAR-N: 10.9.0.N, to the other host's 10.9.0.FAR-N
encrypt() {
	run ip -n "$1" link add wg0 type wireguard
	run in_ns "$1" wg set wg0 private-key "$dir/$1" listen-port 51820 \
		peer "$3" allowed-ips "10.9.0.$4/32" endpoint "203.0.113.$4:51820"
	run ip -n "$1" address add "10.9.0.$2/24" dev wg0
	run ip -n "$1" link set wg0 mtu 1420 up
}

# overlay HOST VM FAR-N: what the machine sends goes to 10.9.0.FAR-N
overlay() {
	run ip -n "$1" link add vxlan0 type vxlan external dstport 4789
	run ip -n "$1" link set vxlan0 mtu 1370 up
	run vswctl -n "$1" port add vsw0 vxlan0
	run vswctl -n "$1" flow add vsw0 \
		"in_port=$2,actions=set_field:7->tun_id,set_field:10.9.0.$3->tun_dst,output:vxlan0"
	run vswctl -n "$1" flow add vsw0 \
		"in_port=vxlan0,tun_id=7,tun_src=10.9.0.$3,actions=output:$2"
}

step "Two hosts, each with a machine on a switch, and a cable between them"
for ns in vm1 vm2 west east; do
	ip netns add "$ns"
	# Nobody speaks unless asked to.
	in_ns "$ns" sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1
done
ip -n west link add cable type veth peer name cable netns east
host west vm1 1
host east vm2 2

step "WireGuard on the cable"
(umask 077 && wg genkey >"$dir/west" && wg genkey >"$dir/east")
encrypt west 1 "$(wg pubkey <"$dir/east")" 2
encrypt east 2 "$(wg pubkey <"$dir/west")" 1
run in_ns west ping -q -c 3 10.9.0.2

step "VXLAN over WireGuard: the machines are in one network"
overlay west vm1 2
overlay east vm2 1
run vswctl -n west flow show vsw0

step "They talk, and who listens on the cable sees only WireGuard"
in_ns west tcpdump -n -l -i cable >"$dir/seen" 2>/dev/null &
capture=$!
sees() { [ -s "$dir/seen" ] || ! in_ns vm1 ping -q -c 1 -W 1 192.0.2.2 >/dev/null; }
run wait_for sees
run in_ns vm1 ping -q -c 5 192.0.2.2
run in_ns vm1 ping -q -c 2 -s 1342 -M "do" 192.0.2.2
kill "$capture"
wait "$capture" 2>/dev/null
capture=
head -3 "$dir/seen"
grep -q 'ARP\|\.51820' "$dir/seen" || fail "nothing was seen on the cable"
! grep -v '^$\|ARP\|\.51820' "$dir/seen" || fail "something else than WireGuard"

step "What was counted"
run vswctl -n west -s stats show vsw0 vxlan0
run in_ns west wg show wg0 transfer

echo
[ "$failed" = 0 ] && echo "Everything worked." || echo "$failed steps failed."
exit "$((failed > 0))"
