// SPDX-License-Identifier: GPL-2.0
/*
 * Compose: what tables say becomes one program, the shortest that does it.
 */
#include <kunit/test.h>
#include <net/ipv6.h>

#include "core/port.h"
#include "path/verdict.h"
#include "tables/overlay.h"

#define N_TABLES	4
#define N_SLOTS		4
#define N_OPS		600
#define IN_PORT		9
#define TUNNEL		N_SLOTS

/**
 * struct fixture - flow tables with at most one flow each
 * @flows: the tables
 * @tables: those that exist
 * @flow: their flows; ops are added to by the tests
 * @ops: of the flows
 * @moves: operands of them, moves and punts
 * @n_moves: number of them
 * @slots: ports that do not exist, numbered from 1
 * @in_slot: that of the port of entry
 * @port: the port of entry
 * @overlay: of the tunnel port, where a test has one
 * @lock: as the namespace's
 * @key: the frame
 * @v: the verdict
 * @next: op of the verdict to look at
 */
struct fixture {
	struct vsw_flows flows;
	struct vsw_table tables[N_TABLES];
	struct vsw_flow *flow[N_TABLES];
	struct vsw_op ops[N_TABLES][N_OPS];
	struct vsw_action moves[2];
	unsigned int n_moves;
	struct vsw_slot slots[N_SLOTS];
	struct vsw_slot in_slot;
	struct vsw_port port;
	struct vsw_overlay *overlay;
	struct mutex lock;
	struct vsw_key key;
	struct vsw_draft v;
	unsigned int next;
};

static const u8 addr_a[ETH_ALEN] = { 2, 0, 0, 0, 0, 0xa };
static const u8 addr_b[ETH_ALEN] = { 2, 0, 0, 0, 0, 0xb };

static int compose_init(struct kunit *test)
{
	struct fixture *f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);
	int i;

	KUNIT_ASSERT_NOT_NULL(test, f);
	mutex_init(&f->lock);
	f->flows.version = 1;
	for (i = 0; i < N_TABLES; i++)
		vsw_classifier_init(&f->tables[i].cls, &f->lock);
	for (i = 0; i < N_SLOTS; i++)
		f->slots[i].no = i + 1;
	f->in_slot.no = IN_PORT;
	f->port.no = IN_PORT;
	f->key.in_port = IN_PORT;
	f->key.eth_type = htons(ETH_P_IP);
	f->key.ip_ttl = 10;
	test->priv = f;
	return 0;
}

static void compose_exit(struct kunit *test)
{
	struct fixture *f = test->priv;
	int i;

	mutex_lock(&f->lock);
	for (i = 0; i < N_TABLES; i++)
		vsw_classifier_exit(&f->tables[i].cls);
	mutex_unlock(&f->lock);
}

static void add_table(struct fixture *f, int id, enum vsw_miss miss)
{
	f->tables[id].id = id;
	f->tables[id].miss = miss;
	rcu_assign_pointer(f->flows.table[id], &f->tables[id]);
}

static void add_match(struct kunit *test, int id, const struct vsw_match *match)
{
	struct fixture *f = test->priv;
	struct vsw_actions *acts;
	struct vsw_flow *flow;

	acts = kunit_kzalloc(test, sizeof(*acts), GFP_KERNEL);
	flow = kunit_kzalloc(test, struct_size(flow, rule.value, VSW_KEY_WORDS), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, acts);
	KUNIT_ASSERT_NOT_NULL(test, flow);
	acts->ops = f->ops[id];
	flow->acts = acts;
	flow->rule.add_version = 1;
	flow->rule.del_version = VSW_VERSION_NEVER;
	f->flow[id] = flow;
	add_table(f, id, VSW_MISS_DROP);
	mutex_lock(&f->lock);
	KUNIT_EXPECT_EQ(test, vsw_classifier_insert(&f->tables[id].cls, &flow->rule, match,
						    NULL), 0);
	mutex_unlock(&f->lock);
}

