#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Frames that a flow or a miss policy punts reach the listener of their queue,
# as they are at that moment and with all that is known of them; whatever
# happens to the listener, every frame is counted.
#
#	h1 --- p1 +------+ p2 --- h2
#	          | vsw0 |
#	          +------+ p3 --- h3	vswctl punt listen vsw0 ...

. "$(dirname "$0")/lib.sh"
. "$selftests/frames.sh"

ALL_TESTS="
	a_frame_is_punted_with_all_that_is_known
	frames_of_a_cached_verdict_are_punted_the_same
	a_copy_is_punted_and_the_frame_goes_on
	changes_before_punt_are_seen_and_those_behind_it_not
	a_miss_policy_punts
	each_queue_has_its_listener_and_one_gets_the_rest
	a_frame_that_nobody_listens_to_is_dropped
	a_listener_may_want_only_the_beginning
	large_frames_are_cut_into_such_as_on_a_wire
	large_datagrams_are_cut_into_fragments
	frames_are_written_for_tcpdump
	text_and_count_are_as_asked_for
	a_queue_has_one_listener
	a_listener_goes_with_its_socket
	all_switches_are_listened_to
	a_listener_that_does_not_read_loses_frames
	listeners_and_ports_go_while_frames_are_punted
	a_namespace_goes_while_frames_are_punted
	the_action_is_shown_as_it_is_given
	nonsense_is_refused
"

setup()
{
	frames_setup 3
	dir=$(mktemp -d)
}

cleanup()
{
	end_listeners
	rm -rf "$dir"
}

end_listeners()
{
	local pid

	for pid in "${listeners[@]}"; do
		kill -CONT "$pid"
		kill "$pid"
		wait "$pid"
	done 2>/dev/null
	listeners=()
	: >"$dir/out"
}

# has_listeners N [SWITCH]
has_listeners()
{
	[ "$(vsw -j punt show "${2:-vsw0}" | jq length)" = "$1" ]
}

# listen [ARG]...: a listener more, what it gets is in the file $dir/out
listen()
{
	local before

	before=$(vsw -j punt show vsw0 | jq length)
	ip netns exec "$sw" vswctl -j punt listen vsw0 "$@" >>"$dir/out" &
	listeners+=($!)
	slowwait 20 has_listeners $((before + 1))
}

# has_got N FILTER: jq's FILTER holds for N of the frames
has_got()
{
	[ "$(jq -cs "map(select($2)) | length" "$dir/out")" = "$1" ]
}

# expect_got N FILTER
expect_got()
{
	slowwait 20 has_got "$@" || fail "not $1 with $2: $(cat "$dir/out")"
}

all_known='.switch == "vsw0" and .port_name == "p1" and .port_no == 1 and .table == 3 and
	.reason == "action" and .queue == 2 and .cookie == "0x5" and .userdata == "0a0b0c" and
	.fields.reg0 == "0x7" and .fields.reg7 == "0xffffffff" and .fields.metadata == "0x1234" and
	.fields.pkt_mark == "0x9" and .fields.vlan_tci == "0x1005" and
	.length == (.frame | length) / 2 and .time > 1000000000000000000 and
	(.frame | test("^.{24}81000005"))'

flows_with_all()
{
	flows "actions=set_field:7->reg0,set_field:0x1234->metadata,set_field:9->pkt_mark,load:0xffffffff->reg7[],goto_table:3" \
		"table=3,cookie=5,udp,actions=punt(queue=2,userdata=0a0b0c)"
}

a_frame_is_punted_with_all_that_is_known()
{
	local before

	listen queue 2
	before=$(stat p1 punted)
	flows_with_all
	frames "h1 vlan vid=5 ip udp =>"
	expect_got 1 "$all_known"
	expect_eq $((before + 1)) "$(stat p1 punted)" "frames counted as punted"
}

frames_of_a_cached_verdict_are_punted_the_same()
{
	end_listeners
	listen queue 2
	flows_with_all
	frames "h1*5 vlan vid=5 ip udp =>"
	expect_got 5 "$all_known"
	end_listeners
}

a_copy_is_punted_and_the_frame_goes_on()
{
	listen
	flows "ip,actions=punt,output:2,punt(queue=1),output:3"
	frames "h1*3 ip udp => h2*3 same; h3*3 same"
	expect_got 3 '.queue == 0'
	expect_got 3 '.queue == 1'
	end_listeners
}

