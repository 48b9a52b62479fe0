// SPDX-License-Identifier: GPL-2.0
/*
 * Actions in netlink messages.
 */
#include "compat.h"
#include "netlink/nl_flow.h"

/* Nests of set_field of a field of 16 bytes, the largest action. */
#define ACTION_SIZE	80

static int find_one(struct nlattr **tb, int max, const struct nlattr *nest,
		    struct netlink_ext_ack *extack)
{
	int found = 0;
	int i;

	for (i = 1; i <= max; i++) {
		if (!tb[i])
			continue;
		if (found) {
			NL_SET_ERR_MSG_ATTR(extack, tb[i], "Only one attribute can be here");
			return -EINVAL;
		}
		found = i;
	}
	if (found)
		return found;
	NL_SET_ERR_MSG_ATTR(extack, nest, "An attribute is missing here");
	return -EINVAL;
}

static int parse_set_field(struct vsw_action *action, const struct nlattr *nest,
			   struct netlink_ext_ack *extack)
{
	struct nlattr *values[VSW_A_FIELDS_MAX + 1] = {};
	struct nlattr *masks[VSW_A_FIELDS_MAX + 1] = {};
	struct nlattr *tb[VSW_A_SET_FIELD_MAX + 1];
	int field, mask, err;

	err = vsw_nl_parse_nest(tb, VSW_A_SET_FIELD_MAX, nest, vsw_set_field_nl_policy, extack);
	if (err)
		return err;
	if (NL_REQ_ATTR_CHECK(extack, nest, tb, VSW_A_SET_FIELD_VALUE)) {
		NL_SET_ERR_MSG(extack, "set-field needs a value");
		return -EINVAL;
	}
	err = vsw_nl_parse_nest(values, VSW_A_FIELDS_MAX, tb[VSW_A_SET_FIELD_VALUE],
				vsw_fields_nl_policy, extack);
	if (err)
		return err;
	field = find_one(values, VSW_A_FIELDS_MAX, tb[VSW_A_SET_FIELD_VALUE], extack);
	if (field < 0)
		return field;
	if (tb[VSW_A_SET_FIELD_MASK]) {
		err = vsw_nl_parse_nest(masks, VSW_A_FIELDS_MAX, tb[VSW_A_SET_FIELD_MASK],
					vsw_fields_nl_policy, extack);
		if (err)
			return err;
		mask = find_one(masks, VSW_A_FIELDS_MAX, tb[VSW_A_SET_FIELD_MASK], extack);
		if (mask < 0)
			return mask;
		if (mask != field) {
			NL_SET_ERR_MSG_ATTR(extack, masks[mask], "The mask is of another field");
			return -EINVAL;
		}
	}
	action->field = field;
	return vsw_nl_field_parse(field, values[field], masks[field],
				  action->value, action->mask, extack);
}

struct subfield {
	u8 field;
	u8 offset;
	u8 bits;
};

static int parse_subfield(struct subfield *sub, const struct nlattr *nest,
			  struct netlink_ext_ack *extack)
{
	struct nlattr *tb[VSW_A_SUBFIELD_MAX + 1];
	u32 field, offset = 0, bits;
	int err;

	err = vsw_nl_parse_nest(tb, VSW_A_SUBFIELD_MAX, nest, vsw_subfield_nl_policy, extack);
	if (err)
		return err;
	if (NL_REQ_ATTR_CHECK(extack, nest, tb, VSW_A_SUBFIELD_FIELD)) {
		NL_SET_ERR_MSG(extack, "move needs the field");
		return -EINVAL;
	}
	field = nla_get_u32(tb[VSW_A_SUBFIELD_FIELD]);
	if (field >= VSW_FIELDS_COUNT || !vsw_fields[field].name) {
		NL_SET_ERR_MSG_ATTR(extack, tb[VSW_A_SUBFIELD_FIELD], "There is no such field");
		return -EINVAL;
	}
	if (tb[VSW_A_SUBFIELD_OFFSET])
		offset = nla_get_u32(tb[VSW_A_SUBFIELD_OFFSET]);
	bits = vsw_fields[field].bits - offset;
	if (tb[VSW_A_SUBFIELD_BITS])
		bits = nla_get_u32(tb[VSW_A_SUBFIELD_BITS]);
	if (offset >= vsw_fields[field].bits || bits > vsw_fields[field].bits - offset) {
		NL_SET_ERR_MSG_ATTR_FMT(extack, nest, "%s has %u bits", vsw_fields[field].name,
					vsw_fields[field].bits);
		return -EINVAL;
	}
	*sub = (struct subfield) { .field = field, .offset = offset, .bits = bits };
	return 0;
}

