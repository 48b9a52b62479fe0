// SPDX-License-Identifier: GPL-2.0
/*
 * Actions: what is compiled to which ops, and what is refused.
 */
#include "tables/action.h"

#include <kunit/test.h>
#include <linux/etherdevice.h>
#include <linux/in.h>
#include <linux/netlink.h>

#include "tables/slot.h"
#include "tests/want.h"

#define F(name)		VSW_A_FIELDS_##name
#define A(name)		VSW_A_ACTION_##name
#define PRESENT		VSW_VLAN_PRESENT
#define TABLE		3

static struct vsw_action set_masked(u8 field, u64 value, u64 mask)
{
	struct vsw_action a = { .type = A(SET_FIELD), .field = field };
	const struct vsw_field *f = &vsw_fields[field];
	struct vsw_key v = {}, m = {};

	field_put(&v, field, value);
	field_put(&m, field, mask);
	memcpy(a.value, (u8 *)&v + f->offset, f->len);
	memcpy(a.mask, (u8 *)&m + f->offset, f->len);
	return a;
}

static struct vsw_action set(u8 field, u64 value)
{
	return set_masked(field, value, U64_MAX >> (64 - min_t(int, vsw_fields[field].bits, 64)));
}

static struct vsw_action move(u8 src, u8 src_offset, u8 dst, u8 offset, u8 bits)
{
	return (struct vsw_action){
		.type = A(MOVE),
		.field = dst,
		.offset = offset,
		.src_field = src,
		.src_offset = src_offset,
		.bits = bits,
	};
}

static struct vsw_action simple(u8 type)
{
	return (struct vsw_action){ .type = type };
}

static struct vsw_action output(u32 port)
{
	return (struct vsw_action){ .type = A(OUTPUT), .port = port };
}

static struct vsw_action push(u16 tpid)
{
	return (struct vsw_action){ .type = A(PUSH_VLAN), .tpid = htons(tpid) };
}

static struct vsw_action go(u8 table)
{
	return (struct vsw_action){ .type = A(GOTO_TABLE), .table = table };
}

struct action_fixture {
	struct mutex lock;
	bool is_held;
	struct vsw_slots slots;
	struct vsw_slot *port;
	struct vsw_match match;
	struct netlink_ext_ack extack;
	int bad;
};

/* Tests and exits run in threads of their own: each takes the lock itself. */
static struct action_fixture *start(struct kunit *test)
{
	struct action_fixture *f = test->priv;

	mutex_lock(&f->lock);
	f->is_held = true;
	return f;
}

static void stop(struct action_fixture *f)
{
	f->is_held = false;
	mutex_unlock(&f->lock);
}

/* A switch with port 7 that is called "seven". */
static int action_init(struct kunit *test)
{
	struct action_fixture *f;

	f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, f);
	mutex_init(&f->lock);
	mutex_lock(&f->lock);
	vsw_slots_init(&f->slots, &f->lock);
	f->port = vsw_slot_reserve(&f->slots, "seven", 7, NULL);
	KUNIT_ASSERT_FALSE(test, IS_ERR(f->port));
	vsw_slot_occupy(&f->slots, f->port, (struct vsw_port *)f);
	mutex_unlock(&f->lock);
	vsw_match_init(&f->match);
	test->priv = f;
	return 0;
}

static void action_exit(struct kunit *test)
{
	struct action_fixture *f = test->priv;

	/* A failed assertion ends its thread, not what that thread holds. */
	if (f->is_held)
		stop(f);
	mutex_lock(&f->lock);
	/* Whatever was compiled has let go of its ports. */
	KUNIT_EXPECT_EQ(test, f->port->users, 0);
	vsw_slot_vacate(&f->slots, f->port);
	KUNIT_EXPECT_TRUE(test, xa_empty(&f->slots.by_no));
	vsw_slots_exit(&f->slots);
	mutex_unlock(&f->lock);
}

static struct vsw_actions *compile(struct action_fixture *f,
				   const struct vsw_action *a, unsigned int n)
{
	f->extack._msg = NULL;
	f->bad = -1;
	return vsw_actions_compile(&f->slots, TABLE, &f->match, a, n, &f->bad, &f->extack);
}

