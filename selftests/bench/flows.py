#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Program flows with as few system calls as netlink allows, since a system call
costs tens of microseconds in User Mode Linux.

flows.py program CONTENDER N        add, dump and delete N flows; a line for each:
                                    what, flows, ns of kernel CPU, ns, bytes
flows.py churn CONTENDER UPDATES N REQUEST
                                    N times: do UPDATES updates, send REQUEST to
                                    the generator; its results, added up
"""
import re
import socket
import struct
import sys
import time
from pathlib import Path

NLM_F_REQUEST, NLM_F_MULTI, NLM_F_DUMP = 1, 2, 0x300
NLA_F_NESTED = 0x8000
NLM_F_NEW = NLM_F_REQUEST | 0x400 | 0x200   # create, exclusive
NLMSG_ERROR, NLMSG_DONE = 2, 3
NETLINK_ROUTE, NETLINK_GENERIC = 0, 16
SOL_SOCKET, SO_SNDBUFFORCE, SO_RCVBUFFORCE = 1, 32, 33
SOL_NETLINK, NETLINK_EXT_ACK, NETLINK_CAP_ACK = 270, 11, 10
SRC_MAC, DST_MAC = bytes.fromhex("020000000001"), bytes.fromhex("020000001000")
UDP = 17
BESIDE = 1 << 20    # flows from here on have ports that no traffic has
UAPI = Path(__file__).parent / "../../include/uapi/linux/vsw.h"


def attr(kind, data):
    return struct.pack("=HH", 4 + len(data), kind) + data + b"\0" * (-len(data) % 4)


def nest(kind, data):
    return attr(kind | NLA_F_NESTED, data)


def attrs(pairs):
    return b"".join(attr(kind, data) for kind, data in pairs)


def message(kind, flags, body):
    return struct.pack("=IHHII", 16 + len(body), kind, flags, 1, 0) + body


def messages(data):
    """(type, body) of each message in data"""
    while len(data) >= 16:
        size, kind = struct.unpack_from("=IH", data)
        yield kind, data[16:size]
        data = data[(size + 3) & ~3:]


def address(i):
    """source address of flow i, and its port: as kmod/stream.c has them"""
    port = 1000 + (i & 1023) + (0x2000 if i >= BESIDE else 0)
    return struct.pack(">I", 0x0a000001 + (i >> 10)), struct.pack(">H", port)


class Netlink:
    def __init__(self, protocol):
        self.socket = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, protocol)
        for option in SO_SNDBUFFORCE, SO_RCVBUFFORCE:
            self.socket.setsockopt(SOL_SOCKET, option, 1 << 22)
        for option in NETLINK_EXT_ACK, NETLINK_CAP_ACK:
            self.socket.setsockopt(SOL_NETLINK, option, 1)

    def send(self, data):
        self.socket.send(data)

    def answers(self):
        """what the kernel has said so far"""
        self.socket.setblocking(False)
        try:
            while True:
                yield from messages(self.socket.recv(1 << 20))
        except BlockingIOError:
            self.socket.setblocking(True)

    def check(self):
        for kind, body in self.answers():
            error, = struct.unpack_from("=i", body)
            if kind == NLMSG_ERROR and error:
                raise OSError(-error, "a request is refused", repr(body[20:]))

    def dump(self, request):
        """number of objects"""
        self.send(request)
        count = 0
        while True:
            for kind, _ in messages(self.socket.recv(1 << 20)):
                if kind in (NLMSG_DONE, NLMSG_ERROR):
                    return count
                count += 1

    def family(self, name):
        self.send(message(16, NLM_F_REQUEST, struct.pack("=BBH", 3, 1, 0) + attr(2, name + b"\0")))
        (_, body), = messages(self.socket.recv(1 << 20))
        return struct.unpack("=H", re.search(rb"\x06\0\x01\0(..)", body[4:], re.S)[1])[0]


class Vsw:
    """Each flow is a change of its own; or all are one transaction."""

    def __init__(self):
        self.netlink = Netlink(NETLINK_GENERIC)
        self.family = self.netlink.family(b"vsw")
        self.names = self.uapi()
        self.switch = attr(self.names["FLOW_SWITCH"],
                           struct.pack("=I", socket.if_nametoindex("vsw0")))
        self.txn = b""

    @staticmethod
    def uapi():
        names = {}
        for body in re.findall(r"enum \{\n(.*?)\};", UAPI.read_text(), re.S):
            found = re.findall(r"\tVSW_(?:A_)?(\w+)(?: = 1)?,", body)
            names |= {name: i for i, name in enumerate(found, 1)}
        return names

    def fields(self, values):
        return attrs((self.names["FIELDS_" + name], value) for name, value in values)

    def request(self, command, flags, body):
        return message(self.family, flags, struct.pack("=BBH", self.names["CMD_" + command], 1, 0)
                       + self.switch + body)

    def match(self, i):
        src, port = address(i)
        values = [("IN_PORT", struct.pack("=I", 1)), ("ETH_DST", DST_MAC), ("ETH_SRC", SRC_MAC),
                  ("ETH_TYPE", b"\x08\0"), ("IP_PROTO", bytes([UDP])), ("IPV4_SRC", src),
                  ("IPV4_DST", bytes([10, 1, 0, 1])), ("TP_SRC", b"\0\x09"), ("TP_DST", port)]
        return nest(self.names["FLOW_MATCH"], self.fields(values))

    def add(self, i):
        output = attr(self.names["ACTION_OUTPUT"], struct.pack("=I", 2))
        actions = nest(self.names["FLOW_ACTIONS"], nest(self.names["ACTIONS_ACTION"], output))
        return self.request("FLOW_NEW", NLM_F_NEW, self.txn + self.match(i) + actions)

    def delete(self, i):
        return self.request("FLOW_DEL", NLM_F_REQUEST, self.match(i))

    def flush(self):
        return self.request("FLOW_DEL", NLM_F_REQUEST, b"")

    def dump(self):
        return self.request("FLOW_GET", NLM_F_REQUEST | NLM_F_DUMP, b"")

    def begin(self):
        self.netlink.send(self.request("TXN_NEW", NLM_F_REQUEST, b""))
        (_, body), = messages(self.netlink.socket.recv(65536))
        header = attr(self.names["TXN_TXN"], b"\0\0\0\0")[:4]
        number = body[body.index(header, 4) + 4:][:4]
        self.txn = attr(self.names["FLOW_TXN"], number)
        return self.request("TXN_COMMIT", NLM_F_REQUEST, attr(self.names["TXN_TXN"], number))


class Ovs:
    def __init__(self):
        self.netlink = Netlink(NETLINK_GENERIC)
        self.family = self.netlink.family(b"ovs_flow")
        self.datapath = socket.if_nametoindex("dp0")

    def request(self, command, flags, body):
        return message(self.family, flags, struct.pack("=BBHI", command, 1, 0, self.datapath) + body)

    def key(self, i):
        src, port = address(i)
        ipv4 = src + bytes([10, 1, 0, 1, UDP, 0, 64, 0])
        return attr(1, attrs([(20, b"\0" * 4), (3, struct.pack("=I", 1)), (4, SRC_MAC + DST_MAC),
                              (6, b"\x08\0"), (7, ipv4), (10, b"\0\x09" + port)]))

    def add(self, i):
        ufid = attr(9, struct.pack("=QQ", 0x1234567, i * 0x9e3779b97f4a7c15 % 2 ** 64))
        return self.request(1, NLM_F_NEW, ufid + self.key(i)
                            + attr(2, attr(1, struct.pack("=I", 2))))

    def delete(self, i):
        ufid = attr(9, struct.pack("=QQ", 0x1234567, i * 0x9e3779b97f4a7c15 % 2 ** 64))
        return self.request(2, NLM_F_REQUEST, ufid)

    def flush(self):
        return self.request(2, NLM_F_REQUEST, b"")

    def dump(self):
        return self.request(3, NLM_F_REQUEST | NLM_F_DUMP, b"")


class Flower:
    PARENT = 0xfffffff2     # clsact, ingress

    def __init__(self):
        self.netlink = Netlink(NETLINK_ROUTE)
        self.device = socket.if_nametoindex("Ai")
        out = struct.pack("=IIiiiiI", 0, 0, 4, 0, 0, 1, socket.if_nametoindex("Bi"))
        self.mirred = attr(3, attr(1, attr(1, b"mirred\0") + attr(2, attr(2, out))))

    def request(self, kind, flags, body, priority=1):
        protocol = socket.htons(0x0800) if priority else 0
        return message(kind, flags, struct.pack("=BxxxiIII", 0, self.device, 0, self.PARENT,
                                                priority << 16 | protocol) + body)

    def add(self, i):
        src, port = address(i)
        options = attrs([(8, b"\x08\0"), (9, bytes([UDP])), (10, src), (20, b"\0\x09"), (21, port)])
        return self.request(44, NLM_F_NEW, attr(1, b"flower\0") + attr(
            2, options + self.mirred + attr(22, struct.pack("=I", 1))))

    def flush(self):
        return self.request(45, NLM_F_REQUEST, b"", priority=0)

    def dump(self):
        return self.request(46, NLM_F_REQUEST | NLM_F_DUMP, b"", priority=0)


CONTENDERS = {"vsw": Vsw, "ovs": Ovs, "tc": Flower}


def packed(requests, limit=60000):
    buffers, size = [[]], 0
    for request in requests:
        if size + len(request) > limit:
            buffers.append([])
            size = 0
        buffers[-1].append(request)
        size += len(request)
    return [b"".join(buffer) for buffer in buffers]


def clocks():
    return [int(n) for n in Path("/proc/bench").read_text().split()[5:]]


def memory():
    """What objects of the kernel may lie in: slabs, per-CPU areas, vmalloc."""
    info = Path("/proc/meminfo").read_text()
    return sum(int(n) for n in re.findall(r"^(?:Slab|Percpu|VmallocUsed): *(\d+)", info, re.M)) * 1024


def settled_memory():
    """memory() once nothing is being freed any more"""
    last = None
    for _ in range(50):
        now = memory()
        if now == last:
            break
        last = now
        time.sleep(0.05)
    return now


class Step:
    """One line of the report: the cost of what is done in the block."""

    def __init__(self, name, count):
        self.name, self.count = name, count

    def __enter__(self):
        self.memory = settled_memory()
        self.clocks = clocks()

    def __exit__(self, *error):
        cpu, wall = (b - a for a, b in zip(self.clocks, clocks()))
        grown = settled_memory() - self.memory
        if not any(error):
            print(self.name, self.count, cpu, wall, grown, sep="\t", flush=True)


def add(contender, name, buffers, count):
    with Step(name, count):
        for buffer in buffers:
            contender.netlink.send(buffer)
    contender.netlink.check()


def flush(contender, count, name="delete all"):
    with Step(name, count):
        contender.netlink.send(contender.flush())
    contender.netlink.check()


def dump(contender, count):
    with Step("dump", count):
        found = contender.netlink.dump(contender.dump())
    if found < count:
        raise SystemExit(f"{found} flows of {count} were shown")


def program(contender, count):
    single = min(count, 10000)
    if count == single:
        add(contender, "add, one a message", [contender.add(i) for i in range(single)], single)
        flush(contender, single)
    add(contender, "add, batched", packed(contender.add(i) for i in range(count)), count)
    dump(contender, count)
    flush(contender, count)
    if hasattr(contender, "begin"):
        commit = contender.begin()
        buffers = packed(contender.add(i) for i in range(count)) + [commit]
        add(contender, "add, one transaction", buffers, count)
        flush(contender, count)


def churn(contender, updates, rounds, request):
    """Flows beside those of the traffic come and go."""
    change = range(BESIDE, BESIDE + updates)
    buffers = [b"".join(contender.add(i) for i in change),
               b"".join(contender.delete(i) for i in change)]
    total = [0, 0, 0, 0]
    for i in range(rounds):
        contender.netlink.send(buffers[i % 2])
        Path("/proc/bench").write_text(request)
        result = Path("/proc/bench").read_text().split()
        total = [a + int(b) for a, b in zip(total, result)]
    if rounds % 2:
        contender.netlink.send(buffers[1])
    contender.netlink.check()
    print(*total)


def main(what, name, *words):
    contender = CONTENDERS[name]()
    if what == "program":
        program(contender, int(words[0]))
    else:
        churn(contender, int(words[0]), int(words[1]), words[2])


main(*sys.argv[1:])
