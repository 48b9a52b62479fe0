/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Netlink messages: building requests that remember which words gave which
 * attribute, and reading attributes of replies.
 */
#ifndef VSWCTL_REQUEST_H
#define VSWCTL_REQUEST_H

#include <stdbool.h>
#include <stdint.h>

#include <netlink/attr.h>
#include <netlink/msg.h>

#include "args.h"

/**
 * struct vsw_origin - which words gave an attribute
 * @start: offset of the attribute in the message
 * @end: offset behind it
 * @tok: the words
 */
struct vsw_origin {
	uint32_t start;
	uint32_t end;
	struct vsw_tok tok;
};

/**
 * struct vsw_req - a request
 * @msg: the message
 * @what: all words, underlined if nothing better is known
 * @origins: which words gave which attribute
 * @n: number of @origins
 * @size: room in @origins
 * @err: errno of the first failure, put functions do nothing after it
 */
struct vsw_req {
	struct nl_msg *msg;
	struct vsw_tok what;
	struct vsw_origin *origins;
	unsigned int n;
	unsigned int size;
	int err;
};

void vsw_req_init(struct vsw_req *req, uint8_t cmd, uint16_t flags);
void vsw_req_free(struct vsw_req *req);
int vsw_req_check(const struct vsw_req *req);
struct nlmsghdr *vsw_req_hdr(const struct vsw_req *req);
const struct vsw_tok *vsw_req_origin(const struct vsw_req *req, uint32_t off);

void vsw_req_put(struct vsw_req *req, const struct vsw_tok *tok, int type,
		 const void *data, size_t len);
void vsw_req_put_u8(struct vsw_req *req, const struct vsw_tok *tok, int type,
		    uint8_t value);
void vsw_req_put_u16(struct vsw_req *req, const struct vsw_tok *tok, int type,
		     uint16_t value);
void vsw_req_put_u32(struct vsw_req *req, const struct vsw_tok *tok, int type,
		     uint32_t value);
void vsw_req_put_u64(struct vsw_req *req, const struct vsw_tok *tok, int type,
		     uint64_t value);
void vsw_req_put_string(struct vsw_req *req, const struct vsw_tok *tok, int type,
			const char *value);
void vsw_req_put_flag(struct vsw_req *req, const struct vsw_tok *tok, int type);
unsigned int vsw_req_nest(struct vsw_req *req, const struct vsw_tok *tok, int type);
void vsw_req_nest_end(struct vsw_req *req, unsigned int nest);

uint64_t vsw_attr_number(const struct nlattr *attr);
bool vsw_attr_string(const struct nlattr *attr, char *buf, size_t size);
void vsw_attr_parse(struct nlattr *tb[], int max, const struct nlmsghdr *hdr);
void vsw_attr_parse_nested(struct nlattr *tb[], int max, const struct nlattr *attr);

#endif
