/* terms.c - see terms.h. */
#include "translate/files/terms.h"

#include "base/limits.h"
#include "lang/lang.h"
#include "text/out.h"

static enum bs_rc add(struct bs_arena *arena, struct bs_terms *out, size_t *room, struct bs_term_entry entry, struct bs_err *err)
{
	if (entry.source.len == 0)
		return bs_fail(err, BS_INVALID, "line %d: a term is missing", entry.line);
	if (entry.source.len > BS_MAX_TERM_TEXT || entry.target.len > BS_MAX_TERM_TEXT || entry.note.len > BS_MAX_FIELD)
		return bs_fail(err, BS_LIMIT, "line %d: a term may have %d bytes", entry.line, BS_MAX_TERM_TEXT);
	if (out->count == BS_MAX_GLOSSARY)
		return bs_fail(err, BS_LIMIT, "line %d: a glossary may have %d terms", entry.line, BS_MAX_GLOSSARY);
	BS_GROW(arena, out->list, out->count, *room, 64);
	out->list[out->count++] = entry;
	return BS_OK;
}

static enum bs_rc code_of(struct bs_str name, int line, struct bs_str *out, struct bs_err *err)
{
	const struct bs_lang *lang = bs_lang_find(bs_str_trim(name));

	if (lang == NULL)
		return bs_fail(err, BS_INVALID, "line %d: '" BS_FMT "' is no language that Broadsheet knows", line, BS_ARG(name));
	*out = lang->code;
	return BS_OK;
}

/* --- CSV ---------------------------------------------------------------------------------------------------------------------- */

enum { COLUMNS = 3 };

struct rows {
	struct bs_arena *arena;
	struct bs_str text;
	size_t at;
	int line;
};

/* A field in quotes at *at, which stands on the first of them. */
static enum bs_rc quoted(struct rows *r, struct bs_str *out, struct bs_err *err)
{
	struct bs_buf field = BS_BUF(BS_MAX_FIELD);
	enum bs_rc rc = BS_OK;
	bool closed = false;

	for (r->at++; r->at < r->text.len && !closed; r->at++) {
		char c = r->text.ptr[r->at];
		if (c == '"' && r->at + 1 < r->text.len && r->text.ptr[r->at + 1] == '"')
			r->at++;
		else if (c == '"')
			closed = true;
		r->line += c == '\n';
		if (!closed)
			bs_buf_putc(&field, c);
	}
	if (!closed)
		rc = bs_fail(err, BS_INVALID, "line %d: a quote is not closed", r->line);
	else if (r->at < r->text.len && strchr(",\r\n", r->text.ptr[r->at]) == NULL)
		rc = bs_fail(err, BS_INVALID, "line %d: something stands behind a field in quotes", r->line);
	else
		rc = bs_buf_check(&field, "a field", err);
	*out = bs_arena_copy(r->arena, bs_buf_str(&field));
	bs_buf_free(&field);
	return rc;
}

static enum bs_rc plain(struct rows *r, struct bs_str *out, struct bs_err *err)
{
	size_t from = r->at;

	while (r->at < r->text.len && strchr(",\r\n\"", r->text.ptr[r->at]) == NULL)
		r->at++;
	if (r->at < r->text.len && r->text.ptr[r->at] == '"')
		return bs_fail(err, BS_INVALID, "line %d: a quote within a field that has none around it", r->line);
	*out = bs_str_sub(r->text, from, r->at - from);
	return BS_OK;
}

/* BS_NOT_FOUND at the end. */
static enum bs_rc next_row(struct rows *r, struct bs_str fields[COLUMNS], int *line, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	while (r->at < r->text.len && (r->text.ptr[r->at] == '\n' || r->text.ptr[r->at] == '\r'))
		r->line += r->text.ptr[r->at++] == '\n';
	if (r->at >= r->text.len)
		return BS_NOT_FOUND;
	*line = r->line;
	for (size_t i = 0; rc == BS_OK; i++) {
		struct bs_str field;
		rc = r->at < r->text.len && r->text.ptr[r->at] == '"' ? quoted(r, &field, err) : plain(r, &field, err);
		if (rc == BS_OK && i >= COLUMNS)
			return bs_fail(err, BS_INVALID, "line %d: more than %d columns", *line, COLUMNS);
		if (rc == BS_OK)
			fields[i] = field;
		if (r->at >= r->text.len || r->text.ptr[r->at] != ',')
			break;
		r->at++;
	}
	return rc;
}

