// SPDX-License-Identifier: GPL-2.0
/*
 * Command lines: exit status, requests, output; and talking to the kernel.
 */
#include "test.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <linux/vsw.h>

#include "args.h"

/* What is sent for a command that is fine */
static const struct {
	const char *command;
	const char *sent;
} good[] = {
	{ "switch add vsw0", "switch-new create excl switch-name=vsw0" },
	{
		"switch add vsw0 ageing 100 group_fwd_mask 0x4000 ports_max 8 flows_max 9 fdb_max 10",
		"switch-new create excl switch-name=vsw0 ageing=100 group-fwd-mask=16384 ports-max=8 flows-max=9 fdb-max=10",
	},
	{ "switch set vsw0 ageing 0", "switch-set switch-name=vsw0 ageing=0" },
	{ "switch del vsw0", "switch-del switch-name=vsw0" },
	{ "switch show", "switch-get dump" },
	{ "switch show vsw0", "switch-get switch-name=vsw0" },
	{ "port add vsw0 tap0", "port-new create excl switch-name=vsw0 name=tap0" },
	{
		"port add vsw0 tap0 number 7 learning off flood on mcast_flood off bcast_flood on isolated on hairpin off peer_delivery off fdb_max 3 neigh_suppress on",
		"port-new create excl switch-name=vsw0 name=tap0 port-no=7 learning=0 flood=1 mcast-flood=0 bcast-flood=1 isolated=1 hairpin=0 peer-delivery=0 fdb-max=3 neigh-suppress=1",
	},
	{ "port add vsw0 a type patch peer vsw1 b",
	  "port-new create excl switch-name=vsw0 name=a type=4 peer-switch-name=vsw1 peer-name=b" },
	{
		"port add vsw0 tun0 type l3 lladdr 02:00:00:00:00:01 peer_lladdr 02:00:00:00:00:02 proxy_arp on",
		"port-new create excl switch-name=vsw0 name=tun0 type=3 lladdr=02:00:00:00:00:01 peer-lladdr=02:00:00:00:00:02 proxy-arp=1",
	},
	{ "port add vsw0 tap0 tag 5",
	  "port-new create excl switch-name=vsw0 name=tap0 vlan-tag=5 vlan-mode=1" },
	{
		"port add vsw0 tap0 trunks 1,5-9",
		"port-new create excl switch-name=vsw0 name=tap0 vlan-trunk{first=1 last=1} vlan-trunk{first=5 last=9} vlan-mode=0",
	},
	{ "port set vsw0 7 trunks all", "port-set switch-name=vsw0 port-no=7 vlan-mode=0" },
	{
		"port set vsw0 tap0 vlan_mode native-untagged tag 5 trunks 1-4094",
		"port-set switch-name=vsw0 name=tap0 vlan-mode=3 vlan-tag=5 vlan-trunk{first=1 last=4094}",
	},
	{ "port set vsw0 LOCAL vlan_mode access tag 5",
	  "port-set switch-name=vsw0 port-no=4294967294 vlan-mode=1 vlan-tag=5" },
	{ "port del vsw0 tap0", "port-del switch-name=vsw0 name=tap0" },
	{ "port del vsw0 0x7", "port-del switch-name=vsw0 port-no=7" },
	{ "port show", "port-get dump" },
	{ "port show vsw0", "port-get dump switch-name=vsw0" },
	{ "port show vsw0 tap0", "port-get switch-name=vsw0 name=tap0" },
	{ "stats show", "port-get dump" },
	{ "stats show vsw0", "port-get dump switch-name=vsw0" },
	{ "stats show vsw0 LOCAL", "port-get switch-name=vsw0 port-no=4294967294" },
	{
		"fdb add vsw0 02:00:00:00:00:01 vlan 5 port tap0 sticky",
		"fdb-new create replace switch-name=vsw0 lladdr=02:00:00:00:00:01 vid=5 port-name=tap0 flags=2",
	},
	{ "fdb add vsw0 02:00:00:00:00:01 port 3",
	  "fdb-new create replace switch-name=vsw0 lladdr=02:00:00:00:00:01 port-no=3" },
	{ "fdb del vsw0 02:00:00:00:00:01 vlan 5",
	  "fdb-del switch-name=vsw0 lladdr=02:00:00:00:00:01 vid=5" },
	{ "fdb flush vsw0", "fdb-flush switch-name=vsw0" },
	{ "fdb flush vsw0 vlan 5 port tap0 static",
	  "fdb-flush switch-name=vsw0 vid=5 port-name=tap0 flags=1" },
	{ "fdb show vsw0", "fdb-get dump switch-name=vsw0" },
	{ "fdb show vsw0 02:00:00:00:00:01 vlan 5 port tap0",
	  "fdb-get dump switch-name=vsw0 lladdr=02:00:00:00:00:01 vid=5 port-name=tap0" },
	{ "fdb show vsw0 port 3", "fdb-get dump switch-name=vsw0 port-no=3" },
	{ "table set vsw0 3 miss continue", "table-set switch-name=vsw0 table=3 miss=2" },
	{ "table set vsw0 0 miss punt", "table-set switch-name=vsw0 table=0 miss=3" },
	{ "port set vsw0 7 punt_rate 50 punt_burst 5",
	  "port-set switch-name=vsw0 port-no=7 punt-rate=50 punt-burst=5" },
	{
		"port add vsw0 vx0 remote 192.0.2.2,2001:db8::3@10 local 192.0.2.1 key 7 tos inherit ttl 9 csum off df on vlan_vni 10-19:1010,20:5",
		"port-new create excl switch-name=vsw0 name=vx0 remote{address=::ffff:192.0.2.2} remote{address=2001:db8::3 vid=10} local=::ffff:192.0.2.1 tunnel-key=7 tunnel-tos=256 tunnel-ttl=9 tunnel-csum=2 tunnel-df=1 vlan-vni{first=10 last=19 vni=1010} vlan-vni{first=20 last=20 vni=5}",
	},
	{ "port set vsw0 7 remote flow key flow vlan_vni none",
	  "port-set switch-name=vsw0 port-no=7 remote{} no-tunnel-key vlan-vni{}" },
	{
		"fdb add vsw0 02:00:00:00:00:01 port 3 dst 192.0.2.2 vni 7",
		"fdb-new create replace switch-name=vsw0 lladdr=02:00:00:00:00:01 port-no=3 dst=::ffff:192.0.2.2 vni=7",
	},
	{ "punt show vsw0", "punt-get dump switch-name=vsw0" },
	{ "packet out vsw0 00112233445566778899aabb0800",
	  "packet-out switch-name=vsw0 frame=00112233445566778899aabb0800" },
	{
		"packet out vsw0 in_port tap0 actions output:2,normal 00112233445566778899aabb0800",
		"packet-out switch-name=vsw0 port-name=tap0 actions{action{output=2} action{normal}} frame=00112233445566778899aabb0800",
	},
	{ "packet out vsw0 table 3 in_port 7 00:11:22:33:44:55:66:77:88:99:aa:bb:08:00",
	  "packet-out switch-name=vsw0 table=3 port-no=7 frame=00112233445566778899aabb0800" },
	{ "table show vsw0", "table-get dump switch-name=vsw0" },
	{ "table show vsw0 3", "table-get switch-name=vsw0 table=3" },
	{
		"flow add vsw0 table=1,tcp,actions=2",
		"flow-new create replace switch-name=vsw0 table=1 match{eth-type=0x800 ip-proto=6} actions{action{output=2}}",
	},
	{
		"flow add vsw0 tcp, tp_dst=80 actions=2, 3",
		"flow-new create replace switch-name=vsw0 match{eth-type=0x800 ip-proto=6 tp-dst=0x50} actions{action{output=2} action{output=3}}",
	},
	{ "flow add vsw0 exclusive ip,actions=drop",
	  "flow-new create excl switch-name=vsw0 match{eth-type=0x800} actions{action{drop}}" },
	{
		"flow add vsw0 in_port=vsw0,actions=1",
		"flow-new create replace switch-name=vsw0 match{in-port=4294967294} actions{action{output=1}}",
	},
	{
		"flow add vsw0 actions=output:tap9",
		"port-get dump switch-name=vsw0\nflow-new create replace switch-name=vsw0 actions{action{output-name=tap9}}",
	},
	{
		"flow mod vsw0 cookie=1/-1,ip,actions=1",
		"flow-set switch-name=vsw0 cookie=0x1 cookie-mask=0xffffffffffffffff match{eth-type=0x800} actions{action{output=1}}",
	},
	{ "flow mod vsw0 cookie=7,actions=1",
	  "flow-set switch-name=vsw0 cookie=0x7 actions{action{output=1}}" },
	{
		"flow mod vsw0 strict priority=5,ip,actions=1",
		"flow-set switch-name=vsw0 strict priority=5 match{eth-type=0x800} actions{action{output=1}}",
	},
	{ "flow del vsw0", "flow-del switch-name=vsw0" },
	{
		"flow del vsw0 table=1,cookie=5",
		"flow-del switch-name=vsw0 table=1 cookie=0x5 cookie-mask=0xffffffffffffffff",
	},
	{ "flow del vsw0 out_port=3", "flow-del switch-name=vsw0 out-port=3" },
	{ "flow del vsw0 id=8", "flow-del switch-name=vsw0 id=8" },
	{ "flow del vsw0 strict priority=5,tcp",
	  "flow-del switch-name=vsw0 strict priority=5 match{eth-type=0x800 ip-proto=6}" },
	{ "flow show vsw0", "flow-get dump switch-name=vsw0" },
	{ "flow show vsw0 table=1,ip",
	  "flow-get dump switch-name=vsw0 table=1 match{eth-type=0x800}" },
	{ "router add r1 routes_max 5 neighs_max 6",
	  "router-new create excl router=r1 routes-max=5 neighs-max=6" },
	{ "router del r1", "router-del router=r1" },
	{ "router show", "router-get dump" },
	{
		"interface add r1 gw0 switch vsw0 vlan 5 lladdr 02:00:00:00:00:01 mtu 1400 address 192.0.2.1/24 address 2001:db8::1/64",
		"interface-new create excl router=r1 name=gw0 switch-name=vsw0 vid=5 lladdr=02:00:00:00:00:01 mtu=1400 address{address=::ffff:192.0.2.1 length=120} address{address=2001:db8::1 length=64}",
	},
	{ "interface del r1 gw0", "interface-del router=r1 name=gw0" },
	{ "interface show r1", "interface-get dump router=r1" },
	{
		"route add r1 0.0.0.0/0 via 192.0.2.2",
		"route-new create excl router=r1 prefix{address=::ffff:0.0.0.0 length=96} hop{via=::ffff:192.0.2.2}",
	},
	{
		"route replace r1 2001:db8::/32 nexthop via fe80::1 dev gw0 nexthop dev gw1",
		"route-new create replace router=r1 prefix{address=2001:db8:: length=32} hop{via=fe80::1 interface=gw0} hop{interface=gw1}",
	},
	{ "route add r1 192.0.2.9 blackhole",
	  "route-new create excl router=r1 prefix{address=::ffff:192.0.2.9 length=128} type=2" },
	{ "route show r1", "route-get dump router=r1" },
	{
		"neigh add r1 192.0.2.9 lladdr 02:00:00:00:00:01 dev gw0",
		"neigh-new create replace router=r1 address=::ffff:192.0.2.9 lladdr=02:00:00:00:00:01 interface=gw0",
	},
	{ "neigh del r1 2001:db8::9", "neigh-del router=r1 address=2001:db8::9" },
	{ "neigh show r1", "neigh-get dump router=r1" },
	{ "version", "" },
	{ "help", "" },
	{ "help port", "" },
	{ "port help", "" },
	{ "monitor help", "" },
	{ "-V", "" },
	{ "--help", "" },
};

