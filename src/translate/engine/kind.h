/* kind.h - what each kind of engine gives to engine.c. */
#ifndef BS_TRANSLATE_ENGINE_KIND_H
#define BS_TRANSLATE_ENGINE_KIND_H

#include "translate/engine/engine.h"

struct bs_engine_kind {
	const char *name, *label;
	/* Fills *state. */
	enum bs_rc (*open)(const struct bs_engine_options *options, const char *folder, void **state, struct bs_err *err);
	void (*close)(void *state);
	bool (*has_path)(void *state, const struct bs_lang *from, const struct bs_lang *to);
	/* One request. As bs_engine_translate; called by one thread at a time. */
	enum bs_rc (*translate)(void *state, struct bs_arena *arena, struct bs_engine_batch *batch, struct bs_err *err);
	/* A batch that failed may have failed by one passage (a program that crashes): try them one by one. */
	bool alone_after_failure;
};

extern const struct bs_engine_kind bs_engine_apertium, bs_engine_command, bs_engine_apy, bs_engine_libretranslate, bs_engine_deepl,
	bs_engine_openai;

/* ISO 639-3, as Apertium calls the language; what has no such name here by its own code. */
struct bs_str bs_apertium_code(const struct bs_lang *lang);

/* Fill the passage's translation from the pieces that came back, or refuse it. */
void bs_engine_take(struct bs_arena *arena, const struct bs_lang *to, const struct bs_inlines *back, struct bs_engine_passage *passage);
void bs_engine_refuse(struct bs_arena *arena, struct bs_engine_passage *passage, const struct bs_err *why);

#endif
