// SPDX-License-Identifier: GPL-2.0
/*
 * Routers and their interfaces in netlink messages.
 */
#include <linux/rtnetlink.h>

#include "compat.h"
#include "core/router.h"
#include "netlink/nl.h"

/**
 * vsw_nl_prefix_parse() - read a nest of the set "prefix"
 * @prefix: filled in
 * @nest: the nest
 * @extack: for the reason
 *
 * Return: 0, or a negative error.
 */
int vsw_nl_prefix_parse(struct vsw_prefix *prefix, const struct nlattr *nest,
			struct netlink_ext_ack *extack)
{
	struct nlattr *tb[VSW_A_PREFIX_MAX + 1];
	int err;

	err = vsw_nl_parse_nest(tb, VSW_A_PREFIX_MAX, nest, vsw_prefix_nl_policy, extack);
	if (err)
		return err;
	if (!tb[VSW_A_PREFIX_ADDRESS]) {
		NL_SET_ERR_MSG_ATTR(extack, nest, "The prefix lacks its address");
		return -EINVAL;
	}
	prefix->addr = nla_get_in6_addr(tb[VSW_A_PREFIX_ADDRESS]);
	prefix->len = tb[VSW_A_PREFIX_LENGTH] ? nla_get_u8(tb[VSW_A_PREFIX_LENGTH]) : 128;
	if (ipv6_addr_v4mapped(&prefix->addr) && prefix->len < VSW_MAPPED_LEN) {
		NL_SET_ERR_MSG_ATTR(extack, tb[VSW_A_PREFIX_LENGTH],
				    "A prefix of an IPv4-mapped address has at least 96 bits");
		return -EINVAL;
	}
	return 0;
}

/**
 * vsw_nl_prefix_put() - put a nest of the set "prefix"
 * @skb: where
 * @type: the nest's attribute type
 * @addr: address
 * @len: length
 *
 * Return: 0, or -EMSGSIZE.
 */
int vsw_nl_prefix_put(struct sk_buff *skb, int type, const struct in6_addr *addr, u8 len)
{
	struct nlattr *nest = nla_nest_start(skb, type);

	if (!nest || nla_put_in6_addr(skb, VSW_A_PREFIX_ADDRESS, addr) ||
	    nla_put_u8(skb, VSW_A_PREFIX_LENGTH, len))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

/**
 * vsw_nl_router_find() - find the router that a request names
 * @vn: the namespace
 * @name: attribute with its name, or NULL
 * @extack: for the reason
 *
 * Context: under the namespace's lock.
 * Return: the router, -EINVAL or -ENOENT.
 */
struct vsw_router *vsw_nl_router_find(struct vsw_net *vn, const struct nlattr *name,
				      struct netlink_ext_ack *extack)
{
	struct vsw_router *router;

	if (!name) {
		NL_SET_ERR_MSG(extack, "Name the router");
		return ERR_PTR(-EINVAL);
	}
	router = vsw_router_find(vn, nla_data(name));
	if (!router)
		NL_SET_ERR_MSG_ATTR(extack, name, "There is no router of this name");
	return router ?: ERR_PTR(-ENOENT);
}

/**
 * vsw_nl_router_lock() - find the router that a request names, and lock
 * @net: the namespace
 * @name: attribute with its name, or NULL
 * @extack: for the reason
 *
 * Context: takes the namespace's lock, which is held if a router is returned.
 * Return: the router, -EINVAL or -ENOENT.
 */
struct vsw_router *vsw_nl_router_lock(struct net *net, const struct nlattr *name,
				      struct netlink_ext_ack *extack)
{
	struct vsw_net *vn = vsw_net(net);
	struct vsw_router *router;

	mutex_lock(&vn->lock);
	router = vsw_nl_router_find(vn, name, extack);
	if (IS_ERR(router))
		mutex_unlock(&vn->lock);
	return router;
}

static int fill(struct sk_buff *skb, const struct vsw_nl_msg *msg,
		const struct vsw_router *router)
{
	void *hdr = vsw_nl_put_head(skb, msg);

	if (!hdr)
		return -EMSGSIZE;
	if (nla_put_string(skb, VSW_A_ROUTER_ROUTER, router->name) ||
	    nla_put_u32(skb, VSW_A_ROUTER_INTERFACES, router->n_rifs) ||
	    nla_put_u32(skb, VSW_A_ROUTER_ROUTES, router->routes.n) ||
	    nla_put_u32(skb, VSW_A_ROUTER_NEIGHS, READ_ONCE(router->neighs.n)) ||
	    nla_put_u32(skb, VSW_A_ROUTER_ROUTES_MAX, router->routes.max) ||
	    nla_put_u32(skb, VSW_A_ROUTER_NEIGHS_MAX, router->neighs.max)) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, hdr);
	return 0;
}