/* A flow that all frames of the tests match. */
static void add_flow(struct kunit *test, int id)
{
	struct vsw_match match = {
		.value.in_port = IN_PORT,
		.mask.in_port = ~0,
		.tp_src.hi = U16_MAX,
		.tp_dst.hi = U16_MAX,
	};

	add_match(test, id, &match);
}

static struct vsw_op *op(struct kunit *test, int id, enum vsw_op_code code)
{
	struct fixture *f = test->priv;
	struct vsw_actions *acts = f->flow[id]->acts;
	struct vsw_op *op;

	KUNIT_ASSERT_LT(test, acts->n_ops, N_OPS);
	op = &acts->ops[acts->n_ops++];
	op->code = code;
	return op;
}

static void set(struct kunit *test, int id, const struct vsw_key *value,
		const struct vsw_key *mask)
{
	struct vsw_op *o;
	int i;

	for (i = 0; i < VSW_KEY_WORDS; i++) {
		if (!mask->w[i])
			continue;
		o = op(test, id, VSW_OP_SET);
		o->index = i;
		o->value = value->w[i];
		o = op(test, id, VSW_OP_SET);
		o->index = i;
		o->value = mask->w[i];
	}
}

static void set_dst(struct kunit *test, int id, const u8 *addr)
{
	struct vsw_key value = {}, mask = {};

	memcpy(value.eth_dst, addr, ETH_ALEN);
	eth_broadcast_addr(mask.eth_dst);
	set(test, id, &value, &mask);
}

static void set_tci(struct kunit *test, int id, u16 tci, u16 bits)
{
	struct vsw_key value = { .vlan_tci = htons(tci) }, mask = { .vlan_tci = htons(bits) };

	set(test, id, &value, &mask);
}

static void output(struct kunit *test, int id, int port)
{
	struct fixture *f = test->priv;

	op(test, id, VSW_OP_OUTPUT)->slot = port == IN_PORT ? &f->in_slot : &f->slots[port - 1];
}

static void goto_table(struct kunit *test, int id, int next)
{
	op(test, id, VSW_OP_GOTO)->index = next;
}

static void compose(struct kunit *test)
{
	struct fixture *f = test->priv;

	rcu_read_lock();
	vsw_compose(&f->v, &f->flows, f->flows.version, &f->key);
	rcu_read_unlock();
	f->next = 0;
}

/* The next op of the verdict, which must be this one. */
static const struct vsw_op *expect_op(struct kunit *test, enum vsw_op_code code)
{
	struct fixture *f = test->priv;
	const struct vsw_op *o = &f->v.ops[f->next++];
	bool is_last = f->next == f->v.n_ops;

	KUNIT_ASSERT_LE(test, f->next, f->v.n_ops);
	KUNIT_ASSERT_EQ_MSG(test, o->code, code, "op %u", f->next - 1);
	KUNIT_EXPECT_EQ(test, o->flags, is_last ? VSW_OP_F_LAST : 0);
	return o;
}

static void expect_output(struct kunit *test, int port)
{
	KUNIT_EXPECT_EQ(test, expect_op(test, VSW_OP_OUTPUT)->slot->no, port);
}

static void expect_end(struct kunit *test)
{
	struct fixture *f = test->priv;

	KUNIT_EXPECT_EQ(test, f->next, f->v.n_ops);
}

static void expect_drop(struct kunit *test, enum vsw_drop_reason reason)
{
	compose(test);
	KUNIT_EXPECT_EQ(test, expect_op(test, VSW_OP_DROP)->reason, reason);
	expect_end(test);
}

/* A rewrite of the destination address and nothing else. */
static void expect_dst(struct kunit *test, const u8 *addr)
{
	const struct vsw_rewrite *rw = expect_op(test, VSW_OP_REWRITE)->rewrite;
	struct vsw_key mask = {};

	eth_broadcast_addr(mask.eth_dst);
	KUNIT_EXPECT_EQ(test, memcmp(&rw->mask, &mask, sizeof(mask)), 0);
	KUNIT_EXPECT_TRUE(test, ether_addr_equal(rw->value.eth_dst, addr));
}