enum bs_rc bs_terms_read_csv(struct bs_arena *arena, struct bs_str text, struct bs_terms *out, struct bs_err *err)
{
	struct rows r = { .arena = arena, .text = text, .line = 1 };
	struct bs_str fields[COLUMNS] = { { "", 0 } };
	size_t room = 0;
	int line = 1;
	enum bs_rc rc;

	*out = (struct bs_terms){ 0 };
	if (text.len > BS_MAX_EXCHANGE)
		return bs_fail(err, BS_LIMIT, "%zu bytes; a glossary may have %d", text.len, BS_MAX_EXCHANGE);
	if (bs_str_utf8_fault(text) != SIZE_MAX)
		return bs_fail(err, BS_INVALID, "this is not UTF-8, in which glossaries are read: save it as that");
	if (bs_str_starts(text, BS_STR("\xEF\xBB\xBF")))
		r.at = 3;
	rc = next_row(&r, fields, &line, err);
	if (rc == BS_NOT_FOUND)
		return bs_fail(err, BS_INVALID, "line 1: the file is empty; its first row names the languages: en,es,note");
	if (rc == BS_OK)
		rc = code_of(fields[0], line, &out->source_lang, err);
	if (rc == BS_OK)
		rc = code_of(fields[1], line, &out->lang, err);
	while (rc == BS_OK) {
		fields[0] = fields[1] = fields[2] = BS_STR("");
		rc = next_row(&r, fields, &line, err);
		if (rc == BS_OK)
			rc = add(arena, out, &room, (struct bs_term_entry){ line, bs_str_trim(fields[0]), bs_str_trim(fields[1]),
			                                                    bs_str_trim(fields[2]) }, err);
	}
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static void put_field(struct bs_buf *out, struct bs_str field, const char *behind)
{
	bool plain_enough = true;

	for (size_t i = 0; i < field.len; i++)
		plain_enough = plain_enough && strchr(",\"\r\n", field.ptr[i]) == NULL;
	if (plain_enough) {
		bs_buf_put(out, field);
	} else {
		bs_buf_putc(out, '"');
		for (size_t i = 0; i < field.len; i++) {
			if (field.ptr[i] == '"')
				bs_buf_putc(out, '"');
			bs_buf_putc(out, field.ptr[i]);
		}
		bs_buf_putc(out, '"');
	}
	bs_buf_put(out, bs_str_c(behind));
}

void bs_terms_write_csv(struct bs_buf *out, const struct bs_terms *terms)
{
	put_field(out, terms->source_lang, ",");
	put_field(out, terms->lang, ",note\r\n");
	for (size_t i = 0; i < terms->count; i++) {
		put_field(out, terms->list[i].source, ",");
		put_field(out, terms->list[i].target, ",");
		put_field(out, terms->list[i].note, "\r\n");
	}
}

/* --- TBX ---------------------------------------------------------------------------------------------------------------------- */

static bool is_concept(const struct bs_element *element)
{
	return bs_element_is(element, "conceptEntry") || bs_element_is(element, "termEntry");
}

static bool is_language(const struct bs_element *element)
{
	return bs_element_is(element, "langSec") || bs_element_is(element, "langSet");
}

static enum bs_rc languages_of(const struct bs_element *concept, struct bs_terms *out, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	for (const struct bs_element *one = concept->first; one != NULL && rc == BS_OK; one = one->next) {
		if (is_language(one) && out->source_lang.len == 0)
			rc = code_of(bs_element_attr(one, "lang"), one->line, &out->source_lang, err);
		else if (is_language(one) && out->lang.len == 0)
			rc = code_of(bs_element_attr(one, "lang"), one->line, &out->lang, err);
	}
	return rc;
}

static struct bs_str term_in(struct bs_arena *arena, const struct bs_element *concept, struct bs_str lang)
{
	for (const struct bs_element *one = concept->first; one != NULL; one = one->next) {
		const struct bs_lang *of = is_language(one) ? bs_lang_find(bs_element_attr(one, "lang")) : NULL;
		const struct bs_element *term = of != NULL && bs_str_eq(of->code, lang) ? bs_element_next(one, NULL, "term") : NULL;
		if (term != NULL)
			return bs_str_trim(bs_element_text(arena, term));
	}
	return BS_STR("");
}

static enum bs_rc read_concept(struct bs_arena *arena, const struct bs_element *concept, struct bs_terms *out, size_t *room, struct bs_err *err)
{
	const struct bs_element *note = bs_element_next(concept, NULL, "note");
	struct bs_term_entry entry = { .line = concept->line };
	enum bs_rc rc = out->lang.len == 0 ? languages_of(concept, out, err) : BS_OK;

