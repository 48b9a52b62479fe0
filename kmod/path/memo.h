/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Memo: where a CPU keeps what it has decided, so that it need not decide again.
 *
 * A memo is made of places of one size, two to a hash. What is in a place, and
 * whether it still holds, is up to who keeps it: see pairs.h and adj.h.
 */
#ifndef VSW_PATH_MEMO_H
#define VSW_PATH_MEMO_H

#include <linux/percpu.h>
#include <linux/workqueue.h>

#include "tables/key.h"

#define VSW_MEMO_PLACES		4096
#define VSW_MEMO_PLACE_SIZE	64
#define VSW_MEMO_WAYS		2

/**
 * struct vsw_cpu_memo - the part of a CPU, read and written there with BH off
 * @places: VSW_MEMO_PLACES of them, NULL as long as nothing was to be kept
 * @next_way: which of two is overwritten next
 * @retry: jiffies from which memory may be asked for again
 * @alloc: gets @places
 * @cpu: the CPU
 */
struct vsw_cpu_memo {
	void *places;
	unsigned int next_way;
	unsigned long retry;
	struct work_struct alloc;
	int cpu;
};

/**
 * struct vsw_memo - what is kept
 * @cpu: its parts
 * @secret: of the hash
 */
struct vsw_memo {
	struct vsw_cpu_memo __percpu *cpu;
	u64 secret[2];
};

/* The first of the two places for a key; BH off. NULL where there are none yet. */
static inline void *vsw_memo_find(const struct vsw_memo *memo, u64 a, u64 b)
{
	void *places = READ_ONCE(this_cpu_ptr(memo->cpu)->places);
	u64 hash = vsw_fold(a ^ memo->secret[0], b ^ memo->secret[1]);

	if (unlikely(!places))
		return NULL;
	hash %= VSW_MEMO_PLACES / VSW_MEMO_WAYS;
	return places + hash * VSW_MEMO_WAYS * VSW_MEMO_PLACE_SIZE;
}

/* Which of two places that are both taken is given up; BH off. */
static inline unsigned int vsw_memo_victim(struct vsw_memo *memo)
{
	return this_cpu_ptr(memo->cpu)->next_way++ % VSW_MEMO_WAYS;
}

/* path, BH off */
void vsw_memo_want(struct vsw_memo *memo);

/* control */
struct vsw_memo *vsw_memo_create(void);
void vsw_memo_destroy(struct vsw_memo *memo);

#endif
