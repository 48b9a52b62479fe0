/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Sets of rules for tests and benchmarks, the same for the same seed: access
 * lists, firewalls and chains of IP rules in the manner of ClassBench, network
 * policies, routes, and masks that have nothing in common.
 *
 * Works in the kernel and, with the shim of the benchmark, in programs.
 */
#ifndef VSW_TESTS_RULESET_H
#define VSW_TESTS_RULESET_H

#include <linux/bitops.h>
#include <linux/sort.h>

#include "tables/key.h"

enum ruleset_family {
	RULESET_ACL,
	RULESET_FW,
	RULESET_IPC,
	RULESET_POLICY,
	RULESET_ROUTES,
	RULESET_BOMB,
	RULESET_FAMILIES,
};

static const char *const ruleset_names[] = { "acl", "fw", "ipc", "policy", "routes", "bomb" };

enum ruleset_ports { RULESET_ANY, RULESET_HIGH, RULESET_LOW, RULESET_RANGE, RULESET_EXACT };

/* Lengths of prefixes: any, and every second of the longer ones. */
#define RULESET_LEN_ANY		255
#define RULESET_LEN_EVEN	254

/**
 * struct ruleset_share - how often something is chosen
 * @share: of 100
 * @a: what
 * @b: and what
 */
struct ruleset_share {
	u8 share;
	u8 a;
	u8 b;
};

/**
 * struct ruleset_shape - parameters of a family
 * @protocol: @a is the protocol, 0 for any
 * @ports: classes of source and destination port
 * @prefix: lengths of source and destination prefix, RULESET_LEN_*
 */
struct ruleset_shape {
	struct ruleset_share protocol[4];
	struct ruleset_share ports[5];
	struct ruleset_share prefix[6];
};

static const struct ruleset_shape ruleset_shapes[] = {
	[RULESET_ACL] = {
		.protocol = { { 87, 6 }, { 9, 0 }, { 3, 1 }, { 1, 17 } },
		.ports = { { 58, RULESET_ANY, RULESET_EXACT }, { 30, RULESET_ANY, RULESET_ANY },
			   { 12, RULESET_ANY, RULESET_RANGE } },
		.prefix = { { 75, 32, 32 }, { 10, RULESET_LEN_ANY, 32 },
			    { 10, 32, RULESET_LEN_ANY },
			    { 5, RULESET_LEN_EVEN, RULESET_LEN_EVEN } },
	},
	[RULESET_FW] = {
		.protocol = { { 57, 6 }, { 33, 17 }, { 6, 47 }, { 4, 1 } },
		.ports = { { 57, RULESET_ANY, RULESET_EXACT }, { 23, RULESET_ANY, RULESET_ANY },
			   { 10, RULESET_EXACT, RULESET_ANY }, { 6, RULESET_HIGH, RULESET_HIGH },
			   { 4, RULESET_RANGE, RULESET_LOW } },
		.prefix = { { 45, 0, 32 }, { 24, 32, 0 }, { 7, 0, 0 }, { 6, 32, 32 },
			    { 18, RULESET_LEN_EVEN, RULESET_LEN_EVEN } },
	},
	[RULESET_IPC] = {
		.protocol = { { 38, 17 }, { 36, 0 }, { 26, 6 } },
		.ports = { { 39, RULESET_ANY, RULESET_ANY }, { 36, RULESET_ANY, RULESET_EXACT },
			   { 16, RULESET_EXACT, RULESET_ANY }, { 9, RULESET_HIGH, RULESET_RANGE } },
		.prefix = { { 24, 32, 32 }, { 14, 24, 32 }, { 13, 24, 24 },
			    { 49, RULESET_LEN_ANY, RULESET_LEN_ANY } },
	},
};

static inline u64 ruleset_mix(u64 x)
{
	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9ull;
	x = (x ^ x >> 27) * 0x94d049bb133111ebull;
	return x ^ x >> 31;
}

static inline u32 ruleset_rnd(u64 *state)
{
	*state += 0x9e3779b97f4a7c15ull;
	return ruleset_mix(*state) >> 32;
}

static inline u32 ruleset_below(u64 *state, u32 n)
{
	return (u64)ruleset_rnd(state) * n >> 32;
}

static inline const struct ruleset_share *
ruleset_pick(const struct ruleset_share *shares, unsigned int n, u64 *state)
{
	u32 at = ruleset_below(state, 100);
	unsigned int i;

	for (i = 0; i + 1 < n && at >= shares[i].share; i++)
		at -= shares[i].share;
	return &shares[i];
}

