// SPDX-License-Identifier: GPL-2.0
/*
 * Pairs: where frames from one station to another go, for each CPU on its own.
 *
 * What is found here was decided from the FDB and from the settings of ports. It
 * holds as long as the generation of the FDB is the same, which changes with
 * each entry that moves or goes and with each setting, but not with addresses
 * that are learned: an unknown destination is not kept here. A pointer of the
 * same generation is good in the RCU read section that read the generation.
 *
 * A CPU's part is read and written on that CPU with BH off.
 */
#include "path/pairs.h"

#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/random.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

/**
 * vsw_pairs_store() - keep where a frame went
 * @pairs: the pairs
 * @pair: the frame's
 * @way: where it went
 *
 * Context: BH off, RCU read section in which the generation was read.
 */
void vsw_pairs_store(struct vsw_pairs *pairs, const struct vsw_pair *pair,
		     const struct vsw_way *way)
{
	struct vsw_cpu_pairs *c = this_cpu_ptr(pairs->cpu);
	struct vsw_place *p;

	if (unlikely(!c->place)) {
		if (time_after_eq(jiffies, READ_ONCE(c->retry)))
			queue_work_on(c->cpu, system_wq, &c->alloc);
		return;
	}
	p = vsw_pairs_bucket(pairs, c->place, pair);
	if (p->pair.gen == pair->gen && (p[1].pair.gen != pair->gen || c->next_way++ & 1))
		p++;
	p->pair = *pair;
	p->way = *way;
}

/* Places are zero, and no generation is. */
static void alloc_work(struct work_struct *work)
{
	struct vsw_cpu_pairs *c = container_of(work, struct vsw_cpu_pairs, alloc);
	struct vsw_place *place;

	if (c->place)
		return;
	WRITE_ONCE(c->retry, jiffies + HZ);
	place = kvzalloc_node(VSW_PAIRS_PLACES * sizeof(*place), GFP_KERNEL | __GFP_NOWARN,
			      cpu_to_node(c->cpu));
	/* The worker may run elsewhere: the zeros come first. */
	smp_store_release(&c->place, place);
}

/**
 * vsw_pairs_create() - make the pairs of a switch
 *
 * Context: Process.
 * Return: The pairs, or NULL.
 */
struct vsw_pairs *vsw_pairs_create(void)
{
	struct vsw_pairs *pairs;
	struct vsw_cpu_pairs *c;
	int cpu;

	pairs = kzalloc(sizeof(*pairs), GFP_KERNEL_ACCOUNT);
	if (!pairs)
		return NULL;
	pairs->cpu = alloc_percpu_gfp(struct vsw_cpu_pairs, GFP_KERNEL_ACCOUNT);
	if (!pairs->cpu) {
		kfree(pairs);
		return NULL;
	}
	get_random_bytes(pairs->secret, sizeof(pairs->secret));
	for_each_possible_cpu(cpu) {
		c = per_cpu_ptr(pairs->cpu, cpu);
		INIT_WORK(&c->alloc, alloc_work);
		c->retry = jiffies;
		c->cpu = cpu;
	}
	return pairs;
}

/**
 * vsw_pairs_destroy() - free the pairs of a switch
 * @pairs: the pairs, or NULL; no frame is in the switch any more
 *
 * Context: Process, may sleep.
 */
void vsw_pairs_destroy(struct vsw_pairs *pairs)
{
	struct vsw_cpu_pairs *c;
	int cpu;

	if (!pairs)
		return;
	for_each_possible_cpu(cpu) {
		c = per_cpu_ptr(pairs->cpu, cpu);
		cancel_work_sync(&c->alloc);
		kvfree(c->place);
	}
	free_percpu(pairs->cpu);
	kfree(pairs);
}
