// SPDX-License-Identifier: GPL-2.0
/*
 * Talking to the kernel: send requests, wait for their answers, understand
 * its errors.
 */
#include "nl.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include <netlink/genl/ctrl.h>
#include <netlink/genl/genl.h>
#include <netlink/socket.h>

#include <linux/genetlink.h>
#include <linux/vsw.h>

#define VSW_NL_BUF	(2 * VSW_NL_BATCH)
#define VSW_NL_RETRIES	8

const char *const vsw_nl_groups[VSW_NL_GROUPS] = {
	VSW_MCGRP_SWITCH, VSW_MCGRP_PORT, VSW_MCGRP_FDB, VSW_MCGRP_FLOW,
};

/**
 * struct exchange - requests under way and their answers
 * @first: sequence number of the first request
 * @last: of the last
 * @cb: gets every reply
 * @arg: for @cb
 * @interrupted: the dump is inconsistent, it has to be repeated
 * @done: the last answer has come
 * @overrun: answers were lost, because there were more than the socket holds
 * @error: the first error
 */
struct exchange {
	uint32_t first;
	uint32_t last;
	vsw_nl_cb cb;
	void *arg;
	bool interrupted;
	bool done;
	bool overrun;
	struct vsw_nl_error *error;
};

/* The attributes of an error stand behind the part of the request it quotes. */
static void parse_extack(const struct nlmsghdr *hdr, size_t off,
			 struct vsw_nl_error *error)
{
	struct nlattr *tb[NLMSGERR_ATTR_MAX + 1];

	if (!(hdr->nlmsg_flags & NLM_F_ACK_TLVS) || off > hdr->nlmsg_len)
		return;
	if (nla_parse(tb, NLMSGERR_ATTR_MAX,
		      (struct nlattr *)((char *)hdr + off),
		      hdr->nlmsg_len - off, NULL))
		return;
	vsw_attr_string(tb[NLMSGERR_ATTR_MSG], error->msg, sizeof(error->msg));
	error->cookie = vsw_attr_number(tb[NLMSGERR_ATTR_COOKIE]);
	if (tb[NLMSGERR_ATTR_OFFS]) {
		error->has_off = true;
		error->off = vsw_attr_number(tb[NLMSGERR_ATTR_OFFS]);
	}
}

static void keep_error(struct exchange *x, const struct nlmsghdr *hdr, int code,
		       size_t extack)
{
	if (!code || x->error->code)
		return;
	memset(x->error, 0, sizeof(*x->error));
	x->error->code = code < 0 ? -code : code;
	x->error->index = hdr->nlmsg_seq - x->first;
	parse_extack(hdr, extack, x->error);
}

static void handle_ack(struct exchange *x, const struct nlmsghdr *hdr)
{
	const struct nlmsgerr *ack = nlmsg_data(hdr);
	size_t quoted;

	if (hdr->nlmsg_len < NLMSG_LENGTH(sizeof(*ack)))
		return;
	quoted = hdr->nlmsg_flags & NLM_F_CAPPED ? sizeof(ack->msg) : ack->msg.nlmsg_len;
	keep_error(x, hdr, ack->error, NLMSG_HDRLEN + sizeof(ack->error) +
		   NLMSG_ALIGN(quoted));
	x->done |= hdr->nlmsg_seq == x->last;
}

static void handle_done(struct exchange *x, const struct nlmsghdr *hdr)
{
	int code = 0;

	if (hdr->nlmsg_len >= NLMSG_LENGTH(sizeof(code)))
		memcpy(&code, nlmsg_data(hdr), sizeof(code));
	keep_error(x, hdr, code, NLMSG_LENGTH(sizeof(code)));
	x->done |= hdr->nlmsg_seq == x->last;
}

static int handle(struct exchange *x, const struct nlmsghdr *hdr)
{
	if (hdr->nlmsg_seq - x->first > x->last - x->first)
		return VSW_OK;
	if (hdr->nlmsg_flags & NLM_F_DUMP_INTR)
		x->interrupted = true;
	if (hdr->nlmsg_type == NLMSG_ERROR)
		handle_ack(x, hdr);
	else if (hdr->nlmsg_type == NLMSG_DONE)
		handle_done(x, hdr);
	else if (x->cb)
		return x->cb(hdr, x->arg);
	return VSW_OK;
}

