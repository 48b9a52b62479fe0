// SPDX-License-Identifier: GPL-2.0
/*
 * Parse: from a frame to its key, one function a layer.
 *
 * What a frame lacks is 0 in the key. A truncated or contradictory Ethernet,
 * VLAN, ARP, IPv4 or IPv6 header makes the frame malformed. A transport header
 * that is not whole does not: its fields stay 0 and the frame goes on, as in
 * Open vSwitch; firewalls have rules for those.
 */
#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <linux/if_arp.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/sctp.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <net/dsfield.h>
#include <net/ip.h>
#include <net/ipv6.h>
#include <net/ndisc.h>

#include "compat.h"
#include "path/parse.h"
#include "path/pkt.h"
#include "path/wire.h"
#include "tables/layout.h"

/* Bounds of the work on one frame; no honest frame comes near. */
#define IPV6_EXT_MAX	16
#define ND_OPTIONS_MAX	16

/**
 * struct cursor - how far a frame is parsed
 * @skb: the frame
 * @key: what was found
 * @ofs: first byte that is not parsed
 * @end: end of what the layers so far enclose, never less than @ofs
 */
struct cursor {
	struct sk_buff *skb;
	struct vsw_key *key;
	int ofs;
	int end;
};

/* The next @len bytes, in the frame or copied to @buf, or NULL. */
static const void *peek(const struct cursor *c, int len, void *buf)
{
	if (len > c->end - c->ofs)
		return NULL;
	return skb_header_pointer(c->skb, c->ofs, len, buf);
}

/* UDP and SCTP; the ports come first. */
static void parse_ports(struct cursor *c, int len)
{
	const __be16 *port;
	u8 buf[sizeof(struct sctphdr)];

	port = peek(c, len, buf);
	if (!port)
		return;
	c->key->tp_src = port[0];
	c->key->tp_dst = port[1];
}

static void parse_tcp(struct cursor *c)
{
	const struct tcphdr *th;
	struct tcphdr buf;

	th = peek(c, sizeof(buf), &buf);
	if (!th || th->doff * 4 < sizeof(*th) || th->doff * 4 > c->end - c->ofs)
		return;
	c->key->tp_src = th->source;
	c->key->tp_dst = th->dest;
	c->key->tcp_flags = htons(ntohl(tcp_flag_word(th)) >> 16 & 0x0fff);
}

static void parse_icmp(struct cursor *c)
{
	const struct icmphdr *icmp;
	struct icmphdr buf;

	icmp = peek(c, sizeof(buf), &buf);
	if (!icmp)
		return;
	c->key->tp_src = htons(icmp->type);
	c->key->tp_dst = htons(icmp->code);
}

/**
 * vsw_nd_find_option() - find an Ethernet address in a neighbour message
 * @skb: the frame
 * @ofs: where the options start
 * @end: where they end
 * @type: ND_OPT_*_LL_ADDR
 *
 * Context: any.
 * Return: offset of the address, or -1. Of two such options the first counts.
 */
int vsw_nd_find_option(const struct sk_buff *skb, int ofs, int end, u8 type)
{
	const struct nd_opt_hdr *opt;
	struct nd_opt_hdr buf;
	int i, len;

	for (i = 0; i < ND_OPTIONS_MAX && end - ofs >= 8; i++) {
		opt = skb_header_pointer(skb, ofs, sizeof(buf), &buf);
		if (!opt)
			return -1;
		len = opt->nd_opt_len * 8;
		if (!len || len > end - ofs)
			return -1;
		if (opt->nd_opt_type == type && len == 8)
			return ofs + sizeof(*opt);
		ofs += len;
	}
	return -1;
}

static void parse_nd(struct cursor *c, u8 icmp_type)
{
	bool is_sol = icmp_type == NDISC_NEIGHBOUR_SOLICITATION;
	const struct nd_msg *nd;
	struct nd_msg buf;
	int ofs;

	nd = peek(c, sizeof(buf), &buf);
	if (!nd)
		return;
	c->key->nd_target = nd->target;
	ofs = vsw_nd_find_option(c->skb, c->ofs + sizeof(buf), c->end,
				 is_sol ? ND_OPT_SOURCE_LL_ADDR : ND_OPT_TARGET_LL_ADDR);
	if (ofs >= 0)
		skb_copy_bits(c->skb, ofs, is_sol ? c->key->arp_sha : c->key->arp_tha,
			      ETH_ALEN);
}

