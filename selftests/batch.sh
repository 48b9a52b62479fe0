#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Many commands or flows come from a file or from stdin: they take effect in
# order, comments are skipped, and an error names the line where it is.
#
#	vsw0 with the ports p1, p2 and no traffic

. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	a_batch_runs_commands_from_a_file
	a_batch_runs_commands_from_stdin
	a_batch_stops_at_the_first_error_and_names_its_line
	a_batch_tells_usage_errors_from_refusals
	a_batch_of_shows_prints_them_all
	flows_come_from_a_file_and_from_stdin
	a_bad_line_of_flows_is_named
	a_refused_flow_is_named_by_line_and_what_came_before_stays
	a_refused_replace_changes_nothing
	a_missing_file_is_named
	flows_are_changed_and_deleted_by_file
"

vsw()
{
	vswctl -n "$sw" "$@"
}

setup()
{
	setup_ns sw
	file=$(mktemp)
	vsw switch add vsw0
	ip -n "$sw" link add p1 type dummy
	ip -n "$sw" link add p2 type dummy
	vsw port add vsw0 p1
	vsw port add vsw0 p2
}

cleanup()
{
	rm -f "$file"
}

cookies()
{
	vsw -j flow show vsw0 | jq -j '[.[].cookie] | sort | join(" ")'
}

a_batch_runs_commands_from_a_file()
{
	cat >"$file" <<-EOF
	# a comment

	switch add vsw1 ageing 77
	  switch set vsw1 flows_max 9   # another
	flow add vsw1 "udp, actions=drop"
	flow add vsw1 tcp,actions=normal
	EOF
	vsw -b "$file"
	check_err $? "batch fails"
	expect_eq "77 9 2" "$(vsw -j switch show vsw1 |
		jq -r '.[0] | "\(.ageing) \(.flows_max) \(.flows)"')" "the switch"
	vsw switch del vsw1
}

a_batch_runs_commands_from_stdin()
{
	printf 'flow add vsw0 cookie=1,udp,actions=drop\nflow add vsw0 cookie=2,tcp,actions=1' |
		vsw -b -
	check_err $? "batch fails"
	expect_eq "0x1 0x2" "$(cookies)" "cookies"
	vsw flow del vsw0
}

a_batch_stops_at_the_first_error_and_names_its_line()
{
	cat >"$file" <<-EOF
	flow add vsw0 cookie=1,udp,actions=drop
	# comment
	flow add vsw0 cookie=2,tp_dst=5,actions=drop
	flow add vsw0 cookie=3,tcp,actions=drop
	EOF
	expect_err 1 "$file:3: .*tp_dst" vsw -b "$file"
	expect_eq 0x1 "$(cookies)" "cookies"
	vsw flow del vsw0
}

a_batch_tells_usage_errors_from_refusals()
{
	echo "flow add vsw0 priority=abc,actions=drop" >"$file"
	expect_err 2 "$file:1: .*number" vsw -b "$file"
	expect_err 2 '\^~~' vsw -b "$file"
	expect_err 2 ':1: ' vsw -b - <<<"swich show"
}

a_batch_of_shows_prints_them_all()
{
	printf '%s\n' "switch show vsw0" "port show vsw0" >"$file"
	expect_eq "1 3" "$(vsw -j -b "$file" | jq -s -r '"\(.[0] | length) \(.[1] | length)"')" \
		"objects (LOCAL is a port as well)"
}

flows_come_from_a_file_and_from_stdin()
{
	cat >"$file" <<-EOF
	# comment
	cookie=1,udp,actions=drop

	 cookie=2,tcp,actions=output:p1   # another
	EOF
	vsw flow add vsw0 file "$file"
	check_err $? "file"
	echo "cookie=3,arp,actions=normal" | vsw flow add vsw0 file -
	check_err $? "stdin"
	expect_eq "0x1 0x2 0x3" "$(cookies)" "cookies"
	vsw flow del vsw0
}

a_bad_line_of_flows_is_named()
{
	printf '%s\n' "cookie=1,udp,actions=drop" "" "cookie=2,tcp,actions=outputt:1" >"$file"
	expect_err 2 "$file:3: " vsw flow add vsw0 file "$file"
	expect_err 2 '\^~~' vsw flow add vsw0 file "$file"
	vsw flow del vsw0
}

a_refused_flow_is_named_by_line_and_what_came_before_stays()
{
	local i

	{
		for ((i = 1; i < 500; i++)); do
			echo "cookie=$i,table=1,priority=$i,udp,tp_dst=$i,actions=drop"
		done
		echo "table=1,priority=$i,udp,actions=goto_table:0"
		echo "cookie=501,table=1,priority=501,udp,tp_dst=501,actions=drop"
	} >"$file"
	expect_err 1 "$file:500: .*goto_table" vsw flow add vsw0 file "$file"
	expect_err 1 '499' vsw flow add vsw0 file "$file"
	expect_eq 499 "$(vsw -j flow show vsw0 | jq length)" "flows"
	vsw flow del vsw0
}

a_refused_replace_changes_nothing()
{
	vsw flow add vsw0 "cookie=9,udp,actions=drop"
	printf '%s\n' "cookie=1,udp,actions=drop" "cookie=2,tcp,actions=output:77" >"$file"
	expect_err 1 "$file:2: .*77" vsw flow replace vsw0 file "$file"
	expect_eq 0x9 "$(cookies)" "cookies"
	vsw flow del vsw0
}

a_missing_file_is_named()
{
	expect_err 2 '/no/such/file' vsw flow add vsw0 file /no/such/file
	expect_err 2 '/no/such/file' vsw -b /no/such/file
}

flows_are_changed_and_deleted_by_file()
{
	printf '%s\n' "cookie=1,udp,actions=drop" "cookie=2,tcp,actions=drop" \
		"cookie=3,arp,actions=drop" | vsw flow add vsw0 file -
	printf '%s\n' udp arp | vsw flow del vsw0 file -
	check_err $? "deletion by file"
	expect_eq 0x2 "$(cookies)" "cookies"
	echo "tcp,actions=normal" | vsw flow mod vsw0 file -
	check_err $? "change by file"
	expect_eq normal "$(vsw -j flow show vsw0 | jq -r '.[0].actions[0]')" "actions"
	vsw flow del vsw0
}

run_tests
