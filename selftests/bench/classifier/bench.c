// SPDX-License-Identifier: GPL-2.0
/*
 * The classifier of the module, built as a program, beside plain tuple space
 * search: lookups and updates, in ns. The results are compared as well.
 */
#include "tables/classifier.h"
#include "tests/ruleset.h"

#include <time.h>

#define N_KEYS		(1 << 18)
#define N_TSS_KEYS	(1 << 14)
#define ROUNDS		5

/**
 * struct tss_tuple - rules of one mask, in chains of a hash
 * @packed: the mask
 * @head: first rule of each chain, counted from 1
 * @size: number of chains
 * @max_priority: the highest of the rules
 */
struct tss_tuple {
	struct vsw_packed packed;
	u32 *head;
	u32 size;
	u16 max_priority;
};

/**
 * struct bench - a set of rules, in both structures
 * @n: number of rules
 * @match: the rules
 * @rule: the rules in the classifier
 * @key: frames
 * @cls: the classifier
 * @tss: tuples by falling priority
 * @n_tss: number of them
 * @next: next rule in a chain of the plain search, counted from 1
 */
struct bench {
	u32 n;
	struct vsw_match *match;
	struct vsw_rule **rule;
	struct vsw_key *key;
	struct vsw_classifier cls;
	struct tss_tuple *tss;
	u32 n_tss;
	u32 *next;
};

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return ts.tv_sec * 1e9 + ts.tv_nsec;
}

static void *alloc(size_t n, size_t size)
{
	void *p = kvzalloc(n * size, 0);

	if (!p) {
		perror("bench");
		exit(1);
	}
	return p;
}

static u64 tss_hash(const struct vsw_packed *p, const struct vsw_key *key)
{
	u64 hash = 0x243f6a8885a308d3ull;
	unsigned int i;

	for (i = 0; i < p->n; i++)
		hash = vsw_fold((key->w[p->word[i]] & p->w[i]) ^ 0x13198a2e03707344ull,
				hash ^ 0xa4093822299f31d0ull);
	return hash;
}

static struct tss_tuple *tss_get(struct bench *b, const struct vsw_key *mask)
{
	struct vsw_packed packed;
	u32 i;

	vsw_key_pack(&packed, mask);
	for (i = 0; i < b->n_tss; i++)
		if (!memcmp(&b->tss[i].packed, &packed, sizeof(packed)))
			return &b->tss[i];
	b->tss[b->n_tss].packed = packed;
	return &b->tss[b->n_tss++];
}

static int by_priority(const void *a, const void *b)
{
	const struct tss_tuple *x = a, *y = b;

	return y->max_priority - x->max_priority;
}

static void tss_build(struct bench *b)
{
	struct tss_tuple *t;
	u32 i, *head;

	b->tss = alloc(b->n, sizeof(*b->tss));
	b->next = alloc(b->n, sizeof(*b->next));
	for (i = 0; i < b->n; i++) {
		t = tss_get(b, &b->match[i].mask);
		t->size++;
		t->max_priority = max(t->max_priority, ruleset_priority(i, b->n));
	}
	qsort(b->tss, b->n_tss, sizeof(*b->tss), by_priority);
	for (i = 0; i < b->n_tss; i++) {
		b->tss[i].size = roundup_pow_of_two(b->tss[i].size);
		b->tss[i].head = alloc(b->tss[i].size, sizeof(u32));
	}
	/* The last is the first of its chain, so of its equals the first wins. */
	for (i = b->n; i--; ) {
		t = tss_get(b, &b->match[i].mask);
		head = &t->head[tss_hash(&t->packed, &b->match[i].value) & (t->size - 1)];
		b->next[i] = *head;
		*head = i + 1;
	}
}

static bool tss_matches(const struct vsw_match *m, const struct vsw_packed *p,
			const struct vsw_key *key)
{
	u16 src = ntohs(key->tp_src), dst = ntohs(key->tp_dst);
	unsigned int i;

	for (i = 0; i < p->n; i++)
		if ((key->w[p->word[i]] & p->w[i]) != m->value.w[p->word[i]])
			return false;
	return m->tp_src.lo <= src && src <= m->tp_src.hi &&
	       m->tp_dst.lo <= dst && dst <= m->tp_dst.hi;
}

/* Returns the number of the rule, counted from 1, or 0. */
static u32 tss_lookup(const struct bench *b, const struct vsw_key *key)
{
	const struct tss_tuple *t;
	u32 best = 0, at;

	for (t = b->tss; t < b->tss + b->n_tss; t++) {
		if (best && t->max_priority < ruleset_priority(best - 1, b->n))
			break;
		at = t->head[tss_hash(&t->packed, key) & (t->size - 1)];
		for (; at; at = b->next[at - 1])
			if ((!best || at < best) &&
			    tss_matches(&b->match[at - 1], &t->packed, key))
				best = at;
	}
	return best;
}