static void parse_icmpv6(struct cursor *c)
{
	const struct icmp6hdr *icmp;
	struct icmp6hdr buf;

	icmp = peek(c, sizeof(buf), &buf);
	if (!icmp)
		return;
	c->key->tp_src = htons(icmp->icmp6_type);
	c->key->tp_dst = htons(icmp->icmp6_code);
	if (!icmp->icmp6_code && vsw_icmp6_is_nd(icmp->icmp6_type))
		parse_nd(c, icmp->icmp6_type);
}

static void parse_transport(struct cursor *c)
{
	bool is_ipv6 = c->key->eth_type == htons(ETH_P_IPV6);

	/* Will leave as fragments; this is what the first of them has. */
	if (skb_shinfo(c->skb)->gso_type & SKB_GSO_UDP)
		c->key->ip_frag |= VSW_FRAG_ANY;
	skb_set_transport_header(c->skb, c->ofs);
	switch (c->key->ip_proto) {
	case IPPROTO_TCP:
		parse_tcp(c);
		break;
	case IPPROTO_UDP:
		parse_ports(c, sizeof(struct udphdr));
		break;
	case IPPROTO_SCTP:
		parse_ports(c, sizeof(struct sctphdr));
		break;
	case IPPROTO_ICMP:
		if (!is_ipv6)
			parse_icmp(c);
		break;
	case IPPROTO_ICMPV6:
		if (is_ipv6)
			parse_icmpv6(c);
		break;
	}
}

/* Super-packets longer than 64 KB say 0 where the length should be. */
static int l3_len(const struct cursor *c, u16 len, int avail)
{
	return !len && skb_is_gso(c->skb) ? avail : len;
}

static enum vsw_drop_reason parse_ipv4(struct cursor *c)
{
	int avail = c->end - c->ofs, hlen, len;
	struct vsw_key *key = c->key;
	const struct iphdr *ip;
	struct iphdr buf;

	ip = peek(c, sizeof(buf), &buf);
	if (!ip || ip->version != 4)
		return VSW_DROP_REASON_MALFORMED;
	hlen = ip->ihl * 4;
	len = l3_len(c, ntohs(ip->tot_len), avail);
	if (hlen < sizeof(*ip) || len < hlen || len > avail)
		return VSW_DROP_REASON_MALFORMED;

	key->ipv4_src = ip->saddr;
	key->ipv4_dst = ip->daddr;
	key->ip_proto = ip->protocol;
	key->ip_tos = ip->tos;
	key->ip_ttl = ip->ttl;
	if (ip->frag_off & htons(IP_OFFSET | IP_MF))
		key->ip_frag = VSW_FRAG_ANY;
	if (ip->frag_off & htons(IP_OFFSET))
		key->ip_frag |= VSW_FRAG_LATER;

	c->end = c->ofs + len;
	c->ofs += hlen;
	if (!(key->ip_frag & VSW_FRAG_LATER))
		parse_transport(c);
	return 0;
}

/*
 * Returns the length of an extension header at the cursor, 0 where there is
 * none, and less where it is truncated.
 */
static int ext_len(const struct cursor *c, u8 proto)
{
	const struct ipv6_opt_hdr *hdr;
	struct ipv6_opt_hdr buf;
	int len;

	switch (proto) {
	case NEXTHDR_HOP:
	case NEXTHDR_ROUTING:
	case NEXTHDR_DEST:
	case NEXTHDR_AUTH:
	case NEXTHDR_FRAGMENT:
		break;
	default:
		return 0;
	}
	hdr = peek(c, sizeof(buf), &buf);
	if (!hdr)
		return -1;
	if (proto == NEXTHDR_FRAGMENT)
		len = sizeof(struct frag_hdr);
	else if (proto == NEXTHDR_AUTH)
		len = ipv6_authlen(hdr);
	else
		len = ipv6_optlen(hdr);
	return len > c->end - c->ofs ? -1 : len;
}

static void parse_fragment(struct cursor *c)
{
	const struct frag_hdr *fh;
	struct frag_hdr buf;

	fh = peek(c, sizeof(buf), &buf);
	if (!fh)
		return;
	if (fh->frag_off & htons(IP6_OFFSET | IP6_MF))
		c->key->ip_frag |= VSW_FRAG_ANY;
	if (fh->frag_off & htons(IP6_OFFSET))
		c->key->ip_frag |= VSW_FRAG_LATER;
}

/*
 * Walks to the transport header. What a later fragment carries can't be known
 * without the first, so its protocol is 44, as in Open vSwitch.
 */
