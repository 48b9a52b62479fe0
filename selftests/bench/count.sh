#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The instructions of a frame, in the VM of "boot.sh -i".
#
#	count.sh ORDERS CASE...
#
# Leaves lines "CASE STATUS [FIGURE]..." in the results directory.

here=$(cd "$(dirname "$0")" && pwd)
orders=$1 modules=$here/../..
shift
# shellcheck source=selftests/bench/lib.sh
. "$here/lib.sh"
# shellcheck source=selftests/bench/measure.sh
. "$here/measure.sh"

chunk=250 chunks=31

result()
{
	echo "$*" >>"$VSW_OUT/counted"
}

# The median: few chunks have a timer's interrupt in them.
count_case()
{
	local i

	warm_up || return
	for ((i = 0; i < chunks; i++)); do
		measure_frames dev="$GEN" count=$chunk "${frames[@]}" &&
			[ "$ARRIVED" = $((chunk * COPIES)) ] || return
		echo "$CPU"
	done | sort -n | sed -n $((chunks / 2 + 1))p >/run/median
	read -r i </run/median && result "$case" ok $((i / chunk))
}

sysctl -qw net.ipv6.conf.default.disable_ipv6=1 net.ipv6.conf.all.disable_ipv6=1 \
	net.core.netdev_max_backlog=10000
modprobe -a veth openvswitch
insmod "$modules/bench.ko" || exit
for case; do
	run_case "$case" count_case || result "$case" failed
done
case_teardown
