// SPDX-License-Identifier: GPL-2.0
/*
 * Parser: whole, truncated, scattered and hostile frames.
 */
#include <kunit/test.h>
#include <linux/random.h>
#include <net/ip.h>

#include "path/parse.h"
#include "path/pkt.h"
#include "tests/frame.h"

#define MALFORMED	VSW_DROP_REASON_MALFORMED

static struct vsw_port in = { .no = 7 };

static void tcp(struct frame *f)
{
	frame_eth(f, ETH_P_IP);
	frame_ipv4(f, IPPROTO_TCP, 0);
	frame_tcp(f);
}

static void udp_first_fragment(struct frame *f)
{
	frame_eth(f, ETH_P_IP);
	frame_ipv4(f, IPPROTO_UDP, IP_MF);
	frame_udp(f);
}

static void udp_later_fragment(struct frame *f)
{
	frame_eth(f, ETH_P_IP);
	frame_ipv4(f, IPPROTO_UDP, IP_MF | 5);
	frame_udp(f);
}

static void icmp(struct frame *f)
{
	frame_eth(f, ETH_P_IP);
	frame_ipv4(f, IPPROTO_ICMP, 0);
	frame_icmp(f);
}

static void sctp_in_two_tags(struct frame *f)
{
	frame_eth(f, ETH_P_8021Q);
	f->tpid = ETH_P_8021AD;
	f->tci = 0x2123;
	frame_vlan(f, 0x4056, ETH_P_IPV6);
	frame_ipv6(f, IPPROTO_SCTP);
	frame_sctp(f);
}

static void tcp_behind_extensions(struct frame *f)
{
	frame_eth(f, ETH_P_IPV6);
	frame_ipv6(f, NEXTHDR_HOP);
	frame_ext(f, NEXTHDR_ROUTING, 8);
	frame_ext(f, NEXTHDR_DEST, 24);
	frame_ext(f, NEXTHDR_AUTH, 16);
	/* The length of AH counts words of four bytes. */
	frame_ext(f, NEXTHDR_FRAGMENT, 16)[1] = 2;
	frame_fragment(f, IPPROTO_TCP, IP6_MF);
	frame_tcp(f);
}

static void udp6_later_fragment(struct frame *f)
{
	frame_eth(f, ETH_P_IPV6);
	frame_ipv6(f, NEXTHDR_FRAGMENT);
	frame_fragment(f, IPPROTO_UDP, 0x10);
	frame_udp(f);
}

static void neighbour_solicitation(struct frame *f)
{
	frame_eth(f, ETH_P_IPV6);
	frame_ipv6(f, IPPROTO_ICMPV6);
	frame_nd(f, NDISC_NEIGHBOUR_SOLICITATION, ND_OPT_SOURCE_LL_ADDR);
}

static void arp(struct frame *f)
{
	frame_eth(f, ETH_P_ARP);
	frame_arp(f);
}

static const struct sample samples[] = {
	{ "tcp", tcp },
	{ "udp first fragment", udp_first_fragment },
	{ "udp later fragment", udp_later_fragment },
	{ "icmp", icmp },
	{ "sctp in two tags", sctp_in_two_tags },
	{ "tcp behind extensions", tcp_behind_extensions },
	{ "udp6 later fragment", udp6_later_fragment },
	{ "neighbour solicitation", neighbour_solicitation },
	{ "arp", arp },
};

