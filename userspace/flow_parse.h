/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A flow while it is parsed.
 */
#ifndef VSWCTL_FLOW_PARSE_H
#define VSWCTL_FLOW_PARSE_H

#include "flow.h"

#define VSW_FLOW_SEPS	", \t"
#define VSW_FLOW_GIVEN	64

/**
 * struct vsw_given - a field that the user wrote
 * @field: the field
 * @tok: where
 */
struct vsw_given {
	const struct vsw_field *field;
	struct vsw_tok tok;
};

/**
 * struct vsw_flow - a flow being parsed
 * @src: what is parsed
 * @req: where scalars and actions go at once, the match in the end
 * @match: fields so far
 * @given: the fields that may imply a protocol
 * @n_given: number of them
 * @keys: bits of the keys seen, by index in the table of keys
 * @actions: text of the actions
 * @has_actions: there are actions
 */
struct vsw_flow {
	const struct vsw_flow_source *src;
	struct vsw_req *req;
	struct vsw_match match;
	struct vsw_given given[VSW_FLOW_GIVEN];
	unsigned int n_given;
	uint32_t keys;
	struct vsw_tok actions;
	bool has_actions;
};

int vsw_flow_find_port(struct vsw_flow *flow, const struct vsw_tok *tok,
		       uint32_t *port_no, char *name);
int vsw_flow_need_port(struct vsw_flow *flow, const struct vsw_tok *tok,
		       uint32_t *port_no);

int vsw_match_parse_proto(struct vsw_flow *flow, const struct vsw_tok *tok);
int vsw_match_parse_field(struct vsw_flow *flow, const struct vsw_field *field,
			  const struct vsw_tok *tok, const struct vsw_tok *val);
int vsw_match_finish(struct vsw_flow *flow);
void vsw_match_put(struct vsw_flow *flow, const struct vsw_tok *tok);

int vsw_action_list_parse(struct vsw_flow *flow, int type);
int vsw_actions_parse(struct vsw_flow *flow);

int vsw_punt_parse(struct vsw_flow *flow, const struct vsw_tok *tok, const struct vsw_tok *args);
int vsw_push_eth_parse(struct vsw_flow *flow, const struct vsw_tok *tok,
		       const struct vsw_tok *args);

#endif
