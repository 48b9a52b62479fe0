#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# What normal forwarding does with tunnel ports: remotes, VNIs of VLANs, stations
# behind remotes. Two other hosts are plain Linux, a bridge with a vxlan each.
#
#	  $a         namespace $sw           $b             $c
#	+------+   +-----------------+   +-----------+  +-----------+
#	| eth0-+---+-pa +----+       |   | t0 (vxlan)|  | t0 (vxlan)|
#	| .1   |   |    |vsw0|-vx0   |   | .2        |  | .3        |
#	+------+   |    +----+       |   | u0        |  | u0        |
#	           |     br0 (u1,u2) |   +--+--------+  +--+--------+
#	           +------+----------+      |              |
#	                  +-----------------+--------------+
#
# br0 is the underlay: 198.51.100.1, .2, .3 and 2001:db8::1, ::2, ::3.

. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	a_fixed_remote_joins_two_hosts
	a_fixed_remote_joins_two_hosts_over_ipv6
	an_established_conversation_needs_no_decision
	flooding_goes_to_all_remotes
	an_answer_goes_to_the_remote_that_asked
	a_station_that_moves_is_found_at_its_new_host
	a_station_can_be_put_behind_a_remote_by_hand
	what_came_by_a_tunnel_is_not_flooded_to_tunnels
	vlans_have_their_vnis
	a_remote_can_be_for_one_vlan_only
	frames_of_other_keys_are_dropped
	vlans_without_a_vni_do_not_leave
	the_outer_header_is_as_the_port_says
	the_outer_header_can_be_that_of_the_frame_inside
	flows_override_what_the_port_says
	settings_take_effect_at_once
	settings_that_make_no_sense_are_refused
	what_is_shown_can_be_typed_back
"

mac_a=02:00:00:00:00:01
mac_b=02:00:00:00:00:02
mac_c=02:00:00:00:00:03

# host NS N: it is on the underlay
host()
{
	ip -n "$sw" link add "u$2" master br0 type veth peer name u0 netns "$1"
	ip -n "$sw" link set "u$2" up
	ip -n "$1" link set u0 up
	address "$1" "198.51.100.$2/24" u0
	address "$1" "2001:db8::$2/64" u0
}

setup()
{
	setup_ns sw a b c
	# What LOCAL says by itself would be counted.
	in_ns "$sw" sysctl -qw net.ipv6.conf.default.disable_ipv6=1
	add_switch vsw0
	veth_port "$a" pa
	ip -n "$a" link set eth0 address "$mac_a" mtu 1400
	address "$a" 192.0.2.1/24
	in_ns "$a" sysctl -qw net.ipv6.conf.eth0.disable_ipv6=1 \
		net.ipv6.conf.default.disable_ipv6=1
	ip -n "$sw" link add br0 type bridge
	in_ns "$sw" sysctl -qw net.ipv6.conf.br0.disable_ipv6=0
	ip -n "$sw" link set br0 up
	address "$sw" 198.51.100.1/24 br0
	address "$sw" 2001:db8::1/64 br0
	host "$b" 2
	host "$c" 3
	in_ns "$b" sysctl -qw net.ipv6.conf.default.disable_ipv6=1
	in_ns "$c" sysctl -qw net.ipv6.conf.default.disable_ipv6=1
	add_vx0
}

vsw()
{
	vswctl -n "$sw" "$@"
}

# add_vx0 [SETTING...]: a tunnel port without a past
add_vx0()
{
	ip -n "$sw" link del vx0 2>/dev/null || :
	ip -n "$sw" link add vx0 type vxlan external dstport 4789
	ip -n "$sw" link set vx0 mtu 1400 up && vsw port add vsw0 vx0 "$@"
}

# station NS MAC ADDRESS VNI REMOTE: a vxlan with an address on it
station()
{
	ip -n "$1" link del t0 2>/dev/null
	ip -n "$1" link add t0 address "$2" type vxlan id "$4" remote "$5" dstport 4789 &&
		ip -n "$1" link set t0 mtu 1400 up && address "$1" "$3/24" t0
}

# forget: nobody knows any neighbour
forget()
{
	local ns

	for ns in "$a" "$b" "$c"; do
		ip -n "$ns" neigh flush all
	done
}

both_stations()
{
	forget
	station "$b" "$mac_b" 192.0.2.2 7 198.51.100.1 || fail "no station in b"
	station "$c" "$mac_c" 192.0.2.3 7 198.51.100.1 || fail "no station in c"
}

no_stations()
{
	ip -n "$b" link del t0 2>/dev/null
	ip -n "$c" link del t0 2>/dev/null
	return 0
}

# fdb MAC: "dst vni" of its entry
fdb()
{
	vsw -j fdb show vsw0 "$1" | jq -r '.[0] | "\(.dst) \(.vni)"'
}

