/* attributes.c - which attributes of an element a story keeps, and in which form; see walk.h. */
#include "base/limits.h"
#include "text/html/walk.h"
#include "text/markup.h"
#include "text/story/url.h"

enum { LANG_LEN = 35 };

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

static char lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

static char upper(char c)
{
	return (char)(c >= 'a' && c <= 'z' ? c - 32 : c);
}

struct bs_str lang_of(struct bs_arena *arena, const struct node *node)
{
	struct bs_str value = bs_str_trim(node_attr(node, "lang")), rest, part;
	char *out;
	size_t len = 0;

	if (value.len == 0)
		value = bs_str_trim(node_attr(node, "xml:lang"));
	if (value.len < 2 || value.len > LANG_LEN)
		return (struct bs_str){ 0 };
	out = bs_arena_alloc(arena, value.len + 1);
	rest = value;
	while (bs_str_split(&rest, '-', &part)) {
		if (part.len == 0 || part.len > 8 || (len == 0 && (part.len < 2 || part.ptr[0] <= '9')))
			return (struct bs_str){ 0 };
		if (len > 0)
			out[len++] = '-';
		for (size_t i = 0; i < part.len; i++) {
			bool capital = len > i && (part.len == 2 || (part.len == 4 && i == 0));
			if (!is_alnum(part.ptr[i]))
				return (struct bs_str){ 0 };
			out[len++] = capital ? upper(part.ptr[i]) : lower(part.ptr[i]);
		}
	}
	return bs_str_n(out, len);
}

struct bs_str dir_of(const struct node *node)
{
	static const struct bs_str known[] = { BS_STR_INIT("auto"), BS_STR_INIT("ltr"), BS_STR_INIT("rtl") };
	struct bs_str value = bs_str_trim(node_attr(node, "dir"));

	for (size_t i = 0; i < BS_COUNT(known); i++) {
		if (bs_str_eq_nocase(value, known[i]))
			return known[i];
	}
	return (struct bs_str){ 0 };
}

static void put(struct bs_buf *out, const char *name, struct bs_str value)
{
	if (value.len == 0)
		return;
	bs_buf_printf(out, " %s=\"", name);
	markup_put_value(out, value);
	bs_buf_putc(out, '"');
}

/* A date or time as <time> may hold one: kept where it is made of the right characters. */
static struct bs_str datetime_of(struct bs_arena *arena, const struct node *node)
{
	struct bs_str value = bs_str_trim(node_attr(node, "datetime"));

	for (size_t i = 0; i < value.len; i++) {
		if (!is_alnum(value.ptr[i]) && !strchr(":+-. ", value.ptr[i]))
			return (struct bs_str){ 0 };
	}
	return value.len <= 64 ? bs_markup_of_text(arena, value) : (struct bs_str){ 0 };
}

static struct bs_str title_of(struct bs_arena *arena, const struct node *node)
{
	struct bs_str value = node_attr(node, "title");

	return value.len <= BS_MAX_FIELD ? bs_markup_plain(arena, bs_markup_of_text(arena, value)) : (struct bs_str){ 0 };
}

struct bs_str tag_attrs(struct walk *w, const struct node *node, enum tag tag)
{
	struct bs_buf out = BS_BUF(SIZE_MAX);
	struct bs_str lang = lang_of(w->arena, node), attrs;

	if (node->attribute_count == 0)
		return BS_STR("");
	if (tag == TAG_TIME)
		put(&out, "datetime", datetime_of(w->arena, node));
	if (tag != TAG_A)
		put(&out, "dir", dir_of(node));
	if (tag == TAG_A) {
		struct node target = { .attributes = (struct attribute[]){ { BS_STR("lang"), node_attr(node, "hreflang") } },
			               .attribute_count = 1 };
		put(&out, "href", url_clean(w->arena, node_attr(node, "href"), w->base, URL_LINK));
		if (out.len > 0)
			put(&out, "hreflang", lang_of(w->arena, &target));
	}
	if (!bs_str_eq(lang, w->lang))
		put(&out, "lang", lang);
	if (tag == TAG_ABBR || tag == TAG_DFN)
		put(&out, "title", title_of(w->arena, node));
	attrs = bs_arena_copy(w->arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return attrs;
}

static struct bs_str set(struct walk *w, struct bs_str attrs, const char *key, struct bs_str value)
{
	return value.ptr != NULL ? bs_attrs_set(w->arena, attrs, bs_str_c(key), value) : attrs;
}

/* A whole number between the bounds, in its shortest form; ptr NULL for another. */
static struct bs_str number_attr(struct walk *w, const struct node *node, const char *name, int low, int high)
{
	struct bs_str value = bs_str_trim(node_attr(node, name));
	int64_t number;

