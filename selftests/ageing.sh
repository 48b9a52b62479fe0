#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# An address that has not been heard for the ageing time is forgotten; static
# ones stay, and with ageing 0 so do all.
#
#	h1 ----- p1 +------+ p2 ----- h2
#	            | vsw0 |
#	            +------+ p3 ----- h3

. "$(dirname "$0")/wires.sh"

ALL_TESTS="
	an_idle_address_is_forgotten_and_flooded_to_again
	an_address_that_speaks_stays
	a_static_address_stays
	ageing_is_told
	with_ageing_0_nothing_is_forgotten
"

setup()
{
	bench 1 2 3
	frames_start h1 h2 h3
}

# meet: h1 has been heard a moment ago
meet()
{
	vswctl switch set vsw0 ageing 300
	vswctl fdb flush vsw0 static
	frame "h1 eth src=$A dst=$bcast data => h2 same; h3 same"
}

an_idle_address_is_forgotten_and_flooded_to_again()
{
	meet
	frame "h2 eth src=$B dst=$A data => h1 same"
	vswctl switch set vsw0 ageing 1
	slowwait 10 fdb_lacks "$A" || fail "not forgotten after 10 s"
	vswctl switch set vsw0 ageing 300
	frame "h2 eth src=$B dst=$A data => h1 same; h3 same"
}

# h1 speaks until B, who is silent and came later, is forgotten.
an_address_that_speaks_stays()
{
	local i fdb

	meet
	frame "h2 eth src=$B dst=$A data => h1 same"
	vswctl switch set vsw0 ageing 4
	for ((i = 0; i < 100; i++)); do
		frame "h1 eth src=$A dst=$bcast data => h2 same; h3 same"
		fdb=$(vswctl -j fdb show vsw0)
		[[ $fdb == *"$B"* ]] || break
	done
	# Both by one look: another one may come too late for A.
	[[ $fdb != *"$B"* ]]
	check_err $? "the silent one is not forgotten"
	[[ $fdb == *"$A"* ]]
	check_err $? "the one that speaks is forgotten"
}

a_static_address_stays()
{
	meet
	vswctl fdb add vsw0 "$C" port p3
	vswctl switch set vsw0 ageing 1
	slowwait 10 fdb_lacks "$A" || fail "$A not forgotten after 10 s"
	fdb_is "$C" '.port_no == 3'
	check_err $? "the static address is gone"
}

ageing_is_told()
{
	meet
	watch_events
	vswctl switch set vsw0 ageing 1
	expect_event "(.event | test(\"fdb-del\")) and .lladdr == \"$A\" and .port_no == 1"
	watch_end
}

# Another switch shows that enough time has passed: h4 came later and goes.
with_ageing_0_nothing_is_forgotten()
{
	meet
	vswctl switch set vsw0 ageing 0
	switch_is '.ageing == 0'
	check_err $? "ageing is not 0"
	vswctl switch add vsw1 ageing 300
	ip link set vsw1 up
	wires vsw1 4
	arping -q -D -c 1 -I h4 192.0.2.1
	busywait 5000 learned_on_vsw1 1 || fail "the other switch does not learn"
	vswctl switch set vsw1 ageing 1
	slowwait 10 learned_on_vsw1 0 || fail "the other switch does not age"
	fdb_is "$A" '.port_no == 1'
	check_err $? "forgotten, though ageing is 0"
}

# learned_on_vsw1 N: so many addresses
learned_on_vsw1()
{
	vswctl -j port show vsw1 p4 | jq -e --argjson n "$1" '.[0].fdb_entries == $n' >/dev/null
}

run_tests
