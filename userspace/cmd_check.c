// SPDX-License-Identifier: GPL-2.0
/*
 * vswctl check: what the kernel takes and forwards, but is not as it should be.
 */
#include "common.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <netlink/genl/genl.h>

#include <linux/vsw.h>

#include "address.h"
#include "rtnl.h"

/* What stands around the payload of a frame in a tunnel */
#define ETH_LEN		14
#define UDP_TUNNEL_LEN	(8 + 8)
#define GRE_LEN		4
#define GRE_KEY_LEN	4
#define IPV4_LEN	20
#define IPV6_LEN	40

/**
 * struct port - a port and the packets that it takes
 * @sw: name of its switch
 * @name: its name
 * @no: its number
 * @ifindex: its device, 0 for none
 * @is_tunnel: it is a tunnel port
 * @has_key: it sends a key
 * @link: the device
 * @room: payload of the largest frame that fits into a packet to each remote
 */
struct port {
	char sw[IFNAMSIZ];
	char name[IFNAMSIZ];
	uint32_t no;
	int ifindex;
	bool is_tunnel;
	bool has_key;
	struct vsw_link link;
	unsigned int room;
};

/**
 * struct check - what was found so far
 * @out: where to print
 * @ports: the ports
 * @n: number of them
 * @port: the tunnel port whose remotes are looked at
 */
struct check {
	struct vsw_out *out;
	struct port *ports;
	unsigned int n;
	struct port *port;
};

static unsigned int overhead(const struct port *port, const struct in6_addr *addr)
{
	unsigned int len = ETH_LEN + (IN6_IS_ADDR_V4MAPPED(addr) ? IPV4_LEN : IPV6_LEN);

	if (!strcmp(port->link.kind, "vxlan") || !strcmp(port->link.kind, "geneve"))
		return len + UDP_TUNNEL_LEN;
	return len + GRE_LEN + (port->has_key ? GRE_KEY_LEN : 0);
}

static void begin(struct vsw_out *out, const struct port *port, unsigned int max)
{
	vsw_out_object(out, NULL);
	vsw_out_string(out, "switch", "", port->sw);
	vsw_out_string(out, "name", " ", port->name);
	vsw_out_number(out, "mtu", " mtu ", port->link.mtu);
	vsw_out_number(out, "mtu_max", " mtu_max ", max);
}

static void end(struct vsw_out *out)
{
	vsw_out_end(out);
	vsw_out_text(out, "\n");
}

/* Frames of the port's MTU must fit, with the outer header, on the way there. */
static void check_remote(struct check *c, const struct nlattr *address)
{
	struct port *port = c->port;
	const struct in6_addr *addr;
	struct vsw_link link;
	unsigned int room;
	struct vsw_way way;

	if (!address || nla_len(address) != sizeof(*addr))
		return;
	addr = nla_data(address);
	if (!vsw_rtnl_route(addr, &way) || !vsw_rtnl_link(way.ifindex, &link))
		return;
	room = (way.mtu ? way.mtu : link.mtu) - overhead(port, addr);
	if (!port->room || room < port->room)
		port->room = room;
	if (port->link.mtu <= room)
		return;
	begin(c->out, port, room);
	vsw_address_print(c->out, "remote", " remote ", address);
	vsw_out_string(c->out, "dev", " dev ", link.name);
	end(c->out);
}

static int add_port(const struct nlmsghdr *hdr, void *arg)
{
	struct nlattr *tb[VSW_A_PORT_MAX + 1];
	struct check *c = arg;
	struct port *port;

	port = reallocarray(c->ports, c->n + 1, sizeof(*port));
	if (!port) {
		vsw_error(NULL, "%s", strerror(ENOMEM));
		return VSW_REFUSED;
	}
	c->ports = port;
	port = &c->ports[c->n++];
	memset(port, 0, sizeof(*port));
	vsw_attr_parse(tb, VSW_A_PORT_MAX, hdr);
	vsw_attr_string(tb[VSW_A_PORT_SWITCH_NAME], port->sw, sizeof(port->sw));
	vsw_attr_string(tb[VSW_A_PORT_NAME], port->name, sizeof(port->name));
	port->no = vsw_attr_number(tb[VSW_A_PORT_PORT_NO]);
	port->ifindex = vsw_attr_number(tb[VSW_A_PORT_IFINDEX]);
	port->has_key = tb[VSW_A_PORT_TUNNEL_KEY];
	port->is_tunnel = vsw_attr_number(tb[VSW_A_PORT_TYPE]) == VSW_PORT_TYPE_TUNNEL;
	if (port->ifindex)
		vsw_rtnl_link(port->ifindex, &port->link);
	return VSW_OK;
}

