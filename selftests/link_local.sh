#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Frames to 01:80:c2:00:00:0X are for the link, not for the switch: the host's
# own daemons on the port see them, the other ports do not, unless the switch
# is told to forward them.
#
#	h1 ----- p1 +------+ p2 ----- h2
#	            | vsw0 |
#	            +------+ LOCAL

. "$(dirname "$0")/wires.sh"

ALL_TESTS="
	no_reserved_address_is_forwarded
	what_is_left_to_the_host_is_counted_as_passed
	a_daemon_on_the_port_hears_lldp
	pause_frames_are_dropped
	group_fwd_mask_forwards_what_it_names_and_nothing_else
	stp_and_pause_cannot_be_forwarded
	local_may_not_send_to_a_reserved_address
	the_address_after_the_reserved_ones_is_forwarded
"

setup()
{
	bench 1 2
	frames_start h1 h2 vsw0
}

# to LAST: a frame to 01:80:c2:00:00:LAST
to()
{
	echo "eth src=$A dst=01:80:c2:00:00:$1 data"
}

passed()
{
	vswctl -j -s port show vsw0 p1 | jq '.[0].stats.passed'
}

no_reserved_address_is_forwarded()
{
	local x

	for x in 0 1 2 3 4 5 6 7 8 9 a b c d e f; do
		frame "h1 $(to "0$x") =>"
	done
	fdb_lacks "$A"
	check_err $? "learned from a frame that it did not take"
}

what_is_left_to_the_host_is_counted_as_passed()
{
	local before rx

	before=$(passed)
	rx=$(vswctl -j -s port show vsw0 p1 | jq '.[0].stats.rx_packets')
	frame "h1*5 $(to 0e) =>"
	expect_eq $((before + 5)) "$(passed)" "passed"
	# The marker is one frame.
	port_is p1 ".stats.rx_packets == $rx + 1"
	check_err $? "counted as received, too"
}

a_daemon_on_the_port_hears_lldp()
{
	local heard

	heard=$(mktemp)
	tcpdump -i p1 -p -n -e -l -c 1 --immediate-mode -Q in ether proto 0x88cc \
		>"$heard" 2>"$heard.err" &
	slowwait 10 grep -q listening "$heard.err"
	check_err $? "nobody listens"
	frame "h1 eth src=$A dst=01:80:c2:00:00:0e type=0x88cc data =>"
	slowwait 10 grep -q 01:80:c2:00:00:0e "$heard"
	check_err $? "nothing heard on the port"
	rm -f "$heard" "$heard.err"
}

pause_frames_are_dropped()
{
	local dropped passed

	dropped=$(drops reserved-address)
	passed=$(passed)
	frame "h1*3 $(to 01) =>"
	expect_eq $((dropped + 3)) "$(drops reserved-address)" "drops for reserved-address"
	expect_eq "$passed" "$(passed)" passed
}

group_fwd_mask_forwards_what_it_names_and_nothing_else()
{
	vswctl switch set vsw0 group_fwd_mask 0x4008
	switch_is ".group_fwd_mask == $((0x4008))"
	check_err $? "the mask is not shown"
	frames <<-EOF
		h1 $(to 03) => h2 same; vsw0 same
		h1 $(to 0e) => h2 same; vsw0 same
		vsw0 $(to 0e) => h1 same; h2 same
		h1 $(to 02) =>
		h1 $(to 0f) =>
		h1 $(to 00) =>
		h1 $(to 01) =>
	EOF
	vswctl switch set vsw0 group_fwd_mask 0
	frame "h1 $(to 0e) =>"
}

stp_and_pause_cannot_be_forwarded()
{
	local mask

	for mask in 1 2 3 0x10000; do
		vswctl switch set vsw0 group_fwd_mask "$mask" 2>/dev/null
		check_fail $? "group_fwd_mask $mask is accepted"
	done
	switch_is '.group_fwd_mask == 0'
	check_err $? "the mask has changed"
}

local_may_not_send_to_a_reserved_address()
{
	local before

	before=$(drops reserved-address)
	frame "vsw0*2 $(to 0e) =>"
	expect_eq $((before + 2)) "$(drops reserved-address)" "drops for reserved-address"
}

the_address_after_the_reserved_ones_is_forwarded()
{
	frame "h1 $(to 10) => h2 same; vsw0 same"
}

run_tests
