// SPDX-License-Identifier: GPL-2.0
/*
 * Classifier: against a linear search, and under readers.
 */
#include "tables/classifier.h"

#include <kunit/test.h>
#include <linux/kthread.h>
#include <linux/moduleparam.h>
#include <linux/prandom.h>
#include <linux/random.h>
#include <linux/vmalloc.h>

#include "tests/ruleset.h"
#include "tests/want.h"

#define F(name)		VSW_A_FIELDS_##name
#define N_RULES		300
#define N_STEPS		3000
#define N_LOOKUPS	4
#define N_MASKS		1024
#define SET_RULES	509
#define N_SET_KEYS	60

static ulong classifier_seed;
module_param(classifier_seed, ulong, 0444);
MODULE_PARM_DESC(classifier_seed, "Seed of the tests of the classifier, 0 for a random one");

/**
 * struct entry - a rule and what the linear search needs of it
 * @match: what it matches
 * @is_linked: the classifier has it
 * @room: the rule and its value, see rule_of()
 */
struct entry {
	struct vsw_match match;
	bool is_linked;
	u64 room[sizeof(struct vsw_rule) / sizeof(u64) + VSW_KEY_WORDS];
};

static struct vsw_rule *rule_of(struct entry *e)
{
	return (struct vsw_rule *)e->room;
}

/**
 * struct classifier_fixture - a classifier and the same rules in a row
 * @lock: of the classifier
 * @is_held: a test holds it
 * @cls: the classifier
 * @version: current version
 * @seq: next vsw_rule.seq
 * @rnd: random numbers
 * @entry: the rules
 */
struct classifier_fixture {
	struct mutex lock;
	bool is_held;
	struct vsw_classifier cls;
	u64 version;
	u32 seq;
	struct rnd_state rnd;
	struct entry entry[N_RULES];
};

/* Tests and exits run in threads of their own: each takes the lock itself. */
static struct classifier_fixture *start(struct kunit *test)
{
	struct classifier_fixture *f = test->priv;

	mutex_lock(&f->lock);
	f->is_held = true;
	return f;
}

static void stop(struct classifier_fixture *f)
{
	f->is_held = false;
	mutex_unlock(&f->lock);
}

static int classifier_init(struct kunit *test)
{
	u64 seed = classifier_seed ?: get_random_u32();
	struct classifier_fixture *f;

	f = vzalloc(sizeof(*f));
	KUNIT_ASSERT_NOT_NULL(test, f);
	kunit_info(test, "classifier_seed=%llu", seed);
	prandom_seed_state(&f->rnd, seed);
	mutex_init(&f->lock);
	vsw_classifier_init(&f->cls, &f->lock);
	f->version = 1;
	test->priv = f;
	return 0;
}

static void classifier_exit(struct kunit *test)
{
	struct classifier_fixture *f = test->priv;

	/* A failed assertion ends its thread, not what that thread holds. */
	if (f->is_held)
		stop(f);
	mutex_lock(&f->lock);
	vsw_classifier_exit(&f->cls);
	mutex_unlock(&f->lock);
	vfree(f);
}

static u32 rnd_below(struct classifier_fixture *f, u32 n)
{
	return prandom_u32_state(&f->rnd) % n;
}

/* Few values, so that rules overlap and frames meet them. */
static void rnd_match(struct classifier_fixture *f, struct vsw_match *match)
{
	static const u32 prefixes[] = { 0xff000000, 0xffff0000, 0xfffffffe, 0xffffffff };
	u16 a, b;
	u32 mask;

	vsw_match_init(match);
	if (!rnd_below(f, 3))
		want(match, F(IN_PORT), rnd_below(f, 3));
	if (!rnd_below(f, 4))
		want_masked(match, F(METADATA), rnd_below(f, 4) & 2, 2);
	if (!rnd_below(f, 8))
		want(match, F(IPV6_DST), rnd_below(f, 2));
	if (rnd_below(f, 2)) {
		mask = prefixes[rnd_below(f, ARRAY_SIZE(prefixes))];
		want_masked(match, F(IPV4_DST), (0x0a000000 + rnd_below(f, 4)) & mask, mask);
	}
	switch (rnd_below(f, 6)) {
	case 0:
		a = rnd_below(f, 8);
		b = rnd_below(f, 8);
		match->tp_dst = (struct vsw_range){ min(a, b), max(a, b) };
		break;
	case 1:
		want(match, F(TP_DST), rnd_below(f, 8));
		break;
	case 2:
		want_masked(match, F(TP_DST), rnd_below(f, 8) & 5, 5);
		break;
	}
	if (!rnd_below(f, 8))
		match->tp_src = (struct vsw_range){ rnd_below(f, 2), 2 };
}

