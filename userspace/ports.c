// SPDX-License-Identifier: GPL-2.0
/*
 * Names of the ports of a switch.
 */
#include "ports.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <linux/vsw.h>

static int add(const struct nlmsghdr *hdr, void *arg)
{
	struct nlattr *tb[VSW_A_PORT_MAX + 1];
	struct vsw_ports *ports = arg;
	struct vsw_port_name *list;

	list = reallocarray(ports->list, ports->n + 1, sizeof(*list));
	if (!list) {
		vsw_error(NULL, "%s", strerror(ENOMEM));
		return VSW_REFUSED;
	}
	ports->list = list;
	vsw_attr_parse(tb, VSW_A_PORT_MAX, hdr);
	list[ports->n].port_no = vsw_attr_number(tb[VSW_A_PORT_PORT_NO]);
	vsw_attr_string(tb[VSW_A_PORT_NAME], list[ports->n].name, IFNAMSIZ);
	ports->n++;
	return VSW_OK;
}

static int load(struct vsw_ports *ports)
{
	struct vsw_req req;
	int err;

	vsw_req_init(&req, VSW_CMD_PORT_GET, 0);
	vsw_req_put_string(&req, &ports->what, VSW_A_PORT_SWITCH_NAME, ports->name);
	err = vsw_nl_dump(ports->nl, &req, add, ports);
	vsw_req_free(&req);
	ports->loaded = !err;
	return err;
}

/**
 * vsw_ports_find - look up the number of a port
 * @arg: struct vsw_ports
 * @name: name of the port
 * @port_no: set to the number, 0 if there is no such port
 *
 * Context: prints errors.
 * Return: enum vsw_status
 */
int vsw_ports_find(void *arg, const char *name, uint32_t *port_no)
{
	struct vsw_ports *ports = arg;
	unsigned int i;
	int err;

	*port_no = 0;
	if (!strcmp(name, ports->name)) {
		*port_no = VSW_PORT_LOCAL;
		return VSW_OK;
	}
	err = ports->loaded ? VSW_OK : load(ports);
	for (i = 0; i < ports->n && !err; i++)
		if (!strcmp(name, ports->list[i].name))
			*port_no = ports->list[i].port_no;
	return err;
}

/**
 * vsw_ports_free - forget the ports
 * @ports: ports
 *
 * Context: any.
 */
void vsw_ports_free(struct vsw_ports *ports)
{
	free(ports->list);
	ports->list = NULL;
	ports->n = 0;
	ports->loaded = false;
}
