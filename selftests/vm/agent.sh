#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# In a VM: the end of hosts.sh. Runs the commands that come, one a line, says
# when one is done and with which status, and ends when told.
#
#	agent.sh NAME NUMBER

# It appears a moment after boot.
until port=$(grep -lx vsw.commands /sys/class/virtio-ports/*/name); do
	sleep 0.1
done
port=/dev/$(basename "$(dirname "$port")")
hostname "$1"
sysctl -qw net.ipv6.conf.default.accept_dad=0
ip link set wire0 mtu 1600 up
ip address add "198.51.100.$2/24" dev wire0
ip address add "2001:db8:ffff::$2/64" dev wire0 nodad

exec 3<>"$port"
echo "@done 0" >&3
while IFS= read -r line <&3 && [ "$line" != @end ]; do
	(eval "$line") </dev/null >&3 2>&1 3>&-
	echo "@done $?" >&3
done
