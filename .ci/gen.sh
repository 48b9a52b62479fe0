#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# gen.sh [--check]: make the uapi header and the kernel's netlink policies from
# include/netlink/vsw.yaml with the kernel's own generator; --check only says
# whether what is committed is what comes out.
set -euo pipefail
cd "$(dirname "$0")/.."

src=$(selftests/vm/source.sh tools)
ynl=$src/tools/net/ynl/ynl-gen-c.py
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# The generator wants the layout of a kernel tree: it looks upward for
# MAINTAINERS (for ever, if there is none), and for the schema above the spec.
mkdir -p "$tmp/include/netlink"
touch "$tmp/MAINTAINERS"
cp include/netlink/vsw.yaml "$tmp/include/netlink/"
cp "$src/Documentation/netlink/genetlink-legacy.yaml" "$tmp/include/"

# generate MODE KIND FILE
generate() {
	/usr/bin/python3 "$ynl" --mode "$1" "--$2" -o "$tmp/$(basename "$3")" \
		--spec "$tmp/include/netlink/vsw.yaml"
	if [ "${check:-}" ]; then
		diff -u "$3" "$tmp/$(basename "$3")"
	else
		cp "$tmp/$(basename "$3")" "$3"
	fi
}

[ "${1:-}" = --check ] && check=1
generate uapi header include/uapi/linux/vsw.h
generate kernel header kmod/netlink/gen.h
generate kernel source kmod/netlink/gen.c
