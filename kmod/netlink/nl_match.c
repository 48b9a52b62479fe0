// SPDX-License-Identifier: GPL-2.0
/*
 * Fields and matches in netlink messages.
 */
#include "compat.h"
#include "netlink/nl_flow.h"

static bool is_field(int id)
{
	return id > 0 && id < VSW_FIELDS_COUNT && vsw_fields[id].name;
}

/**
 * vsw_nl_field_is_full() - does a mask cover the whole field?
 * @id: VSW_A_FIELDS_*
 * @mask: the mask
 *
 * Return: true if it does.
 */
bool vsw_nl_field_is_full(int id, const u8 *mask)
{
	u8 full[16];

	vsw_field_set_all(id, full);
	return !memcmp(mask, full, vsw_fields[id].len);
}

/**
 * vsw_nl_field_parse() - read a field with its mask
 * @id: VSW_A_FIELDS_*
 * @value: attribute with the value
 * @mask: attribute with the mask, NULL for all bits
 * @v: where the value goes, in the byte order of the key
 * @m: where the mask goes
 * @extack: for the reason
 *
 * Return: 0, or -EINVAL.
 */
int vsw_nl_field_parse(int id, const struct nlattr *value, const struct nlattr *mask,
		       u8 *v, u8 *m, struct netlink_ext_ack *extack)
{
	const struct vsw_field *f;
	int i;

	if (!is_field(id) || nla_len(value) != vsw_fields[id].len) {
		NL_SET_ERR_MSG_ATTR(extack, value, "Not a field of a frame");
		return -EINVAL;
	}
	f = &vsw_fields[id];
	memcpy(v, nla_data(value), f->len);
	if (mask)
		memcpy(m, nla_data(mask), f->len);
	else
		vsw_field_set_all(id, m);
	if (!vsw_field_fits(id, m)) {
		NL_SET_ERR_MSG_ATTR_FMT(extack, mask, "%s has only %u bits", f->name, f->bits);
		return -EINVAL;
	}
	for (i = 0; i < f->len; i++) {
		if (!(v[i] & ~m[i]))
			continue;
		if (mask)
			NL_SET_ERR_MSG_ATTR_FMT(extack, value, "%s has bits outside its mask",
						f->name);
		else
			NL_SET_ERR_MSG_ATTR_FMT(extack, value, "%s has only %u bits",
						f->name, f->bits);
		return -EINVAL;
	}
	return 0;
}

/**
 * vsw_nl_field_put() - put a field
 * @skb: where
 * @id: VSW_A_FIELDS_*
 * @bytes: its value or mask
 *
 * Return: 0, or -EMSGSIZE.
 */
int vsw_nl_field_put(struct sk_buff *skb, int id, const u8 *bytes)
{
	if (vsw_fields[id].len == sizeof(u64))
		return nla_put_64bit(skb, id, sizeof(u64), bytes, VSW_A_FIELDS_PAD);
	return nla_put(skb, id, vsw_fields[id].len, bytes);
}

static int parse_field(struct vsw_match *match, int id, const struct nlattr *value,
		       const struct nlattr *mask, struct netlink_ext_ack *extack)
{
	u8 *to_v = (u8 *)&match->value + vsw_fields[id].offset;
	u8 *to_m = (u8 *)&match->mask + vsw_fields[id].offset;
	u8 v[16], m[16];
	int i, err;

	err = vsw_nl_field_parse(id, value, mask, v, m, extack);
	if (err)
		return err;
	for (i = 0; i < vsw_fields[id].len; i++) {
		/* Fields of different protocols share their place. */
		if (to_m[i] & m[i]) {
			NL_SET_ERR_MSG_ATTR_FMT(extack, value,
						"No frame has %s and the other fields",
						vsw_fields[id].name);
			return -EINVAL;
		}
		to_v[i] |= v[i];
		to_m[i] |= m[i];
	}
	return 0;
}

static int parse_fields(struct vsw_match *match, const struct nlattr *value,
			struct nlattr **masks, struct netlink_ext_ack *extack)
{
	const struct nlattr *attr;
	int rem, err;

	nla_for_each_nested(attr, value, rem) {
		if (!is_field(nla_type(attr)))
			continue;
		err = parse_field(match, nla_type(attr), attr, masks[nla_type(attr)], extack);
		if (err)
			return err;
	}
	return 0;
}

static int parse_masks(struct nlattr **masks, struct nlattr **values, const struct nlattr *mask,
		       struct netlink_ext_ack *extack)
{
	const struct nlattr *attr;
	int rem, err;

	err = vsw_nl_parse_nest(masks, VSW_A_FIELDS_MAX, mask, vsw_fields_nl_policy, extack);
	if (err)
		return err;
	nla_for_each_nested(attr, mask, rem) {
		if (values[nla_type(attr)])
			continue;
		NL_SET_ERR_MSG_ATTR(extack, attr, "The mask has a field that match has not");
		return -EINVAL;
	}
	return 0;
}

static int parse_range(struct vsw_range *range, __be16 *value, __be16 *mask,
		       const struct nlattr *last, struct netlink_ext_ack *extack)
{
	if (!last)
		return 0;
	if (*mask != htons(0xffff)) {
		NL_SET_ERR_MSG_ATTR(extack, last, "A range begins with a port that has no mask");
		return -EINVAL;
	}
	if (ntohs(*value) > ntohs(nla_get_be16(last))) {
		NL_SET_ERR_MSG_ATTR(extack, last, "The range of ports ends before it begins");
		return -EINVAL;
	}
	if (*value == nla_get_be16(last))
		return 0;
	range->lo = ntohs(*value);
	range->hi = ntohs(nla_get_be16(last));
	*value = 0;
	*mask = 0;
	return 0;
}

