// SPDX-License-Identifier: GPL-2.0
/*
 * Flows in netlink messages.
 */
#include "compat.h"
#include "netlink/nl_flow.h"

#define PRIORITY_DEFAULT	32768

static size_t fill_size(const struct vsw_flow *flow)
{
	return GENLMSG_DEFAULT_SIZE / 2 + vsw_nl_actions_size(flow->acts);
}

static int put_u64(struct sk_buff *skb, int type, u64 value)
{
	return nla_put_u64_64bit(skb, type, value, VSW_A_FLOW_PAD);
}

static int put_rule(struct sk_buff *skb, const struct vsw_flow *flow)
{
	struct vsw_match match;

	vsw_rule_match(&flow->rule, &match);
	return vsw_nl_match_put(skb, &match);
}

static int put_settings(struct sk_buff *skb, const struct vsw_flow *flow)
{
	if (nla_put_u32(skb, VSW_A_FLOW_ID, flow->id) ||
	    nla_put_u8(skb, VSW_A_FLOW_TABLE, flow->table) ||
	    nla_put_u16(skb, VSW_A_FLOW_PRIORITY, flow->rule.priority) ||
	    put_u64(skb, VSW_A_FLOW_COOKIE, flow->cookie) ||
	    nla_put_u16(skb, VSW_A_FLOW_IDLE_TIMEOUT, flow->idle_timeout) ||
	    nla_put_u16(skb, VSW_A_FLOW_HARD_TIMEOUT, flow->hard_timeout))
		return -EMSGSIZE;
	return 0;
}

static u64 msecs_since(unsigned long then)
{
	return jiffies64_to_msecs(jiffies - then);
}

static int put_counters(struct sk_buff *skb, const struct vsw_flow *flow)
{
	u64 packets = atomic64_read(&flow->stats->packets);

	if (put_u64(skb, VSW_A_FLOW_PACKETS, packets) ||
	    put_u64(skb, VSW_A_FLOW_BYTES, atomic64_read(&flow->stats->bytes)) ||
	    put_u64(skb, VSW_A_FLOW_DURATION, msecs_since(flow->created)))
		return -EMSGSIZE;
	if (!packets)
		return 0;
	return put_u64(skb, VSW_A_FLOW_USED, msecs_since(READ_ONCE(flow->stats->used)));
}

static int fill(struct sk_buff *skb, const struct vsw_nl_msg *msg, struct vsw_switch *sw,
		const struct vsw_flow *flow)
{
	bool gone = msg->cmd == VSW_CMD_FLOW_DEL_NTF;
	void *hdr;

	lockdep_assert_held(&sw->vn->lock);
	hdr = vsw_nl_put_head(skb, msg);
	if (!hdr)
		return -EMSGSIZE;
	if (vsw_nl_put_switch(skb, sw) ||
	    put_settings(skb, flow) ||
	    put_rule(skb, flow) ||
	    vsw_nl_actions_put(skb, sw, flow->acts) ||
	    put_counters(skb, flow) ||
	    (gone && nla_put_u32(skb, VSW_A_FLOW_REMOVED, flow->removed))) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, hdr);
	return 0;
}

/**
 * vsw_nl_flow_event() - tell that a flow came, changed or went
 * @sw: its switch
 * @flow: the flow
 * @event: what
 *
 * Context: under the namespace's lock, may sleep.
 */
void vsw_nl_flow_event(struct vsw_switch *sw, struct vsw_flow *flow, enum vsw_event event)
{
	bool gone = event == VSW_EVENT_DEL;
	struct vsw_nl_msg msg;
	struct sk_buff *skb;

	if (!vsw_nl_is_heard(sw, VSW_NLGRP_FLOW))
		return;
	skb = vsw_nl_skb_new(fill_size(flow));
	if (!skb)
		return;
	msg = vsw_nl_msg_event(gone ? VSW_CMD_FLOW_DEL_NTF : VSW_CMD_FLOW_NEW_NTF);
	if (fill(skb, &msg, sw, flow))
		nlmsg_free(skb);
	else
		vsw_nl_multicast(sw, skb, VSW_NLGRP_FLOW);
}

static u8 get_u8(const struct nlattr *attr, u8 otherwise)
{
	return attr ? nla_get_u8(attr) : otherwise;
}

static u16 get_u16(const struct nlattr *attr, u16 otherwise)
{
	return attr ? nla_get_u16(attr) : otherwise;
}

static u64 get_u64(const struct nlattr *attr, u64 otherwise)
{
	return attr ? nla_get_u64(attr) : otherwise;
}

