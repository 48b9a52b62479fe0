#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# A transaction changes flows of two tables as one: no frame meets the flows of
# table 0 from before it and those of table 1 from after it, or the other way
# round, while many other flows come and go with each transaction.
#
#	h1 --- p1 +------+ p2 --- h2	table 0 writes N, 1 or 2, table 1 sends what
#	          | vsw0 |		has N to p2; all else of table 1 goes to p3,
#	          +------+ p3 --- h3	where no frame may ever come out. N changes

. "$(dirname "$0")/lib.sh"
. "$selftests/frames.sh"

ALL_TESTS="
	transactions_that_replace_all_flows_are_seen_whole
	transactions_are_seen_whole_while_tables_are_rebuilt
"

n_frames=1000
n_changes=4
n_others=100
! is_debug_kernel || n_frames=300 n_changes=2 n_others=30

setup()
{
	frames_setup 3
	stop=$(mktemp)
	dir=$(mktemp -d)
}

cleanup()
{
	rm -rf "$stop" "$dir"
}

# invariant N: what must be true of tables 0 and 1 together. Ports count, so that
# frames of different ports are of different verdicts. In whatever order a set became
# the other, one flow after the other, on the way there or back some would not agree.
invariant()
{
	echo "$marker_flow"
	echo "priority=9,udp,tp_src=1,tp_dst=1,actions=drop"
	echo "ip,actions=set_field:$1->reg0,set_field:$1->metadata,goto_table:1"
	echo "table=1,priority=2,ip,reg0=$1,metadata=$1,actions=output:2"
	echo "table=1,priority=2,ip,reg0=$((3 - $1)),metadata=$((3 - $1)),actions=output:3"
	echo "table=1,priority=1,actions=output:3"
}

# others N: flows of many masks that no frame of ours matches, others for each N
others()
{
	awk -v n="$1" -v count="$n_others" 'BEGIN {
		for (i = 0; i < count; i++)
			printf "table=%d,priority=%d,udp,nw_src=172.%d.%d.0/%d,%stp_dst=%d,actions=output:3\n",
				i % 2, 10 + i, 16 + n, i, 17 + i % 16,
				i % 3 ? "" : "nw_dst=192.0.2." i ",", i % 40 + 5000
	}'
}

# all_out TOTAL: so many frames have left or were dropped since the start
all_out()
{
	vsw -j stats show vsw0 |
		jq -e "([.[].stats.tx_packets, .[].stats.drops[]?] | add) >= $1" >/dev/null
}

# The flow that came last; each replacement brings new ones.
last_id()
{
	vsw -j flow show vsw0 table=1 | jq '[.[].id] | max'
}

# send_while VERB: -> sent, frames, while "flow VERB" makes one set of the other and
# back. Each is the first of its kind: a verdict that is kept would not see the tables.
send_while()
{
	local i pid before enough

	sent=0 before=$(stat p1 rx_packets) enough=$(($(last_id) + 3 * n_changes))
	: >"$stop"
	while [ -e "$stop" ]; do
		printf "flow $1 vsw0 file %s\n" "$dir/1" "$dir/2"
	done | spread ip netns exec "$sw" vswctl -b - &
	pid=$!
	while [ "$sent" -lt "$n_frames" ] || [ "$(last_id)" -lt "$enough" ]; do
		for i in 0 1 2 3 4; do
			frames "send h1*100 ip udp sport=$((1000 + sent / 100)) dport=%n" || break 2
			sent=$((sent + 100))
		done
	done
	rm -f "$stop"
	wait "$pid"
	check_err $? "flow $1 fails"
	slowwait 10 all_out $((before + sent))
	check_err $? "frames are missing"
}

# check VERB: no frame is lost or sees a mixture
check()
{
	local before2 before3 sent

	before2=$(stat p2 tx_packets) before3=$(stat p3 tx_packets)
	send_while "$1"
	expect_eq 0 "$(($(stat p3 tx_packets) - before3))" "frames that saw a mixture"
	expect_eq "$sent" "$(($(stat p2 tx_packets) - before2))" "frames that arrived"
}

transactions_that_replace_all_flows_are_seen_whole()
{
	invariant 1 >"$dir/1"
	invariant 2 >"$dir/2"
	vsw flow replace vsw0 file "$dir/1"
	check replace
}

transactions_are_seen_whole_while_tables_are_rebuilt()
{
	{ invariant 1; others 1; } >"$dir/1"
	{ invariant 2; others 2; } >"$dir/2"
	vsw flow replace vsw0 file "$dir/1"
	check replace
}

run_tests
