// SPDX-License-Identifier: GPL-2.0
/*
 * The least that a switch which takes frames by an rx_handler can do: what
 * enters by Ai leaves by Bi. With peer=1 it is handed to the device at the other
 * end of Bi at once.
 */
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <net/net_namespace.h>

static bool peer;
module_param(peer, bool, 0444);
MODULE_PARM_DESC(peer, "Hand frames to the other end of the output device");

static struct net_device *in, *out;

static rx_handler_result_t bare_rx(struct sk_buff **pskb)
{
	struct sk_buff *skb = skb_share_check(*pskb, GFP_ATOMIC);

	if (!skb)
		return RX_HANDLER_CONSUMED;
	skb_push(skb, ETH_HLEN);
	skb->dev = out;
	dev_queue_xmit(skb);
	return RX_HANDLER_CONSUMED;
}

static void hand_over(struct sk_buff *skb, struct net_device *to)
{
	skb_scrub_packet(skb, false);
	skb->dev = to;
	skb->pkt_type = ether_addr_equal_64bits(eth_hdr(skb)->h_dest, to->dev_addr) ?
			PACKET_HOST : PACKET_OTHERHOST;
	dev_sw_netstats_tx_add(out, 1, skb->len + ETH_HLEN);
	dev_sw_netstats_rx_add(to, skb->len + ETH_HLEN);
}

static rx_handler_result_t bare_rx_peer(struct sk_buff **pskb)
{
	struct sk_buff *skb = skb_share_check(*pskb, GFP_ATOMIC);
	struct net_device *to;

	*pskb = skb;
	if (!skb)
		return RX_HANDLER_CONSUMED;
	to = out->netdev_ops->ndo_get_peer_dev(out);
	if (!to || !(to->flags & IFF_UP)) {
		kfree_skb(skb);
		return RX_HANDLER_CONSUMED;
	}
	hand_over(skb, to);
	return RX_HANDLER_ANOTHER;
}

static int __init bare_init(void)
{
	int err = -ENODEV;

	in = dev_get_by_name(&init_net, "Ai");
	out = dev_get_by_name(&init_net, "Bi");
	if (!in || !out || !out->netdev_ops->ndo_get_peer_dev)
		goto err_put;
	rtnl_lock();
	err = netdev_rx_handler_register(in, peer ? bare_rx_peer : bare_rx, NULL);
	rtnl_unlock();
	if (!err)
		return 0;
err_put:
	dev_put(in);
	dev_put(out);
	return err;
}

static void __exit bare_exit(void)
{
	rtnl_lock();
	netdev_rx_handler_unregister(in);
	rtnl_unlock();
	synchronize_net();
	dev_put(in);
	dev_put(out);
}

module_init(bare_init);
module_exit(bare_exit);
MODULE_DESCRIPTION("Lower bound of a switch, for the benchmark");
MODULE_LICENSE("GPL");
