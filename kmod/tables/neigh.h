/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Neighbours: the link-layer addresses of the stations beside a router, and the
 * packets that wait for one.
 */
#ifndef VSW_TABLES_NEIGH_H
#define VSW_TABLES_NEIGH_H

#include <linux/etherdevice.h>
#include <linux/in6.h>
#include <linux/rhashtable.h>
#include <linux/sizes.h>
#include <linux/skbuff.h>
#include <linux/spinlock.h>
#include <linux/vsw.h>

struct netlink_ext_ack;
struct vsw_port;
struct vsw_rif;

/* Packets that wait for a neighbour, and for all neighbours of a router. */
#define VSW_NEIGH_QUEUE		16
#define VSW_NEIGH_QUEUE_ALL	1024

/* Memory of the packets that wait for all neighbours of a router, in bytes. */
#define VSW_NEIGH_BYTES_ALL	SZ_4M

/* Neighbours of a router that have not answered yet. */
#define VSW_NEIGH_ASKED_MAX	512

/* How often a neighbour is asked, once a second, before it is given up. */
#define VSW_NEIGH_PROBES	3

/**
 * struct vsw_neigh_key - who
 * @rif: on the link of this interface
 * @addr: address, IPv4 as IPv4-mapped
 */
struct vsw_neigh_key {
	const struct vsw_rif *rif;
	struct in6_addr addr;
};

/**
 * struct vsw_neigh - a neighbour
 * @node: in vsw_neighs.ht
 * @key: who, set once
 * @lladdr: link-layer address with VSW_NEIGH_KNOWN, 0 as long as it is not
 *	known; written under vsw_neighs.lock
 * @used: jiffies when a packet was last sent there, written at most once a jiffy
 * @confirmed: jiffies when it last said its address, under vsw_neighs.lock
 * @probes: times that it was asked without an answer, under vsw_neighs.lock
 * @says: VSW_NEIGH_F_ADVERTISED and VSW_NEIGH_F_ROUTER as it last said, written
 *	under vsw_neighs.lock
 * @is_static: made by the user, under vsw_neighs.lock
 * @is_linked: not removed, under vsw_neighs.lock
 * @queue: what waits for it, under vsw_neighs.lock
 * @turn: in vsw_neighs.asked or vsw_neighs.known, empty where it is static; under
 *	vsw_neighs.lock
 * @id: rises in vsw_neighs.list, set once
 * @list: in vsw_neighs.list (RCU, written under vsw_neighs.lock)
 * @rcu: frees it
 */
struct vsw_neigh {
	struct rhash_head node;
	struct vsw_neigh_key key;
	u64 lladdr;
	unsigned long used;
	unsigned long confirmed;
	u8 probes;
	u8 says;
	bool is_static;
	bool is_linked;
	struct sk_buff_head queue;
	struct list_head turn;
	u64 id;
	struct list_head list;
	struct rcu_head rcu;
};

#define VSW_NEIGH_KNOWN		BIT_ULL(48)

/**
 * struct vsw_neighs - the neighbours of a router
 * @ht: by key
 * @lock: for changes, BH off
 * @list: all of them, the latest last
 * @asked: those that have not answered yet, the latest last; under @lock
 * @known: those that have, who has said so last is the last; under @lock
 * @n_asked: number of @asked, under @lock
 * @last_id: of the last one, under @lock
 * @seq: counts those that came and went, for NLM_F_DUMP_INTR; under @lock
 * @n: number of them, under @lock
 * @max: limit of it
 * @n_queued: packets that wait, under @lock
 * @n_bytes: their memory, under @lock
 * @gen: changes when one goes whose address was known; under @lock
 */
struct vsw_neighs {
	struct rhashtable ht;
	spinlock_t lock;
	struct list_head list;
	struct list_head asked;
	struct list_head known;
	u32 n_asked;
	u64 last_id;
	u32 seq;
	u32 n;
	u32 max;
	u32 n_queued;
	u32 n_bytes;
	unsigned long gen;
};

/* To be read before a neighbour is found that is to be kept. */
static inline unsigned long vsw_neighs_gen_rcu(const struct vsw_neighs *neighs)
{
	/* Pairs with neigh_unlink(). */
	return smp_load_acquire(&neighs->gen);
}

