/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Tunnel: the outer header of frames that come or go by a tunnel device, which
 * the device itself puts on and takes off.
 */
#ifndef VSW_PATH_TUNNEL_H
#define VSW_PATH_TUNNEL_H

#include <linux/types.h>
#include <linux/vsw.h>

#include "tables/remote.h"

struct metadata_dst;
struct sk_buff;
struct vsw_pkt;
struct vsw_port;
struct vsw_slot;

/**
 * struct vsw_encap - send a frame by a tunnel
 * @slot: the tunnel port
 * @md: tells the device the header; NULL to make it for each frame
 * @outer: the header
 */
struct vsw_encap {
	struct vsw_slot *slot;
	struct metadata_dst *md;
	struct vsw_outer outer;
};

/* What most encaps differ in: VNI and remote. */
static inline u64 vsw_encap_hash(const struct vsw_encap *encap)
{
	const struct vsw_tunnel *tun = &encap->outer.tun;

	return tun->w[0] ^ tun->w[1] ^ tun->w[4] ^ tun->w[5];
}

enum vsw_drop_reason vsw_tunnel_receive(struct vsw_pkt *pkt);
void vsw_tunnel_tx(struct vsw_pkt *pkt, struct vsw_port *port, struct sk_buff *skb,
		   const struct vsw_remote *remote);

bool vsw_encap_is_same(const struct vsw_encap *a, const struct vsw_encap *b);
void vsw_encap_keep(struct vsw_encap *encap);
void vsw_encap_put(struct vsw_encap *encap);
void vsw_encap_output(struct vsw_pkt *pkt, struct sk_buff *skb,
		      const struct vsw_encap *encap);

#endif
