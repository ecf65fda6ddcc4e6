/* catalog.c - people, terms and notices; see catalog.h. Each save reads what is stored, leaves it alone when it is
 * already so, and otherwise writes and touches the tags. What a draft leaves out of a person or term (an importer that
 * knows only a name) does not erase what is stored: only given things are brought in. */
#include "newsroom/catalog.h"

#include "base/limits.h"
#include "newsroom/ledger.h"
#include "newsroom/tags.h"
#include "newsroom/translation.h"
#include "text/slug.h"

static enum bs_rc touch(struct bs_db *db, enum bs_tag_kind kind, int64_t id, struct bs_err *err)
{
	char tag[BS_TAG_MAX];

	return bs_change_touch(db, bs_tag(kind, id, tag), err);
}

/* The given text, or what is stored; notes in *differs when the two are unlike. */
static struct bs_str merged(struct bs_arena *arena, const struct bs_stmt *stored, int column, struct bs_str given,
                            bool *differs)
{
	struct bs_str old = stored != NULL ? bs_stmt_str(stored, column) : BS_STR("");

	if (given.len == 0)
		return bs_arena_copy(arena, old);
	if (!bs_str_eq(old, given))
		*differs = true;
	return given;
}

static int64_t merged_id(const struct bs_stmt *stored, int column, int64_t given, bool *differs)
{
	int64_t old = stored != NULL ? bs_stmt_int(stored, column) : 0;

	if (given == 0)
		return old;
	if (given != old)
		*differs = true;
	return given;
}

/* Write a text that belongs to a row, when there is one. */
static enum bs_rc merged_body(struct bs_arena *arena, struct bs_db *db, struct bs_str lang, const struct bs_body *body,
                              int64_t *id, bool *differs, struct bs_err *err)
{
	int64_t old = *id;
	enum bs_rc rc;

	if (body->count == 0)
		return BS_OK;
	rc = bs_body_save(arena, db, lang, body, old, id, err);
	*differs |= *id != old;
	return rc;
}

/* And a line, which is a passage beside the row's own text. */
static enum bs_rc merged_line(struct bs_arena *arena, struct bs_db *db, struct bs_str lang, struct bs_str given, int64_t *id,
                              bool *differs, struct bs_err *err)
{
	int64_t old = *id;
	enum bs_rc rc = given.len > 0 ? bs_passage_keep_line(arena, db, lang, given, id, err) : BS_OK;

	*differs |= *id != old;
	return rc;
}

static enum bs_rc check_slug(struct bs_str slug, const char *what, struct bs_err *err)
{
	if (bs_slug_valid(slug))
		return BS_OK;
	return bs_fail(err, BS_INVALID, "'" BS_FMT "' is no slug for a %s: small letters, digits and single hyphens",
	               BS_ARG(slug), what);
}

/* Fetch the row of a slug into *stmt, or leave it NULL when there is none. */
static enum bs_rc row_of(struct bs_db *db, const struct bs_query *query, struct bs_values values, struct bs_stmt **stmt,
                         struct bs_err *err)
{
	enum bs_rc rc = bs_db_query(db, query, values, stmt, err);

	if (rc == BS_OK)
		rc = bs_stmt_next(*stmt, err);
	if (rc == BS_OK)
		return BS_OK;
	bs_stmt_free(stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* The cards of a person's stories carry the name: bring it to them. */
static enum bs_rc rename_on_cards(struct bs_arena *arena, struct bs_db *db, int64_t story_id, struct bs_err *err)
{
	struct bs_str names[BS_MAX_BYLINE];
	struct bs_stmt *stmt = NULL;
	char tag[BS_TAG_MAX];
	size_t count = 0;
	enum bs_rc rc = bs_db_query(db, BS_Q_story_author_names, BS_VALUES(bs_int(story_id)), &stmt, err);

	while (rc == BS_OK && count < BS_MAX_BYLINE && (rc = bs_stmt_next(stmt, err)) == BS_OK)
		names[count++] = bs_arena_copy(arena, bs_stmt_str(stmt, 0));
	bs_stmt_free(&stmt);
	if (rc != BS_OK && rc != BS_NOT_FOUND)
		return rc;
	rc = bs_db_post(db, BS_Q_story_set_authors,
	                BS_VALUES(bs_int(story_id), bs_text(bs_arena_join(arena, names, count, BS_STR("\n")))), err);
	return rc == BS_OK ? bs_change_touch(db, bs_tag(BS_TAG_STORY, story_id, tag), err) : rc;
}

enum bs_rc bs_person_on_cards(struct bs_arena *arena, struct bs_db *db, int64_t person_id, struct bs_err *err)
{
	int64_t *ids = NULL;
	size_t count = 0, room = 0;
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_story_of_author, BS_VALUES(bs_int(person_id)), &stmt, err);

	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		BS_GROW(arena, ids, count, room, 64);
		ids[count++] = bs_stmt_int(stmt, 0);
	}
	bs_stmt_free(&stmt);
	if (rc == BS_NOT_FOUND)
		rc = BS_OK;
	for (size_t i = 0; i < count && rc == BS_OK; i++)
		rc = rename_on_cards(arena, db, ids[i], err);
	return rc;
}

