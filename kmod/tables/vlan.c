// SPDX-License-Identifier: GPL-2.0
/*
 * VLANs of a port.
 */
#include "tables/vlan.h"

#include "compat.h"

static bool vlan_is_native(const struct vsw_vlan *vlan)
{
	return vlan->mode == VSW_VLAN_MODE_NATIVE_TAGGED ||
	       vlan->mode == VSW_VLAN_MODE_NATIVE_UNTAGGED;
}

/*
 * VLAN 0 is not on a native trunk, even one that carries all: its frames have
 * no tag, and those belong to the native VLAN there.
 */
static bool vlan_is_carried(const struct vsw_vlan *vlan, u16 vid)
{
	if (vlan_is_native(vlan)) {
		if (vid == vlan->tag)
			return true;
		if (!vid)
			return false;
	}
	return vlan->all || test_bit(vid, vlan->trunks);
}

/**
 * vsw_vlan_enter() - which VLAN does a frame enter?
 * @vlan: settings of the port of entry
 * @vid: of its tag, 0 without
 *
 * Context: Any, under RCU.
 * Return: VLAN 0 to 4094, or -EPERM where the frame may not enter.
 */
int vsw_vlan_enter(const struct vsw_vlan *vlan, u16 vid)
{
	if (vlan->mode == VSW_VLAN_MODE_ACCESS)
		return vid ? -EPERM : vlan->tag;
	if (!vid && vlan_is_native(vlan))
		return vlan->tag;
	return vlan_is_carried(vlan, vid) ? vid : -EPERM;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_vlan_enter);

/**
 * vsw_vlan_leave() - how does a frame leave?
 * @vlan: settings of the port
 * @vid: the frame's VLAN
 *
 * Context: Any, under RCU.
 * Return: How, or %VSW_VLAN_OUT_NONE where it may not leave by this port.
 */
enum vsw_vlan_out vsw_vlan_leave(const struct vsw_vlan *vlan, u16 vid)
{
	if (vlan->mode == VSW_VLAN_MODE_ACCESS)
		return vid == vlan->tag ? VSW_VLAN_OUT_UNTAGGED : VSW_VLAN_OUT_NONE;
	if (!vlan_is_carried(vlan, vid))
		return VSW_VLAN_OUT_NONE;
	if (vlan->mode == VSW_VLAN_MODE_NATIVE_UNTAGGED && vid == vlan->tag)
		return VSW_VLAN_OUT_UNTAGGED;
	return vid ? VSW_VLAN_OUT_TAGGED : VSW_VLAN_OUT_ASIS;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_vlan_leave);
