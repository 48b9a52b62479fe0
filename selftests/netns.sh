#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Namespaces come and go: a device that leaves is no port any more, a switch's
# namespace takes the switch with it, and each namespace has its own switches.
#
#	vsw0 --- p1 --- h1 here; p2 --- h2 in $far; vsw0 --- q1 --- eth0 in $gone

. "$(dirname "$0")/wires.sh"

ALL_TESTS="
	each_namespace_has_its_own_switches
	events_stay_in_their_namespace
	a_port_that_moves_to_another_namespace_is_free_there
	a_port_whose_peers_namespace_goes_is_removed
	a_switch_does_not_move
	a_switch_goes_with_its_namespace
	a_switch_goes_with_its_namespace_under_traffic
"

setup()
{
	bench 1
}

each_namespace_has_its_own_switches()
{
	setup_ns far
	vswctl -n "$far" switch add vsw0 ageing 11
	check_err $? "the name is taken, but in another namespace"
	vswctl -n "$far" switch add vsw7
	switch_is '.ageing == 300'
	check_err $? "the switch here is not the one here"
	expect_eq '["vsw0"]' "$(vswctl -j switch show | jq -c 'map(.switch)')" "switches here"
	expect_eq '["vsw0","vsw7"]' \
		"$(vswctl -n "$far" -j switch show | jq -c 'map(.switch) | sort')" "switches there"
	expect_eq '["vsw0"]' "$(vswctl -n "$far" -j port show | jq -c 'map(.switch) |
		unique - ["vsw7"]')" "ports there"
	expect_err 1 . vswctl -n "$far" port add vsw0 p1
}

events_stay_in_their_namespace()
{
	watch_events
	vswctl -n "$far" switch set vsw7 ageing 77
	vswctl switch set vsw0 ageing 78
	expect_event '.switch == "vsw0" and .ageing == 78'
	told '.switch == "vsw7"'
	check_fail $? "told of a switch of another namespace"
	watch_end
	vswctl switch set vsw0 ageing 300
}

a_port_that_moves_to_another_namespace_is_free_there()
{
	cables 2
	vswctl port add vsw0 p2 number 22
	watch_events
	ip link set p2 netns "$far"
	check_err $? "it can't move"
	expect_event '(.event | test("port-del")) and .name == "p2" and .port_no == 22'
	watch_end
	switch_is '.ports == 1'
	check_err $? "still a port"
	expect_eq '[null,0]' "$(ip -n "$far" -d -j link show p2 |
		jq -c '.[0] | [.master, .promiscuity]')" "master and promiscuity there"
	vswctl -n "$far" port add vsw0 p2
	check_err $? "it can't be a port there"
	ip link del h2
	vswctl -n "$far" -j port show vsw0 | jq -e 'all(.[]; .name != "p2")' >/dev/null
	check_err $? "a deleted device is a port"
}

a_port_whose_peers_namespace_goes_is_removed()
{
	setup_ns gone
	veth_port "$gone" p3
	watch_events
	cleanup_ns "$gone"
	expect_event '(.event | test("port-del")) and .name == "p3"'
	watch_end
	switch_is '.ports == 1'
	check_err $? "still a port"
}

a_switch_does_not_move()
{
	expect_err 2 . ip link set vsw0 netns "$far"
	switch_is '.ports == 1'
	check_err $? "the switch has suffered"
}

gone_with()
{
	! ip link show "$1" >/dev/null 2>&1
}

# Seen from here: the peer of a port goes when the port's namespace does.
a_switch_goes_with_its_namespace()
{
	setup_ns gone
	vswctl -n "$gone" switch add vsw0
	ip link add h4 type veth peer name q1 netns "$gone"
	vswctl -n "$gone" port add vsw0 q1
	vswctl -n "$gone" flow add vsw0 tcp,in_port=1,actions=output:1,normal
	vswctl -n "$gone" fdb add vsw0 "$A" port q1
	cleanup_ns "$gone"
	slowwait 20 gone_with h4 || fail "its devices are still there"
	switch_is '.ports == 1'
	check_err $? "another namespace's switch has suffered"
}

a_switch_goes_with_its_namespace_under_traffic()
{
	setup_ns gone
	vswctl -n "$gone" switch add vsw0
	ip link add h5 type veth peer name q1 netns "$gone"
	ip link add h6 type veth peer name q2 netns "$gone"
	vswctl -n "$gone" -b - <<-EOF
		port add vsw0 q1
		port add vsw0 q2
	EOF
	printf 'link set %s up\n' q1 q2 vsw0 | ip -n "$gone" -batch -
	printf 'link set %s up\n' h5 h6 | ip -batch -
	ip address add 192.0.2.5/24 dev h5
	# To a group: nobody has to be asked for an address, nobody answers.
	spread ping -q -f -w 60 -I h5 224.0.0.5 >/dev/null 2>&1 &
	busywait 10000 received h6 100 || fail "no traffic"
	cleanup_ns "$gone"
	slowwait 20 gone_with h5 || fail "its devices are still there"
	pkill -P $!
}

# received DEV N: at least N frames
received()
{
	[ "$(ip -s -j link show "$1" | jq '.[0].stats64.rx.packets')" -ge "$2" ]
}

run_tests
