// SPDX-License-Identifier: GPL-2.0
/*
 * Classifier: finds the rule of highest priority that matches a key.
 */
#include "tables/classifier.h"

#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/prefetch.h>
#include <linux/slab.h>

#include "compat.h"
#include "tables/tuple.h"

/* Tuples whose buckets are on their way from memory at the same time. */
#define LOOKUP_BATCH	4

static struct vsw_tuples *tuples_locked(const struct vsw_classifier *cls)
{
	return rcu_dereference_protected(cls->tuples, lockdep_is_held(cls->lock));
}

/**
 * vsw_classifier_init - make an empty classifier
 * @cls: the classifier
 * @lock: held by those who change it
 *
 * Context: Process.
 */
void vsw_classifier_init(struct vsw_classifier *cls, struct mutex *lock)
{
	memset(cls, 0, sizeof(*cls));
	INIT_LIST_HEAD(&cls->list);
	vsw_masks_init(&cls->masks);
	cls->lock = lock;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_classifier_init);

/* The last rule of a mask is gone, or the first did not get in. */
static void mask_drop(struct vsw_classifier *cls, struct vsw_mask *mask)
{
	struct vsw_tuple *tuple = mask->tuple;

	list_del(&mask->sibling);
	vsw_mask_del(&cls->masks, mask);
	if (tuple && list_empty(&tuple->masks))
		vsw_tuple_free(cls, tuple);
}

/**
 * vsw_classifier_exit - take a classifier down, with rules in it or not
 * @cls: the classifier; its rules belong to the caller, who frees them after
 *
 * Context: Process, under the lock. There are no readers any more.
 */
void vsw_classifier_exit(struct vsw_classifier *cls)
{
	struct vsw_mask *mask;
	struct hlist_node *next;
	unsigned int i;

	for (i = 0; i < VSW_MASK_BUCKETS; i++)
		hlist_for_each_entry_safe(mask, next, &cls->masks.bucket[i], node)
			mask_drop(cls, mask);
	kvfree(tuples_locked(cls));
	vsw_classifier_init(cls, cls->lock);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_classifier_exit);

/**
 * vsw_rule_words - room that a rule needs
 * @match: what it matches
 *
 * Context: Any.
 * Return: Number of words of vsw_rule.value.
 */
unsigned int vsw_rule_words(const struct vsw_match *match)
{
	unsigned int i, n = 0;

	for (i = 0; i < VSW_KEY_WORDS; i++)
		n += !!match->mask.w[i];
	return n;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_rule_words);

static void rule_pack(struct vsw_rule *rule, struct vsw_mask *mask,
		      const struct vsw_match *match)
{
	unsigned int i;

	rule->mask = mask;
	for (i = 0; i < mask->packed.n; i++)
		rule->value[i] = match->value.w[mask->packed.word[i]];
	rule->tp_src = match->tp_src;
	rule->tp_dst = match->tp_dst;
}

static int refuse_tuples(struct netlink_ext_ack *extack)
{
	NL_SET_ERR_MSG_FMT(extack, "The table has no room for this mask, its %u tuples are in use",
			   VSW_TUPLES_MAX);
	return -ENOSPC;
}

/* What a tuple for a new mask hashes: nothing as long as there are a few rules. */
static void tuple_bits(const struct vsw_classifier *cls, const struct vsw_mask *mask,
		       const struct vsw_key *key, struct vsw_key *bits)
{
	const struct vsw_tuple *tuple;

	memset(bits, 0, sizeof(*bits));
	if (!cls->n_tuples)
		return;
	vsw_mask_relax(bits, &mask->bits);
	tuple = vsw_tuple_find(cls, bits);
	if (tuple && vsw_rules_chain(tuple->rules, key, NULL, 0) >= VSW_CHAIN_GOOD)
		*bits = mask->bits;
}

