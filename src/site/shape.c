/* shape.c - dates, addresses, pictures, cards: the small shapes; people, notices and corrections are in shape_story.c. */
#include "site/shape.h"

#include <stdio.h>

#include "base/sys.h"
#include "lang/message.h"
#include "newsroom/catalog.h"
#include "newsroom/picture.h"
#include "text/markup.h"
#include "text/out.h"

/* --- addresses ---------------------------------------------------------------------------------------------------------- */

/* "/de" for a language that is not the publication's own, else nothing. */
static struct bs_str prefix_of(struct bs_page *page, const struct bs_lang *lang)
{
	struct bs_str parts[] = { BS_STR("/"), lang->code };

	if (lang == page->publication->lang)
		return BS_STR("");
	return bs_arena_join(page->arena, parts, 2, BS_STR(""));
}

/* Slugs and language codes need no encoding: slug.h and the table of languages see to that. */
struct bs_str bs_url_story(struct bs_page *page, const struct bs_address *address, const char *suffix)
{
	char month[] = "/0000/00/";
	struct bs_str parts[] = { prefix_of(page, address->lang), BS_STR("/"), address->slug, bs_str_c(suffix) };

	if (address->year != 0) {
		bs_digits_write(month + 1, (unsigned)address->year, 4);
		bs_digits_write(month + 6, (unsigned)address->month, 2);
		parts[1] = bs_str_n(month, sizeof(month) - 1);
	}
	return bs_arena_join(page->arena, parts, BS_COUNT(parts), BS_STR(""));
}

struct bs_str bs_url_list_in(struct bs_page *page, const struct bs_lang *lang, struct bs_str kind, struct bs_str slug, int64_t n)
{
	struct bs_str parts[] = { prefix_of(page, lang), BS_STR("/"), kind, slug.len > 0 ? BS_STR("/") : BS_STR(""), slug,
		                  n > 1 ? bs_arena_printf(page->arena, "/page/%lld", (long long)n) : BS_STR("") };

	return bs_arena_join(page->arena, parts, BS_COUNT(parts), BS_STR(""));
}

struct bs_str bs_url_list(struct bs_page *page, struct bs_str kind, struct bs_str slug, int64_t n)
{
	return bs_url_list_in(page, page->lang, kind, slug, n);
}

struct bs_str bs_url_path_in(struct bs_page *page, const struct bs_lang *lang, const char *path)
{
	struct bs_str parts[] = { prefix_of(page, lang), bs_str_c(path) };

	return bs_arena_join(page->arena, parts, 2, BS_STR(""));
}

struct bs_str bs_url_path(struct bs_page *page, const char *path)
{
	return bs_url_path_in(page, page->lang, path);
}

struct bs_str bs_url_media(struct bs_page *page, const struct bs_media_ref *media)
{
	struct bs_str kind = bs_media_ending(media->mime);

	return bs_arena_printf(page->arena, "/media/%.*s/%d.%.*s", (int)media->hash.len, media->hash.ptr, media->width,
	                       (int)kind.len, kind.ptr);
}

/* The room of pictures makes renditions of all that stands still. */
static bool has_renditions(const struct bs_media_ref *media)
{
	return media->width > 0 && !bs_str_eq(media->mime, BS_STR("image/gif"));
}

struct bs_str bs_url_usual(struct bs_page *page, const struct bs_media_ref *media)
{
	if (!has_renditions(media))
		return bs_url_media(page, media);
	return bs_arena_printf(page->arena, "/media/%.*s/%d.jpg", (int)media->hash.len, media->hash.ptr,
	                       bs_picture_usual_width(media->width));
}

struct bs_str bs_media_webp(struct bs_page *page, const struct bs_media_ref *media)
{
	struct bs_str candidates[BS_PICTURE_WIDTHS];
	int widths[BS_PICTURE_WIDTHS];
	size_t count = has_renditions(media) ? bs_picture_widths(media->width, widths) : 0;

