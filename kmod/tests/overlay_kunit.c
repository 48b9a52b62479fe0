// SPDX-License-Identifier: GPL-2.0
/*
 * Overlay: VLANs and VNIs, outer headers, and stations behind remotes.
 */
#include "tables/overlay.h"

#include <kunit/test.h>
#include <net/ipv6.h>

#include "core/port.h"
#include "core/switch.h"

static const u8 alice[ETH_ALEN] = { 2, 0, 0, 0, 0, 0xa };

/**
 * struct fixture - a switch with a tunnel port
 * @sw: the switch
 * @port: the port
 * @o: its settings
 * @from: the header that frames come with
 */
struct fixture {
	struct vsw_switch sw;
	struct vsw_port port;
	struct vsw_overlay o;
	struct vsw_tunnel from;
};

static int overlay_init(struct kunit *test)
{
	struct fixture *f;

	f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, f);
	KUNIT_ASSERT_EQ(test, vsw_fdb_init(&f->sw.fdb, &f->sw), 0);
	f->sw.fdb.max_learned = 100;
	f->o.flags = VSW_OUTER_VXLAN;
	f->o.config.ttl = VSW_TUNNEL_TTL;
	f->port.no = 1;
	f->port.kind = VSW_PORT_TUNNEL;
	RCU_INIT_POINTER(f->port.overlay, &f->o);
	f->from.id = cpu_to_be64(7);
	f->from.src = htonl(1);
	test->priv = f;
	return 0;
}

static void overlay_exit(struct kunit *test)
{
	struct fixture *f = test->priv;

	vsw_fdb_exit(&f->sw.fdb);
	rcu_barrier();
}

static void range(struct vsw_overlay_config *c, u16 first, u16 last, u32 vni)
{
	c->range[c->n_ranges++] = (struct vsw_vni_range){ first, last, vni };
}

static void remote(struct vsw_overlay_config *c, u32 addr, s16 vid)
{
	struct vsw_overlay_remote *r = &c->remote[c->n_remotes++];

	ipv6_addr_set_v4mapped(htonl(addr), &r->addr);
	r->vid = vid;
}

static void each_vlan_has_its_vni_and_back(struct kunit *test)
{
	struct fixture *f = test->priv;
	struct vsw_overlay *o = &f->o;

	range(&o->config, 10, 19, 1010);
	range(&o->config, 30, 30, 5);
	KUNIT_EXPECT_EQ(test, vsw_overlay_vni(o, 10), 1010);
	KUNIT_EXPECT_EQ(test, vsw_overlay_vni(o, 19), 1019);
	KUNIT_EXPECT_EQ(test, vsw_overlay_vni(o, 30), 5);
	KUNIT_EXPECT_EQ(test, vsw_overlay_vni(o, 20), -1);
	KUNIT_EXPECT_EQ(test, vsw_overlay_vni(o, 0), -1);
	KUNIT_EXPECT_EQ(test, vsw_overlay_vid(o, 1010), 10);
	KUNIT_EXPECT_EQ(test, vsw_overlay_vid(o, 1019), 19);
	KUNIT_EXPECT_EQ(test, vsw_overlay_vid(o, 5), 30);
	KUNIT_EXPECT_EQ(test, vsw_overlay_vid(o, 1020), -1);
}

static void the_key_is_for_frames_without_a_vlan_of_its_own(struct kunit *test)
{
	struct fixture *f = test->priv;
	struct vsw_overlay *o = &f->o;

	KUNIT_EXPECT_EQ(test, vsw_overlay_vid(o, 9), 0);
	KUNIT_EXPECT_EQ(test, vsw_overlay_vni(o, 3), -1);
	o->config.has_key = true;
	o->config.key = 7;
	KUNIT_EXPECT_EQ(test, vsw_overlay_vid(o, 7), 0);
	KUNIT_EXPECT_EQ(test, vsw_overlay_vid(o, 9), -1);
	KUNIT_EXPECT_EQ(test, vsw_overlay_vni(o, 3), 7);
	range(&o->config, 10, 10, 1010);
	KUNIT_EXPECT_EQ(test, vsw_overlay_vni(o, 0), 7);
	KUNIT_EXPECT_EQ(test, vsw_overlay_vni(o, 3), -1);
}

static void checksums_and_sources_are_those_of_the_family(struct kunit *test)
{
	struct in6_addr v6 = { .s6_addr = { 0x20, 1 } }, v4;
	struct fixture *f = test->priv;
	struct vsw_outer outer;

	f->o.config.local = v6;
	ipv6_addr_set_v4mapped(htonl(3), &v4);
	vsw_overlay_outer(&f->o, &outer);
	vsw_overlay_aim(&f->o, &outer, &v4);
	KUNIT_EXPECT_EQ(test, outer.flags, VSW_OUTER_VXLAN);
	KUNIT_EXPECT_EQ(test, ntohl(outer.tun.dst), 3);
	KUNIT_EXPECT_TRUE(test, !outer.tun.src);
	vsw_overlay_outer(&f->o, &outer);
	vsw_overlay_aim(&f->o, &outer, &v6);
	KUNIT_EXPECT_EQ(test, outer.flags, VSW_OUTER_VXLAN | VSW_OUTER_CSUM);
	KUNIT_EXPECT_TRUE(test, ipv6_addr_equal(&outer.tun.src6, &v6));
	f->o.flags = 0;
	vsw_overlay_outer(&f->o, &outer);
	vsw_overlay_aim(&f->o, &outer, &v6);
	KUNIT_EXPECT_EQ(test, outer.flags, 0);
}

