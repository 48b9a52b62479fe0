// SPDX-License-Identifier: GPL-2.0
/*
 * Fields and matches: layout, prerequisites, what covers what, moves.
 */
#include "tables/key.h"

#include <kunit/test.h>
#include <linux/moduleparam.h>
#include <linux/netlink.h>
#include <linux/prandom.h>
#include <linux/random.h>

#include "tests/want.h"

#define F(name)		VSW_A_FIELDS_##name
#define PRESENT		VSW_VLAN_PRESENT

static ulong key_seed;
module_param(key_seed, ulong, 0444);
MODULE_PARM_DESC(key_seed, "Seed of the tests of keys, 0 for a random one");

static struct rnd_state rnd_start(struct kunit *test)
{
	u64 seed = key_seed ?: get_random_u32();
	struct rnd_state rnd;

	kunit_info(test, "key_seed=%llu", seed);
	prandom_seed_state(&rnd, seed);
	return rnd;
}

static void each_field_has_a_place_of_its_own_width(struct kunit *test)
{
	const struct vsw_field *f;
	int i;

	for (i = F(IN_PORT); i < F(PAD); i++) {
		f = &vsw_fields[i];
		KUNIT_ASSERT_NOT_NULL_MSG(test, f->name, "field %d", i);
		KUNIT_EXPECT_LE_MSG(test, f->offset + f->len, sizeof(struct vsw_key),
				    "%s", f->name);
		KUNIT_EXPECT_LE_MSG(test, f->bits, f->len * 8, "%s", f->name);
		KUNIT_EXPECT_GT_MSG(test, f->bits, 0, "%s", f->name);
	}
	KUNIT_EXPECT_NULL(test, vsw_fields[F(PAD)].name);
	KUNIT_EXPECT_NULL(test, vsw_fields[F(TP_DST_MAX)].name);
	KUNIT_EXPECT_EQ(test, vsw_fields[F(TP_DST)].offset, offsetof(struct vsw_key, tp_dst));
	KUNIT_EXPECT_EQ(test, vsw_fields[F(TP_DST)].len, sizeof_field(struct vsw_key, tp_dst));
	KUNIT_EXPECT_EQ(test, vsw_fields[F(IPV6_LABEL)].len,
			sizeof_field(struct vsw_key, ipv6_label));
	KUNIT_EXPECT_EQ(test, vsw_fields[F(ND_TARGET)].len,
			sizeof_field(struct vsw_key, nd_target));
}

struct wanted {
	u8 field;
	u64 value;
	u64 mask;	/* 0: all bits */
};

struct match_case {
	const char *name;
	struct wanted wanted[5];
	struct vsw_range tp_dst;	/* 0-0: all */
	const char *message;		/* NULL: accepted */
};

#define IPV4	{ F(ETH_TYPE), 0x0800 }
#define IPV6	{ F(ETH_TYPE), 0x86dd }
#define ARP	{ F(ETH_TYPE), 0x0806 }
#define PROTO(p) { F(IP_PROTO), p }

