// SPDX-License-Identifier: GPL-2.0
/*
 * Cache: verdicts by what counts of a frame, for each CPU on its own.
 *
 * All of a CPU's part is read and written on that CPU with BH off, by frames
 * and by work items, and so needs no lock and no atomic. Only while a CPU is
 * offline others do it, with CPU hotplug held off. A work item that goes through
 * all entries lets frames pass now and then; the mutex keeps the other one from
 * taking the entries away meanwhile. Verdicts are freed after a grace period, since
 * frames inside of frames may push out the outer one's.
 *
 * A verdict enters when a second frame asks for it: scans and floods, a frame
 * a flow, push out nothing. It stays right until the flow tables change, and
 * after that as long as the journal says that no change touches it.
 */
#include "path/cache.h"

#include <linux/bits.h>
#include <linux/cpu.h>
#include <linux/log2.h>
#include <linux/math.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#include "compat.h"
#include "path/pkt.h"
#include "path/tunnel.h"
#include "path/verdict.h"

#define WAYS		2
#define PLACES_MIN	8192
#define PLACES_MAX	16777216U

/* As many as there are because there are many flows, if the user says nothing. */
#define PLACES_FLOWS	2097152U
#define INTERNED	1024

/* Entries to work on without letting frames pass. */
#define SLICE		256

/* Entries are allocated in parts that a huge page maps. */
#define PART_SHIFT	21
#define PART_SIZE	BIT(PART_SHIFT)

/* Memory of a CPU's verdicts: frames take it, so it has a bound of its own. */
#define BYTES_MAX	SZ_256M

/* Words that fit in an entry of one, of two and of four cache lines. */
#define WORDS_SMALL	2
#define WORDS_LARGE	10
#define SHIFT_SMALL	6
#define SHIFT_LARGE	7
#define SHIFT_HUGE	8

static unsigned int cache_entries = 1 << 18;
module_param(cache_entries, uint, 0444);
MODULE_PARM_DESC(cache_entries,
		 "Verdicts that a CPU keeps for a switch at most, or two to four for each flow, 2097152 at most, if that is more; 0 for none (default: 262144)");

/**
 * struct entry - a place of the cache
 * @kept: what happens to the frames; without a verdict where the place is free
 * @version: the one that the verdict is known to be right for
 * @packets: frames since they were last counted
 * @bytes: their length
 * @used: jiffies of the last frame
 * @w: what counts of the frames
 *
 * All that a frame needs, so that it waits for memory once where flows are many.
 */
struct entry {
	struct vsw_kept kept;
	unsigned long version;
	u64 packets;
	u64 bytes;
	unsigned long used;
	u64 w[];
};

static_assert(sizeof(struct entry) + WORDS_SMALL * sizeof(u64) == 1 << SHIFT_SMALL);
static_assert(sizeof(struct entry) + WORDS_LARGE * sizeof(u64) == 1 << SHIFT_LARGE);
static_assert(sizeof(struct entry) + VSW_LAYOUT_WORDS * sizeof(u64) <= 1 << SHIFT_HUGE);

/**
 * struct places - memory of the entries
 * @parts: of the entries, which are buckets of WAYS
 * @seen: for each entry a part of the hash of what was last asked for in vain
 * @n: number of entries, a power of two, 0 without memory
 * @n_words: words that an entry has room for, 0 without memory
 * @shift: an entry has 1 << @shift bytes
 */
struct places {
	void **parts;
	u16 *seen;
	unsigned int n;
	u8 n_words;
	u8 shift;
};

/**
 * struct cpu_cache - the part of a CPU
 * @places: the entries
 * @stats: what happened
 * @pressure: evictions since the entries were last moved
 * @limit: number of entries that they may become
 * @retry: jiffies from which the entries may be moved again
 * @is_used: frames were counted here since the last fold
 * @wants: shift that entries should have, 0 if it is right
 * @bytes: memory of the verdicts
 * @interned: the last verdict of each hash of what it does
 * @lock: who goes through all entries, or puts others in their place
 * @fold: counts what was counted aside
 * @grow: gives the entries more memory
 * @cpu: the CPU
 */