static void want_ipv4(struct action_fixture *f, u8 proto)
{
	want(&f->match, F(ETH_TYPE), ETH_P_IP);
	if (proto)
		want(&f->match, F(IP_PROTO), proto);
}

/* What the matches of the cases below want. */
enum of {
	OF_ALL,
	OF_IPV4,
	OF_TCP,
	OF_VLAN,
	OF_NS,
};

static void want_of(struct action_fixture *f, enum of of)
{
	switch (of) {
	case OF_ALL:
		break;
	case OF_IPV4:
		want_ipv4(f, 0);
		break;
	case OF_TCP:
		want_ipv4(f, IPPROTO_TCP);
		break;
	case OF_VLAN:
		want_masked(&f->match, F(VLAN_TCI), PRESENT, PRESENT);
		break;
	case OF_NS:
		want(&f->match, F(ETH_TYPE), ETH_P_IPV6);
		want(&f->match, F(IP_PROTO), IPPROTO_ICMPV6);
		want(&f->match, F(ICMP_TYPE), 135);
		break;
	}
}

static void expect_ok(struct kunit *test, enum of of, const struct vsw_action *a,
		      unsigned int n)
{
	struct action_fixture *f = test->priv;
	struct vsw_actions *acts;

	vsw_match_init(&f->match);
	want_of(f, of);
	acts = compile(f, a, n);
	KUNIT_ASSERT_FALSE_MSG(test, IS_ERR(acts), "%s", f->extack._msg ?: "");
	KUNIT_EXPECT_EQ(test, acts->n_actions, n);
	vsw_actions_free(&f->slots, acts);
}

static void expect_refusal(struct kunit *test, enum of of, const struct vsw_action *a,
			   unsigned int n, int err, const char *message)
{
	struct action_fixture *f = test->priv;
	struct vsw_actions *acts;

	vsw_match_init(&f->match);
	want_of(f, of);
	acts = compile(f, a, n);
	KUNIT_EXPECT_PTR_EQ_MSG(test, acts, ERR_PTR(err), "%s", message);
	if (!IS_ERR(acts)) {
		vsw_actions_free(&f->slots, acts);
		return;
	}
	KUNIT_ASSERT_NOT_NULL(test, f->extack._msg);
	KUNIT_EXPECT_STREQ(test, f->extack._msg, message);
}

#define OK(of, ...) do {						\
	const struct vsw_action list[] = { __VA_ARGS__ };		\
									\
	expect_ok(test, of, list, ARRAY_SIZE(list));			\
} while (0)

#define REFUSED(err, message, of, ...) do {				\
	const struct vsw_action list[] = { __VA_ARGS__ };		\
									\
	expect_refusal(test, of, list, ARRAY_SIZE(list), -(err), message);\
} while (0)

static void good_actions_are_taken(struct kunit *test)
{
	struct action_fixture *f = start(test);

	OK(OF_ALL, output(7), simple(A(IN_PORT)), simple(A(NORMAL)), simple(A(FLOOD)),
	   simple(A(ALL)));
	OK(OF_ALL, simple(A(DROP)));
	OK(OF_ALL, go(TABLE + 1));
	OK(OF_ALL, set(F(METADATA), 5), go(VSW_TABLE_MAX));
	OK(OF_ALL, set(F(ETH_SRC), 5), set(F(PKT_MARK), 5), set(F(REG7), 5));
	OK(OF_IPV4, set(F(IPV4_SRC), 5), set(F(IP_TOS), 5), simple(A(DEC_TTL)));
	OK(OF_IPV4, simple(A(FIB)));
	OK(OF_TCP, set(F(TP_DST), 80), move(F(TP_SRC), 0, F(REG0), 16, 16));
	OK(OF_NS, set(F(ND_SLL), 5), set(F(ND_TARGET), 5), set(F(ICMP_CODE), 1));
	OK(OF_VLAN, set_masked(F(VLAN_TCI), 5, 0xfff), simple(A(POP_VLAN)));
	OK(OF_VLAN, move(F(REG0), 0, F(VLAN_TCI), 0, 12), set_masked(F(VLAN_TCI), 0, 0xfff));
	OK(OF_ALL, simple(A(POP_VLAN)));
	stop(f);
}

