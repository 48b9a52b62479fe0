// SPDX-License-Identifier: GPL-2.0
/*
 * Rewrite: change headers, with the checksums that cover them.
 *
 * Checksums are updated by the difference, never computed anew: a frame that
 * was damaged before stays recognisable as damaged, and the cost does not grow
 * with the payload.
 */
#include <linux/crc32.h>
#include <linux/icmp.h>
#include <linux/if_vlan.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/sctp.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <net/checksum.h>
#include <net/dsfield.h>
#include <net/ip.h>
#include <net/ipv6.h>
#include <net/ndisc.h>

#include "compat.h"
#include "path/act.h"
#include "path/parse.h"
#include "path/verdict.h"
#include "path/wire.h"

/**
 * struct edit - a rewrite under way
 * @skb: the frame
 * @value: what to write
 * @mask: which bits
 * @l4: where the transport header starts
 * @l4_end: where the packet ends, behind it there is only padding
 * @has_l4: the transport header is there, whole
 */
struct edit {
	struct sk_buff *skb;
	const struct vsw_key *value;
	const struct vsw_key *mask;
	unsigned int l4;
	unsigned int l4_end;
	bool has_l4;
};

static bool any(const void *mask, size_t len)
{
	return memchr_inv(mask, 0, len);
}

/*
 * Make the first @len bytes of a frame writable. The sum over the whole frame
 * that a device has made is worth nothing then.
 */
static enum vsw_drop_reason make_writable(struct sk_buff *skb, unsigned int len)
{
	if (len > skb->len)
		return VSW_DROP_REASON_HEADERS;
	if (skb_ensure_writable(skb, len))
		return VSW_DROP_REASON_NO_MEMORY;
	if (skb->ip_summed == CHECKSUM_COMPLETE)
		skb->ip_summed = CHECKSUM_NONE;
	return 0;
}

/* Returns by how much the sum over @p changes. @len is even. */
static __wsum write_bits(void *p, const void *value, const void *mask, size_t len)
{
	__wsum old = csum_partial(p, len, 0);
	const u8 *v = value, *m = mask;
	u8 *byte = p;
	size_t i;

	for (i = 0; i < len; i++)
		byte[i] ^= (byte[i] ^ v[i]) & m[i];
	return csum_sub(csum_partial(p, len, 0), old);
}

/*
 * Only the sum over the pseudo-header stands in the checksum field, somebody
 * else adds the rest later.
 */
static bool is_partial(const struct edit *e)
{
	const struct sk_buff *skb = e->skb;

	if (skb->ip_summed != CHECKSUM_PARTIAL)
		return false;
	if (skb_checksum_start_offset(skb) == e->l4)
		return true;
	return skb_is_gso(skb) && skb_shinfo(skb)->gso_type & SKB_GSO_UDP_TUNNEL_CSUM;
}

static vsw_hot void update_sum(const struct edit *e, __sum16 *sum, __wsum diff, bool pseudo)
{
	if (!is_partial(e))
		csum_replace_by_diff(sum, diff);
	else if (pseudo)
		*sum = ~csum_fold(csum_add(csum_unfold(*sum), diff));
}

/* 0 means that the sender has made no checksum, and must not come about. */
static void update_udp_sum(const struct edit *e, struct udphdr *uh, __wsum diff, bool pseudo)
{
	if (!uh->check && !is_partial(e))
		return;
	update_sum(e, &uh->check, diff, pseudo);
	if (!uh->check)
		uh->check = CSUM_MANGLED_0;
}

static void *l4_header(const struct edit *e)
{
	return e->skb->data + e->l4;
}

static vsw_hot unsigned int l4_len(const struct vsw_key *key)
{
	switch (key->ip_proto) {
	case IPPROTO_TCP:
		return sizeof(struct tcphdr);
	case IPPROTO_UDP:
	case IPPROTO_UDPLITE:
		return sizeof(struct udphdr);
	case IPPROTO_SCTP:
		return sizeof(struct sctphdr);
	case IPPROTO_ICMP:
		return key->eth_type == htons(ETH_P_IP) ? sizeof(struct icmphdr) : 0;
	case IPPROTO_ICMPV6:
		return key->eth_type == htons(ETH_P_IPV6) ? sizeof(struct icmp6hdr) : 0;
	}
	return 0;
}

