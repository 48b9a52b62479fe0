// SPDX-License-Identifier: GPL-2.0
/*
 * vswctl: set up and look at virtual switches.
 */
#include "cmd.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define NETNS_DIR	"/run/netns/"

static int run_version(struct vsw_ctl *ctl, struct vsw_args *args);
static int run_help(struct vsw_ctl *ctl, struct vsw_args *args);

static const struct object {
	const char *name;
	const struct vsw_verb *verbs;
	const char *syntax;
	int (*run)(struct vsw_ctl *ctl, struct vsw_args *args);
} objects[] = {
	{ "switch", vsw_switch_verbs, NULL, NULL },
	{ "port", vsw_port_verbs, NULL, NULL },
	{ "fdb", vsw_fdb_verbs, NULL, NULL },
	{ "flow", vsw_flow_verbs, NULL, NULL },
	{ "table", vsw_table_verbs, NULL, NULL },
	{ "stats", vsw_stats_verbs, NULL, NULL },
	{ "punt", vsw_punt_verbs, NULL, NULL },
	{ "packet", vsw_packet_verbs, NULL, NULL },
	{ "router", vsw_router_verbs, NULL, NULL },
	{ "interface", vsw_interface_verbs, NULL, NULL },
	{ "route", vsw_route_verbs, NULL, NULL },
	{ "neigh", vsw_neigh_verbs, NULL, NULL },
	{ "check", vsw_check_verbs, NULL, NULL },
	{ "monitor", NULL, "[switch] [port] [fdb] [flow] [all]", vsw_monitor_run },
	{ "version", NULL, "", run_version },
	{ "help", NULL, "[OBJECT]", run_help },
	{ }
};

static const char options_help[] =
	"Options:\n"
	"  -j, --json          print JSON\n"
	"  -p, --pretty        indent the JSON\n"
	"  -d, --details       print all settings\n"
	"  -s, --stats         print counters\n"
	"  -t, --timestamp     print when an event came\n"
	"  -n, --netns NAME    work in this network namespace\n"
	"  -b, --batch FILE|-  run the commands of a file\n"
	"  -V, --version       print the version\n"
	"  -h, --help          print this help\n";

static void print_object(FILE *f, const struct object *object)
{
	const struct vsw_verb *verb;

	if (!object->verbs) {
		fprintf(f, "  vswctl %s%s%s\n", object->name, *object->syntax ? " " : "",
			object->syntax);
		return;
	}
	for (verb = object->verbs; verb->name; verb++)
		fprintf(f, "  vswctl %s %s %s\n", object->name, verb->name, verb->syntax);
}

static void print_help(FILE *f)
{
	const struct object *object;

	fputs("Usage: vswctl [OPTIONS] OBJECT VERB ...\n", f);
	for (object = objects; object->name; object++)
		print_object(f, object);
	fputs(options_help, f);
	fputs("PORT is a name, a number or LOCAL.\n"
	      "FLOW and MATCH are as in ovs-ofctl(8), see vswctl(8).\n", f);
}

static int find_object(const struct vsw_tok *tok, const struct object **object)
{
	for (*object = objects; (*object)->name; (*object)++)
		if (vsw_tok_is(tok, (*object)->name))
			return VSW_OK;
	return vsw_usage(tok,
			 "expected switch, port, fdb, flow, table, stats, punt, packet, router, interface, route, neigh, check, monitor, version or help");
}

static int run_help(struct vsw_ctl *ctl, struct vsw_args *args)
{
	const struct vsw_tok *tok = vsw_args_next(args);
	const struct object *object;
	int err;

	(void)ctl;
	if (!tok) {
		print_help(stdout);
		return VSW_OK;
	}
	err = find_object(tok, &object);
	if (!err)
		err = vsw_args_done(args);
	if (!err)
		print_object(stdout, object);
	return err;
}

static int run_version(struct vsw_ctl *ctl, struct vsw_args *args)
{
	int err;

	err = vsw_args_done(args);
	if (err)
		return err;
	vsw_out_array(&ctl->out, NULL);
	vsw_out_object(&ctl->out, NULL);
	vsw_out_string(&ctl->out, "version", "vswctl ", VSWCTL_VERSION);
	vsw_out_text(&ctl->out, "\n");
	vsw_out_end(&ctl->out);
	vsw_out_end(&ctl->out);
	return VSW_OK;
}

static int usage_verbs(const struct vsw_tok *tok, const struct object *object)
{
	char list[128] = "";
	const struct vsw_verb *verb;

	for (verb = object->verbs; verb->name; verb++)
		snprintf(list + strlen(list), sizeof(list) - strlen(list), "%s, ",
			 verb->name);
	return vsw_usage(tok, "expected %sor help after %s", list, object->name);
}

static int run_verb(struct vsw_ctl *ctl, struct vsw_args *args,
		    const struct object *object)
{
	struct vsw_tok end = vsw_args_end(args);
	const struct vsw_tok *tok = vsw_args_next(args);
	const struct vsw_verb *verb;

	if (!tok)
		return usage_verbs(&end, object);
	for (verb = object->verbs; verb->name; verb++)
		if (vsw_tok_is(tok, verb->name))
			return verb->run(ctl, args);
	return usage_verbs(tok, object);
}

