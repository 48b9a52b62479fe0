/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Files of frames that tcpdump(8) and wireshark(1) read.
 */
#ifndef VSWCTL_PCAPNG_H
#define VSWCTL_PCAPNG_H

#include <stdint.h>
#include <stdio.h>

#define VSW_PCAPNG_NAME	64

/**
 * struct vsw_pcapng - a file being written
 * @f: where to
 * @names: the interfaces so far
 * @n: number of them
 */
struct vsw_pcapng {
	FILE *f;
	char (*names)[VSW_PCAPNG_NAME];
	unsigned int n;
};

/**
 * struct vsw_pcapng_frame - a frame to write
 * @name: where it came from
 * @description: more about that
 * @comment: what is said about the frame
 * @time: nanoseconds since 1970
 * @data: its first bytes
 * @captured: number of them
 * @len: of the whole frame
 */
struct vsw_pcapng_frame {
	const char *name;
	const char *description;
	const char *comment;
	uint64_t time;
	const void *data;
	uint32_t captured;
	uint32_t len;
};

int vsw_pcapng_open(struct vsw_pcapng *file, const char *path);
int vsw_pcapng_write(struct vsw_pcapng *file, const struct vsw_pcapng_frame *frame);
int vsw_pcapng_close(struct vsw_pcapng *file);

#endif
