// SPDX-License-Identifier: GPL-2.0
/*
 * The switch as "ip" and "bridge" see it: a link of kind "vsw".
 */
#include <linux/if_bridge.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <net/ipv6.h>
#include <net/rtnetlink.h>

#include "compat.h"
#include "netlink/nl.h"
#include "netlink/rtnl.h"

/*
 * Every program that lists links gets what we tell of a port, many with buffers
 * of a page, from which a link with hundreds of VLAN ranges would be missing.
 */
#define LINK_RANGES_MAX	16

static int check_id(struct nlattr **data, const int *ids, int n, struct netlink_ext_ack *extack)
{
	int i;

	for (i = 0; data && i < n; i++) {
		if (data[ids[i]]) {
			NL_SET_ERR_MSG_ATTR(extack, data[ids[i]], "This can't be set on a link");
			return -EOPNOTSUPP;
		}
	}
	return 0;
}

static int switch_validate(struct nlattr *tb[], struct nlattr *data[],
			   struct netlink_ext_ack *extack)
{
	static const int ids[] = { VSW_A_SWITCH_SWITCH, VSW_A_SWITCH_SWITCH_NAME };

	if (tb[IFLA_ADDRESS]) {
		if (nla_len(tb[IFLA_ADDRESS]) != ETH_ALEN ||
		    !is_valid_ether_addr(nla_data(tb[IFLA_ADDRESS]))) {
			NL_SET_ERR_MSG_ATTR(extack, tb[IFLA_ADDRESS],
					    "A switch needs a unicast Ethernet address");
			return -EADDRNOTAVAIL;
		}
	}
	return check_id(data, ids, ARRAY_SIZE(ids), extack);
}

static void parse_switch(struct vsw_switch_config *config, struct nlattr **data)
{
	if (data)
		vsw_nl_switch_parse(config, data);
	else
		memset(config, 0, sizeof(*config));
}

static int switch_newlink(struct net *src_net, struct net_device *dev, struct nlattr *tb[],
			  struct nlattr *data[], struct netlink_ext_ack *extack)
{
	struct vsw_switch_config config;

	parse_switch(&config, data);
	return vsw_switch_register(dev, &config, extack);
}

static int switch_changelink(struct net_device *dev, struct nlattr *tb[], struct nlattr *data[],
			     struct netlink_ext_ack *extack)
{
	struct vsw_switch *sw = netdev_priv(dev);
	struct vsw_switch_config config;
	int err;

	parse_switch(&config, data);
	mutex_lock(&sw->vn->lock);
	err = vsw_switch_set(sw, &config, extack);
	mutex_unlock(&sw->vn->lock);
	return err;
}

static size_t switch_get_size(const struct net_device *dev)
{
	return vsw_nl_switch_settings_size();
}

static int switch_fill_info(struct sk_buff *skb, const struct net_device *dev)
{
	return vsw_nl_switch_put_settings(skb, netdev_priv(dev));
}

/* Attributes that may be there many times are only found in the message. */
static const struct nlattr *find_slave_data(struct nlattr *tb[])
{
	if (!tb[IFLA_LINKINFO])
		return NULL;
	return nla_find_nested(tb[IFLA_LINKINFO], IFLA_INFO_SLAVE_DATA);
}

static int set_port(struct vsw_port *port, struct nlattr *data[], const struct nlattr *nest,
		    struct netlink_ext_ack *extack)
{
	struct vsw_port_config *config;
	int err;

	config = kmalloc(sizeof(*config), GFP_KERNEL);
	if (!config)
		return -ENOMEM;
	mutex_lock(&port->sw->vn->lock);
	err = vsw_nl_port_parse(config, port, data, nla_data(nest), nla_len(nest), extack);
	if (!err)
		err = vsw_port_set(port, config, extack);
	mutex_unlock(&port->sw->vn->lock);
	kfree(config);
	return err;
}

