// SPDX-License-Identifier: GPL-2.0
/*
 * Flows: from text to attributes.
 */
#include "flow_parse.h"

#include <net/if.h>
#include <string.h>

/**
 * vsw_flow_find_port - parse a port that need not exist
 * @flow: flow being parsed
 * @tok: number, LOCAL or name
 * @port_no: set to the number, 0 if there is no port of this name
 * @name: set to the name, if it is one; of IFNAMSIZ bytes
 *
 * Context: prints errors.
 * Return: enum vsw_status
 */
int vsw_flow_find_port(struct vsw_flow *flow, const struct vsw_tok *tok,
		       uint32_t *port_no, char *name)
{
	int err;

	err = vsw_tok_port(tok, port_no, name);
	if (err || *port_no)
		return err;
	return flow->src->port_no(flow->src->arg, name, port_no);
}

/**
 * vsw_flow_need_port - parse a port that must exist
 * @flow: flow being parsed
 * @tok: number, LOCAL or name
 * @port_no: set to the number
 *
 * Context: prints errors.
 * Return: enum vsw_status
 */
int vsw_flow_need_port(struct vsw_flow *flow, const struct vsw_tok *tok,
		       uint32_t *port_no)
{
	char name[IFNAMSIZ];
	int err;

	err = vsw_flow_find_port(flow, tok, port_no, name);
	if (err || *port_no)
		return err;
	vsw_error(tok, "the switch has no port of this name");
	return VSW_REFUSED;
}

static int parse_number_key(struct vsw_flow *flow, const struct vsw_tok *tok,
			    const struct vsw_tok *val, int attr)
{
	uint64_t max = attr == VSW_A_FLOW_TABLE ? VSW_TABLE_MAX :
		       attr == VSW_A_FLOW_ID ? UINT32_MAX : UINT16_MAX;
	uint64_t number;
	int err;

	err = vsw_tok_number(val, 0, max, &number);
	if (err)
		return err;
	if (attr == VSW_A_FLOW_TABLE)
		vsw_req_put_u8(flow->req, tok, attr, number);
	else if (attr == VSW_A_FLOW_ID)
		vsw_req_put_u32(flow->req, tok, attr, number);
	else
		vsw_req_put_u16(flow->req, tok, attr, number);
	return VSW_OK;
}

static int parse_priority(struct vsw_flow *flow, const struct vsw_tok *tok,
			  const struct vsw_tok *val, int attr)
{
	if (flow->src->use == VSW_FLOW_ADD || flow->src->strict)
		return parse_number_key(flow, tok, val, attr);
	return vsw_usage(tok, "a priority counts only with the word strict before the flow");
}

static int parse_cookie(struct vsw_flow *flow, const struct vsw_tok *tok,
			const struct vsw_tok *val, int attr)
{
	struct vsw_tok value, bits;
	bool masked = vsw_tok_split(val, "/", &value, &bits);
	uint64_t mask = UINT64_MAX;
	uint64_t cookie;
	int err;

	if (masked && flow->src->use == VSW_FLOW_ADD)
		return vsw_usage(&bits, "a new flow's cookie has no mask");
	err = vsw_tok_number(&value, 0, UINT64_MAX, &cookie);
	if (!err && masked && !vsw_tok_is(&bits, "-1"))
		err = vsw_tok_number(&bits, 0, UINT64_MAX, &mask);
	if (err)
		return err;
	vsw_req_put_u64(flow->req, tok, attr, cookie);
	if (masked || (flow->src->use & (VSW_FLOW_DEL | VSW_FLOW_SHOW)))
		vsw_req_put_u64(flow->req, tok, VSW_A_FLOW_COOKIE_MASK, mask);
	return VSW_OK;
}

static int parse_out_port(struct vsw_flow *flow, const struct vsw_tok *tok,
			  const struct vsw_tok *val, int attr)
{
	uint32_t port_no = 0;
	int err;

	err = vsw_flow_need_port(flow, val, &port_no);
	if (!err)
		vsw_req_put_u32(flow->req, tok, attr, port_no);
	return err;
}

static int ignore(struct vsw_flow *flow __attribute__((unused)),
		  const struct vsw_tok *tok __attribute__((unused)),
		  const struct vsw_tok *val __attribute__((unused)),
		  int attr __attribute__((unused)))
{
	return VSW_OK;
}

#define ALL_USES	(VSW_FLOW_ADD | VSW_FLOW_MOD | VSW_FLOW_DEL | VSW_FLOW_SHOW)
#define CHANGES		(VSW_FLOW_ADD | VSW_FLOW_MOD)
#define FILTERS		(VSW_FLOW_MOD | VSW_FLOW_DEL | VSW_FLOW_SHOW)

