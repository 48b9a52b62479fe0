// SPDX-License-Identifier: GPL-2.0
/*
 * Punt: who in user space listens to what a switch punts.
 */
#include "core/punt.h"

#include <linux/rculist.h>
#include <linux/slab.h>

#include "compat.h"
#include "core/switch.h"

#define LISTENERS_MAX	64

/**
 * vsw_listener_find() - who gets the frames of a queue?
 * @sw: the switch
 * @queue: the queue
 *
 * Context: RCU, or the namespace's lock.
 * Return: The listener, or NULL.
 */
struct vsw_listener *vsw_listener_find(const struct vsw_switch *sw, u16 queue)
{
	struct vsw_listener *l, *rest = NULL;

	list_for_each_entry_rcu(l, &sw->punts.listeners, node, lockdep_is_held(&sw->vn->lock)) {
		if (l->queue == queue)
			return l;
		if (l->queue == VSW_PUNT_REST)
			rest = l;
	}
	return rest;
}

/**
 * vsw_listener_find_exact() - who listens to this queue?
 * @sw: the switch
 * @queue: the queue, or VSW_PUNT_REST
 *
 * Context: The namespace's lock.
 * Return: The listener, or NULL.
 */
struct vsw_listener *vsw_listener_find_exact(const struct vsw_switch *sw, u32 queue)
{
	struct vsw_listener *l;

	lockdep_assert_held(&sw->vn->lock);
	list_for_each_entry(l, &sw->punts.listeners, node)
		if (l->queue == queue)
			return l;
	return NULL;
}

static int check(const struct vsw_switch *sw, u32 queue, struct netlink_ext_ack *extack)
{
	if (vsw_listener_find_exact(sw, queue)) {
		if (queue == VSW_PUNT_REST)
			NL_SET_ERR_MSG(extack, "A socket listens to all queues, name one");
		else
			NL_SET_ERR_MSG_FMT(extack, "A socket listens to queue %u", queue);
		return -EBUSY;
	}
	if (sw->punts.n_listeners == LISTENERS_MAX) {
		NL_SET_ERR_MSG_FMT(extack, "The switch has %u listeners, its limit", LISTENERS_MAX);
		return -ENOSPC;
	}
	return 0;
}

/**
 * vsw_listener_add() - from now on a socket gets the frames of a queue
 * @sw: the switch
 * @portid: the socket
 * @queue: the queue, or VSW_PUNT_REST
 * @snaplen: bytes of a frame that it wants
 * @extack: for the refusal
 *
 * Context: The namespace's lock.
 * Return: 0 or an error.
 */
int vsw_listener_add(struct vsw_switch *sw, u32 portid, u32 queue, u32 snaplen,
		     struct netlink_ext_ack *extack)
{
	struct vsw_listener *l;
	int err;

	lockdep_assert_held(&sw->vn->lock);
	err = check(sw, queue, extack);
	if (err)
		return err;
	l = kzalloc(sizeof(*l), GFP_KERNEL_ACCOUNT);
	if (!l)
		return -ENOMEM;
	l->portid = portid;
	l->queue = queue;
	l->snaplen = snaplen;
	list_add_tail_rcu(&l->node, &sw->punts.listeners);
	sw->punts.n_listeners++;
	WRITE_ONCE(sw->vn->n_listeners, sw->vn->n_listeners + 1);
	return 0;
}

static void listener_free(struct vsw_switch *sw, struct vsw_listener *l)
{
	list_del_rcu(&l->node);
	sw->punts.n_listeners--;
	WRITE_ONCE(sw->vn->n_listeners, sw->vn->n_listeners - 1);
	kfree_rcu(l, rcu);
}

/**
 * vsw_listener_del() - a socket gets the frames of a queue no more
 * @sw: the switch
 * @portid: the socket
 * @queue: the queue, or VSW_PUNT_REST
 * @extack: for the refusal
 *
 * Context: The namespace's lock.
 * Return: 0 or an error.
 */
int vsw_listener_del(struct vsw_switch *sw, u32 portid, u32 queue,
		     struct netlink_ext_ack *extack)
{
	struct vsw_listener *l = vsw_listener_find_exact(sw, queue);

	if (!l || l->portid != portid) {
		NL_SET_ERR_MSG(extack, "The socket does not listen to this queue");
		return -ENOENT;
	}
	listener_free(sw, l);
	return 0;
}

/**
 * vsw_listeners_forget_socket() - a socket was closed
 * @vn: its namespace
 * @portid: the socket
 *
 * Context: The namespace's lock.
 */
void vsw_listeners_forget_socket(struct vsw_net *vn, u32 portid)
{
	struct vsw_listener *l, *next;
	struct vsw_switch *sw;

	lockdep_assert_held(&vn->lock);
	list_for_each_entry(sw, &vn->switches, node)
		list_for_each_entry_safe(l, next, &sw->punts.listeners, node)
			if (l->portid == portid)
				listener_free(sw, l);
}

/**
 * vsw_listeners_exit() - a switch goes, nobody listens to it any more
 * @sw: the switch
 *
 * Context: The namespace's lock.
 */
void vsw_listeners_exit(struct vsw_switch *sw)
{
	struct vsw_listener *l, *next;

	lockdep_assert_held(&sw->vn->lock);
	list_for_each_entry_safe(l, next, &sw->punts.listeners, node)
		listener_free(sw, l);
}
