// SPDX-License-Identifier: GPL-2.0
/*
 * Switches: the life of a netdev of rtnl kind "vsw".
 */
#include "core/switch.h"

#include <linux/etherdevice.h>
#include <linux/moduleparam.h>
#include <linux/rtnetlink.h>

#include "compat.h"
#include "path/cache.h"
#include "path/memo.h"
#include "path/punt.h"
#include "path/rx.h"

static unsigned int max_switches = 256;
module_param(max_switches, uint, 0644);
MODULE_PARM_DESC(max_switches, "Greatest number of switches in a network namespace");

#define SWITCH_FEATURES							\
	(NETIF_F_SG | NETIF_F_FRAGLIST | NETIF_F_HIGHDMA |		\
	 NETIF_F_HW_CSUM | NETIF_F_GSO_SOFTWARE)
#define SWITCH_VLAN_FEATURES						\
	(NETIF_F_HW_VLAN_CTAG_TX | NETIF_F_HW_VLAN_STAG_TX)

static const struct device_type switch_type = {
	.name = VSW_KIND,
};

/**
 * vsw_dev_is_switch() - is a device a switch?
 * @dev: the device
 *
 * Context: Any.
 * Return: Whether netdev_priv() of it is a struct vsw_switch.
 */
bool vsw_dev_is_switch(const struct net_device *dev)
{
	return dev->netdev_ops->ndo_start_xmit == vsw_switch_xmit;
}

/**
 * vsw_switch_setup() - give a netdev the properties of a switch
 * @dev: the netdev
 *
 * Context: RTNL.
 */
void vsw_switch_setup(struct net_device *dev)
{
	struct vsw_switch *sw = netdev_priv(dev);

	sw->dev = dev;
	INIT_LIST_HEAD(&sw->ports);
	INIT_LIST_HEAD(&sw->node);

	ether_setup(dev);
	eth_hw_addr_random(dev);
	vsw_compat_setup(dev);
	SET_NETDEV_DEVTYPE(dev, &switch_type);
	dev->ethtool_ops = &vsw_ethtool_ops;
	dev->needs_free_netdev = true;
	dev->max_mtu = ETH_MAX_MTU;
	dev->priv_flags |= IFF_NO_QUEUE | IFF_LIVE_ADDR_CHANGE | IFF_DISABLE_NETPOLL;
	dev->features |= SWITCH_FEATURES | SWITCH_VLAN_FEATURES;
	dev->hw_features = SWITCH_FEATURES | SWITCH_VLAN_FEATURES;
	dev->vlan_features = SWITCH_FEATURES;
}

static void fold(struct vsw_switch *sw)
{
	lockdep_assert_held(&sw->vn->lock);
	if (sw->cache)
		vsw_cache_fold(sw->cache);
}

static int caches_create(struct vsw_switch *sw)
{
	sw->cache = vsw_cache_create();
	sw->pairs = vsw_memo_create();
	return sw->cache && sw->pairs ? 0 : -ENOMEM;
}

/* The cache counts for flows and goes before them; work items may be at fold(). */
static void caches_destroy(struct vsw_switch *sw)
{
	struct vsw_cache *cache = sw->cache;

	mutex_lock(&sw->vn->lock);
	sw->cache = NULL;
	mutex_unlock(&sw->vn->lock);
	vsw_cache_destroy(cache);
	vsw_memo_destroy(sw->pairs);
}

/**
 * vsw_switch_init() - make the parts of a switch
 * @dev: its netdev, which is being registered
 *
 * Context: RTNL.
 * Return: 0 or an error.
 */
