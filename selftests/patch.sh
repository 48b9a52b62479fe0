#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# A patch joins two switches: what leaves the one by it enters the other.
#
#	h1 --- p1 +------+ up ===== down +------+ p3 --- h3
#	          | vsw0 |               | vsw1 |
#	h2 --- p2 +------+               +------+ p4 --- h4

. "$(dirname "$0")/wires.sh"

ALL_TESTS="
	a_frame_crosses_the_patch_and_is_learned_on_both_sides
	a_tag_crosses_as_it_is
	an_access_port_of_a_patch_takes_the_tag_off
	a_flow_sends_into_the_patch
	both_ends_count
	both_ends_are_shown_and_can_be_typed_back
	a_switch_that_is_down_takes_nothing
	a_patch_gives_its_switch_a_carrier
	a_loop_ends_and_is_counted
	five_switches_in_a_row_pass_a_frame_and_no_more
	bad_patches_are_refused
	no_device_takes_the_name_of_a_patch
	one_end_goes_with_the_other
	both_ends_are_told_of_as_they_go
	a_patch_goes_with_either_switch
	a_patch_goes_while_frames_cross_it
	a_patch_goes_with_its_namespace
"

# frames.py's markers cross the patch too
markers()
{
	vswctl flow add vsw1 'priority=65535,dl_type=0x88b5,actions=all'
}

setup()
{
	bench 1 2
	vswctl switch add vsw1
	ip link set vsw1 up
	wires vsw1 3 4
	patch_up
	markers
	frames_start h1 h2 h3 h4
}

patch_up()
{
	vswctl port add vsw0 up type patch peer vsw1 down
}

stat_of()
{
	json ".[0].stats.$3" vswctl -j -s port show "$1" "$2"
}

a_frame_crosses_the_patch_and_is_learned_on_both_sides()
{
	frames <<-EOF
		h1 eth src=$A dst=$bcast data => h2 same; h3 same; h4 same
		h3 eth src=$B dst=$A data => h1 same
		h1 eth src=$A dst=$B data => h3 same
	EOF
	expect_eq up "$(json '.[0].port_name' vswctl -j fdb show vsw0 "$B")" "B at vsw0"
	expect_eq down "$(json '.[0].port_name' vswctl -j fdb show vsw1 "$A")" "A at vsw1"
}

a_tag_crosses_as_it_is()
{
	vswctl fdb flush vsw0
	vswctl fdb flush vsw1
	frames <<-EOF
		h1 eth src=$A dst=$bcast vlan vid=7 data => h2 same; h3 same; h4 same
		h4 eth src=$C dst=$A vlan vid=7 data => h1 same
	EOF
	expect_eq 7 "$(json '.[0].vid' vswctl -j fdb show vsw1 "$A")" "VLAN of A"
}

an_access_port_of_a_patch_takes_the_tag_off()
{
	vswctl port set vsw0 up tag 9
	check_err $? "tag 9 refused"
	frames <<-EOF
		h1 eth src=$A dst=$bcast vlan vid=9 data => h2 same; h3 eth src=$A dst=$bcast data; h4 eth src=$A dst=$bcast data
		h3 eth src=$B dst=$bcast data => h4 same; h1 eth src=$B dst=$bcast vlan vid=9 data; h2 eth src=$B dst=$bcast vlan vid=9 data
	EOF
	vswctl port set vsw0 up vlan_mode trunk
	check_err $? "trunk refused"
}

a_flow_sends_into_the_patch()
{
	vswctl flow add vsw0 'priority=10,in_port=p1,actions=mod_dl_dst:02:00:00:00:00:77,output:up'
	vswctl flow add vsw1 'priority=10,in_port=down,actions=output:p4'
	frames <<-EOF
		h1 eth src=$A dst=$bcast data => h4 eth src=$A dst=02:00:00:00:00:77 data
		h1 eth src=$A dst=$B data => h4 eth src=$A dst=02:00:00:00:00:77 data
		h1 eth src=$A dst=$B data => h4 eth src=$A dst=02:00:00:00:00:77 data
	EOF
	vswctl flow del vsw0 in_port=p1
	vswctl flow del vsw1 in_port=down
}

