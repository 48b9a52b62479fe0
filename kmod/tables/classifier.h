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
#include <linux/siphash.h>

#include "tables/key.h"

/* A rule that no version removes. */
#define VSW_VERSION_NEVER	U64_MAX

/**
 * struct vsw_tuple - the rules that share a mask
 * @node: in vsw_classifier.tuples, by falling @max_priority (RCU)
 * @rules: hash of the rules by their packed value
 * @words: bitmap of the key words that @mask covers
 * @n_words: number of them
 * @n_rules: number of rules
 * @max_priority: no rule has a higher one
 * @rcu: frees it
 * @mask: packed mask, @n_words of it
 */
struct vsw_tuple {
	struct list_head node;
	struct rhltable rules;
	u32 words;
	u8 n_words;
	u32 n_rules;
	u16 max_priority;
	struct rcu_work free;
	u64 mask[];
};

/**
 * struct vsw_rule - what the classifier knows of a flow
 * @node: in vsw_tuple.rules
 * @tuple: where it is
 * @add_version: first version of the tables that has it
 * @del_version: first version that has it no longer
 * @priority: the highest wins
 * @tp_src: range of source ports
 * @tp_dst: range of destination ports
 * @value: packed value, vsw_tuple.n_words of it
 */
struct vsw_rule {
	struct rhlist_head node;
	struct vsw_tuple *tuple;
	u64 add_version;
	u64 del_version;
	u16 priority;
	struct vsw_range tp_src;
	struct vsw_range tp_dst;
	u64 *value;
};

/**
 * struct vsw_classifier - the rules of a table
 * @tuples: by falling priority, RCU for readers
 * @n_tuples: number of them
 * @secret: of the hash
 * @lock: the namespace's lock, for changes
 */
struct vsw_classifier {
	struct list_head tuples;
	u32 n_tuples;
	u64 secret;
	struct mutex *lock;
};

void vsw_classifier_init(struct vsw_classifier *cls, struct mutex *lock);
void vsw_classifier_exit(struct vsw_classifier *cls);
int vsw_classifier_insert(struct vsw_classifier *cls, struct vsw_rule *rule,
			  const struct vsw_match *match);
void vsw_classifier_remove(struct vsw_classifier *cls, struct vsw_rule *rule);
struct vsw_rule *vsw_classifier_find(struct vsw_classifier *cls,
				     const struct vsw_match *match,
				     u16 priority, u64 version);
struct vsw_rule *vsw_classifier_lookup_rcu(const struct vsw_classifier *cls,
					   const struct vsw_key *key,
					   u64 version);
void vsw_rule_match(const struct vsw_rule *rule, struct vsw_match *match);
bool vsw_rule_is_visible(const struct vsw_rule *rule, u64 version);

#endif
