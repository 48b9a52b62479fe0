// SPDX-License-Identifier: GPL-2.0
/*
 * Frames: each stream sends flows 0 to N-1 in an order that is given, or a kind
 * of hostile traffic.
 */
#include <linux/slab.h>
#include <net/checksum.h>
#include <net/ip.h>

#include "bench.h"

#define SRC_IP		0x0a000001	/* 10.0.0.1 */
#define DST_IP		0x0a010001	/* 10.1.0.1 */
#define SRC_PORT	9
#define DST_PORT	1000
#define GSO_SIZE	1448
#define VXLAN_PORT	4789
#define VXLAN_FLAGS	0x08000000
#define VXLAN_VNI	7
#define OUTER_LEN	(ETH_HLEN + sizeof(struct iphdr) + sizeof(struct udphdr))

static struct page *payload;

/* Flow I: 1,024 UDP ports of as many sources as are needed. */
static void stamp_tuple(struct bench_stream *s, u32 index, u32 random)
{
	s->headers.ip.saddr = htonl(SRC_IP + (index >> 10));
	s->headers.udp.dest = htons(DST_PORT + (index & 1023));
}

/* Flow I: one destination address each. */
static void stamp_mac(struct bench_stream *s, u32 index, u32 random)
{
	put_unaligned_be16(0x1000 + index, s->headers.eth.h_dest + 4);
}

static u32 prefix(u32 len)
{
	return ~0U << (32 - len);
}

/*
 * Flow I matches the flow I of a contender's setup mN, whose mask I % N leaves
 * out address bits: these are random, so each frame is a new flow.
 */
static void stamp_fill(struct bench_stream *s, u32 index, u32 random)
{
	u32 mask = index % s->masks;
	u32 src = prefix(mask % 32 + 1), dst = prefix(mask / 32 + 1);

	s->headers.ip.saddr = htonl((SRC_IP & src) | (random & ~src));
	s->headers.ip.daddr = htonl((DST_IP & dst) | (swab32(random) & ~dst));
	s->headers.udp.dest = htons(DST_PORT + index);
}

/* All that a rule may look at is random. */
static void stamp_random(struct bench_stream *s, u32 index, u32 random)
{
	u64 more = s->seed * 0x9e3779b97f4a7c15ULL;

	s->headers.ip.saddr = htonl(random);
	s->headers.ip.daddr = htonl(more >> 32);
	s->headers.ip.tos = more & 0xfc;
	s->headers.udp.source = htons(more >> 8);
	s->headers.udp.dest = htons(more >> 16);
}

static void stamp_macs(struct bench_stream *s, u32 index, u32 random)
{
	put_unaligned_be32(random, s->headers.eth.h_source + 2);
	put_unaligned_be32(swab32(random), s->headers.eth.h_dest + 2);
}

/* One bit of each field is wrong: wants a mask for each combination of bits. */
static void stamp_explode(struct bench_stream *s, u32 index, u32 random)
{
	u32 n = s->next;

	s->headers.ip.saddr = htonl(SRC_IP ^ (1U << (n % 32)));
	s->headers.ip.daddr = htonl(DST_IP ^ (1U << (n / 32 % 32)));
	s->headers.udp.dest = htons(DST_PORT ^ (1U << (n / 1024 % 16)));
}

static void stamp_scan(struct bench_stream *s, u32 index, u32 random)
{
	s->headers.ip.daddr = htonl(DST_IP + (s->next >> 16));
	s->headers.udp.dest = htons(s->next);
}

/* The first packets of 1,048,576 TCP connections, one after the other. */
static void stamp_syn(struct bench_stream *s, u32 index, u32 random)
{
	s->headers.ip.protocol = IPPROTO_TCP;
	s->headers.ip.saddr = htonl(SRC_IP + (s->next >> 10 & 1023));
	s->headers.tcp.source = htons(1024 + (s->next & 1023));
	s->headers.tcp.seq = htonl(random);
	s->headers.tcp.doff = sizeof(struct tcphdr) / 4;
	s->headers.tcp.syn = 1;
}

