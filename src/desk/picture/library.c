/* library.c - see library.h. */
#include "desk/picture/library.h"

#include "lang/tokens.h"
#include "newsroom/catalog.h"
#include "newsroom/ledger.h"
#include "newsroom/picture.h"
#include "text/json.h"

enum { WORDS_MAX = 64 * 1024, TERMS = 3 };

static struct bs_library_picture row_of(struct bs_arena *arena, const struct bs_stmt *stmt)
{
	struct bs_str hash = bs_stmt_blob(stmt, BS_C_picture_get_hash);
	char *hex = bs_arena_alloc(arena, 2 * hash.len + 1);

	bs_hex_encode((const uint8_t *)hash.ptr, hash.len, hex);
	return (struct bs_library_picture){
		.id = bs_stmt_int(stmt, BS_C_picture_get_id),
		.hash = bs_str_n(hex, 2 * hash.len),
		.mime = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_picture_get_mime)),
		.bytes = bs_stmt_int(stmt, BS_C_picture_get_bytes),
		.width = (int)bs_stmt_int(stmt, BS_C_picture_get_width),
		.height = (int)bs_stmt_int(stmt, BS_C_picture_get_height),
		.name = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_picture_get_name)),
		.focus_x = (int)bs_stmt_int(stmt, BS_C_picture_get_focus_x),
		.focus_y = (int)bs_stmt_int(stmt, BS_C_picture_get_focus_y),
		.alt = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_picture_get_alt)),
		.caption = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_picture_get_caption)),
		.credit = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_picture_get_credit)),
		.credit_url = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_picture_get_credit_url)),
		.licence = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_picture_get_licence)),
		.may_syndicate = bs_stmt_int(stmt, BS_C_picture_get_may_syndicate) != 0,
		.confirmed = bs_stmt_int(stmt, BS_C_picture_get_confirmed) != 0,
		.added_at = bs_stmt_int(stmt, BS_C_picture_get_added_at),
	};
}

enum bs_rc bs_library_get(struct bs_arena *arena, struct bs_db *db, int64_t id, struct bs_library_picture *out, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_picture_get, BS_VALUES(bs_int(id)), &stmt, err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK)
		*out = row_of(arena, stmt);
	bs_stmt_free(&stmt);
	return rc;
}

/* --- finding ---------------------------------------------------------------------------------------------------------------- */

/* The first terms of a search, each with the last word that begins like it. */
static size_t terms_of(struct bs_visit *visit, struct bs_str words, struct bs_str from[TERMS], struct bs_str to[TERMS])
{
	struct bs_search search = { 0 };
	size_t count = 0;

	for (size_t i = 0; i < TERMS; i++)
		from[i] = to[i] = BS_STR("");
	bs_search_parse(visit->arena, visit->publication->lang, words, true, &search);
	for (size_t i = 0; i < search.count; i++) {
		for (size_t j = 0; j < search.parts[i].count && count < TERMS && !search.parts[i].excluded; j++, count++) {
			from[count] = search.parts[i].terms[j];
			/* U+10FFFF: behind all that words are made of. */
			to[count] = bs_arena_printf(visit->arena, "%.*s\xF4\x8F\xBF\xBF", (int)from[count].len, from[count].ptr);
		}
	}
	return count;
}

enum bs_rc bs_library_find(struct bs_visit *visit, struct bs_str words, int64_t below, size_t most, struct bs_library_list *out,
                           struct bs_err *err)
{
	struct bs_str from[TERMS], to[TERMS];
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc;

	out->count = 0;
	out->next = 0;
	/* Something was typed, and no word of it: nothing has that. */
	if (terms_of(visit, words, from, to) == 0 && bs_str_trim(words).len > 0)
		return BS_OK;
	rc = bs_db_query(visit->db, BS_Q_picture_list, BS_VALUES(bs_int(below > 0 ? below : INT64_MAX), bs_int((int64_t)most + 1),
		bs_text(from[0]), bs_text(to[0]), bs_text(from[1]), bs_text(to[1]), bs_text(from[2]), bs_text(to[2])), &stmt, err);
	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		if (out->count == most) {
			out->next = out->rows[most - 1].id;
			break;
		}
		out->rows[out->count++] = row_of(visit->arena, stmt);
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* --- describing --------------------------------------------------------------------------------------------------------------- */

static enum bs_rc save_words(struct bs_visit *visit, struct bs_db *db, const struct bs_library_picture *picture, struct bs_err *err)
{
	struct bs_str texts[] = { picture->name, picture->alt, picture->caption, picture->credit }, rest, word;
	struct bs_buf terms = BS_BUF(WORDS_MAX);
	enum bs_rc rc = bs_db_exec(db, BS_Q_picture_words_clear, BS_VALUES(bs_int(picture->id)), err);

	for (size_t i = 0; i < BS_COUNT(texts); i++)
		bs_tokens_of(visit->publication->lang, texts[i], &terms);
	rest = bs_buf_str(&terms);
	while (rc == BS_OK && rest.len > 0 && bs_str_split(&rest, ' ', &word)) {
		if (word.len > 0)
			rc = bs_db_exec(db, BS_Q_picture_word_add, BS_VALUES(bs_text(word), bs_int(picture->id)), err);
	}
	bs_buf_free(&terms);
	return rc;
}

enum bs_rc bs_library_save(struct bs_visit *visit, struct bs_db *db, const struct bs_library_picture *p, struct bs_err *err)
{
	enum bs_rc rc = bs_db_exec(db, BS_Q_picture_save, BS_VALUES(bs_int(p->id), bs_text(p->alt), bs_text(p->caption), bs_text(p->credit),
		bs_text(p->credit_url), bs_text(p->licence), bs_int(p->may_syndicate), bs_int(visit->now), bs_int(visit->session.account.id)), err);