static int parse_ranges(struct vsw_match *match, struct nlattr **values, struct nlattr **masks,
			struct netlink_ext_ack *extack)
{
	const struct nlattr *bad;
	int err;

	bad = masks[VSW_A_FIELDS_TP_SRC_MAX] ?: masks[VSW_A_FIELDS_TP_DST_MAX];
	if (bad) {
		NL_SET_ERR_MSG_ATTR(extack, bad, "The end of a range has no mask");
		return -EINVAL;
	}
	err = parse_range(&match->tp_src, &match->value.tp_src, &match->mask.tp_src,
			  values[VSW_A_FIELDS_TP_SRC_MAX], extack);
	if (err)
		return err;
	return parse_range(&match->tp_dst, &match->value.tp_dst, &match->mask.tp_dst,
			   values[VSW_A_FIELDS_TP_DST_MAX], extack);
}

/* Only here it is known which of the fields that share a place was meant. */
static int check_fields(const struct vsw_match *match, const struct nlattr *value,
			struct netlink_ext_ack *extack)
{
	const struct nlattr *attr;
	int rem, err;

	nla_for_each_nested(attr, value, rem) {
		if (!is_field(nla_type(attr)))
			continue;
		err = vsw_match_check_field(match, nla_type(attr), extack);
		if (err) {
			NL_SET_BAD_ATTR(extack, attr);
			return err;
		}
	}
	return 0;
}

/**
 * vsw_nl_match_parse() - read a match
 * @match: where to
 * @value: nest of fields, NULL matches all frames
 * @mask: nest of fields, NULL for all bits of those in @value
 * @extack: for the reason
 *
 * Return: 0, or a negative error.
 */
int vsw_nl_match_parse(struct vsw_match *match, const struct nlattr *value,
		       const struct nlattr *mask, struct netlink_ext_ack *extack)
{
	struct nlattr *values[VSW_A_FIELDS_MAX + 1];
	struct nlattr *masks[VSW_A_FIELDS_MAX + 1] = {};
	int err;

	vsw_match_init(match);
	if (mask && !value) {
		NL_SET_ERR_MSG_ATTR(extack, mask, "A mask needs a match");
		return -EINVAL;
	}
	if (!value)
		return 0;
	err = vsw_nl_parse_nest(values, VSW_A_FIELDS_MAX, value, vsw_fields_nl_policy, extack);
	if (!err && mask)
		err = parse_masks(masks, values, mask, extack);
	if (!err)
		err = parse_fields(match, value, masks, extack);
	if (!err)
		err = parse_ranges(match, values, masks, extack);
	return err ?: check_fields(match, value, extack);
}

static bool has_field(const struct vsw_match *match, int id)
{
	const struct vsw_field *f = &vsw_fields[id];

	return is_field(id) &&
	       memchr_inv((const u8 *)&match->mask + f->offset, 0, f->len) &&
	       vsw_match_has_prereq(match, f->prereq);
}

static int put_range(struct sk_buff *skb, int first, const struct vsw_range *range, int last)
{
	if (vsw_range_is_all(*range))
		return 0;
	return nla_put_be16(skb, first, htons(range->lo)) ?:
	       nla_put_be16(skb, last, htons(range->hi));
}

static int put_values(struct sk_buff *skb, const struct vsw_match *match)
{
	int id;

	for (id = 1; id <= VSW_A_FIELDS_MAX; id++) {
		if (has_field(match, id) &&
		    vsw_nl_field_put(skb, id, (const u8 *)&match->value + vsw_fields[id].offset))
			return -EMSGSIZE;
	}
	if (put_range(skb, VSW_A_FIELDS_TP_SRC, &match->tp_src, VSW_A_FIELDS_TP_SRC_MAX) ||
	    put_range(skb, VSW_A_FIELDS_TP_DST, &match->tp_dst, VSW_A_FIELDS_TP_DST_MAX))
		return -EMSGSIZE;
	return 0;
}

static int put_masks(struct sk_buff *skb, const struct vsw_match *match)
{
	int id;

	for (id = 1; id <= VSW_A_FIELDS_MAX; id++) {
		const u8 *mask = (const u8 *)&match->mask + vsw_fields[id].offset;

		if (has_field(match, id) && !vsw_nl_field_is_full(id, mask) &&
		    vsw_nl_field_put(skb, id, mask))
			return -EMSGSIZE;
	}
	return 0;
}

static int put_nest(struct sk_buff *skb, int type, const struct vsw_match *match,
		    int (*put)(struct sk_buff *skb, const struct vsw_match *match))
{
	struct nlattr *nest;

	nest = nla_nest_start(skb, type);
	if (!nest || put(skb, match))
		return -EMSGSIZE;
	if (skb_tail_pointer(skb) == (u8 *)nest + NLA_HDRLEN)
		nla_nest_cancel(skb, nest);
	else
		nla_nest_end(skb, nest);
	return 0;
}

/**
 * vsw_nl_match_put() - put a match and, where it is not all ones, its mask
 * @skb: where
 * @match: the match
 *
 * Return: 0, or -EMSGSIZE.
 */
int vsw_nl_match_put(struct sk_buff *skb, const struct vsw_match *match)
{
	return put_nest(skb, VSW_A_FLOW_MATCH, match, put_values) ?:
	       put_nest(skb, VSW_A_FLOW_MASK, match, put_masks);
}