static const struct match_case match_cases[] = {
	{ "all frames" },
	{ "port", { { F(IN_PORT), 1 } } },
	{ "metadata bits", { { F(METADATA), 0x10, 0xf0 } } },
	{ "address", { IPV4, { F(IPV4_DST), 0x0a000000, 0xff000000 } } },
	{ "tcp port", { IPV4, PROTO(6), { F(TP_DST), 80 } } },
	{ "sctp port over IPv6", { IPV6, PROTO(132), { F(TP_SRC), 80 } } },
	{ "port range", { IPV4, PROTO(17) }, { 1000, 1999 } },
	{ "tcp flags", { IPV6, PROTO(6), { F(TCP_FLAGS), 2, 0x12 } } },
	{ "ping", { IPV4, PROTO(1), { F(ICMP_TYPE), 8 }, { F(ICMP_CODE), 0 } } },
	{ "solicitation", { IPV6, PROTO(58), { F(ICMP_TYPE), 135 }, { F(ND_SLL), 1 } } },
	{ "target", { IPV6, PROTO(58), { F(ICMP_TYPE), 136 }, { F(ND_TARGET), 1 } } },
	{ "arp", { ARP, { F(ARP_OP), 1 }, { F(ARP_SPA), 1 }, { F(ARP_THA), 1 } } },
	{ "no tag", { { F(VLAN_TCI), 0 } } },
	{ "no tag by its bit", { { F(VLAN_TCI), 0, PRESENT } } },
	{ "VLAN 5", { { F(VLAN_TCI), PRESENT | 5, PRESENT | 0xfff } } },
	{ "second tag", { { F(VLAN_TCI), PRESENT, PRESENT }, { F(INNER_VLAN_TCI), PRESENT | 7 } } },
	{ "no second tag", { { F(INNER_VLAN_TCI), 0 } } },
	{ "first fragment", { IPV4, { F(IP_FRAG), 1, 3 } } },
	{ "label", { IPV6, { F(IPV6_LABEL), 0xfffff } } },

	{ "port without protocol", { IPV4, { F(TP_DST), 80 } }, {},
	  "tp_dst needs a match on nw_proto 6, 17 or 132" },
	{ "range without protocol", { IPV4 }, { 1, 2 },
	  "tp_dst needs a match on nw_proto 6, 17 or 132" },
	{ "port of icmp", { IPV4, PROTO(1), { F(TP_DST), 0x100 } }, {},
	  "tp_dst needs a match on nw_proto 6, 17 or 132" },
	{ "protocol of half a mask", { IPV4, { F(IP_PROTO), 6, 0x0f }, { F(TP_DST), 80 } }, {},
	  "tp_dst needs a match on nw_proto 6, 17 or 132" },
	{ "protocol without IP", { PROTO(6) }, {},
	  "nw_proto needs a match on eth_type 0x0800 or 0x86dd" },
	{ "tcp over arp", { ARP, PROTO(6) }, {},
	  "nw_proto needs a match on eth_type 0x0800 or 0x86dd" },
	{ "IPv4 address over IPv6", { IPV6, { F(IPV4_SRC), 1 } }, {},
	  "nw_src needs a match on eth_type 0x0800" },
	{ "IPv6 address over IPv4", { IPV4, { F(IPV6_SRC), 1 } }, {},
	  "ipv6_src needs a match on eth_type 0x86dd" },
	{ "arp op over IPv4", { IPV4, { F(ARP_OP), 1 } }, {},
	  "arp_op needs a match on eth_type 0x0806 or 0x8035" },
	{ "tcp flags over udp", { IPV4, PROTO(17), { F(TCP_FLAGS), 2 } }, {},
	  "tcp_flags needs a match on nw_proto 6" },
	{ "icmp without protocol", { IPV4, { F(ICMP_TYPE), 8 } }, {},
	  "icmp_type needs a match on nw_proto 1 of IPv4 or 58 of IPv6" },
	{ "icmp over IPv6", { IPV6, PROTO(1), { F(ICMP_CODE), 8 } }, {},
	  "icmp_code needs a match on nw_proto 1 of IPv4 or 58 of IPv6" },
	{ "target of a ping", { IPV6, PROTO(58), { F(ICMP_TYPE), 128 }, { F(ND_TARGET), 1 } }, {},
	  "nd_target needs a match on icmp_type 135 or 136 of IPv6" },
	{ "tll of a solicitation", { IPV6, PROTO(58), { F(ICMP_TYPE), 135 }, { F(ND_TLL), 1 } }, {},
	  "nd_tll needs a match on icmp_type 136 of IPv6" },
	{ "second tag without first", { { F(INNER_VLAN_TCI), PRESENT } }, {},
	  "inner_vlan_tci needs a match on a VLAN tag" },
	{ "VLAN id without tag", { { F(VLAN_TCI), 5, PRESENT | 0xfff } }, {},
	  "vlan_tci: without bit 0x1000 there is no tag to match" },
	{ "TPID without tag", { { F(VLAN_TCI), 0, PRESENT }, { F(VLAN_TPID), 0x8100 } }, {},
	  "vlan_tpid: without bit 0x1000 there is no tag to match" },
	{ "later that is none", { IPV4, { F(IP_FRAG), 2, 3 } }, {},
	  "ip_frag: a later fragment is a fragment, set bit 1 too" },
	{ "wide label", { IPV6, { F(IPV6_LABEL), 0, 0x100000 } }, {},
	  "ipv6_label has only 20 bits" },
	{ "wide flags", { IPV4, PROTO(6), { F(TCP_FLAGS), 0, 0xffff } }, {},
	  "tcp_flags has only 12 bits" },
	{ "wide fragment", { IPV4, { F(IP_FRAG), 4, 0xff } }, {}, "ip_frag has only 2 bits" },
	{ "bits outside the mask", { IPV4, { F(IPV4_SRC), 0x0a000001, 0xff000000 } }, {},
	  "nw_src has bits outside its mask" },
	{ "arp bits outside the mask", { ARP, { F(ARP_SPA), 0x0a000001, 0xff000000 } }, {},
	  "arp_spa has bits outside its mask" },
	{ "range backward", { IPV4, PROTO(6) }, { 5, 4 },
	  "tp_dst: the range ends before it starts" },
	{ "range with mask", { IPV4, PROTO(6), { F(TP_DST), 0, 1 } }, { 4, 5 },
	  "tp_dst: a range takes no mask" },
};

