/* inlines.h - a passage taken apart for an engine, and put together again from what came back.
 *
 * An engine is given words alone. Tags are numbered, what must stay as it is (a line break, code, the number of a note) is a
 * number in their midst, and so is a name or a term of the glossary, whose translation is known already. How numbers are written
 * is the engine's own affair (stream.h, tagged.h). What comes back is a list of pieces again: every number of the passage
 * once, elements within each other, or it is no translation.
 *
 * Everything lives in the arena or in the markup given. Pure; safe from any thread. */
#ifndef BS_TRANSLATE_ENGINE_INLINES_H
#define BS_TRANSLATE_ENGINE_INLINES_H

#include "lang/lang.h"

enum bs_inline_kind {
	BS_INLINE_TEXT,  /* words */
	BS_INLINE_OPEN,  /* an element begins */
	BS_INLINE_CLOSE, /* and ends */
	BS_INLINE_WHOLE, /* stays as it is: <br>, code, elements without a letter */
	BS_INLINE_TERM,  /* a name or term that is said in one way alone */
};

struct bs_inline {
	enum bs_inline_kind kind;
	int id;             /* from 1; OPEN and its CLOSE share one; 0 of TEXT */
	struct bs_str text; /* TEXT, TERM: plain text as written; OPEN, CLOSE, WHOLE: markup */
	struct bs_str said; /* TERM: what it is in the other language, plain text */
};

struct bs_inlines {
	struct bs_inline *list;
	size_t count, room;
	int ids;
};

/* How a name or term is said: found in the passage as a whole word, the longest first. */
struct bs_kept {
	struct bs_str text, said; /* plain text */
};

void bs_inlines_add(struct bs_arena *arena, struct bs_inlines *pieces, struct bs_inline piece);
/* `markup` is canonical. */
void bs_inlines_of(struct bs_arena *arena, const struct bs_lang *lang, struct bs_str markup, const struct bs_kept *kept,
                  size_t kept_count, struct bs_inlines *out);
/* Unicode characters of its text: by these engines are paid and limited. */
size_t bs_inlines_characters(const struct bs_inlines *pieces);

/* The canonical markup, in `lang`, of pieces that came back for `source`: of OPEN, CLOSE, WHOLE and TERM the id alone is looked at.
 *   BS_INVALID  not the numbers of the source, or elements across each other; err->text says what, for the person who
 *               is to translate the passage instead
 *   BS_LIMIT    over BS_MAX_PASSAGE */
enum bs_rc bs_inlines_join(struct bs_arena *arena, const struct bs_lang *lang, const struct bs_inlines *source,
                          const struct bs_inlines *back, struct bs_str *out, struct bs_err *err) BS_CHECK;

#endif
