#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# A frame from user space enters by any port, begins in any table or meets
# actions of its own, and then is a frame as any other.
#
#	h1 --- p1 +------+ p2 --- h2
#	          | vsw0 |
#	          +------+ p3 --- h3	vswctl packet out vsw0 ...

. "$(dirname "$0")/lib.sh"
. "$selftests/frames.sh"

ALL_TESTS="
	actions_send_it
	actions_change_it
	a_table_decides
	it_enters_by_the_port_that_is_named
	it_enters_by_local_where_no_port_is_named
	normal_learns_and_floods
	its_tag_is_a_tag
	goto_table_and_punt_work
	actions_come_before_all_tables
	it_is_counted
	it_comes_from_a_file_or_the_standard_input
	a_bad_action_is_named_and_nothing_happens
	nonsense_is_refused
	a_switch_that_is_down_takes_none
	only_one_with_the_capability_may
"

# From 02:00:00:00:00:0a to 02:00:00:00:00:0b
macs=02000000000b02000000000a
# IPv4, UDP, 10.0.0.1:1000 to 10.0.0.2:2000, no data
ip_udp=${macs}08004500001c00000000401166cf0a0000010a00000203e807d00008e007
arp=ffffffffffff02000000000a08060001080006040001 # then addresses
arp+=02000000000a0a0000010000000000000a000002

setup()
{
	frames_setup 3
	dir=$(mktemp -d)
	flows
}

cleanup()
{
	rm -rf "$dir"
}

# out ARG...
out()
{
	vsw packet out vsw0 "$@"
}

# capture_of DEV COMMAND...: what leaves to DEV while COMMAND runs, as text in $seen
capture_of()
{
	local dev=$1 pid

	shift
	ip netns exec "$sw" tcpdump -n -e -l -t --immediate-mode -Q in -c 1 -i "$dev" \
		not ether proto 0x88b5 >"$dir/seen" 2>"$dir/err" &
	pid=$!
	slowwait 20 grep -q listening "$dir/err"
	"$@" || { kill "$pid"; fail "'$*' failed"; return; }
	slowwait 10 test -s "$dir/seen"
	kill "$pid" 2>/dev/null
	wait "$pid" 2>/dev/null
	seen=$(cat "$dir/seen")
}

actions_send_it()
{
	local p2 p3

	p2=$(stat p2 tx_packets) p3=$(stat p3 tx_packets)
	capture_of h2 out actions output:p2 "$ip_udp"
	has_line '^02:00:00:00:00:0a > 02:00:00:00:00:0b.*10.0.0.1.1000 > 10.0.0.2.2000: UDP' "$seen" ||
		fail "$seen"
	expect_eq $((p2 + 1)) "$(stat p2 tx_packets)" "frames at p2"
	expect_eq "$p3" "$(stat p3 tx_packets)" "frames at p3"
	out actions output:2,output:p3 "$ip_udp"
	expect_eq $((p3 + 1)) "$(stat p3 tx_packets)" "frames at p3"
}

# The match that set_field and dec_ttl want is the frame itself.
actions_change_it()
{
	capture_of h2 out actions mod_nw_dst:10.0.0.9,mod_tp_dst:9,dec_ttl,output:2 "$ip_udp"
	has_line '10.0.0.1.1000 > 10.0.0.9.9: UDP' "$seen" || fail "$seen"
}

a_table_decides()
{
	flows "udp,actions=drop" "table=7,udp,actions=output:2" "table=8,udp,actions=output:3"
	capture_of h2 out table 7 "$ip_udp"
	has_line '10.0.0.2.2000: UDP' "$seen" || fail "$seen"
	capture_of h3 out table 8 "$ip_udp"
	has_line '10.0.0.2.2000: UDP' "$seen" || fail "$seen"
	expect_eq 1 "$(vsw -j flow show vsw0 table=7 | jq '.[0].packets')" "frames of the flow"
	expect_eq 1 "$(vsw -j table show vsw0 8 | jq '.[0].matched')" "frames of the table"
}

it_enters_by_the_port_that_is_named()
{
	local before

	flows "in_port=1,udp,actions=output:2" "in_port=3,udp,actions=IN_PORT"
	before=$(stat p2 tx_packets)
	out in_port p1 "$ip_udp"
	expect_eq $((before + 1)) "$(stat p2 tx_packets)" "frames at p2"
	before=$(stat p3 tx_packets)
	out in_port 3 "$ip_udp"
	expect_eq $((before + 1)) "$(stat p3 tx_packets)" "frames at p3"
	# Not back to where it came from
	before=$(drops hairpin p2)
	out in_port p2 actions output:2 "$ip_udp"
	expect_eq $((before + 1)) "$(drops hairpin p2)" "drops"
}

it_enters_by_local_where_no_port_is_named()
{
	local before

	flows "in_port=LOCAL,udp,actions=output:2"
	before=$(stat p2 tx_packets)
	out "$ip_udp"
	expect_eq $((before + 1)) "$(stat p2 tx_packets)" "frames at p2"
}