static void expect_tci(struct kunit *test, u16 tci, u16 bits)
{
	const struct vsw_rewrite *rw = expect_op(test, VSW_OP_REWRITE)->rewrite;
	struct vsw_key mask = { .vlan_tci = htons(bits) };

	KUNIT_EXPECT_EQ(test, memcmp(&rw->mask, &mask, sizeof(mask)), 0);
	KUNIT_EXPECT_EQ(test, ntohs(rw->value.vlan_tci), tci);
}

static void the_last_write_of_a_field_wins(struct kunit *test)
{
	add_flow(test, 0);
	set_dst(test, 0, addr_a);
	set_dst(test, 0, addr_b);
	output(test, 0, 1);
	compose(test);
	expect_dst(test, addr_b);
	expect_output(test, 1);
	expect_end(test);
}

static void each_output_sees_what_was_written_before_it(struct kunit *test)
{
	add_flow(test, 0);
	set_dst(test, 0, addr_a);
	output(test, 0, 1);
	output(test, 0, 2);
	set_dst(test, 0, addr_b);
	output(test, 0, 3);
	compose(test);
	expect_dst(test, addr_a);
	expect_output(test, 1);
	expect_output(test, 2);
	expect_dst(test, addr_b);
	expect_output(test, 3);
	expect_end(test);
}

static void what_stands_behind_the_last_output_is_cut(struct kunit *test)
{
	add_flow(test, 0);
	output(test, 0, 1);
	set_dst(test, 0, addr_a);
	op(test, 0, VSW_OP_PUSH_VLAN)->tpid = htons(ETH_P_8021Q);
	op(test, 0, VSW_OP_DEC_TTL);
	compose(test);
	expect_output(test, 1);
	expect_end(test);
}

static void registers_leave_no_trace_in_the_frame(struct kunit *test)
{
	struct vsw_key value = { .metadata = 5, .reg[7] = 6 };
	struct vsw_key mask = { .metadata = ~0, .reg[7] = ~0 };

	add_flow(test, 0);
	set(test, 0, &value, &mask);
	output(test, 0, 1);
	compose(test);
	expect_output(test, 1);
	expect_end(test);
}

static void later_tables_see_what_was_written(struct kunit *test)
{
	struct vsw_key value = { .reg[3] = 77 }, mask = { .reg[3] = ~0 };
	struct vsw_match match = { .tp_src.hi = U16_MAX, .tp_dst.hi = U16_MAX };

	add_flow(test, 0);
	set(test, 0, &value, &mask);
	set_dst(test, 0, addr_a);
	goto_table(test, 0, 2);
	match.value = value;
	match.mask = mask;
	ether_addr_copy(match.value.eth_dst, addr_a);
	eth_broadcast_addr(match.mask.eth_dst);
	add_match(test, 2, &match);
	output(test, 2, 1);
	compose(test);
	expect_dst(test, addr_a);
	expect_output(test, 1);
	expect_end(test);
}

static void a_moved_field_is_written(struct kunit *test)
{
	struct fixture *f = test->priv;
	struct vsw_action *move = &f->moves[f->n_moves++];

	move->field = VSW_A_FIELDS_ETH_DST;
	move->src_field = VSW_A_FIELDS_ETH_SRC;
	move->bits = 48;
	ether_addr_copy(f->key.eth_src, addr_b);
	add_flow(test, 0);
	op(test, 0, VSW_OP_MOVE)->action = move;
	output(test, 0, 1);
	compose(test);
	expect_dst(test, addr_b);
	expect_output(test, 1);
	expect_end(test);
}

static void a_push_and_its_pop_cancel_out(struct kunit *test)
{
	struct fixture *f = test->priv;

	f->key.vlan_tci = htons(VSW_VLAN_PRESENT | 7);
	f->key.vlan_tpid = htons(ETH_P_8021Q);
	add_flow(test, 0);
	op(test, 0, VSW_OP_PUSH_VLAN)->tpid = htons(ETH_P_8021AD);
	set_tci(test, 0, 5, VLAN_VID_MASK);
	op(test, 0, VSW_OP_PUSH_VLAN)->tpid = htons(ETH_P_8021Q);
	op(test, 0, VSW_OP_POP_VLAN);
	op(test, 0, VSW_OP_POP_VLAN);
	output(test, 0, 1);
	compose(test);
	expect_output(test, 1);
	expect_end(test);
	KUNIT_EXPECT_EQ(test, f->v.n_rewrites, 0);
}

