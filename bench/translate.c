/* translate.c - what the translation memory and Apertium cost. bench/translate.mjs runs it and says what it found.
 *
 *   bench_translate fill DSN PASSAGES TEXT    an empty database with so many passages and a translation of each: seconds
 *   bench_translate ask DSN PASSAGES TEXT     what nearly says one of them, 300 times: median and 99th percentile in milliseconds;
 *                                             passages/s that are read as a story's page reads them
 *   bench_translate recall DSN PASSAGES TEXT  the same 60 times, held against all passages: how many of the best eight were found
 *   bench_translate apertium                  lines of standard input from English into Spanish: seconds
 *
 * TEXT has a paragraph on each line. Passages are walks through it: from a word to the one behind it, there or at another place where
 * the word stands, so that words and groups of words are as common as in the text. One in ten is an earlier one that somebody edited. */
#include <stdio.h>
#include <stdlib.h>

#include "base/sys.h"
#include "newsroom/translation.h"
#include "store/migrate.h"
#include "text/out.h"
#include "translate/engine/engine.h"
#include "translate/likeness.h"
#include "translate/memory.h"

enum { PER_COMMIT = 2000, QUERIES = 300, SAMPLE = 60, EXACT = 20000, WORDS_MAX = 1 << 23, RARE = 60000, SHOWN = BS_MEMORY_HITS };

static void check(enum bs_rc rc, const struct bs_err *err)
{
	if (rc == BS_OK)
		return;
	fprintf(stderr, "bench_translate: %s\n", err->text);
	exit(1);
}

/* --- passages ---------------------------------------------------------------------------------------------------------------------- */

/* Words of the text in order, each paragraph behind another; `next` leads through the places of one word in a circle. */
static struct {
	struct bs_str *words;
	uint32_t *next, *begins, *lengths;
	size_t count, paragraphs;
} text;

static uint64_t seed;

static void sow(uint64_t n)
{
	seed = 88172645463325252u ^ (n + 1) * 0x9E3779B97F4A7C15u;
}

static uint64_t any(uint64_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (seed * 2685821657736338717u >> 11) % below;
}

static int by_word(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;
	int order = bs_str_cmp(text.words[*x], text.words[*y]);

	return order != 0 ? order : *x < *y ? -1 : *x > *y;
}

static void link_places(struct bs_arena *arena)
{
	uint32_t *order = BS_ARRAY(arena, text.count, uint32_t);

	for (uint32_t i = 0; i < text.count; i++)
		order[i] = i;
	qsort(order, text.count, sizeof(*order), by_word);
	for (size_t i = 0, first = 0; i < text.count; i++) {
		bool last = i + 1 == text.count || !bs_str_eq(text.words[order[i]], text.words[order[i + 1]]);
		text.next[order[i]] = last ? order[first] : order[i + 1];
		first = last ? i + 1 : first;
	}
}

static void read_text(struct bs_arena *arena, const char *path)
{
	FILE *file = fopen(path, "r");
	size_t size = 0;
	char *line = NULL;

	if (file == NULL) {
		perror(path);
		exit(1);
	}
	text.words = BS_ARRAY(arena, WORDS_MAX, struct bs_str);
	text.next = BS_ARRAY(arena, WORDS_MAX, uint32_t);
	text.begins = BS_ARRAY(arena, WORDS_MAX, uint32_t);
	text.lengths = BS_ARRAY(arena, WORDS_MAX, uint32_t);
	while (getline(&line, &size, file) > 0) {
		struct bs_str rest = bs_arena_copy(arena, bs_str_trim(bs_str_c(line))), word;
		size_t begin = text.count;
		while (rest.len > 0 && bs_str_split(&rest, ' ', &word) && text.count < WORDS_MAX)
			text.words[text.count++] = word;
		text.begins[text.paragraphs] = (uint32_t)begin;
		text.lengths[text.paragraphs] = (uint32_t)(text.count - begin);
		text.paragraphs += text.count > begin;
	}
	free(line);
	fclose(file);
	link_places(arena);
}

/* A name or number that hardly any other passage has. */
static void put_rare(struct bs_buf *out)
{
	static const char *const syllables[] = { "Ba", "ke", "li", "mo", "nu", "ra", "se", "ti",
		                                 "vo", "zu", "der", "gan", "hol", "mer", "pin", "tor" };

	for (uint64_t n = any(RARE); n > 0; n /= 16)
		bs_buf_put(out, bs_str_c(syllables[n % 16]));
}