/* The addresses changed: so did the pseudo-header of these. */
static vsw_hot void update_pseudo(const struct edit *e, __wsum diff)
{
	void *h = l4_header(e);

	if (!e->has_l4)
		return;
	switch (e->value->ip_proto) {
	case IPPROTO_TCP:
		update_sum(e, &((struct tcphdr *)h)->check, diff, true);
		break;
	case IPPROTO_UDP:
		update_udp_sum(e, h, diff, true);
		break;
	case IPPROTO_UDPLITE:
		update_sum(e, &((struct udphdr *)h)->check, diff, true);
		break;
	case IPPROTO_ICMPV6:
		update_sum(e, &((struct icmp6hdr *)h)->icmp6_cksum, diff, true);
		break;
	}
}

/*
 * CRC32c is linear: two packets that differ in the first four bytes have
 * checksums that differ by the CRC of that difference, followed by as many
 * zeros as there are bytes left.
 */
static enum vsw_drop_reason write_sctp(struct edit *e, struct sctphdr *sh)
{
	const struct vsw_key *v = e->value;
	__be16 diff[2] = { sh->source, sh->dest };
	u32 crc;

	/* The rest of the packet is in other fragments, its length unknown. */
	if (v->ip_frag)
		return VSW_DROP_REASON_HEADERS;
	write_bits(sh, &v->tp_src, &e->mask->tp_src, sizeof(diff));
	if (is_partial(e))
		return 0;
	diff[0] ^= sh->source;
	diff[1] ^= sh->dest;
	crc = __crc32c_le(0, (u8 *)diff, sizeof(diff));
	crc = __crc32c_le_shift(crc, e->l4_end - e->l4 - sizeof(diff));
	sh->checksum ^= cpu_to_le32(crc);
	return 0;
}

static void write_icmp(struct edit *e, u8 *type_code, __sum16 *sum)
{
	u8 value[] = { ntohs(e->value->tp_src), ntohs(e->value->tp_dst) };
	u8 mask[] = { ntohs(e->mask->tp_src), ntohs(e->mask->tp_dst) };

	update_sum(e, sum, write_bits(type_code, value, mask, sizeof(mask)), false);
}

/* An address option that the sender left out is not added. */
static void write_nd_option(struct edit *e, u8 type, const u8 *value, const u8 *mask)
{
	struct icmp6hdr *icmp = l4_header(e);
	int ofs;

	if (!any(mask, ETH_ALEN))
		return;
	ofs = vsw_nd_find_option(e->skb, e->l4 + sizeof(struct nd_msg), e->l4_end, type);
	if (ofs >= 0)
		update_sum(e, &icmp->icmp6_cksum,
			   write_bits(e->skb->data + ofs, value, mask, ETH_ALEN), false);
}

static enum vsw_drop_reason write_icmpv6(struct edit *e)
{
	const struct vsw_key *v = e->value, *m = e->mask;
	struct nd_msg *nd = l4_header(e);

	write_icmp(e, &nd->icmph.icmp6_type, &nd->icmph.icmp6_cksum);
	if (!any(&m->nd_target, sizeof(m->nd_target)) && !any(m->arp_sha, 2 * ETH_ALEN))
		return 0;
	if (e->l4 + sizeof(*nd) > e->l4_end)
		return VSW_DROP_REASON_HEADERS;
	update_sum(e, &nd->icmph.icmp6_cksum,
		   write_bits(&nd->target, &v->nd_target, &m->nd_target, sizeof(nd->target)),
		   false);
	write_nd_option(e, ND_OPT_SOURCE_LL_ADDR, v->arp_sha, m->arp_sha);
	write_nd_option(e, ND_OPT_TARGET_LL_ADDR, v->arp_tha, m->arp_tha);
	return 0;
}

