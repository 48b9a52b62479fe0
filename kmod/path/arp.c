// SPDX-License-Identifier: GPL-2.0
/*
 * ARP: how a router says its link-layer address and learns those of others.
 */
#include <linux/etherdevice.h>
#include <net/ipv6.h>

#include "core/router.h"
#include "path/route.h"
#include "path/wire.h"

static struct sk_buff *make(const u8 *sha, u16 op, __be32 spa, const u8 *dst,
			    const u8 *tha, __be32 tpa)
{
	struct sk_buff *skb = vsw_route_alloc(sha, htons(ETH_P_ARP), sizeof(struct vsw_arp));
	struct vsw_arp *arp;

	if (!skb)
		return NULL;
	ether_addr_copy(eth_hdr(skb)->h_dest, dst);
	arp = (struct vsw_arp *)skb_network_header(skb);
	arp->hrd = htons(ARPHRD_ETHER);
	arp->pro = htons(ETH_P_IP);
	arp->hln = ETH_ALEN;
	arp->pln = sizeof(arp->spa);
	arp->op = htons(op);
	ether_addr_copy(arp->sha, sha);
	arp->spa = spa;
	ether_addr_copy(arp->tha, tha);
	arp->tpa = tpa;
	return skb;
}

/**
 * vsw_arp_answer() - make the answer to a request
 * @lladdr: the address that was asked for
 * @target: of this IPv4 address
 * @asker: IPv4 address of who has asked
 * @to: its link-layer address
 *
 * Context: BH off.
 * Return: The frame, or NULL.
 */
struct sk_buff *vsw_arp_answer(const u8 *lladdr, const struct in6_addr *target,
			       const struct in6_addr *asker, const u8 *to)
{
	return make(lladdr, ARPOP_REPLY, target->s6_addr32[3], to, to, asker->s6_addr32[3]);
}

static void send(const struct vsw_rif *rif, struct sk_buff *skb)
{
	if (skb)
		vsw_route_emit(NULL, rif, skb);
}

/**
 * vsw_arp_ask() - ask for the link-layer address of a neighbour
 * @rif: interface
 * @addr: the neighbour's address, IPv4-mapped
 * @lladdr: where it was last, 0 to ask everybody
 *
 * Context: BH off, RCU read section.
 */
void vsw_arp_ask(const struct vsw_rif *rif, const struct in6_addr *addr, u64 lladdr)
{
	const struct in6_addr *from = vsw_rif_source(rif, addr);
	u8 dst[ETH_ALEN];
	u8 zero[ETH_ALEN] = {};

	if (!from)
		return;
	if (lladdr)
		u64_to_ether_addr(lladdr, dst);
	else
		eth_broadcast_addr(dst);
	send(rif, make(rif->lladdr, ARPOP_REQUEST, from->s6_addr32[3], dst, zero,
		       addr->s6_addr32[3]));
}

/* Who is asked for is the only one that takes down who asks. */
static void learn(const struct vsw_rif *rif, const struct vsw_arp *arp, bool is_for_us)
{
	struct in6_addr addr;

	ipv6_addr_set_v4mapped(arp->spa, &addr);
	if (!arp->spa || !is_valid_ether_addr(arp->sha) || vsw_rif_has_addr(rif, &addr))
		return;
	vsw_route_learn(rif, &addr, arp->sha,
			VSW_NEIGH_F_CHANGE | (is_for_us ? VSW_NEIGH_F_CREATE : 0));
}

static void answer(const struct vsw_rif *rif, const struct vsw_arp *arp)
{
	if (arp->op == htons(ARPOP_REQUEST) && is_valid_ether_addr(arp->sha))
		send(rif, make(rif->lladdr, ARPOP_REPLY, arp->tpa, arp->sha, arp->sha,
			       arp->spa));
}

/**
 * vsw_arp_rx() - a router gets an ARP message
 * @trip: the message, consumed
 *
 * Context: BH off, RCU read section.
 */
void vsw_arp_rx(const struct vsw_trip *trip)
{
	const struct vsw_rif *rif = trip->in;
	const struct vsw_arp *arp;
	struct in6_addr target;
	struct vsw_arp buf;
	bool is_for_us;

	arp = skb_header_pointer(trip->skb, ETH_HLEN, sizeof(buf), &buf);
	if (arp && vsw_arp_is_ipv4(arp)) {
		ipv6_addr_set_v4mapped(arp->tpa, &target);
		is_for_us = vsw_rif_has_addr(rif, &target);
		learn(rif, arp, is_for_us);
		if (is_for_us)
			answer(rif, arp);
	}
	vsw_route_end(trip);
}
