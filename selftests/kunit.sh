#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The KUnit tests of what is pure in vsw, where the kernel has KUnit.

. "$(dirname "$0")/lib.sh"

every_kunit_suite_passes()
{
	local results=/sys/kernel/debug/kunit suite

	# Let the test that asks for it see allocations fail that may sleep.
	echo N >/sys/kernel/debug/failslab/ignore-gfp-wait
	modprobe kunit enable=1 && insmod "$module"
	check_err $? "the test module does not load" || return
	for suite in "$results"/vsw*/results; do
		cat "$suite"
		! grep -q 'not ok' "$suite"
		check_err $? "suite $suite"
	done
	grep -qs '^ *ok' "$results"/vsw*/results
	check_err $? "no test has run"
}

the_test_module_unloads()
{
	rmmod vsw_kunit
}

module=$(dirname "$VSW_KO")/vsw_kunit.ko
if [ ! -e "$module" ]; then
	echo "1..0 # SKIP this kernel has no KUnit"
	exit "$ksft_skip"
fi
ALL_TESTS="every_kunit_suite_passes the_test_module_unloads"
run_tests
