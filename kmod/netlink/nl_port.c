// SPDX-License-Identifier: GPL-2.0
/*
 * Ports in netlink messages.
 */
#include <linux/rtnetlink.h>

#include "compat.h"
#include "netlink/nl.h"
#include "netlink/nl_tunnel.h"
#include "tables/overlay.h"

static const struct {
	int attr;
	enum vsw_port_flag flag;
} port_flags[] = {
	{ VSW_A_PORT_LEARNING,		VSW_PORT_LEARNING },
	{ VSW_A_PORT_FLOOD,		VSW_PORT_FLOOD },
	{ VSW_A_PORT_MCAST_FLOOD,	VSW_PORT_MCAST_FLOOD },
	{ VSW_A_PORT_BCAST_FLOOD,	VSW_PORT_BCAST_FLOOD },
	{ VSW_A_PORT_ISOLATED,		VSW_PORT_ISOLATED },
	{ VSW_A_PORT_HAIRPIN,		VSW_PORT_HAIRPIN },
	{ VSW_A_PORT_NEIGH_SUPPRESS,	VSW_PORT_NEIGH_SUPPRESS },
	{ VSW_A_PORT_PEER_DELIVERY,	VSW_PORT_PEER },
};

static void parse_flags(struct vsw_port_config *config, struct nlattr **attrs)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(port_flags); i++) {
		const struct nlattr *attr = attrs[port_flags[i].attr];

		if (!attr)
			continue;
		__set_bit(port_flags[i].flag, &config->flags_mask);
		__assign_bit(port_flags[i].flag, &config->flags, nla_get_u8(attr));
	}
}

static int parse_range(struct vsw_vlan *vlan, const struct nlattr *nest,
		       struct netlink_ext_ack *extack)
{
	struct nlattr *tb[VSW_A_VLAN_RANGE_MAX + 1];
	u16 first, last;
	int err;

	err = vsw_nl_parse_nest(tb, VSW_A_VLAN_RANGE_MAX, nest, vsw_vlan_range_nl_policy, extack);
	if (err)
		return err;
	if (NL_REQ_ATTR_CHECK(extack, nest, tb, VSW_A_VLAN_RANGE_FIRST)) {
		NL_SET_ERR_MSG(extack, "A VLAN range needs its first VLAN");
		return -EINVAL;
	}
	first = nla_get_u16(tb[VSW_A_VLAN_RANGE_FIRST]);
	last = first;
	if (tb[VSW_A_VLAN_RANGE_LAST])
		last = nla_get_u16(tb[VSW_A_VLAN_RANGE_LAST]);
	if (first > last) {
		NL_SET_ERR_MSG_ATTR(extack, nest, "A VLAN range ends before it begins");
		return -EINVAL;
	}
	bitmap_set(vlan->trunks, first, last - first + 1);
	return 0;
}

static int parse_trunks(struct vsw_vlan *vlan, const struct nlattr *head, int len,
			struct netlink_ext_ack *extack)
{
	const struct nlattr *attr;
	int rem, err;

	vlan->all = false;
	bitmap_zero(vlan->trunks, VLAN_N_VID);
	nla_for_each_attr(attr, head, len, rem) {
		if (nla_type(attr) != VSW_A_PORT_VLAN_TRUNK)
			continue;
		err = parse_range(vlan, attr, extack);
		if (err)
			return err;
	}
	return 0;
}

static int check_vlan(const struct vsw_vlan *vlan, struct nlattr **attrs,
		      struct netlink_ext_ack *extack)
{
	const struct nlattr *mode = attrs[VSW_A_PORT_VLAN_MODE];
	const struct nlattr *tag = attrs[VSW_A_PORT_VLAN_TAG];

