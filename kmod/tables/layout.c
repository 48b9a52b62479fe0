// SPDX-License-Identifier: GPL-2.0
/*
 * Layout: which part of a frame the flows of a switch look at.
 *
 * A layout may ask for more than the flows need, never for less: it grows
 * before a flow becomes visible and shrinks when the last one has gone.
 */
#include "tables/layout.h"

#include <linux/random.h>
#include <linux/slab.h>

#include "compat.h"
#include "tables/action.h"

/* Words of the key by class; those of metadata and registers are 0 at entry. */
#define WORDS_L2	(BIT(0) | BIT(6) | BIT(7) | BIT(8) | BIT(15))

/* Of frames that came by a tunnel, besides. */
#define WORDS_TUNNEL	GENMASK(20 + VSW_TUNNEL_WORDS - 1, 20)

static const u32 class_words[VSW_CLASS_TUNNEL] = {
	[VSW_CLASS_OTHER]	= WORDS_L2,
	[VSW_CLASS_ARP]		= WORDS_L2 | BIT(9) | BIT(10) | BIT(18) | BIT(19),
	[VSW_CLASS_IPV4]	= WORDS_L2 | BIT(9) | BIT(10),
	[VSW_CLASS_IPV6]	= WORDS_L2 | BIT(9) | GENMASK(14, 11) | GENMASK(19, 16),
};

static_assert(offsetof(struct vsw_key, tp_src) == 9 * sizeof(u64));
static_assert(offsetof(struct vsw_key, ipv4_src) == 10 * sizeof(u64));
static_assert(offsetof(struct vsw_key, ipv6_src) == 11 * sizeof(u64));
static_assert(offsetof(struct vsw_key, ipv6_label) == 15 * sizeof(u64));
static_assert(offsetof(struct vsw_key, arp_sha) == 18 * sizeof(u64));
static_assert(offsetof(struct vsw_key, tun) == 20 * sizeof(u64));

static u32 words_of(unsigned int class)
{
	u32 words = class_words[class % VSW_CLASS_TUNNEL];

	return class < VSW_CLASS_TUNNEL ? words : words | WORDS_TUNNEL;
}

static void need_depth(struct vsw_needs *needs, enum vsw_depth depth)
{
	needs->depth = max(needs->depth, depth);
}

/* As deep as the words that count. */
static void need_depth_of(struct vsw_needs *needs)
{
	const struct vsw_key *m = &needs->mask;

	if (m->ip_proto || m->ip_tos || m->ip_ttl || m->ip_frag || m->ipv6_label ||
	    memchr_inv(&m->ipv4_src, 0, 40) || m->arp_op ||
	    memchr_inv(m->arp_sha, 0, 2 * ETH_ALEN))
		need_depth(needs, VSW_DEPTH_L3);
	/* The protocol of IPv6 stands behind the extension headers. */
	if (m->tp_src || m->tp_dst || m->tcp_flags ||
	    memchr_inv(&m->nd_target, 0, sizeof(m->nd_target) + 2 * ETH_ALEN))
		need_depth(needs, VSW_DEPTH_L4);
}

/**
 * vsw_needs_match - what a match needs
 * @needs: gets more
 * @match: the match
 *
 * Context: Any.
 */
void vsw_needs_match(struct vsw_needs *needs, const struct vsw_match *match)
{
	unsigned int i;

	for (i = 0; i < VSW_KEY_WORDS; i++)
		needs->mask.w[i] |= match->mask.w[i];
	if (!vsw_range_is_all(match->tp_src))
		needs->mask.tp_src = htons(0xffff);
	if (!vsw_range_is_all(match->tp_dst))
		needs->mask.tp_dst = htons(0xffff);
	need_depth_of(needs);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_needs_match);

static void need_field(struct vsw_needs *needs, u8 field)
{
	const struct vsw_field *f = &vsw_fields[field];

	memset((u8 *)&needs->mask + f->offset, 0xff, f->len);
}

/* To know what tags are below the one that is pushed, popped or written. */
static void need_tags(struct vsw_needs *needs)
{
	struct vsw_key *m = &needs->mask;

	m->vlan_tci = htons(0xffff);
	m->vlan_tpid = htons(0xffff);
	m->inner_vlan_tci = htons(0xffff);
	m->inner_vlan_tpid = htons(0xffff);
}