struct cpu_cache {
	struct places places;
	struct vsw_cache_stats stats;
	unsigned int pressure;
	unsigned int limit;
	unsigned long retry;
	bool is_used;
	u8 wants;
	size_t bytes;
	struct vsw_verdict *interned[INTERNED];
	struct mutex lock;
	struct work_struct fold;
	struct work_struct grow;
	int cpu;
};

/**
 * struct vsw_cache - the cache of a switch
 * @cpu: its parts
 */
struct vsw_cache {
	struct cpu_cache __percpu *cpu;
};

static struct entry *entry_at(const struct places *p, unsigned int i)
{
	size_t at = (size_t)i << p->shift;

	return p->parts[at >> PART_SHIFT] + (at & (PART_SIZE - 1));
}

static struct entry *bucket(const struct places *p, u64 hash)
{
	return entry_at(p, hash & (p->n - 1) & ~(WAYS - 1));
}

/* Where those go that find their bucket full: few of many flows have no place then. */
static struct entry *other_bucket(const struct places *p, u64 hash)
{
	return bucket(p, hash >> 32);
}

static struct entry *next_way(const struct places *p, struct entry *e)
{
	return (void *)e + (1 << p->shift);
}

static inline bool is_taken(const struct entry *e)
{
	return e->kept.verdict;
}

static inline bool is_for(const struct entry *e, const struct vsw_digest *digest)
{
	u64 differs = 0;
	unsigned int i;

	for (i = 0; i < digest->n; i++)
		differs |= e->w[i] ^ digest->w[i];
	return !differs;
}

static u8 shift_for(unsigned int n_words)
{
	if (n_words > WORDS_LARGE)
		return SHIFT_HUGE;
	return n_words > WORDS_SMALL ? SHIFT_LARGE : SHIFT_SMALL;
}

static __always_inline struct entry *find_in(const struct places *p, struct entry *e,
					     const struct vsw_digest *digest)
{
	struct entry *next = next_way(p, e);

	if (is_taken(e) && is_for(e, digest))
		return e;
	return is_taken(next) && is_for(next, digest) ? next : NULL;
}

static noinline struct entry *find_farther(const struct places *p, const struct vsw_digest *digest)
{
	struct entry *e = bucket(p, digest->hash);

	if (!is_taken(e) || !is_taken(next_way(p, e)))
		return NULL;
	return find_in(p, other_bucket(p, digest->hash), digest);
}

static __always_inline struct entry *find(const struct places *p, const struct vsw_digest *digest)
{
	return find_in(p, bucket(p, digest->hash), digest) ?: find_farther(p, digest);
}

/* Counts what frames have counted aside. */
static void entry_fold(struct cpu_cache *c, struct entry *e)
{
	const struct vsw_verdict *v = e->kept.verdict;
	struct vsw_table_stats *stats;
	const struct vsw_tally *t;

	if (!v || !e->packets)
		return;
	for (t = v->tallies; t < v->tallies + v->n_tallies; t++) {
		stats = per_cpu_ptr(t->table->stats, c->cpu);
		if (!t->stats) {
			stats->missed += e->packets;
			continue;
		}
		stats->matched += e->packets;
		vsw_flow_stats_add(t->stats, e->packets, e->bytes, e->used);
	}
	e->packets = 0;
	e->bytes = 0;
}

/* Until now frames may have taken a header. */
static void free_with_encaps(struct rcu_head *rcu)
{
	struct vsw_verdict *v = container_of(rcu, struct vsw_verdict, rcu);
	unsigned int i;

	for (i = 0; i < v->n_encaps; i++)
		vsw_encap_put(&v->encaps[i]);
	kfree(v);
}

