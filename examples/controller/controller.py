#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""A learning switch in user space, which decides about the first frame of each
pair of hosts. It speaks include/netlink/vsw.yaml by the kernel's YNL client.

	controller.py [--ynl DIR] [--idle SECONDS] SWITCH
"""
import argparse
import os
import select
import sys

SPEC = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../include/netlink/vsw.yaml")


def options():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--ynl", default=os.environ.get("YNL"),
                        help="tools/net/ynl of a kernel source tree (default: $YNL)")
    parser.add_argument("--idle", type=int, default=30,
                        help="seconds until an unused flow goes (default: 30)")
    parser.add_argument("switch", help="name of the switch")
    return parser.parse_args()


def text(mac):
    return ":".join(f"{byte:02x}" for byte in mac)


class Controller:
    """What is known of a switch, and two sockets to it: one is asked, the other
    gets frames, since YNL wants no other message while it waits for an answer."""

    def __init__(self, vsw, frames, switch, idle):
        self.vsw = vsw
        self.frames = frames
        self.name = {"switch-name": switch}
        self.idle = idle
        self.port_of = {}

    def start(self):
        """From now on, frames that match no flow come here."""
        self.frames.do("punt-listen", {**self.name, "queue": 0})
        self.vsw.do("table-set", {**self.name, "table": 0, "miss": "punt"})

    def learn(self, mac, port):
        """A host is at a port; what was known of it before is wrong."""
        if mac[0] & 1 or self.port_of.get(mac) == port:
            return
        if mac in self.port_of:
            for field in "eth-src", "eth-dst":
                self.vsw.do("flow-del", {**self.name, "match": {field: mac}})
        self.port_of[mac] = port
        print(f"{text(mac)} is at port {port}", flush=True)

    def add_flow(self, frame, port):
        """Further frames of the pair stay in the kernel."""
        dst, src = frame[:6], frame[6:12]
        self.vsw.do("flow-new", {
            **self.name, "priority": 100, "idle-timeout": self.idle,
            "match": {"in-port": port, "eth-src": src, "eth-dst": dst},
            "actions": {"action": [{"output": self.port_of[dst]}]},
        }, self.create)
        print(f"{text(src)} > {text(dst)} goes to port {self.port_of[dst]}", flush=True)

    def handle(self, punt):
        """Decide about a frame."""
        frame, port = punt["frame"], punt["port-no"]
        packet = {**self.name, "port-no": port, "frame": frame}
        self.learn(frame[6:12], port)
        if frame[:6] in self.port_of:
            self.add_flow(frame, port)
            self.vsw.do("packet-out", {**packet, "table": 0})
        else:
            self.vsw.do("packet-out", {**packet, "actions": {"action": [{"flood": True}]}})

    def receive(self):
        """Handle what has come. An overrun has lost frames, no more than that."""
        try:
            self.frames.check_ntf()
        except OSError:
            pass
        while self.frames.async_msg_queue:
            message = self.frames.async_msg_queue.pop(0)
            if message["name"] != "punt":
                continue
            try:
                self.handle(message["msg"])
            except self.refused as error:
                # A port may have gone meanwhile: the host will try again.
                print(error, file=sys.stderr)

    def run(self):
        while True:
            select.select([self.frames.sock], [], [])
            self.receive()


def main():
    opts = options()
    if not opts.ynl:
        sys.exit("name the kernel's YNL client by --ynl LINUX/tools/net/ynl")
    sys.path.insert(0, opts.ynl)
    # pylint: disable=import-outside-toplevel,import-error
    from lib import Netlink, NlError, YnlFamily
    Controller.create = [Netlink.NLM_F_CREATE, Netlink.NLM_F_REPLACE]
    Controller.refused = NlError
    controller = Controller(YnlFamily(SPEC, ""), YnlFamily(SPEC, "", recv_size=131072),
                            opts.switch, opts.idle)
    controller.start()
    print("ready", flush=True)
    try:
        controller.run()
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
