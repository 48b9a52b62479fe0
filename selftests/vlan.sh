#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Which VLAN a frame enters, whether it may, and how it leaves: every mode of
# a port, with frames without a tag, with one, with a priority tag, with two,
# with 802.1Q and with 802.1ad.
#
#	all VLANs as they are   h1 --- p1 +------+ p4 --- h4  trunk 5,10-12
#	access 5                h2 --- p2 | vsw0 | p5 --- h5  native-tagged 5, 6
#	access 6                h3 --- p3 +------+ p6 --- h6  native-untagged 5, 6
#	                                    LOCAL: all VLANs as they are

. "$(dirname "$0")/wires.sh"

ALL_TESTS="
	a_port_without_settings_carries_all_vlans_as_they_are
	an_access_port_carries_one_vlan_without_a_tag
	a_trunk_carries_its_list_and_ranges_with_tags
	a_native_tagged_port_takes_untagged_frames_and_sends_tagged
	a_native_untagged_port_takes_and_sends_untagged_frames
	a_priority_tag_counts_as_none_and_keeps_its_priority
	an_8021ad_tag_counts_and_stays_8021ad
	an_inner_tag_is_left_alone
	what_may_not_enter_is_dropped_with_a_reason
	what_may_not_leave_is_dropped_with_a_reason
	a_change_of_the_settings_counts_at_once
	settings_are_shown
	wrong_settings_are_refused
	a_tag_of_local_in_the_data_counts
	a_vlan_device_on_the_switch_reaches_its_vlan
"

# Frames of A to all: untagged, and of VLAN 5, 6, ...
U="eth src=$A dst=$bcast data"
tagged()
{
	echo "eth src=$A dst=$bcast vlan vid=$1 data"
}
T5=$(tagged 5)
T6=$(tagged 6)

setup()
{
	bench 1 2 3 4 5 6
	vswctl -b - <<-EOF
		port set vsw0 p2 vlan_mode access tag 5
		port set vsw0 p3 tag 6
		port set vsw0 p4 trunks 5,10-12
		port set vsw0 p5 vlan_mode native-tagged tag 5 trunks 6
		port set vsw0 p6 vlan_mode native-untagged tag 5 trunks 6
	EOF
	frames_start h1 h2 h3 h4 h5 h6 vsw0
}

a_port_without_settings_carries_all_vlans_as_they_are()
{
	frames <<-EOF
		h1 $U => vsw0 same
		h1 $T5 => h2 $U; h4 $T5; h5 $T5; h6 $U; vsw0 $T5
		h1 $T6 => h3 $U; h5 $T6; h6 $T6; vsw0 $T6
		h1 $(tagged 4094) => vsw0 same
		vsw0 $U => h1 same
	EOF
}

an_access_port_carries_one_vlan_without_a_tag()
{
	frames <<-EOF
		h2 $U => h1 $T5; h4 $T5; h5 $T5; h6 $U; vsw0 $T5
		h3 $U => h1 $T6; h5 $T6; h6 $T6; vsw0 $T6
	EOF
}

a_trunk_carries_its_list_and_ranges_with_tags()
{
	frames <<-EOF
		h4 $T5 => h1 $T5; h2 $U; h5 $T5; h6 $U; vsw0 $T5
		h4 $(tagged 10) => h1 same; vsw0 same
		h4 $(tagged 11) => h1 same; vsw0 same
		h4 $(tagged 12) => h1 same; vsw0 same
		h1 $(tagged 9) => vsw0 same
		h1 $(tagged 10) => h4 same; vsw0 same
		h1 $(tagged 12) => h4 same; vsw0 same
		h1 $(tagged 13) => vsw0 same
	EOF
}

a_native_tagged_port_takes_untagged_frames_and_sends_tagged()
{
	frames <<-EOF
		h5 $U => h1 $T5; h2 $U; h4 $T5; h6 $U; vsw0 $T5
		h5 $T5 => h1 $T5; h2 $U; h4 $T5; h6 $U; vsw0 $T5
		h5 $T6 => h1 $T6; h3 $U; h6 $T6; vsw0 $T6
		h2 $U => h1 $T5; h4 $T5; h5 $T5; h6 $U; vsw0 $T5
	EOF
}

a_native_untagged_port_takes_and_sends_untagged_frames()
{
	frames <<-EOF
		h6 $U => h1 $T5; h2 $U; h4 $T5; h5 $T5; vsw0 $T5
		h6 $T5 => h1 $T5; h2 $U; h4 $T5; h5 $T5; vsw0 $T5
		h6 $T6 => h1 $T6; h3 $U; h5 $T6; vsw0 $T6
		h3 $U => h1 $T6; h5 $T6; h6 $T6; vsw0 $T6
	EOF
}

a_priority_tag_counts_as_none_and_keeps_its_priority()
{
	local P="eth src=$A dst=$bcast vlan vid=0 pcp=3 data"
	local P5="eth src=$A dst=$bcast vlan vid=5 pcp=3 data"

	frames <<-EOF
		h1 $P => vsw0 same
		h2 $P => h1 $P5; h4 $P5; h5 $P5; h6 $U; vsw0 $P5
		h5 $P => h1 $P5; h2 $U; h4 $P5; h6 $U; vsw0 $P5
		h6 $P => h1 $P5; h2 $U; h4 $P5; h5 $P5; vsw0 $P5
		h4 $P5 => h1 $P5; h2 $U; h5 $P5; h6 $U; vsw0 $P5
	EOF
}

