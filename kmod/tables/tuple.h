/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Tuples of a classifier: which masks stand together. Under the lock.
 */
#ifndef VSW_TABLES_TUPLE_H
#define VSW_TABLES_TUPLE_H

#include "tables/classifier.h"

struct vsw_tuple *vsw_tuple_find(const struct vsw_classifier *cls, const struct vsw_key *mask);
struct vsw_tuple *vsw_tuple_choose(const struct vsw_classifier *cls,
				   const struct vsw_key *mask, const struct vsw_key *key);
int vsw_tuple_create(struct vsw_classifier *cls, const struct vsw_key *mask,
		     struct vsw_tuple **created);
void vsw_tuple_free(struct vsw_classifier *cls, struct vsw_tuple *tuple);

int vsw_tuple_add(struct vsw_classifier *cls, struct vsw_tuple *tuple, struct vsw_rule *rule);
void vsw_tuple_del(struct vsw_classifier *cls, struct vsw_tuple *tuple, struct vsw_rule *rule);

void vsw_tuple_relieve(struct vsw_classifier *cls, const struct vsw_mask *mask,
		       const struct vsw_key *key);
bool vsw_tuples_merge(struct vsw_classifier *cls);

#endif