static void a_tag_that_an_output_saw_is_popped(struct kunit *test)
{
	add_flow(test, 0);
	op(test, 0, VSW_OP_PUSH_VLAN)->tpid = htons(ETH_P_8021Q);
	output(test, 0, 1);
	op(test, 0, VSW_OP_POP_VLAN);
	output(test, 0, 2);
	compose(test);
	KUNIT_EXPECT_TRUE(test, expect_op(test, VSW_OP_PUSH_VLAN)->tpid == htons(ETH_P_8021Q));
	expect_output(test, 1);
	expect_op(test, VSW_OP_POP_VLAN);
	expect_output(test, 2);
	expect_end(test);
}

static void a_tag_is_finished_before_another_covers_it(struct kunit *test)
{
	struct fixture *f = test->priv;

	f->key.vlan_tci = htons(VSW_VLAN_PRESENT | 0x2007);
	f->key.vlan_tpid = htons(ETH_P_8021Q);
	add_flow(test, 0);
	set_tci(test, 0, 5, VLAN_VID_MASK);
	op(test, 0, VSW_OP_PUSH_VLAN)->tpid = htons(ETH_P_8021AD);
	set_tci(test, 0, 6, VLAN_VID_MASK);
	output(test, 0, 1);
	compose(test);
	expect_tci(test, 5, VLAN_VID_MASK);
	KUNIT_EXPECT_TRUE(test, expect_op(test, VSW_OP_PUSH_VLAN)->tpid == htons(ETH_P_8021AD));
	expect_tci(test, 6, VLAN_VID_MASK);
	expect_output(test, 1);
	expect_end(test);
}

static void to_write_a_tag_that_is_not_there_pushes_one(struct kunit *test)
{
	add_flow(test, 0);
	set_tci(test, 0, VSW_VLAN_PRESENT | 5, VSW_VLAN_PRESENT | VLAN_VID_MASK);
	output(test, 0, 1);
	compose(test);
	KUNIT_EXPECT_TRUE(test, expect_op(test, VSW_OP_PUSH_VLAN)->tpid == htons(ETH_P_8021Q));
	expect_tci(test, VSW_VLAN_PRESENT | 5, 0xffff);
	expect_output(test, 1);
	expect_end(test);
}

static void to_write_bits_of_a_tag_that_is_not_there_does_nothing(struct kunit *test)
{
	add_flow(test, 0);
	set_tci(test, 0, 5, VLAN_VID_MASK);
	output(test, 0, 1);
	compose(test);
	expect_output(test, 1);
	expect_end(test);
}

static void to_clear_the_presence_of_a_tag_pops_it(struct kunit *test)
{
	struct fixture *f = test->priv;

	f->key.vlan_tci = htons(VSW_VLAN_PRESENT | 7);
	f->key.vlan_tpid = htons(ETH_P_8021Q);
	add_flow(test, 0);
	set_tci(test, 0, 0, 0xffff);
	output(test, 0, 1);
	compose(test);
	expect_op(test, VSW_OP_POP_VLAN);
	expect_output(test, 1);
	expect_end(test);
}

static void to_pop_an_untagged_frame_does_nothing(struct kunit *test)
{
	add_flow(test, 0);
	op(test, 0, VSW_OP_POP_VLAN);
	output(test, 0, 1);
	compose(test);
	expect_output(test, 1);
	expect_end(test);
}

