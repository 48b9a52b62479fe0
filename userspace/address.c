// SPDX-License-Identifier: GPL-2.0
/*
 * IP addresses and prefixes of routers.
 */
#include "address.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>

#include <linux/vsw.h>

/* Length of the prefix that all IPv4-mapped addresses have */
#define MAPPED_LEN	96

static bool is_ipv6(const struct vsw_tok *tok)
{
	return memchr(vsw_tok_str(tok), ':', tok->len);
}

/**
 * vsw_tok_address - parse an IP address
 * @tok: token
 * @addr: set to the address, an IPv4 one mapped
 *
 * Context: prints errors.
 * Return: enum vsw_status
 */
int vsw_tok_address(const struct vsw_tok *tok, struct in6_addr *addr)
{
	struct in_addr ipv4;
	int err;

	if (is_ipv6(tok))
		return vsw_tok_ipv6(tok, addr);
	err = vsw_tok_ipv4(tok, &ipv4);
	if (err)
		return err;
	memset(addr, 0, sizeof(*addr));
	addr->s6_addr[10] = 0xff;
	addr->s6_addr[11] = 0xff;
	memcpy(&addr->s6_addr[12], &ipv4, sizeof(ipv4));
	return VSW_OK;
}

/**
 * vsw_req_put_address - take an IP address
 * @req: where the attribute goes
 * @args: words
 * @type: attribute
 *
 * Context: prints errors.
 * Return: enum vsw_status
 */
int vsw_req_put_address(struct vsw_req *req, struct vsw_args *args, int type)
{
	struct in6_addr addr;
	struct vsw_tok tok;
	int err;

	err = vsw_args_want(args, "an IP address", &tok);
	if (!err)
		err = vsw_tok_address(&tok, &addr);
	if (!err)
		vsw_req_put(req, &tok, type, &addr, sizeof(addr));
	return err;
}

/* What stands for the prefix that all addresses have needs a family. */
static int parse_prefix(const struct vsw_tok *tok, struct in6_addr *addr, uint64_t *len)
{
	struct vsw_tok left, right;
	bool has_len;
	int err;

	has_len = vsw_tok_split(tok, "/", &left, &right);
	if (!has_len)
		left = *tok;
	err = vsw_tok_address(&left, addr);
	if (err)
		return err;
	*len = is_ipv6(&left) ? 128 : 32;
	if (has_len)
		err = vsw_tok_number(&right, 0, *len, len);
	if (!is_ipv6(&left))
		*len += MAPPED_LEN;
	return err;
}

/**
 * vsw_req_put_prefix - take an IP address with the length of its prefix
 * @req: where the nest goes
 * @args: words: ADDRESS or ADDRESS/LENGTH
 * @type: attribute
 *
 * Context: prints errors.
 * Return: enum vsw_status
 */
int vsw_req_put_prefix(struct vsw_req *req, struct vsw_args *args, int type)
{
	struct in6_addr addr;
	struct vsw_tok tok;
	unsigned int nest;
	uint64_t len;
	int err;

	err = vsw_args_want(args, "ADDRESS/LENGTH", &tok);
	if (!err)
		err = parse_prefix(&tok, &addr, &len);
	if (err)
		return err;
	nest = vsw_req_nest(req, &tok, type);
	vsw_req_put(req, &tok, VSW_A_PREFIX_ADDRESS, &addr, sizeof(addr));
	vsw_req_put_u8(req, &tok, VSW_A_PREFIX_LENGTH, len);
	vsw_req_nest_end(req, nest);
	return VSW_OK;
}

/**
 * vsw_req_put_word - take a name
 * @req: where the attribute goes
 * @args: words
 * @type: attribute
 * @what: what is named
 *
 * Context: prints errors.
 * Return: enum vsw_status
 */
int vsw_req_put_word(struct vsw_req *req, struct vsw_args *args, int type, const char *what)
{
	char name[IFNAMSIZ], want[64];
	struct vsw_tok tok;
	int err;

	snprintf(want, sizeof(want), "the name of %s", what);
	err = vsw_args_want(args, want, &tok);
	if (!err)
		err = vsw_tok_name(&tok, what, name);
	if (!err)
		vsw_req_put_string(req, &tok, type, name);
	return err;
}

/**
 * vsw_req_put_mac - take a MAC address
 * @req: where the attribute goes
 * @args: words
 * @type: attribute
 *
 * Context: prints errors.
 * Return: enum vsw_status
 */
int vsw_req_put_mac(struct vsw_req *req, struct vsw_args *args, int type)
{
	struct vsw_tok tok;
	uint8_t mac[6];
	int err;

	err = vsw_args_want(args, "a MAC address", &tok);
	if (!err)
		err = vsw_tok_mac(&tok, mac);
	if (!err)
		vsw_req_put(req, &tok, type, mac, sizeof(mac));
	return err;
}

static bool address_text(char *text, size_t size, const struct nlattr *attr)
{
	const struct in6_addr *addr = nla_data((struct nlattr *)attr);
	bool is_mapped = IN6_IS_ADDR_V4MAPPED(addr);

	inet_ntop(is_mapped ? AF_INET : AF_INET6, is_mapped ? &addr->s6_addr[12] : addr->s6_addr,
		  text, size);
	return is_mapped;
}

static bool is_address(const struct nlattr *attr)
{
	return attr && nla_len((struct nlattr *)attr) == sizeof(struct in6_addr);
}

/**
 * vsw_address_print - print an IP address
 * @out: output
 * @key: JSON key
 * @label: what stands before it in the text
 * @attr: the attribute, may be NULL
 *
 * Context: any.
 */
void vsw_address_print(struct vsw_out *out, const char *key, const char *label,
		       const struct nlattr *attr)
{
	char text[INET6_ADDRSTRLEN];

	if (!is_address(attr))
		return;
	address_text(text, sizeof(text), attr);
	vsw_out_string(out, key, label, text);
}

/**
 * vsw_prefix_print - print an IP address with the length of its prefix
 * @out: output
 * @key: JSON key
 * @label: what stands before it in the text
 * @attr: the nest, may be NULL
 *
 * Context: any.
 */
void vsw_prefix_print(struct vsw_out *out, const char *key, const char *label,
		      const struct nlattr *attr)
{
	char text[INET6_ADDRSTRLEN + sizeof("/128")];
	struct nlattr *tb[VSW_A_PREFIX_MAX + 1];
	unsigned int len;

	vsw_attr_parse_nested(tb, VSW_A_PREFIX_MAX, attr);
	if (!is_address(tb[VSW_A_PREFIX_ADDRESS]))
		return;
	len = vsw_attr_number(tb[VSW_A_PREFIX_LENGTH]);
	if (address_text(text, sizeof(text), tb[VSW_A_PREFIX_ADDRESS]))
		len -= MAPPED_LEN;
	snprintf(text + strlen(text), sizeof(text) - strlen(text), "/%u", len);
	vsw_out_string(out, key, label, text);
}
