#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Let each allocation of each request of the family vsw fail, one at a time.

	nomem.py

wants a network namespace of its own, a kernel with failslab, and no other load.
A request is sent again and again; the first time its first allocation fails, the
second time its second one, until none fails. Then it must have been carried out;
before, it must have been refused with nothing changed, or carried out just so.
"""
import os
import struct
import subprocess
import sys

import fuzz
from fuzz import C, NLM_ACK, NLM_CREATE, NLM_DUMP, NLM_REQUEST, attr, flow, mapped, nest, text
from fuzz import u8, u16, u32

# To open it takes memory, so once and for all.
FAIL_NTH = os.open("/proc/thread-self/fail-nth", os.O_RDWR)
NLMSG_ERROR, NLMSG_DONE = 2, 3
ENOBUFS = 105

DUMPS = ("SWITCH_GET", "PORT_GET", "FDB_GET", "TABLE_GET", "FLOW_GET", "ROUTER_GET",
	 "INTERFACE_GET", "ROUTE_GET", "NEIGH_GET", "PUNT_GET")
OF_A_SWITCH = {"FDB_GET": "FDB_SWITCH_NAME", "TABLE_GET": "TABLE_SWITCH_NAME",
	       "FLOW_GET": "FLOW_SWITCH_NAME", "PUNT_GET": "PUNT_SWITCH_NAME"}
OF_A_ROUTER = {"INTERFACE_GET": "INTERFACE_ROUTER", "ROUTE_GET": "ROUTE_ROUTER",
	       "NEIGH_GET": "NEIGH_ROUTER"}


def attributes(*names):
	"""{type of an attribute and the command that shows it} of (COMMAND, ATTRIBUTE)..."""
	return {C["VSW_A_" + name] << 8 | C["VSW_CMD_" + command] for command, name in names}


# What changes by itself.
VARIES = attributes(
	("SWITCH_GET", "SWITCH_STATS"), ("PORT_GET", "PORT_STATS"), ("FDB_GET", "FDB_AGE"),
	("TABLE_GET", "TABLE_MATCHED"), ("TABLE_GET", "TABLE_MISSED"),
	("FLOW_GET", "FLOW_PACKETS"), ("FLOW_GET", "FLOW_BYTES"), ("FLOW_GET", "FLOW_USED"),
	("FLOW_GET", "FLOW_DURATION"), ("FLOW_GET", "FLOW_ID"), ("NEIGH_GET", "NEIGH_USED"))
# Of ports that the switch gives a number: it is free again only after two grace periods.
NUMBERED = (b"gw\0", b"down\0")
NUMBER = attributes(("PORT_GET", "PORT_PORT_NO"), ("FDB_GET", "FDB_PORT_NO"),
		    ("INTERFACE_GET", "INTERFACE_PORT_NO"))


class Family(fuzz.Family):
	"""A socket that waits for answers."""

	def __init__(self):
		self.seq = 1
		super().__init__()
		self.sock.setblocking(True)
		self.sock.settimeout(60)

	def send(self, command, payload, flags, cut=0):
		self.seq += 1
		message = struct.pack("=IHHIIBBH", 20 + len(payload), self.family, flags, self.seq,
				      0, command, 1, 0)
		self.sock.send(message + payload)

	def answers(self):
		"""Kinds and bodies of messages that answer what was sent last."""
		while True:
			data = self.sock.recv(1 << 17)
			while data:
				length, kind, _, seq = struct.unpack_from("=IHHI", data)
				if seq == self.seq:
					yield kind, data[16:length]
				data = data[(length + 3) & ~3:]

	def request(self, name, tops, nth=0):
		"""Errno of the answer, None if it was lost, and whether an allocation failed."""
		command, payload = C["VSW_CMD_" + name], b"".join(tops)
		flags = NLM_REQUEST | NLM_ACK | (NLM_CREATE if name.endswith("_NEW") else 0)
		fail_nth(nth)
		try:
			self.send(command, payload, flags)
		except OSError as error:
			return error.errno, nth and not fail_nth(0)
		failed = nth and not fail_nth(0)
		try:
			for kind, body in self.answers():
				if kind == NLMSG_ERROR:
					return -struct.unpack_from("=i", body)[0], failed
		except OSError:
			pass
		return None, failed

	def dump(self, name, tops):
		command = C["VSW_CMD_" + name]
		self.send(command, b"".join(tops), NLM_REQUEST | NLM_DUMP)
		found = []
		for kind, body in self.answers():
			if kind in (NLMSG_ERROR, NLMSG_DONE):
				return sorted(found)
			body = body[4:]
			varies = VARIES | NUMBER if any(n in body for n in NUMBERED) else VARIES
			found.append([body[at:at + length] for at, length in fuzz.attributes(body)
				      if body[at + 2] << 8 | command not in varies])


def fail_nth(n):
	"""Of the allocations to come; returns how many were still to come."""
	left = int(os.pread(FAIL_NTH, 20, 0).strip(b"\0\n") or 0)
	os.pwrite(FAIL_NTH, str(n).encode(), 0)
	return left


def state(family):
	"""All that can be seen, but for ids that count up."""
	found = {}
	for name in DUMPS:
		owners = [[]]
		if name in OF_A_SWITCH:
			owners = [[text(OF_A_SWITCH[name], f"vsw{n}")] for n in (0, 1)]
		elif name in OF_A_ROUTER:
			owners = [[text(OF_A_ROUTER[name], "r1")]]
		for owner in owners:
			found[name, *owner] = family.dump(name, owner)
	return found


def port(name, *more, switch="vsw0"):
	return [text("PORT_SWITCH_NAME", switch), text("PORT_NAME", name), *more]


def remote(last):
	return nest("PORT_REMOTE", mapped("REMOTE_ADDRESS", last))


def tunnel_flow():
	match = nest("FLOW_MATCH", u32("FIELDS_IN_PORT", 1))
	value = nest("SET_FIELD_VALUE", attr("FIELDS_TUN_DST", bytes([192, 0, 2, 9])))
	actions = nest("FLOW_ACTIONS", fuzz.action(nest("ACTION_SET_FIELD", value)),
		       fuzz.action(u32("ACTION_OUTPUT", 2)))
	return [text("FLOW_SWITCH_NAME", "vsw0"), u8("FLOW_TABLE", 0), u16("FLOW_PRIORITY", 7),
		match, actions]


def steps():
	"""From nothing to all there is, and back: name, attributes, and what undoes it."""
	lladdr = attr("PORT_LLADDR", bytes([2, 0, 0, 0, 0, 6]))
	fdb = [text("FDB_SWITCH_NAME", "vsw0"), attr("FDB_LLADDR", bytes([2, 0, 0, 0, 0, 7])),
	       u16("FDB_VID", 5)]
	settings = [u32("PORT_VLAN_MODE", 2), u16("PORT_VLAN_TAG", 5),
		    nest("PORT_VLAN_TRUNK", u16("VLAN_RANGE_FIRST", 5), u16("VLAN_RANGE_LAST", 9))]
	router = dict(fuzz.router_requests())
	switch = [text("SWITCH_SWITCH_NAME", "vsw0")]
	patch = [u32("PORT_TYPE", C["VSW_PORT_TYPE_PATCH"]), text("PORT_PEER_SWITCH_NAME", "vsw1"),
		 text("PORT_PEER_NAME", "down")]
	table = [text("TABLE_SWITCH_NAME", "vsw0"), u8("TABLE_TABLE", 9)]
	punt = [text("PUNT_SWITCH_NAME", "vsw0"), u16("PUNT_QUEUE", 1)]
	made = []

	def new(kind, tops, key):
		made.insert(0, (kind + "_DEL", key, None))
		return kind + "_NEW", tops, made[0][:2]

	yield new("SWITCH", switch, switch)
	yield "SWITCH_SET", switch + [u32("SWITCH_AGEING", 9)], ()
	yield new("PORT", port("p3", u32("PORT_PORT_NO", 1), *settings), port("p3"))
	yield "PORT_SET", port("p3", u8("PORT_HAIRPIN", 1), u32("PORT_FDB_MAX", 9)), ()
	yield new("PORT", port("vx0", u32("PORT_PORT_NO", 2), remote(9), remote(10)), port("vx0"))
	yield "PORT_SET", port("vx0", remote(11), u32("PORT_TUNNEL_KEY", 8)), ()
	yield new("PORT", port("vx1", u32("PORT_PORT_NO", 5)), port("vx1"))
	yield new("PORT", port("t0", u32("PORT_PORT_NO", 3), lladdr), port("t0"))
	yield new("PORT", port("up", u32("PORT_PORT_NO", 4), *patch), port("up"))
	yield new("FDB", fdb + [u32("FDB_PORT_NO", 1),
				u32("FDB_FLAGS", C["VSW_FDB_FLAG_STATIC"])], fdb)
	yield "TABLE_SET", table + [u32("TABLE_MISS", 2)], ()
	yield new("FLOW", flow(), flow()[:2])
	yield new("FLOW", tunnel_flow(), tunnel_flow()[:2])
	yield "FLOW_SET", flow(attr("FLOW_STRICT", b"")), ()
	yield "PUNT_LISTEN", punt, ("PUNT_UNLISTEN", punt)
	for kind in ("ROUTER", "INTERFACE", "ROUTE", "NEIGH"):
		yield new(kind, router[kind + "_NEW"], router[kind + "_DEL"])
	# The last of those that compare: what the switch learns goes by itself.
	yield "PACKET_OUT", fuzz.packet(), ()
	yield from made


def attempt(family, name, tops, undo):
	"""Until nothing fails any more. Returns the number of attempts, and a complaint or None."""
	done = []
	for nth in range(1, 2000):
		before = state(family)
		errno, failed = family.request(name, tops, nth)
		after = state(family)
		if errno is None:
			errno = ENOBUFS if after == before else 0
		if not failed:
			if errno:
				return nth, f"refused with errno {errno} though all memory was there"
			odd = [n for n, result in done if result != after]
			return nth, odd and f"something else comes of it when allocations {odd} fail"
		if errno and after != before:
			return nth, f"refused, yet something has changed, when allocation {nth} fails"
		if not errno:
			# A switch gets another address each time.
			if name != "SWITCH_NEW":
				done.append((nth, after))
			if undo is None:
				return nth, None
			# Carried out without what could not be had: once more.
			if undo:
				family.request(*undo)
	return 2000, "has no end"


def main():
	# Nobody speaks unless asked to.
	with open("/proc/sys/net/ipv6/conf/default/disable_ipv6", "w", encoding="ascii") as file:
		file.write("1")
	for line in ("link add vsw1 type vsw", "link add p3 type dummy",
		     "link add vx0 type vxlan external dstport 4789",
		     "link add vx1 type geneve external", "tuntap add t0 mode tun"):
		subprocess.run(["ip", *line.split()], check=True)
	for kind in ("failslab", "fail_page_alloc"):
		with open(f"/sys/kernel/debug/{kind}/verbose", "w", encoding="ascii") as file:
			file.write("0")
	family, bad = Family(), 0
	for name, tops, undo in steps():
		if name == "PACKET_OUT":
			subprocess.run(["ip", "link", "set", "vsw0", "up"], check=True)
		count, complaint = attempt(family, name, tops, undo)
		print(f"# {name}: {count} attempts{': ' + complaint if complaint else ''}",
		      flush=True)
		bad += bool(complaint)
		if complaint:
			family.request(name, tops)
	os._exit(bool(bad))


if __name__ == "__main__":
	sys.exit(main())
