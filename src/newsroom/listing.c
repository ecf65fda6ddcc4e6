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
		BS_GROW(arena, *rows, *count, room, 16);
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

/* A list that the story enters or leaves. Its part is counted by a statement that is begun at once and looked at when all
 * lists have one, and so is whether those with a part that has come or gone have others: each costs one round trip where the
 * database is far, whatever the number of lists. */
struct change {
	struct row row;
	int by; /* 1, -1 */
	struct bs_stmt *stmt;
	bool moves; /* the story stays in the list, at another time */
	bool edge;  /* the part has come to be or has ended, and perhaps the list with it */
};

static enum bs_rc change_begin(struct bs_db *db, int64_t story_id, struct change *change, struct bs_err *err)
{
	struct bs_param kind = bs_int(change->row.list.kind), of = bs_int(change->row.list.of), lang = bs_text(change->row.lang);
	enum bs_rc rc = bs_db_post(db, change->by > 0 ? BS_Q_listing_add : BS_Q_listing_remove,
	                           BS_VALUES(kind, of, lang, bs_int(change->row.published_at), bs_int(story_id)), err);

	if (rc != BS_OK)
		return rc;
	return bs_db_query(db, BS_Q_listing_part_change, BS_VALUES(kind, of, lang, bs_int(part_of(change->row.published_at)),
	                   bs_int(change->by)), &change->stmt, err);
}

static enum bs_rc change_settle(struct bs_db *db, struct change *change, struct bs_err *err)
{
	struct bs_param kind = bs_int(change->row.list.kind), of = bs_int(change->row.list.of), lang = bs_text(change->row.lang);
	struct bs_values part = BS_VALUES(kind, of, lang, bs_int(part_of(change->row.published_at)));
	enum bs_rc rc = bs_stmt_next(change->stmt, err);
	int64_t counted = bs_stmt_changed(change->stmt);

	bs_stmt_free(&change->stmt);
	if (rc != BS_NOT_FOUND)
		return rc;
	rc = BS_OK;
	if (change->by < 0) {
		rc = bs_db_exec(db, BS_Q_listing_part_empty, part, err);
		change->edge = rc == BS_OK && bs_db_changed(db) > 0 && !change->moves;
	} else if (counted == 0) {
		rc = bs_db_post(db, BS_Q_listing_part_new, part, err);
		change->edge = !change->moves;
	}
	if (rc == BS_OK && change->edge)
		rc = bs_db_query(db, BS_Q_listing_parts_some, BS_VALUES(kind, of, lang), &change->stmt, err);
	return rc;
}

static enum bs_rc change_end(struct bs_db *db, struct change *change, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	if (change->edge) {
		rc = bs_stmt_next(change->stmt, err);
		if (rc == BS_OK && bs_stmt_int(change->stmt, BS_C_listing_parts_some_parts) == (change->by > 0 ? 1 : 0))
			rc = touch_neighbours(db, change->row.list, err);
	}
	return rc == BS_OK ? touch(db, bs_list_tag(change->row.list), change->row.list.of, err) : rc;
}

static bool is_moved(const struct change *changes, size_t count, const struct change *change)
{
	for (size_t i = 0; i < count; i++) {
		if (changes[i].by != change->by && changes[i].row.list.kind == change->row.list.kind &&
		    changes[i].row.list.of == change->row.list.of && bs_str_eq(changes[i].row.lang, change->row.lang))
			return true;
	}
	return false;
}

static enum bs_rc write_changes(struct bs_db *db, int64_t story_id, struct change *changes, size_t count, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < count; i++)
		changes[i].moves = is_moved(changes, count, &changes[i]);
	for (size_t i = 0; i < count && rc == BS_OK; i++)
		rc = change_begin(db, story_id, &changes[i], err);
	for (size_t i = 0; i < count && rc == BS_OK; i++)
		rc = change_settle(db, &changes[i], err);
	for (size_t i = 0; i < count && rc == BS_OK; i++)
		rc = change_end(db, &changes[i], err);
	for (size_t i = 0; i < count; i++)
		bs_stmt_free(&changes[i].stmt);
	return rc;
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
static enum bs_rc write_rows(struct bs_arena *arena, struct bs_db *db, const struct bs_listing *l, struct row *rows,
                             size_t row_count, struct bs_err *err)
{
	struct change *changes = BS_ARRAY(arena, l->lang_count * l->list_count + row_count, struct change);
	size_t count = 0;

	for (size_t k = 0; k < l->lang_count; k++) {
		for (size_t i = 0; i < l->list_count; i++) {
			if (!listed_before(l->lists, i) && !keep_row(rows, row_count, l->lists[i], l->langs[k], l->published_at))
				changes[count++] = (struct change){ .row = { l->lists[i], l->langs[k], l->published_at, true }, .by = 1 };
		}
	}
	for (size_t i = 0; i < row_count; i++) {
		if (!rows[i].keep)
			changes[count++] = (struct change){ .row = rows[i], .by = -1 };
	}
	return write_changes(db, l->story_id, changes, count, err);
}

enum bs_rc bs_listing_set(struct bs_arena *arena, struct bs_db *db, const struct bs_listing *listing, struct bs_err *err)
{
	struct row *rows = NULL;
	size_t count = 0;
	enum bs_rc rc = listing->fresh ? BS_OK : rows_load(arena, db, listing->story_id, &rows, &count, err);

	return rc == BS_OK ? write_rows(arena, db, listing, rows, count, err) : rc;
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
	return write_rows(arena, db, &listing, rows, row_count, err);
}

enum bs_rc bs_month_changed(struct bs_db *db, int64_t story_id, int64_t now, struct bs_err *err)
{
	int64_t month = 0;
	enum bs_rc rc = bs_db_int(db, BS_Q_archive_month_change, BS_VALUES(bs_int(story_id), bs_int(now)), &month, err);

	if (rc == BS_OK)
		rc = touch(db, BS_TAG_MONTH, month, err);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

enum bs_rc bs_month_set(struct bs_db *db, int64_t month, int64_t now, struct bs_err *err)
{
	enum bs_rc rc = bs_db_post(db, BS_Q_archive_month_set, BS_VALUES(bs_int(month), bs_int(now)), err);

	return rc == BS_OK ? touch(db, BS_TAG_MONTH, month, err) : rc;
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

enum bs_rc bs_list_place_of(struct bs_db *db, struct bs_list list, struct bs_str lang, int64_t from,
                            struct bs_list_place *out, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	int64_t end = INT64_MAX, rest = 0;
	enum bs_rc rc;

	*out = (struct bs_list_place){ INT64_MAX, INT64_MAX };
	if (from == 0)
		return BS_OK;
	rc = find_part(db, list, lang, from, &end, &rest, err);
	if (rc == BS_OK)
		rc = bs_db_query(db, BS_Q_listing_at, BS_VALUES(bs_int(list.kind), bs_int(list.of), bs_text(lang),
		                 bs_int(end), bs_int(rest)), &stmt, err);
	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK)
		*out = (struct bs_list_place){ bs_stmt_int(stmt, BS_C_listing_at_published_at),
		                               bs_stmt_int(stmt, BS_C_listing_at_story_id) };
	bs_stmt_free(&stmt);
	return rc;
}
