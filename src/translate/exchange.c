/* exchange.c - files of translations and terms in and out; see exchange.h. */
#include "translate/exchange.h"

#include "base/map.h"
#include "lang/lang.h"
#include "newsroom/ledger.h"
#include "text/markup.h"
#include "text/passage.h"
#include "translate/canonical.h"
#include "translate/files/po.h"
#include "translate/files/tmx.h"
#include "translate/files/xliff.h"
#include "translate/glossary.h"

struct taking {
	struct bs_arena *arena;
	struct bs_db *db;
	const struct bs_exchange *how;
	const struct bs_lang *lang, *source;
	bool keeps; /* a memory: what no passage says becomes one */
	struct bs_translation *list;
	struct bs_str *engines; /* that made each; or empty */
	size_t count;
	struct bs_exchanged *out;
};

static void refuse(struct taking *t, const struct bs_unit *entry, const char *why)
{
	t->out->refused++;
	if (t->how->refused != NULL)
		t->how->refused(t->how->ctx, entry->line, why);
}

/* *id is 0 when no passage says this. */
static enum bs_rc passage_of(struct taking *t, struct bs_str markup, int64_t *id, struct bs_err *err)
{
	uint8_t hash[BS_PASSAGE_HASH_SIZE];
	enum bs_rc rc;

	*id = 0;
	bs_passage_hash(t->source->code, markup, hash);
	rc = bs_db_int(t->db, BS_Q_passage_find, BS_VALUES(bs_blob(bs_str_n((const char *)hash, sizeof(hash)))), id, err);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static enum bs_rc keep_entry(struct taking *t, const struct bs_unit *entry, struct bs_str source, struct bs_err *err)
{
	struct bs_translation *next = &t->list[t->count];
	enum bs_rc rc = BS_OK;

	if (next->passage_id == 0)
		rc = bs_passage_keep(t->arena, t->db, t->source->code, source, &next->passage_id, err);
	t->engines[t->count++] = entry->engine;
	return rc;
}

static enum bs_rc take_entry(struct taking *t, const struct bs_unit *entry, struct bs_err *err)
{
	struct bs_translation *next = &t->list[t->count];
	struct bs_err why = { 0 };
	struct bs_str source;
	enum bs_rc rc = bs_translate_canonical(t->arena, t->source, entry->id, &source, &why);

	if (rc == BS_OK)
		rc = bs_translate_canonical(t->arena, t->lang, entry->str, &next->markup, &why);
	if (rc != BS_OK) {
		refuse(t, entry, why.text);
		return BS_OK;
	}
	rc = passage_of(t, source, &next->passage_id, err);
	if (rc != BS_OK)
		return rc;
	if (next->passage_id == 0 && !t->keeps)
		t->out->unknown++;
	else if (next->markup.len == 0 || source.len == 0)
		refuse(t, entry, "nothing but markup is left of the translation");
	else if (!bs_markup_same_tags(source, next->markup))
		refuse(t, entry, "its tags and links are not those of the passage; put back what is missing");
	else
		rc = keep_entry(t, entry, source, err);
	return rc;
}

static enum bs_rc language_of(const char *what, struct bs_str given, struct bs_str said, const struct bs_lang **out, struct bs_err *err)
{
	struct bs_str code = given.len > 0 ? given : said;

	*out = bs_lang_find(code);
	if (*out != NULL)
		return BS_OK;
	if (code.len == 0)
		return bs_fail(err, BS_INVALID, "the file does not say its %s; add it to the header", what);
	return bs_fail(err, BS_INVALID, "'" BS_FMT "', the %s, is no language that Broadsheet knows", BS_ARG(code), what);
}

/* What people made, or what one engine made. */
static enum bs_rc save_made_by(struct taking *t, const struct bs_translation *list, size_t count, const struct bs_translation_by *by,
                               int64_t now, struct bs_err *err)
{
	size_t written = 0;
	enum bs_rc rc = bs_translation_save(t->arena, t->db, t->lang->code, list, count, by, now, &written, err);

	t->out->written += written;
	return rc;
}

static enum bs_rc save(struct taking *t, struct bs_str maker, int64_t now, struct bs_err *err)
{
	struct bs_translation *list = BS_ARRAY(t->arena, t->count + 1, struct bs_translation);
	bool *done = BS_ARRAY(t->arena, t->count + 1, bool);
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < t->count && rc == BS_OK; i++) {
		struct bs_translation_by by = { .origin = t->engines[i].len > 0 ? BS_ORIGIN_ENGINE : BS_ORIGIN_PERSON,
			                        .maker = t->engines[i].len > 0 ? t->engines[i] : maker };
		size_t count = 0;
		for (size_t at = i; at < t->count && !done[i]; at++) {
			if (bs_str_eq(t->engines[at], t->engines[i]))
				list[count++] = t->list[at];
		}
		for (size_t at = i; at < t->count && count > 0; at++)
			done[at] |= bs_str_eq(t->engines[at], t->engines[i]);
		if (count > 0)
			rc = save_made_by(t, list, count, &by, now, err);
	}
	return rc;
}

