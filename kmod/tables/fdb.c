// SPDX-License-Identifier: GPL-2.0
/*
 * Forwarding database: learned, static and the switch's own addresses.
 */
#include "tables/fdb.h"

#include <linux/netlink.h>
#include <linux/rcupdate_wait.h>
#include <linux/slab.h>

#include "compat.h"
#include "core/event.h"
#include "core/port.h"
#include "tables/overlay.h"

/* Ageing looks through the whole database, but not more often than this. */
#define FDB_GC_INTERVAL_MIN	(HZ / 4)

static struct kmem_cache *cache __ro_after_init;

static const struct rhashtable_params fdb_ht_params = {
	.head_offset = offsetof(struct vsw_fdb_entry, node),
	.key_offset = offsetof(struct vsw_fdb_entry, key),
	.key_len = sizeof(struct vsw_fdb_key),
	.automatic_shrinking = true,
};

/* No hole may be hashed. */
static_assert(sizeof(struct vsw_fdb_key) == ETH_ALEN + sizeof(u16));

static struct vsw_port *fdb_port(const struct vsw_fdb *fdb, const struct vsw_fdb_entry *e)
{
	return rcu_dereference_protected(e->port, lockdep_is_held(&fdb->lock));
}

static struct vsw_remote *fdb_remote(const struct vsw_fdb *fdb, const struct vsw_fdb_entry *e)
{
	return rcu_dereference_protected(e->remote, lockdep_is_held(&fdb->lock));
}

static struct vsw_fdb_entry *fdb_find(struct vsw_fdb *fdb, const u8 *addr, u16 vid)
{
	struct vsw_fdb_key key = { .vid = vid };

	ether_addr_copy(key.addr, addr);
	return rhashtable_lookup_fast(&fdb->ht, &key, fdb_ht_params);
}

/* An entry that was found under RCU may have been unlinked since. */
static bool fdb_is_linked(struct vsw_fdb *fdb, const struct vsw_fdb_entry *e)
{
	return xa_load(&fdb->by_id, e->id) == e;
}

/* After the change that decisions depend on, before what it removes is freed. */
static void fdb_changed(struct vsw_fdb *fdb)
{
	/* Pairs with vsw_fdb_gen_rcu(). */
	smp_store_release(&fdb->gen, fdb->gen + 1);
}

static void fdb_tell(struct vsw_fdb *fdb, const struct vsw_fdb_entry *e,
		     enum vsw_event event, u32 old_port_no)
{
	struct vsw_fdb_event ev = {
		.event = event,
		.vid = e->key.vid,
		.flags = e->flags,
		.port_no = fdb_port(fdb, e)->no,
		.old_port_no = old_port_no,
	};

	ether_addr_copy(ev.addr, e->key.addr);
	vsw_remote_tell(fdb_remote(fdb, e), &ev.dst, &ev.vni);
	vsw_event_fdb(fdb->sw, &ev);
}

static void fdb_count(struct vsw_fdb *fdb, const struct vsw_fdb_entry *e, int n)
{
	if (e->flags & VSW_FDB_FLAG_STATIC)
		return;
	WRITE_ONCE(fdb->n_learned, fdb->n_learned + n);
	WRITE_ONCE(fdb_port(fdb, e)->fdb_entries, fdb_port(fdb, e)->fdb_entries + n);
}

static bool fdb_has_room(const struct vsw_fdb *fdb, const struct vsw_port *port)
{
	u32 port_max = READ_ONCE(port->fdb_max);

	return READ_ONCE(fdb->n_learned) < READ_ONCE(fdb->max_learned) &&
	       (!port_max || READ_ONCE(port->fdb_entries) < port_max);
}

static struct vsw_fdb_entry *fdb_entry_create(struct vsw_port *port, const u8 *addr,
					      u16 vid, unsigned long flags, gfp_t gfp)
{
	struct vsw_fdb_entry *e;

	e = kmem_cache_zalloc(cache, gfp);
	if (!e)
		return NULL;
	ether_addr_copy(e->key.addr, addr);
	e->key.vid = vid;
	e->flags = flags;
	e->updated = jiffies;
	RCU_INIT_POINTER(e->port, port);
	return e;
}

/* What was not linked after all; under the lock if it has a remote. */
static void fdb_entry_free(struct vsw_fdb_entry *e)
{
	if (!e)
		return;
	vsw_remote_put(rcu_dereference_protected(e->remote, true));
	kmem_cache_free(cache, e);
}

