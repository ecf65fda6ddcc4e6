/* store_search.c - a search among many stories, on each database given: the first is filled through the ledger, the others
 * with a copy of it, then each query is asked of all of them by turns.
 *
 *   bench_store_search STORIES DSN…     each an empty database
 *
 * Texts are of 320 words drawn from 60,000 as words of a language are: the n-th most common n times as seldom as the
 * first. For each kind of query, the median and the 99th percentile in milliseconds, and how many stories were found in the
 * median, to show that it was work. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/sys.h"
#include "newsroom/ledger.h"
#include "newsroom/search.h"
#include "store/copy.h"
#include "store/migrate.h"
#include "text/markup.h"

enum { WORDS = 60000, TITLE = 6, SUMMARY = 14, PARAGRAPHS = 4, PARAGRAPH = 75, PER_COMMIT = 500, QUERIES = 400, DATABASES = 4 };

static uint64_t seed;

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
	fprintf(stderr, "bench_store_search: %s\n", err->text);
	exit(1);
}

/* --- texts ---------------------------------------------------------------------------------------------------------- */

/* The n-th most common word: syllables for its number, so that common words are short. */
static void put_word(struct bs_buf *out, int n)
{
	static const char *const syllables[] = { "ba", "ke", "li", "mo", "nu", "ra", "se", "ti",
		                                 "vo", "zu", "der", "gan", "hol", "mer", "pin", "tor" };

	do {
		bs_buf_put(out, bs_str_c(syllables[n % 16]));
		n /= 16;
	} while (n > 0);
}

/* A word as common as its number says, from the n-th most common on. */
static int any_word(int from)
{
	return (int)(from * pow((double)WORDS / from, any())) - 1;
}

static struct bs_str any_words(struct bs_arena *arena, size_t count)
{
	struct bs_buf out = BS_BUF(16 * 1024);
	struct bs_str text;

	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			bs_buf_putc(&out, ' ');
		put_word(&out, any_word(1));
	}
	text = bs_arena_copy(arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return text;
}

static void seed_story(int64_t n)
{
	seed = 88172645463325252u + (uint64_t)n * 2654435761u;
	for (int i = 0; i < 8; i++)
		(void)any();
}

struct filling {
	struct bs_ledger *ledger;
	int64_t next, end;
};

static enum bs_rc save_some(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct filling *filling = ctx;
	struct bs_arena *arena = bs_arena_new();
	enum bs_rc rc = BS_OK;

	for (int64_t n = filling->next; rc == BS_OK && n < filling->end && n < filling->next + PER_COMMIT; n++) {
		struct bs_block *blocks = BS_ARRAY(arena, PARAGRAPHS, struct bs_block);
		struct bs_draft draft = { .lang = BS_STR("en"), .status = BS_STATUS_PUBLISHED, .published_at = 1262304000 + n * 4800,
			                  .body = { .blocks = blocks, .count = PARAGRAPHS } };
		struct bs_saved saved;

		seed_story(n);
		draft.title = any_words(arena, TITLE);
		draft.summary = any_words(arena, SUMMARY);
		for (size_t i = 0; i < PARAGRAPHS; i++)
			blocks[i] = (struct bs_block){ BS_STR("p"), BS_STR(""), any_words(arena, PARAGRAPH) };
		draft.slug = bs_arena_printf(arena, "story-%lld", (long long)n);
		rc = bs_story_save(arena, filling->ledger, db, &draft, 1763100000, &saved, err);
		bs_arena_reset(arena);
	}
	bs_arena_free(&arena);
	return rc;
}

static void fill(struct bs_db *db, int64_t stories)
{
	struct filling filling = { .end = stories };
	char keys[] = "/tmp/broadsheet-keys-XXXXXX", path[64];
	int64_t begun = bs_monotonic_usec();
	struct bs_err err;

	if (mkdtemp(keys) == NULL)
		abort();
	check(bs_store_migrate(db, NULL, &err), &err);
	check(bs_ledger_init(keys, &err), &err);
	check(bs_ledger_open(keys, db, 1763100000, &filling.ledger, &err), &err);
	for (; filling.next < stories; filling.next += PER_COMMIT)
		check(bs_db_transact(db, save_some, &filling, &err), &err);
	bs_ledger_close(&filling.ledger);
	for (int i = 0; i < 2; i++) {
		snprintf(path, sizeof(path), "%s/ledger.%s", keys, i == 0 ? "key" : "pub");
		(void)unlink(path);
	}
	(void)rmdir(keys);
	printf("  %lld stories saved in %.1f s\n", (long long)stories, (double)(bs_monotonic_usec() - begun) / 1e6);
	fflush(stdout);
}

static enum bs_rc rebuild(struct bs_db *to, void *ctx, struct bs_err *err)
{
	int64_t begun = bs_monotonic_usec();
	enum bs_rc rc = bs_search_rebuild(to, err);

	*(double *)ctx = (double)(bs_monotonic_usec() - begun) / 1e6;
	return rc;
}

