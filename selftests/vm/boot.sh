#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Boot a kernel of the cache in QEMU on a copy-on-write view of the host's own
# root, run a command in it, and exit with that command's status.
#
#   boot.sh [OPTION]... FLAVOUR [-- COMMAND [ARG]...]
#
# Without COMMAND: a shell on the terminal (leave it with exit).
#   -t SECS   time limit (default 600)    -m MB    memory (default 1024)
#   -c N      CPUs (default 2)            -d DIR   results (default: a new one)
#   -a "ARGS" more kernel command line    -l       load vsw.ko first
#   -n        do not build vsw first      -k       let a splat pass
#   -q "ARGS" more QEMU arguments
#   -i        one CPU whose time stamp counter counts instructions, the same in
#             each run whatever else this machine does; time is as many ns
# Status: COMMAND's; 99 COMMAND was fine but the kernel log has a splat;
#         124 the time is up; 125 the guest died.
#
# Two pairs of NICs are cabled to each other inside QEMU and to nothing else:
# virtio0 - virtio1 and e1000e0 - e1000e1.

# shellcheck source=selftests/vm/common.sh
. "$(dirname "$0")/common.sh"
# shellcheck source=selftests/vm/splats.sh
. "$vsw_vm/splats.sh"

# A run works on its own snapshot, so that the tree may change meanwhile.
snapshot()
{
	if [ -n "$build" ]; then
		"$vsw_vm/build.sh" -o "$out/tree" "$flavour" || exit $?
	else
		rsync -a --exclude-from="$vsw_top/.gitignore" --exclude=.git \
			"$vsw_top/" "$out/tree"
	fi
}

write_job()
{
	local tools

	tools=$("$vsw_vm/source.sh" tools)
	{
		printf 'job=(%s)\n' "${*@Q}"
		printf 'export VSW_OUT=%q VSW_TREE=%q VSW_LOAD=%q\n' "$out" "$out/tree" "$load"
		printf 'export VSW_KO=%q KSFT=%q YNL=%q\n' "$out/tree/vsw.ko" \
			"$tools/tools/testing/selftests" "$tools/tools/net/ynl"
		printf 'export VSW_FLAVOUR=%q TERM=%q\n' "$flavour" "${TERM:-dumb}"
	} >"$out/job"
	cp "$vsw_vm/stage2.sh" "$out/"
}

share()
{
	printf '%s\n' -fsdev "local,id=$1,path=$2,security_model=none,multidevs=remap$3" \
		-device "virtio-9p-pci,fsdev=$1,mount_tag=$1"
}

# nic DRIVER NET UNIT: one NIC of a pair, on the hub NET
nic()
{
	printf '%s\n' -netdev "hubport,id=n$2$3,hubid=$2" \
		-device "$1,netdev=n$2$3,mac=52:54:00:76:0$2:0$3"
}

