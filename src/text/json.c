/* json.c - JSON; see json.h. jansson reads; its types stay in this file. Writing is our own, because the bytes are what
 * is signed: they must follow RFC 8785 and nothing else, whatever a library's next version prefers. */
#include "text/json.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "text/clean.h"
#include "text/out.h"

/* The largest whole number that every reader of JSON holds exactly: 2^53 - 1. */
#define SAFE_INTEGER INT64_C(9007199254740991)

enum { MEMBERS_USUAL = 32 }; /* of an object */

/* --- Making --- */

static struct bs_json *container(struct bs_arena *arena, enum bs_json_kind kind)
{
	struct bs_json *json = BS_NEW(arena, struct bs_json);

	json->kind = kind;
	json->arena = arena;
	return json;
}

struct bs_json *bs_json_new_object(struct bs_arena *arena)
{
	return container(arena, BS_JSON_OBJECT);
}

struct bs_json *bs_json_new_array(struct bs_arena *arena)
{
	return container(arena, BS_JSON_ARRAY);
}

static struct bs_json *append(struct bs_json *parent, struct bs_str name, struct bs_json *child)
{
	child->name = parent->kind == BS_JSON_OBJECT ? name : BS_STR("");
	if (parent->last != NULL)
		parent->last->next = child;
	else
		parent->first = child;
	parent->last = child;
	parent->count++;
	return child;
}

static struct bs_json *scalar(struct bs_json *parent, struct bs_str name, enum bs_json_kind kind)
{
	struct bs_json *json = BS_NEW(parent->arena, struct bs_json);

	json->kind = kind;
	return append(parent, name, json);
}

struct bs_json *bs_json_add_object(struct bs_json *parent, struct bs_str name)
{
	return append(parent, name, container(parent->arena, BS_JSON_OBJECT));
}

struct bs_json *bs_json_add_array(struct bs_json *parent, struct bs_str name)
{
	return append(parent, name, container(parent->arena, BS_JSON_ARRAY));
}

void bs_json_add_string(struct bs_json *parent, struct bs_str name, struct bs_str string)
{
	scalar(parent, name, BS_JSON_STRING)->string = string;
}

void bs_json_add_int(struct bs_json *parent, struct bs_str name, int64_t integer)
{
	scalar(parent, name, BS_JSON_INT)->integer = integer;
}

void bs_json_add_bool(struct bs_json *parent, struct bs_str name, bool boolean)
{
	scalar(parent, name, BS_JSON_BOOL)->boolean = boolean;
}

void bs_json_add_null(struct bs_json *parent, struct bs_str name)
{
	scalar(parent, name, BS_JSON_NULL);
}

void bs_json_add_written(struct bs_json *parent, struct bs_str name, struct bs_str canonical)
{
	scalar(parent, name, BS_JSON_WRITTEN)->string = canonical;
}

/* --- Reading --- */

static struct bs_json *tree_of(struct bs_arena *arena, json_t *from);

static struct bs_json *tree_of_array(struct bs_arena *arena, json_t *from)
{
	struct bs_json *json = container(arena, BS_JSON_ARRAY);

	for (size_t at = 0; at < json_array_size(from); at++)
		append(json, BS_STR(""), tree_of(arena, json_array_get(from, at)));
	return json;
}

static struct bs_json *tree_of_object(struct bs_arena *arena, json_t *from)
{
	struct bs_json *json = container(arena, BS_JSON_OBJECT);

	for (void *at = json_object_iter(from); at != NULL; at = json_object_iter_next(from, at)) {
		struct bs_str name = bs_arena_copy(arena, bs_str_c(json_object_iter_key(at)));
		append(json, name, tree_of(arena, json_object_iter_value(at)));
	}
	return json;
}

/* jansson nests at most 2,048 deep (JSON_PARSER_MAX_DEPTH), and so does this. */
static struct bs_json *tree_of(struct bs_arena *arena, json_t *from)
{
	struct bs_json *json;

	if (json_is_array(from))
		return tree_of_array(arena, from);
	if (json_is_object(from))
		return tree_of_object(arena, from);
	json = BS_NEW(arena, struct bs_json);
	if (json_is_string(from)) {
		json->kind = BS_JSON_STRING;
		json->string = bs_arena_copy(arena, bs_str_n(json_string_value(from), json_string_length(from)));
	} else if (json_is_integer(from)) {
		json->kind = BS_JSON_INT;
		json->integer = json_integer_value(from);
	} else if (json_is_real(from)) {
		json->kind = BS_JSON_REAL;
		json->real = json_real_value(from);
	} else if (json_is_boolean(from)) {
		json->kind = BS_JSON_BOOL;
		json->boolean = json_is_true(from);
	}
	return json;
}

