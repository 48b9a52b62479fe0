/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Packet: frames that user space puts into a switch.
 */
#ifndef VSW_CORE_PACKET_H
#define VSW_CORE_PACKET_H

#include <linux/types.h>

struct netlink_ext_ack;
struct vsw_action;
struct vsw_port;

/**
 * struct vsw_packet - a frame to put into a switch
 * @in: the port by which it enters
 * @data: the frame
 * @len: its length, at least ETH_HLEN
 * @table: where it begins, without @actions
 * @n_actions: number of @actions
 * @actions: what happens to it, NULL: what the table says
 * @bad: gets the index of the action that is refused
 */
struct vsw_packet {
	struct vsw_port *in;
	const void *data;
	unsigned int len;
	u8 table;
	unsigned int n_actions;
	const struct vsw_action *actions;
	int bad;
};

/* Under the namespace's lock. */
int vsw_packet_out(struct vsw_packet *packet, struct netlink_ext_ack *extack);

#endif
