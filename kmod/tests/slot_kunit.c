// SPDX-License-Identifier: GPL-2.0
/*
 * Slots: which number a port gets, and how long a number is kept.
 */
#include "tables/slot.h"

#include <kunit/test.h>
#include <linux/netlink.h>

#include "core/port.h"

struct slot_fixture {
	struct mutex lock;
	struct vsw_slots slots;
	struct vsw_port port[3];
};

static int slot_init(struct kunit *test)
{
	struct slot_fixture *f;

	f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, f);
	mutex_init(&f->lock);
	vsw_slots_init(&f->slots, &f->lock);
	test->priv = f;
	return 0;
}

static void slot_exit(struct kunit *test)
{
	struct slot_fixture *f = test->priv;

	KUNIT_EXPECT_TRUE(test, xa_empty(&f->slots.by_no));
	vsw_slots_exit(&f->slots);
}

/* Adds a port as vsw_port_add() does. */
static struct vsw_slot *occupy(struct slot_fixture *f, int port, const char *name, u32 no)
{
	struct vsw_slot *slot = vsw_slot_reserve(&f->slots, name, no, NULL);

	if (!IS_ERR(slot))
		vsw_slot_occupy(&f->slots, slot, &f->port[port]);
	return slot;
}

static void expect_refusal(struct kunit *test, const char *name, u32 no, const char *message)
{
	struct slot_fixture *f = test->priv;
	struct netlink_ext_ack extack = {};
	struct vsw_slot *slot;

	slot = vsw_slot_reserve(&f->slots, name, no, &extack);
	KUNIT_EXPECT_PTR_EQ(test, slot, ERR_PTR(-EBUSY));
	KUNIT_EXPECT_STREQ(test, extack._msg, message);
}

static void a_freed_number_is_not_given_to_the_next_port(struct kunit *test)
{
	struct slot_fixture *f = test->priv;
	struct vsw_slot *a, *b, *c;

	mutex_lock(&f->lock);
	a = occupy(f, 0, "a", 0);
	b = occupy(f, 1, "b", 0);
	KUNIT_EXPECT_EQ(test, a->no, 1);
	KUNIT_EXPECT_EQ(test, b->no, 2);
	vsw_slot_vacate(&f->slots, a);
	KUNIT_EXPECT_NULL(test, vsw_slot_find(&f->slots, 1));

	c = occupy(f, 2, "c", 0);
	KUNIT_EXPECT_EQ(test, c->no, 3);
	vsw_slot_vacate(&f->slots, b);
	vsw_slot_vacate(&f->slots, c);
	mutex_unlock(&f->lock);
}

static void numbers_begin_anew_after_the_greatest(struct kunit *test)
{
	struct slot_fixture *f = test->priv;
	struct vsw_slot *a, *b, *c;

	mutex_lock(&f->lock);
	f->slots.next = VSW_PORT_MAX;
	a = occupy(f, 0, "a", 1);
	b = occupy(f, 1, "b", 0);
	c = occupy(f, 2, "c", 0);
	KUNIT_EXPECT_EQ(test, b->no, VSW_PORT_MAX);
	KUNIT_EXPECT_EQ(test, c->no, 2);
	vsw_slot_vacate(&f->slots, a);
	vsw_slot_vacate(&f->slots, b);
	vsw_slot_vacate(&f->slots, c);
	mutex_unlock(&f->lock);
}

static void a_port_gets_the_number_that_flows_know(struct kunit *test)
{
	struct slot_fixture *f = test->priv;
	struct vsw_slot *a;

	mutex_lock(&f->lock);
	a = occupy(f, 0, "a", 7);
	KUNIT_EXPECT_PTR_EQ(test, vsw_slot_use(&f->slots, 7), a);
	vsw_slot_vacate(&f->slots, a);
	KUNIT_EXPECT_PTR_EQ(test, vsw_slot_find(&f->slots, 7), a);
	KUNIT_EXPECT_NULL(test, rcu_access_pointer(a->port));

	KUNIT_EXPECT_PTR_EQ(test, occupy(f, 1, "a", 0), a);
	KUNIT_EXPECT_PTR_EQ(test, rcu_access_pointer(a->port), &f->port[1]);
	vsw_slot_vacate(&f->slots, a);
	KUNIT_EXPECT_PTR_EQ(test, occupy(f, 2, "a", 7), a);

	vsw_slot_unuse(&f->slots, a);
	KUNIT_EXPECT_PTR_EQ(test, vsw_slot_find(&f->slots, 7), a);
	vsw_slot_vacate(&f->slots, a);
	KUNIT_EXPECT_NULL(test, vsw_slot_find(&f->slots, 7));
	mutex_unlock(&f->lock);
}

