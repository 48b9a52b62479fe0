#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Make a kernel under test ready in the cache, never installed, and print its
# directory, which then holds:
#
#   vmlinuz, initrd.gz   what QEMU boots
#   lib/modules/RELEASE  its modules
#   build                the KDIR to build external modules against
#
#   kernel.sh 6.1|6.12|6.1-rt|6.12-rt    Debian's newest of that series
#   kernel.sh debug                      built here from debug.config

# shellcheck source=selftests/vm/common.sh
. "$(dirname "$0")/common.sh"

# newest SERIES [-rt]: print the newest release, e.g. 6.1.0-56-rt-amd64
newest()
{
	local re="^linux-image-${1//./\\.}\\.[0-9]+[-+][a-z0-9]+$2-amd64-unsigned\$"

	apt-cache pkgnames "linux-image-$1." | grep -E "$re" | sort -V |
		tail -1 | sed 's/^linux-image-//; s/-unsigned$//'
}

# The headers' Makefiles and links name /usr/src and /usr/lib: point them at
# the unpacked copy, since nothing is installed there.
unpack_headers()
{
	local dir=$1 release=$2 headers=linux-headers-$2 pkg src

	src=$dir/usr/src
	for pkg in "$headers" $(apt-cache depends "$headers" |
			grep -oE 'linux-(headers|kbuild)-[^ ]+'); do
		dpkg -x "$(deb "$pkg")" "$dir"
	done
	find "$src" -maxdepth 2 -type f \( -name Makefile -o -name .kernelvariables \) \
		-exec sed -i "s,/usr/src/,$src/,g; s,/usr/lib/,$dir/usr/lib/,g" {} +
	ln -sfn "usr/src/$headers" "$dir/build"
}

debian_kernel()
{
	local dir=$1 release=$2

	say "unpacking kernel $release and its headers"
	rm -rf "$dir"
	mkdir -p "$dir"
	dpkg -x "$(deb "linux-image-$release-unsigned")" "$dir"
	# The initramfs and 9p expect a merged /usr either way.
	[ -d "$dir/lib/modules" ] || ln -s usr/lib "$dir/lib"
	cp "$dir/boot/vmlinuz-$release" "$dir/vmlinuz"
	depmod -b "$dir" "$release"
	unpack_headers "$dir" "$release"
}

# progress DIR: say from time to time how far the build in DIR is
progress()
{
	local never

	# A sleep would outlive us, and keep our caller's pipes open.
	exec {never}<> <(:)
	until read -rt 60 -u "$never"; do
		say "debug kernel: $(find "$1" -name '*.o' | wc -l) of about 1750 objects"
	done
}

debug_kernel()
{
	local dir=$1 source=$2 fragment=$vsw_vm/debug.config
	local obj=$dir/build log=$dir/build.log

	say "building the debug kernel (7 to 20 minutes, log: $log)"
	mkdir -p "$obj"
	make -s -C "$source" O="$obj" KCONFIG_ALLCONFIG="$fragment" allnoconfig \
		>"$log" 2>&1 || die "no configuration, see $log"
	if grep '^CONFIG_.*=[^n]' "$fragment" | sort -u |
			grep -vxFf "$obj/.config" >&2; then
		die "debug.config asks for options this source does not grant"
	fi
	progress "$obj" &
	trap 'kill $!' EXIT
	make -s -C "$source" O="$obj" -j"$(nproc)" LOCALVERSION=-debug \
		bzImage modules </dev/null >>"$log" 2>&1 || {
		tail -20 "$log" >&2
		die "the debug kernel does not build, see $log"
	}
	make -s -C "$source" O="$obj" LOCALVERSION=-debug INSTALL_MOD_PATH="$dir" \
		INSTALL_MOD_STRIP=1 modules_install >>"$log" 2>&1
	cp "$obj/arch/x86/boot/bzImage" "$dir/vmlinuz"
}

# The initramfs only finds the host's root: busybox, init.sh, and the modules
# that 9p and overlayfs need, in load order.
make_initrd()
{
	local dir=$1 release=$2 tmp mod file name

	tmp=$(mktemp -d)
	mkdir -p "$tmp/bin" "$tmp/mods"
	: >"$tmp/modules.order"
	cp /bin/busybox "$tmp/bin/"
	install -m 755 "$vsw_vm/init.sh" "$tmp/init"
	for mod in virtio_pci virtio_console 9pnet_virtio 9p overlay; do
		modprobe -d "$dir" -S "$release" -D "$mod"
	done | awk '$1 == "insmod" && !seen[$2]++ { print $2 }' | while read -r file; do
		name=$(basename "${file%.xz}")
		case $file in
		*.xz) xz -dc "$file" >"$tmp/mods/$name" ;;
		*) cp "$file" "$tmp/mods/$name" ;;
		esac
		echo "$name" >>"$tmp/modules.order"
	done
	(cd "$tmp" && find . | cpio -o -H newc --quiet | gzip -1) >"$dir/initrd.new"
	mv "$dir/initrd.new" "$dir/initrd.gz"
	rm -rf "$tmp"
}

main()
{
	flavour=${1:-}
	lock "kernel-$flavour"
	case $flavour in
	6.1 | 6.12 | 6.1-rt | 6.12-rt)
		rt=${flavour#"${flavour%-rt}"}
		release=$(newest "${flavour%-rt}" "$rt")
		[ -n "$release" ] || die "apt knows no $flavour kernel: run apt-get update"
		dir=$vsw_cache/kernels/$release
		;;
	debug)
		source=$("$vsw_vm/source.sh" tree)
		key=$(sha256sum <"$vsw_vm/debug.config" | cut -c1-8)
		dir=$vsw_cache/kernels/debug-$(basename "$source" | sed 's/.*6.12-//')-$key
		;;
	*) die "usage: kernel.sh 6.1|6.12|6.1-rt|6.12-rt|debug" ;;
	esac
	if [ ! -e "$dir/.done" ]; then
		case $flavour in
		debug) debug_kernel "$dir" "$source" ;;
		*) debian_kernel "$dir" "$release" ;;
		esac
		touch "$dir/.done"
	fi
	[ "$dir/initrd.gz" -nt "$vsw_vm/init.sh" ] ||
		make_initrd "$dir" "$(basename "$dir"/lib/modules/*)"
	echo "$dir"
}

# Read to the end before anything runs, so the file may change meanwhile.
{ main "$@"; exit; }