static int parse_move(struct vsw_action *action, const struct nlattr *nest,
		      struct netlink_ext_ack *extack)
{
	struct nlattr *tb[VSW_A_MOVE_MAX + 1];
	struct subfield src, dst;
	int err;

	err = vsw_nl_parse_nest(tb, VSW_A_MOVE_MAX, nest, vsw_move_nl_policy, extack);
	if (err)
		return err;
	if (NL_REQ_ATTR_CHECK(extack, nest, tb, VSW_A_MOVE_SRC) ||
	    NL_REQ_ATTR_CHECK(extack, nest, tb, VSW_A_MOVE_DST)) {
		NL_SET_ERR_MSG(extack, "move needs src and dst");
		return -EINVAL;
	}
	err = parse_subfield(&src, tb[VSW_A_MOVE_SRC], extack) ?:
	      parse_subfield(&dst, tb[VSW_A_MOVE_DST], extack);
	if (err)
		return err;
	if (src.bits != dst.bits) {
		NL_SET_ERR_MSG_ATTR(extack, nest, "src and dst of move have different widths");
		return -EINVAL;
	}
	action->field = dst.field;
	action->offset = dst.offset;
	action->src_field = src.field;
	action->src_offset = src.offset;
	action->bits = src.bits;
	return 0;
}

static int parse_punt(struct vsw_action *action, const struct nlattr *nest,
		      struct netlink_ext_ack *extack)
{
	struct nlattr *tb[VSW_A_PUNT_ACTION_MAX + 1];
	const struct nlattr *userdata;
	int err;

	err = vsw_nl_parse_nest(tb, VSW_A_PUNT_ACTION_MAX, nest, vsw_punt_action_nl_policy,
				extack);
	if (err)
		return err;
	if (tb[VSW_A_PUNT_ACTION_QUEUE])
		action->queue = nla_get_u16(tb[VSW_A_PUNT_ACTION_QUEUE]);
	userdata = tb[VSW_A_PUNT_ACTION_USERDATA];
	if (!userdata)
		return 0;
	if (nla_len(userdata) > VSW_PUNT_USERDATA_MAX) {
		NL_SET_ERR_MSG_ATTR(extack, userdata, "userdata has at most 28 bytes");
		return -EINVAL;
	}
	action->len = nla_len(userdata);
	memcpy(action->userdata, nla_data(userdata), action->len);
	return 0;
}

static int parse_push_eth(struct vsw_action *action, const struct nlattr *nest,
			  struct netlink_ext_ack *extack)
{
	struct nlattr *tb[VSW_A_PUSH_ETH_MAX + 1];
	int err;

	err = vsw_nl_parse_nest(tb, VSW_A_PUSH_ETH_MAX, nest, vsw_push_eth_nl_policy, extack);
	if (err)
		return err;
	if (NL_REQ_ATTR_CHECK(extack, nest, tb, VSW_A_PUSH_ETH_SRC) ||
	    NL_REQ_ATTR_CHECK(extack, nest, tb, VSW_A_PUSH_ETH_DST)) {
		NL_SET_ERR_MSG(extack, "push-eth needs src and dst");
		return -EINVAL;
	}
	nla_memcpy(action->eth_src, tb[VSW_A_PUSH_ETH_SRC], ETH_ALEN);
	nla_memcpy(action->eth_dst, tb[VSW_A_PUSH_ETH_DST], ETH_ALEN);
	return 0;
}

static int parse_action(struct vsw_action *action, const struct nlattr *nest,
			struct netlink_ext_ack *extack)
{
	struct nlattr *tb[VSW_A_ACTION_MAX + 1];
	int type, err;

