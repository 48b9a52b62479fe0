// SPDX-License-Identifier: GPL-2.0
/*
 * The socket itself.
 */
#include "nl.h"

#include <errno.h>
#include <sys/socket.h>

#include <netlink/errno.h>
#include <netlink/genl/genl.h>
#include <netlink/socket.h>

#include <linux/netlink.h>

#ifndef SOL_NETLINK
#define SOL_NETLINK	270
#endif

static void set_options(int fd)
{
	int size = 1 << 20;
	int on = 1;

	/* Events are lost where there is no room; not all may ask for more. */
	setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size));
	/* Older kernels know less of these; then errors say less. */
	setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof(on));
	setsockopt(fd, SOL_NETLINK, NETLINK_CAP_ACK, &on, sizeof(on));
	setsockopt(fd, SOL_NETLINK, NETLINK_GET_STRICT_CHK, &on, sizeof(on));
}

/**
 * vsw_nl_connect - open the socket
 * @nl: connection; sk and fd are set
 *
 * Context: any.
 * Return: 0 or an errno
 */
int vsw_nl_connect(struct vsw_nl *nl)
{
	nl->sk = nl_socket_alloc();
	if (!nl->sk)
		return ENOMEM;
	if (genl_connect(nl->sk)) {
		nl_socket_free(nl->sk);
		nl->sk = NULL;
		return errno ? errno : EPROTONOSUPPORT;
	}
	nl->fd = nl_socket_get_fd(nl->sk);
	nl_socket_set_buffer_size(nl->sk, 1 << 20, 1 << 20);
	set_options(nl->fd);
	return 0;
}

/**
 * vsw_nl_join - listen to a multicast group
 * @nl: connection
 * @group: id of the group
 *
 * Context: any.
 * Return: 0 or an errno
 */
int vsw_nl_join(struct vsw_nl *nl, uint32_t group)
{
	return nl_socket_add_membership(nl->sk, group) ? errno : 0;
}
