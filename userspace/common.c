// SPDX-License-Identifier: GPL-2.0
/*
 * What several commands share: settings, names, counters.
 */
#include "common.h"

#include <errno.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>

#include <linux/vsw.h>

static const char *const reason_names[] = {
	[VSW_DROP_REASON_UNSPEC] = "unspec",
	[VSW_DROP_REASON_NO_MEMORY] = "no-memory",
	[VSW_DROP_REASON_SWITCH_DOWN] = "switch-down",
	[VSW_DROP_REASON_PORT_DOWN] = "port-down",
	[VSW_DROP_REASON_PORT_GONE] = "port-gone",
	[VSW_DROP_REASON_MALFORMED] = "malformed",
	[VSW_DROP_REASON_FLOW] = "flow",
	[VSW_DROP_REASON_TABLE_MISS] = "table-miss",
	[VSW_DROP_REASON_VLAN_INGRESS] = "vlan-ingress",
	[VSW_DROP_REASON_VLAN_EGRESS] = "vlan-egress",
	[VSW_DROP_REASON_ISOLATED] = "isolated",
	[VSW_DROP_REASON_HAIRPIN] = "hairpin",
	[VSW_DROP_REASON_NO_DESTINATION] = "no-destination",
	[VSW_DROP_REASON_SOURCE_ADDRESS] = "source-address",
	[VSW_DROP_REASON_STICKY] = "sticky",
	[VSW_DROP_REASON_TTL] = "ttl",
	[VSW_DROP_REASON_MTU] = "mtu",
	[VSW_DROP_REASON_OFFLOAD] = "offload",
	[VSW_DROP_REASON_RECURSION] = "recursion",
	[VSW_DROP_REASON_TOO_MANY_ACTIONS] = "too-many-actions",
	[VSW_DROP_REASON_RESERVED_ADDRESS] = "reserved-address",
	[VSW_DROP_REASON_HEADERS] = "headers",
	[VSW_DROP_REASON_PUNT_NO_LISTENER] = "punt-no-listener",
	[VSW_DROP_REASON_PUNT_RATE] = "punt-rate",
	[VSW_DROP_REASON_PUNT_QUEUE_FULL] = "punt-queue-full",
	[VSW_DROP_REASON_PUNT_SOCKET_FULL] = "punt-socket-full",
	[VSW_DROP_REASON_NO_ROUTE] = "no-route",
	[VSW_DROP_REASON_NEIGH_QUEUE] = "neigh-queue",
	[VSW_DROP_REASON_NEIGH_GONE] = "neigh-gone",
	[VSW_DROP_REASON_ROUTER_HOST] = "router-host",
	[VSW_DROP_REASON_ROUTER_ADDRESS] = "router-address",
	[VSW_DROP_REASON_NOT_IP] = "not-ip",
	[VSW_DROP_REASON_NO_REMOTE] = "no-remote",
	[VSW_DROP_REASON_TUNNEL_KEY] = "tunnel-key",
	[VSW_DROP_REASON_NO_VNI] = "no-vni",
};

/**
 * vsw_setting_take - take the next word if it is a keyword of a setting
 * @args: words
 * @settings: the settings
 * @n: number of them
 *
 * Context: any.
 * Return: the setting, or NULL
 */
const struct vsw_setting *vsw_setting_take(struct vsw_args *args,
					   const struct vsw_setting *settings,
					   unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		if (vsw_args_take(args, settings[i].word))
			return &settings[i];
	return NULL;
}

static int parse_value(const struct vsw_tok *tok, const struct vsw_setting *setting,
		       uint64_t *value)
{
	bool on;
	int err;

	switch (setting->type) {
	case VSW_SETTING_ON_OFF:
		err = vsw_tok_on_off(tok, &on);
		*value = on;
		return err;
	case VSW_SETTING_ENUM:
		return vsw_tok_enum(tok, setting->typed ? setting->typed : setting->names,
				    setting->n_names, value);
	default:
		return vsw_tok_number(tok, setting->min, setting->max, value);
	}
}

static bool is_given(const struct vsw_req *req, int attr)
{
	return nlmsg_find_attr(vsw_req_hdr(req), GENL_HDRLEN, attr);
}

/**
 * vsw_setting_parse - take the value of a setting
 * @args: words, the keyword was the last one taken
 * @setting: the setting
 * @req: where the attribute goes
 *
 * Context: prints errors; other failures show in @req->err.
 * Return: enum vsw_status
 */
int vsw_setting_parse(struct vsw_args *args, const struct vsw_setting *setting,
		      struct vsw_req *req)
{
	const struct vsw_tok *word = &args->toks[args->pos - 1];
	struct vsw_tok tok;
	uint64_t value;
	int err;

