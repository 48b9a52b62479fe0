// SPDX-License-Identifier: GPL-2.0
/*
 * vswctl switch
 */
#include "common.h"

#include <net/if.h>
#include <stdio.h>

#include <linux/vsw.h>

static const struct vsw_setting settings[] = {
	{ .word = "ageing", .key = "ageing", .attr = VSW_A_SWITCH_AGEING,
	  .len = 4, .max = 1000000 },
	{ .word = "group_fwd_mask", .key = "group_fwd_mask",
	  .attr = VSW_A_SWITCH_GROUP_FWD_MASK, .len = 2, .max = UINT16_MAX,
	  .type = VSW_SETTING_HEX },
	{ .word = "ports_max", .key = "ports_max", .attr = VSW_A_SWITCH_PORTS_MAX,
	  .len = 4, .max = UINT32_MAX },
	{ .word = "flows_max", .key = "flows_max", .attr = VSW_A_SWITCH_FLOWS_MAX,
	  .len = 4, .max = UINT32_MAX },
	{ .word = "fdb_max", .key = "fdb_max", .attr = VSW_A_SWITCH_FDB_MAX,
	  .len = 4, .max = UINT32_MAX },
};

static int change(struct vsw_ctl *ctl, struct vsw_args *args, uint8_t cmd,
		  uint16_t flags)
{
	struct vsw_req req;
	int err;

	vsw_req_init(&req, cmd, flags);
	err = vsw_req_put_switch(&req, args, VSW_A_SWITCH_SWITCH_NAME);
	if (!err)
		err = vsw_settings_parse(args, settings, ARRAY_SIZE(settings), &req);
	if (!err)
		err = vsw_send(ctl, &req);
	vsw_req_free(&req);
	return err;
}

static int add(struct vsw_ctl *ctl, struct vsw_args *args)
{
	return change(ctl, args, VSW_CMD_SWITCH_NEW, NLM_F_CREATE | NLM_F_EXCL);
}

static int set(struct vsw_ctl *ctl, struct vsw_args *args)
{
	return change(ctl, args, VSW_CMD_SWITCH_SET, 0);
}

static int del(struct vsw_ctl *ctl, struct vsw_args *args)
{
	struct vsw_req req;
	int err;

	vsw_req_init(&req, VSW_CMD_SWITCH_DEL, 0);
	err = vsw_req_put_switch(&req, args, VSW_A_SWITCH_SWITCH_NAME);
	if (!err)
		err = vsw_args_done(args);
	if (!err)
		err = vsw_send(ctl, &req);
	vsw_req_free(&req);
	return err;
}

static int show(struct vsw_ctl *ctl, struct vsw_args *args)
{
	bool all = !vsw_args_peek(args);
	struct vsw_req req;
	int err = VSW_OK;

	vsw_req_init(&req, VSW_CMD_SWITCH_GET, 0);
	if (!all)
		err = vsw_req_put_switch(&req, args, VSW_A_SWITCH_SWITCH_NAME);
	if (!err)
		err = vsw_args_done(args);
	if (!err)
		err = vsw_show(ctl, &req, all, vsw_switch_print);
	vsw_req_free(&req);
	return err;
}

static void print_cache(struct vsw_out *out, const struct nlattr *attr)
{
	static const char *const keys[] = {
		[VSW_A_CACHE_SIZE] = "size",
		[VSW_A_CACHE_ENTRIES] = "entries",
		[VSW_A_CACHE_VERDICTS] = "verdicts",
		[VSW_A_CACHE_HITS] = "hits",
		[VSW_A_CACHE_MISSES] = "misses",
		[VSW_A_CACHE_KEPT] = "kept",
		[VSW_A_CACHE_EVICTIONS] = "evictions",
	};
	struct nlattr *tb[VSW_A_CACHE_MAX + 1];
	char label[32];
	unsigned int i;

	if (!attr)
		return;
	vsw_attr_parse_nested(tb, VSW_A_CACHE_MAX, attr);
	if (out->stats)
		vsw_out_text(out, "\n    cache");
	vsw_out_object(out, "cache");
	for (i = VSW_A_CACHE_SIZE; i < ARRAY_SIZE(keys); i++) {
		snprintf(label, sizeof(label), " %s ", keys[i]);
		vsw_out_number(out, keys[i], out->stats ? label : NULL, vsw_attr_number(tb[i]));
	}
	vsw_out_end(out);
}

/**
 * vsw_switch_print - print a switch
 * @out: output, in an object
 * @hdr: reply or event
 *
 * Context: any.
 */
void vsw_switch_print(struct vsw_out *out, const struct nlmsghdr *hdr)
{
	struct nlattr *tb[VSW_A_SWITCH_MAX + 1];
	char name[IFNAMSIZ];
	unsigned int i;

	vsw_attr_parse(tb, VSW_A_SWITCH_MAX, hdr);
	vsw_attr_string(tb[VSW_A_SWITCH_SWITCH_NAME], name, sizeof(name));
	vsw_out_string(out, "switch", "", name);
	for (i = 0; i < ARRAY_SIZE(settings); i++)
		vsw_setting_print(out, &settings[i], tb[settings[i].attr]);
	if (out->details)
		vsw_out_text(out, "\n   ");
	vsw_out_number(out, "ifindex", out->details ? " ifindex " : NULL,
		       vsw_attr_number(tb[VSW_A_SWITCH_SWITCH]));
	if (tb[VSW_A_SWITCH_PORTS])
		vsw_out_number(out, "ports", out->details ? " ports " : NULL,
			       vsw_attr_number(tb[VSW_A_SWITCH_PORTS]));
	if (tb[VSW_A_SWITCH_FLOWS])
		vsw_out_number(out, "flows", out->details ? " flows " : NULL,
			       vsw_attr_number(tb[VSW_A_SWITCH_FLOWS]));
	if (tb[VSW_A_SWITCH_FDB_ENTRIES])
		vsw_out_number(out, "fdb_entries", out->details ? " fdb_entries " : NULL,
			       vsw_attr_number(tb[VSW_A_SWITCH_FDB_ENTRIES]));
	vsw_stats_print(out, out->stats ? "\n    " : NULL, tb[VSW_A_SWITCH_STATS]);
	print_cache(out, tb[VSW_A_SWITCH_CACHE]);
}

#define SETTINGS \
	"[ageing SECONDS] [group_fwd_mask MASK] [ports_max N] [flows_max N] [fdb_max N]"

const struct vsw_verb vsw_switch_verbs[] = {
	{ "add", "NAME " SETTINGS, add },
	{ "set", "NAME " SETTINGS, set },
	{ "del", "NAME", del },
	{ "show", "[NAME]", show },
	{ }
};
