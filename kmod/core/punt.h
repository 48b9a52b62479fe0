/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Punt: who in user space listens, and what is told of a frame.
 */
#ifndef VSW_CORE_PUNT_H
#define VSW_CORE_PUNT_H

#include <linux/list.h>
#include <linux/skbuff.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/workqueue.h>

#include "tables/key.h"

struct netlink_ext_ack;
struct vsw_net;
struct vsw_switch;

#define VSW_PUNT_RATE_DEFAULT	1000
#define VSW_PUNT_BURST_DEFAULT	250

/* The queue of a listener that gets what nobody else listens to. */
#define VSW_PUNT_REST	0x10000

/**
 * struct vsw_punt - what flows say of a frame that they punt
 * @cookie: of the flow, all ones for a miss
 * @metadata: of the frame's journey so far
 * @reg: registers
 * @queue: whose listener gets it
 * @table: where the frame was
 * @reason: enum vsw_punt_reason
 * @len: bytes of @userdata
 * @userdata: of the action
 *
 * Compared and copied as bytes.
 */
struct vsw_punt {
	u64 cookie;
	u64 metadata;
	u32 reg[VSW_REGS];
	u16 queue;
	u8 table;
	u8 reason;
	u8 len;
	u8 userdata[VSW_PUNT_USERDATA_MAX];
};

/**
 * struct vsw_punt_frame - a frame that waits to be punted
 * @node: in vsw_punt_queue.frames
 * @skb: the frame, data at its Ethernet header
 * @time: when it was punted, nanoseconds since 1970
 * @what: what flows said
 * @tun: outer header that it came with, 0 if by no tunnel
 */
struct vsw_punt_frame {
	struct list_head node;
	struct sk_buff *skb;
	u64 time;
	struct vsw_punt what;
	struct vsw_tunnel tun;
};

/**
 * struct vsw_punt_queue - the frames of a port that wait
 * @due: nanoseconds; the port's frames so far have used up its rate until then
 * @rate: frames a second, written under the namespace's lock
 * @burst: frames at once, like @rate
 * @busy: in vsw_punts.busy, empty as long as no frame waits
 * @frames: list of struct vsw_punt_frame, under vsw_punts.lock, as all below
 * @n: number of them
 * @bytes: memory of them
 */
struct vsw_punt_queue {
	atomic64_t due;
	u32 rate;
	u32 burst;
	struct list_head busy;
	struct list_head frames;
	unsigned int n;
	size_t bytes;
};

/**
 * struct vsw_listener - a socket that gets frames
 * @node: in vsw_punts.listeners
 * @portid: the socket
 * @queue: a queue, or VSW_PUNT_REST
 * @snaplen: bytes of a frame that it wants
 * @sent: frames that it got, under the namespace's lock
 * @lost: frames that it had no room for, like @sent
 * @rcu: frees it
 */
struct vsw_listener {
	struct list_head node;
	u32 portid;
	u32 queue;
	u32 snaplen;
	u64 sent;
	u64 lost;
	struct rcu_head rcu;
};

/**
 * struct vsw_punts - what a switch punts
 * @listeners: list of struct vsw_listener (RCU, written under the namespace's
 *	lock)
 * @n_listeners: number of them
 * @lock: protects the queues of all ports, BH off
 * @busy: ports whose frames wait, the next one first
 * @work: sends their frames, one of each port in turn
 */
struct vsw_punts {
	struct list_head listeners;
	u32 n_listeners;
	spinlock_t lock;
	struct list_head busy;
	struct work_struct work;
};

static inline void vsw_punt_queue_init(struct vsw_punt_queue *q)
{
	INIT_LIST_HEAD(&q->busy);
	INIT_LIST_HEAD(&q->frames);
	q->rate = VSW_PUNT_RATE_DEFAULT;
	q->burst = VSW_PUNT_BURST_DEFAULT;
}

/* RCU or the namespace's lock. */
struct vsw_listener *vsw_listener_find(const struct vsw_switch *sw, u16 queue);

/* Under the namespace's lock. */
struct vsw_listener *vsw_listener_find_exact(const struct vsw_switch *sw, u32 queue);
int vsw_listener_add(struct vsw_switch *sw, u32 portid, u32 queue, u32 snaplen,
		     struct netlink_ext_ack *extack);
int vsw_listener_del(struct vsw_switch *sw, u32 portid, u32 queue,
		     struct netlink_ext_ack *extack);
void vsw_listeners_forget_socket(struct vsw_net *vn, u32 portid);
void vsw_listeners_exit(struct vsw_switch *sw);

#endif
