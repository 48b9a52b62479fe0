/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Cache: verdicts by what counts of a frame, for each CPU on its own, so that
 * a frame costs one lookup however many tables it would walk.
 */
#ifndef VSW_PATH_CACHE_H
#define VSW_PATH_CACHE_H

#include <linux/types.h>

#include "core/switch.h"

struct vsw_cache;
struct vsw_draft;
struct vsw_flows;
struct vsw_layout;
struct vsw_digest;
struct vsw_pkt;
struct vsw_slot;
struct vsw_verdict;

/**
 * struct vsw_kept - what the cache knows of a frame
 * @verdict: what happens to it
 * @out: the slot, where sending there is all that happens
 */
struct vsw_kept {
	struct vsw_verdict *verdict;
	struct vsw_slot *out;
};

/* path, BH off */
const struct vsw_kept *vsw_cache_find(struct vsw_cache *cache, const struct vsw_flows *flows,
				      const struct vsw_layout *layout,
				      unsigned long version, struct vsw_pkt *pkt,
				      struct vsw_digest *digest);
void vsw_cache_offer(struct vsw_cache *cache, const struct vsw_flows *flows,
		     const struct vsw_draft *d, unsigned long version,
		     const struct vsw_digest *digest);

/* control */
struct vsw_cache *vsw_cache_create(void);
void vsw_cache_destroy(struct vsw_cache *cache);
void vsw_cache_fold(struct vsw_cache *cache);
void vsw_cache_sum(const struct vsw_cache *cache, struct vsw_cache_stats *sum);

#endif
