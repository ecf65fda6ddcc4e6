/* shape_story.c - people, notices, corrections, pagination, bodies; see shape.h. */
#include <stdio.h>

#include "http/static.h"
#include "lang/message.h"
#include "site/read/rows.h"
#include "site/shape.h"
#include "text/markup.h"

/* --- bodies ------------------------------------------------------------------------------------------------------------- */

struct body_call {
	struct bs_call call;
	struct bs_page *page;
	struct bs_body body; /* a copy of the list's head: what it points to is in the arena, itself it may be on a stack */
};

/* Pictures of a body are "media:HASH.EXT", with their size in the attributes. */
static bool picture_of(struct bs_str src, const struct bs_body_image *image, struct bs_media_ref *out)
{
	struct bs_str name = bs_str_sub(src, sizeof("media:") - 1, SIZE_MAX);
	size_t dot = bs_str_find_byte(name, '.', 0);

	*out = (struct bs_media_ref){ .hash = bs_str_sub(name, 0, dot), .width = image->width, .height = image->height,
		.mime = bs_static_type(name) };
	return bs_str_starts(src, BS_STR("media:")) && dot != SIZE_MAX;
}

/* Of another host: a page that showed it would tell that host who reads it. */
static bool is_elsewhere(struct bs_str src)
{
	return bs_str_find(src, BS_STR("://"), 0) != SIZE_MAX || bs_str_starts(src, BS_STR("//"));
}

static void picture_choice(void *ctx, struct bs_str src, struct bs_body_image *out)
{
	struct bs_media_ref media;

	if (!picture_of(src, out, &media)) {
		out->as_link = is_elsewhere(src);
		return;
	}
	out->src = bs_url_usual(ctx, &media);
	out->webp = bs_media_webp(ctx, &media);
	out->sizes = BS_STR("(min-width: 44em) 40rem, 100vw");
}

static void picture_whole(void *ctx, struct bs_str src, struct bs_body_image *out)
{
	struct bs_media_ref media;

	if (picture_of(src, out, &media))
		out->src = bs_url_media(ctx, &media);
	else
		out->as_link = is_elsewhere(src);
}

static void put_body(struct bs_page *page, const struct bs_body *body, struct bs_buf *out,
                     void (*image)(void *ctx, struct bs_str src, struct bs_body_image *out))
{
	struct bs_body_html_options options = { .image = image, .ctx = page, .back_label = bs_message(page->lang, BS_MSG_story_note_back) };

	bs_body_html(out, body, &options);
}

static void write_body(const struct bs_call *call, struct bs_buf *out)
{
	const struct body_call *body = call->data;

	put_body(body->page, &body->body, out, picture_choice);
}

void bs_body_put_whole(struct bs_page *page, const struct bs_body *body, struct bs_buf *out)
{
	put_body(page, body, out, picture_whole);
}

struct bs_value bs_shape_body(struct bs_page *page, const struct bs_body *body)
{
	struct body_call *call;

	if (body->count == 0)
		return bs_value_null();
	call = BS_NEW(page->arena, struct body_call);
	*call = (struct body_call){ .call = { .write = write_body, .data = call }, .page = page, .body = *body };
	return bs_value_call(&call->call);
}

/* --- people ------------------------------------------------------------------------------------------------------------- */

static struct bs_value person_links(struct bs_page *page, const struct bs_person_row *person)
{
	struct bs_value *list = BS_ARRAY(page->arena, 2, struct bs_value);
	struct bs_str mail[] = { BS_STR("mailto:"), person->email };
	size_t count = 0;

	if (person->url.len > 0)
		list[count++] = bs_shape_link(page, person->url, bs_message(page->lang, BS_MSG_person_site), BS_STR("website"));
	if (person->email.len > 0)
		list[count++] = bs_shape_link(page, bs_arena_join(page->arena, mail, 2, BS_STR("")), person->email, BS_STR("email"));
	return bs_value_list(list, count);
}

/* A line that may be in another language than the page; NULL is as what it belongs to. */
static void set_line(struct bs_page *page, struct bs_dict *dict, enum bs_view_name name, struct bs_str line, const struct bs_lang *lang)
{
	if (lang == NULL || lang == page->lang || line.len == 0)
		bs_set_text(dict, name, line);
	else /* escaped here */
		bs_set_markup(dict, name, bs_in_its_language(page, bs_markup_of_text(page->arena, line), lang, page->lang));
}

struct bs_value bs_shape_person(struct bs_page *page, const struct bs_person_row *person)
{
	struct bs_dict *dict = bs_dict_new(page->arena, 12);
	struct bs_shape_image portrait = { .media = &person->portrait, .alt = person->portrait_alt };

	bs_set_text(dict, BS_N_slug, person->slug);
	bs_set_text(dict, BS_N_name, person->name);
	set_line(page, dict, BS_N_job, person->job, person->job_lang);
	bs_set_text(dict, BS_N_url, bs_url_list(page, BS_STR("author"), person->slug, 1));
	bs_set(dict, BS_N_portrait, bs_shape_image(page, &portrait));
	bs_set(dict, BS_N_bio, bs_shape_body(page, &person->bio));
	bs_set_list(dict, BS_N_links, BS_N_has_links, person_links(page, person));
	bs_set_list(dict, BS_N_cards, BS_N_has_cards, bs_shape_cards(page, &person->cards));
	bs_set_text(dict, BS_N_more, bs_say_story_more_by(page->arena, page->lang, person->name));
	bs_set(dict, BS_N_foreign, bs_shape_foreign(page, person->bio_lang));
	return bs_value_dict(dict);
}