/* The remotes of the port itself */
static int check_port(const struct nlmsghdr *hdr, void *arg)
{
	struct nlattr *attr, *tb[VSW_A_REMOTE_MAX + 1];
	struct check *c = arg;
	int rest;

	nlmsg_for_each_attr(attr, (struct nlmsghdr *)hdr, GENL_HDRLEN, rest) {
		if (nla_type(attr) != VSW_A_PORT_REMOTE)
			continue;
		vsw_attr_parse_nested(tb, VSW_A_REMOTE_MAX, attr);
		check_remote(c, tb[VSW_A_REMOTE_ADDRESS]);
	}
	return VSW_OK;
}

/* And those that its stations are behind */
static int check_station(const struct nlmsghdr *hdr, void *arg)
{
	struct nlattr *tb[VSW_A_FDB_MAX + 1];

	vsw_attr_parse(tb, VSW_A_FDB_MAX, hdr);
	if (vsw_attr_number(tb[VSW_A_FDB_FLAGS]) & VSW_FDB_FLAG_STATIC)
		check_remote(arg, tb[VSW_A_FDB_DST]);
	return VSW_OK;
}

static int check_tunnel(struct vsw_ctl *ctl, struct check *c)
{
	struct vsw_req req;
	int err;

	vsw_req_init(&req, VSW_CMD_PORT_GET, 0);
	vsw_req_put_string(&req, NULL, VSW_A_PORT_SWITCH_NAME, c->port->sw);
	vsw_req_put_u32(&req, NULL, VSW_A_PORT_PORT_NO, c->port->no);
	err = vsw_nl_do(&ctl->nl, &req, check_port, c);
	vsw_req_free(&req);
	if (err)
		return err;
	vsw_req_init(&req, VSW_CMD_FDB_GET, 0);
	vsw_req_put_string(&req, NULL, VSW_A_FDB_SWITCH_NAME, c->port->sw);
	vsw_req_put_u32(&req, NULL, VSW_A_FDB_PORT_NO, c->port->no);
	err = vsw_nl_dump(&ctl->nl, &req, check_station, c);
	vsw_req_free(&req);
	return err;
}

/* What a port takes and the tunnel port does not is dropped for mtu. */
static void check_others(struct check *c)
{
	unsigned int max = c->port->link.mtu;
	const struct port *port;

	if (c->port->room && c->port->room < max)
		max = c->port->room;
	for (port = c->ports; port < c->ports + c->n; port++) {
		if (port->is_tunnel || !port->ifindex || strcmp(port->sw, c->port->sw) ||
		    port->link.mtu <= max)
			continue;
		begin(c->out, port, max);
		vsw_out_string(c->out, "tunnel", " tunnel ", c->port->name);
		end(c->out);
	}
}

static int check_all(struct vsw_ctl *ctl, struct check *c)
{
	int err = VSW_OK;
	unsigned int i;

	vsw_out_array(&ctl->out, NULL);
	for (i = 0; i < c->n && !err; i++) {
		c->port = &c->ports[i];
		if (!c->port->is_tunnel)
			continue;
		err = check_tunnel(ctl, c);
		if (!err)
			check_others(c);
	}
	vsw_out_end(&ctl->out);
	return err;
}

static int mtu(struct vsw_ctl *ctl, struct vsw_args *args)
{
	struct check c = { .out = &ctl->out };
	struct vsw_req req;
	int err = VSW_OK;

	vsw_req_init(&req, VSW_CMD_PORT_GET, 0);
	if (vsw_args_peek(args))
		err = vsw_req_put_switch(&req, args, VSW_A_PORT_SWITCH_NAME);
	if (!err)
		err = vsw_args_done(args);
	if (!err)
		err = vsw_nl_dump(&ctl->nl, &req, add_port, &c);
	vsw_req_free(&req);
	if (!err)
		err = check_all(ctl, &c);
	free(c.ports);
	return err;
}

const struct vsw_verb vsw_check_verbs[] = {
	{ "mtu", "[SWITCH]", mtu },
	{ }
};
