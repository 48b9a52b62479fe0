# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What contenders use, in the guest: topology, sinks, flows.
#
#	generator - Ao === Ai - contender - Bi === Bo - sink

SRC_MAC=02:00:00:00:00:01 DST_MAC=02:00:00:00:10:00
SRC_IP=10.0.0.1 DST_IP=10.1.0.1 SRC_PORT=9 DST_PORT=1000

# What routes between them: its addresses, and that of the station behind it.
GATEWAY=10.0.255.254 DST_GATEWAY=10.1.255.254 HOP_MAC=02:00:00:00:00:99

# A contender's setup returns this when its kernel or module cannot do it.
not_available=4

sink()
{
	echo "sink=$1" >/proc/bench
}

# wire OUTER INNER
wire()
{
	ip link add "$1" type veth peer name "$2"
	ip link set "$1" up
	ip link set "$2" up
}

# The mode netkit, of any contender, has a netkit pair at the output.
# With gro the input delivers frames in lists, as the drivers of NICs do.
# GEN is where frames are sent, COPIES how many arrive for each of them.
topology()
{
	GEN=Ao COPIES=1
	if [ "${modes[netkit]:-}" ]; then
		python3 "$here/../netkit.py" Bi Bo
	else
		ip link add Bo type veth peer name Bi
	fi
	ip link set Bo address $DST_MAC up
	ip link set Bi up
	wire Ao Ai
	# A veth polls only for what nobody has put together before.
	[ -z "${modes[gro]:-}" ] || { ethtool -K Ao tso off && ethtool -K Ai gro on; }
}

# more_outputs N: B1 to BN beside Bi, each with a sink behind it
more_outputs()
{
	local i

	for ((i = 1; i <= $1; i++)); do
		wire "Bo$i" "B$i"
		sink "Bo$i"
	done
	COPIES=$(($1 + 1))
}

# host_route A B: the kernel routes from one device to the other
host_route()
{
	ip link set "$1" address $DST_MAC up
	ip link set "$2" up
	ip address add $GATEWAY/16 dev "$1"
	ip address add $DST_GATEWAY/16 dev "$2"
	ip neigh replace $DST_IP lladdr $HOP_MAC dev "$2"
	sysctl -qw net.ipv4.ip_forward=1
}

topology_gone()
{
	local dev

	for dev in /sys/class/net/[AB]o*; do
		ip link del "${dev##*/}"
	done
}

# tunnel DEV [ARG]...: a VXLAN device that sends by Bi, where 10.0.0.2 is, or
# receives by Ai, from the generator's 10.0.0.1
tunnel()
{
	local dev=$1

	shift
	case $arg in
	encap*)
		ip address add 10.0.0.1/8 dev Bi
		ip neigh add 10.0.0.2 lladdr $DST_MAC dev Bi
		;;
	decap*)
		ip link set Ai address $DST_MAC
		ip address add 10.1.0.1/8 dev Ai
		;;
	esac
	ip link add "$dev" type vxlan dstport 4789 "$@"
	ip link set "$dev" up
}

# each_mac N: the destinations of the stream macN
each_mac()
{
	seq 0 $(($1 - 1)) | awk '{ printf "02:00:00:00:%02x:%02x\n", 16 + $1 / 256, $1 % 256 }'
}

# shellcheck disable=SC2016 # awk's, not the shell's
# each_flow N [MASKS]: for each flow of the stream N a line
#	SRC SRCLEN SRCMASK DST DSTLEN DSTMASK PORT
# Flow I has mask I % MASKS; the addresses of a flow are cut to its prefixes.
each_flow()
{
	awk -v n="$1" -v masks="${2:-0}" -v port=$DST_PORT '
	function dotted(ip) {
		return sprintf("%d.%d.%d.%d", ip / 16777216, ip / 65536 % 256, ip / 256 % 256, ip % 256)
	}
	function prefix(ip, len,    size) {
		size = 2 ^ (32 - len)
		return dotted(ip - ip % size) " " len " " dotted(2 ^ 32 - size)
	}
	BEGIN {
		src = 10 * 16777216 + 1
		dst = 10 * 16777216 + 65536 + 1
		for (i = 0; i < n; i++) {
			p = masks ? i % masks % 32 + 1 : 32
			q = masks ? int(i % masks / 32) + 1 : 32
			print prefix(src + int(i / 1024), p), prefix(dst, q), port + i % 1024
		}
	}'
}