static void fdb_entry_free_rcu(struct rcu_head *rcu)
{
	kmem_cache_free(cache, container_of(rcu, struct vsw_fdb_entry, rcu));
}

/* The header of frames for a station that is at an end of a tunnel port. */
static int fdb_outer(const struct vsw_overlay *o, u16 vid, const struct vsw_fdb_dst *dst,
		     struct vsw_outer *outer, struct netlink_ext_ack *extack)
{
	s64 vni = dst->has_vni ? dst->vni : vsw_overlay_vni(o, vid);

	if (vni < 0 && o->config.n_ranges) {
		NL_SET_ERR_MSG(extack, "The port has no VNI for this VLAN, give one");
		return -EINVAL;
	}
	vsw_overlay_outer(o, outer);
	if (vni >= 0) {
		outer->tun.id = cpu_to_be64(vni);
		outer->flags |= VSW_OUTER_ID;
	}
	if (dst->has_vni)
		outer->flags |= VSW_OUTER_OWN_ID;
	vsw_overlay_aim(o, outer, &dst->addr);
	return 0;
}

/* A station answers under the VNI under which it sends. */
static struct vsw_remote *fdb_remote_of(struct vsw_fdb *fdb, const struct vsw_port *port,
					const struct vsw_tunnel *from)
{
	const struct vsw_overlay *o = rcu_dereference(port->overlay);
	struct vsw_outer outer;

	if (!o || !from)
		return NULL;
	vsw_overlay_outer(o, &outer);
	outer.flags |= VSW_OUTER_OWN_ID;
	if (from->id || vsw_overlay_is_udp(o))
		outer.flags |= VSW_OUTER_ID;
	outer.tun.id = from->id;
	outer.tun.dst = from->src;
	outer.tun.dst6 = from->src6;
	vsw_overlay_finish(o, &outer);
	return vsw_remote_get(&fdb->remotes, &outer);
}

/* Takes over a use of the remote. Nobody finds the old one when it is given up. */
static void fdb_set_remote(struct vsw_fdb *fdb, struct vsw_fdb_entry *e, struct vsw_remote *r)
{
	struct vsw_remote *old = fdb_remote(fdb, e);

	rcu_assign_pointer(e->remote, r);
	fdb_changed(fdb);
	vsw_remote_put(old);
}

static int fdb_link(struct vsw_fdb *fdb, struct vsw_fdb_entry *e)
{
	int err;

	lockdep_assert_held(&fdb->lock);
	/*
	 * Only the id, so that no walk sees an entry that is then not added. Dumps
	 * by "bridge fdb" go on from an id that is kept in an int.
	 */
	err = xa_alloc_cyclic(&fdb->by_id, &e->id, NULL, xa_limit_31b, &fdb->next_id,
			      GFP_ATOMIC | __GFP_NOWARN);
	if (err < 0)
		return err;
	err = rhashtable_insert_fast(&fdb->ht, &e->node, fdb_ht_params);
	if (err) {
		xa_erase(&fdb->by_id, e->id);
		return err;
	}
	xa_store(&fdb->by_id, e->id, e, 0);
	fdb->n_entries++;
	fdb->seq++;
	if (e->flags)
		fdb_changed(fdb);
	fdb_count(fdb, e, 1);
	fdb_tell(fdb, e, VSW_EVENT_NEW, 0);
	return 0;
}

static void fdb_unlink(struct vsw_fdb *fdb, struct vsw_fdb_entry *e)
{
	lockdep_assert_held(&fdb->lock);
	fdb_tell(fdb, e, VSW_EVENT_DEL, 0);
	fdb_count(fdb, e, -1);
	fdb->seq++;
	fdb->n_entries--;
	rhashtable_remove_fast(&fdb->ht, &e->node, fdb_ht_params);
	xa_erase(&fdb->by_id, e->id);
	fdb_changed(fdb);
	vsw_remote_put(fdb_remote(fdb, e));
	call_rcu(&e->rcu, fdb_entry_free_rcu);
}

/* Takes over a use of the remote. */
static void fdb_change(struct vsw_fdb *fdb, struct vsw_fdb_entry *e, struct vsw_port *port,
		       struct vsw_remote *remote, unsigned long flags)
{
	struct vsw_port *old = fdb_port(fdb, e);