/*
 * Keys that differ in the upper bits of their words only, and in two words by
 * the same bits: what weak hashes send to one bucket.
 */
static void stamp_collide(struct bench_stream *s, u32 index, u32 random)
{
	u32 n = s->next & 0xfff;

	s->headers.ip.saddr = htonl((SRC_IP & 0xfffff) | n << 20);
	s->headers.ip.daddr = htonl((DST_IP & 0xfffff) | n << 20);
	s->headers.udp.source = htons(n << 4);
}

/* The frame inside is always the same one. */
static void stamp_vxlan(struct bench_stream *s, u32 index, u32 random)
{
	s->headers.udp.dest = htons(VXLAN_PORT);
}

static const struct {
	const char *kind;
	void (*stamp)(struct bench_stream *s, u32 index, u32 random);
} kinds[] = {
	{ "tuple", stamp_tuple },
	{ "mac", stamp_mac },
	{ "fill", stamp_fill },
	{ "random", stamp_random },
	{ "macs", stamp_macs },
	{ "explode", stamp_explode },
	{ "scan", stamp_scan },
	{ "syn", stamp_syn },
	{ "collide", stamp_collide },
	{ "vxlan", stamp_vxlan },
};

static void init_headers(struct bench_headers *h, u32 size)
{
	static const u8 dst[ETH_ALEN] = { 2, 0, 0, 0, 0x10, 0 };
	static const u8 src[ETH_ALEN] = { 2, 0, 0, 0, 0, 1 };

	memset(h, 0, sizeof(*h));
	ether_addr_copy(h->eth.h_dest, dst);
	ether_addr_copy(h->eth.h_source, src);
	h->eth.h_proto = htons(ETH_P_IP);
	h->ip.version = 4;
	h->ip.ihl = 5;
	h->ip.ttl = 64;
	h->ip.protocol = IPPROTO_UDP;
	h->ip.tot_len = htons(size - ETH_HLEN);
	h->ip.saddr = htonl(SRC_IP);
	h->ip.daddr = htonl(DST_IP);
	h->udp.source = htons(SRC_PORT);
	h->udp.dest = htons(DST_PORT);
	if (size > ETH_FRAME_LEN) {
		h->ip.protocol = IPPROTO_TCP;
		h->tcp.doff = sizeof(struct tcphdr) / 4;
		h->tcp.ack = 1;
	} else {
		h->udp.len = htons(size - ETH_HLEN - sizeof(struct iphdr));
	}
}

/* The payload is zero, so that the headers have the whole checksum. */
static void set_checksums(struct bench_headers *h, u32 size)
{
	u32 len = size - ETH_HLEN - sizeof(struct iphdr);
	bool tcp = h->ip.protocol == IPPROTO_TCP;
	__sum16 *check = tcp ? &h->tcp.check : &h->udp.check;
	__wsum sum = 0;

	h->ip.check = 0;
	h->ip.check = ip_fast_csum(&h->ip, h->ip.ihl);
	*check = 0;
	if (size <= ETH_FRAME_LEN)
		sum = csum_partial(&h->udp, tcp ? sizeof(h->tcp) : sizeof(h->udp), 0);
	*check = csum_tcpudp_magic(h->ip.saddr, h->ip.daddr, len, h->ip.protocol, sum);
	if (size > ETH_FRAME_LEN)
		*check = ~*check;
}

static void init_inner(struct bench_inner *inner, u32 size)
{
	inner->flags = htonl(VXLAN_FLAGS);
	inner->vni = htonl(VXLAN_VNI << 8);
	init_headers(&inner->headers, size);
	set_checksums(&inner->headers, size);
}

/**
 * bench_stream_init() - begin a stream
 * @s: the stream; size, masks and order are set already
 * @kind: name of its kind
 *
 * Return: 0, or -EINVAL for an unknown kind.
 */
