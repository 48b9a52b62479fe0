/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Suppress: answers in the name of stations that the switch knows.
 */
#ifndef VSW_PATH_SUPPRESS_H
#define VSW_PATH_SUPPRESS_H

#include <linux/types.h>

struct sk_buff;
struct vsw_pkt;

struct sk_buff *vsw_suppress(const struct vsw_pkt *pkt, const struct sk_buff *skb, u16 vid);

#endif
