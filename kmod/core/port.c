// SPDX-License-Identifier: GPL-2.0
/*
 * Ports: how a netdev becomes a port of a switch and how it gets free again.
 */
#include "core/port.h"

#include <linux/if_arp.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <net/geneve.h>
#include <net/rtnetlink.h>
#include <net/vxlan.h>

#include "compat.h"
#include "core/l3.h"
#include "core/patch.h"
#include "core/router.h"
#include "core/switch.h"
#include "path/punt.h"
#include "path/rx.h"
#include "tables/overlay.h"

static struct kmem_cache *cache __ro_after_init;

/* The port or its settings are new: let what depends on them be decided anew. */
static void port_renew(struct vsw_port *port)
{
	vsw_flows_touch(&port->sw->flows);
	vsw_fdb_renew(&port->sw->fdb);
}

static int port_check_kind(const struct vsw_switch *sw, struct net_device *dev,
			   struct netlink_ext_ack *extack)
{
	if (dev->flags & IFF_LOOPBACK) {
		NL_SET_ERR_MSG(extack, "The loopback device can't be a port");
		return -EINVAL;
	}
	if (vsw_dev_is_switch(dev)) {
		NL_SET_ERR_MSG(extack, "A switch can't be a port, use a veth pair");
		return -ELOOP;
	}
	if (netdev_has_upper_dev(sw->dev, dev)) {
		NL_SET_ERR_MSG(extack, "The device stands on the switch itself");
		return -ELOOP;
	}
	if (!net_eq(dev_net(dev), dev_net(sw->dev))) {
		NL_SET_ERR_MSG(extack, "The device must be in the switch's network namespace");
		return -EINVAL;
	}
	if ((dev->type != ARPHRD_ETHER || dev->addr_len != ETH_ALEN) && !vsw_l3_is_fit(dev)) {
		NL_SET_ERR_MSG(extack, "Only devices that carry Ethernet or bare IP can be ports");
		return -EINVAL;
	}
	if (dev->type != ARPHRD_ETHER && vsw_compat_is_tunnel(dev)) {
		NL_SET_ERR_MSG(extack, "A tunnel in external mode must carry Ethernet");
		return -EOPNOTSUPP;
	}
	if (dev->priv_flags & (IFF_DONT_BRIDGE | IFF_NO_RX_HANDLER)) {
		NL_SET_ERR_MSG(extack, "Devices of this kind do not let themselves be bridged");
		return -EOPNOTSUPP;
	}
	return 0;
}

static int port_check_free(const struct vsw_switch *sw, struct net_device *dev,
			   struct netlink_ext_ack *extack)
{
	const struct vsw_port *port = vsw_port_of(dev);
	const struct net_device *master;

	if (port) {
		NL_SET_ERR_MSG_FMT(extack, "The device is already a port of %s",
				   port->sw->dev->name);
		return port->sw == sw ? -EEXIST : -EBUSY;
	}
	master = netdev_master_upper_dev_get(dev);
	if (master) {
		NL_SET_ERR_MSG_FMT(extack, "The device belongs to %s, release it first",
				   master->name);
		return -EBUSY;
	}
	if (netdev_is_rx_handler_busy(dev)) {
		NL_SET_ERR_MSG(extack, "Another driver (macvlan?) takes the device's frames");
		return -EBUSY;
	}
	return 0;
}

static int port_check_room(const struct vsw_switch *sw, u32 no,
			   struct netlink_ext_ack *extack)
{
	if (no > VSW_PORT_MAX) {
		NL_SET_ERR_MSG_FMT(extack, "Port numbers are 1 to %u", VSW_PORT_MAX);
		return -EINVAL;
	}
	if (sw->n_ports >= sw->max_ports) {
		NL_SET_ERR_MSG_FMT(extack, "The switch is full, its ports-max is %u",
				   sw->max_ports);
		return -ENOSPC;
	}
	return 0;
}

static int port_check_vlan(const struct vsw_port_config *config,
			   struct netlink_ext_ack *extack)
{
	const struct vsw_vlan *vlan = &config->vlan;

