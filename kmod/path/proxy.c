// SPDX-License-Identifier: GPL-2.0
/*
 * Proxy: who answers for the stations behind a device without Ethernet. Those
 * are the addresses that the namespace's own routes lead to by the device.
 */
#include "path/proxy.h"

#include <linux/etherdevice.h>
#include <linux/icmpv6.h>
#include <net/ip6_checksum.h>
#include <net/ip6_route.h>
#include <net/ipv6.h>
#include <net/ndisc.h>
#include <net/route.h>

#include "compat.h"
#include "core/port.h"
#include "path/count.h"
#include "path/pkt.h"
#include "path/rx.h"
#include "path/wire.h"

/**
 * struct nd - a solicitation as it is asked, an advertisement as it is answered
 * @ip6: IPv6 header
 * @msg: the message
 * @type: of its option; a solicitation may have others, or none
 * @len: of the option, in units of 8 bytes
 * @lladdr: what it says
 */
struct nd {
	struct ipv6hdr ip6;
	struct nd_msg msg;
	u8 type;
	u8 len;
	u8 lladdr[ETH_ALEN];
} __packed;

static bool leads_ipv4(const struct net_device *dev, __be32 addr)
{
	struct flowi4 fl4 = { .daddr = addr };
	struct rtable *rt;
	bool does;

	rt = ip_route_output_key(dev_net(dev), &fl4);
	if (IS_ERR(rt))
		return false;
	does = rt->dst.dev == dev && rt->rt_type == RTN_UNICAST;
	ip_rt_put(rt);
	return does;
}

static bool leads_ipv6(const struct net_device *dev, const struct in6_addr *addr)
{
	struct flowi6 fl6 = { .daddr = *addr };
	struct dst_entry *dst;
	bool does;

	/* Each link has these addresses: no route tells where one is. */
	if (ipv6_addr_type(addr) & (IPV6_ADDR_MULTICAST | IPV6_ADDR_LINKLOCAL))
		return false;
	dst = ip6_route_output(dev_net(dev), NULL, &fl6);
	does = !dst->error && dst->dev == dev;
	dst_release(dst);
	return does;
}

/* A frame from behind the port to who has sent @to; all but its header is zero. */
static struct sk_buff *make(const struct vsw_port *port, const struct sk_buff *to,
			    unsigned int len)
{
	struct sk_buff *skb;
	struct ethhdr *eth;

	skb = alloc_skb(LL_MAX_HEADER + ETH_HLEN + len, GFP_ATOMIC | __GFP_NOWARN);
	if (!skb)
		return NULL;
	skb_reserve(skb, LL_MAX_HEADER);
	eth = skb_put(skb, ETH_HLEN);
	ether_addr_copy(eth->h_dest, eth_hdr(to)->h_source);
	u64_to_ether_addr(READ_ONCE(port->l3.peer), eth->h_source);
	eth->h_proto = eth_hdr(to)->h_proto;
	skb_put_zero(skb, len);
	skb_reset_mac_header(skb);
	skb_set_network_header(skb, ETH_HLEN);
	skb->protocol = eth->h_proto;
	skb->dev = port->dev;
	return skb;
}

/* Who asks whether an address is free, or says that it has it, wants no answer. */
static bool wants_arp(const struct vsw_port *port, const struct vsw_arp *ask)
{
	return vsw_arp_is_ipv4(ask) && ask->op == htons(ARPOP_REQUEST) &&
	       ask->spa && ask->spa != ask->tpa && leads_ipv4(port->dev, ask->tpa);
}

static struct sk_buff *answer_arp(const struct vsw_port *port, const struct sk_buff *skb)
{
	const struct vsw_arp *ask;
	struct vsw_arp *arp, buf;
	struct sk_buff *reply;

	ask = skb_header_pointer(skb, ETH_HLEN, sizeof(buf), &buf);
	if (!ask || !wants_arp(port, ask))
		return NULL;
	reply = make(port, skb, sizeof(*arp));
	if (!reply)
		return NULL;
	arp = (struct vsw_arp *)skb_network_header(reply);
	*arp = *ask;
	arp->op = htons(ARPOP_REPLY);
	ether_addr_copy(arp->sha, eth_hdr(reply)->h_source);
	ether_addr_copy(arp->tha, ask->sha);
	arp->spa = ask->tpa;
	arp->tpa = ask->spa;
	return reply;
}

