/* vocabulary.c - see vocabulary.h. A merge moves rows by whole statements, so that a term of a hundred thousand stories is moved in one
 * go; the pages that show it are stale by the tags of the two terms, which every one of them carries. */
#include "newsroom/vocabulary.h"

#include "newsroom/ledger.h"
#include "newsroom/listing.h"
#include "newsroom/translation.h"
#include "text/json.h"
#include "text/slug.h"

enum { DEPTH_MAX = 64 };

static enum bs_rc touch(struct bs_db *db, enum bs_tag_kind kind, int64_t id, struct bs_err *err)
{
	char tag[BS_TAG_MAX];

	return bs_change_touch(db, bs_tag(kind, id, tag), err);
}

/* The frame of every page names the terms of these vocabularies, and so do lists of their children. */
static enum bs_rc touch_term(struct bs_db *db, int64_t id, enum bs_vocabulary vocabulary, struct bs_err *err)
{
	enum bs_rc rc = touch(db, BS_TAG_TERM, id, err);

	return rc == BS_OK && vocabulary != BS_TAG ? touch(db, BS_TAG_SITE, 0, err) : rc;
}

static enum bs_rc load_body(struct bs_arena *arena, struct bs_db *db, int64_t body_id, struct bs_body *body, struct bs_str *lang,
                            struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc;

	*body = (struct bs_body){ 0 };
	*lang = BS_STR("");
	if (body_id == 0)
		return BS_OK;
	rc = bs_body_load(arena, db, body_id, body, err);
	if (rc == BS_OK)
		rc = bs_db_query(db, BS_Q_body_load, BS_VALUES(bs_int(body_id)), &stmt, err);
	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK)
		*lang = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_body_load_lang));
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* The same text again keeps its body. */
static enum bs_rc save_body(struct bs_arena *arena, struct bs_db *db, struct bs_str lang, const struct bs_body *body, int64_t before,
                            int64_t *out, struct bs_err *err)
{
	*out = 0;
	return body->count > 0 ? bs_body_save(arena, db, lang, body, before, out, err) : BS_OK;
}

/* Who has the slug, now or formerly; id 0: nobody. */
static enum bs_rc holder(struct bs_arena *arena, struct bs_db *db, const struct bs_query *query, struct bs_values values, int64_t *id,
                         struct bs_str *slug, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, query, values, &stmt, err);

	*id = 0;
	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK) {
		*id = bs_stmt_int(stmt, BS_C_term_holder_id);
		*slug = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_term_holder_slug));
	}
	bs_stmt_free(&stmt);
	return rc;
}

enum bs_rc bs_term_slug_now(struct bs_arena *arena, struct bs_db *db, enum bs_vocabulary vocabulary, struct bs_str slug, struct bs_str *out,
                            struct bs_err *err)
{
	int64_t id;

	return holder(arena, db, BS_Q_term_holder, BS_VALUES(bs_text(bs_vocabulary_name(vocabulary)), bs_text(slug)), &id, out, err);
}

enum bs_rc bs_person_slug_now(struct bs_arena *arena, struct bs_db *db, struct bs_str slug, struct bs_str *out, struct bs_err *err)
{
	int64_t id;

	return holder(arena, db, BS_Q_person_holder, BS_VALUES(bs_text(slug)), &id, out, err);
}

static enum bs_rc check_free(struct bs_arena *arena, struct bs_db *db, const struct bs_query *query, struct bs_values values, int64_t own,
                             struct bs_err *err)
{
	struct bs_str slug;
	int64_t id;
	enum bs_rc rc = holder(arena, db, query, values, &id, &slug, err);

	if (rc == BS_OK && id != own)
		return bs_fail(err, BS_CONFLICT, "the slug leads to '" BS_FMT "'", BS_ARG(slug));
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* --- rules of notices ----------------------------------------------------------------------------------------------------------- */

/* {"themes":["a","b"]} with another slug in a's place, and none twice. *changed: it was there. */
static enum bs_rc rule_renamed(struct bs_arena *arena, struct bs_str rule, struct bs_str set, struct bs_str from, struct bs_str to,
                               struct bs_str *out, bool *changed, struct bs_err *err)
{
	const struct bs_json *json = NULL;
	struct bs_json *made = bs_json_new_object(arena);
	struct bs_buf buf = BS_BUF(64 * 1024);
	enum bs_rc rc = bs_json_parse(arena, rule, &json, err);