	for (size_t i = 0; i < count; i++)
		candidates[i] = bs_arena_printf(page->arena, "/media/%.*s/%d.webp %dw", (int)media->hash.len, media->hash.ptr, widths[i],
		                                widths[i]);
	return bs_arena_join(page->arena, candidates, count, BS_STR(", "));
}

struct bs_str bs_url_absolute(struct bs_page *page, struct bs_str path)
{
	struct bs_str parts[] = { page->publication->url, path };

	return bs_arena_join(page->arena, parts, 2, BS_STR(""));
}

/* --- small shapes ------------------------------------------------------------------------------------------------------- */

static struct bs_str iso_local(struct bs_page *page, int64_t time, int offset)
{
	unsigned away = (unsigned)(offset < 0 ? -offset : offset);
	char iso[BS_TIME_ISO_MAX], zone[] = "+00:00";
	/* The local time reads as UTC would that much later; what follows the seconds says so. */
	struct bs_str parts[2] = { bs_time_iso(time + (int64_t)offset * 60, iso), bs_str_n(zone, sizeof(zone) - 1) };

	if (offset == 0)
		return bs_arena_copy(page->arena, parts[0]);
	parts[0].len--;
	zone[0] = offset < 0 ? '-' : '+';
	bs_digits_write(zone + 1, away / 60, 2);
	bs_digits_write(zone + 4, away % 60, 2);
	return bs_arena_join(page->arena, parts, 2, BS_STR(""));
}

static enum bs_date_form moment_form(const struct bs_civil *c)
{
	return c->hour + c->minute + c->second == 0 ? BS_DATE_LONG : BS_DATE_TIME;
}

struct bs_str bs_moment_iso(struct bs_page *page, int64_t time)
{
	return iso_local(page, time, bs_zone_offset(page->publication->zone, time));
}

enum bs_date_form bs_moment_form(const struct bs_page *page, int64_t time)
{
	struct bs_civil c = bs_civil_of(time, bs_zone_offset(page->publication->zone, time));

	return moment_form(&c);
}

/* The shortest that helps on the home page: the hour of what came on the day of the newest story, the day within its year. */
static enum bs_date_form short_form(const struct bs_page *page, const struct bs_civil *then)
{
	struct bs_civil newest;

	if (page->edition == 0)
		return BS_DATE_SHORT;
	newest = bs_civil_of(page->edition, bs_zone_offset(page->publication->zone, page->edition));
	if (then->year != newest.year)
		return BS_DATE_SHORT;
	return then->month == newest.month && then->day == newest.day && moment_form(then) == BS_DATE_TIME ? BS_DATE_CLOCK : BS_DATE_BRIEF;
}

/* A date in one form, made when it is printed: most templates print one of the three. */
struct date_call {
	struct bs_call call;
	struct bs_page *page;
	enum bs_date_form form;
	int64_t time;
};

static void write_date(const struct bs_call *call, struct bs_buf *out)
{
	const struct date_call *date = call->data;
	struct bs_page *page = date->page;

	bs_out_text(out, bs_date(page->arena, page->lang, date->form, page->publication->zone, date->time));
}

static void set_date(struct bs_dict *dict, enum bs_view_name name, struct bs_page *page, enum bs_date_form form, int64_t time)
{
	struct date_call *date = BS_NEW(page->arena, struct date_call);

	*date = (struct date_call){ { write_date, date }, page, form, time };
	bs_set(dict, name, bs_value_call(&date->call));
}

struct bs_value bs_shape_date(struct bs_page *page, int64_t time)
{
	struct bs_dict *date;
	struct bs_civil civil;
	int offset;

	if (time == 0)
		return bs_value_null();
	offset = bs_zone_offset(page->publication->zone, time);
	civil = bs_civil_of(time, offset);
	date = bs_dict_new(page->arena, 4);
	bs_set_text(date, BS_N_iso, iso_local(page, time, offset));
	set_date(date, BS_N_text, page, moment_form(&civil), time);
	set_date(date, BS_N_day, page, BS_DATE_LONG, time);
	set_date(date, BS_N_short, page, short_form(page, &civil), time);
	return bs_value_dict(date);
}

