/* feed.h - news feeds: the 30 newest stories of the site or of one list, whole, in three forms.
 *
 * One feed is gathered, then written as RSS 2.0 (the specification of the RSS Advisory Board, with the modules content, dc,
 * media and atom), Atom (RFC 4287, with the licence link of RFC 4946) or JSON Feed 1.1. They are the publication's own channel to
 * its readers, so they carry the pictures that its pages show. */
#ifndef BS_SITE_MACHINE_FEED_H
#define BS_SITE_MACHINE_FEED_H

#include "site/machine/feed_form.h"
#include "site/machine/whole.h"

/* What a feed is of: all stories, a person's, or those of a term (BS_FEED_OF_TERM + enum bs_vocabulary). */
enum bs_feed_of { BS_FEED_OF_ALL, BS_FEED_OF_PERSON, BS_FEED_OF_TERM };
/* The number of a route. */
#define BS_FEED(of, form) ((of) * BS_FEED_FORMS + (form))

enum { BS_FEED_STORIES = 30 };

/* A story in a feed: what the functions below have written of it, and its whole text (bs_story_content) escaped for XML, which both
 * forms that are XML put behind that. JSON has the text within. */
struct bs_feed_entry {
	struct bs_str written, text;
};

struct bs_feed {
	struct bs_str title, description; /* plain */
	struct bs_str home, self;         /* absolute: the page of the list, and this feed */
	int64_t modified;                 /* 0: nothing is in it */
	const struct bs_feed_entry *entries;
	size_t count;
};

/* One story, as it stands in every feed of its language, up to its text. */
void bs_feed_rss_item(struct bs_page *page, const struct bs_story *story);
void bs_feed_atom_entry(struct bs_page *page, const struct bs_story *story);
/* All of it; `content` is its whole text. */
enum bs_rc bs_feed_json_item(struct bs_page *page, const struct bs_story *story, struct bs_str content, struct bs_err *err) BS_CHECK;

void bs_feed_rss(struct bs_page *page, const struct bs_feed *feed);
void bs_feed_atom(struct bs_page *page, const struct bs_feed *feed);
enum bs_rc bs_feed_json(struct bs_page *page, const struct bs_feed *feed, struct bs_err *err) BS_CHECK;

/* Of a series (page/pages.h): a story that was loaded for its own page is put down for the feeds that show it, which come later and
 * need not load it again. */
enum bs_rc bs_feed_prepare(struct bs_page *page, const struct bs_story *story, struct bs_err *err) BS_CHECK;

/* The routes: see site.c. */
enum bs_rc bs_feed_page(struct bs_page *page, struct bs_err *err) BS_CHECK;
enum bs_rc bs_feed_walk(struct bs_page_walk *walk, struct bs_err *err) BS_CHECK;

#endif