int vsw_switch_init(struct net_device *dev)
{
	struct vsw_switch *sw = netdev_priv(dev);
	int err;

	sw->vn = vsw_net(dev_net(dev));
	sw->max_ports = VSW_PORTS_LIMIT;
	vsw_punts_init(sw);
	vsw_slots_init(&sw->slots, &sw->vn->lock);
	err = vsw_flows_init(&sw->flows, sw, &sw->slots, &sw->vn->lock);
	if (err)
		goto err_slots;
	sw->flows.fold = fold;
	err = caches_create(sw);
	if (err)
		goto err_caches;
	err = vsw_fdb_init(&sw->fdb, sw);
	if (err)
		goto err_caches;
	err = vsw_event_queue_create(sw);
	if (err)
		goto err_fdb;
	err = vsw_port_create_local(sw);
	if (err)
		goto err_queue;
	sw->flows.max_flows = VSW_FLOWS_DEFAULT;
	sw->fdb.max_learned = VSW_FDB_DEFAULT;
	vsw_fdb_set_ageing(&sw->fdb, VSW_AGEING_DEFAULT * HZ);
	netif_carrier_off(dev);
	return 0;

err_queue:
	vsw_event_queue_destroy(sw);
err_fdb:
	vsw_fdb_exit(&sw->fdb);
err_caches:
	caches_destroy(sw);
	vsw_flows_exit(&sw->flows);
err_slots:
	vsw_slots_exit(&sw->slots);
	return err;
}

/**
 * vsw_switch_uninit() - unmake the parts of a switch
 * @dev: its netdev, which is being unregistered: it has no ports, it is down
 *	and a grace period has passed since
 *
 * Context: RTNL, not the namespace's lock, which the work items that end here
 * may want.
 */
void vsw_switch_uninit(struct net_device *dev)
{
	struct vsw_switch *sw = netdev_priv(dev);

	vsw_punts_exit(sw);
	caches_destroy(sw);
	vsw_flows_exit(&sw->flows);
	vsw_port_destroy_local(sw);
	vsw_fdb_exit(&sw->fdb);
	vsw_event_queue_destroy(sw);
	vsw_slots_exit(&sw->slots);
}

/* What is in use bounds what a limit can be lowered to. */
static int limit_check(const char *name, bool given, u32 limit, u32 in_use,
		       struct netlink_ext_ack *extack)
{
	if (!given || limit >= in_use)
		return 0;
	NL_SET_ERR_MSG_FMT(extack, "%s can't be less than the %u in use", name, in_use);
	return -EBUSY;
}

static int config_check(const struct vsw_switch_config *config, u32 n_ports,
			u32 n_flows, u32 n_learned, struct netlink_ext_ack *extack)
{
	if (config->has_max_ports && config->max_ports > VSW_PORTS_LIMIT) {
		NL_SET_ERR_MSG_FMT(extack, "ports-max can't exceed %u", VSW_PORTS_LIMIT);
		return -EINVAL;
	}
	if (config->has_group_fwd_mask && config->group_fwd_mask & 3) {
		NL_SET_ERR_MSG(extack, "STP and pause frames, bits 0 and 1, are never forwarded");
		return -EINVAL;
	}
	return limit_check("ports-max", config->has_max_ports, config->max_ports,
			   n_ports, extack) ?:
	       limit_check("flows-max", config->has_max_flows, config->max_flows,
			   n_flows, extack) ?:
	       limit_check("fdb-max", config->has_max_fdb, config->max_fdb,
			   n_learned, extack);
}

static void config_apply(struct vsw_switch *sw, const struct vsw_switch_config *config)
{
	if (config->has_group_fwd_mask)
		WRITE_ONCE(sw->group_fwd_mask, config->group_fwd_mask);
	if (config->has_max_ports)
		sw->max_ports = config->max_ports;
	if (config->has_max_flows)
		sw->flows.max_flows = config->max_flows;
	if (config->has_max_fdb)
		WRITE_ONCE(sw->fdb.max_learned, config->max_fdb);
	if (config->has_ageing)
		vsw_fdb_set_ageing(&sw->fdb, config->ageing * (unsigned long)HZ);
}

/**
 * vsw_switch_register() - register a switch
 * @dev: its netdev, set up
 * @config: settings, where they are not to be the default
 * @extack: for the refusal
 *
 * Context: RTNL.
 * Return: 0 or an error.
 */
int vsw_switch_register(struct net_device *dev,
			const struct vsw_switch_config *config,
			struct netlink_ext_ack *extack)
{
	struct vsw_switch *sw = netdev_priv(dev);
	struct vsw_net *vn = vsw_net(dev_net(dev));
	unsigned int max = READ_ONCE(max_switches);
	int err;

	ASSERT_RTNL();
	err = config_check(config, 0, 0, 0, extack);
	if (err)
		return err;
	/* Written under RTNL only. */
	if (vn->n_switches >= max) {
		NL_SET_ERR_MSG_FMT(extack, "The module's parameter max_switches allows %u here",
				   max);
		return -ENOSPC;
	}
	err = register_netdevice(dev);
	if (err)
		return err;

