/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The clocks. In User Mode Linux the host's: that kernel is a thread of the
 * host, and a raw system call in a module is one of the host; nothing else in
 * the guest can see the CPU time that the host gave us. Elsewhere the time stamp
 * counter, which an emulated CPU can have count its instructions.
 */
#ifndef BENCH_CLOCK_H
#define BENCH_CLOCK_H

#include <linux/types.h>

#ifdef CONFIG_UML

#define HOST_CLOCK_WALL		1	/* CLOCK_MONOTONIC */
#define HOST_CLOCK_CPU		3	/* CLOCK_THREAD_CPUTIME_ID */
#define HOST_NR_CLOCK_GETTIME	228L

/**
 * host_clock() - nanoseconds of a clock of the host
 * @clock: HOST_CLOCK_*
 *
 * CPU time stands still while the host runs somebody else on our CPU.
 *
 * Return: The time.
 */
static inline u64 host_clock(long clock)
{
	long ts[2] = { 0, 0 };
	long rc;

	asm volatile("syscall"
		     : "=a" (rc)
		     : "0" (HOST_NR_CLOCK_GETTIME), "D" (clock), "S" (ts)
		     : "rcx", "r11", "memory");
	return ts[0] * 1000000000ULL + ts[1];
}

#else

#include <asm/msr.h>

#define HOST_CLOCK_WALL		0
#define HOST_CLOCK_CPU		0

static inline u64 host_clock(long clock)
{
	return rdtsc_ordered();
}

#endif

#endif
