// SPDX-License-Identifier: GPL-2.0
/*
 * Normal: what a switch does without flows: learn, look up, flood, by VLAN.
 */
#include "core/switch.h"
#include "path/act.h"
#include "path/drop.h"
#include "path/normal.h"
#include "path/pairs.h"
#include "path/pkt.h"
#include "path/suppress.h"
#include "path/tunnel.h"
#include "path/tx.h"

/* No VLAN: the actions flood and all send frames as they are. */
#define VSW_NO_VID	(-1)

/**
 * struct flood - which ports get a frame
 * @in: port of entry
 * @want: bits of enum vsw_port_flag that a port must have
 * @mask: of these
 * @vid: the frame's VLAN, or VSW_NO_VID
 * @all: every port but @in, whatever it has
 * @answered: the frame asks for an address, and has been answered
 */
struct flood {
	const struct vsw_port *in;
	unsigned long want;
	unsigned long mask;
	int vid;
	bool all;
	bool answered;
};

static enum vsw_vlan_out vlan_out(const struct vsw_port *port, int vid)
{
	if (vid == VSW_NO_VID)
		return VSW_VLAN_OUT_ASIS;
	return vsw_vlan_out(rcu_dereference(port->vlan), vid);
}

static enum vsw_drop_reason tag(struct sk_buff *skb, u16 vid)
{
	enum vsw_drop_reason reason = 0;

	if (!skb_vlan_tag_present(skb))
		reason = vsw_push_vlan(skb, htons(ETH_P_8021Q));
	if (!reason)
		skb->vlan_tci = (skb->vlan_tci & ~VLAN_VID_MASK) | vid;
	return reason;
}

/* Gives a frame of a VLAN the tag that it has on a port. */
static vsw_hot enum vsw_drop_reason retag(const struct vsw_port *port, struct sk_buff *skb, int vid)
{
	switch (vlan_out(port, vid)) {
	case VSW_VLAN_OUT_TAGGED:
		return tag(skb, vid);
	case VSW_VLAN_OUT_UNTAGGED:
		return vsw_pop_vlan(skb);
	case VSW_VLAN_OUT_NONE:
		/* The settings have changed since it was decided. */
		return VSW_DROP_REASON_VLAN_EGRESS;
	case VSW_VLAN_OUT_ASIS:
		break;
	}
	return 0;
}

/* Send a frame of a VLAN out of a port that takes it. */
static vsw_hot void leave(struct vsw_pkt *pkt, struct vsw_port *port, struct sk_buff *skb, int vid)
{
	enum vsw_drop_reason reason = retag(port, skb, vid);

	if (unlikely(reason))
		vsw_drop(port, skb, reason);
	else
		vsw_tx(pkt, port, skb);
}

/* May a frame of a VLAN go from port to port? */
static vsw_hot enum vsw_drop_reason refusal(const struct vsw_port *in,
					    const struct vsw_port *out, int vid)
{
	if (in == out && !vsw_port_has(in, VSW_PORT_HAIRPIN))
		return VSW_DROP_REASON_HAIRPIN;
	if (in != out && vsw_port_has(in, VSW_PORT_ISOLATED) &&
	    vsw_port_has(out, VSW_PORT_ISOLATED))
		return VSW_DROP_REASON_ISOLATED;
	if (vlan_out(out, vid) == VSW_VLAN_OUT_NONE)
		return VSW_DROP_REASON_VLAN_EGRESS;
	return 0;
}

/* All tunnels lead to each other's ends: what came by one has been there. */
static bool is_split(const struct vsw_port *in, const struct vsw_port *out)
{
	return unlikely(out->kind == VSW_PORT_TUNNEL) && in->kind == VSW_PORT_TUNNEL;
}

