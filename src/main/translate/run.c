/* run.c - see translate_run.h. One story after the other, so that a stop loses at most the batch that is on its way. */
#include "main/translate/run.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "base/sys.h"
#include "main/progress.h"

enum { PAGE = 500, RETRIES = 60, PATIENCE = 1 };

struct run {
	struct bs_house *house;
	const struct bs_translate_order *order;
	struct bs_arena *arena, *page_arena;
	struct bs_progress progress;
	int64_t done, total;
	struct bs_translated sum;
	size_t failed;
};

static void complain(struct run *r, struct bs_str public_id, struct bs_str lang, const char *why)
{
	r->failed++;
	bs_progress_clear(&r->progress);
	fprintf(stderr, "%.*s %.*s: %s\n", BS_ARG(public_id), BS_ARG(lang), why);
}

/* BS_LIMIT ends it all: what may be spent is spent. An engine that is busy for a moment is waited for. */
static enum bs_rc translate(struct run *r, int64_t story, struct bs_str public_id, struct bs_str lang, struct bs_err *err)
{
	struct bs_translate_task task = { .story_id = story, .lang = lang, .again = r->order->again, .dry_run = r->order->dry_run,
		                          .engine = bs_str_c(r->order->engine) };
	struct bs_translated one;
	enum bs_rc rc = BS_BUSY;

	for (int i = 0; i < RETRIES && rc == BS_BUSY; i++) {
		struct timespec pause = { .tv_sec = PATIENCE };
		if (i > 0)
			nanosleep(&pause, NULL);
		bs_arena_reset(r->arena);
		rc = story == 0 ? bs_translator_paper(r->house->translator, r->arena, &task, bs_now(), &one, err)
		                : bs_translator_story(r->house->translator, r->arena, &task, bs_now(), &one, err);
		bs_translated_add(&r->sum, &one);
	}
	bs_progress_show(&r->progress, ++r->done, r->total);
	if (rc == BS_OK || rc == BS_LIMIT)
		return rc;
	complain(r, public_id, lang, err->text);
	return BS_OK;
}

static enum bs_rc each_language(struct run *r, int64_t story, struct bs_str public_id, struct bs_str own, struct bs_err *err)
{
	struct bs_str list = bs_str_c(r->order->to), lang;
	enum bs_rc rc = BS_OK;

	while (rc == BS_OK && bs_translate_list_next(&list, &lang)) {
		if (!bs_str_eq(lang, own))
			rc = translate(r, story, public_id, lang, err);
	}
	return rc;
}

struct story {
	int64_t id;
	struct bs_str public_id, lang;
};

static enum bs_rc read_page(struct run *r, int64_t before, struct story *page, size_t *count, struct bs_err *err)
{
	struct bs_str only = bs_str_c(r->order->story);
	struct bs_stmt *stmt = NULL;
	struct bs_db *db = NULL;
	enum bs_rc rc = bs_pool_read(r->house->pool, &db, err);

	*count = 0;
	bs_arena_reset(r->page_arena);
	if (rc == BS_OK)
		rc = bs_db_int(db, BS_Q_exchange_story_count, BS_VALUES(bs_text(only)), &r->total, err);
	if (rc == BS_OK)
		rc = bs_db_query(db, BS_Q_exchange_stories, BS_VALUES(bs_int(before), bs_text(only)), &stmt, err);
	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK && *count < PAGE)
		page[(*count)++] = (struct story){ bs_stmt_int(stmt, BS_C_exchange_stories_id),
			                           bs_arena_copy(r->page_arena, bs_stmt_str(stmt, BS_C_exchange_stories_public_id)),
			                           bs_arena_copy(r->page_arena, bs_stmt_str(stmt, BS_C_exchange_stories_lang)) };
	bs_stmt_free(&stmt);
	bs_pool_return(&db);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static int64_t languages(const char *to)
{
	struct bs_str list = bs_str_c(to), lang;
	int64_t count = 0;

	while (bs_translate_list_next(&list, &lang))
		count++;
	return count;
}

