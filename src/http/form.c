/* form.c - see form.h. */
#include "http/form.h"

#include "http/target.h"

struct reading {
	struct bs_arena *arena;
	struct bs_form_field *fields;
	size_t count;
};

/* The text with LF for CRLF and for CR alone; false when it is not UTF-8. */
static bool text_of(struct bs_arena *arena, struct bs_str raw, struct bs_str *out)
{
	char *text;
	size_t len = 0;

	if (bs_str_utf8_fault(raw) != SIZE_MAX)
		return false;
	*out = raw;
	if (bs_str_find_byte(raw, '\r', 0) == SIZE_MAX)
		return true;
	text = bs_arena_alloc(arena, raw.len + 1);
	for (size_t i = 0; i < raw.len; i++) {
		if (raw.ptr[i] != '\r')
			text[len++] = raw.ptr[i];
		else if (i + 1 == raw.len || raw.ptr[i + 1] != '\n')
			text[len++] = '\n';
	}
	*out = bs_str_n(text, len);
	return true;
}

static enum bs_rc field_add(struct reading *r, const struct bs_form_field *field, struct bs_err *err)
{
	if (r->count == BS_MAX_FORM_FIELDS)
		return bs_fail(err, BS_LIMIT, "more than %d fields", BS_MAX_FORM_FIELDS);
	if (r->fields == NULL)
		r->fields = BS_ARRAY(r->arena, BS_MAX_FORM_FIELDS, struct bs_form_field);
	r->fields[r->count++] = *field;
	return BS_OK;
}

/* --- urlencoded ---------------------------------------------------------------------------------------------------------- */

static bool decoded_text(struct bs_arena *arena, struct bs_str coded, struct bs_str *out)
{
	char *room = bs_arena_alloc(arena, coded.len + 1);
	size_t len = bs_form_decode(coded, room);

	return len != SIZE_MAX && text_of(arena, bs_str_n(room, len), out);
}

static enum bs_rc read_urlencoded(struct reading *r, struct bs_str body, struct bs_err *err)
{
	struct bs_str pair;
	enum bs_rc rc = BS_OK;

	while (rc == BS_OK && body.len > 0 && bs_str_split(&body, '&', &pair)) {
		struct bs_form_field field = { .name = BS_STR("") };
		struct bs_str name, value = pair;
		if (pair.len == 0)
			continue;
		(void)bs_str_split(&value, '=', &name);
		if (!decoded_text(r->arena, name, &field.name) || !decoded_text(r->arena, value, &field.value))
			return bs_fail(err, BS_INVALID, "a field of the form is not encoded as forms are, in UTF-8");
		rc = field_add(r, &field, err);
	}
	return rc;
}

/* --- multipart ----------------------------------------------------------------------------------------------------------- */

/* A parameter of a header field's value: name="…" with the escapes that browsers write (%22, and a backslash before a quote from old
 * ones), or a token. Empty, ptr NULL, when there is none. */
static struct bs_str parameter(struct bs_arena *arena, struct bs_str value, struct bs_str name)
{
	size_t at = bs_str_find_byte(value, ';', 0);

	while (at != SIZE_MAX) {
		struct bs_str rest = bs_str_trim(bs_str_sub(value, at + 1, SIZE_MAX));
		size_t end = 0;
		if (rest.len > name.len && bs_str_eq_nocase(bs_str_sub(rest, 0, name.len), name) && rest.ptr[name.len] == '=') {
			rest = bs_str_sub(rest, name.len + 1, SIZE_MAX);
			if (rest.len == 0 || rest.ptr[0] != '"') {
				end = bs_str_find_byte(rest, ';', 0);
				return bs_str_trim(bs_str_sub(rest, 0, end == SIZE_MAX ? rest.len : end));
			}
			for (end = 1; end < rest.len && rest.ptr[end] != '"'; end++)
				end += rest.ptr[end] == '\\' ? 1 : 0;
			return bs_arena_copy(arena, bs_str_sub(rest, 1, (end < rest.len ? end : rest.len) - 1));
		}
		/* To the next semicolon that stands outside of quotes. */
		at = value.len - rest.len;
		for (bool quoted = false; at < value.len && (quoted || value.ptr[at] != ';'); at++)
			quoted ^= value.ptr[at] == '"';
		if (at >= value.len)
			at = SIZE_MAX;
	}
	return (struct bs_str){ 0 };
}

/* "%22", "%0D", "%0A" in names, as the WHATWG's form submission writes them. */
static struct bs_str unescaped(struct bs_arena *arena, struct bs_str s)
{
	char *text;
	size_t len = 0;

	if (bs_str_find_byte(s, '%', 0) == SIZE_MAX)
		return s;
	text = bs_arena_alloc(arena, s.len + 1);
	for (size_t i = 0; i < s.len; i++) {
		struct bs_str three = bs_str_sub(s, i, 3);
		bool quote = bs_str_eq(three, BS_STR("%22")), cr = bs_str_eq(three, BS_STR("%0D")), lf = bs_str_eq(three, BS_STR("%0A"));
		text[len++] = quote ? '"' : cr ? '\r' : lf ? '\n' : s.ptr[i];
		i += quote || cr || lf ? 2 : 0;
	}
	return bs_str_n(text, len);
}

