/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Parse: from a frame to its key.
 */
#ifndef VSW_PATH_PARSE_H
#define VSW_PATH_PARSE_H

#include <linux/types.h>
#include <linux/vsw.h>

#include "tables/layout.h"

struct sk_buff;
struct vsw_pkt;

enum vsw_drop_reason vsw_parse(struct vsw_pkt *pkt, enum vsw_depth depth);
int vsw_nd_find_option(const struct sk_buff *skb, int ofs, int end, u8 type);

#endif
