/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Frames to test with, built header by header.
 */
#ifndef VSW_TESTS_FRAME_H
#define VSW_TESTS_FRAME_H

#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <linux/if_vlan.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/sctp.h>
#include <linux/skbuff.h>
#include <linux/string.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <net/ipv6.h>
#include <net/ndisc.h>

#include "path/wire.h"

#define FRAME_MAX	512

/**
 * struct frame - a frame in the making
 * @len: bytes so far
 * @tpid: of the outer tag, which goes into the metadata, 0 without
 * @tci: of it
 * @l3: where the network header is
 * @l4: where the transport header is
 * @data: the bytes
 */
struct frame {
	unsigned int len;
	u16 tpid;
	u16 tci;
	unsigned int l3;
	unsigned int l4;
	u8 data[FRAME_MAX];
};

/* A frame that there is one of for each class of packets. */
struct sample {
	const char *name;
	void (*build)(struct frame *f);
};

static inline void *frame_put(struct frame *f, const void *data, unsigned int len)
{
	void *p = f->data + f->len;

	memcpy(p, data, len);
	f->len += len;
	return p;
}

static inline void frame_eth(struct frame *f, u16 type)
{
	struct ethhdr eth = {
		.h_dest = { 2, 0, 0, 0, 0, 0xbb },
		.h_source = { 2, 0, 0, 0, 0, 0xaa },
		.h_proto = htons(type),
	};

	memset(f, 0, sizeof(*f));
	frame_put(f, &eth, sizeof(eth));
	f->l3 = f->len;
}

/* A tag in the data, behind that of the metadata. */
static inline void frame_vlan(struct frame *f, u16 tci, u16 type)
{
	struct vlan_hdr vlan = {
		.h_vlan_TCI = htons(tci),
		.h_vlan_encapsulated_proto = htons(type),
	};

	frame_put(f, &vlan, sizeof(vlan));
	f->l3 = f->len;
}

static inline void frame_ipv4(struct frame *f, u8 proto, u16 frag_off)
{
	struct iphdr ip = {
		.version = 4,
		.ihl = 5,
		.tos = 0x28,
		.id = htons(0x1234),
		.frag_off = htons(frag_off),
		.ttl = 64,
		.protocol = proto,
		.saddr = htonl(0xc0000201),
		.daddr = htonl(0xc6336402),
	};

	f->l3 = f->len;
	frame_put(f, &ip, sizeof(ip));
	f->l4 = f->len;
}

static inline void frame_ipv6(struct frame *f, u8 proto)
{
	struct ipv6hdr ip6 = {
		.version = 6,
		.flow_lbl = { 0x01, 0x23, 0x45 },
		.nexthdr = proto,
		.hop_limit = 64,
		.saddr = { .s6_addr = { 0x20, 1, 0xd, 0xb8, [15] = 1 } },
		.daddr = { .s6_addr = { 0x20, 1, 0xd, 0xb8, [14] = 9, [15] = 2 } },
	};

	f->l3 = f->len;
	frame_put(f, &ip6, sizeof(ip6));
	f->l4 = f->len;
}

/* An IPv6 extension header of @len bytes. */
static inline u8 *frame_ext(struct frame *f, u8 next, unsigned int len)
{
	u8 ext[64] = { next, len / 8 - 1 };
	u8 *p = frame_put(f, ext, len);

	f->l4 = f->len;
	return p;
}

static inline void frame_fragment(struct frame *f, u8 next, u16 frag_off)
{
	struct frag_hdr fh = { .nexthdr = next, .frag_off = htons(frag_off) };

	frame_put(f, &fh, sizeof(fh));
	f->l4 = f->len;
}

static inline void frame_payload(struct frame *f, unsigned int len)
{
	while (len--) {
		f->data[f->len] = f->len * 37 + 11;
		f->len++;
	}
}

static inline void frame_tcp(struct frame *f)
{
	struct tcphdr th = {
		.source = htons(1111),
		.dest = htons(2222),
		.seq = htonl(0x01020304),
		.doff = 5,
		.syn = 1,
		.ece = 1,
		.window = htons(500),
	};

	frame_put(f, &th, sizeof(th));
	frame_payload(f, 33);
}

