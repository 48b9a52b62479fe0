/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Keys and matches for tests, made without the code under test.
 */
#ifndef VSW_TESTS_WANT_H
#define VSW_TESTS_WANT_H

#include <linux/kernel.h>

#include "tables/key.h"

/* Writes an integer to a field; what is above 64 bits is 0. */
static inline void field_put(struct vsw_key *key, u8 field, u64 value)
{
	const struct vsw_field *f = &vsw_fields[field];
	u8 *bytes = (u8 *)key + f->offset;
	u32 value32 = value;
	int i;

	if (f->host_order) {
		memcpy(bytes, f->len == 8 ? (void *)&value : (void *)&value32, f->len);
		return;
	}
	memset(bytes, 0, f->len);
	for (i = 0; i < min_t(int, f->len, 8); i++)
		bytes[f->len - 1 - i] = value >> 8 * i;
}

/* Adds a field to a match. Not inlined: keys are large for a stack. */
static noinline __maybe_unused void want_masked(struct vsw_match *match, u8 field,
						u64 value, u64 mask)
{
	struct vsw_key v = {}, m = {};
	int i;

	field_put(&v, field, value);
	field_put(&m, field, mask);
	for (i = 0; i < VSW_KEY_WORDS; i++) {
		match->value.w[i] |= v.w[i];
		match->mask.w[i] |= m.w[i];
	}
}

static inline void want(struct vsw_match *match, u8 field, u64 value)
{
	int bits = min_t(int, vsw_fields[field].bits, 64);

	want_masked(match, field, value, U64_MAX >> (64 - bits));
}

#endif