	if (vlan->mode == VSW_VLAN_MODE_TRUNK && vlan->tag) {
		NL_SET_ERR_MSG_ATTR(extack, tag, "A port of vlan-mode trunk has no vlan-tag");
		return -EINVAL;
	}
	if (vlan->mode != VSW_VLAN_MODE_TRUNK && !vlan->tag) {
		NL_SET_ERR_MSG_ATTR(extack, tag ?: mode,
				    "The vlan-mode needs a vlan-tag, 1 to 4094");
		return -EINVAL;
	}
	if (vlan->mode == VSW_VLAN_MODE_ACCESS && !vlan->all) {
		NL_SET_ERR_MSG_ATTR(extack, attrs[VSW_A_PORT_VLAN_TRUNK],
				    "A port of vlan-mode access has no vlan-trunk");
		return -EINVAL;
	}
	return 0;
}

static void get_vlan(struct vsw_vlan *vlan, const struct vsw_port *port)
{
	const struct vsw_vlan *now;

	memset(vlan, 0, sizeof(*vlan));
	vlan->all = true;
	if (!port)
		return;
	rcu_read_lock();
	now = rcu_dereference(port->vlan);
	if (now) {
		vlan->mode = now->mode;
		vlan->tag = now->tag;
		vlan->all = now->all;
		bitmap_copy(vlan->trunks, now->trunks, VLAN_N_VID);
	}
	rcu_read_unlock();
}

static int parse_vlan(struct vsw_port_config *config, const struct vsw_port *port,
		      struct nlattr **attrs, const struct nlattr *head, int len,
		      struct netlink_ext_ack *extack)
{
	const struct nlattr *mode = attrs[VSW_A_PORT_VLAN_MODE];
	const struct nlattr *tag = attrs[VSW_A_PORT_VLAN_TAG];
	struct vsw_vlan *vlan = &config->vlan;
	int err;

	if (!mode && !tag && !attrs[VSW_A_PORT_VLAN_TRUNK])
		return 0;
	config->has_vlan = true;
	get_vlan(vlan, mode ? NULL : port);
	if (mode)
		vlan->mode = nla_get_u32(mode);
	if (tag)
		vlan->tag = nla_get_u16(tag);
	if (attrs[VSW_A_PORT_VLAN_TRUNK]) {
		err = parse_trunks(vlan, head, len, extack);
		if (err)
			return err;
	}
	return check_vlan(vlan, attrs, extack);
}

/**
 * vsw_nl_port_parse() - read settings of a port
 * @config: where to
 * @port: the port, whose VLAN settings stay if not given; NULL for a new port
 * @attrs: of the set "port"
 * @head: the first of the attributes, for those that may be there many times
 * @len: length of all attributes
 * @extack: for the reason
 *
 * Context: under RTNL or, with @port NULL, anywhere.
 * Return: 0, or -EINVAL.
 */
int vsw_nl_port_parse(struct vsw_port_config *config, const struct vsw_port *port,
		      struct nlattr **attrs, const struct nlattr *head, int len,
		      struct netlink_ext_ack *extack)
{
	memset(config, 0, sizeof(*config));
	parse_flags(config, attrs);
	vsw_nl_l3_parse(config, attrs);
	if (attrs[VSW_A_PORT_FDB_MAX]) {
		config->has_fdb_max = true;
		config->fdb_max = nla_get_u32(attrs[VSW_A_PORT_FDB_MAX]);
	}
	if (attrs[VSW_A_PORT_PUNT_RATE])
		config->punt_rate = nla_get_u32(attrs[VSW_A_PORT_PUNT_RATE]);
	if (attrs[VSW_A_PORT_PUNT_BURST])
		config->punt_burst = nla_get_u32(attrs[VSW_A_PORT_PUNT_BURST]);
	return parse_vlan(config, port, attrs, head, len, extack);
}

static unsigned int count_ranges(const struct vsw_vlan *vlan)
{
	unsigned long first, last;
	unsigned int n = 0;

	if (!vlan || vlan->all)
		return 0;
	for_each_set_bitrange(first, last, vlan->trunks, VLAN_N_VID)
		n++;
	return n;
}

