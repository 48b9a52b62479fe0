/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Layout: which part of a frame the flows of a switch look at. Frames are
 * parsed no deeper, and frames that differ in nothing else have one verdict.
 */
#ifndef VSW_TABLES_LAYOUT_H
#define VSW_TABLES_LAYOUT_H

#include <linux/hash.h>
#include <linux/rcupdate.h>

#include "tables/key.h"

struct vsw_actions;

/* The most words of a key that one class of frames has; regs are 0 at entry. */
#define VSW_LAYOUT_WORDS	22

/* What frames have in common, by their type and by how they came. */
enum vsw_class {
	VSW_CLASS_OTHER,
	VSW_CLASS_ARP,
	VSW_CLASS_IPV4,
	VSW_CLASS_IPV6,
	VSW_CLASS_TUNNEL,	/* to be added to one of those above */
	VSW_CLASSES = 2 * VSW_CLASS_TUNNEL,
};

/* How deep a frame is parsed. */
enum vsw_depth {
	VSW_DEPTH_L2,
	VSW_DEPTH_L3,
	VSW_DEPTH_L4,
};

/**
 * struct vsw_needs - what flows need to know of a frame
 * @mask: bits of the key
 * @depth: headers whose place must be known
 */
struct vsw_needs {
	struct vsw_key mask;
	enum vsw_depth depth;
};

/**
 * struct vsw_gather - the words of a key that count, for one class
 * @secret: of the hash; the first also tells words of this class and layout
 *	from those of all others
 * @mask: what counts in each
 * @index: which words of the key
 * @n: number of them, even
 */
struct vsw_gather {
	u64 secret[2];
	u64 mask[VSW_LAYOUT_WORDS];
	u8 index[VSW_LAYOUT_WORDS];
	u8 n;
};

/**
 * struct vsw_layout - what counts in the key of a frame, immutable
 * @needs: what it was made for
 * @n_max: most words of any class
 * @gather: words by class
 * @rcu: frees it
 */
struct vsw_layout {
	struct vsw_needs needs;
	u8 n_max;
	struct vsw_gather gather[VSW_CLASSES];
	struct rcu_head rcu;
};

/**
 * struct vsw_digest - the words of a frame's key that count
 * @hash: of the words
 * @n: number of words
 * @w: the words
 */
struct vsw_digest {
	u64 hash;
	unsigned int n;
	u64 w[VSW_LAYOUT_WORDS];
};

void vsw_needs_match(struct vsw_needs *needs, const struct vsw_match *match);
void vsw_needs_actions(struct vsw_needs *needs, const struct vsw_actions *acts);
bool vsw_needs_cover(const struct vsw_needs *wide, const struct vsw_needs *narrow);

struct vsw_layout *vsw_layout_create(const struct vsw_needs *needs);
void vsw_layout_unpack(const struct vsw_layout *layout, enum vsw_class class,
		       const struct vsw_digest *digest, struct vsw_key *key);

static inline enum vsw_class vsw_class_of(__be16 eth_type)
{
	switch (eth_type) {
	case htons(ETH_P_IP):
		return VSW_CLASS_IPV4;
	case htons(ETH_P_IPV6):
		return VSW_CLASS_IPV6;
	case htons(ETH_P_ARP):
	case htons(ETH_P_RARP):
		return VSW_CLASS_ARP;
	}
	return VSW_CLASS_OTHER;
}

/* Gathers and hashes the words of a key that count. */
static inline void vsw_layout_pack(const struct vsw_gather *g, const struct vsw_key *key,
				   struct vsw_digest *digest)
{
	u64 hash = g->secret[1], secret = g->secret[0], a, b;
	unsigned int i, n = g->n;

	for (i = 0; i < n; i += 2) {
		a = (key->w[g->index[i]] & g->mask[i]) ^ secret;
		b = key->w[g->index[i + 1]] & g->mask[i + 1];
		hash = vsw_fold(a ^ hash, b ^ g->secret[1]);
		digest->w[i] = a;
		digest->w[i + 1] = b;
		secret = 0;
	}
	digest->n = n;
	/* The last product alone: ports in its upper bits may move few of its lower ones. */
	digest->hash = vsw_fold(hash, GOLDEN_RATIO_64);
}

#endif
