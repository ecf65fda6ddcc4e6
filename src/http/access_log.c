/* access_log.c - the access log, Common Log Format; see internal.h. Each serving thread fills a block of its own; a full block
 * is written by that thread, the rest by the server's clock. One write per block, so lines of several threads or processes
 * never mix within one. */
#include "http/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { BLOCK = 32 * 1024, LONGEST_LINE = 4 * BS_MAX_REQUEST_TARGET + 256, STAMP_MAX = 40 };

struct block {
	_Alignas(64) pthread_mutex_t lock;
	size_t len;
	int64_t second;      /* of the stamp */
	char stamp[STAMP_MAX];
	char bytes[BLOCK];
};

struct bs_access_log {
	char *path;
	pthread_mutex_t lock; /* of the file */
	int file;
	unsigned workers;
	struct block blocks[];
};

static int open_file(const char *path)
{
	if (strcmp(path, "-") == 0)
		return dup(STDOUT_FILENO);
	return open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
}

enum bs_rc bs_access_log_open(const char *path, unsigned workers, struct bs_access_log **out, struct bs_err *err)
{
	size_t size = sizeof(struct bs_access_log) + workers * sizeof(struct block);
	int file = open_file(path);
	struct bs_access_log *log;

	*out = NULL;
	if (file < 0)
		return bs_fail(err, errno == EACCES ? BS_DENIED : BS_IO, "the access log '%s' can't be opened: %s", path,
		               strerror(errno));
	log = aligned_alloc(64, (size + 63) / 64 * 64);
	if (log == NULL)
		bs_out_of_memory(size);
	memset(log, 0, sizeof(*log));
	log->path = memcpy(bs_alloc(strlen(path) + 1), path, strlen(path));
	log->file = file;
	log->workers = workers;
	pthread_mutex_init(&log->lock, NULL);
	for (unsigned i = 0; i < workers; i++) {
		pthread_mutex_init(&log->blocks[i].lock, NULL);
		log->blocks[i].len = 0;
		log->blocks[i].second = 0;
	}
	*out = log;
	return BS_OK;
}

/* Call with the block's lock held. What can't be written (a full disk) is lost: a log must not stop the server. */
static void block_write(struct bs_access_log *log, struct block *block)
{
	size_t done = 0;

	pthread_mutex_lock(&log->lock);
	while (done < block->len && log->file >= 0) {
		ssize_t written = write(log->file, block->bytes + done, block->len - done);
		if (written < 0 && errno != EINTR)
			break;
		done += written > 0 ? (size_t)written : 0;
	}
	pthread_mutex_unlock(&log->lock);
	block->len = 0;
}

static void put(struct block *block, struct bs_str s)
{
	memcpy(block->bytes + block->len, s.ptr, s.len);
	block->len += s.len;
}

/* What a client sent can't begin a line, end the quotes, or speak to a terminal. */
static void put_escaped(struct block *block, struct bs_str s)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		if (c >= ' ' && c < 0x7F && c != '"' && c != '\\') {
			block->bytes[block->len++] = (char)c;
		} else {
			put(block, BS_STR("\\x"));
			block->bytes[block->len++] = digits[c >> 4];
			block->bytes[block->len++] = digits[c & 15];
		}
	}
}

static void put_stamp(struct block *block)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	int64_t now = bs_now();

	if (now != block->second) {
		struct bs_civil c = bs_civil_of(now, 0);
		(void)snprintf(block->stamp, sizeof(block->stamp), " - - [%02d/%.3s/%04d:%02d:%02d:%02d +0000] \"", c.day,
		               months + 3 * (c.month - 1), c.year, c.hour, c.minute, c.second);
		block->second = now;
	}
	put(block, bs_str_c(block->stamp));
}

static void put_request(struct block *block, const struct bs_access *access)
{
	if (access->method == NULL) {
		put(block, BS_STR("-"));
		return;
	}
	put_escaped(block, bs_str_utf8_prefix(bs_str_c(access->method), 32));
	put(block, BS_STR(" "));
	put_escaped(block, bs_str_sub(access->target, 0, BS_MAX_REQUEST_TARGET));
	put(block, BS_STR(" "));
	put_escaped(block, bs_str_utf8_prefix(bs_str_c(access->version), 16));
}

void bs_access_log_put(struct bs_access_log *log, unsigned worker, const struct bs_access *access)
{
	struct block *block = &log->blocks[worker];
	char numbers[32];

	pthread_mutex_lock(&block->lock);
	if (sizeof(block->bytes) - block->len < LONGEST_LINE)
		block_write(log, block);
	put(block, bs_str_c(access->address));
	put_stamp(block);
	put_request(block, access);
	(void)snprintf(numbers, sizeof(numbers), "\" %d %llu\n", access->status, (unsigned long long)access->bytes);
	put(block, bs_str_c(numbers));
	pthread_mutex_unlock(&block->lock);
}

void bs_access_log_flush(struct bs_access_log *log)
{
	for (unsigned i = 0; i < log->workers; i++) {
		pthread_mutex_lock(&log->blocks[i].lock);
		block_write(log, &log->blocks[i]);
		pthread_mutex_unlock(&log->blocks[i].lock);
	}
}

void bs_access_log_reopen(struct bs_access_log *log)
{
	int file;

	bs_access_log_flush(log);
	file = open_file(log->path);
	if (file < 0) {
		bs_log(BS_LOG_ERROR, "the access log '%s' can't be opened again: %s; the old file stays in use", log->path,
		       strerror(errno));
		return;
	}
	pthread_mutex_lock(&log->lock);
	close(log->file);
	log->file = file;
	pthread_mutex_unlock(&log->lock);
}

void bs_access_log_close(struct bs_access_log **closed)
{
	struct bs_access_log *log = *closed;

	if (log == NULL)
		return;
	bs_access_log_flush(log);
	close(log->file);
	for (unsigned i = 0; i < log->workers; i++)
		pthread_mutex_destroy(&log->blocks[i].lock);
	pthread_mutex_destroy(&log->lock);
	free(log->path);
	free(log);
	*closed = NULL;
}
