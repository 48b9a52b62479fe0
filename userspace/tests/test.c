// SPDX-License-Identifier: GPL-2.0
/*
 * Running vswctl inside a test, and counting what is as it should be.
 */
#include "test.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define WORDS_MAX	64

static unsigned int n_passed;
static unsigned int n_failed;

static int redirect(int fd, int *saved)
{
	int to = memfd_create("vswctl", MFD_CLOEXEC);

	*saved = dup(fd);
	dup2(to, fd);
	return to;
}

static char *restore(int fd, int saved, int from)
{
	off_t len = lseek(from, 0, SEEK_END);
	char *text = calloc(1, len + 1);

	if (pread(from, text, len, 0) != len)
		abort();
	dup2(saved, fd);
	close(saved);
	close(from);
	return text;
}

static int split(char *command, char *argv[])
{
	int argc = 0;
	char *word;

	for (word = strtok(command, " "); word && argc < WORDS_MAX; word = strtok(NULL, " "))
		argv[argc++] = word;
	argv[argc] = NULL;
	return argc;
}

static void feed(const char *input)
{
	int fd = memfd_create("input", MFD_CLOEXEC);

	if (write(fd, input, strlen(input)) < 0)
		abort();
	lseek(fd, 0, SEEK_SET);
	fclose(stdin);
	stdin = fdopen(fd, "r");
}

/**
 * test_run - run a command
 * @command: words behind "vswctl"
 * @input: its standard input
 * @result: what it gave; test_free() releases it
 *
 * Context: any.
 */
void test_run(const char *command, const char *input, struct test_result *result)
{
	char *argv[WORDS_MAX + 1];
	int out, err, old_out, old_err;
	char *copy;
	int argc;

	if (asprintf(&copy, "vswctl %s", command) < 0)
		abort();
	feed(input ? input : "");
	argc = split(copy, argv);
	fflush(stdout);
	out = redirect(STDOUT_FILENO, &old_out);
	err = redirect(STDERR_FILENO, &old_err);
	optind = 0;
	result->status = vswctl_main(argc, argv);
	fflush(stdout);
	test_kernel_stop();
	result->out = restore(STDOUT_FILENO, old_out, out);
	result->err = restore(STDERR_FILENO, old_err, err);
	result->sent = test_kernel.sent ? test_kernel.sent : strdup("");
	test_kernel.sent = NULL;
	free(copy);
}

/**
 * test_free - release a result
 * @result: result
 *
 * Context: any.
 */
void test_free(struct test_result *result)
{
	free(result->out);
	free(result->err);
	free(result->sent);
}

/**
 * test_ok - count a check
 * @ok: whether it holds
 * @format: what is checked
 *
 * Context: prints failures.
 */
void test_ok(bool ok, const char *format, ...)
{
	va_list ap;

	n_passed += ok;
	n_failed += !ok;
	if (ok)
		return;
	printf("not ok - ");
	va_start(ap, format);
	vprintf(format, ap);
	va_end(ap);
	putchar('\n');
}

/**
 * test_equal - check a text
 * @want: what it should be
 * @got: what it is
 * @name: what is checked
 *
 * Context: prints failures.
 */
void test_equal(const char *want, const char *got, const char *name)
{
	test_ok(!strcmp(want, got), "%s\n#  want: %s\n#   got: %s", name, want, got);
}

/**
 * test_contains - check that a text has a part
 * @part: what it should contain
 * @got: the text
 * @name: what is checked
 *
 * Context: prints failures.
 */
void test_contains(const char *part, const char *got, const char *name)
{
	test_ok(strstr(got, part), "%s\n#  want: %s\n#   got: %s", name, part, got);
}

/**
 * test_end - print how many checks hold
 *
 * Context: for tests/run.sh.
 * Return: exit status of the test
 */
int test_end(void)
{
	printf("%u passed, %u failed\n", n_passed, n_failed);
	return n_failed || !n_passed;
}
