# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# macvlan in bridge mode. It ends in the device m1 and never crosses a second
# veth pair: compare it with peer delivery.

setup()
{
	ip link add link Ai name m1 address "$DST_MAC" type macvlan mode bridge
	ip link set m1 up
	sink m1
}

teardown()
{
	ip link del m1
}