/*
 * An address of a tree in which two of five levels branch, one side more often
 * than the other; which levels, depends on the way to them only.
 */
static inline u32 ruleset_address(u64 *state, u64 tree)
{
	u32 address = 0;
	bool bit;
	int i;
	u64 node;

	for (i = 31; i >= 0; i--) {
		node = ruleset_mix(tree + address + ((u64)i << 32));
		bit = node & 1;
		if ((node >> 8) % 100 < 45)
			bit ^= ruleset_below(state, 100) < 35;
		address |= (u32)bit << i;
	}
	return address;
}

static inline u32 ruleset_prefix(unsigned int len)
{
	return len ? ~0u << (32 - len) : 0;
}

static inline void ruleset_ipv4(struct vsw_match *match, u32 src, unsigned int src_len,
				u32 dst, unsigned int dst_len)
{
	match->mask.eth_type = htons(0xffff);
	match->value.eth_type = htons(0x0800);
	match->mask.ipv4_src = htonl(ruleset_prefix(src_len));
	match->value.ipv4_src = htonl(src & ruleset_prefix(src_len));
	match->mask.ipv4_dst = htonl(ruleset_prefix(dst_len));
	match->value.ipv4_dst = htonl(dst & ruleset_prefix(dst_len));
}

static inline void ruleset_port(u64 *state, enum ruleset_ports class, __be16 *value,
				__be16 *mask, struct vsw_range *range)
{
	/* Few services have most of the rules. */
	u16 port = ruleset_below(state, 2) ? 20 + ruleset_below(state, 100) :
					     ruleset_below(state, 50000);

	if (class == RULESET_EXACT) {
		*mask = htons(0xffff);
		*value = htons(port);
	} else if (class == RULESET_HIGH) {
		*range = (struct vsw_range){ 1024, 65535 };
	} else if (class == RULESET_LOW) {
		*range = (struct vsw_range){ 0, 1023 };
	} else if (class == RULESET_RANGE) {
		*range = (struct vsw_range){ port, port + 1 + ruleset_below(state, 15000) };
	}
}

static inline u8 ruleset_len(u64 *state, u8 len)
{
	if (len == RULESET_LEN_ANY)
		return 8 + ruleset_below(state, 24);
	return len == RULESET_LEN_EVEN ? 14 + 2 * ruleset_below(state, 10) : len;
}

/* Where both lengths are free, the second is not far from the first. */
static inline u8 ruleset_second_len(u64 *state, u8 len, u8 first, u8 first_len)
{
	if (len != first || len < RULESET_LEN_EVEN)
		return ruleset_len(state, len);
	first_len += len == RULESET_LEN_ANY ? ruleset_below(state, 9) :
					      4 * ruleset_below(state, 3);
	return first_len < 32 ? first_len : 32;
}

static inline void ruleset_classbench(const struct ruleset_shape *shape, u64 *state, u64 seed,
				      struct vsw_match *match)
{
	const struct ruleset_share *prefix = ruleset_pick(shape->prefix, 6, state);
	const struct ruleset_share *ports = ruleset_pick(shape->ports, 5, state);
	u8 protocol = ruleset_pick(shape->protocol, 4, state)->a;
	u8 src = ruleset_len(state, prefix->a);
	u8 dst = ruleset_second_len(state, prefix->b, prefix->a, src);

	ruleset_ipv4(match, ruleset_address(state, seed), src, ruleset_address(state, seed + 1),
		     dst);
	if (!protocol)
		return;
	match->mask.ip_proto = 0xff;
	match->value.ip_proto = protocol;
	if (protocol != 6 && protocol != 17)
		return;
	ruleset_port(state, ports->a, &match->value.tp_src, &match->mask.tp_src, &match->tp_src);
	ruleset_port(state, ports->b, &match->value.tp_dst, &match->mask.tp_dst, &match->tp_dst);
}

/* Who may reach a service of a pod: others of a namespace, or a network. */
static inline void ruleset_policy(u64 *state, u64 seed, struct vsw_match *match)
{
	static const u8 lens[] = { 0, 16, 24, 32 };

	ruleset_ipv4(match, ruleset_address(state, seed), lens[ruleset_below(state, 4)],
		     0x0a000000 + ruleset_below(state, 1 << 14), 32);
	match->mask.reg[0] = ~0u;
	match->value.reg[0] = ruleset_below(state, 64);
	match->mask.ip_proto = 0xff;
	match->value.ip_proto = 6;
	ruleset_port(state, RULESET_EXACT, &match->value.tp_dst, &match->mask.tp_dst,
		     &match->tp_dst);
}

