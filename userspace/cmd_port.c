// SPDX-License-Identifier: GPL-2.0
/*
 * vswctl port
 */
#include "common.h"

#include <net/if.h>
#include <stdio.h>

#include <linux/vsw.h>

#include "address.h"
#include "tunnel.h"

#define RANGES_MAX	512

static const char *const vlan_modes[] = {
	[VSW_VLAN_MODE_TRUNK] = "trunk",
	[VSW_VLAN_MODE_ACCESS] = "access",
	[VSW_VLAN_MODE_NATIVE_TAGGED] = "native-tagged",
	[VSW_VLAN_MODE_NATIVE_UNTAGGED] = "native-untagged",
};

static const char *const types[] = {
	[VSW_PORT_TYPE_ETHERNET] = "ethernet",
	[VSW_PORT_TYPE_LOCAL] = "local",
	[VSW_PORT_TYPE_TUNNEL] = "tunnel",
	[VSW_PORT_TYPE_L3] = "l3",
	[VSW_PORT_TYPE_PATCH] = "patch",
	[VSW_PORT_TYPE_ROUTER] = "router",
};

/* The others come with a switch or with a router's interface. */
static const char *const new_types[ARRAY_SIZE(types)] = {
	[VSW_PORT_TYPE_ETHERNET] = "ethernet",
	[VSW_PORT_TYPE_TUNNEL] = "tunnel",
	[VSW_PORT_TYPE_L3] = "l3",
	[VSW_PORT_TYPE_PATCH] = "patch",
};

#define ON_OFF(_word, _attr, _usual)					\
	{ .word = _word, .key = _word, .attr = VSW_A_PORT_##_attr,	\
	  .len = 1, .type = VSW_SETTING_ON_OFF, .usual = (_usual), .has_usual = true }

enum { VLAN_MODE = 7, VLAN_TAG = 8 };

static const struct vsw_setting settings[] = {
	ON_OFF("learning", LEARNING, 1),
	ON_OFF("flood", FLOOD, 1),
	ON_OFF("mcast_flood", MCAST_FLOOD, 1),
	ON_OFF("bcast_flood", BCAST_FLOOD, 1),
	ON_OFF("isolated", ISOLATED, 0),
	ON_OFF("hairpin", HAIRPIN, 0),
	ON_OFF("peer_delivery", PEER_DELIVERY, 1),
	[VLAN_MODE] = {
		.word = "vlan_mode", .key = "vlan_mode",
		.attr = VSW_A_PORT_VLAN_MODE, .len = 4, .type = VSW_SETTING_ENUM,
		.names = vlan_modes, .n_names = ARRAY_SIZE(vlan_modes) },
	[VLAN_TAG] = {
		.word = "tag", .key = "vlan_tag", .attr = VSW_A_PORT_VLAN_TAG,
		.len = 2, .max = 4094 },
	{ .word = "fdb_max", .key = "fdb_max", .attr = VSW_A_PORT_FDB_MAX,
	  .len = 4, .max = UINT32_MAX, .has_usual = true },
	{ .word = "punt_rate", .key = "punt_rate", .attr = VSW_A_PORT_PUNT_RATE,
	  .len = 4, .min = 1, .max = VSW_PUNT_RATE_MAX, .usual = 1000, .has_usual = true },
	{ .word = "punt_burst", .key = "punt_burst", .attr = VSW_A_PORT_PUNT_BURST,
	  .len = 4, .min = 1, .max = VSW_PUNT_RATE_MAX, .usual = 250, .has_usual = true },
	ON_OFF("neigh_suppress", NEIGH_SUPPRESS, 0),
	ON_OFF("proxy_arp", PROXY_ARP, 0),
	{ .word = "number", .attr = VSW_A_PORT_PORT_NO, .len = 4, .min = 1,
	  .max = VSW_PORT_MAX },
	{ .word = "type", .key = "type", .attr = VSW_A_PORT_TYPE, .len = 4,
	  .type = VSW_SETTING_ENUM, .names = types, .n_names = ARRAY_SIZE(types),
	  .typed = new_types },
};

