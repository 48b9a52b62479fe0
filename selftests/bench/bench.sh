#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# "make bench": what a frame costs in vsw and in other switches, natively, in
# User Mode Linux: every contender in the same boot, the same wires, the same
# generator, the same sink.
#
#	bench.sh [OPTION]... [PATTERN]...
#
# PATTERN selects from the list in the file cases, as the shell does for files;
# "program" is programming flows. Without: all of it, within 20 minutes. Fails
# where a case failed, or frames did not arrive whole.
#   -r N    rounds, each a boot that measures every case (6); a round that would
#           not end within -m MINUTES (19) is left out
#   -k N    chunks of a case and round (3)    -t MS   CPU time of a chunk (40)
#   -p "N..." numbers of flows that are programmed (10000 100000 1000000)
#   -d DIR  results (default: a new one)
#
#	bench.sh -P CASE	the functions that spend the time of one case, or of
#				"program", by perf

# shellcheck source=selftests/vm/common.sh
. "$(dirname "$0")/../vm/common.sh"
bench=$vsw_top/selftests/bench

# list ROUND: the cases of that round, each with the part of the table it is in
list()
{
	local line part='' until

	while read -r line; do
		case $line in
		'## '*) part=${line#\#\# } ;;
		'#'*) continue ;;
		esac
		until=${line%%:*}
		[[ ! $until =~ ^[0-9]+$ ]] || [ "$1" -le "$until" ] || continue
		[[ ! $until =~ ^[0-9]+$ ]] || line=${line#*: }
		# The file is ours: its braces are expanded as the shell does it.
		eval "printf \"%s\t$part\n\" ${line%%#*}"
	done <"$bench/cases" | grep -v '^	'
}

matches()
{
	local pattern

	[ ${#patterns[@]} -gt 0 ] || return 0
	for pattern in "${patterns[@]}"; do
		# shellcheck disable=SC2053 # a pattern
		[[ $1 != $pattern ]] || return 0
	done
	return 1
}

# frames_of CASE: what follows the contender
frames_of()
{
	local contender=${1%%[@/+]*}

	echo "${1#"$contender"}"
}

# profile: where the time goes; perf counts on the host what is one process here
profile()
{
	command -v perf >/dev/null || die "perf is needed: apt-get install linux-perf"
	boot 1
	perf script -i "$out/perf.data" -F time,ip 2>/dev/null |
		python3 "$bench/profile.py" "$out"
}

# select_cases ROUND: those wanted, each after what it is compared with
select_cases()
{
	local case

	if [ "$profiled" ]; then
		[ "$profiled" = program ] || echo "$profiled"
		return
	fi
	cut -f1 "$out/parts.$1" | while read -r case; do
		matches "$case" || continue
		case $case in
		floor* | *+updates | *+pause) ;;
		*) echo "floor$(frames_of "$case")" ;;
		esac
		# An attack is compared with its absence.
		case $case in
		*+updates) echo "${case%+*}+pause" ;;
		*+*) echo "${case%+*}+none" ;;
		esac
		echo "$case"
	done | awk '!seen[$0]++'
}

# The orders are drawn once, and kept.
draw_orders()
{
	local names

	orders=$vsw_cache/bench
	mkdir -p "$orders"
	mapfile -t names < <(list 1 | cut -f1 | sed -n 's/.*@\(z*\)[a-y]*\([0-9]*\).*/\1\2/p' |
		sed 's/^512$/1000/' | sort -u)
	python3 "$bench/orders.py" "$orders" "${names[@]}"
}

