// SPDX-License-Identifier: GPL-2.0
/*
 * Receive: where frames enter a switch. The story of a frame is told by
 * vsw_switch_frame() at the end.
 */
#include <linux/netfilter.h>
#include <linux/slab.h>
#include <net/dst.h>
#include <net/xfrm.h>

#include "compat.h"
#include "path/act.h"
#include "path/cache.h"
#include "path/count.h"
#include "path/drop.h"
#include "path/flowhash.h"
#include "path/l3.h"
#include "path/normal.h"
#include "path/parse.h"
#include "path/pkt.h"
#include "path/rx.h"
#include "path/tunnel.h"
#include "path/verdict.h"

/* Frames that a CPU can have in switches inside each other. */
#define NESTING_MAX	5

/* Frames that one frame can become, over all switches that patches join. */
#define FRAMES_MAX	4096

/**
 * struct scratch - where a CPU composes verdicts
 * @depth: frames that are in switches; BH off
 * @frames: frames that have entered switches since the outermost one did
 * @drafts: one a nesting level, too large for the stack
 */
struct scratch {
	unsigned int depth;
	unsigned int frames;
	struct vsw_draft *drafts[NESTING_MAX];
};

static DEFINE_PER_CPU(struct scratch, scratch);

/* Where to compose, or NULL: frames too deep inside of frames, or too many. */
static struct vsw_draft *get_draft(void)
{
	struct scratch *s = this_cpu_ptr(&scratch);

	if (!s->depth)
		s->frames = 0;
	if (unlikely(s->depth == NESTING_MAX || s->frames == FRAMES_MAX))
		return NULL;
	s->frames++;
	return s->drafts[s->depth++];
}

static void put_draft(void)
{
	this_cpu_ptr(&scratch)->depth--;
}

/* Addresses of a link's own protocols, which bridges do not forward. */
static vsw_hot bool is_reserved(const struct vsw_switch *sw, const struct ethhdr *eth)
{
	return unlikely(is_link_local_ether_addr(eth->h_dest)) &&
	       !(READ_ONCE(sw->group_fwd_mask) & BIT(eth->h_dest[5]));
}

/* LLDP, LACP and others work on a port as without a switch; pause frames end. */
static noinline rx_handler_result_t receive_reserved(struct vsw_port *port, struct sk_buff *skb)
{
	if (eth_hdr(skb)->h_dest[5] != 0x01) {
		vsw_count_passed(port);
		return RX_HANDLER_PASS;
	}
	vsw_count_rx(port, vsw_frame_len(skb) + ETH_HLEN);
	vsw_drop(port, skb, VSW_DROP_REASON_RESERVED_ADDRESS);
	return RX_HANDLER_CONSUMED;
}

/*
 * Move the outer tag to where all of the switch expects it. The kernel has done
 * so for all frames that it receives. A frame too short for it stays as it is,
 * parse refuses it.
 */
static struct sk_buff *untag(struct sk_buff *skb)
{
	skb_reset_mac_header(skb);
	if (skb_vlan_tag_present(skb) ||
	    !pskb_may_pull(skb, VLAN_ETH_HLEN + sizeof(u16)) ||
	    !eth_type_vlan(eth_hdr(skb)->h_proto))
		return skb;
	if (skb->ip_summed == CHECKSUM_COMPLETE)
		skb->ip_summed = CHECKSUM_NONE;
	skb->protocol = eth_hdr(skb)->h_proto;
	__skb_pull(skb, ETH_HLEN);
	skb = skb_vlan_untag(skb);
	if (skb)
		__skb_push(skb, ETH_HLEN);
	return skb;
}

/* A frame that was handed to a peer is received again, from there. */
static vsw_hot rx_handler_result_t receive(struct vsw_port *port, struct sk_buff **pskb,
					   struct sk_buff *skb)
{
	struct vsw_pkt pkt __uninitialized;

	vsw_pkt_init(&pkt, port, skb);
	pkt.is_received = true;
	vsw_switch_frame(&pkt);
	if (!pkt.handed)
		return RX_HANDLER_CONSUMED;
	*pskb = pkt.handed;
	return RX_HANDLER_ANOTHER;
}

/**
 * vsw_rx_handler() - frames that a port receives
 * @pskb: the frame, data behind its Ethernet header
 *
 * Context: BH off, RCU read section.
 * Return: RX_HANDLER_CONSUMED; RX_HANDLER_PASS for what is not the switch's;
 * RX_HANDLER_ANOTHER for a frame that now comes from another device.
 */
