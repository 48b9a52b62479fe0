/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Rules that hash by the same bits: buckets of one cache line, with 16 bits of
 * the hash for each rule, so that a probe rarely touches a rule in vain.
 */
#ifndef VSW_TABLES_RULES_H
#define VSW_TABLES_RULES_H

#include <linux/rcupdate.h>

#include "tables/mask.h"

/* A rule that no version removes. */
#define VSW_VERSION_NEVER	U64_MAX

/* Rules of a bucket. */
#define VSW_BUCKET_RULES	6

/**
 * struct vsw_rule - what the classifier knows of a flow
 * @mask: its mask, shared
 * @add_version: first version of the tables that has it
 * @del_version: first version that has it no longer; written under the lock
 * @seq: the lower wins among rules of the same priority; the owner's
 * @priority: the highest wins
 * @tp_src: range of source ports
 * @tp_dst: range of destination ports
 * @value: packed value, vsw_mask.packed.n words of it
 *
 * The owner allocates it, with vsw_rule_words() words behind it.
 */
struct vsw_rule {
	struct vsw_mask *mask;
	u64 add_version;
	u64 del_version;
	u32 seq;
	u16 priority;
	struct vsw_range tp_src;
	struct vsw_range tp_dst;
	u64 value[];
};

/**
 * struct vsw_bucket - one cache line
 * @sigs: signatures of 16 bits, 0 where there is no rule; the upper half of the
 *	second word is the index of the bucket that follows, 0 for none
 * @rule: the rules (RCU, written under the lock)
 */
struct vsw_bucket {
	u64 sigs[2];
	struct vsw_rule __rcu *rule[VSW_BUCKET_RULES];
};

/**
 * struct vsw_rules - a hash of rules
 * @secret: of the hash, set once
 * @packed: the bits that it hashes, set once
 * @home_mask: hash to index of the first bucket, set once
 * @n_buckets: number of buckets, set once; those past the homes are spare
 * @n_used: number of buckets that are homes or follow another, under the lock
 * @n_rules: number of rules, under the lock
 * @max_chain: greatest number of rules with the same hash, since it was made
 * @max_priority: no rule has a higher one, under the lock
 * @rcu: frees it
 * @bucket: the buckets
 */
struct vsw_rules {
	u64 secret[4];
	struct vsw_packed packed;
	u32 home_mask;
	u32 n_buckets;
	u32 n_used;
	u32 n_rules;
	u16 max_chain;
	u16 max_priority;
	struct rcu_head rcu;
	struct vsw_bucket bucket[] __aligned(64);
};

static_assert(sizeof(struct vsw_bucket) == 64 || sizeof(void *) == 4);
static_assert(sizeof(struct vsw_rules) % 64 == 0 || sizeof(void *) == 4);

/* Which rules to take over, by vsw_mask.moves. */
enum vsw_rules_which {
	VSW_RULES_ALL,
	VSW_RULES_MOVING,
	VSW_RULES_STAYING,
};

/**
 * struct vsw_rules_from - where rules come from
 * @rules: the hash that has them, or NULL for none
 * @which: those to take over
 */
struct vsw_rules_from {
	const struct vsw_rules *rules;
	enum vsw_rules_which which;
};

struct vsw_rules *vsw_rules_create(const struct vsw_key *mask,
				   struct vsw_rules_from a, struct vsw_rules_from b,
				   u32 n_rules);
bool vsw_rules_add(struct vsw_rules *rules, struct vsw_rule *rule);
bool vsw_rules_del(struct vsw_rules *rules, const struct vsw_rule *rule);
unsigned int vsw_rules_chain(const struct vsw_rules *rules, const struct vsw_key *key,
			     struct vsw_rule **into, unsigned int n);
struct vsw_rule *vsw_rules_find(const struct vsw_rules *rules, const struct vsw_key *key,
				bool (*is)(const struct vsw_rule *rule, const void *data),
				const void *data);
void vsw_rule_key(const struct vsw_rule *rule, struct vsw_key *key);

static inline bool vsw_rule_is_visible(const struct vsw_rule *rule, u64 version)
{
	return rule->add_version <= version && version < READ_ONCE(rule->del_version);
}

/* Words are hashed in pairs that do not wait for each other. */
static inline u64 vsw_rules_hash(const struct vsw_rules *rules, const struct vsw_key *key)
{
	const struct vsw_packed *p = &rules->packed;
	u64 a = rules->secret[0], b = rules->secret[1], hash = 0;
	unsigned int i;

	for (i = 0; i < p->n; i += 2) {
		hash ^= vsw_fold((key->w[p->word[i]] & p->w[i]) ^ a,
				 (key->w[p->word[i + 1]] & p->w[i + 1]) ^ b);
		a += rules->secret[2];
		b += rules->secret[3];
	}
	return hash;
}

static inline const struct vsw_bucket *vsw_rules_home(const struct vsw_rules *rules, u64 hash)
{
	return &rules->bucket[hash & rules->home_mask];
}

/* The same signature in each of the four parts of a word. */
static inline u64 vsw_sig_pattern(u64 hash)
{
	return (hash >> 48 ?: 1) * 0x0001000100010001ull;
}

/*
 * The uppermost bit of each part that is the same in both words; parts above
 * the first such one may seem to be. Rules are compared in any case.
 */
static inline u64 vsw_sig_hits(u64 sigs, u64 pattern)
{
	u64 x = sigs ^ pattern;

	return (x - 0x0001000100010001ull) & ~x & 0x8000800080008000ull;
}

static inline const struct vsw_bucket *vsw_bucket_next(const struct vsw_rules *rules, u64 sigs1)
{
	u32 next = sigs1 >> 32;

	return next ? &rules->bucket[next] : NULL;
}

#endif