enum bs_rc bs_person_save(struct bs_arena *arena, struct bs_db *db, const struct bs_person_draft *person, int64_t *id,
                          bool *changed, struct bs_err *err)
{
	struct bs_str name, alt, job, url, email;
	struct bs_stmt *row = NULL;
	int64_t bio, portrait, line;
	bool differs = false, fresh, renamed = false;
	enum bs_rc rc = check_slug(person->slug, "person", err);

	if (rc == BS_OK)
		rc = row_of(db, BS_Q_person_by_slug, BS_VALUES(bs_text(person->slug)), &row, err);
	if (rc != BS_OK)
		return rc;
	fresh = row == NULL;
	*id = fresh ? 0 : bs_stmt_int(row, BS_C_person_by_slug_id);
	*changed = false;
	if (!fresh && !bs_str_eq(bs_stmt_str(row, BS_C_person_by_slug_slug), person->slug)) {
		bs_stmt_free(&row); /* a former slug: what is said of it is not said of who has it now */
		return BS_OK;
	}
	name = merged(arena, row, BS_C_person_by_slug_name, person->name, &renamed);
	differs = renamed;
	bio = merged_id(row, BS_C_person_by_slug_bio_id, 0, &differs);
	portrait = merged_id(row, BS_C_person_by_slug_portrait_id, person->portrait_id, &differs);
	alt = merged(arena, row, BS_C_person_by_slug_portrait_alt, person->portrait_alt, &differs);
	job = merged(arena, row, BS_C_person_by_slug_job, person->job, &differs);
	line = merged_id(row, BS_C_person_by_slug_job_id, 0, &differs);
	url = merged(arena, row, BS_C_person_by_slug_url, person->url, &differs);
	email = merged(arena, row, BS_C_person_by_slug_email, person->email, &differs);
	bs_stmt_free(&row);
	rc = merged_body(arena, db, person->lang, &person->bio, &bio, &differs, err);
	if (rc == BS_OK)
		rc = merged_line(arena, db, person->lang, person->job, &line, &differs, err);
	*changed = fresh || differs;
	if (rc != BS_OK || !*changed)
		return rc;
	if (fresh)
		rc = bs_db_int(db, BS_Q_person_add, BS_VALUES(bs_text(person->slug), bs_text(name), bs_ref(bio), bs_ref(portrait),
		               bs_text(alt), bs_text(job), bs_text(url), bs_text(email), bs_ref(line)), id, err);
	else
		rc = bs_db_exec(db, BS_Q_person_update, BS_VALUES(bs_text(person->slug), bs_text(name), bs_ref(bio),
		                bs_ref(portrait), bs_text(alt), bs_text(job), bs_text(url), bs_text(email), bs_ref(line)), err);
	if (rc == BS_OK && renamed && !fresh)
		rc = bs_person_on_cards(arena, db, *id, err);
	return rc == BS_OK ? touch(db, BS_TAG_PERSON, *id, err) : rc;
}

static enum bs_rc term_parent(struct bs_db *db, const struct bs_term_draft *term, int64_t *parent, struct bs_err *err)
{
	enum bs_rc rc;

	if (term->parent.len == 0)
		return BS_OK;
	rc = bs_db_int(db, BS_Q_term_by_slug,
	               BS_VALUES(bs_text(bs_vocabulary_name(term->vocabulary)), bs_text(term->parent)), parent, err);
	if (rc == BS_NOT_FOUND)
		return bs_fail(err, BS_NOT_FOUND, "the parent '" BS_FMT "' of " BS_FMT " '" BS_FMT "' is not known",
		               BS_ARG(term->parent), BS_ARG(bs_vocabulary_name(term->vocabulary)), BS_ARG(term->slug));
	return rc;
}

static enum bs_rc check_colour(struct bs_str colour, struct bs_err *err)
{
	uint8_t rgb[3];

