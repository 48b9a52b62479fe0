// SPDX-License-Identifier: GPL-2.0
/*
 * Tunnel: the outer header of frames that come or go by a tunnel device.
 *
 * The kernel's own devices in external mode put headers on and take them off;
 * the header travels beside the frame, in its metadata dst. A verdict keeps one
 * ready for all of its frames, with the route that the device has found.
 */
#include "path/tunnel.h"

#include <linux/skbuff.h>
#include <net/dst_metadata.h>
#include <net/geneve.h>
#include <net/ip_tunnels.h>
#include <net/vxlan.h>

#include "compat.h"
#include "core/port.h"
#include "path/drop.h"
#include "path/pkt.h"
#include "path/tx.h"
#include "tables/layout.h"

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

/**
 * vsw_tunnel_parse() - fill in the fields of a frame's outer header
 * @pkt: the frame, with a dst; if that is of no tunnel, nothing is filled in
 *
 * Context: BH off.
 */
void vsw_tunnel_parse(struct vsw_pkt *pkt)
{
	struct metadata_dst *md = skb_metadata_dst(pkt->skb);
	struct vsw_tunnel *tun = &pkt->key.tun;
	struct ip_tunnel_info *info;

	if (!md || md->type != METADATA_IP_TUNNEL)
		return;
	info = &md->u.tun_info;
	if (info->mode & IP_TUNNEL_INFO_TX)
		return;
	pkt->tunnelled = VSW_CLASS_TUNNEL;
	memset(tun, 0, sizeof(*tun));
	tun->id = info->key.tun_id;
	tun->tos = info->key.tos;
	tun->ttl = info->key.ttl;
	if (vsw_compat_tunnel_has(&info->key, OAM))
		tun->flags = htons(VSW_TUN_FLAG_OAM);
	parse_addresses(tun, info);
	parse_gbp(tun, info);
}

static bool is_ipv6(const struct vsw_tunnel *tun)
{
	return !ipv6_addr_any(&tun->dst6);
}

/* Receivers refuse UDP without a checksum on IPv6, and GRE with one. */
static bool needs_csum(const struct vsw_encap *encap, const struct net_device *dev)
{
	return is_ipv6(&encap->tun) && (netif_is_vxlan(dev) || netif_is_geneve(dev));
}

/**
 * vsw_encap_init() - from the fields that are written to a header
 * @encap: filled in
 * @slot: the tunnel port
 * @dev: its device
 * @value: the fields
 * @mask: which bits are written; the others are 0
 *
 * Context: Any.
 * Return: false if there is no remote address.
 */
bool vsw_encap_init(struct vsw_encap *encap, struct vsw_slot *slot,
		    const struct net_device *dev,
		    const struct vsw_tunnel *value, const struct vsw_tunnel *mask)
{
	unsigned int i;

	encap->slot = slot;
	encap->md = NULL;
	encap->has_id = mask->id;
	for (i = 0; i < VSW_TUNNEL_WORDS; i++)
		encap->tun.w[i] = value->w[i] & mask->w[i];
	if (!encap->tun.ttl)
		encap->tun.ttl = VSW_TUNNEL_TTL;
	encap->has_csum = needs_csum(encap, dev);
	return encap->tun.dst || is_ipv6(&encap->tun);
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
	return a->slot == b->slot && a->has_id == b->has_id && a->has_csum == b->has_csum &&
	       !memcmp(&a->tun, &b->tun, sizeof(a->tun));
}

static void set_addresses(struct ip_tunnel_info *info, const struct vsw_tunnel *tun)
{
	struct ip_tunnel_key *key = &info->key;

	info->mode = IP_TUNNEL_INFO_TX;
	if (is_ipv6(tun)) {
		info->mode |= IP_TUNNEL_INFO_IPV6;
		key->u.ipv6.src = tun->src6;
		key->u.ipv6.dst = tun->dst6;
	} else {
		key->u.ipv4.src = tun->src;
		key->u.ipv4.dst = tun->dst;
	}
}

static void set_gbp(struct ip_tunnel_info *info, const struct vsw_tunnel *tun)
{
	struct vxlan_metadata *gbp = ip_tunnel_info_opts(info);

	gbp->gbp = ntohs(tun->gbp_id) | (u32)tun->gbp_flags << GBP_FLAGS_SHIFT;
	info->options_len = sizeof(*gbp);
	vsw_compat_tunnel_set(&info->key, VXLAN_OPT);
}

static struct metadata_dst *md_create(const struct vsw_encap *encap)
{
	const struct vsw_tunnel *tun = &encap->tun;
	bool has_gbp = tun->gbp_id || tun->gbp_flags;
	struct ip_tunnel_info *info;
	struct metadata_dst *md;

	md = metadata_dst_alloc(has_gbp ? sizeof(struct vxlan_metadata) : 0,
				METADATA_IP_TUNNEL, GFP_ATOMIC | __GFP_NOWARN);
	if (!md)
		return NULL;
	info = &md->u.tun_info;
	info->key.tun_id = tun->id;
	info->key.tos = tun->tos;
	info->key.ttl = tun->ttl;
	if (encap->has_id)
		vsw_compat_tunnel_set(&info->key, KEY);
	if (encap->has_csum)
		vsw_compat_tunnel_set(&info->key, CSUM);
	if (tun->flags & htons(VSW_TUN_FLAG_OAM))
		vsw_compat_tunnel_set(&info->key, OAM);
	set_addresses(info, tun);
	if (has_gbp)
		set_gbp(info, tun);
	return md;
}

/**
 * vsw_encap_cost() - memory that vsw_encap_keep() takes, about
 *
 * Context: Any.
 * Return: bytes; the route is kept for each CPU.
 */
size_t vsw_encap_cost(void)
{
	return sizeof(struct metadata_dst) + num_possible_cpus() * L1_CACHE_BYTES;
}

/**
 * vsw_encap_keep() - get ready for many frames
 * @encap: gets what the device is told; stays without where there is no memory
 *
 * Context: BH off.
 */
void vsw_encap_keep(struct vsw_encap *encap)
{
	encap->md = md_create(encap);
	if (encap->md)
		vsw_compat_tunnel_cache_route(&encap->md->u.tun_info);
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
void vsw_encap_output(struct vsw_pkt *pkt, struct sk_buff *skb,
		      const struct vsw_encap *encap)
{
	struct vsw_port *port = rcu_dereference(encap->slot->port);
	struct metadata_dst *md = encap->md;

	if (unlikely(!port)) {
		vsw_drop(pkt->in, skb, VSW_DROP_REASON_PORT_GONE);
		return;
	}
	if (likely(md)) {
		dst_hold(&md->dst);
	} else {
		md = md_create(encap);
		if (!md) {
			vsw_drop(port, skb, VSW_DROP_REASON_NO_MEMORY);
			return;
		}
	}
	skb_dst_set(skb, &md->dst);
	vsw_tx(pkt, port, skb);
}
