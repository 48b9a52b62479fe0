// SPDX-License-Identifier: GPL-2.0
/*
 * Actions: from text to attributes.
 */
#include "flow_parse.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <stdio.h>

/**
 * struct subfield - some bits of a field
 * @field: the field
 * @off: the first of them in the attribute
 * @bits: number of them
 */
struct subfield {
	const struct vsw_field *field;
	unsigned int off;
	unsigned int bits;
};

static int parse_action_field(const struct vsw_tok *tok,
			      const struct vsw_field **field)
{
	*field = vsw_field_find(tok);
	return *field ? VSW_OK : vsw_usage(tok, "expected the name of a field");
}

/* What stands between the brackets of FIELD[A..B], FIELD[A] or FIELD[] */
static int parse_bits(const struct vsw_tok *tok, const struct vsw_field *field,
		      uint64_t *first, uint64_t *last)
{
	struct vsw_tok left, right;
	int err;

	*first = 0;
	*last = field->width - 1 + (field->is_scaled ? field->shift : 0);
	if (!tok->len)
		return VSW_OK;
	if (!vsw_tok_split(tok, "..", &left, &right))
		right = left;
	err = vsw_tok_number(&left, 0, *last, first);
	return err ? err : vsw_tok_number(&right, *first, *last, last);
}

static int parse_subfield(const struct vsw_tok *tok, struct subfield *sub)
{
	struct vsw_tok name, bits;
	uint64_t first, last;
	int err;

	if (vsw_tok_split(tok, "[", &name, &bits)) {
		if (!bits.len || vsw_tok_str(&bits)[bits.len - 1] != ']')
			return vsw_usage(tok, "expected FIELD[], FIELD[BIT] or FIELD[FIRST..LAST]");
		bits.len--;
	}
	err = parse_action_field(&name, &sub->field);
	if (!err)
		err = parse_bits(&bits, sub->field, &first, &last);
	if (err)
		return err;
	sub->off = first + (sub->field->is_scaled ? 0 : sub->field->shift);
	sub->bits = last - first + 1;
	return VSW_OK;
}

static void put_one_field(struct vsw_req *req, const struct vsw_tok *tok, int type,
			  const struct vsw_field *field, vsw_u128 value)
{
	unsigned int nest = vsw_req_nest(req, tok, type);

	vsw_field_put(req, tok, field, value);
	vsw_req_nest_end(req, nest);
}

static void put_set_field(struct vsw_flow *flow, const struct vsw_tok *tok,
			  unsigned int attr, vsw_u128 value, vsw_u128 mask)
{
	const struct vsw_field *field = vsw_field_whole(attr);
	struct vsw_req *req = flow->req;
	unsigned int nest = vsw_req_nest(req, tok, VSW_A_ACTION_SET_FIELD);

	put_one_field(req, tok, VSW_A_SET_FIELD_VALUE, field, value & mask);
	if (mask != vsw_field_mask(field))
		put_one_field(req, tok, VSW_A_SET_FIELD_MASK, field, mask);
	vsw_req_nest_end(req, nest);
}

static int set_field(struct vsw_flow *flow, const struct vsw_tok *tok,
		     const struct vsw_field *field, const struct vsw_tok *val)
{
	vsw_u128 value, mask;
	int err;

	err = vsw_field_parse(field, val, &value, &mask);
	if (err)
		return err;
	mask &= vsw_field_mask(field);
	if (!mask)
		return vsw_usage(val, "the mask leaves nothing to set");
	put_set_field(flow, tok, field->attr, value, mask);
	return VSW_OK;
}

static int split_arrow(const struct vsw_tok *arg, struct vsw_tok *left,
		       struct vsw_tok *right)
{
	if (vsw_tok_split(arg, "->", left, right))
		return VSW_OK;
	return vsw_usage(arg, "expected -> and the name of a field after the value");
}

