/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Flows: the flow tables of a switch. Every change is part of an update; an
 * update becomes visible to frames as a whole, by one store to the version.
 */
#ifndef VSW_TABLES_FLOW_H
#define VSW_TABLES_FLOW_H

#include <linux/atomic.h>
#include <linux/jiffies.h>
#include <linux/refcount.h>
#include <linux/workqueue.h>
#include <linux/xarray.h>

#include "tables/action.h"
#include "tables/classifier.h"
#include "tables/journal.h"
#include "tables/layout.h"
#include "tables/slot.h"

#define VSW_TABLES	(VSW_TABLE_MAX + 1)

/*
 * How many flows the changes of one update look at beyond those that the switch
 * has: whoever changes all flows can do so, and all of an update takes seconds
 * at most, which others wait for.
 */
#define VSW_UPDATE_VISITS	4000000

/**
 * struct vsw_flow_stats - counters, kept when a flow's actions change
 * @packets: frames that matched
 * @bytes: their length, without FCS
 * @used: jiffies of the last frame, or of the flow's creation
 * @ref: flows that share them
 */
struct vsw_flow_stats {
	atomic64_t packets;
	atomic64_t bytes;
	unsigned long used;
	refcount_t ref;
};

/**
 * struct vsw_flow - one flow; all but the stats is immutable once published
 * @acts: what it does
 * @stats: its counters
 * @in_slot: slot of an exact in_port match, or NULL; keeps the number
 * @cookie: the user's
 * @created: jiffies
 * @succeeds: within an update: the flow whose stats it has taken over, or NULL
 * @node: in vsw_flow_update.added or .removed, in vsw_flows.timed or .dying
 * @id: key in vsw_flows.by_id
 * @idle_timeout: seconds, 0 for none
 * @hard_timeout: seconds, 0 for none
 * @table: number of the table
 * @removed: enum vsw_removed, why it goes
 * @quiet: nobody is told that it goes: it never was visible, or another flow
 *	has taken over the stats
 * @rule: its place in the classifier, with its value behind it
 *
 * A flow on five IPv4 fields takes 152 bytes, and 32 for its stats; actions are
 * shared with the other flows that do the same.
 */
struct vsw_flow {
	struct vsw_actions *acts;
	struct vsw_flow_stats *stats;
	struct vsw_slot *in_slot;
	u64 cookie;
	unsigned long created;
	struct vsw_flow *succeeds;
	struct list_head node;
	u32 id;
	u16 idle_timeout;
	u16 hard_timeout;
	u8 table;
	u8 removed;
	bool quiet;
	struct vsw_rule rule;
};

/**
 * struct vsw_table - one flow table
 * @cls: its flows
 * @n_flows: number of visible flows, under the lock
 * @miss: enum vsw_miss, written under the lock
 * @id: its number
 * @stats: per CPU
 */
struct vsw_table {
	struct vsw_classifier cls;
	u32 n_flows;
	u8 miss;
	u8 id;
	struct vsw_table_stats __percpu *stats;
};

/**
 * struct vsw_table_stats - counters of a table on one CPU; BH off to write
 * @matched: frames that matched a flow
 * @missed: frames that matched none
 */
struct vsw_table_stats {
	u64 matched;
	u64 missed;
};

/* Counts frames that matched a flow. */
static inline void vsw_flow_stats_add(struct vsw_flow_stats *stats, u64 packets,
				      u64 bytes, unsigned long used)
{
	atomic64_add(packets, &stats->packets);
	atomic64_add(bytes, &stats->bytes);
	if (time_after(used, READ_ONCE(stats->used)))
		WRITE_ONCE(stats->used, used);
}

struct vsw_switch;

/**
 * struct vsw_flows - all flow tables of a switch
 * @version: the one that frames see; an update in the making has @version + 1.
 *	64 bits, one load or store: it takes a million updates a second half a
 *	million years to wrap
 * @layout: what of a frame counts; NULL: frames take the default way, there are
 *	no flows and no table 0 with a miss policy of its own (RCU, written
 *	under the lock)
 * @lapsed: what the layout was for that has gone
 * @lapsed_gp: grace period after which no frame needs that any more
 * @journal: the last changes
 * @table: by number, NULL as long as it has no flow and the default miss
 *	policy (RCU, written under the lock, never taken back)
 * @by_id: id to flow, visible flows and those of the update in the making
 * @next_id: for xa_alloc_cyclic()
 * @next_seq: for vsw_rule.seq
 * @n_flows: number of visible flows
 * @max_flows: limit
 * @seq: counts updates, so that dumps can tell that they were interrupted
 * @actions: what the flows do
 * @timed: flows with a timeout
 * @timeout_work: looks for them once a second
 * @dying: removed flows that frames may still see
 * @reap_work: unlinks them after a grace period, frees them after another
 * @slots: port numbers
 * @sw: the switch, for events
 * @fold: counts what the path has counted aside, if not NULL; set once
 * @folded: when it did so last
 * @fold_pause: jiffies that should pass before it does so for those who can wait
 * @lock: the namespace's lock, protects all that is not RCU
 */