/* What a packet that waits remembers: where the router got it, or NULL. */
struct vsw_neigh_cb {
	struct vsw_port *in;
};

static inline struct vsw_neigh_cb *vsw_neigh_cb(struct sk_buff *skb)
{
	BUILD_BUG_ON(sizeof(struct vsw_neigh_cb) > sizeof(skb->cb));
	return (struct vsw_neigh_cb *)skb->cb;
}

/* What is to be done for a neighbour now. */
enum vsw_neigh_todo {
	VSW_NEIGH_REST,		/* nothing */
	VSW_NEIGH_ASK,		/* send a request */
	VSW_NEIGH_GONE,		/* it has been removed, its packets have to be dropped */
};

/* What a neighbour that says its link-layer address may do. */
#define VSW_NEIGH_F_CREATE	BIT(0)	/* be taken down even if nobody has asked */
#define VSW_NEIGH_F_CHANGE	BIT(1)	/* say another one than is known */

/* How it has said it. */
#define VSW_NEIGH_F_ADVERTISED	BIT(2)	/* by a neighbour advertisement */
#define VSW_NEIGH_F_ROUTER	BIT(3)	/* of a router */

/**
 * struct vsw_neigh_ended - packets that wait no more
 * @ready: their neighbour is known
 * @dead: they have waited in vain
 */
struct vsw_neigh_ended {
	struct sk_buff_head ready;
	struct sk_buff_head dead;
};

static inline void vsw_neigh_ended_init(struct vsw_neigh_ended *ended)
{
	__skb_queue_head_init(&ended->ready);
	__skb_queue_head_init(&ended->dead);
}

/* What became of a packet that was to wait. */
enum vsw_neigh_wait {
	VSW_NEIGH_WAITS,
	VSW_NEIGH_WAITS_FIRST,	/* it waits, and somebody has to ask */
	VSW_NEIGH_FOUND,	/* it need not wait any more */
	VSW_NEIGH_FULL,		/* there is no room */
};

/* path, BH off */
struct vsw_neigh *vsw_neigh_find_rcu(struct vsw_neighs *neighs, const struct vsw_rif *rif,
				     const struct in6_addr *addr);
enum vsw_neigh_wait vsw_neigh_wait(struct vsw_neighs *neighs, const struct vsw_neigh_key *key,
				   struct sk_buff *skb, u64 *lladdr,
				   struct sk_buff_head *dead);
void vsw_neigh_learn(struct vsw_neighs *neighs, const struct vsw_neigh_key *key,
		     const u8 *lladdr, unsigned int flags, struct vsw_neigh_ended *ended);
void vsw_neigh_confirm(struct vsw_neighs *neighs, const struct vsw_rif *rif,
		       const struct in6_addr *addr);
enum vsw_neigh_todo vsw_neigh_tick(struct vsw_neighs *neighs, struct vsw_neigh *n,
				   struct sk_buff_head *dead);

/* A packet is sent there. */
static inline void vsw_neigh_touch(struct vsw_neigh *n)
{
	unsigned long now = jiffies;

	if (READ_ONCE(n->used) != now)
		WRITE_ONCE(n->used, now);
}

/* control */
int vsw_neighs_init(struct vsw_neighs *neighs);
void vsw_neighs_exit(struct vsw_neighs *neighs);
int vsw_neigh_set(struct vsw_neighs *neighs, const struct vsw_neigh_key *key,
		  const u8 *lladdr, struct vsw_neigh_ended *ended,
		  struct netlink_ext_ack *extack);
int vsw_neigh_del(struct vsw_neighs *neighs, const struct vsw_rif *rif,
		  const struct in6_addr *addr, struct sk_buff_head *dead,
		  struct netlink_ext_ack *extack);
void vsw_neighs_leave(struct vsw_neighs *neighs, const struct vsw_rif *rif,
		      const struct vsw_port *port, struct sk_buff_head *dead);
enum vsw_neigh_state vsw_neigh_state(const struct vsw_neigh *n);

int vsw_neigh_cache_create(void);
void vsw_neigh_cache_destroy(void);

#endif