static bool writes_l4(const struct vsw_key *mask)
{
	return mask->tp_src || mask->tp_dst ||
	       any(&mask->nd_target, sizeof(mask->nd_target)) ||
	       any(mask->arp_sha, 2 * ETH_ALEN);
}

static vsw_hot enum vsw_drop_reason write_l4(struct edit *e)
{
	const struct vsw_key *v = e->value, *m = e->mask;
	void *h = l4_header(e);

	if (!writes_l4(m) || v->ip_frag & VSW_FRAG_LATER)
		return 0;
	if (!e->has_l4)
		return VSW_DROP_REASON_HEADERS;
	skb_clear_hash(e->skb);
	switch (v->ip_proto) {
	case IPPROTO_TCP:
		update_sum(e, &((struct tcphdr *)h)->check,
			   write_bits(h, &v->tp_src, &m->tp_src, 4), false);
		return 0;
	case IPPROTO_UDP:
		update_udp_sum(e, h, write_bits(h, &v->tp_src, &m->tp_src, 4), false);
		return 0;
	case IPPROTO_SCTP:
		return write_sctp(e, h);
	case IPPROTO_ICMP:
		write_icmp(e, h, &((struct icmphdr *)h)->checksum);
		return 0;
	case IPPROTO_ICMPV6:
		return write_icmpv6(e);
	}
	return VSW_DROP_REASON_HEADERS;
}

/* @len: what the IP header says of the packet's end, 0 in large super-packets. */
static vsw_hot void find_l4(struct edit *e, unsigned int start, unsigned int len)
{
	e->l4_end = len ? start + len : e->skb->len;
	if (e->value->ip_frag & VSW_FRAG_LATER || !l4_len(e->value))
		return;
	e->l4 = skb_transport_offset(e->skb);
	e->has_l4 = e->l4 + l4_len(e->value) <= e->l4_end;
}

static enum vsw_drop_reason write_ipv4(struct edit *e)
{
	const struct vsw_key *v = e->value, *m = e->mask;
	struct iphdr *ip = ip_hdr(e->skb);
	__wsum diff;

	find_l4(e, skb_network_offset(e->skb), ntohs(ip->tot_len));
	if (any(&m->ipv4_src, 8)) {
		diff = write_bits(&ip->saddr, &v->ipv4_src, &m->ipv4_src, 8);
		csum_replace_by_diff(&ip->check, diff);
		update_pseudo(e, diff);
		skb_clear_hash(e->skb);
	}
	if (m->ip_tos)
		ipv4_change_dsfield(ip, ~m->ip_tos, v->ip_tos & m->ip_tos);
	if (m->ip_ttl) {
		u8 value[] = { v->ip_ttl, 0 }, mask[] = { m->ip_ttl, 0 };

		csum_replace_by_diff(&ip->check, write_bits(&ip->ttl, value, mask, 2));
	}
	return write_l4(e);
}

/* While a routing header has hops left, the address is not that of the end. */
static bool dst_is_final(struct sk_buff *skb)
{
	int flags = IP6_FH_F_SKIP_RH;
	unsigned int ofs = 0;

	if (!ipv6_ext_hdr(ipv6_hdr(skb)->nexthdr))
		return true;
	return ipv6_find_hdr(skb, &ofs, NEXTHDR_ROUTING, NULL, &flags) != NEXTHDR_ROUTING;
}

static void write_ipv6_addresses(struct edit *e, struct ipv6hdr *ip6)
{
	const struct vsw_key *v = e->value, *m = e->mask;
	__wsum diff;

	if (!any(&m->ipv6_src, 32))
		return;
	skb_clear_hash(e->skb);
	diff = write_bits(&ip6->saddr, &v->ipv6_src, &m->ipv6_src, 16);
	update_pseudo(e, diff);
	diff = write_bits(&ip6->daddr, &v->ipv6_dst, &m->ipv6_dst, 16);
	if (dst_is_final(e->skb))
		update_pseudo(e, diff);
}

static enum vsw_drop_reason write_ipv6(struct edit *e)
{
	const struct vsw_key *v = e->value, *m = e->mask;
	struct ipv6hdr *ip6 = ipv6_hdr(e->skb);
	unsigned int len = ntohs(ip6->payload_len);
	__be32 value, mask;

