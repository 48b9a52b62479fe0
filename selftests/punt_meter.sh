#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# What a port punts is metered by its own rate and burst, and frames of the
# ports are sent in turn: a port that punts much takes nothing from the others.
#
#	h1 --- p1 +------+ p2 --- h2
#	          | vsw0 |
#	          +------+ p3 --- h3	all frames are punted

. "$(dirname "$0")/lib.sh"
. "$selftests/frames.sh"

ALL_TESTS="
	a_burst_passes_and_then_the_rate
	the_rate_comes_back_with_time
	a_port_does_not_starve_another
	a_copy_is_metered_and_the_frame_goes_on
	rate_and_burst_are_shown_and_typed_back
	rate_and_burst_are_shown_by_ip_link
"

setup()
{
	frames_setup 3
	dir=$(mktemp -d)
	vswctl -n "$sw" -j punt listen vsw0 >"$dir/out" &
	listener=$!
	slowwait 20 has_listener
	flows "udp,actions=punt"
}

has_listener()
{
	[ "$(vsw -j punt show vsw0 | jq length)" = 1 ]
}

cleanup()
{
	kill "$listener"
	wait "$listener" 2>/dev/null
	rm -rf "$dir"
}

# all_counted PORT N: all N frames were punted or dropped by the meter
all_counted()
{
	[ $(($(stat "$1" punted) + $(drops punt-rate "$1"))) = "$2" ]
}

# One frame in 1000 seconds, so that time does not matter.
a_burst_passes_and_then_the_rate()
{
	vsw port set vsw0 p1 punt_rate 1 punt_burst 30
	frames "h1*20 ip udp =>"
	slowwait 20 all_counted p1 20
	expect_eq 20 "$(stat p1 punted)" "frames of a burst"
	frames "h1*200 ip udp =>"
	slowwait 20 all_counted p1 220
	# A second or two may have passed.
	[ "$(stat p1 punted)" -ge 30 ] && [ "$(stat p1 punted)" -le 90 ]
	check_err $? "punted of a burst of 30: $(stat p1 punted)"
	[ "$(drops punt-rate)" -ge 130 ]
	check_err $? "dropped: $(drops punt-rate)"
}

punts_more()
{
	frames "h1 ip udp =>"
	[ "$(stat p1 punted)" -gt "$1" ]
}

the_rate_comes_back_with_time()
{
	slowwait 20 punts_more "$(stat p1 punted)"
	check_err $? "the port never punts again"
}

a_port_does_not_starve_another()
{
	local before

	vsw port set vsw0 p1 punt_rate 20 punt_burst 10
	before=$(drops punt-rate)
	frames "h1*500 ip udp =>"
	frames "h2*100 ip udp =>"
	slowwait 20 all_counted p2 100
	frames "h1*500 ip udp =>"
	frames "h2*100 ip udp =>"
	slowwait 20 all_counted p2 200
	expect_eq 200 "$(stat p2 punted)" "frames of the quiet port"
	expect_eq 0 "$(drops punt-rate p2)" "its drops"
	[ "$(($(drops punt-rate) - before))" -ge 500 ]
	check_err $? "the busy port was not held back"
	expect_eq 200 "$(jq -cs 'map(select(.port_no == 2)) | length' "$dir/out")" "frames listed"
}

a_copy_is_metered_and_the_frame_goes_on()
{
	vsw port set vsw0 p3 punt_rate 1 punt_burst 1
	flows "udp,actions=punt,output:2"
	frames "h3*50 ip udp => h2*50 same"
	[ "$(drops punt-rate p3)" -ge 30 ]
	check_err $? "dropped copies: $(drops punt-rate p3)"
}

rate_and_burst_are_shown_and_typed_back()
{
	vsw port set vsw0 p3 punt_rate 77 punt_burst 5
	expect_eq '[77,5]' "$(vsw -j port show vsw0 p3 | jq -c '.[0] | [.punt_rate, .punt_burst]')" JSON
	has_line 'p3 .*punt_rate 77 punt_burst 5' "$(vsw port show vsw0 p3)"
	check_err $? "$(vsw port show vsw0 p3)"
	vsw port set vsw0 p3 punt_rate 1000 punt_burst 250
	! has_line punt "$(vsw port show vsw0 p3)"
	check_err $? "what is usual is shown"
}

rate_and_burst_are_shown_by_ip_link()
{
	ip -n "$sw" link set p3 type vsw_slave punt_rate 66 punt_burst 6 ||
		{ skip "this ip(8) does not load our plug-in"; return; }
	expect_eq '[66,6]' "$(vsw -j port show vsw0 p3 | jq -c '.[0] | [.punt_rate, .punt_burst]')" JSON
	has_line 'punt_rate 66 punt_burst 6' "$(ip -n "$sw" -d link show p3)"
	check_err $? "ip link does not show them"
}

run_tests
