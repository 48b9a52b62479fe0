/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/* Do not edit directly, auto-generated from: */
/*	include/netlink/vsw.yaml */
/* YNL-GEN uapi header */

#ifndef _UAPI_LINUX_VSW_H
#define _UAPI_LINUX_VSW_H

#define VSW_FAMILY_NAME		"vsw"
#define VSW_FAMILY_VERSION	1

#define VSW_PORT_MAX		65279
#define VSW_PORT_LOCAL		4294967294
#define VSW_PORTS_LIMIT		4094
#define VSW_TABLE_MAX		253
#define VSW_ACTIONS_MAX		256
#define VSW_TUNNEL_INHERIT	256
#define VSW_REMOTES_MAX		256
#define VSW_VNI_RANGES_MAX	128
#define VSW_VLAN_PRESENT	4096

/**
 * enum vsw_port_type - What stands behind a port.
 * @VSW_PORT_TYPE_ETHERNET: A device that carries Ethernet frames.
 * @VSW_PORT_TYPE_LOCAL: The host's own stack, the LOCAL port.
 * @VSW_PORT_TYPE_TUNNEL: A tunnel device whose remote is chosen for each
 *   frame.
 * @VSW_PORT_TYPE_L3: A device that carries IP packets without Ethernet.
 * @VSW_PORT_TYPE_PATCH: A port of another switch, no device.
 * @VSW_PORT_TYPE_ROUTER: An interface of a router, no device.
 */
enum vsw_port_type {
	VSW_PORT_TYPE_ETHERNET,
	VSW_PORT_TYPE_LOCAL,
	VSW_PORT_TYPE_TUNNEL,
	VSW_PORT_TYPE_L3,
	VSW_PORT_TYPE_PATCH,
	VSW_PORT_TYPE_ROUTER,
};

/**
 * enum vsw_vlan_mode - How a port treats VLAN tags in "normal" forwarding.
 * @VSW_VLAN_MODE_TRUNK: Frames are tagged; frames without a tag belong to VLAN
 *   0.
 * @VSW_VLAN_MODE_ACCESS: Frames carry no tag and belong to vlan-tag.
 * @VSW_VLAN_MODE_NATIVE_TAGGED: A trunk where untagged frames enter vlan-tag,
 *   and leave tagged.
 * @VSW_VLAN_MODE_NATIVE_UNTAGGED: A trunk where untagged frames enter
 *   vlan-tag, and leave untagged.
 */
enum vsw_vlan_mode {
	VSW_VLAN_MODE_TRUNK,
	VSW_VLAN_MODE_ACCESS,
	VSW_VLAN_MODE_NATIVE_TAGGED,
	VSW_VLAN_MODE_NATIVE_UNTAGGED,
};

/**
 * enum vsw_miss - What happens to a frame that matches no flow of a table.
 * @VSW_MISS_NORMAL: Forward by MAC learning and VLAN, the default of table 0.
 * @VSW_MISS_DROP: Drop, the default of all other tables.
 * @VSW_MISS_CONTINUE: Go on with the next table.
 * @VSW_MISS_PUNT: Send to the listener of queue 0.
 */
enum vsw_miss {
	VSW_MISS_NORMAL,
	VSW_MISS_DROP,
	VSW_MISS_CONTINUE,
	VSW_MISS_PUNT,
};

#define VSW_PUNT_USERDATA_MAX	28
#define VSW_PUNT_RATE_MAX	1000000
#define VSW_PUNT_SNAPLEN_MAX	65000

/**
 * enum vsw_punt_reason - Why a listener gets a frame.
 * @VSW_PUNT_REASON_ACTION: The action punt of a flow.
 * @VSW_PUNT_REASON_MISS: No flow matched in a table with miss policy punt.
 */
enum vsw_punt_reason {
	VSW_PUNT_REASON_ACTION,
	VSW_PUNT_REASON_MISS,
};

/**
 * enum vsw_fdb_flag
 * @VSW_FDB_FLAG_STATIC: Made by the user, does not age.
 * @VSW_FDB_FLAG_STICKY: Does not move to another port by learning.
 * @VSW_FDB_FLAG_LOCAL: The switch's own address, kept by the kernel.
 * @VSW_FDB_FLAG_ROUTER: The address of a router's interface, kept by the
 *   kernel.
 */
