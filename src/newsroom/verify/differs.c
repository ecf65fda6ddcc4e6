/* differs.c - which member of a revision's metadata is not what the tables say now.
 *
 * People and terms are named in a revision by the slugs that they had, and may be renamed or merged since: both lists are compared by the
 * slugs of today. Whoever stood there twice after a merge stands there once. A notice that was removed stands nowhere any more. */
#include "newsroom/verify/verifying.h"

#include "newsroom/vocabulary.h"
#include "text/json.h"

struct comparing {
	struct bs_arena *arena;
	struct bs_db *db;
	const struct bs_map *notices;
};

struct words {
	struct bs_str *list;
	size_t count, room;
};

static void free_buf(void *ptr)
{
	bs_buf_free(ptr);
}

static enum bs_rc same(struct bs_arena *arena, const struct bs_json *a, const struct bs_json *b, bool *out, struct bs_err *err)
{
	struct bs_buf *texts[] = { BS_NEW(arena, struct bs_buf), BS_NEW(arena, struct bs_buf) };
	enum bs_rc rc = BS_OK;

	*out = false;
	if (a == NULL || b == NULL)
		return BS_OK;
	for (size_t i = 0; i < BS_COUNT(texts) && rc == BS_OK; i++) {
		*texts[i] = BS_BUF(SIZE_MAX / 2);
		bs_arena_defer(arena, free_buf, texts[i]);
		rc = bs_json_write(i == 0 ? a : b, texts[i], err);
	}
	*out = rc == BS_OK && bs_str_eq(bs_buf_str(texts[0]), bs_buf_str(texts[1]));
	return rc;
}

static void add_word(const struct comparing *c, struct words *out, struct bs_str kind, struct bs_str slug)
{
	BS_GROW(c->arena, out->list, out->count, out->room, 8);
	out->list[out->count++] = bs_arena_printf(c->arena, BS_FMT " " BS_FMT, BS_ALL(kind), BS_ALL(slug));
}

static enum bs_rc byline_words(const struct comparing *c, const struct bs_json *list, struct words *out, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	for (const struct bs_json *credit = list != NULL ? list->first : NULL; credit != NULL && rc == BS_OK; credit = credit->next) {
		struct bs_str slug = bs_json_string(bs_json_get(credit, BS_STR("person")));
		rc = bs_person_slug_now(c->arena, c->db, slug, &slug, err);
		rc = rc == BS_NOT_FOUND ? BS_OK : rc;
		add_word(c, out, bs_json_string(bs_json_get(credit, BS_STR("role"))), slug);
	}
	return rc;
}

static enum bs_rc term_words(const struct comparing *c, const struct bs_json *terms, struct words *out, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	for (enum bs_vocabulary v = 0; v < BS_VOCABULARY_COUNT; v++) {
		const struct bs_json *list = bs_json_get(terms, bs_vocabulary_name(v));
		for (const struct bs_json *item = list != NULL ? list->first : NULL; item != NULL && rc == BS_OK; item = item->next) {
			struct bs_str slug = bs_json_string(item);
			rc = bs_term_slug_now(c->arena, c->db, v, slug, &slug, err);
			rc = rc == BS_NOT_FOUND ? BS_OK : rc;
			add_word(c, out, bs_vocabulary_name(v), slug);
		}
	}
	return rc;
}

static enum bs_rc notice_words(const struct comparing *c, const struct bs_json *list, struct words *out, struct bs_err *err)
{
	(void)err;
	for (const struct bs_json *item = list != NULL ? list->first : NULL; item != NULL; item = item->next) {
		if (bs_map_get(c->notices, bs_json_string(item)) != NULL)
			add_word(c, out, BS_STR(""), bs_json_string(item));
	}
	return BS_OK;
}

static bool has(const struct words *words, struct bs_str word)
{
	for (size_t i = 0; i < words->count; i++) {
		if (bs_str_eq(words->list[i], word))
			return true;
	}
	return false;
}

/* `shown` is what was signed, but for those that stand there twice. */
static bool fits(const struct words *signed_words, const struct words *shown)
{
	size_t at = 0;

	for (size_t i = 0; i < signed_words->count; i++) {
		if (at < shown->count && bs_str_eq(signed_words->list[i], shown->list[at]))
			at++;
		else if (!has(shown, signed_words->list[i]))
			return false;
	}
	return at == shown->count;
}

typedef enum bs_rc words_fn(const struct comparing *c, const struct bs_json *json, struct words *out, struct bs_err *err);

/* How the members that name something by its slug are compared; NULL: as they are. */
static words_fn *words_of(struct bs_str member)
{
	static const struct {
		struct bs_str member;
		words_fn *words;
	} named[] = {
		{ BS_STR_INIT("byline"), byline_words }, { BS_STR_INIT("terms"), term_words }, { BS_STR_INIT("notices"), notice_words },
	};

	for (size_t i = 0; i < BS_COUNT(named); i++) {
		if (bs_str_eq(named[i].member, member))
			return named[i].words;
	}
	return NULL;
}

/* *good: the member of this name says the same in both, or was only renamed. */
static enum bs_rc compare(const struct comparing *c, struct bs_str member, const struct bs_json *was, const struct bs_json *is, bool *good,
                          bool *renamed, struct bs_err *err)
{
	words_fn *words = words_of(member);
	struct words before = { 0 }, now = { 0 };
	enum bs_rc rc = same(c->arena, was, is, good, err);

	if (rc != BS_OK || *good || words == NULL)
		return rc;
	rc = words(c, was, &before, err);
	if (rc == BS_OK)
		rc = words(c, is, &now, err);
	*good = rc == BS_OK && fits(&before, &now);
	*renamed |= *good;
	return rc;
}

enum bs_rc bs_verify_differs(struct bs_arena *arena, struct bs_db *db, const struct bs_map *notices, const struct bs_json *signed_meta,
                             const struct bs_json *shown, const char **out, bool *renamed, struct bs_err *err)
{
	const struct comparing c = { arena, db, notices };
	const struct bs_json *both[] = { signed_meta, shown };
	enum bs_rc rc = BS_OK;

	*out = NULL;
	for (size_t i = 0; i < BS_COUNT(both); i++) {
		for (const struct bs_json *member = both[i]->first; member != NULL && rc == BS_OK && *out == NULL; member = member->next) {
			bool good = true;
			if (i == 0 || bs_json_get(signed_meta, member->name) == NULL)
				rc = compare(&c, member->name, bs_json_get(signed_meta, member->name), bs_json_get(shown, member->name),
				             &good, renamed, err);
			if (rc == BS_OK && !good)
				*out = bs_arena_copy(arena, member->name).ptr;
		}
	}
	return rc;
}
