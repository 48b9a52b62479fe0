// SPDX-License-Identifier: GPL-2.0
/*
 * The least that a switch which takes frames by an rx_handler can do: what
 * enters by Ai leaves by Bi. With peer=1 it is handed to the device at the other
 * end of Bi at once. With list=1 frames that Ai delivers together are forwarded
 * together, which an rx_handler can have only by way of a packet type of its own.
 */
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <net/net_namespace.h>

static bool peer;
module_param(peer, bool, 0444);
MODULE_PARM_DESC(peer, "Hand frames to the other end of the output device");

static bool list;
module_param(list, bool, 0444);
MODULE_PARM_DESC(list, "Forward frames together that come together");

/* No frame has it: eth_type_trans() gives no less than ETH_P_802_3_MIN. */
#define LIST_TYPE	htons(0x0200)

static struct net_device *in, *out;

static void forward(struct sk_buff *skb)
{
	skb = skb_share_check(skb, GFP_ATOMIC);
	if (!skb)
		return;
	skb_push(skb, ETH_HLEN);
	skb->dev = out;
	dev_queue_xmit(skb);
}

static rx_handler_result_t bare_rx(struct sk_buff **pskb)
{
	forward(*pskb);
	return RX_HANDLER_CONSUMED;
}

/* The kernel puts together what goes to the same packet type. */
static rx_handler_result_t bare_rx_list(struct sk_buff **pskb)
{
	(*pskb)->protocol = LIST_TYPE;
	return RX_HANDLER_EXACT;
}

static int one_func(struct sk_buff *skb, struct net_device *dev, struct packet_type *type,
		    struct net_device *orig_dev)
{
	skb->protocol = eth_hdr(skb)->h_proto;
	forward(skb);
	return 0;
}

static void list_func(struct list_head *frames, struct packet_type *type,
		      struct net_device *orig_dev)
{
	struct sk_buff *skb, *next;

	list_for_each_entry_safe(skb, next, frames, list) {
		skb_list_del_init(skb);
		skb->protocol = eth_hdr(skb)->h_proto;
		forward(skb);
	}
}

static struct packet_type list_type = {
	.type = LIST_TYPE,
	.func = one_func,
	.list_func = list_func,
};

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

static rx_handler_func_t *handler(void)
{
	return list ? bare_rx_list : peer ? bare_rx_peer : bare_rx;
}

static int __init bare_init(void)
{
	int err = -ENODEV;

	in = dev_get_by_name(&init_net, "Ai");
	out = dev_get_by_name(&init_net, "Bi");
	if (!in || !out || !out->netdev_ops->ndo_get_peer_dev)
		goto err_put;
	list_type.dev = in;
	dev_add_pack(&list_type);
	rtnl_lock();
	err = netdev_rx_handler_register(in, handler(), NULL);
	rtnl_unlock();
	if (!err)
		return 0;
	dev_remove_pack(&list_type);
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
	dev_remove_pack(&list_type);
	dev_put(in);
	dev_put(out);
}

module_init(bare_init);
module_exit(bare_exit);
MODULE_DESCRIPTION("Lower bound of a switch, for the benchmark");
MODULE_LICENSE("GPL");
