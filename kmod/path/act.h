/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Act: run a verdict on a frame.
 */
#ifndef VSW_PATH_ACT_H
#define VSW_PATH_ACT_H

#include <linux/types.h>
#include <linux/vsw.h>

struct sk_buff;
struct vsw_op;
struct vsw_pkt;
struct vsw_rewrite;
struct vsw_slot;

void vsw_output(struct vsw_pkt *pkt, struct sk_buff *skb, const struct vsw_slot *slot);
void vsw_act(struct vsw_pkt *pkt, const struct vsw_op *ops);

/* rewrite.c: change headers; they return a reason to drop the frame, or 0. */
enum vsw_drop_reason vsw_rewrite(struct sk_buff *skb, const struct vsw_rewrite *rw);
enum vsw_drop_reason vsw_dec_ttl(struct sk_buff *skb);
enum vsw_drop_reason vsw_push_vlan(struct sk_buff *skb, __be16 tpid);
enum vsw_drop_reason vsw_pop_vlan(struct sk_buff *skb);

#endif
