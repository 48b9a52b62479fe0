// SPDX-License-Identifier: GPL-2.0
/*
 * L3: ports whose devices carry IP packets without Ethernet. To the switch there
 * is one station behind such a port, and a link-layer address to send to.
 */
#include "core/l3.h"

#include <linux/etherdevice.h>
#include <linux/if_arp.h>
#include <linux/jhash.h>
#include <linux/netdevice.h>

#include "compat.h"
#include "core/port.h"
#include "core/switch.h"

static bool makes_headers(const struct net_device *dev)
{
	return dev->hard_header_len || (dev->header_ops && dev->header_ops->create);
}

/**
 * vsw_l3_is_fit() - does a device carry bare IP packets?
 * @dev: the device
 *
 * Context: RTNL.
 * Return: Whether it can be a port of the kind VSW_PORT_L3.
 */
bool vsw_l3_is_fit(const struct net_device *dev)
{
	switch (dev->type) {
	case ARPHRD_NONE:
	case ARPHRD_RAWIP:
	case ARPHRD_TUNNEL:
	case ARPHRD_TUNNEL6:
	case ARPHRD_SIT:
	case ARPHRD_IPGRE:
	case ARPHRD_IP6GRE:
		return !makes_headers(dev);
	}
	return false;
}

/*
 * An address that nobody else has: as long as the switch keeps its own, a port
 * that comes back by the same name has the same.
 */
static u64 make_lladdr(const struct vsw_switch *sw, const char *name, u32 side)
{
	u8 addr[ETH_ALEN];
	u32 hash[2];

	hash[0] = jhash(name, strlen(name), side);
	hash[1] = jhash(sw->dev->dev_addr, ETH_ALEN, hash[0]);
	memcpy(addr, &hash[1], sizeof(u32));
	memcpy(addr + sizeof(u32), &hash[0], ETH_ALEN - sizeof(u32));
	addr[0] = (addr[0] & ~0x01) | 0x02;
	return ether_addr_to_u64(addr);
}

/**
 * vsw_l3_init() - the port is one that carries bare IP packets
 * @port: the port, new
 * @name: its name
 *
 * Who is behind it is known, so nobody has to be looked for there.
 *
 * Context: The namespace's lock.
 */
void vsw_l3_init(struct vsw_port *port, const char *name)
{
	port->flags &= ~BIT(VSW_PORT_FLOOD);
	port->flags |= BIT(VSW_PORT_IP_ONLY) | BIT(VSW_PORT_NO_ARP);
	port->l3.lladdr = make_lladdr(port->sw, name, 0);
	port->l3.peer = make_lladdr(port->sw, name, 1);
}

/**
 * vsw_l3_set_vlan() - fill in what VLAN such a port is in if nobody says it
 * @vlan: the settings, all zero
 *
 * Context: Any.
 */
void vsw_l3_set_vlan(struct vsw_vlan *vlan)
{
	vlan->mode = VSW_VLAN_MODE_TRUNK;
	__set_bit(0, vlan->trunks);
}

/* No tag can leave: the port is in one VLAN, or in none, which is 0. */
static bool is_in_one_vlan(const struct vsw_vlan *vlan)
{
	if (vlan->mode == VSW_VLAN_MODE_ACCESS)
		return true;
	return vlan->mode == VSW_VLAN_MODE_TRUNK && !vlan->all &&
	       test_bit(0, vlan->trunks) && bitmap_weight(vlan->trunks, VLAN_N_VID) == 1;
}

/* All that is no address is bad, too; 0 is not given. */
static bool is_bad(u64 lladdr)
{
	u8 addr[ETH_ALEN];

	u64_to_ether_addr(lladdr, addr);
	return lladdr && !is_valid_ether_addr(addr);
}

/**
 * vsw_l3_check() - can a port that carries bare IP packets have these settings?
 * @config: the settings
 * @extack: for the refusal
 *
 * Context: Any.
 * Return: 0 or -EINVAL.
 */
int vsw_l3_check(const struct vsw_port_config *config, struct netlink_ext_ack *extack)
{
	if (config->has_vlan && !is_in_one_vlan(&config->vlan)) {
		NL_SET_ERR_MSG(extack, "A port of type l3 is in one VLAN: give a tag, or trunks 0");
		return -EINVAL;
	}
	if (is_bad(config->lladdr)) {
		NL_SET_ERR_MSG(extack, "lladdr must be a unicast address, and not zero");
		return -EINVAL;
	}
	if (is_bad(config->peer)) {
		NL_SET_ERR_MSG(extack, "peer_lladdr must be a unicast address, and not zero");
		return -EINVAL;
	}
	return 0;
}

/**
 * vsw_l3_refuse() - refuse what only ports that carry bare IP packets have
 * @config: the settings of another port
 * @extack: for the refusal
 *
 * Context: Any.
 * Return: 0 or -EINVAL.
 */
int vsw_l3_refuse(const struct vsw_port_config *config, struct netlink_ext_ack *extack)
{
	if (!config->lladdr && !config->peer && !(config->flags_mask & BIT(VSW_PORT_NO_ARP)))
		return 0;
	NL_SET_ERR_MSG(extack, "Only ports of type l3 have lladdr, peer_lladdr and proxy_arp");
	return -EINVAL;
}

/* The new entry first, so that a refusal leaves all as it was. */
static int move_peer(struct vsw_port *port, u64 peer, u16 vid, struct netlink_ext_ack *extack)
{
	struct vsw_fdb *fdb = &port->sw->fdb;
	u8 addr[ETH_ALEN];
	int err;

	u64_to_ether_addr(peer, addr);
	err = vsw_fdb_set_router(fdb, port, addr, vid, extack);
	if (err)
		return err;
	if (port->l3.is_known) {
		u64_to_ether_addr(port->l3.peer, addr);
		vsw_fdb_unset_router(fdb, port, addr, port->l3.vid);
	}
	port->l3.is_known = true;
	return 0;
}

/**
 * vsw_l3_configure() - set the addresses of a port, and where the FDB has them
 * @port: the port
 * @config: the settings, checked
 * @extack: for the refusal
 *
 * The entry in the FDB is there as long as the port is.
 *
 * Context: The namespace's lock.
 * Return: 0 or an error; then nothing has changed.
 */
int vsw_l3_configure(struct vsw_port *port, const struct vsw_port_config *config,
		     struct netlink_ext_ack *extack)
{
	struct vsw_l3 *l3 = &port->l3;
	u64 peer = config->peer ?: l3->peer;
	u16 vid = l3->vid;
	int err;

	if (config->has_vlan)
		vid = config->vlan.mode == VSW_VLAN_MODE_ACCESS ? config->vlan.tag : 0;
	if (!l3->is_known || peer != l3->peer || vid != l3->vid) {
		err = move_peer(port, peer, vid, extack);
		if (err)
			return err;
	}
	l3->vid = vid;
	WRITE_ONCE(l3->peer, peer);
	if (config->lladdr)
		WRITE_ONCE(l3->lladdr, config->lladdr);
	return 0;
}
