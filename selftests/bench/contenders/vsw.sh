# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# vsw.ko.
#	vsw.normal	no flows; one entry for each address of the stream
#	vsw.vlan	the same between access ports of a VLAN
#	vsw.flood	no flows, the destination is unknown, 16 ports
#	vsw.flow	one flow that looks at the input port only
#	vsw.exact	one flow for each flow of the stream, all fields exact
#	vsw.mN		the same over N masks
#	vsw.tN		N tables, one flow each
#	vsw.rewrite	one flow that sets addresses and pushes a VLAN tag
#	vsw.route	a router between two VLANs
#	vsw.fib		the host's routes, by the action fib, between two switches
#	vsw.patch	as vsw.flow, with a patch to another switch between
#	vsw.encap	one flow that sends by a vxlan device
#	vsw.decap	one flow for frames from a vxlan device
#	vsw.encap.normal, vsw.decap.normal	the same without flows
# Modes: nocache (every frame is classified), peer (peer delivery).

vsw_masks()
{
	each_flow "$flows" "$1" | awk '{
		printf "udp,nw_src=%s/%d,nw_dst=%s/%d,tp_dst=%d,actions=output:2\n", $1, $2, $4, $5, $7 }'
}

vsw_exact()
{
	each_flow "$flows" | awk -v from="in_port=1,dl_src=$SRC_MAC,dl_dst=$DST_MAC,udp" -v port="$SRC_PORT" '{
		printf "%s,nw_src=%s,nw_dst=%s,tp_src=%d,tp_dst=%d,actions=output:2\n",
			from, $1, $4, port, $7 }'
}

vsw_tables()
{
	local i

	for ((i = 0; i < $1 - 1; i++)); do
		echo "table=$i,udp,nw_dst=10.1.0.0/16,actions=goto_table:$((i + 1))"
	done
	echo "table=$i,in_port=1,actions=output:2"
}

vsw_flows()
{
	case $arg in
	flow | patch) echo "in_port=1,actions=output:2" ;;
	exact) vsw_exact ;;
	m*) vsw_masks "${arg#m}" ;;
	t*) vsw_tables "${arg#t}" ;;
	encap) echo "in_port=1,actions=set_field:7->tun_id,set_field:10.0.0.2->tun_dst,output:2" ;;
	decap) echo "in_port=1,tun_id=7,tun_src=10.0.0.1,actions=output:2" ;;
	rewrite)
		echo "ip,actions=set_field:02:00:00:00:00:99->eth_dst,set_field:10.9.9.9->nw_dst," \
			"push_vlan:0x8100,set_field:10->vlan_vid,output:2"
		;;
	esac
}

vsw_fdb()
{
	local vlan='' port=Bi

	[ "$arg" != vlan ] || vlan=" vlan 1"
	[ "$arg" != encap.normal ] || port="vx0 dst 10.0.0.2 vni 7"
	each_mac "${macs:-1}" | sed "s/.*/fdb add vsw0 &$vlan port $port/" | vswctl -b -
}

# A vsw without the parameter has no cache.
vsw_load()
{
	if modinfo -p "$modules/vsw.ko" | grep -q '^cache_entries:'; then
		insmod "$modules/vsw.ko" ${modes[nocache]:+cache_entries=0}
	elif [ "${modes[nocache]:-}" ] || [ "$arg" = none ]; then
		insmod "$modules/vsw.ko"
	else
		return "$not_available"
	fi
}

# The output is at vsw1, which has the same flow.
vsw_patch()
{
	vswctl switch add vsw1
	ip link set vsw1 up
	vswctl port add vsw0 up type patch peer vsw1 down
	vswctl port add vsw1 Bi
	vsw_flows | vswctl flow add vsw1 file -
}

# A vsw without this setting has no peer delivery.
vsw_peer_delivery()
{
	local dev switch=$1 want=off

	shift
	[ -z "${modes[peer]:-}" ] || want=on
	for dev in "$@"; do
		vswctl port set "$switch" "$dev" peer_delivery $want 2>/run/peer && continue
		[ $want = off ] || return "$not_available"
	done
}

vsw_ports()
{
	local dev

	for dev in "$@"; do
		vswctl port add vsw0 "$dev"
		[ "$arg" != vlan ] || vswctl port set vsw0 "$dev" tag 1
	done
}

# The stations of the stream are in two subnets, the generator sends to the gateway.
vsw_route()
{
	vswctl port set vsw0 Ai tag 1
	vswctl port set vsw0 Bi tag 2
	vswctl router add r1
	vswctl interface add r1 a switch vsw0 vlan 1 lladdr "$DST_MAC" address "$GATEWAY/16"
	vswctl interface add r1 b switch vsw0 vlan 2 address "$DST_GATEWAY/16"
	vswctl neigh add r1 "$DST_IP" lladdr "$HOP_MAC"
	vswctl fdb add vsw0 "$HOP_MAC" vlan 2 port Bi
}

vsw_fib()
{
	vswctl port del vsw0 Bi
	vswctl switch add vsw1
	vswctl port add vsw1 Bi
	vsw_peer_delivery vsw1 Bi || return
	vswctl fdb add vsw1 "$HOP_MAC" port Bi
	host_route vsw0 vsw1
	vswctl flow add vsw0 ip,actions=fib
}

setup()
{
	local ports=(Ai Bi) out=vsw0

	sink Bo
	vsw_load || return
	case $arg in
	encap*) ports=(Ai vx0) && tunnel vx0 external ;;
	decap*) ports=(vx0 Bi) && tunnel vx0 external ;;
	esac
	[ "$arg" != flood ] || more_outputs 15
	[ "$arg" != flood ] || mapfile -t -O 2 ports < <(seq -f B%g 15)
	vswctl switch add vsw0 flows_max 2000000
	ip link set vsw0 up
	if [ "$arg" = patch ]; then
		vsw_ports Ai
		vsw_patch
		out=vsw1
	else
		vsw_ports "${ports[@]}"
	fi
	vsw_peer_delivery "$out" "${ports[@]:1}" || return
	case $arg in
	flood) ;;
	route | fib) "vsw_$arg" ;;
	normal | vlan | *.normal) vsw_fdb ;;
	*) vsw_flows | vswctl flow add vsw0 file - ;;
	esac
}

teardown()
{
	[ ! -e /sys/class/net/vsw0 ] || ip link del vsw0
	[ ! -e /sys/class/net/vsw1 ] || ip link del vsw1
	[ ! -e /sys/class/net/vx0 ] || ip link del vx0
	[ ! -e /sys/module/vsw ] || rmmod vsw
}
