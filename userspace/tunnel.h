/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Settings of tunnel ports.
 */
#ifndef VSWCTL_TUNNEL_H
#define VSWCTL_TUNNEL_H

#include "cmd.h"

/* For messages and for the help. */
#define VSW_TUNNEL_WORDS	", remote, local, key, tos, ttl, csum, df, vlan_vni"
#define VSW_TUNNEL_SYNTAX						\
	"[remote IP[@VID],...|flow] [local IP] [key N|flow] "		\
	"[tos N|inherit] [ttl N|inherit] [csum auto|on|off] "		\
	"[df on|off] [vlan_vni VID[-VID]:VNI,...|none]"

bool vsw_tunnel_take(struct vsw_args *args, struct vsw_req *req, int *err);
void vsw_tunnel_print(struct vsw_out *out, struct nlattr *tb[], const struct nlmsghdr *hdr);

#endif
