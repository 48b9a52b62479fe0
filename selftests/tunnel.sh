#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Tunnel devices in external mode are ports: flows match and write the outer
# header. The other end is plain Linux, or a switch of its own.
#
#	 namespace $a          namespace $sw                    namespace $b
#	+-------------+   +--------------------------+   +----------------------+
#	|    eth0     |   |  pa +------+ vx0 gn0 ... |   |  a device of the     |
#	| 192.0.2.1 --+---+-----| vsw0 |------+      |   |  same kind, with a   |
#	|             |   |     +------+      |      |   |  fixed remote, and   |
#	+-------------+   |                  u0 -----+---+ u0  192.0.2.2 on it  |
#	                  +--------------------------+   +----------------------+
#
# u0 is the underlay: 198.51.100.1 and .2, 2001:db8::1 and ::2.

. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	a_vxlan_reaches_plain_linux_over_ipv4
	a_vxlan_reaches_plain_linux_over_ipv6
	a_geneve_reaches_plain_linux
	a_gretap_reaches_plain_linux
	an_ip6gretap_reaches_plain_linux
	a_stream_is_carried_in_large_packets
	the_outer_header_is_as_flows_say
	the_outer_header_is_matched
	a_frame_that_came_by_no_tunnel_has_no_outer_header
	groups_of_vxlan_are_written_and_matched
	an_option_of_geneve_is_written_and_matched
	copies_go_to_many_remotes
	without_a_remote_a_frame_is_dropped_with_a_reason
	a_header_received_is_not_sent_on
	a_tunnel_that_is_not_external_is_a_plain_port
	a_port_that_goes_takes_its_frames_along
	punted_frames_tell_their_outer_header
	what_is_shown_can_be_typed_back
"

# Known to each other, so that each ping is one frame.
mac_a=02:00:00:00:00:01
mac_b=02:00:00:00:00:02

setup()
{
	setup_ns sw a b
	add_switch vsw0
	veth_port "$a" pa
	address "$a" 192.0.2.1/24
	ip -n "$a" link set eth0 address $mac_a
	ip -n "$a" neigh add 192.0.2.2 lladdr $mac_b dev eth0
	in_ns "$a" sysctl -qw net.ipv6.conf.eth0.disable_ipv6=1
	ip -n "$sw" link add u0 type veth peer name u0 netns "$b"
	ip -n "$sw" link set u0 up
	ip -n "$b" link set u0 up
	in_ns "$b" sysctl -qw net.ipv6.conf.default.disable_ipv6=1
	address "$sw" 198.51.100.1/24 u0
	address "$sw" 2001:db8::1/64 u0
	address "$b" 198.51.100.2/24 u0
	address "$b" 198.51.100.3/24 u0
	address "$b" 2001:db8::2/64 u0
	ip -n "$sw" link add vx0 type vxlan external dstport 4789
	tunnel_port vx0
}

vsw()
{
	vswctl -n "$sw" "$@"
}

# tunnel_port DEV: it becomes a port
tunnel_port()
{
	ip -n "$sw" link set "$1" mtu 1400 up && vsw port add vsw0 "$1"
}

# flows FLOW...: these are the flows of vsw0
flows()
{
	printf '%s\n' "$@" | vsw flow replace vsw0 file - || fail "flows not accepted: $*"
}

# to_remote PORT ID REMOTE-FIELD REMOTE: all goes by the tunnel and back
to_remote()
{
	local src=${3/dst/src}

	flows "in_port=pa,actions=set_field:$2->tun_id,set_field:$4->$3,output:$1" \
		"in_port=$1,tun_id=$2,$src=$4,actions=output:pa"
}

# far_end KIND ARG...: $b has such a device, t0, with an address on it
far_end()
{
	ip -n "$b" link add t0 address "$mac_b" type "$@" &&
		ip -n "$b" link set t0 mtu 1400 up &&
		address "$b" 192.0.2.2/24 t0 &&
		ip -n "$b" neigh add 192.0.2.1 lladdr "$mac_a" dev t0
}

no_far_end()
{
	ip -n "$b" link del t0
}

# has_kind KIND: the kernel knows this kind of device
has_kind()
{
	ip -n "$sw" link add probe0 type "$1" external 2>/dev/null &&
		ip -n "$sw" link del probe0
}

