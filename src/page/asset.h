/* asset.h - files of the theme that its style sheets name: faces, ornaments.
 *
 * A style sheet names them by url("../fonts/serif.woff2"). What is sent names /assets/HASH/serif.woff2 instead, HASH being of the
 * bytes: the address changes with them, so browsers may keep the file for ever. */
#ifndef BS_PAGE_ASSET_H
#define BS_PAGE_ASSET_H

#include "page/page.h"

struct bs_asset {
	struct bs_str name; /* "fonts/serif.woff2" */
	struct bs_str path; /* "/assets/0123456789abcdef/serif.woff2" */
	struct bs_str bytes;
	struct bs_str type; /* Content-Type */
};

enum { BS_ASSETS_MAX = 64 }; /* of one theme */

struct bs_assets {
	struct bs_asset list[BS_ASSETS_MAX]; /* each once */
	size_t count;
};

/* Append the style sheet to out with the addresses in place of names, and the files to the assets; other url() stay as
 * they are. `dir` as in bs_theme_file, whose errors these are; BS_LIMIT: more than BS_ASSETS_MAX files. */
enum bs_rc bs_assets_link(struct bs_arena *arena, const char *dir, struct bs_str css, struct bs_assets *assets,
                          struct bs_buf *out, struct bs_err *err) BS_CHECK;

/* The routes of them: see struct bs_page_route. */
enum bs_rc bs_asset_page(struct bs_page *page, struct bs_err *err) BS_CHECK;
enum bs_rc bs_asset_walk(struct bs_page_walk *walk, struct bs_err *err) BS_CHECK;

#endif
