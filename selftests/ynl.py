#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""The family can be driven from include/netlink/vsw.yaml alone, by the kernel's
own YNL client.

	vsw0 with the ports d1 and d2, and d3 beside it, all dummies, in a network
	namespace of their own
"""
import ctypes
import errno
import os
import select
import socket
import struct
import subprocess
import sys
import traceback

import yaml

YNL = os.environ.get("YNL")
SPEC = os.path.join(os.path.dirname(__file__), "../include/netlink/vsw.yaml")
SCHEMA = "../../../Documentation/netlink/genetlink-legacy.yaml"
CLONE_NEWNET = 0x40000000
LOCAL = 0xfffffffe
FLOWS = 10000

if not YNL:
    print("1..0 # SKIP YNL is the kernel's tools/net/ynl: run this in the VM")
    sys.exit(4)
sys.path.insert(0, YNL)
from lib import YnlFamily, Netlink, NlError  # noqa: E402

CREATE = [Netlink.NLM_F_CREATE]
EXCL = [Netlink.NLM_F_CREATE, Netlink.NLM_F_EXCL]
REPLACE = [Netlink.NLM_F_REPLACE]
UPSERT = [Netlink.NLM_F_CREATE, Netlink.NLM_F_REPLACE]
ECHO = [Netlink.NLM_F_ECHO] if hasattr(Netlink, "NLM_F_ECHO") else [8]
NLM_F_DUMP_INTR = 0x10

VSW = {"switch-name": "vsw0"}
DROP = {"action": [{"drop": True}]}


# libyaml reads the spec ten times as fast; tests open a hundred families.
yaml.safe_load = lambda stream: yaml.load(stream, Loader=yaml.CSafeLoader)


def family(schema=""):
    """The family on a socket of its own; with a schema the spec is validated."""
    return YnlFamily(SPEC, schema, recv_size=131072)


def ip(*args):
    subprocess.run(["ip", *args], check=True)


def eq(want, got, what="value"):
    assert want == got, f"{what}: want {want!r}, got {got!r}"


def refused(code, text, bad, request, attrs, flags=None):
    """The request fails with the code, a sentence and the attribute named."""
    try:
        y.do(request, attrs, list(flags or []))
    except NlError as err:
        extack = err.nl_msg.extack or {}
        eq(code, abs(err.error), f"error of {request} {attrs}")
        assert text in extack.get("msg", ""), f"no '{text}' in {extack}"
        eq(bad, extack.get("bad-attr") or extack.get("miss-type"), "attribute")
        return
    raise AssertionError(f"{request} {attrs} was not refused")


def flow(**attrs):
    return {**VSW, "actions": DROP, **{k.replace("_", "-"): v for k, v in attrs.items()}}


def flows(**attrs):
    return y.dump("flow-get", {**VSW, **attrs})


def port(name):
    return y.do("port-get", {**VSW, "name": name})


def forget_flows():
    y.do("flow-del", dict(VSW))


def a_switch_is_added_with_its_settings():
    new = y.do("switch-new", {**VSW, "ageing": 60, "ports-max": 100}, list(ECHO))
    eq(("vsw0", 60, 100), (new["switch-name"], new["ageing"], new["ports-max"]))
    y.do("switch-set", {"switch": new["switch"], "ageing": 90})
    eq([90], [sw["ageing"] for sw in y.dump("switch-get", {})])


def a_port_is_added_and_shown():
    trunk = [{"first": 1, "last": 9}, {"first": 20, "last": 20}]
    new = y.do("port-new", {**VSW, "name": "d1", "port-no": 7, "vlan-mode": "native-tagged",
                            "vlan-tag": 5, "vlan-trunk": trunk})
    eq((7, "d1", 5, trunk),
       (new["port-no"], new["name"], new["vlan-tag"], new["vlan-trunk"]))
    y.do("port-new", {**VSW, "name": "d2", "isolated": 1})
    eq(["d1", "d2", "vsw0"], sorted(p["name"] for p in y.dump("port-get", {})))
    eq(1, port("d2")["isolated"])
    eq(LOCAL, port("vsw0")["port-no"])


def settings_that_are_not_given_stay():
    y.do("port-set", {**VSW, "name": "d1", "hairpin": 1})
    eq((1, 5), (port("d1")["hairpin"], port("d1")["vlan-tag"]))
    y.do("port-set", {**VSW, "port-no": 7, "vlan-mode": "trunk"})
    assert "vlan-tag" not in port("d1") and "vlan-trunk" not in port("d1")


def a_flow_comes_back_as_it_was_given():
    given = {
        "priority": 5, "table": 2, "cookie": 0x1122334455667788,
        "idle-timeout": 60, "hard-timeout": 600,
        "match": {"in-port": 7, "eth-type": 0x0800, "ip-proto": 6, "ipv4-src": 0x0a000000,
                  "tp-dst": 1000, "tp-dst-max": 1999, "reg3": 0x10, "metadata": 3},
        "mask": {"ipv4-src": 0xff000000, "reg3": 0xf0},
        "actions": {"action": [
            {"set-field": {"value": {"eth-dst": bytes(5) + b"\x01"}}},
            {"set-field": {"value": {"ip-tos": 4}, "mask": {"ip-tos": 0xfc}}},
            {"move": {"src": {"field": 5, "offset": 8, "bits": 16},
                      "dst": {"field": 4, "offset": 0, "bits": 16}}},
            {"dec-ttl": True},
            {"output": 7},
            {"output-name": "later"},
            {"push-vlan": 0x8100},
            {"goto-table": 9},
        ]},
    }
    new = y.do("flow-new", {**VSW, **given}, CREATE + ECHO)
    got = flows()[0]
    for volatile in "duration", "used":
        new.pop(volatile, None)
        got.pop(volatile, None)
    eq(new, got, "reply and dump")
    for name in "priority", "table", "cookie", "idle-timeout", "hard-timeout":
        eq(given[name], got[name], name)
    got["match"]["ipv4-src"] = 0x0a000000
    got["mask"]["ipv4-src"] = 0xff000000
    eq(given["match"], got["match"])
    eq(given["mask"], got["mask"])
    given["actions"]["action"][0]["set-field"]["value"]["eth-dst"] = "00:00:00:00:00:01"
    eq(given["actions"], got["actions"])
    eq(got["id"], y.do("flow-get", {**VSW, "id": got["id"]})["id"])
    forget_flows()


def fields_that_share_a_place_keep_their_names():
    matches = [
        {"eth-type": 0x0800, "ip-proto": 1, "icmp-type": 8, "icmp-code": 0},
        {"eth-type": 0x86dd, "ip-proto": 58, "icmp-type": 135, "icmp-code": 0,
         "nd-sll": b"\x02" + bytes(5)},
        {"eth-type": 0x86dd, "ip-proto": 58, "icmp-type": 136, "icmp-code": 0,
         "nd-tll": b"\x02" + bytes(5)},
        {"eth-type": 0x0806, "arp-op": 1, "arp-spa": 1, "arp-sha": b"\x02" + bytes(5)},
        {"eth-type": 0x86dd, "ip-proto": 17, "ipv6-label": 5, "tp-src": 1},
    ]
    for match in matches:
        y.do("flow-new", flow(match=match))
        eq(set(match), set(flows()[0]["match"]))
        forget_flows()


def nlmsg_flags_say_create_or_replace():
    y.do("flow-new", flow(cookie=1), list(EXCL))
    refused(errno.EEXIST, "", None, "flow-new", flow(cookie=2))
    refused(errno.EEXIST, "", None, "flow-new", flow(cookie=2), CREATE)
    y.do("flow-new", flow(cookie=3), list(REPLACE))
    eq([3], [f["cookie"] for f in flows()])
    y.do("flow-new", flow(cookie=4), list(UPSERT))
    eq([4], [f["cookie"] for f in flows()])
    refused(errno.ENOENT, "", None, "flow-new", flow(priority=9), REPLACE)
    refused(errno.EINVAL, "nlmsg_flags", None, "flow-set", flow(), CREATE)
    forget_flows()


def flows_are_changed_and_deleted_by_match():
    udp = {"eth-type": 0x0800, "ip-proto": 17}
    for n, match in enumerate([udp, {**udp, "tp-dst": 53}, {"eth-type": 0x0806}]):
        y.do("flow-new", flow(match=match, cookie=n))
    y.do("flow-set", flow(match=udp, actions={"action": [{"normal": True}]}))
    eq([0, 1], sorted(f["cookie"] for f in flows() if "normal" in f["actions"]["action"][0]))
    y.do("flow-set", flow(cookie=2, cookie_mask=3, actions={"action": [{"output": 7}]}))
    eq([2], [f["cookie"] for f in flows(**{"out-port": 7})])
    y.do("flow-del", {**VSW, "match": udp, "strict": True})
    eq([1, 2], sorted(f["cookie"] for f in flows()))
    y.do("flow-del", {**VSW, "id": flows(cookie=1)[0]["id"]})
    y.do("flow-del", {**VSW, "out-port": 7})
    eq([], flows())


def an_error_names_the_attribute():
    tcp = {"eth-type": 0x0800, "ip-proto": 6}
    ten = {**tcp, "ipv4-src": 0x0a000001}
    inval = errno.EINVAL
    refused(errno.ENODEV, "name", ".switch-name", "port-get", {"switch-name": "none", "name": "d1"})
    refused(inval, "switch", "switch-name", "flow-new", {"actions": DROP})
    refused(inval, "actions", "actions", "flow-new", VSW)
    refused(inval, "tp_dst", ".match.tp-dst", "flow-new", flow(match={"tp-dst": 1}))
    refused(inval, "icmp_type", ".match.icmp-type", "flow-new",
            flow(match={**tcp, "icmp-type": 1}))
    refused(inval, "outside its mask", ".match.ipv4-src", "flow-new",
            flow(match=ten, mask={"ipv4-src": 0xff000000}))
    refused(inval, "only 12 bits", ".match.tcp-flags", "flow-new",
            flow(match={**tcp, "tcp-flags": 0x1000}))
    refused(inval, "needs a match", ".mask", "flow-new", flow(mask={"reg0": 1}))
    refused(inval, "match has not", ".mask.reg1", "flow-new",
            flow(match={"reg0": 1}, mask={"reg1": 1}))
    refused(inval, "ends before", ".match.tp-dst-max", "flow-new",
            flow(match={**tcp, "tp-dst": 2, "tp-dst-max": 1}))
    refused(inval, "Only one", ".actions.action.drop", "flow-new",
            flow(actions={"action": [{"normal": True, "drop": True}]}))
    refused(errno.E2BIG, "at most 256", ".actions.action", "flow-new",
            flow(actions={"action": [{"dec-ttl": True}] * 257}))
    refused(inval, "65279", ".port-no", "port-new", {**VSW, "name": "d1", "port-no": 65280})
    refused(inval, "vlan-tag", ".vlan-mode", "port-set",
            {**VSW, "name": "d1", "vlan-mode": "access"})
    refused(inval, "1 to 4094", ".vlan-tag", "port-set",
            {**VSW, "name": "d1", "vlan-mode": "access", "vlan-tag": 0})
    refused(errno.ENOENT, "no such port", ".name", "port-del", {**VSW, "name": "none"})
    refused(errno.ENODEV, "interface", ".name", "port-new", {**VSW, "name": "none"})
    refused(errno.EEXIST, "already", ".name", "port-new", {**VSW, "name": "d1"})
    refused(errno.EEXIST, "exists", ".switch-name", "switch-new", VSW)
    refused(inval, "name", "switch-name", "switch-new", {})
    refused(inval, "LOCAL", None, "port-del", {**VSW, "name": "vsw0"})
    refused(errno.ENODEV, "interface", ".ifindex", "port-new",
            {**VSW, "name": "d3", "ifindex": 2**31 + 1})
    refused(errno.EBUSY, "taken by", ".port-no", "port-new", {**VSW, "name": "d3", "port-no": 7})
    refused(errno.EBUSY, "in use", ".ports-max", "switch-set", {**VSW, "ports-max": 1})
    refused(inval, "unicast", ".lladdr", "fdb-new",
            {**VSW, "port-no": 7, "lladdr": b"\x03" + bytes(5)})
    refused(errno.ENOENT, "port 99", ".actions.action", "flow-new",
            flow(actions={"action": [{"output": 7}, {"output": 99}]}))
    refused(inval, "strict", ".priority", "flow-del", {**VSW, "priority": 1})
    refused(inval, "cookie", ".cookie-mask", "flow-del", {**VSW, "cookie-mask": 1})
    refused(errno.ENOENT, "id", ".id", "flow-get", {**VSW, "id": 12345})
    refused(errno.ERANGE, "", ".table", "flow-new", flow(table=254))
    eq([], flows())


def request_with(name, attrs, tail):
    """The errno of a request with raw bytes behind its attributes."""
    msg = y._encode_message(y.ops[name], attrs, [], 1) + tail
    y.sock.send(struct.pack("I", len(msg)) + msg[4:], 0)
    return -struct.unpack_from("i", y.sock.recv(65536), 16)[0]


def what_the_spec_does_not_know_is_refused():
    cookie = struct.pack("=HHQ", 12, y.attr_sets["flow"]["cookie"].value, 1)
    eq(0, request_with("flow-new", flow(), cookie), "once")
    eq(errno.EINVAL, request_with("flow-new", flow(), cookie * 2), "twice")
    eq(errno.EINVAL, request_with("flow-new", flow(), struct.pack("HHI", 8, 500, 1)), "unknown")
    eq(errno.EINVAL, request_with("flow-new", flow(), b"\4"), "trailing byte")
    forget_flows()


def fdb_entries_are_added_shown_and_flushed():
    mac = b"\x02" + bytes(4) + b"\x11"
    entry = {**VSW, "lladdr": mac, "vid": 7}
    y.do("fdb-new", {**entry, "port-name": "d1", "flags": ["sticky"]}, CREATE)
    got = y.do("fdb-get", entry)
    eq(("02:00:00:00:00:11", 7, "d1", {"static", "sticky"}),
       (got["lladdr"], got["vid"], got["port-name"], got["flags"]))
    refused(errno.EEXIST, "replace it", ".lladdr", "fdb-new", {**entry, "port-no": 7}, EXCL)
    y.do("fdb-new", {**entry, "port-name": "d2"}, list(REPLACE))
    eq(["d2"], [e["port-name"] for e in y.dump("fdb-get", {**VSW, "vid": 7})])
    eq([], y.dump("fdb-get", {**VSW, "port-name": "d1"}))
    eq(1, len(y.dump("fdb-get", {**VSW, "flags": ["local"]})))
    y.do("fdb-flush", {**VSW, "flags": ["static"]})
    refused(errno.ENOENT, "no entry", ".lladdr", "fdb-get", entry)
    refused(errno.ENOENT, "no entry", ".lladdr", "fdb-del", entry)
    refused(errno.EINVAL, "local", ".flags", "fdb-new",
            {**entry, "port-no": 7, "flags": ["local"]})


def a_table_keeps_its_miss_policy():
    y.do("table-set", {**VSW, "table": 3, "miss": "continue"})
    got = y.dump("table-get", VSW)
    eq([(3, "continue", 0)], [(t["table"], t["miss"], t["flows"]) for t in got])
    eq("normal", y.do("table-get", {**VSW, "table": 0})["miss"])
    y.do("table-set", {**VSW, "table": 3, "miss": "drop"})
    eq([], y.dump("table-get", VSW))


def a_transaction_is_made_whole():
    txn = y.do("txn-new", VSW)["txn"]
    y.do("flow-new", flow(cookie=1))
    y.do("flow-del", {**VSW, "txn": txn})
    for n in range(10):
        y.do("flow-new", flow(priority=n, cookie=2, txn=txn), CREATE)
    eq([1], [f["cookie"] for f in flows()], "before")
    eq(11, y.do("txn-commit", {**VSW, "txn": txn})["changes"])
    eq([2] * 10, [f["cookie"] for f in flows()], "after")
    refused(errno.ENOENT, "no such transaction", ".txn", "txn-commit", {**VSW, "txn": txn})


def a_transaction_with_a_mistake_changes_nothing():
    before = {f["id"] for f in flows()}
    txn = y.do("txn-new", VSW)["txn"]
    refused(errno.EINVAL, "eth_type", ".match.ipv4-src", "flow-new",
            flow(match={"ipv4-src": 1}, txn=txn))
    y.do("flow-del", {**VSW, "txn": txn})
    y.do("flow-new", flow(priority=1, txn=txn), CREATE)
    y.do("flow-new", flow(priority=1, txn=txn), CREATE)
    refused(errno.EEXIST, "Change 3", None, "txn-commit", {**VSW, "txn": txn})
    eq(before, {f["id"] for f in flows()})
    forget_flows()


def a_transaction_goes_with_its_socket_or_switch():
    other = family()
    txn = other.do("txn-new", VSW)["txn"]
    other.do("flow-new", flow(txn=txn))
    refused(errno.ENOENT, "no such transaction", ".txn", "txn-abort", {**VSW, "txn": txn})
    other.sock.close()
    for _ in range(100):
        # More than a switch has at a time
        other.sock = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW,
                                   Netlink.NETLINK_GENERIC)
        txn = other.do("txn-new", VSW)["txn"]
        other.sock.close()
    y.do("switch-new", {"switch-name": "vsw1"})
    txn = y.do("txn-new", {"switch-name": "vsw1"})["txn"]
    y.do("switch-del", {"switch-name": "vsw1"})
    y.do("switch-new", {"switch-name": "vsw1"})
    refused(errno.ENOENT, "no such transaction", ".txn", "txn-abort",
            {"switch-name": "vsw1", "txn": txn})
    y.do("switch-del", {"switch-name": "vsw1"})
    eq([], flows())


def open_transactions_are_bounded():
    txns = [y.do("txn-new", VSW)["txn"] for _ in range(64)]
    refused(errno.ENOSPC, "64", None, "txn-new", VSW)
    for txn in txns:
        y.do("txn-abort", {**VSW, "txn": txn})


def the_largest_flow_fits():
    addr = bytes.fromhex("20010db8000000000000000000000001")
    sets = [{"set-field": {"value": {"ipv6-src": addr}, "mask": {"ipv6-src": addr}}}] * 255
    match = {"eth-type": 0x86dd, "ip-proto": 6, "ipv6-dst": addr}
    big = flow(match=match, actions={"action": sets + [{"normal": True}]})
    eq(256, len(y.do("flow-new", big, CREATE + ECHO)["actions"]["action"]))
    fresh = family()
    eq([256], [len(f["actions"]["action"]) for f in fresh.dump("flow-get", VSW)])
    forget_flows()


def monitor(group):
    watcher = family()
    watcher.ntf_subscribe(group)
    return watcher


def events(watcher, count, **wanted):
    """The next events with these attributes; a flow goes after a grace period,
    so that those of former tests may come in between."""
    told = []
    while len(told) < count and select.select([watcher.sock], [], [], 20)[0]:
        watcher.check_ntf()
        told += [(e["name"], e["msg"]) for e in watcher.async_msg_queue
                 if wanted.items() <= e["msg"].items()]
        watcher.async_msg_queue.clear()
    return told


def events_tell_of_every_object():
    watch = {group: monitor(group) for group in ("switch", "port", "flow")}
    y.do("flow-new", flow(cookie=7))
    y.do("flow-del", {**VSW, "strict": True})
    told = events(watch["flow"], 2, cookie=7)
    eq(["flow-new-ntf", "flow-del-ntf"], [name for name, _ in told])
    eq((7, "deleted", 0), tuple(told[1][1][k] for k in ("cookie", "removed", "packets")))
    y.do("table-set", {**VSW, "table": 3, "miss": "normal"})
    eq(["table-ntf"], [name for name, _ in events(watch["flow"], 1, table=3, miss="normal")])
    y.do("table-set", {**VSW, "table": 3, "miss": "drop"})
    y.do("port-del", {**VSW, "name": "d2"})
    y.do("port-new", {**VSW, "name": "d2"})
    y.do("port-set", {**VSW, "name": "d2", "flood": 0})
    eq([("port-del-ntf", 1), ("port-new-ntf", 1), ("port-new-ntf", 0)],
       [(name, msg["flood"]) for name, msg in events(watch["port"], 3)])
    y.do("switch-set", {**VSW, "ageing": 30})
    y.do("switch-new", {"switch-name": "vsw1"})
    y.do("switch-del", {"switch-name": "vsw1"})
    eq([("switch-new-ntf", "vsw0"), ("switch-new-ntf", "vsw1"), ("switch-del-ntf", "vsw1")],
       [(name, msg["switch-name"]) for name, msg in events(watch["switch"], 3)])


def add_many(count):
    batch = 100
    for start in range(0, count, batch):
        y.do_multi([("flow-new", flow(priority=n % 200, cookie=n, table=n // 200),
                     list(CREATE)) for n in range(start, start + batch)])


def a_dump_of_10000_flows_is_complete():
    add_many(FLOWS)
    eq(FLOWS, y.do("switch-get", VSW)["flows"])
    eq(list(range(FLOWS)), sorted(f["cookie"] for f in flows()))
    eq([64, 65], sorted(f["cookie"] for f in flows(cookie=64, **{"cookie-mask": 2**64 - 2})))


def drain(sock):
    """Read a dump to its end: flags of its messages, all together."""
    flags = 0
    while True:
        data = sock.recv(131072)
        while data:
            length, kind, its_flags = struct.unpack_from("IHH", data)
            if kind == Netlink.NLMSG_DONE:
                return flags | its_flags
            flags |= its_flags
            data = data[(length + 3) & ~3:]


def dump_flags(change):
    other = family()
    msg = other._encode_message(other.ops["flow-get"], VSW, [Netlink.NLM_F_DUMP], 1)
    other.sock.send(msg, 0)
    change()
    flags = drain(other.sock)
    other.sock.close()
    return flags & NLM_F_DUMP_INTR


def an_interrupted_dump_says_so():
    eq(0, dump_flags(lambda: None), "a quiet dump")
    eq(NLM_F_DUMP_INTR, dump_flags(lambda: y.do("flow-new", flow(table=5))), "a disturbed one")
    forget_flows()


def a_switch_is_deleted():
    y.do("switch-del", VSW)
    eq([], y.dump("switch-get", {}))
    eq([], y.dump("port-get", {}))


TESTS = [
    a_switch_is_added_with_its_settings,
    a_port_is_added_and_shown,
    settings_that_are_not_given_stay,
    a_flow_comes_back_as_it_was_given,
    fields_that_share_a_place_keep_their_names,
    nlmsg_flags_say_create_or_replace,
    flows_are_changed_and_deleted_by_match,
    an_error_names_the_attribute,
    what_the_spec_does_not_know_is_refused,
    fdb_entries_are_added_shown_and_flushed,
    a_table_keeps_its_miss_policy,
    a_transaction_is_made_whole,
    a_transaction_with_a_mistake_changes_nothing,
    a_transaction_goes_with_its_socket_or_switch,
    open_transactions_are_bounded,
    the_largest_flow_fits,
    events_tell_of_every_object,
    a_dump_of_10000_flows_is_complete,
    an_interrupted_dump_says_so,
    a_switch_is_deleted,
]


def run(number, test):
    try:
        test()
    except Exception as err:
        traceback.print_exc(file=sys.stdout)
        print(f"not ok {number} {test.__name__} # {err}", flush=True)
        return 1
    print(f"ok {number} {test.__name__}", flush=True)
    return 0


if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNET):
    sys.exit(f"no network namespace: {os.strerror(ctypes.get_errno())}")
for dummy in "d1", "d2", "d3":
    ip("link", "add", dummy, "type", "dummy")
y = family(os.path.join(YNL, SCHEMA))
print("TAP version 13")
print(f"1..{len(TESTS)}")
sys.exit(1 if sum(run(n, test) for n, test in enumerate(TESTS, 1)) else 0)