static void a_flow_can_wait_for_a_port(struct kunit *test)
{
	struct slot_fixture *f = test->priv;
	struct vsw_slot *a;

	mutex_lock(&f->lock);
	KUNIT_EXPECT_NULL(test, vsw_slot_use(&f->slots, 1));
	a = vsw_slot_use_name(&f->slots, "a", NULL);
	KUNIT_EXPECT_PTR_EQ(test, vsw_slot_use_name(&f->slots, "a", NULL), a);
	KUNIT_EXPECT_PTR_EQ(test, occupy(f, 0, "a", 0), a);
	vsw_slot_unuse(&f->slots, a);
	vsw_slot_vacate(&f->slots, a);
	KUNIT_EXPECT_PTR_EQ(test, vsw_slot_find_name(&f->slots, "a"), a);
	vsw_slot_unuse(&f->slots, a);
	KUNIT_EXPECT_NULL(test, vsw_slot_find_name(&f->slots, "a"));
	mutex_unlock(&f->lock);
}

static void a_number_in_use_is_refused(struct kunit *test)
{
	struct slot_fixture *f = test->priv;
	struct vsw_slot *a, *b;

	mutex_lock(&f->lock);
	a = occupy(f, 0, "a", 5);
	b = vsw_slot_use_name(&f->slots, "b", NULL);
	expect_refusal(test, "c", 5, "Port number 5 is taken by a");
	expect_refusal(test, "c", b->no, "Flows keep port number 1 for b");
	expect_refusal(test, "b", 9, "Flows know b by port number 1, use that");
	KUNIT_EXPECT_NULL(test, vsw_slot_find(&f->slots, 9));
	vsw_slot_vacate(&f->slots, a);
	vsw_slot_unuse(&f->slots, b);
	mutex_unlock(&f->lock);
}

static void a_renamed_port_is_found_by_its_new_name(struct kunit *test)
{
	struct slot_fixture *f = test->priv;
	struct vsw_slot *a, *waits;

	mutex_lock(&f->lock);
	waits = vsw_slot_use_name(&f->slots, "new", NULL);
	a = occupy(f, 0, "a", 0);
	vsw_slot_rename(&f->slots, a, "new");
	KUNIT_EXPECT_PTR_EQ(test, vsw_slot_find_name(&f->slots, "new"), a);
	KUNIT_EXPECT_NULL(test, vsw_slot_find_name(&f->slots, "a"));
	vsw_slot_vacate(&f->slots, a);
	KUNIT_EXPECT_PTR_EQ(test, vsw_slot_find_name(&f->slots, "new"), waits);
	vsw_slot_unuse(&f->slots, waits);
	mutex_unlock(&f->lock);
}

static void local_stands_beside_the_numbers(struct kunit *test)
{
	struct slot_fixture *f = test->priv;
	struct vsw_slot *local, *a;

	mutex_lock(&f->lock);
	local = occupy(f, 0, "vsw0", VSW_PORT_LOCAL);
	KUNIT_EXPECT_EQ(test, local->no, VSW_PORT_LOCAL);
	a = occupy(f, 1, "a", 0);
	KUNIT_EXPECT_EQ(test, a->no, 1);
	KUNIT_EXPECT_PTR_EQ(test, vsw_slot_find(&f->slots, VSW_PORT_LOCAL), local);
	vsw_slot_vacate(&f->slots, a);
	vsw_slot_vacate(&f->slots, local);
	mutex_unlock(&f->lock);
}

static struct kunit_case slot_cases[] = {
	KUNIT_CASE(a_freed_number_is_not_given_to_the_next_port),
	KUNIT_CASE(numbers_begin_anew_after_the_greatest),
	KUNIT_CASE(a_port_gets_the_number_that_flows_know),
	KUNIT_CASE(a_flow_can_wait_for_a_port),
	KUNIT_CASE(a_number_in_use_is_refused),
	KUNIT_CASE(a_renamed_port_is_found_by_its_new_name),
	KUNIT_CASE(local_stands_beside_the_numbers),
	{}
};

static struct kunit_suite slot_suite = {
	.name = "vsw_slot",
	.init = slot_init,
	.exit = slot_exit,
	.test_cases = slot_cases,
};

kunit_test_suite(slot_suite);
