// SPDX-License-Identifier: GPL-2.0
/*
 * vswctl router, vswctl interface
 */
#include "common.h"

#include <net/if.h>

#include <linux/vsw.h>

#include "address.h"

static const struct vsw_setting router_settings[] = {
	{ .word = "routes_max", .key = "routes_max", .attr = VSW_A_ROUTER_ROUTES_MAX,
	  .len = 4, .max = VSW_ROUTES_LIMIT, .usual = 100000, .has_usual = true },
	{ .word = "neighs_max", .key = "neighs_max", .attr = VSW_A_ROUTER_NEIGHS_MAX,
	  .len = 4, .max = VSW_NEIGHS_LIMIT, .usual = 16384, .has_usual = true },
};

static const struct vsw_setting interface_settings[] = {
	{ .word = "vlan", .key = "vid", .attr = VSW_A_INTERFACE_VID, .len = 2, .max = 4094,
	  .has_usual = true },
	{ .word = "mtu", .key = "mtu", .attr = VSW_A_INTERFACE_MTU, .len = 4,
	  .max = UINT32_MAX },
};

static int put_router(struct vsw_req *req, struct vsw_args *args)
{
	return vsw_req_put_word(req, args, VSW_A_ROUTER_ROUTER, "a router");
}

static int router_add(struct vsw_ctl *ctl, struct vsw_args *args)
{
	struct vsw_req req;
	int err;

	vsw_req_init(&req, VSW_CMD_ROUTER_NEW, NLM_F_CREATE | NLM_F_EXCL);
	err = put_router(&req, args);
	if (!err)
		err = vsw_settings_parse(args, router_settings, ARRAY_SIZE(router_settings), &req);
	if (!err)
		err = vsw_send(ctl, &req);
	vsw_req_free(&req);
	return err;
}

static int router_del(struct vsw_ctl *ctl, struct vsw_args *args)
{
	struct vsw_req req;
	int err;

	vsw_req_init(&req, VSW_CMD_ROUTER_DEL, 0);
	err = put_router(&req, args);
	if (!err)
		err = vsw_args_done(args);
	if (!err)
		err = vsw_send(ctl, &req);
	vsw_req_free(&req);
	return err;
}

static void print_count(struct vsw_out *out, const char *key, const char *label,
			const struct nlattr *attr)
{
	if (attr)
		vsw_out_number(out, key, out->details ? label : NULL, vsw_attr_number(attr));
}

static void router_print(struct vsw_out *out, const struct nlmsghdr *hdr)
{
	struct nlattr *tb[VSW_A_ROUTER_MAX + 1];
	char name[IFNAMSIZ];

	vsw_attr_parse(tb, VSW_A_ROUTER_MAX, hdr);
	vsw_attr_string(tb[VSW_A_ROUTER_ROUTER], name, sizeof(name));
	vsw_out_string(out, "router", "", name);
	vsw_setting_print(out, &router_settings[0], tb[VSW_A_ROUTER_ROUTES_MAX]);
	vsw_setting_print(out, &router_settings[1], tb[VSW_A_ROUTER_NEIGHS_MAX]);
	print_count(out, "interfaces", " interfaces ", tb[VSW_A_ROUTER_INTERFACES]);
	print_count(out, "routes", " routes ", tb[VSW_A_ROUTER_ROUTES]);
	print_count(out, "neighs", " neighs ", tb[VSW_A_ROUTER_NEIGHS]);
}

static int router_show(struct vsw_ctl *ctl, struct vsw_args *args)
{
	bool one = vsw_args_peek(args);
	struct vsw_req req;
	int err = VSW_OK;

	vsw_req_init(&req, VSW_CMD_ROUTER_GET, 0);
	if (one)
		err = put_router(&req, args);
	if (!err)
		err = vsw_args_done(args);
	if (!err)
		err = vsw_show(ctl, &req, !one, router_print);
	vsw_req_free(&req);
	return err;
}

const struct vsw_verb vsw_router_verbs[] = {
	{ "add", "ROUTER [routes_max N] [neighs_max N]", router_add },
	{ "del", "ROUTER", router_del },
	{ "show", "[ROUTER]", router_show },
	{ }
};

static int put_interface(struct vsw_req *req, struct vsw_args *args)
{
	int err;

	err = vsw_req_put_word(req, args, VSW_A_INTERFACE_ROUTER, "a router");
	if (!err)
		err = vsw_req_put_word(req, args, VSW_A_INTERFACE_NAME, "an interface");
	return err;
}

