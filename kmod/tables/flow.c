// SPDX-License-Identifier: GPL-2.0
/*
 * Flows: the flow tables of a switch and their updates.
 *
 * An update with the version v + 1 adds rules that are visible from v + 1 on
 * and marks others to be visible up to v only. Storing v + 1 in vsw_flows
 * commits it. What was removed, or added in vain, goes to vsw_flows.dying.
 */
#include "tables/flow.h"

#include <linux/jiffies.h>
#include <linux/percpu.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>

#include "compat.h"
#include "core/event.h"

#define TIMEOUT_PERIOD	HZ

/* The counters that vsw_flows_fold_rarely() leaves are as old as this. */
#define FOLD_PERIOD	(HZ / 10)

/* Where it can wait it takes one part in so many of the time. */
#define FOLD_SHARE	16

static_assert(sizeof(struct vsw_flow) + 4 * sizeof(u64) <= 152);
static_assert(sizeof(struct vsw_flow_stats) == 32);

/**
 * struct flow_class - flows with about as many words to match
 * @name: of the cache
 * @n_words: at most this many
 * @cache: where they come from
 */
struct flow_class {
	const char *name;
	unsigned int n_words;
	struct kmem_cache *cache;
};

static struct flow_class flow_classes[] = {
	{ "vsw_flow_2", 2 },
	{ "vsw_flow_4", 4 },
	{ "vsw_flow_6", 6 },
	{ "vsw_flow_8", 8 },
	{ "vsw_flow_12", 12 },
	{ "vsw_flow_20", 20 },
	{ "vsw_flow_28", VSW_KEY_WORDS },
};

static struct kmem_cache *stats_cache;

static struct vsw_flow *flow_alloc(unsigned int n_words)
{
	struct flow_class *class = flow_classes;

	while (class->n_words < n_words)
		class++;
	return kmem_cache_zalloc(class->cache, GFP_KERNEL_ACCOUNT);
}

static struct vsw_flow *flow_of(struct vsw_rule *rule)
{
	return rule ? container_of(rule, struct vsw_flow, rule) : NULL;
}

/**
 * vsw_flow_stats_put - let go of counters
 * @stats: the counters, or NULL
 *
 * Context: Any.
 */
void vsw_flow_stats_put(struct vsw_flow_stats *stats)
{
	if (stats && refcount_dec_and_test(&stats->ref))
		kmem_cache_free(stats_cache, stats);
}

static struct vsw_flow_stats *stats_create(void)
{
	struct vsw_flow_stats *stats;

	stats = kmem_cache_zalloc(stats_cache, GFP_KERNEL_ACCOUNT);
	if (!stats)
		return NULL;
	stats->used = jiffies;
	refcount_set(&stats->ref, 1);
	return stats;
}

/* Nobody sees it any more, or has ever seen it. */
static void flow_free(struct vsw_flows *flows, struct vsw_flow *flow)
{
	if (flow->acts)
		vsw_actions_put(&flows->actions, flows->slots, flow->acts);
	if (flow->in_slot)
		vsw_slot_unuse(flows->slots, flow->in_slot);
	vsw_flow_stats_put(flow->stats);
	/* Finds the cache by itself. */
	kfree(flow);
}

static struct vsw_slot *use_in_port(struct vsw_flows *flows, const struct vsw_match *match)
{
	if (match->mask.in_port != U32_MAX)
		return NULL;
	return vsw_slot_use(flows->slots, match->value.in_port);
}

/* What a flow is to do, in common with the others that do the same. */
static struct vsw_actions *make_actions(struct vsw_flow_update *up,
					const struct vsw_flow_spec *spec,
					struct netlink_ext_ack *extack)
{
	struct vsw_flows *flows = up->flows;
	struct vsw_actions *acts;

	acts = vsw_actions_compile(flows->slots, spec->table, &spec->match, spec->actions,
				   spec->n_actions, &up->bad_action, extack);
	if (IS_ERR(acts))
		return acts;
	return vsw_actions_share(&flows->actions, flows->slots, acts) ?: ERR_PTR(-ENOMEM);
}

/* A flow that is not in its table yet; the caller gives it stats. */
static struct vsw_flow *flow_create(struct vsw_flow_update *up,
				    const struct vsw_flow_spec *spec,
				    struct netlink_ext_ack *extack)
{
	struct vsw_flows *flows = up->flows;
	struct vsw_flow *flow;
	int err;

	flow = flow_alloc(vsw_rule_words(&spec->match));
	if (!flow)
		return ERR_PTR(-ENOMEM);

	flow->rule.add_version = flows->version + 1;
	flow->rule.del_version = VSW_VERSION_NEVER;
	flow->rule.priority = spec->priority;
	flow->cookie = spec->cookie;
	flow->idle_timeout = spec->idle_timeout;
	flow->hard_timeout = spec->hard_timeout;
	flow->table = spec->table;
	INIT_LIST_HEAD(&flow->node);
	flow->in_slot = use_in_port(flows, &spec->match);
	flow->acts = make_actions(up, spec, extack);
	if (IS_ERR(flow->acts)) {
		err = PTR_ERR(flow->acts);
		flow->acts = NULL;
		flow_free(flows, flow);
		return ERR_PTR(err);
	}
	return flow;
}