/**
 * struct vlan - VLAN settings, which depend on each other
 * @tag: "tag" and its value
 * @trunks: "trunks" and its value
 * @has_tag: @tag was given
 * @has_trunks: @trunks was given
 * @has_mode: "vlan_mode" was given
 */
struct vlan {
	struct vsw_tok tag;
	struct vsw_tok trunks;
	bool has_tag;
	bool has_trunks;
	bool has_mode;
};

static int parse_trunks(struct vsw_args *args, struct vsw_req *req,
			struct vlan *vlan)
{
	const struct vsw_tok word = args->toks[args->pos - 1];
	struct vsw_range ranges[RANGES_MAX];
	unsigned int i, n, nest;
	int err;

	if (vlan->has_trunks)
		return vsw_usage(&word, "trunks is given twice");
	vlan->has_trunks = true;
	err = vsw_args_want(args, "all or a list of VLANs", &vlan->trunks);
	if (err || vsw_tok_is(&vlan->trunks, "all"))
		return err;
	err = vsw_tok_ranges(&vlan->trunks, ranges, RANGES_MAX, &n);
	for (i = 0; i < n && !err; i++) {
		nest = vsw_req_nest(req, &vlan->trunks, VSW_A_PORT_VLAN_TRUNK);
		vsw_req_put_u16(req, NULL, VSW_A_VLAN_RANGE_FIRST, ranges[i].first);
		vsw_req_put_u16(req, NULL, VSW_A_VLAN_RANGE_LAST, ranges[i].last);
		vsw_req_nest_end(req, nest);
	}
	return err;
}

/* The other end of a patch: its switch and its name there. */
static int parse_peer(struct vsw_args *args, struct vsw_req *req)
{
	char name[IFNAMSIZ];
	struct vsw_tok tok;
	int err;

	err = vsw_req_put_switch(req, args, VSW_A_PORT_PEER_SWITCH_NAME);
	if (!err)
		err = vsw_args_want(args, "the name of the port there", &tok);
	if (!err)
		err = vsw_tok_name(&tok, "the name of a port", name);
	if (!err)
		vsw_req_put_string(req, &tok, VSW_A_PORT_PEER_NAME, name);
	return err;
}

/* A tag alone makes an access port, a list of VLANs alone a trunk. */
static int imply_mode(struct vsw_req *req, const struct vlan *vlan)
{
	if (vlan->has_mode || (!vlan->has_tag && !vlan->has_trunks))
		return VSW_OK;
	if (vlan->has_tag && vlan->has_trunks)
		return vsw_usage(&vlan->trunks,
				 "tag and trunks together need vlan_mode native-tagged or native-untagged");
	vsw_req_put_u32(req, vlan->has_tag ? &vlan->tag : &vlan->trunks,
			VSW_A_PORT_VLAN_MODE,
			vlan->has_tag ? VSW_VLAN_MODE_ACCESS : VSW_VLAN_MODE_TRUNK);
	return VSW_OK;
}

static int parse_settings(struct vsw_args *args, struct vsw_req *req)
{
	const struct vsw_setting *setting;
	struct vlan vlan = {};
	int err = VSW_OK;

	while (!err && vsw_args_peek(args)) {
		if (vsw_args_take(args, "trunks")) {
			err = parse_trunks(args, req, &vlan);
			continue;
		}
		if (vsw_args_take(args, "peer")) {
			err = parse_peer(args, req);
			continue;
		}
		if (vsw_args_take(args, "lladdr")) {
			err = vsw_req_put_mac(req, args, VSW_A_PORT_LLADDR);
			continue;
		}
		if (vsw_args_take(args, "peer_lladdr")) {
			err = vsw_req_put_mac(req, args, VSW_A_PORT_PEER_LLADDR);
			continue;
		}
		if (vsw_tunnel_take(args, req, &err))
			continue;
		setting = vsw_setting_take(args, settings, ARRAY_SIZE(settings));
		if (!setting)
			return vsw_usage_settings(vsw_args_peek(args), settings,
						  ARRAY_SIZE(settings),
						  ", trunks, peer, lladdr, peer_lladdr"
						  VSW_TUNNEL_WORDS);
		err = vsw_setting_parse(args, setting, req);
		vlan.has_mode |= setting == &settings[VLAN_MODE];
		if (setting == &settings[VLAN_TAG]) {
			vlan.has_tag = true;
			vlan.tag = args->toks[args->pos - 1];
		}
	}
	return err ? err : imply_mode(req, &vlan);
}

