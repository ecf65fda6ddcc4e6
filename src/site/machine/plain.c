/* plain.c - a story as plain text, for mail and terminals: who, when and where from, then the text in lines that fit, the notices
 * that belong to it, the terms of its use and its address; the addresses of links as numbered notes at the end.
 *
 * All of it is gathered as the blocks of one body, so that links are numbered through and one writer makes the lines. */
#include "lang/message.h"
#include "site/machine/forms.h"
#include "site/machine/whole.h"
#include "text/markup.h"

enum { COLUMNS = 72 };

struct text {
	struct bs_page *page;
	struct bs_str base; /* what addresses are relative to */
	struct bs_body body;
	size_t room;
};

static void add(struct text *text, struct bs_str path, struct bs_str attrs, struct bs_str markup)
{
	struct bs_page *page = text->page;
	struct bs_body *body = &text->body;
	struct bs_str href = bs_attrs_get(attrs, BS_STR("href"));

	BS_GROW(page->arena, body->blocks, body->count, text->room, 64);
	if (href.len > 0)
		attrs = bs_attrs_set(page->arena, attrs, BS_STR("href"), bs_url_resolve(page, text->base, href));
	body->blocks[body->count++] = (struct bs_block){ path, attrs, bs_markup_outward(page, text->base, markup) };
}

static void add_paragraph(struct text *text, struct bs_str markup)
{
	if (markup.len > 0)
		add(text, BS_STR("p"), BS_STR(""), markup);
}

static void add_rule(struct text *text)
{
	add(text, BS_STR("hr"), BS_STR(""), BS_STR(""));
}

/* "ol/li" as "ol+/li": a list of one body does not go on in the next. */
static struct bs_str begun_anew(struct bs_page *page, struct bs_str path)
{
	size_t slash = bs_str_find_byte(path, '/', 0);
	struct bs_str parts[] = { bs_str_sub(path, 0, slash), BS_STR("+"), bs_str_sub(path, slash, SIZE_MAX) };

	if (slash == SIZE_MAX || path.ptr[slash - 1] == '+')
		return path;
	return bs_arena_join(page->arena, parts, BS_COUNT(parts), BS_STR(""));
}

/* The headings of a body are one step below the story's own title. */
static struct bs_str heading_below(struct bs_str path)
{
	static const struct bs_str levels[] = { BS_STR_INIT("h2"), BS_STR_INIT("h3"), BS_STR_INIT("h4"), BS_STR_INIT("h5"),
		                                BS_STR_INIT("h6") };

	for (size_t i = 0; i + 1 < BS_COUNT(levels); i++) {
		if (bs_str_eq(path, levels[i]))
			return levels[i + 1];
	}
	return path;
}

static void add_body(struct text *text, const struct bs_body *body)
{
	for (size_t i = 0; i < body->count; i++) {
		const struct bs_block *block = &body->blocks[i];
		struct bs_str path = heading_below(block->path);
		add(text, i == 0 ? begun_anew(text->page, path) : path, block->attrs, block->markup);
	}
}

static void add_notices(struct text *text, const struct bs_story *story, const char *place)
{
	const struct bs_notice *const *list;
	size_t count = bs_story_notices(text->page, story, bs_str_c(place), &list);

	for (size_t i = 0; i < count; i++) {
		if (list[i]->title.len > 0)
			add(text, BS_STR("h3"), BS_STR(""), bs_markup_of_text(text->page->arena, list[i]->title));
		add_body(text, &list[i]->body);
	}
}

/* Lines of one paragraph: markup, those that are empty left out. */
static void add_lines(struct text *text, const struct bs_str *lines, size_t count)
{
	struct bs_str kept[16];
	size_t n = 0;

	for (size_t i = 0; i < count && n < BS_COUNT(kept); i++) {
		if (lines[i].len > 0)
			kept[n++] = lines[i];
	}
	add_paragraph(text, bs_arena_join(text->page->arena, kept, n, BS_STR("<br>")));
}

static struct bs_str date_line(struct bs_page *page, int64_t time, bool updated)
{
	struct bs_str text;

	if (time == 0)
		return BS_STR("");
	text = bs_date(page->arena, page->lang, BS_DATE_TIME, page->publication->zone, time);
	return updated ? bs_say_story_updated(page->arena, page->lang, text) : bs_say_story_published(page->arena, page->lang, text);
}

