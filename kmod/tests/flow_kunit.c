// SPDX-License-Identifier: GPL-2.0
/*
 * Flows: what updates do to them, and what is left when they do not.
 */
#include "tables/flow.h"

#include <kunit/test.h>
#include <linux/if_ether.h>
#include <linux/netlink.h>
#include <linux/sched.h>

#include "core/switch.h"
#include "tests/want.h"

#define F(name)		VSW_A_FIELDS_##name
#define A(name)		VSW_A_ACTION_##name
#define N_PORTS		3
#define MAX_FLOWS	10

/**
 * struct flow_fixture - a switch with nothing but ports and flows
 * @vn: its namespace
 * @is_held: a test holds the lock
 * @sw: the switch; listeners have not been told of it
 * @extack: of the last refusal
 * @up: the update in the making
 * @spec: of the flow that is made next
 * @filter: of the flows that are changed next
 * @action: of @spec
 */
struct flow_fixture {
	struct vsw_net vn;
	bool is_held;
	struct vsw_switch sw;
	struct netlink_ext_ack extack;
	struct vsw_flow_update up;
	struct vsw_flow_spec spec;
	struct vsw_flow_filter filter;
	struct vsw_action action;
};

static const char *const port_names[N_PORTS] = { "one", "two", "three" };

/* Tests and exits run in threads of their own: each takes the lock itself. */
static struct flow_fixture *start(struct kunit *test)
{
	struct flow_fixture *f = test->priv;

	mutex_lock(&f->vn.lock);
	f->is_held = true;
	return f;
}

static void stop(struct flow_fixture *f)
{
	f->is_held = false;
	mutex_unlock(&f->vn.lock);
}

static int flow_init(struct kunit *test)
{
	struct flow_fixture *f;
	struct vsw_slot *slot;
	int i;

	f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, f);
	mutex_init(&f->vn.lock);
	f->sw.vn = &f->vn;
	INIT_LIST_HEAD(&f->sw.node);
	vsw_slots_init(&f->sw.slots, &f->vn.lock);
	vsw_flows_init(&f->sw.flows, &f->sw, &f->sw.slots, &f->vn.lock);
	f->sw.flows.max_flows = MAX_FLOWS;
	mutex_lock(&f->vn.lock);
	for (i = 0; i < N_PORTS; i++) {
		slot = vsw_slot_reserve(&f->sw.slots, port_names[i], i + 1, NULL);
		vsw_slot_occupy(&f->sw.slots, slot, (struct vsw_port *)f);
	}
	mutex_unlock(&f->vn.lock);
	test->priv = f;
	return 0;
}

static void flow_exit(struct kunit *test)
{
	struct flow_fixture *f = test->priv;
	struct vsw_slot *slot;
	int i;

	/* A failed assertion ends its thread, not what that thread holds. */
	if (f->is_held)
		stop(f);
	vsw_flows_exit(&f->sw.flows);
	mutex_lock(&f->vn.lock);
	for (i = 0; i < N_PORTS; i++) {
		slot = vsw_slot_find(&f->sw.slots, i + 1);
		KUNIT_EXPECT_EQ(test, slot->users, 0);
		vsw_slot_vacate(&f->sw.slots, slot);
	}
	KUNIT_EXPECT_TRUE(test, xa_empty(&f->sw.slots.by_no));
	vsw_slots_exit(&f->sw.slots);
	mutex_unlock(&f->vn.lock);
}

static void begin(struct flow_fixture *f)
{
	vsw_flow_update_begin(&f->up, &f->sw.flows);
}

static void commit(struct flow_fixture *f)
{
	vsw_flow_update_commit(&f->up);
}

static void give_up(struct flow_fixture *f)
{
	vsw_flow_update_abort(&f->up);
}

