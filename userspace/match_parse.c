// SPDX-License-Identifier: GPL-2.0
/*
 * Matches: from text to attributes.
 */
#include "flow_parse.h"

#include <string.h>

#define ETH_P_ARP	0x0806
#define ETH_P_RARP	0x8035

static int add_bits(struct vsw_flow *flow, const struct vsw_tok *tok,
		    unsigned int attr, vsw_u128 value, vsw_u128 mask)
{
	struct vsw_match *match = &flow->match;
	struct vsw_tok *old = &match->tok[attr];

	if ((match->value[attr] ^ value) & match->mask[attr] & mask)
		return vsw_usage(tok, "this contradicts %.*s", (int)old->len,
				 vsw_tok_str(old));
	match->value[attr] |= value & mask;
	match->mask[attr] |= mask;
	*old = *tok;
	return VSW_OK;
}

static bool is_exactly(const struct vsw_match *match, unsigned int attr,
		       vsw_u128 value)
{
	return match->value[attr] == value &&
	       match->mask[attr] == vsw_field_mask(vsw_field_whole(attr));
}

/* Some names mean another field when the protocol before them says so. */
static const struct vsw_field *in_context(const struct vsw_flow *flow,
					  const struct vsw_field *field)
{
	static const char *const arp_names[][2] = {
		{ "ip_src", "arp_spa" }, { "ip_dst", "arp_tpa" },
		{ "ip_proto", "arp_op" },
	};
	static const char *const icmp_names[][2] = {
		{ "tp_src", "icmp_type" }, { "tp_dst", "icmp_code" },
	};
	const struct vsw_match *match = &flow->match;
	unsigned int i;

	if (is_exactly(match, VSW_A_FIELDS_ETH_TYPE, ETH_P_ARP) ||
	    is_exactly(match, VSW_A_FIELDS_ETH_TYPE, ETH_P_RARP))
		for (i = 0; i < ARRAY_SIZE(arp_names); i++)
			if (!strcmp(field->name, arp_names[i][0]))
				return vsw_field_by_name(arp_names[i][1]);
	if (is_exactly(match, VSW_A_FIELDS_IP_PROTO, IPPROTO_ICMP) ||
	    is_exactly(match, VSW_A_FIELDS_IP_PROTO, IPPROTO_ICMPV6))
		for (i = 0; i < ARRAY_SIZE(icmp_names); i++)
			if (!strcmp(field->name, icmp_names[i][0]))
				return vsw_field_by_name(icmp_names[i][1]);
	return field;
}

static int parse_range(struct vsw_flow *flow, const struct vsw_field *field,
		       const struct vsw_tok *tok, const struct vsw_tok *first,
		       const struct vsw_tok *last)
{
	uint64_t a, b;
	int err;

	err = vsw_tok_number(first, 0, UINT16_MAX, &a);
	if (!err)
		err = vsw_tok_number(last, a, UINT16_MAX, &b);
	if (!err)
		err = add_bits(flow, tok, field->attr, a, vsw_ones(16));
	if (!err)
		err = add_bits(flow, tok, field->max_attr, b, vsw_ones(16));
	return err;
}

/* A VID or a PCP says that there is a tag, 0xffff says that there is none. */
static int parse_vlan(struct vsw_flow *flow, const struct vsw_field *field,
		      const struct vsw_tok *tok, const struct vsw_tok *val)
{
	vsw_u128 value, mask;
	uint64_t present = 0;
	int err;

	if (!field->shift && (vsw_tok_is_word(val, "0xffff") ||
			      vsw_tok_is(val, "65535")))
		return add_bits(flow, tok, field->attr, 0, vsw_ones(16));
	err = vsw_field_parse(field, val, &value, &mask);
	if (err)
		return err;
	if (!(mask & VSW_VLAN_PRESENT))
		present = VSW_VLAN_PRESENT;
	return add_bits(flow, tok, field->attr, value | present, mask | present);
}

