#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# "make bench-publish": make docs/performance.md and .svg of the results of runs,
# those named or the newest: a whole "make bench", and if there is one a "make
# bench-cpus". The instructions are those that are recorded; the classifier is
# measured and profiles are taken now.
#
#	publish.sh [BENCH-DIR [CPUS-DIR]]

# shellcheck source=selftests/vm/common.sh
. "$(dirname "$0")/../vm/common.sh"
docs=$vsw_top/docs
bench=$vsw_top/selftests/bench
licence='<!-- SPDX-License-Identifier: GPL-2.0 -->'

# newest NAME FILE: the newest results directory NAME.* that has FILE
newest()
{
	find "$vsw_cache/results" -path "*/$1.*/$2" -printf '%T@ %h\n' | sort -n |
		tail -1 | cut -d' ' -f2-
}

# What each figure is, as report.py says it at its head.
meaning()
{
	sed -n '/^total/,/^"""/p' "$bench/report.py" | grep -v '^"""'
}

instructions()
{
	sed -n 's/^# \(kernel\|compiler\)/- \1:/p' "$bench/instructions"
	echo
	echo '| case | own instructions |'
	echo '|------|-----------------:|'
	sed -n 's/^\([a-z][^ ]*\) *\([0-9]*\)$/| \1 | \2 |/p' "$bench/instructions"
}

# profile CASE: the functions that take most of the time
profile()
{
	printf '\n%s\n\n```\n' "$1"
	"$bench/bench.sh" -P "$1" -p 100000 | sed 16q
	printf '```\n'
}

profiles()
{
	local case

	for case in bare vsw.normal vsw.vlan vsw.flow vsw.flow:peer vsw.exact@1000 vsw.exact@1000000 \
		vsw.encap program; do
		profile "$case"
	done
}

page()
{
	cat <<-HEAD
	$licence
	# What a frame costs

	Written by "make bench-publish" from a run of "make bench"; README says how
	that measures, selftests/bench/cases what each case is.

	![own cost of a frame](performance.svg)

	\`\`\`
	$(meaning)
	\`\`\`

	HEAD
	cat "$1/table.md"
	printf '\n## Instructions of a frame\n\n%s\n\n' \
		"Counted by QEMU on Debian's kernel: make bench-instructions."
	instructions
	printf '\n## Tables without a cache\n\n%s\n\n```\n' \
		"The classifier beside plain tuple space search: make bench-classifier."
	printf '%s\n```\n' "$3"
	printf '\n## Where the time goes\n\n%s\n' \
		"Of the whole way of a frame, or of programming flows: bench.sh -P CASE."
	printf '%s\n' "$4"
	[ -n "$2" ] || return 0
	printf '\n## Two CPUs\n\nTwo senders against one: make bench-cpus.\n\n'
	cat "$2/cpus.md"
}

main()
{
	local run=${1:-} cpus=${2:-} tables profiles

	[ $# -gt 0 ] || run=$(newest bench plot.svg)
	[ $# -gt 0 ] || cpus=$(newest cpus cpus.md)
	[ -e "$run/plot.svg" ] || die "there are no results of a run: make bench"
	tables=$("$bench/classifier/run.sh")
	profiles=$(profiles)
	mkdir -p "$docs"
	page "$run" "$cpus" "$tables" "$profiles" >"$docs/performance.md"
	sed "1a $licence" "$run/plot.svg" >"$docs/performance.svg"
	say "docs/performance.md and docs/performance.svg are of $run ${cpus:+and $cpus}"
}

{ main "$@"; exit; }