/* The flow on metadata @n, with an output to a port. */
static const struct vsw_flow_spec *spec(struct flow_fixture *f, int n, u32 port)
{
	f->action = (struct vsw_action){ .type = A(OUTPUT), .port = port };
	memset(&f->spec, 0, sizeof(f->spec));
	vsw_match_init(&f->spec.match);
	want(&f->spec.match, F(METADATA), n);
	f->spec.actions = &f->action;
	f->spec.n_actions = 1;
	f->spec.priority = 100;
	return &f->spec;
}

/* All flows. */
static struct vsw_flow_filter *all(struct flow_fixture *f)
{
	memset(&f->filter, 0, sizeof(f->filter));
	vsw_match_init(&f->filter.match);
	f->filter.table = -1;
	return &f->filter;
}

/* The flow on metadata @n. */
static struct vsw_flow_filter *only(struct flow_fixture *f, int n)
{
	struct vsw_flow_filter *filter = all(f);

	want(&filter->match, F(METADATA), n);
	filter->priority = 100;
	filter->table = 0;
	filter->strict = true;
	return filter;
}

static int add(struct flow_fixture *f, int n, u32 port, enum vsw_flow_how how)
{
	f->extack._msg = NULL;
	return vsw_flow_add(&f->up, spec(f, n, port), how, NULL, &f->extack);
}

static int del(struct flow_fixture *f, const struct vsw_flow_filter *filter)
{
	f->extack._msg = NULL;
	return vsw_flow_del(&f->up, filter, &f->extack);
}

/* Gives flows an output to a port instead. */
static int mod(struct flow_fixture *f, const struct vsw_flow_filter *filter, u32 port)
{
	const struct vsw_action action = { .type = A(OUTPUT), .port = port };

	f->extack._msg = NULL;
	return vsw_flow_mod(&f->up, filter, &action, 1, NULL, &f->extack);
}

/* The flow that a frame with metadata @n meets. */
static struct vsw_flow *meet(struct flow_fixture *f, int n)
{
	struct vsw_table *table = vsw_table_find(&f->sw.flows, 0);
	struct vsw_rule *rule = NULL;
	struct vsw_key key = {};

	field_put(&key, F(METADATA), n);
	rcu_read_lock();
	if (table)
		rule = vsw_classifier_lookup_rcu(&table->cls, &key,
						 vsw_flows_version_rcu(&f->sw.flows));
	rcu_read_unlock();
	return rule ? container_of(rule, struct vsw_flow, rule) : NULL;
}

/* Where that flow sends it, 0 for nowhere. */
static u32 met_port(struct flow_fixture *f, int n)
{
	struct vsw_flow *flow = meet(f, n);

	return flow ? flow->acts->ops[0].slot->no : 0;
}

static void add_flows(struct kunit *test, struct flow_fixture *f, int n, u32 port)
{
	int i;

	begin(f);
	for (i = 1; i <= n; i++)
		KUNIT_ASSERT_EQ(test, add(f, i, port, VSW_FLOW_CREATE), 0);
	commit(f);
}

static void expect_counts(struct kunit *test, struct flow_fixture *f, u32 n)
{
	struct vsw_flows *flows = &f->sw.flows;
	u32 id = 0, n_by_id = 0;

	for (; vsw_flow_next(flows, &id); id++)
		n_by_id++;
	KUNIT_EXPECT_EQ(test, n_by_id, n);
	KUNIT_EXPECT_EQ(test, flows->n_flows, n);
	KUNIT_EXPECT_EQ(test, vsw_table_find(flows, 0)->n_flows, n);
}

