#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Every frame is counted: received + copied = sent + punted + dropped, per port what its
# device and the peer count, and drops by reason, in vswctl and ethtool.
#
#	h1 ----- p1 +------+ p2 ----- h2
#	            | vsw0 |
#	            +------+ p3 ----- h3

. "$(dirname "$0")/wires.sh"

ALL_TESTS="
	a_ports_counters_are_those_of_its_device_and_peer
	bytes_are_counted_as_the_peer_does
	a_drop_is_counted_at_the_port_of_entry_with_its_reason
	a_switch_that_is_down_drops_all_and_says_so
	a_port_that_is_down_is_a_reason
	received_and_copied_is_sent_and_dropped
	the_switchs_sums_are_those_of_its_ports
	stats_show_prints_every_port
	ethtool_tells_the_driver
	ethtool_shows_the_same_numbers
"

setup()
{
	bench 1 2 3
	frames_start h1 h2 h3
}

# counts PORT FILTER: of its statistics
counts()
{
	vswctl -j -s port show vsw0 "$1" | jq -c ".[0].stats | $2"
}

a_ports_counters_are_those_of_its_device_and_peer()
{
	local n port peer device

	frames <<-EOF
		h1*20 eth src=$A dst=$bcast data => h2*20 same; h3*20 same
		h2*7 eth src=$B dst=$A data => h1*7 same
		h3*5 eth src=03:00:00:00:00:01 dst=$A data =>
	EOF
	for n in 1 2 3; do
		port=$(counts "p$n" '[.rx_packets, .tx_packets]')
		device=$(ip -s -j link show "p$n" |
			jq -c '.[0].stats64 | [.rx.packets, .tx.packets]')
		peer=$(ip -s -j link show "h$n" |
			jq -c '.[0].stats64 | [.tx.packets, .rx.packets]')
		expect_eq "$device" "$port" "p$n and its device"
		expect_eq "$peer" "$port" "p$n and its peer"
	done
}

bytes_are_counted_as_the_peer_does()
{
	local n

	frame "h1 eth src=$A dst=$bcast data len=1000 => h2 same; h3 same"
	for n in 1 2 3; do
		expect_eq "$(ip -s -j link show "h$n" |
			jq -c '.[0].stats64 | [.tx.bytes, .rx.bytes]')" \
			"$(counts "p$n" '[.rx_bytes, .tx_bytes]')" "bytes of p$n"
	done
}

# drops_at PORT REASON
drops_at()
{
	counts "$1" ".drops[\"$2\"] // 0"
}

a_drop_is_counted_at_the_port_of_entry_with_its_reason()
{
	local p1 p3

	p1=$(drops_at p1 source-address) p3=$(drops_at p3 source-address)
	frame "h1*4 eth src=03:00:00:00:00:01 dst=$A data =>"
	expect_eq $((p1 + 4)) "$(drops_at p1 source-address)" "drops of p1"
	expect_eq "$p3" "$(drops_at p3 source-address)" "drops of p3"
}

a_switch_that_is_down_drops_all_and_says_so()
{
	local before

	before=$(drops switch-down)
	ip link set vsw0 down
	# A frame that nobody gets: there is no marker either.
	arping -q -D -c 1 -w 1 -I h1 192.0.2.1
	expect_eq $((before + 1)) "$(drops switch-down)" "drops for switch-down"
	ip link set vsw0 up
	frame "h1 eth src=$A dst=$bcast data => h2 same; h3 same"
}

a_port_that_is_down_is_a_reason()
{
	local before

	frame "h3 eth src=$C dst=$bcast data => h1 same; h2 same"
	frame "close h3"
	ip link set p3 down
	before=$(drops_at p3 port-down)
	frame "h1 eth src=$A dst=$C data =>"
	expect_eq 1 "$(($(drops_at p3 port-down) > before))" "drops of p3 for port-down"
	ip link set p3 up
	frame "open h3"
	frame "h1 eth src=$A dst=$bcast data => h2 same; h3 same"
}

received_and_copied_is_sent_and_dropped()
{
	frames <<-EOF
		h1*9 eth src=$A dst=$bcast data => h2*9 same; h3*9 same
		h2*3 eth src=03:00:00:00:00:01 dst=$A data =>
		h2*3 eth src=$A dst=01:80:c2:00:00:01 data =>
	EOF
	switch_is '.stats | .rx_packets > 0 and .copied > 0 and
		.rx_packets + .copied == .tx_packets + .punted + ([.drops[]] | add)'
	check_err $? "$(vswctl -j -s switch show vsw0)"
}

the_switchs_sums_are_those_of_its_ports()
{
	local what='[.[].stats | .rx_packets, .tx_packets, .rx_bytes, .copied] | add'
	local sum='.rx_packets + .tx_packets + .rx_bytes + .copied'

	switch_is ".stats | $sum == $(vswctl -j -s port show vsw0 | jq "$what")"
	check_err $? "the sums differ"
}

stats_show_prints_every_port()
{
	local text

	text=$(vswctl stats show vsw0)
	check_err $? "stats show fails"
	expect_eq "LOCAL p1 p2 p3" \
		"$(grep -oE '\b(LOCAL|p[123])\b' <<<"$text" | sort -u | xargs)" ports
	grep -q source-address <<<"$text"
	check_err $? "no drop reason in: $text"
}

ethtool_tells_the_driver()
{
	ethtool -i vsw0 | grep -qx 'driver: vsw'
	check_err $? "driver is not vsw"
	ethtool -i vsw0 | grep -q '^version: [0-9]'
	check_err $? "no version"
}

ethtool_shows_the_same_numbers()
{
	local all

	all=$(ethtool -S vsw0)
	expect_eq "$(drops source-address)" \
		"$(sed -nE 's/.*source[-_]address: //p' <<<"$all")" "ethtool's drops"
	expect_eq "$(vswctl -j -s switch show vsw0 | jq '.[0].stats.rx_packets')" \
		"$(sed -nE 's/^ *rx_packets: //p' <<<"$all")" "ethtool's rx_packets"
}

run_tests