static bool flow_is_timed(const struct vsw_flow *flow)
{
	return flow->idle_timeout || flow->hard_timeout;
}

/* Where a visible flow is: with the timed ones, or nowhere. */
static void flow_settle(struct vsw_flows *flows, struct vsw_flow *flow)
{
	if (flow_is_timed(flow))
		list_move_tail(&flow->node, &flows->timed);
	else
		list_del_init(&flow->node);
}

static bool is_added_by(const struct vsw_flow_update *up, const struct vsw_flow *flow)
{
	return flow->rule.add_version > up->flows->version;
}

/* No version has the flow: it was added by an update that thought better of it. */
static void flow_vanish(struct vsw_flows *flows, struct vsw_flow *flow)
{
	WRITE_ONCE(flow->rule.del_version, flow->rule.add_version);
	flow->quiet = true;
	list_move_tail(&flow->node, &flows->dying);
	queue_delayed_work(system_unbound_wq, &flows->reap_work, flows->fold_pause);
}

static void remove_visible(struct vsw_flow_update *up, struct vsw_flow *flow,
			   enum vsw_removed why)
{
	WRITE_ONCE(flow->rule.del_version, up->flows->version + 1);
	flow->removed = why;
	list_move_tail(&flow->node, &up->removed);
}

static void remove_added(struct vsw_flow_update *up, struct vsw_flow *flow,
			 enum vsw_removed why)
{
	struct vsw_flow *visible = flow->succeeds;

	if (visible) {
		/* It goes after all, and takes the stats with it. */
		visible->quiet = false;
		visible->removed = why;
		xa_store(&up->flows->by_id, flow->id, visible, GFP_KERNEL_ACCOUNT);
	} else {
		xa_erase(&up->flows->by_id, flow->id);
	}
	flow_vanish(up->flows, flow);
}

static void flow_remove(struct vsw_flow_update *up, struct vsw_flow *flow,
			enum vsw_removed why)
{
	if (is_added_by(up, flow))
		remove_added(up, flow, why);
	else
		remove_visible(up, flow, why);
	up->n_flows--;
	up->n_changes++;
}

static struct vsw_layout *layout_locked(const struct vsw_flows *flows)
{
	return rcu_dereference_protected(flows->layout, lockdep_is_held(flows->lock));
}

static void layout_replace(struct vsw_flows *flows, struct vsw_layout *layout)
{
	struct vsw_layout *old = layout_locked(flows);

	rcu_assign_pointer(flows->layout, layout);
	if (old)
		kfree_rcu(old, rcu);
}

static void needs_add(struct vsw_needs *needs, const struct vsw_needs *more)
{
	unsigned int i;

	for (i = 0; i < VSW_KEY_WORDS; i++)
		needs->mask.w[i] |= more->mask.w[i];
	needs->depth = max(needs->depth, more->depth);
}

/* Where nothing is left to look at, frames take the default way again. */
static void layout_shrink(struct vsw_flows *flows)
{
	struct vsw_table *table = vsw_table_find(flows, 0);

	if (flows->n_flows || !layout_locked(flows) ||
	    (table && table->miss != VSW_MISS_NORMAL))
		return;
	flows->lapsed = layout_locked(flows)->needs;
	layout_replace(flows, NULL);
	flows->lapsed_gp = get_state_synchronize_rcu();
}

/* Frames may still be in a version that needs what was needed before. */
static void layout_add_lapsed(const struct vsw_flows *flows, struct vsw_needs *needs)
{
	if (!poll_state_synchronize_rcu(flows->lapsed_gp))
		needs_add(needs, &flows->lapsed);
}

/* Let frames be looked at closely enough, before the reason for it is visible. */
static int layout_widen(struct vsw_flows *flows, struct vsw_needs *needs)
{
	struct vsw_layout *layout = layout_locked(flows);

	if (layout && vsw_needs_cover(&layout->needs, needs))
		return 0;
	if (layout)
		needs_add(needs, &layout->needs);
	else
		layout_add_lapsed(flows, needs);
	layout = vsw_layout_create(needs);
	if (!layout)
		return -ENOMEM;
	layout_replace(flows, layout);
	return 0;
}

static int layout_widen_for(struct vsw_flows *flows, const struct vsw_flow *flow,
			    const struct vsw_match *match)
{
	struct vsw_needs needs = {};

	vsw_needs_match(&needs, match);
	vsw_needs_actions(&needs, flow->acts);
	return layout_widen(flows, &needs);
}

