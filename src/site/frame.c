/* frame.c - see frame.h. All of it comes from the press, so that the frame costs no query; and what is the same around all pages
 * of a language, the press keeps. */
#include "site/frame.h"

#include "base/limits.h"
#include "base/sys.h"
#include "lang/message.h"
#include "text/markup.h"
#include "text/out.h"

enum { NAV_MAX = 10 };

struct bs_str bs_site_name(struct bs_page *page)
{
	const struct bs_publication *p = page->publication;

	return bs_publication_text(p, p->names, p->name_count, page->lang);
}

/* Without the year: a page must not change because a year ends. */
struct bs_str bs_rights_text(struct bs_page *page)
{
	struct bs_str parts[] = { BS_STR("© "), bs_site_name(page) };

	return bs_arena_join(page->arena, parts, 2, BS_STR(""));
}

struct bs_str bs_frame_title(struct bs_page *page, struct bs_str title)
{
	if (title.len == 0)
		return bs_site_name(page);
	return bs_say_site_window_title(page->arena, page->lang, title, bs_site_name(page));
}

/* --- masthead and footer ------------------------------------------------------------------------------------------------- */

static struct bs_value site(struct bs_page *page)
{
	const struct bs_publication *p = page->publication;
	struct bs_dict *dict = bs_dict_new(page->arena, 4);

	bs_set_text(dict, BS_N_name, bs_site_name(page));
	bs_set_text(dict, BS_N_tagline, bs_publication_text(p, p->taglines, p->tagline_count, page->lang));
	bs_set_text(dict, BS_N_url, bs_url_path(page, "/"));
	bs_set_text(dict, BS_N_search, bs_url_path(page, "/search"));
	return bs_value_dict(dict);
}

/* What an entry of a menu is called: by its label here, else by the name of the section or page that it leads to. */
static struct bs_str menu_label(struct bs_page *page, const struct bs_menu_entry *entry)
{
	const struct bs_publication *p = page->publication;

	if (entry->label_count > 0)
		return bs_publication_text(p, entry->labels, entry->label_count, page->lang);
	for (size_t i = 0; i < p->section_count; i++) {
		const struct bs_section *s = &p->sections[i];
		struct bs_str to = bs_arena_printf(page->arena, "/" BS_FMT "/" BS_FMT, BS_ALL(bs_vocabulary_name(s->vocabulary)), BS_ALL(s->slug));
		if (bs_str_eq(entry->to, to))
			return bs_publication_text(p, s->names, s->name_count, page->lang);
	}
	for (size_t i = 0; i < p->page_count; i++) {
		if (bs_str_eq(p->pages[i].lang, page->lang->code) && bs_str_eq(bs_str_sub(entry->to, 1, SIZE_MAX), p->pages[i].slug))
			return bs_markup_plain(page->arena, p->pages[i].title);
	}
	return entry->to;
}

static struct bs_value menu(struct bs_page *page, const struct bs_menu *menu)
{
	struct bs_value *list = BS_ARRAY(page->arena, menu->count, struct bs_value);

	for (size_t i = 0; i < menu->count; i++) {
		const struct bs_menu_entry *entry = &menu->entries[i];
		bool ours = entry->to.len > 0 && entry->to.ptr[0] == '/';
		struct bs_str path = ours ? bs_url_path(page, bs_arena_printf(page->arena, BS_FMT, BS_ALL(entry->to)).ptr) : entry->to;
		list[i] = bs_shape_link(page, path, menu_label(page, entry), BS_STR(""));
	}
	return bs_value_list(list, menu->count);
}

/* The menu of the header, else the sections in their order; without any, the themes with most stories. */
static struct bs_value nav(struct bs_page *page)
{
	const struct bs_publication *p = page->publication;
	struct bs_value *list = BS_ARRAY(page->arena, NAV_MAX, struct bs_value);
	bool chosen = p->section_count > 0 && p->sections[0].place > 0;
	size_t count = 0;

	if (p->header.count > 0)
		return menu(page, &p->header);
	for (size_t i = 0; i < p->section_count && count < NAV_MAX; i++) {
		const struct bs_section *s = &p->sections[i];
		if (s->vocabulary != BS_THEME || s->stories == 0 || (chosen && s->place == 0))
			continue;
		list[count++] = bs_shape_link(page, bs_url_list(page, BS_STR("theme"), s->slug, 1),
		                              bs_publication_text(p, s->names, s->name_count, page->lang), s->slug);
	}
	return bs_value_list(list, count);
}

static struct bs_value languages(struct bs_page *page, const struct bs_graph *graph)
{
	const struct bs_alternates *all = &graph->alternates;
	struct bs_value *items;
	struct bs_dict *dict;

