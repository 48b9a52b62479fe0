#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Send TCP streams between namespaces and compare what arrives, to the byte.

	streams.py

reads lines from stdin and answers each with "ok" or with what is wrong:

	send FROM TO ADDRESS BYTES

sends a stream from namespace FROM to ADDRESS, which is in namespace TO; "-" is
the namespace where streams.py was started.

	tap NS DEV PEER_NS PEER_DEV [plain]

makes two taps and carries frames between them, as a virtual machine's monitor
does; with checksum and segmentation offload unless "plain".

	tun NS DEV PEER_NS PEER_DEV [plain]

does so with IP packets, which have no Ethernet header.
"""
import ctypes
import fcntl
import hashlib
import os
import random
import socket
import struct
import sys
import threading

CLONE_NEWNET = 0x40000000
TUNSETIFF, TUNSETOFFLOAD = 0x400454ca, 0x400454d0
IFF_TUN, IFF_TAP, IFF_NO_PI, IFF_VNET_HDR = 0x0001, 0x0002, 0x1000, 0x4000
TUN_F_CSUM, TUN_F_TSO4, TUN_F_TSO6 = 1, 2, 4
PORT = 5001
SECONDS = 60

libc = ctypes.CDLL(None, use_errno=True)
home = os.open("/proc/self/ns/net", os.O_RDONLY)


class Inside:
	"""In a namespace; what is opened there stays there."""

	def __init__(self, name):
		self.fd = home if name == "-" else os.open(f"/run/netns/{name}", os.O_RDONLY)

	def __enter__(self):
		if libc.setns(self.fd, CLONE_NEWNET):
			raise OSError(ctypes.get_errno(), "setns")

	def __exit__(self, *_):
		libc.setns(home, CLONE_NEWNET)
		if self.fd != home:
			os.close(self.fd)


def receive(listener, result):
	digest, total = hashlib.sha256(), 0
	try:
		with listener.accept()[0] as connection:
			while data := connection.recv(1 << 18):
				digest.update(data)
				total += len(data)
	except OSError:
		# Nobody comes: the sender says why.
		return
	result.append((total, digest.digest()))


def send(source, target, address, count):
	family = socket.AF_INET6 if ":" in address else socket.AF_INET
	block, digest, result = random.randbytes(1 << 16), hashlib.sha256(), []
	with Inside(target):
		listener = socket.create_server((address, PORT), family=family)
	listener.settimeout(SECONDS)
	with Inside(source):
		connection = socket.socket(family)
	receiver = threading.Thread(target=receive, args=(listener, result))
	receiver.start()
	with listener, connection:
		connection.settimeout(SECONDS)
		connection.connect((address, PORT))
		for offset in range(0, int(count), len(block)):
			data = struct.pack("!Q", offset) + block[8:]
			connection.sendall(data)
			digest.update(data)
		connection.shutdown(socket.SHUT_WR)
		receiver.join(SECONDS)
	if not result:
		return "the stream did not end"
	total, got = result[0]
	return "" if got == digest.digest() else f"other bytes arrived, {total} of them"


def open_tap(namespace, name, kind, offload):
	with Inside(namespace):
		fd = os.open("/dev/net/tun", os.O_RDWR)
		flags = kind | IFF_NO_PI | IFF_VNET_HDR
		fcntl.ioctl(fd, TUNSETIFF, struct.pack("16sH22x", name.encode(), flags))
	fcntl.ioctl(fd, TUNSETOFFLOAD, offload)
	return fd


def carry(source, target):
	while True:
		try:
			frame = os.read(source, 1 << 17)
		except OSError:
			# The device is gone.
			return
		try:
			os.write(target, frame)
		except OSError:
			# The other device is down.
			pass


def pair(kind, namespace, name, peer_namespace, peer_name, plain=""):
	offload = 0 if plain else TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO6
	one = open_tap(namespace, name, kind, offload)
	other = open_tap(peer_namespace, peer_name, kind, offload)
	for ends in ((one, other), (other, one)):
		threading.Thread(target=carry, args=ends, daemon=True).start()


def tap(*args):
	pair(IFF_TAP, *args)


def tun(*args):
	pair(IFF_TUN, *args)


def main():
	print("ok", flush=True)
	for line in sys.stdin:
		verb, *words = line.split()
		try:
			answer = {"send": send, "tap": tap, "tun": tun}[verb](*words)
		except (OSError, KeyError, TypeError, ValueError) as error:
			answer = f"{type(error).__name__}: {error}"
		print(answer or "ok", flush=True)


if __name__ == "__main__":
	main()
