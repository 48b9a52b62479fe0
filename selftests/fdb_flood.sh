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

setup()
{
	bench 1
	watch_events
}

# address N
address()
{
	printf '02:00:00:00:%02x:%02x' $(($1 / 256)) $(($1 % 256))
}

# add FIRST LAST: static entries, which the listener has heard of at the end
add()
{
	local i

	for ((i = $1; i <= $2; i++)); do
		printf 'fdb add vsw0 02:00:00:00:%02x:%02x port p1\n' $((i / 256)) $((i % 256))
	done | vswctl -b - || return
	slowwait 60 told ".event == \"fdb-new\" and .lladdr == \"$(address "$2")\""
}

a_listener_is_told_how_many_events_it_missed()
{
	local i

	for ((i = 0; i < addresses; i += 500)); do
		add "$i" $((i + 499))
		check_err $? "not all additions are told" || return
	done
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
