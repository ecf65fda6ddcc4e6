/* apertium.c - Apertium as Debian packages it, on this machine: for each way from language to language one pipeline that stays
 * open, whatever is translated by it. A way may lead over other languages: the modes' pipelines are put one behind the
 * other, and words keep their numbers through all of them.
 *
 * What a mode consists of is Apertium's own affair: apertium-wblank-mode says it, with null flush and word-bound blanks. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/map.h"
#include "base/sys.h"
#include "translate/engine/kind.h"
#include "worker/process.h"
#include "translate/engine/stream.h"

enum {
	HOPS = 3, MODE_SIZE = 64 * 1024, MODE_SECONDS = 20, ANSWER_MAX = 64 * 1024 * 1024,
	PIPELINES = 8, /* open at once; the one that was used longest ago goes */
};

/* What Apertium calls the languages: ISO 639-3 since 2014, ISO 639-1 in older pairs. */
static const struct { int lang; const char *codes[2]; } names[] = {
	{ BS_LANG_en, { "eng", "en" } }, { BS_LANG_es, { "spa", "es" } }, { BS_LANG_ca, { "cat", "ca" } }, { BS_LANG_gl, { "glg", "gl" } },
	{ BS_LANG_eo, { "epo", "eo" } }, { BS_LANG_pt, { "por", "pt" } }, { BS_LANG_it, { "ita", "it" } }, { BS_LANG_fr, { "fra", "fr" } },
	{ BS_LANG_ro, { "ron", "ro" } }, { BS_LANG_eu, { "eus", "eu" } }, { BS_LANG_be, { "bel", "be" } }, { BS_LANG_ru, { "rus", "ru" } },
	{ BS_LANG_uk, { "ukr", "uk" } }, { BS_LANG_da, { "dan", "da" } }, { BS_LANG_sv, { "swe", "sv" } }, { BS_LANG_nb, { "nob", "nb" } },
	{ BS_LANG_nn, { "nno", "nn" } }, { BS_LANG_is, { "isl", "is" } }, { BS_LANG_af, { "afr", "af" } }, { BS_LANG_nl, { "nld", "nl" } },
	{ BS_LANG_mk, { "mkd", "mk" } }, { BS_LANG_bg, { "bul", "bg" } }, { BS_LANG_sl, { "slv", "sl" } }, { BS_LANG_id, { "ind", "id" } },
	{ BS_LANG_ms, { "zlm", "ms" } }, { BS_LANG_hi, { "hin", "hi" } }, { BS_LANG_ur, { "urd", "ur" } }, { BS_LANG_oc, { "oci", "oc" } },
	{ BS_LANG_br, { "bre", "br" } },
};

enum { LANGS = BS_COUNT(names) };

struct way {
	int hops[HOPS + 1]; /* places in `names` */
	size_t count;       /* hops between them; 0: there is none */
};

struct pipeline {
	struct way way;
	struct bs_process *process;
	int64_t used_at;
};

struct apertium {
	char folder[BS_ENGINE_TEXT]; /* of the modes */
	int seconds;
	char modes[LANGS][LANGS][16]; /* "eng-spa"; empty: no such mode */
	struct pipeline pipelines[PIPELINES];
};

/* --- ways ---------------------------------------------------------------------------------------------------------------------- */

static int place_of(const struct bs_lang *lang)
{
	for (int i = 0; i < LANGS; i++) {
		if (names[i].lang == lang->id)
			return i;
	}
	return -1;
}

static int place_of_code(struct bs_str code)
{
	for (int i = 0; i < LANGS; i++) {
		if (bs_str_eq(code, bs_str_c(names[i].codes[0])) || bs_str_eq(code, bs_str_c(names[i].codes[1])))
			return i;
	}
	return -1;
}

struct bs_str bs_apertium_code(const struct bs_lang *lang)
{
	int place = place_of(lang);

	return place >= 0 ? bs_str_c(names[place].codes[0]) : lang->code;
}

/* "eng-spa.mode"; variants ("eng-cat_valencia", "en-eo-bytecode") are passed over. */
static void note_mode(struct apertium *a, struct bs_str file)
{
	struct bs_str from, to = bs_str_sub(file, 0, file.len - 5);
	int i, j;

	if (!bs_str_ends(file, BS_STR(".mode")) || to.len >= sizeof(a->modes[0][0]) || !bs_str_split(&to, '-', &from))
		return;
	i = place_of_code(from);
	j = place_of_code(to);
	if (i >= 0 && j >= 0)
		snprintf(a->modes[i][j], sizeof(a->modes[i][j]), "%.*s", (int)(file.len - 5), file.ptr);
}

