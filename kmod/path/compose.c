// SPDX-License-Identifier: GPL-2.0
/*
 * Compose: walk the tables and make one program of what they say.
 *
 * Writes to fields change only the working key, which later tables see. What
 * was written and is not yet in the program becomes one rewrite when something
 * needs the frame: an output, or a TTL to decrement. So the last write of a
 * field wins, and what is written after the last output costs nothing.
 */
#include "compat.h"
#include "core/port.h"
#include "path/verdict.h"
#include "tables/overlay.h"

/* More tags than any frame has room for in practice. */
#define TAGS_MAX	8

/* Words of the key that are before the outer header. */
#define WORDS_OF_FRAME	(BIT(offsetof(struct vsw_key, tun) / sizeof(u64)) - 1)

/* There is no further table. */
#define NO_TABLE	(-1)

/**
 * struct tag - a VLAN tag that no field shows
 * @tpid: TPID
 * @tci: with VSW_VLAN_PRESENT
 */
struct tag {
	__be16 tpid;
	__be16 tci;
};

/**
 * struct compose - a walk
 * @d: what it makes
 * @key: the frame as tables see it now
 * @dirty: bits of @key that no op has written yet
 * @tags: below the second tag, the last one is next
 * @n_tags: number of them
 * @n_kept: number of ops up to the last output
 * @reason: why the frame is dropped if there is no output
 * @table: the one that the frame is in
 * @cookie: of the flow that it matches there
 * @is_full: a limit was reached
 * @is_bare: the Ethernet header was taken off
 */
struct compose {
	struct vsw_draft *d;
	struct vsw_key key;
	struct vsw_key dirty;
	struct tag tags[TAGS_MAX];
	u8 n_tags;
	u16 n_kept;
	enum vsw_drop_reason reason;
	u8 table;
	u64 cookie;
	bool is_full;
	bool is_bare;
};

/* At the limit the last op is overwritten: nothing of it will be run. */
static struct vsw_op *emit(struct compose *c, enum vsw_op_code code)
{
	struct vsw_op *op;

	if (c->d->n_ops == VSW_VERDICT_OPS) {
		c->is_full = true;
		c->d->n_ops--;
	}
	op = &c->d->ops[c->d->n_ops++];
	*op = (struct vsw_op){ .code = code };
	return op;
}

/* What is written and what the frame is, no more: others write the same. */
static void rewrite_fill(struct vsw_rewrite *rw, const struct vsw_key *key,
			 const struct vsw_key *mask)
{
	unsigned int i;

	rw->mask = *mask;
	for (i = 0; i < VSW_KEY_WORDS; i++)
		rw->value.w[i] = key->w[i] & mask->w[i];
	rw->value.eth_type = key->eth_type;
	rw->value.ip_proto = key->ip_proto;
	rw->value.ip_frag = key->ip_frag;
}

static void emit_rewrite(struct compose *c, const struct vsw_key *mask)
{
	struct vsw_rewrite *rw;

	if (c->d->n_rewrites == VSW_VERDICT_REWRITES) {
		c->is_full = true;
		return;
	}
	rw = &c->d->rewrites[c->d->n_rewrites++];
	rewrite_fill(rw, &c->key, mask);
	emit(c, VSW_OP_REWRITE)->rewrite = rw;
}

/*
 * Metadata, registers and in_port live in the key only, and so does the outer
 * header, until an output by a tunnel takes what was written of it.
 */
static void commit(struct compose *c)
{
	struct vsw_key mask;

	/* What is dirty has been written. */
	if (!(c->d->written & WORDS_OF_FRAME))
		return;
	mask = c->dirty;
	mask.in_port = 0;
	mask.metadata = 0;
	memset(mask.reg, 0, sizeof(mask.reg));
	memset(&mask.tun, 0, sizeof(mask.tun));
	if (memchr_inv(&mask, 0, sizeof(mask)))
		emit_rewrite(c, &mask);
	memset(&c->dirty, 0, offsetof(struct vsw_key, tun));
}

/* Bitmap of the words of the key that hold some bytes. */
static u32 words_of(size_t offset, size_t len)
{
	return GENMASK((offset + len - 1) / sizeof(u64), offset / sizeof(u64));
}

/* Later tables see other tags than the frame came with. */
static void tags_written(struct compose *c)
{
	c->d->written |= words_of(offsetof(struct vsw_key, vlan_tci), 6) |
			 words_of(offsetof(struct vsw_key, inner_vlan_tpid), 2);
}

/* A tag must be finished before another covers it. */
static void commit_vlan(struct compose *c)
{
	struct vsw_key mask = { .vlan_tci = c->dirty.vlan_tci };

	if (mask.vlan_tci)
		emit_rewrite(c, &mask);
	c->dirty.vlan_tci = 0;
}