	mutex_lock(&vn->lock);
	config_apply(sw, config);
	sw->id = ++vn->last_id;
	list_add_tail(&sw->node, &vn->switches);
	vn->n_switches++;
	vsw_event_switch(sw, VSW_EVENT_NEW);
	mutex_unlock(&vn->lock);
	return 0;
}

/**
 * vsw_switch_unregister() - free the ports of a switch and unregister it
 * @dev: its netdev
 * @kill: list for unregister_netdevice_many(), or NULL
 *
 * Context: RTNL.
 */
void vsw_switch_unregister(struct net_device *dev, struct list_head *kill)
{
	struct vsw_switch *sw = netdev_priv(dev);
	struct vsw_net *vn = sw->vn;
	struct vsw_port *port, *next;

	ASSERT_RTNL();
	mutex_lock(&vn->lock);
	list_for_each_entry_safe(port, next, &sw->ports, node)
		if (!vsw_port_is_local(port))
			vsw_port_del(port);
	vsw_event_switch(sw, VSW_EVENT_DEL);
	list_del_init(&sw->node);
	vn->n_switches--;
	mutex_unlock(&vn->lock);
	unregister_netdevice_queue(dev, kill);
}

/**
 * vsw_switch_open() - a switch goes up and begins to forward
 * @dev: its netdev
 *
 * Context: RTNL.
 * Return: 0.
 */
int vsw_switch_open(struct net_device *dev)
{
	netif_start_queue(dev);
	return 0;
}

/**
 * vsw_switch_stop() - a switch goes down and forwards nothing any more
 * @dev: its netdev
 *
 * Context: RTNL.
 * Return: 0.
 */
int vsw_switch_stop(struct net_device *dev)
{
	netif_stop_queue(dev);
	return 0;
}

/**
 * vsw_switch_xmit() - the host sends a frame by the LOCAL port
 * @skb: the frame
 * @dev: the switch's netdev
 *
 * Context: BH off.
 * Return: NETDEV_TX_OK.
 */
netdev_tx_t vsw_switch_xmit(struct sk_buff *skb, struct net_device *dev)
{
	const struct vsw_switch *sw = netdev_priv(dev);

	vsw_rx_local(sw->local, skb);
	return NETDEV_TX_OK;
}

/**
 * vsw_switch_set_mac() - change the switch's own address
 * @dev: its netdev
 * @addr: struct sockaddr
 *
 * Context: RTNL.
 * Return: 0 or an error.
 */
int vsw_switch_set_mac(struct net_device *dev, void *addr)
{
	struct vsw_switch *sw = netdev_priv(dev);
	const struct sockaddr *sa = addr;
	int err;

	err = eth_prepare_mac_addr_change(dev, addr);
	if (err)
		return err;
	err = vsw_fdb_set_local(&sw->fdb, sw->local, sa->sa_data);
	if (err)
		return err;
	eth_commit_mac_addr_change(dev, addr);
	/* The path asks the device for its address, too. */
	vsw_fdb_renew(&sw->fdb);
	return 0;
}

/**
 * vsw_switch_get_stats64() - count frames as the host sees the switch
 * @dev: the switch's netdev
 * @stats: what the host received and sent by the LOCAL port
 *
 * Context: RTNL or RCU.
 */
void vsw_switch_get_stats64(struct net_device *dev, struct rtnl_link_stats64 *stats)
{
	const struct vsw_switch *sw = netdev_priv(dev);
	struct vsw_port_counters local = {};
	int reason;

	vsw_port_sum(sw->local, &local);
	stats->rx_packets = local.tx_packets;
	stats->rx_bytes = local.tx_bytes;
	stats->tx_packets = local.rx_packets;
	stats->tx_bytes = local.rx_bytes;
	for (reason = 0; reason < VSW_DROPS; reason++)
		stats->tx_dropped += local.drops[reason];
}

/**
 * vsw_switch_add_slave() - "ip link set SLAVE master SWITCH"
 * @dev: the switch's netdev
 * @slave: the device
 * @extack: for the refusal
 *
 * Context: RTNL.
 * Return: 0 or an error.
 */
