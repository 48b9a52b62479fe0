// SPDX-License-Identifier: GPL-2.0
/*
 * What an older kernel lacks and is too long for compat.h.
 */
#include "compat.h"

#ifdef VSW_NEED_EXTACK_PRINTF
#include <linux/jiffies.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

#define TEXTS		512
#define TEXT_LEN	96
#define TEXT_AGE	HZ

/**
 * struct text - a formatted message
 * @owner: the task whose request was refused, only compared, NULL at first
 * @since: jiffies when it was formatted
 * @msg: the message; its last byte is always 0
 */
struct text {
	const struct task_struct *owner;
	unsigned long since;
	char msg[TEXT_LEN];
};

static struct text texts[TEXTS];
static DEFINE_SPINLOCK(texts_lock);

static bool is_free(const struct text *text)
{
	return !text->owner || time_after(jiffies, text->since + TEXT_AGE);
}

static struct text *find_text(void)
{
	struct text *free = NULL;
	int i;

	for (i = 0; i < TEXTS; i++) {
		if (texts[i].owner == current)
			return &texts[i];
		if (!free && is_free(&texts[i]))
			free = &texts[i];
	}
	return free;
}

/**
 * vsw_extack_printf() - format a message for struct netlink_ext_ack
 * @fmt: format
 *
 * The kernel puts the message into the reply soon after, in the same task,
 * without telling us. A task makes one request after the other, so its text can
 * be overwritten by its next one. That of another task is left alone for a
 * second, so that its length does not change between the measuring and the
 * filling of the reply. Where so many tasks are refused in a second that there
 * is no room, the message is one without numbers, which never changes.
 *
 * Context: process.
 * Return: the message.
 */
const char *vsw_extack_printf(const char *fmt, ...)
{
	struct text *text;
	va_list args;

	spin_lock(&texts_lock);
	text = find_text();
	if (text) {
		text->owner = current;
		text->since = jiffies;
		va_start(args, fmt);
		vsnprintf(text->msg, sizeof(text->msg), fmt, args);
		va_end(args);
	}
	spin_unlock(&texts_lock);
	return text ? text->msg : "Refused, as many requests are now: try again to learn why";
}
#endif
