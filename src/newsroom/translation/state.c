/* state.c - how far each story is in each language; see translation.h. */
#include "newsroom/translation/listed.h"

#include "base/map.h"
#include "lang/lang.h"
#include "newsroom/catalog.h"
#include "newsroom/draft.h"
#include "newsroom/listing.h"
#include "newsroom/tags.h"
#include "text/markup.h"

enum { MAKERS_MAX = 16 * 1024 };

static bool is_code(struct bs_str path)
{
	return bs_str_eq(path, BS_STR("pre")) || bs_str_ends(path, BS_STR("/pre"));
}

static struct bs_translation_row row_of(struct bs_arena *arena, const struct bs_stmt *stmt)
{
	int64_t offer = bs_stmt_int(stmt, BS_C_translation_of_story_offer_id);

	return (struct bs_translation_row){
		.passage_id = bs_stmt_int(stmt, BS_C_translation_of_story_passage_id),
		.source = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_translation_of_story_markup)),
		.path = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_translation_of_story_path)),
		.target = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_translation_of_story_target)),
		.maker = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_translation_of_story_maker)),
		.by_person = bs_stmt_int(stmt, BS_C_translation_of_story_by_person) != 0,
		.offered = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_translation_of_story_offered)),
		.offerer = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_translation_of_story_offerer)),
		.entry_id = offer != 0 ? offer : bs_stmt_int(stmt, BS_C_translation_of_story_entry_id),
		.account_id = bs_stmt_int(stmt, offer != 0 ? BS_C_translation_of_story_offer_account_id : BS_C_translation_of_story_account_id),
		.approved = bs_stmt_int(stmt, BS_C_translation_of_story_approved) != 0,
		.back_since = bs_stmt_int(stmt, BS_C_translation_of_story_back_since),
	};
}

/* Each passage once. translation-of-paper has the same columns. */
static enum bs_rc rows_of(struct bs_arena *arena, struct bs_db *db, const struct bs_query *query, struct bs_values values,
                          struct bs_translation_row **out, size_t *count, struct bs_err *err)
{
	struct bs_map seen = BS_MAP(arena);
	struct bs_stmt *stmt = NULL;
	size_t room = 0;
	enum bs_rc rc = bs_db_query(db, query, values, &stmt, err);

	*out = NULL;
	*count = 0;
	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		int64_t id = bs_stmt_int(stmt, BS_C_translation_of_story_passage_id);
		void **slot = bs_map_put(&seen, bs_arena_copy(arena, bs_str_n((const char *)&id, sizeof(id))));
		struct bs_str source = bs_stmt_str(stmt, BS_C_translation_of_story_markup);
		if (*slot != NULL || is_code(bs_stmt_str(stmt, BS_C_translation_of_story_path)) || !bs_markup_has_letters(source))
			continue;
		*slot = arena;
		BS_GROW(arena, *out, *count, room, 32);
		(*out)[(*count)++] = row_of(arena, stmt);
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

enum bs_rc bs_translation_of_story(struct bs_arena *arena, struct bs_db *db, int64_t story_id, struct bs_str lang,
                                   struct bs_translation_row **out, size_t *count, struct bs_err *err)
{
	return rows_of(arena, db, BS_Q_translation_of_story, BS_VALUES(bs_int(story_id), bs_text(lang)), out, count, err);
}

enum bs_rc bs_translation_of_paper(struct bs_arena *arena, struct bs_db *db, struct bs_str from, struct bs_str lang,
                                   struct bs_translation_row **out, size_t *count, struct bs_err *err)
{
	return rows_of(arena, db, BS_Q_translation_of_paper, BS_VALUES(bs_text(from), bs_text(lang)), out, count, err);
}

enum bs_rc bs_paper_languages(struct bs_db *db, const struct bs_lang **out, size_t *count, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_paper_languages, BS_NO_VALUES, &stmt, err);

	for (*count = 0; rc == BS_OK && *count < BS_LANG_COUNT && (rc = bs_stmt_next(stmt, err)) == BS_OK;) {
		const struct bs_lang *lang = bs_lang_find(bs_stmt_str(stmt, BS_C_paper_languages_lang));
		if (lang != NULL)
			out[(*count)++] = lang;
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

enum bs_rc bs_translation_states(struct bs_arena *arena, struct bs_db *db, int64_t story_id, struct bs_translation_state **out,
                                 size_t *count, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_story_translation_list, BS_VALUES(bs_int(story_id)), &stmt, err);

	*out = NULL;
	*count = 0;
	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		if (*out == NULL)
			*out = BS_ARRAY(arena, BS_LANG_COUNT, struct bs_translation_state);
		(*out)[(*count)++] = (struct bs_translation_state){
			.lang = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_story_translation_list_lang)),
			.passages = bs_stmt_int(stmt, BS_C_story_translation_list_passages),
			.done = bs_stmt_int(stmt, BS_C_story_translation_list_done),
			.by_person = bs_stmt_int(stmt, BS_C_story_translation_list_by_person),
			.makers = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_story_translation_list_makers)),
			.number = (int)bs_stmt_int(stmt, BS_C_story_translation_list_number),
			.listed = bs_stmt_int(stmt, BS_C_story_translation_list_listed) != 0,
			.updated_at = bs_stmt_int(stmt, BS_C_story_translation_list_updated_at),
			.state = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_story_translation_list_state)),
			.hands = bs_stmt_int(stmt, BS_C_story_translation_list_hands),
			.approved = bs_stmt_int(stmt, BS_C_story_translation_list_approved),
			.stale = bs_stmt_int(stmt, BS_C_story_translation_list_stale),
		};
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

