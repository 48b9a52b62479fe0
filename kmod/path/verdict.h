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
 * struct vsw_verdict - what happens to a frame
 * @n_ops: number of ops
 * @n_rewrites: number of rewrites
 * @n_flows: number of flows that the frame matched
 * @ops: the program
 * @rewrites: operands of VSW_OP_REWRITE
 * @flows: the flows, one a table
 *
 * Built in per-CPU scratch, valid within one RCU read section.
 */
struct vsw_verdict {
	u16 n_ops;
	u16 n_rewrites;
	u16 n_flows;
	struct vsw_op ops[VSW_VERDICT_OPS];
	struct vsw_rewrite rewrites[VSW_VERDICT_REWRITES];
	struct vsw_flow *flows[VSW_TABLES];
};

struct vsw_flows;

void vsw_compose(struct vsw_verdict *v, const struct vsw_flows *flows,
		 const struct vsw_key *key, __be16 inner_tpid);

#endif
