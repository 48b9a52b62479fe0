// SPDX-License-Identifier: GPL-2.0
/*
 * Journal: the last changes to the flow tables.
 *
 * Changes are written down before their version becomes visible. Who has
 * decided in version a, and sees version b now, looks at the changes between
 * them, the latest first.
 */
#include "tables/journal.h"

#include <linux/slab.h>

#include "compat.h"

/* To look at more of them costs as much as to decide anew. */
#define LOOK_MAX	32

static struct vsw_change *set_slot(struct vsw_journal *journal, unsigned int i,
				   struct vsw_change *change)
{
	struct vsw_change *old;

	old = rcu_replace_pointer(journal->ring[i % VSW_JOURNAL_LEN], change, true);
	if (old)
		kfree_rcu(old, rcu);
	return change;
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
	change->table = table;
	change->match = *match;
	set_slot(journal, journal->next, change);
	/* Pairs with vsw_journal_keeps_rcu(). */
	smp_store_release(&journal->next, journal->next + 1);
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
		set_slot(journal, i, NULL);
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

	if (!(walked->tables & BIT_ULL(change->table % 64)))
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
	unsigned long last = ULONG_MAX;
	unsigned int looked = 0;

	if (READ_ONCE(journal->barrier) > from)
		return false;
	while (looked < LOOK_MAX) {
		change = rcu_dereference(journal->ring[--i % VSW_JOURNAL_LEN]);
		/* The writer has come round if they do not get older. */
		if (!change || change->version > last)
			return false;
		last = change->version;
		if (last <= from)
			return true;
		/* In the making, or for those who see a later version. */
		if (last > to)
			continue;
		if (touches(change, walked))
			return false;
		looked++;
	}
	return false;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_journal_keeps_rcu);
