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

/* Changes that have nothing to do with the frame. */
static void others(struct kunit *test, unsigned int n)
{
	while (n--)
		change(test, TABLE, 0x1000 + n);
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
	change(test, TABLE, 0x1000);
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

static void as_many_changes_as_there_is_room_for_keep(struct kunit *test)
{
	before(test);
	others(test, VSW_JOURNAL_LEN - 1);
	KUNIT_EXPECT_TRUE(test, keeps(test));
}

static void one_change_among_many_ends(struct kunit *test)
{
	before(test);
	others(test, 99);
	change(test, TABLE, 80);
	others(test, VSW_JOURNAL_LEN - 101);
	KUNIT_EXPECT_FALSE(test, keeps(test));
}

static void one_range_among_many_ends(struct kunit *test)
{
	struct fixture *f = test->priv;
	struct vsw_match match;
	int i;

	before(test);
	vsw_match_init(&match);
	for (i = 1; i < VSW_JOURNAL_LEN; i++) {
		match.tp_dst.lo = i == 100 ? 70 : 0x1000 + i;
		match.tp_dst.hi = i == 100 ? 90 : 0x1000 + i;
		vsw_journal_add(&f->journal, ++f->version, TABLE, &match);
	}
	KUNIT_EXPECT_FALSE(test, keeps(test));
}

static void one_table_among_many_ends(struct kunit *test)
{
	int i;

	before(test);
	for (i = 1; i < VSW_JOURNAL_LEN; i++)
		change(test, i == 100 ? TABLE : TABLE + 1, 80);
	KUNIT_EXPECT_FALSE(test, keeps(test));
}

/* A block may tell of a few that the ring has no room for any more. */
static void more_changes_than_there_is_room_for_end(struct kunit *test)
{
	before(test);
	others(test, VSW_JOURNAL_LEN + VSW_JOURNAL_BLOCK);
	KUNIT_EXPECT_FALSE(test, keeps(test));
}

/* Numbers of changes are told apart where they begin again. */
static void numbers_may_come_round(struct kunit *test)
{
	struct fixture *f = test->priv;

	f->journal.next = -2 * VSW_JOURNAL_BLOCK;
	before(test);
	others(test, 4 * VSW_JOURNAL_BLOCK - 1);
	KUNIT_EXPECT_TRUE(test, keeps(test));
	change(test, TABLE, 80);
	KUNIT_EXPECT_FALSE(test, keeps(test));
}

/* What comes later in the same block than the version asked about does not count. */
static void changes_in_the_making_do_not_count_in_a_block(struct kunit *test)
{
	struct fixture *f = test->priv;
	int i;

	before(test);
	others(test, 7);
	for (i = 8; i < VSW_JOURNAL_BLOCK; i++)
		change(test, TABLE, 80);
	f->version = FROM + 7;
	KUNIT_EXPECT_TRUE(test, keeps(test));
	f->version++;
	KUNIT_EXPECT_FALSE(test, keeps(test));
}

static void a_field_that_flows_write_counts_in_a_block(struct kunit *test)
{
	struct fixture *f = test->priv;

	before(test);
	others(test, VSW_JOURNAL_BLOCK - 1);
	f->walked.written = BIT(offsetof(struct vsw_key, tp_dst) / sizeof(u64));
	KUNIT_EXPECT_FALSE(test, keeps(test));
}

/* To look at all of them would take longer than to decide anew. */
static void too_many_changes_that_have_nothing_in_common_end(struct kunit *test)
{
	int i;

	before(test);
	for (i = 0; i < VSW_JOURNAL_LEN / 2; i++)
		change(test, TABLE, i % 2 ? 0x00af : 0xff50);
	KUNIT_EXPECT_FALSE(test, keeps(test));
}

/**
 * struct drawn - a change at random
 * @match: what it is about
 * @table: its table
 */
struct drawn {
	struct vsw_match match;
	u8 table;
};

static void draw(struct drawn *d, u32 base)
{
	const u32 masks[] = { 0xffff, 0xfffe, 0xfff0, 0xff00 };

	d->table = TABLE + !get_random_u32_below(4);
	vsw_match_init(&d->match);
	if (get_random_u32_below(8)) {
		want_masked(&d->match, VSW_A_FIELDS_TP_DST, base + get_random_u32_below(1024),
			    masks[get_random_u32_below(ARRAY_SIZE(masks))]);
	} else {
		d->match.tp_dst.lo = base + get_random_u32_below(1024);
		d->match.tp_dst.hi = d->match.tp_dst.lo + get_random_u32_below(16);
	}
}

/* Does one of the changes touch the frame? Each by itself. */
static bool touches_one(const struct drawn *drawn, unsigned int n, const struct vsw_key *key)
{
	while (n--)
		if (drawn[n].table == TABLE && vsw_match_frame(&drawn[n].match, key))
			return true;
	return false;
}

/* What is kept is never wrong, wherever in a block the changes begin and end. */
static void random_changes_are_never_overlooked(struct kunit *test)
{
	struct fixture *f = test->priv;
	unsigned int n, i, kept = 0;
	struct drawn *drawn;

	drawn = kunit_kcalloc(test, 64, sizeof(*drawn), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, drawn);
	for (n = 0; n < 500; n++) {
		before(test);
		for (i = 0; i < n % 64; i++) {
			draw(&drawn[i], n % 2 ? 0x4000 : 0);
			vsw_journal_add(&f->journal, ++f->version, drawn[i].table, &drawn[i].match);
		}
		/* The last ones are in the making. */
		i = get_random_u32_below(i + 1);
		f->version = FROM + i;
		if (!keeps(test))
			continue;
		kept++;
		KUNIT_EXPECT_FALSE(test, touches_one(drawn, i, &f->key));
	}
	KUNIT_EXPECT_GT(test, kept, 100);
}

/*
 * The ring has come round: what stands where the decision was is newer. Changes in
 * the making are passed over, however many they are.
 */
static void a_ring_that_has_come_round_ends(struct kunit *test)
{
	struct fixture *f = test->priv;
	int i;

	before(test);
	for (i = 0; i < 2 * VSW_JOURNAL_LEN + 5; i++)
		change(test, TABLE, 80);
	f->version = FROM;
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
	KUNIT_CASE(as_many_changes_as_there_is_room_for_keep),
	KUNIT_CASE(one_change_among_many_ends),
	KUNIT_CASE(one_range_among_many_ends),
	KUNIT_CASE(one_table_among_many_ends),
	KUNIT_CASE(more_changes_than_there_is_room_for_end),
	KUNIT_CASE(numbers_may_come_round),
	KUNIT_CASE(changes_in_the_making_do_not_count_in_a_block),
	KUNIT_CASE(a_field_that_flows_write_counts_in_a_block),
	KUNIT_CASE(too_many_changes_that_have_nothing_in_common_end),
	KUNIT_CASE(random_changes_are_never_overlooked),
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
