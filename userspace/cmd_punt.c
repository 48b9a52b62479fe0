// SPDX-License-Identifier: GPL-2.0
/*
 * vswctl punt
 */
#include "common.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux/vsw.h>

#include "flow.h"
#include "pcapng.h"

/**
 * struct number - a number that may be given
 * @tok: where, if it is
 * @value: the number
 */
struct number {
	struct vsw_tok tok;
	uint64_t value;
};

/**
 * struct listen - a listener at work
 * @ctl: output and connection
 * @name: the switch, if one is given
 * @queue: its queue, if one is given
 * @snaplen: bytes of a frame that it wants, if given
 * @path: file for the frames, empty: they are printed
 * @file: that file
 * @count: frames to get, 0 for no end
 * @seen: frames so far
 * @n: switches listened to
 */
struct listen {
	struct vsw_ctl *ctl;
	struct vsw_tok name;
	struct number queue;
	struct number snaplen;
	char path[4096];
	struct vsw_pcapng file;
	struct number count;
	uint64_t seen;
	unsigned int n;
};

static const char *const reason_names[] = {
	[VSW_PUNT_REASON_ACTION] = "action",
	[VSW_PUNT_REASON_MISS] = "miss",
};

static const char *reason_name(const struct nlattr *attr)
{
	uint64_t reason = vsw_attr_number(attr);

	return reason < ARRAY_SIZE(reason_names) ? reason_names[reason] : "?";
}

static void out_bytes(struct vsw_out *out, const char *key, const char *label,
		      const struct nlattr *attr)
{
	char *text = NULL;
	size_t size;
	FILE *f;

	if (!attr)
		return;
	f = open_memstream(&text, &size);
	if (!f)
		return;
	vsw_bytes_print(f, attr);
	fclose(f);
	vsw_out_string(out, key, label, text);
	free(text);
}

/* Addresses as such, all else in hexadecimal */
static void field_text(char *text, size_t size, const struct vsw_field *field,
		       const struct nlattr *attr)
{
	vsw_u128 value = vsw_field_get(field, attr);
	FILE *f;

	if (field->format != VSW_FORMAT_IPV4 && field->format != VSW_FORMAT_IPV6) {
		snprintf(text, size, "0x%llx", (unsigned long long)value);
		return;
	}
	*text = '\0';
	f = fmemopen(text, size, "w");
	if (!f)
		return;
	vsw_field_print(f, field, value, vsw_field_mask(field));
	fclose(f);
}

static void out_fields(struct vsw_out *out, const struct nlattr *nest)
{
	char label[32], value[INET6_ADDRSTRLEN];
	const struct vsw_field *field;
	struct nlattr *attr;
	int rest;

	vsw_out_object(out, "fields");
	if (nest)
		nla_for_each_nested(attr, (struct nlattr *)nest, rest) {
			field = vsw_field_whole(nla_type(attr));
			if (!field)
				continue;
			snprintf(label, sizeof(label), " %s ", field->name);
			field_text(value, sizeof(value), field, attr);
			vsw_out_string(out, field->name, label, value);
		}
	vsw_out_end(out);
}

/* Who sends what to whom, where the frame has so much. */
static void out_ethernet(struct vsw_out *out, const struct nlattr *frame)
{
	const uint8_t *p = nla_data(frame);
	char text[64];

	if (out->json || nla_len(frame) < 14)
		return;
	snprintf(text, sizeof(text),
		 ": %02x:%02x:%02x:%02x:%02x:%02x > %02x:%02x:%02x:%02x:%02x:%02x 0x%02x%02x",
		 p[6], p[7], p[8], p[9], p[10], p[11], p[0], p[1], p[2], p[3], p[4], p[5],
		 p[12], p[13]);
	vsw_out_text(out, text);
}

static void out_cookie(struct vsw_out *out, const struct nlattr *attr)
{
	char text[24];

	snprintf(text, sizeof(text), "0x%llx", (unsigned long long)vsw_attr_number(attr));
	vsw_out_string(out, "cookie", " cookie ", text);
}

