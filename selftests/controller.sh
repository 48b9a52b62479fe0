#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The example of a reactive controller works: it learns from frames that are
# punted, installs flows that go when they are idle, and sends the frame on.
#
#	a --- p1 +------+ p2 --- b
#	         | vsw0 |
#	         +------+ p3 --- c	examples/controller/controller.py vsw0

. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	hosts_reach_each_other_by_flows
	frames_of_a_flow_are_not_punted
	a_host_that_moves_is_found
	flows_go_when_they_are_idle
	flows_stay_without_the_controller
	the_scenario_runs
"

[ -n "${YNL:-}" ] || { echo "1..0 # SKIP YNL is the kernel's tools/net/ynl"; exit 4; }

setup()
{
	local ns n=0

	setup_ns sw a b c
	add_switch vsw0
	dir=$(mktemp -d)
	for ns in "$a" "$b" "$c"; do
		n=$((n + 1))
		in_ns "$ns" sysctl -qw net.ipv6.conf.all.disable_ipv6=1
		veth_port "$ns" "p$n" vsw0 number "$n"
		address "$ns" "192.0.2.$n/24"
	done
	start_controller --idle 600
}

start_controller()
{
	ip netns exec "$sw" python3 "$selftests/../examples/controller/controller.py" "$@" vsw0 \
		>"$dir/log" 2>&1 &
	controller=$!
	slowwait 60 grep -q ready "$dir/log"
}

end_controller()
{
	[ -z "$controller" ] || kill "$controller"
	wait "$controller" 2>/dev/null
	controller=
}

cleanup()
{
	end_controller
	rm -rf "$dir"
}

# has_flows N FILTER
has_flows()
{
	[ "$(in_sw vswctl -j flow show vsw0 | jq "map(select($2)) | length")" = "$1" ]
}

punted()
{
	in_sw vswctl -j switch show vsw0 | jq '.[0].stats.punted'
}

hosts_reach_each_other_by_flows()
{
	reach "$a" 192.0.2.2
	check_err $? "a does not reach b: $(cat "$dir/log")"
	reach "$b" 192.0.2.3
	check_err $? "b does not reach c: $(cat "$dir/log")"
	slowwait 20 has_flows 4 '.idle_timeout == 600 and .priority == 100' ||
		fail "$(in_sw vswctl flow show vsw0)"
	has_flows 1 '.match.in_port == 1 and (.actions | index("output:2"))'
	check_err $? "no flow from a to b"
}

frames_of_a_flow_are_not_punted()
{
	local before

	before=$(punted)
	in_ns "$a" ping -q -c 100 -i 0.01 192.0.2.2 >/dev/null
	check_err $? "a does not reach b"
	# ARP may be broadcast now and then.
	[ $(($(punted) - before)) -lt 30 ]
	check_err $? "punted: $(($(punted) - before))"
}

# b's address is at the port of c from now on, as that of a guest that moves.
a_host_that_moves_is_found()
{
	local mac

	mac=$(ip -n "$b" -j link show eth0 | jq -r '.[0].address')
	ip -n "$b" link set eth0 down
	ip -n "$c" link set eth0 address "$mac"
	address "$c" 192.0.2.2/24
	# It speaks, as a guest does that has moved.
	in_ns "$c" arping -q -U -c 1 -I eth0 192.0.2.2
	reach "$a" 192.0.2.2
	check_err $? "a does not reach b: $(cat "$dir/log")"
	slowwait 20 has_flows 1 ".match.in_port == 1 and .match.eth_dst == \"$mac\" and
		(.actions | index(\"output:3\"))" || fail "$(in_sw vswctl flow show vsw0)"
}

flows_go_when_they_are_idle()
{
	end_controller
	in_sw vswctl flow del vsw0
	start_controller --idle 1
	check_err $? "the controller does not start again: $(cat "$dir/log")"
	reach "$a" 192.0.2.3
	check_err $? "a does not reach c"
	grep -q 'goes to port 3' "$dir/log"
	check_err $? "no flow was added: $(cat "$dir/log")"
	slowwait 60 has_flows 0 true || fail "flows are left"
}

# The first frame to a host that is not known yet is flooded, and makes none.
talk_until_there_are_flows()
{
	reach "$a" 192.0.2.3
	has_flows 2 '.idle_timeout == 600'
}

flows_stay_without_the_controller()
{
	end_controller
	start_controller --idle 600
	slowwait 20 talk_until_there_are_flows
	check_err $? "no flows both ways: $(cat "$dir/log")"
	end_controller
	reach "$a" 192.0.2.3
	check_err $? "a does not reach c"
	has_flows 2 '.idle_timeout == 600'
	check_err $? "the flows went with the controller"
	in_sw vswctl -j punt show vsw0 | jq -e 'length == 0' >/dev/null
	check_err $? "a listener is left"
}

the_scenario_runs()
{
	local other

	setup_ns other
	in_ns "$other" "$selftests/../examples/controller/run.sh" >"$dir/run" 2>&1
	check_err $? "$(tail -5 "$dir/run")"
	grep -q 'Everything worked' "$dir/run"
	check_err $? "it does not say so"
}

run_tests
