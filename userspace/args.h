/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a user wrote, as tokens that know where they stand, so that every
 * error can show the text and underline the part it is about.
 */
#ifndef VSWCTL_ARGS_H
#define VSWCTL_ARGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <netinet/in.h>

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))

/**
 * enum vsw_status - how a command ended, the exit status of vswctl
 * @VSW_OK: done
 * @VSW_REFUSED: the kernel refused
 * @VSW_USAGE: the user wrote something that makes no sense
 * @VSW_ENOUGH: no error, but an end; not for vswctl itself
 */
enum vsw_status {
	VSW_OK = 0,
	VSW_REFUSED = 1,
	VSW_USAGE = 2,
	VSW_ENOUGH = -1,
};

/**
 * struct vsw_text - a command or a line of a file
 * @file: name of the file, NULL for the command line
 * @line: number of the line in @file
 * @str: the text, on one line
 */
struct vsw_text {
	const char *file;
	unsigned int line;
	const char *str;
};

/**
 * struct vsw_tok - a part of a text
 * @text: the text
 * @off: where the part starts
 * @len: its length
 */
struct vsw_tok {
	const struct vsw_text *text;
	size_t off;
	size_t len;
};

/**
 * struct vsw_args - the words of a command
 * @text: all of them, joined by blanks
 * @toks: where each stands in @text
 * @n: number of words
 * @pos: the next word to look at
 * @str: storage of @text
 */
struct vsw_args {
	struct vsw_text text;
	struct vsw_tok *toks;
	unsigned int n;
	unsigned int pos;
	char *str;
};

/**
 * struct vsw_range - a range of numbers
 * @first: the least
 * @last: the greatest
 */
struct vsw_range {
	uint16_t first;
	uint16_t last;
};

int vsw_args_init(struct vsw_args *args, const char *file, unsigned int line,
		  int argc, char *const argv[]);
void vsw_args_free(struct vsw_args *args);
const struct vsw_tok *vsw_args_peek(const struct vsw_args *args);
const struct vsw_tok *vsw_args_next(struct vsw_args *args);
bool vsw_args_take(struct vsw_args *args, const char *word);
int vsw_args_want(struct vsw_args *args, const char *what, struct vsw_tok *tok);
int vsw_args_rest(struct vsw_args *args, const char *what, struct vsw_tok *tok);
int vsw_args_done(const struct vsw_args *args);
struct vsw_tok vsw_args_end(const struct vsw_args *args);

const char *vsw_tok_str(const struct vsw_tok *tok);
struct vsw_tok vsw_tok_part(const struct vsw_tok *tok, size_t off, size_t len);
struct vsw_tok vsw_tok_trim(const struct vsw_tok *tok);
bool vsw_tok_is(const struct vsw_tok *tok, const char *word);
bool vsw_tok_is_word(const struct vsw_tok *tok, const char *word);
bool vsw_tok_copy(const struct vsw_tok *tok, char *buf, size_t size);
bool vsw_tok_split(const struct vsw_tok *tok, const char *sep,
		   struct vsw_tok *left, struct vsw_tok *right);
bool vsw_tok_cut(struct vsw_tok *rest, const char *seps, struct vsw_tok *tok);

void vsw_error(const struct vsw_tok *tok, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
int vsw_usage(const struct vsw_tok *tok, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

bool vsw_tok_is_number(const struct vsw_tok *tok);
int vsw_tok_number(const struct vsw_tok *tok, uint64_t min, uint64_t max,
		   uint64_t *value);
int vsw_tok_name(const struct vsw_tok *tok, const char *what, char *name);
int vsw_tok_on_off(const struct vsw_tok *tok, bool *on);
int vsw_tok_enum(const struct vsw_tok *tok, const char *const *names,
		 unsigned int n, uint64_t *value);
int vsw_tok_mac(const struct vsw_tok *tok, uint8_t mac[6]);
int vsw_tok_ipv4(const struct vsw_tok *tok, struct in_addr *addr);
int vsw_tok_ipv6(const struct vsw_tok *tok, struct in6_addr *addr);
int vsw_tok_port(const struct vsw_tok *tok, uint32_t *port_no, char *name);
int vsw_tok_ranges(const struct vsw_tok *tok, struct vsw_range *ranges,
		   unsigned int max, unsigned int *n);

#endif
