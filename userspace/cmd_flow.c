// SPDX-License-Identifier: GPL-2.0
/*
 * vswctl flow
 */
#include "common.h"

#include <net/if.h>

#include <linux/vsw.h>

#include "flow.h"
#include "flow_load.h"
#include "ports.h"

static int take_switch(struct vsw_flow_change *change, struct vsw_args *args)
{
	struct vsw_tok *tok = &change->ports.what;
	int err;

	change->ports.nl = &change->ctl->nl;
	err = vsw_args_want(args, "the name of a switch", tok);
	return err ? err : vsw_tok_name(tok, "the name of a switch",
					change->ports.name);
}

static int change_one(struct vsw_flow_change *change, const struct vsw_tok *tok)
{
	struct vsw_req req;
	int err;

	err = vsw_flow_build(change, tok, 0, &req);
	if (!err)
		err = vsw_send(change->ctl, &req);
	vsw_req_free(&req);
	return err;
}

static int change_file(struct vsw_flow_change *change, struct vsw_args *args,
		       bool replace)
{
	struct vsw_tok file;
	int err;

	err = vsw_args_want(args, "the name of a file, or -", &file);
	if (!err)
		err = vsw_args_done(args);
	return err ? err : vsw_flow_load(change, &file, replace);
}

/* @what is NULL where no flow means all of them. */
static int change_flows(struct vsw_flow_change *change, struct vsw_args *args,
			const char *what)
{
	struct vsw_tok tok;
	int err;

	if (vsw_args_take(args, "file")) {
		err = change_file(change, args, false);
	} else {
		err = vsw_args_rest(args, what, &tok);
		if (!err)
			err = change_one(change, &tok);
	}
	vsw_ports_free(&change->ports);
	return err;
}

static int add(struct vsw_ctl *ctl, struct vsw_args *args)
{
	struct vsw_flow_change change = {
		.ctl = ctl,
		.cmd = VSW_CMD_FLOW_NEW,
		.flags = NLM_F_CREATE | NLM_F_REPLACE,
		.use = VSW_FLOW_ADD,
	};
	int err;

	err = take_switch(&change, args);
	if (err)
		return err;
	if (vsw_args_take(args, "exclusive"))
		change.flags = NLM_F_CREATE | NLM_F_EXCL;
	return change_flows(&change, args, "a flow");
}

static int mod(struct vsw_ctl *ctl, struct vsw_args *args)
{
	struct vsw_flow_change change = {
		.ctl = ctl,
		.cmd = VSW_CMD_FLOW_SET,
		.use = VSW_FLOW_MOD,
	};
	int err;

	err = take_switch(&change, args);
	if (err)
		return err;
	change.strict = vsw_args_take(args, "strict");
	return change_flows(&change, args, "a flow");
}

static int del(struct vsw_ctl *ctl, struct vsw_args *args)
{
	struct vsw_flow_change change = {
		.ctl = ctl,
		.cmd = VSW_CMD_FLOW_DEL,
		.use = VSW_FLOW_DEL,
	};
	int err;

	err = take_switch(&change, args);
	if (err)
		return err;
	change.strict = vsw_args_take(args, "strict");
	return change_flows(&change, args, NULL);
}

static int replace(struct vsw_ctl *ctl, struct vsw_args *args)
{
	struct vsw_flow_change change = {
		.ctl = ctl,
		.cmd = VSW_CMD_FLOW_NEW,
		.flags = NLM_F_CREATE | NLM_F_REPLACE,
		.use = VSW_FLOW_ADD,
	};
	struct vsw_tok word;
	int err;

	err = take_switch(&change, args);
	if (!err)
		err = vsw_args_want(args, "file FILE", &word);
	if (!err && !vsw_tok_is(&word, "file"))
		err = vsw_usage(&word, "expected file FILE, or file - for the standard input");
	if (!err)
		err = change_file(&change, args, true);
	vsw_ports_free(&change.ports);
	return err;
}

static int show(struct vsw_ctl *ctl, struct vsw_args *args)
{
	struct vsw_flow_change change = {
		.ctl = ctl,
		.cmd = VSW_CMD_FLOW_GET,
		.use = VSW_FLOW_SHOW,
	};
	struct vsw_req req = {};
	struct vsw_tok tok;
	int err;

	err = take_switch(&change, args);
	if (!err)
		err = vsw_args_rest(args, NULL, &tok);
	if (!err)
		err = vsw_flow_build(&change, &tok, 0, &req);
	if (!err)
		err = vsw_show(ctl, &req, true, vsw_flow_print);
	vsw_req_free(&req);
	vsw_ports_free(&change.ports);
	return err;
}

const struct vsw_verb vsw_flow_verbs[] = {
	{ "add", "SWITCH [exclusive] FLOW | SWITCH [exclusive] file FILE|-", add },
	{ "mod", "SWITCH [strict] FLOW | SWITCH [strict] file FILE|-", mod },
	{ "del", "SWITCH [strict] [MATCH] | SWITCH [strict] file FILE|-", del },
	{ "replace", "SWITCH file FILE|-", replace },
	{ "show", "SWITCH [MATCH]", show },
	{ }
};
