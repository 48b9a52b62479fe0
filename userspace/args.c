// SPDX-License-Identifier: GPL-2.0
/*
 * Words, numbers, addresses and ports, and where the user wrote them.
 */
#include "args.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <net/if.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <linux/vsw.h>

#define VSW_VID_MAX	4094

static size_t joined_size(int argc, char *const argv[])
{
	size_t size = 1;
	int i;

	for (i = 0; i < argc; i++)
		size += strlen(argv[i]) + 1;
	return size;
}

/* A line break or a tab would tear the underline from what it underlines. */
static void flatten(char *str)
{
	for (; *str; str++)
		if (iscntrl((unsigned char)*str))
			*str = ' ';
}

/**
 * vsw_args_init - take the words of a command
 * @args: to fill in, vsw_args_free() releases it
 * @file: where the command stands, NULL for the command line; kept
 * @line: number of the line in @file
 * @argc: number of words
 * @argv: the words; copied
 *
 * Context: prints errors.
 * Return: enum vsw_status
 */
int vsw_args_init(struct vsw_args *args, const char *file, unsigned int line,
		  int argc, char *const argv[])
{
	char *end;
	int i;

	memset(args, 0, sizeof(*args));
	args->str = malloc(joined_size(argc, argv));
	args->toks = calloc(argc + 1, sizeof(*args->toks));
	if (!args->str || !args->toks) {
		vsw_args_free(args);
		vsw_error(NULL, "%s", strerror(ENOMEM));
		return VSW_REFUSED;
	}
	args->text = (struct vsw_text){ file, line, args->str };
	args->n = argc;
	end = args->str;
	for (i = 0; i < argc; i++) {
		args->toks[i].text = &args->text;
		args->toks[i].off = end - args->str;
		args->toks[i].len = strlen(argv[i]);
		end = stpcpy(end, argv[i]);
		*end++ = ' ';
	}
	*(argc ? end - 1 : end) = '\0';
	flatten(args->str);
	return VSW_OK;
}

/**
 * vsw_args_free - release the words of a command
 * @args: from vsw_args_init()
 *
 * Context: tokens of @args are invalid afterwards.
 */
void vsw_args_free(struct vsw_args *args)
{
	free(args->str);
	free(args->toks);
	memset(args, 0, sizeof(*args));
}

/**
 * vsw_args_peek - look at the next word
 * @args: words
 *
 * Context: any.
 * Return: the word, NULL behind the last
 */
const struct vsw_tok *vsw_args_peek(const struct vsw_args *args)
{
	return args->pos < args->n ? &args->toks[args->pos] : NULL;
}

/**
 * vsw_args_next - take the next word
 * @args: words
 *
 * Context: any.
 * Return: the word, NULL behind the last
 */
const struct vsw_tok *vsw_args_next(struct vsw_args *args)
{
	return args->pos < args->n ? &args->toks[args->pos++] : NULL;
}

/**
 * vsw_args_take - take the next word if it is a certain one
 * @args: words
 * @word: the certain one
 *
 * Context: any.
 * Return: whether it was
 */
bool vsw_args_take(struct vsw_args *args, const char *word)
{
	const struct vsw_tok *tok = vsw_args_peek(args);

	if (!tok || !vsw_tok_is(tok, word))
		return false;
	args->pos++;
	return true;
}

/**
 * vsw_args_end - the place behind the last word
 * @args: words
 *
 * Context: any.
 * Return: an empty token
 */
struct vsw_tok vsw_args_end(const struct vsw_args *args)
{
	size_t len = strlen(args->str);

	return (struct vsw_tok){ &args->text, len ? len + 1 : 0, 0 };
}

/**
 * vsw_args_want - take the next word, which must be there
 * @args: words
 * @what: what it is, for the message
 * @tok: set to the word
 *
 * Context: prints errors.
 * Return: enum vsw_status
 */
