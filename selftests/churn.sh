#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Devices, ports, switches, flows and addresses come and go at once, while
# frames cross the switch; afterwards it works and every frame is accounted for.
#
#	$a 192.0.2.1 eth0 --- pa +------+ pb --- eth0 192.0.2.2 $b
#	                         | vsw0 |
#	               h1 --- p1 +------+ p2 --- h2      and many that come and go

. "$(dirname "$0")/wires.sh"

ALL_TESTS="
	everything_comes_and_goes_under_traffic
	the_switch_still_works
	nothing_is_left_behind
"

# Seconds of it; the debug kernel finds more per second.
seconds=8

setup()
{
	setup_ns a b
	quiet "$a" "$b"
	bench 1 2
	veth_port "$a" pa
	veth_port "$b" pb
	address "$a" 192.0.2.1/24
	address "$b" 192.0.2.2/24
	ip address add 198.51.100.1/24 dev h1
	batches=$(mktemp -d)
}

# lines N TEMPLATE...: a batch of N rounds, @ is the number of the round
lines()
{
	local n=$1 i

	shift
	for ((i = 0; i < n; i++)); do
		printf '%s\n' "${@//@/$((i % 8))}"
	done
}

# Most of it may fail, for another has been there first: each line stands alone.
write_batches()
{
	lines 40 "link add c@ type veth peer name d@" "link set c@ up" "link set d@ up" \
		"link set c@ master vsw0" "link set p1 nomaster" "link set c@ nomaster" \
		"link set c@ master vsw0" "link set p1 master vsw0" "link del c@" >"$batches/ip-1"
	lines 40 "link add e@ type dummy" "link set e@ up" "link set e@ master vsw0" \
		"link set vsw0 address 02:aa:00:00:00:0@" "link add vsw8 type vsw" \
		"link set e@ master vsw8" "link del vsw8" "link del e@" >"$batches/ip-2"
	lines 40 "port set vsw0 p2 tag @" "port set vsw0 p2 isolated on" "fdb flush vsw0" \
		"port set vsw0 p2 vlan_mode trunk trunks all isolated off" \
		"flow add vsw0 priority=@,in_port=@,actions=normal,output:2,c@" \
		"fdb add vsw0 02:00:00:00:00:0@ port p2" "fdb flush vsw0 static" \
		"flow del vsw0 in_port=@" >"$batches/vswctl-1"
	lines 20 "port show vsw0" "fdb show vsw0" "flow show vsw0" "switch show" \
		"switch set vsw0 ageing @" >"$batches/vswctl-2"
}

# again_and_again FILE: until the time is up
again_and_again()
{
	local end=$((SECONDS + seconds))

	while [ "$SECONDS" -lt "$end" ]; do
		case $1 in
		*/ip-*) spread ip -force -batch "$1" ;;
		*) one_by_one "$1" ;;
		esac
	done >/dev/null 2>&1
}

# vswctl's batch ends with the first error; what follows is tried then.
one_by_one()
{
	local rest=$1.rest output line

	cp "$1" "$rest"
	until output=$(spread vswctl -b "$rest" 2>&1); do
		line=$(sed -nE 's/^[^:]*:([0-9]+): .*/\1/p' <<<"$output")
		if [ -z "$line" ]; then
			echo "$output" >>"$batches/strange"
			return
		fi
		sed -i "1,${line}d" "$rest"
	done
}

everything_comes_and_goes_under_traffic()
{
	local pids=() file

	write_batches
	spread ip netns exec "$a" ping -q -f -w "$seconds" 192.0.2.2 >"$batches/ping" 2>&1 &
	pids+=($!)
	spread ping -q -f -w "$seconds" -I h1 224.0.0.5 >/dev/null 2>&1 &
	pids+=($!)
	for file in "$batches"/*-*; do
		again_and_again "$file" &
		pids+=($!)
	done
	wait "${pids[@]}"
	grep -qE ' [1-9][0-9]* received' "$batches/ping"
	check_err $? "no frame came through: $(cat "$batches/ping")"
	[ ! -e "$batches/strange" ] || fail "$(head -3 "$batches/strange")"
}

the_switch_still_works()
{
	vswctl port add vsw0 p1 2>/dev/null
	vswctl fdb flush vsw0 static
	reach "$a" 192.0.2.2
	check_err $? "no way from a to b"
	frames_start h1 h2
	frames <<-EOF
		h2 eth src=$B dst=$A data => h1 same
		h1 eth src=$A dst=$B data => h2 same
	EOF
}

nothing_is_left_behind()
{
	local left

	left=$(ip -j link | jq -r '.[].ifname | select(test("^[cde][0-9]|vsw8"))' | xargs)
	expect_eq "" "$left" "devices"
	switch_is '.ports == 4 and .flows == 1'
	check_err $? "$(vswctl -j switch show vsw0)"
	rm -r "$batches"
}

run_tests
