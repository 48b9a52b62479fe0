// SPDX-License-Identifier: GPL-2.0
/*
 * A plug-in for ip(8): it prints and sets what is special to switches and
 * their ports.
 */
#include "link_util.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/vsw.h>

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))

/* ip(8) keeps this much room for a request */
#define REQUEST_MAX	1024

#define VID_MAX		4094

struct link_util vsw_link_util;
struct link_util vsw_slave_link_util;

enum type { NUMBER, HEX, ON_OFF, MODE, TRUNKS };

/**
 * struct setting - a keyword and its attribute
 * @word: the keyword, also the JSON key unless there is @key
 * @key: JSON key
 * @attr: attribute
 * @len: bytes of the attribute
 * @type: how it is written
 * @read_only: shown, cannot be set
 */
struct setting {
	const char *word;
	const char *key;
	int attr;
	unsigned int len;
	enum type type;
	bool read_only;
};

static const struct setting switch_settings[] = {
	{ "ageing", NULL, VSW_A_SWITCH_AGEING, 4, NUMBER, false },
	{ "group_fwd_mask", NULL, VSW_A_SWITCH_GROUP_FWD_MASK, 2, HEX, false },
	{ "ports_max", NULL, VSW_A_SWITCH_PORTS_MAX, 4, NUMBER, false },
	{ "flows_max", NULL, VSW_A_SWITCH_FLOWS_MAX, 4, NUMBER, false },
	{ "fdb_max", NULL, VSW_A_SWITCH_FDB_MAX, 4, NUMBER, false },
	{ "ports", NULL, VSW_A_SWITCH_PORTS, 4, NUMBER, true },
	{ "flows", NULL, VSW_A_SWITCH_FLOWS, 4, NUMBER, true },
	{ "fdb_entries", NULL, VSW_A_SWITCH_FDB_ENTRIES, 4, NUMBER, true },
};

static const struct setting port_settings[] = {
	{ "number", "port_no", VSW_A_PORT_PORT_NO, 4, NUMBER, true },
	{ "learning", NULL, VSW_A_PORT_LEARNING, 1, ON_OFF, false },
	{ "flood", NULL, VSW_A_PORT_FLOOD, 1, ON_OFF, false },
	{ "mcast_flood", NULL, VSW_A_PORT_MCAST_FLOOD, 1, ON_OFF, false },
	{ "bcast_flood", NULL, VSW_A_PORT_BCAST_FLOOD, 1, ON_OFF, false },
	{ "isolated", NULL, VSW_A_PORT_ISOLATED, 1, ON_OFF, false },
	{ "hairpin", NULL, VSW_A_PORT_HAIRPIN, 1, ON_OFF, false },
	{ "peer_delivery", NULL, VSW_A_PORT_PEER_DELIVERY, 1, ON_OFF, false },
	{ "vlan_mode", NULL, VSW_A_PORT_VLAN_MODE, 4, MODE, false },
	{ "tag", "vlan_tag", VSW_A_PORT_VLAN_TAG, 2, NUMBER, false },
	{ "trunks", "vlan_trunk", VSW_A_PORT_VLAN_TRUNK, 0, TRUNKS, false },
	{ "fdb_max", NULL, VSW_A_PORT_FDB_MAX, 4, NUMBER, false },
	{ "punt_rate", NULL, VSW_A_PORT_PUNT_RATE, 4, NUMBER, false },
	{ "punt_burst", NULL, VSW_A_PORT_PUNT_BURST, 4, NUMBER, false },
	{ "neigh_suppress", NULL, VSW_A_PORT_NEIGH_SUPPRESS, 1, ON_OFF, false },
	{ "proxy_arp", NULL, VSW_A_PORT_PROXY_ARP, 1, ON_OFF, false },
	{ "fdb_entries", NULL, VSW_A_PORT_FDB_ENTRIES, 4, NUMBER, true },
};

