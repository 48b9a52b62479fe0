// SPDX-License-Identifier: GPL-2.0
/*
 * Route: the way of packets through a router. The story of a packet is told by
 * vsw_route_frame() at the end.
 *
 * What a router takes is sent, as the switch sees it that gave it away by the
 * port of an interface; what it sends is received, by the switch that has the
 * port of the other interface. So each switch counts for itself and each frame
 * once. What a router drops counts at the port that it came from.
 */
#include "path/route.h"

#include <linux/etherdevice.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <net/ip.h>
#include <net/ipv6.h>

#include "compat.h"
#include "core/router.h"
#include "path/act.h"
#include "path/adj.h"
#include "path/drop.h"
#include "path/flowhash.h"
#include "path/frag.h"
#include "path/normal.h"
#include "path/pkt.h"
#include "path/rx.h"

/* The router has taken the packet from the switch. */
static void count_taken(const struct vsw_trip *trip)
{
	if (trip->in)
		vsw_count_tx(trip->in->port, vsw_frame_len(trip->skb));
}

static void drop(const struct vsw_trip *trip, enum vsw_drop_reason reason)
{
	if (trip->in)
		vsw_drop(trip->in->port, trip->skb, reason);
	else
		kfree_skb(trip->skb);
}

/**
 * vsw_route_end() - a packet has arrived, at the router itself
 * @trip: the packet, consumed
 *
 * Context: BH off, RCU read section.
 */
void vsw_route_end(const struct vsw_trip *trip)
{
	count_taken(trip);
	consume_skb(trip->skb);
}

/* Where the way through the switch is known, it leaves as it would have. */
static vsw_hot void emit(struct vsw_pkt *from, const struct vsw_rif *rif, struct sk_buff *skb,
			 struct vsw_port *out)
{
	struct vsw_pkt pkt __uninitialized;

	skb->dev = rif->port->sw->dev;
	vsw_pkt_init(&pkt, rif->port, skb);
	pkt.is_received = from && from->is_received && from->skb == skb;
	if (out) {
		vsw_count_rx(rif->port, pkt.len);
		vsw_normal_forward(&pkt, skb, out, rif->vid);
	} else {
		vsw_switch_frame(&pkt);
	}
	if (pkt.is_received)
		from->handed = pkt.handed;
}

/**
 * vsw_route_emit() - let a frame enter a switch by the port of an interface
 * @from: the way that it has behind it, or NULL
 * @rif: the interface
 * @skb: the frame, complete, consumed unless it is handed to a peer
 *
 * Context: BH off, RCU read section.
 */
void vsw_route_emit(struct vsw_pkt *from, const struct vsw_rif *rif, struct sk_buff *skb)
{
	emit(from, rif, skb, NULL);
}

/**
 * struct link - where the fragments of a packet go
 * @to: tells vsw_frag() who sends them
 * @rif: interface
 * @out: port of the switch, NULL where the switch has to see them
 */
struct link {
	struct vsw_frag_to to;
	const struct vsw_rif *rif;
	struct vsw_port *out;
};

static void send_fragment(const struct vsw_frag_to *to, struct sk_buff *skb)
{
	const struct link *link = container_of(to, struct link, to);

	emit(NULL, link->rif, skb, link->out);
}

static noinline void send_fragments(const struct vsw_trip *trip, const struct vsw_rif *rif,
				    struct vsw_port *out)
{
	struct link link = { .to.send = send_fragment, .rif = rif, .out = out };
	unsigned int len = vsw_frame_len(trip->skb);
	int err = vsw_frag(trip->skb, rif->port->sw->dev, vsw_rif_mtu(rif), &link.to);

	if (!trip->in)
		return;
	if (unlikely(err))
		vsw_drop(trip->in->port, NULL, VSW_DROP_REASON_NO_MEMORY);
	else
		vsw_count_tx(trip->in->port, len);
}

/* What may not be split has been refused before, or is the router's own. */
static vsw_hot void send(const struct vsw_trip *trip, const struct vsw_rif *rif, u64 lladdr,
			 struct vsw_port *out)
{
	struct ethhdr *eth = eth_hdr(trip->skb);

