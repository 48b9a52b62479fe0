/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Tunnel: the outer header of frames that come or go by a tunnel device, which
 * the device itself puts on and takes off.
 */
#ifndef VSW_PATH_TUNNEL_H
#define VSW_PATH_TUNNEL_H

#include <linux/types.h>

#include "tables/key.h"

struct metadata_dst;
struct net_device;
struct sk_buff;
struct vsw_pkt;
struct vsw_slot;

/* The TTL of an outer header where nobody says one. */
#define VSW_TUNNEL_TTL	64

/**
 * struct vsw_encap - send a frame by a tunnel
 * @slot: the tunnel port
 * @md: tells the device the header; NULL to make it for one frame
 * @tun: the header
 * @has_id: it has a VNI or key
 * @has_csum: it has a checksum
 */
struct vsw_encap {
	struct vsw_slot *slot;
	struct metadata_dst *md;
	struct vsw_tunnel tun;
	bool has_id;
	bool has_csum;
};

/* What most encaps differ in: VNI and remote. */
static inline u64 vsw_encap_hash(const struct vsw_encap *encap)
{
	const struct vsw_tunnel *tun = &encap->tun;

	return tun->w[0] ^ tun->w[1] ^ tun->w[4] ^ tun->w[5];
}

void vsw_tunnel_parse(struct vsw_pkt *pkt);

bool vsw_encap_init(struct vsw_encap *encap, struct vsw_slot *slot,
		    const struct net_device *dev,
		    const struct vsw_tunnel *value, const struct vsw_tunnel *mask);
bool vsw_encap_is_same(const struct vsw_encap *a, const struct vsw_encap *b);
size_t vsw_encap_cost(void);
void vsw_encap_keep(struct vsw_encap *encap);
void vsw_encap_put(struct vsw_encap *encap);
void vsw_encap_output(struct vsw_pkt *pkt, struct sk_buff *skb,
		      const struct vsw_encap *encap);

#endif
