/* engine.h - machine translation behind one interface: passages in, translations or refusals out.
 *
 * An engine is one way to have text translated, as broadsheet.conf describes it in a section [engine NAME]. It is opened once, is
 * safe from any thread, and holds to its own limits: passages and characters of one request, characters a minute, seconds of
 * patience; and it pauses when it has failed several times in a row (a circuit breaker), so that nobody waits for what is
 * broken. What may be spent a day is kept by the translator (translator.h), since several processes share it.
 *
 * A translation comes back with the tags of its passage, balanced, or the passage is refused with a reason. A refusal concerns
 * one passage; an error the batch. */
#ifndef BS_TRANSLATE_ENGINE_ENGINE_H
#define BS_TRANSLATE_ENGINE_ENGINE_H

#include "translate/engine/inlines.h"

enum { BS_ENGINE_NAME = 64, BS_ENGINE_TEXT = 512 };

struct bs_engine_options {
	char name[BS_ENGINE_NAME];  /* of its section */
	char kind[BS_ENGINE_NAME];  /* apertium, apertium-apy, libretranslate, deepl, openai, command */
	char label[BS_ENGINE_NAME]; /* what readers are told; empty: the kind's own name */
	char url[BS_ENGINE_TEXT];   /* of the service; of Apertium the folder of its data */
	char key_file[BS_ENGINE_TEXT]; /* holds the key of the service */
	char model[BS_ENGINE_NAME];
	char command[BS_ENGINE_TEXT]; /* {from} and {to} are put in */
	int64_t timeout;            /* seconds; 0: 60 */
	int64_t batch;              /* passages of one request; 0: 50 */
	int64_t batch_characters;   /* 0: 20,000 */
	int64_t rate;               /* characters a minute; 0: no limit */
	int64_t cost;               /* millionths of the currency for a million characters */
	int64_t daily_characters;   /* 0: no limit */
	int64_t daily_cost;         /* millionths of the currency; 0: no limit */
};

struct bs_engine_passage {
	struct bs_inlines pieces; /* in */
	struct bs_str markup;    /* out, canonical; empty: refused */
	struct bs_str refused;   /* why; in the arena */
};

struct bs_engine_batch {
	const struct bs_lang *from, *to;
	struct bs_engine_passage *list;
	size_t count;
};

struct bs_engine;

/* BS_INVALID: no such kind, or what the kind needs is not given. Paths are taken from `folder` (the data directory). */
enum bs_rc bs_engine_open(const struct bs_engine_options *options, const char *folder, struct bs_engine **out,
                          struct bs_err *err) BS_CHECK;
void bs_engine_free(struct bs_engine **engine);

const struct bs_engine_options *bs_engine_about(const struct bs_engine *engine);
/* What readers are told. */
struct bs_str bs_engine_label(const struct bs_engine *engine);
/* Whether it translates between these at all, as far as can be known without asking it. */
bool bs_engine_has_path(struct bs_engine *engine, const struct bs_lang *from, const struct bs_lang *to);
/* What so many characters cost, in millionths of the currency. */
int64_t bs_engine_cost(const struct bs_engine *engine, int64_t characters);

/* Translate the batch, which may be larger than one request. Results live in the arena.
 *   BS_OK       each passage has its translation or was refused
 *   BS_BUSY     over its rate, or the service says so: try again in a moment. Passages that have their translation or
 *               refusal by then keep it
 *   BS_IO       it failed; likewise
 *   BS_DENIED   it pauses after failures, or the service does not take the key
 *   BS_INVALID  it does not translate between these languages */
enum bs_rc bs_engine_translate(struct bs_engine *engine, struct bs_arena *arena, struct bs_engine_batch *batch,
                               struct bs_err *err) BS_CHECK;

#endif