static void out_where(struct vsw_out *out, struct nlattr *tb[])
{
	char name[IFNAMSIZ];

	vsw_attr_string(tb[VSW_A_PUNT_SWITCH_NAME], name, sizeof(name));
	vsw_out_string(out, "switch", "", name);
	vsw_attr_string(tb[VSW_A_PUNT_PORT_NAME], name, sizeof(name));
	vsw_out_string(out, "port_name", " ", name);
	vsw_port_no_print(out, "port_no", " number ", tb[VSW_A_PUNT_PORT_NO]);
}

/* All that is known of a frame but the frame. */
static void out_what(struct vsw_out *out, struct nlattr *tb[])
{
	vsw_out_number(out, "table", " table ", vsw_attr_number(tb[VSW_A_PUNT_TABLE]));
	vsw_out_string(out, "reason", " reason ", reason_name(tb[VSW_A_PUNT_REASON]));
	vsw_out_number(out, "queue", " queue ", vsw_attr_number(tb[VSW_A_PUNT_QUEUE]));
	out_cookie(out, tb[VSW_A_PUNT_COOKIE]);
	out_bytes(out, "userdata", " userdata ", tb[VSW_A_PUNT_USERDATA]);
	out_fields(out, tb[VSW_A_PUNT_FIELDS]);
	vsw_out_number(out, "length", " length ", vsw_attr_number(tb[VSW_A_PUNT_LENGTH]));
}

static int print_frame(struct vsw_out *out, struct nlattr *tb[])
{
	vsw_out_object(out, NULL);
	out_where(out, tb);
	out_what(out, tb);
	vsw_out_number(out, "time", NULL, vsw_attr_number(tb[VSW_A_PUNT_TIME]));
	out_ethernet(out, tb[VSW_A_PUNT_FRAME]);
	out_bytes(out, "frame", out->details ? "\n    " : NULL, tb[VSW_A_PUNT_FRAME]);
	vsw_out_end(out);
	vsw_out_text(out, "\n");
	if (!fflush(stdout))
		return VSW_OK;
	vsw_error(NULL, "cannot write the output");
	return VSW_REFUSED;
}

static void print_comment_fields(FILE *f, const struct nlattr *nest)
{
	const struct vsw_field *field;
	char value[INET6_ADDRSTRLEN];
	struct nlattr *attr;
	int rest;

	if (!nest)
		return;
	nla_for_each_nested(attr, (struct nlattr *)nest, rest) {
		field = vsw_field_whole(nla_type(attr));
		if (!field)
			continue;
		field_text(value, sizeof(value), field, attr);
		fprintf(f, " %s %s", field->name, value);
	}
}

/* The same as out_what(), for a file; the caller frees it. */
static char *make_comment(struct nlattr *tb[])
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		return NULL;
	fprintf(f, "table %u reason %s queue %u cookie 0x%llx",
		(unsigned int)vsw_attr_number(tb[VSW_A_PUNT_TABLE]),
		reason_name(tb[VSW_A_PUNT_REASON]),
		(unsigned int)vsw_attr_number(tb[VSW_A_PUNT_QUEUE]),
		(unsigned long long)vsw_attr_number(tb[VSW_A_PUNT_COOKIE]));
	if (tb[VSW_A_PUNT_USERDATA]) {
		fputs(" userdata ", f);
		vsw_bytes_print(f, tb[VSW_A_PUNT_USERDATA]);
	}
	print_comment_fields(f, tb[VSW_A_PUNT_FIELDS]);
	fclose(f);
	return text;
}

static int write_frame(struct vsw_pcapng *file, struct nlattr *tb[])
{
	char port[IFNAMSIZ], sw[IFNAMSIZ], description[VSW_PCAPNG_NAME];
	char *comment = make_comment(tb);
	struct vsw_pcapng_frame frame = {
		.name = port,
		.description = description,
		.comment = comment ? comment : "",
		.time = vsw_attr_number(tb[VSW_A_PUNT_TIME]),
		.data = nla_data(tb[VSW_A_PUNT_FRAME]),
		.captured = nla_len(tb[VSW_A_PUNT_FRAME]),
		.len = vsw_attr_number(tb[VSW_A_PUNT_LENGTH]),
	};
	int err;

	vsw_attr_string(tb[VSW_A_PUNT_PORT_NAME], port, sizeof(port));
	vsw_attr_string(tb[VSW_A_PUNT_SWITCH_NAME], sw, sizeof(sw));
	snprintf(description, sizeof(description), "%s, port %u of %s", port,
		 (unsigned int)vsw_attr_number(tb[VSW_A_PUNT_PORT_NO]), sw);
	err = vsw_pcapng_write(file, &frame);
	free(comment);
	return err;
}

