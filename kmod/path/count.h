/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Count: the counters of a port. All run with BH off.
 */
#ifndef VSW_PATH_COUNT_H
#define VSW_PATH_COUNT_H

#include <linux/if_vlan.h>

#include "core/port.h"

/* Length of a frame on the wire without FCS, wherever its tag is kept. */
static inline unsigned int vsw_frame_len(const struct sk_buff *skb)
{
	return skb->len + (skb_vlan_tag_present(skb) ? VLAN_HLEN : 0);
}

static inline void vsw_count_rx(struct vsw_port *port, unsigned int len)
{
	struct vsw_port_stats *stats = this_cpu_ptr(port->stats);

	u64_stats_update_begin(&stats->syncp);
	u64_stats_inc(&stats->rx_packets);
	u64_stats_add(&stats->rx_bytes, len);
	u64_stats_update_end(&stats->syncp);
}

static inline void vsw_count_tx(struct vsw_port *port, unsigned int len)
{
	struct vsw_port_stats *stats = this_cpu_ptr(port->stats);

	u64_stats_update_begin(&stats->syncp);
	u64_stats_inc(&stats->tx_packets);
	u64_stats_add(&stats->tx_bytes, len);
	u64_stats_update_end(&stats->syncp);
}

static inline void vsw_count_copied(struct vsw_port *port)
{
	struct vsw_port_stats *stats = this_cpu_ptr(port->stats);

	u64_stats_update_begin(&stats->syncp);
	u64_stats_inc(&stats->copied);
	u64_stats_update_end(&stats->syncp);
}

static inline void vsw_count_passed(struct vsw_port *port)
{
	struct vsw_port_stats *stats = this_cpu_ptr(port->stats);

	u64_stats_update_begin(&stats->syncp);
	u64_stats_inc(&stats->passed);
	u64_stats_update_end(&stats->syncp);
}

static inline void vsw_count_punted(struct vsw_port *port)
{
	struct vsw_port_stats *stats = this_cpu_ptr(port->stats);

	u64_stats_update_begin(&stats->syncp);
	u64_stats_inc(&stats->punted);
	u64_stats_update_end(&stats->syncp);
}

static inline void vsw_count_drop(struct vsw_port *port, enum vsw_drop_reason reason)
{
	struct vsw_port_stats *stats = this_cpu_ptr(port->stats);

	u64_stats_update_begin(&stats->syncp);
	u64_stats_inc(&stats->drops[reason]);
	u64_stats_update_end(&stats->syncp);
}

#endif