static void rnd_key(struct classifier_fixture *f, struct vsw_key *key)
{
	memset(key, 0, sizeof(*key));
	field_put(key, F(IN_PORT), rnd_below(f, 3));
	field_put(key, F(METADATA), rnd_below(f, 4));
	field_put(key, F(IPV6_DST), rnd_below(f, 2));
	field_put(key, F(IPV4_DST), 0x0a000000 + rnd_below(f, 4));
	field_put(key, F(TP_SRC), rnd_below(f, 4));
	field_put(key, F(TP_DST), rnd_below(f, 8));
}

static struct vsw_rule *linear_lookup(struct classifier_fixture *f,
				      const struct vsw_key *key, u64 version)
{
	struct vsw_rule *rule, *best = NULL;
	struct entry *e;

	for (e = f->entry; e < f->entry + N_RULES; e++) {
		rule = rule_of(e);
		if (!e->is_linked || !vsw_match_frame(&e->match, key) ||
		    rule->add_version > version || rule->del_version <= version)
			continue;
		if (!best || rule->priority > best->priority ||
		    (rule->priority == best->priority && rule->seq < best->seq))
			best = rule;
	}
	return best;
}

static struct vsw_rule *lookup(struct classifier_fixture *f, const struct vsw_key *key,
			       u64 version)
{
	struct vsw_rule *rule;

	local_bh_disable();
	rcu_read_lock();
	rule = vsw_classifier_lookup_rcu(&f->cls, key, version);
	rcu_read_unlock();
	local_bh_enable();
	return rule;
}

static int insert(struct classifier_fixture *f, struct entry *e, u16 priority)
{
	struct vsw_rule *rule = rule_of(e);
	int err;

	rule->add_version = f->version + 1;
	rule->del_version = VSW_VERSION_NEVER;
	rule->seq = f->seq++;
	rule->priority = priority;
	err = vsw_classifier_insert(&f->cls, rule, &e->match, NULL);
	e->is_linked = !err;
	return err;
}

static void unlink(struct classifier_fixture *f, struct entry *e)
{
	vsw_classifier_remove(&f->cls, rule_of(e));
	e->is_linked = false;
}

/* Adds, removes or unlinks a rule, as is its turn; some turns are skipped. */
static void rnd_change(struct kunit *test, struct entry *e)
{
	struct classifier_fixture *f = test->priv;

	if (!e->is_linked) {
		rnd_match(f, &e->match);
		KUNIT_ASSERT_EQ(test, insert(f, e, rnd_below(f, 10)), 0);
	} else if (rule_of(e)->del_version == VSW_VERSION_NEVER) {
		if (!rnd_below(f, 3))
			rule_of(e)->del_version = f->version + 1;
	} else if (rule_of(e)->del_version < f->version) {
		unlink(f, e);
	}
}

static void a_lookup_finds_what_a_linear_search_finds(struct kunit *test)
{
	struct classifier_fixture *f = start(test);
	struct vsw_rule *expected;
	int step, i, n_found = 0;
	struct vsw_key key;
	u64 version;

	for (step = 0; step < N_STEPS; step++) {
		for (i = 0; i < N_LOOKUPS; i++) {
			rnd_key(f, &key);
			/* Frames that began before the last commit are under way. */
			version = f->version - rnd_below(f, 2);
			expected = linear_lookup(f, &key, version);
			n_found += !!expected;
			KUNIT_ASSERT_PTR_EQ_MSG(test, lookup(f, &key, version), expected,
						"step %d", step);
		}
		rnd_change(test, &f->entry[rnd_below(f, N_RULES)]);
		f->version += rnd_below(f, 2);
		if (step % 64 == 0)
			cond_resched();
	}
	KUNIT_EXPECT_GT(test, n_found, N_STEPS);
	/* There were none to begin with. */
	KUNIT_EXPECT_LT(test, n_found, N_STEPS * N_LOOKUPS);
	stop(f);
}

static bool ranges_are_same(const struct vsw_match *a, const struct vsw_match *b)
{
	return a->tp_src.lo == b->tp_src.lo && a->tp_src.hi == b->tp_src.hi &&
	       a->tp_dst.lo == b->tp_dst.lo && a->tp_dst.hi == b->tp_dst.hi;
}

