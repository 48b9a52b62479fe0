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

/* Where there is no room, who was used in this time stays. */
#define IN_USE		HZ

/* How many neighbours are looked at to find one that may go. */
#define LOOK_MAX	8

/* What of a message is kept. */
#define NEIGH_SAYS	(VSW_NEIGH_F_ADVERTISED | VSW_NEIGH_F_ROUTER)

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

static struct vsw_neigh *neigh_find(struct vsw_neighs *neighs, const struct vsw_neigh_key *key)
{
	return rhashtable_lookup_fast(&neighs->ht, key, ht_params);
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

	return neigh_find(neighs, &key);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_neigh_find_rcu);

static void neigh_free_rcu(struct rcu_head *rcu)
{
	kmem_cache_free(cache, container_of(rcu, struct vsw_neigh, rcu));
}

/* It answers, or goes without having done so. */
static void neigh_leave_asked(struct vsw_neighs *neighs, const struct vsw_neigh *n)
{
	if (!n->lladdr)
		neighs->n_asked--;
}

static void unqueue(struct vsw_neighs *neighs, struct vsw_neigh *n, struct sk_buff *skb,
		    struct sk_buff_head *to)
{
	__skb_unlink(skb, &n->queue);
	neighs->n_queued--;
	neighs->n_bytes -= skb->truesize;
	__skb_queue_tail(to, skb);
}

static void unqueue_all(struct vsw_neighs *neighs, struct vsw_neigh *n, struct sk_buff_head *to)
{
	while (!skb_queue_empty(&n->queue))
		unqueue(neighs, n, skb_peek(&n->queue), to);
}

static void neigh_unlink(struct vsw_neighs *neighs, struct vsw_neigh *n,
			 struct sk_buff_head *dead)
{
	lockdep_assert_held(&neighs->lock);
	rhashtable_remove_fast(&neighs->ht, &n->node, ht_params);
	list_del_rcu(&n->list);
	list_del(&n->turn);
	neigh_leave_asked(neighs, n);
	n->is_linked = false;
	neighs->n--;
	neighs->seq++;
	unqueue_all(neighs, n, dead);
	if (n->lladdr)
		/* Pairs with vsw_neighs_gen_rcu(). */
		smp_store_release(&neighs->gen, neighs->gen + 1);
	call_rcu(&n->rcu, neigh_free_rcu);
}

/* Who has said its address longest ago, but is not in use, or NULL. */
static struct vsw_neigh *oldest_known(struct vsw_neighs *neighs)
{
	struct vsw_neigh *n;
	unsigned int i;

	for (i = 0; i < LOOK_MAX && !list_empty(&neighs->known); i++) {
		n = list_first_entry(&neighs->known, struct vsw_neigh, turn);
		if (time_after(jiffies, READ_ONCE(n->used) + IN_USE))
			return n;
		list_move_tail(&n->turn, &neighs->known);
	}
	return NULL;
}

static struct vsw_neigh *oldest_asked(struct vsw_neighs *neighs)
{
	return list_first_entry_or_null(&neighs->asked, struct vsw_neigh, turn);
}

/*
 * A station may ask for, and be, as many neighbours as it likes. It takes nothing
 * from others by that but the ways that they do not use.
 */
static bool make_room(struct vsw_neighs *neighs, struct sk_buff_head *dead)
{
	struct vsw_neigh *n = NULL;

	if (neighs->n_asked >= VSW_NEIGH_ASKED_MAX)
		n = oldest_asked(neighs);
	else if (neighs->n >= neighs->max)
		n = oldest_known(neighs) ?: oldest_asked(neighs);
	if (n)
		neigh_unlink(neighs, n, dead);
	return neighs->n < neighs->max;
}

static struct vsw_neigh *neigh_create(struct vsw_neighs *neighs,
				      const struct vsw_neigh_key *key,
				      struct sk_buff_head *dead)
{
	struct vsw_neigh *n;

