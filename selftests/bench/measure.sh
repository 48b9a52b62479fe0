# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# How a case is set up and its frames are sent; in the guest, by what measures.
# It has $orders, where the orders are, and $modules, where vsw.ko and bench.ko
# are; and a function result CASE STATUS [FIGURE]...

declare -A modes
standing='' failed=0

# measure_frames KEY=VALUE...: -> SENT ARRIVED BAD CPU
measure_frames()
{
	echo "$*" >/proc/bench || return
	read -r SENT ARRIVED BAD CPU _ </proc/bench
}

# parse_case CASE: -> contender arg modes flows macs frames[]
parse_case()
{
	local rest=$1 word stream=1 size=60 attack=''

	[[ $rest != *+* ]] || attack=${rest##*+}
	rest=${rest%%+*}
	[[ $rest != */* ]] || size=${rest##*/}
	rest=${rest%%/*}
	[[ $rest != *@* ]] || stream=${rest##*@}
	rest=${rest%%@*}
	modes=()
	for word in ${rest//:/ }; do
		modes[$word]=1
	done
	rest=${rest%%:*}
	contender=${rest%%.*} arg=${rest#"$contender"} arg=${arg#.}
	[ "$size" != gso ] || size=65214
	frames=("size=$size")
	stream_frames "$stream"
	attack_frames "$attack"
}

# stream_frames [KIND]N: N flows, kind z: popular ones more often (Zipf), kind
# mac: destinations, kind fill: each frame a new flow for rules with N masks. Or
# vxlan: VXLAN packets to Ai, each with a frame inside.
stream_frames()
{
	local kind=${1%%[0-9]*}

	flows=${1#"$kind"} macs=''
	case $kind in
	mac) macs=$flows; frames+=(kind=mac) ;;
	fill) frames+=(kind=fill "masks=$flows") flows=1000 ;;
	# SIZE is that of the frame inside.
	vxlan) frames=("size=$((size + 50))" kind=vxlan) flows=1 ;;
	esac
	[ "$flows" = 1 ] || frames+=("order=$orders/${kind/[mf]*/}$flows")
}

# Frames of an attack stand between bursts of the victim's, whose cost counts. Or
# so many updates of other flows are made in each millisecond of its time.
attack_frames()
{
	updates=''
	case $1 in
	'') ;;
	pause) updates=1 ;;
	updates) updates=100 ;;
	none) frames+=(burst=32) ;;
	*) frames+=(burst=32 "attack=$1") ;;
	esac
}

# Each flow so often that it is in any cache, one that grows too, but no longer than
# some seconds; and a look into each frame: was it whole?
warm_up()
{
	local n=$((flows * 20 + 2000))

	[ $n -le 12000000 ] || n=12000000
	measure_frames dev="$GEN" check=1 count=$n "${frames[@]/attack=*/}" &&
		[ "$ARRIVED" = $((SENT * COPIES)) ] && [ "$BAD" = 0 ] && return
	result "$case" lost "$SENT" "$ARRIVED" "$BAD"
	return 1
}

case_teardown()
{
	[ -z "$standing" ] || teardown
	[ -z "$standing" ] || topology_gone
	standing=''
}

# A case that differs from the one before in its frames only uses what stands.
case_setup()
{
	local rc=0 wanted="${1%%[@/+]*} $flows $macs"

	[ "$standing" != "$wanted" ] || return $failed
	# Those that stand know how to go: the new contender is read after that.
	case_teardown
	standing=$wanted failed=0
	# shellcheck source=/dev/null
	. "$here/contenders/$contender.sh"
	topology
	setup || rc=$?
	failed=$rc
	return $rc
}

# run_case CASE MEASURE: set it up, and if that works call MEASURE
run_case()
{
	local rc=0 case=$1

	parse_case "$case"
	case_setup "$case" || rc=$?
	if [ $rc = "$not_available" ]; then
		result "$case" n/a
	elif [ $rc != 0 ]; then
		result "$case" failed
	else
		"$2"
	fi
}
