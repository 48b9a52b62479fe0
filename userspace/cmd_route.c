// SPDX-License-Identifier: GPL-2.0
/*
 * vswctl route, vswctl neigh
 */
#include "common.h"

#include <net/if.h>

#include <linux/vsw.h>

#include "address.h"

static const char *const type_names[] = {
	[VSW_ROUTE_TYPE_UNICAST] = "unicast",
	[VSW_ROUTE_TYPE_LOCAL] = "local",
	[VSW_ROUTE_TYPE_BLACKHOLE] = "blackhole",
	[VSW_ROUTE_TYPE_UNREACHABLE] = "unreachable",
	[VSW_ROUTE_TYPE_PROHIBIT] = "prohibit",
};

static const char *const state_names[] = {
	[VSW_NEIGH_STATE_INCOMPLETE] = "incomplete",
	[VSW_NEIGH_STATE_REACHABLE] = "reachable",
	[VSW_NEIGH_STATE_STALE] = "stale",
	[VSW_NEIGH_STATE_PERMANENT] = "permanent",
};

static const struct vsw_setting state_setting = {
	.word = "state", .key = "state", .attr = VSW_A_NEIGH_STATE, .len = 4,
	.type = VSW_SETTING_ENUM, .names = state_names, .n_names = ARRAY_SIZE(state_names),
};

static int put_route(struct vsw_req *req, struct vsw_args *args)
{
	int err;

	err = vsw_req_put_word(req, args, VSW_A_ROUTE_ROUTER, "a router");
	if (!err)
		err = vsw_req_put_prefix(req, args, VSW_A_ROUTE_PREFIX);
	return err;
}

/* via IP, dev NAME, or both in this order */
static int parse_hop(struct vsw_req *req, struct vsw_args *args)
{
	struct vsw_tok word = *vsw_args_peek(args);
	unsigned int nest = vsw_req_nest(req, &word, VSW_A_ROUTE_HOP);
	bool has_via = vsw_args_take(args, "via");
	bool has_dev;
	int err = VSW_OK;

	if (has_via)
		err = vsw_req_put_address(req, args, VSW_A_HOP_VIA);
	has_dev = !err && vsw_args_take(args, "dev");
	if (has_dev)
		err = vsw_req_put_word(req, args, VSW_A_HOP_INTERFACE, "an interface");
	vsw_req_nest_end(req, nest);
	if (!err && !has_via && !has_dev)
		err = vsw_usage(&word,
				"expected via IP, dev NAME, blackhole, unreachable or prohibit");
	return err;
}

static bool take_type(struct vsw_req *req, struct vsw_args *args)
{
	unsigned int i;

	for (i = VSW_ROUTE_TYPE_BLACKHOLE; i < ARRAY_SIZE(type_names); i++) {
		if (!vsw_args_take(args, type_names[i]))
			continue;
		vsw_req_put_u32(req, &args->toks[args->pos - 1], VSW_A_ROUTE_TYPE, i);
		return true;
	}
	return false;
}

static int parse_hops(struct vsw_req *req, struct vsw_args *args)
{
	struct vsw_tok end;
	int err = VSW_OK;

	if (take_type(req, args))
		return vsw_args_done(args);
	if (!vsw_args_peek(args)) {
		end = vsw_args_end(args);
		return vsw_usage(&end, "via IP or dev NAME is missing");
	}
	while (!err && vsw_args_peek(args)) {
		if (vsw_args_take(args, "nexthop") && !vsw_args_peek(args)) {
			end = vsw_args_end(args);
			return vsw_usage(&end, "via IP or dev NAME is missing");
		}
		err = parse_hop(req, args);
	}
	return err;
}

static int route_new(struct vsw_ctl *ctl, struct vsw_args *args, uint16_t flags)
{
	struct vsw_req req;
	int err;

	vsw_req_init(&req, VSW_CMD_ROUTE_NEW, NLM_F_CREATE | flags);
	err = put_route(&req, args);
	if (!err)
		err = parse_hops(&req, args);
	if (!err)
		err = vsw_send(ctl, &req);
	vsw_req_free(&req);
	return err;
}

static int route_add(struct vsw_ctl *ctl, struct vsw_args *args)
{
	return route_new(ctl, args, NLM_F_EXCL);
}

