// SPDX-License-Identifier: GPL-2.0
/*
 * L3: the header that packets get as they enter, and what is left of frames as
 * they leave.
 */
#include <kunit/test.h>
#include <linux/etherdevice.h>

#include "core/port.h"
#include "path/l3.h"
#include "tests/frame.h"

/* Bytes that Ethernet adds to a packet that is short. */
#define PADDING	7

static struct vsw_port port = {
	.l3 = { .lladdr = 0x020000000011, .peer = 0x020000000022 },
};

/* A frame of a TCP packet, padded, whose sum a device has made. */
static struct sk_buff *frame_of(struct kunit *test, u16 proto, struct frame *f)
{
	struct sk_buff *skb;

	frame_eth(f, proto);
	if (proto == ETH_P_IPV6)
		frame_ipv6(f, IPPROTO_TCP);
	else
		frame_ipv4(f, IPPROTO_TCP, 0);
	frame_tcp(f);
	frame_finish(f);
	f->len += PADDING;
	skb = frame_skb(f, f->len / 3);
	KUNIT_ASSERT_NOT_NULL(test, skb);
	skb->csum = skb_checksum(skb, 0, skb->len, 0);
	skb->ip_summed = CHECKSUM_COMPLETE;
	return skb;
}

static void expect_sum(struct kunit *test, const struct sk_buff *skb)
{
	KUNIT_EXPECT_TRUE(test, skb->ip_summed == CHECKSUM_COMPLETE);
	KUNIT_EXPECT_TRUE(test, csum_fold(skb->csum) ==
			  csum_fold(skb_checksum(skb, 0, skb->len, 0)));
}

static void a_packet_leaves_and_comes_back(struct kunit *test, u16 proto)
{
	struct frame *f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);
	struct sk_buff *skb;

	KUNIT_ASSERT_NOT_NULL(test, f);
	skb = frame_of(test, proto, f);
	KUNIT_ASSERT_EQ(test, vsw_l3_leave(&port, skb), 0);
	KUNIT_EXPECT_EQ(test, skb->len, f->len - ETH_HLEN - PADDING);
	KUNIT_EXPECT_EQ(test, skb_network_offset(skb), 0);
	KUNIT_EXPECT_EQ(test, skb->mac_len, 0);
	expect_sum(test, skb);

	KUNIT_ASSERT_TRUE(test, vsw_l3_enter(&port, skb));
	KUNIT_EXPECT_EQ(test, skb->len, f->len - PADDING);
	KUNIT_EXPECT_EQ(test, skb_network_offset(skb), ETH_HLEN);
	KUNIT_EXPECT_EQ(test, skb->mac_len, ETH_HLEN);
	KUNIT_EXPECT_TRUE(test, eth_hdr(skb)->h_proto == htons(proto));
	KUNIT_EXPECT_EQ(test, ether_addr_to_u64(eth_hdr(skb)->h_dest), port.l3.lladdr);
	KUNIT_EXPECT_EQ(test, ether_addr_to_u64(eth_hdr(skb)->h_source), port.l3.peer);
	expect_sum(test, skb);
	kfree_skb(skb);
}

static void packets_leave_and_come_back(struct kunit *test)
{
	port.dev = alloc_etherdev(0);
	KUNIT_ASSERT_NOT_NULL(test, port.dev);
	a_packet_leaves_and_comes_back(test, ETH_P_IP);
	a_packet_leaves_and_comes_back(test, ETH_P_IPV6);
	free_netdev(port.dev);
}

static void other_frames_do_not_leave(struct kunit *test)
{
	struct frame *f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);
	struct sk_buff *skb;

	KUNIT_ASSERT_NOT_NULL(test, f);
	skb = frame_of(test, ETH_P_IP, f);
	__vlan_hwaccel_put_tag(skb, htons(ETH_P_8021Q), 5);
	KUNIT_EXPECT_EQ(test, vsw_l3_leave(&port, skb), VSW_DROP_REASON_NOT_IP);
	__vlan_hwaccel_clear_tag(skb);
	eth_hdr(skb)->h_proto = htons(ETH_P_ARP);
	KUNIT_EXPECT_EQ(test, vsw_l3_leave(&port, skb), VSW_DROP_REASON_NOT_IP);
	eth_hdr(skb)->h_proto = htons(ETH_P_IPV6);
	KUNIT_EXPECT_EQ(test, vsw_l3_leave(&port, skb), VSW_DROP_REASON_MALFORMED);
	kfree_skb(skb);
}

static void a_packet_shorter_than_it_says_does_not_leave(struct kunit *test)
{
	struct frame *f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);
	struct sk_buff *skb;

	KUNIT_ASSERT_NOT_NULL(test, f);
	skb = frame_of(test, ETH_P_IP, f);
	KUNIT_ASSERT_EQ(test, pskb_trim(skb, f->len - PADDING - 1), 0);
	KUNIT_EXPECT_EQ(test, vsw_l3_leave(&port, skb), VSW_DROP_REASON_MALFORMED);
	kfree_skb(skb);
}

static struct kunit_case l3_cases[] = {
	KUNIT_CASE(packets_leave_and_come_back),
	KUNIT_CASE(other_frames_do_not_leave),
	KUNIT_CASE(a_packet_shorter_than_it_says_does_not_leave),
	{}
};

static struct kunit_suite l3_suite = {
	.name = "vsw_l3",
	.test_cases = l3_cases,
};

kunit_test_suite(l3_suite);
