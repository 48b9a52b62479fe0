// SPDX-License-Identifier: GPL-2.0
/*
 * Patch: from one switch into another, with the frame as it is, its tag in the
 * metadata, and in the same context. Each switch looks the frame up once in its
 * own tables. How deep switches can be inside each other is bounded, and so are
 * loops of them, by vsw_switch_frame().
 */
#include "path/patch.h"

#include "path/count.h"
#include "path/pkt.h"
#include "path/rx.h"

/**
 * vsw_patch_tx() - send a frame out of a patch port
 * @port: the port
 * @skb: the frame, consumed: counted as sent
 *
 * Context: BH off, RCU read section.
 */
void vsw_patch_tx(struct vsw_port *port, struct sk_buff *skb)
{
	struct vsw_pkt next __uninitialized;

	vsw_count_tx(port, vsw_frame_len(skb));
	vsw_pkt_init(&next, port->peer, skb);
	vsw_switch_frame(&next);
}
