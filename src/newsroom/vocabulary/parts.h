/* parts.h - what terms and people share when the desk changes them (vocabulary.h); for the files of this folder alone.
 *
 *   term.c    terms: read, written, two made one, one removed
 *   person.c  people, in the same way
 *   rename.c  the rules of notices and the menus, which name terms by their slugs
 *   parts.c   slugs and who has them, texts, lists; the removal of a notice
 *
 * All run inside the caller's write transaction. */
#ifndef BS_NEWSROOM_VOCABULARY_PARTS_H
#define BS_NEWSROOM_VOCABULARY_PARTS_H

#include "newsroom/listing.h"
#include "newsroom/vocabulary.h"

/* --- parts.c --- */

/* The tag has changed. */
enum bs_rc bs_vocabulary_touch(struct bs_db *db, enum bs_tag_kind kind, int64_t id, struct bs_err *err) BS_CHECK;

/* A description or a biography with its language, in the arena; body_id 0: empty. */
enum bs_rc bs_vocabulary_body_load(struct bs_arena *arena, struct bs_db *db, int64_t body_id, struct bs_body *body, struct bs_str *lang,
                                   struct bs_err *err) BS_CHECK;
/* The same text again keeps its body, `before`. *out is 0 for one without a word. */
enum bs_rc bs_vocabulary_body_save(struct bs_arena *arena, struct bs_db *db, struct bs_str lang, const struct bs_body *body, int64_t before,
                                   int64_t *out, struct bs_err *err) BS_CHECK;

/* BS_CONFLICT: somebody else than `own` has the slug, or had it; `query` is one of the two that end in "-holder". */
enum bs_rc bs_vocabulary_slug_free(struct bs_arena *arena, struct bs_db *db, const struct bs_query *query, struct bs_values values, int64_t own,
                                   struct bs_err *err) BS_CHECK;

/* Queries that take the same values, one after the other. */
enum bs_rc bs_vocabulary_run(struct bs_db *db, const struct bs_query *const *queries, size_t count, struct bs_values values,
                             struct bs_err *err) BS_CHECK;
/* All that stands in one list stands in the other, once; and is counted anew. */
enum bs_rc bs_vocabulary_lists_merge(struct bs_db *db, enum bs_list_kind kind, int64_t from, int64_t into, struct bs_err *err) BS_CHECK;

/* --- rename.c --- */

/* Notices that are placed by this term are placed by its new slug. */
enum bs_rc bs_vocabulary_rename_in_rules(struct bs_arena *arena, struct bs_db *db, enum bs_vocabulary vocabulary, struct bs_str from,
                                         struct bs_str to, struct bs_err *err) BS_CHECK;
/* The entries of menus that lead to a term lead to its new address. */
enum bs_rc bs_vocabulary_rename_in_menus(struct bs_arena *arena, struct bs_db *db, enum bs_vocabulary vocabulary, struct bs_str from,
                                         struct bs_str to, struct bs_err *err) BS_CHECK;

#endif