/* Two tags in the frame, a third pushed and all three popped. */
static void the_tag_below_comes_up(struct kunit *test)
{
	struct fixture *f = test->priv;
	struct vsw_match match = {
		.value.vlan_tci = htons(VSW_VLAN_PRESENT | 20),
		.value.vlan_tpid = htons(ETH_P_8021AD),
		.mask.vlan_tci = htons(0xffff),
		.mask.inner_vlan_tci = htons(0xffff),
		.mask.vlan_tpid = htons(0xffff),
		.tp_src.hi = U16_MAX,
		.tp_dst.hi = U16_MAX,
	};

	f->key.vlan_tci = htons(VSW_VLAN_PRESENT | 10);
	f->key.vlan_tpid = htons(ETH_P_8021Q);
	f->key.inner_vlan_tci = htons(VSW_VLAN_PRESENT | 20);
	f->key.inner_vlan_tpid = htons(ETH_P_8021AD);
	add_flow(test, 0);
	op(test, 0, VSW_OP_PUSH_VLAN)->tpid = htons(ETH_P_8021Q);
	op(test, 0, VSW_OP_POP_VLAN);
	op(test, 0, VSW_OP_POP_VLAN);
	goto_table(test, 0, 1);
	add_match(test, 1, &match);
	output(test, 1, 1);
	op(test, 1, VSW_OP_POP_VLAN);
	op(test, 1, VSW_OP_POP_VLAN);
	output(test, 1, 2);
	compose(test);
	expect_op(test, VSW_OP_POP_VLAN);
	expect_output(test, 1);
	expect_op(test, VSW_OP_POP_VLAN);
	expect_output(test, 2);
	expect_end(test);
}

static void a_ttl_is_decremented_after_what_was_written(struct kunit *test)
{
	struct vsw_match match = {
		.value.ip_ttl = 9,
		.mask.ip_ttl = 0xff,
		.tp_src.hi = U16_MAX,
		.tp_dst.hi = U16_MAX,
	};

	add_flow(test, 0);
	set_dst(test, 0, addr_a);
	op(test, 0, VSW_OP_DEC_TTL);
	goto_table(test, 0, 1);
	add_match(test, 1, &match);
	output(test, 1, 1);
	compose(test);
	expect_dst(test, addr_a);
	expect_op(test, VSW_OP_DEC_TTL);
	expect_output(test, 1);
	expect_end(test);
}

static void a_frame_is_not_sent_back(struct kunit *test)
{
	add_flow(test, 0);
	output(test, 0, IN_PORT);
	expect_drop(test, VSW_DROP_REASON_HAIRPIN);
	output(test, 0, 1);
	compose(test);
	expect_output(test, 1);
	expect_end(test);
}

static void a_hairpin_port_gets_its_frames_back(struct kunit *test)
{
	struct fixture *f = test->priv;

	f->port.flags = BIT(VSW_PORT_HAIRPIN);
	RCU_INIT_POINTER(f->in_slot.port, &f->port);
	add_flow(test, 0);
	output(test, 0, IN_PORT);
	compose(test);
	expect_output(test, IN_PORT);
	expect_end(test);
}

static void tunnel_port(struct kunit *test)
{
	struct fixture *f = test->priv;

	f->port.kind = VSW_PORT_TUNNEL;
	f->overlay = kunit_kzalloc(test, sizeof(*f->overlay), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, f->overlay);
	f->overlay->config.ttl = VSW_TUNNEL_TTL;
	RCU_INIT_POINTER(f->port.overlay, f->overlay);
	RCU_INIT_POINTER(f->slots[TUNNEL - 1].port, &f->port);
}

static void set_remote(struct kunit *test, int id, u32 remote)
{
	struct vsw_key value = { .tun.dst = htonl(remote) }, mask = { .tun.dst = htonl(U32_MAX) };

	set(test, id, &value, &mask);
}

static void set_tunnel_id(struct kunit *test, int id, u64 vni)
{
	struct vsw_key value = { .tun.id = cpu_to_be64(vni) };
	struct vsw_key mask = { .tun.id = cpu_to_be64(U64_MAX) };

	set(test, id, &value, &mask);
}

