// SPDX-License-Identifier: GPL-2.0
/*
 * Requests as text, by a table of its own: attributes with the names of the
 * specification. Wrong lengths and nests without their flag are marked with !.
 */
#include "test.h"

#include <arpa/inet.h>
#include <string.h>

#include <netlink/attr.h>
#include <netlink/genl/genl.h>

#include <linux/vsw.h>

enum kind { U8, U16, U32, U64, BE16, BE32, MAC, IPV4, IPV6, STRING, FLAG, NEST, BYTES };

struct spec {
	const char *name;
	enum kind kind;
	const struct spec *nest;
};

static const struct spec switch_set[VSW_A_SWITCH_MAX + 1] = {
	[VSW_A_SWITCH_SWITCH] = { "switch", U32, NULL },
	[VSW_A_SWITCH_SWITCH_NAME] = { "switch-name", STRING, NULL },
	[VSW_A_SWITCH_AGEING] = { "ageing", U32, NULL },
	[VSW_A_SWITCH_GROUP_FWD_MASK] = { "group-fwd-mask", U16, NULL },
	[VSW_A_SWITCH_PORTS_MAX] = { "ports-max", U32, NULL },
	[VSW_A_SWITCH_FLOWS_MAX] = { "flows-max", U32, NULL },
	[VSW_A_SWITCH_FDB_MAX] = { "fdb-max", U32, NULL },
};

static const struct spec range_set[VSW_A_VLAN_RANGE_MAX + 1] = {
	[VSW_A_VLAN_RANGE_FIRST] = { "first", U16, NULL },
	[VSW_A_VLAN_RANGE_LAST] = { "last", U16, NULL },
};

static const struct spec remote_set[VSW_A_REMOTE_MAX + 1] = {
	[VSW_A_REMOTE_ADDRESS] = { "address", IPV6, NULL },
	[VSW_A_REMOTE_VID] = { "vid", U16, NULL },
};

static const struct spec vni_set[VSW_A_VNI_RANGE_MAX + 1] = {
	[VSW_A_VNI_RANGE_FIRST] = { "first", U16, NULL },
	[VSW_A_VNI_RANGE_LAST] = { "last", U16, NULL },
	[VSW_A_VNI_RANGE_VNI] = { "vni", U32, NULL },
};

static const struct spec port_set[VSW_A_PORT_MAX + 1] = {
	[VSW_A_PORT_SWITCH_NAME] = { "switch-name", STRING, NULL },
	[VSW_A_PORT_PORT_NO] = { "port-no", U32, NULL },
	[VSW_A_PORT_NAME] = { "name", STRING, NULL },
	[VSW_A_PORT_LEARNING] = { "learning", U8, NULL },
	[VSW_A_PORT_FLOOD] = { "flood", U8, NULL },
	[VSW_A_PORT_MCAST_FLOOD] = { "mcast-flood", U8, NULL },
	[VSW_A_PORT_BCAST_FLOOD] = { "bcast-flood", U8, NULL },
	[VSW_A_PORT_ISOLATED] = { "isolated", U8, NULL },
	[VSW_A_PORT_HAIRPIN] = { "hairpin", U8, NULL },
	[VSW_A_PORT_NEIGH_SUPPRESS] = { "neigh-suppress", U8, NULL },
	[VSW_A_PORT_PEER_DELIVERY] = { "peer-delivery", U8, NULL },
	[VSW_A_PORT_TYPE] = { "type", U32, NULL },
	[VSW_A_PORT_PEER_SWITCH_NAME] = { "peer-switch-name", STRING, NULL },
	[VSW_A_PORT_PEER_NAME] = { "peer-name", STRING, NULL },
	[VSW_A_PORT_VLAN_MODE] = { "vlan-mode", U32, NULL },
	[VSW_A_PORT_VLAN_TAG] = { "vlan-tag", U16, NULL },
	[VSW_A_PORT_VLAN_TRUNK] = { "vlan-trunk", NEST, range_set },
	[VSW_A_PORT_FDB_MAX] = { "fdb-max", U32, NULL },
	[VSW_A_PORT_PUNT_RATE] = { "punt-rate", U32, NULL },
	[VSW_A_PORT_PUNT_BURST] = { "punt-burst", U32, NULL },
	[VSW_A_PORT_LLADDR] = { "lladdr", MAC, NULL },
	[VSW_A_PORT_PEER_LLADDR] = { "peer-lladdr", MAC, NULL },
	[VSW_A_PORT_PROXY_ARP] = { "proxy-arp", U8, NULL },
	[VSW_A_PORT_REMOTE] = { "remote", NEST, remote_set },
	[VSW_A_PORT_LOCAL] = { "local", IPV6, NULL },
	[VSW_A_PORT_TUNNEL_KEY] = { "tunnel-key", U32, NULL },
	[VSW_A_PORT_NO_TUNNEL_KEY] = { "no-tunnel-key", FLAG, NULL },
	[VSW_A_PORT_TUNNEL_TOS] = { "tunnel-tos", U16, NULL },
	[VSW_A_PORT_TUNNEL_TTL] = { "tunnel-ttl", U16, NULL },
	[VSW_A_PORT_TUNNEL_CSUM] = { "tunnel-csum", U32, NULL },
	[VSW_A_PORT_TUNNEL_DF] = { "tunnel-df", U8, NULL },
	[VSW_A_PORT_VLAN_VNI] = { "vlan-vni", NEST, vni_set },
};

