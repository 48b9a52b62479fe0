#!/bin/busybox sh
# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# PID 1 of the VM while in the initramfs: the host's root over 9p, read-only,
# with a tmpfs on top, so that every path is the host's; only the results
# directory (vsw.out= on the command line) is shared for writing.
/bin/busybox mkdir -p /proc /sys /dev /lower /upper /newroot
export PATH=/bin
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev

# Each exec takes some 30 requests to the 9p root, and under emulation a wakeup
# by an interrupt on another CPU costs milliseconds: the root's interrupts
# (irqaffinity= on the command line) and the job stay on CPU 0. What wants two
# CPUs says so (spread in lib.sh).
taskset -p 1 1 >/dev/null

give_up()
{
	echo "vm: no $1" >/dev/kmsg
	poweroff -f
}

while read -r module; do
	insmod "/mods/$module"
done </modules.order
out=$(sed 's/.*vsw\.out=//; s/ .*//' /proc/cmdline)
opt=trans=virtio,version=9p2000.L,msize=65536
mount -t tmpfs -o size=75% tmpfs /upper
mkdir -p /upper/u /upper/w
mount -t 9p -o $opt,cache=loose,ro rootfs /lower || give_up "9p root"
mount -t overlay -o lowerdir=/lower,upperdir=/upper/u,workdir=/upper/w \
	overlay /newroot || give_up overlay
for dir in proc sys dev run lib/modules; do
	mkdir -p /newroot/$dir
done
mount -t 9p -o $opt,cache=loose,ro modules /newroot/lib/modules
mount -t 9p -o $opt,cache=none,rw out "/newroot$out"
for dir in proc sys dev; do
	mount --move /$dir /newroot/$dir
done
mount -t tmpfs tmpfs /newroot/run
exec switch_root /newroot /bin/bash "$out/stage2.sh" "$out"
