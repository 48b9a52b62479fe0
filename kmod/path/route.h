/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Route: the way of packets through a router, from the port of one of its
 * interfaces to that of another, and what a router says itself.
 */
#ifndef VSW_PATH_ROUTE_H
#define VSW_PATH_ROUTE_H

#include <linux/skbuff.h>
#include <linux/vsw.h>

struct in6_addr;
struct vsw_pkt;
struct vsw_port;
struct vsw_rif;
struct vsw_router;
struct vsw_slot;
struct work_struct;

/* Hop limit of what a router sends itself. */
#define VSW_ROUTE_TTL	64

/**
 * struct vsw_trip - a packet in a router
 * @pkt: its way through the switch, NULL where it is not on it any more
 * @in: interface that it came in by; NULL for what the router has made
 * @skb: the packet, data at its Ethernet header, the network header is set
 */
struct vsw_trip {
	struct vsw_pkt *pkt;
	struct vsw_rif *in;
	struct sk_buff *skb;
};

/* Why a router sends back an ICMP error. */
enum vsw_icmp_error {
	VSW_ICMP_TTL,
	VSW_ICMP_NO_ROUTE,
	VSW_ICMP_NO_HOST,
	VSW_ICMP_PROHIBITED,
	VSW_ICMP_NO_PROTOCOL,
	VSW_ICMP_NO_PORT,
	VSW_ICMP_TOO_BIG,
};

/* route.c */
void vsw_route_frame(struct vsw_pkt *pkt, struct vsw_port *port, struct sk_buff *skb);
void vsw_route_enter(struct vsw_pkt *pkt, const struct vsw_slot *slot, struct sk_buff *skb);
enum vsw_drop_reason vsw_route_check(struct sk_buff *skb);
void vsw_route_emit(struct vsw_pkt *from, const struct vsw_rif *rif, struct sk_buff *skb);
void vsw_route_end(const struct vsw_trip *trip);
void vsw_route_reply(const struct vsw_trip *trip, struct sk_buff *skb,
		     const struct in6_addr *to);
void vsw_route_release(const struct vsw_rif *rif, struct sk_buff_head *ready,
		       const u8 *lladdr);
void vsw_route_drop_all(struct sk_buff_head *dead, enum vsw_drop_reason reason);
void vsw_route_learn(const struct vsw_rif *rif, const struct in6_addr *addr, const u8 *lladdr,
		     unsigned int flags);
void vsw_route_tick(struct work_struct *work);
struct sk_buff *vsw_route_alloc(const u8 *src, __be16 proto, unsigned int len);

/* arp.c */
void vsw_arp_rx(const struct vsw_trip *trip);
struct sk_buff *vsw_arp_answer(const u8 *lladdr, const struct in6_addr *target,
			       const struct in6_addr *asker, const u8 *to);
void vsw_arp_ask(const struct vsw_rif *rif, const struct in6_addr *addr, u64 lladdr);

/* nd.c */
void vsw_nd_rx(const struct vsw_trip *trip);
struct sk_buff *vsw_nd_answer(const u8 *lladdr, const struct in6_addr *target,
			      const struct in6_addr *asker, const u8 *to, bool is_router,
			      bool overrides);
void vsw_nd_ask(const struct vsw_rif *rif, const struct in6_addr *addr, u64 lladdr);

/* icmp.c */
void vsw_icmp_error(const struct vsw_trip *trip, enum vsw_icmp_error error, u32 mtu);
enum vsw_drop_reason vsw_icmp_rx(const struct vsw_trip *trip);
enum vsw_drop_reason vsw_icmp6_rx(const struct vsw_trip *trip);

#endif