enum vsw_fdb_flag {
	VSW_FDB_FLAG_STATIC = 1,
	VSW_FDB_FLAG_STICKY = 2,
	VSW_FDB_FLAG_LOCAL = 4,
	VSW_FDB_FLAG_ROUTER = 8,
};

/**
 * enum vsw_removed - Why a flow went.
 * @VSW_REMOVED_DELETED: By request.
 * @VSW_REMOVED_IDLE: idle-timeout passed without a frame.
 * @VSW_REMOVED_HARD: hard-timeout passed.
 * @VSW_REMOVED_REPLACED: A flow with the same table, priority and match took
 *   its place.
 */
enum vsw_removed {
	VSW_REMOVED_DELETED,
	VSW_REMOVED_IDLE,
	VSW_REMOVED_HARD,
	VSW_REMOVED_REPLACED,
};

/**
 * enum vsw_frag - Bits of the field ip-frag.
 * @VSW_FRAG_ANY: The packet is a fragment.
 * @VSW_FRAG_LATER: The packet is a fragment, and not the first.
 */
enum vsw_frag {
	VSW_FRAG_ANY = 1,
	VSW_FRAG_LATER = 2,
};

/**
 * enum vsw_tunnel_csum - Whether the outer header has a checksum.
 * @VSW_TUNNEL_CSUM_AUTO: UDP over IPv6 has one, since receivers refuse it
 *   without.
 * @VSW_TUNNEL_CSUM_ON: Every packet has one.
 * @VSW_TUNNEL_CSUM_OFF: None has one.
 */
enum vsw_tunnel_csum {
	VSW_TUNNEL_CSUM_AUTO,
	VSW_TUNNEL_CSUM_ON,
	VSW_TUNNEL_CSUM_OFF,
};

/**
 * enum vsw_tun_flag - Bits of the field tun-flags.
 * @VSW_TUN_FLAG_OAM: A control packet of the tunnel's end (Geneve).
 */
enum vsw_tun_flag {
	VSW_TUN_FLAG_OAM = 1,
};

/**
 * enum vsw_drop_reason - Why a frame was dropped; exactly one reason for every
 *   lost frame.
 * @VSW_DROP_REASON_UNSPEC: Not used.
 * @VSW_DROP_REASON_NO_MEMORY: No memory to copy or to change the frame.
 * @VSW_DROP_REASON_SWITCH_DOWN: The switch's netdev is not up.
 * @VSW_DROP_REASON_PORT_DOWN: The output port is not up or has no carrier.
 * @VSW_DROP_REASON_PORT_GONE: A flow sends to a port that does not exist at
 *   the moment, or the port went while its frame waited to be punted.
 * @VSW_DROP_REASON_MALFORMED: Truncated or malformed headers, of those that
 *   flows look at.
 * @VSW_DROP_REASON_FLOW: A flow says drop, or has no output.
 * @VSW_DROP_REASON_TABLE_MISS: No flow matched in a table with miss policy
 *   drop.
 * @VSW_DROP_REASON_VLAN_INGRESS: The frame's VLAN may not enter by this port.
 * @VSW_DROP_REASON_VLAN_EGRESS: The frame's VLAN may not leave by the port its
 *   address is at.
 * @VSW_DROP_REASON_ISOLATED: Both ports are isolated.
 * @VSW_DROP_REASON_HAIRPIN: The frame would leave by the port it came from.
 * @VSW_DROP_REASON_NO_DESTINATION: Nowhere to go, no port takes the flooded
 *   frame.
 * @VSW_DROP_REASON_SOURCE_ADDRESS: The source address is not a valid unicast
 *   address.
 * @VSW_DROP_REASON_STICKY: The source address is sticky on another port.
 * @VSW_DROP_REASON_TTL: dec_ttl found a TTL or hop limit of 1 or 0.
 * @VSW_DROP_REASON_MTU: The frame is larger than the output device's MTU.
 * @VSW_DROP_REASON_OFFLOAD: The output device cannot take the frame and it
 *   can't be segmented.
 * @VSW_DROP_REASON_RECURSION: Too many switches inside each other.
 * @VSW_DROP_REASON_TOO_MANY_ACTIONS: The tables walked give a program longer
 *   than the limit.
 * @VSW_DROP_REASON_RESERVED_ADDRESS: A pause frame, or LOCAL sent to a
 *   reserved link-local address.
 * @VSW_DROP_REASON_HEADERS: The frame lacks the header that an action changes.
 * @VSW_DROP_REASON_PUNT_NO_LISTENER: A frame was to be punted, and nobody
 *   listens to its queue.
 * @VSW_DROP_REASON_PUNT_RATE: The port's frames are punted faster than its
 *   punt-rate.
 * @VSW_DROP_REASON_PUNT_QUEUE_FULL: Too many frames of the port wait to be
 *   punted.
 * @VSW_DROP_REASON_PUNT_SOCKET_FULL: The listener does not read what is punted
 *   to it.
 * @VSW_DROP_REASON_NO_ROUTE: The router has no route to the destination, or
 *   one that refuses.
 * @VSW_DROP_REASON_NEIGH_QUEUE: Too many packets wait for the neighbour, or
 *   the packet had to make room for others, or the router has no room for
 *   another neighbour.
 * @VSW_DROP_REASON_NEIGH_GONE: The packet has waited for a neighbour that did
 *   not answer.
 * @VSW_DROP_REASON_ROUTER_HOST: For an address of the router, which does not
 *   take such packets.
 * @VSW_DROP_REASON_ROUTER_ADDRESS: A source or destination address that is not
 *   routed.
 * @VSW_DROP_REASON_NOT_IP: Only IP packets, without a VLAN tag, leave by a
 *   port of type l3.
 * @VSW_DROP_REASON_NO_REMOTE: Nobody says which address is at the other end of
 *   the tunnel.
 * @VSW_DROP_REASON_TUNNEL_KEY: The tunnel port takes no frames with such a VNI
 *   or key.
 * @VSW_DROP_REASON_NO_VNI: The tunnel port has no VNI for the frame's VLAN.
 */
