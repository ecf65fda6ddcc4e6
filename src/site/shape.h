/* shape.h - the shapes that views are made of: date, image, card, person … as docs/handbook/themes.md lists them.
 *
 * Every name of a shape is always set, since a template would find an outer one of the same name otherwise. Values live in
 * the page's arena. */
#ifndef BS_SITE_SHAPE_H
#define BS_SITE_SHAPE_H

#include "site/read.h"

/* Setting names of an object. Text is escaped when printed; markup is canonical markup or made by bs_out_*. */
static inline void bs_set_text(struct bs_dict *dict, enum bs_view_name name, struct bs_str text)
{
	bs_dict_set(dict, (uint16_t)name, bs_value_text(text));
}
static inline void bs_set_markup(struct bs_dict *dict, enum bs_view_name name, struct bs_str markup)
{
	bs_dict_set(dict, (uint16_t)name, bs_value_markup(markup));
}
static inline void bs_set_flag(struct bs_dict *dict, enum bs_view_name name, bool flag)
{
	bs_dict_set(dict, (uint16_t)name, bs_value_bool(flag));
}
static inline void bs_set(struct bs_dict *dict, enum bs_view_name name, struct bs_value value)
{
	bs_dict_set(dict, (uint16_t)name, value);
}
/* A list, and the flag beside it. */
static inline void bs_set_list(struct bs_dict *dict, enum bs_view_name name, enum bs_view_name has, struct bs_value list)
{
	bs_dict_set(dict, (uint16_t)name, list);
	bs_dict_set(dict, (uint16_t)has, bs_value_bool(list.len > 0));
}

/* --- addresses: paths below the site's root ------------------------------------------------------------------------------ */

/* "/de/2025/11/erstes-eis"; suffix such as ".json" or "". */
struct bs_str bs_url_story(struct bs_page *page, const struct bs_address *address, const char *suffix);
/* "/region/baltic", "/de/region/baltic/page/2": n 1 has no page. In the page's language. */
struct bs_str bs_url_list(struct bs_page *page, struct bs_str kind, struct bs_str slug, int64_t n);
struct bs_str bs_url_list_in(struct bs_page *page, const struct bs_lang *lang, struct bs_str kind, struct bs_str slug, int64_t n);
/* "/archive", "/de/search": a path in the page's language. `path` starts with a slash. */
struct bs_str bs_url_path(struct bs_page *page, const char *path);
struct bs_str bs_url_path_in(struct bs_page *page, const struct bs_lang *lang, const char *path);
/* The picture itself, as it is kept. */
struct bs_str bs_url_media(struct bs_page *page, const struct bs_media_ref *media);
/* What a browser is to show: a rendition where there are any, and for those that choose the candidates in WebP, as srcset has
 * them (HTML, "srcset attributes"); empty for what moves. */
struct bs_str bs_url_usual(struct bs_page *page, const struct bs_media_ref *media);
struct bs_str bs_media_webp(struct bs_page *page, const struct bs_media_ref *media);
/* The same with the publication's own address in front. */
struct bs_str bs_url_absolute(struct bs_page *page, struct bs_str path);

/* --- shapes ------------------------------------------------------------------------------------------------------------- */

/* How a moment is written: with its hour, or, at midnight of the publication's zone, as the day that somebody meant. */
enum bs_date_form bs_moment_form(const struct bs_page *page, int64_t time);
/* "2025-11-14T09:30:00+01:00" (RFC 3339), in the publication's zone: its first ten bytes are the day that readers see. */
struct bs_str bs_moment_iso(struct bs_page *page, int64_t time);
/* null when time is 0. */
struct bs_value bs_shape_date(struct bs_page *page, int64_t time);
/* null when the language is the page's (or NULL). */
struct bs_value bs_shape_foreign(struct bs_page *page, const struct bs_lang *lang);
struct bs_value bs_shape_link(struct bs_page *page, struct bs_str url, struct bs_str label, struct bs_str name);

struct bs_shape_image {
	const struct bs_media_ref *media;
	struct bs_str alt;     /* plain */
	struct bs_str caption; /* markup */
	struct bs_str credit;  /* markup */
	struct bs_str credit_url;
	const struct bs_lang *lang; /* of these; NULL: the page's */
	struct bs_str focus;        /* where the eye goes, in quarters: "25 75" percent from the left and the top; empty: the middle */
};
/* null when there is no picture. */
struct bs_value bs_shape_image(struct bs_page *page, const struct bs_shape_image *image);

/* "Picture: Jonas Thew", the name a link where it has an address; empty without credit. */
struct bs_str bs_credit_markup(struct bs_page *page, struct bs_str credit, struct bs_str url);

struct bs_value bs_shape_card(struct bs_page *page, const struct bs_card *card);
struct bs_value bs_shape_cards(struct bs_page *page, const struct bs_cards *cards);
/* A theme that is a section, by its id; null when it is none that is known. */
struct bs_value bs_shape_section(struct bs_page *page, int64_t term_id);
struct bs_value bs_shape_term(struct bs_page *page, enum bs_vocabulary vocabulary, struct bs_str slug, struct bs_str name);
struct bs_value bs_shape_person(struct bs_page *page, const struct bs_person_row *person);
struct bs_value bs_shape_notice(struct bs_page *page, const struct bs_notice *notice);
/* On the corrections page with the card of the story; NULL on the story's own. */
struct bs_value bs_shape_correction(struct bs_page *page, const struct bs_correction_row *correction,
                                    const struct bs_card *card, const struct bs_lang *lang);
/* "Correction, 16 November 2025" */
struct bs_str bs_correction_heading(struct bs_page *page, const struct bs_correction_row *correction);
struct bs_paging { /* where a list in pages stands */
	struct bs_str kind, slug; /* as in bs_url_list */
	struct bs_str query;      /* "?q=ice" of a search, whose pages are not told apart by time; or empty */
	int64_t at, pages;
};
/* The address of page n. */
struct bs_str bs_url_paging(struct bs_page *page, const struct bs_paging *paging, int64_t n);
/* null with one page. */
struct bs_value bs_shape_pagination(struct bs_page *page, const struct bs_paging *paging);

/* A body as HTML, written when it is printed. */
struct bs_value bs_shape_body(struct bs_page *page, const struct bs_body *body);
/* The same for those who take it elsewhere: each picture is itself, in one size. */
void bs_body_put_whole(struct bs_page *page, const struct bs_body *body, struct bs_buf *out);
/* The word for a kind of story, empty for news. */
struct bs_str bs_kind_label(struct bs_page *page, enum bs_kind kind);
/* The same beside the name of the story's section: empty when the section is called so too ("Opinion"). */
struct bs_str bs_kind_label_in(struct bs_page *page, enum bs_kind kind, int64_t section_id);
/* The word for one term of a vocabulary: "Region". */
struct bs_str bs_vocabulary_label(struct bs_page *page, enum bs_vocabulary vocabulary);
/* "By A and B": names are one a line; empty when there are none. */
struct bs_str bs_byline_text(struct bs_page *page, struct bs_str names);
/* Markup without its links, for use inside one. */
struct bs_str bs_markup_phrase(struct bs_page *page, struct bs_str markup);
/* Markup cut at a word to about `max` bytes of text, as plain text. */
struct bs_str bs_markup_excerpt(struct bs_page *page, struct bs_str markup, size_t max);

#endif
