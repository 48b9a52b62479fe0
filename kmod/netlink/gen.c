// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/* Do not edit directly, auto-generated from: */
/*	include/netlink/vsw.yaml */
/* YNL-GEN kernel source */

#include <net/netlink.h>
#include <net/genetlink.h>

#include "gen.h"

#include <uapi/linux/vsw.h>

/* Integer value ranges */
static const struct netlink_range_validation vsw_a_switch_ageing_range = {
	.max	= 1000000ULL,
};

static const struct netlink_range_validation vsw_a_switch_group_fwd_mask_range = {
	.max	= 65532ULL,
};

static const struct netlink_range_validation vsw_a_vni_range_vni_range = {
	.max	= 16777215ULL,
};

static const struct netlink_range_validation vsw_a_port_punt_rate_range = {
	.min	= 1ULL,
	.max	= VSW_PUNT_RATE_MAX,
};

static const struct netlink_range_validation vsw_a_port_punt_burst_range = {
	.min	= 1ULL,
	.max	= VSW_PUNT_RATE_MAX,
};

static const struct netlink_range_validation vsw_a_punt_snaplen_range = {
	.min	= 1ULL,
	.max	= VSW_PUNT_SNAPLEN_MAX,
};

static const struct netlink_range_validation vsw_a_router_routes_max_range = {
	.max	= VSW_ROUTES_LIMIT,
};

static const struct netlink_range_validation vsw_a_router_neighs_max_range = {
	.max	= VSW_NEIGHS_LIMIT,
};

static const struct netlink_range_validation vsw_a_interface_mtu_range = {
	.min	= 1280ULL,
	.max	= 65535ULL,
};

/* Common nested types */
const struct nla_policy vsw_action_nl_policy[VSW_A_ACTION_POP_ETH + 1] = {
	[VSW_A_ACTION_OUTPUT] = { .type = NLA_U32, },
	[VSW_A_ACTION_IN_PORT] = { .type = NLA_FLAG, },
	[VSW_A_ACTION_NORMAL] = { .type = NLA_FLAG, },
	[VSW_A_ACTION_FLOOD] = { .type = NLA_FLAG, },
	[VSW_A_ACTION_ALL] = { .type = NLA_FLAG, },
	[VSW_A_ACTION_DROP] = { .type = NLA_FLAG, },
	[VSW_A_ACTION_SET_FIELD] = NLA_POLICY_NESTED(vsw_set_field_nl_policy),
	[VSW_A_ACTION_MOVE] = NLA_POLICY_NESTED(vsw_move_nl_policy),
	[VSW_A_ACTION_PUSH_VLAN] = { .type = NLA_U16, },
	[VSW_A_ACTION_POP_VLAN] = { .type = NLA_FLAG, },
	[VSW_A_ACTION_DEC_TTL] = { .type = NLA_FLAG, },
	[VSW_A_ACTION_GOTO_TABLE] = NLA_POLICY_MAX(NLA_U8, VSW_TABLE_MAX),
	[VSW_A_ACTION_OUTPUT_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_ACTION_PUNT] = NLA_POLICY_NESTED(vsw_punt_action_nl_policy),
	[VSW_A_ACTION_FIB] = { .type = NLA_FLAG, },
	[VSW_A_ACTION_ROUTE] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_ACTION_PUSH_ETH] = NLA_POLICY_NESTED(vsw_push_eth_nl_policy),
	[VSW_A_ACTION_POP_ETH] = { .type = NLA_FLAG, },
};

const struct nla_policy vsw_actions_nl_policy[VSW_A_ACTIONS_ACTION + 1] = {
	[VSW_A_ACTIONS_ACTION] = NLA_POLICY_NESTED(vsw_action_nl_policy),
};