	lockdep_assert_held(&neighs->lock);
	if (!make_room(neighs, dead))
		return NULL;
	n = kmem_cache_zalloc(cache, GFP_ATOMIC | __GFP_NOWARN);
	if (!n)
		return NULL;
	n->key = *key;
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
	list_add_tail(&n->turn, &neighs->asked);
	neighs->n_asked++;
	neighs->n++;
	neighs->seq++;
	return n;
}

static bool is_full(const struct vsw_neighs *neighs)
{
	return neighs->n_queued >= VSW_NEIGH_QUEUE_ALL || neighs->n_bytes >= VSW_NEIGH_BYTES_ALL;
}

/* Where all wait for too many, those that have waited longest do so in vain. */
static bool has_room(struct vsw_neighs *neighs, const struct vsw_neigh *n,
		     struct sk_buff_head *dead)
{
	struct vsw_neigh *oldest;

	if (skb_queue_len(&n->queue) >= VSW_NEIGH_QUEUE)
		return false;
	if (is_full(neighs)) {
		oldest = oldest_asked(neighs);
		if (oldest && oldest != n)
			neigh_unlink(neighs, oldest, dead);
	}
	return !is_full(neighs);
}

static enum vsw_neigh_wait wait(struct vsw_neighs *neighs, struct vsw_neigh *n,
				struct sk_buff *skb, struct sk_buff_head *dead)
{
	if (n->lladdr)
		return VSW_NEIGH_FOUND;
	if (!has_room(neighs, n, dead))
		return VSW_NEIGH_FULL;
	__skb_queue_tail(&n->queue, skb);
	neighs->n_queued++;
	neighs->n_bytes += skb->truesize;
	if (n->probes)
		return VSW_NEIGH_WAITS;
	n->probes++;
	return VSW_NEIGH_WAITS_FIRST;
}

/**
 * vsw_neigh_wait() - let a packet wait until a neighbour is known
 * @neighs: the neighbours
 * @key: the neighbour
 * @skb: the packet, its vsw_neigh_cb() set; taken if it waits
 * @lladdr: gets the neighbour's link-layer address where it need not wait
 * @dead: gets what has to go to make room
 *
 * Context: BH off.
 * Return: What became of it.
 */
enum vsw_neigh_wait vsw_neigh_wait(struct vsw_neighs *neighs, const struct vsw_neigh_key *key,
				   struct sk_buff *skb, u64 *lladdr,
				   struct sk_buff_head *dead)
{
	enum vsw_neigh_wait what = VSW_NEIGH_FULL;
	struct vsw_neigh *n;

	spin_lock_bh(&neighs->lock);
	n = neigh_find(neighs, key) ?: neigh_create(neighs, key, dead);
	if (n) {
		what = wait(neighs, n, skb, dead);
		*lladdr = n->lladdr;
	}
	spin_unlock_bh(&neighs->lock);
	return what;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_neigh_wait);

static void neigh_update(struct vsw_neighs *neighs, struct vsw_neigh *n, u64 lladdr,
			 struct sk_buff_head *ready)
{
	neigh_leave_asked(neighs, n);
	WRITE_ONCE(n->lladdr, lladdr);
	WRITE_ONCE(n->confirmed, jiffies);
	n->probes = 0;
	if (n->is_static)
		list_del_init(&n->turn);
	else
		list_move_tail(&n->turn, &neighs->known);
	unqueue_all(neighs, n, ready);
}

/* What it has said before is in doubt: let it be asked. */
static void neigh_doubt(struct vsw_neigh *n)
{
	WRITE_ONCE(n->confirmed, jiffies - REACHABLE - 1);
}

/**
 * vsw_neigh_learn() - a neighbour has said its link-layer address
 * @neighs: the neighbours
 * @key: the neighbour
 * @lladdr: its link-layer address, valid
 * @flags: VSW_NEIGH_F_*
 * @ended: gets what has waited for it, and what has to go to make room
 *
 * Context: BH off.
 */
