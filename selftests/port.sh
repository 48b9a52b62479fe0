#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# A device becomes a port and is freed by vswctl and by ip link alike; it keeps
# its number and its MTU, is promiscuous meanwhile, and can be of many kinds.
#
#	h1 ----- p1 +------+ p2 ----- h2
#	            | vsw0 |
#	            +------+ p3 ----- h3     and a port of each kind on p8 --- h8

. "$(dirname "$0")/wires.sh"

ALL_TESTS="
	vswctl_and_ip_link_make_the_same_port
	each_frees_what_the_other_made
	a_number_can_be_given
	chosen_numbers_stay_and_are_not_given_again_soon
	a_number_that_flows_use_returns_with_the_name
	settings_are_changed_and_shown
	a_port_is_named_by_name_or_number
	promiscuity_is_taken_and_returned
	receive_offload_that_merges_frames_is_off
	coming_changing_and_going_are_told
	a_deleted_device_is_no_port
	a_veth_is_a_port
	a_vlan_device_is_a_port
	a_bond_is_a_port
	a_macvlan_is_a_port
	a_tap_is_a_port
	a_dummy_is_a_port
"

setup()
{
	bench 1
	cables 2 3 8
	frames_start h1 h8
}

# port_numbers: name=number of all but LOCAL
port_numbers()
{
	vswctl -j port show vsw0 | jq -r '[.[] | select(.port_no < 65280) |
		"\(.name)=\(.port_no)"] | sort | join(" ")'
}

number_of()
{
	vswctl -j port show vsw0 "$1" | jq '.[0].port_no'
}

masters()
{
	ip -j link | jq -c 'map({(.ifname): .master}) | add | [.p2, .p3]'
}

vswctl_and_ip_link_make_the_same_port()
{
	vswctl port add vsw0 p2
	check_err $? "vswctl port add fails"
	ip link set p3 master vsw0
	check_err $? "ip link set master fails"
	expect_eq '["vsw0","vsw0"]' "$(masters)" masters
	vswctl -j -d port show vsw0 | jq -e '[.[] | select(.name == "p2" or .name == "p3") |
		del(.name, .ifindex, .port_no, .stats)] | length == 2 and .[0] == .[1]' >/dev/null
	check_err $? "$(vswctl -j -d port show vsw0)"
}

# The two of the test above
each_frees_what_the_other_made()
{
	ip link set p2 nomaster
	check_err $? "ip link set nomaster fails"
	vswctl port del vsw0 p3
	check_err $? "vswctl port del fails"
	expect_eq '[null,null]' "$(masters)" masters
	expect_eq "p1=1" "$(port_numbers)" "ports left"
	expect_err 1 . vswctl port del vsw0 p3
}

a_number_can_be_given()
{
	vswctl port add vsw0 p2 number 65279
	vswctl port add vsw0 p3 number 77
	expect_eq "p1=1 p2=65279 p3=77" "$(port_numbers)"
	vswctl port del vsw0 77
	vswctl port del vsw0 p2
}

chosen_numbers_stay_and_are_not_given_again_soon()
{
	local two three

	vswctl port add vsw0 p2
	two=$(number_of p2)
	vswctl port del vsw0 p2
	vswctl port add vsw0 p3
	three=$(number_of p3)
	[ "$two" != "$three" ] || fail "p3 has got the number of p2"
	vswctl port add vsw0 p2
	expect_eq "$three" "$(number_of p3)" "number of p3"
	expect_eq 1 "$(number_of p1)" "number of p1"
	vswctl port del vsw0 p2
	vswctl port del vsw0 p3
}

a_number_that_flows_use_returns_with_the_name()
{
	local two

	vswctl port add vsw0 p2
	two=$(number_of p2)
	vswctl flow add vsw0 "priority=7,dl_type=0x1234,actions=output:$two"
	vswctl port del vsw0 p2
	vswctl port add vsw0 p3
	vswctl port add vsw0 p2
	expect_eq "$two" "$(number_of p2)" "number of p2"
	vswctl flow del vsw0 dl_type=0x1234
	vswctl port del vsw0 p2
	vswctl port del vsw0 p3
}

settings_are_changed_and_shown()
{
	vswctl port add vsw0 p2 learning off flood off mcast_flood off bcast_flood off \
		isolated on hairpin on fdb_max 9
	check_err $? "port add with settings fails"
	port_is p2 '[.learning, .flood, .mcast_flood, .bcast_flood, .isolated, .hairpin,
		.fdb_max] == [false, false, false, false, true, true, 9]'
	check_err $? "after add: $(vswctl -j port show vsw0 p2)"
	vswctl port set vsw0 p2 flood on hairpin off
	port_is p2 '[.learning, .flood, .mcast_flood, .bcast_flood, .isolated, .hairpin,
		.fdb_max] == [false, true, false, false, true, false, 9]'
	check_err $? "after set: $(vswctl -j port show vsw0 p2)"
	vswctl port del vsw0 p2
	vswctl port add vsw0 p2
	port_is p2 '[.learning, .flood, .mcast_flood, .bcast_flood, .isolated, .hairpin,
		.fdb_max] == [true, true, true, true, false, false, 0]'
	check_err $? "a new port is not as by default: $(vswctl -j port show vsw0 p2)"
	vswctl port del vsw0 p2
}

