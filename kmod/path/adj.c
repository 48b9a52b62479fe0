// SPDX-License-Identifier: GPL-2.0
/*
 * Adjacencies: where packets to a destination leave a router.
 */
#include "path/adj.h"

/**
 * vsw_adj_store() - keep where packets to a destination go
 * @adjs: the adjacencies of the router
 * @adj: what was decided
 *
 * Context: BH off, RCU read section in which the generation was read.
 */
void vsw_adj_store(struct vsw_memo *adjs, const struct vsw_adj *adj)
{
	struct vsw_adj *p = vsw_adj_bucket(adjs, &adj->dst);

	if (unlikely(!p)) {
		vsw_memo_want(adjs);
		return;
	}
	if (p->gen == adj->gen && !ipv6_addr_equal(&p->dst, &adj->dst) &&
	    (p[1].gen != adj->gen || vsw_memo_victim(adjs)))
		p++;
	*p = *adj;
}