int vsw_args_want(struct vsw_args *args, const char *what, struct vsw_tok *tok)
{
	const struct vsw_tok *next = vsw_args_next(args);
	struct vsw_tok end = vsw_args_end(args);

	if (!next)
		return vsw_usage(&end, "%s is missing", what);
	*tok = *next;
	return VSW_OK;
}

/**
 * vsw_args_rest - take all words that are left, as one
 * @args: words
 * @what: what they are, for the message; NULL if there may be none
 * @tok: set to the words
 *
 * Context: prints errors.
 * Return: enum vsw_status
 */
int vsw_args_rest(struct vsw_args *args, const char *what, struct vsw_tok *tok)
{
	const struct vsw_tok *next = vsw_args_next(args);

	*tok = vsw_args_end(args);
	if (!next)
		return what ? vsw_usage(tok, "%s is missing", what) : VSW_OK;
	*tok = *next;
	tok->len = strlen(args->str) - tok->off;
	args->pos = args->n;
	return VSW_OK;
}

/**
 * vsw_args_done - make sure that no word is left
 * @args: words
 *
 * Context: prints errors.
 * Return: enum vsw_status
 */
int vsw_args_done(const struct vsw_args *args)
{
	const struct vsw_tok *tok = vsw_args_peek(args);

	return tok ? vsw_usage(tok, "nothing more is expected here") : VSW_OK;
}

/**
 * vsw_tok_str - where a token starts
 * @tok: token
 *
 * Context: any.
 * Return: the text from there; it goes on behind the token
 */
const char *vsw_tok_str(const struct vsw_tok *tok)
{
	return tok->text->str + tok->off;
}

/**
 * vsw_tok_part - a part of a token
 * @tok: token
 * @off: where the part starts in it
 * @len: its length
 *
 * Context: any.
 * Return: the part
 */
struct vsw_tok vsw_tok_part(const struct vsw_tok *tok, size_t off, size_t len)
{
	return (struct vsw_tok){ tok->text, tok->off + off, len };
}

/**
 * vsw_tok_trim - a token without the blanks around it
 * @tok: token
 *
 * Context: any.
 * Return: the part
 */
struct vsw_tok vsw_tok_trim(const struct vsw_tok *tok)
{
	const char *str = vsw_tok_str(tok);
	size_t end = tok->len;
	size_t off = 0;

	while (off < end && isspace((unsigned char)str[off]))
		off++;
	while (end > off && isspace((unsigned char)str[end - 1]))
		end--;
	return vsw_tok_part(tok, off, end - off);
}

/**
 * vsw_tok_is - compare, case matters
 * @tok: token
 * @word: word
 *
 * Context: any.
 * Return: whether @tok is @word
 */
bool vsw_tok_is(const struct vsw_tok *tok, const char *word)
{
	return tok->len == strlen(word) &&
	       !strncmp(vsw_tok_str(tok), word, tok->len);
}

/**
 * vsw_tok_is_word - compare, case does not matter
 * @tok: token
 * @word: word
 *
 * Context: any.
 * Return: whether @tok is @word
 */
bool vsw_tok_is_word(const struct vsw_tok *tok, const char *word)
{
	return tok->len == strlen(word) &&
	       !strncasecmp(vsw_tok_str(tok), word, tok->len);
}

/**
 * vsw_tok_copy - copy a token to a string
 * @tok: token
 * @buf: for the string
 * @size: size of @buf
 *
 * Context: any.
 * Return: false if it does not fit
 */
bool vsw_tok_copy(const struct vsw_tok *tok, char *buf, size_t size)
{
	if (tok->len >= size)
		return false;
	memcpy(buf, vsw_tok_str(tok), tok->len);
	buf[tok->len] = '\0';
	return true;
}

/**
 * vsw_tok_split - split a token at the first separator
 * @tok: token
 * @sep: separator
 * @left: what stands before it, all of @tok if there is none
 * @right: what stands behind it, the empty end of @tok if there is none
 *
 * Context: any.
 * Return: whether there is one
 */