static void expect_tunnel(struct kunit *test, u32 remote)
{
	const struct vsw_encap *encap = expect_op(test, VSW_OP_TUNNEL)->encap;
	struct fixture *f = test->priv;

	KUNIT_EXPECT_PTR_EQ(test, encap->slot, &f->slots[TUNNEL - 1]);
	KUNIT_EXPECT_EQ(test, ntohl(encap->outer.tun.dst), remote);
	KUNIT_EXPECT_EQ(test, encap->outer.tun.ttl, VSW_TUNNEL_TTL);
	KUNIT_EXPECT_TRUE(test, !encap->outer.tun.src);
	KUNIT_EXPECT_EQ(test, encap->outer.flags, 0);
}

static void each_output_by_a_tunnel_has_its_header(struct kunit *test)
{
	struct fixture *f = test->priv;

	tunnel_port(test);
	f->key.tun.src = htonl(9);
	add_flow(test, 0);
	set_remote(test, 0, 1);
	output(test, 0, TUNNEL);
	output(test, 0, 1);
	set_remote(test, 0, 2);
	output(test, 0, TUNNEL);
	compose(test);
	expect_tunnel(test, 1);
	expect_output(test, 1);
	expect_tunnel(test, 2);
	expect_end(test);
	KUNIT_EXPECT_EQ(test, f->v.n_rewrites, 0);
}

static void a_header_that_was_received_is_no_remote(struct kunit *test)
{
	struct fixture *f = test->priv;

	tunnel_port(test);
	f->key.tun.dst = htonl(9);
	add_flow(test, 0);
	set_tunnel_id(test, 0, 7);
	output(test, 0, TUNNEL);
	expect_drop(test, VSW_DROP_REASON_NO_REMOTE);
}

static void a_header_that_nobody_writes_is_the_ports(struct kunit *test)
{
	tunnel_port(test);
	add_flow(test, 0);
	output(test, 0, TUNNEL);
	compose(test);
	expect_output(test, TUNNEL);
	expect_end(test);
}

static void what_is_written_goes_to_all_remotes(struct kunit *test)
{
	struct fixture *f = test->priv;
	struct vsw_overlay_config *c;
	const struct vsw_encap *encap;
	int i;

	tunnel_port(test);
	c = &f->overlay->config;
	c->tos = VSW_TUNNEL_INHERIT;
	c->n_remotes = 3;
	for (i = 0; i < 3; i++) {
		ipv6_addr_set_v4mapped(htonl(i + 1), &c->remote[i].addr);
		c->remote[i].vid = i == 1 ? 5 : VSW_REMOTE_ANY_VID;
	}
	add_flow(test, 0);
	set_tunnel_id(test, 0, 7);
	output(test, 0, TUNNEL);
	compose(test);
	for (i = 1; i <= 3; i += 2) {
		encap = expect_op(test, VSW_OP_TUNNEL)->encap;
		KUNIT_EXPECT_EQ(test, ntohl(encap->outer.tun.dst), i);
		KUNIT_EXPECT_EQ(test, be64_to_cpu(encap->outer.tun.id), 7);
		KUNIT_EXPECT_EQ(test, encap->outer.flags, VSW_OUTER_ID | VSW_OUTER_INHERIT_TOS);
	}
	expect_end(test);
}

static void too_many_remotes_drop(struct kunit *test)
{
	struct fixture *f = test->priv;
	int i;

	tunnel_port(test);
	add_flow(test, 0);
	set_remote(test, 0, 1);
	for (i = 0; i < VSW_VERDICT_ENCAPS; i++)
		output(test, 0, TUNNEL);
	compose(test);
	KUNIT_EXPECT_EQ(test, f->v.n_encaps, VSW_VERDICT_ENCAPS);
	output(test, 0, TUNNEL);
	expect_drop(test, VSW_DROP_REASON_TOO_MANY_ACTIONS);
}

static void a_flow_without_output_drops(struct kunit *test)
{
	add_flow(test, 0);
	set_dst(test, 0, addr_a);
	expect_drop(test, VSW_DROP_REASON_FLOW);
}

static void a_switch_without_flows_forwards_normally(struct kunit *test)
{
	compose(test);
	expect_op(test, VSW_OP_NORMAL);
	expect_end(test);
}

