// SPDX-License-Identifier: GPL-2.0
/*
 * Many changes of flows from a file, packed into few messages.
 *
 * A pack is a transaction: where one of its lines is refused, the pack has
 * changed nothing. Its lines are then sent one by one up to the bad one, so
 * that what stands before that is done and what stands behind it is not.
 */
#include "flow_load.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <linux/vsw.h>

#include "common.h"

/* If all lines of a pack are refused, the answers must fit in the socket. */
#define PACK_MAX	256
#define PACK_SIZE	(VSW_NL_BATCH - 8192)

/**
 * struct load - a file being loaded
 * @change: what to do with each line
 * @name: of the file, for messages
 * @replace: all lines are one transaction, which first deletes all flows
 * @txn: the transaction, 0 if none is open
 * @line: number of the last line read
 * @done: number of lines that are done
 * @n: number of lines in the pack
 * @size: their length as messages
 * @texts: the lines
 * @reqs: the lines as requests
 * @sent: lines of earlier packs, if @replace; a commit may still refuse them
 * @n_sent: number of them
 */
struct load {
	struct vsw_flow_change *change;
	const char *name;
	bool replace;
	uint32_t txn;
	unsigned int line;
	unsigned int done;
	unsigned int n;
	size_t size;
	struct vsw_text texts[PACK_MAX];
	struct vsw_req reqs[PACK_MAX];
	struct vsw_text *sent;
	unsigned int n_sent;
};

/**
 * vsw_flow_build - make a request of a flow
 * @change: what to do with it
 * @tok: the flow
 * @txn: transaction, 0 for none
 * @req: to fill in; vsw_req_free() releases it, also after an error
 *
 * Context: prints errors; other failures show in @req->err.
 * Return: enum vsw_status
 */
int vsw_flow_build(struct vsw_flow_change *change, const struct vsw_tok *tok,
		   uint32_t txn, struct vsw_req *req)
{
	const struct vsw_flow_source src = {
		.tok = *tok,
		.use = change->use,
		.strict = change->strict,
		.port_no = vsw_ports_find,
		.arg = &change->ports,
	};
	int err;

	vsw_req_init(req, change->cmd, change->flags);
	req->what = *tok;
	vsw_req_put_string(req, &change->ports.what, VSW_A_FLOW_SWITCH_NAME,
			   change->ports.name);
	if (txn)
		vsw_req_put_u32(req, NULL, VSW_A_FLOW_TXN, txn);
	if (change->strict)
		vsw_req_put_flag(req, NULL, VSW_A_FLOW_STRICT);
	err = vsw_flow_parse(&src, req);
	return err ? err : vsw_req_check(req);
}

static int keep_txn(const struct nlmsghdr *hdr, void *arg)
{
	struct nlattr *tb[VSW_A_TXN_MAX + 1];
	struct load *load = arg;

	vsw_attr_parse(tb, VSW_A_TXN_MAX, hdr);
	load->txn = vsw_attr_number(tb[VSW_A_TXN_TXN]);
	return VSW_OK;
}

static void build_txn(const struct load *load, uint8_t cmd, struct vsw_req *req)
{
	const struct vsw_ports *ports = &load->change->ports;

	vsw_req_init(req, cmd, 0);
	vsw_req_put_string(req, &ports->what, VSW_A_TXN_SWITCH_NAME, ports->name);
	if (load->txn)
		vsw_req_put_u32(req, NULL, VSW_A_TXN_TXN, load->txn);
}

static int begin(struct load *load)
{
	struct vsw_req req;
	int err;

	build_txn(load, VSW_CMD_TXN_NEW, &req);
	err = vsw_nl_do(&load->change->ctl->nl, &req, keep_txn, load);
	vsw_req_free(&req);
	if (!err && !load->txn) {
		vsw_error(NULL, "the kernel gave no transaction");
		err = VSW_REFUSED;
	}
	return err;
}

static int end(struct load *load, uint8_t cmd, struct vsw_nl_error *error)
{
	struct vsw_req req;
	int err;

	build_txn(load, cmd, &req);
	err = vsw_nl_exchange(&load->change->ctl->nl, &req, 1, error);
	vsw_req_free(&req);
	load->txn = 0;
	return err;
}