	if (!config->has_vlan)
		return 0;
	if (vlan->mode > VSW_VLAN_MODE_NATIVE_UNTAGGED || vlan->tag >= VLAN_VID_MASK ||
	    test_bit(VLAN_VID_MASK, vlan->trunks)) {
		NL_SET_ERR_MSG(extack, "VLANs are 0 to 4094");
		return -EINVAL;
	}
	if (vlan->mode == VSW_VLAN_MODE_TRUNK && !vlan->all &&
	    bitmap_empty(vlan->trunks, VLAN_N_VID)) {
		NL_SET_ERR_MSG(extack, "A trunk must carry at least one VLAN");
		return -EINVAL;
	}
	return 0;
}

static int port_check_config(enum vsw_port_kind kind, const struct vsw_port_config *config,
			     struct netlink_ext_ack *extack)
{
	int err = port_check_vlan(config, extack);

	/* A router says all flags of its ports. */
	if (err || kind == VSW_PORT_ROUTER)
		return err;
	return kind == VSW_PORT_L3 ? vsw_l3_check(config, extack) :
				     vsw_l3_refuse(config, extack);
}

/* What of a tunnel device shows in the headers that it gets. */
static u64 outer_flags(const struct net_device *dev)
{
	u64 flags = netif_is_vxlan(dev) ? VSW_OUTER_VXLAN :
		    netif_is_geneve(dev) ? VSW_OUTER_GENEVE : 0;

	if (dev->rtnl_link_ops->get_link_net &&
	    !net_eq(dev->rtnl_link_ops->get_link_net(dev), dev_net(dev)))
		flags |= VSW_OUTER_FOREIGN;
	return flags;
}

/* Settings to come of a tunnel port, which has some from the beginning. */
static struct vsw_overlay *port_overlay_create(const struct vsw_port *port,
					       const struct vsw_port_config *config,
					       struct netlink_ext_ack *extack)
{
	if (port->kind == VSW_PORT_TUNNEL)
		return vsw_overlay_create(config->overlay, outer_flags(port->dev), extack);
	NL_SET_ERR_MSG(extack, "Only tunnel devices in external mode send to remotes");
	return ERR_PTR(-EOPNOTSUPP);
}

static void port_set_overlay(struct vsw_port *port, struct vsw_overlay *overlay)
{
	struct vsw_overlay *old;

	if (!overlay)
		return;
	old = rcu_replace_pointer(port->overlay, overlay, lockdep_is_held(&port->sw->vn->lock));
	vsw_overlay_put(old);
	if (old)
		vsw_fdb_renew_remotes(&port->sw->fdb, port);
}

static void port_configure(struct vsw_port *port, const struct vsw_port_config *config,
			   struct vsw_vlan *vlan)
{
	unsigned long flags = port->flags & ~config->flags_mask;
	struct vsw_vlan *old;

	WRITE_ONCE(port->flags, flags | (config->flags & config->flags_mask));
	if (config->has_fdb_max)
		WRITE_ONCE(port->fdb_max, config->fdb_max);
	if (config->punt_rate)
		WRITE_ONCE(port->punt.rate, config->punt_rate);
	if (config->punt_burst)
		WRITE_ONCE(port->punt.burst, config->punt_burst);
	/* What was used up in advance was so at the old rate. */
	if (config->punt_rate || config->punt_burst)
		atomic64_set(&port->punt.due, 0);
	if (vlan) {
		old = rcu_replace_pointer(port->vlan, vlan,
					  lockdep_is_held(&port->sw->vn->lock));
		kfree_rcu(old, rcu);
	}
}

static struct vsw_vlan *port_vlan_create(const struct vsw_port_config *config)
{
	struct vsw_vlan *vlan = kmemdup(&config->vlan, sizeof(*vlan), GFP_KERNEL_ACCOUNT);

	if (vlan && !config->has_vlan)
		vsw_l3_set_vlan(vlan);
	return vlan;
}

/**
 * vsw_port_free() - free a port
 * @port: the port, retired or never seen
 *
 * Context: RTNL.
 */
void vsw_port_free(struct vsw_port *port)
{
	if (!vsw_port_is_local(port))
		netdev_put(port->dev, &port->dev_tracker);
	kfree(rcu_dereference_protected(port->vlan, true));
	vsw_overlay_put(rcu_dereference_protected(port->overlay, true));
	free_percpu(port->stats);
	kmem_cache_free(cache, port);
}