static void frames_see_an_update_when_it_is_committed(struct kunit *test)
{
	struct flow_fixture *f = start(test);
	u32 seq = f->sw.flows.seq;

	begin(f);
	KUNIT_EXPECT_EQ(test, add(f, 1, 1, VSW_FLOW_CREATE), 0);
	KUNIT_EXPECT_EQ(test, add(f, 2, 2, VSW_FLOW_CREATE), 0);
	KUNIT_EXPECT_NULL(test, meet(f, 1));
	commit(f);
	KUNIT_EXPECT_EQ(test, met_port(f, 1), 1);
	KUNIT_EXPECT_EQ(test, met_port(f, 2), 2);
	KUNIT_EXPECT_EQ(test, f->sw.flows.seq, seq + 1);
	expect_counts(test, f, 2);

	begin(f);
	KUNIT_EXPECT_EQ(test, del(f, all(f)), 0);
	KUNIT_EXPECT_EQ(test, met_port(f, 1), 1);
	commit(f);
	KUNIT_EXPECT_NULL(test, meet(f, 1));
	expect_counts(test, f, 0);
	stop(f);
}

static void an_aborted_update_leaves_no_trace(struct kunit *test)
{
	struct flow_fixture *f = start(test);
	u64 version;
	u32 id;

	add_flows(test, f, 3, 1);
	id = meet(f, 1)->id;
	version = f->sw.flows.version;

	begin(f);
	KUNIT_EXPECT_EQ(test, add(f, 1, 2, VSW_FLOW_UPSERT), 0);
	KUNIT_EXPECT_EQ(test, mod(f, only(f, 2), 2), 0);
	KUNIT_EXPECT_EQ(test, del(f, only(f, 3)), 0);
	KUNIT_EXPECT_EQ(test, add(f, 4, 2, VSW_FLOW_CREATE), 0);
	KUNIT_EXPECT_EQ(test, mod(f, only(f, 4), 3), 0);
	give_up(f);
	KUNIT_EXPECT_EQ(test, f->sw.flows.version, version);
	KUNIT_EXPECT_EQ(test, meet(f, 1)->id, id);
	KUNIT_EXPECT_EQ(test, met_port(f, 2), 1);
	KUNIT_EXPECT_EQ(test, met_port(f, 3), 1);
	KUNIT_EXPECT_NULL(test, meet(f, 4));
	expect_counts(test, f, 3);

	/* What was aborted does not come with the next commit. */
	begin(f);
	KUNIT_EXPECT_EQ(test, add(f, 5, 3, VSW_FLOW_CREATE), 0);
	commit(f);
	KUNIT_EXPECT_NULL(test, meet(f, 4));
	KUNIT_EXPECT_EQ(test, met_port(f, 1), 1);
	KUNIT_EXPECT_EQ(test, met_port(f, 2), 1);
	expect_counts(test, f, 4);
	stop(f);
}

static void a_replaced_flow_goes_with_its_counters(struct kunit *test)
{
	struct flow_fixture *f = start(test);
	struct vsw_flow *old;

	add_flows(test, f, 1, 1);
	old = meet(f, 1);
	atomic64_set(&old->stats->packets, 7);
	begin(f);
	KUNIT_EXPECT_EQ(test, add(f, 1, 2, VSW_FLOW_CREATE), -EEXIST);
	KUNIT_EXPECT_STREQ(test, f->extack._msg,
			   "A flow with this table, priority and match exists");
	KUNIT_EXPECT_EQ(test, add(f, 2, 2, VSW_FLOW_REPLACE), -ENOENT);
	KUNIT_EXPECT_STREQ(test, f->extack._msg,
			   "No flow with this table, priority and match exists");
	KUNIT_EXPECT_EQ(test, add(f, 1, 2, VSW_FLOW_REPLACE), 0);
	commit(f);
	KUNIT_EXPECT_EQ(test, met_port(f, 1), 2);
	KUNIT_EXPECT_EQ(test, atomic64_read(&meet(f, 1)->stats->packets), 0);
	KUNIT_EXPECT_EQ(test, old->removed, VSW_REMOVED_REPLACED);
	KUNIT_EXPECT_FALSE(test, old->quiet);
	KUNIT_EXPECT_EQ(test, atomic64_read(&old->stats->packets), 7);
	expect_counts(test, f, 1);
	stop(f);
}

