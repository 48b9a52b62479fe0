/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Adjacencies: where packets to a destination leave a router, for each CPU on its
 * own, so that a packet that follows another costs one lookup there.
 *
 * What is found here was decided from the routes and neighbours of the router. It
 * holds as long as the router's generation is the same, which changes with each
 * route and with each neighbour that goes, and as long as the neighbour has the
 * same address. Of a destination that has several hops the hops are kept, and the
 * way by each.
 */
#ifndef VSW_PATH_ADJ_H
#define VSW_PATH_ADJ_H

#include <linux/in6.h>
#include <net/ipv6.h>

#include "path/memo.h"
#include "tables/neigh.h"
#include "tables/route.h"

struct vsw_port;
struct vsw_rif;

/**
 * struct vsw_adj - the way of packets to a destination
 * @dst: destination
 * @hop: number of the hop, from 1, 0 where there is only one to choose
 * @gen: of the router, read before all that is decided; 0 where the place is free
 * @fdb_gen: of the FDB of the switch where they go on, 0 if @out is not decided
 * @rif: interface by which they leave, NULL where they have to choose a hop
 * @neigh: the next hop, where there is @rif
 * @hops: what to choose from, where there is none
 * @lladdr: link-layer address of @neigh, as that has it
 * @out: port of the switch, NULL where the switch has to see them
 */
struct vsw_adj {
	struct in6_addr dst;
	unsigned long gen;
	unsigned long fdb_gen;
	const struct vsw_rif *rif;
	union {
		struct vsw_neigh *neigh;
		const struct vsw_hops *hops;
	};
	u64 lladdr : 56;
	u64 hop : 8;
	struct vsw_port *out;
};

static_assert(sizeof(struct vsw_adj) == VSW_MEMO_PLACE_SIZE);
static_assert(!(VSW_NEIGH_KNOWN >> 56) && !(VSW_HOPS_MAX >> 8));

static inline struct vsw_adj *vsw_adj_bucket(const struct vsw_memo *adjs,
					     const struct in6_addr *dst, unsigned int hop)
{
	const u64 *w = (const u64 *)dst;

	return vsw_memo_find(adjs, get_unaligned(w) ^ hop, get_unaligned(w + 1));
}

/* The generation vouches for all that @adj points at, its own address for itself. */
static inline bool vsw_adj_is_for(const struct vsw_adj *adj, const struct in6_addr *dst,
				  unsigned int hop, unsigned long gen)
{
	return adj->gen == gen && adj->hop == hop && ipv6_addr_equal(&adj->dst, dst) &&
	       (!adj->rif || READ_ONCE(adj->neigh->lladdr) == adj->lladdr);
}

/*
 * Where do packets to a destination go, by that hop? BH off, RCU read section in which the
 * router's generation was read. NULL where it has to be decided.
 */
static inline struct vsw_adj *vsw_adj_find(const struct vsw_memo *adjs, const struct in6_addr *dst,
					   unsigned int hop, unsigned long gen)
{
	struct vsw_adj *adj = vsw_adj_bucket(adjs, dst, hop);

	if (unlikely(!adj))
		return NULL;
	if (vsw_adj_is_for(adj, dst, hop, gen))
		return adj;
	return vsw_adj_is_for(++adj, dst, hop, gen) ? adj : NULL;
}

void vsw_adj_store(struct vsw_memo *adjs, const struct vsw_adj *adj);

#endif
