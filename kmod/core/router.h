/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Routers: they stand beside the switches of a namespace, each with addresses,
 * routes and neighbours of its own. A router's interface is a port of a switch.
 */
#ifndef VSW_CORE_ROUTER_H
#define VSW_CORE_ROUTER_H

#include <linux/if.h>
#include <linux/ratelimit.h>
#include <linux/workqueue.h>
#include <net/ipv6.h>

#include "core/net.h"
#include "core/switch.h"
#include "tables/neigh.h"
#include "tables/route.h"

struct vsw_memo;

/* Addresses of an interface, interfaces of a router, routers of a namespace. */
#define VSW_RIF_ADDRS_MAX	16
#define VSW_RIFS_MAX		4094
#define VSW_ROUTERS_MAX		256

#define VSW_ROUTES_DEFAULT	100000
#define VSW_NEIGHS_DEFAULT	16384

/* ICMP errors that a router sends in a second by an interface. */
#define VSW_ICMP_RATE		100

/**
 * struct vsw_prefix - an address with the length of its prefix
 * @addr: the address, IPv4 as IPv4-mapped
 * @len: of the 128 bits
 */
struct vsw_prefix {
	struct in6_addr addr;
	u8 len;
};

/**
 * struct vsw_router - a router
 * @vn: its namespace
 * @name: unlike that of any other router there
 * @rifs: its interfaces (RCU, written under RTNL and vsw_net.lock)
 * @n_rifs: number of them
 * @routes: its routes
 * @neighs: its neighbours
 * @adjs: what CPUs keep of both
 * @tick: sees to the neighbours, once a second while there are any
 * @node: in vsw_net.routers, under RTNL and vsw_net.lock
 */
struct vsw_router {
	struct vsw_net *vn;
	char name[IFNAMSIZ];
	struct list_head rifs;
	u32 n_rifs;
	struct vsw_routes routes;
	struct vsw_neighs neighs;
	struct vsw_memo *adjs;
	struct delayed_work tick;
	struct list_head node;
};

/**
 * struct vsw_rif - an interface of a router, immutable but for its counter
 * @router: its router
 * @port: its port
 * @name: also that of its port
 * @lladdr: its Ethernet address
 * @vid: VLAN of the switch
 * @mtu: greatest length of an IP packet, 0: that of the switch's device
 * @link_local: its IPv6 address on the link
 * @icmp: how many errors it may still report
 * @node: in vsw_router.rifs
 * @n_addrs: number of its addresses
 * @addr: its addresses
 */
struct vsw_rif {
	struct vsw_router *router;
	struct vsw_port *port;
	char name[IFNAMSIZ];
	u8 lladdr[ETH_ALEN];
	u16 vid;
	u32 mtu;
	struct in6_addr link_local;
	struct ratelimit_state icmp;
	struct list_head node;
	u32 n_addrs;
	struct vsw_prefix addr[];
};

/**
 * struct vsw_rif_config - an interface as it is wanted
 * @name: its name
 * @lladdr: its Ethernet address, zero for any
 * @vid: VLAN
 * @mtu: see &struct vsw_rif
 * @n_addrs: number of addresses
 * @addr: addresses
 */
struct vsw_rif_config {
	char name[IFNAMSIZ];
	u8 lladdr[ETH_ALEN];
	u16 vid;
	u32 mtu;
	u32 n_addrs;
	struct vsw_prefix addr[VSW_RIF_ADDRS_MAX];
};

/* What is decided from routes and neighbours holds as long as this is the same. */
static inline unsigned long vsw_router_gen_rcu(const struct vsw_router *router)
{
	return vsw_routes_gen_rcu(&router->routes) + vsw_neighs_gen_rcu(&router->neighs);
}

static inline u32 vsw_rif_mtu(const struct vsw_rif *rif)
{
	return rif->mtu ?: READ_ONCE(rif->port->sw->dev->mtu);
}

static inline bool vsw_prefix_has(const struct vsw_prefix *prefix, const struct in6_addr *addr)
{
	return ipv6_prefix_equal(&prefix->addr, addr, prefix->len);
}

bool vsw_rif_is_on_link(const struct vsw_rif *rif, const struct in6_addr *addr);
bool vsw_rif_has_addr(const struct vsw_rif *rif, const struct in6_addr *addr);
const struct in6_addr *vsw_rif_source(const struct vsw_rif *rif, const struct in6_addr *to);

/* Under the namespace's lock. */
struct vsw_router *vsw_router_create(struct vsw_net *vn, const char *name,
				     struct netlink_ext_ack *extack);
struct vsw_router *vsw_router_find(struct vsw_net *vn, const char *name);
struct vsw_rif *vsw_rif_find(struct vsw_router *router, const char *name);
struct vsw_rif *vsw_rif_find_link(struct vsw_router *router, const struct in6_addr *addr);

int vsw_rif_set_neigh(struct vsw_rif *rif, const struct in6_addr *addr, const u8 *lladdr,
		      struct netlink_ext_ack *extack);
int vsw_rif_del_neigh(struct vsw_rif *rif, const struct in6_addr *addr,
		      struct netlink_ext_ack *extack);
void vsw_routers_exit(struct vsw_net *vn);

/* Under RTNL and the namespace's lock. */
void vsw_router_destroy(struct vsw_router *router);
int vsw_rif_add(struct vsw_router *router, struct vsw_switch *sw,
		const struct vsw_rif_config *config, struct netlink_ext_ack *extack);
void vsw_rif_del(struct vsw_rif *rif);

#endif
