// SPDX-License-Identifier: GPL-2.0
/*
 * Actions: from what the user said to ops.
 */
#include "tables/action.h"

#include <linux/if_ether.h>
#include <linux/jhash.h>
#include <linux/log2.h>
#include <linux/netdevice.h>
#include <linux/random.h>
#include <linux/slab.h>

#include "compat.h"
#include "core/port.h"
#include "tables/slot.h"

/**
 * struct compiler - where the compilation is
 * @acts: what comes out
 * @slots: port numbers of the switch
 * @extack: for the refusal
 * @state: what is known of the frame, after the actions so far
 * @n: number of actions
 * @table: the flow's, or VSW_NO_TABLE
 * @is_bare: the Ethernet header was taken off
 */
struct compiler {
	struct vsw_actions *acts;
	struct vsw_slots *slots;
	struct netlink_ext_ack *extack;
	struct vsw_match state;
	unsigned int n;
	int table;
	bool is_bare;
};

static struct vsw_op *op_add(struct compiler *c, enum vsw_op_code code)
{
	struct vsw_op *op = &c->acts->ops[c->acts->n_ops++];

	op->code = code;
	return op;
}

static int add_simple(struct compiler *c, enum vsw_op_code code)
{
	op_add(c, code);
	return 0;
}

static int add_output(struct compiler *c, struct vsw_action *a)
{
	struct vsw_slot *slot;

	slot = vsw_slot_use(c->slots, a->port);
	if (!slot) {
		NL_SET_ERR_MSG_FMT(c->extack, "output: the switch has no port %u",
				   a->port);
		return -ENOENT;
	}
	op_add(c, VSW_OP_OUTPUT)->slot = slot;
	return 0;
}

static int add_name(struct compiler *c, const char *action, enum vsw_op_code code,
		    struct vsw_action *a)
{
	struct vsw_slot *slot;

	if (!dev_valid_name(a->name)) {
		NL_SET_ERR_MSG_FMT(c->extack, "%s: that is no device name", action);
		return -EINVAL;
	}
	slot = vsw_slot_use_name(c->slots, a->name, c->extack);
	if (IS_ERR(slot))
		return PTR_ERR(slot);
	a->port = slot->no;
	op_add(c, code)->slot = slot;
	return 0;
}

static int add_drop(struct compiler *c)
{
	if (c->n > 1) {
		NL_SET_ERR_MSG(c->extack, "drop takes no other actions beside it");
		return -EINVAL;
	}
	op_add(c, VSW_OP_DROP)->reason = VSW_DROP_REASON_FLOW;
	return 0;
}

static int check_field(struct compiler *c, const char *action, u8 field)
{
	if (!field || field >= VSW_FIELDS_COUNT || !vsw_fields[field].len) {
		NL_SET_ERR_MSG_FMT(c->extack, "%s: there is no field %u", action, field);
		return -EINVAL;
	}
	if (!vsw_match_has_prereq(&c->state, vsw_fields[field].prereq)) {
		NL_SET_ERR_MSG_FMT(c->extack, "%s: %s needs a match on %s", action,
				   vsw_fields[field].name,
				   vsw_prereq_name(vsw_fields[field].prereq));
		return -EINVAL;
	}
	return 0;
}

static int check_writable(struct compiler *c, const char *action, u8 field)
{
	int err = check_field(c, action, field);

	if (!err && !vsw_fields[field].writable) {
		NL_SET_ERR_MSG_FMT(c->extack, "%s: %s can't be changed", action,
				   vsw_fields[field].name);
		err = -EINVAL;
	}
	return err;
}

static bool has_tag(const struct compiler *c)
{
	return vsw_match_has_prereq(&c->state, VSW_PREREQ_VLAN);
}

/* Writing the bit 0x1000 makes a tag, so it needs none; clearing it won't do. */
static int check_tag(struct compiler *c, const char *action, bool present, bool absent)
{
	if (absent) {
		NL_SET_ERR_MSG_FMT(c->extack,
				   "%s: bit 0x1000 of vlan_tci stays, use pop_vlan to remove the tag",
				   action);
		return -EINVAL;
	}
	if (!present && !has_tag(c)) {
		NL_SET_ERR_MSG_FMT(c->extack, "%s: vlan_tci needs a VLAN tag or bit 0x1000",
				   action);
		return -EINVAL;
	}
	return 0;
}

