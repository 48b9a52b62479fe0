#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The host with vsw: one tunnel port to all others, and the tenant's router.
#
#	vsw.sh HOST2 HOST3
set -e

"$(dirname "$0")/tenant.sh" 1
vswctl switch add vsw0
ip link set vsw0 up
vswctl port add vsw0 p1 tag 10

ip link add vxlan0 type vxlan external dstport 4789
ip link set vxlan0 up
vswctl port add vsw0 vxlan0 tag 10 remote "$1,$2" key 7

# Another subnet of the tenant, which is on this host only.
ip netns add other
ip link add p2 type veth peer name eth0 netns other
ip link set p2 up
ip -n other link set eth0 up
ip -n other address add 203.0.113.1/24 dev eth0
ip -n other route add default via 203.0.113.254
vswctl port add vsw0 p2 tag 20
vswctl router add r1
vswctl interface add r1 gw10 switch vsw0 vlan 10 address 192.0.2.254/24
vswctl interface add r1 gw20 switch vsw0 vlan 20 address 203.0.113.254/24