/* What is not: a part of the message, and how it is underlined */
static const struct {
	const char *command;
	const char *message;
	const char *underline;
} bad[] = {
	{ "", "Usage: vswctl", "" },
	{ "-x", "see vswctl --help", "" },
	{ "--jso", "see vswctl --help", "" },
	{ "-b x switch show", "all commands come from the file", "" },
	{ "-b /nosuchdir/file", "cannot open", "" },
	{ "-n nosuchnamespace switch show", "no network namespace nosuchnamespace", "" },
	{ "sw", "expected switch, port", "  sw\n  ^~\n" },
	{ "switch", "expected add, set, del, show, or help", "  switch\n         ^\n" },
	{ "switch ad vsw0", "expected add", "         ^~\n" },
	{ "switch add", "the name of a switch is missing", "             ^\n" },
	{
		"switch add averyveryverylongname",
		"1 to 15 characters",
		"             ^~~~~~~~~~~~~~~~~~~~~\n",
	},
	{ "switch add a/b", "without / and :", "             ^~~\n" },
	{ "switch add ..", "expected the name", "             ^~\n" },
	{ "switch add vsw0 ageing", "a value is missing", "^\n" },
	{ "switch add vsw0 ageing x", "from 0 to 1000000", "                         ^\n" },
	{ "switch add vsw0 ageing 1000001", "from 0 to 1000000", "^~~~~~~\n" },
	{ "switch add vsw0 ageing 1 ageing 2", "ageing is given twice", "^~~~~~\n" },
	{ "switch add vsw0 age 1", "expected one of ageing, group_fwd_mask", "^~~\n" },
	{ "switch del vsw0 vsw1", "nothing more is expected", "^~~~\n" },
	{ "switch show vsw0 vsw1", "nothing more is expected", "^~~~\n" },
	{ "port add vsw0", "the name of a device is missing", "^\n" },
	{ "port add vsw0 up type patch peer vsw1", "the name of the port there is missing", "^\n" },
	{ "port add vsw0 up type wire",
	  "expected ethernet, tunnel, l3 or patch", "^~~~\n" },
	{ "port add vsw0 tun0 lladdr 1", "expected a MAC address", "^\n" },
	{ "port add vsw0 tap0 number 0", "from 1 to 65279", "^\n" },
	{ "port add vsw0 tap0 learning yes", "expected on or off", "^~~\n" },
	{
		"port add vsw0 tap0 vlan_mode x",
		"expected trunk, access, native-tagged or native-untagged",
		"^\n",
	},
	{ "port add vsw0 tap0 tag 4095", "from 0 to 4094", "^~~~\n" },
	{ "port add vsw0 tap0 trunks 5-4", "from 5 to 4094", "^\n" },
	{ "port add vsw0 tap0 trunks ,", "expected VLANs", "^\n" },
	{ "port add vsw0 tap0 trunks 1 trunks 2", "given twice", "^~~~~~\n" },
	{ "port add vsw0 tap0 tag 1 trunks 2", "need vlan_mode", "^\n" },
	{ "port set vsw0 7 number 8", "given twice", "^~~~~~\n" },
	{ "port del vsw0 65280", "from 1 to 65279", "^~~~~\n" },
	{ "port show vsw0 0", "from 1 to 65279", "^\n" },
	{ "fdb add vsw0", "a MAC address is missing", "^\n" },
	{ "fdb add vsw0 02:00 port 1", "a MAC address like", "^~~~~\n" },
	{ "fdb add vsw0 02:00:00:00:00:01", "port PORT is missing", "^\n" },
	{ "fdb add vsw0 02:00:00:00:00:01 port 1 port 2", "given twice", "^~~~\n" },
	{ "fdb del vsw0 02:00:00:00:00:01 port 1", "expected vlan VID", "^~~~\n" },
	{ "fdb flush vsw0 sticky", "expected vlan VID, port PORT, static", "^~~~~~\n" },
	{ "table set vsw0 254 miss drop", "from 0 to 253", "^~~\n" },
	{ "table set vsw0 1 drop", "expected miss", "^~~~\n" },
	{ "table set vsw0 1 miss none", "expected normal, drop, continue or punt", "^~~~\n" },
	{ "port set vsw0 7 punt_rate 0", "from 1 to 1000000", "^\n" },
	{ "port set vsw0 7 ttl 0", "from 1 to 255", "^\n" },
	{ "port set vsw0 7 remote 192.0.2.2@4095", "from 0 to 4094", "^~~~\n" },
	{ "port set vsw0 7 remote 192.0.2", "IPv4 address", "^~~~~~~\n" },
	{ "port set vsw0 7 vlan_vni 10", "expected VLANs and their VNI", "^~\n" },
	{ "port set vsw0 7 key 5 key 6", "key is given twice", "^~~\n" },
	{ "fdb add vsw0 02:00:00:00:00:01 port 1 dst 5", "IPv4 address", "^\n" },
	{ "check mtu vsw0 5", "nothing more", "^\n" },
	{ "packet out vsw0", "the frame in hexadecimal", "^\n" },
	{ "packet out vsw0 0011", "14 to 65000 bytes, not 2", "^~~~\n" },
	{ "packet out vsw0 001", "two digits", "^~~\n" },
	{ "packet out vsw0 file /nosuchdir/file", "cannot open this file", "^~~~~~~~~~~~~~~\n" },
	{ "packet out vsw0 table 254 00", "from 0 to 253", "^~~\n" },
	{ "packet out vsw0 actions nosuch 00", "expected an action", "^~~~~~\n" },
	{ "packet out vsw0 table 1 actions drop 00", "two digits", "^~~~~~~\n" },
	{ "punt show", "the name of a switch is missing", "^\n" },
	{ "punt listen vsw0 port 1", "expected queue, write, count or snaplen", "^~~~\n" },
	{ "punt listen vsw0 queue 65536", "from 0 to 65535", "^~~~~\n" },
	{ "punt listen vsw0 snaplen 0", "from 1 to 65000", "^\n" },
	{ "punt listen vsw0 count 0", "from 1 to", "^\n" },
	{ "punt listen write /nosuchdir/file", "cannot write /nosuchdir/file", "" },
	{ "stats reset", "expected show, or help", "^~~~~\n" },
	{ "route add r1 192.0.2.0/33 dev gw0", "0 to 32", "^~\n" },
	{ "route add r1 192.0.2.0/24", "via IP or dev NAME is missing", "^\n" },
	{ "route add r1 192.0.2.0/24 gw 192.0.2.2", "expected via IP", "^~\n" },
	{ "interface add r1 gw0 vlan 5", "switch SWITCH is missing", "^\n" },
	{ "neigh add r1 192.0.2.9 dev gw0", "expected lladdr MAC", "^~~\n" },
	{ "monitor flows", "expected switch, port, fdb, flow or all", "^~~~~\n" },
	{ "help nothing", "expected switch", "^~~~~~~\n" },
	{ "flow add vsw0", "a flow is missing", "^\n" },
	{ "flow add vsw0 tcp,arp,actions=1", "contradicts tcp", "                    ^~~\n" },
	{ "flow mod vsw0 priority=5,actions=1", "only with the word strict", "^~~~~~~~~~\n" },
	{ "flow mod vsw0 idle_timeout=5,actions=1", "name of a field", "^~~~~~~~~~~~\n" },
	{ "flow del vsw0 tcp,actions=1", "actions have no place here", "^\n" },
	{ "flow show vsw0 tcp actions=1", "actions have no place here", "^\n" },
	{ "flow show vsw0 n_packets=1", "name of a field", "^~~~~~~~~\n" },
	{ "flow replace vsw0 tcp", "expected file", "^~~\n" },
	{ "flow add vsw0 file", "the name of a file, or - is missing", "^\n" },
	{ "flow add vsw0 file /nosuchdir/file", "cannot open this file", "^~~~~~~~~~~~~~~\n" },
};

