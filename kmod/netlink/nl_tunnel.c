// SPDX-License-Identifier: GPL-2.0
/*
 * Settings of tunnel ports, and remotes of stations, in netlink messages.
 */
#include <linux/slab.h>
#include <net/ipv6.h>

#include "compat.h"
#include "netlink/nl.h"
#include "netlink/nl_tunnel.h"
#include "tables/overlay.h"

/* Adds the remote that an attribute names; an empty one names none. */
static int parse_remote(struct vsw_overlay_config *c, const struct nlattr *nest,
			struct netlink_ext_ack *extack)
{
	struct nlattr *tb[VSW_A_REMOTE_MAX + 1];
	struct vsw_overlay_remote *r;
	int err;

	if (!nla_len(nest))
		return 0;
	err = vsw_nl_parse_nest(tb, VSW_A_REMOTE_MAX, nest, vsw_remote_nl_policy, extack);
	if (err)
		return err;
	if (!tb[VSW_A_REMOTE_ADDRESS]) {
		NL_SET_ERR_MSG_ATTR(extack, nest, "A remote needs an address");
		return -EINVAL;
	}
	if (c->n_remotes == VSW_REMOTES_MAX) {
		NL_SET_ERR_MSG_ATTR_FMT(extack, nest, "A port has at most %u remotes",
					VSW_REMOTES_MAX);
		return -ENOSPC;
	}
	r = &c->remote[c->n_remotes++];
	r->addr = nla_get_in6_addr(tb[VSW_A_REMOTE_ADDRESS]);
	r->vid = VSW_REMOTE_ANY_VID;
	if (tb[VSW_A_REMOTE_VID])
		r->vid = nla_get_u16(tb[VSW_A_REMOTE_VID]);
	return 0;
}

/* Adds the range that an attribute tells; an empty one tells none. */
static int parse_range(struct vsw_overlay_config *c, const struct nlattr *nest,
		       struct netlink_ext_ack *extack)
{
	struct nlattr *tb[VSW_A_VNI_RANGE_MAX + 1];
	struct vsw_vni_range *r;
	int err;

	if (!nla_len(nest))
		return 0;
	err = vsw_nl_parse_nest(tb, VSW_A_VNI_RANGE_MAX, nest, vsw_vni_range_nl_policy, extack);
	if (err)
		return err;
	if (!tb[VSW_A_VNI_RANGE_FIRST] || !tb[VSW_A_VNI_RANGE_VNI]) {
		NL_SET_ERR_MSG_ATTR(extack, nest, "A VNI range needs its first VLAN and the VNI");
		return -EINVAL;
	}
	if (c->n_ranges == VSW_VNI_RANGES_MAX) {
		NL_SET_ERR_MSG_ATTR_FMT(extack, nest, "A port has at most %u ranges of VNIs",
					VSW_VNI_RANGES_MAX);
		return -ENOSPC;
	}
	r = &c->range[c->n_ranges++];
	r->first = nla_get_u16(tb[VSW_A_VNI_RANGE_FIRST]);
	r->last = r->first;
	if (tb[VSW_A_VNI_RANGE_LAST])
		r->last = nla_get_u16(tb[VSW_A_VNI_RANGE_LAST]);
	r->vni = nla_get_u32(tb[VSW_A_VNI_RANGE_VNI]);
	return 0;
}

static int parse_lists(struct vsw_overlay_config *c, struct nlattr **attrs,
		       const struct nlattr *head, int len, struct netlink_ext_ack *extack)
{
	const struct nlattr *attr;
	int rem, err = 0;

	if (attrs[VSW_A_PORT_REMOTE])
		c->n_remotes = 0;
	if (attrs[VSW_A_PORT_VLAN_VNI])
		c->n_ranges = 0;
	nla_for_each_attr(attr, head, len, rem) {
		if (nla_type(attr) == VSW_A_PORT_REMOTE)
			err = parse_remote(c, attr, extack);
		else if (nla_type(attr) == VSW_A_PORT_VLAN_VNI)
			err = parse_range(c, attr, extack);
		if (err)
			return err;
	}
	return 0;
}

static int parse_key(struct vsw_overlay_config *c, struct nlattr **attrs,
		     struct netlink_ext_ack *extack)
{
	const struct nlattr *none = attrs[VSW_A_PORT_NO_TUNNEL_KEY];

	if (none && attrs[VSW_A_PORT_TUNNEL_KEY]) {
		NL_SET_ERR_MSG_ATTR(extack, none, "Give a tunnel-key or none, not both");
		return -EINVAL;
	}
	if (none)
		c->has_key = false;
	if (attrs[VSW_A_PORT_TUNNEL_KEY]) {
		c->has_key = true;
		c->key = nla_get_u32(attrs[VSW_A_PORT_TUNNEL_KEY]);
	}
	return 0;
}

static void parse_header(struct vsw_overlay_config *c, struct nlattr **attrs)
{
	if (attrs[VSW_A_PORT_LOCAL])
		c->local = nla_get_in6_addr(attrs[VSW_A_PORT_LOCAL]);
	if (attrs[VSW_A_PORT_TUNNEL_TOS])
		c->tos = nla_get_u16(attrs[VSW_A_PORT_TUNNEL_TOS]);
	if (attrs[VSW_A_PORT_TUNNEL_TTL])
		c->ttl = nla_get_u16(attrs[VSW_A_PORT_TUNNEL_TTL]);
	if (attrs[VSW_A_PORT_TUNNEL_CSUM])
		c->csum = nla_get_u32(attrs[VSW_A_PORT_TUNNEL_CSUM]);
	if (attrs[VSW_A_PORT_TUNNEL_DF])
		c->df = nla_get_u8(attrs[VSW_A_PORT_TUNNEL_DF]);
}

