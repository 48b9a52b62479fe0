// SPDX-License-Identifier: GPL-2.0
/*
 * The generator. A line written to /proc/bench says what to do:
 *
 *	sink=DEV		count what DEV receives
 *	dev=DEV count=N ...	send N frames, wait until they have arrived
 *	  kind=KIND order=FILE size=BYTES masks=N	which frames, see stream.c
 *	  burst=N attack=KIND	before each N of them send N of another kind
 *	  check=1		check that what arrives is whole
 *
 * A read gives the last result, the counts and times of the frames alone, not
 * of the attack: sent, arrived, bad, nanoseconds of CPU, nanoseconds of wall
 * clock, and the two clocks as they are now.
 */
#include <linux/kernel_read_file.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include <net/net_namespace.h>

#include "bench.h"
#include "clock.h"

#define LINE_MAX	512

static unsigned int shift;
module_param(shift, uint, 0444);
MODULE_PARM_DESC(shift, "Pages to take, so that modules that follow are loaded elsewhere");

struct request {
	char *sink;
	char *dev;
	char *kind;
	char *order;
	char *attack;
	char *count;
	char *size;
	char *masks;
	char *burst;
	char *check;
};

struct result {
	u64 sent;
	u64 arrived;
	u64 bad;
	u64 cpu;
	u64 wall;
};

static struct bench_stream stream, attack;
static DEFINE_MUTEX(lock);	/* all of this file */
static struct result result;
static u64 clock_cost;
static char order_name[LINE_MAX];
static u32 *order;
static void *room;
static u32 order_len;

static void send_one(struct bench_stream *s, struct net_device *dev)
{
	struct sk_buff *skb = bench_stream_next(s, dev);
	struct netdev_queue *txq;

	if (!skb)
		return;
	local_bh_disable();
	txq = netdev_get_tx_queue(dev, 0);
	HARD_TX_LOCK(dev, txq, smp_processor_id());
	if (netdev_start_xmit(skb, dev, txq, false) == NETDEV_TX_BUSY)
		kfree_skb(skb);
	HARD_TX_UNLOCK(dev, txq);
	local_bh_enable();
}

static void send_burst(struct bench_stream *s, struct net_device *dev, u64 n)
{
	while (n--) {
		send_one(s, dev);
		if (!(n & 63))
			cond_resched();
	}
}

/* What was left to ksoftirqd is done before somebody else is measured. */
static void finish_softirqs(void)
{
	local_bh_disable();
	local_bh_enable();
}

/* A softirq that takes too long goes on in ksoftirqd. */
static void wait_for_arrival(u64 frames)
{
	int i;

	for (i = 0; i < 3 && bench_arrived.frames < frames; i++)
		schedule_timeout_uninterruptible(1);
}

static void timed_burst(struct net_device *dev, u64 n)
{
	u64 cpu = host_clock(HOST_CLOCK_CPU), wall = host_clock(HOST_CLOCK_WALL);
	u64 before = bench_arrived.frames;

	send_burst(&stream, dev, n);
	wait_for_arrival(before + n);
	result.wall += host_clock(HOST_CLOCK_WALL) - wall;
	result.cpu += host_clock(HOST_CLOCK_CPU) - cpu - clock_cost;
	result.arrived += bench_arrived.frames - before;
	result.sent += n;
}

static void measure(struct net_device *dev, u64 count, u64 burst)
{
	memset(&result, 0, sizeof(result));
	bench_arrived.bad = 0;
	while (result.sent < count && !fatal_signal_pending(current)) {
		if (attack.stamp) {
			send_burst(&attack, dev, burst);
			finish_softirqs();
		}
		timed_burst(dev, min(burst, count - result.sent));
	}
	result.bad = bench_arrived.bad;
}

/* The order stays loaded for the next request that names it. */
static int load_order(const char *name)
{
	void *data = NULL;
	ssize_t len;

	if (!strcmp(name, order_name))
		return 0;
	order_name[0] = '\0';
	vfree(order);
	order = NULL;
	len = kernel_read_file_from_path(name, 0, &data, INT_MAX, NULL, READING_FIRMWARE);
	if (len < 0)
		return len;
	order = data;
	order_len = len / sizeof(u32);
	strscpy(order_name, name, sizeof(order_name));
	return order_len ? 0 : -EINVAL;
}

static u64 number(const char *text, u64 otherwise)
{
	u64 n;

	return text && !kstrtou64(text, 0, &n) ? n : otherwise;
}