bool vsw_tok_split(const struct vsw_tok *tok, const char *sep,
		   struct vsw_tok *left, struct vsw_tok *right)
{
	const char *str = vsw_tok_str(tok);
	const char *at = memmem(str, tok->len, sep, strlen(sep));
	size_t off = at ? (size_t)(at - str) : tok->len;
	size_t end = at ? off + strlen(sep) : tok->len;
	struct vsw_tok whole = *tok;

	*left = vsw_tok_part(&whole, 0, off);
	*right = vsw_tok_part(&whole, end, whole.len - end);
	return at;
}

/**
 * vsw_tok_cut - cut the next item off a list
 * @rest: the list, what is left of it afterwards
 * @seps: characters that separate items, but not between brackets
 * @tok: set to the item
 *
 * Context: any.
 * Return: false at the end of the list
 */
bool vsw_tok_cut(struct vsw_tok *rest, const char *seps, struct vsw_tok *tok)
{
	const char *str = vsw_tok_str(rest);
	unsigned int depth = 0;
	size_t off = 0;
	size_t end;

	while (off < rest->len && strchr(seps, str[off]))
		off++;
	for (end = off; end < rest->len; end++) {
		if (!depth && strchr(seps, str[end]))
			break;
		if (str[end] == '(')
			depth++;
		else if (str[end] == ')' && depth)
			depth--;
	}
	*tok = vsw_tok_part(rest, off, end - off);
	*rest = vsw_tok_part(rest, end, rest->len - end);
	return tok->len;
}

/* Long lines are shown around the part that is underlined. */
static void underline(const struct vsw_tok *tok)
{
	const size_t width = 160;
	size_t len = strlen(tok->text->str);
	size_t start = tok->off + tok->len + 40 > width ? tok->off : 0;
	size_t under = tok->len < width ? tok->len : width;

	if (start > 40)
		start -= 40;
	fprintf(stderr, "  %.*s\n  ", (int)width,
		tok->text->str + (start < len ? start : len));
	fprintf(stderr, "%*s^", (int)(tok->off - start), "");
	while (under-- > 1)
		fputc('~', stderr);
	fputc('\n', stderr);
}

__attribute__((format(printf, 2, 0)))
static void verror(const struct vsw_tok *tok, const char *format, va_list ap)
{
	fflush(stdout);
	if (tok && tok->text->file)
		fprintf(stderr, "%s:%u: ", tok->text->file, tok->text->line);
	else
		fputs("vswctl: ", stderr);
	vfprintf(stderr, format, ap);
	fputc('\n', stderr);
	if (tok)
		underline(tok);
}

/**
 * vsw_error - tell the user what went wrong
 * @tok: what it is about, underlined; or NULL
 * @format: the message, without a dot
 *
 * Context: prints to stderr.
 */
void vsw_error(const struct vsw_tok *tok, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	verror(tok, format, ap);
	va_end(ap);
}

/**
 * vsw_usage - tell the user what cannot be understood
 * @tok: what it is about, underlined; or NULL
 * @format: the message, without a dot: what would be accepted
 *
 * Context: prints to stderr.
 * Return: VSW_USAGE
 */
int vsw_usage(const struct vsw_tok *tok, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	verror(tok, format, ap);
	va_end(ap);
	return VSW_USAGE;
}

/* Digits only: strtoull() itself takes blanks, signs and octal numbers. */
static bool parse_number(const struct vsw_tok *tok, uint64_t *value)
{
	bool hex = tok->len > 2 && !strncasecmp(vsw_tok_str(tok), "0x", 2);
	char buf[32];
	char *end;

	if (!vsw_tok_copy(tok, buf, sizeof(buf)) ||
	    !isxdigit((unsigned char)buf[hex ? 2 : 0]))
		return false;
	errno = 0;
	*value = strtoull(buf, &end, hex ? 16 : 10);
	return !*end && !errno;
}

/**
 * vsw_tok_is_number - is it a number at all?
 * @tok: token
 *
 * Context: any.
 * Return: whether it starts as one
 */