	u64_to_ether_addr(lladdr, eth->h_dest);
	ether_addr_copy(eth->h_source, rif->lladdr);
	if (unlikely(!vsw_frag_fits(trip->skb, vsw_rif_mtu(rif)) && vsw_frag_may(trip->skb))) {
		send_fragments(trip, rif, out);
		return;
	}
	count_taken(trip);
	emit(trip->pkt, rif, trip->skb, out);
}

/**
 * vsw_route_drop_all() - drop what has waited in vain
 * @dead: the packets, each counted where the router got it
 * @reason: why
 *
 * Context: BH off, RCU read section.
 */
void vsw_route_drop_all(struct sk_buff_head *dead, enum vsw_drop_reason reason)
{
	struct sk_buff *skb;

	while ((skb = __skb_dequeue(dead))) {
		if (vsw_neigh_cb(skb)->in)
			vsw_drop(vsw_neigh_cb(skb)->in, skb, reason);
		else
			kfree_skb(skb);
	}
}

/**
 * vsw_route_release() - a neighbour is known: send what has waited for it
 * @rif: interface
 * @ready: the packets, consumed
 * @lladdr: link-layer address
 *
 * Context: BH off, RCU read section.
 */
void vsw_route_release(const struct vsw_rif *rif, struct sk_buff_head *ready, const u8 *lladdr)
{
	struct sk_buff *skb;

	while ((skb = __skb_dequeue(ready))) {
		struct vsw_port *in = vsw_neigh_cb(skb)->in;
		struct vsw_trip trip = { .in = in ? in->rif : NULL, .skb = skb };

		send(&trip, rif, ether_addr_to_u64(lladdr), NULL);
	}
}

/**
 * vsw_route_learn() - a neighbour has said its link-layer address
 * @rif: interface
 * @addr: the neighbour's address
 * @lladdr: its link-layer address, valid
 * @flags: VSW_NEIGH_F_*; only who is on the link may be taken down unasked
 *
 * Context: BH off, RCU read section.
 */
void vsw_route_learn(const struct vsw_rif *rif, const struct in6_addr *addr, const u8 *lladdr,
		     unsigned int flags)
{
	struct vsw_neigh_key key = { .rif = rif, .addr = *addr };
	struct vsw_router *router = rif->router;
	struct vsw_neigh_ended ended;

	vsw_neigh_ended_init(&ended);
	if (!vsw_rif_is_on_link(rif, addr))
		flags &= ~VSW_NEIGH_F_CREATE;
	vsw_neigh_learn(&router->neighs, &key, lladdr, flags, &ended);
	if (flags & VSW_NEIGH_F_CREATE)
		queue_delayed_work(system_wq, &router->tick, HZ);
	vsw_route_release(rif, &ended.ready, lladdr);
	vsw_route_drop_all(&ended.dead, VSW_DROP_REASON_NEIGH_QUEUE);
}

static void ask(const struct vsw_rif *rif, const struct in6_addr *addr, u64 lladdr)
{
	if (ipv6_addr_v4mapped(addr))
		vsw_arp_ask(rif, addr, lladdr);
	else
		vsw_nd_ask(rif, addr, lladdr);
}

/* Packets that wait no more make room for others. */
static enum vsw_neigh_wait queue_up(const struct vsw_trip *trip, const struct vsw_rif *rif,
				    const struct in6_addr *addr, u64 *lladdr)
{
	struct vsw_neigh_key key = { .rif = rif, .addr = *addr };
	enum vsw_neigh_wait what;
	struct sk_buff_head dead;

	__skb_queue_head_init(&dead);
	what = vsw_neigh_wait(&rif->router->neighs, &key, trip->skb, lladdr, &dead);
	vsw_route_drop_all(&dead, VSW_DROP_REASON_NEIGH_QUEUE);
	return what;
}

