// SPDX-License-Identifier: GPL-2.0
/*
 * Neighbours: what a router knows of the stations beside it.
 */
#include "tables/neigh.h"

#include <linux/jiffies.h>
#include <linux/netlink.h>
#include <linux/rculist.h>
#include <linux/slab.h>

#include "compat.h"

/* So long an answer is believed; then who is in use is asked again. */
#define REACHABLE	(30 * HZ)

/* So long a neighbour stays that is not in use. */
#define UNUSED		(60 * HZ)

static struct kmem_cache *cache __ro_after_init;

static const struct rhashtable_params ht_params = {
	.head_offset = offsetof(struct vsw_neigh, node),
	.key_offset = offsetof(struct vsw_neigh, key),
	.key_len = sizeof(struct vsw_neigh_key),
	.automatic_shrinking = true,
};

/* No hole may be hashed. */
static_assert(sizeof(struct vsw_neigh_key) == sizeof(void *) + sizeof(struct in6_addr));

static u64 known(const u8 *lladdr)
{
	return ether_addr_to_u64(lladdr) | VSW_NEIGH_KNOWN;
}

/**
 * vsw_neigh_find_rcu() - find a neighbour
 * @neighs: the neighbours
 * @rif: on the link of this interface
 * @addr: its address
 *
 * Context: RCU.
 * Return: The neighbour, or NULL.
 */
struct vsw_neigh *vsw_neigh_find_rcu(struct vsw_neighs *neighs, const struct vsw_rif *rif,
				     const struct in6_addr *addr)
{
	struct vsw_neigh_key key = { .rif = rif, .addr = *addr };

	return rhashtable_lookup_fast(&neighs->ht, &key, ht_params);
}

static void neigh_free_rcu(struct rcu_head *rcu)
{
	kmem_cache_free(cache, container_of(rcu, struct vsw_neigh, rcu));
}

static void neigh_unlink(struct vsw_neighs *neighs, struct vsw_neigh *n,
			 struct sk_buff_head *dead)
{
	lockdep_assert_held(&neighs->lock);
	rhashtable_remove_fast(&neighs->ht, &n->node, ht_params);
	list_del_rcu(&n->list);
	n->is_linked = false;
	neighs->n--;
	neighs->seq++;
	neighs->n_queued -= skb_queue_len(&n->queue);
	skb_queue_splice_tail_init(&n->queue, dead);
	if (n->lladdr)
		/* Pairs with vsw_neighs_gen_rcu(). */
		smp_store_release(&neighs->gen, neighs->gen + 1);
	call_rcu(&n->rcu, neigh_free_rcu);
}

static struct vsw_neigh *neigh_create(struct vsw_neighs *neighs, const struct vsw_rif *rif,
				      const struct in6_addr *addr)
{
	struct vsw_neigh *n;

	lockdep_assert_held(&neighs->lock);
	if (neighs->n >= neighs->max)
		return NULL;
	n = kmem_cache_zalloc(cache, GFP_ATOMIC | __GFP_NOWARN);
	if (!n)
		return NULL;
	n->key = (struct vsw_neigh_key){ .rif = rif, .addr = *addr };
	n->used = jiffies;
	n->confirmed = jiffies;
	n->is_linked = true;
	__skb_queue_head_init(&n->queue);
	if (rhashtable_insert_fast(&neighs->ht, &n->node, ht_params)) {
		kmem_cache_free(cache, n);
		return NULL;
	}
	n->id = ++neighs->last_id;
	list_add_tail_rcu(&n->list, &neighs->list);
	neighs->n++;
	neighs->seq++;
	return n;
}

static bool has_room(const struct vsw_neighs *neighs, const struct vsw_neigh *n)
{
	return skb_queue_len(&n->queue) < VSW_NEIGH_QUEUE &&
	       neighs->n_queued < VSW_NEIGH_QUEUE_ALL;
}

static enum vsw_neigh_wait wait(struct vsw_neighs *neighs, struct vsw_neigh *n,
				struct sk_buff *skb)
{
	if (n->lladdr)
		return VSW_NEIGH_FOUND;
	if (!has_room(neighs, n))
		return VSW_NEIGH_FULL;
	__skb_queue_tail(&n->queue, skb);
	neighs->n_queued++;
	if (n->probes)
		return VSW_NEIGH_WAITS;
	n->probes++;
	return VSW_NEIGH_WAITS_FIRST;
}

/**
 * vsw_neigh_wait() - let a packet wait until a neighbour is known
 * @neighs: the neighbours
 * @rif: on the link of this interface
 * @addr: the neighbour's address
 * @skb: the packet, its vsw_neigh_cb() set; taken if it waits
 *
 * Context: BH off.
 * Return: What became of it.
 */