static json_t *load(struct bs_str text, size_t flags, json_error_t *fault)
{
	return json_loadb(text.len > 0 ? text.ptr : "", text.len, flags | JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, fault);
}

enum bs_rc bs_json_parse(struct bs_arena *arena, struct bs_str text, const struct bs_json **out, struct bs_err *err)
{
	return bs_json_parse_large(arena, text, BS_MAX_DOCUMENT, out, err);
}

enum bs_rc bs_json_parse_large(struct bs_arena *arena, struct bs_str text, size_t cap, const struct bs_json **out, struct bs_err *err)
{
	json_error_t fault;
	json_t *parsed;

	if (text.len > cap)
		return bs_fail(err, BS_LIMIT, "JSON of %zu bytes is over the limit of %zu", text.len, cap);
	parsed = load(text, 0, &fault);
	/* A whole number beyond 64 bits is still a number: canonical JSON writes 1e20 with all its digits. */
	if (parsed == NULL && json_error_code(&fault) == json_error_numeric_overflow)
		parsed = load(text, JSON_DECODE_INT_AS_REAL, &fault);
	if (parsed == NULL)
		return bs_fail(err, BS_INVALID, "JSON, line %d, column %d: %s", fault.line, fault.column, fault.text);
	*out = tree_of(arena, parsed);
	json_decref(parsed);
	return BS_OK;
}

const struct bs_json *bs_json_get(const struct bs_json *object, struct bs_str name)
{
	if (object == NULL || object->kind != BS_JSON_OBJECT)
		return NULL;
	for (const struct bs_json *member = object->first; member != NULL; member = member->next) {
		if (bs_str_eq(member->name, name))
			return member;
	}
	return NULL;
}

struct bs_str bs_json_string(const struct bs_json *json)
{
	return json != NULL && json->kind == BS_JSON_STRING ? json->string : BS_STR("");
}

/* --- Writing --- */

static bool reads_back(const char *text, double number)
{
	double read = strtod(text, NULL);

	return read >= number && read <= number;
}

/* The fewest digits that read back as this positive number, and its decimal exponent: 0.digits × 10^point. The nearest
 * decimal of a length may not read back where the next one above does: beneath a power of two doubles lie closer. */
static int shortest_digits(double number, char digits[18], int *point)
{
	char text[40], *exponent = text;
	int count = 0;

	for (int precision = 0; precision < 17; precision++) {
		snprintf(text, sizeof(text), "%.*e", precision, number);
		exponent = strchr(text, 'e');
		if (reads_back(text, number))
			break;
		if (exponent[-1] == '9')
			continue;
		exponent[-1]++;
		if (reads_back(text, number))
			break;
	}
	for (const char *at = text; at < exponent; at++) {
		if (*at >= '0' && *at <= '9' && count < 17)
			digits[count++] = *at;
	}
	*point = (int)strtol(exponent + 1, NULL, 10) + 1;
	return count;
}

static void put_zeros(struct bs_buf *out, int count)
{
	for (; count > 0; count--)
		bs_buf_putc(out, '0');
}

/* ECMAScript's Number::toString (ECMA-262, 6.1.6.1.20), which RFC 8785 asks for. */
static void write_real(double number, struct bs_buf *out)
{
	char digits[18];
	int point, count;

	if (number < 0) {
		bs_buf_putc(out, '-');
		number = -number;
	}
	if (!(number > 0)) {
		bs_buf_putc(out, '0');
		return;
	}
	count = shortest_digits(number, digits, &point);
	if (point > 21 || point <= -6) { /* 1.5e+30, 1e-7 */
		bs_buf_putc(out, digits[0]);
		if (count > 1)
			bs_buf_putc(out, '.');
		bs_buf_put(out, bs_str_n(digits + 1, (size_t)count - 1));
		bs_buf_printf(out, "e%+d", point - 1);
	} else if (point <= 0) { /* 0.0015 */
		bs_buf_lit(out, "0.");
		put_zeros(out, -point);
		bs_buf_put(out, bs_str_n(digits, (size_t)count));
	} else if (point >= count) { /* 1500 */
		bs_buf_put(out, bs_str_n(digits, (size_t)count));
		put_zeros(out, point - count);
	} else { /* 1.5 */
		bs_buf_put(out, bs_str_n(digits, (size_t)point));
		bs_buf_putc(out, '.');
		bs_buf_put(out, bs_str_n(digits + point, (size_t)(count - point)));
	}
}