static int route_replace(struct vsw_ctl *ctl, struct vsw_args *args)
{
	return route_new(ctl, args, NLM_F_REPLACE);
}

static int route_del(struct vsw_ctl *ctl, struct vsw_args *args)
{
	struct vsw_req req;
	int err;

	vsw_req_init(&req, VSW_CMD_ROUTE_DEL, 0);
	err = put_route(&req, args);
	if (!err)
		err = vsw_args_done(args);
	if (!err)
		err = vsw_send(ctl, &req);
	vsw_req_free(&req);
	return err;
}

static unsigned int count_hops(const struct nlmsghdr *hdr)
{
	struct nlattr *attr;
	unsigned int n = 0;
	int rest;

	nla_for_each_attr(attr, nlmsg_attrdata(hdr, GENL_HDRLEN),
			  nlmsg_attrlen(hdr, GENL_HDRLEN), rest)
		n += nla_type(attr) == VSW_A_ROUTE_HOP;
	return n;
}

static void print_hop(struct vsw_out *out, const struct nlattr *attr, bool is_one)
{
	struct nlattr *tb[VSW_A_HOP_MAX + 1];
	char name[IFNAMSIZ];

	vsw_attr_parse_nested(tb, VSW_A_HOP_MAX, attr);
	if (!is_one)
		vsw_out_text(out, " nexthop");
	vsw_out_object(out, "");
	vsw_address_print(out, "via", " via ", tb[VSW_A_HOP_VIA]);
	if (vsw_attr_string(tb[VSW_A_HOP_INTERFACE], name, sizeof(name)))
		vsw_out_string(out, "interface", " dev ", name);
	vsw_out_end(out);
}

static void print_hops(struct vsw_out *out, const struct nlmsghdr *hdr)
{
	bool is_one = count_hops(hdr) == 1;
	struct nlattr *attr;
	int rest;

	vsw_out_array(out, "hop");
	nla_for_each_attr(attr, nlmsg_attrdata(hdr, GENL_HDRLEN),
			  nlmsg_attrlen(hdr, GENL_HDRLEN), rest)
		if (nla_type(attr) == VSW_A_ROUTE_HOP)
			print_hop(out, attr, is_one);
	vsw_out_end(out);
}

static void route_print(struct vsw_out *out, const struct nlmsghdr *hdr)
{
	struct nlattr *tb[VSW_A_ROUTE_MAX + 1];
	char name[IFNAMSIZ];
	uint64_t type;

	vsw_attr_parse(tb, VSW_A_ROUTE_MAX, hdr);
	type = vsw_attr_number(tb[VSW_A_ROUTE_TYPE]);
	vsw_attr_string(tb[VSW_A_ROUTE_ROUTER], name, sizeof(name));
	vsw_out_string(out, "router", "", name);
	vsw_prefix_print(out, "prefix", " ", tb[VSW_A_ROUTE_PREFIX]);
	if (type < ARRAY_SIZE(type_names))
		vsw_out_string(out, "type", type == VSW_ROUTE_TYPE_UNICAST ? NULL : " ",
			       type_names[type]);
	print_hops(out, hdr);
	vsw_out_bool(out, "own", NULL, tb[VSW_A_ROUTE_OWN]);
	if (tb[VSW_A_ROUTE_OWN])
		vsw_out_text(out, " own");
}

static int route_show(struct vsw_ctl *ctl, struct vsw_args *args)
{
	bool one = false;
	struct vsw_req req;
	int err;

	vsw_req_init(&req, VSW_CMD_ROUTE_GET, 0);
	err = vsw_req_put_word(&req, args, VSW_A_ROUTE_ROUTER, "a router");
	if (!err && vsw_args_peek(args)) {
		one = true;
		err = vsw_req_put_prefix(&req, args, VSW_A_ROUTE_PREFIX);
	}
	if (!err)
		err = vsw_args_done(args);
	if (!err)
		err = vsw_show(ctl, &req, !one, route_print);
	vsw_req_free(&req);
	return err;
}

const struct vsw_verb vsw_route_verbs[] = {
	{ "add", "ROUTER IP/LENGTH {[nexthop] {via IP | dev NAME}... | TYPE}", route_add },
	{ "replace", "ROUTER IP/LENGTH ...", route_replace },
	{ "del", "ROUTER IP/LENGTH", route_del },
	{ "show", "ROUTER [IP/LENGTH]", route_show },
	{ }
};

