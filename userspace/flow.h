/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Flows as text, in the syntax of ovs-ofctl(8), and as attributes.
 */
#ifndef VSWCTL_FLOW_H
#define VSWCTL_FLOW_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "args.h"
#include "fields.h"
#include "request.h"
#include "out.h"

/**
 * enum vsw_flow_use - what a flow is written for; decides what may be in it
 * @VSW_FLOW_ADD: to add it
 * @VSW_FLOW_MOD: to give other actions to flows
 * @VSW_FLOW_DEL: to delete flows
 * @VSW_FLOW_SHOW: to show flows
 */
enum vsw_flow_use {
	VSW_FLOW_ADD = 1,
	VSW_FLOW_MOD = 2,
	VSW_FLOW_DEL = 4,
	VSW_FLOW_SHOW = 8,
};

/**
 * struct vsw_flow_source - a flow as text
 * @tok: the text
 * @use: what it is for
 * @strict: exactly this flow is meant, priority included
 * @port_no: look up the number of the port @name, 0 if there is none;
 *	prints errors, returns enum vsw_status
 * @arg: for @port_no
 */
struct vsw_flow_source {
	struct vsw_tok tok;
	enum vsw_flow_use use;
	bool strict;
	int (*port_no)(void *arg, const char *name, uint32_t *port_no);
	void *arg;
};

int vsw_flow_parse(const struct vsw_flow_source *src, struct vsw_req *req);

void vsw_match_get(struct vsw_match *match, const struct nlattr *value,
		   const struct nlattr *mask);
void vsw_match_print(FILE *f, const struct vsw_match *match);
void vsw_action_print(FILE *f, const struct nlattr *action);
void vsw_punt_print(FILE *f, const struct nlattr *nest);
void vsw_push_eth_print(FILE *f, const struct nlattr *nest);
int vsw_tok_bytes(const struct vsw_tok *tok, uint8_t *bytes, size_t max, size_t *n);
void vsw_bytes_print(FILE *f, const struct nlattr *attr);
void vsw_flow_print(struct vsw_out *out, const struct nlmsghdr *hdr);

#endif