	*changed = false;
	for (const struct bs_json *words = rc == BS_OK ? json->first : NULL; words != NULL; words = words->next) {
		struct bs_json *list = bs_json_add_array(made, words->name);
		bool here = bs_str_eq(words->name, set), stands = false;
		for (const struct bs_json *word = words->kind == BS_JSON_ARRAY ? words->first : NULL; word != NULL; word = word->next) {
			bool meant = here && (bs_str_eq(bs_json_string(word), from) || bs_str_eq(bs_json_string(word), to));
			*changed |= here && bs_str_eq(bs_json_string(word), from);
			if (!meant || !stands)
				bs_json_add_string(list, BS_STR(""), meant ? to : bs_json_string(word));
			stands |= meant;
		}
	}
	if (rc == BS_OK)
		rc = bs_json_write(made, &buf, err);
	*out = bs_arena_copy(arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return rc;
}

/* Notices that are placed by this term are placed by its new slug. */
static enum bs_rc rename_in_rules(struct bs_arena *arena, struct bs_db *db, enum bs_vocabulary vocabulary, struct bs_str from,
                                  struct bs_str to, struct bs_err *err)
{
	struct bs_str set = bs_arena_printf(arena, BS_FMT "s", BS_ALL(bs_vocabulary_name(vocabulary))), *rules = NULL, rule;
	int64_t *ids = NULL;
	size_t count = 0, room = 0, id_room = 0;
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_notice_rules, BS_NO_VALUES, &stmt, err);

	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		BS_GROW(arena, rules, count, room, 8);
		BS_GROW(arena, ids, count, id_room, 8);
		rules[count] = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_notice_rules_applies));
		ids[count++] = bs_stmt_int(stmt, BS_C_notice_rules_id);
	}
	bs_stmt_free(&stmt);
	if (rc == BS_NOT_FOUND)
		rc = BS_OK;
	for (size_t i = 0; i < count && rc == BS_OK; i++) {
		bool changed;
		rc = rule_renamed(arena, rules[i], set, from, to, &rule, &changed, err);
		if (rc == BS_OK && changed)
			rc = bs_db_exec(db, BS_Q_notice_rule_put, BS_VALUES(bs_int(ids[i]), bs_text(rule)), err);
		if (rc == BS_OK && changed)
			rc = touch(db, BS_TAG_SITE, 0, err);
	}
	return rc;
}

/* The entries of menus that lead to a term lead to its new address. */
static enum bs_rc rename_in_menus(struct bs_arena *arena, struct bs_db *db, enum bs_vocabulary vocabulary, struct bs_str from,
                                  struct bs_str to, struct bs_err *err)
{
	static const struct bs_str menus[] = { BS_STR_INIT("menu.header"), BS_STR_INIT("menu.footer") };
	struct bs_str kind = bs_vocabulary_name(vocabulary), text;
	struct bs_str old = bs_arena_printf(arena, "\"/" BS_FMT "/" BS_FMT "\"", BS_ALL(kind), BS_ALL(from));
	struct bs_str now = bs_arena_printf(arena, "\"/" BS_FMT "/" BS_FMT "\"", BS_ALL(kind), BS_ALL(to));
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < BS_COUNT(menus) && rc == BS_OK; i++) {
		size_t at;
		bool changed;
		rc = bs_setting_get(arena, db, menus[i], &text, err);
		at = rc == BS_OK ? bs_str_find(text, old, 0) : SIZE_MAX;
		if (at == SIZE_MAX)
			continue;
		struct bs_str parts[] = { bs_str_sub(text, 0, at), bs_str_sub(text, at + old.len, SIZE_MAX) };
		rc = bs_setting_set(db, menus[i], bs_arena_join(arena, parts, 2, now), &changed, err);
	}
	return rc;
}

