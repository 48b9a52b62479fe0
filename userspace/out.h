/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Output: one call prints one key, as text or as JSON.
 */
#ifndef VSWCTL_OUT_H
#define VSWCTL_OUT_H

#include <stdbool.h>
#include <stdint.h>

struct json_object;

#define VSW_OUT_DEPTH	8

/**
 * struct vsw_out - how and where to print
 * @json: print JSON instead of text
 * @pretty: indent the JSON
 * @details: text with all settings
 * @stats: text with counters
 * @timestamp: monitor prints when an event came
 * @monitor: these are events, the text names the switch of everything
 * @stack: open JSON objects and arrays, the innermost last
 * @depth: number of them
 *
 * A label is what stands before a value in the text; a value without a label
 * is not in the text, one without a key not in the JSON.
 */
struct vsw_out {
	bool json;
	bool pretty;
	bool details;
	bool stats;
	bool timestamp;
	bool monitor;
	struct json_object *stack[VSW_OUT_DEPTH];
	unsigned int depth;
};

void vsw_out_object(struct vsw_out *out, const char *key);
void vsw_out_array(struct vsw_out *out, const char *key);
void vsw_out_end(struct vsw_out *out);
void vsw_out_text(struct vsw_out *out, const char *text);
void vsw_out_number(struct vsw_out *out, const char *key, const char *label,
		    uint64_t value);
void vsw_out_hex(struct vsw_out *out, const char *key, const char *label,
		 uint64_t value);
void vsw_out_string(struct vsw_out *out, const char *key, const char *label,
		    const char *value);
void vsw_out_bool(struct vsw_out *out, const char *key, const char *label,
		  bool value);
void vsw_out_seconds(struct vsw_out *out, const char *key, const char *label,
		     uint64_t msecs);

#endif