	if (all->count < 2)
		return bs_value_null();
	items = BS_ARRAY(page->arena, all->count, struct bs_value);
	for (size_t i = 0; i < all->count; i++) {
		const struct bs_lang *lang = all->list[i].lang;
		struct bs_dict *link = bs_dict_new(page->arena, 5);
		struct bs_dict *foreign = bs_dict_new(page->arena, 2);
		bs_set_text(foreign, BS_N_lang, lang->code);
		bs_set_text(foreign, BS_N_dir, lang->rtl ? BS_STR("rtl") : BS_STR("ltr"));
		bs_set_text(link, BS_N_url, all->list[i].path);
		bs_set_text(link, BS_N_label, lang->own_name);
		bs_set_text(link, BS_N_name, lang->code);
		bs_set_flag(link, BS_N_current, lang == page->lang);
		bs_set(link, BS_N_foreign, bs_value_dict(foreign));
		items[i] = bs_value_dict(link);
	}
	dict = bs_dict_new(page->arena, 3);
	bs_set_text(dict, BS_N_label, graph->kind == BS_GRAPH_STORY
	            ? bs_say_story_read_in_languages(page->arena, page->lang, (int64_t)all->count)
	            : bs_message(page->lang, BS_MSG_site_languages));
	bs_set_list(dict, BS_N_items, BS_N_has_items, bs_value_list(items, all->count));
	return bs_value_dict(dict);
}

static struct bs_value footer_links(struct bs_page *page)
{
	const struct bs_publication *p = page->publication;
	struct bs_value *list = BS_ARRAY(page->arena, 3 + p->page_count, struct bs_value);
	size_t count = 0;

	if (p->footer.count > 0)
		return menu(page, &p->footer);
	list[count++] = bs_shape_link(page, bs_url_path(page, "/archive"), bs_message(page->lang, BS_MSG_site_archive), BS_STR("archive"));
	list[count++] = bs_shape_link(page, bs_url_path(page, "/corrections"), bs_message(page->lang, BS_MSG_site_corrections),
	                              BS_STR("corrections"));
	list[count++] = bs_shape_link(page, bs_url_path(page, "/search"), bs_message(page->lang, BS_MSG_search_title), BS_STR("search"));
	for (size_t i = 0; i < p->page_count; i++) {
		struct bs_address address = { .lang = page->lang, .slug = p->pages[i].slug };
		if (bs_str_eq(p->pages[i].lang, page->lang->code))
			list[count++] = bs_shape_link(page, bs_url_story(page, &address, ""), bs_markup_plain(page->arena, p->pages[i].title),
			                              p->pages[i].slug);
	}
	return bs_value_list(list, count);
}

static struct bs_value footer_contacts(struct bs_page *page)
{
	const struct bs_publication *p = page->publication;
	struct bs_value *list = BS_ARRAY(page->arena, 2, struct bs_value);
	struct bs_str mail[] = { BS_STR("mailto:"), p->email }, phone[] = { BS_STR("tel:"), p->phone };
	size_t count = 0;

	if (p->email.len > 0)
		list[count++] = bs_shape_link(page, bs_arena_join(page->arena, mail, 2, BS_STR("")), p->email, BS_STR("email"));
	if (p->phone.len > 0) {
		struct bs_str number = bs_arena_join(page->arena, phone, 2, BS_STR(""));
		char *digits = (char *)number.ptr;
		size_t len = 0;
		for (size_t i = 0; i < number.len; i++) {
			if (digits[i] != ' ' && digits[i] != '-' && digits[i] != '(' && digits[i] != ')')
				digits[len++] = digits[i];
		}
		list[count++] = bs_shape_link(page, bs_str_n(digits, len), p->phone, BS_STR("phone"));
	}
	return bs_value_list(list, count);
}

struct bs_str bs_address_markup(struct bs_page *page)
{
	struct bs_str rest = bs_str_trim(page->publication->address), line;
	struct bs_buf buf = BS_BUF(64 * 1024);
	struct bs_str made;

	while (rest.len > 0 && bs_str_split(&rest, '\n', &line)) {
		if (buf.len > 0)
			bs_buf_lit(&buf, "<br>");
		bs_out_text(&buf, bs_str_trim(line));
	}
	made = bs_arena_copy(page->arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return made;
}

/* The body printed now: a footer outlives the page for which it is made (press.h). */
static struct bs_value footer_notice(struct bs_page *page, const struct bs_notice *notice)
{
	struct bs_value shape = bs_shape_notice(page, notice), body = bs_shape_body(page, &notice->body);
	struct bs_buf buf = BS_BUF(BS_MAX_PAGE);

	if (body.kind == BS_VALUE_CALL) {
		body.call->write(body.call, &buf);
		bs_set_markup((struct bs_dict *)(uintptr_t)shape.dict, BS_N_body, bs_arena_copy(page->arena, bs_buf_str(&buf)));
	}
	bs_buf_free(&buf);
	return shape;
}

static bool stands_in_foot(const struct bs_page *page, const struct bs_notice *notice)
{
	return bs_str_eq(notice->placement, BS_STR("foot")) && bs_str_eq(notice->lang, page->lang->code);
}

/* Whose all of it is; where a notice says that at greater length, nothing. */
static struct bs_str footer_rights(struct bs_page *page)
{
	const struct bs_publication *p = page->publication;