/* To write a field means to know what headers there are. */
static void need_to_write(struct vsw_needs *needs, u8 field)
{
	const struct vsw_field *f = &vsw_fields[field];
	struct vsw_needs own = {};

	need_field(&own, field);
	need_depth_of(&own);
	if (own.mask.vlan_tci)
		need_tags(needs);
	if (f->prereq < VSW_PREREQ_IP)
		return;
	needs->mask.eth_type = htons(0xffff);
	needs->mask.ip_proto = 0xff;
	needs->mask.ip_frag = 0xff;
	need_depth(needs, VSW_DEPTH_L4);
}

/**
 * vsw_needs_actions - what actions need
 * @needs: gets more
 * @acts: the actions
 *
 * Context: Any.
 */
void vsw_needs_actions(struct vsw_needs *needs, const struct vsw_actions *acts)
{
	const struct vsw_action *a;

	for (a = acts->actions; a < acts->actions + acts->n_actions; a++) {
		switch (a->type) {
		case VSW_A_ACTION_SET_FIELD:
			need_to_write(needs, a->field);
			break;
		case VSW_A_ACTION_MOVE:
			need_field(needs, a->src_field);
			need_field(needs, a->field);
			need_to_write(needs, a->field);
			break;
		case VSW_A_ACTION_PUSH_VLAN:
		case VSW_A_ACTION_POP_VLAN:
		case VSW_A_ACTION_POP_ETH:
			need_tags(needs);
			break;
		case VSW_A_ACTION_DEC_TTL:
		case VSW_A_ACTION_FIB:
		case VSW_A_ACTION_ROUTE:
			need_depth(needs, VSW_DEPTH_L3);
			break;
		}
	}
	need_depth_of(needs);
}

/**
 * vsw_needs_cover - is all that is needed known already?
 * @wide: what is known
 * @narrow: what is needed
 *
 * Context: Any.
 * Return: true if it is.
 */
bool vsw_needs_cover(const struct vsw_needs *wide, const struct vsw_needs *narrow)
{
	unsigned int i;

	for (i = 0; i < VSW_KEY_WORDS; i++)
		if (narrow->mask.w[i] & ~wide->mask.w[i])
			return false;
	return narrow->depth <= wide->depth;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_needs_cover);

/* An odd word is hashed with a word that does not count. */
static void gather_init(struct vsw_gather *g, const struct vsw_key *mask, u32 words)
{
	unsigned int i;

	get_random_bytes(g->secret, sizeof(g->secret));
	for (i = 0; i < VSW_KEY_WORDS; i++) {
		if (!(words & BIT(i)) || !mask->w[i])
			continue;
		g->index[g->n] = i;
		g->mask[g->n++] = mask->w[i];
	}
	g->n += g->n & 1;
}

/**
 * vsw_layout_create - make a layout
 * @needs: what flows need to know of frames
 *
 * Context: Process.
 * Return: The layout, to be freed by kfree_rcu(), or NULL.
 */
struct vsw_layout *vsw_layout_create(const struct vsw_needs *needs)
{
	struct vsw_layout *layout;
	unsigned int i;

	layout = kzalloc(sizeof(*layout), GFP_KERNEL_ACCOUNT);
	if (!layout)
		return NULL;
	layout->needs = *needs;
	/* Each output asks whether it is where the frame came from. */
	layout->needs.mask.in_port = U32_MAX;
	for (i = 0; i < VSW_CLASSES; i++) {
		gather_init(&layout->gather[i], &layout->needs.mask, words_of(i));
		layout->n_max = max(layout->n_max, layout->gather[i].n);
	}
	return layout;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_layout_create);

/**
 * vsw_layout_unpack - a key with nothing in it but what counts
 * @layout: the layout
 * @class: of the frame
 * @digest: its words
 * @key: filled in
 *
 * Context: Any.
 */
void vsw_layout_unpack(const struct vsw_layout *layout, enum vsw_class class,
		       const struct vsw_digest *digest, struct vsw_key *key)
{
	const struct vsw_gather *g = &layout->gather[class];
	unsigned int i;

	memset(key, 0, sizeof(*key));
	for (i = 0; i < g->n; i++)
		key->w[g->index[i]] |= digest->w[i];
	key->w[g->index[0]] ^= g->secret[0];
}
EXPORT_SYMBOL_IF_KUNIT(vsw_layout_unpack);
