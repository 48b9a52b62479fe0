#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""netkit.py NAME PEER: add a pair of netkit devices that carry Ethernet, which
Debian 12's ip(8) does not know how to do."""
import socket
import struct
import sys

RTM_NEWLINK = 16
NLM_F_REQUEST, NLM_F_ACK, NLM_F_EXCL, NLM_F_CREATE = 1, 4, 0x200, 0x400
IFLA_IFNAME, IFLA_LINKINFO, IFLA_INFO_KIND, IFLA_INFO_DATA = 3, 18, 1, 2
IFLA_NETKIT_PEER_INFO, IFLA_NETKIT_MODE, NETKIT_L2 = 1, 5, 0


def attr(kind, data):
    return struct.pack("=HH", 4 + len(data), kind) + data + b"\0" * (-len(data) % 4)


def link(name):
    return bytes(16) + attr(IFLA_IFNAME, name.encode() + b"\0")


def main(name, peer):
    data = attr(IFLA_NETKIT_PEER_INFO, link(peer)) + attr(IFLA_NETKIT_MODE, struct.pack("=I", NETKIT_L2))
    body = link(name) + attr(IFLA_LINKINFO, attr(IFLA_INFO_KIND, b"netkit\0") + attr(IFLA_INFO_DATA, data))
    flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_EXCL | NLM_F_CREATE
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) as route:
        route.send(struct.pack("=IHHII", 16 + len(body), RTM_NEWLINK, flags, 1, 0) + body)
        error, = struct.unpack_from("=i", route.recv(65536), 16)
    return f"netkit is refused: {-error}" if error else 0


sys.exit(main(*sys.argv[1:]))
