/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Changes of flows, one or a file of them.
 */
#ifndef VSWCTL_FLOW_LOAD_H
#define VSWCTL_FLOW_LOAD_H

#include "cmd.h"
#include "flow.h"
#include "ports.h"

/**
 * struct vsw_flow_change - what to do with flows
 * @ctl: connection
 * @cmd: VSW_CMD_FLOW_*
 * @flags: NLM_F_*
 * @use: what may be in a flow
 * @strict: exactly these flows, priority included
 * @ports: the switch and its ports
 */
struct vsw_flow_change {
	struct vsw_ctl *ctl;
	uint8_t cmd;
	uint16_t flags;
	enum vsw_flow_use use;
	bool strict;
	struct vsw_ports ports;
};

int vsw_flow_build(struct vsw_flow_change *change, const struct vsw_tok *tok,
		   uint32_t txn, struct vsw_req *req);
int vsw_flow_load(struct vsw_flow_change *change, const struct vsw_tok *file,
		  bool replace);

#endif