static enum vsw_drop_reason parse_ipv6_ext(struct cursor *c)
{
	const u8 *next;
	int i, len;
	u8 buf;

	for (i = 0; i < IPV6_EXT_MAX; i++) {
		len = ext_len(c, c->key->ip_proto);
		if (len < 0)
			return VSW_DROP_REASON_MALFORMED;
		if (!len)
			return 0;
		if (c->key->ip_proto == NEXTHDR_FRAGMENT)
			parse_fragment(c);
		if (c->key->ip_frag & VSW_FRAG_LATER)
			return 0;
		next = peek(c, 1, &buf);
		if (!next)
			return VSW_DROP_REASON_MALFORMED;
		c->key->ip_proto = *next;
		c->ofs += len;
	}
	return VSW_DROP_REASON_MALFORMED;
}

static enum vsw_drop_reason parse_ipv6(struct cursor *c)
{
	struct vsw_key *key = c->key;
	const struct ipv6hdr *ip6;
	struct ipv6hdr buf;
	int avail, len;

	ip6 = peek(c, sizeof(buf), &buf);
	if (!ip6 || ip6->version != 6)
		return VSW_DROP_REASON_MALFORMED;
	avail = c->end - c->ofs - sizeof(*ip6);
	len = l3_len(c, ntohs(ip6->payload_len), avail);
	if (len > avail)
		return VSW_DROP_REASON_MALFORMED;

	key->ipv6_src = ip6->saddr;
	key->ipv6_dst = ip6->daddr;
	key->ipv6_label = ip6_flowlabel(ip6);
	key->ip_proto = ip6->nexthdr;
	key->ip_tos = ipv6_get_dsfield(ip6);
	key->ip_ttl = ip6->hop_limit;

	c->ofs += sizeof(*ip6);
	c->end = c->ofs + len;
	if (parse_ipv6_ext(c))
		return VSW_DROP_REASON_MALFORMED;
	if (!(key->ip_frag & VSW_FRAG_LATER))
		parse_transport(c);
	return 0;
}

/* ARP for anything but IPv4 on Ethernet has no fields that flows know. */
static enum vsw_drop_reason parse_arp(struct cursor *c)
{
	const struct vsw_arp *arp;
	struct vsw_arp buf;

	arp = peek(c, sizeof(struct arphdr), &buf);
	if (!arp)
		return VSW_DROP_REASON_MALFORMED;
	if (!vsw_arp_is_ipv4(arp))
		return 0;
	arp = peek(c, sizeof(buf), &buf);
	if (!arp)
		return VSW_DROP_REASON_MALFORMED;
	c->key->arp_op = arp->op;
	c->key->ipv4_src = arp->spa;
	c->key->ipv4_dst = arp->tpa;
	ether_addr_copy(c->key->arp_sha, arp->sha);
	ether_addr_copy(c->key->arp_tha, arp->tha);
	return 0;
}

/* 802.2: the type is in a SNAP header, or there is none. */
static __be16 parse_llc(struct cursor *c)
{
	static const u8 snap[] = { 0xaa, 0xaa, 0x03, 0, 0, 0 };
	struct {
		u8 snap[sizeof(snap)];
		__be16 type;
	} buf;
	const typeof(buf) *llc;

	llc = peek(c, sizeof(buf), &buf);
	if (!llc || memcmp(llc->snap, snap, sizeof(snap)) || !eth_proto_is_802_3(llc->type))
		return htons(VSW_ETH_TYPE_NONE);
	c->ofs += sizeof(buf);
	return llc->type;
}

/* The second tag, which stands in the data. A third one is payload. */
static enum vsw_drop_reason parse_inner_vlan(struct cursor *c, __be16 *type)
{
	const struct vlan_hdr *vlan;
	struct vlan_hdr buf;

	vlan = peek(c, sizeof(buf), &buf);
	if (!vlan || !skb_vlan_tag_present(c->skb))
		return VSW_DROP_REASON_MALFORMED;
	c->key->inner_vlan_tci = vlan->h_vlan_TCI | htons(VSW_VLAN_PRESENT);
	*type = vlan->h_vlan_encapsulated_proto;
	c->ofs += sizeof(buf);
	return 0;
}

static enum vsw_drop_reason parse_ethernet(struct cursor *c)
{
	struct sk_buff *skb = c->skb;
	const struct ethhdr *eth;
	struct ethhdr buf;
	__be16 type;

