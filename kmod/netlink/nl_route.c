// SPDX-License-Identifier: GPL-2.0
/*
 * Routes and neighbours of a router in netlink messages.
 */
#include "compat.h"
#include "core/router.h"
#include "netlink/nl.h"

static int put_hop(struct sk_buff *skb, const struct vsw_hop *hop)
{
	struct nlattr *nest = nla_nest_start(skb, VSW_A_ROUTE_HOP);

	if (!nest || nla_put_string(skb, VSW_A_HOP_INTERFACE, hop->rif->name) ||
	    (!ipv6_addr_any(&hop->via) &&
	     nla_put_in6_addr(skb, VSW_A_HOP_VIA, &hop->via)))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static int put_route(struct sk_buff *skb, const struct vsw_router *router,
		     const struct vsw_route *route)
{
	const struct vsw_hops *hops = vsw_route_hops(&router->routes, route);
	unsigned int i;

	if (nla_put_string(skb, VSW_A_ROUTE_ROUTER, router->name) ||
	    vsw_nl_prefix_put(skb, VSW_A_ROUTE_PREFIX, &route->dst, route->len) ||
	    nla_put_u32(skb, VSW_A_ROUTE_TYPE, hops->type) ||
	    (route->is_own && nla_put_flag(skb, VSW_A_ROUTE_OWN)))
		return -EMSGSIZE;
	for (i = 0; i < hops->n; i++)
		if (put_hop(skb, &hops->hop[i]))
			return -EMSGSIZE;
	return 0;
}

static int fill_route(struct sk_buff *skb, const struct vsw_nl_msg *msg,
		      const struct vsw_router *router, const struct vsw_route *route)
{
	void *hdr = vsw_nl_put_head(skb, msg);

	if (!hdr)
		return -EMSGSIZE;
	if (put_route(skb, router, route)) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, hdr);
	return 0;
}

static int parse_prefix(struct vsw_prefix *prefix, struct genl_info *info)
{
	struct in6_addr masked;
	int err;

	if (GENL_REQ_ATTR_CHECK(info, VSW_A_ROUTE_PREFIX)) {
		GENL_SET_ERR_MSG(info, "Give the route's prefix, by prefix");
		return -EINVAL;
	}
	err = vsw_nl_prefix_parse(prefix, info->attrs[VSW_A_ROUTE_PREFIX], info->extack);
	if (err)
		return err;
	ipv6_addr_prefix(&masked, &prefix->addr, prefix->len);
	if (!ipv6_addr_equal(&masked, &prefix->addr)) {
		NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[VSW_A_ROUTE_PREFIX],
				    "The address has bits behind its prefix");
		return -EINVAL;
	}
	return 0;
}

/* Spreads flows over hops; the same for the same hop in every route. */
static u64 seed_of(const struct vsw_hop *hop)
{
	const u64 *w = (const u64 *)&hop->via;

	return vsw_fold(w[0] ^ 0x9e3779b97f4a7c15ull, w[1] ^ 0xc2b2ae3d27d4eb4full) ^
	       vsw_fold(ether_addr_to_u64(hop->rif->lladdr) + hop->rif->vid,
			0x165667b19e3779f9ull);
}

static int find_hop_rif(struct vsw_hop *hop, struct vsw_router *router, struct nlattr **tb,
			const struct nlattr *nest, struct netlink_ext_ack *extack)
{
	if (tb[VSW_A_HOP_INTERFACE]) {
		hop->rif = vsw_rif_find(router, nla_data(tb[VSW_A_HOP_INTERFACE]));
		if (hop->rif)
			return 0;
		NL_SET_ERR_MSG_ATTR(extack, tb[VSW_A_HOP_INTERFACE],
				    "The router has no interface of this name");
		return -ENOENT;
	}
	if (!tb[VSW_A_HOP_VIA]) {
		NL_SET_ERR_MSG_ATTR(extack, nest, "A hop needs a gateway or an interface");
		return -EINVAL;
	}
	hop->rif = vsw_rif_find_link(router, &hop->via);
	if (hop->rif)
		return 0;
	NL_SET_ERR_MSG_ATTR(extack, tb[VSW_A_HOP_VIA],
			    "No interface has the gateway on its link, name the interface");
	return -ENETUNREACH;
}

