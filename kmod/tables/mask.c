// SPDX-License-Identifier: GPL-2.0
/*
 * Masks: what bits of the key rules look at, and which of them to hash.
 */
#include "tables/mask.h"

#include <linux/bitops.h>
#include <linux/random.h>
#include <linux/slab.h>

#include "compat.h"

/* A tuple that hashes this many bits of addresses does without other fields. */
#define ADDRESS_BITS_ENOUGH	12

/**
 * struct address - a field of which masks cover a prefix
 * @offset: byte in the key
 * @len: in bytes
 * @step: prefixes are shortened to a multiple of this
 */
struct address {
	u8 offset;
	u8 len;
	u8 step;
};

#define ADDRESS(_member, _len, _step)	{ offsetof(struct vsw_key, _member), _len, _step }

static const struct address addresses[] = {
	ADDRESS(eth_dst, ETH_ALEN, 8),
	ADDRESS(eth_src, ETH_ALEN, 8),
	ADDRESS(ipv4_src, 4, 4),
	ADDRESS(ipv4_dst, 4, 4),
	ADDRESS(ipv6_src, 16, 8),
	ADDRESS(ipv6_dst, 16, 8),
};

/**
 * vsw_key_pack - pack a mask
 * @packed: filled in
 * @mask: the mask
 *
 * Context: Any.
 */
void vsw_key_pack(struct vsw_packed *packed, const struct vsw_key *mask)
{
	unsigned int i;

	memset(packed, 0, sizeof(*packed));
	for (i = 0; i < VSW_KEY_WORDS; i++) {
		if (!mask->w[i])
			continue;
		packed->word[packed->n] = i;
		packed->w[packed->n++] = mask->w[i];
	}
}

/**
 * vsw_key_has - does a mask have all bits of another?
 * @wide: the mask
 * @narrow: the other
 *
 * Context: Any.
 * Return: true if it does.
 */
bool vsw_key_has(const struct vsw_key *wide, const struct vsw_key *narrow)
{
	unsigned int i;

	for (i = 0; i < VSW_KEY_WORDS; i++)
		if (narrow->w[i] & ~wide->w[i])
			return false;
	return true;
}

/**
 * vsw_key_weight - count bits
 * @mask: the mask
 *
 * Context: Any.
 * Return: number of bits that are set.
 */
unsigned int vsw_key_weight(const struct vsw_key *mask)
{
	unsigned int i, n = 0;

	for (i = 0; i < VSW_KEY_WORDS; i++)
		n += hweight64(mask->w[i]);
	return n;
}

static unsigned int prefix_len(const u8 *bytes, unsigned int len)
{
	unsigned int i;

	for (i = 0; i < len && bytes[i] == 0xff; i++)
		;
	return i == len ? 8 * len : 8 * i + 8 - fls(bytes[i] ^ 0xff);
}

static void prefix_set(u8 *bytes, unsigned int prefix)
{
	memset(bytes, 0xff, prefix / 8);
	if (prefix % 8)
		bytes[prefix / 8] = 0xff << (8 - prefix % 8);
}

static unsigned int relaxed_len(const struct address *a, const struct vsw_key *mask)
{
	unsigned int n = prefix_len((const u8 *)mask + a->offset, a->len);

	return n == 8 * a->len && a->len > 4 ? n : round_down(min(n, 8u * a->len - 1), a->step);
}

/* Bytes that the mask covers whole and that are no part of an address. */
static void relax_rest(struct vsw_key *relaxed, const struct vsw_key *mask)
{
	const u8 *from = (const u8 *)mask;
	u8 *to = (u8 *)relaxed;
	struct vsw_key is_address = {};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(addresses); i++)
		memset((u8 *)&is_address + addresses[i].offset, 0xff, addresses[i].len);
	for (i = 0; i < sizeof(*mask); i++)
		if (from[i] == 0xff && !((u8 *)&is_address)[i])
			to[i] = 0xff;
}

/**
 * vsw_mask_relax - what to hash so that rules of similar masks can stand together
 * @relaxed: filled in: a part of the mask
 * @mask: the mask
 *
 * Prefixes of addresses are shortened to a step; where one of a pair is much
 * shorter than the other, it is left out. Other fields count only where
 * addresses tell too little.
 *
 * Context: Any.
 */
void vsw_mask_relax(struct vsw_key *relaxed, const struct vsw_key *mask)
{
	unsigned int i, n[ARRAY_SIZE(addresses)];

	memset(relaxed, 0, sizeof(*relaxed));
	for (i = 0; i < ARRAY_SIZE(addresses); i++)
		n[i] = relaxed_len(&addresses[i], mask);
	for (i = 0; i < ARRAY_SIZE(addresses); i++)
		if (n[i] + 2 * addresses[i].step > n[i ^ 1])
			prefix_set((u8 *)relaxed + addresses[i].offset, n[i]);
	if (vsw_key_weight(relaxed) < ADDRESS_BITS_ENOUGH)
		relax_rest(relaxed, mask);
}

static struct hlist_head *bucket_of(const struct vsw_masks *masks, const struct vsw_key *bits)
{
	u64 hash = masks->secret[0];
	unsigned int i;

	for (i = 0; i < VSW_KEY_WORDS; i += 2)
		hash = vsw_fold(bits->w[i] ^ hash, bits->w[i + 1] ^ masks->secret[1]);
	return (struct hlist_head *)&masks->bucket[hash % VSW_MASK_BUCKETS];
}

/**
 * vsw_masks_init - begin without masks
 * @masks: the masks of a table, zeroed
 *
 * Context: Process.
 */
void vsw_masks_init(struct vsw_masks *masks)
{
	get_random_bytes(masks->secret, sizeof(masks->secret));
}

/**
 * vsw_mask_find - find a mask
 * @masks: the masks of a table
 * @bits: the mask
 *
 * Context: Process, under the lock.
 * Return: The mask, or NULL.
 */
struct vsw_mask *vsw_mask_find(struct vsw_masks *masks, const struct vsw_key *bits)
{
	struct vsw_mask *mask = masks->last;

	/* Flows that come one after the other often have the same. */
	if (mask && vsw_key_is_same(&mask->bits, bits))
		return mask;
	hlist_for_each_entry(mask, bucket_of(masks, bits), node) {
		if (!vsw_key_is_same(&mask->bits, bits))
			continue;
		masks->last = mask;
		return mask;
	}
	return NULL;
}

/**
 * vsw_mask_add - add a mask that is not there
 * @masks: the masks of a table
 * @bits: the mask
 *
 * Context: Process, under the lock.
 * Return: The mask, without rules or a tuple; or NULL where there is no memory.
 */
struct vsw_mask *vsw_mask_add(struct vsw_masks *masks, const struct vsw_key *bits)
{
	struct vsw_mask *mask = kzalloc(sizeof(*mask), GFP_KERNEL_ACCOUNT);

	if (!mask)
		return NULL;
	vsw_key_pack(&mask->packed, bits);
	mask->bits = *bits;
	INIT_LIST_HEAD(&mask->sibling);
	hlist_add_head(&mask->node, bucket_of(masks, bits));
	masks->n++;
	return mask;
}

/**
 * vsw_mask_del - remove a mask that no rule has
 * @masks: the masks of a table
 * @mask: the mask, in no tuple; freed after a grace period
 *
 * Context: Process, under the lock.
 */
void vsw_mask_del(struct vsw_masks *masks, struct vsw_mask *mask)
{
	if (masks->last == mask)
		masks->last = NULL;
	hlist_del(&mask->node);
	masks->n--;
	kfree_rcu(mask, rcu);
}
