/* sitemap.h - sitemaps (sitemaps.org 0.9, with the languages of each address as xhtml:link): an index, and below it files of at most
 * BS_SITEMAP_ADDRESSES; and the news sitemap, with the stories of the last two days.
 *
 *   /sitemap.xml                the index, over all languages
 *   /sitemap-2025-11.xml        the stories of a month of addresses; -2.xml, -3.xml … when there are more
 *   /sitemap-region.xml …       lists that have stories, of each vocabulary and of authors
 *   /sitemap-pages.xml          everything else: home, archive and its months, corrections, about, contact
 *   /news-sitemap.xml
 *
 * All but the first and the last in each language below its prefix, as the protocol wants it: a sitemap is only of addresses below
 * its own. What has its home elsewhere is left out. */
#ifndef BS_SITE_MACHINE_SITEMAP_H
#define BS_SITE_MACHINE_SITEMAP_H

#include "site/graph.h"

enum {
	BS_SITEMAP_ADDRESSES = 1000, /* of one file: with 52 languages each they fit a page, and the protocol's 50 MB */
	BS_SITEMAP_FILES = 50000,    /* of the index, as the protocol has it */
	BS_SITEMAP_AUTHORS = BS_VOCABULARY_COUNT, /* the number of a route of lists, besides enum bs_vocabulary */
};

enum bs_rc bs_sitemap_index_page(struct bs_page *page, struct bs_err *err) BS_CHECK;
enum bs_rc bs_sitemap_month_page(struct bs_page *page, struct bs_err *err) BS_CHECK;
enum bs_rc bs_sitemap_lists_page(struct bs_page *page, struct bs_err *err) BS_CHECK; /* page->which: what of */
enum bs_rc bs_sitemap_pages_page(struct bs_page *page, struct bs_err *err) BS_CHECK;
enum bs_rc bs_sitemap_news_page(struct bs_page *page, struct bs_err *err) BS_CHECK;

enum bs_rc bs_sitemap_index_walk(struct bs_page_walk *walk, struct bs_err *err) BS_CHECK;
enum bs_rc bs_sitemap_files_walk(struct bs_page_walk *walk, struct bs_err *err) BS_CHECK; /* every file of the index */
enum bs_rc bs_sitemap_news_walk(struct bs_page_walk *walk, struct bs_err *err) BS_CHECK;

/* --- for the files of this room's sitemaps ----------------------------------------------------------------------------------- */

/* <urlset>, and what ends it. */
void bs_sitemap_begin(struct bs_page *page);
void bs_sitemap_end(struct bs_page *page);
/* One address in the page's language; `modified` 0 is not said. */
void bs_sitemap_address(struct bs_page *page, struct bs_str url, int64_t modified, const struct bs_alternates *alternates);
/* Which part of its addresses a file has, from 0. BS_NOT_FOUND for "-1", which is the one without a number. */
enum bs_rc bs_sitemap_part(const struct bs_page *page, int64_t *out) BS_CHECK;

#endif
