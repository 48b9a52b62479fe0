/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Tracepoints of the path.
 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM vsw

#if !defined(VSW_PATH_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define VSW_PATH_TRACE_H

#include <linux/tracepoint.h>

#include "core/switch.h"
#include "path/drop.h"

TRACE_EVENT(vsw_drop,
	    TP_PROTO(const struct sk_buff *skb, const struct vsw_port *port,
		     enum vsw_drop_reason reason),

	    TP_ARGS(skb, port, reason),

	    TP_STRUCT__entry(__array(char, sw, IFNAMSIZ)
			     __array(char, port, IFNAMSIZ)
			     __array(char, why, 20)
			     __field(const void *, skbaddr)
			     __field(unsigned int, len)
			     __field(u32, port_no)
			     __field(u8, reason)),

	    TP_fast_assign(strscpy(__entry->sw, port->sw->dev->name, IFNAMSIZ);
			   strscpy(__entry->port, vsw_port_name(port), IFNAMSIZ);
			   strscpy(__entry->why, vsw_drop_reason_names[reason], 20);
			   __entry->skbaddr = skb;
			   __entry->len = skb ? skb->len : 0;
			   __entry->port_no = port->no;
			   __entry->reason = reason;),

	    TP_printk("switch=%s port=%s port_no=%u skbaddr=%p len=%u reason=%s",
		      __entry->sw, __entry->port, __entry->port_no,
		      __entry->skbaddr, __entry->len, __entry->why)
);

#endif

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH path
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
