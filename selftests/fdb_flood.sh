#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# More addresses change at once than events can be kept: the listener is told
# how many it has missed, and what it knows of the rest is right.
#
#	h1 ----- p1 | vsw0		vswctl monitor

. "$(dirname "$0")/wires.sh"

ALL_TESTS="
	a_listener_is_told_how_many_events_it_missed
	events_go_on_after_a_loss
"

# More than a switch keeps events for.
addresses=3000
last=02:00:00:00:0b:b7

setup()
{
	bench 1
	watch_events
}

# Static entries, since they come in as slowly as we type.
fill()
{
	local i

	for ((i = 0; i < addresses; i++)); do
		printf 'fdb add vsw0 02:00:00:00:%02x:%02x port p1\n' $((i / 256)) $((i % 256))
	done | vswctl -b -
}

a_listener_is_told_how_many_events_it_missed()
{
	fill
	check_err $? "can't fill the FDB" || return
	slowwait 60 told ".event == \"fdb-new\" and .lladdr == \"$last\""
	check_err $? "not all additions are told" || return
	vswctl fdb flush vsw0 static
	expect_event '.event == "fdb-lost"'
	expect_eq "$addresses" "$(jq -s 'map(select(.event == "fdb-del" or .event == "fdb-lost") |
		.lost // 1) | add' "$events")" "deletions told and missed"
}

events_go_on_after_a_loss()
{
	vswctl fdb add vsw0 02:aa:aa:aa:aa:aa port p1
	expect_event '.event == "fdb-new" and .lladdr == "02:aa:aa:aa:aa:aa"'
}

run_tests
