#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# A tenant: a namespace with the address 192.0.2.N, on the port p1.
#
#	tenant.sh N
set -e

ip netns add tenant
ip link add p1 type veth peer name eth0 address "02:00:00:00:00:0$1" netns tenant
ip link set p1 up
ip -n tenant link set lo up
ip -n tenant link set eth0 up
ip -n tenant address add "192.0.2.$1/24" dev eth0
ip -n tenant address add "2001:db8:7::$1/64" dev eth0 nodad
ip -n tenant route add default via 192.0.2.254