a_vxlan_reaches_plain_linux_over_ipv4()
{
	to_remote vx0 7 tun_dst 198.51.100.2
	far_end vxlan id 7 remote 198.51.100.1 dstport 4789 || fail "no far end"
	reach "$a" 192.0.2.2
	check_err $? "no way"
	reach "$a" 192.0.2.2 -s 1372 -M 'do'
	check_err $? "no way for packets of full size"
	no_far_end
}

a_vxlan_reaches_plain_linux_over_ipv6()
{
	to_remote vx0 8 tun_ipv6_dst 2001:db8::2
	far_end vxlan id 8 remote 2001:db8::1 dstport 4789 || fail "no far end"
	reach "$a" 192.0.2.2
	check_err $? "no way"
	no_far_end
}

# other_kind KIND PORT REMOTE-FIELD REMOTE ARG...: as with VXLAN
other_kind()
{
	local kind=$1 port=$2 field=$3 remote=$4

	shift 4
	has_kind "$kind" || { skip "no $kind"; return; }
	ip -n "$sw" link add "$port" type "$kind" external
	tunnel_port "$port" || fail "$kind is no port"
	to_remote "$port" 9 "$field" "$remote"
	far_end "$kind" "$@" || fail "no far end"
	reach "$a" 192.0.2.2
	check_err $? "no way"
	no_far_end
	ip -n "$sw" link del "$port"
}

a_geneve_reaches_plain_linux()
{
	other_kind geneve gn0 tun_dst 198.51.100.2 id 9 remote 198.51.100.1
}

a_gretap_reaches_plain_linux()
{
	other_kind gretap gr0 tun_dst 198.51.100.2 key 9 remote 198.51.100.1 local 198.51.100.2
}

an_ip6gretap_reaches_plain_linux()
{
	other_kind ip6gretap gs0 tun_ipv6_dst 2001:db8::2 \
		key 9 remote 2001:db8::1 local 2001:db8::2 encaplimit none
}

# listening NS PORT
listening()
{
	in_ns "$1" ss -Hltn "sport = $2" | grep -q .
}

# underlay DIRECTION: packets that u0 of the switch has seen
underlay()
{
	ip -n "$sw" -s -j link show u0 | jq ".[0].stats64.$1.packets"
}

# iperf3_between CLIENT SERVER ADDRESS: 8 megabytes arrive
iperf3_between()
{
	ip netns exec "$2" iperf3 --server --one-off >/dev/null &
	slowwait 20 listening "$2" 5201 || fail "no server"
	in_ns "$1" iperf3 --client "$3" --bytes 8M >/dev/null
	check_err $? "no stream from $1 to $2"
	wait $!
}

# 8 MB in packets of 1400 bytes would be 6000; they stay whole up to the far end.
a_stream_is_carried_in_large_packets()
{
	local before

	to_remote vx0 7 tun_dst 198.51.100.2
	far_end vxlan id 7 remote 198.51.100.1 dstport 4789
	ip -n "$a" link set eth0 mtu 1400
	before=$(underlay tx)
	iperf3_between "$a" "$b" 192.0.2.2
	[ $(($(underlay tx) - before)) -lt 5000 ] || fail "cut on the way to the far end"
	before=$(underlay rx)
	iperf3_between "$b" "$a" 192.0.2.1
	[ $(($(underlay rx) - before)) -lt 5000 ] || fail "cut on the way from the far end"
	no_far_end
}

# capture FILTER: one packet of the underlay that passes it, as text
capture()
{
	ip netns exec "$b" timeout 20 tcpdump -c 1 -nvvi u0 "$1" 2>/dev/null >"$captured" &
	slowwait 10 capturing
	reach "$a" 192.0.2.2 -c 3
	wait $!
	cat "$captured"
}

capturing()
{
	in_ns "$b" ss -H0 | grep -q u0
}