build()
{
	kernel=$("$vsw_vm/kernel.sh" uml)
	export ARCH=um
	"$vsw_vm/build.sh" -o "$out/tree" uml
	make -s -C "$kernel/build" M="$out/tree/selftests/bench/kmod" modules >&2
	ln -f "$out"/tree/selftests/bench/kmod/*.ko "$out/tree/"
	# From here on the tree may change.
	bench=$out/tree/selftests/bench
}

# write_job ROUND
write_job()
{
	local programmed=''

	list "$1" >"$out/parts.$1"
	mapfile -t cases < <(select_cases "$1")
	case $profiled in
	program) programmed=$counts ;;
	'') ! matches program || [ "$1" -gt 3 ] || programmed=$counts ;;
	esac
	[ ${#cases[@]} -gt 0 ] || [ "$programmed" ] || die "no case matches ${patterns[*]}"
	{
		printf 'round=%q chunks=%q chunk_ms=%q program=%q orders=%q\n' "$1" \
			"$chunks" "$chunk_ms" "$programmed" "$orders"
		printf 'profiled=%q\n' "$profiled"
		printf 'cases=(%s)\n' "${cases[*]@Q}"
	} >"$out/job"
}

# huge_pages CMD...: with memory as a host's kernel has it, mapped by huge pages;
# else what is spread over much memory would cost what it costs nowhere
huge_pages()
{
	mkdir -p "$out/memory"
	# shellcheck disable=SC2016 # the shell in there expands it
	unshare -m sh -c 'mount -t tmpfs -o huge=always none "$0" || exit
		TMPDIR=$0 exec "$@"' "$out/memory" "$@"
}

# boot ROUND: at the last CPU, alone if others let us
boot()
{
	write_job "$1"
	rm -f "$out/done"
	say "round $1 of up to $rounds, ${#cases[@]} cases"
	huge_pages timeout -k 5 1500 "${recorder[@]}" taskset -c $(($(nproc) - 1)) "$kernel/build/linux" mem=4G \
		root=/dev/root rootfstype=hostfs hostfs=/ ro quiet con=null con0=null,fd:1 \
		init="$out/tree/selftests/bench/guest.sh" bench_job="$out" \
		</dev/null >"$out/console.$1" 2>&1 || true
	[ -e "$out/done" ] || {
		tail -20 "$out/console.$1" "$out/messages" >&2
		die "round $1 did not come to its end, see $out"
	}
}

# As many rounds as there is time for.
measure()
{
	local start=$SECONDS took=0 before

	for ((round = 1; round <= rounds; round++)); do
		before=$SECONDS
		[ $((before - start + took)) -le $((minutes * 60)) ] || break
		boot $round
		took=$((SECONDS - before))
	done
	rounds=$((round - 1))
}

conditions()
{
	echo "date: $(date -u '+%F %H:%M UTC')"
	echo "commit: $(git -C "$vsw_top" describe --always --dirty --abbrev=12)"
	echo "kernel: Linux $(make -s -C "$kernel/build" kernelrelease), User Mode Linux, 1 CPU"
	echo "compiler: $(gcc --version | head -1)"
	echo "memory: huge pages of the host"
	echo "cpu: $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1), $(nproc) of them"
	echo "load: $load before, $(cut -d' ' -f1-3 /proc/loadavg) after"
	echo "peers: openvswitch-switch $(dpkg-query -W -f '${Version}' openvswitch-switch)"
	echo "rounds: $rounds, $chunks chunks of $chunk_ms ms each"
}

main()
{
	local round out='' profiled='' recorder=() rounds=6 minutes=19 chunks=3 chunk_ms=40 status counts='10000 100000 1000000' opt

	while getopts r:m:k:t:p:d:P: opt; do
		case $opt in
		r) rounds=$OPTARG ;;
		m) minutes=$OPTARG ;;
		k) chunks=$OPTARG ;;
		t) chunk_ms=$OPTARG ;;
		p) counts=$OPTARG ;;
		d) out=$OPTARG ;;
		P) profiled=$OPTARG rounds=1 chunks=1 chunk_ms=4000 ;;
		*) die "see the head of $0 for the options" ;;
		esac
	done
	shift $((OPTIND - 1))
	patterns=("$@")
	mkdir -p "$vsw_cache/results"
	out=${out:-$(mktemp -d "$vsw_cache/results/bench.XXXXXX")}
	mkdir -p "$out"
	out=$(cd "$out" && pwd)
	rm -f "$out"/{results.tsv,program.tsv,messages,parts.*,from,until}
	lock bench
	build
	draw_orders
	if [ "$profiled" ]; then
		recorder=(perf record -q -k mono -e cpu-clock:u -F 4999 -o "$out/perf.data")
		profile
		return
	fi
	load=$(cut -d' ' -f1-3 /proc/loadavg)
	measure
	conditions >"$out/conditions"
	status=0
	python3 "$bench/report.py" "$out" || status=$?
	say "results in $out: table.md results.csv results.json plot.svg"
	return $status
}

# Read to the end before anything runs, so the file may change meanwhile.
{ main "$@"; exit; }
