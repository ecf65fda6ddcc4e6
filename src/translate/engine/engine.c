/* engine.c - what engines of all kinds have in common: requests of a size, the rate, the breaker; see engine.h. */
#include <pthread.h>
#include <stdlib.h>

#include "base/sys.h"
#include "translate/engine/kind.h"

enum {
	TIMEOUT = 60, BATCH = 50, BATCH_CHARACTERS = 20000,
	FAILURES = 3,            /* in a row, and the engine pauses */
	PAUSE = 30,              /* seconds, twice as long with each further failure */
	PAUSE_MAX = 15 * 60,
};

static const struct bs_engine_kind *const kinds[] = {
	&bs_engine_apertium, &bs_engine_apy, &bs_engine_libretranslate, &bs_engine_deepl, &bs_engine_openai, &bs_engine_command,
};

struct bs_engine {
	struct bs_engine_options options;
	const struct bs_engine_kind *kind;
	void *state;
	pthread_mutex_t mutex; /* one request at a time */
	/* The rate, as a bucket that fills again: characters that may still be sent, and when that was so. */
	double left;
	int64_t left_at;
	/* The breaker. */
	int failures;
	int64_t paused_until; /* bs_monotonic_usec */
};

static int64_t or_else(int64_t given, int64_t usual)
{
	return given > 0 ? given : usual;
}

enum bs_rc bs_engine_open(const struct bs_engine_options *options, const char *folder, struct bs_engine **out, struct bs_err *err)
{
	struct bs_engine *engine = bs_alloc(sizeof(*engine));
	enum bs_rc rc = BS_OK;

	*engine = (struct bs_engine){ .options = *options, .left = (double)options->rate, .left_at = bs_monotonic_usec() };
	engine->options.timeout = or_else(options->timeout, TIMEOUT);
	engine->options.batch = or_else(options->batch, BATCH);
	engine->options.batch_characters = or_else(options->batch_characters, BATCH_CHARACTERS);
	for (size_t i = 0; i < BS_COUNT(kinds) && engine->kind == NULL; i++)
		engine->kind = strcmp(kinds[i]->name, options->kind) == 0 ? kinds[i] : NULL;
	pthread_mutex_init(&engine->mutex, NULL);
	if (engine->kind == NULL)
		rc = bs_fail(err, BS_INVALID, "engine '%.60s': there is no kind '%.60s', but apertium, apertium-apy, libretranslate, "
		             "deepl, openai and command", options->name, options->kind);
	else if (engine->kind->open(&engine->options, folder, &engine->state, err) != BS_OK)
		rc = bs_fail_at(err, "engine '%.60s'", options->name);
	if (rc == BS_OK)
		*out = engine;
	else
		bs_engine_free(&engine);
	return rc;
}

void bs_engine_free(struct bs_engine **engine)
{
	if (*engine == NULL)
		return;
	if ((*engine)->state != NULL)
		(*engine)->kind->close((*engine)->state);
	pthread_mutex_destroy(&(*engine)->mutex);
	free(*engine);
	*engine = NULL;
}

const struct bs_engine_options *bs_engine_about(const struct bs_engine *engine)
{
	return &engine->options;
}

struct bs_str bs_engine_label(const struct bs_engine *engine)
{
	return bs_str_c(engine->options.label[0] != '\0' ? engine->options.label : engine->kind->label);
}

bool bs_engine_has_path(struct bs_engine *engine, const struct bs_lang *from, const struct bs_lang *to)
{
	return from != to && engine->kind->has_path(engine->state, from, to);
}

int64_t bs_engine_cost(const struct bs_engine *engine, int64_t characters)
{
	return characters * engine->options.cost / 1000000;
}

/* --- one passage's end ------------------------------------------------------------------------------------------------------------ */

void bs_engine_refuse(struct bs_arena *arena, struct bs_engine_passage *passage, const struct bs_err *why)
{
	passage->markup = BS_STR("");
	passage->refused = bs_arena_copy(arena, bs_str_c(why->text));
}

void bs_engine_take(struct bs_arena *arena, const struct bs_lang *to, const struct bs_inlines *back, struct bs_engine_passage *passage)
{
	struct bs_err why = { 0 };

	if (bs_inlines_join(arena, to, &passage->pieces, back, &passage->markup, &why) != BS_OK)
		bs_engine_refuse(arena, passage, &why);
}

static bool is_settled(const struct bs_engine_passage *passage)
{
	return passage->markup.len > 0 || passage->refused.len > 0;
}