/* Its device may be gone before the neighbour answers. */
static enum vsw_drop_reason wait(const struct vsw_trip *trip, const struct vsw_rif *rif,
				 const struct in6_addr *addr)
{
	struct vsw_router *router = rif->router;
	u64 lladdr;

	/* Nor may it hold up its sender. */
	if (skb_orphan_frags_rx(trip->skb, GFP_ATOMIC))
		return VSW_DROP_REASON_NO_MEMORY;
	skb_orphan(trip->skb);
	trip->skb->dev = rif->port->sw->dev;
	vsw_neigh_cb(trip->skb)->in = trip->in ? trip->in->port : NULL;
	switch (queue_up(trip, rif, addr, &lladdr)) {
	case VSW_NEIGH_WAITS_FIRST:
		queue_delayed_work(system_wq, &router->tick, HZ);
		ask(rif, addr, 0);
		return 0;
	case VSW_NEIGH_WAITS:
		return 0;
	case VSW_NEIGH_FOUND:
		/* Its answer has overtaken us. */
		send(trip, rif, lladdr, NULL);
		return 0;
	default:
		return VSW_DROP_REASON_NEIGH_QUEUE;
	}
}

/*
 * To a station on the link of an interface: now, or when its address is known.
 * Then @adj is told, which may be NULL.
 */
static enum vsw_drop_reason send_to(const struct vsw_trip *trip, const struct vsw_rif *rif,
				    const struct in6_addr *addr, struct vsw_adj *adj)
{
	struct vsw_neigh *n = vsw_neigh_find_rcu(&rif->router->neighs, rif, addr);
	u64 lladdr = n ? READ_ONCE(n->lladdr) : 0;

	if (unlikely(!lladdr))
		return wait(trip, rif, addr);
	if (adj) {
		adj->rif = rif;
		adj->neigh = n;
		adj->lladdr = lladdr;
		vsw_adj_store(rif->router->adjs, adj);
	}
	vsw_neigh_touch(n);
	send(trip, rif, lladdr, NULL);
	return 0;
}

/* To the next hop, which is the destination itself where it is on the link. */
static enum vsw_drop_reason send_by(const struct vsw_trip *trip, const struct vsw_hop *hop,
				    const struct in6_addr *dst, struct vsw_adj *adj)
{
	return send_to(trip, hop->rif, ipv6_addr_any(&hop->via) ? dst : &hop->via, adj);
}

/*
 * Each flow ranks all hops and takes the best one, so that a hop that comes or
 * goes changes the way of no other flows than its own.
 */
static unsigned int choose(const struct vsw_hops *hops, const struct sk_buff *skb)
{
	u64 hash, rank, best_rank = 0;
	unsigned int i, best = 0;

	if (likely(hops->n == 1))
		return 0;
	hash = vsw_flow_hash(skb);
	for (i = 0; i < hops->n; i++) {
		rank = vsw_fold(hash ^ hops->hop[i].seed, 0xd6e8feb86659fd93ull);
		if (i && rank <= best_rank)
			continue;
		best = i;
		best_rank = rank;
	}
	return best;
}

/* What the route with the longest prefix says, or NULL. */
static const struct vsw_hops *lookup(const struct vsw_router *router, const struct in6_addr *dst)
{
	const struct vsw_route *route = vsw_route_lookup_rcu(&router->routes, dst);

	return route ? rcu_dereference(route->hops) : NULL;
}

/* A route that leads nowhere. */
static enum vsw_drop_reason refuse(const struct vsw_trip *trip, const struct vsw_hops *hops)
{
	if (!hops || hops->type == VSW_ROUTE_TYPE_UNREACHABLE)
		vsw_icmp_error(trip, VSW_ICMP_NO_ROUTE, 0);
	else if (hops->type == VSW_ROUTE_TYPE_PROHIBIT)
		vsw_icmp_error(trip, VSW_ICMP_PROHIBITED, 0);
	return VSW_DROP_REASON_NO_ROUTE;
}