static bool matches_are_same(const struct vsw_match *a, const struct vsw_match *b)
{
	return !memcmp(&a->value, &b->value, sizeof(a->value)) &&
	       !memcmp(&a->mask, &b->mask, sizeof(a->mask)) && ranges_are_same(a, b);
}

static void a_rule_is_found_by_its_exact_match(struct kunit *test)
{
	struct classifier_fixture *f = start(test);
	struct vsw_match match;
	struct vsw_rule *rule;
	struct entry *e;

	for (e = f->entry; e < f->entry + N_RULES; e++) {
		rnd_match(f, &e->match);
		KUNIT_ASSERT_EQ(test, insert(f, e, e - f->entry), 0);
	}
	for (e = f->entry; e < f->entry + N_RULES; e++) {
		rule = vsw_classifier_find(&f->cls, &e->match, e - f->entry, f->version + 1);
		KUNIT_ASSERT_PTR_EQ(test, rule, rule_of(e));
		KUNIT_EXPECT_NULL(test, vsw_classifier_find(&f->cls, &e->match,
							    e - f->entry, f->version));
		KUNIT_EXPECT_NULL(test, vsw_classifier_find(&f->cls, &e->match,
							    N_RULES, f->version + 1));
		vsw_rule_match(rule, &match);
		KUNIT_EXPECT_TRUE(test, matches_are_same(&match, &e->match));
	}
	stop(f);
}

static void a_range_does_not_pass_for_another(struct kunit *test)
{
	struct classifier_fixture *f = start(test);
	struct entry *e = f->entry;
	struct vsw_match other;

	vsw_match_init(&e->match);
	e->match.tp_dst = (struct vsw_range){ 10, 20 };
	KUNIT_ASSERT_EQ(test, insert(f, e, 1), 0);
	other = e->match;
	other.tp_dst.hi = 21;
	KUNIT_EXPECT_NULL(test, vsw_classifier_find(&f->cls, &other, 1, f->version + 1));
	vsw_match_init(&other);
	KUNIT_EXPECT_NULL(test, vsw_classifier_find(&f->cls, &other, 1, f->version + 1));
	stop(f);
}

static void the_first_added_wins_among_equals(struct kunit *test)
{
	struct classifier_fixture *f = start(test);
	struct entry *first = &f->entry[0], *second = &f->entry[1];
	struct vsw_key key = {};

	vsw_match_init(&first->match);
	want_masked(&first->match, F(METADATA), 0, 1);
	vsw_match_init(&second->match);
	want_masked(&second->match, F(METADATA), 0, 2);
	KUNIT_ASSERT_EQ(test, insert(f, first, 5), 0);
	KUNIT_ASSERT_EQ(test, insert(f, second, 5), 0);
	KUNIT_EXPECT_PTR_EQ(test, lookup(f, &key, f->version + 1), rule_of(first));
	rule_of(first)->del_version = f->version + 2;
	KUNIT_EXPECT_PTR_EQ(test, lookup(f, &key, f->version + 2), rule_of(second));
	stop(f);
}

static void fill_masks(struct kunit *test, struct entry *e, u32 n)
{
	struct classifier_fixture *f = test->priv;
	u32 i;

	for (i = 0; i < n; i++) {
		vsw_match_init(&e[i].match);
		want_masked(&e[i].match, F(METADATA), 0, i + 1);
		KUNIT_ASSERT_EQ(test, insert(f, &e[i], 0), 0);
		cond_resched();
	}
}

static void many_masks_share_few_tuples(struct kunit *test)
{
	struct classifier_fixture *f = start(test);
	struct vsw_classifier_cost cost;
	struct vsw_key key = {};
	struct entry *e;
	u32 i;

	e = vzalloc(array_size(N_MASKS, sizeof(*e)));
	KUNIT_ASSERT_NOT_NULL(test, e);
	fill_masks(test, e, N_MASKS);
	vsw_classifier_cost(&f->cls, &cost);
	KUNIT_EXPECT_EQ(test, f->cls.masks.n, N_MASKS);
	KUNIT_EXPECT_LT(test, cost.tuples, N_MASKS / 2);
	KUNIT_EXPECT_LE(test, cost.chain, VSW_CHAIN_MAX);
	for (i = 0; i < N_MASKS; i++) {
		KUNIT_EXPECT_PTR_EQ(test, lookup(f, &key, f->version + 1), rule_of(&e[i]));
		unlink(f, &e[i]);
		cond_resched();
	}
	KUNIT_EXPECT_EQ(test, f->cls.n_tuples, 0);
	KUNIT_EXPECT_EQ(test, f->cls.masks.n, 0);
	vfree(e);
	stop(f);
}