void vsw_neigh_learn(struct vsw_neighs *neighs, const struct vsw_neigh_key *key,
		     const u8 *lladdr, unsigned int flags, struct vsw_neigh_ended *ended)
{
	struct vsw_neigh *n;

	spin_lock_bh(&neighs->lock);
	n = neigh_find(neighs, key);
	if (!n && flags & VSW_NEIGH_F_CREATE)
		n = neigh_create(neighs, key, &ended->dead);
	if (!n || (n->is_static && n->lladdr != known(lladdr)))
		goto unlock;
	if (!n->lladdr || n->lladdr == known(lladdr) || flags & VSW_NEIGH_F_CHANGE) {
		if (flags & VSW_NEIGH_F_ADVERTISED)
			WRITE_ONCE(n->says, flags & NEIGH_SAYS);
		neigh_update(neighs, n, known(lladdr), &ended->ready);
	} else {
		neigh_doubt(n);
	}
unlock:
	spin_unlock_bh(&neighs->lock);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_neigh_learn);

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
		list_move_tail(&n->turn, &neighs->known);
	}
	spin_unlock_bh(&neighs->lock);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_neigh_confirm);

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
EXPORT_SYMBOL_IF_KUNIT(vsw_neigh_tick);

static int set(struct vsw_neighs *neighs, const struct vsw_neigh_key *key,
	       const u8 *lladdr, struct vsw_neigh_ended *ended,
	       struct netlink_ext_ack *extack)
{
	struct vsw_neigh *n = neigh_find(neighs, key) ?: neigh_create(neighs, key, &ended->dead);

	if (n) {
		n->is_static = true;
		neigh_update(neighs, n, known(lladdr), &ended->ready);
		return 0;
	}
	if (neighs->n < neighs->max)
		return -ENOMEM;
	NL_SET_ERR_MSG_FMT(extack, "The router is full, its neighs-max is %u", neighs->max);
	return -ENOSPC;
}

/**
 * vsw_neigh_set() - the user says a neighbour's link-layer address
 * @neighs: the neighbours
 * @key: the neighbour
 * @lladdr: its link-layer address
 * @ended: gets what has waited for it, and what has to go to make room
 * @extack: for the refusal
 *
 * Context: The namespace's lock, so that the interface stays.
 * Return: 0 or an error.
 */
int vsw_neigh_set(struct vsw_neighs *neighs, const struct vsw_neigh_key *key,
		  const u8 *lladdr, struct vsw_neigh_ended *ended,
		  struct netlink_ext_ack *extack)
{
	int err;

	if (!is_valid_ether_addr(lladdr)) {
		NL_SET_ERR_MSG(extack, "lladdr must be a unicast address, and not zero");
		return -EINVAL;
	}
	spin_lock_bh(&neighs->lock);
	err = set(neighs, key, lladdr, ended, extack);
	spin_unlock_bh(&neighs->lock);
	return err;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_neigh_set);

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
EXPORT_SYMBOL_IF_KUNIT(vsw_neigh_del);

/* Packets that the router got from a port that goes. */
static void forget_packets(struct vsw_neighs *neighs, struct vsw_neigh *n,
			   const struct vsw_port *port, struct sk_buff_head *dead)
{
	struct sk_buff *skb, *next;

	skb_queue_walk_safe(&n->queue, skb, next) {
		if (vsw_neigh_cb(skb)->in == port)
			unqueue(neighs, n, skb, dead);
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
EXPORT_SYMBOL_IF_KUNIT(vsw_neighs_leave);

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
EXPORT_SYMBOL_IF_KUNIT(vsw_neigh_state);

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
	INIT_LIST_HEAD(&neighs->asked);
	INIT_LIST_HEAD(&neighs->known);
	return rhashtable_init(&neighs->ht, &ht_params);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_neighs_init);

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
EXPORT_SYMBOL_IF_KUNIT(vsw_neighs_exit);

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