static void verdict_put(struct cpu_cache *c, struct vsw_verdict *v)
{
	const struct vsw_tally *t;

	if (--v->refs)
		return;
	for (t = v->tallies; t < v->tallies + v->n_tallies; t++)
		vsw_flow_stats_put(t->stats);
	if (c->interned[v->place] == v)
		c->interned[v->place] = NULL;
	c->stats.verdicts--;
	c->bytes -= v->cost;
	if (v->n_encaps)
		call_rcu(&v->rcu, free_with_encaps);
	else
		kfree_rcu(v, rcu);
}

static void entry_clear(struct cpu_cache *c, struct entry *e)
{
	if (!is_taken(e))
		return;
	entry_fold(c, e);
	verdict_put(c, e->kept.verdict);
	e->kept.verdict = NULL;
	c->stats.entries--;
}

static bool rewrite_is_same(const struct vsw_op *a, const struct vsw_op *b)
{
	return !memcmp(a->rewrite, b->rewrite, sizeof(*a->rewrite));
}

static bool op_is_same(const struct vsw_op *a, const struct vsw_op *b)
{
	if (a->code != b->code || a->flags != b->flags || a->reason != b->reason ||
	    a->tpid != b->tpid)
		return false;
	switch (a->code) {
	case VSW_OP_REWRITE:
		return rewrite_is_same(a, b);
	case VSW_OP_PUNT:
		return !memcmp(a->punt, b->punt, sizeof(*a->punt));
	case VSW_OP_TUNNEL:
		return vsw_encap_is_same(a->encap, b->encap);
	}
	return a->value == b->value;
}

/* Would the draft make the same verdict? */
static bool verdict_is(const struct vsw_verdict *v, const struct vsw_draft *d)
{
	unsigned int i;

	if (v->n_ops != d->n_ops || v->n_tallies != d->n_steps ||
	    v->tables != d->tables || v->written != d->written)
		return false;
	for (i = 0; i < d->n_steps; i++)
		if (v->tallies[i].table != d->steps[i].table ||
		    v->tallies[i].stats != vsw_step_stats(&d->steps[i]))
			return false;
	for (i = 0; i < d->n_ops; i++)
		if (!op_is_same(&v->ops[i], &d->ops[i]))
			return false;
	return true;
}

static unsigned int place_of(const struct vsw_draft *d)
{
	u64 hash = d->n_ops;
	unsigned int i;

	for (i = 0; i < d->n_steps; i++)
		hash = vsw_fold(hash ^ (uintptr_t)vsw_step_stats(&d->steps[i]), GOLDEN_RATIO_64);
	for (i = 0; i < d->n_ops; i++)
		if (d->ops[i].code == VSW_OP_TUNNEL)
			hash = vsw_fold(hash ^ vsw_encap_hash(d->ops[i].encap), GOLDEN_RATIO_64);
		else if (d->ops[i].code != VSW_OP_REWRITE && d->ops[i].code != VSW_OP_PUNT)
			hash = vsw_fold(hash ^ d->ops[i].value, GOLDEN_RATIO_64);
	return hash % INTERNED;
}

static void copy_ops(struct vsw_verdict *v, const struct vsw_draft *d,
		     struct vsw_rewrite *rewrite)
{
	struct vsw_punt *punt = (void *)(rewrite + d->n_rewrites);
	unsigned int i;

	memcpy(v->ops, d->ops, d->n_ops * sizeof(*v->ops));
	for (i = 0; i < d->n_ops; i++) {
		if (v->ops[i].code == VSW_OP_REWRITE) {
			*rewrite = *d->ops[i].rewrite;
			v->ops[i].rewrite = rewrite++;
		} else if (v->ops[i].code == VSW_OP_PUNT) {
			*punt = *d->ops[i].punt;
			v->ops[i].punt = punt++;
		}
	}
}

static void copy_encaps(struct vsw_verdict *v, const struct vsw_draft *d)
{
	struct vsw_encap *encap = v->encaps;
	unsigned int i;

	for (i = 0; i < d->n_ops; i++) {
		if (v->ops[i].code != VSW_OP_TUNNEL)
			continue;
		*encap = *d->ops[i].encap;
		vsw_encap_keep(encap);
		v->ops[i].encap = encap++;
	}
	v->n_encaps = encap - v->encaps;
}

