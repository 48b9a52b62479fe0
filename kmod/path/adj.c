// SPDX-License-Identifier: GPL-2.0
/*
 * Adjacencies: where packets to a destination leave a router, for each CPU on its
 * own.
 *
 * What is found here was decided from the routes and neighbours of the router. It
 * holds as long as the router's generation is the same, which changes with each
 * route and with each neighbour that goes, and as long as the neighbour has the
 * same address. Packets that a route spreads over several hops are not kept here.
 *
 * A CPU's part is read and written on that CPU with BH off.
 */
#include "path/adj.h"

#include <linux/mm.h>
#include <linux/random.h>
#include <linux/slab.h>

/**
 * vsw_adj_store() - keep where packets to a destination go
 * @adjs: the adjacencies of the router
 * @adj: what was decided
 *
 * Context: BH off, RCU read section in which the generation was read.
 */
void vsw_adj_store(struct vsw_adjs *adjs, const struct vsw_adj *adj)
{
	struct vsw_cpu_adjs *c = this_cpu_ptr(adjs->cpu);
	struct vsw_adj *p;

	if (unlikely(!c->place)) {
		if (time_after_eq(jiffies, READ_ONCE(c->retry)))
			queue_work_on(c->cpu, system_wq, &c->alloc);
		return;
	}
	p = vsw_adjs_bucket(adjs, c->place, &adj->dst);
	if (p->gen == adj->gen && !ipv6_addr_equal(&p->dst, &adj->dst) &&
	    (p[1].gen != adj->gen || c->next_way++ & 1))
		p++;
	*p = *adj;
}

/* Places are zero, and no generation is. */
static void alloc_work(struct work_struct *work)
{
	struct vsw_cpu_adjs *c = container_of(work, struct vsw_cpu_adjs, alloc);
	struct vsw_adj *place;

	if (c->place)
		return;
	WRITE_ONCE(c->retry, jiffies + HZ);
	place = kvzalloc_node(VSW_ADJS_PLACES * sizeof(*place), GFP_KERNEL | __GFP_NOWARN,
			      cpu_to_node(c->cpu));
	/* The worker may run elsewhere: the zeros come first. */
	smp_store_release(&c->place, place);
}

/**
 * vsw_adjs_create() - make the adjacencies of a router
 *
 * Context: Process.
 * Return: The adjacencies, or NULL.
 */
struct vsw_adjs *vsw_adjs_create(void)
{
	struct vsw_cpu_adjs *c;
	struct vsw_adjs *adjs;
	int cpu;

	adjs = kzalloc(sizeof(*adjs), GFP_KERNEL_ACCOUNT);
	if (!adjs)
		return NULL;
	adjs->cpu = alloc_percpu_gfp(struct vsw_cpu_adjs, GFP_KERNEL_ACCOUNT);
	if (!adjs->cpu) {
		kfree(adjs);
		return NULL;
	}
	get_random_bytes(adjs->secret, sizeof(adjs->secret));
	for_each_possible_cpu(cpu) {
		c = per_cpu_ptr(adjs->cpu, cpu);
		INIT_WORK(&c->alloc, alloc_work);
		c->retry = jiffies;
		c->cpu = cpu;
	}
	return adjs;
}

/**
 * vsw_adjs_destroy() - free the adjacencies of a router
 * @adjs: the adjacencies; no packet is in the router any more
 *
 * Context: Process, may sleep.
 */
void vsw_adjs_destroy(struct vsw_adjs *adjs)
{
	struct vsw_cpu_adjs *c;
	int cpu;

	for_each_possible_cpu(cpu) {
		c = per_cpu_ptr(adjs->cpu, cpu);
		cancel_work_sync(&c->alloc);
		kvfree(c->place);
	}
	free_percpu(adjs->cpu);
	kfree(adjs);
}