static const struct spec fdb_set[VSW_A_FDB_MAX + 1] = {
	[VSW_A_FDB_SWITCH_NAME] = { "switch-name", STRING, NULL },
	[VSW_A_FDB_LLADDR] = { "lladdr", MAC, NULL },
	[VSW_A_FDB_VID] = { "vid", U16, NULL },
	[VSW_A_FDB_PORT_NO] = { "port-no", U32, NULL },
	[VSW_A_FDB_PORT_NAME] = { "port-name", STRING, NULL },
	[VSW_A_FDB_FLAGS] = { "flags", U32, NULL },
	[VSW_A_FDB_DST] = { "dst", IPV6, NULL },
	[VSW_A_FDB_VNI] = { "vni", U32, NULL },
};

static const struct spec table_set[VSW_A_TABLE_MAX + 1] = {
	[VSW_A_TABLE_SWITCH_NAME] = { "switch-name", STRING, NULL },
	[VSW_A_TABLE_TABLE] = { "table", U8, NULL },
	[VSW_A_TABLE_MISS] = { "miss", U32, NULL },
};

static const struct spec fields_set[VSW_A_FIELDS_MAX + 1] = {
	[VSW_A_FIELDS_IN_PORT] = { "in-port", U32, NULL },
	[VSW_A_FIELDS_PKT_MARK] = { "pkt-mark", U32, NULL },
	[VSW_A_FIELDS_METADATA] = { "metadata", U64, NULL },
	[VSW_A_FIELDS_REG0] = { "reg0", U32, NULL },
	[VSW_A_FIELDS_REG1] = { "reg1", U32, NULL },
	[VSW_A_FIELDS_REG2] = { "reg2", U32, NULL },
	[VSW_A_FIELDS_REG3] = { "reg3", U32, NULL },
	[VSW_A_FIELDS_REG4] = { "reg4", U32, NULL },
	[VSW_A_FIELDS_REG5] = { "reg5", U32, NULL },
	[VSW_A_FIELDS_REG6] = { "reg6", U32, NULL },
	[VSW_A_FIELDS_REG7] = { "reg7", U32, NULL },
	[VSW_A_FIELDS_ETH_DST] = { "eth-dst", MAC, NULL },
	[VSW_A_FIELDS_ETH_SRC] = { "eth-src", MAC, NULL },
	[VSW_A_FIELDS_ETH_TYPE] = { "eth-type", BE16, NULL },
	[VSW_A_FIELDS_VLAN_TCI] = { "vlan-tci", BE16, NULL },
	[VSW_A_FIELDS_VLAN_TPID] = { "vlan-tpid", BE16, NULL },
	[VSW_A_FIELDS_INNER_VLAN_TCI] = { "inner-vlan-tci", BE16, NULL },
	[VSW_A_FIELDS_IP_PROTO] = { "ip-proto", U8, NULL },
	[VSW_A_FIELDS_IP_TOS] = { "ip-tos", U8, NULL },
	[VSW_A_FIELDS_IP_TTL] = { "ip-ttl", U8, NULL },
	[VSW_A_FIELDS_IP_FRAG] = { "ip-frag", U8, NULL },
	[VSW_A_FIELDS_IPV6_LABEL] = { "ipv6-label", BE32, NULL },
	[VSW_A_FIELDS_IPV4_SRC] = { "ipv4-src", IPV4, NULL },
	[VSW_A_FIELDS_IPV4_DST] = { "ipv4-dst", IPV4, NULL },
	[VSW_A_FIELDS_IPV6_SRC] = { "ipv6-src", IPV6, NULL },
	[VSW_A_FIELDS_IPV6_DST] = { "ipv6-dst", IPV6, NULL },
	[VSW_A_FIELDS_ARP_OP] = { "arp-op", BE16, NULL },
	[VSW_A_FIELDS_ARP_SPA] = { "arp-spa", IPV4, NULL },
	[VSW_A_FIELDS_ARP_TPA] = { "arp-tpa", IPV4, NULL },
	[VSW_A_FIELDS_ARP_SHA] = { "arp-sha", MAC, NULL },
	[VSW_A_FIELDS_ARP_THA] = { "arp-tha", MAC, NULL },
	[VSW_A_FIELDS_TP_SRC] = { "tp-src", BE16, NULL },
	[VSW_A_FIELDS_TP_DST] = { "tp-dst", BE16, NULL },
	[VSW_A_FIELDS_TCP_FLAGS] = { "tcp-flags", BE16, NULL },
	[VSW_A_FIELDS_ICMP_TYPE] = { "icmp-type", U8, NULL },
	[VSW_A_FIELDS_ICMP_CODE] = { "icmp-code", U8, NULL },
	[VSW_A_FIELDS_ND_TARGET] = { "nd-target", IPV6, NULL },
	[VSW_A_FIELDS_ND_SLL] = { "nd-sll", MAC, NULL },
	[VSW_A_FIELDS_ND_TLL] = { "nd-tll", MAC, NULL },
	[VSW_A_FIELDS_TP_SRC_MAX] = { "tp-src-max", BE16, NULL },
	[VSW_A_FIELDS_TP_DST_MAX] = { "tp-dst-max", BE16, NULL },
};