static void a_miss_in_a_later_table_drops(struct kunit *test)
{
	struct fixture *f = test->priv;

	add_flow(test, 0);
	goto_table(test, 0, 3);
	expect_drop(test, VSW_DROP_REASON_TABLE_MISS);
	KUNIT_EXPECT_EQ(test, f->v.n_steps, 1);
	KUNIT_EXPECT_PTR_EQ(test, f->v.steps[0].flow, f->flow[0]);
}

static void a_miss_goes_where_the_policy_says(struct kunit *test)
{
	struct fixture *f = test->priv;

	add_table(f, 0, VSW_MISS_CONTINUE);
	add_table(f, 1, VSW_MISS_NORMAL);
	compose(test);
	expect_op(test, VSW_OP_NORMAL);
	expect_end(test);
	KUNIT_EXPECT_EQ(test, f->v.n_steps, 2);
	KUNIT_EXPECT_NULL(test, f->v.steps[1].flow);
	add_table(f, 1, VSW_MISS_DROP);
	expect_drop(test, VSW_DROP_REASON_TABLE_MISS);
}

static void what_was_sent_before_a_miss_stays_sent(struct kunit *test)
{
	add_flow(test, 0);
	output(test, 0, 1);
	goto_table(test, 0, 3);
	compose(test);
	expect_output(test, 1);
	expect_end(test);
}

static void a_program_that_is_too_long_drops(struct kunit *test)
{
	struct fixture *f = test->priv;
	int i;

	add_flow(test, 0);
	for (i = 0; i < VSW_VERDICT_OPS; i++)
		output(test, 0, 1);
	compose(test);
	KUNIT_EXPECT_EQ(test, f->v.n_ops, VSW_VERDICT_OPS);
	output(test, 0, 1);
	expect_drop(test, VSW_DROP_REASON_TOO_MANY_ACTIONS);
}

static void too_many_rewrites_drop(struct kunit *test)
{
	struct fixture *f = test->priv;
	int i;

	add_flow(test, 0);
	for (i = 0; i < VSW_VERDICT_REWRITES; i++) {
		set_dst(test, 0, addr_a);
		output(test, 0, 1);
	}
	compose(test);
	KUNIT_EXPECT_EQ(test, f->v.n_rewrites, VSW_VERDICT_REWRITES);
	set_dst(test, 0, addr_b);
	output(test, 0, 1);
	expect_drop(test, VSW_DROP_REASON_TOO_MANY_ACTIONS);
}

static void too_many_tags_drop(struct kunit *test)
{
	int i;

	add_flow(test, 0);
	for (i = 0; i < 20; i++)
		op(test, 0, VSW_OP_PUSH_VLAN)->tpid = htons(ETH_P_8021Q);
	output(test, 0, 1);
	expect_drop(test, VSW_DROP_REASON_TOO_MANY_ACTIONS);
}

/* What the listener is told is known when the verdict is made. */
static void a_punt_tells_what_flows_know(struct kunit *test)
{
	struct fixture *f = test->priv;
	struct vsw_action *a = &f->moves[f->n_moves++];
	struct vsw_key value = { .metadata = 0x12, .reg = { [7] = 7 } };
	struct vsw_key mask = { .metadata = ~0ULL, .reg = { [7] = ~0 } };
	const struct vsw_punt *p;

	a->queue = 3;
	a->len = 2;
	a->userdata[1] = 9;
	add_flow(test, 0);
	f->flow[0]->cookie = 0x55;
	set(test, 0, &value, &mask);
	set_dst(test, 0, addr_b);
	op(test, 0, VSW_OP_PUNT)->action = a;
	set_dst(test, 0, addr_a);
	compose(test);
	expect_dst(test, addr_b);
	p = expect_op(test, VSW_OP_PUNT)->punt;
	expect_end(test);
	KUNIT_EXPECT_EQ(test, p->queue, 3);
	KUNIT_EXPECT_EQ(test, p->cookie, 0x55);
	KUNIT_EXPECT_EQ(test, p->metadata, 0x12);
	KUNIT_EXPECT_EQ(test, p->reg[7], 7);
	KUNIT_EXPECT_EQ(test, p->len, 2);
	KUNIT_EXPECT_EQ(test, p->userdata[1], 9);
	KUNIT_EXPECT_EQ(test, p->reason, VSW_PUNT_REASON_ACTION);
}