static void commands_send_requests(void)
{
	struct test_result result;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(good); i++) {
		test_run(good[i].command, NULL, &result);
		test_ok(!result.status, "%s: status %d: %s", good[i].command,
			result.status, result.err);
		result.sent[strcspn(result.sent, "") ? strlen(result.sent) - 1 : 0] = '\0';
		test_equal(good[i].sent, result.sent, good[i].command);
		test_free(&result);
	}
}

static void bad_commands_exit_with_2_and_send_nothing(void)
{
	struct test_result result;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		test_run(bad[i].command, NULL, &result);
		test_ok(result.status == 2, "%s: status %d", bad[i].command, result.status);
		test_contains(bad[i].message, result.err, bad[i].command);
		test_contains(bad[i].underline, result.err, bad[i].command);
		test_equal("", result.sent, bad[i].command);
		test_free(&result);
	}
}

static void run_all(const char *const *commands)
{
	struct test_result result;

	for (; *commands; commands++) {
		test_run(*commands, NULL, &result);
		test_ok(!result.status, "%s: %s", *commands, result.err);
		test_free(&result);
	}
}

static const char *const objects[] = {
	"switch add vsw0 ageing 100",
	"port add vsw0 tap0 number 1 isolated on vlan_mode native-tagged tag 7 trunks 1,5-9",
	"fdb add vsw0 02:00:00:00:00:01 vlan 5 port tap0 sticky",
	"fdb add vsw0 02:00:00:00:00:02 port 3",
	"table set vsw0 3 miss continue",
	"flow add vsw0 table=1,priority=9,cookie=0x5,idle_timeout=60,tcp,in_port=1,nw_dst=10.0.0.0/8,tp_dst=1000-1999,metadata=1,tcp_flags=+syn,actions=2,normal",
	"router add r1 neighs_max 9",
	"interface add r1 gw0 switch vsw0 vlan 5 lladdr 02:00:00:00:00:01 address 192.0.2.1/24 address 2001:db8::1/64",
	"route add r1 0.0.0.0/0 nexthop via 192.0.2.2 nexthop via 192.0.2.3 dev gw0",
	"route add r1 2001:db8::/32 prohibit",
	"neigh add r1 192.0.2.2 lladdr 02:00:00:00:00:02 dev gw0",
	NULL
};

