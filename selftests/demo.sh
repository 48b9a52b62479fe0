#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The main job on real machines: two guests with kernels of their own
# (user-mode-linux on taps), a container (a namespace on a veth) and the host,
# all on one switch. Prints every command before it runs it; the exit status is
# 0 only if every step did what it says.
#
#      guest1          guest2         container          host
#    10.0.0.1/24    10.0.0.2/24      10.0.0.3/24     10.0.0.254/24
#        |               |                |               |
#      tap1            tap2             port3           LOCAL
#        +---------------+-------+--------+---------------+
#                              vsw0
set -u
here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d)
failed=0
mac1=02:00:00:00:00:01
mac2=02:00:00:00:00:02
virtual=02:00:00:00:00:99

step() { printf '\n== %s\n' "$*"; }
fail() {
	echo "FAILED: $*"
	failed=$((failed + 1))
}
host() {
	echo "host# $*"
	"$@"
}
container() {
	echo "container# $*"
	ip netns exec container "$@"
}
must() { "$@" || fail "$*"; }
must_not() {
	if "$@"; then
		fail "$* should not have worked"
	else
		echo "(as it should be)"
	fi
}

# Guests: commands go in by the console, output comes back up to a marker.
boot_guest() { # NAME TAP MAC FD
	mkfifo "$dir/$1.in" "$dir/$1.out"
	HOME=$dir linux.uml mem=64M umid="$1" uml_dir="$dir" quiet \
		root=/dev/root rootfstype=hostfs rootflags=/ ro \
		init="$here/demo-guest.sh" "vec0:transport=tap,ifname=$2,mac=$3" \
		con0=fd:0,fd:1 con=null ssl=null \
		<"$dir/$1.in" >"$dir/$1.out" 2>/dev/null &
	eval "exec $4>'$dir/$1.in' $(($4 + 1))<'$dir/$1.out'"
}
wait_for_guest() { # NAME FD
	local line=

	until [[ $line == *@ready* ]]; do
		IFS= read -r -t 200 line <&"$(($2 + 1))" || {
			fail "$1 does not boot"
			return
		}
	done
}
in_guest() { # NAME FD COMMAND...
	local name=$1 fd=$2 line
	shift 2

	echo "$name# $*"
	echo "$*" >&"$fd"
	while IFS= read -r -t 60 line <&"$((fd + 1))"; do
		line=${line%$'\r'}
		[[ $line == "@done "* ]] && return "${line#@done }"
		echo "$line"
	done
	return 124
}
guest1() { in_guest guest1 10 "$@"; }
guest2() { in_guest guest2 20 "$@"; }

ping_from() { # WHO ADDRESS
	"$1" ping -q -c 2 -i 0.2 -W 1 "$2" >"$dir/ping"
	local rc=$?

	sed -n -e 1p -e '/transmitted/p' "$dir/ping"
	return $rc
}
listening() { # PORT of guest2
	must guest2 "until ss -ltn | grep -q ':$1 '; do :; done"
}
json() { # FILTER COMMAND...: true if jq's FILTER says so
	local filter=$1
	shift
	"$@" | jq -e "$filter" >/dev/null
}

make_the_switch() {
	step "A switch, two taps for guests, a veth for a container, an address for the host"
	must host vswctl switch add vsw0
	must host ip addr add 10.0.0.254/24 dev vsw0
	must host ip link set vsw0 up
	for tap in tap1 tap2; do
		must host ip tuntap add "$tap" mode tap
		must host ip link set "$tap" up
		must host vswctl port add vsw0 "$tap"
	done
	must host ip netns add container
	must host ip link add port3 type veth peer name eth0 netns container
	must host ip link set port3 up
	must host ip link set port3 master vsw0
	must container ip addr add 10.0.0.3/24 dev eth0
	must container ip link set eth0 up
	must host vswctl port show vsw0
}

