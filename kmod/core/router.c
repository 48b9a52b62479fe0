// SPDX-License-Identifier: GPL-2.0
/*
 * Routers: the life of routers and of their interfaces.
 */
#include "core/router.h"

#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <net/addrconf.h>
#include <net/ipv6.h>

#include "compat.h"
#include "path/drop.h"
#include "path/memo.h"
#include "path/route.h"

/**
 * vsw_router_find() - find a router
 * @vn: the namespace
 * @name: its name
 *
 * Context: The namespace's lock.
 * Return: The router, or NULL.
 */
struct vsw_router *vsw_router_find(struct vsw_net *vn, const char *name)
{
	struct vsw_router *router;

	lockdep_assert_held(&vn->lock);
	list_for_each_entry(router, &vn->routers, node)
		if (!strcmp(router->name, name))
			return router;
	return NULL;
}

static int router_check(struct vsw_net *vn, const char *name, struct netlink_ext_ack *extack)
{
	if (!dev_valid_name(name)) {
		NL_SET_ERR_MSG(extack, "A router's name is like that of a device");
		return -EINVAL;
	}
	if (vsw_router_find(vn, name)) {
		NL_SET_ERR_MSG(extack, "A router of this name exists");
		return -EEXIST;
	}
	if (vn->n_routers >= VSW_ROUTERS_MAX) {
		NL_SET_ERR_MSG_FMT(extack, "A network namespace has at most %u routers",
				   VSW_ROUTERS_MAX);
		return -ENOSPC;
	}
	return 0;
}

/**
 * vsw_router_create() - create a router
 * @vn: the namespace
 * @name: its name
 * @extack: for the refusal
 *
 * Context: The namespace's lock.
 * Return: The router, or an error.
 */
struct vsw_router *vsw_router_create(struct vsw_net *vn, const char *name,
				     struct netlink_ext_ack *extack)
{
	struct vsw_router *router;
	int err;

	lockdep_assert_held(&vn->lock);
	err = router_check(vn, name, extack);
	if (err)
		return ERR_PTR(err);
	router = kzalloc(sizeof(*router), GFP_KERNEL_ACCOUNT);
	if (!router)
		return ERR_PTR(-ENOMEM);
	router->adjs = vsw_memo_create();
	err = router->adjs ? vsw_neighs_init(&router->neighs) : -ENOMEM;
	if (err)
		goto err_free;
	router->vn = vn;
	strscpy(router->name, name, sizeof(router->name));
	INIT_LIST_HEAD(&router->rifs);
	vsw_routes_init(&router->routes, &vn->lock);
	router->routes.max = VSW_ROUTES_DEFAULT;
	router->neighs.max = VSW_NEIGHS_DEFAULT;
	INIT_DELAYED_WORK(&router->tick, vsw_route_tick);
	list_add_tail(&router->node, &vn->routers);
	vn->n_routers++;
	vn->seq++;
	return router;

err_free:
	vsw_memo_destroy(router->adjs);
	kfree(router);
	return ERR_PTR(err);
}

/**
 * vsw_router_destroy() - delete a router with its interfaces
 * @router: the router
 *
 * Context: RTNL and the namespace's lock, only the latter where it has no
 * interfaces. Waits for a grace period for each interface.
 */
void vsw_router_destroy(struct vsw_router *router)
{
	struct vsw_rif *rif, *next;

	list_for_each_entry_safe(rif, next, &router->rifs, node)
		vsw_rif_del(rif);
	list_del(&router->node);
	router->vn->n_routers--;
	router->vn->seq++;
	cancel_delayed_work_sync(&router->tick);
	vsw_routes_exit(&router->routes);
	vsw_neighs_exit(&router->neighs);
	vsw_memo_destroy(router->adjs);
	kfree(router);
}

/**
 * vsw_routers_exit() - delete the routers of a namespace, which have no interfaces
 * @vn: the namespace, which goes
 *
 * Context: Process.
 */
void vsw_routers_exit(struct vsw_net *vn)
{
	struct vsw_router *router, *next;

	mutex_lock(&vn->lock);
	list_for_each_entry_safe(router, next, &vn->routers, node)
		vsw_router_destroy(router);
	mutex_unlock(&vn->lock);
}

/**
 * vsw_rif_find() - find an interface by name
 * @router: its router
 * @name: its name
 *
 * Context: The namespace's lock.
 * Return: The interface, or NULL.
 */
struct vsw_rif *vsw_rif_find(struct vsw_router *router, const char *name)
{
	struct vsw_rif *rif;