static const struct spec subfield_set[VSW_A_SUBFIELD_MAX + 1] = {
	[VSW_A_SUBFIELD_FIELD] = { "field", U32, NULL },
	[VSW_A_SUBFIELD_OFFSET] = { "offset", U32, NULL },
	[VSW_A_SUBFIELD_BITS] = { "bits", U32, NULL },
};

static const struct spec set_field_set[VSW_A_SET_FIELD_MAX + 1] = {
	[VSW_A_SET_FIELD_VALUE] = { "value", NEST, fields_set },
	[VSW_A_SET_FIELD_MASK] = { "mask", NEST, fields_set },
};

static const struct spec move_set[VSW_A_MOVE_MAX + 1] = {
	[VSW_A_MOVE_SRC] = { "src", NEST, subfield_set },
	[VSW_A_MOVE_DST] = { "dst", NEST, subfield_set },
};

static const struct spec punt_action_set[VSW_A_PUNT_ACTION_MAX + 1] = {
	[VSW_A_PUNT_ACTION_QUEUE] = { "queue", U16, NULL },
	[VSW_A_PUNT_ACTION_USERDATA] = { "userdata", BYTES, NULL },
};

static const struct spec push_eth_set[VSW_A_PUSH_ETH_MAX + 1] = {
	[VSW_A_PUSH_ETH_SRC] = { "src", MAC, NULL },
	[VSW_A_PUSH_ETH_DST] = { "dst", MAC, NULL },
};