enum vsw_drop_reason {
	VSW_DROP_REASON_UNSPEC,
	VSW_DROP_REASON_NO_MEMORY,
	VSW_DROP_REASON_SWITCH_DOWN,
	VSW_DROP_REASON_PORT_DOWN,
	VSW_DROP_REASON_PORT_GONE,
	VSW_DROP_REASON_MALFORMED,
	VSW_DROP_REASON_FLOW,
	VSW_DROP_REASON_TABLE_MISS,
	VSW_DROP_REASON_VLAN_INGRESS,
	VSW_DROP_REASON_VLAN_EGRESS,
	VSW_DROP_REASON_ISOLATED,
	VSW_DROP_REASON_HAIRPIN,
	VSW_DROP_REASON_NO_DESTINATION,
	VSW_DROP_REASON_SOURCE_ADDRESS,
	VSW_DROP_REASON_STICKY,
	VSW_DROP_REASON_TTL,
	VSW_DROP_REASON_MTU,
	VSW_DROP_REASON_OFFLOAD,
	VSW_DROP_REASON_RECURSION,
	VSW_DROP_REASON_TOO_MANY_ACTIONS,
	VSW_DROP_REASON_RESERVED_ADDRESS,
	VSW_DROP_REASON_HEADERS,
	VSW_DROP_REASON_PUNT_NO_LISTENER,
	VSW_DROP_REASON_PUNT_RATE,
	VSW_DROP_REASON_PUNT_QUEUE_FULL,
	VSW_DROP_REASON_PUNT_SOCKET_FULL,
	VSW_DROP_REASON_NO_ROUTE,
	VSW_DROP_REASON_NEIGH_QUEUE,
	VSW_DROP_REASON_NEIGH_GONE,
	VSW_DROP_REASON_ROUTER_HOST,
	VSW_DROP_REASON_ROUTER_ADDRESS,
	VSW_DROP_REASON_NOT_IP,
	VSW_DROP_REASON_NO_REMOTE,
	VSW_DROP_REASON_TUNNEL_KEY,
	VSW_DROP_REASON_NO_VNI,

	/* private: */
	__VSW_DROP_REASON_MAX,
	VSW_DROP_REASON_MAX = (__VSW_DROP_REASON_MAX - 1)
};

#define VSW_ROUTES_LIMIT	4000000
#define VSW_NEIGHS_LIMIT	1000000

/**
 * enum vsw_route_type - What becomes of a packet that a route is for.
 * @VSW_ROUTE_TYPE_UNICAST: It is sent to the next hop.
 * @VSW_ROUTE_TYPE_LOCAL: It is for the router itself; made by the address of
 *   an interface.
 * @VSW_ROUTE_TYPE_BLACKHOLE: It is dropped.
 * @VSW_ROUTE_TYPE_UNREACHABLE: It is dropped, and the sender is told that
 *   there is no way.
 * @VSW_ROUTE_TYPE_PROHIBIT: It is dropped, and the sender is told that it may
 *   not.
 */
