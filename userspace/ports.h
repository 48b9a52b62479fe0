/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Names of the ports of a switch.
 */
#ifndef VSWCTL_PORTS_H
#define VSWCTL_PORTS_H

#include <net/if.h>
#include <stdbool.h>
#include <stdint.h>

#include "nl.h"

/**
 * struct vsw_ports - the ports of a switch, asked for when the first is looked up
 * @nl: connection
 * @what: the name of the switch where the user wrote it
 * @name: the name of the switch
 * @loaded: @list is filled in
 * @list: the ports
 * @n: number of them
 */
struct vsw_ports {
	struct vsw_nl *nl;
	struct vsw_tok what;
	char name[IFNAMSIZ];
	bool loaded;
	struct vsw_port_name {
		char name[IFNAMSIZ];
		uint32_t port_no;
	} *list;
	unsigned int n;
};

int vsw_ports_find(void *arg, const char *name, uint32_t *port_no);
void vsw_ports_free(struct vsw_ports *ports);

#endif