/* The bits of a number, two to a byte, so that no byte is whole. */
static u64 spread(u32 n)
{
	u64 bits = 0;
	int i;

	for (i = 0; i < 8; i++)
		bits |= (u64)(n >> 2 * i & 3) << 8 * i;
	return bits;
}

/* They share a tuple, which the address tells apart. */
static int insert_masked(struct classifier_fixture *f, struct entry *e, u32 n)
{
	vsw_match_init(&e->match);
	want(&e->match, F(ETH_SRC), 0x020000000000ull + n);
	want_masked(&e->match, F(METADATA), 0, spread(n));
	return insert(f, e, 0);
}

static void masks_are_limited(struct kunit *test)
{
	struct classifier_fixture *f = start(test);
	struct entry *e;
	u32 i;

	e = vzalloc(array_size(VSW_MASKS_MAX + 1, sizeof(*e)));
	KUNIT_ASSERT_NOT_NULL(test, e);
	for (i = 0; i < VSW_MASKS_MAX; i++) {
		KUNIT_ASSERT_EQ(test, insert_masked(f, &e[i], i), 0);
		cond_resched();
	}
	KUNIT_EXPECT_EQ(test, insert_masked(f, &e[i], i), -ENOSPC);
	unlink(f, &e[0]);
	KUNIT_EXPECT_EQ(test, insert_masked(f, &e[i], i), 0);
	for (; i; i--)
		unlink(f, &e[i]);
	KUNIT_EXPECT_EQ(test, f->cls.masks.n, 0);
	vfree(e);
	stop(f);
}

static void rules_that_nothing_tells_apart_are_limited(struct kunit *test)
{
	struct classifier_fixture *f = start(test);
	struct vsw_classifier_cost cost;
	struct entry *e = f->entry;
	int i;

	BUILD_BUG_ON(N_RULES <= VSW_CHAIN_MAX);
	for (i = 0; i <= VSW_CHAIN_MAX; i++) {
		vsw_match_init(&e[i].match);
		want(&e[i].match, F(METADATA), 7);
		KUNIT_EXPECT_EQ(test, insert(f, &e[i], i), i < VSW_CHAIN_MAX ? 0 : -ENOSPC);
	}
	vsw_classifier_cost(&f->cls, &cost);
	KUNIT_EXPECT_EQ(test, cost.tuples, 1);
	KUNIT_EXPECT_EQ(test, cost.chain, VSW_CHAIN_MAX);
	KUNIT_EXPECT_EQ(test, cost.probes, VSW_CHAIN_MAX + 1);
	/* What goes takes no room, even while it is still there for readers. */
	rule_of(&e[5])->del_version = f->version + 1;
	KUNIT_EXPECT_EQ(test, insert(f, &e[VSW_CHAIN_MAX], 5), 0);
	unlink(f, &e[5]);
	/* Others still fit, and so does this one when there is room. */
	vsw_match_init(&e[N_RULES - 1].match);
	want(&e[N_RULES - 1].match, F(METADATA), 8);
	KUNIT_EXPECT_EQ(test, insert(f, &e[N_RULES - 1], 1), 0);
	unlink(f, &e[3]);
	KUNIT_EXPECT_EQ(test, insert(f, &e[3], 3), 0);
	stop(f);
}

/**
 * struct set - rules of a family
 * @n: number of rules
 * @match: what they match
 * @entry: the rules
 */
struct set {
	u32 n;
	struct vsw_match *match;
	struct entry *entry;
};

static void set_free(struct set *set)
{
	vfree(set->match);
	vfree(set->entry);
}

static void set_make(struct kunit *test, struct set *set, enum ruleset_family family, u32 n)
{
	struct classifier_fixture *f = test->priv;
	u32 *seen = vzalloc(array_size(2 * n, sizeof(*seen)));

	set->n = n;
	set->match = vzalloc(array_size(n, sizeof(*set->match)));
	set->entry = vzalloc(array_size(n, sizeof(*set->entry)));
	if (seen && set->match && set->entry)
		ruleset_make(family, prandom_u32_state(&f->rnd), set->match, n, seen);
	else
		KUNIT_FAIL(test, "no memory");
	vfree(seen);
}