	err = vsw_nl_parse_nest(tb, VSW_A_ACTION_MAX, nest, vsw_action_nl_policy, extack);
	if (err)
		return err;
	type = find_one(tb, VSW_A_ACTION_MAX, nest, extack);
	if (type < 0)
		return type;
	action->type = type;
	switch (type) {
	case VSW_A_ACTION_OUTPUT:
		action->port = nla_get_u32(tb[type]);
		break;
	case VSW_A_ACTION_OUTPUT_NAME:
	case VSW_A_ACTION_ROUTE:
		nla_strscpy(action->name, tb[type], sizeof(action->name));
		break;
	case VSW_A_ACTION_SET_FIELD:
		return parse_set_field(action, tb[type], extack);
	case VSW_A_ACTION_MOVE:
		return parse_move(action, tb[type], extack);
	case VSW_A_ACTION_PUSH_VLAN:
		action->tpid = nla_get_be16(tb[type]);
		break;
	case VSW_A_ACTION_GOTO_TABLE:
		action->table = nla_get_u8(tb[type]);
		break;
	case VSW_A_ACTION_PUNT:
		return parse_punt(action, tb[type], extack);
	case VSW_A_ACTION_PUSH_ETH:
		return parse_push_eth(action, tb[type], extack);
	}
	return 0;
}

static int count_actions(const struct nlattr *nest, struct netlink_ext_ack *extack)
{
	const struct nlattr *attr;
	int rem, n = 0;

	nla_for_each_nested(attr, nest, rem) {
		if (++n > VSW_ACTIONS_MAX) {
			NL_SET_ERR_MSG_ATTR(extack, attr, "A flow has at most 256 actions");
			return -E2BIG;
		}
	}
	return n;
}

/**
 * vsw_nl_actions_parse() - read the actions of a flow
 * @actions: where they are then, to be freed by kvfree()
 * @n: number of them
 * @nest: nest of the set "actions"
 * @extack: for the reason
 *
 * Context: may sleep.
 * Return: 0, or a negative error.
 */
int vsw_nl_actions_parse(struct vsw_action **actions, unsigned int *n,
			 const struct nlattr *nest, struct netlink_ext_ack *extack)
{
	struct vsw_action *action;
	const struct nlattr *attr;
	int rem, err;

	err = nla_validate_nested(nest, VSW_A_ACTIONS_MAX, vsw_actions_nl_policy, extack) ?:
	      count_actions(nest, extack);
	if (err < 0)
		return err;
	*n = err;
	*actions = kvcalloc(*n ?: 1, sizeof(*action), GFP_KERNEL_ACCOUNT);
	if (!*actions)
		return -ENOMEM;
	action = *actions;
	nla_for_each_nested(attr, nest, rem) {
		err = parse_action(action++, attr, extack);
		if (err) {
			kvfree(*actions);
			*actions = NULL;
			return err;
		}
	}
	return 0;
}

/**
 * vsw_nl_actions_size() - room that vsw_nl_actions_put() needs at most
 * @acts: the actions
 *
 * Return: bytes.
 */
size_t vsw_nl_actions_size(const struct vsw_actions *acts)
{
	return nla_total_size(acts->n_actions * ACTION_SIZE);
}

