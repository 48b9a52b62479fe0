/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Proxy: who answers for the stations behind a device without Ethernet.
 */
#ifndef VSW_PATH_PROXY_H
#define VSW_PATH_PROXY_H

#include <linux/types.h>

struct sk_buff;
struct vsw_port;

bool vsw_proxy_takes(struct vsw_port *port, struct sk_buff *skb);

#endif
