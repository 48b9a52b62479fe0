#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Router, patch, tunnel, device without Ethernet and punting at once: parts of them
# come and go, namespaces too, and memory is short, while frames cross all of it.
# Afterwards all works.
#
#	$a 192.0.2.1 --- pa +------+ gw0  r1  gw1 +------+ pb --- 198.51.100.1 $b
#	                    | vsw0 |--------------| vsw1 |
#	                    |      |              +------+
#	                    |      | up      down +------+ pc --- 192.0.2.3 $c
#	                    |      |--------------| vsw2 |
#	                    |      |              +------+
#	$d 192.0.2.4 vx1 ~~~| vx0  |		by the underlay 10.0.0.1 - 10.0.0.2
#	$d 203.0.113.2 i0 ~~| i0   |		routed by r1
#	                    +------+

. "$(dirname "$0")/wires.sh"

ALL_TESTS="
	all_ways_work
	parts_come_and_go_under_traffic
	all_ways_work_again
	namespaces_go_with_all_in_them
"
# Kernels of distributions never lack memory.
failslab=/sys/kernel/debug/failslab
[ ! -d $failslab ] || ALL_TESTS+="
	frames_meet_a_lack_of_memory
	all_ways_work_after_that
	requests_meet_a_lack_of_memory
"

I0_MAC=02:00:00:00:00:10
D_MAC=02:00:00:00:00:0d

# Seconds of each kind of trouble
seconds=8

setup()
{
	setup_ns a b c d
	quiet "$a" "$b" "$c" "$d"
	add_switch vsw0
	add_switch vsw1
	add_switch vsw2
	veth_port "$a" pa
	veth_port "$b" pb vsw1
	veth_port "$c" pc vsw2
	address "$a" 192.0.2.1/24
	address "$b" 198.51.100.1/24
	address "$c" 192.0.2.3/24
	ip -n "$a" route add default via 192.0.2.254
	ip -n "$b" route add default via 198.51.100.254
	underlay
	build | vswctl -b -
}

underlay()
{
	ip link add u0 type veth peer name u0 netns "$d"
	ip address add 10.0.0.1/24 dev u0
	ip link set u0 up
	ip -n "$d" link set u0 up
	address "$d" 10.0.0.2/24 u0
	ip -n "$d" link add vx1 mtu 1400 address "$D_MAC" type vxlan id 7 remote 10.0.0.1 \
		dstport 4789
	ip -n "$d" link set vx1 up
	address "$d" 192.0.2.4/24 vx1
	ip link add vx0 mtu 1400 type vxlan external dstport 4789
	ip link set vx0 up
	ip link add i0 type ipip local 10.0.0.1 remote 10.0.0.2
	ip link set i0 up
	ip -n "$d" link add i0 type ipip local 10.0.0.2 remote 10.0.0.1
	ip -n "$d" link set i0 up
	address "$d" 203.0.113.2/24 i0
	ip -n "$d" route add 198.51.100.0/24 dev i0
}

# build: what makes all of it, for vswctl
build()
{
	cat <<-END
		port add vsw0 up type patch peer vsw2 down
		port add vsw0 vx0 remote 10.0.0.2 key 7
		port add vsw0 i0 lladdr 02:00:00:00:02:54 peer_lladdr $I0_MAC
		router add r1
		interface add r1 gw0 switch vsw0 lladdr 02:00:00:00:02:54 address 192.0.2.254/24
		interface add r1 gw1 switch vsw1 lladdr 02:00:00:00:01:54 address 198.51.100.254/24
		neigh add r1 192.0.2.13 lladdr $I0_MAC dev gw0
		route add r1 203.0.113.2/32 via 192.0.2.13
		table set vsw2 5 miss normal
		flow add vsw2 in_port=pc,actions=punt(queue=2),goto_table:5
	END
}

# the_ways: what reaches what
the_ways()
{
	echo "$b 192.0.2.1"	# by the router
	echo "$a 198.51.100.1"
	echo "$a 192.0.2.3"	# by the patch, its answers punted too
	echo "$a 192.0.2.4"	# by the tunnel
	echo "$b 203.0.113.2"	# by the router and the device without Ethernet
}

all_ways_work()
{
	local ns address

	while read -r ns address _; do
		reach "$ns" "$address"
		check_err $? "$address does not answer"
	done < <(the_ways)
}

