// SPDX-License-Identifier: GPL-2.0
/*
 * Tunnel: the outer header of frames that come or go by a tunnel device.
 *
 * The kernel's own devices in external mode put headers on and take them off;
 * the header travels beside the frame, in its metadata dst. Verdicts and remotes
 * keep one ready for all of their frames, with the route that the device has found.
 */
#include "path/tunnel.h"

#include <linux/skbuff.h>
#include <net/dsfield.h>
#include <net/dst_metadata.h>
#include <net/geneve.h>
#include <net/ip_tunnels.h>
#include <net/vxlan.h>

#include "compat.h"
#include "core/port.h"
#include "path/act.h"
#include "path/drop.h"
#include "path/flowhash.h"
#include "path/pkt.h"
#include "path/tx.h"
#include "tables/layout.h"
#include "tables/overlay.h"

#define GBP_FLAGS_SHIFT	16

static void parse_addresses(struct vsw_tunnel *tun, const struct ip_tunnel_info *info)
{
	const struct ip_tunnel_key *key = &info->key;

	if (ip_tunnel_info_af(info) == AF_INET6) {
		tun->src6 = key->u.ipv6.src;
		tun->dst6 = key->u.ipv6.dst;
	} else {
		tun->src = key->u.ipv4.src;
		tun->dst = key->u.ipv4.dst;
	}
}

static void parse_gbp(struct vsw_tunnel *tun, struct ip_tunnel_info *info)
{
	const struct vxlan_metadata *gbp;

	if (!vsw_compat_tunnel_has(&info->key, VXLAN_OPT) ||
	    info->options_len < sizeof(*gbp))
		return;
	gbp = ip_tunnel_info_opts(info);
	tun->gbp_id = htons(gbp->gbp & VXLAN_GBP_ID_MASK);
	tun->gbp_flags = gbp->gbp >> GBP_FLAGS_SHIFT;
}

/* The first option that is as long as ours. */
static void parse_geneve(struct vsw_tunnel *tun, struct ip_tunnel_info *info)
{
	const u8 *p = ip_tunnel_info_opts(info), *end = p + info->options_len;
	const struct geneve_opt *opt;

	if (!vsw_compat_tunnel_has(&info->key, GENEVE_OPT))
		return;
	for (; p + sizeof(*opt) <= end; p += sizeof(*opt) + opt->length * 4) {
		opt = (const void *)p;
		if (opt->length != 1 || p + sizeof(*opt) + 4 > end)
			continue;
		tun->opt_class = opt->opt_class;
		tun->opt_type = opt->type;
		memcpy(&tun->opt_data, opt->opt_data, sizeof(tun->opt_data));
		return;
	}
}

static void parse(struct vsw_tunnel *tun, struct ip_tunnel_info *info)
{
	memset(tun, 0, sizeof(*tun));
	tun->id = info->key.tun_id;
	tun->tos = info->key.tos;
	tun->ttl = info->key.ttl;
	if (vsw_compat_tunnel_has(&info->key, OAM))
		tun->flags = htons(VSW_TUN_FLAG_OAM);
	parse_addresses(tun, info);
	parse_gbp(tun, info);
	parse_geneve(tun, info);
}

/* A frame of a VNI that stands for a VLAN gets the tag that it had before. */
static enum vsw_drop_reason enter_vlan(const struct vsw_pkt *pkt, const struct vsw_overlay *o)
{
	int vid = vsw_overlay_vid(o, be64_to_cpu(pkt->key.tun.id));
	enum vsw_drop_reason reason;

	if (vid <= 0)
		return vid ? VSW_DROP_REASON_TUNNEL_KEY : 0;
	reason = vsw_push_vlan(pkt->skb, htons(ETH_P_8021Q));
	if (!reason)
		pkt->skb->vlan_tci |= vid;
	return reason;
}

/**
 * vsw_tunnel_receive() - learn how a frame came
 * @pkt: the frame, with a dst; gets the fields of its outer header if it has come
 *	by a tunnel port
 *
 * Context: BH off, RCU read section.
 * Return: 0, or a reason to drop the frame.
 */
vsw_hot enum vsw_drop_reason vsw_tunnel_receive(struct vsw_pkt *pkt)
{
	const struct vsw_overlay *o = rcu_dereference(pkt->in->overlay);
	struct metadata_dst *md = skb_metadata_dst(pkt->skb);

	if (!o || !md || md->type != METADATA_IP_TUNNEL ||
	    md->u.tun_info.mode & IP_TUNNEL_INFO_TX)
		return 0;
	pkt->tunnelled = VSW_CLASS_TUNNEL;
	parse(&pkt->key.tun, &md->u.tun_info);
	return enter_vlan(pkt, o);
}

/* Fields of the frame inside; without IP there are none. */
static void inherit(struct vsw_outer *outer, const struct sk_buff *skb)
{
	struct ipv6hdr _ip6, *ip6 = NULL;
	struct iphdr _ip4, *ip4 = NULL;
	int ofs = skb_network_offset(skb);

	if (skb_protocol(skb, true) == htons(ETH_P_IP))
		ip4 = skb_header_pointer(skb, ofs, sizeof(_ip4), &_ip4);
	if (skb_protocol(skb, true) == htons(ETH_P_IPV6))
		ip6 = skb_header_pointer(skb, ofs, sizeof(_ip6), &_ip6);
	if (outer->flags & VSW_OUTER_INHERIT_TOS)
		outer->tun.tos = ip4 ? ip4->tos : ip6 ? ipv6_get_dsfield(ip6) : 0;
	if (outer->flags & VSW_OUTER_INHERIT_TTL)
		outer->tun.ttl = ip4 ? ip4->ttl : ip6 ? ip6->hop_limit : VSW_TUNNEL_TTL;
}