/* What "flow show" prints besides the flow itself is read and forgotten. */
static const struct key {
	const char *name;
	int (*parse)(struct vsw_flow *flow, const struct vsw_tok *tok,
		     const struct vsw_tok *val, int attr);
	int attr;
	unsigned int uses;
} keys[] = {
	{ "table", parse_number_key, VSW_A_FLOW_TABLE, ALL_USES },
	{ "priority", parse_priority, VSW_A_FLOW_PRIORITY, ALL_USES },
	{ "cookie", parse_cookie, VSW_A_FLOW_COOKIE, ALL_USES },
	{ "idle_timeout", parse_number_key, VSW_A_FLOW_IDLE_TIMEOUT, VSW_FLOW_ADD },
	{ "hard_timeout", parse_number_key, VSW_A_FLOW_HARD_TIMEOUT, VSW_FLOW_ADD },
	{ "out_port", parse_out_port, VSW_A_FLOW_OUT_PORT, FILTERS },
	{ "id", parse_number_key, VSW_A_FLOW_ID, VSW_FLOW_DEL | VSW_FLOW_SHOW },
	{ "id", ignore, 0, CHANGES },
	{ "duration", ignore, 0, CHANGES },
	{ "n_packets", ignore, 0, CHANGES },
	{ "n_bytes", ignore, 0, CHANGES },
	{ "idle_age", ignore, 0, CHANGES },
	{ "hard_age", ignore, 0, CHANGES },
};

static const struct key *find_key(const struct vsw_flow *flow,
				  const struct vsw_tok *name)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(keys); i++)
		if (keys[i].uses & flow->src->use && vsw_tok_is(name, keys[i].name))
			return &keys[i];
	return NULL;
}

static int parse_key(struct vsw_flow *flow, const struct key *key,
		     const struct vsw_tok *tok, const struct vsw_tok *val)
{
	uint32_t bit = 1U << (key - keys);

	if (flow->keys & bit)
		return vsw_usage(tok, "%s is given twice", key->name);
	flow->keys |= bit;
	return key->parse(flow, tok, val, key->attr);
}

static int parse_item(struct vsw_flow *flow, const struct vsw_tok *tok)
{
	const struct vsw_field *field;
	const struct key *key;
	struct vsw_tok name, val;

	if (!vsw_tok_split(tok, "=", &name, &val))
		return vsw_match_parse_proto(flow, tok);
	key = find_key(flow, &name);
	if (key)
		return parse_key(flow, key, tok, &val);
	field = vsw_field_find(&name);
	if (field)
		return vsw_match_parse_field(flow, field, tok, &val);
	return vsw_usage(&name, "expected the name of a field, see vswctl(8)");
}

static bool is_actions(const struct vsw_tok *tok)
{
	struct vsw_tok name, val;

	return vsw_tok_split(tok, "=", &name, &val) &&
	       (vsw_tok_is(&name, "actions") || vsw_tok_is(&name, "action"));
}

static int parse_items(struct vsw_flow *flow, struct vsw_tok *match)
{
	struct vsw_tok rest = flow->src->tok;
	struct vsw_tok tok, name;
	int err;

	while (vsw_tok_cut(&rest, VSW_FLOW_SEPS, &tok)) {
		if (is_actions(&tok)) {
			match->len = tok.off - match->off;
			tok.len += rest.len;
			vsw_tok_split(&tok, "=", &name, &flow->actions);
			flow->has_actions = true;
			break;
		}
		err = parse_item(flow, &tok);
		if (err)
			return err;
	}
	return VSW_OK;
}

static int check_actions(const struct vsw_flow *flow)
{
	bool wanted = flow->src->use & CHANGES;
	struct vsw_tok end = vsw_tok_part(&flow->src->tok, flow->src->tok.len, 0);

	if (wanted && !flow->has_actions)
		return vsw_usage(&end, "actions=ACTIONS is missing");
	if (!wanted && flow->has_actions)
		return vsw_usage(&flow->actions,
				 "actions have no place here, out_port=PORT selects by output");
	return VSW_OK;
}

/**
 * vsw_flow_parse - turn a flow into attributes
 * @src: the flow
 * @req: where the attributes go
 *
 * Context: prints errors; failures of @req show in @req->err.
 * Return: enum vsw_status
 */
int vsw_flow_parse(const struct vsw_flow_source *src, struct vsw_req *req)
{
	struct vsw_flow flow = { .src = src, .req = req };
	struct vsw_tok match = src->tok;
	int err;

	err = parse_items(&flow, &match);
	if (!err)
		err = vsw_match_finish(&flow);
	if (!err)
		err = check_actions(&flow);
	if (err)
		return err;
	while (match.len && strchr(VSW_FLOW_SEPS, vsw_tok_str(&match)[match.len - 1]))
		match.len--;
	vsw_match_put(&flow, &match);
	return flow.has_actions ? vsw_actions_parse(&flow) : VSW_OK;
}
