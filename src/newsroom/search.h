/* search.h - the index of the stories' words.
 *
 * A story is found in the language that it was written in and in those that list it, in each by what its page there says: passages that
 * are not translated count with their own words. Texts and searches become terms in room lang (tokens.h); the ranking is the same on both
 * databases. Each part of a search counts 4 in a story whose title has it, 2 where the subtitle or summary does, 1 where only the body
 * does; the larger sum stands first, among equal ones the newer story. When a search fits more than BS_SEARCH_DEPTH stories, it says little, and
 * only the newest so many of them are ranked: so its cost has an end whatever is typed. docs/rooms/newsroom-search.md. */
#ifndef BS_NEWSROOM_SEARCH_H
#define BS_NEWSROOM_SEARCH_H

#include "lang/tokens.h"
#include "store/db.h"
#include "text/body.h"

enum { BS_SEARCH_DEPTH = 2000 };

/* Terms as they are stored: of the title, of subtitle and summary. */
struct bs_search_head {
	struct bs_str title, summary;
};

struct bs_search_text {
	int64_t story_id;
	bool fresh; /* the index has nothing of it yet */
	struct bs_str lang;
	bool translated; /* `lang` is not the one that it was written in */
	int64_t published_at;
	struct bs_str title, subtitle, summary; /* markup */
	const struct bs_search_head *head;      /* bs_search_head_terms of these; NULL: still to be made */
	struct bs_str body_terms;               /* bs_search_body_terms */
};

/* The terms of these fields, in the arena; none in a language that is not known. Safe from any thread. */
struct bs_search_head bs_search_head_terms(struct bs_arena *arena, struct bs_str lang, struct bs_str title, struct bs_str subtitle,
                                           struct bs_str summary);

/* The terms of a body as they are stored, in the arena; none in a language that is not known. Safe from any thread. */
struct bs_str bs_search_body_terms(struct bs_arena *arena, struct bs_str lang, const struct bs_body *body);

/* The fields and terms of what a revision holds, whose body has the fields as blocks too; those of the body are left in it alone. */
void bs_search_of_body(struct bs_arena *arena, struct bs_body *body, struct bs_search_text *text);

/* Index a story, replacing what it had: in that language, or, in the one that it was written in, in all languages. Inside a write
 * transaction; found from its commit on. */
enum bs_rc bs_search_put(struct bs_arena *arena, struct bs_db *db, const struct bs_search_text *text,
                         struct bs_err *err) BS_CHECK;
/* `lang` empty: in every language. */
enum bs_rc bs_search_remove(struct bs_db *db, int64_t story_id, struct bs_str lang, struct bs_err *err) BS_CHECK;
/* Make the database's index again from the terms that are stored, after rows were copied into the tables. Inside a write transaction. */
enum bs_rc bs_search_rebuild(struct bs_db *db, struct bs_err *err) BS_CHECK;

struct bs_search_range { /* which of the stories found */
	int64_t from; /* so many are left out */
	int64_t count;
	bool by_date; /* newest first; else best first */
};

struct bs_search_result {
	int64_t *stories; /* ids, in order */
	size_t count;
	int64_t found;    /* in all, BS_SEARCH_DEPTH at most; 0 when there are none from `from` on */
};

/* Stories in the language that have all that is searched for. A search without parts finds nothing. */
enum bs_rc bs_search_find(struct bs_arena *arena, struct bs_db *db, const struct bs_search *search, struct bs_str lang,
                          struct bs_search_range range, struct bs_search_result *out, struct bs_err *err) BS_CHECK;

/* People and terms with stories in a language, and what they are called there, else in `usual`: one block of text, good to be kept as it is
 * while none of the tags in it changes, nor that of all stories. */
enum bs_rc bs_search_names_load(struct bs_arena *arena, struct bs_db *db, const struct bs_lang *lang, const struct bs_lang *usual,
                                struct bs_str *out, struct bs_err *err) BS_CHECK;

struct bs_search_name { /* views of the block */
	struct bs_str tag;  /* tags.h */
	struct bs_str kind; /* as in its address: author, or the vocabulary */
	struct bs_str slug, name;
	struct bs_str words, terms; /* tokens.h */
	enum bs_named fits;
};
/* Take the next one off `rest`, the block at first. False at its end. */
bool bs_search_names_next(struct bs_str *rest, struct bs_search_name *out);

enum { BS_SEARCH_NAMES = 6 };

/* Those whose names fit what was typed, the ones that fit best first, then people; how many. */
size_t bs_search_names_find(struct bs_arena *arena, const struct bs_lang *lang, struct bs_str names, struct bs_str typed,
                            struct bs_search_name out[BS_SEARCH_NAMES]);

/* "Did you mean …?" for a search that found nothing: what was typed, with each word that no story has changed into the nearest
 * one of recent headlines and of `names` (bs_search_names_load). Looks at no story later than `now`.
 *   BS_OK         *out is the changed search, which finds something, stories or names.
 *   BS_NOT_FOUND  nothing near is known. */
enum bs_rc bs_search_near(struct bs_arena *arena, struct bs_db *db, const struct bs_lang *lang, struct bs_str names,
                          struct bs_str typed, int64_t now, struct bs_str *out, struct bs_err *err) BS_CHECK;

#endif
