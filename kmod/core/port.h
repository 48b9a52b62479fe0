/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Ports: netdevs enslaved to a switch, and the LOCAL port, which is the
 * switch's own netdev.
 */
#ifndef VSW_CORE_PORT_H
#define VSW_CORE_PORT_H

#include <linux/netdevice.h>
#include <linux/u64_stats_sync.h>
#include <linux/vsw.h>

#include "core/l3.h"
#include "core/punt.h"
#include "tables/slot.h"
#include "tables/vlan.h"

struct netlink_ext_ack;
struct vsw_overlay;
struct vsw_overlay_config;
struct vsw_rif;
struct vsw_switch;

#define VSW_DROPS	(VSW_DROP_REASON_MAX + 1)

/**
 * struct vsw_port_stats - counters of a port on one CPU; BH off to write
 * @rx_packets: frames that entered the switch by the port
 * @rx_bytes: their length, without FCS
 * @tx_packets: frames that left
 * @tx_bytes: their length
 * @copied: copies made of frames that entered by the port, and answers to them
 * @passed: frames left to the host's stack, not part of @rx_packets
 * @punted: frames that entered by the port, and copies, that a listener got
 * @drops: by reason; what a decision drops counts at the port of entry, what
 *	an output can't send at that output
 * @syncp: for 32-bit readers
 *
 * Over all ports: rx_packets + copied = tx_packets + punted + drops.
 */
struct vsw_port_stats {
	u64_stats_t rx_packets;
	u64_stats_t rx_bytes;
	u64_stats_t tx_packets;
	u64_stats_t tx_bytes;
	u64_stats_t copied;
	u64_stats_t passed;
	u64_stats_t punted;
	u64_stats_t drops[VSW_DROPS];
	struct u64_stats_sync syncp;
};

/* The same, summed over all CPUs. */
struct vsw_port_counters {
	u64 rx_packets;
	u64 rx_bytes;
	u64 tx_packets;
	u64 tx_bytes;
	u64 copied;
	u64 passed;
	u64 punted;
	u64 drops[VSW_DROPS];
};

/* What stands behind a port; plain netdevs are 0, so that the path asks once. */
enum vsw_port_kind {
	VSW_PORT_ETHERNET,
	VSW_PORT_HOST,		/* LOCAL: the host's own stack */
	VSW_PORT_TUNNEL,	/* a device that carries frames to any remote */
	VSW_PORT_L3,		/* a device that carries IP without Ethernet */
	VSW_PORT_PATCH,		/* another switch, no device */
	VSW_PORT_ROUTER,	/* a router's interface, no device */
};

enum vsw_port_flag {
	VSW_PORT_LEARNING,
	VSW_PORT_FLOOD,
	VSW_PORT_MCAST_FLOOD,
	VSW_PORT_BCAST_FLOOD,
	VSW_PORT_ISOLATED,
	VSW_PORT_HAIRPIN,
	VSW_PORT_PEER,
	VSW_PORT_NEIGH_SUPPRESS,
	VSW_PORT_IP_ONLY,	/* of kind VSW_PORT_L3, set once */
	VSW_PORT_NO_ARP,	/* it answers nobody, either */
};

#define VSW_PORT_FLAGS_DEFAULT					\
	(BIT(VSW_PORT_LEARNING) | BIT(VSW_PORT_FLOOD) |		\
	 BIT(VSW_PORT_MCAST_FLOOD) | BIT(VSW_PORT_BCAST_FLOOD) | BIT(VSW_PORT_PEER))

/**
 * struct vsw_port - a port
 * @sw: its switch, set once
 * @dev: its device, held (but the switch's own, which stands in where a port has
 *	none), set once
 * @flags: bits of enum vsw_port_flag, written under the lock
 * @kind: what stands behind it, set once
 * @going: no address is learned here any more, under vsw_fdb.lock
 * @vlan: VLAN settings, NULL: all VLANs, as they are (RCU, written under the lock)
 * @overlay: settings of a tunnel port, NULL for others (RCU, written under the lock)
 * @stats: per CPU
 * @no: port number, set once
 * @fdb_entries: learned addresses, under vsw_fdb.lock
 * @fdb_max: limit of it, 0 for none
 * @slot: where flows find it
 * @peer: where frames enter that leave by a patch port, set once
 * @patch_name: name of a port that has no device, set once
 * @punt: its frames on their way to user space
 * @node: in vsw_switch.ports (RCU, written under the lock)
 * @rif: interface of the router that stands behind the port, set once
 * @l3: addresses, where its device has none
 * @dev_tracker: of the reference to @dev
 */
