// SPDX-License-Identifier: GPL-2.0
/*
 * Tuples of a classifier: which masks stand together.
 *
 * All rules of a mask are in one tuple. Where many of a tuple's rules have the
 * same hash, it is to hash more bits: those that all its masks have, or, when
 * some masks have moved to a tuple of their own, those of these masks.
 *
 * What is visible never moves under the eyes of a reader: the hashes are built
 * anew and published together, in one array.
 */
#include "tables/tuple.h"

#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/sort.h>

#include "compat.h"

/* A mask joins a tuple where its first rule meets less than this many. */
#define CHAIN_JOIN	8

/* Rules of a chain that are looked at to find out how to part them. */
#define SAMPLE		16

#define NONE		((struct vsw_rules_from){})

static struct vsw_tuples *tuples_locked(const struct vsw_classifier *cls)
{
	return rcu_dereference_protected(cls->tuples, lockdep_is_held(cls->lock));
}

static struct vsw_tuples *tuples_alloc(unsigned int n)
{
	struct vsw_tuples *tuples;

	return kvzalloc(struct_size(tuples, ref, n), GFP_KERNEL_ACCOUNT);
}

static int compare_priority(const void *a, const void *b)
{
	const struct vsw_tuple *const *x = a, *const *y = b;

	return (*y)->rules->max_priority - (*x)->rules->max_priority;
}

static void refs_fill(struct vsw_tuples *new, struct vsw_tuple **sorted, unsigned int n)
{
	struct vsw_tuple *tuple;
	u16 max_rest = 0;

	new->n = n;
	while (n--) {
		tuple = sorted[n];
		tuple->index = n;
		max_rest = max(max_rest, tuple->rules->max_priority);
		RCU_INIT_POINTER(new->ref[n].rules, tuple->rules);
		new->ref[n].max_priority = tuple->rules->max_priority;
		new->ref[n].max_rest = max_rest;
	}
}

/* Show readers the tuples as they are, by falling priority. */
static void tuples_publish(struct vsw_classifier *cls, struct vsw_tuples *new)
{
	struct vsw_tuples *old = tuples_locked(cls);
	/* The places are filled from the end, which the pointers do not reach. */
	struct vsw_tuple **sorted = (struct vsw_tuple **)new->ref;
	struct vsw_tuple *tuple;
	unsigned int n = 0;

	list_for_each_entry(tuple, &cls->list, node)
		sorted[n++] = tuple;
	sort(sorted, n, sizeof(*sorted), compare_priority, NULL);
	refs_fill(new, sorted, n);
	cls->n_tuples = n;
	cls->is_unsorted = false;
	rcu_assign_pointer(cls->tuples, new);
	if (old)
		kvfree_rcu(old, rcu);
}

/**
 * vsw_classifier_sort - bring the tuples into the order of their priorities
 * @cls: the classifier
 *
 * Without it lookups find the same, in more probes.
 *
 * Context: Process, under the lock.
 */
void vsw_classifier_sort(struct vsw_classifier *cls)
{
	struct vsw_tuples *new;

	lockdep_assert_held(cls->lock);
	if (!cls->is_unsorted)
		return;
	new = tuples_alloc(cls->n_tuples);
	if (new)
		tuples_publish(cls, new);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_classifier_sort);

/**
 * vsw_tuple_find - find the tuple that hashes certain bits
 * @cls: the classifier
 * @mask: the bits
 *
 * Context: Process, under the lock.
 * Return: The tuple, or NULL.
 */
struct vsw_tuple *vsw_tuple_find(const struct vsw_classifier *cls, const struct vsw_key *mask)
{
	struct vsw_tuple *tuple;

	list_for_each_entry(tuple, &cls->list, node)
		if (vsw_key_is_same(&tuple->mask, mask))
			return tuple;
	return NULL;
}

/**
 * vsw_tuple_choose - find a tuple with room for a new mask
 * @cls: the classifier
 * @mask: the mask
 * @key: value of its first rule
 *
 * Context: Process, under the lock.
 * Return: The tuple that hashes the most bits, or NULL.
 */
