/* main.c - broadsheet-image: jobs in on standard input, results out on standard output, until the input ends.
 *
 * The server decodes no picture: this program does, and it has nothing to lose. Before it reads the first byte from
 * outside it has given up files, network and other programs (confine.c); what a broken picture does to it costs that
 * job. `broadsheet-image --version` says what it can read. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <vips/vips.h>

#include "base/limits.h"
#include "image/image.h"

enum { JOB_SECONDS = 60, MEMORY_MB = 2048, RESULT_MAX = 4 * BS_MAX_MEDIA_FILE };

static bool read_whole(void *to, size_t len)
{
	char *at = to;

	while (len > 0) {
		ssize_t got = read(STDIN_FILENO, at, len);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		at += got;
		len -= (size_t)got;
	}
	return true;
}

static bool write_whole(const void *from, size_t len)
{
	const char *at = from;

	while (len > 0) {
		ssize_t put = write(STDOUT_FILENO, at, len);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return false;
		at += put;
		len -= (size_t)put;
	}
	return true;
}

static bool answer(uint32_t status, const struct bs_buf *text, const struct bs_buf *bytes)
{
	bool well = status == BS_FRAME_WELL;
	struct bs_frame frame = { status, (uint32_t)text->len, well ? bytes->len : 0 };
	uint8_t head[BS_FRAME_HEAD];

	bs_frame_write(&frame, head);
	return write_whole(head, sizeof(head)) && write_whole(text->data, text->len) &&
	       (!well || write_whole(bytes->data, bytes->len));
}

static bool input(struct bs_buf *to, uint64_t len)
{
	bs_buf_reset(to);
	if (len > to->cap || !bs_buf_reserve(to, (size_t)len) || !read_whole(to->data, (size_t)len))
		return false;
	to->len = (size_t)len;
	return true;
}

static enum bs_frame_status work(struct bs_image_job *job)
{
	enum bs_frame_status status;

	alarm(job->seconds); /* whoever waits for the result may be gone: then nobody else would end it */
	switch (job->operation) {
	case BS_IMAGE_TAKE:
		status = bs_image_take(job);
		break;
	case BS_IMAGE_RENDER:
		status = bs_image_render(job);
		break;
	default:
		status = bs_image_refuse(job, "there is no operation %u", job->operation);
	}
	alarm(0);
	vips_error_clear();
	return status;
}

static bool one_job(struct bs_buf *text, struct bs_buf *bytes, struct bs_buf *text_out, struct bs_buf *bytes_out)
{
	uint8_t head[BS_FRAME_HEAD];
	struct bs_frame frame;
	struct bs_image_job job;

	if (!read_whole(head, sizeof(head)))
		return false;
	frame = bs_frame_read(head);
	if (!input(text, frame.text_len) || !input(bytes, frame.bytes_len))
		return false;
	bs_buf_reset(text_out);
	bs_buf_reset(bytes_out);
	job = (struct bs_image_job){ .operation = frame.word, .text = bs_buf_str(text), .bytes = bs_buf_str(bytes),
		.text_out = text_out, .bytes_out = bytes_out, .seconds = JOB_SECONDS };
	return answer(work(&job), text_out, bytes_out);
}

/* What is wrong with a picture is told to whom it belongs, not to the log of the server. */
static void drop_warning(const char *domain, GLogLevelFlags level, const char *text, void *ctx)
{
	(void)domain, (void)level, (void)text, (void)ctx;
}

/* Only what a newsroom gets: not the formats that vips itself does not trust, nor those of scientists. */
static void allow_formats(void)
{
	static const char *const allowed[] = { "VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp",
		"VipsForeignLoadNsgif", "VipsForeignLoadHeif", "VipsForeignLoadSvg" };

	vips_operation_block_set("VipsForeignLoad", TRUE);
	for (size_t i = 0; i < BS_COUNT(allowed); i++)
		vips_operation_block_set(allowed[i], FALSE);
	g_log_set_handler("VIPS", G_LOG_LEVEL_WARNING, drop_warning, NULL);
	vips_cache_set_max(0);
	vips_concurrency_set(1);
}

int main(int argc, char **argv)
{
	struct bs_buf text = BS_BUF(BS_FRAME_TEXT_MAX), bytes = BS_BUF(BS_MAX_MEDIA_FILE);
	struct bs_buf text_out = BS_BUF(BS_FRAME_TEXT_MAX), bytes_out = BS_BUF(RESULT_MAX);
	bool version = argc == 2 && strcmp(argv[1], "--version") == 0;

	if (argc > 1 && !version) {
		fprintf(stderr, "usage: broadsheet-image [--version]; it is the server that starts it\n");
		return 2;
	}
	if (VIPS_INIT(argv[0]) != 0) {
		fprintf(stderr, "broadsheet-image: libvips does not start: %s\n", vips_error_buffer());
		return 1;
	}
	allow_formats();
	if (version) {
		printf("broadsheet-image %s, libvips %s\n", BS_VERSION, vips_version_string());
		return 0;
	}
	if (!bs_image_confine((uint64_t)MEMORY_MB * 1024 * 1024))
		return 1;
	while (one_job(&text, &bytes, &text_out, &bytes_out))
		;
	return 0;
}
