// SPDX-License-Identifier: GPL-2.0
/*
 * Layout: frames have the same digest if, and only if, they agree in what counts.
 */
#include "tables/layout.h"

#include <kunit/test.h>
#include <linux/random.h>
#include <linux/slab.h>

#include "tests/want.h"

#define CASES	2000

static struct vsw_layout *create(struct kunit *test, const struct vsw_match *match)
{
	struct vsw_needs needs = {};
	struct vsw_layout *layout;

	vsw_needs_match(&needs, match);
	layout = vsw_layout_create(&needs);
	KUNIT_ASSERT_NOT_NULL(test, layout);
	return layout;
}

static void digest(const struct vsw_layout *layout, enum vsw_class class,
		   const struct vsw_key *key, struct vsw_digest *d)
{
	memset(d, 0, sizeof(*d));
	vsw_layout_pack(&layout->gather[class], key, d);
}

static bool is_same(const struct vsw_digest *a, const struct vsw_digest *b)
{
	return a->n == b->n && a->hash == b->hash && !memcmp(a->w, b->w, a->n * sizeof(u64));
}

static void depth_is(struct kunit *test, u8 field, enum vsw_depth depth)
{
	struct vsw_needs needs = {};
	struct vsw_match match;

	vsw_match_init(&match);
	want(&match, field, 1);
	vsw_needs_match(&needs, &match);
	KUNIT_EXPECT_EQ_MSG(test, needs.depth, depth, "%s", vsw_fields[field].name);
}

static void a_field_asks_for_its_header(struct kunit *test)
{
	depth_is(test, VSW_A_FIELDS_IN_PORT, VSW_DEPTH_L2);
	depth_is(test, VSW_A_FIELDS_ETH_SRC, VSW_DEPTH_L2);
	depth_is(test, VSW_A_FIELDS_VLAN_TCI, VSW_DEPTH_L2);
	depth_is(test, VSW_A_FIELDS_ETH_TYPE, VSW_DEPTH_L2);
	depth_is(test, VSW_A_FIELDS_IP_PROTO, VSW_DEPTH_L3);
	depth_is(test, VSW_A_FIELDS_IPV4_DST, VSW_DEPTH_L3);
	depth_is(test, VSW_A_FIELDS_IPV6_SRC, VSW_DEPTH_L3);
	depth_is(test, VSW_A_FIELDS_ARP_OP, VSW_DEPTH_L3);
	depth_is(test, VSW_A_FIELDS_TP_SRC, VSW_DEPTH_L4);
	depth_is(test, VSW_A_FIELDS_TCP_FLAGS, VSW_DEPTH_L4);
	depth_is(test, VSW_A_FIELDS_ND_TARGET, VSW_DEPTH_L4);
}

static void a_range_asks_for_the_whole_port(struct kunit *test)
{
	struct vsw_needs needs = {};
	struct vsw_match match;

	vsw_match_init(&match);
	match.tp_dst = (struct vsw_range){ 5, 9 };
	vsw_needs_match(&needs, &match);
	KUNIT_EXPECT_EQ(test, needs.mask.tp_dst, htons(0xffff));
	KUNIT_EXPECT_EQ(test, needs.mask.tp_src, 0);
	KUNIT_EXPECT_EQ(test, needs.depth, VSW_DEPTH_L4);
}

static void more_covers_less(struct kunit *test)
{
	struct vsw_needs wide = {}, narrow = {};
	struct vsw_match match;

	vsw_match_init(&match);
	want(&match, VSW_A_FIELDS_IP_PROTO, 6);
	vsw_needs_match(&narrow, &match);
	want(&match, VSW_A_FIELDS_TP_DST, 80);
	vsw_needs_match(&wide, &match);
	KUNIT_EXPECT_TRUE(test, vsw_needs_cover(&wide, &narrow));
	KUNIT_EXPECT_FALSE(test, vsw_needs_cover(&narrow, &wide));
}

/* What counts comes back out of the digest, and nothing else. */
static void a_digest_holds_what_counts(struct kunit *test)
{
	struct vsw_key key = {}, back;
	struct vsw_layout *layout;
	struct vsw_match match;
	struct vsw_digest d;

	vsw_match_init(&match);
	want(&match, VSW_A_FIELDS_IPV4_DST, 1);
	want_masked(&match, VSW_A_FIELDS_ETH_DST, 0, 0xff);
	layout = create(test, &match);
	field_put(&key, VSW_A_FIELDS_IN_PORT, 7);
	field_put(&key, VSW_A_FIELDS_IPV4_DST, 0x0a000001);
	field_put(&key, VSW_A_FIELDS_IPV4_SRC, 0x0a000002);
	field_put(&key, VSW_A_FIELDS_ETH_DST, 0x020000000099);
	digest(layout, VSW_CLASS_IPV4, &key, &d);
	vsw_layout_unpack(layout, VSW_CLASS_IPV4, &d, &back);

	memset(&key, 0, sizeof(key));
	field_put(&key, VSW_A_FIELDS_IN_PORT, 7);
	field_put(&key, VSW_A_FIELDS_IPV4_DST, 0x0a000001);
	field_put(&key, VSW_A_FIELDS_ETH_DST, 0x99);
	KUNIT_EXPECT_MEMEQ(test, &back, &key, sizeof(key));
	kfree(layout);
}