static int parse_interface(struct vsw_req *req, struct vsw_args *args, bool *has_switch)
{
	const struct vsw_setting *setting;

	if (vsw_args_take(args, "switch")) {
		*has_switch = true;
		return vsw_req_put_switch(req, args, VSW_A_INTERFACE_SWITCH_NAME);
	}
	if (vsw_args_take(args, "lladdr"))
		return vsw_req_put_mac(req, args, VSW_A_INTERFACE_LLADDR);
	if (vsw_args_take(args, "address"))
		return vsw_req_put_prefix(req, args, VSW_A_INTERFACE_ADDRESS);
	setting = vsw_setting_take(args, interface_settings, ARRAY_SIZE(interface_settings));
	if (setting)
		return vsw_setting_parse(args, setting, req);
	return vsw_usage_settings(vsw_args_peek(args), interface_settings,
				  ARRAY_SIZE(interface_settings), ", switch, lladdr, address");
}

static int interface_add(struct vsw_ctl *ctl, struct vsw_args *args)
{
	struct vsw_tok end = vsw_args_end(args);
	bool has_switch = false;
	struct vsw_req req;
	int err;

	vsw_req_init(&req, VSW_CMD_INTERFACE_NEW, NLM_F_CREATE | NLM_F_EXCL);
	err = put_interface(&req, args);
	while (!err && vsw_args_peek(args))
		err = parse_interface(&req, args, &has_switch);
	if (!err && !has_switch)
		err = vsw_usage(&end, "switch SWITCH is missing");
	if (!err)
		err = vsw_send(ctl, &req);
	vsw_req_free(&req);
	return err;
}

static int interface_del(struct vsw_ctl *ctl, struct vsw_args *args)
{
	struct vsw_req req;
	int err;

	vsw_req_init(&req, VSW_CMD_INTERFACE_DEL, 0);
	err = put_interface(&req, args);
	if (!err)
		err = vsw_args_done(args);
	if (!err)
		err = vsw_send(ctl, &req);
	vsw_req_free(&req);
	return err;
}

static void print_addresses(struct vsw_out *out, const struct nlmsghdr *hdr)
{
	struct nlattr *attr;
	int rest;

	vsw_out_array(out, "address");
	nla_for_each_attr(attr, nlmsg_attrdata(hdr, GENL_HDRLEN),
			  nlmsg_attrlen(hdr, GENL_HDRLEN), rest)
		if (nla_type(attr) == VSW_A_INTERFACE_ADDRESS)
			vsw_prefix_print(out, "", " address ", attr);
	vsw_out_end(out);
}

static void interface_print(struct vsw_out *out, const struct nlmsghdr *hdr)
{
	struct nlattr *tb[VSW_A_INTERFACE_MAX + 1];
	char name[IFNAMSIZ];

	vsw_attr_parse(tb, VSW_A_INTERFACE_MAX, hdr);
	vsw_attr_string(tb[VSW_A_INTERFACE_ROUTER], name, sizeof(name));
	vsw_out_string(out, "router", "", name);
	vsw_attr_string(tb[VSW_A_INTERFACE_NAME], name, sizeof(name));
	vsw_out_string(out, "name", " ", name);
	vsw_attr_string(tb[VSW_A_INTERFACE_SWITCH_NAME], name, sizeof(name));
	vsw_out_string(out, "switch", " switch ", name);
	vsw_setting_print(out, &interface_settings[0], tb[VSW_A_INTERFACE_VID]);
	vsw_mac_print(out, "lladdr", " lladdr ", tb[VSW_A_INTERFACE_LLADDR]);
	vsw_setting_print(out, &interface_settings[1], tb[VSW_A_INTERFACE_MTU]);
	print_addresses(out, hdr);
	if (tb[VSW_A_INTERFACE_PORT_NO])
		vsw_port_no_print(out, "port_no", NULL, tb[VSW_A_INTERFACE_PORT_NO]);
}

static int interface_show(struct vsw_ctl *ctl, struct vsw_args *args)
{
	bool one = false;
	struct vsw_req req;
	int err = VSW_OK;

	vsw_req_init(&req, VSW_CMD_INTERFACE_GET, 0);
	if (vsw_args_peek(args))
		err = vsw_req_put_word(&req, args, VSW_A_INTERFACE_ROUTER, "a router");
	if (!err && vsw_args_peek(args)) {
		one = true;
		err = vsw_req_put_word(&req, args, VSW_A_INTERFACE_NAME, "an interface");
	}
	if (!err)
		err = vsw_args_done(args);
	if (!err)
		err = vsw_show(ctl, &req, !one, interface_print);
	vsw_req_free(&req);
	return err;
}

const struct vsw_verb vsw_interface_verbs[] = {
	{ "add", "ROUTER NAME switch SWITCH [vlan VID] [lladdr MAC] [mtu N] [address IP/LENGTH]...",
	  interface_add },
	{ "del", "ROUTER NAME", interface_del },
	{ "show", "[ROUTER [NAME]]", interface_show },
	{ }
};