static const struct {
	const char *command;
	const char *out;
} shown[] = {
	{ "router show", "r1 neighs_max 9\n" },
	{
		"interface show",
		"r1 gw0 switch vsw0 vlan 5 lladdr 02:00:00:00:00:01 address 192.0.2.1/24 address 2001:db8::1/64\n",
	},
	{
		"-j interface show r1",
		"[{\"router\":\"r1\",\"name\":\"gw0\",\"switch\":\"vsw0\",\"vid\":5,\"lladdr\":\"02:00:00:00:00:01\",\"address\":[\"192.0.2.1/24\",\"2001:db8::1/64\"]}]\n",
	},
	{
		"route show r1",
		"r1 0.0.0.0/0 nexthop via 192.0.2.2 nexthop via 192.0.2.3 dev gw0\nr1 2001:db8::/32 prohibit\n",
	},
	{
		"-j route show r1",
		"[{\"router\":\"r1\",\"prefix\":\"0.0.0.0/0\",\"type\":\"unicast\",\"hop\":[{\"via\":\"192.0.2.2\"},{\"via\":\"192.0.2.3\",\"interface\":\"gw0\"}],\"own\":false},{\"router\":\"r1\",\"prefix\":\"2001:db8::/32\",\"type\":\"prohibit\",\"hop\":[],\"own\":false}]\n",
	},
	{ "neigh show r1", "r1 192.0.2.2 lladdr 02:00:00:00:00:02 dev gw0\n" },
	{ "switch show", "vsw0 ageing 100\n" },
	{ "-d switch show vsw0", "vsw0 ageing 100\n    ifindex 5 ports 2\n" },
	{
		"-s switch show",
		"vsw0 ageing 100\n    rx_packets 10 rx_bytes 1000 tx_packets 7 tx_bytes 700 copied 1 passed 2 punted 4 drops flow 3 reason-999 1\n",
	},
	{
		"-j switch show",
		"[{\"switch\":\"vsw0\",\"ageing\":100,\"ifindex\":5,\"ports\":2,\"stats\":{\"rx_packets\":10,\"rx_bytes\":1000,\"tx_packets\":7,\"tx_bytes\":700,\"copied\":1,\"passed\":2,\"punted\":4,\"drops\":{\"flow\":3,\"reason-999\":1}}}]\n",
	},
	{
		"port show",
		"vsw0 tap0 number 1 isolated on vlan_mode native-tagged tag 7 trunks 1,5-9\n",
	},
	{
		"-d port show vsw0",
		"vsw0 tap0 number 1 isolated on vlan_mode native-tagged tag 7 trunks 1,5-9\n    ifindex 6\n",
	},
	{
		"-j port show",
		"[{\"switch\":\"vsw0\",\"name\":\"tap0\",\"port_no\":1,\"isolated\":true,\"vlan_mode\":\"native-tagged\",\"vlan_tag\":7,\"vlan_trunk\":[{\"first\":1,\"last\":1},{\"first\":5,\"last\":9}],\"ifindex\":6,\"stats\":{\"rx_packets\":10,\"rx_bytes\":1000,\"tx_packets\":7,\"tx_bytes\":700,\"copied\":1,\"passed\":2,\"punted\":4,\"drops\":{\"flow\":3,\"reason-999\":1}}}]\n",
	},
	{
		"stats show",
		"vsw0 tap0 number 1 rx_packets 10 rx_bytes 1000 tx_packets 7 tx_bytes 700 copied 1 passed 2 punted 4 drops flow 3 reason-999 1\n",
	},
	{
		"-j stats show",
		"[{\"switch\":\"vsw0\",\"name\":\"tap0\",\"port_no\":1,\"stats\":{\"rx_packets\":10,\"rx_bytes\":1000,\"tx_packets\":7,\"tx_bytes\":700,\"copied\":1,\"passed\":2,\"punted\":4,\"drops\":{\"flow\":3,\"reason-999\":1}}}]\n",
	},
	{
		"fdb show vsw0",
		"vsw0 02:00:00:00:00:01 vlan 5 port tap0 sticky age 1.500\nvsw0 02:00:00:00:00:02 port 3 age 1.500\n",
	},
	{
		"-j fdb show vsw0",
		"[{\"switch\":\"vsw0\",\"lladdr\":\"02:00:00:00:00:01\",\"vid\":5,\"port_name\":\"tap0\",\"flags\":[\"sticky\"],\"age\":1500},{\"switch\":\"vsw0\",\"lladdr\":\"02:00:00:00:00:02\",\"port_no\":3,\"flags\":[],\"age\":1500}]\n",
	},
	{ "table show vsw0", "vsw0 3 miss continue\n" },
	{ "-d -s table show vsw0", "vsw0 3 miss continue flows 4 matched 40\n" },
	{
		"-j table show vsw0",
		"[{\"switch\":\"vsw0\",\"table\":3,\"miss\":\"continue\",\"flows\":4,\"matched\":40}]\n",
	},
	{
		"flow show vsw0",
		"cookie=0x5, duration=12.345s, table=1, n_packets=3, n_bytes=180, idle_timeout=60, priority=9,tcp,in_port=1,metadata=0x1,nw_dst=10.0.0.0/8,tp_dst=1000-1999,tcp_flags=+syn actions=output:2,normal\n",
	},
	{
		"-d flow show vsw0",
		"cookie=0x5, id=8, duration=12.345s, table=1, n_packets=3, n_bytes=180, idle_timeout=60, priority=9,tcp,in_port=1,metadata=0x1,nw_dst=10.0.0.0/8,tp_dst=1000-1999,tcp_flags=+syn actions=output:2,normal\n",
	},
	{
		"-j flow show vsw0",
		"[{\"switch\":\"vsw0\",\"cookie\":\"0x5\",\"id\":8,\"duration\":12345,\"table\":1,\"packets\":3,\"bytes\":180,\"idle_timeout\":60,\"hard_timeout\":0,\"priority\":9,\"match\":{\"in_port\":1,\"metadata\":\"0x1\",\"eth_type\":2048,\"ip_proto\":6,\"ipv4_dst\":\"10.0.0.0/8\",\"tp_dst\":\"1000-1999\",\"tcp_flags\":\"+syn\"},\"actions\":[\"output:2\",\"normal\"]}]\n",
	},
	{ "-j version", "[{\"version\":\"" VSWCTL_VERSION "\"}]\n" },
	{ "-j -p version", "[\n  {\n    \"version\": \"" VSWCTL_VERSION "\"\n  }\n]\n" },
};

