// SPDX-License-Identifier: GPL-2.0
/*
 * Remote: another end of a tunnel, with the outer header of frames to it ready.
 *
 * The kernel's tunnel devices take the header from the metadata dst of a frame.
 * One dst serves all frames to the same end, and keeps the route that the device
 * has found for them.
 */
#include "tables/remote.h"

#include <linux/jhash.h>
#include <linux/slab.h>
#include <net/dst_metadata.h>
#include <net/geneve.h>
#include <net/ip_tunnels.h>
#include <net/ipv6.h>
#include <net/vxlan.h>

#include "compat.h"

#define GBP_FLAGS_SHIFT	16
#define GENEVE_OPT_LEN	(sizeof(struct geneve_opt) + sizeof(__be32))

static void set_addresses(struct ip_tunnel_info *info, const struct vsw_tunnel *tun)
{
	struct ip_tunnel_key *key = &info->key;

	info->mode = IP_TUNNEL_INFO_TX;
	if (vsw_tunnel_is_ipv6(tun)) {
		info->mode |= IP_TUNNEL_INFO_IPV6;
		key->u.ipv6.src = tun->src6;
		key->u.ipv6.dst = tun->dst6;
	} else {
		key->u.ipv4.src = tun->src;
		key->u.ipv4.dst = tun->dst;
	}
}

static void set_gbp(struct ip_tunnel_info *info, const struct vsw_tunnel *tun)
{
	struct vxlan_metadata *gbp = ip_tunnel_info_opts(info);

	gbp->gbp = ntohs(tun->gbp_id) | (u32)tun->gbp_flags << GBP_FLAGS_SHIFT;
	info->options_len = sizeof(*gbp);
	vsw_compat_tunnel_set(&info->key, VXLAN_OPT);
}

/* What is not set here is zero already. */
static void set_geneve(struct ip_tunnel_info *info, const struct vsw_tunnel *tun)
{
	struct geneve_opt *opt = ip_tunnel_info_opts(info);

	opt->opt_class = tun->opt_class;
	opt->type = tun->opt_type;
	opt->length = sizeof(tun->opt_data) / 4;
	memcpy(opt->opt_data, &tun->opt_data, sizeof(tun->opt_data));
	info->options_len = GENEVE_OPT_LEN;
	vsw_compat_tunnel_set(&info->key, GENEVE_OPT);
	if (tun->opt_type & GENEVE_CRIT_OPT_TYPE)
		vsw_compat_tunnel_set(&info->key, CRIT_OPT);
}

static void set_flags(struct ip_tunnel_key *key, const struct vsw_outer *outer)
{
	if (outer->flags & VSW_OUTER_ID)
		vsw_compat_tunnel_set(key, KEY);
	if (outer->flags & VSW_OUTER_CSUM)
		vsw_compat_tunnel_set(key, CSUM);
	if (outer->flags & VSW_OUTER_DF)
		vsw_compat_tunnel_set(key, DONT_FRAGMENT);
	if (outer->tun.flags & htons(VSW_TUN_FLAG_OAM))
		vsw_compat_tunnel_set(key, OAM);
}

/**
 * vsw_outer_md() - what a device is told of a header, for one frame
 * @outer: the header; what is inherited stands in it already
 *
 * Context: Any.
 * Return: a reference, or NULL without memory.
 */
struct metadata_dst *vsw_outer_md(const struct vsw_outer *outer)
{
	const struct vsw_tunnel *tun = &outer->tun;
	bool has_opt = outer->flags & VSW_OUTER_GENEVE &&
		       (tun->opt_class || tun->opt_type || tun->opt_data);
	bool has_gbp = outer->flags & VSW_OUTER_VXLAN && (tun->gbp_id || tun->gbp_flags);
	struct ip_tunnel_info *info;
	struct metadata_dst *md;

	/* A device sends room for what it does not know, with whatever is in it. */
	md = metadata_dst_alloc(has_opt ? GENEVE_OPT_LEN :
				has_gbp ? sizeof(struct vxlan_metadata) : 0,
				METADATA_IP_TUNNEL, GFP_ATOMIC | __GFP_NOWARN);
	if (!md)
		return NULL;
	info = &md->u.tun_info;
	info->key.tun_id = tun->id;
	info->key.tos = tun->tos;
	info->key.ttl = tun->ttl;
	set_flags(&info->key, outer);
	set_addresses(info, tun);
	if (has_opt)
		set_geneve(info, tun);
	else if (has_gbp)
		set_gbp(info, tun);
	return md;
}

