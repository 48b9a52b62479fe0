/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Verdict: the one flat program that the tables give for a frame.
 */
#ifndef VSW_PATH_VERDICT_H
#define VSW_PATH_VERDICT_H

#include "core/punt.h"
#include "path/tunnel.h"
#include "tables/action.h"
#include "tables/flow.h"

#define VSW_VERDICT_OPS		512
#define VSW_VERDICT_REWRITES	32
#define VSW_VERDICT_PUNTS	8
#define VSW_VERDICT_ENCAPS	256

/**
 * struct vsw_rewrite - header fields to write
 * @value: what to write, and what kind of packet the frame has; all else is 0
 * @mask: which bits of it
 */
struct vsw_rewrite {
	struct vsw_key value;
	struct vsw_key mask;
};

/**
 * struct vsw_step - a table that the frame went through
 * @table: the table
 * @flow: the flow that matched, NULL if none did
 */
struct vsw_step {
	struct vsw_table *table;
	struct vsw_flow *flow;
};

/**
 * struct vsw_draft - what the tables say of one frame, as it is composed
 * @n_ops: number of ops, at least one; the last has VSW_OP_F_LAST
 * @n_rewrites: number of rewrites
 * @n_steps: number of steps
 * @n_punts: number of punts
 * @n_encaps: number of encaps
 * @written: bitmap of the words of the key that flows have written
 * @tables: tables that the frame went through; bit table modulo 64
 * @ops: the program
 * @rewrites: operands of VSW_OP_REWRITE
 * @punts: operands of VSW_OP_PUNT
 * @encaps: operands of VSW_OP_TUNNEL
 * @steps: tables that the frame went through, for the counters
 *
 * Built in per-CPU scratch, valid within one RCU read section.
 */
struct vsw_draft {
	u16 n_ops;
	u16 n_rewrites;
	u16 n_steps;
	u16 n_punts;
	u16 n_encaps;
	u32 written;
	u64 tables;
	struct vsw_op ops[VSW_VERDICT_OPS];
	struct vsw_rewrite rewrites[VSW_VERDICT_REWRITES];
	struct vsw_punt punts[VSW_VERDICT_PUNTS];
	struct vsw_encap encaps[VSW_VERDICT_ENCAPS];
	struct vsw_step steps[VSW_TABLES];
};

/**
 * struct vsw_tally - a table that frames of a verdict went through
 * @table: the table
 * @stats: of the flow that matched, NULL if none did; with a reference
 */
struct vsw_tally {
	struct vsw_table *table;
	struct vsw_flow_stats *stats;
};

/**
 * struct vsw_verdict - what happens to frames of the same kind, on one CPU
 * @ops: the program
 * @encaps: operands of VSW_OP_TUNNEL
 * @tallies: tables that the frames go through
 * @n_ops: number of ops
 * @n_encaps: number of encaps
 * @n_tallies: number of tables
 * @place: of the verdict in cpu_cache.interned
 * @refs: places of the cache that point here
 * @cost: bytes that it takes, with what its encaps keep
 * @written: see &struct vsw_draft
 * @tables: see &struct vsw_draft
 * @rcu: frees it
 *
 * One allocation with the tallies, the ops and their operands behind it. All that
 * changes is written by its CPU only, with BH off.
 */
struct vsw_verdict {
	struct vsw_op *ops;
	struct vsw_encap *encaps;
	struct vsw_tally *tallies;
	u16 n_ops;
	u16 n_encaps;
	u16 n_tallies;
	u16 place;
	u32 refs;
	u32 cost;
	u32 written;
	u64 tables;
	struct rcu_head rcu;
};

/* The slot, where sending there is all that happens, or NULL. */
static inline struct vsw_slot *vsw_verdict_out(const struct vsw_verdict *v)
{
	return v->n_ops == 1 && v->ops->code == VSW_OP_OUTPUT ? v->ops->slot : NULL;
}

static inline struct vsw_flow_stats *vsw_step_stats(const struct vsw_step *step)
{
	return step->flow ? step->flow->stats : NULL;
}

void vsw_compose_from(struct vsw_draft *d, const struct vsw_flows *flows,
		      unsigned long version, const struct vsw_key *key, u8 table,
		      const struct vsw_actions *acts);
void vsw_draft_count(const struct vsw_draft *d, unsigned int len);
void vsw_compose(struct vsw_draft *d, const struct vsw_flows *flows,
		 unsigned long version, const struct vsw_key *key);

#endif