enum vsw_route_type {
	VSW_ROUTE_TYPE_UNICAST,
	VSW_ROUTE_TYPE_LOCAL,
	VSW_ROUTE_TYPE_BLACKHOLE,
	VSW_ROUTE_TYPE_UNREACHABLE,
	VSW_ROUTE_TYPE_PROHIBIT,
};

/**
 * enum vsw_neigh_state - What is known of a neighbour.
 * @VSW_NEIGH_STATE_INCOMPLETE: It has been asked for its address and has not
 *   answered.
 * @VSW_NEIGH_STATE_REACHABLE: It has lately said its address.
 * @VSW_NEIGH_STATE_STALE: It has not said its address lately; asked again if
 *   it is in use.
 * @VSW_NEIGH_STATE_PERMANENT: Made by the user.
 */
enum vsw_neigh_state {
	VSW_NEIGH_STATE_INCOMPLETE,
	VSW_NEIGH_STATE_REACHABLE,
	VSW_NEIGH_STATE_STALE,
	VSW_NEIGH_STATE_PERMANENT,
};

enum {
	VSW_A_DROP_REASON = 1,
	VSW_A_DROP_PAD,
	VSW_A_DROP_PACKETS,

	__VSW_A_DROP_MAX,
	VSW_A_DROP_MAX = (__VSW_A_DROP_MAX - 1)
};

enum {
	VSW_A_STATS_RX_PACKETS = 1,
	VSW_A_STATS_RX_BYTES,
	VSW_A_STATS_TX_PACKETS,
	VSW_A_STATS_TX_BYTES,
	VSW_A_STATS_COPIED,
	VSW_A_STATS_PASSED,
	VSW_A_STATS_DROP,
	VSW_A_STATS_PAD,
	VSW_A_STATS_PUNTED,

	__VSW_A_STATS_MAX,
	VSW_A_STATS_MAX = (__VSW_A_STATS_MAX - 1)
};

enum {
	VSW_A_SWITCH_SWITCH = 1,
	VSW_A_SWITCH_SWITCH_NAME,
	VSW_A_SWITCH_AGEING,
	VSW_A_SWITCH_GROUP_FWD_MASK,
	VSW_A_SWITCH_PORTS_MAX,
	VSW_A_SWITCH_FLOWS_MAX,
	VSW_A_SWITCH_FDB_MAX,
	VSW_A_SWITCH_PORTS,
	VSW_A_SWITCH_FLOWS,
	VSW_A_SWITCH_FDB_ENTRIES,
	VSW_A_SWITCH_STATS,
	VSW_A_SWITCH_CACHE,

	__VSW_A_SWITCH_MAX,
	VSW_A_SWITCH_MAX = (__VSW_A_SWITCH_MAX - 1)
};

enum {
	VSW_A_CACHE_SIZE = 1,
	VSW_A_CACHE_ENTRIES,
	VSW_A_CACHE_VERDICTS,
	VSW_A_CACHE_HITS,
	VSW_A_CACHE_MISSES,
	VSW_A_CACHE_KEPT,
	VSW_A_CACHE_EVICTIONS,
	VSW_A_CACHE_PAD,

	__VSW_A_CACHE_MAX,
	VSW_A_CACHE_MAX = (__VSW_A_CACHE_MAX - 1)
};

enum {
	VSW_A_VLAN_RANGE_FIRST = 1,
	VSW_A_VLAN_RANGE_LAST,

	__VSW_A_VLAN_RANGE_MAX,
	VSW_A_VLAN_RANGE_MAX = (__VSW_A_VLAN_RANGE_MAX - 1)
};

enum {
	VSW_A_REMOTE_ADDRESS = 1,
	VSW_A_REMOTE_VID,

	__VSW_A_REMOTE_MAX,
	VSW_A_REMOTE_MAX = (__VSW_A_REMOTE_MAX - 1)
};

enum {
	VSW_A_VNI_RANGE_FIRST = 1,
	VSW_A_VNI_RANGE_LAST,
	VSW_A_VNI_RANGE_VNI,

	__VSW_A_VNI_RANGE_MAX,
	VSW_A_VNI_RANGE_MAX = (__VSW_A_VNI_RANGE_MAX - 1)
};

