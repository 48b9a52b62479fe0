// SPDX-License-Identifier: GPL-2.0
/*
 * Matches: what flows want of the fields.
 */
#include "compat.h"
#include "tables/key.h"

#include <linux/bitops.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <net/ndisc.h>

static bool wants_eth_type(const struct vsw_match *match, u16 type)
{
	return match->mask.eth_type == htons(0xffff) &&
	       match->value.eth_type == htons(type);
}

static bool wants_ip(const struct vsw_match *match)
{
	return wants_eth_type(match, ETH_P_IP) || wants_eth_type(match, ETH_P_IPV6);
}

static bool wants_proto(const struct vsw_match *match, u8 proto)
{
	return match->mask.ip_proto == 0xff && match->value.ip_proto == proto;
}

static bool wants_transport(const struct vsw_match *match)
{
	return wants_ip(match) && (wants_proto(match, IPPROTO_TCP) ||
				   wants_proto(match, IPPROTO_UDP) ||
				   wants_proto(match, IPPROTO_SCTP));
}

static bool wants_icmpv6(const struct vsw_match *match)
{
	return wants_eth_type(match, ETH_P_IPV6) &&
	       wants_proto(match, IPPROTO_ICMPV6);
}

static bool wants_nd(const struct vsw_match *match, u8 type)
{
	return wants_icmpv6(match) &&
	       (match->mask.tp_src & htons(0xff)) == htons(0xff) &&
	       (match->value.tp_src & htons(0xff)) == htons(type);
}

static bool wants_tag(__be16 mask, __be16 value)
{
	return mask & value & htons(VSW_VLAN_PRESENT);
}

/**
 * vsw_match_has_prereq - do all frames of a match have what a field needs?
 * @match: match, or what is known of a frame in the midst of a flow's actions
 * @need: what the field needs
 *
 * Context: Any.
 * Return: true if they do.
 */
bool vsw_match_has_prereq(const struct vsw_match *match, enum vsw_prereq need)
{
	switch (need) {
	case VSW_PREREQ_NONE:
		return true;
	case VSW_PREREQ_VLAN:
		return wants_tag(match->mask.vlan_tci, match->value.vlan_tci);
	case VSW_PREREQ_INNER_VLAN:
		return wants_tag(match->mask.inner_vlan_tci,
				 match->value.inner_vlan_tci);
	case VSW_PREREQ_IP:
		return wants_ip(match);
	case VSW_PREREQ_IPV4:
		return wants_eth_type(match, ETH_P_IP);
	case VSW_PREREQ_IPV6:
		return wants_eth_type(match, ETH_P_IPV6);
	case VSW_PREREQ_ARP:
		return wants_eth_type(match, ETH_P_ARP) ||
		       wants_eth_type(match, ETH_P_RARP);
	case VSW_PREREQ_TRANSPORT:
		return wants_transport(match);
	case VSW_PREREQ_TCP:
		return wants_ip(match) && wants_proto(match, IPPROTO_TCP);
	case VSW_PREREQ_ICMP:
		return wants_icmpv6(match) ||
		       (wants_eth_type(match, ETH_P_IP) &&
			wants_proto(match, IPPROTO_ICMP));
	case VSW_PREREQ_ND:
		return wants_nd(match, NDISC_NEIGHBOUR_SOLICITATION) ||
		       wants_nd(match, NDISC_NEIGHBOUR_ADVERTISEMENT);
	case VSW_PREREQ_ND_SOL:
		return wants_nd(match, NDISC_NEIGHBOUR_SOLICITATION);
	case VSW_PREREQ_ND_ADV:
		return wants_nd(match, NDISC_NEIGHBOUR_ADVERTISEMENT);
	}
	return false;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_match_has_prereq);

static bool key_has_bits(const struct vsw_key *key, unsigned int offset,
			 unsigned int len)
{
	return memchr_inv((const u8 *)key + offset, 0, len);
}

