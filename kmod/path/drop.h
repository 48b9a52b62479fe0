/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Drop: where frames end that go nowhere, with one reason each.
 */
#ifndef VSW_PATH_DROP_H
#define VSW_PATH_DROP_H

#include <linux/skbuff.h>
#include <linux/vsw.h>

struct vsw_port;

extern const char *const vsw_drop_reason_names[VSW_DROP_REASON_MAX + 1];

void vsw_drop(struct vsw_port *port, struct sk_buff *skb, enum vsw_drop_reason reason);

#endif
