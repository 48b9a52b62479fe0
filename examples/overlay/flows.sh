#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Print flows that say it all, in the place of what the tunnel port is told and
# learns: which address is behind which host of VNI 7.
#
#	flows.sh HOST2 HOST3

to2="set_field:7->tun_id,set_field:$1->tun_dst,output:vxlan0"
to3="set_field:7->tun_id,set_field:$2->tun_dst,output:vxlan0"

echo "priority=20,in_port=vxlan0,tun_id=7,actions=output:p1"
echo "priority=10,in_port=vxlan0,actions=drop"
echo "dl_dst=02:00:00:00:00:02,priority=5,actions=$to2"
echo "dl_dst=02:00:00:00:00:03,priority=5,actions=$to3"
echo "dl_dst=01:00:00:00:00:00/01:00:00:00:00:00,priority=5,actions=$to2,$to3"
