#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The module says what it is, registers its family and link kind, takes its
# switches along when it goes, as other link kinds do, and can be loaded again.

. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	the_module_is_loaded
	modinfo_names_licence_description_and_aliases
	the_netlink_family_is_registered
	the_link_kind_is_registered
	unloading_takes_switches_along_and_frees_their_ports
	the_module_loads_again
"

the_module_is_loaded()
{
	grep -q '^vsw .* Live ' /proc/modules
	check_err $? "vsw is not live in /proc/modules"
}

modinfo_names_licence_description_and_aliases()
{
	expect_eq GPL "$(modinfo -F license "$VSW_KO" | cut -d' ' -f1)" license
	[ -n "$(modinfo -F description "$VSW_KO")" ]
	check_err $? "no description"
	modinfo -F alias "$VSW_KO" | grep -qx rtnl-link-vsw
	check_err $? "no alias for the link kind"
	modinfo -F alias "$VSW_KO" | grep -qx net-pf-16-proto-16-family-vsw
	check_err $? "no alias for the netlink family"
}

the_netlink_family_is_registered()
{
	genl ctrl get name vsw | grep -q 'Name: vsw'
	check_err $? "no family vsw"
}

the_link_kind_is_registered()
{
	ip link add vsw0 type vsw
	check_err $? "ip link add type vsw fails"
	expect_eq vsw "$(ip -d -j link show vsw0 | jq -r '.[0].linkinfo.info_kind')" kind
	ip link del vsw0
	check_err $? "ip link del fails"
}

unloading_takes_switches_along_and_frees_their_ports()
{
	ip link add vsw0 type vsw
	ip -n "$away" link add vsw1 type vsw
	ip link add port0 type dummy
	ip link set port0 master vsw0
	check_err $? "a dummy device does not become a port"
	rmmod vsw
	check_err $? "rmmod fails"
	expect_err 1 'does not exist' ip link show vsw0
	expect_err 1 'does not exist' ip -n "$away" link show vsw1
	expect_eq null "$(ip -j link show port0 | jq -r '.[0].master')" "port0's master"
	expect_eq 0 "$(ip -d -j link show port0 | jq -r '.[0].promiscuity')" promiscuity
	ip link del port0
}

the_module_loads_again()
{
	expect_err 2 'Unknown device type|not supported' ip link add vsw0 type vsw
	insmod "$VSW_KO"
	check_err $? "insmod fails"
	genl ctrl get name vsw | grep -q 'Name: vsw'
	check_err $? "no family after loading again"
}

setup()
{
	setup_ns away
}

run_tests
