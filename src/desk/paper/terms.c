/* terms.c - regions, themes, reports, tags: the list of a vocabulary; one term, new or known; two made one; one removed. */
#include <inttypes.h>

#include "desk/pages.h"
#include "desk/paper/one.h"
#include "newsroom/vocabulary.h"
#include "text/slug.h"

enum { PARENTS = 1000 };

/* --- the list -------------------------------------------------------------------------------------------------------------------- */

static enum bs_vocabulary vocabulary_asked(struct bs_visit *visit)
{
	enum bs_vocabulary vocabulary;

	return bs_vocabulary_of(bs_visit_asked(visit, "of"), &vocabulary) == BS_OK ? vocabulary : BS_THEME;
}

static struct bs_str list_address(struct bs_visit *visit, enum bs_vocabulary vocabulary)
{
	return bs_arena_printf(visit->arena, "/desk/paper/terms?of=" BS_FMT, BS_ALL(bs_vocabulary_name(vocabulary)));
}

static enum bs_rc put_vocabularies(struct bs_visit *visit, struct bs_dict *view, enum bs_vocabulary here, struct bs_err *err)
{
	struct bs_value *items = BS_ARRAY(visit->arena, BS_VOCABULARY_COUNT, struct bs_value);
	int64_t counts[BS_VOCABULARY_COUNT] = { 0 };
	struct bs_stmt *stmt = NULL;
	enum bs_vocabulary v;
	enum bs_rc rc = bs_db_query(visit->db, BS_Q_paper_vocabularies, BS_NO_VALUES, &stmt, err);

	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		if (bs_vocabulary_of(bs_stmt_str(stmt, BS_C_paper_vocabularies_vocabulary), &v) == BS_OK)
			counts[v] = bs_stmt_int(stmt, BS_C_paper_vocabularies_count);
	}
	bs_stmt_free(&stmt);
	for (v = 0; v < BS_VOCABULARY_COUNT; v++) {
		struct bs_dict *dict = bs_dict_new(visit->arena, 4);
		bs_put_text(dict, BS_D_href, list_address(visit, v));
		bs_put_text(dict, BS_D_label, bs_word_of(visit, "vocabulary.", bs_vocabulary_name(v)));
		bs_put(dict, BS_D_count, bs_value_int(counts[v]));
		bs_put_flag(dict, BS_D_current, v == here);
		items[v] = bs_value_dict(dict);
	}
	bs_put(view, BS_D_groups, bs_value_list(items, BS_VOCABULARY_COUNT));
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static struct bs_value row_of(struct bs_visit *visit, const struct bs_stmt *stmt)
{
	struct bs_dict *dict = bs_dict_new(visit->arena, 8);
	int64_t section = bs_stmt_int(stmt, BS_C_paper_terms_section);

	bs_put_text(dict, BS_D_href, bs_arena_printf(visit->arena, "/desk/paper/terms/%" PRId64, bs_stmt_int(stmt, BS_C_paper_terms_id)));
	bs_put_text(dict, BS_D_name, bs_arena_copy(visit->arena, bs_stmt_str(stmt, BS_C_paper_terms_name)));
	bs_put_text(dict, BS_D_slug, bs_arena_copy(visit->arena, bs_stmt_str(stmt, BS_C_paper_terms_slug)));
	bs_put_text(dict, BS_D_code, bs_arena_copy(visit->arena, bs_stmt_str(stmt, BS_C_paper_terms_code)));
	bs_put_text(dict, BS_D_parent, bs_arena_copy(visit->arena, bs_stmt_str(stmt, BS_C_paper_terms_parent)));
	bs_put(dict, BS_D_count, bs_value_int(bs_stmt_int(stmt, BS_C_paper_terms_stories)));
	bs_put(dict, BS_D_status, section > 0 ? bs_badge_value(visit, BS_TONE_PLAIN, bs_word(visit, BS_DESK_MSG_terms_section)) : bs_value_null());
	return bs_value_dict(dict);
}

