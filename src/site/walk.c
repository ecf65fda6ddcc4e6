/* walk.c - every public address of the site, for export and sitemaps. */
#include <stdio.h>

#include "site/front.h"
#include "site/machine/feed.h"
#include "site/machine/forms.h"

static struct bs_str prefix_of(const struct bs_page_walk *walk, struct bs_str lang)
{
	struct bs_str parts[] = { BS_STR("/"), lang };

	if (bs_str_eq(lang, walk->publication->lang->code))
		return BS_STR("");
	return bs_arena_join(walk->arena, parts, 2, BS_STR(""));
}

static enum bs_rc found(struct bs_page_walk *walk, struct bs_str path, struct bs_err *err)
{
	return walk->found(walk->ctx, path, err);
}

enum bs_rc bs_walk_languages(struct bs_page_walk *walk, const char *path, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < walk->publication->lang_count && rc == BS_OK; i++) {
		struct bs_str parts[] = { prefix_of(walk, walk->publication->langs[i]->code), bs_str_c(path) };
		rc = found(walk, bs_arena_join(walk->arena, parts, 2, BS_STR("")), err);
	}
	return rc;
}

enum bs_rc bs_home_walk(struct bs_page_walk *walk, struct bs_err *err)
{
	return bs_walk_languages(walk, "/", err);
}

enum bs_rc bs_archive_walk(struct bs_page_walk *walk, struct bs_err *err)
{
	return bs_walk_languages(walk, "/archive", err);
}

/* What is found of each list: its pages, or something else that every list has. */
typedef enum bs_rc list_fn(struct bs_page_walk *walk, struct bs_str first, int64_t stories, struct bs_err *err);

/* A list and its further pages. */
static enum bs_rc pages_found(struct bs_page_walk *walk, struct bs_str first, int64_t stories, int64_t per_page,
                              struct bs_err *err)
{
	enum bs_rc rc = found(walk, first, err);

	for (int64_t n = 2; n <= (stories + per_page - 1) / per_page && rc == BS_OK; n++)
		rc = found(walk, bs_arena_printf(walk->arena, "%.*s/page/%lld", (int)first.len, first.ptr, (long long)n), err);
	return rc;
}

static enum bs_rc list_pages(struct bs_page_walk *walk, struct bs_str first, int64_t stories, struct bs_err *err)
{
	return pages_found(walk, first, stories, BS_LIST_PAGE, err);
}

/* Every list of a kind in every language, of the terms of a vocabulary or of people: under its slug, or under former ones. */
static enum bs_rc lists_by(struct bs_page_walk *walk, struct bs_str kind, bool former, list_fn *fn, struct bs_err *err)
{
	bool people = bs_str_eq(kind, BS_STR("author"));
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc;

	if (people)
		rc = bs_db_query(walk->db, former ? BS_Q_listing_walk_former_people : BS_Q_listing_walk_people, BS_NO_VALUES, &stmt, err);
	else
		rc = bs_db_query(walk->db, former ? BS_Q_listing_walk_former : BS_Q_listing_walk, BS_VALUES(bs_text(kind)), &stmt, err);
	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		struct bs_str parts[] = { prefix_of(walk, bs_arena_copy(walk->arena, bs_stmt_str(stmt, BS_C_listing_walk_lang))), BS_STR("/"),
			                  kind, BS_STR("/"), bs_stmt_str(stmt, BS_C_listing_walk_slug) };
		rc = fn(walk, bs_arena_join(walk->arena, parts, BS_COUNT(parts), BS_STR("")),
		        bs_stmt_int(stmt, BS_C_listing_walk_stories), err);
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static enum bs_rc lists_found(struct bs_page_walk *walk, struct bs_str kind, list_fn *fn, struct bs_err *err)
{
	struct bs_page_walk former = *walk;
	enum bs_rc rc = lists_by(walk, kind, false, fn, err);

	former.found = walk->moved;
	return rc == BS_OK && walk->moved != NULL ? lists_by(&former, kind, true, fn, err) : rc;
}

enum bs_rc bs_term_walk(struct bs_page_walk *walk, struct bs_err *err)
{
	return lists_found(walk, bs_vocabulary_name((enum bs_vocabulary)walk->which), list_pages, err);
}

enum bs_rc bs_author_walk(struct bs_page_walk *walk, struct bs_err *err)
{
	return lists_found(walk, BS_STR("author"), list_pages, err);
}

/* In all forms. */
static enum bs_rc list_feeds(struct bs_page_walk *walk, struct bs_str first, int64_t stories, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	(void)stories;
	for (enum bs_feed_form form = 0; form < BS_FEED_FORMS && rc == BS_OK; form++) {
		struct bs_str parts[] = { first, bs_str_c(bs_feed_ending(form)) };
		rc = found(walk, bs_arena_join(walk->arena, parts, 2, BS_STR("")), err);
	}
	return rc;
}

enum bs_rc bs_feed_walk(struct bs_page_walk *walk, struct bs_err *err)
{
	int of = walk->which / BS_FEED_FORMS;
	enum bs_rc rc = BS_OK;

