#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Everybody may look, only CAP_NET_ADMIN of the network namespace may change;
# in a user namespace with a network namespace of its own everything works.
#
#	vsw0 with the port p1; commands run as the user nobody

. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	an_unprivileged_user_may_look
	an_unprivileged_user_sees_counters_soon
	an_unprivileged_user_may_monitor
	an_unprivileged_user_may_not_change
	the_capability_alone_suffices
	a_user_namespace_has_its_own_switches
	a_user_namespace_does_not_reach_others
"

nobody=65534

setup()
{
	setup_ns sw
	# Where nobody can execute it
	dir=$(mktemp -d)
	chmod 755 "$dir"
	cp "$(command -v vswctl)" "$dir/"
	add_switch vsw0
	ip -n "$sw" link add p1 type dummy
	in_sw vswctl port add vsw0 p1
	in_sw vswctl flow add vsw0 "cookie=5,udp,actions=drop"
	in_sw vswctl fdb add vsw0 02:00:00:00:00:01 port p1
	vswctl -n "$sw" punt listen vsw0 queue 9 >/dev/null &
	listener=$!
	slowwait 10 in_sw vswctl -j punt show vsw0 | jq -e 'length == 1' >/dev/null
	in_sw vswctl router add r1
	in_sw vswctl interface add r1 gw1 switch vsw0 address 192.0.2.254/24
}

cleanup()
{
	kill "$listener"
	wait "$listener" 2>/dev/null
	rm -rf "$dir"
}

# as_nobody [SETPRIV-OPTION]... -- COMMAND...
as_nobody()
{
	in_sw setpriv --reuid "$nobody" --regid "$nobody" --clear-groups "$@"
}

vsw_as_nobody()
{
	as_nobody -- "$dir/vswctl" "$@"
}

an_unprivileged_user_may_look()
{
	local command

	while read -r command; do
		# shellcheck disable=SC2086
		vsw_as_nobody -j $command | jq -e 'length > 0' >/dev/null
		check_err $? "$command"
	done <<-EOF
	switch show
	switch show vsw0
	port show vsw0
	port show vsw0 p1
	fdb show vsw0
	flow show vsw0
	table show vsw0
	stats show vsw0
	punt show vsw0
	router show
	interface show r1
	route show r1
	EOF
	vsw_as_nobody version >/dev/null
	check_err $? version
}

# Frames of a verdict that is kept are counted aside.
an_unprivileged_user_sees_counters_soon()
{
	in_sw vswctl flow add vsw0 "cookie=8,icmp,actions=drop"
	ip -n "$sw" link set p1 up
	address "$sw" 192.0.2.1/24 vsw0
	ip -n "$sw" neigh add 192.0.2.2 lladdr 02:00:00:00:00:01 dev vsw0
	in_sw ping -q -c 9 -i 0.01 -W 1 192.0.2.2 >/dev/null
	slowwait 10 nobody_sees_packets 9
	check_err $? "want 9 packets, nobody sees $(vsw_as_nobody flow show vsw0 cookie=8/-1)"
}

# nobody_sees_packets N: of the flow with cookie 8
nobody_sees_packets()
{
	vsw_as_nobody -j flow show vsw0 cookie=8/-1 | jq -e ".[0].packets == $1" >/dev/null
}

an_unprivileged_user_may_monitor()
{
	local events pid

	events=$(mktemp)
	vsw_as_nobody -j monitor flow >"$events" &
	pid=$!
	slowwait 10 sees_events "$events"
	check_err $? "no event"
	kill "$pid"
	wait "$pid" 2>/dev/null
	rm -f "$events"
}

sees_events()
{
	in_sw vswctl flow add vsw0 "cookie=6,tcp,actions=drop"
	grep -q 0x6 "$1"
}

an_unprivileged_user_may_not_change()
{
	local command before after

	before=$(everything)
	while read -r command; do
		# shellcheck disable=SC2086
		expect_err 1 'CAP_NET_ADMIN' vsw_as_nobody $command
	done <<-EOF
	switch add vsw1
	switch set vsw0 ageing 5
	switch del vsw0
	port add vsw0 p2
	port set vsw0 p1 learning off
	port del vsw0 p1
	fdb add vsw0 02:00:00:00:00:02 port p1
	fdb del vsw0 02:00:00:00:00:01
	router add r2
	router del r1
	interface add r1 gw2 switch vsw0
	interface del r1 gw1
	route add r1 0.0.0.0/0 blackhole
	neigh add r1 192.0.2.9 lladdr 02:00:00:00:00:09
	fdb flush vsw0
	flow add vsw0 actions=drop
	flow mod vsw0 actions=normal
	flow del vsw0
	flow replace vsw0 file /dev/null
	table set vsw0 1 miss normal
	punt listen vsw0
	punt listen vsw0 queue 1 count 1
	EOF
	after=$(everything)
	expect_eq "$before" "$after" "the switch"
}

everything()
{
	in_sw vswctl -j switch show vsw0 | jq -c 'del(.[].stats, .[].cache)'
	in_sw vswctl -j port show vsw0 | jq -c 'del(.[].stats)'
	in_sw vswctl -j flow show vsw0 | jq -c '[.[] | [.cookie, .actions]]'
	in_sw vswctl -j fdb show vsw0 | jq -c 'del(.[].age)'
}

the_capability_alone_suffices()
{
	as_nobody --inh-caps +net_admin --ambient-caps +net_admin -- \
		"$dir/vswctl" flow add vsw0 "cookie=7,arp,actions=drop"
	check_err $? "CAP_NET_ADMIN does not suffice"
	in_sw vswctl flow show vsw0 cookie=7/-1 | grep -q arp
	check_err $? "the flow is not there"
}

# Every command's status is that of the whole.
in_user_namespace()
{
	as_nobody -- unshare -Urn sh -ec "$1"
}

a_user_namespace_has_its_own_switches()
{
	local output

	output=$(in_user_namespace "
		PATH=$dir:\$PATH
		ip link add p1 type veth peer name h1
		vswctl switch add vsw0
		vswctl port add vsw0 p1 number 7
		vswctl fdb add vsw0 02:00:00:00:00:01 port p1
		vswctl flow add vsw0 cookie=9,udp,actions=output:7
		vswctl flow replace vsw0 file - <<-EOF
		cookie=10,tcp,actions=output:7
		EOF
		vswctl flow show vsw0
		vswctl switch show
		vswctl switch del vsw0
	" 2>&1)
	check_err $? "$output"
	grep -q 'cookie=0xa.*output:' <<<"$output"
	check_err $? "no flow in: $output"
}

a_user_namespace_does_not_reach_others()
{
	expect_err 1 'switch|No such' in_user_namespace "$dir/vswctl switch show vsw0"
	expect_err 1 'switch|No such' in_user_namespace "$dir/vswctl flow del vsw0"
	in_sw vswctl flow show vsw0 cookie=5/-1 | grep -q udp
	check_err $? "the flow of the other namespace is gone"
}

run_tests