/* Other than set_field, these add a tag where there is none. */
static int mod_vlan(struct vsw_flow *flow, const struct vsw_tok *tok,
		    const struct vsw_field *field, const struct vsw_tok *val)
{
	vsw_u128 bits = vsw_field_mask(field);
	vsw_u128 value, mask;
	int err;

	err = vsw_field_parse(field, val, &value, &mask);
	if (err)
		return err;
	if (mask != bits)
		return vsw_usage(val, "expected a number without a mask");
	put_set_field(flow, tok, field->attr, (value & bits) | VSW_VLAN_PRESENT,
		      bits | VSW_VLAN_PRESENT);
	return VSW_OK;
}

static int act_mod_vlan_vid(struct vsw_flow *flow, const struct vsw_tok *tok,
			    const struct vsw_tok *arg)
{
	return mod_vlan(flow, tok, vsw_field_by_name("vlan_vid"), arg);
}

static int act_mod_vlan_pcp(struct vsw_flow *flow, const struct vsw_tok *tok,
			    const struct vsw_tok *arg)
{
	return mod_vlan(flow, tok, vsw_field_by_name("vlan_pcp"), arg);
}

static int act_set_field(struct vsw_flow *flow, const struct vsw_tok *tok,
			 const struct vsw_tok *arg)
{
	const struct vsw_field *field;
	struct vsw_tok val, name;
	int err;

	err = split_arrow(arg, &val, &name);
	if (!err)
		err = parse_action_field(&name, &field);
	return err ? err : set_field(flow, tok, field, &val);
}

static int act_load(struct vsw_flow *flow, const struct vsw_tok *tok,
		    const struct vsw_tok *arg)
{
	struct vsw_tok val, name;
	struct subfield sub;
	uint64_t value;
	vsw_u128 mask;
	int err;

	err = split_arrow(arg, &val, &name);
	if (!err)
		err = parse_subfield(&name, &sub);
	if (!err)
		err = vsw_tok_number(&val, 0, sub.bits < 64 ? (uint64_t)vsw_ones(sub.bits) :
				     UINT64_MAX, &value);
	if (err)
		return err;
	mask = vsw_ones(sub.bits) << sub.off;
	put_set_field(flow, tok, sub.field->attr, (vsw_u128)value << sub.off, mask);
	return VSW_OK;
}

static void put_subfield(struct vsw_req *req, const struct vsw_tok *tok, int type,
			 const struct subfield *sub)
{
	unsigned int nest = vsw_req_nest(req, tok, type);

	vsw_req_put_u32(req, tok, VSW_A_SUBFIELD_FIELD, sub->field->attr);
	vsw_req_put_u32(req, tok, VSW_A_SUBFIELD_OFFSET, sub->off);
	vsw_req_put_u32(req, tok, VSW_A_SUBFIELD_BITS, sub->bits);
	vsw_req_nest_end(req, nest);
}

static int act_move(struct vsw_flow *flow, const struct vsw_tok *tok,
		    const struct vsw_tok *arg)
{
	struct vsw_tok from, to;
	struct subfield src, dst;
	unsigned int nest;
	int err;

	err = split_arrow(arg, &from, &to);
	if (!err)
		err = parse_subfield(&from, &src);
	if (!err)
		err = parse_subfield(&to, &dst);
	if (err)
		return err;
	if (src.bits != dst.bits)
		return vsw_usage(&to, "expected %u bits, as many as are moved here",
				 src.bits);
	nest = vsw_req_nest(flow->req, tok, VSW_A_ACTION_MOVE);
	put_subfield(flow->req, &from, VSW_A_MOVE_SRC, &src);
	put_subfield(flow->req, &to, VSW_A_MOVE_DST, &dst);
	vsw_req_nest_end(flow->req, nest);
	return VSW_OK;
}