const struct nla_policy vsw_fields_nl_policy[VSW_A_FIELDS_TUN_OPT_DATA + 1] = {
	[VSW_A_FIELDS_IN_PORT] = { .type = NLA_U32, },
	[VSW_A_FIELDS_PKT_MARK] = { .type = NLA_U32, },
	[VSW_A_FIELDS_METADATA] = { .type = NLA_U64, },
	[VSW_A_FIELDS_REG0] = { .type = NLA_U32, },
	[VSW_A_FIELDS_REG1] = { .type = NLA_U32, },
	[VSW_A_FIELDS_REG2] = { .type = NLA_U32, },
	[VSW_A_FIELDS_REG3] = { .type = NLA_U32, },
	[VSW_A_FIELDS_REG4] = { .type = NLA_U32, },
	[VSW_A_FIELDS_REG5] = { .type = NLA_U32, },
	[VSW_A_FIELDS_REG6] = { .type = NLA_U32, },
	[VSW_A_FIELDS_REG7] = { .type = NLA_U32, },
	[VSW_A_FIELDS_ETH_DST] = NLA_POLICY_EXACT_LEN(6),
	[VSW_A_FIELDS_ETH_SRC] = NLA_POLICY_EXACT_LEN(6),
	[VSW_A_FIELDS_ETH_TYPE] = { .type = NLA_U16, },
	[VSW_A_FIELDS_VLAN_TCI] = { .type = NLA_U16, },
	[VSW_A_FIELDS_VLAN_TPID] = { .type = NLA_U16, },
	[VSW_A_FIELDS_INNER_VLAN_TCI] = { .type = NLA_U16, },
	[VSW_A_FIELDS_IP_PROTO] = { .type = NLA_U8, },
	[VSW_A_FIELDS_IP_TOS] = { .type = NLA_U8, },
	[VSW_A_FIELDS_IP_TTL] = { .type = NLA_U8, },
	[VSW_A_FIELDS_IP_FRAG] = { .type = NLA_U8, },
	[VSW_A_FIELDS_IPV6_LABEL] = { .type = NLA_U32, },
	[VSW_A_FIELDS_IPV4_SRC] = { .type = NLA_U32, },
	[VSW_A_FIELDS_IPV4_DST] = { .type = NLA_U32, },
	[VSW_A_FIELDS_IPV6_SRC] = NLA_POLICY_EXACT_LEN(16),
	[VSW_A_FIELDS_IPV6_DST] = NLA_POLICY_EXACT_LEN(16),
	[VSW_A_FIELDS_ARP_OP] = { .type = NLA_U16, },
	[VSW_A_FIELDS_ARP_SPA] = { .type = NLA_U32, },
	[VSW_A_FIELDS_ARP_TPA] = { .type = NLA_U32, },
	[VSW_A_FIELDS_ARP_SHA] = NLA_POLICY_EXACT_LEN(6),
	[VSW_A_FIELDS_ARP_THA] = NLA_POLICY_EXACT_LEN(6),
	[VSW_A_FIELDS_TP_SRC] = { .type = NLA_U16, },
	[VSW_A_FIELDS_TP_DST] = { .type = NLA_U16, },
	[VSW_A_FIELDS_TCP_FLAGS] = { .type = NLA_U16, },
	[VSW_A_FIELDS_ICMP_TYPE] = { .type = NLA_U8, },
	[VSW_A_FIELDS_ICMP_CODE] = { .type = NLA_U8, },
	[VSW_A_FIELDS_ND_TARGET] = NLA_POLICY_EXACT_LEN(16),
	[VSW_A_FIELDS_ND_SLL] = NLA_POLICY_EXACT_LEN(6),
	[VSW_A_FIELDS_ND_TLL] = NLA_POLICY_EXACT_LEN(6),
	[VSW_A_FIELDS_TP_SRC_MAX] = { .type = NLA_U16, },
	[VSW_A_FIELDS_TP_DST_MAX] = { .type = NLA_U16, },
	[VSW_A_FIELDS_TUN_ID] = { .type = NLA_U64, },
	[VSW_A_FIELDS_TUN_SRC] = { .type = NLA_U32, },
	[VSW_A_FIELDS_TUN_DST] = { .type = NLA_U32, },
	[VSW_A_FIELDS_TUN_IPV6_SRC] = NLA_POLICY_EXACT_LEN(16),
	[VSW_A_FIELDS_TUN_IPV6_DST] = NLA_POLICY_EXACT_LEN(16),
	[VSW_A_FIELDS_TUN_TOS] = { .type = NLA_U8, },
	[VSW_A_FIELDS_TUN_TTL] = { .type = NLA_U8, },
	[VSW_A_FIELDS_TUN_FLAGS] = { .type = NLA_U16, },
	[VSW_A_FIELDS_TUN_GBP_ID] = { .type = NLA_U16, },
	[VSW_A_FIELDS_TUN_GBP_FLAGS] = { .type = NLA_U8, },
	[VSW_A_FIELDS_TUN_OPT_CLASS] = { .type = NLA_U16, },
	[VSW_A_FIELDS_TUN_OPT_TYPE] = { .type = NLA_U8, },
	[VSW_A_FIELDS_TUN_OPT_DATA] = { .type = NLA_U32, },
};

const struct nla_policy vsw_hop_nl_policy[VSW_A_HOP_INTERFACE + 1] = {
	[VSW_A_HOP_VIA] = NLA_POLICY_EXACT_LEN(16),
	[VSW_A_HOP_INTERFACE] = { .type = NLA_NUL_STRING, .len = 15, },
};

const struct nla_policy vsw_move_nl_policy[VSW_A_MOVE_DST + 1] = {
	[VSW_A_MOVE_SRC] = NLA_POLICY_NESTED(vsw_subfield_nl_policy),
	[VSW_A_MOVE_DST] = NLA_POLICY_NESTED(vsw_subfield_nl_policy),
};

const struct nla_policy vsw_prefix_nl_policy[VSW_A_PREFIX_LENGTH + 1] = {
	[VSW_A_PREFIX_ADDRESS] = NLA_POLICY_EXACT_LEN(16),
	[VSW_A_PREFIX_LENGTH] = NLA_POLICY_MAX(NLA_U8, 128),
};

const struct nla_policy vsw_punt_action_nl_policy[VSW_A_PUNT_ACTION_USERDATA + 1] = {
	[VSW_A_PUNT_ACTION_QUEUE] = { .type = NLA_U16, },
	[VSW_A_PUNT_ACTION_USERDATA] = { .type = NLA_BINARY, },
};

const struct nla_policy vsw_push_eth_nl_policy[VSW_A_PUSH_ETH_DST + 1] = {
	[VSW_A_PUSH_ETH_SRC] = NLA_POLICY_EXACT_LEN(6),
	[VSW_A_PUSH_ETH_DST] = NLA_POLICY_EXACT_LEN(6),
};

const struct nla_policy vsw_remote_nl_policy[VSW_A_REMOTE_VID + 1] = {
	[VSW_A_REMOTE_ADDRESS] = NLA_POLICY_EXACT_LEN(16),
	[VSW_A_REMOTE_VID] = NLA_POLICY_MAX(NLA_U16, 4094),
};

const struct nla_policy vsw_set_field_nl_policy[VSW_A_SET_FIELD_MASK + 1] = {
	[VSW_A_SET_FIELD_VALUE] = NLA_POLICY_NESTED(vsw_fields_nl_policy),
	[VSW_A_SET_FIELD_MASK] = NLA_POLICY_NESTED(vsw_fields_nl_policy),
};

const struct nla_policy vsw_subfield_nl_policy[VSW_A_SUBFIELD_BITS + 1] = {
	[VSW_A_SUBFIELD_FIELD] = { .type = NLA_U32, },
	[VSW_A_SUBFIELD_OFFSET] = NLA_POLICY_MAX(NLA_U32, 127),
	[VSW_A_SUBFIELD_BITS] = NLA_POLICY_RANGE(NLA_U32, 1, 128),
};

const struct nla_policy vsw_vlan_range_nl_policy[VSW_A_VLAN_RANGE_LAST + 1] = {
	[VSW_A_VLAN_RANGE_FIRST] = NLA_POLICY_MAX(NLA_U16, 4094),
	[VSW_A_VLAN_RANGE_LAST] = NLA_POLICY_MAX(NLA_U16, 4094),
};

const struct nla_policy vsw_vni_range_nl_policy[VSW_A_VNI_RANGE_VNI + 1] = {
	[VSW_A_VNI_RANGE_FIRST] = NLA_POLICY_RANGE(NLA_U16, 1, 4094),
	[VSW_A_VNI_RANGE_LAST] = NLA_POLICY_RANGE(NLA_U16, 1, 4094),
	[VSW_A_VNI_RANGE_VNI] = NLA_POLICY_FULL_RANGE(NLA_U32, &vsw_a_vni_range_vni_range),
};

