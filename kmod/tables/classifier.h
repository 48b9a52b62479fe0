/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Classifier: finds the rule of highest priority that matches a key. Rules
 * are grouped by mask into tuples, tuples are tried by falling priority.
 */
#ifndef VSW_TABLES_CLASSIFIER_H
#define VSW_TABLES_CLASSIFIER_H

#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/rhashtable.h>

#include "tables/key.h"

/* A rule that no version removes. */
#define VSW_VERSION_NEVER	U64_MAX

/* Greatest number of masks of a table; a lookup may probe them all. */
#define VSW_TUPLES_MAX		1024

/**
 * struct vsw_tuple - the rules that share a mask
 * @rules: hash of the rules by their packed value
 * @secret: of the hash
 * @words: bitmap of the key words that @mask covers
 * @n_words: number of them
 * @max_priority: no rule has a higher one; written under the lock, never falls
 * @n_rules: number of rules, under the lock
 * @dead: in the caller's list of tuples to free
 * @mask: packed mask, @n_words of it
 */
struct vsw_tuple {
	struct rhltable rules;
	u64 secret[2];
	u32 words;
	u8 n_words;
	u16 max_priority;
	u32 n_rules;
	struct list_head dead;
	u64 mask[];
};

/**
 * struct vsw_tuples - tuples by falling priority, as readers see them
 * @rcu: frees it
 * @n: number of places
 * @tuple: places; NULL where a tuple was
 */
struct vsw_tuples {
	struct rcu_head rcu;
	unsigned int n;
	struct vsw_tuple __rcu *tuple[];
};

/**
 * struct vsw_rule - what the classifier knows of a flow
 * @node: in vsw_tuple.rules
 * @tuple: where it is
 * @add_version: first version of the tables that has it
 * @del_version: first version that has it no longer; written under the lock
 * @seq: the lower wins among rules of the same priority; the owner's
 * @priority: the highest wins
 * @tp_src: range of source ports
 * @tp_dst: range of destination ports
 * @value: packed value, vsw_tuple.n_words of it, in the owner's memory
 */
struct vsw_rule {
	struct rhlist_head node;
	struct vsw_tuple *tuple;
	u64 add_version;
	u64 del_version;
	u32 seq;
	u16 priority;
	struct vsw_range tp_src;
	struct vsw_range tp_dst;
	u64 *value;
};

/**
 * struct vsw_classifier - the rules of a table
 * @tuples: NULL without rules (RCU, replaced under the lock)
 * @n_tuples: number of tuples
 * @mask: see vsw_classifier_mask(), written word by word under the lock
 * @lock: the namespace's lock, for changes
 */
struct vsw_classifier {
	struct vsw_tuples __rcu *tuples;
	u32 n_tuples;
	struct vsw_key mask;
	struct mutex *lock;
};

void vsw_classifier_init(struct vsw_classifier *cls, struct mutex *lock);
void vsw_classifier_exit(struct vsw_classifier *cls);

unsigned int vsw_rule_words(const struct vsw_match *match);
int vsw_classifier_insert(struct vsw_classifier *cls, struct vsw_rule *rule,
			  const struct vsw_match *match);
void vsw_classifier_remove(struct vsw_classifier *cls, struct vsw_rule *rule,
			   struct list_head *dead);
void vsw_classifier_free_dead(struct list_head *dead);

struct vsw_rule *vsw_classifier_find(struct vsw_classifier *cls,
				     const struct vsw_match *match,
				     u16 priority, u64 version);
struct vsw_rule *vsw_classifier_lookup_rcu(const struct vsw_classifier *cls,
					   const struct vsw_key *key,
					   u64 version);
void vsw_rule_match(const struct vsw_rule *rule, struct vsw_match *match);

/**
 * vsw_classifier_mask - all bits of the key that some rule looks at
 * @cls: the classifier
 *
 * A port that a range covers counts as looked at. Who has seen a version sees
 * at least the bits of the rules that are visible in it, by READ_ONCE() of each
 * word; bits of rules that have gone may be left.
 *
 * Context: Any, concurrent with changes.
 * Return: The mask; it lives as long as the classifier.
 */
static inline const struct vsw_key *vsw_classifier_mask(const struct vsw_classifier *cls)
{
	return &cls->mask;
}

static inline bool vsw_rule_is_visible(const struct vsw_rule *rule, u64 version)
{
	return rule->add_version <= version && version < READ_ONCE(rule->del_version);
}

#endif