static void match_case_desc(const struct match_case *c, char *desc)
{
	strscpy(desc, c->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(match, match_cases, match_case_desc);

static void match_build(struct vsw_match *match, const struct match_case *c)
{
	const struct wanted *w;

	vsw_match_init(match);
	for (w = c->wanted; w < c->wanted + ARRAY_SIZE(c->wanted) && w->field; w++) {
		if (w->mask)
			want_masked(match, w->field, w->value, w->mask);
		else
			want(match, w->field, w->value);
	}
	if (c->tp_dst.hi)
		match->tp_dst = c->tp_dst;
}

static int match_check(const struct vsw_match *match, const struct match_case *c,
		       struct netlink_ext_ack *extack)
{
	const struct wanted *w;
	int err = 0;

	for (w = c->wanted; !err && w < c->wanted + ARRAY_SIZE(c->wanted) && w->field; w++)
		err = vsw_match_check_field(match, w->field, extack);
	if (!err && c->tp_dst.hi)
		err = vsw_match_check_field(match, F(TP_DST), extack);
	return err;
}

static void a_match_is_checked(struct kunit *test)
{
	const struct match_case *c = test->param_value;
	struct netlink_ext_ack extack = {};
	struct vsw_match match;

	match_build(&match, c);
	if (!c->message) {
		KUNIT_EXPECT_EQ(test, match_check(&match, c, &extack), 0);
		KUNIT_EXPECT_NULL(test, extack._msg);
		return;
	}
	KUNIT_EXPECT_EQ(test, match_check(&match, c, &extack), -EINVAL);
	KUNIT_ASSERT_NOT_NULL(test, extack._msg);
	KUNIT_EXPECT_STREQ(test, extack._msg, c->message);
}

static void a_field_is_refused_by_the_name_it_was_given(struct kunit *test)
{
	struct netlink_ext_ack extack = {};
	struct vsw_match match;

	vsw_match_init(&match);
	want(&match, F(ARP_SPA), 1);
	KUNIT_EXPECT_EQ(test, vsw_match_check_field(&match, F(ARP_SPA), &extack), -EINVAL);
	KUNIT_EXPECT_STREQ(test, extack._msg, "arp_spa needs a match on eth_type 0x0806 or 0x8035");
	KUNIT_EXPECT_EQ(test, vsw_match_check_field(&match, F(IPV4_SRC), &extack), -EINVAL);
	KUNIT_EXPECT_STREQ(test, extack._msg, "nw_src needs a match on eth_type 0x0800");
}

/* What a match wants of tp_dst, all else is equal. */
static void random_ports(struct rnd_state *rnd, struct vsw_match *match)
{
	u16 a = prandom_u32_state(rnd) % 16, b = prandom_u32_state(rnd) % 16;
	u16 mask = prandom_u32_state(rnd);

	vsw_match_init(match);
	switch (prandom_u32_state(rnd) % 4) {
	case 0:
		match->tp_dst = (struct vsw_range){ min(a, b), max(a, b) };
		if (a == b)
			match->tp_dst.hi++;
		break;
	case 1:
		mask = 0xffff << prandom_u32_state(rnd) % 4;
		fallthrough;
	case 2:
		want_masked(match, F(TP_DST), a & mask, mask);
		break;
	}
}

static bool ports_cover(const struct vsw_match *wide, const struct vsw_match *narrow)
{
	struct vsw_key key = {};
	unsigned int port;

	for (port = 0; port <= U16_MAX; port++) {
		key.tp_dst = htons(port);
		if (vsw_match_frame(narrow, &key) && !vsw_match_frame(wide, &key))
			return false;
	}
	return true;
}

static void a_match_covers_ports_that_are_all_in_it(struct kunit *test)
{
	struct rnd_state rnd = rnd_start(test);
	struct vsw_match wide, narrow;
	int i, n_covered = 0;
	bool covers;

	for (i = 0; i < 200; i++) {
		random_ports(&rnd, &wide);
		random_ports(&rnd, &narrow);
		covers = vsw_match_covers(&wide, &narrow);
		KUNIT_ASSERT_EQ_MSG(test, covers, ports_cover(&wide, &narrow),
				    "%04x/%04x %u-%u covers %04x/%04x %u-%u",
				    ntohs(wide.value.tp_dst), ntohs(wide.mask.tp_dst),
				    wide.tp_dst.lo, wide.tp_dst.hi,
				    ntohs(narrow.value.tp_dst), ntohs(narrow.mask.tp_dst),
				    narrow.tp_dst.lo, narrow.tp_dst.hi);
		n_covered += covers;
	}
	KUNIT_EXPECT_GT(test, n_covered, 10);
	KUNIT_EXPECT_LT(test, n_covered, 190);
}

static void a_match_covers_those_that_want_more(struct kunit *test)
{
	struct vsw_match *m = kunit_kcalloc(test, 5, sizeof(*m), GFP_KERNEL);
	enum { ALL, IP, NET, HOST, OTHER };

	KUNIT_ASSERT_NOT_NULL(test, m);
	vsw_match_init(&m[ALL]);
	m[IP] = m[ALL];
	want(&m[IP], F(ETH_TYPE), 0x0800);
	m[NET] = m[IP];
	want_masked(&m[NET], F(IPV4_DST), 0x0a000000, 0xff000000);
	m[HOST] = m[IP];
	want(&m[HOST], F(IPV4_DST), 0x0a010203);
	m[OTHER] = m[IP];
	want(&m[OTHER], F(IPV4_DST), 0x0b010203);

	KUNIT_EXPECT_TRUE(test, vsw_match_covers(&m[ALL], &m[HOST]));
	KUNIT_EXPECT_TRUE(test, vsw_match_covers(&m[IP], &m[NET]));
	KUNIT_EXPECT_TRUE(test, vsw_match_covers(&m[NET], &m[HOST]));
	KUNIT_EXPECT_TRUE(test, vsw_match_covers(&m[NET], &m[NET]));
	KUNIT_EXPECT_FALSE(test, vsw_match_covers(&m[NET], &m[OTHER]));
	KUNIT_EXPECT_FALSE(test, vsw_match_covers(&m[HOST], &m[NET]));
	KUNIT_EXPECT_FALSE(test, vsw_match_covers(&m[IP], &m[ALL]));
}

/* The place of a bit, said once more in other words. */
static void bit_place(u8 field, unsigned int bit, unsigned int *byte, unsigned int *shift)
{
	const struct vsw_field *f = &vsw_fields[field];
	unsigned int i = bit / 8;

#ifdef __LITTLE_ENDIAN
	if (!f->host_order)
		i = f->len - 1 - i;
#else
	i = f->len - 1 - i;
#endif
	*byte = f->offset + i;
	*shift = bit % 8;
}

static void move_bit(struct vsw_key *to, const struct vsw_key *from, u8 dst,
		     unsigned int dst_bit, u8 src, unsigned int src_bit)
{
	unsigned int byte, shift;
	u8 bit;

	bit_place(src, src_bit, &byte, &shift);
	bit = ((const u8 *)from)[byte] >> shift & 1;
	bit_place(dst, dst_bit, &byte, &shift);
	((u8 *)to)[byte] &= ~(1 << shift);
	((u8 *)to)[byte] |= bit << shift;
}

static void bits_move_between_fields_of_any_byte_order(struct kunit *test)
{
	unsigned int src, dst, src_ofs, dst_ofs, bits, i;
	struct rnd_state rnd = rnd_start(test);
	struct vsw_key key, expected, before;
	int n;

	for (n = 0; n < 20000; n++) {
		src = 1 + prandom_u32_state(&rnd) % (F(PAD) - 1);
		dst = 1 + prandom_u32_state(&rnd) % (F(PAD) - 1);
		src_ofs = prandom_u32_state(&rnd) % vsw_fields[src].bits;
		dst_ofs = prandom_u32_state(&rnd) % vsw_fields[dst].bits;
		bits = 1 + prandom_u32_state(&rnd) %
			min(vsw_fields[src].bits - src_ofs, vsw_fields[dst].bits - dst_ofs);
		prandom_bytes_state(&rnd, &before, sizeof(before));
		expected = before;
		for (i = 0; i < bits; i++)
			move_bit(&expected, &before, dst, dst_ofs + i, src, src_ofs + i);
		key = before;
		vsw_key_move(&key, dst, dst_ofs, src, src_ofs, bits);
		KUNIT_ASSERT_MEMEQ_MSG(test, &key, &expected, sizeof(key),
				       "move:%s[%u..%u]->%s[%u..]", vsw_fields[src].name,
				       src_ofs, src_ofs + bits - 1, vsw_fields[dst].name,
				       dst_ofs);
	}
}

static struct kunit_case key_cases[] = {
	KUNIT_CASE(each_field_has_a_place_of_its_own_width),
	KUNIT_CASE_PARAM(a_match_is_checked, match_gen_params),
	KUNIT_CASE(a_field_is_refused_by_the_name_it_was_given),
	KUNIT_CASE(a_match_covers_ports_that_are_all_in_it),
	KUNIT_CASE(a_match_covers_those_that_want_more),
	KUNIT_CASE(bits_move_between_fields_of_any_byte_order),
	{}
};

static struct kunit_suite key_suite = {
	.name = "vsw_key",
	.test_cases = key_cases,
};

kunit_test_suite(key_suite);
