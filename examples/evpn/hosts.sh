#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Two hosts whose addresses are distributed by FRR; see README. Boots the hosts
# as VMs, prints each command before it runs; the exit status is 0 only if every
# step did what it says.
#
#	make demo SCENARIO=evpn

# shellcheck source=selftests/vm/hosts.sh
. "$(dirname "$0")/../../selftests/vm/hosts.sh"

evpn=examples/evpn
one=198.51.100.1
two=198.51.100.2

# in_fdb HOST VLAN MAC REMOTE: zebra has told the vxlan device where it is
in_fdb()
{
	within 60 "$1" sh -c "bridge fdb show dev vxlan$2 | grep '$3 dst $4 self'"
}

# pings HOST GUEST ADDRESS
pings()
{
	run "$1" ip netns exec "$2" ping -q -c 3 -i 0.2 -w 30 -M 'do' -s 1472 "$3"
}

# lost HOST GUEST ADDRESS
lost()
{
	refused "$1" ip netns exec "$2" ping -q -c 2 -W 2 "$3"
}

host_up() # NAME N OTHER
{
	host_add "$1" frr
	run "$1" $evpn/host.sh "198.51.100.$2" "$2"
	run "$1" $evpn/frr.sh "198.51.100.$2" "$3"
}

two_hosts()
{
	step "Two hosts with vsw, and FRR on each"
	run one cat $evpn/host.sh
	host_up one 1 $two
	host_up two 2 $one
	run one vswctl port show vsw0
}

hosts_find_each_other()
{
	step "The hosts tell each other which VNIs they have: where copies go to"
	within 60 one sh -c "vtysh -c 'show bgp l2vpn evpn summary' | grep $two"
	in_fdb one 10 00:00:00:00:00:00 $two
	in_fdb two 20 00:00:00:00:00:00 $one
}

addresses_are_distributed()
{
	step "Guests talk, and their addresses are told to the other host"
	pings one red 192.0.2.2
	pings one blue 192.0.2.2
	in_fdb one 10 02:00:00:00:10:02 $two
	in_fdb one 20 02:00:00:00:20:02 $two
	in_fdb two 10 02:00:00:00:10:01 $one
	run one vtysh -c 'show evpn mac vni 10010'
	run one vtysh -c 'show bgp l2vpn evpn route type macip'
	run one vswctl fdb show vsw0
}

a_guest_moves()
{
	step "A guest of host two moves to host one, and keeps its addresses"
	run two ip link del red
	run one ip netns add moved
	run one ip link add moved type veth peer name eth0 \
		address 02:00:00:00:10:02 netns moved
	run one vswctl port add vsw0 moved tag 10
	run one ip link set moved up
	run one ip -n moved link set eth0 up
	run one ip -n moved address add 192.0.2.2/24 dev eth0
	run one ip netns exec moved arping -q -U -c 1 -I eth0 192.0.2.2
	in_fdb two 10 02:00:00:00:10:02 $one
	pings one red 192.0.2.2
}

a_host_dies_and_comes_back()
{
	step "A host dies: what it told is forgotten"
	host_cut two
	within 60 one sh -c "! bridge fdb show dev vxlan20 | grep $two"
	lost one blue 192.0.2.2
	pings one red 192.0.2.2
	step "It comes back, and so does the guest that had moved"
	run one ip netns del moved
	host_boot two
	host_up two 2 $one
	in_fdb one 10 00:00:00:00:00:00 $two
	pings two red 192.0.2.1
	in_fdb one 10 02:00:00:00:10:02 $two
	pings one blue 192.0.2.2
}

hosts_start one two
two_hosts
hosts_find_each_other
addresses_are_distributed
a_guest_moves
a_host_dies_and_comes_back
hosts_end