	fdb_count(fdb, e, -1);
	rcu_assign_pointer(e->port, port);
	fdb_set_remote(fdb, e, remote);
	WRITE_ONCE(e->flags, flags);
	fdb_count(fdb, e, 1);
	vsw_fdb_touch(e);
	fdb->seq++;
	fdb_changed(fdb);
	if (old == port)
		fdb_tell(fdb, e, VSW_EVENT_NEW, 0);
	else
		fdb_tell(fdb, e, VSW_EVENT_MOVE, old->no);
}

/**
 * vsw_fdb_find_rcu() - where is a station?
 * @fdb: the database
 * @addr: its address
 * @vid: VLAN
 *
 * Context: RCU or the lock.
 * Return: The entry, or NULL.
 */
struct vsw_fdb_entry *vsw_fdb_find_rcu(struct vsw_fdb *fdb, const u8 *addr, u16 vid)
{
	struct vsw_fdb_entry *e = fdb_find(fdb, addr, vid);

	if (e || !vid)
		return e;
	/* The switch's own address is the same in all VLANs. */
	e = fdb_find(fdb, addr, 0);
	return e && READ_ONCE(e->flags) & VSW_FDB_FLAG_LOCAL ? e : NULL;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_fdb_find_rcu);

static void fdb_learn_new(struct vsw_fdb *fdb, struct vsw_port *port,
			  const u8 *addr, u16 vid, const struct vsw_tunnel *from)
{
	struct vsw_fdb_entry *e;

	if (!fdb_has_room(fdb, port))
		return;
	e = fdb_entry_create(port, addr, vid, 0, GFP_ATOMIC | __GFP_NOWARN);
	if (!e)
		return;
	RCU_INIT_POINTER(e->remote, fdb_remote_of(fdb, port, from));
	if (fdb_link(fdb, e))
		fdb_entry_free(e);
}

/* Is a station still where it was, with its port and behind its remote? */
static bool fdb_is_at(const struct vsw_fdb_entry *e, const struct vsw_port *port,
		      const struct vsw_tunnel *from)
{
	return rcu_access_pointer(e->port) == port &&
	       (likely(!from) || vsw_remote_sent(rcu_dereference(e->remote), from));
}

/* What an address seen at @port means for an entry at another port or remote. */
static enum vsw_drop_reason fdb_learn_move(struct vsw_fdb *fdb, struct vsw_fdb_entry *e,
					   struct vsw_port *port, const struct vsw_tunnel *from)
{
	u32 port_max = READ_ONCE(port->fdb_max);

	if (e->flags & VSW_FDB_FLAG_STICKY && fdb_port(fdb, e) != port)
		return VSW_DROP_REASON_STICKY;
	if (e->flags & VSW_FDB_FLAG_STATIC)
		return VSW_DROP_REASON_UNSPEC;
	/* A port that may have few addresses can't take those of others. */
	if (fdb_port(fdb, e) == port || !port_max || port->fdb_entries < port_max)
		fdb_change(fdb, e, port, fdb_remote_of(fdb, port, from), e->flags);
	return VSW_DROP_REASON_UNSPEC;
}

static enum vsw_drop_reason fdb_learn_slow(struct vsw_fdb *fdb, struct vsw_port *port,
					   const u8 *addr, u16 vid, const struct vsw_tunnel *from)
{
	enum vsw_drop_reason reason = VSW_DROP_REASON_UNSPEC;
	struct vsw_fdb_entry *e;

	spin_lock_bh(&fdb->lock);
	if (port->going)
		goto unlock;
	e = vsw_fdb_find_rcu(fdb, addr, vid);
	if (!e)
		fdb_learn_new(fdb, port, addr, vid, from);
	else if (!fdb_is_at(e, port, from))
		reason = fdb_learn_move(fdb, e, port, from);
unlock:
	spin_unlock_bh(&fdb->lock);
	return reason;
}

/**
 * vsw_fdb_learn_from() - a frame from a station was seen
 * @fdb: the database
 * @port: where it came in
 * @addr: its source, a unicast address
 * @vid: VLAN
 * @from: the outer header that it came with, NULL if by no tunnel
 *
 * Takes no lock where nothing is to be learned. An address that there is no
 * room for is not learned, which is no reason to drop the frame.
 *
 * Context: RCU, BH off.
 * Return: 0, or the reason to drop the frame.
 */
