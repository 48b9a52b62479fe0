// SPDX-License-Identifier: GPL-2.0
/*
 * Routes: the table of a router. A route is a rule of a classifier that looks
 * at one address, and whose priority is the length of its prefix.
 */
#include "tables/route.h"

#include <linux/netlink.h>
#include <linux/slab.h>
#include <net/ipv6.h>

#include "compat.h"

static void route_match(struct vsw_match *match, const struct in6_addr *dst, u8 len)
{
	struct in6_addr ones;

	memset(&ones, 0xff, sizeof(ones));
	vsw_match_init(match);
	ipv6_addr_prefix(&match->mask.ipv6_dst, &ones, len);
	ipv6_addr_prefix(&match->value.ipv6_dst, dst, len);
}

/**
 * vsw_route_find() - find the route of a prefix
 * @routes: the table
 * @dst: prefix
 * @len: length of it
 *
 * Context: The namespace's lock.
 * Return: The route, or NULL.
 */
struct vsw_route *vsw_route_find(struct vsw_routes *routes, const struct in6_addr *dst,
				 u8 len)
{
	struct vsw_match match;
	struct vsw_rule *rule;

	route_match(&match, dst, len);
	/* All routes are visible in all versions: there is only one. */
	rule = vsw_classifier_find(&routes->cls, &match, len, 0);
	return rule ? container_of(rule, struct vsw_route, rule) : NULL;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_route_find);

static struct vsw_hops *hops_create(const struct vsw_route_config *config)
{
	struct vsw_hops *hops;

	hops = kzalloc(struct_size(hops, hop, config->n_hops), GFP_KERNEL_ACCOUNT);
	if (!hops)
		return NULL;
	hops->type = config->type;
	hops->n = config->n_hops;
	memcpy(hops->hop, config->hop, config->n_hops * sizeof(*hops->hop));
	return hops;
}

static struct vsw_route *route_create(const struct vsw_route_config *config,
				      const struct vsw_match *match, struct vsw_hops *hops)
{
	size_t size = sizeof(struct vsw_route) + vsw_rule_words(match) * sizeof(u64);
	struct vsw_route *route;

	route = kzalloc(size, GFP_KERNEL_ACCOUNT);
	if (!route)
		return NULL;
	route->dst = match->value.ipv6_dst;
	route->len = config->len;
	route->is_own = config->is_own;
	RCU_INIT_POINTER(route->hops, hops);
	route->rule.del_version = VSW_VERSION_NEVER;
	route->rule.priority = config->len;
	return route;
}

/* After the change that decisions depend on, before what it removes is freed. */
static void routes_changed(struct vsw_routes *routes)
{
	routes->seq++;
	/* Pairs with vsw_routes_gen_rcu(). */
	smp_store_release(&routes->gen, routes->gen + 1);
}

static struct vsw_hops *hops_locked(const struct vsw_routes *routes,
				    const struct vsw_route *route)
{
	return rcu_dereference_protected(route->hops, lockdep_is_held(routes->cls.lock));
}

/**
 * vsw_route_hops() - where does a route lead?
 * @routes: the table
 * @route: one of its routes
 *
 * Context: The namespace's lock.
 * Return: What it does to packets.
 */
const struct vsw_hops *vsw_route_hops(const struct vsw_routes *routes,
				      const struct vsw_route *route)
{
	return hops_locked(routes, route);
}

static int route_link(struct vsw_routes *routes, struct vsw_route *route,
		      const struct vsw_match *match, struct netlink_ext_ack *extack)
{
	int err;

	err = xa_alloc_cyclic(&routes->by_id, &route->id, route, xa_limit_31b,
			      &routes->next_id, GFP_KERNEL_ACCOUNT);
	if (err < 0)
		return err;
	err = vsw_classifier_insert(&routes->cls, &route->rule, match, extack);
	if (err) {
		xa_erase(&routes->by_id, route->id);
		return err;
	}
	routes->n++;
	routes_changed(routes);
	return 0;
}

static void route_unlink(struct vsw_routes *routes, struct vsw_route *route)
{
	vsw_classifier_remove(&routes->cls, &route->rule);
	xa_erase(&routes->by_id, route->id);
	routes->n--;
	routes_changed(routes);
	kfree_rcu(hops_locked(routes, route), rcu);
	kfree_rcu(route, rcu);
}

/* Packets take the old way or the new one. */
static void route_redirect(struct vsw_routes *routes, struct vsw_route *route,
			   struct vsw_hops *hops)
{
	struct vsw_hops *old;

	old = rcu_replace_pointer(route->hops, hops, lockdep_is_held(routes->cls.lock));
	routes_changed(routes);
	kfree_rcu(old, rcu);
}

static int route_check(const struct vsw_routes *routes, const struct vsw_route *old,
		       bool may_replace, struct netlink_ext_ack *extack)
{
	if (old && old->is_own) {
		NL_SET_ERR_MSG(extack, "An interface of the router has this prefix");
		return -EEXIST;
	}
	if (old && !may_replace) {
		NL_SET_ERR_MSG(extack, "The router has a route for this prefix, replace it");
		return -EEXIST;
	}
	if (!old && routes->n >= routes->max) {
		NL_SET_ERR_MSG_FMT(extack, "The router is full, its routes-max is %u",
				   routes->max);
		return -ENOSPC;
	}
	return 0;
}

static int route_add_new(struct vsw_routes *routes, const struct vsw_route_config *config,
			 struct vsw_hops *hops, struct netlink_ext_ack *extack)
{
	struct vsw_route *route;
	struct vsw_match match;
	int err;

