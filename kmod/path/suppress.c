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
#include <net/arp.h>
#include <net/ndisc.h>

#include "core/router.h"
#include "core/switch.h"
#include "path/normal.h"
#include "path/pkt.h"
#include "path/question.h"

/**
 * struct station - what is known of a station
 * @lladdr: link-layer address
 * @is_router: it forwards packets, as far as IPv6 asks for that
 */
struct station {
	u8 lladdr[ETH_ALEN];
	bool is_router;
};

/* Whether it is a router has to be known too, and only an advertisement says it. */
static bool read_neigh(const struct vsw_neigh *n, struct station *station)
{
	u64 lladdr = READ_ONCE(n->lladdr);
	u8 says = READ_ONCE(n->says);

	if (!lladdr || !(ipv6_addr_v4mapped(&n->key.addr) || says & VSW_NEIGH_F_ADVERTISED))
		return false;
	u64_to_ether_addr(lladdr, station->lladdr);
	station->is_router = says & VSW_NEIGH_F_ROUTER;
	return true;
}

static bool known_to_routers(const struct vsw_switch *sw, u16 vid, const struct in6_addr *addr,
			     struct station *station)
{
	const struct vsw_neigh *n;
	struct vsw_port *port;

	list_for_each_entry_rcu(port, &sw->ports, node) {
		if (port->kind != VSW_PORT_ROUTER || port->rif->vid != vid)
			continue;
		n = vsw_neigh_find_rcu(&port->rif->router->neighs, port->rif, addr);
		if (n && read_neigh(n, station))
			return true;
	}
	return false;
}

/* By a user or a routing daemon; what the kernel has heard may be half of it. */
static bool is_said(const struct neighbour *n)
{
	return READ_ONCE(n->flags) & (NTF_ROUTER | NTF_EXT_LEARNED) ||
	       READ_ONCE(n->nud_state) & (NUD_PERMANENT | NUD_NOARP);
}

static bool known_to_host(const struct vsw_switch *sw, u16 vid, const struct in6_addr *addr,
			  struct station *station)
{
	struct net_device *dev = sw->dev;
	const struct neighbour *n;

	if (vid)
		dev = __vlan_find_dev_deep_rcu(dev, htons(ETH_P_8021Q), vid);
	if (!dev)
		return false;
	n = ipv6_addr_v4mapped(addr) ?
		__ipv4_neigh_lookup_noref(dev, (__force u32)addr->s6_addr32[3]) :
		__ipv6_neigh_lookup_noref(dev, addr);
	if (!n || !(READ_ONCE(n->nud_state) & NUD_VALID))
		return false;
	if (!ipv6_addr_v4mapped(addr) && !is_said(n))
		return false;
	neigh_ha_snapshot(station->lladdr, n, dev);
	station->is_router = READ_ONCE(n->flags) & NTF_ROUTER;
	return true;
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
	struct station station;
	struct vsw_question q;

	if (!vsw_question_read(skb, &q) ||
	    !(known_to_routers(pkt->sw, vid, &q.target, &station) ||
	      known_to_host(pkt->sw, vid, &q.target, &station)) ||
	    !is_spared(pkt, station.lladdr, vid))
		return NULL;
	return vsw_question_answer(&q, station.lladdr, station.is_router, true);
}
