// SPDX-License-Identifier: GPL-2.0
/*
 * Adjacencies: what is kept is found again, by those it is for.
 */
#include "path/adj.h"

#include <kunit/test.h>

#define GEN	7

static const struct in6_addr alice = { .s6_addr = { 0x20, 1, [15] = 1 } };
static const struct in6_addr bob = { .s6_addr = { 0x20, 1, [15] = 2 } };

/**
 * struct fixture - adjacencies and the neighbour that they lead to
 * @adjs: the adjacencies
 * @neigh: the neighbour
 */
struct fixture {
	struct vsw_memo *adjs;
	struct vsw_neigh neigh;
};

/* The first one to be kept has no place yet. */
static void get_places(struct vsw_memo *adjs)
{
	struct work_struct *alloc;
	int cpu;

	for_each_possible_cpu(cpu) {
		alloc = &per_cpu_ptr(adjs->cpu, cpu)->alloc;
		schedule_work(alloc);
		flush_work(alloc);
	}
}

static int adj_init(struct kunit *test)
{
	struct fixture *f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, f);
	f->adjs = vsw_memo_create();
	KUNIT_ASSERT_NOT_NULL(test, f->adjs);
	f->neigh.lladdr = 0x0200c0ffee01ull | VSW_NEIGH_KNOWN;
	get_places(f->adjs);
	test->priv = f;
	return 0;
}

static void adj_exit(struct kunit *test)
{
	struct fixture *f = test->priv;

	vsw_memo_destroy(f->adjs);
}

/* What is kept is found on the same CPU: tests stay there. */
static void keep(struct fixture *f, const struct in6_addr *dst, unsigned int hop)
{
	struct vsw_adj adj = {
		.dst = *dst,
		.gen = GEN,
		.hop = hop,
		/* Nobody follows it here. */
		.rif = (void *)f,
		.neigh = &f->neigh,
		.lladdr = f->neigh.lladdr,
	};

	local_bh_disable();
	vsw_adj_store(f->adjs, &adj);
	local_bh_enable();
}

static bool knows(struct fixture *f, const struct in6_addr *dst, unsigned int hop,
		  unsigned long gen)
{
	struct vsw_adj *adj;

	local_bh_disable();
	adj = vsw_adj_find(f->adjs, dst, hop, gen);
	local_bh_enable();
	return adj && adj->lladdr == f->neigh.lladdr;
}

static void what_is_kept_is_found(struct kunit *test)
{
	struct fixture *f = test->priv;

	migrate_disable();
	keep(f, &alice, 0);
	KUNIT_EXPECT_TRUE(test, knows(f, &alice, 0, GEN));
	KUNIT_EXPECT_FALSE(test, knows(f, &bob, 0, GEN));
	KUNIT_EXPECT_FALSE(test, knows(f, &alice, 0, GEN + 1));
	migrate_enable();
}

static void each_hop_is_kept_apart(struct kunit *test)
{
	struct fixture *f = test->priv;

	migrate_disable();
	keep(f, &alice, 1);
	KUNIT_EXPECT_FALSE(test, knows(f, &alice, 0, GEN));
	KUNIT_EXPECT_FALSE(test, knows(f, &alice, 2, GEN));
	keep(f, &alice, VSW_HOPS_MAX);
	KUNIT_EXPECT_TRUE(test, knows(f, &alice, 1, GEN));
	KUNIT_EXPECT_TRUE(test, knows(f, &alice, VSW_HOPS_MAX, GEN));
	migrate_enable();
}

static void a_neighbour_with_another_address_is_not_found(struct kunit *test)
{
	struct fixture *f = test->priv;

	migrate_disable();
	keep(f, &alice, 0);
	f->neigh.lladdr++;
	KUNIT_EXPECT_FALSE(test, knows(f, &alice, 0, GEN));
	f->neigh.lladdr = 0;
	KUNIT_EXPECT_FALSE(test, knows(f, &alice, 0, GEN));
	migrate_enable();
}

/* Where a hop is to be chosen there is no neighbour to look at. */
static void hops_to_choose_from_are_found(struct kunit *test)
{
	struct fixture *f = test->priv;
	const struct vsw_hops *hops = (void *)test;
	struct vsw_adj adj = { .dst = alice, .gen = GEN, .hops = hops }, *found;

	local_bh_disable();
	vsw_adj_store(f->adjs, &adj);
	found = vsw_adj_find(f->adjs, &alice, 0, GEN);
	local_bh_enable();
	KUNIT_ASSERT_NOT_NULL(test, found);
	KUNIT_EXPECT_PTR_EQ(test, found->rif, NULL);
	KUNIT_EXPECT_PTR_EQ(test, found->hops, hops);
}

static struct kunit_case adj_cases[] = {
	KUNIT_CASE(what_is_kept_is_found),
	KUNIT_CASE(each_hop_is_kept_apart),
	KUNIT_CASE(a_neighbour_with_another_address_is_not_found),
	KUNIT_CASE(hops_to_choose_from_are_found),
	{}
};

static struct kunit_suite adj_suite = {
	.name = "vsw_adj",
	.init = adj_init,
	.exit = adj_exit,
	.test_cases = adj_cases,
};

kunit_test_suite(adj_suite);
