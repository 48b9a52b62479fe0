// SPDX-License-Identifier: GPL-2.0
/*
 * What the kernel knows of devices and routes, asked by rtnetlink.
 */
#include "rtnl.h"

#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/rtnetlink.h>
#include <netlink/attr.h>
#include <netlink/msg.h>

#include "request.h"

#define REPLY_MAX	32768

/**
 * struct request - a request with one attribute at most
 * @hdr: its header
 * @body: what comes behind it
 */
struct request {
	struct nlmsghdr hdr;
	char body[64];
};

static void add(struct request *req, const void *data, size_t len)
{
	memcpy((char *)req + req->hdr.nlmsg_len, data, len);
	req->hdr.nlmsg_len += NLMSG_ALIGN(len);
}

/* Asks for one object; the reply is in @buf. Returns NULL if there is none. */
static struct nlmsghdr *ask(const struct request *req, void *buf)
{
	struct nlmsghdr *hdr = buf;
	ssize_t len = -1;
	int fd;

	fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	if (fd < 0)
		return NULL;
	if (send(fd, req, req->hdr.nlmsg_len, 0) == (ssize_t)req->hdr.nlmsg_len)
		len = recv(fd, buf, REPLY_MAX, 0);
	close(fd);
	return len > 0 && nlmsg_ok(hdr, len) && hdr->nlmsg_type != NLMSG_ERROR ? hdr : NULL;
}

static struct request new_request(uint16_t type)
{
	return (struct request){
		.hdr = { .nlmsg_len = NLMSG_HDRLEN, .nlmsg_type = type,
			 .nlmsg_flags = NLM_F_REQUEST },
	};
}

/**
 * vsw_rtnl_link - look at a device
 * @ifindex: its index
 * @link: filled in
 *
 * Context: any.
 * Return: false if there is no such device.
 */
bool vsw_rtnl_link(int ifindex, struct vsw_link *link)
{
	struct ifinfomsg ifi = { .ifi_index = ifindex };
	struct nlattr *tb[IFLA_MAX + 1], *info[IFLA_INFO_MAX + 1];
	struct request req = new_request(RTM_GETLINK);
	char buf[REPLY_MAX] __attribute__((aligned(8)));
	struct nlmsghdr *hdr;

	memset(link, 0, sizeof(*link));
	add(&req, &ifi, sizeof(ifi));
	hdr = ask(&req, buf);
	if (!hdr || nlmsg_parse(hdr, sizeof(ifi), tb, IFLA_MAX, NULL) < 0)
		return false;
	vsw_attr_string(tb[IFLA_IFNAME], link->name, sizeof(link->name));
	link->mtu = vsw_attr_number(tb[IFLA_MTU]);
	if (tb[IFLA_LINKINFO]) {
		vsw_attr_parse_nested(info, IFLA_INFO_MAX, tb[IFLA_LINKINFO]);
		vsw_attr_string(info[IFLA_INFO_KIND], link->kind, sizeof(link->kind));
	}
	return true;
}

static void add_destination(struct request *req, const struct in6_addr *addr)
{
	bool is_ipv4 = IN6_IS_ADDR_V4MAPPED(addr);
	unsigned int len = is_ipv4 ? 4 : 16;
	struct rtmsg rtm = {
		.rtm_family = is_ipv4 ? AF_INET : AF_INET6, .rtm_dst_len = len * 8,
	};
	struct rtattr rta = { .rta_len = RTA_LENGTH(len), .rta_type = RTA_DST };

	add(req, &rtm, sizeof(rtm));
	add(req, &rta, sizeof(rta));
	add(req, is_ipv4 ? &addr->s6_addr[12] : addr->s6_addr, len);
}

/**
 * vsw_rtnl_route - look up the route to an address
 * @addr: the address, an IPv4 one mapped
 * @way: filled in
 *
 * Context: any.
 * Return: false if there is no route.
 */
bool vsw_rtnl_route(const struct in6_addr *addr, struct vsw_way *way)
{
	struct nlattr *tb[RTA_MAX + 1], *metrics[RTAX_MAX + 1];
	struct request req = new_request(RTM_GETROUTE);
	char buf[REPLY_MAX] __attribute__((aligned(8)));
	struct nlmsghdr *hdr;

	memset(way, 0, sizeof(*way));
	add_destination(&req, addr);
	hdr = ask(&req, buf);
	if (!hdr || nlmsg_parse(hdr, sizeof(struct rtmsg), tb, RTA_MAX, NULL) < 0 || !tb[RTA_OIF])
		return false;
	way->ifindex = vsw_attr_number(tb[RTA_OIF]);
	if (tb[RTA_METRICS]) {
		vsw_attr_parse_nested(metrics, RTAX_MAX, tb[RTA_METRICS]);
		way->mtu = vsw_attr_number(metrics[RTAX_MTU]);
	}
	return true;
}
