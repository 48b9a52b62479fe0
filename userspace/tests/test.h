/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the tests share: run vswctl inside the test, with a kernel that is
 * played by a thread, and look at what was sent and printed.
 */
#ifndef VSWCTL_TEST_H
#define VSWCTL_TEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

#include <netlink/msg.h>

/**
 * struct test_rule - make the played kernel refuse a request
 * @cmd: VSW_CMD_*, 0 for no rule
 * @nth: which of the requests with this command, from 1
 * @code: errno
 * @msg: what it says, or NULL
 * @path: attribute types from the outermost to the bad one, 0 ends it
 * @cookie: which change of a transaction it is about, or 0
 */
struct test_rule {
	int cmd;
	int nth;
	int code;
	const char *msg;
	int path[6];
	uint64_t cookie;
};

/**
 * struct test_kernel - the played kernel
 * @rule: what it refuses
 * @interrupted: so many dumps are marked as interrupted
 * @missing: the family does not exist
 * @lost: the first event that is received is lost
 * @overrun: so many answers from now the socket overruns and all are lost, 0 never
 * @keep: it keeps what is added, and shows it
 * @sent: the requests as text, for the test to look at
 */
struct test_kernel {
	struct test_rule rule;
	int interrupted;
	bool missing;
	bool lost;
	int overrun;
	bool keep;
	char *sent;
};

extern struct test_kernel test_kernel;

void test_kernel_start(int *fd);
void test_kernel_stop(void);
void test_kernel_forget(void);
void test_kernel_events(void);

void decode_message(FILE *f, const struct nlmsghdr *hdr);

/**
 * struct test_result - what a run of vswctl gave
 * @status: exit status
 * @out: standard output
 * @err: standard error
 * @sent: requests as text
 */
struct test_result {
	int status;
	char *out;
	char *err;
	char *sent;
};

void test_run(const char *command, const char *input, struct test_result *result);
void test_free(struct test_result *result);
void test_ok(bool ok, const char *format, ...) __attribute__((format(printf, 2, 3)));
void test_equal(const char *want, const char *got, const char *name);
void test_contains(const char *part, const char *got, const char *name);
int test_end(void);

int vswctl_main(int argc, char *argv[]);
ssize_t __real_recv(int fd, void *buf, size_t len, int flags);
ssize_t __wrap_recv(int fd, void *buf, size_t len, int flags);

#endif