/* --- notices and corrections --------------------------------------------------------------------------------------------- */

struct bs_value bs_shape_notice(struct bs_page *page, const struct bs_notice *notice)
{
	struct bs_dict *dict = bs_dict_new(page->arena, 5);

	bs_set_text(dict, BS_N_slug, notice->slug);
	bs_set_text(dict, BS_N_kind, notice->kind);
	set_line(page, dict, BS_N_title, notice->title, notice->title_lang);
	bs_set(dict, BS_N_body, bs_shape_body(page, &notice->body));
	bs_set(dict, BS_N_foreign, bs_shape_foreign(page, bs_lang_find(notice->lang)));
	return bs_value_dict(dict);
}

static struct bs_str correction_label(struct bs_page *page, enum bs_correction_kind kind)
{
	static const enum bs_msg labels[] = { [BS_UPDATE] = BS_MSG_correction_update,
		                              [BS_CLARIFICATION] = BS_MSG_correction_clarification,
		                              [BS_CORRECTION] = BS_MSG_correction_correction,
		                              [BS_RETRACTION] = BS_MSG_correction_retraction };

	return bs_message(page->lang, labels[kind]);
}

struct bs_str bs_correction_heading(struct bs_page *page, const struct bs_correction_row *correction)
{
	return bs_say_correction_heading(page->arena, page->lang, correction_label(page, correction->kind),
	       bs_date(page->arena, page->lang, BS_DATE_LONG, page->publication->zone, correction->made_at));
}

struct bs_value bs_shape_correction(struct bs_page *page, const struct bs_correction_row *correction,
                                    const struct bs_card *card, const struct bs_lang *lang)
{
	struct bs_dict *dict = bs_dict_new(page->arena, 6);

	bs_set_text(dict, BS_N_kind, bs_correction_kind_name(correction->kind));
	bs_set_text(dict, BS_N_label, correction_label(page, correction->kind));
	bs_set(dict, BS_N_date, bs_shape_date(page, correction->made_at));
	bs_set_markup(dict, BS_N_note, correction->note);
	bs_set(dict, BS_N_card, card != NULL ? bs_shape_card(page, card) : bs_value_null());
	bs_set(dict, BS_N_foreign, bs_shape_foreign(page, lang));
	return bs_value_dict(dict);
}

/* --- pagination ---------------------------------------------------------------------------------------------------------- */

enum { AROUND = 2 }; /* pages shown on each side of this one */

struct bs_str bs_url_paging(struct bs_page *page, const struct bs_paging *paging, int64_t n)
{
	struct bs_str parts[] = { bs_url_list(page, paging->kind, paging->slug, n), paging->query };

	return bs_arena_join(page->arena, parts, 2, BS_STR(""));
}

static struct bs_value page_link(struct bs_page *page, const struct bs_paging *paging, int64_t n)
{
	struct bs_value link = bs_shape_link(page, bs_url_paging(page, paging, n), bs_number(page->arena, page->lang, n), BS_STR("page"));

	bs_set_flag((struct bs_dict *)(uintptr_t)link.dict, BS_N_current, n == paging->at);
	return link;
}

/* First, last, and those around this one; a gap of one is that page. */
static struct bs_value page_links(struct bs_page *page, const struct bs_paging *paging)
{
	struct bs_value *list = BS_ARRAY(page->arena, 2 * AROUND + 7, struct bs_value);
	int64_t at = paging->at, last = 0;
	size_t count = 0;

	for (int64_t n = 1; n <= paging->pages; n++) {
		if (n != 1 && n != paging->pages && (n < at - AROUND || n > at + AROUND)) {
			n = n < at - AROUND ? at - AROUND - 1 : paging->pages - 1;
			continue;
		}
		if (n == last + 2)
			list[count++] = page_link(page, paging, n - 1);
		else if (n > last + 2)
			list[count++] = bs_shape_link(page, BS_STR(""), BS_STR("…"), BS_STR("gap"));
		list[count++] = page_link(page, paging, n);
		last = n;
	}
	return bs_value_list(list, count);
}

struct bs_value bs_shape_pagination(struct bs_page *page, const struct bs_paging *paging)
{
	int64_t at = paging->at, pages = paging->pages;
	bool by_time = paging->query.len == 0;
	struct bs_value none = bs_value_null();
	struct bs_dict *dict;

	if (pages <= 1)
		return none;
	dict = bs_dict_new(page->arena, 5);
	bs_set_text(dict, BS_N_line, bs_say_list_page_of(page->arena, page->lang, at, pages));
	bs_set(dict, BS_N_previous, at > 1 ? bs_shape_link(page, bs_url_paging(page, paging, at - 1),
	       bs_message(page->lang, by_time ? BS_MSG_list_newer : BS_MSG_list_previous), BS_STR("previous")) : none);
	bs_set(dict, BS_N_next, at < pages ? bs_shape_link(page, bs_url_paging(page, paging, at + 1),
	       bs_message(page->lang, by_time ? BS_MSG_list_older : BS_MSG_list_next), BS_STR("next")) : none);
	bs_set_list(dict, BS_N_pages, BS_N_has_pages, page_links(page, paging));
	return bs_value_dict(dict);
}