/* What is left to do to a packet that leaves by an interface. */
static vsw_hot enum vsw_drop_reason prepare(const struct vsw_trip *trip, const struct vsw_rif *rif)
{
	u32 mtu = vsw_rif_mtu(rif);
	enum vsw_drop_reason reason;

	if (unlikely(!vsw_frag_fits(trip->skb, mtu) && !vsw_frag_may(trip->skb))) {
		vsw_icmp_error(trip, VSW_ICMP_TOO_BIG, mtu);
		return VSW_DROP_REASON_MTU;
	}
	reason = vsw_dec_ttl(trip->skb);
	if (unlikely(reason == VSW_DROP_REASON_TTL))
		vsw_icmp_error(trip, VSW_ICMP_TTL, 0);
	return reason;
}

/*
 * A port where frames end, so that no other switch is inside of this one, and
 * that says all: at a tunnel port it depends on the station's remote.
 */
static bool is_end(const struct vsw_port *port)
{
	return port->kind != VSW_PORT_PATCH && port->kind != VSW_PORT_ROUTER &&
	       port->kind != VSW_PORT_TUNNEL;
}

/* The port that the address is at. As long as there is none, it is looked for. */
static void find_out(struct vsw_adj *adj)
{
	const struct vsw_port *in = adj->rif->port;
	unsigned long gen = vsw_fdb_gen_rcu(&in->sw->fdb);
	struct vsw_port *out;
	u8 dst[ETH_ALEN];

	u64_to_ether_addr(adj->lladdr, dst);
	out = vsw_normal_find(in, dst, adj->rif->vid);
	adj->out = out && is_end(out) ? out : NULL;
	adj->fdb_gen = out ? gen : 0;
}

/* The port where packets leave the switch, NULL where it has to see them first. */
static struct vsw_port *way_out(struct vsw_adj *adj)
{
	const struct vsw_switch *sw = adj->rif->port->sw;

	if (unlikely(vsw_flows_decide_rcu(&sw->flows) || !netif_running(sw->dev)))
		return NULL;
	if (unlikely(adj->fdb_gen != vsw_fdb_gen_rcu(&sw->fdb)))
		find_out(adj);
	return adj->out;
}

/* The way that packets to the same destination have gone before. */
static vsw_hot enum vsw_drop_reason follow(const struct vsw_trip *trip, struct vsw_adj *adj)
{
	enum vsw_drop_reason reason = prepare(trip, adj->rif);

	if (unlikely(reason))
		return reason;
	vsw_neigh_touch(adj->neigh);
	send(trip, adj->rif, adj->lladdr, way_out(adj));
	return 0;
}

/* A way that no packet has gone before, which those that follow will know. */
static enum vsw_drop_reason go_first(const struct vsw_trip *trip, const struct vsw_hop *hop,
				     struct vsw_adj *adj)
{
	enum vsw_drop_reason reason = prepare(trip, hop->rif);

	return reason ?: send_by(trip, hop, &adj->dst, adj);
}

/* Where several hops lead to the same destination. */
static noinline enum vsw_drop_reason go_by_one(const struct vsw_trip *trip,
					       const struct vsw_hops *hops,
					       const struct in6_addr *dst, unsigned long gen)
{
	struct vsw_adj adj = { .dst = *dst, .gen = gen };
	unsigned int i = choose(hops, trip->skb);
	struct vsw_adj *known = vsw_adj_find(trip->in->router->adjs, dst, i + 1, gen);

	if (likely(known))
		return follow(trip, known);
	adj.hop = i + 1;
	return go_first(trip, &hops->hop[i], &adj);
}

static enum vsw_drop_reason forward(const struct vsw_trip *trip, const struct vsw_hops *hops,
				    const struct in6_addr *dst, unsigned long gen)
{
	struct vsw_adj adj = { .dst = *dst, .gen = gen };

	if (hops->n == 1)
		return go_first(trip, hops->hop, &adj);
	adj.hops = hops;
	vsw_adj_store(trip->in->router->adjs, &adj);
	return go_by_one(trip, hops, dst, gen);
}