static const struct spec action_set[VSW_A_ACTION_MAX + 1] = {
	[VSW_A_ACTION_OUTPUT] = { "output", U32, NULL },
	[VSW_A_ACTION_IN_PORT] = { "in-port", FLAG, NULL },
	[VSW_A_ACTION_NORMAL] = { "normal", FLAG, NULL },
	[VSW_A_ACTION_FLOOD] = { "flood", FLAG, NULL },
	[VSW_A_ACTION_ALL] = { "all", FLAG, NULL },
	[VSW_A_ACTION_DROP] = { "drop", FLAG, NULL },
	[VSW_A_ACTION_SET_FIELD] = { "set-field", NEST, set_field_set },
	[VSW_A_ACTION_MOVE] = { "move", NEST, move_set },
	[VSW_A_ACTION_PUSH_VLAN] = { "push-vlan", BE16, NULL },
	[VSW_A_ACTION_POP_VLAN] = { "pop-vlan", FLAG, NULL },
	[VSW_A_ACTION_DEC_TTL] = { "dec-ttl", FLAG, NULL },
	[VSW_A_ACTION_GOTO_TABLE] = { "goto-table", U8, NULL },
	[VSW_A_ACTION_OUTPUT_NAME] = { "output-name", STRING, NULL },
	[VSW_A_ACTION_PUNT] = { "punt", NEST, punt_action_set },
	[VSW_A_ACTION_FIB] = { "fib", FLAG, NULL },
	[VSW_A_ACTION_ROUTE] = { "route", STRING, NULL },
	[VSW_A_ACTION_PUSH_ETH] = { "push-eth", NEST, push_eth_set },
	[VSW_A_ACTION_POP_ETH] = { "pop-eth", FLAG, NULL },
};

static const struct spec actions_set[VSW_A_ACTIONS_MAX + 1] = {
	[VSW_A_ACTIONS_ACTION] = { "action", NEST, action_set },
};

static const struct spec flow_set[VSW_A_FLOW_MAX + 1] = {
	[VSW_A_FLOW_SWITCH_NAME] = { "switch-name", STRING, NULL },
	[VSW_A_FLOW_TABLE] = { "table", U8, NULL },
	[VSW_A_FLOW_PRIORITY] = { "priority", U16, NULL },
	[VSW_A_FLOW_MATCH] = { "match", NEST, fields_set },
	[VSW_A_FLOW_MASK] = { "mask", NEST, fields_set },
	[VSW_A_FLOW_ACTIONS] = { "actions", NEST, actions_set },
	[VSW_A_FLOW_COOKIE] = { "cookie", U64, NULL },
	[VSW_A_FLOW_COOKIE_MASK] = { "cookie-mask", U64, NULL },
	[VSW_A_FLOW_IDLE_TIMEOUT] = { "idle-timeout", U16, NULL },
	[VSW_A_FLOW_HARD_TIMEOUT] = { "hard-timeout", U16, NULL },
	[VSW_A_FLOW_ID] = { "id", U32, NULL },
	[VSW_A_FLOW_STRICT] = { "strict", FLAG, NULL },
	[VSW_A_FLOW_OUT_PORT] = { "out-port", U32, NULL },
	[VSW_A_FLOW_TXN] = { "txn", U32, NULL },
};

static const struct spec txn_set[VSW_A_TXN_MAX + 1] = {
	[VSW_A_TXN_SWITCH_NAME] = { "switch-name", STRING, NULL },
	[VSW_A_TXN_TXN] = { "txn", U32, NULL },
};

static const struct spec punt_set[VSW_A_PUNT_MAX + 1] = {
	[VSW_A_PUNT_SWITCH_NAME] = { "switch-name", STRING, NULL },
	[VSW_A_PUNT_QUEUE] = { "queue", U16, NULL },
	[VSW_A_PUNT_SNAPLEN] = { "snaplen", U32, NULL },
};

static const struct spec packet_set[VSW_A_PACKET_MAX + 1] = {
	[VSW_A_PACKET_SWITCH_NAME] = { "switch-name", STRING, NULL },
	[VSW_A_PACKET_PORT_NO] = { "port-no", U32, NULL },
	[VSW_A_PACKET_PORT_NAME] = { "port-name", STRING, NULL },
	[VSW_A_PACKET_TABLE] = { "table", U8, NULL },
	[VSW_A_PACKET_ACTIONS] = { "actions", NEST, actions_set },
	[VSW_A_PACKET_FRAME] = { "frame", BYTES, NULL },
};

