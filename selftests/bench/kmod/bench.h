/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The instrument: streams of frames, the generator that sends them, the sink
 * that counts them, and the host's clock.
 */
#ifndef BENCH_H
#define BENCH_H

#include <linux/etherdevice.h>
#include <linux/ip.h>
#include <linux/netdevice.h>
#include <linux/tcp.h>
#include <linux/udp.h>

/**
 * struct bench_headers - the headers of a frame
 * @eth: Ethernet
 * @ip: IPv4, without options
 * @udp: UDP, or
 * @tcp: TCP
 */
struct bench_headers {
	struct ethhdr eth;
	struct iphdr ip;
	union {
		struct udphdr udp;
		struct tcphdr tcp;
	};
} __packed;

/**
 * struct bench_inner - what is in a VXLAN packet, behind the outer UDP header
 * @flags: there is a VNI
 * @vni: in the upper 24 bits
 * @headers: of the frame inside
 */
struct bench_inner {
	__be32 flags;
	__be32 vni;
	struct bench_headers headers;
} __packed;

/**
 * struct bench_stream - frames of one kind
 * @stamp: writes what makes flow @index different, @random is free to use
 * @headers: of the next frame
 * @is_vxlan: frames have @inner in them
 * @inner: of all frames
 * @order: the flows, in the order in which they are sent; NULL for flow 0
 * @order_len: length of @order
 * @next: position in @order, or number of the next frame
 * @seed: state of the random numbers
 * @masks: number of masks that the rules have, for the kind "fill"
 * @size: bytes of a frame without FCS; more than 1514 is sent as one TCP
 *	super-packet
 */
struct bench_stream {
	void (*stamp)(struct bench_stream *s, u32 index, u32 random);
	struct bench_headers headers;
	bool is_vxlan;
	struct bench_inner inner;
	const u32 *order;
	u32 order_len;
	u32 next;
	u64 seed;
	u32 masks;
	u32 size;
};

/* stream.c */
int bench_stream_init(struct bench_stream *s, const char *kind);
struct sk_buff *bench_stream_next(struct bench_stream *s, struct net_device *dev);
int bench_stream_setup(void);
void bench_stream_cleanup(void);

/**
 * struct bench_arrived - what the sinks have got
 * @frames: number of frames
 * @bad: frames that were not whole; counted while @checking only
 * @checking: look into each frame
 */
struct bench_arrived {
	u64 frames;
	u64 bad;
	bool checking;
};

/* sink.c */
extern struct bench_arrived bench_arrived;
int bench_sink_add(const char *name);
int bench_sink_setup(void);
void bench_sink_cleanup(void);

#endif