static void walk(struct bs_buf *out)
{
	size_t length = text.lengths[any(text.paragraphs)], at = text.begins[any(text.paragraphs)];

	for (size_t i = 0; i < length; i++) {
		if (i > 0)
			bs_buf_putc(out, ' ');
		if (any(40) == 0)
			put_rare(out);
		else
			bs_buf_put(out, text.words[at]);
		for (uint64_t turns = any(3) == 0 ? any(50) : 0; turns > 0; turns--)
			at = text.next[at];
		at = (at + 1) % text.count;
	}
}

/* So many percent of its words put in, left out or changed. */
static void edit(struct bs_str passage, uint64_t percent, struct bs_buf *out)
{
	struct bs_str word;

	while (passage.len > 0 && bs_str_split(&passage, ' ', &word)) {
		uint64_t how = any(100) < percent ? any(4) : 4;
		if (how == 0)
			continue;
		if (out->len > 0)
			bs_buf_putc(out, ' ');
		if (how < 4)
			bs_buf_put(out, text.words[any(text.count)]);
		if (how == 1)
			bs_buf_putc(out, ' ');
		if (how == 1 || how == 4)
			bs_buf_put(out, word);
	}
}

static struct bs_str passage(struct bs_arena *arena, int64_t n)
{
	struct bs_buf out = BS_BUF(1 << 20), edited = BS_BUF(1 << 20);
	int64_t old;
	struct bs_str made;

	sow((uint64_t)n);
	old = n % 10 == 9 ? n - 1 - (int64_t)any(n < 5000 ? (uint64_t)n : 5000) : n;
	old -= old != n && old % 10 == 9; /* never an edited one */
	sow((uint64_t)old << 1);
	walk(&out);
	if (old != n) {
		sow((uint64_t)n << 1 | 1);
		edit(bs_buf_str(&out), any(50), &edited);
	}
	made = bs_arena_copy(arena, bs_buf_str(old != n && edited.len > 0 ? &edited : &out));
	bs_buf_free(&out);
	bs_buf_free(&edited);
	return made;
}

/* The i-th of so many questions: one of the passages with up to half of its words edited. */
static struct bs_str question(struct bs_arena *arena, int64_t i, int64_t of, int64_t passages)
{
	struct bs_buf out = BS_BUF(1 << 20);
	struct bs_str original = passage(arena, i * (passages / of)), made;

	sow((uint64_t)i << 40);
	edit(original, (uint64_t)(i % 6) * 10, &out);
	made = bs_arena_copy(arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return made;
}

/* --- filling ----------------------------------------------------------------------------------------------------------------------- */

struct filling {
	int64_t next, end;
	bool more;
};

static enum bs_rc save_some(struct bs_db *db, void *ctx, struct bs_err *err)
{
	static const struct bs_translation_by by = { BS_ORIGIN_ENGINE, BS_STR_INIT("Bench"), 0, 0 };
	struct filling *filling = ctx;
	struct bs_arena *arena = bs_arena_new();
	struct bs_translation *list = BS_ARRAY(arena, PER_COMMIT, struct bs_translation);
	size_t count = 0, written;
	enum bs_rc rc = BS_OK;