# drops REASON [PORT]
drops()
{
	vsw -j stats show vsw0 "${2:-vx0}" | jq ".[0].stats.drops[\"$1\"] // 0"
}

a_fixed_remote_joins_two_hosts()
{
	add_vx0 remote 198.51.100.2 key 7
	both_stations
	reach "$a" 192.0.2.2
	check_err $? "no way"
	expect_eq "198.51.100.2 7" "$(fdb "$mac_b")" "where b is"
	no_stations
}

a_fixed_remote_joins_two_hosts_over_ipv6()
{
	add_vx0 remote 2001:db8::2 key 7
	forget
	station "$b" "$mac_b" 192.0.2.2 7 2001:db8::1
	reach "$a" 192.0.2.2
	check_err $? "no way"
	expect_eq "2001:db8::2 7" "$(fdb "$mac_b")" "where b is"
	no_stations
}

# traced FUNCTION COMMAND...: how often FUNCTION is called meanwhile
traced()
{
	local t=/sys/kernel/tracing function=$1

	shift
	echo "$function" >"$t"/set_ftrace_filter || return
	: >"$t"/trace
	echo function >"$t"/current_tracer
	"$@"
	grep -c "$function" "$t"/trace
	echo nop >"$t"/current_tracer
	: >"$t"/set_ftrace_filter
}

# Whoever decides looks into the FDB; 10 pings are 20 frames.
an_established_conversation_needs_no_decision()
{
	local n

	add_vx0 remote 198.51.100.2 key 7
	both_stations
	reach "$a" 192.0.2.2 -c 5
	check_err $? "no way"
	if ! grep -q '^vsw_fdb_find_rcu ' /sys/kernel/tracing/available_filter_functions; then
		skip "no function tracer"
		return
	fi
	n=$(traced vsw_fdb_find_rcu reach "$a" 192.0.2.2 -c 10)
	[ "$n" -lt 10 ] || fail "the FDB was asked $n times"
	no_stations
}

# seen NS: VXLAN datagrams that NS gets are counted, and dropped
seen()
{
	in_ns "$1" nft -f - <<-EOF
		table inet seen {
			chain in {
				type filter hook input priority 0
				udp dport 4789 counter drop
			}
		}
	EOF
}

# arrived NS: how many it has got; ends the counting
arrived()
{
	in_ns "$1" nft -j list table inet seen |
		jq '[.nftables[].rule.expr[]?.counter?.packets // empty] | add'
	in_ns "$1" nft delete table inet seen
}

flooding_goes_to_all_remotes()
{
	add_vx0 remote 198.51.100.2,198.51.100.3 key 7
	forget
	ip -n "$a" neigh replace 192.0.2.9 lladdr 02:00:00:00:00:09 dev eth0 nud permanent
	seen "$b"
	seen "$c"
	unreachable "$a" 192.0.2.9
	expect_eq 3 "$(arrived "$b")" "frames at b"
	expect_eq 3 "$(arrived "$c")" "frames at c"
	ip -n "$a" neigh del 192.0.2.9 dev eth0
}

an_answer_goes_to_the_remote_that_asked()
{
	add_vx0 remote 198.51.100.2,198.51.100.3 key 7
	both_stations
	reach "$a" 192.0.2.2
	check_err $? "no way to b"
	reach "$a" 192.0.2.3
	check_err $? "no way to c"
	expect_eq "198.51.100.3 7" "$(fdb "$mac_c")" "where c is"
	# Nobody asks for anybody any more.
	ip -n "$a" neigh replace 192.0.2.2 lladdr "$mac_b" dev eth0 nud permanent
	ip -n "$a" neigh replace 192.0.2.3 lladdr "$mac_c" dev eth0 nud permanent
	seen "$b"
	reach "$a" 192.0.2.3 -c 5
	check_err $? "no way to c any more"
	expect_eq 0 "$(arrived "$b")" "frames for c at b"
	ip -n "$a" neigh del 192.0.2.2 dev eth0
	ip -n "$a" neigh del 192.0.2.3 dev eth0
	no_stations
}

# The frames of a conversation are known; only the remote of one end changes.
a_station_that_moves_is_found_at_its_new_host()
{
	add_vx0 remote 198.51.100.2,198.51.100.3 key 7
	both_stations
	reach "$a" 192.0.2.2 -c 5
	check_err $? "no way"
	no_stations
	station "$c" "$mac_b" 192.0.2.2 7 198.51.100.1
	reach "$c" 192.0.2.1
	check_err $? "no way from the new host"
	expect_eq "198.51.100.3 7" "$(fdb "$mac_b")" "where b is"
	reach "$a" 192.0.2.2 -c 5
	check_err $? "no way to the new host"
	no_stations
}

