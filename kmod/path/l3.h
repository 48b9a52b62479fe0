/* SPDX-License-Identifier: GPL-2.0 */
/*
 * L3: frames that come from and go to devices without Ethernet.
 */
#ifndef VSW_PATH_L3_H
#define VSW_PATH_L3_H

#include <linux/skbuff.h>
#include <linux/vsw.h>

struct vsw_port;

bool vsw_l3_enter(struct vsw_port *port, struct sk_buff *skb);
enum vsw_drop_reason vsw_l3_leave(const struct vsw_port *port, struct sk_buff *skb);

#endif
