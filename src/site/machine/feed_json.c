/* feed_json.c - a feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). */
#include "site/machine/feed.h"
#include "site/tree.h"
#include "text/markup.h"

static void add_people(struct bs_page *page, const struct bs_story *story, struct bs_json *item)
{
	struct bs_json *authors = NULL, *author;

	for (size_t i = 0; i < story->person_count; i++) {
		const struct bs_person_row *person = &story->people[i];
		if (person->role != BS_ROLE_AUTHOR)
			continue;
		if (authors == NULL)
			authors = bs_json_add_array(item, BS_STR("authors"));
		author = bs_json_add_object(authors, BS_STR(""));
		bs_tree_text(author, "name", person->name);
		bs_tree_text(author, "url", bs_url_absolute(page, bs_url_list(page, BS_STR("author"), person->slug, 1)));
		if (person->portrait.hash.len > 0)
			bs_tree_text(author, "avatar", bs_url_absolute(page, bs_url_media(page, &person->portrait)));
	}
}

static void add_picture(struct bs_page *page, const struct bs_story *story, struct bs_json *item)
{
	struct bs_json *attachment;
	struct bs_str url;

	if (story->image.hash.len == 0)
		return;
	url = bs_url_absolute(page, bs_url_media(page, &story->image));
	bs_tree_text(item, "image", url);
	attachment = bs_json_add_object(bs_json_add_array(item, BS_STR("attachments")), BS_STR(""));
	bs_tree_text(attachment, "url", url);
	bs_tree_text(attachment, "mime_type", story->image.mime);
	bs_tree_text(attachment, "title", bs_markup_plain(page->arena, story->image_caption));
	bs_json_add_int(attachment, BS_STR("size_in_bytes"), story->image.bytes);
}

enum bs_rc bs_feed_json_item(struct bs_page *page, const struct bs_story *story, struct bs_str content, struct bs_err *err)
{
	struct bs_json *item = bs_json_new_object(page->arena), *tags;

	bs_tree_text(item, "id", bs_story_name(page, story));
	bs_tree_text(item, "url", bs_story_url(page, &story->address));
	bs_tree_text(item, "title", bs_markup_plain(page->arena, story->title));
	bs_tree_text(item, "summary", bs_story_summary(page, story));
	bs_tree_text(item, "content_html", content);
	bs_tree_time(page->arena, item, "date_published", story->published_at);
	if (bs_story_modified(story) > story->published_at)
		bs_tree_time(page->arena, item, "date_modified", bs_story_modified(story));
	bs_tree_text(item, "language", story->address.lang->code);
	add_people(page, story, item);
	add_picture(page, story, item);
	if (story->term_count > 0) {
		tags = bs_json_add_array(item, BS_STR("tags"));
		for (size_t i = 0; i < story->term_count; i++)
			bs_json_add_string(tags, BS_STR(""), story->terms[i].name);
	}
	return bs_json_write(item, page->out, err);
}

enum bs_rc bs_feed_json(struct bs_page *page, const struct bs_feed *feed, struct bs_err *err)
{
	struct bs_json *root = bs_json_new_object(page->arena), *author, *items;

	bs_tree_text(root, "version", BS_STR("https://jsonfeed.org/version/1.1"));
	bs_tree_text(root, "title", feed->title);
	bs_tree_text(root, "description", feed->description);
	bs_tree_text(root, "home_page_url", feed->home);
	bs_tree_text(root, "feed_url", feed->self);
	bs_tree_text(root, "language", page->lang->code);
	author = bs_json_add_object(bs_json_add_array(root, BS_STR("authors")), BS_STR(""));
	bs_tree_text(author, "name", bs_site_name(page));
	bs_tree_text(author, "url", bs_url_absolute(page, bs_url_path(page, "/")));
	items = bs_json_add_array(root, BS_STR("items"));
	for (size_t i = 0; i < feed->count; i++)
		bs_json_add_written(items, BS_STR(""), feed->entries[i].written);
	return bs_json_write(root, page->out, err);
}
