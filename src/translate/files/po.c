/* po.c - see po.h. Line by line: a keyword opens a string, strings alone on a line go on with it, what is not a part of the
 * entry that is open begins the next one. */
#include "translate/files/po.h"

#include <string.h>

#include "base/limits.h"

enum part { NONE, CONTEXT, ID, STR, PARTS };

struct reader {
	struct bs_arena *arena;
	struct bs_units *po;
	struct bs_buf parts[PARTS];
	struct bs_unit entry;
	enum part part;
	bool has_id, has_str;
	size_t room;
	int line;
};

static enum bs_rc refuse(const struct reader *r, const char *why, struct bs_err *err)
{
	return bs_fail(err, BS_INVALID, "line %d: %s", r->line, why);
}

/* --- the header -------------------------------------------------------------------------------------------------------------- */

static bool field(struct bs_str line, struct bs_str name, struct bs_str *out)
{
	if (!bs_str_starts(line, name))
		return false;
	*out = bs_str_trim(bs_str_sub(line, name.len, SIZE_MAX));
	return true;
}

static void read_header(struct bs_units *po, struct bs_str text)
{
	struct bs_str line;

	while (text.len > 0 && bs_str_split(&text, '\n', &line)) {
		struct bs_str value;
		if (field(line, BS_STR("Language:"), &value))
			po->lang = value;
		else if (field(line, BS_STR("X-Source-Language:"), &value))
			po->source_lang = value;
		else if (field(line, BS_STR("Last-Translator:"), &value))
			po->translator = bs_str_trim(bs_str_sub(value, 0, bs_str_find_byte(value, '<', 0)));
	}
}

/* --- entries ----------------------------------------------------------------------------------------------------------------- */

static struct bs_str taken(struct reader *r, enum part part)
{
	struct bs_str text = bs_arena_copy(r->arena, bs_buf_str(&r->parts[part]));

	r->parts[part].len = 0;
	return text;
}

void bs_units_add(struct bs_arena *arena, struct bs_units *units, size_t *room, struct bs_unit unit)
{
	BS_GROW(arena, units->entries, units->count, *room, 64);
	units->entries[units->count++] = unit;
}

/* The entry that was open is whole. */
static enum bs_rc end_entry(struct reader *r, struct bs_err *err)
{
	struct bs_unit *entry = &r->entry;

	if (r->has_id && !r->has_str)
		return refuse(r, "a msgid has no msgstr", err);
	if (!r->has_id && r->has_str)
		return refuse(r, "a msgstr has no msgid", err);
	entry->context = taken(r, CONTEXT);
	entry->id = taken(r, ID);
	entry->str = taken(r, STR);
	if (r->has_id && entry->id.len == 0 && entry->context.len == 0) {
		read_header(r->po, entry->str);
	} else if (r->has_id) {
		bs_units_add(r->arena, r->po, &r->room, *entry);
	}
	*entry = (struct bs_unit){ 0 };
	r->part = NONE;
	r->has_id = r->has_str = false;
	return BS_OK;
}

/* The C escapes that PO knows. */
static enum bs_rc unescape(struct reader *r, struct bs_str text, struct bs_err *err)
{
	static const char from[] = "nt\"\\r", to[] = "\n\t\"\\\r";
	struct bs_buf *out = &r->parts[r->part];

	for (size_t i = 0; i < text.len; i++) {
		const char *escape;
		if (text.ptr[i] == '"')
			return refuse(r, "a quote within a string stands without a backslash", err);
		if (text.ptr[i] != '\\') {
			bs_buf_putc(out, text.ptr[i]);
			continue;
		}
		escape = i + 1 < text.len ? memchr(from, text.ptr[i + 1], sizeof(from) - 1) : NULL;
		if (escape == NULL)
			return refuse(r, "an escape that PO does not know; it knows \\n \\t \\r \\\" \\\\", err);
		bs_buf_putc(out, to[escape - from]);
		i++;
	}
	return BS_OK;
}

static enum bs_rc read_string(struct reader *r, struct bs_str text, struct bs_err *err)
{
	text = bs_str_trim(text);
	if (text.len < 2 || text.ptr[0] != '"' || text.ptr[text.len - 1] != '"')
		return refuse(r, "a text in double quotes is missing here", err);
	return unescape(r, bs_str_sub(text, 1, text.len - 2), err);
}

static bool keyword(struct bs_str line, struct bs_str word, struct bs_str *rest)
{
	if (!bs_str_starts(line, word) || line.len == word.len || strchr(" \t\"", line.ptr[word.len]) == NULL || line.ptr[word.len] == '\0')
		return false;
	*rest = bs_str_sub(line, word.len, SIZE_MAX);
	return true;
}

static enum bs_rc read_keyword(struct reader *r, struct bs_str line, struct bs_err *err)
{
	struct bs_str rest;
	enum bs_rc rc = BS_OK;