static const struct spec prefix_set[VSW_A_PREFIX_MAX + 1] = {
	[VSW_A_PREFIX_ADDRESS] = { "address", IPV6, NULL },
	[VSW_A_PREFIX_LENGTH] = { "length", U8, NULL },
};

static const struct spec hop_set[VSW_A_HOP_MAX + 1] = {
	[VSW_A_HOP_VIA] = { "via", IPV6, NULL },
	[VSW_A_HOP_INTERFACE] = { "interface", STRING, NULL },
};

static const struct spec router_set[VSW_A_ROUTER_MAX + 1] = {
	[VSW_A_ROUTER_ROUTER] = { "router", STRING, NULL },
	[VSW_A_ROUTER_ROUTES_MAX] = { "routes-max", U32, NULL },
	[VSW_A_ROUTER_NEIGHS_MAX] = { "neighs-max", U32, NULL },
};

static const struct spec interface_set[VSW_A_INTERFACE_MAX + 1] = {
	[VSW_A_INTERFACE_SWITCH_NAME] = { "switch-name", STRING, NULL },
	[VSW_A_INTERFACE_ROUTER] = { "router", STRING, NULL },
	[VSW_A_INTERFACE_NAME] = { "name", STRING, NULL },
	[VSW_A_INTERFACE_VID] = { "vid", U16, NULL },
	[VSW_A_INTERFACE_LLADDR] = { "lladdr", MAC, NULL },
	[VSW_A_INTERFACE_MTU] = { "mtu", U32, NULL },
	[VSW_A_INTERFACE_ADDRESS] = { "address", NEST, prefix_set },
};

static const struct spec route_set[VSW_A_ROUTE_MAX + 1] = {
	[VSW_A_ROUTE_ROUTER] = { "router", STRING, NULL },
	[VSW_A_ROUTE_PREFIX] = { "prefix", NEST, prefix_set },
	[VSW_A_ROUTE_TYPE] = { "type", U32, NULL },
	[VSW_A_ROUTE_HOP] = { "hop", NEST, hop_set },
};

static const struct spec neigh_set[VSW_A_NEIGH_MAX + 1] = {
	[VSW_A_NEIGH_ROUTER] = { "router", STRING, NULL },
	[VSW_A_NEIGH_INTERFACE] = { "interface", STRING, NULL },
	[VSW_A_NEIGH_ADDRESS] = { "address", IPV6, NULL },
	[VSW_A_NEIGH_LLADDR] = { "lladdr", MAC, NULL },
};

