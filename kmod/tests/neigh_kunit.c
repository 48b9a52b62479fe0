// SPDX-License-Identifier: GPL-2.0
/*
 * Neighbours: who is learned, who waits, who goes, and that nobody fills the table.
 */
#include "tables/neigh.h"

#include <kunit/test.h>
#include <net/ipv6.h>

#include "core/router.h"

struct neigh_fixture {
	struct vsw_neighs neighs;
	struct vsw_rif *rif;
	struct vsw_neigh_ended ended;
};

static const u8 alice[ETH_ALEN] = { 2, 0, 0, 0, 0, 0xa };
static const u8 bob[ETH_ALEN] = { 2, 0, 0, 0, 0, 0xb };

static int neigh_init(struct kunit *test)
{
	struct neigh_fixture *f;

	f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, f);
	f->rif = kunit_kzalloc(test, sizeof(*f->rif), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, f->rif);
	KUNIT_ASSERT_EQ(test, 0, vsw_neighs_init(&f->neighs));
	f->neighs.max = 10000;
	vsw_neigh_ended_init(&f->ended);
	test->priv = f;
	return 0;
}

static unsigned int purge(struct sk_buff_head *queue)
{
	unsigned int n = skb_queue_len(queue);

	__skb_queue_purge(queue);
	return n;
}

static void neigh_exit(struct kunit *test)
{
	struct neigh_fixture *f = test->priv;

	vsw_neighs_leave(&f->neighs, f->rif, NULL, &f->ended.dead);
	purge(&f->ended.dead);
	purge(&f->ended.ready);
	vsw_neighs_exit(&f->neighs);
}

static struct vsw_neigh_key key(struct neigh_fixture *f, u32 no)
{
	struct vsw_neigh_key key = { .rif = f->rif };

	ipv6_addr_set_v4mapped(htonl(0x0a000000 + no), &key.addr);
	return key;
}

/* Nobody else frees neighbours in a test. */
static struct vsw_neigh *find(struct neigh_fixture *f, u32 no)
{
	struct vsw_neigh_key k = key(f, no);

	return vsw_neigh_find_rcu(&f->neighs, k.rif, &k.addr);
}

static enum vsw_neigh_wait wait(struct neigh_fixture *f, u32 no, unsigned int len, u64 *lladdr)
{
	struct sk_buff *skb = alloc_skb(len, GFP_KERNEL | __GFP_NOFAIL);
	struct vsw_neigh_key k = key(f, no);
	enum vsw_neigh_wait what;

	vsw_neigh_cb(skb)->in = NULL;
	skb->mark = no;
	what = vsw_neigh_wait(&f->neighs, &k, skb, lladdr, &f->ended.dead);
	if (what == VSW_NEIGH_FOUND || what == VSW_NEIGH_FULL)
		kfree_skb(skb);
	return what;
}

static enum vsw_neigh_wait wait_for(struct neigh_fixture *f, u32 no)
{
	u64 lladdr;

	return wait(f, no, 64, &lladdr);
}

static void learn(struct neigh_fixture *f, u32 no, const u8 *lladdr, unsigned int flags)
{
	struct vsw_neigh_key k = key(f, no);

	vsw_neigh_learn(&f->neighs, &k, lladdr, flags, &f->ended);
}

static enum vsw_neigh_todo tick(struct neigh_fixture *f, struct vsw_neigh *n)
{
	enum vsw_neigh_todo todo;

	rcu_read_lock();
	todo = vsw_neigh_tick(&f->neighs, n, &f->ended.dead);
	rcu_read_unlock();
	return todo;
}

static void a_packet_waits_until_its_neighbour_answers(struct kunit *test)
{
	struct neigh_fixture *f = test->priv;
	u64 lladdr = 0;

	KUNIT_EXPECT_EQ(test, VSW_NEIGH_WAITS_FIRST, wait_for(f, 1));
	KUNIT_EXPECT_EQ(test, VSW_NEIGH_WAITS, wait_for(f, 1));
	KUNIT_EXPECT_EQ(test, 2, f->neighs.n_queued);
	learn(f, 2, alice, 0);
	KUNIT_EXPECT_NULL(test, find(f, 2));
	learn(f, 1, alice, 0);
	KUNIT_EXPECT_EQ(test, 2, skb_queue_len(&f->ended.ready));
	KUNIT_EXPECT_EQ(test, 0, f->neighs.n_queued);
	KUNIT_EXPECT_EQ(test, 0, f->neighs.n_asked);
	KUNIT_EXPECT_EQ(test, VSW_NEIGH_FOUND, wait(f, 1, 64, &lladdr));
	KUNIT_EXPECT_EQ(test, ether_addr_to_u64(alice) | VSW_NEIGH_KNOWN, lladdr);
}

static void a_queue_has_an_end(struct kunit *test)
{
	struct neigh_fixture *f = test->priv;
	int i;

	for (i = 0; i < VSW_NEIGH_QUEUE; i++)
		wait_for(f, 1);
	KUNIT_EXPECT_EQ(test, VSW_NEIGH_FULL, wait_for(f, 1));
	KUNIT_EXPECT_EQ(test, VSW_NEIGH_WAITS_FIRST, wait_for(f, 2));
	KUNIT_EXPECT_EQ(test, 0, skb_queue_len(&f->ended.dead));
}

