// SPDX-License-Identifier: GPL-2.0
/*
 * Suppress: who asks for the address of a station at a port with neigh_suppress gets
 * its answer from the switch, if the switch knows it, and the port not the question.
 *
 * It is known from the routers that have an interface in the VLAN, and from the
 * neighbours of the switch's device, or of the VLAN's device on it: routing daemons
 * put there what they hear of other hosts.
 */
#include "path/suppress.h"

#include <linux/etherdevice.h>
#include <linux/if_vlan.h>
#include <linux/ipv6.h>
#include <net/arp.h>
#include <net/ip6_checksum.h>
#include <net/ndisc.h>

#include "core/router.h"
#include "core/switch.h"
#include "path/normal.h"
#include "path/pkt.h"
#include "path/route.h"
#include "path/wire.h"

/**
 * struct question - who wants to know whose address
 * @target: of whom, IPv4 as IPv4-mapped
 * @asker: who asks, likewise
 * @lladdr: link-layer address of who asks
 */
struct question {
	struct in6_addr target;
	struct in6_addr asker;
	u8 lladdr[ETH_ALEN];
};

/* Who asks for itself wants to know if somebody else is there. */
static bool read_arp(const struct sk_buff *skb, struct question *q)
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

static bool read_nd(const struct sk_buff *skb, struct question *q)
{
	struct {
		struct ipv6hdr ip6;
		struct nd_msg msg;
	} buf;
	const typeof(buf) *p = skb_header_pointer(skb, ETH_HLEN, sizeof(buf), &buf);

	if (!p || p->ip6.nexthdr != IPPROTO_ICMPV6 || p->ip6.hop_limit != 255 ||
	    p->msg.icmph.icmp6_type != NDISC_NEIGHBOUR_SOLICITATION ||
	    p->msg.icmph.icmp6_code || ipv6_addr_any(&p->ip6.saddr) ||
	    ntohs(p->ip6.payload_len) < sizeof(p->msg) || !has_good_sum(skb, &p->ip6) ||
	    !is_valid_ether_addr(eth_hdr(skb)->h_source))
		return false;
	q->target = p->msg.target;
	q->asker = p->ip6.saddr;
	ether_addr_copy(q->lladdr, eth_hdr(skb)->h_source);
	return true;
}

static bool read(const struct sk_buff *skb, struct question *q)
{
	switch (eth_hdr(skb)->h_proto) {
	case htons(ETH_P_ARP):
		return read_arp(skb, q);
	case htons(ETH_P_IPV6):
		return read_nd(skb, q);
	}
	return false;
}

static u64 known_to_routers(const struct vsw_switch *sw, u16 vid, const struct in6_addr *addr)
{
	const struct vsw_neigh *n;
	struct vsw_port *port;

	list_for_each_entry_rcu(port, &sw->ports, node) {
		if (port->kind != VSW_PORT_ROUTER || port->rif->vid != vid)
			continue;
		n = vsw_neigh_find_rcu(&port->rif->router->neighs, port->rif, addr);
		if (n && READ_ONCE(n->lladdr))
			return READ_ONCE(n->lladdr);
	}
	return 0;
}

static u64 known_to_host(const struct vsw_switch *sw, u16 vid, const struct in6_addr *addr)
{
	struct net_device *dev = sw->dev;
	const struct neighbour *n;
	u8 lladdr[ETH_ALEN];

	if (vid)
		dev = __vlan_find_dev_deep_rcu(dev, htons(ETH_P_8021Q), vid);
	if (!dev)
		return 0;
	n = ipv6_addr_v4mapped(addr) ?
		__ipv4_neigh_lookup_noref(dev, (__force u32)addr->s6_addr32[3]) :
		__ipv6_neigh_lookup_noref(dev, addr);
	if (!n || !(READ_ONCE(n->nud_state) & NUD_VALID))
		return 0;
	neigh_ha_snapshot(lladdr, n, dev);
	return ether_addr_to_u64(lladdr);
}

/* Only who is at a port that is to be spared is spoken for. */
static bool is_spared(const struct vsw_pkt *pkt, const u8 *lladdr, u16 vid)
{
	const struct vsw_port *out = vsw_normal_find(pkt->in, lladdr, vid);

	return out && vsw_port_has(out, VSW_PORT_NEIGH_SUPPRESS);
}

/**
 * vsw_suppress() - answer in the name of a station, if a frame asks for one
 * @pkt: the frame's way here
 * @skb: the frame, which is to be flooded; not consumed
 * @vid: its VLAN
 *
 * Context: BH off, RCU read section.
 * Return: The answer, for the port of entry; or NULL.
 */
struct sk_buff *vsw_suppress(const struct vsw_pkt *pkt, const struct sk_buff *skb, u16 vid)
{
	struct question q;
	u8 lladdr[ETH_ALEN];
	u64 known;

	if (!read(skb, &q))
		return NULL;
	known = known_to_routers(pkt->sw, vid, &q.target) ?:
		known_to_host(pkt->sw, vid, &q.target);
	u64_to_ether_addr(known, lladdr);
	if (!known || !is_spared(pkt, lladdr, vid))
		return NULL;
	return ipv6_addr_v4mapped(&q.target) ?
		vsw_arp_answer(lladdr, &q.target, &q.asker, q.lladdr) :
		vsw_nd_answer(lladdr, &q.target, &q.asker, q.lladdr);
}
