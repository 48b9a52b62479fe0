#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Bash completes objects, verbs, keywords, and the names of switches and ports.

cd "$(dirname "$0")/.." || exit 1
. completion/vswctl

passed=0 failed=0

# The only command that completion runs
vswctl()
{
	case $* in
	'switch show') printf 'vsw0 ageing 300\nvsw1 ageing 300\n' ;;
	'-n blue switch show') echo 'vsw9 ageing 300' ;;
	'port show vsw0') printf 'vsw0 tap0 number 1\nvsw0 tap1 number 2\n' ;;
	*) return 1 ;;
	esac
}

# completes WANTED WORD...: the last of WORD... is being typed
completes()
{
	local wanted=$1 got

	shift
	COMP_WORDS=(vswctl "$@")
	COMP_CWORD=$#
	COMPREPLY=()
	_vswctl
	got="${COMPREPLY[*]}"
	if [ "$got" = "$wanted" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "not ok - $*: want '$wanted', got '$got'"
	fi
}

completes 'switch stats' s
completes 'add' switch a
completes 'add set del show help' port ''
completes 'vsw0 vsw1' switch del v
completes 'vsw0 vsw1' flow add ''
completes '' switch add v
completes 'vsw9' -n blue switch del ''
completes 'tap0 tap1' port set vsw0 t
completes 'LOCAL' stats show vsw0 L
completes 'lo' port add vsw0 lo
completes 'ageing' switch set vsw0 a
completes '' switch set vsw0 ageing ''
completes 'on off' port set vsw0 tap0 flood o
completes 'native-tagged native-untagged' port add vsw0 tap0 vlan_mode n
completes 'all' port add vsw0 tap0 trunks a
completes 'mcast_flood' port add vsw0 tap0 flood on m
completes 'port' fdb add vsw0 02:00:00:00:00:01 vlan 5 p
completes 'tap0 tap1' fdb add vsw0 02:00:00:00:00:01 port t
completes 'static' fdb flush vsw0 s
completes 'exclusive' flow add vsw0 e
completes 'strict' flow del vsw0 s
completes 'miss' table set vsw0 3 m
completes 'continue' table set vsw0 3 miss c
completes 'flow' monitor fdb fl
completes 'add replace del show help' route ''
completes 'blackhole' route add r1 192.0.2.0/24 bl
completes 'csum' port set vsw0 tap0 cs
completes 'auto on off' port set vsw0 tap0 csum ''
completes 'mtu' check m
completes 'vsw0 vsw1' interface add r1 gw0 switch v
completes '--json' --j

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