static void copy_steps(struct vsw_verdict *v, const struct vsw_draft *d)
{
	unsigned int i;

	for (i = 0; i < d->n_steps; i++) {
		v->tallies[i].table = d->steps[i].table;
		v->tallies[i].stats = vsw_step_stats(&d->steps[i]);
		if (v->tallies[i].stats)
			refcount_inc(&v->tallies[i].stats->ref);
	}
}

static struct vsw_verdict *verdict_create(struct cpu_cache *c, const struct vsw_draft *d)
{
	size_t tallies = sizeof(struct vsw_verdict);
	size_t ops = tallies + d->n_steps * sizeof(struct vsw_tally);
	size_t rewrites = ops + d->n_ops * sizeof(struct vsw_op);
	size_t punts = rewrites + d->n_rewrites * sizeof(struct vsw_rewrite);
	size_t encaps = punts + d->n_punts * sizeof(struct vsw_punt);
	size_t size = encaps + d->n_encaps * sizeof(struct vsw_encap);
	size_t cost = size + d->n_encaps * vsw_outer_md_cost();
	struct vsw_verdict *v;

	if (c->bytes + cost > BYTES_MAX)
		return NULL;
	v = kzalloc(size, GFP_ATOMIC | __GFP_NOWARN);
	if (!v)
		return NULL;
	c->bytes += cost;
	v->cost = cost;
	v->tallies = (void *)v + tallies;
	v->ops = (void *)v + ops;
	v->encaps = (void *)v + encaps;
	v->n_ops = d->n_ops;
	v->n_tallies = d->n_steps;
	v->written = d->written;
	v->tables = d->tables;
	copy_steps(v, d);
	copy_ops(v, d, (void *)v + rewrites);
	copy_encaps(v, d);
	return v;
}

/* A verdict that does what the draft says, an old one where there is one. */
static struct vsw_verdict *intern(struct cpu_cache *c, const struct vsw_draft *d)
{
	unsigned int place = place_of(d);
	struct vsw_verdict *v = c->interned[place];

	if (v && verdict_is(v, d))
		return v;
	v = verdict_create(c, d);
	if (!v)
		return NULL;
	v->place = place;
	c->interned[place] = v;
	c->stats.verdicts++;
	return v;
}

/* Which of two is worth less: free, or long not asked for? Else it is all the same. */
static struct entry *worse(struct entry *a, struct entry *b, bool is_a)
{
	if (!is_taken(a) || !is_taken(b))
		return is_taken(a) ? b : a;
	if (a->version != b->version)
		return a->version < b->version ? a : b;
	return is_a ? a : b;
}

static struct entry *worst_in(const struct places *p, struct entry *e, u64 hash)
{
	return worse(e, next_way(p, e), hash >> 62 & 1);
}

static struct entry *victim(const struct places *p, u64 hash)
{
	return worse(worst_in(p, bucket(p, hash), hash),
		     worst_in(p, other_bucket(p, hash), hash), hash >> 61 & 1);
}

/* All flows may be in use; with places for half of them most frames would miss. */
static unsigned int limit_for(const struct vsw_flows *flows)
{
	unsigned int n = clamp(READ_ONCE(flows->n_flows), 1U, PLACES_FLOWS / 2);

	n = 2 * roundup_pow_of_two(n);
	return min(max(cache_entries, n), PLACES_MAX);
}

static bool is_pressed(const struct cpu_cache *c)
{
	return c->pressure >= c->places.n / 8;
}

static void evict(struct cpu_cache *c, struct entry *e)
{
	entry_clear(c, e);
	c->stats.evictions++;
	c->pressure++;
	if (is_pressed(c) && c->places.n <= c->limit / 2 &&
	    time_after_eq(jiffies, READ_ONCE(c->retry)))
		queue_work_on(c->cpu, system_wq, &c->grow);
}

