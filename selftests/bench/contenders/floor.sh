# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# No switch: one veth pair and the sink. What every other case has too.

setup()
{
	sink Ai
}

teardown()
{
	:
}
