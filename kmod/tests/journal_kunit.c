// SPDX-License-Identifier: GPL-2.0
/*
 * Journal: which changes of flows a decision outlives.
 */
#include "tables/journal.h"

#include <kunit/test.h>

#include "tests/want.h"

#define TABLE		3
#define FROM		10

/**
 * struct fixture - a journal and a decision that was made in version FROM
 * @journal: the journal
 * @key: the frame
 * @walked: what the decision depends on
 * @version: the latest
 */
struct fixture {
	struct vsw_journal journal;
	struct vsw_key key;
	struct vsw_walked walked;
	unsigned long version;
};

static int journal_init(struct kunit *test)
{
	struct fixture *f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, f);
	f->version = FROM;
	f->walked.key = &f->key;
	f->walked.tables = BIT_ULL(TABLE);
	field_put(&f->key, VSW_A_FIELDS_IN_PORT, 1);
	field_put(&f->key, VSW_A_FIELDS_TP_DST, 80);
	test->priv = f;
	return 0;
}

static void journal_exit(struct kunit *test)
{
	struct fixture *f = test->priv;

	vsw_journal_free(&f->journal);
}

/* A flow on the destination port comes or goes in a version of its own. */
static void change(struct kunit *test, u8 table, u64 port)
{
	struct fixture *f = test->priv;
	struct vsw_match match;

	vsw_match_init(&match);
	want(&match, VSW_A_FIELDS_TP_DST, port);
	vsw_journal_add(&f->journal, ++f->version, table, &match);
}

static bool keeps(struct kunit *test)
{
	struct fixture *f = test->priv;
	bool kept;

	rcu_read_lock();
	kept = vsw_journal_keeps_rcu(&f->journal, FROM, f->version, &f->walked);
	rcu_read_unlock();
	return kept;
}

/* So that the journal reaches back to the decision. */
static void before(struct kunit *test)
{
	struct fixture *f = test->priv;

	f->version = FROM - 1;
	change(test, TABLE, 80);
}

static void nothing_is_known_of_versions_before_the_first(struct kunit *test)
{
	change(test, TABLE, 81);
	KUNIT_EXPECT_FALSE(test, keeps(test));
}

static void a_change_for_other_frames_keeps(struct kunit *test)
{
	before(test);
	change(test, TABLE, 81);
	KUNIT_EXPECT_TRUE(test, keeps(test));
}

static void a_change_for_the_frame_ends(struct kunit *test)
{
	before(test);
	change(test, TABLE, 81);
	change(test, TABLE, 80);
	change(test, TABLE, 82);
	KUNIT_EXPECT_FALSE(test, keeps(test));
}

static void a_change_in_a_table_not_walked_keeps(struct kunit *test)
{
	before(test);
	change(test, TABLE + 1, 80);
	KUNIT_EXPECT_TRUE(test, keeps(test));
}

static void tables_are_told_apart_modulo_64(struct kunit *test)
{
	before(test);
	change(test, TABLE + 64, 80);
	KUNIT_EXPECT_FALSE(test, keeps(test));
}

static void a_field_that_flows_write_may_be_anything(struct kunit *test)
{
	struct fixture *f = test->priv;

	before(test);
	change(test, TABLE, 81);
	f->walked.written = BIT(offsetof(struct vsw_key, tp_dst) / sizeof(u64));
	KUNIT_EXPECT_FALSE(test, keeps(test));
}

static void a_range_counts(struct kunit *test)
{
	struct fixture *f = test->priv;
	struct vsw_match match;

	before(test);
	vsw_match_init(&match);
	match.tp_dst = (struct vsw_range){ 81, 90 };
	vsw_journal_add(&f->journal, ++f->version, TABLE, &match);
	KUNIT_EXPECT_TRUE(test, keeps(test));
	match.tp_dst.lo = 80;
	vsw_journal_add(&f->journal, ++f->version, TABLE, &match);
	KUNIT_EXPECT_FALSE(test, keeps(test));
}

static void a_version_in_the_making_does_not_count(struct kunit *test)
{
	struct fixture *f = test->priv;

	before(test);
	change(test, TABLE, 80);
	f->version--;
	KUNIT_EXPECT_TRUE(test, keeps(test));
}

static void a_barrier_ends_what_is_older(struct kunit *test)
{
	struct fixture *f = test->priv;

	before(test);
	vsw_journal_bar(&f->journal, FROM);
	KUNIT_EXPECT_TRUE(test, keeps(test));
	vsw_journal_bar(&f->journal, ++f->version);
	KUNIT_EXPECT_FALSE(test, keeps(test));
}

static void too_many_changes_end(struct kunit *test)
{
	int i;

	before(test);
	for (i = 0; i < VSW_JOURNAL_LEN; i++)
		change(test, TABLE, 81);
	KUNIT_EXPECT_FALSE(test, keeps(test));
}

/* The ring has come round: what stands where the decision was is newer. */
static void a_ring_that_has_come_round_ends(struct kunit *test)
{
	int i;

	before(test);
	for (i = 0; i < VSW_JOURNAL_LEN + 5; i++)
		change(test, TABLE + 1, 81);
	KUNIT_EXPECT_FALSE(test, keeps(test));
}

static struct kunit_case journal_cases[] = {
	KUNIT_CASE(nothing_is_known_of_versions_before_the_first),
	KUNIT_CASE(a_change_for_other_frames_keeps),
	KUNIT_CASE(a_change_for_the_frame_ends),
	KUNIT_CASE(a_change_in_a_table_not_walked_keeps),
	KUNIT_CASE(tables_are_told_apart_modulo_64),
	KUNIT_CASE(a_field_that_flows_write_may_be_anything),
	KUNIT_CASE(a_range_counts),
	KUNIT_CASE(a_version_in_the_making_does_not_count),
	KUNIT_CASE(a_barrier_ends_what_is_older),
	KUNIT_CASE(too_many_changes_end),
	KUNIT_CASE(a_ring_that_has_come_round_ends),
	{}
};

static struct kunit_suite journal_suite = {
	.name = "vsw_journal",
	.init = journal_init,
	.exit = journal_exit,
	.test_cases = journal_cases,
};

kunit_test_suite(journal_suite);