/* VSW_CMD_SWITCH_NEW - do */
const struct nla_policy vsw_switch_new_nl_policy[VSW_A_SWITCH_FDB_MAX + 1] = {
	[VSW_A_SWITCH_SWITCH_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_SWITCH_AGEING] = NLA_POLICY_FULL_RANGE(NLA_U32, &vsw_a_switch_ageing_range),
	[VSW_A_SWITCH_GROUP_FWD_MASK] = NLA_POLICY_FULL_RANGE(NLA_U16, &vsw_a_switch_group_fwd_mask_range),
	[VSW_A_SWITCH_PORTS_MAX] = NLA_POLICY_MAX(NLA_U32, VSW_PORTS_LIMIT),
	[VSW_A_SWITCH_FLOWS_MAX] = { .type = NLA_U32, },
	[VSW_A_SWITCH_FDB_MAX] = { .type = NLA_U32, },
};

/* VSW_CMD_SWITCH_DEL - do */
const struct nla_policy vsw_switch_del_nl_policy[VSW_A_SWITCH_SWITCH_NAME + 1] = {
	[VSW_A_SWITCH_SWITCH] = { .type = NLA_U32, },
	[VSW_A_SWITCH_SWITCH_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
};

/* VSW_CMD_SWITCH_SET - do */
const struct nla_policy vsw_switch_set_nl_policy[VSW_A_SWITCH_FDB_MAX + 1] = {
	[VSW_A_SWITCH_SWITCH] = { .type = NLA_U32, },
	[VSW_A_SWITCH_SWITCH_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_SWITCH_AGEING] = NLA_POLICY_FULL_RANGE(NLA_U32, &vsw_a_switch_ageing_range),
	[VSW_A_SWITCH_GROUP_FWD_MASK] = NLA_POLICY_FULL_RANGE(NLA_U16, &vsw_a_switch_group_fwd_mask_range),
	[VSW_A_SWITCH_PORTS_MAX] = NLA_POLICY_MAX(NLA_U32, VSW_PORTS_LIMIT),
	[VSW_A_SWITCH_FLOWS_MAX] = { .type = NLA_U32, },
	[VSW_A_SWITCH_FDB_MAX] = { .type = NLA_U32, },
};

/* VSW_CMD_SWITCH_GET - do */
const struct nla_policy vsw_switch_get_nl_policy[VSW_A_SWITCH_SWITCH_NAME + 1] = {
	[VSW_A_SWITCH_SWITCH] = { .type = NLA_U32, },
	[VSW_A_SWITCH_SWITCH_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
};

/* VSW_CMD_PORT_NEW - do */
const struct nla_policy vsw_port_new_nl_policy[VSW_A_PORT_VLAN_VNI + 1] = {
	[VSW_A_PORT_SWITCH] = { .type = NLA_U32, },
	[VSW_A_PORT_SWITCH_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_PORT_PORT_NO] = { .type = NLA_U32, },
	[VSW_A_PORT_IFINDEX] = { .type = NLA_U32, },
	[VSW_A_PORT_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_PORT_LEARNING] = NLA_POLICY_MAX(NLA_U8, 1),
	[VSW_A_PORT_FLOOD] = NLA_POLICY_MAX(NLA_U8, 1),
	[VSW_A_PORT_MCAST_FLOOD] = NLA_POLICY_MAX(NLA_U8, 1),
	[VSW_A_PORT_BCAST_FLOOD] = NLA_POLICY_MAX(NLA_U8, 1),
	[VSW_A_PORT_ISOLATED] = NLA_POLICY_MAX(NLA_U8, 1),
	[VSW_A_PORT_HAIRPIN] = NLA_POLICY_MAX(NLA_U8, 1),
	[VSW_A_PORT_PEER_DELIVERY] = NLA_POLICY_MAX(NLA_U8, 1),
	[VSW_A_PORT_VLAN_MODE] = NLA_POLICY_MAX(NLA_U32, 3),
	[VSW_A_PORT_VLAN_TAG] = NLA_POLICY_MAX(NLA_U16, 4094),
	[VSW_A_PORT_VLAN_TRUNK] = NLA_POLICY_NESTED(vsw_vlan_range_nl_policy),
	[VSW_A_PORT_FDB_MAX] = { .type = NLA_U32, },
	[VSW_A_PORT_TYPE] = NLA_POLICY_MAX(NLA_U32, 5),
	[VSW_A_PORT_PEER_SWITCH_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_PORT_PEER_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_PORT_PUNT_RATE] = NLA_POLICY_FULL_RANGE(NLA_U32, &vsw_a_port_punt_rate_range),
	[VSW_A_PORT_PUNT_BURST] = NLA_POLICY_FULL_RANGE(NLA_U32, &vsw_a_port_punt_burst_range),
	[VSW_A_PORT_NEIGH_SUPPRESS] = NLA_POLICY_MAX(NLA_U8, 1),
	[VSW_A_PORT_LLADDR] = NLA_POLICY_EXACT_LEN(6),
	[VSW_A_PORT_PEER_LLADDR] = NLA_POLICY_EXACT_LEN(6),
	[VSW_A_PORT_PROXY_ARP] = NLA_POLICY_MAX(NLA_U8, 1),
	[VSW_A_PORT_REMOTE] = NLA_POLICY_NESTED(vsw_remote_nl_policy),
	[VSW_A_PORT_LOCAL] = NLA_POLICY_EXACT_LEN(16),
	[VSW_A_PORT_TUNNEL_KEY] = { .type = NLA_U32, },
	[VSW_A_PORT_NO_TUNNEL_KEY] = { .type = NLA_FLAG, },
	[VSW_A_PORT_TUNNEL_TOS] = NLA_POLICY_MAX(NLA_U16, VSW_TUNNEL_INHERIT),
	[VSW_A_PORT_TUNNEL_TTL] = NLA_POLICY_RANGE(NLA_U16, 1, VSW_TUNNEL_INHERIT),
	[VSW_A_PORT_TUNNEL_CSUM] = NLA_POLICY_MAX(NLA_U32, 2),
	[VSW_A_PORT_TUNNEL_DF] = NLA_POLICY_MAX(NLA_U8, 1),
	[VSW_A_PORT_VLAN_VNI] = NLA_POLICY_NESTED(vsw_vni_range_nl_policy),
};

/* VSW_CMD_PORT_DEL - do */
const struct nla_policy vsw_port_del_nl_policy[VSW_A_PORT_NAME + 1] = {
	[VSW_A_PORT_SWITCH] = { .type = NLA_U32, },
	[VSW_A_PORT_SWITCH_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_PORT_PORT_NO] = { .type = NLA_U32, },
	[VSW_A_PORT_IFINDEX] = { .type = NLA_U32, },
	[VSW_A_PORT_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
};

/* VSW_CMD_PORT_SET - do */
const struct nla_policy vsw_port_set_nl_policy[VSW_A_PORT_VLAN_VNI + 1] = {
	[VSW_A_PORT_SWITCH] = { .type = NLA_U32, },
	[VSW_A_PORT_SWITCH_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_PORT_PORT_NO] = { .type = NLA_U32, },
	[VSW_A_PORT_IFINDEX] = { .type = NLA_U32, },
	[VSW_A_PORT_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_PORT_LEARNING] = NLA_POLICY_MAX(NLA_U8, 1),
	[VSW_A_PORT_FLOOD] = NLA_POLICY_MAX(NLA_U8, 1),
	[VSW_A_PORT_MCAST_FLOOD] = NLA_POLICY_MAX(NLA_U8, 1),
	[VSW_A_PORT_BCAST_FLOOD] = NLA_POLICY_MAX(NLA_U8, 1),
	[VSW_A_PORT_ISOLATED] = NLA_POLICY_MAX(NLA_U8, 1),
	[VSW_A_PORT_HAIRPIN] = NLA_POLICY_MAX(NLA_U8, 1),
	[VSW_A_PORT_PEER_DELIVERY] = NLA_POLICY_MAX(NLA_U8, 1),
	[VSW_A_PORT_VLAN_MODE] = NLA_POLICY_MAX(NLA_U32, 3),
	[VSW_A_PORT_VLAN_TAG] = NLA_POLICY_MAX(NLA_U16, 4094),
	[VSW_A_PORT_VLAN_TRUNK] = NLA_POLICY_NESTED(vsw_vlan_range_nl_policy),
	[VSW_A_PORT_FDB_MAX] = { .type = NLA_U32, },
	[VSW_A_PORT_TYPE] = NLA_POLICY_MAX(NLA_U32, 5),
	[VSW_A_PORT_PEER_SWITCH_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_PORT_PEER_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_PORT_PUNT_RATE] = NLA_POLICY_FULL_RANGE(NLA_U32, &vsw_a_port_punt_rate_range),
	[VSW_A_PORT_PUNT_BURST] = NLA_POLICY_FULL_RANGE(NLA_U32, &vsw_a_port_punt_burst_range),
	[VSW_A_PORT_NEIGH_SUPPRESS] = NLA_POLICY_MAX(NLA_U8, 1),
	[VSW_A_PORT_LLADDR] = NLA_POLICY_EXACT_LEN(6),
	[VSW_A_PORT_PEER_LLADDR] = NLA_POLICY_EXACT_LEN(6),
	[VSW_A_PORT_PROXY_ARP] = NLA_POLICY_MAX(NLA_U8, 1),
	[VSW_A_PORT_REMOTE] = NLA_POLICY_NESTED(vsw_remote_nl_policy),
	[VSW_A_PORT_LOCAL] = NLA_POLICY_EXACT_LEN(16),
	[VSW_A_PORT_TUNNEL_KEY] = { .type = NLA_U32, },
	[VSW_A_PORT_NO_TUNNEL_KEY] = { .type = NLA_FLAG, },
	[VSW_A_PORT_TUNNEL_TOS] = NLA_POLICY_MAX(NLA_U16, VSW_TUNNEL_INHERIT),
	[VSW_A_PORT_TUNNEL_TTL] = NLA_POLICY_RANGE(NLA_U16, 1, VSW_TUNNEL_INHERIT),
	[VSW_A_PORT_TUNNEL_CSUM] = NLA_POLICY_MAX(NLA_U32, 2),
	[VSW_A_PORT_TUNNEL_DF] = NLA_POLICY_MAX(NLA_U8, 1),
	[VSW_A_PORT_VLAN_VNI] = NLA_POLICY_NESTED(vsw_vni_range_nl_policy),
};

/* VSW_CMD_PORT_GET - do */
const struct nla_policy vsw_port_get_nl_policy[VSW_A_PORT_NAME + 1] = {
	[VSW_A_PORT_SWITCH] = { .type = NLA_U32, },
	[VSW_A_PORT_SWITCH_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_PORT_PORT_NO] = { .type = NLA_U32, },
	[VSW_A_PORT_IFINDEX] = { .type = NLA_U32, },
	[VSW_A_PORT_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
};

/* VSW_CMD_FDB_NEW - do */
const struct nla_policy vsw_fdb_new_nl_policy[VSW_A_FDB_VNI + 1] = {
	[VSW_A_FDB_SWITCH] = { .type = NLA_U32, },
	[VSW_A_FDB_SWITCH_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_FDB_LLADDR] = NLA_POLICY_EXACT_LEN(6),
	[VSW_A_FDB_VID] = NLA_POLICY_MAX(NLA_U16, 4094),
	[VSW_A_FDB_PORT_NO] = { .type = NLA_U32, },
	[VSW_A_FDB_PORT_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_FDB_FLAGS] = NLA_POLICY_MASK(NLA_U32, 0xf),
	[VSW_A_FDB_DST] = NLA_POLICY_EXACT_LEN(16),
	[VSW_A_FDB_VNI] = { .type = NLA_U32, },
};

/* VSW_CMD_FDB_DEL - do */
const struct nla_policy vsw_fdb_del_nl_policy[VSW_A_FDB_VID + 1] = {
	[VSW_A_FDB_SWITCH] = { .type = NLA_U32, },
	[VSW_A_FDB_SWITCH_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_FDB_LLADDR] = NLA_POLICY_EXACT_LEN(6),
	[VSW_A_FDB_VID] = NLA_POLICY_MAX(NLA_U16, 4094),
};

/* VSW_CMD_FDB_FLUSH - do */
const struct nla_policy vsw_fdb_flush_nl_policy[VSW_A_FDB_FLAGS + 1] = {
	[VSW_A_FDB_SWITCH] = { .type = NLA_U32, },
	[VSW_A_FDB_SWITCH_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_FDB_VID] = NLA_POLICY_MAX(NLA_U16, 4094),
	[VSW_A_FDB_PORT_NO] = { .type = NLA_U32, },
	[VSW_A_FDB_PORT_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_FDB_FLAGS] = NLA_POLICY_MASK(NLA_U32, 0xf),
};

/* VSW_CMD_FDB_GET - do */
const struct nla_policy vsw_fdb_get_nl_policy[VSW_A_FDB_FLAGS + 1] = {
	[VSW_A_FDB_SWITCH] = { .type = NLA_U32, },
	[VSW_A_FDB_SWITCH_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_FDB_LLADDR] = NLA_POLICY_EXACT_LEN(6),
	[VSW_A_FDB_VID] = NLA_POLICY_MAX(NLA_U16, 4094),
	[VSW_A_FDB_PORT_NO] = { .type = NLA_U32, },
	[VSW_A_FDB_PORT_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_FDB_FLAGS] = NLA_POLICY_MASK(NLA_U32, 0xf),
};

/* VSW_CMD_TABLE_SET - do */
const struct nla_policy vsw_table_set_nl_policy[VSW_A_TABLE_MISS + 1] = {
	[VSW_A_TABLE_SWITCH] = { .type = NLA_U32, },
	[VSW_A_TABLE_SWITCH_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_TABLE_TABLE] = NLA_POLICY_MAX(NLA_U8, VSW_TABLE_MAX),
	[VSW_A_TABLE_MISS] = NLA_POLICY_MAX(NLA_U32, 3),
};

/* VSW_CMD_TABLE_GET - do */
const struct nla_policy vsw_table_get_nl_policy[VSW_A_TABLE_TABLE + 1] = {
	[VSW_A_TABLE_SWITCH] = { .type = NLA_U32, },
	[VSW_A_TABLE_SWITCH_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_TABLE_TABLE] = NLA_POLICY_MAX(NLA_U8, VSW_TABLE_MAX),
};

/* VSW_CMD_FLOW_NEW - do */
const struct nla_policy vsw_flow_new_nl_policy[VSW_A_FLOW_TXN + 1] = {
	[VSW_A_FLOW_SWITCH] = { .type = NLA_U32, },
	[VSW_A_FLOW_SWITCH_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_FLOW_TABLE] = NLA_POLICY_MAX(NLA_U8, VSW_TABLE_MAX),
	[VSW_A_FLOW_PRIORITY] = { .type = NLA_U16, },
	[VSW_A_FLOW_MATCH] = NLA_POLICY_NESTED(vsw_fields_nl_policy),
	[VSW_A_FLOW_MASK] = NLA_POLICY_NESTED(vsw_fields_nl_policy),
	[VSW_A_FLOW_ACTIONS] = NLA_POLICY_NESTED(vsw_actions_nl_policy),
	[VSW_A_FLOW_COOKIE] = { .type = NLA_U64, },
	[VSW_A_FLOW_IDLE_TIMEOUT] = { .type = NLA_U16, },
	[VSW_A_FLOW_HARD_TIMEOUT] = { .type = NLA_U16, },
	[VSW_A_FLOW_TXN] = { .type = NLA_U32, },
};

/* VSW_CMD_FLOW_SET - do */
const struct nla_policy vsw_flow_set_nl_policy[VSW_A_FLOW_TXN + 1] = {
	[VSW_A_FLOW_SWITCH] = { .type = NLA_U32, },
	[VSW_A_FLOW_SWITCH_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_FLOW_TABLE] = NLA_POLICY_MAX(NLA_U8, VSW_TABLE_MAX),
	[VSW_A_FLOW_PRIORITY] = { .type = NLA_U16, },
	[VSW_A_FLOW_MATCH] = NLA_POLICY_NESTED(vsw_fields_nl_policy),
	[VSW_A_FLOW_MASK] = NLA_POLICY_NESTED(vsw_fields_nl_policy),
	[VSW_A_FLOW_ACTIONS] = NLA_POLICY_NESTED(vsw_actions_nl_policy),
	[VSW_A_FLOW_COOKIE] = { .type = NLA_U64, },
	[VSW_A_FLOW_COOKIE_MASK] = { .type = NLA_U64, },
	[VSW_A_FLOW_STRICT] = { .type = NLA_FLAG, },
	[VSW_A_FLOW_OUT_PORT] = { .type = NLA_U32, },
	[VSW_A_FLOW_TXN] = { .type = NLA_U32, },
};

/* VSW_CMD_FLOW_DEL - do */
const struct nla_policy vsw_flow_del_nl_policy[VSW_A_FLOW_TXN + 1] = {
	[VSW_A_FLOW_SWITCH] = { .type = NLA_U32, },
	[VSW_A_FLOW_SWITCH_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_FLOW_TABLE] = NLA_POLICY_MAX(NLA_U8, VSW_TABLE_MAX),
	[VSW_A_FLOW_PRIORITY] = { .type = NLA_U16, },
	[VSW_A_FLOW_MATCH] = NLA_POLICY_NESTED(vsw_fields_nl_policy),
	[VSW_A_FLOW_MASK] = NLA_POLICY_NESTED(vsw_fields_nl_policy),
	[VSW_A_FLOW_COOKIE] = { .type = NLA_U64, },
	[VSW_A_FLOW_COOKIE_MASK] = { .type = NLA_U64, },
	[VSW_A_FLOW_STRICT] = { .type = NLA_FLAG, },
	[VSW_A_FLOW_OUT_PORT] = { .type = NLA_U32, },
	[VSW_A_FLOW_ID] = { .type = NLA_U32, },
	[VSW_A_FLOW_TXN] = { .type = NLA_U32, },
};

/* VSW_CMD_FLOW_GET - do */
const struct nla_policy vsw_flow_get_nl_policy[VSW_A_FLOW_OUT_PORT + 1] = {
	[VSW_A_FLOW_SWITCH] = { .type = NLA_U32, },
	[VSW_A_FLOW_SWITCH_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_FLOW_ID] = { .type = NLA_U32, },
	[VSW_A_FLOW_TABLE] = NLA_POLICY_MAX(NLA_U8, VSW_TABLE_MAX),
	[VSW_A_FLOW_MATCH] = NLA_POLICY_NESTED(vsw_fields_nl_policy),
	[VSW_A_FLOW_MASK] = NLA_POLICY_NESTED(vsw_fields_nl_policy),
	[VSW_A_FLOW_COOKIE] = { .type = NLA_U64, },
	[VSW_A_FLOW_COOKIE_MASK] = { .type = NLA_U64, },
	[VSW_A_FLOW_OUT_PORT] = { .type = NLA_U32, },
};

/* VSW_CMD_TXN_NEW - do */
const struct nla_policy vsw_txn_new_nl_policy[VSW_A_TXN_SWITCH_NAME + 1] = {
	[VSW_A_TXN_SWITCH] = { .type = NLA_U32, },
	[VSW_A_TXN_SWITCH_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
};

/* VSW_CMD_TXN_COMMIT - do */
const struct nla_policy vsw_txn_commit_nl_policy[VSW_A_TXN_TXN + 1] = {
	[VSW_A_TXN_SWITCH] = { .type = NLA_U32, },
	[VSW_A_TXN_SWITCH_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_TXN_TXN] = { .type = NLA_U32, },
};

/* VSW_CMD_TXN_ABORT - do */
const struct nla_policy vsw_txn_abort_nl_policy[VSW_A_TXN_TXN + 1] = {
	[VSW_A_TXN_SWITCH] = { .type = NLA_U32, },
	[VSW_A_TXN_SWITCH_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_TXN_TXN] = { .type = NLA_U32, },
};

/* VSW_CMD_PUNT_LISTEN - do */
const struct nla_policy vsw_punt_listen_nl_policy[VSW_A_PUNT_SNAPLEN + 1] = {
	[VSW_A_PUNT_SWITCH] = { .type = NLA_U32, },
	[VSW_A_PUNT_SWITCH_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_PUNT_QUEUE] = { .type = NLA_U16, },
	[VSW_A_PUNT_SNAPLEN] = NLA_POLICY_FULL_RANGE(NLA_U32, &vsw_a_punt_snaplen_range),
};

/* VSW_CMD_PUNT_UNLISTEN - do */
const struct nla_policy vsw_punt_unlisten_nl_policy[VSW_A_PUNT_QUEUE + 1] = {
	[VSW_A_PUNT_SWITCH] = { .type = NLA_U32, },
	[VSW_A_PUNT_SWITCH_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_PUNT_QUEUE] = { .type = NLA_U16, },
};

/* VSW_CMD_PUNT_GET - do */
const struct nla_policy vsw_punt_get_nl_policy[VSW_A_PUNT_QUEUE + 1] = {
	[VSW_A_PUNT_SWITCH] = { .type = NLA_U32, },
	[VSW_A_PUNT_SWITCH_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_PUNT_QUEUE] = { .type = NLA_U16, },
};

/* VSW_CMD_PACKET_OUT - do */
const struct nla_policy vsw_packet_out_nl_policy[VSW_A_PACKET_FRAME + 1] = {
	[VSW_A_PACKET_SWITCH] = { .type = NLA_U32, },
	[VSW_A_PACKET_SWITCH_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_PACKET_PORT_NO] = { .type = NLA_U32, },
	[VSW_A_PACKET_PORT_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_PACKET_TABLE] = NLA_POLICY_MAX(NLA_U8, VSW_TABLE_MAX),
	[VSW_A_PACKET_ACTIONS] = NLA_POLICY_NESTED(vsw_actions_nl_policy),
	[VSW_A_PACKET_FRAME] = { .type = NLA_BINARY, },
};

/* VSW_CMD_ROUTER_NEW - do */
const struct nla_policy vsw_router_new_nl_policy[VSW_A_ROUTER_NEIGHS_MAX + 1] = {
	[VSW_A_ROUTER_ROUTER] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_ROUTER_ROUTES_MAX] = NLA_POLICY_FULL_RANGE(NLA_U32, &vsw_a_router_routes_max_range),
	[VSW_A_ROUTER_NEIGHS_MAX] = NLA_POLICY_FULL_RANGE(NLA_U32, &vsw_a_router_neighs_max_range),
};

/* VSW_CMD_ROUTER_DEL - do */
const struct nla_policy vsw_router_del_nl_policy[VSW_A_ROUTER_ROUTER + 1] = {
	[VSW_A_ROUTER_ROUTER] = { .type = NLA_NUL_STRING, .len = 15, },
};

/* VSW_CMD_ROUTER_GET - do */
const struct nla_policy vsw_router_get_nl_policy[VSW_A_ROUTER_ROUTER + 1] = {
	[VSW_A_ROUTER_ROUTER] = { .type = NLA_NUL_STRING, .len = 15, },
};

/* VSW_CMD_INTERFACE_NEW - do */
const struct nla_policy vsw_interface_new_nl_policy[VSW_A_INTERFACE_ADDRESS + 1] = {
	[VSW_A_INTERFACE_SWITCH] = { .type = NLA_U32, },
	[VSW_A_INTERFACE_SWITCH_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_INTERFACE_ROUTER] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_INTERFACE_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_INTERFACE_VID] = NLA_POLICY_MAX(NLA_U16, 4094),
	[VSW_A_INTERFACE_LLADDR] = NLA_POLICY_EXACT_LEN(6),
	[VSW_A_INTERFACE_MTU] = NLA_POLICY_FULL_RANGE(NLA_U32, &vsw_a_interface_mtu_range),
	[VSW_A_INTERFACE_ADDRESS] = NLA_POLICY_NESTED(vsw_prefix_nl_policy),
};

/* VSW_CMD_INTERFACE_DEL - do */
const struct nla_policy vsw_interface_del_nl_policy[VSW_A_INTERFACE_NAME + 1] = {
	[VSW_A_INTERFACE_ROUTER] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_INTERFACE_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
};

/* VSW_CMD_INTERFACE_GET - do */
const struct nla_policy vsw_interface_get_nl_policy[VSW_A_INTERFACE_NAME + 1] = {
	[VSW_A_INTERFACE_ROUTER] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_INTERFACE_NAME] = { .type = NLA_NUL_STRING, .len = 15, },
};

/* VSW_CMD_ROUTE_NEW - do */
const struct nla_policy vsw_route_new_nl_policy[VSW_A_ROUTE_HOP + 1] = {
	[VSW_A_ROUTE_ROUTER] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_ROUTE_PREFIX] = NLA_POLICY_NESTED(vsw_prefix_nl_policy),
	[VSW_A_ROUTE_TYPE] = NLA_POLICY_MAX(NLA_U32, 4),
	[VSW_A_ROUTE_HOP] = NLA_POLICY_NESTED(vsw_hop_nl_policy),
};

/* VSW_CMD_ROUTE_DEL - do */
const struct nla_policy vsw_route_del_nl_policy[VSW_A_ROUTE_PREFIX + 1] = {
	[VSW_A_ROUTE_ROUTER] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_ROUTE_PREFIX] = NLA_POLICY_NESTED(vsw_prefix_nl_policy),
};