static void those_who_wait_longest_make_room(struct kunit *test)
{
	struct neigh_fixture *f = test->priv;
	u32 i, n = VSW_NEIGH_QUEUE_ALL / VSW_NEIGH_QUEUE;

	for (i = 0; i < VSW_NEIGH_QUEUE_ALL; i++)
		wait_for(f, i % n);
	KUNIT_EXPECT_EQ(test, VSW_NEIGH_QUEUE_ALL, f->neighs.n_queued);
	KUNIT_EXPECT_EQ(test, VSW_NEIGH_WAITS_FIRST, wait_for(f, n));
	KUNIT_EXPECT_NULL(test, find(f, 0));
	KUNIT_EXPECT_NOT_NULL(test, find(f, 1));
	KUNIT_EXPECT_EQ(test, 0, skb_peek(&f->ended.dead)->mark);
	KUNIT_EXPECT_EQ(test, VSW_NEIGH_QUEUE, purge(&f->ended.dead));
	KUNIT_EXPECT_EQ(test, VSW_NEIGH_QUEUE_ALL - VSW_NEIGH_QUEUE + 1, f->neighs.n_queued);
}

static void large_packets_wait_for_less_neighbours(struct kunit *test)
{
	struct neigh_fixture *f = test->priv;
	u64 lladdr;
	u32 i;

	for (i = 0; !purge(&f->ended.dead); i++) {
		KUNIT_ASSERT_LT(test, i, VSW_NEIGH_QUEUE_ALL);
		wait(f, i, SZ_32K, &lladdr);
	}
	KUNIT_EXPECT_GT(test, f->neighs.n_bytes, VSW_NEIGH_BYTES_ALL - SZ_128K);
	KUNIT_EXPECT_LT(test, f->neighs.n_bytes, VSW_NEIGH_BYTES_ALL + SZ_128K);
	KUNIT_EXPECT_NULL(test, find(f, 0));
	vsw_neighs_leave(&f->neighs, f->rif, NULL, &f->ended.dead);
	KUNIT_EXPECT_EQ(test, 0, f->neighs.n_bytes);
}

static void who_asks_for_many_does_not_fill_the_table(struct kunit *test)
{
	struct neigh_fixture *f = test->priv;
	unsigned long gen;
	u32 i;

	learn(f, 0, alice, VSW_NEIGH_F_CREATE);
	gen = vsw_neighs_gen_rcu(&f->neighs);
	for (i = 1; i <= VSW_NEIGH_ASKED_MAX + 100; i++)
		wait_for(f, i);
	KUNIT_EXPECT_EQ(test, VSW_NEIGH_ASKED_MAX, f->neighs.n_asked);
	KUNIT_EXPECT_EQ(test, VSW_NEIGH_ASKED_MAX + 1, f->neighs.n);
	KUNIT_EXPECT_NULL(test, find(f, 100));
	KUNIT_EXPECT_NOT_NULL(test, find(f, 101));
	KUNIT_EXPECT_NOT_NULL(test, find(f, 0));
	KUNIT_EXPECT_EQ(test, 100, purge(&f->ended.dead));
	/* What was decided of others holds. */
	KUNIT_EXPECT_EQ(test, gen, vsw_neighs_gen_rcu(&f->neighs));
}

static void who_is_many_takes_the_place_of_those_not_in_use(struct kunit *test)
{
	struct neigh_fixture *f = test->priv;
	unsigned long gen;
	u32 i;

	f->neighs.max = 4;
	for (i = 0; i < 4; i++)
		learn(f, i, alice, VSW_NEIGH_F_CREATE);
	gen = vsw_neighs_gen_rcu(&f->neighs);
	/* All of them were in use a moment ago. */
	learn(f, 4, bob, VSW_NEIGH_F_CREATE);
	KUNIT_EXPECT_NULL(test, find(f, 4));
	find(f, 2)->used -= 2 * HZ;
	learn(f, 4, bob, VSW_NEIGH_F_CREATE);
	KUNIT_EXPECT_NOT_NULL(test, find(f, 4));
	KUNIT_EXPECT_NULL(test, find(f, 2));
	KUNIT_EXPECT_EQ(test, 4, f->neighs.n);
	KUNIT_EXPECT_NE(test, gen, vsw_neighs_gen_rcu(&f->neighs));
}

