/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the kernel knows of devices and routes.
 */
#ifndef VSWCTL_RTNL_H
#define VSWCTL_RTNL_H

#include <net/if.h>
#include <netinet/in.h>
#include <stdbool.h>

/**
 * struct vsw_link - a device
 * @name: its name
 * @kind: its kind, empty for those that have none
 * @mtu: its MTU
 */
struct vsw_link {
	char name[IFNAMSIZ];
	char kind[16];
	unsigned int mtu;
};

/**
 * struct vsw_way - the route to an address
 * @ifindex: the device that it leaves by
 * @mtu: of the route, 0 where that is the device's
 */
struct vsw_way {
	int ifindex;
	unsigned int mtu;
};

bool vsw_rtnl_link(int ifindex, struct vsw_link *link);
bool vsw_rtnl_route(const struct in6_addr *addr, struct vsw_way *way);

#endif