static vsw_hot enum vsw_drop_reason route(const struct vsw_trip *trip, const struct in6_addr *dst)
{
	struct vsw_router *router = trip->in->router;
	unsigned long gen = vsw_router_gen_rcu(router);
	struct vsw_adj *adj = vsw_adj_find(router->adjs, dst, 0, gen);
	const struct vsw_hops *hops;

	if (likely(adj))
		return likely(adj->rif) ? follow(trip, adj) : go_by_one(trip, adj->hops, dst, gen);
	hops = lookup(router, dst);
	if (hops && hops->type == VSW_ROUTE_TYPE_UNICAST)
		return forward(trip, hops, dst, gen);
	if (!hops || hops->type != VSW_ROUTE_TYPE_LOCAL)
		return refuse(trip, hops);
	return ipv6_addr_v4mapped(dst) ? vsw_icmp_rx(trip) : vsw_icmp6_rx(trip);
}

/**
 * vsw_route_reply() - send what the router says to somebody
 * @trip: what it is an answer to, not consumed
 * @skb: the packet, consumed; all but the Ethernet addresses is there
 * @to: its destination
 *
 * What can't be sent is dropped without being counted: no switch has seen it.
 *
 * Context: BH off, RCU read section.
 */
void vsw_route_reply(const struct vsw_trip *trip, struct sk_buff *skb,
		     const struct in6_addr *to)
{
	struct vsw_trip own = { .skb = skb };
	const struct vsw_hops *hops;
	enum vsw_drop_reason reason = VSW_DROP_REASON_NO_ROUTE;

	if (ipv6_addr_type(to) & IPV6_ADDR_LINKLOCAL) {
		reason = send_to(&own, trip->in, to, NULL);
	} else {
		hops = lookup(trip->in->router, to);
		if (hops && hops->type == VSW_ROUTE_TYPE_UNICAST)
			reason = send_by(&own, &hops->hop[choose(hops, skb)], to, NULL);
	}
	if (reason)
		kfree_skb(skb);
}

/**
 * vsw_route_alloc() - make a frame for what a router says
 * @src: source address
 * @proto: Ethernet type
 * @len: length of what follows the Ethernet header, all zero
 *
 * Context: BH off.
 * Return: The frame, or NULL.
 */
struct sk_buff *vsw_route_alloc(const u8 *src, __be16 proto, unsigned int len)
{
	struct sk_buff *skb;
	struct ethhdr *eth;

	skb = alloc_skb(LL_MAX_HEADER + ETH_HLEN + len, GFP_ATOMIC | __GFP_NOWARN);
	if (!skb)
		return NULL;
	skb_reserve(skb, LL_MAX_HEADER);
	eth = skb_put(skb, ETH_HLEN);
	ether_addr_copy(eth->h_source, src);
	eth_zero_addr(eth->h_dest);
	eth->h_proto = proto;
	skb_put_zero(skb, len);
	skb_reset_mac_header(skb);
	skb_set_network_header(skb, ETH_HLEN);
	skb->protocol = proto;
	return skb;
}

/* Nobody has answered: who sent the packets is told. */
static void give_up(struct sk_buff_head *dead)
{
	struct sk_buff *skb;

	while ((skb = __skb_dequeue(dead))) {
		struct vsw_port *in = vsw_neigh_cb(skb)->in;
		struct vsw_trip trip = { .in = in ? in->rif : NULL, .skb = skb };

		if (in)
			vsw_icmp_error(&trip, VSW_ICMP_NO_HOST, 0);
		drop(&trip, VSW_DROP_REASON_NEIGH_GONE);
	}
}

static void see_to(struct vsw_router *router, struct vsw_neigh *n)
{
	struct sk_buff_head dead;

	__skb_queue_head_init(&dead);
	local_bh_disable();
	switch (vsw_neigh_tick(&router->neighs, n, &dead)) {
	case VSW_NEIGH_ASK:
		ask(n->key.rif, &n->key.addr, READ_ONCE(n->lladdr));
		break;
	case VSW_NEIGH_GONE:
		give_up(&dead);
		break;
	case VSW_NEIGH_REST:
		break;
	}
	local_bh_enable();
}

/**
 * vsw_route_tick() - see to the neighbours of a router
 * @work: vsw_router.tick
 *
 * Context: Work item, takes no lock that anybody who waits for it holds.
 */