the_outer_header_is_as_flows_say()
{
	local captured text

	captured=$(mktemp)
	far_end vxlan id 66 remote 198.51.100.1 dstport 4789
	flows "in_port=pa,actions=set_field:0x42->tun_id,set_field:198.51.100.3->tun_dst,$(
		)set_field:198.51.100.1->tun_src,set_field:0xb8->tun_tos,$(
		)set_field:33->tun_ttl,output:vx0"
	text=$(capture 'src 198.51.100.1 and udp dst port 4789')
	has_line 'tos 0xb8.*ttl 33' "$text" || fail "TOS or TTL: $text"
	has_line '198.51.100.1\.[0-9]+ > 198.51.100.3.4789' "$text" || fail "addresses: $text"
	has_line 'vni 66' "$text" || fail "VNI: $text"
	rm "$captured"
	no_far_end
}

# counted COOKIE: frames of vsw0's flow with this cookie
counted()
{
	vsw -j flow show vsw0 "cookie=$1/-1" | jq '.[0].packets'
}

the_outer_header_is_matched()
{
	local cookie

	far_end vxlan id 7 remote 198.51.100.1 dstport 4789 ttl 17 tos 0x20
	flows "in_port=pa,actions=set_field:7->tun_id,set_field:198.51.100.2->tun_dst,output:vx0" \
		"cookie=1,priority=40009,in_port=vx0,tun_id=8,actions=drop" \
		"cookie=2,priority=40009,in_port=vx0,tun_src=198.51.100.3,actions=drop" \
		"cookie=3,priority=40009,in_port=vx0,tun_ttl=18,actions=drop" \
		"cookie=4,priority=40009,in_port=vx0,tun_flags=+oam,actions=drop" \
		"cookie=5,priority=40009,in_port=vx0,tun_ipv6_src=2001:db8::/32,actions=drop" \
		"cookie=6,priority=40008,in_port=vx0,tun_id=0x3/0xf,actions=drop" \
		"cookie=7,in_port=vx0,tun_id=0x7/0xf,tun_src=198.51.100.0/24,$(
		)tun_dst=198.51.100.1,tun_ttl=17,tun_tos=0x20,tun_flags=-oam,actions=output:pa"
	reach "$a" 192.0.2.2 -c 4
	check_err $? "no way"
	for cookie in 1 2 3 4 5 6; do
		expect_eq 0 "$(counted "$cookie")" "frames of flow $cookie"
	done
	[ "$(counted 7)" -ge 4 ] || fail "$(counted 7) frames of flow 7"
	no_far_end
}

a_frame_that_came_by_no_tunnel_has_no_outer_header()
{
	flows "cookie=1,priority=40009,tun_id=0,tun_src=0.0.0.0,tun_ipv6_src=::,actions=drop" \
		"cookie=2,actions=drop"
	unreachable "$a" 192.0.2.2
	[ "$(counted 1)" -ge 3 ] || fail "$(counted 1) frames have none"
	expect_eq 0 "$(counted 2)" "frames that have one"
}

# The mark of what a host sends is the group, and the group of what it gets is
# the mark.
groups_of_vxlan_are_written_and_matched()
{
	ip -n "$sw" link del vx0
	ip -n "$sw" link add vx0 type vxlan external dstport 4789 gbp
	tunnel_port vx0 || fail "a vxlan with gbp is no port"
	far_end vxlan id 7 remote 198.51.100.1 dstport 4789 gbp
	in_ns "$b" nft -f - <<-EOF
		table inet groups {
			chain in {
				type filter hook input priority 0
				iifname t0 ip protocol icmp meta mark 0x55 counter accept
				iifname t0 ip protocol icmp drop
			}
			chain out {
				type route hook output priority 0
				oifname t0 meta mark set 0x66
			}
		}
	EOF
	check_err $? "no rules"
	flows "in_port=pa,actions=set_field:7->tun_id,set_field:198.51.100.2->tun_dst,$(
		)set_field:0x55->tun_gbp_id,output:vx0" \
		"cookie=1,in_port=vx0,tun_gbp_id=0x66,tun_gbp_flags=0,actions=output:pa"
	reach "$a" 192.0.2.2 -c 2
	check_err $? "no way with the right group"
	flows "in_port=pa,actions=set_field:7->tun_id,set_field:198.51.100.2->tun_dst,$(
		)set_field:0x54->tun_gbp_id,output:vx0" "in_port=vx0,actions=output:pa"
	unreachable "$a" 192.0.2.2
	check_err $? "a way with another group"
	in_ns "$b" nft delete table inet groups
	no_far_end
	ip -n "$sw" link del vx0
	ip -n "$sw" link add vx0 type vxlan external dstport 4789
	tunnel_port vx0
}

