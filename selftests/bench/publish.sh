#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# "make bench-publish": make docs/performance.md and .svg of the results of runs,
# those named or the newest: a whole "make bench", and if there is one a "make
# bench-cpus". The instructions are those that are recorded; the classifier is
# measured now.
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
	[ -n "$2" ] || return 0
	printf '\n## Two CPUs\n\nTwo senders against one: make bench-cpus.\n\n'
	cat "$2/cpus.md"
}

main()
{
	local run=${1:-} cpus=${2:-} tables

	[ $# -gt 0 ] || run=$(newest bench plot.svg)
	[ $# -gt 0 ] || cpus=$(newest cpus cpus.md)
	[ -e "$run/plot.svg" ] || die "there are no results of a run: make bench"
	tables=$("$bench/classifier/run.sh")
	mkdir -p "$docs"
	page "$run" "$cpus" "$tables" >"$docs/performance.md"
	sed "1a $licence" "$run/plot.svg" >"$docs/performance.svg"
	say "docs/performance.md and docs/performance.svg are of $run ${cpus:+and $cpus}"
}

{ main "$@"; exit; }
