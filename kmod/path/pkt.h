/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A frame on its way through a switch.
 */
#ifndef VSW_PATH_PKT_H
#define VSW_PATH_PKT_H

#include <linux/skbuff.h>

#include "core/port.h"
#include "core/switch.h"
#include "tables/key.h"

/**
 * struct vsw_pkt - one frame, on the stack of vsw_switch_frame()
 * @skb: the frame; data stands at the Ethernet header, the outer VLAN tag is in
 *	the skb's metadata, mac_header is set
 * @in: port of entry
 * @sw: the switch
 * @len: length that is counted
 * @key: what parse found
 * @inner_tpid: TPID of the second tag, 0 without
 */
struct vsw_pkt {
	struct sk_buff *skb;
	struct vsw_port *in;
	struct vsw_switch *sw;
	unsigned int len;
	struct vsw_key key;
	__be16 inner_tpid;
};

#endif
