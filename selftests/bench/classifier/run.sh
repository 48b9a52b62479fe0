#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The classifier, built as a program, beside plain tuple space search: CPU time
# of lookups without a cache in front, of loading a set of rules, and of one
# change (remove or insert) to it. Both must find the same rules.
#
#	run.sh [-o FILE.json] [-s SEED] [-n "RULES..."] [FAMILY]...
#
# FAMILY: acl fw ipc policy routes bomb (default: all; of bomb at most 1,000)

set -euo pipefail
cd "$(dirname "$0")"

out=/dev/null seed=1 sizes='1000 10000 100000'
while getopts o:s:n: opt; do
	case $opt in
	o) out=$OPTARG ;;
	s) seed=$OPTARG ;;
	n) sizes=$OPTARG ;;
	*) exit 2 ;;
	esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || set -- acl fw ipc policy routes bomb

build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
make -s OUT="$build"

results()
{
	local family n

	for family; do
		for n in $sizes; do
			[ "$family" != bomb ] || [ "$n" -le 1000 ] || continue
			"$build/bench" "$family" "$n" "$seed"
		done
	done
}

echo "seed $seed, $(uname -m), $(sed -n 's/^model name.*: //p;T;q' /proc/cpuinfo), load $(cut -d' ' -f1 /proc/loadavg)"
format='%-7s %7s %6s %7s %6s %7s %10s %10s %10s %10s\n'
# shellcheck disable=SC2059
printf "$format" set rules masks tuples chain probes lookup-ns tss-ns insert-ns update-ns
results "$@" | tee "$build/results" | while read -r line; do
	# shellcheck disable=SC2046,SC2059
	printf "$format" $(jq -r '[.[] | tostring] | join(" ")' <<<"$line")
done
jq -s . "$build/results" >"$out"
