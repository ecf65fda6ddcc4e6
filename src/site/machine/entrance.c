/* entrance.c - see entrance.h. */
#include "site/machine/entrance.h"

#include "lang/message.h"
#include "site/frame.h"
#include "site/front.h"
#include "site/machine/xml.h"
#include "site/tree.h"

/* Colours of the default theme's paper: what stands around the page while it loads. */
#define PAPER "#fcfbf8"

static struct bs_str absolute(struct bs_page *page, const char *path)
{
	return bs_url_absolute(page, bs_url_path(page, path));
}

/* --- robots.txt ------------------------------------------------------------------------------------------------------------- */

/* Everything may be read but searches, of which there is no end. */
enum bs_rc bs_robots_page(struct bs_page *page, struct bs_err *err)
{
	const struct bs_publication *p = page->publication;
	struct bs_str own = bs_press_file(page->press, BS_STR("robots.txt"));
	struct bs_buf *out = page->out;

	(void)err;
	page->type = BS_STR("text/plain; charset=utf-8");
	page->policy = bs_press_data_policy(page->press);
	if (own.ptr != NULL) {
		bs_buf_put(out, own);
		return BS_OK;
	}
	bs_buf_lit(out, "User-agent: *\n");
	for (size_t i = 0; i < p->lang_count; i++) {
		bs_buf_lit(out, "Disallow: ");
		bs_buf_put(out, bs_url_path_in(page, p->langs[i], "/search"));
		bs_buf_lit(out, "\n");
	}
	bs_buf_lit(out, "\nSitemap: ");
	bs_buf_put(out, bs_url_absolute(page, BS_STR("/sitemap.xml")));
	bs_buf_lit(out, "\nSitemap: ");
	bs_buf_put(out, bs_url_absolute(page, BS_STR("/news-sitemap.xml")));
	bs_buf_lit(out, "\n");
	return BS_OK;
}

enum bs_rc bs_robots_walk(struct bs_page_walk *walk, struct bs_err *err)
{
	return walk->found(walk->ctx, BS_STR("/robots.txt"), err);
}

/* --- opensearch.xml --------------------------------------------------------------------------------------------------------- */

enum { SHORT_NAME = 16, LONG_NAME = 48 }; /* characters, as the specification has it */

/* At most so many characters, cut behind a word where there is one. */
static struct bs_str cut_name(struct bs_str name, size_t most)
{
	size_t at = 0, end = 0, count = 0, word = 0;

	while (at < name.len && count < most) {
		if (name.ptr[at] == ' ')
			word = at;
		(void)bs_str_utf8_next(name, &at);
		end = at;
		count++;
	}
	if (end < name.len && name.ptr[end] != ' ' && word > 0)
		end = word;
	return bs_str_sub(name, 0, end);
}

static void put_url(struct bs_buf *out, const char *rel, const char *type, struct bs_str address, const char *query)
{
	bs_buf_lit(out, "<Url");
	bs_xml_attr(out, "rel", bs_str_c(rel));
	bs_xml_attr(out, "type", bs_str_c(type));
	bs_buf_lit(out, " template=\"");
	bs_out_xml(out, address);
	bs_out_raw(out, bs_str_c(query)); /* a literal of this program */
	bs_buf_lit(out, "\"/>\n");
}

static void put_image(struct bs_buf *out, int size, const char *type, struct bs_str address)
{
	bs_buf_printf(out, "<Image width=\"%d\" height=\"%d\" type=\"%s\">", size, size, type);
	bs_out_xml(out, address);
	bs_buf_lit(out, "</Image>\n");
}

enum bs_rc bs_opensearch_page(struct bs_page *page, struct bs_err *err)
{
	const struct bs_publication *p = page->publication;
	struct bs_str name = bs_site_name(page), tagline = bs_publication_text(p, p->taglines, p->tagline_count, page->lang);
	struct bs_buf *out = page->out;

	(void)err;
	page->type = BS_STR("application/opensearchdescription+xml");
	page->policy = bs_press_data_policy(page->press);
	bs_buf_lit(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n");
	bs_xml_element(out, "ShortName", cut_name(name, SHORT_NAME));
	bs_xml_element(out, "LongName", cut_name(name, LONG_NAME));
	bs_xml_element(out, "Description", tagline.len > 0 ? tagline : name);
	put_url(out, "results", "text/html", absolute(page, "/search"), "?q={searchTerms}");
	put_url(out, "self", "application/opensearchdescription+xml", absolute(page, "/opensearch.xml"), "");
	put_image(out, 64, "image/svg+xml", bs_url_absolute(page, BS_STR("/icon.svg")));
	put_image(out, 32, "image/x-icon", bs_url_absolute(page, BS_STR("/favicon.ico")));
	bs_xml_element(out, "Language", page->lang->code);
	bs_xml_element(out, "InputEncoding", BS_STR("UTF-8"));
	bs_xml_element(out, "OutputEncoding", BS_STR("UTF-8"));
	bs_xml_element(out, "AdultContent", BS_STR("false"));
	bs_buf_lit(out, "</OpenSearchDescription>\n");
	return BS_OK;
}

enum bs_rc bs_opensearch_walk(struct bs_page_walk *walk, struct bs_err *err)
{
	return bs_walk_languages(walk, "/opensearch.xml", err);
}

/* --- manifest.webmanifest --------------------------------------------------------------------------------------------------- */

static void add_icon(struct bs_json *icons, const char *src, const char *sizes, const char *type, const char *purpose)
{
	struct bs_json *icon = bs_json_add_object(icons, BS_STR(""));

	bs_tree_text(icon, "src", bs_str_c(src));
	bs_tree_text(icon, "sizes", bs_str_c(sizes));
	bs_tree_text(icon, "type", bs_str_c(type));
	bs_tree_text(icon, "purpose", bs_str_c(purpose));
}

enum bs_rc bs_manifest_page(struct bs_page *page, struct bs_err *err)
{
	const struct bs_publication *p = page->publication;
	struct bs_json *root = bs_json_new_object(page->arena), *icons;

	bs_tree_text(root, "id", bs_url_path(page, "/"));
	bs_tree_text(root, "start_url", bs_url_path(page, "/"));
	bs_tree_text(root, "scope", BS_STR("/"));
	bs_tree_text(root, "name", bs_site_name(page));
	bs_tree_text(root, "short_name", bs_site_name(page));
	bs_tree_text(root, "description", bs_publication_text(p, p->taglines, p->tagline_count, page->lang));
	bs_tree_text(root, "lang", page->lang->code);
	bs_tree_text(root, "dir", page->lang->rtl ? BS_STR("rtl") : BS_STR("ltr"));
	bs_tree_text(root, "display", BS_STR("minimal-ui")); /* a paper needs the way back */
	bs_tree_text(root, "background_color", BS_STR(PAPER));
	bs_tree_text(root, "theme_color", BS_STR(PAPER));
	bs_json_add_string(bs_json_add_array(root, BS_STR("categories")), BS_STR(""), BS_STR("news"));
	icons = bs_json_add_array(root, BS_STR("icons"));
	add_icon(icons, "/icon.svg", "any", "image/svg+xml", "any");
	add_icon(icons, "/icon-192.png", "192x192", "image/png", "any maskable");
	add_icon(icons, "/icon-512.png", "512x512", "image/png", "any maskable");
	page->type = BS_STR("application/manifest+json");
	page->policy = bs_press_data_policy(page->press);
	return bs_json_write(root, page->out, err);
}

enum bs_rc bs_manifest_walk(struct bs_page_walk *walk, struct bs_err *err)
{
	return bs_walk_languages(walk, "/manifest.webmanifest", err);
}