	eth = peek(c, sizeof(buf), &buf);
	if (!eth)
		return VSW_DROP_REASON_MALFORMED;
	ether_addr_copy(c->key->eth_dst, eth->h_dest);
	ether_addr_copy(c->key->eth_src, eth->h_source);
	type = eth->h_proto;
	c->ofs += sizeof(buf);
	/*
	 * Raw sockets and tunnels may say something else, and so does a tag that
	 * has gone to the metadata from in front of a length.
	 */
	if (eth_proto_is_802_3(type))
		skb->protocol = type;
	else if (eth_type_vlan(skb->protocol))
		skb->protocol = htons(ETH_P_802_2);

	if (skb_vlan_tag_present(skb)) {
		c->key->vlan_tci = htons(skb_vlan_tag_get(skb) | VSW_VLAN_PRESENT);
		c->key->vlan_tpid = skb->vlan_proto;
	}
	if (eth_type_vlan(type)) {
		c->key->inner_vlan_tpid = type;
		if (parse_inner_vlan(c, &type))
			return VSW_DROP_REASON_MALFORMED;
	}
	if (!eth_proto_is_802_3(type))
		type = parse_llc(c);
	c->key->eth_type = type;
	skb_set_network_header(skb, c->ofs);
	skb_reset_mac_len(skb);
	return 0;
}

static enum vsw_drop_reason parse_network(struct cursor *c)
{
	switch (c->key->eth_type) {
	case htons(ETH_P_IP):
		return parse_ipv4(c);
	case htons(ETH_P_IPV6):
		return parse_ipv6(c);
	case htons(ETH_P_ARP):
	case htons(ETH_P_RARP):
		return parse_arp(c);
	}
	return 0;
}

/*
 * The length of TCP segments is computed where the frame leaves, from a TCP
 * header that has to be in the head of the skb. Senders of all kinds, guests
 * among them, say that a frame is to be cut and where its headers are.
 */
static bool has_tcp_header(struct sk_buff *skb)
{
	const struct tcphdr *th;
	int ofs;

	if (skb->encapsulation)
		ofs = skb_inner_transport_offset(skb);
	else if (skb_transport_header_was_set(skb))
		ofs = skb_transport_offset(skb);
	else
		return false;
	if (ofs < 0 || !pskb_may_pull(skb, ofs + sizeof(*th)))
		return false;
	th = (const struct tcphdr *)(skb->data + ofs);
	return th->doff * 4 >= sizeof(*th);
}

static_assert(offsetof(struct vsw_key, pkt_mark) == 4);
static_assert(offsetof(struct vsw_key, eth_dst) == 6 * sizeof(u64));
static_assert(offsetof(struct vsw_key, vlan_tci) == 7 * sizeof(u64) + 6);
static_assert(offsetof(struct vsw_key, vlan_tpid) == 8 * sizeof(u64) + 2);
static_assert(offsetof(struct vsw_key, ip_proto) == 8 * sizeof(u64) + 4);
static_assert(offsetof(struct vsw_key, tp_src) == 9 * sizeof(u64));
static_assert(offsetof(struct vsw_key, tcp_flags) == 9 * sizeof(u64) + 4);
static_assert(offsetof(struct vsw_key, ipv4_src) == 10 * sizeof(u64));

/* What follows the first two of eight bytes, where it begins a word. */
static u64 last_six(const void *eight)
{
	u64 word = get_unaligned((const u64 *)eight);

#ifdef __LITTLE_ENDIAN
	return word >> 16;
#else
	return word << 16;
#endif
}

/* What most frames have in common; the rest of the words of L2 is 0. */
static void set_ethernet(struct vsw_pkt *pkt, const struct ethhdr *eth)
{
	struct sk_buff *skb = pkt->skb;
	struct vsw_key *key = &pkt->key;
	__be16 tci = 0, tpid = 0;

	if (skb_vlan_tag_present(skb)) {
		tci = htons(skb_vlan_tag_get(skb) | VSW_VLAN_PRESENT);
		tpid = skb->vlan_proto;
	}
	key->w[6] = get_unaligned((const u64 *)eth->h_dest);
	key->w[7] = last_six(eth->h_source) | vsw_bytes((__force u16)tci, 6, 2);
	key->w[8] = vsw_bytes((__force u16)tpid, 2, 2);
	key->w[9] = 0;
	key->w[15] = 0;
	skb->protocol = eth->h_proto;
	skb_set_network_header(skb, ETH_HLEN);
	skb_reset_mac_len(skb);
}