vsw_hot rx_handler_result_t vsw_rx_handler(struct sk_buff **pskb)
{
	struct sk_buff *skb = *pskb;
	struct vsw_port *port;

	if (unlikely(skb->pkt_type == PACKET_LOOPBACK))
		return RX_HANDLER_PASS;
	port = rcu_dereference(skb->dev->rx_handler_data);
	if (is_reserved(port->sw, eth_hdr(skb)))
		return receive_reserved(port, skb);

	skb = skb_share_check(skb, GFP_ATOMIC);
	if (unlikely(!skb))
		return RX_HANDLER_CONSUMED;
	__skb_push(skb, ETH_HLEN);
	skb_postpush_rcsum(skb, skb->data, ETH_HLEN);
	return receive(port, pskb, skb);
}

/**
 * vsw_rx_l3() - packets that a port without Ethernet receives
 * @pskb: the packet, data at its IP header
 *
 * Context: BH off, RCU read section.
 * Return: As vsw_rx_handler().
 */
rx_handler_result_t vsw_rx_l3(struct sk_buff **pskb)
{
	struct sk_buff *skb = *pskb;
	struct vsw_port *port;

	if (unlikely(skb->pkt_type == PACKET_LOOPBACK))
		return RX_HANDLER_PASS;
	port = rcu_dereference(skb->dev->rx_handler_data);
	skb = skb_share_check(skb, GFP_ATOMIC);
	if (unlikely(!skb || !vsw_l3_enter(port, skb)))
		return RX_HANDLER_CONSUMED;
	return receive(port, pskb, skb);
}

/**
 * vsw_rx_local() - frames that the host sends through the switch's netdev
 * @local: the LOCAL port
 * @skb: the frame, consumed; data at its Ethernet header
 *
 * Context: BH off.
 */
void vsw_rx_local(struct vsw_port *local, struct sk_buff *skb)
{
	struct vsw_pkt pkt __uninitialized;

	skb = skb_share_check(skb, GFP_ATOMIC);
	if (unlikely(!skb))
		return;
	rcu_read_lock();
	skb = untag(skb);
	if (likely(skb)) {
		vsw_pkt_init(&pkt, local, skb);
		vsw_switch_frame(&pkt);
	}
	rcu_read_unlock();
}

static void free_drafts(void)
{
	int cpu, i;

	for_each_possible_cpu(cpu)
		for (i = 0; i < NESTING_MAX; i++)
			kvfree(per_cpu(scratch, cpu).drafts[i]);
}

/**
 * vsw_path_init() - allocate what the path needs
 *
 * Context: process.
 * Return: 0 or -ENOMEM.
 */
int vsw_path_init(void)
{
	struct vsw_draft *d;
	int cpu, i;

	vsw_flow_hash_init();
	for_each_possible_cpu(cpu) {
		for (i = 0; i < NESTING_MAX; i++) {
			d = kvzalloc_node(sizeof(*d), GFP_KERNEL, cpu_to_node(cpu));
			if (!d)
				goto err_free_drafts;
			per_cpu(scratch, cpu).drafts[i] = d;
		}
	}
	return 0;

err_free_drafts:
	free_drafts();
	return -ENOMEM;
}

/**
 * vsw_path_exit() - free what the path needed
 *
 * Context: process; no switch is left.
 */
void vsw_path_exit(void)
{
	free_drafts();
}

/*
 * What belongs to the frame's way here must not mislead those who get it next.
 * Returns a reason to drop it, or 0.
 */
static enum vsw_drop_reason forget(struct vsw_pkt *pkt)
{
	enum vsw_drop_reason reason = 0;
	struct sk_buff *skb = pkt->skb;

	nf_reset_ct(skb);
	secpath_reset(skb);
	vsw_compat_unmark(skb);
	if (unlikely(skb_dst(skb))) {
		reason = vsw_tunnel_receive(pkt);
		skb_dst_drop(skb);
	}
	return reason;
}

/* What a device has received has been looked at before. Returns a reason, or 0. */
static enum vsw_drop_reason refusal(const struct vsw_switch *sw, struct sk_buff *skb)
{
	if (unlikely(!pskb_may_pull(skb, ETH_HLEN)))
		return VSW_DROP_REASON_MALFORMED;
	if (is_reserved(sw, eth_hdr(skb)))
		return VSW_DROP_REASON_RESERVED_ADDRESS;
	return 0;
}