/**
 * vsw_nl_port_settings_size() - room that vsw_nl_port_put_settings() needs
 * @port: the port
 * @max_ranges: as there
 *
 * Context: under RTNL or the namespace's lock.
 * Return: bytes.
 */
size_t vsw_nl_port_settings_size(const struct vsw_port *port, unsigned int max_ranges)
{
	size_t range = nla_total_size(2 * nla_total_size(sizeof(u16)));
	unsigned int n;

	rcu_read_lock();
	n = count_ranges(rcu_dereference(port->vlan));
	rcu_read_unlock();
	if (n > max_ranges)
		n = 0;
	return ARRAY_SIZE(port_flags) * nla_total_size(sizeof(u8)) + vsw_nl_l3_size(port) +
	       4 * nla_total_size(sizeof(u32)) + nla_total_size(sizeof(u16)) + n * range;
}

static int put_range(struct sk_buff *skb, u16 first, u16 last)
{
	struct nlattr *nest;

	nest = nla_nest_start(skb, VSW_A_PORT_VLAN_TRUNK);
	if (!nest ||
	    nla_put_u16(skb, VSW_A_VLAN_RANGE_FIRST, first) ||
	    nla_put_u16(skb, VSW_A_VLAN_RANGE_LAST, last))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static int put_vlan(struct sk_buff *skb, const struct vsw_vlan *vlan, unsigned int max_ranges)
{
	unsigned long first, last;

	if (nla_put_u32(skb, VSW_A_PORT_VLAN_MODE, vlan ? vlan->mode : VSW_VLAN_MODE_TRUNK))
		return -EMSGSIZE;
	if (!vlan)
		return 0;
	if (vlan->tag && nla_put_u16(skb, VSW_A_PORT_VLAN_TAG, vlan->tag))
		return -EMSGSIZE;
	if (vlan->all || count_ranges(vlan) > max_ranges)
		return 0;
	for_each_set_bitrange(first, last, vlan->trunks, VLAN_N_VID) {
		if (put_range(skb, first, last - 1))
			return -EMSGSIZE;
	}
	return 0;
}

/**
 * vsw_nl_port_put_settings() - put the settings of a port
 * @skb: where
 * @port: the port
 * @max_ranges: leave vlan-trunk out where it takes more ranges than that
 *
 * Context: under RTNL or the namespace's lock.
 * Return: 0, or -EMSGSIZE.
 */
int vsw_nl_port_put_settings(struct sk_buff *skb, const struct vsw_port *port,
			     unsigned int max_ranges)
{
	int err;
	int i;

	for (i = 0; i < ARRAY_SIZE(port_flags); i++) {
		if (nla_put_u8(skb, port_flags[i].attr, vsw_port_has(port, port_flags[i].flag)))
			return -EMSGSIZE;
	}
	if (nla_put_u32(skb, VSW_A_PORT_FDB_MAX, READ_ONCE(port->fdb_max)) ||
	    nla_put_u32(skb, VSW_A_PORT_PUNT_RATE, READ_ONCE(port->punt.rate)) ||
	    nla_put_u32(skb, VSW_A_PORT_PUNT_BURST, READ_ONCE(port->punt.burst)) ||
	    vsw_nl_l3_put(skb, port))
		return -EMSGSIZE;
	rcu_read_lock();
	err = put_vlan(skb, rcu_dereference(port->vlan), max_ranges);
	rcu_read_unlock();
	return err;
}

static int put_name(struct sk_buff *skb, const struct vsw_port *port)
{
	char name[IFNAMSIZ];

	/* A copy, since the device may be renamed meanwhile. */
	strscpy(name, vsw_port_name(port), sizeof(name));
	return nla_put_string(skb, VSW_A_PORT_NAME, name);
}

/* What plain devices and LOCAL are is not worth telling. */
static int put_type(struct sk_buff *skb, const struct vsw_port *port)
{
	if (port->kind == VSW_PORT_ETHERNET || vsw_port_is_local(port))
		return 0;
	return nla_put_u32(skb, VSW_A_PORT_TYPE, port->kind);
}

static int put_dev(struct sk_buff *skb, const struct vsw_port *port)
{
	if (!vsw_port_has_dev(port))
		return 0;
	return nla_put_u32(skb, VSW_A_PORT_IFINDEX, port->dev->ifindex);
}

static size_t fill_size(const struct vsw_port *port)
{
	return GENLMSG_DEFAULT_SIZE / 2 + vsw_nl_port_settings_size(port, VLAN_N_VID) +
	       vsw_nl_tunnel_size(port);
}

static int fill(struct sk_buff *skb, const struct vsw_nl_msg *msg, const struct vsw_port *port)
{
	struct vsw_port_counters sum = {};
	void *hdr;

	lockdep_assert_held(&port->sw->vn->lock);
	hdr = vsw_nl_put_head(skb, msg);
	if (!hdr)
		return -EMSGSIZE;
	vsw_port_sum(port, &sum);
	if (vsw_nl_put_switch(skb, port->sw) ||
	    nla_put_u32(skb, VSW_A_PORT_PORT_NO, port->no) ||
	    put_dev(skb, port) ||
	    put_name(skb, port) ||
	    put_type(skb, port) ||
	    vsw_nl_patch_put(skb, port) ||
	    vsw_nl_port_put_settings(skb, port, VLAN_N_VID) ||
	    vsw_nl_tunnel_put(skb, port) ||
	    nla_put_u32(skb, VSW_A_PORT_FDB_ENTRIES, READ_ONCE(port->fdb_entries)) ||
	    vsw_nl_put_stats(skb, VSW_A_PORT_STATS, &sum)) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, hdr);
	return 0;
}

