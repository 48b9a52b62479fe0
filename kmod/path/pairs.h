/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Pairs: where frames from one station to another go, for each CPU on its own,
 * so that normal forwarding costs one lookup.
 */
#ifndef VSW_PATH_PAIRS_H
#define VSW_PATH_PAIRS_H

#include <linux/percpu.h>
#include <linux/workqueue.h>

#include "compat.h"
#include "tables/fdb.h"
#include "tables/key.h"

#define VSW_PAIRS_PLACES	4096
#define VSW_PAIRS_WAYS		2

struct vsw_port;

/* What is kept for a pair is only found by those who look at remotes too. */
#define VSW_PAIR_FAR	1

/**
 * struct vsw_pair - who sends to whom
 * @in: port of entry
 * @dst: destination address, and the VLAN in the lowest 16 bits
 * @src: source address; VSW_PAIR_FAR in the lowest 16 bits where one of the two
 *	may be behind a remote of a tunnel port
 * @gen: of the FDB, read before all that is decided from it
 */
struct vsw_pair {
	const struct vsw_port *in;
	u64 dst;
	u64 src;
	unsigned long gen;
};

/**
 * struct vsw_way - where frames of a pair go
 * @out: the port
 * @src: the FDB entry of the source, NULL where it is not learned
 * @remote: which remote of @out, NULL where it has none
 */
struct vsw_way {
	struct vsw_port *out;
	struct vsw_fdb_entry *src;
	const struct vsw_remote *remote;
};

/**
 * struct vsw_place - a pair and where its frames go
 * @pair: the pair
 * @way: where
 */
struct vsw_place {
	struct vsw_pair pair;
	struct vsw_way way;
} ____cacheline_aligned;

/**
 * struct vsw_cpu_pairs - the part of a CPU
 * @place: VSW_PAIRS_PLACES of them, NULL as long as nothing was to be kept
 * @next_way: which of two is overwritten next
 * @retry: jiffies from which memory may be asked for again
 * @alloc: gets @place
 * @cpu: the CPU
 */
struct vsw_cpu_pairs {
	struct vsw_place *place;
	unsigned int next_way;
	unsigned long retry;
	struct work_struct alloc;
	int cpu;
};

/**
 * struct vsw_pairs - the pairs of a switch
 * @cpu: its parts
 * @secret: of the hash
 */
struct vsw_pairs {
	struct vsw_cpu_pairs __percpu *cpu;
	u64 secret[2];
};

/* An address and two bytes for something else; loads the two bytes behind it. */
static inline u64 vsw_pair_word(const u8 *addr, u16 low)
{
	u64 word = get_unaligned((const u64 *)addr);

#ifdef __LITTLE_ENDIAN
	word <<= 16;
#endif
	return (word & ~(u64)U16_MAX) | low;
}

static inline struct vsw_place *vsw_pairs_bucket(const struct vsw_pairs *pairs,
						 struct vsw_place *place,
						 const struct vsw_pair *pair)
{
	u64 hash = vsw_fold(pair->dst ^ pairs->secret[0],
			    pair->src ^ (uintptr_t)pair->in ^ pairs->secret[1]);

	return place + hash % (VSW_PAIRS_PLACES / VSW_PAIRS_WAYS) * VSW_PAIRS_WAYS;
}

static inline bool vsw_place_is_for(const struct vsw_place *p, const struct vsw_pair *pair)
{
	return p->pair.dst == pair->dst && p->pair.src == pair->src &&
	       p->pair.in == pair->in && p->pair.gen == pair->gen;
}

/*
 * What is known of a pair, NULL if nothing. BH off, RCU read section in which the
 * generation was read. Tells the FDB nothing.
 */
static inline const struct vsw_way *vsw_pairs_way(struct vsw_pairs *pairs,
						  const struct vsw_pair *pair)
{
	struct vsw_place *p = READ_ONCE(this_cpu_ptr(pairs->cpu)->place);

	if (unlikely(!p))
		return NULL;
	p = vsw_pairs_bucket(pairs, p, pair);
	if (!vsw_place_is_for(p, pair) && !vsw_place_is_for(++p, pair))
		return NULL;
	return &p->way;
}

/*
 * Where does a frame go? Tells the FDB that the source was seen. Called as
 * vsw_pairs_way(). NULL where it has to be decided.
 */
static inline struct vsw_port *vsw_pairs_find(struct vsw_pairs *pairs,
					      const struct vsw_pair *pair)
{
	const struct vsw_way *way = vsw_pairs_way(pairs, pair);

	if (!way)
		return NULL;
	if (way->src)
		vsw_fdb_touch(way->src);
	return way->out;
}

/* path, BH off */
void vsw_pairs_store(struct vsw_pairs *pairs, const struct vsw_pair *pair,
		     const struct vsw_way *way);

/* control */
struct vsw_pairs *vsw_pairs_create(void);
void vsw_pairs_destroy(struct vsw_pairs *pairs);

#endif
