#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# vswctl monitor tells every change of switches, ports, addresses, tables and
# flows as it happens, in text and in JSON, and only the topics asked for.
#
#	h1 --- p1 +------+ p2 --- h2
#	          | vsw0 |		vswctl monitor, in text and in JSON
#	          +------+

. "$(dirname "$0")/lib.sh"
. "$selftests/frames.sh"

ALL_TESTS="
	switches_that_come_change_and_go_are_told
	ports_that_come_change_and_go_are_told
	addresses_that_come_move_and_go_are_told
	miss_policies_are_told
	flows_that_come_change_and_go_are_told
	a_replaced_flow_is_told_as_such
	an_atomic_replace_tells_each_flow
	changes_by_ip_link_are_told_too
	only_the_topics_asked_for_are_told
	timestamps_are_printed
	each_event_is_one_line
"

setup()
{
	frames_setup 2
	ip -n "$sw" link add p3 type dummy
	text=$(mktemp) json=$(mktemp) topics=$(mktemp)
	monitor "$text"
	monitor "$json" -j
	monitor "$topics" -j -t fdb
	slowwait 10 all_listen
}

cleanup()
{
	kill "${monitors[@]}" 2>/dev/null
	rm -f "$text" "$json" "$topics"
}

# monitor FILE [OPTION]... [TOPIC]...
monitor()
{
	local file=$1

	shift
	case $* in
	*fdb) set -- "${@:1:$#-1}" monitor fdb ;;
	*) set -- "$@" monitor ;;
	esac
	ip netns exec "$sw" vswctl "$@" >"$file" &
	monitors+=($!)
}

# The first event that each of them prints proves that it listens.
all_listen()
{
	vsw fdb add vsw0 02:00:00:00:00:fe port p1
	[ -s "$text" ] && [ -s "$json" ] && [ -s "$topics" ]
}

# has FILTER: an event for which jq's FILTER is true has been told
has()
{
	jq -es "any(.[]; $1)" "$json" >/dev/null
}

# told FILTER TEXT-REGEX: within a moment, in JSON and in text
told()
{
	slowwait 5 has "$1" || fail "not in JSON: $1; last: $(tail -1 "$json")"
	slowwait 5 grep -qE -e "$2" "$text" || fail "not in text: $2; last: $(tail -1 "$text")"
}

switches_that_come_change_and_go_are_told()
{
	vsw switch add vsw7
	told '.event == "switch-new" and .switch == "vsw7"' '^switch-new vsw7'
	vsw switch set vsw7 ageing 77
	told '.event == "switch-new" and .switch == "vsw7" and .ageing == 77' \
		'^switch-new vsw7.* ageing 77'
	vsw switch del vsw7
	told '.event == "switch-del" and .switch == "vsw7"' '^switch-del vsw7'
}

ports_that_come_change_and_go_are_told()
{
	vsw port add vsw0 p3 number 9
	told '.event == "port-new" and .name == "p3" and .port_no == 9 and .switch == "vsw0"' \
		'^port-new vsw0 p3 number 9'
	vsw port set vsw0 p3 isolated on tag 5
	told '.event == "port-new" and .name == "p3" and .isolated and .vlan_tag == 5' \
		'^port-new vsw0 p3 .*isolated on'
	vsw port del vsw0 p3
	told '.event == "port-del" and .name == "p3" and .port_no == 9' '^port-del vsw0 p3'
}

addresses_that_come_move_and_go_are_told()
{
	flows
	frames "h1 src=02:00:00:00:00:71 => h2 same; vsw0 same"
	told '.event == "fdb-new" and .lladdr == "02:00:00:00:00:71" and .port_name == "p1"' \
		'^fdb-new vsw0 02:00:00:00:00:71 .*port p1'
	frames "h2 src=02:00:00:00:00:71 => h1 same; vsw0 same"
	told '.event == "fdb-move" and .lladdr == "02:00:00:00:00:71" and .port_name == "p2" and .old_port_no == 1' \
		'^fdb-move vsw0 02:00:00:00:00:71 .*port p2'
	vsw fdb del vsw0 02:00:00:00:00:71
	told '.event == "fdb-del" and .lladdr == "02:00:00:00:00:71"' \
		'^fdb-del vsw0 02:00:00:00:00:71'
	vsw fdb add vsw0 02:00:00:00:00:72 vlan 5 port p2 sticky
	told '.event == "fdb-new" and .lladdr == "02:00:00:00:00:72" and .vid == 5 and (.flags | index("sticky"))' \
		'^fdb-new vsw0 02:00:00:00:00:72 vlan 5 port p2 .*sticky'
}

