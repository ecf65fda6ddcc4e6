/* translator.h - has stories translated: what is missing goes through the chain of engines for its pair of languages, and what
 * comes back is kept under its passage.
 *
 * What a passage says already, whoever said it, is not asked for again: that is the memory. Names of the story's people and terms of
 * the glossary go through as they must be said. What one engine refuses the next one gets; what the last one refuses waits
 * for a person, with the reason. What an engine is given is counted before it is sent, for the day and the engine, over all
 * processes.
 *
 * Safe from any thread. */
#ifndef BS_TRANSLATE_TRANSLATOR_H
#define BS_TRANSLATE_TRANSLATOR_H

#include "store/pool.h"
#include "translate/config.h"

struct bs_translator;

/* `config` was checked and is borrowed, as is `pool`; paths are taken from `folder`. BS_INVALID: an engine lacks what it needs. */
enum bs_rc bs_translator_open(const struct bs_translate_config *config, struct bs_pool *pool, const char *folder,
                              struct bs_translator **out, struct bs_err *err) BS_CHECK;
/* Ends the engines' programs. Accepts NULL, leaves NULL. */
void bs_translator_free(struct bs_translator **translator);
const struct bs_translate_config *bs_translator_config(const struct bs_translator *translator);

struct bs_translate_task {
	int64_t story_id;     /* 0: what the paper says of itself in `from` */
	const struct bs_lang *from;
	struct bs_str lang;
	struct bs_str engine; /* this one alone; empty: the chain */
	int64_t passage_id;   /* this passage of the story alone, whatever it says already: nothing is kept, see `said`; 0: all that are missing */
	bool again;           /* also what engines have refused before */
	bool dry_run;         /* count only */
};

struct bs_translated {
	size_t passages;    /* of the story that have words */
	size_t missing;     /* of them without a translation when this began */
	size_t written;
	size_t refused;     /* and now wait for a person */
	int64_t characters; /* that engines were, or would be, given */
	int64_t cost;       /* of it, in millionths of the currency */
	struct bs_str said; /* of the one passage that was asked for: markup; empty: refused */
	struct bs_str said_by; /* the engine's name, as readers see it */
};

/*   BS_OK         everything that was missing is there or refused
 *   BS_NOT_FOUND  no such story
 *   BS_INVALID    no language, or no engine of the chain translates between the two
 *   BS_LIMIT      what may be spent today is spent
 *   BS_BUSY, BS_IO, BS_DENIED  of the engines; what came back before is kept */
enum bs_rc bs_translator_story(struct bs_translator *translator, struct bs_arena *arena, const struct bs_translate_task *task,
                               int64_t now, struct bs_translated *out, struct bs_err *err) BS_CHECK;

/* What the paper says of itself (bs_translation_of_paper), in every language that it says something in; of the task the story and `from`
 * are not looked at, and languages that no engine translates from are passed over. */
enum bs_rc bs_translator_paper(struct bs_translator *translator, struct bs_arena *arena, const struct bs_translate_task *task,
                               int64_t now, struct bs_translated *out, struct bs_err *err) BS_CHECK;
void bs_translated_add(struct bs_translated *sum, const struct bs_translated *one);

/* A reader came for a story in a language that it is not wholly translated into: if on_visit has the language and not too many came this
 * minute, it is remembered, and true: the queue should look (bs_queue_changed), and finds a job to do. No reader waits for the writer, and
 * what is remembered when the process ends is asked for by the next one who comes. */
bool bs_translator_visited(struct bs_translator *translator, int64_t story_id, const struct bs_lang *written, const struct bs_lang *lang);

/* Whether any engine of the chain translates between these. */
bool bs_translator_has_path(struct bs_translator *translator, const struct bs_lang *from, const struct bs_lang *to);

#endif
