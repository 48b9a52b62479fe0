// SPDX-License-Identifier: GPL-2.0
/*
 * Rules that hash by the same bits: how the buckets are filled.
 *
 * Frames look up while rules are added and removed in place. They compare a
 * rule whole, so it does not matter in which order they see the parts of a
 * bucket change: a rule that comes is not visible yet, one that goes not any
 * more. A hash that is too small is replaced by a larger copy.
 */
#include "tables/rules.h"

#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/prefetch.h>
#include <linux/random.h>
#include <linux/slab.h>

#include "compat.h"

/* Rules for each home bucket, of VSW_BUCKET_RULES, before it grows. */
#define LOAD	4

static_assert(VSW_KEY_WORDS % 2 == 0);

static u64 bucket_sigs(const struct vsw_bucket *b, unsigned int i)
{
	return b->sigs[i / 4] >> 16 * (i % 4) & 0xffff;
}

static void bucket_set(struct vsw_bucket *b, unsigned int i, u64 sig)
{
	u64 *sigs = &b->sigs[i / 4];
	unsigned int shift = 16 * (i % 4);

	WRITE_ONCE(*sigs, (*sigs & ~(0xffffull << shift)) | sig << shift);
}

static struct vsw_rule *bucket_rule(const struct vsw_bucket *b, unsigned int i)
{
	/* Under the lock of the classifier. */
	return rcu_dereference_protected(b->rule[i], true);
}

/**
 * vsw_rule_key - the value of a rule, unpacked
 * @rule: the rule
 * @key: those of its words that the mask covers are filled in, others are not
 *
 * Context: Any.
 */
void vsw_rule_key(const struct vsw_rule *rule, struct vsw_key *key)
{
	const struct vsw_packed *p = &rule->mask->packed;
	unsigned int i;

	/* What has no second word of a pair is hashed with word 0. */
	key->w[0] = 0;
	for (i = 0; i < p->n; i++)
		key->w[p->word[i]] = rule->value[i];
}

static u64 rule_hash(const struct vsw_rules *rules, const struct vsw_rule *rule)
{
	struct vsw_key key;

	vsw_rule_key(rule, &key);
	return vsw_rules_hash(rules, &key);
}

static bool is_wanted(const struct vsw_rule *rule, enum vsw_rules_which which)
{
	return which == VSW_RULES_ALL || rule->mask->moves == (which == VSW_RULES_MOVING);
}

static struct vsw_rules *rules_alloc(const struct vsw_key *mask, u32 n_home, u32 n_spare)
{
	struct vsw_rules *rules;

	rules = kvzalloc(struct_size(rules, bucket, n_home + n_spare), GFP_KERNEL_ACCOUNT);
	if (!rules)
		return NULL;
	get_random_bytes(rules->secret, sizeof(rules->secret));
	vsw_key_pack(&rules->packed, mask);
	rules->home_mask = n_home - 1;
	rules->n_buckets = n_home + n_spare;
	rules->n_used = n_home;
	return rules;
}

static void prefetch_rules(const struct vsw_bucket *b)
{
	unsigned int i;

	for (i = 0; i < VSW_BUCKET_RULES; i++)
		if (bucket_rule(b, i))
			prefetch(bucket_rule(b, i));
}

static bool copy_bucket(struct vsw_rules *to, const struct vsw_bucket *b,
			enum vsw_rules_which which)
{
	struct vsw_rule *rule;
	unsigned int i;

	for (i = 0; i < VSW_BUCKET_RULES; i++) {
		rule = bucket_rule(b, i);
		if (rule && is_wanted(rule, which) && !vsw_rules_add(to, rule))
			return false;
	}
	return true;
}

static bool copy(struct vsw_rules *to, struct vsw_rules_from from)
{
	u32 i, n = from.rules ? from.rules->n_used : 0;

	for (i = 0; i < n; i++) {
		if (i + 4 < n)
			prefetch_rules(&from.rules->bucket[i + 4]);
		if (!copy_bucket(to, &from.rules->bucket[i], from.which))
			return false;
	}
	return true;
}

/**
 * vsw_rules_create - make a hash
 * @mask: the bits to hash; every rule's own mask has them
 * @a: rules to fill it with
 * @b: more of them
 * @n_rules: how many rules to make room for
 *
 * Context: Process, under the lock.
 * Return: The hash, to be freed by kvfree() or kvfree_rcu(); NULL where there is
 * no memory.
 */
struct vsw_rules *vsw_rules_create(const struct vsw_key *mask,
				   struct vsw_rules_from a, struct vsw_rules_from b,
				   u32 n_rules)
{
	u32 n_home = roundup_pow_of_two(DIV_ROUND_UP(n_rules, LOAD) ?: 1);
	u32 n_spare = n_home / 4 + 1;
	struct vsw_rules *rules;

	/* With nothing to hash there is one chain. */
	if (!vsw_key_weight(mask)) {
		n_home = 1;
		n_spare = n_rules / VSW_BUCKET_RULES + 1;
	}
	for (;;) {
		rules = rules_alloc(mask, n_home, n_spare);
		if (!rules || (copy(rules, a) && copy(rules, b) &&
			       4 * n_spare > 5 * (rules->n_used - n_home)))
			return rules;
		/* Many rules have the same hash, and more of them may come. */
		kvfree(rules);
		n_spare *= 2;
	}
}