struct bs_value bs_shape_foreign(struct bs_page *page, const struct bs_lang *lang)
{
	struct bs_dict *foreign;

	if (lang == NULL || lang == page->lang)
		return bs_value_null();
	foreign = bs_dict_new(page->arena, 2);
	bs_set_text(foreign, BS_N_lang, lang->code);
	bs_set_text(foreign, BS_N_dir, lang->rtl ? BS_STR("rtl") : BS_STR("ltr"));
	return bs_value_dict(foreign);
}

struct bs_value bs_shape_link(struct bs_page *page, struct bs_str url, struct bs_str label, struct bs_str name)
{
	struct bs_dict *link = bs_dict_new(page->arena, 5);

	bs_set_text(link, BS_N_url, url);
	bs_set_text(link, BS_N_label, label);
	bs_set_text(link, BS_N_name, name);
	bs_set_flag(link, BS_N_current, bs_str_eq(url, page->path));
	bs_set(link, BS_N_foreign, bs_value_null());
	return bs_value_dict(link);
}

/* The address was checked to be http or https when it was saved. */
struct bs_str bs_credit_markup(struct bs_page *page, struct bs_str credit, struct bs_str url)
{
	struct bs_buf buf = BS_BUF(64 * 1024);
	struct bs_str made = credit;

	if (credit.len == 0)
		return credit;
	if (url.len > 0) {
		bs_buf_lit(&buf, "<a href=\"");
		bs_out_attr(&buf, url);
		bs_buf_lit(&buf, "\">");
		bs_out_raw(&buf, bs_markup_phrase(page, credit)); /* canonical markup without its links */
		bs_buf_lit(&buf, "</a>");
		made = bs_arena_copy(page->arena, bs_buf_str(&buf));
		bs_buf_free(&buf);
	}
	return bs_say_story_picture_credit(page->arena, page->lang, made);
}

struct bs_value bs_shape_image(struct bs_page *page, const struct bs_shape_image *image)
{
	struct bs_dict *dict;

	if (image->media->hash.len == 0)
		return bs_value_null();
	dict = bs_dict_new(page->arena, 10);
	bs_set_text(dict, BS_N_src, bs_url_usual(page, image->media));
	bs_set_text(dict, BS_N_webp, bs_media_webp(page, image->media));
	bs_set(dict, BS_N_width, bs_value_int(image->media->width));
	bs_set(dict, BS_N_height, bs_value_int(image->media->height));
	bs_set_flag(dict, BS_N_tall, image->media->height > image->media->width);
	bs_set_text(dict, BS_N_focus, image->focus);
	bs_set_text(dict, BS_N_alt, image->alt);
	bs_set_markup(dict, BS_N_caption, image->caption);
	bs_set_markup(dict, BS_N_credit, bs_credit_markup(page, image->credit, image->credit_url));
	bs_set(dict, BS_N_foreign, bs_shape_foreign(page, image->lang));
	return bs_value_dict(dict);
}

/* --- words -------------------------------------------------------------------------------------------------------------- */

struct bs_str bs_kind_label(struct bs_page *page, enum bs_kind kind)
{
	static const enum bs_msg labels[BS_KIND_COUNT] = {
		[BS_KIND_ANALYSIS] = BS_MSG_kind_analysis,   [BS_KIND_OPINION] = BS_MSG_kind_opinion,
		[BS_KIND_INTERVIEW] = BS_MSG_kind_interview, [BS_KIND_REPORT] = BS_MSG_kind_report,
		[BS_KIND_EXPLAINER] = BS_MSG_kind_explainer, [BS_KIND_REVIEW] = BS_MSG_kind_review,
		[BS_KIND_OBITUARY] = BS_MSG_kind_obituary,
	};