/* Put a flow into its table, where nobody sees it before the commit. */
static int flow_insert(struct vsw_flow_update *up, struct vsw_flow *flow,
		       const struct vsw_match *match, struct netlink_ext_ack *extack)
{
	struct vsw_table *table = vsw_table_get(up->flows, flow->table);
	int err;

	if (!table)
		return -ENOMEM;
	err = layout_widen_for(up->flows, flow, match);
	if (err)
		return err;
	err = vsw_classifier_insert(&table->cls, &flow->rule, match, extack);
	if (err)
		return err;
	list_add_tail(&flow->node, &up->added);
	return 0;
}

static int check_how(const struct vsw_flow *old, enum vsw_flow_how how,
		     struct netlink_ext_ack *extack)
{
	if (old && how == VSW_FLOW_CREATE) {
		NL_SET_ERR_MSG(extack, "A flow with this table, priority and match exists");
		return -EEXIST;
	}
	if (!old && how == VSW_FLOW_REPLACE) {
		NL_SET_ERR_MSG(extack, "No flow with this table, priority and match exists");
		return -ENOENT;
	}
	return 0;
}

static int check_room(const struct vsw_flow_update *up, const struct vsw_flow *old,
		      struct netlink_ext_ack *extack)
{
	if (old || up->n_flows < up->flows->max_flows)
		return 0;
	NL_SET_ERR_MSG_FMT(extack, "The switch is full, its flows-max is %u",
			   up->flows->max_flows);
	return -ENOSPC;
}

static struct vsw_flow *find_in_table(struct vsw_flows *flows, u8 id,
				      const struct vsw_match *match, u16 priority)
{
	struct vsw_table *table = vsw_table_find(flows, id);

	if (!table)
		return NULL;
	return flow_of(vsw_classifier_find(&table->cls, match, priority,
					   flows->version + 1));
}

static int flow_add_new(struct vsw_flow_update *up, struct vsw_flow *flow,
			const struct vsw_match *match, struct netlink_ext_ack *extack)
{
	struct vsw_flows *flows = up->flows;
	int err;

	flow->created = jiffies;
	flow->rule.seq = flows->next_seq++;
	flow->stats = stats_create();
	if (!flow->stats)
		return -ENOMEM;
	err = xa_alloc_cyclic(&flows->by_id, &flow->id, flow,
			      XA_LIMIT(1, U32_MAX - 1), &flows->next_id,
			      GFP_KERNEL_ACCOUNT);
	if (err < 0)
		return err;
	err = flow_insert(up, flow, match, extack);
	if (err)
		xa_erase(&flows->by_id, flow->id);
	return err;
}

/**
 * vsw_flow_add - add a flow
 * @up: the update
 * @spec: the flow
 * @how: what to do where there is one with this table, priority and match
 * @added: gets the flow, if not NULL; it stays as long as the lock is held and
 *	the update is not aborted
 * @extack: for the refusal
 *
 * A flow that is replaced goes, with its counters.
 *
 * Context: Process, under the lock.
 * Return: 0, or an error, and the update is as it was.
 */
int vsw_flow_add(struct vsw_flow_update *up, const struct vsw_flow_spec *spec,
		 enum vsw_flow_how how, struct vsw_flow **added,
		 struct netlink_ext_ack *extack)
{
	struct vsw_flow *flow, *old;
	int err;

	lockdep_assert_held(up->flows->lock);
	old = find_in_table(up->flows, spec->table, &spec->match, spec->priority);
	err = check_how(old, how, extack);
	if (!err)
		err = check_room(up, old, extack);
	if (err)
		return err;

	flow = flow_create(up, spec, extack);
	if (IS_ERR(flow))
		return PTR_ERR(flow);
	err = flow_add_new(up, flow, &spec->match, extack);
	if (err) {
		flow_free(up->flows, flow);
		return err;
	}
	if (old)
		flow_remove(up, old, VSW_REMOVED_REPLACED);
	up->n_flows++;
	up->n_changes++;
	if (added)
		*added = flow;
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_flow_add);

/**
 * struct change - what vsw_flow_mod() or vsw_flow_del() do to each wanted flow
 * @fn: does it
 * @actions: new actions
 * @n_actions: number of them
 * @cookie: new cookie, or NULL
 * @extack: for the refusal
 */
struct change {
	int (*fn)(struct vsw_flow_update *up, struct vsw_flow *flow,
		  const struct change *change);
	const struct vsw_action *actions;
	unsigned int n_actions;
	const u64 *cookie;
	struct netlink_ext_ack *extack;
};

static int change_if_wanted(struct vsw_flow_update *up, struct vsw_flow *flow,
			    const struct vsw_flow_filter *filter,
			    const struct change *change)
{
	if (!flow || !vsw_rule_is_visible(&flow->rule, up->flows->version + 1) ||
	    !vsw_flow_is_wanted(flow, filter))
		return 0;
	return change->fn(up, flow, change);
}