	if (is_given(req, setting->attr))
		return vsw_usage(word, "%s is given twice", setting->word);
	err = vsw_args_want(args, "a value", &tok);
	if (!err)
		err = parse_value(&tok, setting, &value);
	if (err)
		return err;
	if (setting->len == 1)
		vsw_req_put_u8(req, &tok, setting->attr, value);
	else if (setting->len == 2)
		vsw_req_put_u16(req, &tok, setting->attr, value);
	else
		vsw_req_put_u32(req, &tok, setting->attr, value);
	return VSW_OK;
}

/**
 * vsw_usage_settings - say which keywords there are
 * @tok: what stands in their place
 * @settings: the settings
 * @n: number of them
 * @others: other keywords that are accepted, or ""
 *
 * Context: prints to stderr.
 * Return: VSW_USAGE
 */
int vsw_usage_settings(const struct vsw_tok *tok, const struct vsw_setting *settings,
		       unsigned int n, const char *others)
{
	char list[512] = "";
	unsigned int i;

	for (i = 0; i < n; i++)
		snprintf(list + strlen(list), sizeof(list) - strlen(list), "%s%s",
			 i ? ", " : "", settings[i].word);
	return vsw_usage(tok, "expected one of %s%s", list, others);
}

int vsw_settings_parse(struct vsw_args *args, const struct vsw_setting *settings,
		       unsigned int n, struct vsw_req *req)
{
	const struct vsw_setting *setting;
	int err = VSW_OK;

	while (!err && vsw_args_peek(args)) {
		setting = vsw_setting_take(args, settings, n);
		if (!setting)
			return vsw_usage_settings(vsw_args_peek(args), settings, n, "");
		err = vsw_setting_parse(args, setting, req);
	}
	return err;
}

/**
 * vsw_setting_print - print a setting
 * @out: output
 * @setting: the setting
 * @attr: its attribute; nothing is printed without one
 *
 * Context: any.
 */
void vsw_setting_print(struct vsw_out *out, const struct vsw_setting *setting,
		       const struct nlattr *attr)
{
	uint64_t value = vsw_attr_number(attr);
	char label[32];

	if (!attr)
		return;
	if (!out->json && !out->details && setting->has_usual &&
	    value == setting->usual)
		return;
	snprintf(label, sizeof(label), " %s ", setting->word);
	if (setting->type == VSW_SETTING_ON_OFF)
		vsw_out_bool(out, setting->key, label, value);
	else if (setting->type == VSW_SETTING_HEX)
		vsw_out_hex(out, setting->key, label, value);
	else if (setting->type == VSW_SETTING_ENUM && value < setting->n_names)
		vsw_out_string(out, setting->key, label, setting->names[value]);
	else
		vsw_out_number(out, setting->key, label, value);
}

/**
 * vsw_req_put_switch - take the name of a switch
 * @req: where the attribute goes
 * @args: words
 * @type: the attribute
 *
 * Context: prints errors; other failures show in @req->err.
 * Return: enum vsw_status
 */
int vsw_req_put_switch(struct vsw_req *req, struct vsw_args *args, int type)
{
	char name[IFNAMSIZ];
	struct vsw_tok tok;
	int err;

	err = vsw_args_want(args, "the name of a switch", &tok);
	if (!err)
		err = vsw_tok_name(&tok, "the name of a switch", name);
	if (!err)
		vsw_req_put_string(req, &tok, type, name);
	return err;
}

/**
 * vsw_req_put_port - take a port: number, LOCAL or name
 * @req: where the attribute goes
 * @args: words
 * @no_type: the attribute of a number
 * @name_type: the attribute of a name
 *
 * Context: prints errors; other failures show in @req->err.
 * Return: enum vsw_status
 */
int vsw_req_put_port(struct vsw_req *req, struct vsw_args *args, int no_type,
		     int name_type)
{
	char name[IFNAMSIZ];
	struct vsw_tok tok;
	uint32_t port_no;
	int err;

	err = vsw_args_want(args, "a port", &tok);
	if (!err)
		err = vsw_tok_port(&tok, &port_no, name);
	if (err)
		return err;
	if (port_no)
		vsw_req_put_u32(req, &tok, no_type, port_no);
	else
		vsw_req_put_string(req, &tok, name_type, name);
	return VSW_OK;
}

/**
 * struct show - what to do with the entries of a list
 * @out: where to print
 * @print: how
 */
struct show {
	struct vsw_out *out;
	void (*print)(struct vsw_out *out, const struct nlmsghdr *hdr);
};

static int show_one(const struct nlmsghdr *hdr, void *arg)
{
	struct show *show = arg;

	vsw_out_object(show->out, NULL);
	show->print(show->out, hdr);
	vsw_out_end(show->out);
	vsw_out_text(show->out, "\n");
	return VSW_OK;
}

/**
 * vsw_show - send a request and print what comes
 * @ctl: output and connection
 * @req: request
 * @dump: it asks for a list
 * @print: prints an entry, in an object
 *
 * Context: prints errors.
 * Return: enum vsw_status
 */
