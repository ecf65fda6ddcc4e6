/* address.c - which addresses without a date are the site's own, so that no page takes them.
 *
 * A page stands at /slug, and /lang/slug; so does the front page of a language, and all that has a route of its own. The routes are known to
 * rooms above this one, so their first words are listed here; a test holds the list to the routes. */
#include "lang/lang.h"
#include "newsroom/draft.h"

static const struct bs_str words[] = {
	BS_STR_INIT("archive"), BS_STR_INIT("assets"), BS_STR_INIT("author"), BS_STR_INIT("corrections"), BS_STR_INIT("desk"),
	BS_STR_INIT("healthz"), BS_STR_INIT("media"), BS_STR_INIT("metrics"), BS_STR_INIT("region"), BS_STR_INIT("report"),
	BS_STR_INIT("search"), BS_STR_INIT("tag"), BS_STR_INIT("theme"),
};

static bool is_year(struct bs_str slug)
{
	int64_t year;

	return slug.len == 4 && bs_str_int(slug, &year) == BS_OK;
}

bool bs_page_slug_free(struct bs_str slug)
{
	for (size_t i = 0; i < BS_COUNT(words); i++) {
		if (bs_str_eq(slug, words[i]))
			return false;
	}
	/* In a folder of files "zh-hans" may be "zh-Hans". */
	for (size_t i = 0; i < BS_LANG_COUNT; i++) {
		if (bs_str_eq_nocase(slug, bs_langs[i].code))
			return false;
	}
	return !is_year(slug);
}
