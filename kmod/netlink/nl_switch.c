// SPDX-License-Identifier: GPL-2.0
/*
 * Switches in netlink messages.
 */
#include <linux/rtnetlink.h>

#include "compat.h"
#include "netlink/nl.h"
#include "netlink/nl_flow.h"
#include "netlink/rtnl.h"

/**
 * vsw_nl_switch_parse() - read settings of a switch
 * @config: where to
 * @attrs: of the set "switch"
 */
void vsw_nl_switch_parse(struct vsw_switch_config *config, struct nlattr **attrs)
{
	memset(config, 0, sizeof(*config));
	if (attrs[VSW_A_SWITCH_AGEING]) {
		config->has_ageing = true;
		config->ageing = nla_get_u32(attrs[VSW_A_SWITCH_AGEING]);
	}
	if (attrs[VSW_A_SWITCH_GROUP_FWD_MASK]) {
		config->has_group_fwd_mask = true;
		config->group_fwd_mask = nla_get_u16(attrs[VSW_A_SWITCH_GROUP_FWD_MASK]);
	}
	if (attrs[VSW_A_SWITCH_PORTS_MAX]) {
		config->has_max_ports = true;
		config->max_ports = nla_get_u32(attrs[VSW_A_SWITCH_PORTS_MAX]);
	}
	if (attrs[VSW_A_SWITCH_FLOWS_MAX]) {
		config->has_max_flows = true;
		config->max_flows = nla_get_u32(attrs[VSW_A_SWITCH_FLOWS_MAX]);
	}
	if (attrs[VSW_A_SWITCH_FDB_MAX]) {
		config->has_max_fdb = true;
		config->max_fdb = nla_get_u32(attrs[VSW_A_SWITCH_FDB_MAX]);
	}
}

/**
 * vsw_nl_switch_settings_size() - room that vsw_nl_switch_put_settings() needs
 *
 * Return: bytes.
 */
size_t vsw_nl_switch_settings_size(void)
{
	return 4 * nla_total_size(sizeof(u32)) + nla_total_size(sizeof(u16));
}

/**
 * vsw_nl_switch_put_settings() - put the settings of a switch
 * @skb: where
 * @sw: the switch
 *
 * Context: under RTNL or the namespace's lock.
 * Return: 0, or -EMSGSIZE.
 */
int vsw_nl_switch_put_settings(struct sk_buff *skb, const struct vsw_switch *sw)
{
	if (nla_put_u32(skb, VSW_A_SWITCH_AGEING, READ_ONCE(sw->fdb.ageing) / HZ) ||
	    nla_put_u16(skb, VSW_A_SWITCH_GROUP_FWD_MASK, READ_ONCE(sw->group_fwd_mask)) ||
	    nla_put_u32(skb, VSW_A_SWITCH_PORTS_MAX, READ_ONCE(sw->max_ports)) ||
	    nla_put_u32(skb, VSW_A_SWITCH_FLOWS_MAX, READ_ONCE(sw->flows.max_flows)) ||
	    nla_put_u32(skb, VSW_A_SWITCH_FDB_MAX, READ_ONCE(sw->fdb.max_learned)))
		return -EMSGSIZE;
	return 0;
}

static int put_count(struct sk_buff *skb, int type, u64 value)
{
	return nla_put_u64_64bit(skb, type, value, VSW_A_CACHE_PAD);
}

static int put_cache(struct sk_buff *skb, const struct vsw_switch *sw)
{
	struct vsw_cache_stats sum;
	struct nlattr *nest;

	vsw_switch_sum_cache(sw, &sum);
	nest = nla_nest_start(skb, VSW_A_SWITCH_CACHE);
	if (!nest ||
	    put_count(skb, VSW_A_CACHE_SIZE, sum.size) ||
	    put_count(skb, VSW_A_CACHE_ENTRIES, sum.entries) ||
	    put_count(skb, VSW_A_CACHE_VERDICTS, sum.verdicts) ||
	    put_count(skb, VSW_A_CACHE_HITS, sum.hits) ||
	    put_count(skb, VSW_A_CACHE_MISSES, sum.misses) ||
	    put_count(skb, VSW_A_CACHE_KEPT, sum.kept) ||
	    put_count(skb, VSW_A_CACHE_EVICTIONS, sum.evictions))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static int fill(struct sk_buff *skb, const struct vsw_nl_msg *msg, struct vsw_switch *sw)
{
	struct vsw_port_counters sum = {};
	void *hdr;

	lockdep_assert_held(&sw->vn->lock);
	hdr = vsw_nl_put_head(skb, msg);
	if (!hdr)
		return -EMSGSIZE;
	vsw_switch_sum(sw, &sum);
	if (vsw_nl_put_switch(skb, sw) ||
	    vsw_nl_switch_put_settings(skb, sw) ||
	    nla_put_u32(skb, VSW_A_SWITCH_PORTS, sw->n_ports) ||
	    nla_put_u32(skb, VSW_A_SWITCH_FLOWS, sw->flows.n_flows) ||
	    nla_put_u32(skb, VSW_A_SWITCH_FDB_ENTRIES, READ_ONCE(sw->fdb.n_entries)) ||
	    vsw_nl_put_stats(skb, VSW_A_SWITCH_STATS, &sum) ||
	    put_cache(skb, sw)) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, hdr);
	return 0;
}