static const char *const modes[] = {
	[VSW_VLAN_MODE_TRUNK] = "trunk",
	[VSW_VLAN_MODE_ACCESS] = "access",
	[VSW_VLAN_MODE_NATIVE_TAGGED] = "native-tagged",
	[VSW_VLAN_MODE_NATIVE_UNTAGGED] = "native-untagged",
};

static uint32_t read_number(const struct rtattr *attr)
{
	uint32_t v32 = 0;
	uint16_t v16 = 0;

	switch (RTA_PAYLOAD(attr)) {
	case 4:
		memcpy(&v32, RTA_DATA(attr), 4);
		return v32;
	case 2:
		memcpy(&v16, RTA_DATA(attr), 2);
		return v16;
	case 1:
		return *(uint8_t *)RTA_DATA(attr);
	}
	return 0;
}

static void print_setting(const struct setting *s, uint32_t value)
{
	const char *key = s->key ? s->key : s->word;

	print_color_string(LINK_PRINT_TEXT, LINK_COLOR_NONE, NULL, "%s ", s->word);
	if (s->type == HEX)
		print_color_0xhex(LINK_PRINT_ANY, LINK_COLOR_NONE, key, "%#llx ", value);
	else if (s->type == ON_OFF)
		print_color_on_off(LINK_PRINT_ANY, LINK_COLOR_NONE, key, "%s ", value);
	else if (s->type == MODE && value < ARRAY_SIZE(modes))
		print_color_string(LINK_PRINT_ANY, LINK_COLOR_NONE, key, "%s ",
				   modes[value]);
	else
		print_color_uint(LINK_PRINT_ANY, LINK_COLOR_NONE, key, "%u ", value);
}

static void print_settings(const struct setting *settings, unsigned int n,
			   struct rtattr *tb[])
{
	unsigned int i;

	for (i = 0; i < n; i++)
		if (tb[settings[i].attr] && settings[i].type != TRUNKS)
			print_setting(&settings[i], read_number(tb[settings[i].attr]));
}

static void print_switch(struct link_util *lu __attribute__((unused)),
			 FILE *f __attribute__((unused)), struct rtattr *tb[])
{
	if (tb)
		print_settings(switch_settings, ARRAY_SIZE(switch_settings), tb);
}

static void print_range(const struct rtattr *nest, const char *separator)
{
	struct rtattr *attr = RTA_DATA(nest);
	int len = RTA_PAYLOAD(nest);
	uint32_t first = 0, last = 0;

	for (; RTA_OK(attr, len); attr = RTA_NEXT(attr, len)) {
		if (attr->rta_type == VSW_A_VLAN_RANGE_FIRST)
			first = read_number(attr);
		if (attr->rta_type == VSW_A_VLAN_RANGE_LAST)
			last = read_number(attr);
	}
	open_json_object(NULL);
	print_color_string(LINK_PRINT_TEXT, LINK_COLOR_NONE, NULL, "%s", separator);
	print_color_uint(LINK_PRINT_ANY, LINK_COLOR_NONE, "first", "%u", first);
	print_color_uint(LINK_PRINT_JSON, LINK_COLOR_NONE, "last", NULL, last);
	if (last != first)
		print_color_uint(LINK_PRINT_TEXT, LINK_COLOR_NONE, NULL, "-%u", last);
	close_json_object();
}

/*
 * ip(8) hands out only the first attribute of each type, the other ranges stand
 * behind it in the nest. The nest's header stands before its first attribute.
 */
static struct rtattr *find_nest(struct rtattr *tb[])
{
	char *low = NULL, *high = NULL;
	struct rtattr *nest;
	int i;

