/* front.c - what front matter readers share; see front.h. */
#include "syndicate/import/read/front.h"

#include "base/limits.h"
#include "base/sys.h"
#include "text/html.h"
#include "text/markdown.h"
#include "text/markup.h"
#include "text/slug.h"

/* The number behind "\\u" at this place, or -1. */
static int escaped_unit(struct bs_str s, size_t at)
{
	uint8_t unit[2];

	if (!bs_str_eq(bs_str_sub(s, at, 2), BS_STR("\\u")) || bs_hex_decode(bs_str_sub(s, at + 2, 4), unit, 2) != BS_OK)
		return -1;
	return unit[0] << 8 | unit[1];
}

/* JSON is read as YAML, for the lines. It writes what is beyond U+FFFF as two units of UTF-16, which YAML does not know: the
 * character itself takes their place. */
static struct bs_str pairs_joined(struct bs_arena *arena, struct bs_str json)
{
	char *out = bs_arena_alloc(arena, json.len + 1);
	size_t len = 0;

	for (size_t at = 0; at < json.len; at++) {
		int high = json.ptr[at] == '\\' ? escaped_unit(json, at) : -1;
		int low = high >= 0xD800 && high < 0xDC00 ? escaped_unit(json, at + 6) : -1;

		if (low >= 0xDC00 && low < 0xE000) {
			unsigned c = 0x10000u + ((unsigned)(high - 0xD800) << 10) + (unsigned)(low - 0xDC00);

			out[len++] = (char)(0xF0 | c >> 18);
			out[len++] = (char)(0x80 | (c >> 12 & 0x3F));
			out[len++] = (char)(0x80 | (c >> 6 & 0x3F));
			out[len++] = (char)(0x80 | (c & 0x3F));
			at += 11;
			continue;
		}
		out[len++] = json.ptr[at];
		if (json.ptr[at] == '\\' && at + 1 < json.len) /* "\\\\u" is no escape of a character */
			out[len++] = json.ptr[++at];
	}
	return bs_str_n(out, len);
}

enum bs_rc bs_front_parse(const struct bs_reading *reading, struct bs_data **out, struct bs_err *err)
{
	const struct bs_document *doc = reading->document;
	enum bs_rc rc;

	if (doc->front_kind == BS_FRONT_TOML)
		rc = bs_toml_read(reading->arena, doc->front, doc->front_line, out, reading->remarks, err);
	else
		rc = bs_yaml_read(reading->arena, doc->front_kind == BS_FRONT_JSON ? pairs_joined(reading->arena, doc->front) : doc->front,
		                  doc->front_line, out, reading->remarks, err);
	if (rc == BS_OK && (*out)->kind == BS_DATA_NONE)
		(*out)->kind = BS_DATA_MAP;
	if (rc == BS_OK && (*out)->kind != BS_DATA_MAP)
		return bs_refuse(reading->remarks, doc->front_line, err, BS_INVALID,
		                 "front matter must be KEY: VALUE lines");
	return rc;
}

static struct bs_str decoded(struct bs_fields *f, const struct bs_entry *entry, struct bs_str text)
{
	struct bs_buf html = BS_BUF(BS_MAX_FIELD * 4);
	struct bs_str markup = { 0 };
	enum bs_rc rc;

	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '<')
			bs_buf_lit(&html, "&lt;");
		else
			bs_buf_putc(&html, text.ptr[i]);
	}
	rc = bs_html_markup(f->arena, bs_buf_str(&html), NULL, &markup, f->err);
	if (rc != BS_OK)
		bs_field_refuse(f, entry, rc, "%s", f->err->text);
	bs_buf_free(&html);
	return markup;
}

struct bs_str bs_front_plain(struct bs_fields *f, const struct bs_entry *entry)
{
	bool marked = entry != NULL && entry->value->kind == BS_DATA_MAP;
	struct bs_str text = marked ? (struct bs_str){ 0 } : bs_field_text(f, entry);
	size_t amp = bs_str_find_byte(text, '&', 0);