	route_match(&match, &config->dst, config->len);
	route = route_create(config, &match, hops);
	if (!route)
		return -ENOMEM;
	err = route_link(routes, route, &match, extack);
	if (err)
		kfree(route);
	else
		vsw_classifier_sort(&routes->cls);
	return err;
}

/**
 * vsw_route_add() - add or replace a route
 * @routes: the table
 * @config: the route
 * @may_replace: there may be a route for the prefix that no address made
 * @extack: for the refusal
 *
 * Context: The namespace's lock.
 * Return: 0 or an error; then nothing has changed.
 */
int vsw_route_add(struct vsw_routes *routes, const struct vsw_route_config *config,
		  bool may_replace, struct netlink_ext_ack *extack)
{
	struct vsw_route *old;
	struct vsw_hops *hops;
	int err;

	lockdep_assert_held(routes->cls.lock);
	old = vsw_route_find(routes, &config->dst, config->len);
	err = route_check(routes, old, may_replace, extack);
	if (err)
		return err;
	hops = hops_create(config);
	if (!hops)
		return -ENOMEM;
	if (old)
		route_redirect(routes, old, hops);
	else
		err = route_add_new(routes, config, hops, extack);
	if (err)
		kfree(hops);
	return err;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_route_add);

/**
 * vsw_route_del() - delete a route that no address made
 * @routes: the table
 * @dst: prefix
 * @len: length of it
 * @extack: for the refusal
 *
 * Context: The namespace's lock.
 * Return: 0 or an error.
 */
int vsw_route_del(struct vsw_routes *routes, const struct in6_addr *dst, u8 len,
		  struct netlink_ext_ack *extack)
{
	struct vsw_route *route;

	lockdep_assert_held(routes->cls.lock);
	route = vsw_route_find(routes, dst, len);
	if (!route) {
		NL_SET_ERR_MSG(extack, "The router has no route for this prefix");
		return -ENOENT;
	}
	if (route->is_own) {
		NL_SET_ERR_MSG(extack, "The route goes with the interface that has the address");
		return -EPERM;
	}
	route_unlink(routes, route);
	vsw_classifier_sort(&routes->cls);
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_route_del);

static bool uses(const struct vsw_hops *hops, const struct vsw_rif *rif)
{
	unsigned int i;

	for (i = 0; i < hops->n; i++)
		if (hops->hop[i].rif == rif)
			return true;
	return false;
}

/**
 * vsw_routes_leave() - an interface goes, and with it the routes through it
 * @routes: the table
 * @rif: the interface
 *
 * Context: The namespace's lock. Packets may use the interface until the end of
 * their RCU read section.
 */
void vsw_routes_leave(struct vsw_routes *routes, const struct vsw_rif *rif)
{
	struct vsw_route *route;
	unsigned long id;

	lockdep_assert_held(routes->cls.lock);
	xa_for_each(&routes->by_id, id, route)
		if (uses(hops_locked(routes, route), rif))
			route_unlink(routes, route);
	vsw_classifier_sort(&routes->cls);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_routes_leave);

/**
 * vsw_route_next() - walk through the routes by id
 * @routes: the table
 * @id: where to begin; then, id of what was found
 *
 * Context: The namespace's lock.
 * Return: The first route whose id is not less than *@id, or NULL.
 */
const struct vsw_route *vsw_route_next(struct vsw_routes *routes, u32 *id)
{
	unsigned long at = *id;
	struct vsw_route *route;

	lockdep_assert_held(routes->cls.lock);
	route = xa_find(&routes->by_id, &at, ULONG_MAX, XA_PRESENT);
	*id = at;
	return route;
}

/**
 * vsw_route_lookup_rcu() - where does a packet go?
 * @routes: the table
 * @addr: its destination
 *
 * Context: RCU.
 * Return: The route with the longest prefix, or NULL.
 */
const struct vsw_route *vsw_route_lookup_rcu(const struct vsw_routes *routes,
					     const struct in6_addr *addr)
{
	struct vsw_key key = { .ipv6_dst = *addr };
	const struct vsw_route *route;
	struct vsw_rule *rule;

	rule = vsw_classifier_lookup_rcu(&routes->cls, &key, 0);
	if (!rule)
		return NULL;
	route = container_of(rule, struct vsw_route, rule);
	/* One of IPv6 that is short enough to contain the mapped addresses too. */
	if (route->len < VSW_MAPPED_LEN && ipv6_addr_v4mapped(addr))
		return NULL;
	return route;
}
EXPORT_SYMBOL_IF_KUNIT(vsw_route_lookup_rcu);

/**
 * vsw_routes_init() - make an empty table
 * @routes: the table
 * @lock: the namespace's lock
 *
 * Context: Process.
 */
void vsw_routes_init(struct vsw_routes *routes, struct mutex *lock)
{
	memset(routes, 0, sizeof(*routes));
	routes->gen = 1;
	vsw_classifier_init(&routes->cls, lock);
	xa_init_flags(&routes->by_id, XA_FLAGS_ALLOC1);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_routes_init);

/**
 * vsw_routes_exit() - free a table
 * @routes: the table
 *
 * Context: The namespace's lock. No packet is under way in the router.
 */
void vsw_routes_exit(struct vsw_routes *routes)
{
	struct vsw_route *route;
	unsigned long id;

	xa_for_each(&routes->by_id, id, route)
		route_unlink(routes, route);
	xa_destroy(&routes->by_id);
	vsw_classifier_exit(&routes->cls);
}
EXPORT_SYMBOL_IF_KUNIT(vsw_routes_exit);