/**
 * vsw_nl_router_new_doit() - VSW_CMD_ROUTER_NEW
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes the namespace's lock.
 * Return: 0, or a negative error.
 */
int vsw_nl_router_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_net *vn = vsw_net(genl_info_net(info));
	struct nlattr **attrs = info->attrs;
	struct vsw_router *router;
	int err;

	if (GENL_REQ_ATTR_CHECK(info, VSW_A_ROUTER_ROUTER)) {
		GENL_SET_ERR_MSG(info, "Give the new router a name, by router");
		return -EINVAL;
	}
	mutex_lock(&vn->lock);
	router = vsw_router_create(vn, nla_data(attrs[VSW_A_ROUTER_ROUTER]), info->extack);
	err = PTR_ERR_OR_ZERO(router);
	if (!err && attrs[VSW_A_ROUTER_ROUTES_MAX])
		router->routes.max = nla_get_u32(attrs[VSW_A_ROUTER_ROUTES_MAX]);
	if (!err && attrs[VSW_A_ROUTER_NEIGHS_MAX])
		router->neighs.max = nla_get_u32(attrs[VSW_A_ROUTER_NEIGHS_MAX]);
	mutex_unlock(&vn->lock);
	if (err)
		vsw_nl_blame(info->extack, attrs[VSW_A_ROUTER_ROUTER]);
	return err;
}

/**
 * vsw_nl_router_del_doit() - VSW_CMD_ROUTER_DEL
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes RTNL and the namespace's lock.
 * Return: 0, or a negative error.
 */
int vsw_nl_router_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_router *router;

	rtnl_lock();
	router = vsw_nl_router_lock(genl_info_net(info), info->attrs[VSW_A_ROUTER_ROUTER],
				    info->extack);
	if (!IS_ERR(router)) {
		struct vsw_net *vn = router->vn;

		vsw_router_destroy(router);
		mutex_unlock(&vn->lock);
	}
	rtnl_unlock();
	return PTR_ERR_OR_ZERO(router);
}

/**
 * vsw_nl_router_get_doit() - VSW_CMD_ROUTER_GET of one router
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes the namespace's lock.
 * Return: 0, or a negative error.
 */
int vsw_nl_router_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_nl_msg msg = vsw_nl_msg_reply(info);
	struct vsw_router *router;
	struct sk_buff *reply;
	int err;

	reply = vsw_nl_skb_new(0);
	if (!reply)
		return -ENOMEM;
	router = vsw_nl_router_lock(genl_info_net(info), info->attrs[VSW_A_ROUTER_ROUTER],
				    info->extack);
	err = PTR_ERR_OR_ZERO(router);
	if (!err) {
		err = fill(reply, &msg, router);
		mutex_unlock(&router->vn->lock);
	}
	return vsw_nl_reply(reply, info, err);
}

/* Where a dump goes on: behind this many; vsw_net.seq tells if that is wrong. */
struct dump_ctx {
	unsigned int routers;
	unsigned int rifs;
};

/**
 * vsw_nl_router_get_dumpit() - VSW_CMD_ROUTER_GET of all routers
 * @skb: where to
 * @cb: the dump
 *
 * Context: takes the namespace's lock.
 * Return: length of what was put, 0 at the end, or a negative error.
 */
int vsw_nl_router_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct vsw_net *vn = vsw_net(sock_net(cb->skb->sk));
	const struct nlattr *name = vsw_genl_dump_attrs(cb)[VSW_A_ROUTER_ROUTER];
	struct vsw_nl_msg msg = vsw_nl_msg_dump(cb);
	struct dump_ctx *ctx = (void *)cb->ctx;
	struct vsw_router *router;
	unsigned int n = 0;
	int err;

	err = vsw_nl_dump_check(cb);
	if (err)
		return err;
	mutex_lock(&vn->lock);
	cb->seq = vn->seq + 1;
	list_for_each_entry(router, &vn->routers, node) {
		if (n++ < ctx->routers)
			continue;
		if (!name || !strcmp(router->name, nla_data(name)))
			err = fill(skb, &msg, router);
		if (err)
			break;
		ctx->routers = n;
	}
	mutex_unlock(&vn->lock);
	return err == -EMSGSIZE && skb->len ? skb->len : err;
}