struct vsw_tuple *vsw_tuple_choose(const struct vsw_classifier *cls,
				   const struct vsw_key *mask, const struct vsw_key *key)
{
	struct vsw_tuple *tuple, *best = NULL;
	unsigned int weight, best_weight = 0;

	list_for_each_entry(tuple, &cls->list, node) {
		if (!vsw_key_has(mask, &tuple->mask))
			continue;
		weight = vsw_key_weight(&tuple->mask);
		if ((best && weight <= best_weight) ||
		    vsw_rules_chain(tuple->rules, key, NULL, 0) >= CHAIN_JOIN)
			continue;
		best = tuple;
		best_weight = weight;
	}
	return best;
}

static struct vsw_tuple *tuple_alloc(const struct vsw_key *mask)
{
	struct vsw_tuple *tuple = kzalloc(sizeof(*tuple), GFP_KERNEL_ACCOUNT);

	if (!tuple)
		return NULL;
	tuple->mask = *mask;
	INIT_LIST_HEAD(&tuple->masks);
	return tuple;
}

/**
 * vsw_tuple_create - make a tuple
 * @cls: the classifier
 * @mask: the bits to hash
 * @created: gets the tuple, which has no masks
 *
 * Context: Process, under the lock.
 * Return: 0 or -ENOMEM.
 */
int vsw_tuple_create(struct vsw_classifier *cls, const struct vsw_key *mask,
		     struct vsw_tuple **created)
{
	struct vsw_tuples *new = tuples_alloc(cls->n_tuples + 1);
	struct vsw_tuple *tuple = tuple_alloc(mask);

	if (tuple)
		tuple->rules = vsw_rules_create(mask, NONE, NONE, 1);
	if (!new || !tuple || !tuple->rules) {
		if (tuple)
			kvfree(tuple->rules);
		kfree(tuple);
		kvfree(new);
		return -ENOMEM;
	}
	list_add_tail(&tuple->node, &cls->list);
	tuples_publish(cls, new);
	*created = tuple;
	return 0;
}

/**
 * vsw_tuple_free - free a tuple that has no rules and no masks
 * @cls: the classifier
 * @tuple: the tuple
 *
 * Context: Process, under the lock.
 */
void vsw_tuple_free(struct vsw_classifier *cls, struct vsw_tuple *tuple)
{
	RCU_INIT_POINTER(tuples_locked(cls)->ref[tuple->index].rules, NULL);
	list_del(&tuple->node);
	cls->n_tuples--;
	kvfree_rcu(tuple->rules, rcu);
	/* Readers know its rules only. */
	kfree(tuple);
}

/* The rules are the same, so readers may see either. */
static void rules_replace(struct vsw_classifier *cls, struct vsw_tuple *tuple,
			  struct vsw_rules *new)
{
	struct vsw_rules *old = tuple->rules;

	tuple->rules = new;
	rcu_assign_pointer(tuples_locked(cls)->ref[tuple->index].rules, new);
	kvfree_rcu(old, rcu);
}

static int resize(struct vsw_classifier *cls, struct vsw_tuple *tuple, u32 n_rules)
{
	struct vsw_rules_from all = { tuple->rules, VSW_RULES_ALL };
	struct vsw_rules *new = vsw_rules_create(&tuple->mask, all, NONE, n_rules);

	if (!new)
		return -ENOMEM;
	rules_replace(cls, tuple, new);
	return 0;
}

/* Before the rule becomes visible. Lookups stop later than they could. */
static void raise(struct vsw_classifier *cls, unsigned int index, u16 priority)
{
	struct vsw_tuple_ref *ref = tuples_locked(cls)->ref;

	WRITE_ONCE(ref[index].max_priority, priority);
	if (index && ref[index - 1].max_priority < priority)
		cls->is_unsorted = true;
	for (; ref[index].max_rest < priority; index--) {
		WRITE_ONCE(ref[index].max_rest, priority);
		if (!index)
			break;
	}
}

/**
 * vsw_tuple_add - add a rule
 * @cls: the classifier
 * @tuple: of the rule's mask
 * @rule: the rule
 *
 * Context: Process, under the lock.
 * Return: 0 or -ENOMEM.
 */
int vsw_tuple_add(struct vsw_classifier *cls, struct vsw_tuple *tuple, struct vsw_rule *rule)
{
	struct vsw_rules *rules = tuple->rules;
	int err;

	if (rules->n_rules >= 4 * (rules->home_mask + 1) && rules->packed.n) {
		err = resize(cls, tuple, 2 * rules->n_rules);
		if (err)
			return err;
	}
	while (!vsw_rules_add(tuple->rules, rule)) {
		err = resize(cls, tuple, 2 * tuple->rules->n_rules);
		if (err)
			return err;
	}
	if (rule->priority > tuples_locked(cls)->ref[tuple->index].max_priority)
		raise(cls, tuple->index, rule->priority);
	return 0;
}

