// SPDX-License-Identifier: GPL-2.0
/*
 * VLANs of a port: for each mode, what enters where and what leaves how.
 */
#include "tables/vlan.h"

#include <kunit/test.h>

#define REFUSED		(-EPERM)
#define UNTAGGED	(-1)

#define NONE		VSW_VLAN_OUT_NONE
#define TAG		VSW_VLAN_OUT_TAGGED
#define UNTAG		VSW_VLAN_OUT_UNTAGGED
#define ASIS		VSW_VLAN_OUT_ASIS

/* Trunks carry VLANs 0, 20 and 30, or all of them. */
struct vlan_case {
	const char *name;
	bool none;
	enum vsw_vlan_mode mode;
	u16 tag;
	bool all;
	struct {
		int vid;
		int enters;
	} in[6];
	struct {
		u16 vid;
		enum vsw_vlan_out out;
	} out[5];
};

static const struct vlan_case vlan_cases[] = {
	{
		.name = "no settings", .none = true,
		.in = { { UNTAGGED, 0 }, { 0, 0 }, { 1, 1 }, { 20, 20 },
			{ 4094, 4094 }, { 4095, REFUSED } },
		.out = { { 0, ASIS }, { 1, TAG }, { 20, TAG }, { 40, TAG }, { 4094, TAG } },
	}, {
		.name = "access", .mode = VSW_VLAN_MODE_ACCESS, .tag = 10,
		.in = { { UNTAGGED, 10 }, { 0, 10 }, { 10, REFUSED }, { 20, REFUSED },
			{ 4094, REFUSED }, { 4095, REFUSED } },
		.out = { { 0, NONE }, { 10, UNTAG }, { 20, NONE }, { 40, NONE }, { 4094, NONE } },
	}, {
		.name = "access to VLAN 0", .mode = VSW_VLAN_MODE_ACCESS, .tag = 0,
		.in = { { UNTAGGED, 0 }, { 0, 0 }, { 10, REFUSED }, { 20, REFUSED },
			{ 4094, REFUSED }, { 4095, REFUSED } },
		.out = { { 0, UNTAG }, { 10, NONE }, { 20, NONE }, { 40, NONE }, { 4094, NONE } },
	}, {
		.name = "trunk", .mode = VSW_VLAN_MODE_TRUNK,
		.in = { { UNTAGGED, 0 }, { 0, 0 }, { 20, 20 }, { 30, 30 },
			{ 40, REFUSED }, { 4095, REFUSED } },
		.out = { { 0, ASIS }, { 10, NONE }, { 20, TAG }, { 30, TAG }, { 4094, NONE } },
	}, {
		.name = "trunk of all", .mode = VSW_VLAN_MODE_TRUNK, .all = true,
		.in = { { UNTAGGED, 0 }, { 0, 0 }, { 10, 10 }, { 40, 40 },
			{ 4094, 4094 }, { 4095, REFUSED } },
		.out = { { 0, ASIS }, { 10, TAG }, { 20, TAG }, { 40, TAG }, { 4094, TAG } },
	}, {
		.name = "native tagged", .mode = VSW_VLAN_MODE_NATIVE_TAGGED, .tag = 10,
		.in = { { UNTAGGED, 10 }, { 0, 10 }, { 10, 10 }, { 20, 20 },
			{ 40, REFUSED }, { 4095, REFUSED } },
		.out = { { 0, NONE }, { 10, TAG }, { 20, TAG }, { 40, NONE }, { 4094, NONE } },
	}, {
		.name = "native untagged", .mode = VSW_VLAN_MODE_NATIVE_UNTAGGED, .tag = 10,
		.in = { { UNTAGGED, 10 }, { 0, 10 }, { 10, 10 }, { 30, 30 },
			{ 40, REFUSED }, { 4095, REFUSED } },
		.out = { { 0, NONE }, { 10, UNTAG }, { 20, TAG }, { 40, NONE }, { 4094, NONE } },
	}, {
		.name = "native untagged, trunk of all",
		.mode = VSW_VLAN_MODE_NATIVE_UNTAGGED, .tag = 10, .all = true,
		.in = { { UNTAGGED, 10 }, { 0, 10 }, { 10, 10 }, { 40, 40 },
			{ 4094, 4094 }, { 4095, REFUSED } },
		.out = { { 0, NONE }, { 10, UNTAG }, { 20, TAG }, { 40, TAG }, { 4094, TAG } },
	},
};

KUNIT_ARRAY_PARAM_DESC(vlan, vlan_cases, name);

static const struct vsw_vlan *vlan_create(struct kunit *test, const struct vlan_case *c)
{
	struct vsw_vlan *vlan;

	if (c->none)
		return NULL;
	vlan = kunit_kzalloc(test, sizeof(*vlan), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, vlan);
	vlan->mode = c->mode;
	vlan->tag = c->tag;
	vlan->all = c->all;
	__set_bit(0, vlan->trunks);
	__set_bit(20, vlan->trunks);
	__set_bit(30, vlan->trunks);
	return vlan;
}

static void vlan_in_and_out(struct kunit *test)
{
	const struct vlan_case *c = test->param_value;
	const struct vsw_vlan *vlan = vlan_create(test, c);
	u16 prio = 5 << VLAN_PRIO_SHIFT;
	int i;

	for (i = 0; i < ARRAY_SIZE(c->in); i++) {
		bool tagged = c->in[i].vid != UNTAGGED;

		/* The TCI of a frame without a tag means nothing. */
		KUNIT_EXPECT_EQ_MSG(test, c->in[i].enters,
				    vsw_vlan_in(vlan, tagged,
						prio | (tagged ? c->in[i].vid : 77)),
				    "VLAN %d enters", c->in[i].vid);
	}
	for (i = 0; i < ARRAY_SIZE(c->out); i++)
		KUNIT_EXPECT_EQ_MSG(test, c->out[i].out,
				    vsw_vlan_out(vlan, c->out[i].vid),
				    "VLAN %d leaves", c->out[i].vid);
}

static struct kunit_case vlan_test_cases[] = {
	KUNIT_CASE_PARAM(vlan_in_and_out, vlan_gen_params),
	{}
};

static struct kunit_suite vlan_suite = {
	.name = "vsw_vlan",
	.test_cases = vlan_test_cases,
};

kunit_test_suite(vlan_suite);
