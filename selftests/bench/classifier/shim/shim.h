/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the classifier needs of the kernel, for a program of one thread: no
 * reader is under way when something is freed.
 */
#ifndef VSW_SHIM_H
#define VSW_SHIM_H

#include <arpa/inet.h>
#include <asm/byteorder.h>
#include <assert.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/in6.h>
#include <linux/types.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int32_t s32;

#ifndef __always_inline
#define __always_inline	inline __attribute__((always_inline))
#endif
#define __rcu
#define __aligned(n)	__attribute__((aligned(n)))
#define __printf(a, b)	__attribute__((format(printf, a, b)))
#define U16_MAX		UINT16_MAX
#define U32_MAX		UINT32_MAX
#define U64_MAX		UINT64_MAX
#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))
#define BIT(n)		(1ul << (n))
#define DIV_ROUND_UP(n, d)	(((n) + (d) - 1) / (d))
#define round_down(x, y)	((x) & ~((y) - 1))
#define min(a, b)	((a) < (b) ? (a) : (b))
#define max(a, b)	((a) > (b) ? (a) : (b))
#define min_t(type, a, b)	min((type)(a), (type)(b))
#define max_t(type, a, b)	max((type)(a), (type)(b))
#define container_of(ptr, type, member)	\
	((type *)((char *)(ptr) - offsetof(type, member)))
#define struct_size(p, member, n)	\
	(sizeof(*(p)) + (n) * sizeof((p)->member[0]))

#define READ_ONCE(x)		(*(volatile typeof(x) *)&(x))
#define WRITE_ONCE(x, v)	(*(volatile typeof(x) *)&(x) = (v))
#define smp_store_release(p, v)	__atomic_store_n(p, v, __ATOMIC_RELEASE)
#define smp_load_acquire(p)	__atomic_load_n(p, __ATOMIC_ACQUIRE)
#define rcu_dereference(p)	READ_ONCE(p)
#define rcu_dereference_protected(p, c)	(p)
#define RCU_INIT_POINTER(p, v)	WRITE_ONCE(p, v)
#define rcu_assign_pointer(p, v)	smp_store_release(&(p), v)
#define prefetch(p)		__builtin_prefetch(p)
#define lockdep_is_held(l)	true
#define lockdep_assert_held(l)	((void)(l))
#define WARN_ON_ONCE(c)		assert(!(c))
#define EXPORT_SYMBOL_IF_KUNIT(x)

struct rcu_head {
	void *unused[2];
};

struct mutex {
	int unused;
};

struct netlink_ext_ack;

#define NL_SET_ERR_MSG_FMT(extack, ...)	((void)(extack))

#define GFP_KERNEL		0
#define GFP_KERNEL_ACCOUNT	0

/* Aligned to cache lines, as the kernel's large allocations are. */
static inline void *kvzalloc(size_t size, int flags)
{
	void *p = aligned_alloc(64, (size + 63) / 64 * 64);

	(void)flags;
	return p ? memset(p, 0, size) : NULL;
}

#define kzalloc(size, flags)	kvzalloc(size, flags)
#define kmalloc(size, flags)	malloc(size)
#define kfree(p)		free(p)
#define kvfree(p)		free(p)
#define kfree_rcu(p, member)	free(p)
#define kvfree_rcu(p, member)	free(p)

static inline void get_random_bytes(void *bytes, size_t n)
{
	if (getrandom(bytes, n, 0) != (ssize_t)n)
		abort();
}

#define hweight64(x)	__builtin_popcountll(x)
#define __ffs64(x)	((unsigned int)__builtin_ctzll(x))

static inline int fls(unsigned int x)
{
	return x ? 32 - __builtin_clz(x) : 0;
}

static inline bool is_power_of_2(unsigned long n)
{
	return n && !(n & (n - 1));
}

static inline unsigned long roundup_pow_of_two(unsigned long n)
{
	return n > 1 ? 1ul << (64 - __builtin_clzl(n - 1)) : 1;
}

#define sort(base, n, size, compare, swap)	qsort(base, n, size, compare)

struct list_head {
	struct list_head *next, *prev;
};

struct hlist_node {
	struct hlist_node *next, **pprev;
};

struct hlist_head {
	struct hlist_node *first;
};

static inline void INIT_LIST_HEAD(struct list_head *list)
{
	list->next = list;
	list->prev = list;
}

static inline bool list_empty(const struct list_head *head)
{
	return head->next == head;
}

static inline void list_del(struct list_head *entry)
{
	entry->next->prev = entry->prev;
	entry->prev->next = entry->next;
}

static inline void list_add_tail(struct list_head *entry, struct list_head *head)
{
	entry->prev = head->prev;
	entry->next = head;
	head->prev->next = entry;
	head->prev = entry;
}

static inline void list_move_tail(struct list_head *entry, struct list_head *head)
{
	list_del(entry);
	list_add_tail(entry, head);
}

#define list_entry_is_head(pos, head, member)	(&(pos)->member == (head))
#define list_entry_of(ptr, pos, member)	container_of(ptr, typeof(*(pos)), member)
#define list_for_each_entry(pos, head, member)				\
	for (pos = list_entry_of((head)->next, pos, member);		\
	     !list_entry_is_head(pos, head, member);			\
	     pos = list_entry_of((pos)->member.next, pos, member))
#define list_for_each_entry_safe(pos, n, head, member)			\
	for (pos = list_entry_of((head)->next, pos, member),		\
	     n = list_entry_of((pos)->member.next, pos, member);	\
	     !list_entry_is_head(pos, head, member);			\
	     pos = n, n = list_entry_of((n)->member.next, n, member))

static inline void hlist_add_head(struct hlist_node *n, struct hlist_head *head)
{
	n->next = head->first;
	n->pprev = &head->first;
	if (n->next)
		n->next->pprev = &n->next;
	head->first = n;
}

static inline void hlist_del(struct hlist_node *n)
{
	*n->pprev = n->next;
	if (n->next)
		n->next->pprev = n->pprev;
}

#define hlist_entry_or_null(ptr, pos, member)				\
	((ptr) ? container_of(ptr, typeof(*(pos)), member) : NULL)
#define hlist_for_each_entry(pos, head, member)				\
	for (pos = hlist_entry_or_null((head)->first, pos, member); pos;	\
	     pos = hlist_entry_or_null((pos)->member.next, pos, member))
#define hlist_for_each_entry_safe(pos, n, head, member)			\
	for (pos = hlist_entry_or_null((head)->first, pos, member);	\
	     pos && ((n = (pos)->member.next), 1);			\
	     pos = hlist_entry_or_null(n, pos, member))

#endif
