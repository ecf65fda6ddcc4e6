/* feed_rss.c - a feed as RSS 2.0 (https://www.rssboard.org/rss-specification), as its Best Practices Profile advises:
 * the whole text in content:encoded, every author in dc:creator, the feed's own address in atom:link. */
#include "base/sys.h"
#include "site/machine/feed.h"
#include "site/machine/xml.h"
#include "text/markup.h"

static void put_date(struct bs_buf *out, const char *name, int64_t time)
{
	char text[BS_TIME_HTTP_MAX];

	bs_xml_element(out, name, bs_time_http(time, text));
}

static void put_picture(struct bs_page *page, const struct bs_story *story)
{
	struct bs_buf *out = page->out;
	struct bs_str url;

	if (story->image.hash.len == 0)
		return;
	url = bs_url_absolute(page, bs_url_media(page, &story->image));
	bs_buf_lit(out, "<enclosure");
	bs_xml_attr(out, "url", url);
	bs_buf_printf(out, " length=\"%lld\"", (long long)story->image.bytes);
	bs_xml_attr(out, "type", story->image.mime);
	bs_buf_lit(out, "/>\n<media:content medium=\"image\"");
	bs_xml_attr(out, "url", url);
	bs_xml_attr(out, "type", story->image.mime);
	bs_buf_printf(out, " width=\"%d\" height=\"%d\">\n", story->image.width, story->image.height);
	bs_xml_element(out, "media:description type=\"plain\"", bs_markup_plain(page->arena, story->image_caption));
	bs_xml_element(out, "media:text type=\"plain\"", bs_markup_plain(page->arena, story->image_alt));
	bs_xml_element(out, "media:credit", bs_markup_plain(page->arena, story->image_credit));
	bs_buf_lit(out, "</media:content>\n");
}

static void put_terms(struct bs_page *page, const struct bs_story *story)
{
	struct bs_buf *out = page->out;

	for (size_t i = 0; i < story->term_count; i++) {
		const struct bs_term_row *term = &story->terms[i];
		bs_buf_lit(out, "<category");
		bs_xml_attr(out, "domain", bs_url_absolute(page, bs_url_list(page, bs_vocabulary_name(term->vocabulary), term->slug, 1)));
		bs_buf_putc(out, '>');
		bs_out_xml(out, term->name);
		bs_buf_lit(out, "</category>\n");
	}
}

void bs_feed_rss_item(struct bs_page *page, const struct bs_story *story)
{
	struct bs_buf *out = page->out;

	bs_buf_lit(out, "<item>\n");
	bs_xml_element(out, "title", bs_markup_plain(page->arena, story->title));
	bs_xml_element(out, "link", bs_story_url(page, &story->address));
	bs_xml_element(out, "guid isPermaLink=\"false\"", bs_story_name(page, story));
	put_date(out, "pubDate", story->published_at);
	if (bs_story_modified(story) > story->published_at)
		bs_xml_time(out, "dcterms:modified", bs_story_modified(story));
	for (size_t i = 0; i < story->person_count; i++) {
		if (story->people[i].role == BS_ROLE_AUTHOR)
			bs_xml_element(out, "dc:creator", story->people[i].name);
	}
	put_terms(page, story);
	/* Readers take it for HTML. */
	bs_xml_element(out, "description", bs_markup_of_text(page->arena, bs_story_summary(page, story)));
	put_picture(page, story);
}

static void put_item(struct bs_buf *out, const struct bs_feed_entry *entry)
{
	bs_out_raw(out, entry->written); /* by bs_feed_rss_item */
	bs_buf_lit(out, "<content:encoded>");
	bs_out_raw(out, entry->text); /* escaped */
	bs_buf_lit(out, "</content:encoded>\n</item>\n");
}

void bs_feed_rss(struct bs_page *page, const struct bs_feed *feed)
{
	struct bs_buf *out = page->out;

	bs_buf_lit(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" "
	                "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
	                "xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:media=\"http://search.yahoo.com/mrss/\">\n<channel>\n");
	bs_xml_element(out, "title", feed->title);
	bs_xml_element(out, "link", feed->home);
	bs_buf_lit(out, "<atom:link rel=\"self\" type=\"application/rss+xml\"");
	bs_xml_attr(out, "href", feed->self);
	bs_buf_lit(out, "/>\n");
	bs_xml_element(out, "description", feed->description.len > 0 ? feed->description : feed->title);
	bs_xml_element(out, "language", page->lang->code);
	bs_xml_element(out, "copyright", bs_rights_text(page));
	bs_xml_element(out, "generator", BS_STR("Broadsheet"));
	if (feed->modified != 0)
		put_date(out, "lastBuildDate", feed->modified);
	for (size_t i = 0; i < feed->count; i++)
		put_item(out, &feed->entries[i]);
	bs_buf_lit(out, "</channel>\n</rss>\n");
}
