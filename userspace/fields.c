// SPDX-License-Identifier: GPL-2.0
/*
 * Fields of a frame: the table, and values as text and as attributes.
 */
#include "fields.h"

#include <arpa/inet.h>
#include <string.h>

#define ETH_P_IP	0x0800
#define ETH_P_IPV6	0x86dd

#define HOST(_name, _attr, _len, _format, _nxm)				\
	{ .name = _name, .key = _name, .alias = { _nxm },		\
	  .attr = VSW_A_FIELDS_##_attr, .len = (_len),			\
	  .width = 8 * (_len), .format = VSW_FORMAT_##_format, .is_host = true }

#define VLAN(_name, _match, _attr, _shift, _width)			\
	{ .name = _name, .match = _match, .attr = VSW_A_FIELDS_##_attr,	\
	  .len = 2, .shift = (_shift), .width = (_width), .is_vlan = true }

#define WHOLE(_name, _key, _attr, _len, _width, _format, ...)		\
	{ .name = _name, .key = _key, .attr = VSW_A_FIELDS_##_attr,	\
	  .len = (_len), .width = (_width), .format = VSW_FORMAT_##_format,	\
	  __VA_ARGS__ }

#define TP_PORT(_name, _attr, _proto, ...)				\
	{ .name = _name, .attr = VSW_A_FIELDS_##_attr, .len = 2,	\
	  .width = 16, .ip_proto = (_proto), .is_strict = (_proto) != 0,	\
	  .has_range = true, .max_attr = VSW_A_FIELDS_##_attr##_MAX,	\
	  __VA_ARGS__ }

#define ICMP(_name, _attr, _type, _proto, ...)				\
	{ .name = _name, .attr = VSW_A_FIELDS_##_attr, .len = 1,	\
	  .width = 8, .eth_type = (_type), .ip_proto = (_proto), __VA_ARGS__ }

/* The whole field stands before its parts and before other names for it. */
const struct vsw_field vsw_fields[] = {
	HOST("in_port", IN_PORT, 4, PORT, "NXM_OF_IN_PORT"),
	HOST("pkt_mark", PKT_MARK, 4, HEX, "NXM_NX_PKT_MARK"),
	HOST("metadata", METADATA, 8, HEX, "OXM_OF_METADATA"),
	HOST("reg0", REG0, 4, HEX, "NXM_NX_REG0"),
	HOST("reg1", REG1, 4, HEX, "NXM_NX_REG1"),
	HOST("reg2", REG2, 4, HEX, "NXM_NX_REG2"),
	HOST("reg3", REG3, 4, HEX, "NXM_NX_REG3"),
	HOST("reg4", REG4, 4, HEX, "NXM_NX_REG4"),
	HOST("reg5", REG5, 4, HEX, "NXM_NX_REG5"),
	HOST("reg6", REG6, 4, HEX, "NXM_NX_REG6"),
	HOST("reg7", REG7, 4, HEX, "NXM_NX_REG7"),
	WHOLE("eth_dst", "eth_dst", ETH_DST, 6, 48, MAC, .match = "dl_dst",
	      .alias = { "NXM_OF_ETH_DST", "OXM_OF_ETH_DST" }),
	WHOLE("eth_src", "eth_src", ETH_SRC, 6, 48, MAC, .match = "dl_src",
	      .alias = { "NXM_OF_ETH_SRC", "OXM_OF_ETH_SRC" }),
	WHOLE("eth_type", "eth_type", ETH_TYPE, 2, 16, HEX, .match = "dl_type",
	      .alias = { "NXM_OF_ETH_TYPE", "OXM_OF_ETH_TYPE" }),
	WHOLE("vlan_tci", "vlan_tci", VLAN_TCI, 2, 16, HEX,
	      .alias = { "NXM_OF_VLAN_TCI" }),
	VLAN("vlan_vid", "dl_vlan", VLAN_TCI, 0, 12),
	VLAN("vlan_pcp", "dl_vlan_pcp", VLAN_TCI, 13, 3),
	WHOLE("vlan_tpid", "vlan_tpid", VLAN_TPID, 2, 16, HEX),
	WHOLE("inner_vlan_tci", "inner_vlan_tci", INNER_VLAN_TCI, 2, 16, HEX),
	VLAN("inner_vlan_vid", NULL, INNER_VLAN_TCI, 0, 12),
	VLAN("inner_vlan_pcp", NULL, INNER_VLAN_TCI, 13, 3),
	WHOLE("ip_proto", "ip_proto", IP_PROTO, 1, 8, DECIMAL,
	      .match = "nw_proto",
	      .alias = { "NXM_OF_IP_PROTO", "OXM_OF_IP_PROTO" }),
	WHOLE("ip_tos", "ip_tos", IP_TOS, 1, 8, HEX),
	WHOLE("nw_tos", NULL, IP_TOS, 1, 6, DECIMAL, .shift = 2,
	      .is_scaled = true, .alias = { "NXM_OF_IP_TOS" }),
	WHOLE("ip_dscp", NULL, IP_TOS, 1, 6, DECIMAL, .shift = 2,
	      .alias = { "OXM_OF_IP_DSCP" }),
	WHOLE("nw_ecn", NULL, IP_TOS, 1, 2, DECIMAL,
	      .alias = { "ip_ecn", "NXM_NX_IP_ECN", "OXM_OF_IP_ECN" }),
	WHOLE("nw_ttl", "ip_ttl", IP_TTL, 1, 8, DECIMAL,
	      .alias = { "ip_ttl", "NXM_NX_IP_TTL" }),
	WHOLE("ip_frag", "ip_frag", IP_FRAG, 1, 2, FRAG, .match = "nw_frag",
	      .alias = { "NXM_NX_IP_FRAG" }),
	WHOLE("ipv6_label", "ipv6_label", IPV6_LABEL, 4, 20, HEX,
	      .eth_type = ETH_P_IPV6,
	      .alias = { "NXM_NX_IPV6_LABEL", "OXM_OF_IPV6_FLABEL" }),
	WHOLE("ip_src", "ipv4_src", IPV4_SRC, 4, 32, IPV4, .match = "nw_src",
	      .alias = { "ipv4_src", "NXM_OF_IP_SRC", "OXM_OF_IPV4_SRC" }),
	WHOLE("ip_dst", "ipv4_dst", IPV4_DST, 4, 32, IPV4, .match = "nw_dst",
	      .alias = { "ipv4_dst", "NXM_OF_IP_DST", "OXM_OF_IPV4_DST" }),
	WHOLE("ipv6_src", "ipv6_src", IPV6_SRC, 16, 128, IPV6,
	      .eth_type = ETH_P_IPV6,
	      .alias = { "NXM_NX_IPV6_SRC", "OXM_OF_IPV6_SRC" }),
	WHOLE("ipv6_dst", "ipv6_dst", IPV6_DST, 16, 128, IPV6,
	      .eth_type = ETH_P_IPV6,
	      .alias = { "NXM_NX_IPV6_DST", "OXM_OF_IPV6_DST" }),
	WHOLE("arp_op", "arp_op", ARP_OP, 2, 16, DECIMAL,
	      .alias = { "NXM_OF_ARP_OP", "OXM_OF_ARP_OP" }),
	WHOLE("arp_spa", "arp_spa", ARP_SPA, 4, 32, IPV4,
	      .alias = { "NXM_OF_ARP_SPA", "OXM_OF_ARP_SPA" }),
	WHOLE("arp_tpa", "arp_tpa", ARP_TPA, 4, 32, IPV4,
	      .alias = { "NXM_OF_ARP_TPA", "OXM_OF_ARP_TPA" }),
	WHOLE("arp_sha", "arp_sha", ARP_SHA, 6, 48, MAC,
	      .alias = { "NXM_NX_ARP_SHA", "OXM_OF_ARP_SHA" }),
	WHOLE("arp_tha", "arp_tha", ARP_THA, 6, 48, MAC,
	      .alias = { "NXM_NX_ARP_THA", "OXM_OF_ARP_THA" }),
	TP_PORT("tp_src", TP_SRC, 0, .key = "tp_src"),
	TP_PORT("tcp_src", TP_SRC, IPPROTO_TCP,
		.alias = { "NXM_OF_TCP_SRC", "OXM_OF_TCP_SRC" }),
	TP_PORT("udp_src", TP_SRC, IPPROTO_UDP,
		.alias = { "NXM_OF_UDP_SRC", "OXM_OF_UDP_SRC" }),
	TP_PORT("sctp_src", TP_SRC, IPPROTO_SCTP,
		.alias = { "OXM_OF_SCTP_SRC" }),
	TP_PORT("tp_dst", TP_DST, 0, .key = "tp_dst"),
	TP_PORT("tcp_dst", TP_DST, IPPROTO_TCP,
		.alias = { "NXM_OF_TCP_DST", "OXM_OF_TCP_DST" }),
	TP_PORT("udp_dst", TP_DST, IPPROTO_UDP,
		.alias = { "NXM_OF_UDP_DST", "OXM_OF_UDP_DST" }),
	TP_PORT("sctp_dst", TP_DST, IPPROTO_SCTP,
		.alias = { "OXM_OF_SCTP_DST" }),
	WHOLE("tcp_flags", "tcp_flags", TCP_FLAGS, 2, 12, TCP_FLAGS,
	      .ip_proto = IPPROTO_TCP, .alias = { "NXM_NX_TCP_FLAGS" }),
	ICMP("icmp_type", ICMP_TYPE, ETH_P_IP, IPPROTO_ICMP, .key = "icmp_type",
	     .alias = { "NXM_OF_ICMP_TYPE", "OXM_OF_ICMPV4_TYPE" }),
	ICMP("icmpv6_type", ICMP_TYPE, ETH_P_IPV6, IPPROTO_ICMPV6,
	     .is_strict = true,
	     .alias = { "NXM_NX_ICMPV6_TYPE", "OXM_OF_ICMPV6_TYPE" }),
	ICMP("icmp_code", ICMP_CODE, ETH_P_IP, IPPROTO_ICMP, .key = "icmp_code",
	     .alias = { "NXM_OF_ICMP_CODE", "OXM_OF_ICMPV4_CODE" }),
	ICMP("icmpv6_code", ICMP_CODE, ETH_P_IPV6, IPPROTO_ICMPV6,
	     .is_strict = true,
	     .alias = { "NXM_NX_ICMPV6_CODE", "OXM_OF_ICMPV6_CODE" }),
	WHOLE("nd_target", "nd_target", ND_TARGET, 16, 128, IPV6,
	      .eth_type = ETH_P_IPV6, .ip_proto = IPPROTO_ICMPV6,
	      .alias = { "NXM_NX_ND_TARGET", "OXM_OF_IPV6_ND_TARGET" }),
	WHOLE("nd_sll", "nd_sll", ND_SLL, 6, 48, MAC,
	      .eth_type = ETH_P_IPV6, .ip_proto = IPPROTO_ICMPV6,
	      .alias = { "NXM_NX_ND_SLL", "OXM_OF_IPV6_ND_SLL" }),
	WHOLE("nd_tll", "nd_tll", ND_TLL, 6, 48, MAC,
	      .eth_type = ETH_P_IPV6, .ip_proto = IPPROTO_ICMPV6,
	      .alias = { "NXM_NX_ND_TLL", "OXM_OF_IPV6_ND_TLL" }),
	WHOLE("tun_id", "tun_id", TUN_ID, 8, 64, HEX,
	      .alias = { "tunnel_id", "NXM_NX_TUN_ID", "OXM_OF_TUNNEL_ID" }),
	WHOLE("tun_src", "tun_src", TUN_SRC, 4, 32, IPV4,
	      .alias = { "NXM_NX_TUN_IPV4_SRC" }),
	WHOLE("tun_dst", "tun_dst", TUN_DST, 4, 32, IPV4,
	      .alias = { "NXM_NX_TUN_IPV4_DST" }),
	WHOLE("tun_ipv6_src", "tun_ipv6_src", TUN_IPV6_SRC, 16, 128, IPV6,
	      .alias = { "NXM_NX_TUN_IPV6_SRC" }),
	WHOLE("tun_ipv6_dst", "tun_ipv6_dst", TUN_IPV6_DST, 16, 128, IPV6,
	      .alias = { "NXM_NX_TUN_IPV6_DST" }),
	WHOLE("tun_tos", "tun_tos", TUN_TOS, 1, 8, DECIMAL),
	WHOLE("tun_ttl", "tun_ttl", TUN_TTL, 1, 8, DECIMAL),
	WHOLE("tun_flags", "tun_flags", TUN_FLAGS, 2, 1, TUN_FLAGS,
	      .alias = { "NXM_NX_TUN_FLAGS" }),
	WHOLE("tun_gbp_id", "tun_gbp_id", TUN_GBP_ID, 2, 16, DECIMAL,
	      .alias = { "NXM_NX_TUN_GBP_ID" }),
	WHOLE("tun_gbp_flags", "tun_gbp_flags", TUN_GBP_FLAGS, 1, 8, HEX,
	      .alias = { "NXM_NX_TUN_GBP_FLAGS" }),
	WHOLE("tun_opt_class", "tun_opt_class", TUN_OPT_CLASS, 2, 16, HEX),
	WHOLE("tun_opt_type", "tun_opt_type", TUN_OPT_TYPE, 1, 8, HEX),
	WHOLE("tun_opt_data", "tun_opt_data", TUN_OPT_DATA, 4, 32, HEX),
};

const unsigned int vsw_n_fields = ARRAY_SIZE(vsw_fields);

/* Longer ones first: what is printed is the first that fits. */
const struct vsw_proto vsw_protos[] = {
	{ "icmp", ETH_P_IP, IPPROTO_ICMP },
	{ "tcp", ETH_P_IP, IPPROTO_TCP },
	{ "udp", ETH_P_IP, IPPROTO_UDP },
	{ "sctp", ETH_P_IP, IPPROTO_SCTP },
	{ "icmp6", ETH_P_IPV6, IPPROTO_ICMPV6 },
	{ "tcp6", ETH_P_IPV6, IPPROTO_TCP },
	{ "udp6", ETH_P_IPV6, IPPROTO_UDP },
	{ "sctp6", ETH_P_IPV6, IPPROTO_SCTP },
	{ "ip", ETH_P_IP, -1 },
	{ "ipv6", ETH_P_IPV6, -1 },
	{ "arp", 0x0806, -1 },
	{ "rarp", 0x8035, -1 },
	{ "mpls", 0x8847, -1 },
	{ "mplsm", 0x8848, -1 },
	{ "ipv4", ETH_P_IP, -1 },
	{ "ip6", ETH_P_IPV6, -1 },
	{ "icmpv6", ETH_P_IPV6, IPPROTO_ICMPV6 },
};

const unsigned int vsw_n_protos = ARRAY_SIZE(vsw_protos);

static const char *const frag_names[4][4] = {
	[1][0] = "no", [1][1] = "yes",
	[2][0] = "not_later", [2][2] = "later",
	[3][0] = "no", [3][1] = "first", [3][3] = "later",
};

/**
 * struct flags - names of the bits of a field
 * @name: by bit
 * @n: number of them
 * @list: all of them, for messages
 */
struct flags {
	const char *name[9];
	unsigned int n;
	const char *list;
};

static const struct flags tcp_flags = {
	{ "fin", "syn", "rst", "psh", "ack", "urg", "ece", "cwr", "ns" }, 9,
	"fin, syn, rst, psh, ack, urg, ece, cwr or ns",
};

static const struct flags tun_flags = { { "oam" }, 1, "oam" };

static const struct flags *flags_of(const struct vsw_field *field)
{
	if (field->format == VSW_FORMAT_TCP_FLAGS)
		return &tcp_flags;
	return field->format == VSW_FORMAT_TUN_FLAGS ? &tun_flags : NULL;
}

/**
 * vsw_ones - a number whose low bits are set
 * @width: number of the bits, up to 128
 *
 * Context: any.
 * Return: the number
 */
vsw_u128 vsw_ones(unsigned int width)
{
	return width < 128 ? ((vsw_u128)1 << width) - 1 : ~(vsw_u128)0;
}

/**
 * vsw_field_mask - the bits of a field
 * @field: field
 *
 * Context: any.
 * Return: its bits in the attribute
 */
vsw_u128 vsw_field_mask(const struct vsw_field *field)
{
	return vsw_ones(field->width) << field->shift;
}

static bool is_name(const struct vsw_field *field, const struct vsw_tok *tok)
{
	unsigned int i;

	if (vsw_tok_is(tok, field->name) ||
	    (field->match && vsw_tok_is(tok, field->match)))
		return true;
	for (i = 0; i < ARRAY_SIZE(field->alias) && field->alias[i]; i++)
		if (vsw_tok_is(tok, field->alias[i]))
			return true;
	return false;
}

/**
 * vsw_field_find - find a field
 * @tok: one of its names
 *
 * Context: any.
 * Return: the field, or NULL
 */
const struct vsw_field *vsw_field_find(const struct vsw_tok *tok)
{
	unsigned int i;

	for (i = 0; i < vsw_n_fields; i++)
		if (is_name(&vsw_fields[i], tok))
			return &vsw_fields[i];
	return NULL;
}

/**
 * vsw_field_by_name - find a field
 * @name: one of its names
 *
 * Context: any.
 * Return: the field, or NULL
 */
const struct vsw_field *vsw_field_by_name(const char *name)
{
	struct vsw_text text = { .str = name };
	struct vsw_tok tok = { &text, 0, strlen(name) };

	return vsw_field_find(&tok);
}

/**
 * vsw_field_whole - find the field that is a whole attribute
 * @attr: VSW_A_FIELDS_*
 *
 * Context: any.
 * Return: the field, or NULL
 */
const struct vsw_field *vsw_field_whole(unsigned int attr)
{
	unsigned int i;

	for (i = 0; i < vsw_n_fields; i++)
		if (vsw_fields[i].attr == attr)
			return &vsw_fields[i];
	return NULL;
}

/**
 * vsw_field_part - find the field that has exactly some bits of an attribute
 * @attr: VSW_A_FIELDS_*
 * @mask: the bits
 *
 * Context: any.
 * Return: the field, the whole one if no part fits; or NULL
 */
const struct vsw_field *vsw_field_part(unsigned int attr, vsw_u128 mask)
{
	unsigned int i;

	for (i = 0; i < vsw_n_fields; i++)
		if (vsw_fields[i].attr == attr &&
		    vsw_field_mask(&vsw_fields[i]) == mask)
			return &vsw_fields[i];
	return vsw_field_whole(attr);
}

static vsw_u128 from_bytes(const uint8_t *bytes, unsigned int len)
{
	vsw_u128 value = 0;

	while (len--)
		value = value << 8 | *bytes++;
	return value;
}

static void to_bytes(vsw_u128 value, uint8_t *bytes, unsigned int len)
{
	while (len--) {
		bytes[len] = value;
		value >>= 8;
	}
}

/**
 * vsw_field_put - add the attribute of a field
 * @req: request
 * @tok: the words that gave it, NULL if none did
 * @field: field
 * @value: value of the whole attribute
 *
 * Context: failures show in @req->err.
 */
void vsw_field_put(struct vsw_req *req, const struct vsw_tok *tok,
		   const struct vsw_field *field, vsw_u128 value)
{
	uint8_t bytes[16];

	if (field->is_host && field->len == 4) {
		vsw_req_put_u32(req, tok, field->attr, value);
	} else if (field->is_host) {
		vsw_req_put_u64(req, tok, field->attr, value);
	} else {
		to_bytes(value, bytes, field->len);
		vsw_req_put(req, tok, field->attr, bytes, field->len);
	}
}

/**
 * vsw_field_get - read the attribute of a field
 * @field: field
 * @attr: attribute, may be NULL
 *
 * Context: any.
 * Return: the value, 0 if there is none or it has a wrong length
 */
vsw_u128 vsw_field_get(const struct vsw_field *field, const struct nlattr *attr)
{
	if (!attr || nla_len(attr) != field->len)
		return 0;
	if (field->is_host)
		return vsw_attr_number(attr);
	return from_bytes(nla_data(attr), field->len);
}

static int parse_prefix(const struct vsw_tok *tok, unsigned int width,
			vsw_u128 *mask)
{
	uint64_t len;
	int err;

	err = vsw_tok_number(tok, 0, width, &len);
	if (!err)
		*mask = vsw_ones(width) & ~vsw_ones(width - len);
	return err;
}

static int parse_mac(const struct vsw_tok *tok, vsw_u128 *value)
{
	uint8_t mac[6];
	int err;

	err = vsw_tok_mac(tok, mac);
	*value = err ? 0 : from_bytes(mac, sizeof(mac));
	return err;
}

static int parse_ipv4(const struct vsw_tok *tok, vsw_u128 *value)
{
	struct in_addr addr;
	int err;

	err = vsw_tok_ipv4(tok, &addr);
	*value = err ? 0 : ntohl(addr.s_addr);
	return err;
}

static int parse_ipv6(const struct vsw_tok *tok, vsw_u128 *value)
{
	struct in6_addr addr;
	int err;

	err = vsw_tok_ipv6(tok, &addr);
	*value = err ? 0 : from_bytes(addr.s6_addr, sizeof(addr.s6_addr));
	return err;
}

static int parse_port(const struct vsw_tok *tok, vsw_u128 *value)
{
	uint64_t number = VSW_PORT_LOCAL;
	int err = VSW_OK;

	if (!vsw_tok_is_word(tok, "LOCAL"))
		err = vsw_tok_number(tok, 0, UINT32_MAX, &number);
	*value = number;
	return err;
}

static int parse_plain(const struct vsw_field *field, const struct vsw_tok *tok,
		       vsw_u128 *value)
{
	unsigned int scale = field->is_scaled ? field->shift : 0;
	vsw_u128 max = vsw_ones(field->width);
	uint64_t number;
	int err;

	/* The present bit is part of the VID in OpenFlow. */
	if (field->is_vlan && !field->shift)
		max = vsw_ones(13);
	err = vsw_tok_number(tok, 0, (uint64_t)max << scale, &number);
	if (err)
		return err;
	if (number & (uint64_t)vsw_ones(scale))
		return vsw_usage(tok, "expected a multiple of %u", 1U << scale);
	*value = (vsw_u128)(number >> scale) << field->shift;
	return VSW_OK;
}

static int parse_value(const struct vsw_field *field, const struct vsw_tok *tok,
		       vsw_u128 *value)
{
	switch (field->format) {
	case VSW_FORMAT_MAC:
		return parse_mac(tok, value);
	case VSW_FORMAT_IPV4:
		return parse_ipv4(tok, value);
	case VSW_FORMAT_IPV6:
		return parse_ipv6(tok, value);
	case VSW_FORMAT_PORT:
		return parse_port(tok, value);
	default:
		return parse_plain(field, tok, value);
	}
}

static bool find_frag(const struct vsw_tok *tok, vsw_u128 *value, vsw_u128 *mask)
{
	unsigned int m, v;

	for (m = ARRAY_SIZE(frag_names); m--;) {
		for (v = 0; v < ARRAY_SIZE(frag_names[m]); v++) {
			if (!frag_names[m][v] || !vsw_tok_is(tok, frag_names[m][v]))
				continue;
			*value = v;
			*mask = m;
			return true;
		}
	}
	return false;
}

/* Is it made of the names of flags, like +syn-ack or syn|ack? */
static bool has_flag_names(const struct vsw_tok *tok)
{
	return tok->len && !vsw_tok_is_number(tok);
}

static int parse_flag(const struct flags *flags, const struct vsw_tok *tok,
		      vsw_u128 *bit)
{
	unsigned int i;

	for (i = 0; i < flags->n; i++) {
		if (!vsw_tok_is(tok, flags->name[i]))
			continue;
		*bit = (vsw_u128)1 << i;
		return VSW_OK;
	}
	return vsw_usage(tok, "expected %s", flags->list);
}

static int parse_signed_flags(const struct flags *flags, const struct vsw_tok *tok,
			      vsw_u128 *value, vsw_u128 *mask)
{
	struct vsw_tok rest = *tok;
	struct vsw_tok name;
	vsw_u128 bit = 0;
	bool plus;
	int err;

	*value = 0;
	*mask = 0;
	while (rest.len) {
		plus = *vsw_tok_str(&rest) == '+';
		if (!plus && *vsw_tok_str(&rest) != '-')
			return vsw_usage(&rest, "expected + or - before the name of a flag");
		rest = vsw_tok_part(&rest, 1, rest.len - 1);
		name = vsw_tok_part(&rest, 0, strcspn(vsw_tok_str(&rest), "+-,/ "));
		if (name.len > rest.len)
			name.len = rest.len;
		err = parse_flag(flags, &name, &bit);
		if (err)
			return err;
		if (*mask & bit)
			return vsw_usage(&name, "this flag is given twice");
		*mask |= bit;
		*value |= plus ? bit : 0;
		rest = vsw_tok_part(&rest, name.len, rest.len - name.len);
	}
	return VSW_OK;
}

static int parse_flags(const struct flags *flags, const struct vsw_tok *tok,
		       vsw_u128 *value, vsw_u128 *mask)
{
	struct vsw_tok rest = *tok;
	struct vsw_tok name;
	vsw_u128 bit = 0;
	int err;

	if (strchr("+-", *vsw_tok_str(tok)))
		return parse_signed_flags(flags, tok, value, mask);
	*value = 0;
	while (vsw_tok_cut(&rest, "|", &name)) {
		err = parse_flag(flags, &name, &bit);
		if (err)
			return err;
		*value |= bit;
	}
	return VSW_OK;
}

static int parse_mask(const struct vsw_field *field, const struct vsw_tok *tok,
		      vsw_u128 *mask)
{
	if ((field->format == VSW_FORMAT_IPV4 || field->format == VSW_FORMAT_IPV6) &&
	    vsw_tok_is_number(tok))
		return parse_prefix(tok, field->width, mask);
	return parse_value(field, tok, mask);
}

/**
 * vsw_field_parse - parse a value, with or without a mask
 * @field: field
 * @tok: VALUE or VALUE/MASK
 * @value: set to the value, at its place in the attribute
 * @mask: set to the mask, at its place in the attribute
 *
 * Context: prints errors.
 * Return: enum vsw_status
 */
int vsw_field_parse(const struct vsw_field *field, const struct vsw_tok *tok,
		    vsw_u128 *value, vsw_u128 *mask)
{
	struct vsw_tok val, bits;
	int err;

	*mask = vsw_field_mask(field);
	if (field->format == VSW_FORMAT_FRAG && find_frag(tok, value, mask))
		return VSW_OK;
	if (field->format == VSW_FORMAT_FRAG && !vsw_tok_is_number(tok))
		return vsw_usage(tok, "expected yes, no, first, later or not_later");
	if (flags_of(field) && has_flag_names(tok))
		return parse_flags(flags_of(field), tok, value, mask);
	if (!vsw_tok_split(tok, "/", &val, &bits))
		return parse_value(field, tok, value);
	err = parse_value(field, &val, value);
	if (!err)
		err = parse_mask(field, &bits, mask);
	*value &= err ? 0 : *mask;
	return err;
}

/**
 * vsw_print_number - print a number
 * @f: where to
 * @value: the number
 * @hex: in hexadecimal
 *
 * Context: any.
 */
void vsw_print_number(FILE *f, vsw_u128 value, bool hex)
{
	uint64_t high = value >> 64;

	if (high)
		fprintf(f, "0x%llx%016llx", (unsigned long long)high,
			(unsigned long long)value);
	else
		fprintf(f, hex ? "0x%llx" : "%llu", (unsigned long long)value);
}

static void print_address(FILE *f, const struct vsw_field *field, vsw_u128 value)
{
	int family = field->format == VSW_FORMAT_IPV4 ? AF_INET : AF_INET6;
	char buf[INET6_ADDRSTRLEN];
	uint8_t bytes[16];

	to_bytes(value, bytes, field->len);
	if (field->format == VSW_FORMAT_MAC)
		fprintf(f, "%02x:%02x:%02x:%02x:%02x:%02x", bytes[0], bytes[1],
			bytes[2], bytes[3], bytes[4], bytes[5]);
	else
		fputs(inet_ntop(family, bytes, buf, sizeof(buf)), f);
}

static void print_value(FILE *f, const struct vsw_field *field, vsw_u128 value,
			bool hex)
{
	switch (field->format) {
	case VSW_FORMAT_MAC:
	case VSW_FORMAT_IPV4:
	case VSW_FORMAT_IPV6:
		print_address(f, field, value);
		break;
	case VSW_FORMAT_PORT:
		if (value == VSW_PORT_LOCAL && !hex) {
			fputs("LOCAL", f);
			break;
		}
		vsw_print_number(f, value, hex);
		break;
	default:
		vsw_print_number(f, field->is_scaled ? value : value >> field->shift,
				 hex || field->format != VSW_FORMAT_DECIMAL);
	}
}

static bool print_prefix(FILE *f, const struct vsw_field *field, vsw_u128 mask)
{
	unsigned int len = 0;

	if (field->format != VSW_FORMAT_IPV4 && field->format != VSW_FORMAT_IPV6)
		return false;
	while (len < field->width && mask >> (field->width - 1 - len) & 1)
		len++;
	if (mask != (vsw_ones(field->width) & ~vsw_ones(field->width - len)))
		return false;
	fprintf(f, "%u", len);
	return true;
}

static bool print_flags(FILE *f, const struct flags *flags, vsw_u128 value,
			vsw_u128 mask, bool masked)
{
	const char *bar = "";
	unsigned int i;

	if ((masked ? mask : value) >> flags->n ||
	    !(masked ? mask : value))
		return false;
	for (i = 0; i < flags->n; i++) {
		bool set = value >> i & 1;

		if (masked && (mask >> i & 1))
			fprintf(f, "%c%s", set ? '+' : '-', flags->name[i]);
		if (!masked && set)
			fprintf(f, "%s%s", bar, flags->name[i]);
		bar = !masked && value & vsw_ones(i + 1) ? "|" : "";
	}
	return true;
}

/**
 * vsw_field_print - print a value, and its mask if it has one
 * @f: where to
 * @field: field
 * @value: the value, at its place in the attribute
 * @mask: the mask, at its place in the attribute
 *
 * Context: vsw_field_parse() reads it back.
 */
void vsw_field_print(FILE *f, const struct vsw_field *field, vsw_u128 value,
		     vsw_u128 mask)
{
	bool masked = mask != vsw_field_mask(field);

	if (field->format == VSW_FORMAT_FRAG && mask <= 3 && value <= 3 &&
	    frag_names[mask][value]) {
		fputs(frag_names[mask][value], f);
		return;
	}
	if (flags_of(field) && print_flags(f, flags_of(field), value, mask, masked))
		return;
	print_value(f, field, value, masked);
	if (!masked)
		return;
	fputc('/', f);
	if (!print_prefix(f, field, mask))
		print_value(f, field, mask, true);
}
