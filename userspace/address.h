/* SPDX-License-Identifier: GPL-2.0 */
/*
 * IP addresses and prefixes of routers: on the wire IPv4 is IPv4-mapped IPv6.
 */
#ifndef VSWCTL_ADDRESS_H
#define VSWCTL_ADDRESS_H

#include "cmd.h"

int vsw_tok_address(const struct vsw_tok *tok, struct in6_addr *addr);
int vsw_req_put_address(struct vsw_req *req, struct vsw_args *args, int type);
int vsw_req_put_prefix(struct vsw_req *req, struct vsw_args *args, int type);
void vsw_address_print(struct vsw_out *out, const char *key, const char *label,
		       const struct nlattr *attr);
void vsw_prefix_print(struct vsw_out *out, const char *key, const char *label,
		      const struct nlattr *attr);
int vsw_req_put_word(struct vsw_req *req, struct vsw_args *args, int type, const char *what);
int vsw_req_put_mac(struct vsw_req *req, struct vsw_args *args, int type);

#endif