/**
 * vsw_tuple_del - remove a rule
 * @cls: the classifier
 * @tuple: of the rule's mask
 * @rule: the rule
 *
 * Context: Process, under the lock.
 */
void vsw_tuple_del(struct vsw_classifier *cls, struct vsw_tuple *tuple, struct vsw_rule *rule)
{
	struct vsw_rules *rules = tuple->rules;

	WARN_ON_ONCE(!vsw_rules_del(rules, rule));
	/* If there is no memory for a small one, the large one stays. */
	if (rules->n_rules && rules->n_rules < rules->n_buckets / 4)
		resize(cls, tuple, rules->n_rules);
}

/**
 * struct move - rules on their way from a tuple to another
 * @from: the tuple; vsw_mask.moves says what moves
 * @to: the other
 * @staying: what @from is to have
 * @moved: what @to is to have
 * @tuples: new array of tuples
 */
struct move {
	struct vsw_tuple *from;
	struct vsw_tuple *to;
	struct vsw_rules *staying;
	struct vsw_rules *moved;
	struct vsw_tuples *tuples;
};

static u32 count_moving(const struct vsw_tuple *tuple)
{
	const struct vsw_mask *mask;
	u32 n = 0;

	list_for_each_entry(mask, &tuple->masks, sibling)
		n += mask->moves ? mask->n_rules : 0;
	return n;
}

/* All that can fail. */
static bool move_prepare(struct vsw_classifier *cls, struct move *m)
{
	struct vsw_rules_from staying = { m->from->rules, VSW_RULES_STAYING };
	struct vsw_rules_from moving = { m->from->rules, VSW_RULES_MOVING };
	struct vsw_rules_from there = { m->to->rules, VSW_RULES_ALL };
	u32 n = count_moving(m->from);
	u32 n_there = m->to->rules ? m->to->rules->n_rules : 0;

	m->staying = vsw_rules_create(&m->from->mask, staying, NONE,
				      m->from->rules->n_rules - n);
	m->moved = vsw_rules_create(&m->to->mask, there, moving, n_there + n);
	m->tuples = tuples_alloc(cls->n_tuples + 1);
	return m->staying && m->moved && m->tuples;
}

static void move_masks(struct vsw_tuple *from, struct vsw_tuple *to)
{
	struct vsw_mask *mask, *next;

	list_for_each_entry_safe(mask, next, &from->masks, sibling) {
		if (!mask->moves)
			continue;
		list_move_tail(&mask->sibling, &to->masks);
		mask->tuple = to;
		mask->moves = false;
	}
}

static void move_stop(struct vsw_tuple *from)
{
	struct vsw_mask *mask;

	list_for_each_entry(mask, &from->masks, sibling)
		mask->moves = false;
}

/* Readers of the old array see the old hashes, those of the new one the new. */
static void move_commit(struct vsw_classifier *cls, struct move *m)
{
	struct vsw_rules *old_from = m->from->rules, *old_to = m->to->rules;

	move_masks(m->from, m->to);
	m->from->rules = m->staying;
	m->to->rules = m->moved;
	if (!old_to)
		list_add_tail(&m->to->node, &cls->list);
	if (list_empty(&m->from->masks)) {
		list_del(&m->from->node);
		kvfree(m->from->rules);
		kfree(m->from);
	}
	tuples_publish(cls, m->tuples);
	kvfree_rcu(old_from, rcu);
	if (old_to)
		kvfree_rcu(old_to, rcu);
}

/* Move the masks that are marked to a tuple, a new one if it has no rules. */
static bool move(struct vsw_classifier *cls, struct vsw_tuple *from, struct vsw_tuple *to)
{
	struct move m = { .from = from, .to = to };

	if (to && move_prepare(cls, &m)) {
		move_commit(cls, &m);
		return true;
	}
	move_stop(from);
	kvfree(m.staying);
	kvfree(m.moved);
	kvfree(m.tuples);
	if (to && !to->rules)
		kfree(to);
	return false;
}

static bool move_to(struct vsw_classifier *cls, struct vsw_tuple *from,
		    const struct vsw_key *bits)
{
	struct vsw_tuple *to = vsw_tuple_find(cls, bits);

	if (!to && cls->n_tuples < VSW_TUPLES_MAX)
		to = tuple_alloc(bits);
	return move(cls, from, to);
}

