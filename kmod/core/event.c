// SPDX-License-Identifier: GPL-2.0
/*
 * Events: objects say here that they changed, the listener is told.
 */
#include "core/event.h"

#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/srcu.h>
#include <linux/workqueue.h>

#include "core/switch.h"

#define EVENT_QUEUE_LEN		1024

static const struct vsw_event_ops __rcu *listener;

/* Listeners sleep. */
DEFINE_STATIC_SRCU(listener_srcu);

/**
 * struct vsw_event_queue - FDB events of a switch that wait to be told
 * @sw: the switch
 * @work: tells them
 * @lock: protects all below, BH off
 * @head: number of events taken out
 * @tail: number of events put in
 * @lost: number of events that found no room, since that was last told
 * @ring: events @head to @tail - 1, modulo its length
 */
struct vsw_event_queue {
	struct vsw_switch *sw;
	struct work_struct work;
	spinlock_t lock;
	u32 head;
	u32 tail;
	u32 lost;
	struct vsw_fdb_event ring[EVENT_QUEUE_LEN];
};

/*
 * Listeners know a switch from its first event to its last. What work items
 * still do for a switch that is being unregistered is not told.
 */
static bool event_is_due(const struct vsw_switch *sw)
{
	lockdep_assert_held(&sw->vn->lock);
	return !list_empty(&sw->node);
}

/**
 * vsw_event_listen() - set or take away the one listener
 * @ops: the listener, NULL for none
 *
 * Context: Process, without locks. When it returns, the former listener is not
 * being called any more.
 */
void vsw_event_listen(const struct vsw_event_ops *ops)
{
	rcu_assign_pointer(listener, ops);
	synchronize_srcu(&listener_srcu);
}

/* In @call, the listener is "ops". */
#define event_tell(sw, call)	do {					\
	const struct vsw_event_ops *ops;				\
	int idx;							\
									\
	if (!event_is_due(sw))						\
		break;							\
	idx = srcu_read_lock(&listener_srcu);				\
	ops = srcu_dereference(listener, &listener_srcu);		\
	if (ops)							\
		call;							\
	srcu_read_unlock(&listener_srcu, idx);				\
} while (0)

/**
 * vsw_event_switch() - a switch is new, has changed, or goes
 * @sw: the switch
 * @event: which
 *
 * Context: The namespace's lock.
 */
void vsw_event_switch(struct vsw_switch *sw, enum vsw_event event)
{
	sw->vn->seq++;
	event_tell(sw, ops->sw(sw, event));
}

/**
 * vsw_event_port() - a port is new, has changed, or goes
 * @port: the port
 * @event: which
 *
 * Context: The namespace's lock.
 */
void vsw_event_port(struct vsw_port *port, enum vsw_event event)
{
	port->sw->vn->seq++;
	event_tell(port->sw, ops->port(port, event));
}

/**
 * vsw_event_flow() - a flow is new, has changed, or goes
 * @sw: its switch
 * @flow: the flow
 * @event: which
 *
 * Context: The namespace's lock.
 */
void vsw_event_flow(struct vsw_switch *sw, struct vsw_flow *flow,
		    enum vsw_event event)
{
	event_tell(sw, ops->flow(sw, flow, event));
}

/**
 * vsw_event_table() - a table's miss policy has changed
 * @sw: its switch
 * @id: its number
 *
 * Context: The namespace's lock.
 */
void vsw_event_table(struct vsw_switch *sw, u8 id)
{
	event_tell(sw, ops->table(sw, id));
}

/**
 * vsw_event_punt() - a frame for a listener
 * @port: where it entered
 * @l: the listener
 * @f: the frame
 *
 * Context: The namespace's lock.
 * Return: 0; -EAGAIN where the listener has no room; or another error.
 */
int vsw_event_punt(struct vsw_port *port, const struct vsw_listener *l,
		   const struct vsw_punt_frame *f)
{
	int err = -ENOTCONN;

	event_tell(port->sw, err = ops->punt(port, l, f));
	return err;
}

/**
 * vsw_event_fdb() - an address is new, has moved, or goes
 * @sw: the switch
 * @event: all about it
 *
 * Queued, and told in order. A full queue loses events, which is told too.
 *
 * Context: Any but hard interrupts. The switch's FDB lock gives the order.
 */
void vsw_event_fdb(struct vsw_switch *sw, const struct vsw_fdb_event *event)
{
	struct vsw_event_queue *q = sw->events;

	if (!q || !rcu_access_pointer(listener))
		return;
	spin_lock_bh(&q->lock);
	if (q->tail - q->head < EVENT_QUEUE_LEN)
		q->ring[q->tail++ % EVENT_QUEUE_LEN] = *event;
	else
		q->lost++;
	spin_unlock_bh(&q->lock);
	schedule_work(&q->work);
}

/*
 * After a loss the queue is emptied before the loss is told, so that the
 * listener, who looks at the FDB then, sees no older event after it.
 */
static bool event_queue_get(struct vsw_event_queue *q, struct vsw_fdb_event *event)
{
	bool found = true;

	spin_lock_bh(&q->lock);
	if (q->head != q->tail) {
		*event = q->ring[q->head++ % EVENT_QUEUE_LEN];
	} else if (q->lost) {
		*event = (struct vsw_fdb_event) {
			.event = VSW_EVENT_LOST, .lost = q->lost,
		};
		q->lost = 0;
	} else {
		found = false;
	}
	spin_unlock_bh(&q->lock);
	return found;
}

/* Gives the lock away now and then, however fast events come in. */
static void event_queue_work(struct work_struct *work)
{
	struct vsw_event_queue *q = container_of(work, struct vsw_event_queue, work);
	struct vsw_switch *sw = q->sw;
	struct vsw_fdb_event event;
	int n;

	mutex_lock(&sw->vn->lock);
	for (n = 0; n < EVENT_QUEUE_LEN && event_queue_get(q, &event); n++)
		event_tell(sw, ops->fdb(sw, &event));
	mutex_unlock(&sw->vn->lock);
	if (n == EVENT_QUEUE_LEN)
		schedule_work(&q->work);
}

/**
 * vsw_event_queue_create() - begin to queue a switch's FDB events
 * @sw: the switch
 *
 * Context: Process.
 * Return: 0 or an error.
 */
int vsw_event_queue_create(struct vsw_switch *sw)
{
	struct vsw_event_queue *q;

	q = kvzalloc(sizeof(*q), GFP_KERNEL_ACCOUNT);
	if (!q)
		return -ENOMEM;
	q->sw = sw;
	spin_lock_init(&q->lock);
	INIT_WORK(&q->work, event_queue_work);
	sw->events = q;
	return 0;
}

/**
 * vsw_event_queue_destroy() - forget a switch's FDB events
 * @sw: the switch
 *
 * Context: Process, without the namespace's lock; no frame is under way in the
 * switch.
 */
void vsw_event_queue_destroy(struct vsw_switch *sw)
{
	struct vsw_event_queue *q = sw->events;

	sw->events = NULL;
	cancel_work_sync(&q->work);
	kvfree(q);
}