/* Programs of a netkit see what the device itself passes on. */
static unsigned long flags_default(const struct net_device *dev)
{
	if (dev->rtnl_link_ops && !strcmp(dev->rtnl_link_ops->kind, "netkit"))
		return VSW_PORT_FLAGS_DEFAULT & ~BIT(VSW_PORT_PEER);
	return VSW_PORT_FLAGS_DEFAULT;
}

static struct vsw_port *port_alloc(struct vsw_switch *sw, struct net_device *dev,
				   enum vsw_port_kind kind)
{
	struct vsw_port *port;
	int cpu;

	port = kmem_cache_zalloc(cache, GFP_KERNEL_ACCOUNT);
	if (!port)
		return NULL;
	port->stats = alloc_percpu_gfp(struct vsw_port_stats, GFP_KERNEL_ACCOUNT);
	if (!port->stats) {
		kmem_cache_free(cache, port);
		return NULL;
	}
	for_each_possible_cpu(cpu)
		u64_stats_init(&per_cpu_ptr(port->stats, cpu)->syncp);

	port->sw = sw;
	port->dev = dev;
	port->kind = kind;
	port->flags = flags_default(dev);
	vsw_punt_queue_init(&port->punt);
	return port;
}

/**
 * vsw_port_kind_of() - what stands behind a device
 * @dev: the device, which may or may not be fit for a port
 *
 * Context: RTNL.
 * Return: the kind of port that it makes.
 */
enum vsw_port_kind vsw_port_kind_of(const struct net_device *dev)
{
	if (vsw_compat_is_tunnel(dev))
		return VSW_PORT_TUNNEL;
	return vsw_l3_is_fit(dev) ? VSW_PORT_L3 : VSW_PORT_ETHERNET;
}

static struct vsw_slot *port_reserve(struct vsw_switch *sw, const char *name, u32 no,
				     struct netlink_ext_ack *extack)
{
	if (vsw_port_find_name(sw, name)) {
		NL_SET_ERR_MSG_FMT(extack, "The switch has a port %s already", name);
		return ERR_PTR(-EEXIST);
	}
	return vsw_slot_reserve(&sw->slots, name, no, extack);
}

/**
 * vsw_port_create() - make a port that nobody sees yet
 * @sw: the switch
 * @dev: the port's device, or the switch's own where it has none
 * @kind: what stands behind it
 * @name: its name
 * @config: settings, where they are not to be the default
 * @extack: for the refusal
 *
 * Context: RTNL and the namespace's lock, held until the port is published or
 * destroyed.
 * Return: The port, or an error.
 */
struct vsw_port *vsw_port_create(struct vsw_switch *sw, struct net_device *dev,
				 enum vsw_port_kind kind, const char *name,
				 const struct vsw_port_config *config,
				 struct netlink_ext_ack *extack)
{
	bool has_vlan = config->has_vlan || kind == VSW_PORT_L3;
	struct vsw_overlay *overlay = NULL;
	struct vsw_vlan *vlan = NULL;
	struct vsw_slot *slot;
	struct vsw_port *port;
	int err;

	err = port_check_room(sw, config->no, extack) ?:
	      port_check_config(kind, config, extack);
	if (err)
		return ERR_PTR(err);
	port = port_alloc(sw, dev, kind);
	if (!port)
		return ERR_PTR(-ENOMEM);
	netdev_hold(dev, &port->dev_tracker, GFP_KERNEL);
	err = -ENOMEM;
	vlan = has_vlan ? port_vlan_create(config) : NULL;
	if (has_vlan && !vlan)
		goto err_free;
	if (kind == VSW_PORT_L3)
		vsw_l3_init(port, name);
	port_configure(port, config, vlan);
	if (kind == VSW_PORT_TUNNEL || config->overlay)
		overlay = port_overlay_create(port, config, extack);
	err = PTR_ERR_OR_ZERO(overlay);
	if (err)
		goto err_free;
	port_set_overlay(port, overlay);
	slot = port_reserve(sw, name, config->no, extack);
	err = PTR_ERR_OR_ZERO(slot);
	if (err)
		goto err_free;
	port->slot = slot;
	port->no = slot->no;
	return port;

err_free:
	vsw_port_free(port);
	return ERR_PTR(err);
}