static ssize_t receive(struct vsw_nl *nl, int flags)
{
	ssize_t len;

	do {
		len = recv(nl->fd, nl->buf, VSW_NL_BUF, MSG_TRUNC | flags);
	} while (len < 0 && errno == EINTR);
	if (len > VSW_NL_BUF) {
		errno = EMSGSIZE;
		return -1;
	}
	if (!len)
		errno = ECONNRESET;
	return len > 0 ? len : -1;
}

static int system_error(void)
{
	vsw_error(NULL, "netlink: %s", strerror(errno));
	return VSW_REFUSED;
}

static int handle_all(struct vsw_nl *nl, struct exchange *x, int len)
{
	struct nlmsghdr *hdr;
	int err = VSW_OK;

	for (hdr = nl->buf; nlmsg_ok(hdr, len) && !err; hdr = nlmsg_next(hdr, &len)) {
		if (!hdr->nlmsg_seq && nl->event)
			err = nl->event(hdr, nl->event_arg);
		else
			err = handle(x, hdr);
	}
	return err;
}

/*
 * After an overrun, the last answer may be among the lost ones, so there is no
 * waiting for it. What is left must be read: until then, more would be lost.
 */
static int collect(struct vsw_nl *nl, struct exchange *x)
{
	int err = VSW_OK;
	ssize_t len;

	while (!x->done && !err) {
		len = receive(nl, x->overrun ? MSG_DONTWAIT : 0);
		if (len < 0 && errno == EAGAIN && x->overrun)
			break;
		if (len >= 0)
			err = handle_all(nl, x, len);
		else if (errno == ENOBUFS)
			x->overrun = true;
		else
			err = system_error();
	}
	if (!err && !x->done && !x->error->code)
		x->error->code = ENOBUFS;
	return err;
}

static int transmit(struct vsw_nl *nl, const void *buf, size_t len)
{
	ssize_t sent;

	do {
		sent = send(nl->fd, buf, len, 0);
	} while (sent < 0 && errno == EINTR);
	return sent == (ssize_t)len ? VSW_OK : system_error();
}

/* Errors are always answered; success only of the last, which comes last. */
static size_t pack(struct vsw_nl *nl, struct vsw_req *reqs, unsigned int n,
		   uint16_t flags, char *buf)
{
	struct nlmsghdr *hdr;
	size_t len = 0;
	unsigned int i;

	for (i = 0; i < n; i++) {
		hdr = vsw_req_hdr(&reqs[i]);
		hdr->nlmsg_type = nl->family;
		hdr->nlmsg_seq = ++nl->seq;
		if (i + 1 == n)
			hdr->nlmsg_flags |= flags;
		memcpy(buf + len, hdr, hdr->nlmsg_len);
		len += NLMSG_ALIGN(hdr->nlmsg_len);
	}
	return len;
}

static int send_all(struct vsw_nl *nl, struct vsw_req *reqs, unsigned int n,
		    uint16_t flags)
{
	size_t size = 0;
	unsigned int i;
	char *buf;
	int err;

	for (i = 0; i < n; i++)
		size += NLMSG_ALIGN(vsw_req_hdr(&reqs[i])->nlmsg_len);
	buf = calloc(1, size);
	if (!buf)
		return system_error();
	err = transmit(nl, buf, pack(nl, reqs, n, flags, buf));
	free(buf);
	return err;
}

static int talk(struct vsw_nl *nl, struct vsw_req *reqs, unsigned int n,
		uint16_t flags, struct exchange *x)
{
	unsigned int i;
	int err = VSW_OK;

	for (i = 0; i < n && !err; i++)
		err = vsw_req_check(&reqs[i]);
	if (!err)
		err = vsw_nl_open(nl);
	if (err)
		return err;
	memset(x->error, 0, sizeof(*x->error));
	x->first = nl->seq + 1;
	x->last = nl->seq + n;
	x->done = false;
	x->overrun = false;
	x->interrupted = false;
	err = send_all(nl, reqs, n, flags);
	return err ? err : collect(nl, x);
}

/**
 * vsw_nl_exchange - send several requests in one message, wait for all answers
 * @nl: connection, opened if need be
 * @reqs: requests
 * @n: number of them
 * @error: set to the first error of the kernel
 *
 * The kernel works on all of them, also behind one that fails.
 *
 * Context: prints errors, but not @error.
 * Return: enum vsw_status, VSW_REFUSED if @error is set
 */
