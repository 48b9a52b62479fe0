#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""The wire between VMs: what one of them sends, all others get.

	wire.py PATH

QEMU sends frames to the socket PATH, from a socket PATH.NAME of its own.
"""

import glob
import socket
import struct
import sys

FRAME_MAX = 70000
PATIENCE = struct.pack("ll", 0, 200000)


def main():
    path = sys.argv[1]
    wire = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, PATIENCE)
    wire.bind(path)
    while True:
        frame, source = wire.recvfrom(FRAME_MAX)
        for host in glob.glob(path + ".*"):
            if host == source:
                continue
            try:
                wire.sendto(frame, host)
            except OSError:
                pass  # it is off, or has not read for too long


main()