a_port_is_named_by_name_or_number()
{
	vswctl port set vsw0 1 isolated on
	port_is p1 '.isolated'
	check_err $? "not set by number"
	port_is 1 '.name == "p1"'
	check_err $? "not shown by number"
	vswctl port set vsw0 p1 isolated off
	port_is LOCAL '.port_no == 4294967294'
	check_err $? "LOCAL is not shown"
}

promiscuity()
{
	ip -d -j link show "$1" | jq '.[0].promiscuity'
}

promiscuity_is_taken_and_returned()
{
	expect_eq 0 "$(promiscuity p2)" before
	vswctl port add vsw0 p2
	expect_eq 1 "$(promiscuity p2)" "as a port"
	vswctl port del vsw0 p2
	expect_eq 0 "$(promiscuity p2)" after
	ip link set p2 promisc on
	vswctl port add vsw0 p2
	vswctl port del vsw0 p2
	expect_eq 1 "$(promiscuity p2)" "set by the user, after"
	ip link set p2 promisc off
}

# A bond without slaves can do it and has it on.
receive_offload_that_merges_frames_is_off()
{
	ip link add bond8 type bond
	ethtool -k bond8 | grep -q 'large-receive-offload: on'
	check_err $? "this bond has no large-receive-offload"
	vswctl port add vsw0 bond8
	ethtool -k bond8 | grep -q 'large-receive-offload: off'
	check_err $? "large-receive-offload is on"
	ip link del bond8
}

coming_changing_and_going_are_told()
{
	watch_events
	vswctl port add vsw0 p2 number 22
	vswctl port set vsw0 p2 isolated on
	ip link set p2 nomaster
	expect_event '(.event | test("port-new")) and .name == "p2" and .port_no == 22'
	expect_event '(.event | test("port-new")) and .name == "p2" and .isolated'
	expect_event '(.event | test("port-del")) and .name == "p2" and .port_no == 22'
	watch_end
}

a_deleted_device_is_no_port()
{
	vswctl port add vsw0 p3
	ip link del h3
	expect_eq "p1=1" "$(port_numbers)" "ports left"
}

running()
{
	ip -j link show "$1" | jq -e '.[0].flags | index("LOWER_UP")' >/dev/null
}

# through HOST PORT: frames cross between h1 and HOST, which is at PORT
through()
{
	ip link set "$2" up
	vswctl port add vsw0 "$2"
	check_err $? "$2 is refused"
	slowwait 5 running "$2" || fail "$2 has no carrier"
	frame "h1 eth src=$A dst=$bcast data => $1 same"
	frame "$1 eth src=$B dst=$A data => h1 same"
	vswctl port del vsw0 "$2"
}

a_veth_is_a_port()
{
	through h8 p8
}

a_vlan_device_is_a_port()
{
	ip link add link p8 name p8.5 type vlan id 5
	ip link add link h8 name h8.5 type vlan id 5
	ip link set h8.5 up
	frame "close h8"
	frame "open h8.5"
	through h8.5 p8.5
	frame "close h8.5"
	frame "open h8"
	ip link del p8.5
	ip link del h8.5
}

a_bond_is_a_port()
{
	ip link add bond8 type bond mode active-backup miimon 50
	ip link set p8 down
	ip link set p8 master bond8
	through h8 bond8
	ip link del bond8
	ip link set p8 up
}

a_macvlan_is_a_port()
{
	ip link add link p8 name mv8 type macvlan mode passthru
	through h8 mv8
	ip link del mv8
}

# Frames cross taps in tcp.sh; without a program it has no carrier.
a_tap_is_a_port()
{
	ip tuntap add tap8 mode tap
	vswctl port add vsw0 tap8
	check_err $? "a tap is refused"
	port_is tap8 '.name == "tap8"'
	check_err $? "a tap is not shown"
	ip link del tap8
}

a_dummy_is_a_port()
{
	ip link add d8 type dummy
	ip link set d8 up
	vswctl port add vsw0 d8
	check_err $? "a dummy is refused"
	# Markers need another host: h8.
	vswctl port add vsw0 p8
	frame "h1*5 eth src=$A dst=$bcast data => h8*5 same"
	port_is d8 '.stats.tx_packets >= 5'
	check_err $? "the dummy got no frame"
	vswctl port del vsw0 p8
	ip link del d8
}

run_tests