static void objects_are_shown(void)
{
	struct test_result result;
	unsigned int i;

	test_kernel.keep = true;
	run_all(objects);
	for (i = 0; i < ARRAY_SIZE(shown); i++) {
		test_run(shown[i].command, NULL, &result);
		test_ok(!result.status, "%s: %s", shown[i].command, result.err);
		test_equal(shown[i].out, result.out, shown[i].command);
		test_free(&result);
	}
}

/* Every line that is shown is a command again, and gives the same request. */
static void what_is_shown_can_be_typed_back(void)
{
	static const char *const pairs[][2] = {
		{ "switch show", "switch add " }, { "port show", "port add " },
		{ "flow show vsw0", "flow add vsw0 " },
	};
	struct test_result shows, types, again;
	char command[1024];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(pairs); i++) {
		test_run(pairs[i][0], NULL, &shows);
		shows.out[strcspn(shows.out, "\n")] = '\0';
		snprintf(command, sizeof(command), "%s%s", pairs[i][1], shows.out);
		test_kernel_forget();
		test_run(command, NULL, &types);
		test_ok(!types.status, "%s: %s", command, types.err);
		test_run(pairs[i][0], NULL, &again);
		again.out[strcspn(again.out, "\n")] = '\0';
		test_equal(shows.out, again.out, command);
		test_free(&shows);
		test_free(&types);
		test_free(&again);
		test_kernel_forget();
		run_all(objects);
	}
}

