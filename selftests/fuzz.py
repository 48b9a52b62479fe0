#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Throw random and mutated input at the switch vsw0 of this namespace.

	fuzz.py netlink SECONDS SEED	messages of the family vsw
	fuzz.py frames SECONDS SEED	frames into h1 and the tap t1

Nothing is checked here but that all of it ends; the kernel log and what the
switch does afterwards tell whether it was harmless.
"""
import fcntl
import os
import random
import re
import socket
import struct
import sys
import time

import frames

NETLINK_GENERIC, CTRL_ID, CTRL_GETFAMILY, CTRL_ATTR_ID, CTRL_ATTR_NAME = 16, 16, 3, 1, 2
NLM_REQUEST, NLM_ACK, NLM_DUMP, NLM_REPLACE, NLM_EXCL, NLM_CREATE = 1, 4, 0x300, 0x100, 0x200, 0x400
NLA_NESTED = 1 << 15
TUNSETIFF, IFF_TAP, IFF_NO_PI, IFF_VNET_HDR = 0x400454ca, 2, 0x1000, 0x4000
HEADER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../include/uapi/linux/vsw.h")


def constants():
	"""Names to numbers of all enums of the family's header."""
	numbers = {}
	with open(HEADER, encoding="ascii") as header:
		text = re.sub(r"/\*.*?\*/", "", header.read(), flags=re.S)
	for body in re.findall(r"enum[^{]*{([^}]*)}", text):
		value = -1
		for entry in filter(None, map(str.strip, body.split(","))):
			name, _, given = map(str.strip, entry.partition("="))
			value = int(given, 0) if re.fullmatch(r"[0-9a-fx]+", given) else value + 1
			numbers[name] = value
	return numbers


C = constants()


def attr(name, payload):
	kind = C["VSW_A_" + name] if isinstance(name, str) else name
	data = struct.pack("=HH", 4 + len(payload), kind) + payload
	return data + bytes(-len(data) % 4)


def nest(name, *children):
	return attr(C["VSW_A_" + name] | NLA_NESTED, b"".join(children))


def text(name, value):
	return attr(name, value.encode() + b"\0")


def u8(name, value):
	return attr(name, bytes([value]))


def u16(name, value):
	return attr(name, struct.pack("=H", value))


def u32(name, value):
	return attr(name, struct.pack("=I", value))


def be16(name, value):
	return attr(name, struct.pack("!H", value))


def action(*children):
	return nest("ACTIONS_ACTION", *children)


def subfield(name, field):
	return nest(name, u32("SUBFIELD_FIELD", C["VSW_A_FIELDS_" + field]),
		    u32("SUBFIELD_OFFSET", 0), u32("SUBFIELD_BITS", 32))


def packet():
	"""A frame that goes in, and what happens to it."""
	actions = nest("PACKET_ACTIONS", action(u32("ACTION_OUTPUT", 2)),
		       action(be16("ACTION_PUSH_VLAN", 0x8100)), action(attr("ACTION_NORMAL", b"")))
	frame = attr("PACKET_FRAME", frames.Frame("vlan vid=5 ip udp").data)
	return [text("PACKET_SWITCH_NAME", "vsw0"), u32("PACKET_PORT_NO", 1), actions, frame]


