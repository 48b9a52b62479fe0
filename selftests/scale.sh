#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# 10,000 flows are loaded from a file in one call and shown whole, while others
# are added and deleted: a dump that a change interrupts is made again, and
# under change that never ends it still has each flow that did not change.
#
#	h1 --- p1 +------+ p2 --- h2
#	          | vsw0 |
#	          +------+

. "$(dirname "$0")/lib.sh"
. "$selftests/frames.sh"

ALL_TESTS="
	ten_thousand_flows_are_added_in_one_call
	frames_find_the_right_one_of_ten_thousand
	a_dump_shows_each_flow_once
	a_dump_under_concurrent_change_is_consistent
	ten_thousand_flows_are_replaced_in_one_call
	ten_thousand_flows_are_deleted
"

n_flows=10000

setup()
{
	frames_setup 2
	file=$(mktemp)
	shown=$(mktemp)
}

cleanup()
{
	rm -f "$file" "$shown"
}

# generate FIRST: n_flows flows with cookies from FIRST up
generate()
{
	echo "$marker_flow"
	awk -v first="$1" -v n="$n_flows" 'BEGIN {
		for (i = 0; i < n; i++)
			printf "table=%d,cookie=%d,ip,nw_dst=10.%d.%d.%d,actions=output:2\n",
				i % 4, first + i, i / 65536, i / 256 % 256, i % 256
	}'
}

number_of_flows()
{
	vsw -j switch show vsw0 | jq '.[0].flows'
}

ten_thousand_flows_are_added_in_one_call()
{
	local output

	generate 1 >"$file"
	output=$(vsw flow add vsw0 file "$file" 2>&1)
	check_err $? "flow add fails"
	expect_eq "" "$output" "printed, without a terminal"
	expect_eq $((n_flows + 1)) "$(number_of_flows)" "number of flows"
}

frames_find_the_right_one_of_ten_thousand()
{
	# 10.0.a.b in table 0 is the flow with the cookie 1 + a * 256 + b.
	frames "h1*3 ip dst=10.0.0.4 udp => h2*3 same"
	frames "h1*2 ip dst=10.0.39.12 tcp => h2*2 same"
	expect_eq "3 2" "$(packets 5) $(packets 9997)" "frames of two flows"
}

a_dump_shows_each_flow_once()
{
	vsw -d flow show vsw0 >"$shown"
	expect_eq $((n_flows + 1)) "$(wc -l <"$shown")" "flows shown"
	expect_eq $((n_flows + 1)) "$(different_ids)" "different ids shown"
}

# different_ids [TEXT]: of the flows shown, or those of them that have TEXT
different_ids()
{
	grep -e "${1:-.}" "$shown" | grep -o 'id=[0-9]*' | sort -u | wc -l
}

# churn STOP: add and delete flows of table 9 until STOP is gone
churn()
{
	while [ -e "$1" ]; do
		echo "flow add vsw0 table=9,priority=$((RANDOM)),tcp,actions=drop"
		echo "flow add vsw0 table=9,priority=$((RANDOM)),udp,actions=drop"
		echo "flow del vsw0 table=9"
	done | vsw -b -
}

a_dump_under_concurrent_change_is_consistent()
{
	local stop i pid

	stop=$(mktemp)
	churn "$stop" &
	pid=$!
	for i in 1 2; do
		vsw -d flow show vsw0 >"$shown" 2>/dev/null
		check_err $? "dump $i fails" || break
		expect_eq "$n_flows" "$(different_ids nw_dst)" "flows in dump $i"
		expect_eq "$(wc -l <"$shown")" "$(different_ids)" "lines in dump $i"
	done
	rm -f "$stop"
	wait "$pid"
	check_err $? "the other vswctl fails"
	vsw flow del vsw0 table=9
}

# on_terminal COMMAND: what it prints to one, a line for each time it goes back
on_terminal()
{
	script -qec "$1" /dev/null | tr '\r' '\n'
	return "${PIPESTATUS[0]}"
}

ten_thousand_flows_are_replaced_in_one_call()
{
	local output

	generate 20001 >"$file"
	output=$(on_terminal "vswctl -n $sw flow replace vsw0 file $file")
	check_err $? "flow replace fails: $output"
	has_line "^$((n_flows + 1)) flows$" "$output" || fail "no last count in: $output"
	[ "$(grep -c '^[0-9]* flows$' <<<"$output")" -gt 3 ]
	check_err $? "hardly any progress in: $output"
	expect_eq $((n_flows + 1)) "$(number_of_flows)" "number of flows"
	frames "h1 ip dst=10.0.0.4 udp => h2 same"
	expect_eq 1 "$(packets 20005)" "frames of a new flow"
	expect_eq 0 "$(vsw -j flow show vsw0 cookie=5/-1 | jq length)" "old flows"
}

ten_thousand_flows_are_deleted()
{
	vsw flow del vsw0
	check_err $? "flow del fails"
	expect_eq 0 "$(number_of_flows)" "number of flows"
	expect_eq "" "$(vsw flow show vsw0)" "flows shown"
}

run_tests