static int check_set_tag(struct compiler *c, const struct vsw_action *a)
{
	bool sets = a->mask[0] & (VSW_VLAN_PRESENT >> 8);
	bool present = a->value[0] & (VSW_VLAN_PRESENT >> 8);

	if (a->field != VSW_A_FIELDS_VLAN_TCI)
		return 0;
	return check_tag(c, "set_field", sets && present, sets && !present);
}

static int check_set(struct compiler *c, const struct vsw_action *a)
{
	const struct vsw_field *f;
	unsigned int i;
	int err;

	err = check_writable(c, "set_field", a->field);
	if (err)
		return err;

	f = &vsw_fields[a->field];
	if (!vsw_field_fits(a->field, a->mask) || !vsw_field_fits(a->field, a->value)) {
		NL_SET_ERR_MSG_FMT(c->extack, "set_field: %s has only %u bits",
				   f->name, f->bits);
		return -EINVAL;
	}
	for (i = 0; i < f->len; i++) {
		if (a->value[i] & ~a->mask[i]) {
			NL_SET_ERR_MSG_FMT(c->extack,
					   "set_field: %s has bits outside its mask",
					   f->name);
			return -EINVAL;
		}
	}
	return check_set_tag(c, a);
}

/* Sets that follow each other can be merged: they go to words of the key. */
static struct vsw_op *find_set(const struct vsw_actions *acts, unsigned int first,
			       u8 index)
{
	unsigned int i;

	for (i = first; i < acts->n_ops; i += 2)
		if (acts->ops[i].index == index)
			return &acts->ops[i];
	return NULL;
}

static unsigned int first_set(const struct vsw_actions *acts)
{
	unsigned int i = acts->n_ops;

	while (i && acts->ops[i - 1].code == VSW_OP_SET)
		i -= 2;
	return i;
}

static void add_set_word(struct compiler *c, u8 index, u64 value, u64 mask)
{
	struct vsw_op *op = find_set(c->acts, first_set(c->acts), index);

	if (!op) {
		op = op_add(c, VSW_OP_SET);
		op->index = index;
		op_add(c, VSW_OP_SET)->index = index;
	}
	op[0].value = (op[0].value & ~mask) | value;
	op[1].value |= mask;
}

static void add_set_words(struct compiler *c, const struct vsw_key *value,
			  const struct vsw_key *mask)
{
	unsigned int i;

	for (i = 0; i < VSW_KEY_WORDS; i++) {
		if (!mask->w[i])
			continue;
		add_set_word(c, i, value->w[i], mask->w[i]);
		c->state.value.w[i] = (c->state.value.w[i] & ~mask->w[i]) | value->w[i];
		c->state.mask.w[i] |= mask->w[i];
	}
}

static int add_set(struct compiler *c, const struct vsw_action *a)
{
	struct vsw_key value = {}, mask = {};
	const struct vsw_field *f;
	int err;

	err = check_set(c, a);
	if (err)
		return err;

	f = &vsw_fields[a->field];
	memcpy((u8 *)&value + f->offset, a->value, f->len);
	memcpy((u8 *)&mask + f->offset, a->mask, f->len);
	add_set_words(c, &value, &mask);
	return 0;
}

static int add_push_eth(struct compiler *c, const struct vsw_action *a)
{
	struct vsw_key value = {}, mask = {};

	memcpy(value.eth_src, a->eth_src, ETH_ALEN);
	memcpy(value.eth_dst, a->eth_dst, ETH_ALEN);
	memset(mask.eth_src, 0xff, ETH_ALEN);
	memset(mask.eth_dst, 0xff, ETH_ALEN);
	op_add(c, VSW_OP_PUSH_ETH);
	add_set_words(c, &value, &mask);
	c->is_bare = false;
	return 0;
}

