// SPDX-License-Identifier: GPL-2.0
/*
 * vswctl stats
 */
#include "common.h"

#include <net/if.h>

#include <linux/vsw.h>

static void print(struct vsw_out *out, const struct nlmsghdr *hdr)
{
	struct nlattr *tb[VSW_A_PORT_MAX + 1];
	char name[IFNAMSIZ];

	vsw_attr_parse(tb, VSW_A_PORT_MAX, hdr);
	vsw_attr_string(tb[VSW_A_PORT_SWITCH_NAME], name, sizeof(name));
	vsw_out_string(out, "switch", "", name);
	vsw_attr_string(tb[VSW_A_PORT_NAME], name, sizeof(name));
	vsw_out_string(out, "name", " ", name);
	vsw_port_no_print(out, "port_no", " number ", tb[VSW_A_PORT_PORT_NO]);
	vsw_stats_print(out, " ", tb[VSW_A_PORT_STATS]);
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
		err = vsw_req_put_port(&req, args, VSW_A_PORT_PORT_NO, VSW_A_PORT_NAME);
	}
	if (!err)
		err = vsw_args_done(args);
	if (!err)
		err = vsw_show(ctl, &req, !one, print);
	vsw_req_free(&req);
	return err;
}

const struct vsw_verb vsw_stats_verbs[] = {
	{ "show", "[SWITCH [PORT]]", show },
	{ }
};