enum vsw_drop_reason vsw_fdb_learn_from(struct vsw_fdb *fdb, struct vsw_port *port,
					const u8 *addr, u16 vid, const struct vsw_tunnel *from)
{
	struct vsw_fdb_entry *e = vsw_fdb_find_rcu(fdb, addr, vid);
	unsigned long flags;

	if (!e)
		return fdb_has_room(fdb, port) ? fdb_learn_slow(fdb, port, addr, vid, from) :
						 VSW_DROP_REASON_UNSPEC;
	if (likely(fdb_is_at(e, port, from))) {
		vsw_fdb_touch(e);
		return VSW_DROP_REASON_UNSPEC;
	}
	flags = READ_ONCE(e->flags);
	if (flags & VSW_FDB_FLAG_STICKY && rcu_access_pointer(e->port) != port)
		return VSW_DROP_REASON_STICKY;
	if (flags & VSW_FDB_FLAG_STATIC)
		return VSW_DROP_REASON_UNSPEC;
	return fdb_learn_slow(fdb, port, addr, vid, from);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_fdb_learn_from);

static struct vsw_remote *fdb_take_remote(struct vsw_fdb *fdb, struct vsw_fdb_entry *e)
{
	struct vsw_remote *r = fdb_remote(fdb, e);

	RCU_INIT_POINTER(e->remote, NULL);
	return r;
}

/* Consumes *@new where it is linked. */
static int fdb_add_locked(struct vsw_fdb *fdb, struct vsw_fdb_entry **new,
			  bool may_replace, struct netlink_ext_ack *extack)
{
	struct vsw_port *port = fdb_port(fdb, *new);
	struct vsw_fdb_entry *e;
	int err;

	e = vsw_fdb_find_rcu(fdb, (*new)->key.addr, (*new)->key.vid);
	if (e && e->flags & VSW_FDB_FLAG_LOCAL) {
		NL_SET_ERR_MSG(extack, "The address is the switch's own, give it to no port");
		return -EBUSY;
	}
	if (e && e->flags & VSW_FDB_FLAG_ROUTER) {
		NL_SET_ERR_MSG(extack, "The address is a router's, give it to no port");
		return -EBUSY;
	}
	if (e && e->flags & VSW_FDB_FLAG_STATIC && !may_replace) {
		NL_SET_ERR_MSG(extack, "There is an entry for this address and VLAN, replace it");
		return -EEXIST;
	}
	if (e) {
		fdb_change(fdb, e, port, fdb_take_remote(fdb, *new), (*new)->flags);
		return 0;
	}
	if (!((*new)->flags & VSW_FDB_FLAG_STATIC) && !fdb_has_room(fdb, port)) {
		NL_SET_ERR_MSG(extack, "fdb-max of the switch or of the port is reached");
		return -ENOSPC;
	}
	err = fdb_link(fdb, *new);
	if (!err)
		*new = NULL;
	return err;
}

static int fdb_check_add(const u8 *addr, u16 vid, unsigned long flags,
			 struct netlink_ext_ack *extack)
{
	if (!is_valid_ether_addr(addr)) {
		NL_SET_ERR_MSG(extack, "The address must be a unicast address, and not zero");
		return -EINVAL;
	}
	if (vid >= VLAN_VID_MASK) {
		NL_SET_ERR_MSG(extack, "VLANs are 0 to 4094");
		return -EINVAL;
	}
	if (flags & ~(VSW_FDB_FLAG_STATIC | VSW_FDB_FLAG_STICKY)) {
		NL_SET_ERR_MSG(extack, "Only the flags static and sticky can be given");
		return -EINVAL;
	}
	return 0;
}

static int fdb_check_dst(const struct vsw_overlay *o, const struct vsw_fdb_dst *dst,
			 struct netlink_ext_ack *extack)
{
	if (!o) {
		NL_SET_ERR_MSG(extack, "Only a station behind a tunnel port has a dst");
		return -EINVAL;
	}
	if (vsw_overlay_is_udp(o) && dst->has_vni && dst->vni > 0xffffff) {
		NL_SET_ERR_MSG(extack, "A VNI is 0 to 16777215");
		return -EINVAL;
	}
	return vsw_overlay_check_addr(&dst->addr, extack);
}