/* --- limits ------------------------------------------------------------------------------------------------------------------------ */

/* A request larger than a minute's worth goes out when the bucket is full. */
static enum bs_rc take_from_rate(struct bs_engine *engine, double characters, struct bs_err *err)
{
	double rate = (double)engine->options.rate, wanted = characters < rate ? characters : rate;
	int64_t now = bs_monotonic_usec();

	if (rate <= 0)
		return BS_OK;
	engine->left += (double)(now - engine->left_at) * rate / 60e6;
	engine->left = engine->left < rate ? engine->left : rate;
	engine->left_at = now;
	if (engine->left < wanted)
		return bs_fail(err, BS_BUSY, "engine '%s' has had its %lld characters of this minute", engine->options.name,
		               (long long)engine->options.rate);
	engine->left -= characters;
	return BS_OK;
}

static enum bs_rc check_pause(const struct bs_engine *engine, struct bs_err *err)
{
	int64_t left = (engine->paused_until - bs_monotonic_usec()) / 1000000;

	if (left <= 0)
		return BS_OK;
	return bs_fail(err, BS_DENIED, "engine '%s' failed %d times in a row and pauses for %lld more seconds", engine->options.name,
	               engine->failures, (long long)left);
}

static void note_end(struct bs_engine *engine, enum bs_rc rc)
{
	int64_t pause = PAUSE;

	if (rc == BS_OK) {
		engine->failures = 0;
		return;
	}
	if (rc == BS_INVALID || ++engine->failures < FAILURES)
		return;
	for (int i = FAILURES; i < engine->failures && pause < PAUSE_MAX; i++)
		pause *= 2;
	engine->paused_until = bs_monotonic_usec() + (pause < PAUSE_MAX ? pause : PAUSE_MAX) * 1000000;
	bs_log(BS_LOG_WARN, "engine '%s' pauses after %d failures in a row", engine->options.name, engine->failures);
}

/* --- requests ------------------------------------------------------------------------------------------------------------------------ */

static enum bs_rc send_request(struct bs_engine *engine, struct bs_arena *arena, struct bs_engine_batch *batch, struct bs_err *err)
{
	size_t characters = 0;
	enum bs_rc rc;

	for (size_t i = 0; i < batch->count; i++)
		characters += bs_inlines_characters(&batch->list[i].pieces);
	pthread_mutex_lock(&engine->mutex);
	rc = check_pause(engine, err);
	if (rc == BS_OK)
		rc = take_from_rate(engine, (double)characters, err);
	if (rc == BS_OK) {
		rc = engine->kind->translate(engine->state, arena, batch, err);
		note_end(engine, rc);
	}
	pthread_mutex_unlock(&engine->mutex);
	return rc;
}

/* The one on which the engine fails alone, too, is refused for good; the others are translated. */
static enum bs_rc send_alone(struct bs_engine *engine, struct bs_arena *arena, struct bs_engine_batch *batch, struct bs_err *err)
{
	size_t failed = 0;
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < batch->count; i++) {
		struct bs_engine_batch one = { batch->from, batch->to, &batch->list[i], 1 };
		if (is_settled(&batch->list[i]))
			continue;
		rc = send_request(engine, arena, &one, err);
		if (rc == BS_OK)
			continue;
		if (rc != BS_IO || ++failed > 1)
			return rc;
		bs_engine_refuse(arena, &batch->list[i], err);
	}
	return failed < batch->count ? BS_OK : rc;
}

/* As many passages as one request may have, at least one. */
static size_t request_size(const struct bs_engine *engine, const struct bs_engine_batch *batch, size_t from)
{
	size_t characters = bs_inlines_characters(&batch->list[from].pieces), count = 1;

	while (from + count < batch->count && count < (size_t)engine->options.batch) {
		characters += bs_inlines_characters(&batch->list[from + count].pieces);
		if (characters > (size_t)engine->options.batch_characters)
			break;
		count++;
	}
	return count;
}

enum bs_rc bs_engine_translate(struct bs_engine *engine, struct bs_arena *arena, struct bs_engine_batch *batch, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	for (size_t at = 0; at < batch->count && rc == BS_OK;) {
		struct bs_engine_batch request = { batch->from, batch->to, &batch->list[at], request_size(engine, batch, at) };
		rc = send_request(engine, arena, &request, err);
		if (rc == BS_IO && engine->kind->alone_after_failure && request.count > 1)
			rc = send_alone(engine, arena, &request, err);
		at += request.count;
	}
	return rc;
}