int vsw_switch_add_slave(struct net_device *dev, struct net_device *slave,
			 struct netlink_ext_ack *extack)
{
	const struct vsw_port_config config = {};
	struct vsw_switch *sw = netdev_priv(dev);
	int err;

	mutex_lock(&sw->vn->lock);
	err = vsw_port_add(sw, slave, &config, extack);
	mutex_unlock(&sw->vn->lock);
	return err;
}

/**
 * vsw_switch_del_slave() - "ip link set SLAVE nomaster"
 * @dev: the switch's netdev
 * @slave: the device
 *
 * Context: RTNL.
 * Return: 0 or an error.
 */
int vsw_switch_del_slave(struct net_device *dev, struct net_device *slave)
{
	struct vsw_switch *sw = netdev_priv(dev);
	struct vsw_port *port = vsw_port_of(slave);

	if (!port || port->sw != sw)
		return -EINVAL;
	mutex_lock(&sw->vn->lock);
	vsw_port_del(port);
	mutex_unlock(&sw->vn->lock);
	return 0;
}

/**
 * vsw_switch_set() - change settings of a switch
 * @sw: the switch
 * @config: what to change
 * @extack: for the refusal
 *
 * Context: The namespace's lock.
 * Return: 0 or an error; then nothing has changed.
 */
int vsw_switch_set(struct vsw_switch *sw, const struct vsw_switch_config *config,
		   struct netlink_ext_ack *extack)
{
	int err;

	lockdep_assert_held(&sw->vn->lock);
	err = config_check(config, sw->n_ports, sw->flows.n_flows,
			   READ_ONCE(sw->fdb.n_learned), extack);
	if (err)
		return err;
	config_apply(sw, config);
	vsw_event_switch(sw, VSW_EVENT_NEW);
	return 0;
}

/**
 * vsw_switch_find() - find a switch by interface index or name
 * @vn: the namespace
 * @ifindex: interface index, 0 to find it by name
 * @name: interface name, may be NULL
 *
 * Context: The namespace's lock.
 * Return: The switch, or NULL.
 */
struct vsw_switch *vsw_switch_find(struct vsw_net *vn, int ifindex, const char *name)
{
	struct vsw_switch *sw;

	lockdep_assert_held(&vn->lock);
	list_for_each_entry(sw, &vn->switches, node) {
		if (ifindex ? sw->dev->ifindex == ifindex :
			      name && !strcmp(sw->dev->name, name))
			return sw;
	}
	return NULL;
}

static bool port_is_up(const struct vsw_port *port)
{
	if (port->kind == VSW_PORT_ROUTER)
		return true;
	if (!vsw_port_has_dev(port))
		return netif_running(port->peer->sw->dev);
	return netif_running(port->dev) && netif_oper_up(port->dev);
}

/**
 * vsw_switch_update_carrier() - follow the ports' carrier
 * @sw: the switch, which has a carrier if one of its ports has
 *
 * Context: RTNL.
 */
void vsw_switch_update_carrier(struct vsw_switch *sw)
{
	const struct vsw_port *port;

	ASSERT_RTNL();
	list_for_each_entry(port, &sw->ports, node) {
		if (vsw_port_is_local(port))
			continue;
		if (port_is_up(port)) {
			netif_carrier_on(sw->dev);
			return;
		}
	}
	netif_carrier_off(sw->dev);
}

/**
 * vsw_switch_sum_cache() - what happened in the cache of a switch
 * @sw: the switch
 * @sum: filled in
 *
 * Context: the namespace's lock.
 */
void vsw_switch_sum_cache(const struct vsw_switch *sw, struct vsw_cache_stats *sum)
{
	memset(sum, 0, sizeof(*sum));
	if (sw->cache)
		vsw_cache_sum(sw->cache, sum);
}

/**
 * vsw_switch_sum() - add the counters of all ports to a sum
 * @sw: the switch
 * @sum: the sum, initialised
 *
 * The ports that went count too, so that the sum never falls.
 *
 * Context: RTNL or the namespace's lock.
 */
void vsw_switch_sum(const struct vsw_switch *sw, struct vsw_port_counters *sum)
{
	const struct vsw_port *port;

	vsw_counters_add(sum, &sw->gone);
	list_for_each_entry(port, &sw->ports, node)
		vsw_port_sum(port, sum);
}
