/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Classifier: finds the rule of highest priority that matches a key. Rules of
 * similar masks share a tuple, which hashes bits that all these masks have.
 */
#ifndef VSW_TABLES_CLASSIFIER_H
#define VSW_TABLES_CLASSIFIER_H

#include <linux/list.h>
#include <linux/mutex.h>

#include "tables/rules.h"

struct netlink_ext_ack;

/* Greatest number of tuples of a table; a lookup may probe them all. */
#define VSW_TUPLES_MAX		1024

/* Rules with the same hash in a tuple before it is split, and at the very most. */
#define VSW_CHAIN_GOOD		16
#define VSW_CHAIN_MAX		256

/**
 * struct vsw_tuple - rules of similar masks, under the lock
 * @node: in vsw_classifier.list
 * @masks: the masks
 * @mask: the bits that it hashes; all @masks have them
 * @rules: the rules
 * @index: place in vsw_classifier.tuples
 */
struct vsw_tuple {
	struct list_head node;
	struct list_head masks;
	struct vsw_key mask;
	struct vsw_rules *rules;
	u32 index;
};

/**
 * struct vsw_tuple_ref - a tuple, as readers see it
 * @rules: its rules, NULL where a tuple was
 * @max_priority: no rule of it has a higher one; may be too high
 * @max_rest: no rule of it or of a tuple behind has a higher one; as above
 */
struct vsw_tuple_ref {
	struct vsw_rules __rcu *rules;
	u16 max_priority;
	u16 max_rest;
};

/**
 * struct vsw_tuples - tuples as readers see them, mostly by falling priority
 * @rcu: frees it
 * @n: number of places
 * @ref: places
 */
struct vsw_tuples {
	struct rcu_head rcu;
	unsigned int n;
	struct vsw_tuple_ref ref[];
};

/**
 * struct vsw_classifier - the rules of a table
 * @tuples: NULL without rules (RCU, replaced under the lock)
 * @list: the tuples
 * @n_tuples: number of them
 * @n_rules: number of rules
 * @is_unsorted: a tuple stands behind one of lower priority
 * @is_packed: no tuples can be merged, since nothing was removed
 * @masks: the masks of the rules
 * @lock: the namespace's lock, for changes
 */
struct vsw_classifier {
	struct vsw_tuples __rcu *tuples;
	struct list_head list;
	u32 n_tuples;
	u32 n_rules;
	bool is_unsorted;
	bool is_packed;
	struct vsw_masks masks;
	struct mutex *lock;
};

/**
 * struct vsw_classifier_cost - what a lookup may cost
 * @tuples: number of tuples
 * @chain: rules in the longest chain of a tuple
 * @probes: tuples to look into and rules to compare, at the worst
 */
struct vsw_classifier_cost {
	u32 tuples;
	u32 chain;
	u32 probes;
};

void vsw_classifier_init(struct vsw_classifier *cls, struct mutex *lock);
void vsw_classifier_exit(struct vsw_classifier *cls);

unsigned int vsw_rule_words(const struct vsw_match *match);
int vsw_classifier_insert(struct vsw_classifier *cls, struct vsw_rule *rule,
			  const struct vsw_match *match, struct netlink_ext_ack *extack);
void vsw_classifier_remove(struct vsw_classifier *cls, struct vsw_rule *rule);
void vsw_classifier_sort(struct vsw_classifier *cls);

struct vsw_rule *vsw_classifier_find(struct vsw_classifier *cls,
				     const struct vsw_match *match,
				     u16 priority, u64 version);
struct vsw_rule *vsw_classifier_lookup_rcu(const struct vsw_classifier *cls,
					   const struct vsw_key *key,
					   u64 version);
void vsw_classifier_cost(const struct vsw_classifier *cls, struct vsw_classifier_cost *cost);
void vsw_rule_match(const struct vsw_rule *rule, struct vsw_match *match);

#endif
