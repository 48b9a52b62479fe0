// SPDX-License-Identifier: GPL-2.0
/*
 * Fragments: split IPv4 packets. The kernel does it; it wants to be told by a route
 * what the link is like.
 */
#include "path/frag.h"

#include <net/dst.h>
#include <net/ip.h>
#include <net/route.h>

/**
 * struct job - a packet that is split
 * @rt: the route; each fragment points here, as long as the job lasts
 * @eth: Ethernet header of all fragments
 * @to: who gets them
 */
struct job {
	struct rtable rt;
	struct ethhdr eth;
	const struct vsw_frag_to *to;
};

static unsigned int mtu_of(const struct dst_entry *dst)
{
	return dst->dev->mtu;
}

static struct dst_ops ops = {
	.family = AF_INET,
	.mtu = mtu_of,
};

static void job_init(struct job *job, const struct sk_buff *skb, struct net_device *dev,
		     const struct vsw_frag_to *to)
{
	memset(&job->rt, 0, sizeof(job->rt));
	vsw_compat_dst_init(&job->rt.dst, &ops);
	job->rt.dst.dev = dev;
	job->eth = *eth_hdr(skb);
	job->to = to;
}

static int send(struct net *net, struct sock *sk, struct sk_buff *skb)
{
	const struct job *job = container_of(skb_rtable(skb), struct job, rt);

	skb_dst_drop(skb);
	if (skb_cow_head(skb, ETH_HLEN)) {
		kfree_skb(skb);
		return -ENOMEM;
	}
	*(struct ethhdr *)skb_push(skb, ETH_HLEN) = job->eth;
	skb_reset_mac_header(skb);
	skb_set_network_header(skb, ETH_HLEN);
	job->to->send(job->to, skb);
	return 0;
}

/* The kernel's function knows no checksum but that of the internet. */
static int finish_sctp(struct sk_buff *skb)
{
	if (skb->ip_summed != CHECKSUM_PARTIAL || !skb_csum_is_sctp(skb))
		return 0;
	return skb_csum_hwoffload_help(skb, 0);
}

/* Whatever the device takes, the link may take less. */
static int split(struct job *job, struct sk_buff *skb, unsigned int mtu)
{
	int err = finish_sctp(skb);

	if (err) {
		kfree_skb(skb);
		return err;
	}
	memset(IPCB(skb), 0, sizeof(*IPCB(skb)));
	IPCB(skb)->opt.optlen = ip_hdrlen(skb) - sizeof(struct iphdr);
	IPCB(skb)->frag_max_size = mtu;
	__skb_pull(skb, ETH_HLEN);
	skb_dst_set_noref(skb, &job->rt.dst);
	return ip_do_fragment(dev_net(job->rt.dst.dev), NULL, skb, send);
}

static int split_segments(struct job *job, struct sk_buff *skb, unsigned int mtu)
{
	struct sk_buff *segs = __skb_gso_segment(skb, NETIF_F_SG, false), *seg, *next;
	int err = 0;

	if (IS_ERR_OR_NULL(segs)) {
		kfree_skb(skb);
		return -EINVAL;
	}
	consume_skb(skb);
	skb_list_walk_safe(segs, seg, next) {
		skb_mark_not_on_list(seg);
		err = split(job, seg, mtu) ?: err;
	}
	return err;
}

/**
 * vsw_frag_may() - does the sender of a packet allow that it is split?
 * @skb: the packet
 *
 * Context: Any.
 * Return: Whether it does.
 */
bool vsw_frag_may(const struct sk_buff *skb)
{
	return ip_hdr(skb)->version == 4 && !(ip_hdr(skb)->frag_off & htons(IP_DF));
}

/**
 * vsw_frag() - split a packet
 * @skb: the packet, of which vsw_frag_may() is true, its headers writable; consumed.
 *	Data at its Ethernet header
 * @dev: device that stands for the link
 * @mtu: of the link
 * @to: who gets the fragments
 *
 * Where something is amiss some or all of them are missing.
 *
 * Context: BH off, RCU read section.
 * Return: 0, or an error if one is missing.
 */
int vsw_frag(struct sk_buff *skb, struct net_device *dev, unsigned int mtu,
	     const struct vsw_frag_to *to)
{
	struct job job;

	job_init(&job, skb, dev, to);
	skb_forward_csum(skb);
	skb->dev = dev;
	return skb_is_gso(skb) ? split_segments(&job, skb, mtu) : split(&job, skb, mtu);
}
