/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Patch: from one switch into another.
 */
#ifndef VSW_PATH_PATCH_H
#define VSW_PATH_PATCH_H

struct sk_buff;
struct vsw_pkt;
struct vsw_port;

void vsw_patch_tx(struct vsw_pkt *pkt, struct vsw_port *port, struct sk_buff *skb);

#endif
