# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What in a kernel log is a defect, for the host's and the guest's scripts.

# The kernel's own copies of Geneve options: its check of copies takes them for a
# write beyond an empty array. Nor is it ours that a tracker of references has been
# refused memory, as a test wanted.
not_ours='WARNING: .* at include/net/ip_tunnels\.h:[0-9]+ .*\[(geneve|openvswitch)\]'
not_ours+='|ref_tracker: memory allocation failure'

# splats [FILE...]: print the lines of a kernel log that must not be there
splats()
{
	grep -aE -e 'BUG[: ]|WARNING:|KASAN|KCSAN:|UBSAN:|Oops|Kernel panic' \
		-e 'general protection|unable to handle|refcount_t:|ODEBUG:' \
		-e 'INFO: (possible|task|rcu|suspicious|inconsistent|trying)' \
		-e 'possible recursive|suspicious RCU|bad unlock|held lock freed' \
		-e 'unreferenced object|ref_tracker:|leaked reference' \
		-e 'waiting for .* to become free|Slab cache still has|Objects remaining' \
		-e 'scheduling while atomic|detected stall|hw csum failure' "$@" |
		grep -avE -e "$not_ours"
}
