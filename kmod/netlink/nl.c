// SPDX-License-Identifier: GPL-2.0
/*
 * The generic netlink family "vsw", and what the handlers of its objects share.
 */
#include <linux/rtnetlink.h>

#include "compat.h"
#include "netlink/nl.h"
#include "netlink/nl_flow.h"

/* All sets name the switch by the same two attributes. */
static_assert((int)VSW_A_PORT_SWITCH_NAME == (int)VSW_A_SWITCH_SWITCH_NAME);
static_assert((int)VSW_A_FDB_SWITCH_NAME == (int)VSW_A_SWITCH_SWITCH_NAME);
static_assert((int)VSW_A_TABLE_SWITCH_NAME == (int)VSW_A_SWITCH_SWITCH_NAME);
static_assert((int)VSW_A_FLOW_SWITCH_NAME == (int)VSW_A_SWITCH_SWITCH_NAME);
static_assert((int)VSW_A_TXN_SWITCH_NAME == (int)VSW_A_SWITCH_SWITCH_NAME);
static_assert((int)VSW_A_PUNT_SWITCH_NAME == (int)VSW_A_SWITCH_SWITCH_NAME);
static_assert((int)VSW_A_PACKET_SWITCH_NAME == (int)VSW_A_SWITCH_SWITCH_NAME);
static_assert((int)VSW_A_INTERFACE_SWITCH_NAME == (int)VSW_A_SWITCH_SWITCH_NAME);

/* vsw_nl_check_once() keeps the types it saw in 64 bits. */
static_assert(VSW_A_FIELDS_MAX < 64 && VSW_A_FLOW_MAX < 64);

static const struct genl_multicast_group vsw_nl_groups[] = {
	[VSW_NLGRP_SWITCH]	= { .name = VSW_MCGRP_SWITCH, },
	[VSW_NLGRP_PORT]	= { .name = VSW_MCGRP_PORT, },
	[VSW_NLGRP_FDB]		= { .name = VSW_MCGRP_FDB, },
	[VSW_NLGRP_FLOW]	= { .name = VSW_MCGRP_FLOW, },
};

static int check_header(const struct genl_info *info)
{
	u16 flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_ECHO;

	switch (info->genlhdr->cmd) {
	case VSW_CMD_SWITCH_NEW:
	case VSW_CMD_PORT_NEW:
	case VSW_CMD_ROUTER_NEW:
	case VSW_CMD_INTERFACE_NEW:
		flags |= NLM_F_CREATE | NLM_F_EXCL;
		break;
	case VSW_CMD_FDB_NEW:
	case VSW_CMD_FLOW_NEW:
	case VSW_CMD_ROUTE_NEW:
		flags |= NLM_F_CREATE | NLM_F_EXCL | NLM_F_REPLACE;
		break;
	case VSW_CMD_NEIGH_NEW:
		flags |= NLM_F_CREATE | NLM_F_REPLACE;
		break;
	}
	if (info->nlhdr->nlmsg_flags & ~flags) {
		GENL_SET_ERR_MSG(info, "The command does not take these nlmsg_flags");
		return -EINVAL;
	}
	if (info->genlhdr->reserved) {
		GENL_SET_ERR_MSG(info, "genlmsghdr.reserved is not 0");
		return -EINVAL;
	}
	return 0;
}

/* The attributes that a request may have many times. */
static u64 multi_of(u8 cmd)
{
	switch (cmd) {
	case VSW_CMD_PORT_NEW:
	case VSW_CMD_PORT_SET:
		return BIT_ULL(VSW_A_PORT_VLAN_TRUNK) | BIT_ULL(VSW_A_PORT_REMOTE) |
		       BIT_ULL(VSW_A_PORT_VLAN_VNI);
	case VSW_CMD_INTERFACE_NEW:
		return BIT_ULL(VSW_A_INTERFACE_ADDRESS);
	case VSW_CMD_ROUTE_NEW:
		return BIT_ULL(VSW_A_ROUTE_HOP);
	}
	return 0;
}

static int check_request(vsw_genl_op *op, struct sk_buff *skb, struct genl_info *info)
{
	int err;

	err = check_header(info);
	if (err)
		return err;
	return vsw_nl_check_once(genlmsg_data(info->genlhdr),
				 genlmsg_len(info->genlhdr),
				 multi_of(op->cmd), info->extack);
}

