# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# For tests that look at single frames: a switch whose ports are cabled to
# devices in its own namespace, and frames.py, which sends and receives there.
#
#	 +------------------------- namespace $sw --------------------------+
#	 |                                                                  |
#	 |   frames.py                                                      |
#	 |    h1  h2  h3    devices where frames are sent and received      |
#	 |    |   |   |     veth pairs                                      |
#	 |   p1  p2  p3     ports 1, 2, 3                                   |
#	 |  +-+---+---+-+                                                   |
#	 |  |   vsw0    |   frames.py is here as well, vsw0 is port LOCAL   |
#	 |  +-----------+                                                   |
#	 +------------------------------------------------------------------+
#
# To be sourced after lib.sh. One namespace, because then the order of frames
# is kept from end to end, and a frame keeps its mark.

# Markers of frames.py go everywhere, whatever the flows under test do.
marker_flow='priority=65535,dl_type=0x88b5,actions=all'

# vsw ARG...: vswctl where the switch lives
vsw()
{
	vswctl -n "$sw" "$@"
}

# cable N: port pN, number N, of vsw0, its other end is hN
cable()
{
	ip -n "$sw" link add "p$1" type veth peer name "h$1" &&
		ip -n "$sw" link set "p$1" up && ip -n "$sw" link set "h$1" up &&
		vsw port add vsw0 "p$1" number "$1"
}

# frames_setup N: vsw0 with ports p1 to pN, cabled to h1 to hN; starts frames.py
frames_setup()
{
	local devices=() i

	setup_ns sw
	in_ns "$sw" sysctl -qw net.ipv6.conf.all.disable_ipv6=1 \
		net.ipv6.conf.default.disable_ipv6=1
	add_switch vsw0
	for ((i = 1; i <= $1; i++)); do
		cable "$i"
		devices+=("h$i")
	done
	frames_start "${devices[@]}" vsw0
}

# frames_start DEV...: frames.py sees these devices
frames_start()
{
	local answer

	coproc FRAMES { exec ip netns exec "$sw" python3 -u "$selftests/frames.py" "$@" 2>&1; }
	read -r -t 120 -u "${FRAMES[0]}" answer && [ "$answer" = ok ]
}

# frames LINE: let frames.py do it, fail with what it says
frames()
{
	local answer='frames.py has ended'

	echo "$*" >&"${FRAMES[1]}"
	read -r -t 120 -u "${FRAMES[0]}" answer
	[ "$answer" = ok ] || fail "$*: $answer"
}

# flows FLOW...: these and the marker's are the flows of vsw0
flows()
{
	printf '%s\n' "$marker_flow" "$@" | vsw flow replace vsw0 file - ||
		fail "flows not accepted: $*"
}

# without_stats: flows as shown, without what changes by itself
without_stats()
{
	sed -E 's/(duration|n_packets|n_bytes|idle_age)=[^, ]*,? ?//g'
}

# packets COOKIE: frames counted by vsw0's flow with this cookie
packets()
{
	vsw -j flow show vsw0 "cookie=$1/-1" | jq '.[0].packets'
}

# stat PORT COUNTER: a counter of a port of vsw0
stat()
{
	vsw -j stats show vsw0 "$1" | jq ".[0].stats.$2 // 0"
}

# drops REASON [PORT]: frames dropped for it, that entered by the port (p1)
drops()
{
	vsw -j stats show vsw0 "${2:-p1}" | jq ".[0].stats.drops[\"$1\"] // 0"
}

# Test cases: lines of the form
#	flow MATCH[,actions=ACTIONS]	(default: output:2)
#	before ACTIONS			(before the flow's table)
#	hit [DEV] FRAME			(leaves by port 2)
#	miss [DEV] FRAME		(leaves nowhere)
#	send [DEV] FRAME => DEV FRAME...
# Every case gets a table of its own with its flow, table 0 sends a frame there
# by the third byte of its source address, written %i. Each frame is sent three
# times: the tables are asked twice, then the verdict is known.
sendings=3

case_flows()
{
	awk -v marker="$marker_flow" '
	function finish() {
		if (!n)
			return
		printf "dl_src=00:00:%02x:00:00:00/00:00:ff:00:00:00,actions=%sgoto_table:%d\n",
			n, before, n
		printf "table=%d,cookie=%d,%s\n", n, n, wanted
	}
	BEGIN { print marker }
	$1 == "flow" {
		finish()
		n++
		before = ""
		wanted = substr($0, index($0, "flow") + 5)
		if (wanted !~ /actions=/)
			wanted = wanted ",actions=output:2"
		gsub(/%i/, sprintf("%02x", n), wanted)
	}
	$1 == "before" { before = $2 "," }
	END { finish() }'
}

# load_cases TEXT: their flows are the flows of vsw0
load_cases()
{
	case_flows <<<"$1" | vsw flow replace vsw0 file - || fail "flows not accepted"
}

# send_cases TEXT: frames do as the cases say
send_cases()
{
	local n=0 verb rest dev flow

	while read -r verb rest; do
		dev=h1
		if [[ $rest =~ ^(h[0-9]+|vsw0)(\^[0-9]+)?(\*[0-9]+)?( |$) ]]; then
			dev=${rest%% *} rest=${rest#"$dev"}
		fi
		case $verb in
		flow) n=$((n + 1)) flow=$rest ;;
		hit) frames "#$n*$sendings $dev $rest => h2 same" ;;
		miss) frames "#$n*$sendings $dev $rest =>" ;;
		send) frames "#$n*$sendings $dev $rest" ;;
		esac || retmsg+=" (flow $flow)"
	done <<<"$1"
}

# case_counters: what the flows of the cases on stdin must have counted
case_counters()
{
	awk -v times="$sendings" '
	     $1 == "flow" { n++; hits[n] = 0 }
	     $1 == "hit" || $1 == "send" { hits[n] += times }
	     END { for (i = 1; i <= n; i++) printf "%d:%d ", i, hits[i] }'
}

# flow_counters: what the flows of tables from 1 up have counted
flow_counters()
{
	vsw -j flow show vsw0 |
		jq -j '[.[] | select(.table > 0)] | sort_by(.table)[] | "\(.table):\(.packets) "'
}

# check_cases: frames do as the cases on stdin say, and are counted
check_cases()
{
	local cases

	cases=$(cat)
	load_cases "$cases" || return
	send_cases "$cases"
	expect_eq "$(case_counters <<<"$cases")" "$(flow_counters)" "frames per flow"
}
