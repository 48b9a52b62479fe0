/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Pairs: where frames from one station to another go, for each CPU on its own,
 * so that normal forwarding costs one lookup.
 */
#ifndef VSW_PATH_PAIRS_H
#define VSW_PATH_PAIRS_H

#include <linux/types.h>

struct vsw_fdb;
struct vsw_fdb_entry;
struct vsw_pairs;
struct vsw_port;

/**
 * struct vsw_pair - who sends to whom
 * @in: port of entry
 * @dst: destination address, and the VLAN above it
 * @src: source address
 * @gen: of the FDB, read before all that is decided from it
 */
struct vsw_pair {
	const struct vsw_port *in;
	u64 dst;
	u64 src;
	unsigned long gen;
};

/* path, BH off */
struct vsw_port *vsw_pairs_find(struct vsw_pairs *pairs, const struct vsw_pair *pair);
void vsw_pairs_store(struct vsw_pairs *pairs, const struct vsw_pair *pair,
		     struct vsw_port *out, struct vsw_fdb_entry *src);

/* control */
struct vsw_pairs *vsw_pairs_create(void);
void vsw_pairs_destroy(struct vsw_pairs *pairs);

#endif
