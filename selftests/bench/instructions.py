#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""instructions.py [--update] RECORD DIR: compare what count.sh has left in DIR with
what is recorded in the file RECORD, or record it.

The own cost counts, the total without the floor: the same frames without a switch.
With another kernel or compiler more tolerance is needed: they change our code, and
what it calls. So do frames of many flows: a secret says which of them meet in the cache.
"""
import re
import sys
from pathlib import Path

TOLERANCE, TOLERANCE_HASHED, TOLERANCE_ELSEWHERE = 0.03, 0.06, 0.10
UPDATE = "make bench-instructions UPDATE=1"


def counted(path):
    """{case: own instructions}, and what is wrong with the others"""
    totals, wrong = {}, []
    for line in path.read_text().splitlines():
        case, status, *figures = line.split()
        if status == "ok":
            totals[case] = int(figures[0])
        else:
            wrong.append(f"{case}: {status} {' '.join(figures)}")
    floor = {case: totals.get("floor" + case[len(re.match(r"[^@/+]*", case)[0]):]) for case in totals}
    return {case: totals[case] - floor[case] for case in totals
            if floor[case] and not case.startswith("floor")}, wrong


def recorded(path):
    """{case: own instructions}, and the conditions"""
    lines = path.read_text().splitlines()
    conditions = [line[2:] for line in lines if re.match("# (kernel|compiler) ", line)]
    return {line.split()[0]: int(line.split()[1]) for line in lines if line and line[0] != "#"}, conditions


def update(path, now, conditions):
    """Write the figures in place, and cases that are new at the end."""
    rest, lines = dict(now), []
    for line in path.read_text().splitlines():
        word = line.split()[0]
        if word != "#":
            line = f"{word:<20} {rest.pop(word, line.split()[1])}"
        elif changed := [c for c in conditions if line.startswith(f"# {c.split()[0]} ")]:
            line = f"# {changed[0]}"
        lines.append(line)
    path.write_text("\n".join(lines + [f"{case:<20} {n}" for case, n in rest.items()]) + "\n")


def judge(case, old, new, most):
    """What to print, and whether it is too much."""
    change = new / old - 1 if old else 0
    text = f"{case:<20} {old:>7} {new:>7} {change:>+7.1%}"
    if change > most and case.startswith("vsw"):
        return text + "  too slow", True
    return text + ("  better: record it" if change < -most else ""), False


def tolerance(case, same):
    """The part by which a case may cost more, where the conditions are the same or not"""
    if not same:
        return TOLERANCE_ELSEWHERE
    return TOLERANCE_HASHED if "@" in case else TOLERANCE


def compare(old, now, same):
    """Print the table; what is too slow."""
    print(f"{'own instructions':<20} {'record':>7} {'now':>7}  change")
    slow = []
    for case, new in now.items():
        text, is_slow = judge(case, old.get(case, 0), new, tolerance(case, same))
        print(text)
        if is_slow:
            slow.append(case)
    return slow


def main(record, folder, flag=None):
    record, folder = Path(record), Path(folder)
    conditions = (folder / "conditions").read_text().splitlines()
    now, wrong = counted(folder / "counted")
    old, then = recorded(record)
    same = conditions == then
    if not same:
        print(f"recorded with {', '.join(then)}; this is {', '.join(conditions)}")
    slow = compare(old, now, same)
    if flag and not wrong:
        update(record, now, conditions)
        return 0
    for text in wrong:
        print("not measured:", text)
    for case in slow:
        print(f"{case} costs {now[case]} instructions a frame, {old[case]} are recorded,"
              f" {tolerance(case, same):.0%} more are tolerated. If it has to be: {UPDATE}")
    return 1 if slow or wrong else 0


flags = [word for word in sys.argv[1:] if word == "--update"]
sys.exit(main(*[word for word in sys.argv[1:] if word != "--update"], *flags))
