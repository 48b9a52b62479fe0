# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What it costs to program flows; in the guest, after the cases.

# program_one CONTENDER ARG FLOWS...
program_one()
{
	local n

	modes=() contender=$1 arg=$2 flows=0 macs=''
	shift 2
	# shellcheck source=/dev/null
	. "$here/contenders/$contender.sh"
	for n in "$@"; do
		topology
		if setup; then
			[ -z "$profiled" ] || cat /proc/kallsyms >/run/job/kallsyms
			python3 "$here/flows.py" program "$contender" "$n" |
				sed "s/^/$round\t$contender\t$n\t/" >>/run/job/program.tsv
		fi
		teardown
		topology_gone
	done
}

# shellcheck disable=SC2154 # of the job
if [ -z "$profiled" ]; then
	program_one ovs none 10000
	program_one tc none 10000
fi
read -ra counts <<<"$program"
program_one vsw none "${counts[@]}"
