/* listing.c - see listing.h. Only the difference between what stands there and what should is written, so that a list
 * whose members stay keeps its pages. */
#include "newsroom/listing.h"

enum { PART_SECONDS = 30 * 86400 };

struct row {
	struct bs_list list;
	struct bs_str lang;
	int64_t published_at;
	bool keep;
};

enum bs_tag_kind bs_list_tag(struct bs_list list)
{
	static const enum bs_tag_kind tags[] = {
		[BS_LIST_ALL] = BS_TAG_LATEST, [BS_LIST_TERM] = BS_TAG_TERM, [BS_LIST_PERSON] = BS_TAG_PERSON,
		[BS_LIST_KIND] = BS_TAG_KIND,  [BS_LIST_MONTH] = BS_TAG_MONTH,
	};

	return tags[list.kind];
}

static enum bs_rc touch(struct bs_db *db, enum bs_tag_kind kind, int64_t id, struct bs_err *err)
{
	char tag[BS_TAG_MAX];

	return bs_change_touch(db, bs_tag(kind, id, tag), err);
}

/* Rounded towards 0, as both databases divide. */
static int64_t part_of(int64_t published_at)
{
	return published_at / PART_SECONDS;
}

/* The last second of a part. */
static int64_t part_end(int64_t part)
{
	return part >= 0 ? (part + 1) * PART_SECONDS - 1 : part * PART_SECONDS;
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

/* A list has come to be or has ended: the frame of every page names the languages and sections that have something in them,
 * a month those beside it. */
static enum bs_rc touch_neighbours(struct bs_db *db, struct bs_list list, struct bs_err *err)
{
	if (list.kind <= BS_LIST_TERM)
		return touch(db, BS_TAG_SITE, 0, err);
	return list.kind == BS_LIST_MONTH ? touch(db, BS_TAG_MONTH, 0, err) : BS_OK;
}

/* Count one story more or fewer in its part; *edge when the part has come to be or has ended. */
static enum bs_rc part_change(struct bs_db *db, struct bs_list list, struct bs_str lang, int64_t published_at, int by,
                              bool *edge, struct bs_err *err)
{
	struct bs_param kind = bs_int(list.kind), of = bs_int(list.of), part = bs_int(part_of(published_at));
	enum bs_rc rc = bs_db_exec(db, BS_Q_listing_part_change, BS_VALUES(kind, of, bs_text(lang), part, bs_int(by)), err);

	*edge = false;
	if (rc == BS_OK && by < 0) {
		rc = bs_db_exec(db, BS_Q_listing_part_empty, BS_VALUES(kind, of, bs_text(lang), part), err);
		*edge = rc == BS_OK && bs_db_changed(db) > 0;
	} else if (rc == BS_OK && bs_db_changed(db) == 0) {
		rc = bs_db_post(db, BS_Q_listing_part_new, BS_VALUES(kind, of, bs_text(lang), part), err);
		*edge = true;
	}
	return rc;
}

static enum bs_rc count_add(struct bs_db *db, struct bs_list list, struct bs_str lang, int64_t published_at, int by,
                            struct bs_err *err)
{
	int64_t all = 0;
	bool edge;
	enum bs_rc rc = part_change(db, list, lang, published_at, by, &edge, err);

	if (rc == BS_OK && edge) {
		rc = bs_list_length(db, list, lang, &all, err);
		if (rc == BS_OK && all == (by > 0 ? 1 : 0))
			rc = touch_neighbours(db, list, err);
	}
	return rc == BS_OK ? touch(db, bs_list_tag(list), list.of, err) : rc;
}

static enum bs_rc row_add(struct bs_db *db, int64_t story_id, struct bs_list list, struct bs_str lang,
                          int64_t published_at, struct bs_err *err)
{
	enum bs_rc rc = bs_db_post(db, BS_Q_listing_add, BS_VALUES(bs_int(list.kind), bs_int(list.of), bs_text(lang),
	                           bs_int(published_at), bs_int(story_id)), err);

	return rc == BS_OK ? count_add(db, list, lang, published_at, 1, err) : rc;
}

static enum bs_rc row_remove(struct bs_db *db, int64_t story_id, const struct row *row, struct bs_err *err)
{
	enum bs_rc rc = bs_db_post(db, BS_Q_listing_remove, BS_VALUES(bs_int(row->list.kind), bs_int(row->list.of),
	                           bs_text(row->lang), bs_int(row->published_at), bs_int(story_id)), err);

	return rc == BS_OK ? count_add(db, row->list, row->lang, row->published_at, -1, err) : rc;
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

/* Write the difference between the rows that stand there and those that should. */
static enum bs_rc write_rows(struct bs_db *db, const struct bs_listing *l, struct row *rows, size_t row_count, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	for (size_t k = 0; k < l->lang_count; k++) {
		for (size_t i = 0; i < l->list_count && rc == BS_OK; i++) {
			if (!listed_before(l->lists, i) && !keep_row(rows, row_count, l->lists[i], l->langs[k], l->published_at))
				rc = row_add(db, l->story_id, l->lists[i], l->langs[k], l->published_at, err);
		}
	}
	for (size_t i = 0; i < row_count && rc == BS_OK; i++) {
		if (!rows[i].keep)
			rc = row_remove(db, l->story_id, &rows[i], err);
	}
	return rc;
}

enum bs_rc bs_listing_set(struct bs_arena *arena, struct bs_db *db, const struct bs_listing *listing, struct bs_err *err)
{
	struct row *rows;
	size_t count;
	enum bs_rc rc = rows_load(arena, db, listing->story_id, &rows, &count, err);

	return rc == BS_OK ? write_rows(db, listing, rows, count, err) : rc;
}

enum bs_rc bs_listing_languages(struct bs_arena *arena, struct bs_db *db, int64_t story_id, const struct bs_str *langs,
                                size_t count, struct bs_err *err)
{
	struct bs_listing listing = { .story_id = story_id, .langs = langs, .lang_count = count };
	struct bs_list *lists;
	struct row *rows;
	size_t row_count;
	enum bs_rc rc = rows_load(arena, db, story_id, &rows, &row_count, err);

	if (rc != BS_OK)
		return rc;
	listing.lists = lists = BS_ARRAY(arena, row_count, struct bs_list);
	for (size_t i = 0; i < row_count; i++) {
		if (!bs_str_eq(rows[i].lang, langs[0]))
			continue;
		lists[listing.list_count++] = rows[i].list;
		listing.published_at = rows[i].published_at;
	}
	return write_rows(db, &listing, rows, row_count, err);
}

enum bs_rc bs_list_length(struct bs_db *db, struct bs_list list, struct bs_str lang, int64_t *out, struct bs_err *err)
{
	*out = 0;
	return bs_db_int(db, BS_Q_listing_stories, BS_VALUES(bs_int(list.kind), bs_int(list.of), bs_text(lang)), out, err);
}

/* The newest part that reaches beyond `from`: *end is its last second, *rest how far into it. */
static enum bs_rc find_part(struct bs_db *db, struct bs_list list, struct bs_str lang, int64_t from, int64_t *end,
                            int64_t *rest, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_listing_parts, BS_VALUES(bs_int(list.kind), bs_int(list.of), bs_text(lang)), &stmt, err);

	*rest = from;
	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		int64_t stories = bs_stmt_int(stmt, BS_C_listing_parts_stories);
		if (*rest < stories) {
			*end = part_end(bs_stmt_int(stmt, BS_C_listing_parts_part));
			break;
		}
		*rest -= stories;
	}
	bs_stmt_free(&stmt);
	return rc;
}

enum bs_rc bs_list_place_of(struct bs_db *db, struct bs_list list, struct bs_str lang, int64_t now, int64_t from,
                            struct bs_list_place *out, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	int64_t end = now, rest = 0;
	enum bs_rc rc;

	*out = (struct bs_list_place){ now, INT64_MAX };
	if (from == 0)
		return BS_OK;
	rc = find_part(db, list, lang, from, &end, &rest, err);
	if (rc == BS_OK)
		rc = bs_db_query(db, BS_Q_listing_at, BS_VALUES(bs_int(list.kind), bs_int(list.of), bs_text(lang),
		                 bs_int(end < now ? end : now), bs_int(rest)), &stmt, err);
	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK)
		*out = (struct bs_list_place){ bs_stmt_int(stmt, BS_C_listing_at_published_at),
		                               bs_stmt_int(stmt, BS_C_listing_at_story_id) };
	bs_stmt_free(&stmt);
	return rc;
}