/**
 * vsw_nl_port_event() - tell that a port came, changed or goes
 * @port: the port
 * @event: what
 *
 * Context: under the namespace's lock, may sleep.
 */
void vsw_nl_port_event(struct vsw_port *port, enum vsw_event event)
{
	bool gone = event == VSW_EVENT_DEL;
	struct vsw_nl_msg msg;
	struct sk_buff *skb;

	if (!vsw_nl_is_heard(port->sw, VSW_NLGRP_PORT))
		return;
	skb = vsw_nl_skb_new(fill_size(port));
	if (!skb)
		return;
	msg = vsw_nl_msg_event(gone ? VSW_CMD_PORT_DEL_NTF : VSW_CMD_PORT_NEW_NTF);
	if (fill(skb, &msg, port))
		nlmsg_free(skb);
	else
		vsw_nl_multicast(port->sw, skb, VSW_NLGRP_PORT);
}

static struct net_device *find_dev(struct genl_info *info)
{
	const struct nlattr *index = info->attrs[VSW_A_PORT_IFINDEX];
	const struct nlattr *name = info->attrs[VSW_A_PORT_NAME];
	struct net *net = genl_info_net(info);
	struct net_device *dev = NULL;

	ASSERT_RTNL();
	if (!index && !name) {
		NL_SET_ERR_ATTR_MISS(info->extack, NULL, VSW_A_PORT_NAME);
		GENL_SET_ERR_MSG(info, "Name the device of the new port, by name or ifindex");
		return ERR_PTR(-EINVAL);
	}
	if (!index)
		dev = __dev_get_by_name(net, nla_data(name));
	else if (nla_get_u32(index) <= INT_MAX)
		dev = __dev_get_by_index(net, nla_get_u32(index));
	if (!dev) {
		NL_SET_ERR_MSG_ATTR(info->extack, index ?: name, "No such network interface");
		return ERR_PTR(-ENODEV);
	}
	if (index && name && __dev_get_by_name(net, nla_data(name)) != dev) {
		NL_SET_ERR_MSG_ATTR(info->extack, name,
				    "ifindex and name are not of the same interface");
		return ERR_PTR(-EINVAL);
	}
	return dev;
}

