/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Forwarding database: which port a station is at, by (VLAN, address). The
 * switch's own address is there once, under VLAN 0, and counts in all VLANs.
 * A router's address leads to the port of its interface; who is behind a device
 * without Ethernet counts as a router, too.
 */
#ifndef VSW_TABLES_FDB_H
#define VSW_TABLES_FDB_H

#include <linux/etherdevice.h>
#include <linux/jiffies.h>
#include <linux/rhashtable.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>
#include <linux/xarray.h>
#include <linux/vsw.h>

#include "tables/remote.h"

struct netlink_ext_ack;
struct vsw_port;
struct vsw_switch;

/**
 * struct vsw_fdb_key - who
 * @addr: unicast address
 * @vid: VLAN
 */
struct vsw_fdb_key {
	u8 addr[ETH_ALEN];
	u16 vid;
};

/**
 * struct vsw_fdb_entry - a station
 * @node: in vsw_fdb.ht
 * @key: who, set once
 * @port: where (RCU, written under vsw_fdb.lock); its own reference is not
 *	needed: a port flushes its entries before it goes
 * @remote: behind which end of a tunnel port; NULL: nobody knows, or the port is
 *	no tunnel (RCU, written under vsw_fdb.lock)
 * @flags: VSW_FDB_FLAG_*, written under vsw_fdb.lock
 * @updated: jiffies when it was last seen, written at most once a jiffy
 * @id: key in vsw_fdb.by_id, rises
 * @rcu: frees it
 */
struct vsw_fdb_entry {
	struct rhash_head node;
	struct vsw_fdb_key key;
	struct vsw_port __rcu *port;
	struct vsw_remote __rcu *remote;
	unsigned long flags;
	unsigned long updated;
	u32 id;
	struct rcu_head rcu;
};

/**
 * struct vsw_fdb_dst - where a station is behind a tunnel port
 * @addr: the remote, an IPv4 address mapped
 * @vni: VNI or key of frames for it
 * @has_vni: @vni is given; it is that of the VLAN or of the port otherwise
 */
struct vsw_fdb_dst {
	struct in6_addr addr;
	u32 vni;
	bool has_vni;
};

/**
 * struct vsw_fdb - the database of a switch
 * @ht: entries by key
 * @lock: for changes, BH off; learning takes it in softirq
 * @by_id: entries by id, for dumps and ageing; under @lock
 * @next_id: for allocation; under @lock
 * @n_entries: number of entries; under @lock
 * @n_learned: number of entries that are not static or local; under @lock
 * @max_learned: limit of @n_learned
 * @seq: counts changes of the set of entries, for NLM_F_DUMP_INTR; under @lock
 * @gen: changes with all that decisions depend on which were taken from here;
 *	not with addresses that are learned. Never 0, under @lock
 * @ageing: jiffies until an unused entry goes, 0 for never
 * @remotes: of entries that are behind tunnels; under @lock
 * @gc: ages entries
 * @sw: the switch, for events
 */
struct vsw_fdb {
	struct rhashtable ht;
	spinlock_t lock;
	struct xarray by_id;
	u32 next_id;
	u32 n_entries;
	u32 n_learned;
	u32 max_learned;
	u32 seq;
	unsigned long gen;
	unsigned long ageing;
	struct vsw_remotes remotes;
	struct delayed_work gc;
	struct vsw_switch *sw;
};

/**
 * struct vsw_fdb_filter - which entries to show or to flush
 * @port: only at this port, NULL for all
 * @vid: only of this VLAN, -1 for all
 * @statics: the static ones too
 * @locals: those of the switch itself and of routers too
 */
struct vsw_fdb_filter {
	const struct vsw_port *port;
	int vid;
	bool statics;
	bool locals;
};

int vsw_fdb_cache_create(void);
void vsw_fdb_cache_destroy(void);

int vsw_fdb_init(struct vsw_fdb *fdb, struct vsw_switch *sw);
void vsw_fdb_exit(struct vsw_fdb *fdb);

/* path */

/* To be read before what is decided from the database. */
static inline unsigned long vsw_fdb_gen_rcu(const struct vsw_fdb *fdb)
{
	/* Pairs with fdb_changed(). */
	return smp_load_acquire(&fdb->gen);
}

/* The station was seen. */
static inline void vsw_fdb_touch(struct vsw_fdb_entry *e)
{
	unsigned long now = jiffies;

	if (READ_ONCE(e->updated) != now)
		WRITE_ONCE(e->updated, now);
}

struct vsw_fdb_entry *vsw_fdb_find_rcu(struct vsw_fdb *fdb, const u8 *addr, u16 vid);
enum vsw_drop_reason vsw_fdb_learn_from(struct vsw_fdb *fdb, struct vsw_port *port,
					const u8 *addr, u16 vid, const struct vsw_tunnel *from);

static inline enum vsw_drop_reason vsw_fdb_learn(struct vsw_fdb *fdb, struct vsw_port *port,
						 const u8 *addr, u16 vid)
{
	return vsw_fdb_learn_from(fdb, port, addr, vid, NULL);
}

/* control */
void vsw_fdb_renew(struct vsw_fdb *fdb);
int vsw_fdb_add_at(struct vsw_fdb *fdb, struct vsw_port *port, const u8 *addr, u16 vid,
		   unsigned long flags, const struct vsw_fdb_dst *dst, bool may_replace,
		   struct netlink_ext_ack *extack);

static inline int vsw_fdb_add(struct vsw_fdb *fdb, struct vsw_port *port, const u8 *addr,
			      u16 vid, unsigned long flags, bool may_replace,
			      struct netlink_ext_ack *extack)
{
	return vsw_fdb_add_at(fdb, port, addr, vid, flags, NULL, may_replace, extack);
}

void vsw_fdb_renew_remotes(struct vsw_fdb *fdb, struct vsw_port *port);
int vsw_fdb_del(struct vsw_fdb *fdb, const u8 *addr, u16 vid,
		struct netlink_ext_ack *extack);
int vsw_fdb_set_router(struct vsw_fdb *fdb, struct vsw_port *port, const u8 *addr,
		       u16 vid, struct netlink_ext_ack *extack);
void vsw_fdb_unset_router(struct vsw_fdb *fdb, const struct vsw_port *port, const u8 *addr,
			  u16 vid);
int vsw_fdb_set_local(struct vsw_fdb *fdb, struct vsw_port *local, const u8 *addr);
void vsw_fdb_leave(struct vsw_fdb *fdb, struct vsw_port *port);
void vsw_fdb_flush(struct vsw_fdb *fdb, const struct vsw_fdb_filter *filter);
void vsw_fdb_set_ageing(struct vsw_fdb *fdb, unsigned long ageing);
struct vsw_fdb_entry *vsw_fdb_next_rcu(struct vsw_fdb *fdb, u32 *id,
				       const struct vsw_fdb_filter *filter);

#endif
