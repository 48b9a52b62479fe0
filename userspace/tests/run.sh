#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Run the tests named, then say how many checks hold.

passed=0 failed=0
for test; do
	output=$($test 2>&1)
	status=$?
	last=$(echo "$output" | tail -n 1)
	case $last in
	*' passed, '*' failed') echo "$output" | sed '$d' ;;
	*) echo "$output"; last='0 passed, 1 failed' ;;
	esac
	p=${last%% *} f=${last#*, } f=${f%% *}
	[ "$status" = 0 ] || [ "$f" != 0 ] || f=1
	[ "$f" = 0 ] && echo "ok - ${test##*/}" || echo "not ok - ${test##*/}"
	passed=$((passed + p)) failed=$((failed + f))
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
