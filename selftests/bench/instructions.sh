#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# "make bench-instructions": the instructions that a frame costs, counted by QEMU
# and thus the same in each run to less than 1 %, compared with those recorded in
# the file instructions. Fails where a case of vsw costs more.
#
#	instructions.sh [-u] [-d DIR] [CASE]...
#
#   -u      record what is measured
#   -d DIR  results (default: a new one)
# Without CASE: those that are recorded.

# shellcheck source=selftests/vm/common.sh
. "$(dirname "$0")/../vm/common.sh"
bench=$vsw_top/selftests/bench
record=$bench/instructions

# with_floors CASE...: each after what it is compared with
with_floors()
{
	local case contender

	for case; do
		contender=${case%%[@/+]*}
		echo "floor${case#"$contender"}"
		echo "$case"
	done | awk '!seen[$0]++'
}

build()
{
	kernel=$("$vsw_vm/kernel.sh" 6.12)
	"$vsw_vm/build.sh" -o "$out/tree" 6.12
	make -s -C "$kernel/build" M="$out/tree/selftests/bench/kmod" \
		CONFIG_DEBUG_INFO_BTF_MODULES= modules >&2
	ln -f "$out"/tree/selftests/bench/kmod/*.ko "$out/tree/"
}

conditions()
{
	echo "kernel $(basename "$kernel")"
	echo "compiler $(gcc -dumpfullversion)"
}

main()
{
	local out='' update='' cases opt

	while getopts ud: opt; do
		case $opt in
		u) update=--update ;;
		d) out=$OPTARG ;;
		*) die "see the head of $0 for the options" ;;
		esac
	done
	shift $((OPTIND - 1))
	cases=("$@")
	[ $# -gt 0 ] || mapfile -t cases < <(grep -o '^[a-z][^ ]*' "$record")
	mapfile -t cases < <(with_floors "${cases[@]}")
	mkdir -p "$vsw_cache/results" "$vsw_cache/bench"
	out=${out:-$(mktemp -d "$vsw_cache/results/instructions.XXXXXX")}
	rm -f "$out/counted"
	build
	python3 "$bench/orders.py" "$vsw_cache/bench" 1000
	"$vsw_vm/boot.sh" -i -n -t 1200 -d "$out" 6.12 -- \
		selftests/bench/count.sh "$vsw_cache/bench" "${cases[@]}"
	conditions >"$out/conditions"
	python3 "$bench/instructions.py" $update "$record" "$out"
}

# Read to the end before anything runs, so the file may change meanwhile.
{ main "$@"; exit; }
