/* naming.c - see naming.h. */
#include "newsroom/naming.h"

#include "base/limits.h"
#include "text/passage.h"
#include "text/slug.h"

/* Signs that tell one name from another are called by theirs: "C++" is "C plus plus", "C#" is "C sharp"; "#ice" is "ice". */
static struct bs_str with_signs_named(struct bs_arena *arena, struct bs_str name)
{
	struct bs_buf out = BS_BUF(8 * BS_MAX_FIELD);
	struct bs_str named;

	for (size_t i = 0; i < name.len; i++) {
		bool within = i > 0 && name.ptr[i - 1] != ' ';

		if (name.ptr[i] == '+')
			bs_buf_lit(&out, " plus ");
		else if (name.ptr[i] == '#' && within)
			bs_buf_lit(&out, " sharp ");
		else
			bs_buf_putc(&out, name.ptr[i]);
	}
	named = bs_arena_copy(arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return named;
}

struct bs_naming bs_naming_of(struct bs_arena *arena, struct bs_str vocabulary, const struct bs_lang *lang, struct bs_str name)
{
	struct bs_str named = with_signs_named(arena, name), folded = bs_plain_text_fold(arena, named);

	return (struct bs_naming){
		.vocabulary = vocabulary, .lang = lang, .name = name,
		.made = bs_slug_make(arena, bs_lang_ascii(arena, lang, named), BS_STR("")),
		.folded = folded.len > 0 ? folded : name, /* of nothing but signs, each is its own */
	};
}

/* "ice season" of "ice-season". */
static struct bs_str words_of(struct bs_arena *arena, struct bs_str slug)
{
	struct bs_str words = bs_arena_copy(arena, slug);
	char *out = (char *)(uintptr_t)words.ptr; /* the copy is ours to write */

	for (size_t i = 0; i < words.len; i++) {
		if (out[i] == '-')
			out[i] = ' ';
	}
	return words;
}

enum bs_rc bs_naming_fits(struct bs_arena *arena, struct bs_db *db, const struct bs_naming *naming, struct bs_str slug, bool *fits,
                          struct bs_err *err)
{
	bool named = false, made = false, any = false, person = naming->vocabulary.len == 0;
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = person ? bs_db_query(db, BS_Q_naming_person, BS_VALUES(bs_text(slug)), &stmt, err)
	                       : bs_db_query(db, BS_Q_naming_term, BS_VALUES(bs_text(naming->vocabulary), bs_text(slug)), &stmt, err);

	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		struct bs_naming other = bs_naming_of(arena, naming->vocabulary, naming->lang, bs_arena_copy(arena, bs_stmt_str(stmt, 0)));

		any = true;
		named = named || bs_str_eq(naming->folded, other.folded);
		made = made || bs_str_eq(slug, other.made);
	}
	bs_stmt_free(&stmt);
	*fits = !any || named || (!made && bs_str_eq(naming->folded, bs_plain_text_fold(arena, words_of(arena, slug))));
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

enum bs_rc bs_naming_slug(struct bs_arena *arena, struct bs_db *db, const struct bs_naming *naming, struct bs_str fallback,
                          struct bs_str *slug, struct bs_err *err)
{
	struct bs_str made = naming->made.len > 0 ? naming->made : fallback;
	bool fits = false;
	enum bs_rc rc;

	*slug = made;
	rc = bs_naming_fits(arena, db, naming, made, &fits, err);
	for (int n = 2; rc == BS_OK && !fits && n < 1000; n++) {
		*slug = bs_arena_printf(arena, BS_FMT "-%d", BS_ALL(made), n);
		rc = bs_naming_fits(arena, db, naming, *slug, &fits, err);
	}
	if (rc == BS_OK && !fits)
		return bs_fail(err, BS_LIMIT, "'" BS_FMT "' is like the names of a thousand others; give it a slug of its own", BS_ARG(naming->name));
	return rc;
}