enum {
	VSW_A_PORT_SWITCH = 1,
	VSW_A_PORT_SWITCH_NAME,
	VSW_A_PORT_PORT_NO,
	VSW_A_PORT_IFINDEX,
	VSW_A_PORT_NAME,
	VSW_A_PORT_LEARNING,
	VSW_A_PORT_FLOOD,
	VSW_A_PORT_MCAST_FLOOD,
	VSW_A_PORT_BCAST_FLOOD,
	VSW_A_PORT_ISOLATED,
	VSW_A_PORT_HAIRPIN,
	VSW_A_PORT_VLAN_MODE,
	VSW_A_PORT_VLAN_TAG,
	VSW_A_PORT_VLAN_TRUNK,
	VSW_A_PORT_FDB_MAX,
	VSW_A_PORT_FDB_ENTRIES,
	VSW_A_PORT_STATS,
	VSW_A_PORT_PEER_DELIVERY,
	VSW_A_PORT_TYPE,
	VSW_A_PORT_PEER_SWITCH_NAME,
	VSW_A_PORT_PEER_NAME,
	VSW_A_PORT_PUNT_RATE,
	VSW_A_PORT_PUNT_BURST,
	VSW_A_PORT_NEIGH_SUPPRESS,
	VSW_A_PORT_LLADDR,
	VSW_A_PORT_PEER_LLADDR,
	VSW_A_PORT_PROXY_ARP,
	VSW_A_PORT_REMOTE,
	VSW_A_PORT_LOCAL,
	VSW_A_PORT_TUNNEL_KEY,
	VSW_A_PORT_NO_TUNNEL_KEY,
	VSW_A_PORT_TUNNEL_TOS,
	VSW_A_PORT_TUNNEL_TTL,
	VSW_A_PORT_TUNNEL_CSUM,
	VSW_A_PORT_TUNNEL_DF,
	VSW_A_PORT_VLAN_VNI,

	__VSW_A_PORT_MAX,
	VSW_A_PORT_MAX = (__VSW_A_PORT_MAX - 1)
};

enum {
	VSW_A_FDB_SWITCH = 1,
	VSW_A_FDB_SWITCH_NAME,
	VSW_A_FDB_LLADDR,
	VSW_A_FDB_VID,
	VSW_A_FDB_PORT_NO,
	VSW_A_FDB_PORT_NAME,
	VSW_A_FDB_FLAGS,
	VSW_A_FDB_AGE,
	VSW_A_FDB_OLD_PORT_NO,
	VSW_A_FDB_LOST,
	VSW_A_FDB_DST,
	VSW_A_FDB_VNI,

	__VSW_A_FDB_MAX,
	VSW_A_FDB_MAX = (__VSW_A_FDB_MAX - 1)
};

enum {
	VSW_A_TABLE_SWITCH = 1,
	VSW_A_TABLE_SWITCH_NAME,
	VSW_A_TABLE_TABLE,
	VSW_A_TABLE_MISS,
	VSW_A_TABLE_FLOWS,
	VSW_A_TABLE_MASKS,
	VSW_A_TABLE_MATCHED,
	VSW_A_TABLE_MISSED,
	VSW_A_TABLE_PAD,
	VSW_A_TABLE_TUPLES,
	VSW_A_TABLE_CHAIN,
	VSW_A_TABLE_PROBES,

	__VSW_A_TABLE_MAX,
	VSW_A_TABLE_MAX = (__VSW_A_TABLE_MAX - 1)
};

