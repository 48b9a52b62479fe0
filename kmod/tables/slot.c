// SPDX-License-Identifier: GPL-2.0
/*
 * Slots: the port numbers of a switch.
 */
#include "tables/slot.h"

#include <linux/netlink.h>
#include <linux/slab.h>

#include "compat.h"

static struct kmem_cache *cache __ro_after_init;

static bool slot_is_empty(const struct vsw_slot *slot)
{
	return !rcu_access_pointer(slot->port);
}

static void slot_free_rcu(struct rcu_head *rcu)
{
	kmem_cache_free(cache, container_of(rcu, struct vsw_slot, rcu));
}

/* Nobody needs the number any more: a later port of the name gets another. */
static void slot_free_if_unused(struct vsw_slots *slots, struct vsw_slot *slot)
{
	if (slot->users || !slot_is_empty(slot))
		return;
	xa_erase(&slots->by_no, slot->no);
	call_rcu(&slot->rcu, slot_free_rcu);
}

static struct vsw_slot *slot_create(struct vsw_slots *slots, const char *name,
				    u32 no, struct netlink_ext_ack *extack)
{
	struct vsw_slot *slot;
	int err;

	slot = kmem_cache_zalloc(cache, GFP_KERNEL_ACCOUNT);
	if (!slot)
		return ERR_PTR(-ENOMEM);

	strscpy(slot->name, name, sizeof(slot->name));
	slot->no = no;
	if (no)
		err = xa_insert(&slots->by_no, no, slot, GFP_KERNEL_ACCOUNT);
	else
		err = xa_alloc_cyclic(&slots->by_no, &slot->no, slot,
				      XA_LIMIT(1, VSW_PORT_MAX), &slots->next,
				      GFP_KERNEL_ACCOUNT);
	if (err >= 0)
		return slot;

	kmem_cache_free(cache, slot);
	if (err != -EBUSY)
		return ERR_PTR(err);
	NL_SET_ERR_MSG(extack, "All port numbers are used by ports and flows");
	return ERR_PTR(-ENOSPC);
}

/**
 * vsw_slots_init() - make a switch's slots usable
 * @slots: the slots
 * @lock: the namespace's lock
 *
 * Context: Process.
 */
void vsw_slots_init(struct vsw_slots *slots, struct mutex *lock)
{
	xa_init_flags(&slots->by_no, XA_FLAGS_ALLOC1);
	slots->next = 1;
	slots->lock = lock;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_slots_init);

/**
 * vsw_slots_exit() - all ports and flows are gone
 * @slots: the slots
 *
 * Context: Process.
 */
void vsw_slots_exit(struct vsw_slots *slots)
{
	WARN_ON_ONCE(!xa_empty(&slots->by_no));
	xa_destroy(&slots->by_no);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_slots_exit);

/**
 * vsw_slot_find() - find a slot by number
 * @slots: the slots
 * @no: port number
 *
 * Context: The namespace's lock.
 * Return: The slot, occupied or not, or NULL.
 */
struct vsw_slot *vsw_slot_find(struct vsw_slots *slots, u32 no)
{
	lockdep_assert_held(slots->lock);
	return xa_load(&slots->by_no, no);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_slot_find);

/**
 * vsw_slot_find_name() - find a slot by name
 * @slots: the slots
 * @name: of a device
 *
 * After a device was renamed, two slots can have the same name: that of the
 * device is found then, not the one that flows keep.
 *
 * Context: The namespace's lock.
 * Return: The slot, occupied or not, or NULL.
 */
struct vsw_slot *vsw_slot_find_name(struct vsw_slots *slots, const char *name)
{
	struct vsw_slot *slot, *kept = NULL;
	unsigned long no;

	lockdep_assert_held(slots->lock);
	xa_for_each(&slots->by_no, no, slot) {
		if (strcmp(slot->name, name))
			continue;
		if (!slot_is_empty(slot))
			return slot;
		if (!kept)
			kept = slot;
	}
	return kept;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_slot_find_name);

/**
 * vsw_slot_use() - a flow points at a number
 * @slots: the slots
 * @no: port number
 *
 * Context: The namespace's lock.
 * Return: The slot, to be given to vsw_slot_unuse(), or NULL where neither a
 * port nor a flow has the number.
 */
struct vsw_slot *vsw_slot_use(struct vsw_slots *slots, u32 no)
{
	struct vsw_slot *slot = vsw_slot_find(slots, no);

	if (slot)
		slot->users++;
	return slot;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_slot_use);

/**
 * vsw_slot_use_name() - a flow points at a name
 * @slots: the slots
 * @name: of a device, which need not be a port yet
 * @extack: for the refusal
 *
 * Context: The namespace's lock.
 * Return: The slot, to be given to vsw_slot_unuse(), or an error.
 */
