// SPDX-License-Identifier: GPL-2.0
/*
 * Fib: packets that the routes and neighbours of the host forward, without its IP
 * stack: no netfilter hook and no backlog stand in their way. Whoever tells the
 * kernel its routes, a user or a routing daemon, decides.
 *
 * It is as if the switch's own device had received the packet. What the host must
 * see itself, it gets: packets for it, and those that it has to answer by an error.
 */
#include "path/fib.h"

#include <linux/etherdevice.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <net/addrconf.h>
#include <net/ip.h>
#include <net/ip6_route.h>
#include <net/lwtunnel.h>
#include <net/neighbour.h>
#include <net/route.h>

#include "compat.h"
#include "core/switch.h"
#include "path/act.h"
#include "path/count.h"
#include "path/drop.h"
#include "path/frag.h"
#include "path/normal.h"
#include "path/pkt.h"
#include "path/route.h"

/**
 * struct next - where a packet goes
 * @dev: device
 * @table: kind of the address, NEIGH_ARP_TABLE or NEIGH_ND_TABLE
 * @addr: address of the next hop
 * @mtu: of the way
 */
struct next {
	struct net_device *dev;
	int table;
	struct in6_addr addr;
	unsigned int mtu;
};

/* Routes that put another header on, or take one off, need the stack. */
static bool is_plain(const struct dst_entry *dst)
{
	return !dst->error && !(dst->lwtstate && dst->lwtstate->flags);
}

static bool find_ipv4(const struct vsw_switch *sw, struct sk_buff *skb, struct next *next)
{
	const struct iphdr *ip = ip_hdr(skb);
	const struct rtable *rt;

	if (ip->ihl > 5 || ip->ttl <= 1 ||
	    ip_route_input_noref(skb, ip->daddr, ip->saddr, ip->tos, sw->dev))
		return false;
	rt = skb_rtable(skb);
	if (!is_plain(&rt->dst) || rt->rt_type != RTN_UNICAST)
		return false;
	next->dev = rt->dst.dev;
	next->mtu = ip_dst_mtu_maybe_forward(&rt->dst, true);
	next->table = rt->rt_gw_family == AF_INET6 ? NEIGH_ND_TABLE : NEIGH_ARP_TABLE;
	if (rt->rt_gw_family == AF_INET6)
		next->addr = rt->rt_gw6;
	else
		next->addr.s6_addr32[0] = rt->rt_gw_family ? rt->rt_gw4 : ip->daddr;
	return true;
}

static bool may_forward_ipv6(const struct net *net, const struct ipv6hdr *ip6)
{
	int src = ipv6_addr_type(&ip6->saddr), dst = ipv6_addr_type(&ip6->daddr);

	return READ_ONCE(net->ipv6.devconf_all->forwarding) && ip6->hop_limit > 1 &&
	       ip6->nexthdr != NEXTHDR_HOP && src & IPV6_ADDR_UNICAST &&
	       dst & IPV6_ADDR_UNICAST &&
	       !((src | dst) & (IPV6_ADDR_LINKLOCAL | IPV6_ADDR_LOOPBACK | IPV6_ADDR_MAPPED));
}

static bool find_ipv6(const struct vsw_switch *sw, struct sk_buff *skb, struct next *next)
{
	struct ipv6hdr *ip6 = ipv6_hdr(skb);
	struct net *net = dev_net(sw->dev);
	struct flowi6 fl6 = {
		.flowi6_iif = sw->dev->ifindex,
		.flowi6_mark = skb->mark,
		.flowi6_proto = ip6->nexthdr,
		.flowlabel = ip6_flowinfo(ip6),
		.daddr = ip6->daddr,
		.saddr = ip6->saddr,
	};
	struct rt6_info *rt;

	if (!may_forward_ipv6(net, ip6))
		return false;
	skb_dst_set(skb, ip6_route_input_lookup(net, sw->dev, &fl6, skb,
						RT6_LOOKUP_F_HAS_SADDR));
	rt = (struct rt6_info *)skb_dst(skb);
	if (!is_plain(&rt->dst) || rt->rt6i_flags & (RTF_LOCAL | RTF_ANYCAST | RTF_REJECT) ||
	    rt->dst.dev->flags & IFF_LOOPBACK)
		return false;
	next->dev = rt->dst.dev;
	next->mtu = ip6_dst_mtu_maybe_forward(&rt->dst, true);
	next->table = NEIGH_ND_TABLE;
	next->addr = *rt6_nexthop(rt, &ip6->daddr);
	return true;
}

