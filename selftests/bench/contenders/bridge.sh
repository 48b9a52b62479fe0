# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The bridge, one entry for each address of the stream.
#	bridge.normal	without VLAN filtering
#	bridge.vlan	with VLAN filtering
#	bridge.flood	the destination is unknown, 16 ports
#	bridge.route	the host routes between two of them
#	bridge.encap	the destination is behind a vxlan device
#	bridge.decap	the frame comes from a vxlan device

bridge_route()
{
	sink Bo
	ip link add br0 type bridge stp_state 0 mcast_snooping 0
	ip link add br1 type bridge stp_state 0 mcast_snooping 0
	ip link set Ai master br0
	ip link set Bi master br1
	bridge fdb add "$HOP_MAC" dev Bi master static
	host_route br0 br1
}

# bridge_ports PORT PORT
bridge_ports()
{
	ip link set "$1" master br0
	ip link set "$2" master br0
	ip link set br0 up
	bridge fdb add "$DST_MAC" dev "$2" master static
}

bridge_tunnel()
{
	sink Bo
	ip link add br0 type bridge stp_state 0 mcast_snooping 0
	case $arg in
	encap)
		tunnel t0 id 7 remote 10.0.0.2
		bridge_ports Ai t0
		;;
	decap)
		tunnel t0 id 7 remote 10.0.0.1
		bridge_ports t0 Bi
		;;
	esac
}

setup()
{
	case $arg in
	encap | decap) bridge_tunnel ;;
	*) bridge_setup ;;
	esac
}

bridge_setup()
{
	local dev filtering=0 vlan=''

	[ "$arg" != route ] || { bridge_route; return; }
	[ "$arg" != vlan ] || filtering=1 vlan=" vlan 1"
	sink Bo
	[ "$arg" != flood ] || more_outputs 15
	ip link add br0 type bridge stp_state 0 mcast_snooping 0 \
		vlan_filtering $filtering
	for dev in /sys/class/net/Ai /sys/class/net/B[i1-9]*; do
		ip link set "${dev##*/}" master br0
	done
	ip link set br0 up
	[ "$arg" != flood ] || return 0
	each_mac "${macs:-1}" | sed "s/.*/fdb add & dev Bi master static$vlan/" |
		bridge -batch -
}

teardown()
{
	ip link del br0
	[ ! -e /sys/class/net/br1 ] || ip link del br1
	[ ! -e /sys/class/net/t0 ] || ip link del t0
}
