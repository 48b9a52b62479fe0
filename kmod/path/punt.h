/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Punt: frames on their way to user space.
 */
#ifndef VSW_PATH_PUNT_H
#define VSW_PATH_PUNT_H

struct sk_buff;
struct vsw_pkt;
struct vsw_port;
struct vsw_punt;
struct vsw_switch;

void vsw_punt(struct vsw_pkt *pkt, struct sk_buff *skb, const struct vsw_punt *what);

/* control */
void vsw_punt_purge(struct vsw_port *port);
void vsw_punts_init(struct vsw_switch *sw);
void vsw_punts_exit(struct vsw_switch *sw);

#endif
