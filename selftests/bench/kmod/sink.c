// SPDX-License-Identifier: GPL-2.0
/*
 * The sink: counts and frees what a device receives, by an rx_handler. Between
 * measurements it checks that frames are whole.
 */
#include <linux/rtnetlink.h>
#include <net/ip.h>
#include <net/net_namespace.h>

#include "bench.h"

struct bench_arrived bench_arrived;

static bool has_good_checksum(struct sk_buff *skb, const struct iphdr *ip)
{
	u32 offset = sizeof(*ip), len = skb->len - offset;

	if (skb->ip_summed == CHECKSUM_PARTIAL)
		return true;
	return !csum_tcpudp_magic(ip->saddr, ip->daddr, len, ip->protocol,
				  skb_checksum(skb, offset, len, 0));
}

static bool is_whole(struct sk_buff *skb)
{
	const struct iphdr *ip;

	if (skb->protocol != htons(ETH_P_IP) || !pskb_may_pull(skb, sizeof(*ip)))
		return false;
	ip = (struct iphdr *)skb->data;
	return ip->ihl == 5 && ntohs(ip->tot_len) == skb->len &&
	       !ip_fast_csum(ip, ip->ihl) && has_good_checksum(skb, ip);
}

static rx_handler_result_t sink_rx(struct sk_buff **pskb)
{
	bench_arrived.frames++;
	if (unlikely(bench_arrived.checking) && !is_whole(*pskb))
		bench_arrived.bad++;
	consume_skb(*pskb);
	return RX_HANDLER_CONSUMED;
}

/**
 * bench_sink_add() - end a wire
 * @name: the device at the end; until it is deleted
 *
 * Return: 0, or a negative error.
 */
int bench_sink_add(const char *name)
{
	struct net_device *dev;
	int err = -ENODEV;

	rtnl_lock();
	dev = __dev_get_by_name(&init_net, name);
	if (dev)
		err = netdev_rx_handler_register(dev, sink_rx, NULL);
	rtnl_unlock();
	return err;
}

static int sink_event(struct notifier_block *nb, unsigned long event, void *ptr)
{
	struct net_device *dev = netdev_notifier_info_to_dev(ptr);

	if (event == NETDEV_UNREGISTER && rtnl_dereference(dev->rx_handler) == sink_rx)
		netdev_rx_handler_unregister(dev);
	return NOTIFY_DONE;
}

static struct notifier_block sink_notifier = {
	.notifier_call = sink_event,
};

/**
 * bench_sink_setup() - watch for devices that go
 *
 * Return: 0, or a negative error.
 */
int bench_sink_setup(void)
{
	return register_netdevice_notifier(&sink_notifier);
}

/**
 * bench_sink_cleanup() - the reverse; tells of all devices once more
 */
void bench_sink_cleanup(void)
{
	unregister_netdevice_notifier(&sink_notifier);
}
