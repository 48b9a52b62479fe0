/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What several commands share.
 */
#ifndef VSWCTL_COMMON_H
#define VSWCTL_COMMON_H

#include "cmd.h"

/**
 * enum vsw_setting_type - how a setting is written
 * @VSW_SETTING_NUMBER: as a decimal number
 * @VSW_SETTING_HEX: shown in hexadecimal
 * @VSW_SETTING_ON_OFF: as on or off
 * @VSW_SETTING_ENUM: as one of some words
 */
enum vsw_setting_type {
	VSW_SETTING_NUMBER,
	VSW_SETTING_HEX,
	VSW_SETTING_ON_OFF,
	VSW_SETTING_ENUM,
};

/**
 * struct vsw_setting - a keyword and the attribute it stands for
 * @word: the keyword
 * @key: JSON key
 * @attr: attribute
 * @len: bytes of the attribute
 * @type: how it is written
 * @min: the least number
 * @max: the greatest number
 * @names: words of an enum
 * @n_names: number of them
 * @typed: words that can be typed, in the places of @names; NULL if all can
 * @usual: value that text output leaves out, unless there are details
 * @has_usual: there is such a value
 */
struct vsw_setting {
	const char *word;
	const char *key;
	int attr;
	unsigned int len;
	enum vsw_setting_type type;
	uint64_t min;
	uint64_t max;
	const char *const *names;
	unsigned int n_names;
	const char *const *typed;
	uint64_t usual;
	bool has_usual;
};

const struct vsw_setting *vsw_setting_take(struct vsw_args *args,
					   const struct vsw_setting *settings,
					   unsigned int n);
int vsw_setting_parse(struct vsw_args *args, const struct vsw_setting *setting,
		      struct vsw_req *req);
void vsw_setting_print(struct vsw_out *out, const struct vsw_setting *setting,
		       const struct nlattr *attr);
int vsw_usage_settings(const struct vsw_tok *tok, const struct vsw_setting *settings,
		       unsigned int n, const char *others);

/* Settings to the end of the arguments, no others. */
int vsw_settings_parse(struct vsw_args *args, const struct vsw_setting *settings,
		       unsigned int n, struct vsw_req *req);

int vsw_req_put_switch(struct vsw_req *req, struct vsw_args *args, int type);
int vsw_req_put_port(struct vsw_req *req, struct vsw_args *args, int no_type,
		     int name_type);
int vsw_show(struct vsw_ctl *ctl, struct vsw_req *req, bool dump,
	     void (*print)(struct vsw_out *out, const struct nlmsghdr *hdr));
int vsw_send(struct vsw_ctl *ctl, struct vsw_req *req);

void vsw_stats_print(struct vsw_out *out, const char *label,
		     const struct nlattr *attr);
void vsw_mac_print(struct vsw_out *out, const char *key, const char *label,
		   const struct nlattr *attr);
void vsw_port_no_print(struct vsw_out *out, const char *key, const char *label,
		       const struct nlattr *attr);

#endif
