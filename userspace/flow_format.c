// SPDX-License-Identifier: GPL-2.0
/*
 * Flows: from attributes to text and JSON.
 */
#include "flow.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>

static const char *const removed_names[] = {
	[VSW_REMOVED_DELETED] = "deleted",
	[VSW_REMOVED_IDLE] = "idle",
	[VSW_REMOVED_HARD] = "hard",
	[VSW_REMOVED_REPLACED] = "replaced",
};

/**
 * vsw_match_get - read a match
 * @match: set to the match
 * @value: the nest of values, may be NULL
 * @mask: the nest of masks, may be NULL
 *
 * Context: any.
 */
void vsw_match_get(struct vsw_match *match, const struct nlattr *value,
		   const struct nlattr *mask)
{
	struct nlattr *values[VSW_A_FIELDS_MAX + 1];
	struct nlattr *masks[VSW_A_FIELDS_MAX + 1];
	const struct vsw_field *field;
	unsigned int attr;

	memset(match, 0, sizeof(*match));
	vsw_attr_parse_nested(values, VSW_A_FIELDS_MAX, value);
	vsw_attr_parse_nested(masks, VSW_A_FIELDS_MAX, mask);
	for (attr = 1; attr <= VSW_A_FIELDS_MAX; attr++) {
		field = vsw_field_whole(attr);
		if (!field || !values[attr])
			continue;
		match->mask[attr] = masks[attr] ? vsw_field_get(field, masks[attr]) :
				    vsw_field_mask(field);
		match->value[attr] = vsw_field_get(field, values[attr]) &
				     match->mask[attr];
		if (field->has_range && values[field->max_attr]) {
			match->value[field->max_attr] =
				vsw_field_get(field, values[field->max_attr]);
			match->mask[field->max_attr] = vsw_field_mask(field);
		}
	}
}

static bool is_exactly(const struct vsw_match *match, unsigned int attr,
		       vsw_u128 value)
{
	return match->value[attr] == value &&
	       match->mask[attr] == vsw_field_mask(vsw_field_whole(attr));
}

static const struct vsw_proto *find_proto(const struct vsw_match *match)
{
	const struct vsw_proto *proto;
	unsigned int i;

	for (i = 0; i < vsw_n_protos; i++) {
		proto = &vsw_protos[i];
		if (is_exactly(match, VSW_A_FIELDS_ETH_TYPE, proto->eth_type) &&
		    (proto->ip_proto < 0 ||
		     is_exactly(match, VSW_A_FIELDS_IP_PROTO, proto->ip_proto)))
			return proto;
	}
	return NULL;
}

static void print_item(FILE *f, const char *name, const struct vsw_field *field,
		       vsw_u128 value, vsw_u128 mask)
{
	if (!mask)
		return;
	fprintf(f, ",%s=", name);
	vsw_field_print(f, field, value, mask);
}

/* A tag is shown by its parts where they say all, else as a number. */
static void print_vlan(FILE *f, unsigned int attr, vsw_u128 value, vsw_u128 mask)
{
	const struct vsw_field *field = vsw_field_whole(attr);
	const struct vsw_field *part = field + 1;

	if (!(value & VSW_VLAN_PRESENT) || mask == VSW_VLAN_PRESENT ||
	    (mask & 0xfff && (mask & 0xfff) != 0xfff) ||
	    (mask & 0xe000 && (mask & 0xe000) != 0xe000)) {
		print_item(f, field->name, field, value, mask);
		return;
	}
	for (; part->attr == attr; part++)
		print_item(f, part->match ? part->match : part->name, part,
			   value & vsw_field_mask(part), mask & vsw_field_mask(part));
}

/* Type of service is shown by its two parts, if they are whole. */
static void print_tos(FILE *f, unsigned int attr, vsw_u128 value, vsw_u128 mask)
{
	const struct vsw_field *dscp = vsw_field_by_name("nw_tos");
	const struct vsw_field *ecn = vsw_field_by_name("nw_ecn");
	vsw_u128 upper = mask & vsw_field_mask(dscp);
	vsw_u128 lower = mask & vsw_field_mask(ecn);

	if ((upper && upper != vsw_field_mask(dscp)) ||
	    (lower && lower != vsw_field_mask(ecn))) {
		print_item(f, "ip_tos", vsw_field_whole(attr), value, mask);
		return;
	}
	print_item(f, dscp->name, dscp, value & upper, upper);
	print_item(f, ecn->name, ecn, value & lower, lower);
}