int vsw_nl_exchange(struct vsw_nl *nl, struct vsw_req *reqs, unsigned int n,
		    struct vsw_nl_error *error)
{
	struct exchange x = { .error = error };
	int err;

	err = talk(nl, reqs, n, NLM_F_ACK, &x);
	return err || !error->code ? err : VSW_REFUSED;
}

/**
 * vsw_nl_do - send a request and wait for its answer
 * @nl: connection, opened if need be
 * @req: request
 * @cb: gets replies, may be NULL
 * @arg: for @cb
 *
 * Context: prints errors.
 * Return: enum vsw_status
 */
int vsw_nl_do(struct vsw_nl *nl, struct vsw_req *req, vsw_nl_cb cb, void *arg)
{
	struct vsw_nl_error error = {};
	struct exchange x = { .cb = cb, .arg = arg, .error = &error };
	int err;

	err = talk(nl, req, 1, NLM_F_ACK, &x);
	if (err || !error.code)
		return err;
	vsw_nl_print_error(req, &error);
	return VSW_REFUSED;
}

/**
 * struct pile - messages of a dump, kept until it is known to be consistent
 * @buf: the messages
 * @len: their length
 * @size: size of @buf
 */
struct pile {
	char *buf;
	size_t len;
	size_t size;
};

static int pile_up(const struct nlmsghdr *hdr, void *arg)
{
	size_t len = NLMSG_ALIGN(hdr->nlmsg_len);
	struct pile *pile = arg;
	size_t size = pile->size ? pile->size : VSW_NL_BATCH;
	char *buf;

	while (size - pile->len < len)
		size *= 2;
	if (size != pile->size) {
		buf = realloc(pile->buf, size);
		if (!buf)
			return system_error();
		pile->buf = buf;
		pile->size = size;
	}
	memcpy(pile->buf + pile->len, hdr, hdr->nlmsg_len);
	pile->len += len;
	return VSW_OK;
}

static int take_down(const struct pile *pile, vsw_nl_cb cb, void *arg)
{
	const struct nlmsghdr *hdr;
	size_t off = 0;
	int err = VSW_OK;

	for (; off < pile->len && !err; off += NLMSG_ALIGN(hdr->nlmsg_len)) {
		hdr = (const struct nlmsghdr *)(pile->buf + off);
		err = cb(hdr, arg);
	}
	return err;
}

/**
 * vsw_nl_dump - ask for a list
 * @nl: connection, opened if need be
 * @req: request
 * @cb: gets the entries, once the list is complete
 * @arg: for @cb
 *
 * A list that has changed while it was read is read again, a few times.
 *
 * Context: prints errors.
 * Return: enum vsw_status
 */
int vsw_nl_dump(struct vsw_nl *nl, struct vsw_req *req, vsw_nl_cb cb, void *arg)
{
	struct vsw_nl_error error = {};
	struct pile pile = {};
	struct exchange x = { .cb = pile_up, .arg = &pile, .error = &error };
	int tries = 0;
	int err;

	do {
		pile.len = 0;
		err = talk(nl, req, 1, NLM_F_DUMP, &x);
	} while (!err && !error.code && x.interrupted && ++tries < VSW_NL_RETRIES);
	if (!err && error.code) {
		vsw_nl_print_error(req, &error);
		err = VSW_REFUSED;
	}
	if (!err && x.interrupted)
		vsw_error(NULL, "the list changed while it was read, it may lack something");
	if (!err)
		err = take_down(&pile, cb, arg);
	free(pile.buf);
	return err;
}

static void learn_group(struct vsw_nl *nl, struct nlattr *attr)
{
	struct nlattr *tb[CTRL_ATTR_MCAST_GRP_MAX + 1];
	char name[GENL_NAMSIZ];
	unsigned int i;

	vsw_attr_parse_nested(tb, CTRL_ATTR_MCAST_GRP_MAX, attr);
	vsw_attr_string(tb[CTRL_ATTR_MCAST_GRP_NAME], name, sizeof(name));
	for (i = 0; i < VSW_NL_GROUPS; i++)
		if (!strcmp(name, vsw_nl_groups[i]))
			nl->groups[i] = vsw_attr_number(tb[CTRL_ATTR_MCAST_GRP_ID]);
}

