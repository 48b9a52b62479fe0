// SPDX-License-Identifier: GPL-2.0
/*
 * Overlay: what a tunnel port says of outer headers.
 */
#include "tables/overlay.h"

#include <linux/if_vlan.h>
#include <linux/netlink.h>
#include <linux/slab.h>
#include <net/ipv6.h>

#include "compat.h"

#define VNI_MAX	0xffffff

/**
 * vsw_overlay_config_init() - the settings of a new port
 * @config: filled in
 *
 * Context: Any.
 */
void vsw_overlay_config_init(struct vsw_overlay_config *config)
{
	memset(config, 0, sizeof(*config));
	config->ttl = VSW_TUNNEL_TTL;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_overlay_config_init);

/**
 * vsw_overlay_check_addr() - can a remote have this address?
 * @addr: the address, an IPv4 one mapped
 * @extack: for the refusal
 *
 * Context: Any.
 * Return: 0 or -EINVAL.
 */
int vsw_overlay_check_addr(const struct in6_addr *addr, struct netlink_ext_ack *extack)
{
	bool is_bad;

	if (ipv6_addr_v4mapped(addr))
		is_bad = ipv4_is_zeronet(addr->s6_addr32[3]) ||
			 ipv4_is_multicast(addr->s6_addr32[3]) ||
			 ipv4_is_lbcast(addr->s6_addr32[3]);
	else
		is_bad = ipv6_addr_any(addr) || ipv6_addr_is_multicast(addr);
	if (is_bad)
		NL_SET_ERR_MSG(extack, "A remote has a unicast address, name each of several");
	return is_bad ? -EINVAL : 0;
}

static bool remotes_meet(const struct vsw_overlay_remote *a, const struct vsw_overlay_remote *b)
{
	return ipv6_addr_equal(&a->addr, &b->addr) &&
	       (a->vid == b->vid || a->vid == VSW_REMOTE_ANY_VID ||
		b->vid == VSW_REMOTE_ANY_VID);
}

static int check_remotes(const struct vsw_overlay_config *config, struct netlink_ext_ack *extack)
{
	unsigned int i, j;
	int err;

	for (i = 0; i < config->n_remotes; i++) {
		err = vsw_overlay_check_addr(&config->remote[i].addr, extack);
		if (err)
			return err;
		for (j = 0; j < i; j++) {
			if (!remotes_meet(&config->remote[i], &config->remote[j]))
				continue;
			NL_SET_ERR_MSG(extack, "A remote is named twice, frames would come twice");
			return -EINVAL;
		}
	}
	return 0;
}

static u32 range_last_vni(const struct vsw_vni_range *r)
{
	return r->vni + (r->last - r->first);
}

static bool ranges_meet(const struct vsw_vni_range *a, const struct vsw_vni_range *b)
{
	return (a->first <= b->last && b->first <= a->last) ||
	       (a->vni <= range_last_vni(b) && b->vni <= range_last_vni(a));
}

static int check_ranges(const struct vsw_overlay_config *config, struct netlink_ext_ack *extack)
{
	const struct vsw_vni_range *r = config->range;
	unsigned int i, j;

	for (i = 0; i < config->n_ranges; i++) {
		if (r[i].first > r[i].last || range_last_vni(&r[i]) > VNI_MAX) {
			NL_SET_ERR_MSG(extack, "VLANs ascend, and VNIs are 0 to 16777215");
			return -EINVAL;
		}
		for (j = 0; j < i; j++) {
			if (!ranges_meet(&r[i], &r[j]))
				continue;
			NL_SET_ERR_MSG(extack, "Each VLAN has one VNI, and each VNI one VLAN");
			return -EINVAL;
		}
	}
	return 0;
}

static int check_key(const struct vsw_overlay_config *config, bool is_udp,
		     struct netlink_ext_ack *extack)
{
	unsigned int i;

	if (!config->has_key)
		return 0;
	if (is_udp && config->key > VNI_MAX) {
		NL_SET_ERR_MSG(extack, "A VNI is 0 to 16777215");
		return -EINVAL;
	}
	for (i = 0; i < config->n_ranges; i++) {
		if (config->key < config->range[i].vni ||
		    config->key > range_last_vni(&config->range[i]))
			continue;
		NL_SET_ERR_MSG(extack, "A VLAN has this VNI, frames without one need another");
		return -EINVAL;
	}
	return 0;
}

static int create_ends(struct vsw_overlay *o)
{
	struct vsw_outer outer;
	unsigned int i;

	for (i = 0; i < o->config.n_remotes; i++) {
		vsw_overlay_outer(o, &outer);
		vsw_overlay_aim(o, &outer, &o->config.remote[i].addr);
		o->end[i] = vsw_remote_create(&outer, GFP_KERNEL_ACCOUNT);
		if (!o->end[i])
			return -ENOMEM;
	}
	return 0;
}

/**
 * vsw_overlay_create() - put settings to use
 * @config: the settings, NULL for those of a new port
 * @device: VSW_OUTER_VXLAN, _GENEVE, _FOREIGN as they fit the device
 * @extack: for the refusal
 *
 * Context: Process.
 * Return: them, or an error.
 */
struct vsw_overlay *vsw_overlay_create(const struct vsw_overlay_config *config, u64 device,
				       struct netlink_ext_ack *extack)
{
	static atomic_t serial = ATOMIC_INIT(0);
	struct vsw_overlay *o;
	int err;