	if (colour.len == 0 || (colour.ptr[0] == '#' && bs_hex_decode(bs_str_sub(colour, 1, SIZE_MAX), rgb, 3) == BS_OK))
		return BS_OK;
	return bs_fail(err, BS_INVALID, "'" BS_FMT "' is no colour; write it as #8a3b1e", BS_ARG(colour));
}

enum bs_rc bs_term_check(struct bs_str slug, struct bs_str colour, struct bs_str colour_dark, struct bs_err *err)
{
	enum bs_rc rc = check_slug(slug, "term", err);

	if (rc == BS_OK)
		rc = check_colour(colour, err);
	return rc == BS_OK ? check_colour(colour_dark, err) : rc;
}

static enum bs_rc term_names(struct bs_arena *arena, struct bs_db *db, const struct bs_term_draft *term, int64_t id,
                             bool *differs, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < term->name_count && rc == BS_OK; i++) {
		const struct bs_term_name *name = &term->names[i];
		struct bs_stmt *row = NULL;
		bool unlike = false;
		rc = row_of(db, BS_Q_term_name_get, BS_VALUES(bs_int(id), bs_text(name->lang)), &row, err);
		if (rc == BS_OK)
			merged(arena, row, BS_C_term_name_get_name, name->name, &unlike);
		bs_stmt_free(&row);
		if (rc == BS_OK && unlike)
			rc = bs_db_exec(db, BS_Q_term_name_put, BS_VALUES(bs_int(id), bs_text(name->lang), bs_text(name->name)), err);
		*differs |= unlike;
	}
	return rc;
}

/* The columns of a term, merged from what is stored and what is given. */
struct term_row {
	int64_t parent, section, description, image;
	struct bs_str code, colour, dark, alt, credit;
};

static struct term_row term_merge(struct bs_arena *arena, const struct bs_stmt *row, const struct bs_term_draft *term,
                                  int64_t parent, bool *differs)
{
	return (struct term_row){
		.code = merged(arena, row, BS_C_term_by_slug_code, term->code, differs),
		.parent = merged_id(row, BS_C_term_by_slug_parent_id, parent, differs),
		.section = merged_id(row, BS_C_term_by_slug_section, term->section, differs),
		.colour = merged(arena, row, BS_C_term_by_slug_colour, term->colour, differs),
		.dark = merged(arena, row, BS_C_term_by_slug_colour_dark, term->colour_dark, differs),
		.description = merged_id(row, BS_C_term_by_slug_description_id, 0, differs),
		.image = merged_id(row, BS_C_term_by_slug_image_id, term->image_id, differs),
		.alt = merged(arena, row, BS_C_term_by_slug_image_alt, term->image_alt, differs),
		.credit = merged(arena, row, BS_C_term_by_slug_image_credit, term->image_credit, differs),
	};
}

static enum bs_rc term_write(struct bs_db *db, const struct bs_term_draft *term, const struct term_row *t, bool fresh,
                             int64_t *id, struct bs_err *err)
{
	struct bs_values values = BS_VALUES(bs_text(bs_vocabulary_name(term->vocabulary)), bs_text(term->slug),
		bs_text(t->code), bs_ref(t->parent), bs_int(t->section), bs_text(t->colour), bs_text(t->dark),
		bs_ref(t->description), bs_ref(t->image), bs_text(t->alt), bs_text(t->credit));

	return fresh ? bs_db_int(db, BS_Q_term_add, values, id, err) : bs_db_exec(db, BS_Q_term_update, values, err);
}

enum bs_rc bs_term_save(struct bs_arena *arena, struct bs_db *db, const struct bs_term_draft *term, int64_t *id,
                        bool *changed, struct bs_err *err)
{
	struct bs_stmt *row = NULL;
	struct term_row merge;
	int64_t parent = 0;
	bool differs = false, fresh;
	enum bs_rc rc = bs_term_check(term->slug, term->colour, term->colour_dark, err);

	if (rc == BS_OK)
		rc = term_parent(db, term, &parent, err);
	if (rc == BS_OK)
		rc = row_of(db, BS_Q_term_by_slug, BS_VALUES(bs_text(bs_vocabulary_name(term->vocabulary)), bs_text(term->slug)),
		            &row, err);
	if (rc != BS_OK)
		return rc;
	fresh = row == NULL;
	*id = fresh ? 0 : bs_stmt_int(row, BS_C_term_by_slug_id);
	*changed = false;
	if (!fresh && !bs_str_eq(bs_stmt_str(row, BS_C_term_by_slug_slug), term->slug)) {
		bs_stmt_free(&row); /* a former slug, as of people */
		return BS_OK;
	}
	merge = term_merge(arena, row, term, parent, &differs);
	bs_stmt_free(&row);
	rc = merged_body(arena, db, term->lang, &term->description, &merge.description, &differs, err);
	if (rc == BS_OK && (fresh || differs))
		rc = term_write(db, term, &merge, fresh, id, err);
	if (rc == BS_OK)
		rc = term_names(arena, db, term, *id, &differs, err);
	*changed = fresh || differs;
	if (rc == BS_OK && *changed)
		rc = touch(db, BS_TAG_TERM, *id, err);
	/* Regions, themes and reports stand in every page's frame. */
	if (rc == BS_OK && *changed && term->vocabulary != BS_TAG)
		rc = touch(db, BS_TAG_SITE, 0, err);
	return rc;
}

