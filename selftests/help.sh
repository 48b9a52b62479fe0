#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# vswctl explains itself: help for each object, versions, and completion of
# words in the shell.
#
#	vsw0 with the port p1, for completion to find

. "$(dirname "$0")/lib.sh"

ALL_TESTS="
	help_names_all_objects
	each_object_has_help_that_names_its_verbs
	versions_are_told
	objects_verbs_and_keywords_are_completed
	switches_and_ports_are_completed
"

verbs="
	switch:add,set,del,show
	port:add,set,del,show
	fdb:add,del,flush,show
	flow:add,mod,del,show,replace
	table:set,show
	stats:show
	punt:listen,show
	packet:out
	router:add,del,show
	interface:add,del,show
	route:add,replace,del,show
	neigh:add,del,show
	check:mtu
"

setup()
{
	setup_ns sw
	add_switch vsw0
	ip -n "$sw" link add p1 type dummy
	in_sw vswctl port add vsw0 p1
}

help_names_all_objects()
{
	local output object

	output=$(vswctl help)
	check_err $? "vswctl help fails"
	for object in switch port fdb flow table stats punt packet router interface route neigh check monitor \
		version; do
		grep -qw "$object" <<<"$output"
		check_err $? "help does not name $object"
	done
	expect_eq "$output" "$(vswctl --help)" "--help"
	expect_err 2 'switch' vswctl
}

each_object_has_help_that_names_its_verbs()
{
	local line object output verb

	for line in $verbs; do
		object=${line%%:*}
		output=$(vswctl "$object" help)
		check_err $? "vswctl $object help fails"
		for verb in $(tr , ' ' <<<"${line#*:}"); do
			grep -q "$object $verb" <<<"$output"
			check_err $? "help does not name $object $verb"
		done
		expect_eq "$output" "$(vswctl help "$object")" "vswctl help $object"
	done
	vswctl monitor help | grep -q monitor
	check_err $? "vswctl monitor help"
}

versions_are_told()
{
	vswctl -V | grep -q '[0-9]'
	check_err $? "vswctl -V"
	vswctl version | grep -q '[0-9]'
	check_err $? "vswctl version"
	vswctl -j version | jq -e . >/dev/null
	check_err $? "vswctl -j version"
}

# complete_words WORD...: what the shell offers for the last word
complete_words()
{
	# shellcheck disable=SC2016 # the inner shell expands
	in_sw bash -c '
		. "$0"
		COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE}
		function=$(complete -p vswctl | sed -E "s/.*-F ([^ ]+).*/\1/")
		COMPREPLY=()
		"$function" vswctl "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
		echo "${COMPREPLY[@]}"' "$completion" "$@"
}

# offers WORD FOR...: WORD is offered for the last of FOR
offers()
{
	local word=$1 output

	shift
	output=$(complete_words "$@")
	grep -qw -e "$word" <<<"$output"
	check_err $? "'$word' is not offered for '$*' but '$output'"
}

objects_verbs_and_keywords_are_completed()
{
	offers switch vswctl sw
	offers monitor vswctl ''
	offers replace vswctl flow re
	offers flush vswctl fdb ''
	offers ageing vswctl switch set vsw0 ag
	offers hairpin vswctl port set vsw0 p1 ha
	offers off vswctl port set vsw0 p1 hairpin ''
	offers continue vswctl table set vsw0 1 miss ''
}

switches_and_ports_are_completed()
{
	offers vsw0 vswctl switch show ''
	offers vsw0 vswctl flow add v
	offers p1 vswctl port set vsw0 ''
	offers LOCAL vswctl port show vsw0 L
}

completion=$selftests/../userspace/completion/vswctl
run_tests
