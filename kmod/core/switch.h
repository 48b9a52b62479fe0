/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Switches: netdevs of rtnl kind "vsw".
 */
#ifndef VSW_CORE_SWITCH_H
#define VSW_CORE_SWITCH_H

#include <linux/netdevice.h>

#include "core/event.h"
#include "core/net.h"
#include "core/port.h"
#include "core/punt.h"
#include "tables/fdb.h"
#include "tables/flow.h"
#include "tables/slot.h"

#define VSW_KIND		"vsw"
#define VSW_VERSION		"0.1"
#define VSW_AGEING_DEFAULT	300
#define VSW_FLOWS_DEFAULT	1000000
#define VSW_FDB_DEFAULT		65536

/**
 * struct vsw_cache_stats - the cache of a switch, over all CPUs
 * @size: places
 * @entries: places in use
 * @verdicts: verdicts that they point to
 * @hits: frames whose verdict was there
 * @misses: frames that walked the tables
 * @kept: times that a verdict was found to be right after flows had changed
 * @evictions: entries that had to go for others
 */
struct vsw_cache_stats {
	u64 size;
	u64 entries;
	u64 verdicts;
	u64 hits;
	u64 misses;
	u64 kept;
	u64 evictions;
};

struct vsw_cache;
struct vsw_memo;

/**
 * struct vsw_switch - netdev_priv() of a switch
 * @dev: its netdev
 * @vn: its namespace, set once
 * @id: unlike that of any other switch the namespace has or had, set once
 * @local: the LOCAL port, from vsw_switch_init() to vsw_switch_uninit()
 * @ports: all ports, LOCAL first (RCU, written under RTNL and @vn->lock)
 * @flows: flow tables
 * @cache: verdicts of flows, from vsw_switch_init() to vsw_switch_uninit()
 * @pairs: where frames go by @fdb, like @cache
 * @fdb: forwarding database
 * @slots: port numbers
 * @punts: frames on their way to user space, and who gets them
 * @group_fwd_mask: bit X: 01:80:c2:00:00:0X is forwarded
 * @n_ports: number of ports without LOCAL
 * @max_ports: limit of it
 * @gone: counters of the ports that went, under RTNL and @vn->lock
 * @events: FDB events that wait to be told
 * @node: in vsw_net.switches; empty as long as nobody is told of the switch
 */
struct vsw_switch {
	struct net_device *dev;
	struct vsw_net *vn;
	u64 id;
	struct vsw_port *local;
	struct list_head ports;
	struct vsw_flows flows;
	struct vsw_cache *cache;
	struct vsw_memo *pairs;
	struct vsw_fdb fdb;
	struct vsw_slots slots;
	struct vsw_punts punts;
	u16 group_fwd_mask;
	u32 n_ports;
	u32 max_ports;
	struct vsw_port_counters gone;
	struct vsw_event_queue *events;
	struct list_head node;
};

/* Settings to give to a switch; has_* say which. */
struct vsw_switch_config {
	bool has_ageing;
	bool has_group_fwd_mask;
	bool has_max_ports;
	bool has_max_flows;
	bool has_max_fdb;
	u32 ageing;		/* seconds */
	u16 group_fwd_mask;
	u32 max_ports;
	u32 max_flows;
	u32 max_fdb;
};

extern const struct ethtool_ops vsw_ethtool_ops;

bool vsw_dev_is_switch(const struct net_device *dev);

/*
 * The netdev's operations; the tables that name them, struct rtnl_link_ops and
 * struct net_device_ops, stand in netlink/rtnl.c, since they take attributes.
 */
void vsw_switch_setup(struct net_device *dev);
int vsw_switch_register(struct net_device *dev,
			const struct vsw_switch_config *config,
			struct netlink_ext_ack *extack);
void vsw_switch_unregister(struct net_device *dev, struct list_head *kill);
int vsw_switch_init(struct net_device *dev);
void vsw_switch_uninit(struct net_device *dev);
int vsw_switch_open(struct net_device *dev);
int vsw_switch_stop(struct net_device *dev);
netdev_tx_t vsw_switch_xmit(struct sk_buff *skb, struct net_device *dev);
int vsw_switch_set_mac(struct net_device *dev, void *addr);
void vsw_switch_get_stats64(struct net_device *dev, struct rtnl_link_stats64 *stats);
int vsw_switch_add_slave(struct net_device *dev, struct net_device *slave,
			 struct netlink_ext_ack *extack);
int vsw_switch_del_slave(struct net_device *dev, struct net_device *slave);

/* Under the namespace's lock. */
int vsw_switch_set(struct vsw_switch *sw, const struct vsw_switch_config *config,
		   struct netlink_ext_ack *extack);
struct vsw_switch *vsw_switch_find(struct vsw_net *vn, int ifindex, const char *name);
void vsw_switch_update_carrier(struct vsw_switch *sw);
void vsw_switch_sum_cache(const struct vsw_switch *sw, struct vsw_cache_stats *sum);
void vsw_switch_sum(const struct vsw_switch *sw, struct vsw_port_counters *sum);

#endif