static void a_miss_is_punted_where_the_policy_says_so(struct kunit *test)
{
	struct fixture *f = test->priv;
	const struct vsw_punt *p;

	add_flow(test, 0);
	goto_table(test, 0, 2);
	add_table(f, 2, VSW_MISS_PUNT);
	compose(test);
	p = expect_op(test, VSW_OP_PUNT)->punt;
	expect_end(test);
	KUNIT_EXPECT_EQ(test, p->table, 2);
	KUNIT_EXPECT_EQ(test, p->cookie, U64_MAX);
	KUNIT_EXPECT_EQ(test, p->reason, VSW_PUNT_REASON_MISS);
}

static void too_many_punts_drop(struct kunit *test)
{
	struct fixture *f = test->priv;
	int i;

	add_flow(test, 0);
	for (i = 0; i < VSW_VERDICT_PUNTS; i++)
		op(test, 0, VSW_OP_PUNT)->action = &f->moves[0];
	compose(test);
	KUNIT_EXPECT_EQ(test, f->v.n_ops, VSW_VERDICT_PUNTS);
	op(test, 0, VSW_OP_PUNT)->action = &f->moves[0];
	expect_drop(test, VSW_DROP_REASON_TOO_MANY_ACTIONS);
}

static struct kunit_case compose_cases[] = {
	KUNIT_CASE(the_last_write_of_a_field_wins),
	KUNIT_CASE(each_output_sees_what_was_written_before_it),
	KUNIT_CASE(what_stands_behind_the_last_output_is_cut),
	KUNIT_CASE(registers_leave_no_trace_in_the_frame),
	KUNIT_CASE(later_tables_see_what_was_written),
	KUNIT_CASE(a_moved_field_is_written),
	KUNIT_CASE(a_push_and_its_pop_cancel_out),
	KUNIT_CASE(a_tag_that_an_output_saw_is_popped),
	KUNIT_CASE(a_tag_is_finished_before_another_covers_it),
	KUNIT_CASE(to_write_a_tag_that_is_not_there_pushes_one),
	KUNIT_CASE(to_write_bits_of_a_tag_that_is_not_there_does_nothing),
	KUNIT_CASE(to_clear_the_presence_of_a_tag_pops_it),
	KUNIT_CASE(to_pop_an_untagged_frame_does_nothing),
	KUNIT_CASE(the_tag_below_comes_up),
	KUNIT_CASE(a_ttl_is_decremented_after_what_was_written),
	KUNIT_CASE(a_frame_is_not_sent_back),
	KUNIT_CASE(a_hairpin_port_gets_its_frames_back),
	KUNIT_CASE(a_flow_without_output_drops),
	KUNIT_CASE(a_switch_without_flows_forwards_normally),
	KUNIT_CASE(a_miss_in_a_later_table_drops),
	KUNIT_CASE(a_miss_goes_where_the_policy_says),
	KUNIT_CASE(what_was_sent_before_a_miss_stays_sent),
	KUNIT_CASE(a_program_that_is_too_long_drops),
	KUNIT_CASE(too_many_rewrites_drop),
	KUNIT_CASE(each_output_by_a_tunnel_has_its_header),
	KUNIT_CASE(a_header_that_was_received_is_no_remote),
	KUNIT_CASE(a_header_that_nobody_writes_is_the_ports),
	KUNIT_CASE(what_is_written_goes_to_all_remotes),
	KUNIT_CASE(too_many_remotes_drop),
	KUNIT_CASE(too_many_tags_drop),
	KUNIT_CASE(a_punt_tells_what_flows_know),
	KUNIT_CASE(a_miss_is_punted_where_the_policy_says_so),
	KUNIT_CASE(too_many_punts_drop),
	{}
};

static struct kunit_suite compose_suite = {
	.name = "vsw_compose",
	.init = compose_init,
	.exit = compose_exit,
	.test_cases = compose_cases,
};

kunit_test_suite(compose_suite);
