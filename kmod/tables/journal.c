// SPDX-License-Identifier: GPL-2.0
/*
 * Journal: the last changes to the flow tables.
 *
 * Changes are written down before their version becomes visible. Who has
 * decided in version a, and sees version b now, looks at the changes between
 * them, the latest first. Changes that come one after the other are mostly alike:
 * what those of a block have in common, up to the one that is looked at, tells most
 * frames that none of them touches them.
 */
#include "tables/journal.h"

#include <linux/bitops.h>
#include <linux/math.h>
#include <linux/slab.h>

#include "compat.h"

/* To look at more of them costs as much as to decide anew. */
#define LOOK_MAX	32

static void set_slot(struct vsw_change __rcu **slot, struct vsw_change *change)
{
	struct vsw_change *old = rcu_replace_pointer(*slot, change, true);

	if (old)
		kfree_rcu(old, rcu);
}

static u32 words_of(const struct vsw_match *match)
{
	u32 words = 0;
	unsigned int i;

	for (i = 0; i < VSW_KEY_WORDS; i++)
		if (match->mask.w[i])
			words |= BIT(i);
	return words;
}

static void widen_range(struct vsw_range *range, const struct vsw_range *by)
{
	range->lo = min(range->lo, by->lo);
	range->hi = max(range->hi, by->hi);
}

/* Bits that are not asked for in both, or not the same, are asked for no more. */
static void widen(struct vsw_concern *c, const struct vsw_concern *by)
{
	struct vsw_match *match = &c->match;
	unsigned int i;

	for (i = 0; i < VSW_KEY_WORDS; i++)
		match->mask.w[i] &= by->match.mask.w[i] &
				    ~(match->value.w[i] ^ by->match.value.w[i]);
	widen_range(&match->tp_src, &by->match.tp_src);
	widen_range(&match->tp_dst, &by->match.tp_dst);
	c->words = words_of(match);
	c->tables |= by->tables;
}

/* What the changes of the block are about, with @change as its last one. */
static void sum_up(const struct vsw_journal *journal, struct vsw_change *change)
{
	unsigned int last = change->end - 2;
	const struct vsw_change *before;

	change->since = change->version;
	change->block = change->self;
	if (change->end % VSW_JOURNAL_BLOCK == 1)
		return;
	before = rcu_dereference_protected(journal->ring[last % VSW_JOURNAL_LEN], true);
	change->since = before->since;
	widen(&change->block, &before->block);
}

/**
 * vsw_journal_add - write down that a flow comes or goes
 * @journal: the journal
 * @version: first version in which it has
 * @table: its table
 * @match: what it matches
 *
 * Where there is no memory nothing that is older is kept.
 *
 * Context: Process, under the namespace's lock, before @version is visible.
 */
void vsw_journal_add(struct vsw_journal *journal, unsigned long version, u8 table,
		     const struct vsw_match *match)
{
	struct vsw_change *change = kmalloc(sizeof(*change), GFP_KERNEL);

	if (!change) {
		vsw_journal_bar(journal, version);
		return;
	}
	change->version = version;
	change->end = journal->next + 1;
	change->self.match = *match;
	change->self.words = words_of(match);
	change->self.tables = BIT_ULL(table % 64);
	sum_up(journal, change);
	set_slot(&journal->ring[journal->next % VSW_JOURNAL_LEN], change);
	/* Pairs with vsw_journal_keeps_rcu(). */
	smp_store_release(&journal->next, change->end);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_journal_add);

/**
 * vsw_journal_bar - keep nothing that is older
 * @journal: the journal
 * @version: than this
 *
 * Context: Process, under the namespace's lock, before @version is visible.
 */
void vsw_journal_bar(struct vsw_journal *journal, unsigned long version)
{
	WRITE_ONCE(journal->barrier, version);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_journal_bar);

/**
 * vsw_journal_free - forget all changes
 * @journal: the journal
 *
 * Context: Process, under the namespace's lock.
 */
void vsw_journal_free(struct vsw_journal *journal)
{
	unsigned int i;

	for (i = 0; i < VSW_JOURNAL_LEN; i++)
		set_slot(&journal->ring[i], NULL);
	journal->next = 0;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_journal_free);

static bool range_touches(struct vsw_range range, __be16 port)
{
	return range.lo <= ntohs(port) && ntohs(port) <= range.hi;
}

/* Words that flows write may be anything where the changed flow looks at them. */
static bool touches(const struct vsw_concern *c, const struct vsw_walked *walked)
{
	unsigned long words = c->words & ~walked->written;
	const struct vsw_match *match = &c->match;
	const struct vsw_key *key = walked->key;
	unsigned int i;

	if (!(walked->tables & c->tables))
		return false;
	for_each_set_bit(i, &words, VSW_KEY_WORDS)
		if ((key->w[i] ^ match->value.w[i]) & match->mask.w[i])
			return false;
	if (walked->written & BIT(offsetof(struct vsw_key, tp_src) / sizeof(u64)))
		return true;
	return range_touches(match->tp_src, key->tp_src) &&
	       range_touches(match->tp_dst, key->tp_dst);
}

/**
 * vsw_journal_keeps_rcu - is a decision still right?
 * @journal: the journal
 * @from: version in which it was made
 * @to: version that is asked about
 * @walked: what it depends on
 *
 * Context: RCU read section in which @to was read.
 * Return: true if it is; false if it may not be.
 */
bool vsw_journal_keeps_rcu(const struct vsw_journal *journal, unsigned long from,
			   unsigned long to, const struct vsw_walked *walked)
{
	/* Pairs with vsw_journal_add(): changes up to version @to are there. */
	unsigned int end = smp_load_acquire(&journal->next);
	const struct vsw_change *change;
	unsigned int looked = 0;

	if (READ_ONCE(journal->barrier) > from)
		return false;
	while (looked < LOOK_MAX) {
		change = rcu_dereference(journal->ring[(end - 1) % VSW_JOURNAL_LEN]);
		/* The writer may have come round. */
		if (!change || change->end != end)
			return false;
		if (change->version <= from)
			return true;
		/* Later ones are in the making, or for those who see a later version. */
		looked += change->version <= to;
		if (touches(&change->block, walked)) {
			if (change->version <= to && touches(&change->self, walked))
				return false;
			end--;
		} else {
			if (change->since <= from)
				return true;
			end = round_down(end - 1, VSW_JOURNAL_BLOCK);
		}
	}
	return false;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_journal_keeps_rcu);
