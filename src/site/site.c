/* site.c - the table of the public site. */
#include "site/site.h"

#include "page/asset.h"
#include "site/front.h"
#include "site/machine/entrance.h"
#include "site/machine/feed.h"
#include "site/machine/forms.h"
#include "site/machine/icon/icon.h"
#include "site/machine/sitemap.h"
#include "site/story.h"

/* The feeds of a list in their three forms. */
#define FEEDS(list, of) \
	{ "[/{lang}]" list "/feed.xml", bs_feed_page, bs_feed_walk, BS_FEED(of, BS_FEED_RSS) }, \
	{ "[/{lang}]" list "/feed.atom", bs_feed_page, NULL, BS_FEED(of, BS_FEED_ATOM) }, \
	{ "[/{lang}]" list "/feed.json", bs_feed_page, NULL, BS_FEED(of, BS_FEED_JSON) }

/* What has several forms is walked for all of them by the first. */
const struct bs_page_route bs_site_routes[] = {
	{ "/", bs_home_page, bs_home_walk, 0 },
	{ "/{lang}/", bs_home_page, NULL, 0 },
	{ "[/{lang}]/{yyyy}/{mm}/{slug}", bs_story_page, bs_story_walk, BS_FORM_PAGE },
	{ "[/{lang}]/{yyyy}/{mm}/{slug}.txt", bs_plain_page, NULL, BS_FORM_TEXT },
	{ "[/{lang}]/{yyyy}/{mm}/{slug}.json", bs_ninjs_page, NULL, BS_FORM_JSON },
	{ "[/{lang}]/{slug}", bs_dateless_page, bs_dateless_walk, 0 },
	{ "[/{lang}]/region/{slug}[/page/{n}]", bs_term_list_page, bs_term_walk, BS_REGION },
	{ "[/{lang}]/theme/{slug}[/page/{n}]", bs_term_list_page, bs_term_walk, BS_THEME },
	{ "[/{lang}]/report/{slug}[/page/{n}]", bs_term_list_page, bs_term_walk, BS_REPORT },
	{ "[/{lang}]/tag/{slug}[/page/{n}]", bs_term_list_page, bs_term_walk, BS_TAG },
	{ "[/{lang}]/author/{slug}[/page/{n}]", bs_author_page, bs_author_walk, 0 },
	{ "[/{lang}]/archive", bs_archive_page, bs_archive_walk, 0 },
	{ "[/{lang}]/archive/{yyyy}/{mm}[/page/{n}]", bs_month_page, bs_month_walk, 0 },
	{ "[/{lang}]/corrections[/page/{n}]", bs_corrections_page, bs_corrections_walk, 0 },
	{ "[/{lang}]/search[/page/{n}]", bs_search_page, NULL, 0 },
	{ "/sitemap.xml", bs_sitemap_index_page, bs_sitemap_index_walk, 0 },
	{ "[/{lang}]/sitemap-{yyyy}-{mm}[-{n}].xml", bs_sitemap_month_page, bs_sitemap_files_walk, 0 },
	{ "[/{lang}]/sitemap-pages.xml", bs_sitemap_pages_page, NULL, 0 },
	{ "[/{lang}]/sitemap-region[-{n}].xml", bs_sitemap_lists_page, NULL, BS_REGION },
	{ "[/{lang}]/sitemap-theme[-{n}].xml", bs_sitemap_lists_page, NULL, BS_THEME },
	{ "[/{lang}]/sitemap-report[-{n}].xml", bs_sitemap_lists_page, NULL, BS_REPORT },
	{ "[/{lang}]/sitemap-tag[-{n}].xml", bs_sitemap_lists_page, NULL, BS_TAG },
	{ "[/{lang}]/sitemap-author[-{n}].xml", bs_sitemap_lists_page, NULL, BS_SITEMAP_AUTHORS },
	{ "/news-sitemap.xml", bs_sitemap_news_page, bs_sitemap_news_walk, 0 },
	{ "/robots.txt", bs_robots_page, bs_robots_walk, 0 },
	{ "[/{lang}]/opensearch.xml", bs_opensearch_page, bs_opensearch_walk, 0 },
	{ "[/{lang}]/manifest.webmanifest", bs_manifest_page, bs_manifest_walk, 0 },
	{ "/icon.svg", bs_icon_page, bs_icon_walk, BS_ICON_SVG },
	{ "/favicon.ico", bs_icon_page, bs_icon_walk, BS_ICON_ICO },
	{ "/apple-touch-icon.png", bs_icon_page, bs_icon_walk, BS_ICON_TOUCH },
	{ "/icon-192.png", bs_icon_page, bs_icon_walk, BS_ICON_192 },
	{ "/icon-512.png", bs_icon_page, bs_icon_walk, BS_ICON_512 },
	{ "/assets/{word}/{file}", bs_asset_page, bs_asset_walk, 0 },
	FEEDS("", BS_FEED_OF_ALL),
	FEEDS("/region/{slug}", BS_FEED_OF_TERM + BS_REGION),
	FEEDS("/theme/{slug}", BS_FEED_OF_TERM + BS_THEME),
	FEEDS("/report/{slug}", BS_FEED_OF_TERM + BS_REPORT),
	FEEDS("/tag/{slug}", BS_FEED_OF_TERM + BS_TAG),
	FEEDS("/author/{slug}", BS_FEED_OF_PERSON),
};

const size_t bs_site_route_count = BS_COUNT(bs_site_routes);
