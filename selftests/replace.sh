#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Replacing the flows of a switch is atomic: a frame sees all flows of one set
# or all of the other, in every table, and never none.
#
#	h1 --- p1 +------+ p2 --- h2	set A: register 0 is 1 in table 0, and table 1
#	          | vsw0 |		       sends 1 to p2, anything else to p4
#	          +------+ p3 --- h3	set B: register 0 is 2 in table 0, and table 1
#	              | p4 --- h4	       sends 2 to p3, anything else to p4

. "$(dirname "$0")/lib.sh"
. "$selftests/frames.sh"

ALL_TESTS="
	every_frame_sees_one_set_or_the_other
	replacing_flows_by_themselves_drops_nothing
	counters_of_the_removed_flows_add_up
"

setup()
{
	local i

	setup_ns sw
	in_ns "$sw" sysctl -qw net.ipv6.conf.all.disable_ipv6=1 \
		net.ipv6.conf.default.disable_ipv6=1
	add_switch vsw0
	for i in 1 2 3 4; do
		cable "$i"
	done
	set_a=$(mktemp) set_b=$(mktemp) stop=$(mktemp) events=$(mktemp)
	flow_set 1 2 >"$set_a"
	flow_set 2 3 >"$set_b"
	vsw flow replace vsw0 file "$set_a"
	frames_start h1
}

cleanup()
{
	rm -f "$set_a" "$set_b" "$stop" "$events"
}

# flow_set REGISTER PORT
flow_set()
{
	echo "ip,actions=set_field:$1->reg0,goto_table:1"
	echo "table=1,priority=2,reg0=$1,actions=output:$2"
	echo "table=1,priority=1,actions=output:4"
}

# swap A B: until there is no file $stop
swap()
{
	while [ -e "$stop" ]; do
		printf 'flow replace vsw0 file %s\n' "$1" "$2"
	done | vsw -b -
}

sum_of_sent()
{
	echo $(($(stat p2 tx_packets) + $(stat p3 tx_packets)))
}

drops_of_p1()
{
	vsw -j stats show vsw0 p1 | jq '[.[0].stats.drops[]?] | add // 0'
}

# all_out TOTAL: so many frames have left or were dropped since the start
all_out()
{
	vsw -j stats show vsw0 |
		jq -e "([.[].stats.tx_packets, .[].stats.drops[]?] | add) >= $1" >/dev/null
}

both_ports_are_used()
{
	[ "$(stat p2 tx_packets)" -gt 0 ] && [ "$(stat p3 tx_packets)" -gt 0 ]
}

# send_while_swapping N A B [CONDITION]: N frames, while the sets A and B replace
# each other, and more until CONDITION holds; $sent is their number
send_while_swapping()
{
	local total pid

	total=$(stat p1 rx_packets) sent=0
	: >"$stop"
	swap "$2" "$3" &
	pid=$!
	until [ "$sent" -ge "$1" ] && "${4:-true}" || [ "$sent" -ge 100000 ]; do
		frames "send h1*100 ip udp" || break
		sent=$((sent + 100))
	done
	total=$((total + sent))
	rm -f "$stop"
	wait "$pid"
	check_err $? "flow replace fails"
	slowwait 10 all_out "$total"
	check_err $? "frames are missing"
}

every_frame_sees_one_set_or_the_other()
{
	# The swaps take a moment to begin, frames do not wait for them.
	send_while_swapping 2000 "$set_a" "$set_b" both_ports_are_used
	expect_eq "$sent" "$(sum_of_sent)" "frames at p2 and p3"
	expect_eq 0 "$(stat p4 tx_packets)" "frames that saw a mix"
	expect_eq 0 "$(drops_of_p1)" "frames that saw no flow"
	both_ports_are_used
	check_err $? "frames have seen one set only"
}

replacing_flows_by_themselves_drops_nothing()
{
	local before

	before=$(stat p2 tx_packets)
	vsw flow replace vsw0 file "$set_a"
	send_while_swapping 1000 "$set_a" "$set_a"
	expect_eq $((before + sent)) "$(stat p2 tx_packets)" "frames at p2"
	expect_eq 0 "$(drops_of_p1)" "drops"
}

monitor_listens()
{
	vsw flow add vsw0 "table=253,cookie=253,actions=drop"
	grep -q 253 "$events"
}

sum_of_events()
{
	jq -s '[.[] | select(.removed and .table == 0) | .packets] | add // 0' "$events"
}

# told TOTAL
told()
{
	[ "$(sum_of_events)" = "$1" ]
}

# What the removed flows have counted is told when they go.
counters_of_the_removed_flows_add_up()
{
	local pid

	vsw flow del vsw0
	ip netns exec "$sw" vswctl -j monitor flow >"$events" &
	pid=$!
	slowwait 10 monitor_listens
	vsw flow replace vsw0 file "$set_a"
	send_while_swapping 300 "$set_a" "$set_b"
	vsw flow del vsw0
	slowwait 10 told "$sent"
	check_err $? "$(sum_of_events) frames told, $sent were sent"
	kill "$pid"
	wait "$pid" 2>/dev/null || :
}

run_tests