static void abort_txn(struct load *load)
{
	struct vsw_nl_error ignored;

	if (load->txn)
		end(load, VSW_CMD_TXN_ABORT, &ignored);
}

/* The packs of one transaction are kept, to show the line that a commit refuses. */
static bool keep_pack(struct load *load)
{
	struct vsw_text *sent;

	if (!load->replace)
		return false;
	sent = reallocarray(load->sent, load->n_sent + load->n, sizeof(*sent));
	if (!sent)
		return false;
	memcpy(sent + load->n_sent, load->texts, load->n * sizeof(*sent));
	load->sent = sent;
	load->n_sent += load->n;
	return true;
}

static void empty_pack(struct load *load)
{
	bool kept = keep_pack(load);
	unsigned int i;

	for (i = 0; i < load->n; i++) {
		vsw_req_free(&load->reqs[i]);
		if (!kept)
			free((char *)load->texts[i].str);
	}
	load->n = 0;
	load->size = 0;
}

/* The cursor goes back, so that an error overwrites it. */
static void show_progress(const struct load *load, char after)
{
	if (isatty(STDERR_FILENO))
		fprintf(stderr, "%u flows%c", load->done, after);
}

static int send_one(struct load *load, unsigned int i)
{
	struct vsw_tok tok = load->reqs[i].what;
	struct vsw_nl_error error;
	struct vsw_req req;
	int err;

	err = vsw_flow_build(load->change, &tok, 0, &req);
	if (!err) {
		err = vsw_nl_exchange(&load->change->ctl->nl, &req, 1, &error);
		if (err && error.code)
			vsw_nl_print_error(&req, &error);
	}
	vsw_req_free(&req);
	return err;
}

static int send_singly(struct load *load)
{
	int err = VSW_OK;
	unsigned int i;

	for (i = 0; i < load->n && !err; i++) {
		err = send_one(load, i);
		load->done += !err;
	}
	return err;
}

static int flush_part(struct load *load)
{
	struct vsw_nl *nl = &load->change->ctl->nl;
	struct vsw_nl_error error = {};
	int err;

	err = vsw_nl_exchange(nl, load->reqs, load->n, &error);
	if (err && !error.code)
		return err;
	if (err)
		abort_txn(load);
	else
		err = end(load, VSW_CMD_TXN_COMMIT, &error);
	if (err && !error.code)
		return err;
	if (err)
		return send_singly(load);
	load->done += load->n;
	return VSW_OK;
}

static int flush_all(struct load *load)
{
	struct vsw_nl_error error = {};
	int err;

	err = vsw_nl_exchange(&load->change->ctl->nl, load->reqs, load->n, &error);
	if (err && error.code)
		vsw_nl_print_error(&load->reqs[error.index < load->n ? error.index : 0],
				   &error);
	load->done += err ? 0 : load->n;
	return err;
}

static int flush(struct load *load)
{
	int err;

	if (!load->n)
		return VSW_OK;
	err = load->replace ? flush_all(load) : flush_part(load);
	empty_pack(load);
	show_progress(load, '\r');
	return err;
}

static int build_line(struct load *load, const struct vsw_tok *tok)
{
	struct vsw_req *req = &load->reqs[load->n];
	int err;

	err = load->txn ? VSW_OK : begin(load);
	if (err)
		return err;
	err = vsw_flow_build(load->change, tok, load->txn, req);
	if (err)
		vsw_req_free(req);
	else
		load->size += vsw_req_hdr(req)->nlmsg_len;
	return err;
}

/* A comment reaches to the end of the line, but the line is shown whole. */
static int add_line(struct load *load, const char *line)
{
	struct vsw_text *text = &load->texts[load->n];
	struct vsw_tok tok = { text, 0, strcspn(line, "#") };
	char *copy = strdup(line);
	int err;

	if (!copy) {
		vsw_error(NULL, "%s", strerror(ENOMEM));
		return VSW_REFUSED;
	}
	*text = (struct vsw_text){ load->name, load->line, copy };
	tok = vsw_tok_trim(&tok);
	err = tok.len ? build_line(load, &tok) : VSW_OK;
	if (err || !tok.len) {
		free(copy);
		return err;
	}
	load->n++;
	if (load->n == PACK_MAX || load->size > PACK_SIZE)
		err = flush(load);
	return err;
}

