# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What a scenario on several hosts shares. It runs on this machine; the hosts are
# VMs on one wire, to which nothing else is attached, and do what it tells them.
#
#	#!/bin/bash
#	. "$(dirname "$0")/../../selftests/vm/hosts.sh"
#	hosts_start one two		boot two VMs that are called so
#	step "What comes now"
#	run one ip address show		print a command, run it there; it must work
#	on two ip link | grep wire0	only run it; its status is ours
#	host_cut two			cut the power of one ...
#	host_boot two			... and switch it on again
#	hosts_end			power off, and say if all went well
#
# wire0 of the Nth host has 198.51.100.N/24 and 2001:db8:ffff::N/64, and an MTU
# of 1600: with the header of a tunnel there is room for 1500.
#
# The kernel is $KERNEL (6.12), with vsw.ko. NAME:KERNEL is a host with a kernel
# of its own and without vsw.ko.

# shellcheck source=selftests/vm/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

declare -A host_number=() host_kernel=() host_pid=() host_in=() host_out=()
failed=0

step()
{
	printf '\n== %s\n' "$*"
}

fail()
{
	echo "FAILED: $*"
	failed=$((failed + 1))
}

# kernel_of NAME: the kernel of host NAME
kernel_of()
{
	echo "${host_kernel[$1]:-${KERNEL:-6.12}}"
}

# The options of boot.sh that depend on the host.
host_options()
{
	[ -n "${host_kernel[$1]}" ] || echo -l
	[ "$(kernel_of "$1")" = debug ] && echo -m 2048 || echo -m 512
}

# What QEMU needs for host NAME beyond what each VM has: the wire and the way
# for commands.
host_devices()
{
	local net=local.type=unix,local.path=$hosts_dir/wire.$1

	net+=,remote.type=unix,remote.path=$hosts_dir/wire
	echo "-netdev dgram,id=wire,$net" \
		"-device virtio-net-pci,netdev=wire,mac=52:54:00:76:03:0${host_number[$1]}" \
		"-chardev pipe,id=commands,path=$hosts_dir/$1" \
		"-device virtserialport,chardev=commands,name=vsw.commands"
}

host_power_on()
{
	local name=$1 pipe=$hosts_dir/$1 fd

	rm -f "$pipe.in" "$pipe.out" "$hosts_dir/wire.$name"
	mkfifo "$pipe.in" "$pipe.out"
	mkdir -p "$hosts_out/$name"
	# In a process group of its own, so that nothing of it is left.
	set -m
	# shellcheck disable=SC2046
	"$vsw_vm/boot.sh" $(host_options "$name") -c 1 -t 3000 -d "$hosts_out/$name" \
		-q "$(host_devices "$name")" "$(kernel_of "$name")" -- \
		selftests/vm/agent.sh "$name" "${host_number[$name]}" \
		</dev/null >"$hosts_out/$name/log" 2>&1 &
	host_pid[$name]=$!
	set +m
	exec {fd}<>"$pipe.in"
	host_in[$name]=$fd
	exec {fd}<>"$pipe.out"
	host_out[$name]=$fd
}

# answer NAME SECONDS: what it prints until a command has ended; the status is
# the command's
answer()
{
	local line

	while IFS= read -r -t "$2" -u "${host_out[$1]}" line; do
		if [[ $line =~ ^(.*)@done\ ([0-9]+)$ ]]; then
			printf %s "${BASH_REMATCH[1]}"
			return "${BASH_REMATCH[2]}"
		fi
		printf '%s\n' "$line"
	done
	echo "$1 does not answer" >&2
	return 124
}

host_is_up()
{
	local end=$((SECONDS + 400))

	while [ $SECONDS -lt $end ] && kill -0 "${host_pid[$1]}" 2>/dev/null; do
		! answer "$1" 5 2>/dev/null || return 0
	done
	tail -n 30 "$hosts_out/$1/log" >&2
	die "$1 does not boot, see $hosts_out/$1"
}

# host_boot NAME: switch it on, and wait until it is up
host_boot()
{
	host_power_on "$1"
	host_is_up "$1"
}

# host_cut NAME: it is off at once, and what was in its memory is gone
host_cut()
{
	kill -- "-${host_pid[$1]}"
	wait "${host_pid[$1]}" || true
	unset "host_pid[$1]"
}