static int parse_hop(struct vsw_route_config *config, struct vsw_router *router,
		     const struct nlattr *nest, struct netlink_ext_ack *extack)
{
	struct vsw_hop *hop = &config->hop[config->n_hops];
	struct nlattr *tb[VSW_A_HOP_MAX + 1];
	int err;

	if (config->n_hops == VSW_HOPS_MAX) {
		NL_SET_ERR_MSG_ATTR_FMT(extack, nest, "A route has at most %u hops",
					VSW_HOPS_MAX);
		return -ENOSPC;
	}
	err = vsw_nl_parse_nest(tb, VSW_A_HOP_MAX, nest, vsw_hop_nl_policy, extack);
	if (err)
		return err;
	if (tb[VSW_A_HOP_VIA]) {
		hop->via = nla_get_in6_addr(tb[VSW_A_HOP_VIA]);
		if (ipv6_addr_v4mapped(&hop->via) != ipv6_addr_v4mapped(&config->dst) ||
		    ipv6_addr_any(&hop->via)) {
			NL_SET_ERR_MSG_ATTR(extack, tb[VSW_A_HOP_VIA],
					    "The gateway must be an address of the prefix's family");
			return -EINVAL;
		}
	}
	err = find_hop_rif(hop, router, tb, nest, extack);
	if (err)
		return err;
	if (vsw_rif_has_addr(hop->rif, &hop->via)) {
		NL_SET_ERR_MSG_ATTR(extack, tb[VSW_A_HOP_VIA],
				    "The gateway is the router itself");
		return -EINVAL;
	}
	hop->seed = seed_of(hop);
	config->n_hops++;
	return 0;
}

static int parse_hops(struct vsw_route_config *config, struct vsw_router *router,
		      struct genl_info *info)
{
	const struct nlattr *attr;
	int err, rem;

	nla_for_each_attr(attr, genlmsg_data(info->genlhdr), genlmsg_len(info->genlhdr), rem) {
		if (nla_type(attr) != VSW_A_ROUTE_HOP)
			continue;
		err = parse_hop(config, router, attr, info->extack);
		if (err)
			return err;
	}
	if (config->n_hops ? config->type != VSW_ROUTE_TYPE_UNICAST :
			     config->type == VSW_ROUTE_TYPE_UNICAST) {
		GENL_SET_ERR_MSG(info, "A route has hops, or a type that needs none");
		return -EINVAL;
	}
	return 0;
}

static int parse_type(struct vsw_route_config *config, struct genl_info *info)
{
	const struct nlattr *attr = info->attrs[VSW_A_ROUTE_TYPE];

	config->type = attr ? nla_get_u32(attr) : VSW_ROUTE_TYPE_UNICAST;
	if (config->type != VSW_ROUTE_TYPE_LOCAL)
		return 0;
	NL_SET_ERR_MSG_ATTR(info->extack, attr, "Only addresses of interfaces make local routes");
	return -EINVAL;
}

static struct vsw_router *lock(struct genl_info *info)
{
	return vsw_nl_router_lock(genl_info_net(info), info->attrs[VSW_A_ROUTE_ROUTER],
				  info->extack);
}

static void unlock(struct vsw_router *router)
{
	mutex_unlock(&router->vn->lock);
}

static int add_route(struct vsw_router *router, const struct vsw_route_config *config,
		     struct genl_info *info)
{
	u16 how = info->nlhdr->nlmsg_flags;
	int err = -ENOENT;