/**
 * vsw_nl_switch_event() - tell that a switch came, changed or goes
 * @sw: the switch
 * @event: what
 *
 * Context: under the namespace's lock, may sleep.
 */
void vsw_nl_switch_event(struct vsw_switch *sw, enum vsw_event event)
{
	bool gone = event == VSW_EVENT_DEL;
	struct vsw_nl_msg msg;
	struct sk_buff *skb;

	if (gone)
		vsw_txn_forget_switch(sw);
	if (!vsw_nl_is_heard(sw, VSW_NLGRP_SWITCH))
		return;
	skb = vsw_nl_skb_new(0);
	if (!skb)
		return;
	msg = vsw_nl_msg_event(gone ? VSW_CMD_SWITCH_DEL_NTF : VSW_CMD_SWITCH_NEW_NTF);
	if (fill(skb, &msg, sw))
		nlmsg_free(skb);
	else
		vsw_nl_multicast(sw, skb, VSW_NLGRP_SWITCH);
}

static struct vsw_switch *create(struct genl_info *info)
{
	const struct nlattr *attr = info->attrs[VSW_A_SWITCH_SWITCH_NAME];
	struct net *net = genl_info_net(info);
	struct vsw_switch_config config;
	struct vsw_switch *sw;

	if (!dev_valid_name(nla_data(attr))) {
		NL_SET_ERR_MSG_ATTR(info->extack, attr, "Not a valid interface name");
		return ERR_PTR(-EINVAL);
	}
	if (__dev_get_by_name(net, nla_data(attr))) {
		NL_SET_ERR_MSG_ATTR(info->extack, attr,
				    "A network interface of this name exists");
		return ERR_PTR(-EEXIST);
	}
	vsw_nl_switch_parse(&config, info->attrs);
	sw = vsw_rtnl_create(net, nla_data(attr), &config, info->extack);
	if (sw == ERR_PTR(-EINVAL))
		vsw_nl_blame(info->extack, info->attrs[VSW_A_SWITCH_GROUP_FWD_MASK]);
	return sw;
}

/**
 * vsw_nl_switch_new_doit() - VSW_CMD_SWITCH_NEW
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes RTNL and the namespace's lock.
 * Return: 0, or a negative error.
 */
int vsw_nl_switch_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_nl_msg msg = vsw_nl_msg_reply(info);
	struct sk_buff *reply = NULL;
	struct vsw_switch *sw;
	int err = 0;

	if (GENL_REQ_ATTR_CHECK(info, VSW_A_SWITCH_SWITCH_NAME)) {
		GENL_SET_ERR_MSG(info, "Give the new switch a name, by switch-name");
		return -EINVAL;
	}
	if (info->nlhdr->nlmsg_flags & NLM_F_ECHO) {
		reply = vsw_nl_skb_new(0);
		if (!reply)
			return -ENOMEM;
	}
	rtnl_lock();
	sw = create(info);
	if (IS_ERR(sw)) {
		err = PTR_ERR(sw);
	} else if (reply) {
		mutex_lock(&sw->vn->lock);
		err = fill(reply, &msg, sw);
		mutex_unlock(&sw->vn->lock);
	}
	rtnl_unlock();
	if (!err && reply)
		return genlmsg_reply(reply, info);
	nlmsg_free(reply);
	return err;
}

/**
 * vsw_nl_switch_del_doit() - VSW_CMD_SWITCH_DEL
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes RTNL and the namespace's lock.
 * Return: 0, or a negative error.
 */
int vsw_nl_switch_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_switch *sw;

	rtnl_lock();
	sw = vsw_nl_switch_lock(genl_info_net(info), info->attrs, info->extack);
	if (!IS_ERR(sw)) {
		/* RTNL keeps the switch. */
		vsw_nl_switch_unlock(sw);
		vsw_switch_unregister(sw->dev, NULL);
	}
	rtnl_unlock();
	return PTR_ERR_OR_ZERO(sw);
}

