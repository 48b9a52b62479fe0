/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Wire: headers that the kernel has no structure for, shared by those who read
 * and those who write them.
 */
#ifndef VSW_PATH_WIRE_H
#define VSW_PATH_WIRE_H

#include <linux/if_arp.h>
#include <linux/if_ether.h>
#include <net/ndisc.h>

/* The key's eth_type of frames that carry a length instead of a type. */
#define VSW_ETH_TYPE_NONE	0x05ff

/**
 * struct vsw_arp - ARP for IPv4 on Ethernet
 * @hrd: hardware type
 * @pro: protocol type
 * @hln: length of a hardware address
 * @pln: length of a protocol address
 * @op: opcode
 * @sha: sender hardware address
 * @spa: sender protocol address
 * @tha: target hardware address
 * @tpa: target protocol address
 */
struct vsw_arp {
	__be16 hrd;
	__be16 pro;
	u8 hln;
	u8 pln;
	__be16 op;
	u8 sha[ETH_ALEN];
	__be32 spa;
	u8 tha[ETH_ALEN];
	__be32 tpa;
} __packed;

static inline bool vsw_arp_is_ipv4(const struct vsw_arp *arp)
{
	return arp->hrd == htons(ARPHRD_ETHER) && arp->pro == htons(ETH_P_IP) &&
	       arp->hln == ETH_ALEN && arp->pln == sizeof(arp->spa);
}

static inline bool vsw_icmp6_is_nd(u8 type)
{
	return type == NDISC_NEIGHBOUR_SOLICITATION ||
	       type == NDISC_NEIGHBOUR_ADVERTISEMENT;
}

#endif
