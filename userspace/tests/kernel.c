// SPDX-License-Identifier: GPL-2.0
/*
 * A kernel for the tests: a thread at the other end of a socket pair. It notes
 * every request, refuses what it is told to, and shows what was added before.
 */
#include "test.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <netlink/attr.h>
#include <netlink/genl/genl.h>
#include <netlink/socket.h>

#include <linux/genetlink.h>
#include <linux/vsw.h>

#include "nl.h"

#define FAMILY		0x20
#define KEPT_MAX	32

struct test_kernel test_kernel;

static struct nlmsghdr *kept[KEPT_MAX];
static unsigned int n_kept;
static pthread_t thread;
static int fds[2] = { -1, -1 };
static FILE *log_file;
static size_t log_size;
static int seen;
static bool lose_next;

static void reply(struct nl_msg *msg, const struct nlmsghdr *to, int type, int flags)
{
	struct nlmsghdr *hdr = nlmsg_hdr(msg);

	hdr->nlmsg_type = type;
	hdr->nlmsg_flags = flags;
	hdr->nlmsg_seq = to ? to->nlmsg_seq : 0;
	send(fds[1], hdr, hdr->nlmsg_len, 0);
	nlmsg_free(msg);
}

/* Where the attribute stands that a path of types leads to */
static uint32_t find_offset(struct nlmsghdr *hdr, const int *path)
{
	struct nlattr *attr = nlmsg_find_attr(hdr, GENL_HDRLEN, *path);

	while (attr && *++path)
		attr = nla_find(nla_data(attr), nla_len(attr), *path);
	return attr ? (char *)attr - (char *)hdr : 0;
}

static void send_ack(struct nlmsghdr *to, int code, const struct test_rule *rule)
{
	struct nl_msg *msg = nlmsg_alloc();
	struct nlmsgerr ack = { .error = -code, .msg = *to };

	nlmsg_put(msg, 0, 0, NLMSG_ERROR, 0, 0);
	nlmsg_append(msg, &ack, sizeof(ack), NLMSG_ALIGNTO);
	if (rule && rule->msg)
		nla_put_string(msg, NLMSGERR_ATTR_MSG, rule->msg);
	if (rule && rule->path[0])
		nla_put_u32(msg, NLMSGERR_ATTR_OFFS, find_offset(to, rule->path));
	if (rule && rule->cookie)
		nla_put_u64(msg, NLMSGERR_ATTR_COOKIE, rule->cookie);
	reply(msg, to, NLMSG_ERROR, NLM_F_CAPPED | (rule ? NLM_F_ACK_TLVS : 0));
}

static void send_done(const struct nlmsghdr *to, bool interrupted)
{
	struct nl_msg *msg = nlmsg_alloc();
	int code = 0;

	nlmsg_put(msg, 0, 0, NLMSG_DONE, 0, 0);
	nlmsg_append(msg, &code, sizeof(code), NLMSG_ALIGNTO);
	reply(msg, to, NLMSG_DONE, NLM_F_MULTI | (interrupted ? NLM_F_DUMP_INTR : 0));
}

static void send_family(struct nlmsghdr *to)
{
	struct nl_msg *msg = nlmsg_alloc();
	struct nlattr *groups, *group;
	unsigned int i;

	genlmsg_put(msg, 0, 0, 0, 0, 0, CTRL_CMD_NEWFAMILY, 1);
	nla_put_u16(msg, CTRL_ATTR_FAMILY_ID, FAMILY);
	groups = nla_nest_start(msg, CTRL_ATTR_MCAST_GROUPS);
	for (i = 0; i < VSW_NL_GROUPS; i++) {
		group = nla_nest_start(msg, i + 1);
		nla_put_string(msg, CTRL_ATTR_MCAST_GRP_NAME, vsw_nl_groups[i]);
		nla_put_u32(msg, CTRL_ATTR_MCAST_GRP_ID, 10 + i);
		nla_nest_end(msg, group);
	}
	nla_nest_end(msg, groups);
	reply(msg, to, GENL_ID_CTRL, 0);
	send_ack(to, 0, NULL);
}

static void put_drop(struct nl_msg *msg, uint32_t reason, uint64_t packets)
{
	struct nlattr *drop = nla_nest_start(msg, VSW_A_STATS_DROP);

	nla_put_u32(msg, VSW_A_DROP_REASON, reason);
	nla_put_u64(msg, VSW_A_DROP_PACKETS, packets);
	nla_nest_end(msg, drop);
}

