/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The key: what flows can match, in one packed layout of 64-bit words. Masks
 * have the same layout. Fields of the wire are in network byte order.
 */
#ifndef VSW_TABLES_KEY_H
#define VSW_TABLES_KEY_H

#include <linux/if_ether.h>
#include <linux/in6.h>
#include <linux/limits.h>
#include <linux/string.h>
#include <linux/types.h>
#include <linux/vsw.h>

#define VSW_KEY_WORDS	28
#define VSW_TUNNEL_WORDS	8
#define VSW_REGS	8

/**
 * struct vsw_tunnel - outer header of a frame that comes by a tunnel or goes by one
 * @id: VNI or key
 * @src: IPv4 source
 * @dst: IPv4 destination
 * @src6: IPv6 source
 * @dst6: IPv6 destination
 * @tos: DSCP and ECN
 * @ttl: TTL or hop limit
 * @flags: VSW_TUN_FLAG_*
 * @gbp_id: VXLAN group policy
 * @gbp_flags: of it
 * @opt_type: Geneve option
 * @opt_class: of it
 * @opt_data: of it
 * @zero1: always 0
 * @w: the same as words
 */
struct vsw_tunnel {
	union {
		struct {
			__be64 id;
			__be32 src;
			__be32 dst;
			struct in6_addr src6;
			struct in6_addr dst6;
			u8 tos;
			u8 ttl;
			__be16 flags;
			__be16 gbp_id;
			u8 gbp_flags;
			u8 opt_type;
			__be32 opt_data;
			__be16 opt_class;
			u16 zero1;
		};
		u64 w[VSW_TUNNEL_WORDS];
	};
};

static_assert(sizeof(struct vsw_tunnel) == VSW_TUNNEL_WORDS * sizeof(u64));

/**
 * struct vsw_key - the fields of a frame and of its journey
 * @in_port: number of the port where the frame entered
 * @pkt_mark: skb->mark
 * @metadata: what flows pass on to later tables
 * @reg: registers, as @metadata
 * @eth_dst: destination address
 * @eth_src: source address
 * @eth_type: type after up to two VLAN tags; 0x05ff for 802.2 frames
 * @vlan_tci: outer tag with VSW_VLAN_PRESENT, 0 without a tag
 * @inner_vlan_tci: second tag with VSW_VLAN_PRESENT, 0 without
 * @vlan_tpid: TPID of the outer tag, 0 without a tag
 * @ip_proto: protocol after IPv6 extension headers
 * @ip_tos: DSCP and ECN
 * @ip_ttl: TTL or hop limit
 * @ip_frag: VSW_FRAG_*
 * @tp_src: source port; ICMP type, 8 bits
 * @tp_dst: destination port; ICMP code, 8 bits
 * @tcp_flags: 12 bits
 * @arp_op: ARP opcode
 * @ipv4_src: IPv4 source, or ARP sender
 * @ipv4_dst: IPv4 destination, or ARP target
 * @ipv6_src: IPv6 source
 * @ipv6_dst: IPv6 destination
 * @ipv6_label: 20 bits
 * @inner_vlan_tpid: TPID of the second tag, 0 without; not matched
 * @zero1: always 0
 * @nd_target: target of a neighbour solicitation or advertisement
 * @arp_sha: ARP sender hardware address, or ND source link-layer address
 * @arp_tha: ARP target hardware address, or ND target link-layer address
 * @zero2: always 0
 * @tun: outer header of the tunnel that the frame came by, 0 without
 * @w: the same as words
 */
struct vsw_key {
	union {
		struct {
			u32 in_port;				/* word 0 */
			u32 pkt_mark;
			u64 metadata;				/* 1 */
			u32 reg[VSW_REGS];			/* 2-5 */
			u8 eth_dst[ETH_ALEN];			/* 6-7 */
			u8 eth_src[ETH_ALEN];
			__be16 eth_type;
			__be16 vlan_tci;
			__be16 inner_vlan_tci;			/* 8 */
			__be16 vlan_tpid;
			u8 ip_proto;
			u8 ip_tos;
			u8 ip_ttl;
			u8 ip_frag;
			__be16 tp_src;				/* 9 */
			__be16 tp_dst;
			__be16 tcp_flags;
			__be16 arp_op;
			__be32 ipv4_src;			/* 10 */
			__be32 ipv4_dst;
			struct in6_addr ipv6_src;		/* 11-12 */
			struct in6_addr ipv6_dst;		/* 13-14 */
			__be32 ipv6_label;			/* 15 */
			__be16 inner_vlan_tpid;
			u16 zero1;
			struct in6_addr nd_target;		/* 16-17 */
			u8 arp_sha[ETH_ALEN];			/* 18-19 */
			u8 arp_tha[ETH_ALEN];
			__be32 zero2;
			struct vsw_tunnel tun;			/* 20-27 */
		};
		u64 w[VSW_KEY_WORDS];
	};
};

static_assert(sizeof(struct vsw_key) == VSW_KEY_WORDS * sizeof(u64));
static_assert(offsetof(struct vsw_key, eth_dst) == 6 * sizeof(u64));
static_assert(offsetof(struct vsw_key, nd_target) == 16 * sizeof(u64));
static_assert(offsetof(struct vsw_key, tun) == 20 * sizeof(u64));

#define VSW_FIELDS_COUNT	(__VSW_A_FIELDS_MAX)

