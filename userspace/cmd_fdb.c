// SPDX-License-Identifier: GPL-2.0
/*
 * vswctl fdb
 */
#include "address.h"
#include "common.h"

#include <net/if.h>

#include <linux/vsw.h>

static const struct vsw_setting vlan_setting = {
	.word = "vlan", .attr = VSW_A_FDB_VID, .len = 2, .max = 4094,
};

static const struct vsw_setting vni_setting = {
	.word = "vni", .attr = VSW_A_FDB_VNI, .len = 4, .max = UINT32_MAX,
};

enum {
	TAKE_PORT = 1,
	TAKE_STATIC = 2,
	TAKE_STICKY = 4,
	TAKE_DST = 8,
};

static int put_mac(struct vsw_req *req, struct vsw_args *args)
{
	struct vsw_tok tok;
	uint8_t mac[6];
	int err;

	err = vsw_args_want(args, "a MAC address", &tok);
	if (!err)
		err = vsw_tok_mac(&tok, mac);
	if (!err)
		vsw_req_put(req, &tok, VSW_A_FDB_LLADDR, mac, sizeof(mac));
	return err;
}

static int parse_port(struct vsw_req *req, struct vsw_args *args, bool *has_port)
{
	if (*has_port)
		return vsw_usage(&args->toks[args->pos - 1], "port is given twice");
	*has_port = true;
	return vsw_req_put_port(req, args, VSW_A_FDB_PORT_NO, VSW_A_FDB_PORT_NAME);
}

static int parse_options(struct vsw_req *req, struct vsw_args *args,
			 unsigned int takes, bool *has_port)
{
	struct vsw_tok tok = vsw_args_end(args);
	uint32_t flags = 0;
	int err = VSW_OK;

	*has_port = false;
	while (!err && vsw_args_peek(args)) {
		struct vsw_tok word = *vsw_args_peek(args);

		if (vsw_args_take(args, "vlan")) {
			err = vsw_setting_parse(args, &vlan_setting, req);
		} else if (takes & TAKE_PORT && vsw_args_take(args, "port")) {
			err = parse_port(req, args, has_port);
		} else if (takes & TAKE_DST && vsw_args_take(args, "dst")) {
			err = vsw_req_put_address(req, args, VSW_A_FDB_DST);
		} else if (takes & TAKE_DST && vsw_args_take(args, "vni")) {
			err = vsw_setting_parse(args, &vni_setting, req);
		} else if (takes & TAKE_STATIC && vsw_args_take(args, "static")) {
			flags |= VSW_FDB_FLAG_STATIC;
			tok = word;
		} else if (takes & TAKE_STICKY && vsw_args_take(args, "sticky")) {
			flags |= VSW_FDB_FLAG_STICKY;
			tok = word;
		} else {
			err = vsw_usage(&word, "expected vlan VID%s%s%s%s",
					takes & TAKE_PORT ? ", port PORT" : "",
					takes & TAKE_DST ? ", dst IP, vni N" : "",
					takes & TAKE_STATIC ? ", static" : "",
					takes & TAKE_STICKY ? ", sticky" : "");
		}
	}
	if (!err && flags)
		vsw_req_put_u32(req, &tok, VSW_A_FDB_FLAGS, flags);
	return err;
}

static int add(struct vsw_ctl *ctl, struct vsw_args *args)
{
	struct vsw_tok end = vsw_args_end(args);
	struct vsw_req req;
	bool has_port;
	int err;

	vsw_req_init(&req, VSW_CMD_FDB_NEW, NLM_F_CREATE | NLM_F_REPLACE);
	err = vsw_req_put_switch(&req, args, VSW_A_FDB_SWITCH_NAME);
	if (!err)
		err = put_mac(&req, args);
	if (!err)
		err = parse_options(&req, args,
				    TAKE_PORT | TAKE_STATIC | TAKE_STICKY | TAKE_DST,
				    &has_port);
	if (!err && !has_port)
		err = vsw_usage(&end, "port PORT is missing");
	if (!err)
		err = vsw_send(ctl, &req);
	vsw_req_free(&req);
	return err;
}

static int del(struct vsw_ctl *ctl, struct vsw_args *args)
{
	struct vsw_req req;
	bool has_port;
	int err;

	vsw_req_init(&req, VSW_CMD_FDB_DEL, 0);
	err = vsw_req_put_switch(&req, args, VSW_A_FDB_SWITCH_NAME);
	if (!err)
		err = put_mac(&req, args);
	if (!err)
		err = parse_options(&req, args, 0, &has_port);
	if (!err)
		err = vsw_send(ctl, &req);
	vsw_req_free(&req);
	return err;
}

