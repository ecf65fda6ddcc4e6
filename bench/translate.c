/* translate.c - what the translation memory and Apertium cost.
 *
 *   bench_translate DSN PASSAGES      an empty database
 *
 * Fills the memory with so many passages of words drawn as a language's are (the n-th most common n times as seldom), then asks for
 * what nearly says one of them: median and 99th percentile in milliseconds, and how often the right one came first. Exact
 * hits are read as a story's page reads them. With --apertium it
 * translates the lines of standard input instead, for bench/translate to compare. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/sys.h"
#include "newsroom/translation.h"
#include "store/migrate.h"
#include "translate/engine/engine.h"
#include "translate/memory.h"

enum { WORDS = 60000, LENGTH = 24, PER_COMMIT = 2000, QUERIES = 300, CHANGED = 3, EXACT = 20000 };

static uint64_t seed = 88172645463325252u;

static double any(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (double)(seed >> 11) / 9007199254740992.0;
}

static void check(enum bs_rc rc, const struct bs_err *err)
{
	if (rc == BS_OK)
		return;
	fprintf(stderr, "bench_translate: %s\n", err->text);
	exit(1);
}

static void put_word(struct bs_buf *out, int n)
{
	static const char *const syllables[] = { "ba", "ke", "li", "mo", "nu", "ra", "se", "ti",
		                                 "vo", "zu", "der", "gan", "hol", "mer", "pin", "tor" };

	do {
		bs_buf_put(out, bs_str_c(syllables[n % 16]));
		n /= 16;
	} while (n > 0);
}

/* Passage number n, with so many of its words changed. */
static struct bs_str passage(struct bs_arena *arena, int64_t n, int changed)
{
	struct bs_buf out = BS_BUF(16 * 1024);
	struct bs_str text;

	seed = 88172645463325252u + (uint64_t)n * 2654435761u;
	for (int i = 0; i < 8; i++)
		(void)any();
	for (int i = 0; i < LENGTH; i++) {
		int word = (int)pow(WORDS, any()) - 1;
		if (i > 0)
			bs_buf_putc(&out, ' ');
		put_word(&out, i % (LENGTH / CHANGED) == 4 && changed > 0 ? word + 7919 : word);
	}
	text = bs_arena_copy(arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return text;
}

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
		struct bs_str text = passage(arena, n, 0);
		list[count].markup = bs_arena_printf(arena, "de %.*s", (int)text.len, text.ptr);
		rc = bs_passage_keep(arena, db, BS_STR("en"), text, &list[count].passage_id, err);
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

static void fill(struct bs_db *db, int64_t passages)
{
	struct filling filling = { .end = passages, .more = true };
	int64_t begun = bs_monotonic_usec();
	struct bs_err err;

	check(bs_store_migrate(db, NULL, &err), &err);
	for (; filling.next < passages; filling.next += PER_COMMIT)
		check(bs_db_transact(db, save_some, &filling, &err), &err);
	printf("saved %lld translations in %.1f s\n", (long long)passages, seconds_since(begun));
	begun = bs_monotonic_usec();
	while (filling.more)
		check(bs_db_transact(db, index_some, &filling, &err), &err);
	printf("indexed in %.1f s\n", seconds_since(begun));
}

static int by_time(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static void ask(struct bs_db *db, int64_t passages)
{
	const struct bs_lang *en = bs_lang_find(BS_STR("en")), *de = bs_lang_find(BS_STR("de"));
	struct bs_arena *arena = bs_arena_new();
	double times[QUERIES];
	int right = 0;
	struct bs_err err;

	for (int i = 0; i < QUERIES; i++) {
		struct bs_memory_hit hits[BS_MEMORY_HITS];
		size_t count;
		int64_t n = (int64_t)i * (passages / QUERIES), begun;
		struct bs_str text = passage(arena, n, CHANGED);
		begun = bs_monotonic_usec();
		check(bs_memory_find(arena, db, en, text, de, hits, &count, &err), &err);
		times[i] = seconds_since(begun) * 1000;
		right += count > 0 && bs_str_eq(hits[0].source, passage(arena, n, 0));
		bs_arena_reset(arena);
	}
	qsort(times, QUERIES, sizeof(*times), by_time);
	printf("fuzzy among %lld: p50 %.2f ms, p99 %.2f ms, the right one first in %d of %d\n", (long long)passages, times[QUERIES / 2],
	       times[QUERIES * 99 / 100], right, QUERIES);
	bs_arena_free(&arena);
}

/* As a page reads them: by passage and language. */
static void read_exact(struct bs_db *db, int64_t passages)
{
	int64_t begun = bs_monotonic_usec(), found = 0;
	struct bs_err err;

	for (int64_t i = 0; i < EXACT; i++) {
		struct bs_stmt *stmt = NULL;
		int64_t id = 1 + 2 * (i * 7919 % passages);
		check(bs_db_query(db, BS_Q_translation_find, BS_VALUES(bs_text(BS_STR("de")), bs_int(id)), &stmt, &err), &err);
		found += bs_stmt_next(stmt, &err) == BS_OK;
		bs_stmt_free(&stmt);
	}
	printf("from the memory: %.0f passages/s (%lld of %d were there)\n", EXACT / seconds_since(begun), (long long)found, EXACT);
}

/* Lines of standard input, by the engine; prints seconds. */
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
	printf("%.3f s, %zu of %zu\n", seconds_since(begun), done, batch.count);
	bs_engine_free(&engine);
	bs_arena_free(&arena);
	free(line);
	return 0;
}

int main(int argc, char **argv)
{
	struct bs_db *db = NULL;
	int64_t passages;
	struct bs_err err;

	if (argc == 2 && strcmp(argv[1], "--apertium") == 0)
		return translate_lines();
	if (argc != 3 || bs_str_int(bs_str_c(argv[2]), &passages) != BS_OK || passages < QUERIES) {
		fputs("usage: bench_translate DSN PASSAGES | --apertium\n", stderr);
		return 2;
	}
	check(bs_db_open(&(struct bs_db_options){ .dsn = argv[1], .role = BS_DB_WRITER, .cache_kb = 65536 }, &db, &err), &err);
	fill(db, passages);
	ask(db, passages);
	read_exact(db, passages);
	bs_db_close(&db);
	return 0;
}
