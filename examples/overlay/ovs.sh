#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The host with Open vSwitch. Its daemons start when the package is installed;
# here, where there is no init system, they are started by hand.
#
#	ovs.sh HOST1 HOST2
set -e
# There is no link to it where the package has been unpacked, not installed.
PATH+=:/usr/lib/openvswitch-switch

start_daemons()
{
	mkdir -p /run/openvswitch /var/log/openvswitch
	modprobe openvswitch
	ovsdb-tool create /run/openvswitch/conf.db /usr/share/openvswitch/vswitch.ovsschema
	ovsdb-server /run/openvswitch/conf.db --remote=punix:/run/openvswitch/db.sock \
		--detach --pidfile --log-file
	ovs-vsctl --no-wait init
	ovs-vswitchd --detach --pidfile --log-file
}

[ -S /run/openvswitch/db.sock ] || start_daemons
"$(dirname "$0")/tenant.sh" 3
ovs-vsctl add-br br0 -- add-port br0 p1

n=0
for host; do
	n=$((n + 1))
	# Protected ports send nothing to each other.
	ovs-vsctl add-port br0 "to$n" -- set port "to$n" protected=true -- \
		set interface "to$n" type=vxlan options:key=7 options:remote_ip="$host"
done
