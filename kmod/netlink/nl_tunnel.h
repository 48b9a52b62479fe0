/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Settings of tunnel ports, and remotes of stations, in netlink messages.
 */
#ifndef VSW_NETLINK_NL_TUNNEL_H
#define VSW_NETLINK_NL_TUNNEL_H

#include <net/netlink.h>

struct vsw_overlay_config;
struct vsw_port;

int vsw_nl_tunnel_parse(struct vsw_overlay_config **config, const struct vsw_port *port,
			struct nlattr **attrs, const struct nlattr *head, int len,
			struct netlink_ext_ack *extack);
size_t vsw_nl_tunnel_size(const struct vsw_port *port);
int vsw_nl_tunnel_put(struct sk_buff *skb, const struct vsw_port *port);

#endif
