#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Build vsw.ko, vsw_kunit.ko (where the kernel has KUnit) and vswctl for one
# kernel of the cache, in a copy of the tree of that kernel's own, so that only
# what changed is rebuilt and kernels do not disturb each other.
#
#   build.sh [-o DIR] [-c COPY] FLAVOUR [MAKE ARG]...
#
# -o DIR: leave a snapshot in DIR: the tree, the modules and vswctl.
# -c COPY: build all anew in a copy of that name, for other options or warnings.
# MAKE ARGs go to the module build (W=1, C=2, V=1).

# shellcheck source=selftests/vm/common.sh
. "$(dirname "$0")/common.sh"

# Built files are ignored by git, thus neither sent nor deleted. A file that has
# changed since it was read gets the time of the copy, so that it is newer than
# what was built from its former self.
sync_tree()
{
	mkdir -p "$copy"
	rsync -a --no-times --checksum --delete --exclude=.git \
		--exclude-from="$vsw_top/.gitignore" \
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
	make -s -C "$kernel/build" M="$copy" -j"$(nproc)" \
		CONFIG_DEBUG_INFO_BTF_MODULES= ${kunit:+"$kunit"} "$@" modules
}

main()
{
	snapshot='' copy=''
	while getopts o:c: opt; do
		case $opt in
		o) snapshot=$OPTARG ;;
		c) copy=$vsw_cache/build/$OPTARG ;;
		*) die "see the head of $0 for the options" ;;
		esac
	done
	shift $((OPTIND - 1))
	flavour=${1:-}
	[ -n "$flavour" ] || die "which kernel? see the head of $0"
	shift
	kernel=$("$vsw_vm/kernel.sh" "$flavour")
	[ -z "$copy" ] || rm -rf "$copy"
	: "${copy:=$vsw_cache/build/$flavour}"
	lock "build-$(basename "$copy")"
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
