/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Patches: two switches of a namespace, joined by a port in each of them.
 */
#ifndef VSW_CORE_PATCH_H
#define VSW_CORE_PATCH_H

struct netlink_ext_ack;
struct vsw_port;
struct vsw_port_config;
struct vsw_switch;

/* Under RTNL and the namespace's lock. */
struct vsw_port *vsw_patch_add(struct vsw_switch *sw, const char *name,
			       const struct vsw_port_config *config,
			       struct vsw_switch *peer_sw, const char *peer_name,
			       struct netlink_ext_ack *extack);
void vsw_patch_del(struct vsw_port *port);

void vsw_patch_update_carrier(struct vsw_switch *sw);

#endif