boot_the_guests() {
	step "Two guests with kernels of their own boot on the taps"
	boot_guest guest1 tap1 $mac1 10
	boot_guest guest2 tap2 $mac2 20
	wait_for_guest guest1 10
	wait_for_guest guest2 20
	must guest1 uname -sr
	for n in 1 2; do
		must "guest$n" ip addr add "10.0.0.$n/24" dev vec0
		must "guest$n" ip link set vec0 up
	done
}

everybody_reaches_everybody() {
	step "Everybody reaches everybody; nobody wrote a flow"
	for pair in guest1:2 guest1:3 guest1:254 guest2:1 guest2:3 guest2:254 \
		container:1 container:2 container:254 host:1 host:2 host:3; do
		must ping_from "${pair%:*}" "10.0.0.${pair#*:}"
	done
	must host vswctl fdb show vsw0
}

a_file_goes_from_guest_to_guest() {
	step "A file goes from guest to guest by TCP"
	must guest1 'head -c 2000000 /dev/urandom >/tmp/file'
	must guest2 'nc -l -N 10.0.0.2 5000 >/tmp/file &'
	listening 5000
	must guest1 'nc -N 10.0.0.2 5000 </tmp/file'
	sent=$(guest1 sha256sum /tmp/file | tail -1)
	got=$(guest2 'wait; sha256sum /tmp/file' | tail -1)
	echo "sent $sent"
	echo "got  $got"
	[ "$sent" = "$got" ] || fail "the file is not the same"
}

vlans_separate() {
	step "Two VLANs separate the guests"
	must host vswctl port set vsw0 tap1 tag 10
	must host vswctl port set vsw0 tap2 tag 20
	must_not ping_from guest1 10.0.0.2
	must host vswctl port set vsw0 tap2 tag 10
	must ping_from guest1 10.0.0.2
	must_not ping_from guest1 10.0.0.3
	for tap in tap1 tap2; do
		must host vswctl port set vsw0 "$tap" trunks all
	done
	must ping_from guest1 10.0.0.3
}

a_flow_blocks_a_port() {
	step "A flow blocks one TCP port"
	must guest2 'while :; do echo hello | nc -l -N 10.0.0.2 8080; done &'
	must guest2 'while :; do echo hello | nc -l -N 10.0.0.2 8081; done &'
	listening 8080
	listening 8081
	must guest1 nc -w 3 10.0.0.2 8080
	listening 8080
	must host vswctl flow add vsw0 \
		'priority=100,tcp,nw_dst=10.0.0.2,tp_dst=8080,actions=drop'
	must_not guest1 nc -w 2 10.0.0.2 8080
	must guest1 nc -w 3 10.0.0.2 8081
}

a_flow_rewrites_a_mac() {
	step "A flow gives guest2 a second MAC address, and counts"
	must host vswctl flow add vsw0 \
		"priority=90,cookie=0x99,icmp,dl_dst=$virtual,actions=set_field:$mac2->eth_dst,normal"
	must guest1 ip neigh replace 10.0.0.2 lladdr $virtual dev vec0
	must ping_from guest1 10.0.0.2
	must host vswctl flow show vsw0
	must json '.[] | select(.cookie == "0x99") | .packets == 2' \
		vswctl -j flow show vsw0
}

look() {
	step "What the switch has seen"
	must host vswctl -s switch show vsw0
	must host vswctl stats show vsw0
	must json 'map(.stats.drops.flow // 0) | add > 0' vswctl -j stats show vsw0
	must host ip -d link show dev tap1
}

clean_up() {
	step "Clean up"
	exec 10>&- 20>&-
	wait
	must host vswctl switch del vsw0
	must host ip netns del container
	for tap in tap1 tap2; do
		must host ip link del "$tap"
	done
	must json 'length == 0' vswctl -j switch show
	rm -rf "$dir"
}

make_the_switch
boot_the_guests
everybody_reaches_everybody
a_file_goes_from_guest_to_guest
vlans_separate
a_flow_blocks_a_port
a_flow_rewrites_a_mac
look
clean_up
echo
[ $failed = 0 ] && echo "Every step did what it says." || echo "$failed steps failed."
[ $failed = 0 ]