/*
 * Does the host say where to? Then the packet has a dst. IPsec is up to the stack,
 * which also receives what has a tag from a VLAN device, with rules of its own.
 */
static bool find(const struct vsw_switch *sw, struct sk_buff *skb, struct next *next)
{
	bool found;

	if (unlikely(skb_vlan_tag_present(skb) || vsw_compat_has_policies(dev_net(sw->dev))))
		return false;
	skb->dev = sw->dev;
	skb->protocol = eth_hdr(skb)->h_proto;
	found = skb->protocol == htons(ETH_P_IP) ? find_ipv4(sw, skb, next) :
						   find_ipv6(sw, skb, next);
	return found && vsw_frag_fits(skb, next->mtu);
}

/* The host answers, or takes it: its address is that of the frame then. */
static void give_host(struct vsw_pkt *pkt, struct sk_buff *skb)
{
	struct vsw_port *local = pkt->sw->local;

	skb_dst_drop(skb);
	if (skb_ensure_writable(skb, ETH_HLEN)) {
		vsw_drop(pkt->in, skb, VSW_DROP_REASON_NO_MEMORY);
		return;
	}
	ether_addr_copy(eth_hdr(skb)->h_dest, local->dev->dev_addr);
	vsw_tx(pkt, local, skb);
}

/* Where a neighbour is silent, the stack tells the sender: it has to look received. */
static void look_received(struct sk_buff *skb, const struct vsw_switch *sw)
{
	skb->pkt_type = PACKET_HOST;
	memset(skb->cb, 0, sizeof(skb->cb));
	if (skb->protocol == htons(ETH_P_IPV6))
		IP6CB(skb)->iif = sw->dev->ifindex;
}

/* It leaves the switch for the host, whose neighbours get it. */
static void send(struct vsw_pkt *pkt, struct sk_buff *skb, const struct next *next)
{
	enum vsw_drop_reason reason;

	reason = skb_cow(skb, LL_RESERVED_SPACE(next->dev)) ? VSW_DROP_REASON_NO_MEMORY :
							      vsw_dec_ttl(skb);
	if (unlikely(reason)) {
		vsw_drop(pkt->in, skb, reason);
		return;
	}
	vsw_count_tx(pkt->sw->local, vsw_frame_len(skb));
	look_received(skb, pkt->sw);
	skb->dev = next->dev;
	skb_clear_tstamp(skb);
	skb_forward_csum(skb);
	__skb_pull(skb, ETH_HLEN);
	neigh_xmit(next->table, next->dev, &next->addr, skb);
}

/**
 * vsw_fib() - the action fib: as the host's routes say
 * @pkt: the frame's way here
 * @skb: the frame, IP; consumed: counted as sent to LOCAL, or dropped with a reason
 *
 * What the host sends itself has been routed, and goes on as normal.
 *
 * Context: BH off, RCU read section.
 */
void vsw_fib(struct vsw_pkt *pkt, struct sk_buff *skb)
{
	enum vsw_drop_reason reason;
	struct next next = {};

	if (vsw_port_is_local(pkt->in)) {
		vsw_normal(pkt, skb);
		return;
	}
	skb_set_network_header(skb, ETH_HLEN);
	reason = vsw_route_check(skb);
	if (unlikely(reason))
		vsw_drop(pkt->in, skb, reason);
	else if (likely(!is_multicast_ether_addr(eth_hdr(skb)->h_dest) &&
			find(pkt->sw, skb, &next)))
		send(pkt, skb, &next);
	else
		give_host(pkt, skb);
}