/* Gives a new entry its remote. */
static int fdb_place(struct vsw_fdb *fdb, struct vsw_fdb_entry *new,
		     const struct vsw_fdb_dst *dst, struct netlink_ext_ack *extack)
{
	struct vsw_port *port = fdb_port(fdb, new);
	const struct vsw_overlay *o;
	struct vsw_outer outer;
	struct vsw_remote *r;
	int err;

	if (!dst)
		return 0;
	o = rcu_dereference_protected(port->overlay, true);
	err = fdb_check_dst(o, dst, extack) ?:
	      fdb_outer(o, new->key.vid, dst, &outer, extack);
	if (err)
		return err;
	r = vsw_remote_get(&fdb->remotes, &outer);
	RCU_INIT_POINTER(new->remote, r);
	return r ? 0 : -ENOMEM;
}

/**
 * vsw_fdb_add_at() - add an entry by hand
 * @fdb: the database
 * @port: where the station is
 * @addr: its address
 * @vid: VLAN
 * @flags: VSW_FDB_FLAG_STATIC, VSW_FDB_FLAG_STICKY
 * @dst: where it is behind a tunnel port, NULL for anywhere
 * @may_replace: an entry made by hand may be there; a learned one always may
 * @extack: for the refusal
 *
 * Context: The namespace's lock, so that the port and its settings stay.
 * Return: 0 or an error.
 */
int vsw_fdb_add_at(struct vsw_fdb *fdb, struct vsw_port *port, const u8 *addr, u16 vid,
		   unsigned long flags, const struct vsw_fdb_dst *dst, bool may_replace,
		   struct netlink_ext_ack *extack)
{
	struct vsw_fdb_entry *new;
	int err;

	err = fdb_check_add(addr, vid, flags, extack);
	if (err)
		return err;
	new = fdb_entry_create(port, addr, vid, flags, GFP_KERNEL_ACCOUNT);
	if (!new)
		return -ENOMEM;

	spin_lock_bh(&fdb->lock);
	err = fdb_place(fdb, new, dst, extack) ?:
	      fdb_add_locked(fdb, &new, may_replace, extack);
	fdb_entry_free(new);
	spin_unlock_bh(&fdb->lock);
	return err;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_fdb_add_at);

/**
 * vsw_fdb_del() - delete an entry, learned or made by hand
 * @fdb: the database
 * @addr: address
 * @vid: VLAN
 * @extack: for the refusal
 *
 * Context: Process.
 * Return: 0 or an error.
 */
int vsw_fdb_del(struct vsw_fdb *fdb, const u8 *addr, u16 vid,
		struct netlink_ext_ack *extack)
{
	struct vsw_fdb_entry *e;
	int err = 0;

	spin_lock_bh(&fdb->lock);
	e = fdb_find(fdb, addr, vid);
	if (!e) {
		NL_SET_ERR_MSG(extack, "There is no entry for this address and VLAN");
		err = -ENOENT;
	} else if (e->flags & VSW_FDB_FLAG_LOCAL) {
		NL_SET_ERR_MSG(extack, "The address is the switch's own, change its device");
		err = -EPERM;
	} else if (e->flags & VSW_FDB_FLAG_ROUTER) {
		NL_SET_ERR_MSG(extack, "The address is a router's, it goes with the interface");
		err = -EPERM;
	} else {
		fdb_unlink(fdb, e);
	}
	spin_unlock_bh(&fdb->lock);
	return err;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_fdb_del);

/* Consumes *@new where it is linked. */
static int fdb_set_router_locked(struct vsw_fdb *fdb, struct vsw_fdb_entry **new,
				 struct netlink_ext_ack *extack)
{
	struct vsw_fdb_entry *e;
	int err;

	e = vsw_fdb_find_rcu(fdb, (*new)->key.addr, (*new)->key.vid);
	if (e && e->flags & VSW_FDB_FLAG_STATIC) {
		NL_SET_ERR_MSG(extack, "lladdr is in use in this VLAN, by the FDB's static entry");
		return -EBUSY;
	}
	if (e) {
		fdb_change(fdb, e, fdb_port(fdb, *new), NULL, (*new)->flags);
		return 0;
	}
	err = fdb_link(fdb, *new);
	if (!err)
		*new = NULL;
	return err;
}

/**
 * vsw_fdb_set_router() - let the address of a router lead to it
 * @fdb: the database
 * @port: of the router's interface; vsw_fdb_leave() takes the entry away
 * @addr: its address
 * @vid: VLAN
 * @extack: for the refusal
 *
 * Context: The namespace's lock.
 * Return: 0 or an error.
 */
