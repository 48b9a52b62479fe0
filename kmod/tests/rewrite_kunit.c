// SPDX-License-Identifier: GPL-2.0
/*
 * Rewrite: every field, in every state that a checksum can have, with the
 * result verified from scratch.
 */
#include <kunit/test.h>
#include <linux/crc32.h>
#include <linux/random.h>
#include <net/ip.h>
#include <net/ip6_checksum.h>

#include "path/act.h"
#include "path/parse.h"
#include "path/pkt.h"
#include "path/verdict.h"
#include "tests/frame.h"

#define NO_SUM		(-1)
#define GROUPS_MAX	4
#define ROUNDS		20

static struct vsw_port in = { .no = 7 };

/* Fields that go together, 0 at the end. */
static const u8 eth_fields[] = {
	VSW_A_FIELDS_ETH_DST, VSW_A_FIELDS_ETH_SRC, VSW_A_FIELDS_PKT_MARK, 0
};

static const u8 vlan_fields[] = { VSW_A_FIELDS_VLAN_TCI, 0 };

static const u8 ipv4_fields[] = {
	VSW_A_FIELDS_IPV4_SRC, VSW_A_FIELDS_IPV4_DST,
	VSW_A_FIELDS_IP_TOS, VSW_A_FIELDS_IP_TTL, 0
};

static const u8 ipv6_fields[] = {
	VSW_A_FIELDS_IPV6_SRC, VSW_A_FIELDS_IPV6_DST, VSW_A_FIELDS_IP_TOS,
	VSW_A_FIELDS_IP_TTL, VSW_A_FIELDS_IPV6_LABEL, 0
};

static const u8 port_fields[] = { VSW_A_FIELDS_TP_SRC, VSW_A_FIELDS_TP_DST, 0 };
static const u8 icmp_fields[] = { VSW_A_FIELDS_ICMP_TYPE, VSW_A_FIELDS_ICMP_CODE, 0 };
/* Another type would make it another packet. */
static const u8 icmpv6_fields[] = { VSW_A_FIELDS_ICMP_CODE, 0 };
static const u8 nd_sol_fields[] = { VSW_A_FIELDS_ND_TARGET, VSW_A_FIELDS_ND_SLL, 0 };
static const u8 nd_adv_fields[] = { VSW_A_FIELDS_ND_TARGET, VSW_A_FIELDS_ND_TLL, 0 };

static const u8 arp_fields[] = {
	VSW_A_FIELDS_ARP_OP, VSW_A_FIELDS_ARP_SPA, VSW_A_FIELDS_ARP_TPA,
	VSW_A_FIELDS_ARP_SHA, VSW_A_FIELDS_ARP_THA, 0
};

static void tcp4(struct frame *f)
{
	frame_eth(f, ETH_P_IP);
	frame_ipv4(f, IPPROTO_TCP, 0);
	frame_tcp(f);
}

static void udp4(struct frame *f)
{
	frame_eth(f, ETH_P_IP);
	frame_ipv4(f, IPPROTO_UDP, 0);
	frame_udp(f);
}

static void sctp4(struct frame *f)
{
	frame_eth(f, ETH_P_IP);
	frame_ipv4(f, IPPROTO_SCTP, 0);
	frame_sctp(f);
}

static void icmp4(struct frame *f)
{
	frame_eth(f, ETH_P_IP);
	frame_ipv4(f, IPPROTO_ICMP, 0);
	frame_icmp(f);
}

static void tcp6(struct frame *f)
{
	frame_eth(f, ETH_P_IPV6);
	frame_ipv6(f, IPPROTO_TCP);
	frame_tcp(f);
}

static void udp6_in_tag(struct frame *f)
{
	frame_eth(f, ETH_P_8021Q);
	f->tpid = ETH_P_8021AD;
	f->tci = 5;
	frame_vlan(f, 6, ETH_P_IPV6);
	frame_ipv6(f, NEXTHDR_DEST);
	frame_ext(f, IPPROTO_UDP, 16);
	frame_udp(f);
}

