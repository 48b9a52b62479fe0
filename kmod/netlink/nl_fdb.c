// SPDX-License-Identifier: GPL-2.0
/*
 * FDB entries in netlink messages.
 */
#include <net/ipv6.h>

#include "compat.h"
#include "netlink/nl.h"

/**
 * struct fdb_info - what a message tells of an entry
 * @event: what it is, in or out of an event
 * @age: milliseconds since it was seen
 * @has_age: the entry ages
 */
struct fdb_info {
	struct vsw_fdb_event event;
	u32 age;
	bool has_age;
};

static void get_info(struct fdb_info *info, const struct vsw_fdb_entry *e)
{
	const struct vsw_port *port = rcu_dereference(e->port);
	/* Read first, so that it is not later than now. */
	unsigned long updated = READ_ONCE(e->updated);
	unsigned long age = jiffies - updated;

	memset(info, 0, sizeof(*info));
	info->event.event = VSW_EVENT_NEW;
	ether_addr_copy(info->event.addr, e->key.addr);
	info->event.vid = e->key.vid;
	info->event.flags = READ_ONCE(e->flags);
	info->event.port_no = port->no;
	vsw_remote_tell(rcu_dereference(e->remote), &info->event.dst, &info->event.vni);
	info->has_age = !(info->event.flags & (VSW_FDB_FLAG_STATIC | VSW_FDB_FLAG_LOCAL));
	info->age = min_t(u64, jiffies64_to_msecs(age), U32_MAX);
}

static int put_port(struct sk_buff *skb, struct vsw_switch *sw, u32 no)
{
	const struct vsw_slot *slot = vsw_slot_find(&sw->slots, no);

	if (nla_put_u32(skb, VSW_A_FDB_PORT_NO, no))
		return -EMSGSIZE;
	return slot ? nla_put_string(skb, VSW_A_FDB_PORT_NAME, slot->name) : 0;
}

static int put_dst(struct sk_buff *skb, const struct vsw_fdb_event *event)
{
	if (ipv6_addr_any(&event->dst))
		return 0;
	return nla_put_in6_addr(skb, VSW_A_FDB_DST, &event->dst) ?:
	       nla_put_u32(skb, VSW_A_FDB_VNI, event->vni);
}

static int put_entry(struct sk_buff *skb, struct vsw_switch *sw, const struct fdb_info *info)
{
	const struct vsw_fdb_event *event = &info->event;

	if (event->event == VSW_EVENT_LOST)
		return nla_put_u32(skb, VSW_A_FDB_LOST, event->lost);
	if (nla_put(skb, VSW_A_FDB_LLADDR, ETH_ALEN, event->addr) ||
	    nla_put_u16(skb, VSW_A_FDB_VID, event->vid) ||
	    put_port(skb, sw, event->port_no) ||
	    put_dst(skb, event) ||
	    nla_put_u32(skb, VSW_A_FDB_FLAGS, event->flags))
		return -EMSGSIZE;
	if (info->has_age && nla_put_u32(skb, VSW_A_FDB_AGE, info->age))
		return -EMSGSIZE;
	if (event->event == VSW_EVENT_MOVE &&
	    nla_put_u32(skb, VSW_A_FDB_OLD_PORT_NO, event->old_port_no))
		return -EMSGSIZE;
	return 0;
}

static int fill(struct sk_buff *skb, const struct vsw_nl_msg *msg, struct vsw_switch *sw,
		const struct fdb_info *info)
{
	void *hdr;

	lockdep_assert_held(&sw->vn->lock);
	hdr = vsw_nl_put_head(skb, msg);
	if (!hdr)
		return -EMSGSIZE;
	if (vsw_nl_put_switch(skb, sw) || put_entry(skb, sw, info)) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, hdr);
	return 0;
}

static u8 event_cmd(enum vsw_event event)
{
	switch (event) {
	case VSW_EVENT_DEL:
		return VSW_CMD_FDB_DEL_NTF;
	case VSW_EVENT_MOVE:
		return VSW_CMD_FDB_MOVE_NTF;
	case VSW_EVENT_LOST:
		return VSW_CMD_FDB_LOST_NTF;
	default:
		return VSW_CMD_FDB_NEW_NTF;
	}
}

