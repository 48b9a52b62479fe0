# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What all scripts around the VM share: the cache and the messages.
#
# Layout of the cache (VSW_CACHE, default ~/.cache/vsw):
#   debs/      packages as downloaded
#   src/       linux-source, whole (for the debug kernel) and its few tools
#   kernels/   one directory per kernel: vmlinuz, initrd.gz, lib/modules, build
#   build/     a copy of the tree per kernel, where the modules are built
#   roots/     packages for VMs, unpacked
#   results/   what the last run of each kernel left behind

set -euo pipefail

vsw_top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
vsw_vm=$vsw_top/selftests/vm
vsw_cache=${VSW_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/vsw}
# Version managers shadow Debian's python3, which has the modules we need.
PATH=/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH LC_ALL=C

say()
{
	echo "==> $*" >&2
}

die()
{
	echo "error: $*" >&2
	exit 2
}

# lock NAME: serialise with other runs that share the cache, until we exit
lock()
{
	mkdir -p "$vsw_cache/lock"
	exec {lock_fd}>"$vsw_cache/lock/$1"
	flock -n "$lock_fd" && return
	say "waiting for another run that holds '$1'"
	flock "$lock_fd"
}

# vm_slot: wait until there is a CPU for one VM more, and keep it until we exit;
# VMs that share a CPU run into the time limits of their tests. VMs of one test
# have one place, $VSW_VM_SLOT: else each could have one and wait for another.
vm_slot()
{
	local n slots

	[ -z "${VSW_VM_SLOT:-}" ] || return 0
	slots=$(($(nproc) + 1))
	mkdir -p "$vsw_cache/lock"
	while :; do
		for ((n = 1; n <= slots; n++)); do
			exec {slot_fd}>"$vsw_cache/lock/vm$n"
			flock -n "$slot_fd" && return
			exec {slot_fd}>&-
		done
		[ "${vm_waits:-}" ] || say "waiting for one of $slots VMs to end"
		vm_waits=1
		sleep 0.$((RANDOM % 900 + 100))
	done
}

# deb PACKAGE: print the path of the newest PACKAGE, downloading it if needed
deb()
{
	local pkg=$1 ver glob file

	ver=$(apt-cache show --no-all-versions "$pkg" 2>/dev/null |
		sed -n 's/^Version: //p')
	glob="${pkg}_${ver//:/%3a}_*.deb"
	mkdir -p "$vsw_cache/debs"
	# With the slash it may be a link.
	if ! file=$(find "$vsw_cache/debs/" -name "$glob" | grep .); then
		say "fetching $pkg $ver"
		(cd "$vsw_cache/debs" && apt-get -qq -o APT::Sandbox::User="$(id -un)" download "$pkg") >&2 ||
			die "cannot download $pkg"
		file=$(find "$vsw_cache/debs/" -name "$glob" | grep .) ||
			die "$pkg $ver is not what was downloaded"
	fi
	echo "$file"
}
