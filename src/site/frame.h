/* frame.h - what stands around every page: head, masthead, navigation, languages, footer. */
#ifndef BS_SITE_FRAME_H
#define BS_SITE_FRAME_H

#include "site/shape.h"

struct bs_feed_link {
	struct bs_str base;  /* path of the listing: "/region/baltic"; empty: the site's own */
	struct bs_str title; /* plain, of the list */
};

struct bs_frame_version { /* this page in one language */
	const struct bs_lang *lang;
	struct bs_str path;
};

struct bs_frame {
	struct bs_str title;       /* plain; empty: the publication's name alone (home) */
	struct bs_str description; /* plain */
	struct bs_str canonical;   /* absolute; empty on errors and search */
	bool noindex;
	struct bs_str previous, next; /* paths, of pagination */
	struct bs_str type;           /* og:type: "article", or empty for "website" */
	struct bs_str image;          /* absolute, of sharing; or empty */
	struct bs_str json_ld;        /* finished, safe within <script>; or empty */
	struct bs_value meta;         /* further {name, content}; or null */
	const struct bs_media_ref *preload; /* the lead picture; or NULL */
	const struct bs_frame_version *versions; /* this page in each language, itself among them; fewer than 2: none */
	size_t version_count;
	struct bs_feed_link feed;
	int64_t edition; /* time of the newest story; home only */
};

/* A view with all that the frame has; the page's own names come on top. */
struct bs_dict *bs_frame_view(struct bs_page *page, const struct bs_frame *frame);

/* "The First Ice – The Northern Courier" */
struct bs_str bs_frame_title(struct bs_page *page, struct bs_str title);
struct bs_str bs_site_name(struct bs_page *page);
/* "© The Northern Courier" */
struct bs_str bs_rights_text(struct bs_page *page);
/* The lines of the publication's address with <br> between them. */
struct bs_str bs_address_markup(struct bs_page *page);

#endif
