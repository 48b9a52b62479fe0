// SPDX-License-Identifier: GPL-2.0
/*
 * What only ports without Ethernet have, in netlink messages.
 */
#include <linux/etherdevice.h>

#include "compat.h"
#include "netlink/nl.h"

/* Zero is an address that nobody can have, and here it means that none is given. */
static u64 get_lladdr(const struct nlattr *attr)
{
	const u8 *addr;

	if (!attr)
		return 0;
	addr = nla_data(attr);
	return is_zero_ether_addr(addr) ? U64_MAX : ether_addr_to_u64(addr);
}

/**
 * vsw_nl_l3_parse() - read what only ports without Ethernet have
 * @config: where to
 * @attrs: of the set "port"
 *
 * Context: any.
 */
void vsw_nl_l3_parse(struct vsw_port_config *config, struct nlattr **attrs)
{
	const struct nlattr *proxy = attrs[VSW_A_PORT_PROXY_ARP];

	config->lladdr = get_lladdr(attrs[VSW_A_PORT_LLADDR]);
	config->peer = get_lladdr(attrs[VSW_A_PORT_PEER_LLADDR]);
	if (!proxy)
		return;
	__set_bit(VSW_PORT_NO_ARP, &config->flags_mask);
	__assign_bit(VSW_PORT_NO_ARP, &config->flags, !nla_get_u8(proxy));
}

/**
 * vsw_nl_l3_size() - room that vsw_nl_l3_put() needs
 * @port: the port
 *
 * Context: any.
 * Return: bytes.
 */
size_t vsw_nl_l3_size(const struct vsw_port *port)
{
	if (port->kind != VSW_PORT_L3)
		return 0;
	return 2 * nla_total_size(ETH_ALEN) + nla_total_size(sizeof(u8));
}

static int put_lladdr(struct sk_buff *skb, int type, u64 lladdr)
{
	u8 addr[ETH_ALEN];

	u64_to_ether_addr(lladdr, addr);
	return nla_put(skb, type, sizeof(addr), addr);
}

/**
 * vsw_nl_l3_put() - put what only ports without Ethernet have
 * @skb: where
 * @port: the port; nothing is put if it is another one
 *
 * Context: under RTNL or the namespace's lock.
 * Return: 0, or -EMSGSIZE.
 */
int vsw_nl_l3_put(struct sk_buff *skb, const struct vsw_port *port)
{
	if (port->kind != VSW_PORT_L3)
		return 0;
	if (put_lladdr(skb, VSW_A_PORT_LLADDR, READ_ONCE(port->l3.lladdr)) ||
	    put_lladdr(skb, VSW_A_PORT_PEER_LLADDR, READ_ONCE(port->l3.peer)) ||
	    nla_put_u8(skb, VSW_A_PORT_PROXY_ARP, !vsw_port_has(port, VSW_PORT_NO_ARP)))
		return -EMSGSIZE;
	return 0;
}