static void what_is_known_follows_the_actions(struct kunit *test)
{
	struct action_fixture *f = start(test);

	OK(OF_ALL, push(ETH_P_8021Q), set_masked(F(VLAN_TCI), 5, 0xfff));
	OK(OF_ALL, set(F(VLAN_TCI), PRESENT | 5), set_masked(F(VLAN_TCI), 6, 0xfff));
	OK(OF_VLAN, push(ETH_P_8021AD), simple(A(POP_VLAN)), set_masked(F(VLAN_TCI), 6, 0xfff));
	OK(OF_VLAN, push(ETH_P_8021AD), move(F(INNER_VLAN_TCI), 0, F(VLAN_TCI), 0, 12));
	REFUSED(EINVAL, "set_field: vlan_tci needs a VLAN tag or bit 0x1000",
		OF_VLAN, simple(A(POP_VLAN)), set_masked(F(VLAN_TCI), 6, 0xfff));
	OK(OF_NS, set(F(ICMP_TYPE), 136), set(F(ND_TLL), 1));
	REFUSED(EINVAL, "set_field: nd_sll needs a match on icmp_type 135 of IPv6",
		OF_NS, set(F(ICMP_TYPE), 136), set(F(ND_SLL), 1));
	REFUSED(EINVAL, "set_field: nd_sll needs a match on icmp_type 135 of IPv6",
		OF_NS, move(F(REG0), 0, F(ICMP_TYPE), 0, 8), set(F(ND_SLL), 1));
	stop(f);
}

static void bad_outputs_are_refused(struct kunit *test)
{
	struct action_fixture *f = start(test);
	struct vsw_action no_name = simple(A(OUTPUT_NAME));

	REFUSED(ENOENT, "output: the switch has no port 8", OF_ALL, output(7), output(8));
	REFUSED(EINVAL, "output: that is no device name", OF_ALL, no_name);
	REFUSED(EINVAL, "drop takes no other actions beside it",
		OF_ALL, output(7), simple(A(DROP)));
	REFUSED(EINVAL, "drop takes no other actions beside it",
		OF_ALL, simple(A(DROP)), simple(A(DROP)));
	REFUSED(EINVAL, "There is no action 77", OF_ALL, simple(77));
	stop(f);
}

static void bad_tables_are_refused(struct kunit *test)
{
	struct action_fixture *f = start(test);

	REFUSED(EINVAL, "goto_table must be the last action", OF_ALL, go(4), output(7));
	REFUSED(EINVAL, "goto_table: table 3 does not come after the flow's table 3",
		OF_ALL, go(3));
	REFUSED(EINVAL, "goto_table: table 0 does not come after the flow's table 3",
		OF_ALL, go(0));
	REFUSED(EINVAL, "goto_table: the last table is 253", OF_ALL, go(254));
	stop(f);
}

static void bad_fields_are_refused(struct kunit *test)
{
	struct action_fixture *f = start(test);
	static const u8 readonly[] = {
		F(IN_PORT), F(ETH_TYPE), F(VLAN_TPID), F(IP_PROTO), F(IP_FRAG), F(TCP_FLAGS),
	};
	char message[80];
	int i;

	for (i = 0; i < ARRAY_SIZE(readonly); i++) {
		snprintf(message, sizeof(message), "set_field: %s can't be changed",
			 vsw_fields[readonly[i]].name);
		REFUSED(EINVAL, message, OF_TCP, set(readonly[i], 1));
	}
	REFUSED(EINVAL, "move: in_port can't be changed",
		OF_ALL, move(F(REG0), 0, F(IN_PORT), 0, 8));
	REFUSED(EINVAL, "set_field: there is no field 0",
		OF_ALL, (struct vsw_action){ .type = A(SET_FIELD) });
	REFUSED(EINVAL, "move: there is no field 200",
		OF_ALL, move(200, 0, F(REG0), 0, 8));
	REFUSED(EINVAL, "set_field: nw_src needs a match on eth_type 0x0800",
		OF_ALL, set(F(IPV4_SRC), 1));
	REFUSED(EINVAL, "set_field: tp_dst needs a match on nw_proto 6, 17 or 132",
		OF_IPV4, set(F(TP_DST), 1));
	REFUSED(EINVAL, "move: tp_src needs a match on nw_proto 6, 17 or 132",
		OF_IPV4, move(F(TP_SRC), 0, F(REG0), 0, 8));
	REFUSED(EINVAL, "dec_ttl needs a match on eth_type 0x0800 or 0x86dd",
		OF_ALL, simple(A(DEC_TTL)));
	REFUSED(EINVAL, "fib needs a match on eth_type 0x0800 or 0x86dd",
		OF_ALL, simple(A(FIB)));
	REFUSED(EINVAL, "route needs a match on eth_type 0x0800 or 0x86dd",
		OF_ALL, (struct vsw_action){ .type = A(ROUTE), .name = "gw" });
	REFUSED(EINVAL, "route: gw is no interface of a router at this switch",
		OF_IPV4, (struct vsw_action){ .type = A(ROUTE), .name = "gw" });
	REFUSED(EINVAL, "set_field: ipv6_label has only 20 bits",
		OF_NS, set_masked(F(IPV6_LABEL), 0, 0x1fffff));
	REFUSED(EINVAL, "set_field: nw_src has bits outside its mask",
		OF_IPV4, set_masked(F(IPV4_SRC), 3, 1));
	stop(f);
}

