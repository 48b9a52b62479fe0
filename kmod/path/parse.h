/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Parse: from a frame to its key.
 */
#ifndef VSW_PATH_PARSE_H
#define VSW_PATH_PARSE_H

#include <linux/vsw.h>

struct vsw_pkt;

enum vsw_drop_reason vsw_parse(struct vsw_pkt *pkt);

#endif
