/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Slots: the port numbers of a switch. A slot is a number and a name that
 * flows can point at, occupied by a port or empty. It lives as long as a port
 * occupies it or a flow uses it, so that flows survive a device that goes and
 * work again when a device of that name returns.
 */
#ifndef VSW_TABLES_SLOT_H
#define VSW_TABLES_SLOT_H

#include <linux/if.h>
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/types.h>
#include <linux/xarray.h>
#include <linux/vsw.h>

struct netlink_ext_ack;
struct vsw_port;

/**
 * struct vsw_slot - one port number
 * @port: who occupies it, NULL if nobody (RCU, written under the lock)
 * @no: the number, set once
 * @users: flows that point at it, under the lock
 * @name: of the port that is or was or is to be here, under the lock
 * @rcu: frees it
 */
struct vsw_slot {
	struct vsw_port __rcu *port;
	u32 no;
	u32 users;
	char name[IFNAMSIZ];
	struct rcu_head rcu;
};

/**
 * struct vsw_slots - the slots of a switch
 * @by_no: number to slot
 * @next: where the search for a free number starts, so that numbers of ports
 *	that went are not given to others soon
 * @lock: the namespace's lock, protects all of it
 */
struct vsw_slots {
	struct xarray by_no;
	u32 next;
	struct mutex *lock;
};

int vsw_slot_cache_create(void);
void vsw_slot_cache_destroy(void);

void vsw_slots_init(struct vsw_slots *slots, struct mutex *lock);
void vsw_slots_exit(struct vsw_slots *slots);

struct vsw_slot *vsw_slot_find(struct vsw_slots *slots, u32 no);
struct vsw_slot *vsw_slot_find_name(struct vsw_slots *slots, const char *name);
struct vsw_slot *vsw_slot_use(struct vsw_slots *slots, u32 no);
struct vsw_slot *vsw_slot_use_name(struct vsw_slots *slots, const char *name,
				   struct netlink_ext_ack *extack);
void vsw_slot_unuse(struct vsw_slots *slots, struct vsw_slot *slot);
struct vsw_slot *vsw_slot_reserve(struct vsw_slots *slots, const char *name, u32 no,
				  struct netlink_ext_ack *extack);
void vsw_slot_occupy(struct vsw_slots *slots, struct vsw_slot *slot,
		     struct vsw_port *port);
void vsw_slot_rename(struct vsw_slots *slots, struct vsw_slot *slot, const char *name);
void vsw_slot_vacate(struct vsw_slots *slots, struct vsw_slot *slot);

#endif