/* --- terms ---------------------------------------------------------------------------------------------------------------------- */

static enum bs_rc read_names(struct bs_arena *arena, struct bs_db *db, struct bs_term_record *term, struct bs_err *err)
{
	struct bs_term_name *names = NULL;
	struct bs_stmt *stmt = NULL;
	size_t room = 0;
	enum bs_rc rc = bs_db_query(db, BS_Q_term_names, BS_VALUES(bs_int(term->id)), &stmt, err);

	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		BS_GROW(arena, names, term->name_count, room, 8);
		names[term->name_count++] = (struct bs_term_name){ bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_term_names_lang)),
			                                           bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_term_names_name)) };
	}
	bs_stmt_free(&stmt);
	term->names = names;
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* *body_id is that of the description. */
static enum bs_rc read_term(struct bs_arena *arena, struct bs_db *db, int64_t id, struct bs_term_record *out, int64_t *body_id,
                            struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_term_read, BS_VALUES(bs_int(id)), &stmt, err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK) {
		*out = (struct bs_term_record){
			.id = id,
			.slug = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_term_read_slug)),
			.code = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_term_read_code)),
			.parent_id = bs_stmt_int(stmt, BS_C_term_read_parent_id),
			.section = (int)bs_stmt_int(stmt, BS_C_term_read_section),
			.colour = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_term_read_colour)),
			.colour_dark = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_term_read_colour_dark)),
		};
		*body_id = bs_stmt_int(stmt, BS_C_term_read_description_id);
		rc = bs_vocabulary_of(bs_stmt_str(stmt, BS_C_term_read_vocabulary), &out->vocabulary);
	}
	bs_stmt_free(&stmt);
	return rc;
}

enum bs_rc bs_term_read(struct bs_arena *arena, struct bs_db *db, int64_t id, struct bs_term_record *out, struct bs_err *err)
{
	int64_t body_id = 0;
	enum bs_rc rc = read_term(arena, db, id, out, &body_id, err);

	if (rc == BS_OK)
		rc = read_names(arena, db, out, err);
	return rc == BS_OK ? load_body(arena, db, body_id, &out->description, &out->lang, err) : rc;
}

/* *above: `id` stands somewhere above `below`. */
static enum bs_rc is_above(struct bs_arena *arena, struct bs_db *db, int64_t id, int64_t below, bool *above, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	*above = false;
	for (int depth = 0; depth < DEPTH_MAX && below != 0 && rc == BS_OK && !*above; depth++) {
		struct bs_term_record term;
		int64_t body_id;
		rc = read_term(arena, db, below, &term, &body_id, err);
		if (rc == BS_OK) {
			below = term.parent_id;
			*above = below == id;
		}
	}
	return rc;
}

static enum bs_rc check_term(struct bs_arena *arena, struct bs_db *db, const struct bs_term_record *term, struct bs_err *err)
{
	bool above = false;
	enum bs_rc rc = bs_term_check(term->slug, term->colour, term->colour_dark, err);

	if (rc == BS_OK && term->name_count == 0)
		rc = bs_fail(err, BS_INVALID, "the term '" BS_FMT "' has no name", BS_ARG(term->slug));
	if (rc == BS_OK && term->id != 0 && term->parent_id != 0)
		rc = is_above(arena, db, term->id, term->parent_id, &above, err);
	if (rc == BS_OK && (above || (term->parent_id != 0 && term->parent_id == term->id)))
		rc = bs_fail(err, BS_INVALID, "the parent of '" BS_FMT "' stands below it", BS_ARG(term->slug));
	return rc == BS_OK ? check_free(arena, db, BS_Q_term_holder,
		BS_VALUES(bs_text(bs_vocabulary_name(term->vocabulary)), bs_text(term->slug)), term->id, err) : rc;
}

