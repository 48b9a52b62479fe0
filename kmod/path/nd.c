// SPDX-License-Identifier: GPL-2.0
/*
 * ND: how a router says its link-layer address and learns those of others, for
 * IPv6.
 */
#include <linux/etherdevice.h>
#include <linux/icmpv6.h>
#include <net/addrconf.h>
#include <net/if_inet6.h>
#include <net/ip6_checksum.h>
#include <net/ndisc.h>

#include "core/router.h"
#include "path/route.h"

/**
 * struct nd - a solicitation or an advertisement, with one option
 * @msg: the message
 * @type: of the option
 * @len: of the option, in units of 8 bytes
 * @lladdr: what it says
 */
struct nd {
	struct nd_msg msg;
	u8 type;
	u8 len;
	u8 lladdr[ETH_ALEN];
} __packed;

static struct sk_buff *make(const u8 *lladdr, u8 type, const struct in6_addr *from,
			    const struct in6_addr *to, const struct in6_addr *target)
{
	struct sk_buff *skb;
	struct ipv6hdr *ip6;
	struct nd *nd;

	skb = vsw_route_alloc(lladdr, htons(ETH_P_IPV6), sizeof(*ip6) + sizeof(*nd));
	if (!skb)
		return NULL;
	ip6 = ipv6_hdr(skb);
	ip6->version = 6;
	ip6->payload_len = htons(sizeof(*nd));
	ip6->nexthdr = IPPROTO_ICMPV6;
	ip6->hop_limit = 255;
	ip6->saddr = *from;
	ip6->daddr = *to;
	nd = (struct nd *)(ip6 + 1);
	nd->msg.icmph.icmp6_type = type;
	nd->msg.target = *target;
	nd->len = 1;
	ether_addr_copy(nd->lladdr, lladdr);
	return skb;
}

static struct nd *nd_of(struct sk_buff *skb)
{
	return (struct nd *)(ipv6_hdr(skb) + 1);
}

static void finish(struct sk_buff *skb, const u8 *dst)
{
	struct ipv6hdr *ip6 = ipv6_hdr(skb);
	struct nd *nd = nd_of(skb);

	ether_addr_copy(eth_hdr(skb)->h_dest, dst);
	nd->msg.icmph.icmp6_cksum =
		csum_ipv6_magic(&ip6->saddr, &ip6->daddr, sizeof(*nd), IPPROTO_ICMPV6,
				csum_partial(nd, sizeof(*nd), 0));
}

static void send(const struct vsw_rif *rif, struct sk_buff *skb, const u8 *dst)
{
	finish(skb, dst);
	vsw_route_emit(NULL, rif, skb);
}

/**
 * vsw_nd_answer() - make the answer to a solicitation, in the name of a station
 * @lladdr: the address that was asked for
 * @target: of this IPv6 address
 * @asker: IPv6 address of who has asked
 * @to: its link-layer address
 * @is_router: the station forwards packets
 * @overrides: what others have said counts no more
 *
 * Context: BH off.
 * Return: The frame, or NULL.
 */
struct sk_buff *vsw_nd_answer(const u8 *lladdr, const struct in6_addr *target,
			      const struct in6_addr *asker, const u8 *to, bool is_router,
			      bool overrides)
{
	struct sk_buff *skb = make(lladdr, NDISC_NEIGHBOUR_ADVERTISEMENT, target, asker, target);

	if (!skb)
		return NULL;
	nd_of(skb)->type = ND_OPT_TARGET_LL_ADDR;
	nd_of(skb)->msg.icmph.icmp6_router = is_router;
	nd_of(skb)->msg.icmph.icmp6_solicited = 1;
	nd_of(skb)->msg.icmph.icmp6_override = overrides;
	finish(skb, to);
	return skb;
}

/**
 * vsw_nd_ask() - ask for the link-layer address of a neighbour
 * @rif: interface
 * @addr: the neighbour's address
 * @lladdr: where it was last, 0 to ask everybody
 *
 * Context: BH off, RCU read section.
 */
void vsw_nd_ask(const struct vsw_rif *rif, const struct in6_addr *addr, u64 lladdr)
{
	const struct in6_addr *from = vsw_rif_source(rif, addr);
	struct in6_addr to = *addr;
	struct sk_buff *skb;
	u8 dst[ETH_ALEN];

	if (lladdr) {
		u64_to_ether_addr(lladdr, dst);
	} else {
		addrconf_addr_solict_mult(addr, &to);
		ipv6_eth_mc_map(&to, dst);
	}
	skb = make(rif->lladdr, NDISC_NEIGHBOUR_SOLICITATION, from, &to, addr);
	if (!skb)
		return;
	nd_of(skb)->type = ND_OPT_SOURCE_LL_ADDR;
	send(rif, skb, dst);
}

