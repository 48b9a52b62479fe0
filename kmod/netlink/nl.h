/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The generic netlink family "vsw": what its objects share.
 */
#ifndef VSW_NETLINK_NL_H
#define VSW_NETLINK_NL_H

#include <net/genetlink.h>
#include <net/sock.h>

#include "core/switch.h"
#include "netlink/gen.h"

/**
 * struct vsw_nl_msg - the head of a message: a reply, a part of a dump or an
 *	event
 * @cb: the dump, NULL for others
 * @portid: to whom
 * @seq: of the request, 0 in an event
 * @cmd: VSW_CMD_*
 */
struct vsw_nl_msg {
	struct netlink_callback *cb;
	u32 portid;
	u32 seq;
	u8 cmd;
};

/* nl.c */
struct vsw_nl_msg vsw_nl_msg_reply(const struct genl_info *info);
struct vsw_nl_msg vsw_nl_msg_dump(struct netlink_callback *cb);
struct vsw_nl_msg vsw_nl_msg_event(u8 cmd);
void *vsw_nl_put_head(struct sk_buff *skb, const struct vsw_nl_msg *msg);
int vsw_nl_put_switch(struct sk_buff *skb, const struct vsw_switch *sw);
int vsw_nl_put_stats(struct sk_buff *skb, int type,
		     const struct vsw_port_counters *sum);

struct sk_buff *vsw_nl_skb_new(size_t size);
int vsw_nl_reply(struct sk_buff *reply, struct genl_info *info, int err);
bool vsw_nl_is_heard(const struct vsw_switch *sw, unsigned int group);
void vsw_nl_multicast(const struct vsw_switch *sw, struct sk_buff *skb,
		      unsigned int group);
int vsw_nl_dump_room(struct sk_buff *skb, size_t size);
int vsw_nl_dump_check(struct netlink_callback *cb);

struct vsw_switch *vsw_nl_switch_find(struct vsw_net *vn, struct nlattr **attrs,
				      struct netlink_ext_ack *extack);
struct vsw_switch *vsw_nl_switch_lock(struct net *net, struct nlattr **attrs,
				      struct netlink_ext_ack *extack);
struct vsw_switch *vsw_nl_switch_lock_dump(struct netlink_callback *cb, int *ifindex);
void vsw_nl_switch_unlock(struct vsw_switch *sw);
void vsw_nl_fold(struct vsw_switch *sw);
struct vsw_port *vsw_nl_port_find(struct vsw_switch *sw, const struct nlattr *no,
				  const struct nlattr *ifindex,
				  const struct nlattr *name,
				  struct netlink_ext_ack *extack);

void vsw_nl_blame(struct netlink_ext_ack *extack, const struct nlattr *attr);
int vsw_nl_check_once(const struct nlattr *head, int len, u64 multi,
		      struct netlink_ext_ack *extack);
int vsw_nl_parse_nest(struct nlattr **tb, int max, const struct nlattr *nest,
		      const struct nla_policy *policy,
		      struct netlink_ext_ack *extack);

int vsw_nl_init(void);
void vsw_nl_exit(void);

/* nl_switch.c */
void vsw_nl_switch_parse(struct vsw_switch_config *config, struct nlattr **attrs);
size_t vsw_nl_switch_settings_size(void);
int vsw_nl_switch_put_settings(struct sk_buff *skb, const struct vsw_switch *sw);
void vsw_nl_switch_event(struct vsw_switch *sw, enum vsw_event event);

/* nl_port.c */
int vsw_nl_port_parse(struct vsw_port_config *config, const struct vsw_port *port,
		      struct nlattr **attrs, const struct nlattr *head, int len,
		      struct netlink_ext_ack *extack);
size_t vsw_nl_port_settings_size(const struct vsw_port *port, unsigned int max_ranges);
int vsw_nl_port_put_settings(struct sk_buff *skb, const struct vsw_port *port,
			     unsigned int max_ranges);
void vsw_nl_port_event(struct vsw_port *port, enum vsw_event event);

/* nl_patch.c */
bool vsw_nl_patch_is_asked(struct nlattr **attrs);
int vsw_nl_patch_check(struct nlattr **attrs, struct netlink_ext_ack *extack);
struct vsw_port *vsw_nl_patch_add(struct vsw_switch *sw, const struct vsw_port_config *config,
				  struct genl_info *info);
int vsw_nl_patch_put(struct sk_buff *skb, const struct vsw_port *port);

/* nl_l3.c */
void vsw_nl_l3_parse(struct vsw_port_config *config, struct nlattr **attrs);
size_t vsw_nl_l3_size(const struct vsw_port *port);
int vsw_nl_l3_put(struct sk_buff *skb, const struct vsw_port *port);

/* nl_fdb.c */
void vsw_nl_fdb_event(struct vsw_switch *sw, const struct vsw_fdb_event *event);

/* nl_table.c */
void vsw_nl_table_event(struct vsw_switch *sw, u8 id);

/* nl_punt.c */
int vsw_nl_punt_event(struct vsw_port *port, const struct vsw_listener *l,
		      const struct vsw_punt_frame *f);
int vsw_nl_punt_init(void);
void vsw_nl_punt_exit(void);
/* nl_router.c */
struct vsw_prefix;
struct vsw_router;
int vsw_nl_prefix_parse(struct vsw_prefix *prefix, const struct nlattr *nest,
			struct netlink_ext_ack *extack);
int vsw_nl_prefix_put(struct sk_buff *skb, int type, const struct in6_addr *addr, u8 len);
struct vsw_router *vsw_nl_router_find(struct vsw_net *vn, const struct nlattr *name,
				      struct netlink_ext_ack *extack);
struct vsw_router *vsw_nl_router_lock(struct net *net, const struct nlattr *name,
				      struct netlink_ext_ack *extack);

/* nl_flow.c */
void vsw_nl_flow_event(struct vsw_switch *sw, struct vsw_flow *flow,
		       enum vsw_event event);

#endif
