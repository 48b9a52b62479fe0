#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Unpack Debian's linux-source-6.12 into the cache and print its directory.
#
#   source.sh tools   only what tests and checks use: selftest libraries, YNL,
#                     checkpatch, kernel-doc (seconds to unpack, small)
#   source.sh tree    all of it, to build a kernel from

# shellcheck source=selftests/vm/common.sh
. "$(dirname "$0")/common.sh"

package=linux-source-6.12
tools=(
	"$package"/{.clang-format,COPYING}
	"$package"/Documentation/netlink
	"$package"/scripts/{checkpatch.pl,const_structs.checkpatch,kernel-doc,spelling.txt}
	"$package"/tools/net/ynl
	"$package"/tools/testing/selftests/{kselftest,net/lib,net/lib.sh}
)

unpack()
{
	local out=$1 tar

	shift
	tar=./usr/src/$package.tar.xz
	rm -rf "$out" "$out.new"
	mkdir -p "$out.new"
	dpkg --fsys-tarfile "$deb" | tar -xO "$tar" |
		tar -xJ -C "$out.new" --strip-components=1 "$@"
	mv "$out.new" "$out"
}

main()
{
	lock source
	deb=$(deb $package)
	version=$(basename "$deb" | cut -d_ -f2)
	case ${1:-} in
	tools) out=$vsw_cache/src/tools-$version members=("${tools[@]}") ;;
	tree) out=$vsw_cache/src/$package-$version members=() ;;
	*) die "usage: source.sh tools|tree" ;;
	esac
	if [ ! -d "$out" ]; then
		say "unpacking $package $version ($1)"
		unpack "$out" "${members[@]}"
	fi
	echo "$out"
}

# Read to the end before anything runs, so the file may change meanwhile.
{ main "$@"; exit; }