/**
 * vsw_nl_fdb_event() - tell what happened to an FDB entry
 * @sw: the switch
 * @event: what
 *
 * Context: under the namespace's lock, may sleep.
 */
void vsw_nl_fdb_event(struct vsw_switch *sw, const struct vsw_fdb_event *event)
{
	const struct fdb_info info = { .event = *event };
	struct vsw_nl_msg msg;
	struct sk_buff *skb;

	if (!vsw_nl_is_heard(sw, VSW_NLGRP_FDB))
		return;
	skb = vsw_nl_skb_new(0);
	if (!skb)
		return;
	msg = vsw_nl_msg_event(event_cmd(event->event));
	if (fill(skb, &msg, sw, &info))
		nlmsg_free(skb);
	else
		vsw_nl_multicast(sw, skb, VSW_NLGRP_FDB);
}

static int require_addr(struct genl_info *info)
{
	if (!GENL_REQ_ATTR_CHECK(info, VSW_A_FDB_LLADDR))
		return 0;
	GENL_SET_ERR_MSG(info, "Give the station's address, by lladdr");
	return -EINVAL;
}

static u16 get_vid(struct nlattr **attrs)
{
	return attrs[VSW_A_FDB_VID] ? nla_get_u16(attrs[VSW_A_FDB_VID]) : 0;
}

static struct vsw_port *find_port(struct vsw_switch *sw, struct nlattr **attrs,
				  struct netlink_ext_ack *extack)
{
	return vsw_nl_port_find(sw, attrs[VSW_A_FDB_PORT_NO], NULL,
				attrs[VSW_A_FDB_PORT_NAME], extack);
}

static bool has_entry(struct vsw_switch *sw, const u8 *addr, u16 vid)
{
	bool found;

	rcu_read_lock();
	found = vsw_fdb_find_rcu(&sw->fdb, addr, vid);
	rcu_read_unlock();
	return found;
}

/* Where the station is behind a tunnel port; NULL if nobody says. */
static const struct vsw_fdb_dst *parse_dst(struct vsw_fdb_dst *dst, struct genl_info *info)
{
	const struct nlattr *addr = info->attrs[VSW_A_FDB_DST];
	const struct nlattr *vni = info->attrs[VSW_A_FDB_VNI];

	if (vni && !addr) {
		NL_SET_ERR_MSG_ATTR(info->extack, vni, "A vni needs a dst");
		return ERR_PTR(-EINVAL);
	}
	if (!addr)
		return NULL;
	dst->addr = nla_get_in6_addr(addr);
	dst->has_vni = vni;
	dst->vni = vni ? nla_get_u32(vni) : 0;
	return dst;
}

static int add(struct vsw_switch *sw, struct genl_info *info, unsigned long flags)
{
	const struct nlattr *lladdr = info->attrs[VSW_A_FDB_LLADDR];
	u16 how = info->nlhdr->nlmsg_flags;
	u16 vid = get_vid(info->attrs);
	const struct vsw_fdb_dst *dst;
	struct vsw_fdb_dst buf = {};
	struct vsw_port *port;
	int err;

	dst = parse_dst(&buf, info);
	if (IS_ERR(dst))
		return PTR_ERR(dst);
	port = find_port(sw, info->attrs, info->extack);
	if (IS_ERR(port))
		return PTR_ERR(port);
	if ((how & NLM_F_REPLACE) && !(how & NLM_F_CREATE) &&
	    !has_entry(sw, nla_data(lladdr), vid)) {
		NL_SET_ERR_MSG_ATTR(info->extack, lladdr,
				    "There is no entry for this address and VLAN to replace");
		return -ENOENT;
	}
	err = vsw_fdb_add_at(&sw->fdb, port, nla_data(lladdr), vid,
			     flags | VSW_FDB_FLAG_STATIC, dst, how & NLM_F_REPLACE,
			     info->extack);
	if (err && err != -ENOSPC)
		vsw_nl_blame(info->extack, lladdr);
	return err;
}

