/* near.c - "did you mean …?"; see bs_search_near in search.h.
 *
 * The index holds stems, which are no words to show, so what is offered comes from texts that are short and carefully
 * spelt: headlines of the newest stories, and names. Terms are compared rather than letters as they are written, so that
 * neither case nor accents nor endings count as mistakes. */
#include "newsroom/search.h"

#include "base/limits.h"
#include "text/markup.h"
#include "text/near.h"

enum { WORDS_MAX = 8, TITLES = 500 };

struct mistake { /* a word that was typed and that no story has */
	struct bs_str written; /* a view of what was typed */
	struct bs_near near;   /* by terms */
	struct bs_str meant;   /* what the nearest looks like; empty while there is none */
};

struct guessing {
	struct bs_arena *arena;
	const struct bs_lang *lang;
	struct mistake words[WORDS_MAX];
	size_t count;
};

/* How far off a term may be: one letter in four, none in the shortest. Distances count bytes, of which a letter may have several. */
static unsigned allowance(struct bs_str term)
{
	size_t letters = 0;
	unsigned allowed;

	for (size_t at = 0; at < term.len; letters++)
		(void)bs_str_utf8_next(term, &at);
	allowed = letters < 3 ? 0 : letters < 8 ? 1 + (letters > 4) : (unsigned)(letters / 4);
	return allowed * (unsigned)((term.len + letters - 1) / (letters > 0 ? letters : 1));
}

static void note_typed(void *ctx, struct bs_str written, struct bs_str term)
{
	struct guessing *guessing = ctx;

	if (guessing->count < WORDS_MAX)
		guessing->words[guessing->count++] = (struct mistake){ .written = written,
		                                                       .near = bs_near_to(bs_arena_copy(guessing->arena, term)) };
}

static void try_known(void *ctx, struct bs_str written, struct bs_str term)
{
	struct guessing *guessing = ctx;

	for (size_t i = 0; i < guessing->count; i++) {
		struct mistake *word = &guessing->words[i];
		unsigned before = word->near.distance;
		bs_near_try(&word->near, term);
		if (word->near.distance < before && word->near.distance <= allowance(word->near.word))
			word->meant = bs_arena_copy(guessing->arena, written);
	}
}

/* Only what no story has is a mistake. */
static enum bs_rc keep_mistakes(struct guessing *guessing, struct bs_db *db, struct bs_err *err)
{
	size_t kept = 0;

	for (size_t i = 0; i < guessing->count; i++) {
		struct bs_search_part part = { .terms = &guessing->words[i].near.word, .count = 1 };
		struct bs_search search = { &part, 1 };
		struct bs_search_result result;
		enum bs_rc rc = bs_search_find(guessing->arena, db, &search, guessing->lang->code,
		                               (struct bs_search_range){ .count = 1 }, &result, err);
		if (rc != BS_OK)
			return rc;
		if (result.count == 0)
			guessing->words[kept++] = guessing->words[i];
	}
	guessing->count = kept;
	return kept > 0 ? BS_OK : BS_NOT_FOUND;
}

static enum bs_rc try_titles(struct guessing *guessing, struct bs_db *db, int64_t now, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_search_known_titles, BS_VALUES(bs_text(guessing->lang->code), bs_int(now), bs_int(TITLES)),
	                            &stmt, err);

	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK)
		bs_words_of(guessing->lang, bs_markup_plain(guessing->arena, bs_stmt_str(stmt, BS_C_search_known_titles_markup)),
		            try_known, guessing);
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static void try_names(struct guessing *guessing, struct bs_str names)
{
	struct bs_search_name name;

	while (bs_search_names_next(&names, &name))
		bs_words_of(guessing->lang, name.name, try_known, guessing);
}

/* What was typed with the mistakes mended; empty when no word has a better one. */
static struct bs_str mended(const struct guessing *guessing, struct bs_str typed)
{
	struct bs_buf buf = BS_BUF(BS_MAX_QUERY + WORDS_MAX * BS_MAX_FIELD);
	const char *from = typed.ptr;
	struct bs_str made;
	bool any = false;

	for (size_t i = 0; i < guessing->count; i++) {
		const struct mistake *word = &guessing->words[i];
		if (word->meant.len == 0)
			continue;
		bs_buf_put(&buf, bs_str_n(from, (size_t)(word->written.ptr - from)));
		bs_buf_put(&buf, word->meant);
		from = word->written.ptr + word->written.len;
		any = true;
	}
	bs_buf_put(&buf, bs_str_n(from, (size_t)(typed.ptr + typed.len - from)));
	made = any ? bs_arena_copy(guessing->arena, bs_buf_str(&buf)) : BS_STR("");
	bs_buf_free(&buf);
	return made;
}

/* Stories, or somebody's name. */
static enum bs_rc finds_something(struct bs_arena *arena, struct bs_db *db, const struct bs_lang *lang, struct bs_str names,
                                  struct bs_str typed, struct bs_err *err)
{
	struct bs_search_name found[BS_SEARCH_NAMES];
	struct bs_search_result result;
	struct bs_search search;
	enum bs_rc rc;

	if (bs_search_names_find(arena, lang, names, typed, found) > 0)
		return BS_OK;
	bs_search_parse(arena, lang, typed, false, &search);
	rc = bs_search_find(arena, db, &search, lang->code, (struct bs_search_range){ .count = 1 }, &result, err);
	return rc == BS_OK && result.count == 0 ? BS_NOT_FOUND : rc;
}

enum bs_rc bs_search_near(struct bs_arena *arena, struct bs_db *db, const struct bs_lang *lang, struct bs_str names, struct bs_str typed,
                          int64_t now, struct bs_str *out, struct bs_err *err)
{
	struct guessing guessing = { .arena = arena, .lang = lang };
	struct bs_str words = bs_str_utf8_prefix(bs_str_sub(typed, 0, bs_str_utf8_fault(typed)), BS_MAX_QUERY), meant;
	enum bs_rc rc;

	bs_words_of(lang, words, note_typed, &guessing);
	rc = keep_mistakes(&guessing, db, err);
	if (rc == BS_OK)
		rc = try_titles(&guessing, db, now, err);
	if (rc != BS_OK)
		return rc;
	try_names(&guessing, names);
	meant = mended(&guessing, words);
	rc = meant.len > 0 ? finds_something(arena, db, lang, names, meant, err) : BS_NOT_FOUND;
	if (rc == BS_OK)
		*out = meant;
	return rc;
}
