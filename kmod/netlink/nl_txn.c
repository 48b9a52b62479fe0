// SPDX-License-Identifier: GPL-2.0
/*
 * Transactions: changes of flows that are kept until they are all made at once.
 */
#include <linux/netlink.h>
#include <linux/sched/signal.h>
#include <net/netns/generic.h>

#include "compat.h"
#include "netlink/nl_flow.h"

/* How many a switch has at a time. */
#define TXNS_MAX	64

/* How many changes more than flows can be in a transaction, for deletions. */
#define EXTRA_CHANGES	1024

/**
 * struct vsw_txn - a transaction that is open
 * @node: in txn_net.txns
 * @switch_id: of the switch whose flows it changes; a pointer could outlive it
 *	while the module is loaded or unloaded, when nobody hears of its end
 * @portid: the socket that it belongs to
 * @id: names it among those of the namespace
 * @n_changes: number of @changes
 * @changes: list of struct vsw_flow_change, in the order of their requests
 */
struct vsw_txn {
	struct list_head node;
	u64 switch_id;
	u32 portid;
	u32 id;
	u32 n_changes;
	struct list_head changes;
};

/**
 * struct txn_net - the transactions of a namespace, under vsw_net.lock
 * @txns: list of struct vsw_txn
 * @last_id: of the last one that was opened
 */
struct txn_net {
	struct list_head txns;
	u32 last_id;
};

static unsigned int txn_net_id __read_mostly;

static struct txn_net *txn_net(const struct net *net)
{
	return net_generic(net, txn_net_id);
}

static void txn_free(struct vsw_txn *txn)
{
	struct vsw_flow_change *change, *next;

	list_for_each_entry_safe(change, next, &txn->changes, node)
		vsw_flow_change_free(change);
	kfree(txn);
}

static void free_all(struct list_head *txns)
{
	struct vsw_txn *txn, *next;

	list_for_each_entry_safe(txn, next, txns, node)
		txn_free(txn);
}

static struct vsw_txn *find(struct vsw_switch *sw, u32 portid, const struct nlattr *id,
			    struct netlink_ext_ack *extack)
{
	struct vsw_txn *txn;

	lockdep_assert_held(&sw->vn->lock);
	list_for_each_entry(txn, &txn_net(dev_net(sw->dev))->txns, node) {
		if (txn->switch_id == sw->id && txn->portid == portid && txn->id == nla_get_u32(id))
			return txn;
	}
	NL_SET_ERR_MSG_ATTR(extack, id, "The socket has no such transaction on this switch");
	return ERR_PTR(-ENOENT);
}

/* What does not depend on the changes before it is refused at once. */
static int check_actions(struct vsw_switch *sw, struct vsw_flow_change *change,
			 struct netlink_ext_ack *extack)
{
	const struct vsw_flow_spec *spec = &change->spec;
	struct vsw_actions *acts;

	if (change->cmd != VSW_CMD_FLOW_NEW)
		return 0;
	acts = vsw_actions_compile(&sw->slots, spec->table, &spec->match, spec->actions,
				   spec->n_actions, &change->bad_action, extack);
	if (IS_ERR(acts))
		return PTR_ERR(acts);
	vsw_actions_free(&sw->slots, acts);
	return 0;
}

/**
 * vsw_txn_add() - keep a change in a transaction
 * @sw: the switch
 * @portid: the socket that asks
 * @id: attribute that names the transaction
 * @change: the change, belongs to the transaction if it is kept
 * @extack: for the reason
 *
 * Context: under the namespace's lock, may sleep.
 * Return: 0, or a negative error.
 */
int vsw_txn_add(struct vsw_switch *sw, u32 portid, const struct nlattr *id,
		struct vsw_flow_change *change, struct netlink_ext_ack *extack)
{
	struct vsw_txn *txn;
	int err;

	txn = find(sw, portid, id, extack);
	if (IS_ERR(txn))
		return PTR_ERR(txn);
	if (txn->n_changes >= (u64)sw->flows.max_flows + EXTRA_CHANGES) {
		NL_SET_ERR_MSG_FMT(extack, "The transaction is full, it holds %u changes",
				   txn->n_changes);
		return -ENOSPC;
	}
	err = check_actions(sw, change, extack);
	if (err)
		return err;
	list_add_tail(&change->node, &txn->changes);
	txn->n_changes++;
	return 0;
}

/**
 * vsw_txn_forget_switch() - forget the transactions of a switch that goes
 * @sw: the switch
 *
 * Context: under the namespace's lock.
 */