static const struct {
	const char *name;
	const struct spec *set;
	int max;
} commands[VSW_CMD_MAX + 1] = {
	[VSW_CMD_SWITCH_NEW] = { "switch-new", switch_set, VSW_A_SWITCH_MAX },
	[VSW_CMD_SWITCH_DEL] = { "switch-del", switch_set, VSW_A_SWITCH_MAX },
	[VSW_CMD_SWITCH_SET] = { "switch-set", switch_set, VSW_A_SWITCH_MAX },
	[VSW_CMD_SWITCH_GET] = { "switch-get", switch_set, VSW_A_SWITCH_MAX },
	[VSW_CMD_PORT_NEW] = { "port-new", port_set, VSW_A_PORT_MAX },
	[VSW_CMD_PORT_DEL] = { "port-del", port_set, VSW_A_PORT_MAX },
	[VSW_CMD_PORT_SET] = { "port-set", port_set, VSW_A_PORT_MAX },
	[VSW_CMD_PORT_GET] = { "port-get", port_set, VSW_A_PORT_MAX },
	[VSW_CMD_FDB_NEW] = { "fdb-new", fdb_set, VSW_A_FDB_MAX },
	[VSW_CMD_FDB_DEL] = { "fdb-del", fdb_set, VSW_A_FDB_MAX },
	[VSW_CMD_FDB_FLUSH] = { "fdb-flush", fdb_set, VSW_A_FDB_MAX },
	[VSW_CMD_FDB_GET] = { "fdb-get", fdb_set, VSW_A_FDB_MAX },
	[VSW_CMD_TABLE_SET] = { "table-set", table_set, VSW_A_TABLE_MAX },
	[VSW_CMD_TABLE_GET] = { "table-get", table_set, VSW_A_TABLE_MAX },
	[VSW_CMD_FLOW_NEW] = { "flow-new", flow_set, VSW_A_FLOW_MAX },
	[VSW_CMD_FLOW_SET] = { "flow-set", flow_set, VSW_A_FLOW_MAX },
	[VSW_CMD_FLOW_DEL] = { "flow-del", flow_set, VSW_A_FLOW_MAX },
	[VSW_CMD_FLOW_GET] = { "flow-get", flow_set, VSW_A_FLOW_MAX },
	[VSW_CMD_TXN_NEW] = { "txn-new", txn_set, VSW_A_TXN_MAX },
	[VSW_CMD_TXN_COMMIT] = { "txn-commit", txn_set, VSW_A_TXN_MAX },
	[VSW_CMD_TXN_ABORT] = { "txn-abort", txn_set, VSW_A_TXN_MAX },
	[VSW_CMD_PUNT_LISTEN] = { "punt-listen", punt_set, VSW_A_PUNT_MAX },
	[VSW_CMD_PUNT_UNLISTEN] = { "punt-unlisten", punt_set, VSW_A_PUNT_MAX },
	[VSW_CMD_PACKET_OUT] = { "packet-out", packet_set, VSW_A_PACKET_MAX },
	[VSW_CMD_PUNT_GET] = { "punt-get", punt_set, VSW_A_PUNT_MAX },
	[VSW_CMD_ROUTER_NEW] = { "router-new", router_set, VSW_A_ROUTER_MAX },
	[VSW_CMD_ROUTER_DEL] = { "router-del", router_set, VSW_A_ROUTER_MAX },
	[VSW_CMD_ROUTER_GET] = { "router-get", router_set, VSW_A_ROUTER_MAX },
	[VSW_CMD_INTERFACE_NEW] = { "interface-new", interface_set, VSW_A_INTERFACE_MAX },
	[VSW_CMD_INTERFACE_DEL] = { "interface-del", interface_set, VSW_A_INTERFACE_MAX },
	[VSW_CMD_INTERFACE_GET] = { "interface-get", interface_set, VSW_A_INTERFACE_MAX },
	[VSW_CMD_ROUTE_NEW] = { "route-new", route_set, VSW_A_ROUTE_MAX },
	[VSW_CMD_ROUTE_DEL] = { "route-del", route_set, VSW_A_ROUTE_MAX },
	[VSW_CMD_ROUTE_GET] = { "route-get", route_set, VSW_A_ROUTE_MAX },
	[VSW_CMD_NEIGH_NEW] = { "neigh-new", neigh_set, VSW_A_NEIGH_MAX },
	[VSW_CMD_NEIGH_DEL] = { "neigh-del", neigh_set, VSW_A_NEIGH_MAX },
	[VSW_CMD_NEIGH_GET] = { "neigh-get", neigh_set, VSW_A_NEIGH_MAX },
};

static const unsigned int lengths[] = {
	[U8] = 1, [U16] = 2, [U32] = 4, [U64] = 8, [BE16] = 2, [BE32] = 4,
	[MAC] = 6, [IPV4] = 4, [IPV6] = 16,
};

static void decode_number(FILE *f, const struct spec *spec, const void *data)
{
	uint64_t v64;
	uint32_t v32;
	uint16_t v16;

	memcpy(&v16, data, 2 <= lengths[spec->kind] ? 2 : 1);
	if (spec->kind == U8)
		fprintf(f, "%u", *(const uint8_t *)data);
	else if (spec->kind == U16)
		fprintf(f, "%u", v16);
	else if (spec->kind == BE16)
		fprintf(f, "0x%x", ntohs(v16));
	if (lengths[spec->kind] < 4)
		return;
	memcpy(&v32, data, 4);
	if (spec->kind == U32)
		fprintf(f, "%u", v32);
	else if (spec->kind == BE32)
		fprintf(f, "0x%x", ntohl(v32));
	if (spec->kind != U64)
		return;
	memcpy(&v64, data, 8);
	fprintf(f, "0x%llx", (unsigned long long)v64);
}

