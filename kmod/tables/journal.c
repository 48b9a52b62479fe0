// SPDX-License-Identifier: GPL-2.0
/*
 * Journal: the last changes to the flow tables.
 *
 * Changes are written down before their version becomes visible. Who has
 * decided in version a, and sees version b now, looks at the changes between
 * them, the latest first. Changes that come one after the other are mostly alike:
 * what all of a block have in common tells most frames that none touches them.
 */
#include "tables/journal.h"

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

static void widen_range(struct vsw_range *range, const struct vsw_range *by)
{
	range->lo = min(range->lo, by->lo);
	range->hi = max(range->hi, by->hi);
}

/* Bits that are not asked for in both, or not the same, are asked for no more. */
static void widen(struct vsw_change *block, const struct vsw_change *by)
{
	struct vsw_match *match = &block->match;
	unsigned int i;

	for (i = 0; i < VSW_KEY_WORDS; i++)
		match->mask.w[i] &= by->match.mask.w[i] &
				    ~(match->value.w[i] ^ by->match.value.w[i]);
	widen_range(&match->tp_src, &by->match.tp_src);
	widen_range(&match->tp_dst, &by->match.tp_dst);
	block->tables |= by->tables;
	block->version = min(block->version, by->version);
}

static const struct vsw_change *change_at(const struct vsw_journal *journal, unsigned int i)
{
	return rcu_dereference_protected(journal->ring[i % VSW_JOURNAL_LEN], true);
}

/* The changes before number @end. */
static struct vsw_change *sum_up(const struct vsw_journal *journal, unsigned int end)
{
	struct vsw_change *block;
	unsigned int i;

	block = kmemdup(change_at(journal, end - 1), sizeof(*block), GFP_KERNEL | __GFP_NOWARN);
	if (!block)
		return NULL;
	for (i = end - VSW_JOURNAL_BLOCK; i != end - 1; i++)
		widen(block, change_at(journal, i));
	return block;
}

static unsigned int block_before(unsigned int end)
{
	return (end - 1) % VSW_JOURNAL_LEN / VSW_JOURNAL_BLOCK;
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
	unsigned int end = journal->next + 1;

	if (!change) {
		vsw_journal_bar(journal, version);
		return;
	}
	change->version = version;
	change->tables = BIT_ULL(table % 64);
	change->match = *match;
	change->end = end;
	set_slot(&journal->ring[journal->next % VSW_JOURNAL_LEN], change);
	if (end % VSW_JOURNAL_BLOCK == 0)
		set_slot(&journal->blocks[block_before(end)], sum_up(journal, end));
	/* Pairs with vsw_journal_keeps_rcu(). */
	smp_store_release(&journal->next, end);
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
	for (i = 0; i < ARRAY_SIZE(journal->blocks); i++)
		set_slot(&journal->blocks[i], NULL);
	journal->next = 0;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_journal_free);

static bool range_touches(struct vsw_range range, __be16 port)
{
	return range.lo <= ntohs(port) && ntohs(port) <= range.hi;
}

/* Words that flows write may be anything where the changed flow looks at them. */
static bool touches(const struct vsw_change *change, const struct vsw_walked *walked)
{
	const struct vsw_match *match = &change->match;
	const struct vsw_key *key = walked->key;
	unsigned int i;

	if (!(walked->tables & change->tables))
		return false;
	for (i = 0; i < VSW_KEY_WORDS; i++)
		if ((key->w[i] ^ match->value.w[i]) & match->mask.w[i] &&
		    !(walked->written & BIT(i)))
			return false;
	if (walked->written & BIT(offsetof(struct vsw_key, tp_src) / sizeof(u64)))
		return true;
	return range_touches(match->tp_src, key->tp_src) &&
	       range_touches(match->tp_dst, key->tp_dst);
}

/* Later ones are in the making, or for those who see a later version. */
static bool is_between(const struct vsw_change *change, unsigned long from, unsigned long to)
{
	return change->version > from && change->version <= to;
}

/* The block of changes before number @end, if none of them touches what was walked. */
static const struct vsw_change *block_that_keeps(const struct vsw_journal *journal,
						 unsigned int end,
						 const struct vsw_walked *walked)
{
	const struct vsw_change *block;

	if (end % VSW_JOURNAL_BLOCK)
		return NULL;
	block = rcu_dereference(journal->blocks[block_before(end)]);
	return block && block->end == end && !touches(block, walked) ? block : NULL;
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
	unsigned int i = smp_load_acquire(&journal->next);
	const struct vsw_change *change;
	unsigned int looked = 0;

	if (READ_ONCE(journal->barrier) > from)
		return false;
	while (looked < LOOK_MAX) {
		change = block_that_keeps(journal, i, walked);
		if (change) {
			i -= VSW_JOURNAL_BLOCK;
			looked++;
		} else {
			change = rcu_dereference(journal->ring[(i - 1) % VSW_JOURNAL_LEN]);
			/* The writer may have come round. */
			if (!change || change->end != i--)
				return false;
			if (is_between(change, from, to) && touches(change, walked))
				return false;
			looked += change->version <= to;
		}
		if (change->version <= from)
			return true;
	}
	return false;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_journal_keeps_rcu);
