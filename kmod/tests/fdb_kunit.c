// SPDX-License-Identifier: GPL-2.0
/*
 * Forwarding database: what is learned, moves, ages, is refused and flushed.
 */
#include "tables/fdb.h"

#include <kunit/test.h>
#include <linux/netlink.h>
#include <linux/random.h>

#include "core/port.h"
#include "core/switch.h"

#define STATIC	VSW_FDB_FLAG_STATIC
#define STICKY	VSW_FDB_FLAG_STICKY
#define LOCAL	VSW_FDB_FLAG_LOCAL

#define N_PORTS	3

struct fdb_fixture {
	struct vsw_switch sw;
	struct vsw_port port[N_PORTS];
};

static const u8 alice[ETH_ALEN] = { 2, 0, 0, 0, 0, 0xa };
static const u8 bob[ETH_ALEN] = { 2, 0, 0, 0, 0, 0xb };
static const u8 own[ETH_ALEN] = { 2, 0, 0, 0, 0, 0xc };

static int fdb_init(struct kunit *test)
{
	struct fdb_fixture *f;
	int i;

	f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, f);
	for (i = 0; i < N_PORTS; i++)
		f->port[i].no = i + 1;
	KUNIT_ASSERT_EQ(test, vsw_fdb_init(&f->sw.fdb, &f->sw), 0);
	f->sw.fdb.max_learned = 100;
	test->priv = f;
	return 0;
}

static void fdb_exit(struct kunit *test)
{
	struct fdb_fixture *f = test->priv;

	vsw_fdb_exit(&f->sw.fdb);
}

static enum vsw_drop_reason learn(struct fdb_fixture *f, int port, const u8 *addr, u16 vid)
{
	enum vsw_drop_reason reason;

	local_bh_disable();
	rcu_read_lock();
	reason = vsw_fdb_learn(&f->sw.fdb, &f->port[port], addr, vid);
	rcu_read_unlock();
	local_bh_enable();
	return reason;
}

static int add(struct fdb_fixture *f, int port, const u8 *addr, u16 vid, unsigned long flags)
{
	return vsw_fdb_add(&f->sw.fdb, &f->port[port], addr, vid, flags, false, NULL);
}

/* Index of the port where a station is, or -1. */
static int where(struct fdb_fixture *f, const u8 *addr, u16 vid)
{
	struct vsw_fdb_entry *e;
	int port = -1;

	rcu_read_lock();
	e = vsw_fdb_find_rcu(&f->sw.fdb, addr, vid);
	if (e)
		port = rcu_dereference(e->port) - f->port;
	rcu_read_unlock();
	return port;
}

/* Nobody else frees entries in a test. */
static struct vsw_fdb_entry *entry(struct fdb_fixture *f, const u8 *addr, u16 vid)
{
	struct vsw_fdb_entry *e;

	rcu_read_lock();
	e = vsw_fdb_find_rcu(&f->sw.fdb, addr, vid);
	rcu_read_unlock();
	return e;
}

static void a_seen_address_is_learned_in_its_vlan(struct kunit *test)
{
	struct fdb_fixture *f = test->priv;

	KUNIT_EXPECT_EQ(test, learn(f, 0, alice, 10), 0);
	KUNIT_EXPECT_EQ(test, learn(f, 0, alice, 10), 0);
	KUNIT_EXPECT_EQ(test, where(f, alice, 10), 0);
	KUNIT_EXPECT_EQ(test, where(f, alice, 0), -1);
	KUNIT_EXPECT_EQ(test, where(f, bob, 10), -1);
	KUNIT_EXPECT_EQ(test, f->sw.fdb.n_entries, 1);
	KUNIT_EXPECT_EQ(test, f->sw.fdb.n_learned, 1);
	KUNIT_EXPECT_EQ(test, f->port[0].fdb_entries, 1);
}

static void a_learned_address_moves(struct kunit *test)
{
	struct fdb_fixture *f = test->priv;

	learn(f, 0, alice, 0);
	KUNIT_EXPECT_EQ(test, learn(f, 1, alice, 0), 0);
	KUNIT_EXPECT_EQ(test, where(f, alice, 0), 1);
	KUNIT_EXPECT_EQ(test, f->port[0].fdb_entries, 0);
	KUNIT_EXPECT_EQ(test, f->port[1].fdb_entries, 1);
	KUNIT_EXPECT_EQ(test, f->sw.fdb.n_learned, 1);
}

