/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Journal: the last changes to the flow tables, so that what was decided
 * before them can be kept where they make no difference.
 */
#ifndef VSW_TABLES_JOURNAL_H
#define VSW_TABLES_JOURNAL_H

#include <linux/rcupdate.h>

#include "tables/key.h"

/* Changes that are remembered, in blocks that can be passed over as one. */
#define VSW_JOURNAL_LEN		256
#define VSW_JOURNAL_BLOCK	16

/**
 * struct vsw_concern - the frames that changes are about, and perhaps others
 * @match: what they have in common
 * @words: bitmap of the words of the key that @match looks at
 * @tables: tables that have changed, bit table modulo 64
 */
struct vsw_concern {
	struct vsw_match match;
	u32 words;
	u64 tables;
};

/**
 * struct vsw_change - a flow came or went; immutable
 * @version: first version in which it had
 * @end: number of the change that came after it
 * @since: @version of the first change of its block
 * @self: the frames that it is about
 * @block: those that the changes of its block are about, up to this one
 * @rcu: frees it
 */
struct vsw_change {
	unsigned long version;
	unsigned int end;
	unsigned long since;
	struct vsw_concern self;
	struct vsw_concern block;
	struct rcu_head rcu;
};

/**
 * struct vsw_journal - the changes of a switch
 * @barrier: nothing of an older version can be kept
 * @next: number of the change to come
 * @ring: the last changes (RCU, written under the namespace's lock)
 */
struct vsw_journal {
	unsigned long barrier;
	unsigned int next;
	struct vsw_change __rcu *ring[VSW_JOURNAL_LEN];
};

/**
 * struct vsw_walked - what a decision depends on
 * @key: the frame, with what counts of it
 * @tables: tables that it went through; bit table modulo 64
 * @written: bitmap of the words of the key that flows have written
 */
struct vsw_walked {
	const struct vsw_key *key;
	u64 tables;
	u32 written;
};

void vsw_journal_add(struct vsw_journal *journal, unsigned long version, u8 table,
		     const struct vsw_match *match);
void vsw_journal_bar(struct vsw_journal *journal, unsigned long version);
void vsw_journal_free(struct vsw_journal *journal);
bool vsw_journal_keeps_rcu(const struct vsw_journal *journal, unsigned long from,
			   unsigned long to, const struct vsw_walked *walked);

#endif
