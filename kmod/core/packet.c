// SPDX-License-Identifier: GPL-2.0
/*
 * Packet: frames that user space puts into a switch, where they are received by
 * a port, but begin in any table, or meet actions of their own.
 */
#include "core/packet.h"

#include <linux/etherdevice.h>
#include <linux/if_vlan.h>
#include <linux/mm.h>
#include <linux/skbuff.h>

#include "compat.h"
#include "core/switch.h"
#include "path/act.h"
#include "path/count.h"
#include "path/parse.h"
#include "path/pkt.h"
#include "path/verdict.h"
#include "tables/action.h"

/**
 * struct injection - a frame on its way in
 * @pkt: the frame
 * @match: all that is known of it, for its actions
 * @acts: its actions, or NULL
 * @draft: what becomes of it
 */
struct injection {
	struct vsw_pkt pkt;
	struct vsw_match match;
	struct vsw_actions *acts;
	struct vsw_draft draft;
};

/* As a frame is that the kernel has received: its outer tag is in the skb. */
static struct sk_buff *build(const struct vsw_packet *packet)
{
	unsigned int room = NET_SKB_PAD + LL_MAX_HEADER;
	struct sk_buff *skb;

	skb = alloc_skb(room + packet->len, GFP_KERNEL | __GFP_NOWARN);
	if (!skb)
		return NULL;
	skb_reserve(skb, room);
	skb_put_data(skb, packet->data, packet->len);
	skb->dev = packet->in->dev;
	skb_reset_mac_header(skb);
	skb->protocol = eth_hdr(skb)->h_proto;
	skb_pull(skb, ETH_HLEN);
	skb_reset_network_header(skb);
	/* Where the tag is not whole, parse refuses the frame. */
	if (eth_type_vlan(skb->protocol) && skb->len >= VLAN_HLEN + sizeof(u16))
		skb = skb_vlan_untag(skb);
	if (!skb)
		return NULL;
	skb_push(skb, ETH_HLEN);
	skb_reset_mac_header(skb);
	skb_reset_mac_len(skb);
	return skb;
}

static int parse(struct injection *j, struct netlink_ext_ack *extack)
{
	enum vsw_drop_reason reason;

	local_bh_disable();
	reason = vsw_parse(&j->pkt, VSW_DEPTH_L4);
	local_bh_enable();
	if (!reason)
		return 0;
	NL_SET_ERR_MSG(extack, "The headers of the frame are malformed");
	return -EINVAL;
}

/* Whatever an action needs the frame to be, it can be looked up in the frame. */
static int compile(struct injection *j, struct vsw_packet *packet, struct netlink_ext_ack *extack)
{
	struct vsw_switch *sw = packet->in->sw;

	j->match.value = j->pkt.key;
	memset(&j->match.mask, 0xff, sizeof(j->match.mask));
	j->acts = vsw_actions_compile(&sw->slots, VSW_NO_TABLE, &j->match, packet->actions,
				      packet->n_actions, &packet->bad, extack);
	return PTR_ERR_OR_ZERO(j->acts);
}

/* No port or flow goes meanwhile, but devices may go down. */
static void run(struct injection *j, u8 table)
{
	const struct vsw_flows *flows = &j->pkt.sw->flows;

	local_bh_disable();
	rcu_read_lock();
	vsw_count_rx(j->pkt.in, j->pkt.len);
	vsw_compose_from(&j->draft, flows, vsw_flows_version_rcu(flows), &j->pkt.key, table,
			 j->acts);
	vsw_draft_count(&j->draft, j->pkt.len);
	vsw_act(&j->pkt, j->draft.ops);
	rcu_read_unlock();
	local_bh_enable();
}

static int inject(struct injection *j, struct vsw_packet *packet, struct netlink_ext_ack *extack)
{
	struct sk_buff *skb = build(packet);
	int err;

	if (!skb)
		return -ENOMEM;
	vsw_pkt_init(&j->pkt, packet->in, skb);
	err = parse(j, extack);
	if (!err && packet->actions)
		err = compile(j, packet, extack);
	if (err)
		kfree_skb(skb);
	else
		run(j, packet->table);
	if (!err && j->acts)
		vsw_actions_free(&packet->in->sw->slots, j->acts);
	return err;
}

/**
 * vsw_packet_out() - put a frame into a switch
 * @packet: the frame, and what is to become of it
 * @extack: for the refusal
 *
 * The frame is counted as received by its port; what the tables or the actions
 * make of it is not known to the caller.
 *
 * Context: The namespace's lock.
 * Return: 0 or an error; then nothing has happened.
 */
int vsw_packet_out(struct vsw_packet *packet, struct netlink_ext_ack *extack)
{
	struct vsw_switch *sw = packet->in->sw;
	struct injection *j;
	int err;

	lockdep_assert_held(&sw->vn->lock);
	if (!netif_running(sw->dev)) {
		NL_SET_ERR_MSG(extack, "The switch is down, set it up");
		return -ENETDOWN;
	}
	j = kvzalloc(sizeof(*j), GFP_KERNEL);
	if (!j)
		return -ENOMEM;
	err = inject(j, packet, extack);
	kvfree(j);
	return err;
}