static void a_static_address_stays_and_its_frames_pass(struct kunit *test)
{
	struct fdb_fixture *f = test->priv;

	KUNIT_EXPECT_EQ(test, add(f, 0, alice, 0, STATIC), 0);
	KUNIT_EXPECT_EQ(test, learn(f, 1, alice, 0), 0);
	KUNIT_EXPECT_EQ(test, where(f, alice, 0), 0);
	KUNIT_EXPECT_EQ(test, f->sw.fdb.n_learned, 0);
}

static void a_sticky_address_stays_and_drops_frames_elsewhere(struct kunit *test)
{
	struct fdb_fixture *f = test->priv;

	KUNIT_EXPECT_EQ(test, add(f, 0, alice, 0, STICKY), 0);
	KUNIT_EXPECT_EQ(test, learn(f, 0, alice, 0), 0);
	KUNIT_EXPECT_EQ(test, learn(f, 1, alice, 0), VSW_DROP_REASON_STICKY);
	KUNIT_EXPECT_EQ(test, where(f, alice, 0), 0);
}

static void the_switch_learns_up_to_its_limit(struct kunit *test)
{
	struct fdb_fixture *f = test->priv;

	f->sw.fdb.max_learned = 1;
	KUNIT_EXPECT_EQ(test, learn(f, 0, alice, 0), 0);
	KUNIT_EXPECT_EQ(test, learn(f, 0, bob, 0), 0);
	KUNIT_EXPECT_EQ(test, where(f, bob, 0), -1);
	KUNIT_EXPECT_EQ(test, add(f, 0, bob, 0, STICKY), -ENOSPC);
	KUNIT_EXPECT_EQ(test, add(f, 0, bob, 0, STATIC), 0);
	/* What is known can move. */
	learn(f, 1, alice, 0);
	KUNIT_EXPECT_EQ(test, where(f, alice, 0), 1);
}

static void a_port_at_its_limit_takes_no_address_of_others(struct kunit *test)
{
	struct fdb_fixture *f = test->priv;

	f->port[0].fdb_max = 1;
	learn(f, 0, alice, 0);
	learn(f, 0, alice, 1);
	KUNIT_EXPECT_EQ(test, where(f, alice, 1), -1);
	learn(f, 1, bob, 0);
	learn(f, 0, bob, 0);
	KUNIT_EXPECT_EQ(test, where(f, bob, 0), 1);
	KUNIT_EXPECT_EQ(test, f->port[0].fdb_entries, 1);
}

static void a_learned_address_can_be_made_static(struct kunit *test)
{
	struct fdb_fixture *f = test->priv;

	learn(f, 0, alice, 0);
	KUNIT_EXPECT_EQ(test, add(f, 1, alice, 0, STATIC), 0);
	KUNIT_EXPECT_EQ(test, where(f, alice, 0), 1);
	KUNIT_EXPECT_EQ(test, f->sw.fdb.n_learned, 0);
	KUNIT_EXPECT_EQ(test, f->port[0].fdb_entries, 0);
	KUNIT_EXPECT_EQ(test, f->sw.fdb.n_entries, 1);
}

static void a_static_address_is_replaced_on_request_only(struct kunit *test)
{
	struct fdb_fixture *f = test->priv;

	add(f, 0, alice, 0, STATIC);
	KUNIT_EXPECT_EQ(test, add(f, 1, alice, 0, STATIC), -EEXIST);
	KUNIT_EXPECT_EQ(test, where(f, alice, 0), 0);
	KUNIT_EXPECT_EQ(test, vsw_fdb_add(&f->sw.fdb, &f->port[1], alice, 0,
					  STATIC | STICKY, true, NULL), 0);
	KUNIT_EXPECT_EQ(test, where(f, alice, 0), 1);
	KUNIT_EXPECT_EQ(test, learn(f, 0, alice, 0), VSW_DROP_REASON_STICKY);
}

