// SPDX-License-Identifier: GPL-2.0
/*
 * The fields of the key.
 */
#include "compat.h"
#include "tables/key.h"

#define FIELD(_member, _name, _len, _bits, _prereq, ...) {		\
	.name = (_name),						\
	.offset = offsetof(struct vsw_key, _member),			\
	.len = (_len),							\
	.bits = (_bits),						\
	.prereq = VSW_PREREQ_##_prereq,					\
	##__VA_ARGS__							\
}

#define REG(i)								\
	[VSW_A_FIELDS_REG##i] = FIELD(reg[i], "reg" #i, 4, 32, NONE, W, H)

/* The low byte of a field of two bytes on the wire. */
#define LOW_BYTE(_member, _name, _prereq, ...) {			\
	.name = (_name),						\
	.offset = offsetof(struct vsw_key, _member) + 1,		\
	.len = 1,							\
	.bits = 8,							\
	.prereq = VSW_PREREQ_##_prereq,					\
	##__VA_ARGS__							\
}

#define W	.writable = true
#define H	.host_order = true

const struct vsw_field vsw_fields[VSW_FIELDS_COUNT] = {
	[VSW_A_FIELDS_IN_PORT] = FIELD(in_port, "in_port", 4, 32, NONE, H),
	[VSW_A_FIELDS_PKT_MARK] = FIELD(pkt_mark, "pkt_mark", 4, 32, NONE, W, H),
	[VSW_A_FIELDS_METADATA] = FIELD(metadata, "metadata", 8, 64, NONE, W, H),
	REG(0), REG(1), REG(2), REG(3), REG(4), REG(5), REG(6), REG(7),
	[VSW_A_FIELDS_ETH_DST] = FIELD(eth_dst, "eth_dst", 6, 48, NONE, W),
	[VSW_A_FIELDS_ETH_SRC] = FIELD(eth_src, "eth_src", 6, 48, NONE, W),
	[VSW_A_FIELDS_ETH_TYPE] = FIELD(eth_type, "eth_type", 2, 16, NONE),
	[VSW_A_FIELDS_VLAN_TCI] = FIELD(vlan_tci, "vlan_tci", 2, 16, NONE, W),
	[VSW_A_FIELDS_VLAN_TPID] = FIELD(vlan_tpid, "vlan_tpid", 2, 16, NONE),
	[VSW_A_FIELDS_INNER_VLAN_TCI] =
		FIELD(inner_vlan_tci, "inner_vlan_tci", 2, 16, VLAN),
	[VSW_A_FIELDS_IP_PROTO] = FIELD(ip_proto, "nw_proto", 1, 8, IP),
	[VSW_A_FIELDS_IP_TOS] = FIELD(ip_tos, "nw_tos", 1, 8, IP, W),
	[VSW_A_FIELDS_IP_TTL] = FIELD(ip_ttl, "nw_ttl", 1, 8, IP, W),
	[VSW_A_FIELDS_IP_FRAG] = FIELD(ip_frag, "ip_frag", 1, 2, IP),
	[VSW_A_FIELDS_IPV6_LABEL] = FIELD(ipv6_label, "ipv6_label", 4, 20, IPV6, W),
	[VSW_A_FIELDS_IPV4_SRC] = FIELD(ipv4_src, "nw_src", 4, 32, IPV4, W),
	[VSW_A_FIELDS_IPV4_DST] = FIELD(ipv4_dst, "nw_dst", 4, 32, IPV4, W),
	[VSW_A_FIELDS_IPV6_SRC] = FIELD(ipv6_src, "ipv6_src", 16, 128, IPV6, W),
	[VSW_A_FIELDS_IPV6_DST] = FIELD(ipv6_dst, "ipv6_dst", 16, 128, IPV6, W),
	[VSW_A_FIELDS_ARP_OP] = FIELD(arp_op, "arp_op", 2, 16, ARP, W),
	[VSW_A_FIELDS_ARP_SPA] = FIELD(ipv4_src, "arp_spa", 4, 32, ARP, W),
	[VSW_A_FIELDS_ARP_TPA] = FIELD(ipv4_dst, "arp_tpa", 4, 32, ARP, W),
	[VSW_A_FIELDS_ARP_SHA] = FIELD(arp_sha, "arp_sha", 6, 48, ARP, W),
	[VSW_A_FIELDS_ARP_THA] = FIELD(arp_tha, "arp_tha", 6, 48, ARP, W),
	[VSW_A_FIELDS_TP_SRC] = FIELD(tp_src, "tp_src", 2, 16, TRANSPORT, W),
	[VSW_A_FIELDS_TP_DST] = FIELD(tp_dst, "tp_dst", 2, 16, TRANSPORT, W),
	[VSW_A_FIELDS_TCP_FLAGS] = FIELD(tcp_flags, "tcp_flags", 2, 12, TCP),
	[VSW_A_FIELDS_ICMP_TYPE] = LOW_BYTE(tp_src, "icmp_type", ICMP, W),
	[VSW_A_FIELDS_ICMP_CODE] = LOW_BYTE(tp_dst, "icmp_code", ICMP, W),
	[VSW_A_FIELDS_ND_TARGET] = FIELD(nd_target, "nd_target", 16, 128, ND, W),
	[VSW_A_FIELDS_ND_SLL] = FIELD(arp_sha, "nd_sll", 6, 48, ND_SOL, W),
	[VSW_A_FIELDS_ND_TLL] = FIELD(arp_tha, "nd_tll", 6, 48, ND_ADV, W),
	[VSW_A_FIELDS_TUN_ID] = FIELD(tun.id, "tun_id", 8, 64, NONE, W),
	[VSW_A_FIELDS_TUN_SRC] = FIELD(tun.src, "tun_src", 4, 32, NONE, W),
	[VSW_A_FIELDS_TUN_DST] = FIELD(tun.dst, "tun_dst", 4, 32, NONE, W),
	[VSW_A_FIELDS_TUN_IPV6_SRC] = FIELD(tun.src6, "tun_ipv6_src", 16, 128, NONE, W),
	[VSW_A_FIELDS_TUN_IPV6_DST] = FIELD(tun.dst6, "tun_ipv6_dst", 16, 128, NONE, W),
	[VSW_A_FIELDS_TUN_TOS] = FIELD(tun.tos, "tun_tos", 1, 8, NONE, W),
	[VSW_A_FIELDS_TUN_TTL] = FIELD(tun.ttl, "tun_ttl", 1, 8, NONE, W),
	[VSW_A_FIELDS_TUN_FLAGS] = FIELD(tun.flags, "tun_flags", 2, 1, NONE, W),
	[VSW_A_FIELDS_TUN_GBP_ID] = FIELD(tun.gbp_id, "tun_gbp_id", 2, 16, NONE, W),
	[VSW_A_FIELDS_TUN_GBP_FLAGS] = FIELD(tun.gbp_flags, "tun_gbp_flags", 1, 8, NONE, W),
	[VSW_A_FIELDS_TUN_OPT_CLASS] = FIELD(tun.opt_class, "tun_opt_class", 2, 16, NONE, W),
	[VSW_A_FIELDS_TUN_OPT_TYPE] = FIELD(tun.opt_type, "tun_opt_type", 1, 8, NONE, W),
	[VSW_A_FIELDS_TUN_OPT_DATA] = FIELD(tun.opt_data, "tun_opt_data", 4, 32, NONE, W),
};
EXPORT_SYMBOL_IF_KUNIT(vsw_fields);

