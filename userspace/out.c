// SPDX-License-Identifier: GPL-2.0
/*
 * Output as text or JSON.
 */
#include "out.h"

#include <stdio.h>
#include <json-c/json.h>

static void add(struct vsw_out *out, const char *key, struct json_object *value)
{
	struct json_object *parent;

	if (!out->depth)
		return;
	parent = out->stack[out->depth - 1];
	if (json_object_is_type(parent, json_type_array))
		json_object_array_add(parent, value);
	else
		json_object_object_add(parent, key, value);
}

static void push(struct vsw_out *out, const char *key, struct json_object *value)
{
	if (!out->json || out->depth == VSW_OUT_DEPTH) {
		json_object_put(value);
		return;
	}
	add(out, key, value);
	out->stack[out->depth++] = value;
}

/**
 * vsw_out_object - begin an object
 * @out: output
 * @key: its key, if it stands in an object
 *
 * Context: vsw_out_end() ends it.
 */
void vsw_out_object(struct vsw_out *out, const char *key)
{
	push(out, key, json_object_new_object());
}

/**
 * vsw_out_array - begin an array
 * @out: output
 * @key: its key, if it stands in an object
 *
 * Context: vsw_out_end() ends it.
 */
void vsw_out_array(struct vsw_out *out, const char *key)
{
	push(out, key, json_object_new_array());
}

/**
 * vsw_out_end - end the innermost object or array
 * @out: output
 *
 * Context: the end of the outermost prints the JSON on a line.
 */
void vsw_out_end(struct vsw_out *out)
{
	int flags = JSON_C_TO_STRING_NOSLASHESCAPE;
	struct json_object *value;

	if (!out->depth || --out->depth)
		return;
	value = out->stack[0];
	if (out->pretty)
		flags |= JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED;
	puts(json_object_to_json_string_ext(value, flags));
	json_object_put(value);
}

/**
 * vsw_out_text - print to the text only
 * @out: output
 * @text: what to print
 *
 * Context: any.
 */
void vsw_out_text(struct vsw_out *out, const char *text)
{
	if (!out->json)
		fputs(text, stdout);
}

/**
 * vsw_out_number - print a number
 * @out: output
 * @key: of the JSON
 * @label: of the text
 * @value: the number
 *
 * Context: any.
 */
void vsw_out_number(struct vsw_out *out, const char *key, const char *label,
		    uint64_t value)
{
	if (out->json && key)
		add(out, key, json_object_new_uint64(value));
	else if (!out->json && label)
		printf("%s%llu", label, (unsigned long long)value);
}

/**
 * vsw_out_hex - print a number, in hexadecimal in the text
 * @out: output
 * @key: of the JSON
 * @label: of the text
 * @value: the number
 *
 * Context: any.
 */
void vsw_out_hex(struct vsw_out *out, const char *key, const char *label,
		 uint64_t value)
{
	if (out->json)
		vsw_out_number(out, key, label, value);
	else if (label)
		printf("%s0x%llx", label, (unsigned long long)value);
}

/**
 * vsw_out_string - print a string
 * @out: output
 * @key: of the JSON
 * @label: of the text
 * @value: the string
 *
 * Context: any.
 */
void vsw_out_string(struct vsw_out *out, const char *key, const char *label,
		    const char *value)
{
	if (out->json && key)
		add(out, key, json_object_new_string(value));
	else if (!out->json && label)
		printf("%s%s", label, value);
}

/**
 * vsw_out_bool - print a truth value, on or off in the text
 * @out: output
 * @key: of the JSON
 * @label: of the text
 * @value: the value
 *
 * Context: any.
 */
void vsw_out_bool(struct vsw_out *out, const char *key, const char *label,
		  bool value)
{
	if (out->json && key)
		add(out, key, json_object_new_boolean(value));
	else if (!out->json && label)
		printf("%s%s", label, value ? "on" : "off");
}

/**
 * vsw_out_seconds - print a time: milliseconds in JSON, seconds in the text
 * @out: output
 * @key: of the JSON
 * @label: of the text
 * @msecs: the time
 *
 * Context: any.
 */
void vsw_out_seconds(struct vsw_out *out, const char *key, const char *label,
		     uint64_t msecs)
{
	if (out->json)
		vsw_out_number(out, key, label, msecs);
	else if (label)
		printf("%s%llu.%03llu", label, (unsigned long long)msecs / 1000,
		       (unsigned long long)msecs % 1000);
}