static void bad_moves_are_refused(struct kunit *test)
{
	struct action_fixture *f = start(test);

	REFUSED(EINVAL, "move: source reg0 has only bits 0 to 31",
		OF_ALL, move(F(REG0), 25, F(METADATA), 0, 8));
	REFUSED(EINVAL, "move: destination reg0 has only bits 0 to 31",
		OF_ALL, move(F(METADATA), 0, F(REG0), 0, 33));
	REFUSED(EINVAL, "move: source reg0 has only bits 0 to 31",
		OF_ALL, move(F(REG0), 0, F(REG1), 0, 0));
	REFUSED(EINVAL, "move: source and destination overlap in reg0",
		OF_ALL, move(F(REG0), 0, F(REG0), 7, 8));
	OK(OF_ALL, move(F(REG0), 0, F(REG0), 8, 8));
	stop(f);
}

static void bad_tags_are_refused(struct kunit *test)
{
	struct action_fixture *f = start(test);

	REFUSED(EINVAL, "push_vlan: TPID 0x9100 is not 0x8100 or 0x88a8", OF_ALL, push(0x9100));
	REFUSED(EINVAL, "set_field: vlan_tci needs a VLAN tag or bit 0x1000",
		OF_ALL, set_masked(F(VLAN_TCI), 5, 0xfff));
	REFUSED(EINVAL, "set_field: bit 0x1000 of vlan_tci stays, use pop_vlan to remove the tag",
		OF_VLAN, set(F(VLAN_TCI), 0));
	REFUSED(EINVAL, "move: bit 0x1000 of vlan_tci stays, use pop_vlan to remove the tag",
		OF_VLAN, move(F(REG0), 0, F(VLAN_TCI), 0, 13));
	stop(f);
}

static void what_needs_ethernet_is_refused_without(struct kunit *test)
{
	static const char needs[] =
		"Behind pop_eth there is no Ethernet header for this, push_eth comes first";
	struct action_fixture *f = start(test);

	REFUSED(EINVAL, "pop_eth needs a match on eth_type 0x0800 or 0x86dd", OF_ALL,
		simple(VSW_A_ACTION_POP_ETH));
	REFUSED(EINVAL, "pop_eth: there is a VLAN tag, pop_vlan comes first", OF_IPV4,
		push(0x8100), simple(VSW_A_ACTION_POP_ETH));
	REFUSED(EINVAL, needs, OF_IPV4, simple(VSW_A_ACTION_POP_ETH), set(F(ETH_DST), 5));
	REFUSED(EINVAL, needs, OF_IPV4, simple(VSW_A_ACTION_POP_ETH), push(0x8100));
	REFUSED(EINVAL, needs, OF_IPV4, simple(VSW_A_ACTION_POP_ETH),
		simple(VSW_A_ACTION_NORMAL));
	REFUSED(EINVAL, needs, OF_IPV4, simple(VSW_A_ACTION_POP_ETH), go(9));
	stop(f);
}