/* What a port that goes has counted and has waiting. */
static void port_settle(struct vsw_port *port)
{
	struct vsw_port_counters last = {};

	vsw_punt_purge(port);
	vsw_port_sum(port, &last);
	vsw_counters_add(&port->sw->gone, &last);
}

/**
 * vsw_port_destroy() - undo vsw_port_create()
 * @port: the port, not published; no frame is under way there
 *
 * Context: RTNL and the namespace's lock.
 */
void vsw_port_destroy(struct vsw_port *port)
{
	port_settle(port);
	vsw_slot_vacate(&port->sw->slots, port->slot);
	vsw_port_free(port);
}

/*
 * Make the kernel send the device's frames to us. The handler comes first, so
 * that whoever hears of the new master finds the port.
 */
static int port_attach(struct vsw_port *port, struct netlink_ext_ack *extack)
{
	bool is_l3 = port->kind == VSW_PORT_L3;
	struct net_device *dev = port->dev;
	int err;

	err = dev_set_promiscuity(dev, 1);
	if (err) {
		NL_SET_ERR_MSG(extack, "The device can't be made promiscuous");
		return err;
	}
	err = netdev_rx_handler_register(dev, is_l3 ? vsw_rx_l3 : vsw_rx_handler, port);
	if (err)
		goto err_promiscuity;
	err = netdev_master_upper_dev_link(dev, port->sw->dev, NULL, NULL, extack);
	if (err == -EMLINK)
		NL_SET_ERR_MSG(extack, "Too many devices stand on each other here");
	if (err)
		goto err_rx_handler;
	dev_disable_lro(dev);
	return 0;

err_rx_handler:
	vsw_fdb_leave(&port->sw->fdb, port);
	netdev_rx_handler_unregister(dev);
err_promiscuity:
	dev_set_promiscuity(dev, -1);
	return err;
}

/**
 * vsw_port_publish() - from here on, frames can leave by the port
 * @port: the port
 *
 * Context: RTNL and the namespace's lock.
 */
void vsw_port_publish(struct vsw_port *port)
{
	struct vsw_switch *sw = port->sw;

	list_add_tail_rcu(&port->node, &sw->ports);
	vsw_slot_occupy(&sw->slots, port->slot, port);
	port_renew(port);
	sw->n_ports++;
	vsw_switch_update_carrier(sw);
	vsw_event_port(port, VSW_EVENT_NEW);
}

/* Frames may have found it by its address. */
static void port_give_up(struct vsw_port *port)
{
	vsw_fdb_leave(&port->sw->fdb, port);
	synchronize_net();
	vsw_port_destroy(port);
}

/**
 * vsw_port_add() - make a device a port
 * @sw: the switch
 * @dev: the device
 * @config: settings, where they are not to be the default
 * @extack: for the refusal
 *
 * Context: RTNL and the namespace's lock.
 * Return: 0 or an error; then nothing has changed.
 */
int vsw_port_add(struct vsw_switch *sw, struct net_device *dev,
		 const struct vsw_port_config *config,
		 struct netlink_ext_ack *extack)
{
	struct vsw_port *port;
	int err;

	ASSERT_RTNL();
	lockdep_assert_held(&sw->vn->lock);
	err = port_check_kind(sw, dev, extack) ?: port_check_free(sw, dev, extack);
	if (err)
		return err;
	port = vsw_port_create(sw, dev, vsw_port_kind_of(dev), dev->name, config, extack);
	if (IS_ERR(port))
		return PTR_ERR(port);
	err = port->kind == VSW_PORT_L3 ? vsw_l3_configure(port, config, extack) : 0;
	if (!err)
		err = port_attach(port, extack);
	if (err) {
		port_give_up(port);
		return err;
	}
	vsw_port_publish(port);
	return 0;
}

/**
 * vsw_counters_add() - add counters to a sum
 * @sum: the sum
 * @n: what to add
 *
 * Context: Any.
 */
void vsw_counters_add(struct vsw_port_counters *sum,
		      const struct vsw_port_counters *n)
{
	int reason;

	sum->rx_packets += n->rx_packets;
	sum->rx_bytes += n->rx_bytes;
	sum->tx_packets += n->tx_packets;
	sum->tx_bytes += n->tx_bytes;
	sum->copied += n->copied;
	sum->passed += n->passed;
	sum->punted += n->punted;
	for (reason = 0; reason < VSW_DROPS; reason++)
		sum->drops[reason] += n->drops[reason];
}

