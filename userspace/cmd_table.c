// SPDX-License-Identifier: GPL-2.0
/*
 * vswctl table
 */
#include "common.h"

#include <net/if.h>

#include <linux/vsw.h>

static const char *const miss_names[] = {
	[VSW_MISS_NORMAL] = "normal",
	[VSW_MISS_DROP] = "drop",
	[VSW_MISS_CONTINUE] = "continue",
	[VSW_MISS_PUNT] = "punt",
};

static const struct vsw_setting miss_setting = {
	.word = "miss", .key = "miss", .attr = VSW_A_TABLE_MISS, .len = 4,
	.type = VSW_SETTING_ENUM, .names = miss_names,
	.n_names = ARRAY_SIZE(miss_names),
};

static int put_table(struct vsw_req *req, struct vsw_args *args)
{
	struct vsw_tok tok;
	uint64_t table;
	int err;

	err = vsw_args_want(args, "the number of a table", &tok);
	if (!err)
		err = vsw_tok_number(&tok, 0, VSW_TABLE_MAX, &table);
	if (!err)
		vsw_req_put_u8(req, &tok, VSW_A_TABLE_TABLE, table);
	return err;
}

static int put_miss(struct vsw_req *req, struct vsw_args *args)
{
	struct vsw_tok tok;
	int err;

	err = vsw_args_want(args, "miss normal|drop|continue|punt", &tok);
	if (err)
		return err;
	if (!vsw_tok_is(&tok, "miss"))
		return vsw_usage(&tok, "expected miss normal|drop|continue|punt");
	return vsw_setting_parse(args, &miss_setting, req);
}

static int set(struct vsw_ctl *ctl, struct vsw_args *args)
{
	struct vsw_req req;
	int err;

	vsw_req_init(&req, VSW_CMD_TABLE_SET, 0);
	err = vsw_req_put_switch(&req, args, VSW_A_TABLE_SWITCH_NAME);
	if (!err)
		err = put_table(&req, args);
	if (!err)
		err = put_miss(&req, args);
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
	bool one = false;
	int err;

	vsw_req_init(&req, VSW_CMD_TABLE_GET, 0);
	err = vsw_req_put_switch(&req, args, VSW_A_TABLE_SWITCH_NAME);
	if (!err && vsw_args_peek(args)) {
		one = true;
		err = put_table(&req, args);
	}
	if (!err)
		err = vsw_args_done(args);
	if (!err)
		err = vsw_show(ctl, &req, !one, vsw_table_print);
	vsw_req_free(&req);
	return err;
}

static void print_detail(struct vsw_out *out, const struct nlattr *attr, const char *key,
			 const char *label)
{
	if (attr)
		vsw_out_number(out, key, out->details ? label : NULL, vsw_attr_number(attr));
}

/**
 * vsw_table_print - print a table
 * @out: output, in an object
 * @hdr: reply or event
 *
 * Context: any.
 */
void vsw_table_print(struct vsw_out *out, const struct nlmsghdr *hdr)
{
	struct nlattr *tb[VSW_A_TABLE_MAX + 1];
	char name[IFNAMSIZ];

	vsw_attr_parse(tb, VSW_A_TABLE_MAX, hdr);
	vsw_attr_string(tb[VSW_A_TABLE_SWITCH_NAME], name, sizeof(name));
	vsw_out_string(out, "switch", "", name);
	vsw_out_number(out, "table", " ", vsw_attr_number(tb[VSW_A_TABLE_TABLE]));
	vsw_setting_print(out, &miss_setting, tb[VSW_A_TABLE_MISS]);
	print_detail(out, tb[VSW_A_TABLE_FLOWS], "flows", " flows ");
	print_detail(out, tb[VSW_A_TABLE_MASKS], "masks", " masks ");
	print_detail(out, tb[VSW_A_TABLE_TUPLES], "tuples", " tuples ");
	print_detail(out, tb[VSW_A_TABLE_CHAIN], "chain", " chain ");
	print_detail(out, tb[VSW_A_TABLE_PROBES], "probes", " probes ");
	if (tb[VSW_A_TABLE_MATCHED])
		vsw_out_number(out, "matched", out->stats ? " matched " : NULL,
			       vsw_attr_number(tb[VSW_A_TABLE_MATCHED]));
	if (tb[VSW_A_TABLE_MISSED])
		vsw_out_number(out, "missed", out->stats ? " missed " : NULL,
			       vsw_attr_number(tb[VSW_A_TABLE_MISSED]));
}

const struct vsw_verb vsw_table_verbs[] = {
	{ "set", "SWITCH TABLE miss normal|drop|continue|punt", set },
	{ "show", "SWITCH [TABLE]", show },
	{ }
};