	if (rc == BS_OK)
		rc = bs_db_exec(db, BS_Q_picture_focus, BS_VALUES(bs_int(p->id), bs_int(p->focus_x), bs_int(p->focus_y)), err);
	return rc == BS_OK ? save_words(visit, db, p, err) : rc;
}

enum bs_rc bs_library_add(struct bs_visit *visit, struct bs_db *db, const struct bs_library_picture *p, struct bs_err *err)
{
	enum bs_rc rc = bs_db_exec(db, BS_Q_picture_add, BS_VALUES(bs_int(p->id), bs_text(p->alt), bs_text(p->caption), bs_text(p->credit),
		bs_text(p->credit_url), bs_text(p->licence), bs_int(visit->now), bs_int(visit->session.account.id)), err);

	return rc == BS_OK && bs_db_changed(db) > 0 ? save_words(visit, db, p, err) : rc;
}

/* --- uses ------------------------------------------------------------------------------------------------------------------------ */

static enum bs_use_kind use_kind(struct bs_str word)
{
	static const struct bs_str kinds[BS_USE_KINDS] = { BS_STR_INIT("lead"), BS_STR_INIT("text"), BS_STR_INIT("past"),
		BS_STR_INIT("person"), BS_STR_INIT("term") };
	enum bs_use_kind kind = BS_USE_LEAD;

	while (kind + 1 < BS_USE_KINDS && !bs_str_eq(kinds[kind], word))
		kind++;
	return kind;
}

enum bs_rc bs_library_uses(struct bs_arena *arena, struct bs_db *db, const struct bs_library_picture *picture, struct bs_library_use **out,
                           size_t *count, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_picture_uses, BS_VALUES(bs_int(picture->id), bs_text(picture->hash), bs_int(BS_LIBRARY_USES)),
	                            &stmt, err);

	*out = BS_ARRAY(arena, BS_LIBRARY_USES, struct bs_library_use);
	*count = 0;
	while (rc == BS_OK && *count < BS_LIBRARY_USES && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		(*out)[(*count)++] = (struct bs_library_use){
			.kind = use_kind(bs_stmt_str(stmt, BS_C_picture_uses_kind)),
			.id = bs_stmt_int(stmt, BS_C_picture_uses_id),
			.title = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_picture_uses_title)),
			.status = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_picture_uses_status)),
		};
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

const struct bs_str bs_library_unseen = BS_STR_INIT("\u2026");

enum bs_rc bs_library_use_is_seen(struct bs_visit *visit, const struct bs_library_use *use, bool *seen, struct bs_err *err)
{
	enum bs_rc rc = bs_visit_may(visit, BS_ACT_SEE, use->id, err);

	*seen = rc == BS_OK;
	return rc == BS_DENIED ? BS_OK : rc;
}

/* --- addresses --------------------------------------------------------------------------------------------------------------------- */

static struct bs_str rendition(struct bs_arena *arena, const struct bs_library_picture *picture, int at_least)
{
	struct bs_str ending = bs_media_ending(picture->mime);
	int widths[BS_PICTURE_WIDTHS];
	size_t count = bs_picture_widths(picture->width, widths), i = 0;

	if (bs_str_eq(ending, BS_STR("gif")))
		return bs_arena_printf(arena, "/media/%.64s/%d.gif", picture->hash.ptr, picture->width);
	while (i + 1 < count && widths[i] < at_least)
		i++;
	return bs_arena_printf(arena, "/media/%.64s/%d.webp", picture->hash.ptr, widths[i]);
}

struct bs_str bs_library_thumb(struct bs_arena *arena, const struct bs_library_picture *picture)
{
	return rendition(arena, picture, 320);
}

struct bs_str bs_library_url(struct bs_arena *arena, const struct bs_library_picture *picture)
{
	return rendition(arena, picture, 960);
}

void bs_library_json(struct bs_arena *arena, const struct bs_library_picture *picture, struct bs_json *out)
{
	bs_json_add_int(out, BS_STR("id"), picture->id);
	bs_json_add_string(out, BS_STR("url"), bs_library_url(arena, picture));
	bs_json_add_string(out, BS_STR("thumb"), bs_library_thumb(arena, picture));
	bs_json_add_int(out, BS_STR("width"), picture->width);
	bs_json_add_int(out, BS_STR("height"), picture->height);
	bs_json_add_string(out, BS_STR("name"), picture->name);
	bs_json_add_string(out, BS_STR("alt"), picture->alt);
	bs_json_add_string(out, BS_STR("caption"), picture->caption);
	bs_json_add_string(out, BS_STR("credit"), picture->credit);
	bs_json_add_string(out, BS_STR("credit_url"), picture->credit_url);
	bs_json_add_string(out, BS_STR("licence"), picture->licence);
	bs_json_add_bool(out, BS_STR("may_syndicate"), picture->may_syndicate);
}
