/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Routes: where a router sends packets, by the longest prefix. IPv4 addresses
 * are kept as IPv4-mapped IPv6 addresses, so that there is one table.
 */
#ifndef VSW_TABLES_ROUTE_H
#define VSW_TABLES_ROUTE_H

#include <linux/in6.h>
#include <linux/xarray.h>

#include "tables/classifier.h"

/* Next hops of a route. */
#define VSW_HOPS_MAX	16

/* Length of the prefix that all IPv4 addresses have. */
#define VSW_MAPPED_LEN	96

struct vsw_rif;

/**
 * struct vsw_hop - a next hop
 * @rif: interface
 * @via: gateway; all zero where the destination is on the link
 * @seed: makes packets of a flow choose the same of several hops
 */
struct vsw_hop {
	struct vsw_rif *rif;
	struct in6_addr via;
	u64 seed;
};

/**
 * struct vsw_route_config - a route as it is wanted
 * @dst: prefix, the bits behind @len are 0
 * @len: length of it, 0 to 128
 * @type: enum vsw_route_type
 * @is_own: made by the address of an interface
 * @n_hops: number of next hops, 0 where @type needs none
 * @hop: next hops
 */
struct vsw_route_config {
	struct in6_addr dst;
	u8 len;
	u8 type;
	bool is_own;
	u8 n_hops;
	struct vsw_hop hop[VSW_HOPS_MAX];
};

/**
 * struct vsw_hops - what becomes of packets that a route is for, immutable
 * @rcu: frees it
 * @type: enum vsw_route_type
 * @n: number of next hops
 * @hop: next hops
 */
struct vsw_hops {
	struct rcu_head rcu;
	u8 type;
	u8 n;
	struct vsw_hop hop[];
};

/**
 * struct vsw_route - a route
 * @dst: prefix
 * @len: length of it
 * @is_own: made by the address of an interface, goes with it
 * @id: key in vsw_routes.by_id
 * @hops: where it leads (RCU, written under the namespace's lock)
 * @rcu: frees it
 * @rule: its place in the classifier
 *
 * All but @hops is set once.
 */
struct vsw_route {
	struct in6_addr dst;
	u8 len;
	bool is_own;
	u32 id;
	struct vsw_hops __rcu *hops;
	struct rcu_head rcu;
	struct vsw_rule rule;
};

/**
 * struct vsw_routes - the table of a router, written under the namespace's lock
 * @cls: the routes by prefix
 * @by_id: the routes by id, for dumps
 * @next_id: for allocation
 * @n: number of routes
 * @max: limit of it
 * @seq: counts changes, for NLM_F_DUMP_INTR
 * @gen: changes with each route, after it; never 0
 */
struct vsw_routes {
	struct vsw_classifier cls;
	struct xarray by_id;
	u32 next_id;
	u32 n;
	u32 max;
	u32 seq;
	unsigned long gen;
};

/* path */

/* To be read before what is decided from the table. */
static inline unsigned long vsw_routes_gen_rcu(const struct vsw_routes *routes)
{
	/* Pairs with routes_changed(). */
	return smp_load_acquire(&routes->gen);
}

const struct vsw_route *vsw_route_lookup_rcu(const struct vsw_routes *routes,
					     const struct in6_addr *addr);

/* control */
void vsw_routes_init(struct vsw_routes *routes, struct mutex *lock);
void vsw_routes_exit(struct vsw_routes *routes);
int vsw_route_add(struct vsw_routes *routes, const struct vsw_route_config *config,
		  bool may_replace, struct netlink_ext_ack *extack);
int vsw_route_del(struct vsw_routes *routes, const struct in6_addr *dst, u8 len,
		  struct netlink_ext_ack *extack);
void vsw_routes_leave(struct vsw_routes *routes, const struct vsw_rif *rif);
struct vsw_route *vsw_route_find(struct vsw_routes *routes, const struct in6_addr *dst,
				 u8 len);
const struct vsw_hops *vsw_route_hops(const struct vsw_routes *routes,
				      const struct vsw_route *route);
const struct vsw_route *vsw_route_next(struct vsw_routes *routes, u32 *id);

#endif
