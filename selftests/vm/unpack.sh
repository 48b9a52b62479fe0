#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Unpack Debian packages, and of what they need all that this machine does not
# have, into a directory of the cache, and print it. Nothing is installed: a VM
# copies it over its root.
#
#	unpack.sh PACKAGE...

# shellcheck source=selftests/vm/common.sh
. "$(dirname "$0")/common.sh"

# missing PACKAGE...: what installing them would install
missing()
{
	apt-get -s install --no-install-recommends "$@" | sed -n 's/^Inst \([^ ]*\).*/\1/p'
}

main()
{
	local dir file files=() package

	dir=$vsw_cache/roots/$(tr ' ' + <<<"$*")
	lock "unpack-$(basename "$dir")"
	for package in $(missing "$@"); do
		files+=("$(deb "$package")")
	done
	mkdir -p "$vsw_cache/roots"
	if [ "$(cat "$dir.list" 2>/dev/null)" != "${files[*]}" ]; then
		rm -rf "$dir"
		for file in "${files[@]}"; do
			dpkg -x "$file" "$dir"
		done
		echo "${files[*]}" >"$dir.list"
	fi
	mkdir -p "$dir"
	echo "$dir"
}

[ $# -gt 0 ] || die "which packages?"
{ main "$@"; exit; }