void vsw_route_tick(struct work_struct *work)
{
	struct vsw_router *router = container_of(to_delayed_work(work), struct vsw_router, tick);
	struct vsw_neigh *n;

	rcu_read_lock();
	list_for_each_entry_rcu(n, &router->neighs.list, list)
		see_to(router, n);
	rcu_read_unlock();
	if (READ_ONCE(router->neighs.n))
		queue_delayed_work(system_wq, &router->tick, HZ);
}

/* Padding goes: it would be part of what is sent back or counted. */
static enum vsw_drop_reason trim(struct sk_buff *skb, unsigned int len)
{
	if (skb_is_gso(skb))
		return 0;
	if (len > skb->len - ETH_HLEN)
		return VSW_DROP_REASON_MALFORMED;
	return pskb_trim_rcsum(skb, ETH_HLEN + len) ? VSW_DROP_REASON_NO_MEMORY : 0;
}

static vsw_hot enum vsw_drop_reason check_ipv4(struct sk_buff *skb)
{
	const struct iphdr *ip;

	if (!pskb_may_pull(skb, ETH_HLEN + sizeof(*ip)))
		return VSW_DROP_REASON_MALFORMED;
	ip = ip_hdr(skb);
	if (ip->version != 4 || ip->ihl < 5 || !pskb_may_pull(skb, ETH_HLEN + ip->ihl * 4))
		return VSW_DROP_REASON_MALFORMED;
	ip = ip_hdr(skb);
	if (ip_fast_csum(ip, ip->ihl) ||
	    (!skb_is_gso(skb) && ntohs(ip->tot_len) < ip->ihl * 4))
		return VSW_DROP_REASON_MALFORMED;
	return trim(skb, ntohs(ip->tot_len));
}

static enum vsw_drop_reason check_ipv6(struct sk_buff *skb)
{
	const struct ipv6hdr *ip6;

	if (!pskb_may_pull(skb, ETH_HLEN + sizeof(*ip6)))
		return VSW_DROP_REASON_MALFORMED;
	ip6 = ipv6_hdr(skb);
	if (ip6->version != 6)
		return VSW_DROP_REASON_MALFORMED;
	return trim(skb, sizeof(*ip6) + ntohs(ip6->payload_len));
}

/**
 * vsw_route_check() - is a packet sound?
 * @skb: the packet, data at its Ethernet header; padding is cut off
 *
 * Context: BH off.
 * Return: 0, or the reason to drop it.
 */
enum vsw_drop_reason vsw_route_check(struct sk_buff *skb)
{
	switch (eth_hdr(skb)->h_proto) {
	case htons(ETH_P_IP):
		return check_ipv4(skb);
	case htons(ETH_P_IPV6):
		return check_ipv6(skb);
	}
	return VSW_DROP_REASON_HEADERS;
}

static enum vsw_drop_reason rx_ipv4(const struct vsw_trip *trip)
{
	enum vsw_drop_reason reason = check_ipv4(trip->skb);
	const struct iphdr *ip = ip_hdr(trip->skb);
	struct in6_addr dst;

	if (unlikely(reason))
		return reason;
	if (ipv4_is_multicast(ip->saddr) || ipv4_is_loopback(ip->saddr) ||
	    ipv4_is_zeronet(ip->saddr) || ipv4_is_lbcast(ip->saddr) ||
	    ipv4_is_multicast(ip->daddr) || ipv4_is_loopback(ip->daddr) ||
	    ipv4_is_zeronet(ip->daddr) || ipv4_is_lbcast(ip->daddr))
		return VSW_DROP_REASON_ROUTER_ADDRESS;
	ipv6_addr_set_v4mapped(ip->daddr, &dst);
	return route(trip, &dst);
}

#define BAD_SOURCE	(IPV6_ADDR_MULTICAST | IPV6_ADDR_LOOPBACK | IPV6_ADDR_MAPPED)
#define BAD_DESTINATION	(IPV6_ADDR_LOOPBACK | IPV6_ADDR_MAPPED)

