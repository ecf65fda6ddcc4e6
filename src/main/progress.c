/* progress.c - see progress.h. */
#include "main/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

enum { BAR = 30, LINES_EVERY = 1000 };

struct bs_progress bs_progress_of(const char *what, bool json)
{
	return (struct bs_progress){ .what = what, .json = json, .terminal = !json && isatty(STDERR_FILENO) == 1 };
}

static void draw_bar(const struct bs_progress *progress, int64_t done, int64_t total)
{
	int filled = total > 0 ? (int)(done * BAR / total) : BAR;

	fprintf(stderr, "\r[%.*s%*s] %" PRId64 " of %" PRId64 " %s", filled, "##############################", BAR - filled, "",
	        done, total, progress->what);
	if (done == total)
		fputc('\n', stderr);
}

void bs_progress_show(struct bs_progress *progress, int64_t done, int64_t total)
{
	int64_t step = progress->terminal ? total / 200 + 1 : LINES_EVERY;
	bool due = done - progress->shown >= step || (progress->terminal && done == total && done != progress->shown);

	if (!due)
		return;
	progress->shown = done;
	if (progress->terminal) {
		draw_bar(progress, done, total);
		return;
	}
	if (progress->json)
		printf("{\"done\":%" PRId64 ",\"event\":\"progress\",\"total\":%" PRId64 "}\n", done, total);
	else
		printf("%" PRId64 " of %" PRId64 " %s\n", done, total, progress->what);
	fflush(stdout);
}

void bs_progress_clear(const struct bs_progress *progress)
{
	if (progress->terminal)
		fputs("\r\033[K", stderr);
}