/**
 * vsw_nl_fdb_new_doit() - VSW_CMD_FDB_NEW
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes the namespace's lock.
 * Return: 0, or a negative error.
 */
int vsw_nl_fdb_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	const struct nlattr *attr = info->attrs[VSW_A_FDB_FLAGS];
	unsigned long flags = attr ? nla_get_u32(attr) : 0;
	struct vsw_switch *sw;
	int err;

	err = require_addr(info);
	if (err)
		return err;
	if (flags & (VSW_FDB_FLAG_LOCAL | VSW_FDB_FLAG_ROUTER)) {
		NL_SET_ERR_MSG_ATTR(info->extack, attr,
				    "Only the kernel makes local and router entries");
		return -EINVAL;
	}
	sw = vsw_nl_switch_lock(genl_info_net(info), info->attrs, info->extack);
	if (IS_ERR(sw))
		return PTR_ERR(sw);
	err = add(sw, info, flags);
	vsw_nl_switch_unlock(sw);
	return err;
}

/**
 * vsw_nl_fdb_del_doit() - VSW_CMD_FDB_DEL
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes the namespace's lock.
 * Return: 0, or a negative error.
 */
int vsw_nl_fdb_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_switch *sw;
	int err;

	err = require_addr(info);
	if (err)
		return err;
	sw = vsw_nl_switch_lock(genl_info_net(info), info->attrs, info->extack);
	if (IS_ERR(sw))
		return PTR_ERR(sw);
	err = vsw_fdb_del(&sw->fdb, nla_data(info->attrs[VSW_A_FDB_LLADDR]),
			  get_vid(info->attrs), info->extack);
	if (err)
		vsw_nl_blame(info->extack, info->attrs[VSW_A_FDB_LLADDR]);
	vsw_nl_switch_unlock(sw);
	return err;
}

static int parse_filter(struct vsw_fdb_filter *filter, struct vsw_switch *sw,
			struct nlattr **attrs, struct netlink_ext_ack *extack)
{
	struct vsw_port *port;

	memset(filter, 0, sizeof(*filter));
	filter->vid = attrs[VSW_A_FDB_VID] ? nla_get_u16(attrs[VSW_A_FDB_VID]) : -1;
	if (!attrs[VSW_A_FDB_PORT_NO] && !attrs[VSW_A_FDB_PORT_NAME])
		return 0;
	port = find_port(sw, attrs, extack);
	filter->port = port;
	return PTR_ERR_OR_ZERO(port);
}

/**
 * vsw_nl_fdb_flush_doit() - VSW_CMD_FDB_FLUSH
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes the namespace's lock.
 * Return: 0, or a negative error.
 */
int vsw_nl_fdb_flush_doit(struct sk_buff *skb, struct genl_info *info)
{
	const struct nlattr *lladdr = info->attrs[VSW_A_FDB_LLADDR];
	const struct nlattr *attr = info->attrs[VSW_A_FDB_FLAGS];
	u32 flags = attr ? nla_get_u32(attr) : 0;
	struct vsw_fdb_filter filter;
	struct vsw_switch *sw;
	int err;

	if (lladdr) {
		NL_SET_ERR_MSG_ATTR(info->extack, lladdr, "To forget one address, use fdb-del");
		return -EINVAL;
	}
	if (flags & ~VSW_FDB_FLAG_STATIC) {
		NL_SET_ERR_MSG_ATTR(info->extack, attr, "Only the flag static can be given");
		return -EINVAL;
	}
	sw = vsw_nl_switch_lock(genl_info_net(info), info->attrs, info->extack);
	if (IS_ERR(sw))
		return PTR_ERR(sw);
	err = parse_filter(&filter, sw, info->attrs, info->extack);
	if (!err) {
		filter.statics = flags & VSW_FDB_FLAG_STATIC;
		vsw_fdb_flush(&sw->fdb, &filter);
	}
	vsw_nl_switch_unlock(sw);
	return err;
}

