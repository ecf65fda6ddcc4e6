/* publication.h - what all pages of the site share: settings, sections, notices, languages, pages without a date. Read
 * in one go, kept by the page room until the tag `site` changes; immutable and safe from any thread once loaded. */
#ifndef BS_NEWSROOM_PUBLICATION_H
#define BS_NEWSROOM_PUBLICATION_H

#include "lang/date.h"
#include "lang/lang.h"
#include "newsroom/draft.h"
#include "store/db.h"

struct bs_publication_name { /* a text by language */
	struct bs_str lang;
	struct bs_str text;
};

struct bs_section { /* a theme or report that the frame knows */
	int64_t id;
	enum bs_vocabulary vocabulary;
	struct bs_str slug;
	int place; /* among the sections from 1; 0: none of them */
	struct bs_str colour, colour_dark; /* "#rrggbb" or empty */
	int64_t stories; /* in all languages */
	const struct bs_publication_name *names;
	size_t name_count;
};

/* In a language that has none of its own, one that is translated passage by passage, as far as it is. */
struct bs_notice {
	struct bs_str slug;
	struct bs_str lang;
	struct bs_str kind, placement, title; /* the title is plain */
	const struct bs_lang *title_lang; /* NULL: as the notice's */
	struct bs_str applies; /* all, listed, elsewhere, or "" with a rule */
	const struct bs_str *rules; /* "kind:opinion", "region:baltic", "theme:energy" …: any of them */
	size_t rule_count;
	struct bs_body body;
};

struct bs_channel {
	struct bs_str name, url;
};

struct bs_menu_entry {
	struct bs_str to; /* "/theme/energy", "/about": in the page's language; "https://…", "mailto:…" */
	const struct bs_publication_name *labels; /* may be none: then what it leads to has a name */
	size_t label_count;
};
struct bs_menu {
	const struct bs_menu_entry *entries; /* none: the page makes its own */
	size_t count;
};

struct bs_dateless { /* about, contact … */
	struct bs_str slug, lang;
	struct bs_str title; /* markup */
};

struct bs_publication {
	struct bs_arena *arena; /* holds all of it */
	const struct bs_lang *lang; /* of the publication; its addresses have no language in front */
	const struct bs_zone *zone;
	struct bs_str url; /* "https://example.org" without a slash at the end */
	struct bs_str licence;
	bool tells_unapproved; /* readers see translations that nobody has approved yet, and are told so (translation.approval) */
	struct bs_str email, email_media, email_permissions, email_corrections, phone, address;
	const struct bs_publication_name *names;
	size_t name_count;
	const struct bs_publication_name *taglines;
	size_t tagline_count;
	const struct bs_channel *channels;
	size_t channel_count;
	const struct bs_section *sections; /* by place, those without one last */
	size_t section_count;
	const struct bs_notice *notices;
	size_t notice_count;
	const struct bs_lang *const *langs; /* that have stories; the publication's own first */
	size_t lang_count;
	struct bs_menu header, footer;
	const struct bs_dateless *pages;
	size_t page_count;
};

/* Load it from the database as it is in the caller's snapshot. Free with bs_publication_free. */
enum bs_rc bs_publication_load(struct bs_db *db, struct bs_publication **out, struct bs_err *err) BS_CHECK;
void bs_publication_free(struct bs_publication **publication);

/* The text in this language, else in the publication's own, else the first there is; empty when there is none. */
struct bs_str bs_publication_text(const struct bs_publication *publication, const struct bs_publication_name *texts,
                                  size_t count, const struct bs_lang *lang);
/* What the notice says in this language, else in the publication's, else in any; NULL when there is no such notice. */
const struct bs_notice *bs_publication_notice(const struct bs_publication *publication, struct bs_str slug, struct bs_str lang);
/* The section of a term; NULL when it is none. */
const struct bs_section *bs_publication_section(const struct bs_publication *publication, int64_t term_id);

#endif