	if (kind == BS_KIND_NEWS || kind == BS_KIND_PAGE)
		return BS_STR("");
	return bs_message(page->lang, labels[kind]);
}

struct bs_str bs_kind_label_in(struct bs_page *page, enum bs_kind kind, int64_t section_id)
{
	const struct bs_section *s = bs_publication_section(page->publication, section_id);
	struct bs_str label = bs_kind_label(page, kind);

	if (s != NULL && bs_str_eq(label, bs_publication_text(page->publication, s->names, s->name_count, page->lang)))
		return BS_STR("");
	return label;
}

struct bs_str bs_vocabulary_label(struct bs_page *page, enum bs_vocabulary vocabulary)
{
	switch (vocabulary) {
	case BS_REGION:
		return bs_say_story_regions(page->arena, page->lang, 1);
	case BS_THEME:
		return bs_say_story_themes(page->arena, page->lang, 1);
	case BS_REPORT:
		return bs_say_story_reports(page->arena, page->lang, 1);
	default:
		return bs_say_story_tags(page->arena, page->lang, 1);
	}
}

struct bs_str bs_byline_text(struct bs_page *page, struct bs_str names)
{
	struct bs_str list[BS_MAX_BYLINE], rest = names;
	size_t count = 0;

	if (names.len == 0)
		return names;
	while (count < BS_COUNT(list) && bs_str_split(&rest, '\n', &list[count]))
		count++;
	return bs_say_credit_author(page->arena, page->lang, bs_list(page->arena, page->lang, list, NULL, count));
}

struct bs_str bs_markup_phrase(struct bs_page *page, struct bs_str markup)
{
	char *out, *to;
	size_t at = 0;

	if (bs_str_find_byte(markup, '<', 0) == SIZE_MAX || bs_str_find(markup, BS_STR("<a"), 0) == SIZE_MAX)
		return markup;
	out = to = bs_arena_alloc(page->arena, markup.len);
	while (at < markup.len) {
		struct bs_str rest = bs_str_sub(markup, at, SIZE_MAX);
		/* Canonical markup: no '>' within an attribute, and no other tag begins so. */
		if (bs_str_starts(rest, BS_STR("<a ")) || bs_str_starts(rest, BS_STR("<a>")) || bs_str_starts(rest, BS_STR("</a>"))) {
			at = bs_str_find_byte(markup, '>', at) + 1;
			continue;
		}
		*to++ = markup.ptr[at++];
	}
	return bs_str_n(out, (size_t)(to - out));
}

/* Without blanks, and marks after which something was to follow, of whatever script: before an ellipsis they say nothing. */
static struct bs_str without_last_marks(struct bs_str text)
{
	static const char *const marks[] = {
		" ", "\u00A0", ",", ".", ";", ":", "-", "–", "—", "…", "(", "[", "¿", "¡", "«", "“", "„", "،", "؛", "۔", "।", "॥",
		"\u3000", "、", "。", "，", "．", "；", "：", "「", "『", "（", "・",
	};
	size_t len;

	do {
		len = text.len;
		for (size_t i = 0; i < BS_COUNT(marks); i++) {
			if (bs_str_ends(text, bs_str_c(marks[i])))
				text.len -= strlen(marks[i]);
		}
	} while (text.len < len);
	return text;
}

struct bs_str bs_markup_excerpt(struct bs_page *page, struct bs_str markup, size_t max)
{
	struct bs_str text = bs_markup_plain(page->arena, markup), cut;
	const struct bs_str more = BS_STR("…");

	if (text.len <= max)
		return text;
	cut = bs_str_utf8_prefix(text, max - more.len); /* so that cutting it once more changes nothing */
	for (size_t at = cut.len; at > max / 2; at--) {
		if (cut.ptr[at - 1] == ' ') {
			cut.len = at - 1;
			break;
		}
	}
	return bs_arena_join(page->arena, (struct bs_str[]){ without_last_marks(cut), more }, 2, BS_STR(""));
}

/* --- cards -------------------------------------------------------------------------------------------------------------- */

