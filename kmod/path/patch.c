// SPDX-License-Identifier: GPL-2.0
/*
 * Patch: from one switch into another, with the frame as it is, its tag in the
 * metadata, and in the same context. Each switch looks the frame up once in its
 * own tables. How deep switches can be inside each other is bounded, and so are
 * loops of them, by vsw_switch_frame().
 */
#include "path/patch.h"

#include <linux/etherdevice.h>

#include "path/count.h"
#include "path/pkt.h"
#include "path/rx.h"

/*
 * Is the frame the one that a device has received, so that its receiver can go
 * on with it? The next switch may not forward what this one does.
 */
static bool is_received(const struct vsw_pkt *pkt, const struct sk_buff *skb)
{
	return pkt->is_received && skb == pkt->skb &&
	       !is_link_local_ether_addr(eth_hdr(skb)->h_dest);
}

/**
 * vsw_patch_tx() - send a frame out of a patch port
 * @pkt: the frame's way here
 * @port: the port
 * @skb: the frame, consumed unless it is handed to a peer: counted as sent
 *
 * Context: BH off, RCU read section.
 */
vsw_hot void vsw_patch_tx(struct vsw_pkt *pkt, struct vsw_port *port, struct sk_buff *skb)
{
	struct vsw_pkt next __uninitialized;

	vsw_count_tx(port, vsw_frame_len(skb));
	vsw_pkt_init(&next, port->peer, skb);
	next.is_received = is_received(pkt, skb);
	vsw_switch_frame(&next);
	pkt->handed = next.handed ?: pkt->handed;
}
