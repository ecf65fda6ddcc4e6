/* press.h - what stands ready to print any page: the publication's own facts, the theme's templates, its style sheets, the
 * messages as values. Made anew when the tag `site` or the theme changes, and swapped in whole; a page that is being
 * made keeps the one it began with. Counted; immutable but for what fills itself lazily under a lock. */
#ifndef BS_PAGE_PRESS_H
#define BS_PAGE_PRESS_H

#include "http/response.h"
#include "newsroom/publication.h"
#include "page/names.h"
#include "text/template.h"

struct bs_press;
struct bs_page;
struct bs_assets;

struct bs_sheet { /* the style of one template's pages */
	struct bs_str css;       /* finished: imports in place, stripped, with the sections' colours */
	struct bs_policy policy; /* allows just this sheet, by its hash */
};

/* `theme_dir`: a folder that overrides single files of the built-in theme; NULL: none.
 *   BS_INVALID  a fault in a template or style sheet: FILE:LINE:COLUMN and what to do. */
enum bs_rc bs_press_new(struct bs_db *db, const char *theme_dir, const char *hsts, struct bs_press **out,
                        struct bs_err *err) BS_CHECK;
struct bs_press *bs_press_hold(struct bs_press *press);
void bs_press_drop(struct bs_press **press);

const struct bs_publication *bs_press_publication(const struct bs_press *press);
/* The template of a kind of page ("story") and its sheet; the theme has been checked to have all of them. */
const struct bs_template *bs_press_template(const struct bs_press *press, struct bs_str name);
const struct bs_sheet *bs_press_sheet(const struct bs_press *press, struct bs_str name);
/* A file that the theme's folder brings and that goes out as it is: an icon, robots.txt. ptr NULL: it brings none. */
struct bs_str bs_press_file(const struct bs_press *press, struct bs_str name);
/* The files that the sheets name; asset.h. */
const struct bs_assets *bs_press_assets(const struct bs_press *press);
/* Of what is no page, such as feeds: nothing in it may run, any site may show it. */
const struct bs_policy *bs_press_data_policy(const struct bs_press *press);
/* What all pages in the page's language show alike, for as long as the press lives: lang, dir, msg with all messages as
 * {story_published: …}, and what `fill` sets. It is called for the first of them, which is then a page at no address that makes
 * everything in the press's arena; what it sets may not need that page afterwards, so no struct bs_call that points to it. */
struct bs_common *bs_press_common(struct bs_press *press, struct bs_page *page, void (*fill)(struct bs_page *page, struct bs_dict *values));

#endif
