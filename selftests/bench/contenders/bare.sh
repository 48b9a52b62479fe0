# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The least that an rx_handler which forwards can do, see kmod/bare.c.
#	bare		sends with dev_queue_xmit()
#	bare:peer	hands frames to the other end of the output device
#	bare:list	forwards together what comes together, see mode gro

setup()
{
	sink Bo
	insmod "$modules/bare.ko" peer="${modes[peer]:-0}" list="${modes[list]:-0}"
}

teardown()
{
	rmmod bare
}
