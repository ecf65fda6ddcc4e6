/* translation.h - what passages say in other languages.
 *
 * A translation is keyed by passage and language. So the same passage is translated once, whoever uses it; an edited
 * passage is another passage and has no translation yet; and a story in language L is its passages in L, with those that
 * miss shown as they were written. What was ever offered is kept (translation_entry); readers get the one that
 * `translation` names. How far each story is in each language is kept beside it (story_translation), so that a page,
 * a sitemap or the translators' grid never counts passages.
 *
 * The setting translation.approval says whether a second person must find good what a person wrote: "off"; "shown", readers have it
 * meanwhile and are told; or "hidden", it is an offer until then (translation_offer), and readers have what they had before.
 *
 * Nothing here reads the clock. All that writes runs inside the caller's write transaction; on anything but BS_OK the
 * caller rolls back. Results live in the arena passed in. */
#ifndef BS_NEWSROOM_TRANSLATION_H
#define BS_NEWSROOM_TRANSLATION_H

#include "base/mem.h"
#include "lang/lang.h"
#include "store/db.h"

enum bs_origin { BS_ORIGIN_ENGINE, BS_ORIGIN_PERSON };

/* A language is listed once so many percent of the story's passages are there as the setting translation.share says, its title
 * among them. A story that was translated whole once stays listed when it is edited. */

struct bs_translation {
	int64_t passage_id;
	struct bs_str markup; /* canonical inline markup (text/markup.h) in the language */
};
struct bs_translation_by {
	enum bs_origin origin;
	struct bs_str maker; /* the engine's or the translator's name, as readers see it; not empty */
	int64_t person_id;   /* of the translator; 0: none */
	int64_t account_id;  /* whose hand wrote it at the desk; 0: an engine, or a file */
};

/* Keep these translations into `lang`. What a person wrote is never replaced by an engine: such ones are offered only.
 * *written counts those that are new: readers have them now, or will once they are approved. Brings every story that holds one of the passages along,
 * with its listings, and touches their tags.
 *   BS_NOT_FOUND  there is no such passage
 *   BS_INVALID    `lang` is no language of the table, or is the passage's own; an empty markup; no maker */
enum bs_rc bs_translation_save(struct bs_arena *arena, struct bs_db *db, struct bs_str lang, const struct bs_translation *list,
                               size_t count, const struct bs_translation_by *by, int64_t now, size_t *written,
                               struct bs_err *err) BS_CHECK;
/* The number of the passage that says this, which is written when there is none: for memories from elsewhere. `markup` is canonical. */
enum bs_rc bs_passage_keep(struct bs_arena *arena, struct bs_db *db, struct bs_str lang, struct bs_str markup, int64_t *out,
                           struct bs_err *err) BS_CHECK;
/* The same of a line of plain text (a job, a notice's title): 0 when it is empty. `lang` that is none stands for the publication's. */
enum bs_rc bs_passage_keep_line(struct bs_arena *arena, struct bs_db *db, struct bs_str lang, struct bs_str line, int64_t *out,
                                struct bs_err *err) BS_CHECK;
/* Let readers have these that were offered, as a person's word: a second person (0: the command line) approves them. BS_NOT_FOUND: no
 * such entry. */
enum bs_rc bs_translation_approve(struct bs_arena *arena, struct bs_db *db, const int64_t *entry_ids, size_t count, int64_t account_id,
                                  int64_t now, struct bs_err *err) BS_CHECK;