static int change_strict(struct vsw_flow_update *up,
			 const struct vsw_flow_filter *filter,
			 const struct change *change)
{
	int first = filter->table < 0 ? 0 : filter->table;
	int last = filter->table < 0 ? VSW_TABLE_MAX : filter->table;
	struct vsw_flow *flow;
	int id, err = 0;

	for (id = first; id <= last && !err; id++) {
		flow = find_in_table(up->flows, id, &filter->match, filter->priority);
		err = change_if_wanted(up, flow, filter, change);
	}
	return err;
}

/* Others wait for the lock meanwhile, RTNL among them. */
static int check_visit(struct vsw_flow_update *up, struct netlink_ext_ack *extack)
{
	u64 max = up->flows->n_flows + (u64)VSW_UPDATE_VISITS;

	if (fatal_signal_pending(current)) {
		NL_SET_ERR_MSG(extack, "The process is being killed");
		return -EINTR;
	}
	if (up->n_visited++ < max)
		return 0;
	NL_SET_ERR_MSG_FMT(extack, "Changes look at over %llu flows, make fewer at once", max);
	return -ENOSPC;
}

static int change_all(struct vsw_flow_update *up,
		      const struct vsw_flow_filter *filter,
		      const struct change *change)
{
	/* Ids rise, and what the change adds keeps its id: nothing comes twice. */
	struct vsw_flow *flow;
	unsigned long id;
	int err;

	xa_for_each(&up->flows->by_id, id, flow) {
		err = check_visit(up, change->extack);
		if (!err)
			err = change_if_wanted(up, flow, filter, change);
		if (err)
			return err;
		cond_resched();
	}
	return 0;
}

static int change_flows(struct vsw_flow_update *up,
			const struct vsw_flow_filter *filter,
			const struct change *change)
{
	lockdep_assert_held(up->flows->lock);
	if (filter->id)
		return change_if_wanted(up, xa_load(&up->flows->by_id, filter->id),
					filter, change);
	if (filter->strict)
		return change_strict(up, filter, change);
	return change_all(up, filter, change);
}

static int del_flow(struct vsw_flow_update *up, struct vsw_flow *flow,
		    const struct change *change)
{
	flow_remove(up, flow, VSW_REMOVED_DELETED);
	return 0;
}

/**
 * vsw_flow_del - remove flows
 * @up: the update
 * @filter: which
 * @extack: for the refusal
 *
 * Context: Process, under the lock.
 * Return: 0, even where there is none; -ENOENT where there is none with the id
 * that is asked for; -ENOSPC or -EINTR, then the update can only be aborted.
 */
int vsw_flow_del(struct vsw_flow_update *up, const struct vsw_flow_filter *filter,
		 struct netlink_ext_ack *extack)
{
	const struct change del = { .fn = del_flow, .extack = extack };
	u32 before = up->n_changes;
	int err;

	err = change_flows(up, filter, &del);
	if (!err && filter->id && up->n_changes == before) {
		NL_SET_ERR_MSG_FMT(extack, "There is no such flow with id %u", filter->id);
		err = -ENOENT;
	}
	return err;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_flow_del);

/* Nobody sees the flow yet, so it can change. */
static int mod_added(struct vsw_flow_update *up, struct vsw_flow *flow,
		     const struct vsw_match *match, const struct change *change)
{
	const struct vsw_flow_spec spec = {
		.match = *match,
		.actions = change->actions,
		.n_actions = change->n_actions,
		.table = flow->table,
	};
	struct vsw_actions *acts;
	int err;

	acts = make_actions(up, &spec, change->extack);
	if (IS_ERR(acts))
		return PTR_ERR(acts);
	vsw_actions_put(&up->flows->actions, up->flows->slots, flow->acts);
	flow->acts = acts;
	err = layout_widen_for(up->flows, flow, match);
	if (err)
		return err;
	if (change->cookie)
		flow->cookie = *change->cookie;
	return 0;
}

/* The successor has the same id, stats, timeouts, and place among equals. */
static void succeed(struct vsw_flow_update *up, struct vsw_flow *flow,
		    struct vsw_flow *old)
{
	flow->created = old->created;
	flow->id = old->id;
	flow->rule.seq = old->rule.seq;
	flow->stats = old->stats;
	refcount_inc(&flow->stats->ref);
	flow->succeeds = old;
}

static int mod_visible(struct vsw_flow_update *up, struct vsw_flow *old,
		       const struct vsw_match *match, const struct change *change)
{
	const struct vsw_flow_spec spec = {
		.match = *match,
		.actions = change->actions,
		.n_actions = change->n_actions,
		.cookie = change->cookie ? *change->cookie : old->cookie,
		.priority = old->rule.priority,
		.idle_timeout = old->idle_timeout,
		.hard_timeout = old->hard_timeout,
		.table = old->table,
	};
	struct vsw_flow *flow;
	int err;

	flow = flow_create(up, &spec, change->extack);
	if (IS_ERR(flow))
		return PTR_ERR(flow);
	succeed(up, flow, old);
	err = flow_insert(up, flow, match, change->extack);
	if (err) {
		flow_free(up->flows, flow);
		return err;
	}
	/* Takes no memory: the id is there. */
	xa_store(&up->flows->by_id, flow->id, flow, GFP_KERNEL_ACCOUNT);
	remove_visible(up, old, VSW_REMOVED_REPLACED);
	old->quiet = true;
	return 0;
}

