# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# nftables, netdev family: fwd in the ingress hook.

setup()
{
	sink Bo
	nft -f - <<-'RULES'
	add table netdev t
	add chain netdev t c { type filter hook ingress device "Ai" priority 0; policy accept; }
	add rule netdev t c fwd to "Bi"
	RULES
}

teardown()
{
	nft delete table netdev t
}
