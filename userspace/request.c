// SPDX-License-Identifier: GPL-2.0
/*
 * Netlink messages and their attributes.
 */
#include "request.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <netlink/genl/genl.h>

#include <linux/vsw.h>

/**
 * vsw_req_init - begin a request
 * @req: to fill in, vsw_req_free() releases it
 * @cmd: VSW_CMD_*
 * @flags: NLM_F_*, in addition to NLM_F_REQUEST
 *
 * Context: failures show in @req->err.
 */
void vsw_req_init(struct vsw_req *req, uint8_t cmd, uint16_t flags)
{
	memset(req, 0, sizeof(*req));
	req->msg = nlmsg_alloc();
	if (!req->msg || !genlmsg_put(req->msg, 0, 0, 0, 0, flags | NLM_F_REQUEST,
				      cmd, VSW_FAMILY_VERSION))
		req->err = ENOMEM;
}

/**
 * vsw_req_free - release a request
 * @req: from vsw_req_init()
 *
 * Context: any.
 */
void vsw_req_free(struct vsw_req *req)
{
	if (req->msg)
		nlmsg_free(req->msg);
	free(req->origins);
	memset(req, 0, sizeof(*req));
}

/**
 * vsw_req_check - tell the user if a request could not be built
 * @req: request
 *
 * Context: prints errors.
 * Return: enum vsw_status
 */
int vsw_req_check(const struct vsw_req *req)
{
	const struct vsw_tok *tok = req->what.text ? &req->what : NULL;

	if (!req->err)
		return VSW_OK;
	if (req->err == EMSGSIZE)
		return vsw_usage(tok, "this is too long for a message");
	vsw_error(tok, "%s", strerror(req->err));
	return VSW_REFUSED;
}

/**
 * vsw_req_hdr - the message of a request
 * @req: request
 *
 * Context: valid until something is put.
 * Return: its header
 */
struct nlmsghdr *vsw_req_hdr(const struct vsw_req *req)
{
	return nlmsg_hdr(req->msg);
}

/**
 * vsw_req_origin - which words gave the attribute at an offset?
 * @req: request
 * @off: offset in the message
 *
 * Context: any.
 * Return: the words of the innermost known attribute around @off, or NULL
 */
const struct vsw_tok *vsw_req_origin(const struct vsw_req *req, uint32_t off)
{
	const struct vsw_origin *best = NULL;
	unsigned int i;

	for (i = 0; i < req->n; i++) {
		const struct vsw_origin *o = &req->origins[i];

		if (off >= o->start && off < o->end &&
		    (!best || o->start > best->start))
			best = o;
	}
	return best ? &best->tok : NULL;
}

static struct vsw_origin *remember(struct vsw_req *req, const struct vsw_tok *tok)
{
	struct vsw_origin *o;

	if (req->n == req->size) {
		req->size = req->size ? 2 * req->size : 16;
		o = reallocarray(req->origins, req->size, sizeof(*o));
		if (!o) {
			req->err = ENOMEM;
			return NULL;
		}
		req->origins = o;
	}
	o = &req->origins[req->n++];
	o->tok = *tok;
	return o;
}

static bool make_room(struct vsw_req *req, size_t len)
{
	size_t want = vsw_req_hdr(req)->nlmsg_len + nla_total_size(len);
	size_t size = nlmsg_get_max_size(req->msg);

	if (want <= size)
		return true;
	while (size < want)
		size *= 2;
	return !nlmsg_expand(req->msg, size);
}

/**
 * vsw_req_put - add an attribute
 * @req: request
 * @tok: the words that gave it, NULL if none did
 * @type: type of the attribute
 * @data: its value
 * @len: length of @data
 *
 * Context: failures show in @req->err.
 */
void vsw_req_put(struct vsw_req *req, const struct vsw_tok *tok, int type,
		 const void *data, size_t len)
{
	struct vsw_origin *o;
	uint32_t start;

	if (req->err)
		return;
	start = vsw_req_hdr(req)->nlmsg_len;
	if (!make_room(req, len) || nla_put(req->msg, type, len, data)) {
		req->err = ENOMEM;
		return;
	}
	if (!tok)
		return;
	o = remember(req, tok);
	if (o) {
		o->start = start;
		o->end = vsw_req_hdr(req)->nlmsg_len;
	}
}

/**
 * vsw_req_put_u8 - add a number
 * @req: request
 * @tok: the words that gave it, NULL if none did
 * @type: type of the attribute
 * @value: the number
 *
 * Context: failures show in @req->err.
 */
void vsw_req_put_u8(struct vsw_req *req, const struct vsw_tok *tok, int type,
		    uint8_t value)
{
	vsw_req_put(req, tok, type, &value, sizeof(value));
}

/**
 * vsw_req_put_u16 - add a number
 * @req: request
 * @tok: the words that gave it, NULL if none did
 * @type: type of the attribute
 * @value: the number
 *
 * Context: failures show in @req->err.
 */
void vsw_req_put_u16(struct vsw_req *req, const struct vsw_tok *tok, int type,
		     uint16_t value)
{
	vsw_req_put(req, tok, type, &value, sizeof(value));
}

