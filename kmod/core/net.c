// SPDX-License-Identifier: GPL-2.0
/*
 * What vsw keeps for a network namespace.
 */
#include "core/net.h"

#include <net/netns/generic.h>

#include "core/router.h"

static unsigned int vsw_net_id __read_mostly;

static int __net_init net_create(struct net *net)
{
	struct vsw_net *vn = vsw_net(net);

	mutex_init(&vn->lock);
	INIT_LIST_HEAD(&vn->switches);
	INIT_LIST_HEAD(&vn->routers);
	return 0;
}

/*
 * The switches went with the namespace's devices, which go before us, and with
 * them the interfaces of routers.
 */
static void __net_exit net_destroy(struct net *net)
{
	struct vsw_net *vn = vsw_net(net);

	WARN_ON_ONCE(!list_empty(&vn->switches));
	vsw_routers_exit(vn);
	mutex_destroy(&vn->lock);
}

static struct pernet_operations vsw_net_ops = {
	.init = net_create,
	.exit = net_destroy,
	.id = &vsw_net_id,
	.size = sizeof(struct vsw_net),
};

/**
 * vsw_net() - find a namespace's state
 * @net: the namespace
 *
 * Context: Any.
 * Return: Its state, which lives as long as the namespace.
 */
struct vsw_net *vsw_net(const struct net *net)
{
	return net_generic(net, vsw_net_id);
}

/**
 * vsw_net_init() - begin to keep state for every namespace
 *
 * Context: Module init.
 * Return: 0 or an error.
 */
int vsw_net_init(void)
{
	return register_pernet_subsys(&vsw_net_ops);
}

/**
 * vsw_net_exit() - no switch is left in any namespace
 *
 * Context: Module exit.
 */
void vsw_net_exit(void)
{
	unregister_pernet_subsys(&vsw_net_ops);
}