static int learn_family(const struct nlmsghdr *hdr, void *arg)
{
	struct nlattr *tb[CTRL_ATTR_MAX + 1];
	struct vsw_nl *nl = arg;
	struct nlattr *group;
	int rest;

	vsw_attr_parse(tb, CTRL_ATTR_MAX, hdr);
	nl->family = vsw_attr_number(tb[CTRL_ATTR_FAMILY_ID]);
	if (tb[CTRL_ATTR_MCAST_GROUPS])
		nla_for_each_nested(group, tb[CTRL_ATTR_MCAST_GROUPS], rest)
			learn_group(nl, group);
	return VSW_OK;
}

static int find_family(struct vsw_nl *nl)
{
	struct vsw_nl_error error = {};
	struct exchange x = { .cb = learn_family, .arg = nl, .error = &error };
	struct vsw_req req;
	int err;

	nl->family = GENL_ID_CTRL;
	vsw_req_init(&req, CTRL_CMD_GETFAMILY, 0);
	vsw_req_put_string(&req, NULL, CTRL_ATTR_FAMILY_NAME, VSW_FAMILY_NAME);
	err = talk(nl, &req, 1, NLM_F_ACK, &x);
	if (!err && error.code == ENOENT) {
		vsw_error(NULL, "the vsw module is not loaded");
		err = VSW_REFUSED;
	} else if (!err && error.code) {
		vsw_nl_print_error(&req, &error);
		err = VSW_REFUSED;
	}
	vsw_req_free(&req);
	return err;
}

/**
 * vsw_nl_open - connect to the family, unless that is done already
 * @nl: connection
 *
 * Context: prints errors; vsw_nl_close() releases.
 * Return: enum vsw_status
 */
int vsw_nl_open(struct vsw_nl *nl)
{
	int err;

	if (nl->sk)
		return VSW_OK;
	nl->buf = malloc(VSW_NL_BUF);
	errno = nl->buf ? vsw_nl_connect(nl) : ENOMEM;
	err = errno ? system_error() : find_family(nl);
	if (err)
		vsw_nl_close(nl);
	return err;
}

/**
 * vsw_nl_close - end a connection
 * @nl: connection, may be closed already
 *
 * Context: any.
 */
void vsw_nl_close(struct vsw_nl *nl)
{
	if (nl->sk)
		nl_socket_free(nl->sk);
	free(nl->buf);
	memset(nl, 0, sizeof(*nl));
}

static int join(struct vsw_nl *nl, unsigned int groups)
{
	unsigned int i;

	for (i = 0; i < VSW_NL_GROUPS; i++) {
		if (!(groups & (1U << i)))
			continue;
		errno = vsw_nl_join(nl, nl->groups[i]);
		if (errno)
			return system_error();
	}
	return VSW_OK;
}

/**
 * vsw_nl_listen - hand out events until something fails
 * @nl: connection, opened if need be
 * @groups: bits of the groups, in the order of vsw_nl_groups
 * @cb: gets every event
 * @lost: is told that events were lost
 * @arg: for @cb and @lost
 *
 * Context: prints errors.
 * Return: enum vsw_status
 */
int vsw_nl_listen(struct vsw_nl *nl, unsigned int groups, vsw_nl_cb cb,
		  int (*lost)(void *arg), void *arg)
{
	struct nlmsghdr *hdr;
	ssize_t len;
	int rest;
	int err;

	err = vsw_nl_open(nl);
	if (!err)
		err = join(nl, groups);
	while (!err) {
		len = receive(nl, 0);
		if (len < 0) {
			err = errno == ENOBUFS ? lost(arg) : system_error();
			continue;
		}
		rest = len;
		for (hdr = nl->buf; nlmsg_ok(hdr, rest) && !err;
		     hdr = nlmsg_next(hdr, &rest))
			if (hdr->nlmsg_type == nl->family)
				err = cb(hdr, arg);
	}
	return err;
}

/**
 * vsw_nl_print_error - print why the kernel refused, and the words it is about
 * @req: request
 * @error: the kernel's answer
 *
 * Context: prints to stderr.
 */
void vsw_nl_print_error(const struct vsw_req *req,
			const struct vsw_nl_error *error)
{
	const struct vsw_tok *tok = NULL;

	if (error->has_off)
		tok = vsw_req_origin(req, error->off);
	if (!tok && req->what.text)
		tok = &req->what;
	if (error->msg[0])
		vsw_error(tok, "%s", error->msg);
	else if (error->code == EPERM || error->code == EACCES)
		vsw_error(NULL, "a change of a switch needs CAP_NET_ADMIN");
	else
		vsw_error(tok, "%s", strerror(error->code));
}