both_ends_count()
{
	expect_eq "$(stat_of vsw0 up tx_packets)" "$(stat_of vsw1 down rx_packets)" "packets"
	expect_eq "$(stat_of vsw0 up tx_bytes)" "$(stat_of vsw1 down rx_bytes)" "bytes"
	expect_eq "$(stat_of vsw0 up rx_packets)" "$(stat_of vsw1 down tx_packets)" "packets back"
	[ "$(stat_of vsw0 up tx_packets)" -gt 0 ]
	check_err $? "nothing has crossed"
}

both_ends_are_shown_and_can_be_typed_back()
{
	local line

	expect_eq "patch vsw1 down null" "$(json '.[0] | "\(.type) \(.peer_switch) \(.peer_name) \(.ifindex)"' \
		vswctl -j port show vsw0 up)"
	expect_eq "patch vsw0 up" "$(json '.[0] | "\(.type) \(.peer_switch) \(.peer_name)"' \
		vswctl -j port show vsw1 down)"
	line=$(vswctl port show vsw0 up)
	vswctl port del vsw0 up
	# shellcheck disable=SC2086 # words
	vswctl port add $line
	check_err $? "'$line' can't be typed back"
	expect_eq "$line" "$(vswctl port show vsw0 up)" "after typing back"
}

a_switch_that_is_down_takes_nothing()
{
	local before after

	before=$(stat_of vsw1 down 'drops."switch-down" // 0')
	ip link set vsw1 down
	send_from h1 1
	after=$(stat_of vsw1 down 'drops."switch-down" // 0')
	ip link set vsw1 up
	[ "$after" -gt "$before" ]
	check_err $? "no drop was counted"
}

# send_from DEV N [FILE]: sends, and nobody looks what becomes of it; ends with FILE
send_from()
{
	python3 - "$@" <<-END
		import os, socket, sys
		s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
		s.bind((sys.argv[1], 0))
		for i in range(int(sys.argv[2])):
		    if i % 100 == 99 and not os.path.exists(sys.argv[3]):
		        break
		    s.send(b"\xff" * 6 + b"\x02\0\0\0\0\x0a\x88\xb6" + b"x" * 50)
	END
}
export -f send_from

state_is()
{
	[ "$(ip -j link show "$1" | jq -r '.[0].operstate')" = "$2" ]
}
export -f state_is busywait loopy_wait timestamp_ms

a_patch_gives_its_switch_a_carrier()
{
	add_switch vsw2
	vswctl port add vsw2 x type patch peer vsw0 y
	busywait "$BUSYWAIT_TIMEOUT" state_is vsw2 UP
	check_err $? "no carrier over a patch"
	ip link set vsw0 down
	busywait "$BUSYWAIT_TIMEOUT" state_is vsw2 DOWN
	check_err $? "a carrier although the other switch is down"
	ip link set vsw0 up
	busywait "$BUSYWAIT_TIMEOUT" state_is vsw2 UP
	check_err $? "no carrier again"
	ip link del vsw2
}

# no_ipv6: nobody speaks unless asked to in a namespace of the test's own
no_ipv6()
{
	echo 1 >/proc/sys/net/ipv6/conf/all/disable_ipv6
	echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6
}
export -f no_ipv6

