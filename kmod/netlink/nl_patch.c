// SPDX-License-Identifier: GPL-2.0
/*
 * Patches in netlink messages.
 */
#include "compat.h"
#include "core/patch.h"
#include "netlink/nl.h"

/**
 * vsw_nl_patch_is_asked() - is the new port to be a patch?
 * @attrs: of the set "port"
 *
 * Context: any.
 * Return: whether its type says so.
 */
bool vsw_nl_patch_is_asked(struct nlattr **attrs)
{
	const struct nlattr *type = attrs[VSW_A_PORT_TYPE];

	return type && nla_get_u32(type) == VSW_PORT_TYPE_PATCH;
}

/**
 * vsw_nl_patch_check() - refuse what only patches have, in a request for another
 * @attrs: of the set "port"
 * @extack: for the reason
 *
 * Context: any.
 * Return: 0, or -EINVAL.
 */
int vsw_nl_patch_check(struct nlattr **attrs, struct netlink_ext_ack *extack)
{
	const struct nlattr *attr = attrs[VSW_A_PORT_PEER_SWITCH_NAME] ?:
				    attrs[VSW_A_PORT_PEER_NAME];

	if (!attr)
		return 0;
	NL_SET_ERR_MSG_ATTR(extack, attr, "Only a new port of type patch is given a peer");
	return -EINVAL;
}

static int check_ends(struct genl_info *info)
{
	static const int ends[] = {
		VSW_A_PORT_NAME, VSW_A_PORT_PEER_SWITCH_NAME, VSW_A_PORT_PEER_NAME,
	};
	const struct nlattr *index = info->attrs[VSW_A_PORT_IFINDEX];
	int i;

	for (i = 0; i < ARRAY_SIZE(ends); i++) {
		if (info->attrs[ends[i]])
			continue;
		NL_SET_ERR_ATTR_MISS(info->extack, NULL, ends[i]);
		GENL_SET_ERR_MSG(info, "A patch needs a name, and the switch and name of its peer");
		return -EINVAL;
	}
	if (!index)
		return 0;
	NL_SET_ERR_MSG_ATTR(info->extack, index, "A patch has no device");
	return -EINVAL;
}

/**
 * vsw_nl_patch_add() - join two switches as a request says
 * @sw: the switch that it names
 * @config: settings of its port
 * @info: the request's attributes
 *
 * Context: RTNL and the namespace's lock.
 * Return: the port of @sw, or a negative error.
 */
struct vsw_port *vsw_nl_patch_add(struct vsw_switch *sw, const struct vsw_port_config *config,
				  struct genl_info *info)
{
	struct nlattr **attrs = info->attrs;
	struct vsw_switch *peer;
	int err;

	err = check_ends(info);
	if (err)
		return ERR_PTR(err);
	peer = vsw_switch_find(sw->vn, 0, nla_data(attrs[VSW_A_PORT_PEER_SWITCH_NAME]));
	if (!peer) {
		NL_SET_ERR_MSG_ATTR(info->extack, attrs[VSW_A_PORT_PEER_SWITCH_NAME],
				    "No such switch");
		return ERR_PTR(-ENODEV);
	}
	return vsw_patch_add(sw, nla_data(attrs[VSW_A_PORT_NAME]), config, peer,
			     nla_data(attrs[VSW_A_PORT_PEER_NAME]), info->extack);
}

/**
 * vsw_nl_patch_put() - put what is at the other end of a port
 * @skb: where
 * @port: the port; nothing is put if it is no patch
 *
 * Context: under the namespace's lock.
 * Return: 0, or -EMSGSIZE.
 */
int vsw_nl_patch_put(struct sk_buff *skb, const struct vsw_port *port)
{
	char name[IFNAMSIZ];

	if (port->kind != VSW_PORT_PATCH)
		return 0;
	/* A copy, since the device may be renamed meanwhile. */
	strscpy(name, port->peer->sw->dev->name, sizeof(name));
	if (nla_put_string(skb, VSW_A_PORT_PEER_SWITCH_NAME, name))
		return -EMSGSIZE;
	return nla_put_string(skb, VSW_A_PORT_PEER_NAME, port->peer->patch_name);
}
