/* tally.c - telling what happens, and counting remarks so that each is told once; see run.h. */
#include <stdlib.h>

#include "syndicate/import/run.h"

struct tally {
	enum bs_remark_kind kind;
	struct bs_str subject, text, path;
	int line;
	int64_t times;
	size_t at; /* order of the first */
};

void bs_import_tell(struct bs_import_run *run, const struct bs_import_event *event)
{
	struct bs_import_event told = *event;

	if (told.done == 0)
		told.done = run->done;
	told.total = (int64_t)run->index.count;
	/* Names of files and words of documents may hold what would write on the terminal, or a second line of a report. */
	told.path = bs_import_shown(run->arena, told.path);
	told.subject = bs_import_shown(run->arena, told.subject);
	if (told.text != NULL)
		told.text = bs_import_shown(run->arena, bs_str_c(told.text)).ptr;
	if (run->options->event != NULL)
		run->options->event(run->options->ctx, &told);
}

void bs_import_refuse(struct bs_import_run *run, struct bs_str path, const struct bs_remarks *remarks,
                      const struct bs_err *err)
{
	struct bs_import_event event = { .kind = BS_IMPORT_REFUSED, .path = path, .text = err->text };

	if (run->muted)
		return;
	if (remarks != NULL) {
		event.line = remarks->line;
		event.byte = remarks->byte;
	}
	run->totals->refused++;
	bs_import_tell(run, &event);
}

void bs_import_refuse_story(struct bs_import_run *run, const struct bs_import_file *file, const struct bs_remarks *remarks,
                            const struct bs_err *err)
{
	struct bs_remarks place = { .line = file->line };
	struct bs_err told = *err;

	if (file->archive.len == 0) {
		bs_import_refuse(run, file->path, remarks, err);
		return;
	}
	(void)bs_fail_at(&told, "'" BS_FMT "'", BS_ARG(bs_str_sub(file->path, file->archive.len + 1, SIZE_MAX)));
	bs_import_refuse(run, file->archive, &place, &told);
}

static void count(struct bs_import_run *run, struct bs_str path, const struct bs_remark *remark)
{
	struct bs_str subject = remark->subject, key;
	struct tally *tally;
	void **place;

	/* References and pictures are as many as links: they are counted by what was done about them. */
	if (remark->kind == BS_REMARK_REFERENCE || remark->kind == BS_REMARK_PICTURE)
		subject = remark->text;
	key = bs_arena_printf(run->arena, "%d%.*s", (int)remark->kind, (int)(subject.len > 1000 ? 1000 : subject.len),
	                      subject.len > 0 ? subject.ptr : "");
	place = bs_map_put(&run->remarks, key);
	if (*place == NULL) {
		*place = tally = BS_NEW(run->arena, struct tally);
		*tally = (struct tally){ .kind = remark->kind, .line = remark->line, .at = run->remarks.count };
		tally->subject = bs_arena_copy(run->arena, remark->subject);
		tally->text = bs_arena_copy(run->arena, remark->text);
		tally->path = bs_arena_copy(run->arena, path);
	}
	tally = *place;
	tally->times++;
}

void bs_import_remarks(struct bs_import_run *run, struct bs_str path, const struct bs_remarks *remarks)
{
	for (size_t i = 0; i < remarks->count; i++)
		count(run, path, &remarks->items[i]);
}

void bs_import_remark(struct bs_import_run *run, struct bs_str path, enum bs_remark_kind kind, struct bs_str subject,
                      const char *text)
{
	if (!run->muted)
		count(run, path, &(struct bs_remark){ .kind = kind, .subject = subject, .text = bs_str_c(text) });
}

static int by_kind(const void *a, const void *b)
{
	const struct tally *x = *(const struct tally *const *)a, *y = *(const struct tally *const *)b;

	if (x->kind != y->kind)
		return (x->kind > y->kind) - (x->kind < y->kind);
	if (x->times != y->times)
		return (x->times < y->times) - (x->times > y->times);
	return (x->at > y->at) - (x->at < y->at);
}

static const char *words_of(enum bs_remark_kind kind)
{
	static const char *const words[BS_REMARK_KIND_COUNT] = {
		[BS_REMARK_KEY] = "unknown key, kept with the story",
		[BS_REMARK_LOST_KEY] = "unknown key, left out",
		[BS_REMARK_SHORTCODE] = "shortcode",
		[BS_REMARK_PICTURE] = "picture",
		[BS_REMARK_REFERENCE] = "reference",
		[BS_REMARK_TEXT] = "",
	};

	return words[kind];
}

void bs_import_tell_remarks(struct bs_import_run *run)
{
	struct tally **list = BS_ARRAY(run->arena, run->remarks.count, struct tally *);
	size_t n = 0, at = 0;
	struct bs_str key;
	void *value;

	while (bs_map_next(&run->remarks, &at, &key, &value))
		list[n++] = value;
	if (n > 1)
		qsort(list, n, sizeof(*list), by_kind);
	for (size_t i = 0; i < n; i++) {
		const char *words = words_of(list[i]->kind);
		struct bs_str text = bs_arena_printf(run->arena, "%s%s%s", words,
		                                     *words != '\0' && list[i]->text.len > 0 ? ": " : "",
		                                     list[i]->text.len > 0 ? list[i]->text.ptr : "");

		bs_import_tell(run, &(struct bs_import_event){ .kind = BS_IMPORT_REMARK,
		                                               .path = list[i]->path,
		                                               .line = list[i]->line,
		                                               .subject = list[i]->subject,
		                                               .text = text.ptr,
		                                               .times = list[i]->times });
	}
}
