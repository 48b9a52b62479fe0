/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Flow hash: packets of a flow go the same way, where there are several.
 */
#ifndef VSW_PATH_FLOWHASH_H
#define VSW_PATH_FLOWHASH_H

#include <linux/types.h>

struct sk_buff;

/* path */
u64 vsw_flow_hash(const struct sk_buff *skb);
void vsw_flow_hash_set(struct sk_buff *skb);

/* control */
void vsw_flow_hash_init(void);

#endif