/* VSW_CMD_ROUTE_GET - do */
const struct nla_policy vsw_route_get_nl_policy[VSW_A_ROUTE_PREFIX + 1] = {
	[VSW_A_ROUTE_ROUTER] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_ROUTE_PREFIX] = NLA_POLICY_NESTED(vsw_prefix_nl_policy),
};

/* VSW_CMD_NEIGH_NEW - do */
const struct nla_policy vsw_neigh_new_nl_policy[VSW_A_NEIGH_LLADDR + 1] = {
	[VSW_A_NEIGH_ROUTER] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_NEIGH_INTERFACE] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_NEIGH_ADDRESS] = NLA_POLICY_EXACT_LEN(16),
	[VSW_A_NEIGH_LLADDR] = NLA_POLICY_EXACT_LEN(6),
};

/* VSW_CMD_NEIGH_DEL - do */
const struct nla_policy vsw_neigh_del_nl_policy[VSW_A_NEIGH_ADDRESS + 1] = {
	[VSW_A_NEIGH_ROUTER] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_NEIGH_INTERFACE] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_NEIGH_ADDRESS] = NLA_POLICY_EXACT_LEN(16),
};

/* VSW_CMD_NEIGH_GET - do */
const struct nla_policy vsw_neigh_get_nl_policy[VSW_A_NEIGH_ADDRESS + 1] = {
	[VSW_A_NEIGH_ROUTER] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_NEIGH_INTERFACE] = { .type = NLA_NUL_STRING, .len = 15, },
	[VSW_A_NEIGH_ADDRESS] = NLA_POLICY_EXACT_LEN(16),
};

