/* suggest.c - names of people and terms while somebody types one, as JSON: {"names":["Ann Lee", …]}, at most a dozen.
 *
 * First those that begin with what was typed, by the index of names; then those of which any word begins with it, whatever its case and
 * accents, among the first SCANNED. So what is rare among very many is found by its beginning, and in any newsroom of a usual size by any word. */
#include "base/limits.h"
#include "desk/flow/suggest.h"
#include "desk/pages.h"
#include "text/out.h"
#include "text/passage.h"

enum { SHOWN = 12, SCANNED = 5000, DATALIST = 300 };

struct suggesting {
	struct bs_visit *visit;
	struct bs_str typed, folded; /* folded: " ann l" */
	struct bs_str names[SHOWN];
	size_t count;
};

static void add(struct suggesting *s, struct bs_str name)
{
	for (size_t i = 0; i < s->count; i++) {
		if (bs_str_eq(s->names[i], name))
			return;
	}
	if (s->count < SHOWN)
		s->names[s->count++] = bs_arena_copy(s->visit->arena, name);
}

/* The words of a name, each behind a space, in small letters without accents: "Åsa Öberg" is " asa oberg". */
static struct bs_str words_of(struct bs_visit *visit, struct bs_arena *arena, struct bs_str name)
{
	struct bs_str folded = bs_plain_text_fold(arena, bs_lang_ascii(arena, visit->publication->lang, name));

	return bs_arena_printf(arena, " %.*s", (int)folded.len, folded.len > 0 ? folded.ptr : "");
}

/* The names of a query whose first column they are; with `all`, whatever they are. */
static enum bs_rc take(struct suggesting *s, const struct bs_query *query, struct bs_values values, bool all, struct bs_err *err)
{
	struct bs_arena *scratch = bs_arena_new();
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(s->visit->db, query, values, &stmt, err);

	while (rc == BS_OK && s->count < SHOWN && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		struct bs_str name = bs_stmt_str(stmt, 0);
		if (all || bs_str_find(words_of(s->visit, scratch, name), s->folded, 0) != SIZE_MAX)
			add(s, name);
		bs_arena_reset(scratch);
	}
	bs_stmt_free(&stmt);
	bs_arena_free(&scratch);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* The end of the names that begin so: no character is above U+10FFFF. */
static struct bs_str end_of(struct bs_arena *arena, struct bs_str beginning)
{
	return bs_arena_printf(arena, "%.*s\xF4\x8F\xBF\xBF", (int)beginning.len, beginning.ptr);
}

static enum bs_rc find(struct suggesting *s, struct bs_str of, struct bs_err *err)
{
	struct bs_str lang = s->visit->publication->lang->code, end = end_of(s->visit->arena, s->typed);
	enum bs_vocabulary v;
	enum bs_rc rc;

	if (bs_str_eq(of, BS_STR("people"))) {
		rc = take(s, BS_Q_desk_people_from, BS_VALUES(bs_text(s->typed), bs_text(end), bs_int(SHOWN)), true, err);
		return rc == BS_OK ? take(s, BS_Q_desk_people, BS_VALUES(bs_int(SCANNED)), false, err) : rc;
	}
	rc = bs_vocabulary_of(of, &v);
	if (rc != BS_OK)
		return rc;
	of = bs_vocabulary_name(v);
	rc = take(s, BS_Q_desk_terms_from, BS_VALUES(bs_text(of), bs_text(s->typed), bs_text(end), bs_int(SHOWN)), true, err);
	return rc == BS_OK ? take(s, BS_Q_desk_terms, BS_VALUES(bs_text(of), bs_text(lang), bs_int(SCANNED)), false, err) : rc;
}

BS_DESK_SHOW(suggest)
{
	struct suggesting s = { .visit = visit, .typed = bs_str_utf8_prefix(bs_str_trim(bs_visit_asked(visit, "q")), BS_MAX_PERSON_NAME) };
	enum bs_rc rc;

	s.folded = words_of(visit, visit->arena, s.typed);
	rc = s.folded.len > 1 ? find(&s, bs_visit_asked(visit, "of"), err) : BS_OK;
	if (rc != BS_OK)
		return rc;
	visit->type = BS_STR("application/json");
	bs_buf_lit(visit->out, "{\"names\":[");
	for (size_t i = 0; i < s.count; i++) {
		if (i > 0)
			bs_buf_putc(visit->out, ',');
		bs_buf_putc(visit->out, '"');
		bs_out_json(visit->out, s.names[i]);
		bs_buf_putc(visit->out, '"');
	}
	bs_buf_lit(visit->out, "]}");
	return BS_OK;
}

/* --- without the script ----------------------------------------------------------------------------------------------------------- */

static enum bs_rc list_value(struct bs_visit *visit, const char *id, const struct bs_query *query, struct bs_values values, struct bs_value *out,
                             struct bs_err *err)
{
	struct bs_value *items = BS_ARRAY(visit->arena, DATALIST, struct bs_value);
	struct bs_dict *dict = bs_dict_new(visit->arena, 2);
	struct bs_stmt *stmt = NULL;
	size_t count = 0;
	enum bs_rc rc = bs_db_query(visit->db, query, values, &stmt, err);

	while (rc == BS_OK && count < DATALIST && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		struct bs_dict *item = bs_dict_new(visit->arena, 1);
		bs_put_text(item, BS_D_value, bs_arena_copy(visit->arena, bs_stmt_str(stmt, 0)));
		items[count++] = bs_value_dict(item);
	}
	bs_stmt_free(&stmt);
	bs_put_text(dict, BS_D_id, bs_str_c(id));
	bs_put(dict, BS_D_items, bs_value_list(items, count));
	*out = bs_value_dict(dict);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static enum bs_rc people_value(struct bs_visit *visit, struct bs_value *out, struct bs_err *err)
{
	return list_value(visit, "people", BS_Q_desk_people, BS_VALUES(bs_int(DATALIST)), out, err);
}

enum bs_rc bs_suggest_put_people(struct bs_visit *visit, struct bs_dict *view, struct bs_err *err)
{
	struct bs_value *list = BS_ARRAY(visit->arena, 1, struct bs_value);
	enum bs_rc rc = people_value(visit, list, err);

	bs_put(view, BS_D_datalists, bs_value_list(list, rc == BS_OK ? 1 : 0));
	return rc;
}

enum bs_rc bs_suggest_put(struct bs_visit *visit, struct bs_dict *view, struct bs_err *err)
{
	struct bs_value *lists = BS_ARRAY(visit->arena, BS_VOCABULARY_COUNT + 1, struct bs_value);
	struct bs_str lang = visit->publication->lang->code;
	enum bs_rc rc = people_value(visit, &lists[0], err);

	for (enum bs_vocabulary v = 0; v < BS_VOCABULARY_COUNT && rc == BS_OK; v++)
		rc = list_value(visit, bs_vocabulary_name(v).ptr, BS_Q_desk_terms, BS_VALUES(bs_text(bs_vocabulary_name(v)), bs_text(lang),
		                bs_int(DATALIST)), &lists[v + 1], err);
	bs_put(view, BS_D_datalists, bs_value_list(lists, rc == BS_OK ? BS_VOCABULARY_COUNT + 1 : 0));
	return rc;
}