	lockdep_assert_held(&router->vn->lock);
	list_for_each_entry(rif, &router->rifs, node)
		if (!strcmp(rif->name, name))
			return rif;
	return NULL;
}

/**
 * vsw_rif_find_link() - find the interface whose link an address is on
 * @router: its router
 * @addr: the address
 *
 * Context: The namespace's lock.
 * Return: The interface that has the longest prefix of the address, or NULL.
 */
struct vsw_rif *vsw_rif_find_link(struct vsw_router *router, const struct in6_addr *addr)
{
	struct vsw_rif *rif, *best = NULL;
	unsigned int i;
	int len = -1;

	lockdep_assert_held(&router->vn->lock);
	list_for_each_entry(rif, &router->rifs, node) {
		for (i = 0; i < rif->n_addrs; i++) {
			if (rif->addr[i].len > len && vsw_prefix_has(&rif->addr[i], addr)) {
				len = rif->addr[i].len;
				best = rif;
			}
		}
	}
	return best;
}

/**
 * vsw_rif_is_on_link() - can a station of this address be beside the interface?
 * @rif: the interface
 * @addr: the address
 *
 * Context: Any.
 * Return: Whether one of its prefixes has the address.
 */
bool vsw_rif_is_on_link(const struct vsw_rif *rif, const struct in6_addr *addr)
{
	unsigned int i;

	for (i = 0; i < rif->n_addrs; i++)
		if (vsw_prefix_has(&rif->addr[i], addr))
			return true;
	return ipv6_addr_type(addr) & IPV6_ADDR_LINKLOCAL;
}

/**
 * vsw_rif_has_addr() - is an address the interface's own?
 * @rif: the interface
 * @addr: the address
 *
 * Context: Any.
 * Return: Whether it is.
 */
bool vsw_rif_has_addr(const struct vsw_rif *rif, const struct in6_addr *addr)
{
	unsigned int i;

	for (i = 0; i < rif->n_addrs; i++)
		if (ipv6_addr_equal(&rif->addr[i].addr, addr))
			return true;
	return ipv6_addr_equal(&rif->link_local, addr);
}

/**
 * vsw_rif_source() - which of an interface's addresses speaks to an address?
 * @rif: the interface
 * @to: the other address, which has the same family
 *
 * Context: Any.
 * Return: One of the same prefix, else the first one of the family; for IPv6 at
 * least the link-local one; NULL where there is none.
 */
const struct in6_addr *vsw_rif_source(const struct vsw_rif *rif, const struct in6_addr *to)
{
	bool mapped = ipv6_addr_v4mapped(to);
	const struct in6_addr *first = NULL;
	unsigned int i;

	if (ipv6_addr_type(to) & IPV6_ADDR_LINKLOCAL)
		return &rif->link_local;
	for (i = 0; i < rif->n_addrs; i++) {
		if (vsw_prefix_has(&rif->addr[i], to))
			return &rif->addr[i].addr;
		if (!first && ipv6_addr_v4mapped(&rif->addr[i].addr) == mapped)
			first = &rif->addr[i].addr;
	}
	return first ?: mapped ? NULL : &rif->link_local;
}

static int rif_check_room(struct vsw_router *router, const char *name,
			  struct netlink_ext_ack *extack)
{
	if (!dev_valid_name(name)) {
		NL_SET_ERR_MSG(extack, "An interface's name is like that of a device");
		return -EINVAL;
	}
	if (vsw_rif_find(router, name)) {
		NL_SET_ERR_MSG(extack, "The router has an interface of this name");
		return -EEXIST;
	}
	if (router->n_rifs >= VSW_RIFS_MAX) {
		NL_SET_ERR_MSG_FMT(extack, "A router has at most %u interfaces", VSW_RIFS_MAX);
		return -ENOSPC;
	}
	return 0;
}

static bool is_unicast(const struct in6_addr *addr)
{
	u32 ip = ntohl(addr->s6_addr32[3]);

	if (ipv6_addr_v4mapped(addr))
		return ip >> 24 && ip >> 24 != 127 && ip >> 28 < 14;
	return !(ipv6_addr_type(addr) & (IPV6_ADDR_MULTICAST | IPV6_ADDR_LOOPBACK)) &&
	       !ipv6_addr_any(addr);
}

/* A link-local address would need a link beside it wherever it is said. */
static bool is_usable(const struct in6_addr *addr)
{
	return is_unicast(addr) && !(ipv6_addr_type(addr) & IPV6_ADDR_LINKLOCAL);
}