	if (marked) {
		struct bs_fields map = bs_fields_in(f, entry);

		text = bs_front_inline(&map, bs_field(&map, "inline"));
		bs_fields_unread(&map);
		return text;
	}
	if (amp != SIZE_MAX && bs_str_find_byte(text, ';', amp) != SIZE_MAX)
		return decoded(f, entry, text);
	return text.len > 0 ? bs_markup_of_text(f->arena, text) : text;
}

struct bs_str bs_front_inline(struct bs_fields *f, const struct bs_entry *entry)
{
	struct bs_str text = bs_field_passage(f, entry), markup = { 0 };
	struct bs_err why = { 0 };

	if (text.len > 0 && bs_markdown_markup(f->arena, text, NULL, &markup, &why) != BS_OK)
		bs_field_refuse(f, entry, why.rc, "%s", why.text);
	return markup;
}

static void read_image_map(struct bs_fields *f, const struct bs_entry *entry, struct bs_front_image *out)
{
	struct bs_fields map = bs_fields_in(f, entry);
	const struct bs_entry *credit_url = bs_field(&map, "credit_url creditUrl");

	out->file = bs_field_text(&map, bs_field(&map, "file src image path url uid filename"));
	out->alt = bs_front_plain(&map, bs_field(&map, "alt alt_text"));
	out->caption = bs_front_inline(&map, bs_field(&map, "caption"));
	out->credit = bs_front_plain(&map, bs_field(&map, "credit attribution"));
	out->credit_url = bs_field_url(&map, credit_url, false);
	out->licence = bs_field_text(&map, bs_field(&map, "licence license"));
	out->may_syndicate = bs_field_bool(&map, bs_field(&map, "may_syndicate"), false);
	bs_fields_unread(&map);
}

void bs_front_image(struct bs_fields *f, const struct bs_entry *entry, struct bs_front_image *out)
{
	struct bs_entry *items;

	*out = (struct bs_front_image){ 0 };
	if (entry == NULL)
		return;
	out->line = entry->line;
	if (entry->value->kind == BS_DATA_LIST) { /* images: [a.jpg, b.jpg]: the first leads */
		if (bs_field_list(f, entry, 1000, &items) == 0)
			return;
		entry = &items[0];
	}
	if (entry->value->kind == BS_DATA_MAP)
		read_image_map(f, entry, out);
	else
		out->file = bs_field_text(f, entry);
}

struct bs_str bs_front_words_of_slug(struct bs_arena *arena, struct bs_str slug, bool each)
{
	struct bs_str words = bs_arena_copy(arena, slug);
	char *out = (char *)(uintptr_t)words.ptr; /* the copy is ours to write */
	bool first = true;

	for (size_t i = 0; i < words.len; i++) {
		if (out[i] == '-' || out[i] == '_') {
			out[i] = ' ';
			first = each;
		} else {
			if (first && out[i] >= 'a' && out[i] <= 'z')
				out[i] = (char)(out[i] - 'a' + 'A');
			first = false;
		}
	}
	return words;
}

struct bs_str bs_front_slug_of(struct bs_arena *arena, const struct bs_lang *lang, struct bs_str name)
{
	return bs_slug_make(arena, bs_lang_ascii(arena, lang, name), BS_STR(""));
}

/* Take "2025-11-14-" off the front of a file's name. */
static struct bs_str without_day(struct bs_str name, int64_t *day)
{
	struct bs_str date = bs_str_sub(name, 0, 10);

	*day = 0;
	if (date.len < 10 || date.ptr[4] != '-' || bs_time_parse(date, day, NULL) != BS_OK)
		return name;
	name = bs_str_sub(name, 10, SIZE_MAX);
	while (name.len > 0 && strchr("-_ ", name.ptr[0]) != NULL)
		name = bs_str_sub(name, 1, SIZE_MAX);
	return name;
}

static bool is_day_shaped(struct bs_str s)
{
	static const char shape[] = "0000-00-00";

	for (size_t i = 0; i < sizeof(shape) - 1; i++) {
		if (i >= s.len || (shape[i] == '-' ? s.ptr[i] != '-' : s.ptr[i] < '0' || s.ptr[i] > '9'))
			return false;
	}
	return s.len == sizeof(shape) - 1 || s.ptr[sizeof(shape) - 1] < '0' || s.ptr[sizeof(shape) - 1] > '9';
}

