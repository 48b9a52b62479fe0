#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Start FRR by hand, with frr.conf. Where it is installed: set bgpd=yes in
# /etc/frr/daemons, copy the configuration to /etc/frr/frr.conf, and
# systemctl restart frr.
#
#	frr.sh HOST OTHER
set -e

getent group frrvty >/dev/null || groupadd --system frrvty
getent passwd frr >/dev/null ||
	useradd --system --user-group --groups frrvty --home-dir /run/frr frr
install -d -o frr -g frr /run/frr
sed "s/HOST/$1/g; s/OTHER/$2/g" "$(dirname "$0")/frr.conf" >/etc/frr/frr.conf
/usr/lib/frr/zebra --daemon
/usr/lib/frr/bgpd --daemon --config_file /etc/frr/frr.conf