static int add_lines(struct load *load, FILE *f)
{
	size_t size = 0;
	char *line = NULL;
	int err = VSW_OK;

	while (!err && getline(&line, &size, f) >= 0) {
		load->line++;
		line[strcspn(line, "\r\n")] = '\0';
		err = add_line(load, line);
	}
	if (!err && ferror(f)) {
		vsw_error(NULL, "%s: %s", load->name, strerror(errno));
		err = VSW_REFUSED;
	}
	free(line);
	return err;
}

static int delete_all(struct load *load)
{
	struct vsw_req req;
	int err;

	vsw_req_init(&req, VSW_CMD_FLOW_DEL, 0);
	vsw_req_put_string(&req, &load->change->ports.what, VSW_A_FLOW_SWITCH_NAME,
			   load->change->ports.name);
	vsw_req_put_u32(&req, NULL, VSW_A_FLOW_TXN, load->txn);
	err = vsw_send(load->change->ctl, &req);
	vsw_req_free(&req);
	return err;
}

/* The first change is the deletion, the lines follow. */
static void print_refused_commit(const struct load *load,
				 const struct vsw_nl_error *error)
{
	const char *why = error->msg[0] ? error->msg : strerror(error->code);
	struct vsw_tok tok = {};

	if (error->cookie < 2 || error->cookie - 2 >= load->n_sent) {
		vsw_error(NULL, "%s", why);
		return;
	}
	tok.text = &load->sent[error->cookie - 2];
	tok.len = strcspn(tok.text->str, "#");
	tok = vsw_tok_trim(&tok);
	vsw_error(&tok, "%s", why);
}

static int replace_all(struct load *load, FILE *f)
{
	struct vsw_nl_error error = {};
	int err;

	err = begin(load);
	if (!err)
		err = delete_all(load);
	if (!err)
		err = add_lines(load, f);
	if (!err)
		err = flush(load);
	if (!err) {
		err = end(load, VSW_CMD_TXN_COMMIT, &error);
		if (err && error.code)
			print_refused_commit(load, &error);
	}
	if (err)
		vsw_error(NULL, "no flow has changed");
	return err;
}

static int load_all(struct load *load, FILE *f)
{
	int err, last;

	err = add_lines(load, f);
	last = flush(load);
	if (err || last)
		vsw_error(NULL, "lines done before this one: %u", load->done);
	return err ? err : last;
}

static void free_load(struct load *load)
{
	unsigned int i;

	abort_txn(load);
	empty_pack(load);
	for (i = 0; i < load->n_sent; i++)
		free((char *)load->sent[i].str);
	free(load->sent);
	free(load);
}

static FILE *open_file(const struct vsw_tok *tok, char *name, size_t size)
{
	FILE *f;

	if (vsw_tok_is(tok, "-")) {
		snprintf(name, size, "stdin");
		return stdin;
	}
	if (!vsw_tok_copy(tok, name, size))
		snprintf(name, size, "?");
	f = fopen(name, "re");
	if (!f)
		vsw_usage(tok, "cannot open this file: %s", strerror(errno));
	return f;
}

/**
 * vsw_flow_load - change flows as the lines of a file say
 * @change: what to do with each line
 * @file: name of the file, - for the standard input
 * @replace: the lines are all flows that are to be, in one transaction
 *
 * Context: prints errors and progress.
 * Return: enum vsw_status
 */
int vsw_flow_load(struct vsw_flow_change *change, const struct vsw_tok *file,
		  bool replace)
{
	struct load *load = calloc(1, sizeof(*load));
	char name[4096];
	FILE *f;
	int err;

	f = load ? open_file(file, name, sizeof(name)) : NULL;
	if (!f) {
		free(load);
		return VSW_USAGE;
	}
	load->change = change;
	load->name = name;
	load->replace = replace;
	err = replace ? replace_all(load, f) : load_all(load, f);
	if (load->done)
		show_progress(load, '\n');
	if (f != stdin)
		fclose(f);
	free_load(load);
	return err;
}