static int flush(struct vsw_ctl *ctl, struct vsw_args *args)
{
	struct vsw_req req;
	bool has_port;
	int err;

	vsw_req_init(&req, VSW_CMD_FDB_FLUSH, 0);
	err = vsw_req_put_switch(&req, args, VSW_A_FDB_SWITCH_NAME);
	if (!err)
		err = parse_options(&req, args, TAKE_PORT | TAKE_STATIC, &has_port);
	if (!err)
		err = vsw_send(ctl, &req);
	vsw_req_free(&req);
	return err;
}

static bool is_mac(const struct vsw_tok *tok)
{
	return tok && !vsw_tok_is(tok, "vlan") && !vsw_tok_is(tok, "port");
}

static int show(struct vsw_ctl *ctl, struct vsw_args *args)
{
	struct vsw_req req;
	bool has_port;
	int err;

	vsw_req_init(&req, VSW_CMD_FDB_GET, 0);
	err = vsw_req_put_switch(&req, args, VSW_A_FDB_SWITCH_NAME);
	if (!err && is_mac(vsw_args_peek(args)))
		err = put_mac(&req, args);
	if (!err)
		err = parse_options(&req, args, TAKE_PORT, &has_port);
	if (!err)
		err = vsw_show(ctl, &req, true, vsw_fdb_print);
	vsw_req_free(&req);
	return err;
}

static void print_port(struct vsw_out *out, struct nlattr *tb[])
{
	bool has_name = tb[VSW_A_FDB_PORT_NAME];
	char name[IFNAMSIZ];

	vsw_port_no_print(out, "port_no", has_name ? NULL : " port ",
			  tb[VSW_A_FDB_PORT_NO]);
	if (vsw_attr_string(tb[VSW_A_FDB_PORT_NAME], name, sizeof(name)))
		vsw_out_string(out, "port_name", " port ", name);
	vsw_port_no_print(out, "old_port_no", " old_port ", tb[VSW_A_FDB_OLD_PORT_NO]);
}

static void print_flags(struct vsw_out *out, const struct nlattr *attr)
{
	static const char *const names[] = { "static", "sticky", "local", "router" };
	uint64_t flags = vsw_attr_number(attr);
	unsigned int i;

	vsw_out_array(out, "flags");
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		if (!(flags >> i & 1))
			continue;
		vsw_out_text(out, " ");
		vsw_out_string(out, "", "", names[i]);
	}
	vsw_out_end(out);
}

/**
 * vsw_fdb_print - print an FDB entry
 * @out: output, in an object
 * @hdr: reply or event
 *
 * Context: any.
 */
void vsw_fdb_print(struct vsw_out *out, const struct nlmsghdr *hdr)
{
	struct nlattr *tb[VSW_A_FDB_MAX + 1];
	char name[IFNAMSIZ];
	bool is_static;

	vsw_attr_parse(tb, VSW_A_FDB_MAX, hdr);
	is_static = vsw_attr_number(tb[VSW_A_FDB_FLAGS]) &
		    (VSW_FDB_FLAG_STATIC | VSW_FDB_FLAG_LOCAL);
	vsw_attr_string(tb[VSW_A_FDB_SWITCH_NAME], name, sizeof(name));
	vsw_out_string(out, "switch", "", name);
	vsw_mac_print(out, "lladdr", " ", tb[VSW_A_FDB_LLADDR]);
	if (tb[VSW_A_FDB_VID])
		vsw_out_number(out, "vid", " vlan ", vsw_attr_number(tb[VSW_A_FDB_VID]));
	print_port(out, tb);
	vsw_address_print(out, "dst", " dst ", tb[VSW_A_FDB_DST]);
	if (tb[VSW_A_FDB_VNI])
		vsw_out_number(out, "vni", " vni ", vsw_attr_number(tb[VSW_A_FDB_VNI]));
	if (tb[VSW_A_FDB_LLADDR])
		print_flags(out, tb[VSW_A_FDB_FLAGS]);
	if (tb[VSW_A_FDB_AGE])
		vsw_out_seconds(out, "age", is_static && !out->details ? NULL : " age ",
				vsw_attr_number(tb[VSW_A_FDB_AGE]));
	if (tb[VSW_A_FDB_LOST])
		vsw_out_number(out, "lost", " lost ", vsw_attr_number(tb[VSW_A_FDB_LOST]));
}

const struct vsw_verb vsw_fdb_verbs[] = {
	{ "add", "SWITCH MAC [vlan VID] port PORT [dst IP [vni N]] [sticky]", add },
	{ "del", "SWITCH MAC [vlan VID]", del },
	{ "flush", "SWITCH [vlan VID] [port PORT] [static]", flush },
	{ "show", "SWITCH [MAC] [vlan VID] [port PORT]", show },
	{ }
};
