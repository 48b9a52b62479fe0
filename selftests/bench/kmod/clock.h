/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The host's clocks. A User Mode Linux kernel is a thread of the host, and a
 * raw system call in a module is one of the host; nothing else in the guest can
 * see the CPU time that the host gave us.
 */
#ifndef BENCH_CLOCK_H
#define BENCH_CLOCK_H

#include <linux/types.h>

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

#endif