	for (i = 0; i <= VSW_A_PORT_MAX; i++) {
		if (!tb[i])
			continue;
		if (!low || (char *)tb[i] < low)
			low = (char *)tb[i];
		if ((char *)tb[i] > high)
			high = (char *)tb[i];
	}
	nest = (struct rtattr *)(low - RTA_LENGTH(0));
	if ((nest->rta_type & NLA_TYPE_MASK) != IFLA_INFO_SLAVE_DATA ||
	    (char *)nest + nest->rta_len <= high)
		return NULL;
	return nest;
}

static void print_ranges(struct rtattr *tb[])
{
	struct rtattr *nest = find_nest(tb);
	const char *separator = "trunks ";
	struct rtattr *attr;
	int len;

	if (!nest) {
		print_range(tb[VSW_A_PORT_VLAN_TRUNK], separator);
		return;
	}
	len = RTA_PAYLOAD(nest);
	for (attr = RTA_DATA(nest); RTA_OK(attr, len); attr = RTA_NEXT(attr, len)) {
		if ((attr->rta_type & NLA_TYPE_MASK) != VSW_A_PORT_VLAN_TRUNK)
			continue;
		print_range(attr, separator);
		separator = ",";
	}
}

static void print_trunks(struct rtattr *tb[])
{
	if (!tb[VSW_A_PORT_VLAN_TRUNK])
		return;
	open_json_array(LINK_PRINT_JSON, "vlan_trunk");
	print_ranges(tb);
	close_json_array(LINK_PRINT_JSON, NULL);
	print_color_string(LINK_PRINT_TEXT, LINK_COLOR_NONE, NULL, "%s", " ");
}

static void print_port(struct link_util *lu __attribute__((unused)),
		       FILE *f __attribute__((unused)), struct rtattr *tb[])
{
	if (!tb)
		return;
	print_settings(port_settings, ARRAY_SIZE(port_settings), tb);
	print_trunks(tb);
}

static bool parse_mode(const char *word, uint32_t *value)
{
	for (*value = 0; *value < ARRAY_SIZE(modes); ++*value)
		if (!strcmp(word, modes[*value]))
			return true;
	return false;
}

static bool parse_value(const struct setting *s, const char *word, uint32_t *value)
{
	unsigned long long number;
	char *end;

	if (s->type == MODE)
		return parse_mode(word, value);
	if (s->type == ON_OFF) {
		*value = !strcmp(word, "on");
		return *value || !strcmp(word, "off");
	}
	errno = 0;
	number = strtoull(word, &end, strncmp(word, "0x", 2) ? 10 : 16);
	*value = number;
	return *word >= '0' && *word <= '9' && !*end && !errno &&
	       !(number >> (8 * s->len));
}

static void put(struct nlmsghdr *hdr, const struct setting *s, uint32_t value)
{
	uint16_t v16 = value;
	uint8_t v8 = value;

	if (s->len == 4)
		addattr_l(hdr, REQUEST_MAX, s->attr, &value, 4);
	else if (s->len == 2)
		addattr_l(hdr, REQUEST_MAX, s->attr, &v16, 2);
	else
		addattr_l(hdr, REQUEST_MAX, s->attr, &v8, 1);
}

static bool parse_vid(const char **text, uint16_t *vid)
{
	unsigned long number;
	char *end;

	if (**text < '0' || **text > '9')
		return false;
	number = strtoul(*text, &end, 10);
	*text = end;
	*vid = number;
	return number <= VID_MAX;
}

static bool put_range(struct nlmsghdr *hdr, uint16_t first, uint16_t last)
{
	char *nest = (char *)hdr + NLMSG_ALIGN(hdr->nlmsg_len);

	if (addattr_l(hdr, REQUEST_MAX, VSW_A_PORT_VLAN_TRUNK | NLA_F_NESTED, NULL, 0) ||
	    addattr_l(hdr, REQUEST_MAX, VSW_A_VLAN_RANGE_FIRST, &first, sizeof(first)) ||
	    addattr_l(hdr, REQUEST_MAX, VSW_A_VLAN_RANGE_LAST, &last, sizeof(last)))
		return false;
	((struct rtattr *)nest)->rta_len = (char *)hdr + hdr->nlmsg_len - nest;
	return true;
}

