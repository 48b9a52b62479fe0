#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# A switch is a device of kind vsw: vswctl and ip link make, change, show and
# delete the same thing; it has an address, an MTU, a state and limits.
#
#	vsw0 with p1 --- h1 and p2 --- h2; vsw1, vsw2, ... without ports

. "$(dirname "$0")/wires.sh"

ALL_TESTS="
	vswctl_and_ip_link_make_the_same_switch
	each_deletes_what_the_other_made
	a_second_switch_of_that_name_is_refused
	what_is_not_a_switch_is_not_deleted
	settings_are_changed_and_shown
	settings_out_of_range_are_refused
	ip_link_shows_kind_and_settings
	ip_link_sets_our_settings
	ip_link_shows_no_long_list_of_vlans
	ports_are_limited
	flows_are_limited
	switches_are_limited_per_namespace
	the_address_can_be_set_and_is_in_the_fdb
	the_mtu_can_be_set
	a_switch_that_is_down_forwards_nothing
	the_carrier_is_that_of_its_ports
	coming_changing_and_going_are_told
	netpoll_is_refused
	a_deleted_switch_frees_its_ports
"

setup()
{
	# iproute2 looks for what prints our attributes here.
	export IP_LIB_DIR="$VSW_TREE/userspace/iproute2"
	bench 1 2
}

link()
{
	ip -d -j link show "$1" | jq -c ".[0] | $2"
}

vswctl_and_ip_link_make_the_same_switch()
{
	vswctl switch add vsw1
	check_err $? "vswctl switch add fails"
	ip link add vsw2 type vsw
	check_err $? "ip link add fails"
	vswctl -j -d switch show | jq -e '[.[] | select(.switch != "vsw0") |
		del(.switch, .ifindex, .stats)] | length == 2 and .[0] == .[1]' >/dev/null
	check_err $? "$(vswctl -j -d switch show)"
	ip -d -j link show type vsw | jq -e '[.[] | select(.ifname != "vsw0") |
		del(.ifname, .ifindex, .address)] | length == 2 and .[0] == .[1]' >/dev/null
	check_err $? "$(ip -d -j link show type vsw)"
}

# The two of the test above
each_deletes_what_the_other_made()
{
	ip link del vsw1
	check_err $? "ip link del fails"
	vswctl switch del vsw2
	check_err $? "vswctl switch del fails"
	expect_eq '["vsw0"]' "$(vswctl -j switch show | jq -c 'map(.switch)')" "vswctl shows"
	expect_eq '["vsw0"]' "$(ip -j link show type vsw |
		jq -c 'map(.ifname // empty)')" "ip shows"
}

a_second_switch_of_that_name_is_refused()
{
	expect_err 1 exists vswctl switch add vsw0
	expect_err 2 exists ip link add vsw0 type vsw
	expect_err 1 exists vswctl switch add p1
	switch_is '.ports == 2'
	check_err $? "the first one has suffered"
}

what_is_not_a_switch_is_not_deleted()
{
	expect_err 1 '[Nn]o.*switch|not.*switch|No such' vswctl switch del nothing
	expect_err 1 '[Nn]o.*switch|not.*switch' vswctl switch del h1
	expect_err 1 . vswctl switch show nothing
	ip link show h1 >/dev/null
	check_err $? "h1 is gone"
}

settings_are_changed_and_shown()
{
	vswctl switch add vsw1 ageing 20 group_fwd_mask 0x8 ports_max 5 flows_max 6 fdb_max 7
	check_err $? "switch add with settings fails"
	switch_is '[.ageing, .group_fwd_mask, .ports_max, .flows_max, .fdb_max] ==
		[20, 8, 5, 6, 7]' vsw1
	check_err $? "after add: $(vswctl -j switch show vsw1)"
	vswctl switch set vsw1 ageing 30 ports_max 8
	switch_is '[.ageing, .group_fwd_mask, .ports_max, .flows_max, .fdb_max] ==
		[30, 8, 8, 6, 7]' vsw1
	check_err $? "after set: $(vswctl -j switch show vsw1)"
	vswctl switch del vsw1
}

settings_out_of_range_are_refused()
{
	local setting

	for setting in "ageing 1000001" "ageing -1" "ageing x" "group_fwd_mask 1" \
		"ports_max 4095" "colour 3" "ageing"; do
		# shellcheck disable=SC2086
		vswctl switch set vsw0 $setting 2>/dev/null
		check_fail $? "'$setting' is accepted"
	done
	switch_is '.ageing == 300 and .ports_max == 4094 and .group_fwd_mask == 0'
	check_err $? "a refused setting has changed something"
}