static struct bs_str last_part(struct bs_str path, struct bs_str *before)
{
	size_t start = path.len;

	while (start > 0 && path.ptr[start - 1] != '/')
		start--;
	*before = bs_str_sub(path, 0, start > 0 ? start - 1 : 0);
	return bs_str_sub(path, start, SIZE_MAX);
}

static struct bs_str without_ending(struct bs_str name)
{
	size_t dot = name.len;

	while (dot > 0 && name.ptr[dot - 1] != '.')
		dot--;
	return dot > 1 ? bs_str_sub(name, 0, dot - 1) : name;
}

static bool only_figures(struct bs_str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] != '-' && (s.ptr[i] < '0' || s.ptr[i] > '9'))
			return false;
	}
	return true;
}

struct bs_str bs_front_slug_of_path(struct bs_arena *arena, struct bs_str path, const struct bs_lang *lang,
                                    int64_t *day)
{
	struct bs_str folder, name = without_ending(last_part(path, &folder)), ending;

	ending = bs_str_sub(name, without_ending(name).len + 1, SIZE_MAX);
	if (ending.len > 0 && ending.len < 12 && bs_lang_find(ending) != NULL) /* story.de.md */
		name = without_ending(name);
	if (bs_str_eq(name, BS_STR("index")) || bs_str_eq(name, BS_STR("_index")))
		name = last_part(folder, &folder);
	name = bs_front_slug_of(arena, lang, without_day(name, day));
	return only_figures(name) ? (struct bs_str){ 0 } : name;
}

struct bs_str bs_front_false_day(struct bs_str path)
{
	struct bs_str folder, name = last_part(path, &folder);
	int64_t day;

	if (bs_str_starts(name, BS_STR("index.")))
		name = last_part(folder, &folder);
	if (!is_day_shaped(name))
		return (struct bs_str){ 0 };
	name = bs_str_sub(name, 0, 10);
	return bs_time_parse(name, &day, NULL) != BS_OK ? name : (struct bs_str){ 0 };
}

struct bs_str bs_front_host_of(struct bs_str url)
{
	size_t start = bs_str_find(url, BS_STR("://"), 0), end;

	start = start == SIZE_MAX ? 0 : start + 3;
	for (end = start; end < url.len && strchr("/?#:", url.ptr[end]) == NULL; end++)
		;
	url = bs_str_sub(url, start, end - start);
	return bs_str_starts(url, BS_STR("www.")) ? bs_str_sub(url, 4, SIZE_MAX) : url;
}

struct bs_str bs_front_old_path(struct bs_str address)
{
	size_t host = bs_str_find(address, BS_STR("://"), 0), path;

	if (host != SIZE_MAX) {
		path = bs_str_find_byte(address, '/', host + 3);
		address = path == SIZE_MAX ? (struct bs_str){ 0 } : bs_str_sub(address, path, SIZE_MAX);
	}
	address = bs_str_sub(address, 0, bs_str_find_byte(address, '#', 0));
	address = bs_str_sub(address, 0, bs_str_find_byte(address, '?', 0));
	while (address.len > 1 && address.ptr[address.len - 1] == '/')
		address.len--;
	return address.len > 1 && address.ptr[0] == '/' && bs_str_find_byte(address, ':', 0) == SIZE_MAX
	               ? address
	               : (struct bs_str){ 0 };
}

struct bs_str bs_front_slug_of_address(struct bs_str path)
{
	size_t start;

	while (path.len > 0 && path.ptr[path.len - 1] == '/')
		path.len--;
	for (start = path.len; start > 0 && path.ptr[start - 1] != '/'; start--)
		;
	path = bs_str_sub(path, start, SIZE_MAX);
	if (bs_str_ends(path, BS_STR(".html")))
		path.len -= 5;
	return bs_slug_valid(path) && bs_lang_find(path) == NULL ? path : (struct bs_str){ 0 };
}