/* Without a path: some browsers once sent one. */
static struct bs_str file_name(struct bs_str name)
{
	for (size_t i = name.len; i > 0; i--) {
		if (name.ptr[i - 1] == '/' || name.ptr[i - 1] == '\\')
			return bs_str_sub(name, i, SIZE_MAX);
	}
	return name;
}

static enum bs_rc read_part(struct reading *r, struct bs_str head, struct bs_str content, struct bs_err *err)
{
	struct bs_form_field field = { .name = BS_STR("") };
	struct bs_str line, key, name = { 0 }, file = { 0 };

	while (bs_str_split(&head, '\n', &line)) {
		struct bs_str value = bs_str_trim(line);
		if (!bs_str_split(&value, ':', &key))
			continue;
		if (bs_str_eq_nocase(key, BS_STR("Content-Disposition"))) {
			name = parameter(r->arena, value, BS_STR("name"));
			file = parameter(r->arena, value, BS_STR("filename"));
		} else if (bs_str_eq_nocase(key, BS_STR("Content-Type"))) {
			field.type = bs_str_trim(value);
		}
	}
	if (name.ptr == NULL || !text_of(r->arena, unescaped(r->arena, name), &field.name))
		return bs_fail(err, BS_INVALID, "a part of the form has no name");
	if (file.ptr == NULL) {
		field.type = (struct bs_str){ 0 };
		if (!text_of(r->arena, content, &field.value))
			return bs_fail(err, BS_INVALID, "the field '" BS_FMT "' is not UTF-8", BS_ARG(field.name));
	} else {
		if (!text_of(r->arena, file_name(unescaped(r->arena, file)), &field.file))
			return bs_fail(err, BS_INVALID, "the name of a file is not UTF-8");
		field.value = content;
	}
	return field_add(r, &field, err);
}

/* dash-boundary CRLF head CRLF CRLF content CRLF dash-boundary … "--" (RFC 2046, section 5.1.1). */
static enum bs_rc read_multipart(struct reading *r, struct bs_str boundary, struct bs_str body, struct bs_err *err)
{
	struct bs_str parts[] = { BS_STR("\r\n--"), boundary }, mark = bs_arena_join(r->arena, parts, 2, BS_STR(""));
	struct bs_str first = bs_str_sub(mark, 2, SIZE_MAX), rest = body;
	enum bs_rc rc = BS_OK;

	if (boundary.len == 0 || boundary.len > 70 || !bs_str_starts(rest, first))
		return bs_fail(err, BS_INVALID, "the form does not begin with its boundary");
	rest = bs_str_sub(rest, first.len, SIZE_MAX);
	while (rc == BS_OK && !bs_str_starts(rest, BS_STR("--"))) {
		size_t head = bs_str_find(rest, BS_STR("\r\n\r\n"), 0), end;
		if (!bs_str_starts(rest, BS_STR("\r\n")) || head == SIZE_MAX)
			return bs_fail(err, BS_INVALID, "a part of the form has no head");
		end = bs_str_find(rest, mark, head + 2);
		if (end == SIZE_MAX)
			return bs_fail(err, BS_INVALID, "the form was cut off");
		rc = read_part(r, bs_str_sub(rest, 2, head - 2 < rest.len ? head - 2 : 0),
		               end > head + 4 ? bs_str_sub(rest, head + 4, end - head - 4) : BS_STR(""), err);
		rest = bs_str_sub(rest, end + mark.len, SIZE_MAX);
	}
	return rc;
}

enum bs_rc bs_form_parse(struct bs_arena *arena, struct bs_str type, struct bs_str body, struct bs_form *out, struct bs_err *err)
{
	struct reading r = { .arena = arena };
	struct bs_str kind = type, rest = type;
	enum bs_rc rc;

	*out = (struct bs_form){ 0 };
	(void)bs_str_split(&rest, ';', &kind);
	kind = bs_str_trim(kind);
	if (bs_str_eq_nocase(kind, BS_STR("application/x-www-form-urlencoded")))
		rc = read_urlencoded(&r, body, err);
	else if (bs_str_eq_nocase(kind, BS_STR("multipart/form-data")))
		rc = read_multipart(&r, parameter(arena, type, BS_STR("boundary")), body, err);
	else
		rc = bs_fail(err, BS_INVALID, "'" BS_FMT "' is no type that a form comes in", BS_ARG(kind));
	if (rc == BS_OK)
		*out = (struct bs_form){ r.fields, r.count };
	return rc;
}

struct bs_str bs_form_value(const struct bs_form *form, struct bs_str name)
{
	for (size_t i = 0; i < form->count; i++) {
		if (form->fields[i].file.ptr == NULL && bs_str_eq(form->fields[i].name, name))
			return form->fields[i].value;
	}
	return (struct bs_str){ 0 };
}

bool bs_form_has(const struct bs_form *form, struct bs_str name)
{
	return bs_form_value(form, name).ptr != NULL;
}

const struct bs_form_field *bs_form_file(const struct bs_form *form, struct bs_str name)
{
	for (size_t i = 0; i < form->count; i++) {
		if (form->fields[i].file.len > 0 && bs_str_eq(form->fields[i].name, name))
			return &form->fields[i];
	}
	return NULL;
}