static inline void frame_udp(struct frame *f)
{
	struct udphdr uh = { .source = htons(53), .dest = htons(5353), .len = htons(8 + 21) };

	frame_put(f, &uh, sizeof(uh));
	frame_payload(f, 21);
}

static inline void frame_sctp(struct frame *f)
{
	struct sctphdr sh = { .source = htons(7), .dest = htons(8), .vtag = htonl(99) };

	frame_put(f, &sh, sizeof(sh));
	frame_payload(f, 50);
}

static inline void frame_icmp(struct frame *f)
{
	struct icmphdr icmp = { .type = ICMP_ECHO, .code = 3, .un.echo.id = htons(5) };

	frame_put(f, &icmp, sizeof(icmp));
	frame_payload(f, 19);
}

static inline void frame_icmpv6(struct frame *f)
{
	struct icmp6hdr icmp = { .icmp6_type = ICMPV6_ECHO_REQUEST, .icmp6_code = 4 };

	frame_put(f, &icmp, sizeof(icmp));
	frame_payload(f, 19);
}

/* A neighbour message whose address is behind an option that nobody knows. */
static inline void frame_nd(struct frame *f, u8 type, u8 option)
{
	static const u8 other[16] = { 200, 2 };
	u8 addr[8] = { option, 1, 2, 0, 0, 0, 0, 0xcc };
	struct nd_msg nd = {
		.icmph.icmp6_type = type,
		.target.s6_addr = { 0xfe, 0x80, [15] = 7 },
	};

	frame_put(f, &nd, sizeof(nd));
	frame_put(f, other, sizeof(other));
	frame_put(f, addr, sizeof(addr));
}

static inline void frame_arp(struct frame *f)
{
	struct vsw_arp arp = {
		.hrd = htons(ARPHRD_ETHER),
		.pro = htons(ETH_P_IP),
		.hln = ETH_ALEN,
		.pln = 4,
		.op = htons(ARPOP_REQUEST),
		.sha = { 2, 0, 0, 0, 0, 0xaa },
		.spa = htonl(0xc0000201),
		.tha = { 2, 0, 0, 0, 0, 0xbb },
		.tpa = htonl(0xc0000202),
	};

	frame_put(f, &arp, sizeof(arp));
}

/* Lengths and the IPv4 checksum are right for what the frame has now. */
static inline void frame_finish(struct frame *f)
{
	struct iphdr *ip = (struct iphdr *)(f->data + f->l3);
	struct ipv6hdr *ip6 = (struct ipv6hdr *)ip;

	if (!f->l4)
		return;
	if (ip->version == 6) {
		ip6->payload_len = htons(f->len - f->l3 - sizeof(*ip6));
		return;
	}
	ip->tot_len = htons(f->len - f->l3);
	ip->check = 0;
	ip->check = ip_fast_csum(ip, ip->ihl);
}

/* An skb with the first @linear bytes in its head and the rest in a page. */
static inline struct sk_buff *frame_skb(const struct frame *f, unsigned int linear)
{
	unsigned int rest = f->len - min(linear, f->len);
	struct sk_buff *skb;
	struct page *page;

	skb = alloc_skb(f->len + 64, GFP_KERNEL);
	page = rest ? alloc_page(GFP_KERNEL) : NULL;
	if (!skb || (rest && !page)) {
		kfree_skb(skb);
		return NULL;
	}
	skb_reserve(skb, 64);
	skb_put_data(skb, f->data, f->len - rest);
	if (rest) {
		memcpy(page_address(page), f->data + f->len - rest, rest);
		skb_add_rx_frag(skb, 0, page, 0, rest, PAGE_SIZE);
	}
	skb_reset_mac_header(skb);
	if (f->tpid)
		__vlan_hwaccel_put_tag(skb, htons(f->tpid), f->tci);
	return skb;
}

#endif
