#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Frames that are truncated or contradict themselves are dropped and counted
# as malformed; where only the transport header is short the frame goes on,
# with no fields of it.
#
#	h1 --- p1 +------+ p2 --- h2
#	          | vsw0 |
#	          +------+

. "$(dirname "$0")/lib.sh"
. "$selftests/frames.sh"

ALL_TESTS="
	headers_that_no_flow_looks_at_may_be_malformed
	malformed_ipv4_is_dropped
	malformed_ipv6_is_dropped
	malformed_arp_is_dropped
	a_short_transport_header_has_no_fields
	padding_is_no_part_of_the_packet
	a_short_header_is_not_rewritten
	a_program_that_is_too_long_is_dropped
"

setup_flows()
{
	# Headers that no flow looks at are not looked at either.
	flows "priority=1,actions=output:2" "priority=9,tcp,tp_dst=9,actions=drop" \
		"priority=9,tcp6,tp_dst=9,actions=drop" "priority=9,arp,arp_op=9,actions=drop"
}

setup()
{
	frames_setup 2
	setup_flows
}

# dropped_as REASON FRAME...: each is dropped for the reason
dropped_as()
{
	local reason=$1 before frame

	shift
	for frame in "$@"; do
		before=$(drops "$reason")
		frames "h1 $frame =>"
		expect_eq $((before + 1)) "$(drops "$reason")" "drops as $reason after $frame"
	done
}

# forwarded FRAME...: each leaves by port 2 as it is
forwarded()
{
	local frame

	for frame in "$@"; do
		frames "h1 $frame => h2 same"
	done
}

headers_that_no_flow_looks_at_may_be_malformed()
{
	vsw flow del vsw0
	flows "priority=1,actions=output:2"
	forwarded 'ip udp cut=33' 'ip len=1000 udp' 'ip6 len=1000 udp' 'arp cut=20'
	setup_flows
}

malformed_ipv4_is_dropped()
{
	forwarded 'ip udp' 'ip proto=253 data len=0'
	dropped_as malformed 'ip udp cut=33' 'ip udp cut=15' 'ip ihl=4 udp' 'ip ihl=15 udp' \
		'ip len=19 udp' 'ip len=1000 udp' 'type=0x0800 data hex=6500' \
		'type=0x0800 data hex=6500001c000000004011000001020304050607080000000000080000' \
		'vlan vid=5 ip udp cut=30'
}

malformed_ipv6_is_dropped()
{
	forwarded 'ip6 udp' 'ip6 hop dopt route udp'
	dropped_as malformed 'ip6 udp cut=53' 'ip6 len=1000 udp' 'ip6 hop udp cut=60' \
		'ip6 proto=0 data hex=1104000000000000' 'ip6 frag6 mf=1 udp cut=58' \
		'type=0x86dd ip udp data len=40'
}

malformed_arp_is_dropped()
{
	forwarded arp
	dropped_as malformed 'arp cut=41' 'arp cut=20'
}

# The flow matches on the protocol, but on no port.
a_short_transport_header_has_no_fields()
{
	check_cases <<-EOF
	flow tcp,tp_dst=0
	hit ip len=30 tcp dport=80 cut=44
	miss ip tcp dport=80
	flow udp6,tp_dst=0
	hit ip6 len=5 udp cut=59
	miss ip6 udp
	flow icmp,icmp_type=0
	hit ip len=23 icmp type=8 cut=37
	miss ip icmp type=8
	EOF
	flows "priority=1,actions=output:2"
}

padding_is_no_part_of_the_packet()
{
	check_cases <<-EOF
	flow udp,tp_dst=2000
	hit ip len=28 udp data len=40
	flow udp,tp_dst=0
	hit ip len=20 udp data len=40
	flow udp,tp_dst=2000,actions=mod_tp_dst:2001,output:2
	send ip len=28 udp csum=0x1111 data len=40 => h2 ip len=28 udp dport=2001 csum=0x1110 data len=40
	EOF
	flows "priority=1,actions=output:2"
}

a_short_header_is_not_rewritten()
{
	flows "tcp,actions=mod_tp_dst:53,output:2" "udp,actions=mod_nw_dst:10.0.0.7,output:2"
	dropped_as headers 'ip len=30 tcp cut=44'
	frames "h1 ip len=24 udp cut=38 => h2 ip dst=10.0.0.7 len=24 udp cut=38"
	flows "priority=1,actions=output:2"
}

# outputs N: that many
outputs()
{
	local i

	for ((i = 0; i < $1; i++)); do
		echo -n output:2,
	done
}

a_program_that_is_too_long_is_dropped()
{
	local many

	many=$(outputs 250)
	flows "ip,actions=${many}goto_table:1" "table=1,ip,actions=${many}goto_table:2" \
		"table=2,tcp,actions=${many}output:2" "table=2,udp,actions=output:2"
	frames "h1 ip udp => h2*501 same"
	dropped_as too-many-actions 'ip tcp'
}

run_tests
