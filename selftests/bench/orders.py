#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""orders.py DIR NAME...: draw the orders in which flows are sent, 32-bit numbers.

N is uniform over N flows; zN has the popularity of Zipf's law with exponent 1.
"""
import array
import itertools
import random
import sys
from pathlib import Path


def weights(name):
    count = int(name.lstrip("z"))
    if name.startswith("z"):
        return count, list(itertools.accumulate(1 / i for i in range(1, count + 1)))
    return count, None


def draw(name):
    """Several times as many as there are flows; the same in each run."""
    count, cumulated = weights(name)
    length = min(max(4 * count, 1 << 16), 1 << 22)
    generator = random.Random(name)
    flows = range(count)
    if cumulated:
        # Popular flows are not neighbours in any table.
        flows = generator.sample(flows, count)
    return array.array("I", generator.choices(flows, cum_weights=cumulated, k=length))


def main(folder, *names):
    for name in names:
        path = Path(folder) / name
        if not path.exists():
            part = path.with_suffix(".part")
            part.write_bytes(draw(name).tobytes())
            part.rename(path)


main(*sys.argv[1:])
