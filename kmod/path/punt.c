// SPDX-License-Identifier: GPL-2.0
/*
 * Punt: frames on their way to user space.
 *
 * The path puts them on a queue of their port of entry, within the port's rate
 * and the queue's bounds. A work item takes one frame of each port in turn, so
 * that a port that punts much delays the others by no more than a frame each.
 */
#include "path/punt.h"

#include <linux/slab.h>
#include <linux/timekeeping.h>

#include "compat.h"
#include "core/event.h"
#include "core/switch.h"
#include "path/count.h"
#include "path/drop.h"
#include "path/pkt.h"

/* What a port can have waiting. */
#define FRAMES_MAX	128
#define BYTES_MAX	(512 * 1024)

/* Segments of a frame; no honest sender comes near. */
#define SEGMENTS_MAX	1024

/* Frames to send without giving the lock to others. */
#define BATCH		64

/*
 * The frames so far have used up the rate until q->due; those of a burst may
 * use it up in advance. A frame of @n segments counts as so many, but once it is
 * its turn it is taken whole.
 */
static bool is_within_rate(struct vsw_punt_queue *q, unsigned int n)
{
	s64 cost = NSEC_PER_SEC / READ_ONCE(q->rate);
	s64 ahead = cost * READ_ONCE(q->burst);
	s64 due = atomic64_read(&q->due);
	s64 now = ktime_get_ns();
	s64 next;

	do {
		next = max(due, now) + cost;
		if (next - now > ahead)
			return false;
		next += cost * (n - 1);
	} while (!atomic64_try_cmpxchg(&q->due, &due, next));
	return true;
}

static bool is_full(const struct vsw_punt_queue *q, const struct sk_buff *skb)
{
	return q->n == FRAMES_MAX || q->bytes + skb->truesize > BYTES_MAX;
}

static bool enqueue(struct vsw_port *port, struct vsw_punt_frame *f)
{
	struct vsw_punts *punts = &port->sw->punts;
	struct vsw_punt_queue *q = &port->punt;
	bool full;

	spin_lock(&punts->lock);
	full = is_full(q, f->skb);
	if (!full) {
		list_add_tail(&f->node, &q->frames);
		q->n++;
		q->bytes += f->skb->truesize;
		if (list_empty(&q->busy))
			list_add_tail(&q->busy, &punts->busy);
	}
	spin_unlock(&punts->lock);
	return !full;
}

/* The frame may wait: it must hold nothing of its sender. */
static enum vsw_drop_reason release(struct sk_buff *skb)
{
	if (skb_orphan_frags_rx(skb, GFP_ATOMIC))
		return VSW_DROP_REASON_NO_MEMORY;
	skb_orphan(skb);
	skb->dev = NULL;
	return 0;
}

static enum vsw_drop_reason hold(const struct vsw_pkt *pkt, struct sk_buff *skb,
				 const struct vsw_punt *what)
{
	struct vsw_punt_frame *f;

	f = kmalloc(sizeof(*f), GFP_ATOMIC | __GFP_NOWARN);
	if (!f)
		return VSW_DROP_REASON_NO_MEMORY;
	f->skb = skb;
	f->time = ktime_get_real_ns();
	f->what = *what;
	if (pkt->tunnelled)
		f->tun = pkt->key.tun;
	else
		memset(&f->tun, 0, sizeof(f->tun));
	if (enqueue(pkt->in, f))
		return 0;
	kfree(f);
	return VSW_DROP_REASON_PUNT_QUEUE_FULL;
}

/* Guests say how long segments are, and may lie. */
static unsigned int n_segments(const struct sk_buff *skb)
{
	return skb_is_gso(skb) ? DIV_ROUND_UP(skb->len, skb_shinfo(skb)->gso_size) : 1;
}

static enum vsw_drop_reason refusal(struct vsw_port *port, const struct sk_buff *skb,
				    const struct vsw_punt *what)
{
	unsigned int n;

	if (!vsw_listener_find(port->sw, what->queue))
		return VSW_DROP_REASON_PUNT_NO_LISTENER;
	n = n_segments(skb);
	if (n > SEGMENTS_MAX || !is_within_rate(&port->punt, n))
		return VSW_DROP_REASON_PUNT_RATE;
	return 0;
}

/**
 * vsw_punt() - send a frame to user space
 * @pkt: the frame's way here
 * @skb: the frame, consumed: it waits to be sent, or is dropped with a reason
 * @what: what flows said, copied
 *
 * Context: BH off, RCU read section.
 */
void vsw_punt(struct vsw_pkt *pkt, struct sk_buff *skb, const struct vsw_punt *what)
{
	enum vsw_drop_reason reason;

	reason = refusal(pkt->in, skb, what) ?: release(skb) ?: hold(pkt, skb, what);
	if (reason)
		vsw_drop(pkt->in, skb, reason);
	else
		queue_work(system_unbound_wq, &pkt->sw->punts.work);
}

static struct vsw_punt_frame *dequeue(struct vsw_punts *punts, struct vsw_punt_queue *q)
{
	struct vsw_punt_frame *f;

	lockdep_assert_held(&punts->lock);
	f = list_first_entry(&q->frames, struct vsw_punt_frame, node);
	list_del(&f->node);
	q->n--;
	q->bytes -= f->skb->truesize;
	if (q->n)
		list_move_tail(&q->busy, &punts->busy);
	else
		list_del_init(&q->busy);
	return f;
}

/* The next frame of the port whose turn it is. */
static struct vsw_punt_frame *next_frame(struct vsw_punts *punts, struct vsw_port **port)
{
	struct vsw_punt_frame *f = NULL;
	struct vsw_punt_queue *q;

