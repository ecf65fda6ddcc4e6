/* data_toml.c - TOML 1.0 into the tree of data.h, by hand: the notation is small, and nothing needs its types.
 *
 * A cursor walks the bytes once. `table` is the map that the last [header] opened; a dotted key opens maps on its way.
 * Numbers, times and truth values are taken as they are written and left unquoted, which is all that YAML's reader
 * gives as well. */
#include "syndicate/import/read/data.h"

struct toml {
	struct bs_arena *arena;
	struct bs_remarks *remarks;
	struct bs_err *err;
	struct bs_str text;
	size_t at;
	int line;
	int depth;
	size_t nodes;
};

static enum bs_rc read_value(struct toml *t, struct bs_data **out);

static enum bs_rc fault(struct toml *t, const char *what)
{
	return bs_refuse(t->remarks, t->line, t->err, BS_INVALID, "%s", what);
}

static char peek(const struct toml *t)
{
	return t->at < t->text.len ? t->text.ptr[t->at] : '\0';
}

static bool take(struct toml *t, struct bs_str what)
{
	if (!bs_str_eq(bs_str_sub(t->text, t->at, what.len), what))
		return false;
	t->at += what.len;
	return true;
}

static void skip_blanks(struct toml *t)
{
	while (peek(t) == ' ' || peek(t) == '\t')
		t->at++;
}

/* Blanks, comments and line ends: what may stand between the parts of an array, and between statements. */
static void skip_space(struct toml *t)
{
	for (;;) {
		skip_blanks(t);
		if (peek(t) == '#') {
			size_t end = bs_str_find_byte(t->text, '\n', t->at);
			t->at = end == SIZE_MAX ? t->text.len : end;
		} else if (peek(t) == '\n' || peek(t) == '\r') {
			t->line += peek(t) == '\n';
			t->at++;
		} else {
			return;
		}
	}
}

static enum bs_rc end_of_line(struct toml *t)
{
	skip_blanks(t);
	if (t->at == t->text.len || peek(t) == '\n' || peek(t) == '\r' || peek(t) == '#')
		return BS_OK;
	return fault(t, "something stands behind the value; one key stands on a line, and text stands in quotes");
}

static enum bs_rc new_value(struct toml *t, enum bs_data_kind kind, struct bs_data **out)
{
	if (++t->nodes > BS_MAX_DATA_NODES)
		return bs_refuse(t->remarks, t->line, t->err, BS_LIMIT, "more than %d values", BS_MAX_DATA_NODES);
	*out = BS_NEW(t->arena, struct bs_data);
	(*out)->kind = kind;
	(*out)->line = t->line;
	return BS_OK;
}

static void put_code_point(struct bs_buf *out, uint32_t c)
{
	if (c < 0x80) {
		bs_buf_putc(out, (char)c);
	} else if (c < 0x800) {
		bs_buf_putc(out, (char)(0xC0 | (c >> 6)));
		bs_buf_putc(out, (char)(0x80 | (c & 0x3F)));
	} else if (c < 0x10000) {
		bs_buf_putc(out, (char)(0xE0 | (c >> 12)));
		bs_buf_putc(out, (char)(0x80 | ((c >> 6) & 0x3F)));
		bs_buf_putc(out, (char)(0x80 | (c & 0x3F)));
	} else {
		bs_buf_putc(out, (char)(0xF0 | (c >> 18)));
		bs_buf_putc(out, (char)(0x80 | ((c >> 12) & 0x3F)));
		bs_buf_putc(out, (char)(0x80 | ((c >> 6) & 0x3F)));
		bs_buf_putc(out, (char)(0x80 | (c & 0x3F)));
	}
}

/* \uXXXX or \UXXXXXXXX behind the letter. */
static enum bs_rc read_code_point(struct toml *t, size_t digits, struct bs_buf *out)
{
	uint8_t bytes[4] = { 0 };
	uint32_t c;