/**
 * vsw_outer_md_keep() - what a device is told of a header, for many frames
 * @outer: the header
 *
 * Context: Any.
 * Return: a reference; NULL without memory, or where frames differ.
 */
struct metadata_dst *vsw_outer_md_keep(const struct vsw_outer *outer)
{
	struct metadata_dst *md;

	if (outer->flags & VSW_OUTER_INHERITS)
		return NULL;
	md = vsw_outer_md(outer);
	/* A route must not outlive its namespace, which can go before ours. */
	if (md && !(outer->flags & VSW_OUTER_FOREIGN))
		vsw_compat_tunnel_cache_route(&md->u.tun_info);
	return md;
}

/**
 * vsw_outer_md_cost() - memory that vsw_outer_md_keep() takes, about
 *
 * Context: Any.
 * Return: bytes; the route is kept for each CPU.
 */
size_t vsw_outer_md_cost(void)
{
	return sizeof(struct metadata_dst) + num_possible_cpus() * L1_CACHE_BYTES;
}

/**
 * vsw_remote_create() - make a remote that nobody shares
 * @outer: its header
 * @gfp: how to allocate
 *
 * Context: Any that @gfp fits.
 * Return: the remote with one use, or NULL.
 */
struct vsw_remote *vsw_remote_create(const struct vsw_outer *outer, gfp_t gfp)
{
	struct vsw_remote *r = kzalloc(sizeof(*r), gfp);

	if (!r)
		return NULL;
	r->ref = 1;
	r->outer = *outer;
	r->md = vsw_outer_md_keep(outer);
	return r;
}

/**
 * vsw_remote_get() - the remote with a header
 * @set: where it is shared
 * @outer: the header
 *
 * Context: the lock of @set.
 * Return: the remote with one more use, or NULL without memory.
 */
struct vsw_remote *vsw_remote_get(struct vsw_remotes *set, const struct vsw_outer *outer)
{
	struct hlist_head *head;
	struct vsw_remote *r;
	u32 hash;

	/* Whoever sends to a tunnel chooses what is hashed here. */
	if (!set->seed)
		set->seed = get_random_u32() | 1;
	hash = jhash2((const u32 *)outer, sizeof(*outer) / sizeof(u32), set->seed);
	head = &set->bucket[hash % VSW_REMOTE_BUCKETS];
	hlist_for_each_entry(r, head, node) {
		if (memcmp(&r->outer, outer, sizeof(*outer)))
			continue;
		r->ref++;
		return r;
	}
	r = vsw_remote_create(outer, GFP_ATOMIC | __GFP_NOWARN);
	if (r)
		hlist_add_head(&r->node, head);
	return r;
}

static void remote_free_rcu(struct rcu_head *rcu)
{
	struct vsw_remote *r = container_of(rcu, struct vsw_remote, rcu);

	if (r->md)
		dst_release(&r->md->dst);
	kfree(r);
}

/**
 * vsw_remote_put() - end a use; frames may go on with it in their RCU section
 * @r: the remote, or NULL
 *
 * Context: the lock that vsw_remote_get() was under.
 */
void vsw_remote_put(struct vsw_remote *r)
{
	if (!r || --r->ref)
		return;
	hlist_del_init(&r->node);
	call_rcu(&r->rcu, remote_free_rcu);
}

/**
 * vsw_remote_tell() - the address and VNI of a remote
 * @r: the remote, or NULL
 * @addr: gets the address, an IPv4 one mapped; stays as it is for none
 * @vni: gets the VNI or key, 0 for none
 *
 * Context: RCU, or the lock that vsw_remote_get() was under.
 */
void vsw_remote_tell(const struct vsw_remote *r, struct in6_addr *addr, u32 *vni)
{
	const struct vsw_tunnel *tun;

	if (!r)
		return;
	tun = &r->outer.tun;
	if (vsw_tunnel_is_ipv6(tun))
		*addr = tun->dst6;
	else
		ipv6_addr_set_v4mapped(tun->dst, addr);
	*vni = be64_to_cpu(tun->id);
}
