// SPDX-License-Identifier: GPL-2.0
/*
 * Settings of tunnel ports: remotes, VNIs of VLANs, and what else is in the outer
 * header.
 */
#include "tunnel.h"

#include <stdio.h>
#include <string.h>

#include <netlink/genl/genl.h>

#include <linux/vsw.h>

#include "address.h"
#include "common.h"

#define VID_MAX		4094
#define VNI_MAX		0xffffff
#define TTL_USUAL	64

static const char *const csums[] = {
	[VSW_TUNNEL_CSUM_AUTO] = "auto",
	[VSW_TUNNEL_CSUM_ON] = "on",
	[VSW_TUNNEL_CSUM_OFF] = "off",
};

static const struct vsw_setting settings[] = {
	{ .word = "csum", .key = "csum", .attr = VSW_A_PORT_TUNNEL_CSUM, .len = 4,
	  .type = VSW_SETTING_ENUM, .names = csums, .n_names = ARRAY_SIZE(csums),
	  .usual = VSW_TUNNEL_CSUM_AUTO, .has_usual = true },
	{ .word = "df", .key = "df", .attr = VSW_A_PORT_TUNNEL_DF, .len = 1,
	  .type = VSW_SETTING_ON_OFF, .has_usual = true },
};

static int put_remote(struct vsw_req *req, const struct vsw_tok *tok)
{
	struct vsw_tok addr = *tok, vlan;
	struct in6_addr in6;
	unsigned int nest;
	uint64_t vid = 0;
	bool has_vid;
	int err;

	has_vid = vsw_tok_split(tok, "@", &addr, &vlan);
	err = vsw_tok_address(has_vid ? &addr : tok, &in6);
	if (!err && has_vid)
		err = vsw_tok_number(&vlan, 0, VID_MAX, &vid);
	if (err)
		return err;
	nest = vsw_req_nest(req, tok, VSW_A_PORT_REMOTE);
	vsw_req_put(req, NULL, VSW_A_REMOTE_ADDRESS, &in6, sizeof(in6));
	if (has_vid)
		vsw_req_put_u16(req, NULL, VSW_A_REMOTE_VID, vid);
	vsw_req_nest_end(req, nest);
	return VSW_OK;
}

/* VID:VNI or VID-VID:VNI */
static int put_range(struct vsw_req *req, const struct vsw_tok *tok)
{
	struct vsw_tok vlans, number;
	struct vsw_range range;
	unsigned int n, nest;
	uint64_t vni;
	int err;

	if (!vsw_tok_split(tok, ":", &vlans, &number))
		return vsw_usage(tok, "expected VLANs and their VNI, like 10:1010 or 20-29:2020");
	err = vsw_tok_ranges(&vlans, &range, 1, &n);
	if (!err)
		err = vsw_tok_number(&number, 0, VNI_MAX, &vni);
	if (err)
		return err;
	nest = vsw_req_nest(req, tok, VSW_A_PORT_VLAN_VNI);
	vsw_req_put_u16(req, NULL, VSW_A_VNI_RANGE_FIRST, range.first);
	vsw_req_put_u16(req, NULL, VSW_A_VNI_RANGE_LAST, range.last);
	vsw_req_put_u32(req, NULL, VSW_A_VNI_RANGE_VNI, vni);
	vsw_req_nest_end(req, nest);
	return VSW_OK;
}

/* A list replaces the one before; the word for none, an empty one. */
static int parse_list(struct vsw_args *args, struct vsw_req *req, int attr, const char *none,
		      int (*put)(struct vsw_req *req, const struct vsw_tok *tok))
{
	struct vsw_tok tok, item;
	int err;

	err = vsw_args_want(args, "a list", &tok);
	if (err)
		return err;
	if (vsw_tok_is(&tok, none)) {
		vsw_req_nest_end(req, vsw_req_nest(req, &tok, attr));
		return VSW_OK;
	}
	while (!err && vsw_tok_cut(&tok, ",", &item))
		err = put(req, &item);
	return err;
}

