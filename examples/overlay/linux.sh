#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The host with a bridge and a vxlan device, which learns what is where.
#
#	linux.sh HOST1 HOST3
set -e

"$(dirname "$0")/tenant.sh" 2
ip link add br0 type bridge
ip link set br0 up
ip link set p1 master br0

ip link add vxlan7 type vxlan id 7 dstport 4789
ip link set vxlan7 master br0 up
for host; do
	bridge fdb append 00:00:00:00:00:00 dev vxlan7 dst "$host"
done
