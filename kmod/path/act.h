/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Act: run a verdict on a frame.
 */
#ifndef VSW_PATH_ACT_H
#define VSW_PATH_ACT_H

#include <linux/types.h>
#include <linux/vsw.h>

#include "path/drop.h"
#include "path/pkt.h"
#include "path/tx.h"

struct vsw_op;
struct vsw_rewrite;

/* Send a frame to the port in a slot. */
static inline void vsw_output(struct vsw_pkt *pkt, struct sk_buff *skb,
			      const struct vsw_slot *slot)
{
	struct vsw_port *port = rcu_dereference(slot->port);

	if (likely(port))
		vsw_tx(pkt, port, skb);
	else
		vsw_drop(pkt->in, skb, VSW_DROP_REASON_PORT_GONE);
}

void vsw_act(struct vsw_pkt *pkt, const struct vsw_op *ops);

/* rewrite.c: change headers; they return a reason to drop the frame, or 0. */
enum vsw_drop_reason vsw_rewrite(struct sk_buff *skb, const struct vsw_rewrite *rw);
enum vsw_drop_reason vsw_dec_ttl(struct sk_buff *skb);
enum vsw_drop_reason vsw_push_vlan(struct sk_buff *skb, __be16 tpid);
enum vsw_drop_reason vsw_pop_vlan(struct sk_buff *skb);

#endif
