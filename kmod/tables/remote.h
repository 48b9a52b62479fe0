/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Remote: another end of a tunnel, with the outer header of frames to it ready.
 */
#ifndef VSW_TABLES_REMOTE_H
#define VSW_TABLES_REMOTE_H

#include <linux/bits.h>
#include <linux/types.h>

#include "tables/key.h"

struct metadata_dst;

/* The TTL of an outer header where nobody says one. */
#define VSW_TUNNEL_TTL	64

#define VSW_OUTER_ID		BIT(0)	/* it has a VNI or key */
#define VSW_OUTER_CSUM		BIT(1)	/* it has a checksum */
#define VSW_OUTER_DF		BIT(2)	/* not to be fragmented */
#define VSW_OUTER_INHERIT_TOS	BIT(3)	/* TOS of the frame inside */
#define VSW_OUTER_INHERIT_TTL	BIT(4)	/* TTL of the frame inside */
#define VSW_OUTER_OWN_ID	BIT(5)	/* the id was given, it is not the port's */
#define VSW_OUTER_VXLAN		BIT(6)	/* of a VXLAN device */
#define VSW_OUTER_GENEVE	BIT(7)	/* of a Geneve device */
#define VSW_OUTER_FOREIGN	BIT(8)	/* its routes are those of another namespace */

/* From here on the number of the port's settings: ports do not share routes. */
#define VSW_OUTER_SERIAL_SHIFT	32

#define VSW_OUTER_INHERITS	(VSW_OUTER_INHERIT_TOS | VSW_OUTER_INHERIT_TTL)

#define VSW_REMOTE_BUCKETS	1024

/**
 * struct vsw_outer - an outer header to be
 * @tun: its fields
 * @flags: VSW_OUTER_*
 *
 * Compared as bytes.
 */
struct vsw_outer {
	struct vsw_tunnel tun;
	u64 flags;
};

/**
 * struct vsw_remote - an outer header in use, immutable
 * @node: in vsw_remotes.bucket, or in none
 * @ref: uses, under the lock of who uses it
 * @outer: the header
 * @md: what the device is told; NULL to make it for each frame
 * @rcu: frees it
 */
struct vsw_remote {
	struct hlist_node node;
	u32 ref;
	struct vsw_outer outer;
	struct metadata_dst *md;
	struct rcu_head rcu;
};

/**
 * struct vsw_remotes - those of the stations that are behind tunnels
 * @seed: of the hash, 0 before the first
 * @bucket: by hash of the header
 *
 * Stations at the same end share its remote. Starts zeroed.
 */
struct vsw_remotes {
	u32 seed;
	struct hlist_head bucket[VSW_REMOTE_BUCKETS];
};

static inline bool vsw_tunnel_is_ipv6(const struct vsw_tunnel *tun)
{
	return tun->dst6.s6_addr32[0] | tun->dst6.s6_addr32[1] |
	       tun->dst6.s6_addr32[2] | tun->dst6.s6_addr32[3];
}

/* Is a frame that has come with the header @from from this remote? */
static inline bool vsw_remote_sent(const struct vsw_remote *r, const struct vsw_tunnel *from)
{
	return r && r->outer.tun.id == from->id && r->outer.tun.dst == from->src &&
	       !memcmp(&r->outer.tun.dst6, &from->src6, sizeof(from->src6));
}

struct metadata_dst *vsw_outer_md(const struct vsw_outer *outer);
struct metadata_dst *vsw_outer_md_keep(const struct vsw_outer *outer);
size_t vsw_outer_md_cost(void);

struct vsw_remote *vsw_remote_create(const struct vsw_outer *outer, gfp_t gfp);
struct vsw_remote *vsw_remote_get(struct vsw_remotes *set, const struct vsw_outer *outer);
void vsw_remote_put(struct vsw_remote *r);
void vsw_remote_tell(const struct vsw_remote *r, struct in6_addr *addr, u32 *vni);

#endif