static void bad_entries_are_refused_with_a_sentence(struct kunit *test)
{
	static const u8 zero[ETH_ALEN];
	static const u8 group[ETH_ALEN] = { 1, 0, 0x5e, 0, 0, 1 };
	struct fdb_fixture *f = test->priv;
	struct vsw_fdb *fdb = &f->sw.fdb;
	const struct {
		const u8 *addr;
		u16 vid;
		unsigned long flags;
		int err;
	} bad[] = {
		{ zero, 0, STATIC, -EINVAL },
		{ group, 0, STATIC, -EINVAL },
		{ alice, 4095, STATIC, -EINVAL },
		{ alice, 0, LOCAL, -EINVAL },
		{ own, 0, STATIC, -EBUSY },
		{ own, 10, STATIC, -EBUSY },
	};
	int i;

	KUNIT_ASSERT_EQ(test, vsw_fdb_set_local(fdb, &f->port[0], own), 0);
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		struct netlink_ext_ack extack = {};

		KUNIT_EXPECT_EQ_MSG(test, bad[i].err,
				    vsw_fdb_add(fdb, &f->port[1], bad[i].addr, bad[i].vid,
						bad[i].flags, true, &extack), "case %d", i);
		KUNIT_EXPECT_NOT_NULL_MSG(test, extack._msg, "case %d", i);
	}
	KUNIT_EXPECT_EQ(test, fdb->n_entries, 1);
}

static void entries_can_be_deleted_but_not_the_own(struct kunit *test)
{
	struct fdb_fixture *f = test->priv;
	struct vsw_fdb *fdb = &f->sw.fdb;

	vsw_fdb_set_local(fdb, &f->port[0], own);
	learn(f, 1, alice, 0);
	add(f, 1, bob, 0, STATIC);
	KUNIT_EXPECT_EQ(test, vsw_fdb_del(fdb, alice, 0, NULL), 0);
	KUNIT_EXPECT_EQ(test, vsw_fdb_del(fdb, alice, 0, NULL), -ENOENT);
	KUNIT_EXPECT_EQ(test, vsw_fdb_del(fdb, bob, 7, NULL), -ENOENT);
	KUNIT_EXPECT_EQ(test, vsw_fdb_del(fdb, bob, 0, NULL), 0);
	KUNIT_EXPECT_EQ(test, vsw_fdb_del(fdb, own, 0, NULL), -EPERM);
	KUNIT_EXPECT_EQ(test, fdb->n_entries, 1);
	KUNIT_EXPECT_EQ(test, fdb->n_learned, 0);
}

static void the_own_address_counts_in_all_vlans(struct kunit *test)
{
	struct fdb_fixture *f = test->priv;
	struct vsw_fdb *fdb = &f->sw.fdb;

	vsw_fdb_set_local(fdb, &f->port[0], own);
	KUNIT_EXPECT_EQ(test, where(f, own, 0), 0);
	KUNIT_EXPECT_EQ(test, where(f, own, 10), 0);
	KUNIT_EXPECT_EQ(test, learn(f, 1, own, 10), 0);
	KUNIT_EXPECT_EQ(test, where(f, own, 10), 0);
	/* Other static addresses do not. */
	add(f, 1, alice, 0, STATIC);
	KUNIT_EXPECT_EQ(test, where(f, alice, 10), -1);
}

static void a_new_own_address_replaces_all_that_was_known_of_it(struct kunit *test)
{
	struct fdb_fixture *f = test->priv;
	struct vsw_fdb *fdb = &f->sw.fdb;

	vsw_fdb_set_local(fdb, &f->port[0], own);
	learn(f, 1, alice, 0);
	learn(f, 1, alice, 10);
	learn(f, 1, bob, 0);
	KUNIT_EXPECT_EQ(test, vsw_fdb_set_local(fdb, &f->port[0], alice), 0);
	KUNIT_EXPECT_EQ(test, where(f, own, 0), -1);
	KUNIT_EXPECT_EQ(test, where(f, alice, 0), 0);
	KUNIT_EXPECT_EQ(test, where(f, alice, 10), 0);
	KUNIT_EXPECT_EQ(test, where(f, bob, 0), 1);
	KUNIT_EXPECT_EQ(test, fdb->n_entries, 2);
	KUNIT_EXPECT_EQ(test, fdb->n_learned, 1);
	KUNIT_EXPECT_EQ(test, f->port[1].fdb_entries, 1);

	KUNIT_EXPECT_EQ(test, vsw_fdb_set_local(fdb, &f->port[0], alice), 0);
	KUNIT_EXPECT_EQ(test, fdb->n_entries, 2);
}