static int parse_remotes(struct vsw_args *args, struct vsw_req *req)
{
	return parse_list(args, req, VSW_A_PORT_REMOTE, "flow", put_remote);
}

static int parse_ranges(struct vsw_args *args, struct vsw_req *req)
{
	return parse_list(args, req, VSW_A_PORT_VLAN_VNI, "none", put_range);
}

static int parse_local(struct vsw_args *args, struct vsw_req *req)
{
	return vsw_req_put_address(req, args, VSW_A_PORT_LOCAL);
}

static int parse_key(struct vsw_args *args, struct vsw_req *req)
{
	struct vsw_tok tok;
	uint64_t key;
	int err;

	err = vsw_args_want(args, "a number or flow", &tok);
	if (err)
		return err;
	if (vsw_tok_is(&tok, "flow")) {
		vsw_req_put_flag(req, &tok, VSW_A_PORT_NO_TUNNEL_KEY);
		return VSW_OK;
	}
	err = vsw_tok_number(&tok, 0, UINT32_MAX, &key);
	if (!err)
		vsw_req_put_u32(req, &tok, VSW_A_PORT_TUNNEL_KEY, key);
	return err;
}

static int parse_inherit(struct vsw_args *args, struct vsw_req *req, int attr, uint64_t min)
{
	uint64_t value = VSW_TUNNEL_INHERIT;
	struct vsw_tok tok;
	int err;

	err = vsw_args_want(args, "a number or inherit", &tok);
	if (!err && !vsw_tok_is(&tok, "inherit"))
		err = vsw_tok_number(&tok, min, UINT8_MAX, &value);
	if (!err)
		vsw_req_put_u16(req, &tok, attr, value);
	return err;
}

static int parse_tos(struct vsw_args *args, struct vsw_req *req)
{
	return parse_inherit(args, req, VSW_A_PORT_TUNNEL_TOS, 0);
}

static int parse_ttl(struct vsw_args *args, struct vsw_req *req)
{
	return parse_inherit(args, req, VSW_A_PORT_TUNNEL_TTL, 1);
}

static const struct {
	const char *word;
	int attr;
	int (*parse)(struct vsw_args *args, struct vsw_req *req);
} words[] = {
	{ "remote", VSW_A_PORT_REMOTE, parse_remotes },
	{ "local", VSW_A_PORT_LOCAL, parse_local },
	{ "key", VSW_A_PORT_TUNNEL_KEY, parse_key },
	{ "tos", VSW_A_PORT_TUNNEL_TOS, parse_tos },
	{ "ttl", VSW_A_PORT_TUNNEL_TTL, parse_ttl },
	{ "vlan_vni", VSW_A_PORT_VLAN_VNI, parse_ranges },
};

/**
 * vsw_tunnel_take - take a setting of a tunnel port, if the next word is one
 * @args: words
 * @req: where the attributes go
 * @err: set to enum vsw_status, if it was
 *
 * Context: prints errors; other failures show in @req->err.
 * Return: whether it was
 */
bool vsw_tunnel_take(struct vsw_args *args, struct vsw_req *req, int *err)
{
	const struct vsw_tok *tok = vsw_args_peek(args);
	const struct vsw_setting *setting;
	unsigned int i;

	setting = vsw_setting_take(args, settings, ARRAY_SIZE(settings));
	if (setting) {
		*err = vsw_setting_parse(args, setting, req);
		return true;
	}
	for (i = 0; i < ARRAY_SIZE(words); i++) {
		if (!vsw_args_take(args, words[i].word))
			continue;
		if (nlmsg_find_attr(vsw_req_hdr(req), GENL_HDRLEN, words[i].attr))
			*err = vsw_usage(tok, "%s is given twice", words[i].word);
		else
			*err = words[i].parse(args, req);
		return true;
	}
	return false;
}