static int rif_check_config(const struct vsw_rif_config *config, struct netlink_ext_ack *extack)
{
	unsigned int i;

	for (i = 0; i < config->n_addrs; i++) {
		if (!is_usable(&config->addr[i].addr)) {
			NL_SET_ERR_MSG(extack, "Addresses must be unicast, and not link-local");
			return -EINVAL;
		}
	}
	if (config->mtu && config->mtu < IPV6_MIN_MTU) {
		NL_SET_ERR_MSG_FMT(extack, "The mtu is at least %u, as IPv6 wants", IPV6_MIN_MTU);
		return -EINVAL;
	}
	return 0;
}

/* Another address of the interface has made the route to its link. */
static bool is_link_of(const struct vsw_rif *rif, const struct in6_addr *dst, u8 len)
{
	struct vsw_routes *routes = &rif->router->routes;
	const struct vsw_route *route = vsw_route_find(routes, dst, len);

	return route && route->is_own && vsw_route_hops(routes, route)->hop[0].rif == rif;
}

/* A router's own address, and the prefix that is on the link. */
static int add_routes(struct vsw_rif *rif, const struct vsw_prefix *prefix,
		      struct netlink_ext_ack *extack)
{
	struct vsw_routes *routes = &rif->router->routes;
	struct vsw_route_config config = {
		.dst = prefix->addr,
		.len = 128,
		.type = VSW_ROUTE_TYPE_LOCAL,
		.is_own = true,
		.n_hops = 1,
		.hop[0].rif = rif,
	};
	int err;

	err = vsw_route_add(routes, &config, false, extack);
	ipv6_addr_prefix(&config.dst, &prefix->addr, prefix->len);
	if (err || prefix->len == 128 || is_link_of(rif, &config.dst, prefix->len))
		return err;
	config.len = prefix->len;
	config.type = VSW_ROUTE_TYPE_UNICAST;
	return vsw_route_add(routes, &config, false, extack);
}

static int add_all_routes(struct vsw_rif *rif, struct netlink_ext_ack *extack)
{
	unsigned int i;
	int err = 0;

	for (i = 0; i < rif->n_addrs && !err; i++)
		err = add_routes(rif, &rif->addr[i], extack);
	return err;
}

static struct vsw_rif *rif_create(struct vsw_router *router,
				  const struct vsw_rif_config *config)
{
	struct vsw_rif *rif;
	u8 eui64[8];

	rif = kzalloc(struct_size(rif, addr, config->n_addrs), GFP_KERNEL_ACCOUNT);
	if (!rif)
		return NULL;
	rif->router = router;
	strscpy(rif->name, config->name, sizeof(rif->name));
	ether_addr_copy(rif->lladdr, config->lladdr);
	if (is_zero_ether_addr(rif->lladdr))
		eth_random_addr(rif->lladdr);
	ratelimit_state_init(&rif->icmp, HZ, VSW_ICMP_RATE);
	ratelimit_set_flags(&rif->icmp, RATELIMIT_MSG_ON_RELEASE);
	rif->vid = config->vid;
	rif->mtu = config->mtu;
	rif->n_addrs = config->n_addrs;
	memcpy(rif->addr, config->addr, config->n_addrs * sizeof(*rif->addr));
	addrconf_addr_eui48(eui64, (const char *)rif->lladdr);
	ipv6_addr_set(&rif->link_local, htonl(0xfe800000), 0, 0, 0);
	memcpy(&rif->link_local.s6_addr[8], eui64, sizeof(eui64));
	return rif;
}

/* It takes the frames of its VLAN without their tag, and all that is for all. */
static int create_port(struct vsw_rif *rif, struct vsw_switch *sw,
		       struct netlink_ext_ack *extack)
{
	struct vsw_port_config config = {
		.flags_mask = ~0ul,
		.flags = BIT(VSW_PORT_MCAST_FLOOD) | BIT(VSW_PORT_BCAST_FLOOD),
		.has_vlan = true,
		.vlan = { .mode = VSW_VLAN_MODE_ACCESS, .tag = rif->vid },
	};
	struct vsw_port *port;

	port = vsw_port_create(sw, sw->dev, VSW_PORT_ROUTER, rif->name, &config, extack);
	if (IS_ERR(port))
		return PTR_ERR(port);
	strscpy(port->patch_name, rif->name, sizeof(port->patch_name));
	port->rif = rif;
	rif->port = port;
	return 0;
}

/* Packets that have waited end here. */
static void drop_all(struct sk_buff_head *dead)
{
	rcu_read_lock();
	local_bh_disable();
	vsw_route_drop_all(dead, VSW_DROP_REASON_NEIGH_GONE);
	local_bh_enable();
	rcu_read_unlock();
}