ip_link_shows_kind_and_settings()
{
	expect_eq '"vsw"' "$(link vsw0 .linkinfo.info_kind)" kind
	expect_eq 300 "$(link vsw0 .linkinfo.info_data.ageing)" ageing
	expect_eq 4094 "$(link vsw0 .linkinfo.info_data.ports_max)" ports_max
	expect_eq '["vsw0","vsw",1]' "$(link p1 '[.master, .linkinfo.info_slave_kind,
		.linkinfo.info_slave_data.port_no]')" "the port's master, kind and number"
	expect_eq true "$(link p1 '.linkinfo.info_slave_data.learning | . == 1 or . == true')" \
		"the port's settings"
}

ip_link_sets_our_settings()
{
	ip link add vsw1 type vsw ageing 77
	check_err $? "ip link add with ageing fails"
	switch_is '.ageing == 77' vsw1
	check_err $? "ageing is not 77"
	ip link set vsw1 type vsw ageing 78
	switch_is '.ageing == 78' vsw1
	check_err $? "ageing is not 78"
	ip link set p1 type vsw_slave isolated on
	port_is p1 .isolated
	check_err $? "ip link does not set isolated"
	ip link set p1 type vsw_slave isolated off
	ip link set p1 type vsw_slave vlan_mode trunk trunks 10,20-29
	port_is p1 '.vlan_trunk == [{"first": 10, "last": 10}, {"first": 20, "last": 29}]'
	check_err $? "ip link does not set trunks"
	expect_err 1 'wrong value of "trunks"' ip link set p1 type vsw_slave trunks 10,5-4
	ip link set p1 type vsw_slave vlan_mode trunk
	port_is p1 '.vlan_trunk == []'
	check_err $? "ip link vlan_mode does not reset the trunks"
	ip link del vsw1
}

# Who lists all links may have a small buffer.
ip_link_shows_no_long_list_of_vlans()
{
	vswctl port set vsw0 p1 trunks "$(seq -s, 2 2 32)"
	expect_eq 16 "$(link p1 '.linkinfo.info_slave_data.vlan_trunk | length')" "16 ranges"
	vswctl port set vsw0 p1 trunks "$(seq -s, 2 2 200)"
	expect_eq null "$(link p1 .linkinfo.info_slave_data.vlan_trunk)" "100 ranges"
	port_is p1 '.vlan_trunk | length == 100'
	check_err $? "vswctl does not show 100 ranges"
	vswctl port set vsw0 p1 trunks all
}

ports_are_limited()
{
	vswctl switch add vsw1 ports_max 2
	ip -batch - <<-EOF
		link add d1 type dummy
		link add d2 type dummy
		link add d3 type dummy
	EOF
	vswctl port add vsw1 d1
	ip link set d2 master vsw1
	expect_err 1 '\b2\b' vswctl port add vsw1 d3
	expect_err 2 '\b2\b' ip link set d3 master vsw1
	switch_is '.ports == 2' vsw1
	check_err $? "not 2 ports"
	expect_err 1 '\b2\b' vswctl switch set vsw1 ports_max 1
	vswctl port del vsw1 d1
	vswctl port add vsw1 d3
	check_err $? "no room after a port has gone"
	ip link del vsw1
	printf 'link del %s\n' d1 d2 d3 | ip -batch -
}

flows_are_limited()
{
	vswctl switch add vsw1 flows_max 2
	vswctl flow add vsw1 in_port=1,actions=drop
	vswctl flow add vsw1 in_port=2,actions=drop
	expect_err 1 '\b2\b' vswctl flow add vsw1 in_port=3,actions=drop
	vswctl flow add vsw1 in_port=2,actions=normal
	check_err $? "a flow can't be replaced when the tables are full"
	expect_err 1 '\b2\b' vswctl switch set vsw1 flows_max 1
	switch_is '.flows == 2' vsw1
	check_err $? "not 2 flows"
	ip link del vsw1
}