	if (len || !skb_is_gso(e->skb))
		len += sizeof(*ip6);
	find_l4(e, skb_network_offset(e->skb), len);
	write_ipv6_addresses(e, ip6);
	/* Traffic class and flow label share the first word. */
	value = htonl(v->ip_tos << 20) | v->ipv6_label;
	mask = htonl(m->ip_tos << 20) | (m->ipv6_label & IPV6_FLOWLABEL_MASK);
	*(__be32 *)ip6 ^= (*(__be32 *)ip6 ^ value) & mask;
	ip6->hop_limit ^= (ip6->hop_limit ^ v->ip_ttl) & m->ip_ttl;
	return write_l4(e);
}

static enum vsw_drop_reason write_arp(struct edit *e)
{
	struct vsw_arp *arp = (struct vsw_arp *)skb_network_header(e->skb);
	const struct vsw_key *v = e->value, *m = e->mask;

	if (!vsw_arp_is_ipv4(arp))
		return VSW_DROP_REASON_HEADERS;
	write_bits(&arp->op, &v->arp_op, &m->arp_op, sizeof(arp->op));
	write_bits(&arp->sha, v->arp_sha, m->arp_sha, ETH_ALEN);
	write_bits(&arp->spa, &v->ipv4_src, &m->ipv4_src, sizeof(arp->spa));
	write_bits(&arp->tha, v->arp_tha, m->arp_tha, ETH_ALEN);
	write_bits(&arp->tpa, &v->ipv4_dst, &m->ipv4_dst, sizeof(arp->tpa));
	return 0;
}

/* Any field behind the Ethernet header and the tag. */
static vsw_hot bool writes_l3(const struct vsw_key *m)
{
	return m->ip_tos || m->ip_ttl || m->arp_op || m->ipv6_label ||
	       any(&m->ipv4_src, 40) || writes_l4(m);
}

/* How deep the headers are that the frame has and the rewrite touches. */
static unsigned int depth(const struct edit *e)
{
	const struct vsw_key *v = e->value;
	unsigned int len;

	if (!writes_l3(e->mask))
		return any(e->mask->eth_dst, 2 * ETH_ALEN) ? ETH_HLEN : 0;
	if (v->eth_type == htons(ETH_P_ARP) || v->eth_type == htons(ETH_P_RARP))
		return skb_network_offset(e->skb) + sizeof(struct vsw_arp);
	len = skb_network_offset(e->skb) + (v->eth_type == htons(ETH_P_IP) ?
		sizeof(struct iphdr) : sizeof(struct ipv6hdr));
	if (v->ip_frag & VSW_FRAG_LATER || !l4_len(v))
		return len;
	/* The options of a neighbour message may stand anywhere. */
	if (v->ip_proto == IPPROTO_ICMPV6 && writes_l4(e->mask))
		return e->skb->len;
	len = skb_transport_offset(e->skb) + l4_len(v);
	return min(len, e->skb->len);
}

static enum vsw_drop_reason write_l3(struct edit *e)
{
	if (!writes_l3(e->mask))
		return 0;
	switch (e->value->eth_type) {
	case htons(ETH_P_IP):
		return write_ipv4(e);
	case htons(ETH_P_IPV6):
		return write_ipv6(e);
	case htons(ETH_P_ARP):
	case htons(ETH_P_RARP):
		return write_arp(e);
	}
	return VSW_DROP_REASON_HEADERS;
}

/* The bit that says that there is a tag is none of the tag's own. */
static enum vsw_drop_reason write_vlan(struct sk_buff *skb, u16 value, u16 mask)
{
	mask &= ~VSW_VLAN_PRESENT;
	if (!mask)
		return 0;
	if (!skb_vlan_tag_present(skb))
		return VSW_DROP_REASON_HEADERS;
	skb->vlan_tci ^= (skb->vlan_tci ^ value) & mask;
	return 0;
}

