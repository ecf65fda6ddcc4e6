/* yaml.c - see yaml.h. */
#include "syndicate/export/yaml.h"

#include "base/sys.h"
#include "text/json.h"

enum { KEY_MAX = 128 }; /* bytes; readers need not find the colon of a longer one */

/* --- what a text needs ---------------------------------------------------------------------------------------------------- */

/* Code points that YAML takes for the end of a line, or that no text shows. */
static bool needs_escape(uint32_t c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF || (c & 0xFFFE) == 0xFFFE ||
	       (c >= 0xFDD0 && c <= 0xFDEF);
}

static bool is_letter(uint32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0xC0;
}

/* Words that some reader takes for something else than text. */
static bool is_special_word(struct bs_str text)
{
	static const struct bs_str words[] = { BS_STR_INIT("true"), BS_STR_INIT("false"), BS_STR_INIT("yes"), BS_STR_INIT("no"),
		                               BS_STR_INIT("on"), BS_STR_INIT("off"), BS_STR_INIT("null"), BS_STR_INIT("y"),
		                               BS_STR_INIT("n"), BS_STR_INIT("inf"), BS_STR_INIT("nan") };

	for (size_t i = 0; i < BS_COUNT(words); i++) {
		if (bs_str_eq_nocase(text, words[i]))
			return true;
	}
	return false;
}

/* Begins as a word or a path does, is no special word, has nothing in it that ends or begins something. */
static bool is_plain(struct bs_str text, bool flow)
{
	size_t at = 0;
	bool path = bs_str_starts(text, BS_STR("../")) || bs_str_starts(text, BS_STR("/"));

	if (text.len == 0 || (!path && !is_letter(bs_str_utf8_next(text, &at))) || is_special_word(text))
		return false;
	if (text.ptr[text.len - 1] == ' ' || text.ptr[text.len - 1] == ':')
		return false;
	for (at = 0; at < text.len;) {
		size_t before = at;
		uint32_t c = bs_str_utf8_next(text, &at);
		char next = at < text.len ? text.ptr[at] : ' ';
		if (needs_escape(c) || (c == ':' && (flow || next == ' ')) || (c == '#' && text.ptr[before - 1] == ' '))
			return false;
		if (flow && (c == ',' || c == '[' || c == ']' || c == '{' || c == '}'))
			return false;
	}
	return true;
}

/* Whether lines behind an indent say the text exactly: it neither begins nor ends with white space, and has nothing to
 * be escaped. */
static bool is_block(struct bs_str text)
{
	bool broken = false;

	if (text.len == 0 || strchr(" \n", text.ptr[0]) != NULL || strchr(" \n", text.ptr[text.len - 1]) != NULL)
		return false;
	for (size_t at = 0; at < text.len;) {
		uint32_t c = bs_str_utf8_next(text, &at);
		broken |= c == '\n';
		if (c != '\n' && needs_escape(c))
			return false;
	}
	return broken;
}

/* --- scalars -------------------------------------------------------------------------------------------------------------- */

static void put_escape(struct bs_buf *out, uint32_t c)
{
	if (c == '\n')
		bs_buf_lit(out, "\\n");
	else if (c == '\t')
		bs_buf_lit(out, "\\t");
	else if (c == '\r')
		bs_buf_lit(out, "\\r");
	else if (c < 0x100)
		bs_buf_printf(out, "\\x%02X", (unsigned)c);
	else if (c < 0x10000)
		bs_buf_printf(out, "\\u%04X", (unsigned)c);
	else
		bs_buf_printf(out, "\\U%08X", (unsigned)c);
}

static void put_quoted(struct bs_buf *out, struct bs_str text)
{
	bs_buf_putc(out, '"');
	for (size_t at = 0; at < text.len;) {
		size_t before = at;
		uint32_t c = bs_str_utf8_next(text, &at);
		if (c == '"' || c == '\\')
			bs_buf_putc(out, '\\');
		if (needs_escape(c))
			put_escape(out, c);
		else
			bs_buf_put(out, bs_str_sub(text, before, at - before));
	}
	bs_buf_putc(out, '"');
}

static void put_indent(struct bs_buf *out, int indent)
{
	for (int i = 0; i < indent; i++)
		bs_buf_putc(out, ' ');
}

void bs_yaml_scalar(struct bs_buf *out, struct bs_str text, bool flow)
{
	if (is_plain(text, flow))
		bs_buf_put(out, text);
	else
		put_quoted(out, text);
}

/* --- lines ---------------------------------------------------------------------------------------------------------------- */

/* Behind its indent. */
static void put_key(struct bs_buf *out, int indent, struct bs_str key)
{
	if (key.len <= KEY_MAX) {
		bs_yaml_scalar(out, key, false);
		bs_buf_putc(out, ':');
		return;
	}
	bs_buf_lit(out, "? ");
	put_quoted(out, key);
	bs_buf_putc(out, '\n');
	put_indent(out, indent);
	bs_buf_putc(out, ':');
}