static enum bs_rc write_names(struct bs_db *db, const struct bs_term_record *before, const struct bs_term_record *term, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < before->name_count && rc == BS_OK; i++) {
		bool stays = false;
		for (size_t k = 0; k < term->name_count; k++)
			stays |= bs_str_eq(term->names[k].lang, before->names[i].lang);
		if (!stays)
			rc = bs_db_exec(db, BS_Q_term_name_remove, BS_VALUES(bs_int(term->id), bs_text(before->names[i].lang)), err);
	}
	for (size_t i = 0; i < term->name_count && rc == BS_OK; i++)
		rc = bs_db_exec(db, BS_Q_term_name_put, BS_VALUES(bs_int(term->id), bs_text(term->names[i].lang), bs_text(term->names[i].name)), err);
	return rc;
}

static enum bs_rc change_slug(struct bs_arena *arena, struct bs_db *db, const struct bs_term_record *before, const struct bs_term_record *term,
                              struct bs_err *err)
{
	struct bs_param vocabulary = bs_text(bs_vocabulary_name(term->vocabulary));
	enum bs_rc rc;

	if (bs_str_eq(before->slug, term->slug))
		return BS_OK;
	/* Its own from earlier, taken up again. */
	rc = bs_db_exec(db, BS_Q_former_term_remove, BS_VALUES(vocabulary, bs_text(term->slug)), err);
	if (rc == BS_OK)
		rc = bs_db_exec(db, BS_Q_former_term_put, BS_VALUES(vocabulary, bs_text(before->slug), bs_int(term->id)), err);
	if (rc == BS_OK)
		rc = rename_in_menus(arena, db, term->vocabulary, before->slug, term->slug, err);
	return rc == BS_OK ? rename_in_rules(arena, db, term->vocabulary, before->slug, term->slug, err) : rc;
}

enum bs_rc bs_term_write(struct bs_arena *arena, struct bs_db *db, struct bs_term_record *term, struct bs_err *err)
{
	struct bs_term_record before = { .id = 0 };
	int64_t body_before = 0, body = 0;
	enum bs_rc rc = check_term(arena, db, term, err);

	if (rc == BS_OK && term->id != 0)
		rc = read_term(arena, db, term->id, &before, &body_before, err);
	if (rc == BS_OK && term->id != 0)
		rc = read_names(arena, db, &before, err);
	if (rc == BS_OK)
		rc = save_body(arena, db, term->lang, &term->description, body_before, &body, err);
	if (rc != BS_OK)
		return rc;
	if (term->id == 0)
		rc = bs_db_int(db, BS_Q_term_add, BS_VALUES(bs_text(bs_vocabulary_name(term->vocabulary)), bs_text(term->slug), bs_text(term->code),
			bs_ref(term->parent_id), bs_int(0), bs_text(term->colour), bs_text(term->colour_dark), bs_ref(body),
				bs_null(), bs_text(BS_STR("")),
			bs_text(BS_STR(""))), &term->id, err);
	else
		rc = bs_db_exec(db, BS_Q_term_change, BS_VALUES(bs_int(term->id), bs_text(term->slug), bs_text(term->code), bs_ref(term->parent_id),
			bs_text(term->colour), bs_text(term->colour_dark), bs_ref(body)), err);
	if (rc == BS_OK)
		rc = write_names(db, &before, term, err);
	if (rc == BS_OK && before.id != 0)
		rc = change_slug(arena, db, &before, term, err);
	if (rc == BS_OK && before.parent_id != 0)
		rc = touch(db, BS_TAG_TERM, before.parent_id, err);
	if (rc == BS_OK && term->parent_id != 0)
		rc = touch(db, BS_TAG_TERM, term->parent_id, err);
	return rc == BS_OK ? touch_term(db, term->id, term->vocabulary, err) : rc;
}

/* --- merging ---------------------------------------------------------------------------------------------------------------------- */

static enum bs_rc run(struct bs_db *db, const struct bs_query *const *queries, size_t count, struct bs_values values, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < count && rc == BS_OK; i++)
		rc = bs_db_exec(db, queries[i], values, err);
	return rc;
}

