// SPDX-License-Identifier: GPL-2.0
/*
 * The action punt: from text to attributes and back.
 */
#include "flow_parse.h"

#include <stdio.h>
#include <string.h>

/**
 * vsw_tok_bytes - parse bytes in hexadecimal
 * @tok: digits, two for each byte; bytes may be separated by . or :
 * @bytes: where to
 * @max: room there
 * @n: set to the number of bytes
 *
 * Context: prints errors.
 * Return: enum vsw_status
 */
int vsw_tok_bytes(const struct vsw_tok *tok, uint8_t *bytes, size_t max, size_t *n)
{
	const char *str = vsw_tok_str(tok);
	unsigned int byte;
	size_t at = 0;

	for (*n = 0; at < tok->len; (*n)++) {
		if (*n && (str[at] == '.' || str[at] == ':'))
			at++;
		if (at + 2 > tok->len || sscanf(str + at, "%2x", &byte) != 1 ||
		    !strchr("0123456789abcdefABCDEF", str[at]) ||
		    !strchr("0123456789abcdefABCDEF", str[at + 1]))
			return vsw_usage(tok, "expected bytes in hexadecimal, two digits each");
		if (*n == max)
			return vsw_usage(tok, "expected at most %zu bytes", max);
		bytes[*n] = byte;
		at += 2;
	}
	return VSW_OK;
}

static int parse_queue(struct vsw_flow *flow, const struct vsw_tok *val)
{
	uint64_t queue;
	int err;

	err = vsw_tok_number(val, 0, UINT16_MAX, &queue);
	/* 0 is the queue of those who name none. */
	if (!err && queue)
		vsw_req_put_u16(flow->req, val, VSW_A_PUNT_ACTION_QUEUE, queue);
	return err;
}

static int parse_userdata(struct vsw_flow *flow, const struct vsw_tok *val)
{
	uint8_t bytes[VSW_PUNT_USERDATA_MAX];
	size_t n;
	int err;

	err = vsw_tok_bytes(val, bytes, sizeof(bytes), &n);
	if (!err)
		vsw_req_put(flow->req, val, VSW_A_PUNT_ACTION_USERDATA, bytes, n);
	return err;
}

/**
 * vsw_punt_parse - parse the arguments of the action punt
 * @flow: flow being parsed
 * @tok: the action
 * @args: what stands between its brackets, may be empty
 *
 * Context: prints errors; other failures show in the request.
 * Return: enum vsw_status
 */
int vsw_punt_parse(struct vsw_flow *flow, const struct vsw_tok *tok, const struct vsw_tok *args)
{
	unsigned int nest = vsw_req_nest(flow->req, tok, VSW_A_ACTION_PUNT);
	struct vsw_tok rest = *args, arg, name, val;
	bool has_queue = false, has_userdata = false;
	int err = VSW_OK;

	while (!err && vsw_tok_cut(&rest, VSW_FLOW_SEPS, &arg)) {
		vsw_tok_split(&arg, "=", &name, &val);
		if (vsw_tok_is(&name, "queue") && !has_queue) {
			has_queue = true;
			err = parse_queue(flow, &val);
		} else if (vsw_tok_is(&name, "userdata") && !has_userdata) {
			has_userdata = true;
			err = parse_userdata(flow, &val);
		} else {
			err = vsw_usage(&arg, "expected queue=N or userdata=HEX, each once");
		}
	}
	vsw_req_nest_end(flow->req, nest);
	return err;
}

/**
 * vsw_bytes_print - print bytes in hexadecimal
 * @f: where to
 * @attr: the bytes
 *
 * Context: vsw_tok_bytes() reads them back.
 */
void vsw_bytes_print(FILE *f, const struct nlattr *attr)
{
	const uint8_t *bytes = nla_data(attr);
	int i;

	for (i = 0; i < nla_len(attr); i++)
		fprintf(f, "%02x", bytes[i]);
}

/**
 * vsw_punt_print - print the action punt
 * @f: where to
 * @nest: its attribute
 *
 * Context: vsw_flow_parse() reads it back.
 */
void vsw_punt_print(FILE *f, const struct nlattr *nest)
{
	struct nlattr *tb[VSW_A_PUNT_ACTION_MAX + 1];
	const struct nlattr *userdata;
	uint64_t queue;

	vsw_attr_parse_nested(tb, VSW_A_PUNT_ACTION_MAX, nest);
	queue = vsw_attr_number(tb[VSW_A_PUNT_ACTION_QUEUE]);
	userdata = tb[VSW_A_PUNT_ACTION_USERDATA];
	fputs("punt", f);
	if (queue || userdata)
		fputc('(', f);
	if (queue)
		fprintf(f, "queue=%u", (unsigned int)queue);
	if (userdata) {
		fputs(queue ? ",userdata=" : "userdata=", f);
		vsw_bytes_print(f, userdata);
	}
	if (queue || userdata)
		fputc(')', f);
}
