/* vocabulary.h - terms and people as the desk changes them: each whole, its address too, two made one, one removed.
 *
 * Where bs_term_save and bs_person_save (catalog.h) only bring in what is given, these replace: what is empty here is empty afterwards.
 * A slug that is given up leads to its term or person for ever, and so does that of one that was merged into another; nobody else can
 * have it. All run inside the caller's write transaction and touch the tags of what they change. Text is borrowed. */
#ifndef BS_NEWSROOM_VOCABULARY_H
#define BS_NEWSROOM_VOCABULARY_H

#include "newsroom/catalog.h"

struct bs_term_record {
	int64_t id; /* 0: a new one */
	enum bs_vocabulary vocabulary;
	struct bs_str slug, code;
	int64_t parent_id; /* of the same vocabulary; 0: none */
	int section;       /* read only: see catalog.h */
	struct bs_str colour, colour_dark;
	const struct bs_term_name *names; /* at least one; those that are not here are taken away */
	size_t name_count;
	struct bs_str lang; /* of the description */
	struct bs_body description;
};

struct bs_person_record {
	int64_t id; /* 0: a new one */
	struct bs_str slug, name;
	struct bs_str lang; /* of the biography */
	struct bs_body bio;
	int64_t portrait_id;
	struct bs_str portrait_alt, job, url, email;
};

/* What it is now, in the arena. BS_NOT_FOUND. */
enum bs_rc bs_term_read(struct bs_arena *arena, struct bs_db *db, int64_t id, struct bs_term_record *out, struct bs_err *err) BS_CHECK;
enum bs_rc bs_person_record_read(struct bs_arena *arena, struct bs_db *db, int64_t id, struct bs_person_record *out, struct bs_err *err) BS_CHECK;

/* Write all of it; a new one gets its id.
 *   BS_CONFLICT  the slug is, or was, that of another
 *   BS_INVALID   no slug, no name, no colour, or a parent that is the term itself or stands below it */
enum bs_rc bs_term_write(struct bs_arena *arena, struct bs_db *db, struct bs_term_record *term, struct bs_err *err) BS_CHECK;
enum bs_rc bs_person_write(struct bs_arena *arena, struct bs_db *db, struct bs_person_record *person, struct bs_err *err) BS_CHECK;

/* Everything of `from` becomes `into`'s: stories, lists, what stands below it, rules of notices, addresses. Then `from` is gone. What
 * `into` says of itself stays. BS_INVALID: the two are one, or of two vocabularies. */
enum bs_rc bs_term_merge(struct bs_arena *arena, struct bs_db *db, int64_t from, int64_t into, struct bs_err *err) BS_CHECK;
enum bs_rc bs_person_merge(struct bs_arena *arena, struct bs_db *db, int64_t from, int64_t into, struct bs_err *err) BS_CHECK;

/* BS_CONFLICT: a story, or a term below it, has it still. */
enum bs_rc bs_term_remove(struct bs_db *db, int64_t id, struct bs_err *err) BS_CHECK;
enum bs_rc bs_person_remove(struct bs_db *db, int64_t id, struct bs_err *err) BS_CHECK;

/* Takes a notice away in every language. Stories that name it go on doing so, as their revisions say: nothing is shown of it until there is
 * one of that slug again. BS_NOT_FOUND. */
enum bs_rc bs_notice_remove(struct bs_db *db, struct bs_str slug, struct bs_err *err) BS_CHECK;

/* The slug that whatever had this one has now. BS_NOT_FOUND: nobody has or had it. */
enum bs_rc bs_term_slug_now(struct bs_arena *arena, struct bs_db *db, enum bs_vocabulary vocabulary, struct bs_str slug, struct bs_str *out,
                            struct bs_err *err) BS_CHECK;
enum bs_rc bs_person_slug_now(struct bs_arena *arena, struct bs_db *db, struct bs_str slug, struct bs_str *out, struct bs_err *err) BS_CHECK;

#endif