static bool move_has_bit(const struct vsw_action *a, unsigned int bit)
{
	return a->offset <= bit && bit < a->offset + a->bits;
}

static int check_move(struct compiler *c, const struct vsw_action *a)
{
	const struct vsw_field *src = &vsw_fields[a->src_field];
	const struct vsw_field *dst = &vsw_fields[a->field];

	if (!a->bits || a->src_offset + a->bits > src->bits) {
		NL_SET_ERR_MSG_FMT(c->extack, "move: source %s has only bits 0 to %u",
				   src->name, src->bits - 1);
		return -EINVAL;
	}
	if (a->offset + a->bits > dst->bits) {
		NL_SET_ERR_MSG_FMT(c->extack, "move: destination %s has only bits 0 to %u",
				   dst->name, dst->bits - 1);
		return -EINVAL;
	}
	if (a->field == a->src_field && abs(a->offset - a->src_offset) < a->bits) {
		NL_SET_ERR_MSG_FMT(c->extack, "move: source and destination overlap in %s",
				   dst->name);
		return -EINVAL;
	}
	if (a->field == VSW_A_FIELDS_VLAN_TCI)
		return check_tag(c, "move", false, move_has_bit(a, ilog2(VSW_VLAN_PRESENT)));
	return 0;
}

/* What a frame has in a field after the actions so far is not known any more. */
static void forget(struct compiler *c, u8 field)
{
	const struct vsw_field *f = &vsw_fields[field];

	/* But the tag is still there: no action clears its bit 0x1000. */
	if (field == VSW_A_FIELDS_VLAN_TCI)
		return;
	memset((u8 *)&c->state.value + f->offset, 0, f->len);
	memset((u8 *)&c->state.mask + f->offset, 0, f->len);
}

static int add_move(struct compiler *c, const struct vsw_action *a)
{
	int err;

	err = check_field(c, "move", a->src_field);
	if (!err)
		err = check_writable(c, "move", a->field);
	if (!err)
		err = check_move(c, a);
	if (err)
		return err;

	op_add(c, VSW_OP_MOVE)->action = a;
	forget(c, a->field);
	return 0;
}

static int add_push_vlan(struct compiler *c, const struct vsw_action *a)
{
	struct vsw_key *value = &c->state.value, *mask = &c->state.mask;

	if (a->tpid != htons(ETH_P_8021Q) && a->tpid != htons(ETH_P_8021AD)) {
		NL_SET_ERR_MSG_FMT(c->extack, "push_vlan: TPID 0x%04x is not 0x8100 or 0x88a8",
				   ntohs(a->tpid));
		return -EINVAL;
	}
	op_add(c, VSW_OP_PUSH_VLAN)->tpid = a->tpid;
	value->inner_vlan_tci = value->vlan_tci;
	mask->inner_vlan_tci = mask->vlan_tci;
	value->vlan_tci = htons(VSW_VLAN_PRESENT);
	mask->vlan_tci = htons(0xffff);
	return 0;
}

static int add_pop_vlan(struct compiler *c)
{
	struct vsw_key *value = &c->state.value, *mask = &c->state.mask;

	op_add(c, VSW_OP_POP_VLAN);
	value->vlan_tci = value->inner_vlan_tci;
	mask->vlan_tci = mask->inner_vlan_tci;
	value->inner_vlan_tci = 0;
	mask->inner_vlan_tci = 0;
	return 0;
}

static int check_ip(struct compiler *c, const char *action)
{
	if (vsw_match_has_prereq(&c->state, VSW_PREREQ_IP))
		return 0;
	NL_SET_ERR_MSG_FMT(c->extack, "%s needs a match on %s", action,
			   vsw_prereq_name(VSW_PREREQ_IP));
	return -EINVAL;
}

static int add_dec_ttl(struct compiler *c)
{
	return check_ip(c, "dec_ttl") ?: add_simple(c, VSW_OP_DEC_TTL);
}

static int add_fib(struct compiler *c)
{
	return check_ip(c, "fib") ?: add_simple(c, VSW_OP_FIB);
}