static void decode_value(FILE *f, const struct spec *spec, struct nlattr *attr)
{
	const uint8_t *data = nla_data(attr);
	char buf[INET6_ADDRSTRLEN];
	int i;

	for (i = 0; spec->kind == BYTES && i < nla_len(attr); i++)
		fprintf(f, "%02x", data[i]);
	if (spec->kind == BYTES)
		return;
	if (spec->kind == STRING) {
		fprintf(f, "%.*s", nla_len(attr), (char *)nla_data(attr));
		if (!nla_len(attr) || data[nla_len(attr) - 1])
			fputc('!', f);
		return;
	}
	if ((unsigned int)nla_len(attr) != lengths[spec->kind]) {
		fprintf(f, "!%d", nla_len(attr));
		return;
	}
	if (spec->kind == MAC)
		fprintf(f, "%02x:%02x:%02x:%02x:%02x:%02x", data[0], data[1], data[2],
			data[3], data[4], data[5]);
	else if (spec->kind == IPV4 || spec->kind == IPV6)
		fputs(inet_ntop(spec->kind == IPV4 ? AF_INET : AF_INET6, data, buf,
				sizeof(buf)), f);
	else
		decode_number(f, spec, data);
}

static void decode_nest(FILE *f, const struct spec *set, struct nlattr *nest);

static void decode_attr(FILE *f, const struct spec *spec, struct nlattr *attr)
{
	if (!spec->name) {
		fprintf(f, "!%d", nla_type(attr));
		return;
	}
	fputs(spec->name, f);
	if (spec->kind == NEST) {
		fputs(attr->nla_type & NLA_F_NESTED ? "{" : "!{", f);
		decode_nest(f, spec->nest, attr);
		fputc('}', f);
	} else if (spec->kind != FLAG) {
		fputc('=', f);
		decode_value(f, spec, attr);
	}
}

static void decode_nest(FILE *f, const struct spec *set, struct nlattr *nest)
{
	const char *blank = "";
	struct nlattr *attr;
	int rest;

	nla_for_each_nested(attr, nest, rest) {
		fputs(blank, f);
		decode_attr(f, &set[nla_type(attr)], attr);
		blank = " ";
	}
}

static void decode_flags(FILE *f, const struct nlmsghdr *hdr, bool is_get)
{
	if (is_get) {
		if (hdr->nlmsg_flags & NLM_F_DUMP)
			fputs(" dump", f);
		return;
	}
	if (hdr->nlmsg_flags & NLM_F_CREATE)
		fputs(" create", f);
	if (hdr->nlmsg_flags & NLM_F_EXCL)
		fputs(" excl", f);
	if (hdr->nlmsg_flags & NLM_F_REPLACE)
		fputs(" replace", f);
}

/**
 * decode_message - print a request
 * @f: where to
 * @hdr: the request
 *
 * Context: any.
 */
void decode_message(FILE *f, const struct nlmsghdr *hdr)
{
	const struct genlmsghdr *genl = nlmsg_data(hdr);
	struct nlattr *attr;
	int rest;

	if (genl->cmd > VSW_CMD_MAX || !commands[genl->cmd].name) {
		fprintf(f, "!%u", genl->cmd);
		return;
	}
	fputs(commands[genl->cmd].name, f);
	decode_flags(f, hdr, strstr(commands[genl->cmd].name, "-get"));
	nlmsg_for_each_attr(attr, (struct nlmsghdr *)hdr, GENL_HDRLEN, rest) {
		fputc(' ', f);
		if (nla_type(attr) > commands[genl->cmd].max)
			fprintf(f, "!%d", nla_type(attr));
		else
			decode_attr(f, &commands[genl->cmd].set[nla_type(attr)], attr);
	}
}