static void a_flush_spares_what_it_is_not_asked_for(struct kunit *test)
{
	struct fdb_fixture *f = test->priv;
	struct vsw_fdb *fdb = &f->sw.fdb;
	struct vsw_fdb_filter filter = { .port = &f->port[1], .vid = 10 };

	vsw_fdb_set_local(fdb, &f->port[0], own);
	learn(f, 1, alice, 10);
	learn(f, 1, alice, 20);
	learn(f, 2, bob, 10);
	add(f, 1, bob, 20, STATIC);

	vsw_fdb_flush(fdb, &filter);
	KUNIT_EXPECT_EQ(test, where(f, alice, 10), -1);
	KUNIT_EXPECT_EQ(test, fdb->n_entries, 4);
	filter.vid = -1;
	vsw_fdb_flush(fdb, &filter);
	KUNIT_EXPECT_EQ(test, where(f, alice, 20), -1);
	KUNIT_EXPECT_EQ(test, where(f, bob, 20), 1);
	filter = (struct vsw_fdb_filter) { .vid = -1, .statics = true };
	vsw_fdb_flush(fdb, &filter);
	KUNIT_EXPECT_EQ(test, fdb->n_entries, 1);
	KUNIT_EXPECT_EQ(test, where(f, own, 0), 0);
}

static void a_port_that_goes_takes_its_addresses_along(struct kunit *test)
{
	struct fdb_fixture *f = test->priv;
	struct vsw_fdb *fdb = &f->sw.fdb;

	learn(f, 1, alice, 0);
	add(f, 1, bob, 0, STATIC | STICKY);
	learn(f, 2, own, 0);
	vsw_fdb_leave(fdb, &f->port[1]);
	KUNIT_EXPECT_EQ(test, fdb->n_entries, 1);
	KUNIT_EXPECT_EQ(test, f->port[1].fdb_entries, 0);
	/* A frame that is still under way leaves no trace. */
	learn(f, 1, alice, 0);
	learn(f, 1, own, 0);
	KUNIT_EXPECT_EQ(test, where(f, alice, 0), -1);
	KUNIT_EXPECT_EQ(test, where(f, own, 0), 2);
}

static void only_unused_learned_entries_age(struct kunit *test)
{
	struct fdb_fixture *f = test->priv;
	struct vsw_fdb *fdb = &f->sw.fdb;
	unsigned long old = jiffies - 11 * HZ;

	learn(f, 0, alice, 0);
	learn(f, 0, alice, 1);
	learn(f, 0, bob, 0);
	add(f, 0, bob, 1, STATIC);
	entry(f, alice, 0)->updated = old;
	entry(f, alice, 1)->updated = old;
	entry(f, bob, 1)->updated = old;
	learn(f, 0, alice, 1);

	vsw_fdb_set_ageing(fdb, 10 * HZ);
	flush_delayed_work(&fdb->gc);
	KUNIT_EXPECT_EQ(test, where(f, alice, 0), -1);
	KUNIT_EXPECT_EQ(test, where(f, alice, 1), 0);
	KUNIT_EXPECT_EQ(test, where(f, bob, 0), 0);
	KUNIT_EXPECT_EQ(test, where(f, bob, 1), 0);
}

static void without_ageing_nothing_ages(struct kunit *test)
{
	struct fdb_fixture *f = test->priv;
	struct vsw_fdb *fdb = &f->sw.fdb;

	learn(f, 0, alice, 0);
	entry(f, alice, 0)->updated = jiffies - 3600 * HZ;
	vsw_fdb_set_ageing(fdb, 0);
	flush_delayed_work(&fdb->gc);
	KUNIT_EXPECT_EQ(test, where(f, alice, 0), 0);
}

static void a_walk_resumes_where_it_stopped(struct kunit *test)
{
	const struct vsw_fdb_filter all = { .vid = -1, .statics = true, .locals = true };
	struct fdb_fixture *f = test->priv;
	struct vsw_fdb *fdb = &f->sw.fdb;
	struct vsw_fdb_entry *e;
	u32 id = 0;
	int n = 0;

	vsw_fdb_set_local(fdb, &f->port[0], own);
	learn(f, 0, alice, 0);
	learn(f, 1, bob, 0);
	for (;;) {
		rcu_read_lock();
		e = vsw_fdb_next_rcu(fdb, &id, &all);
		rcu_read_unlock();
		if (!e)
			break;
		KUNIT_EXPECT_EQ(test, e->id, id);
		/* One that goes during the walk does not disturb it. */
		if (!n++)
			vsw_fdb_del(fdb, alice, 0, NULL);
		id++;
	}
	KUNIT_EXPECT_EQ(test, n, 2);
}

