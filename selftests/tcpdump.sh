#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# tcpdump on a port, on the switch or on a peer sees the frames as they are on
# the wire, and takes nothing away from forwarding.
#
#	h1 ----- p1 +------+ p2 ----- h2
#	            | vsw0 |
#	            +------+ LOCAL

. "$(dirname "$0")/wires.sh"

ALL_TESTS="
	a_capture_on_the_port_of_entry_sees_the_frame
	a_capture_on_the_port_of_exit_sees_the_frame_with_its_new_tag
	a_capture_on_the_switch_sees_what_reaches_the_host
	a_capture_does_not_see_what_is_for_others
"

setup()
{
	bench 1 2
	vswctl port set vsw0 p1 tag 5
	frames_start h1 h2 vsw0
	start_capture p1 in
	start_capture p2 out
	start_capture vsw0 in
	# A known address: h2
	frame "h2 eth src=$B dst=$bcast vlan vid=5 data => h1 eth src=$B dst=$bcast data; vsw0 same"
	frame "h1 eth src=$A dst=$B data => h2 eth src=$A dst=$B vlan vid=5 data"
}

# start_capture DEV in|out: what goes by, as text, to the file $captures/DEV
start_capture()
{
	captures=${captures:-$(mktemp -d)}
	tcpdump -i "$1" -p -Q "$2" -n -e -l --immediate-mode ether proto 0x88b6 or vlan \
		>"$captures/$1" 2>"$captures/$1.err" &
	slowwait 10 grep -q listening "$captures/$1.err"
}

# captured DEV REGEX
captured()
{
	slowwait 10 grep -qE "$2" "$captures/$1"
}

a_capture_on_the_port_of_entry_sees_the_frame()
{
	captured p1 "$A > $B, ethertype Unknown \(0x88b6\)"
	check_err $? "$(cat "$captures/p1")"
}

a_capture_on_the_port_of_exit_sees_the_frame_with_its_new_tag()
{
	captured p2 "$A > $B, ethertype 802.1Q.*vlan 5, p 0, ethertype Unknown \(0x88b6\)"
	check_err $? "$(cat "$captures/p2")"
}

a_capture_on_the_switch_sees_what_reaches_the_host()
{
	captured vsw0 "$B > Broadcast|$B > $bcast"
	check_err $? "$(cat "$captures/vsw0")"
}

# What went to vsw0 after that frame has been captured, too.
a_capture_does_not_see_what_is_for_others()
{
	frame "h2 eth src=$C dst=$bcast vlan vid=5 data => h1 eth src=$C dst=$bcast data; vsw0 same"
	captured vsw0 "$C > "
	check_err $? "$(cat "$captures/vsw0")"
	grep -q "$A > $B" "$captures/vsw0"
	check_fail $? "the switch's device saw a frame between two ports"
	rm -r "$captures"
}

run_tests