/* All that stands in one list stands in the other, once; and is counted anew. */
static enum bs_rc merge_lists(struct bs_db *db, enum bs_list_kind kind, int64_t from, int64_t into, struct bs_err *err)
{
	enum bs_rc rc = bs_db_exec(db, BS_Q_listing_merge, BS_VALUES(bs_int(kind), bs_int(from), bs_int(into)), err);

	if (rc == BS_OK)
		rc = bs_db_exec(db, BS_Q_listing_clear, BS_VALUES(bs_int(kind), bs_int(from)), err);
	if (rc == BS_OK)
		rc = bs_db_exec(db, BS_Q_listing_parts_clear, BS_VALUES(bs_int(kind), bs_int(from), bs_int(into)), err);
	return rc == BS_OK ? bs_db_exec(db, BS_Q_listing_parts_count, BS_VALUES(bs_int(kind), bs_int(into)), err) : rc;
}

/* What stood below the one stands below the other, which must not come to stand below itself. */
static enum bs_rc merge_places(struct bs_arena *arena, struct bs_db *db, const struct bs_term_record *from, const struct bs_term_record *into,
                               struct bs_err *err)
{
	bool above;
	enum bs_rc rc = is_above(arena, db, from->id, into->id, &above, err);

	if (rc == BS_OK && above)
		rc = bs_db_exec(db, BS_Q_term_parent_put, BS_VALUES(bs_int(into->id), bs_ref(from->parent_id)), err);
	if (rc == BS_OK)
		rc = bs_db_exec(db, BS_Q_term_merge_children, BS_VALUES(bs_int(from->id), bs_int(into->id)), err);
	return rc;
}

enum bs_rc bs_term_merge(struct bs_arena *arena, struct bs_db *db, int64_t from_id, int64_t into_id, struct bs_err *err)
{
	static const struct bs_query *const moves[] = { BS_Q_term_merge_stories };
	static const struct bs_query *const others[] = { BS_Q_term_merge_sections, BS_Q_term_merge_former };
	static const struct bs_query *const ends[] = { BS_Q_term_merge_doubles, BS_Q_term_names_remove, BS_Q_term_remove };
	struct bs_values both = BS_VALUES(bs_int(from_id), bs_int(into_id));
	struct bs_term_record from, into;
	int64_t body;
	enum bs_rc rc = read_term(arena, db, from_id, &from, &body, err);

	if (rc == BS_OK)
		rc = read_term(arena, db, into_id, &into, &body, err);
	if (rc == BS_OK && (from_id == into_id || from.vocabulary != into.vocabulary))
		rc = bs_fail(err, BS_INVALID, "'" BS_FMT "' cannot become '" BS_FMT "'", BS_ARG(from.slug), BS_ARG(into.slug));
	if (rc == BS_OK)
		rc = run(db, moves, BS_COUNT(moves), both, err);
	if (rc == BS_OK)
		rc = run(db, others, BS_COUNT(others), both, err);
	if (rc == BS_OK)
		rc = merge_places(arena, db, &from, &into, err);
	if (rc == BS_OK)
		rc = merge_lists(db, BS_LIST_TERM, from_id, into_id, err);
	if (rc == BS_OK)
		rc = run(db, ends, BS_COUNT(ends), BS_VALUES(bs_int(from_id)), err);
	if (rc == BS_OK)
		rc = bs_db_exec(db, BS_Q_former_term_put, BS_VALUES(bs_text(bs_vocabulary_name(from.vocabulary)),
			bs_text(from.slug), bs_int(into_id)), err);
	if (rc == BS_OK)
		rc = rename_in_rules(arena, db, from.vocabulary, from.slug, into.slug, err);
	if (rc == BS_OK)
		rc = rename_in_menus(arena, db, from.vocabulary, from.slug, into.slug, err);
	if (rc == BS_OK)
		rc = touch_term(db, from_id, from.vocabulary, err);
	return rc == BS_OK ? touch_term(db, into_id, into.vocabulary, err) : rc;
}

enum bs_rc bs_term_remove(struct bs_db *db, int64_t id, struct bs_err *err)
{
	static const struct bs_query *const ends[] = { BS_Q_former_terms_remove, BS_Q_term_names_remove, BS_Q_term_remove };
	int64_t used = 0;
	enum bs_rc rc = bs_db_int(db, BS_Q_term_used, BS_VALUES(bs_int(id)), &used, err);

