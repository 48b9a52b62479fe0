// SPDX-License-Identifier: GPL-2.0
/*
 * ICMP: what a router answers to those who ask it, and tells those whose
 * packets it can't forward.
 */
#include <linux/etherdevice.h>
#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <linux/ip.h>
#include <net/ip.h>
#include <net/ip6_checksum.h>
#include <net/ipv6.h>

#include "core/router.h"
#include "path/count.h"
#include "path/route.h"
#include "path/wire.h"

/* Errors are no longer than what every host takes. */
#define ERROR_MAX	576

/* How an error is said. */
struct saying {
	u8 type;
	u8 code;
};

static const struct saying sayings[] = {
	[VSW_ICMP_TTL]		= { ICMP_TIME_EXCEEDED, ICMP_EXC_TTL },
	[VSW_ICMP_NO_ROUTE]	= { ICMP_DEST_UNREACH, ICMP_NET_UNREACH },
	[VSW_ICMP_NO_HOST]	= { ICMP_DEST_UNREACH, ICMP_HOST_UNREACH },
	[VSW_ICMP_PROHIBITED]	= { ICMP_DEST_UNREACH, ICMP_PKT_FILTERED },
	[VSW_ICMP_NO_PROTOCOL]	= { ICMP_DEST_UNREACH, ICMP_PROT_UNREACH },
	[VSW_ICMP_NO_PORT]	= { ICMP_DEST_UNREACH, ICMP_PORT_UNREACH },
	[VSW_ICMP_TOO_BIG]	= { ICMP_DEST_UNREACH, ICMP_FRAG_NEEDED },
};

static const struct saying sayings6[] = {
	[VSW_ICMP_TTL]		= { ICMPV6_TIME_EXCEED, ICMPV6_EXC_HOPLIMIT },
	[VSW_ICMP_NO_ROUTE]	= { ICMPV6_DEST_UNREACH, ICMPV6_NOROUTE },
	[VSW_ICMP_NO_HOST]	= { ICMPV6_DEST_UNREACH, ICMPV6_ADDR_UNREACH },
	[VSW_ICMP_PROHIBITED]	= { ICMPV6_DEST_UNREACH, ICMPV6_ADM_PROHIBITED },
	[VSW_ICMP_NO_PROTOCOL]	= { ICMPV6_PARAMPROB, ICMPV6_UNK_NEXTHDR },
	[VSW_ICMP_NO_PORT]	= { ICMPV6_DEST_UNREACH, ICMPV6_PORT_UNREACH },
	[VSW_ICMP_TOO_BIG]	= { ICMPV6_PKT_TOOBIG, 0 },
};

/* Only the first fragment is answered, and no error. */
static bool may_answer(const struct sk_buff *skb)
{
	const struct iphdr *ip = ip_hdr(skb);
	const u8 *type;
	u8 buf;

	if (ip->frag_off & htons(IP_OFFSET))
		return false;
	if (ip->protocol != IPPROTO_ICMP)
		return true;
	type = skb_header_pointer(skb, ETH_HLEN + ip->ihl * 4, 1, &buf);
	return type && (*type == ICMP_ECHO || *type == ICMP_ECHOREPLY ||
			*type == ICMP_TIMESTAMP || *type == ICMP_TIMESTAMPREPLY);
}

static void error4(const struct vsw_trip *trip, const struct saying *say, u32 mtu)
{
	const struct iphdr *old = ip_hdr(trip->skb);
	const struct in6_addr *from;
	struct icmphdr *icmp;
	struct in6_addr to;
	struct sk_buff *skb;
	struct iphdr *ip;
	unsigned int len;

	ipv6_addr_set_v4mapped(old->saddr, &to);
	from = vsw_rif_source(trip->in, &to);
	if (!from || !may_answer(trip->skb) || !__ratelimit(&trip->in->icmp))
		return;
	len = min_t(unsigned int, trip->skb->len - ETH_HLEN,
		    ERROR_MAX - sizeof(*ip) - sizeof(*icmp));
	skb = vsw_route_alloc(trip->in->lladdr, htons(ETH_P_IP),
			      sizeof(*ip) + sizeof(*icmp) + len);
	if (!skb)
		return;
	ip = ip_hdr(skb);
	ip->version = 4;
	ip->ihl = 5;
	ip->tos = 0xc0;
	ip->tot_len = htons(sizeof(*ip) + sizeof(*icmp) + len);
	ip->frag_off = htons(IP_DF);
	ip->ttl = VSW_ROUTE_TTL;
	ip->protocol = IPPROTO_ICMP;
	ip->saddr = from->s6_addr32[3];
	ip->daddr = old->saddr;
	ip_send_check(ip);
	icmp = (struct icmphdr *)(ip + 1);
	icmp->type = say->type;
	icmp->code = say->code;
	if (mtu)
		icmp->un.frag.mtu = htons(min_t(u32, mtu, U16_MAX));
	skb_copy_bits(trip->skb, ETH_HLEN, icmp + 1, len);
	icmp->checksum = csum_fold(csum_partial(icmp, sizeof(*icmp) + len, 0));
	vsw_route_reply(trip, skb, &to);
}