static int mod_flow(struct vsw_flow_update *up, struct vsw_flow *flow,
		    const struct change *change)
{
	struct vsw_match match;
	int err;

	vsw_rule_match(&flow->rule, &match);
	if (is_added_by(up, flow))
		err = mod_added(up, flow, &match, change);
	else
		err = mod_visible(up, flow, &match, change);
	if (!err)
		up->n_changes++;
	return err;
}

/**
 * vsw_flow_mod - give flows other actions
 * @up: the update
 * @filter: which
 * @actions: the new actions
 * @n_actions: number of them
 * @cookie: the new cookie, NULL to keep it
 * @extack: for the refusal
 *
 * Id, counters and timeouts stay.
 *
 * Context: Process, under the lock.
 * Return: 0, even where there is none; or an error, then the update holds a
 * part of the changes and can only be aborted.
 */
int vsw_flow_mod(struct vsw_flow_update *up, const struct vsw_flow_filter *filter,
		 const struct vsw_action *actions, unsigned int n_actions,
		 const u64 *cookie, struct netlink_ext_ack *extack)
{
	const struct change mod = {
		.fn = mod_flow,
		.actions = actions,
		.n_actions = n_actions,
		.cookie = cookie,
		.extack = extack,
	};

	return change_flows(up, filter, &mod);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_flow_mod);

/**
 * vsw_flow_update_begin - begin to change flows
 * @up: the update, ends with vsw_flow_update_commit() or _abort()
 * @flows: the flows
 *
 * Context: Process, under the lock, which is held until the end.
 */
void vsw_flow_update_begin(struct vsw_flow_update *up, struct vsw_flows *flows)
{
	lockdep_assert_held(flows->lock);
	up->flows = flows;
	INIT_LIST_HEAD(&up->added);
	INIT_LIST_HEAD(&up->removed);
	up->n_flows = flows->n_flows;
	up->n_changes = 0;
	up->n_visited = 0;
	up->bad_action = -1;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_flow_update_begin);

static void count_in_table(struct vsw_flows *flows, const struct vsw_flow *flow, int n)
{
	vsw_table_find(flows, flow->table)->n_flows += n;
}

static void commit_removed(struct vsw_flows *flows, struct list_head *removed)
{
	struct vsw_flow *flow;

	list_for_each_entry(flow, removed, node) {
		count_in_table(flows, flow, -1);
		/* A successor has the id now. */
		if (!flow->quiet)
			xa_erase(&flows->by_id, flow->id);
		cond_resched();
	}
	if (list_empty(removed))
		return;
	list_splice_tail(removed, &flows->dying);
	queue_delayed_work(system_unbound_wq, &flows->reap_work, flows->fold_pause);
}

static void commit_added(struct vsw_flows *flows, struct list_head *added)
{
	struct vsw_flow *flow, *next;

	list_for_each_entry_safe(flow, next, added, node) {
		count_in_table(flows, flow, 1);
		vsw_classifier_sort(&vsw_table_find(flows, flow->table)->cls);
		flow->succeeds = NULL;
		flow_settle(flows, flow);
		vsw_event_flow(flows->sw, flow, VSW_EVENT_NEW);
		cond_resched();
	}
	if (!list_empty(&flows->timed))
		queue_delayed_work(system_power_efficient_wq, &flows->timeout_work,
				   TIMEOUT_PERIOD);
}

/* More at once would push most of the others out. */
#define JOURNAL_MAX	(VSW_JOURNAL_LEN / 2)

static void write_down(struct vsw_flows *flows, const struct list_head *changed)
{
	struct vsw_match match;
	struct vsw_flow *flow;

	list_for_each_entry(flow, changed, node) {
		vsw_rule_match(&flow->rule, &match);
		vsw_journal_add(&flows->journal, flows->version + 1, flow->table, &match);
	}
}

/* A change of actions shows in both lists, with the same match. */
static void keep_journal(const struct vsw_flow_update *up)
{
	if (up->n_changes > JOURNAL_MAX) {
		vsw_journal_bar(&up->flows->journal, up->flows->version + 1);
		return;
	}
	write_down(up->flows, &up->added);
	write_down(up->flows, &up->removed);
}

static void set_version(struct vsw_flows *flows)
{
	/* Pairs with vsw_flows_version_rcu(). */
	smp_store_release(&flows->version, flows->version + 1);
}

/**
 * vsw_flows_touch - let all be decided anew
 * @flows: the flows; something that decisions depend on has changed
 *
 * Context: Process, under the lock, not within an update.
 */