	for (size_t i = 0; i < p->notice_count; i++) {
		if (stands_in_foot(page, &p->notices[i]) && bs_str_eq(p->notices[i].kind, BS_STR("copyright")))
			return BS_STR("");
	}
	return bs_rights_text(page);
}

static struct bs_value footer_notices(struct bs_page *page)
{
	const struct bs_publication *p = page->publication;
	struct bs_value *list = BS_ARRAY(page->arena, p->notice_count, struct bs_value);
	size_t count = 0;

	for (size_t i = 0; i < p->notice_count; i++) {
		if (stands_in_foot(page, &p->notices[i]))
			list[count++] = footer_notice(page, &p->notices[i]);
	}
	return bs_value_list(list, count);
}

static struct bs_value channels(struct bs_page *page)
{
	const struct bs_publication *p = page->publication;
	struct bs_value *list = BS_ARRAY(page->arena, p->channel_count, struct bs_value);

	for (size_t i = 0; i < p->channel_count; i++)
		list[i] = bs_shape_link(page, p->channels[i].url, p->channels[i].name, BS_STR(""));
	return bs_value_list(list, p->channel_count);
}

static struct bs_value footer_feeds(struct bs_page *page, const struct bs_frame *frame)
{
	static const struct bs_str names[] = { BS_STR_INIT("RSS"), BS_STR_INIT("Atom"), BS_STR_INIT("JSON Feed") };
	struct bs_value *list = BS_ARRAY(page->arena, BS_FEED_FORMS, struct bs_value);

	for (enum bs_feed_form i = 0; i < BS_FEED_FORMS; i++)
		list[i] = bs_shape_link(page, bs_feed_path(page, &frame->feed, i), names[i], BS_STR("feed"));
	return bs_value_list(list, BS_FEED_FORMS);
}

static struct bs_value footer(struct bs_page *page, const struct bs_frame *frame)
{
	struct bs_dict *dict = bs_dict_new(page->arena, 12);

	bs_set_list(dict, BS_N_links, BS_N_has_links, footer_links(page));
	bs_set_list(dict, BS_N_channels, BS_N_has_channels, channels(page));
	bs_set_list(dict, BS_N_feeds, BS_N_has_feeds, footer_feeds(page, frame));
	bs_set_list(dict, BS_N_notices, BS_N_has_notices, footer_notices(page));
	bs_set_markup(dict, BS_N_address, bs_address_markup(page));
	bs_set_list(dict, BS_N_contacts, BS_N_has_contacts, footer_contacts(page));
	bs_set_text(dict, BS_N_rights, footer_rights(page));
	return bs_value_dict(dict);
}

static struct bs_value edition(struct bs_page *page, int64_t time)
{
	struct bs_value date = bs_shape_date(page, time);

	if (time != 0)
		bs_set_text((struct bs_dict *)(uintptr_t)date.dict, BS_N_day,
		            bs_date(page->arena, page->lang, BS_DATE_FULL, page->publication->zone, time));
	return date;
}

/* The frame of a page that no menu leads to and that has the site's own feeds: of nearly every one. */
static void fill_common(struct bs_page *page, struct bs_dict *values)
{
	const struct bs_frame usual = { 0 };

	bs_set(values, BS_N_site, site(page));
	bs_set_list(values, BS_N_nav, BS_N_has_nav, nav(page));
	bs_set(values, BS_N_footer, footer(page, &usual));
}

/* Whether one of these links leads to the page itself, and is to say so (`current`). */
static bool leads_here(const struct bs_page *page, const struct bs_value *links)
{
	for (size_t i = 0; i < links->len; i++) {
		const struct bs_value *url = bs_dict_get(links->items[i].dict, BS_N_url);
		if (bs_str_eq(bs_str_n(url->text, url->len), page->path))
			return true;
	}
	return false;
}

static void set_own_menus(struct bs_page *page, const struct bs_frame *frame, struct bs_dict *view)
{
	const struct bs_dict *common = bs_common_values(page->common);
	const struct bs_dict *foot = bs_dict_get(common, BS_N_footer)->dict;

	if (leads_here(page, bs_dict_get(common, BS_N_nav)))
		bs_set_list(view, BS_N_nav, BS_N_has_nav, nav(page));
	if (frame->feed.base.len > 0 || leads_here(page, bs_dict_get(foot, BS_N_links)))
		bs_set(view, BS_N_footer, footer(page, frame));
}

struct bs_dict *bs_frame_view(struct bs_page *page, const struct bs_frame *frame)
{
	struct bs_dict *view = bs_dict_new(page->arena, 16);

	page->common = bs_press_common(page->press, page, fill_common);
	bs_set(view, BS_N_head, bs_frame_head(page, frame));
	bs_set(view, BS_N_edition, edition(page, frame->edition));
	bs_set(view, BS_N_languages, languages(page, &frame->graph));
	set_own_menus(page, frame, view);
	return view;
}
