#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Send frames into a switch and check what comes out of it, and where.

	frames.py [DEV]...

reads lines of the form

	DEV FRAME => DEV FRAME; DEV FRAME

from stdin and answers each with "ok" or with what is wrong. Left of the arrow
is the device where the frame is sent, right of it everything that the devices
must receive; nothing means nothing. DEV*N stands for N such frames, in which %n
is the number of the frame, from 0 on. DEV^N is a frame with the mark N. A line may start with #N: then the third byte of the
default source address is N, and %i stands for it; or with #N*M: then all of it
happens M times. A FRAME is a list of headers from the outside in, each with its
fields, "eth" may be left out:

	eth dst=02:00:00:00:00:02 vlan vid=5 ip dst=10.0.0.2 udp dport=53

Lengths, types, protocols and checksums are made from scratch, so a frame that
equals what is expected has correct checksums. "same" is the frame that was
sent. "udp partial=1" leaves the checksum to the other end, as a socket does,
"tcp gso=1000" sends a large frame to be cut into segments of 1000 bytes.
"udp ufo=1480" one to be cut into IP fragments. "nosum=1" is UDP without a checksum. "cut=N" anywhere keeps N bytes of the
frame, "data len=N" and "data hex=..." are payload.

How long to wait is never a question: after each frame a marker (EtherType
0x88b5) is sent after it, and what came before the marker has come. So the
switch has to send markers to all ports, and all runs on one CPU.

