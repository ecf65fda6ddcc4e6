/* names.c - people and terms by their names; see search.h.
 *
 * Folding some thousand names takes far longer than comparing them, so the block has them folded, and is made to be kept. Its fields
 * end in a NUL, which no text of a database has. */
#include "newsroom/search.h"

#include "base/limits.h"
#include "newsroom/tags.h"

enum {
	BLOCK_MAX = 8 * 1024 * 1024,
	ROOM = 4 * BS_MAX_FIELD, /* that one name may take */
	LONGEST = 200,           /* bytes of a name that are looked at */
};

static void put_field(struct bs_buf *out, struct bs_str text)
{
	bs_buf_put(out, text);
	bs_buf_putc(out, '\0');
}

static void put_name(struct bs_buf *out, const struct bs_stmt *stmt, const struct bs_lang *lang)
{
	struct bs_str kind = bs_stmt_str(stmt, BS_C_search_names_kind);
	struct bs_str name = bs_str_utf8_prefix(bs_stmt_str(stmt, BS_C_search_names_name), LONGEST);
	bool person = bs_str_eq(kind, BS_STR("author"));
	char tag[BS_TAG_MAX];

	put_field(out, bs_tag(person ? BS_TAG_PERSON : BS_TAG_TERM, bs_stmt_int(stmt, BS_C_search_names_id), tag));
	put_field(out, kind);
	put_field(out, bs_stmt_str(stmt, BS_C_search_names_slug));
	put_field(out, bs_stmt_str(stmt, BS_C_search_names_name));
	bs_name_words(lang, name, out);
	bs_buf_putc(out, '\0');
	bs_buf_putc(out, ' '); /* bs_tokens_of parts its terms from what stands before them, unless that is a space */
	bs_tokens_of(lang, name, out);
	bs_buf_putc(out, '\0');
}

enum bs_rc bs_search_names_load(struct bs_arena *arena, struct bs_db *db, const struct bs_lang *lang, const struct bs_lang *usual,
                                struct bs_str *out, struct bs_err *err)
{
	struct bs_buf block = BS_BUF(BLOCK_MAX);
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_search_names, BS_VALUES(bs_text(lang->code), bs_text(usual->code),
	                            bs_int(BS_MAX_SEARCH_NAMES)), &stmt, err);

	while (rc == BS_OK && block.len < BLOCK_MAX - ROOM && (rc = bs_stmt_next(stmt, err)) == BS_OK)
		put_name(&block, stmt, lang);
	bs_stmt_free(&stmt);
	if (rc == BS_OK || rc == BS_NOT_FOUND)
		rc = bs_buf_check(&block, "the names of people and terms", err);
	*out = rc == BS_OK ? bs_arena_copy(arena, bs_buf_str(&block)) : BS_STR("");
	bs_buf_free(&block);
	return rc;
}

bool bs_search_names_next(struct bs_str *rest, struct bs_search_name *out)
{
	struct bs_str *const fields[] = { &out->tag, &out->kind, &out->slug, &out->name, &out->words, &out->terms };

	for (size_t i = 0; i < BS_COUNT(fields); i++) {
		if (rest->len == 0 || !bs_str_split(rest, '\0', fields[i]))
			return false;
	}
	return true;
}

/* What fits better comes first, then people, then in the order of the names: no database says an order. */
static bool comes_before(const struct bs_search_name *a, const struct bs_search_name *b)
{
	bool person = bs_str_eq(a->kind, BS_STR("author"));
	int order;

	if (a->fits != b->fits)
		return a->fits > b->fits;
	if (person != bs_str_eq(b->kind, BS_STR("author")))
		return person;
	order = bs_str_cmp(a->name, b->name);
	return (order != 0 ? order : bs_str_cmp(a->slug, b->slug)) < 0;
}

/* Put it where it belongs among the best so far; one that comes behind the last of many goes. */
static void keep(const struct bs_search_name *name, struct bs_search_name *best, size_t *count)
{
	size_t at = *count;

	while (at > 0 && comes_before(name, &best[at - 1]))
		at--;
	if (at == BS_SEARCH_NAMES)
		return;
	*count += *count < BS_SEARCH_NAMES;
	memmove(best + at + 1, best + at, (*count - at - 1) * sizeof(*best));
	best[at] = *name;
}

size_t bs_search_names_find(struct bs_arena *arena, const struct bs_lang *lang, struct bs_str names, struct bs_str typed,
                            struct bs_search_name out[BS_SEARCH_NAMES])
{
	struct bs_names_search search;
	struct bs_search_name name;
	size_t count = 0;

	bs_names_parse(arena, lang, typed, &search);
	while (search.whole.count > 0 && bs_search_names_next(&names, &name)) {
		name.fits = bs_names_fit(&search, name.words, name.terms);
		if (name.fits != BS_NAMED_NOT)
			keep(&name, out, &count);
	}
	return count;
}