/**
 * enum vsw_prereq - what a field needs the match to say
 * @VSW_PREREQ_NONE: nothing
 * @VSW_PREREQ_VLAN: an outer tag
 * @VSW_PREREQ_INNER_VLAN: two tags
 * @VSW_PREREQ_IP: eth_type IPv4 or IPv6
 * @VSW_PREREQ_IPV4: eth_type IPv4
 * @VSW_PREREQ_IPV6: eth_type IPv6
 * @VSW_PREREQ_ARP: eth_type ARP or RARP
 * @VSW_PREREQ_TRANSPORT: IP and ip_proto TCP, UDP or SCTP
 * @VSW_PREREQ_TCP: IP and ip_proto TCP
 * @VSW_PREREQ_ICMP: IPv4 and ICMP, or IPv6 and ICMPv6
 * @VSW_PREREQ_ND: ICMPv6 and icmp_type 135 or 136
 * @VSW_PREREQ_ND_SOL: ICMPv6 and icmp_type 135
 * @VSW_PREREQ_ND_ADV: ICMPv6 and icmp_type 136
 */
enum vsw_prereq {
	VSW_PREREQ_NONE,
	VSW_PREREQ_VLAN,
	VSW_PREREQ_INNER_VLAN,
	VSW_PREREQ_IP,
	VSW_PREREQ_IPV4,
	VSW_PREREQ_IPV6,
	VSW_PREREQ_ARP,
	VSW_PREREQ_TRANSPORT,
	VSW_PREREQ_TCP,
	VSW_PREREQ_ICMP,
	VSW_PREREQ_ND,
	VSW_PREREQ_ND_SOL,
	VSW_PREREQ_ND_ADV,
};

/**
 * struct vsw_field - where a field lives in the key
 * @name: as in ovs-fields(7)
 * @offset: byte in struct vsw_key
 * @len: in bytes
 * @bits: width; the field's least significant bits where it is less than @len
 * @prereq: what a match on it needs
 * @writable: actions may change it
 * @host_order: an integer of the host, not of the wire
 *
 * Indexed by VSW_A_FIELDS_*.
 */
struct vsw_field {
	const char *name;
	u16 offset;
	u8 len;
	u8 bits;
	enum vsw_prereq prereq;
	bool writable;
	bool host_order;
};

extern const struct vsw_field vsw_fields[VSW_FIELDS_COUNT];

/**
 * struct vsw_range - transport ports, host byte order
 * @lo: first
 * @hi: last; 0 and 65535 match all
 */
struct vsw_range {
	u16 lo;
	u16 hi;
};

/**
 * struct vsw_match - what a flow wants of a frame
 * @value: wanted bits, 0 where @mask is 0
 * @mask: which bits count
 * @tp_src: range of source ports; all where @mask covers tp_src
 * @tp_dst: range of destination ports; all where @mask covers tp_dst
 *
 * Starts with vsw_match_init().
 */
struct vsw_match {
	struct vsw_key value;
	struct vsw_key mask;
	struct vsw_range tp_src;
	struct vsw_range tp_dst;
};

struct netlink_ext_ack;

/*
 * Bytes of a word, where they stand in memory; @value has them as they were
 * loaded. A word that is stored at once can be loaded at once: CPUs wait where
 * it was stored in parts.
 */
static inline u64 vsw_bytes(u64 value, unsigned int ofs, unsigned int len)
{
#ifdef __LITTLE_ENDIAN
	return value << ofs * 8;
#else
	return value << (sizeof(u64) - ofs - len) * 8;
#endif
}

/* A match that every frame fulfils. */
static inline void vsw_match_init(struct vsw_match *match)
{
	memset(match, 0, sizeof(*match));
	match->tp_src.hi = U16_MAX;
	match->tp_dst.hi = U16_MAX;
}

static inline bool vsw_range_is_all(struct vsw_range range)
{
	return !range.lo && range.hi == U16_MAX;
}

static inline bool vsw_key_is_same(const struct vsw_key *a, const struct vsw_key *b)
{
	u64 differ = 0;
	unsigned int i;

	for (i = 0; i < VSW_KEY_WORDS; i++)
		differ |= a->w[i] ^ b->w[i];
	return !differ;
}

/*
 * Both halves of the product of 64 by 64 bits, folded into one. CPUs have an
 * instruction for them; mul_u64_u64_shr() takes forty where the architecture does
 * not vouch for its compilers, as User Mode Linux.
 */
static inline u64 vsw_fold(u64 a, u64 b)
{
	unsigned __int128 product = (unsigned __int128)a * b;

	return (u64)product ^ (u64)(product >> 64);
}

bool vsw_field_fits(u8 field, const void *bytes);
void vsw_field_set_all(u8 field, void *bytes);
const char *vsw_prereq_name(enum vsw_prereq need);

bool vsw_match_has_prereq(const struct vsw_match *match, enum vsw_prereq need);
int vsw_match_check_field(const struct vsw_match *match, u8 field,
			  struct netlink_ext_ack *extack);
bool vsw_match_covers(const struct vsw_match *wide, const struct vsw_match *narrow);
bool vsw_match_frame(const struct vsw_match *match, const struct vsw_key *key);
void vsw_key_move(struct vsw_key *key, u8 dst, u8 dst_ofs, u8 src, u8 src_ofs, u8 bits);

#endif