static bool takes(const struct flood *f, const struct vsw_port *port)
{
	if (f->vid == VSW_NO_VID && port == f->in)
		return false;
	if (f->all)
		return true;
	if ((READ_ONCE(port->flags) & f->mask) != f->want || is_split(f->in, port))
		return false;
	if (f->answered && vsw_port_has(port, VSW_PORT_NEIGH_SUPPRESS))
		return false;
	return f->vid == VSW_NO_VID || !refusal(f->in, port, f->vid);
}

static enum vsw_port_flag flood_flag(const u8 *dst)
{
	if (is_broadcast_ether_addr(dst))
		return VSW_PORT_BCAST_FLOOD;
	if (is_multicast_ether_addr(dst))
		return VSW_PORT_MCAST_FLOOD;
	return VSW_PORT_FLOOD;
}

/* What a port must not have: a device without Ethernet takes few frames. */
static unsigned long unwanted(const struct sk_buff *skb, int vid)
{
	if (vid == VSW_NO_VID && skb_vlan_tag_present(skb))
		return BIT(VSW_PORT_IP_ONLY);
	switch (eth_hdr(skb)->h_proto) {
	case htons(ETH_P_IP):
	case htons(ETH_P_IPV6):
		return 0;
	case htons(ETH_P_ARP):
		return BIT(VSW_PORT_NO_ARP);
	}
	return BIT(VSW_PORT_IP_ONLY);
}

static void flood_init(struct flood *f, const struct vsw_pkt *pkt, const struct sk_buff *skb,
		       int vid)
{
	f->in = pkt->in;
	f->want = BIT(flood_flag(eth_hdr(skb)->h_dest));
	f->mask = f->want | unwanted(skb, vid);
	f->vid = vid;
	f->all = false;
	f->answered = false;
}

/* The last port takes the frame itself, so one is known before it is served. */
static vsw_hot void flood(struct vsw_pkt *pkt, struct sk_buff *skb, const struct flood *f)
{
	struct vsw_port *port, *prev = NULL;
	struct sk_buff *copy;

	list_for_each_entry_rcu(port, &pkt->sw->ports, node) {
		if (!takes(f, port))
			continue;
		copy = prev ? vsw_copy(pkt->in, skb) : NULL;
		if (copy)
			leave(pkt, prev, copy, f->vid);
		prev = port;
	}
	if (prev)
		leave(pkt, prev, skb, f->vid);
	else
		vsw_drop(pkt->in, skb, VSW_DROP_REASON_NO_DESTINATION);
}

/**
 * vsw_flood() - the actions flood and all
 * @pkt: the frame's way here
 * @skb: the frame, consumed
 * @all: every port, whatever its settings
 *
 * Context: BH off, RCU read section.
 */
void vsw_flood(struct vsw_pkt *pkt, struct sk_buff *skb, bool all)
{
	struct flood f;

	flood_init(&f, pkt, skb, VSW_NO_VID);
	f.all = all;
	flood(pkt, skb, &f);
}

static bool learns(const struct vsw_port *port)
{
	return !vsw_port_is_local(port) && vsw_port_has(port, VSW_PORT_LEARNING);
}

/* The outer header that a frame came with, NULL if by no tunnel. */
static const struct vsw_tunnel *came_by(const struct vsw_pkt *pkt)
{
	return pkt->tunnelled ? &pkt->key.tun : NULL;
}

static enum vsw_drop_reason learn(const struct vsw_pkt *pkt, const u8 *src, u16 vid)
{
	if (!is_valid_ether_addr(src))
		return VSW_DROP_REASON_SOURCE_ADDRESS;
	if (!learns(pkt->in))
		return 0;
	return vsw_fdb_learn_from(&pkt->sw->fdb, pkt->in, src, vid, came_by(pkt));
}

/* The port that an address is at; the switch's own is at LOCAL in each VLAN. */
static void lookup(struct vsw_switch *sw, const u8 *dst, u16 vid, struct vsw_way *way)
{
	struct vsw_fdb_entry *entry;

	if (is_multicast_ether_addr(dst))
		return;
	entry = vsw_fdb_find_rcu(&sw->fdb, dst, vid);
	if (entry) {
		way->out = rcu_dereference(entry->port);
		way->remote = rcu_dereference(entry->remote);
	} else if (ether_addr_equal(dst, sw->dev->dev_addr)) {
		way->out = sw->local;
	}
}