void vsw_flows_touch(struct vsw_flows *flows)
{
	lockdep_assert_held(flows->lock);
	vsw_journal_bar(&flows->journal, flows->version + 1);
	set_version(flows);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_flows_touch);

/**
 * vsw_flows_fold - bring all counters up to date
 * @flows: the flows
 *
 * Context: Process, under the lock.
 */
void vsw_flows_fold(struct vsw_flows *flows)
{
	unsigned long begun = jiffies;

	if (!flows->fold)
		return;
	flows->fold(flows->sw);
	flows->folded = jiffies;
	/* Where millions of frames' kinds are known it takes a while. */
	flows->fold_pause = min_t(unsigned long, FOLD_SHARE * (jiffies - begun), HZ);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_flows_fold);

/**
 * vsw_flows_fold_rarely - bring all counters up to date, if it was not done just now
 * @flows: the flows
 *
 * It is work for all CPUs, which those who may only look can't ask for at will.
 *
 * Context: Process, under the lock.
 */
void vsw_flows_fold_rarely(struct vsw_flows *flows)
{
	unsigned long pause = max_t(unsigned long, FOLD_PERIOD, flows->fold_pause);

	if (time_after_eq(jiffies, flows->folded + pause))
		vsw_flows_fold(flows);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_flows_fold_rarely);

/**
 * vsw_flow_update_commit - let frames see an update, as a whole
 * @up: the update
 *
 * Context: Process, under the lock.
 */
void vsw_flow_update_commit(struct vsw_flow_update *up)
{
	struct vsw_flows *flows = up->flows;

	lockdep_assert_held(flows->lock);
	if (list_empty(&up->added) && list_empty(&up->removed))
		return;
	keep_journal(up);
	set_version(flows);
	flows->n_flows = up->n_flows;
	flows->seq++;
	layout_shrink(flows);
	commit_removed(flows, &up->removed);
	commit_added(flows, &up->added);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_flow_update_commit);

/**
 * vsw_flow_update_abort - forget an update
 * @up: the update
 *
 * Context: Process, under the lock.
 */
void vsw_flow_update_abort(struct vsw_flow_update *up)
{
	struct vsw_flows *flows = up->flows;
	struct vsw_flow *flow, *next;

	lockdep_assert_held(flows->lock);
	list_for_each_entry_safe(flow, next, &up->added, node) {
		remove_added(up, flow, VSW_REMOVED_DELETED);
		cond_resched();
	}
	list_for_each_entry_safe(flow, next, &up->removed, node) {
		WRITE_ONCE(flow->rule.del_version, VSW_VERSION_NEVER);
		flow->quiet = false;
		flow_settle(flows, flow);
		cond_resched();
	}
	layout_shrink(flows);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_flow_update_abort);

/**
 * vsw_flow_find_id - find a flow by id
 * @flows: the flows
 * @id: its id
 *
 * Context: Process, under the lock, not within an update.
 * Return: The flow, or NULL.
 */
struct vsw_flow *vsw_flow_find_id(struct vsw_flows *flows, u32 id)
{
	lockdep_assert_held(flows->lock);
	return xa_load(&flows->by_id, id);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_flow_find_id);

/**
 * vsw_flow_next - walk the flows
 * @flows: the flows
 * @id: where to start; becomes the id of the flow that is found
 *
 * Context: Process, under the lock, not within an update. The lock may be let
 * go between calls.
 * Return: The flow, or NULL.
 */
struct vsw_flow *vsw_flow_next(struct vsw_flows *flows, u32 *id)
{
	unsigned long index = *id;
	struct vsw_flow *flow;

	lockdep_assert_held(flows->lock);
	flow = xa_find(&flows->by_id, &index, U32_MAX, XA_PRESENT);
	if (flow)
		*id = index;
	return flow;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_flow_next);

static bool match_is_same(const struct vsw_match *a, const struct vsw_match *b)
{
	return vsw_key_is_same(&a->value, &b->value) &&
	       vsw_key_is_same(&a->mask, &b->mask) &&
	       a->tp_src.lo == b->tp_src.lo && a->tp_src.hi == b->tp_src.hi &&
	       a->tp_dst.lo == b->tp_dst.lo && a->tp_dst.hi == b->tp_dst.hi;
}

/**
 * vsw_flow_is_wanted - does a filter let a flow pass?
 * @flow: the flow
 * @filter: the filter
 *
 * Context: Process, under the lock.
 * Return: true if it does.
 */
bool vsw_flow_is_wanted(const struct vsw_flow *flow,
			const struct vsw_flow_filter *filter)
{
	struct vsw_match match;

	if ((filter->id && filter->id != flow->id) ||
	    (filter->table >= 0 && filter->table != flow->table) ||
	    (filter->cookie ^ flow->cookie) & filter->cookie_mask ||
	    (filter->out_port && !vsw_actions_has_output(flow->acts, filter->out_port)))
		return false;
	vsw_rule_match(&flow->rule, &match);
	if (filter->strict)
		return filter->priority == flow->rule.priority &&
		       match_is_same(&filter->match, &match);
	return vsw_match_covers(&filter->match, &match);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_flow_is_wanted);

