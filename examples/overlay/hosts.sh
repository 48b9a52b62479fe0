#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Three hosts and a tenant on all of them; see README. Boots the hosts as VMs,
# prints each command before it runs; the exit status is 0 only if every step did
# what it says.
#
#	make demo SCENARIO=overlay

# shellcheck source=selftests/vm/hosts.sh
. "$(dirname "$0")/../../selftests/vm/hosts.sh"

overlay=examples/overlay
vsw=198.51.100.1
linux=198.51.100.2
ovs=198.51.100.3
tenant=(ip netns exec tenant)

# talks HOST ADDRESS...: its tenant reaches them, with packets of full size
talks()
{
	local host=$1 address

	shift
	for address; do
		run "$host" "${tenant[@]}" ping -q -c 3 -i 0.2 -w 20 -M 'do' -s 1472 "$address"
	done
}

# stream HOST ADDRESS: TCP to an address, and back from it
stream()
{
	within 20 "$1" "${tenant[@]}" iperf3 --client "$2" --bytes 4M
	within 20 "$1" "${tenant[@]}" iperf3 --client "$2" --bytes 4M --reverse
}

three_hosts()
{
	step "The host with vsw"
	run vsw cat $overlay/vsw.sh
	run vsw $overlay/vsw.sh $linux $ovs
	run vsw vswctl port show vsw0
	run vsw vswctl check mtu
	step "The host with a bridge"
	run linux $overlay/linux.sh $vsw $ovs
	step "The host with Open vSwitch"
	host_add ovs openvswitch-switch
	run ovs $overlay/ovs.sh $vsw $linux
}

everybody_reaches_everybody()
{
	step "Each tenant reaches each other, with packets of 1500 bytes"
	talks vsw 192.0.2.2 192.0.2.3
	talks linux 192.0.2.1 192.0.2.3
	talks ovs 192.0.2.1 192.0.2.2
	run vsw "${tenant[@]}" ping -q -c 3 -i 0.2 -w 20 2001:db8:7::2
	step "The switch has learned who is behind which host"
	run vsw sh -c "vswctl fdb show vsw0 | grep 'port vxlan0 .*dst $linux'"
	run vsw sh -c "vswctl fdb show vsw0 | grep 'port vxlan0 .*dst $ovs'"
}

other_subnets_are_routed()
{
	step "A router in the switch has another subnet: from each host it is one hop"
	talks linux 203.0.113.1
	talks ovs 203.0.113.1
	run vsw sh -c 'ip netns exec other ping -c 1 -w 20 192.0.2.2 | grep ttl=63'
	run vsw vswctl neigh show r1
}

tcp_goes_both_ways()
{
	local host

	step "TCP, both ways; no packet is cut to pieces on the way"
	for host in linux ovs; do
		run $host "${tenant[@]}" iperf3 --server --daemon
	done
	stream vsw 192.0.2.2
	stream vsw 192.0.2.3
	for host in vsw linux ovs; do
		run $host sh -c 'nstat -az IpFragCreates | grep -w 0'
	done
}

a_host_dies_and_comes_back()
{
	step "A host dies: only its own tenant is gone"
	host_cut linux
	refused vsw "${tenant[@]}" ping -q -c 2 -W 2 192.0.2.2
	talks vsw 192.0.2.3
	step "It comes back, and nothing has to be done elsewhere"
	host_boot linux
	run linux $overlay/linux.sh $vsw $ovs
	talks vsw 192.0.2.2
	talks linux 192.0.2.3
}

an_endpoint_moves()
{
	local new=198.51.100.22

	step "A host gets another address: who is behind it is found when it speaks"
	run linux ip address del $linux/24 dev wire0
	run linux ip address add $new/24 dev wire0
	talks linux 192.0.2.1
	run vsw sh -c "vswctl fdb show vsw0 | grep 'port vxlan0 .*dst $new'"
	talks vsw 192.0.2.2
	step "But broadcasts go to where the port is told"
	refused vsw "${tenant[@]}" arping -b -c 2 -w 3 -I eth0 192.0.2.2
	run vsw vswctl port set vsw0 vxlan0 remote $new,$ovs
	run vsw "${tenant[@]}" arping -b -c 2 -w 20 -I eth0 192.0.2.2
	run ovs ovs-vsctl set interface to2 options:remote_ip=$new
	talks ovs 192.0.2.2
	step "And back again, where flows say it all, and nothing is learned"
	run vsw vswctl port set vsw0 vxlan0 remote flow key flow learning off
	run vsw sh -c "$overlay/flows.sh $new $ovs | vswctl flow replace vsw0 file -"
	run vsw vswctl fdb flush vsw0
	talks vsw 192.0.2.2 192.0.2.3
	run linux ip address del $new/24 dev wire0
	run linux ip address add $linux/24 dev wire0
	refused vsw "${tenant[@]}" ping -q -c 2 -W 2 192.0.2.2
	run vsw sh -c "$overlay/flows.sh $linux $ovs | vswctl flow replace vsw0 file -"
	talks vsw 192.0.2.2 192.0.2.3
}

look()
{
	step "What the switch has seen"
	run vsw vswctl flow show vsw0
	run vsw vswctl -s stats show vsw0
	run vsw vswctl fdb show vsw0
}

hosts_start vsw linux:6.12 ovs:6.12
three_hosts
everybody_reaches_everybody
other_subnets_are_routed
tcp_goes_both_ways
a_host_dies_and_comes_back
an_endpoint_moves
look
hosts_end
