/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What ip(8) expects of a plug-in for a kind of link, and what it offers to
 * one. There is no header for this; it has been stable since iproute2 4.17,
 * only that functions that print have got a return value since.
 */
#ifndef VSWCTL_LINK_UTIL_H
#define VSWCTL_LINK_UTIL_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct nlmsghdr;
struct rtattr;

/**
 * struct link_util - a kind of link; the plug-in exports it as KIND_link_util
 * @next: for ip(8)
 * @id: the kind
 * @maxattr: greatest attribute of the data of the kind
 * @parse_opt: adds attributes for the words of "ip link add|set ... type KIND"
 * @print_opt: prints the attributes; they are NULL if there are none
 * @print_xstats: not used
 * @print_help: prints the words that @parse_opt takes
 * @parse_ifla_xstats: not used
 * @print_ifla_xstats: not used
 */
struct link_util {
	struct link_util *next;
	const char *id;
	int maxattr;
	int (*parse_opt)(struct link_util *lu, int argc, char **argv,
			 struct nlmsghdr *hdr);
	void (*print_opt)(struct link_util *lu, FILE *f, struct rtattr *tb[]);
	void (*print_xstats)(struct link_util *lu, FILE *f, struct rtattr *attr);
	void (*print_help)(struct link_util *lu, int argc, char **argv, FILE *f);
	int (*parse_ifla_xstats)(struct link_util *lu, int argc, char **argv);
	int (*print_ifla_xstats)(struct nlmsghdr *hdr, void *arg);
};

/* Where a value is printed */
enum { LINK_PRINT_TEXT = 1, LINK_PRINT_JSON = 2, LINK_PRINT_ANY = 4 };

/* The colour that is none */
enum { LINK_COLOR_NONE = 6 };

int print_color_uint(int type, int color, const char *key, const char *format,
		     unsigned int value);
int print_color_0xhex(int type, int color, const char *key, const char *format,
		      unsigned long long value);
int print_color_string(int type, int color, const char *key, const char *format,
		       const char *value);
int print_color_on_off(int type, int color, const char *key, const char *format,
		       bool value);
void open_json_array(int type, const char *key);
void close_json_array(int type, const char *text);
void open_json_object(const char *key);
void close_json_object(void);
int addattr_l(struct nlmsghdr *hdr, int maxlen, int type, const void *data, int len);

#endif