static int put_rif(struct sk_buff *skb, const struct vsw_rif *rif)
{
	u32 i;

	if (vsw_nl_put_switch(skb, rif->port->sw) ||
	    nla_put_string(skb, VSW_A_INTERFACE_ROUTER, rif->router->name) ||
	    nla_put_string(skb, VSW_A_INTERFACE_NAME, rif->name) ||
	    nla_put_u16(skb, VSW_A_INTERFACE_VID, rif->vid) ||
	    nla_put(skb, VSW_A_INTERFACE_LLADDR, ETH_ALEN, rif->lladdr) ||
	    (rif->mtu && nla_put_u32(skb, VSW_A_INTERFACE_MTU, rif->mtu)) ||
	    nla_put_u32(skb, VSW_A_INTERFACE_PORT_NO, rif->port->no))
		return -EMSGSIZE;
	for (i = 0; i < rif->n_addrs; i++) {
		if (vsw_nl_prefix_put(skb, VSW_A_INTERFACE_ADDRESS, &rif->addr[i].addr,
				      rif->addr[i].len))
			return -EMSGSIZE;
	}
	return 0;
}

static int fill_rif(struct sk_buff *skb, const struct vsw_nl_msg *msg, const struct vsw_rif *rif)
{
	void *hdr = vsw_nl_put_head(skb, msg);

	if (!hdr)
		return -EMSGSIZE;
	if (put_rif(skb, rif)) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, hdr);
	return 0;
}

static int parse_addresses(struct vsw_rif_config *config, struct genl_info *info)
{
	const struct nlattr *attr;
	int err, rem;

	nla_for_each_attr(attr, genlmsg_data(info->genlhdr), genlmsg_len(info->genlhdr), rem) {
		if (nla_type(attr) != VSW_A_INTERFACE_ADDRESS)
			continue;
		if (config->n_addrs == VSW_RIF_ADDRS_MAX) {
			NL_SET_ERR_MSG_ATTR_FMT(info->extack, attr,
						"An interface has at most %u addresses",
						VSW_RIF_ADDRS_MAX);
			return -ENOSPC;
		}
		err = vsw_nl_prefix_parse(&config->addr[config->n_addrs++], attr, info->extack);
		if (err)
			return err;
	}
	return 0;
}

static int parse_rif(struct vsw_rif_config *config, struct genl_info *info)
{
	struct nlattr **attrs = info->attrs;

	memset(config, 0, sizeof(*config));
	if (GENL_REQ_ATTR_CHECK(info, VSW_A_INTERFACE_NAME)) {
		GENL_SET_ERR_MSG(info, "Give the new interface a name, by name");
		return -EINVAL;
	}
	strscpy(config->name, nla_data(attrs[VSW_A_INTERFACE_NAME]), sizeof(config->name));
	if (attrs[VSW_A_INTERFACE_VID])
		config->vid = nla_get_u16(attrs[VSW_A_INTERFACE_VID]);
	if (attrs[VSW_A_INTERFACE_MTU])
		config->mtu = nla_get_u32(attrs[VSW_A_INTERFACE_MTU]);
	if (attrs[VSW_A_INTERFACE_LLADDR]) {
		ether_addr_copy(config->lladdr, nla_data(attrs[VSW_A_INTERFACE_LLADDR]));
		if (!is_valid_ether_addr(config->lladdr)) {
			NL_SET_ERR_MSG_ATTR(info->extack, attrs[VSW_A_INTERFACE_LLADDR],
					    "lladdr must be a unicast address, and not zero");
			return -EINVAL;
		}
	}
	return parse_addresses(config, info);
}

static int add_rif(struct vsw_net *vn, struct genl_info *info,
		   const struct vsw_rif_config *config)
{
	struct vsw_router *router;
	struct vsw_switch *sw;

	router = vsw_nl_router_find(vn, info->attrs[VSW_A_INTERFACE_ROUTER], info->extack);
	if (IS_ERR(router))
		return PTR_ERR(router);
	sw = vsw_nl_switch_find(vn, info->attrs, info->extack);
	if (IS_ERR(sw))
		return PTR_ERR(sw);
	return vsw_rif_add(router, sw, config, info->extack);
}

/**
 * vsw_nl_interface_new_doit() - VSW_CMD_INTERFACE_NEW
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes RTNL and the namespace's lock.
 * Return: 0, or a negative error.
 */
