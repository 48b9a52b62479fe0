// SPDX-License-Identifier: GPL-2.0
/*
 * Proxy: who answers for the stations behind a device without Ethernet. Those
 * are the addresses that the namespace's own routes lead to by the device.
 */
#include "path/proxy.h"

#include <linux/etherdevice.h>
#include <net/ip6_route.h>
#include <net/ipv6.h>
#include <net/route.h>

#include "compat.h"
#include "core/port.h"
#include "path/count.h"
#include "path/pkt.h"
#include "path/question.h"
#include "path/rx.h"

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

static bool leads(const struct net_device *dev, const struct in6_addr *addr)
{
	if (ipv6_addr_v4mapped(addr))
		return leads_ipv4(dev, addr->s6_addr32[3]);
	return leads_ipv6(dev, addr);
}

/* Whoever is behind the device is behind a router, as far as others can see. */
static struct sk_buff *answer(const struct vsw_port *port, const struct sk_buff *skb)
{
	struct vsw_question q;
	struct sk_buff *reply;
	u8 lladdr[ETH_ALEN];

	if (skb_vlan_tag_present(skb) || !vsw_question_read(skb, &q) ||
	    !leads(port->dev, &q.target))
		return NULL;
	u64_to_ether_addr(READ_ONCE(port->l3.peer), lladdr);
	reply = vsw_question_answer(&q, lladdr, true, false);
	if (reply)
		reply->dev = port->dev;
	return reply;
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