void bs_yaml_key(struct bs_buf *out, int indent, struct bs_str key)
{
	put_indent(out, indent);
	put_key(out, indent, key);
}

void bs_yaml_text(struct bs_buf *out, int indent, const char *key, struct bs_str text)
{
	if (text.len == 0)
		return;
	bs_yaml_key(out, indent, bs_str_c(key));
	bs_buf_putc(out, ' ');
	bs_yaml_scalar(out, text, false);
	bs_buf_putc(out, '\n');
}

void bs_yaml_lines(struct bs_buf *out, int indent, const char *key, struct bs_str text)
{
	struct bs_str rest = text, line;

	if (!is_block(text)) {
		bs_yaml_text(out, indent, key, text);
		return;
	}
	bs_yaml_key(out, indent, bs_str_c(key));
	bs_buf_lit(out, " |-\n");
	while (bs_str_split(&rest, '\n', &line)) {
		if (line.len > 0)
			put_indent(out, indent + 2);
		bs_buf_put(out, line);
		bs_buf_putc(out, '\n');
	}
}

void bs_yaml_word(struct bs_buf *out, int indent, const char *key, const char *word)
{
	bs_yaml_key(out, indent, bs_str_c(key));
	bs_buf_putc(out, ' ');
	bs_buf_put(out, bs_str_c(word));
	bs_buf_putc(out, '\n');
}

void bs_yaml_list(struct bs_buf *out, int indent, const char *key, const struct bs_str *items, size_t count)
{
	if (count == 0)
		return;
	bs_yaml_key(out, indent, bs_str_c(key));
	for (size_t i = 0; i < count; i++) {
		bs_buf_put(out, i == 0 ? BS_STR(" [") : BS_STR(", "));
		bs_yaml_scalar(out, items[i], true);
	}
	bs_buf_lit(out, "]\n");
}

/* Where the local year would have no four digits, the time is told in UTC. */
void bs_yaml_time(struct bs_buf *out, int indent, const char *key, int64_t time, int offset, bool day)
{
	struct bs_civil local = bs_civil_of(time, offset);
	int minutes = offset < 0 ? -offset : offset;

	if (time == 0)
		return;
	if (local.year < 1 || local.year > 9999) {
		local = bs_civil_of(time, 0);
		offset = 0;
		day = false;
	}
	bs_yaml_key(out, indent, bs_str_c(key));
	bs_buf_printf(out, " %04d-%02d-%02d", local.year, local.month, local.day);
	if (!day)
		bs_buf_printf(out, "T%02d:%02d:%02d", local.hour, local.minute, local.second);
	if (!day && offset == 0)
		bs_buf_putc(out, 'Z');
	else if (!day)
		bs_buf_printf(out, "%c%02d:%02d", offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
	bs_buf_putc(out, '\n');
}

/* --- trees ---------------------------------------------------------------------------------------------------------------- */

static void put_value(struct bs_buf *out, int indent, const struct bs_json *value);

/* With `begun` the first one goes on behind the "- " of its list. */
static void put_members(struct bs_buf *out, int indent, const struct bs_json *object, bool begun)
{
	for (const struct bs_json *member = object->first; member != NULL; member = member->next) {
		if (begun && member == object->first)
			put_key(out, indent, member->name);
		else
			bs_yaml_key(out, indent, member->name);
		put_value(out, indent + 2, member);
	}
}

static void put_items(struct bs_buf *out, int indent, const struct bs_json *list)
{
	for (const struct bs_json *item = list->first; item != NULL; item = item->next) {
		put_indent(out, indent);
		bs_buf_putc(out, '-');
		if (item->kind == BS_JSON_OBJECT && item->count > 0) {
			bs_buf_putc(out, ' ');
			put_members(out, indent + 2, item, true);
		} else {
			put_value(out, indent + 2, item);
		}
	}
}

/* What stands behind "key:" or "-": on the same line, or from the next one on. */
static void put_value(struct bs_buf *out, int indent, const struct bs_json *value)
{
	if ((value->kind == BS_JSON_ARRAY || value->kind == BS_JSON_OBJECT) && value->count > 0) {
		bs_buf_putc(out, '\n');
		if (value->kind == BS_JSON_ARRAY)
			put_items(out, indent, value);
		else
			put_members(out, indent, value, false);
		return;
	}
	bs_buf_putc(out, ' ');
	if (value->kind == BS_JSON_STRING)
		bs_yaml_scalar(out, value->string, false);
	else if (bs_json_write(value, out, NULL) != BS_OK) /* null, true, 17, [] and {} are the same in both */
		out->failed = true;
	bs_buf_putc(out, '\n');
}

void bs_yaml_members(struct bs_buf *out, int indent, const struct bs_json *object)
{
	put_members(out, indent, object, false);
}
