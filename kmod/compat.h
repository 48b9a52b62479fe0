/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What differs between the kernels we run on. No other file tests for a kernel
 * version or feature. The rest of the code is written for the newest of them.
 */
#ifndef VSW_COMPAT_H
#define VSW_COMPAT_H

#include <linux/netdevice.h>
#include <linux/netlink.h>
#include <linux/version.h>
#include <net/genetlink.h>
#include <net/rtnetlink.h>
#include <kunit/visibility.h>

/* Versions of flows are 64 bits that the path reads by one load. */
#ifndef CONFIG_64BIT
#error "vsw needs a 64-bit kernel"
#endif

/* Once of each architecture. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 12, 0)
#include <linux/unaligned.h>
#else
#include <asm/unaligned.h>
#endif

/* Once part of linux/skbuff.h. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 5, 0)
#include <net/gso.h>
#endif
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 6, 0)
#include <net/netdev_rx_queue.h>
#endif

/*
 * Without room for a message in struct netlink_ext_ack, messages with numbers
 * are kept by vsw_extack_printf() until they have been sent.
 */
#ifndef NL_SET_ERR_MSG_FMT
#define VSW_NEED_EXTACK_PRINTF

const char *vsw_extack_printf(const char *fmt, ...) __printf(1, 2);

#define NL_SET_ERR_MSG_FMT(extack, fmt, args...) do {		\
	struct netlink_ext_ack *__extack = (extack);		\
								\
	if (__extack)						\
		__extack->_msg = vsw_extack_printf(fmt, ##args);\
} while (0)
#endif

#ifndef NL_SET_ERR_MSG_ATTR_FMT
#define NL_SET_ERR_MSG_ATTR_FMT(extack, attr, fmt, args...) do {	\
	NL_SET_ERR_MSG_FMT(extack, fmt, ##args);			\
	NL_SET_BAD_ATTR(extack, attr);					\
} while (0)
#endif

/* For large variables of the path, which kernels would clear for each frame. */
#ifndef __uninitialized
#if __has_attribute(__uninitialized__)
#define __uninitialized	__attribute__((__uninitialized__))
#else
#define __uninitialized
#endif
#endif

/* A device that needs no transmit lock and stays in its network namespace. */
static inline void vsw_compat_setup(struct net_device *dev)
{
#ifdef NETIF_F_NETNS_LOCAL
	dev->features |= NETIF_F_LLTX | NETIF_F_NETNS_LOCAL;
#else
	dev->lltx = true;
	dev->netns_immutable = true;
#endif
}

/* No switch chip has forwarded the frame on behalf of whoever gets it next. */
static inline void vsw_compat_unmark(struct sk_buff *skb)
{
#ifdef CONFIG_NET_SWITCHDEV
	skb->offload_fwd_mark = 0;
	skb->offload_l3_fwd_mark = 0;
#endif
}

/* Somebody runs programs or rules on what a device sends. */
static inline bool vsw_compat_has_egress_hooks(const struct net_device *dev)
{
#ifdef CONFIG_NETFILTER_EGRESS
	if (rcu_access_pointer(dev->nf_hooks_egress))
		return true;
#endif
#if defined(CONFIG_NET_XGRESS)
	return rcu_access_pointer(dev->tcx_egress);
#elif defined(CONFIG_NET_CLS_ACT)
	return rcu_access_pointer(dev->miniq_egress);
#else
	return false;
#endif
}

/* IPsec has a say in what is forwarded. */
static inline bool vsw_compat_has_policies(const struct net *net)
{
#ifdef CONFIG_XFRM
	return net->xfrm.policy_count[XFRM_POLICY_FWD] ||
	       net->xfrm.policy_count[XFRM_POLICY_OUT] ||
	       net->xfrm.policy_default[XFRM_POLICY_FWD] == XFRM_USERPOLICY_BLOCK ||
	       net->xfrm.policy_default[XFRM_POLICY_OUT] == XFRM_USERPOLICY_BLOCK;
#else
	return false;
#endif
}

/* Somebody spreads what a device receives over CPUs. */
static inline bool vsw_compat_has_rps(const struct net_device *dev)
{
#ifdef CONFIG_RPS
	const struct netdev_rx_queue *rxq = dev->_rx;

	return rcu_access_pointer(rxq->rps_map) || rcu_access_pointer(rxq->rps_flow_table);
#else
	return false;
#endif
}

static inline bool vsw_compat_has_vlans(const struct net_device *dev)
{
#if IS_ENABLED(CONFIG_VLAN_8021Q)
	return rcu_access_pointer(dev->vlan_info);
#else
	return false;
#endif
}

/* Count a frame that passes a pair of devices as they would; BH off. */
static inline void vsw_compat_count_peer(struct net_device *dev, struct net_device *peer,
					 unsigned int len)
{
	if (dev->pcpu_stat_type == NETDEV_PCPU_STAT_LSTATS)
		dev_lstats_add(dev, len);
	else if (dev->pcpu_stat_type == NETDEV_PCPU_STAT_TSTATS)
		dev_sw_netstats_tx_add(dev, 1, len);
	/*
	 * What a veth has received is what its peer has sent. There are only veth
	 * and netkit: the first letter of the kind tells them apart.
	 */
	if (dev->rtnl_link_ops->kind[0] == 'n')
		dev_sw_netstats_rx_add(peer, len);
}

/*
 * Flags of a tunnel's header are a bitmap in new kernels. The names of the flags
 * are those that they have in all of them, without what stands around. Who uses
 * these includes net/ip_tunnels.h, which brings too much for everybody.
 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 10, 0)
#define vsw_compat_tunnel_has(key, name)	\
	test_bit(IP_TUNNEL_##name##_BIT, (key)->tun_flags)
#define vsw_compat_tunnel_set(key, name)	\
	__set_bit(IP_TUNNEL_##name##_BIT, (key)->tun_flags)
#else
#define vsw_compat_tunnel_has(key, name)	(!!((key)->tun_flags & TUNNEL_##name))
#define vsw_compat_tunnel_set(key, name)	((key)->tun_flags |= TUNNEL_##name)
#endif

/* A route that nobody else knows of, and nobody counts; includes net/dst.h. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 7, 0)
#define vsw_compat_dst_init(dst, ops)	\
	dst_init(dst, ops, NULL, DST_OBSOLETE_NONE, DST_NOCOUNT)
#else
#define vsw_compat_dst_init(dst, ops)	\
	dst_init(dst, ops, NULL, 1, DST_OBSOLETE_NONE, DST_NOCOUNT)
#endif

struct ip_tunnel_info;

bool vsw_compat_is_tunnel(const struct net_device *dev);
void vsw_compat_tunnel_cache_route(struct ip_tunnel_info *info);

/* What a family's pre_doit() is told of the operation. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 2, 0)
typedef const struct genl_ops vsw_genl_op;
#else
typedef const struct genl_split_ops vsw_genl_op;
#endif

/* The attributes of a dump request. */
static inline struct nlattr **vsw_genl_dump_attrs(struct netlink_callback *cb)
{
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 7, 0)
	return genl_dumpit_info(cb)->attrs;
#else
	return genl_dumpit_info(cb)->info.attrs;
#endif
}

#endif
