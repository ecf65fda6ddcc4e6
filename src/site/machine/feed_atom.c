/* feed_atom.c - a feed as Atom (RFC 4287), with links to the licence (RFC 4946), to the other languages of each story and to
 * where it was first published. */
#include "site/machine/feed.h"
#include "site/machine/xml.h"
#include "text/markup.h"

static void put_link(struct bs_page *page, const char *rel, const char *type, struct bs_str lang, struct bs_str href)
{
	struct bs_buf *out = page->out;

	if (href.len == 0)
		return;
	bs_buf_lit(out, "<link");
	bs_xml_attr(out, "rel", bs_str_c(rel));
	bs_xml_attr(out, "type", bs_str_c(type));
	bs_xml_attr(out, "hreflang", lang);
	bs_xml_attr(out, "href", href);
	bs_buf_lit(out, "/>\n");
}

static void put_person(struct bs_page *page, const char *element, struct bs_str name, struct bs_str uri)
{
	struct bs_buf *out = page->out;

	bs_buf_printf(out, "<%s>", element);
	bs_xml_element(out, "name", name);
	bs_xml_element(out, "uri", uri);
	bs_buf_printf(out, "</%s>\n", element);
}

static void put_people(struct bs_page *page, const struct bs_story *story)
{
	for (size_t i = 0; i < story->person_count; i++) {
		const struct bs_person_row *person = &story->people[i];
		put_person(page, person->role == BS_ROLE_AUTHOR ? "author" : "contributor", person->name,
		           bs_url_absolute(page, bs_url_list(page, BS_STR("author"), person->slug, 1)));
	}
}

static void put_terms(struct bs_page *page, const struct bs_story *story)
{
	struct bs_buf *out = page->out;

	for (size_t i = 0; i < story->term_count; i++) {
		struct bs_str kind = bs_vocabulary_name(story->terms[i].vocabulary);
		bs_buf_lit(out, "<category");
		bs_xml_attr(out, "term", story->terms[i].slug);
		bs_xml_attr(out, "scheme", bs_url_absolute(page, bs_url_path(page, bs_arena_printf(page->arena, "/%s/", kind.ptr).ptr)));
		bs_xml_attr(out, "label", story->terms[i].name);
		bs_buf_lit(out, "/>\n");
	}
}

static void put_links(struct bs_page *page, const struct bs_story *story)
{
	struct bs_alternates others = bs_alternates_of_story(page, story->id, story->address.lang, story->versions, story->version_count);

	put_link(page, "alternate", "text/html", page->lang->code, bs_story_url(page, &story->address));
	for (size_t i = 0; i < others.count; i++) {
		if (others.list[i].lang != page->lang)
			put_link(page, "alternate", "text/html", others.list[i].lang->code, bs_url_absolute(page, others.list[i].path));
	}
	put_link(page, "via", "", BS_STR(""), story->source_url);
	put_link(page, "license", "", BS_STR(""), bs_licence_url(page, bs_story_licence(page, story)));
	if (story->image.hash.len > 0)
		put_link(page, "enclosure", story->image.mime.ptr, BS_STR(""), bs_url_absolute(page, bs_url_media(page, &story->image)));
}

void bs_feed_atom_entry(struct bs_page *page, const struct bs_story *story)
{
	struct bs_buf *out = page->out;

	bs_buf_lit(out, "<entry>\n");
	bs_xml_element(out, "id", bs_story_name(page, story));
	bs_xml_element(out, "title", bs_markup_plain(page->arena, story->title));
	bs_xml_time(out, "published", story->published_at);
	bs_xml_time(out, "updated", bs_story_modified(story));
	put_links(page, story);
	put_people(page, story);
	put_terms(page, story);
	bs_xml_element(out, "summary", bs_story_summary(page, story));
}

static void put_entry(struct bs_buf *out, const struct bs_feed_entry *entry)
{
	bs_out_raw(out, entry->written); /* by bs_feed_atom_entry */
	bs_buf_lit(out, "<content type=\"html\">");
	bs_out_raw(out, entry->text); /* escaped */
	bs_buf_lit(out, "</content>\n</entry>\n");
}

void bs_feed_atom(struct bs_page *page, const struct bs_feed *feed)
{
	struct bs_buf *out = page->out;

	bs_buf_lit(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"");
	bs_xml_attr(out, "xml:lang", page->lang->code);
	bs_buf_lit(out, ">\n");
	bs_xml_element(out, "id", feed->self);
	bs_xml_element(out, "title", feed->title);
	bs_xml_element(out, "subtitle", feed->description);
	bs_xml_time(out, "updated", feed->modified);
	put_link(page, "self", "application/atom+xml", BS_STR(""), feed->self);
	put_link(page, "alternate", "text/html", page->lang->code, feed->home);
	/* Of stories without a byline: each entry must have an author or inherit one. */
	put_person(page, "author", bs_site_name(page), bs_url_absolute(page, bs_url_path(page, "/")));
	bs_xml_element(out, "rights", bs_rights_text(page));
	bs_xml_element(out, "generator", BS_STR("Broadsheet"));
	for (size_t i = 0; i < feed->count; i++)
		put_entry(out, &feed->entries[i]);
	bs_buf_lit(out, "</feed>\n");
}
