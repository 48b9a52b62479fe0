/* SPDX-License-Identifier: GPL-2.0 */
/*
 * VLANs of a port: which VLAN a frame enters, and whether and how a frame of a
 * VLAN leaves, in "normal" forwarding.
 */
#ifndef VSW_TABLES_VLAN_H
#define VSW_TABLES_VLAN_H

#include <linux/bitmap.h>
#include <linux/if_vlan.h>
#include <linux/rcupdate.h>
#include <linux/vsw.h>

/**
 * struct vsw_vlan - immutable once published; replaced as a whole
 * @mode: enum vsw_vlan_mode
 * @tag: VLAN of an access port, native VLAN of the native modes
 * @all: the trunk carries all VLANs, @trunks is not looked at
 * @trunks: the VLANs that it carries
 * @rcu: frees it
 */
struct vsw_vlan {
	u8 mode;
	u16 tag;
	bool all;
	DECLARE_BITMAP(trunks, VLAN_N_VID);
	struct rcu_head rcu;
};

/* How a frame leaves a port. */
enum vsw_vlan_out {
	VSW_VLAN_OUT_NONE,	/* not at all */
	VSW_VLAN_OUT_TAGGED,
	VSW_VLAN_OUT_UNTAGGED,
	VSW_VLAN_OUT_ASIS,	/* VLAN 0: without a tag or with a priority tag */
};

int vsw_vlan_enter(const struct vsw_vlan *vlan, u16 vid);
enum vsw_vlan_out vsw_vlan_leave(const struct vsw_vlan *vlan, u16 vid);

/*
 * Which VLAN does a frame enter? A priority tag, with VLAN id 0, is as good as
 * none. Negative where it may not.
 */
static inline int vsw_vlan_in(const struct vsw_vlan *vlan, bool tagged, u16 tci)
{
	u16 vid = tagged ? tci & VLAN_VID_MASK : 0;

	if (unlikely(vid == VLAN_VID_MASK))
		return -EPERM;
	return likely(!vlan) ? vid : vsw_vlan_enter(vlan, vid);
}

/* How does a frame of a VLAN leave? */
static inline enum vsw_vlan_out vsw_vlan_out(const struct vsw_vlan *vlan, u16 vid)
{
	if (unlikely(vlan))
		return vsw_vlan_leave(vlan, vid);
	return vid ? VSW_VLAN_OUT_TAGGED : VSW_VLAN_OUT_ASIS;
}

#endif