static bool has_passed(unsigned long since, u16 seconds)
{
	return seconds && time_after_eq(jiffies, since + seconds * HZ);
}

static bool is_timed_out(const struct vsw_flow *flow, enum vsw_removed *why)
{
	if (has_passed(flow->created, flow->hard_timeout))
		*why = VSW_REMOVED_HARD;
	else if (has_passed(READ_ONCE(flow->stats->used), flow->idle_timeout))
		*why = VSW_REMOVED_IDLE;
	else
		return false;
	return true;
}

static void timeout_work(struct work_struct *work)
{
	struct vsw_flows *flows = container_of(work, struct vsw_flows, timeout_work.work);
	struct vsw_flow *flow, *next;
	struct vsw_flow_update up;
	enum vsw_removed why;

	mutex_lock(flows->lock);
	vsw_flows_fold(flows);
	vsw_flow_update_begin(&up, flows);
	list_for_each_entry_safe(flow, next, &flows->timed, node) {
		if (is_timed_out(flow, &why))
			flow_remove(&up, flow, why);
		cond_resched();
	}
	vsw_flow_update_commit(&up);
	if (!list_empty(&flows->timed))
		queue_delayed_work(system_power_efficient_wq, &flows->timeout_work,
				   TIMEOUT_PERIOD);
	mutex_unlock(flows->lock);
}

/* Frames have counted for the last time. */
static void unlink_dying(struct vsw_flows *flows, struct list_head *dying)
{
	struct vsw_flow *flow;

	mutex_lock(flows->lock);
	vsw_flows_fold(flows);
	list_for_each_entry(flow, dying, node) {
		if (!flow->quiet)
			vsw_event_flow(flows->sw, flow, VSW_EVENT_DEL);
		vsw_classifier_remove(&vsw_table_find(flows, flow->table)->cls,
				      &flow->rule);
		cond_resched();
	}
	mutex_unlock(flows->lock);
}

static void free_dying(struct vsw_flows *flows, struct list_head *dying)
{
	struct vsw_flow *flow, *next;

	mutex_lock(flows->lock);
	list_for_each_entry_safe(flow, next, dying, node) {
		flow_free(flows, flow);
		cond_resched();
	}
	mutex_unlock(flows->lock);
}

/*
 * After the first grace period no frame has a version in which these flows are
 * visible, after the second none steps over them any more.
 */
static void reap_work(struct work_struct *work)
{
	struct vsw_flows *flows = container_of(work, struct vsw_flows, reap_work.work);
	LIST_HEAD(dying);

	mutex_lock(flows->lock);
	list_splice_init(&flows->dying, &dying);
	mutex_unlock(flows->lock);

	synchronize_rcu();
	unlink_dying(flows, &dying);
	synchronize_rcu();
	free_dying(flows, &dying);
}

/**
 * vsw_table_default_miss - the miss policy of a table that has none of its own
 * @id: number of the table
 *
 * Context: Any.
 * Return: The policy.
 */
enum vsw_miss vsw_table_default_miss(u8 id)
{
	return id ? VSW_MISS_DROP : VSW_MISS_NORMAL;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_table_default_miss);

/**
 * vsw_table_find - find a table
 * @flows: the flow tables
 * @id: number of the table, at most VSW_TABLE_MAX
 *
 * Context: Process, under the lock.
 * Return: The table, or NULL where it never had a flow or a policy of its own.
 */
struct vsw_table *vsw_table_find(struct vsw_flows *flows, u8 id)
{
	return rcu_dereference_protected(flows->table[id], lockdep_is_held(flows->lock));
}
EXPORT_SYMBOL_IF_KUNIT(vsw_table_find);

/**
 * vsw_table_get - find or make a table
 * @flows: the flow tables
 * @id: number of the table, at most VSW_TABLE_MAX
 *
 * Context: Process, under the lock.
 * Return: The table, or NULL where there is no memory.
 */
struct vsw_table *vsw_table_get(struct vsw_flows *flows, u8 id)
{
	struct vsw_table *table = vsw_table_find(flows, id);

	if (table)
		return table;
	table = kzalloc(sizeof(*table), GFP_KERNEL_ACCOUNT);
	if (!table)
		return NULL;
	table->stats = alloc_percpu_gfp(struct vsw_table_stats, GFP_KERNEL_ACCOUNT);
	if (!table->stats) {
		kfree(table);
		return NULL;
	}
	vsw_classifier_init(&table->cls, flows->lock);
	table->id = id;
	table->miss = vsw_table_default_miss(id);
	rcu_assign_pointer(flows->table[id], table);
	/* What was decided without it does not count for it. */
	vsw_journal_bar(&flows->journal, flows->version + 1);
	return table;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_table_get);

