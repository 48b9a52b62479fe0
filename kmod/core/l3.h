/* SPDX-License-Identifier: GPL-2.0 */
/*
 * L3: ports whose devices carry IP packets without Ethernet.
 */
#ifndef VSW_CORE_L3_H
#define VSW_CORE_L3_H

#include <linux/types.h>

struct net_device;
struct netlink_ext_ack;
struct vsw_port;
struct vsw_port_config;
struct vsw_vlan;

/**
 * struct vsw_l3 - the Ethernet header of packets from a device that has none
 * @lladdr: address that they are sent to, as ether_addr_to_u64() has it
 * @peer: address that they come from, and that leads to the device
 * @vid: VLAN of @peer's entry in the FDB
 * @is_known: the FDB has the entry
 *
 * Written under the lock; the path reads the addresses.
 */
struct vsw_l3 {
	u64 lladdr;
	u64 peer;
	u16 vid;
	bool is_known;
};

bool vsw_l3_is_fit(const struct net_device *dev);

/* Under the namespace's lock. */
void vsw_l3_init(struct vsw_port *port, const char *name);
void vsw_l3_set_vlan(struct vsw_vlan *vlan);
int vsw_l3_check(const struct vsw_port_config *config, struct netlink_ext_ack *extack);
int vsw_l3_refuse(const struct vsw_port_config *config, struct netlink_ext_ack *extack);
int vsw_l3_configure(struct vsw_port *port, const struct vsw_port_config *config,
		     struct netlink_ext_ack *extack);

#endif
