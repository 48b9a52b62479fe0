/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Adjacencies: where packets to a destination leave a router, for each CPU on its
 * own, so that a packet that follows another costs one lookup there.
 */
#ifndef VSW_PATH_ADJ_H
#define VSW_PATH_ADJ_H

#include <linux/in6.h>
#include <linux/percpu.h>
#include <linux/workqueue.h>
#include <net/ipv6.h>

#include "tables/key.h"
#include "tables/neigh.h"

#define VSW_ADJS_PLACES		4096
#define VSW_ADJS_WAYS		2

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

static_assert(sizeof(struct vsw_adj) == 64);

/**
 * struct vsw_cpu_adjs - the part of a CPU
 * @place: VSW_ADJS_PLACES of them, NULL as long as nothing was to be kept
 * @next_way: which of two is overwritten next
 * @retry: jiffies from which memory may be asked for again
 * @alloc: gets @place
 * @cpu: the CPU
 */
struct vsw_cpu_adjs {
	struct vsw_adj *place;
	unsigned int next_way;
	unsigned long retry;
	struct work_struct alloc;
	int cpu;
};

/**
 * struct vsw_adjs - the adjacencies of a router
 * @cpu: its parts
 * @secret: of the hash
 */
struct vsw_adjs {
	struct vsw_cpu_adjs __percpu *cpu;
	u64 secret[2];
};

static inline struct vsw_adj *vsw_adjs_bucket(const struct vsw_adjs *adjs, struct vsw_adj *place,
					      const struct in6_addr *dst)
{
	const u64 *w = (const u64 *)dst;
	u64 hash = vsw_fold(get_unaligned(w) ^ adjs->secret[0],
			    get_unaligned(w + 1) ^ adjs->secret[1]);

	return place + hash % (VSW_ADJS_PLACES / VSW_ADJS_WAYS) * VSW_ADJS_WAYS;
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
static inline struct vsw_adj *vsw_adj_find(const struct vsw_adjs *adjs, const struct in6_addr *dst,
					   unsigned long gen)
{
	struct vsw_adj *adj = READ_ONCE(this_cpu_ptr(adjs->cpu)->place);

	if (unlikely(!adj))
		return NULL;
	adj = vsw_adjs_bucket(adjs, adj, dst);
	if (vsw_adj_is_for(adj, dst, gen))
		return adj;
	return vsw_adj_is_for(++adj, dst, gen) ? adj : NULL;
}

/* path, BH off */
void vsw_adj_store(struct vsw_adjs *adjs, const struct vsw_adj *adj);

/* control */
struct vsw_adjs *vsw_adjs_create(void);
void vsw_adjs_destroy(struct vsw_adjs *adjs);

#endif
