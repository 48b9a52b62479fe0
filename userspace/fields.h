/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Fields of a frame: what they are called, which attribute holds them, how
 * they are written.
 */
#ifndef VSWCTL_FIELDS_H
#define VSWCTL_FIELDS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include <linux/vsw.h>

#include "args.h"
#include "request.h"

/* Any field is a number of up to 128 bits. */
#define vsw_u128	unsigned __int128

/**
 * enum vsw_format - how a value is written
 * @VSW_FORMAT_DECIMAL: as a decimal number
 * @VSW_FORMAT_HEX: as a hexadecimal number
 * @VSW_FORMAT_PORT: as a port
 * @VSW_FORMAT_MAC: as a MAC address
 * @VSW_FORMAT_IPV4: as an IPv4 address
 * @VSW_FORMAT_IPV6: as an IPv6 address
 * @VSW_FORMAT_FRAG: as one of the words of ip_frag
 * @VSW_FORMAT_TCP_FLAGS: as names of TCP's flags
 * @VSW_FORMAT_TUN_FLAGS: as names of flags of an outer header
 */
enum vsw_format {
	VSW_FORMAT_DECIMAL,
	VSW_FORMAT_HEX,
	VSW_FORMAT_PORT,
	VSW_FORMAT_MAC,
	VSW_FORMAT_IPV4,
	VSW_FORMAT_IPV6,
	VSW_FORMAT_FRAG,
	VSW_FORMAT_TCP_FLAGS,
	VSW_FORMAT_TUN_FLAGS,
};

/**
 * struct vsw_field - a field, or a part of one
 * @name: its name
 * @match: its name in a match, where that differs
 * @alias: other names
 * @key: JSON key, of whole fields
 * @attr: VSW_A_FIELDS_* that holds it
 * @len: bytes of the attribute
 * @shift: first bit in the attribute
 * @width: number of bits
 * @format: how it is written
 * @eth_type: Ethernet type that it implies, if none is given; or 0
 * @ip_proto: IP protocol that it implies, if none is given; or 0
 * @is_host: the attribute is in host byte order
 * @is_scaled: @shift bits are part of the number as it is written
 * @is_vlan: part of a VLAN tag, a match implies that there is a tag
 * @is_strict: the same attribute means something else for other protocols
 * @has_range: a match takes FIRST-LAST, the attribute of LAST is @max_attr
 * @max_attr: see @has_range
 */
struct vsw_field {
	const char *name;
	const char *match;
	const char *alias[5];
	const char *key;
	uint8_t attr;
	uint8_t len;
	uint8_t shift;
	uint8_t width;
	enum vsw_format format;
	uint16_t eth_type;
	uint8_t ip_proto;
	bool is_host;
	bool is_scaled;
	bool is_vlan;
	bool is_strict;
	bool has_range;
	uint8_t max_attr;
};

/**
 * struct vsw_proto - a shorthand for a protocol
 * @name: its name
 * @eth_type: the Ethernet type
 * @ip_proto: the IP protocol, -1 for any
 */
struct vsw_proto {
	const char *name;
	uint16_t eth_type;
	int ip_proto;
};

/**
 * struct vsw_match - values and masks of all fields
 * @value: by attribute
 * @mask: by attribute, 0 where the field does not matter
 * @tok: by attribute, the words that gave it
 */
struct vsw_match {
	vsw_u128 value[VSW_A_FIELDS_MAX + 1];
	vsw_u128 mask[VSW_A_FIELDS_MAX + 1];
	struct vsw_tok tok[VSW_A_FIELDS_MAX + 1];
};

extern const struct vsw_field vsw_fields[];
extern const unsigned int vsw_n_fields;
extern const struct vsw_proto vsw_protos[];
extern const unsigned int vsw_n_protos;

const struct vsw_field *vsw_field_find(const struct vsw_tok *tok);
const struct vsw_field *vsw_field_by_name(const char *name);
const struct vsw_field *vsw_field_whole(unsigned int attr);
const struct vsw_field *vsw_field_part(unsigned int attr, vsw_u128 mask);
vsw_u128 vsw_field_mask(const struct vsw_field *field);
int vsw_field_parse(const struct vsw_field *field, const struct vsw_tok *tok,
		    vsw_u128 *value, vsw_u128 *mask);
void vsw_field_print(FILE *f, const struct vsw_field *field, vsw_u128 value,
		     vsw_u128 mask);
void vsw_field_put(struct vsw_req *req, const struct vsw_tok *tok,
		   const struct vsw_field *field, vsw_u128 value);
vsw_u128 vsw_field_get(const struct vsw_field *field, const struct nlattr *attr);
vsw_u128 vsw_ones(unsigned int width);
void vsw_print_number(FILE *f, vsw_u128 value, bool hex);

#endif
