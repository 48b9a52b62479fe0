// SPDX-License-Identifier: GPL-2.0
/*
 * What a kernel lacks and is too long for compat.h.
 */
#include "compat.h"

#include <linux/if_link.h>
#include <linux/if_tunnel.h>
#include <linux/rtnetlink.h>
#include <linux/sizes.h>
#include <net/ip_tunnels.h>

#ifdef VSW_NEED_EXTACK_PRINTF
#include <linux/jiffies.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

#define TEXTS		512
#define TEXT_LEN	96
#define TEXT_AGE	HZ

/**
 * struct text - a formatted message
 * @owner: the task whose request was refused, only compared, NULL at first
 * @since: jiffies when it was formatted
 * @msg: the message; its last byte is always 0
 */
struct text {
	const struct task_struct *owner;
	unsigned long since;
	char msg[TEXT_LEN];
};

static struct text texts[TEXTS];
static DEFINE_SPINLOCK(texts_lock);

static bool is_free(const struct text *text)
{
	return !text->owner || time_after(jiffies, text->since + TEXT_AGE);
}

static struct text *find_text(void)
{
	struct text *free = NULL;
	int i;

	for (i = 0; i < TEXTS; i++) {
		if (texts[i].owner == current)
			return &texts[i];
		if (!free && is_free(&texts[i]))
			free = &texts[i];
	}
	return free;
}

/**
 * vsw_extack_printf() - format a message for struct netlink_ext_ack
 * @fmt: format
 *
 * The kernel puts the message into the reply soon after, in the same task,
 * without telling us. A task makes one request after the other, so its text can
 * be overwritten by its next one. That of another task is left alone for a
 * second, so that its length does not change between the measuring and the
 * filling of the reply. Where so many tasks are refused in a second that there
 * is no room, the message is one without numbers, which never changes.
 *
 * Context: process.
 * Return: the message.
 */
const char *vsw_extack_printf(const char *fmt, ...)
{
	struct text *text;
	va_list args;

	spin_lock(&texts_lock);
	text = find_text();
	if (text) {
		text->owner = current;
		text->since = jiffies;
		va_start(args, fmt);
		vsnprintf(text->msg, sizeof(text->msg), fmt, args);
		va_end(args);
	}
	spin_unlock(&texts_lock);
	return text ? text->msg : "Refused, as many requests are now: try again to learn why";
}
#endif

static const struct {
	const char *kind;
	int external;
} tunnels[] = {
	{ "vxlan",	IFLA_VXLAN_COLLECT_METADATA },
	{ "geneve",	IFLA_GENEVE_COLLECT_METADATA },
	{ "gretap",	IFLA_GRE_COLLECT_METADATA },
	{ "ip6gretap",	IFLA_GRE_COLLECT_METADATA },
	{ "gre",	IFLA_GRE_COLLECT_METADATA },
	{ "ip6gre",	IFLA_GRE_COLLECT_METADATA },
	{ "ipip",	IFLA_IPTUN_COLLECT_METADATA },
	{ "ip6tnl",	IFLA_IPTUN_COLLECT_METADATA },
};

/*
 * The devices keep their settings to themselves, so they are asked for what they
 * tell of themselves in link messages. The kernel's are flags or are one byte.
 */
static bool is_external(const struct net_device *dev, int external)
{
	const struct nlattr *attr;
	struct sk_buff *skb;
	bool found = false;

	/* Little enough to wait for: what is no tunnel becomes a port of another kind. */
	skb = alloc_skb(SZ_2K, GFP_KERNEL | __GFP_NOFAIL);
	if (!dev->rtnl_link_ops->fill_info(skb, dev)) {
		attr = nla_find((struct nlattr *)skb->data, skb->len, external);
		found = attr && (!nla_len(attr) || nla_get_u8(attr));
	}
	kfree_skb(skb);
	return found;
}

/**
 * vsw_compat_is_tunnel() - does a device take the outer header from whoever sends?
 * @dev: the device
 *
 * Context: RTNL.
 * Return: true for tunnel devices in external mode.
 */
bool vsw_compat_is_tunnel(const struct net_device *dev)
{
	unsigned int i;

	ASSERT_RTNL();
	if (!dev->rtnl_link_ops || !dev->rtnl_link_ops->fill_info)
		return false;
	for (i = 0; i < ARRAY_SIZE(tunnels); i++)
		if (!strcmp(dev->rtnl_link_ops->kind, tunnels[i].kind))
			return is_external(dev, tunnels[i].external);
	return false;
}

/**
 * vsw_compat_tunnel_cache_route() - let a tunnel device keep the route that it finds
 * @info: what the device is told of the header; without memory nothing is kept
 *
 * Context: Any.
 */
void vsw_compat_tunnel_cache_route(struct ip_tunnel_info *info)
{
#ifdef CONFIG_DST_CACHE
	dst_cache_init(&info->dst_cache, GFP_ATOMIC | __GFP_NOWARN);
#endif
}
