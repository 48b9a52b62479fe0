// SPDX-License-Identifier: GPL-2.0
/*
 * Patches: two switches of a namespace, joined by a port in each of them. What
 * leaves one by its port enters the other by the other port, at once.
 */
#include "core/patch.h"

#include <linux/netdevice.h>
#include <linux/rtnetlink.h>

#include "compat.h"
#include "core/port.h"
#include "core/switch.h"

static int patch_check(const struct vsw_switch *sw, const char *name,
		       const struct vsw_switch *peer_sw, const char *peer_name,
		       struct netlink_ext_ack *extack)
{
	if (sw == peer_sw) {
		NL_SET_ERR_MSG(extack, "A patch joins two different switches");
		return -ELOOP;
	}
	if (!dev_valid_name(name) || !dev_valid_name(peer_name)) {
		NL_SET_ERR_MSG(extack, "A port is named like a device, without / : and blanks");
		return -EINVAL;
	}
	return 0;
}

static struct vsw_port *end_create(struct vsw_switch *sw, const char *name,
				   const struct vsw_port_config *config,
				   struct netlink_ext_ack *extack)
{
	struct vsw_port *port;

	port = vsw_port_create(sw, sw->dev, VSW_PORT_PATCH, name, config, extack);
	if (!IS_ERR(port))
		strscpy(port->patch_name, name, sizeof(port->patch_name));
	return port;
}

/**
 * vsw_patch_add() - join two switches
 * @sw: the one
 * @name: of its new port
 * @config: settings of its new port, where they are not to be the default
 * @peer_sw: the other
 * @peer_name: of the other's new port
 * @extack: for the refusal
 *
 * Context: RTNL and the namespace's lock.
 * Return: The port of @sw, or an error; then nothing has changed.
 */
struct vsw_port *vsw_patch_add(struct vsw_switch *sw, const char *name,
			       const struct vsw_port_config *config,
			       struct vsw_switch *peer_sw, const char *peer_name,
			       struct netlink_ext_ack *extack)
{
	static const struct vsw_port_config defaults;
	struct vsw_port *port, *peer;
	int err;

	ASSERT_RTNL();
	lockdep_assert_held(&sw->vn->lock);
	err = patch_check(sw, name, peer_sw, peer_name, extack);
	if (err)
		return ERR_PTR(err);
	port = end_create(sw, name, config, extack);
	if (IS_ERR(port))
		return port;
	peer = end_create(peer_sw, peer_name, &defaults, extack);
	if (IS_ERR(peer)) {
		vsw_port_destroy(port);
		return peer;
	}
	port->peer = peer;
	peer->peer = port;
	vsw_port_publish(port);
	vsw_port_publish(peer);
	return port;
}

/**
 * vsw_patch_del() - part two switches
 * @port: the port of one of them; both are freed
 *
 * Context: RTNL and the namespace's lock. Waits for a grace period.
 */
void vsw_patch_del(struct vsw_port *port)
{
	struct vsw_port *peer = port->peer;

	lockdep_assert_held(&port->sw->vn->lock);
	vsw_port_hide(port);
	vsw_port_hide(peer);
	/* For the frames that have found one of them before. */
	synchronize_net();
	/* Who is told of the one is told of the other. */
	vsw_port_retire(port);
	vsw_port_retire(peer);
	vsw_port_free(port);
	vsw_port_free(peer);
}

/**
 * vsw_patch_update_carrier() - a switch goes up or down: others see it
 * @sw: the switch
 *
 * Context: RTNL.
 */
void vsw_patch_update_carrier(struct vsw_switch *sw)
{
	struct vsw_port *port;

	ASSERT_RTNL();
	list_for_each_entry(port, &sw->ports, node)
		if (port->kind == VSW_PORT_PATCH)
			vsw_switch_update_carrier(port->peer->sw);
}