static void classes_and_layouts_have_digests_of_their_own(struct kunit *test)
{
	struct vsw_layout *layout, *other;
	struct vsw_digest a, b;
	struct vsw_key key = {};
	struct vsw_match match;

	vsw_match_init(&match);
	layout = create(test, &match);
	other = create(test, &match);
	digest(layout, VSW_CLASS_IPV4, &key, &a);
	digest(layout, VSW_CLASS_IPV6, &key, &b);
	KUNIT_EXPECT_FALSE(test, is_same(&a, &b));
	digest(other, VSW_CLASS_IPV4, &key, &b);
	KUNIT_EXPECT_FALSE(test, is_same(&a, &b));
	kfree(layout);
	kfree(other);
}

/* Frames that came by no tunnel have 0 there, whatever stands in the key. */
static void an_outer_header_counts_behind_a_tunnel_only(struct kunit *test)
{
	struct vsw_layout *layout;
	struct vsw_key key = {}, back;
	struct vsw_match match;
	struct vsw_digest d;

	vsw_match_init(&match);
	want(&match, VSW_A_FIELDS_TUN_ID, 7);
	want(&match, VSW_A_FIELDS_TUN_TTL, 9);
	layout = create(test, &match);
	field_put(&key, VSW_A_FIELDS_IN_PORT, 3);
	field_put(&key, VSW_A_FIELDS_TUN_ID, 7);
	field_put(&key, VSW_A_FIELDS_TUN_TTL, 9);
	digest(layout, VSW_CLASS_ARP | VSW_CLASS_TUNNEL, &key, &d);
	vsw_layout_unpack(layout, VSW_CLASS_ARP | VSW_CLASS_TUNNEL, &d, &back);
	KUNIT_EXPECT_MEMEQ(test, &back, &key, sizeof(key));

	digest(layout, VSW_CLASS_ARP, &key, &d);
	vsw_layout_unpack(layout, VSW_CLASS_ARP, &d, &back);
	memset(&key.tun, 0, sizeof(key.tun));
	KUNIT_EXPECT_MEMEQ(test, &back, &key, sizeof(key));
	kfree(layout);
}

/* Words that a class may have set. */
static void random_key(struct vsw_key *key)
{
	memset(key, 0, sizeof(*key));
	get_random_bytes(&key->w[6], 5 * sizeof(u64));
	key->in_port = get_random_u32();
}

static bool agree(const struct vsw_layout *layout, const struct vsw_key *a,
		  const struct vsw_key *b)
{
	int i;

	for (i = 0; i < VSW_KEY_WORDS; i++)
		if ((a->w[i] ^ b->w[i]) & layout->needs.mask.w[i])
			return false;
	return true;
}

/* One bit makes a difference if it counts, and none if it does not. */
static void each_bit_counts_or_does_not(struct kunit *test)
{
	struct vsw_digest a, b;
	struct vsw_layout *layout;
	struct vsw_key key, other;
	struct vsw_match match;
	int i;

	vsw_match_init(&match);
	get_random_bytes(&match.mask.w[6], 5 * sizeof(u64));
	layout = create(test, &match);
	for (i = 0; i < CASES; i++) {
		random_key(&key);
		other = key;
		other.w[6 + get_random_u32() % 5] ^= BIT_ULL(get_random_u32() % 64);
		digest(layout, VSW_CLASS_IPV4, &key, &a);
		digest(layout, VSW_CLASS_IPV4, &other, &b);
		KUNIT_EXPECT_EQ(test, is_same(&a, &b), agree(layout, &key, &other));
	}
	kfree(layout);
}

static struct kunit_case layout_cases[] = {
	KUNIT_CASE(a_field_asks_for_its_header),
	KUNIT_CASE(a_range_asks_for_the_whole_port),
	KUNIT_CASE(more_covers_less),
	KUNIT_CASE(a_digest_holds_what_counts),
	KUNIT_CASE(classes_and_layouts_have_digests_of_their_own),
	KUNIT_CASE(an_outer_header_counts_behind_a_tunnel_only),
	KUNIT_CASE(each_bit_counts_or_does_not),
	{}
};

static struct kunit_suite layout_suite = {
	.name = "vsw_layout",
	.test_cases = layout_cases,
};

kunit_test_suite(layout_suite);