enum {
	VSW_A_FIELDS_IN_PORT = 1,
	VSW_A_FIELDS_PKT_MARK,
	VSW_A_FIELDS_METADATA,
	VSW_A_FIELDS_REG0,
	VSW_A_FIELDS_REG1,
	VSW_A_FIELDS_REG2,
	VSW_A_FIELDS_REG3,
	VSW_A_FIELDS_REG4,
	VSW_A_FIELDS_REG5,
	VSW_A_FIELDS_REG6,
	VSW_A_FIELDS_REG7,
	VSW_A_FIELDS_ETH_DST,
	VSW_A_FIELDS_ETH_SRC,
	VSW_A_FIELDS_ETH_TYPE,
	VSW_A_FIELDS_VLAN_TCI,
	VSW_A_FIELDS_VLAN_TPID,
	VSW_A_FIELDS_INNER_VLAN_TCI,
	VSW_A_FIELDS_IP_PROTO,
	VSW_A_FIELDS_IP_TOS,
	VSW_A_FIELDS_IP_TTL,
	VSW_A_FIELDS_IP_FRAG,
	VSW_A_FIELDS_IPV6_LABEL,
	VSW_A_FIELDS_IPV4_SRC,
	VSW_A_FIELDS_IPV4_DST,
	VSW_A_FIELDS_IPV6_SRC,
	VSW_A_FIELDS_IPV6_DST,
	VSW_A_FIELDS_ARP_OP,
	VSW_A_FIELDS_ARP_SPA,
	VSW_A_FIELDS_ARP_TPA,
	VSW_A_FIELDS_ARP_SHA,
	VSW_A_FIELDS_ARP_THA,
	VSW_A_FIELDS_TP_SRC,
	VSW_A_FIELDS_TP_DST,
	VSW_A_FIELDS_TCP_FLAGS,
	VSW_A_FIELDS_ICMP_TYPE,
	VSW_A_FIELDS_ICMP_CODE,
	VSW_A_FIELDS_ND_TARGET,
	VSW_A_FIELDS_ND_SLL,
	VSW_A_FIELDS_ND_TLL,
	VSW_A_FIELDS_PAD,
	VSW_A_FIELDS_TP_SRC_MAX,
	VSW_A_FIELDS_TP_DST_MAX,
	VSW_A_FIELDS_TUN_ID,
	VSW_A_FIELDS_TUN_SRC,
	VSW_A_FIELDS_TUN_DST,
	VSW_A_FIELDS_TUN_IPV6_SRC,
	VSW_A_FIELDS_TUN_IPV6_DST,
	VSW_A_FIELDS_TUN_TOS,
	VSW_A_FIELDS_TUN_TTL,
	VSW_A_FIELDS_TUN_FLAGS,
	VSW_A_FIELDS_TUN_GBP_ID,
	VSW_A_FIELDS_TUN_GBP_FLAGS,
	VSW_A_FIELDS_TUN_OPT_CLASS,
	VSW_A_FIELDS_TUN_OPT_TYPE,
	VSW_A_FIELDS_TUN_OPT_DATA,

	__VSW_A_FIELDS_MAX,
	VSW_A_FIELDS_MAX = (__VSW_A_FIELDS_MAX - 1)
};

enum {
	VSW_A_SUBFIELD_FIELD = 1,
	VSW_A_SUBFIELD_OFFSET,
	VSW_A_SUBFIELD_BITS,

	__VSW_A_SUBFIELD_MAX,
	VSW_A_SUBFIELD_MAX = (__VSW_A_SUBFIELD_MAX - 1)
};

enum {
	VSW_A_SET_FIELD_VALUE = 1,
	VSW_A_SET_FIELD_MASK,

	__VSW_A_SET_FIELD_MAX,
	VSW_A_SET_FIELD_MAX = (__VSW_A_SET_FIELD_MAX - 1)
};

enum {
	VSW_A_MOVE_SRC = 1,
	VSW_A_MOVE_DST,

	__VSW_A_MOVE_MAX,
	VSW_A_MOVE_MAX = (__VSW_A_MOVE_MAX - 1)
};

enum {
	VSW_A_PUNT_ACTION_QUEUE = 1,
	VSW_A_PUNT_ACTION_USERDATA,

	__VSW_A_PUNT_ACTION_MAX,
	VSW_A_PUNT_ACTION_MAX = (__VSW_A_PUNT_ACTION_MAX - 1)
};

enum {
	VSW_A_PUSH_ETH_SRC = 1,
	VSW_A_PUSH_ETH_DST,

	__VSW_A_PUSH_ETH_MAX,
	VSW_A_PUSH_ETH_MAX = (__VSW_A_PUSH_ETH_MAX - 1)
};

enum {
	VSW_A_ACTION_OUTPUT = 1,
	VSW_A_ACTION_IN_PORT,
	VSW_A_ACTION_NORMAL,
	VSW_A_ACTION_FLOOD,
	VSW_A_ACTION_ALL,
	VSW_A_ACTION_DROP,
	VSW_A_ACTION_SET_FIELD,
	VSW_A_ACTION_MOVE,
	VSW_A_ACTION_PUSH_VLAN,
	VSW_A_ACTION_POP_VLAN,
	VSW_A_ACTION_DEC_TTL,
	VSW_A_ACTION_GOTO_TABLE,
	VSW_A_ACTION_OUTPUT_NAME,
	VSW_A_ACTION_PUNT,
	VSW_A_ACTION_FIB,
	VSW_A_ACTION_ROUTE,
	VSW_A_ACTION_PUSH_ETH,
	VSW_A_ACTION_POP_ETH,

