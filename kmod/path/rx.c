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
#include "path/count.h"
#include "path/drop.h"
#include "path/parse.h"
#include "path/pkt.h"
#include "path/rx.h"
#include "path/verdict.h"

/* Frames that a CPU can have in switches inside each other. */
#define NESTING_MAX	5

/**
 * struct scratch - where a CPU makes its verdicts
 * @depth: number in use; BH off
 * @verdicts: one a nesting level, too large for the stack
 */
struct scratch {
	unsigned int depth;
	struct vsw_verdict *verdicts[NESTING_MAX];
};

static DEFINE_PER_CPU(struct scratch, scratch);

static struct vsw_verdict *get_verdict(void)
{
	struct scratch *s = this_cpu_ptr(&scratch);

	if (unlikely(s->depth == NESTING_MAX))
		return NULL;
	return s->verdicts[s->depth++];
}

static void put_verdict(void)
{
	this_cpu_dec(scratch.depth);
}

/* Addresses of a link's own protocols, which bridges do not forward. */
static bool is_reserved(const struct vsw_switch *sw, const struct ethhdr *eth)
{
	return unlikely(is_link_local_ether_addr(eth->h_dest)) &&
	       !(READ_ONCE(sw->group_fwd_mask) & BIT(eth->h_dest[5]));
}

/* LLDP, LACP and others work on a port as without a switch; pause frames end. */
static bool is_for_host(const struct vsw_switch *sw, const struct ethhdr *eth)
{
	return is_reserved(sw, eth) && eth->h_dest[5] != 0x01;
}

/*
 * Move the outer tag to where all of the switch expects it. The kernel has done
 * so for most frames. A frame too short for it stays as it is, parse refuses it.
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

/**
 * vsw_rx_handler() - frames that a port receives
 * @pskb: the frame, data behind its Ethernet header
 *
 * Context: BH off, RCU read section.
 * Return: RX_HANDLER_CONSUMED, or RX_HANDLER_PASS for what is not the switch's.
 */
rx_handler_result_t vsw_rx_handler(struct sk_buff **pskb)
{
	struct sk_buff *skb = *pskb;
	struct vsw_port *port;

	if (unlikely(skb->pkt_type == PACKET_LOOPBACK))
		return RX_HANDLER_PASS;
	port = rcu_dereference(skb->dev->rx_handler_data);
	if (is_for_host(port->sw, eth_hdr(skb))) {
		vsw_count_passed(port);
		return RX_HANDLER_PASS;
	}

	skb = skb_share_check(skb, GFP_ATOMIC);
	if (unlikely(!skb))
		return RX_HANDLER_CONSUMED;
	skb_push_rcsum(skb, ETH_HLEN);
	skb = untag(skb);
	if (likely(skb))
		vsw_switch_frame(port, skb);
	return RX_HANDLER_CONSUMED;
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
	skb = skb_share_check(skb, GFP_ATOMIC);
	if (unlikely(!skb))
		return;
	rcu_read_lock();
	skb = untag(skb);
	if (likely(skb))
		vsw_switch_frame(local, skb);
	rcu_read_unlock();
}

static void free_verdicts(void)
{
	int cpu, i;

	for_each_possible_cpu(cpu)
		for (i = 0; i < NESTING_MAX; i++)
			kvfree(per_cpu(scratch, cpu).verdicts[i]);
}

/**
 * vsw_path_init() - allocate what the path needs
 *
 * Context: process.
 * Return: 0 or -ENOMEM.
 */
int vsw_path_init(void)
{
	struct vsw_verdict *v;
	int cpu, i;

	for_each_possible_cpu(cpu) {
		for (i = 0; i < NESTING_MAX; i++) {
			v = kvzalloc_node(sizeof(*v), GFP_KERNEL, cpu_to_node(cpu));
			if (!v)
				goto err_free_verdicts;
			per_cpu(scratch, cpu).verdicts[i] = v;
		}
	}
	return 0;

err_free_verdicts:
	free_verdicts();
	return -ENOMEM;
}

/**
 * vsw_path_exit() - free what the path needed
 *
 * Context: process; no switch is left.
 */
void vsw_path_exit(void)
{
	free_verdicts();
}

/* What belongs to the frame's way here must not mislead those who get it next. */
static void forget(struct sk_buff *skb)
{
	skb_dst_drop(skb);
	nf_reset_ct(skb);
	secpath_reset(skb);
	vsw_compat_unmark(skb);
}

/* Frames that must not enter. Returns the reason, or 0. */
static enum vsw_drop_reason refusal(const struct vsw_switch *sw, struct sk_buff *skb)
{
	if (unlikely(!netif_running(sw->dev)))
		return VSW_DROP_REASON_SWITCH_DOWN;
	if (unlikely(!pskb_may_pull(skb, ETH_HLEN)))
		return VSW_DROP_REASON_MALFORMED;
	if (is_reserved(sw, eth_hdr(skb)))
		return VSW_DROP_REASON_RESERVED_ADDRESS;
	return 0;
}

/* Once a frame, for every table that it went through. */
static void count(const struct vsw_verdict *v, unsigned int len)
{
	unsigned long now = jiffies;
	struct vsw_flow_stats *stats;
	const struct vsw_step *step;

	for (step = v->steps; step < v->steps + v->n_steps; step++) {
		if (!step->flow) {
			this_cpu_inc(step->table->stats->missed);
			continue;
		}
		this_cpu_inc(step->table->stats->matched);
		stats = step->flow->stats;
		atomic64_inc(&stats->packets);
		atomic64_add(len, &stats->bytes);
		if (READ_ONCE(stats->used) != now)
			WRITE_ONCE(stats->used, now);
	}
}

/**
 * vsw_switch_frame() - the way of a frame through a switch
 * @in: port of entry
 * @skb: the frame, consumed; data at its Ethernet header, outer tag in the
 *	metadata
 *
 * Every frame that is counted as received here is counted as sent or dropped
 * once, and so is each of its copies.
 *
 * Context: BH off, RCU read section.
 */
void vsw_switch_frame(struct vsw_port *in, struct sk_buff *skb)
{
	struct vsw_pkt pkt = { .skb = skb, .in = in, .sw = in->sw, .len = vsw_frame_len(skb) };
	enum vsw_drop_reason reason;
	struct vsw_verdict *v;

	vsw_count_rx(in, pkt.len);
	forget(skb);

	reason = refusal(in->sw, skb) ?: vsw_parse(&pkt);
	if (unlikely(reason)) {
		vsw_drop(in, skb, reason);
		return;
	}
	v = get_verdict();
	if (unlikely(!v)) {
		vsw_drop(in, skb, VSW_DROP_REASON_RECURSION);
		return;
	}
	vsw_compose(v, &in->sw->flows, &pkt.key, pkt.inner_tpid);
	count(v, pkt.len);
	vsw_act(&pkt, v);
	put_verdict();
}