static void what_the_user_says_stays(struct kunit *test)
{
	struct neigh_fixture *f = test->priv;
	struct vsw_neigh_key k = key(f, 1);
	struct vsw_neigh *n;

	f->neighs.max = 1;
	wait_for(f, 1);
	KUNIT_EXPECT_EQ(test, 0, vsw_neigh_set(&f->neighs, &k, alice, &f->ended, NULL));
	KUNIT_EXPECT_EQ(test, 1, skb_queue_len(&f->ended.ready));
	n = find(f, 1);
	n->used -= 100 * HZ;
	n->confirmed -= 100 * HZ;
	learn(f, 1, bob, VSW_NEIGH_F_CREATE | VSW_NEIGH_F_CHANGE);
	KUNIT_EXPECT_EQ(test, ether_addr_to_u64(alice) | VSW_NEIGH_KNOWN, n->lladdr);
	KUNIT_EXPECT_EQ(test, VSW_NEIGH_REST, tick(f, n));
	KUNIT_EXPECT_EQ(test, VSW_NEIGH_FULL, wait_for(f, 2));
	k = key(f, 2);
	KUNIT_EXPECT_EQ(test, -ENOSPC, vsw_neigh_set(&f->neighs, &k, bob, &f->ended, NULL));
	KUNIT_EXPECT_PTR_EQ(test, n, find(f, 1));
	KUNIT_EXPECT_EQ(test, VSW_NEIGH_STATE_PERMANENT, vsw_neigh_state(n));
}

static void another_address_is_believed_from_those_who_may(struct kunit *test)
{
	struct neigh_fixture *f = test->priv;
	struct vsw_neigh *n;

	learn(f, 1, alice, VSW_NEIGH_F_CREATE);
	n = find(f, 1);
	KUNIT_ASSERT_NOT_NULL(test, n);
	KUNIT_EXPECT_EQ(test, VSW_NEIGH_STATE_REACHABLE, vsw_neigh_state(n));
	learn(f, 1, bob, 0);
	KUNIT_EXPECT_EQ(test, ether_addr_to_u64(alice) | VSW_NEIGH_KNOWN, n->lladdr);
	KUNIT_EXPECT_EQ(test, VSW_NEIGH_STATE_STALE, vsw_neigh_state(n));
	learn(f, 1, alice, 0);
	KUNIT_EXPECT_EQ(test, VSW_NEIGH_STATE_REACHABLE, vsw_neigh_state(n));
	learn(f, 1, bob, VSW_NEIGH_F_CHANGE);
	KUNIT_EXPECT_EQ(test, ether_addr_to_u64(bob) | VSW_NEIGH_KNOWN, n->lladdr);
}

static void who_is_silent_is_asked_and_goes(struct kunit *test)
{
	struct neigh_fixture *f = test->priv;
	struct vsw_neigh *n;
	int i;

	wait_for(f, 1);
	n = find(f, 1);
	KUNIT_ASSERT_NOT_NULL(test, n);
	for (i = 1; i < VSW_NEIGH_PROBES; i++)
		KUNIT_EXPECT_EQ(test, VSW_NEIGH_ASK, tick(f, n));
	KUNIT_EXPECT_EQ(test, VSW_NEIGH_GONE, tick(f, n));
	KUNIT_EXPECT_NULL(test, find(f, 1));
	KUNIT_EXPECT_EQ(test, 1, purge(&f->ended.dead));
	KUNIT_EXPECT_EQ(test, 0, f->neighs.n_asked);
}

static void who_is_in_use_is_asked_before_it_is_doubted(struct kunit *test)
{
	struct neigh_fixture *f = test->priv;
	struct vsw_neigh_key k = key(f, 1);
	struct vsw_neigh *n;

	learn(f, 1, alice, VSW_NEIGH_F_CREATE);
	n = find(f, 1);
	KUNIT_ASSERT_NOT_NULL(test, n);
	KUNIT_EXPECT_EQ(test, VSW_NEIGH_REST, tick(f, n));
	n->confirmed -= 31 * HZ;
	n->used = jiffies;
	KUNIT_EXPECT_EQ(test, VSW_NEIGH_ASK, tick(f, n));
	vsw_neigh_confirm(&f->neighs, k.rif, &k.addr);
	KUNIT_EXPECT_EQ(test, VSW_NEIGH_REST, tick(f, n));
	n->confirmed -= 61 * HZ;
	n->used = n->confirmed;
	KUNIT_EXPECT_EQ(test, VSW_NEIGH_GONE, tick(f, n));
}

static struct kunit_case neigh_cases[] = {
	KUNIT_CASE(a_packet_waits_until_its_neighbour_answers),
	KUNIT_CASE(a_queue_has_an_end),
	KUNIT_CASE(those_who_wait_longest_make_room),
	KUNIT_CASE(large_packets_wait_for_less_neighbours),
	KUNIT_CASE(who_asks_for_many_does_not_fill_the_table),
	KUNIT_CASE(who_is_many_takes_the_place_of_those_not_in_use),
	KUNIT_CASE(what_the_user_says_stays),
	KUNIT_CASE(another_address_is_believed_from_those_who_may),
	KUNIT_CASE(who_is_silent_is_asked_and_goes),
	KUNIT_CASE(who_is_in_use_is_asked_before_it_is_doubted),
	{ }
};

static struct kunit_suite neigh_suite = {
	.name = "vsw_neigh",
	.init = neigh_init,
	.exit = neigh_exit,
	.test_cases = neigh_cases,
};

kunit_test_suite(neigh_suite);
