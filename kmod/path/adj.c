// SPDX-License-Identifier: GPL-2.0
/*
 * Adjacencies: where packets to a destination leave a router.
 */
#include "path/adj.h"

#include "compat.h"

static bool is_same(const struct vsw_adj *a, const struct vsw_adj *b)
{
	return a->gen == b->gen && a->hop == b->hop && ipv6_addr_equal(&a->dst, &b->dst);
}

/* Its own place, a free one, or one that is given up. */
static unsigned int way_for(struct vsw_memo *adjs, const struct vsw_adj *p,
			    const struct vsw_adj *adj)
{
	if (is_same(&p[0], adj) || is_same(&p[1], adj))
		return is_same(&p[1], adj);
	if (p[0].gen != adj->gen || p[1].gen != adj->gen)
		return p[0].gen == adj->gen;
	return vsw_memo_victim(adjs);
}

/**
 * vsw_adj_store() - keep where packets to a destination go
 * @adjs: the adjacencies of the router
 * @adj: what was decided
 *
 * Context: BH off, RCU read section in which the generation was read.
 */
void vsw_adj_store(struct vsw_memo *adjs, const struct vsw_adj *adj)
{
	struct vsw_adj *p = vsw_adj_bucket(adjs, &adj->dst, adj->hop);

	if (unlikely(!p)) {
		vsw_memo_want(adjs);
		return;
	}
	p[way_for(adjs, p, adj)] = *adj;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_adj_store);