/**
 * vsw_req_put_u32 - add a number
 * @req: request
 * @tok: the words that gave it, NULL if none did
 * @type: type of the attribute
 * @value: the number
 *
 * Context: failures show in @req->err.
 */
void vsw_req_put_u32(struct vsw_req *req, const struct vsw_tok *tok, int type,
		     uint32_t value)
{
	vsw_req_put(req, tok, type, &value, sizeof(value));
}

/**
 * vsw_req_put_u64 - add a number
 * @req: request
 * @tok: the words that gave it, NULL if none did
 * @type: type of the attribute
 * @value: the number
 *
 * Context: failures show in @req->err.
 */
void vsw_req_put_u64(struct vsw_req *req, const struct vsw_tok *tok, int type,
		     uint64_t value)
{
	vsw_req_put(req, tok, type, &value, sizeof(value));
}

/**
 * vsw_req_put_string - add a string
 * @req: request
 * @tok: the words that gave it, NULL if none did
 * @type: type of the attribute
 * @value: the string
 *
 * Context: failures show in @req->err.
 */
void vsw_req_put_string(struct vsw_req *req, const struct vsw_tok *tok, int type,
			const char *value)
{
	vsw_req_put(req, tok, type, value, strlen(value) + 1);
}

/**
 * vsw_req_put_flag - add an attribute without value
 * @req: request
 * @tok: the words that gave it, NULL if none did
 * @type: type of the attribute
 *
 * Context: failures show in @req->err.
 */
void vsw_req_put_flag(struct vsw_req *req, const struct vsw_tok *tok, int type)
{
	vsw_req_put(req, tok, type, NULL, 0);
}

/**
 * vsw_req_nest - begin a nest of attributes
 * @req: request
 * @tok: the words that gave it, NULL if none did
 * @type: type of the nest
 *
 * Context: vsw_req_nest_end() ends it, failures show in @req->err.
 * Return: the nest
 */
unsigned int vsw_req_nest(struct vsw_req *req, const struct vsw_tok *tok, int type)
{
	unsigned int nest = req->err ? 0 : vsw_req_hdr(req)->nlmsg_len;

	vsw_req_put(req, tok, type | NLA_F_NESTED, NULL, 0);
	return nest;
}

/**
 * vsw_req_nest_end - end a nest of attributes
 * @req: request
 * @nest: from vsw_req_nest()
 *
 * Context: failures show in @req->err.
 */
void vsw_req_nest_end(struct vsw_req *req, unsigned int nest)
{
	struct nlattr *attr;
	unsigned int i;
	uint32_t end;

	if (req->err)
		return;
	end = vsw_req_hdr(req)->nlmsg_len;
	if (end - nest > UINT16_MAX) {
		req->err = EMSGSIZE;
		return;
	}
	attr = (struct nlattr *)((char *)vsw_req_hdr(req) + nest);
	attr->nla_len = end - nest;
	for (i = req->n; i-- && req->origins[i].start >= nest;)
		if (req->origins[i].start == nest)
			req->origins[i].end = end;
}

/**
 * vsw_attr_number - read a number of any width
 * @attr: attribute, may be NULL
 *
 * Context: any.
 * Return: the number, 0 if there is none
 */
uint64_t vsw_attr_number(const struct nlattr *attr)
{
	uint64_t v64;
	uint32_t v32;
	uint16_t v16;

	if (!attr)
		return 0;
	switch (nla_len(attr)) {
	case 8:
		memcpy(&v64, nla_data(attr), sizeof(v64));
		return v64;
	case 4:
		memcpy(&v32, nla_data(attr), sizeof(v32));
		return v32;
	case 2:
		memcpy(&v16, nla_data(attr), sizeof(v16));
		return v16;
	case 1:
		return *(uint8_t *)nla_data(attr);
	}
	return 0;
}

/**
 * vsw_attr_string - read a string
 * @attr: attribute, may be NULL
 * @buf: for the string, shortened if need be
 * @size: size of @buf
 *
 * Context: any.
 * Return: whether there is one
 */
bool vsw_attr_string(const struct nlattr *attr, char *buf, size_t size)
{
	*buf = '\0';
	if (attr)
		nla_strlcpy(buf, attr, size);
	return *buf;
}

/**
 * vsw_attr_parse - find the attributes of a message
 * @tb: set to the attributes by type, NULL where there is none
 * @max: greatest type
 * @hdr: message of our family
 *
 * Context: unknown attributes are left out.
 */
void vsw_attr_parse(struct nlattr *tb[], int max, const struct nlmsghdr *hdr)
{
	if (genlmsg_parse((struct nlmsghdr *)hdr, 0, tb, max, NULL))
		memset(tb, 0, (max + 1) * sizeof(*tb));
}

/**
 * vsw_attr_parse_nested - find the attributes of a nest
 * @tb: set to the attributes by type, NULL where there is none
 * @max: greatest type
 * @attr: nest, may be NULL
 *
 * Context: unknown attributes are left out.
 */
void vsw_attr_parse_nested(struct nlattr *tb[], int max, const struct nlattr *attr)
{
	memset(tb, 0, (max + 1) * sizeof(*tb));
	if (attr && nla_parse_nested(tb, max, (struct nlattr *)attr, NULL))
		memset(tb, 0, (max + 1) * sizeof(*tb));
}