static void set_insert(struct kunit *test, struct set *set, u32 i)
{
	struct classifier_fixture *f = test->priv;
	struct entry *e = &set->entry[i];

	e->match = set->match[i];
	f->seq = i;
	KUNIT_EXPECT_EQ(test, insert(f, e, ruleset_priority(i, set->n)), 0);
}

static struct vsw_rule *set_lookup(const struct set *set, const struct vsw_key *key)
{
	u32 i;

	for (i = 0; i < set->n; i++)
		if (set->entry[i].is_linked && vsw_match_frame(&set->match[i], key))
			return rule_of(&set->entry[i]);
	return NULL;
}

static void set_compare(struct kunit *test, const struct set *set, u64 *state, int n)
{
	struct classifier_fixture *f = test->priv;
	struct vsw_key key;

	while (n--) {
		ruleset_key(&set->match[ruleset_below(state, set->n)], state, &key);
		KUNIT_EXPECT_PTR_EQ(test, lookup(f, &key, f->version + 1),
				    set_lookup(set, &key));
		cond_resched();
	}
}

/**
 * struct set_reader - who looks for rules of a set all the time
 * @f: where
 * @set: the set, of which every second rule is always there
 * @state: of its random numbers
 * @n_lookups: number of lookups
 * @n_wrong: number of lookups that found none, or not a good one
 */
struct set_reader {
	struct classifier_fixture *f;
	const struct set *set;
	u64 state;
	unsigned long n_lookups;
	unsigned long n_wrong;
};

/* What stays is found, unless there is better among what comes and goes. */
static bool set_may_find(const struct set *set, const struct vsw_rule *rule,
			 const struct vsw_key *key)
{
	u32 i;

	for (i = 0; i < set->n; i++) {
		if (rule == rule_of(&set->entry[i]))
			return vsw_match_frame(&set->match[i], key);
		if (i % 2 && vsw_match_frame(&set->match[i], key))
			return false;
	}
	return !rule;
}

static int read_set(void *data)
{
	struct set_reader *r = data;
	struct vsw_rule *rule;
	struct vsw_key key;
	u32 i;

	while (!kthread_should_stop()) {
		i = ruleset_below(&r->state, r->set->n) | 1;
		ruleset_key(&r->set->match[min(i, r->set->n - 2)], &r->state, &key);
		rule = lookup(r->f, &key, r->f->version + 1);
		r->n_wrong += !set_may_find(r->set, rule, &key);
		WRITE_ONCE(r->n_lookups, r->n_lookups + 1);
		cond_resched();
	}
	return 0;
}

static void set_halve(struct kunit *test, struct set *set)
{
	u32 i;

	for (i = 0; i < set->n; i += 2) {
		unlink(test->priv, &set->entry[i]);
		cond_resched();
	}
	synchronize_rcu();
}

static void set_complete(struct kunit *test, struct set *set)
{
	u32 i;

	for (i = 0; i < set->n; i += 2) {
		set_insert(test, set, i);
		cond_resched();
	}
}

/* Tuples are made, split, filled and emptied under the eyes of a reader. */
static void set_change(struct kunit *test, struct set *set)
{
	struct classifier_fixture *f = test->priv;
	struct set_reader r = { .f = f, .set = set, .state = prandom_u32_state(&f->rnd) };
	struct task_struct *task = kthread_run(read_set, &r, "vsw_kunit");
	int round;

	if (IS_ERR(task)) {
		KUNIT_FAIL(test, "no thread");
		return;
	}
	for (round = 0; round < 4 || READ_ONCE(r.n_lookups) < 500; round++) {
		set_halve(test, set);
		set_complete(test, set);
	}
	kthread_stop(task);
	KUNIT_EXPECT_EQ(test, r.n_wrong, 0);
	kunit_info(test, "%lu lookups in %d rounds", r.n_lookups, round);
}

/* All in, a half out and in again, all out. */
static void set_run(struct kunit *test, struct set *set)
{
	struct classifier_fixture *f = test->priv;
	u64 state = prandom_u32_state(&f->rnd);
	u32 i;

	for (i = 0; i < set->n; i++)
		set_insert(test, set, (i * 7919u) % set->n);
	set_compare(test, set, &state, N_SET_KEYS);
	vsw_classifier_sort(&f->cls);
	set_compare(test, set, &state, N_SET_KEYS);
	set_halve(test, set);
	set_compare(test, set, &state, N_SET_KEYS);
	set_complete(test, set);
	set_compare(test, set, &state, N_SET_KEYS);
	set_change(test, set);
	set_compare(test, set, &state, N_SET_KEYS);
	for (i = 0; i < set->n; i++)
		unlink(f, &set->entry[i]);
	KUNIT_EXPECT_EQ(test, f->cls.n_tuples, 0);
}

