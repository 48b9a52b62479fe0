#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""profile.py KALLSYMS: read addresses from perf script, print the functions that
they are in. A User Mode Linux kernel and its modules are mapped where their own
symbols say."""
import bisect
import sys
from collections import Counter

MODULE_END = 1 << 22    # bytes behind the last symbol


def read_symbols(path):
    symbols = []
    for line in open(path):
        address, kind, name, *module = line.split()
        if kind in "tTwW":
            symbols.append((int(address, 16), " ".join([name, *module])))
    return sorted(symbols)


def main(path):
    symbols = read_symbols(path)
    starts = [address for address, _ in symbols]
    counts = Counter()
    for line in sys.stdin:
        ip = int(line, 16)
        i = bisect.bisect(starts, ip) - 1
        known = 0 <= i and ip < starts[i] + MODULE_END
        counts[symbols[i][1] if known else "(elsewhere)"] += 1
    total = sum(counts.values())
    for name, count in counts.most_common():
        if count / total >= 0.0015:
            print(f"{count / total:6.1%}  {name}")


main(sys.argv[1])
