// SPDX-License-Identifier: GPL-2.0
/*
 * Transmit: the last step of a frame, out of a port.
 */
#include "compat.h"
#include "core/switch.h"
#include "path/count.h"
#include "path/drop.h"
#include "path/l3.h"
#include "path/patch.h"
#include "path/peer.h"
#include "path/pkt.h"
#include "path/proxy.h"
#include "path/route.h"
#include "path/tunnel.h"
#include "path/tx.h"

/*
 * The room for one tag more is that of the kernel's own bridge: devices take a
 * tag on top of their MTU.
 */
static bool fits(const struct net_device *dev, const struct sk_buff *skb)
{
	unsigned int max = READ_ONCE(dev->mtu) + dev->hard_header_len + VLAN_HLEN;

	if (skb_is_gso(skb))
		return skb_gso_validate_mac_len(skb, max);
	return skb->len <= max;
}

/* Merged by a driver's LRO, which does not say how to take it apart again. */
static bool is_lro(const struct sk_buff *skb)
{
	return skb_is_nonlinear(skb) && skb_is_gso(skb) && !skb_shinfo(skb)->gso_type;
}

/* Whatever the length of the frame. */
static vsw_hot enum vsw_drop_reason inability(const struct net_device *dev,
					      const struct sk_buff *skb)
{
	if (!netif_running(dev))
		return VSW_DROP_REASON_PORT_DOWN;
	if (!netif_carrier_ok(dev))
		return VSW_DROP_REASON_PORT_DOWN;
	if (is_lro(skb))
		return VSW_DROP_REASON_OFFLOAD;
	return 0;
}

static vsw_hot enum vsw_drop_reason refusal(const struct vsw_port *port, const struct sk_buff *skb)
{
	enum vsw_drop_reason reason = inability(port->dev, skb);

	if (reason)
		return reason;
	return fits(port->dev, skb) ? 0 : VSW_DROP_REASON_MTU;
}

/**
 * vsw_tx_prepare() - make a frame one that a device has received
 * @dev: the device
 * @skb: the frame, data at its Ethernet header; behind it afterwards
 *
 * Context: Any.
 */
void vsw_tx_prepare(struct net_device *dev, struct sk_buff *skb)
{
	skb->pkt_type = PACKET_HOST;
	skb->protocol = eth_type_trans(skb, dev);
	skb_postpull_rcsum(skb, eth_hdr(skb), ETH_HLEN);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_tx_prepare);

static vsw_hot void transmit(struct vsw_pkt *pkt, const struct vsw_port *port, struct sk_buff *skb)
{
	ktime_t received = skb_tstamp(skb);

	skb->dev = port->dev;
	/* A receive time must not be taken for the time to send. */
	skb_clear_tstamp(skb);
	skb_forward_csum(skb);
	if (!vsw_port_has(port, VSW_PORT_PEER) || !vsw_peer_takes(pkt, port, skb, received))
		dev_queue_xmit(skb);
}

static void tx_host(struct vsw_port *port, struct sk_buff *skb)
{
	if (unlikely(!netif_running(port->dev))) {
		vsw_drop(port, skb, VSW_DROP_REASON_PORT_DOWN);
		return;
	}
	vsw_count_tx(port, vsw_frame_len(skb));
	vsw_tx_prepare(port->dev, skb);
	netif_rx(skb);
}

static vsw_hot void tx_ethernet(struct vsw_pkt *pkt, struct vsw_port *port, struct sk_buff *skb)
{
	enum vsw_drop_reason reason = refusal(port, skb);

	if (unlikely(reason)) {
		vsw_drop(port, skb, reason);
		return;
	}
	vsw_count_tx(port, vsw_frame_len(skb));
	transmit(pkt, port, skb);
}

/* The packet that the frame carries; what is left of it is no frame any more. */
static void tx_l3(struct vsw_pkt *pkt, struct vsw_port *port, struct sk_buff *skb)
{
	enum vsw_drop_reason reason = inability(port->dev, skb);
	unsigned int len = vsw_frame_len(skb);

	if (!reason && !vsw_port_has(port, VSW_PORT_NO_ARP) && vsw_proxy_takes(port, skb))
		return;
	reason = reason ?: vsw_l3_leave(port, skb);
	if (unlikely(reason)) {
		vsw_drop(port, skb, reason);
		return;
	}
	vsw_count_tx(port, len);
	transmit(pkt, port, skb);
}

/* The device sends only what comes with an outer header. */
static vsw_hot void tx_tunnel(struct vsw_pkt *pkt, struct vsw_port *port, struct sk_buff *skb)
{
	if (likely(skb_dst(skb)))
		tx_ethernet(pkt, port, skb);
	else
		vsw_tunnel_tx(pkt, port, skb, NULL);
}

/* Ports that are no plain devices. */
static noinline vsw_hot void tx_other(struct vsw_pkt *pkt, struct vsw_port *port,
				      struct sk_buff *skb)
{
	switch (port->kind) {
	case VSW_PORT_HOST:
		tx_host(port, skb);
		break;
	case VSW_PORT_L3:
		tx_l3(pkt, port, skb);
		break;
	case VSW_PORT_PATCH:
		vsw_patch_tx(pkt, port, skb);
		break;
	case VSW_PORT_ROUTER:
		vsw_route_frame(pkt, port, skb);
		break;
	case VSW_PORT_TUNNEL:
		tx_tunnel(pkt, port, skb);
		break;
	default:
		tx_ethernet(pkt, port, skb);
		break;
	}
}

/**
 * vsw_tx() - send a frame out of a port
 * @pkt: the frame's way here
 * @port: the port
 * @skb: the frame, consumed: counted as sent, or dropped with a reason
 *
 * Context: BH off, RCU read section.
 */
vsw_hot void vsw_tx(struct vsw_pkt *pkt, struct vsw_port *port, struct sk_buff *skb)
{
	if (likely(port->kind == VSW_PORT_ETHERNET))
		tx_ethernet(pkt, port, skb);
	else
		tx_other(pkt, port, skb);
}

/**
 * vsw_copy() - copy a frame that goes more than one way
 * @in: port of entry, where the copy is counted
 * @skb: the frame
 *
 * The data is shared: who changes it makes it writable first.
 *
 * Context: BH off, RCU read section.
 * Return: the copy, or NULL, then a drop is counted in its place.
 */
vsw_hot struct sk_buff *vsw_copy(struct vsw_port *in, struct sk_buff *skb)
{
	struct sk_buff *copy = skb_clone(skb, GFP_ATOMIC);

	vsw_count_copied(in);
	if (unlikely(!copy))
		vsw_drop(in, NULL, VSW_DROP_REASON_NO_MEMORY);
	return copy;
}