static struct metadata_dst *md_for(const struct vsw_outer *outer, const struct sk_buff *skb)
{
	struct vsw_outer own;

	if (!(outer->flags & VSW_OUTER_INHERITS))
		return vsw_outer_md(outer);
	own = *outer;
	inherit(&own, skb);
	return vsw_outer_md(&own);
}

static void send(struct vsw_pkt *pkt, struct vsw_port *port, struct sk_buff *skb,
		 struct metadata_dst *md)
{
	if (unlikely(!md)) {
		vsw_drop(port, skb, VSW_DROP_REASON_NO_MEMORY);
		return;
	}
	skb_dst_set(skb, &md->dst);
	/* It becomes the UDP source port, by which the underlay spreads flows. */
	vsw_flow_hash_set(skb);
	vsw_tx(pkt, port, skb);
}

/* What is ready is for frames of no VNI but the remote's. */
static void send_to(struct vsw_pkt *pkt, struct vsw_port *port, struct sk_buff *skb,
		    const struct vsw_remote *r, s64 vni)
{
	struct vsw_outer outer;

	if (likely(r->md && vni < 0)) {
		dst_hold(&r->md->dst);
		send(pkt, port, skb, r->md);
		return;
	}
	outer = r->outer;
	if (vni >= 0) {
		outer.tun.id = cpu_to_be64(vni);
		outer.flags |= VSW_OUTER_ID;
	}
	send(pkt, port, skb, md_for(&outer, skb));
}

/* Head-end replication. The last end gets the frame itself. */
static void send_to_all(struct vsw_pkt *pkt, struct vsw_port *port, struct sk_buff *skb,
			const struct vsw_overlay *o, int vid, s64 vni)
{
	const struct vsw_remote *prev = NULL;
	struct sk_buff *copy;
	unsigned int i;

	for (i = 0; i < o->config.n_remotes; i++) {
		if (!vsw_overlay_serves(o, i, vid))
			continue;
		copy = prev ? vsw_copy(pkt->in, skb) : NULL;
		if (copy)
			send_to(pkt, port, copy, prev, vni);
		prev = o->end[i];
	}
	if (prev)
		send_to(pkt, port, skb, prev, vni);
	else
		vsw_drop(port, skb, VSW_DROP_REASON_NO_REMOTE);
}

/**
 * vsw_tunnel_tx() - send a frame whose outer header no flow has written
 * @pkt: the frame's way here
 * @port: the tunnel port
 * @skb: the frame, consumed
 * @remote: where the station is, NULL to send to all remotes of the port
 *
 * Context: BH off, RCU read section.
 */
vsw_hot void vsw_tunnel_tx(struct vsw_pkt *pkt, struct vsw_port *port, struct sk_buff *skb,
			   const struct vsw_remote *remote)
{
	const struct vsw_overlay *o = rcu_dereference(port->overlay);
	int vid = skb_vlan_tag_present(skb) ? skb_vlan_tag_get_id(skb) : 0;
	enum vsw_drop_reason reason = 0;
	s64 vni = -1;

	if (unlikely(!o)) {
		vsw_drop(port, skb, VSW_DROP_REASON_NO_REMOTE);
		return;
	}
	if (o->config.n_ranges) {
		vni = vsw_overlay_vni(o, vid);
		/* A station's own VNI needs none of its VLAN. */
		reason = vni < 0 && !remote ? VSW_DROP_REASON_NO_VNI : vsw_pop_vlan(skb);
	}
	if (unlikely(reason))
		vsw_drop(port, skb, reason);
	else if (remote)
		send_to(pkt, port, skb, remote, -1);
	else
		send_to_all(pkt, port, skb, o, vid, vni);
}

/**
 * vsw_encap_is_same() - would a frame go out the same way?
 * @a: one
 * @b: the other
 *
 * Context: Any.
 * Return: true if it would.
 */
bool vsw_encap_is_same(const struct vsw_encap *a, const struct vsw_encap *b)
{
	return a->slot == b->slot && !memcmp(&a->outer, &b->outer, sizeof(a->outer));
}

/**
 * vsw_encap_keep() - get ready for many frames
 * @encap: gets what the device is told; stays without where there is no memory
 *	or where frames differ
 *
 * Context: BH off.
 */
void vsw_encap_keep(struct vsw_encap *encap)
{
	encap->md = vsw_outer_md_keep(&encap->outer);
}

/**
 * vsw_encap_put() - undo vsw_encap_keep()
 * @encap: no frame takes it any more; frames that have it may be under way
 *
 * Context: Any.
 */
void vsw_encap_put(struct vsw_encap *encap)
{
	if (encap->md)
		dst_release(&encap->md->dst);
}

/**
 * vsw_encap_output() - send a frame by a tunnel
 * @pkt: the frame's way here
 * @skb: the frame, consumed
 * @encap: the port and the header
 *
 * Context: BH off, RCU read section.
 */
vsw_hot void vsw_encap_output(struct vsw_pkt *pkt, struct sk_buff *skb,
			      const struct vsw_encap *encap)
{
	struct vsw_port *port = rcu_dereference(encap->slot->port);
	struct metadata_dst *md = encap->md;

	if (unlikely(!port)) {
		vsw_drop(pkt->in, skb, VSW_DROP_REASON_PORT_GONE);
		return;
	}
	if (likely(md))
		dst_hold(&md->dst);
	else
		md = md_for(&encap->outer, skb);
	send(pkt, port, skb, md);
}