static void a_modified_flow_keeps_id_counters_and_timeouts(struct kunit *test)
{
	struct flow_fixture *f = start(test);
	struct vsw_flow *old, *new;
	struct vsw_flow_stats *stats;

	begin(f);
	spec(f, 1, 1);
	f->spec.idle_timeout = 500;
	f->spec.cookie = 9;
	KUNIT_ASSERT_EQ(test, vsw_flow_add(&f->up, &f->spec, VSW_FLOW_CREATE, &old, NULL), 0);
	commit(f);
	stats = old->stats;

	begin(f);
	KUNIT_EXPECT_EQ(test, mod(f, all(f), 2), 0);
	KUNIT_EXPECT_EQ(test, mod(f, all(f), 3), 0);
	KUNIT_EXPECT_EQ(test, met_port(f, 1), 1);
	commit(f);
	new = meet(f, 1);
	KUNIT_EXPECT_PTR_NE(test, new, old);
	KUNIT_EXPECT_EQ(test, met_port(f, 1), 3);
	KUNIT_EXPECT_EQ(test, new->id, old->id);
	KUNIT_EXPECT_PTR_EQ(test, new->stats, stats);
	KUNIT_EXPECT_EQ(test, new->created, old->created);
	KUNIT_EXPECT_EQ(test, new->idle_timeout, 500);
	KUNIT_EXPECT_EQ(test, new->cookie, 9);
	KUNIT_EXPECT_FALSE(test, list_empty(&f->sw.flows.timed));
	KUNIT_EXPECT_TRUE(test, old->quiet);
	KUNIT_EXPECT_PTR_EQ(test, vsw_flow_find_id(&f->sw.flows, old->id), new);
	expect_counts(test, f, 1);
	stop(f);
}

static void a_flow_modified_and_deleted_at_once_is_told_of(struct kunit *test)
{
	struct flow_fixture *f = start(test);
	struct vsw_flow *old;

	add_flows(test, f, 2, 1);
	old = meet(f, 1);
	begin(f);
	KUNIT_EXPECT_EQ(test, mod(f, only(f, 1), 2), 0);
	KUNIT_EXPECT_EQ(test, del(f, only(f, 1)), 0);
	commit(f);
	KUNIT_EXPECT_NULL(test, meet(f, 1));
	KUNIT_EXPECT_FALSE(test, old->quiet);
	KUNIT_EXPECT_EQ(test, old->removed, VSW_REMOVED_DELETED);
	expect_counts(test, f, 1);
	stop(f);
}

static void all_flows_can_be_exchanged_at_once(struct kunit *test)
{
	struct flow_fixture *f = start(test);
	int i;

	add_flows(test, f, MAX_FLOWS, 1);
	begin(f);
	KUNIT_EXPECT_EQ(test, del(f, all(f)), 0);
	for (i = 1; i <= MAX_FLOWS; i++)
		KUNIT_EXPECT_EQ(test, add(f, i, 2, VSW_FLOW_CREATE), 0);
	for (i = 1; i <= MAX_FLOWS; i++)
		KUNIT_EXPECT_EQ(test, met_port(f, i), 1);
	commit(f);
	for (i = 1; i <= MAX_FLOWS; i++)
		KUNIT_EXPECT_EQ(test, met_port(f, i), 2);
	expect_counts(test, f, MAX_FLOWS);
	stop(f);
}

static void work_under_the_lock_is_limited(struct kunit *test)
{
	struct flow_fixture *f = start(test);

	add_flows(test, f, 2, 1);
	begin(f);
	f->up.n_visited = VSW_UPDATE_VISITS;
	KUNIT_EXPECT_EQ(test, vsw_flow_mod(&f->up, all(f), &f->action, 1, NULL, &f->extack), 0);
	KUNIT_EXPECT_EQ(test, del(f, all(f)), -ENOSPC);
	KUNIT_EXPECT_STREQ(test, f->extack._msg,
			   "Changes look at over 4000002 flows, make fewer at once");
	give_up(f);
	expect_counts(test, f, 2);
	stop(f);
}