struct vsw_slot *vsw_slot_use_name(struct vsw_slots *slots, const char *name,
				   struct netlink_ext_ack *extack)
{
	struct vsw_slot *slot = vsw_slot_find_name(slots, name);

	if (!slot)
		slot = slot_create(slots, name, 0, extack);
	if (!IS_ERR(slot))
		slot->users++;
	return slot;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_slot_use_name);

/**
 * vsw_slot_unuse() - a flow that pointed at a slot is gone
 * @slots: the slots
 * @slot: the slot; may be freed
 *
 * Context: The namespace's lock. No frame sees the flow any more, or will only
 * until the end of its RCU read section.
 */
void vsw_slot_unuse(struct vsw_slots *slots, struct vsw_slot *slot)
{
	lockdep_assert_held(slots->lock);
	slot->users--;
	slot_free_if_unused(slots, slot);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_slot_unuse);

/**
 * vsw_slot_reserve() - find a number for a port that is being added
 * @slots: the slots
 * @name: of its device
 * @no: wanted number, 0 for any
 * @extack: for the refusal
 *
 * Where flows wait for a port of this name, it gets the number they know.
 *
 * Context: The namespace's lock, held until vsw_slot_occupy() or
 * vsw_slot_vacate().
 * Return: An empty slot, or an error.
 */
struct vsw_slot *vsw_slot_reserve(struct vsw_slots *slots, const char *name, u32 no,
				  struct netlink_ext_ack *extack)
{
	struct vsw_slot *kept = vsw_slot_find_name(slots, name);
	struct vsw_slot *slot = no ? vsw_slot_find(slots, no) : NULL;

	if (slot && !slot_is_empty(slot)) {
		NL_SET_ERR_MSG_FMT(extack, "Port number %u is taken by %s",
				   no, slot->name);
		return ERR_PTR(-EBUSY);
	}
	if (slot && strcmp(slot->name, name)) {
		NL_SET_ERR_MSG_FMT(extack, "Flows keep port number %u for %s",
				   no, slot->name);
		return ERR_PTR(-EBUSY);
	}
	if (kept && !slot_is_empty(kept))
		kept = NULL;
	if (no && kept && kept != slot) {
		NL_SET_ERR_MSG_FMT(extack, "Flows know %s by port number %u, use that",
				   name, kept->no);
		return ERR_PTR(-EBUSY);
	}
	return kept ?: slot_create(slots, name, no, extack);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_slot_reserve);

/**
 * vsw_slot_occupy() - let flows see a port
 * @slots: the slots
 * @slot: from vsw_slot_reserve()
 * @port: the port, complete
 *
 * Context: The namespace's lock.
 */
void vsw_slot_occupy(struct vsw_slots *slots, struct vsw_slot *slot,
		     struct vsw_port *port)
{
	lockdep_assert_held(slots->lock);
	rcu_assign_pointer(slot->port, port);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_slot_occupy);

/**
 * vsw_slot_rename() - a port's device has a new name
 * @slots: the slots
 * @slot: the port's
 * @name: new name
 *
 * Context: The namespace's lock.
 */
void vsw_slot_rename(struct vsw_slots *slots, struct vsw_slot *slot, const char *name)
{
	lockdep_assert_held(slots->lock);
	strscpy(slot->name, name, sizeof(slot->name));
}
EXPORT_SYMBOL_IF_KUNIT(vsw_slot_rename);

/**
 * vsw_slot_vacate() - a port goes, or does not come after all
 * @slots: the slots
 * @slot: its slot; may be freed, stays if flows use it
 *
 * Context: The namespace's lock. Frames may see the port until the end of
 * their RCU read section.
 */
void vsw_slot_vacate(struct vsw_slots *slots, struct vsw_slot *slot)
{
	lockdep_assert_held(slots->lock);
	RCU_INIT_POINTER(slot->port, NULL);
	slot_free_if_unused(slots, slot);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_slot_vacate);

/**
 * vsw_slot_cache_create() - get ready to allocate slots
 *
 * A cache of their own tells of those that are left at the end.
 *
 * Context: module init.
 * Return: 0 or -ENOMEM.
 */
int vsw_slot_cache_create(void)
{
	cache = KMEM_CACHE(vsw_slot, 0);
	return cache ? 0 : -ENOMEM;
}

/**
 * vsw_slot_cache_destroy() - undo vsw_slot_cache_create()
 *
 * Context: module exit; all are freed, RCU callbacks have run.
 */
void vsw_slot_cache_destroy(void)
{
	kmem_cache_destroy(cache);
}