static int put_device(struct vsw_req *req, struct vsw_args *args)
{
	char name[IFNAMSIZ];
	struct vsw_tok tok;
	int err;

	err = vsw_args_want(args, "the name of a device", &tok);
	if (!err)
		err = vsw_tok_name(&tok, "the name of a device", name);
	if (!err)
		vsw_req_put_string(req, &tok, VSW_A_PORT_NAME, name);
	return err;
}

static int put_port(struct vsw_req *req, struct vsw_args *args)
{
	return vsw_req_put_port(req, args, VSW_A_PORT_PORT_NO, VSW_A_PORT_NAME);
}

static int change(struct vsw_ctl *ctl, struct vsw_args *args, struct vsw_req *req,
		  int (*put)(struct vsw_req *req, struct vsw_args *args))
{
	int err;

	err = vsw_req_put_switch(req, args, VSW_A_PORT_SWITCH_NAME);
	if (!err)
		err = put(req, args);
	if (!err)
		err = parse_settings(args, req);
	if (!err)
		err = vsw_send(ctl, req);
	vsw_req_free(req);
	return err;
}

static int add(struct vsw_ctl *ctl, struct vsw_args *args)
{
	struct vsw_req req;

	vsw_req_init(&req, VSW_CMD_PORT_NEW, NLM_F_CREATE | NLM_F_EXCL);
	return change(ctl, args, &req, put_device);
}

static int set(struct vsw_ctl *ctl, struct vsw_args *args)
{
	struct vsw_req req;

	vsw_req_init(&req, VSW_CMD_PORT_SET, 0);
	return change(ctl, args, &req, put_port);
}

static int del(struct vsw_ctl *ctl, struct vsw_args *args)
{
	struct vsw_req req;
	int err;

	vsw_req_init(&req, VSW_CMD_PORT_DEL, 0);
	err = vsw_req_put_switch(&req, args, VSW_A_PORT_SWITCH_NAME);
	if (!err)
		err = put_port(&req, args);
	if (!err)
		err = vsw_args_done(args);
	if (!err)
		err = vsw_send(ctl, &req);
	vsw_req_free(&req);
	return err;
}

static int show(struct vsw_ctl *ctl, struct vsw_args *args)
{
	struct vsw_req req;
	int err = VSW_OK;
	bool one = false;

	vsw_req_init(&req, VSW_CMD_PORT_GET, 0);
	if (vsw_args_peek(args))
		err = vsw_req_put_switch(&req, args, VSW_A_PORT_SWITCH_NAME);
	if (!err && vsw_args_peek(args)) {
		one = true;
		err = put_port(&req, args);
	}
	if (!err)
		err = vsw_args_done(args);
	if (!err)
		err = vsw_show(ctl, &req, !one, vsw_port_print);
	vsw_req_free(&req);
	return err;
}

static void print_range(struct vsw_out *out, const char *label,
			const struct nlattr *nest)
{
	struct nlattr *tb[VSW_A_VLAN_RANGE_MAX + 1];
	uint64_t first, last;

	vsw_attr_parse_nested(tb, VSW_A_VLAN_RANGE_MAX, nest);
	first = vsw_attr_number(tb[VSW_A_VLAN_RANGE_FIRST]);
	last = vsw_attr_number(tb[VSW_A_VLAN_RANGE_LAST]);
	vsw_out_object(out, NULL);
	vsw_out_number(out, "first", label, first);
	vsw_out_number(out, "last", last != first ? "-" : NULL, last);
	vsw_out_end(out);
}

static void print_trunks(struct vsw_out *out, const struct nlmsghdr *hdr)
{
	const char *label = " trunks ";
	struct nlattr *attr;
	int rest;

	vsw_out_array(out, "vlan_trunk");
	nlmsg_for_each_attr(attr, (struct nlmsghdr *)hdr, GENL_HDRLEN, rest) {
		if (nla_type(attr) != VSW_A_PORT_VLAN_TRUNK)
			continue;
		print_range(out, label, attr);
		label = ",";
	}
	vsw_out_end(out);
}