static inline void ruleset_bomb(u64 *state, struct vsw_match *match)
{
	/* Few bits are set, so that many rules match the same frame. */
	match->mask.metadata = ruleset_mix(*state) & ruleset_mix(*state + 1);
	match->mask.reg[0] = ruleset_rnd(state) & ruleset_rnd(state);
	match->value.metadata = match->mask.metadata & 1;
}

static inline void ruleset_one(enum ruleset_family family, u64 *state, u64 seed,
			       struct vsw_match *match)
{
	vsw_match_init(match);
	switch (family) {
	case RULESET_POLICY:
		ruleset_policy(state, seed, match);
		break;
	case RULESET_ROUTES:
		ruleset_ipv4(match, 0, 0, ruleset_rnd(state), 8 + ruleset_below(state, 17));
		break;
	case RULESET_BOMB:
		ruleset_bomb(state, match);
		break;
	default:
		ruleset_classbench(&ruleset_shapes[family], state, seed, match);
	}
}

/* A rule that says nothing else than one before it is of no use. */
static inline bool ruleset_is_same(const struct vsw_match *a, const struct vsw_match *b)
{
	return !memcmp(a, b, sizeof(*a));
}

static inline u64 ruleset_hash(const struct vsw_match *match)
{
	const u64 *w = (const u64 *)match;
	u64 hash = 0;
	unsigned int i;

	for (i = 0; i < sizeof(*match) / sizeof(u64); i++)
		hash = ruleset_mix(hash ^ w[i]);
	return hash;
}

static inline unsigned int ruleset_weight(const struct vsw_match *match)
{
	unsigned int i, n = 0;

	for (i = 0; i < VSW_KEY_WORDS; i++)
		n += hweight64(match->mask.w[i]);
	return n;
}

static inline int ruleset_compare(const void *a, const void *b)
{
	return (int)ruleset_weight(b) - (int)ruleset_weight(a);
}

/*
 * Makes n different rules; seen is for 2 * n numbers, all 0. Rule 0 is to have
 * the highest priority.
 */
static inline void ruleset_make(enum ruleset_family family, u64 seed, struct vsw_match *match,
				u32 n, u32 *seen)
{
	u64 state = ruleset_mix(seed + family);
	u32 i, at;

	for (i = 0; i < n; ) {
		ruleset_one(family, &state, ruleset_mix(seed), &match[i]);
		at = ruleset_hash(&match[i]) % (2 * n);
		while (seen[at] && !ruleset_is_same(&match[seen[at] - 1], &match[i]))
			at = (at + 1) % (2 * n);
		if (!seen[at])
			seen[at] = ++i;
	}
	/* A rule behind a wider one would be of no use: ClassBench orders them, too. */
	if (family <= RULESET_IPC)
		sort(match, n, sizeof(*match), ruleset_compare, NULL);
}

static inline u16 ruleset_priority(u32 i, u32 n)
{
	return 1 + (u64)(n - 1 - i) * 65000 / n;
}

/* A frame that a rule matches; what the rule does not say is random. */
static inline void ruleset_key(const struct vsw_match *match, u64 *state, struct vsw_key *key)
{
	unsigned int i;
	u16 port;

	memset(key, 0, sizeof(*key));
	key->eth_type = htons(0x0800);
	key->ip_proto = ruleset_below(state, 2) ? 6 : 17;
	key->metadata = (u64)ruleset_rnd(state) << 32 | ruleset_rnd(state);
	key->reg[0] = ruleset_rnd(state);
	key->ipv4_src = htonl(ruleset_rnd(state));
	key->ipv4_dst = htonl(ruleset_rnd(state));
	port = match->tp_src.lo + ruleset_below(state, match->tp_src.hi - match->tp_src.lo + 1);
	key->tp_src = htons(port);
	port = match->tp_dst.lo + ruleset_below(state, match->tp_dst.hi - match->tp_dst.lo + 1);
	key->tp_dst = htons(port);
	for (i = 0; i < VSW_KEY_WORDS; i++)
		key->w[i] = (key->w[i] & ~match->mask.w[i]) | match->value.w[i];
}

#endif