all_ways_work_again()
{
	local line said

	while read -r line; do
		vswctl -b - <<<"$line" 2>/dev/null
	done < <(unbuild)
	said=$(build | vswctl -b - 2>&1)
	check_err $? "$said"
	all_ways_work
}

all_ways_work_after_that()
{
	all_ways_work_again
}

# flood_all: traffic on each of the ways, until the time is up
flood_all()
{
	local ns address pids=()

	while read -r ns address _; do
		spread ip netns exec "$ns" ping -q -f -s 1000 -w "$1" "$address" >/dev/null 2>&1 &
		pids+=($!)
	done < <(the_ways)
	wait "${pids[@]}"
}

# again SECONDS COMMAND...: each line of its output is a command of vswctl's, which may fail
again()
{
	local end=$((SECONDS + $1)) line

	shift
	while [ "$SECONDS" -lt "$end" ]; do
		while read -r line; do
			spread vswctl -b - <<<"$line"
		done < <("$@")
	done >/dev/null 2>&1
}

unbuild()
{
	cat <<-END
		port set vsw0 vx0 remote 10.0.0.2,10.0.0.3 vlan_vni 5=5
		port del vsw0 vx0
		port del vsw2 down
		port del vsw0 i0
		flow del vsw2
		route del r1 203.0.113.2/32
		neigh del r1 192.0.2.13 dev gw0
		interface del r1 gw1
		router del r1
	END
}

devices_come_and_go()
{
	local end=$((SECONDS + $1))

	while [ "$SECONDS" -lt "$end" ]; do
		ip link del vx0
		ip link del i0
		ip link add vx0 mtu 1400 type vxlan external dstport 4789
		ip link set vx0 up
		ip link add i0 type ipip local 10.0.0.1 remote 10.0.0.2
		ip link set i0 up
		ip link set vsw2 down
		ip link set vsw2 up
	done >/dev/null 2>&1
}

parts_come_and_go_under_traffic()
{
	local listener

	vswctl punt listen vsw2 queue 2 >/dev/null 2>&1 &
	listener=$!
	again "$seconds" unbuild &
	again "$seconds" build &
	devices_come_and_go "$seconds" &
	flood_all "$seconds"
	kill "$listener" 2>/dev/null
	wait
}

# All of it once more in a namespace of its own, where somebody speaks to the end.
world()
{
	ip link add u0 type dummy
	ip address add 10.0.0.1/24 dev u0
	ip link set u0 up
	ip link add vx0 type vxlan external dstport 4789
	ip link add i0 type ipip local 10.0.0.1 remote 10.0.0.2
	for n in 0 1 2; do
		vswctl switch add "vsw$n"
		ip link set "vsw$n" up
	done
	ip address add 192.0.2.1/24 dev vsw0
	ip route add default via 192.0.2.254
	build | grep -v 'in_port=pc' | vswctl -b -
	ip link set vx0 up
	ip link set i0 up
	(ping -q -f -w 60 198.51.100.1 & ping -q -f -w 60 192.0.2.3 & ping -q -f -w 60 203.0.113.2) \
		>/dev/null 2>&1 &
	sleep 0.5
	vswctl -j port show | jq -j '"\(length) "'
	kill -9 -- -$$
}

namespaces_go_with_all_in_them()
{
	local n pids=() said

	export -f world build
	export I0_MAC
	said=$(mktemp)
	for ((n = 0; n < 4; n++)); do
		(spread setsid unshare --net bash -c world >>"$said" || :) 2>/dev/null &
		pids+=($!)
	done
	wait "${pids[@]}"
	# Three LOCAL, two ends of a patch, two devices, two interfaces
	expect_eq "9 9 9 9 " "$(<"$said")" "ports in the namespaces"
	rm "$said"
}

# Only what may not wait fails: what frames ask for.
frames_meet_a_lack_of_memory()
{
	echo 0 >"$failslab/verbose"
	echo Y >"$failslab/ignore-gfp-wait"
	echo N >"$failslab/task-filter"
	echo -1 >"$failslab/times"
	echo 15 >"$failslab/probability"
	flood_all "$seconds"
	echo 0 >"$failslab/probability"
}

requests_meet_a_lack_of_memory()
{
	echo N >"$failslab/ignore-gfp-wait"
	unshare --net python3 "$selftests/nomem.py"
	check_err $? "see above"
	echo Y >"$failslab/ignore-gfp-wait"
}

run_tests