static void store(struct cpu_cache *c, struct vsw_verdict *v, unsigned long version,
		  const struct vsw_digest *digest)
{
	struct entry *e = find(&c->places, digest) ?: victim(&c->places, digest->hash);

	v->refs++;
	if (is_taken(e))
		is_for(e, digest) ? entry_clear(c, e) : evict(c, e);
	e->kept.verdict = v;
	e->kept.out = vsw_verdict_out(v);
	e->version = version;
	memcpy(e->w, digest->w, digest->n * sizeof(u64));
	c->stats.entries++;
}

/* Has it been asked for before? Remembers that it has been now. */
static bool was_seen(const struct places *p, const struct vsw_digest *digest)
{
	u16 *seen = &p->seen[digest->hash >> 24 & (p->n - 1)];
	u16 tag = digest->hash >> 48 | 1;

	if (*seen == tag)
		return true;
	*seen = tag;
	return false;
}

/* Is there memory for entries of this size? If not, it will come. */
static bool has_places(struct cpu_cache *c, unsigned int n_words)
{
	if (likely(n_words <= c->places.n_words))
		return true;
	if (cache_entries && !c->wants && time_after_eq(jiffies, READ_ONCE(c->retry))) {
		c->wants = shift_for(n_words);
		queue_work_on(c->cpu, system_wq, &c->grow);
	}
	return false;
}

/* Flows have changed since the verdict was made: does that touch it? */
static noinline bool is_still_right(const struct vsw_flows *flows,
				    const struct vsw_layout *layout,
				    enum vsw_class class, const struct entry *e,
				    unsigned long version,
				    const struct vsw_digest *digest)
{
	struct vsw_key key __uninitialized;
	struct vsw_walked walked = {
		.key = &key,
		.tables = e->kept.verdict->tables,
		.written = e->kept.verdict->written,
	};

	/* A frame inside of a frame may see a newer one. */
	if (e->version > version)
		return false;
	vsw_layout_unpack(layout, class, digest, &key);
	return vsw_journal_keeps_rcu(&flows->journal, e->version, version, &walked);
}

/**
 * vsw_cache_find() - find the verdict for a frame, and count the frame
 * @cache: the cache
 * @flows: the flow tables
 * @layout: what counts of a frame
 * @version: of the flow tables, read before @layout
 * @pkt: the frame, parsed
 * @digest: gets what counts of it
 *
 * Context: BH off, RCU read section in which @version was read.
 * Return: The verdict, or NULL. What is returned is valid until the CPU's next
 * frame, and what it points at in this RCU read section.
 */
vsw_hot const struct vsw_kept *vsw_cache_find(struct vsw_cache *cache,
					      const struct vsw_flows *flows,
					      const struct vsw_layout *layout,
					      unsigned long version, struct vsw_pkt *pkt,
					      struct vsw_digest *digest)
{
	enum vsw_class class = vsw_pkt_class(pkt);
	struct cpu_cache *c = this_cpu_ptr(cache->cpu);
	struct entry *e;

	vsw_layout_pack(&layout->gather[class], &pkt->key, digest);
	if (unlikely(!has_places(c, layout->n_max)))
		return NULL;
	e = find(&c->places, digest);
	if (!e)
		return NULL;
	if (unlikely(e->version != version)) {
		if (!is_still_right(flows, layout, class, e, version, digest))
			return NULL;
		e->version = version;
		c->stats.kept++;
	}
	e->packets++;
	e->bytes += pkt->len;
	e->used = jiffies;
	c->stats.hits++;
	c->is_used = true;
	return &e->kept;
}

/**
 * vsw_cache_offer() - keep a verdict if it is worth it
 * @cache: the cache
 * @flows: the flow tables
 * @d: what the tables said
 * @version: of the flow tables
 * @digest: what counts of the frame
 *
 * Context: BH off, RCU read section in which @d was made.
 */
