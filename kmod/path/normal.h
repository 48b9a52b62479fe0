/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Normal: what a switch does without flows: learn, look up, flood, by VLAN.
 */
#ifndef VSW_PATH_NORMAL_H
#define VSW_PATH_NORMAL_H

struct sk_buff;
struct vsw_pkt;

void vsw_normal(struct vsw_pkt *pkt, struct sk_buff *skb);
void vsw_flood(struct vsw_pkt *pkt, struct sk_buff *skb, bool all);

#endif