static void put_stats(struct nl_msg *msg, int type)
{
	struct nlattr *stats = nla_nest_start(msg, type);

	nla_put_u64(msg, VSW_A_STATS_RX_PACKETS, 10);
	nla_put_u64(msg, VSW_A_STATS_RX_BYTES, 1000);
	nla_put_u64(msg, VSW_A_STATS_TX_PACKETS, 7);
	nla_put_u64(msg, VSW_A_STATS_TX_BYTES, 700);
	nla_put_u64(msg, VSW_A_STATS_COPIED, 1);
	nla_put_u64(msg, VSW_A_STATS_PASSED, 2);
	nla_put_u64(msg, VSW_A_STATS_PUNTED, 4);
	put_drop(msg, VSW_DROP_REASON_FLOW, 3);
	put_drop(msg, 999, 1);
	nla_nest_end(msg, stats);
}

/* What the kernel adds to what the user gave */
static void put_state(struct nl_msg *msg, uint8_t cmd)
{
	switch (cmd) {
	case VSW_CMD_SWITCH_GET:
		nla_put_u32(msg, VSW_A_SWITCH_SWITCH, 5);
		nla_put_u32(msg, VSW_A_SWITCH_PORTS, 2);
		put_stats(msg, VSW_A_SWITCH_STATS);
		break;
	case VSW_CMD_PORT_GET:
		nla_put_u32(msg, VSW_A_PORT_IFINDEX, 6);
		put_stats(msg, VSW_A_PORT_STATS);
		break;
	case VSW_CMD_FDB_GET:
		nla_put_u32(msg, VSW_A_FDB_AGE, 1500);
		break;
	case VSW_CMD_TABLE_GET:
		nla_put_u32(msg, VSW_A_TABLE_FLOWS, 4);
		nla_put_u64(msg, VSW_A_TABLE_MATCHED, 40);
		break;
	case VSW_CMD_FLOW_GET:
		nla_put_u32(msg, VSW_A_FLOW_ID, 8);
		nla_put_u64(msg, VSW_A_FLOW_PACKETS, 3);
		nla_put_u64(msg, VSW_A_FLOW_BYTES, 180);
		nla_put_u64(msg, VSW_A_FLOW_DURATION, 12345);
		break;
	}
}

static uint8_t command(const struct nlmsghdr *hdr)
{
	return ((struct genlmsghdr *)nlmsg_data(hdr))->cmd;
}

static uint8_t maker(uint8_t get)
{
	switch (get) {
	case VSW_CMD_SWITCH_GET:
		return VSW_CMD_SWITCH_NEW;
	case VSW_CMD_PORT_GET:
		return VSW_CMD_PORT_NEW;
	case VSW_CMD_FDB_GET:
		return VSW_CMD_FDB_NEW;
	case VSW_CMD_TABLE_GET:
		return VSW_CMD_TABLE_SET;
	case VSW_CMD_FLOW_GET:
		return VSW_CMD_FLOW_NEW;
	case VSW_CMD_PUNT_GET:
		return VSW_CMD_PUNT_LISTEN;
	case VSW_CMD_ROUTER_GET:
		return VSW_CMD_ROUTER_NEW;
	case VSW_CMD_INTERFACE_GET:
		return VSW_CMD_INTERFACE_NEW;
	case VSW_CMD_ROUTE_GET:
		return VSW_CMD_ROUTE_NEW;
	case VSW_CMD_NEIGH_GET:
		return VSW_CMD_NEIGH_NEW;
	}
	return 0;
}

static void send_object(const struct nlmsghdr *object, const struct nlmsghdr *to,
			uint8_t get, uint8_t cmd)
{
	struct nl_msg *msg = nlmsg_alloc_size(65536);

	genlmsg_put(msg, 0, 0, 0, 0, 0, cmd, 1);
	nlmsg_append(msg, (char *)nlmsg_data(object) + GENL_HDRLEN,
		     nlmsg_datalen(object) - GENL_HDRLEN, NLMSG_ALIGNTO);
	put_state(msg, get);
	reply(msg, to, FAMILY, 0);
}

static void send_objects(const struct nlmsghdr *to)
{
	unsigned int i;

	for (i = 0; i < n_kept; i++)
		if (command(kept[i]) == maker(command(to)))
			send_object(kept[i], to, command(to), command(to));
}

static void keep(const struct nlmsghdr *hdr)
{
	if (!test_kernel.keep || n_kept == KEPT_MAX)
		return;
	kept[n_kept] = malloc(hdr->nlmsg_len);
	memcpy(kept[n_kept++], hdr, hdr->nlmsg_len);
}

static void send_txn(const struct nlmsghdr *to)
{
	struct nl_msg *msg = nlmsg_alloc();

	genlmsg_put(msg, 0, 0, 0, 0, 0, VSW_CMD_TXN_NEW, 1);
	nla_put_u32(msg, VSW_A_TXN_TXN, 77);
	reply(msg, to, FAMILY, 0);
}