struct vsw_flows {
	unsigned long version;
	struct vsw_layout __rcu *layout;
	struct vsw_needs lapsed;
	unsigned long lapsed_gp;
	struct vsw_journal journal;
	struct vsw_table __rcu *table[VSW_TABLES];
	struct xarray by_id;
	u32 next_id;
	u32 next_seq;
	u32 n_flows;
	u32 max_flows;
	u32 seq;
	struct vsw_actions_set actions;
	struct list_head timed;
	struct delayed_work timeout_work;
	struct list_head dying;
	struct delayed_work reap_work;
	struct vsw_slots *slots;
	struct vsw_switch *sw;
	void (*fold)(struct vsw_switch *sw);
	unsigned long folded;
	unsigned long fold_pause;
	struct mutex *lock;
};

/* Does table 0 do more than forward as normal, uncounted? */
static inline bool vsw_flows_decide_rcu(const struct vsw_flows *flows)
{
	return rcu_access_pointer(flows->layout) || rcu_access_pointer(flows->table[0]);
}

/* The version to look at in all tables, for one frame. */
static inline unsigned long vsw_flows_version_rcu(const struct vsw_flows *flows)
{
	/* With the store in vsw_flow_update_commit(): who sees the version sees its flows. */
	return smp_load_acquire(&flows->version);
}

/**
 * struct vsw_flow_spec - a flow to add
 * @match: checked by vsw_match_check_field()
 * @actions: as the user said them
 * @n_actions: number of them
 * @cookie: the user's
 * @priority: the highest wins
 * @idle_timeout: seconds
 * @hard_timeout: seconds
 * @table: number
 */
struct vsw_flow_spec {
	struct vsw_match match;
	const struct vsw_action *actions;
	unsigned int n_actions;
	u64 cookie;
	u16 priority;
	u16 idle_timeout;
	u16 hard_timeout;
	u8 table;
};

/**
 * struct vsw_flow_filter - which flows to show, change or delete
 * @match: flows at least as specific as this; exactly this if @strict
 * @cookie: wanted bits
 * @cookie_mask: which bits count
 * @out_port: only flows with an output to this number, 0 for any
 * @id: only this flow, 0 for any
 * @table: number, -1 for all
 * @priority: if @strict
 * @strict: @match, @priority and @table are the flow's own
 */
struct vsw_flow_filter {
	struct vsw_match match;
	u64 cookie;
	u64 cookie_mask;
	u32 out_port;
	u32 id;
	int table;
	u16 priority;
	bool strict;
};

/* What to do where a flow with the same table, priority and match exists. */
enum vsw_flow_how {
	VSW_FLOW_CREATE,	/* refuse, -EEXIST */
	VSW_FLOW_REPLACE,	/* replace; refuse where there is none, -ENOENT */
	VSW_FLOW_UPSERT,	/* create or replace */
};

/**
 * struct vsw_flow_update - changes in the making, under the lock
 * @flows: what it changes
 * @added: flows that become visible
 * @removed: flows that go
 * @n_flows: number of flows that it leaves
 * @n_changes: number of flows added, removed or changed
 * @n_visited: number of flows that changes of many flows have looked at
 * @bad_action: index of the action that was refused, or -1
 */
struct vsw_flow_update {
	struct vsw_flows *flows;
	struct list_head added;
	struct list_head removed;
	u32 n_flows;
	u32 n_changes;
	u64 n_visited;
	int bad_action;
};

int vsw_flows_init(struct vsw_flows *flows, struct vsw_switch *sw,
		   struct vsw_slots *slots, struct mutex *lock);
void vsw_flows_exit(struct vsw_flows *flows);

void vsw_flow_stats_put(struct vsw_flow_stats *stats);
void vsw_flows_touch(struct vsw_flows *flows);
void vsw_flows_fold(struct vsw_flows *flows);
void vsw_flows_fold_rarely(struct vsw_flows *flows);

void vsw_flow_update_begin(struct vsw_flow_update *up, struct vsw_flows *flows);
int vsw_flow_add(struct vsw_flow_update *up, const struct vsw_flow_spec *spec,
		 enum vsw_flow_how how, struct vsw_flow **added,
		 struct netlink_ext_ack *extack);
int vsw_flow_mod(struct vsw_flow_update *up, const struct vsw_flow_filter *filter,
		 const struct vsw_action *actions, unsigned int n_actions,
		 const u64 *cookie, struct netlink_ext_ack *extack);
int vsw_flow_del(struct vsw_flow_update *up, const struct vsw_flow_filter *filter,
		 struct netlink_ext_ack *extack);
void vsw_flow_update_commit(struct vsw_flow_update *up);
void vsw_flow_update_abort(struct vsw_flow_update *up);

struct vsw_flow *vsw_flow_find_id(struct vsw_flows *flows, u32 id);

/* The first flow with an id from *id on; *id becomes its id. */
struct vsw_flow *vsw_flow_next(struct vsw_flows *flows, u32 *id);
int vsw_flow_cache_create(void);
void vsw_flow_cache_destroy(void);

bool vsw_flow_is_wanted(const struct vsw_flow *flow,
			const struct vsw_flow_filter *filter);

struct vsw_table *vsw_table_find(struct vsw_flows *flows, u8 id);
struct vsw_table *vsw_table_get(struct vsw_flows *flows, u8 id);
int vsw_table_set_miss(struct vsw_flows *flows, u8 id, enum vsw_miss miss);
enum vsw_miss vsw_table_default_miss(u8 id);
void vsw_table_stats_sum(const struct vsw_table *table, struct vsw_table_stats *sum);

#endif
