/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Changes of flows, between the message and the tables: made at once, or kept
 * in a transaction.
 */
#ifndef VSW_NETLINK_NL_FLOW_H
#define VSW_NETLINK_NL_FLOW_H

#include "netlink/nl.h"

/**
 * struct vsw_flow_change - what one request wants
 * @node: in vsw_txn.changes
 * @cmd: VSW_CMD_FLOW_NEW, _SET or _DEL, says which members count
 * @how: of _NEW
 * @has_cookie: @cookie is given
 * @cookie: that _SET gives
 * @n_actions: number of @actions
 * @actions: of _NEW and _SET
 * @bad_action: index of the one that was refused, or -1
 * @spec: of _NEW
 * @filter: of _SET and _DEL
 */
struct vsw_flow_change {
	struct list_head node;
	u8 cmd;
	enum vsw_flow_how how;
	bool has_cookie;
	u64 cookie;
	unsigned int n_actions;
	struct vsw_action *actions;
	int bad_action;
	union {
		struct vsw_flow_spec spec;
		struct vsw_flow_filter filter;
	};
};

/* nl_flow.c */
int vsw_flow_change_apply(struct vsw_flow_update *up, const struct vsw_flow_change *change,
			  struct vsw_flow **added, struct netlink_ext_ack *extack);
void vsw_flow_change_free(struct vsw_flow_change *change);

/* nl_match.c */
int vsw_nl_match_parse(struct vsw_match *match, const struct nlattr *value,
		       const struct nlattr *mask, struct netlink_ext_ack *extack);
int vsw_nl_match_put(struct sk_buff *skb, const struct vsw_match *match);
int vsw_nl_field_parse(int id, const struct nlattr *value, const struct nlattr *mask,
		       u8 *v, u8 *m, struct netlink_ext_ack *extack);
int vsw_nl_field_put(struct sk_buff *skb, int id, const u8 *bytes);
bool vsw_nl_field_is_full(int id, const u8 *mask);

/* nl_action.c */
int vsw_nl_actions_parse(struct vsw_action **actions, unsigned int *n,
			 const struct nlattr *nest, struct netlink_ext_ack *extack);
size_t vsw_nl_actions_size(const struct vsw_actions *acts);
int vsw_nl_actions_put(struct sk_buff *skb, struct vsw_switch *sw,
		       const struct vsw_actions *acts);

/* nl_txn.c */
int vsw_txn_add(struct vsw_switch *sw, u32 portid, const struct nlattr *id,
		struct vsw_flow_change *change, struct netlink_ext_ack *extack);
void vsw_txn_forget_switch(struct vsw_switch *sw);
int vsw_txn_init(void);
void vsw_txn_exit(void);

#endif