static void note_modes(struct apertium *a)
{
	DIR *folder = opendir(a->folder);
	struct dirent *entry;

	while (folder != NULL && (entry = readdir(folder)) != NULL) {
		struct bs_str name = bs_str_c(entry->d_name);
		if (name.len > 5)
			note_mode(a, name);
	}
	if (folder != NULL)
		closedir(folder);
}

/* The shortest way; of two as short the one over languages that stand earlier in the table, where the best pairs are. */
static struct way find_way(const struct apertium *a, int from, int to)
{
	struct way way = { .hops = { from } };
	int came[LANGS], queue[LANGS], head = 0, tail = 0, steps[LANGS] = { 0 };

	for (int i = 0; i < LANGS; i++)
		came[i] = -1;
	came[from] = from;
	queue[tail++] = from;
	while (head < tail && came[to] < 0) {
		int at = queue[head++];
		for (int next = 0; next < LANGS && steps[at] < HOPS; next++) {
			if (a->modes[at][next][0] == '\0' || came[next] >= 0)
				continue;
			came[next] = at;
			steps[next] = steps[at] + 1;
			queue[tail++] = next;
		}
	}
	if (came[to] < 0)
		return way;
	way.count = (size_t)steps[to];
	for (int at = to, i = steps[to]; i >= 0; at = came[at], i--)
		way.hops[i] = at;
	return way;
}

static bool has_path(void *state, const struct bs_lang *from, const struct bs_lang *to)
{
	int i = place_of(from), j = place_of(to);

	return i >= 0 && j >= 0 && find_way(state, i, j).count > 0;
}

/* --- pipelines ------------------------------------------------------------------------------------------------------------------- */

struct building {
	struct bs_arena *arena;
	struct bs_program *programs;
	size_t count, args;
};

static enum bs_rc add_word(struct building *b, struct bs_str word, struct bs_err *err)
{
	struct bs_program *program = &b->programs[b->count];

	if (b->count == BS_PROCESS_PROGRAMS || b->args + 1 >= BS_PROCESS_ARGS)
		return bs_fail(err, BS_LIMIT, "the mode has more programs or arguments than expected");
	program->args[b->args++] = bs_arena_copy(b->arena, word).ptr;
	program->args[b->args] = NULL;
	return BS_OK;
}

/* A mode is a line of shell: programs with a '|' between, arguments in '' where need be, $1 an option of the generator, $2 of the
 * tagger. Anything else of a shell is not in it, and is not understood. */
static enum bs_rc add_mode(struct building *b, struct bs_str text, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	for (text = bs_str_trim(text); text.len > 0 && rc == BS_OK; text = bs_str_trim(text)) {
		bool quoted = text.ptr[0] == '\'';
		size_t end = bs_str_find_byte(text, quoted ? '\'' : ' ', quoted ? 1 : 0);
		struct bs_str word = quoted ? bs_str_sub(text, 1, end - 1) : bs_str_sub(text, 0, end);
		text = bs_str_sub(text, end == SIZE_MAX ? text.len : end + 1, SIZE_MAX);
		if (bs_str_eq(word, BS_STR("|")) && !quoted) {
			b->count++;
			b->args = 0;
		} else if (bs_str_eq(word, BS_STR("$1"))) {
			rc = add_word(b, BS_STR("-n"), err); /* without marks at words that it does not know */
		} else if (!bs_str_eq(word, BS_STR("$2"))) {
			rc = add_word(b, word, err);
		}
	}
	if (b->args > 0)
		b->count++;
	b->args = 0;
	return rc;
}

static enum bs_rc read_mode(struct building *b, const struct apertium *a, const char *mode, struct bs_err *err)
{
	const char *path = bs_arena_printf(b->arena, "%s/%s.mode", a->folder, mode).ptr;
	struct bs_program program = { .args = { "apertium-wblank-mode", "-z", path } };
	struct bs_process_options options = { .nobody = true, .programs = &program, .count = 1 };
	struct bs_buf text = BS_BUF(MODE_SIZE);
	enum bs_rc rc = bs_process_run(&options, BS_STR(""), MODE_SECONDS, &text, err);

	if (rc == BS_OK)
		rc = add_mode(b, bs_buf_str(&text), err);
	bs_buf_free(&text);
	return rc;
}