def flow(*more):
	"""A flow that has a bit of everything."""
	match = nest("FLOW_MATCH", u32("FIELDS_IN_PORT", 1), be16("FIELDS_ETH_TYPE", 0x800),
		     be16("FIELDS_VLAN_TCI", 0x1005), u8("FIELDS_IP_PROTO", 6),
		     attr("FIELDS_IPV4_SRC", bytes([10, 0, 0, 0])), be16("FIELDS_TP_DST", 80),
		     be16("FIELDS_TP_DST_MAX", 90))
	mask = nest("FLOW_MASK", attr("FIELDS_IPV4_SRC", bytes([255, 0, 0, 0])))
	actions = nest("FLOW_ACTIONS",
		action(nest("ACTION_SET_FIELD",
			nest("SET_FIELD_VALUE", attr("FIELDS_ETH_DST", bytes([2, 0, 0, 0, 0, 9]))),
			nest("SET_FIELD_MASK", attr("FIELDS_ETH_DST", bytes([255] * 6))))),
		action(nest("ACTION_MOVE", subfield("MOVE_SRC", "REG0"),
			    subfield("MOVE_DST", "REG1"))),
		action(be16("ACTION_PUSH_VLAN", 0x8100)),
		action(attr("ACTION_POP_VLAN", b"")),
		action(attr("ACTION_DEC_TTL", b"")),
		action(u32("ACTION_OUTPUT", 2)),
		action(text("ACTION_OUTPUT_NAME", "pending")),
		action(nest("ACTION_PUNT", u16("PUNT_ACTION_QUEUE", 1),
			    attr("PUNT_ACTION_USERDATA", b"userdata"))),
		action(attr("ACTION_FIB", b"")),
		action(attr("ACTION_NORMAL", b"")),
		action(u8("ACTION_GOTO_TABLE", 200)))
	return [text("FLOW_SWITCH_NAME", "vsw0"), u8("FLOW_TABLE", 3), u16("FLOW_PRIORITY", 7),
		match, mask, actions, *more]


def mapped(name, last):
	return attr(name, bytes([0] * 10 + [255, 255, 192, 0, 2, last]))


def prefix(name, last, length):
	return nest(name, mapped("PREFIX_ADDRESS", last), u8("PREFIX_LENGTH", length))


def router_requests():
	"""The same, for a router, its interfaces, routes and neighbours."""
	router = [text("ROUTER_ROUTER", "r1")]
	name = [text("INTERFACE_ROUTER", "r1"), text("INTERFACE_NAME", "gw")]
	rif = name + [text("INTERFACE_SWITCH_NAME", "vsw0"), u16("INTERFACE_VID", 5),
		      attr("INTERFACE_LLADDR", bytes([2, 0, 0, 0, 0, 8])),
		      u32("INTERFACE_MTU", 1400), prefix("INTERFACE_ADDRESS", 1, 120)]
	hop = nest("ROUTE_HOP", mapped("HOP_VIA", 2), text("HOP_INTERFACE", "gw"))
	route = [text("ROUTE_ROUTER", "r1"), prefix("ROUTE_PREFIX", 128, 121)]
	neigh = [text("NEIGH_ROUTER", "r1"), text("NEIGH_INTERFACE", "gw"),
		 mapped("NEIGH_ADDRESS", 9)]
	return [
		("ROUTER_NEW", router + [u32("ROUTER_NEIGHS_MAX", 5)]), ("ROUTER_DEL", router),
		("ROUTER_GET", router), ("INTERFACE_NEW", rif), ("INTERFACE_NEW", rif),
		("INTERFACE_DEL", name), ("INTERFACE_GET", name), ("ROUTE_NEW", route + [hop, hop]),
		("ROUTE_NEW", route + [u32("ROUTE_TYPE", 2)]), ("ROUTE_DEL", route),
		("ROUTE_GET", route), ("NEIGH_DEL", neigh), ("NEIGH_GET", neigh),
		("NEIGH_NEW", neigh + [attr("NEIGH_LLADDR", bytes([2, 0, 0, 0, 0, 9]))]),
	]