static void icmp6(struct frame *f)
{
	frame_eth(f, ETH_P_IPV6);
	frame_ipv6(f, IPPROTO_ICMPV6);
	frame_icmpv6(f);
}

static void solicitation(struct frame *f)
{
	frame_eth(f, ETH_P_IPV6);
	frame_ipv6(f, IPPROTO_ICMPV6);
	frame_nd(f, NDISC_NEIGHBOUR_SOLICITATION, ND_OPT_SOURCE_LL_ADDR);
}

static void advertisement(struct frame *f)
{
	frame_eth(f, ETH_P_IPV6);
	frame_ipv6(f, IPPROTO_ICMPV6);
	frame_nd(f, NDISC_NEIGHBOUR_ADVERTISEMENT, ND_OPT_TARGET_LL_ADDR);
}

static void arp(struct frame *f)
{
	frame_eth(f, ETH_P_ARP);
	frame_arp(f);
}

/**
 * struct packet - a class of packets
 * @name: of it
 * @build: makes one
 * @proto: transport protocol
 * @sum: where the checksum is in the transport header, or NO_SUM
 * @fields: what can be written
 */
struct packet {
	const char *name;
	void (*build)(struct frame *f);
	u8 proto;
	int sum;
	const u8 *fields[GROUPS_MAX];
};

static const struct packet packets[] = {
	{ "TCP", tcp4, IPPROTO_TCP, offsetof(struct tcphdr, check),
	  { eth_fields, ipv4_fields, port_fields } },
	{ "UDP", udp4, IPPROTO_UDP, offsetof(struct udphdr, check),
	  { eth_fields, ipv4_fields, port_fields } },
	{ "SCTP", sctp4, IPPROTO_SCTP, NO_SUM,
	  { eth_fields, ipv4_fields, port_fields } },
	{ "ICMP", icmp4, IPPROTO_ICMP, offsetof(struct icmphdr, checksum),
	  { eth_fields, ipv4_fields, icmp_fields } },
	{ "TCP over IPv6", tcp6, IPPROTO_TCP, offsetof(struct tcphdr, check),
	  { eth_fields, ipv6_fields, port_fields } },
	{ "UDP over IPv6 in tags", udp6_in_tag, IPPROTO_UDP, offsetof(struct udphdr, check),
	  { eth_fields, ipv6_fields, port_fields, vlan_fields } },
	{ "ICMPv6", icmp6, IPPROTO_ICMPV6, offsetof(struct icmp6hdr, icmp6_cksum),
	  { eth_fields, ipv6_fields, icmpv6_fields } },
	{ "neighbour solicitation", solicitation, IPPROTO_ICMPV6,
	  offsetof(struct icmp6hdr, icmp6_cksum),
	  { ipv6_fields, nd_sol_fields } },
	{ "neighbour advertisement", advertisement, IPPROTO_ICMPV6,
	  offsetof(struct icmp6hdr, icmp6_cksum),
	  { ipv6_fields, nd_adv_fields } },
	{ "ARP", arp, 0, NO_SUM,
	  { eth_fields, arp_fields } },
};

