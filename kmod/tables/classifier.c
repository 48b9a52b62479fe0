// SPDX-License-Identifier: GPL-2.0
/*
 * Classifier: finds the rule of highest priority that matches a key.
 */
#include "tables/classifier.h"

#include <linux/math64.h>
#include <linux/random.h>
#include <linux/rculist.h>
#include <linux/slab.h>

#include "compat.h"

/**
 * struct probe - what to look for in a tuple
 * @tuple: the tuple
 * @w: packed and masked key, vsw_tuple.n_words of it
 */
struct probe {
	const struct vsw_tuple *tuple;
	u64 w[VSW_KEY_WORDS];
};

/*
 * A mask as the tuples see it: ports that a range covers are not part of it,
 * the range is looked at when all the rest has matched.
 */
struct packed_mask {
	u32 words;
	u8 n_words;
	u64 w[VSW_KEY_WORDS];
};

static void mask_pack(struct packed_mask *mask, const struct vsw_match *match)
{
	unsigned int i;

	mask->words = 0;
	mask->n_words = 0;
	for (i = 0; i < VSW_KEY_WORDS; i++) {
		if (!match->mask.w[i])
			continue;
		mask->words |= BIT(i);
		mask->w[mask->n_words++] = match->mask.w[i];
	}
}

static void key_pack(u64 *w, const struct vsw_tuple *tuple, const struct vsw_key *key)
{
	unsigned long words = tuple->words;
	unsigned int i, n = 0;

	for_each_set_bit(i, &words, VSW_KEY_WORDS) {
		w[n] = key->w[i] & tuple->mask[n];
		n++;
	}
}

/* Both halves of the product of 64 by 64 bits, folded into one. */
static u64 fold(u64 a, u64 b)
{
	return (a * b) ^ mul_u64_u64_shr(a, b, 64);
}

static u32 words_hash(const struct vsw_tuple *tuple, const u64 *w, u32 seed)
{
	u64 hash = seed;
	unsigned int i;

	for (i = 0; i < tuple->n_words; i++)
		hash = fold(w[i] ^ tuple->secret[0], hash ^ tuple->secret[1]);
	return hash ^ hash >> 32;
}

static u32 probe_hash(const void *data, u32 len, u32 seed)
{
	const struct probe *probe = data;

	return words_hash(probe->tuple, probe->w, seed);
}

static u32 rule_hash(const void *data, u32 len, u32 seed)
{
	const struct vsw_rule *rule = data;

	return words_hash(rule->tuple, rule->value, seed);
}

static int rule_differs(struct rhashtable_compare_arg *arg, const void *obj)
{
	const struct probe *probe = arg->key;
	const struct vsw_rule *rule = obj;

	return memcmp(probe->w, rule->value, probe->tuple->n_words * sizeof(u64));
}

static const struct rhashtable_params rules_params = {
	.nelem_hint = 3,
	.head_offset = offsetof(struct vsw_rule, node),
	.hashfn = probe_hash,
	.obj_hashfn = rule_hash,
	.obj_cmpfn = rule_differs,
	.automatic_shrinking = true,
};

static struct vsw_tuple *tuple_create(const struct packed_mask *mask)
{
	struct vsw_tuple *tuple;
	int err;

	tuple = kzalloc(struct_size(tuple, mask, mask->n_words), GFP_KERNEL_ACCOUNT);
	if (!tuple)
		return ERR_PTR(-ENOMEM);

	err = rhltable_init(&tuple->rules, &rules_params);
	if (err) {
		kfree(tuple);
		return ERR_PTR(err);
	}
	get_random_bytes(tuple->secret, sizeof(tuple->secret));
	tuple->words = mask->words;
	tuple->n_words = mask->n_words;
	memcpy(tuple->mask, mask->w, mask->n_words * sizeof(u64));
	return tuple;
}

static void tuple_free(struct vsw_tuple *tuple)
{
	rhltable_destroy(&tuple->rules);
	kfree(tuple);
}