bool vsw_tok_is_number(const struct vsw_tok *tok)
{
	return tok->len && isdigit((unsigned char)*vsw_tok_str(tok)) &&
	       (strspn(vsw_tok_str(tok), "0123456789") >= tok->len ||
		(tok->len > 2 && !strncasecmp(vsw_tok_str(tok), "0x", 2)));
}

/**
 * vsw_tok_number - parse a number, decimal or hexadecimal with 0x
 * @tok: token
 * @min: the least that is accepted
 * @max: the greatest that is accepted
 * @value: set to the number
 *
 * Context: prints errors.
 * Return: enum vsw_status
 */
int vsw_tok_number(const struct vsw_tok *tok, uint64_t min, uint64_t max,
		   uint64_t *value)
{
	if (parse_number(tok, value) && *value >= min && *value <= max)
		return VSW_OK;
	if (max > UINT32_MAX)
		return vsw_usage(tok, "expected a number of up to 0x%llx",
				 (unsigned long long)max);
	return vsw_usage(tok, "expected a number from %llu to %llu",
			 (unsigned long long)min, (unsigned long long)max);
}

/**
 * vsw_tok_name - parse the name of a network device
 * @tok: token
 * @what: what it names, for the message
 * @name: set to the name, of IFNAMSIZ bytes
 *
 * Context: prints errors.
 * Return: enum vsw_status
 */
int vsw_tok_name(const struct vsw_tok *tok, const char *what, char *name)
{
	if (tok->len && vsw_tok_copy(tok, name, IFNAMSIZ) &&
	    !strpbrk(name, "/: ") && strcmp(name, ".") && strcmp(name, ".."))
		return VSW_OK;
	return vsw_usage(tok, "expected %s: 1 to %d characters without / and :",
			 what, IFNAMSIZ - 1);
}

/**
 * vsw_tok_on_off - parse "on" or "off"
 * @tok: token
 * @on: set to the value
 *
 * Context: prints errors.
 * Return: enum vsw_status
 */
int vsw_tok_on_off(const struct vsw_tok *tok, bool *on)
{
	*on = vsw_tok_is(tok, "on");
	if (*on || vsw_tok_is(tok, "off"))
		return VSW_OK;
	return vsw_usage(tok, "expected on or off");
}

/**
 * vsw_tok_enum - parse one of several words
 * @tok: token
 * @names: the words; NULL for what can't be said
 * @n: number of them
 * @value: set to the index of the word
 *
 * Context: prints errors.
 * Return: enum vsw_status
 */
int vsw_tok_enum(const struct vsw_tok *tok, const char *const *names,
		 unsigned int n, uint64_t *value)
{
	char list[256] = "";
	unsigned int i;

	while (n && !names[n - 1])
		n--;
	for (i = 0; i < n; i++) {
		if (!names[i])
			continue;
		if (vsw_tok_is(tok, names[i])) {
			*value = i;
			return VSW_OK;
		}
		snprintf(list + strlen(list), sizeof(list) - strlen(list),
			 "%s%s", !*list ? "" : i + 1 < n ? ", " : " or ", names[i]);
	}
	return vsw_usage(tok, "expected %s", list);
}

static bool parse_mac(const struct vsw_tok *tok, uint8_t mac[6])
{
	const char *str = vsw_tok_str(tok);
	unsigned int i;

	if (tok->len != 17)
		return false;
	for (i = 0; i < 6; i++, str += 3) {
		if (!isxdigit((unsigned char)str[0]) ||
		    !isxdigit((unsigned char)str[1]) ||
		    (i < 5 && str[2] != ':'))
			return false;
		mac[i] = strtoul((char[]){ str[0], str[1], 0 }, NULL, 16);
	}
	return true;
}

/**
 * vsw_tok_mac - parse a MAC address
 * @tok: token
 * @mac: set to the address
 *
 * Context: prints errors.
 * Return: enum vsw_status
 */