enum bs_rc bs_translation_listed(struct bs_arena *arena, struct bs_db *db, int64_t story_id, struct bs_str own,
                                 struct bs_str **langs, size_t *count, struct bs_err *err)
{
	struct bs_translation_state *states;
	size_t state_count;
	enum bs_rc rc = bs_translation_states(arena, db, story_id, &states, &state_count, err);

	if (rc != BS_OK)
		return rc;
	*langs = BS_ARRAY(arena, 1 + state_count, struct bs_str);
	(*langs)[0] = own;
	*count = 1;
	for (size_t i = 0; i < state_count; i++) {
		if (states[i].listed)
			(*langs)[(*count)++] = states[i].lang;
	}
	return BS_OK;
}

/* --- reckoning -------------------------------------------------------------------------------------------------------------- */

struct story {
	int64_t id, published_at, body_id;
	struct bs_str lang;
	bool listed; /* stands in listings at all */
	int number;
	bool native; /* a story of its own tells it in the language */
};

static enum bs_rc story_load(struct bs_arena *arena, struct bs_db *db, int64_t story_id, struct bs_str lang, struct story *out,
                             struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_translation_story, BS_VALUES(bs_int(story_id), bs_text(lang)), &stmt, err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK)
		*out = (struct story){
			.id = story_id,
			.published_at = bs_stmt_int(stmt, BS_C_translation_story_published_at),
			.body_id = bs_stmt_int(stmt, BS_C_translation_story_body_id),
			.lang = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_translation_story_lang)),
			.number = (int)bs_stmt_int(stmt, BS_C_translation_story_number),
			.native = bs_stmt_int(stmt, BS_C_translation_story_native) > 0,
			.listed = bs_str_eq(bs_stmt_str(stmt, BS_C_translation_story_status), BS_STR("published")) &&
			          !bs_str_eq(bs_stmt_str(stmt, BS_C_translation_story_kind), BS_STR("page")),
		};
	bs_stmt_free(&stmt);
	return rc;
}

/* Names a line each; a name that stands there already is not added. */
static void add_makers(struct bs_buf *out, const struct bs_translation_row *rows, size_t count, bool by_person)
{
	for (size_t i = 0; i < count; i++) {
		struct bs_str rest = bs_buf_str(out), line;
		bool there = rows[i].target.len == 0 || rows[i].by_person != by_person;
		while (!there && rest.len > 0 && bs_str_split(&rest, '\n', &line))
			there = bs_str_eq(line, rows[i].maker);
		if (there)
			continue;
		if (out->len > 0)
			bs_buf_putc(out, '\n');
		bs_buf_put(out, rows[i].maker);
	}
}

static struct bs_str makers_of(struct bs_arena *arena, const struct bs_translation_row *rows, size_t count)
{
	struct bs_buf buf = BS_BUF(MAKERS_MAX);
	struct bs_str made;

	add_makers(&buf, rows, count, true);
	add_makers(&buf, rows, count, false);
	made = bs_arena_copy(arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return made;
}

static struct bs_translation_state reckon(const struct bs_translation_row *rows, size_t count)
{
	struct bs_translation_state state = { .passages = (int64_t)count };

