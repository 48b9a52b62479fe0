// SPDX-License-Identifier: GPL-2.0
/*
 * Act: run a verdict on a frame.
 */
#include "core/switch.h"
#include "path/act.h"
#include "path/drop.h"
#include "path/fib.h"
#include "path/normal.h"
#include "path/pkt.h"
#include "path/punt.h"
#include "path/route.h"
#include "path/tunnel.h"
#include "path/tx.h"
#include "path/verdict.h"

/* Ops that change the frame. Returns a reason to drop it, or 0. */
static enum vsw_drop_reason change(struct sk_buff *skb, const struct vsw_op *op)
{
	switch (op->code) {
	case VSW_OP_REWRITE:
		return vsw_rewrite(skb, op->rewrite);
	case VSW_OP_PUSH_VLAN:
		return vsw_push_vlan(skb, op->tpid);
	case VSW_OP_POP_VLAN:
		return vsw_pop_vlan(skb);
	case VSW_OP_DEC_TTL:
		return vsw_dec_ttl(skb);
	}
	return 0;
}

/* Ops that consume the frame or a copy of it. */
static vsw_hot void consume(struct vsw_pkt *pkt, struct sk_buff *skb, const struct vsw_op *op)
{
	switch (op->code) {
	case VSW_OP_OUTPUT:
		vsw_output(pkt, skb, op->slot);
		break;
	case VSW_OP_IN_PORT:
		vsw_tx(pkt, pkt->in, skb);
		break;
	case VSW_OP_NORMAL:
		vsw_normal(pkt, skb);
		break;
	case VSW_OP_FLOOD:
	case VSW_OP_ALL:
		vsw_flood(pkt, skb, op->code == VSW_OP_ALL);
		break;
	case VSW_OP_PUNT:
		vsw_punt(pkt, skb, op->punt);
		break;
	case VSW_OP_FIB:
		vsw_fib(pkt, skb);
		break;
	case VSW_OP_ROUTE:
		vsw_route_enter(pkt, op->slot, skb);
		break;
	case VSW_OP_TUNNEL:
		vsw_encap_output(pkt, skb, op->encap);
		break;
	default:
		vsw_drop(pkt->in, skb, op->reason);
		break;
	}
}

static bool is_change(const struct vsw_op *op)
{
	return op->code >= VSW_OP_REWRITE && op->code <= VSW_OP_DEC_TTL;
}

/**
 * vsw_act() - run a verdict on a frame
 * @pkt: the frame, consumed
 * @ops: its program; the last op takes the frame itself
 *
 * Context: BH off, the RCU read section in which the program was found.
 */
vsw_hot void vsw_act(struct vsw_pkt *pkt, const struct vsw_op *ops)
{
	enum vsw_drop_reason reason;
	const struct vsw_op *op;
	struct sk_buff *copy;

	for (op = ops; !(op->flags & VSW_OP_F_LAST); op++) {
		if (is_change(op)) {
			reason = change(pkt->skb, op);
			if (unlikely(reason)) {
				vsw_drop(pkt->in, pkt->skb, reason);
				return;
			}
			continue;
		}
		copy = vsw_copy(pkt->in, pkt->skb);
		if (likely(copy))
			consume(pkt, copy, op);
	}
	consume(pkt, pkt->skb, op);
}
