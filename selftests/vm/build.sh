#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Build vsw.ko, vsw_kunit.ko (where the kernel has KUnit) and vswctl for one
# kernel of the cache, in a copy of the tree of that kernel's own, so that only
# what changed is rebuilt and kernels do not disturb each other.
#
#   build.sh [-o DIR] FLAVOUR [MAKE ARG]...
#
# -o DIR: leave a snapshot in DIR: the tree, the modules and vswctl.
# MAKE ARGs go to the module build (W=1, C=2, V=1).

# shellcheck source=selftests/vm/common.sh
. "$(dirname "$0")/common.sh"

# Built files are ignored by git, thus neither sent nor deleted.
sync_tree()
{
	mkdir -p "$copy"
	rsync -a --delete --exclude-from="$vsw_top/.gitignore" --exclude=.git \
		"$vsw_top/" "$copy/"
	# A new kernel package makes the old objects worthless.
	if [ "$(cat "$copy/.kernel.ko" 2>/dev/null)" != "$kernel" ]; then
		find "$copy" \( -name '*.o' -o -name '.*.cmd' \) -delete
		echo "$kernel" >"$copy/.kernel.ko"
	fi
}

build_modules()
{
	local kunit=

	grep -qs '^CONFIG_KUNIT=[ym]' "$kernel/build/.config" && kunit=CONFIG_VSW_KUNIT=m
	make -s -C "$kernel/build" M="$copy" -j"$(nproc)" ${kunit:+"$kunit"} "$@" modules
}

main()
{
	snapshot=
	if [ "${1:-}" = -o ]; then
		snapshot=$2
		shift 2
	fi
	flavour=${1:-}
	[ -n "$flavour" ] || die "usage: build.sh [-o DIR] FLAVOUR [MAKE ARG]..."
	shift
	kernel=$("$vsw_vm/kernel.sh" "$flavour")
	copy=$vsw_cache/build/$flavour
	lock "build-$flavour"
	say "building vsw for $flavour ($(basename "$kernel"))"
	sync_tree
	build_modules "$@" >&2
	make -s -C "$copy/userspace" >&2
	if [ -n "$snapshot" ]; then
		mkdir -p "$snapshot"
		rsync -a --delete --exclude='*.o' --exclude='.*.cmd' --exclude='*.mod*' \
			"$copy/" "$snapshot/"
	fi
}

# Read to the end before anything runs, so the file may change meanwhile.
{ main "$@"; exit; }