static void flows_are_limited(struct kunit *test)
{
	struct flow_fixture *f = start(test);

	add_flows(test, f, MAX_FLOWS, 1);
	begin(f);
	KUNIT_EXPECT_EQ(test, add(f, 11, 1, VSW_FLOW_CREATE), -ENOSPC);
	KUNIT_EXPECT_STREQ(test, f->extack._msg, "The switch is full, its flows-max is 10");
	KUNIT_EXPECT_EQ(test, add(f, 1, 2, VSW_FLOW_UPSERT), 0);
	KUNIT_EXPECT_EQ(test, add(f, 11, 1, VSW_FLOW_CREATE), -ENOSPC);
	KUNIT_EXPECT_EQ(test, del(f, only(f, 2)), 0);
	KUNIT_EXPECT_EQ(test, add(f, 11, 1, VSW_FLOW_CREATE), 0);
	commit(f);
	expect_counts(test, f, MAX_FLOWS);
	stop(f);
}

static void flows_are_chosen_by_filters(struct kunit *test)
{
	struct flow_fixture *f = start(test);
	struct vsw_flow_filter *filter;

	begin(f);
	spec(f, 1, 1);
	f->spec.cookie = 0x12;
	KUNIT_ASSERT_EQ(test, vsw_flow_add(&f->up, &f->spec, VSW_FLOW_CREATE, NULL, NULL), 0);
	spec(f, 2, 2);
	f->spec.cookie = 0x22;
	KUNIT_ASSERT_EQ(test, vsw_flow_add(&f->up, &f->spec, VSW_FLOW_CREATE, NULL, NULL), 0);
	spec(f, 3, 3);
	f->spec.table = 4;
	KUNIT_ASSERT_EQ(test, vsw_flow_add(&f->up, &f->spec, VSW_FLOW_CREATE, NULL, NULL), 0);
	commit(f);

	filter = all(f);
	filter->cookie = 0x10;
	filter->cookie_mask = 0xf0;
	KUNIT_EXPECT_TRUE(test, vsw_flow_is_wanted(meet(f, 1), filter));
	KUNIT_EXPECT_FALSE(test, vsw_flow_is_wanted(meet(f, 2), filter));
	filter = all(f);
	filter->out_port = 2;
	KUNIT_EXPECT_FALSE(test, vsw_flow_is_wanted(meet(f, 1), filter));
	KUNIT_EXPECT_TRUE(test, vsw_flow_is_wanted(meet(f, 2), filter));
	filter = only(f, 1);
	KUNIT_EXPECT_TRUE(test, vsw_flow_is_wanted(meet(f, 1), filter));
	filter->priority++;
	KUNIT_EXPECT_FALSE(test, vsw_flow_is_wanted(meet(f, 1), filter));
	filter->strict = false;
	KUNIT_EXPECT_TRUE(test, vsw_flow_is_wanted(meet(f, 1), filter));

	begin(f);
	filter = all(f);
	filter->strict = true;
	KUNIT_EXPECT_EQ(test, del(f, filter), 0);
	KUNIT_EXPECT_EQ(test, f->up.n_changes, 0);
	filter = all(f);
	filter->id = 77;
	KUNIT_EXPECT_EQ(test, del(f, filter), -ENOENT);
	filter->id = meet(f, 1)->id;
	KUNIT_EXPECT_EQ(test, del(f, filter), 0);
	filter = all(f);
	filter->table = 4;
	KUNIT_EXPECT_EQ(test, del(f, filter), 0);
	KUNIT_EXPECT_EQ(test, f->up.n_changes, 2);
	commit(f);
	KUNIT_EXPECT_NULL(test, meet(f, 1));
	KUNIT_EXPECT_NOT_NULL(test, meet(f, 2));
	expect_counts(test, f, 1);
	stop(f);
}