def tunnel_requests():
	"""The same, for ports that are no plain devices and flows to tunnels."""
	tunnel = [text("PORT_SWITCH_NAME", "vsw0"), text("PORT_NAME", "vx0")]
	remotes = [nest("PORT_REMOTE", mapped("REMOTE_ADDRESS", 9), u16("REMOTE_VID", 5)),
		   nest("PORT_REMOTE", mapped("REMOTE_ADDRESS", 10)), mapped("PORT_LOCAL", 8),
		   u16("PORT_TUNNEL_TOS", 4), u16("PORT_TUNNEL_TTL", 9), u32("PORT_TUNNEL_CSUM", 1),
		   u8("PORT_TUNNEL_DF", 1)]
	vnis = nest("PORT_VLAN_VNI", u16("VNI_RANGE_FIRST", 5), u16("VNI_RANGE_LAST", 9),
		    u32("VNI_RANGE_VNI", 77))
	l3 = [text("PORT_SWITCH_NAME", "vsw0"), text("PORT_NAME", "t0")]
	lladdrs = [attr("PORT_LLADDR", bytes([2, 0, 0, 0, 0, 6])),
		   attr("PORT_PEER_LLADDR", bytes([2, 0, 0, 0, 0, 5])), u8("PORT_PROXY_ARP", 1)]
	patch = [text("PORT_SWITCH_NAME", "vsw0"), text("PORT_NAME", "up"), u32("PORT_TYPE", 4),
		 text("PORT_PEER_SWITCH_NAME", "vsw1"), text("PORT_PEER_NAME", "down")]
	station = [text("FDB_SWITCH_NAME", "vsw0"), attr("FDB_LLADDR", bytes([2, 0, 0, 0, 0, 4])),
		   u32("FDB_PORT_NO", 9), u32("FDB_FLAGS", 1), mapped("FDB_DST", 9),
		   u32("FDB_VNI", 7)]
	outer = nest("SET_FIELD_VALUE", attr("FIELDS_TUN_DST", bytes([192, 0, 2, 9])),
		     u32("FIELDS_TUN_GBP_ID", 9))
	header = nest("ACTION_PUSH_ETH", attr("PUSH_ETH_DST", bytes([2, 0, 0, 0, 0, 3])))
	match = nest("FLOW_MATCH", attr("FIELDS_TUN_ID", bytes(7) + b"\7"),
		     attr("FIELDS_TUN_SRC", bytes([192, 0, 2, 9])),
		     be16("FIELDS_TUN_OPT_CLASS", 0x102), u8("FIELDS_TUN_OPT_TYPE", 3))
	flows = [text("FLOW_SWITCH_NAME", "vsw0"), u8("FLOW_TABLE", 4), match,
		 nest("FLOW_ACTIONS", action(nest("ACTION_SET_FIELD", outer)),
		      action(u32("ACTION_OUTPUT", 9)), action(attr("ACTION_POP_ETH", b"")),
		      action(header), action(text("ACTION_ROUTE", "gw")))]
	return [
		("PORT_NEW", tunnel + [u32("PORT_PORT_NO", 9)] + remotes),
		("PORT_SET", tunnel + [vnis, u8("PORT_NEIGH_SUPPRESS", 1)]),
		("PORT_SET", tunnel + remotes + [u32("PORT_TUNNEL_KEY", 7)]), ("PORT_DEL", tunnel),
		("PORT_NEW", l3 + lladdrs), ("PORT_SET", l3 + lladdrs), ("PORT_DEL", l3),
		("PORT_NEW", patch), ("PORT_DEL", patch[:2]), ("FDB_NEW", station),
		("FLOW_NEW", flows), ("FLOW_DEL", flows[:3]),
	]