static int check_router(struct compiler *c, const struct vsw_slot *slot)
{
	const struct vsw_port *port;

	port = rcu_dereference_protected(slot->port, lockdep_is_held(c->slots->lock));
	if (port && port->kind == VSW_PORT_ROUTER)
		return 0;
	NL_SET_ERR_MSG_FMT(c->extack, "route: %s is no interface of a router at this switch",
			   slot->name);
	return -EINVAL;
}

/* What is refused is let go of with all other actions. */
static int add_route(struct compiler *c, struct vsw_action *a)
{
	int err;

	err = check_ip(c, "route") ?: add_name(c, "route", VSW_OP_ROUTE, a);
	return err ?: check_router(c, c->acts->ops[c->acts->n_ops - 1].slot);
}

static int add_goto(struct compiler *c, const struct vsw_action *a)
{
	if (a != &c->acts->actions[c->n - 1]) {
		NL_SET_ERR_MSG(c->extack, "goto_table must be the last action");
		return -EINVAL;
	}
	if (a->table > VSW_TABLE_MAX) {
		NL_SET_ERR_MSG_FMT(c->extack, "goto_table: the last table is %u",
				   VSW_TABLE_MAX);
		return -EINVAL;
	}
	if (a->table <= c->table) {
		NL_SET_ERR_MSG_FMT(c->extack,
				   "goto_table: table %u does not come after the flow's table %u",
				   a->table, c->table);
		return -EINVAL;
	}
	op_add(c, VSW_OP_GOTO)->index = a->table;
	return 0;
}

static int add_punt(struct compiler *c, const struct vsw_action *a)
{
	if (a->len > VSW_PUNT_USERDATA_MAX) {
		NL_SET_ERR_MSG_FMT(c->extack, "punt: userdata has at most %u bytes",
				   VSW_PUNT_USERDATA_MAX);
		return -EINVAL;
	}
	op_add(c, VSW_OP_PUNT)->action = a;
	return 0;
}

static int add_pop_eth(struct compiler *c)
{
	if (!vsw_match_has_prereq(&c->state, VSW_PREREQ_IP)) {
		NL_SET_ERR_MSG_FMT(c->extack, "pop_eth needs a match on %s",
				   vsw_prereq_name(VSW_PREREQ_IP));
		return -EINVAL;
	}
	if (has_tag(c)) {
		NL_SET_ERR_MSG(c->extack, "pop_eth: there is a VLAN tag, pop_vlan comes first");
		return -EINVAL;
	}
	op_add(c, VSW_OP_POP_ETH);
	c->is_bare = true;
	return 0;
}

static bool is_of_ethernet(u8 field)
{
	return field == VSW_A_FIELDS_ETH_SRC || field == VSW_A_FIELDS_ETH_DST ||
	       field == VSW_A_FIELDS_VLAN_TCI;
}

/* What a packet without an Ethernet header can meet. */
static int check_bare(struct compiler *c, const struct vsw_action *a)
{
	switch (a->type) {
	case VSW_A_ACTION_SET_FIELD:
		if (is_of_ethernet(a->field))
			break;
		return 0;
	case VSW_A_ACTION_MOVE:
		if (is_of_ethernet(a->field) || is_of_ethernet(a->src_field))
			break;
		return 0;
	case VSW_A_ACTION_OUTPUT:
	case VSW_A_ACTION_OUTPUT_NAME:
	case VSW_A_ACTION_DEC_TTL:
	case VSW_A_ACTION_PUSH_ETH:
		return 0;
	}
	NL_SET_ERR_MSG(c->extack,
		       "Behind pop_eth there is no Ethernet header for this, push_eth comes first");
	return -EINVAL;
}