static int tuple_insert(struct vsw_tuple *tuple, struct vsw_rule *rule)
{
	struct probe probe = { .tuple = tuple };
	int err;

	memcpy(probe.w, rule->value, tuple->n_words * sizeof(u64));
	do {
		err = rhltable_insert_key(&tuple->rules, &probe, &rule->node,
					  rules_params);
		/* Too full, and the worker is at it already. */
		if (err == -EBUSY)
			flush_work(&tuple->rules.ht.run_work);
	} while (err == -EBUSY);
	if (!err)
		tuple->n_rules++;
	return err;
}

static struct vsw_tuples *tuples_locked(const struct vsw_classifier *cls)
{
	return rcu_dereference_protected(cls->tuples, lockdep_is_held(cls->lock));
}

static struct vsw_tuple *tuple_locked(const struct vsw_classifier *cls,
				      const struct vsw_tuples *tuples, unsigned int i)
{
	return rcu_dereference_protected(tuples->tuple[i], lockdep_is_held(cls->lock));
}

static struct vsw_tuple *tuple_find(const struct vsw_classifier *cls,
				    const struct packed_mask *mask)
{
	const struct vsw_tuples *tuples = tuples_locked(cls);
	struct vsw_tuple *tuple;
	unsigned int i;

	for (i = 0; tuples && i < tuples->n; i++) {
		tuple = tuple_locked(cls, tuples, i);
		if (tuple && tuple->words == mask->words &&
		    !memcmp(tuple->mask, mask->w, mask->n_words * sizeof(u64)))
			return tuple;
	}
	return NULL;
}

/* Append all tuples but one that are not below a priority, or those below it. */
static void tuples_append(const struct vsw_classifier *cls, struct vsw_tuples *to,
			  const struct vsw_tuple *but, u16 priority, bool below)
{
	const struct vsw_tuples *from = tuples_locked(cls);
	struct vsw_tuple *tuple;
	unsigned int i;
	bool is_below;

	for (i = 0; from && i < from->n; i++) {
		tuple = tuple_locked(cls, from, i);
		if (!tuple || tuple == but)
			continue;
		is_below = tuple->max_priority < priority;
		if (is_below == below)
			RCU_INIT_POINTER(to->tuple[to->n++], tuple);
	}
}

/*
 * Give a tuple, new or not, the place that a priority needs. Readers of the old
 * array may find it too far back; they have an old version and can't see the
 * rule that raised it.
 */
static int tuples_place(struct vsw_classifier *cls, struct vsw_tuple *tuple,
			u16 priority)
{
	struct vsw_tuples *old = tuples_locked(cls), *new;

	new = kzalloc(struct_size(new, tuple, cls->n_tuples + 1), GFP_KERNEL_ACCOUNT);
	if (!new)
		return -ENOMEM;

	tuples_append(cls, new, tuple, priority, false);
	RCU_INIT_POINTER(new->tuple[new->n++], tuple);
	tuples_append(cls, new, tuple, priority, true);
	WRITE_ONCE(tuple->max_priority, priority);
	rcu_assign_pointer(cls->tuples, new);
	if (old)
		kfree_rcu(old, rcu);
	return 0;
}

/* Frames see the bits before they see the rule: the version comes later. */
static void mask_widen(struct vsw_classifier *cls, const struct vsw_match *match)
{
	struct vsw_key mask = match->mask;
	unsigned int i;

	if (!vsw_range_is_all(match->tp_src))
		mask.tp_src = htons(U16_MAX);
	if (!vsw_range_is_all(match->tp_dst))
		mask.tp_dst = htons(U16_MAX);
	for (i = 0; i < VSW_KEY_WORDS; i++)
		if (mask.w[i] & ~cls->mask.w[i])
			WRITE_ONCE(cls->mask.w[i], cls->mask.w[i] | mask.w[i]);
}

static void mask_clear(struct vsw_classifier *cls)
{
	unsigned int i;

	for (i = 0; i < VSW_KEY_WORDS; i++)
		WRITE_ONCE(cls->mask.w[i], 0);
}