/* One control character, quote or backslash. */
static void write_escape(unsigned char c, struct bs_buf *out)
{
	static const char LETTERS[] = "btn\0fr"; /* U+0008 … U+000D; U+000B has none */

	bs_buf_putc(out, '\\');
	if (c == '"' || c == '\\')
		bs_buf_putc(out, (char)c);
	else if (c >= 8 && c <= 13 && c != 11)
		bs_buf_putc(out, LETTERS[c - 8]);
	else
		bs_buf_printf(out, "u%04x", c);
}

static enum bs_rc write_string(struct bs_str text, struct bs_buf *out, struct bs_err *err)
{
	size_t fault = bs_str_utf8_fault(text);

	if (fault != SIZE_MAX)
		return bs_fail(err, BS_INVALID, "text is not UTF-8 at byte %zu: '" BS_FMT "'", fault, BS_ARG(text));
	bs_buf_putc(out, '"');
	for (;;) {
		size_t clean = bs_clean_run(text, BS_CLEAN_JSON);
		bs_buf_put(out, bs_str_n(text.ptr, clean));
		if (clean == text.len)
			break;
		write_escape((unsigned char)text.ptr[clean], out);
		text = bs_str_sub(text, clean + 1, SIZE_MAX);
	}
	bs_buf_putc(out, '"');
	return BS_OK;
}

/* Order by UTF-16 units. UTF-8 orders by code point, which differs only where one of the first differing characters is
 * beyond U+FFFF (lead byte >= F0, a surrogate pair D800 … DFFF) and the other in U+E000 … U+FFFF (lead EE or EF). */
static int by_utf16(const void *a, const void *b)
{
	struct bs_str left = (*(const struct bs_json *const *)a)->name;
	struct bs_str right = (*(const struct bs_json *const *)b)->name;
	size_t at = 0;

	while (at < left.len && at < right.len && left.ptr[at] == right.ptr[at])
		at++;
	if (at < left.len && at < right.len) {
		unsigned char l = (unsigned char)left.ptr[at], r = (unsigned char)right.ptr[at];
		if (l >= 0xEE && r >= 0xEE && (l >= 0xF0) != (r >= 0xF0))
			return l >= 0xF0 ? -1 : 1;
		return l < r ? -1 : 1;
	}
	return (left.len > right.len) - (left.len < right.len);
}

/* Whether ECMAScript, whose numbers are doubles, would write it with the same digits: so would who signs it elsewhere. */
static bool is_exact(int64_t integer)
{
	char digits[32];
	struct bs_buf text = BS_BUF(32);
	bool same;

	if (integer <= SAFE_INTEGER && integer >= -SAFE_INTEGER)
		return true;
	snprintf(digits, sizeof(digits), "%lld", (long long)integer);
	write_real((double)integer, &text);
	same = bs_str_eq(bs_buf_str(&text), bs_str_c(digits));
	bs_buf_free(&text);
	return same;
}

/* Most objects have few members. */
static void sort_members(const struct bs_json **members, size_t count)
{
	if (count > MEMBERS_USUAL) {
		qsort(members, count, sizeof(struct bs_json *), by_utf16);
		return;
	}
	for (size_t i = 1; i < count; i++) {
		const struct bs_json *member = members[i];
		size_t at = i;
		for (; at > 0 && by_utf16(&members[at - 1], &member) > 0; at--)
			members[at] = members[at - 1];
		members[at] = member;
	}
}

static enum bs_rc write_any(const struct bs_json *json, struct bs_buf *out, struct bs_err *err);

static enum bs_rc write_object(const struct bs_json *object, struct bs_buf *out, struct bs_err *err)
{
	const struct bs_json *few[MEMBERS_USUAL], **members = few;
	enum bs_rc rc = BS_OK;
	size_t count = 0;

	if (object->count > BS_COUNT(few))
		members = bs_alloc(object->count * sizeof(struct bs_json *));
	for (const struct bs_json *member = object->first; member != NULL; member = member->next)
		members[count++] = member;
	if (count > 1)
		sort_members(members, count);
	bs_buf_putc(out, '{');
	for (size_t at = 0; at < count; at++) {
		if (at > 0 && bs_str_eq(members[at]->name, members[at - 1]->name)) {
			rc = bs_fail(err, BS_INVALID, "JSON object with '" BS_FMT "' twice", BS_ARG(members[at]->name));
			goto done;
		}
		if (at > 0)
			bs_buf_putc(out, ',');
		rc = write_string(members[at]->name, out, err);
		if (rc != BS_OK)
			goto done;
		bs_buf_putc(out, ':');
		rc = write_any(members[at], out, err);
		if (rc != BS_OK)
			goto done;
	}
	bs_buf_putc(out, '}');
done:
	if (members != few)
		free(members);
	return rc;
}

