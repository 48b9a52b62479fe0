/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Masks of the rules of a table: each is kept once, however many rules have it.
 */
#ifndef VSW_TABLES_MASK_H
#define VSW_TABLES_MASK_H

#include <linux/list.h>
#include <linux/rcupdate.h>

#include "tables/key.h"

#define VSW_MASK_BUCKETS	256

/* Greatest number of masks of a table: changes walk through those of a tuple. */
#define VSW_MASKS_MAX		16384

struct vsw_tuple;

/**
 * struct vsw_packed - the words of a mask that are not 0
 * @n: number of words
 * @word: their places in the key; past @n they are 0, as is @w
 * @w: the words
 */
struct vsw_packed {
	u8 n;
	u8 word[VSW_KEY_WORDS];
	u64 w[VSW_KEY_WORDS];
};

/**
 * struct vsw_mask - the mask of one or more rules of a table
 * @packed: what frames are compared by, set once
 * @bits: the same mask as a key, set once
 * @node: in vsw_masks.bucket
 * @sibling: in vsw_tuple.masks
 * @tuple: holds all rules that have this mask, under the lock
 * @n_rules: number of them
 * @moves: the rules are on their way to another tuple, under the lock
 * @rcu: frees it
 */
struct vsw_mask {
	struct vsw_packed packed;
	struct vsw_key bits;
	struct hlist_node node;
	struct list_head sibling;
	struct vsw_tuple *tuple;
	u32 n_rules;
	bool moves;
	struct rcu_head rcu;
};

/**
 * struct vsw_masks - all masks of a table, under the lock
 * @n: number of masks
 * @secret: of the hash
 * @last: the one that was found last, or NULL
 * @bucket: by hash
 */
struct vsw_masks {
	u32 n;
	u64 secret[2];
	struct vsw_mask *last;
	struct hlist_head bucket[VSW_MASK_BUCKETS];
};

void vsw_key_pack(struct vsw_packed *packed, const struct vsw_key *mask);
bool vsw_key_has(const struct vsw_key *wide, const struct vsw_key *narrow);
unsigned int vsw_key_weight(const struct vsw_key *mask);
void vsw_mask_relax(struct vsw_key *relaxed, const struct vsw_key *mask);

void vsw_masks_init(struct vsw_masks *masks);
struct vsw_mask *vsw_mask_find(struct vsw_masks *masks, const struct vsw_key *bits);
struct vsw_mask *vsw_mask_add(struct vsw_masks *masks, const struct vsw_key *bits);
void vsw_mask_del(struct vsw_masks *masks, struct vsw_mask *mask);

#endif