int vsw_fdb_set_router(struct vsw_fdb *fdb, struct vsw_port *port, const u8 *addr,
		       u16 vid, struct netlink_ext_ack *extack)
{
	struct vsw_fdb_entry *new;
	int err;

	if (!is_valid_ether_addr(addr)) {
		NL_SET_ERR_MSG(extack, "lladdr must be a unicast address, and not zero");
		return -EINVAL;
	}
	new = fdb_entry_create(port, addr, vid, VSW_FDB_FLAG_ROUTER | VSW_FDB_FLAG_STATIC |
			       VSW_FDB_FLAG_STICKY, GFP_KERNEL_ACCOUNT);
	if (!new)
		return -ENOMEM;
	spin_lock_bh(&fdb->lock);
	err = fdb_set_router_locked(fdb, &new, extack);
	spin_unlock_bh(&fdb->lock);
	fdb_entry_free(new);
	return err;
}

/**
 * vsw_fdb_unset_router() - undo vsw_fdb_set_router()
 * @fdb: the database
 * @port: the port
 * @addr: the address
 * @vid: VLAN
 *
 * Context: Process.
 */
void vsw_fdb_unset_router(struct vsw_fdb *fdb, const struct vsw_port *port, const u8 *addr,
			  u16 vid)
{
	struct vsw_fdb_entry *e;

	spin_lock_bh(&fdb->lock);
	e = fdb_find(fdb, addr, vid);
	if (e && e->flags & VSW_FDB_FLAG_ROUTER && fdb_port(fdb, e) == port)
		fdb_unlink(fdb, e);
	spin_unlock_bh(&fdb->lock);
}

/* What else is known of @e's address, and the own address of before. */
static void fdb_forget_others(struct vsw_fdb *fdb, const struct vsw_fdb_entry *e)
{
	struct vsw_fdb_entry *other;
	unsigned long id;

	xa_for_each(&fdb->by_id, id, other)
		if (other != e && (other->flags & VSW_FDB_FLAG_LOCAL ||
				   ether_addr_equal(other->key.addr, e->key.addr)))
			fdb_unlink(fdb, other);
}

static bool fdb_is_of_router(struct vsw_fdb *fdb, const u8 *addr)
{
	struct vsw_fdb_entry *e;
	unsigned long id;

	xa_for_each(&fdb->by_id, id, e)
		if (e->flags & VSW_FDB_FLAG_ROUTER && ether_addr_equal(e->key.addr, addr))
			return true;
	return false;
}

/* Consumes *@new where it is linked. */
static int fdb_set_local_locked(struct vsw_fdb *fdb, struct vsw_fdb_entry **new)
{
	struct vsw_fdb_entry *e = fdb_find(fdb, (*new)->key.addr, 0);
	int err;

	if (e && e->flags & VSW_FDB_FLAG_LOCAL)
		return 0;
	if (fdb_is_of_router(fdb, (*new)->key.addr))
		return -EADDRINUSE;
	if (e) {
		fdb_change(fdb, e, fdb_port(fdb, *new), NULL, (*new)->flags);
	} else {
		e = *new;
		err = fdb_link(fdb, e);
		if (err)
			return err;
		*new = NULL;
	}
	fdb_forget_others(fdb, e);
	return 0;
}

/**
 * vsw_fdb_set_local() - set or change the switch's own address
 * @fdb: the database
 * @local: the LOCAL port
 * @addr: address
 *
 * Context: Process.
 * Return: 0 or an error; then nothing has changed.
 */
int vsw_fdb_set_local(struct vsw_fdb *fdb, struct vsw_port *local, const u8 *addr)
{
	struct vsw_fdb_entry *new;
	int err;

	new = fdb_entry_create(local, addr, 0, VSW_FDB_FLAG_LOCAL | VSW_FDB_FLAG_STATIC,
			       GFP_KERNEL_ACCOUNT);
	if (!new)
		return -ENOMEM;

	spin_lock_bh(&fdb->lock);
	err = fdb_set_local_locked(fdb, &new);
	spin_unlock_bh(&fdb->lock);
	fdb_entry_free(new);
	return err;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_fdb_set_local);