static enum vsw_drop_reason rx_ipv6(const struct vsw_trip *trip)
{
	enum vsw_drop_reason reason = check_ipv6(trip->skb);
	const struct ipv6hdr *ip6 = ipv6_hdr(trip->skb);
	struct in6_addr to;
	int src, dst;

	if (unlikely(reason))
		return reason;
	src = ipv6_addr_type(&ip6->saddr);
	dst = ipv6_addr_type(&ip6->daddr);
	if (src & BAD_SOURCE || dst & BAD_DESTINATION || dst == IPV6_ADDR_ANY)
		return VSW_DROP_REASON_ROUTER_ADDRESS;
	if (dst & IPV6_ADDR_MULTICAST || vsw_rif_has_addr(trip->in, &ip6->daddr))
		return vsw_icmp6_rx(trip);
	if (src == IPV6_ADDR_ANY || (src | dst) & IPV6_ADDR_LINKLOCAL ||
	    is_multicast_ether_addr(eth_hdr(trip->skb)->h_dest))
		return VSW_DROP_REASON_ROUTER_ADDRESS;
	/* The header moves where it is shared. */
	to = ip6->daddr;
	return route(trip, &to);
}

/* A router takes what is sent to it, and of what is sent to all what it needs. */
static enum vsw_drop_reason receive(const struct vsw_trip *trip)
{
	const struct ethhdr *eth = eth_hdr(trip->skb);
	bool is_for_all = is_multicast_ether_addr(eth->h_dest);

	if (!skb_vlan_tag_present(trip->skb) &&
	    (is_for_all || ether_addr_equal(eth->h_dest, trip->in->lladdr))) {
		switch (eth->h_proto) {
		case htons(ETH_P_IP):
			if (!is_for_all)
				return rx_ipv4(trip);
			break;
		case htons(ETH_P_IPV6):
			return rx_ipv6(trip);
		case htons(ETH_P_ARP):
			vsw_arp_rx(trip);
			return 0;
		}
	}
	vsw_route_end(trip);
	return 0;
}

/**
 * vsw_route_frame() - a switch gives a frame to a router
 * @pkt: the frame's way here
 * @port: port of the router's interface
 * @skb: the frame, consumed: counted as sent, or dropped with a reason
 *
 * Context: BH off, RCU read section.
 */
vsw_hot void vsw_route_frame(struct vsw_pkt *pkt, struct vsw_port *port, struct sk_buff *skb)
{
	struct vsw_trip trip = { .pkt = pkt, .in = port->rif, .skb = skb };
	enum vsw_drop_reason reason;

	skb_set_network_header(skb, ETH_HLEN);
	reason = receive(&trip);
	if (unlikely(reason))
		drop(&trip, reason);
}

static enum vsw_drop_reason pop_tags(struct sk_buff *skb)
{
	enum vsw_drop_reason reason = 0;

	while (!reason && skb_vlan_tag_present(skb))
		reason = vsw_pop_vlan(skb);
	return reason;
}

/**
 * vsw_route_enter() - the action route: by an interface, whatever the addresses
 * @pkt: the frame's way here
 * @slot: of the interface's port
 * @skb: the frame, consumed: counted as sent, or dropped with a reason
 *
 * Context: BH off, RCU read section.
 */
void vsw_route_enter(struct vsw_pkt *pkt, const struct vsw_slot *slot, struct sk_buff *skb)
{
	struct vsw_port *port = rcu_dereference(slot->port);
	enum vsw_drop_reason reason = VSW_DROP_REASON_PORT_GONE;

	if (port && port->kind == VSW_PORT_ROUTER)
		reason = pop_tags(skb);
	if (!reason && skb_ensure_writable(skb, ETH_HLEN))
		reason = VSW_DROP_REASON_NO_MEMORY;
	if (unlikely(reason)) {
		vsw_drop(pkt->in, skb, reason);
		return;
	}
	ether_addr_copy(eth_hdr(skb)->h_dest, port->rif->lladdr);
	vsw_route_frame(pkt, port, skb);
}
