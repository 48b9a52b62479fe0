/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Transmit: the last step of a frame, out of a port.
 */
#ifndef VSW_PATH_TX_H
#define VSW_PATH_TX_H

struct net_device;
struct sk_buff;
struct vsw_pkt;
struct vsw_port;

void vsw_tx(struct vsw_pkt *pkt, struct vsw_port *port, struct sk_buff *skb);
void vsw_tx_prepare(struct net_device *dev, struct sk_buff *skb);
struct sk_buff *vsw_copy(struct vsw_port *in, struct sk_buff *skb);

#endif