	if (how & NLM_F_REPLACE && !(how & NLM_F_CREATE) &&
	    !vsw_route_find(&router->routes, &config->dst, config->len))
		GENL_SET_ERR_MSG(info, "The router has no route for this prefix to replace");
	else
		err = vsw_route_add(&router->routes, config, how & NLM_F_REPLACE, info->extack);
	if (err == -EEXIST || err == -ENOENT)
		vsw_nl_blame(info->extack, info->attrs[VSW_A_ROUTE_PREFIX]);
	return err;
}

/**
 * vsw_nl_route_new_doit() - VSW_CMD_ROUTE_NEW
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes the namespace's lock.
 * Return: 0, or a negative error.
 */
int vsw_nl_route_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_route_config config = {};
	struct vsw_router *router;
	struct vsw_prefix prefix;
	int err;

	err = parse_prefix(&prefix, info) ?: parse_type(&config, info);
	if (err)
		return err;
	config.dst = prefix.addr;
	config.len = prefix.len;
	router = lock(info);
	if (IS_ERR(router))
		return PTR_ERR(router);
	err = parse_hops(&config, router, info) ?: add_route(router, &config, info);
	unlock(router);
	return err;
}

/**
 * vsw_nl_route_del_doit() - VSW_CMD_ROUTE_DEL
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes the namespace's lock.
 * Return: 0, or a negative error.
 */
int vsw_nl_route_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_router *router;
	struct vsw_prefix prefix;
	int err;

	err = parse_prefix(&prefix, info);
	if (err)
		return err;
	router = lock(info);
	if (IS_ERR(router))
		return PTR_ERR(router);
	err = vsw_route_del(&router->routes, &prefix.addr, prefix.len, info->extack);
	if (err)
		vsw_nl_blame(info->extack, info->attrs[VSW_A_ROUTE_PREFIX]);
	unlock(router);
	return err;
}

static int get_route(struct sk_buff *reply, struct vsw_router *router, struct genl_info *info,
		     const struct vsw_prefix *prefix)
{
	struct vsw_nl_msg msg = vsw_nl_msg_reply(info);
	const struct vsw_route *route;

	route = vsw_route_find(&router->routes, &prefix->addr, prefix->len);
	if (route)
		return fill_route(reply, &msg, router, route);
	NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[VSW_A_ROUTE_PREFIX],
			    "The router has no route for this prefix");
	return -ENOENT;
}

/**
 * vsw_nl_route_get_doit() - VSW_CMD_ROUTE_GET of one route
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes the namespace's lock.
 * Return: 0, or a negative error.
 */
int vsw_nl_route_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_router *router;
	struct vsw_prefix prefix;
	struct sk_buff *reply;
	int err;

	err = parse_prefix(&prefix, info);
	if (err)
		return err;
	reply = vsw_nl_skb_new(0);
	if (!reply)
		return -ENOMEM;
	router = lock(info);
	err = PTR_ERR_OR_ZERO(router);
	if (!err) {
		err = get_route(reply, router, info, &prefix);
		unlock(router);
	}
	return vsw_nl_reply(reply, info, err);
}

static struct vsw_router *lock_dump(struct netlink_callback *cb)
{
	struct nlattr **attrs = vsw_genl_dump_attrs(cb);
	int err;

	err = vsw_nl_dump_check(cb);
	if (err)
		return ERR_PTR(err);
	return vsw_nl_router_lock(sock_net(cb->skb->sk), attrs[VSW_A_ROUTE_ROUTER], cb->extack);
}

/* Where a dump of routes goes on. */
struct route_ctx {
	u32 next;	/* id */
};

/**
 * vsw_nl_route_get_dumpit() - VSW_CMD_ROUTE_GET of the routes of a router
 * @skb: where to
 * @cb: the dump
 *
 * Context: takes the namespace's lock.
 * Return: length of what was put, 0 at the end, or a negative error.
 */