static bool is_asked(struct nlattr **attrs)
{
	int type;

	for (type = VSW_A_PORT_REMOTE; type <= VSW_A_PORT_VLAN_VNI; type++)
		if (attrs[type])
			return true;
	return false;
}

/**
 * vsw_nl_tunnel_parse() - read settings of a tunnel port
 * @config: gets them, to be freed by kfree(); stays as it is if there are none
 * @port: the port, whose settings stay if not given; NULL for a new port
 * @attrs: of the set "port"
 * @head: the first of the attributes, for those that may be there many times
 * @len: length of all attributes
 * @extack: for the reason
 *
 * Context: the namespace's lock or, with @port NULL, anywhere.
 * Return: 0, or a negative error.
 */
int vsw_nl_tunnel_parse(struct vsw_overlay_config **config, const struct vsw_port *port,
			struct nlattr **attrs, const struct nlattr *head, int len,
			struct netlink_ext_ack *extack)
{
	const struct vsw_overlay *now = NULL;
	struct vsw_overlay_config *c;
	int err;

	if (!is_asked(attrs))
		return 0;
	c = kmalloc(sizeof(*c), GFP_KERNEL);
	if (!c)
		return -ENOMEM;
	if (port)
		now = rcu_dereference_protected(port->overlay,
						lockdep_is_held(&port->sw->vn->lock));
	if (now)
		*c = now->config;
	else
		vsw_overlay_config_init(c);
	err = parse_lists(c, attrs, head, len, extack) ?: parse_key(c, attrs, extack);
	if (err) {
		kfree(c);
		return err;
	}
	parse_header(c, attrs);
	*config = c;
	return 0;
}

static const struct vsw_overlay *overlay_of(const struct vsw_port *port)
{
	return rcu_dereference_protected(port->overlay, lockdep_is_held(&port->sw->vn->lock));
}

/**
 * vsw_nl_tunnel_size() - room that vsw_nl_tunnel_put() needs
 * @port: the port
 *
 * Context: the namespace's lock.
 * Return: bytes.
 */
size_t vsw_nl_tunnel_size(const struct vsw_port *port)
{
	size_t remote = nla_total_size(nla_total_size(sizeof(struct in6_addr)) +
				       nla_total_size(sizeof(u16)));
	size_t range = nla_total_size(2 * nla_total_size(sizeof(u16)) +
				      nla_total_size(sizeof(u32)));
	const struct vsw_overlay *o = overlay_of(port);

	if (!o)
		return 0;
	return o->config.n_remotes * remote + o->config.n_ranges * range +
	       nla_total_size(sizeof(struct in6_addr)) + 6 * nla_total_size(sizeof(u32));
}

static int put_remotes(struct sk_buff *skb, const struct vsw_overlay_config *c)
{
	const struct vsw_overlay_remote *r;
	struct nlattr *nest;

	for (r = c->remote; r < c->remote + c->n_remotes; r++) {
		nest = nla_nest_start(skb, VSW_A_PORT_REMOTE);
		if (!nest || nla_put_in6_addr(skb, VSW_A_REMOTE_ADDRESS, &r->addr))
			return -EMSGSIZE;
		if (r->vid != VSW_REMOTE_ANY_VID && nla_put_u16(skb, VSW_A_REMOTE_VID, r->vid))
			return -EMSGSIZE;
		nla_nest_end(skb, nest);
	}
	return 0;
}

static int put_ranges(struct sk_buff *skb, const struct vsw_overlay_config *c)
{
	const struct vsw_vni_range *r;
	struct nlattr *nest;

	for (r = c->range; r < c->range + c->n_ranges; r++) {
		nest = nla_nest_start(skb, VSW_A_PORT_VLAN_VNI);
		if (!nest || nla_put_u16(skb, VSW_A_VNI_RANGE_FIRST, r->first) ||
		    nla_put_u16(skb, VSW_A_VNI_RANGE_LAST, r->last) ||
		    nla_put_u32(skb, VSW_A_VNI_RANGE_VNI, r->vni))
			return -EMSGSIZE;
		nla_nest_end(skb, nest);
	}
	return 0;
}

/**
 * vsw_nl_tunnel_put() - put the settings of a tunnel port
 * @skb: where
 * @port: any port; others have none
 *
 * Context: the namespace's lock.
 * Return: 0, or -EMSGSIZE.
 */
int vsw_nl_tunnel_put(struct sk_buff *skb, const struct vsw_port *port)
{
	const struct vsw_overlay *o = overlay_of(port);
	const struct vsw_overlay_config *c;

	if (!o)
		return 0;
	c = &o->config;
	if ((!ipv6_addr_any(&c->local) && nla_put_in6_addr(skb, VSW_A_PORT_LOCAL, &c->local)) ||
	    (c->has_key && nla_put_u32(skb, VSW_A_PORT_TUNNEL_KEY, c->key)) ||
	    nla_put_u16(skb, VSW_A_PORT_TUNNEL_TOS, c->tos) ||
	    nla_put_u16(skb, VSW_A_PORT_TUNNEL_TTL, c->ttl) ||
	    nla_put_u32(skb, VSW_A_PORT_TUNNEL_CSUM, c->csum) ||
	    nla_put_u8(skb, VSW_A_PORT_TUNNEL_DF, c->df))
		return -EMSGSIZE;
	return put_remotes(skb, c) ?: put_ranges(skb, c);
}