static void push_vlan(struct compose *c, __be16 tpid)
{
	struct vsw_key *key = &c->key;

	if (c->n_tags == TAGS_MAX) {
		c->is_full = true;
		return;
	}
	tags_written(c);
	commit_vlan(c);
	emit(c, VSW_OP_PUSH_VLAN)->tpid = tpid;
	if (key->inner_vlan_tci)
		c->tags[c->n_tags++] = (struct tag){ key->inner_vlan_tpid, key->inner_vlan_tci };
	key->inner_vlan_tci = key->vlan_tci;
	key->inner_vlan_tpid = key->vlan_tpid;
	key->vlan_tci = htons(VSW_VLAN_PRESENT);
	key->vlan_tpid = tpid;
}

static struct vsw_op *last_op(struct compose *c)
{
	return c->d->n_ops > c->n_kept ? &c->d->ops[c->d->n_ops - 1] : NULL;
}

static bool writes_only_vlan(const struct vsw_op *op)
{
	struct vsw_key mask;

	if (!op || op->code != VSW_OP_REWRITE)
		return false;
	mask = op->rewrite->mask;
	mask.vlan_tci = 0;
	return !memchr_inv(&mask, 0, sizeof(mask));
}

/* A tag that no output saw is taken back, with what was written to it. */
static void emit_pop(struct compose *c)
{
	c->dirty.vlan_tci = 0;
	if (writes_only_vlan(last_op(c))) {
		c->d->n_ops--;
		c->d->n_rewrites--;
	}
	if (last_op(c) && last_op(c)->code == VSW_OP_PUSH_VLAN)
		c->d->n_ops--;
	else
		emit(c, VSW_OP_POP_VLAN);
}

static void pop_vlan(struct compose *c)
{
	struct vsw_key *key = &c->key;
	struct tag below = {};

	if (!key->vlan_tci)
		return;
	tags_written(c);
	emit_pop(c);
	if (c->n_tags)
		below = c->tags[--c->n_tags];
	key->vlan_tci = key->inner_vlan_tci;
	key->vlan_tpid = key->inner_vlan_tpid;
	key->inner_vlan_tci = below.tci;
	key->inner_vlan_tpid = below.tpid;
}

/*
 * The tag was written to. To write the bit that says that there is one makes or
 * removes it; without it, writes to a tag that is not there are ignored.
 */
static void vlan_written(struct compose *c, __be16 old, __be16 old_dirty)
{
	bool had = old & htons(VSW_VLAN_PRESENT);
	bool has = c->key.vlan_tci & htons(VSW_VLAN_PRESENT);
	__be16 tci = c->key.vlan_tci;

	if (had && has)
		return;
	c->key.vlan_tci = old;
	c->dirty.vlan_tci = old_dirty;
	if (had) {
		pop_vlan(c);
	} else if (has) {
		push_vlan(c, htons(ETH_P_8021Q));
		c->key.vlan_tci = tci;
		c->dirty.vlan_tci = htons(0xffff);
	}
}

static void set(struct compose *c, u8 index, u64 value, u64 mask)
{
	c->key.w[index] = (c->key.w[index] & ~mask) | (value & mask);
	c->dirty.w[index] |= mask;
	c->d->written |= BIT(index);
}

/* All bits of the field are known, so all of them may be written. */
static void move(struct compose *c, const struct vsw_action *a)
{
	const struct vsw_field *dst = &vsw_fields[a->field];

	vsw_key_move(&c->key, a->field, a->offset, a->src_field, a->src_offset, a->bits);
	memset((u8 *)&c->dirty + dst->offset, 0xff, dst->len);
	c->d->written |= words_of(dst->offset, dst->len);
}

static void write_field(struct compose *c, const struct vsw_op *op)
{
	__be16 tci = c->key.vlan_tci, dirty = c->dirty.vlan_tci;

	if (op->code == VSW_OP_SET)
		set(c, op->index, op[0].value, op[1].value);
	else
		move(c, op->action);
	if (c->key.vlan_tci != tci || c->dirty.vlan_tci != dirty)
		vlan_written(c, tci, dirty);
}

static void dec_ttl(struct compose *c)
{
	commit(c);
	emit(c, VSW_OP_DEC_TTL);
	c->d->written |= words_of(offsetof(struct vsw_key, ip_ttl), 1);
	if (c->key.ip_ttl)
		c->key.ip_ttl--;
}

static void output(struct compose *c, const struct vsw_op *op)
{
	commit(c);
	emit(c, op->code)->slot = op->slot;
	c->n_kept = c->d->n_ops;
}

