#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# One sender and two, in the VM: each has a CPU, an input and an output of its own.
#
#	senders.sh ROUNDS
#
#	pktgen 0 (CPU 0) - s0 === i0 - switch - o0 === e0
#	pktgen 1 (CPU 1) - s1 === i1 - switch - o1 === e1
#
# Both switches stand at the same time, and take turns. Leaves lines
# "ROUND CONTENDER SENDERS FRAMES/S SENT ARRIVED" in the results directory.

frames=10000
flows=1000

pktgen()
{
	echo "$2" >"/proc/net/pktgen/$1"
}

# wires SWITCH: its four, the inner ends become ports 1 to 4
wires()
{
	local i

	for i in 0 1; do
		ip link add "$1s$i" type veth peer name "$1i$i"
		ip link add "$1o$i" type veth peer name "$1e$i"
	done
	for i in "$1"{s,i,o,e}{0,1}; do
		ip link set "$i" up
	done
}

setup_vsw()
{
	wires vsw
	vswctl switch add vsw9
	ip link set vsw9 up
	for port in vsw{i0,o0,i1,o1}; do
		vswctl port add vsw9 "$port"
	done
	vswctl flow add vsw9 file - <<-'FLOWS'
	in_port=1,ip,nw_dst=10.0.0.2,actions=output:2
	in_port=3,ip,nw_dst=10.0.0.2,actions=output:4
	FLOWS
}

setup_ovs()
{
	wires ovs
	modprobe openvswitch
	ovs-dpctl add-dp dp0
	for port in ovs{i0,o0,i1,o1}; do
		ovs-dpctl add-if dp0 "$port"
	done
	for port in 1 3; do
		ovs-dpctl add-flow dp0 \
			"recirc_id(0),in_port($port),eth(),eth_type(0x0800),ipv4(dst=10.0.0.2)" \
			$((port + 1))
	done
}

# senders SWITCH CPU...
senders()
{
	local sw=$1 cpu word

	shift
	for cpu in 0 1; do
		pktgen kpktgend_$cpu rem_device_all
	done
	for cpu; do
		pktgen "kpktgend_$cpu" "add_device ${sw}s$cpu"
		for word in "count $frames" "pkt_size 60" "delay 0" "clone_skb 0" "flag UDPDST_RND" \
				"udp_dst_min 1000" "udp_dst_max $((999 + flows))" "dst 10.0.0.2" \
				"dst_mac 02:00:00:00:00:99" "src_mac 02:00:00:00:00:0$cpu" \
				"src_min 10.0.0.1" "src_max 10.0.0.1"; do
			pktgen "${sw}s$cpu" "$word"
		done
	done
}

arrived()
{
	local sum=0 n end

	for end in "/sys/class/net/$1e"[01]; do
		read -r n <"$end/statistics/rx_packets"
		sum=$((sum + n))
	done
	echo $sum
}

# pktgen's start returns when its threads have stopped; what they have done is
# written a moment later.
rate()
{
	local i found

	for ((i = 0; i < 100; i++)); do
		found=$(sed -n 's/.* \([0-9]*\)pps.*/\1/p' "/proc/net/pktgen/$1")
		[ -z "$found" ] || break
		sleep 0.01
	done
	echo "$found"
	[ -n "$found" ]
}

# A softirq that takes too long goes on in ksoftirqd.
wait_for_arrival()
{
	local i

	for ((i = 0; i < 100 && $(arrived "$1") < $2; i++)); do
		sleep 0.05
	done
}

# measure SWITCH CPU...: and look at what has arrived
measure()
{
	local sw=$1 before cpu of sum=0

	senders "$@"
	shift
	before=$(arrived "$sw")
	pktgen pgctrl start
	for cpu; do
		of=$(rate "${sw}s$cpu") || exit
		sum=$((sum + of))
	done
	wait_for_arrival "$sw" $((before + frames * $#))
	echo "$round $sw $# $sum $((frames * $#)) $(($(arrived "$sw") - before))" >>"$VSW_OUT/rates"
}

modprobe -a veth pktgen
sysctl -qw net.ipv6.conf.default.disable_ipv6=1 net.ipv6.conf.all.disable_ipv6=1 \
	net.core.netdev_max_backlog=10000
setup_vsw && setup_ovs || exit
for ((round = 0; round <= $1; round++)); do
	for senders in 0 1 "0 1"; do
		for contender in vsw ovs; do
			# shellcheck disable=SC2086 # a list
			measure $contender $senders
		done
	done
done