/**
 * vsw_port_hide() - from here on, nobody finds the port any more
 * @port: the port, not LOCAL
 *
 * Neither by address, by number nor in the list. Frames that have found it
 * before are still under way, and others may still enter by it.
 *
 * Context: RTNL and the namespace's lock.
 */
void vsw_port_hide(struct vsw_port *port)
{
	struct vsw_switch *sw = port->sw;

	vsw_fdb_leave(&sw->fdb, port);
	list_del_rcu(&port->node);
	vsw_slot_vacate(&sw->slots, port->slot);
	port->slot = NULL;
	sw->n_ports--;
}

/**
 * vsw_port_retire() - the last that is heard of a port
 * @port: the port, hidden; a grace period has passed since, so that its counters
 *	stand still
 *
 * Context: RTNL and the namespace's lock.
 */
void vsw_port_retire(struct vsw_port *port)
{
	struct vsw_switch *sw = port->sw;

	/* Another port may get this one's memory. */
	vsw_fdb_renew(&sw->fdb);
	port_settle(port);
	vsw_switch_update_carrier(sw);
	vsw_event_port(port, VSW_EVENT_DEL);
}

/* Unregistering the handler waits for all frames that are under way. */
static void port_del_dev(struct vsw_port *port)
{
	struct net_device *dev = port->dev;

	vsw_port_hide(port);
	netdev_rx_handler_unregister(dev);
	netdev_upper_dev_unlink(dev, port->sw->dev);
	dev_set_promiscuity(dev, -1);
	vsw_port_retire(port);
	vsw_port_free(port);
}

/**
 * vsw_port_del() - make a port a free device again; the two of a patch go together,
 *	and so do a router's port and interface
 * @port: the port, not LOCAL; freed
 *
 * Context: RTNL and the namespace's lock. Waits for a grace period.
 */
void vsw_port_del(struct vsw_port *port)
{
	ASSERT_RTNL();
	lockdep_assert_held(&port->sw->vn->lock);
	if (port->kind == VSW_PORT_PATCH)
		vsw_patch_del(port);
	else if (port->kind == VSW_PORT_ROUTER)
		vsw_rif_del(port->rif);
	else
		port_del_dev(port);
}

static void port_forget_learned(struct vsw_port *port)
{
	const struct vsw_fdb_filter learned = { .port = port, .vid = -1 };

	vsw_fdb_flush(&port->sw->fdb, &learned);
}

/**
 * vsw_port_set() - change settings of a port
 * @port: the port, may be LOCAL
 * @config: what to change
 * @extack: for the refusal
 *
 * Where the VLANs change, the port's learned addresses are forgotten: they may
 * be in VLANs that it is no longer in.
 *
 * Context: The namespace's lock.
 * Return: 0 or an error; then nothing has changed.
 */
int vsw_port_set(struct vsw_port *port, const struct vsw_port_config *config,
		 struct netlink_ext_ack *extack)
{
	struct vsw_overlay *overlay = NULL;
	struct vsw_vlan *vlan = NULL;
	int err;

	lockdep_assert_held(&port->sw->vn->lock);
	if (port->kind == VSW_PORT_ROUTER) {
		NL_SET_ERR_MSG(extack, "The port is as the router's interface is, change that");
		return -EOPNOTSUPP;
	}
	if (config->no && config->no != port->no) {
		NL_SET_ERR_MSG(extack, "A port keeps its number, delete it and add it anew");
		return -EBUSY;
	}
	err = port_check_config(port->kind, config, extack);
	if (err)
		return err;
	if (config->overlay)
		overlay = port_overlay_create(port, config, extack);
	if (IS_ERR(overlay))
		return PTR_ERR(overlay);
	if (config->has_vlan) {
		vlan = port_vlan_create(config);
		if (!vlan) {
			vsw_overlay_put(overlay);
			return -ENOMEM;
		}
	}
	err = port->kind == VSW_PORT_L3 ? vsw_l3_configure(port, config, extack) : 0;
	if (err) {
		kfree(vlan);
		return err;
	}
	port_configure(port, config, vlan);
	port_set_overlay(port, overlay);
	if (vlan)
		port_forget_learned(port);
	port_renew(port);
	vsw_event_port(port, VSW_EVENT_NEW);
	return 0;
}