static void emit_encap(struct compose *c, struct vsw_slot *slot,
		       const struct vsw_outer *outer)
{
	struct vsw_encap *encap;

	if (c->d->n_encaps == VSW_VERDICT_ENCAPS) {
		c->is_full = true;
		return;
	}
	commit(c);
	encap = &c->d->encaps[c->d->n_encaps++];
	*encap = (struct vsw_encap){ .slot = slot, .outer = *outer };
	emit(c, VSW_OP_TUNNEL)->encap = encap;
	c->n_kept = c->d->n_ops;
}

/* The port's own header, and over it what flows have written. */
static void write_outer(const struct compose *c, const struct vsw_overlay *o,
			struct vsw_outer *outer)
{
	const struct vsw_tunnel *value = &c->key.tun, *mask = &c->dirty.tun;
	unsigned int i;

	vsw_overlay_outer(o, outer);
	for (i = 0; i < VSW_TUNNEL_WORDS; i++)
		outer->tun.w[i] = (outer->tun.w[i] & ~mask->w[i]) | (value->w[i] & mask->w[i]);
	if (mask->id)
		outer->flags |= VSW_OUTER_ID;
	if (mask->tos)
		outer->flags &= ~VSW_OUTER_INHERIT_TOS;
	if (mask->ttl)
		outer->flags &= ~VSW_OUTER_INHERIT_TTL;
	if (!outer->tun.ttl)
		outer->tun.ttl = VSW_TUNNEL_TTL;
}

/* To the remote that flows have written, or to those of the port. */
static void output_tunnel(struct compose *c, struct vsw_slot *slot, const struct vsw_overlay *o)
{
	struct vsw_outer outer, one;
	unsigned int i;

	write_outer(c, o, &outer);
	c->reason = VSW_DROP_REASON_NO_REMOTE;
	if (outer.tun.dst || vsw_tunnel_is_ipv6(&outer.tun)) {
		vsw_overlay_finish(o, &outer);
		emit_encap(c, slot, &outer);
		return;
	}
	for (i = 0; i < o->config.n_remotes && !c->is_full; i++) {
		if (o->config.remote[i].vid != VSW_REMOTE_ANY_VID)
			continue;
		one = outer;
		vsw_overlay_aim(o, &one, &o->config.remote[i].addr);
		emit_encap(c, slot, &one);
	}
}

static bool writes_outer(const struct compose *c)
{
	return memchr_inv(&c->dirty.tun, 0, sizeof(c->dirty.tun));
}

/* A port that is not there yet may become one. */
static bool takes_bare(const struct compose *c, const struct vsw_slot *slot)
{
	const struct vsw_port *port = rcu_dereference(slot->port);

	return !c->key.vlan_tci && (!port || port->kind == VSW_PORT_L3);
}

static void output_slot(struct compose *c, const struct vsw_op *op)
{
	const struct vsw_port *port = rcu_dereference(op->slot->port);
	const struct vsw_overlay *overlay = port ? rcu_dereference(port->overlay) : NULL;

	if (unlikely(c->is_bare) && !takes_bare(c, op->slot))
		c->reason = VSW_DROP_REASON_HEADERS;
	else if (op->slot->no == c->key.in_port && !(port && vsw_port_has(port, VSW_PORT_HAIRPIN)))
		c->reason = VSW_DROP_REASON_HAIRPIN;
	else if (overlay && writes_outer(c))
		output_tunnel(c, op->slot, overlay);
	else
		output(c, op);
}

/* The listener is told what flows know of the frame here; no action: a miss. */
static void punt(struct compose *c, const struct vsw_action *a)
{
	struct vsw_punt *p;

	if (c->d->n_punts == VSW_VERDICT_PUNTS) {
		c->is_full = true;
		return;
	}
	commit(c);
	p = &c->d->punts[c->d->n_punts++];
	memset(p, 0, sizeof(*p));
	p->metadata = c->key.metadata;
	memcpy(p->reg, c->key.reg, sizeof(p->reg));
	p->table = c->table;
	p->cookie = a ? c->cookie : U64_MAX;
	p->reason = a ? VSW_PUNT_REASON_ACTION : VSW_PUNT_REASON_MISS;
	if (a) {
		p->queue = a->queue;
		p->len = a->len;
		memcpy(p->userdata, a->userdata, a->len);
	}
	emit(c, VSW_OP_PUNT)->punt = p;
	c->n_kept = c->d->n_ops;
}

