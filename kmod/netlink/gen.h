/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/* Do not edit directly, auto-generated from: */
/*	include/netlink/vsw.yaml */
/* YNL-GEN kernel header */

#ifndef _LINUX_VSW_GEN_H
#define _LINUX_VSW_GEN_H

#include <net/netlink.h>
#include <net/genetlink.h>

#include <uapi/linux/vsw.h>

/* Common nested types */
extern const struct nla_policy vsw_action_nl_policy[VSW_A_ACTION_POP_ETH + 1];
extern const struct nla_policy vsw_actions_nl_policy[VSW_A_ACTIONS_ACTION + 1];
extern const struct nla_policy vsw_fields_nl_policy[VSW_A_FIELDS_TUN_OPT_DATA + 1];
extern const struct nla_policy vsw_hop_nl_policy[VSW_A_HOP_INTERFACE + 1];
extern const struct nla_policy vsw_move_nl_policy[VSW_A_MOVE_DST + 1];
extern const struct nla_policy vsw_prefix_nl_policy[VSW_A_PREFIX_LENGTH + 1];
extern const struct nla_policy vsw_punt_action_nl_policy[VSW_A_PUNT_ACTION_USERDATA + 1];
extern const struct nla_policy vsw_push_eth_nl_policy[VSW_A_PUSH_ETH_DST + 1];
extern const struct nla_policy vsw_remote_nl_policy[VSW_A_REMOTE_VID + 1];
extern const struct nla_policy vsw_set_field_nl_policy[VSW_A_SET_FIELD_MASK + 1];
extern const struct nla_policy vsw_subfield_nl_policy[VSW_A_SUBFIELD_BITS + 1];
extern const struct nla_policy vsw_vlan_range_nl_policy[VSW_A_VLAN_RANGE_LAST + 1];
extern const struct nla_policy vsw_vni_range_nl_policy[VSW_A_VNI_RANGE_VNI + 1];

extern const struct nla_policy vsw_switch_new_nl_policy[VSW_A_SWITCH_FDB_MAX + 1];

extern const struct nla_policy vsw_switch_del_nl_policy[VSW_A_SWITCH_SWITCH_NAME + 1];

extern const struct nla_policy vsw_switch_set_nl_policy[VSW_A_SWITCH_FDB_MAX + 1];

extern const struct nla_policy vsw_switch_get_nl_policy[VSW_A_SWITCH_SWITCH_NAME + 1];

extern const struct nla_policy vsw_port_new_nl_policy[VSW_A_PORT_VLAN_VNI + 1];

extern const struct nla_policy vsw_port_del_nl_policy[VSW_A_PORT_NAME + 1];

extern const struct nla_policy vsw_port_set_nl_policy[VSW_A_PORT_VLAN_VNI + 1];

extern const struct nla_policy vsw_port_get_nl_policy[VSW_A_PORT_NAME + 1];

extern const struct nla_policy vsw_fdb_new_nl_policy[VSW_A_FDB_VNI + 1];

extern const struct nla_policy vsw_fdb_del_nl_policy[VSW_A_FDB_VID + 1];

extern const struct nla_policy vsw_fdb_flush_nl_policy[VSW_A_FDB_FLAGS + 1];

extern const struct nla_policy vsw_fdb_get_nl_policy[VSW_A_FDB_FLAGS + 1];

extern const struct nla_policy vsw_table_set_nl_policy[VSW_A_TABLE_MISS + 1];

extern const struct nla_policy vsw_table_get_nl_policy[VSW_A_TABLE_TABLE + 1];

extern const struct nla_policy vsw_flow_new_nl_policy[VSW_A_FLOW_TXN + 1];

extern const struct nla_policy vsw_flow_set_nl_policy[VSW_A_FLOW_TXN + 1];

extern const struct nla_policy vsw_flow_del_nl_policy[VSW_A_FLOW_TXN + 1];

extern const struct nla_policy vsw_flow_get_nl_policy[VSW_A_FLOW_OUT_PORT + 1];

extern const struct nla_policy vsw_txn_new_nl_policy[VSW_A_TXN_SWITCH_NAME + 1];

extern const struct nla_policy vsw_txn_commit_nl_policy[VSW_A_TXN_TXN + 1];

extern const struct nla_policy vsw_txn_abort_nl_policy[VSW_A_TXN_TXN + 1];

extern const struct nla_policy vsw_punt_listen_nl_policy[VSW_A_PUNT_SNAPLEN + 1];

extern const struct nla_policy vsw_punt_unlisten_nl_policy[VSW_A_PUNT_QUEUE + 1];

extern const struct nla_policy vsw_punt_get_nl_policy[VSW_A_PUNT_QUEUE + 1];

extern const struct nla_policy vsw_packet_out_nl_policy[VSW_A_PACKET_FRAME + 1];

extern const struct nla_policy vsw_router_new_nl_policy[VSW_A_ROUTER_NEIGHS_MAX + 1];

extern const struct nla_policy vsw_router_del_nl_policy[VSW_A_ROUTER_ROUTER + 1];

extern const struct nla_policy vsw_router_get_nl_policy[VSW_A_ROUTER_ROUTER + 1];

extern const struct nla_policy vsw_interface_new_nl_policy[VSW_A_INTERFACE_ADDRESS + 1];

extern const struct nla_policy vsw_interface_del_nl_policy[VSW_A_INTERFACE_NAME + 1];

extern const struct nla_policy vsw_interface_get_nl_policy[VSW_A_INTERFACE_NAME + 1];

extern const struct nla_policy vsw_route_new_nl_policy[VSW_A_ROUTE_HOP + 1];

extern const struct nla_policy vsw_route_del_nl_policy[VSW_A_ROUTE_PREFIX + 1];

extern const struct nla_policy vsw_route_get_nl_policy[VSW_A_ROUTE_PREFIX + 1];

extern const struct nla_policy vsw_neigh_new_nl_policy[VSW_A_NEIGH_LLADDR + 1];

extern const struct nla_policy vsw_neigh_del_nl_policy[VSW_A_NEIGH_ADDRESS + 1];

extern const struct nla_policy vsw_neigh_get_nl_policy[VSW_A_NEIGH_ADDRESS + 1];

/* Ops table for vsw */
extern const struct genl_ops vsw_nl_ops[37];

int vsw_nl_switch_new_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_switch_del_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_switch_set_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_switch_get_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_switch_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vsw_nl_port_new_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_port_del_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_port_set_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_port_get_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_port_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vsw_nl_fdb_new_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_fdb_del_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_fdb_flush_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_fdb_get_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_fdb_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vsw_nl_table_set_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_table_get_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_table_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vsw_nl_flow_new_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_flow_set_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_flow_del_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_flow_get_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_flow_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vsw_nl_txn_new_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_txn_commit_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_txn_abort_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_punt_listen_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_punt_unlisten_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_punt_get_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_punt_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vsw_nl_packet_out_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_router_new_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_router_del_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_router_get_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_router_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vsw_nl_interface_new_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_interface_del_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_interface_get_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_interface_get_dumpit(struct sk_buff *skb,
				struct netlink_callback *cb);
int vsw_nl_route_new_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_route_del_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_route_get_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_route_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vsw_nl_neigh_new_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_neigh_del_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_neigh_get_doit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_neigh_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);

enum {
	VSW_NLGRP_SWITCH,
	VSW_NLGRP_PORT,
	VSW_NLGRP_FDB,
	VSW_NLGRP_FLOW,
};

#endif /* _LINUX_VSW_GEN_H */