void vsw_txn_forget_switch(struct vsw_switch *sw)
{
	struct vsw_txn *txn, *next;

	lockdep_assert_held(&sw->vn->lock);
	list_for_each_entry_safe(txn, next, &txn_net(dev_net(sw->dev))->txns, node) {
		if (txn->switch_id == sw->id) {
			list_del(&txn->node);
			txn_free(txn);
		}
	}
}

static int fill(struct sk_buff *skb, const struct genl_info *info,
		const struct vsw_switch *sw, const struct vsw_txn *txn)
{
	struct vsw_nl_msg msg = vsw_nl_msg_reply(info);
	void *hdr;

	hdr = vsw_nl_put_head(skb, &msg);
	if (!hdr)
		return -EMSGSIZE;
	if (nla_put_u32(skb, VSW_A_TXN_SWITCH, sw->dev->ifindex) ||
	    nla_put_u32(skb, VSW_A_TXN_TXN, txn->id) ||
	    (msg.cmd == VSW_CMD_TXN_COMMIT &&
	     nla_put_u32(skb, VSW_A_TXN_CHANGES, txn->n_changes))) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, hdr);
	return 0;
}

static int check_room(struct vsw_switch *sw, struct netlink_ext_ack *extack)
{
	struct vsw_txn *txn;
	int n = 0;

	list_for_each_entry(txn, &txn_net(dev_net(sw->dev))->txns, node)
		n += txn->switch_id == sw->id;
	if (n < TXNS_MAX)
		return 0;
	NL_SET_ERR_MSG_FMT(extack, "The switch has %u open transactions, end one of them", n);
	return -ENOSPC;
}

static int open(struct vsw_switch *sw, struct sk_buff *reply, struct genl_info *info)
{
	struct txn_net *tn = txn_net(dev_net(sw->dev));
	struct vsw_txn *txn;
	int err;

	err = check_room(sw, info->extack);
	if (err)
		return err;
	txn = kzalloc(sizeof(*txn), GFP_KERNEL_ACCOUNT);
	if (!txn)
		return -ENOMEM;
	INIT_LIST_HEAD(&txn->changes);
	txn->switch_id = sw->id;
	txn->portid = info->snd_portid;
	txn->id = ++tn->last_id;
	err = fill(reply, info, sw, txn);
	if (err)
		kfree(txn);
	else
		list_add_tail(&txn->node, &tn->txns);
	return err;
}

/* Name the change that failed, in front of the reason that is already there. */
static void name_change(struct netlink_ext_ack *extack, u32 no)
{
	char reason[64];

	nl_set_extack_cookie_u64(extack, no);
	strscpy(reason, extack->_msg ?: "out of memory", sizeof(reason));
	NL_SET_ERR_MSG_FMT(extack, "Change %u: %s", no, reason);
}

/* Whoever is killed does not keep the namespace's lock for long. */
static int make_change(struct vsw_flow_update *up, const struct vsw_flow_change *change,
		       struct netlink_ext_ack *extack)
{
	struct vsw_flow *added;

	cond_resched();
	if (fatal_signal_pending(current)) {
		NL_SET_ERR_MSG(extack, "The process is being killed");
		return -EINTR;
	}
	return vsw_flow_change_apply(up, change, &added, extack);
}

static int make_changes(struct vsw_switch *sw, struct vsw_txn *txn,
			struct netlink_ext_ack *extack)
{
	struct vsw_flow_change *change;
	struct vsw_flow_update up;
	u32 no = 0;
	int err;

	vsw_flow_update_begin(&up, &sw->flows);
	list_for_each_entry(change, &txn->changes, node) {
		no++;
		err = make_change(&up, change, extack);
		if (err) {
			vsw_flow_update_abort(&up);
			name_change(extack, no);
			return err;
		}
	}
	vsw_flow_update_commit(&up);
	return 0;
}

static int commit(struct vsw_switch *sw, struct vsw_txn *txn, struct sk_buff *reply,
		  struct genl_info *info)
{
	int err;

	err = fill(reply, info, sw, txn);
	return err ?: make_changes(sw, txn, info->extack);
}

/**
 * vsw_nl_txn_new_doit() - VSW_CMD_TXN_NEW
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes the namespace's lock.
 * Return: 0, or a negative error.
 */