static void table_free(struct vsw_table *table)
{
	vsw_classifier_exit(&table->cls);
	free_percpu(table->stats);
	kfree(table);
}

/**
 * vsw_table_set_miss - set the miss policy of a table
 * @flows: the flow tables
 * @id: number of the table, at most VSW_TABLE_MAX
 * @miss: what happens to frames that match no flow
 *
 * Context: Process, under the lock.
 * Return: 0, or -ENOMEM.
 */
int vsw_table_set_miss(struct vsw_flows *flows, u8 id, enum vsw_miss miss)
{
	struct vsw_table *table = vsw_table_get(flows, id);
	struct vsw_needs needs = {};
	int err;

	if (!table)
		return -ENOMEM;
	if (table->miss == miss)
		return 0;
	err = layout_widen(flows, &needs);
	if (err)
		return err;
	WRITE_ONCE(table->miss, miss);
	vsw_flows_touch(flows);
	layout_shrink(flows);
	vsw_event_table(flows->sw, id);
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_table_set_miss);

/**
 * vsw_table_stats_sum - add up the counters of a table
 * @table: the table
 * @sum: filled in
 *
 * Context: Process, under the lock.
 */
void vsw_table_stats_sum(const struct vsw_table *table, struct vsw_table_stats *sum)
{
	const struct vsw_table_stats *stats;
	int cpu;

	memset(sum, 0, sizeof(*sum));
	for_each_possible_cpu(cpu) {
		stats = per_cpu_ptr(table->stats, cpu);
		sum->matched += READ_ONCE(stats->matched);
		sum->missed += READ_ONCE(stats->missed);
	}
}
EXPORT_SYMBOL_IF_KUNIT(vsw_table_stats_sum);

/**
 * vsw_flows_init - make the flow tables of a new switch
 * @flows: the flow tables; the caller sets max_flows
 * @sw: the switch, for events
 * @slots: port numbers of the switch
 * @lock: the namespace's lock
 *
 * Context: Process.
 * Return: 0.
 */
int vsw_flows_init(struct vsw_flows *flows, struct vsw_switch *sw,
		   struct vsw_slots *slots, struct mutex *lock)
{
	memset(flows, 0, sizeof(*flows));
	xa_init_flags(&flows->by_id, XA_FLAGS_ALLOC1);
	INIT_LIST_HEAD(&flows->timed);
	INIT_LIST_HEAD(&flows->dying);
	INIT_DELAYED_WORK(&flows->timeout_work, timeout_work);
	INIT_DELAYED_WORK(&flows->reap_work, reap_work);
	flows->folded = jiffies;
	flows->slots = slots;
	flows->sw = sw;
	flows->lock = lock;
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_flows_init);

static void free_all(struct vsw_flows *flows)
{
	struct vsw_flow *flow;
	unsigned long id;
	unsigned int i;

	for (i = 0; i < VSW_TABLES; i++)
		if (vsw_table_find(flows, i))
			table_free(vsw_table_find(flows, i));
	xa_for_each(&flows->by_id, id, flow) {
		flow_free(flows, flow);
		cond_resched();
	}
	xa_destroy(&flows->by_id);
	vsw_journal_free(&flows->journal);
	layout_replace(flows, NULL);
}

/**
 * vsw_flows_exit - free all flows of a switch that goes
 * @flows: the flow tables
 *
 * Nobody is told of the flows that go with the switch: it has been told of
 * for the last time.
 *
 * Context: Process, without the lock. No frame is in the switch any more.
 */
void vsw_flows_exit(struct vsw_flows *flows)
{
	cancel_delayed_work_sync(&flows->timeout_work);
	flush_delayed_work(&flows->reap_work);

	mutex_lock(flows->lock);
	free_all(flows);
	mutex_unlock(flows->lock);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_flows_exit);

/**
 * vsw_flow_cache_destroy - free the caches that flows come from
 *
 * Context: Process. There are no flows any more.
 */
void vsw_flow_cache_destroy(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(flow_classes); i++)
		kmem_cache_destroy(flow_classes[i].cache);
	kmem_cache_destroy(stats_cache);
}

/**
 * vsw_flow_cache_create - make the caches that flows come from
 *
 * Context: Process.
 * Return: 0 or -ENOMEM.
 */
int __init vsw_flow_cache_create(void)
{
	struct flow_class *class;
	bool ok;

	stats_cache = kmem_cache_create("vsw_flow_stats", sizeof(struct vsw_flow_stats), 0,
					0, NULL);
	ok = stats_cache;
	for (class = flow_classes; class < flow_classes + ARRAY_SIZE(flow_classes); class++) {
		class->cache = kmem_cache_create(class->name, sizeof(struct vsw_flow) +
						 class->n_words * sizeof(u64), 0, 0, NULL);
		ok = ok && class->cache;
	}
	if (ok)
		return 0;
	vsw_flow_cache_destroy();
	return -ENOMEM;
}