static void print_range(FILE *f, const struct vsw_field *field,
			const struct vsw_match *match)
{
	if (!match->mask[field->max_attr]) {
		print_item(f, field->name, field, match->value[field->attr],
			   match->mask[field->attr]);
		return;
	}
	fprintf(f, ",%s=%u-%u", field->name, (unsigned int)match->value[field->attr],
		(unsigned int)match->value[field->max_attr]);
}

static void print_field(FILE *f, const struct vsw_field *field,
			const struct vsw_match *match)
{
	vsw_u128 value = match->value[field->attr];
	vsw_u128 mask = match->mask[field->attr];

	if (field->attr == VSW_A_FIELDS_VLAN_TCI ||
	    field->attr == VSW_A_FIELDS_INNER_VLAN_TCI)
		print_vlan(f, field->attr, value, mask);
	else if (field->attr == VSW_A_FIELDS_IP_TOS)
		print_tos(f, field->attr, value, mask);
	else if (field->has_range)
		print_range(f, field, match);
	else
		print_item(f, field->match ? field->match : field->name, field,
			   value, mask);
}

/**
 * vsw_match_print - print a match
 * @f: where to; every item comes with a comma before it
 * @match: the match
 *
 * Context: vsw_flow_parse() reads it back.
 */
void vsw_match_print(FILE *f, const struct vsw_match *match)
{
	const struct vsw_proto *proto = find_proto(match);
	unsigned int attr;

	if (proto)
		fprintf(f, ",%s", proto->name);
	for (attr = 1; attr <= VSW_A_FIELDS_MAX; attr++) {
		if (!match->mask[attr] || !vsw_field_whole(attr))
			continue;
		if (proto && (attr == VSW_A_FIELDS_ETH_TYPE ||
			      (attr == VSW_A_FIELDS_IP_PROTO && proto->ip_proto >= 0)))
			continue;
		print_field(f, vsw_field_whole(attr), match);
	}
}

static bool is_json_number(const struct vsw_field *field,
			   const struct vsw_match *match)
{
	return (field->format == VSW_FORMAT_DECIMAL || field->format == VSW_FORMAT_HEX ||
		field->format == VSW_FORMAT_PORT) && field->len <= 4 &&
	       match->mask[field->attr] == vsw_field_mask(field) &&
	       !(field->has_range && match->mask[field->max_attr]);
}

static void out_field(struct vsw_out *out, const struct vsw_field *field,
		      const struct vsw_match *match)
{
	char *text = NULL;
	size_t size;
	FILE *f;

	if (is_json_number(field, match)) {
		vsw_out_number(out, field->key, NULL, match->value[field->attr]);
		return;
	}
	f = open_memstream(&text, &size);
	if (!f)
		return;
	if (field->has_range && match->mask[field->max_attr])
		fprintf(f, "%u-%u", (unsigned int)match->value[field->attr],
			(unsigned int)match->value[field->max_attr]);
	else
		vsw_field_print(f, field, match->value[field->attr],
				match->mask[field->attr]);
	fclose(f);
	vsw_out_string(out, field->key, NULL, text);
	free(text);
}

static void out_match(struct vsw_out *out, const struct vsw_match *match)
{
	const struct vsw_field *field;
	unsigned int attr;

	if (!out->json) {
		vsw_match_print(stdout, match);
		return;
	}
	vsw_out_object(out, "match");
	for (attr = 1; attr <= VSW_A_FIELDS_MAX; attr++) {
		field = vsw_field_whole(attr);
		if (field && match->mask[attr])
			out_field(out, field, match);
	}
	vsw_out_end(out);
}

static void print_port(FILE *f, uint32_t port_no)
{
	if (port_no == VSW_PORT_LOCAL)
		fputs("LOCAL", f);
	else
		fprintf(f, "output:%u", port_no);
}

/* A write of the bit that makes a tag is only known to these two actions. */
static bool print_mod_vlan(FILE *f, unsigned int attr, vsw_u128 value, vsw_u128 mask)
{
	const struct vsw_field *field;

	if (attr != VSW_A_FIELDS_VLAN_TCI || !(value & mask & VSW_VLAN_PRESENT))
		return false;
	field = vsw_field_part(attr, mask & ~(vsw_u128)VSW_VLAN_PRESENT);
	if (!field->is_vlan)
		return false;
	fprintf(f, "mod_%s:%u", field->name,
		(unsigned int)((value & vsw_field_mask(field)) >> field->shift));
	return true;
}

