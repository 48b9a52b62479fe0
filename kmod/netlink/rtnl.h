/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The switch as "ip" and "bridge" see it: a link of kind "vsw".
 */
#ifndef VSW_NETLINK_RTNL_H
#define VSW_NETLINK_RTNL_H

struct net;
struct netlink_ext_ack;
struct vsw_switch;
struct vsw_switch_config;

struct vsw_switch *vsw_rtnl_create(struct net *net, const char *name,
				   const struct vsw_switch_config *config,
				   struct netlink_ext_ack *extack);

int vsw_rtnl_init(void);
void vsw_rtnl_exit(void);

#endif