/* Masks that were let in while there was room get the tuple that suits them. */
static bool scatter(struct vsw_classifier *cls, struct vsw_tuple *tuple,
		    const struct vsw_mask *first)
{
	struct vsw_key bits, other;
	struct vsw_mask *mask;

	vsw_mask_relax(&bits, &first->bits);
	if (!vsw_key_has(&bits, &tuple->mask) || vsw_key_is_same(&bits, &tuple->mask))
		return false;
	list_for_each_entry(mask, &tuple->masks, sibling) {
		vsw_mask_relax(&other, &mask->bits);
		mask->moves = vsw_key_is_same(&bits, &other);
	}
	return move_to(cls, tuple, &bits);
}

/**
 * struct chain - rules with the same hash, and how to part them
 * @n: number of rules looked at
 * @n_masks: number of different masks
 * @rule: the rules
 * @mask: the masks
 * @hash: of the rules, by the bits in question
 */
struct chain {
	unsigned int n;
	unsigned int n_masks;
	struct vsw_rule *rule[VSW_CHAIN_MAX];
	const struct vsw_mask *mask[SAMPLE];
	u64 hash[SAMPLE];
};

static void chain_add_mask(struct chain *c, const struct vsw_mask *mask)
{
	unsigned int i;

	for (i = 0; i < c->n_masks; i++)
		if (c->mask[i] == mask)
			return;
	c->mask[c->n_masks++] = mask;
}

static void chain_fill(struct chain *c, const struct vsw_tuple *tuple,
		       const struct vsw_key *key)
{
	unsigned int i, n;

	n = vsw_rules_chain(tuple->rules, key, c->rule, VSW_CHAIN_MAX);
	n = min_t(unsigned int, n, VSW_CHAIN_MAX);
	c->n = min_t(unsigned int, n, SAMPLE);
	c->n_masks = 0;
	for (i = 0; i < c->n; i++) {
		c->rule[i] = c->rule[i * n / c->n];
		chain_add_mask(c, c->rule[i]->mask);
	}
}

static u64 hash_bits(const struct vsw_rule *rule, const struct vsw_key *bits)
{
	const struct vsw_packed *p = &rule->mask->packed;
	u64 hash = 0;
	unsigned int i;

	for (i = 0; i < p->n; i++)
		hash = (hash ^ (rule->value[i] & bits->w[p->word[i]])) * 0x9e3779b97f4a7c15ull +
		       (hash >> 32);
	return hash;
}

/* The length of the chain if its rules that can moved to a tuple of these bits. */
static unsigned int chain_left(struct chain *c, const struct vsw_key *bits)
{
	unsigned int i, j, same, n = 0, longest = 0;

	for (i = 0; i < c->n; i++)
		if (vsw_key_has(&c->rule[i]->mask->bits, bits))
			c->hash[n++] = hash_bits(c->rule[i], bits);
	for (i = 0; i < n; i++) {
		for (same = 1, j = i + 1; j < n; j++)
			same += c->hash[i] == c->hash[j];
		longest = max(longest, same);
	}
	return max(longest, c->n - n);
}

static bool is_relief(const struct chain *c, unsigned int left)
{
	return 4 * left <= 3 * c->n;
}

static void key_and(struct vsw_key *key, const struct vsw_key *other)
{
	unsigned int i;

	for (i = 0; i < VSW_KEY_WORDS; i++)
		key->w[i] &= other->w[i];
}

/* Hash all bits that all masks of the tuple have, if that helps. */
static bool refine(struct vsw_classifier *cls, struct vsw_tuple *tuple, struct chain *c)
{
	struct vsw_rules_from all = { tuple->rules, VSW_RULES_ALL };
	const struct vsw_mask *mask;
	struct vsw_rules *new;
	struct vsw_key bits;

	memset(&bits, 0xff, sizeof(bits));
	list_for_each_entry(mask, &tuple->masks, sibling)
		key_and(&bits, &mask->bits);
	if (vsw_key_is_same(&bits, &tuple->mask) || vsw_tuple_find(cls, &bits) ||
	    !is_relief(c, chain_left(c, &bits)))
		return false;
	new = vsw_rules_create(&bits, all, NONE, tuple->rules->n_rules + 1);
	if (!new)
		return false;
	tuple->mask = bits;
	rules_replace(cls, tuple, new);
	return true;
}