static bool may_answer6(const struct sk_buff *skb)
{
	const struct ipv6hdr *ip6 = ipv6_hdr(skb);
	u8 proto = ip6->nexthdr;
	__be16 frag = 0;
	const u8 *type;
	int offset;
	u8 buf;

	if (ipv6_addr_any(&ip6->saddr))
		return false;
	offset = ipv6_skip_exthdr(skb, ETH_HLEN + sizeof(*ip6), &proto, &frag);
	if (offset < 0 || frag & htons(IP6_OFFSET))
		return false;
	if (proto != IPPROTO_ICMPV6)
		return true;
	type = skb_header_pointer(skb, offset, 1, &buf);
	return type && *type & ICMPV6_INFOMSG_MASK && !vsw_icmp6_is_nd(*type);
}

static void error6(const struct vsw_trip *trip, const struct saying *say, u32 mtu)
{
	const struct ipv6hdr *old = ipv6_hdr(trip->skb);
	struct in6_addr to = old->saddr;
	struct icmp6hdr *icmp;
	struct ipv6hdr *ip6;
	struct sk_buff *skb;
	unsigned int len;

	if (!may_answer6(trip->skb) || !__ratelimit(&trip->in->icmp))
		return;
	len = min_t(unsigned int, trip->skb->len - ETH_HLEN,
		    IPV6_MIN_MTU - sizeof(*ip6) - sizeof(*icmp));
	skb = vsw_route_alloc(trip->in->lladdr, htons(ETH_P_IPV6),
			      sizeof(*ip6) + sizeof(*icmp) + len);
	if (!skb)
		return;
	ip6 = ipv6_hdr(skb);
	ip6->version = 6;
	ip6->payload_len = htons(sizeof(*icmp) + len);
	ip6->nexthdr = IPPROTO_ICMPV6;
	ip6->hop_limit = VSW_ROUTE_TTL;
	ip6->saddr = *vsw_rif_source(trip->in, &to);
	ip6->daddr = to;
	icmp = (struct icmp6hdr *)(ip6 + 1);
	icmp->icmp6_type = say->type;
	icmp->icmp6_code = say->code;
	if (say->type == ICMPV6_PARAMPROB)
		mtu = offsetof(struct ipv6hdr, nexthdr);
	icmp->icmp6_mtu = htonl(mtu);
	skb_copy_bits(trip->skb, ETH_HLEN, icmp + 1, len);
	icmp->icmp6_cksum = csum_ipv6_magic(&ip6->saddr, &ip6->daddr, sizeof(*icmp) + len,
					    IPPROTO_ICMPV6,
					    csum_partial(icmp, sizeof(*icmp) + len, 0));
	vsw_route_reply(trip, skb, &to);
}

/**
 * vsw_icmp_error() - tell who has sent a packet why it does not arrive
 * @trip: the packet, not consumed
 * @error: why
 * @mtu: what would fit, for VSW_ICMP_TOO_BIG
 *
 * As often as the interface may, and not about errors.
 *
 * Context: BH off, RCU read section.
 */
void vsw_icmp_error(const struct vsw_trip *trip, enum vsw_icmp_error error, u32 mtu)
{
	if (!trip->in)
		return;
	if (ip_hdr(trip->skb)->version == 4)
		error4(trip, &sayings[error], mtu);
	else
		error6(trip, &sayings6[error], mtu);
}

/* Nothing listens here. What a fragment is for shows only when it is put together. */
static enum vsw_drop_reason refuse(const struct vsw_trip *trip, u8 proto)
{
	bool has_ports = proto == IPPROTO_TCP || proto == IPPROTO_UDP;

	if (proto != IPPROTO_ICMP && proto != IPPROTO_ICMPV6 && proto != NEXTHDR_FRAGMENT)
		vsw_icmp_error(trip, has_ports ? VSW_ICMP_NO_PORT : VSW_ICMP_NO_PROTOCOL, 0);
	return VSW_DROP_REASON_ROUTER_HOST;
}

