/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Overlay: what a tunnel port says of outer headers: the remotes that get what
 * has no remote of its own, the VNIs of VLANs, and all that flows do not write.
 */
#ifndef VSW_TABLES_OVERLAY_H
#define VSW_TABLES_OVERLAY_H

#include <linux/rcupdate.h>

#include "tables/remote.h"

struct netlink_ext_ack;

/* A remote that gets frames of all VLANs. */
#define VSW_REMOTE_ANY_VID	(-1)

/**
 * struct vsw_vni_range - VLANs and their VNIs
 * @first: the first VLAN
 * @last: the last one
 * @vni: of the first; the next VLAN has the next VNI
 */
struct vsw_vni_range {
	u16 first;
	u16 last;
	u32 vni;
};

/**
 * struct vsw_overlay_remote - a remote as the user said it
 * @addr: its address, an IPv4 one mapped
 * @vid: it gets frames of this VLAN only, or VSW_REMOTE_ANY_VID
 */
struct vsw_overlay_remote {
	struct in6_addr addr;
	s16 vid;
};

/**
 * struct vsw_overlay_config - settings of a tunnel port
 * @local: source address to remotes of the same family, an IPv4 one mapped; zero
 *	for any
 * @key: VNI or key
 * @has_key: there is one
 * @tos: TOS, or VSW_TUNNEL_INHERIT
 * @ttl: TTL, or VSW_TUNNEL_INHERIT
 * @csum: enum vsw_tunnel_csum
 * @df: packets are not fragmented
 * @n_remotes: number of remotes
 * @n_ranges: number of ranges
 * @remote: the remotes
 * @range: VNIs of VLANs
 *
 * Starts with vsw_overlay_config_init().
 */
struct vsw_overlay_config {
	struct in6_addr local;
	u32 key;
	bool has_key;
	u16 tos;
	u16 ttl;
	u8 csum;
	bool df;
	u16 n_remotes;
	u16 n_ranges;
	struct vsw_overlay_remote remote[VSW_REMOTES_MAX];
	struct vsw_vni_range range[VSW_VNI_RANGES_MAX];
};

/**
 * struct vsw_overlay - settings in use, immutable once published, replaced as a whole
 * @rcu: frees it
 * @flags: VSW_OUTER_* of the device, and a number of these settings
 * @end: of each of @config.remote, what is sent there
 * @config: the settings
 */
struct vsw_overlay {
	struct rcu_head rcu;
	u64 flags;
	struct vsw_remote *end[VSW_REMOTES_MAX];
	struct vsw_overlay_config config;
};

static inline bool vsw_overlay_is_udp(const struct vsw_overlay *o)
{
	return o->flags & (VSW_OUTER_VXLAN | VSW_OUTER_GENEVE);
}

static inline bool vsw_overlay_serves(const struct vsw_overlay *o, unsigned int i, int vid)
{
	s16 only = o->config.remote[i].vid;

	return only == VSW_REMOTE_ANY_VID || only == vid;
}

void vsw_overlay_config_init(struct vsw_overlay_config *config);
struct vsw_overlay *vsw_overlay_create(const struct vsw_overlay_config *config, u64 device,
				       struct netlink_ext_ack *extack);
void vsw_overlay_put(struct vsw_overlay *o);

int vsw_overlay_vid(const struct vsw_overlay *o, u64 id);
s64 vsw_overlay_vni(const struct vsw_overlay *o, u16 vid);
void vsw_overlay_outer(const struct vsw_overlay *o, struct vsw_outer *outer);
void vsw_overlay_aim(const struct vsw_overlay *o, struct vsw_outer *outer,
		     const struct in6_addr *addr);
void vsw_overlay_finish(const struct vsw_overlay *o, struct vsw_outer *outer);
int vsw_overlay_check_addr(const struct in6_addr *addr, struct netlink_ext_ack *extack);

#endif