	if (keyword(line, BS_STR("msgctxt"), &rest) || (r->part != CONTEXT && keyword(line, BS_STR("msgid"), &rest))) {
		if (r->has_id || r->has_str || r->part == CONTEXT)
			rc = end_entry(r, err);
		if (rc != BS_OK)
			return rc;
		r->part = bs_str_starts(line, BS_STR("msgid")) ? ID : CONTEXT;
	} else if (keyword(line, BS_STR("msgid"), &rest)) {
		r->part = ID;
	} else if (keyword(line, BS_STR("msgstr"), &rest)) {
		r->part = STR;
		if (r->has_str)
			return refuse(r, "a second msgstr", err);
		r->has_str = true;
	} else if (bs_str_starts(line, BS_STR("msgid_plural")) || bs_str_starts(line, BS_STR("msgstr["))) {
		return refuse(r, "a plural entry; a passage has one form", err);
	} else {
		return refuse(r, "neither comment, msgctxt, msgid, msgstr nor a string", err);
	}
	if (r->part == ID) {
		r->has_id = true;
		r->entry.line = r->line;
	}
	return read_string(r, rest, err);
}

static enum bs_rc read_line(struct reader *r, struct bs_str line, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	line = bs_str_trim(line);
	if (line.len == 0)
		return r->has_str ? end_entry(r, err) : BS_OK;
	if (line.ptr[0] == '#') {
		if (r->has_str)
			rc = end_entry(r, err);
		if (bs_str_starts(line, BS_STR("#,")) && bs_str_find(line, BS_STR("fuzzy"), 0) != SIZE_MAX)
			r->entry.fuzzy = true;
		return rc; /* other comments, and "#~" entries that are obsolete */
	}
	if (line.ptr[0] != '"')
		return read_keyword(r, line, err);
	return r->part == NONE ? refuse(r, "a string without a keyword before it", err) : read_string(r, line, err);
}

enum bs_rc bs_po_read(struct bs_arena *arena, struct bs_str text, struct bs_units *out, struct bs_err *err)
{
	struct reader r = { .arena = arena, .po = out };
	struct bs_str line;
	enum bs_rc rc = BS_OK;

	*out = (struct bs_units){ 0 };
	if (text.len > BS_MAX_DOCUMENT)
		return bs_fail(err, BS_LIMIT, "%zu bytes; a PO file may have %d: split it", text.len, BS_MAX_DOCUMENT);
	if (bs_str_utf8_fault(text) != SIZE_MAX)
		return bs_fail(err, BS_INVALID, "this is not UTF-8, in which PO files are read: save it as that");
	for (enum part part = NONE; part < PARTS; part++)
		r.parts[part] = BS_BUF(BS_MAX_DOCUMENT);
	while (text.len > 0 && rc == BS_OK && bs_str_split(&text, '\n', &line)) {
		r.line++;
		rc = read_line(&r, line, err);
	}
	if (rc == BS_OK)
		rc = end_entry(&r, err);
	for (enum part part = NONE; part < PARTS; part++)
		bs_buf_free(&r.parts[part]);
	return rc;
}

/* --- writing ----------------------------------------------------------------------------------------------------------------- */

static void put_quoted(struct bs_buf *out, struct bs_str text)
{
	bs_buf_putc(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (c == '\n')
			bs_buf_lit(out, "\\n");
		else if (c == '\t')
			bs_buf_lit(out, "\\t");
		else if (c == '\r')
			bs_buf_lit(out, "\\r");
		else if (c == '"' || c == '\\')
			bs_buf_put(out, bs_str_n((const char[]){ '\\', c }, 2));
		else
			bs_buf_putc(out, c);
	}
	bs_buf_lit(out, "\"\n");
}

static void put_field(struct bs_buf *out, const char *name, struct bs_str value)
{
	struct bs_buf line = BS_BUF(BS_MAX_FIELD);

	bs_buf_put(&line, bs_str_c(name));
	bs_buf_lit(&line, ": ");
	bs_buf_put(&line, value);
	bs_buf_putc(&line, '\n');
	put_quoted(out, bs_buf_str(&line));
	bs_buf_free(&line);
}

void bs_po_write(struct bs_buf *out, const struct bs_units *po)
{
	bs_buf_lit(out, "msgid \"\"\nmsgstr \"\"\n");
	put_field(out, "Language", po->lang);
	put_field(out, "X-Source-Language", po->source_lang);
	if (po->translator.len > 0)
		put_field(out, "Last-Translator", po->translator);
	put_field(out, "MIME-Version", BS_STR("1.0"));
	put_field(out, "Content-Type", BS_STR("text/plain; charset=UTF-8"));
	put_field(out, "Content-Transfer-Encoding", BS_STR("8bit"));
	for (size_t i = 0; i < po->count; i++) {
		const struct bs_unit *entry = &po->entries[i];
		bs_buf_putc(out, '\n');
		if (entry->fuzzy)
			bs_buf_lit(out, "#, fuzzy\n");
		if (entry->context.len > 0) {
			bs_buf_lit(out, "msgctxt ");
			put_quoted(out, entry->context);
		}
		bs_buf_lit(out, "msgid ");
		put_quoted(out, entry->id);
		bs_buf_lit(out, "msgstr ");
		put_quoted(out, entry->str);
	}
}