static struct genl_family vsw_nl_family __ro_after_init = {
	.name		= VSW_FAMILY_NAME,
	.version	= VSW_FAMILY_VERSION,
	.netnsok	= true,
	.parallel_ops	= true,
	.module		= THIS_MODULE,
	.ops		= vsw_nl_ops,
	.n_ops		= ARRAY_SIZE(vsw_nl_ops),
	/* Above it the kernel refuses NLM_F_CREATE; check_header() looks instead. */
	.resv_start_op	= __VSW_CMD_MAX,
	.pre_doit	= check_request,
	.mcgrps		= vsw_nl_groups,
	.n_mcgrps	= ARRAY_SIZE(vsw_nl_groups),
};

static const struct vsw_event_ops vsw_nl_events = {
	.sw	= vsw_nl_switch_event,
	.port	= vsw_nl_port_event,
	.flow	= vsw_nl_flow_event,
	.table	= vsw_nl_table_event,
	.fdb	= vsw_nl_fdb_event,
	.punt	= vsw_nl_punt_event,
};

/**
 * vsw_nl_msg_reply() - head of a reply
 * @info: the request
 *
 * Return: the head.
 */
struct vsw_nl_msg vsw_nl_msg_reply(const struct genl_info *info)
{
	return (struct vsw_nl_msg) {
		.portid	= info->snd_portid,
		.seq	= info->snd_seq,
		.cmd	= info->genlhdr->cmd,
	};
}

/**
 * vsw_nl_msg_dump() - head of the messages of a dump
 * @cb: the dump
 *
 * Return: the head.
 */
struct vsw_nl_msg vsw_nl_msg_dump(struct netlink_callback *cb)
{
	const struct genlmsghdr *hdr = nlmsg_data(cb->nlh);

	return (struct vsw_nl_msg) {
		.cb	= cb,
		.portid	= NETLINK_CB(cb->skb).portid,
		.seq	= cb->nlh->nlmsg_seq,
		.cmd	= hdr->cmd,
	};
}

/**
 * vsw_nl_msg_event() - head of an event
 * @cmd: VSW_CMD_*_NTF
 *
 * Return: the head.
 */
struct vsw_nl_msg vsw_nl_msg_event(u8 cmd)
{
	return (struct vsw_nl_msg) { .cmd = cmd };
}

/**
 * vsw_nl_put_head() - begin a message
 * @skb: where
 * @msg: the head
 *
 * Return: what genlmsg_end() and genlmsg_cancel() want, NULL without room.
 */
void *vsw_nl_put_head(struct sk_buff *skb, const struct vsw_nl_msg *msg)
{
	void *hdr;

	hdr = genlmsg_put(skb, msg->portid, msg->seq, &vsw_nl_family,
			  msg->cb ? NLM_F_MULTI : 0, msg->cmd);
	if (hdr && msg->cb)
		genl_dump_check_consistent(msg->cb, hdr);
	return hdr;
}

/**
 * vsw_nl_put_switch() - put the two attributes that name a switch
 * @skb: where
 * @sw: the switch
 *
 * Return: 0, or -EMSGSIZE.
 */
int vsw_nl_put_switch(struct sk_buff *skb, const struct vsw_switch *sw)
{
	char name[IFNAMSIZ];

	/* A copy, since the device may be renamed meanwhile. */
	strscpy(name, sw->dev->name, sizeof(name));
	if (nla_put_u32(skb, VSW_A_SWITCH_SWITCH, sw->dev->ifindex) ||
	    nla_put_string(skb, VSW_A_SWITCH_SWITCH_NAME, name))
		return -EMSGSIZE;
	return 0;
}

