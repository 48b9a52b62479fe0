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
#   kernel.sh uml                        User Mode Linux for the benchmark, built
#                                        here: only build, and build/linux to run

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

# progress NAME DIR COUNT: say from time to time how far the build in DIR is
progress()
{
	local never

	# A sleep would outlive us, and keep our caller's pipes open.
	exec {never}<> <(:)
	until read -rt 60 -u "$never"; do
		say "$1 kernel: $(find "$2" -name '*.o' | wc -l) of about $3 objects"
	done
}

# from_source NAME DIR SOURCE FRAGMENT OBJECTS TARGET...: build TARGETs with the
# configuration FRAGMENT in DIR/build
from_source()
{
	local name=$1 dir=$2 source=$3 fragment=$4 objects=$5
	local obj=$dir/build log=$dir/build.log

	shift 5
	say "building the $name kernel (5 to 20 minutes, log: $log)"
	mkdir -p "$obj"
	make -s -C "$source" O="$obj" KCONFIG_ALLCONFIG="$fragment" allnoconfig \
		>"$log" 2>&1 || die "no configuration, see $log"
	if grep '^CONFIG_.*=[^n]' "$fragment" | sort -u |
			grep -vxFf "$obj/.config" >&2; then
		die "$fragment asks for options this source does not grant"
	fi
	progress "$name" "$obj" "$objects" &
	trap 'kill $!' EXIT
	make -s -C "$source" O="$obj" -j"$(nproc)" LOCALVERSION="-$name" \
		"$@" </dev/null >>"$log" 2>&1 || {
		tail -20 "$log" >&2
		die "the $name kernel does not build, see $log"
	}
}

# Where the compiler adds checks of each access (KASAN, UBSAN): in what gets our devices,
# frames and objects. The rest of the kernel gets none of them, and would only be
# slower, by half. What is freed is known to KASAN wherever it came from; modules that
# are built against the kernel have all checks.
checked="net/% drivers/net/% lib/nlattr lib/rhashtable lib/xarray lib/idr lib/iov_iter \
mm/util kernel/workqueue kernel/time/timer kernel/locking/mutex kernel/locking/rwsem"

debug_kernel()
{
	local dir=$1 source=$2 obj=$1/build
	local if_checked="\$(if \$(filter $checked,\$(obj)/\$(target-stem)),y,n)"

	from_source debug "$dir" "$source" "$vsw_vm/debug.config" 1700 bzImage modules \
		"KASAN_SANITIZE=$if_checked" "UBSAN_SANITIZE=$if_checked"
	make -s -C "$source" O="$obj" LOCALVERSION=-debug INSTALL_MOD_PATH="$dir" \
		INSTALL_MOD_STRIP=1 modules_install >>"$dir/build.log" 2>&1
	cp "$obj/arch/x86/boot/bzImage" "$dir/vmlinuz"
}

uml_kernel()
{
	from_source uml "$1" "$2" "$uml_config" 1200 linux modules
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
		key=$({ cat "$vsw_vm/debug.config"; echo "$checked"; } | sha256sum | cut -c1-8)
		dir=$vsw_cache/kernels/debug-$(basename "$source" | sed 's/.*6.12-//')-$key
		;;
	uml)
		export ARCH=um
		uml_config=$vsw_top/selftests/bench/uml.config
		source=$("$vsw_vm/source.sh" tree)
		key=$(sha256sum <"$uml_config" | cut -c1-8)
		dir=$vsw_cache/kernels/uml-$(basename "$source" | sed 's/.*6.12-//')-$key
		;;
	*) die "usage: kernel.sh 6.1|6.12|6.1-rt|6.12-rt|debug|uml" ;;
	esac
	if [ ! -e "$dir/.done" ]; then
		case $flavour in
		debug) debug_kernel "$dir" "$source" ;;
		uml) uml_kernel "$dir" "$source" ;;
		*) debian_kernel "$dir" "$release" ;;
		esac
		touch "$dir/.done"
	fi
	[ "$flavour" = uml ] || [ "$dir/initrd.gz" -nt "$vsw_vm/init.sh" ] ||
		make_initrd "$dir" "$(basename "$dir"/lib/modules/*)"
	echo "$dir"
}

# Read to the end before anything runs, so the file may change meanwhile.
{ main "$@"; exit; }
