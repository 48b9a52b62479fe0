/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Commands: an object, its verbs, and what they work with.
 */
#ifndef VSWCTL_CMD_H
#define VSWCTL_CMD_H

#include "args.h"
#include "request.h"
#include "nl.h"
#include "out.h"

/**
 * struct vsw_ctl - what every command works with
 * @out: where it prints
 * @nl: where it sends requests
 */
struct vsw_ctl {
	struct vsw_out out;
	struct vsw_nl nl;
};

/**
 * struct vsw_verb - what can be done with an object
 * @name: the word, NULL behind the last
 * @syntax: the words that follow, for the help
 * @run: does it; prints errors, returns enum vsw_status
 */
struct vsw_verb {
	const char *name;
	const char *syntax;
	int (*run)(struct vsw_ctl *ctl, struct vsw_args *args);
};

extern const struct vsw_verb vsw_switch_verbs[];
extern const struct vsw_verb vsw_port_verbs[];
extern const struct vsw_verb vsw_fdb_verbs[];
extern const struct vsw_verb vsw_flow_verbs[];
extern const struct vsw_verb vsw_table_verbs[];
extern const struct vsw_verb vsw_stats_verbs[];
extern const struct vsw_verb vsw_punt_verbs[];
extern const struct vsw_verb vsw_packet_verbs[];
extern const struct vsw_verb vsw_router_verbs[];
extern const struct vsw_verb vsw_interface_verbs[];
extern const struct vsw_verb vsw_route_verbs[];
extern const struct vsw_verb vsw_neigh_verbs[];
extern const struct vsw_verb vsw_check_verbs[];

int vsw_run(struct vsw_ctl *ctl, struct vsw_args *args);
int vsw_batch_run(struct vsw_ctl *ctl, const char *name);
int vsw_monitor_run(struct vsw_ctl *ctl, struct vsw_args *args);

/* One print function an object, for show and monitor */
void vsw_switch_print(struct vsw_out *out, const struct nlmsghdr *hdr);
void vsw_port_print(struct vsw_out *out, const struct nlmsghdr *hdr);
void vsw_fdb_print(struct vsw_out *out, const struct nlmsghdr *hdr);
void vsw_table_print(struct vsw_out *out, const struct nlmsghdr *hdr);

#endif