	if (of == BS_FEED_OF_PERSON)
		return lists_found(walk, BS_STR("author"), list_feeds, err);
	if (of != BS_FEED_OF_ALL)
		return lists_found(walk, bs_vocabulary_name((enum bs_vocabulary)(of - BS_FEED_OF_TERM)), list_feeds, err);
	for (enum bs_feed_form form = 0; form < BS_FEED_FORMS && rc == BS_OK; form++)
		rc = bs_walk_languages(walk, bs_feed_ending(form), err);
	return rc;
}

enum bs_rc bs_month_walk(struct bs_page_walk *walk, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < walk->publication->lang_count && rc == BS_OK; i++) {
		struct bs_str lang = walk->publication->langs[i]->code, prefix = prefix_of(walk, lang);
		struct bs_stmt *stmt = NULL;
		rc = bs_db_query(walk->db, BS_Q_archive_months, BS_VALUES(bs_text(lang)), &stmt, err);
		while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
			int month = (int)bs_stmt_int(stmt, BS_C_archive_months_month);
			struct bs_str first = bs_arena_printf(walk->arena, "%.*s/archive/%04d/%02d", (int)prefix.len, prefix.ptr,
			                                      month / 100, month % 100);
			rc = pages_found(walk, first, bs_stmt_int(stmt, BS_C_archive_months_stories), BS_MONTH_PAGE, err);
		}
		bs_stmt_free(&stmt);
		if (rc == BS_NOT_FOUND)
			rc = BS_OK;
	}
	return rc;
}

enum bs_rc bs_corrections_walk(struct bs_page_walk *walk, struct bs_err *err)
{
	int64_t count = 0;
	enum bs_rc rc = bs_db_int(walk->db, BS_Q_correction_count, BS_NO_VALUES, &count, err);

	for (size_t i = 0; i < walk->publication->lang_count && rc == BS_OK; i++) {
		struct bs_str parts[] = { prefix_of(walk, walk->publication->langs[i]->code), BS_STR("/corrections") };
		rc = pages_found(walk, bs_arena_join(walk->arena, parts, 2, BS_STR("")), count, BS_CORRECTIONS_PAGE, err);
	}
	return rc;
}

/* A language that has no stories has no addresses: nothing would lead to it. */
static bool is_offered(const struct bs_publication *publication, struct bs_str lang)
{
	for (size_t i = 0; i < publication->lang_count; i++) {
		if (bs_str_eq(publication->langs[i]->code, lang))
			return true;
	}
	return false;
}

struct dated {
	struct bs_str lang, slug;
	int year, month;
};

/* The story in all its forms. */
static enum bs_rc forms_found(struct bs_page_walk *walk, enum bs_rc (*tell)(void *, struct bs_str, struct bs_err *), struct dated at,
                              struct bs_err *err)
{
	struct bs_str prefix = prefix_of(walk, at.lang);
	struct bs_str path = bs_arena_printf(walk->arena, BS_FMT "/%04d/%02d/" BS_FMT, BS_ALL(prefix), at.year, at.month, BS_ALL(at.slug));
	enum bs_rc rc = BS_OK;