static void expect_refused(struct kunit *test, struct vsw_overlay_config *c)
{
	KUNIT_EXPECT_EQ(test, PTR_ERR(vsw_overlay_create(c, VSW_OUTER_VXLAN, NULL)), -EINVAL);
	vsw_overlay_config_init(c);
}

static void settings_that_contradict_each_other_are_refused(struct kunit *test)
{
	struct vsw_overlay_config *c = kunit_kzalloc(test, sizeof(*c), GFP_KERNEL);
	struct vsw_overlay *o;

	KUNIT_ASSERT_NOT_NULL(test, c);
	vsw_overlay_config_init(c);
	range(c, 10, 19, 1010);
	range(c, 19, 20, 5);
	expect_refused(test, c);
	range(c, 10, 19, 1010);
	range(c, 20, 29, 1001);
	expect_refused(test, c);
	range(c, 10, 19, 0xfffffe);
	expect_refused(test, c);
	remote(c, 0x0a000001, 5);
	remote(c, 0x0a000001, VSW_REMOTE_ANY_VID);
	expect_refused(test, c);
	remote(c, 0xe0000001, VSW_REMOTE_ANY_VID);
	expect_refused(test, c);
	c->has_key = true;
	c->key = 0x1000000;
	expect_refused(test, c);
	range(c, 10, 19, 1010);
	remote(c, 0x0a000001, 5);
	remote(c, 0x0a000001, 6);
	o = vsw_overlay_create(c, VSW_OUTER_VXLAN, NULL);
	KUNIT_ASSERT_FALSE(test, IS_ERR(o));
	vsw_overlay_put(o);
}

static struct vsw_remote *learn(struct kunit *test, u8 last)
{
	u8 addr[ETH_ALEN] = { 2, 0, 0, 0, 0, last };
	struct fixture *f = test->priv;
	struct vsw_fdb_entry *e;
	struct vsw_remote *r;

	local_bh_disable();
	rcu_read_lock();
	vsw_fdb_learn_from(&f->sw.fdb, &f->port, addr, 0, &f->from);
	e = vsw_fdb_find_rcu(&f->sw.fdb, addr, 0);
	r = e ? rcu_dereference(e->remote) : NULL;
	rcu_read_unlock();
	local_bh_enable();
	return r;
}

static void stations_at_one_end_share_its_remote(struct kunit *test)
{
	struct fixture *f = test->priv;
	struct vsw_remote *a = learn(test, 1);

	KUNIT_ASSERT_NOT_NULL(test, a);
	KUNIT_EXPECT_TRUE(test, vsw_remote_sent(a, &f->from));
	KUNIT_EXPECT_PTR_EQ(test, learn(test, 2), a);
	KUNIT_EXPECT_EQ(test, a->ref, 2);
	f->from.id = cpu_to_be64(8);
	KUNIT_EXPECT_PTR_NE(test, learn(test, 3), a);
}

static void a_station_that_moves_to_another_end_is_found_there(struct kunit *test)
{
	struct fixture *f = test->priv;
	unsigned long gen;

	learn(test, 1);
	gen = f->sw.fdb.gen;
	learn(test, 1);
	KUNIT_EXPECT_EQ(test, f->sw.fdb.gen, gen);
	f->from.src = htonl(2);
	KUNIT_EXPECT_TRUE(test, vsw_remote_sent(learn(test, 1), &f->from));
	KUNIT_EXPECT_NE(test, f->sw.fdb.gen, gen);
	KUNIT_EXPECT_EQ(test, f->sw.fdb.n_entries, 1);
}

static void an_entry_made_by_hand_stays_at_its_end(struct kunit *test)
{
	struct vsw_fdb_dst dst = { .vni = 9, .has_vni = true };
	struct fixture *f = test->priv;
	struct vsw_fdb_entry *e;

	ipv6_addr_set_v4mapped(htonl(0x0a000001), &dst.addr);
	KUNIT_ASSERT_EQ(test, vsw_fdb_add_at(&f->sw.fdb, &f->port, alice, 0, VSW_FDB_FLAG_STATIC,
					     &dst, false, NULL), 0);
	learn(test, alice[5]);
	rcu_read_lock();
	e = vsw_fdb_find_rcu(&f->sw.fdb, alice, 0);
	KUNIT_EXPECT_EQ(test, ntohl(rcu_dereference(e->remote)->outer.tun.dst), 0x0a000001);
	KUNIT_EXPECT_EQ(test, be64_to_cpu(rcu_dereference(e->remote)->outer.tun.id), 9);
	rcu_read_unlock();
	RCU_INIT_POINTER(f->port.overlay, NULL);
	KUNIT_EXPECT_EQ(test, vsw_fdb_add_at(&f->sw.fdb, &f->port, alice, 1, VSW_FDB_FLAG_STATIC,
					     &dst, false, NULL), -EINVAL);
}

static struct kunit_case overlay_cases[] = {
	KUNIT_CASE(each_vlan_has_its_vni_and_back),
	KUNIT_CASE(the_key_is_for_frames_without_a_vlan_of_its_own),
	KUNIT_CASE(checksums_and_sources_are_those_of_the_family),
	KUNIT_CASE(settings_that_contradict_each_other_are_refused),
	KUNIT_CASE(stations_at_one_end_share_its_remote),
	KUNIT_CASE(a_station_that_moves_to_another_end_is_found_there),
	KUNIT_CASE(an_entry_made_by_hand_stays_at_its_end),
	{}
};

static struct kunit_suite overlay_suite = {
	.name = "vsw_overlay",
	.init = overlay_init,
	.exit = overlay_exit,
	.test_cases = overlay_cases,
};

kunit_test_suite(overlay_suite);