static void copy(struct bs_db *from, struct bs_db *to)
{
	double index = 0;
	struct bs_copy_options options = { .finish = rebuild, .ctx = &index };
	int64_t begun = bs_monotonic_usec();
	struct bs_err err;

	check(bs_store_copy(from, to, &options, &err), &err);
	printf("  copied and compared in %.1f s, of which the index took %.1f s\n", (double)(bs_monotonic_usec() - begun) / 1e6, index);
	fflush(stdout);
}

/* --- asking ---------------------------------------------------------------------------------------------------------- */

enum kind { RARE, COMMON, BOTH, PHRASE, BEGINNING, KINDS };

static const char *const kind_names[KINDS] = {
	"one word", "one of the ten most common words", "two words", "two words of a title, as a phrase", "the beginning of a word",
};

static struct bs_str any_query(struct bs_arena *arena, enum kind kind, int64_t stories)
{
	struct bs_buf out = BS_BUF(1024);
	struct bs_str typed, title, first, second;

	switch (kind) {
	case RARE:
	case BEGINNING:
		put_word(&out, any_word(30));
		break;
	case COMMON:
		put_word(&out, (int)(any() * 10));
		break;
	case BOTH:
		put_word(&out, any_word(30));
		bs_buf_putc(&out, ' ');
		put_word(&out, any_word(5));
		break;
	default:
		seed_story((int64_t)(any() * (double)stories));
		title = any_words(arena, TITLE);
		(void)bs_str_split(&title, ' ', &first);
		(void)bs_str_split(&title, ' ', &second);
		bs_buf_printf(&out, "\"" BS_FMT " " BS_FMT "\"", BS_ARG(first), BS_ARG(second));
	}
	typed = bs_arena_copy(arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return kind == BEGINNING && typed.len > 4 ? bs_str_n(typed.ptr, typed.len - 2) : typed;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static void ask_all(struct bs_db *const dbs[], const char *const dsns[], size_t count, enum kind kind, int64_t stories)
{
	static double took[DATABASES][QUERIES], found[QUERIES];
	struct bs_arena *arena = bs_arena_new();

	for (int q = -20; q < QUERIES; q++) { /* the first to warm up */
		struct bs_search search;
		struct bs_str typed;

		seed = 977 + (uint64_t)(q + 100) * 7919u + (uint64_t)kind * 1000003u;
		(void)any();
		typed = any_query(arena, kind, stories);
		bs_search_parse(arena, &bs_langs[BS_LANG_en], typed, kind == BEGINNING, &search);
		for (size_t i = 0; i < count; i++) {
			size_t at = ((size_t)(q + 100) + i) % count;
			struct bs_search_result result;
			int64_t begun = bs_monotonic_usec();
			struct bs_err err;

			check(bs_search_find(arena, dbs[at], &search, BS_STR("en"), (struct bs_search_range){ .count = 20 }, &result, &err), &err);
			if (q < 0)
				continue;
			took[at][q] = (double)(bs_monotonic_usec() - begun) / 1e3;
			if (i > 0 && found[q] != (double)result.found)
				fprintf(stderr, "%s: %.0f or %lld\n", typed.ptr, found[q], (long long)result.found);
			found[q] = (double)result.found;
		}
		bs_arena_reset(arena);
	}
	qsort(found, QUERIES, sizeof(found[0]), by_size);
	printf("  %-34s", kind_names[kind]);
	for (size_t i = 0; i < count; i++) {
		qsort(took[i], QUERIES, sizeof(took[i][0]), by_size);
		printf("   %s p50 %7.2f ms, p99 %7.2f ms", bs_dsn_is_file(dsns[i]) ? "SQLite" : "PostgreSQL", took[i][QUERIES / 2],
		       took[i][QUERIES * 99 / 100]);
	}
	printf("   (%.0f found)\n", found[QUERIES / 2]);
	fflush(stdout);
	bs_arena_free(&arena);
}

int main(int argc, char **argv)
{
	struct bs_db *dbs[DATABASES] = { NULL };
	int64_t stories = 0;
	size_t count = 0;
	struct bs_err err;

	if (argc < 3 || argc > 2 + DATABASES || bs_str_int(bs_str_c(argv[1]), &stories) != BS_OK || stories < 1) {
		fprintf(stderr, "usage: bench_store_search STORIES DSN...\n");
		return 2;
	}
	for (int i = 2; i < argc; i++) {
		check(bs_db_open(&(struct bs_db_options){ .dsn = argv[i], .role = BS_DB_WRITER }, &dbs[count], &err), &err);
		if (count == 0)
			fill(dbs[count], stories);
		else
			copy(dbs[0], dbs[count]);
		count++;
	}
	for (enum kind kind = 0; kind < KINDS; kind++)
		ask_all(dbs, (const char *const *)argv + 2, count, kind, stories);
	while (count > 0)
		bs_db_close(&dbs[--count]);
	return 0;
}