	__VSW_A_ACTION_MAX,
	VSW_A_ACTION_MAX = (__VSW_A_ACTION_MAX - 1)
};

enum {
	VSW_A_ACTIONS_ACTION = 1,

	__VSW_A_ACTIONS_MAX,
	VSW_A_ACTIONS_MAX = (__VSW_A_ACTIONS_MAX - 1)
};

enum {
	VSW_A_FLOW_SWITCH = 1,
	VSW_A_FLOW_SWITCH_NAME,
	VSW_A_FLOW_TABLE,
	VSW_A_FLOW_PRIORITY,
	VSW_A_FLOW_MATCH,
	VSW_A_FLOW_MASK,
	VSW_A_FLOW_ACTIONS,
	VSW_A_FLOW_COOKIE,
	VSW_A_FLOW_COOKIE_MASK,
	VSW_A_FLOW_IDLE_TIMEOUT,
	VSW_A_FLOW_HARD_TIMEOUT,
	VSW_A_FLOW_ID,
	VSW_A_FLOW_PACKETS,
	VSW_A_FLOW_BYTES,
	VSW_A_FLOW_USED,
	VSW_A_FLOW_DURATION,
	VSW_A_FLOW_REMOVED,
	VSW_A_FLOW_STRICT,
	VSW_A_FLOW_OUT_PORT,
	VSW_A_FLOW_TXN,
	VSW_A_FLOW_PAD,

	__VSW_A_FLOW_MAX,
	VSW_A_FLOW_MAX = (__VSW_A_FLOW_MAX - 1)
};

enum {
	VSW_A_TXN_SWITCH = 1,
	VSW_A_TXN_SWITCH_NAME,
	VSW_A_TXN_TXN,
	VSW_A_TXN_CHANGES,

	__VSW_A_TXN_MAX,
	VSW_A_TXN_MAX = (__VSW_A_TXN_MAX - 1)
};

enum {
	VSW_A_PUNT_SWITCH = 1,
	VSW_A_PUNT_SWITCH_NAME,
	VSW_A_PUNT_QUEUE,
	VSW_A_PUNT_SNAPLEN,
	VSW_A_PUNT_PORTID,
	VSW_A_PUNT_SENT,
	VSW_A_PUNT_LOST,
	VSW_A_PUNT_PORT_NO,
	VSW_A_PUNT_PORT_NAME,
	VSW_A_PUNT_TABLE,
	VSW_A_PUNT_COOKIE,
	VSW_A_PUNT_REASON,
	VSW_A_PUNT_USERDATA,
	VSW_A_PUNT_FIELDS,
	VSW_A_PUNT_LENGTH,
	VSW_A_PUNT_TIME,
	VSW_A_PUNT_FRAME,
	VSW_A_PUNT_PAD,

	__VSW_A_PUNT_MAX,
	VSW_A_PUNT_MAX = (__VSW_A_PUNT_MAX - 1)
};

enum {
	VSW_A_PACKET_SWITCH = 1,
	VSW_A_PACKET_SWITCH_NAME,
	VSW_A_PACKET_PORT_NO,
	VSW_A_PACKET_PORT_NAME,
	VSW_A_PACKET_TABLE,
	VSW_A_PACKET_ACTIONS,
	VSW_A_PACKET_FRAME,

	__VSW_A_PACKET_MAX,
	VSW_A_PACKET_MAX = (__VSW_A_PACKET_MAX - 1)
};

enum {
	VSW_A_PREFIX_ADDRESS = 1,
	VSW_A_PREFIX_LENGTH,

	__VSW_A_PREFIX_MAX,
	VSW_A_PREFIX_MAX = (__VSW_A_PREFIX_MAX - 1)
};

enum {
	VSW_A_HOP_VIA = 1,
	VSW_A_HOP_INTERFACE,

	__VSW_A_HOP_MAX,
	VSW_A_HOP_MAX = (__VSW_A_HOP_MAX - 1)
};

enum {
	VSW_A_ROUTER_ROUTER = 1,
	VSW_A_ROUTER_INTERFACES,
	VSW_A_ROUTER_ROUTES,
	VSW_A_ROUTER_NEIGHS,
	VSW_A_ROUTER_ROUTES_MAX,
	VSW_A_ROUTER_NEIGHS_MAX,

	__VSW_A_ROUTER_MAX,
	VSW_A_ROUTER_MAX = (__VSW_A_ROUTER_MAX - 1)
};