a_station_can_be_put_behind_a_remote_by_hand()
{
	add_vx0 learning off
	both_stations
	vsw fdb add vsw0 "$mac_b" port vx0 dst 198.51.100.2 vni 7
	check_err $? "not added"
	ip -n "$a" neigh replace 192.0.2.2 lladdr "$mac_b" dev eth0
	ip -n "$b" neigh replace 192.0.2.1 lladdr "$mac_a" dev t0
	reach "$a" 192.0.2.2 -c 3
	check_err $? "no way"
	expect_eq "198.51.100.2 7" "$(fdb "$mac_b")" "where b is"
	vsw fdb del vsw0 "$mac_b"
	unreachable "$a" 192.0.2.2
	check_err $? "a way without the entry"
	expect_err 1 'behind a tunnel port' vsw fdb add vsw0 "$mac_b" port pa dst 198.51.100.2
	expect_err 1 'unicast' vsw fdb add vsw0 "$mac_b" port vx0 dst 224.0.0.1
	expect_err 1 'needs a dst' vsw fdb add vsw0 "$mac_b" port vx0 vni 7
	no_stations
}

# b's broadcasts reach a, and not c.
what_came_by_a_tunnel_is_not_flooded_to_tunnels()
{
	local before

	add_vx0 remote 198.51.100.2 key 7
	ip -n "$sw" link add vx1 type vxlan external dstport 4790
	ip -n "$sw" link set vx1 mtu 1400 up
	vsw port add vsw0 vx1 remote 198.51.100.3 key 7
	both_stations
	before=$(vsw -j stats show vsw0 vx1 | jq '.[0].stats.tx_packets')
	unreachable "$b" 192.0.2.3
	check_err $? "a way through"
	expect_eq "$before" "$(vsw -j stats show vsw0 vx1 | jq '.[0].stats.tx_packets')" \
		"frames sent by the other tunnel"
	reach "$b" 192.0.2.1
	check_err $? "no way to the switch's own station"
	ip -n "$sw" link del vx1
	no_stations
}

# tag NS DEV VID ADDRESS: an address in a VLAN
tag()
{
	ip -n "$1" link add link "$2" name "$2.$3" type vlan id "$3"
	ip -n "$1" link set "$2.$3" up
	address "$1" "$4/24" "$2.$3"
}

vlans_have_their_vnis()
{
	add_vx0 remote 198.51.100.2,198.51.100.3 vlan_vni 10-11:1010,20:5
	tag "$a" eth0 11 192.0.2.11
	tag "$a" eth0 20 203.0.113.20
	station "$b" "$mac_b" 192.0.2.12 1011 198.51.100.1
	station "$c" "$mac_c" 203.0.113.22 5 198.51.100.1
	reach "$a" 192.0.2.12 -I eth0.11
	check_err $? "no way in VLAN 11"
	reach "$a" 203.0.113.22
	check_err $? "no way in VLAN 20"
	expect_eq 11 "$(vsw -j fdb show vsw0 "$mac_b" | jq '.[0].vid')" "VLAN of b"
	ip -n "$a" link del eth0.11
	ip -n "$a" link del eth0.20
	no_stations
}

a_remote_can_be_for_one_vlan_only()
{
	add_vx0 remote 198.51.100.2@10,198.51.100.3@20 vlan_vni 10:1010,20:5
	tag "$a" eth0 10 203.0.113.10
	ip -n "$a" neigh replace 203.0.113.9 lladdr 02:00:00:00:00:09 dev eth0.10
	seen "$b"
	seen "$c"
	unreachable "$a" 203.0.113.9
	expect_eq 3 "$(arrived "$b")" "frames at b"
	expect_eq 0 "$(arrived "$c")" "frames at c"
	ip -n "$a" link del eth0.10
}

frames_of_other_keys_are_dropped()
{
	local before

	add_vx0 remote 198.51.100.2 key 8
	before=$(drops tunnel-key)
	both_stations
	unreachable "$b" 192.0.2.1
	check_err $? "a way"
	[ "$(drops tunnel-key)" -gt "$before" ] || fail "no drop for tunnel-key"
	no_stations
}

vlans_without_a_vni_do_not_leave()
{
	add_vx0 remote 198.51.100.2 vlan_vni 10:1010
	ip -n "$a" neigh replace 192.0.2.9 lladdr 02:00:00:00:00:09 dev eth0
	unreachable "$a" 192.0.2.9
	[ "$(drops no-vni)" -ge 3 ] || fail "not dropped for no-vni: $(vsw -s port show vsw0)"
	ip -n "$a" neigh del 192.0.2.9 dev eth0
}

capturing()
{
	in_ns "$b" ss -H0 | grep -q u0
}

# capture [PING-ARG...]: the first VXLAN packet that b gets, as text
capture()
{
	local captured

	captured=$(mktemp)
	ip netns exec "$b" timeout 20 tcpdump -c 1 -nvvi u0 \
		'src 198.51.100.1 and udp dst port 4789' 2>/dev/null >"$captured" &
	slowwait 10 capturing
	reach "$a" 192.0.2.2 -c 3 "$@"
	wait $!
	cat "$captured"
	rm "$captured"
}