/* Find a tuple for a new mask, or make one. */
static int mask_settle(struct vsw_classifier *cls, struct vsw_mask *mask,
		       const struct vsw_key *key, struct netlink_ext_ack *extack)
{
	struct vsw_tuple *tuple = vsw_tuple_choose(cls, &mask->bits, key);
	struct vsw_key bits;
	int err = 0;

	if (!tuple) {
		tuple_bits(cls, mask, key, &bits);
		tuple = vsw_tuple_find(cls, &bits);
	}
	if (!tuple) {
		if (cls->n_tuples >= VSW_TUPLES_MAX && !vsw_tuples_merge(cls))
			return refuse_tuples(extack);
		err = vsw_tuple_create(cls, &bits, &tuple);
	}
	if (err)
		return err;
	mask->tuple = tuple;
	list_add_tail(&mask->sibling, &tuple->masks);
	return 0;
}

static unsigned int chain_len(const struct vsw_mask *mask, const struct vsw_key *key)
{
	return vsw_rules_chain(mask->tuple->rules, key, NULL, 0);
}

static int make_room(struct vsw_classifier *cls, struct vsw_mask *mask,
		     const struct vsw_key *key, struct netlink_ext_ack *extack)
{
	unsigned int n = chain_len(mask, key);

	/* An attempt costs more than a comparison: make it rarely. */
	if (n < VSW_CHAIN_MAX && (n < VSW_CHAIN_GOOD / 2 || !is_power_of_2(n)))
		return 0;
	vsw_tuple_relieve(cls, mask, key);
	if (chain_len(mask, key) < VSW_CHAIN_MAX)
		return 0;
	if (!vsw_key_is_same(&mask->tuple->mask, &mask->bits))
		return refuse_tuples(extack);
	NL_SET_ERR_MSG_FMT(extack,
			   "The table has %u flows that differ from this in priority or port range only",
			   VSW_CHAIN_MAX);
	return -ENOSPC;
}

static int mask_insert(struct vsw_classifier *cls, struct vsw_mask *mask,
		       struct vsw_rule *rule, const struct vsw_match *match,
		       struct netlink_ext_ack *extack)
{
	int err = 0;

	if (!mask->tuple)
		err = mask_settle(cls, mask, &match->value, extack);
	if (!err)
		err = make_room(cls, mask, &match->value, extack);
	if (err)
		return err;
	rule_pack(rule, mask, match);
	return vsw_tuple_add(cls, mask->tuple, rule);
}

static int refuse_masks(struct netlink_ext_ack *extack)
{
	NL_SET_ERR_MSG_FMT(extack, "The table has no room for one more mask, it has %u",
			   VSW_MASKS_MAX);
	return -ENOSPC;
}

/**
 * vsw_classifier_insert - add a rule
 * @cls: the classifier
 * @rule: versions, seq and priority are set, the rest is filled in
 * @match: what it matches, checked by vsw_match_check_field()
 * @extack: for the refusal
 *
 * Context: Process, under the lock.
 * Return: 0; -ENOMEM; -ENOSPC where the budget of masks or tuples is used up, or where
 * there are VSW_CHAIN_MAX rules that no hash can tell from this one.
 */
int vsw_classifier_insert(struct vsw_classifier *cls, struct vsw_rule *rule,
			  const struct vsw_match *match, struct netlink_ext_ack *extack)
{
	struct vsw_mask *mask = vsw_mask_find(&cls->masks, &match->mask);
	int err;

	lockdep_assert_held(cls->lock);
	if (!mask && cls->masks.n == VSW_MASKS_MAX)
		return refuse_masks(extack);
	if (!mask)
		mask = vsw_mask_add(&cls->masks, &match->mask);
	if (!mask)
		return -ENOMEM;
	err = mask_insert(cls, mask, rule, match, extack);
	if (!err) {
		mask->n_rules++;
		cls->n_rules++;
	} else if (!mask->n_rules) {
		mask_drop(cls, mask);
	}
	return err;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_classifier_insert);

/**
 * vsw_classifier_remove - take a rule out
 * @cls: the classifier
 * @rule: the rule; no reader can see it, since none has a version that has it,
 *	but until a grace period has passed they can step over it
 *
 * Context: Process, under the lock.
 */
