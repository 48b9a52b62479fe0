#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# "make bench-cpus": two senders on two CPUs against one, in vsw beside
# openvswitch.ko. In QEMU, which runs each CPU as a thread: only what one switch
# gains is comparable with what the other gains, and only where both threads have
# a CPU of this machine for themselves.
#
#	cpus.sh [-r ROUNDS] [-d DIR]	(30 rounds)

# shellcheck source=selftests/vm/common.sh
. "$(dirname "$0")/../vm/common.sh"

conditions()
{
	echo "date: $(date -u '+%F %H:%M UTC')"
	echo "commit: $(git -C "$vsw_top" describe --always --dirty --abbrev=12)"
	echo "kernel: Debian's 6.12 in QEMU, 2 emulated CPUs"
	echo "load: $load before, $(cut -d' ' -f1-3 /proc/loadavg) after, $(nproc) CPUs"
	echo "rounds: $rounds"
}

main()
{
	local out='' rounds=30 load opt

	while getopts r:d: opt; do
		case $opt in
		r) rounds=$OPTARG ;;
		d) out=$OPTARG ;;
		*) die "see the head of $0 for the options" ;;
		esac
	done
	mkdir -p "$vsw_cache/results"
	out=${out:-$(mktemp -d "$vsw_cache/results/cpus.XXXXXX")}
	mkdir -p "$out"
	rm -f "$out/rates"
	load=$(cut -d' ' -f1-3 /proc/loadavg)
	"$vsw_vm/boot.sh" -d "$out" -l 6.12 -- selftests/bench/senders.sh "$rounds"
	conditions >"$out/conditions"
	python3 "$vsw_top/selftests/bench/cpus.py" "$out" | tee "$out/cpus.md"
	exit "${PIPESTATUS[0]}"
}

# Read to the end before anything runs, so the file may change meanwhile.
{ main "$@"; exit; }