# captured_option: what $b gets, as text
captured_option()
{
	captured=$(mktemp)
	ip netns exec "$b" timeout 20 tcpdump -c 1 -nvvi u0 udp dst port 6081 2>/dev/null \
		>"$captured" &
	slowwait 10 capturing
	reach "$a" 192.0.2.2 -c 3
	wait $!
	cat "$captured"
	rm "$captured"
}

# The far end is a switch too, which answers with another option.
an_option_of_geneve_is_written_and_matched()
{
	local captured text

	has_kind geneve || { skip "no geneve"; return; }
	ip -n "$sw" link add gn0 type geneve external
	tunnel_port gn0 || fail "geneve is no port"
	vswctl -n "$b" switch add far0
	ip -n "$b" link set far0 address "$mac_b" up
	address "$b" 192.0.2.2/24 far0
	ip -n "$b" neigh add 192.0.2.1 lladdr "$mac_a" dev far0
	ip -n "$b" link add gn0 type geneve external
	ip -n "$b" link set gn0 mtu 1400 up
	vswctl -n "$b" port add far0 gn0 key 9 remote 198.51.100.1
	printf '%s\n' "in_port=LOCAL,actions=set_field:0x103->tun_opt_class,$(
		)set_field:7->tun_opt_data,output:gn0" \
		"in_port=gn0,tun_opt_class=0x102,tun_opt_type=0x80,$(
		)tun_opt_data=0x800000/0xff0000,actions=LOCAL" "priority=1,actions=drop" |
		vswctl -n "$b" flow replace far0 file -
	flows "in_port=pa,actions=set_field:9->tun_id,set_field:198.51.100.2->tun_dst,$(
		)set_field:0x102->tun_opt_class,set_field:0x80->tun_opt_type,$(
		)set_field:0x800022->tun_opt_data,output:gn0" \
		"in_port=gn0,tun_opt_class=0x103,tun_opt_type=0,tun_opt_data=7,actions=output:pa"
	text=$(captured_option)
	has_line 'options \[class .*0x0?102.* type 0x80\(C\) len 8 data 00800022\]' "$text" ||
		fail "captured: $text"
	reach "$a" 192.0.2.2
	check_err $? "no way with the right options"
	flows "in_port=pa,actions=set_field:9->tun_id,set_field:198.51.100.2->tun_dst,$(
		)set_field:0x102->tun_opt_class,set_field:0x80->tun_opt_type,output:gn0" \
		"in_port=gn0,actions=output:pa"
	unreachable "$a" 192.0.2.2
	check_err $? "a way with another option"
	vswctl -n "$b" switch del far0
	ip -n "$b" link del gn0
	ip -n "$sw" link del gn0
}

# arrived: datagrams of VXLAN that $b has got, for each of its addresses
arrived()
{
	in_ns "$b" nft -j list table inet seen |
		jq -c '[.nftables[].rule.expr[]?.counter?.packets // empty]'
}

copies_go_to_many_remotes()
{
	in_ns "$b" nft -f - <<-EOF
		table inet seen {
			chain in {
				type filter hook input priority 0
				ip daddr 198.51.100.2 udp dport 4789 counter drop
				ip daddr 198.51.100.3 udp dport 4789 counter drop
				ip6 daddr 2001:db8::2 udp dport 4789 counter drop
			}
		}
	EOF
	flows "in_port=pa,actions=set_field:7->tun_id,set_field:198.51.100.2->tun_dst,output:vx0,$(
		)set_field:8->tun_id,set_field:198.51.100.3->tun_dst,output:vx0,$(
		)set_field:2001:db8::2->tun_ipv6_dst,output:vx0"
	unreachable "$a" 192.0.2.2
	expect_eq '[3,3,3]' "$(arrived)" "what has arrived"
	in_ns "$b" nft delete table inet seen
}