/* The request becomes the reply; its checksum changes by the difference. */
static enum vsw_drop_reason make_writable(struct sk_buff *skb, unsigned int len)
{
	if (skb->len < len)
		return VSW_DROP_REASON_MALFORMED;
	if (skb_ensure_writable(skb, len))
		return VSW_DROP_REASON_NO_MEMORY;
	if (skb->ip_summed == CHECKSUM_COMPLETE)
		skb->ip_summed = CHECKSUM_NONE;
	return 0;
}

static enum vsw_drop_reason end(const struct vsw_trip *trip)
{
	vsw_route_end(trip);
	return 0;
}

static void reply(const struct vsw_trip *trip, const struct in6_addr *to)
{
	struct vsw_trip made = { .in = trip->in };

	vsw_count_tx(trip->in->port, vsw_frame_len(trip->skb));
	vsw_route_reply(&made, trip->skb, to);
}

/**
 * vsw_icmp_rx() - a router gets an IPv4 packet
 * @trip: the packet, consumed where 0 is returned
 *
 * Context: BH off, RCU read section.
 * Return: 0, or the reason to drop it.
 */
enum vsw_drop_reason vsw_icmp_rx(const struct vsw_trip *trip)
{
	struct iphdr *ip = ip_hdr(trip->skb);
	unsigned int len = ip->ihl * 4;
	enum vsw_drop_reason reason;
	struct icmphdr *icmp;
	struct in6_addr to;

	if (ip->protocol != IPPROTO_ICMP || ip_is_fragment(ip))
		return refuse(trip, ip->protocol);
	reason = make_writable(trip->skb, ETH_HLEN + len + sizeof(*icmp));
	if (reason)
		return reason;
	ip = ip_hdr(trip->skb);
	icmp = (void *)ip + len;
	if (icmp->type != ICMP_ECHO || icmp->code)
		return VSW_DROP_REASON_ROUTER_HOST;
	csum_replace2(&icmp->checksum, htons(ICMP_ECHO << 8), htons(ICMP_ECHOREPLY << 8));
	icmp->type = ICMP_ECHOREPLY;
	ipv6_addr_set_v4mapped(ip->saddr, &to);
	swap(ip->saddr, ip->daddr);
	ip->ttl = VSW_ROUTE_TTL;
	ip_send_check(ip);
	reply(trip, &to);
	return 0;
}

static struct icmp6hdr *icmp6_of(struct sk_buff *skb)
{
	return (struct icmp6hdr *)(ipv6_hdr(skb) + 1);
}

static enum vsw_drop_reason echo6(const struct vsw_trip *trip)
{
	struct ipv6hdr *ip6 = ipv6_hdr(trip->skb);
	struct icmp6hdr *icmp = icmp6_of(trip->skb);
	struct in6_addr to = ip6->saddr;

	if (ipv6_addr_any(&to))
		return VSW_DROP_REASON_ROUTER_ADDRESS;
	csum_replace2(&icmp->icmp6_cksum, htons(ICMPV6_ECHO_REQUEST << 8),
		      htons(ICMPV6_ECHO_REPLY << 8));
	icmp->icmp6_type = ICMPV6_ECHO_REPLY;
	ip6->saddr = ip6->daddr;
	ip6->daddr = to;
	ip6->hop_limit = VSW_ROUTE_TTL;
	reply(trip, &to);
	return 0;
}

/**
 * vsw_icmp6_rx() - a router gets an IPv6 packet, or one that is for many
 * @trip: the packet, consumed where 0 is returned
 *
 * Context: BH off, RCU read section.
 * Return: 0, or the reason to drop it.
 */
enum vsw_drop_reason vsw_icmp6_rx(const struct vsw_trip *trip)
{
	bool is_for_many = ipv6_addr_is_multicast(&ipv6_hdr(trip->skb)->daddr);
	u8 proto = ipv6_hdr(trip->skb)->nexthdr;
	enum vsw_drop_reason reason;
	u8 type;

	if (proto != IPPROTO_ICMPV6 && is_for_many)
		return end(trip);
	if (proto != IPPROTO_ICMPV6)
		return refuse(trip, proto);
	reason = make_writable(trip->skb, ETH_HLEN + sizeof(struct ipv6hdr) +
			       sizeof(struct icmp6hdr));
	if (reason)
		return reason;
	type = icmp6_of(trip->skb)->icmp6_type;
	if (vsw_icmp6_is_nd(type)) {
		if (skb_linearize(trip->skb))
			return VSW_DROP_REASON_NO_MEMORY;
		vsw_nd_rx(trip);
		return 0;
	}
	if (is_for_many)
		return end(trip);
	return type == ICMPV6_ECHO_REQUEST ? echo6(trip) : VSW_DROP_REASON_ROUTER_HOST;
}
