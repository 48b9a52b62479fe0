/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Talking to the kernel: the only socket loop.
 */
#ifndef VSWCTL_NL_H
#define VSWCTL_NL_H

#include <stdbool.h>
#include <stdint.h>

#include "request.h"

struct nl_sock;

#define VSW_NL_GROUPS	4
#define VSW_NL_BATCH	65536

typedef int (*vsw_nl_cb)(const struct nlmsghdr *hdr, void *arg);

/**
 * struct vsw_nl - a connection to the family
 * @sk: the socket, NULL as long as nothing was sent
 * @fd: its file descriptor
 * @family: id of the family
 * @groups: ids of the multicast groups, in the order of vsw_nl_groups
 * @seq: of the last message
 * @buf: for what is received
 * @event: gets events that come while an answer is waited for, may be NULL
 * @event_arg: for @event
 */
struct vsw_nl {
	struct nl_sock *sk;
	int fd;
	uint16_t family;
	uint32_t groups[VSW_NL_GROUPS];
	uint32_t seq;
	void *buf;
	vsw_nl_cb event;
	void *event_arg;
};

/**
 * struct vsw_nl_error - why the kernel refused
 * @index: which of the requests
 * @code: errno, 0 if all is well
 * @has_off: @off is valid
 * @off: offset of the bad attribute in the request
 * @cookie: in a refused commit, which change was refused, from 1; else 0
 * @msg: the kernel's words, may be empty
 */
struct vsw_nl_error {
	unsigned int index;
	int code;
	bool has_off;
	uint32_t off;
	uint64_t cookie;
	char msg[256];
};

extern const char *const vsw_nl_groups[VSW_NL_GROUPS];

int vsw_nl_open(struct vsw_nl *nl);
void vsw_nl_close(struct vsw_nl *nl);
int vsw_nl_exchange(struct vsw_nl *nl, struct vsw_req *reqs, unsigned int n,
		    struct vsw_nl_error *error);
int vsw_nl_do(struct vsw_nl *nl, struct vsw_req *req, vsw_nl_cb cb, void *arg);
int vsw_nl_dump(struct vsw_nl *nl, struct vsw_req *req, vsw_nl_cb cb, void *arg);
int vsw_nl_listen(struct vsw_nl *nl, unsigned int groups, vsw_nl_cb cb,
		  int (*lost)(void *arg), void *arg);
void vsw_nl_print_error(const struct vsw_req *req,
			const struct vsw_nl_error *error);

/* nl_connect.c: what tests replace */
int vsw_nl_connect(struct vsw_nl *nl);
int vsw_nl_join(struct vsw_nl *nl, uint32_t group);

#endif