an_8021ad_tag_counts_and_stays_8021ad()
{
	local S5="eth src=$A dst=$bcast vlan tpid=0x88a8 vid=5 data"
	local S10="eth src=$A dst=$bcast vlan tpid=0x88a8 vid=10 vlan vid=7 data"

	frames <<-EOF
		h1 $S5 => h2 $U; h4 $S5; h5 $S5; h6 $U; vsw0 $S5
		h4 $S5 => h1 $S5; h2 $U; h5 $S5; h6 $U; vsw0 $S5
		h4 $S10 => h1 same; vsw0 same
	EOF
}

an_inner_tag_is_left_alone()
{
	local inner="eth src=$A dst=$bcast vlan vid=6 data"
	local both="eth src=$A dst=$bcast vlan vid=5 vlan vid=6 data"

	frames <<-EOF
		h1 $both => h2 $inner; h4 $both; h5 $both; h6 $inner; vsw0 $both
		h4 $both => h1 $both; h2 $inner; h5 $both; h6 $inner; vsw0 $both
	EOF
}

what_may_not_enter_is_dropped_with_a_reason()
{
	local before

	before=$(drops vlan-ingress)
	frames <<-EOF
		h2 $T5 =>
		h2 $T6 =>
		h2 eth src=$A dst=$bcast vlan tpid=0x88a8 vid=6 data =>
		h4 $U =>
		h4 $(tagged 9) =>
		h4 $(tagged 13) =>
		h4 eth src=$A dst=$bcast vlan vid=0 data =>
		h5 $(tagged 7) =>
		h6 $(tagged 7) =>
		h1 $(tagged 4095) =>
	EOF
	expect_eq $((before + 10)) "$(drops vlan-ingress)" "drops for vlan-ingress"
}

what_may_not_leave_is_dropped_with_a_reason()
{
	local before

	before=$(drops vlan-egress)
	vswctl fdb add vsw0 "$B" vlan 5 port p3
	frames <<-EOF
		h1 eth src=$A dst=$B vlan vid=5 data =>
		h2 eth src=$A dst=$B data =>
	EOF
	expect_eq $((before + 2)) "$(drops vlan-egress)" "drops for vlan-egress"
	vswctl fdb del vsw0 "$B" vlan 5
}

a_change_of_the_settings_counts_at_once()
{
	vswctl port set vsw0 p2 tag 6
	frame "h3 $U => h1 $T6; h2 $U; h5 $T6; h6 $T6; vsw0 $T6"
	vswctl port set vsw0 p2 vlan_mode trunk trunks 6,5
	frame "h3 $U => h1 $T6; h2 $T6; h5 $T6; h6 $T6; vsw0 $T6"
	frame "h2 $T5 => h1 $T5; h4 $T5; h5 $T5; h6 $U; vsw0 $T5"
	vswctl port set vsw0 p2 vlan_mode trunk trunks all
	frame "h2 $(tagged 12) => h1 same; h4 same; vsw0 same"
	vswctl port set vsw0 p2 vlan_mode access tag 5
	frame "h2 $U => h1 $T5; h4 $T5; h5 $T5; h6 $U; vsw0 $T5"
}

settings_are_shown()
{
	port_is p2 '.vlan_mode == "access" and .vlan_tag == 5'
	check_err $? "access port"
	port_is p4 '.vlan_mode == "trunk" and ([.vlan_trunk[] | [.first, .last]] ==
		[[5, 5], [10, 12]])'
	check_err $? "trunk"
	port_is p6 '.vlan_mode == "native-untagged" and .vlan_tag == 5'
	check_err $? "native-untagged port"
}

wrong_settings_are_refused()
{
	expect_err 2 4094 vswctl port set vsw0 p2 tag 4095
	expect_err 2 '[0-9]' vswctl port set vsw0 p2 trunks 1-4095
	expect_err 2 '[0-9]' vswctl port set vsw0 p2 trunks 9-5
	expect_err 1 'tag' vswctl port set vsw0 p2 vlan_mode native-tagged trunks 5
	port_is p2 '.vlan_mode == "access" and .vlan_tag == 5'
	check_err $? "a refused change has changed the port"
}

a_tag_of_local_in_the_data_counts()
{
	frames <<-EOF
		vsw0 $T5 => h1 $T5; h2 $U; h4 $T5; h5 $T5; h6 $U
		vsw0 eth src=$A dst=$bcast vlan vid=10 vlan vid=6 data => h1 same; h4 same
	EOF
}

# It has its tags beside the frame, or in it where the switch has no offload.
a_vlan_device_on_the_switch_reaches_its_vlan()
{
	local offload

	setup_ns a
	ip link set h2 netns "$a"
	ip -n "$a" -batch - <<-EOF
		link set h2 up
		address add 192.0.2.2/24 dev h2
	EOF
	ip -batch - <<-EOF
		link add link vsw0 name vsw0.5 type vlan id 5
		link set vsw0.5 up
		address add 192.0.2.1/24 dev vsw0.5
	EOF
	for offload in on off; do
		ethtool -K vsw0 tx-vlan-hw-insert "$offload"
		check_err $? "tx-vlan-hw-insert can't be $offload"
		ping -q -c 2 -i 0.2 -w 10 192.0.2.2 >/dev/null
		check_err $? "no ping through vsw0.5 with tx-vlan-hw-insert $offload"
	done
}

run_tests