static const struct vsw_range *field_range(const struct vsw_match *match, u8 field)
{
	switch (field) {
	case VSW_A_FIELDS_TP_SRC:
		return &match->tp_src;
	case VSW_A_FIELDS_TP_DST:
		return &match->tp_dst;
	}
	return NULL;
}

static int check_range(const struct vsw_match *match, u8 field,
		       struct netlink_ext_ack *extack)
{
	const struct vsw_range *range = field_range(match, field);
	const struct vsw_field *f = &vsw_fields[field];

	if (!range || vsw_range_is_all(*range))
		return 0;
	if (range->lo > range->hi) {
		NL_SET_ERR_MSG_FMT(extack, "%s: the range ends before it starts",
				   f->name);
		return -EINVAL;
	}
	if (key_has_bits(&match->mask, f->offset, f->len)) {
		NL_SET_ERR_MSG_FMT(extack, "%s: a range takes no mask", f->name);
		return -EINVAL;
	}
	return 0;
}

/* Does a match say that there is no tag? */
static bool is_absent(__be16 mask, __be16 value)
{
	return mask & ~value & htons(VSW_VLAN_PRESENT);
}

static int check_tag(const struct vsw_match *match, u8 field,
		     struct netlink_ext_ack *extack)
{
	const struct vsw_key *value = &match->value, *mask = &match->mask;
	bool bad = false;

	if (field == VSW_A_FIELDS_VLAN_TCI)
		bad = value->vlan_tci && is_absent(mask->vlan_tci, value->vlan_tci);
	else if (field == VSW_A_FIELDS_VLAN_TPID)
		bad = value->vlan_tpid && is_absent(mask->vlan_tci, value->vlan_tci);
	else if (field == VSW_A_FIELDS_INNER_VLAN_TCI)
		bad = value->inner_vlan_tci &&
		      is_absent(mask->inner_vlan_tci, value->inner_vlan_tci);
	if (!bad)
		return 0;
	NL_SET_ERR_MSG_FMT(extack, "%s: without bit 0x1000 there is no tag to match",
			   vsw_fields[field].name);
	return -EINVAL;
}

static int check_frag(const struct vsw_match *match, u8 field,
		      struct netlink_ext_ack *extack)
{
	if (field != VSW_A_FIELDS_IP_FRAG || match->mask.ip_frag != 3 ||
	    match->value.ip_frag != VSW_FRAG_LATER)
		return 0;
	NL_SET_ERR_MSG(extack, "ip_frag: a later fragment is a fragment, set bit 1 too");
	return -EINVAL;
}

static int check_bits(const struct vsw_match *match, u8 field,
		      struct netlink_ext_ack *extack)
{
	const struct vsw_field *f = &vsw_fields[field];
	const u8 *value = (const u8 *)&match->value + f->offset;
	const u8 *mask = (const u8 *)&match->mask + f->offset;
	unsigned int i;

	if (!vsw_field_fits(field, mask) || !vsw_field_fits(field, value)) {
		NL_SET_ERR_MSG_FMT(extack, "%s has only %u bits", f->name, f->bits);
		return -EINVAL;
	}
	for (i = 0; i < f->len; i++) {
		if (value[i] & ~mask[i]) {
			NL_SET_ERR_MSG_FMT(extack, "%s has bits outside its mask",
					   f->name);
			return -EINVAL;
		}
	}
	return 0;
}

/* An absent tag is known even where no tag is asked for. */
static bool is_absent_inner_tag(const struct vsw_match *match, u8 field)
{
	return field == VSW_A_FIELDS_INNER_VLAN_TCI && !match->value.inner_vlan_tci;
}

/**
 * vsw_match_check_field - may a match want this of a field?
 * @match: match
 * @field: VSW_A_FIELDS_* that the match uses
 * @extack: says what the field lacks
 *
 * Where fields share a place in the key, this one is meant.
 *
 * Context: Any.
 * Return: 0, or -EINVAL.
 */
int vsw_match_check_field(const struct vsw_match *match, u8 field,
			  struct netlink_ext_ack *extack)
{
	const struct vsw_field *f = &vsw_fields[field];
	int err;