static int act_output(struct vsw_flow *flow, const struct vsw_tok *tok,
		      const struct vsw_tok *arg)
{
	char name[IFNAMSIZ];
	uint32_t port_no;
	int err;

	if (vsw_tok_is_word(arg, "IN_PORT")) {
		vsw_req_put_flag(flow->req, tok, VSW_A_ACTION_IN_PORT);
		return VSW_OK;
	}
	err = vsw_flow_find_port(flow, arg, &port_no, name);
	if (err)
		return err;
	if (port_no)
		vsw_req_put_u32(flow->req, tok, VSW_A_ACTION_OUTPUT, port_no);
	else
		vsw_req_put_string(flow->req, tok, VSW_A_ACTION_OUTPUT_NAME, name);
	return VSW_OK;
}

static int act_push_vlan(struct vsw_flow *flow, const struct vsw_tok *tok,
			 const struct vsw_tok *arg)
{
	uint64_t tpid;
	int err;

	err = vsw_tok_number(arg, 0, UINT16_MAX, &tpid);
	if (!err)
		vsw_req_put_u16(flow->req, tok, VSW_A_ACTION_PUSH_VLAN,
				htons(tpid));
	return err;
}

static int act_goto_table(struct vsw_flow *flow, const struct vsw_tok *tok,
			  const struct vsw_tok *arg)
{
	uint64_t table;
	int err;

	err = vsw_tok_number(arg, 0, VSW_TABLE_MAX, &table);
	if (!err)
		vsw_req_put_u8(flow->req, tok, VSW_A_ACTION_GOTO_TABLE, table);
	return err;
}

static const struct {
	const char *name;
	int attr;
} flag_actions[] = {
	{ "normal", VSW_A_ACTION_NORMAL },
	{ "flood", VSW_A_ACTION_FLOOD },
	{ "all", VSW_A_ACTION_ALL },
	{ "drop", VSW_A_ACTION_DROP },
	{ "in_port", VSW_A_ACTION_IN_PORT },
	{ "pop_vlan", VSW_A_ACTION_POP_VLAN },
	{ "strip_vlan", VSW_A_ACTION_POP_VLAN },
	{ "dec_ttl", VSW_A_ACTION_DEC_TTL },
	{ "fib", VSW_A_ACTION_FIB },
	{ "pop_eth", VSW_A_ACTION_POP_ETH },
};

static const struct {
	const char *name;
	int (*parse)(struct vsw_flow *flow, const struct vsw_tok *tok,
		     const struct vsw_tok *arg);
} arg_actions[] = {
	{ "output", act_output },
	{ "set_field", act_set_field },
	{ "load", act_load },
	{ "move", act_move },
	{ "push_vlan", act_push_vlan },
	{ "goto_table", act_goto_table },
	{ "mod_vlan_vid", act_mod_vlan_vid },
	{ "mod_vlan_pcp", act_mod_vlan_pcp },
};

/* Older names: each sets a field to its argument. */
static const struct {
	const char *name;
	const char *field;
} set_actions[] = {
	{ "mod_dl_src", "eth_src" },
	{ "mod_dl_dst", "eth_dst" },
	{ "mod_nw_src", "ip_src" },
	{ "mod_nw_dst", "ip_dst" },
	{ "mod_nw_tos", "nw_tos" },
	{ "mod_nw_ecn", "nw_ecn" },
	{ "mod_nw_ttl", "nw_ttl" },
	{ "mod_tp_src", "tp_src" },
	{ "mod_tp_dst", "tp_dst" },
	{ "write_metadata", "metadata" },
};

static int parse_arg_action(struct vsw_flow *flow, const struct vsw_tok *tok,
			    const struct vsw_tok *name, const struct vsw_tok *arg)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(arg_actions); i++)
		if (vsw_tok_is_word(name, arg_actions[i].name))
			return arg_actions[i].parse(flow, tok, arg);
	for (i = 0; i < ARRAY_SIZE(set_actions); i++)
		if (vsw_tok_is_word(name, set_actions[i].name))
			return set_field(flow, tok,
					 vsw_field_by_name(set_actions[i].field), arg);
	return vsw_usage(name,
			 "expected an action: output, normal, flood, all, in_port, drop, set_field, load, move, push_vlan, pop_vlan, dec_ttl, goto_table, punt, fib, route, push_eth, pop_eth or mod_FIELD");
}