static bool is_refused(struct nlmsghdr *hdr)
{
	const struct test_rule *rule = &test_kernel.rule;

	if (command(hdr) != rule->cmd || ++seen != rule->nth)
		return false;
	send_ack(hdr, rule->code, rule);
	return true;
}

static void answer(struct nlmsghdr *hdr)
{
	if (hdr->nlmsg_type == GENL_ID_CTRL) {
		if (test_kernel.missing)
			send_ack(hdr, ENOENT, NULL);
		else
			send_family(hdr);
		return;
	}
	decode_message(log_file, hdr);
	fputc('\n', log_file);
	if (is_refused(hdr))
		return;
	if (maker(command(hdr))) {
		send_objects(hdr);
		if ((hdr->nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP)
			send_done(hdr, test_kernel.interrupted-- > 0);
	} else {
		keep(hdr);
	}
	if (command(hdr) == VSW_CMD_TXN_NEW)
		send_txn(hdr);
	if (hdr->nlmsg_flags & NLM_F_ACK)
		send_ack(hdr, 0, NULL);
}

static void *play(void *arg)
{
	static char buf[1 << 18];
	struct nlmsghdr *hdr;
	int len;

	(void)arg;
	while ((len = recv(fds[1], buf, sizeof(buf), 0)) > 0)
		for (hdr = (struct nlmsghdr *)buf; nlmsg_ok(hdr, len);
		     hdr = nlmsg_next(hdr, &len))
			answer(hdr);
	return NULL;
}

/**
 * test_kernel_start - begin to answer
 * @fd: set to the socket to talk to it
 *
 * Context: test_kernel_stop() ends it.
 */
void test_kernel_start(int *fd)
{
	int size = 1 << 20;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, fds))
		abort();
	setsockopt(fds[0], SOL_SOCKET, SO_SNDBUF, &size, sizeof(size));
	seen = 0;
	log_file = open_memstream(&test_kernel.sent, &log_size);
	pthread_create(&thread, NULL, play, NULL);
	*fd = fds[0];
}

/**
 * test_kernel_stop - stop to answer
 *
 * Context: test_kernel.sent is complete afterwards.
 */
void test_kernel_stop(void)
{
	if (fds[0] < 0)
		return;
	shutdown(fds[0], SHUT_RDWR);
	pthread_join(thread, NULL);
	close(fds[0]);
	close(fds[1]);
	fds[0] = -1;
	fclose(log_file);
}

/**
 * test_kernel_forget - forget what was added
 *
 * Context: not while it answers.
 */
void test_kernel_forget(void)
{
	while (n_kept)
		free(kept[--n_kept]);
}

/**
 * test_kernel_events - send an event for everything that was added, then hang up
 *
 * Context: while it answers.
 */
void test_kernel_events(void)
{
	static const struct {
		uint8_t get;
		uint8_t event;
	} events[] = {
		{ VSW_CMD_SWITCH_GET, VSW_CMD_SWITCH_NEW_NTF },
		{ VSW_CMD_PORT_GET, VSW_CMD_PORT_NEW_NTF },
		{ VSW_CMD_FDB_GET, VSW_CMD_FDB_MOVE_NTF },
		{ VSW_CMD_TABLE_GET, VSW_CMD_TABLE_NTF },
		{ VSW_CMD_FLOW_GET, VSW_CMD_FLOW_DEL_NTF },
	};
	unsigned int i, j;

	for (i = 0; i < n_kept; i++)
		for (j = 0; j < ARRAY_SIZE(events); j++)
			if (command(kept[i]) == maker(events[j].get))
				send_object(kept[i], NULL, events[j].get,
					    events[j].event);
	shutdown(fds[1], SHUT_WR);
}

/* In place of nl_connect.c */
int vsw_nl_connect(struct vsw_nl *nl)
{
	nl->sk = nl_socket_alloc();
	test_kernel_start(&nl->fd);
	return 0;
}

/* The groups are joined in order; the events come with the last. */
int vsw_nl_join(struct vsw_nl *nl, uint32_t group)
{
	(void)nl;
	if (group != 10 + VSW_NL_GROUPS - 1)
		return 0;
	lose_next = test_kernel.lost;
	test_kernel_events();
	return 0;
}

/* In place of recv(), see the linker's --wrap */
ssize_t __wrap_recv(int fd, void *buf, size_t len, int flags)
{
	if (fd != fds[0])
		return __real_recv(fd, buf, len, flags);
	if (flags & MSG_DONTWAIT) {
		errno = EAGAIN;
		return -1;
	}
	if (lose_next || (test_kernel.overrun && !--test_kernel.overrun)) {
		lose_next = false;
		errno = ENOBUFS;
		return -1;
	}
	return __real_recv(fd, buf, len, flags);
}