	if (rc == BS_OK && used)
		rc = bs_fail(err, BS_CONFLICT, "the term is in use");
	if (rc == BS_OK)
		rc = run(db, ends, BS_COUNT(ends), BS_VALUES(bs_int(id)), err);
	return rc == BS_OK ? touch_term(db, id, BS_THEME, err) : rc;
}

enum bs_rc bs_notice_remove(struct bs_db *db, struct bs_str slug, struct bs_err *err)
{
	static const struct bs_query *const ends[] = { BS_Q_notice_remove_stories, BS_Q_notice_remove };
	char tag[BS_TAG_MAX];
	int64_t id;
	enum bs_rc rc = bs_db_int(db, BS_Q_notice_known, BS_VALUES(bs_text(slug)), &id, err);

	if (rc == BS_NOT_FOUND)
		return bs_fail(err, rc, "there is no notice '" BS_FMT "'", BS_ARG(slug));
	if (rc == BS_OK)
		rc = run(db, ends, BS_COUNT(ends), BS_VALUES(bs_text(slug)), err);
	return rc == BS_OK ? bs_change_touch(db, bs_tag(BS_TAG_SITE, 0, tag), err) : rc;
}

/* --- people ---------------------------------------------------------------------------------------------------------------------- */

static enum bs_rc read_person(struct bs_arena *arena, struct bs_db *db, int64_t id, struct bs_person_record *out, int64_t *body_id,
                              struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_person_read, BS_VALUES(bs_int(id)), &stmt, err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK) {
		*out = (struct bs_person_record){
			.id = id,
			.slug = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_person_read_slug)),
			.name = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_person_read_name)),
			.portrait_id = bs_stmt_int(stmt, BS_C_person_read_portrait_id),
			.portrait_alt = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_person_read_portrait_alt)),
			.job = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_person_read_job)),
			.url = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_person_read_url)),
			.email = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_person_read_email)),
		};
		*body_id = bs_stmt_int(stmt, BS_C_person_read_bio_id);
	}
	bs_stmt_free(&stmt);
	return rc;
}

enum bs_rc bs_person_record_read(struct bs_arena *arena, struct bs_db *db, int64_t id, struct bs_person_record *out, struct bs_err *err)
{
	int64_t body_id = 0;
	enum bs_rc rc = read_person(arena, db, id, out, &body_id, err);

	return rc == BS_OK ? load_body(arena, db, body_id, &out->bio, &out->lang, err) : rc;
}

static enum bs_rc check_person(struct bs_arena *arena, struct bs_db *db, const struct bs_person_record *person, struct bs_err *err)
{
	if (!bs_slug_valid(person->slug) || person->name.len == 0)
		return bs_fail(err, BS_INVALID, "a person needs a name and a slug");
	return check_free(arena, db, BS_Q_person_holder, BS_VALUES(bs_text(person->slug)), person->id, err);
}

/* Cards carry the name; addresses the slug. */
static enum bs_rc change_name(struct bs_arena *arena, struct bs_db *db, const struct bs_person_record *before,
                              const struct bs_person_record *person, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	if (!bs_str_eq(before->slug, person->slug)) {
		rc = bs_db_exec(db, BS_Q_former_person_remove, BS_VALUES(bs_text(person->slug)), err);
		if (rc == BS_OK)
			rc = bs_db_exec(db, BS_Q_former_person_put, BS_VALUES(bs_text(before->slug), bs_int(person->id)), err);
	}
	return rc == BS_OK && !bs_str_eq(before->name, person->name) ? bs_person_on_cards(arena, db, person->id, err) : rc;
}

enum bs_rc bs_person_write(struct bs_arena *arena, struct bs_db *db, struct bs_person_record *person, struct bs_err *err)
{
	struct bs_person_record before = { .id = 0 };
	int64_t body_before = 0, body = 0, line = 0;
	enum bs_rc rc = check_person(arena, db, person, err);

