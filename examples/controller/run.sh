#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Three hosts on a switch that a controller in user space teaches; see README.
# Prints every command before it runs it; the exit status is 0 only if every
# step did what it says.
set -u
here=$(cd "$(dirname "$0")" && pwd)
log=$(mktemp)
failed=0

step() { printf '\n== %s\n' "$*"; }
run() {
	echo "# $*"
	"$@" || {
		echo "FAILED: $*"
		failed=$((failed + 1))
	}
}
in_host() { ip netns exec "$@"; }

cleanup() {
	local n

	[ -z "${controller:-}" ] || kill "$controller" 2>/dev/null
	ip link del vsw0 2>/dev/null
	for n in 1 2 3; do
		ip netns del "host$n" 2>/dev/null
	done
	rm -f "$log"
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
flows() { vswctl flow show vsw0 | grep -c 'priority=100'; }
has_flows() { [ "$(flows)" -ge "$1" ]; }
punted() { vswctl -j switch show vsw0 | jq '.[0].stats.punted'; }

step "A switch with three hosts"
run vswctl switch add vsw0
run ip link set vsw0 up
for n in 1 2 3; do
	ip netns add "host$n"
	ip link add "p$n" type veth peer name eth0 netns "host$n"
	ip link set "p$n" up
	run vswctl port add vsw0 "p$n"
	in_host "host$n" sysctl -qw net.ipv6.conf.all.disable_ipv6=1
	ip -n "host$n" address add "192.0.2.$n/24" dev eth0
	ip -n "host$n" link set eth0 up
done

step "The controller: what matches no flow is punted to it"
python3 "$here/controller.py" vsw0 >"$log" 2>&1 &
controller=$!
run wait_for grep -q ready "$log"
run vswctl table show vsw0 0
run vswctl punt show vsw0

step "Hosts that talk become flows"
run in_host host1 ping -q -c 3 192.0.2.2
run in_host host2 ping -q -c 3 192.0.2.3
run wait_for has_flows 4
run cat "$log"
run vswctl flow show vsw0

step "What has a flow does not go to the controller"
before=$(punted)
run in_host host1 ping -q -c 50 -i 0.01 192.0.2.2
echo "punted before: $before, now: $(punted)"
[ $(($(punted) - before)) -lt 20 ] || {
	echo "FAILED: the controller sees too much"
	failed=$((failed + 1))
}

step "Without the controller, they still talk"
kill "$controller"
wait "$controller" 2>/dev/null
run in_host host1 ping -q -c 3 192.0.2.2
run vswctl -s stats show vsw0 p1

echo
[ "$failed" = 0 ] && echo "Everything worked." || echo "$failed steps failed."
exit "$((failed > 0))"
