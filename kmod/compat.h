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
#include <kunit/visibility.h>

/* Versions of flows are 64 bits that the path reads by one load. */
#ifndef CONFIG_64BIT
#error "vsw needs a 64-bit kernel"
#endif

/* Once part of linux/skbuff.h. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 5, 0)
#include <net/gso.h>
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