# drops PORT: for no-remote
drops()
{
	vsw -j stats show vsw0 "$1" | jq '.[0].stats.drops["no-remote"] // 0'
}

without_a_remote_a_frame_is_dropped_with_a_reason()
{
	flows "in_port=pa,actions=set_field:7->tun_id,output:vx0"
	unreachable "$a" 192.0.2.2
	[ "$(drops pa)" -ge 3 ] || fail "$(drops pa) drops by a flow"
	flows "in_port=pa,actions=normal"
	unreachable "$a" 192.0.2.2
	[ "$(drops vx0)" -ge 3 ] || fail "$(drops vx0) drops by normal"
}

# It would go to the switch itself.
a_header_received_is_not_sent_on()
{
	local before

	before=$(drops vx0)
	far_end vxlan id 7 remote 198.51.100.1 dstport 4789
	flows "in_port=vx0,tun_dst=198.51.100.1,actions=in_port"
	unreachable "$b" 192.0.2.1
	[ "$(drops vx0)" -ge $((before + 3)) ] || fail "$(drops vx0) drops"
	no_far_end
}

a_tunnel_that_is_not_external_is_a_plain_port()
{
	ip -n "$sw" link add vx1 type vxlan id 5 remote 198.51.100.2 dstport 4790
	tunnel_port vx1
	far_end vxlan id 5 remote 198.51.100.1 dstport 4790
	flows "in_port=pa,actions=output:vx1" "in_port=vx1,tun_id=0,actions=output:pa"
	reach "$a" 192.0.2.2
	check_err $? "no way"
	no_far_end
	ip -n "$sw" link del vx1
}

a_port_that_goes_takes_its_frames_along()
{
	local i

	to_remote vx0 7 tun_dst 198.51.100.2
	far_end vxlan id 7 remote 198.51.100.1 dstport 4789
	ip netns exec "$a" ping -q -f -w 60 192.0.2.2 >/dev/null 2>&1 &
	for i in 1 2 3; do
		ip -n "$sw" link del vx0
		ip -n "$sw" link add vx0 type vxlan external dstport 4789
		tunnel_port vx0
	done
	kill $!
	wait $! 2>/dev/null
	reach "$a" 192.0.2.2
	check_err $? "no way after the port has come back"
	no_far_end
}

# has_listener: of vsw0
has_listener()
{
	[ "$(vsw -j punt show vsw0 | jq length)" = 1 ]
}

punted_frames_tell_their_outer_header()
{
	local out pid

	out=$(mktemp)
	far_end vxlan id 7 remote 198.51.100.1 dstport 4789 ttl 17
	flows "in_port=vx0,actions=punt" "in_port=pa,actions=punt"
	ip netns exec "$sw" timeout 60 vswctl -j punt listen vsw0 count 1 >"$out" &
	pid=$!
	slowwait 20 has_listener || fail "nobody listens"
	ip netns exec "$b" ping -q -i 0.5 -w 60 192.0.2.1 >/dev/null 2>&1 &
	wait "$pid"
	kill $!
	expect_eq '["0x7","198.51.100.2","198.51.100.1","0x11"]' \
		"$(jq -c '.fields | [.tun_id, .tun_src, .tun_dst, .tun_ttl]' "$out")" "fields"
	rm "$out"
	no_far_end
}

what_is_shown_can_be_typed_back()
{
	local flow='priority=5,tun_id=0x7,tun_src=198.51.100.0/24,tun_ipv6_dst=2001:db8::1'

	flow+=',tun_tos=3,tun_ttl=9,tun_flags=oam,tun_gbp_id=5,tun_gbp_flags=0x8'
	flow+=',tun_opt_class=0x102,tun_opt_type=0x80,tun_opt_data=0x22'
	flow+=' actions=set_field:0x5->tun_id,set_field:2001:db8::2->tun_ipv6_dst,output:1'
	flows "${flow/ /,}"
	expect_eq "$flow" "$(vsw flow show vsw0 | sed 's/.*\(priority=5\)/\1/')" "flow"
	expect_err 2 'from 0 to 65535' vsw flow add vsw0 tun_gbp_id=65536,actions=drop
	expect_err 2 'expected oam' vsw flow add vsw0 tun_flags=+csum,actions=drop
}

run_tests