int vsw_tok_mac(const struct vsw_tok *tok, uint8_t mac[6])
{
	if (parse_mac(tok, mac))
		return VSW_OK;
	return vsw_usage(tok, "expected a MAC address like 02:00:00:00:00:01");
}

/**
 * vsw_tok_ipv4 - parse an IPv4 address
 * @tok: token
 * @addr: set to the address
 *
 * Context: prints errors.
 * Return: enum vsw_status
 */
int vsw_tok_ipv4(const struct vsw_tok *tok, struct in_addr *addr)
{
	char buf[INET_ADDRSTRLEN];

	if (vsw_tok_copy(tok, buf, sizeof(buf)) &&
	    inet_pton(AF_INET, buf, addr) == 1)
		return VSW_OK;
	return vsw_usage(tok, "expected an IPv4 address like 192.0.2.1");
}

/**
 * vsw_tok_ipv6 - parse an IPv6 address
 * @tok: token
 * @addr: set to the address
 *
 * Context: prints errors.
 * Return: enum vsw_status
 */
int vsw_tok_ipv6(const struct vsw_tok *tok, struct in6_addr *addr)
{
	char buf[INET6_ADDRSTRLEN];

	if (vsw_tok_copy(tok, buf, sizeof(buf)) &&
	    inet_pton(AF_INET6, buf, addr) == 1)
		return VSW_OK;
	return vsw_usage(tok, "expected an IPv6 address like 2001:db8::1");
}

/**
 * vsw_tok_port - parse a port: a number, LOCAL or a name
 * @tok: token
 * @port_no: set to the number, 0 if it is a name
 * @name: set to the name, of IFNAMSIZ bytes
 *
 * Context: prints errors.
 * Return: enum vsw_status
 */
int vsw_tok_port(const struct vsw_tok *tok, uint32_t *port_no, char *name)
{
	uint64_t number;

	*port_no = 0;
	*name = '\0';
	if (vsw_tok_is_word(tok, "LOCAL")) {
		*port_no = VSW_PORT_LOCAL;
		return VSW_OK;
	}
	if (!vsw_tok_is_number(tok))
		return vsw_tok_name(tok, "a port number, LOCAL or a device name",
				    name);
	if (!parse_number(tok, &number) || !number ||
	    (number > VSW_PORT_MAX && number != VSW_PORT_LOCAL))
		return vsw_usage(tok, "expected a port number from 1 to %u, LOCAL or a device name",
				 VSW_PORT_MAX);
	*port_no = number;
	return VSW_OK;
}

static int parse_range(const struct vsw_tok *tok, struct vsw_range *range)
{
	struct vsw_tok first, last;
	uint64_t a, b;
	int err;

	if (!vsw_tok_split(tok, "-", &first, &last))
		last = first;
	err = vsw_tok_number(&first, 0, VSW_VID_MAX, &a);
	if (err)
		return err;
	err = vsw_tok_number(&last, a, VSW_VID_MAX, &b);
	if (err)
		return err;
	*range = (struct vsw_range){ a, b };
	return VSW_OK;
}

/**
 * vsw_tok_ranges - parse a list of VLANs and ranges of VLANs
 * @tok: token, like 1,5-9
 * @ranges: set to the ranges
 * @max: room in @ranges
 * @n: set to the number of ranges
 *
 * Context: prints errors.
 * Return: enum vsw_status
 */
int vsw_tok_ranges(const struct vsw_tok *tok, struct vsw_range *ranges,
		   unsigned int max, unsigned int *n)
{
	struct vsw_tok rest = *tok;
	struct vsw_tok item;
	int err;

	*n = 0;
	while (vsw_tok_cut(&rest, ",", &item)) {
		if (*n == max)
			return vsw_usage(&item, "expected at most %u ranges", max);
		err = parse_range(&item, &ranges[(*n)++]);
		if (err)
			return err;
	}
	return *n ? VSW_OK : vsw_usage(tok, "expected VLANs like 1,5-9");
}