static int insert_in_new(struct vsw_classifier *cls, struct vsw_rule *rule,
			 const struct packed_mask *mask)
{
	struct vsw_tuple *tuple;
	int err;

	if (cls->n_tuples >= VSW_TUPLES_MAX)
		return -ENOSPC;
	tuple = tuple_create(mask);
	if (IS_ERR(tuple))
		return PTR_ERR(tuple);

	rule->tuple = tuple;
	err = tuple_insert(tuple, rule);
	if (!err)
		err = tuples_place(cls, tuple, rule->priority);
	if (err) {
		/* Nobody has seen it. */
		tuple_free(tuple);
		return err;
	}
	cls->n_tuples++;
	return 0;
}

static int insert_in(struct vsw_classifier *cls, struct vsw_tuple *tuple,
		     struct vsw_rule *rule)
{
	int err;

	if (rule->priority > tuple->max_priority) {
		err = tuples_place(cls, tuple, rule->priority);
		if (err)
			return err;
	}
	rule->tuple = tuple;
	return tuple_insert(tuple, rule);
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
	RCU_INIT_POINTER(cls->tuples, NULL);
	cls->n_tuples = 0;
	memset(&cls->mask, 0, sizeof(cls->mask));
	cls->lock = lock;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_classifier_init);

/**
 * vsw_classifier_exit - take a classifier down, with rules in it or not
 * @cls: the classifier; its rules belong to the caller, who frees them after
 *
 * Context: Process, under the lock. There are no readers any more.
 */
