// SPDX-License-Identifier: GPL-2.0
/*
 * vswctl monitor
 */
#include "cmd.h"

#include <stdio.h>
#include <sys/time.h>
#include <time.h>

#include <linux/genetlink.h>
#include <linux/vsw.h>

#include "flow.h"

static const struct event {
	uint8_t cmd;
	const char *name;
	void (*print)(struct vsw_out *out, const struct nlmsghdr *hdr);
} events[] = {
	{ VSW_CMD_SWITCH_NEW_NTF, "switch-new", vsw_switch_print },
	{ VSW_CMD_SWITCH_DEL_NTF, "switch-del", vsw_switch_print },
	{ VSW_CMD_PORT_NEW_NTF, "port-new", vsw_port_print },
	{ VSW_CMD_PORT_DEL_NTF, "port-del", vsw_port_print },
	{ VSW_CMD_FDB_NEW_NTF, "fdb-new", vsw_fdb_print },
	{ VSW_CMD_FDB_MOVE_NTF, "fdb-move", vsw_fdb_print },
	{ VSW_CMD_FDB_DEL_NTF, "fdb-del", vsw_fdb_print },
	{ VSW_CMD_FDB_LOST_NTF, "fdb-lost", vsw_fdb_print },
	{ VSW_CMD_TABLE_NTF, "table", vsw_table_print },
	{ VSW_CMD_FLOW_NEW_NTF, "flow-new", vsw_flow_print },
	{ VSW_CMD_FLOW_DEL_NTF, "flow-del", vsw_flow_print },
};

static void print_time(struct vsw_out *out)
{
	struct timeval now;
	char text[64];
	struct tm tm;
	size_t len;

	if (!out->timestamp)
		return;
	gettimeofday(&now, NULL);
	localtime_r(&now.tv_sec, &tm);
	len = strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(text + len, sizeof(text) - len, ".%06ld", (long)now.tv_usec);
	vsw_out_text(out, "[");
	vsw_out_string(out, "timestamp", "", text);
	vsw_out_text(out, "] ");
}

static int begin(struct vsw_out *out, const char *name)
{
	vsw_out_object(out, NULL);
	print_time(out);
	vsw_out_string(out, "event", "", name);
	return VSW_OK;
}

/* Whoever reads a pipe wants the event now, not when a buffer is full. */
static int end(struct vsw_out *out)
{
	vsw_out_end(out);
	vsw_out_text(out, "\n");
	if (!fflush(stdout))
		return VSW_OK;
	vsw_error(NULL, "cannot write the output");
	return VSW_REFUSED;
}

static int print_event(const struct nlmsghdr *hdr, void *arg)
{
	const struct genlmsghdr *genl = nlmsg_data(hdr);
	struct vsw_out *out = arg;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(events); i++) {
		if (events[i].cmd != genl->cmd)
			continue;
		begin(out, events[i].name);
		vsw_out_text(out, " ");
		events[i].print(out, hdr);
		return end(out);
	}
	return VSW_OK;
}

static int print_lost(void *arg)
{
	begin(arg, "lost");
	vsw_out_text(arg, ": events came faster than they could be read");
	return end(arg);
}

static int parse_groups(struct vsw_args *args, unsigned int *groups)
{
	const struct vsw_tok *tok;
	unsigned int i;

	*groups = 0;
	while ((tok = vsw_args_next(args))) {
		for (i = 0; i < VSW_NL_GROUPS; i++)
			if (vsw_tok_is(tok, vsw_nl_groups[i]))
				break;
		if (i < VSW_NL_GROUPS)
			*groups |= 1U << i;
		else if (vsw_tok_is(tok, "all"))
			*groups = (1U << VSW_NL_GROUPS) - 1;
		else
			return vsw_usage(tok, "expected switch, port, fdb, flow or all");
	}
	if (!*groups)
		*groups = (1U << VSW_NL_GROUPS) - 1;
	return VSW_OK;
}

/**
 * vsw_monitor_run - print events as they come
 * @ctl: output and connection
 * @args: the topics
 *
 * Context: prints errors; ends only with one.
 * Return: enum vsw_status
 */
int vsw_monitor_run(struct vsw_ctl *ctl, struct vsw_args *args)
{
	unsigned int groups;
	int err;

	err = parse_groups(args, &groups);
	if (err)
		return err;
	ctl->out.monitor = true;
	err = vsw_nl_listen(&ctl->nl, groups, print_event, print_lost, &ctl->out);
	ctl->out.monitor = false;
	return err;
}