int vsw_nl_route_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct route_ctx *ctx = (void *)cb->ctx;
	struct vsw_nl_msg msg = vsw_nl_msg_dump(cb);
	const struct vsw_route *route;
	struct vsw_router *router;
	int err = 0;

	router = lock_dump(cb);
	if (IS_ERR(router))
		return PTR_ERR(router);
	cb->seq = router->routes.seq + 1;
	while (!err && (route = vsw_route_next(&router->routes, &ctx->next))) {
		err = fill_route(skb, &msg, router, route);
		if (!err)
			ctx->next++;
	}
	unlock(router);
	return err == -EMSGSIZE && skb->len ? skb->len : err;
}

static int fill_neigh(struct sk_buff *skb, const struct vsw_nl_msg *msg,
		      const struct vsw_router *router, const struct vsw_neigh *n)
{
	u32 used = jiffies_to_msecs(jiffies - READ_ONCE(n->used));
	u64 known = READ_ONCE(n->lladdr);
	void *hdr = vsw_nl_put_head(skb, msg);
	u8 lladdr[ETH_ALEN];

	if (!hdr)
		return -EMSGSIZE;
	u64_to_ether_addr(known, lladdr);
	if (nla_put_string(skb, VSW_A_NEIGH_ROUTER, router->name) ||
	    nla_put_string(skb, VSW_A_NEIGH_INTERFACE, n->key.rif->name) ||
	    nla_put_in6_addr(skb, VSW_A_NEIGH_ADDRESS, &n->key.addr) ||
	    (known && nla_put(skb, VSW_A_NEIGH_LLADDR, ETH_ALEN, lladdr)) ||
	    nla_put_u32(skb, VSW_A_NEIGH_STATE, vsw_neigh_state(n)) ||
	    nla_put_u32(skb, VSW_A_NEIGH_USED, used)) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, hdr);
	return 0;
}

static int parse_neigh(struct in6_addr *addr, struct genl_info *info)
{
	if (GENL_REQ_ATTR_CHECK(info, VSW_A_NEIGH_ADDRESS)) {
		GENL_SET_ERR_MSG(info, "Give the neighbour's address, by address");
		return -EINVAL;
	}
	*addr = nla_get_in6_addr(info->attrs[VSW_A_NEIGH_ADDRESS]);
	return 0;
}

/* The interface that is named, or the one that has the address on its link. */
static struct vsw_rif *find_rif(struct vsw_router *router, struct genl_info *info,
				const struct in6_addr *addr)
{
	const struct nlattr *name = info->attrs[VSW_A_NEIGH_INTERFACE];
	struct vsw_rif *rif;

	if (name) {
		rif = vsw_rif_find(router, nla_data(name));
		if (!rif)
			NL_SET_ERR_MSG_ATTR(info->extack, name,
					    "The router has no interface of this name");
		return rif ?: ERR_PTR(-ENOENT);
	}
	rif = vsw_rif_find_link(router, addr);
	if (!rif)
		NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[VSW_A_NEIGH_ADDRESS],
				    "No interface has the address on its link, name the interface");
	return rif ?: ERR_PTR(-ENETUNREACH);
}

static int add_neigh(struct vsw_router *router, struct genl_info *info,
		     const struct in6_addr *addr)
{
	struct vsw_rif *rif = find_rif(router, info, addr);
	int err;

	if (IS_ERR(rif))
		return PTR_ERR(rif);
	err = vsw_rif_set_neigh(rif, addr, nla_data(info->attrs[VSW_A_NEIGH_LLADDR]),
				info->extack);
	if (err == -EINVAL)
		vsw_nl_blame(info->extack, info->attrs[VSW_A_NEIGH_LLADDR]);
	return err;
}

/**
 * vsw_nl_neigh_new_doit() - VSW_CMD_NEIGH_NEW
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes the namespace's lock.
 * Return: 0, or a negative error.
 */
