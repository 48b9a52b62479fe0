#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# PID 1 of the VM once it stands on the host's root: make it look like a
# machine, run the job that boot.sh left in the results directory, power off.

out=$1
# The array "job" (empty: a shell on the console) and the environment.
job=()
. "$out/job"
export HOME=/root LC_ALL=C VSW_VM=1
# Where ip(8) finds what prints our attributes.
export IP_LIB_DIR=$VSW_TREE/userspace/iproute2
export PATH=$VSW_TREE/userspace:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

mount_rest()
{
	mkdir -p /dev/pts /dev/shm /run/netns /run/lock
	mount -t devpts devpts /dev/pts
	mount -t tmpfs tmpfs /dev/shm
	ln -sf /proc/self/fd /dev/fd
	ln -sf fd/0 /dev/stdin
	ln -sf fd/1 /dev/stdout
	ln -sf fd/2 /dev/stderr
	mount -t debugfs debugfs /sys/kernel/debug 2>/dev/null
	mount -t tracefs tracefs /sys/kernel/tracing 2>/dev/null
	mount -t cgroup2 cgroup2 /sys/fs/cgroup 2>/dev/null
	[ -c /dev/net/tun ] || {
		modprobe tun
		mkdir -p /dev/net
		[ -c /dev/net/tun ] || mknod /dev/net/tun c 10 200
	}
}

# jq compiles its library whenever it starts, for 0.2 s each time. gojq does not,
# and does the same, with sorted keys.
fast_jq()
{
	[ ! -x /usr/bin/gojq ] || ln -sf /usr/bin/gojq /usr/local/bin/jq
}

# The NICs are told apart by the MAC that boot.sh gave them: virtio0 is cabled
# to virtio1, e1000e0 to e1000e1, wire0 to the other hosts of a scenario.
name_nics()
{
	local dev mac

	# Off CPU 0 (see init.sh), for tests with interrupts on another CPU.
	printf "%x" $(((1 << $(nproc --all)) - 1)) >/proc/irq/default_smp_affinity
	modprobe -a virtio_net e1000e 2>/dev/null
	for dev in /sys/class/net/*; do
		read -r mac <"$dev/address"
		case $mac in
		52:54:00:76:01:*) ip link set "${dev##*/}" name "virtio${mac: -1}" ;;
		52:54:00:76:02:*) ip link set "${dev##*/}" name "e1000e${mac: -1}" ;;
		52:54:00:76:03:*) ip link set "${dev##*/}" name wire0 ;;
		esac
	done
}

# The port to the host's standard output appears a moment after boot.
find_port()
{
	local sys i

	for ((i = 0; i < 100; i++)); do
		for sys in /sys/class/virtio-ports/*; do
			[ "$(cat "$sys/name" 2>/dev/null)" = vsw.stdout ] || continue
			[ -e "/dev/${sys##*/}" ] && echo "/dev/${sys##*/}" && return
		done
		sleep 0.05
	done
	echo /dev/console
}

power_off()
{
	dmesg >"$out/dmesg"
	sync -f "$out"
	echo o >/proc/sysrq-trigger
	# The shares go first: from here on nothing can be executed or read.
	while :; do :; done
}

mount_rest
fast_jq
hostname vsw
ip link set lo up
echo 1 >/proc/sys/kernel/printk_ratelimit
name_nics
cut -d' ' -f1 /proc/uptime >"$out/uptime"
cd "$VSW_TREE" || power_off
[ -z "$VSW_LOAD" ] || insmod "$VSW_KO"
if [ ${#job[@]} -gt 0 ]; then
	setsid -w "${job[@]}" >"$(find_port)" 2>&1 </dev/null
	echo $? >"$out/status.new"
	mv "$out/status.new" "$out/status"
else
	PS1="vsw# " setsid -c -w bash --norc -i </dev/ttyS0 >/dev/ttyS0 2>&1
	echo 0 >"$out/status"
fi
power_off