int bench_stream_init(struct bench_stream *s, const char *kind)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(kinds); i++)
		if (!strcmp(kinds[i].kind, kind))
			s->stamp = kinds[i].stamp;
	if (!s->stamp || s->size < ETH_ZLEN || s->size > U16_MAX)
		return -EINVAL;
	s->seed = 0x2545f4914f6cdd1dULL;
	init_headers(&s->headers, s->size);
	s->is_vxlan = s->stamp == stamp_vxlan;
	if (!s->is_vxlan)
		return 0;
	if (s->size < OUTER_LEN + sizeof(s->inner) || s->size > ETH_FRAME_LEN)
		return -EINVAL;
	init_inner(&s->inner, s->size - OUTER_LEN - offsetof(struct bench_inner, headers));
	return 0;
}

/* xorshift64 */
static u32 next_random(struct bench_stream *s)
{
	s->seed ^= s->seed << 13;
	s->seed ^= s->seed >> 7;
	s->seed ^= s->seed << 17;
	return s->seed >> 16;
}

/* Above the MTU: a TCP super-packet, its payload in pages, as a host sends it. */
static void add_payload(struct sk_buff *skb, u32 len)
{
	int i;

	skb->ip_summed = CHECKSUM_PARTIAL;
	skb->csum_start = skb_transport_header(skb) - skb->head;
	skb->csum_offset = offsetof(struct tcphdr, check);
	skb_shinfo(skb)->gso_type = SKB_GSO_TCPV4;
	skb_shinfo(skb)->gso_size = GSO_SIZE;
	skb_shinfo(skb)->gso_segs = DIV_ROUND_UP(len, GSO_SIZE);
	for (i = 0; len; i++) {
		u32 part = min_t(u32, len, PAGE_SIZE);

		get_page(payload);
		skb_add_rx_frag(skb, i, payload, 0, part, PAGE_SIZE);
		len -= part;
	}
}

/**
 * bench_stream_next() - make the next frame of a stream
 * @s: the stream
 * @dev: the device that will send it
 *
 * Context: Process, BH off or on.
 * Return: The frame, NULL if there is no memory.
 */
struct sk_buff *bench_stream_next(struct bench_stream *s, struct net_device *dev)
{
	u32 linear = s->size > ETH_FRAME_LEN ? sizeof(s->headers) : s->size;
	u32 index = s->order ? s->order[s->next % s->order_len] : 0;
	u32 used = min_t(u32, linear, sizeof(s->headers));
	struct sk_buff *skb;

	skb = netdev_alloc_skb(dev, linear + LL_RESERVED_SPACE(dev));
	if (!skb)
		return NULL;
	skb_reserve(skb, LL_RESERVED_SPACE(dev));
	s->stamp(s, index, next_random(s));
	s->next++;
	set_checksums(&s->headers, s->size);
	/* As VXLAN has it over IPv4. */
	if (s->is_vxlan)
		s->headers.udp.check = 0;
	memcpy(skb_put(skb, linear), &s->headers, used);
	memset(skb->data + used, 0, linear - used);
	if (s->is_vxlan)
		memcpy(skb->data + OUTER_LEN, &s->inner, sizeof(s->inner));
	skb->protocol = htons(ETH_P_IP);
	skb_reset_mac_header(skb);
	skb_set_network_header(skb, ETH_HLEN);
	skb_set_transport_header(skb, ETH_HLEN + sizeof(struct iphdr));
	if (s->size > ETH_FRAME_LEN)
		add_payload(skb, s->size - linear);
	return skb;
}

/**
 * bench_stream_setup() - allocate what all streams share
 *
 * Return: 0, or -ENOMEM.
 */
int bench_stream_setup(void)
{
	payload = alloc_page(GFP_KERNEL | __GFP_ZERO);
	return payload ? 0 : -ENOMEM;
}

/**
 * bench_stream_cleanup() - the reverse
 */
void bench_stream_cleanup(void)
{
	put_page(payload);
}