static enum bs_rc each_story(struct run *r, struct bs_err *err)
{
	struct story page[PAGE];
	int64_t before = INT64_MAX;
	size_t count = 0;
	bool any = false;
	enum bs_rc rc;

	do {
		rc = read_page(r, before, page, &count, err);
		r->total = (r->total + (r->order->story == NULL)) * languages(r->order->to);
		for (size_t i = 0; i < count && rc == BS_OK; i++) {
			before = page[i].id;
			rc = each_language(r, page[i].id, page[i].public_id, page[i].lang, err);
			any = true;
		}
	} while (rc == BS_OK && count == PAGE);
	/* And the paper itself: notices, biographies, descriptions. */
	if (rc == BS_OK && r->order->story == NULL)
		rc = each_language(r, 0, BS_STR("the paper itself"), BS_STR(""), err);
	if (rc == BS_OK && !any && r->order->story != NULL)
		rc = bs_fail(err, BS_NOT_FOUND, "there is no published story '%.100s'", r->order->story);
	return rc;
}

static void print_sum(const struct run *r)
{
	const struct bs_translated *sum = &r->sum;

	if (r->order->json) {
		printf("{\"event\":\"done\",\"passages\":%zu,\"missing\":%zu,\"written\":%zu,\"refused\":%zu,\"failed\":%zu,"
		       "\"characters\":%" PRId64 ",\"cost\":%" PRId64 ".%06" PRId64 ",\"dry_run\":%s}\n",
		       sum->passages, sum->missing, sum->written, sum->refused, r->failed,
		       sum->characters, sum->cost / 1000000, sum->cost % 1000000, r->order->dry_run ? "true" : "false");
	} else if (r->order->dry_run) {
		printf("%zu of %zu passages are missing: %" PRId64 " characters, which would cost %" PRId64 ".%02" PRId64 ". Nothing was sent.\n",
		       sum->missing, sum->passages, sum->characters, sum->cost / 1000000, sum->cost % 1000000 / 10000);
	} else {
		printf("%zu of %zu passages were missing: %zu translated, %zu refused and left to a person; %" PRId64 " characters, "
		       "which cost %" PRId64 ".%02" PRId64 ".\n", sum->missing, sum->passages, sum->written, sum->refused,
		       sum->characters, sum->cost / 1000000,
		       sum->cost % 1000000 / 10000);
	}
}

static enum bs_rc check_languages(const char *to, struct bs_err *err)
{
	struct bs_str list = bs_str_c(to), lang;

	while (bs_translate_list_next(&list, &lang)) {
		const struct bs_lang *found = bs_lang_find(lang);
		if (found == NULL || !bs_str_eq(found->code, lang))
			return bs_fail(err, BS_INVALID, "--to: '" BS_FMT "' is no language's code, such as es or zh-Hans", BS_ARG(lang));
	}
	return BS_OK;
}

enum bs_exit bs_translate_run(struct bs_house *house, const struct bs_translate_order *order)
{
	struct run r = { .house = house, .order = order, .progress = bs_progress_of("translations", order->json) };
	struct bs_err err = { 0 };
	enum bs_rc rc = check_languages(order->to, &err);

	if (rc != BS_OK)
		return bs_complain(BS_EXIT_USAGE, "%s", err.text);
	r.arena = bs_arena_new();
	r.page_arena = bs_arena_new();
	rc = bs_house_translator(house, &err);
	if (rc == BS_OK)
		rc = each_story(&r, &err);
	bs_progress_clear(&r.progress);
	bs_arena_free(&r.arena);
	bs_arena_free(&r.page_arena);
	if (rc == BS_OK || r.sum.written > 0)
		print_sum(&r);
	if (rc != BS_OK)
		return bs_complain(BS_EXIT_FAILED, "%s", err.text);
	return r.failed + r.sum.refused > 0 ? BS_EXIT_PARTLY : BS_EXIT_DONE;
}