static void every_family_of_rules_is_found(struct kunit *test)
{
	struct classifier_fixture *f = start(test);
	struct set set;
	int family;

	for (family = 0; family < RULESET_FAMILIES; family++) {
		kunit_info(test, "%s", ruleset_names[family]);
		set_make(test, &set, family, SET_RULES);
		if (set.match && set.entry)
			set_run(test, &set);
		set_free(&set);
	}
	KUNIT_EXPECT_EQ(test, f->cls.masks.n, 0);
	stop(f);
}

/**
 * struct reader - who looks for a rule all the time
 * @f: where
 * @rule: the rule, which is always there
 * @n_lookups: number of lookups
 * @n_missed: number of lookups that found another or none
 */
struct reader {
	struct classifier_fixture *f;
	struct vsw_rule *rule;
	unsigned long n_lookups;
	unsigned long n_missed;
};

static int read_always(void *data)
{
	struct reader *r = data;
	struct vsw_key key = {};

	while (!kthread_should_stop()) {
		WRITE_ONCE(r->n_lookups, r->n_lookups + 1);
		if (lookup(r->f, &key, 2) != r->rule)
			r->n_missed++;
		cond_resched();
	}
	return 0;
}

/*
 * Rules that the reader's frame does not match come and go: they make and
 * unmake tuples, and raise the priority of the tuple that the reader needs.
 */
static void churn(struct kunit *test, struct entry *first, int n, int round)
{
	struct classifier_fixture *f = test->priv;
	int i, priority;

	for (i = 0; i < n; i++) {
		vsw_match_init(&first[i].match);
		/* Some are of tuples of their own, some make the reader's split. */
		want_masked(&first[i].match, F(METADATA), 2 << i % 4, 1 | 2 << i % 4);
		want_masked(&first[i].match, F(REG0), i, round % 2 ? ~0 : i);
		priority = 100 + rnd_below(f, 1000);
		KUNIT_EXPECT_EQ(test, insert(f, &first[i], priority), 0);
	}
	for (i = 0; i < n; i++)
		rule_of(&first[i])->del_version = rule_of(&first[i])->add_version;
	synchronize_rcu();
	for (i = 0; i < n; i++)
		vsw_classifier_remove(&f->cls, rule_of(&first[i]));
	synchronize_rcu();
}

static void readers_never_miss_a_rule_while_others_come_and_go(struct kunit *test)
{
	struct classifier_fixture *f = start(test);
	struct reader r = { .f = f, .rule = rule_of(&f->entry[0]) };
	struct task_struct *task;
	int round;

	vsw_match_init(&f->entry[0].match);
	want_masked(&f->entry[0].match, F(METADATA), 0, 1);
	KUNIT_ASSERT_EQ(test, insert(f, &f->entry[0], 50), 0);
	task = kthread_run(read_always, &r, "vsw_kunit");
	KUNIT_ASSERT_FALSE(test, IS_ERR(task));
	for (round = 0; round < 100 || READ_ONCE(r.n_lookups) < 1000; round++) {
		churn(test, &f->entry[1], 40, round);
		cond_resched();
	}
	kthread_stop(task);
	KUNIT_EXPECT_EQ(test, r.n_missed, 0);
	kunit_info(test, "%lu lookups in %d rounds", r.n_lookups, round);
	stop(f);
}

static struct kunit_case classifier_cases[] = {
	KUNIT_CASE(a_lookup_finds_what_a_linear_search_finds),
	KUNIT_CASE(a_rule_is_found_by_its_exact_match),
	KUNIT_CASE(a_range_does_not_pass_for_another),
	KUNIT_CASE(the_first_added_wins_among_equals),
	KUNIT_CASE(many_masks_share_few_tuples),
	KUNIT_CASE(masks_are_limited),
	KUNIT_CASE(rules_that_nothing_tells_apart_are_limited),
	KUNIT_CASE_SLOW(every_family_of_rules_is_found),
	KUNIT_CASE(readers_never_miss_a_rule_while_others_come_and_go),
	{}
};

static struct kunit_suite classifier_suite = {
	.name = "vsw_classifier",
	.init = classifier_init,
	.exit = classifier_exit,
	.test_cases = classifier_cases,
};

kunit_test_suite(classifier_suite);