static void a_flow_keeps_the_number_of_the_port_it_wants(struct kunit *test)
{
	struct flow_fixture *f = start(test);
	struct vsw_slot *slot = vsw_slot_find(&f->sw.slots, 3);

	begin(f);
	spec(f, 1, 1);
	want(&f->spec.match, F(IN_PORT), 3);
	KUNIT_ASSERT_EQ(test, vsw_flow_add(&f->up, &f->spec, VSW_FLOW_CREATE, NULL, NULL), 0);
	KUNIT_EXPECT_EQ(test, slot->users, 1);
	commit(f);
	stop(f);
}

/* Runs what is due now rather than in a second. */
static void pass_time(struct flow_fixture *f)
{
	stop(f);
	mod_delayed_work(system_wq, &f->sw.flows.timeout_work, 0);
	flush_delayed_work(&f->sw.flows.timeout_work);
	flush_delayed_work(&f->sw.flows.reap_work);
	mutex_lock(&f->vn.lock);
	f->is_held = true;
}

static struct vsw_flow *add_timed(struct kunit *test, int n, u16 idle, u16 hard)
{
	struct flow_fixture *f = test->priv;
	struct vsw_flow *flow = NULL;

	begin(f);
	spec(f, n, 1);
	f->spec.idle_timeout = idle;
	f->spec.hard_timeout = hard;
	KUNIT_EXPECT_EQ(test, vsw_flow_add(&f->up, &f->spec, VSW_FLOW_CREATE, &flow, NULL), 0);
	commit(f);
	return flow;
}

static void flows_go_when_their_time_is_up(struct kunit *test)
{
	struct flow_fixture *f = start(test);
	struct vsw_flow *idle, *hard;

	idle = add_timed(test, 1, 100, 0);
	hard = add_timed(test, 2, 0, 200);
	add_timed(test, 3, 0, 0);
	pass_time(f);
	expect_counts(test, f, 3);

	hard->stats->used -= 1000 * HZ;
	idle->stats->used -= 99 * HZ;
	idle->created -= 1000 * HZ;
	pass_time(f);
	expect_counts(test, f, 3);

	idle->stats->used -= HZ;
	pass_time(f);
	expect_counts(test, f, 2);
	KUNIT_EXPECT_NULL(test, meet(f, 1));

	hard->created -= 200 * HZ;
	pass_time(f);
	expect_counts(test, f, 1);
	KUNIT_EXPECT_NULL(test, meet(f, 2));
	KUNIT_EXPECT_NOT_NULL(test, meet(f, 3));
	KUNIT_EXPECT_TRUE(test, list_empty(&f->sw.flows.timed));
	KUNIT_EXPECT_TRUE(test, list_empty(&f->sw.flows.dying));
	KUNIT_EXPECT_EQ(test, vsw_table_find(&f->sw.flows, 0)->cls.n_tuples, 1);
	stop(f);
}

static void a_table_keeps_its_miss_policy(struct kunit *test)
{
	struct flow_fixture *f = start(test);

	KUNIT_EXPECT_NULL(test, vsw_table_find(&f->sw.flows, 9));
	KUNIT_EXPECT_EQ(test, vsw_table_set_miss(&f->sw.flows, 9, VSW_MISS_CONTINUE), 0);
	KUNIT_ASSERT_NOT_NULL(test, vsw_table_find(&f->sw.flows, 9));
	KUNIT_EXPECT_EQ(test, vsw_table_find(&f->sw.flows, 9)->miss, VSW_MISS_CONTINUE);
	KUNIT_EXPECT_EQ(test, vsw_table_get(&f->sw.flows, 0)->miss, VSW_MISS_NORMAL);
	KUNIT_EXPECT_EQ(test, vsw_table_get(&f->sw.flows, 1)->miss, VSW_MISS_DROP);
	stop(f);
}

/* All of it in one update; stops at the first failure. */
static int change_much(struct flow_fixture *f)
{
	int err;

	err = add(f, 1, 2, VSW_FLOW_UPSERT);
	if (!err)
		err = mod(f, only(f, 2), 2);
	if (!err)
		err = add(f, 3, 2, VSW_FLOW_CREATE);
	return err;
}

