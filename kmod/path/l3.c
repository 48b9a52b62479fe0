// SPDX-License-Identifier: GPL-2.0
/*
 * L3: frames that come from and go to devices without Ethernet. Within the
 * switch their packets have an Ethernet header like all others.
 */
#include "path/l3.h"

#include <linux/etherdevice.h>
#include <linux/if_vlan.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <net/if_inet6.h>
#include <net/ip.h>

#include "compat.h"
#include "core/port.h"
#include "path/count.h"
#include "path/drop.h"

/* Length of the IP header that a packet of this type at least has, or 0. */
static unsigned int header_len(__be16 proto)
{
	switch (proto) {
	case htons(ETH_P_IP):
		return sizeof(struct iphdr);
	case htons(ETH_P_IPV6):
		return sizeof(struct ipv6hdr);
	}
	return 0;
}

/* A packet for a group has the group's address, as on any Ethernet. */
static void set_destination(u8 *addr, const struct vsw_port *port, const struct sk_buff *skb)
{
	const struct ipv6hdr *ip6 = ipv6_hdr(skb);
	const struct iphdr *ip = ip_hdr(skb);

	if (skb->protocol == htons(ETH_P_IPV6) && ipv6_addr_is_multicast(&ip6->daddr))
		ipv6_eth_mc_map(&ip6->daddr, addr);
	else if (skb->protocol == htons(ETH_P_IP) && ipv4_is_multicast(ip->daddr))
		ip_eth_mc_map(ip->daddr, addr);
	else if (skb->protocol == htons(ETH_P_IP) && ipv4_is_lbcast(ip->daddr))
		eth_broadcast_addr(addr);
	else
		u64_to_ether_addr(READ_ONCE(port->l3.lladdr), addr);
}

static enum vsw_drop_reason push_header(const struct vsw_port *port, struct sk_buff *skb)
{
	unsigned int len = header_len(skb->protocol);
	struct ethhdr *eth;

	if (!len)
		return VSW_DROP_REASON_NOT_IP;
	if (!pskb_may_pull(skb, len))
		return VSW_DROP_REASON_MALFORMED;
	if (skb_cow_head(skb, ETH_HLEN))
		return VSW_DROP_REASON_NO_MEMORY;
	skb_reset_network_header(skb);
	eth = skb_push(skb, ETH_HLEN);
	set_destination(eth->h_dest, port, skb);
	u64_to_ether_addr(READ_ONCE(port->l3.peer), eth->h_source);
	eth->h_proto = skb->protocol;
	skb_reset_mac_header(skb);
	skb_reset_mac_len(skb);
	skb_postpush_rcsum(skb, eth, ETH_HLEN);
	return 0;
}

/**
 * vsw_l3_enter() - make a frame of what a device without Ethernet has received
 * @port: the device's port
 * @skb: the packet, data at its IP header; counted and dropped if it is no frame
 *
 * Context: BH off, RCU read section.
 * Return: Whether it is a frame now, as received by an Ethernet device.
 */
bool vsw_l3_enter(struct vsw_port *port, struct sk_buff *skb)
{
	unsigned int len = skb->len + ETH_HLEN;
	enum vsw_drop_reason reason;

	reason = push_header(port, skb);
	if (likely(!reason))
		return true;
	vsw_count_rx(port, len);
	vsw_drop(port, skb, reason);
	return false;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_l3_enter);

/* Length of the packet at the network header by what its header says; 0: wrong. */
/* Super-packets longer than 64 KB say 0. */
static unsigned int packet_len(const struct sk_buff *skb, __be16 proto)
{
	const struct ipv6hdr *ip6 = ipv6_hdr(skb);
	const struct iphdr *ip = ip_hdr(skb);

	if (proto == htons(ETH_P_IP) && !ip->tot_len && skb_is_gso(skb))
		return ip->version == 4 && ip->ihl >= 5 ? skb->len : 0;
	if (proto == htons(ETH_P_IP))
		return ip->version == 4 && ip->ihl >= 5 ? ntohs(ip->tot_len) : 0;
	return ip6->version == 6 ? sizeof(*ip6) + ntohs(ip6->payload_len) : 0;
}

/* Ethernet pads what is short. */
static enum vsw_drop_reason trim(struct sk_buff *skb, unsigned int len)
{
	if (!len || (!skb_is_gso(skb) && len > skb->len))
		return VSW_DROP_REASON_MALFORMED;
	if (skb_is_gso(skb))
		return 0;
	return pskb_trim_rcsum(skb, len) ? VSW_DROP_REASON_NO_MEMORY : 0;
}

static bool fits(const struct sk_buff *skb, unsigned int mtu)
{
	return skb_is_gso(skb) ? skb_gso_validate_network_len(skb, mtu) : skb->len <= mtu;
}

/**
 * vsw_l3_leave() - make a packet of a frame, for a device without Ethernet
 * @port: the device's port
 * @skb: the frame, data at its Ethernet header; at its IP header afterwards
 *
 * Context: BH off, RCU read section.
 * Return: 0, or a reason to drop the frame.
 */
enum vsw_drop_reason vsw_l3_leave(const struct vsw_port *port, struct sk_buff *skb)
{
	__be16 proto = eth_hdr(skb)->h_proto;
	unsigned int len = header_len(proto);
	enum vsw_drop_reason reason;

	if (!len || skb_vlan_tag_present(skb))
		return VSW_DROP_REASON_NOT_IP;
	if (!pskb_may_pull(skb, ETH_HLEN + len))
		return VSW_DROP_REASON_MALFORMED;
	skb_pull_rcsum(skb, ETH_HLEN);
	skb_reset_mac_header(skb);
	skb_reset_network_header(skb);
	skb_reset_mac_len(skb);
	skb->protocol = proto;
	reason = trim(skb, packet_len(skb, proto));
	if (unlikely(reason))
		return reason;
	return fits(skb, READ_ONCE(port->dev->mtu)) ? 0 : VSW_DROP_REASON_MTU;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_l3_leave);