/**
 * vsw_port_create_local() - create the LOCAL port
 * @sw: the switch, whose slots and FDB are there
 *
 * Context: RTNL.
 * Return: 0 or an error.
 */
int vsw_port_create_local(struct vsw_switch *sw)
{
	struct vsw_slots *slots = &sw->slots;
	struct vsw_port *port;
	int err;

	port = port_alloc(sw, sw->dev, VSW_PORT_HOST);
	if (!port)
		return -ENOMEM;
	port->no = VSW_PORT_LOCAL;
	err = vsw_fdb_set_local(&sw->fdb, port, sw->dev->dev_addr);
	if (err)
		goto err_free;

	mutex_lock(&sw->vn->lock);
	port->slot = vsw_slot_reserve(slots, sw->dev->name, port->no, NULL);
	if (!IS_ERR(port->slot))
		vsw_slot_occupy(slots, port->slot, port);
	mutex_unlock(&sw->vn->lock);
	if (IS_ERR(port->slot)) {
		err = PTR_ERR(port->slot);
		goto err_leave;
	}
	list_add_rcu(&port->node, &sw->ports);
	sw->local = port;
	return 0;

err_leave:
	vsw_fdb_leave(&sw->fdb, port);
err_free:
	vsw_port_free(port);
	return err;
}

/**
 * vsw_port_destroy_local() - free the LOCAL port
 * @sw: the switch, without flows
 *
 * Context: RTNL. No frame is under way in the switch.
 */
void vsw_port_destroy_local(struct vsw_switch *sw)
{
	struct vsw_port *port = sw->local;

	vsw_fdb_leave(&sw->fdb, port);
	mutex_lock(&sw->vn->lock);
	list_del_rcu(&port->node);
	vsw_slot_vacate(&sw->slots, port->slot);
	mutex_unlock(&sw->vn->lock);
	sw->local = NULL;
	vsw_port_free(port);
}

/**
 * vsw_port_of() - find a device's port
 * @dev: the device
 *
 * Context: RTNL or RCU.
 * Return: The port, or NULL if the device is not enslaved to a switch. NULL for
 * a switch's own device.
 */
struct vsw_port *vsw_port_of(const struct net_device *dev)
{
	rx_handler_func_t *handler = rcu_access_pointer(dev->rx_handler);

	if (handler != vsw_rx_handler && handler != vsw_rx_l3)
		return NULL;
	return rcu_dereference_rtnl(dev->rx_handler_data);
}

/**
 * vsw_port_find() - find a port by number
 * @sw: the switch
 * @no: number, may be %VSW_PORT_LOCAL
 *
 * Context: The namespace's lock.
 * Return: The port, or NULL.
 */
struct vsw_port *vsw_port_find(struct vsw_switch *sw, u32 no)
{
	struct vsw_slot *slot = vsw_slot_find(&sw->slots, no);

	if (!slot)
		return NULL;
	return rcu_dereference_protected(slot->port, lockdep_is_held(&sw->vn->lock));
}

/**
 * vsw_port_find_name() - find a port by name
 * @sw: the switch
 * @name: of its device, may be that of the switch
 *
 * Context: The namespace's lock.
 * Return: The port, or NULL.
 */
struct vsw_port *vsw_port_find_name(struct vsw_switch *sw, const char *name)
{
	struct vsw_slot *slot = vsw_slot_find_name(&sw->slots, name);

	if (!slot)
		return NULL;
	return rcu_dereference_protected(slot->port, lockdep_is_held(&sw->vn->lock));
}

static void stats_read(const struct vsw_port_stats *stats, struct vsw_port_counters *n)
{
	unsigned int start;
	int reason;

	do {
		start = u64_stats_fetch_begin(&stats->syncp);
		n->rx_packets = u64_stats_read(&stats->rx_packets);
		n->rx_bytes = u64_stats_read(&stats->rx_bytes);
		n->tx_packets = u64_stats_read(&stats->tx_packets);
		n->tx_bytes = u64_stats_read(&stats->tx_bytes);
		n->copied = u64_stats_read(&stats->copied);
		n->passed = u64_stats_read(&stats->passed);
		n->punted = u64_stats_read(&stats->punted);
		for (reason = 0; reason < VSW_DROPS; reason++)
			n->drops[reason] = u64_stats_read(&stats->drops[reason]);
	} while (u64_stats_fetch_retry(&stats->syncp, start));
}

