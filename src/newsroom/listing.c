/* listing.c - see listing.h. Only the difference between what stands there and what should is written, so that a list
 * whose members stay keeps its pages. */
#include "newsroom/listing.h"

#include "newsroom/tags.h"

struct row {
	struct bs_list list;
	struct bs_str lang;
	int64_t published_at;
	bool keep;
};

static enum bs_rc touch_list(struct bs_db *db, struct bs_list list, struct bs_err *err)
{
	static const enum bs_tag_kind tags[] = {
		[BS_LIST_ALL] = BS_TAG_LATEST, [BS_LIST_TERM] = BS_TAG_TERM,
		[BS_LIST_PERSON] = BS_TAG_PERSON, [BS_LIST_KIND] = BS_TAG_KIND,
	};
	char tag[BS_TAG_MAX];

	return bs_change_touch(db, bs_tag(tags[list.kind], list.of, tag), err);
}

static enum bs_rc rows_load(struct bs_arena *arena, struct bs_db *db, int64_t story_id, struct row **rows,
                            size_t *count, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	size_t room = 0;
	enum bs_rc rc = bs_db_query(db, BS_Q_listing_of_story, BS_VALUES(bs_int(story_id)), &stmt, err);

	*rows = NULL;
	*count = 0;
	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		if (*count == room) {
			struct row *more = BS_ARRAY(arena, room = room > 0 ? 2 * room : 16, struct row);
			if (*count > 0)
				memcpy(more, *rows, *count * sizeof(*more));
			*rows = more;
		}
		(*rows)[(*count)++] = (struct row){
			.list = { (enum bs_list_kind)bs_stmt_int(stmt, BS_C_listing_of_story_kind),
			          bs_stmt_int(stmt, BS_C_listing_of_story_of) },
			.lang = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_listing_of_story_lang)),
			.published_at = bs_stmt_int(stmt, BS_C_listing_of_story_published_at),
		};
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* The frame of every page names the languages and sections that have something in them. */
static enum bs_rc count_add(struct bs_db *db, struct bs_list list, struct bs_str lang, int by, struct bs_err *err)
{
	int64_t stories = 0;
	char tag[BS_TAG_MAX];
	enum bs_rc rc = bs_db_int(db, BS_Q_listing_count_add,
	                          BS_VALUES(bs_int(list.kind), bs_int(list.of), bs_text(lang), bs_int(by)), &stories, err);

	if (rc == BS_OK && list.kind <= BS_LIST_TERM && stories == (by > 0 ? 1 : 0))
		rc = bs_change_touch(db, bs_tag(BS_TAG_SITE, 0, tag), err);
	return rc == BS_OK ? touch_list(db, list, err) : rc;
}

static enum bs_rc row_add(struct bs_db *db, int64_t story_id, struct bs_list list, struct bs_str lang,
                          int64_t published_at, struct bs_err *err)
{
	enum bs_rc rc = bs_db_post(db, BS_Q_listing_add, BS_VALUES(bs_int(list.kind), bs_int(list.of), bs_text(lang),
	                           bs_int(published_at), bs_int(story_id)), err);

	return rc == BS_OK ? count_add(db, list, lang, 1, err) : rc;
}

static enum bs_rc row_remove(struct bs_db *db, int64_t story_id, const struct row *row, struct bs_err *err)
{
	enum bs_rc rc = bs_db_post(db, BS_Q_listing_remove, BS_VALUES(bs_int(row->list.kind), bs_int(row->list.of),
	                           bs_text(row->lang), bs_int(row->published_at), bs_int(story_id)), err);

	return rc == BS_OK ? count_add(db, row->list, row->lang, -1, err) : rc;
}

/* Mark the stored row that is this one already, or say that there is none. */
static bool keep_row(struct row *rows, size_t count, struct bs_list list, struct bs_str lang, int64_t published_at)
{
	for (size_t i = 0; i < count; i++) {
		if (rows[i].list.kind == list.kind && rows[i].list.of == list.of && bs_str_eq(rows[i].lang, lang) &&
		    rows[i].published_at == published_at)
			return rows[i].keep = true;
	}
	return false;
}

static bool listed_before(const struct bs_list *lists, size_t at)
{
	for (size_t i = 0; i < at; i++) {
		if (lists[i].kind == lists[at].kind && lists[i].of == lists[at].of)
			return true;
	}
	return false;
}

enum bs_rc bs_listing_set(struct bs_arena *arena, struct bs_db *db, int64_t story_id, struct bs_str lang,
                          int64_t published_at, const struct bs_list *lists, size_t count, struct bs_err *err)
{
	struct row *rows;
	size_t row_count;
	enum bs_rc rc = rows_load(arena, db, story_id, &rows, &row_count, err);

	for (size_t i = 0; i < count && rc == BS_OK; i++) {
		if (!listed_before(lists, i) && !keep_row(rows, row_count, lists[i], lang, published_at))
			rc = row_add(db, story_id, lists[i], lang, published_at, err);
	}
	for (size_t i = 0; i < row_count && rc == BS_OK; i++) {
		if (!rows[i].keep)
			rc = row_remove(db, story_id, &rows[i], err);
	}
	return rc;
}