/* The link-layer address in the option of a type, or NULL. */
static const u8 *find_option(const u8 *opt, unsigned int len, u8 type)
{
	while (len >= 8 && opt[1]) {
		if (opt[0] == type)
			return opt + 2;
		if (opt[1] * 8u > len)
			break;
		len -= opt[1] * 8;
		opt += opt[1] * 8;
	}
	return NULL;
}

static void learn(const struct vsw_rif *rif, const struct in6_addr *addr, const u8 *opt,
		  unsigned int flags)
{
	if (!opt || !is_valid_ether_addr(opt) || vsw_rif_has_addr(rif, addr) ||
	    ipv6_addr_any(addr) || ipv6_addr_is_multicast(addr) || ipv6_addr_v4mapped(addr))
		return;
	vsw_route_learn(rif, addr, opt, flags);
}

/* Whoever is asked by unicast may answer without the option. */
static void learn_target(const struct vsw_rif *rif, const struct nd_msg *msg, const u8 *opt)
{
	unsigned int flags = VSW_NEIGH_F_ADVERTISED;

	if (msg->icmph.icmp6_override)
		flags |= VSW_NEIGH_F_CHANGE;
	if (msg->icmph.icmp6_router)
		flags |= VSW_NEIGH_F_ROUTER;
	if (opt)
		learn(rif, &msg->target, opt, flags);
	else if (msg->icmph.icmp6_solicited)
		vsw_neigh_confirm(&rif->router->neighs, rif, &msg->target);
}

/* Who asks without an address of its own, to see whether one is free, asks for all. */
static void answer(const struct vsw_rif *rif, const struct sk_buff *skb,
		   const struct in6_addr *target)
{
	const struct in6_addr *to = &ipv6_hdr(skb)->saddr;
	bool is_solicited = !ipv6_addr_any(to);
	u8 dst[ETH_ALEN];
	struct sk_buff *reply;

	ether_addr_copy(dst, eth_hdr(skb)->h_source);
	if (!is_solicited) {
		to = &in6addr_linklocal_allnodes;
		ipv6_eth_mc_map(to, dst);
	}
	reply = make(rif->lladdr, NDISC_NEIGHBOUR_ADVERTISEMENT, target, to, target);
	if (!reply)
		return;
	nd_of(reply)->type = ND_OPT_TARGET_LL_ADDR;
	nd_of(reply)->msg.icmph.icmp6_router = 1;
	nd_of(reply)->msg.icmph.icmp6_solicited = is_solicited;
	nd_of(reply)->msg.icmph.icmp6_override = 1;
	send(rif, reply, dst);
}

static bool is_good(struct sk_buff *skb)
{
	const struct ipv6hdr *ip6 = ipv6_hdr(skb);
	unsigned int len = skb->len - ETH_HLEN - sizeof(*ip6);
	unsigned int offset = ETH_HLEN + sizeof(*ip6);
	__wsum sum = skb_checksum(skb, offset, len, 0);

	return len >= sizeof(struct nd_msg) && ip6->hop_limit == 255 &&
	       !csum_ipv6_magic(&ip6->saddr, &ip6->daddr, len, IPPROTO_ICMPV6, sum);
}

/**
 * vsw_nd_rx() - a router gets a solicitation or an advertisement
 * @trip: the message, linear, consumed
 *
 * Context: BH off, RCU read section.
 */
void vsw_nd_rx(const struct vsw_trip *trip)
{
	const struct vsw_rif *rif = trip->in;
	struct sk_buff *skb = trip->skb;
	const struct nd_msg *msg = (struct nd_msg *)(ipv6_hdr(skb) + 1);
	unsigned int len = skb_tail_pointer(skb) - (u8 *)msg;
	bool is_for_us;

	if (!is_good(skb) || msg->icmph.icmp6_code)
		goto end;
	len -= sizeof(*msg);
	is_for_us = vsw_rif_has_addr(rif, &msg->target);
	if (msg->icmph.icmp6_type == NDISC_NEIGHBOUR_SOLICITATION) {
		learn(rif, &ipv6_hdr(skb)->saddr,
		      find_option(msg->opt, len, ND_OPT_SOURCE_LL_ADDR),
		      VSW_NEIGH_F_CHANGE | (is_for_us ? VSW_NEIGH_F_CREATE : 0));
		if (is_for_us)
			answer(rif, skb, &msg->target);
	} else {
		learn_target(rif, msg, find_option(msg->opt, len, ND_OPT_TARGET_LL_ADDR));
	}
end:
	vsw_route_end(trip);
}
