// SPDX-License-Identifier: GPL-2.0
/*
 * Routes: the longest prefix, against a linear search.
 */
#include "tables/route.h"

#include <kunit/test.h>
#include <linux/prandom.h>
#include <linux/random.h>
#include <linux/vmalloc.h>
#include <net/ipv6.h>

#include "core/router.h"

#define N_PREFIXES	200
#define N_LOOKUPS	2000

/**
 * struct route_fixture - a table and the same prefixes in a row
 * @lock: of the table
 * @routes: the table
 * @rnd: random numbers
 * @prefix: the prefixes
 * @is_there: which of them have a route
 */
struct route_fixture {
	struct mutex lock;
	struct vsw_routes routes;
	struct rnd_state rnd;
	struct vsw_prefix prefix[N_PREFIXES];
	bool is_there[N_PREFIXES];
};

/* Close to each other, so that prefixes cover prefixes. */
static void random_addr(struct route_fixture *f, struct in6_addr *addr)
{
	u32 bits = prandom_u32_state(&f->rnd);

	if (bits & 1)
		ipv6_addr_set_v4mapped(htonl(0x0a000000 | (bits >> 8 & 0x00030303)), addr);
	else
		ipv6_addr_set(addr, htonl(0x20010db8), htonl(bits >> 8 & 0x00030303), 0,
			      htonl(bits >> 28));
}

static bool is_known(const struct route_fixture *f, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		if (f->prefix[i].len == f->prefix[n].len &&
		    ipv6_addr_equal(&f->prefix[i].addr, &f->prefix[n].addr))
			return true;
	return false;
}

static void random_prefix(struct route_fixture *f, unsigned int n)
{
	struct vsw_prefix *prefix = &f->prefix[n];
	struct in6_addr addr;

	do {
		random_addr(f, &addr);
		prefix->len = prandom_u32_state(&f->rnd) % 129;
		if (ipv6_addr_v4mapped(&addr))
			prefix->len = max_t(u8, prefix->len, VSW_MAPPED_LEN);
		ipv6_addr_prefix(&prefix->addr, &addr, prefix->len);
	} while (is_known(f, n));
}

static int route_init(struct kunit *test)
{
	struct route_fixture *f = vzalloc(sizeof(*f));
	u64 seed = get_random_u32();
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, f);
	kunit_info(test, "seed=%llu", seed);
	prandom_seed_state(&f->rnd, seed);
	mutex_init(&f->lock);
	vsw_routes_init(&f->routes, &f->lock);
	f->routes.max = N_PREFIXES;
	for (i = 0; i < N_PREFIXES; i++)
		random_prefix(f, i);
	test->priv = f;
	return 0;
}

static void route_exit(struct kunit *test)
{
	struct route_fixture *f = test->priv;

	mutex_lock(&f->lock);
	vsw_routes_exit(&f->routes);
	mutex_unlock(&f->lock);
	vfree(f);
}

static int add(struct route_fixture *f, unsigned int i, u8 type, bool may_replace)
{
	const struct vsw_route_config config = {
		.dst = f->prefix[i].addr, .len = f->prefix[i].len, .type = type,
	};
	int err;

	mutex_lock(&f->lock);
	err = vsw_route_add(&f->routes, &config, may_replace, NULL);
	mutex_unlock(&f->lock);
	f->is_there[i] |= !err;
	return err;
}

static int del(struct route_fixture *f, unsigned int i)
{
	int err;

	mutex_lock(&f->lock);
	err = vsw_route_del(&f->routes, &f->prefix[i].addr, f->prefix[i].len, NULL);
	mutex_unlock(&f->lock);
	f->is_there[i] = false;
	return err;
}

static int best(const struct route_fixture *f, const struct in6_addr *addr)
{
	int i, found = -1;

	for (i = 0; i < N_PREFIXES; i++) {
		if (f->is_there[i] && vsw_prefix_has(&f->prefix[i], addr) &&
		    (found < 0 || f->prefix[i].len > f->prefix[found].len))
			found = i;
	}
	return found;
}

static void expect_lookups(struct kunit *test, struct route_fixture *f)
{
	const struct vsw_route *route;
	struct in6_addr addr;
	int i, wanted;

	for (i = 0; i < N_LOOKUPS; i++) {
		random_addr(f, &addr);
		wanted = best(f, &addr);
		rcu_read_lock();
		route = vsw_route_lookup_rcu(&f->routes, &addr);
		KUNIT_EXPECT_EQ(test, wanted < 0, !route);
		if (wanted >= 0 && route)
			KUNIT_EXPECT_EQ(test, f->prefix[wanted].len, route->len);
		rcu_read_unlock();
	}
}