	if (rc == BS_OK && person->id != 0)
		rc = read_person(arena, db, person->id, &before, &body_before, err);
	if (rc == BS_OK)
		rc = save_body(arena, db, person->lang, &person->bio, body_before, &body, err);
	if (rc == BS_OK)
		rc = bs_passage_keep_line(arena, db, person->lang, person->job, &line, err);
	if (rc != BS_OK)
		return rc;
	if (person->id == 0)
		rc = bs_db_int(db, BS_Q_person_add, BS_VALUES(bs_text(person->slug), bs_text(person->name), bs_ref(body), bs_ref(person->portrait_id),
			bs_text(person->portrait_alt), bs_text(person->job), bs_text(person->url), bs_text(person->email),
			bs_ref(line)), &person->id, err);
	else
		rc = bs_db_exec(db, BS_Q_person_change, BS_VALUES(bs_int(person->id), bs_text(person->slug), bs_text(person->name), bs_ref(body),
			bs_ref(person->portrait_id), bs_text(person->portrait_alt), bs_text(person->job), bs_text(person->url),
			bs_text(person->email), bs_ref(line)), err);
	if (rc == BS_OK && before.id != 0)
		rc = change_name(arena, db, &before, person, err);
	return rc == BS_OK ? touch(db, BS_TAG_PERSON, person->id, err) : rc;
}

enum bs_rc bs_person_merge(struct bs_arena *arena, struct bs_db *db, int64_t from_id, int64_t into_id, struct bs_err *err)
{
	static const struct bs_query *const moves[] = { BS_Q_person_merge_stories, BS_Q_person_merge_former, BS_Q_person_merge_translations };
	struct bs_person_record from, into;
	int64_t body;
	enum bs_rc rc = read_person(arena, db, from_id, &from, &body, err);

	if (rc == BS_OK)
		rc = read_person(arena, db, into_id, &into, &body, err);
	if (rc == BS_OK && from_id == into_id)
		rc = bs_fail(err, BS_INVALID, "'" BS_FMT "' cannot become itself", BS_ARG(from.slug));
	if (rc == BS_OK)
		rc = run(db, moves, BS_COUNT(moves), BS_VALUES(bs_int(from_id), bs_int(into_id)), err);
	if (rc == BS_OK)
		rc = merge_lists(db, BS_LIST_PERSON, from_id, into_id, err);
	if (rc == BS_OK)
		rc = bs_db_exec(db, BS_Q_person_merge_doubles, BS_VALUES(bs_int(from_id)), err);
	if (rc == BS_OK)
		rc = bs_db_exec(db, BS_Q_person_merge_authors, BS_VALUES(bs_int(from_id), bs_int(into_id)), err);
	if (rc == BS_OK)
		rc = bs_db_exec(db, BS_Q_person_remove, BS_VALUES(bs_int(from_id)), err);
	if (rc == BS_OK)
		rc = bs_db_exec(db, BS_Q_former_person_put, BS_VALUES(bs_text(from.slug), bs_int(into_id)), err);
	if (rc == BS_OK)
		rc = bs_person_on_cards(arena, db, into_id, err);
	if (rc == BS_OK)
		rc = touch(db, BS_TAG_PERSON, from_id, err);
	return rc == BS_OK ? touch(db, BS_TAG_PERSON, into_id, err) : rc;
}

enum bs_rc bs_person_remove(struct bs_db *db, int64_t id, struct bs_err *err)
{
	static const struct bs_query *const ends[] = { BS_Q_former_people_remove, BS_Q_person_remove };
	int64_t used = 0;
	enum bs_rc rc = bs_db_int(db, BS_Q_person_used, BS_VALUES(bs_int(id)), &used, err);

	if (rc == BS_OK && used)
		rc = bs_fail(err, BS_CONFLICT, "the person is named by a story");
	if (rc == BS_OK)
		rc = run(db, ends, BS_COUNT(ends), BS_VALUES(bs_int(id)), err);
	return rc == BS_OK ? touch(db, BS_TAG_PERSON, id, err) : rc;
}