static int get_one(struct sk_buff *reply, struct vsw_switch *sw, struct genl_info *info)
{
	const struct nlattr *lladdr = info->attrs[VSW_A_FDB_LLADDR];
	struct vsw_nl_msg msg = vsw_nl_msg_reply(info);
	const struct vsw_fdb_entry *e;
	struct fdb_info what;

	rcu_read_lock();
	e = vsw_fdb_find_rcu(&sw->fdb, nla_data(lladdr), get_vid(info->attrs));
	if (e)
		get_info(&what, e);
	rcu_read_unlock();
	if (e)
		return fill(reply, &msg, sw, &what);
	NL_SET_ERR_MSG_ATTR(info->extack, lladdr, "There is no entry for this address and VLAN");
	return -ENOENT;
}

/**
 * vsw_nl_fdb_get_doit() - VSW_CMD_FDB_GET of one entry
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes the namespace's lock.
 * Return: 0, or a negative error.
 */
int vsw_nl_fdb_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct sk_buff *reply;
	struct vsw_switch *sw;
	int err;

	err = require_addr(info);
	if (err)
		return err;
	reply = vsw_nl_skb_new(0);
	if (!reply)
		return -ENOMEM;
	sw = vsw_nl_switch_lock(genl_info_net(info), info->attrs, info->extack);
	err = PTR_ERR_OR_ZERO(sw);
	if (!err) {
		err = get_one(reply, sw, info);
		vsw_nl_switch_unlock(sw);
	}
	return vsw_nl_reply(reply, info, err);
}

/* Where a dump goes on. */
struct dump_ctx {
	int ifindex;	/* switch */
	u32 next;	/* id */
};

static bool is_wanted(const struct fdb_info *info, struct nlattr **attrs)
{
	const struct nlattr *lladdr = attrs[VSW_A_FDB_LLADDR];
	const struct nlattr *flags = attrs[VSW_A_FDB_FLAGS];

	if (lladdr && !ether_addr_equal(info->event.addr, nla_data(lladdr)))
		return false;
	return !flags || !(nla_get_u32(flags) & ~info->event.flags);
}

static int dump_rcu(struct sk_buff *skb, struct netlink_callback *cb, struct vsw_switch *sw,
		    const struct vsw_fdb_filter *filter)
{
	struct nlattr **attrs = vsw_genl_dump_attrs(cb);
	struct vsw_nl_msg msg = vsw_nl_msg_dump(cb);
	struct dump_ctx *ctx = (void *)cb->ctx;
	const struct vsw_fdb_entry *e;
	struct fdb_info what;
	int err;

	while ((e = vsw_fdb_next_rcu(&sw->fdb, &ctx->next, filter))) {
		get_info(&what, e);
		if (is_wanted(&what, attrs)) {
			err = fill(skb, &msg, sw, &what);
			if (err)
				return err;
		}
		if (++ctx->next == 0)
			break;
	}
	return 0;
}

/**
 * vsw_nl_fdb_get_dumpit() - VSW_CMD_FDB_GET of many entries
 * @skb: where to
 * @cb: the dump
 *
 * Context: takes the namespace's lock.
 * Return: length of what was put, 0 at the end, or a negative error.
 */
int vsw_nl_fdb_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct dump_ctx *ctx = (void *)cb->ctx;
	struct vsw_fdb_filter filter;
	struct vsw_switch *sw;
	int err;

	sw = vsw_nl_switch_lock_dump(cb, &ctx->ifindex);
	if (IS_ERR(sw))
		return PTR_ERR(sw);
	cb->seq = READ_ONCE(sw->fdb.seq) + 1;
	err = parse_filter(&filter, sw, vsw_genl_dump_attrs(cb), cb->extack);
	if (!err) {
		filter.statics = true;
		filter.locals = true;
		rcu_read_lock();
		err = dump_rcu(skb, cb, sw, &filter);
		rcu_read_unlock();
	}
	vsw_nl_switch_unlock(sw);
	return err == -EMSGSIZE && skb->len ? skb->len : err;
}
