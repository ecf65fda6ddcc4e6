/* stories.c - stories and pages without a date, each a file; see run.h. */
#include <stdlib.h>

#include "base/limits.h"
#include "base/sys.h"
#include "newsroom/ledger.h"
#include "syndicate/export/run.h"
#include "syndicate/export/story_file.h"
#include "syndicate/import/read/links.h"

enum { AT_ONCE = 500 }; /* as many as a query gives */

struct item {
	int64_t id;
	struct bs_str file;
};

struct stories {
	struct bs_export_run *run;
	struct bs_arena *page_arena, *arena; /* of the items; of one story */
	struct item items[AT_ONCE];
	size_t count;
	int64_t last;      /* id */
	int64_t accession; /* of the newest */
	struct bs_buf text;
};

/* stories/2025/11/ice.md, stories/2025/11/eis.de.md, stories/undated/ice.md, pages/about.md */
static struct bs_str file_of(const struct stories *s, const struct bs_stmt *row)
{
	struct bs_str lang = bs_stmt_str(row, BS_C_export_stories_lang), kind = bs_stmt_str(row, BS_C_export_stories_kind);
	int year = (int)bs_stmt_int(row, BS_C_export_stories_year), month = (int)bs_stmt_int(row, BS_C_export_stories_month);
	struct bs_str name = bs_export_name(s->page_arena, bs_stmt_str(row, BS_C_export_stories_slug),
	                                    bs_str_eq(lang, s->run->home->code) ? BS_STR("") : lang);

	if (bs_str_eq(kind, bs_kind_name(BS_KIND_PAGE)))
		return bs_arena_printf(s->page_arena, "pages/%s", name.ptr);
	if (year == 0)
		return bs_arena_printf(s->page_arena, "stories/undated/%s", name.ptr);
	return bs_arena_printf(s->page_arena, "stories/%04d/%02d/%s", year, month, name.ptr);
}

static enum bs_rc list_page(struct stories *s, struct bs_err *err)
{
	struct bs_stmt *row = NULL;
	enum bs_rc rc = bs_db_query(s->run->db, BS_Q_export_stories, BS_VALUES(bs_int(s->last)), &row, err);

	bs_arena_reset(s->page_arena);
	s->count = 0;
	while (rc == BS_OK && s->count < AT_ONCE && (rc = bs_stmt_next(row, err)) == BS_OK) {
		s->last = bs_stmt_int(row, BS_C_export_stories_id);
		s->items[s->count++] = (struct item){ s->last, file_of(s, row) };
	}
	bs_stmt_free(&row);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* --- one story ------------------------------------------------------------------------------------------------------------ */

/* The address that an import will give it needs no telling. */
static void leave_out_own_address(const struct bs_export_run *run, struct bs_draft *draft)
{
	struct bs_civil day = bs_civil_of(draft->published_at, bs_zone_offset(run->zone, draft->published_at));
	bool dated = draft->kind != BS_KIND_PAGE && draft->published_at != 0;
	size_t kept = 0;

	for (size_t i = 0; i < draft->address_count; i++) {
		const struct bs_draft_address *a = &draft->addresses[i];
		if (!bs_str_eq(a->lang, draft->lang) || !bs_str_eq(a->slug, draft->slug) || a->year != (dated ? day.year : 0) ||
		    a->month != (dated ? day.month : 0))
			draft->addresses[kept++] = *a;
	}
	draft->address_count = kept;
}

static enum bs_rc put_pictures(struct stories *s, const struct item *item, struct bs_incoming *story, struct bs_err *err)
{
	struct bs_body *body = &story->draft.body;
	enum bs_rc rc = bs_export_picture(s->run, s->arena, item->file, story->draft.image.media_id, &story->image_file, err);

	for (size_t i = 0; i < body->count && rc == BS_OK; i++) {
		struct bs_str src = bs_block_is_picture(&body->blocks[i]) ? bs_attrs_get(body->blocks[i].attrs, BS_STR("src")) : BS_STR(""), path;
		int64_t id;
		if (!bs_str_starts(src, BS_STR("media:")) || bs_str_int(bs_str_sub(src, 6, SIZE_MAX), &id) != BS_OK)
			continue;
		rc = bs_export_picture(s->run, s->arena, item->file, id, &path, err);
		body->blocks[i].attrs = bs_attrs_set(s->arena, body->blocks[i].attrs, BS_STR("src"), path);
	}
	return rc;
}

static enum bs_rc put_story(struct stories *s, const struct item *item, struct bs_err *err)
{
	struct bs_incoming story = { .accession = ++s->accession };
	const struct bs_story_file file = { .story = &story, .home = s->run->home, .zone = s->run->zone };
	struct bs_err why = { 0 };
	enum bs_rc rc = bs_draft_load(s->arena, s->run->db, item->id, &story.draft, err);

	if (rc != BS_OK)
		return rc;
	story.translation_of = story.draft.translation_of;
	leave_out_own_address(s->run, &story.draft);
	rc = put_pictures(s, item, &story, err);
	if (rc != BS_OK)
		return rc;
	bs_buf_reset(&s->text);
	rc = bs_story_file_write(s->arena, &file, &s->text, &why);
	if (rc != BS_OK)
		bs_export_remark(s->run, item->file, why.text);
	s->run->result->stories++;
	return s->text.failed ? BS_OK : bs_export_put(s->run, s->arena, item->file, &s->text, err);
}

enum bs_rc bs_export_stories(struct bs_export_run *run, struct bs_err *err)
{
	struct stories *s = bs_alloc(sizeof(*s));
	int64_t total = 0;
	enum bs_rc rc = bs_db_int(run->db, BS_Q_export_count, BS_NO_VALUES, &total, err);

	*s = (struct stories){ .run = run, .page_arena = bs_arena_new(), .arena = bs_arena_new(), .text = BS_BUF(BS_MAX_DOCUMENT) };
	do {
		if (rc == BS_OK)
			rc = list_page(s, err);
		for (size_t i = 0; i < s->count && rc == BS_OK; i++) {
			rc = put_story(s, &s->items[i], err);
			bs_arena_reset(s->arena);
			if (rc == BS_OK && run->options->progress != NULL)
				run->options->progress(run->options->ctx, run->result->stories, total);
		}
	} while (rc == BS_OK && s->count > 0);
	bs_buf_free(&s->text);
	bs_arena_free(&s->arena);
	bs_arena_free(&s->page_arena);
	free(s);
	return rc;
}
