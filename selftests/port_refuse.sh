#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# What can't be a port is refused with a sentence that says why, by vswctl and
# by ip link, and nothing has changed.
#
#	vsw0 with p1 --- h1; p2 --- h2 and others that try to be ports of it

. "$(dirname "$0")/wires.sh"

ALL_TESTS="
	the_loopback_device
	a_switch
	a_device_that_stands_on_the_switch
	a_device_on_too_many_others
	a_port_of_the_same_switch
	a_port_of_another_switch
	a_device_that_belongs_to_a_bridge
	a_device_that_belongs_to_a_bond
	a_device_whose_frames_another_driver_takes
	a_device_of_another_namespace
	a_device_that_carries_neither_ethernet_nor_ip
	a_device_that_does_not_exist
	a_number_that_is_taken
	a_number_that_flows_keep_for_another
	a_number_out_of_range
	the_local_port_cannot_be_deleted
	a_port_cannot_have_another_number
	what_was_refused_is_as_before
"

setup()
{
	bench 1
	cables 2 3
	vswctl switch add vsw1
	before=$(state)
}

# What a refusal must not change: masters, promiscuity and MTU of all devices
state()
{
	ip -d -j link show | jq -c 'map(select(.ifname | test("^(p|h|lo|vsw)")) |
		[.ifname, .master, .promiscuity, .mtu])'
}

# refused DEV REGEX: by both, with the same words
refused()
{
	expect_err 1 "$2" vswctl port add vsw0 "$1"
	expect_err 2 "$2" ip link set "$1" master vsw0
}

the_loopback_device()
{
	refused lo 'loopback'
}

a_switch()
{
	refused vsw1 "switch can't be a port"
	refused vsw0 "switch can't be a port|itself|[Ll]oop"
}

a_device_that_stands_on_the_switch()
{
	ip link add link vsw0 name on5 type vlan id 5
	refused on5 'stands on the switch itself'
	expect_err 1 'stands on the switch itself' vswctl port add vsw0 on5 number 7
	ip link del on5
}

# The kernel lets no more than eight devices stand on each other.
a_device_on_too_many_others()
{
	local i below=p2

	for i in 1 2 3 4 5 6 7 8; do
		ip link add link "$below" name "deep$i" type vlan id "$i" 2>/dev/null || break
		below=deep$i
	done
	refused "$below" 'stand on each other'
	ip link del deep1
}

a_port_of_the_same_switch()
{
	expect_err 1 'already a port of vsw0' vswctl port add vsw0 p1
	port_is p1 '.port_no == 1'
	check_err $? "the port has changed"
}

# ip link would free it first.
a_port_of_another_switch()
{
	expect_err 1 'already a port of vsw0' vswctl port add vsw1 p1
	port_is p1 '.switch == "vsw0"'
	check_err $? "the port has changed"
}

a_device_that_belongs_to_a_bridge()
{
	ip link add br2 type bridge
	ip link set p2 master br2
	expect_err 1 'belongs to br2' vswctl port add vsw0 p2
	ip link del br2
}

a_device_that_belongs_to_a_bond()
{
	ip link add bond2 type bond
	ip link set p2 down
	ip link set p2 master bond2
	expect_err 1 'belongs to bond2' vswctl port add vsw0 p2
	ip link del bond2
}

a_device_whose_frames_another_driver_takes()
{
	ip link add link p2 name mv2 type macvlan
	refused p2 'macvlan'
	ip link del mv2
}

# By index the kernel is asked for a device that is there, but elsewhere.
a_device_of_another_namespace()
{
	setup_ns other
	ip link add far type veth peer name near netns "$other"
	expect_err 1 'No such network interface' vswctl port add vsw0 near
	expect_err 255 . ip -n "$other" link set near master vsw0
	ip link del far
}

# link_type DEV TYPE: give a tun device that is down another type (TUNSETLINK)
link_type()
{
	python3 - "$@" <<-END
		import fcntl, os, struct, sys
		fd = os.open("/dev/net/tun", os.O_RDWR)
		fcntl.ioctl(fd, 0x400454ca, struct.pack("16sH22x", sys.argv[1].encode(), 0x1001))
		fcntl.ioctl(fd, 0x400454cd, int(sys.argv[2]))
	END
}

a_device_that_carries_neither_ethernet_nor_ip()
{
	ip tuntap add tun2 mode tun
	link_type tun2 512
	refused tun2 'Ethernet or bare IP'
	ip link del tun2
}

a_device_that_does_not_exist()
{
	expect_err 1 'nothing|[Nn]o such|[Nn]o device' vswctl port add vsw0 nothing
	expect_err 1 'switch|[Nn]o such' vswctl port add nothing p2
	expect_err 1 . vswctl port del vsw0 nothing
	expect_err 1 . vswctl port del vsw0 p2
	expect_err 1 . vswctl port set vsw0 77 learning on
}

a_number_that_is_taken()
{
	expect_err 1 'number 1 is taken by p1' vswctl port add vsw0 p2 number 1
}

a_number_that_flows_keep_for_another()
{
	vswctl port add vsw0 p3 number 33
	vswctl flow add vsw0 in_port=1,actions=output:33
	vswctl port del vsw0 p3
	expect_err 1 '33 for p3' vswctl port add vsw0 p2 number 33
	expect_err 1 'p3 by port number 33' vswctl port add vsw0 p3 number 34
	vswctl flow del vsw0 in_port=1
	# A flow keeps the number until no frame can see the flow any more.
	slowwait 10 vswctl port add vsw0 p2 number 33 2>/dev/null
	check_err $? "the number is still kept without the flow"
	vswctl port del vsw0 p2
}

a_number_out_of_range()
{
	expect_err 2 65279 vswctl port add vsw0 p2 number 65280
	expect_err 2 65279 vswctl port add vsw0 p2 number 0
}

the_local_port_cannot_be_deleted()
{
	expect_err 1 LOCAL vswctl port del vsw0 LOCAL
}

a_port_cannot_have_another_number()
{
	expect_err 1 'no such port' vswctl port set vsw0 p1 number 5
}

what_was_refused_is_as_before()
{
	ip link set p2 up
	expect_eq "$before" "$(state)"
	vswctl port add vsw0 p2
	check_err $? "p2 can't be a port"
}

run_tests
