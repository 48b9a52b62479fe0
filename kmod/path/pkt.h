/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A frame on its way through a switch.
 */
#ifndef VSW_PATH_PKT_H
#define VSW_PATH_PKT_H

#include <linux/skbuff.h>

#include "core/port.h"
#include "core/switch.h"
#include "path/count.h"
#include "tables/key.h"

/**
 * struct vsw_pkt - one frame, on the stack of vsw_switch_frame()
 * @skb: the frame; data stands at the Ethernet header, the outer VLAN tag is in
 *	the skb's metadata, mac_header is set
 * @in: port of entry
 * @sw: the switch
 * @len: length that is counted
 * @is_received: a device has received it, so that the receiver can go on with it
 * @handed: the frame, where it was handed to a peer
 * @key: what parse found; words that nobody asked for are not set
 */
struct vsw_pkt {
	struct sk_buff *skb;
	struct vsw_port *in;
	struct vsw_switch *sw;
	unsigned int len;
	bool is_received;
	struct sk_buff *handed;
	struct vsw_key key;
};

static inline void vsw_pkt_init(struct vsw_pkt *pkt, struct vsw_port *in, struct sk_buff *skb)
{
	pkt->is_received = false;
	pkt->handed = NULL;
	pkt->skb = skb;
	pkt->in = in;
	pkt->sw = in->sw;
	pkt->len = vsw_frame_len(skb);
}

#endif
