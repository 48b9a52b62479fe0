/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Actions: what a flow does to a frame, as the user said it and compiled to
 * ops when the flow is installed.
 */
#ifndef VSW_TABLES_ACTION_H
#define VSW_TABLES_ACTION_H

#include <linux/if.h>
#include <linux/if_ether.h>
#include <linux/types.h>

#include "tables/key.h"

struct netlink_ext_ack;
struct vsw_slot;
struct vsw_slots;

/**
 * enum vsw_op_code - the instructions of flows and of verdicts
 * @VSW_OP_SET: in flows: key word @index gets @value where the mask in the
 *	next op's @value is 1
 * @VSW_OP_MOVE: in flows: copy bits of a field as @action says
 * @VSW_OP_GOTO: in flows: go on in table @index
 * @VSW_OP_REWRITE: in verdicts: bring the headers to the state in @rewrite
 * @VSW_OP_PUSH_VLAN: push an empty tag with TPID @tpid
 * @VSW_OP_POP_VLAN: remove the outer tag
 * @VSW_OP_DEC_TTL: decrement, or drop
 * @VSW_OP_OUTPUT: send to the port in @slot, unless it came from there
 * @VSW_OP_IN_PORT: send back
 * @VSW_OP_NORMAL: forward by FDB and VLAN
 * @VSW_OP_FLOOD: send to all ports that flood
 * @VSW_OP_ALL: send to all ports
 * @VSW_OP_DROP: drop for @reason
 * @VSW_OP_PUNT: send to user space; in flows as @action says, in verdicts as
 *	@punt does
 * @VSW_OP_FIB: forward as the host's routes say
 * @VSW_OP_ROUTE: give to a router by its interface, whose port is in @slot
 * @VSW_OP_PUSH_ETH: in flows: there is an Ethernet header again, sets follow
 * @VSW_OP_POP_ETH: in flows: from here on, only ports without Ethernet send
 * @VSW_OP_TUNNEL: in verdicts: send to a tunnel port as @encap says
 */
enum vsw_op_code {
	VSW_OP_SET,
	VSW_OP_MOVE,
	VSW_OP_GOTO,
	VSW_OP_REWRITE,
	VSW_OP_PUSH_VLAN,
	VSW_OP_POP_VLAN,
	VSW_OP_DEC_TTL,
	VSW_OP_OUTPUT,
	VSW_OP_IN_PORT,
	VSW_OP_NORMAL,
	VSW_OP_FLOOD,
	VSW_OP_ALL,
	VSW_OP_DROP,
	VSW_OP_PUNT,
	VSW_OP_FIB,
	VSW_OP_ROUTE,
	VSW_OP_PUSH_ETH,
	VSW_OP_POP_ETH,
	VSW_OP_TUNNEL,
};

/* The op is the last that needs the frame: it takes it instead of a copy. */
#define VSW_OP_F_LAST	0x01

struct vsw_action;
struct vsw_encap;
struct vsw_punt;
struct vsw_rewrite;

/**
 * struct vsw_op - one instruction
 * @code: enum vsw_op_code
 * @flags: VSW_OP_F_*
 * @index: key word or table
 * @reason: of VSW_OP_DROP, enum vsw_drop_reason
 * @tpid: of VSW_OP_PUSH_VLAN
 * @zero: not used
 * @value: of VSW_OP_SET
 * @slot: of VSW_OP_OUTPUT and VSW_OP_ROUTE
 * @action: of VSW_OP_MOVE and, in flows, VSW_OP_PUNT
 * @punt: of VSW_OP_PUNT in verdicts
 * @rewrite: of VSW_OP_REWRITE
 * @encap: of VSW_OP_TUNNEL
 */
struct vsw_op {
	u8 code;
	u8 flags;
	u8 index;
	u8 reason;
	__be16 tpid;
	u16 zero;
	union {
		u64 value;
		struct vsw_slot *slot;
		const struct vsw_action *action;
		const struct vsw_rewrite *rewrite;
		const struct vsw_punt *punt;
		const struct vsw_encap *encap;
	};
};

static_assert(sizeof(struct vsw_op) == 16);

/**
 * struct vsw_action - one action as the user said it
 * @type: VSW_A_ACTION_*
 * @field: VSW_A_FIELDS_* that is set, destination of a move
 * @offset: first bit of @field, in a move
 * @src_field: source of a move
 * @src_offset: first bit of @src_field
 * @bits: width of a move
 * @port: of output; filled in for names when they are compiled
 * @name: of output-name and route
 * @tpid: of push-vlan
 * @table: of goto-table
 * @value: of set-field, in the byte order of the key
 * @mask: of set-field
 * @queue: of punt
 * @len: bytes of @userdata
 * @userdata: of punt
 * @eth_src: of push-eth
 * @eth_dst: of push-eth
 *
 * Small, since every flow keeps its actions.
 */
struct vsw_action {
	u8 type;
	u8 field;
	union {
		struct {
			u8 offset;
			u8 src_field;
			u8 src_offset;
			u8 bits;
		};
		struct {
			u32 port;
			char name[IFNAMSIZ];
		};
		__be16 tpid;
		u8 table;
		struct {
			u8 value[16];
			u8 mask[16];
		};
		struct {
			u16 queue;
			u8 len;
			u8 userdata[VSW_PUNT_USERDATA_MAX];
		};
		struct {
			u8 eth_src[ETH_ALEN];
			u8 eth_dst[ETH_ALEN];
		};
	};
};

static_assert(sizeof(struct vsw_action) == 36);

/**
 * struct vsw_actions - the actions of a flow, immutable once published
 * @ops: what the path runs
 * @node: in vsw_actions_set.bucket
 * @hash: of the actions, once they are in a set
 * @ref: flows that share them, under the lock; 0 outside of a set
 * @n_ops: number of ops
 * @n_actions: number of actions
 * @actions: what the user said, for dumps, VSW_OP_MOVE and VSW_OP_PUNT
 *
 * One allocation, the ops stand behind the actions. Holds a use of every slot
 * that it names.
 */
struct vsw_actions {
	struct vsw_op *ops;
	struct hlist_node node;
	u32 hash;
	u32 ref;
	u16 n_ops;
	u16 n_actions;
	struct vsw_action actions[];
};

/**
 * struct vsw_actions_set - the different actions of a switch's flows, under the lock
 * @bucket: by hash, NULL as long as there are none
 * @size: number of buckets, a power of 2
 * @n: number of actions
 * @seed: of the hash
 *
 * Flows that do the same share their actions. Starts zeroed.
 */
struct vsw_actions_set {
	struct hlist_head *bucket;
	u32 size;
	u32 n;
	u32 seed;
};

/* The table of actions that no flow has: all tables come after it. */
#define VSW_NO_TABLE	(-1)

struct vsw_actions *vsw_actions_compile(struct vsw_slots *slots, int table,
					const struct vsw_match *match,
					const struct vsw_action *actions,
					unsigned int n, int *bad,
					struct netlink_ext_ack *extack);
struct vsw_actions *vsw_actions_share(struct vsw_actions_set *set, struct vsw_slots *slots,
				      struct vsw_actions *acts);
void vsw_actions_put(struct vsw_actions_set *set, struct vsw_slots *slots,
		     struct vsw_actions *acts);
void vsw_actions_free(struct vsw_slots *slots, struct vsw_actions *acts);
bool vsw_actions_has_output(const struct vsw_actions *acts, u32 port_no);

#endif