/* Settings that a link message can give, and those that only we take. */
static int parse(struct vsw_port_config *config, const struct vsw_port *port,
		 struct genl_info *info)
{
	const struct nlattr *head = genlmsg_data(info->genlhdr);
	struct vsw_overlay_config *overlay = NULL;
	int len = genlmsg_len(info->genlhdr);
	int err;

	err = vsw_nl_port_parse(config, port, info->attrs, head, len, info->extack);
	if (!err)
		err = vsw_nl_tunnel_parse(&overlay, port, info->attrs, head, len, info->extack);
	config->overlay = overlay;
	return err;
}

static void config_free(struct vsw_port_config *config)
{
	kfree(config->overlay);
	kfree(config);
}

static int parse_new(struct vsw_port_config *config, struct genl_info *info)
{
	const struct nlattr *no = info->attrs[VSW_A_PORT_PORT_NO];
	int err;

	err = parse(config, NULL, info);
	if (err || !no)
		return err;
	config->no = nla_get_u32(no);
	if (!config->no || config->no > VSW_PORT_MAX) {
		NL_SET_ERR_MSG_ATTR(info->extack, no, "A port number is 1 to 65279");
		return -EINVAL;
	}
	return 0;
}

/* Is it the device that can't be a port, or the number that can't be its own? */
static void blame(struct genl_info *info, struct net_device *dev, int err)
{
	bool dev_is_free = !netdev_master_upper_dev_get(dev) && !netdev_is_rx_handler_busy(dev);
	const struct nlattr *index = info->attrs[VSW_A_PORT_IFINDEX];

	if (err == -EBUSY && dev_is_free)
		vsw_nl_blame(info->extack, info->attrs[VSW_A_PORT_PORT_NO]);
	else if (err != -ENOSPC)
		vsw_nl_blame(info->extack, index ?: info->attrs[VSW_A_PORT_NAME]);
}

static int check_type(struct genl_info *info, const struct net_device *dev)
{
	const struct nlattr *type = info->attrs[VSW_A_PORT_TYPE];

	if (!type || nla_get_u32(type) == vsw_port_kind_of(dev))
		return 0;
	NL_SET_ERR_MSG_ATTR(info->extack, type, "The device is of another type");
	return -EINVAL;
}

static struct vsw_port *add_dev(struct vsw_switch *sw, const struct vsw_port_config *config,
				struct genl_info *info)
{
	struct net_device *dev;
	int err;

	dev = find_dev(info);
	if (IS_ERR(dev))
		return ERR_CAST(dev);
	err = check_type(info, dev) ?: vsw_nl_patch_check(info->attrs, info->extack);
	if (err)
		return ERR_PTR(err);
	err = vsw_port_add(sw, dev, config, info->extack);
	if (!err)
		return vsw_port_of(dev);
	blame(info, dev, err);
	return ERR_PTR(err);
}

static int port_new(struct sk_buff *reply, struct genl_info *info,
		    const struct vsw_port_config *config)
{
	struct vsw_nl_msg msg = vsw_nl_msg_reply(info);
	struct vsw_switch *sw;
	struct vsw_port *port;
	int err;

	sw = vsw_nl_switch_lock(genl_info_net(info), info->attrs, info->extack);
	if (IS_ERR(sw))
		return PTR_ERR(sw);
	if (vsw_nl_patch_is_asked(info->attrs))
		port = vsw_nl_patch_add(sw, config, info);
	else
		port = add_dev(sw, config, info);
	err = PTR_ERR_OR_ZERO(port);
	if (!err)
		err = fill(reply, &msg, port);
	vsw_nl_switch_unlock(sw);
	return err;
}

/**
 * vsw_nl_port_new_doit() - VSW_CMD_PORT_NEW
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes RTNL and the namespace's lock.
 * Return: 0, or a negative error.
 */
