/* listed.h - the languages of a story, for the projections of a save, and what came back in one. Private to the room. */
#ifndef BS_NEWSROOM_TRANSLATION_LISTED_H
#define BS_NEWSROOM_TRANSLATION_LISTED_H

#include "newsroom/search.h"
#include "newsroom/translation.h"

/* The languages whose lists show the story: its own, then those in which it is far enough. */
enum bs_rc bs_translation_listed(struct bs_arena *arena, struct bs_db *db, int64_t story_id, struct bs_str own,
                                 struct bs_str **langs, size_t *count, struct bs_err *err) BS_CHECK;
/* Keep which of the passages must be done again, and whose they are. state->stale comes as it was, and is how many they are now. */
enum bs_rc bs_translation_back(struct bs_arena *arena, struct bs_db *db, int64_t story_id, const struct bs_translation_row *rows, size_t count,
                               struct bs_translation_state *state, struct bs_str lang, struct bs_err *err) BS_CHECK;

/* Let the search of text->lang find the story by what its page there says; of `text` the story, the
 * language, whether that is another than its own, and the time are given. */
enum bs_rc bs_translation_index(struct bs_arena *arena, struct bs_db *db, int64_t body_id, struct bs_search_text *text,
                                struct bs_err *err) BS_CHECK;

#endif