static int parse_in_port(struct vsw_flow *flow, const struct vsw_field *field,
			 const struct vsw_tok *tok, const struct vsw_tok *val)
{
	uint32_t port_no = 0;
	int err;

	err = vsw_flow_need_port(flow, val, &port_no);
	return err ? err : add_bits(flow, tok, field->attr, port_no,
				    vsw_field_mask(field));
}

static int parse_any_field(struct vsw_flow *flow, const struct vsw_field *field,
			   const struct vsw_tok *tok, const struct vsw_tok *val)
{
	vsw_u128 value, mask;
	int err;

	err = vsw_field_parse(field, val, &value, &mask);
	return err ? err : add_bits(flow, tok, field->attr, value, mask);
}

/**
 * vsw_match_parse_field - parse a field of a match
 * @flow: flow being parsed
 * @field: the field
 * @tok: all of FIELD=VALUE
 * @val: the value
 *
 * Context: prints errors.
 * Return: enum vsw_status
 */
int vsw_match_parse_field(struct vsw_flow *flow, const struct vsw_field *field,
			  const struct vsw_tok *tok, const struct vsw_tok *val)
{
	struct vsw_tok first, last;

	field = in_context(flow, field);
	if (field->eth_type || field->ip_proto) {
		if (flow->n_given == VSW_FLOW_GIVEN)
			return vsw_usage(tok, "too many fields");
		flow->given[flow->n_given++] = (struct vsw_given){ field, *tok };
	}
	if (field->has_range && vsw_tok_split(val, "-", &first, &last))
		return parse_range(flow, field, tok, &first, &last);
	if (field->is_vlan)
		return parse_vlan(flow, field, tok, val);
	if (field->format == VSW_FORMAT_PORT && !memchr(vsw_tok_str(val), '/', val->len))
		return parse_in_port(flow, field, tok, val);
	return parse_any_field(flow, field, tok, val);
}

/**
 * vsw_match_parse_proto - parse the name of a protocol
 * @flow: flow being parsed
 * @tok: the name
 *
 * Context: prints errors.
 * Return: enum vsw_status
 */
int vsw_match_parse_proto(struct vsw_flow *flow, const struct vsw_tok *tok)
{
	unsigned int i;
	int err;

	for (i = 0; i < vsw_n_protos; i++) {
		if (!vsw_tok_is(tok, vsw_protos[i].name))
			continue;
		err = add_bits(flow, tok, VSW_A_FIELDS_ETH_TYPE,
			       vsw_protos[i].eth_type, vsw_ones(16));
		if (!err && vsw_protos[i].ip_proto >= 0)
			err = add_bits(flow, tok, VSW_A_FIELDS_IP_PROTO,
				       vsw_protos[i].ip_proto, vsw_ones(8));
		return err;
	}
	return vsw_usage(tok,
			 "expected a protocol like tcp, FIELD=VALUE or actions=ACTIONS; see vswctl(8)");
}

/* An attribute must not get the meaning that it has in another protocol. */
static int check_proto(struct vsw_flow *flow, const struct vsw_given *given)
{
	const struct vsw_match *match = &flow->match;
	const struct vsw_field *field = given->field;

	if (!field->is_strict)
		return VSW_OK;
	if (match->mask[VSW_A_FIELDS_IP_PROTO] &&
	    !is_exactly(match, VSW_A_FIELDS_IP_PROTO, field->ip_proto))
		return vsw_usage(&given->tok, "this is for another protocol than %.*s",
				 (int)match->tok[VSW_A_FIELDS_IP_PROTO].len,
				 vsw_tok_str(&match->tok[VSW_A_FIELDS_IP_PROTO]));
	if (field->eth_type && match->mask[VSW_A_FIELDS_ETH_TYPE] &&
	    !is_exactly(match, VSW_A_FIELDS_ETH_TYPE, field->eth_type))
		return vsw_usage(&given->tok, "this is for another protocol than %.*s",
				 (int)match->tok[VSW_A_FIELDS_ETH_TYPE].len,
				 vsw_tok_str(&match->tok[VSW_A_FIELDS_ETH_TYPE]));
	return VSW_OK;
}