changes_before_punt_are_seen_and_those_behind_it_not()
{
	listen
	flows "udp,actions=mod_dl_src:02:00:00:00:00:07,push_vlan:0x8100,mod_vlan_vid:9,punt,mod_dl_src:02:00:00:00:00:08,pop_vlan,output:2"
	frames "h1 ip udp => h2 eth src=02:00:00:00:00:08 ip udp"
	expect_got 1 '.frame | test("^.{12}02000000000781000009")'
	end_listeners
}

a_miss_policy_punts()
{
	listen
	flows "udp,actions=goto_table:1" "table=1,udp,tp_dst=9,actions=output:2"
	vsw table set vsw0 1 miss punt
	frames "h1 ip udp dport=9 => h2 same"
	frames "h1*3 ip udp dport=10 =>"
	expect_got 3 '.reason == "miss" and .table == 1 and .queue == 0 and
		.cookie == "0xffffffffffffffff"'
	expect_eq punt "$(vsw -j table show vsw0 1 | jq -r '.[0].miss')" "miss policy"
	vsw table set vsw0 1 miss drop
	vsw table set vsw0 0 miss punt
	flows
	frames "h2 arp =>"
	expect_got 1 '.reason == "miss" and .table == 0 and .port_no == 2'
	vsw table set vsw0 0 miss normal
	end_listeners
}

each_queue_has_its_listener_and_one_gets_the_rest()
{
	flows "udp,actions=punt(queue=7)" "tcp,actions=punt(queue=8)"
	listen queue 7
	listen
	frames "h1 ip udp =>"
	frames "h1 ip tcp =>"
	expect_got 1 '.queue == 7'
	expect_got 1 '.queue == 8'
	vsw -j -s punt show vsw0 | jq -e 'map(select(.sent == 1)) | length == 2' >/dev/null
	check_err $? "$(vsw -s punt show vsw0)"
	end_listeners
}

a_frame_that_nobody_listens_to_is_dropped()
{
	local before punted

	flows "udp,actions=punt(queue=7)"
	listen queue 8
	before=$(drops punt-no-listener) punted=$(stat p1 punted)
	frames "h1*4 ip udp =>"
	expect_eq $((before + 4)) "$(drops punt-no-listener)" drops
	expect_eq "$punted" "$(stat p1 punted)" "frames punted"
	end_listeners
}

a_listener_may_want_only_the_beginning()
{
	flows "udp,actions=punt"
	listen snaplen 20
	frames "h1 vlan vid=5 ip udp data len=200 =>"
	expect_got 1 '(.frame | length) == 40 and .length > 200 and (.frame[24:32] == "81000005")'
	end_listeners
	listen snaplen 14
	frames "h1 vlan vid=5 ip udp data len=200 =>"
	expect_got 1 '(.frame | length) == 28 and (.frame[24:28] == "8100")'
	end_listeners
}

# capture ARG...: a listener that writes $dir/frames
capture()
{
	listen write "$dir/frames" "$@"
}

# captured N: it holds N frames
captured()
{
	[ "$(tcpdump -n -r "$dir/frames" 2>/dev/null | wc -l)" = "$1" ]
}

large_frames_are_cut_into_such_as_on_a_wire()
{
	local before

	flows "tcp,actions=punt" "tcp6,actions=punt" "udp,actions=punt"
	capture
	before=$(stat p1 punted)
	frames "h1 ip tcp gso=500 data len=3000 =>"
	frames "h1 vlan vid=5 ip6 tcp gso=500 data len=3000 =>"
	frames "h1 ip udp partial=1 =>"
	slowwait 20 captured 13 || fail "not 13 frames: $(tcpdump -n -r "$dir/frames" 2>&1)"
	expect_eq $((before + 3)) "$(stat p1 punted)" "frames counted as punted"
	tcpdump -n -vvv -r "$dir/frames" >"$dir/text" 2>/dev/null
	! grep -i 'incorrect\|bad' "$dir/text"
	check_err $? "bad checksums"
	grep -qiE 'correct|sum ok' "$dir/text"
	check_err $? "no checksum was looked at"
	end_listeners
}

