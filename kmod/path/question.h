/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Questions: ARP requests and neighbour solicitations, for those who answer in the
 * name of somebody else.
 */
#ifndef VSW_PATH_QUESTION_H
#define VSW_PATH_QUESTION_H

#include <linux/if_ether.h>
#include <linux/in6.h>

struct sk_buff;

/**
 * struct vsw_question - who wants to know whose link-layer address
 * @target: of whom, IPv4 as IPv4-mapped
 * @asker: who asks, likewise
 * @lladdr: link-layer address of who asks
 */
struct vsw_question {
	struct in6_addr target;
	struct in6_addr asker;
	u8 lladdr[ETH_ALEN];
};

bool vsw_question_read(const struct sk_buff *skb, struct vsw_question *q);
struct sk_buff *vsw_question_answer(const struct vsw_question *q, const u8 *lladdr,
				    bool is_router, bool overrides);

#endif
