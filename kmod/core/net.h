/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What vsw keeps for a network namespace.
 */
#ifndef VSW_CORE_NET_H
#define VSW_CORE_NET_H

#include <linux/list.h>
#include <linux/mutex.h>
#include <net/net_namespace.h>

/**
 * struct vsw_net - a namespace's switches
 * @lock: for all changes to the objects of the namespace; nests inside RTNL
 * @switches: list of struct vsw_switch, under @lock
 * @n_switches: number of them
 * @routers: list of struct vsw_router, under @lock
 * @n_routers: number of them
 * @last_id: of the last switch, under @lock
 * @seq: counts changes to switches and ports, for NLM_F_DUMP_INTR
 * @n_listeners: sockets that frames are punted to, written under @lock
 */
struct vsw_net {
	struct mutex lock;
	struct list_head switches;
	u32 n_switches;
	struct list_head routers;
	u32 n_routers;
	u64 last_id;
	u32 seq;
	u32 n_listeners;
};

struct vsw_net *vsw_net(const struct net *net);
int vsw_net_init(void);
void vsw_net_exit(void);

#endif