# In a namespace of its own, where no marker crosses the loop.
a_loop_ends_and_is_counted()
{
	local n

	# shellcheck disable=SC2016 # expanded there
	n=$(unshare --net bash -c '
		no_ipv6
		vswctl switch add sa && vswctl switch add sb
		ip link set sa up && ip link set sb up
		vswctl port add sa x type patch peer sb x
		vswctl port add sa y type patch peer sb y
		busywait 30000 state_is sa UP
		send_from sa 1
		vswctl -j -s switch show |
			jq -c "[.[].stats] | [(map(.drops.recursion // 0) | add),
				(map(.rx_packets + .copied - .tx_packets - ([.drops[]?] | add // 0)) | add)]"')
	expect_eq "[2,0]" "$n" "recursions and lost frames"
}

five_switches_in_a_row_pass_a_frame_and_no_more()
{
	local n

	# shellcheck disable=SC2016 # expanded there
	n=$(unshare --net bash -c '
		no_ipv6
		for i in 1 2 3 4 5 6; do
			vswctl switch add s$i && ip link set s$i up
			[ $i = 1 ] || vswctl port add s$((i - 1)) up type patch peer s$i down
		done
		busywait 30000 state_is s1 UP
		send_from s1 1
		vswctl -j -s port show s5 LOCAL | jq ".[0].stats.tx_packets"
		vswctl -j -s port show s6 down | jq ".[0].stats.drops.recursion"')
	expect_eq "1 1" "${n//$'\n'/ }" "fifth switch and sixth"
}

add_port()
{
	vswctl port add vsw0 "$@"
}

bad_patches_are_refused()
{
	expect_err 1 "joins two different switches" add_port x type patch peer vsw0 y
	expect_err 1 "No such switch" add_port x type patch peer none y
	expect_err 1 "needs a name" add_port x type patch
	expect_err 2 "expected the name" add_port a/b type patch peer vsw1 y
	expect_err 1 "has a port p1 already" add_port p1 type patch peer vsw1 y
	expect_err 1 "has a port p3 already" add_port x type patch peer vsw1 p3
	expect_err 1 "has a port vsw0 already" add_port vsw0 type patch peer vsw1 y
	expect_err 1 "number 1 is taken" add_port x type patch peer vsw1 y number 1
	expect_err 1 "of another type" add_port h1 type l3
	expect_err 1 "of type patch is given a peer" add_port h1 peer vsw1 y
	expect_err 1 "keeps its type" vswctl port set vsw0 p1 type patch
	expect_err 1 "of type patch is given a peer" vswctl port set vsw0 up peer vsw1 y
	expect_eq 2 "$(json '[.[] | select(.type == "patch")] | length' vswctl -j port show)" "patches"
	ip link add name up type dummy
	expect_err 1 "has a port up already" vswctl port add vsw0 up
	ip link del dev up
}

no_device_takes_the_name_of_a_patch()
{
	ip link set p2 down
	ip link set vsw1 down
	expect_err 2 "File exists" ip link set p2 name up
	vswctl port show vsw0 p2 >/dev/null
	check_err $? "p2 has another name"
	expect_err 2 "File exists" ip link set vsw1 name down
	vswctl switch show vsw1 >/dev/null
	check_err $? "vsw1 has another name"
	ip link set p2 up
	ip link set vsw1 up
	ip link add name up type dummy && ip link set dev up name elsewhere
	check_err $? "a device elsewhere can't be renamed"
	ip link del elsewhere
}

no_port()
{
	! vswctl port show "$1" "$2" >/dev/null 2>&1
}

one_end_goes_with_the_other()
{
	vswctl port del vsw1 down
	check_err $? "can't delete"
	no_port vsw0 up
	check_err $? "the other end is still there"
	patch_up
	check_err $? "can't come back"
}

# told FILE: a patch goes, comes back, and whoever listens hears of both ends
told()
{
	vswctl port del vsw1 down
	patch_up
	jq -es 'map(select(.event | test("port-del"))) |
		any(.name == "up" and .peer_name == "down") and
		any(.name == "down" and .peer_name == "up")' "$1" >/dev/null
}

both_ends_are_told_of_as_they_go()
{
	local events pid

	events=$(mktemp)
	vswctl -j monitor port >"$events" &
	pid=$!
	slowwait 20 told "$events"
	check_err $? "not told of: $(cat "$events")"
	kill "$pid"
	wait "$pid" 2>/dev/null
	rm "$events"
}

a_patch_goes_with_either_switch()
{
	ip link del vsw1
	no_port vsw0 up
	check_err $? "still there without vsw1"
	vswctl switch add vsw1
	ip link set vsw1 up
	patch_up
	check_err $? "can't come back"
}

a_patch_goes_while_frames_cross_it()
{
	local i running

	frames_end
	running=$(mktemp)
	spread bash -c "send_from h1 100000000 $running" &
	for i in 1 2 3 4 5; do
		patch_up 2>/dev/null
		busywait "$BUSYWAIT_TIMEOUT" crossed
		check_err $? "nothing crosses in round $i"
		vswctl port del vsw0 up
	done
	rm "$running"
	wait $!
	[ "$RET" = 0 ]
}

crossed()
{
	[ "$(stat_of vsw1 down rx_packets)" -gt 0 ]
}

a_patch_goes_with_its_namespace()
{
	unshare --net bash -c 'vswctl switch add sa && vswctl switch add sb &&
		vswctl port add sa x type patch peer sb y'
	check_err $? "no patch there"
}

run_tests
