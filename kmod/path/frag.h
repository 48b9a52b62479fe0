/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Fragments: IPv4 packets that are too long for a link, where their sender allows
 * that they are split.
 */
#ifndef VSW_PATH_FRAG_H
#define VSW_PATH_FRAG_H

#include <linux/if_ether.h>
#include <linux/skbuff.h>

#include "compat.h"

/**
 * struct vsw_frag_to - who gets the fragments
 * @send: gets one, complete, data at its Ethernet header; consumes it
 */
struct vsw_frag_to {
	void (*send)(const struct vsw_frag_to *to, struct sk_buff *skb);
};

/* Does a packet fit a link, if it is taken apart as far as offloads do? */
static inline bool vsw_frag_fits(const struct sk_buff *skb, unsigned int mtu)
{
	if (skb_is_gso(skb))
		return skb_gso_validate_network_len(skb, mtu);
	return skb->len - ETH_HLEN <= mtu;
}

bool vsw_frag_may(const struct sk_buff *skb);
int vsw_frag(struct sk_buff *skb, struct net_device *dev, unsigned int mtu,
	     const struct vsw_frag_to *to);

#endif