static void sample_name(const struct sample *sample, char *name)
{
	strscpy(name, sample->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(samples, samples, sample_name);

/* Frames are too large for the stack of a test. */
static struct frame *build(struct kunit *test, void (*build)(struct frame *f))
{
	struct frame *f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, f);
	build(f);
	frame_finish(f);
	return f;
}

/* The first @linear bytes of the frame are in the head, the rest in a page. */
static void prepare(struct kunit *test, const struct frame *f, unsigned int linear,
		    struct vsw_pkt *pkt)
{
	memset(pkt, 0, sizeof(*pkt));
	pkt->in = &in;
	pkt->skb = frame_skb(f, linear);
	KUNIT_ASSERT_NOT_NULL(test, pkt->skb);
}

static enum vsw_drop_reason parse_scattered(struct kunit *test, const struct frame *f,
					    unsigned int linear, struct vsw_pkt *pkt)
{
	enum vsw_drop_reason reason;

	prepare(test, f, linear, pkt);
	reason = vsw_parse(pkt, VSW_DEPTH_L4);
	if (!reason) {
		KUNIT_EXPECT_LE(test, skb_network_offset(pkt->skb), (int)f->len);
		KUNIT_EXPECT_LE(test, pkt->skb->mac_len, f->len);
	}
	kfree_skb(pkt->skb);
	return reason;
}

static enum vsw_drop_reason parse(struct kunit *test, const struct frame *f, struct vsw_pkt *pkt)
{
	return parse_scattered(test, f, f->len, pkt);
}

static struct vsw_key link_key(u16 type)
{
	return (struct vsw_key) {
		.in_port = 7,
		.eth_dst = { 2, 0, 0, 0, 0, 0xbb },
		.eth_src = { 2, 0, 0, 0, 0, 0xaa },
		.eth_type = htons(type),
	};
}

static struct vsw_key ipv4_key(u8 proto)
{
	struct vsw_key key = link_key(ETH_P_IP);

	key.ipv4_src = htonl(0xc0000201);
	key.ipv4_dst = htonl(0xc6336402);
	key.ip_proto = proto;
	key.ip_tos = 0x28;
	key.ip_ttl = 64;
	return key;
}

static struct vsw_key ipv6_key(u8 proto)
{
	struct vsw_key key = link_key(ETH_P_IPV6);

	key.ipv6_src = (struct in6_addr){ .s6_addr = { 0x20, 1, 0xd, 0xb8, [15] = 1 } };
	key.ipv6_dst = (struct in6_addr){ .s6_addr = { 0x20, 1, 0xd, 0xb8, [14] = 9, [15] = 2 } };
	key.ipv6_label = htonl(0x12345);
	key.ip_proto = proto;
	key.ip_ttl = 64;
	return key;
}

static void expect_key(struct kunit *test, void (*builder)(struct frame *f),
		       const struct vsw_key *key)
{
	struct frame *f = build(test, builder);
	struct vsw_pkt pkt;
	int i;

	KUNIT_EXPECT_EQ(test, parse(test, f, &pkt), 0);
	for (i = 0; i < VSW_KEY_WORDS; i++)
		KUNIT_EXPECT_EQ_MSG(test, pkt.key.w[i], key->w[i], "word %d", i);
}

static void tcp_over_ipv4_is_parsed(struct kunit *test)
{
	struct vsw_key key = ipv4_key(IPPROTO_TCP);

	key.tp_src = htons(1111);
	key.tp_dst = htons(2222);
	key.tcp_flags = htons(0x042);
	expect_key(test, tcp, &key);
}

static void icmp_is_parsed(struct kunit *test)
{
	struct vsw_key key = ipv4_key(IPPROTO_ICMP);

	key.tp_src = htons(ICMP_ECHO);
	key.tp_dst = htons(3);
	expect_key(test, icmp, &key);
}

static void the_first_fragment_has_ports(struct kunit *test)
{
	struct vsw_key key = ipv4_key(IPPROTO_UDP);

	key.ip_frag = VSW_FRAG_ANY;
	key.tp_src = htons(53);
	key.tp_dst = htons(5353);
	expect_key(test, udp_first_fragment, &key);
}

static void later_fragments_have_no_ports(struct kunit *test)
{
	struct vsw_key key = ipv4_key(IPPROTO_UDP);

	key.ip_frag = VSW_FRAG_ANY | VSW_FRAG_LATER;
	expect_key(test, udp_later_fragment, &key);

	key = ipv6_key(NEXTHDR_FRAGMENT);
	key.ip_frag = VSW_FRAG_ANY | VSW_FRAG_LATER;
	expect_key(test, udp6_later_fragment, &key);
}

static void both_tags_are_parsed(struct kunit *test)
{
	struct vsw_key key = ipv6_key(IPPROTO_SCTP);

	key.vlan_tpid = htons(ETH_P_8021AD);
	key.vlan_tci = htons(0x2123 | VSW_VLAN_PRESENT);
	key.inner_vlan_tci = htons(0x4056 | VSW_VLAN_PRESENT);
	key.inner_vlan_tpid = htons(ETH_P_8021Q);
	key.tp_src = htons(7);
	key.tp_dst = htons(8);
	expect_key(test, sctp_in_two_tags, &key);
}

static void extension_headers_are_skipped(struct kunit *test)
{
	struct vsw_key key = ipv6_key(IPPROTO_TCP);

	key.ip_frag = VSW_FRAG_ANY;
	key.tp_src = htons(1111);
	key.tp_dst = htons(2222);
	key.tcp_flags = htons(0x042);
	expect_key(test, tcp_behind_extensions, &key);
}

static void a_neighbour_message_is_parsed(struct kunit *test)
{
	struct vsw_key key = ipv6_key(IPPROTO_ICMPV6);
	static const u8 sll[] = { 2, 0, 0, 0, 0, 0xcc };

	key.tp_src = htons(NDISC_NEIGHBOUR_SOLICITATION);
	key.nd_target = (struct in6_addr){ .s6_addr = { 0xfe, 0x80, [15] = 7 } };
	ether_addr_copy(key.arp_sha, sll);
	expect_key(test, neighbour_solicitation, &key);
}

static void arp_is_parsed(struct kunit *test)
{
	struct vsw_key key = link_key(ETH_P_ARP);
	static const u8 tha[] = { 2, 0, 0, 0, 0, 0xbb };

	key.arp_op = htons(ARPOP_REQUEST);
	key.ipv4_src = htonl(0xc0000201);
	key.ipv4_dst = htonl(0xc0000202);
	ether_addr_copy(key.arp_sha, key.eth_src);
	ether_addr_copy(key.arp_tha, tha);
	expect_key(test, arp, &key);
}

static void three_tags(struct frame *f)
{
	frame_eth(f, ETH_P_8021Q);
	f->tpid = ETH_P_8021Q;
	f->tci = 1;
	frame_vlan(f, 2, ETH_P_8021Q);
	frame_vlan(f, 3, ETH_P_IP);
}

static void a_third_tag_is_payload(struct kunit *test)
{
	struct vsw_key key = link_key(ETH_P_8021Q);

	key.vlan_tpid = htons(ETH_P_8021Q);
	key.vlan_tci = htons(1 | VSW_VLAN_PRESENT);
	key.inner_vlan_tci = htons(2 | VSW_VLAN_PRESENT);
	key.inner_vlan_tpid = htons(ETH_P_8021Q);
	expect_key(test, three_tags, &key);
}

static void llc(struct frame *f)
{
	static const u8 stp[] = { 0x42, 0x42, 0x03, 0, 0, 0, 8, 0 };

	frame_eth(f, sizeof(stp));
	frame_put(f, stp, sizeof(stp));
}

static void snap(struct frame *f)
{
	static const u8 hdr[] = { 0xaa, 0xaa, 0x03, 0, 0, 0, 0x08, 0x00 };

	frame_eth(f, 80);
	frame_put(f, hdr, sizeof(hdr));
	frame_ipv4(f, IPPROTO_ICMP, 0);
	frame_icmp(f);
}

static void a_frame_with_a_length_has_the_type_05ff(struct kunit *test)
{
	struct vsw_key key = link_key(0x05ff);

	expect_key(test, llc, &key);
}

static void the_type_may_be_in_a_snap_header(struct kunit *test)
{
	struct vsw_key key = ipv4_key(IPPROTO_ICMP);

	key.tp_src = htons(ICMP_ECHO);
	key.tp_dst = htons(3);
	expect_key(test, snap, &key);
}

/* All headers of the samples say how long the rest is, or are needed whole. */
static void a_frame_cut_anywhere_is_malformed(struct kunit *test)
{
	const struct sample *sample = test->param_value;
	struct frame *f = build(test, sample->build);
	unsigned int whole = f->len;
	struct vsw_pkt pkt;

	for (f->len = 0; f->len < whole; f->len++)
		KUNIT_EXPECT_EQ_MSG(test, parse(test, f, &pkt), MALFORMED,
				    "%u of %u bytes", f->len, whole);
	KUNIT_EXPECT_EQ(test, parse(test, f, &pkt), 0);
}

static void where_the_bytes_are_does_not_matter(struct kunit *test)
{
	const struct sample *sample = test->param_value;
	struct frame *f = build(test, sample->build);
	struct vsw_pkt whole, pkt;
	unsigned int linear;

	KUNIT_EXPECT_EQ(test, parse(test, f, &whole), 0);
	for (linear = 0; linear < f->len; linear++) {
		KUNIT_EXPECT_EQ(test, parse_scattered(test, f, linear, &pkt), 0);
		KUNIT_EXPECT_EQ_MSG(test, memcmp(&whole.key, &pkt.key, sizeof(pkt.key)), 0,
				    "%u bytes in the head", linear);
	}
}

/* Its length in the IP header agrees, so only the transport header is short. */
static void a_short_transport_header_leaves_its_fields_zero(struct kunit *test)
{
	const struct sample *sample = test->param_value;
	struct frame *f = build(test, sample->build);
	struct vsw_pkt pkt;
	unsigned int l4;

	if (!f->l4)
		kunit_skip(test, "no transport header");
	l4 = f->l4;
	for (f->len = l4; f->len < l4 + 8; f->len++) {
		frame_finish(f);
		KUNIT_EXPECT_EQ(test, parse(test, f, &pkt), 0);
		KUNIT_EXPECT_TRUE(test, pkt.key.tp_src == 0);
		KUNIT_EXPECT_TRUE(test, pkt.key.tp_dst == 0);
		KUNIT_EXPECT_TRUE(test, pkt.key.tcp_flags == 0);
	}
}

/* Padding must not be taken for a header. */
static void padding_is_not_parsed(struct kunit *test)
{
	struct frame *f = build(test, tcp);
	struct vsw_pkt pkt;

	f->len = f->l4 + 6;
	frame_finish(f);
	frame_payload(f, 40);
	KUNIT_EXPECT_EQ(test, parse(test, f, &pkt), 0);
	KUNIT_EXPECT_TRUE(test, pkt.key.tp_src == 0);
	KUNIT_EXPECT_TRUE(test, pkt.key.tcp_flags == 0);
}

struct lie {
	const char *name;
	void (*build)(struct frame *f);
	unsigned int ofs;
	u8 value;
};

static const struct lie lies[] = {
	{ "IPv4 version", tcp, 14, 0x65 },
	{ "IPv4 header length below 20", tcp, 14, 0x44 },
	{ "IPv4 header length beyond the end", icmp, 14, 0x4f },
	{ "IPv4 total length beyond the end", tcp, 17, 0xff },
	{ "IPv4 total length below the header", tcp, 17, 19 },
	{ "IPv6 version", neighbour_solicitation, 14, 0x40 },
	{ "IPv6 payload length beyond the end", neighbour_solicitation, 18, 1 },
	{ "IPv6 extension beyond the end", tcp_behind_extensions, 55, 0xff },
	{ "IPv6 AH beyond the end", tcp_behind_extensions, 103, 0xff },
};

static void lie_name(const struct lie *lie, char *name)
{
	strscpy(name, lie->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(lies, lies, lie_name);

static void a_header_that_contradicts_the_frame_is_malformed(struct kunit *test)
{
	const struct lie *lie = test->param_value;
	struct frame *f = build(test, lie->build);
	struct vsw_pkt pkt;

	KUNIT_EXPECT_EQ(test, parse(test, f, &pkt), 0);
	f->data[lie->ofs] = lie->value;
	KUNIT_EXPECT_EQ(test, parse(test, f, &pkt), MALFORMED);
}

static void a_chain_of_extensions_ends(struct kunit *test)
{
	struct frame *f = build(test, tcp);
	struct vsw_pkt pkt;
	int i;

	frame_eth(f, ETH_P_IPV6);
	frame_ipv6(f, NEXTHDR_DEST);
	for (i = 0; i < 20; i++)
		frame_ext(f, NEXTHDR_DEST, 8);
	frame_ext(f, IPPROTO_TCP, 8);
	frame_tcp(f);
	frame_finish(f);
	KUNIT_EXPECT_EQ(test, parse(test, f, &pkt), MALFORMED);
}

static void an_option_without_length_ends_a_neighbour_message(struct kunit *test)
{
	struct frame *f = build(test, neighbour_solicitation);
	struct vsw_pkt pkt;

	f->data[f->l4 + sizeof(struct nd_msg) + 1] = 0;
	KUNIT_EXPECT_EQ(test, parse(test, f, &pkt), 0);
	KUNIT_EXPECT_TRUE(test, is_zero_ether_addr(pkt.key.arp_sha));
}

/* As a guest may send it: whatever the frame says, it is said to be TCP. */
static enum vsw_drop_reason parse_segments(struct kunit *test, const struct frame *f,
					   unsigned int linear, struct vsw_pkt *pkt)
{
	enum vsw_drop_reason reason;

	prepare(test, f, linear, pkt);
	skb_shinfo(pkt->skb)->gso_size = 8;
	skb_shinfo(pkt->skb)->gso_type = SKB_GSO_TCPV4;
	reason = vsw_parse(pkt, VSW_DEPTH_L4);
	if (!reason)
		KUNIT_EXPECT_LE(test, skb_transport_offset(pkt->skb) + sizeof(struct tcphdr),
				skb_headlen(pkt->skb));
	kfree_skb(pkt->skb);
	return reason;
}

static void segments_have_their_tcp_header_in_the_head(struct kunit *test)
{
	struct frame *f = build(test, tcp);
	struct vsw_pkt pkt;
	unsigned int linear;

	for (linear = 0; linear < f->len; linear++)
		KUNIT_EXPECT_EQ(test, parse_segments(test, f, linear, &pkt), 0);
}

static void segments_without_a_tcp_header_are_malformed(struct kunit *test)
{
	struct frame *f = build(test, tcp);
	struct vsw_pkt pkt;

	f->data[f->l4 + 12] = 0x40;
	KUNIT_EXPECT_EQ(test, parse_segments(test, f, f->len, &pkt), MALFORMED);
	f->len = f->l4 + 19;
	frame_finish(f);
	KUNIT_EXPECT_EQ(test, parse_segments(test, f, f->len, &pkt), MALFORMED);
	KUNIT_EXPECT_EQ(test, parse_segments(test, build(test, arp), FRAME_MAX, &pkt), MALFORMED);
}

static void a_length_behind_a_tag_is_no_vlan_protocol(struct kunit *test)
{
	struct frame *f = build(test, llc);
	struct vsw_pkt pkt = { .in = &in };

	f->tpid = ETH_P_8021Q;
	pkt.skb = frame_skb(f, f->len);
	KUNIT_ASSERT_NOT_NULL(test, pkt.skb);
	pkt.skb->protocol = htons(ETH_P_8021Q);
	KUNIT_EXPECT_EQ(test, vsw_parse(&pkt, VSW_DEPTH_L4), 0);
	KUNIT_EXPECT_TRUE(test, pkt.skb->protocol == htons(ETH_P_802_2));
	kfree_skb(pkt.skb);
}

/* Mutations of the samples reach deeper than noise. KASAN watches. */
static void random_frames_do_no_harm(struct kunit *test)
{
	u32 seed = get_random_u32();
	struct rnd_state rnd;
	struct frame *f;
	struct vsw_pkt pkt;
	int i, n, parsed = 0;

	kunit_info(test, "seed %u", seed);
	prandom_seed_state(&rnd, seed);
	f = build(test, tcp);
	for (i = 0; i < 5000; i++) {
		samples[prandom_u32_state(&rnd) % ARRAY_SIZE(samples)].build(f);
		frame_finish(f);
		for (n = prandom_u32_state(&rnd) % 6; n; n--)
			f->data[prandom_u32_state(&rnd) % f->len] = prandom_u32_state(&rnd);
		if (prandom_u32_state(&rnd) % 4 == 0)
			f->len = prandom_u32_state(&rnd) % (f->len + 1);
		parsed += !parse_scattered(test, f, prandom_u32_state(&rnd) % 128, &pkt);
	}
	KUNIT_EXPECT_GT(test, parsed, 1000);
}

static struct kunit_case parse_cases[] = {
	KUNIT_CASE(tcp_over_ipv4_is_parsed),
	KUNIT_CASE(icmp_is_parsed),
	KUNIT_CASE(the_first_fragment_has_ports),
	KUNIT_CASE(later_fragments_have_no_ports),
	KUNIT_CASE(both_tags_are_parsed),
	KUNIT_CASE(extension_headers_are_skipped),
	KUNIT_CASE(a_neighbour_message_is_parsed),
	KUNIT_CASE(arp_is_parsed),
	KUNIT_CASE(a_third_tag_is_payload),
	KUNIT_CASE(a_frame_with_a_length_has_the_type_05ff),
	KUNIT_CASE(the_type_may_be_in_a_snap_header),
	KUNIT_CASE_PARAM(a_frame_cut_anywhere_is_malformed, samples_gen_params),
	KUNIT_CASE_PARAM(where_the_bytes_are_does_not_matter, samples_gen_params),
	KUNIT_CASE_PARAM(a_short_transport_header_leaves_its_fields_zero, samples_gen_params),
	KUNIT_CASE(padding_is_not_parsed),
	KUNIT_CASE_PARAM(a_header_that_contradicts_the_frame_is_malformed, lies_gen_params),
	KUNIT_CASE(a_chain_of_extensions_ends),
	KUNIT_CASE(an_option_without_length_ends_a_neighbour_message),
	KUNIT_CASE(segments_have_their_tcp_header_in_the_head),
	KUNIT_CASE(segments_without_a_tcp_header_are_malformed),
	KUNIT_CASE(a_length_behind_a_tag_is_no_vlan_protocol),
	KUNIT_CASE(random_frames_do_no_harm),
	{}
};

static struct kunit_suite parse_suite = {
	.name = "vsw_parse",
	.test_cases = parse_cases,
};

kunit_test_suite(parse_suite);