#ifdef CONFIG_FAULT_INJECTION
static void set_fail_nth(unsigned int n)
{
	current->fail_nth = n;
}

static unsigned int get_fail_nth(void)
{
	return current->fail_nth;
}
#else
static void set_fail_nth(unsigned int n)
{
}

static unsigned int get_fail_nth(void)
{
	return 1;
}
#endif

static int n_folds;

static void count_fold(struct vsw_switch *sw)
{
	n_folds++;
}

static void counters_are_not_folded_at_will(struct kunit *test)
{
	struct flow_fixture *f = start(test);
	struct vsw_flows *flows = &f->sw.flows;

	n_folds = 0;
	flows->fold = count_fold;
	/* Far off, so that it does not matter how long the test takes. */
	flows->folded = jiffies + 1000 * HZ;
	vsw_flows_fold_rarely(flows);
	KUNIT_EXPECT_EQ(test, n_folds, 0);
	flows->folded = jiffies - 1000 * HZ;
	vsw_flows_fold_rarely(flows);
	KUNIT_EXPECT_EQ(test, n_folds, 1);
	KUNIT_EXPECT_LT(test, jiffies - flows->folded, 1000UL * HZ);
	vsw_flows_fold(flows);
	vsw_flows_fold(flows);
	KUNIT_EXPECT_EQ(test, n_folds, 3);
	flows->fold = NULL;
	stop(f);
}

static void without_memory_nothing_changes(struct kunit *test)
{
	struct flow_fixture *f = start(test);
	unsigned int n, left;
	int err;

	add_flows(test, f, 2, 1);
	for (n = 1; ; n++) {
		begin(f);
		set_fail_nth(n);
		err = change_much(f);
		left = get_fail_nth();
		set_fail_nth(0);
		if (left)
			break;
		/* Some allocations can do without: a larger hash table. */
		if (err)
			KUNIT_EXPECT_EQ(test, err, -ENOMEM);
		give_up(f);
		KUNIT_EXPECT_EQ(test, met_port(f, 1), 1);
		KUNIT_EXPECT_EQ(test, met_port(f, 2), 1);
		KUNIT_EXPECT_NULL(test, meet(f, 3));
		expect_counts(test, f, 2);
	}
	KUNIT_EXPECT_EQ(test, err, 0);
	commit(f);
	expect_counts(test, f, 3);
	stop(f);
	if (n == 1)
		kunit_skip(test, "the kernel lets no allocation of ours fail");
	kunit_info(test, "%u allocations failed in turn", n - 1);
}

static struct kunit_case flow_cases[] = {
	KUNIT_CASE(frames_see_an_update_when_it_is_committed),
	KUNIT_CASE(an_aborted_update_leaves_no_trace),
	KUNIT_CASE(a_replaced_flow_goes_with_its_counters),
	KUNIT_CASE(a_modified_flow_keeps_id_counters_and_timeouts),
	KUNIT_CASE(a_flow_modified_and_deleted_at_once_is_told_of),
	KUNIT_CASE(all_flows_can_be_exchanged_at_once),
	KUNIT_CASE(work_under_the_lock_is_limited),
	KUNIT_CASE(flows_are_limited),
	KUNIT_CASE(flows_are_chosen_by_filters),
	KUNIT_CASE(a_flow_keeps_the_number_of_the_port_it_wants),
	KUNIT_CASE(flows_go_when_their_time_is_up),
	KUNIT_CASE(a_table_keeps_its_miss_policy),
	KUNIT_CASE(counters_are_not_folded_at_will),
	KUNIT_CASE(without_memory_nothing_changes),
	{}
};

static struct kunit_suite flow_suite = {
	.name = "vsw_flow",
	.init = flow_init,
	.exit = flow_exit,
	.test_cases = flow_cases,
};

kunit_test_suite(flow_suite);