static int put_field_nest(struct sk_buff *skb, int type, int field, const u8 *bytes)
{
	struct nlattr *nest;

	nest = nla_nest_start(skb, type);
	if (!nest || vsw_nl_field_put(skb, field, bytes))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static int put_set_field(struct sk_buff *skb, const struct vsw_action *action)
{
	struct nlattr *nest;

	nest = nla_nest_start(skb, VSW_A_ACTION_SET_FIELD);
	if (!nest ||
	    put_field_nest(skb, VSW_A_SET_FIELD_VALUE, action->field, action->value))
		return -EMSGSIZE;
	if (!vsw_nl_field_is_full(action->field, action->mask) &&
	    put_field_nest(skb, VSW_A_SET_FIELD_MASK, action->field, action->mask))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static int put_subfield(struct sk_buff *skb, int type, u8 field, u8 offset, u8 bits)
{
	struct nlattr *nest;

	nest = nla_nest_start(skb, type);
	if (!nest ||
	    nla_put_u32(skb, VSW_A_SUBFIELD_FIELD, field) ||
	    nla_put_u32(skb, VSW_A_SUBFIELD_OFFSET, offset) ||
	    nla_put_u32(skb, VSW_A_SUBFIELD_BITS, bits))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static int put_move(struct sk_buff *skb, const struct vsw_action *action)
{
	struct nlattr *nest;

	nest = nla_nest_start(skb, VSW_A_ACTION_MOVE);
	if (!nest ||
	    put_subfield(skb, VSW_A_MOVE_SRC, action->src_field, action->src_offset,
			 action->bits) ||
	    put_subfield(skb, VSW_A_MOVE_DST, action->field, action->offset, action->bits))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static int put_punt(struct sk_buff *skb, const struct vsw_action *action)
{
	struct nlattr *nest;

	nest = nla_nest_start(skb, VSW_A_ACTION_PUNT);
	if (!nest ||
	    nla_put_u16(skb, VSW_A_PUNT_ACTION_QUEUE, action->queue) ||
	    (action->len &&
	     nla_put(skb, VSW_A_PUNT_ACTION_USERDATA, action->len, action->userdata)))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static int put_push_eth(struct sk_buff *skb, const struct vsw_action *action)
{
	struct nlattr *nest;

	nest = nla_nest_start(skb, VSW_A_ACTION_PUSH_ETH);
	if (!nest ||
	    nla_put(skb, VSW_A_PUSH_ETH_SRC, ETH_ALEN, action->eth_src) ||
	    nla_put(skb, VSW_A_PUSH_ETH_DST, ETH_ALEN, action->eth_dst))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

/* A port that is not there is shown by its name, so that it can be given again. */
static int put_output(struct sk_buff *skb, struct vsw_switch *sw, const struct vsw_action *action)
{
	const struct vsw_slot *slot = vsw_slot_find(&sw->slots, action->port);

	if (slot && !rcu_access_pointer(slot->port) && slot->name[0])
		return nla_put_string(skb, VSW_A_ACTION_OUTPUT_NAME, slot->name);
	return nla_put_u32(skb, VSW_A_ACTION_OUTPUT, action->port);
}

static int put_one(struct sk_buff *skb, struct vsw_switch *sw, const struct vsw_action *action)
{
	switch (action->type) {
	case VSW_A_ACTION_OUTPUT:
	case VSW_A_ACTION_OUTPUT_NAME:
		return put_output(skb, sw, action);
	case VSW_A_ACTION_SET_FIELD:
		return put_set_field(skb, action);
	case VSW_A_ACTION_MOVE:
		return put_move(skb, action);
	case VSW_A_ACTION_PUSH_VLAN:
		return nla_put_be16(skb, action->type, action->tpid);
	case VSW_A_ACTION_GOTO_TABLE:
		return nla_put_u8(skb, action->type, action->table);
	case VSW_A_ACTION_PUNT:
		return put_punt(skb, action);
	case VSW_A_ACTION_ROUTE:
		return nla_put_string(skb, action->type, action->name);
	case VSW_A_ACTION_PUSH_ETH:
		return put_push_eth(skb, action);
	default:
		return nla_put_flag(skb, action->type);
	}
}

static int put_action(struct sk_buff *skb, struct vsw_switch *sw, const struct vsw_action *action)
{
	struct nlattr *nest;

	nest = nla_nest_start(skb, VSW_A_ACTIONS_ACTION);
	if (!nest || put_one(skb, sw, action))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

/**
 * vsw_nl_actions_put() - put the actions of a flow
 * @skb: where
 * @sw: the flow's switch
 * @acts: the actions
 *
 * Context: under the namespace's lock.
 * Return: 0, or -EMSGSIZE.
 */
int vsw_nl_actions_put(struct sk_buff *skb, struct vsw_switch *sw, const struct vsw_actions *acts)
{
	struct nlattr *nest;
	int i;

	nest = nla_nest_start(skb, VSW_A_FLOW_ACTIONS);
	if (!nest)
		return -EMSGSIZE;
	for (i = 0; i < acts->n_actions; i++) {
		if (put_action(skb, sw, &acts->actions[i]))
			return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}