static enum bs_rc take_units(struct taking *t, const struct bs_units *units, int64_t now, struct bs_err *err)
{
	struct bs_str maker = t->how->maker;
	enum bs_rc rc = language_of("language", t->how->lang, units->lang, &t->lang, err);

	if (rc == BS_OK)
		rc = language_of("source language", t->how->source_lang, units->source_lang, &t->source, err);
	if (rc != BS_OK)
		return rc;
	if (maker.len == 0)
		maker = units->translator.len > 0 ? units->translator : t->lang->own_name;
	t->list = BS_ARRAY(t->arena, units->count + 1, struct bs_translation);
	t->engines = BS_ARRAY(t->arena, units->count + 1, struct bs_str);
	for (size_t i = 0; i < units->count && rc == BS_OK; i++) {
		if (units->entries[i].fuzzy || units->entries[i].str.len == 0)
			continue;
		t->out->entries++;
		rc = take_entry(t, &units->entries[i], err);
	}
	return rc == BS_OK ? save(t, maker, now, err) : rc;
}

static enum bs_rc take_terms(struct taking *t, const struct bs_terms *terms, struct bs_err *err)
{
	t->out->terms = terms->count;
	return bs_glossary_put(t->db, terms, err);
}

static enum bs_rc take_xml(struct taking *t, struct bs_str text, int64_t now, struct bs_err *err)
{
	const struct bs_element *root;
	struct bs_units units;
	struct bs_terms terms;
	enum bs_rc rc = bs_element_read(t->arena, text, &root, err);

	if (rc != BS_OK)
		return rc;
	if (bs_element_is(root, "tbx") || bs_element_is(root, "martif")) {
		rc = bs_terms_read_tbx(t->arena, root, &terms, err);
		return rc == BS_OK ? take_terms(t, &terms, err) : rc;
	}
	t->keeps = bs_element_is(root, "tmx");
	if (t->keeps)
		rc = bs_tmx_read(t->arena, root, t->how->lang, &units, err);
	else if (bs_element_is(root, "xliff"))
		rc = bs_xliff_read(t->arena, root, &units, err);
	else
		rc = bs_fail(err, BS_INVALID, "line %d: <" BS_FMT "> is neither XLIFF, TMX nor TBX", root->line, BS_ARG(root->name));
	return rc == BS_OK ? take_units(t, &units, now, err) : rc;
}

static bool looks_like_xml(struct bs_str text)
{
	struct bs_str start = bs_str_trim(bs_str_sub(text, bs_str_starts(text, BS_STR("\xEF\xBB\xBF")) ? 3 : 0, 256));

	/* UTF-16 begins with its mark, which no other format has. */
	return bs_str_starts(start, BS_STR("<")) || bs_str_starts(text, BS_STR("\xFF\xFE")) || bs_str_starts(text, BS_STR("\xFE\xFF"));
}

enum bs_rc bs_exchange_take(struct bs_arena *arena, struct bs_db *db, struct bs_str text, const struct bs_exchange *how, int64_t now,
                            struct bs_exchanged *out, struct bs_err *err)
{
	struct taking t = { .arena = arena, .db = db, .how = how, .out = out };
	struct bs_units units;
	struct bs_terms terms;
	enum bs_rc rc;

	*out = (struct bs_exchanged){ 0 };
	if (looks_like_xml(text))
		return take_xml(&t, text, now, err);
	if (how->csv) {
		rc = bs_terms_read_csv(arena, text, &terms, err);
		return rc == BS_OK ? take_terms(&t, &terms, err) : rc;
	}
	rc = bs_po_read(arena, text, &units, err);
	return rc == BS_OK ? take_units(&t, &units, now, err) : rc;
}

/* --- out ---------------------------------------------------------------------------------------------------------------------- */

struct giving {
	struct bs_arena *arena;
	struct bs_db *db;
	const struct bs_exchange_order *order;
	struct bs_units units;
	size_t room;
	struct bs_map seen; /* passages, by number */
};

/* What an engine made is to be looked at: it has not been a person's word yet. */
static void add_rows(struct giving *g, const struct bs_translation_row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		void **slot = bs_map_put(&g->seen, bs_str_n((const char *)&rows[i].passage_id, sizeof(rows[i].passage_id)));
		if (*slot != NULL)
			continue;
		*slot = g->arena;
		bs_units_add(g->arena, &g->units, &g->room, (struct bs_unit){ .context = rows[i].path, .id = rows[i].source, .str = rows[i].target,
		                                                              .fuzzy = rows[i].target.len > 0 && !rows[i].by_person });
	}
}

static enum bs_rc add_story(struct giving *g, int64_t story, struct bs_err *err)
{
	struct bs_translation_row *rows;
	size_t count;
	enum bs_rc rc = bs_translation_of_story(g->arena, g->db, story, g->order->lang, &rows, &count, err);

	if (rc == BS_OK)
		add_rows(g, rows, count);
	return rc;
}