static void push_eth_writes_both_addresses(struct kunit *test)
{
	struct action_fixture *f = start(test);
	const struct vsw_action a[] = {
		simple(VSW_A_ACTION_POP_ETH), output(7),
		{
			.type = VSW_A_ACTION_PUSH_ETH,
			.eth_src = { 2, 0, 0, 0, 0, 1 },
			.eth_dst = { 2, 0, 0, 0, 0, 2 },
		},
		simple(VSW_A_ACTION_NORMAL),
	};
	struct vsw_key value = {}, mask = {};
	struct vsw_actions *acts;
	unsigned int i;

	want_of(f, OF_IPV4);
	acts = compile(f, a, ARRAY_SIZE(a));
	KUNIT_ASSERT_FALSE(test, IS_ERR(acts));
	KUNIT_ASSERT_EQ(test, acts->n_ops, 8);
	KUNIT_EXPECT_EQ(test, acts->ops[0].code, VSW_OP_POP_ETH);
	KUNIT_EXPECT_EQ(test, acts->ops[2].code, VSW_OP_PUSH_ETH);
	for (i = 3; i < 7; i += 2) {
		KUNIT_ASSERT_EQ(test, acts->ops[i].code, VSW_OP_SET);
		value.w[acts->ops[i].index] = acts->ops[i].value;
		mask.w[acts->ops[i].index] = acts->ops[i + 1].value;
	}
	KUNIT_EXPECT_EQ(test, memcmp(value.eth_src, a[2].eth_src, ETH_ALEN), 0);
	KUNIT_EXPECT_EQ(test, memcmp(value.eth_dst, a[2].eth_dst, ETH_ALEN), 0);
	KUNIT_EXPECT_TRUE(test, !memchr_inv(mask.eth_dst, 0xff, 2 * ETH_ALEN));
	KUNIT_EXPECT_EQ(test, mask.vlan_tci, 0);
	vsw_actions_free(&f->slots, acts);
	stop(f);
}

static void too_many_actions_are_refused(struct kunit *test)
{
	struct action_fixture *f = start(test);
	struct vsw_action *a;
	int i;

	a = kunit_kcalloc(test, VSW_ACTIONS_MAX + 1, sizeof(*a), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, a);
	for (i = 0; i <= VSW_ACTIONS_MAX; i++)
		a[i] = i % 2 ? set(F(IPV6_SRC), i) : output(7);
	expect_ok(test, OF_NS, a, VSW_ACTIONS_MAX);
	expect_refusal(test, OF_NS, a, VSW_ACTIONS_MAX + 1, -ENOSPC,
		       "A flow has at most 256 actions");
	stop(f);
}

static void the_refused_action_is_pointed_at(struct kunit *test)
{
	const struct vsw_action a[] = { output(7), simple(A(POP_VLAN)), output(8), output(9) };
	struct action_fixture *f = start(test);

	KUNIT_EXPECT_PTR_EQ(test, compile(f, a, ARRAY_SIZE(a)), ERR_PTR(-ENOENT));
	KUNIT_EXPECT_EQ(test, f->bad, 2);
	stop(f);
}

static void sets_of_a_word_are_merged_and_the_last_wins(struct kunit *test)
{
	const struct vsw_action a[] = {
		set(F(REG0), 1), set(F(REG1), 2), set(F(METADATA), 3), set(F(REG0), 4),
		output(7), set(F(REG1), 5),
	};
	struct action_fixture *f = start(test);
	struct vsw_actions *acts;
	struct vsw_key value = {};

	acts = compile(f, a, ARRAY_SIZE(a));
	KUNIT_ASSERT_FALSE(test, IS_ERR(acts));
	KUNIT_EXPECT_EQ(test, acts->n_ops, 2 + 2 + 1 + 2);
	field_put(&value, F(REG0), 4);
	field_put(&value, F(REG1), 2);
	KUNIT_EXPECT_EQ(test, acts->ops[0].code, VSW_OP_SET);
	KUNIT_EXPECT_EQ(test, acts->ops[0].index, 2);
	KUNIT_EXPECT_EQ(test, acts->ops[0].value, value.w[2]);
	KUNIT_EXPECT_EQ(test, acts->ops[1].value, U64_MAX);
	KUNIT_EXPECT_EQ(test, acts->ops[2].index, 1);
	KUNIT_EXPECT_EQ(test, acts->ops[2].value, 3);
	KUNIT_EXPECT_EQ(test, acts->ops[4].code, VSW_OP_OUTPUT);
	KUNIT_EXPECT_PTR_EQ(test, acts->ops[4].slot, f->port);
	KUNIT_EXPECT_EQ(test, acts->ops[5].index, 2);
	KUNIT_EXPECT_NE(test, acts->ops[6].value, U64_MAX);
	vsw_actions_free(&f->slots, acts);
	stop(f);
}