static int take_frame(const struct nlmsghdr *hdr, void *arg)
{
	const struct genlmsghdr *genl = nlmsg_data(hdr);
	struct nlattr *tb[VSW_A_PUNT_MAX + 1];
	struct listen *listen = arg;
	int err;

	if (genl->cmd != VSW_CMD_PUNT)
		return VSW_OK;
	vsw_attr_parse(tb, VSW_A_PUNT_MAX, hdr);
	if (!tb[VSW_A_PUNT_FRAME])
		return VSW_OK;
	err = listen->file.f ? write_frame(&listen->file, tb) :
	      print_frame(&listen->ctl->out, tb);
	if (!err && ++listen->seen == listen->count.value)
		err = VSW_ENOUGH;
	return err;
}

static int frames_lost(void *arg)
{
	(void)arg;
	vsw_error(NULL, "frames came faster than they could be read");
	return VSW_OK;
}

static int listen_to(struct listen *listen, const char *name)
{
	const struct number *queue = &listen->queue, *snaplen = &listen->snaplen;
	struct vsw_req req;
	int err;

	vsw_req_init(&req, VSW_CMD_PUNT_LISTEN, 0);
	vsw_req_put_string(&req, &listen->name, VSW_A_PUNT_SWITCH_NAME, name);
	if (queue->tok.text)
		vsw_req_put_u16(&req, &queue->tok, VSW_A_PUNT_QUEUE, queue->value);
	if (snaplen->tok.text)
		vsw_req_put_u32(&req, &snaplen->tok, VSW_A_PUNT_SNAPLEN, snaplen->value);
	err = vsw_nl_do(&listen->ctl->nl, &req, NULL, NULL);
	vsw_req_free(&req);
	listen->n++;
	return err;
}

/**
 * struct names - names of switches
 * @list: the names
 * @n: number of them
 */
struct names {
	char (*list)[IFNAMSIZ];
	unsigned int n;
};

static int add_name(const struct nlmsghdr *hdr, void *arg)
{
	struct nlattr *tb[VSW_A_SWITCH_MAX + 1];
	struct names *names = arg;
	void *list;

	list = reallocarray(names->list, names->n + 1, IFNAMSIZ);
	if (!list)
		return VSW_REFUSED;
	names->list = list;
	vsw_attr_parse(tb, VSW_A_SWITCH_MAX, hdr);
	vsw_attr_string(tb[VSW_A_SWITCH_SWITCH_NAME], names->list[names->n++], IFNAMSIZ);
	return VSW_OK;
}

static int listen_to_all(struct listen *listen)
{
	struct names names = {};
	struct vsw_req req;
	unsigned int i;
	int err;

	vsw_req_init(&req, VSW_CMD_SWITCH_GET, 0);
	err = vsw_nl_dump(&listen->ctl->nl, &req, add_name, &names);
	vsw_req_free(&req);
	for (i = 0; i < names.n && !err; i++)
		err = listen_to(listen, names.list[i]);
	free(names.list);
	if (err || listen->n)
		return err;
	vsw_error(NULL, "there is no switch to listen to");
	return VSW_REFUSED;
}

static int take_path(struct vsw_args *args, struct listen *listen)
{
	struct vsw_tok tok;
	int err;

	err = vsw_args_want(args, "the name of a file, or -", &tok);
	if (!err && !vsw_tok_copy(&tok, listen->path, sizeof(listen->path)))
		err = vsw_usage(&tok, "the name is too long");
	return err;
}

static int take_number(struct vsw_args *args, const char *what, uint64_t min, uint64_t max,
		       struct number *number)
{
	int err;

	err = vsw_args_want(args, what, &number->tok);
	return err ? err : vsw_tok_number(&number->tok, min, max, &number->value);
}