/* Ops table for vsw */
const struct genl_ops vsw_nl_ops[37] = {
	{
		.cmd		= VSW_CMD_SWITCH_NEW,
		.doit		= vsw_nl_switch_new_doit,
		.policy		= vsw_switch_new_nl_policy,
		.maxattr	= VSW_A_SWITCH_FDB_MAX,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VSW_CMD_SWITCH_DEL,
		.doit		= vsw_nl_switch_del_doit,
		.policy		= vsw_switch_del_nl_policy,
		.maxattr	= VSW_A_SWITCH_SWITCH_NAME,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VSW_CMD_SWITCH_SET,
		.doit		= vsw_nl_switch_set_doit,
		.policy		= vsw_switch_set_nl_policy,
		.maxattr	= VSW_A_SWITCH_FDB_MAX,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VSW_CMD_SWITCH_GET,
		.doit		= vsw_nl_switch_get_doit,
		.dumpit		= vsw_nl_switch_get_dumpit,
		.policy		= vsw_switch_get_nl_policy,
		.maxattr	= VSW_A_SWITCH_SWITCH_NAME,
	},
	{
		.cmd		= VSW_CMD_PORT_NEW,
		.doit		= vsw_nl_port_new_doit,
		.policy		= vsw_port_new_nl_policy,
		.maxattr	= VSW_A_PORT_VLAN_VNI,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VSW_CMD_PORT_DEL,
		.doit		= vsw_nl_port_del_doit,
		.policy		= vsw_port_del_nl_policy,
		.maxattr	= VSW_A_PORT_NAME,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VSW_CMD_PORT_SET,
		.doit		= vsw_nl_port_set_doit,
		.policy		= vsw_port_set_nl_policy,
		.maxattr	= VSW_A_PORT_VLAN_VNI,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VSW_CMD_PORT_GET,
		.doit		= vsw_nl_port_get_doit,
		.dumpit		= vsw_nl_port_get_dumpit,
		.policy		= vsw_port_get_nl_policy,
		.maxattr	= VSW_A_PORT_NAME,
	},
	{
		.cmd		= VSW_CMD_FDB_NEW,
		.doit		= vsw_nl_fdb_new_doit,
		.policy		= vsw_fdb_new_nl_policy,
		.maxattr	= VSW_A_FDB_VNI,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VSW_CMD_FDB_DEL,
		.doit		= vsw_nl_fdb_del_doit,
		.policy		= vsw_fdb_del_nl_policy,
		.maxattr	= VSW_A_FDB_VID,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VSW_CMD_FDB_FLUSH,
		.doit		= vsw_nl_fdb_flush_doit,
		.policy		= vsw_fdb_flush_nl_policy,
		.maxattr	= VSW_A_FDB_FLAGS,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VSW_CMD_FDB_GET,
		.doit		= vsw_nl_fdb_get_doit,
		.dumpit		= vsw_nl_fdb_get_dumpit,
		.policy		= vsw_fdb_get_nl_policy,
		.maxattr	= VSW_A_FDB_FLAGS,
	},
	{
		.cmd		= VSW_CMD_TABLE_SET,
		.doit		= vsw_nl_table_set_doit,
		.policy		= vsw_table_set_nl_policy,
		.maxattr	= VSW_A_TABLE_MISS,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VSW_CMD_TABLE_GET,
		.doit		= vsw_nl_table_get_doit,
		.dumpit		= vsw_nl_table_get_dumpit,
		.policy		= vsw_table_get_nl_policy,
		.maxattr	= VSW_A_TABLE_TABLE,
	},
	{
		.cmd		= VSW_CMD_FLOW_NEW,
		.doit		= vsw_nl_flow_new_doit,
		.policy		= vsw_flow_new_nl_policy,
		.maxattr	= VSW_A_FLOW_TXN,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VSW_CMD_FLOW_SET,
		.doit		= vsw_nl_flow_set_doit,
		.policy		= vsw_flow_set_nl_policy,
		.maxattr	= VSW_A_FLOW_TXN,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VSW_CMD_FLOW_DEL,
		.doit		= vsw_nl_flow_del_doit,
		.policy		= vsw_flow_del_nl_policy,
		.maxattr	= VSW_A_FLOW_TXN,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VSW_CMD_FLOW_GET,
		.doit		= vsw_nl_flow_get_doit,
		.dumpit		= vsw_nl_flow_get_dumpit,
		.policy		= vsw_flow_get_nl_policy,
		.maxattr	= VSW_A_FLOW_OUT_PORT,
	},
	{
		.cmd		= VSW_CMD_TXN_NEW,
		.doit		= vsw_nl_txn_new_doit,
		.policy		= vsw_txn_new_nl_policy,
		.maxattr	= VSW_A_TXN_SWITCH_NAME,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VSW_CMD_TXN_COMMIT,
		.doit		= vsw_nl_txn_commit_doit,
		.policy		= vsw_txn_commit_nl_policy,
		.maxattr	= VSW_A_TXN_TXN,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VSW_CMD_TXN_ABORT,
		.doit		= vsw_nl_txn_abort_doit,
		.policy		= vsw_txn_abort_nl_policy,
		.maxattr	= VSW_A_TXN_TXN,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VSW_CMD_PUNT_LISTEN,
		.doit		= vsw_nl_punt_listen_doit,
		.policy		= vsw_punt_listen_nl_policy,
		.maxattr	= VSW_A_PUNT_SNAPLEN,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VSW_CMD_PUNT_UNLISTEN,
		.doit		= vsw_nl_punt_unlisten_doit,
		.policy		= vsw_punt_unlisten_nl_policy,
		.maxattr	= VSW_A_PUNT_QUEUE,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VSW_CMD_PUNT_GET,
		.doit		= vsw_nl_punt_get_doit,
		.dumpit		= vsw_nl_punt_get_dumpit,
		.policy		= vsw_punt_get_nl_policy,
		.maxattr	= VSW_A_PUNT_QUEUE,
	},
	{
		.cmd		= VSW_CMD_PACKET_OUT,
		.doit		= vsw_nl_packet_out_doit,
		.policy		= vsw_packet_out_nl_policy,
		.maxattr	= VSW_A_PACKET_FRAME,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VSW_CMD_ROUTER_NEW,
		.doit		= vsw_nl_router_new_doit,
		.policy		= vsw_router_new_nl_policy,
		.maxattr	= VSW_A_ROUTER_NEIGHS_MAX,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VSW_CMD_ROUTER_DEL,
		.doit		= vsw_nl_router_del_doit,
		.policy		= vsw_router_del_nl_policy,
		.maxattr	= VSW_A_ROUTER_ROUTER,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VSW_CMD_ROUTER_GET,
		.doit		= vsw_nl_router_get_doit,
		.dumpit		= vsw_nl_router_get_dumpit,
		.policy		= vsw_router_get_nl_policy,
		.maxattr	= VSW_A_ROUTER_ROUTER,
	},
	{
		.cmd		= VSW_CMD_INTERFACE_NEW,
		.doit		= vsw_nl_interface_new_doit,
		.policy		= vsw_interface_new_nl_policy,
		.maxattr	= VSW_A_INTERFACE_ADDRESS,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VSW_CMD_INTERFACE_DEL,
		.doit		= vsw_nl_interface_del_doit,
		.policy		= vsw_interface_del_nl_policy,
		.maxattr	= VSW_A_INTERFACE_NAME,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VSW_CMD_INTERFACE_GET,
		.doit		= vsw_nl_interface_get_doit,
		.dumpit		= vsw_nl_interface_get_dumpit,
		.policy		= vsw_interface_get_nl_policy,
		.maxattr	= VSW_A_INTERFACE_NAME,
	},
	{
		.cmd		= VSW_CMD_ROUTE_NEW,
		.doit		= vsw_nl_route_new_doit,
		.policy		= vsw_route_new_nl_policy,
		.maxattr	= VSW_A_ROUTE_HOP,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VSW_CMD_ROUTE_DEL,
		.doit		= vsw_nl_route_del_doit,
		.policy		= vsw_route_del_nl_policy,
		.maxattr	= VSW_A_ROUTE_PREFIX,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VSW_CMD_ROUTE_GET,
		.doit		= vsw_nl_route_get_doit,
		.dumpit		= vsw_nl_route_get_dumpit,
		.policy		= vsw_route_get_nl_policy,
		.maxattr	= VSW_A_ROUTE_PREFIX,
	},
	{
		.cmd		= VSW_CMD_NEIGH_NEW,
		.doit		= vsw_nl_neigh_new_doit,
		.policy		= vsw_neigh_new_nl_policy,
		.maxattr	= VSW_A_NEIGH_LLADDR,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VSW_CMD_NEIGH_DEL,
		.doit		= vsw_nl_neigh_del_doit,
		.policy		= vsw_neigh_del_nl_policy,
		.maxattr	= VSW_A_NEIGH_ADDRESS,
		.flags		= GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd		= VSW_CMD_NEIGH_GET,
		.doit		= vsw_nl_neigh_get_doit,
		.dumpit		= vsw_nl_neigh_get_dumpit,
		.policy		= vsw_neigh_get_nl_policy,
		.maxattr	= VSW_A_NEIGH_ADDRESS,
	},
};

static const struct genl_multicast_group vsw_nl_mcgrps[] = {
	[VSW_NLGRP_SWITCH] = { "switch", },
	[VSW_NLGRP_PORT] = { "port", },
	[VSW_NLGRP_FDB] = { "fdb", },
	[VSW_NLGRP_FLOW] = { "flow", },
};