enum vsw_neigh_wait vsw_neigh_wait(struct vsw_neighs *neighs, const struct vsw_rif *rif,
				   const struct in6_addr *addr, struct sk_buff *skb)
{
	enum vsw_neigh_wait what = VSW_NEIGH_FULL;
	struct vsw_neigh *n;

	spin_lock_bh(&neighs->lock);
	n = vsw_neigh_find_rcu(neighs, rif, addr) ?: neigh_create(neighs, rif, addr);
	if (n)
		what = wait(neighs, n, skb);
	spin_unlock_bh(&neighs->lock);
	return what;
}

static void neigh_update(struct vsw_neighs *neighs, struct vsw_neigh *n, u64 lladdr,
			 struct sk_buff_head *ready)
{
	WRITE_ONCE(n->lladdr, lladdr);
	WRITE_ONCE(n->confirmed, jiffies);
	n->probes = 0;
	neighs->n_queued -= skb_queue_len(&n->queue);
	skb_queue_splice_tail_init(&n->queue, ready);
}

/**
 * vsw_neigh_learn() - a neighbour has said its link-layer address
 * @neighs: the neighbours
 * @rif: on the link of this interface
 * @addr: its address
 * @lladdr: its link-layer address, valid
 * @may_create: take it down even if nobody has asked
 * @ready: gets what has waited for it
 *
 * Context: BH off.
 */
void vsw_neigh_learn(struct vsw_neighs *neighs, const struct vsw_rif *rif,
		     const struct in6_addr *addr, const u8 *lladdr, bool may_create,
		     struct sk_buff_head *ready)
{
	struct vsw_neigh *n;

	spin_lock_bh(&neighs->lock);
	n = vsw_neigh_find_rcu(neighs, rif, addr);
	if (!n && may_create)
		n = neigh_create(neighs, rif, addr);
	if (n && !n->is_static)
		neigh_update(neighs, n, known(lladdr), ready);
	spin_unlock_bh(&neighs->lock);
}

/**
 * vsw_neigh_confirm() - a neighbour has answered without its link-layer address
 * @neighs: the neighbours
 * @rif: on the link of this interface
 * @addr: its address
 *
 * Context: BH off.
 */
void vsw_neigh_confirm(struct vsw_neighs *neighs, const struct vsw_rif *rif,
		       const struct in6_addr *addr)
{
	struct vsw_neigh *n;

	spin_lock_bh(&neighs->lock);
	n = vsw_neigh_find_rcu(neighs, rif, addr);
	if (n && n->lladdr && !n->is_static) {
		WRITE_ONCE(n->confirmed, jiffies);
		n->probes = 0;
	}
	spin_unlock_bh(&neighs->lock);
}

static bool is_due(const struct vsw_neigh *n)
{
	unsigned long used = READ_ONCE(n->used);

	if (!n->lladdr || n->probes)
		return true;
	return time_after(jiffies, n->confirmed + REACHABLE) &&
	       time_after(used, n->confirmed);
}

static bool is_over(const struct vsw_neigh *n)
{
	if (n->probes >= VSW_NEIGH_PROBES)
		return true;
	return time_after(jiffies, READ_ONCE(n->used) + UNUSED) &&
	       time_after(jiffies, n->confirmed + UNUSED);
}

/**
 * vsw_neigh_tick() - see to a neighbour, once a second
 * @neighs: the neighbours
 * @n: one of them, found under RCU
 * @dead: gets what has waited in vain
 *
 * Context: BH off, RCU.
 * Return: What is left to do.
 */
enum vsw_neigh_todo vsw_neigh_tick(struct vsw_neighs *neighs, struct vsw_neigh *n,
				   struct sk_buff_head *dead)
{
	enum vsw_neigh_todo todo = VSW_NEIGH_REST;

	spin_lock_bh(&neighs->lock);
	if (!n->is_linked || n->is_static) {
		todo = VSW_NEIGH_REST;
	} else if (is_over(n)) {
		neigh_unlink(neighs, n, dead);
		todo = VSW_NEIGH_GONE;
	} else if (is_due(n)) {
		n->probes++;
		todo = VSW_NEIGH_ASK;
	}
	spin_unlock_bh(&neighs->lock);
	return todo;
}

/**
 * vsw_neigh_set() - the user says a neighbour's link-layer address
 * @neighs: the neighbours
 * @rif: on the link of this interface
 * @addr: its address
 * @lladdr: its link-layer address
 * @ready: gets what has waited for it
 * @extack: for the refusal
 *
 * Context: The namespace's lock, so that the interface stays.
 * Return: 0 or an error.
 */
int vsw_neigh_set(struct vsw_neighs *neighs, const struct vsw_rif *rif,
		  const struct in6_addr *addr, const u8 *lladdr,
		  struct sk_buff_head *ready, struct netlink_ext_ack *extack)
{
	struct vsw_neigh *n;
	int err = 0;

