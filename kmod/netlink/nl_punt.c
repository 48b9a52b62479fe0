// SPDX-License-Identifier: GPL-2.0
/*
 * Punt in netlink messages: listeners, and the frames that they get.
 */
#include <linux/if_vlan.h>

#include "compat.h"
#include "netlink/nl.h"
#include "netlink/nl_flow.h"

/* All of a message but the frame. */
#define HEAD_SIZE	704

static u32 get_queue(struct nlattr **attrs)
{
	return attrs[VSW_A_PUNT_QUEUE] ? nla_get_u16(attrs[VSW_A_PUNT_QUEUE]) : VSW_PUNT_REST;
}

/**
 * vsw_nl_punt_listen_doit() - VSW_CMD_PUNT_LISTEN
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes the namespace's lock.
 * Return: 0, or a negative error.
 */
int vsw_nl_punt_listen_doit(struct sk_buff *skb, struct genl_info *info)
{
	const struct nlattr *snaplen = info->attrs[VSW_A_PUNT_SNAPLEN];
	struct vsw_switch *sw;
	int err;

	sw = vsw_nl_switch_lock(genl_info_net(info), info->attrs, info->extack);
	if (IS_ERR(sw))
		return PTR_ERR(sw);
	err = vsw_listener_add(sw, info->snd_portid, get_queue(info->attrs),
			       snaplen ? nla_get_u32(snaplen) : VSW_PUNT_SNAPLEN_MAX,
			       info->extack);
	if (err == -EBUSY)
		vsw_nl_blame(info->extack, info->attrs[VSW_A_PUNT_QUEUE]);
	vsw_nl_switch_unlock(sw);
	return err;
}

/**
 * vsw_nl_punt_unlisten_doit() - VSW_CMD_PUNT_UNLISTEN
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes the namespace's lock.
 * Return: 0, or a negative error.
 */
int vsw_nl_punt_unlisten_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_switch *sw;
	int err;

	sw = vsw_nl_switch_lock(genl_info_net(info), info->attrs, info->extack);
	if (IS_ERR(sw))
		return PTR_ERR(sw);
	err = vsw_listener_del(sw, info->snd_portid, get_queue(info->attrs), info->extack);
	if (err)
		vsw_nl_blame(info->extack, info->attrs[VSW_A_PUNT_QUEUE]);
	vsw_nl_switch_unlock(sw);
	return err;
}

static int put_listener(struct sk_buff *skb, const struct vsw_listener *l)
{
	if (l->queue != VSW_PUNT_REST && nla_put_u16(skb, VSW_A_PUNT_QUEUE, l->queue))
		return -EMSGSIZE;
	if (nla_put_u32(skb, VSW_A_PUNT_SNAPLEN, l->snaplen) ||
	    nla_put_u32(skb, VSW_A_PUNT_PORTID, l->portid) ||
	    nla_put_u64_64bit(skb, VSW_A_PUNT_SENT, l->sent, VSW_A_PUNT_PAD) ||
	    nla_put_u64_64bit(skb, VSW_A_PUNT_LOST, l->lost, VSW_A_PUNT_PAD))
		return -EMSGSIZE;
	return 0;
}

static int fill(struct sk_buff *skb, const struct vsw_nl_msg *msg, const struct vsw_switch *sw,
		const struct vsw_listener *l)
{
	void *hdr = vsw_nl_put_head(skb, msg);

	lockdep_assert_held(&sw->vn->lock);
	if (!hdr)
		return -EMSGSIZE;
	if (vsw_nl_put_switch(skb, sw) || put_listener(skb, l)) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, hdr);
	return 0;
}

static int get_one(struct sk_buff *reply, struct vsw_switch *sw, struct genl_info *info)
{
	const struct vsw_listener *l = vsw_listener_find_exact(sw, get_queue(info->attrs));
	struct vsw_nl_msg msg = vsw_nl_msg_reply(info);

	if (!l) {
		GENL_SET_ERR_MSG(info, "Nobody listens to this queue");
		vsw_nl_blame(info->extack, info->attrs[VSW_A_PUNT_QUEUE]);
		return -ENOENT;
	}
	return fill(reply, &msg, sw, l);
}

/**
 * vsw_nl_punt_get_doit() - VSW_CMD_PUNT_GET of one listener
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes the namespace's lock.
 * Return: 0, or a negative error.
 */
int vsw_nl_punt_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct sk_buff *reply;
	struct vsw_switch *sw;
	int err;

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

/* The listener with the least queue from @from on. */
static struct vsw_listener *next_listener(const struct vsw_switch *sw, u32 from)
{
	struct vsw_listener *l, *least = NULL;

