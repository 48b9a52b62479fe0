// SPDX-License-Identifier: GPL-2.0
/*
 * vsw.ko: the parts in the order of their dependence.
 */
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <net/rtnetlink.h>

#include "compat.h"
#include "core/net.h"
#include "core/port.h"
#include "core/switch.h"
#include "netlink/nl.h"
#include "netlink/rtnl.h"
#include "path/rx.h"
#include "tables/flow.h"
#include "tables/neigh.h"

/**
 * DOC: locking
 *
 * Locks, in the order in which they are taken:
 *
 * - RTNL: which switches and ports there are, and everything about netdevs.
 * - vsw_net.lock, a mutex of each network namespace: all changes to switches,
 *   ports, slots and flow tables of the namespace, and the telling of events.
 *   What creates or deletes a switch or a port holds both, so holding either is
 *   enough to walk through them. All other requests take only this one.
 * - vsw_fdb.lock, a spinlock of each switch, BH off: changes to the FDB, which
 *   come from the path (learning), from a work item (ageing) and from requests.
 *   Requests that name a port hold vsw_net.lock too, so that the port stays.
 * - The lock of a switch's queue of FDB events, innermost.
 * - vsw_neighs.lock, a spinlock of each router, BH off: changes to neighbours and
 *   to what waits for them. Nothing is sent while it is held.
 *
 * The path runs in RCU read sections with BH off and takes no lock, except
 * vsw_fdb.lock where an address is new or has moved, and vsw_neighs.lock where
 * the address of a neighbour is not known or is being said. Each pointer that it
 * follows is published by rcu_assign_pointer() or a list or table that does so.
 *
 * What the path keeps for itself, verdicts, pairs of stations and adjacencies
 * of routers, is kept for each CPU apart and belongs to that CPU: frames and
 * work items that run there with BH off read and write it, nobody else. A
 * verdict holds references on the counters of its flows and none on the flows:
 * it is used only in the version of the tables that it was made for, or that
 * the journal vouches for, and so what it points at is still there. What is
 * kept of a pair holds as long as the FDB has the same generation, and an
 * adjacency as long as the router's routes and neighbours do, of which it
 * points at one neighbour or at the hops of one route. Counters that entries of
 * the cache have put aside are brought home by vsw_flows_fold(), under
 * vsw_net.lock, with CPU hotplug held off and, inside of that, under the mutex of
 * each CPU's part, which whoever replaces the entries takes too, before anybody
 * looks at them; for those who may not change the switch, ten times a
 * second at most. For each output by a tunnel a verdict holds a reference on the
 * header, a metadata dst, and gives it back by call_rcu(); frames take their own.
 *
 * The settings of a tunnel port are replaced as a whole, under vsw_net.lock. FDB
 * entries share remotes, under vsw_fdb.lock; one that nobody uses any more goes by
 * call_rcu(), after the generation has changed, and gives its header back then.
 *
 * Verdicts, places for them, pairs and adjacencies come with frames, which no
 * process sends, and so their memory is charged to no control group. It has
 * bounds instead: of each CPU's part for a switch, the places by the parameter
 * cache_entries and the number of flows, the verdicts by BYTES_MAX in
 * path/cache.c; pairs and adjacencies have a fixed number of places.
 *
 * Work items (flow timeouts, reaping of removed flows, FDB events) take
 * vsw_net.lock, never RTNL. Whoever waits for them holds at most RTNL.
 *
 * A port is found by frames through its device's rx_handler_data (or, for
 * LOCAL, through the switch), the switch's list of ports, its slot, and FDB
 * entries. It goes with its device, with its switch or on request, under RTNL
 * and vsw_net.lock: vsw_port_del() takes it out of FDB, list and slot, then
 * unregisters the rx handler, which waits for a grace period; nobody has it
 * then, and it is freed at once. The slot stays, empty, while flows use it.
 *
 * A router and its routes are changed under vsw_net.lock; its interfaces, which
 * are ports, under RTNL too. vsw_rif_del() takes the routes through an interface
 * out of the table and its port out of FDB, list and slot, and waits for a grace
 * period. Then nobody is in the interface, no neighbour of it can be made, and
 * its neighbours go with the packets that have come in by it and still wait.
 * vsw_router.tick runs as long as there are neighbours; it takes vsw_neighs.lock
 * only, so that it can be waited for under all other locks.
 *
 * A switch is made in ndo_init and unmade in ndo_uninit. vsw_switch_unregister()
 * frees its ports, tells that it goes and takes it off the namespace's list, so
 * that neither requests nor events reach it any more. Unregistering its netdev
 * stops LOCAL and waits for a grace period before ndo_uninit, which ends the
 * work items and frees verdicts, flows, LOCAL, FDB and slots, in this order.
 *
 * FDB entries, VLAN settings and slots are freed after a grace period of their
 * own, by call_rcu() or kfree_rcu(); flows by vsw_flows.reap_work, which waits for
 * two: after the first nobody sees the flow, and after the second nobody steps
 * over it. So no request waits for one.
 *
 * A removed flow uses the slots of its ports until it is freed, some milliseconds
 * later, and so long their numbers are kept for these ports. The event of its
 * removal is sent after the first grace period, when its counters have come to
 * rest, and names the ports by their slots; a number given to another port
 * meanwhile would make that event a lie.
 */

/* Waits for the call_rcu() callbacks that are still to free into a cache. */
static void destroy_caches(void)
{
	rcu_barrier();
	vsw_neigh_cache_destroy();
	vsw_port_cache_destroy();
	vsw_fdb_cache_destroy();
	vsw_slot_cache_destroy();
	vsw_flow_cache_destroy();
}

static int __init create_caches(void)
{
	int err;

	err = vsw_flow_cache_create() ?: vsw_slot_cache_create() ?:
	      vsw_fdb_cache_create() ?: vsw_port_cache_create() ?:
	      vsw_neigh_cache_create();
	if (err)
		destroy_caches();
	return err;
}

static int __init vsw_init(void)
{
	int err;

	err = create_caches();
	if (err)
		return err;
	err = vsw_path_init();
	if (err)
		goto err_caches;
	err = vsw_net_init();
	if (err)
		goto err_path;
	err = vsw_port_notifier_init();
	if (err)
		goto err_net;
	err = vsw_rtnl_init();
	if (err)
		goto err_notifier;
	err = vsw_nl_init();
	if (err)
		goto err_rtnl;
	return 0;

err_rtnl:
	vsw_rtnl_exit();
err_notifier:
	vsw_port_notifier_exit();
err_net:
	vsw_net_exit();
err_path:
	vsw_path_exit();
err_caches:
	destroy_caches();
	return err;
}

static void __exit vsw_exit(void)
{
	vsw_nl_exit();
	vsw_rtnl_exit();
	vsw_port_notifier_exit();
	vsw_net_exit();
	vsw_path_exit();
	destroy_caches();
}

module_init(vsw_init);
module_exit(vsw_exit);

MODULE_DESCRIPTION("Virtual switch");
MODULE_AUTHOR("The vsw authors");
MODULE_LICENSE("GPL");
MODULE_VERSION(VSW_VERSION);
MODULE_ALIAS_RTNL_LINK("vsw");
MODULE_ALIAS_GENL_FAMILY(VSW_FAMILY_NAME);