void vsw_classifier_exit(struct vsw_classifier *cls)
{
	struct vsw_tuples *tuples = tuples_locked(cls);
	struct vsw_tuple *tuple;
	unsigned int i;

	for (i = 0; tuples && i < tuples->n; i++) {
		tuple = tuple_locked(cls, tuples, i);
		if (tuple)
			tuple_free(tuple);
	}
	kfree(tuples);
	RCU_INIT_POINTER(cls->tuples, NULL);
	cls->n_tuples = 0;
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

static void rule_pack(struct vsw_rule *rule, const struct vsw_match *match)
{
	unsigned int i, n = 0;

	for (i = 0; i < VSW_KEY_WORDS; i++)
		if (match->mask.w[i])
			rule->value[n++] = match->value.w[i];
	rule->tp_src = match->tp_src;
	rule->tp_dst = match->tp_dst;
}

/**
 * vsw_classifier_insert - add a rule
 * @cls: the classifier
 * @rule: versions, seq, priority and value are set, the rest is filled in
 * @match: what it matches, checked by vsw_match_check()
 *
 * Context: Process, under the lock.
 * Return: 0; -ENOMEM; -ENOSPC where the rule's mask would be the one that is
 * more than VSW_TUPLES_MAX.
 */
int vsw_classifier_insert(struct vsw_classifier *cls, struct vsw_rule *rule,
			  const struct vsw_match *match)
{
	struct packed_mask mask;
	struct vsw_tuple *tuple;

	lockdep_assert_held(cls->lock);
	mask_pack(&mask, match);
	mask_widen(cls, match);
	rule_pack(rule, match);
	tuple = tuple_find(cls, &mask);
	return tuple ? insert_in(cls, tuple, rule) : insert_in_new(cls, rule, &mask);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_classifier_insert);

static void tuple_bury(struct vsw_classifier *cls, struct vsw_tuple *tuple,
		       struct list_head *dead)
{
	struct vsw_tuples *tuples = tuples_locked(cls);
	unsigned int i;

	for (i = 0; i < tuples->n; i++)
		if (tuple_locked(cls, tuples, i) == tuple)
			RCU_INIT_POINTER(tuples->tuple[i], NULL);
	cls->n_tuples--;
	list_add(&tuple->dead, dead);
}

/**
 * vsw_classifier_remove - take a rule out
 * @cls: the classifier
 * @rule: the rule; no reader can see it, since none has a version that has it,
 *	but until a grace period has passed they can step over it
 * @dead: gets the tuple if this was its last rule, for vsw_classifier_free_dead()
 *
 * Context: Process, under the lock.
 */
void vsw_classifier_remove(struct vsw_classifier *cls, struct vsw_rule *rule,
			   struct list_head *dead)
{
	struct vsw_tuple *tuple = rule->tuple;

	lockdep_assert_held(cls->lock);
	WARN_ON_ONCE(rhltable_remove(&tuple->rules, &rule->node, rules_params));
	if (!--tuple->n_rules)
		tuple_bury(cls, tuple, dead);
	if (!cls->n_tuples)
		mask_clear(cls);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_classifier_remove);

/**
 * vsw_classifier_free_dead - free tuples that have no rules any more
 * @dead: the tuples; a grace period has passed since the last was buried
 *
 * Context: Process, may sleep.
 */
void vsw_classifier_free_dead(struct list_head *dead)
{
	struct vsw_tuple *tuple, *next;

	list_for_each_entry_safe(tuple, next, dead, dead)
		tuple_free(tuple);
	INIT_LIST_HEAD(dead);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_classifier_free_dead);

static bool range_is_same(struct vsw_range a, struct vsw_range b)
{
	return a.lo == b.lo && a.hi == b.hi;
}

static bool rule_is(const struct vsw_rule *rule, const struct vsw_match *match,
		    u16 priority, u64 version)
{
	return rule->priority == priority && vsw_rule_is_visible(rule, version) &&
	       range_is_same(rule->tp_src, match->tp_src) &&
	       range_is_same(rule->tp_dst, match->tp_dst);
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
	struct rhlist_head *list, *pos;
	struct packed_mask mask;
	struct vsw_rule *rule;
	struct probe probe;

	lockdep_assert_held(cls->lock);
	mask_pack(&mask, match);
	probe.tuple = tuple_find(cls, &mask);
	if (!probe.tuple)
		return NULL;

	key_pack(probe.w, probe.tuple, &match->value);
	rcu_read_lock();
	list = rhltable_lookup((struct rhltable *)&probe.tuple->rules, &probe,
			       rules_params);
	rhl_for_each_entry_rcu(rule, pos, list, node) {
		if (rule_is(rule, match, priority, version)) {
			rcu_read_unlock();
			return rule;
		}
	}
	rcu_read_unlock();
	return NULL;
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
	return range_has(rule->tp_src, key->tp_src) &&
	       range_has(rule->tp_dst, key->tp_dst);
}

/* The best of the rules of a tuple and the one that is known. */
static struct vsw_rule *tuple_lookup_rcu(struct vsw_tuple *tuple,
					 const struct vsw_key *key, u64 version,
					 struct vsw_rule *best)
{
	struct rhlist_head *list, *pos;
	struct vsw_rule *rule;
	struct probe probe;

	probe.tuple = tuple;
	key_pack(probe.w, tuple, key);
	list = rhltable_lookup(&tuple->rules, &probe, rules_params);
	rhl_for_each_entry_rcu(rule, pos, list, node)
		if (rule_beats(rule, best) && vsw_rule_is_visible(rule, version) &&
		    rule_has_key(rule, key))
			best = rule;
	return best;
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
	struct vsw_rule *best = NULL;
	struct vsw_tuple *tuple;
	unsigned int i;

	for (i = 0; tuples && i < tuples->n; i++) {
		tuple = rcu_dereference(tuples->tuple[i]);
		if (!tuple)
			continue;
		if (best && READ_ONCE(tuple->max_priority) < best->priority)
			break;
		best = tuple_lookup_rcu(tuple, key, version, best);
	}
	return best;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_classifier_lookup_rcu);

/**
 * vsw_rule_match - say again what a rule matches
 * @rule: rule in a classifier
 * @match: filled in
 *
 * Context: Any in which the rule stays.
 */
void vsw_rule_match(const struct vsw_rule *rule, struct vsw_match *match)
{
	const struct vsw_tuple *tuple = rule->tuple;
	unsigned long words = tuple->words;
	unsigned int i, n = 0;

	vsw_match_init(match);
	for_each_set_bit(i, &words, VSW_KEY_WORDS) {
		match->value.w[i] = rule->value[n];
		match->mask.w[i] = tuple->mask[n];
		n++;
	}
	match->tp_src = rule->tp_src;
	match->tp_dst = rule->tp_dst;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_rule_match);