/* The database after many random changes, against a table of what should be. */
static void random_changes_are_counted_exactly(struct kunit *test)
{
	struct fdb_fixture *f = test->priv;
	struct vsw_fdb *fdb = &f->sw.fdb;
	u32 seed = get_random_u32(), n_learned = 0, per_port[N_PORTS] = {};
	struct { int port; bool is_static; } model[32];
	struct rnd_state rnd;
	int i, n_entries = 0;

	kunit_info(test, "seed %u", seed);
	prandom_seed_state(&rnd, seed);
	for (i = 0; i < ARRAY_SIZE(model); i++)
		model[i].port = -1;

	for (i = 0; i < 20000; i++) {
		u32 which = prandom_u32_state(&rnd) % ARRAY_SIZE(model);
		u8 addr[ETH_ALEN] = { 2, 0, 0, 0, 0, which / 2 };
		int port = prandom_u32_state(&rnd) % N_PORTS;
		u16 vid = which % 2 * 10;

		switch (prandom_u32_state(&rnd) % 8) {
		case 0:
			vsw_fdb_del(fdb, addr, vid, NULL);
			model[which].port = -1;
			model[which].is_static = false;
			break;
		case 1:
			vsw_fdb_add(fdb, &f->port[port], addr, vid, STATIC, true, NULL);
			model[which].port = port;
			model[which].is_static = true;
			break;
		default:
			learn(f, port, addr, vid);
			if (!model[which].is_static)
				model[which].port = port;
		}
	}
	for (i = 0; i < ARRAY_SIZE(model); i++) {
		u8 addr[ETH_ALEN] = { 2, 0, 0, 0, 0, i / 2 };

		KUNIT_EXPECT_EQ_MSG(test, where(f, addr, i % 2 * 10), model[i].port,
				    "entry %d, seed %u", i, seed);
		if (model[i].port < 0)
			continue;
		n_entries++;
		n_learned += !model[i].is_static;
		per_port[model[i].port] += !model[i].is_static;
	}
	KUNIT_EXPECT_EQ(test, fdb->n_entries, n_entries);
	KUNIT_EXPECT_EQ(test, fdb->n_learned, n_learned);
	for (i = 0; i < N_PORTS; i++)
		KUNIT_EXPECT_EQ(test, f->port[i].fdb_entries, per_port[i]);
}

static struct kunit_case fdb_cases[] = {
	KUNIT_CASE(a_seen_address_is_learned_in_its_vlan),
	KUNIT_CASE(a_learned_address_moves),
	KUNIT_CASE(a_static_address_stays_and_its_frames_pass),
	KUNIT_CASE(a_sticky_address_stays_and_drops_frames_elsewhere),
	KUNIT_CASE(the_switch_learns_up_to_its_limit),
	KUNIT_CASE(a_port_at_its_limit_takes_no_address_of_others),
	KUNIT_CASE(a_learned_address_can_be_made_static),
	KUNIT_CASE(a_static_address_is_replaced_on_request_only),
	KUNIT_CASE(bad_entries_are_refused_with_a_sentence),
	KUNIT_CASE(entries_can_be_deleted_but_not_the_own),
	KUNIT_CASE(the_own_address_counts_in_all_vlans),
	KUNIT_CASE(a_new_own_address_replaces_all_that_was_known_of_it),
	KUNIT_CASE(a_flush_spares_what_it_is_not_asked_for),
	KUNIT_CASE(a_port_that_goes_takes_its_addresses_along),
	KUNIT_CASE(only_unused_learned_entries_age),
	KUNIT_CASE(without_ageing_nothing_ages),
	KUNIT_CASE(a_walk_resumes_where_it_stopped),
	KUNIT_CASE(random_changes_are_counted_exactly),
	{}
};

static struct kunit_suite fdb_suite = {
	.name = "vsw_fdb",
	.init = fdb_init,
	.exit = fdb_exit,
	.test_cases = fdb_cases,
};

kunit_test_suite(fdb_suite);