static const char *const prereq_names[] = {
	[VSW_PREREQ_VLAN] = "a VLAN tag",
	[VSW_PREREQ_INNER_VLAN] = "two VLAN tags",
	[VSW_PREREQ_IP] = "eth_type 0x0800 or 0x86dd",
	[VSW_PREREQ_IPV4] = "eth_type 0x0800",
	[VSW_PREREQ_IPV6] = "eth_type 0x86dd",
	[VSW_PREREQ_ARP] = "eth_type 0x0806 or 0x8035",
	[VSW_PREREQ_TRANSPORT] = "nw_proto 6, 17 or 132",
	[VSW_PREREQ_TCP] = "nw_proto 6",
	[VSW_PREREQ_ICMP] = "nw_proto 1 of IPv4 or 58 of IPv6",
	[VSW_PREREQ_ND] = "icmp_type 135 or 136 of IPv6",
	[VSW_PREREQ_ND_SOL] = "icmp_type 135 of IPv6",
	[VSW_PREREQ_ND_ADV] = "icmp_type 136 of IPv6",
};

/**
 * vsw_prereq_name - what a field needs, in the user's words
 * @need: what it needs, not VSW_PREREQ_NONE
 *
 * Context: Any.
 * Return: words that go on after "needs a match on".
 */
