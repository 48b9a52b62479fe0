# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# vsw.ko with a bridge behind it, as docs/evpn.md has it, without the tunnel.
#	evpn.out	from a port of vsw, by a veth pair, to a port of the bridge
#	evpn.in		the other way
# Beside vsw.vlan they show what the bridge and the pair cost.

evpn_vsw() # PORT TO
{
	insmod "$modules/vsw.ko"
	vswctl switch add vsw0
	ip link set vsw0 up
	vswctl port add vsw0 "$1" tag 1 peer_delivery off
	vswctl port add vsw0 uplink trunks 1
	vswctl fdb add vsw0 "$DST_MAC" vlan 1 port "$2"
}

evpn_bridge() # PORT TO
{
	ip link add br0 type bridge stp_state 0 mcast_snooping 0 vlan_filtering 1
	ip link set br0 up
	ip link set "$1" master br0
	ip link set to-vsw master br0
	bridge vlan add dev to-vsw vid 1 tagged
	bridge fdb add "$DST_MAC" dev "$2" master static vlan 1
}

setup()
{
	sink Bo
	wire uplink to-vsw
	case $arg in
	out) evpn_vsw Ai uplink && evpn_bridge Bi Bi ;;
	in) evpn_bridge Ai to-vsw && evpn_vsw Bi Bi ;;
	esac
}

teardown()
{
	ip link del uplink
	ip link del br0
	[ ! -e /sys/class/net/vsw0 ] || ip link del vsw0
	[ ! -e /sys/module/vsw ] || rmmod vsw
}
