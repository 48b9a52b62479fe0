#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# A host with vsw, and beside it the bridge that FRR needs.
#
#	host.sh HOST N		its address, and N for its guests' addresses
set -e
host=$1
n=$2

# guest NAME VLAN: a namespace in place of a guest, with 192.0.2.N and a MAC
# address that ends in its VLAN and N
guest()
{
	ip netns add "$1"
	ip link add "$1" type veth peer name eth0 address "02:00:00:00:$2:0$n" netns "$1"
	ip link set "$1" up
	ip -n "$1" link set eth0 up
	ip -n "$1" address add "192.0.2.$n/24" dev eth0
	vswctl port add vsw0 "$1" tag "$2"
}

# vni VLAN: the VLAN is VNI 10000 + VLAN; what is where is said by FRR only
vni()
{
	ip link add "vxlan$1" type vxlan id $((10000 + $1)) local "$host" dstport 4789 nolearning
	ip link set "vxlan$1" master br0 addrgenmode none up
	bridge link set dev "vxlan$1" learning off
	bridge vlan add dev "vxlan$1" vid "$1" pvid untagged
	bridge vlan add dev to-vsw vid "$1"
}

vswctl switch add vsw0
ip link set vsw0 up
ip link add uplink type veth peer name to-vsw
ip link set uplink addrgenmode none up
vswctl port add vsw0 uplink trunks 10,20

ip link add br0 type bridge vlan_filtering 1 vlan_default_pvid 0
ip link set br0 addrgenmode none up
ip link set to-vsw master br0 addrgenmode none up

vni 10
vni 20
guest red 10
guest blue 20