static int port_changelink(struct net_device *dev, struct net_device *slave, struct nlattr *tb[],
			   struct nlattr *data[], struct netlink_ext_ack *extack)
{
	static const int ids[] = {
		VSW_A_PORT_SWITCH, VSW_A_PORT_SWITCH_NAME, VSW_A_PORT_PORT_NO,
		VSW_A_PORT_IFINDEX, VSW_A_PORT_NAME, VSW_A_PORT_TYPE,
		VSW_A_PORT_PEER_SWITCH_NAME, VSW_A_PORT_PEER_NAME,
		VSW_A_PORT_REMOTE, VSW_A_PORT_LOCAL,
		VSW_A_PORT_TUNNEL_KEY, VSW_A_PORT_NO_TUNNEL_KEY, VSW_A_PORT_TUNNEL_TOS,
		VSW_A_PORT_TUNNEL_TTL, VSW_A_PORT_TUNNEL_CSUM, VSW_A_PORT_TUNNEL_DF,
		VSW_A_PORT_VLAN_VNI,
	};
	const struct nlattr *nest = find_slave_data(tb);
	struct vsw_port *port = vsw_port_of(slave);
	int err;

	if (!data || !nest)
		return 0;
	if (!port) {
		NL_SET_ERR_MSG(extack, "The device is not a port");
		return -EINVAL;
	}
	err = check_id(data, ids, ARRAY_SIZE(ids), extack);
	return err ?: set_port(port, data, nest, extack);
}

static size_t port_get_size(const struct net_device *dev, const struct net_device *slave)
{
	const struct vsw_port *port = vsw_port_of(slave);

	if (!port)
		return 0;
	return nla_total_size(sizeof(u32)) + vsw_nl_port_settings_size(port, LINK_RANGES_MAX);
}

static int port_fill_info(struct sk_buff *skb, const struct net_device *dev,
			  const struct net_device *slave)
{
	const struct vsw_port *port = vsw_port_of(slave);

	if (!port)
		return 0;
	if (nla_put_u32(skb, VSW_A_PORT_PORT_NO, port->no))
		return -EMSGSIZE;
	return vsw_nl_port_put_settings(skb, port, LINK_RANGES_MAX);
}

static int check_fdb_attrs(struct nlattr *tb[], struct netlink_ext_ack *extack)
{
	int i;

	for (i = 0; i <= NDA_MAX; i++) {
		if (!tb[i] || i == NDA_LLADDR || i == NDA_VLAN || i == NDA_IFINDEX)
			continue;
		NL_SET_ERR_MSG_ATTR(extack, tb[i], "A switch knows only address, vlan and via");
		return -EOPNOTSUPP;
	}
	return 0;
}

/* Without a device, the station is the host itself. */
static struct vsw_port *find_fdb_port(struct vsw_switch *sw, const struct nlattr *attr,
				      struct netlink_ext_ack *extack)
{
	struct net_device *dev = NULL;
	struct vsw_port *port;

	if (!attr)
		return sw->local;
	if (nla_len(attr) == sizeof(u32))
		dev = __dev_get_by_index(dev_net(sw->dev), nla_get_u32(attr));
	if (dev == sw->dev)
		return sw->local;
	port = dev ? vsw_port_of(dev) : NULL;
	if (port && port->sw == sw)
		return port;
	NL_SET_ERR_MSG_ATTR(extack, attr, "The device is not a port of the switch");
	return ERR_PTR(-EINVAL);
}

static int fdb_flags(const struct ndmsg *ndm, struct netlink_ext_ack *extack)
{
	if (ndm->ndm_flags & ~(NTF_SELF | NTF_MASTER | NTF_STICKY)) {
		NL_SET_ERR_MSG(extack, "A switch knows only the flag sticky");
		return -EOPNOTSUPP;
	}
	if (!(ndm->ndm_state & (NUD_PERMANENT | NUD_NOARP))) {
		NL_SET_ERR_MSG(extack, "Dynamic entries are learned, add a static one");
		return -EOPNOTSUPP;
	}
	return VSW_FDB_FLAG_STATIC | (ndm->ndm_flags & NTF_STICKY ? VSW_FDB_FLAG_STICKY : 0);
}

static int fdb_add(struct ndmsg *ndm, struct nlattr *tb[], struct net_device *dev,
		   const unsigned char *addr, u16 vid, u16 flags, struct netlink_ext_ack *extack)
{
	struct vsw_switch *sw = netdev_priv(dev);
	struct vsw_port *port;
	int fdb, err;

	err = check_fdb_attrs(tb, extack);
	if (err)
		return err;
	fdb = fdb_flags(ndm, extack);
	if (fdb < 0)
		return fdb;
	port = find_fdb_port(sw, tb[NDA_IFINDEX], extack);
	if (IS_ERR(port))
		return PTR_ERR(port);
	mutex_lock(&sw->vn->lock);
	err = vsw_fdb_add(&sw->fdb, port, addr, vid, fdb, flags & NLM_F_REPLACE, extack);
	mutex_unlock(&sw->vn->lock);
	return err;
}