static enum bs_rc write_array(const struct bs_json *array, struct bs_buf *out, struct bs_err *err)
{
	bs_buf_putc(out, '[');
	for (const struct bs_json *item = array->first; item != NULL; item = item->next) {
		enum bs_rc rc = write_any(item, out, err);
		if (rc != BS_OK)
			return rc;
		if (item->next != NULL)
			bs_buf_putc(out, ',');
	}
	bs_buf_putc(out, ']');
	return BS_OK;
}

static enum bs_rc write_any(const struct bs_json *json, struct bs_buf *out, struct bs_err *err)
{
	switch (json->kind) {
	case BS_JSON_NULL:
		bs_buf_lit(out, "null");
		return BS_OK;
	case BS_JSON_BOOL:
		bs_buf_put(out, json->boolean ? BS_STR("true") : BS_STR("false"));
		return BS_OK;
	case BS_JSON_INT:
		if (!is_exact(json->integer))
			return bs_fail(err, BS_INVALID, "%lld is too large for JSON; write it as text", (long long)json->integer);
		bs_out_int(out, json->integer);
		return BS_OK;
	case BS_JSON_REAL:
		write_real(json->real, out);
		return BS_OK;
	case BS_JSON_STRING:
		return write_string(json->string, out, err);
	case BS_JSON_ARRAY:
		return write_array(json, out, err);
	case BS_JSON_OBJECT:
		return write_object(json, out, err);
	case BS_JSON_WRITTEN:
		bs_buf_put(out, json->string);
		return BS_OK;
	}
	return BS_OK;
}

enum bs_rc bs_json_write(const struct bs_json *json, struct bs_buf *out, struct bs_err *err)
{
	enum bs_rc rc = write_any(json, out, err);

	return rc == BS_OK ? bs_buf_check(out, "JSON", err) : rc;
}

/* --- For templates --- */

static struct bs_value value_of_real(struct bs_arena *arena, double real)
{
	struct bs_buf text = BS_BUF(64);
	struct bs_value value = { .kind = BS_VALUE_NUMBER };
	struct bs_str copy;

	write_real(real, &text);
	copy = bs_arena_copy(arena, bs_buf_str(&text));
	bs_buf_free(&text);
	value.text = copy.ptr;
	value.len = (uint32_t)copy.len;
	return value;
}

static struct bs_value value_of_array(struct bs_arena *arena, const struct bs_symbols *symbols,
                                      const struct bs_json *array)
{
	struct bs_value *items = BS_ARRAY(arena, array->count, struct bs_value);
	size_t count = 0;

	for (const struct bs_json *item = array->first; item != NULL; item = item->next)
		items[count++] = bs_value_of_json(arena, symbols, item);
	return bs_value_list(items, count);
}

static struct bs_value value_of_object(struct bs_arena *arena, const struct bs_symbols *symbols,
                                       const struct bs_json *object)
{
	struct bs_dict *dict = bs_dict_new(arena, 0);

	for (const struct bs_json *member = object->first; member != NULL; member = member->next) {
		uint16_t name = bs_symbols_find(symbols, member->name);
		if (name != 0)
			bs_dict_set(dict, name, bs_value_of_json(arena, symbols, member));
	}
	return bs_value_dict(dict);
}

struct bs_value bs_value_of_json(struct bs_arena *arena, const struct bs_symbols *symbols, const struct bs_json *json)
{
	switch (json->kind) {
	case BS_JSON_NULL:
		return bs_value_null();
	case BS_JSON_BOOL:
		return bs_value_bool(json->boolean);
	case BS_JSON_INT:
		return bs_value_int(json->integer);
	case BS_JSON_REAL:
		return json->real > 0 || json->real < 0 ? value_of_real(arena, json->real) : bs_value_int(0);
	case BS_JSON_STRING:
		return bs_value_text(json->string);
	case BS_JSON_ARRAY:
		return value_of_array(arena, symbols, json);
	case BS_JSON_OBJECT:
		return value_of_object(arena, symbols, json);
	case BS_JSON_WRITTEN: /* it is for writing alone */
		break;
	}
	return bs_value_null();
}