/* What the mode does not use is not printed, so that it can be typed back. */
static void print_settings(struct vsw_out *out, struct nlattr *tb[],
			   const struct nlmsghdr *hdr)
{
	uint64_t mode = vsw_attr_number(tb[VSW_A_PORT_VLAN_MODE]);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(settings); i++) {
		if (!settings[i].key ||
		    (i == VLAN_TAG && !out->json && mode == VSW_VLAN_MODE_TRUNK))
			continue;
		vsw_setting_print(out, &settings[i], tb[settings[i].attr]);
	}
	print_trunks(out, hdr);
}

static void print_peer(struct vsw_out *out, struct nlattr *tb[])
{
	char name[IFNAMSIZ];

	if (!tb[VSW_A_PORT_PEER_SWITCH_NAME])
		return;
	vsw_attr_string(tb[VSW_A_PORT_PEER_SWITCH_NAME], name, sizeof(name));
	vsw_out_string(out, "peer_switch", " peer ", name);
	vsw_attr_string(tb[VSW_A_PORT_PEER_NAME], name, sizeof(name));
	vsw_out_string(out, "peer_name", " ", name);
}

/**
 * vsw_port_print - print a port
 * @out: output, in an object
 * @hdr: reply or event
 *
 * Context: any.
 */
void vsw_port_print(struct vsw_out *out, const struct nlmsghdr *hdr)
{
	struct nlattr *tb[VSW_A_PORT_MAX + 1];
	char name[IFNAMSIZ];

	vsw_attr_parse(tb, VSW_A_PORT_MAX, hdr);
	vsw_attr_string(tb[VSW_A_PORT_SWITCH_NAME], name, sizeof(name));
	vsw_out_string(out, "switch", "", name);
	vsw_attr_string(tb[VSW_A_PORT_NAME], name, sizeof(name));
	vsw_out_string(out, "name", " ", name);
	vsw_port_no_print(out, "port_no", " number ", tb[VSW_A_PORT_PORT_NO]);
	print_settings(out, tb, hdr);
	print_peer(out, tb);
	vsw_mac_print(out, "lladdr", " lladdr ", tb[VSW_A_PORT_LLADDR]);
	vsw_mac_print(out, "peer_lladdr", " peer_lladdr ", tb[VSW_A_PORT_PEER_LLADDR]);
	vsw_tunnel_print(out, tb, hdr);
	if (out->details)
		vsw_out_text(out, "\n   ");
	if (tb[VSW_A_PORT_IFINDEX])
		vsw_out_number(out, "ifindex", out->details ? " ifindex " : NULL,
			       vsw_attr_number(tb[VSW_A_PORT_IFINDEX]));
	if (tb[VSW_A_PORT_FDB_ENTRIES])
		vsw_out_number(out, "fdb_entries", out->details ? " fdb_entries " : NULL,
			       vsw_attr_number(tb[VSW_A_PORT_FDB_ENTRIES]));
	vsw_stats_print(out, out->stats ? "\n    " : NULL, tb[VSW_A_PORT_STATS]);
}

#define SETTINGS \
	"[number N] [learning on|off] [flood on|off] [mcast_flood on|off] [bcast_flood on|off] " \
	"[isolated on|off] [hairpin on|off] [peer_delivery on|off] " \
	"[vlan_mode trunk|access|native-tagged|native-untagged] " \
	"[tag VID] [trunks LIST|all] [fdb_max N] [punt_rate N] [punt_burst N] " \
	"[neigh_suppress on|off] [lladdr MAC] [peer_lladdr MAC] [proxy_arp on|off] " \
	VSW_TUNNEL_SYNTAX
#define NEW \
	"[type ethernet|tunnel|l3] | NAME type patch peer SWITCH NAME "

const struct vsw_verb vsw_port_verbs[] = {
	{ "add", "SWITCH DEV " NEW SETTINGS, add },
	{ "set", "SWITCH PORT " SETTINGS, set },
	{ "del", "SWITCH PORT", del },
	{ "show", "[SWITCH [PORT]]", show },
	{ }
};