	for (size_t i = 0; i < count; i++) {
		state.done += rows[i].target.len > 0;
		state.by_person += rows[i].target.len > 0 && rows[i].by_person;
		state.hands += bs_translation_by_hand(&rows[i]);
		state.approved += rows[i].approved;
	}
	return state;
}

static struct bs_str state_name(const struct bs_translation_state *state)
{
	if (state->stale > 0)
		return BS_STR("stale");
	if (state->hands == 0)
		return state->done > 0 ? BS_STR("machine") : BS_STR("");
	if (state->hands < state->passages)
		return BS_STR("partly");
	return state->approved == state->passages ? BS_STR("approved") : BS_STR("human");
}

/* Far enough to be listed; and what was there once stays, with what has changed since shown as it was written: no page of a
 * reader's vanishes because of an edit. */
static bool is_far_enough(const struct bs_translation_row *rows, size_t count, const struct bs_translation_state *state, int64_t share)
{
	bool title = true;

	for (size_t i = 0; i < count; i++) {
		if (bs_str_eq(rows[i].path, BS_STR("@title")))
			title = rows[i].target.len > 0;
	}
	return state->number > 0 || (title && count > 0 && 100 * state->done >= share * state->passages);
}

/* The revision that was last translated whole is remembered when the next one is not, and whether the language listed the story. What of it
 * came back once is looked at again. */
static enum bs_rc keep_number(struct bs_db *db, struct bs_str lang, const struct story *story, struct bs_translation_state *state,
                              struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc;

	rc = bs_db_query(db, BS_Q_story_translation_get, BS_VALUES(bs_int(story->id), bs_text(lang)), &stmt, err);
	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	state->number = rc == BS_OK ? (int)bs_stmt_int(stmt, BS_C_story_translation_get_number) : 0;
	state->stale = rc == BS_OK ? bs_stmt_int(stmt, BS_C_story_translation_get_stale) : 0;
	state->listed = rc == BS_OK && bs_stmt_int(stmt, BS_C_story_translation_get_listed) != 0;
	bs_stmt_free(&stmt);
	if (state->done == state->passages)
		state->number = story->number;
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* A language that lists the story finds it. `was`: it listed it before. */
static enum bs_rc index_lang(struct bs_arena *arena, struct bs_db *db, struct bs_str lang, const struct story *story, bool was, bool is,
                             struct bs_err *err)
{
	struct bs_search_text text = { .story_id = story->id, .lang = lang, .translated = true,
		                       .published_at = story->published_at };

	if (is)
		return bs_translation_index(arena, db, story->body_id, &text, err);
	return was ? bs_search_remove(db, story->id, lang, err) : BS_OK;
}

static enum bs_rc refresh_lang(struct bs_arena *arena, struct bs_db *db, int64_t story_id, struct bs_str lang, int64_t now,
                               struct bs_str *own, struct bs_err *err)
{
	struct bs_translation_row *rows;
	struct bs_translation_state state = { 0 };
	struct story story;
	struct bs_str wanted = BS_STR("");
	int64_t share = 100;
	size_t count;
	bool was;
	enum bs_rc rc = story_load(arena, db, story_id, lang, &story, err);

	if (rc != BS_OK)
		return rc;
	*own = story.lang;
	if (bs_str_eq(story.lang, lang))
		return BS_OK;
	rc = bs_translation_of_story(arena, db, story_id, lang, &rows, &count, err);
	if (rc == BS_OK) {
		state = reckon(rows, count);
		state.makers = makers_of(arena, rows, count);
		rc = keep_number(db, lang, &story, &state, err);
	}
	if (rc == BS_OK)
		rc = bs_translation_back(arena, db, story_id, rows, count, &state, lang, err);
	if (rc == BS_OK)
		rc = bs_setting_get(arena, db, BS_STR("translation.share"), &wanted, err);
	if (rc != BS_OK)
		return rc;
	if (bs_str_int(wanted, &share) != BS_OK)
		return bs_fail(err, BS_CORRUPT, "the setting translation.share is '" BS_FMT "'", BS_ARG(wanted));
	was = state.listed;
	state.listed = story.listed && !story.native && is_far_enough(rows, count, &state, share);
	rc = index_lang(arena, db, lang, &story, was, state.listed, err);
	return rc != BS_OK ? rc : bs_db_exec(db, BS_Q_story_translation_set, BS_VALUES(bs_int(story_id), bs_text(lang), bs_int(state.passages),
	                  bs_int(state.done), bs_int(state.by_person), bs_text(state.makers), bs_int(state.number),
	                  bs_int(state.listed), bs_int(now), bs_text(state_name(&state)), bs_int(state.hands), bs_int(state.approved),
	                  bs_int(state.stale)), err);
}

enum bs_rc bs_translation_refresh(struct bs_arena *arena, struct bs_db *db, int64_t story_id, struct bs_str lang, int64_t now,
                                  struct bs_err *err)
{
	struct bs_translation_state *states = NULL, one = { .lang = lang };
	struct bs_str own = BS_STR(""), *langs;
	char tag[BS_TAG_MAX];
	size_t count = 1;
	enum bs_rc rc = BS_OK;

	if (lang.len == 0)
		rc = bs_translation_states(arena, db, story_id, &states, &count, err);
	else
		states = &one;
	if (rc != BS_OK || count == 0)
		return rc;
	for (size_t i = 0; i < count && rc == BS_OK; i++)
		rc = refresh_lang(arena, db, story_id, states[i].lang, now, &own, err);
	if (rc == BS_OK)
		rc = bs_translation_listed(arena, db, story_id, own, &langs, &count, err);
	if (rc == BS_OK)
		rc = bs_listing_languages(arena, db, story_id, langs, count, err);
	if (rc == BS_OK)
		rc = bs_month_changed(db, story_id, now, err);
	return rc == BS_OK ? bs_change_touch(db, bs_tag(BS_TAG_STORY, story_id, tag), err) : rc;
}