hosts_kill()
{
	local pid

	for pid in "${host_pid[@]}"; do
		kill -- "-$pid" 2>/dev/null || true
	done
	kill "$wire_pid"
	wait
	rm -rf "$hosts_dir"
}

# hosts_start NAME[:KERNEL]...: switch them on, and wait until all are up
hosts_start()
{
	local host

	# Sockets have short names only.
	hosts_dir=$(mktemp -dt vsw.XXXXXX)
	mkdir -p "$vsw_cache/results"
	hosts_out=$(mktemp -d "$vsw_cache/results/hosts.XXXXXX")
	# Hosts that wait for each other must not wait for a place, too.
	vm_slot
	export VSW_VM_SLOT=1
	python3 "$vsw_vm/wire.py" "$hosts_dir/wire" &
	wire_pid=$!
	trap hosts_kill EXIT
	trap 'exit 130' INT TERM
	say "booting $*, results in $hosts_out"
	for host; do
		host_number[${host%:*}]=$((${#host_number[@]} + 1))
		host_kernel[${host%:*}]=
		[[ $host != *:* ]] || host_kernel[${host%:*}]=${host#*:}
		host_power_on "${host%:*}"
	done
	for host; do
		host_is_up "${host%:*}"
	done
}

# on NAME COMMAND...: run it there; for more than a command: sh -c '...'
on()
{
	local name=$1

	shift
	printf '%s\n' "${*@Q}" >&"${host_in[$name]}"
	answer "$name" 180
}

# run NAME COMMAND...: print it and run it there; it must work
run()
{
	local name=$1

	shift
	echo "$name# $*"
	on "$name" "$@" || fail "$*"
}

# refused NAME COMMAND...: print it and run it there; it must not work
refused()
{
	local name=$1

	shift
	echo "$name# $*"
	if on "$name" "$@"; then
		fail "$* should not have worked"
	else
		echo "(as it should be)"
	fi
}

# within SECONDS NAME COMMAND...: print it, and run it there until it works
within()
{
	local end=$((SECONDS + $1)) name=$2 output

	shift 2
	echo "$name# $*"
	until output=$(on "$name" "$@" 2>&1); do
		[ $SECONDS -lt $end ] || {
			echo "$output"
			fail "$*"
			return 0
		}
		sleep 0.5
	done
	echo "$output"
}

# host_add NAME PACKAGE...: it gets Debian packages, which are installed nowhere
# else; as they are unpacked: without users, and with no daemon started
host_add()
{
	local name=$1 dir

	shift
	dir=$("$vsw_vm/unpack.sh" "$@")
	on "$name" sh -c "tar -C $dir -c . | tar -C / -x --keep-directory-symlink" ||
		fail "$name does not get $*"
}

# Every frame was sent, punted or dropped.
host_is_balanced()
{
	on "$1" vswctl -s -j switch show | jq -e 'all(.[].stats; .rx_packets + .copied ==
		.tx_packets + .punted + ([.drops[]?] | add // 0))' >/dev/null
}

# Frames under way make it wrong for a moment.
host_ends_well()
{
	local try

	[ -z "${host_kernel[$1]}" ] || return 0
	for try in 1 2 3 4 5; do
		! host_is_balanced "$1" || break
		[ "$try" -lt 5 ] || fail "$1: frames received are not those sent and dropped"
		sleep 1
	done
	on "$1" rmmod vsw || fail "$1: vsw.ko does not unload"
}

# hosts_end: switch them off; exit with 1 if anything failed until here
hosts_end()
{
	local name

	for name in "${!host_pid[@]}"; do
		host_ends_well "$name"
	done
	for name in "${!host_pid[@]}"; do
		echo @end >&"${host_in[$name]}"
	done
	for name in "${!host_pid[@]}"; do
		wait "${host_pid[$name]}" || fail "$name: $(tail -n 30 "$hosts_out/$name/log")"
		unset "host_pid[$name]"
	done
	echo
	[ $failed = 0 ] || {
		echo "$failed steps failed, see $hosts_out"
		exit 1
	}
	echo "Every step did what it says."
	exit 0
}
