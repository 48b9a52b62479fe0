// SPDX-License-Identifier: GPL-2.0
/*
 * What ethtool -i and -S show of a switch.
 */
#include <linux/ethtool.h>

#include "core/switch.h"
#include "path/drop.h"

static const char counter_names[][ETH_GSTRING_LEN] = {
	"rx_packets", "rx_bytes", "tx_packets", "tx_bytes", "copied", "passed", "punted",
};

/* There is no frame with the reason "unspec". */
#define N_REASONS	(VSW_DROPS - 1)
#define N_STATS		(ARRAY_SIZE(counter_names) + N_REASONS)

static void get_drvinfo(struct net_device *dev, struct ethtool_drvinfo *info)
{
	strscpy(info->driver, VSW_KIND, sizeof(info->driver));
	strscpy(info->version, VSW_VERSION, sizeof(info->version));
	strscpy(info->fw_version, "none", sizeof(info->fw_version));
	strscpy(info->bus_info, "none", sizeof(info->bus_info));
}

static int get_sset_count(struct net_device *dev, int sset)
{
	return sset == ETH_SS_STATS ? N_STATS : -EOPNOTSUPP;
}

static void get_strings(struct net_device *dev, u32 sset, u8 *data)
{
	int reason;

	if (sset != ETH_SS_STATS)
		return;
	memcpy(data, counter_names, sizeof(counter_names));
	data += sizeof(counter_names);
	for (reason = 1; reason < VSW_DROPS; reason++)
		ethtool_sprintf(&data, "drop_%s", vsw_drop_reason_names[reason]);
}

static void get_ethtool_stats(struct net_device *dev, struct ethtool_stats *stats,
			      u64 *data)
{
	struct vsw_port_counters sum = {};

	vsw_switch_sum(netdev_priv(dev), &sum);
	*data++ = sum.rx_packets;
	*data++ = sum.rx_bytes;
	*data++ = sum.tx_packets;
	*data++ = sum.tx_bytes;
	*data++ = sum.copied;
	*data++ = sum.passed;
	*data++ = sum.punted;
	memcpy(data, sum.drops + 1, N_REASONS * sizeof(*data));
}

const struct ethtool_ops vsw_ethtool_ops = {
	.get_drvinfo = get_drvinfo,
	.get_link = ethtool_op_get_link,
	.get_sset_count = get_sset_count,
	.get_strings = get_strings,
	.get_ethtool_stats = get_ethtool_stats,
};