	list_for_each_entry(l, &sw->punts.listeners, node)
		if (l->queue >= from && (!least || l->queue < least->queue))
			least = l;
	return least;
}

/**
 * struct dump_ctx - where a dump has got to
 * @ifindex: of the switch
 * @next: the queue to go on with
 */
struct dump_ctx {
	int ifindex;
	u32 next;
};

/**
 * vsw_nl_punt_get_dumpit() - VSW_CMD_PUNT_GET of the listeners of a switch
 * @skb: where to
 * @cb: the dump
 *
 * Context: takes the namespace's lock.
 * Return: length of what was put, 0 at the end, or a negative error.
 */
int vsw_nl_punt_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct vsw_nl_msg msg = vsw_nl_msg_dump(cb);
	struct dump_ctx *ctx = (void *)cb->ctx;
	struct vsw_listener *l;
	struct vsw_switch *sw;
	int err = 0;

	if (vsw_genl_dump_attrs(cb)[VSW_A_PUNT_QUEUE]) {
		NL_SET_ERR_MSG(cb->extack, "Ask for a single listener without NLM_F_DUMP");
		return -EINVAL;
	}
	sw = vsw_nl_switch_lock_dump(cb, &ctx->ifindex);
	if (IS_ERR(sw))
		return PTR_ERR(sw);
	while (!err && (l = next_listener(sw, ctx->next))) {
		err = fill(skb, &msg, sw, l);
		if (!err)
			ctx->next = l->queue + 1;
	}
	vsw_nl_switch_unlock(sw);
	return err == -EMSGSIZE && skb->len ? skb->len : err;
}

static int put_port(struct sk_buff *skb, const struct vsw_port *port)
{
	char name[IFNAMSIZ];

	/* A copy, since the device may be renamed meanwhile. */
	strscpy(name, vsw_port_name(port), sizeof(name));
	if (nla_put_u32(skb, VSW_A_PUNT_PORT_NO, port->no) ||
	    nla_put_string(skb, VSW_A_PUNT_PORT_NAME, name))
		return -EMSGSIZE;
	return 0;
}

static int put_tag(struct sk_buff *skb, const struct sk_buff *frame)
{
	if (!skb_vlan_tag_present(frame))
		return 0;
	if (nla_put_be16(skb, VSW_A_FIELDS_VLAN_TCI,
			 htons(skb_vlan_tag_get(frame) | VSW_VLAN_PRESENT)) ||
	    nla_put_be16(skb, VSW_A_FIELDS_VLAN_TPID, frame->vlan_proto))
		return -EMSGSIZE;
	return 0;
}

static int put_regs(struct sk_buff *skb, const struct vsw_punt *what)
{
	int i;

	for (i = 0; i < VSW_REGS; i++)
		if (what->reg[i] && nla_put_u32(skb, VSW_A_FIELDS_REG0 + i, what->reg[i]))
			return -EMSGSIZE;
	return 0;
}

/* Where it came by a tunnel. */
static int put_tunnel(struct sk_buff *skb, const struct vsw_tunnel *tun)
{
	const u8 *bytes;
	int id;

	for (id = VSW_A_FIELDS_TUN_ID; id <= VSW_A_FIELDS_TUN_OPT_DATA; id++) {
		bytes = (u8 *)tun + vsw_fields[id].offset - offsetof(struct vsw_key, tun);
		if (memchr_inv(bytes, 0, vsw_fields[id].len) &&
		    vsw_nl_field_put(skb, id, bytes))
			return -EMSGSIZE;
	}
	return 0;
}