	if (rc != BS_OK)
		return rc;
	entry.source = term_in(arena, concept, out->source_lang);
	entry.target = term_in(arena, concept, out->lang);
	if (bs_str_eq(entry.source, entry.target))
		entry.target = BS_STR("");
	if (note != NULL)
		entry.note = bs_str_trim(bs_element_text(arena, note));
	return entry.source.len > 0 ? add(arena, out, room, entry, err) : BS_OK;
}

enum bs_rc bs_terms_read_tbx(struct bs_arena *arena, const struct bs_element *root, struct bs_terms *out, struct bs_err *err)
{
	const struct bs_element *body = bs_element_next(root, NULL, "body");
	size_t room = 0;
	enum bs_rc rc = BS_OK;

	*out = (struct bs_terms){ 0 };
	for (const struct bs_element *one = body != NULL ? body->first : NULL; one != NULL && rc == BS_OK; one = one->next) {
		if (is_concept(one))
			rc = read_concept(arena, one, out, &room, err);
	}
	if (rc == BS_OK && out->lang.len == 0)
		rc = bs_fail(err, BS_INVALID, "line %d: no concept of it has terms in two languages", root->line);
	return rc;
}

static void write_term(struct bs_buf *out, struct bs_str lang, struct bs_str term)
{
	bs_buf_lit(out, "<langSec xml:lang=\"");
	bs_out_xml(out, lang);
	bs_buf_lit(out, "\"><termSec><term>");
	bs_out_xml(out, term);
	bs_buf_lit(out, "</term></termSec></langSec>\n");
}

void bs_terms_write_tbx(struct bs_buf *out, const struct bs_terms *terms)
{
	bs_buf_lit(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tbx style=\"dct\" type=\"TBX-Basic\" xml:lang=\"");
	bs_out_xml(out, terms->source_lang);
	bs_buf_lit(out, "\" xmlns=\"urn:iso:std:iso:30042:ed-2\">\n<tbxHeader><fileDesc><sourceDesc><p>Broadsheet</p></sourceDesc></fileDesc>"
	                "</tbxHeader>\n<text><body>\n");
	for (size_t i = 0; i < terms->count; i++) {
		const struct bs_term_entry *entry = &terms->list[i];
		bs_buf_printf(out, "<conceptEntry id=\"c%zu\">\n", i + 1);
		if (entry->note.len > 0) {
			bs_buf_lit(out, "<note>");
			bs_out_xml(out, entry->note);
			bs_buf_lit(out, "</note>\n");
		}
		write_term(out, terms->source_lang, entry->source);
		/* One that stays as it is has itself as its translation: other tools need one. */
		write_term(out, terms->lang, entry->target.len > 0 ? entry->target : entry->source);
		bs_buf_lit(out, "</conceptEntry>\n");
	}
	bs_buf_lit(out, "</body></text>\n</tbx>\n");
}
