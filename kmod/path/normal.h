/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Normal: what a switch does without flows: learn, look up, flood, by VLAN.
 */
#ifndef VSW_PATH_NORMAL_H
#define VSW_PATH_NORMAL_H

#include <linux/types.h>

struct sk_buff;
struct vsw_pkt;
struct vsw_port;

void vsw_normal(struct vsw_pkt *pkt, struct sk_buff *skb);
void vsw_flood(struct vsw_pkt *pkt, struct sk_buff *skb, bool all);

/* In two parts, for a port that does not learn. */
struct vsw_port *vsw_normal_find(const struct vsw_port *in, const u8 *dst, u16 vid);
void vsw_normal_forward(struct vsw_pkt *pkt, struct sk_buff *skb, struct vsw_port *out,
			u16 vid);

#endif
