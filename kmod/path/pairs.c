// SPDX-License-Identifier: GPL-2.0
/*
 * Pairs: where frames from one station to another go.
 */
#include "path/pairs.h"

/**
 * vsw_pairs_store() - keep where a frame went
 * @pairs: the pairs
 * @pair: the frame's
 * @way: where it went
 *
 * Context: BH off, RCU read section in which the generation was read.
 */
void vsw_pairs_store(struct vsw_memo *pairs, const struct vsw_pair *pair,
		     const struct vsw_way *way)
{
	struct vsw_place *p = vsw_pairs_bucket(pairs, pair);

	if (unlikely(!p)) {
		vsw_memo_want(pairs);
		return;
	}
	if (p->pair.gen == pair->gen && (p[1].pair.gen != pair->gen || vsw_memo_victim(pairs)))
		p++;
	p->pair = *pair;
	p->way = *way;
}