static bool is_good(const struct sk_buff *skb, const struct nd *ask)
{
	unsigned int offset = ETH_HLEN + sizeof(ask->ip6);
	unsigned int len = ntohs(ask->ip6.payload_len);

	return len >= sizeof(ask->msg) && len <= skb->len - offset &&
	       !csum_ipv6_magic(&ask->ip6.saddr, &ask->ip6.daddr, len, IPPROTO_ICMPV6,
				skb_checksum(skb, offset, len, 0));
}

static bool wants_nd(const struct vsw_port *port, const struct sk_buff *skb,
		     const struct nd *ask)
{
	return ask->ip6.nexthdr == IPPROTO_ICMPV6 && ask->ip6.hop_limit == 255 &&
	       ask->msg.icmph.icmp6_type == NDISC_NEIGHBOUR_SOLICITATION &&
	       !ask->msg.icmph.icmp6_code && !ipv6_addr_any(&ask->ip6.saddr) &&
	       is_good(skb, ask) && leads_ipv6(port->dev, &ask->msg.target);
}

static void fill_nd(struct nd *nd, const struct nd *ask, const u8 *lladdr)
{
	unsigned int len = sizeof(*nd) - sizeof(nd->ip6);

	nd->ip6.version = 6;
	nd->ip6.payload_len = htons(len);
	nd->ip6.nexthdr = IPPROTO_ICMPV6;
	nd->ip6.hop_limit = 255;
	nd->ip6.saddr = ask->msg.target;
	nd->ip6.daddr = ask->ip6.saddr;
	nd->msg.icmph.icmp6_type = NDISC_NEIGHBOUR_ADVERTISEMENT;
	nd->msg.icmph.icmp6_router = 1;
	nd->msg.icmph.icmp6_solicited = 1;
	nd->msg.target = ask->msg.target;
	nd->type = ND_OPT_TARGET_LL_ADDR;
	nd->len = 1;
	ether_addr_copy(nd->lladdr, lladdr);
	nd->msg.icmph.icmp6_cksum = csum_ipv6_magic(&nd->ip6.saddr, &nd->ip6.daddr, len,
						    IPPROTO_ICMPV6, csum_partial(&nd->msg, len, 0));
}

static struct sk_buff *answer_nd(const struct vsw_port *port, const struct sk_buff *skb)
{
	unsigned int len = offsetof(struct nd, type);
	const struct nd *ask;
	struct sk_buff *reply;
	struct nd buf;

	ask = skb_header_pointer(skb, ETH_HLEN, len, &buf);
	if (!ask || !wants_nd(port, skb, ask))
		return NULL;
	reply = make(port, skb, sizeof(struct nd));
	if (reply)
		fill_nd((struct nd *)skb_network_header(reply), ask, eth_hdr(reply)->h_source);
	return reply;
}

static struct sk_buff *answer(const struct vsw_port *port, const struct sk_buff *skb)
{
	if (skb_vlan_tag_present(skb) || !is_valid_ether_addr(eth_hdr(skb)->h_source))
		return NULL;
	switch (eth_hdr(skb)->h_proto) {
	case htons(ETH_P_ARP):
		return answer_arp(port, skb);
	case htons(ETH_P_IPV6):
		return answer_nd(port, skb);
	}
	return NULL;
}

/**
 * vsw_proxy_takes() - answer who asks for the link-layer address of a station
 * @port: the port that the station is behind, where the answer enters the switch
 * @skb: the frame; consumed and counted as sent if it is answered
 *
 * Context: BH off, RCU read section.
 * Return: Whether the frame was such a question.
 */
bool vsw_proxy_takes(struct vsw_port *port, struct sk_buff *skb)
{
	struct vsw_pkt pkt __uninitialized;
	struct sk_buff *reply = answer(port, skb);

	if (likely(!reply))
		return false;
	vsw_count_tx(port, vsw_frame_len(skb));
	consume_skb(skb);
	vsw_pkt_init(&pkt, port, reply);
	vsw_switch_frame(&pkt);
	return true;
}