/**
 * vsw_draft_count() - count a frame in every table that it went through
 * @d: what was made of it
 * @len: its length
 *
 * Context: BH off, RCU read section in which @d was made.
 */
void vsw_draft_count(const struct vsw_draft *d, unsigned int len)
{
	const struct vsw_step *step;

	for (step = d->steps; step < d->steps + d->n_steps; step++) {
		if (step->flow) {
			this_cpu_inc(step->table->stats->matched);
			vsw_flow_stats_add(step->flow->stats, 1, len, jiffies);
		} else {
			this_cpu_inc(step->table->stats->missed);
		}
	}
}

/* Without flows: as the table 0 says that is not there, or has none. */
static vsw_hot void act_by_default(struct vsw_pkt *pkt)
{
	struct vsw_table *table = rcu_dereference(pkt->sw->flows.table[0]);

	if (table)
		this_cpu_inc(table->stats->missed);
	vsw_normal(pkt, pkt->skb);
}

/* Walk the tables. */
static noinline void act_by_tables(struct vsw_pkt *pkt, const struct vsw_layout *layout,
				   unsigned long version, const struct vsw_digest *digest,
				   struct vsw_draft *d)
{
	struct vsw_key key __uninitialized;

	vsw_layout_unpack(layout, vsw_pkt_class(pkt), digest, &key);
	vsw_compose(d, &pkt->sw->flows, version, &key);
	vsw_draft_count(d, pkt->len);
	vsw_cache_offer(pkt->sw->cache, &pkt->sw->flows, d, version, digest);
	vsw_act(pkt, d->ops);
}

/* Look up what the tables have said of such a frame, or walk them. */
static vsw_hot void act_by_flows(struct vsw_pkt *pkt, const struct vsw_layout *layout,
				 unsigned long version, struct vsw_draft *d)
{
	const struct vsw_kept *kept;
	struct vsw_digest digest __uninitialized;

	kept = vsw_cache_find(pkt->sw->cache, &pkt->sw->flows, layout, version, pkt, &digest);
	if (unlikely(!kept))
		act_by_tables(pkt, layout, version, &digest, d);
	else if (likely(kept->out))
		vsw_output(pkt, pkt->skb, kept->out);
	else
		vsw_act(pkt, kept->verdict->ops);
}

/*
 * What has to be decided before the flows are asked. Without flows nobody asks
 * for the key, and the headers of a received frame are where the kernel says.
 */
static enum vsw_drop_reason enter(struct vsw_pkt *pkt, const struct vsw_layout *layout)
{
	enum vsw_drop_reason reason;
	struct sk_buff *skb = pkt->skb;

	vsw_count_rx(pkt->in, pkt->len);
	reason = forget(pkt);
	if (unlikely(reason))
		return reason;
	if (unlikely(!netif_running(pkt->sw->dev)))
		return VSW_DROP_REASON_SWITCH_DOWN;
	if (pkt->is_received && !layout && !skb_is_gso(skb))
		return 0;
	if (!pkt->is_received)
		reason = refusal(pkt->sw, skb);
	return reason ?: vsw_parse(pkt, layout ? layout->needs.depth : VSW_DEPTH_L2);
}

/**
 * vsw_switch_frame() - the way of a frame through a switch
 * @pkt: the frame, consumed unless it is handed to a peer
 *
 * Every frame that is counted as received here is counted as sent or dropped
 * once, and so is each of its copies.
 *
 * Context: BH off, RCU read section.
 */
vsw_hot void vsw_switch_frame(struct vsw_pkt *pkt)
{
	const struct vsw_flows *flows = &pkt->sw->flows;
	/* In this order: the layout is that of the version, or wider. */
	unsigned long version = vsw_flows_version_rcu(flows);
	const struct vsw_layout *layout = rcu_dereference(flows->layout);
	enum vsw_drop_reason reason;
	struct vsw_draft *draft;

	reason = enter(pkt, layout);
	if (unlikely(reason)) {
		vsw_drop(pkt->in, pkt->skb, reason);
		return;
	}
	draft = get_draft();
	if (unlikely(!draft)) {
		vsw_drop(pkt->in, pkt->skb, VSW_DROP_REASON_RECURSION);
		return;
	}
	if (layout)
		act_by_flows(pkt, layout, version, draft);
	else
		act_by_default(pkt);
	put_draft();
}
