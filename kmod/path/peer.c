// SPDX-License-Identifier: GPL-2.0
/*
 * Peer: hand a frame for a pair of virtual devices straight to the other one.
 *
 * The device would put the frame on the CPU's backlog, for a second softirq to
 * receive it from the peer. Instead vsw_rx_handler() has the kernel receive it
 * from the peer at once. Only the frame itself can go this way, not a copy, and
 * only where nobody would notice: no qdisc, tc, netfilter hook or tap stands at
 * the port, no XDP, GRO, packet steering or rx handler at the peer, and no work on the frame
 * is left to do that the device was to pass on. Taps and tc at the peer see
 * the frame as ever.
 */
#include "path/peer.h"

#include <linux/etherdevice.h>
#include <linux/if_vlan.h>
#include <linux/netdevice.h>
#include <net/pkt_sched.h>

#include "compat.h"
#include "path/pkt.h"

/* Somebody queues, changes or watches what the port sends. */
static bool port_is_watched(const struct net_device *dev)
{
	const struct netdev_queue *txq = netdev_get_tx_queue(dev, 0);

	return dev->real_num_tx_queues > 1 || rcu_dereference(txq->qdisc)->enqueue ||
	       vsw_compat_has_egress_hooks(dev) ||
	       dev_nit_active((struct net_device *)dev);
}

/* Whatever its features say, a device that is not polled has none. */
static bool has_gro(const struct net_device *peer)
{
	return peer->features & NETIF_F_GRO && !list_empty(&peer->napi_list);
}

/*
 * Somebody takes what the peer receives in another way, or may send it on at
 * once: then a frame could go round for ever, in one go of receiving.
 */
static bool peer_is_busy(struct net_device *peer, const struct sk_buff *skb)
{
	return has_gro(peer) || rcu_access_pointer(peer->rx_handler) ||
	       peer->xdp_state[XDP_MODE_DRV].prog || peer->xdp_state[XDP_MODE_DRV].link ||
	       vsw_compat_has_rps(peer) ||
	       (skb_vlan_tag_present(skb) && vsw_compat_has_vlans(peer));
}

/* The stack would cut the frame, or compute a sum, before the device gets it. */
static bool needs_work(struct sk_buff *skb)
{
	netdev_features_t features;

	if (!skb_is_gso(skb) && skb->ip_summed != CHECKSUM_PARTIAL &&
	    !skb_vlan_tag_present(skb))
		return false;
	features = netif_skb_features(skb);
	if (skb_vlan_tag_present(skb) && !vlan_hw_offload_capable(features, skb->vlan_proto))
		return true;
	if (netif_needs_gso(skb, features))
		return true;
	return skb->ip_summed == CHECKSUM_PARTIAL && !skb_is_gso(skb) &&
	       !(features & NETIF_F_HW_CSUM);
}

static struct net_device *peer_of(struct net_device *dev)
{
	const struct net_device_ops *ops = dev->netdev_ops;

	return ops->ndo_get_peer_dev ? ops->ndo_get_peer_dev(dev) : NULL;
}

/* As the device does it, up to where the kernel receives the frame. */
static vsw_hot void hand_over(struct vsw_pkt *pkt, struct net_device *dev, struct net_device *peer,
			      struct sk_buff *skb, ktime_t received)
{
	unsigned int len = skb->len;

	skb_tx_timestamp(skb);
	if (__dev_forward_skb(peer, skb))
		return;
	/* Its queue was that of another device; its time is not taken again. */
	skb_set_queue_mapping(skb, 0);
	skb->tstamp = received;
	skb_reset_network_header(skb);
	if (!skb_transport_header_was_set(skb))
		skb_reset_transport_header(skb);
	skb_reset_mac_len(skb);
	vsw_compat_count_peer(dev, peer, len);
	pkt->handed = skb;
}

/**
 * vsw_peer_takes() - hand a frame to the peer of a port, if it can take it
 * @pkt: the frame's way here
 * @port: where it leaves, has VSW_PORT_PEER
 * @skb: the frame, its device set; consumed if it is taken
 * @received: when it was received, 0 if nobody wants to know
 *
 * Context: BH off, RCU read section.
 * Return: true if the frame was taken.
 */
vsw_hot bool vsw_peer_takes(struct vsw_pkt *pkt, const struct vsw_port *port, struct sk_buff *skb,
			    ktime_t received)
{
	struct net_device *dev = port->dev, *peer;

	if (skb != pkt->skb || !pkt->is_received)
		return false;
	peer = peer_of(dev);
	if (!peer || port_is_watched(dev) || peer_is_busy(peer, skb) || needs_work(skb))
		return false;
	hand_over(pkt, dev, peer, skb, received);
	return true;
}