static void print_set_field(FILE *f, const struct nlattr *nest)
{
	struct nlattr *tb[VSW_A_SET_FIELD_MAX + 1];
	const struct vsw_field *field;
	struct vsw_match match;
	unsigned int attr;

	vsw_attr_parse_nested(tb, VSW_A_SET_FIELD_MAX, nest);
	vsw_match_get(&match, tb[VSW_A_SET_FIELD_VALUE], tb[VSW_A_SET_FIELD_MASK]);
	for (attr = 1; attr <= VSW_A_FIELDS_MAX; attr++) {
		if (!match.mask[attr])
			continue;
		if (print_mod_vlan(f, attr, match.value[attr], match.mask[attr]))
			return;
		field = vsw_field_part(attr, match.mask[attr]);
		fputs("set_field:", f);
		vsw_field_print(f, field, match.value[attr], match.mask[attr]);
		fprintf(f, "->%s", field->name);
		return;
	}
}

static void print_subfield(FILE *f, const struct nlattr *nest)
{
	struct nlattr *tb[VSW_A_SUBFIELD_MAX + 1];
	const struct vsw_field *field;
	uint64_t off, bits;

	vsw_attr_parse_nested(tb, VSW_A_SUBFIELD_MAX, nest);
	field = vsw_field_whole(vsw_attr_number(tb[VSW_A_SUBFIELD_FIELD]));
	off = vsw_attr_number(tb[VSW_A_SUBFIELD_OFFSET]);
	bits = vsw_attr_number(tb[VSW_A_SUBFIELD_BITS]);
	fputs(field ? field->name : "?", f);
	if (field && !off && bits == field->width)
		fputs("[]", f);
	else if (bits == 1)
		fprintf(f, "[%u]", (unsigned int)off);
	else
		fprintf(f, "[%u..%u]", (unsigned int)off, (unsigned int)(off + bits - 1));
}

static void print_move(FILE *f, const struct nlattr *nest)
{
	struct nlattr *tb[VSW_A_MOVE_MAX + 1];

	vsw_attr_parse_nested(tb, VSW_A_MOVE_MAX, nest);
	fputs("move:", f);
	print_subfield(f, tb[VSW_A_MOVE_SRC]);
	fputs("->", f);
	print_subfield(f, tb[VSW_A_MOVE_DST]);
}

static void print_name(FILE *f, const char *before, const struct nlattr *attr,
		       const char *after)
{
	char name[IFNAMSIZ];

	vsw_attr_string(attr, name, sizeof(name));
	fprintf(f, "%s%s%s", before, name, after);
}

/**
 * vsw_action_print - print an action
 * @f: where to
 * @action: attribute of the set "action"
 *
 * Context: vsw_flow_parse() reads it back.
 */
void vsw_action_print(FILE *f, const struct nlattr *action)
{
	static const char *const flags[VSW_A_ACTION_MAX + 1] = {
		[VSW_A_ACTION_IN_PORT] = "IN_PORT",
		[VSW_A_ACTION_NORMAL] = "normal",
		[VSW_A_ACTION_FLOOD] = "flood",
		[VSW_A_ACTION_ALL] = "all",
		[VSW_A_ACTION_DROP] = "drop",
		[VSW_A_ACTION_POP_VLAN] = "pop_vlan",
		[VSW_A_ACTION_DEC_TTL] = "dec_ttl",
		[VSW_A_ACTION_FIB] = "fib",
		[VSW_A_ACTION_POP_ETH] = "pop_eth",
	};
	int type = nla_type(action);

	switch (type) {
	case VSW_A_ACTION_OUTPUT:
		print_port(f, vsw_attr_number(action));
		break;
	case VSW_A_ACTION_OUTPUT_NAME:
		print_name(f, "output:", action, "");
		break;
	case VSW_A_ACTION_SET_FIELD:
		print_set_field(f, action);
		break;
	case VSW_A_ACTION_MOVE:
		print_move(f, action);
		break;
	case VSW_A_ACTION_PUSH_VLAN:
		fprintf(f, "push_vlan:0x%04x", ntohs(vsw_attr_number(action)));
		break;
	case VSW_A_ACTION_GOTO_TABLE:
		fprintf(f, "goto_table:%u", (unsigned int)vsw_attr_number(action));
		break;
	case VSW_A_ACTION_PUNT:
		vsw_punt_print(f, action);
		break;
	case VSW_A_ACTION_ROUTE:
		print_name(f, "route(", action, ")");
		break;
	case VSW_A_ACTION_PUSH_ETH:
		vsw_push_eth_print(f, action);
		break;
	default:
		fputs(type <= VSW_A_ACTION_MAX && flags[type] ? flags[type] : "?", f);
	}
}