/**
 * vsw_rewrite() - write fields of a frame's headers
 * @skb: the frame, data at its Ethernet header, the headers' offsets set
 * @rw: what to write, and in its value what the frame is
 *
 * Fields of the transport header of later fragments, and options of neighbour
 * messages that are not there, are left out.
 *
 * Context: BH off.
 * Return: 0, or a reason to drop the frame.
 */
vsw_hot enum vsw_drop_reason vsw_rewrite(struct sk_buff *skb, const struct vsw_rewrite *rw)
{
	struct edit e = { .skb = skb, .value = &rw->value, .mask = &rw->mask };
	unsigned int len = depth(&e);
	enum vsw_drop_reason reason;

	if (len) {
		reason = make_writable(skb, len);
		if (unlikely(reason))
			return reason;
		write_bits(skb->data, rw->value.eth_dst, rw->mask.eth_dst, 2 * ETH_ALEN);
	}
	skb->mark ^= (skb->mark ^ rw->value.pkt_mark) & rw->mask.pkt_mark;
	reason = write_vlan(skb, ntohs(rw->value.vlan_tci), ntohs(rw->mask.vlan_tci));
	if (unlikely(reason))
		return reason;
	return write_l3(&e);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_rewrite);

static enum vsw_drop_reason dec_ipv4(struct sk_buff *skb)
{
	enum vsw_drop_reason reason;

	reason = make_writable(skb, skb_network_offset(skb) + sizeof(struct iphdr));
	if (reason)
		return reason;
	if (ip_hdr(skb)->ttl <= 1)
		return VSW_DROP_REASON_TTL;
	ip_decrease_ttl(ip_hdr(skb));
	return 0;
}

static enum vsw_drop_reason dec_ipv6(struct sk_buff *skb)
{
	enum vsw_drop_reason reason;

	reason = make_writable(skb, skb_network_offset(skb) + sizeof(struct ipv6hdr));
	if (reason)
		return reason;
	if (ipv6_hdr(skb)->hop_limit <= 1)
		return VSW_DROP_REASON_TTL;
	ipv6_hdr(skb)->hop_limit--;
	return 0;
}

/**
 * vsw_dec_ttl() - decrement TTL or hop limit
 * @skb: the frame; IPv4 or IPv6, which flows have made sure of
 *
 * Context: BH off.
 * Return: 0, or a reason to drop the frame.
 */
vsw_hot enum vsw_drop_reason vsw_dec_ttl(struct sk_buff *skb)
{
	const u8 *version;
	u8 buf;

	version = skb_header_pointer(skb, skb_network_offset(skb), 1, &buf);
	switch (version ? *version >> 4 : 0) {
	case 4:
		return dec_ipv4(skb);
	case 6:
		return dec_ipv6(skb);
	}
	return VSW_DROP_REASON_HEADERS;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_dec_ttl);

/**
 * vsw_push_vlan() - push an empty tag, outside of any other
 * @skb: the frame, data at its Ethernet header
 * @tpid: TPID of the tag
 *
 * Keeps the network header where parse found it.
 *
 * Context: BH off.
 * Return: 0, or a reason to drop the frame.
 */
vsw_hot enum vsw_drop_reason vsw_push_vlan(struct sk_buff *skb, __be16 tpid)
{
	bool inserts = skb_vlan_tag_present(skb);
	int l3 = skb_network_offset(skb);

	if (skb_vlan_push(skb, tpid, 0))
		return VSW_DROP_REASON_NO_MEMORY;
	if (inserts) {
		skb_set_network_header(skb, l3 + VLAN_HLEN);
		skb_reset_mac_len(skb);
	}
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_push_vlan);

/**
 * vsw_pop_vlan() - remove the outer tag, if there is one
 * @skb: the frame, data at its Ethernet header
 *
 * Context: BH off.
 * Return: 0, or a reason to drop the frame.
 */
vsw_hot enum vsw_drop_reason vsw_pop_vlan(struct sk_buff *skb)
{
	if (!skb_vlan_pop(skb))
		return 0;
	/* The tag below is the outer one now, and cut off. */
	return skb->len < VLAN_ETH_HLEN ? VSW_DROP_REASON_HEADERS : VSW_DROP_REASON_NO_MEMORY;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_pop_vlan);
