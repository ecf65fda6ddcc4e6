/* show.c - what readers are shown of a story outside its own page: its lists, its languages, its words in the search, and the
 * tags of it all. Done when a story is saved, and once more, without a revision, when the time of a scheduled one has come. */
#include "newsroom/saving.h"

#include "base/limits.h"
#include "newsroom/listing.h"
#include "newsroom/reckon.h"
#include "newsroom/search.h"
#include "newsroom/translation.h"
#include "newsroom/translation/listed.h"

struct showing {
	struct bs_arena *arena;
	struct bs_db *db;
	int64_t story_id, original_id;
	bool fresh; /* neither list nor index has anything of it yet */
	bool public;
	enum bs_kind kind;
	struct bs_str lang;
	int month; /* of its address: 202511 */
	int64_t published_at, now;
	int64_t last_body_id; /* of the revision before this one; 0: there is none */
	int number;
	const int64_t *term_ids, *person_ids;
	size_t term_count, person_count;
	struct bs_str title, subtitle, summary; /* markup */
	const struct bs_search_head *head;      /* terms of these; NULL: not made yet */
	struct bs_str body_terms;               /* as newsroom/search.h stores them */
};

static enum bs_rc show_in_listings(const struct showing *s, struct bs_err *err)
{
	struct bs_list *lists = BS_ARRAY(s->arena, 3 + s->term_count + s->person_count, struct bs_list);
	struct bs_listing listing = { .story_id = s->story_id, .published_at = s->published_at, .fresh = s->fresh, .lists = lists,
		                      .langs = &s->lang, .lang_count = 1 };
	struct bs_str *langs;
	size_t count = 0;

	if (s->public && s->kind != BS_KIND_PAGE) {
		lists[count++] = (struct bs_list){ BS_LIST_ALL, 0 };
		lists[count++] = (struct bs_list){ BS_LIST_KIND, s->kind };
		lists[count++] = (struct bs_list){ BS_LIST_MONTH, s->month };
		for (size_t i = 0; i < s->term_count; i++)
			lists[count++] = (struct bs_list){ BS_LIST_TERM, s->term_ids[i] };
		for (size_t i = 0; i < s->person_count; i++)
			lists[count++] = (struct bs_list){ BS_LIST_PERSON, s->person_ids[i] };
	}
	listing.list_count = count;
	if (!s->fresh) { /* a new story is in no other language yet */
		enum bs_rc rc = bs_translation_listed(s->arena, s->db, s->story_id, s->lang, &langs, &listing.lang_count, err);
		if (rc != BS_OK)
			return rc;
		listing.langs = langs;
	}
	return bs_listing_set(s->arena, s->db, &listing, err);
}

/* Passages that are new have no translation yet; and who tells an original anew in a language takes the place of its
 * translated passages. */
static enum bs_rc show_in_languages(const struct showing *s, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	if (s->last_body_id != 0)
		rc = bs_translation_replaced(s->arena, s->db, s->story_id, s->last_body_id, s->number, s->now, err);
	if (rc == BS_OK && !s->fresh)
		rc = bs_translation_refresh(s->arena, s->db, s->story_id, BS_STR(""), s->now, err);
	if (rc == BS_OK && s->original_id != 0)
		rc = bs_translation_refresh(s->arena, s->db, s->original_id, BS_STR(""), s->now, err);
	return rc;
}

/* Sitemaps list it by its month; that of the original names it as another language. Nothing lists a draft that was never
 * anything else. */
static enum bs_rc show_in_month(const struct showing *s, struct bs_err *err)
{
	char tag[BS_TAG_MAX];
	enum bs_rc rc;

	if (s->month == 0 || (s->fresh && !s->public))
		return BS_OK;
	rc = bs_month_set(s->db, s->month, s->now, err);
	if (rc == BS_OK && s->original_id != 0)
		rc = bs_month_changed(s->db, s->original_id, s->now, err);
	return rc == BS_OK ? bs_change_touch(s->db, bs_tag(BS_TAG_STORIES, 0, tag), err) : rc;
}

static enum bs_rc show_in_search(const struct showing *s, struct bs_err *err)
{
	struct bs_search_text text = {
		.story_id = s->story_id, .fresh = s->fresh, .lang = s->lang, .published_at = s->published_at, .title = s->title,
		.summary = s->summary, .subtitle = s->subtitle, .head = s->head, .body_terms = s->body_terms,
	};

	if (!s->public)
		return s->fresh ? BS_OK : bs_search_remove(s->db, s->story_id, BS_STR(""), err);
	return bs_search_put(s->arena, s->db, &text, err);
}

/* A story's own page and its cards; the pages of its other languages show the link to it. */
static enum bs_rc touch_story(const struct showing *s, struct bs_err *err)
{
	char tag[BS_TAG_MAX];
	enum bs_rc rc = bs_change_touch(s->db, bs_tag(BS_TAG_STORY, s->story_id, tag), err);

	if (rc == BS_OK && s->original_id != 0)
		rc = bs_change_touch(s->db, bs_tag(BS_TAG_STORY, s->original_id, tag), err);
	if (rc == BS_OK && s->kind == BS_KIND_PAGE)
		rc = bs_change_touch(s->db, bs_tag(BS_TAG_SITE, 0, tag), err);
	return rc;
}

