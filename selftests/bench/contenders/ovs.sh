# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# openvswitch.ko, its flows set through ovs-dpctl: no daemon, no upcalls.
#	ovs.flow	one flow that looks at the input port only
#	ovs.normal	what the daemon makes of learned addresses: a flow for each
#	ovs.exact	one flow for each flow of the stream, all fields exact
#	ovs.mN		the same over N masks
#	ovs.flood	one flow with 16 outputs
#	ovs.rewrite	one flow that sets addresses and pushes a VLAN tag
#	ovs.encap	one flow that sends by a vxlan device
#	ovs.decap	one flow for frames from a vxlan device

ovs_from="recirc_id(0),in_port(1)"

ovs_exact()
{
	each_flow "$flows" | awk -v from="$ovs_from,eth(src=$SRC_MAC,dst=$DST_MAC)" -v port="$SRC_PORT" '{
		printf "%s,eth_type(0x0800),ipv4(src=%s,dst=%s,proto=17,tos=0,ttl=64,frag=no),", from, $1, $4
		printf "udp(src=%d,dst=%d) 2\n", port, $7 }'
}

ovs_masks()
{
	each_flow "$flows" "$1" | awk -v from="$ovs_from,eth(),eth_type(0x0800)" '{
		printf "%s,ipv4(src=%s/%s,dst=%s/%s,proto=17,frag=no),", from, $1, $3, $4, $6
		printf "udp(dst=%d) 2\n", $7 }'
}

ovs_flows()
{
	local from any="$ovs_from,eth(),eth_type(0x0800),ipv4()"

	case $arg in
	flow) echo "$any 2" ;;
	normal)
		each_mac "${macs:-1}" |
			sed "s/.*/$ovs_from,eth(dst=&),eth_type(0x0800),ipv4(frag=no) 2/"
		;;
	exact) ovs_exact ;;
	m*) ovs_masks "${arg#m}" ;;
	flood) echo "$any $(seq -s, 2 17)" ;;
	encap) echo "$any set(tunnel(tun_id=0x7,dst=10.0.0.2,ttl=64,flags(key))),2" ;;
	decap)
		from="recirc_id(0),tunnel(tun_id=0x7,src=10.0.0.1,dst=10.1.0.1,ttl=0/0,flags(+key)),in_port(1)"
		echo "$from,eth(),eth_type(0x0800),ipv4() 2"
		;;
	rewrite)
		echo "$any set(eth(dst=02:00:00:00:00:99)),set(ipv4(dst=10.9.9.9)),push_vlan(vid=10,pcp=0),2"
		;;
	esac
}

ovs_ports()
{
	case $arg in
	encap) echo Ai vx0 ;;
	decap) echo vx0 Bi ;;
	*) echo Ai Bi ;;
	esac
}

setup()
{
	local dev

	sink Bo
	[ "$arg" != flood ] || more_outputs 15
	[[ $arg != ??cap ]] || tunnel vx0 external
	ovs-dpctl add-dp dp0 2>/dev/null
	for dev in $(ovs_ports) $([ "$arg" != flood ] || seq -f B%g 15); do
		ovs-dpctl add-if dp0 "$dev"
	done
	ovs_flows >/run/flows
	ovs-dpctl add-flows dp0 /run/flows
}

teardown()
{
	ovs-dpctl del-dp dp0
	[ ! -e /sys/class/net/vx0 ] || ip link del vx0
}