miss_policies_are_told()
{
	vsw table set vsw0 9 miss continue
	told '.event == "table" and .table == 9 and .miss == "continue"' \
		'^table vsw0 9 miss continue'
	vsw table set vsw0 9 miss drop
}

flows_that_come_change_and_go_are_told()
{
	flows
	vsw flow add vsw0 "cookie=0x71,udp,actions=output:2"
	told '.event == "flow-new" and .cookie == "0x71" and .actions[0] == "output:2"' \
		'^flow-new vsw0 .*cookie=0x71.*udp'
	frames "h1*3 ip udp data len=58 => h2*3 same"
	vsw flow mod vsw0 "udp,actions=output:1"
	told '.event == "flow-new" and .cookie == "0x71" and .actions[0] == "output:1"' \
		'^flow-new vsw0 .*cookie=0x71.*'
	vsw flow del vsw0 udp
	told '.event == "flow-del" and .cookie == "0x71" and .removed == "deleted" and .packets == 3 and .bytes == 300' \
		'^flow-del vsw0 .*cookie=0x71.*n_packets=3.*removed=deleted'
}

a_replaced_flow_is_told_as_such()
{
	vsw flow add vsw0 "cookie=0x72,udp,actions=output:2"
	vsw flow add vsw0 "cookie=0x73,udp,actions=output:2"
	told '.event == "flow-del" and .cookie == "0x72" and .removed == "replaced"' \
		'^flow-del vsw0 .*cookie=0x72.*removed=replaced'
	told '.event == "flow-new" and .cookie == "0x73"' '^flow-new vsw0 .*cookie=0x73'
}

an_atomic_replace_tells_each_flow()
{
	flows "cookie=0x81,udp,actions=output:2" "cookie=0x82,tcp,actions=output:2"
	flows "cookie=0x83,sctp,actions=output:2"
	told '.event == "flow-new" and .cookie == "0x81"' 'flow-new .*cookie=0x81'
	told '.event == "flow-new" and .cookie == "0x82"' 'flow-new .*cookie=0x82'
	told '.event == "flow-del" and .cookie == "0x81"' 'flow-del .*cookie=0x81'
	told '.event == "flow-del" and .cookie == "0x82"' 'flow-del .*cookie=0x82'
	told '.event == "flow-new" and .cookie == "0x83"' 'flow-new .*cookie=0x83'
}

changes_by_ip_link_are_told_too()
{
	ip -n "$sw" link add vsw8 type vsw
	told '.event == "switch-new" and .switch == "vsw8"' '^switch-new vsw8'
	ip -n "$sw" link set p3 master vsw8
	told '.event == "port-new" and .switch == "vsw8" and .name == "p3"' '^port-new vsw8 p3'
	ip -n "$sw" link set p3 name p33
	told '.event == "port-new" and .switch == "vsw8" and .name == "p33"' '^port-new vsw8 p33'
	ip -n "$sw" link del p33
	told '.event == "port-del" and .switch == "vsw8" and .name == "p33"' '^port-del vsw8 p33'
	ip -n "$sw" link del vsw8
	told '.event == "switch-del" and .switch == "vsw8"' '^switch-del vsw8'
}

only_the_topics_asked_for_are_told()
{
	expect_eq "" "$(jq -r 'select(.event | startswith("fdb") | not) | .event' "$topics")" \
		"events beside those of the FDB"
	grep -q 02:00:00:00:00:71 "$topics"
	check_err $? "no event of the FDB"
	expect_err 2 'switch, port, fdb, flow' vsw monitor nonsense
}

timestamps_are_printed()
{
	jq -es 'all(.[]; .timestamp | test("^20[0-9-]+T[0-9:]+[.][0-9]{6}$"))' "$topics" >/dev/null
	check_err $? "$(head -1 "$topics")"
	expect_eq false "$(jq -s 'any(.[]; has("timestamp"))' "$json")" "timestamps without -t"
}

each_event_is_one_line()
{
	expect_eq "$(jq -s length "$json")" "$(wc -l <"$json")" "lines of JSON"
	expect_eq "" "$(grep -vE '^(switch|port|fdb|flow|table)' "$text")" "lines of another kind"
}

monitors=()
run_tests
