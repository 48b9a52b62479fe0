// SPDX-License-Identifier: GPL-2.0
/*
 * Flow tables in netlink messages.
 */
#include "compat.h"
#include "netlink/nl.h"

static struct vsw_table *find(struct vsw_switch *sw, u8 id)
{
	return rcu_dereference_protected(sw->flows.table[id], lockdep_is_held(&sw->vn->lock));
}

static int put_cost(struct sk_buff *skb, const struct vsw_table *table)
{
	struct vsw_classifier_cost cost;

	vsw_classifier_cost(&table->cls, &cost);
	if (nla_put_u32(skb, VSW_A_TABLE_TUPLES, cost.tuples) ||
	    nla_put_u32(skb, VSW_A_TABLE_CHAIN, cost.chain) ||
	    nla_put_u32(skb, VSW_A_TABLE_PROBES, cost.probes))
		return -EMSGSIZE;
	return 0;
}

static int put_table(struct sk_buff *skb, const struct vsw_table *table)
{
	struct vsw_table_stats sum;

	vsw_table_stats_sum(table, &sum);
	if (nla_put_u32(skb, VSW_A_TABLE_FLOWS, table->n_flows) ||
	    nla_put_u32(skb, VSW_A_TABLE_MASKS, table->cls.masks.n) ||
	    nla_put_u64_64bit(skb, VSW_A_TABLE_MATCHED, sum.matched, VSW_A_TABLE_PAD) ||
	    nla_put_u64_64bit(skb, VSW_A_TABLE_MISSED, sum.missed, VSW_A_TABLE_PAD))
		return -EMSGSIZE;
	return put_cost(skb, table);
}

static int fill(struct sk_buff *skb, const struct vsw_nl_msg *msg, struct vsw_switch *sw, u8 id)
{
	const struct vsw_table *table;
	u32 miss;
	void *hdr;

	lockdep_assert_held(&sw->vn->lock);
	hdr = vsw_nl_put_head(skb, msg);
	if (!hdr)
		return -EMSGSIZE;
	table = find(sw, id);
	miss = table ? table->miss : vsw_table_default_miss(id);
	if (vsw_nl_put_switch(skb, sw) ||
	    nla_put_u8(skb, VSW_A_TABLE_TABLE, id) ||
	    nla_put_u32(skb, VSW_A_TABLE_MISS, miss) ||
	    (table && put_table(skb, table))) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, hdr);
	return 0;
}

/**
 * vsw_nl_table_event() - tell that a table's miss policy has changed
 * @sw: the switch
 * @id: the table
 *
 * Context: under the namespace's lock, may sleep.
 */
void vsw_nl_table_event(struct vsw_switch *sw, u8 id)
{
	struct vsw_nl_msg msg = vsw_nl_msg_event(VSW_CMD_TABLE_NTF);
	struct sk_buff *skb;

	if (!vsw_nl_is_heard(sw, VSW_NLGRP_FLOW))
		return;
	skb = vsw_nl_skb_new(0);
	if (!skb)
		return;
	if (fill(skb, &msg, sw, id))
		nlmsg_free(skb);
	else
		vsw_nl_multicast(sw, skb, VSW_NLGRP_FLOW);
}

static int require_table(struct genl_info *info)
{
	if (!GENL_REQ_ATTR_CHECK(info, VSW_A_TABLE_TABLE))
		return 0;
	GENL_SET_ERR_MSG(info, "Name the table, 0 to 253");
	return -EINVAL;
}

/**
 * vsw_nl_table_set_doit() - VSW_CMD_TABLE_SET
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes the namespace's lock.
 * Return: 0, or a negative error.
 */
int vsw_nl_table_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_switch *sw;
	int err;

	err = require_table(info);
	if (err)
		return err;
	if (GENL_REQ_ATTR_CHECK(info, VSW_A_TABLE_MISS)) {
		GENL_SET_ERR_MSG(info, "Give the table a miss policy, by miss");
		return -EINVAL;
	}
	sw = vsw_nl_switch_lock(genl_info_net(info), info->attrs, info->extack);
	if (IS_ERR(sw))
		return PTR_ERR(sw);
	err = vsw_table_set_miss(&sw->flows, nla_get_u8(info->attrs[VSW_A_TABLE_TABLE]),
				 nla_get_u32(info->attrs[VSW_A_TABLE_MISS]));
	vsw_nl_switch_unlock(sw);
	return err;
}

/**
 * vsw_nl_table_get_doit() - VSW_CMD_TABLE_GET of one table
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes the namespace's lock.
 * Return: 0, or a negative error.
 */
int vsw_nl_table_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_nl_msg msg = vsw_nl_msg_reply(info);
	struct sk_buff *reply;
	struct vsw_switch *sw;
	int err;

	err = require_table(info);
	if (err)
		return err;
	reply = vsw_nl_skb_new(0);
	if (!reply)
		return -ENOMEM;
	sw = vsw_nl_switch_lock(genl_info_net(info), info->attrs, info->extack);
	err = PTR_ERR_OR_ZERO(sw);
	if (!err) {
		vsw_nl_fold(sw);
		err = fill(reply, &msg, sw, nla_get_u8(info->attrs[VSW_A_TABLE_TABLE]));
		vsw_nl_switch_unlock(sw);
	}
	return vsw_nl_reply(reply, info, err);
}

/* Where a dump goes on. */
struct dump_ctx {
	int ifindex;	/* switch */
	u32 next;	/* table */
};

static bool is_wanted(struct vsw_switch *sw, u8 id, const struct nlattr *only)
{
	const struct vsw_table *table = find(sw, id);

	if (only)
		return id == nla_get_u8(only);
	return table && (table->n_flows || table->miss != vsw_table_default_miss(id));
}

/**
 * vsw_nl_table_get_dumpit() - VSW_CMD_TABLE_GET of the tables of a switch
 * @skb: where to
 * @cb: the dump
 *
 * Context: takes the namespace's lock.
 * Return: length of what was put, 0 at the end, or a negative error.
 */
int vsw_nl_table_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	const struct nlattr *only = vsw_genl_dump_attrs(cb)[VSW_A_TABLE_TABLE];
	struct vsw_nl_msg msg = vsw_nl_msg_dump(cb);
	struct dump_ctx *ctx = (void *)cb->ctx;
	struct vsw_switch *sw;
	int err = 0;

	sw = vsw_nl_switch_lock_dump(cb, &ctx->ifindex);
	if (IS_ERR(sw))
		return PTR_ERR(sw);
	cb->seq = sw->flows.seq + 1;
	vsw_nl_fold(sw);
	for (; ctx->next < VSW_TABLES; ctx->next++) {
		if (is_wanted(sw, ctx->next, only))
			err = fill(skb, &msg, sw, ctx->next);
		if (err)
			break;
	}
	vsw_nl_switch_unlock(sw);
	return err == -EMSGSIZE && skb->len ? skb->len : err;
}