/* A promiscuous LOCAL sees what passes by, as it came. */
static vsw_hot void show_local(struct vsw_pkt *pkt, struct sk_buff *skb, const struct vsw_port *out)
{
	struct vsw_port *local = pkt->sw->local;
	struct sk_buff *copy;

	if (likely(!(READ_ONCE(local->dev->flags) & IFF_PROMISC)))
		return;
	if (out == local || pkt->in == local)
		return;
	copy = vsw_copy(pkt->in, skb);
	if (copy)
		vsw_tx(pkt, local, copy);
}

static void forward(struct vsw_pkt *pkt, struct sk_buff *skb, struct vsw_port *out, u16 vid)
{
	show_local(pkt, skb, out);
	leave(pkt, out, skb, vid);
}

/**
 * vsw_normal_find() - by which port does a frame leave?
 * @in: port of entry
 * @dst: its destination
 * @vid: its VLAN
 *
 * Holds as long as the generation of the FDB is the same, read before.
 *
 * Context: BH off, RCU read section.
 * Return: The port, or NULL where it is flooded or dropped.
 */
struct vsw_port *vsw_normal_find(const struct vsw_port *in, const u8 *dst, u16 vid)
{
	struct vsw_way way = {};

	lookup(in->sw, dst, vid, &way);
	return way.out && !refusal(in, way.out, vid) ? way.out : NULL;
}

/**
 * vsw_normal_forward() - send a frame to where vsw_normal_find() has said
 * @pkt: the frame's way here
 * @skb: the frame, consumed
 * @out: the port
 * @vid: the frame's VLAN
 *
 * Context: BH off, RCU read section.
 */
void vsw_normal_forward(struct vsw_pkt *pkt, struct sk_buff *skb, struct vsw_port *out,
			u16 vid)
{
	forward(pkt, skb, out, vid);
}

/* To a station behind a remote of a tunnel port. */
static void forward_far(struct vsw_pkt *pkt, struct sk_buff *skb, const struct vsw_way *way,
			u16 vid)
{
	enum vsw_drop_reason reason;

	show_local(pkt, skb, way->out);
	reason = retag(way->out, skb, vid);
	if (unlikely(reason))
		vsw_drop(way->out, skb, reason);
	else
		vsw_tunnel_tx(pkt, way->out, skb, way->remote);
}

static void go(struct vsw_pkt *pkt, struct sk_buff *skb, const struct vsw_way *way, u16 vid)
{
	if (way->remote)
		forward_far(pkt, skb, way, vid);
	else
		forward(pkt, skb, way->out, vid);
}

/* Is the source still behind the remote that it was learned behind? */
static bool is_from(const struct vsw_pkt *pkt, const struct vsw_fdb_entry *src)
{
	return !pkt->tunnelled || !src || READ_ONCE(src->flags) & VSW_FDB_FLAG_STATIC ||
	       vsw_remote_sent(rcu_dereference(src->remote), &pkt->key.tun);
}

/* Keeps where a frame goes, if all that was decided for it shows in the pair. */
static void keep(const struct vsw_pkt *pkt, const struct vsw_pair *pair, struct vsw_way *way,
		 const u8 *addr, u16 vid)
{
	struct vsw_pair to = *pair;

	if (learns(pkt->in)) {
		way->src = vsw_fdb_find_rcu(&pkt->sw->fdb, addr, vid);
		if (!way->src || rcu_access_pointer(way->src->port) != pkt->in ||
		    !is_from(pkt, way->src))
			return;
	}
	if (way->remote || pkt->tunnelled)
		to.src |= VSW_PAIR_FAR;
	vsw_pairs_store(pkt->sw->pairs, &to, way);
}