static bool fdb_is_wanted(const struct vsw_fdb_entry *e,
			  const struct vsw_fdb_filter *filter)
{
	unsigned long flags = READ_ONCE(e->flags);

	if (filter->port && rcu_access_pointer(e->port) != filter->port)
		return false;
	if (filter->vid >= 0 && e->key.vid != filter->vid)
		return false;
	if (flags & (VSW_FDB_FLAG_LOCAL | VSW_FDB_FLAG_ROUTER))
		return filter->locals;
	return filter->statics || !(flags & VSW_FDB_FLAG_STATIC);
}

/**
 * vsw_fdb_flush() - forget addresses
 * @fdb: the database
 * @filter: which
 *
 * Context: Process.
 */
void vsw_fdb_flush(struct vsw_fdb *fdb, const struct vsw_fdb_filter *filter)
{
	struct vsw_fdb_entry *e;
	unsigned long id;

	rcu_read_lock();
	xa_for_each(&fdb->by_id, id, e) {
		if (fdb_is_wanted(e, filter)) {
			spin_lock_bh(&fdb->lock);
			if (fdb_is_linked(fdb, e) && fdb_is_wanted(e, filter))
				fdb_unlink(fdb, e);
			spin_unlock_bh(&fdb->lock);
		}
		cond_resched_rcu();
	}
	rcu_read_unlock();
}
EXPORT_SYMBOL_IF_KUNIT(vsw_fdb_flush);

/**
 * vsw_fdb_renew() - let all that was decided from the database be decided anew
 * @fdb: the database; a port came or its settings have changed
 *
 * Context: Process.
 */
void vsw_fdb_renew(struct vsw_fdb *fdb)
{
	spin_lock_bh(&fdb->lock);
	fdb_changed(fdb);
	spin_unlock_bh(&fdb->lock);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_fdb_renew);

/* Without memory, or a VNI, the station is where nobody knows. */
static void fdb_renew_remote(struct vsw_fdb *fdb, struct vsw_fdb_entry *e,
			     const struct vsw_overlay *o)
{
	struct vsw_remote *r = fdb_remote(fdb, e);
	struct vsw_fdb_dst dst = {};
	struct vsw_outer outer;
	int err;

	vsw_remote_tell(r, &dst.addr, &dst.vni);
	dst.has_vni = r->outer.flags & VSW_OUTER_OWN_ID;
	err = fdb_outer(o, e->key.vid, &dst, &outer, NULL);
	/* What a station sent without a key it gets without one. */
	if (dst.has_vni)
		outer.flags &= r->outer.flags | ~(u64)VSW_OUTER_ID;
	fdb_set_remote(fdb, e, err ? NULL : vsw_remote_get(&fdb->remotes, &outer));
}

/**
 * vsw_fdb_renew_remotes() - the settings of a tunnel port have changed
 * @fdb: the database
 * @port: the port; vsw_fdb_renew() follows
 *
 * Context: The namespace's lock.
 */
void vsw_fdb_renew_remotes(struct vsw_fdb *fdb, struct vsw_port *port)
{
	const struct vsw_overlay *o = rcu_dereference_protected(port->overlay, true);
	struct vsw_fdb_entry *e;
	unsigned long id;

	rcu_read_lock();
	xa_for_each(&fdb->by_id, id, e) {
		spin_lock_bh(&fdb->lock);
		if (fdb_is_linked(fdb, e) && fdb_port(fdb, e) == port && fdb_remote(fdb, e))
			fdb_renew_remote(fdb, e, o);
		spin_unlock_bh(&fdb->lock);
		cond_resched_rcu();
	}
	rcu_read_unlock();
}

/**
 * vsw_fdb_leave() - a port goes: forget its addresses, learn no new ones
 * @fdb: the database
 * @port: the port
 *
 * Context: Process. Frames may use entries of the port until the end of their
 * RCU read section.
 */
void vsw_fdb_leave(struct vsw_fdb *fdb, struct vsw_port *port)
{
	const struct vsw_fdb_filter all = {
		.port = port, .vid = -1, .statics = true, .locals = true,
	};

	/* Under the lock: whoever learns has either finished or sees it. */
	spin_lock_bh(&fdb->lock);
	port->going = true;
	fdb_changed(fdb);
	spin_unlock_bh(&fdb->lock);
	vsw_fdb_flush(fdb, &all);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_fdb_leave);