# reassemble FILE: "LENGTH FRAGMENTS" of a datagram whose checksum is right
reassemble()
{
	python3 - "$1" <<-END
		import json, struct, sys
		parts = {}
		for line in open(sys.argv[1]):
		    ip = bytes.fromhex(json.loads(line)["frame"])[14:]
		    offset = (struct.unpack_from("!H", ip, 6)[0] & 0x1fff) * 8
		    parts[offset] = ip[20:struct.unpack_from("!H", ip, 2)[0]]
		    pseudo = ip[12:20] + struct.pack("!H", 17)
		udp = b"".join(parts[offset] for offset in sorted(parts))
		data = pseudo + struct.pack("!H", len(udp)) + udp + bytes(len(udp) % 2)
		total = sum(struct.unpack(f"!{len(data) // 2}H", data))
		while total >> 16:
		    total = (total & 0xffff) + (total >> 16)
		print(len(udp) if total == 0xffff else "bad", len(parts))
	END
}

large_datagrams_are_cut_into_fragments()
{
	flows "udp,actions=punt"
	listen
	frames "h1 ip udp ufo=1480 data len=4000 =>"
	expect_got 3 '.port_name == "p1"'
	expect_eq "4008 3" "$(reassemble "$dir/out")" "length and fragments"
	end_listeners
}

frames_are_written_for_tcpdump()
{
	local text

	flows "udp,actions=set_field:7->reg3,punt(queue=5,userdata=beef)"
	capture snaplen 50
	frames "h1 ip udp data len=100 =>"
	frames "h2*2 vlan vid=5 ip udp =>"
	slowwait 20 captured 3 || fail "not 3 frames"
	text=$(tcpdump -n -e -r "$dir/frames" 2>/dev/null)
	expect_eq 2 "$(grep -c 'vlan 5' <<<"$text")" "frames with a tag"
	has_line 'length 1[0-9][0-9]:' "$text"
	check_err $? "no frame has its full length: $text"
	expect_eq 1 "$(grep -ac 'p1, port 1 of vsw0' "$dir/frames")" "description of p1"
	expect_eq 3 "$(grep -ao 'table 0 reason action queue 5 cookie 0x0 userdata beef reg3 0x7' \
		"$dir/frames" | wc -l)" "comments"
	end_listeners
}

text_and_count_are_as_asked_for()
{
	local text

	flows "udp,cookie=6,actions=punt(queue=5,userdata=beef)"
	vsw punt listen vsw0 count 2 >"$dir/text" &
	slowwait 20 has_listeners 1
	frames "h1*3 ip udp =>"
	wait $!
	check_err $? "the listener failed"
	text=$(cat "$dir/text")
	expect_eq 2 "$(wc -l <"$dir/text")" lines
	has_line '^vsw0 p1 number 1 table 0 reason action queue 5 cookie 0x6 userdata beef length [0-9]+: .* 0x0800$' \
		"$text" || fail "$text"
	slowwait 10 has_listeners 0 || fail "a listener is left"
}

a_queue_has_one_listener()
{
	listen queue 3
	listen
	expect_err 1 'A socket listens to queue 3' vsw punt listen vsw0 queue 3
	expect_err 1 'A socket listens to all queues' vsw punt listen vsw0
	expect_err 1 'No switch has this name' vsw punt listen vsw9
	vsw punt show vsw0 | grep -q '^vsw0 queue 3 snaplen 65000 portid '
	check_err $? "$(vsw punt show vsw0)"
	end_listeners
}

a_listener_goes_with_its_socket()
{
	listen queue 3
	kill -9 "${listeners[0]}"
	slowwait 10 has_listeners 0 || fail "it is still there"
	wait "${listeners[0]}" 2>/dev/null
	listen queue 3
	end_listeners
}

all_switches_are_listened_to()
{
	add_switch vsw1
	ip netns exec "$sw" vswctl -j punt listen >>"$dir/out" &
	listeners+=($!)
	slowwait 10 has_listeners 1 vsw1 || fail "no listener at vsw1"
	has_listeners 1
	check_err $? "no listener at vsw0"
	vsw switch del vsw1
	flows "udp,actions=punt"
	frames "h1 ip udp =>"
	expect_got 1 '.switch == "vsw0"'
	end_listeners
}

# flood: as many frames as a port may punt, of a kilobyte each
flood()
{
	frames "h1*1500 ip udp data len=1000 =>"
	[ "$(drops punt-socket-full)" -gt 0 ]
}

