/* fields.c - typed values out of a tree of data; see fields.h. */
#include "syndicate/import/read/fields.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/limits.h"
#include "syndicate/import/read/moment.h"
#include "text/address.h"
#include "text/slug.h"

static const char *const kind_names[] = {
	[BS_DATA_NONE] = "nothing",
	[BS_DATA_TEXT] = "text",
	[BS_DATA_LIST] = "a list",
	[BS_DATA_MAP] = "a mapping",
};

void bs_field_refuse(struct bs_fields *f, const struct bs_entry *entry, enum bs_rc rc, const char *fmt, ...)
{
	char text[sizeof(f->err->text)];
	struct bs_str key;
	va_list args;

	if (*f->rc != BS_OK)
		return;
	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	/* A fault of the whole map that is read has its own name already. */
	key = entry->value == f->map ? (struct bs_str){ 0 } : entry->key;
	*f->rc = bs_refuse(f->remarks, entry->line, f->err, rc, BS_FMT "%s" BS_FMT "%s%s", BS_ARG(f->under),
	                   f->under.len > 0 && key.len > 0 ? "." : "", BS_ARG(key), f->under.len + key.len > 0 ? ": " : "", text);
}

struct bs_fields bs_fields_in(struct bs_fields *outer, const struct bs_entry *entry)
{
	struct bs_fields inner = *outer;

	inner.map = NULL;
	if (entry == NULL)
		return inner;
	if (entry->value->kind == BS_DATA_MAP)
		inner.map = entry->value;
	else
		bs_field_refuse(outer, entry, BS_INVALID, "expected a mapping (KEY: VALUE), found %s",
		                kind_names[entry->value->kind]);
	if (entry->key.len > 0)
		inner.under = outer->under.len == 0 ? entry->key
		                                    : bs_arena_printf(outer->arena, BS_FMT "." BS_FMT,
		                                                      BS_ALL(outer->under), BS_ALL(entry->key));
	return inner;
}

/* The name as it is spelled here, else in other letters: what is kept of those beside it must not become the field when it is
 * exported and read again. */
static struct bs_entry *entry_named(const struct bs_data *map, struct bs_str name, bool exact)
{
	struct bs_entry *other = NULL;

	for (size_t i = 0; i < map->count; i++) {
		struct bs_entry *entry = &map->entries[i];

		if (entry->read)
			continue;
		if (bs_str_eq(entry->key, name))
			return entry;
		if (!exact && other == NULL && bs_str_eq_nocase(entry->key, name))
			other = entry;
	}
	return other;
}

const struct bs_entry *bs_field(struct bs_fields *f, const char *names)
{
	struct bs_str rest = bs_str_c(names), name;

	if (f->map == NULL)
		return NULL;
	while (bs_str_split(&rest, ' ', &name)) {
		struct bs_entry *entry = entry_named(f->map, name, f->exact);

		if (entry != NULL) {
			entry->read = true;
			if (entry->value->kind != BS_DATA_NONE &&
			    (entry->value->kind != BS_DATA_TEXT || bs_str_trim(entry->value->text).len > 0))
				return entry;
		}
		if (f->exact)
			break;
	}
	return NULL;
}

/* The scalar of an entry; empty after a fault, and for NULL. */
static struct bs_str scalar(struct bs_fields *f, const struct bs_entry *entry)
{
	if (entry == NULL || *f->rc != BS_OK)
		return (struct bs_str){ 0 };
	if (entry->value->kind != BS_DATA_TEXT) {
		bs_field_refuse(f, entry, BS_INVALID, "expected text, found %s", kind_names[entry->value->kind]);
		return (struct bs_str){ 0 };
	}
	return entry->value->text;
}

static struct bs_str capped(struct bs_fields *f, const struct bs_entry *entry, struct bs_str text, size_t max)
{
	if (text.len <= max)
		return text;
	bs_field_refuse(f, entry, BS_LIMIT, "%zu bytes; at most %zu are allowed", text.len, max);
	return (struct bs_str){ 0 };
}

struct bs_str bs_one_line(struct bs_arena *arena, struct bs_str text)
{
	char *out;
	size_t len = 0;

	text = bs_str_trim(text);
	if (bs_str_find_byte(text, '\n', 0) == SIZE_MAX)
		return text;
	out = bs_arena_alloc(arena, text.len + 1);
	for (size_t i = 0; i < text.len; i++) {
		bool space = text.ptr[i] == '\n' || text.ptr[i] == '\r' || text.ptr[i] == ' ' || text.ptr[i] == '\t';

		if (!space)
			out[len++] = text.ptr[i];
		else if (out[len - 1] != ' ') /* never first: the text is trimmed */
			out[len++] = ' ';
	}
	return bs_str_n(out, len);
}

struct bs_str bs_field_text(struct bs_fields *f, const struct bs_entry *entry)
{
	return bs_one_line(f->arena, capped(f, entry, bs_str_trim(scalar(f, entry)), BS_MAX_FIELD));
}

struct bs_str bs_field_passage(struct bs_fields *f, const struct bs_entry *entry)
{
	return bs_one_line(f->arena, capped(f, entry, bs_str_trim(scalar(f, entry)), 4 * BS_MAX_PASSAGE));
}

struct bs_str bs_field_lines(struct bs_fields *f, const struct bs_entry *entry)
{
	return scalar(f, entry);
}

struct bs_str bs_field_slug(struct bs_fields *f, const struct bs_entry *entry)
{
	struct bs_str slug = bs_str_trim(scalar(f, entry));