/* A list like "10,20-29". All VLANs are what vlan_mode without a list means. */
static bool put_trunks(struct nlmsghdr *hdr, const char *text)
{
	uint16_t first, last;

	for (;;) {
		if (!parse_vid(&text, &first))
			return false;
		last = first;
		if (*text == '-' && (text++, !parse_vid(&text, &last)))
			return false;
		if (last < first || !put_range(hdr, first, last))
			return false;
		if (!*text)
			return true;
		if (*text++ != ',')
			return false;
	}
}

static bool put_value(struct nlmsghdr *hdr, const struct setting *s, const char *word)
{
	uint32_t value;

	if (s->type == TRUNKS)
		return put_trunks(hdr, word);
	if (!parse_value(s, word, &value))
		return false;
	put(hdr, s, value);
	return true;
}

static const struct setting *find(const struct setting *settings, unsigned int n,
				  const char *word)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		if (!settings[i].read_only && !strcmp(settings[i].word, word))
			return &settings[i];
	return NULL;
}

static void help(const struct setting *settings, unsigned int n, const char *kind,
		 FILE *f)
{
	static const char *const values[] = {
		[NUMBER] = "N", [HEX] = "MASK", [ON_OFF] = "on|off",
		[MODE] = "trunk|access|native-tagged|native-untagged",
		[TRUNKS] = "VID[-VID][,...]",
	};
	unsigned int i;

	fprintf(f, "Usage: ... %s", kind);
	for (i = 0; i < n; i++)
		if (!settings[i].read_only)
			fprintf(f, " [ %s %s ]", settings[i].word,
				values[settings[i].type]);
	fputc('\n', f);
}

static int parse(const struct setting *settings, unsigned int n, const char *kind,
		 int argc, char **argv, struct nlmsghdr *hdr)
{
	const struct setting *s;

	for (; argc > 0; argc -= 2, argv += 2) {
		s = find(settings, n, argv[0]);
		if (!s) {
			if (strcmp(argv[0], "help"))
				fprintf(stderr, "%s: unknown option \"%s\"\n", kind, argv[0]);
			help(settings, n, kind, stderr);
			return -1;
		}
		if (argc < 2 || !put_value(hdr, s, argv[1])) {
			fprintf(stderr, "%s: wrong value of \"%s\"\n", kind, argv[0]);
			return -1;
		}
	}
	return 0;
}

static int parse_switch(struct link_util *lu, int argc, char **argv,
			struct nlmsghdr *hdr)
{
	return parse(switch_settings, ARRAY_SIZE(switch_settings), lu->id, argc, argv,
		     hdr);
}

static int parse_port(struct link_util *lu, int argc, char **argv,
		      struct nlmsghdr *hdr)
{
	return parse(port_settings, ARRAY_SIZE(port_settings), lu->id, argc, argv, hdr);
}

static void help_switch(struct link_util *lu, int argc __attribute__((unused)),
			char **argv __attribute__((unused)), FILE *f)
{
	help(switch_settings, ARRAY_SIZE(switch_settings), lu->id, f);
}

static void help_port(struct link_util *lu, int argc __attribute__((unused)),
		      char **argv __attribute__((unused)), FILE *f)
{
	help(port_settings, ARRAY_SIZE(port_settings), lu->id, f);
}

struct link_util vsw_link_util = {
	.id = "vsw",
	.maxattr = VSW_A_SWITCH_MAX,
	.parse_opt = parse_switch,
	.print_opt = print_switch,
	.print_help = help_switch,
};

struct link_util vsw_slave_link_util = {
	.id = "vsw_slave",
	.maxattr = VSW_A_PORT_MAX,
	.parse_opt = parse_port,
	.print_opt = print_port,
	.print_help = help_port,
};