	if (bs_str_int(value, &number) != BS_OK || number < low || number > high)
		return (struct bs_str){ 0 };
	return bs_arena_printf(w->arena, "%d", (int)number);
}

static struct bs_str align_of(const struct node *cell)
{
	static const struct bs_str known[] = { BS_STR_INIT("center"), BS_STR_INIT("right") };
	static const char *const classes[][2] = { { "align-center", "has-text-align-center" },
		                                  { "align-right", "has-text-align-right" } };

	for (size_t i = 0; i < BS_COUNT(known); i++) {
		if (bs_str_eq_nocase(node_attr(cell, "align"), known[i]) || has_style(cell, "text-align", known[i].ptr) ||
		    node_has_class(cell, classes[i][0]) || node_has_class(cell, classes[i][1]))
			return known[i];
	}
	return (struct bs_str){ 0 };
}

static struct bs_str list_type(const struct node *list)
{
	struct bs_str type = node_attr(list, "type");

	return type.len == 1 && strchr("aAiI", type.ptr[0]) ? type : (struct bs_str){ 0 };
}

bool is_code_language(struct bs_str name)
{
	for (size_t i = 0; i < name.len; i++) {
		if (!is_alnum(name.ptr[i]) && !strchr("+#-._", name.ptr[i]))
			return false;
	}
	return name.len > 0 && name.len <= 32;
}

/* The language of program text: of "language-x", "lang-x" among the classes, or empty. */
static struct bs_str code_language(struct bs_arena *arena, const struct node *node)
{
	static const struct bs_str prefixes[] = { BS_STR_INIT("language-"), BS_STR_INIT("lang-") };
	struct bs_str classes = node_attr(node, "class"), word;

	while (bs_str_split(&classes, ' ', &word)) {
		for (size_t i = 0; i < BS_COUNT(prefixes); i++) {
			struct bs_str name = bs_str_sub(word, prefixes[i].len, SIZE_MAX);
			if (bs_str_starts(word, prefixes[i]) && is_code_language(name))
				return bs_arena_copy(arena, name);
		}
	}
	return (struct bs_str){ 0 };
}

/* A pre that holds a <code>, and little else, is program text. */
static struct bs_str code_of(struct walk *w, const struct node *pre)
{
	struct bs_str own = code_language(w->arena, pre), inner;

	for (const struct node *node = pre->first; node != NULL; node = node->next) {
		if (!node_is(node, "code"))
			continue;
		inner = code_language(w->arena, node);
		return inner.len > 0 ? inner : own.len > 0 ? own : BS_STR("");
	}
	return own;
}

struct bs_str part_attrs(struct walk *w, const struct node *node, enum part part)
{
	struct bs_str attrs = BS_STR("");

	switch (part) {
	case PART_OL:
		attrs = set(w, attrs, "type", list_type(node));
		attrs = set(w, attrs, "reversed", node_attr(node, "reversed").ptr != NULL ? BS_STR("") : (struct bs_str){ 0 });
		if (!bs_str_eq(bs_str_trim(node_attr(node, "start")), BS_STR("1")))
			attrs = set(w, attrs, "start", number_attr(w, node, "start", -9999999, 9999999));
		return attrs;
	case PART_LI: return set(w, attrs, "value", number_attr(w, node, "value", -9999999, 9999999));
	case PART_TD:
	case PART_TH:
		attrs = set(w, attrs, "align", align_of(node));
		attrs = set(w, attrs, "colspan", number_attr(w, node, "colspan", 2, 100));
		return set(w, attrs, "rowspan", number_attr(w, node, "rowspan", 2, 1000));
	case PART_BLOCKQUOTE: return set(w, attrs, "cite", url_clean(w->arena, node_attr(node, "cite"), w->base, URL_PLACE));
	case PART_DETAILS: return node_attr(node, "open").ptr != NULL ? BS_STR("open=") : attrs;
	case PART_PRE: return set(w, attrs, "code", code_of(w, node));
	default: return attrs;
	}
}