/* Returns the jiffies that the entry has left; removes it if there are none. */
static unsigned long fdb_age(struct vsw_fdb *fdb, struct vsw_fdb_entry *e,
			     unsigned long ageing)
{
	unsigned long expires = READ_ONCE(e->updated) + ageing;
	unsigned long now = jiffies;

	if (READ_ONCE(e->flags) & VSW_FDB_FLAG_STATIC)
		return ageing;
	if (time_after(expires, now))
		return expires - now;

	spin_lock_bh(&fdb->lock);
	if (fdb_is_linked(fdb, e) && !(e->flags & VSW_FDB_FLAG_STATIC) &&
	    time_after_eq(now, READ_ONCE(e->updated) + ageing))
		fdb_unlink(fdb, e);
	spin_unlock_bh(&fdb->lock);
	return ageing;
}

static void fdb_gc(struct work_struct *work)
{
	struct vsw_fdb *fdb = container_of(to_delayed_work(work), struct vsw_fdb, gc);
	unsigned long ageing = READ_ONCE(fdb->ageing);
	unsigned long next = ageing;
	struct vsw_fdb_entry *e;
	unsigned long id;

	if (!ageing)
		return;
	rcu_read_lock();
	xa_for_each(&fdb->by_id, id, e) {
		next = min(next, fdb_age(fdb, e, ageing));
		cond_resched_rcu();
	}
	rcu_read_unlock();
	queue_delayed_work(system_long_wq, &fdb->gc,
			   max_t(unsigned long, next, FDB_GC_INTERVAL_MIN));
}

/**
 * vsw_fdb_set_ageing() - change how long an unused entry stays
 * @fdb: the database
 * @ageing: jiffies, 0 for ever
 *
 * Context: Process.
 */
void vsw_fdb_set_ageing(struct vsw_fdb *fdb, unsigned long ageing)
{
	WRITE_ONCE(fdb->ageing, ageing);
	mod_delayed_work(system_long_wq, &fdb->gc, 0);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_fdb_set_ageing);

/**
 * vsw_fdb_next_rcu() - walk through the entries by id
 * @fdb: the database
 * @id: where to begin; then, id of what was found
 * @filter: which entries
 *
 * Context: RCU.
 * Return: The first wanted entry whose id is not less than *@id, or NULL.
 */
struct vsw_fdb_entry *vsw_fdb_next_rcu(struct vsw_fdb *fdb, u32 *id,
				       const struct vsw_fdb_filter *filter)
{
	struct vsw_fdb_entry *e;
	unsigned long i;

	xa_for_each_range(&fdb->by_id, i, e, *id, U32_MAX) {
		*id = i;
		if (fdb_is_wanted(e, filter))
			return e;
	}
	return NULL;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_fdb_next_rcu);

/**
 * vsw_fdb_init() - make an empty database
 * @fdb: the database
 * @sw: whose it is
 *
 * Context: Process.
 * Return: 0 or an error.
 */
int vsw_fdb_init(struct vsw_fdb *fdb, struct vsw_switch *sw)
{
	spin_lock_init(&fdb->lock);
	fdb->gen = 1;
	xa_init_flags(&fdb->by_id, XA_FLAGS_ALLOC1);
	INIT_DELAYED_WORK(&fdb->gc, fdb_gc);
	fdb->sw = sw;
	return rhashtable_init(&fdb->ht, &fdb_ht_params);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_fdb_init);

static void fdb_free_cb(void *ptr, void *arg)
{
	fdb_entry_free(ptr);
}

/**
 * vsw_fdb_exit() - free the database
 * @fdb: the database
 *
 * Context: Process. No frame is under way in the switch.
 */
void vsw_fdb_exit(struct vsw_fdb *fdb)
{
	cancel_delayed_work_sync(&fdb->gc);
	xa_destroy(&fdb->by_id);
	rhashtable_free_and_destroy(&fdb->ht, fdb_free_cb, NULL);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_fdb_exit);

/**
 * vsw_fdb_cache_create() - get ready to allocate entries
 *
 * A cache of their own tells of those that are left at the end.
 *
 * Context: module init.
 * Return: 0 or -ENOMEM.
 */
int vsw_fdb_cache_create(void)
{
	cache = KMEM_CACHE(vsw_fdb_entry, 0);
	return cache ? 0 : -ENOMEM;
}

/**
 * vsw_fdb_cache_destroy() - undo vsw_fdb_cache_create()
 *
 * Context: module exit; all are freed, RCU callbacks have run.
 */
void vsw_fdb_cache_destroy(void)
{
	kmem_cache_destroy(cache);
}
