// SPDX-License-Identifier: GPL-2.0
/*
 * Commands from a file, one a line.
 */
#include "cmd.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORDS_MAX	256

/* Cut one word off @line, quotes removed in place; NULL if they do not match. */
static char *cut_word(char **line)
{
	char *word = *line;
	char *to = word;
	char *from;
	char quote = 0;

	for (from = word; *from && (quote || !isspace((unsigned char)*from)); from++) {
		if (quote ? *from == quote : *from == '\'' || *from == '"')
			quote = quote ? 0 : *from;
		else
			*to++ = *from;
	}
	*line = *from ? from + 1 : from;
	*to = '\0';
	return quote ? NULL : word;
}

static int split(char *line, char *words[], int *n)
{
	*n = 0;
	for (;;) {
		while (isspace((unsigned char)*line))
			line++;
		if (!*line || *line == '#')
			return VSW_OK;
		if (*n == WORDS_MAX)
			return vsw_usage(NULL, "more than %d words on a line", WORDS_MAX);
		words[*n] = cut_word(&line);
		if (!words[(*n)++])
			return vsw_usage(NULL, "a quote is not closed");
	}
}

static int run_line(struct vsw_ctl *ctl, const char *name, unsigned int number,
		    char *line)
{
	char *words[WORDS_MAX];
	struct vsw_args args;
	int err;
	int n;

	err = split(line, words, &n);
	if (err)
		vsw_error(NULL, "this is line %u of %s", number, name);
	if (err || !n)
		return err;
	err = vsw_args_init(&args, name, number, n, words);
	if (err)
		return err;
	err = vsw_run(ctl, &args);
	vsw_args_free(&args);
	return err;
}

static int run_file(struct vsw_ctl *ctl, const char *name, FILE *f)
{
	unsigned int number = 0;
	char *line = NULL;
	size_t size = 0;
	int err = VSW_OK;

	while (!err && getline(&line, &size, f) >= 0)
		err = run_line(ctl, name, ++number, line);
	free(line);
	return err;
}

/**
 * vsw_batch_run - run the commands of a file, up to the first that fails
 * @ctl: output and connection
 * @name: name of the file, - for the standard input
 *
 * Context: prints errors, with the number of the line.
 * Return: enum vsw_status
 */
int vsw_batch_run(struct vsw_ctl *ctl, const char *name)
{
	bool is_stdin = !strcmp(name, "-");
	FILE *f = is_stdin ? stdin : fopen(name, "re");
	int err;

	if (!f)
		return vsw_usage(NULL, "cannot open %s: %s", name, strerror(errno));
	err = run_file(ctl, is_stdin ? "stdin" : name, f);
	if (!is_stdin)
		fclose(f);
	return err;
}
