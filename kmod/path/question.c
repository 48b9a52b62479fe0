// SPDX-License-Identifier: GPL-2.0
/*
 * Questions: who wants to know the link-layer address of a station, and the answer.
 */
#include "path/question.h"

#include <linux/etherdevice.h>
#include <linux/ipv6.h>
#include <net/ip6_checksum.h>
#include <net/ipv6.h>
#include <net/ndisc.h>

#include "path/route.h"
#include "path/wire.h"

/* Who asks for itself wants to know if somebody else is there. */
static bool read_arp(const struct sk_buff *skb, struct vsw_question *q)
{
	const struct vsw_arp *arp;
	struct vsw_arp buf;

	arp = skb_header_pointer(skb, ETH_HLEN, sizeof(buf), &buf);
	if (!arp || !vsw_arp_is_ipv4(arp) || arp->op != htons(ARPOP_REQUEST) ||
	    !arp->spa || arp->spa == arp->tpa || !is_valid_ether_addr(arp->sha))
		return false;
	ipv6_addr_set_v4mapped(arp->tpa, &q->target);
	ipv6_addr_set_v4mapped(arp->spa, &q->asker);
	ether_addr_copy(q->lladdr, arp->sha);
	return true;
}

static bool has_good_sum(const struct sk_buff *skb, const struct ipv6hdr *ip6)
{
	unsigned int offset = ETH_HLEN + sizeof(*ip6), len = ntohs(ip6->payload_len);

	return skb->len >= offset + len &&
	       !csum_ipv6_magic(&ip6->saddr, &ip6->daddr, len, IPPROTO_ICMPV6,
				skb_checksum(skb, offset, len, 0));
}

/* An IPv4-mapped address is none on a wire; here it stands for an IPv4 address. */
static bool is_station(const struct in6_addr *addr)
{
	return !ipv6_addr_any(addr) && !ipv6_addr_is_multicast(addr) && !ipv6_addr_v4mapped(addr);
}

static bool read_nd(const struct sk_buff *skb, struct vsw_question *q)
{
	struct {
		struct ipv6hdr ip6;
		struct nd_msg msg;
	} buf;
	const typeof(buf) *p = skb_header_pointer(skb, ETH_HLEN, sizeof(buf), &buf);

	if (!p || p->ip6.nexthdr != IPPROTO_ICMPV6 || p->ip6.hop_limit != 255 ||
	    p->msg.icmph.icmp6_type != NDISC_NEIGHBOUR_SOLICITATION ||
	    p->msg.icmph.icmp6_code || !is_station(&p->ip6.saddr) || !is_station(&p->msg.target) ||
	    ntohs(p->ip6.payload_len) < sizeof(p->msg) || !has_good_sum(skb, &p->ip6) ||
	    !is_valid_ether_addr(eth_hdr(skb)->h_source))
		return false;
	q->target = p->msg.target;
	q->asker = p->ip6.saddr;
	ether_addr_copy(q->lladdr, eth_hdr(skb)->h_source);
	return true;
}

/**
 * vsw_question_read() - is a frame a question that may be answered for another?
 * @skb: the frame, with what it carries behind its Ethernet header
 * @q: filled in if it is
 *
 * Who asks whether an address is free is answered by nobody but its owner.
 *
 * Context: Any.
 * Return: Whether it is.
 */
bool vsw_question_read(const struct sk_buff *skb, struct vsw_question *q)
{
	switch (eth_hdr(skb)->h_proto) {
	case htons(ETH_P_ARP):
		return read_arp(skb, q);
	case htons(ETH_P_IPV6):
		return read_nd(skb, q);
	}
	return false;
}

/**
 * vsw_question_answer() - make the answer
 * @q: the question
 * @lladdr: the address that was asked for
 * @is_router: whoever has it forwards packets; a host that hears otherwise of its
 *	default router looks for another one
 * @overrides: what others have said counts no more
 *
 * Context: BH off.
 * Return: The frame, or NULL.
 */
struct sk_buff *vsw_question_answer(const struct vsw_question *q, const u8 *lladdr,
				    bool is_router, bool overrides)
{
	if (ipv6_addr_v4mapped(&q->target))
		return vsw_arp_answer(lladdr, &q->target, &q->asker, q->lladdr);
	return vsw_nd_answer(lladdr, &q->target, &q->asker, q->lladdr, is_router,
			     overrides);
}