/* Rules that go do not count: they are gone when there has been time to. */
static unsigned int chain(const struct vsw_rules *rules, u64 hash, struct vsw_rule **into,
			  unsigned int n)
{
	const struct vsw_bucket *b = vsw_rules_home(rules, hash);
	u64 sig = hash >> 48 ?: 1;
	unsigned int i, found = 0;

	for (; b; b = vsw_bucket_next(rules, b->sigs[1])) {
		for (i = 0; i < VSW_BUCKET_RULES; i++) {
			if (bucket_sigs(b, i) != sig ||
			    bucket_rule(b, i)->del_version != VSW_VERSION_NEVER)
				continue;
			if (found < n)
				into[found] = bucket_rule(b, i);
			found++;
		}
	}
	return found;
}

/**
 * struct place - where a rule goes
 * @bucket: the bucket, NULL if there is no room
 * @last: the last of the chain
 * @i: place in the bucket
 * @n_same: number of rules with the same signature
 */
struct place {
	struct vsw_bucket *bucket;
	struct vsw_bucket *last;
	unsigned int i;
	unsigned int n_same;
};

static struct place find_place(struct vsw_rules *rules, u64 hash)
{
	u64 sig = hash >> 48 ?: 1;
	struct place p = {};
	unsigned int i;

	p.last = &rules->bucket[hash & rules->home_mask];
	for (;;) {
		for (i = 0; i < VSW_BUCKET_RULES; i++) {
			p.n_same += bucket_sigs(p.last, i) == sig;
			if (!p.bucket && !bucket_sigs(p.last, i)) {
				p.bucket = p.last;
				p.i = i;
			}
		}
		if (!(p.last->sigs[1] >> 32))
			return p;
		p.last = &rules->bucket[p.last->sigs[1] >> 32];
	}
}

/**
 * vsw_rules_add - add a rule
 * @rules: the hash
 * @rule: the rule
 *
 * Context: Process, under the lock.
 * Return: false if there is no room: it needs a larger copy.
 */
bool vsw_rules_add(struct vsw_rules *rules, struct vsw_rule *rule)
{
	u64 hash = rule_hash(rules, rule);
	struct place p = find_place(rules, hash);
	u32 next = 0;

	if (!p.bucket) {
		if (rules->n_used == rules->n_buckets)
			return false;
		next = rules->n_used++;
		p.bucket = &rules->bucket[next];
		p.i = 0;
	}
	rcu_assign_pointer(p.bucket->rule[p.i], rule);
	bucket_set(p.bucket, p.i, hash >> 48 ?: 1);
	if (next)
		/* Pairs with the dependence of the reader's address on it. */
		smp_store_release(&p.last->sigs[1], p.last->sigs[1] | (u64)next << 32);
	rules->n_rules++;
	if (p.n_same >= rules->max_chain)
		rules->max_chain = max_t(unsigned int, rules->max_chain,
					 chain(rules, hash, NULL, 0));
	rules->max_priority = max(rules->max_priority, rule->priority);
	return true;
}

/**
 * vsw_rules_del - remove a rule
 * @rules: the hash
 * @rule: the rule
 *
 * Context: Process, under the lock.
 * Return: false if it is not there.
 */
bool vsw_rules_del(struct vsw_rules *rules, const struct vsw_rule *rule)
{
	const struct vsw_bucket *next = vsw_rules_home(rules, rule_hash(rules, rule));
	struct vsw_bucket *b;
	unsigned int i;

	for (; next; next = vsw_bucket_next(rules, b->sigs[1])) {
		b = (struct vsw_bucket *)next;
		for (i = 0; i < VSW_BUCKET_RULES; i++) {
			if (bucket_rule(b, i) != rule)
				continue;
			bucket_set(b, i, 0);
			RCU_INIT_POINTER(b->rule[i], NULL);
			rules->n_rules--;
			return true;
		}
	}
	return false;
}

/**
 * vsw_rules_chain - the rules that a lookup of a key has to compare
 * @rules: the hash
 * @key: the key
 * @into: filled with the first of them
 * @n: room in @into, 0 to count only
 *
 * Rules that an update removes do not count.
 *
 * Context: Process, under the lock.
 * Return: number of rules, may be more than @n.
 */
unsigned int vsw_rules_chain(const struct vsw_rules *rules, const struct vsw_key *key,
			     struct vsw_rule **into, unsigned int n)
{
	return chain(rules, vsw_rules_hash(rules, key), into, n);
}

/**
 * vsw_rules_find - find a rule
 * @rules: the hash
 * @key: its value
 * @is: is it this one?
 * @data: for @is
 *
 * Context: Process, under the lock.
 * Return: The rule, or NULL.
 */
struct vsw_rule *vsw_rules_find(const struct vsw_rules *rules, const struct vsw_key *key,
				bool (*is)(const struct vsw_rule *rule, const void *data),
				const void *data)
{
	u64 hash = vsw_rules_hash(rules, key), sig = hash >> 48 ?: 1;
	const struct vsw_bucket *b = vsw_rules_home(rules, hash);
	unsigned int i;

	for (; b; b = vsw_bucket_next(rules, b->sigs[1]))
		for (i = 0; i < VSW_BUCKET_RULES; i++)
			if (bucket_sigs(b, i) == sig && is(bucket_rule(b, i), data))
				return bucket_rule(b, i);
	return NULL;
}