/**
 * vsw_run - run a command
 * @ctl: output and connection
 * @args: OBJECT VERB ...
 *
 * Context: prints errors.
 * Return: enum vsw_status
 */
int vsw_run(struct vsw_ctl *ctl, struct vsw_args *args)
{
	const struct object *object;
	struct vsw_tok tok;
	int err;

	err = vsw_args_want(args, "an object, like switch,", &tok);
	if (!err)
		err = find_object(&tok, &object);
	if (err)
		return err;
	if (vsw_args_take(args, "help")) {
		err = vsw_args_done(args);
		if (!err)
			print_object(stdout, object);
		return err;
	}
	return object->verbs ? run_verb(ctl, args, object) : object->run(ctl, args);
}

/* As ip(8) does: a name below /run/netns, or a path. */
static int enter_netns(const char *name)
{
	char path[4096];
	int err;
	int fd;

	snprintf(path, sizeof(path), "%s%s", strchr(name, '/') ? "" : NETNS_DIR, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return vsw_usage(NULL, "no network namespace %s: %s", name,
				 strerror(errno));
	err = setns(fd, CLONE_NEWNET);
	if (err)
		vsw_error(NULL, "cannot enter network namespace %s: %s", name,
			  strerror(errno));
	close(fd);
	return err ? VSW_REFUSED : VSW_OK;
}

/**
 * struct options - what the options say beyond struct vsw_out
 * @netns: network namespace to work in, or NULL
 * @batch: file with commands, or NULL
 * @version: print the version only
 * @help: print the help only
 */
struct options {
	const char *netns;
	const char *batch;
	bool version;
	bool help;
};

static const struct option long_options[] = {
	{ "json", no_argument, NULL, 'j' },
	{ "pretty", no_argument, NULL, 'p' },
	{ "details", no_argument, NULL, 'd' },
	{ "stats", no_argument, NULL, 's' },
	{ "timestamp", no_argument, NULL, 't' },
	{ "netns", required_argument, NULL, 'n' },
	{ "batch", required_argument, NULL, 'b' },
	{ "version", no_argument, NULL, 'V' },
	{ "help", no_argument, NULL, 'h' },
	{ }
};

static int take_option(int option, struct options *opts, struct vsw_out *out)
{
	switch (option) {
	case 'j':
		out->json = true;
		return VSW_OK;
	case 'p':
		out->pretty = true;
		return VSW_OK;
	case 'd':
		out->details = true;
		return VSW_OK;
	case 's':
		out->stats = true;
		return VSW_OK;
	case 't':
		out->timestamp = true;
		return VSW_OK;
	case 'n':
		opts->netns = optarg;
		return VSW_OK;
	case 'b':
		opts->batch = optarg;
		return VSW_OK;
	case 'V':
		opts->version = true;
		return VSW_OK;
	case 'h':
		opts->help = true;
		return VSW_OK;
	default:
		return vsw_usage(NULL, "see vswctl --help for the options");
	}
}

/* getopt_long() takes abbreviations, which could never be taken back. */
static bool is_whole(const char *word, const struct option *option)
{
	return strcspn(word, "=") == strlen("--") + strlen(option->name);
}

static int parse_options(int argc, char *argv[], struct options *opts,
			 struct vsw_out *out)
{
	int err = VSW_OK;
	int option, at, index;

	while (!err) {
		at = optind ? optind : 1;
		index = -1;
		/* + stops at the first word that is no option */
		option = getopt_long(argc, argv, "+jpdstn:b:Vh", long_options, &index);
		if (option == -1)
			break;
		if (index >= 0 && !is_whole(argv[at], &long_options[index]))
			option = '?';
		err = take_option(option, opts, out);
	}
	return err;
}

static int run_words(struct vsw_ctl *ctl, int argc, char *argv[])
{
	struct vsw_args args;
	int err;

	if (!argc) {
		print_help(stderr);
		return VSW_USAGE;
	}
	err = vsw_args_init(&args, NULL, 0, argc, argv);
	if (err)
		return err;
	err = vsw_run(ctl, &args);
	vsw_args_free(&args);
	return err;
}

static int run_options(struct vsw_ctl *ctl, const struct options *opts, int argc,
		       char *argv[])
{
	char version[] = "version";
	int err;

	if (opts->help) {
		print_help(stdout);
		return VSW_OK;
	}
	if (opts->version)
		return run_words(ctl, 1, (char *[]){ version, NULL });
	if (opts->batch && argc)
		return vsw_usage(NULL, "with --batch all commands come from the file");
	err = opts->netns ? enter_netns(opts->netns) : VSW_OK;
	if (err)
		return err;
	return opts->batch ? vsw_batch_run(ctl, opts->batch) : run_words(ctl, argc, argv);
}

int main(int argc, char *argv[])
{
	struct options opts = {};
	struct vsw_ctl ctl = {};
	int err;

	err = parse_options(argc, argv, &opts, &ctl.out);
	if (!err)
		err = run_options(&ctl, &opts, argc - optind, argv + optind);
	vsw_nl_close(&ctl.nl);
	if (fflush(stdout) && !err) {
		vsw_error(NULL, "cannot write the output: %s", strerror(errno));
		err = VSW_REFUSED;
	}
	return err;
}