static void a_field_in_two_words_takes_two_sets(struct kunit *test)
{
	const struct vsw_action a = set(F(ETH_SRC), 0x112233445566);
	struct action_fixture *f = start(test);
	struct vsw_key key = {};
	struct vsw_actions *acts;
	int i;

	acts = compile(f, &a, 1);
	KUNIT_ASSERT_FALSE(test, IS_ERR(acts));
	KUNIT_ASSERT_EQ(test, acts->n_ops, 4);
	for (i = 0; i < 4; i += 2)
		key.w[acts->ops[i].index] = acts->ops[i].value & acts->ops[i + 1].value;
	KUNIT_EXPECT_MEMEQ(test, key.eth_src, ((u8[]){ 0x11, 0x22, 0x33, 0x44, 0x55, 0x66 }), 6);
	KUNIT_EXPECT_TRUE(test, is_zero_ether_addr(key.eth_dst));
	vsw_actions_free(&f->slots, acts);
	stop(f);
}

static void an_output_by_name_keeps_a_number_for_a_port_to_come(struct kunit *test)
{
	const struct vsw_action a[] = {
		{ .type = A(OUTPUT_NAME), .name = "later" },
		{ .type = A(OUTPUT_NAME), .name = "seven" },
	};
	struct action_fixture *f = start(test);
	struct vsw_actions *acts;
	struct vsw_slot *slot;

	acts = compile(f, a, ARRAY_SIZE(a));
	KUNIT_ASSERT_FALSE(test, IS_ERR(acts));
	slot = vsw_slot_find_name(&f->slots, "later");
	KUNIT_ASSERT_NOT_NULL(test, slot);
	KUNIT_EXPECT_EQ(test, acts->actions[0].port, slot->no);
	KUNIT_EXPECT_EQ(test, acts->actions[1].port, 7);
	KUNIT_EXPECT_TRUE(test, vsw_actions_has_output(acts, slot->no));
	KUNIT_EXPECT_TRUE(test, vsw_actions_has_output(acts, 7));
	KUNIT_EXPECT_FALSE(test, vsw_actions_has_output(acts, 8));
	KUNIT_EXPECT_EQ(test, f->port->users, 1);
	vsw_actions_free(&f->slots, acts);
	KUNIT_EXPECT_NULL(test, vsw_slot_find_name(&f->slots, "later"));
	stop(f);
}

static struct kunit_case action_cases[] = {
	KUNIT_CASE(good_actions_are_taken),
	KUNIT_CASE(what_is_known_follows_the_actions),
	KUNIT_CASE(bad_outputs_are_refused),
	KUNIT_CASE(bad_tables_are_refused),
	KUNIT_CASE(bad_fields_are_refused),
	KUNIT_CASE(bad_moves_are_refused),
	KUNIT_CASE(bad_tags_are_refused),
	KUNIT_CASE(what_needs_ethernet_is_refused_without),
	KUNIT_CASE(push_eth_writes_both_addresses),
	KUNIT_CASE(too_many_actions_are_refused),
	KUNIT_CASE(the_refused_action_is_pointed_at),
	KUNIT_CASE(sets_of_a_word_are_merged_and_the_last_wins),
	KUNIT_CASE(a_field_in_two_words_takes_two_sets),
	KUNIT_CASE(an_output_by_name_keeps_a_number_for_a_port_to_come),
	{}
};

static struct kunit_suite action_suite = {
	.name = "vsw_action",
	.init = action_init,
	.exit = action_exit,
	.test_cases = action_cases,
};

kunit_test_suite(action_suite);
