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
# shellcheck source=selftests/bench/measure.sh
. "$here/measure.sh"

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

measure_case()
{
	local i before n

	warm_up || return
	measure_frames dev="$GEN" count=$((flows > 100000 ? 100000 : 5000)) "${frames[@]}"
	frames_for "$chunk_ms"
	n=$N
	[ -z "$profiled" ] || cat /proc/kallsyms >/run/job/kallsyms
	reference
	touch /run/job/from
	for ((i = 0; i < chunks; i++)); do
		before=$REFERENCE
		chunk "$n" || { result "$case" failed; return 1; }
		touch /run/job/until
		set -- "$SENT" "$ARRIVED" "$CPU"
		reference
		result "$case" ok "$1" $(($2 / COPIES)) "$3" "$reference_frames" "$before" "$REFERENCE"
	done
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
modules=$here/../..
PATH=$here/../../userspace:$PATH
sysctl -qw net.ipv6.conf.default.disable_ipv6=1 net.ipv6.conf.all.disable_ipv6=1 \
	net.core.netdev_max_backlog=10000
ip link set lo up
# Where code lies by chance in the caches of the CPU makes some nanoseconds: each
# round loads it elsewhere.
# shellcheck disable=SC2154 # of the job
insmod "$modules/bench.ko" shift=$((round * 37))
reference_setup
for case in "${cases[@]}"; do
	echo "$(date +%T) $case" >&2
	run_case "$case" measure_case
done
case_teardown
[ -z "$program" ] || . "$here/program.sh"
