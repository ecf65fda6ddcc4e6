/* archive.c - all months, one month, the log of corrections; and printing home. */
#include <stdio.h>

#include "base/sys.h"
#include "lang/message.h"
#include "site/frame.h"
#include "site/front.h"
#include "text/out.h"

struct month { /* of the archive, in the page's language */
	int year, month;
	int64_t stories;
};

/* Newest year first, months as they come within it. */
static enum bs_rc months_load(struct bs_page *page, struct month **list, size_t *count, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	size_t room = 0;
	enum bs_rc rc = bs_db_query(page->db, BS_Q_archive_months, BS_VALUES(bs_text(page->lang->code)), &stmt, err);

	*list = NULL;
	*count = 0;
	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		BS_GROW(page->arena, *list, *count, room, 64);
		int64_t month = bs_stmt_int(stmt, BS_C_archive_months_month);
		(*list)[(*count)++] = (struct month){ (int)(month / 100), (int)(month % 100), bs_stmt_int(stmt, BS_C_archive_months_stories) };
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* The first moment of a month in the publication's time zone. */
static int64_t month_begin(struct bs_page *page, int year, int month)
{
	struct bs_civil civil = { .year = month > 12 ? year + 1 : year, .month = month > 12 ? 1 : month, .day = 1 };
	int64_t utc = 0;

	if (bs_civil_time(&civil, 0, &utc) != BS_OK)
		return 0;
	return utc - (int64_t)bs_zone_offset(page->publication->zone, utc) * 60;
}

static struct bs_str month_path(struct bs_page *page, int year, int month)
{
	char path[32];

	snprintf(path, sizeof(path), "/archive/%04d/%02d", year, month);
	return bs_url_path(page, path);
}

static struct bs_str month_name(struct bs_page *page, int year, int month)
{
	return bs_date(page->arena, page->lang, BS_DATE_MONTH, page->publication->zone, month_begin(page, year, month) + 86400 * 14);
}

static struct bs_value year_shape(struct bs_page *page, const struct month *months, size_t count)
{
	struct bs_value *list = BS_ARRAY(page->arena, count, struct bs_value);
	struct bs_dict *dict = bs_dict_new(page->arena, 4);
	int64_t stories = 0;

	for (size_t i = 0; i < count; i++) {
		struct bs_value link = bs_shape_link(page, month_path(page, months[i].year, months[i].month),
		                                     month_name(page, months[i].year, months[i].month), BS_STR("month"));
		bs_set_text((struct bs_dict *)(uintptr_t)link.dict, BS_N_count, bs_number(page->arena, page->lang, months[i].stories));
		list[i] = link;
		stories += months[i].stories;
	}
	bs_set_text(dict, BS_N_year, bs_arena_printf(page->arena, "%d", months[0].year));
	bs_set_text(dict, BS_N_line, bs_say_list_stories(page->arena, page->lang, stories));
	bs_set_list(dict, BS_N_months, BS_N_has_months, bs_value_list(list, count));
	return bs_value_dict(dict);
}

enum bs_rc bs_archive_page(struct bs_page *page, struct bs_err *err)
{
	struct bs_frame frame = { .graph = bs_graph_of_path(page, BS_GRAPH_LIST, bs_url_path(page, "/archive")) };
	struct bs_dict *dict = bs_dict_new(page->arena, 2), *view;
	struct bs_value *years;
	struct month *months;
	size_t count, year_count = 0;
	int64_t stories = 0;
	enum bs_rc rc = months_load(page, &months, &count, err);

	bs_page_tag(page, BS_TAG_LATEST, 0);
	if (rc != BS_OK)
		return rc;
	years = BS_ARRAY(page->arena, count, struct bs_value);
	for (size_t from = 0, to; from < count; from = to) {
		for (to = from; to < count && months[to].year == months[from].year;)
			stories += months[to++].stories;
		years[year_count++] = year_shape(page, months + from, to - from);
	}
	bs_set_list(dict, BS_N_years, BS_N_has_years, bs_value_list(years, year_count));
	frame.graph.title = bs_message(page->lang, BS_MSG_site_archive);
	frame.graph.description = bs_say_list_stories(page->arena, page->lang, stories);
	frame.graph.alternates = bs_alternates_of_path(page, "/archive");
	view = bs_frame_view(page, &frame);
	bs_set(view, BS_N_archive, bs_value_dict(dict));
	return bs_page_render(page, "archive", view, err);
}

/* --- one month -------------------------------------------------------------------------------------------------------------- */

static bool same_day(struct bs_page *page, int64_t a, int64_t b)
{
	struct bs_civil x = bs_civil_of(a, bs_zone_offset(page->publication->zone, a));
	struct bs_civil y = bs_civil_of(b, bs_zone_offset(page->publication->zone, b));

	return x.day == y.day && x.month == y.month && x.year == y.year;
}

static struct bs_value days(struct bs_page *page, const struct bs_cards *cards)
{
	struct bs_value *list = BS_ARRAY(page->arena, cards->count, struct bs_value);
	size_t count = 0;

	for (size_t from = 0, to; from < cards->count; from = to) {
		struct bs_dict *day = bs_dict_new(page->arena, 3);
		struct bs_cards part;
		for (to = from; to < cards->count && same_day(page, cards->list[from].published_at, cards->list[to].published_at);)
			to++;
		part = (struct bs_cards){ cards->list + from, to - from };
		bs_set(day, BS_N_date, bs_shape_date(page, cards->list[from].published_at));
		bs_set_list(day, BS_N_cards, BS_N_has_cards, bs_shape_cards(page, &part));
		list[count++] = bs_value_dict(day);
	}
	return bs_value_list(list, count);
}

/* The month beside this one in time that has stories; null when there is none. */
static enum bs_rc neighbour(struct bs_page *page, int64_t month, bool later, struct bs_value *out, struct bs_err *err)
{
	const struct bs_query *query = later ? BS_Q_archive_month_after : BS_Q_archive_month_before;
	int64_t beside = 0;
	struct bs_str name;
	enum bs_rc rc = bs_db_int(page->db, query, BS_VALUES(bs_text(page->lang->code), bs_int(month)), &beside, err);
	int year = (int)(beside / 100), of_year = (int)(beside % 100);

	*out = bs_value_null();
	if (rc != BS_OK)
		return rc == BS_NOT_FOUND ? BS_OK : rc;
	name = month_name(page, year, of_year);
	*out = bs_shape_link(page, month_path(page, year, of_year), later ? bs_say_archive_later(page->arena, page->lang, name)
	                     : bs_say_archive_earlier(page->arena, page->lang, name), later ? BS_STR("next") : BS_STR("previous"));
	return BS_OK;
}

static enum bs_rc month_print(struct bs_page *page, const struct month *here, struct bs_err *err)
{
	int64_t at = page->captures->text[BS_CAPTURE_PAGE].ptr != NULL ? page->captures->number[BS_CAPTURE_PAGE] : 1;
	int64_t pages = (here->stories + BS_MONTH_PAGE - 1) / BS_MONTH_PAGE;
	struct bs_str name = month_name(page, here->year, here->month);
	struct bs_str kind = bs_arena_printf(page->arena, "archive/%04d", here->year);
	struct bs_str slug = bs_arena_printf(page->arena, "%02d", here->month);
	struct bs_frame frame = { .graph = bs_graph_of_path(page, BS_GRAPH_LIST, bs_url_list(page, kind, slug, at)) };
	struct bs_list list = { BS_LIST_MONTH, here->year * 100 + here->month };
	struct bs_dict *dict = bs_dict_new(page->arena, 9), *view;
	struct bs_value before, after;
	struct bs_cards cards;
	enum bs_rc rc;

	if (at > pages)
		return BS_NOT_FOUND;
	rc = bs_cards_list(page, list, (at - 1) * BS_MONTH_PAGE, BS_MONTH_PAGE, &cards, err);
	if (rc == BS_OK && at == 1)
		rc = bs_alternates_of_list(page, list, kind, slug, &frame.graph.alternates, err);
	if (rc == BS_OK)
		rc = neighbour(page, list.of, false, &before, err);
	if (rc == BS_OK)
		rc = neighbour(page, list.of, true, &after, err);
	if (rc != BS_OK)
		return rc;
	frame.graph.title = name;
	frame.graph.description = bs_say_list_stories(page->arena, page->lang, here->stories);
	bs_set_text(dict, BS_N_name, name);
	bs_set_text(dict, BS_N_line, frame.graph.description);
	bs_set(dict, BS_N_archive, bs_shape_link(page, bs_url_path(page, "/archive"), bs_message(page->lang, BS_MSG_archive_all),
	       BS_STR("archive")));
	bs_set_list(dict, BS_N_days, BS_N_has_days, days(page, &cards));
	bs_set(dict, BS_N_pagination, bs_shape_pagination(page, &(struct bs_paging){ kind, slug, .at = at, .pages = pages }));
	bs_set(dict, BS_N_previous, before);
	bs_set(dict, BS_N_next, after);
	view = bs_frame_view(page, &frame);
	bs_set(view, BS_N_month, bs_value_dict(dict));
	return bs_page_render(page, "month", view, err);
}

enum bs_rc bs_month_page(struct bs_page *page, struct bs_err *err)
{
	struct month here = { (int)page->captures->number[BS_CAPTURE_YEAR], (int)page->captures->number[BS_CAPTURE_MONTH], 0 };
	struct bs_list list = { BS_LIST_MONTH, here.year * 100 + here.month };
	enum bs_rc rc = bs_list_count(page, list, &here.stories, err);

	bs_page_tag(page, BS_TAG_MONTH, 0);
	if (rc != BS_OK)
		return rc;
	return here.stories > 0 ? month_print(page, &here, err) : BS_NOT_FOUND;
}

/* --- corrections ------------------------------------------------------------------------------------------------------------- */

/* "Have you found an error? Write to …" with the address as a link. */
static struct bs_str tell_us(struct bs_page *page)
{
	const struct bs_publication *p = page->publication;
	struct bs_str address = p->email_corrections.len > 0 ? p->email_corrections : p->email;
	struct bs_buf buf = BS_BUF(4096);
	struct bs_str link;

	if (address.len == 0)
		return address;
	bs_buf_lit(&buf, "<a href=\"mailto:");
	bs_out_attr(&buf, address);
	bs_buf_lit(&buf, "\">");
	bs_out_text(&buf, address);
	bs_buf_lit(&buf, "</a>");
	link = bs_arena_copy(page->arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return bs_say_correction_tell_us(page->arena, page->lang, link);
}

static enum bs_rc entry_shape(struct bs_page *page, const struct bs_stmt *row, struct bs_value *out, struct bs_err *err)
{
	struct bs_correction_row correction = { .made_at = bs_stmt_int(row, BS_C_correction_page_made_at),
		                                .note = bs_arena_copy(page->arena, bs_stmt_str(row, BS_C_correction_page_markup)) };
	const struct bs_lang *lang = bs_lang_find(bs_stmt_str(row, BS_C_correction_page_lang));
	struct bs_stmt *stmt = NULL;
	struct bs_cards cards = { 0 };
	enum bs_rc rc;

	if (bs_correction_kind_of(bs_stmt_str(row, BS_C_correction_page_kind), &correction.kind) != BS_OK)
		correction.kind = BS_CORRECTION;
	rc = bs_db_query(page->db, BS_Q_card_one, BS_VALUES(bs_int(bs_stmt_int(row, BS_C_correction_page_story_id)),
	                 bs_text(page->lang->code)), &stmt, err);
	if (rc == BS_OK)
		rc = bs_cards_read(page, &stmt, &cards, err);
	*out = bs_shape_correction(page, &correction, cards.count > 0 ? cards.list : NULL, lang);
	return rc;
}

static enum bs_rc entries(struct bs_page *page, int64_t at, struct bs_value *out, struct bs_err *err)
{
	struct bs_value *list = BS_ARRAY(page->arena, BS_CORRECTIONS_PAGE, struct bs_value);
	struct bs_stmt *stmt = NULL;
	size_t count = 0;
	enum bs_rc rc = bs_db_query(page->db, BS_Q_correction_page,
	                            BS_VALUES(bs_int(BS_CORRECTIONS_PAGE), bs_int((at - 1) * BS_CORRECTIONS_PAGE)), &stmt, err);

	while (rc == BS_OK && count < BS_CORRECTIONS_PAGE && (rc = bs_stmt_next(stmt, err)) == BS_OK)
		rc = entry_shape(page, stmt, &list[count++], err);
	bs_stmt_free(&stmt);
	*out = bs_value_list(list, count);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

enum bs_rc bs_corrections_page(struct bs_page *page, struct bs_err *err)
{
	int64_t at = page->captures->text[BS_CAPTURE_PAGE].ptr != NULL ? page->captures->number[BS_CAPTURE_PAGE] : 1;
	struct bs_frame frame = { .graph = bs_graph_of_path(page, BS_GRAPH_LIST, bs_url_list(page, BS_STR("corrections"), BS_STR(""), at)) };
	struct bs_dict *dict = bs_dict_new(page->arena, 4), *view;
	struct bs_value list;
	int64_t all = 0, pages;
	enum bs_rc rc = bs_db_int(page->db, BS_Q_correction_count, BS_NO_VALUES, &all, err);

	bs_page_tag(page, BS_TAG_CORRECTIONS, 0);
	pages = all > 0 ? (all + BS_CORRECTIONS_PAGE - 1) / BS_CORRECTIONS_PAGE : 1;
	if (rc == BS_OK && at > pages)
		return BS_NOT_FOUND;
	if (rc == BS_OK)
		rc = entries(page, at, &list, err);
	if (rc != BS_OK)
		return rc;
	frame.graph.title = bs_message(page->lang, BS_MSG_site_corrections);
	frame.graph.description = bs_message(page->lang, BS_MSG_correction_intro);
	if (at == 1)
		frame.graph.alternates = bs_alternates_of_path(page, "/corrections");
	bs_set_list(dict, BS_N_entries, BS_N_has_entries, list);
	bs_set_markup(dict, BS_N_tell_us, tell_us(page)); /* a message around a link made of escaped parts */
	bs_set(dict, BS_N_pagination, bs_shape_pagination(page, &(struct bs_paging){ BS_STR("corrections"), .at = at, .pages = pages }));
	view = bs_frame_view(page, &frame);
	bs_set(view, BS_N_corrections, bs_value_dict(dict));
	return bs_page_render(page, "corrections", view, err);
}

/* --- home --------------------------------------------------------------------------------------------------------------------- */

enum bs_rc bs_home_print(struct bs_page *page, struct bs_dict *home, int64_t edition, struct bs_str news, struct bs_err *err)
{
	const struct bs_publication *p = page->publication;
	struct bs_frame frame = { .graph = bs_graph_of_path(page, BS_GRAPH_HOME, bs_url_path(page, "/")), .edition = edition };
	struct bs_dict *view;

	frame.graph.description = bs_publication_text(p, p->taglines, p->tagline_count, page->lang);
	if (frame.graph.description.len == 0)
		frame.graph.description = news;
	frame.graph.alternates = bs_alternates_of_path(page, "/");
	view = bs_frame_view(page, &frame);
	bs_set(view, BS_N_home, bs_value_dict(home));
	return bs_page_render(page, "home", view, err);
}