static int parse_actions(struct vsw_flow_change *change, struct genl_info *info)
{
	if (GENL_REQ_ATTR_CHECK(info, VSW_A_FLOW_ACTIONS)) {
		GENL_SET_ERR_MSG(info, "Give the flow's actions");
		return -EINVAL;
	}
	return vsw_nl_actions_parse(&change->actions, &change->n_actions,
				    info->attrs[VSW_A_FLOW_ACTIONS], info->extack);
}

static int parse_new(struct vsw_flow_change *change, struct genl_info *info)
{
	struct vsw_flow_spec *spec = &change->spec;
	u16 flags = info->nlhdr->nlmsg_flags;
	struct nlattr **attrs = info->attrs;
	int err;

	if (flags & NLM_F_REPLACE)
		change->how = flags & NLM_F_CREATE ? VSW_FLOW_UPSERT : VSW_FLOW_REPLACE;
	else
		change->how = VSW_FLOW_CREATE;
	err = parse_actions(change, info);
	if (err)
		return err;
	spec->actions = change->actions;
	spec->n_actions = change->n_actions;
	spec->cookie = get_u64(attrs[VSW_A_FLOW_COOKIE], 0);
	spec->priority = get_u16(attrs[VSW_A_FLOW_PRIORITY], PRIORITY_DEFAULT);
	spec->idle_timeout = get_u16(attrs[VSW_A_FLOW_IDLE_TIMEOUT], 0);
	spec->hard_timeout = get_u16(attrs[VSW_A_FLOW_HARD_TIMEOUT], 0);
	spec->table = get_u8(attrs[VSW_A_FLOW_TABLE], 0);
	return vsw_nl_match_parse(&spec->match, attrs[VSW_A_FLOW_MATCH], attrs[VSW_A_FLOW_MASK],
				  info->extack);
}

/* The filter's attributes of commands that have no strict, for dumps too. */
static int parse_filter(struct vsw_flow_filter *filter, struct nlattr **attrs,
			struct netlink_ext_ack *extack)
{
	const struct nlattr *mask = attrs[VSW_A_FLOW_COOKIE_MASK];
	const struct nlattr *cookie = attrs[VSW_A_FLOW_COOKIE];
	const struct nlattr *port = attrs[VSW_A_FLOW_OUT_PORT];

	if (mask && !cookie) {
		NL_SET_ERR_MSG_ATTR(extack, mask, "A cookie-mask needs a cookie");
		return -EINVAL;
	}
	if (cookie) {
		filter->cookie_mask = get_u64(mask, U64_MAX);
		filter->cookie = nla_get_u64(cookie) & filter->cookie_mask;
	}
	if (port) {
		filter->out_port = nla_get_u32(port);
		if (!filter->out_port) {
			NL_SET_ERR_MSG_ATTR(extack, port, "No port has the number 0");
			return -EINVAL;
		}
	}
	if (attrs[VSW_A_FLOW_ID])
		filter->id = nla_get_u32(attrs[VSW_A_FLOW_ID]);
	filter->table = get_u8(attrs[VSW_A_FLOW_TABLE], 0);
	if (!attrs[VSW_A_FLOW_TABLE])
		filter->table = -1;
	return vsw_nl_match_parse(&filter->match, attrs[VSW_A_FLOW_MATCH],
				  attrs[VSW_A_FLOW_MASK], extack);
}

static int parse_strict(struct vsw_flow_filter *filter, struct genl_info *info)
{
	const struct nlattr *priority = info->attrs[VSW_A_FLOW_PRIORITY];

	filter->strict = nla_get_flag(info->attrs[VSW_A_FLOW_STRICT]);
	if (!filter->strict && priority) {
		NL_SET_ERR_MSG_ATTR(info->extack, priority, "A priority needs the flag strict");
		return -EINVAL;
	}
	filter->priority = get_u16(priority, PRIORITY_DEFAULT);
	if (filter->strict && filter->table < 0)
		filter->table = 0;
	return 0;
}

static int parse_set(struct vsw_flow_change *change, struct genl_info *info)
{
	const struct nlattr *cookie = info->attrs[VSW_A_FLOW_COOKIE];
	int err;

	err = parse_filter(&change->filter, info->attrs, info->extack);
	if (!err)
		err = parse_strict(&change->filter, info);
	if (!err)
		err = parse_actions(change, info);
	if (err)
		return err;
	if (cookie && !info->attrs[VSW_A_FLOW_COOKIE_MASK]) {
		change->has_cookie = true;
		change->cookie = nla_get_u64(cookie);
		change->filter.cookie_mask = 0;
		change->filter.cookie = 0;
	}
	return 0;
}