switches_are_limited_per_namespace()
{
	local limit=/sys/module/vsw/parameters/max_switches old

	read -r old <"$limit"
	echo 3 >"$limit"
	setup_ns other
	vswctl switch add vsw1
	vswctl switch add vsw2
	expect_err 1 max_switches vswctl switch add vsw3
	expect_err 2 max_switches ip link add vsw3 type vsw
	vswctl -n "$other" switch add vsw3
	check_err $? "another namespace is limited as well"
	ip link del vsw2
	vswctl switch add vsw3
	check_err $? "no room after a switch has gone"
	echo "$old" >"$limit"
	printf 'link del %s\n' vsw1 vsw3 | ip -batch -
	cleanup_ns "$other"
}

the_address_can_be_set_and_is_in_the_fdb()
{
	local first

	first=$(link vsw0 .address)
	fdb_is "${first//\"/}" true
	check_err $? "the first address is not in the FDB"
	ip link set vsw0 address 02:aa:00:00:00:01
	check_err $? "it can't be set"
	expect_eq '"02:aa:00:00:00:01"' "$(link vsw0 .address)" address
	fdb_is 02:aa:00:00:00:01 true
	check_err $? "the new address is not in the FDB"
	fdb_lacks "${first//\"/}"
	check_err $? "the old address is still in the FDB"
	expect_err 2 . ip link set vsw0 address 01:00:00:00:00:01
	expect_err 2 . ip link set vsw0 address 00:00:00:00:00:00
}

the_mtu_can_be_set()
{
	ip link set vsw0 mtu 9000
	check_err $? "it can't be set"
	expect_eq '[9000,1500,1500]' "$(ip -j link |
		jq -c 'map({(.ifname): .mtu}) | add | [.vsw0, .p1, .p2]')" "MTU of vsw0, p1, p2"
	ip link set vsw0 mtu 1500
}

# A frame to all, from h1, and whether it came to h2
heard()
{
	local before

	before=$(ip -s -j link show h2 | jq '.[0].stats64.rx.packets')
	arping -q -D -c 1 -w 1 -I h1 192.0.2.1
	[ "$(ip -s -j link show h2 | jq '.[0].stats64.rx.packets')" -gt "$before" ]
}

a_switch_that_is_down_forwards_nothing()
{
	heard
	check_err $? "nothing arrives while it is up"
	ip link set vsw0 down
	heard
	check_fail $? "it forwards while it is down"
	ip link set vsw0 up
	heard
	check_err $? "nothing arrives when it is up again"
}

operstate_is()
{
	[ "$(link vsw0 .operstate)" = "\"$1\"" ]
}

the_carrier_is_that_of_its_ports()
{
	slowwait 5 operstate_is UP || fail "not up with two ports"
	ip link set h1 down
	slowwait 5 operstate_is UP || fail "not up with one port"
	ip link set h2 down
	slowwait 5 operstate_is DOWN || fail "up without a port that is"
	printf 'link set %s up\n' h1 h2 | ip -batch -
	slowwait 5 operstate_is UP || fail "not up again"
}

coming_changing_and_going_are_told()
{
	watch_events
	vswctl switch add vsw1
	vswctl switch set vsw1 ageing 123
	ip link del vsw1
	expect_event '(.event | test("switch-new")) and .switch == "vsw1"'
	expect_event '(.event | test("switch-new")) and .switch == "vsw1" and .ageing == 123'
	expect_event '(.event | test("switch-del")) and .switch == "vsw1"'
	watch_end
}

# A frame that netpoll sends comes with interrupts off, where a switch can't work.
netpoll_is_refused()
{
	if ! modprobe -qn netconsole; then
		skip "no netconsole"
		return
	fi
	ip addr add 192.0.2.1/24 dev vsw0
	modprobe netconsole netconsole=@192.0.2.1/vsw0,@192.0.2.2/02:00:00:00:00:02 2>/dev/null
	dmesg | grep -q "vsw0 doesn't support polling"
	check_err $? "netconsole takes a switch"
	rmmod netconsole 2>/dev/null
	ip addr del 192.0.2.1/24 dev vsw0
}

a_deleted_switch_frees_its_ports()
{
	ip link del vsw0
	check_err $? "it can't be deleted"
	expect_eq '[null,null]' "$(ip -j link | jq -c 'map({(.ifname): .master}) | add |
		[.p1, .p2]')" "masters of p1 and p2"
	expect_eq 0 "$(link p1 .promiscuity)" "promiscuity of p1"
	bench 3
	vswctl port add vsw0 p1
	check_err $? "p1 can't be a port again"
}

run_tests
