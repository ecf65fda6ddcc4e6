/* frame.h - what stands around every page: head, masthead, navigation, languages, footer. */
#ifndef BS_SITE_FRAME_H
#define BS_SITE_FRAME_H

#include "site/graph.h"
#include "site/machine/feed_form.h"
#include "site/shape.h"

struct bs_feed_link {
	struct bs_str base;  /* path of the listing: "/region/baltic"; empty: the site's own */
	struct bs_str title; /* plain, of the list */
};

struct bs_frame {
	struct bs_graph graph; /* what the page is */
	bool noindex;
	struct bs_str previous, next; /* paths, of pagination */
	struct bs_feed_link feed;
	int64_t edition; /* time of the newest story; home only */
};

/* A view with all that the frame has; the page's own names come on top. */
struct bs_dict *bs_frame_view(struct bs_page *page, const struct bs_frame *frame);

/* The head alone; part of the view. */
struct bs_value bs_frame_head(struct bs_page *page, const struct bs_frame *frame);
/* The path of a list's feed. */
struct bs_str bs_feed_path(struct bs_page *page, const struct bs_feed_link *feed, enum bs_feed_form form);

/* "The First Ice – The Northern Courier" */
struct bs_str bs_frame_title(struct bs_page *page, struct bs_str title);
struct bs_str bs_site_name(struct bs_page *page);
/* "© The Northern Courier" */
struct bs_str bs_rights_text(struct bs_page *page);
/* The lines of the publication's address with <br> between them. */
struct bs_str bs_address_markup(struct bs_page *page);

#endif
