// SPDX-License-Identifier: GPL-2.0
/*
 * Packets in netlink messages: frames that user space puts into a switch.
 */
#include "compat.h"
#include "core/packet.h"
#include "netlink/nl_flow.h"

static int check(struct genl_info *info)
{
	struct nlattr **attrs = info->attrs;

	if (GENL_REQ_ATTR_CHECK(info, VSW_A_PACKET_FRAME)) {
		GENL_SET_ERR_MSG(info, "Give the frame, from its Ethernet header on");
		return -EINVAL;
	}
	if (nla_len(attrs[VSW_A_PACKET_FRAME]) < ETH_HLEN) {
		NL_SET_ERR_MSG_ATTR(info->extack, attrs[VSW_A_PACKET_FRAME],
				    "The frame is shorter than an Ethernet header");
		return -EINVAL;
	}
	if (attrs[VSW_A_PACKET_TABLE] && attrs[VSW_A_PACKET_ACTIONS]) {
		NL_SET_ERR_MSG_ATTR(info->extack, attrs[VSW_A_PACKET_TABLE],
				    "A frame begins in a table or meets actions, not both");
		return -EINVAL;
	}
	return 0;
}

static int find_port(struct vsw_packet *packet, struct vsw_switch *sw,
		     const struct genl_info *info)
{
	const struct nlattr *no = info->attrs[VSW_A_PACKET_PORT_NO];
	const struct nlattr *name = info->attrs[VSW_A_PACKET_PORT_NAME];

	packet->in = sw->local;
	if (no || name)
		packet->in = vsw_nl_port_find(sw, no, NULL, name, info->extack);
	return PTR_ERR_OR_ZERO(packet->in);
}

static void blame(const struct genl_info *info, int bad)
{
	const struct nlattr *attr;
	int rem;

	if (bad < 0)
		return;
	nla_for_each_nested(attr, info->attrs[VSW_A_PACKET_ACTIONS], rem)
		if (!bad--)
			NL_SET_BAD_ATTR(info->extack, attr);
}

static int packet_out(struct vsw_packet *packet, struct genl_info *info)
{
	struct vsw_switch *sw;
	int err;

	sw = vsw_nl_switch_lock(genl_info_net(info), info->attrs, info->extack);
	if (IS_ERR(sw))
		return PTR_ERR(sw);
	err = find_port(packet, sw, info) ?: vsw_packet_out(packet, info->extack);
	vsw_nl_switch_unlock(sw);
	if (err)
		blame(info, packet->bad);
	return err;
}

/**
 * vsw_nl_packet_out_doit() - VSW_CMD_PACKET_OUT
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes the namespace's lock.
 * Return: 0, or a negative error.
 */
int vsw_nl_packet_out_doit(struct sk_buff *skb, struct genl_info *info)
{
	const struct nlattr *actions_nest = info->attrs[VSW_A_PACKET_ACTIONS];
	const struct nlattr *frame = info->attrs[VSW_A_PACKET_FRAME];
	struct vsw_packet packet = { .bad = -1 };
	struct vsw_action *actions = NULL;
	int err;

	err = check(info);
	if (err)
		return err;
	packet.data = nla_data(frame);
	packet.len = nla_len(frame);
	if (info->attrs[VSW_A_PACKET_TABLE])
		packet.table = nla_get_u8(info->attrs[VSW_A_PACKET_TABLE]);
	if (actions_nest) {
		err = vsw_nl_actions_parse(&actions, &packet.n_actions, actions_nest,
					   info->extack);
		if (err)
			return err;
		packet.actions = actions;
	}
	err = packet_out(&packet, info);
	kvfree(actions);
	return err;
}
