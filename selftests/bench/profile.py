#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""profile.py DIR: read times and addresses from perf script, print the functions
that the addresses are in. A User Mode Linux kernel and its modules are mapped where
their own symbols say, which are in DIR/kallsyms. Of a case only what is measured
counts, from DIR/from was written to when DIR/until was."""
import bisect
import sys
import time
from collections import Counter
from pathlib import Path

MODULE_END = 1 << 22    # bytes behind the last symbol


def read_symbols(path):
    symbols = []
    for line in open(path):
        address, kind, name, *module = line.split()
        if kind in "tTwW":
            symbols.append((int(address, 16), " ".join([name, *module])))
    return sorted(symbols)


def measured(folder):
    """From when until when, by the clock that perf uses."""
    files = folder / "from", folder / "until"
    if not all(file.exists() for file in files):
        return 0, float("inf")
    behind = time.time() - time.monotonic()
    return [file.stat().st_mtime - behind for file in files]


def main(folder):
    begin, end = measured(folder)
    symbols = read_symbols(folder / "kallsyms")
    starts = [address for address, _ in symbols]
    counts = Counter()
    for line in sys.stdin:
        when, ip = line.split()
        if not begin <= float(when.rstrip(":")) <= end:
            continue
        ip = int(ip, 16)
        i = bisect.bisect(starts, ip) - 1
        known = 0 <= i and ip < starts[i] + MODULE_END
        counts[symbols[i][1] if known else "(elsewhere)"] += 1
    total = sum(counts.values())
    for name, count in counts.most_common():
        if count / total >= 0.0015:
            print(f"{count / total:6.1%}  {name}")


main(Path(sys.argv[1]))