void vsw_classifier_remove(struct vsw_classifier *cls, struct vsw_rule *rule)
{
	struct vsw_mask *mask = rule->mask;

	lockdep_assert_held(cls->lock);
	vsw_tuple_del(cls, mask->tuple, rule);
	cls->is_packed = false;
	if (!--mask->n_rules)
		mask_drop(cls, mask);
	cls->n_rules--;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_classifier_remove);

static bool range_is_same(struct vsw_range a, struct vsw_range b)
{
	return a.lo == b.lo && a.hi == b.hi;
}

static bool value_is_same(const struct vsw_rule *rule, const struct vsw_key *value)
{
	const struct vsw_packed *p = &rule->mask->packed;
	unsigned int i;

	for (i = 0; i < p->n; i++)
		if (rule->value[i] != value->w[p->word[i]])
			return false;
	return true;
}

/**
 * struct wanted - the rule that vsw_classifier_find() looks for
 * @mask: its mask
 * @match: what it matches
 * @version: in which it is visible
 * @priority: its priority
 */
struct wanted {
	const struct vsw_mask *mask;
	const struct vsw_match *match;
	u64 version;
	u16 priority;
};

static bool rule_is(const struct vsw_rule *rule, const void *data)
{
	const struct wanted *w = data;

	return rule->mask == w->mask && rule->priority == w->priority &&
	       vsw_rule_is_visible(rule, w->version) &&
	       range_is_same(rule->tp_src, w->match->tp_src) &&
	       range_is_same(rule->tp_dst, w->match->tp_dst) &&
	       value_is_same(rule, &w->match->value);
}

/**
 * vsw_classifier_find - find the rule with exactly this match and priority
 * @cls: the classifier
 * @match: value, mask and ranges
 * @priority: priority
 * @version: in which the rule is visible
 *
 * Context: Process, under the lock.
 * Return: The rule, or NULL.
 */
struct vsw_rule *vsw_classifier_find(struct vsw_classifier *cls,
				     const struct vsw_match *match,
				     u16 priority, u64 version)
{
	const struct wanted wanted = {
		.mask = vsw_mask_find(&cls->masks, &match->mask),
		.match = match,
		.version = version,
		.priority = priority,
	};

	lockdep_assert_held(cls->lock);
	if (!wanted.mask)
		return NULL;
	return vsw_rules_find(wanted.mask->tuple->rules, &match->value, rule_is, &wanted);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_classifier_find);

static bool rule_beats(const struct vsw_rule *rule, const struct vsw_rule *best)
{
	if (!best || rule->priority != best->priority)
		return !best || rule->priority > best->priority;
	return (s32)(rule->seq - best->seq) < 0;
}

static bool range_has(struct vsw_range range, __be16 port)
{
	return range.lo <= ntohs(port) && ntohs(port) <= range.hi;
}

static bool rule_has_key(const struct vsw_rule *rule, const struct vsw_key *key)
{
	const struct vsw_packed *p = &rule->mask->packed;
	u64 differ = 0;
	unsigned int i;

	for (i = 0; i < p->n; i++)
		differ |= (key->w[p->word[i]] & p->w[i]) ^ rule->value[i];
	return !differ && range_has(rule->tp_src, key->tp_src) &&
	       range_has(rule->tp_dst, key->tp_dst);
}

/* The best of the rules that have the signature and the one that is known. */
static struct vsw_rule *hits_lookup_rcu(struct vsw_rule __rcu *const *rules, u64 hits,
					const struct vsw_key *key, u64 version,
					struct vsw_rule *best)
{
	struct vsw_rule *rule;

	for (; hits; hits &= hits - 1) {
		rule = rcu_dereference(rules[__ffs64(hits) / 16]);
		if (rule && rule_beats(rule, best) && rule_has_key(rule, key) &&
		    vsw_rule_is_visible(rule, version))
			best = rule;
	}
	return best;
}

static struct vsw_rule *rules_lookup_rcu(const struct vsw_rules *rules, u64 hash,
					 const struct vsw_key *key, u64 version,
					 struct vsw_rule *best)
{
	const struct vsw_bucket *b = vsw_rules_home(rules, hash);
	u64 sigs, pattern = vsw_sig_pattern(hash);

