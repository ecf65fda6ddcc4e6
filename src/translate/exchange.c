/* exchange.c - PO files in and out; see exchange.h. */
#include "translate/exchange.h"

#include "lang/lang.h"
#include "newsroom/ledger.h"
#include "text/markup.h"
#include "text/passage.h"
#include "translate/canonical.h"
#include "translate/po.h"

struct taking {
	struct bs_arena *arena;
	struct bs_db *db;
	const struct bs_exchange *how;
	const struct bs_lang *lang, *source;
	struct bs_translation *list;
	size_t count;
	struct bs_exchanged *out;
};

static void refuse(struct taking *t, const struct bs_po_entry *entry, const char *why)
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

static enum bs_rc take_entry(struct taking *t, const struct bs_po_entry *entry, struct bs_err *err)
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
	if (next->passage_id == 0)
		t->out->unknown++;
	else if (next->markup.len == 0)
		refuse(t, entry, "nothing but markup is left of the translation");
	else if (!bs_markup_same_tags(source, next->markup))
		refuse(t, entry, "its tags and links are not those of the passage; put back what is missing");
	else
		t->count++;
	return BS_OK;
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

enum bs_rc bs_exchange_po(struct bs_arena *arena, struct bs_db *db, struct bs_str text, const struct bs_exchange *how, int64_t now,
                          struct bs_exchanged *out, struct bs_err *err)
{
	struct taking t = { .arena = arena, .db = db, .how = how, .out = out };
	struct bs_translation_by by = { .origin = BS_ORIGIN_PERSON, .maker = how->maker };
	struct bs_po po;
	enum bs_rc rc = bs_po_read(arena, text, &po, err);

	*out = (struct bs_exchanged){ 0 };
	if (rc == BS_OK)
		rc = language_of("language (Language)", how->lang, po.lang, &t.lang, err);
	if (rc == BS_OK)
		rc = language_of("source language (X-Source-Language)", how->source_lang, po.source_lang, &t.source, err);
	if (rc != BS_OK)
		return rc;
	if (by.maker.len == 0)
		by.maker = po.translator.len > 0 ? po.translator : t.lang->own_name;
	t.list = BS_ARRAY(arena, po.count, struct bs_translation);
	for (size_t i = 0; i < po.count && rc == BS_OK; i++) {
		if (po.entries[i].fuzzy || po.entries[i].str.len == 0)
			continue;
		out->entries++;
		rc = take_entry(&t, &po.entries[i], err);
	}
	return rc == BS_OK ? bs_translation_save(arena, db, t.lang->code, t.list, t.count, &by, now, &out->written, err) : rc;
}

enum bs_rc bs_exchange_po_write(struct bs_arena *arena, struct bs_db *db, struct bs_str public_id, struct bs_str lang,
                                struct bs_buf *out, struct bs_err *err)
{
	struct bs_po po = { .lang = lang };
	struct bs_translation_row *rows;
	struct bs_stmt *stmt = NULL;
	int64_t story = 0;
	enum bs_rc rc = bs_db_query(db, BS_Q_exchange_story, BS_VALUES(bs_text(public_id)), &stmt, err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK) {
		story = bs_stmt_int(stmt, BS_C_exchange_story_id);
		po.source_lang = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_exchange_story_lang));
	} else if (rc == BS_NOT_FOUND) {
		rc = bs_fail(err, BS_NOT_FOUND, "there is no story '" BS_FMT "'", BS_ARG(public_id));
	}
	bs_stmt_free(&stmt);
	if (rc == BS_OK)
		rc = bs_translation_of_story(arena, db, story, lang, &rows, &po.count, err);
	if (rc != BS_OK)
		return rc;
	po.entries = BS_ARRAY(arena, po.count, struct bs_po_entry);
	for (size_t i = 0; i < po.count; i++)
		po.entries[i] = (struct bs_po_entry){ .id = rows[i].source, .str = rows[i].target };
	bs_po_write(out, &po);
	return bs_buf_check(out, "the PO file", err);
}
