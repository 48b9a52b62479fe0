/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Adjacencies: where packets to a destination leave a router, for each CPU on its
 * own, so that a packet that follows another costs one lookup there.
 *
 * What is found here was decided from the routes and neighbours of the router. It
 * holds as long as the router's generation is the same, which changes with each
 * route and with each neighbour that goes, and as long as the neighbour has the
 * same address. Packets that a route spreads over several hops are not kept here.
 */
#ifndef VSW_PATH_ADJ_H
#define VSW_PATH_ADJ_H

#include <linux/in6.h>
#include <net/ipv6.h>

#include "path/memo.h"
#include "tables/neigh.h"

struct vsw_port;
struct vsw_rif;

/**
 * struct vsw_adj - the way of packets to a destination
 * @dst: destination
 * @gen: of the router, read before all that is decided; 0 where the place is free
 * @fdb_gen: of the FDB of the switch where they go on, 0 if @out is not decided
 * @rif: interface by which they leave
 * @neigh: the next hop
 * @lladdr: its link-layer address
 * @out: port of the switch, NULL where the switch has to see them
 */
struct vsw_adj {
	struct in6_addr dst;
	unsigned long gen;
	unsigned long fdb_gen;
	const struct vsw_rif *rif;
	struct vsw_neigh *neigh;
	u64 lladdr;
	struct vsw_port *out;
};

static_assert(sizeof(struct vsw_adj) == VSW_MEMO_PLACE_SIZE);

static inline struct vsw_adj *vsw_adj_bucket(const struct vsw_memo *adjs,
					     const struct in6_addr *dst)
{
	const u64 *w = (const u64 *)dst;

	return vsw_memo_find(adjs, get_unaligned(w), get_unaligned(w + 1));
}

/* The generation vouches for all that @adj points at, its own address for itself. */
static inline bool vsw_adj_is_for(const struct vsw_adj *adj, const struct in6_addr *dst,
				  unsigned long gen)
{
	return adj->gen == gen && ipv6_addr_equal(&adj->dst, dst) &&
	       READ_ONCE(adj->neigh->lladdr) == adj->lladdr;
}

/*
 * Where do packets to a destination go? BH off, RCU read section in which the
 * router's generation was read. NULL where it has to be decided.
 */
static inline struct vsw_adj *vsw_adj_find(const struct vsw_memo *adjs, const struct in6_addr *dst,
					   unsigned long gen)
{
	struct vsw_adj *adj = vsw_adj_bucket(adjs, dst);

	if (unlikely(!adj))
		return NULL;
	if (vsw_adj_is_for(adj, dst, gen))
		return adj;
	return vsw_adj_is_for(++adj, dst, gen) ? adj : NULL;
}

void vsw_adj_store(struct vsw_memo *adjs, const struct vsw_adj *adj);

#endif