	if (!vsw_match_has_prereq(match, f->prereq) &&
	    !is_absent_inner_tag(match, field)) {
		NL_SET_ERR_MSG_FMT(extack, "%s needs a match on %s", f->name,
				   vsw_prereq_name(f->prereq));
		return -EINVAL;
	}
	err = check_bits(match, field, extack);
	if (!err)
		err = check_tag(match, field, extack);
	if (!err)
		err = check_frag(match, field, extack);
	if (!err)
		err = check_range(match, field, extack);
	return err;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_match_check_field);

/**
 * struct tp_set - the ports that a match wants
 * @lo: no less
 * @hi: no more
 * @mask: bits that all of them share
 * @value: of these bits
 */
struct tp_set {
	u16 lo;
	u16 hi;
	u16 mask;
	u16 value;
};

static struct tp_set tp_set(struct vsw_range range, __be16 be_value, __be16 be_mask)
{
	u16 value = ntohs(be_value), mask = ntohs(be_mask);
	u16 differ = range.lo ^ range.hi;

	if (mask || vsw_range_is_all(range))
		return (struct tp_set){ value, value | ~mask, mask, value };
	/* From the highest bit in which the ends differ, all bits vary. */
	mask = differ ? ~GENMASK(fls(differ) - 1, 0) : 0xffff;
	return (struct tp_set){ range.lo, range.hi, mask, range.lo & mask };
}

static bool tp_covers(struct tp_set wide, struct tp_set narrow)
{
	return wide.lo <= narrow.lo && narrow.hi <= wide.hi &&
	       !(wide.mask & ~narrow.mask) &&
	       (narrow.value & wide.mask) == wide.value;
}

static bool range_has(struct vsw_range range, __be16 port)
{
	return range.lo <= ntohs(port) && ntohs(port) <= range.hi;
}

/* All fields but the transport ports, which share a word with others. */
static bool key_covers(const struct vsw_match *wide, const struct vsw_match *narrow)
{
	struct vsw_key mask = wide->mask;
	unsigned int i;

	mask.tp_src = 0;
	mask.tp_dst = 0;
	for (i = 0; i < VSW_KEY_WORDS; i++)
		if (mask.w[i] & (~narrow->mask.w[i] |
				 (wide->value.w[i] ^ narrow->value.w[i])))
			return false;
	return true;
}

/**
 * vsw_match_covers - is a match at least as specific as another?
 * @wide: the wider one
 * @narrow: the one that is at least as specific
 *
 * Context: Any.
 * Return: true if @wide matches all frames that @narrow does.
 */
bool vsw_match_covers(const struct vsw_match *wide, const struct vsw_match *narrow)
{
	const struct vsw_key *wv = &wide->value, *wm = &wide->mask;
	const struct vsw_key *nv = &narrow->value, *nm = &narrow->mask;

	return key_covers(wide, narrow) &&
	       tp_covers(tp_set(wide->tp_src, wv->tp_src, wm->tp_src),
			 tp_set(narrow->tp_src, nv->tp_src, nm->tp_src)) &&
	       tp_covers(tp_set(wide->tp_dst, wv->tp_dst, wm->tp_dst),
			 tp_set(narrow->tp_dst, nv->tp_dst, nm->tp_dst));
}
EXPORT_SYMBOL_IF_KUNIT(vsw_match_covers);

/**
 * vsw_match_frame - does a frame fulfil a match?
 * @match: match
 * @key: of the frame
 *
 * Context: Any.
 * Return: true if it does.
 */
bool vsw_match_frame(const struct vsw_match *match, const struct vsw_key *key)
{
	unsigned int i;

	for (i = 0; i < VSW_KEY_WORDS; i++)
		if ((key->w[i] ^ match->value.w[i]) & match->mask.w[i])
			return false;
	return range_has(match->tp_src, key->tp_src) &&
	       range_has(match->tp_dst, key->tp_dst);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_match_frame);