	o = kzalloc(sizeof(*o), GFP_KERNEL_ACCOUNT);
	if (!o)
		return ERR_PTR(-ENOMEM);
	o->flags = (u64)atomic_inc_return(&serial) << VSW_OUTER_SERIAL_SHIFT | device;
	if (config)
		o->config = *config;
	else
		vsw_overlay_config_init(&o->config);
	err = check_remotes(&o->config, extack) ?: check_ranges(&o->config, extack) ?:
	      check_key(&o->config, vsw_overlay_is_udp(o), extack);
	if (!err)
		err = create_ends(o);
	if (!err)
		return o;
	vsw_overlay_put(o);
	return ERR_PTR(err);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_overlay_create);

/**
 * vsw_overlay_put() - end the use of settings
 * @o: them, or NULL; frames may go on with them in their RCU section
 *
 * Context: Process.
 */
void vsw_overlay_put(struct vsw_overlay *o)
{
	unsigned int i;

	if (!o)
		return;
	for (i = 0; i < o->config.n_remotes; i++)
		vsw_remote_put(o->end[i]);
	kfree_rcu(o, rcu);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_overlay_put);

/**
 * vsw_overlay_vid() - which VLAN is a frame in that was received?
 * @o: settings of the port
 * @id: its VNI or key
 *
 * Context: RCU.
 * Return: the VLAN, 0 if the frame is as it is, -1 if it is not for the port.
 */
int vsw_overlay_vid(const struct vsw_overlay *o, u64 id)
{
	const struct vsw_overlay_config *c = &o->config;
	const struct vsw_vni_range *r;

	for (r = c->range; r < c->range + c->n_ranges; r++)
		if (id >= r->vni && id <= range_last_vni(r))
			return r->first + (id - r->vni);
	if (c->has_key)
		return id == c->key ? 0 : -1;
	return c->n_ranges ? -1 : 0;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_overlay_vid);

/**
 * vsw_overlay_vni() - under which VNI does a frame leave?
 * @o: settings of the port
 * @vid: its VLAN, 0 without
 *
 * Context: RCU.
 * Return: the VNI or key, -1 if there is none for the VLAN.
 */
s64 vsw_overlay_vni(const struct vsw_overlay *o, u16 vid)
{
	const struct vsw_overlay_config *c = &o->config;
	const struct vsw_vni_range *r;

	for (r = c->range; r < c->range + c->n_ranges; r++)
		if (vid >= r->first && vid <= r->last)
			return r->vni + (vid - r->first);
	/* With VNIs for VLANs the key is that of frames without one. */
	return c->has_key && !(vid && c->n_ranges) ? (s64)c->key : -1;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_overlay_vni);

/**
 * vsw_overlay_outer() - a header, but for the addresses
 * @o: settings of the port
 * @outer: filled in
 *
 * Context: RCU.
 */
void vsw_overlay_outer(const struct vsw_overlay *o, struct vsw_outer *outer)
{
	const struct vsw_overlay_config *c = &o->config;

	memset(outer, 0, sizeof(*outer));
	outer->flags = o->flags;
	if (c->has_key) {
		outer->tun.id = cpu_to_be64(c->key);
		outer->flags |= VSW_OUTER_ID;
	}
	if (c->tos == VSW_TUNNEL_INHERIT)
		outer->flags |= VSW_OUTER_INHERIT_TOS;
	else
		outer->tun.tos = c->tos;
	if (c->ttl == VSW_TUNNEL_INHERIT)
		outer->flags |= VSW_OUTER_INHERIT_TTL;
	else
		outer->tun.ttl = c->ttl;
	if (c->df)
		outer->flags |= VSW_OUTER_DF;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_overlay_outer);

/**
 * vsw_overlay_finish() - what depends on where a header leads
 * @o: settings of the port
 * @outer: with a destination; gets a source where it has none, and a checksum
 *
 * Context: RCU.
 */
void vsw_overlay_finish(const struct vsw_overlay *o, struct vsw_outer *outer)
{
	const struct in6_addr *local = &o->config.local;
	struct vsw_tunnel *tun = &outer->tun;
	bool is_ipv6 = vsw_tunnel_is_ipv6(tun);

	if (is_ipv6 && !ipv6_addr_v4mapped(local) && ipv6_addr_any(&tun->src6))
		tun->src6 = *local;
	if (!is_ipv6 && ipv6_addr_v4mapped(local) && !tun->src)
		tun->src = local->s6_addr32[3];
	/* Receivers refuse UDP without a checksum on IPv6, and GRE with one. */
	if (o->config.csum == VSW_TUNNEL_CSUM_ON ||
	    (o->config.csum == VSW_TUNNEL_CSUM_AUTO && is_ipv6 && vsw_overlay_is_udp(o)))
		outer->flags |= VSW_OUTER_CSUM;
}

/**
 * vsw_overlay_aim() - let a header lead to an address
 * @o: settings of the port
 * @outer: from vsw_overlay_outer()
 * @addr: the address, an IPv4 one mapped
 *
 * Context: RCU.
 */
void vsw_overlay_aim(const struct vsw_overlay *o, struct vsw_outer *outer,
		     const struct in6_addr *addr)
{
	if (ipv6_addr_v4mapped(addr))
		outer->tun.dst = addr->s6_addr32[3];
	else
		outer->tun.dst6 = *addr;
	vsw_overlay_finish(o, outer);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_overlay_aim);