static enum bs_rc open_pipeline(struct apertium *a, struct bs_arena *arena, struct pipeline *pipeline, struct bs_err *err)
{
	struct building b = { .arena = arena, .programs = BS_ARRAY(arena, BS_PROCESS_PROGRAMS, struct bs_program) };
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < pipeline->way.count && rc == BS_OK; i++)
		rc = read_mode(&b, a, a->modes[pipeline->way.hops[i]][pipeline->way.hops[i + 1]], err);
	if (rc != BS_OK)
		return rc;
	return bs_process_start(&(struct bs_process_options){ .nobody = true, .programs = b.programs, .count = b.count }, &pipeline->process, err);
}

static bool same_way(const struct way *a, const struct way *b)
{
	return a->count == b->count && memcmp(a->hops, b->hops, (a->count + 1) * sizeof(a->hops[0])) == 0;
}

/* The pipeline of the way, or the place for it. */
static struct pipeline *pipeline_for(struct apertium *a, const struct way *way)
{
	struct pipeline *oldest = &a->pipelines[0];

	for (size_t i = 0; i < PIPELINES; i++) {
		struct pipeline *one = &a->pipelines[i];
		if (one->process != NULL && same_way(&one->way, way))
			return one;
		if (one->used_at < oldest->used_at)
			oldest = one;
	}
	bs_process_free(&oldest->process);
	oldest->way = *way;
	return oldest;
}

/* --- translating ------------------------------------------------------------------------------------------------------------------- */

static void read_answer(struct bs_arena *arena, struct bs_engine_batch *batch, struct bs_str answer)
{
	struct bs_str frame;

	for (size_t i = 0; i < batch->count; i++) {
		struct bs_engine_passage *passage = &batch->list[i];
		struct bs_inlines back;
		struct bs_err why = { 0 };
		(void)bs_str_split(&answer, '\0', &frame);
		if (bs_stream_read(arena, &passage->pieces, frame, &back, &why) == BS_OK)
			bs_engine_take(arena, batch->to, &back, passage);
		else
			bs_engine_refuse(arena, passage, &why);
	}
}

static enum bs_rc translate(void *state, struct bs_arena *arena, struct bs_engine_batch *batch, struct bs_err *err)
{
	struct apertium *a = state;
	struct bs_buf in = BS_BUF(ANSWER_MAX), out = BS_BUF(ANSWER_MAX);
	int from = place_of(batch->from), to = place_of(batch->to);
	struct way way = { .count = 0 };
	struct pipeline *pipeline;
	enum bs_rc rc = BS_OK;

	if (from >= 0 && to >= 0)
		way = find_way(a, from, to);
	if (way.count == 0)
		return bs_fail(err, BS_INVALID, "Apertium has no way from " BS_FMT " to " BS_FMT " among what is installed",
		               BS_ARG(batch->from->name), BS_ARG(batch->to->name));
	pipeline = pipeline_for(a, &way);
	for (size_t i = 0; i < batch->count; i++)
		bs_stream_write(&in, &batch->list[i].pieces);
	rc = bs_buf_check(&in, "a batch for Apertium", err);
	if (rc == BS_OK && pipeline->process == NULL)
		rc = open_pipeline(a, arena, pipeline, err);
	if (rc == BS_OK)
		rc = bs_process_exchange(pipeline->process, bs_buf_str(&in), '\0', batch->count, a->seconds, &out, err);
	pipeline->used_at = bs_monotonic_usec();
	if (rc == BS_OK)
		read_answer(arena, batch, bs_buf_str(&out));
	else
		bs_process_free(&pipeline->process); /* the next batch has a new one */
	bs_buf_free(&in);
	bs_buf_free(&out);
	return rc;
}

static enum bs_rc open_apertium(const struct bs_engine_options *options, const char *folder, void **state, struct bs_err *err)
{
	struct apertium *a = bs_alloc(sizeof(*a));

	(void)folder;
	(void)err;
	*a = (struct apertium){ .seconds = (int)options->timeout };
	snprintf(a->folder, sizeof(a->folder), "%.*s/modes", BS_ENGINE_TEXT - 8, options->url[0] != '\0' ? options->url : "/usr/share/apertium");
	note_modes(a);
	*state = a;
	return BS_OK;
}

static void close_apertium(void *state)
{
	struct apertium *a = state;

	for (size_t i = 0; i < PIPELINES; i++)
		bs_process_free(&a->pipelines[i].process);
	free(a);
}

const struct bs_engine_kind bs_engine_apertium = {
	.name = "apertium", .label = "Apertium", .open = open_apertium, .close = close_apertium, .has_path = has_path, .translate = translate,
	.alone_after_failure = true,
};