static void print_remote(struct vsw_out *out, const char *label, const struct nlattr *nest)
{
	struct nlattr *tb[VSW_A_REMOTE_MAX + 1];

	vsw_attr_parse_nested(tb, VSW_A_REMOTE_MAX, nest);
	vsw_out_object(out, NULL);
	vsw_address_print(out, "address", label, tb[VSW_A_REMOTE_ADDRESS]);
	if (tb[VSW_A_REMOTE_VID])
		vsw_out_number(out, "vlan", "@", vsw_attr_number(tb[VSW_A_REMOTE_VID]));
	vsw_out_end(out);
}

static void print_range(struct vsw_out *out, const char *label, const struct nlattr *nest)
{
	struct nlattr *tb[VSW_A_VNI_RANGE_MAX + 1];
	uint64_t first, last;

	vsw_attr_parse_nested(tb, VSW_A_VNI_RANGE_MAX, nest);
	first = vsw_attr_number(tb[VSW_A_VNI_RANGE_FIRST]);
	last = vsw_attr_number(tb[VSW_A_VNI_RANGE_LAST]);
	vsw_out_object(out, NULL);
	vsw_out_number(out, "first", label, first);
	vsw_out_number(out, "last", last != first ? "-" : NULL, last);
	vsw_out_number(out, "vni", ":", vsw_attr_number(tb[VSW_A_VNI_RANGE_VNI]));
	vsw_out_end(out);
}

static void print_list(struct vsw_out *out, const struct nlmsghdr *hdr, int type,
		       const char *key, const char *label,
		       void (*print)(struct vsw_out *out, const char *label,
				     const struct nlattr *nest))
{
	struct nlattr *attr;
	int rest;

	vsw_out_array(out, key);
	nlmsg_for_each_attr(attr, (struct nlmsghdr *)hdr, GENL_HDRLEN, rest) {
		if (nla_type(attr) != type)
			continue;
		print(out, label, attr);
		label = ",";
	}
	vsw_out_end(out);
}

static void print_inherit(struct vsw_out *out, const char *key, const char *label,
			  const struct nlattr *attr, uint64_t usual)
{
	uint64_t value = vsw_attr_number(attr);

	if (!out->json && !out->details && value == usual)
		return;
	if (value == VSW_TUNNEL_INHERIT)
		vsw_out_string(out, key, label, "inherit");
	else
		vsw_out_number(out, key, label, value);
}

/**
 * vsw_tunnel_print - print the settings of a tunnel port
 * @out: output
 * @tb: attributes of any port; nothing is printed of others
 * @hdr: the message, for those that are there many times
 *
 * Context: any.
 */
void vsw_tunnel_print(struct vsw_out *out, struct nlattr *tb[], const struct nlmsghdr *hdr)
{
	unsigned int i;

	if (!tb[VSW_A_PORT_TUNNEL_TTL])
		return;
	print_list(out, hdr, VSW_A_PORT_REMOTE, "remote", " remote ", print_remote);
	vsw_address_print(out, "local", " local ", tb[VSW_A_PORT_LOCAL]);
	if (tb[VSW_A_PORT_TUNNEL_KEY])
		vsw_out_number(out, "key", " key ", vsw_attr_number(tb[VSW_A_PORT_TUNNEL_KEY]));
	print_inherit(out, "tos", " tos ", tb[VSW_A_PORT_TUNNEL_TOS], 0);
	print_inherit(out, "ttl", " ttl ", tb[VSW_A_PORT_TUNNEL_TTL], TTL_USUAL);
	for (i = 0; i < ARRAY_SIZE(settings); i++)
		vsw_setting_print(out, &settings[i], tb[settings[i].attr]);
	print_list(out, hdr, VSW_A_PORT_VLAN_VNI, "vlan_vni", " vlan_vni ", print_range);
}