	for (int64_t n = filling->next; rc == BS_OK && n < filling->end && count < PER_COMMIT; n++, count++) {
		struct bs_buf markup = BS_BUF(1 << 20);
		bs_out_text(&markup, passage(arena, n));
		list[count].markup = bs_arena_printf(arena, "Auf " BS_FMT, (int)markup.len, markup.data);
		rc = bs_passage_keep(arena, db, BS_STR("en"), bs_buf_str(&markup), &list[count].passage_id, err);
		bs_buf_free(&markup);
	}
	if (rc == BS_OK)
		rc = bs_translation_save(arena, db, BS_STR("de"), list, count, &by, 1763100000, &written, err);
	bs_arena_free(&arena);
	return rc;
}

static enum bs_rc index_some(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct filling *filling = ctx;
	struct bs_arena *arena = bs_arena_new();
	enum bs_rc rc = BS_OK;

	filling->more = true;
	for (int i = 0; i < 10 && filling->more && rc == BS_OK; i++)
		rc = bs_memory_index(arena, db, &filling->more, err);
	bs_arena_free(&arena);
	return rc;
}

static double seconds_since(int64_t begun)
{
	return (double)(bs_monotonic_usec() - begun) / 1e6;
}

static void index_all(struct bs_db *db)
{
	struct filling filling = { .more = true };
	int64_t begun = bs_monotonic_usec();
	struct bs_err err;

	while (filling.more)
		check(bs_db_transact(db, index_some, &filling, &err), &err);
	printf("{\"indexed\": %.2f}\n", seconds_since(begun));
}

static void fill(struct bs_db *db, int64_t passages)
{
	struct filling filling = { .end = passages };
	int64_t begun = bs_monotonic_usec();
	struct bs_err err;

	check(bs_store_migrate(db, NULL, &err), &err);
	for (; filling.next < passages; filling.next += PER_COMMIT)
		check(bs_db_transact(db, save_some, &filling, &err), &err);
	printf("{\"saved\": %.2f}\n", seconds_since(begun));
	index_all(db);
}

/* --- asking ------------------------------------------------------------------------------------------------------------------------ */

static int by_time(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static size_t find(struct bs_arena *arena, struct bs_db *db, struct bs_str markup, struct bs_memory_hit hits[SHOWN])
{
	size_t count;
	struct bs_err err;

	check(bs_memory_find(arena, db, bs_lang_find(BS_STR("en")), markup, bs_lang_find(BS_STR("de")), hits, &count, &err), &err);
	return count;
}

static struct bs_str as_markup(struct bs_arena *arena, struct bs_str plain)
{
	struct bs_buf out = BS_BUF(1 << 20);
	struct bs_str made;

	bs_out_text(&out, plain);
	made = bs_arena_copy(arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return made;
}

static void ask(struct bs_db *db, int64_t passages)
{
	struct bs_arena *arena = bs_arena_new();
	double times[QUERIES];

	for (int i = -30; i < QUERIES; i++) { /* first, statements are prepared */
		struct bs_memory_hit hits[SHOWN];
		struct bs_str markup = as_markup(arena, question(arena, i < 0 ? i + QUERIES : i, QUERIES, passages));
		int64_t begun = bs_monotonic_usec();
		find(arena, db, markup, hits);
		if (i >= 0)
			times[i] = seconds_since(begun) * 1000;
		bs_arena_reset(arena);
	}
	qsort(times, QUERIES, sizeof(*times), by_time);
	printf("{\"p50\": %.3f, \"p99\": %.3f, \"most\": %.3f}\n", times[QUERIES / 2], times[QUERIES * 99 / 100], times[QUERIES - 1]);
	bs_arena_free(&arena);
}

static bool read_one(struct bs_db *db, int64_t id)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc;
	struct bs_err err;

	check(bs_db_query(db, BS_Q_translation_find, BS_VALUES(bs_text(BS_STR("de")), bs_int(id)), &stmt, &err), &err);
	rc = bs_stmt_next(stmt, &err);
	bs_stmt_free(&stmt);
	return rc == BS_OK;
}

/* As a page reads them: by passage and language, all over the table. */
static void read_exact(struct bs_db *db, int64_t passages)
{
	static int64_t ids[EXACT];
	size_t count = 0;
	int64_t begun;

	for (int64_t i = 1; count < EXACT && i < passages * 4; i++) {
		int64_t id = 1 + i * 7919 % (2 * passages); /* every other passage is a translation itself */
		if (read_one(db, id))
			ids[count++] = id;
	}
	begun = bs_monotonic_usec();
	for (size_t i = 0; i < count; i++)
		(void)read_one(db, ids[count - 1 - i]);
	printf("{\"exact\": %.0f}\n", (double)count / seconds_since(begun));
}

/* --- recall ------------------------------------------------------------------------------------------------------------------------ */

struct sample {
	struct bs_likeness *likeness;
	int best[SHOWN];
};

static void put_best(int best[SHOWN], int score)
{
	size_t at = SHOWN - 1;

	if (score <= best[at])
		return;
	for (; at > 0 && best[at - 1] < score; at--)
		best[at] = best[at - 1];
	best[at] = score;
}

/* What of the best was found, and how much there was, from `least` on and below `most`. Equal scores stand for each other. */
static void say_recall(struct bs_arena *arena, struct bs_db *db, const struct sample *samples, int64_t passages, int least, int most)
{
	size_t found = 0, all = 0;

	for (int64_t i = 0; i < SAMPLE; i++) {
		struct bs_memory_hit hits[SHOWN];
		size_t count = find(arena, db, as_markup(arena, question(arena, i, SAMPLE, passages)), hits), at = 0;
		for (size_t k = 0; k < SHOWN; k++) {
			int score = samples[i].best[k];
			while (at < count && (hits[at].score == 100 ? 99 : hits[at].score) > score)
				at++;
			bool hit = at < count && (hits[at].score == 100 ? 99 : hits[at].score) == score;
			at += hit;
			all += score >= least && score < most;
			found += hit && score >= least && score < most;
		}
	}
	printf("{\"least\": %d, \"most\": %d, \"found\": %zu, \"all\": %zu}\n", least, most, found, all);
}

static void recall(struct bs_db *db, int64_t passages)
{
	struct bs_arena *arena = bs_arena_new(), *each = bs_arena_new();
	struct sample *samples = BS_ARRAY(arena, SAMPLE, struct sample);
	const struct bs_lang *en = bs_lang_find(BS_STR("en"));
	struct bs_terms terms;

	for (int64_t i = 0; i < SAMPLE; i++) {
		bs_terms_of(en, as_markup(arena, question(arena, i, SAMPLE, passages)), &terms);
		samples[i].likeness = bs_likeness_new(arena, &terms);
	}
	for (int64_t n = 0; n < passages; n++) {
		bs_terms_of(en, as_markup(each, passage(each, n)), &terms);
		for (size_t i = 0; i < SAMPLE; i++)
			put_best(samples[i].best, bs_likeness_of(samples[i].likeness, terms.list, terms.count));
		bs_arena_reset(each);
	}
	for (int least = BS_MEMORY_LEAST; least < 100; least += 10)
		say_recall(arena, db, samples, passages, least, least + 10);
	bs_arena_free(&each);
	bs_arena_free(&arena);
}

/* --- Apertium ---------------------------------------------------------------------------------------------------------------------- */

static int translate_lines(void)
{
	struct bs_engine_options options = { .name = "apertium", .kind = "apertium", .batch = 200, .batch_characters = 100000 };
	struct bs_engine_batch batch = { bs_lang_find(BS_STR("en")), bs_lang_find(BS_STR("es")), NULL, 0 };
	struct bs_arena *arena = bs_arena_new();
	struct bs_engine *engine = NULL;
	size_t room = 100000, size = 0, done = 0;
	char *line = NULL;
	int64_t begun;
	struct bs_err err;

	batch.list = BS_ARRAY(arena, room, struct bs_engine_passage);
	while (batch.count < room && getline(&line, &size, stdin) > 0)
		bs_inlines_of(arena, batch.from, bs_arena_copy(arena, bs_str_trim(bs_str_c(line))), NULL, 0, &batch.list[batch.count++].pieces);
	check(bs_engine_open(&options, "/", &engine, &err), &err);
	begun = bs_monotonic_usec();
	check(bs_engine_translate(engine, arena, &batch, &err), &err);
	for (size_t i = 0; i < batch.count; i++)
		done += batch.list[i].markup.len > 0;
	printf("{\"seconds\": %.3f, \"done\": %zu, \"of\": %zu}\n", seconds_since(begun), done, batch.count);
	bs_engine_free(&engine);
	bs_arena_free(&arena);
	free(line);
	return 0;
}

static int usage(void)
{
	fputs("usage: bench_translate fill|index|ask|recall DSN PASSAGES TEXT | apertium\n", stderr);
	return 2;
}

int main(int argc, char **argv)
{
	struct bs_arena *arena;
	struct bs_db *db = NULL;
	int64_t passages;
	struct bs_err err;

	if (argc == 2 && strcmp(argv[1], "apertium") == 0)
		return translate_lines();
	if (argc != 5 || bs_str_int(bs_str_c(argv[3]), &passages) != BS_OK || passages < QUERIES)
		return usage();
	arena = bs_arena_new();
	read_text(arena, argv[4]);
	check(bs_db_open(&(struct bs_db_options){ .dsn = argv[2], .role = BS_DB_WRITER, .cache_kb = 65536 }, &db, &err), &err);
	if (strcmp(argv[1], "fill") == 0) {
		fill(db, passages);
	} else if (strcmp(argv[1], "index") == 0) {
		index_all(db);
	} else if (strcmp(argv[1], "ask") == 0) {
		ask(db, passages);
		read_exact(db, passages);
	} else if (strcmp(argv[1], "recall") == 0) {
		recall(db, passages);
	} else {
		return usage();
	}
	bs_db_close(&db);
	bs_arena_free(&arena);
	return 0;
}
