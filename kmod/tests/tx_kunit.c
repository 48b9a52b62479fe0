// SPDX-License-Identifier: GPL-2.0
/*
 * Transmit: what the host's stack gets to see of a frame.
 */
#include <kunit/test.h>
#include <linux/etherdevice.h>

#include "path/tx.h"
#include "tests/frame.h"

static struct sk_buff *received(struct kunit *test, struct frame *f)
{
	struct sk_buff *skb;

	frame_eth(f, ETH_P_IP);
	frame_ipv4(f, IPPROTO_TCP, 0);
	frame_tcp(f);
	frame_finish(f);
	skb = frame_skb(f, f->len / 2);
	KUNIT_ASSERT_NOT_NULL(test, skb);
	skb->pkt_type = PACKET_OTHERHOST;
	skb->csum = skb_checksum(skb, 0, skb->len, 0);
	skb->ip_summed = CHECKSUM_COMPLETE;
	return skb;
}

/* A device sums up what is behind the Ethernet header. */
static void the_sum_over_a_frame_is_that_over_its_packet(struct kunit *test)
{
	struct net_device *dev = alloc_etherdev(0);
	struct frame *f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);
	struct sk_buff *skb;

	KUNIT_ASSERT_NOT_NULL(test, dev);
	KUNIT_ASSERT_NOT_NULL(test, f);
	skb = received(test, f);
	vsw_tx_prepare(dev, skb);
	KUNIT_EXPECT_EQ(test, skb->len, f->len - ETH_HLEN);
	KUNIT_EXPECT_TRUE(test, skb->ip_summed == CHECKSUM_COMPLETE);
	KUNIT_EXPECT_TRUE(test, csum_fold(skb->csum) ==
			  csum_fold(skb_checksum(skb, 0, skb->len, 0)));
	KUNIT_EXPECT_TRUE(test, skb->protocol == htons(ETH_P_IP));
	KUNIT_EXPECT_TRUE(test, skb->dev == dev);
	kfree_skb(skb);
	free_netdev(dev);
}

static struct kunit_case tx_cases[] = {
	KUNIT_CASE(the_sum_over_a_frame_is_that_over_its_packet),
	{}
};

static struct kunit_suite tx_suite = {
	.name = "vsw_tx",
	.test_cases = tx_cases,
};

kunit_test_suite(tx_suite);