int vsw_nl_txn_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct sk_buff *reply;
	struct vsw_switch *sw;
	int err;

	reply = vsw_nl_skb_new(0);
	if (!reply)
		return -ENOMEM;
	sw = vsw_nl_switch_lock(genl_info_net(info), info->attrs, info->extack);
	err = PTR_ERR_OR_ZERO(sw);
	if (!err) {
		err = open(sw, reply, info);
		vsw_nl_switch_unlock(sw);
	}
	return vsw_nl_reply(reply, info, err);
}

/* End a transaction, with its changes made if there is a reply to put them in. */
static int end(struct genl_info *info, struct sk_buff *reply)
{
	struct vsw_switch *sw;
	struct vsw_txn *txn;
	int err = 0;

	if (GENL_REQ_ATTR_CHECK(info, VSW_A_TXN_TXN)) {
		GENL_SET_ERR_MSG(info, "Name the transaction, by txn");
		return -EINVAL;
	}
	sw = vsw_nl_switch_lock(genl_info_net(info), info->attrs, info->extack);
	if (IS_ERR(sw))
		return PTR_ERR(sw);
	txn = find(sw, info->snd_portid, info->attrs[VSW_A_TXN_TXN], info->extack);
	if (!IS_ERR(txn)) {
		if (reply)
			err = commit(sw, txn, reply, info);
		list_del(&txn->node);
	}
	vsw_nl_switch_unlock(sw);
	if (IS_ERR(txn))
		return PTR_ERR(txn);
	txn_free(txn);
	return err;
}

/**
 * vsw_nl_txn_commit_doit() - VSW_CMD_TXN_COMMIT; the transaction ends, whether
 *	its changes are made or not
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes the namespace's lock.
 * Return: 0, or a negative error.
 */
int vsw_nl_txn_commit_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct sk_buff *reply;
	int err;

	reply = vsw_nl_skb_new(0);
	if (!reply)
		return -ENOMEM;
	err = end(info, reply);
	return vsw_nl_reply(reply, info, err);
}

/**
 * vsw_nl_txn_abort_doit() - VSW_CMD_TXN_ABORT
 * @skb: the request
 * @info: its attributes
 *
 * Context: takes the namespace's lock.
 * Return: 0, or a negative error.
 */
int vsw_nl_txn_abort_doit(struct sk_buff *skb, struct genl_info *info)
{
	return end(info, NULL);
}

/* A socket was closed: forget what it has not committed. */
static int socket_cb(struct notifier_block *nb, unsigned long event, void *ptr)
{
	const struct netlink_notify *n = ptr;
	struct vsw_txn *txn, *next;
	struct txn_net *tn;
	LIST_HEAD(gone);

	if (event != NETLINK_URELEASE || n->protocol != NETLINK_GENERIC)
		return NOTIFY_DONE;
	tn = txn_net(n->net);
	/* Nobody else opens transactions of this socket. */
	if (list_empty(&tn->txns))
		return NOTIFY_DONE;
	mutex_lock(&vsw_net(n->net)->lock);
	list_for_each_entry_safe(txn, next, &tn->txns, node) {
		if (txn->portid == n->portid)
			list_move(&txn->node, &gone);
	}
	mutex_unlock(&vsw_net(n->net)->lock);
	free_all(&gone);
	return NOTIFY_DONE;
}

static struct notifier_block socket_notifier = {
	.notifier_call = socket_cb,
};

static int __net_init net_create(struct net *net)
{
	INIT_LIST_HEAD(&txn_net(net)->txns);
	return 0;
}

static void __net_exit net_destroy(struct net *net)
{
	free_all(&txn_net(net)->txns);
}

static struct pernet_operations txn_net_ops = {
	.init = net_create,
	.exit = net_destroy,
	.id = &txn_net_id,
	.size = sizeof(struct txn_net),
};

/**
 * vsw_txn_init() - begin to keep transactions for every namespace
 *
 * Context: module init.
 * Return: 0, or a negative error.
 */
int vsw_txn_init(void)
{
	int err;

	err = register_pernet_subsys(&txn_net_ops);
	if (err)
		return err;
	err = netlink_register_notifier(&socket_notifier);
	if (err)
		unregister_pernet_subsys(&txn_net_ops);
	return err;
}

/**
 * vsw_txn_exit() - forget all transactions
 *
 * Context: module exit, when the family and the events are gone.
 */
void vsw_txn_exit(void)
{
	netlink_unregister_notifier(&socket_notifier);
	unregister_pernet_subsys(&txn_net_ops);
}
