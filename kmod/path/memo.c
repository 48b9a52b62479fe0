// SPDX-License-Identifier: GPL-2.0
/*
 * Memo: where a CPU keeps what it has decided. It takes memory when there is
 * something to be kept: most switches never run on most CPUs.
 */
#include "path/memo.h"

#include <linux/mm.h>
#include <linux/random.h>
#include <linux/slab.h>

#include "compat.h"

/**
 * vsw_memo_want() - there is something to be kept, but no place for it
 * @memo: the memo; its places will come
 *
 * Context: BH off.
 */
void vsw_memo_want(struct vsw_memo *memo)
{
	struct vsw_cpu_memo *c = this_cpu_ptr(memo->cpu);

	if (time_after_eq(jiffies, READ_ONCE(c->retry)))
		queue_work_on(c->cpu, system_wq, &c->alloc);
}

/* Places are zero, and no generation is. */
static void alloc_work(struct work_struct *work)
{
	struct vsw_cpu_memo *c = container_of(work, struct vsw_cpu_memo, alloc);
	void *places;

	if (c->places)
		return;
	WRITE_ONCE(c->retry, jiffies + HZ);
	places = kvzalloc_node(VSW_MEMO_PLACES * VSW_MEMO_PLACE_SIZE, GFP_KERNEL | __GFP_NOWARN,
			       cpu_to_node(c->cpu));
	/* The worker may run elsewhere: the zeros come first. */
	smp_store_release(&c->places, places);
}

/**
 * vsw_memo_create() - make a memo
 *
 * Context: Process.
 * Return: The memo, or NULL.
 */
struct vsw_memo *vsw_memo_create(void)
{
	struct vsw_cpu_memo *c;
	struct vsw_memo *memo;
	int cpu;

	memo = kzalloc(sizeof(*memo), GFP_KERNEL_ACCOUNT);
	if (!memo)
		return NULL;
	memo->cpu = alloc_percpu_gfp(struct vsw_cpu_memo, GFP_KERNEL_ACCOUNT);
	if (!memo->cpu) {
		kfree(memo);
		return NULL;
	}
	get_random_bytes(memo->secret, sizeof(memo->secret));
	for_each_possible_cpu(cpu) {
		c = per_cpu_ptr(memo->cpu, cpu);
		INIT_WORK(&c->alloc, alloc_work);
		c->retry = jiffies;
		c->cpu = cpu;
	}
	return memo;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_memo_create);

/**
 * vsw_memo_destroy() - free a memo
 * @memo: the memo, or NULL; nobody looks into it any more
 *
 * Context: Process, may sleep.
 */
void vsw_memo_destroy(struct vsw_memo *memo)
{
	struct vsw_cpu_memo *c;
	int cpu;

	if (!memo)
		return;
	for_each_possible_cpu(cpu) {
		c = per_cpu_ptr(memo->cpu, cpu);
		cancel_work_sync(&c->alloc);
		kvfree(c->places);
	}
	free_percpu(memo->cpu);
	kfree(memo);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_memo_destroy);