a_listener_that_does_not_read_loses_frames()
{
	local before

	flows "udp,actions=punt"
	vsw port set vsw0 p1 punt_rate 1000000 punt_burst 1000000
	listen
	before=$(drops punt-socket-full)
	expect_eq 0 "$before" "drops before"
	kill -STOP "${listeners[0]}"
	slowwait 60 flood || fail "no frame was lost"
	vsw -j -s punt show vsw0 | jq -e '.[0].lost > 0' >/dev/null
	check_err $? "$(vsw -s punt show vsw0)"
	end_listeners
	vsw port set vsw0 p1 punt_rate 1000 punt_burst 250
}

listeners_and_ports_go_while_frames_are_punted()
{
	local i pid

	flows "udp,actions=punt,output:2" "in_port=3,actions=punt"
	vsw port set vsw0 p1 punt_rate 1000000 punt_burst 1000000
	ip -n "$sw" address add 192.0.2.3/24 dev h3
	ip -n "$sw" neigh add 192.0.2.9 lladdr 02:00:00:00:00:09 dev h3
	ip netns exec "$sw" ping -f -q 192.0.2.9 >/dev/null 2>&1 &
	pid=$!
	for i in 1 2 3 4 5; do
		listen
		frames "h1*50 ip udp => h2*50 same"
		vsw port del vsw0 p3
		kill -9 "${listeners[0]}"
		end_listeners
		vsw port add vsw0 p3 number 3
	done
	kill "$pid"
	wait "$pid" 2>/dev/null
	[ "$(vsw -j -s switch show vsw0 | jq '.[0].stats.punted')" -gt 50 ]
	check_err $? "hardly a frame was punted"
	ip -n "$sw" address del 192.0.2.3/24 dev h3
}

a_namespace_goes_while_frames_are_punted()
{
	local other listener ping

	setup_ns other
	ip -n "$other" link add vsw5 type vsw
	ip -n "$other" link set vsw5 up
	vswctl -n "$other" flow add vsw5 actions=punt
	ip -n "$other" address add 192.0.2.5/24 dev vsw5
	ip -n "$other" link add d5 type dummy
	ip -n "$other" link set d5 up
	vswctl -n "$other" port add vsw5 d5
	vswctl -n "$other" -j punt listen vsw5 >"$dir/other" &
	listener=$!
	ip -n "$other" neigh add 192.0.2.9 lladdr 02:00:00:00:00:09 dev vsw5
	ip netns exec "$other" ping -f -q 192.0.2.9 >/dev/null 2>&1 &
	ping=$!
	slowwait 20 test -s "$dir/other" || fail "nothing was punted"
	cleanup_ns "$other"
	kill "$listener" "$ping"
	wait "$listener" "$ping" 2>/dev/null
	[ "$RET" = 0 ]
}

the_action_is_shown_as_it_is_given()
{
	local shown

	flows "udp,actions=punt,controller(queue=7),punt(userdata=0A:0b.0c,queue=65535),output:2" \
		"table=9,actions=controller"
	shown=$(vsw flow show vsw0 udp)
	has_line 'actions=punt,punt\(queue=7\),punt\(queue=65535,userdata=0a0b0c\),output:2$' "$shown" ||
		fail "$shown"
	vsw flow show vsw0 | without_stats | vsw flow replace vsw0 file -
	check_err $? "what is shown can't be typed back"
	expect_eq "$(without_stats <<<"$shown")" "$(vsw flow show vsw0 udp | without_stats)" flow
}

nonsense_is_refused()
{
	expect_err 2 'queue=N or userdata' vsw flow add vsw0 'udp,actions=punt(port=1)'
	expect_err 2 'each once' vsw flow add vsw0 'udp,actions=punt(queue=1,queue=2)'
	expect_err 2 'from 0 to 65535' vsw flow add vsw0 'udp,actions=punt(queue=65536)'
	expect_err 2 'two digits' vsw flow add vsw0 'udp,actions=punt(userdata=0)'
	expect_err 2 'two digits' vsw flow add vsw0 'udp,actions=punt(userdata=-1)'
	expect_err 2 'at most 28' vsw flow add vsw0 \
		"udp,actions=punt(userdata=$(printf '%058d' 0))"
	expect_err 2 'expected \)' vsw flow add vsw0 'udp,actions=punt(queue=1'
	expect_err 2 'from 1 to 1000000' vsw port set vsw0 p1 punt_rate 0
}

run_tests
