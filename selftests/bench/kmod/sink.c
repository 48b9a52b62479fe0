// SPDX-License-Identifier: GPL-2.0
/*
 * The sink: counts and frees what a device receives, by a netfilter
 * hook: an rx_handler would keep switches from handing frames over. Between
 * measurements it checks that frames are whole.
 */
#include <linux/list.h>
#include <linux/netfilter.h>
#include <linux/netfilter_netdev.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <net/ip.h>
#include <net/net_namespace.h>

#include "bench.h"

struct bench_arrived bench_arrived;

static bool has_good_checksum(struct sk_buff *skb, const struct iphdr *ip)
{
	u32 offset = sizeof(*ip), len = skb->len - offset;

	if (skb->ip_summed == CHECKSUM_PARTIAL)
		return true;
	/* UDP may have none; tunnels make use of that. */
	if (ip->protocol == IPPROTO_UDP &&
	    (!pskb_may_pull(skb, offset + sizeof(struct udphdr)) ||
	     !((struct udphdr *)(skb->data + offset))->check))
		return true;
	ip = (struct iphdr *)skb->data;
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

static unsigned int sink_rx(void *priv, struct sk_buff *skb, const struct nf_hook_state *state)
{
	bench_arrived.frames++;
	if (unlikely(bench_arrived.checking) && !is_whole(skb))
		bench_arrived.bad++;
	consume_skb(skb);
	return NF_STOLEN;
}

/**
 * struct sink - the end of a wire
 * @ops: takes the frames
 * @node: in sinks, under RTNL
 */
struct sink {
	struct nf_hook_ops ops;
	struct list_head node;
};

static LIST_HEAD(sinks);

static int sink_create(struct net_device *dev)
{
	struct sink *sink = kzalloc(sizeof(*sink), GFP_KERNEL);
	int err;

	if (!sink)
		return -ENOMEM;
	sink->ops.hook = sink_rx;
	sink->ops.pf = NFPROTO_NETDEV;
	sink->ops.hooknum = NF_NETDEV_INGRESS;
	sink->ops.dev = dev;
	err = nf_register_net_hook(&init_net, &sink->ops);
	if (err)
		kfree(sink);
	else
		list_add(&sink->node, &sinks);
	return err;
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
		err = sink_create(dev);
	rtnl_unlock();
	return err;
}

static int sink_event(struct notifier_block *nb, unsigned long event, void *ptr)
{
	struct net_device *dev = netdev_notifier_info_to_dev(ptr);
	struct sink *sink, *next;

	if (event != NETDEV_UNREGISTER)
		return NOTIFY_DONE;
	list_for_each_entry_safe(sink, next, &sinks, node) {
		if (sink->ops.dev != dev)
			continue;
		nf_unregister_net_hook(&init_net, &sink->ops);
		list_del(&sink->node);
		kfree(sink);
	}
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