/* The bits, common to two masks or those of one, that part the chain best. */
static unsigned int best_bits(struct chain *c, const struct vsw_tuple *tuple,
			      struct vsw_key *best)
{
	unsigned int i, j, left, best_left = c->n;
	struct vsw_key bits;

	for (i = 0; i < c->n_masks; i++) {
		for (j = i; j < c->n_masks; j++) {
			bits = c->mask[i]->bits;
			key_and(&bits, &c->mask[j]->bits);
			if (vsw_key_is_same(&bits, &tuple->mask))
				continue;
			left = chain_left(c, &bits);
			if (left >= best_left)
				continue;
			best_left = left;
			*best = bits;
		}
	}
	return best_left;
}

/* Move those masks of the chain that have certain bits to a tuple of these. */
static bool split(struct vsw_classifier *cls, struct vsw_tuple *tuple, struct chain *c,
		  bool is_long)
{
	struct vsw_mask *mask;
	struct vsw_key bits;
	unsigned int i, left;

	left = best_bits(c, tuple, &bits);
	if (left == c->n || (!is_long && !is_relief(c, left)))
		return false;
	list_for_each_entry(mask, &tuple->masks, sibling)
		for (i = 0; i < c->n_masks; i++)
			if (mask == c->mask[i])
				mask->moves = vsw_key_has(&mask->bits, &bits);
	return move_to(cls, tuple, &bits);
}

/* One mask only, all bits of which are hashed: nothing can part these rules. */
static bool is_hopeless(const struct vsw_tuple *tuple, const struct chain *c)
{
	return c->n_masks == 1 && vsw_key_is_same(&c->mask[0]->bits, &tuple->mask);
}

static bool relieve(struct vsw_classifier *cls, struct vsw_tuple *tuple, struct chain *c,
		    bool is_long)
{
	unsigned int i;

	if (is_hopeless(tuple, c))
		return false;
	for (i = 0; i < c->n_masks; i++)
		if (scatter(cls, tuple, c->mask[i]))
			return true;
	return refine(cls, tuple, c) || split(cls, tuple, c, is_long);
}

/**
 * vsw_tuple_relieve - make a chain shorter if that can be done
 * @cls: the classifier
 * @mask: mask of a rule that is to come, which may have another tuple after it
 * @key: value of that rule
 *
 * Context: Process, under the lock.
 */
void vsw_tuple_relieve(struct vsw_classifier *cls, const struct vsw_mask *mask,
		       const struct vsw_key *key)
{
	unsigned int limit = mask->tuple->rules->packed.n ? VSW_CHAIN_GOOD : CHAIN_JOIN;
	struct chain *c = kmalloc(sizeof(*c), GFP_KERNEL);
	unsigned int n, turns = 0;

	if (!c)
		return;
	do {
		chain_fill(c, mask->tuple, key);
		n = vsw_rules_chain(mask->tuple->rules, key, NULL, 0);
	} while (n >= limit && turns++ < SAMPLE &&
		 relieve(cls, mask->tuple, c, n >= VSW_CHAIN_MAX));
	kfree(c);
}

/* Where all rules of a tuple can go without making a chain too long. */
static struct vsw_tuple *find_host(const struct vsw_classifier *cls,
				   const struct vsw_tuple *guest)
{
	struct vsw_tuple *tuple;

	list_for_each_entry(tuple, &cls->list, node)
		if (tuple != guest && vsw_key_has(&guest->mask, &tuple->mask) &&
		    tuple->rules->max_chain + guest->rules->n_rules <= VSW_CHAIN_GOOD)
			return tuple;
	return NULL;
}

/**
 * vsw_tuples_merge - bring together tuples that have become small
 * @cls: the classifier
 *
 * Context: Process, under the lock.
 * Return: true if there are less tuples than before.
 */
bool vsw_tuples_merge(struct vsw_classifier *cls)
{
	struct vsw_tuple *tuple, *next, *host;
	u32 before = cls->n_tuples;
	struct vsw_mask *mask;

	if (cls->is_packed)
		return false;
	list_for_each_entry_safe(tuple, next, &cls->list, node) {
		host = find_host(cls, tuple);
		if (!host)
			continue;
		list_for_each_entry(mask, &tuple->masks, sibling)
			mask->moves = true;
		if (!move(cls, tuple, host))
			break;
	}
	cls->is_packed = true;
	return cls->n_tuples < before;
}