static void route_longest_prefix_wins(struct kunit *test)
{
	struct route_fixture *f = test->priv;
	unsigned int i;

	for (i = 0; i < N_PREFIXES; i++)
		KUNIT_ASSERT_EQ(test, 0, add(f, i, VSW_ROUTE_TYPE_BLACKHOLE, false));
	expect_lookups(test, f);
	for (i = 0; i < N_PREFIXES; i += 2)
		KUNIT_ASSERT_EQ(test, 0, del(f, i));
	expect_lookups(test, f);
}

/* What becomes of packets to an address, or -1. */
static int type_of(struct route_fixture *f, const struct in6_addr *addr)
{
	const struct vsw_route *route;
	int type = -1;

	rcu_read_lock();
	route = vsw_route_lookup_rcu(&f->routes, addr);
	if (route)
		type = rcu_dereference(route->hops)->type;
	rcu_read_unlock();
	return type;
}

static void route_is_replaced_if_it_may(struct kunit *test)
{
	struct route_fixture *f = test->priv;
	unsigned long gen;

	KUNIT_ASSERT_EQ(test, 0, add(f, 0, VSW_ROUTE_TYPE_BLACKHOLE, false));
	gen = vsw_routes_gen_rcu(&f->routes);
	KUNIT_EXPECT_EQ(test, -EEXIST, add(f, 0, VSW_ROUTE_TYPE_PROHIBIT, false));
	KUNIT_EXPECT_EQ(test, VSW_ROUTE_TYPE_BLACKHOLE, type_of(f, &f->prefix[0].addr));
	KUNIT_EXPECT_EQ(test, gen, vsw_routes_gen_rcu(&f->routes));
	KUNIT_EXPECT_EQ(test, 0, add(f, 0, VSW_ROUTE_TYPE_PROHIBIT, true));
	KUNIT_EXPECT_EQ(test, VSW_ROUTE_TYPE_PROHIBIT, type_of(f, &f->prefix[0].addr));
	KUNIT_EXPECT_NE(test, gen, vsw_routes_gen_rcu(&f->routes));
	KUNIT_EXPECT_EQ(test, 1, f->routes.n);
	KUNIT_EXPECT_EQ(test, 0, del(f, 0));
	KUNIT_EXPECT_EQ(test, -ENOENT, del(f, 0));
}

static void route_limit_is_kept(struct kunit *test)
{
	struct route_fixture *f = test->priv;

	f->routes.max = 2;
	KUNIT_EXPECT_EQ(test, 0, add(f, 0, VSW_ROUTE_TYPE_BLACKHOLE, false));
	KUNIT_EXPECT_EQ(test, 0, add(f, 1, VSW_ROUTE_TYPE_BLACKHOLE, false));
	KUNIT_EXPECT_EQ(test, -ENOSPC, add(f, 2, VSW_ROUTE_TYPE_BLACKHOLE, false));
	KUNIT_EXPECT_EQ(test, 0, add(f, 1, VSW_ROUTE_TYPE_PROHIBIT, true));
}

/* An interface is only compared: any address will do. */
static void route_goes_with_its_interface(struct kunit *test)
{
	struct route_fixture *f = test->priv;
	struct vsw_rif *rif = (void *)f;
	const struct vsw_route_config config = {
		.dst = f->prefix[0].addr, .len = f->prefix[0].len,
		.n_hops = 1, .hop[0].rif = rif,
	};

	mutex_lock(&f->lock);
	KUNIT_EXPECT_EQ(test, 0, vsw_route_add(&f->routes, &config, false, NULL));
	mutex_unlock(&f->lock);
	KUNIT_EXPECT_EQ(test, 0, add(f, 1, VSW_ROUTE_TYPE_BLACKHOLE, false));
	mutex_lock(&f->lock);
	vsw_routes_leave(&f->routes, (void *)&f->routes);
	KUNIT_EXPECT_EQ(test, 2, f->routes.n);
	vsw_routes_leave(&f->routes, rif);
	KUNIT_EXPECT_EQ(test, 1, f->routes.n);
	KUNIT_EXPECT_NULL(test, vsw_route_find(&f->routes, &f->prefix[0].addr, f->prefix[0].len));
	mutex_unlock(&f->lock);
}

static struct kunit_case route_cases[] = {
	KUNIT_CASE(route_longest_prefix_wins),
	KUNIT_CASE(route_is_replaced_if_it_may),
	KUNIT_CASE(route_limit_is_kept),
	KUNIT_CASE(route_goes_with_its_interface),
	{ }
};

static struct kunit_suite route_suite = {
	.name = "vsw_route",
	.init = route_init,
	.exit = route_exit,
	.test_cases = route_cases,
};

kunit_test_suite(route_suite);
