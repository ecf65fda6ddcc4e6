/* jobs.h - the kinds of jobs of this room; their context is a struct bs_translator.
 *
 *   translate         key "42 es": story 42 into Spanish, as far as it is missing; "0 es": what the paper says of itself
 *   translate-look    key "es": have the stories that were published since the last look translated
 *   memory-index      bring the memory's index to the newest translation
 *   search-languages  index stories that were listed in a language before it was searched
 */
#ifndef BS_TRANSLATE_JOBS_H
#define BS_TRANSLATE_JOBS_H

#include "queue/queue.h"
#include "translate/translator.h"

extern const struct bs_job_kind bs_translate_jobs[];
extern const size_t bs_translate_job_count;

/* "42 es", in `key`. */
enum { BS_TRANSLATE_KEY = 48 };
struct bs_str bs_translate_key(int64_t story_id, struct bs_str lang, char key[BS_TRANSLATE_KEY]);
/* Ask for a story in a language, from `at` on. Inside a write transaction. */
enum bs_rc bs_translate_ask(struct bs_db *db, int64_t story_id, struct bs_str lang, int64_t at, struct bs_err *err) BS_CHECK;

#endif