struct vsw_port {
	struct vsw_switch *sw;
	struct net_device *dev;
	unsigned long flags;
	enum vsw_port_kind kind;
	bool going;
	struct vsw_vlan __rcu *vlan;
	struct vsw_overlay __rcu *overlay;
	struct vsw_port_stats __percpu *stats;
	u32 no;
	u32 fdb_entries;
	u32 fdb_max;
	struct vsw_slot *slot;
	struct vsw_port *peer;
	char patch_name[IFNAMSIZ];
	struct vsw_punt_queue punt;
	struct list_head node;
	struct vsw_rif *rif;
	struct vsw_l3 l3;
	netdevice_tracker dev_tracker;
};

static inline bool vsw_port_is_local(const struct vsw_port *port)
{
	return port->kind == VSW_PORT_HOST;
}

/* Is a device a port, so that the port has its name, index and state? */
static inline bool vsw_port_has_dev(const struct vsw_port *port)
{
	return port->kind != VSW_PORT_PATCH && port->kind != VSW_PORT_ROUTER;
}

/* The name of a device may change while it is read. */
static inline const char *vsw_port_name(const struct vsw_port *port)
{
	return vsw_port_has_dev(port) ? port->dev->name : port->patch_name;
}

static inline bool vsw_port_has(const struct vsw_port *port, enum vsw_port_flag flag)
{
	return READ_ONCE(port->flags) & BIT(flag);
}

/**
 * struct vsw_port_config - settings to give to a port
 * @no: number, 0 to let the switch choose
 * @flags_mask: bits of @flags that are given
 * @flags: bits of enum vsw_port_flag
 * @fdb_max: limit of learned addresses
 * @has_fdb_max: @fdb_max is given
 * @punt_rate: frames punted in a second, 0 if not given
 * @punt_burst: frames punted at once, 0 if not given
 * @has_vlan: @vlan is given
 * @lladdr: see &struct vsw_l3, 0 if not given
 * @peer: see &struct vsw_l3, 0 if not given
 * @vlan: VLAN settings
 * @overlay: settings of a tunnel port, NULL if not given
 */
struct vsw_port_config {
	u32 no;
	unsigned long flags_mask;
	unsigned long flags;
	u32 fdb_max;
	bool has_fdb_max;
	u32 punt_rate;
	u32 punt_burst;
	bool has_vlan;
	u64 lladdr;
	u64 peer;
	struct vsw_vlan vlan;
	const struct vsw_overlay_config *overlay;
};

/* Under RTNL and the namespace's lock. */
int vsw_port_add(struct vsw_switch *sw, struct net_device *dev,
		 const struct vsw_port_config *config,
		 struct netlink_ext_ack *extack);
void vsw_port_del(struct vsw_port *port);

/* Under the namespace's lock. */
int vsw_port_set(struct vsw_port *port, const struct vsw_port_config *config,
		 struct netlink_ext_ack *extack);

/* Parts of adding and deleting, for ports without a device; under both locks. */
struct vsw_port *vsw_port_create(struct vsw_switch *sw, struct net_device *dev,
				 enum vsw_port_kind kind, const char *name,
				 const struct vsw_port_config *config,
				 struct netlink_ext_ack *extack);
void vsw_port_destroy(struct vsw_port *port);
void vsw_port_publish(struct vsw_port *port);
void vsw_port_hide(struct vsw_port *port);
void vsw_port_retire(struct vsw_port *port);
void vsw_port_free(struct vsw_port *port);

int vsw_port_create_local(struct vsw_switch *sw);
void vsw_port_destroy_local(struct vsw_switch *sw);

enum vsw_port_kind vsw_port_kind_of(const struct net_device *dev);
struct vsw_port *vsw_port_of(const struct net_device *dev);
struct vsw_port *vsw_port_find(struct vsw_switch *sw, u32 no);
struct vsw_port *vsw_port_find_name(struct vsw_switch *sw, const char *name);
void vsw_counters_add(struct vsw_port_counters *sum,
		      const struct vsw_port_counters *n);
void vsw_port_sum(const struct vsw_port *port, struct vsw_port_counters *sum);

int vsw_port_cache_create(void);
void vsw_port_cache_destroy(void);
int vsw_port_notifier_init(void);
void vsw_port_notifier_exit(void);

#endif
