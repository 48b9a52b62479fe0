#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# PID 1 of the benchmark's kernel: measure the cases of a job. The root file
# system is the host's, read-only; results go to the job's directory.

[ $$ = 1 ] || { echo "guest.sh: only as init of User Mode Linux" >&2; exit 1; }
PATH=/usr/sbin:/usr/bin:/sbin:/bin
here=$(dirname "$0")
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t tmpfs -o size=75% tmpfs /run
mkdir /run/job
# shellcheck disable=SC2154 # from the kernel's command line
mount -t hostfs -o "$bench_job" none /run/job
# shellcheck source=/dev/null
. /run/job/job
# shellcheck source=selftests/bench/lib.sh
. "$here/lib.sh"

# measure_frames KEY=VALUE...: -> SENT ARRIVED BAD CPU
measure_frames()
{
	echo "$*" >/proc/bench || return
	read -r SENT ARRIVED BAD CPU _ </proc/bench
}

# frames_for MS: -> N, as many as take MS at the rate of the last measurement
frames_for()
{
	N=$(($1 * 1000000 / (CPU / SENT + 1)))
	[ $N -ge 1000 ] || N=1000
}

# A pair of its own is measured beside each chunk, so that a disturbance of the
# host, which lasts for a while, shows in both.
reference()
{
	measure_frames dev=Ro count="$reference_frames"
	REFERENCE=$CPU
}

reference_setup()
{
	wire Ro Ri
	sink Ri
	measure_frames dev=Ro count=20000
	measure_frames dev=Ro count=20000
	frames_for $((chunk_ms / 2))
	reference_frames=$N
	reference
}

# parse_case CASE: -> contender arg modes flows macs frames[]
parse_case()
{
	local rest=$1 word stream=1 size=60 attack=''

	[[ $rest != *+* ]] || attack=${rest##*+}
	rest=${rest%%+*}
	[[ $rest != */* ]] || size=${rest##*/}
	rest=${rest%%/*}
	[[ $rest != *@* ]] || stream=${rest##*@}
	rest=${rest%%@*}
	modes=()
	for word in ${rest//:/ }; do
		modes[$word]=1
	done
	rest=${rest%%:*}
	contender=${rest%%.*} arg=${rest#"$contender"} arg=${arg#.}
	[ "$size" != gso ] || size=65214
	frames=("size=$size")
	stream_frames "$stream"
	attack_frames "$attack"
}

# stream_frames [KIND]N: N flows, kind z: popular ones more often (Zipf), kind
# mac: destinations, kind fill: each frame a new flow for rules with N masks
stream_frames()
{
	local kind=${1%%[0-9]*}

	flows=${1#"$kind"} macs=''
	case $kind in
	mac) macs=$flows; frames+=(kind=mac) ;;
	fill) frames+=(kind=fill "masks=$flows") flows=1000 ;;
	esac
	[ "$flows" = 1 ] || frames+=("order=$orders/${kind/[mf]*/}$flows")
}

# Frames of an attack stand between bursts of the victim's, whose cost counts. Or
# so many updates of other flows are made in each millisecond of its time.
attack_frames()
{
	updates=''
	case $1 in
	'') ;;
	pause) updates=1 ;;
	updates) updates=100 ;;
	none) frames+=(burst=32) ;;
	*) frames+=(burst=32 "attack=$1") ;;
	esac
}

# chunk N: N frames, or as many between updates of the contender's flows
chunk()
{
	if [ -z "$updates" ]; then
		measure_frames dev="$GEN" count="$1" "${frames[@]}"
	else
		read -r SENT ARRIVED BAD CPU < <(python3 "$here/flows.py" churn "$contender" \
			"$updates" "$chunk_ms" "dev=$GEN count=$(($1 / chunk_ms)) ${frames[*]}")
	fi
}

result()
{
	local IFS=$'\t'

	echo "$round	$*" >>/run/job/results.tsv
}

# Twice as many frames as there are flows, and a look into each: were they whole?
warm_up()
{
	measure_frames dev="$GEN" check=1 count=$((flows * 2 + 2000)) "${frames[@]/attack=*/}" &&
		[ "$ARRIVED" = $((SENT * COPIES)) ] && [ "$BAD" = 0 ] && return
	result "$case" lost "$SENT" "$ARRIVED" "$BAD"
	return 1
}

measure_case()
{
	local i before n

	warm_up || return
	measure_frames dev="$GEN" count=$((flows > 100000 ? 100000 : 5000)) "${frames[@]}"
	frames_for "$chunk_ms"
	n=$N
	[ -z "$profiled" ] || cat /proc/kallsyms >/run/job/kallsyms
	reference
	for ((i = 0; i < chunks; i++)); do
		before=$REFERENCE
		chunk "$n" || { result "$case" failed; return 1; }
		set -- "$SENT" "$ARRIVED" "$CPU"
		reference
		result "$case" ok "$1" $(($2 / COPIES)) "$3" "$reference_frames" "$before" "$REFERENCE"
	done
}

case_teardown()
{
	[ -z "$standing" ] || teardown
	[ -z "$standing" ] || topology_gone
	standing=''
}

# A case that differs from the one before in its frames only uses what stands.
case_setup()
{
	local rc=0 wanted="${1%%[@/+]*} $flows $macs"

	[ "$standing" != "$wanted" ] || return $failed
	# Those that stand know how to go: the new contender is read after that.
	case_teardown
	standing=$wanted failed=0
	# shellcheck source=/dev/null
	. "$here/contenders/$contender.sh"
	topology
	setup || rc=$?
	failed=$rc
	return $rc
}

run_case()
{
	local rc=0

	parse_case "$1"
	case_setup "$1" || rc=$?
	if [ $rc = $not_available ]; then
		result "$1" n/a
	elif [ $rc != 0 ]; then
		result "$1" failed
	else
		measure_case
	fi
}

finish()
{
	case_teardown
	touch /run/job/done
	sync
	busybox poweroff -f
}

trap finish EXIT
exec 2>>/run/job/messages
declare -A modes
modules=$here/../..
standing='' failed=0
PATH=$here/../../userspace:$PATH
sysctl -qw net.ipv6.conf.default.disable_ipv6=1 net.ipv6.conf.all.disable_ipv6=1 \
	net.core.netdev_max_backlog=10000
ip link set lo up
insmod "$modules/bench.ko"
reference_setup
for case in "${cases[@]}"; do
	echo "$(date +%T) $case" >&2
	run_case "$case"
done
case_teardown
[ -z "$program" ] || . "$here/program.sh"
