#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# A flow may send to a port by name before the port exists, and works again
# when a device that went away returns; meanwhile its frames are dropped and
# counted as port-gone.
#
#	h1 --- p1 +------+ p2 --- h2
#	          | vsw0 |
#	          +------+ p3 --- h3	comes and goes

. "$(dirname "$0")/lib.sh"
. "$selftests/frames.sh"

ALL_TESTS="
	a_flow_may_name_a_port_to_come
	a_number_without_a_port_is_refused
	a_device_that_goes_leaves_counted_drops
	a_device_that_returns_gets_its_number_and_frames
	a_kept_number_is_not_given_to_others
	the_number_is_free_when_no_flow_uses_it
	other_outputs_of_the_flow_go_on
	a_match_on_in_port_keeps_the_number_too
"

setup()
{
	frames_setup 2
}

# number_of PORT: its number, or nothing
number_of()
{
	vsw -j port show vsw0 "$1" 2>/dev/null | jq -r '.[0].port_no // empty'
}

# cable_name PORT HOST [ARG]...: as cable, by name and with a number of its own
cable_name()
{
	ip -n "$sw" link add "$1" type veth peer name "$2" &&
		ip -n "$sw" link set "$1" up && ip -n "$sw" link set "$2" up &&
		vsw port add vsw0 "$1" "${@:3}" && frames "open $2"
}

uncable()
{
	frames "close $2"
	ip -n "$sw" link del "$1"
}

a_flow_may_name_a_port_to_come()
{
	local before

	before=$(drops port-gone)
	flows "cookie=1,in_port=1,actions=output:p3"
	frames "h1*3 ip udp =>"
	expect_eq $((before + 3)) "$(drops port-gone)" "drops for reason port-gone"
	expect_eq output:p3 "$(vsw -j flow show vsw0 cookie=1/-1 | jq -r '.[0].actions[0]' |
		tr -d '"')" "the action shown"
	cable_name p3 h3
	frames "h1 ip udp => h3 same"
	expect_eq 4 "$(packets 1)" "frames of the flow"
	expect_eq $((before + 3)) "$(drops port-gone)" "drops for reason port-gone"
	uncable p3 h3
}

a_number_without_a_port_is_refused()
{
	expect_err 1 '77' vsw flow add vsw0 "ip,actions=output:77"
	expect_eq 0 "$(vsw -j flow show vsw0 ip | jq length)" "flows added"
}

a_device_that_goes_leaves_counted_drops()
{
	local before

	flows
	cable_name p3 h3
	flows "cookie=1,in_port=1,actions=output:$(number_of p3)"
	frames "h1 ip udp => h3 same"
	before=$(drops port-gone)
	uncable p3 h3
	frames "h1*5 ip udp =>"
	expect_eq $((before + 5)) "$(drops port-gone)" "drops for reason port-gone"
	expect_eq 1 "$(vsw -j flow show vsw0 cookie=1/-1 | jq length)" "the flow"
}

a_device_that_returns_gets_its_number_and_frames()
{
	flows
	cable_name p3 h3 number 33
	flows "cookie=1,in_port=1,actions=output:33"
	uncable p3 h3
	frames "h1 ip udp =>"
	cable_name p3 h3
	expect_eq 33 "$(number_of p3)" "number"
	frames "h1 ip udp => h3 same"
	uncable p3 h3
}

a_kept_number_is_not_given_to_others()
{
	flows
	cable_name p3 h3 number 44
	flows "cookie=1,in_port=1,actions=output:44"
	uncable p3 h3
	ip -n "$sw" link add p4 type dummy
	expect_err 1 '44' vsw port add vsw0 p4 number 44
	vsw port add vsw0 p4
	check_err $? "a port without a wish is refused"
	[ "$(number_of p4)" != 44 ]
	check_err $? "p4 got p3's number"
	ip -n "$sw" link del p4
}

the_number_is_free_when_no_flow_uses_it()
{
	flows
	ip -n "$sw" link add p4 type dummy
	vsw port add vsw0 p4 number 44
	check_err $? "44 is still kept"
	ip -n "$sw" link del p4
}

other_outputs_of_the_flow_go_on()
{
	local before

	before=$(drops port-gone)
	flows "in_port=1,actions=output:2,output:p9,LOCAL"
	frames "h1 ip udp => h2 same; vsw0 same"
	expect_eq $((before + 1)) "$(drops port-gone)" "drops for reason port-gone"
}

a_match_on_in_port_keeps_the_number_too()
{
	flows
	cable_name p3 h3 number 55
	flows "cookie=1,in_port=55,actions=output:2"
	frames "h3 ip udp => h2 same"
	uncable p3 h3
	cable_name p3 h3
	expect_eq 55 "$(number_of p3)" "number"
	frames "h3 ip udp => h2 same"
	expect_eq 2 "$(packets 1)" "frames of the flow"
	uncable p3 h3
}

run_tests