/* What is left out and can only be one thing; the kernel refuses the rest. */
static int imply_proto(struct vsw_flow *flow, const struct vsw_given *given)
{
	const struct vsw_match *match = &flow->match;
	const struct vsw_field *field = given->field;
	bool has_type = match->mask[VSW_A_FIELDS_ETH_TYPE];
	bool has_proto = match->mask[VSW_A_FIELDS_IP_PROTO];
	int err = VSW_OK;

	if (field->ip_proto && !has_proto &&
	    (!field->eth_type || !has_type ||
	     is_exactly(match, VSW_A_FIELDS_ETH_TYPE, field->eth_type)))
		err = add_bits(flow, &given->tok, VSW_A_FIELDS_IP_PROTO,
			       field->ip_proto, vsw_ones(8));
	if (!err && field->eth_type && !has_type &&
	    (!has_proto || !field->ip_proto ||
	     is_exactly(match, VSW_A_FIELDS_IP_PROTO, field->ip_proto)))
		err = add_bits(flow, &given->tok, VSW_A_FIELDS_ETH_TYPE,
			       field->eth_type, vsw_ones(16));
	return err;
}

/**
 * vsw_match_finish - check a match and add what its fields imply
 * @flow: flow being parsed
 *
 * Context: prints errors.
 * Return: enum vsw_status
 */
int vsw_match_finish(struct vsw_flow *flow)
{
	unsigned int i;
	int err;

	for (i = 0; i < flow->n_given; i++) {
		err = check_proto(flow, &flow->given[i]);
		if (!err)
			err = imply_proto(flow, &flow->given[i]);
		if (err)
			return err;
	}
	return VSW_OK;
}

static const struct vsw_field *wire_field(unsigned int attr,
					  struct vsw_field *range_end)
{
	if (attr != VSW_A_FIELDS_TP_SRC_MAX && attr != VSW_A_FIELDS_TP_DST_MAX)
		return vsw_field_whole(attr);
	*range_end = *vsw_field_by_name("tp_src");
	range_end->attr = attr;
	return range_end;
}

static void put_fields(struct vsw_req *req, const struct vsw_tok *tok, int type,
		       const struct vsw_match *match, bool masks)
{
	unsigned int nest = vsw_req_nest(req, tok, type);
	const struct vsw_field *field;
	struct vsw_field range_end;
	unsigned int attr;

	for (attr = 1; attr <= VSW_A_FIELDS_MAX; attr++) {
		field = wire_field(attr, &range_end);
		if (!match->mask[attr] ||
		    (masks && match->mask[attr] == vsw_field_mask(field)))
			continue;
		vsw_field_put(req, &match->tok[attr], field,
			      masks ? match->mask[attr] : match->value[attr]);
	}
	vsw_req_nest_end(req, nest);
}

/**
 * vsw_match_put - add the attributes of a match
 * @flow: flow being parsed
 * @tok: all words of the match
 *
 * Context: failures show in the request.
 */
void vsw_match_put(struct vsw_flow *flow, const struct vsw_tok *tok)
{
	const struct vsw_match *match = &flow->match;
	const struct vsw_field *field;
	bool any = false, masked = false;
	unsigned int attr;

	for (attr = 1; attr <= VSW_A_FIELDS_MAX; attr++) {
		field = vsw_field_whole(attr);
		any |= match->mask[attr] != 0;
		masked |= field && match->mask[attr] &&
			  match->mask[attr] != vsw_field_mask(field);
	}
	if (any)
		put_fields(flow->req, tok, VSW_A_FLOW_MATCH, match, false);
	if (masked)
		put_fields(flow->req, tok, VSW_A_FLOW_MASK, match, true);
}