static u32 lookup(const struct bench *b, const struct vsw_key *key)
{
	struct vsw_rule *rule = vsw_classifier_lookup_rcu(&b->cls, key, 1);

	return rule ? rule->seq + 1 : 0;
}

/* The best of some rounds, in ns for one of n keys. */
static double measure(const struct bench *b, int n,
		      u32 (*fn)(const struct bench *b, const struct vsw_key *key))
{
	double start, ns, best = 1e30;
	static volatile u32 sink;
	int round, i;

	for (round = 0; round < ROUNDS; round++) {
		start = now();
		for (i = 0; i < n; i++)
			sink = fn(b, &b->key[i]);
		ns = (now() - start) / n;
		best = ns < best ? ns : best;
	}
	(void)sink;
	return best;
}

static struct vsw_rule *rule_create(const struct bench *b, u32 i)
{
	struct vsw_rule *rule;

	/* As far from the next as flows are in the kernel. */
	rule = aligned_alloc(8, 152 + 16);
	memset(rule, 0, 152);
	rule->add_version = 1;
	rule->del_version = VSW_VERSION_NEVER;
	rule->seq = i;
	rule->priority = ruleset_priority(i, b->n);
	return rule;
}

static void insert(struct bench *b, u32 i)
{
	if (!vsw_classifier_insert(&b->cls, b->rule[i], &b->match[i], NULL))
		return;
	fprintf(stderr, "rule %u of %u: refused\n", i, b->n);
	exit(1);
}

static double build(struct bench *b)
{
	static struct mutex lock;
	double start;
	u32 i;

	b->rule = alloc(b->n, sizeof(*b->rule));
	for (i = 0; i < b->n; i++)
		b->rule[i] = rule_create(b, i);
	vsw_classifier_init(&b->cls, &lock);
	start = now();
	for (i = 0; i < b->n; i++)
		insert(b, i);
	vsw_classifier_sort(&b->cls);
	return (now() - start) / b->n;
}

/* Remove and insert again, in random order. */
static double update(struct bench *b, u64 *state)
{
	u32 i, k, n = 200000;
	double start = now();

	for (k = 0; k < n; k++) {
		i = ruleset_below(state, b->n);
		vsw_classifier_remove(&b->cls, b->rule[i]);
		insert(b, i);
	}
	return (now() - start) / n / 2;
}

static void compare(const struct bench *b)
{
	u32 i, expected, found;

	for (i = 0; i < N_TSS_KEYS; i++) {
		expected = tss_lookup(b, &b->key[i]);
		found = lookup(b, &b->key[i]);
		if (expected == found)
			continue;
		fprintf(stderr, "key %u: rule %u instead of %u\n", i, found, expected);
		exit(1);
	}
}

static void report(const char *name, struct bench *b, u64 *state)
{
	struct vsw_classifier_cost cost;
	double load, ns, tss, change;

	load = build(b);
	compare(b);
	ns = measure(b, N_KEYS, lookup);
	tss = measure(b, N_TSS_KEYS, tss_lookup);
	change = update(b, state);
	vsw_classifier_sort(&b->cls);
	compare(b);
	vsw_classifier_cost(&b->cls, &cost);
	printf("{\"set\": \"%s\", \"rules\": %u, \"masks\": %u, \"tuples\": %u, \"chain\": %u, "
	       "\"probes\": %u, \"lookup_ns\": %.1f, \"tss_lookup_ns\": %.1f, "
	       "\"insert_ns\": %.1f, \"update_ns\": %.1f}\n",
	       name, b->n, b->cls.masks.n, cost.tuples, cost.chain, cost.probes, ns, tss, load,
	       change);
	fflush(stdout);
}

/* bench FAMILY RULES SEED: prints one object of JSON */
int main(int argc, char **argv)
{
	struct bench b = {};
	u64 seed, state;
	u32 i, *seen;
	int family;

	if (argc != 4)
		return 2;
	for (family = 0; family < RULESET_FAMILIES; family++)
		if (!strcmp(argv[1], ruleset_names[family]))
			break;
	if (family == RULESET_FAMILIES)
		return 2;
	b.n = strtoul(argv[2], NULL, 0);
	seed = strtoull(argv[3], NULL, 0);
	b.match = alloc(b.n, sizeof(*b.match));
	seen = alloc(2 * b.n, sizeof(*seen));
	ruleset_make(family, seed, b.match, b.n, seen);
	free(seen);
	b.key = alloc(N_KEYS, sizeof(*b.key));
	state = seed;
	for (i = 0; i < N_KEYS; i++)
		ruleset_key(&b.match[ruleset_below(&state, b.n)], &state, &b.key[i]);
	tss_build(&b);
	report(argv[1], &b, &state);
	return 0;
}