static int fdb_del(struct ndmsg *ndm, struct nlattr *tb[], struct net_device *dev,
		   const unsigned char *addr, u16 vid, struct netlink_ext_ack *extack)
{
	struct vsw_switch *sw = netdev_priv(dev);
	int err;

	mutex_lock(&sw->vn->lock);
	err = vsw_fdb_del(&sw->fdb, addr, vid, extack);
	mutex_unlock(&sw->vn->lock);
	return err;
}

static int put_fdb_dst(struct sk_buff *skb, const struct vsw_remote *remote)
{
	struct in6_addr addr = {};
	u32 vni = 0;
	int err;

	if (!remote)
		return 0;
	vsw_remote_tell(remote, &addr, &vni);
	if (ipv6_addr_v4mapped(&addr))
		err = nla_put_in_addr(skb, NDA_DST, addr.s6_addr32[3]);
	else
		err = nla_put_in6_addr(skb, NDA_DST, &addr);
	return err ?: nla_put_u32(skb, NDA_VNI, vni);
}

static int put_fdb(struct sk_buff *skb, const struct vsw_port *port, const struct vsw_fdb_entry *e)
{
	if (nla_put(skb, NDA_LLADDR, ETH_ALEN, e->key.addr) ||
	    (e->key.vid && nla_put_u16(skb, NDA_VLAN, e->key.vid)))
		return -EMSGSIZE;
	if (vsw_port_is_local(port) || !vsw_port_has_dev(port))
		return 0;
	return nla_put_u32(skb, NDA_IFINDEX, port->dev->ifindex) ?:
	       put_fdb_dst(skb, rcu_dereference(e->remote));
}

static int fill_fdb(struct sk_buff *skb, u32 portid, u32 seq, int nlm_flags,
		    struct vsw_switch *sw, const struct vsw_fdb_entry *e)
{
	unsigned long flags = READ_ONCE(e->flags);
	struct nlmsghdr *nlh;
	struct ndmsg *ndm;

	nlh = nlmsg_put(skb, portid, seq, RTM_NEWNEIGH, sizeof(*ndm), nlm_flags);
	if (!nlh)
		return -EMSGSIZE;
	ndm = nlmsg_data(nlh);
	memset(ndm, 0, sizeof(*ndm));
	ndm->ndm_family = AF_BRIDGE;
	ndm->ndm_ifindex = sw->dev->ifindex;
	ndm->ndm_flags = NTF_SELF | (flags & VSW_FDB_FLAG_STICKY ? NTF_STICKY : 0);
	ndm->ndm_state = flags & VSW_FDB_FLAG_LOCAL ? NUD_PERMANENT :
			 flags & VSW_FDB_FLAG_STATIC ? NUD_NOARP : NUD_REACHABLE;
	if (put_fdb(skb, rcu_dereference(e->port), e)) {
		nlmsg_cancel(skb, nlh);
		return -EMSGSIZE;
	}
	nlmsg_end(skb, nlh);
	return 0;
}

/*
 * args[2] is ours between calls, and starts from what *idx has counted for
 * others: our share of it is the id to go on with.
 */
static int fdb_dump(struct sk_buff *skb, struct netlink_callback *cb, struct net_device *dev,
		    struct net_device *filter_dev, int *idx)
{
	static const struct vsw_fdb_filter all = { .vid = -1, .statics = true, .locals = true };
	u32 id = cb->args[2] > *idx ? cb->args[2] - *idx : 0;
	struct vsw_switch *sw = netdev_priv(dev);
	const struct vsw_fdb_entry *e;
	int err = 0;

	rcu_read_lock();
	while ((e = vsw_fdb_next_rcu(&sw->fdb, &id, &all))) {
		err = fill_fdb(skb, NETLINK_CB(cb->skb).portid, cb->nlh->nlmsg_seq, NLM_F_MULTI,
			       sw, e);
		if (err || ++id == 0)
			break;
	}
	rcu_read_unlock();
	*idx += id;
	return err;
}

