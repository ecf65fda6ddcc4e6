/* html.h - HTML from anywhere becomes blocks (body.h): parsed as HTML5 says, walked against an allow-list, brought into
 * canonical form. Nothing of the input's bytes reaches the output but text and the values of allowed attributes.
 *
 * What becomes what: paragraphs out of p, div and <br><br>; h1 as h2; b and i as strong and em; font, center and other
 * wrappers vanish round their text; script, style, svg, math, template, noscript, object, forms' fields and whatever else cannot be
 * text vanish with it; pictures (img, picture, lazy-loading forms of them) become figures, with captions and credits as WordPress,
 * Ghost and plain HTML mark them, and leave their alternative text where their address is none that a page can have (data:, file:);
 * video and other frames become a paragraph with a link; links to http, https, mailto, tel and relative addresses stay, others
 * keep their words and lose their target; ids stay where a link in the text leads to them.
 *
 * Results live in the arena. Input is any bytes: ill-formed UTF-8 becomes U+FFFD. Nesting beyond BS_MAX_HTML_DEPTH is flattened.
 * Time is linear in the input. Safe from any thread.
 *
 * Errors of all three functions:
 *   BS_LIMIT    over BS_MAX_STORY_HTML, BS_MAX_PASSAGES, BS_MAX_PASSAGE or BS_MAX_CITATIONS, or so tangled that
 *               the tree would not fit in memory. */
#ifndef BS_TEXT_HTML_H
#define BS_TEXT_HTML_H

#include "text/body.h"

struct bs_html_options {
	struct bs_str base; /* absolute URL that relative addresses are resolved against; empty: they stay relative */
	struct bs_str lang; /* BCP 47, of the text around it: lang="…" equal to it is dropped; empty: unknown */
	/* For bs_html_page: the headline that the page's own data say, plain; or empty. Called when all but heading and body is there. NULL:
	 * nothing is known of it. */
	struct bs_str (*headline)(void *ctx);
	/* Is this address of a picture one that can be had? Of the several that an element offers (srcset, src, what late loading pages keep)
	 * the first such is taken, else the first. NULL: all are. */
	bool (*is_there)(void *ctx, struct bs_str src);
	void *ctx;
};

/* A fragment, or the body of a whole document: all of its text. options may be NULL. */
enum bs_rc bs_html_blocks(struct bs_arena *arena, struct bs_str html, const struct bs_html_options *options,
                          struct bs_body *out, struct bs_err *err) BS_CHECK;

/* A fragment as one passage of canonical markup, blocks joined by spaces: titles, summaries, captions. */
enum bs_rc bs_html_markup(struct bs_arena *arena, struct bs_str html, const struct bs_html_options *options,
                          struct bs_str *out, struct bs_err *err) BS_CHECK;

/* What the head of a document, and the microdata in it, say. Values are plain text. */
struct bs_html_meta {
	struct bs_str name; /* lower case: of <meta> its name or property ("og:title"); "link:" and the relation of a <link>
	                       ("link:canonical", "link:alternate:de" with its hreflang); "time", "rel:author" and "itemprop:…" of
	                       elements that say so; "class:author" of the names in the story's byline, as classes mark them */
	struct bs_str content;
};

struct bs_html_page {
	struct bs_str lang;    /* of <html>; or empty */
	struct bs_str title;   /* plain, of <title> */
	struct bs_str heading; /* markup, of the content's first h1, which is then not in the body; or empty */
	struct bs_html_meta *metas; /* in document order */
	size_t meta_count;
	struct bs_str *json_ld; /* texts of <script type="application/ld+json"> */
	size_t json_ld_count;
	struct bs_body body; /* of the story: its articleBody, its <article>, its <main>, else <body>, of the element that has the
	                        headline; the page's furniture (nav, site header and footer, forms, comments) left out */
	size_t other_articles; /* left out, though one could have been meant: they have an h1 too, or none has */
};

/* A whole document, taken apart. options->base is overruled by nothing: a document's own <base> is only heeded without it. */
enum bs_rc bs_html_page(struct bs_arena *arena, struct bs_str html, const struct bs_html_options *options,
                        struct bs_html_page *out, struct bs_err *err) BS_CHECK;

#endif