/* Nobody gets to the interface any more, then nobody is in it or has been. */
static void rif_retire(struct vsw_rif *rif)
{
	struct vsw_router *router = rif->router;
	struct sk_buff_head dead;

	__skb_queue_head_init(&dead);
	vsw_routes_leave(&router->routes, rif);
	synchronize_net();
	vsw_neighs_leave(&router->neighs, rif, rif->port, &dead);
	drop_all(&dead);
	/* Packets that have come in by it may just have stopped to wait. */
	synchronize_net();
}

/**
 * vsw_rif_add() - give a router an interface
 * @router: the router
 * @sw: the switch where it gets a port
 * @config: the interface
 * @extack: for the refusal
 *
 * Context: RTNL and the namespace's lock.
 * Return: 0 or an error; then nothing has changed.
 */
int vsw_rif_add(struct vsw_router *router, struct vsw_switch *sw,
		const struct vsw_rif_config *config, struct netlink_ext_ack *extack)
{
	struct vsw_rif *rif;
	int err;

	ASSERT_RTNL();
	err = rif_check_room(router, config->name, extack) ?:
	      rif_check_config(config, extack);
	if (err)
		return err;
	rif = rif_create(router, config);
	if (!rif)
		return -ENOMEM;
	err = create_port(rif, sw, extack);
	if (err)
		goto err_free;
	err = add_all_routes(rif, extack) ?:
	      vsw_fdb_set_router(&sw->fdb, rif->port, rif->lladdr, rif->vid, extack);
	if (err)
		goto err_retire;
	list_add_tail_rcu(&rif->node, &router->rifs);
	router->n_rifs++;
	router->vn->seq++;
	vsw_port_publish(rif->port);
	return 0;

err_retire:
	vsw_fdb_leave(&sw->fdb, rif->port);
	rif_retire(rif);
	vsw_port_destroy(rif->port);
err_free:
	kfree(rif);
	return err;
}

/**
 * vsw_rif_del() - take an interface from its router
 * @rif: the interface; freed, with its port and the routes through it
 *
 * Context: RTNL and the namespace's lock. Waits for a grace period.
 */
void vsw_rif_del(struct vsw_rif *rif)
{
	struct vsw_router *router = rif->router;

	ASSERT_RTNL();
	lockdep_assert_held(&router->vn->lock);
	list_del_rcu(&rif->node);
	router->n_rifs--;
	router->vn->seq++;
	vsw_port_hide(rif->port);
	rif_retire(rif);
	vsw_port_retire(rif->port);
	vsw_port_free(rif->port);
	kfree(rif);
}

/**
 * vsw_rif_set_neigh() - the user says a neighbour's link-layer address
 * @rif: interface
 * @addr: the neighbour's address
 * @lladdr: its link-layer address
 * @extack: for the refusal
 *
 * Context: The namespace's lock.
 * Return: 0 or an error.
 */
int vsw_rif_set_neigh(struct vsw_rif *rif, const struct in6_addr *addr, const u8 *lladdr,
		      struct netlink_ext_ack *extack)
{
	struct vsw_neigh_key key = { .rif = rif, .addr = *addr };
	struct vsw_neigh_ended ended;
	int err;

	if (!is_unicast(addr)) {
		NL_SET_ERR_MSG(extack, "The address of a neighbour must be unicast");
		return -EINVAL;
	}
	if (vsw_rif_has_addr(rif, addr)) {
		NL_SET_ERR_MSG(extack, "The address is the router's own");
		return -EBUSY;
	}
	vsw_neigh_ended_init(&ended);
	err = vsw_neigh_set(&rif->router->neighs, &key, lladdr, &ended, extack);
	rcu_read_lock();
	local_bh_disable();
	vsw_route_release(rif, &ended.ready, lladdr);
	vsw_route_drop_all(&ended.dead, VSW_DROP_REASON_NEIGH_QUEUE);
	local_bh_enable();
	rcu_read_unlock();
	return err;
}

/**
 * vsw_rif_del_neigh() - forget a neighbour
 * @rif: interface
 * @addr: the neighbour's address
 * @extack: for the refusal
 *
 * Context: The namespace's lock.
 * Return: 0 or an error.
 */
int vsw_rif_del_neigh(struct vsw_rif *rif, const struct in6_addr *addr,
		      struct netlink_ext_ack *extack)
{
	struct sk_buff_head dead;
	int err;

	__skb_queue_head_init(&dead);
	err = vsw_neigh_del(&rif->router->neighs, rif, addr, &dead, extack);
	drop_all(&dead);
	return err;
}
