/* preview.c - a story as those who work on it look at it before readers do: its page, and what a search engine and a network will show of it. */
#include "base/sys.h"
#include "site/frame.h"
#include "site/site.h"
#include "site/story.h"

static enum bs_rc look(struct bs_page *page, struct bs_story *story, struct bs_err *err)
{
	enum bs_rc rc = bs_story_look(page, page->captures->number[BS_CAPTURE_ID], story, err);

	page->uncached = true;
	return rc == BS_OK ? bs_story_fill(page, story, true, err) : rc;
}

enum bs_rc bs_site_preview(struct bs_page *page, struct bs_err *err)
{
	struct bs_story *story = BS_NEW(page->arena, struct bs_story);
	enum bs_rc rc = look(page, story, err);

	if (rc != BS_OK)
		return rc;
	return story->kind == BS_KIND_PAGE ? bs_dateless_print(page, story, err) : bs_story_print(page, story, err);
}

/* "courier.example › 2025 › 11 › the-first-ice", as engines write an address. */
static struct bs_str trail(struct bs_page *page, struct bs_str url)
{
	size_t host = bs_str_find(url, BS_STR("://"), 0);
	struct bs_str rest = host == SIZE_MAX ? url : bs_str_sub(url, host + 3, SIZE_MAX), part;
	struct bs_buf buf = BS_BUF(BS_MAX_URL * 4);
	struct bs_str made;

	while (rest.len > 0 && bs_str_split(&rest, '/', &part)) {
		if (buf.len > 0 && part.len > 0)
			bs_buf_lit(&buf, " › ");
		bs_buf_put(&buf, part);
	}
	made = bs_arena_copy(page->arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return made;
}

/* What has no day yet has that of today in its address, where it would be if it were published now. */
static void date_address(struct bs_page *page, struct bs_story *story)
{
	int64_t now = bs_now();
	struct bs_civil today = bs_civil_of(now, bs_zone_offset(page->publication->zone, now));

	if (story->kind == BS_KIND_PAGE || story->address.year != 0)
		return;
	story->address.year = today.year;
	story->address.month = today.month;
}

/* The facts of the graph, from which the head of the story's page is made, too. */
enum bs_rc bs_site_preview_share(struct bs_page *page, struct bs_err *err)
{
	struct bs_story *story = BS_NEW(page->arena, struct bs_story);
	struct bs_dict *dict = bs_dict_new(page->arena, 4), *view;
	struct bs_frame frame = { 0 };
	struct bs_shape_image image;
	enum bs_rc rc = look(page, story, err);

	if (rc != BS_OK)
		return rc;
	date_address(page, story);
	bs_graph_of_story(page, story, &frame.graph);
	frame.noindex = true;
	image = (struct bs_shape_image){ .media = &frame.graph.image, .alt = frame.graph.image_alt };
	view = bs_frame_view(page, &frame);
	bs_set_text(dict, BS_N_title, frame.graph.title);
	bs_set_text(dict, BS_N_address, trail(page, frame.graph.canonical));
	bs_set(dict, BS_N_published, bs_shape_date(page, frame.graph.published));
	bs_set(dict, BS_N_image, bs_shape_image(page, &image));
	bs_set(view, BS_N_share, bs_value_dict(dict));
	return bs_page_render(page, "share", view, err);
}