# A stdio chardev whose input is at its end blocks the guest's writes, so a
# command's output goes through a file chardev on a pipe.
terminal()
{
	if [ $# -gt 0 ]; then
		printf '%s\n' -chardev "file,id=console,path=$out/console" \
			-chardev file,id=stdout,path=/dev/fd/1
	else
		printf '%s\n' -chardev "stdio,id=console,signal=off,logfile=$out/console" \
			-chardev null,id=stdout
	fi
}

# From audit=0 on, and in the CPU's flags below: what emulation does slowly, and no test
# is about, is off. Above all a process at other addresses each time would be
# translated anew each time (norandmaps). A string instruction that the CPU calls
# fast goes by the byte. What the caller wants comes last, and so counts.
command_line()
{
	echo console=ttyS0 panic=-1 loglevel=4 net.ifnames=0 \
		irqaffinity=0 no_timer_check slab_nomerge random.trust_cpu=on \
		audit=0 apparmor=0 rcupdate.rcu_expedited=1 mitigations=off \
		norandmaps transparent_hugepage=never init_on_alloc=0 \
		"vsw.out=$out" "$append"
}

run_qemu()
{
	local args rc=0

	mapfile -t args < <(
		terminal "$@"
		share rootfs / ,readonly=on
		share modules "$kernel/lib/modules" ,readonly=on
		share out "$out" ''
		nic virtio-net-pci 1 0
		nic virtio-net-pci 1 1
		nic e1000e 2 0
		nic e1000e 2 1
	)
	set -- qemu-system-x86_64 -machine q35 -cpu max,la57=off,erms=off,fsrm=off \
		"${machine[@]}" -smp "$cpus" -m "$memory" -nodefaults -no-user-config \
		-display none -no-reboot -kernel "$kernel/vmlinuz" -initrd "$kernel/initrd.gz" \
		-append "$(command_line)" "${args[@]}" \
		-serial chardev:console -device virtio-serial-pci \
		-device virtserialport,chardev=stdout,name=vsw.stdout -device virtio-rng-pci \
		"${qemu_more[@]}"
	if [ "$interactive" ]; then
		"$@" 2>"$out/qemu.err" || rc=$?
	else
		# In the background, so that a signal to us reaches the guest at once.
		timeout -k 5 "$limit" "$@" </dev/null 2>"$out/qemu.err" > >(tee "$out/stdout") &
		trap 'kill $qemu 2>/dev/null' EXIT INT TERM
		qemu=$!
		wait $qemu || rc=$?
		trap - EXIT INT TERM
		wait
	fi
	return $rc
}

verdict()
{
	local rc

	if [ -e "$out/status" ]; then
		rc=$(cat "$out/status")
	elif [ "$1" = 124 ] || [ "$1" = 137 ]; then
		rc=124
		echo "--- the VM ran out of its $limit seconds" >&2
	else
		rc=125
		echo "--- the guest died (qemu: $1)" >&2
		cat "$out/qemu.err" >&2
	fi
	[ "$rc" -lt 124 ] || tail -30 "$out/console" >&2
	if splats "$out/console" "$out/dmesg" 2>/dev/null >"$out/splats"; then
		if [ "$rc" != 0 ] || [ -z "$splat_ok" ]; then
			echo "--- the kernel log of $flavour has a splat, see $out/dmesg" >&2
			head -20 "$out/splats" >&2
		fi
		[ "$rc" != 0 ] || [ -n "$splat_ok" ] || rc=99
	fi
	return "$rc"
}

main()
{
	limit=600 memory=1024 cpus=2 out='' append='' load='' build=1 splat_ok='' qemu_more=()
	machine=(-accel "tcg,thread=multi")
	while getopts t:m:c:d:a:q:lnki opt; do
		case $opt in
		t) limit=$OPTARG ;;
		m) memory=$OPTARG ;;
		c) cpus=$OPTARG ;;
		d) out=$OPTARG ;;
		a) append=$OPTARG ;;
		q) read -ra qemu_more <<<"$OPTARG" ;;
		l) load=1 ;;
		n) build='' ;;
		k) splat_ok=1 ;;
		i)
			machine=(-accel "tcg,thread=single" -icount "shift=0,sleep=off" -rtc clock=vm)
			cpus=1 append+=" nokaslr clocksource=tsc tsc=reliable"
			;;
		*) die "see the head of $0 for the options" ;;
		esac
	done
	shift $((OPTIND - 1))
	flavour=${1:-}
	[ -n "$flavour" ] || die "which kernel? see the head of $0"
	shift
	[ "${1:-}" != -- ] || shift
	kernel=$("$vsw_vm/kernel.sh" "$flavour")
	if [ -z "$out" ]; then
		mkdir -p "$vsw_cache/results"
		find "$vsw_cache/results" -mindepth 1 -maxdepth 1 -mtime +0 -exec rm -rf {} +
		out=$(mktemp -d "$vsw_cache/results/$flavour.XXXXXX")
	fi
	mkdir -p "$out"
	out=$(cd "$out" && pwd)
	rm -f "$out/status"
	interactive=
	[ $# -gt 0 ] || interactive=1
	snapshot
	write_job "$@"
	vm_slot
	say "booting $(basename "$kernel") ($cpus CPUs, $memory MB), results in $out"
	rc=0
	run_qemu "$@" || rc=$?
	verdict $rc
}

# Read to the end before anything runs, so the file may change meanwhile.
{ main "$@"; exit; }
