/* front.h - lists and what heads them: home, terms, people, archive; the pages of many stories. */
#ifndef BS_SITE_FRONT_H
#define BS_SITE_FRONT_H

#include "site/shape.h"

/* A term with all that its page shows. */
struct bs_term_page {
	int64_t id, parent_id;
	enum bs_vocabulary vocabulary;
	struct bs_str slug, name;
	struct bs_body description;
	const struct bs_lang *description_lang;
	struct bs_media_ref image;
	struct bs_str image_alt, image_credit; /* plain */
};

/* BS_NOT_FOUND: there is no such term. Tags it. */
enum bs_rc bs_term_page_load(struct bs_page *page, enum bs_vocabulary vocabulary, struct bs_str slug,
                             struct bs_term_page *out, struct bs_err *err) BS_CHECK;
/* The slug that whatever had this one has now, when that has a page; BS_NOT_FOUND: nothing had it. Tags what it leads to. */
enum bs_rc bs_term_moved(struct bs_page *page, enum bs_vocabulary vocabulary, struct bs_str slug, struct bs_str *out,
                         struct bs_err *err) BS_CHECK;
enum bs_rc bs_person_moved(struct bs_page *page, struct bs_str slug, struct bs_str *out, struct bs_err *err) BS_CHECK;
/* The shape of a term with description and image. */
struct bs_value bs_shape_term_page(struct bs_page *page, const struct bs_term_page *term);

/* A stored body with the language of its text. */
enum bs_rc bs_body_of(struct bs_page *page, int64_t body_id, struct bs_body *out, const struct bs_lang **lang,
                      struct bs_err *err) BS_CHECK;
/* A row whose first columns are those of person-page. Tags the person. */
struct bs_person_row bs_person_read(struct bs_page *page, const struct bs_stmt *row);
/* The authors of a story as shapes; empty when they cannot be read. */
struct bs_value bs_people_of(struct bs_page *page, int64_t story_id);

/* Print the home view, with the languages that have stories. `news` describes it where the publication has no tagline. */
enum bs_rc bs_home_print(struct bs_page *page, struct bs_dict *home, int64_t edition, struct bs_str news, struct bs_err *err) BS_CHECK;

/* The routes: see site.c. */
enum bs_rc bs_home_page(struct bs_page *page, struct bs_err *err) BS_CHECK;
enum bs_rc bs_term_list_page(struct bs_page *page, struct bs_err *err) BS_CHECK; /* page->which: enum bs_vocabulary */
enum bs_rc bs_author_page(struct bs_page *page, struct bs_err *err) BS_CHECK;
enum bs_rc bs_archive_page(struct bs_page *page, struct bs_err *err) BS_CHECK;
enum bs_rc bs_month_page(struct bs_page *page, struct bs_err *err) BS_CHECK;
enum bs_rc bs_corrections_page(struct bs_page *page, struct bs_err *err) BS_CHECK;
enum bs_rc bs_search_page(struct bs_page *page, struct bs_err *err) BS_CHECK; /* ?q=WORDS&order=date */

/* Every address of these, for export. */
enum bs_rc bs_home_walk(struct bs_page_walk *walk, struct bs_err *err) BS_CHECK;
enum bs_rc bs_term_walk(struct bs_page_walk *walk, struct bs_err *err) BS_CHECK;
enum bs_rc bs_author_walk(struct bs_page_walk *walk, struct bs_err *err) BS_CHECK;
enum bs_rc bs_archive_walk(struct bs_page_walk *walk, struct bs_err *err) BS_CHECK;
enum bs_rc bs_month_walk(struct bs_page_walk *walk, struct bs_err *err) BS_CHECK;
enum bs_rc bs_corrections_walk(struct bs_page_walk *walk, struct bs_err *err) BS_CHECK;
enum bs_rc bs_story_walk(struct bs_page_walk *walk, struct bs_err *err) BS_CHECK;    /* stories */
enum bs_rc bs_dateless_walk(struct bs_page_walk *walk, struct bs_err *err) BS_CHECK; /* about, contact … */
/* The same path in each language that has stories. */
enum bs_rc bs_walk_languages(struct bs_page_walk *walk, const char *path, struct bs_err *err) BS_CHECK;

enum { BS_LIST_PAGE = 20, BS_MONTH_PAGE = 100, BS_CORRECTIONS_PAGE = 50, BS_SEARCH_PAGE = 20 };

#endif
