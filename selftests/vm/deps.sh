#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# See that the Debian packages we need are there: as root install those that
# are missing and say which, otherwise print the command that does and stop.
#
#	deps.sh [FILE]...	FILE: a list of more packages

# shellcheck source=selftests/vm/common.sh
. "$(dirname "$0")/common.sh"

missing()
{
	local pkg

	grep -oh '^[a-z0-9][^[:space:]]*' "$vsw_vm/packages" "$@" | while read -r pkg; do
		dpkg-query -W -f '${Status}' "$pkg" 2>/dev/null |
			grep -q 'ok installed' || echo "$pkg"
	done
}

command -v apt-get >/dev/null || die "Debian 12 is needed (no apt-get here)"
mapfile -t packages < <(missing "$@")
if [ ${#packages[@]} -gt 0 ]; then
	command="apt-get install --no-install-recommends ${packages[*]}"
	if [ "$(id -u)" != 0 ]; then
		echo "These packages are missing; as root, run:" >&2
		echo "  apt-get update && $command" >&2
		exit 2
	fi
	say "installing ${packages[*]}"
	apt-get update -qq
	DEBIAN_FRONTEND=noninteractive $command -y -qq >/dev/null </dev/null ||
		die "could not install them"
fi
# Kernels come from the package lists, which a fresh machine does not have.
if ! apt-cache show linux-source-6.12 >/dev/null 2>&1; then
	[ "$(id -u)" = 0 ] || die "no package lists; as root, run: apt-get update"
	say "updating the package lists"
	apt-get update -qq
fi