static enum bs_rc add_paper(struct giving *g, struct bs_err *err)
{
	struct bs_translation_row *rows;
	size_t count;
	enum bs_rc rc = bs_translation_of_paper(g->arena, g->db, g->order->from, g->order->lang, &rows, &count, err);

	if (rc == BS_OK)
		add_rows(g, rows, count);
	return rc;
}

static enum bs_rc add_one_story(struct giving *g, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	int64_t story = 0;
	enum bs_rc rc = bs_db_query(g->db, BS_Q_exchange_story, BS_VALUES(bs_text(g->order->public_id)), &stmt, err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK) {
		story = bs_stmt_int(stmt, BS_C_exchange_story_id);
		g->units.source_lang = bs_arena_copy(g->arena, bs_stmt_str(stmt, BS_C_exchange_story_lang));
	} else if (rc == BS_NOT_FOUND) {
		rc = bs_fail(err, BS_NOT_FOUND, "there is no story '" BS_FMT "'", BS_ARG(g->order->public_id));
	}
	bs_stmt_free(&stmt);
	return rc == BS_OK ? add_story(g, story, err) : rc;
}

enum { PAGE = 500 };

static enum bs_rc add_all_stories(struct giving *g, struct bs_err *err)
{
	int64_t before = INT64_MAX, page[PAGE];
	size_t count;
	enum bs_rc rc;

	g->units.source_lang = g->order->from;
	do {
		struct bs_stmt *stmt = NULL;
		count = 0;
		rc = bs_db_query(g->db, BS_Q_exchange_stories_in, BS_VALUES(bs_int(before), bs_text(g->order->from)), &stmt, err);
		while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK && count < PAGE)
			page[count++] = bs_stmt_int(stmt, 0);
		bs_stmt_free(&stmt);
		rc = rc == BS_NOT_FOUND ? BS_OK : rc;
		for (size_t i = 0; i < count && rc == BS_OK; i++)
			rc = add_story(g, before = page[i], err);
	} while (rc == BS_OK && count == PAGE);
	return rc == BS_OK ? add_paper(g, err) : rc;
}

static enum bs_rc write_units(struct giving *g, struct bs_buf *out, struct bs_err *err)
{
	enum bs_rc rc = g->order->public_id.len > 0 ? add_one_story(g, err) : add_all_stories(g, err);

	if (rc != BS_OK)
		return rc;
	g->units.lang = g->order->lang;
	if (g->order->format == BS_FORMAT_XLIFF)
		bs_xliff_write(g->arena, out, g->order->public_id.len > 0 ? g->order->public_id : BS_STR("all"), &g->units);
	else
		bs_po_write(out, &g->units);
	return BS_OK;
}

static enum bs_rc write_memory(struct giving *g, struct bs_buf *out, struct bs_err *err)
{
	int64_t after = 0;
	size_t count;
	enum bs_rc rc;

	bs_tmx_begin(out, g->order->from);
	do {
		struct bs_stmt *stmt = NULL;
		count = 0;
		rc = bs_db_query(g->db, BS_Q_exchange_memory, BS_VALUES(bs_text(g->order->lang), bs_text(g->order->from), bs_int(after)), &stmt, err);
		while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
			struct bs_unit unit = { .id = bs_stmt_str(stmt, BS_C_exchange_memory_source),
				                .str = bs_stmt_str(stmt, BS_C_exchange_memory_target) };
			if (bs_stmt_int(stmt, BS_C_exchange_memory_by_person) == 0)
				unit.engine = bs_stmt_str(stmt, BS_C_exchange_memory_maker);
			after = bs_stmt_int(stmt, BS_C_exchange_memory_passage_id);
			bs_tmx_write(g->arena, out, g->order->from, g->order->lang, &unit);
			count++;
		}
		bs_stmt_free(&stmt);
	} while (rc == BS_NOT_FOUND && count > 0);
	bs_tmx_end(out);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static enum bs_rc write_glossary(struct giving *g, struct bs_buf *out, struct bs_err *err)
{
	struct bs_terms terms;
	enum bs_rc rc = bs_glossary_list(g->arena, g->db, g->order->from, g->order->lang, &terms, err);

	if (rc == BS_OK && g->order->format == BS_FORMAT_TBX)
		bs_terms_write_tbx(out, &terms);
	else if (rc == BS_OK)
		bs_terms_write_csv(out, &terms);
	return rc;
}

enum bs_rc bs_exchange_give(struct bs_arena *arena, struct bs_db *db, const struct bs_exchange_order *order, struct bs_buf *out,
                            struct bs_err *err)
{
	struct giving g = { .arena = arena, .db = db, .order = order, .seen = BS_MAP(arena) };
	enum bs_rc rc;

	if (order->format == BS_FORMAT_TMX)
		rc = write_memory(&g, out, err);
	else if (order->format == BS_FORMAT_TBX || order->format == BS_FORMAT_CSV)
		rc = write_glossary(&g, out, err);
	else
		rc = write_units(&g, out, err);
	return rc == BS_OK ? bs_buf_check(out, "the file", err) : rc;
}
