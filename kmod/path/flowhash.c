// SPDX-License-Identifier: GPL-2.0
/*
 * Flow hash: packets of a flow go the same way, where there are several.
 */
#include "path/flowhash.h"

#include <linux/hash.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/random.h>
#include <linux/skbuff.h>
#include <net/ip.h>

#include "compat.h"
#include "path/pkt.h"

/* Who sends packets must not choose where they collide. */
static u64 secret[2];

/**
 * vsw_flow_hash_init() - draw what the hash is keyed with
 *
 * Context: process.
 */
void vsw_flow_hash_init(void)
{
	get_random_bytes(secret, sizeof(secret));
}

/* With the protocol; without ports where the packet has none. */
static u64 ports_of(const struct sk_buff *skb, unsigned int offset, u8 proto, bool *has_ports)
{
	const __be32 *ports;
	__be32 buf;

	if (proto != IPPROTO_TCP && proto != IPPROTO_UDP && proto != IPPROTO_SCTP)
		return proto;
	ports = skb_header_pointer(skb, offset, sizeof(buf), &buf);
	if (!ports)
		return proto;
	*has_ports = true;
	return (u64)(__force u32)*ports << 32 | proto;
}

static u64 two(__be32 a, __be32 b)
{
	return (u64)(__force u32)a << 32 | (__force u32)b;
}

static u64 ipv4_hash(const struct sk_buff *skb, bool *has_ports)
{
	const struct iphdr *ip;
	struct iphdr buf;
	u64 ports;

	ip = skb_header_pointer(skb, ETH_HLEN, sizeof(buf), &buf);
	if (!ip)
		return 0;
	/* All fragments of a packet go the same way; most have no ports. */
	ports = ip_is_fragment(ip) ? ip->protocol :
		ports_of(skb, ETH_HLEN + ip->ihl * 4, ip->protocol, has_ports);
	return vsw_fold(two(ip->saddr, ip->daddr) ^ secret[0], ports ^ secret[1]);
}

static u64 ipv6_hash(const struct sk_buff *skb, bool *has_ports)
{
	const struct ipv6hdr *ip;
	struct ipv6hdr buf;
	const __be32 *src, *dst;
	u64 ports, hash;

	ip = skb_header_pointer(skb, ETH_HLEN, sizeof(buf), &buf);
	if (!ip)
		return 0;
	src = ip->saddr.s6_addr32;
	dst = ip->daddr.s6_addr32;
	ports = ports_of(skb, ETH_HLEN + sizeof(*ip), ip->nexthdr, has_ports);
	hash = vsw_fold(two(src[0], src[1]) ^ secret[0], two(src[2], src[3]) ^ secret[1]);
	hash = vsw_fold(two(dst[0], dst[1]) ^ hash, two(dst[2], dst[3]) ^ secret[1]);
	return vsw_fold(hash ^ secret[0], ports ^ secret[1]);
}

/* Ports in the upper bits of the last product may move few of its lower ones. */
static vsw_hot u64 hash_of(const struct sk_buff *skb, bool *has_ports)
{
	switch (((const struct ethhdr *)skb->data)->h_proto) {
	case htons(ETH_P_IP):
		return vsw_fold(ipv4_hash(skb, has_ports), GOLDEN_RATIO_64);
	case htons(ETH_P_IPV6):
		return vsw_fold(ipv6_hash(skb, has_ports), GOLDEN_RATIO_64);
	}
	return 0;
}

/**
 * vsw_flow_hash() - the hash of the flow that a packet belongs to
 * @skb: the frame, data at its Ethernet header
 *
 * Context: Any.
 * Return: The hash, the same for all of a flow; 0 for what is no IP.
 */
u64 vsw_flow_hash(const struct sk_buff *skb)
{
	bool has_ports;

	return hash_of(skb, &has_ports);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_flow_hash);

/**
 * vsw_flow_hash_set() - have the kernel know the hash of a frame
 * @skb: the frame, data at its Ethernet header
 *
 * It would compute one, and take ten times as long. What a device or a socket has
 * said stays, and what has no ports is left to the kernel, which looks farther.
 *
 * Context: Any.
 */
vsw_hot void vsw_flow_hash_set(struct sk_buff *skb)
{
	bool has_ports = false;
	u64 hash;

	if (skb->l4_hash || skb->sw_hash)
		return;
	hash = hash_of(skb, &has_ports);
	if (likely(has_ports))
		__skb_set_sw_hash(skb, hash ^ hash >> 32, true);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_flow_hash_set);
