/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Peer: hand a frame for a pair of virtual devices straight to the other one.
 */
#ifndef VSW_PATH_PEER_H
#define VSW_PATH_PEER_H

#include <linux/ktime.h>

struct sk_buff;
struct vsw_pkt;
struct vsw_port;

bool vsw_peer_takes(struct vsw_pkt *pkt, const struct vsw_port *port, struct sk_buff *skb,
		    ktime_t received);

#endif