static enum bs_rc show(const struct showing *s, struct bs_err *err)
{
	/* The search before the languages: it begins anew with the story's own, and each that lists it adds itself. */
	static enum bs_rc (*const steps[])(const struct showing *, struct bs_err *) = {
		show_in_listings, show_in_search, show_in_languages, show_in_month, touch_story,
	};
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < BS_COUNT(steps) && rc == BS_OK; i++)
		rc = steps[i](s, err);
	return rc;
}

enum bs_rc bs_saving_show(struct bs_saving *saving, struct bs_err *err)
{
	const struct bs_draft *draft = saving->draft;
	struct showing s = {
		.arena = saving->arena, .db = saving->db, .story_id = saving->story_id, .original_id = saving->original_id,
		.fresh = saving->number == 1, .public = saving->status == BS_STATUS_PUBLISHED, .kind = draft->kind, .lang = draft->lang,
		.month = saving->year * 100 + saving->month, .last_body_id = saving->last_body_id, .number = saving->number,
		.published_at = saving->published_at, .now = saving->now,
		.term_ids = saving->term_ids, .term_count = draft->term_count, .person_ids = saving->person_ids,
		.person_count = draft->byline_count, .title = draft->title, .subtitle = draft->subtitle, .summary = draft->summary,
		.head = bs_reckoned_head(saving->reckoned, draft), .body_terms = saving->reckoned->terms,
	};

	return show(&s, err);
}

/* --- when the time of a scheduled story has come --------------------------------------------------------------------------- */

enum bs_rc bs_story_scheduled(struct bs_arena *arena, struct bs_db *db, struct bs_scheduled **out, size_t *count,
                              struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_story_scheduled, BS_VALUES(bs_int(BS_SCHEDULED_MAX)), &stmt, err);

	*out = BS_ARRAY(arena, BS_SCHEDULED_MAX, struct bs_scheduled);
	for (*count = 0; rc == BS_OK && *count < BS_SCHEDULED_MAX && (rc = bs_stmt_next(stmt, err)) == BS_OK; ++*count)
		(*out)[*count] = (struct bs_scheduled){ .story_id = bs_stmt_int(stmt, BS_C_story_scheduled_id),
		                                        .at = bs_stmt_int(stmt, BS_C_story_scheduled_published_at) };
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

struct ids {
	int64_t list[BS_MAX_TERMS > BS_MAX_BYLINE ? BS_MAX_TERMS : BS_MAX_BYLINE];
	size_t count;
};

/* The first column of all rows. */
static enum bs_rc read_ids(struct bs_db *db, const struct bs_query *query, int64_t story_id, struct ids *out,
                           struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, query, BS_VALUES(bs_int(story_id)), &stmt, err);

	for (out->count = 0; rc == BS_OK && out->count < BS_COUNT(out->list) && (rc = bs_stmt_next(stmt, err)) == BS_OK; out->count++)
		out->list[out->count] = bs_stmt_int(stmt, 0);
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static enum bs_rc read_due(struct showing *s, int64_t *body_id, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(s->db, BS_Q_story_due, BS_VALUES(bs_int(s->story_id), bs_int(s->now)), &stmt, err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK) {
		s->lang = bs_arena_copy(s->arena, bs_stmt_str(stmt, BS_C_story_due_lang));
		s->published_at = bs_stmt_int(stmt, BS_C_story_due_published_at);
		s->month = (int)bs_stmt_int(stmt, BS_C_story_due_month);
		s->original_id = bs_stmt_int(stmt, BS_C_story_due_original_id);
		*body_id = bs_stmt_int(stmt, BS_C_story_due_body_id);
		if (bs_kind_of(bs_stmt_str(stmt, BS_C_story_due_kind), &s->kind) != BS_OK)
			rc = bs_fail(err, BS_CORRUPT, "story %lld is of a kind that there is not", (long long)s->story_id);
	}
	bs_stmt_free(&stmt);
	return rc;
}

enum bs_rc bs_story_release(struct bs_arena *arena, struct bs_db *db, int64_t story_id, int64_t now, bool *released,
                            struct bs_err *err)
{
	struct ids terms, people;
	struct showing s = { .arena = arena, .db = db, .story_id = story_id, .public = true, .now = now,
		             .term_ids = terms.list, .person_ids = people.list };
	struct bs_search_text text = { 0 };
	struct bs_body body = { 0 };
	int64_t body_id = 0;
	enum bs_rc rc = read_due(&s, &body_id, err);

	*released = rc == BS_OK;
	if (rc != BS_OK)
		return rc == BS_NOT_FOUND ? BS_OK : rc;
	rc = bs_body_load(arena, db, body_id, &body, err);
	if (rc == BS_OK)
		rc = read_ids(db, BS_Q_story_term_ids, story_id, &terms, err);
	if (rc == BS_OK)
		rc = read_ids(db, BS_Q_story_person_ids, story_id, &people, err);
	if (rc != BS_OK)
		return rc;
	s.term_count = terms.count;
	s.person_count = people.count;
	text.lang = s.lang;
	bs_search_of_body(arena, &body, &text);
	s.title = text.title;
	s.subtitle = text.subtitle;
	s.summary = text.summary;
	s.body_terms = text.body_terms;
	rc = bs_db_post(db, BS_Q_story_release, BS_VALUES(bs_int(story_id)), err);
	return rc == BS_OK ? show(&s, err) : rc;
}