const char *vsw_prereq_name(enum vsw_prereq need)
{
	return prereq_names[need];
}

/* Significance, in bytes, to offset in the key. */
static unsigned int field_byte(const struct vsw_field *f, unsigned int i)
{
#ifdef __LITTLE_ENDIAN
	if (f->host_order)
		return f->offset + i;
#endif
	return f->offset + f->len - 1 - i;
}

/* All bits that the i-th byte of a field can have. */
static u8 field_byte_bits(const struct vsw_field *f, unsigned int i)
{
	int bits = f->bits - 8 * i;

	return bits >= 8 ? 0xff : bits <= 0 ? 0 : (1 << bits) - 1;
}

/**
 * vsw_field_fits - has a field no bits set outside its width?
 * @field: VSW_A_FIELDS_*
 * @bytes: the field, in the byte order of the key
 *
 * Context: Any.
 * Return: true if it has none.
 */
bool vsw_field_fits(u8 field, const void *bytes)
{
	const struct vsw_field *f = &vsw_fields[field];
	const u8 *b = bytes;
	unsigned int i;

	if (f->bits == 8 * f->len)
		return true;
	for (i = 0; i < f->len; i++)
		if (b[field_byte(f, i) - f->offset] & ~field_byte_bits(f, i))
			return false;
	return true;
}

/**
 * vsw_field_set_all - set all bits of a field
 * @field: VSW_A_FIELDS_*
 * @bytes: the field, in the byte order of the key
 *
 * Context: Any.
 */
void vsw_field_set_all(u8 field, void *bytes)
{
	const struct vsw_field *f = &vsw_fields[field];
	unsigned int i;
	u8 *b = bytes;

	if (f->bits == 8 * f->len) {
		memset(b, 0xff, f->len);
		return;
	}
	for (i = 0; i < f->len; i++)
		b[field_byte(f, i) - f->offset] = field_byte_bits(f, i);
}

/**
 * struct wide - an integer of 128 bits
 * @w: its halves, the less significant one first
 */
struct wide {
	u64 w[2];
};

static struct wide wide_shl(struct wide x, unsigned int n)
{
	if (n >= 64)
		return (struct wide){ { 0, x.w[0] << (n - 64) } };
	if (n)
		x.w[1] = x.w[1] << n | x.w[0] >> (64 - n);
	x.w[0] <<= n;
	return x;
}

static struct wide wide_shr(struct wide x, unsigned int n)
{
	if (n >= 64)
		return (struct wide){ { x.w[1] >> (n - 64), 0 } };
	if (n)
		x.w[0] = x.w[0] >> n | x.w[1] << (64 - n);
	x.w[1] >>= n;
	return x;
}

/* The n low bits. */
static struct wide wide_ones(unsigned int n)
{
	return wide_shr((struct wide){ { U64_MAX, U64_MAX } }, 128 - n);
}

static struct wide field_read(const struct vsw_key *key, const struct vsw_field *f)
{
	struct wide x = {};
	unsigned int i;

	for (i = 0; i < f->len; i++)
		x.w[i / 8] |= (u64)((const u8 *)key)[field_byte(f, i)] << i % 8 * 8;
	return x;
}

static void field_write(struct vsw_key *key, const struct vsw_field *f, struct wide x)
{
	unsigned int i;

	for (i = 0; i < f->len; i++)
		((u8 *)key)[field_byte(f, i)] = x.w[i / 8] >> i % 8 * 8;
}

/**
 * vsw_key_move - copy bits of a field to another
 * @key: where both are
 * @dst: VSW_A_FIELDS_* to write
 * @dst_ofs: first bit of it, 0 is the least significant
 * @src: VSW_A_FIELDS_* to read
 * @src_ofs: first bit of it
 * @bits: how many; the ranges lie within the fields
 *
 * Context: Any.
 */
void vsw_key_move(struct vsw_key *key, u8 dst, u8 dst_ofs, u8 src, u8 src_ofs, u8 bits)
{
	struct wide from = wide_shr(field_read(key, &vsw_fields[src]), src_ofs);
	struct wide to = field_read(key, &vsw_fields[dst]);
	struct wide mask = wide_shl(wide_ones(bits), dst_ofs);
	unsigned int i;

	from = wide_shl(from, dst_ofs);
	for (i = 0; i < 2; i++)
		to.w[i] ^= (to.w[i] ^ from.w[i]) & mask.w[i];
	field_write(key, &vsw_fields[dst], to);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_key_move);
