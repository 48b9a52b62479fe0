// SPDX-License-Identifier: GPL-2.0
/*
 * The action push_eth: from text to attributes and back.
 */
#include "flow_parse.h"

#include <stdio.h>

static void put_macs(struct vsw_flow *flow, const struct vsw_tok *tok, const uint8_t *src,
		     const uint8_t *dst)
{
	unsigned int nest = vsw_req_nest(flow->req, tok, VSW_A_ACTION_PUSH_ETH);

	vsw_req_put(flow->req, tok, VSW_A_PUSH_ETH_SRC, src, 6);
	vsw_req_put(flow->req, tok, VSW_A_PUSH_ETH_DST, dst, 6);
	vsw_req_nest_end(flow->req, nest);
}

/**
 * vsw_push_eth_parse - parse the arguments of the action push_eth
 * @flow: flow being parsed
 * @tok: the action
 * @args: what stands between its brackets
 *
 * Context: prints errors; other failures show in the request.
 * Return: enum vsw_status
 */
int vsw_push_eth_parse(struct vsw_flow *flow, const struct vsw_tok *tok,
		       const struct vsw_tok *args)
{
	struct vsw_tok rest = *args, arg, name, val;
	bool has_src = false, has_dst = false;
	uint8_t src[6], dst[6];
	int err = VSW_OK;

	while (!err && vsw_tok_cut(&rest, VSW_FLOW_SEPS, &arg)) {
		vsw_tok_split(&arg, "=", &name, &val);
		if (vsw_tok_is(&name, "src") && !has_src) {
			has_src = true;
			err = vsw_tok_mac(&val, src);
		} else if (vsw_tok_is(&name, "dst") && !has_dst) {
			has_dst = true;
			err = vsw_tok_mac(&val, dst);
		} else {
			err = vsw_usage(&arg, "expected src=MAC and dst=MAC, each once");
		}
	}
	if (err)
		return err;
	if (!has_src || !has_dst)
		return vsw_usage(tok, "expected push_eth(src=MAC,dst=MAC)");
	put_macs(flow, tok, src, dst);
	return VSW_OK;
}

static void print_mac(FILE *f, const char *label, const struct nlattr *attr)
{
	const uint8_t *mac;

	if (!attr || nla_len(attr) != 6)
		return;
	mac = nla_data(attr);
	fprintf(f, "%s%02x:%02x:%02x:%02x:%02x:%02x", label, mac[0], mac[1], mac[2], mac[3],
		mac[4], mac[5]);
}

/**
 * vsw_push_eth_print - print the action push_eth
 * @f: where to
 * @nest: its attribute
 *
 * Context: vsw_flow_parse() reads it back.
 */
void vsw_push_eth_print(FILE *f, const struct nlattr *nest)
{
	struct nlattr *tb[VSW_A_PUSH_ETH_MAX + 1];

	vsw_attr_parse_nested(tb, VSW_A_PUSH_ETH_MAX, nest);
	print_mac(f, "push_eth(src=", tb[VSW_A_PUSH_ETH_SRC]);
	print_mac(f, ",dst=", tb[VSW_A_PUSH_ETH_DST]);
	fputc(')', f);
}
