#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""cpus.py DIR: print what two senders gain over one, from what senders.sh has left.

gain    frames/s of two senders, divided by those of one, each in the fastest tenth
        of the rounds: others on this machine make them slower, and never faster
"""
import sys
from collections import defaultdict
from pathlib import Path


def read(path):
    """{contender: {senders: [frames/s]}}, and whether a frame was lost"""
    rates, lost = defaultdict(lambda: defaultdict(list)), False
    for line in path.read_text().splitlines():
        turn, contender, senders, rate, sent, arrived = line.split()
        lost |= sent != arrived
        # The first round warms up.
        if turn != "0":
            rates[contender][int(senders)].append(int(rate))
    return rates, lost


def fast(rates):
    return sorted(rates)[-1 - len(rates) // 10]


def main(name):
    folder = Path(name)
    rates, lost = read(folder / "rates")
    gain = {contender: fast(of[2]) / fast(of[1]) for contender, of in rates.items()}
    print("".join(f"- {line}\n" for line in (folder / "conditions").read_text().splitlines()))
    print("| contender | two senders over one |\n|-----------|---------------------:|")
    for contender, factor in gain.items():
        print(f"| {contender:<9} | {factor:>20.2f} |")
    print(f"\nvsw's gain divided by openvswitch.ko's: {gain['vsw'] / gain['ovs']:.2f}")
    if lost:
        print("frames were lost")
    return lost


sys.exit(main(sys.argv[1]))