/* The ports of UDP are where those of TCP are. */
static bool set_ports(struct vsw_pkt *pkt, u8 proto, const void *l4, unsigned int len)
{
	const struct tcphdr *th = l4;
	__be16 flags = 0;

	switch (proto) {
	case IPPROTO_TCP:
		if (len < sizeof(*th) || th->doff * 4 < sizeof(*th) || th->doff * 4 > len)
			return false;
		flags = htons(ntohl(tcp_flag_word(th)) >> 16 & 0x0fff);
		break;
	case IPPROTO_UDP:
		if (len < sizeof(struct udphdr))
			return false;
		break;
	default:
		return false;
	}
	pkt->key.w[9] = vsw_bytes(get_unaligned((const u32 *)th), 0, 4) |
			vsw_bytes((__force u16)flags, 4, 2);
	skb_set_transport_header(pkt->skb, ETH_HLEN + sizeof(struct iphdr));
	return true;
}

/* IPv4 without options and not in fragments. */
static bool set_ipv4(struct vsw_pkt *pkt, const struct iphdr *ip, unsigned int avail,
		     enum vsw_depth depth)
{
	struct vsw_key *key = &pkt->key;
	unsigned int len;

	if (avail < sizeof(*ip) || ip->version != 4 || ip->ihl != 5 ||
	    ip->frag_off & htons(IP_OFFSET | IP_MF))
		return false;
	len = ntohs(ip->tot_len);
	if (len < sizeof(*ip) || len > pkt->skb->len - ETH_HLEN)
		return false;
	key->w[8] |= vsw_bytes(ip->protocol, 4, 1) | vsw_bytes(ip->tos, 5, 1) |
		     vsw_bytes(ip->ttl, 6, 1);
	key->w[10] = get_unaligned((const u64 *)&ip->saddr);
	return depth < VSW_DEPTH_L4 ||
	       set_ports(pkt, ip->protocol, ip + 1, min(len, avail) - sizeof(*ip));
}

/*
 * Nine in ten frames are of one shape, and all that is asked for stands at the
 * same place in the head of the skb. Returns false for others.
 */
static bool parse_common(struct vsw_pkt *pkt, enum vsw_depth depth)
{
	const struct ethhdr *eth = (const struct ethhdr *)pkt->skb->data;
	unsigned int avail = skb_headlen(pkt->skb);

	if (avail < ETH_HLEN || skb_is_gso(pkt->skb) ||
	    !eth_proto_is_802_3(eth->h_proto) || eth_type_vlan(eth->h_proto))
		return false;
	set_ethernet(pkt, eth);
	if (depth == VSW_DEPTH_L2)
		return true;
	if (eth->h_proto != htons(ETH_P_IP))
		return vsw_class_of(eth->h_proto) == VSW_CLASS_OTHER;
	return set_ipv4(pkt, (const struct iphdr *)(eth + 1), avail - ETH_HLEN, depth);
}

static enum vsw_drop_reason parse_any(struct vsw_pkt *pkt, enum vsw_depth depth)
{
	struct sk_buff *skb = pkt->skb;
	struct cursor c = {
		.skb = skb,
		.key = &pkt->key,
		.end = skb->len,
	};

	memset(&pkt->key, 0, offsetof(struct vsw_key, tun));
	if (parse_ethernet(&c))
		return VSW_DROP_REASON_MALFORMED;
	if (depth == VSW_DEPTH_L2 && !skb_is_gso(skb))
		return 0;
	if (parse_network(&c))
		return VSW_DROP_REASON_MALFORMED;
	if (skb_is_gso(skb) && skb_is_gso_tcp(skb) && !has_tcp_header(skb))
		return VSW_DROP_REASON_MALFORMED;
	return 0;
}

/**
 * vsw_parse() - fill in the key of a frame
 * @pkt: the frame
 * @depth: which headers are asked for; deeper ones may not be looked at, and
 *	their words of the key not set
 *
 * Sets the network header of the frame, and the transport header where one is
 * asked for and there. Pulls the headers of a frame of TCP segments into the
 * head of the skb, so pointers into it are to be taken anew.
 *
 * Context: BH off.
 * Return: 0 or VSW_DROP_REASON_MALFORMED.
 */
vsw_hot enum vsw_drop_reason vsw_parse(struct vsw_pkt *pkt, enum vsw_depth depth)
{
	enum vsw_drop_reason reason = 0;

	if (!parse_common(pkt, depth))
		reason = parse_any(pkt, depth);
	pkt->key.w[0] = vsw_bytes(pkt->in->no, 0, 4) | vsw_bytes(pkt->skb->mark, 4, 4);
	return reason;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_parse);