BS_DESK_SHOW(terms)
{
	enum bs_vocabulary vocabulary = vocabulary_asked(visit);
	struct bs_dict *view = bs_desk_view(visit, bs_word(visit, BS_DESK_MSG_paper_terms));
	struct bs_value *rows = BS_ARRAY(visit->arena, BS_PAPER_PART + 1, struct bs_value);
	struct bs_stmt *stmt = NULL;
	struct bs_paper_part part = bs_paper_part_asked(visit);
	size_t count = 0;
	enum bs_rc rc = put_vocabularies(visit, view, vocabulary, err);

	if (rc == BS_OK)
		rc = bs_db_query(visit->db, BS_Q_paper_terms, BS_VALUES(bs_text(bs_vocabulary_name(vocabulary)),
			bs_text(visit->publication->lang->code),
			bs_int(part.limit), bs_int(part.offset)), &stmt, err);
	while (rc == BS_OK && count <= BS_PAPER_PART && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		if (bs_paper_found(&part, bs_stmt_str(stmt, BS_C_paper_terms_name), bs_stmt_str(stmt, BS_C_paper_terms_slug)))
			rows[count++] = row_of(visit, stmt);
	}
	bs_stmt_free(&stmt);
	if (rc != BS_OK && rc != BS_NOT_FOUND)
		return rc;
	bs_paper_tabs(visit, view);
	bs_paper_part_put(visit, view, &part, rows, count, bs_arena_printf(visit->arena, BS_FMT "&", BS_ALL(list_address(visit, vocabulary))));
	bs_put_text(view, BS_D_value, bs_vocabulary_name(vocabulary));
	bs_put_text(view, BS_D_href, bs_arena_printf(visit->arena, "/desk/paper/terms/new?of=" BS_FMT, BS_ALL(bs_vocabulary_name(vocabulary))));
	return bs_desk_print(visit, "paper-terms", view, err);
}

/* --- one term -------------------------------------------------------------------------------------------------------------------- */

struct editing {
	struct bs_paper_one one;    /* its others: the vocabulary's terms, which are offered as parents, too */
	struct bs_term_record term; /* as stored; id 0: a new one */
};

static enum bs_rc load_term(struct editing *e, struct bs_db *db, struct bs_err *err)
{
	struct bs_visit *visit = e->one.visit;
	enum bs_rc rc = BS_OK;

	e->term = (struct bs_term_record){ .vocabulary = vocabulary_asked(visit), .lang = visit->publication->lang->code };
	if (visit->route->which == 0)
		rc = bs_term_read(visit->arena, db, visit->request->captures.number[BS_CAPTURE_ID], &e->term, err);
	e->one.id = e->term.id;
	return rc;
}

