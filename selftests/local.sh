#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The switch's own device is the LOCAL port: with an address it reaches every
# port, and when promiscuous it sees what goes between the others.
#
#	$a 192.0.2.2 eth0 --- pa +------+ pb --- eth0 192.0.2.3 $b
#	                         | vsw0 | 192.0.2.1
#	               h1 --- p1 +------+ p2 --- h2

. "$(dirname "$0")/wires.sh"

ALL_TESTS="
	a_frame_to_the_switchs_address_goes_to_local_only
	a_new_address_of_the_switch_counts_at_once
	local_does_not_hear_the_others
	a_promiscuous_switch_hears_the_others
	local_shows_its_own_counters
	an_address_on_the_switch_reaches_every_port
	every_port_reaches_the_address_on_the_switch
	ipv6_works_as_well
"

setup()
{
	setup_ns a b
	quiet "$a" "$b"
	bench 1 2
	veth_port "$a" pa
	veth_port "$b" pb
	address "$a" 192.0.2.2/24
	address "$b" 192.0.2.3/24
	ip address add 192.0.2.1/24 dev vsw0
	frames_start h1 h2 vsw0
}

own_address()
{
	ip -j link show vsw0 | jq -r '.[0].address'
}

a_frame_to_the_switchs_address_goes_to_local_only()
{
	local own

	own=$(own_address)
	frames <<-EOF
		h1 eth src=$A dst=$own data => vsw0 same
		vsw0 eth src=$own dst=$A data => h1 same
	EOF
}

a_new_address_of_the_switch_counts_at_once()
{
	local old

	old=$(own_address)
	ip link set vsw0 address 02:aa:00:00:00:01
	check_err $? "the address can't be set"
	frames <<-EOF
		h1 eth src=$A dst=02:aa:00:00:00:01 data => vsw0 same
		h1 eth src=$A dst=$old data => h2 same; vsw0 same
	EOF
	ip link set vsw0 address "$old"
	frame "h1 eth src=$A dst=$old data => vsw0 same"
}

local_does_not_hear_the_others()
{
	frames <<-EOF
		h1 eth src=$A dst=$bcast data => h2 same; vsw0 same
		h2 eth src=$B dst=$A data => h1 same
		h1 eth src=$A dst=$B data => h2 same
	EOF
}

a_promiscuous_switch_hears_the_others()
{
	ip link set vsw0 promisc on
	frames <<-EOF
		h2 eth src=$B dst=$A data => h1 same; vsw0 same
		h1 eth src=$A dst=$B data => h2 same; vsw0 same
	EOF
	ip link set vsw0 promisc off
	frame "h1 eth src=$A dst=$B data => h2 same"
}

# local_counts FILTER: of vsw0's LOCAL port
local_counts()
{
	vswctl -j -s port show vsw0 LOCAL | jq "$1"
}

# What LOCAL's port sends the host receives, and the other way round.
local_shows_its_own_counters()
{
	local tx rx link

	tx=$(local_counts '.[0].stats.tx_packets')
	rx=$(local_counts '.[0].stats.rx_packets')
	frame "h1*5 eth src=$A dst=$(own_address) data => vsw0*5 same"
	frame "vsw0*3 eth src=$(own_address) dst=$A data => h1*3 same"
	# Markers: in the first round h1 and h2 send one, in the second vsw0 and h1.
	expect_eq $((tx + 5 + 3)) "$(local_counts '.[0].stats.tx_packets')" "to the host"
	expect_eq $((rx + 3 + 1)) "$(local_counts '.[0].stats.rx_packets')" "from the host"
	link=$(ip -s -j link show vsw0 | jq '.[0].stats64 | "\(.rx.packets) \(.tx.packets)"')
	expect_eq "\"$(local_counts '.[0].stats.tx_packets') $(local_counts \
		'.[0].stats.rx_packets')\"" "$link" "counters of the device"
}

# The hosts speak from here on, so there are no more single frames.
an_address_on_the_switch_reaches_every_port()
{
	ping -q -c 2 -i 0.2 -w 10 192.0.2.2 >/dev/null
	check_err $? "no way to a"
	ping -q -c 2 -i 0.2 -w 10 192.0.2.3 >/dev/null
	check_err $? "no way to b"
}

every_port_reaches_the_address_on_the_switch()
{
	reach "$a" 192.0.2.1
	check_err $? "no way from a"
	reach "$b" 192.0.2.1 -s 1400
	check_err $? "no way from b"
	reach "$a" 192.0.2.3
	check_err $? "no way from a to b"
}

ipv6_works_as_well()
{
	echo 0 >/proc/sys/net/ipv6/conf/vsw0/disable_ipv6
	in_ns "$a" sh -c 'echo 0 >/proc/sys/net/ipv6/conf/eth0/disable_ipv6'
	ip address add 2001:db8::1/64 dev vsw0 nodad
	address "$a" 2001:db8::2/64
	reach "$a" 2001:db8::1
	check_err $? "no way from a"
	ping -q -c 2 -i 0.2 -w 10 2001:db8::2 >/dev/null
	check_err $? "no way to a"
}

run_tests