void vsw_cache_offer(struct vsw_cache *cache, const struct vsw_flows *flows,
		     const struct vsw_draft *d, unsigned long version,
		     const struct vsw_digest *digest)
{
	struct cpu_cache *c = this_cpu_ptr(cache->cpu);
	struct vsw_verdict *v;

	c->stats.misses++;
	if (!c->places.n || shift_for(digest->n) > c->places.shift ||
	    !was_seen(&c->places, digest))
		return;
	c->limit = limit_for(flows);
	v = intern(c, d);
	if (v)
		store(c, v, version, digest);
}

/* A slice at a time; there are whole ones only. */
static void go_through(struct cpu_cache *c, const struct places *p,
		       void (*act)(struct cpu_cache *c, struct entry *e))
{
	unsigned int i;

	for (i = 0; i < p->n; i++) {
		if (!(i % SLICE))
			local_bh_disable();
		act(c, entry_at(p, i));
		if (i % SLICE == SLICE - 1) {
			local_bh_enable();
			cond_resched();
		}
	}
}

static void fold_cpu(struct cpu_cache *c)
{
	mutex_lock(&c->lock);
	WRITE_ONCE(c->is_used, false);
	go_through(c, &c->places, entry_fold);
	mutex_unlock(&c->lock);
}

static void fold_work(struct work_struct *work)
{
	fold_cpu(container_of(work, struct cpu_cache, fold));
}

/**
 * vsw_cache_fold() - bring all counters up to date
 * @cache: the cache
 *
 * What frames have counted before the call counts when it returns.
 *
 * Context: Process, may sleep.
 */
void vsw_cache_fold(struct vsw_cache *cache)
{
	struct cpu_cache *c;
	int cpu;

	cpus_read_lock();
	for_each_possible_cpu(cpu) {
		c = per_cpu_ptr(cache->cpu, cpu);
		if (!READ_ONCE(c->is_used))
			continue;
		if (cpu_online(cpu))
			queue_work_on(cpu, system_wq, &c->fold);
		else
			fold_cpu(c);
	}
	for_each_online_cpu(cpu)
		flush_work(&per_cpu_ptr(cache->cpu, cpu)->fold);
	cpus_read_unlock();
}

static size_t places_size(const struct places *p)
{
	return (size_t)p->n << p->shift;
}

static void places_free(struct places *p)
{
	size_t i, n = DIV_ROUND_UP(places_size(p), PART_SIZE);

	for (i = 0; p->parts && i < n; i++)
		kvfree(p->parts[i]);
	kvfree(p->parts);
	kvfree(p->seen);
}

static int parts_alloc(struct places *p, int node)
{
	size_t i, size = places_size(p), n = DIV_ROUND_UP(size, PART_SIZE);

	p->parts = kvcalloc(n, sizeof(*p->parts), GFP_KERNEL);
	if (!p->parts)
		return -ENOMEM;
	for (i = 0; i < n; i++) {
		p->parts[i] = kvzalloc_node(min(size, PART_SIZE), GFP_KERNEL | __GFP_NOWARN, node);
		if (!p->parts[i])
			return -ENOMEM;
		cond_resched();
	}
	return 0;
}

static int places_alloc(struct places *p, int cpu)
{
	int node = cpu_to_node(cpu);
	int err = parts_alloc(p, node);

	p->seen = kvzalloc_node(p->n * sizeof(*p->seen), GFP_KERNEL | __GFP_NOWARN, node);
	if (!err && p->seen)
		return 0;
	places_free(p);
	return -ENOMEM;
}

/* More places, larger ones, or the first ones at all. */
static void plan(const struct cpu_cache *c, struct places *p)
{
	p->shift = max(c->places.shift, c->wants);
	p->n_words = ((1 << p->shift) - sizeof(struct entry)) / sizeof(u64);
	p->n = c->places.n;
	if (!p->n)
		p->n = rounddown_pow_of_two(clamp(cache_entries, 256U, PLACES_MIN));
	else if (!c->wants && is_pressed(c))
		p->n = min(p->n * 4, rounddown_pow_of_two(max(c->limit, p->n)));
}