static int put_fields(struct sk_buff *skb, const struct vsw_punt_frame *f)
{
	struct nlattr *nest;

	nest = nla_nest_start(skb, VSW_A_PUNT_FIELDS);
	if (!nest ||
	    (f->skb->mark && nla_put_u32(skb, VSW_A_FIELDS_PKT_MARK, f->skb->mark)) ||
	    (f->what.metadata &&
	     nla_put_u64_64bit(skb, VSW_A_FIELDS_METADATA, f->what.metadata, VSW_A_FIELDS_PAD)) ||
	    put_regs(skb, &f->what) || put_tag(skb, f->skb) || put_tunnel(skb, &f->tun))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static int put_what(struct sk_buff *skb, const struct vsw_punt *what)
{
	if (nla_put_u16(skb, VSW_A_PUNT_QUEUE, what->queue) ||
	    nla_put_u8(skb, VSW_A_PUNT_TABLE, what->table) ||
	    nla_put_u64_64bit(skb, VSW_A_PUNT_COOKIE, what->cookie, VSW_A_PUNT_PAD) ||
	    nla_put_u32(skb, VSW_A_PUNT_REASON, what->reason) ||
	    (what->len && nla_put(skb, VSW_A_PUNT_USERDATA, what->len, what->userdata)))
		return -EMSGSIZE;
	return 0;
}

static unsigned int wire_len(const struct sk_buff *frame)
{
	return frame->len + (skb_vlan_tag_present(frame) ? VLAN_HLEN : 0);
}

/* The first @len bytes of a frame as it is on a wire, its tag in its place. */
static void copy_frame(u8 *to, const struct sk_buff *frame, unsigned int len)
{
	unsigned int macs = min_t(unsigned int, len, 2 * ETH_ALEN);
	unsigned int tag = 0;
	__be16 head[2];

	skb_copy_bits(frame, 0, to, macs);
	if (skb_vlan_tag_present(frame)) {
		head[0] = frame->vlan_proto;
		head[1] = htons(skb_vlan_tag_get(frame));
		tag = min_t(unsigned int, len - macs, VLAN_HLEN);
		memcpy(to + macs, head, tag);
	}
	skb_copy_bits(frame, macs, to + macs + tag, len - macs - tag);
}

static int put_frame(struct sk_buff *skb, const struct sk_buff *frame, unsigned int len)
{
	struct nlattr *attr;

	if (nla_put_u32(skb, VSW_A_PUNT_LENGTH, wire_len(frame)))
		return -EMSGSIZE;
	attr = nla_reserve(skb, VSW_A_PUNT_FRAME, len);
	if (!attr)
		return -EMSGSIZE;
	copy_frame(nla_data(attr), frame, len);
	return 0;
}

static int fill_frame(struct sk_buff *skb, const struct vsw_port *port,
		      const struct vsw_punt_frame *f, unsigned int len)
{
	struct vsw_nl_msg msg = vsw_nl_msg_event(VSW_CMD_PUNT);
	void *hdr;

	hdr = vsw_nl_put_head(skb, &msg);
	if (!hdr ||
	    vsw_nl_put_switch(skb, port->sw) || put_port(skb, port) || put_what(skb, &f->what) ||
	    put_fields(skb, f) ||
	    nla_put_u64_64bit(skb, VSW_A_PUNT_TIME, f->time, VSW_A_PUNT_PAD) ||
	    put_frame(skb, f->skb, len))
		return -EMSGSIZE;
	genlmsg_end(skb, hdr);
	return 0;
}

/**
 * vsw_nl_punt_event() - send a frame to its listener
 * @port: where it entered
 * @l: the listener
 * @f: the frame
 *
 * Context: under the namespace's lock, may sleep.
 * Return: 0; -EAGAIN where the socket is full; or another error.
 */
int vsw_nl_punt_event(struct vsw_port *port, const struct vsw_listener *l,
		      const struct vsw_punt_frame *f)
{
	unsigned int len = min(wire_len(f->skb), l->snaplen);
	struct sk_buff *skb;

	skb = genlmsg_new(HEAD_SIZE + nla_total_size(len), GFP_KERNEL | __GFP_NOWARN);
	if (!skb)
		return -ENOMEM;
	if (WARN_ON_ONCE(fill_frame(skb, port, f, len))) {
		nlmsg_free(skb);
		return -EMSGSIZE;
	}
	return genlmsg_unicast(dev_net(port->sw->dev), skb, l->portid);
}

/* A socket was closed: it listens no more. */
static int socket_cb(struct notifier_block *nb, unsigned long event, void *ptr)
{
	const struct netlink_notify *n = ptr;
	struct vsw_net *vn;

	if (event != NETLINK_URELEASE || n->protocol != NETLINK_GENERIC)
		return NOTIFY_DONE;
	vn = vsw_net(n->net);
	/* Nobody else makes this socket listen. */
	if (!READ_ONCE(vn->n_listeners))
		return NOTIFY_DONE;
	mutex_lock(&vn->lock);
	vsw_listeners_forget_socket(vn, n->portid);
	mutex_unlock(&vn->lock);
	return NOTIFY_DONE;
}

static struct notifier_block socket_notifier = {
	.notifier_call = socket_cb,
};

/**
 * vsw_nl_punt_init() - begin to follow what happens to sockets
 *
 * Context: module init.
 * Return: 0, or a negative error.
 */
int vsw_nl_punt_init(void)
{
	return netlink_register_notifier(&socket_notifier);
}

/**
 * vsw_nl_punt_exit() - undo vsw_nl_punt_init()
 *
 * Context: module exit, when the family and the events are gone.
 */
void vsw_nl_punt_exit(void)
{
	netlink_unregister_notifier(&socket_notifier);
}