static const struct nlattr *low_limit(const struct vsw_switch *sw,
				      const struct vsw_switch_config *config,
				      struct nlattr **attrs)
{
	if (config->has_max_ports && config->max_ports < sw->n_ports)
		return attrs[VSW_A_SWITCH_PORTS_MAX];
	if (config->has_max_flows && config->max_flows < sw->flows.n_flows)
		return attrs[VSW_A_SWITCH_FLOWS_MAX];
	return attrs[VSW_A_SWITCH_FDB_MAX];
}

static void blame(struct genl_info *info, const struct vsw_switch *sw,
		  const struct vsw_switch_config *config, int err)
{
	if (err == -EBUSY)
		vsw_nl_blame(info->extack, low_limit(sw, config, info->attrs));
	else if (err == -EINVAL)
		vsw_nl_blame(info->extack, info->attrs[VSW_A_SWITCH_GROUP_FWD_MASK]);
}

/**
 * vsw_nl_switch_set_doit() - VSW_CMD_SWITCH_SET
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes the namespace's lock.
 * Return: 0, or a negative error.
 */
int vsw_nl_switch_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_switch_config config;
	struct vsw_switch *sw;
	int err;

	vsw_nl_switch_parse(&config, info->attrs);
	sw = vsw_nl_switch_lock(genl_info_net(info), info->attrs, info->extack);
	if (IS_ERR(sw))
		return PTR_ERR(sw);
	err = vsw_switch_set(sw, &config, info->extack);
	if (err)
		blame(info, sw, &config, err);
	vsw_nl_switch_unlock(sw);
	return err;
}

/**
 * vsw_nl_switch_get_doit() - VSW_CMD_SWITCH_GET of one switch
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes the namespace's lock.
 * Return: 0, or a negative error.
 */
int vsw_nl_switch_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_nl_msg msg = vsw_nl_msg_reply(info);
	struct vsw_switch *sw;
	struct sk_buff *reply;
	int err;

	reply = vsw_nl_skb_new(0);
	if (!reply)
		return -ENOMEM;
	sw = vsw_nl_switch_lock(genl_info_net(info), info->attrs, info->extack);
	err = PTR_ERR_OR_ZERO(sw);
	if (err)
		goto err_free_reply;
	err = fill(reply, &msg, sw);
	vsw_nl_switch_unlock(sw);
	if (err)
		goto err_free_reply;
	return genlmsg_reply(reply, info);

err_free_reply:
	nlmsg_free(reply);
	return err;
}

static struct vsw_switch *next_switch(struct vsw_net *vn, int ifindex)
{
	struct vsw_switch *best = NULL;
	struct vsw_switch *sw;

	list_for_each_entry(sw, &vn->switches, node) {
		if (sw->dev->ifindex > ifindex &&
		    (!best || sw->dev->ifindex < best->dev->ifindex))
			best = sw;
	}
	return best;
}

/**
 * vsw_nl_switch_get_dumpit() - VSW_CMD_SWITCH_GET of all switches
 * @skb: where to
 * @cb: the dump
 *
 * Context: takes the namespace's lock.
 * Return: length of what was put, 0 at the end, or a negative error.
 */
int vsw_nl_switch_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct vsw_net *vn = vsw_net(sock_net(cb->skb->sk));
	struct vsw_nl_msg msg = vsw_nl_msg_dump(cb);
	struct nlattr **attrs = vsw_genl_dump_attrs(cb);
	struct vsw_switch *only = NULL;
	struct vsw_switch *sw;
	int err;

	err = vsw_nl_dump_check(cb);
	if (err)
		return err;
	mutex_lock(&vn->lock);
	cb->seq = vn->seq + 1;
	if (attrs[VSW_A_SWITCH_SWITCH] || attrs[VSW_A_SWITCH_SWITCH_NAME]) {
		only = vsw_nl_switch_find(vn, attrs, cb->extack);
		err = PTR_ERR_OR_ZERO(only);
	}
	while (!err) {
		sw = next_switch(vn, cb->args[0]);
		if (!sw)
			break;
		if (!only || only == sw)
			err = fill(skb, &msg, sw);
		if (!err)
			cb->args[0] = sw->dev->ifindex;
	}
	mutex_unlock(&vn->lock);
	return err == -EMSGSIZE && skb->len ? skb->len : err;
}
