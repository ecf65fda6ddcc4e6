/* whole.c - see whole.h. */
#include "site/machine/whole.h"

#include "lang/message.h"
#include "text/markup.h"
#include "text/out.h"

/* --- addresses ----------------------------------------------------------------------------------------------------------- */

/* "https:" of an address that has a scheme. */
static size_t scheme_len(struct bs_str href)
{
	for (size_t i = 0; i < href.len; i++) {
		char c = href.ptr[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (c == ':')
			return i;
		if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.')))
			return 0;
	}
	return 0;
}

/* The part of `base` that `href` goes behind. */
static struct bs_str base_for(const struct bs_publication *p, struct bs_str base, struct bs_str href)
{
	size_t end = base.len;

	if (bs_str_starts(href, BS_STR("//")))
		return bs_str_sub(p->url, 0, scheme_len(p->url) + 1);
	if (href.ptr[0] == '/')
		return p->url;
	if (href.ptr[0] == '#' || href.ptr[0] == '?')
		return base;
	while (end > 0 && base.ptr[end - 1] != '/')
		end--;
	return bs_str_sub(base, 0, end);
}

struct bs_str bs_url_resolve(struct bs_page *page, struct bs_str base, struct bs_str href)
{
	struct bs_str parts[2];

	if (href.len == 0 || scheme_len(href) > 0)
		return href;
	parts[0] = base_for(page->publication, base, href);
	parts[1] = href;
	return bs_arena_join(page->arena, parts, 2, BS_STR(""));
}

/* The next link or picture at or behind `from`; *value is where its address begins. A '<' of the text is written &lt;, so that
 * these are tags. */
static size_t next_address(struct bs_str html, size_t from, size_t *value)
{
	const struct bs_str link = BS_STR("<a href=\""), picture = BS_STR("<img src=\"");

	for (size_t at = bs_str_find_byte(html, '<', from); at != SIZE_MAX; at = bs_str_find_byte(html, '<', at + 1)) {
		struct bs_str tag = bs_str_sub(html, at, picture.len);
		if (!bs_str_starts(tag, link) && !bs_str_eq(tag, picture))
			continue;
		*value = at + (bs_str_starts(tag, link) ? link.len : picture.len);
		return at;
	}
	return SIZE_MAX;
}

static struct bs_str resolve_all(struct bs_page *page, struct bs_str base, struct bs_str html, bool within)
{
	struct bs_buf buf = BS_BUF(SIZE_MAX / 2); /* no longer than the story allows, which was capped when it came in */
	struct bs_str made;
	size_t done = 0, value;

	while (next_address(html, done, &value) != SIZE_MAX) {
		size_t end = bs_str_find_byte(html, '"', value);
		struct bs_str href = bs_str_sub(html, value, end == SIZE_MAX ? 0 : end - value);
		if (end == SIZE_MAX)
			break;
		bs_out_raw(&buf, bs_str_sub(html, done, value - done)); /* markup as it was */
		/* Escaped already; what goes before is made of an address without special characters. */
		bs_out_raw(&buf, within || !bs_str_starts(href, BS_STR("#")) ? bs_url_resolve(page, base, href) : href);
		done = end;
	}
	if (done == 0)
		return html;
	bs_out_raw(&buf, bs_str_sub(html, done, SIZE_MAX));
	made = bs_arena_copy(page->arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return made;
}

struct bs_str bs_markup_absolute(struct bs_page *page, struct bs_str base, struct bs_str html)
{
	return resolve_all(page, base, html, true);
}

struct bs_str bs_markup_outward(struct bs_page *page, struct bs_str base, struct bs_str html)
{
	return resolve_all(page, base, html, false);
}

/* --- the text ------------------------------------------------------------------------------------------------------------ */


struct bs_str bs_body_absolute(struct bs_page *page, struct bs_str base, const struct bs_body *body)
{
	struct bs_buf buf = BS_BUF(BS_MAX_PAGE);
	struct bs_str made;

	bs_body_put_whole(page, body, &buf);
	made = bs_markup_absolute(page, base, bs_arena_copy(page->arena, bs_buf_str(&buf)));
	bs_buf_free(&buf);
	return made;
}

/* <p>…</p> round canonical markup, or a message about it; nothing when it is empty. */
static void put_paragraph(struct bs_buf *out, struct bs_str markup)
{
	if (markup.len == 0)
		return;
	bs_buf_lit(out, "<p>");
	bs_out_raw(out, markup);
	bs_buf_lit(out, "</p>\n");
}

static void put_corrections(struct bs_page *page, const struct bs_story *story, struct bs_buf *out)
{
	for (size_t i = 0; i < story->correction_count; i++) {
		const struct bs_correction_row *c = &story->corrections[i];
		struct bs_str heading = bs_correction_heading(page, c);
		bs_buf_lit(out, "<p><strong>");
		bs_out_text(out, heading);
		bs_buf_lit(out, "</strong>: ");
		bs_out_raw(out, c->note); /* canonical markup */
		bs_buf_lit(out, "</p>\n");
	}
}

static void put_picture(struct bs_page *page, const struct bs_story *story, struct bs_buf *out)
{
	struct bs_str credit = bs_credit_markup(page, story->image_credit, story->image_credit_url);

	if (story->image.hash.len == 0)
		return;
	bs_buf_lit(out, "<figure><img src=\"");
	bs_out_attr(out, bs_url_media(page, &story->image));
	bs_buf_lit(out, "\" alt=\"");
	bs_out_attr(out, bs_markup_plain(page->arena, story->image_alt));
	bs_buf_printf(out, "\" width=\"%d\" height=\"%d\">", story->image.width, story->image.height);
	if (story->image_caption.len > 0 || credit.len > 0) {
		bs_buf_lit(out, "<figcaption>");
		bs_out_raw(out, story->image_caption); /* canonical markup */
		bs_buf_put(out, story->image_caption.len > 0 && credit.len > 0 ? BS_STR(" ") : BS_STR(""));
		bs_out_raw(out, credit); /* a message round canonical markup */
		bs_buf_lit(out, "</figcaption>");
	}
	bs_buf_lit(out, "</figure>\n");
}

static void put_notices(struct bs_page *page, const struct bs_story *story, const char *place, struct bs_buf *out)
{
	const struct bs_notice *const *list;
	size_t count = bs_story_notices(page, story, bs_str_c(place), &list);

	for (size_t i = 0; i < count; i++) {
		if (list[i]->title.len > 0) {
			bs_buf_lit(out, "<p><strong>");
			bs_out_text(out, list[i]->title);
			bs_buf_lit(out, "</strong></p>\n");
		}
		bs_body_put_whole(page, &list[i]->body, out);
	}
}

struct bs_str bs_story_content(struct bs_page *page, const struct bs_story *story)
{
	struct bs_buf buf = BS_BUF(BS_MAX_PAGE);
	struct bs_str made;

	put_corrections(page, story, &buf);
	put_paragraph(&buf, story->subtitle);
	put_picture(page, story, &buf);
	put_notices(page, story, "before", &buf);
	bs_body_put_whole(page, &story->body, &buf);
	put_paragraph(&buf, story->author_line);
	put_notices(page, story, "after", &buf);
	put_paragraph(&buf, bs_story_source_line(page, story));
	put_paragraph(&buf, bs_markup_of_text(page->arena, story->source_permission));
	put_notices(page, story, "end", &buf);
	put_paragraph(&buf, bs_licence_line(page, story));
	made = bs_markup_absolute(page, bs_story_url(page, &story->address), bs_arena_copy(page->arena, bs_buf_str(&buf)));
	bs_buf_free(&buf);
	return made;
}