static int init_streams(const struct request *req)
{
	int err = req->order ? load_order(req->order) : 0;

	if (err)
		return err;
	stream.order = req->order ? order : NULL;
	stream.order_len = order_len;
	stream.size = number(req->size, ETH_ZLEN);
	stream.masks = number(req->masks, 1);
	stream.stamp = NULL;
	err = bench_stream_init(&stream, req->kind ?: "tuple");
	attack.stamp = NULL;
	if (err || !req->attack)
		return err;
	attack.size = stream.size;
	return bench_stream_init(&attack, req->attack);
}

static int run(const struct request *req)
{
	u64 count = number(req->count, 0);
	struct net_device *dev;
	int err;

	err = init_streams(req);
	if (err || !count)
		return err ?: -EINVAL;
	dev = dev_get_by_name(&init_net, req->dev);
	if (!dev)
		return -ENODEV;
	bench_arrived.checking = number(req->check, 0);
	measure(dev, count, number(req->burst, count) ?: count);
	dev_put(dev);
	return 0;
}

static int parse(char *line, struct request *req)
{
	const struct {
		const char *key;
		char **value;
	} keys[] = {
		{ "sink", &req->sink }, { "dev", &req->dev }, { "kind", &req->kind },
		{ "order", &req->order }, { "attack", &req->attack },
		{ "count", &req->count }, { "size", &req->size },
		{ "masks", &req->masks }, { "burst", &req->burst },
		{ "check", &req->check },
	};
	char *word;
	int i;

	while ((word = strsep(&line, " "))) {
		char *key = strsep(&word, "=");

		if (!*key)
			continue;
		for (i = 0; i < ARRAY_SIZE(keys); i++)
			if (!strcmp(keys[i].key, key))
				break;
		if (i == ARRAY_SIZE(keys) || !word)
			return -EINVAL;
		*keys[i].value = word;
	}
	return 0;
}

static ssize_t bench_write(struct file *file, const char __user *text, size_t len,
			   loff_t *pos)
{
	struct request req = {};
	char line[LINE_MAX];
	int err;

	if (len >= sizeof(line) || copy_from_user(line, text, len))
		return -EINVAL;
	line[len] = '\0';
	err = parse(strim(line), &req);
	if (err)
		return err;
	mutex_lock(&lock);
	if (req.sink)
		err = bench_sink_add(req.sink);
	else
		err = req.dev ? run(&req) : -EINVAL;
	mutex_unlock(&lock);
	return err ?: len;
}

static int bench_show(struct seq_file *m, void *v)
{
	mutex_lock(&lock);
	seq_printf(m, "%llu %llu %llu %llu %llu %llu %llu\n", result.sent, result.arrived,
		   result.bad, result.cpu, result.wall, host_clock(HOST_CLOCK_CPU),
		   host_clock(HOST_CLOCK_WALL));
	mutex_unlock(&lock);
	return 0;
}

static int bench_open(struct inode *inode, struct file *file)
{
	return single_open(file, bench_show, NULL);
}

static const struct proc_ops bench_proc_ops = {
	.proc_open = bench_open,
	.proc_read = seq_read,
	.proc_lseek = seq_lseek,
	.proc_release = single_release,
	.proc_write = bench_write,
};

/* What it costs to look at the clocks as timed_burst() does. */
static void calibrate(void)
{
	u64 cpu, cost;
	int i;

	clock_cost = U64_MAX;
	for (i = 0; i < 1000; i++) {
		cpu = host_clock(HOST_CLOCK_CPU);
		host_clock(HOST_CLOCK_WALL);
		host_clock(HOST_CLOCK_WALL);
		cost = host_clock(HOST_CLOCK_CPU) - cpu;
		clock_cost = min(clock_cost, cost);
	}
}

static int __init bench_init(void)
{
	int err;

	room = vmalloc((shift + 1) * PAGE_SIZE);
	if (!room)
		return -ENOMEM;
	err = bench_stream_setup();
	if (err)
		goto err_room;
	err = bench_sink_setup();
	if (err)
		goto err_stream;
	err = -ENOMEM;
	if (!proc_create("bench", 0600, NULL, &bench_proc_ops))
		goto err_sink;
	calibrate();
	return 0;

err_sink:
	bench_sink_cleanup();
err_stream:
	bench_stream_cleanup();
err_room:
	vfree(room);
	return err;
}

static void __exit bench_exit(void)
{
	remove_proc_entry("bench", NULL);
	bench_sink_cleanup();
	bench_stream_cleanup();
	vfree(order);
	vfree(room);
}

module_init(bench_init);
module_exit(bench_exit);
MODULE_DESCRIPTION("Generator and sink of the benchmark");
MODULE_LICENSE("GPL");