static void packet_name(const struct packet *p, char *name)
{
	strscpy(name, p->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(packets, packets, packet_name);

/* From here on: checksums from scratch. */

static bool is_ipv6(const u8 *data, const struct frame *f)
{
	return data[f->l3] >> 4 == 6;
}

/* Sum over the pseudo-header, which ICMP over IPv4 does without. */
static __wsum pseudo_sum(const u8 *data, const struct frame *f, u8 proto, __wsum sum)
{
	const struct ipv6hdr *ip6 = (const void *)(data + f->l3);
	const struct iphdr *ip = (const void *)ip6;
	unsigned int len = f->len - f->l4;

	if (is_ipv6(data, f))
		return csum_unfold(~csum_ipv6_magic(&ip6->saddr, &ip6->daddr, len, proto, sum));
	if (proto == IPPROTO_ICMP)
		return sum;
	return csum_tcpudp_nofold(ip->saddr, ip->daddr, len, proto, sum);
}

static __sum16 transport_sum(const u8 *data, const struct frame *f, u8 proto)
{
	__wsum sum = csum_partial(data + f->l4, f->len - f->l4, 0);

	return csum_fold(pseudo_sum(data, f, proto, sum));
}

static u32 sctp_sum(const u8 *data, const struct frame *f)
{
	struct sctphdr sh = *(const struct sctphdr *)(data + f->l4);
	unsigned int rest = f->len - f->l4 - sizeof(sh);
	u32 crc;

	sh.checksum = 0;
	crc = __crc32c_le(~0, (u8 *)&sh, sizeof(sh));
	return ~__crc32c_le(crc, data + f->l4 + sizeof(sh), rest);
}

static __sum16 *sum_field(u8 *data, const struct frame *f, const struct packet *p)
{
	return (__sum16 *)(data + f->l4 + p->sum);
}

static void fill_sum(struct frame *f, const struct packet *p)
{
	struct sctphdr *sh = (struct sctphdr *)(f->data + f->l4);

	if (p->proto == IPPROTO_SCTP)
		sh->checksum = cpu_to_le32(sctp_sum(f->data, f));
	if (p->sum == NO_SUM)
		return;
	*sum_field(f->data, f, p) = 0;
	*sum_field(f->data, f, p) = transport_sum(f->data, f, p->proto);
}

static bool sums_are_valid(struct sk_buff *skb, const struct frame *f, const struct packet *p)
{
	const struct iphdr *ip = (const void *)(skb->data + f->l3);
	const struct sctphdr *sh = (const void *)(skb->data + f->l4);

	if (f->l4 && !is_ipv6(skb->data, f) && ip_fast_csum(ip, ip->ihl))
		return false;
	if (p->proto == IPPROTO_SCTP)
		return le32_to_cpu(sh->checksum) == sctp_sum(skb->data, f);
	return p->sum == NO_SUM || !transport_sum(skb->data, f, p->proto);
}

/* An skb in one of the states that devices and sockets hand it over in. */
static struct sk_buff *skb_in_state(struct kunit *test, const struct frame *f,
				    const struct packet *p, u8 state)
{
	/* Who leaves a checksum to others keeps its field in the head. */
	struct sk_buff *skb = frame_skb(f, state == CHECKSUM_PARTIAL ? f->len : f->len / 2);
	__sum16 sum;

	KUNIT_ASSERT_NOT_NULL(test, skb);
	skb->ip_summed = state;
	if (state == CHECKSUM_COMPLETE)
		skb->csum = skb_checksum(skb, 0, skb->len, 0);
	if (state != CHECKSUM_PARTIAL)
		return skb;
	sum = ~csum_fold(pseudo_sum(f->data, f, p->proto, 0));
	KUNIT_ASSERT_EQ(test, skb_store_bits(skb, f->l4 + p->sum, &sum, sizeof(sum)), 0);
	KUNIT_ASSERT_TRUE(test, skb_partial_csum_set(skb, f->l4, p->sum));
	return skb;
}

/* The skb with all checksums in its data, as if a device had sent it. */
static void finish_sum(struct kunit *test, struct sk_buff *skb, u8 state)
{
	KUNIT_EXPECT_TRUE(test, skb->ip_summed == state || state == CHECKSUM_COMPLETE);
	if (skb->ip_summed == CHECKSUM_PARTIAL)
		KUNIT_ASSERT_EQ(test, skb_checksum_help(skb), 0);
	KUNIT_ASSERT_EQ(test, skb_linearize(skb), 0);
}

static void parse(struct kunit *test, struct sk_buff *skb, struct vsw_key *key)
{
	struct vsw_pkt *pkt = kunit_kzalloc(test, sizeof(*pkt), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, pkt);
	pkt->skb = skb;
	pkt->in = &in;
	KUNIT_ASSERT_EQ(test, vsw_parse(pkt, VSW_DEPTH_L4), 0);
	*key = pkt->key;
	kunit_kfree(test, pkt);
}

/* A random value for random bits of a field. */
static void make_rewrite(struct vsw_rewrite *rw, const struct vsw_key *key,
			 u8 field, struct rnd_state *rnd)
{
	const struct vsw_field *f = &vsw_fields[field];
	struct vsw_key value;
	int i;

	memset(&rw->mask, 0, sizeof(rw->mask));
	prandom_bytes_state(rnd, (u8 *)&rw->mask + f->offset, f->len);
	if (field == VSW_A_FIELDS_IPV6_LABEL)
		rw->mask.ipv6_label &= IPV6_FLOWLABEL_MASK;
	if (field == VSW_A_FIELDS_VLAN_TCI)
		rw->mask.vlan_tci &= ~htons(VSW_VLAN_PRESENT);
	prandom_bytes_state(rnd, &value, sizeof(value));
	for (i = 0; i < VSW_KEY_WORDS; i++)
		rw->value.w[i] = (key->w[i] & ~rw->mask.w[i]) | (value.w[i] & rw->mask.w[i]);
}

static void rewrite_one(struct kunit *test, const struct frame *f, const struct packet *p,
			u8 state, u8 field, struct rnd_state *rnd)
{
	struct sk_buff *skb = skb_in_state(test, f, p, state);
	struct vsw_rewrite *rw;
	struct vsw_key key;

	rw = kunit_kzalloc(test, sizeof(*rw), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, rw);
	parse(test, skb, &key);
	make_rewrite(rw, &key, field, rnd);
	KUNIT_EXPECT_EQ(test, vsw_rewrite(skb, rw), 0);
	parse(test, skb, &key);
	KUNIT_EXPECT_EQ_MSG(test, memcmp(&key, &rw->value, sizeof(key)), 0,
			    "%s is not what was written, state %u",
			    vsw_fields[field].name, state);
	finish_sum(test, skb, state);
	KUNIT_EXPECT_TRUE_MSG(test, sums_are_valid(skb, f, p), "checksum after %s, state %u",
			      vsw_fields[field].name, state);
	/* Options of neighbour messages aside, the end is payload. */
	if (field != VSW_A_FIELDS_ND_SLL && field != VSW_A_FIELDS_ND_TLL && f->l4)
		KUNIT_EXPECT_EQ(test, memcmp(skb->data + f->len - 8, f->data + f->len - 8, 8), 0);
	kunit_kfree(test, rw);
	kfree_skb(skb);
}

static struct frame *build(struct kunit *test, const struct packet *p)
{
	struct frame *f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, f);
	p->build(f);
	frame_finish(f);
	fill_sum(f, p);
	return f;
}

static void rewrite_group(struct kunit *test, const struct frame *f, const struct packet *p,
			  u8 state, const u8 *fields, struct rnd_state *rnd)
{
	int i;

	for (; *fields; fields++)
		for (i = 0; i < ROUNDS; i++)
			rewrite_one(test, f, p, state, *fields, rnd);
}

static void fields_are_written_and_checksums_hold(struct kunit *test)
{
	const struct packet *p = test->param_value;
	struct frame *f = build(test, p);
	u32 seed = get_random_u32();
	struct rnd_state rnd;
	int group;
	u8 state;

	kunit_info(test, "seed %u", seed);
	prandom_seed_state(&rnd, seed);
	for (state = CHECKSUM_NONE; state <= CHECKSUM_PARTIAL; state++) {
		/* The kernel has nothing to finish these with. */
		if (state == CHECKSUM_PARTIAL && p->sum == NO_SUM)
			continue;
		for (group = 0; group < GROUPS_MAX && p->fields[group]; group++)
			rewrite_group(test, f, p, state, p->fields[group], &rnd);
	}
}

static void write_tp_dst(struct kunit *test, struct sk_buff *skb, u16 port,
			 enum vsw_drop_reason expected)
{
	struct vsw_rewrite *rw = kunit_kzalloc(test, sizeof(*rw), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, rw);
	parse(test, skb, &rw->value);
	rw->value.tp_dst = htons(port);
	rw->mask.tp_dst = htons(0xffff);
	KUNIT_EXPECT_EQ(test, vsw_rewrite(skb, rw), expected);
}

static bool has_ports(const struct packet *p)
{
	return p->fields[2] == port_fields;
}

static void a_damaged_frame_stays_damaged(struct kunit *test)
{
	const struct packet *p = test->param_value;
	struct frame *f = build(test, p);
	struct sk_buff *skb;

	if (!has_ports(p))
		kunit_skip(test, "no ports");
	f->data[f->len - 1] ^= 0x40;
	skb = skb_in_state(test, f, p, CHECKSUM_NONE);
	write_tp_dst(test, skb, 4711, 0);
	KUNIT_ASSERT_EQ(test, skb_linearize(skb), 0);
	KUNIT_EXPECT_FALSE(test, sums_are_valid(skb, f, p));
	skb->data[f->len - 1] ^= 0x40;
	KUNIT_EXPECT_TRUE(test, sums_are_valid(skb, f, p));
	kfree_skb(skb);
}

static void udp_without_checksum_gets_none(struct kunit *test)
{
	const struct packet *p = &packets[1];
	struct frame *f = build(test, p);
	struct sk_buff *skb;

	*sum_field(f->data, f, p) = 0;
	skb = skb_in_state(test, f, p, CHECKSUM_NONE);
	write_tp_dst(test, skb, 4711, 0);
	KUNIT_ASSERT_EQ(test, skb_linearize(skb), 0);
	KUNIT_EXPECT_TRUE(test, *sum_field(skb->data, f, p) == 0);
	kfree_skb(skb);
}

/* One of all ports makes the checksum 0, which must not be sent as such. */
static void a_udp_checksum_is_never_zero(struct kunit *test)
{
	const struct packet *p = &packets[1];
	struct frame *f = build(test, p);
	u32 port = ntohs((__force __be16)*sum_field(f->data, f, p)) + 5353;
	struct sk_buff *skb = skb_in_state(test, f, p, CHECKSUM_NONE);

	write_tp_dst(test, skb, (port & 0xffff) + (port >> 16), 0);
	KUNIT_ASSERT_EQ(test, skb_linearize(skb), 0);
	KUNIT_EXPECT_TRUE(test, *sum_field(skb->data, f, p) == CSUM_MANGLED_0);
	KUNIT_EXPECT_TRUE(test, sums_are_valid(skb, f, p));
	kfree_skb(skb);
}

static void later_fragments_keep_their_data(struct kunit *test)
{
	const struct packet *p = &packets[0];
	struct frame *f = build(test, p);
	struct sk_buff *skb;

	frame_eth(f, ETH_P_IP);
	frame_ipv4(f, IPPROTO_TCP, 5);
	frame_tcp(f);
	frame_finish(f);
	skb = skb_in_state(test, f, p, CHECKSUM_NONE);
	write_tp_dst(test, skb, 4711, 0);
	KUNIT_ASSERT_EQ(test, skb_linearize(skb), 0);
	KUNIT_EXPECT_EQ(test, memcmp(skb->data, f->data, f->len), 0);
	kfree_skb(skb);
}

/* A packet cut to @len bytes of its transport header, with padding behind. */
static void write_cut(struct kunit *test, const struct packet *p, unsigned int len)
{
	struct frame *f = build(test, p);
	struct sk_buff *skb;

	f->len = f->l4 + len;
	frame_finish(f);
	frame_payload(f, 40);
	skb = skb_in_state(test, f, p, CHECKSUM_NONE);
	write_tp_dst(test, skb, 4711, VSW_DROP_REASON_HEADERS);
	kfree_skb(skb);
}

static void a_missing_header_is_the_reason(struct kunit *test)
{
	write_cut(test, &packets[0], 6);
	write_cut(test, &packets[4], 6);
	write_cut(test, &packets[4], 0);
}

/* The sum over what is in other fragments can't be brought up to date. */
static void ports_of_fragmented_sctp_are_not_written(struct kunit *test)
{
	const struct packet *p = &packets[2];
	struct frame *f = build(test, p);
	struct sk_buff *skb;

	frame_eth(f, ETH_P_IP);
	frame_ipv4(f, IPPROTO_SCTP, IP_MF);
	frame_sctp(f);
	frame_finish(f);
	skb = skb_in_state(test, f, p, CHECKSUM_NONE);
	write_tp_dst(test, skb, 4711, VSW_DROP_REASON_HEADERS);
	kfree_skb(skb);
}

static void a_copy_keeps_its_headers(struct kunit *test)
{
	const struct packet *p = &packets[0];
	struct frame *f = build(test, p);
	struct sk_buff *skb = frame_skb(f, f->len);
	struct sk_buff *copy;

	KUNIT_ASSERT_NOT_NULL(test, skb);
	copy = skb_clone(skb, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, copy);
	write_tp_dst(test, skb, 4711, 0);
	KUNIT_EXPECT_EQ(test, memcmp(copy->data, f->data, f->len), 0);
	kfree_skb(copy);
	kfree_skb(skb);
}

/* Writes the destination of a packet with a routing header. */
static __sum16 sum_behind_routing_header(struct kunit *test, u8 segments_left)
{
	const struct packet *p = &packets[4];
	struct frame *f = build(test, p);
	struct vsw_rewrite *rw;
	struct sk_buff *skb;
	__sum16 sum;

	rw = kunit_kzalloc(test, sizeof(*rw), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, rw);
	frame_eth(f, ETH_P_IPV6);
	frame_ipv6(f, NEXTHDR_ROUTING);
	frame_ext(f, IPPROTO_TCP, 24)[3] = segments_left;
	frame_tcp(f);
	frame_finish(f);
	skb = skb_in_state(test, f, p, CHECKSUM_NONE);
	parse(test, skb, &rw->value);
	rw->value.ipv6_dst.s6_addr[15] ^= 1;
	memset(&rw->mask.ipv6_dst, 0xff, sizeof(rw->mask.ipv6_dst));
	KUNIT_EXPECT_EQ(test, vsw_rewrite(skb, rw), 0);
	KUNIT_ASSERT_EQ(test, skb_linearize(skb), 0);
	sum = *sum_field(skb->data, f, p);
	kfree_skb(skb);
	return sum;
}

static void only_the_final_destination_is_in_the_checksum(struct kunit *test)
{
	/* The frame starts with a sum of 0. */
	KUNIT_EXPECT_TRUE(test, sum_behind_routing_header(test, 1) == 0);
	KUNIT_EXPECT_TRUE(test, sum_behind_routing_header(test, 0) != 0);
}

static void dec_ttl(struct kunit *test, const struct packet *p, u8 ttl)
{
	struct frame *f = build(test, p);
	u8 *field = f->data + f->l3 + (is_ipv6(f->data, f) ? 7 : 8);
	unsigned int ofs = field - f->data;
	struct sk_buff *skb;
	struct vsw_key key;

	*field = ttl;
	frame_finish(f);
	skb = skb_in_state(test, f, p, CHECKSUM_COMPLETE);
	parse(test, skb, &key);
	KUNIT_EXPECT_EQ(test, vsw_dec_ttl(skb), ttl > 1 ? 0 : VSW_DROP_REASON_TTL);
	if (ttl > 1) {
		KUNIT_EXPECT_TRUE(test, skb->ip_summed == CHECKSUM_NONE);
		KUNIT_ASSERT_EQ(test, skb_linearize(skb), 0);
		KUNIT_EXPECT_EQ(test, skb->data[ofs], ttl - 1);
		KUNIT_EXPECT_TRUE(test, sums_are_valid(skb, f, p));
	}
	kfree_skb(skb);
}

static void a_ttl_is_decremented_down_to_one(struct kunit *test)
{
	unsigned int ttl;

	for (ttl = 0; ttl <= 255; ttl++) {
		dec_ttl(test, &packets[0], ttl);
		dec_ttl(test, &packets[4], ttl);
	}
}

static void tags_are_pushed_and_popped(struct kunit *test)
{
	const struct packet *p = &packets[5];
	struct frame *f = build(test, p);
	struct sk_buff *skb = skb_in_state(test, f, p, CHECKSUM_COMPLETE);
	struct vsw_key key, later;

	parse(test, skb, &key);
	KUNIT_EXPECT_EQ(test, vsw_push_vlan(skb, htons(ETH_P_8021Q)), 0);
	KUNIT_EXPECT_EQ(test, vsw_push_vlan(skb, htons(ETH_P_8021AD)), 0);
	KUNIT_EXPECT_EQ(test, skb->len, f->len + 8);
	KUNIT_EXPECT_TRUE(test, ipv6_hdr(skb)->version == 6);
	KUNIT_EXPECT_TRUE(test, skb->vlan_proto == htons(ETH_P_8021AD));
	KUNIT_EXPECT_EQ(test, skb_vlan_tag_get(skb), 0);
	KUNIT_EXPECT_TRUE(test, csum_fold(skb->csum) ==
			  csum_fold(skb_checksum(skb, 0, skb->len, 0)));

	KUNIT_EXPECT_EQ(test, vsw_pop_vlan(skb), 0);
	KUNIT_EXPECT_EQ(test, vsw_pop_vlan(skb), 0);
	KUNIT_EXPECT_TRUE(test, ipv6_hdr(skb)->version == 6);
	parse(test, skb, &later);
	KUNIT_EXPECT_EQ(test, memcmp(&later, &key, sizeof(key)), 0);

	KUNIT_EXPECT_EQ(test, vsw_pop_vlan(skb), 0);
	KUNIT_EXPECT_EQ(test, skb_vlan_tag_get(skb), 6);
	KUNIT_EXPECT_EQ(test, vsw_pop_vlan(skb), 0);
	KUNIT_EXPECT_FALSE(test, skb_vlan_tag_present(skb));
	KUNIT_EXPECT_EQ(test, vsw_pop_vlan(skb), 0);
	KUNIT_EXPECT_TRUE(test, skb->protocol == htons(ETH_P_IPV6));
	KUNIT_EXPECT_TRUE(test, ipv6_hdr(skb)->version == 6);
	kfree_skb(skb);
}

static struct kunit_case rewrite_cases[] = {
	KUNIT_CASE_PARAM(fields_are_written_and_checksums_hold, packets_gen_params),
	KUNIT_CASE_PARAM(a_damaged_frame_stays_damaged, packets_gen_params),
	KUNIT_CASE(udp_without_checksum_gets_none),
	KUNIT_CASE(a_udp_checksum_is_never_zero),
	KUNIT_CASE(later_fragments_keep_their_data),
	KUNIT_CASE(a_missing_header_is_the_reason),
	KUNIT_CASE(ports_of_fragmented_sctp_are_not_written),
	KUNIT_CASE(a_copy_keeps_its_headers),
	KUNIT_CASE(only_the_final_destination_is_in_the_checksum),
	KUNIT_CASE(a_ttl_is_decremented_down_to_one),
	KUNIT_CASE(tags_are_pushed_and_popped),
	{}
};

static struct kunit_suite rewrite_suite = {
	.name = "vsw_rewrite",
	.test_cases = rewrite_cases,
};

kunit_test_suite(rewrite_suite);