static int take_words(struct vsw_args *args, struct listen *listen)
{
	int err = VSW_OK;

	while (!err && vsw_args_peek(args)) {
		if (vsw_args_take(args, "queue"))
			err = take_number(args, "a number", 0, UINT16_MAX, &listen->queue);
		else if (vsw_args_take(args, "snaplen"))
			err = take_number(args, "a number of bytes", 1, VSW_PUNT_SNAPLEN_MAX,
					  &listen->snaplen);
		else if (vsw_args_take(args, "count"))
			err = take_number(args, "a number of frames", 1, UINT32_MAX,
					  &listen->count);
		else if (vsw_args_take(args, "write") || vsw_args_take(args, "-w"))
			err = take_path(args, listen);
		else
			err = vsw_usage(vsw_args_peek(args),
					"expected queue, write, count or snaplen");
	}
	return err;
}

static bool is_keyword(const struct vsw_tok *tok)
{
	return vsw_tok_is(tok, "queue") || vsw_tok_is(tok, "write") || vsw_tok_is(tok, "-w") ||
	       vsw_tok_is(tok, "count") || vsw_tok_is(tok, "snaplen");
}

static int begin(struct listen *listen)
{
	struct vsw_nl *nl = &listen->ctl->nl;
	char name[IFNAMSIZ];
	int err;

	err = vsw_nl_open(nl);
	if (err)
		return err;
	nl->event = take_frame;
	nl->event_arg = listen;
	if (!listen->name.text)
		return listen_to_all(listen);
	err = vsw_tok_name(&listen->name, "the name of a switch", name);
	return err ? err : listen_to(listen, name);
}

static int run(struct listen *listen)
{
	int err = VSW_OK;

	if (listen->path[0])
		err = vsw_pcapng_open(&listen->file, listen->path);
	if (!err)
		err = begin(listen);
	if (!err)
		err = vsw_nl_listen(&listen->ctl->nl, 0, take_frame, frames_lost, listen);
	return err == VSW_ENOUGH ? VSW_OK : err;
}

static int run_listen(struct vsw_ctl *ctl, struct vsw_args *args)
{
	const struct vsw_tok *tok = vsw_args_peek(args);
	struct listen listen = { .ctl = ctl };
	int err;

	if (tok && !is_keyword(tok))
		listen.name = *vsw_args_next(args);
	err = take_words(args, &listen);
	if (err)
		return err;
	err = run(&listen);
	/* In a batch the next command must not get what is punted. */
	vsw_nl_close(&ctl->nl);
	return vsw_pcapng_close(&listen.file) ? VSW_REFUSED : err;
}

static void print_listener(struct vsw_out *out, const struct nlmsghdr *hdr)
{
	struct nlattr *tb[VSW_A_PUNT_MAX + 1];
	char name[IFNAMSIZ];

	vsw_attr_parse(tb, VSW_A_PUNT_MAX, hdr);
	vsw_attr_string(tb[VSW_A_PUNT_SWITCH_NAME], name, sizeof(name));
	vsw_out_string(out, "switch", "", name);
	if (tb[VSW_A_PUNT_QUEUE])
		vsw_out_number(out, "queue", " queue ", vsw_attr_number(tb[VSW_A_PUNT_QUEUE]));
	vsw_out_number(out, "snaplen", " snaplen ", vsw_attr_number(tb[VSW_A_PUNT_SNAPLEN]));
	vsw_out_number(out, "portid", " portid ", vsw_attr_number(tb[VSW_A_PUNT_PORTID]));
	vsw_out_number(out, "sent", out->stats ? " sent " : NULL,
		       vsw_attr_number(tb[VSW_A_PUNT_SENT]));
	vsw_out_number(out, "lost", out->stats ? " lost " : NULL,
		       vsw_attr_number(tb[VSW_A_PUNT_LOST]));
}

static int show(struct vsw_ctl *ctl, struct vsw_args *args)
{
	struct vsw_req req;
	int err;

	vsw_req_init(&req, VSW_CMD_PUNT_GET, 0);
	err = vsw_req_put_switch(&req, args, VSW_A_PUNT_SWITCH_NAME);
	if (!err)
		err = vsw_args_done(args);
	if (!err)
		err = vsw_show(ctl, &req, true, print_listener);
	vsw_req_free(&req);
	return err;
}

const struct vsw_verb vsw_punt_verbs[] = {
	{ "listen", "[SWITCH] [queue N] [write FILE] [count N] [snaplen N]", run_listen },
	{ "show", "SWITCH", show },
	{ }
};
