/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Pairs: where frames from one station to another go, for each CPU on its own,
 * so that normal forwarding costs one lookup.
 *
 * What is found here was decided from the FDB and from the settings of ports. It
 * holds as long as the generation of the FDB is the same, which changes with
 * each entry that moves or goes and with each setting, but not with addresses
 * that are learned: an unknown destination is not kept here. A pointer of the
 * same generation is good in the RCU read section that read the generation.
 */
#ifndef VSW_PATH_PAIRS_H
#define VSW_PATH_PAIRS_H

#include "path/memo.h"
#include "tables/fdb.h"

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
} __aligned(VSW_MEMO_PLACE_SIZE);

static_assert(sizeof(struct vsw_place) == VSW_MEMO_PLACE_SIZE);

/* An address and two bytes for something else; loads the two bytes behind it. */
static inline u64 vsw_pair_word(const u8 *addr, u16 low)
{
	u64 word = get_unaligned((const u64 *)addr);

#ifdef __LITTLE_ENDIAN
	word <<= 16;
#endif
	return (word & ~(u64)U16_MAX) | low;
}

static inline struct vsw_place *vsw_pairs_bucket(const struct vsw_memo *pairs,
						 const struct vsw_pair *pair)
{
	return vsw_memo_find(pairs, pair->dst, pair->src ^ (uintptr_t)pair->in);
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
static inline const struct vsw_way *vsw_pairs_way(const struct vsw_memo *pairs,
						  const struct vsw_pair *pair)
{
	struct vsw_place *p = vsw_pairs_bucket(pairs, pair);

	if (unlikely(!p))
		return NULL;
	if (!vsw_place_is_for(p, pair) && !vsw_place_is_for(++p, pair))
		return NULL;
	return &p->way;
}

/*
 * Where does a frame go? Tells the FDB that the source was seen. Called as
 * vsw_pairs_way(). NULL where it has to be decided.
 */
static inline struct vsw_port *vsw_pairs_find(const struct vsw_memo *pairs,
					      const struct vsw_pair *pair)
{
	const struct vsw_way *way = vsw_pairs_way(pairs, pair);

	if (!way)
		return NULL;
	if (way->src)
		vsw_fdb_touch(way->src);
	return way->out;
}

void vsw_pairs_store(struct vsw_memo *pairs, const struct vsw_pair *pair,
		     const struct vsw_way *way);

#endif
