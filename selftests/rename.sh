#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# A port or a switch that gets another name stays what it is: its number, its
# flows and its addresses follow, and the new name is told.
#
#	h1 ----- p1 +------+ p2 ----- h2
#	            | vsw0 |
#	            +------+ p3 ----- h3

. "$(dirname "$0")/wires.sh"

ALL_TESTS="
	a_renamed_port_keeps_number_and_settings
	a_renamed_port_is_found_by_its_new_name_only
	flows_and_addresses_follow_a_renamed_port
	a_renamed_port_is_told
	a_name_that_flows_wait_for_goes_to_a_new_port
	a_renamed_switch_keeps_all_it_has
	a_renamed_switch_is_told
"

setup()
{
	bench 1 2 3
	frames_start h1 h2 h3
}

# rename OLD NEW: some kernels want it down for that
rename()
{
	printf 'link set %s\n' "$1 down" "$1 name $2" "$2 up" | ip -batch -
}

a_renamed_port_keeps_number_and_settings()
{
	vswctl port set vsw0 p2 isolated on fdb_max 9
	rename p2 left
	check_err $? "it can't be renamed"
	port_is left '.port_no == 2 and .isolated and .fdb_max == 9'
	check_err $? "$(vswctl -j port show vsw0 2)"
	vswctl port set vsw0 left isolated off fdb_max 0
}

a_renamed_port_is_found_by_its_new_name_only()
{
	expect_err 1 . vswctl port show vsw0 p2
	vswctl -j port show vsw0 | jq -e 'map(.name) | index("left") and (index("p2") | not)' >/dev/null
	check_err $? "names shown: $(vswctl -j port show vsw0 | jq -c 'map(.name)')"
}

flows_and_addresses_follow_a_renamed_port()
{
	vswctl flow add vsw0 "priority=9,in_port=1,dl_dst=$X,actions=output:left"
	frames <<-EOF
		h1 eth src=$A dst=$X data => h2 same
		h2 eth src=$B dst=$bcast data => h1 same; h3 same
	EOF
	rename left right
	frames <<-EOF
		h1 eth src=$A dst=$X data => h2 same
		h3 eth src=$C dst=$B data => h2 same
		h2 eth src=$B dst=$C data => h3 same
	EOF
	fdb_is "$B" '.port_no == 2 and .port_name == "right"'
	check_err $? "$(vswctl -j fdb show vsw0 "$B")"
	vswctl flow del vsw0 "dl_dst=$X"
}

a_renamed_port_is_told()
{
	watch_events
	rename right p2
	expect_event '(.event | test("port-new")) and .name == "p2" and .port_no == 2'
	watch_end
}

# A flow waits for a port "late", which follows its device afterwards.
a_name_that_flows_wait_for_goes_to_a_new_port()
{
	vswctl flow add vsw0 "priority=9,in_port=1,dl_dst=$X,actions=output:late"
	frame "h1 eth src=$A dst=$X data =>"
	cables 4
	rename p4 late
	vswctl port add vsw0 late
	frame "open h4"
	frame "h1 eth src=$A dst=$X data => h4 same"
	rename late p4
	frame "h1 eth src=$A dst=$X data => h4 same"
	frame "close h4"
	vswctl port del vsw0 p4
	vswctl flow del vsw0 "dl_dst=$X"
}

a_renamed_switch_keeps_all_it_has()
{
	vswctl flow add vsw0 "priority=9,dl_dst=$X,actions=output:2"
	rename vsw0 office
	check_err $? "it can't be renamed"
	switch_is '.ports == 3 and .flows == 2' office
	check_err $? "$(vswctl -j switch show office)"
	expect_err 1 . vswctl switch show vsw0
	frame "h1 eth src=$A dst=$X data => h2 same"
	port_is LOCAL '.name == "office"' office
	check_err $? "LOCAL has the old name"
}

a_renamed_switch_is_told()
{
	rename office vsw0
	watch_events
	rename vsw0 office
	expect_event '(.event | test("switch-new")) and .switch == "office"'
	watch_end
	rename office vsw0
}

run_tests
