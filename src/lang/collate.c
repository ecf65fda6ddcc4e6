/* collate.c - the order of names; see lang.h. A collator that nobody changes is safe from any thread (ICU), so the one of
 * the locale serves all. */
#include "lang/locale.h"

#include <pthread.h>
#include <stdlib.h>
#include <unicode/ucol.h>

struct bs_str bs_lang_sort_key(struct bs_arena *arena, const struct bs_lang *lang, struct bs_str text)
{
	const UCollator *collator = locale_of(lang)->collator;
	size_t len;
	uint16_t *units = units_of_text(arena, text, &len);
	int32_t size = ucol_getSortKey(collator, units, (int32_t)len, NULL, 0);
	char *key = bs_arena_alloc(arena, (size_t)size);

	ucol_getSortKey(collator, units, (int32_t)len, (uint8_t *)key, size);
	return bs_str_n(key, (size_t)size - 1); /* without the NUL at its end */
}

static const struct bs_lang *by_own_name[BS_LANG_OFFERED];

struct keyed {
	struct bs_str key;
	const struct bs_lang *lang;
};

static int compare_keys(const void *a, const void *b)
{
	return bs_str_cmp(((const struct keyed *)a)->key, ((const struct keyed *)b)->key);
}

/* English has no rules of its own in CLDR: its order is the root's. */
static void sort_by_own_name(void)
{
	struct bs_arena *arena = bs_arena_new();
	struct keyed keyed[BS_LANG_OFFERED];

	for (size_t i = 0; i < BS_LANG_OFFERED; i++)
		keyed[i] = (struct keyed){ bs_lang_sort_key(arena, &bs_langs[BS_LANG_en], bs_langs[i].own_name), &bs_langs[i] };
	qsort(keyed, BS_LANG_OFFERED, sizeof(keyed[0]), compare_keys);
	for (size_t i = 0; i < BS_LANG_OFFERED; i++)
		by_own_name[i] = keyed[i].lang;
	bs_arena_free(&arena);
}

const struct bs_lang *const *bs_langs_by_own_name(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, sort_by_own_name);
	return by_own_name;
}
