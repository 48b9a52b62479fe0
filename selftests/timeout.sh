#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# A flow goes by itself when no frame has used it for idle_timeout seconds or
# when it is hard_timeout seconds old, and its removal is told with its final
# counters.
#
#	h1 --- p1 +------+ p2 --- h2
#	          | vsw0 |
#	          +------+		vswctl monitor flow

. "$(dirname "$0")/lib.sh"
. "$selftests/frames.sh"

ALL_TESTS="
	an_unused_flow_goes_after_its_idle_timeout
	a_used_flow_outlives_its_idle_timeout
	a_used_flow_goes_after_its_hard_timeout
	a_flow_without_timeouts_stays
	a_changed_flow_keeps_its_timeouts
	the_removed_event_has_the_final_counters
	timeouts_are_shown
"

setup()
{
	frames_setup 2
	events=$(mktemp)
	ip netns exec "$sw" vswctl -j monitor flow >"$events" &
	monitor=$!
	slowwait 10 monitor_listens
}

cleanup()
{
	kill "$monitor" 2>/dev/null
	rm -f "$events"
}

# The first event that arrives proves that it listens.
monitor_listens()
{
	vsw flow add vsw0 "table=253,cookie=253,actions=drop"
	grep -q 253 "$events"
}

flow_is_gone()
{
	! vsw flow show vsw0 "cookie=$1/-1" | grep -q .
}

flow_is_there()
{
	! flow_is_gone "$1"
}

# added COOKIE: the event that says that the flow came
added()
{
	jq -c "select(.cookie == \"$1\" and .event == \"flow-new\")" "$events" | grep .
}

# removed COOKIE: the event that says that the flow went
removed()
{
	jq -c "select(.cookie == \"$1\" and .removed)" "$events" | grep .
}

# Seconds in which this machine surely gets a frame or a command through.
short_while()
{
	if is_debug_kernel; then
		echo 20
	else
		echo 2
	fi
}

an_unused_flow_goes_after_its_idle_timeout()
{
	flows "cookie=1,idle_timeout=$(short_while),udp,actions=output:2" "cookie=2,tcp,actions=output:2"
	slowwait 30 added 0x1 >/dev/null
	check_err $? "the flow was not there" || return
	slowwait 80 flow_is_gone 1
	check_err $? "the flow stays"
	slowwait 30 removed 0x1 >/dev/null
	check_err $? "no event"
	expect_eq idle "$(removed 0x1 | tail -1 | jq -r .removed)" reason
	flow_is_there 2
	check_err $? "the other flow is gone as well"
}

# Frames go on for twice the timeout, as told by another flow's age.
a_used_flow_outlives_its_idle_timeout()
{
	local idle age=0

	idle=$(short_while)
	flows "cookie=11,idle_timeout=$idle,udp,actions=output:2" "cookie=12,tcp,actions=output:2"
	while [ "$age" -lt $((idle * 2250)) ]; do
		frames "h1 ip udp => h2 same" || return
		age=$(vsw -j flow show vsw0 "cookie=12/-1" | jq '.[0].duration')
	done
	flow_is_there 11
	check_err $? "the flow is gone though frames used it"
}

a_used_flow_goes_after_its_hard_timeout()
{
	local i

	flows "cookie=21,hard_timeout=1,idle_timeout=60,udp,actions=output:2" \
		"cookie=22,hard_timeout=600,tcp,actions=output:2"
	for ((i = 0; i < 1000; i++)); do
		frames "h1 ip udp" || return
		! flow_is_gone 21 || break
	done
	flow_is_gone 21
	check_err $? "the flow stays"
	slowwait 5 removed 0x15 >/dev/null
	expect_eq hard "$(removed 0x15 | tail -1 | jq -r .removed)" reason
	flow_is_there 22
	check_err $? "the flow with 600 seconds is gone"
}

a_flow_without_timeouts_stays()
{
	flows "cookie=31,udp,actions=output:2" "cookie=32,hard_timeout=1,tcp,actions=output:2"
	slowwait 20 flow_is_gone 32
	check_err $? "the flow with a timeout stays"
	flow_is_there 31
	check_err $? "the flow is gone"
}

a_changed_flow_keeps_its_timeouts()
{
	flows "cookie=41,hard_timeout=2,udp,actions=drop"
	vsw flow mod vsw0 "udp,actions=output:2"
	frames "h1 ip udp => h2 same"
	slowwait 20 flow_is_gone 41
	check_err $? "the flow stays"
}

the_removed_event_has_the_final_counters()
{
	flows "cookie=51,hard_timeout=1,udp,actions=output:2" "cookie=52,tcp,actions=output:2"
	frames "h1*17 ip udp data len=58 => h2*17 same"
	slowwait 20 removed 0x33 >/dev/null
	check_err $? "no event" || return
	expect_eq "17 1700" "$(removed 0x33 | jq -r '"\(.packets) \(.bytes)"')" "final counters"
	frames "h1*5 ip tcp data len=46 => h2*5 same"
	vsw flow del vsw0 cookie=52/-1
	slowwait 5 removed 0x34 >/dev/null
	check_err $? "no event of a deletion" || return
	expect_eq "5 500 deleted" \
		"$(removed 0x34 | jq -r '"\(.packets) \(.bytes) \(.removed)"')" "deleted flow"
}

timeouts_are_shown()
{
	flows "cookie=61,idle_timeout=65535,hard_timeout=600,udp,actions=drop"
	vsw flow show vsw0 cookie=61/-1 | grep -q 'idle_timeout=65535.*hard_timeout=600'
	check_err $? "not in text"
	expect_eq "65535 600" "$(vsw -j flow show vsw0 cookie=61/-1 |
		jq -r '.[0] | "\(.idle_timeout) \(.hard_timeout)"')" JSON
	expect_err 2 65535 vsw flow add vsw0 "idle_timeout=65536,actions=drop"
}

run_tests