/**
 * vsw_port_sum() - add a port's counters to a sum
 * @port: the port
 * @sum: the sum, initialised
 *
 * Context: Any; something keeps the port.
 */
void vsw_port_sum(const struct vsw_port *port, struct vsw_port_counters *sum)
{
	struct vsw_port_counters n;
	int cpu;

	for_each_possible_cpu(cpu) {
		stats_read(per_cpu_ptr(port->stats, cpu), &n);
		vsw_counters_add(sum, &n);
	}
}

/*
 * Where the new name is that of a port without a device, the kernel takes the
 * old one again, and tells us so.
 */
static int port_renamed(struct vsw_switch *sw, struct vsw_port *port)
{
	const struct vsw_port *other;
	int err = 0;

	mutex_lock(&sw->vn->lock);
	other = vsw_port_find_name(sw, port->dev->name);
	if (other && other != port) {
		err = -EEXIST;
		goto unlock;
	}
	vsw_slot_rename(&sw->slots, port->slot, port->dev->name);
	if (vsw_port_is_local(port))
		vsw_event_switch(sw, VSW_EVENT_NEW);
	vsw_event_port(port, VSW_EVENT_NEW);
unlock:
	mutex_unlock(&sw->vn->lock);
	return notifier_from_errno(err);
}

/* The device is deleted or moves to another namespace; the port's stays. */
static void port_unregistered(struct vsw_switch *sw, struct vsw_port *port)
{
	mutex_lock(&sw->vn->lock);
	vsw_port_del(port);
	mutex_unlock(&sw->vn->lock);
}

/* What happens to a switch's own device. */
static int switch_event(struct vsw_switch *sw, unsigned long event)
{
	switch (event) {
	case NETDEV_CHANGENAME:
		return port_renamed(sw, sw->local);
	case NETDEV_UP:
	case NETDEV_DOWN:
		vsw_patch_update_carrier(sw);
		break;
	}
	return NOTIFY_DONE;
}

static int port_event_cb(struct notifier_block *nb, unsigned long event, void *ptr)
{
	struct net_device *dev = netdev_notifier_info_to_dev(ptr);
	struct vsw_port *port = vsw_port_of(dev);

	if (vsw_dev_is_switch(dev))
		return switch_event(netdev_priv(dev), event);
	if (!port)
		return NOTIFY_DONE;

	switch (event) {
	case NETDEV_UNREGISTER:
		port_unregistered(port->sw, port);
		break;
	case NETDEV_CHANGENAME:
		return port_renamed(port->sw, port);
	case NETDEV_CHANGE:
	case NETDEV_UP:
	case NETDEV_DOWN:
		vsw_switch_update_carrier(port->sw);
		break;
	case NETDEV_PRE_TYPE_CHANGE:
		return notifier_from_errno(-EBUSY);
	}
	return NOTIFY_DONE;
}

static struct notifier_block port_notifier = {
	.notifier_call = port_event_cb,
};

/**
 * vsw_port_notifier_init() - begin to follow what happens to devices
 *
 * Context: Module init.
 * Return: 0 or an error.
 */
int vsw_port_notifier_init(void)
{
	return register_netdevice_notifier(&port_notifier);
}

/**
 * vsw_port_notifier_exit() - no port is left
 *
 * Context: Module exit.
 */
void vsw_port_notifier_exit(void)
{
	unregister_netdevice_notifier(&port_notifier);
}

/**
 * vsw_port_cache_create() - get ready to allocate ports
 *
 * A cache of their own tells of those that are left at the end.
 *
 * Context: module init.
 * Return: 0 or -ENOMEM.
 */
int vsw_port_cache_create(void)
{
	cache = KMEM_CACHE(vsw_port, 0);
	return cache ? 0 : -ENOMEM;
}

/**
 * vsw_port_cache_destroy() - undo vsw_port_cache_create()
 *
 * Context: module exit; all are freed, RCU callbacks have run.
 */
void vsw_port_cache_destroy(void)
{
	kmem_cache_destroy(cache);
}
