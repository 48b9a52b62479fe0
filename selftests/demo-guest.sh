#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Init of a demo guest (user-mode-linux on the VM's file system, read-only):
# runs the commands that come in by the console and says "@done STATUS".
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
exec 2>&1
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t tmpfs tmp /tmp
stty -echo
ip link set lo up
echo @ready
while IFS= read -r line; do
	eval "$line" </dev/null
	echo "@done $?"
done
echo o >/proc/sysrq-trigger
sleep 60
