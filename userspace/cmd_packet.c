// SPDX-License-Identifier: GPL-2.0
/*
 * vswctl packet
 */
#include "common.h"

#include <errno.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>

#include <linux/vsw.h>

#include "flow_parse.h"
#include "ports.h"

#define FRAME_MIN	14
#define FRAME_MAX	65000

static int put_frame(struct vsw_req *req, const struct vsw_tok *tok, const void *data, size_t len)
{
	if (len < FRAME_MIN || len > FRAME_MAX)
		return vsw_usage(tok, "a frame has %u to %u bytes, not %zu", FRAME_MIN, FRAME_MAX,
				 len);
	vsw_req_put(req, tok, VSW_A_PACKET_FRAME, data, len);
	return VSW_OK;
}

static int read_frame(const struct vsw_tok *tok, const char *path, uint8_t *data, size_t *len)
{
	FILE *f = strcmp(path, "-") ? fopen(path, "re") : stdin;
	bool failed;

	if (!f)
		return vsw_usage(tok, "cannot open this file: %s", strerror(errno));
	*len = fread(data, 1, FRAME_MAX + 1, f);
	failed = ferror(f);
	if (f != stdin)
		fclose(f);
	return failed ? vsw_usage(tok, "cannot read this file") : VSW_OK;
}

static int take_file(struct vsw_args *args, struct vsw_req *req)
{
	static uint8_t data[FRAME_MAX + 1];
	struct vsw_tok tok;
	char path[4096];
	size_t len = 0;
	int err;

	err = vsw_args_want(args, "the name of a file, or -", &tok);
	if (!err && !vsw_tok_copy(&tok, path, sizeof(path)))
		err = vsw_usage(&tok, "the name is too long");
	if (!err)
		err = read_frame(&tok, path, data, &len);
	return err ? err : put_frame(req, &tok, data, len);
}

static int take_hex(struct vsw_args *args, struct vsw_req *req)
{
	static uint8_t data[FRAME_MAX];
	struct vsw_tok tok;
	size_t len = 0;
	int err;

	err = vsw_args_want(args, "the frame in hexadecimal, or file FILE,", &tok);
	if (!err)
		err = vsw_tok_bytes(&tok, data, sizeof(data), &len);
	return err ? err : put_frame(req, &tok, data, len);
}

static int take_table(struct vsw_args *args, struct vsw_req *req)
{
	struct vsw_tok tok;
	uint64_t table;
	int err;

	err = vsw_args_want(args, "the number of a table", &tok);
	if (!err)
		err = vsw_tok_number(&tok, 0, VSW_TABLE_MAX, &table);
	if (!err)
		vsw_req_put_u8(req, &tok, VSW_A_PACKET_TABLE, table);
	return err;
}

/* The actions of a flow, in an attribute of another number. */
static int take_actions(struct vsw_args *args, struct vsw_req *req, struct vsw_ports *ports)
{
	const struct vsw_flow_source src = { .port_no = vsw_ports_find, .arg = ports };
	struct vsw_flow flow = { .src = &src, .req = req };
	int err;

	err = vsw_args_want(args, "actions, like output:2,", &flow.actions);
	return err ? err : vsw_action_list_parse(&flow, VSW_A_PACKET_ACTIONS);
}

static int take_words(struct vsw_args *args, struct vsw_req *req, struct vsw_ports *ports)
{
	bool has_port = false, has_way = false;
	int err = VSW_OK;

	while (!err) {
		if (!has_port && vsw_args_take(args, "in_port")) {
			has_port = true;
			err = vsw_req_put_port(req, args, VSW_A_PACKET_PORT_NO,
					       VSW_A_PACKET_PORT_NAME);
		} else if (!has_way && vsw_args_take(args, "table")) {
			has_way = true;
			err = take_table(args, req);
		} else if (!has_way && vsw_args_take(args, "actions")) {
			has_way = true;
			err = take_actions(args, req, ports);
		} else {
			break;
		}
	}
	if (err)
		return err;
	return vsw_args_take(args, "file") ? take_file(args, req) : take_hex(args, req);
}

static int take_switch(struct vsw_args *args, struct vsw_req *req, struct vsw_ports *ports)
{
	int err;

	err = vsw_args_want(args, "the name of a switch", &ports->what);
	if (!err)
		err = vsw_tok_name(&ports->what, "the name of a switch", ports->name);
	if (!err)
		vsw_req_put_string(req, &ports->what, VSW_A_PACKET_SWITCH_NAME, ports->name);
	return err;
}

static int run_out(struct vsw_ctl *ctl, struct vsw_args *args)
{
	struct vsw_ports ports = { .nl = &ctl->nl };
	struct vsw_req req;
	int err;

	vsw_req_init(&req, VSW_CMD_PACKET_OUT, 0);
	err = take_switch(args, &req, &ports);
	if (!err)
		err = take_words(args, &req, &ports);
	if (!err)
		err = vsw_args_done(args);
	if (!err)
		err = vsw_send(ctl, &req);
	vsw_req_free(&req);
	vsw_ports_free(&ports);
	return err;
}

const struct vsw_verb vsw_packet_verbs[] = {
	{ "out", "SWITCH [in_port PORT] [table N|actions ACTIONS] HEX|file FILE|-", run_out },
	{ }
};