def requests():
	"""Valid messages, as lists of top attributes, by command."""
	switch = [text("SWITCH_SWITCH_NAME", "vsw0")]
	port = [text("PORT_SWITCH_NAME", "vsw0"), text("PORT_NAME", "p3")]
	fdb = [text("FDB_SWITCH_NAME", "vsw0"), attr("FDB_LLADDR", bytes([2, 0, 0, 0, 0, 7])),
	       u16("FDB_VID", 5), u32("FDB_PORT_NO", 1), u32("FDB_FLAGS", 3)]
	trunk = nest("PORT_VLAN_TRUNK", u16("VLAN_RANGE_FIRST", 5), u16("VLAN_RANGE_LAST", 9))
	table = [text("TABLE_SWITCH_NAME", "vsw0"), u8("TABLE_TABLE", 9)]
	txn = [text("TXN_SWITCH_NAME", "vsw0"), u32("TXN_TXN", 1)]
	settings = [u32("SWITCH_AGEING", 9), u16("SWITCH_GROUP_FWD_MASK", 4),
		    u32("SWITCH_FDB_MAX", 100)]
	modes = [u32("PORT_VLAN_MODE", 2), u16("PORT_VLAN_TAG", 5), trunk, u8("PORT_HAIRPIN", 1),
		 u32("PORT_PUNT_RATE", 100), u32("PORT_PUNT_BURST", 10)]
	other = [text("SWITCH_SWITCH_NAME", "vsw1")]
	punt = [text("PUNT_SWITCH_NAME", "vsw0"), u16("PUNT_QUEUE", 1)]
	return [
		("SWITCH_NEW", other + settings), ("SWITCH_SET", switch + settings),
		("SWITCH_DEL", other), ("SWITCH_GET", switch),
		("PORT_NEW", port + modes), ("PORT_SET", port + modes), ("PORT_DEL", port),
		("PORT_GET", port[:1]), ("FDB_NEW", fdb), ("FDB_DEL", fdb[:3]),
		("FDB_FLUSH", fdb[:1] + fdb[3:4]), ("FDB_GET", fdb[:3]),
		("TABLE_SET", table + [u32("TABLE_MISS", 2)]), ("TABLE_GET", table),
		("FLOW_NEW", flow()), ("FLOW_NEW", flow(u16("FLOW_IDLE_TIMEOUT", 1))),
		("FLOW_SET", flow(attr("FLOW_STRICT", b""))), ("FLOW_DEL", flow()[:4]),
		("FLOW_GET", flow()[:4]), ("TXN_NEW", txn[:1]),
		("FLOW_NEW", flow(u32("FLOW_TXN", 1))), ("FLOW_DEL", flow(u32("FLOW_TXN", 1))[:4]),
		("TXN_COMMIT", txn), ("TXN_ABORT", txn),
		("PUNT_LISTEN", punt + [u32("PUNT_SNAPLEN", 100)]), ("PUNT_UNLISTEN", punt),
		("PUNT_GET", punt), ("PACKET_OUT", packet()),
		("PACKET_OUT", packet()[:2] + packet()[3:] + [u8("PACKET_TABLE", 3)]),
		*router_requests(),
		*tunnel_requests(),
	]


def attributes(data):
	"""Offsets and lengths of the attributes in data."""
	offset = 0
	while offset + 4 <= len(data):
		length = struct.unpack_from("=H", data, offset)[0]
		if length < 4 or offset + length > len(data):
			return
		yield offset, length
		offset += length + -length % 4


def mutate_attribute(data, rng, depth=0):
	"""Change one attribute at some depth: value, type, length, presence."""
	found = list(attributes(data))
	if not found:
		return data
	offset, length = rng.choice(found)
	kind = struct.unpack_from("=H", data, offset + 2)[0]
	payload = data[offset + 4:offset + length]
	rest = data[offset + length + -length % 4:]
	if kind & NLA_NESTED and depth < 6 and rng.random() < 0.8:
		payload = mutate_attribute(payload, rng, depth + 1)
	else:
		how = rng.randrange(7)
		if how == 0:
			return data[:offset] + rest
		if how == 1:
			return data + data[offset:offset + length + -length % 4]
		if how == 2:
			kind = rng.randrange(64) | kind & NLA_NESTED
		elif how == 3:
			payload = rng.randbytes(rng.choice([0, 1, 2, 3, 4, 6, 8, 16, 40, 300]))
		elif how == 4:
			payload = bytes(len(payload)) if rng.random() < .5 else b"\xff" * len(payload)
		elif how == 5:
			kind ^= NLA_NESTED
		else:
			payload = flip(payload, rng)
	return data[:offset] + attr(kind, payload[:60000]) + rest


def flip(data, rng):
	if not data:
		return data
	data = bytearray(data)
	for _ in range(rng.randint(1, 4)):
		data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
	return bytes(data)


class Family:
	"""A socket to the family vsw."""

	def __init__(self):
		self.sock = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_GENERIC)
		self.sock.bind((0, 0))
		self.family = CTRL_ID
		self.send(CTRL_GETFAMILY, attr(CTRL_ATTR_NAME, b"vsw\0"), NLM_REQUEST)
		reply = self.sock.recv(65536)
		for offset, _ in attributes(reply[20:]):
			kind, value = struct.unpack_from("=HH", reply, 20 + offset + 2)
			if kind == CTRL_ATTR_ID:
				self.family = value
		self.sock.setblocking(False)

	def send(self, command, payload, flags, cut=0):
		length = 20 + len(payload) - cut
		message = struct.pack("=IHHIIBBH", length, self.family, flags, 1, 0, command, 1, 0)
		self.sock.send((message + payload)[:max(length, 16)])

	def drain(self):
		try:
			while True:
				self.sock.recv(1 << 17)
		except (BlockingIOError, OSError):
			pass


