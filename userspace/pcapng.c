// SPDX-License-Identifier: GPL-2.0
/*
 * Files of frames that tcpdump(8) and wireshark(1) read: a section header, a
 * block for each interface when its first frame comes, and a block for each
 * frame, as in draft-ietf-opsawg-pcapng.
 */
#include "pcapng.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"

#define BLOCK_SECTION	0x0a0d0d0a
#define BLOCK_INTERFACE	1
#define BLOCK_FRAME	6
#define BYTE_ORDER_MARK	0x1a2b3c4d
#define LINK_ETHERNET	1

#define OPTION_END		0
#define OPTION_COMMENT		1
#define OPTION_IF_NAME		2
#define OPTION_IF_DESCRIPTION	3
#define OPTION_IF_TSRESOL	9
#define OPTION_SHB_USERAPPL	4
#define OPTION_FRAME_FLAGS	2

#define FLAG_INBOUND	1

/**
 * struct block - a block being made
 * @f: its body, in memory
 * @body: the memory
 * @len: its length
 */
struct block {
	FILE *f;
	char *body;
	size_t len;
};

static void put16(FILE *f, uint16_t value)
{
	fwrite(&value, sizeof(value), 1, f);
}

static void put32(FILE *f, uint32_t value)
{
	fwrite(&value, sizeof(value), 1, f);
}

/* Everything begins at a multiple of four. */
static void put_padded(FILE *f, const void *data, size_t len)
{
	static const char zeros[4];

	fwrite(data, 1, len, f);
	fwrite(zeros, 1, -len & 3, f);
}

static void put_option(FILE *f, uint16_t code, const void *data, uint16_t len)
{
	put16(f, code);
	put16(f, len);
	put_padded(f, data, len);
}

static void put_text(FILE *f, uint16_t code, const char *text)
{
	put_option(f, code, text, strlen(text));
}

static int failed(void)
{
	vsw_error(NULL, "cannot write the frames: %s", strerror(errno));
	return VSW_REFUSED;
}

static int block_begin(struct block *block)
{
	block->f = open_memstream(&block->body, &block->len);
	return block->f ? VSW_OK : failed();
}

static int block_end(struct vsw_pcapng *file, struct block *block, uint32_t type)
{
	uint32_t whole;

	if (fclose(block->f)) {
		free(block->body);
		return failed();
	}
	whole = block->len + 12;
	put32(file->f, type);
	put32(file->f, whole);
	fwrite(block->body, 1, block->len, file->f);
	put32(file->f, whole);
	free(block->body);
	return ferror(file->f) ? failed() : VSW_OK;
}

static int write_section(struct vsw_pcapng *file)
{
	struct block block;
	int err;

	err = block_begin(&block);
	if (err)
		return err;
	put32(block.f, BYTE_ORDER_MARK);
	put16(block.f, 1);
	put16(block.f, 0);
	/* The length of the section is not known. */
	put32(block.f, UINT32_MAX);
	put32(block.f, UINT32_MAX);
	put_text(block.f, OPTION_SHB_USERAPPL, "vswctl " VSWCTL_VERSION);
	put_option(block.f, OPTION_END, NULL, 0);
	return block_end(file, &block, BLOCK_SECTION);
}

static int write_interface(struct vsw_pcapng *file, const struct vsw_pcapng_frame *frame)
{
	const uint8_t nanoseconds = 9;
	struct block block;
	int err;

	err = block_begin(&block);
	if (err)
		return err;
	put16(block.f, LINK_ETHERNET);
	put16(block.f, 0);
	put32(block.f, 0);
	put_text(block.f, OPTION_IF_NAME, frame->name);
	put_text(block.f, OPTION_IF_DESCRIPTION, frame->description);
	put_option(block.f, OPTION_IF_TSRESOL, &nanoseconds, 1);
	put_option(block.f, OPTION_END, NULL, 0);
	return block_end(file, &block, BLOCK_INTERFACE);
}

/* The number of an interface, which is written if it is new. */
static int find_interface(struct vsw_pcapng *file, const struct vsw_pcapng_frame *frame,
			  unsigned int *number)
{
	void *names;
	int err;

	for (*number = 0; *number < file->n; (*number)++)
		if (!strcmp(file->names[*number], frame->description))
			return VSW_OK;
	names = reallocarray(file->names, file->n + 1, VSW_PCAPNG_NAME);
	if (!names)
		return failed();
	file->names = names;
	err = write_interface(file, frame);
	if (!err)
		snprintf(file->names[file->n++], VSW_PCAPNG_NAME, "%s", frame->description);
	return err;
}

/**
 * vsw_pcapng_open - begin a file
 * @file: set up
 * @path: where to write, - is the standard output
 *
 * Context: prints errors; vsw_pcapng_close() releases.
 * Return: enum vsw_status
 */
int vsw_pcapng_open(struct vsw_pcapng *file, const char *path)
{
	*file = (struct vsw_pcapng){ .f = strcmp(path, "-") ? fopen(path, "we") : stdout };
	if (!file->f) {
		vsw_error(NULL, "cannot write %s: %s", path, strerror(errno));
		return VSW_USAGE;
	}
	return write_section(file);
}

/**
 * vsw_pcapng_write - write a frame
 * @file: where to
 * @frame: the frame
 *
 * Context: prints errors.
 * Return: enum vsw_status
 */
int vsw_pcapng_write(struct vsw_pcapng *file, const struct vsw_pcapng_frame *frame)
{
	const uint32_t flags = FLAG_INBOUND;
	unsigned int number;
	struct block block;
	int err;

	err = find_interface(file, frame, &number);
	if (!err)
		err = block_begin(&block);
	if (err)
		return err;
	put32(block.f, number);
	put32(block.f, frame->time >> 32);
	put32(block.f, frame->time);
	put32(block.f, frame->captured);
	put32(block.f, frame->len);
	put_padded(block.f, frame->data, frame->captured);
	put_text(block.f, OPTION_COMMENT, frame->comment);
	put_option(block.f, OPTION_FRAME_FLAGS, &flags, sizeof(flags));
	put_option(block.f, OPTION_END, NULL, 0);
	err = block_end(file, &block, BLOCK_FRAME);
	/* Whoever reads the file wants the frame now. */
	return err ? err : fflush(file->f) ? failed() : VSW_OK;
}

/**
 * vsw_pcapng_close - end a file
 * @file: the file, may not have been opened
 *
 * Context: prints errors.
 * Return: enum vsw_status
 */
int vsw_pcapng_close(struct vsw_pcapng *file)
{
	int err = VSW_OK;

	if (file->f && file->f != stdout && fclose(file->f))
		err = failed();
	free(file->names);
	memset(file, 0, sizeof(*file));
	return err;
}