	if (slug.len == 0 || bs_slug_valid(slug))
		return slug;
	bs_field_refuse(f, entry, BS_INVALID,
	                "'" BS_FMT "' is no slug: small letters, digits and single hyphens, at most %d bytes",
	                BS_ARG(slug), BS_MAX_SLUG);
	return (struct bs_str){ 0 };
}

struct bs_str bs_field_url(struct bs_fields *f, const struct bs_entry *entry, bool mail)
{
	struct bs_str url = capped(f, entry, bs_str_trim(scalar(f, entry)), BS_MAX_URL);

	if (url.len == 0 || bs_url_is_web(url) || (mail && bs_url_is_mail(url)))
		return capped(f, entry, bs_url_tidy(f->arena, url), BS_MAX_URL);
	bs_field_refuse(f, entry, BS_INVALID, "'" BS_FMT "' is no whole address; write it with https://%s", BS_ARG(url),
	                mail ? " or mailto:" : "");
	return (struct bs_str){ 0 };
}

struct bs_str bs_field_email(struct bs_fields *f, const struct bs_entry *entry)
{
	struct bs_str mail = bs_str_trim(scalar(f, entry));

	if (mail.len == 0 || bs_email_is_valid(mail))
		return mail;
	bs_field_refuse(f, entry, BS_INVALID, "'" BS_FMT "' is no e-mail address; write it as name@host", BS_ARG(mail));
	return (struct bs_str){ 0 };
}

/* YAML 1.1 lets months, days and hours be written with one digit; put the nought before them. At most 40 bytes. */
static struct bs_str pad_digits(struct bs_arena *arena, struct bs_str s)
{
	char *out = bs_arena_alloc(arena, s.len * 2 + 1);
	size_t len = 0;

	for (size_t i = 0; i < s.len; i++) {
		bool starts = i > 0 && strchr("- tT", s.ptr[i - 1]) != NULL && s.ptr[i] >= '0' && s.ptr[i] <= '9';
		bool alone = i + 1 == s.len || strchr("- tT:", s.ptr[i + 1]) != NULL;

		if (starts && alone)
			out[len++] = '0';
		out[len++] = s.ptr[i];
	}
	return bs_str_n(out, len);
}

int64_t bs_field_time(struct bs_fields *f, const struct bs_entry *entry)
{
	struct bs_str text = bs_str_trim(scalar(f, entry));
	struct bs_err why = { 0 };
	int64_t time = 0;

	if (text.len == 0)
		return 0;
	if (bs_moment_parse(text, f->zone, &time, &why) != BS_OK &&
	    (text.len > 40 || bs_moment_parse(pad_digits(f->arena, text), f->zone, &time, &why) != BS_OK)) {
		bs_field_refuse(f, entry, BS_INVALID, "%s", why.text);
		return 0;
	}
	return time;
}

bool bs_data_is_bool(const struct bs_data *value, bool *out)
{
	static const struct {
		struct bs_str word;
		bool means;
	} words[] = {
		{ BS_STR_INIT("true"), true },   { BS_STR_INIT("yes"), true }, { BS_STR_INIT("on"), true },
		{ BS_STR_INIT("false"), false }, { BS_STR_INIT("no"), false }, { BS_STR_INIT("off"), false },
	};

	if (value->kind != BS_DATA_TEXT || value->quoted)
		return false;
	for (size_t i = 0; i < BS_COUNT(words); i++) {
		if (bs_str_eq_nocase(value->text, words[i].word)) {
			*out = words[i].means;
			return true;
		}
	}
	return false;
}

bool bs_field_bool(struct bs_fields *f, const struct bs_entry *entry, bool absent)
{
	bool value = absent;

	if (entry != NULL && !bs_data_is_bool(entry->value, &value))
		bs_field_refuse(f, entry, BS_INVALID, "expected true or false");
	return value;
}

static bool holds_nothing(const struct bs_data *value)
{
	return value->kind == BS_DATA_NONE || (value->kind == BS_DATA_TEXT && bs_str_trim(value->text).len == 0);
}

size_t bs_field_list(struct bs_fields *f, const struct bs_entry *entry, size_t max, struct bs_entry **out)
{
	size_t count = 0;

	*out = NULL;
	if (entry == NULL || *f->rc != BS_OK)
		return 0;
	if (entry->value->kind != BS_DATA_LIST) {
		*out = BS_NEW(f->arena, struct bs_entry);
		**out = *entry;
		return 1;
	}
	*out = BS_ARRAY(f->arena, entry->value->count, struct bs_entry);
	for (size_t i = 0; i < entry->value->count; i++) {
		if (holds_nothing(entry->value->entries[i].value))
			continue;
		(*out)[count] = entry->value->entries[i];
		(*out)[count++].key = entry->key;
	}
	if (count <= max)
		return count;
	bs_field_refuse(f, entry, BS_LIMIT, "%zu values; at most %zu are allowed", count, max);
	return 0;
}

void bs_fields_unread(const struct bs_fields *f)
{
	for (size_t i = 0; f->map != NULL && i < f->map->count; i++) {
		const struct bs_entry *entry = &f->map->entries[i];
		struct bs_str key = entry->key;

		if (entry->read)
			continue;
		if (f->under.len > 0)
			key = bs_arena_printf(f->arena, BS_FMT "." BS_FMT, BS_ALL(f->under), BS_ALL(key));
		bs_remark(f->remarks, BS_REMARK_KEY, entry->line, key, (struct bs_str){ 0 });
	}
}