/* Runs the ops of a flow. Returns the next table. */
static int run(struct compose *c, const struct vsw_actions *acts)
{
	const struct vsw_op *op, *end = acts->ops + acts->n_ops;
	int next = NO_TABLE;

	c->reason = VSW_DROP_REASON_FLOW;
	for (op = acts->ops; op < end && !c->is_full; op++) {
		switch (op->code) {
		case VSW_OP_SET:
			write_field(c, op);
			op++;
			break;
		case VSW_OP_MOVE:
			write_field(c, op);
			break;
		case VSW_OP_GOTO:
			next = op->index;
			break;
		case VSW_OP_PUSH_VLAN:
			push_vlan(c, op->tpid);
			break;
		case VSW_OP_POP_VLAN:
			pop_vlan(c);
			break;
		case VSW_OP_DEC_TTL:
			dec_ttl(c);
			break;
		case VSW_OP_OUTPUT:
			output_slot(c, op);
			break;
		case VSW_OP_IN_PORT:
		case VSW_OP_NORMAL:
		case VSW_OP_FLOOD:
		case VSW_OP_ALL:
		case VSW_OP_FIB:
		case VSW_OP_ROUTE:
			output(c, op);
			break;
		case VSW_OP_PUNT:
			punt(c, op->action);
			break;
		case VSW_OP_PUSH_ETH:
			c->is_bare = false;
			break;
		case VSW_OP_POP_ETH:
			c->is_bare = true;
			break;
		}
	}
	return next;
}

/* No flow matched in a table. Returns the next table. */
static int miss(struct compose *c, enum vsw_miss policy, int id)
{
	static const struct vsw_op normal = { .code = VSW_OP_NORMAL };

	c->reason = VSW_DROP_REASON_TABLE_MISS;
	if (policy == VSW_MISS_NORMAL)
		output(c, &normal);
	if (policy == VSW_MISS_PUNT)
		punt(c, NULL);
	if (policy == VSW_MISS_CONTINUE && id < VSW_TABLE_MAX)
		return id + 1;
	return NO_TABLE;
}

static int walk(struct compose *c, const struct vsw_flows *flows, int id,
		unsigned long version)
{
	struct vsw_table *table = rcu_dereference(flows->table[id]);
	struct vsw_flow *flow = NULL;
	struct vsw_rule *rule;

	c->table = id;
	c->d->tables |= BIT_ULL(id % 64);
	if (!table)
		return miss(c, vsw_table_default_miss(id), id);
	rule = vsw_classifier_lookup_rcu(&table->cls, &c->key, version);
	if (rule) {
		flow = container_of(rule, struct vsw_flow, rule);
		c->cookie = flow->cookie;
	}
	c->d->steps[c->d->n_steps++] = (struct vsw_step){ table, flow };
	return flow ? run(c, flow->acts) : miss(c, READ_ONCE(table->miss), id);
}

/* Cuts what no output needs. The last op gets the frame itself. */
static void finish(struct compose *c)
{
	struct vsw_draft *d = c->d;

	if (c->is_full || !c->n_kept) {
		d->n_ops = 0;
		emit(c, VSW_OP_DROP)->reason = c->is_full ?
			VSW_DROP_REASON_TOO_MANY_ACTIONS : c->reason;
		c->n_kept = 1;
	}
	d->n_ops = c->n_kept;
	d->ops[d->n_ops - 1].flags |= VSW_OP_F_LAST;
}

/**
 * vsw_compose_from() - make the verdict for a frame that begins anywhere
 * @d: filled in; points at flows and slots
 * @flows: the tables
 * @version: the one to look at in all tables
 * @key: the frame
 * @table: where it begins
 * @acts: actions that it meets first instead, may be NULL
 *
 * Context: RCU read section in which @version was read, and in which @d is valid.
 */
void vsw_compose_from(struct vsw_draft *d, const struct vsw_flows *flows,
		      unsigned long version, const struct vsw_key *key, u8 table,
		      const struct vsw_actions *acts)
{
	struct compose c = { .d = d, .key = *key, .cookie = U64_MAX };
	int id = table;

	d->n_ops = 0;
	d->n_rewrites = 0;
	d->n_punts = 0;
	d->n_encaps = 0;
	d->n_steps = 0;
	d->tables = 0;
	d->written = 0;
	if (acts)
		id = run(&c, acts);
	while (id != NO_TABLE && !c.is_full)
		id = walk(&c, flows, id, version);
	finish(&c);
}

/**
 * vsw_compose() - make the verdict for a frame
 * @d: filled in; points at flows and slots
 * @flows: the tables
 * @version: the one to look at in all tables: the frame sees an update whole or
 *	not at all
 * @key: the frame
 *
 * Context: RCU read section in which @version was read, and in which @d is valid.
 */
void vsw_compose(struct vsw_draft *d, const struct vsw_flows *flows,
		 unsigned long version, const struct vsw_key *key)
{
	vsw_compose_from(d, flows, version, key, 0, NULL);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_compose);