static int parse_del(struct vsw_flow_change *change, struct genl_info *info)
{
	const struct nlattr *id = info->attrs[VSW_A_FLOW_ID];
	int err;

	if (id && !nla_get_u32(id)) {
		NL_SET_ERR_MSG_ATTR(info->extack, id, "No flow has the id 0");
		return -EINVAL;
	}
	err = parse_filter(&change->filter, info->attrs, info->extack);
	return err ?: parse_strict(&change->filter, info);
}

/**
 * vsw_flow_change_free() - forget a change
 * @change: the change
 *
 * Context: may sleep.
 */
void vsw_flow_change_free(struct vsw_flow_change *change)
{
	kvfree(change->actions);
	kfree(change);
}

static struct vsw_flow_change *parse_change(struct genl_info *info)
{
	struct vsw_flow_change *change;
	int err;

	change = kzalloc(sizeof(*change), GFP_KERNEL_ACCOUNT);
	if (!change)
		return ERR_PTR(-ENOMEM);
	change->cmd = info->genlhdr->cmd;
	change->bad_action = -1;
	if (change->cmd == VSW_CMD_FLOW_NEW)
		err = parse_new(change, info);
	else if (change->cmd == VSW_CMD_FLOW_SET)
		err = parse_set(change, info);
	else
		err = parse_del(change, info);
	if (!err)
		return change;
	vsw_flow_change_free(change);
	return ERR_PTR(err);
}

/**
 * vsw_flow_change_apply() - make a change part of an update
 * @up: the update
 * @change: the change
 * @added: of VSW_CMD_FLOW_NEW, the new flow
 * @extack: for the reason
 *
 * Context: under the namespace's lock, may sleep.
 * Return: 0, or a negative error; the update is to be aborted then.
 */
int vsw_flow_change_apply(struct vsw_flow_update *up, const struct vsw_flow_change *change,
			  struct vsw_flow **added, struct netlink_ext_ack *extack)
{
	switch (change->cmd) {
	case VSW_CMD_FLOW_NEW:
		return vsw_flow_add(up, &change->spec, change->how, added, extack);
	case VSW_CMD_FLOW_SET:
		return vsw_flow_mod(up, &change->filter, change->actions, change->n_actions,
				    change->has_cookie ? &change->cookie : NULL, extack);
	default:
		return vsw_flow_del(up, &change->filter, extack);
	}
}

static int change_now(struct vsw_switch *sw, struct vsw_flow_change *change,
		      struct sk_buff *reply, struct genl_info *info)
{
	struct vsw_nl_msg msg = vsw_nl_msg_reply(info);
	struct vsw_flow_update up;
	struct vsw_flow *added = NULL;
	int err;

	vsw_flow_update_begin(&up, &sw->flows);
	err = vsw_flow_change_apply(&up, change, &added, info->extack);
	change->bad_action = up.bad_action;
	if (!err && reply)
		err = fill(reply, &msg, sw, added);
	if (err)
		vsw_flow_update_abort(&up);
	else
		vsw_flow_update_commit(&up);
	return err;
}

static struct sk_buff *new_reply(struct genl_info *info)
{
	/* Masks and what the kernel adds take less than that. */
	return vsw_nl_skb_new(GENLMSG_DEFAULT_SIZE + 2 * info->nlhdr->nlmsg_len);
}

static void blame(const struct genl_info *info, int bad_action, int err)
{
	const struct nlattr *attr;
	int rem;

	if (bad_action >= 0) {
		nla_for_each_nested(attr, info->attrs[VSW_A_FLOW_ACTIONS], rem) {
			if (!bad_action--)
				NL_SET_BAD_ATTR(info->extack, attr);
		}
	} else if (err == -EEXIST || err == -ENOENT) {
		attr = info->genlhdr->cmd == VSW_CMD_FLOW_DEL ? info->attrs[VSW_A_FLOW_ID] :
								info->attrs[VSW_A_FLOW_MATCH];
		vsw_nl_blame(info->extack, attr);
	}
}

static int change_flow(struct genl_info *info, struct sk_buff *reply)
{
	const struct nlattr *txn = info->attrs[VSW_A_FLOW_TXN];
	struct vsw_flow_change *change;
	struct vsw_switch *sw;
	int err;

	change = parse_change(info);
	if (IS_ERR(change))
		return PTR_ERR(change);
	sw = vsw_nl_switch_lock(genl_info_net(info), info->attrs, info->extack);
	err = PTR_ERR_OR_ZERO(sw);
	if (err)
		goto out_free_change;
	if (txn) {
		err = vsw_txn_add(sw, info->snd_portid, txn, change, info->extack);
		if (!err)
			change = NULL;
	} else {
		err = change_now(sw, change, reply, info);
	}
	vsw_nl_switch_unlock(sw);
	if (err)
		blame(info, change->bad_action, err);
out_free_change:
	if (change)
		vsw_flow_change_free(change);
	return err;
}