int vsw_nl_port_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_port_config *config;
	struct sk_buff *reply;
	int err = -ENOMEM;

	config = kzalloc(sizeof(*config), GFP_KERNEL);
	if (!config)
		return -ENOMEM;
	/* No port's attributes take more than its request. */
	reply = vsw_nl_skb_new(GENLMSG_DEFAULT_SIZE + 3 * info->nlhdr->nlmsg_len);
	if (!reply)
		goto err_free_config;
	err = parse_new(config, info);
	if (err)
		goto err_free_reply;
	rtnl_lock();
	err = port_new(reply, info, config);
	rtnl_unlock();
	if (err)
		goto err_free_reply;
	config_free(config);
	return genlmsg_reply(reply, info);

err_free_reply:
	nlmsg_free(reply);
err_free_config:
	config_free(config);
	return err;
}

static struct vsw_port *find_port(struct vsw_switch *sw, struct genl_info *info)
{
	return vsw_nl_port_find(sw, info->attrs[VSW_A_PORT_PORT_NO],
				info->attrs[VSW_A_PORT_IFINDEX],
				info->attrs[VSW_A_PORT_NAME], info->extack);
}

static int port_del(struct genl_info *info)
{
	struct vsw_switch *sw;
	struct vsw_port *port;
	int err;

	sw = vsw_nl_switch_lock(genl_info_net(info), info->attrs, info->extack);
	if (IS_ERR(sw))
		return PTR_ERR(sw);
	port = find_port(sw, info);
	err = PTR_ERR_OR_ZERO(port);
	if (!err && vsw_port_is_local(port)) {
		GENL_SET_ERR_MSG(info, "The LOCAL port goes with its switch, delete the switch");
		err = -EINVAL;
	}
	if (!err && port->kind == VSW_PORT_ROUTER) {
		GENL_SET_ERR_MSG(info, "The port goes with its router's interface, delete that");
		err = -EINVAL;
	}
	if (!err)
		vsw_port_del(port);
	vsw_nl_switch_unlock(sw);
	return err;
}

/**
 * vsw_nl_port_del_doit() - VSW_CMD_PORT_DEL
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes RTNL and the namespace's lock.
 * Return: 0, or a negative error.
 */
int vsw_nl_port_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	int err;

	rtnl_lock();
	err = port_del(info);
	rtnl_unlock();
	return err;
}

static int check_set(struct genl_info *info)
{
	const struct nlattr *type = info->attrs[VSW_A_PORT_TYPE];

	if (!type)
		return vsw_nl_patch_check(info->attrs, info->extack);
	NL_SET_ERR_MSG_ATTR(info->extack, type, "A port keeps its type");
	return -EINVAL;
}

static int port_set(struct vsw_port_config *config, struct genl_info *info)
{
	struct vsw_switch *sw;
	struct vsw_port *port;
	int err;

	sw = vsw_nl_switch_lock(genl_info_net(info), info->attrs, info->extack);
	if (IS_ERR(sw))
		return PTR_ERR(sw);
	port = find_port(sw, info);
	err = PTR_ERR_OR_ZERO(port) ?: check_set(info);
	if (!err)
		err = parse(config, port, info);
	if (!err)
		err = vsw_port_set(port, config, info->extack);
	vsw_nl_switch_unlock(sw);
	return err;
}

/**
 * vsw_nl_port_set_doit() - VSW_CMD_PORT_SET
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes RTNL and the namespace's lock. RTNL, since link messages tell
 *	the size of the settings first and put them later.
 * Return: 0, or a negative error.
 */
int vsw_nl_port_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_port_config *config;
	int err;

	config = kzalloc(sizeof(*config), GFP_KERNEL);
	if (!config)
		return -ENOMEM;
	rtnl_lock();
	err = port_set(config, info);
	rtnl_unlock();
	config_free(config);
	return err;
}

/**
 * vsw_nl_port_get_doit() - VSW_CMD_PORT_GET of one port
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes the namespace's lock.
 * Return: 0, or a negative error.
 */