int vsw_nl_neigh_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_router *router;
	struct in6_addr addr;
	int err;

	err = parse_neigh(&addr, info);
	if (err)
		return err;
	if (GENL_REQ_ATTR_CHECK(info, VSW_A_NEIGH_LLADDR)) {
		GENL_SET_ERR_MSG(info, "Give the neighbour's link-layer address, by lladdr");
		return -EINVAL;
	}
	router = lock(info);
	if (IS_ERR(router))
		return PTR_ERR(router);
	err = add_neigh(router, info, &addr);
	unlock(router);
	return err;
}

/**
 * vsw_nl_neigh_del_doit() - VSW_CMD_NEIGH_DEL
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes the namespace's lock.
 * Return: 0, or a negative error.
 */
int vsw_nl_neigh_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_router *router;
	struct in6_addr addr;
	struct vsw_rif *rif;
	int err;

	err = parse_neigh(&addr, info);
	if (err)
		return err;
	router = lock(info);
	if (IS_ERR(router))
		return PTR_ERR(router);
	rif = find_rif(router, info, &addr);
	err = IS_ERR(rif) ? PTR_ERR(rif) : vsw_rif_del_neigh(rif, &addr, info->extack);
	if (err)
		vsw_nl_blame(info->extack, info->attrs[VSW_A_NEIGH_ADDRESS]);
	unlock(router);
	return err;
}

static int get_neigh(struct sk_buff *reply, struct vsw_router *router, struct genl_info *info,
		     const struct in6_addr *addr)
{
	struct vsw_nl_msg msg = vsw_nl_msg_reply(info);
	struct vsw_rif *rif = find_rif(router, info, addr);
	const struct vsw_neigh *n;
	int err = -ENOENT;

	if (IS_ERR(rif))
		return PTR_ERR(rif);
	rcu_read_lock();
	n = vsw_neigh_find_rcu(&router->neighs, rif, addr);
	if (n)
		err = fill_neigh(reply, &msg, router, n);
	else
		NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[VSW_A_NEIGH_ADDRESS],
				    "The interface has no neighbour of this address");
	rcu_read_unlock();
	return err;
}

/**
 * vsw_nl_neigh_get_doit() - VSW_CMD_NEIGH_GET of one neighbour
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes the namespace's lock.
 * Return: 0, or a negative error.
 */
int vsw_nl_neigh_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_router *router;
	struct in6_addr addr;
	struct sk_buff *reply;
	int err;

	err = parse_neigh(&addr, info);
	if (err)
		return err;
	reply = vsw_nl_skb_new(0);
	if (!reply)
		return -ENOMEM;
	router = lock(info);
	err = PTR_ERR_OR_ZERO(router);
	if (!err) {
		err = get_neigh(reply, router, info, &addr);
		unlock(router);
	}
	return vsw_nl_reply(reply, info, err);
}

/* Where a dump of neighbours goes on. */
struct neigh_ctx {
	u64 next;	/* id */
};

/**
 * vsw_nl_neigh_get_dumpit() - VSW_CMD_NEIGH_GET of the neighbours of a router
 * @skb: where to
 * @cb: the dump
 *
 * Context: takes the namespace's lock.
 * Return: length of what was put, 0 at the end, or a negative error.
 */
int vsw_nl_neigh_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct neigh_ctx *ctx = (void *)cb->ctx;
	struct vsw_nl_msg msg = vsw_nl_msg_dump(cb);
	const struct vsw_neigh *n;
	struct vsw_router *router;
	int err = 0;

	router = lock_dump(cb);
	if (IS_ERR(router))
		return PTR_ERR(router);
	cb->seq = READ_ONCE(router->neighs.seq) + 1;
	rcu_read_lock();
	list_for_each_entry_rcu(n, &router->neighs.list, list) {
		if (n->id < ctx->next)
			continue;
		err = fill_neigh(skb, &msg, router, n);
		if (err)
			break;
		ctx->next = n->id + 1;
	}
	rcu_read_unlock();
	unlock(router);
	return err == -EMSGSIZE && skb->len ? skb->len : err;
}