the_outer_header_is_as_the_port_says()
{
	local text

	add_vx0 remote 198.51.100.2 local 198.51.100.1 key 7 tos 72 ttl 33 df on csum on
	both_stations
	text=$(capture)
	has_line 'tos 0x48.*ttl 33.*flags \[DF\]' "$text" || fail "TOS, TTL or DF: $text"
	has_line '198.51.100.1\.[0-9]+ > 198.51.100.2.4789' "$text" || fail "addresses: $text"
	! has_line 'no cksum' "$text" || fail "checksum: $text"
	has_line 'vni 7' "$text" || fail "VNI: $text"
	no_stations
}

the_outer_header_can_be_that_of_the_frame_inside()
{
	local text

	add_vx0 remote 198.51.100.2 key 7 tos inherit ttl inherit
	both_stations
	ip -n "$a" neigh replace 192.0.2.2 lladdr "$mac_b" dev eth0
	text=$(capture -Q 0xb8 -t 21)
	has_line 'tos 0xb8.*ttl 21' "$text" || fail "TOS or TTL: $text"
	no_stations
}

flows_override_what_the_port_says()
{
	local text

	add_vx0 remote 198.51.100.3 key 9 ttl 33
	vsw port set vsw0 vx0 key flow
	both_stations
	printf '%s\n' 'in_port=vx0,actions=output:pa' \
		'in_port=pa,actions=set_field:7->tun_id,set_field:198.51.100.2->tun_dst,output:vx0' |
		vsw flow replace vsw0 file -
	text=$(capture)
	has_line 'ttl 33' "$text" || fail "TTL: $text"
	has_line 'vni 7' "$text" || fail "VNI: $text"
	vsw flow replace vsw0 file - </dev/null
	no_stations
}

settings_take_effect_at_once()
{
	add_vx0 remote 198.51.100.2 key 7
	both_stations
	reach "$a" 192.0.2.2 -c 3
	check_err $? "no way"
	vsw port set vsw0 vx0 ttl 77
	expect_eq "198.51.100.2 7" "$(fdb "$mac_b")" "where b is"
	has_line 'ttl 77' "$(capture)" || fail "the TTL is the old one"
	vsw fdb flush vsw0
	vsw port set vsw0 vx0 remote flow
	unreachable "$a" 192.0.2.2
	[ "$(drops no-remote)" -ge 1 ] || fail "no drop for no-remote"
	no_stations
}

settings_that_make_no_sense_are_refused()
{
	expect_err 1 'tunnel devices in external mode' vsw port set vsw0 pa remote 198.51.100.2
	expect_err 1 'unicast address' vsw port set vsw0 vx0 remote 224.0.0.1
	expect_err 1 'named twice' vsw port set vsw0 vx0 remote 198.51.100.2,198.51.100.2@5
	expect_err 1 'Each VLAN has one VNI' vsw port set vsw0 vx0 vlan_vni 10-20:5,20:99
	expect_err 1 'A VNI is' vsw port set vsw0 vx0 key 16777216
	expect_err 2 'VLANs and their VNI' vsw port set vsw0 vx0 vlan_vni 10
	expect_err 2 'from 1 to 255' vsw port set vsw0 vx0 ttl 0
	expect_err 2 'given twice' vsw port set vsw0 vx0 key 5 key 6
	expect_err 2 'key is missing|number or flow is missing' vsw port set vsw0 vx0 key
}

what_is_shown_can_be_typed_back()
{
	local line settings

	settings='remote 198.51.100.2,2001:db8::3@10 local 198.51.100.1 key 7 tos inherit ttl 9'
	settings+=' csum off df on vlan_vni 10-19:1010,20:5'
	# shellcheck disable=SC2086 # words
	add_vx0 $settings
	check_err $? "not added"
	line=$(vsw port show vsw0 vx0)
	has_line "$settings" "$line" || fail "shown as: $line"
	expect_eq '["198.51.100.2","2001:db8::3",10,"inherit",9,"off",true,19,1010]' \
		"$(vsw -j port show vsw0 vx0 | jq -c '.[0] | [.remote[].address,
			.remote[1].vlan, .tos, .ttl, .csum, .df, .vlan_vni[0].last,
			.vlan_vni[0].vni]')" JSON
	vsw fdb add vsw0 "$mac_c" vlan 10 port vx0 dst 198.51.100.3
	has_line "port vx0 dst 198.51.100.3 vni 1010" "$(vsw fdb show vsw0 "$mac_c")" ||
		fail "the entry is shown as: $(vsw fdb show vsw0 "$mac_c")"
	add_vx0
}

run_tests