	spin_lock_bh(&punts->lock);
	q = list_first_entry_or_null(&punts->busy, struct vsw_punt_queue, busy);
	if (q) {
		*port = container_of(q, struct vsw_port, punt);
		f = dequeue(punts, q);
	}
	spin_unlock_bh(&punts->lock);
	return f;
}

static enum vsw_drop_reason tell(struct vsw_port *port, struct vsw_listener *l,
				 const struct vsw_punt_frame *f)
{
	switch (vsw_event_punt(port, l, f)) {
	case 0:
		l->sent++;
		return 0;
	case -EAGAIN:
		l->lost++;
		return VSW_DROP_REASON_PUNT_SOCKET_FULL;
	case -ENOMEM:
		return VSW_DROP_REASON_NO_MEMORY;
	default:
		return VSW_DROP_REASON_PUNT_NO_LISTENER;
	}
}

/* Who sent the frame may have left its checksum to the device. */
static enum vsw_drop_reason sum(struct sk_buff *skb)
{
	if (skb->ip_summed == CHECKSUM_PARTIAL && skb_csum_hwoffload_help(skb, 0))
		return VSW_DROP_REASON_NO_MEMORY;
	return 0;
}

/* The listener gets frames as they are on a wire. */
static enum vsw_drop_reason tell_segments(struct vsw_port *port, struct vsw_listener *l,
					  struct vsw_punt_frame *f)
{
	struct sk_buff *skb = f->skb, *segs, *seg, *next;
	enum vsw_drop_reason reason = 0;

	/* The header may be shared with a copy that went on. */
	if (skb_cow_head(skb, 0))
		return VSW_DROP_REASON_NO_MEMORY;
	/* Asked what it can do; the lock keeps the switch. */
	skb->dev = port->sw->dev;
	/* Segments get a checksum whatever is known of that of the whole. */
	if (skb->ip_summed == CHECKSUM_NONE)
		skb->ip_summed = CHECKSUM_UNNECESSARY;
	segs = __skb_gso_segment(skb, NETIF_F_SG, false);
	if (IS_ERR_OR_NULL(segs))
		return VSW_DROP_REASON_OFFLOAD;
	skb_list_walk_safe(segs, seg, next) {
		skb_mark_not_on_list(seg);
		f->skb = seg;
		reason = reason ?: sum(seg) ?: tell(port, l, f);
		consume_skb(seg);
	}
	f->skb = skb;
	return reason;
}

static enum vsw_drop_reason deliver(struct vsw_port *port, struct vsw_punt_frame *f)
{
	struct vsw_listener *l = vsw_listener_find(port->sw, f->what.queue);

	if (!l)
		return VSW_DROP_REASON_PUNT_NO_LISTENER;
	if (skb_is_gso(f->skb))
		return tell_segments(port, l, f);
	return sum(f->skb) ?: tell(port, l, f);
}

/* The end of a frame that has waited. */
static void finish(struct vsw_port *port, struct vsw_punt_frame *f, enum vsw_drop_reason reason)
{
	local_bh_disable();
	rcu_read_lock();
	if (reason) {
		vsw_drop(port, f->skb, reason);
	} else {
		vsw_count_punted(port);
		consume_skb(f->skb);
	}
	rcu_read_unlock();
	local_bh_enable();
	kfree(f);
}

/* The lock keeps the ports; it is given away now and then. */
static void punts_work(struct work_struct *work)
{
	struct vsw_punts *punts = container_of(work, struct vsw_punts, work);
	struct vsw_switch *sw = container_of(punts, struct vsw_switch, punts);
	struct vsw_punt_frame *f;
	struct vsw_port *port;
	int n;

	mutex_lock(&sw->vn->lock);
	for (n = 0; n < BATCH; n++) {
		f = next_frame(punts, &port);
		if (!f)
			break;
		finish(port, f, deliver(port, f));
	}
	mutex_unlock(&sw->vn->lock);
	if (n == BATCH)
		queue_work(system_unbound_wq, work);
}

/**
 * vsw_punt_purge() - drop the frames of a port that wait
 * @port: the port, where no frame enters any more
 *
 * Context: The namespace's lock, or no work item any more.
 */
void vsw_punt_purge(struct vsw_port *port)
{
	struct vsw_punts *punts = &port->sw->punts;
	struct vsw_punt_queue *q = &port->punt;
	struct vsw_punt_frame *f, *next;
	LIST_HEAD(gone);

	spin_lock_bh(&punts->lock);
	list_splice_init(&q->frames, &gone);
	list_del_init(&q->busy);
	q->n = 0;
	q->bytes = 0;
	spin_unlock_bh(&punts->lock);
	list_for_each_entry_safe(f, next, &gone, node)
		finish(port, f, VSW_DROP_REASON_PORT_GONE);
}

/**
 * vsw_punts_init() - get ready to punt frames
 * @sw: the switch
 *
 * Context: RTNL.
 */
void vsw_punts_init(struct vsw_switch *sw)
{
	struct vsw_punts *punts = &sw->punts;

	INIT_LIST_HEAD(&punts->listeners);
	INIT_LIST_HEAD(&punts->busy);
	spin_lock_init(&punts->lock);
	INIT_WORK(&punts->work, punts_work);
}

/**
 * vsw_punts_exit() - undo vsw_punts_init()
 * @sw: the switch, where no frame is under way; its LOCAL port is still there
 *
 * Context: RTNL, not the namespace's lock.
 */
void vsw_punts_exit(struct vsw_switch *sw)
{
	cancel_work_sync(&sw->punts.work);
	vsw_punt_purge(sw->local);
	mutex_lock(&sw->vn->lock);
	vsw_listeners_exit(sw);
	mutex_unlock(&sw->vn->lock);
}