static void events_are_printed_one_a_line(void)
{
	struct test_result result;

	test_run("monitor", NULL, &result);
	test_contains("switch-new vsw0 ageing 100\nport-new vsw0 tap0 number 1 ", result.out,
		      "monitor");
	test_contains("\nflow-del vsw0 cookie=0x5, ", result.out, "monitor");
	test_contains("netlink: ", result.err, "monitor, when the kernel hangs up");
	test_ok(result.status == 1, "monitor: status %d", result.status);
	test_free(&result);

	test_run("-j monitor switch fdb flow", NULL, &result);
	test_contains("{\"event\":\"fdb-move\",\"switch\":\"vsw0\",\"lladdr\":\"02:00",
		      result.out, "monitor in JSON");
	test_free(&result);

	test_run("-t monitor", NULL, &result);
	test_ok(result.out[0] == '[' && result.out[5] == '-' && result.out[20] == '.',
		"monitor with time: %s", result.out);
	test_free(&result);
}

static void a_monitor_says_when_events_are_lost_and_goes_on(void)
{
	struct test_result result;

	test_kernel.lost = true;
	test_run("monitor", NULL, &result);
	test_ok(!strncmp(result.out, "lost: ", 6), "monitor: %s", result.out);
	test_contains("\nswitch-new vsw0 ", result.out, "monitor after a loss");
	test_free(&result);
	test_run("-j monitor", NULL, &result);
	test_ok(!strncmp(result.out, "{\"event\":\"lost\"}\n{", 18), "monitor: %s", result.out);
	test_free(&result);
	test_kernel.lost = false;
}

static void an_interrupted_dump_is_read_again(void)
{
	struct test_result result;

	test_kernel.interrupted = 3;
	test_run("switch show", NULL, &result);
	test_equal("vsw0 ageing 100\n", result.out, "after three interruptions");
	test_equal("", result.err, "after three interruptions");
	test_equal("switch-get dump\nswitch-get dump\nswitch-get dump\nswitch-get dump\n",
		   result.sent, "after three interruptions");
	test_free(&result);

	test_kernel.interrupted = 1000;
	test_run("switch show", NULL, &result);
	test_equal("vsw0 ageing 100\n", result.out, "always interrupted");
	test_contains("the list changed while it was read", result.err, "always interrupted");
	test_free(&result);
	test_kernel.interrupted = 0;
	test_kernel_forget();
}