	if (bs_hex_decode(bs_str_sub(t->text, t->at, digits), bytes + (4 - digits / 2), digits / 2) != BS_OK)
		return fault(t, "\\u needs four hexadecimal digits, \\U eight");
	c = (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
	if (c == 0 || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
		return fault(t, "this escape is no Unicode character");
	t->at += digits;
	put_code_point(out, c);
	return BS_OK;
}

static enum bs_rc read_escape(struct toml *t, struct bs_buf *out)
{
	static const char from[] = "btnfr\"\\", to[] = "\b\t\n\f\r\"\\";
	char c = peek(t);
	const char *hit = c != '\0' ? strchr(from, c) : NULL;

	t->at++;
	if (hit != NULL) {
		bs_buf_putc(out, to[hit - from]);
		return BS_OK;
	}
	if (c == 'u' || c == 'U')
		return read_code_point(t, c == 'u' ? 4 : 8, out);
	if (c == '\n' || c == '\r' || c == ' ' || c == '\t') { /* a folded line */
		t->at--;
		while (peek(t) == ' ' || peek(t) == '\t' || peek(t) == '\n' || peek(t) == '\r') {
			t->line += peek(t) == '\n';
			t->at++;
		}
		return BS_OK;
	}
	return fault(t, "unknown escape after \\; in '...' a backslash is itself");
}

/* The inside of a string behind its opening quotes, up to `close`. */
static enum bs_rc read_string(struct toml *t, struct bs_str close, bool escapes, struct bs_str *out)
{
	struct bs_buf buf = BS_BUF(t->text.len + 4);
	enum bs_rc rc = BS_OK;
	bool long_form = close.len == 3;

	if (long_form && (take(t, BS_STR("\n")) || take(t, BS_STR("\r\n"))))
		t->line++;
	while (rc == BS_OK && !take(t, close)) {
		char c = peek(t);

		if (t->at >= t->text.len || (c == '\n' && !long_form)) {
			rc = fault(t, "a quote is not closed");
		} else if (c == '\\' && escapes) {
			t->at++;
			rc = read_escape(t, &buf);
		} else {
			t->line += c == '\n';
			t->at++;
			if (c != '\r')
				bs_buf_putc(&buf, c);
		}
	}
	while (rc == BS_OK && long_form && peek(t) == close.ptr[0]) { /* up to two quotes may end the text itself */
		bs_buf_putc(&buf, close.ptr[0]);
		t->at++;
	}
	*out = bs_arena_copy(t->arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return rc;
}

/* A string in any of its four forms, if one begins here. */
static enum bs_rc read_quoted(struct toml *t, struct bs_str *out, bool *is_one)
{
	*is_one = true;
	if (take(t, BS_STR("\"\"\"")))
		return read_string(t, BS_STR("\"\"\""), true, out);
	if (take(t, BS_STR("'''")))
		return read_string(t, BS_STR("'''"), false, out);
	if (take(t, BS_STR("\"")))
		return read_string(t, BS_STR("\""), true, out);
	if (take(t, BS_STR("'")))
		return read_string(t, BS_STR("'"), false, out);
	*is_one = false;
	return BS_OK;
}

static bool is_bare(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

static enum bs_rc read_key_part(struct toml *t, struct bs_str *out)
{
	size_t start;
	bool quoted;
	enum bs_rc rc;

	skip_blanks(t);
	rc = read_quoted(t, out, &quoted);
	start = t->at;
	while (!quoted && is_bare(peek(t)))
		t->at++;
	if (!quoted)
		*out = bs_str_sub(t->text, start, t->at - start);
	if (rc == BS_OK && out->len == 0)
		return fault(t, "a key is missing; write KEY = VALUE");
	skip_blanks(t);
	return rc;
}

/* Go on into the map under `key`, or the last map of the list there; make one when there is nothing. */
static enum bs_rc descend(struct toml *t, struct bs_data **map, struct bs_str key)
{
	struct bs_entry *entry = bs_data_entry(*map, key);
	struct bs_data *inner = entry != NULL ? entry->value : NULL;
	enum bs_rc rc;

	if (inner != NULL && inner->kind == BS_DATA_LIST && inner->count > 0)
		inner = inner->entries[inner->count - 1].value;
	if (inner == NULL) {
		rc = new_value(t, BS_DATA_MAP, &inner);
		if (rc != BS_OK)
			return rc;
		bs_data_add(t->arena, *map, key, t->line, inner);
	}
	if (inner->kind != BS_DATA_MAP)
		return fault(t, "this key already holds a value that is no table");
	*map = inner;
	return BS_OK;
}

/* The parts of a dotted key but the last open maps in *map; the last is *key. */
static enum bs_rc read_key(struct toml *t, struct bs_data **map, struct bs_str *key)
{
	enum bs_rc rc = read_key_part(t, key);

	for (int depth = 0; rc == BS_OK && take(t, BS_STR(".")); depth++) {
		if (depth == BS_MAX_DATA_DEPTH)
			return bs_refuse(t->remarks, t->line, t->err, BS_LIMIT, "a key of more than %d parts",
			                 BS_MAX_DATA_DEPTH);
		rc = descend(t, map, *key);
		if (rc == BS_OK)
			rc = read_key_part(t, key);
	}
	return rc;
}

static enum bs_rc add_new(struct toml *t, struct bs_data *map, struct bs_str key, int line, struct bs_data *value)
{
	const struct bs_entry *twin = bs_data_entry(map, key);

	if (map->count >= BS_MAX_DATA_KEYS)
		return bs_refuse(t->remarks, line, t->err, BS_LIMIT, "more than %d keys in one table",
		                 BS_MAX_DATA_KEYS);
	if (twin != NULL)
		return bs_refuse(t->remarks, line, t->err, BS_INVALID,
		                 BS_FMT ": this key stands twice (first in line %d); keep one", BS_ARG(key),
		                 twin->line);
	bs_data_add(t->arena, map, key, line, value);
	return BS_OK;
}

static enum bs_rc read_pair(struct toml *t, struct bs_data *map)
{
	struct bs_data *value = NULL;
	struct bs_str key = { 0 };
	int line = t->line;
	enum bs_rc rc = read_key(t, &map, &key);

	if (rc == BS_OK && !take(t, BS_STR("=")))
		return fault(t, "expected = behind the key");
	if (rc == BS_OK)
		rc = read_value(t, &value);
	return rc == BS_OK ? add_new(t, map, key, line, value) : rc;
}

static enum bs_rc read_array(struct toml *t, struct bs_data *list)
{
	enum bs_rc rc = BS_OK;

	for (skip_space(t); rc == BS_OK && !take(t, BS_STR("]")); skip_space(t)) {
		struct bs_data *item = NULL;

		rc = read_value(t, &item);
		if (rc != BS_OK)
			return rc;
		bs_data_add(t->arena, list, (struct bs_str){ 0 }, item->line, item);
		skip_space(t);
		if (!take(t, BS_STR(",")) && peek(t) != ']')
			return fault(t, "expected , or ] in a list");
	}
	return rc;
}

static enum bs_rc read_inline_table(struct toml *t, struct bs_data *map)
{
	enum bs_rc rc = BS_OK;

	for (skip_space(t); rc == BS_OK && !take(t, BS_STR("}")); skip_space(t)) {
		rc = read_pair(t, map);
		skip_space(t);
		if (rc == BS_OK && !take(t, BS_STR(",")) && peek(t) != '}')
			return fault(t, "expected , or } in a table");
	}
	return rc;
}

/* A number, a time, true or false: everything up to what ends a value. A time may hold one blank. */
static enum bs_rc read_plain(struct toml *t, struct bs_data *value)
{
	static const struct bs_str words[] = { BS_STR_INIT("true"), BS_STR_INIT("false"), BS_STR_INIT("inf"),
		                               BS_STR_INIT("nan") };
	size_t start = t->at;

	while (t->at < t->text.len && strchr(",]}#\n\r", peek(t)) == NULL)
		t->at++;
	value->text = bs_str_trim(bs_str_sub(t->text, start, t->at - start));
	if (value->text.len == 0)
		return fault(t, "a value is missing");
	for (size_t i = 0; i < BS_COUNT(words); i++) {
		if (bs_str_eq(value->text, words[i]))
			return BS_OK;
	}
	for (size_t i = 0; i < value->text.len; i++) {
		char c = value->text.ptr[i];

		if ((!is_bare(c) && strchr("+:.", c) == NULL && !(c == ' ' && i == 10)) ||
		    (i == 0 && strchr("+-0123456789", c) == NULL))
			return fault(t, "text must stand in quotes");
	}
	return BS_OK;
}

static enum bs_rc read_collection(struct toml *t, struct bs_data *value)
{
	enum bs_rc rc;

	if (++t->depth > BS_MAX_DATA_DEPTH)
		return bs_refuse(t->remarks, t->line, t->err, BS_LIMIT, "values nested more than %d deep",
		                 BS_MAX_DATA_DEPTH);
	t->at++;
	rc = value->kind == BS_DATA_LIST ? read_array(t, value) : read_inline_table(t, value);
	t->depth--;
	return rc;
}

static enum bs_rc read_value(struct toml *t, struct bs_data **out)
{
	enum bs_data_kind kind;
	enum bs_rc rc;

	skip_blanks(t);
	kind = peek(t) == '[' ? BS_DATA_LIST : peek(t) == '{' ? BS_DATA_MAP : BS_DATA_TEXT;
	rc = new_value(t, kind, out);
	if (rc != BS_OK)
		return rc;
	if (kind != BS_DATA_TEXT)
		return read_collection(t, *out);
	rc = read_quoted(t, &(*out)->text, &(*out)->quoted);
	return (*out)->quoted ? rc : read_plain(t, *out);
}

/* [table] or [[list of tables]]: *table is the map that the lines behind it fill. */
static enum bs_rc read_header(struct toml *t, struct bs_data *root, struct bs_data **table)
{
	bool list = take(t, BS_STR("[["));
	struct bs_data *map = root, *items;
	struct bs_entry *entry;
	struct bs_str key;
	enum bs_rc rc;

	t->at += !list;
	rc = read_key(t, &map, &key);
	if (rc != BS_OK)
		return rc;
	if (!take(t, list ? BS_STR("]]") : BS_STR("]")))
		return fault(t, "a table's name must end with ]");
	*table = map;
	if (!list)
		return descend(t, table, key);
	entry = bs_data_entry(map, key);
	items = entry != NULL ? entry->value : NULL;
	if (items == NULL) {
		rc = new_value(t, BS_DATA_LIST, &items);
		if (rc != BS_OK)
			return rc;
		bs_data_add(t->arena, map, key, t->line, items);
	}
	if (items->kind != BS_DATA_LIST)
		return fault(t, "this key already holds a value that is no list");
	rc = new_value(t, BS_DATA_MAP, table);
	if (rc == BS_OK)
		bs_data_add(t->arena, items, (struct bs_str){ 0 }, t->line, *table);
	return rc;
}

enum bs_rc bs_toml_read(struct bs_arena *arena, struct bs_str text, int first_line, struct bs_data **out,
                        struct bs_remarks *remarks, struct bs_err *err)
{
	struct toml t = { .arena = arena, .remarks = remarks, .err = err, .text = text, .line = first_line };
	struct bs_data *table;
	enum bs_rc rc = new_value(&t, BS_DATA_MAP, out);

	table = *out;
	for (skip_space(&t); rc == BS_OK && t.at < text.len; skip_space(&t)) {
		rc = peek(&t) == '[' ? read_header(&t, *out, &table) : read_pair(&t, table);
		if (rc == BS_OK)
			rc = end_of_line(&t);
	}
	return rc;
}
