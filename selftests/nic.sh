#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Real drivers as ports: frames, tags and large packets cross virtio-net and
# e1000e, whose devices are cabled to others of their kind.
#
#	           +------+ virtio0 ===== virtio1
#	h1 --- p1 --| vsw0 |
#	           +------+ e1000e0 ===== e1000e1

. "$(dirname "$0")/wires.sh"

ALL_TESTS="
	frames_for_anybody_cross_the_nics
	what_is_between_two_nics_crosses_the_switch
	tags_cross_the_nics
	a_nic_can_be_an_access_port_or_a_trunk
	counters_of_the_ports_are_those_of_the_nics
	hosts_behind_nics_speak_tcp
	a_nic_that_moves_to_another_namespace_is_no_port
"

nics="virtio0 virtio1 e1000e0 e1000e1"

# from_home COMMAND...: where the NICs are, namespace of process 1
from_home()
{
	nsenter --net=/proc/1/ns/net "$@"
}

# carrier DEV [NS]: as it is now; operstate follows when the kernel finds time
carrier()
{
	ip ${2:+-n "$2"} -j link show "$1" | jq -e '.[0].flags | index("LOWER_UP")' >/dev/null
}

# A CPU that only takes interrupts may run the kernel's code while it is being
# patched on the other, which QEMU's emulation gets wrong at times.
interrupts_to_cpu_0()
{
	local irq

	for irq in /proc/irq/[0-9]*/smp_affinity; do
		echo 1 >"$irq" || : # not all can be moved
	done 2>/dev/null
}

setup()
{
	local nic

	bench 1
	for nic in $nics; do
		echo "link set $nic netns $$"
	done | from_home ip -batch -
	vswctl port add vsw0 virtio0 number 2
	vswctl port add vsw0 e1000e0 number 3
	for nic in $nics; do
		echo "link set $nic up"
	done | ip -batch -
	# A fair queue would let markers overtake.
	for nic in $nics; do
		echo "qdisc replace dev $nic root pfifo"
	done | tc -batch -
	interrupts_to_cpu_0
	# A switch hears all that comes, its peers here have to as well.
	ip link set virtio1 promisc on
	ip link set e1000e1 promisc on
	for nic in $nics; do
		slowwait 20 carrier "$nic"
	done
	frames_start h1 virtio1 e1000e1
}

frames_for_anybody_cross_the_nics()
{
	frames <<-EOF
		h1 eth src=$A dst=$bcast data len=100 => virtio1 same; e1000e1 same
		virtio1 eth src=$B dst=$A data len=100 => h1 same
		e1000e1 eth src=$C dst=$A data len=1500 => h1 same
		h1 eth src=$A dst=$B data len=1500 => virtio1 same
		h1 eth src=$A dst=$C data len=100 => e1000e1 same
	EOF
}

what_is_between_two_nics_crosses_the_switch()
{
	frames <<-EOF
		virtio1 eth src=$B dst=$C data len=100 => e1000e1 same
		e1000e1*20 eth src=$C dst=$B data len=1500 => virtio1*20 same
	EOF
}

tags_cross_the_nics()
{
	frames <<-EOF
		h1 eth src=$A dst=$bcast vlan vid=5 pcp=3 data len=100 => virtio1 same; e1000e1 same
		virtio1 eth src=$B dst=$A vlan vid=5 data len=1500 => h1 same
		e1000e1 eth src=$C dst=$A vlan vid=5 data len=1500 => h1 same
		e1000e1 eth src=$C dst=$A vlan vid=5 vlan vid=6 data len=100 => h1 same
	EOF
}

a_nic_can_be_an_access_port_or_a_trunk()
{
	local U="eth src=$A dst=$bcast data len=100"
	local T5="eth src=$A dst=$bcast vlan vid=5 data len=100"

	vswctl port set vsw0 virtio0 tag 5
	vswctl port set vsw0 e1000e0 trunks 5
	frames <<-EOF
		virtio1 $U => e1000e1 $T5; h1 $T5
		e1000e1 $T5 => virtio1 $U; h1 $T5
		h1 $T5 => virtio1 $U; e1000e1 $T5
		virtio1 $T5 =>
		e1000e1 $U =>
	EOF
	vswctl port set vsw0 virtio0 vlan_mode trunk trunks all
	vswctl port set vsw0 e1000e0 vlan_mode trunk trunks all
}

# A NIC's driver may count later, or bytes in its own way; frames are frames.
nic_and_port_agree()
{
	local nic port

	nic=$(ip -s -j link show "$1" | jq -c '.[0].stats64 | [.rx.packets, .tx.packets]')
	port=$(vswctl -j -s port show vsw0 "$1" |
		jq -c '.[0].stats | [.rx_packets + .passed, .tx_packets]')
	[ "$nic" = "$port" ] || echo "NIC $nic, port $port"
	[ "$nic" = "$port" ]
}

counters_of_the_ports_are_those_of_the_nics()
{
	local nic numbers

	for nic in virtio0 e1000e0; do
		numbers=$(slowwait 10 nic_and_port_agree "$nic") || fail "$nic: $numbers"
	done
}

# The large packets of a are cut for the NICs, by them or on their way out.
hosts_behind_nics_speak_tcp()
{
	frames_end
	setup_ns a b c
	quiet "$a" "$b" "$c"
	veth_port "$a" pa
	ip -batch - <<-EOF
		link set virtio1 promisc off netns $b
		link set e1000e1 promisc off netns $c
	EOF
	address "$a" 192.0.2.1/24 eth0
	address "$b" 192.0.2.2/24 virtio1
	address "$c" 192.0.2.3/24 e1000e1
	ip -n "$b" link set virtio1 up
	ip -n "$c" link set e1000e1 up
	slowwait 20 carrier virtio1 "$b"
	slowwait 20 carrier e1000e1 "$c"
	reach "$b" 192.0.2.3
	check_err $? "no way from b to c"
	streams_start
	stream "send $a $b 192.0.2.2 4000000"
	stream "send $b $a 192.0.2.1 4000000"
	stream "send $a $c 192.0.2.3 4000000"
	stream "send $c $b 192.0.2.2 4000000"
}

# The namespaces of the test end with it, and their NICs go home.
a_nic_that_moves_to_another_namespace_is_no_port()
{
	ip link set virtio0 netns "$a"
	check_err $? "the NIC can't move"
	expect_err 1 . vswctl port show vsw0 virtio0
	expect_eq 0 "$(ip -n "$a" -d -j link show virtio0 | jq '.[0].promiscuity')" promiscuity
	expect_eq null "$(ip -n "$a" -j link show virtio0 | jq '.[0].master')" master
}

run_tests
