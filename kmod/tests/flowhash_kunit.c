// SPDX-License-Identifier: GPL-2.0
/*
 * Flow hash: the same for all packets of a flow, another for another flow.
 */
#include "path/flowhash.h"

#include <kunit/test.h>
#include <net/ip.h>

#include "tests/frame.h"

#define FLOWS	128

static void udp4(struct frame *f)
{
	frame_eth(f, ETH_P_IP);
	frame_ipv4(f, IPPROTO_UDP, 0);
	frame_udp(f);
}

static void tcp6(struct frame *f)
{
	frame_eth(f, ETH_P_IPV6);
	frame_ipv6(f, IPPROTO_TCP);
	frame_tcp(f);
}

static const struct sample samples[] = {
	{ "udp4", udp4 },
	{ "tcp6", tcp6 },
};

static void sample_desc(const struct sample *sample, char *desc)
{
	strscpy(desc, sample->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(sample, samples, sample_desc);

static u64 hash_of(struct kunit *test, const struct frame *f, unsigned int linear)
{
	struct sk_buff *skb = frame_skb(f, linear);
	u64 hash;

	KUNIT_ASSERT_NOT_NULL(test, skb);
	hash = vsw_flow_hash(skb);
	kfree_skb(skb);
	return hash;
}

/*
 * Those who choose by it take few of its bits, upper or lower ones. By chance one of
 * 8 parts is empty a few times in a million.
 */
static void expect_spread(struct kunit *test, const u64 *hash)
{
	unsigned int low[8] = {}, high[8] = {}, i;

	for (i = 0; i < FLOWS; i++) {
		low[hash[i] & 7]++;
		high[hash[i] >> 61]++;
	}
	for (i = 0; i < 8; i++) {
		KUNIT_EXPECT_GT(test, low[i], 0);
		KUNIT_EXPECT_GT(test, high[i], 0);
	}
}

/* @at: the last byte of what differs from flow to flow */
static void expect_flows(struct kunit *test, struct frame *f, unsigned int at)
{
	u64 hash[FLOWS];
	unsigned int i;

	for (i = 0; i < FLOWS; i++) {
		f->data[at] = i;
		hash[i] = hash_of(test, f, f->len);
		KUNIT_EXPECT_NE(test, hash[i], 0);
		KUNIT_EXPECT_EQ(test, hash[i], hash_of(test, f, f->len));
	}
	expect_spread(test, hash);
}

static void flows_are_spread(struct kunit *test)
{
	const struct sample *sample = test->param_value;
	struct frame f;

	sample->build(&f);
	expect_flows(test, &f, f.l4 - 1);		/* destination */
	expect_flows(test, &f, f.l4 + 1);		/* source port */
	expect_flows(test, &f, f.l4 + 3);		/* destination port */
}

static void it_does_not_matter_where_the_headers_are(struct kunit *test)
{
	const struct sample *sample = test->param_value;
	unsigned int linear;
	struct frame f;

	sample->build(&f);
	for (linear = ETH_HLEN; linear < f.len; linear++)
		KUNIT_EXPECT_EQ(test, hash_of(test, &f, linear), hash_of(test, &f, f.len));
}

/* The first one has ports, the others have not. */
static void fragments_of_ipv4_stay_together(struct kunit *test)
{
	struct frame first, later;

	frame_eth(&first, ETH_P_IP);
	frame_ipv4(&first, IPPROTO_UDP, IP_MF);
	frame_udp(&first);
	frame_eth(&later, ETH_P_IP);
	frame_ipv4(&later, IPPROTO_UDP, 100);
	frame_payload(&later, 40);
	KUNIT_EXPECT_EQ(test, hash_of(test, &first, first.len), hash_of(test, &later, later.len));
}

static void fragments_of_ipv6_stay_together(struct kunit *test)
{
	struct frame first, later;

	frame_eth(&first, ETH_P_IPV6);
	frame_ipv6(&first, IPPROTO_FRAGMENT);
	frame_fragment(&first, IPPROTO_UDP, IP6_MF);
	frame_udp(&first);
	frame_eth(&later, ETH_P_IPV6);
	frame_ipv6(&later, IPPROTO_FRAGMENT);
	frame_fragment(&later, IPPROTO_UDP, 800);
	frame_payload(&later, 40);
	KUNIT_EXPECT_EQ(test, hash_of(test, &first, first.len), hash_of(test, &later, later.len));
}

static void what_is_no_ip_or_cut_short_has_none(struct kunit *test)
{
	struct frame f;

	frame_eth(&f, ETH_P_ARP);
	frame_arp(&f);
	KUNIT_EXPECT_EQ(test, hash_of(test, &f, f.len), 0);
	frame_eth(&f, ETH_P_IP);
	frame_payload(&f, sizeof(struct iphdr) - 1);
	KUNIT_EXPECT_EQ(test, hash_of(test, &f, f.len), 0);
	frame_eth(&f, ETH_P_IPV6);
	frame_payload(&f, sizeof(struct ipv6hdr) - 1);
	KUNIT_EXPECT_EQ(test, hash_of(test, &f, f.len), 0);
}

/* Its ports are not there, its addresses are. */
static void what_ends_before_its_ports_has_one(struct kunit *test)
{
	struct frame f;

	frame_eth(&f, ETH_P_IP);
	frame_ipv4(&f, IPPROTO_UDP, 0);
	frame_payload(&f, 3);
	KUNIT_EXPECT_NE(test, hash_of(test, &f, f.len), 0);
}

static void what_is_known_stays(struct kunit *test)
{
	struct sk_buff *skb;
	struct frame f;
	u32 hash;

	udp4(&f);
	skb = frame_skb(&f, f.len);
	KUNIT_ASSERT_NOT_NULL(test, skb);
	vsw_flow_hash_set(skb);
	KUNIT_EXPECT_TRUE(test, skb->sw_hash);
	hash = skb_get_hash(skb);
	skb_store_bits(skb, f.l4, "xyz", 3);
	vsw_flow_hash_set(skb);
	KUNIT_EXPECT_EQ(test, skb_get_hash(skb), hash);
	kfree_skb(skb);
}

static void what_has_no_ports_is_left_to_the_kernel(struct kunit *test)
{
	struct sk_buff *skb;
	struct frame f;

	frame_eth(&f, ETH_P_IP);
	frame_ipv4(&f, IPPROTO_ICMP, 0);
	frame_icmp(&f);
	skb = frame_skb(&f, f.len);
	KUNIT_ASSERT_NOT_NULL(test, skb);
	vsw_flow_hash_set(skb);
	KUNIT_EXPECT_FALSE(test, skb->sw_hash || skb->l4_hash);
	kfree_skb(skb);
}

static struct kunit_case flowhash_cases[] = {
	KUNIT_CASE_PARAM(flows_are_spread, sample_gen_params),
	KUNIT_CASE_PARAM(it_does_not_matter_where_the_headers_are, sample_gen_params),
	KUNIT_CASE(fragments_of_ipv4_stay_together),
	KUNIT_CASE(fragments_of_ipv6_stay_together),
	KUNIT_CASE(what_is_no_ip_or_cut_short_has_none),
	KUNIT_CASE(what_ends_before_its_ports_has_one),
	KUNIT_CASE(what_is_known_stays),
	KUNIT_CASE(what_has_no_ports_is_left_to_the_kernel),
	{}
};

static struct kunit_suite flowhash_suite = {
	.name = "vsw_flowhash",
	.test_cases = flowhash_cases,
};

kunit_test_suite(flowhash_suite);