static int put_neigh(struct vsw_req *req, struct vsw_args *args)
{
	int err;

	err = vsw_req_put_word(req, args, VSW_A_NEIGH_ROUTER, "a router");
	if (!err)
		err = vsw_req_put_address(req, args, VSW_A_NEIGH_ADDRESS);
	return err;
}

static int parse_dev(struct vsw_req *req, struct vsw_args *args)
{
	int err = VSW_OK;

	if (vsw_args_take(args, "dev"))
		err = vsw_req_put_word(req, args, VSW_A_NEIGH_INTERFACE, "an interface");
	if (!err)
		err = vsw_args_done(args);
	return err;
}

static int neigh_add(struct vsw_ctl *ctl, struct vsw_args *args)
{
	struct vsw_tok end = vsw_args_end(args);
	struct vsw_req req;
	int err;

	vsw_req_init(&req, VSW_CMD_NEIGH_NEW, NLM_F_CREATE | NLM_F_REPLACE);
	err = put_neigh(&req, args);
	if (!err && !vsw_args_take(args, "lladdr"))
		err = vsw_usage(vsw_args_peek(args) ?: &end, "expected lladdr MAC");
	else if (!err)
		err = vsw_req_put_mac(&req, args, VSW_A_NEIGH_LLADDR);
	if (!err)
		err = parse_dev(&req, args);
	if (!err)
		err = vsw_send(ctl, &req);
	vsw_req_free(&req);
	return err;
}

static int neigh_del(struct vsw_ctl *ctl, struct vsw_args *args)
{
	struct vsw_req req;
	int err;

	vsw_req_init(&req, VSW_CMD_NEIGH_DEL, 0);
	err = put_neigh(&req, args);
	if (!err)
		err = parse_dev(&req, args);
	if (!err)
		err = vsw_send(ctl, &req);
	vsw_req_free(&req);
	return err;
}

static void neigh_print(struct vsw_out *out, const struct nlmsghdr *hdr)
{
	struct nlattr *tb[VSW_A_NEIGH_MAX + 1];
	char name[IFNAMSIZ];

	vsw_attr_parse(tb, VSW_A_NEIGH_MAX, hdr);
	vsw_attr_string(tb[VSW_A_NEIGH_ROUTER], name, sizeof(name));
	vsw_out_string(out, "router", "", name);
	vsw_address_print(out, "address", " ", tb[VSW_A_NEIGH_ADDRESS]);
	vsw_mac_print(out, "lladdr", " lladdr ", tb[VSW_A_NEIGH_LLADDR]);
	if (vsw_attr_string(tb[VSW_A_NEIGH_INTERFACE], name, sizeof(name)))
		vsw_out_string(out, "interface", " dev ", name);
	vsw_setting_print(out, &state_setting, tb[VSW_A_NEIGH_STATE]);
	if (tb[VSW_A_NEIGH_USED])
		vsw_out_seconds(out, "used", out->stats ? " used " : NULL,
				vsw_attr_number(tb[VSW_A_NEIGH_USED]));
}

static int neigh_show(struct vsw_ctl *ctl, struct vsw_args *args)
{
	bool one = false;
	struct vsw_req req;
	int err;

	vsw_req_init(&req, VSW_CMD_NEIGH_GET, 0);
	err = vsw_req_put_word(&req, args, VSW_A_NEIGH_ROUTER, "a router");
	if (!err && vsw_args_peek(args)) {
		one = true;
		err = vsw_req_put_address(&req, args, VSW_A_NEIGH_ADDRESS);
	}
	if (!err)
		err = parse_dev(&req, args);
	if (!err)
		err = vsw_show(ctl, &req, !one, neigh_print);
	vsw_req_free(&req);
	return err;
}

const struct vsw_verb vsw_neigh_verbs[] = {
	{ "add", "ROUTER IP lladdr MAC [dev NAME]", neigh_add },
	{ "del", "ROUTER IP [dev NAME]", neigh_del },
	{ "show", "ROUTER [IP [dev NAME]]", neigh_show },
	{ }
};