/* "North Shore · Climate & Ice · Icebreakers" */
static struct bs_str terms_line(struct bs_page *page, const struct bs_story *story)
{
	struct bs_str *names = BS_ARRAY(page->arena, story->term_count, struct bs_str);

	for (size_t i = 0; i < story->term_count; i++)
		names[i] = story->terms[i].name;
	return bs_markup_of_text(page->arena, bs_arena_join(page->arena, names, story->term_count, BS_STR(" · ")));
}

static void add_head(struct text *text, const struct bs_story *story)
{
	struct bs_page *page = text->page;
	struct bs_str lines[BS_ROLE_COUNT + 5];
	size_t count = 0;

	add_paragraph(text, bs_markup_of_text(page->arena, bs_site_name(page)));
	add(text, BS_STR("h2"), BS_STR(""), story->title);
	add_paragraph(text, story->subtitle);
	for (enum bs_role role = 0; role < BS_ROLE_COUNT; role++)
		lines[count++] = bs_markup_of_text(page->arena, bs_story_credit(page, story, role));
	lines[count++] = date_line(page, story->published_at, false);
	lines[count++] = date_line(page, story->updated_at, true);
	lines[count++] = bs_story_source_line(page, story);
	lines[count++] = bs_markup_of_text(page->arena, story->source_permission);
	lines[count++] = terms_line(page, story);
	add_lines(text, lines, count);
}

static void add_corrections(struct text *text, const struct bs_story *story)
{
	struct bs_page *page = text->page;

	for (size_t i = 0; i < story->correction_count; i++) {
		const struct bs_correction_row *c = &story->corrections[i];
		struct bs_str parts[] = { bs_markup_of_text(page->arena, bs_correction_heading(page, c)), BS_STR(": "), c->note };
		add_paragraph(text, bs_arena_join(page->arena, parts, BS_COUNT(parts), BS_STR("")));
	}
}

static void add_picture(struct text *text, const struct bs_story *story)
{
	struct bs_str credit = bs_credit_markup(text->page, story->image_credit, story->image_credit_url);

	if (story->image.hash.len == 0)
		return;
	if (story->image_alt.len > 0)
		add(text, BS_STR("figure+/img"), BS_STR(""), story->image_alt);
	if (story->image_caption.len > 0)
		add(text, BS_STR("figure/figcaption"), BS_STR(""), story->image_caption);
	if (credit.len > 0)
		add(text, BS_STR("figure/credit"), BS_STR(""), credit);
}

static void add_foot(struct text *text, const struct bs_story *story)
{
	struct bs_page *page = text->page;
	struct bs_str lines[] = { bs_markup_of_text(page->arena, bs_story_copyright(page, story)), bs_licence_line(page, story),
		                  bs_markup_of_text(page->arena, bs_story_url(page, &story->address)) };

	add_rule(text);
	add_notices(text, story, "end");
	add_lines(text, lines, BS_COUNT(lines));
}

enum bs_rc bs_plain_page(struct bs_page *page, struct bs_err *err)
{
	struct bs_body_text_options options = { .link_notes = true, .columns = COLUMNS };
	struct bs_story *story = BS_NEW(page->arena, struct bs_story);
	struct text text = { .page = page };
	bool moved;
	enum bs_rc rc = bs_story_of(page, bs_story_ending(BS_FORM_TEXT), false, story, &moved, err);

	if (rc != BS_OK || moved)
		return rc;
	text.base = bs_story_url(page, &story->address);
	add_head(&text, story);
	add_corrections(&text, story);
	add_picture(&text, story);
	add_notices(&text, story, "before");
	add_rule(&text);
	add_body(&text, &story->body);
	add_paragraph(&text, story->author_line);
	add_notices(&text, story, "after");
	add_foot(&text, story);
	rc = bs_body_links(page->arena, &text.body, err);
	if (rc != BS_OK)
		return rc;
	bs_body_text(page->out, &text.body, &options);
	page->type = BS_STR("text/plain; charset=utf-8");
	page->canonical = bs_story_canonical(page, story);
	page->policy = bs_press_data_policy(page->press);
	return BS_OK;
}