enum {
	VSW_A_INTERFACE_SWITCH = 1,
	VSW_A_INTERFACE_SWITCH_NAME,
	VSW_A_INTERFACE_ROUTER,
	VSW_A_INTERFACE_NAME,
	VSW_A_INTERFACE_VID,
	VSW_A_INTERFACE_LLADDR,
	VSW_A_INTERFACE_MTU,
	VSW_A_INTERFACE_ADDRESS,
	VSW_A_INTERFACE_PORT_NO,

	__VSW_A_INTERFACE_MAX,
	VSW_A_INTERFACE_MAX = (__VSW_A_INTERFACE_MAX - 1)
};

enum {
	VSW_A_ROUTE_ROUTER = 1,
	VSW_A_ROUTE_PREFIX,
	VSW_A_ROUTE_TYPE,
	VSW_A_ROUTE_HOP,
	VSW_A_ROUTE_OWN,

	__VSW_A_ROUTE_MAX,
	VSW_A_ROUTE_MAX = (__VSW_A_ROUTE_MAX - 1)
};

enum {
	VSW_A_NEIGH_ROUTER = 1,
	VSW_A_NEIGH_INTERFACE,
	VSW_A_NEIGH_ADDRESS,
	VSW_A_NEIGH_LLADDR,
	VSW_A_NEIGH_STATE,
	VSW_A_NEIGH_USED,

	__VSW_A_NEIGH_MAX,
	VSW_A_NEIGH_MAX = (__VSW_A_NEIGH_MAX - 1)
};

enum {
	VSW_CMD_SWITCH_NEW = 1,
	VSW_CMD_SWITCH_DEL,
	VSW_CMD_SWITCH_SET,
	VSW_CMD_SWITCH_GET,
	VSW_CMD_SWITCH_NEW_NTF,
	VSW_CMD_SWITCH_DEL_NTF,
	VSW_CMD_PORT_NEW,
	VSW_CMD_PORT_DEL,
	VSW_CMD_PORT_SET,
	VSW_CMD_PORT_GET,
	VSW_CMD_PORT_NEW_NTF,
	VSW_CMD_PORT_DEL_NTF,
	VSW_CMD_FDB_NEW,
	VSW_CMD_FDB_DEL,
	VSW_CMD_FDB_FLUSH,
	VSW_CMD_FDB_GET,
	VSW_CMD_FDB_NEW_NTF,
	VSW_CMD_FDB_MOVE_NTF,
	VSW_CMD_FDB_DEL_NTF,
	VSW_CMD_FDB_LOST_NTF,
	VSW_CMD_TABLE_SET,
	VSW_CMD_TABLE_GET,
	VSW_CMD_TABLE_NTF,
	VSW_CMD_FLOW_NEW,
	VSW_CMD_FLOW_SET,
	VSW_CMD_FLOW_DEL,
	VSW_CMD_FLOW_GET,
	VSW_CMD_FLOW_NEW_NTF,
	VSW_CMD_FLOW_DEL_NTF,
	VSW_CMD_TXN_NEW,
	VSW_CMD_TXN_COMMIT,
	VSW_CMD_TXN_ABORT,
	VSW_CMD_PUNT_LISTEN,
	VSW_CMD_PUNT_UNLISTEN,
	VSW_CMD_PUNT_GET,
	VSW_CMD_PUNT,
	VSW_CMD_PACKET_OUT,
	VSW_CMD_ROUTER_NEW,
	VSW_CMD_ROUTER_DEL,
	VSW_CMD_ROUTER_GET,
	VSW_CMD_INTERFACE_NEW,
	VSW_CMD_INTERFACE_DEL,
	VSW_CMD_INTERFACE_GET,
	VSW_CMD_ROUTE_NEW,
	VSW_CMD_ROUTE_DEL,
	VSW_CMD_ROUTE_GET,
	VSW_CMD_NEIGH_NEW,
	VSW_CMD_NEIGH_DEL,
	VSW_CMD_NEIGH_GET,

	__VSW_CMD_MAX,
	VSW_CMD_MAX = (__VSW_CMD_MAX - 1)
};

#define VSW_MCGRP_SWITCH	"switch"
#define VSW_MCGRP_PORT		"port"
#define VSW_MCGRP_FDB		"fdb"
#define VSW_MCGRP_FLOW		"flow"

#endif /* _UAPI_LINUX_VSW_H */
