// SPDX-License-Identifier: GPL-2.0
/*
 * Drop: where frames end that go nowhere.
 */
#include "path/count.h"
#include "path/drop.h"

#define CREATE_TRACE_POINTS
#include "path/trace.h"

const char *const vsw_drop_reason_names[] = {
	[VSW_DROP_REASON_UNSPEC]		= "unspec",
	[VSW_DROP_REASON_NO_MEMORY]		= "no-memory",
	[VSW_DROP_REASON_SWITCH_DOWN]		= "switch-down",
	[VSW_DROP_REASON_PORT_DOWN]		= "port-down",
	[VSW_DROP_REASON_PORT_GONE]		= "port-gone",
	[VSW_DROP_REASON_MALFORMED]		= "malformed",
	[VSW_DROP_REASON_FLOW]			= "flow",
	[VSW_DROP_REASON_TABLE_MISS]		= "table-miss",
	[VSW_DROP_REASON_VLAN_INGRESS]		= "vlan-ingress",
	[VSW_DROP_REASON_VLAN_EGRESS]		= "vlan-egress",
	[VSW_DROP_REASON_ISOLATED]		= "isolated",
	[VSW_DROP_REASON_HAIRPIN]		= "hairpin",
	[VSW_DROP_REASON_NO_DESTINATION]	= "no-destination",
	[VSW_DROP_REASON_SOURCE_ADDRESS]	= "source-address",
	[VSW_DROP_REASON_STICKY]		= "sticky",
	[VSW_DROP_REASON_TTL]			= "ttl",
	[VSW_DROP_REASON_MTU]			= "mtu",
	[VSW_DROP_REASON_OFFLOAD]		= "offload",
	[VSW_DROP_REASON_RECURSION]		= "recursion",
	[VSW_DROP_REASON_TOO_MANY_ACTIONS]	= "too-many-actions",
	[VSW_DROP_REASON_RESERVED_ADDRESS]	= "reserved-address",
	[VSW_DROP_REASON_HEADERS]		= "headers",
	[VSW_DROP_REASON_PUNT_NO_LISTENER]	= "punt-no-listener",
	[VSW_DROP_REASON_PUNT_RATE]		= "punt-rate",
	[VSW_DROP_REASON_PUNT_QUEUE_FULL]	= "punt-queue-full",
	[VSW_DROP_REASON_PUNT_SOCKET_FULL]	= "punt-socket-full",
	[VSW_DROP_REASON_NO_ROUTE]		= "no-route",
	[VSW_DROP_REASON_NEIGH_QUEUE]		= "neigh-queue",
	[VSW_DROP_REASON_NEIGH_GONE]		= "neigh-gone",
	[VSW_DROP_REASON_ROUTER_HOST]		= "router-host",
	[VSW_DROP_REASON_ROUTER_ADDRESS]	= "router-address",
	[VSW_DROP_REASON_NOT_IP]		= "not-ip",
	[VSW_DROP_REASON_NO_REMOTE]		= "no-remote",
	[VSW_DROP_REASON_TUNNEL_KEY]		= "tunnel-key",
	[VSW_DROP_REASON_NO_VNI]		= "no-vni",
};

/* What the kernel's own drop monitor is told. */
static enum skb_drop_reason kernel_reason(enum vsw_drop_reason reason)
{
	switch (reason) {
	case VSW_DROP_REASON_NO_MEMORY:
		return SKB_DROP_REASON_NOMEM;
	case VSW_DROP_REASON_SWITCH_DOWN:
	case VSW_DROP_REASON_PORT_DOWN:
		return SKB_DROP_REASON_DEV_READY;
	case VSW_DROP_REASON_MALFORMED:
		return SKB_DROP_REASON_HDR_TRUNC;
	case VSW_DROP_REASON_MTU:
		return SKB_DROP_REASON_PKT_TOO_BIG;
	default:
		return SKB_DROP_REASON_NOT_SPECIFIED;
	}
}

/**
 * vsw_drop() - end the way of a frame
 * @port: where it is counted
 * @skb: the frame, consumed; NULL for a copy that could not be made
 * @reason: why
 *
 * Context: BH off, RCU read section.
 */
void vsw_drop(struct vsw_port *port, struct sk_buff *skb, enum vsw_drop_reason reason)
{
	vsw_count_drop(port, reason);
	trace_vsw_drop(skb, port, reason);
	kfree_skb_reason(skb, kernel_reason(reason));
}
