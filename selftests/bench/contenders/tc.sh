# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# tc: clsact, mirred.
#	tc.matchall	one rule that looks at nothing
#	tc.exact	flower, one rule for each flow, all of one mask
#	tc.mN		flower, one rule for each flow, over N masks

setup()
{
	local to=(action mirred egress redirect dev Bi) masks=0

	sink Bo
	tc qdisc add dev Ai clsact
	case $arg in
	matchall)
		tc filter add dev Ai ingress matchall "${to[@]}"
		return
		;;
	m*) masks=${arg#m} ;;
	esac
	each_flow "$flows" "$masks" | awk -v to="${to[*]}" '{
		printf "filter add dev Ai ingress protocol ip pref 1 flower skip_hw " \
			"src_ip %s/%d dst_ip %s/%d ip_proto udp dst_port %d %s\n",
			$1, $2, $4, $5, $7, to }' | tc -batch -
}

teardown()
{
	tc qdisc del dev Ai clsact
}