	for (enum bs_story_form form = 0; form < BS_STORY_FORMS && rc == BS_OK; form++) {
		struct bs_str parts[] = { path, bs_str_c(bs_story_ending(form)) };
		rc = tell(walk->ctx, bs_arena_join(walk->arena, parts, 2, BS_STR("")), err);
	}
	return rc;
}

/* In the languages in which they were written. */
static enum bs_rc stories_found(struct bs_page_walk *walk, struct bs_err *err)
{
	int64_t last = 0;
	bool more = true;
	enum bs_rc rc = BS_OK;

	while (more && rc == BS_OK) {
		struct bs_stmt *stmt = NULL;
		more = false;
		rc = bs_db_query(walk->db, BS_Q_story_walk, BS_VALUES(bs_int(last)), &stmt, err);
		while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
			struct dated at = { bs_stmt_str(stmt, BS_C_story_walk_lang), bs_stmt_str(stmt, BS_C_story_walk_slug),
				            (int)bs_stmt_int(stmt, BS_C_story_walk_year), (int)bs_stmt_int(stmt, BS_C_story_walk_month) };
			last = bs_stmt_int(stmt, BS_C_story_walk_id);
			more = true;
			if (at.year > 0 && is_offered(walk->publication, at.lang))
				rc = forms_found(walk, walk->found, at, err);
		}
		bs_stmt_free(&stmt);
		if (rc == BS_NOT_FOUND)
			rc = BS_OK;
	}
	return rc;
}

/* In the languages into which they are translated. */
static enum bs_rc translations_found(struct bs_page_walk *walk, struct bs_err *err)
{
	struct bs_str last_lang = BS_STR("");
	int64_t last = 0;
	bool more = true;
	enum bs_rc rc = BS_OK;

	while (more && rc == BS_OK) {
		struct bs_stmt *stmt = NULL;
		more = false;
		rc = bs_db_query(walk->db, BS_Q_story_translation_walk, BS_VALUES(bs_int(last), bs_text(last_lang)), &stmt, err);
		while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
			last_lang = bs_arena_copy(walk->arena, bs_stmt_str(stmt, BS_C_story_translation_walk_lang));
			last = bs_stmt_int(stmt, BS_C_story_translation_walk_story_id);
			more = true;
			rc = forms_found(walk, walk->found, (struct dated){ last_lang, bs_stmt_str(stmt, BS_C_story_translation_walk_slug),
				         (int)bs_stmt_int(stmt, BS_C_story_translation_walk_year),
				         (int)bs_stmt_int(stmt, BS_C_story_translation_walk_month) }, err);
		}
		bs_stmt_free(&stmt);
		if (rc == BS_NOT_FOUND)
			rc = BS_OK;
	}
	return rc;
}

/* Addresses that stories had before. */
static enum bs_rc stories_moved(struct bs_page_walk *walk, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(walk->db, BS_Q_story_walk_former, BS_NO_VALUES, &stmt, err);

	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		struct dated at = { bs_stmt_str(stmt, BS_C_story_walk_former_lang), bs_stmt_str(stmt, BS_C_story_walk_former_slug),
			            (int)bs_stmt_int(stmt, BS_C_story_walk_former_year),
			            (int)bs_stmt_int(stmt, BS_C_story_walk_former_month) };
		if (at.year > 0 && is_offered(walk->publication, at.lang))
			rc = forms_found(walk, walk->moved, at, err);
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

enum bs_rc bs_story_walk(struct bs_page_walk *walk, struct bs_err *err)
{
	enum bs_rc rc = stories_found(walk, err);

	if (rc == BS_OK)
		rc = translations_found(walk, err);
	return rc == BS_OK && walk->moved != NULL ? stories_moved(walk, err) : rc;
}

enum bs_rc bs_dateless_walk(struct bs_page_walk *walk, struct bs_err *err)
{
	const struct bs_publication *publication = walk->publication;
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < publication->page_count && rc == BS_OK; i++) {
		struct bs_str parts[] = { prefix_of(walk, publication->pages[i].lang), publication->pages[i].slug };
		if (is_offered(publication, publication->pages[i].lang))
			rc = found(walk, bs_arena_join(walk->arena, parts, 2, BS_STR("/")), err);
	}
	return rc;
}