int vsw_show(struct vsw_ctl *ctl, struct vsw_req *req, bool dump,
	     void (*print)(struct vsw_out *out, const struct nlmsghdr *hdr))
{
	struct show show = { &ctl->out, print };
	int err;

	vsw_out_array(&ctl->out, NULL);
	err = dump ? vsw_nl_dump(&ctl->nl, req, show_one, &show) :
		     vsw_nl_do(&ctl->nl, req, show_one, &show);
	vsw_out_end(&ctl->out);
	return err;
}

/**
 * vsw_send - send a request that has no answer
 * @ctl: connection
 * @req: request
 *
 * Context: prints errors.
 * Return: enum vsw_status
 */
int vsw_send(struct vsw_ctl *ctl, struct vsw_req *req)
{
	return vsw_nl_do(&ctl->nl, req, NULL, NULL);
}

static void print_drop(struct vsw_out *out, const struct nlattr *nest)
{
	struct nlattr *tb[VSW_A_DROP_MAX + 1];
	char label[40], key[32];
	uint64_t reason;

	vsw_attr_parse_nested(tb, VSW_A_DROP_MAX, nest);
	reason = vsw_attr_number(tb[VSW_A_DROP_REASON]);
	if (reason < ARRAY_SIZE(reason_names))
		snprintf(key, sizeof(key), "%s", reason_names[reason]);
	else
		snprintf(key, sizeof(key), "reason-%u", (unsigned int)reason);
	snprintf(label, sizeof(label), " %s ", key);
	vsw_out_number(out, key, label, vsw_attr_number(tb[VSW_A_DROP_PACKETS]));
}

static void print_drops(struct vsw_out *out, const struct nlattr *stats, bool text)
{
	struct nlattr *attr;
	bool any = false;
	int rest;

	vsw_out_object(out, "drops");
	nla_for_each_nested(attr, (struct nlattr *)stats, rest) {
		if (nla_type(attr) != VSW_A_STATS_DROP || (!text && !out->json))
			continue;
		if (!any)
			vsw_out_text(out, " drops");
		any = true;
		print_drop(out, attr);
	}
	vsw_out_end(out);
}

/**
 * vsw_stats_print - print counters
 * @out: output
 * @label: what stands before them in the text, NULL to leave them out there
 * @attr: nest of counters, may be NULL
 *
 * Context: any.
 */
void vsw_stats_print(struct vsw_out *out, const char *label,
		     const struct nlattr *attr)
{
	static const struct {
		int attr;
		const char *key;
		const char *label;
	} counters[] = {
		{ VSW_A_STATS_RX_PACKETS, "rx_packets", "rx_packets " },
		{ VSW_A_STATS_RX_BYTES, "rx_bytes", " rx_bytes " },
		{ VSW_A_STATS_TX_PACKETS, "tx_packets", " tx_packets " },
		{ VSW_A_STATS_TX_BYTES, "tx_bytes", " tx_bytes " },
		{ VSW_A_STATS_COPIED, "copied", " copied " },
		{ VSW_A_STATS_PASSED, "passed", " passed " },
		{ VSW_A_STATS_PUNTED, "punted", " punted " },
	};
	struct nlattr *tb[VSW_A_STATS_MAX + 1];
	unsigned int i;

	if (!attr)
		return;
	vsw_attr_parse_nested(tb, VSW_A_STATS_MAX, attr);
	if (label)
		vsw_out_text(out, label);
	vsw_out_object(out, "stats");
	for (i = 0; i < ARRAY_SIZE(counters); i++)
		vsw_out_number(out, counters[i].key, label ? counters[i].label : NULL,
			       vsw_attr_number(tb[counters[i].attr]));
	print_drops(out, attr, label);
	vsw_out_end(out);
}

/**
 * vsw_mac_print - print a MAC address
 * @out: output
 * @key: of the JSON
 * @label: of the text
 * @attr: the address; nothing is printed without one
 *
 * Context: any.
 */
void vsw_mac_print(struct vsw_out *out, const char *key, const char *label,
		   const struct nlattr *attr)
{
	const uint8_t *mac;
	char text[18];

	if (!attr || nla_len(attr) != 6)
		return;
	mac = nla_data(attr);
	snprintf(text, sizeof(text), "%02x:%02x:%02x:%02x:%02x:%02x", mac[0], mac[1],
		 mac[2], mac[3], mac[4], mac[5]);
	vsw_out_string(out, key, label, text);
}

/**
 * vsw_port_no_print - print the number of a port
 * @out: output
 * @key: of the JSON
 * @label: of the text
 * @attr: the number; nothing is printed without one
 *
 * Context: any.
 */
void vsw_port_no_print(struct vsw_out *out, const char *key, const char *label,
		       const struct nlattr *attr)
{
	uint64_t port_no = vsw_attr_number(attr);

	if (!attr)
		return;
	if (!out->json && port_no == VSW_PORT_LOCAL)
		vsw_out_string(out, key, label, "LOCAL");
	else
		vsw_out_number(out, key, label, port_no);
}