/* What was there is not moved: what is in use comes back by itself. */
static void places_replace(struct cpu_cache *c, struct places *new)
{
	mutex_lock(&c->lock);
	local_bh_disable();
	swap(*new, c->places);
	c->pressure = 0;
	c->stats.size = c->places.n;
	if (c->wants <= c->places.shift)
		c->wants = 0;
	local_bh_enable();
	go_through(c, new, entry_clear);
	mutex_unlock(&c->lock);
}

/*
 * With CPU hotplug held off, to be on the CPU means that it is online and that
 * the worker stays there.
 */
static void grow_work(struct work_struct *work)
{
	struct cpu_cache *c = container_of(work, struct cpu_cache, grow);
	struct places new;
	int err;

	plan(c, &new);
	/* Frames may have asked for what was on its way to them. */
	if (new.n == c->places.n && new.shift == c->places.shift) {
		c->wants = 0;
		return;
	}
	err = places_alloc(&new, c->cpu);
	cpus_read_lock();
	if (!err && raw_smp_processor_id() == c->cpu)
		places_replace(c, &new);
	else
		c->wants = 0;
	if (err)
		WRITE_ONCE(c->retry, jiffies + HZ);
	cpus_read_unlock();
	if (!err)
		places_free(&new);
}

static void cpu_cache_init(struct cpu_cache *c, int cpu)
{
	mutex_init(&c->lock);
	INIT_WORK(&c->fold, fold_work);
	INIT_WORK(&c->grow, grow_work);
	c->retry = jiffies;
	c->cpu = cpu;
}

/**
 * vsw_cache_create() - make the cache of a switch
 *
 * It takes memory for entries when frames want to be kept.
 *
 * Context: Process.
 * Return: The cache, or NULL.
 */
struct vsw_cache *vsw_cache_create(void)
{
	struct vsw_cache *cache;
	int cpu;

	cache = kzalloc(sizeof(*cache), GFP_KERNEL_ACCOUNT);
	if (!cache)
		return NULL;
	cache->cpu = alloc_percpu_gfp(struct cpu_cache, GFP_KERNEL_ACCOUNT);
	if (!cache->cpu) {
		kfree(cache);
		return NULL;
	}
	for_each_possible_cpu(cpu)
		cpu_cache_init(per_cpu_ptr(cache->cpu, cpu), cpu);
	return cache;
}

/**
 * vsw_cache_destroy() - free the cache of a switch
 * @cache: the cache, or NULL; no frame is in the switch any more
 *
 * Context: Process, may sleep.
 */
void vsw_cache_destroy(struct vsw_cache *cache)
{
	struct cpu_cache *c;
	int cpu;

	if (!cache)
		return;
	for_each_possible_cpu(cpu) {
		c = per_cpu_ptr(cache->cpu, cpu);
		cancel_work_sync(&c->grow);
		cancel_work_sync(&c->fold);
		go_through(c, &c->places, entry_clear);
		places_free(&c->places);
		mutex_destroy(&c->lock);
	}
	free_percpu(cache->cpu);
	kfree(cache);
}

/**
 * vsw_cache_sum() - what happened in a cache
 * @cache: the cache
 * @sum: filled in
 *
 * Context: Any.
 */
void vsw_cache_sum(const struct vsw_cache *cache, struct vsw_cache_stats *sum)
{
	const struct vsw_cache_stats *stats;
	int cpu;

	memset(sum, 0, sizeof(*sum));
	for_each_possible_cpu(cpu) {
		stats = &per_cpu_ptr(cache->cpu, cpu)->stats;
		sum->size += READ_ONCE(stats->size);
		sum->entries += READ_ONCE(stats->entries);
		sum->verdicts += READ_ONCE(stats->verdicts);
		sum->hits += READ_ONCE(stats->hits);
		sum->misses += READ_ONCE(stats->misses);
		sum->kept += READ_ONCE(stats->kept);
		sum->evictions += READ_ONCE(stats->evictions);
	}
}