/* To the station that has sent the frame, by the port where it has entered. */
static void go_back(struct vsw_pkt *pkt, struct sk_buff *skb, u16 vid)
{
	struct vsw_way way = {};

	lookup(pkt->sw, eth_hdr(skb)->h_dest, vid, &way);
	if (way.out == pkt->in && way.remote)
		forward_far(pkt, skb, &way, vid);
	else
		leave(pkt, pkt->in, skb, vid);
}

/* The switch answers itself: that is no frame received, so count it as a copy. */
static bool answer(struct vsw_pkt *pkt, const struct sk_buff *skb, u16 vid)
{
	struct sk_buff *reply = vsw_suppress(pkt, skb, vid);

	if (likely(!reply))
		return false;
	vsw_count_copied(pkt->in);
	go_back(pkt, reply, vid);
	return true;
}

/* Learn, then forward or flood: what is not decided yet. */
static void decide(struct vsw_pkt *pkt, struct sk_buff *skb, const struct vsw_pair *pair, int vid)
{
	const struct ethhdr *eth = eth_hdr(skb);
	enum vsw_drop_reason reason;
	struct vsw_way way = {};
	struct flood f;

	reason = learn(pkt, eth->h_source, vid);
	if (unlikely(reason)) {
		vsw_drop(pkt->in, skb, reason);
		return;
	}
	lookup(pkt->sw, eth->h_dest, vid, &way);
	if (!way.out) {
		flood_init(&f, pkt, skb, vid);
		f.answered = is_multicast_ether_addr(eth->h_dest) && answer(pkt, skb, vid);
		flood(pkt, skb, &f);
		return;
	}
	reason = refusal(pkt->in, way.out, vid);
	if (unlikely(reason)) {
		show_local(pkt, skb, way.out);
		vsw_drop(pkt->in, skb, reason);
		return;
	}
	keep(pkt, pair, &way, eth->h_source, vid);
	go(pkt, skb, &way, vid);
}

/* A way by a tunnel is kept apart, so that other frames need not ask for it. */
static noinline void look_farther(struct vsw_pkt *pkt, struct sk_buff *skb,
				  const struct vsw_pair *pair, int vid)
{
	struct vsw_pair far = *pair;
	const struct vsw_way *way;

	far.src |= VSW_PAIR_FAR;
	way = vsw_pairs_way(pkt->sw->pairs, &far);
	if (!way || !is_from(pkt, way->src)) {
		decide(pkt, skb, pair, vid);
		return;
	}
	if (way->src)
		vsw_fdb_touch(way->src);
	go(pkt, skb, way, vid);
}

/**
 * vsw_normal() - the action normal: learn, then forward or flood in the VLAN
 * @pkt: the frame's way here
 * @skb: the frame, consumed; may have been rewritten since it was parsed
 *
 * Context: BH off, RCU read section.
 */
vsw_hot void vsw_normal(struct vsw_pkt *pkt, struct sk_buff *skb)
{
	const struct ethhdr *eth = eth_hdr(skb);
	struct vsw_port *out;
	struct vsw_pair pair;
	int vid;

	vid = vsw_vlan_in(rcu_dereference(pkt->in->vlan),
			  skb_vlan_tag_present(skb), skb_vlan_tag_get(skb));
	if (vid < 0) {
		vsw_drop(pkt->in, skb, VSW_DROP_REASON_VLAN_INGRESS);
		return;
	}
	pair.gen = vsw_fdb_gen_rcu(&pkt->sw->fdb);
	pair.in = pkt->in;
	pair.dst = vsw_pair_word(eth->h_dest, vid);
	pair.src = vsw_pair_word(eth->h_source, 0);
	out = vsw_pairs_find(pkt->sw->pairs, &pair);
	if (likely(out))
		forward(pkt, skb, out, vid);
	else
		look_farther(pkt, skb, &pair, vid);
}