static int put_drop(struct sk_buff *skb, u32 reason, u64 packets)
{
	struct nlattr *nest;

	nest = nla_nest_start(skb, VSW_A_STATS_DROP);
	if (!nest ||
	    nla_put_u32(skb, VSW_A_DROP_REASON, reason) ||
	    nla_put_u64_64bit(skb, VSW_A_DROP_PACKETS, packets, VSW_A_DROP_PAD))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static int put_counter(struct sk_buff *skb, int type, u64 value)
{
	return nla_put_u64_64bit(skb, type, value, VSW_A_STATS_PAD);
}

/**
 * vsw_nl_put_stats() - put a nest of the set "stats"
 * @skb: where
 * @type: the nest's attribute type
 * @sum: the counters
 *
 * Return: 0, or -EMSGSIZE.
 */
int vsw_nl_put_stats(struct sk_buff *skb, int type, const struct vsw_port_counters *sum)
{
	struct nlattr *nest;
	u32 i;

	nest = nla_nest_start(skb, type);
	if (!nest ||
	    put_counter(skb, VSW_A_STATS_RX_PACKETS, sum->rx_packets) ||
	    put_counter(skb, VSW_A_STATS_RX_BYTES, sum->rx_bytes) ||
	    put_counter(skb, VSW_A_STATS_TX_PACKETS, sum->tx_packets) ||
	    put_counter(skb, VSW_A_STATS_TX_BYTES, sum->tx_bytes) ||
	    put_counter(skb, VSW_A_STATS_COPIED, sum->copied) ||
	    put_counter(skb, VSW_A_STATS_PASSED, sum->passed) ||
	    put_counter(skb, VSW_A_STATS_PUNTED, sum->punted))
		return -EMSGSIZE;
	for (i = 0; i < VSW_DROPS; i++) {
		if (sum->drops[i] && put_drop(skb, i, sum->drops[i]))
			return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

/**
 * vsw_nl_skb_new() - get room for a reply or an event
 * @size: size of its attributes, a usual message fits anyway
 *
 * Context: may sleep.
 * Return: the buffer, or NULL.
 */
struct sk_buff *vsw_nl_skb_new(size_t size)
{
	return genlmsg_new(max_t(size_t, size, GENLMSG_DEFAULT_SIZE), GFP_KERNEL);
}

/**
 * vsw_nl_reply() - end a request that has a reply
 * @reply: the reply, consumed
 * @info: the request
 * @err: what became of it; the reply is sent if that is 0
 *
 * Context: may sleep.
 * Return: 0, @err, or why the reply could not be sent.
 */
int vsw_nl_reply(struct sk_buff *reply, struct genl_info *info, int err)
{
	if (!err)
		return genlmsg_reply(reply, info);
	nlmsg_free(reply);
	return err;
}

/**
 * vsw_nl_is_heard() - does anybody listen to a group?
 * @sw: the switch, which tells the namespace
 * @group: VSW_NLGRP_*
 *
 * Return: true if an event is worth the work.
 */
bool vsw_nl_is_heard(const struct vsw_switch *sw, unsigned int group)
{
	return genl_has_listeners(&vsw_nl_family, dev_net(sw->dev), group);
}

/**
 * vsw_nl_multicast() - send an event
 * @sw: the switch, which tells the namespace
 * @skb: the event, consumed
 * @group: VSW_NLGRP_*
 *
 * Context: may sleep.
 */
void vsw_nl_multicast(const struct vsw_switch *sw, struct sk_buff *skb, unsigned int group)
{
	genlmsg_multicast_netns(&vsw_nl_family, dev_net(sw->dev), skb, 0, group, GFP_KERNEL);
}

/**
 * vsw_nl_dump_room() - make room for a message that is larger than a whole
 *	buffer of a dump
 * @skb: the dump's buffer; only an empty one grows
 * @size: size of the message's attributes
 *
 * Context: may sleep.
 * Return: 0, or -ENOMEM.
 */
int vsw_nl_dump_room(struct sk_buff *skb, size_t size)
{
	int need = nlmsg_total_size(genlmsg_total_size(size)) - skb_tailroom(skb);

	if (skb->len || need <= 0)
		return 0;
	return pskb_expand_head(skb, 0, need, GFP_KERNEL);
}

/**
 * vsw_nl_dump_check() - refuse a dump request that gives an attribute twice
 * @cb: the dump
 *
 * Return: 0, or -EINVAL.
 */
int vsw_nl_dump_check(struct netlink_callback *cb)
{
	struct genlmsghdr *hdr = nlmsg_data(cb->nlh);

	return vsw_nl_check_once(genlmsg_data(hdr), genlmsg_len(hdr), 0, cb->extack);
}

static struct vsw_switch *find_index(struct vsw_net *vn, const struct nlattr *attr,
				     struct netlink_ext_ack *extack)
{
	struct vsw_switch *sw = NULL;
	u32 index = nla_get_u32(attr);

	if (index && index <= INT_MAX)
		sw = vsw_switch_find(vn, index, NULL);
	if (!sw)
		NL_SET_ERR_MSG_ATTR(extack, attr, "No switch has this interface index");
	return sw ?: ERR_PTR(-ENODEV);
}

static struct vsw_switch *find_name(struct vsw_net *vn, const struct nlattr *attr,
				    struct netlink_ext_ack *extack)
{
	struct vsw_switch *sw;

	sw = vsw_switch_find(vn, 0, nla_data(attr));
	if (!sw)
		NL_SET_ERR_MSG_ATTR(extack, attr, "No switch has this name");
	return sw ?: ERR_PTR(-ENODEV);
}

/**
 * vsw_nl_switch_find() - find the switch that a request names
 * @vn: the namespace
 * @attrs: the request's attributes, of any set
 * @extack: for the reason
 *
 * Context: under the namespace's lock.
 * Return: the switch, -EINVAL or -ENODEV.
 */
struct vsw_switch *vsw_nl_switch_find(struct vsw_net *vn, struct nlattr **attrs,
				      struct netlink_ext_ack *extack)
{
	const struct nlattr *index = attrs[VSW_A_SWITCH_SWITCH];
	const struct nlattr *name = attrs[VSW_A_SWITCH_SWITCH_NAME];
	struct vsw_switch *sw;

	lockdep_assert_held(&vn->lock);
	if (!index && !name) {
		NL_SET_ERR_ATTR_MISS(extack, NULL, VSW_A_SWITCH_SWITCH_NAME);
		NL_SET_ERR_MSG(extack, "Name the switch, by switch or switch-name");
		return ERR_PTR(-EINVAL);
	}
	if (!index)
		return find_name(vn, name, extack);
	sw = find_index(vn, index, extack);
	if (!IS_ERR(sw) && name && find_name(vn, name, extack) != sw) {
		NL_SET_ERR_MSG_ATTR(extack, name,
				    "switch and switch-name are not of the same switch");
		return ERR_PTR(-EINVAL);
	}
	return sw;
}

/**
 * vsw_nl_switch_lock() - find the switch that a request names, and lock
 * @net: the namespace
 * @attrs: the request's attributes, of any set
 * @extack: for the reason
 *
 * Context: takes the namespace's lock, which is held if a switch is returned.
 * Return: the switch, -EINVAL or -ENODEV.
 */
struct vsw_switch *vsw_nl_switch_lock(struct net *net, struct nlattr **attrs,
				      struct netlink_ext_ack *extack)
{
	struct vsw_net *vn = vsw_net(net);
	struct vsw_switch *sw;

	mutex_lock(&vn->lock);
	sw = vsw_nl_switch_find(vn, attrs, extack);
	if (IS_ERR(sw))
		mutex_unlock(&vn->lock);
	return sw;
}

/**
 * vsw_nl_switch_lock_dump() - find the switch whose objects are dumped, and lock
 * @cb: the dump
 * @ifindex: of the switch that the dump began with, 0 at first
 *
 * Context: takes the namespace's lock, which is held if a switch is returned.
 * Return: the switch, -EINVAL or -ENODEV.
 */
struct vsw_switch *vsw_nl_switch_lock_dump(struct netlink_callback *cb, int *ifindex)
{
	struct vsw_switch *sw;
	int err;

	err = *ifindex ? 0 : vsw_nl_dump_check(cb);
	if (err)
		return ERR_PTR(err);
	sw = vsw_nl_switch_lock(sock_net(cb->skb->sk), vsw_genl_dump_attrs(cb), cb->extack);
	if (IS_ERR(sw))
		return sw;
	if (*ifindex && *ifindex != sw->dev->ifindex) {
		NL_SET_ERR_MSG(cb->extack, "The switch went away during the dump");
		vsw_nl_switch_unlock(sw);
		return ERR_PTR(-ENODEV);
	}
	*ifindex = sw->dev->ifindex;
	return sw;
}

/**
 * vsw_nl_switch_unlock() - undo vsw_nl_switch_lock()
 * @sw: the switch
 *
 * Context: releases the namespace's lock.
 */
void vsw_nl_switch_unlock(struct vsw_switch *sw)
{
	mutex_unlock(&sw->vn->lock);
}

/**
 * vsw_nl_fold() - bring the counters of flows up to date, for who asks
 * @sw: the switch
 *
 * Exact for those who may change the switch. For others it is not done at each
 * request, so that they can't keep all CPUs at it.
 *
 * Context: the namespace's lock.
 */
void vsw_nl_fold(struct vsw_switch *sw)
{
	if (ns_capable_noaudit(dev_net(sw->dev)->user_ns, CAP_NET_ADMIN))
		vsw_flows_fold(&sw->flows);
	else
		vsw_flows_fold_rarely(&sw->flows);
}

static struct vsw_port *find_port_index(struct vsw_switch *sw, u32 ifindex)
{
	struct vsw_port *port;

	list_for_each_entry(port, &sw->ports, node)
		if (port->dev->ifindex == ifindex)
			return port;
	return NULL;
}

/**
 * vsw_nl_port_find() - find the port that a request names
 * @sw: its switch
 * @no: attribute with its number, or NULL
 * @ifindex: attribute with its device's interface index, or NULL
 * @name: attribute with its device's name, or NULL
 * @extack: for the reason
 *
 * Context: under the namespace's lock.
 * Return: the port, -EINVAL if the attributes name none or more than one,
 *	-ENOENT if there is none.
 */
struct vsw_port *vsw_nl_port_find(struct vsw_switch *sw, const struct nlattr *no,
				  const struct nlattr *ifindex,
				  const struct nlattr *name,
				  struct netlink_ext_ack *extack)
{
	const struct nlattr *attrs[] = { no, ifindex, name };
	struct vsw_port *port = NULL;
	struct vsw_port *found;
	int i;

	lockdep_assert_held(&sw->vn->lock);
	for (i = 0; i < ARRAY_SIZE(attrs); i++) {
		if (!attrs[i])
			continue;
		if (i == 0)
			found = vsw_port_find(sw, nla_get_u32(no));
		else if (i == 1)
			found = find_port_index(sw, nla_get_u32(ifindex));
		else
			found = vsw_port_find_name(sw, nla_data(name));
		if (!found) {
			NL_SET_ERR_MSG_ATTR(extack, attrs[i], "The switch has no such port");
			return ERR_PTR(-ENOENT);
		}
		if (port && port != found) {
			NL_SET_ERR_MSG_ATTR(extack, attrs[i],
					    "Number, index and name are not of the same port");
			return ERR_PTR(-EINVAL);
		}
		port = found;
	}
	if (!port)
		NL_SET_ERR_MSG(extack, "Name the port, by number or name");
	return port ?: ERR_PTR(-EINVAL);
}

/**
 * vsw_nl_blame() - name the attribute that is behind a refusal by the core,
 *	which knows none
 * @extack: where, unless one is already named
 * @attr: the attribute, may be NULL
 */
void vsw_nl_blame(struct netlink_ext_ack *extack, const struct nlattr *attr)
{
	if (extack && !extack->bad_attr)
		NL_SET_BAD_ATTR(extack, attr);
}

/**
 * vsw_nl_check_once() - refuse an attribute that is given twice
 * @head: the first attribute
 * @len: length of all
 * @multi: bitmap of the types that may be there many times
 * @extack: for the reason
 *
 * Return: 0, or -EINVAL.
 */
int vsw_nl_check_once(const struct nlattr *head, int len, u64 multi,
		      struct netlink_ext_ack *extack)
{
	const struct nlattr *attr;
	u64 seen = 0;
	int rem;

	static_assert(VSW_A_FIELDS_MAX < 64);
	nla_for_each_attr(attr, head, len, rem) {
		u64 type = BIT_ULL(nla_type(attr) & 63);

		if (seen & type & ~multi) {
			NL_SET_ERR_MSG_ATTR(extack, attr, "Attribute is given twice");
			return -EINVAL;
		}
		seen |= type;
	}
	return 0;
}

/**
 * vsw_nl_parse_nest() - parse a nest where each attribute may be once
 * @tb: where to
 * @max: greatest type
 * @nest: the nest
 * @policy: its policy
 * @extack: for the reason
 *
 * Return: 0, or a negative error.
 */
int vsw_nl_parse_nest(struct nlattr **tb, int max, const struct nlattr *nest,
		      const struct nla_policy *policy, struct netlink_ext_ack *extack)
{
	int err;

	err = nla_parse_nested(tb, max, nest, policy, extack);
	if (err)
		return err;
	return vsw_nl_check_once(nla_data(nest), nla_len(nest), 0, extack);
}

/**
 * vsw_nl_init() - register the family
 *
 * Context: module init, the last step.
 * Return: 0, or a negative error.
 */
int vsw_nl_init(void)
{
	int err;

	err = vsw_txn_init();
	if (err)
		return err;
	err = vsw_nl_punt_init();
	if (err)
		goto err_txn_exit;
	err = genl_register_family(&vsw_nl_family);
	if (err)
		goto err_punt_exit;
	vsw_event_listen(&vsw_nl_events);
	return 0;

err_punt_exit:
	vsw_nl_punt_exit();
err_txn_exit:
	vsw_txn_exit();
	return err;
}

/**
 * vsw_nl_exit() - undo vsw_nl_init()
 *
 * Context: module exit, the first step.
 */
void vsw_nl_exit(void)
{
	vsw_event_listen(NULL);
	genl_unregister_family(&vsw_nl_family);
	vsw_nl_punt_exit();
	vsw_txn_exit();
}