/* What the kernel refuses, and what is printed then */
static const struct {
	struct test_rule rule;
	const char *command;
	const char *err;
} refusals[] = {
	{
		{ VSW_CMD_SWITCH_NEW, 1, EEXIST, NULL, {}, 0 },
		"switch add vsw0",
		"vswctl: File exists\n"
	}, {
		{ VSW_CMD_SWITCH_NEW, 1, EPERM, NULL, {}, 0 },
		"switch add vsw0",
		"vswctl: a change of a switch needs CAP_NET_ADMIN\n"
	}, {
		{ VSW_CMD_SWITCH_NEW, 1, EINVAL, "Choose less",
		  { VSW_A_SWITCH_FDB_MAX }, 0 },
		"switch add vsw0 ageing 5 fdb_max 77",
		"vswctl: Choose less\n"
		"  switch add vsw0 ageing 5 fdb_max 77\n"
		"                                   ^~\n"
	}, {
		{ VSW_CMD_PORT_NEW, 1, EINVAL, "Bad range",
		  { VSW_A_PORT_VLAN_TRUNK, VSW_A_VLAN_RANGE_LAST }, 0 },
		"port add vsw0 tap0 trunks 1,5-9",
		"vswctl: Bad range\n"
		"  port add vsw0 tap0 trunks 1,5-9\n"
		"                            ^~~~~\n"
	}, {
		{ VSW_CMD_FLOW_NEW, 1, EINVAL, "Needs a protocol",
		  { VSW_A_FLOW_MATCH, VSW_A_FIELDS_TP_DST }, 0 },
		"flow add vsw0 ip,tp_dst=80,actions=1",
		"vswctl: Needs a protocol\n"
		"  flow add vsw0 ip,tp_dst=80,actions=1\n"
		"                   ^~~~~~~~~\n"
	}, {
		{ VSW_CMD_FLOW_NEW, 1, EINVAL, "No such table",
		  { VSW_A_FLOW_ACTIONS, VSW_A_ACTIONS_ACTION,
		    VSW_A_ACTION_GOTO_TABLE }, 0 },
		"flow add vsw0 table=5, actions=goto_table:3",
		"vswctl: No such table\n"
		"  flow add vsw0 table=5, actions=goto_table:3\n"
		"                                 ^~~~~~~~~~~~\n"
	}, {
		{ VSW_CMD_FLOW_NEW, 1, ENOSPC, "Too many flows", {}, 0 },
		"flow add vsw0 actions=1",
		"vswctl: Too many flows\n"
		"  flow add vsw0 actions=1\n"
		"                ^~~~~~~~~\n"
	}, {
		{ VSW_CMD_PORT_GET, 1, ENODEV, "No such switch",
		  { VSW_A_PORT_SWITCH_NAME }, 0 },
		"flow add vsw0 in_port=tap0,actions=1",
		"vswctl: No such switch\n"
		"  flow add vsw0 in_port=tap0,actions=1\n"
		"           ^~~~\n"
	},
};

static void the_kernels_words_are_printed_and_the_argument_underlined(void)
{
	struct test_result result;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(refusals); i++) {
		test_kernel.rule = refusals[i].rule;
		test_run(refusals[i].command, NULL, &result);
		test_ok(result.status == 1, "%s: status %d", refusals[i].command, result.status);
		test_equal(refusals[i].err, result.err, refusals[i].command);
		test_free(&result);
	}
	test_kernel.rule = (struct test_rule){};
	test_kernel.missing = true;
	test_run("switch show", NULL, &result);
	test_equal("vswctl: the vsw module is not loaded\n", result.err, "without the module");
	test_ok(result.status == 1, "without the module: status %d", result.status);
	test_free(&result);
	test_kernel.missing = false;
}

static void a_batch_runs_to_the_first_error(void)
{
	struct test_result result;

	test_run("-b -", "# a comment\n\nswitch add vsw0 # another\n"
		 "flow add vsw0 'tcp, actions=1'\nport \"add\" vsw0 tap0\n", &result);
	test_equal("switch-new create excl switch-name=vsw0\n"
		   "flow-new create replace switch-name=vsw0 match{eth-type=0x800 ip-proto=6} actions{action{output=1}}\n"
		   "port-new create excl switch-name=vsw0 name=tap0\n", result.sent, "batch");
	test_ok(!result.status, "batch: %s", result.err);
	test_free(&result);

	test_run("-b -", "switch add vsw0\nswitch add vsw1 x\nswitch add vsw2\n", &result);
	test_equal("switch-new create excl switch-name=vsw0\n", result.sent, "bad batch");
	test_contains("stdin:2: expected one of", result.err, "bad batch");
	test_contains("  switch add vsw1 x\n                  ^\n", result.err, "bad batch");
	test_ok(result.status == 2, "bad batch: status %d", result.status);
	test_free(&result);

	test_run("-b -", "switch add 'vsw0\n", &result);
	test_contains("a quote is not closed", result.err, "open quote");
	test_ok(result.status == 2, "open quote: status %d", result.status);
	test_free(&result);

	test_kernel.rule = (struct test_rule){
		VSW_CMD_SWITCH_NEW, 2, EEXIST, "There is one", {}, 0 };
	test_run("-b -", "switch add vsw0\nswitch add vsw0\nswitch add vsw1\n", &result);
	test_ok(result.status == 1, "refused batch: status %d", result.status);
	test_contains("There is one", result.err, "refused batch");
	test_free(&result);
	test_kernel.rule = (struct test_rule){};
}

static const char flows[] =
	"# flows\n"
	"tcp,actions=1\n"
	"\n"
	"udp,actions=2 # two\n"
	"arp,actions=3\n";

#define NEW	"flow-new create replace switch-name=vsw0 "
#define TXN	"flow-new create replace switch-name=vsw0 txn=77 "
#define TCP	"match{eth-type=0x800 ip-proto=6} actions{action{output=1}}\n"
#define UDP	"match{eth-type=0x800 ip-proto=17} actions{action{output=2}}\n"
#define ARP	"match{eth-type=0x806} actions{action{output=3}}\n"
#define BEGIN	"txn-new switch-name=vsw0\n"
#define COMMIT	"txn-commit switch-name=vsw0 txn=77\n"
#define ABORT	"txn-abort switch-name=vsw0 txn=77\n"

static void a_file_of_flows_is_packed(void)
{
	struct test_result result;

	test_run("flow add vsw0 file -", flows, &result);
	test_ok(!result.status, "flow file: %s", result.err);
	test_equal(BEGIN TXN TCP TXN UDP TXN ARP COMMIT, result.sent, "flow file");
	test_equal("", result.err, "flow file");
	test_free(&result);
}

