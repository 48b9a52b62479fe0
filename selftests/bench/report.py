#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""report.py DIR: make table.md, results.csv, results.json and plot.svg of what
guest.sh has left in DIR, and print the table.

total   ns of CPU for a frame on its whole way. A chunk's time is divided by that
        of the reference measured beside it and multiplied by the reference of a
        quiet host (the fastest tenth); the median of all chunks and rounds
own     total minus the floor: the same frames without a switch
low, high  the middle half of the chunks
/bare, /bridge, /ovs  own, divided by the own cost of that contender with the same
        frames, and the same rules where it has such a case
kept    total without the attack, divided by the total beside it
"""
import csv
import json
import re
import statistics
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

PEERS = {"bare": ["bare"], "bridge": ["bridge.normal"], "ovs": ["ovs.exact", "ovs.flow", "ovs.normal"]}
MASKS = re.compile(r"m\d+")   # an argument that is compared with its like only
COLUMNS = ["case", "status", "total", "own", "low", "high", *(f"/{peer}" for peer in PEERS), "arrived"]
HEADLINE = ["macvlan", "bare:peer", "bare", "nft", "tc.matchall", "tc.exact", "bridge.normal", "bridge.vlan",
            "ovs.flow", "ovs.exact@1000", "ovs.m64@1000", "ovs.m512@1000", "vsw.normal:peer",
            "vsw.normal", "vsw.normal:nocache", "vsw.flow:peer", "vsw.flow", "vsw.flow:nocache",
            "vsw.exact@1000", "vsw.m64@1000", "vsw.m512@1000", "vsw.m512:nocache@1000"]


def read(path):
    """{case: status} and {case: chunks}, in the order of the cases"""
    status, chunks = {}, defaultdict(list)
    for line in path.read_text().splitlines() if path.exists() else []:
        _, case, said, *numbers = line.split("\t")
        if status.get(case, "ok") == "ok":
            status[case] = said
        if said == "ok":
            sent, arrived, cpu, frames, before, after = map(int, numbers)
            if sent != arrived:
                status[case] = "lost"
            chunks[case].append({"sent": sent, "arrived": arrived, "ns": cpu / max(arrived, 1),
                                 "reference": (before + after) / 2 / frames})
    return status, chunks


def split(case):
    """what is measured, and with which frames"""
    contender = re.match(r"[^@/+]*", case)[0]
    return contender, case[len(contender):]


def summary(case, status, chunks, quiet):
    """One line without what needs the others."""
    row = dict.fromkeys(COLUMNS) | {"case": case, "status": status}
    if chunks and status == "ok":
        costs = sorted(c["ns"] / c["reference"] * quiet for c in chunks)
        row["total"] = statistics.median(costs)
        row["low"], row["high"] = costs[len(costs) // 4], costs[-1 - len(costs) // 4]
    if chunks:
        row["arrived"] = sum(c["arrived"] for c in chunks) / sum(c["sent"] for c in chunks)
    return row


def compare(row, table):
    """Add the own cost, and its ratio to that of the peers."""
    contender, frames = split(row["case"])
    floor = table.get("floor" + frames, {}).get("total")
    if row["total"] is None or floor is None:
        return
    row["own"] = row["total"] - floor
    if contender == "floor":
        return
    argument = contender.partition(".")[2].partition(":")[0]
    for peer, usual in PEERS.items():
        for candidate in [f"{peer}.{argument}"] + ([] if MASKS.fullmatch(argument) else usual):
            other = table.get(candidate + frames, {}).get("total")
            if other is not None and other > floor:
                row[f"/{peer}"] = row["own"] / (other - floor)
                break


def number(value, form="{:.0f}"):
    return "-" if value is None else form.format(value)


def cells(row):
    ratios = [number(row[f"/{peer}"], "{:.2f}") for peer in PEERS]
    if row["status"] != "ok":
        return [row["case"], row["status"], *["-"] * 3, *ratios, number(row["arrived"], "{:.2%}")]
    return [row["case"], number(row["total"]), number(row["own"]), number(row["low"]),
            number(row["high"]), *ratios, number(row["arrived"], "{:.2%}")]


def attack_cells(row, table):
    case, attack = row["case"].rsplit("+", 1)
    quiet = table.get(f"{case}+{'pause' if attack == 'updates' else 'none'}", {}).get("total")
    kept = quiet / row["total"] if quiet and row["total"] else None
    return [case, attack, number(quiet), number(row["total"]) if row["total"] else row["status"],
            number(kept, "{:.0%}"), number(row["arrived"], "{:.2%}")]


def aligned(header, rows):
    """A table that reads well as text too."""
    rows = [header] + rows
    widths = [max(len(row[i]) for row in rows) for i in range(len(header))]
    lines = ["| " + " | ".join([row[0].ljust(widths[0])] + [
        cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]) + " |" for row in rows]
    rule = "|" + "|".join("-" * (width + 1) + ("-" if i == 0 else ":") for i, width in enumerate(widths)) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def programming(path):
    """{(flows, contender, what): medians}"""
    found = defaultdict(list)
    for line in path.read_text().splitlines() if path.exists() else []:
        _, contender, _, what, count, *figures = line.split("\t")
        cpu, wall, grown = (int(figure) / int(count) for figure in figures)
        found[int(count), contender, what].append((cpu, 1e9 / wall, grown))
    return {key: [statistics.median(column) for column in zip(*rounds)] for key, rounds in found.items()}


def programming_cells(key, medians):
    count, contender, what = key
    cpu, rate, grown = medians
    return [str(count), contender, what, number(rate), number(cpu / 1000, "{:.2f}"),
            number(grown) if what.startswith("add") else "-"]


def read_parts(path):
    """{case: part of the table}"""
    return dict(line.split("\t") for line in path.read_text().splitlines())


def is_attack(row):
    return "+" in row["case"]


def text(rows, table, parts, programmed):
    header = ["case", "total ns", "own", "low", "high", *(f"/{peer}" for peer in PEERS), "arrived"]
    groups = defaultdict(list)
    for row in rows:
        if not is_attack(row):
            groups[parts.get(row["case"], "No switch")].append(cells(row))
    out = [f"## {part}\n\n{aligned(header, lines)}" for part, lines in groups.items()]
    attacks = [attack_cells(row, table) for row in rows
               if is_attack(row) and not row["case"].endswith(("+none", "+pause"))]
    if attacks:
        out.append("## Attacks\n\n" + aligned(
            ["victim", "attack", "alone ns", "beside it", "kept", "arrived"], attacks))
    if programmed:
        out.append("## Programming flows\n\n" + aligned(
            ["flows", "contender", "what", "flows/s", "kernel us/flow", "bytes/flow"],
            [programming_cells(*item) for item in programmed.items()]))
    return "\n\n".join(out) + "\n"


def plot(folder, table):
    lines = [f'"{case}" {table[case]["own"]:.1f} {0xcc6677 if case.startswith("vsw") else 0x4477aa}'
             for case in HEADLINE
             if (table.get(case, {}).get("own") or 0) > 0]
    if not lines:
        return
    (folder / "plot.dat").write_text("\n".join(lines) + "\n")
    script = f"""
        set terminal svg size 900,480 font "sans,11" background "white"
        set output "{folder}/plot.svg"
        set title "Own cost of a 60-byte frame, ns (logarithmic)"
        set logscale y; set yrange [1:]; set grid ytics; unset key
        set rmargin 12
        set style fill solid 0.7; set boxwidth 0.7; set xtics rotate by -40 noenhanced
        plot "{folder}/plot.dat" using 0:2:3:xtic(1) with boxes lc rgb variable, \\
             "" using 0:2:(sprintf("%.0f", $2)) with labels offset 0,0.6
        """
    subprocess.run(["gnuplot"], input=script, text=True, check=True)


def write(folder, conditions, rows, programmed):
    with open(folder / "results.csv", "w", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    keys = ["flows", "contender", "what", "kernel_ns", "flows_per_s", "bytes"]
    (folder / "results.json").write_text(json.dumps(
        {"conditions": conditions.splitlines(), "cases": rows,
         "programming": [dict(zip(keys, [*key, *medians])) for key, medians in programmed.items()]},
        indent=1))


def main(name):
    folder = Path(name)
    status, chunks = read(folder / "results.tsv")
    programmed = programming(folder / "program.tsv")
    references = sorted(c["reference"] for case in chunks.values() for c in case)
    quiet = references[len(references) // 10] if references else 0
    rows = [summary(case, status[case], chunks[case], quiet) for case in status]
    table = {row["case"]: row for row in rows}
    for row in rows:
        compare(row, table)
    conditions = (folder / "conditions").read_text() + f"reference: {quiet:.0f} ns, the fastest tenth\n"
    write(folder, conditions, rows, programmed)
    plot(folder, table)
    report = "".join(f"- {line}\n" for line in conditions.splitlines())
    report += "\n" + text(rows, table, read_parts(folder / "parts.1"), programmed)
    (folder / "table.md").write_text(report)
    print(report, end="")
    return any(row["status"] in ("lost", "failed") for row in rows)


sys.exit(main(sys.argv[1]))