/* One passage of a story's newest revision that has words. */
struct bs_translation_row {
	int64_t passage_id;
	struct bs_str path;   /* its first place, "@title", "p" … (text/body.h) */
	struct bs_str source; /* canonical markup */
	struct bs_str target; /* empty: not translated */
	struct bs_str maker;  /* of the target */
	bool by_person;
	/* What translators work on. */
	struct bs_str offered;  /* what a person wrote and readers do not have yet; or empty */
	struct bs_str offerer;  /* who */
	int64_t entry_id;       /* of what was offered, else of the target; 0: neither is there */
	int64_t account_id;     /* whose hand that is from; 0: an engine's, a file's */
	bool approved;          /* that, by a second person */
	int64_t back_since;     /* it must be done again, since the original changed then; 0: it need not */
};
/* What translators have of a passage: the offer, else what readers have; empty: nothing. */
static inline struct bs_str bs_translation_said(const struct bs_translation_row *row)
{
	return row->offered.len > 0 ? row->offered : row->target;
}
static inline bool bs_translation_by_hand(const struct bs_translation_row *row)
{
	return row->offered.len > 0 || (row->by_person && row->target.len > 0);
}
/* Each passage once, in reading order; those without words (code, rules, numbers alone) are left out. */
enum bs_rc bs_translation_of_story(struct bs_arena *arena, struct bs_db *db, int64_t story_id, struct bs_str lang,
                                   struct bs_translation_row **out, size_t *count, struct bs_err *err) BS_CHECK;

/* What the paper says of itself in `from` (notices, biographies and jobs of people, descriptions of terms), in the same way. Paths begin
 * with what it is: "person/mara-lindqvist/@job". */
enum bs_rc bs_translation_of_paper(struct bs_arena *arena, struct bs_db *db, struct bs_str from, struct bs_str lang,
                                   struct bs_translation_row **out, size_t *count, struct bs_err *err) BS_CHECK;
/* The languages in which it says something, BS_LANG_COUNT at most. */
enum bs_rc bs_paper_languages(struct bs_db *db, const struct bs_lang **out, size_t *count, struct bs_err *err) BS_CHECK;

/* What stood in the story before a passage took its place, and how it was said: the newest that was said in the language at all. */
struct bs_translation_before {
	int64_t passage_id;
	struct bs_str source, target; /* markup; empty: nothing, the passage was put in */
	struct bs_str maker;
	int64_t account_id;
	bool by_person;
	int64_t replaced_at;
};
/* By passage. Passages whose predecessors were never said in the language are left out. */
enum bs_rc bs_translation_befores(struct bs_arena *arena, struct bs_db *db, int64_t story_id, struct bs_str lang,
                                  struct bs_translation_before **out, size_t *count, struct bs_err *err) BS_CHECK;
/* The story's passages were those of `old_body_id`; as revision `number` they are what the story has now. Kept for stories that are told
 * in other languages, so that translators are shown what changed; before bs_translation_refresh. */
enum bs_rc bs_translation_replaced(struct bs_arena *arena, struct bs_db *db, int64_t story_id, int64_t old_body_id, int number, int64_t now,
                                   struct bs_err *err) BS_CHECK;

/* How far a story is in a language. */
struct bs_translation_state {
	struct bs_str lang;
	struct bs_str state; /* "", machine, partly, human, approved, stale: of what translators have */
	int64_t hands, approved, stale; /* passages that a person wrote, that were approved, that must be done again */
	int64_t passages, done, by_person; /* of the newest revision */
	struct bs_str makers;              /* who and what made them, a name a line, people first */
	int number;                        /* the newest revision that was translated whole; 0: none was */
	bool listed;
	int64_t updated_at;
};
/* The languages that somebody began, by code. */
enum bs_rc bs_translation_states(struct bs_arena *arena, struct bs_db *db, int64_t story_id, struct bs_translation_state **out,
                                 size_t *count, struct bs_err *err) BS_CHECK;
/* Reckon them anew, for one language or (lang empty) for all that were begun, and list the story accordingly. Saving a story
 * and translating a passage do so by themselves. */
enum bs_rc bs_translation_refresh(struct bs_arena *arena, struct bs_db *db, int64_t story_id, struct bs_str lang, int64_t now,
                                  struct bs_err *err) BS_CHECK;

/* Stories that were listed in a language before that language was searched are indexed afterwards, some at a time, until none is due. */
enum bs_rc bs_translation_index_is_due(struct bs_db *db, bool *out, struct bs_err *err) BS_CHECK;
enum bs_rc bs_translation_index_due(struct bs_arena *arena, struct bs_db *db, struct bs_err *err) BS_CHECK;

#endif