normal_learns_and_floods()
{
	local before

	flows
	before=$(stat p3 tx_packets)
	out in_port p1 actions normal "$arp"
	expect_eq $((before + 1)) "$(stat p3 tx_packets)" "frames at p3"
	vsw -j fdb show vsw0 02:00:00:00:00:0a | jq -e '.[0].port_no == 1' >/dev/null
	check_err $? "not learned"
	vsw fdb flush vsw0
}

its_tag_is_a_tag()
{
	flows "dl_vlan=5,udp,actions=output:2" "udp,actions=drop"
	capture_of h2 out "${macs}81000005${ip_udp#"$macs"}"
	has_line 'vlan 5.*10.0.0.2.2000: UDP' "$seen" || fail "$seen"
	capture_of h2 out actions pop_vlan,output:2 "${macs}81000005${ip_udp#"$macs"}"
	has_line '0800.*10.0.0.2.2000: UDP' "$seen" || fail "$seen"
}

actions_come_before_all_tables()
{
	flows "udp,reg0=5,actions=output:3" "udp,reg0=6,actions=drop"
	capture_of h3 out in_port 1 actions "set_field:5->reg0,goto_table:0" "$ip_udp"
	has_line '10.0.0.2.2000: UDP' "$seen" || fail "$seen"
}

goto_table_and_punt_work()
{
	flows "table=9,udp,reg0=5,actions=output:3,punt(queue=3)"
	vsw -j punt listen vsw0 count 2 >"$dir/punted" &
	slowwait 20 has_listener || fail "no listener"
	capture_of h3 out in_port 1 actions \
		"set_field:5->reg0,punt(queue=2,userdata=aa),goto_table:9" "$ip_udp"
	has_line '10.0.0.2.2000: UDP' "$seen" || fail "$seen"
	wait $!
	jq -se --arg frame "$ip_udp" 'all(.[]; .frame == $frame and .port_no == 1 and
		.fields.reg0 == "0x5") and map(.queue) == [2, 3] and map(.table) == [0, 9]' \
		"$dir/punted" >/dev/null
	check_err $? "$(cat "$dir/punted")"
}

has_listener()
{
	vsw -j punt show vsw0 | jq -e 'length == 1' >/dev/null
}

it_is_counted()
{
	local packets bytes

	packets=$(stat p1 rx_packets) bytes=$(stat p1 rx_bytes)
	out in_port p1 actions drop "$ip_udp"
	expect_eq $((packets + 1)) "$(stat p1 rx_packets)" "frames of p1"
	expect_eq $((bytes + ${#ip_udp} / 2)) "$(stat p1 rx_bytes)" "bytes of p1"
}

it_comes_from_a_file_or_the_standard_input()
{
	local before

	before=$(stat p2 tx_packets)
	# shellcheck disable=SC2001
	printf '%b' "$(sed 's/../\\x&/g' <<<"$ip_udp")" >"$dir/frame"
	out actions output:2 file "$dir/frame"
	check_err $? "from a file"
	out actions output:2 file - <"$dir/frame"
	check_err $? "from the standard input"
	expect_eq $((before + 2)) "$(stat p2 tx_packets)" "frames at p2"
	expect_err 2 'cannot open' out file "$dir/nosuch"
	expect_err 2 '14 to 65000' out file /dev/null
}

a_bad_action_is_named_and_nothing_happens()
{
	local before output

	before=$(vsw -j -s switch show vsw0 | jq -c '.[0].stats')
	expect_err 1 'no port 77' out actions output:2,output:77 "$ip_udp"
	output=$(out actions output:2,output:77,output:3 "$ip_udp" 2>&1)
	has_line '^ +\^~~~~~~~~$' "$output" || fail "the action is not underlined: $output"
	expect_err 1 'mod_tp_dst|tp_dst needs a match' out actions mod_tp_dst:9,output:2 "$arp"
	expect_err 1 'last action' out actions goto_table:9,output:2 "$ip_udp"
	expect_err 1 'drop takes no other' out actions drop,output:2 "$ip_udp"
	expect_eq "$before" "$(vsw -j -s switch show vsw0 | jq -c '.[0].stats')" counters
}

nonsense_is_refused()
{
	expect_err 2 'frame in hexadecimal.* is missing' out
	expect_err 2 'two digits' out 0x1234
	expect_err 2 '14 to 65000' out 02000000000b
	expect_err 2 'from 0 to 253' out table 254 "$ip_udp"
	expect_err 2 'nothing more' out "$ip_udp" "$ip_udp"
	expect_err 2 'two digits' out table 1 actions drop "$ip_udp"
	expect_err 1 'no such port' out in_port p9 "$ip_udp"
	expect_err 1 'No switch' vsw packet out vsw9 "$ip_udp"
	expect_err 1 'malformed' out "${macs}08004f00001c"
}

a_switch_that_is_down_takes_none()
{
	ip -n "$sw" link set vsw0 down
	expect_err 1 'is down' out "$ip_udp"
	ip -n "$sw" link set vsw0 up
}

only_one_with_the_capability_may()
{
	cp "$(command -v vswctl)" "$dir/" && chmod 755 "$dir"
	expect_err 1 'CAP_NET_ADMIN' ip netns exec "$sw" setpriv --reuid 65534 --regid 65534 \
		--clear-groups -- "$dir/vswctl" packet out vsw0 "$ip_udp"
}

run_tests