/* What may stand above it, and what it may become. */
static enum bs_rc load_others(struct editing *e, struct bs_db *db, struct bs_err *err)
{
	struct bs_visit *visit = e->one.visit;
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_paper_terms, BS_VALUES(bs_text(bs_vocabulary_name(e->term.vocabulary)),
		bs_text(visit->publication->lang->code), bs_int(PARENTS), bs_int(0)), &stmt, err);

	e->one.others = BS_ARRAY(visit->arena, PARENTS + 1, struct bs_choice);
	e->one.others[0] = (struct bs_choice){ BS_STR(""), bs_word(visit, BS_DESK_MSG_terms_none) };
	e->one.other_count = 1;
	while (rc == BS_OK && e->one.other_count <= PARENTS && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		int64_t id = bs_stmt_int(stmt, BS_C_paper_terms_id);
		if (id != e->term.id)
			e->one.others[e->one.other_count++] = (struct bs_choice){ bs_arena_printf(visit->arena, "%" PRId64, id),
				bs_arena_copy(visit->arena, bs_stmt_str(stmt, BS_C_paper_terms_name)) };
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static struct bs_str name_in(const struct bs_term_record *term, struct bs_str lang)
{
	for (size_t i = 0; i < term->name_count; i++) {
		if (bs_str_eq(term->names[i].lang, lang))
			return term->names[i].name;
	}
	return BS_STR("");
}

/* The publication's language, those that the term has a name in, and the publication's others, which begin at *others. */
static size_t languages(const struct editing *e, const struct bs_lang **out, size_t *others)
{
	const struct bs_publication *p = e->one.visit->publication;
	size_t count = 1;

	out[0] = p->lang;
	for (size_t i = 0; i < e->term.name_count && count < BS_LANG_COUNT; i++) {
		const struct bs_lang *lang = bs_lang_find(e->term.names[i].lang);
		if (lang != NULL && lang != p->lang)
			out[count++] = lang;
	}
	*others = count;
	for (size_t i = 0; i < p->lang_count && count < BS_LANG_COUNT; i++) {
		if (p->langs[i] != p->lang && name_in(&e->term, p->langs[i]->code).len == 0)
			out[count++] = p->langs[i];
	}
	return count;
}

static void add_names(struct editing *e)
{
	struct bs_visit *visit = e->one.visit;
	const struct bs_lang *langs[BS_LANG_COUNT];
	size_t others, count = languages(e, langs, &others);
	struct bs_str fold = bs_paper_fold(visit, bs_word(visit, BS_DESK_MSG_terms_name), count - others);

	for (size_t i = 0; i < count; i++)
		bs_whole_add(e->one.whole, (struct bs_field){ .name = bs_whole_name(visit, "name-", langs[i]->code),
			.label = bs_paper_label(visit, bs_word(visit, BS_DESK_MSG_terms_name), langs[i]), .value = name_in(&e->term, langs[i]->code),
			.required = i == 0, .max = BS_MAX_PERSON_NAME, .lang = langs[i]->code, .rtl = langs[i]->rtl,
			.fold = i < others ? BS_STR("") : fold });
}

static void make_whole(struct editing *e)
{
	struct bs_visit *visit = e->one.visit;
	const struct bs_term_record *term = &e->term;
	const struct bs_lang *lang = bs_lang_find(term->lang.len > 0 ? term->lang : visit->publication->lang->code);

	e->one.whole = bs_whole_new(visit);
	add_names(e);
	bs_whole_add(e->one.whole, (struct bs_field){ .name = "slug", .label = bs_word(visit, BS_DESK_MSG_field_slug), .value = term->slug,
		.hint = bs_word(visit, term->id != 0 ? BS_DESK_MSG_paper_slug_hint : BS_DESK_MSG_paper_slug_new) });
	bs_whole_add(e->one.whole, (struct bs_field){ .name = "parent", .label = bs_word(visit, BS_DESK_MSG_terms_parent), .type = "select",
		.value = term->parent_id != 0 ? bs_arena_printf(visit->arena, "%" PRId64, term->parent_id) : BS_STR(""),
		.choices = e->one.others, .choice_count = e->one.other_count });
	bs_whole_add(e->one.whole, (struct bs_field){ .name = "description", .label = bs_word(visit, BS_DESK_MSG_terms_description), .type = "area",
		.rows = 4, .value = bs_paper_markdown(visit, &term->description), .hint = bs_word(visit, BS_DESK_MSG_paper_markdown),
		.lang = lang->code, .rtl = lang->rtl });
	bs_whole_add(e->one.whole, (struct bs_field){ .name = "code", .label = bs_word(visit, BS_DESK_MSG_terms_code), .value = term->code,
		.hint = bs_word(visit, BS_DESK_MSG_terms_code_hint), .max = 64 });
	if (term->vocabulary != BS_THEME)
		return;
	bs_whole_add(e->one.whole, (struct bs_field){ .name = "colour", .label = bs_word(visit, BS_DESK_MSG_terms_colour), .value = term->colour,
		.hint = bs_word(visit, BS_DESK_MSG_terms_colour_hint), .max = 7 });
	bs_whole_add(e->one.whole, (struct bs_field){ .name = "colour-dark", .label = bs_word(visit, BS_DESK_MSG_terms_colour_dark),
		.value = term->colour_dark, .max = 7 });
}

static struct bs_str title_of(const struct editing *e)
{
	struct bs_str kind = bs_word_of(e->one.visit, "vocabulary-one.", bs_vocabulary_name(e->term.vocabulary));
	struct bs_str name = name_in(&e->term, e->one.visit->publication->lang->code);

	if (e->term.id == 0)
		return bs_desk_say_paper_new(e->one.visit->arena, e->one.visit->lang, kind);
	return name.len > 0 ? name : e->term.name_count > 0 ? e->term.names[0].name : e->term.slug;
}

static enum bs_rc load(void *own, struct bs_db *db, struct bs_err *err)
{
	struct editing *e = own;
	enum bs_rc rc = load_term(e, db, err);

	if (rc == BS_OK)
		rc = load_others(e, db, err);
	if (rc == BS_OK)
		make_whole(e);
	return rc;
}

static enum bs_rc print(void *own, struct bs_err *err)
{
	struct editing *e = own;
	struct bs_visit *visit = e->one.visit;
	struct bs_dict *view = bs_desk_view(visit, title_of(e));
	struct bs_str vocabulary = bs_vocabulary_name(e->term.vocabulary);
	int64_t used = 1;
	enum bs_rc rc = e->term.id != 0 ? bs_db_int(visit->db, BS_Q_term_used, BS_VALUES(bs_int(e->term.id)), &used, err) : BS_OK;

	bs_paper_one_put(&e->one, view);
	if (visit->route->which != 0)
		bs_put_text(view, BS_D_action, bs_arena_printf(visit->arena, "/desk/paper/terms/new?of=" BS_FMT, BS_ALL(vocabulary)));
	bs_put_text(view, BS_D_href, list_address(visit, e->term.vocabulary));
	bs_put_text(view, BS_D_label, bs_word_of(visit, "vocabulary.", vocabulary));
	bs_put_text(view, BS_D_address, e->term.id == 0 ? BS_STR("") : bs_arena_printf(visit->arena, "/" BS_FMT "/" BS_FMT,
	            BS_ALL(vocabulary), BS_ALL(e->term.slug)));
	bs_put_flag(view, BS_D_secret, !used);
	bs_put_text(view, BS_D_text, bs_word(visit, BS_DESK_MSG_terms_merge_hint));
	return rc == BS_OK ? bs_desk_print(visit, "paper-one", view, err) : rc;
}

/* --- saving ---------------------------------------------------------------------------------------------------------------------- */

static void take_names(struct editing *e, struct bs_term_record *term)
{
	const struct bs_lang *langs[BS_LANG_COUNT];
	size_t others, count = languages(e, langs, &others);
	struct bs_term_name *names = BS_ARRAY(e->one.visit->arena, count, struct bs_term_name);

	term->name_count = 0;
	for (size_t i = 0; i < count; i++) {
		const char *field = bs_whole_name(e->one.visit, "name-", langs[i]->code);
		struct bs_str name = bs_whole_value(e->one.whole, field);
		if (name.len > BS_MAX_PERSON_NAME)
			bs_whole_complain(e->one.whole, field, bs_word(e->one.visit, BS_DESK_MSG_fault_name));
		if (name.len > 0)
			names[term->name_count++] = (struct bs_term_name){ langs[i]->code, name };
	}
	term->names = names;
	if (term->name_count == 0)
		bs_whole_complain(e->one.whole, bs_whole_name(e->one.visit, "name-", langs[0]->code), bs_word(e->one.visit, BS_DESK_MSG_fault_name));
}

/* "UN M49" of a region is three digits, of a theme the eight of a Media Topic; written "m49:154", "medtop:20000418". */
static bool code_fits(struct bs_str code)
{
	struct bs_str digits = bs_str_sub(code, bs_str_find_byte(code, ':', 0) + 1, SIZE_MAX);
	int64_t number;

	if (code.len == 0)
		return true;
	if (bs_str_int(digits, &number) != BS_OK || number < 0)
		return false;
	return (bs_str_starts(code, BS_STR("m49:")) && digits.len == 3) || (bs_str_starts(code, BS_STR("medtop:")) && digits.len == 8);
}

static bool colour_fits(struct bs_str colour)
{
	uint8_t rgb[3];

	return colour.len == 0 || (colour.ptr[0] == '#' && bs_hex_decode(bs_str_sub(colour, 1, SIZE_MAX), rgb, 3) == BS_OK);
}

static void take_term(struct editing *e, struct bs_term_record *term)
{
	struct bs_visit *visit = e->one.visit;
	struct bs_whole *whole = e->one.whole;
	struct bs_str slug = bs_whole_value(whole, "slug");

	*term = e->term;
	take_names(e, term);
	if (slug.len == 0 && term->name_count > 0)
		slug = bs_slug_make(visit->arena, bs_lang_ascii(visit->arena, bs_lang_find(term->names[0].lang),
			term->names[0].name), BS_STR("term"));
	term->slug = slug;
	if (slug.len > 0 && !bs_slug_valid(slug))
		bs_whole_complain(whole, "slug", bs_word(visit, BS_DESK_MSG_fault_slug));
	if (bs_str_int(bs_whole_value(whole, "parent"), &term->parent_id) != BS_OK)
		term->parent_id = 0;
	term->code = bs_whole_value(whole, "code");
	if (!code_fits(term->code))
		bs_whole_complain(whole, "code", bs_word(visit, BS_DESK_MSG_terms_code_fault));
	if (term->vocabulary == BS_THEME) {
		term->colour = bs_whole_value(whole, "colour");
		term->colour_dark = bs_whole_value(whole, "colour-dark");
		if (!colour_fits(term->colour))
			bs_whole_complain(whole, "colour", bs_word(visit, BS_DESK_MSG_terms_colour_hint));
		if (!colour_fits(term->colour_dark))
			bs_whole_complain(whole, "colour-dark", bs_word(visit, BS_DESK_MSG_terms_colour_hint));
	}
	if (term->lang.len == 0)
		term->lang = visit->publication->lang->code;
	bs_paper_body(whole, "description", term->lang, &term->description);
}

static enum bs_rc save(void *own, struct bs_db *db, struct bs_err *err)
{
	struct editing *e = own;
	struct bs_term_record term;
	bool fresh = e->term.id == 0;
	enum bs_rc rc;

	take_term(e, &term);
	if (!e->one.whole->good)
		return BS_OK;
	rc = bs_term_write(e->one.visit->arena, db, &term, err);
	/* What is wrong was found before anything was written. */
	if (rc == BS_CONFLICT)
		bs_whole_complain(e->one.whole, "slug", bs_word(e->one.visit, BS_DESK_MSG_paper_slug_taken));
	if (rc == BS_INVALID)
		bs_whole_complain(e->one.whole, "parent", bs_word(e->one.visit, BS_DESK_MSG_terms_parent_fault));
	if (rc != BS_OK)
		return rc == BS_CONFLICT || rc == BS_INVALID ? BS_OK : rc;
	e->term = term;
	e->one.id = term.id;
	return bs_paper_one_tell(&e->one, db, fresh ? "term.create" : "term.change", BS_STR(""), err);
}

/* --- what a button does ---------------------------------------------------------------------------------------------------------- */

static enum bs_rc find(void *own, struct bs_db *db, int64_t id, struct bs_str *slug, struct bs_err *err)
{
	struct editing *e = own;
	struct bs_term_record other;
	enum bs_rc rc = bs_term_read(e->one.visit->arena, db, id, &other, err);

	if (rc == BS_OK)
		*slug = other.slug;
	return rc;
}

static enum bs_rc merge(void *own, struct bs_db *db, int64_t into, struct bs_err *err)
{
	struct editing *e = own;

	return bs_term_merge(e->one.visit->arena, db, e->term.id, into, err);
}

static enum bs_rc remove_term(void *own, struct bs_db *db, struct bs_err *err)
{
	struct editing *e = own;

	return bs_term_remove(db, e->term.id, err);
}

static struct bs_str own_list(const void *own)
{
	const struct editing *e = own;

	return list_address(e->one.visit, e->term.vocabulary);
}

static struct bs_str subject(const void *own)
{
	const struct editing *e = own;

	return bs_arena_printf(e->one.visit->arena, BS_FMT "/" BS_FMT, BS_ALL(bs_vocabulary_name(e->term.vocabulary)), BS_ALL(e->term.slug));
}

static struct bs_paper_one *edit(struct bs_visit *visit)
{
	static const struct bs_paper_kind kind = {
		.pages = "/desk/paper/terms", .merged = "term.merge", .removed = "term.remove", .used = BS_DESK_MSG_terms_used,
		.load = load, .save = save, .find = find, .merge = merge, .remove = remove_term, .print = print,
		.list = own_list, .subject = subject,
	};
	struct editing *e = BS_NEW(visit->arena, struct editing);

	e->one = (struct bs_paper_one){ .visit = visit, .kind = &kind, .own = e };
	return &e->one;
}

BS_DESK_SHOW(term)
{
	return bs_paper_one_show(edit(visit), err);
}

BS_DESK_ACT(term)
{
	return bs_paper_one_act(edit(visit), err);
}