struct bs_value bs_shape_term(struct bs_page *page, enum bs_vocabulary vocabulary, struct bs_str slug, struct bs_str name)
{
	struct bs_dict *term = bs_dict_new(page->arena, 10);

	bs_set_text(term, BS_N_vocabulary, bs_vocabulary_name(vocabulary));
	bs_set_text(term, BS_N_slug, slug);
	bs_set_text(term, BS_N_name, name);
	bs_set_text(term, BS_N_url, bs_url_list(page, bs_vocabulary_name(vocabulary), slug, 1));
	bs_set_text(term, BS_N_description, BS_STR(""));
	bs_set(term, BS_N_image, bs_value_null());
	bs_set_text(term, BS_N_line, BS_STR(""));
	bs_set_list(term, BS_N_cards, BS_N_has_cards, bs_value_list(NULL, 0));
	bs_set(term, BS_N_foreign, bs_value_null());
	return bs_value_dict(term);
}

struct bs_value bs_shape_section(struct bs_page *page, int64_t term_id)
{
	const struct bs_section *s = bs_publication_section(page->publication, term_id);

	if (s == NULL)
		return bs_value_null();
	return bs_shape_term(page, s->vocabulary, s->slug, bs_publication_text(page->publication, s->names, s->name_count, page->lang));
}

enum { STANDFIRST_MAX = 220 };

/* A style sheet has a rule for each of these places, as a page may say nothing of style itself. */
static struct bs_str focus_text(struct bs_page *page, int x, int y)
{
	int near_x = (x + 12) / 25 * 25, near_y = (y + 12) / 25 * 25;

	return near_x == 50 && near_y == 50 ? BS_STR("") : bs_arena_printf(page->arena, "%d %d", near_x, near_y);
}

struct bs_value bs_shape_card(struct bs_page *page, const struct bs_card *card)
{
	struct bs_dict *dict = bs_dict_new(page->arena, 16);
	struct bs_shape_image image = { .media = &card->image, .alt = bs_markup_plain(page->arena, card->image_alt),
		                        .lang = card->address.lang, .focus = focus_text(page, card->focus_x, card->focus_y) };
	bool whole = card->summary.len <= STANDFIRST_MAX;

	bs_set_text(dict, BS_N_url, bs_url_story(page, &card->address, ""));
	bs_set_markup(dict, BS_N_title, bs_markup_phrase(page, card->title));
	if (whole)
		bs_set_markup(dict, BS_N_standfirst, bs_markup_phrase(page, card->summary));
	else
		bs_set_text(dict, BS_N_standfirst, bs_markup_excerpt(page, card->summary, STANDFIRST_MAX));
	bs_set_text(dict, BS_N_kind, bs_kind_name(card->kind));
	bs_set_text(dict, BS_N_label, bs_kind_label_in(page, card->kind, card->section_id));
	bs_set(dict, BS_N_section, bs_shape_section(page, card->section_id));
	bs_set(dict, BS_N_image, bs_shape_image(page, &image));
	bs_set_text(dict, BS_N_byline, bs_byline_text(page, card->authors));
	bs_set_list(dict, BS_N_people, BS_N_has_people, bs_value_list(NULL, 0));
	bs_set_text(dict, BS_N_source, card->source_name);
	bs_set(dict, BS_N_date, bs_shape_date(page, card->published_at));
	bs_set(dict, BS_N_updated, bs_shape_date(page, card->updated_at));
	bs_set(dict, BS_N_foreign, bs_shape_foreign(page, card->address.lang));
	bs_set_flag(dict, BS_N_first, false);
	return bs_value_dict(dict);
}

struct bs_value bs_shape_cards(struct bs_page *page, const struct bs_cards *cards)
{
	struct bs_value *list = BS_ARRAY(page->arena, cards->count, struct bs_value);

	for (size_t i = 0; i < cards->count; i++)
		list[i] = bs_shape_card(page, &cards->list[i]);
	return bs_value_list(list, cards->count);
}