def random_flags(rng):
	flags = NLM_REQUEST
	for flag in (NLM_ACK, NLM_REPLACE, NLM_EXCL, NLM_CREATE):
		flags |= flag if rng.random() < .3 else 0
	return flags | NLM_DUMP if rng.random() < .2 else flags


def fuzz_netlink(seconds, rng):
	valid, family, count = requests(), Family(), 0
	end = time.monotonic() + seconds
	while time.monotonic() < end:
		name, tops = rng.choice(valid)
		command = C["VSW_CMD_" + name]
		payload = b"".join(tops)
		for _ in range(rng.choice([0, 1, 1, 2, 5])):
			payload = mutate_attribute(payload, rng)
		if rng.random() < .1:
			payload = flip(payload, rng)
		if rng.random() < .05:
			command = rng.randrange(256)
		if rng.random() < .05:
			payload = rng.randbytes(rng.randrange(200))
		cut = rng.randrange(8) if rng.random() < .05 else 0
		try:
			family.send(command, payload, random_flags(rng), cut)
		except OSError:
			pass
		family.drain()
		count += 1
		# A new socket now and then forgets the transactions of the old one.
		if count % 500 == 0:
			family = Family()
	return count


SEEDS = ("ip udp", "ip tcp flags=2", "ip sctp", "ip icmp", "ip options=01010101 tcp",
	 "ip mf=1 udp", "ip frag=9 data", "ip6 udp", "ip6 hop dopt route tcp", "ip6 icmp6",
	 "ip6 hop frag6 mf=1 udp", "ip6 frag6 off=4 data", "ip6 sctp", "ip6 hl=255 ns",
	 "ip6 hl=255 na", "ip6 hop ns", "arp", "llc data", "snap ip udp", "vlan vid=5 ip tcp",
	 "vlan tpid=0x88a8 vid=5 vlan vid=6 ip6 udp", "vlan vlan vlan ip udp", "data len=60",
	 "ip udp partial=1", "ip tcp gso=500 data len=3000", "ip6 tcp gso=500 data len=3000")


def random_frame(rng):
	"""Header for the driver and bytes."""
	frame = frames.Frame(rng.choice(SEEDS))
	data, header = frame.data, frame.vnet_hdr()
	how = rng.randrange(6)
	if how in (0, 1):
		data = flip(data, rng)
	elif how == 2:
		data = data[:rng.randrange(1, len(data) + 1)]
	elif how == 3:
		at = rng.randrange(12, len(data))
		data = data[:at] + rng.randbytes(rng.randrange(60)) + data[at:]
	elif how == 4:
		data = data[:14] + rng.randbytes(rng.randrange(120))
	if rng.random() < .1:
		header = flip(header, rng)
	return header, data


def open_tap(name):
	tap = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
	request = struct.pack("16sH22x", name.encode(), IFF_TAP | IFF_NO_PI | IFF_VNET_HDR)
	fcntl.ioctl(tap, TUNSETIFF, request)
	return tap


def fuzz_frames(seconds, rng):
	device, tap, count = frames.Device("h1"), open_tap("t1"), 0
	end = time.monotonic() + seconds
	while time.monotonic() < end:
		header, data = random_frame(rng)
		try:
			if rng.random() < .5:
				device.send(header, data)
			else:
				os.write(tap, header + data)
		except OSError:
			# The driver has refused it, the switch does not see it.
			continue
		count += 1
	return count


def main():
	what, seconds, seed = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
	run = {"netlink": fuzz_netlink, "frames": fuzz_frames}[what]
	print(f"# {run(seconds, random.Random(seed))} {what} with seed {seed}")


if __name__ == "__main__":
	main()