static int add_action(struct compiler *c, struct vsw_action *a)
{
	int err = c->is_bare ? check_bare(c, a) : 0;

	if (err)
		return err;
	switch (a->type) {
	case VSW_A_ACTION_OUTPUT:
		return add_output(c, a);
	case VSW_A_ACTION_OUTPUT_NAME:
		return add_name(c, "output", VSW_OP_OUTPUT, a);
	case VSW_A_ACTION_IN_PORT:
		return add_simple(c, VSW_OP_IN_PORT);
	case VSW_A_ACTION_NORMAL:
		return add_simple(c, VSW_OP_NORMAL);
	case VSW_A_ACTION_FLOOD:
		return add_simple(c, VSW_OP_FLOOD);
	case VSW_A_ACTION_ALL:
		return add_simple(c, VSW_OP_ALL);
	case VSW_A_ACTION_DROP:
		return add_drop(c);
	case VSW_A_ACTION_SET_FIELD:
		return add_set(c, a);
	case VSW_A_ACTION_MOVE:
		return add_move(c, a);
	case VSW_A_ACTION_PUSH_VLAN:
		return add_push_vlan(c, a);
	case VSW_A_ACTION_POP_VLAN:
		return add_pop_vlan(c);
	case VSW_A_ACTION_DEC_TTL:
		return add_dec_ttl(c);
	case VSW_A_ACTION_GOTO_TABLE:
		return add_goto(c, a);
	case VSW_A_ACTION_PUNT:
		return add_punt(c, a);
	case VSW_A_ACTION_FIB:
		return add_fib(c);
	case VSW_A_ACTION_ROUTE:
		return add_route(c, a);
	case VSW_A_ACTION_PUSH_ETH:
		return add_push_eth(c, a);
	case VSW_A_ACTION_POP_ETH:
		return add_pop_eth(c);
	}
	NL_SET_ERR_MSG_FMT(c->extack, "There is no action %u", a->type);
	return -EINVAL;
}

/* No action has more ops than this: what is set lies in one word or in two. */
static unsigned int max_ops(const struct vsw_action *a)
{
	switch (a->type) {
	case VSW_A_ACTION_SET_FIELD:
		return 4;
	case VSW_A_ACTION_PUSH_ETH:
		return 5;
	}
	return 1;
}

static struct vsw_actions *actions_alloc(const struct vsw_action *actions, unsigned int n)
{
	struct vsw_actions *acts;
	unsigned int i, n_ops = 0;
	size_t size;

	for (i = 0; i < n; i++)
		n_ops += max_ops(&actions[i]);
	size = ALIGN(struct_size(acts, actions, n), __alignof__(struct vsw_op));
	acts = kzalloc(size + n_ops * sizeof(struct vsw_op), GFP_KERNEL_ACCOUNT);
	if (!acts)
		return NULL;

	acts->ops = (void *)acts + size;
	acts->n_actions = n;
	memcpy(acts->actions, actions, n * sizeof(*actions));
	return acts;
}

/**
 * vsw_actions_compile - make ops of what the user said
 * @slots: port numbers of the switch
 * @table: the flow's table, or VSW_NO_TABLE
 * @match: the flow's match
 * @actions: what the user said
 * @n: number of actions, 0 to drop
 * @bad: gets the index of the action that is refused, if one is
 * @extack: says which action lacks what
 *
 * Context: Process, under the lock.
 * Return: The actions, to be freed by vsw_actions_free(), or an error.
 */
struct vsw_actions *vsw_actions_compile(struct vsw_slots *slots, int table,
					const struct vsw_match *match,
					const struct vsw_action *actions,
					unsigned int n, int *bad,
					struct netlink_ext_ack *extack)
{
	struct compiler c = {
		.slots = slots, .extack = extack, .state = *match, .n = n, .table = table,
	};
	unsigned int i;
	int err;

	if (n > VSW_ACTIONS_MAX) {
		NL_SET_ERR_MSG_FMT(extack, "A flow has at most %u actions",
				   VSW_ACTIONS_MAX);
		return ERR_PTR(-ENOSPC);
	}
	c.acts = actions_alloc(actions, n);
	if (!c.acts)
		return ERR_PTR(-ENOMEM);

	for (i = 0; i < n; i++) {
		err = add_action(&c, &c.acts->actions[i]);
		if (err) {
			*bad = i;
			vsw_actions_free(slots, c.acts);
			return ERR_PTR(err);
		}
	}
	return c.acts;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_actions_compile);

/**
 * vsw_actions_free - free actions and let go of the ports they name
 * @slots: port numbers of the switch
 * @acts: the actions
 *
 * Context: Process, under the lock. No frame uses them any more.
 */