static enum bs_rc check_word(struct bs_str word, const char *const *words, size_t count, const char *what,
                             struct bs_err *err)
{
	for (size_t i = 0; i < count; i++) {
		if (bs_str_eq(word, bs_str_c(words[i])))
			return BS_OK;
	}
	return bs_fail(err, BS_INVALID, "'" BS_FMT "' is no %s of a notice", BS_ARG(word), what);
}

static enum bs_rc check_notice(const struct bs_notice_draft *notice, struct bs_err *err)
{
	static const char *const kinds[] = { "note", "disclaimer", "permission", "copyright", "fair-use" };
	static const char *const places[] = { "before", "after", "end", "foot" };
	enum bs_rc rc = check_slug(notice->slug, "notice", err);

	if (rc == BS_OK)
		rc = check_word(notice->kind, kinds, BS_COUNT(kinds), "kind", err);
	if (rc == BS_OK)
		rc = check_word(notice->placement, places, BS_COUNT(places), "place", err);
	if (rc == BS_OK && notice->body.count == 0)
		rc = bs_fail(err, BS_INVALID, "the notice '" BS_FMT "' says nothing", BS_ARG(notice->slug));
	return rc;
}

enum bs_rc bs_notice_save(struct bs_arena *arena, struct bs_db *db, const struct bs_notice_draft *notice, int64_t *id,
                          bool *changed, struct bs_err *err)
{
	struct bs_values values;
	struct bs_stmt *row = NULL;
	int64_t body = 0, line;
	bool differs = false, fresh;
	enum bs_rc rc = check_notice(notice, err);

	if (rc == BS_OK)
		rc = row_of(db, BS_Q_notice_by_slug, BS_VALUES(bs_text(notice->slug), bs_text(notice->lang)), &row, err);
	if (rc != BS_OK)
		return rc;
	fresh = row == NULL;
	*id = fresh ? 0 : bs_stmt_int(row, BS_C_notice_by_slug_id);
	body = merged_id(row, BS_C_notice_by_slug_body_id, 0, &differs);
	line = merged_id(row, BS_C_notice_by_slug_title_id, 0, &differs);
	merged(arena, row, BS_C_notice_by_slug_kind, notice->kind, &differs);
	merged(arena, row, BS_C_notice_by_slug_placement, notice->placement, &differs);
	merged(arena, row, BS_C_notice_by_slug_applies, notice->applies, &differs);
	merged(arena, row, BS_C_notice_by_slug_title, notice->title, &differs);
	bs_stmt_free(&row);
	rc = merged_body(arena, db, notice->lang, &notice->body, &body, &differs, err);
	if (rc == BS_OK)
		rc = merged_line(arena, db, notice->lang, notice->title, &line, &differs, err);
	*changed = fresh || differs;
	if (rc != BS_OK || !*changed)
		return rc;
	values = BS_VALUES(bs_text(notice->slug), bs_text(notice->lang), bs_text(notice->kind), bs_text(notice->placement),
	                   bs_text(notice->applies), bs_text(notice->title), bs_int(body), bs_ref(notice->title.len > 0 ? line : 0));
	rc = fresh ? bs_db_int(db, BS_Q_notice_add, values, id, err) : bs_db_exec(db, BS_Q_notice_update, values, err);
	return rc == BS_OK ? touch(db, BS_TAG_SITE, 0, err) : rc;
}

enum bs_rc bs_sections_clear(struct bs_db *db, struct bs_err *err)
{
	enum bs_rc rc = bs_db_exec(db, BS_Q_term_sections_clear, BS_NO_VALUES, err);

	return rc == BS_OK ? touch(db, BS_TAG_SITE, 0, err) : rc;
}
