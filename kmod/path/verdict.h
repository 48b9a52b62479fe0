/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Verdict: the one flat program that the tables give for a frame.
 */
#ifndef VSW_PATH_VERDICT_H
#define VSW_PATH_VERDICT_H

#include "tables/action.h"
#include "tables/flow.h"

#define VSW_VERDICT_OPS		512
#define VSW_VERDICT_REWRITES	32

/**
 * struct vsw_rewrite - header fields to write
 * @value: what to write
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
 * struct vsw_verdict - what happens to a frame
 * @n_ops: number of ops, at least one; the last has VSW_OP_F_LAST
 * @n_rewrites: number of rewrites
 * @n_steps: number of steps
 * @ops: the program
 * @rewrites: operands of VSW_OP_REWRITE; the value is the whole key as it is
 *	there, so it says which headers the frame has
 * @steps: tables that the frame went through, for the counters
 *
 * Built in per-CPU scratch, valid within one RCU read section.
 */
struct vsw_verdict {
	u16 n_ops;
	u16 n_rewrites;
	u16 n_steps;
	struct vsw_op ops[VSW_VERDICT_OPS];
	struct vsw_rewrite rewrites[VSW_VERDICT_REWRITES];
	struct vsw_step steps[VSW_TABLES];
};

void vsw_compose(struct vsw_verdict *v, const struct vsw_flows *flows,
		 const struct vsw_key *key, __be16 inner_tpid);

#endif