	for (; b; b = vsw_bucket_next(rules, sigs)) {
		sigs = READ_ONCE(b->sigs[0]);
		best = hits_lookup_rcu(b->rule, vsw_sig_hits(sigs, pattern), key, version, best);
		sigs = READ_ONCE(b->sigs[1]);
		best = hits_lookup_rcu(b->rule + 4, (u32)vsw_sig_hits(sigs, pattern), key,
				       version, best);
	}
	return best;
}

/**
 * struct probe - a tuple to look into
 * @rules: its rules
 * @hash: of the key
 * @max_priority: no rule of it has a higher one
 */
struct probe {
	const struct vsw_rules *rules;
	u64 hash;
	u16 max_priority;
};

/* Can a tuple, or all from it on, have nothing better? */
static bool is_beaten(const struct vsw_rule *best, u16 priority)
{
	return best && priority < best->priority;
}

/* Hash the key for a tuple and have its bucket fetched. */
static bool probe_init(struct probe *probe, const struct vsw_tuple_ref *ref,
		       const struct vsw_key *key, const struct vsw_rule *best)
{
	probe->max_priority = READ_ONCE(ref->max_priority);
	probe->rules = rcu_dereference(ref->rules);
	if (!probe->rules || is_beaten(best, probe->max_priority))
		return false;
	probe->hash = vsw_rules_hash(probe->rules, key);
	prefetch(vsw_rules_home(probe->rules, probe->hash));
	return true;
}

/**
 * vsw_classifier_lookup_rcu - find the rule for a frame
 * @cls: the classifier
 * @key: of the frame
 * @version: in which the rule is visible
 *
 * Among rules of the highest priority the one with the lowest seq wins.
 *
 * Context: RCU read section, concurrent with changes.
 * Return: The rule, or NULL. Valid within the RCU read section.
 */
struct vsw_rule *vsw_classifier_lookup_rcu(const struct vsw_classifier *cls,
					   const struct vsw_key *key,
					   u64 version)
{
	const struct vsw_tuples *tuples = rcu_dereference(cls->tuples);
	unsigned int i = 0, j, n, total = tuples ? tuples->n : 0;
	struct probe probe[LOOKUP_BATCH];
	struct vsw_rule *best = NULL;

	while (i < total && !is_beaten(best, READ_ONCE(tuples->ref[i].max_rest))) {
		for (n = 0; n < LOOKUP_BATCH && i < total; i++)
			n += probe_init(&probe[n], &tuples->ref[i], key, best);
		for (j = 0; j < n; j++)
			if (!is_beaten(best, probe[j].max_priority))
				best = rules_lookup_rcu(probe[j].rules, probe[j].hash, key,
							version, best);
	}
	return best;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_classifier_lookup_rcu);

/**
 * vsw_classifier_cost - what may a lookup cost at the worst?
 * @cls: the classifier
 * @cost: filled in
 *
 * Context: Process, under the lock.
 */
void vsw_classifier_cost(const struct vsw_classifier *cls, struct vsw_classifier_cost *cost)
{
	const struct vsw_tuple *tuple;

	lockdep_assert_held(cls->lock);
	memset(cost, 0, sizeof(*cost));
	list_for_each_entry(tuple, &cls->list, node) {
		cost->tuples++;
		cost->chain = max_t(u32, cost->chain, tuple->rules->max_chain);
		cost->probes += 1 + tuple->rules->max_chain;
	}
}
EXPORT_SYMBOL_IF_KUNIT(vsw_classifier_cost);

/**
 * vsw_rule_match - say again what a rule matches
 * @rule: rule in a classifier
 * @match: filled in
 *
 * Context: Any in which the rule stays.
 */
void vsw_rule_match(const struct vsw_rule *rule, struct vsw_match *match)
{
	const struct vsw_packed *p = &rule->mask->packed;
	unsigned int i;

	vsw_match_init(match);
	match->mask = rule->mask->bits;
	for (i = 0; i < p->n; i++)
		match->value.w[p->word[i]] = rule->value[i];
	match->tp_src = rule->tp_src;
	match->tp_dst = rule->tp_dst;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_rule_match);