static int fdb_get(struct sk_buff *skb, struct nlattr *tb[], struct net_device *dev,
		   const unsigned char *addr, u16 vid, u32 portid, u32 seq,
		   struct netlink_ext_ack *extack)
{
	struct vsw_switch *sw = netdev_priv(dev);
	const struct vsw_fdb_entry *e;
	int err;

	rcu_read_lock();
	e = vsw_fdb_find_rcu(&sw->fdb, addr, vid);
	err = e ? fill_fdb(skb, portid, seq, 0, sw, e) : -ENOENT;
	rcu_read_unlock();
	if (err == -ENOENT)
		NL_SET_ERR_MSG(extack, "There is no entry for this address and VLAN");
	return err;
}

static const struct net_device_ops switch_netdev_ops = {
	.ndo_init		= vsw_switch_init,
	.ndo_uninit		= vsw_switch_uninit,
	.ndo_open		= vsw_switch_open,
	.ndo_stop		= vsw_switch_stop,
	.ndo_start_xmit		= vsw_switch_xmit,
	.ndo_set_mac_address	= vsw_switch_set_mac,
	.ndo_validate_addr	= eth_validate_addr,
	.ndo_get_stats64	= vsw_switch_get_stats64,
	.ndo_features_check	= passthru_features_check,
	.ndo_add_slave		= vsw_switch_add_slave,
	.ndo_del_slave		= vsw_switch_del_slave,
	.ndo_fdb_add		= fdb_add,
	.ndo_fdb_del		= fdb_del,
	.ndo_fdb_dump		= fdb_dump,
	.ndo_fdb_get		= fdb_get,
};

static void switch_setup(struct net_device *dev)
{
	vsw_switch_setup(dev);
	dev->netdev_ops = &switch_netdev_ops;
}

static struct rtnl_link_ops switch_link_ops __read_mostly = {
	.kind			= VSW_KIND,
	.priv_size		= sizeof(struct vsw_switch),
	.setup			= switch_setup,
	.maxtype		= VSW_A_SWITCH_FDB_MAX,
	.policy			= vsw_switch_set_nl_policy,
	.validate		= switch_validate,
	.newlink		= switch_newlink,
	.changelink		= switch_changelink,
	.dellink		= vsw_switch_unregister,
	.get_size		= switch_get_size,
	.fill_info		= switch_fill_info,
	.slave_maxtype		= ARRAY_SIZE(vsw_port_set_nl_policy) - 1,
	.slave_policy		= vsw_port_set_nl_policy,
	.slave_changelink	= port_changelink,
	.get_slave_size		= port_get_size,
	.fill_slave_info	= port_fill_info,
};

/**
 * vsw_rtnl_create() - create a switch as "ip link add" does
 * @net: namespace
 * @name: name of the switch
 * @config: settings, where they are not to be the default
 * @extack: for the reason
 *
 * Context: under RTNL, takes the namespace's lock.
 * Return: the switch, or a negative error.
 */
struct vsw_switch *vsw_rtnl_create(struct net *net, const char *name,
				   const struct vsw_switch_config *config,
				   struct netlink_ext_ack *extack)
{
	struct nlattr *tb[IFLA_MAX + 1] = {};
	struct net_device *dev;
	int err;

	ASSERT_RTNL();
	dev = rtnl_create_link(net, name, NET_NAME_USER, &switch_link_ops, tb, extack);
	if (IS_ERR(dev))
		return ERR_CAST(dev);
	err = vsw_switch_register(dev, config, extack);
	if (err) {
		free_netdev(dev);
		return ERR_PTR(err);
	}
	err = rtnl_configure_link(dev, NULL, 0, NULL);
	if (err) {
		vsw_switch_unregister(dev, NULL);
		return ERR_PTR(err);
	}
	return netdev_priv(dev);
}

/**
 * vsw_rtnl_init() - register the link kind
 *
 * Context: module init.
 * Return: 0, or a negative error.
 */
int vsw_rtnl_init(void)
{
	return rtnl_link_register(&switch_link_ops);
}

/**
 * vsw_rtnl_exit() - unregister the link kind, which deletes all switches
 *
 * Context: module exit, takes RTNL.
 */
void vsw_rtnl_exit(void)
{
	rtnl_link_unregister(&switch_link_ops);
}