	if (!is_valid_ether_addr(lladdr)) {
		NL_SET_ERR_MSG(extack, "lladdr must be a unicast address, and not zero");
		return -EINVAL;
	}
	spin_lock_bh(&neighs->lock);
	n = vsw_neigh_find_rcu(neighs, rif, addr) ?: neigh_create(neighs, rif, addr);
	if (n) {
		n->is_static = true;
		neigh_update(neighs, n, known(lladdr), ready);
	} else if (neighs->n >= neighs->max) {
		NL_SET_ERR_MSG_FMT(extack, "The router is full, its neighs-max is %u",
				   neighs->max);
		err = -ENOSPC;
	} else {
		err = -ENOMEM;
	}
	spin_unlock_bh(&neighs->lock);
	return err;
}

/**
 * vsw_neigh_del() - forget a neighbour
 * @neighs: the neighbours
 * @rif: on the link of this interface
 * @addr: its address
 * @dead: gets what has waited for it
 * @extack: for the refusal
 *
 * Context: The namespace's lock.
 * Return: 0 or an error.
 */
int vsw_neigh_del(struct vsw_neighs *neighs, const struct vsw_rif *rif,
		  const struct in6_addr *addr, struct sk_buff_head *dead,
		  struct netlink_ext_ack *extack)
{
	struct vsw_neigh *n;

	spin_lock_bh(&neighs->lock);
	n = vsw_neigh_find_rcu(neighs, rif, addr);
	if (n)
		neigh_unlink(neighs, n, dead);
	spin_unlock_bh(&neighs->lock);
	if (n)
		return 0;
	NL_SET_ERR_MSG(extack, "The interface has no neighbour of this address");
	return -ENOENT;
}

/* Packets that the router got from a port that goes. */
static void forget_packets(struct vsw_neighs *neighs, struct vsw_neigh *n,
			   const struct vsw_port *port, struct sk_buff_head *dead)
{
	struct sk_buff *skb, *next;

	skb_queue_walk_safe(&n->queue, skb, next) {
		if (vsw_neigh_cb(skb)->in != port)
			continue;
		__skb_unlink(skb, &n->queue);
		__skb_queue_tail(dead, skb);
		neighs->n_queued--;
	}
}

/**
 * vsw_neighs_leave() - an interface goes: forget its neighbours and its packets
 * @neighs: the neighbours
 * @rif: the interface
 * @port: its port
 * @dead: gets what has waited
 *
 * Context: Process. No packet is under way in the interface.
 */
void vsw_neighs_leave(struct vsw_neighs *neighs, const struct vsw_rif *rif,
		      const struct vsw_port *port, struct sk_buff_head *dead)
{
	struct vsw_neigh *n, *next;

	spin_lock_bh(&neighs->lock);
	list_for_each_entry_safe(n, next, &neighs->list, list) {
		if (n->key.rif == rif)
			neigh_unlink(neighs, n, dead);
		else
			forget_packets(neighs, n, port, dead);
	}
	spin_unlock_bh(&neighs->lock);
}

/**
 * vsw_neigh_state() - what is known of a neighbour
 * @n: the neighbour
 *
 * Context: RCU.
 * Return: The state to show.
 */
enum vsw_neigh_state vsw_neigh_state(const struct vsw_neigh *n)
{
	if (!READ_ONCE(n->lladdr))
		return VSW_NEIGH_STATE_INCOMPLETE;
	if (READ_ONCE(n->is_static))
		return VSW_NEIGH_STATE_PERMANENT;
	if (time_after(jiffies, READ_ONCE(n->confirmed) + REACHABLE))
		return VSW_NEIGH_STATE_STALE;
	return VSW_NEIGH_STATE_REACHABLE;
}

/**
 * vsw_neighs_init() - begin without neighbours
 * @neighs: the neighbours
 *
 * Context: Process.
 * Return: 0 or an error.
 */
int vsw_neighs_init(struct vsw_neighs *neighs)
{
	memset(neighs, 0, sizeof(*neighs));
	spin_lock_init(&neighs->lock);
	INIT_LIST_HEAD(&neighs->list);
	return rhashtable_init(&neighs->ht, &ht_params);
}

/**
 * vsw_neighs_exit() - no neighbour is left
 * @neighs: the neighbours
 *
 * Context: Process.
 */
void vsw_neighs_exit(struct vsw_neighs *neighs)
{
	WARN_ON_ONCE(!list_empty(&neighs->list));
	rhashtable_destroy(&neighs->ht);
}

/**
 * vsw_neigh_cache_create() - get ready to allocate neighbours
 *
 * A cache of their own tells of those that are left at the end.
 *
 * Context: module init.
 * Return: 0 or -ENOMEM.
 */
int vsw_neigh_cache_create(void)
{
	cache = KMEM_CACHE(vsw_neigh, SLAB_ACCOUNT);
	return cache ? 0 : -ENOMEM;
}

/**
 * vsw_neigh_cache_destroy() - undo vsw_neigh_cache_create()
 *
 * Context: module exit; all are freed, RCU callbacks have run.
 */
void vsw_neigh_cache_destroy(void)
{
	kmem_cache_destroy(cache);
}