static void out_action(struct vsw_out *out, const char *label,
		       const struct nlattr *action)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		return;
	vsw_action_print(f, action);
	fclose(f);
	vsw_out_string(out, "", label, text);
	free(text);
}

static void out_actions(struct vsw_out *out, const struct nlattr *actions)
{
	const char *label = " actions=";
	struct nlattr *nest, *action;
	int rest, inner;

	if (!actions)
		return;
	vsw_out_array(out, "actions");
	nla_for_each_nested(nest, (struct nlattr *)actions, rest) {
		nla_for_each_nested(action, nest, inner) {
			out_action(out, label, action);
			label = ",";
		}
	}
	if (*label == ' ')
		vsw_out_text(out, " actions=drop");
	vsw_out_end(out);
}

static void out_counters(struct vsw_out *out, struct nlattr *tb[])
{
	if (tb[VSW_A_FLOW_DURATION]) {
		vsw_out_seconds(out, "duration", ", duration=",
				vsw_attr_number(tb[VSW_A_FLOW_DURATION]));
		vsw_out_text(out, "s");
	}
	vsw_out_number(out, "table", ", table=", vsw_attr_number(tb[VSW_A_FLOW_TABLE]));
	if (tb[VSW_A_FLOW_PACKETS])
		vsw_out_number(out, "packets", ", n_packets=",
			       vsw_attr_number(tb[VSW_A_FLOW_PACKETS]));
	if (tb[VSW_A_FLOW_BYTES])
		vsw_out_number(out, "bytes", ", n_bytes=",
			       vsw_attr_number(tb[VSW_A_FLOW_BYTES]));
}

static void out_timeout(struct vsw_out *out, const char *key, const char *label,
			const struct nlattr *attr)
{
	uint64_t seconds = vsw_attr_number(attr);

	vsw_out_number(out, key, seconds ? label : NULL, seconds);
}

static void out_cookie(struct vsw_out *out, const struct nlattr *attr)
{
	char text[24];

	snprintf(text, sizeof(text), "0x%llx",
		 (unsigned long long)vsw_attr_number(attr));
	vsw_out_string(out, "cookie", "cookie=", text);
}

static void out_removed(struct vsw_out *out, const struct nlattr *attr)
{
	uint64_t why = vsw_attr_number(attr);

	if (attr && why < ARRAY_SIZE(removed_names))
		vsw_out_string(out, "removed", ", removed=", removed_names[why]);
}

/**
 * vsw_flow_print - print a flow, one line of text
 * @out: output, in an object
 * @hdr: reply or event
 *
 * Context: any.
 */
void vsw_flow_print(struct vsw_out *out, const struct nlmsghdr *hdr)
{
	struct nlattr *tb[VSW_A_FLOW_MAX + 1];
	struct vsw_match match;
	char name[IFNAMSIZ];

	vsw_attr_parse(tb, VSW_A_FLOW_MAX, hdr);
	if (vsw_attr_string(tb[VSW_A_FLOW_SWITCH_NAME], name, sizeof(name)))
		vsw_out_string(out, "switch", out->monitor ? "" : NULL, name);
	if (out->monitor)
		vsw_out_text(out, " ");
	out_cookie(out, tb[VSW_A_FLOW_COOKIE]);
	if (tb[VSW_A_FLOW_ID])
		vsw_out_number(out, "id", out->details ? ", id=" : NULL,
			       vsw_attr_number(tb[VSW_A_FLOW_ID]));
	out_counters(out, tb);
	out_timeout(out, "idle_timeout", ", idle_timeout=", tb[VSW_A_FLOW_IDLE_TIMEOUT]);
	out_timeout(out, "hard_timeout", ", hard_timeout=", tb[VSW_A_FLOW_HARD_TIMEOUT]);
	if (tb[VSW_A_FLOW_USED])
		vsw_out_seconds(out, "used", ", idle_age=",
				vsw_attr_number(tb[VSW_A_FLOW_USED]));
	out_removed(out, tb[VSW_A_FLOW_REMOVED]);
	vsw_out_number(out, "priority", ", priority=",
		       vsw_attr_number(tb[VSW_A_FLOW_PRIORITY]));
	vsw_match_get(&match, tb[VSW_A_FLOW_MATCH], tb[VSW_A_FLOW_MASK]);
	out_match(out, &match);
	out_actions(out, tb[VSW_A_FLOW_ACTIONS]);
}
