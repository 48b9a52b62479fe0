# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# A switch on the bench, for tests of single frames: everything is in one
# namespace of the test's own, and the hosts are no more than ends of cables.
#
#	h1 ----- p1 +------+ p2 ----- h2
#	            | vsw0 |               ...
#	h3 ----- p3 +------+ p4 ----- h4
#
# Port N is p<N>. frames.py sends on h<N> (or on vsw0, which is LOCAL) and
# compares what all others receive; its markers go to all ports by a flow, so
# that they neither are learned nor held back by what is tested.

[ -n "${VSW_OWN_NETNS:-}" ] || VSW_OWN_NETNS=1 exec unshare --net "$0" "$@"

. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# Nobody speaks unless asked to.
for scope in all default; do
	echo 1 >"/proc/sys/net/ipv6/conf/$scope/disable_ipv6"
done

# Addresses of hosts that frames come from and go to
bcast=ff:ff:ff:ff:ff:ff
mcast=01:00:5e:00:00:05
A=02:00:00:00:00:0a
B=02:00:00:00:00:0b
C=02:00:00:00:00:0c
X=02:00:00:00:00:ee

# cables N...: h<N> --- p<N>, both up
cables()
{
	local n

	for n; do
		echo "link add p$n type veth peer name h$n"
		echo "link set p$n up"
		echo "link set h$n up"
	done | ip -batch -
}

# wires SWITCH N...: cables whose ends p<N> are ports of SWITCH
wires()
{
	local switch=$1 n

	shift
	cables "$@"
	for n; do
		echo "port add $switch p$n number $n"
	done | vswctl -b -
}

# bench N...: a switch vsw0 that is up, with wires
bench()
{
	vswctl switch add vsw0
	ip link set vsw0 up
	wires vsw0 "$@"
}

# quiet NS...: no IPv6 there, which would speak by itself
quiet()
{
	local ns

	for ns; do
		in_ns "$ns" sh -c 'cd /proc/sys/net/ipv6/conf &&
			echo 1 >all/disable_ipv6 && echo 1 >default/disable_ipv6'
	done
}

##############################################################################
# Frames

# frames_start DEV...: from now on "frame" knows these devices
frames_start()
{
	local answer

	vswctl flow add vsw0 'priority=65535,dl_type=0x88b5,actions=all'
	coproc FRAMES { exec python3 -u "$selftests/frames.py" "$@" 2>&1; }
	read -r -t 120 -u "${FRAMES[0]}" answer && [ "$answer" = ok ]
}

# frames_end: what the hosts say from now on is of no interest
frames_end()
{
	kill "$FRAMES_PID"
	wait "$FRAMES_PID" 2>/dev/null
}

# frame 'DEV FRAME => DEV FRAME; ...': sent there, it arrives here, only here
frame()
{
	local answer='frames.py has ended'

	echo "$1" >&"${FRAMES[1]}"
	read -r -t 120 -u "${FRAMES[0]}" answer
	[ "$answer" = ok ] || fail "$1: $answer"
}

# frames <<EOF: many of them; empty lines and comments are for the reader
frames()
{
	local line

	while read -r line; do
		[ -z "$line" ] || [[ $line == \#* ]] || frame "$line"
	done
	[ "$RET" = 0 ]
}

##############################################################################
# Streams

streams_start()
{
	local answer

	coproc STREAMS { exec python3 -u "$selftests/streams.py" 2>&1; }
	read -r -t 120 -u "${STREAMS[0]}" answer && [ "$answer" = ok ]
}

# stream LINE: what streams.py is to do, and it does
stream()
{
	local answer='streams.py has ended'

	echo "$1" >&"${STREAMS[1]}"
	read -r -t 300 -u "${STREAMS[0]}" answer
	[ "$answer" = ok ] || fail "$1: $answer"
}

##############################################################################
# Looking at a switch

# switch_is FILTER [SWITCH]: jq's FILTER holds for its JSON object
switch_is()
{
	vswctl -j -s switch show "${2:-vsw0}" | jq -e ".[0] | $1" >/dev/null
}

# port_is PORT FILTER [SWITCH]
port_is()
{
	vswctl -j -s port show "${3:-vsw0}" "$1" | jq -e ".[0] | $2" >/dev/null
}

# drops [REASON]: frames that vsw0 has dropped, for this reason or for any
drops()
{
	vswctl -j -s switch show vsw0 |
		jq --arg reason "${1:-}" '[.[0].stats.drops | to_entries[] |
			select($reason == "" or .key == $reason).value] | add // 0'
}

# fdb_is ADDRESS FILTER: there is an entry of vsw0 for which FILTER holds
fdb_is()
{
	vswctl -j fdb show vsw0 "$1" | jq -e "any(.[]; $2)" >/dev/null
}

# fdb_lacks ADDRESS
fdb_lacks()
{
	vswctl -j fdb show vsw0 | jq -e --arg a "$1" 'all(.[]; .lladdr != $a)' >/dev/null
}

##############################################################################
# Events

events_told()
{
	# Something that is told: the switch has changed.
	vswctl switch set vsw0 ageing $((RANDOM + 300))
	[ -s "$events" ]
}

# watch_events: from now on all events go to the file $events, one JSON object a line
watch_events()
{
	events=$(mktemp)
	vswctl -j monitor >>"$events" &
	watcher=$!
	slowwait 20 events_told
}

# told FILTER: jq's FILTER holds for one of the events
told()
{
	jq -es "any(.[]; $1)" "$events" >/dev/null
}

# expect_event FILTER
expect_event()
{
	slowwait 10 told "$1" || fail "no event with $1"
}

watch_end()
{
	kill "$watcher"
	wait "$watcher" 2>/dev/null
	rm -f "$events"
}

# What runs beside the test would keep the namespace.
cleanup()
{
	local pid

	for pid in $(jobs -p); do
		kill "$pid" 2>/dev/null
	done
	wait 2>/dev/null
	[ -z "${events:-}" ] || rm -f "$events"
}