"open DEV" and "close DEV" follow devices that come and go. "send DEV FRAME"
sends and does not look what becomes of it.
"""
import os
import select
import socket
import struct
import sys

SOL_PACKET, PACKET_AUXDATA, PACKET_VNET_HDR, PACKET_IGNORE_OUTGOING = 263, 8, 15, 23
SO_RCVBUFFORCE, SO_RCVMARK = 33, 75
ETH_P_ALL, ETH_P_MARKER = 3, 0x88b5
AUX_VLAN_VALID = 1 << 4
VNET_HDR = struct.Struct("=BBHHHH")
GSO_TYPES = {("tcp", 4): 1, ("udp", 4): 5, ("tcp", 6): 4, ("udp", 6): 5}
GSO_UDP = 3
SECONDS = 20

ETH_TYPES = {"ip": 0x0800, "arp": 0x0806, "ip6": 0x86dd, "data": 0x88b6}
PROTOCOLS = {"icmp": 1, "tcp": 6, "udp": 17, "sctp": 132, "icmp6": 58, "ns": 58,
	     "na": 58, "hop": 0, "route": 43, "frag6": 44, "dopt": 60, "data": 253}


def mac(text):
	return bytes.fromhex(text.replace(":", ""))


def ip4(text):
	return socket.inet_pton(socket.AF_INET, text)


def ip6(text):
	return socket.inet_pton(socket.AF_INET6, text)


def number(fields, name, default=0):
	return int(fields.get(name, default), 0) if name in fields else default


def ones_sum(data):
	if len(data) % 2:
		data += b"\0"
	total = sum(struct.unpack(f"!{len(data) // 2}H", data))
	while total >> 16:
		total = (total & 0xffff) + (total >> 16)
	return total


def crc32c(data):
	crc = 0xffffffff
	for byte in data:
		crc ^= byte
		for _ in range(8):
			crc = crc >> 1 ^ (0x82f63b78 if crc & 1 else 0)
	return crc ^ 0xffffffff


class Frame:
	"""A frame and what its sender leaves to others (checksum, segments)."""

	def __init__(self, text, ident=0, mark=0):
		self.ident, self.mark = ident, mark
		self.layers, self.from_end, self.offset = [], 0, 0
		self.gso_type, self.gso_size, self.cut = 0, 0, None
		for word in text.replace("%i", f"{ident:02x}").split():
			key, equals, value = word.partition("=")
			if key == "cut":
				self.cut = int(value)
			elif equals:
				self.layers = self.layers or [("eth", {})]
				self.layers[-1][1][key] = value
			else:
				self.layers.append((key, {}))
		if not self.layers or self.layers[0][0] != "eth":
			self.layers.insert(0, ("eth", {}))
		self.data = self.build(self.layers, b"")[:self.cut]

	def key(self):
		start = len(self.data) - self.from_end if self.from_end else 0
		return (self.data, self.mark, start, self.offset, self.gso_type, self.gso_size)

	def vnet_hdr(self):
		_, _, start, offset, gso_type, gso_size = self.key()
		header = start + (20 if offset == 16 else 8) if gso_type else 0
		return VNET_HDR.pack(1 if start else 0, gso_type, header, gso_size, start, offset)

	def build(self, layers, addresses):
		if not layers:
			return b""
		name, fields = layers[0]
		return getattr(self, "build_" + name)(fields, layers[1:], addresses)

	def eth_type(self, fields, rest):
		if "type" in fields:
			return number(fields, "type")
		if rest and rest[0][0] == "vlan":
			return number(rest[0][1], "tpid", 0x8100)
		return ETH_TYPES.get(rest[0][0] if rest else "data", 0)

	def build_eth(self, f, rest, _):
		src = mac(f.get("src", f"02:00:{self.ident:02x}:00:00:01"))
		body = self.payload(rest, b"")
		kind = self.eth_type(f, rest)
		if rest and rest[0][0] in ("llc", "snap"):
			kind = len(body)
		return mac(f.get("dst", "02:00:00:00:00:02")) + src + struct.pack("!H", kind) + body

	def build_llc(self, _, rest, addresses):
		return bytes.fromhex("424203") + self.build(rest, addresses)

	def build_snap(self, f, rest, addresses):
		oui = bytes.fromhex(f.get("oui", "000000"))
		return (bytes.fromhex("aaaa03") + oui + struct.pack("!H", self.eth_type(f, rest))
			+ self.build(rest, addresses))

	def build_vlan(self, f, rest, addresses):
		tci = number(f, "pcp") << 13 | number(f, "dei") << 12 | number(f, "vid")
		return struct.pack("!HH", tci, self.eth_type(f, rest)) + self.payload(rest, addresses)

	def build_data(self, f, _, __):
		if "hex" in f:
			return bytes.fromhex(f["hex"])
		return bytes(i % 251 for i in range(number(f, "len", 7)))

	def build_arp(self, f, _, __):
		return (struct.pack("!HHBBH", 1, 0x0800, 6, 4, number(f, "op", 1))
			+ mac(f.get("sha", "02:00:00:00:00:01")) + ip4(f.get("spa", "10.0.0.1"))
			+ mac(f.get("tha", "00:00:00:00:00:00")) + ip4(f.get("tpa", "10.0.0.2")))

	def protocol(self, f, rest):
		return number(f, "proto", PROTOCOLS[rest[0][0] if rest else "data"])

	def payload(self, rest, addresses):
		return self.build(rest or [("data", {})], addresses)

	def build_ip(self, f, rest, _):
		addresses = ip4(f.get("src", "10.0.0.1")) + ip4(f.get("dst", "10.0.0.2"))
		options = bytes.fromhex(f.get("options", ""))
		body = self.payload(rest, addresses)
		ihl = number(f, "ihl", 5 + len(options) // 4)
		head = struct.pack("!BBHHHBBH", 4 << 4 | ihl, number(f, "tos"),
				   number(f, "len", 20 + len(options) + len(body)),
				   number(f, "id", 7), number(f, "mf") << 13 | number(f, "frag"),
				   number(f, "ttl", 64), self.protocol(f, rest), 0)
		total = ones_sum(head + addresses + options)
		return head[:10] + struct.pack("!H", total ^ 0xffff) + addresses + options + body

	def build_ip6(self, f, rest, _):
		addresses = ip6(f.get("src", "fc00::1")) + ip6(f.get("dst", "fc00::2"))
		body = self.payload(rest, addresses)
		word = 6 << 28 | number(f, "tc") << 20 | number(f, "label")
		return struct.pack("!IHBB", word, number(f, "len", len(body)),
				   self.protocol(f, rest), number(f, "hl", 64)) + addresses + body

	def build_option(self, f, rest, addresses):
		return (bytes([self.protocol(f, rest), 0, 1, 4, 0, 0, 0, 0])
			+ self.payload(rest, addresses))

	build_hop = build_dopt = build_option

	def build_route(self, f, rest, addresses):
		return (bytes([self.protocol(f, rest), 0, 4, 0, 0, 0, 0, 0])
			+ self.payload(rest, addresses))

	def build_frag6(self, f, rest, addresses):
		return (struct.pack("!BBHI", self.protocol(f, rest), 0,
				    number(f, "off") << 3 | number(f, "mf"), 7)
			+ self.payload(rest, addresses))

	def transport(self, proto, f, segment, offset, addresses):
		"""Put the checksum at offset of a segment, or what PARTIAL wants there."""
		pseudo = addresses + struct.pack("!II", len(segment), proto)
		if "gso" in f or "ufo" in f or "partial" in f:
			self.from_end, self.offset = len(segment), offset
			total = ones_sum(pseudo)
		else:
			total = ones_sum(pseudo + segment) ^ 0xffff
			if proto == 17 and not total:
				total = 0xffff
		if "gso" in f:
			family = 4 if len(addresses) == 8 else 6
			self.gso_type = GSO_TYPES["tcp" if proto == 6 else "udp", family]
			self.gso_size = number(f, "gso")
		if "ufo" in f:
			self.gso_type, self.gso_size = GSO_UDP, number(f, "ufo")
		total = number(f, "csum", total)
		return segment[:offset] + struct.pack("!H", total) + segment[offset + 2:]

	def ports(self, f):
		return struct.pack("!HH", number(f, "sport", 1000), number(f, "dport", 2000))

	def build_tcp(self, f, rest, addresses):
		head = self.ports(f) + struct.pack("!IIHHHH", number(f, "seq", 1), number(f, "ack"),
						   5 << 12 | number(f, "flags", 0x10), 500, 0, 0)
		return self.transport(6, f, head + self.payload(rest, addresses), 16, addresses)

	def build_udp(self, f, rest, addresses):
		body = self.payload(rest, addresses)
		segment = self.ports(f) + struct.pack("!HH", len(body) + 8, 0) + body
		if "nosum" in f:
			return segment
		return self.transport(17, f, segment, 6, addresses)

	def build_sctp(self, f, rest, addresses):
		head, body = self.ports(f) + b"\0\0\0\7", self.payload(rest, addresses)
		crc = crc32c(head + bytes(4) + body)
		return head + struct.pack("<I", crc) + body

	def build_icmp(self, f, rest, _):
		message = (struct.pack("!BBHHH", number(f, "type", 8), number(f, "code"), 0, 3, 1)
			   + self.payload(rest, b""))
		total = ones_sum(message) ^ 0xffff
		return message[:2] + struct.pack("!H", total) + message[4:]

	def build_icmp6(self, f, rest, addresses):
		message = (struct.pack("!BBHHH", number(f, "type", 128), number(f, "code"), 0, 3, 1)
			   + self.payload(rest, b""))
		return self.transport(58, f, message, 2, addresses)

	def neighbour(self, kind, option, f, addresses):
		message = (bytes([kind, number(f, "code"), 0, 0, 0, 0, 0, 0])
			   + ip6(f.get("target", "fc00::2")))
		for name, number_of in (("sll", 1), ("tll", 2)):
			if name in f or name == option:
				message += bytes([number_of, 1])
				message += mac(f.get(name, "02:00:00:00:00:01"))
		return self.transport(58, f, message, 2, addresses)

	def build_ns(self, f, _, addresses):
		return self.neighbour(135, "sll", f, addresses)

	def build_na(self, f, _, addresses):
		return self.neighbour(136, "tll", f, addresses)


class Device:
	"""A device that frames are sent to and received from."""

	def __init__(self, name):
		self.sock = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
		self.sock.setsockopt(SOL_PACKET, PACKET_VNET_HDR, 1)
		self.sock.setsockopt(SOL_PACKET, PACKET_AUXDATA, 1)
		self.sock.setsockopt(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1)
		self.sock.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 16 << 20)
		self.sock.setsockopt(socket.SOL_SOCKET, SO_RCVMARK, 1)
		self.sock.bind((name, ETH_P_ALL))
		self.name = name

	def send(self, header, data, mark=0):
		self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_MARK, mark)
		self.sock.send(header + data)

	def receive(self):
		"""One frame with its tag in place, as Frame.key() has it."""
		if not select.select([self.sock], [], [], SECONDS)[0]:
			raise TimeoutError(f"no marker on {self.name} after {SECONDS} s")
		data, ancillary, _, _ = self.sock.recvmsg(80000, 128)
		flags, gso_type, _, gso_size, start, offset = VNET_HDR.unpack_from(data)
		data, mark = data[VNET_HDR.size:], 0
		for level, _, value in ancillary:
			if level == socket.SOL_SOCKET:
				mark = int.from_bytes(value, sys.byteorder)
				continue
			status, _, _, _, _, tci, tpid = struct.unpack_from("=IIIHHHH", value)
			if status & AUX_VLAN_VALID:
				data = data[:12] + struct.pack("!HH", tpid, tci) + data[12:]
				start += 4
		if not flags & 1:
			start = offset = 0
		return (data, mark, start, offset, gso_type, gso_size)

	def until(self, marker):
		"""All that came before the marker."""
		frames = []
		while True:
			frame = self.receive()
			if frame[0] == marker:
				return frames
			# Older markers are noise.
			if frame[0][12:14] != marker[12:14]:
				frames.append(frame)


class Bench:
	"""The devices around a switch."""

	def __init__(self, names):
		self.devices = {name: Device(name) for name in names}
		self.serial = 0

	def collect(self, sender):
		"""What all devices have received, by name."""
		self.serial += 1
		marker = (mac("ffffffffffff0200000000fe") + struct.pack("!HI", ETH_P_MARKER, self.serial)
			  + bytes(42))
		# No marker comes back to where it was sent, so another device sends one too.
		other = next(name for name in self.devices if name != sender)
		header = bytes(VNET_HDR.size)
		self.devices[sender].send(header, marker)
		received = {name: device.until(marker) for name, device in self.devices.items()
			    if name != sender}
		self.devices[other].send(header, marker)
		received[sender] = self.devices[sender].until(marker)
		return received

	def frame(self, text, ident):
		"""DEV^MARK*COUNT FRAME, taken apart."""
		place, _, rest = text.strip().partition(" ")
		place, _, count = place.partition("*")
		place, _, mark = place.partition("^")
		return place, Frame(rest, ident, int(mark or 0)), int(count or 1)

	def transmit(self, text, ident, times=1):
		place, frame, count = self.frame(text.replace("%n", "0"), ident)
		for i in range(count * times):
			if "%n" in text:
				frame = self.frame(text.replace("%n", str(i)), ident)[1]
			self.devices[place].send(frame.vnet_hdr(), frame.data, frame.mark)
		return place, frame

	def expected(self, text, sent, ident):
		wanted = {name: [] for name in self.devices}
		for part in filter(None, map(str.strip, text.split(";"))):
			if part.endswith(" same"):
				place, _, count = self.frame(part[:-5], ident)
				frame = sent
			else:
				place, frame, count = self.frame(part, ident)
			wanted[place] += [frame.key()] * count
		return wanted

	def check(self, line):
		ident, times = 0, 1
		if line.startswith("#"):
			case, _, line = line[1:].partition(" ")
			ident, times = (int(n or 1) for n in case.partition("*")[::2])
		text, arrow, outcome = line.partition("=>")
		sender, sent = self.transmit(text, ident, times)
		received = self.collect(sender)
		if not arrow:
			return ""
		wanted = {name: frames * times
			  for name, frames in self.expected(outcome, sent, ident).items()}
		return "; ".join(f"{name}: {difference(wanted[name], received[name])}"
				 for name in self.devices if wanted[name] != received[name])

	def run(self, line):
		verb, _, name = line.strip().partition(" ")
		if verb == "send":
			self.transmit(name, 0)
		elif verb == "open":
			self.devices[name] = Device(name)
		elif verb == "close":
			self.devices.pop(name).sock.close()
		else:
			return self.check(line)
		return ""


def describe(frame):
	data, mark, start, offset, gso_type, gso_size = frame
	more = f" mark {mark}" if mark else ""
	more += f" partial {start}+{offset}" if start else ""
	more += f" gso {gso_type} {gso_size}" if gso_type else ""
	return (data.hex() if len(data) < 200 else f"{data[:100].hex()}.. {len(data)} bytes") + more


def difference(wanted, received):
	if len(wanted) != len(received):
		what = ", ".join(describe(frame) for frame in received[:3])
		return f"{len(received)} frames instead of {len(wanted)}: {what}"
	for want, got in zip(wanted, received):
		if want != got:
			return f"got {describe(got)}, want {describe(want)}"
	return "?"


def main():
	os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])
	bench = Bench(sys.argv[1:])
	print("ok", flush=True)
	for line in sys.stdin:
		try:
			answer = bench.run(line)
		except (OSError, ValueError, KeyError, IndexError, AttributeError) as error:
			answer = f"{type(error).__name__}: {error}"
		print(answer.replace("\n", " ") or "ok", flush=True)


if __name__ == "__main__":
	main()
