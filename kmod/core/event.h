/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Events: the only door upward. Objects say here that they changed; the
 * netlink front, when it is there, tells the listeners.
 */
#ifndef VSW_CORE_EVENT_H
#define VSW_CORE_EVENT_H

#include <linux/if_ether.h>
#include <linux/in6.h>
#include <linux/types.h>

struct vsw_flow;
struct vsw_listener;
struct vsw_port;
struct vsw_punt_frame;
struct vsw_switch;

enum vsw_event {
	VSW_EVENT_NEW,		/* there, or changed */
	VSW_EVENT_DEL,
	VSW_EVENT_MOVE,		/* FDB only */
	VSW_EVENT_LOST,		/* FDB only: events could not be queued */
};

/**
 * struct vsw_fdb_event - what happened to an FDB entry, by value: the entry and
 *	the port may be gone when it is told
 * @event: what
 * @addr: address
 * @vid: VLAN
 * @flags: VSW_FDB_FLAG_*
 * @port_no: where
 * @old_port_no: where before, for VSW_EVENT_MOVE
 * @lost: number of events, for VSW_EVENT_LOST
 * @dst: remote behind a tunnel port, all zero for none; an IPv4 address mapped
 * @vni: VNI or key of frames for it
 */
struct vsw_fdb_event {
	enum vsw_event event;
	u8 addr[ETH_ALEN];
	u16 vid;
	unsigned long flags;
	u32 port_no;
	u32 old_port_no;
	u32 lost;
	struct in6_addr dst;
	u32 vni;
};

/**
 * struct vsw_event_ops - who listens; all are called with the namespace's lock
 *	held, in process context, and may sleep; @fdb and @punt, and nothing
 *	else, come from a work item
 * @sw: a switch
 * @port: a port
 * @flow: a flow, visible or with its final counters
 * @table: a table's miss policy changed
 * @fdb: an address
 * @punt: a frame for a listener; returns 0, or -EAGAIN where its socket is full,
 *	or another error
 */
struct vsw_event_ops {
	void (*sw)(struct vsw_switch *sw, enum vsw_event event);
	void (*port)(struct vsw_port *port, enum vsw_event event);
	void (*flow)(struct vsw_switch *sw, struct vsw_flow *flow,
		     enum vsw_event event);
	void (*table)(struct vsw_switch *sw, u8 id);
	void (*fdb)(struct vsw_switch *sw, const struct vsw_fdb_event *event);
	int (*punt)(struct vsw_port *port, const struct vsw_listener *l,
		    const struct vsw_punt_frame *f);
};

void vsw_event_listen(const struct vsw_event_ops *ops);

void vsw_event_switch(struct vsw_switch *sw, enum vsw_event event);
void vsw_event_port(struct vsw_port *port, enum vsw_event event);
void vsw_event_flow(struct vsw_switch *sw, struct vsw_flow *flow,
		    enum vsw_event event);
void vsw_event_table(struct vsw_switch *sw, u8 id);
int vsw_event_punt(struct vsw_port *port, const struct vsw_listener *l,
		   const struct vsw_punt_frame *f);

/* From any context: queued, told by a work item in order. */
void vsw_event_fdb(struct vsw_switch *sw, const struct vsw_fdb_event *event);

/* FDB events of a switch that wait to be told. */
struct vsw_event_queue;

int vsw_event_queue_create(struct vsw_switch *sw);
void vsw_event_queue_destroy(struct vsw_switch *sw);

#endif