static void a_refused_line_stops_a_file_right_there(void)
{
	struct test_result result;

	test_kernel.rule = (struct test_rule){
		VSW_CMD_FLOW_NEW, 2, EINVAL, "No",
		{ VSW_A_FLOW_ACTIONS, VSW_A_ACTIONS_ACTION, VSW_A_ACTION_OUTPUT }, 0 };
	test_run("flow add vsw0 file -", flows, &result);
	test_equal(BEGIN TXN TCP TXN UDP TXN ARP ABORT NEW TCP NEW UDP NEW ARP, result.sent,
		   "flow file that is fine at the second attempt");
	test_ok(!result.status, "second attempt: status %d", result.status);
	test_free(&result);

	/* The fifth is the second when they are sent one by one. */
	test_kernel.rule.nth = 5;
	test_run("flow add vsw0 file -", flows, &result);
	test_equal(BEGIN TXN TCP TXN UDP TXN ARP COMMIT, result.sent, "accepted");
	test_free(&result);
	test_kernel.rule = (struct test_rule){ VSW_CMD_TXN_COMMIT, 1, EINVAL, "No", {}, 0 };
	test_run("flow add vsw0 file -", flows, &result);
	test_equal(BEGIN TXN TCP TXN UDP TXN ARP COMMIT NEW TCP NEW UDP NEW ARP, result.sent,
		   "commit refused");
	test_free(&result);
	test_kernel.rule = (struct test_rule){};
}

static void lost_answers_are_asked_for_again(void)
{
	struct test_result result;

	/* Behind the family and its ack, the transaction and its ack */
	test_kernel.overrun = 5;
	test_run("flow add vsw0 file -", flows, &result);
	test_equal(BEGIN TXN TCP TXN UDP TXN ARP ABORT NEW TCP NEW UDP NEW ARP, result.sent,
		   "lost answers");
	test_ok(!result.status, "lost answers: %s", result.err);
	test_free(&result);

	test_kernel.overrun = 3;
	test_run("switch show", NULL, &result);
	test_equal("vswctl: No buffer space available\n", result.err, "lost list");
	test_ok(result.status == 1, "lost list: status %d", result.status);
	test_free(&result);
	test_kernel.overrun = 0;
}

static void a_bad_line_stops_a_file_right_there(void)
{
	struct test_result result;

	test_run("flow add vsw0 file -", "tcp,actions=1\nudp,actions=2\n"
		 "tcp,arp,actions=3\nip,actions=4\n", &result);
	test_equal(BEGIN TXN TCP TXN UDP COMMIT, result.sent, "bad line");
	test_contains("stdin:3: this contradicts tcp\n  tcp,arp,actions=3\n      ^~~\n", result.err,
		      "bad line");
	test_contains("lines done before this one: 2\n", result.err, "bad line");
	test_ok(result.status == 2, "bad line: status %d", result.status);
	test_free(&result);
}

static void replace_is_one_transaction(void)
{
	struct test_result result;

	test_run("flow replace vsw0 file -", flows, &result);
	test_equal(BEGIN "flow-del switch-name=vsw0 txn=77\n" TXN TCP TXN UDP TXN ARP COMMIT,
		   result.sent, "replace");
	test_ok(!result.status, "replace: %s", result.err);
	test_free(&result);

	test_kernel.rule = (struct test_rule){
		VSW_CMD_FLOW_NEW, 2, EINVAL, "No", { VSW_A_FLOW_MATCH }, 0 };
	test_run("flow replace vsw0 file -", flows, &result);
	test_equal(BEGIN "flow-del switch-name=vsw0 txn=77\n" TXN TCP TXN UDP TXN ARP ABORT,
		   result.sent, "refused replace");
	test_contains("stdin:4: No\n  udp,actions=2 # two\n  ^~~\nvswctl: no flow has changed\n",
		      result.err, "refused replace");
	test_ok(result.status == 1, "refused replace: status %d", result.status);
	test_free(&result);

	test_kernel.rule = (struct test_rule){ VSW_CMD_TXN_COMMIT, 1, ENOSPC, "Full", {}, 3 };
	test_run("flow replace vsw0 file -", flows, &result);
	test_equal("stdin:4: Full\n  udp,actions=2 # two\n  ^~~~~~~~~~~~~\n"
		   "vswctl: no flow has changed\n", result.err, "refused commit");
	test_ok(result.status == 1, "refused commit: status %d", result.status);
	test_free(&result);
	test_kernel.rule = (struct test_rule){};
}

static void many_flows_go_in_several_packs(void)
{
	size_t size = 1 << 20;
	char *input = calloc(1, size), *at = input;
	struct test_result result;
	unsigned int i, n = 0, packs = 0;
	const char *line;

	for (i = 0; i < 5000; i++)
		at += snprintf(at, size - (at - input), "priority=%u,tcp,actions=1\n", i);
	test_run("flow add vsw0 file -", input, &result);
	test_ok(!result.status, "many flows: %s", result.err);
	for (line = result.sent; *line; line = strchr(line, '\n') + 1) {
		n += !strncmp(line, "flow-new", 8);
		packs += !strncmp(line, "txn-commit", 10);
	}
	test_ok(n == 5000, "many flows: %u sent", n);
	test_ok(packs > 3 && packs < 50, "many flows: in %u packs", packs);
	test_free(&result);
	free(input);
}

int main(void)
{
	commands_send_requests();
	bad_commands_exit_with_2_and_send_nothing();
	objects_are_shown();
	what_is_shown_can_be_typed_back();
	events_are_printed_one_a_line();
	a_monitor_says_when_events_are_lost_and_goes_on();
	an_interrupted_dump_is_read_again();
	the_kernels_words_are_printed_and_the_argument_underlined();
	a_batch_runs_to_the_first_error();
	a_file_of_flows_is_packed();
	a_refused_line_stops_a_file_right_there();
	lost_answers_are_asked_for_again();
	a_bad_line_stops_a_file_right_there();
	replace_is_one_transaction();
	many_flows_go_in_several_packs();
	test_kernel_forget();
	return test_end();
}