static int parse_route(struct vsw_flow *flow, const struct vsw_tok *tok,
		       const struct vsw_tok *arg)
{
	char name[IFNAMSIZ];

	if (!arg->len || arg->len >= sizeof(name))
		return vsw_usage(tok, "expected route(NAME), the interface of a router");
	snprintf(name, sizeof(name), "%.*s", (int)arg->len, vsw_tok_str(arg));
	vsw_req_put_string(flow->req, tok, VSW_A_ACTION_ROUTE, name);
	return VSW_OK;
}

/* Actions with arguments in brackets, which may be left out. */
static const struct {
	const char *name;
	int (*parse)(struct vsw_flow *flow, const struct vsw_tok *tok,
		     const struct vsw_tok *args);
} call_actions[] = {
	{ "punt", vsw_punt_parse },
	{ "controller", vsw_punt_parse },
	{ "route", parse_route },
	{ "push_eth", vsw_push_eth_parse },
};

/* Says in *status how it ended, if it is such an action. */
static bool parse_call(struct vsw_flow *flow, const struct vsw_tok *tok, int *status)
{
	struct vsw_tok name, args;
	bool has_args = vsw_tok_split(tok, "(", &name, &args);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(call_actions); i++) {
		if (!vsw_tok_is_word(&name, call_actions[i].name))
			continue;
		if (has_args && (!args.len || vsw_tok_str(&args)[args.len - 1] != ')')) {
			*status = vsw_usage(tok, "expected ) after the arguments");
			return true;
		}
		args.len -= has_args;
		*status = call_actions[i].parse(flow, tok, &args);
		return true;
	}
	return false;
}

static int parse_action(struct vsw_flow *flow, const struct vsw_tok *tok)
{
	struct vsw_tok name, arg;
	unsigned int i;
	int status;

	if (parse_call(flow, tok, &status))
		return status;
	if (vsw_tok_split(tok, ":", &name, &arg))
		return parse_arg_action(flow, tok, &name, &arg);
	for (i = 0; i < ARRAY_SIZE(flag_actions); i++) {
		if (!vsw_tok_is_word(tok, flag_actions[i].name))
			continue;
		vsw_req_put_flag(flow->req, tok, flag_actions[i].attr);
		return VSW_OK;
	}
	if (vsw_tok_is_number(tok) || vsw_tok_is_word(tok, "LOCAL"))
		return act_output(flow, tok, tok);
	return parse_arg_action(flow, tok, tok, &arg);
}

/**
 * vsw_action_list_parse - parse the actions and add their attributes
 * @flow: flow being parsed
 * @type: attribute that they go to
 *
 * Context: prints errors; other failures show in the request.
 * Return: enum vsw_status
 */
int vsw_action_list_parse(struct vsw_flow *flow, int type)
{
	struct vsw_tok rest = vsw_tok_trim(&flow->actions);
	struct vsw_tok tok = rest;
	bool any = false;
	unsigned int all, one;
	int err;

	all = vsw_req_nest(flow->req, &flow->actions, type);
	while (vsw_tok_cut(&rest, VSW_FLOW_SEPS, &tok)) {
		one = vsw_req_nest(flow->req, &tok, VSW_A_ACTIONS_ACTION);
		err = parse_action(flow, &tok);
		if (err)
			return err;
		vsw_req_nest_end(flow->req, one);
		any = true;
	}
	vsw_req_nest_end(flow->req, all);
	if (!any)
		return vsw_usage(&tok, "expected an action after actions=; one of them is drop");
	return VSW_OK;
}

/**
 * vsw_actions_parse - parse the actions of a flow and add their attributes
 * @flow: flow being parsed
 *
 * Context: prints errors; other failures show in the request.
 * Return: enum vsw_status
 */
int vsw_actions_parse(struct vsw_flow *flow)
{
	return vsw_action_list_parse(flow, VSW_A_FLOW_ACTIONS);
}
