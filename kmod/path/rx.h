/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Receive: where frames enter a switch.
 */
#ifndef VSW_PATH_RX_H
#define VSW_PATH_RX_H

#include <linux/netdevice.h>

#include "core/port.h"

struct vsw_pkt;

rx_handler_result_t vsw_rx_handler(struct sk_buff **pskb);
rx_handler_result_t vsw_rx_l3(struct sk_buff **pskb);
void vsw_rx_local(struct vsw_port *local, struct sk_buff *skb);
void vsw_switch_frame(struct vsw_pkt *pkt);

int vsw_path_init(void);
void vsw_path_exit(void);

#endif
