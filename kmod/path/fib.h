/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Fib: packets that the routes of the host forward.
 */
#ifndef VSW_PATH_FIB_H
#define VSW_PATH_FIB_H

struct sk_buff;
struct vsw_pkt;

void vsw_fib(struct vsw_pkt *pkt, struct sk_buff *skb);

#endif