void vsw_actions_free(struct vsw_slots *slots, struct vsw_actions *acts)
{
	unsigned int i;

	for (i = 0; i < acts->n_ops; i++)
		if (acts->ops[i].code == VSW_OP_OUTPUT || acts->ops[i].code == VSW_OP_ROUTE)
			vsw_slot_unuse(slots, acts->ops[i].slot);
	kfree(acts);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_actions_free);

#define SET_SIZE_MIN	16

/* Nobody looks at a set without the lock, so its nodes can move. */
static void set_grow(struct vsw_actions_set *set)
{
	u32 i, size = set->size ? 2 * set->size : SET_SIZE_MIN;
	struct hlist_head *bucket;
	struct vsw_actions *acts;
	struct hlist_node *next;

	bucket = kvcalloc(size, sizeof(*bucket), GFP_KERNEL_ACCOUNT);
	if (!bucket)
		return;
	for (i = 0; i < set->size; i++) {
		hlist_for_each_entry_safe(acts, next, &set->bucket[i], node) {
			hlist_del(&acts->node);
			hlist_add_head(&acts->node, &bucket[acts->hash & (size - 1)]);
		}
	}
	kvfree(set->bucket);
	if (!set->size)
		set->seed = get_random_u32();
	set->bucket = bucket;
	set->size = size;
}

/* As long as actions use a slot, its number means that slot to all others, too. */
static bool actions_are_same(const struct vsw_actions *a, const struct vsw_actions *b)
{
	return a->hash == b->hash && a->n_actions == b->n_actions &&
	       !memcmp(a->actions, b->actions, a->n_actions * sizeof(a->actions[0]));
}

/**
 * vsw_actions_share - use the same actions for all flows that do the same
 * @set: the actions of other flows
 * @slots: port numbers of the switch
 * @acts: compiled for a flow; freed if there are such already
 *
 * Context: Process, under the lock.
 * Return: The actions, to be let go of by vsw_actions_put(); or NULL where there
 * is no memory, and @acts is freed.
 */
struct vsw_actions *vsw_actions_share(struct vsw_actions_set *set, struct vsw_slots *slots,
				      struct vsw_actions *acts)
{
	struct vsw_actions *old;

	if (set->n >= set->size)
		set_grow(set);
	if (!set->size) {
		vsw_actions_free(slots, acts);
		return NULL;
	}
	acts->hash = jhash(acts->actions, acts->n_actions * sizeof(acts->actions[0]),
			   set->seed);
	hlist_for_each_entry(old, &set->bucket[acts->hash & (set->size - 1)], node) {
		if (!actions_are_same(old, acts))
			continue;
		vsw_actions_free(slots, acts);
		old->ref++;
		return old;
	}
	hlist_add_head(&acts->node, &set->bucket[acts->hash & (set->size - 1)]);
	acts->ref = 1;
	set->n++;
	return acts;
}

/**
 * vsw_actions_put - let go of shared actions
 * @set: where they are
 * @slots: port numbers of the switch
 * @acts: the actions
 *
 * Context: Process, under the lock. No frame uses the flow any more.
 */
void vsw_actions_put(struct vsw_actions_set *set, struct vsw_slots *slots,
		     struct vsw_actions *acts)
{
	if (--acts->ref)
		return;
	hlist_del(&acts->node);
	vsw_actions_free(slots, acts);
	if (--set->n)
		return;
	kvfree(set->bucket);
	memset(set, 0, sizeof(*set));
}

/**
 * vsw_actions_has_output - do actions send to a port?
 * @acts: the actions
 * @port_no: number of the port
 *
 * Context: Process, under the lock.
 * Return: true if an output names the port.
 */
bool vsw_actions_has_output(const struct vsw_actions *acts, u32 port_no)
{
	unsigned int i;

	for (i = 0; i < acts->n_ops; i++)
		if (acts->ops[i].code == VSW_OP_OUTPUT &&
		    acts->ops[i].slot->no == port_no)
			return true;
	return false;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_actions_has_output);