int vsw_nl_port_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_nl_msg msg = vsw_nl_msg_reply(info);
	struct sk_buff *reply = NULL;
	struct vsw_switch *sw;
	struct vsw_port *port;
	int err;

	sw = vsw_nl_switch_lock(genl_info_net(info), info->attrs, info->extack);
	if (IS_ERR(sw))
		return PTR_ERR(sw);
	port = find_port(sw, info);
	err = PTR_ERR_OR_ZERO(port);
	if (!err) {
		reply = vsw_nl_skb_new(fill_size(port));
		err = reply ? fill(reply, &msg, port) : -ENOMEM;
	}
	vsw_nl_switch_unlock(sw);
	return vsw_nl_reply(reply, info, err);
}

/* Where a dump goes on. */
struct dump_ctx {
	int ifindex;	/* switch */
	u32 next;	/* port number */
};

static int dump_switch(struct sk_buff *skb, struct netlink_callback *cb, struct vsw_switch *sw)
{
	struct vsw_nl_msg msg = vsw_nl_msg_dump(cb);
	struct dump_ctx *ctx = (void *)cb->ctx;
	struct vsw_slot *slot;
	struct vsw_port *port;
	unsigned long no;
	int err;

	xa_for_each_start(&sw->slots.by_no, no, slot, ctx->next) {
		port = rcu_dereference_protected(slot->port,
						 lockdep_is_held(&sw->vn->lock));
		if (!port)
			continue;
		ctx->next = no;
		err = vsw_nl_dump_room(skb, fill_size(port)) ?: fill(skb, &msg, port);
		if (err)
			return err;
	}
	ctx->next = 0;
	return 0;
}

static struct vsw_switch *first_switch(struct vsw_net *vn, int ifindex)
{
	struct vsw_switch *best = NULL;
	struct vsw_switch *sw;

	list_for_each_entry(sw, &vn->switches, node) {
		if (sw->dev->ifindex >= ifindex &&
		    (!best || sw->dev->ifindex < best->dev->ifindex))
			best = sw;
	}
	return best;
}

static int dump_all(struct sk_buff *skb, struct netlink_callback *cb, struct vsw_net *vn)
{
	struct dump_ctx *ctx = (void *)cb->ctx;
	struct vsw_switch *sw;
	int err;

	while ((sw = first_switch(vn, ctx->ifindex))) {
		if (sw->dev->ifindex != ctx->ifindex)
			ctx->next = 0;
		ctx->ifindex = sw->dev->ifindex;
		err = dump_switch(skb, cb, sw);
		if (err)
			return err;
		ctx->ifindex++;
	}
	return 0;
}

/**
 * vsw_nl_port_get_dumpit() - VSW_CMD_PORT_GET of the ports of one or all switches
 * @skb: where to
 * @cb: the dump
 *
 * Context: takes the namespace's lock.
 * Return: length of what was put, 0 at the end, or a negative error.
 */
int vsw_nl_port_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct vsw_net *vn = vsw_net(sock_net(cb->skb->sk));
	struct nlattr **attrs = vsw_genl_dump_attrs(cb);
	struct vsw_switch *sw;
	int err;

	err = vsw_nl_dump_check(cb);
	if (err)
		return err;
	if (attrs[VSW_A_PORT_PORT_NO] || attrs[VSW_A_PORT_IFINDEX] || attrs[VSW_A_PORT_NAME]) {
		NL_SET_ERR_MSG(cb->extack, "Ask for a single port without NLM_F_DUMP");
		return -EINVAL;
	}
	mutex_lock(&vn->lock);
	cb->seq = vn->seq + 1;
	if (attrs[VSW_A_PORT_SWITCH] || attrs[VSW_A_PORT_SWITCH_NAME]) {
		sw = vsw_nl_switch_find(vn, attrs, cb->extack);
		err = IS_ERR(sw) ? PTR_ERR(sw) : dump_switch(skb, cb, sw);
	} else {
		err = dump_all(skb, cb, vn);
	}
	mutex_unlock(&vn->lock);
	return err == -EMSGSIZE && skb->len ? skb->len : err;
}