int vsw_nl_interface_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_net *vn = vsw_net(genl_info_net(info));
	struct vsw_rif_config config;
	int err;

	err = parse_rif(&config, info);
	if (err)
		return err;
	rtnl_lock();
	mutex_lock(&vn->lock);
	err = add_rif(vn, info, &config);
	mutex_unlock(&vn->lock);
	rtnl_unlock();
	return err;
}

static struct vsw_rif *find_rif(struct vsw_net *vn, struct genl_info *info)
{
	const struct nlattr *name = info->attrs[VSW_A_INTERFACE_NAME];
	struct vsw_router *router;
	struct vsw_rif *rif;

	if (GENL_REQ_ATTR_CHECK(info, VSW_A_INTERFACE_NAME)) {
		GENL_SET_ERR_MSG(info, "Name the interface, by name");
		return ERR_PTR(-EINVAL);
	}
	router = vsw_nl_router_find(vn, info->attrs[VSW_A_INTERFACE_ROUTER], info->extack);
	if (IS_ERR(router))
		return ERR_CAST(router);
	rif = vsw_rif_find(router, nla_data(name));
	if (!rif)
		NL_SET_ERR_MSG_ATTR(info->extack, name, "The router has no interface of this name");
	return rif ?: ERR_PTR(-ENOENT);
}

/**
 * vsw_nl_interface_del_doit() - VSW_CMD_INTERFACE_DEL
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes RTNL and the namespace's lock.
 * Return: 0, or a negative error.
 */
int vsw_nl_interface_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_net *vn = vsw_net(genl_info_net(info));
	struct vsw_rif *rif;

	rtnl_lock();
	mutex_lock(&vn->lock);
	rif = find_rif(vn, info);
	if (!IS_ERR(rif))
		vsw_rif_del(rif);
	mutex_unlock(&vn->lock);
	rtnl_unlock();
	return PTR_ERR_OR_ZERO(rif);
}

/**
 * vsw_nl_interface_get_doit() - VSW_CMD_INTERFACE_GET of one interface
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes the namespace's lock.
 * Return: 0, or a negative error.
 */
int vsw_nl_interface_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_net *vn = vsw_net(genl_info_net(info));
	struct vsw_nl_msg msg = vsw_nl_msg_reply(info);
	struct sk_buff *reply;
	struct vsw_rif *rif;
	int err;

	reply = vsw_nl_skb_new(0);
	if (!reply)
		return -ENOMEM;
	mutex_lock(&vn->lock);
	rif = find_rif(vn, info);
	err = IS_ERR(rif) ? PTR_ERR(rif) : fill_rif(reply, &msg, rif);
	mutex_unlock(&vn->lock);
	return vsw_nl_reply(reply, info, err);
}

static int dump_rifs(struct sk_buff *skb, const struct vsw_nl_msg *msg,
		     struct vsw_router *router, struct dump_ctx *ctx)
{
	struct vsw_rif *rif;
	unsigned int n = 0;
	int err;

	list_for_each_entry(rif, &router->rifs, node) {
		if (n++ < ctx->rifs)
			continue;
		err = fill_rif(skb, msg, rif);
		if (err)
			return err;
		ctx->rifs = n;
	}
	ctx->rifs = 0;
	return 0;
}

/**
 * vsw_nl_interface_get_dumpit() - VSW_CMD_INTERFACE_GET of many interfaces
 * @skb: where to
 * @cb: the dump
 *
 * Context: takes the namespace's lock.
 * Return: length of what was put, 0 at the end, or a negative error.
 */
int vsw_nl_interface_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct vsw_net *vn = vsw_net(sock_net(cb->skb->sk));
	const struct nlattr *name = vsw_genl_dump_attrs(cb)[VSW_A_INTERFACE_ROUTER];
	struct vsw_nl_msg msg = vsw_nl_msg_dump(cb);
	struct dump_ctx *ctx = (void *)cb->ctx;
	struct vsw_router *router;
	unsigned int n = 0;
	int err;

	err = vsw_nl_dump_check(cb);
	if (err)
		return err;
	mutex_lock(&vn->lock);
	cb->seq = vn->seq + 1;
	if (name)
		err = PTR_ERR_OR_ZERO(vsw_nl_router_find(vn, name, cb->extack));
	list_for_each_entry(router, &vn->routers, node) {
		if (err)
			break;
		if (n++ < ctx->routers)
			continue;
		if (!name || !strcmp(router->name, nla_data(name)))
			err = dump_rifs(skb, &msg, router, ctx);
		if (!err)
			ctx->routers = n;
	}
	mutex_unlock(&vn->lock);
	return err == -EMSGSIZE && skb->len ? skb->len : err;
}
