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
#include "tables/layout.h"

/*
 * What most frames run stands together in the module, so that it takes few lines of
 * the caches and no two of its lines the same place there.
 */
#define vsw_hot	__section(".text.hot")

/**
 * struct vsw_pkt - one frame, on the stack of vsw_switch_frame()
 * @skb: the frame; data stands at the Ethernet header, the outer VLAN tag is in
 *	the skb's metadata, mac_header is set
 * @in: port of entry
 * @sw: the switch
 * @len: length that is counted
 * @is_received: a device has received it, so that the receiver can go on with it
 * @tunnelled: VSW_CLASS_TUNNEL, and @key.tun is set; 0 if no tunnel was left
 * @handed: the frame, where it was handed to a peer
 * @key: what parse found; words that nobody asked for are not set
 */
struct vsw_pkt {
	struct sk_buff *skb;
	struct vsw_port *in;
	struct vsw_switch *sw;
	unsigned int len;
	bool is_received;
	u8 tunnelled;
	struct sk_buff *handed;
	struct vsw_key key;
};

static inline void vsw_pkt_init(struct vsw_pkt *pkt, struct vsw_port *in, struct sk_buff *skb)
{
	pkt->is_received = false;
	pkt->tunnelled = 0;
	pkt->handed = NULL;
	pkt->skb = skb;
	pkt->in = in;
	pkt->sw = in->sw;
	pkt->len = vsw_frame_len(skb);
}

static inline enum vsw_class vsw_pkt_class(const struct vsw_pkt *pkt)
{
	return vsw_class_of(pkt->key.eth_type) | pkt->tunnelled;
}

#endif