/**
 * vsw_nl_flow_new_doit() - VSW_CMD_FLOW_NEW
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes the namespace's lock.
 * Return: 0, or a negative error.
 */
int vsw_nl_flow_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	bool echo = info->nlhdr->nlmsg_flags & NLM_F_ECHO;
	struct sk_buff *reply = NULL;
	int err;

	if (echo && !info->attrs[VSW_A_FLOW_TXN]) {
		reply = new_reply(info);
		if (!reply)
			return -ENOMEM;
	}
	err = change_flow(info, reply);
	if (!err && reply)
		return genlmsg_reply(reply, info);
	nlmsg_free(reply);
	return err;
}

/**
 * vsw_nl_flow_set_doit() - VSW_CMD_FLOW_SET
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes the namespace's lock.
 * Return: 0, or a negative error.
 */
int vsw_nl_flow_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	return change_flow(info, NULL);
}

/**
 * vsw_nl_flow_del_doit() - VSW_CMD_FLOW_DEL
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes the namespace's lock.
 * Return: 0, or a negative error.
 */
int vsw_nl_flow_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	return change_flow(info, NULL);
}

static struct vsw_flow *find_flow(struct vsw_switch *sw, struct genl_info *info)
{
	const struct nlattr *id = info->attrs[VSW_A_FLOW_ID];
	struct vsw_flow *flow;

	flow = vsw_flow_find_id(&sw->flows, nla_get_u32(id));
	if (!flow)
		NL_SET_ERR_MSG_ATTR(info->extack, id, "No flow has this id");
	return flow ?: ERR_PTR(-ENOENT);
}

/**
 * vsw_nl_flow_get_doit() - VSW_CMD_FLOW_GET of the flow with an id
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes the namespace's lock.
 * Return: 0, or a negative error.
 */
int vsw_nl_flow_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_nl_msg msg = vsw_nl_msg_reply(info);
	struct sk_buff *reply = NULL;
	struct vsw_switch *sw;
	struct vsw_flow *flow;
	int err;

	if (GENL_REQ_ATTR_CHECK(info, VSW_A_FLOW_ID)) {
		GENL_SET_ERR_MSG(info, "Name the flow, by id");
		return -EINVAL;
	}
	sw = vsw_nl_switch_lock(genl_info_net(info), info->attrs, info->extack);
	if (IS_ERR(sw))
		return PTR_ERR(sw);
	vsw_nl_fold(sw);
	flow = find_flow(sw, info);
	err = PTR_ERR_OR_ZERO(flow);
	if (!err) {
		reply = vsw_nl_skb_new(fill_size(flow));
		err = reply ? fill(reply, &msg, sw, flow) : -ENOMEM;
	}
	vsw_nl_switch_unlock(sw);
	return vsw_nl_reply(reply, info, err);
}

/* Where a dump goes on. */
struct dump_ctx {
	int ifindex;	/* switch */
	u32 next;	/* id */
};

static int dump_flows(struct sk_buff *skb, struct netlink_callback *cb, struct vsw_switch *sw,
		      const struct vsw_flow_filter *filter)
{
	struct vsw_nl_msg msg = vsw_nl_msg_dump(cb);
	struct dump_ctx *ctx = (void *)cb->ctx;
	const struct vsw_flow *flow;
	int err;

	while ((flow = vsw_flow_next(&sw->flows, &ctx->next))) {
		if (vsw_flow_is_wanted(flow, filter)) {
			err = vsw_nl_dump_room(skb, fill_size(flow)) ?: fill(skb, &msg, sw, flow);
			if (err)
				return err;
		}
		ctx->next++;
	}
	return 0;
}

/**
 * vsw_nl_flow_get_dumpit() - VSW_CMD_FLOW_GET of many flows
 * @skb: where to
 * @cb: the dump
 *
 * Context: takes the namespace's lock.
 * Return: length of what was put, 0 at the end, or a negative error.
 */
int vsw_nl_flow_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct dump_ctx *ctx = (void *)cb->ctx;
	struct vsw_flow_filter filter = {};
	struct vsw_switch *sw;
	int err;

	err = parse_filter(&filter, vsw_genl_dump_attrs(cb), cb->extack);
	if (err)
		return err;
	sw = vsw_nl_switch_lock_dump(cb, &ctx->ifindex);
	if (IS_ERR(sw))
		return PTR_ERR(sw);
	cb->seq = sw->flows.seq + 1;
	if (!ctx->next)
		vsw_nl_fold(sw);
	err = dump_flows(skb, cb, sw, &filter);
	vsw_nl_switch_unlock(sw);
	return err == -EMSGSIZE && skb->len ? skb->len : err;
}
