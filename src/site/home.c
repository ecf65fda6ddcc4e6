/* home.c - the front page, composed as docs/handbook/themes.md says: lead, seconds, river, then groups. */
#include <stdlib.h>

#include "lang/message.h"
#include "newsroom/catalog.h"
#include "site/front.h"
#include "site/frame.h"
#include "site/site.h"
#include "text/json.h"
#include "text/markup.h"

enum {
	POOL = 60,        /* the newest stories: what lead, seconds and river are chosen from */
	SMALL_PAPER = 12, /* with at most this many stories there are no sections */
	LATEST = 10,
	OPINIONS = 4,
	REPORTS = 3,
	REPORT_CARDS = 3,
	USED_MAX = 256,
	PINNED_MAX = 4,
};

struct front {
	struct bs_page *page;
	struct bs_cards pool;
	int64_t stories; /* in all, in this language */
	int64_t used[USED_MAX]; /* stories that have their place */
	size_t used_count;
	bool prepared;          /* as it is prepared at the desk, not as it is */
	struct bs_card pinned[PINNED_MAX]; /* put here by hand: the lead first */
	size_t pinned_count, pinned_at;    /* how many there are, and have been placed */
	const struct bs_json *sections;    /* slugs in order, where they are prepared; or NULL */
};

static bool is_used(const struct front *front, int64_t id)
{
	for (size_t i = 0; i < front->used_count; i++) {
		if (front->used[i] == id)
			return true;
	}
	return false;
}

static void use(struct front *front, int64_t id)
{
	if (front->used_count < USED_MAX)
		front->used[front->used_count++] = id;
}

/* The newest that is featured so; else NULL. */
static const struct bs_card *featured(const struct front *front, int rank)
{
	for (size_t i = 0; i < front->pool.count; i++) {
		const struct bs_card *card = &front->pool.list[i];
		if (card->featured == rank && !is_used(front, card->id))
			return card;
	}
	return NULL;
}

static const struct bs_card *newest(const struct front *front, size_t among, bool pictured)
{
	for (size_t i = 0; i < front->pool.count && i < among; i++) {
		const struct bs_card *card = &front->pool.list[i];
		if (!is_used(front, card->id) && card->kind != BS_KIND_OPINION && (!pictured || card->image.hash.len > 0))
			return card;
	}
	return NULL;
}

/* The next that was put here by hand. */
static const struct bs_card *pinned(struct front *front)
{
	while (front->pinned_at < front->pinned_count) {
		const struct bs_card *card = &front->pinned[front->pinned_at++];
		if (!is_used(front, card->id))
			return card;
	}
	return NULL;
}

static struct bs_value choose_lead(struct front *front)
{
	const struct bs_card *card = pinned(front);

	if (card == NULL)
		card = featured(front, 2);
	if (card == NULL)
		card = newest(front, 10, true);
	if (card == NULL)
		card = newest(front, POOL, false);
	if (card == NULL && front->pool.count > 0)
		card = &front->pool.list[0];
	if (card == NULL)
		return bs_value_null();
	use(front, card->id);
	return bs_shape_card(front->page, card);
}

static struct bs_value choose_seconds(struct front *front)
{
	size_t want = front->stories < 6 && front->pinned_count < PINNED_MAX ? 2 : 3, count = 0;
	struct bs_value *list = BS_ARRAY(front->page->arena, want, struct bs_value);

	while (count < want) {
		const struct bs_card *card = pinned(front);
		if (card == NULL)
			card = featured(front, 1);
		if (card == NULL)
			card = newest(front, POOL, false);
		if (card == NULL)
			break;
		use(front, card->id);
		list[count++] = bs_shape_card(front->page, card);
	}
	return bs_value_list(list, count);
}

/* The newest `want` without a place yet. They keep none: they may stand in their section again. */
static struct bs_value choose_latest(struct front *front, size_t want)
{
	struct bs_value *list = BS_ARRAY(front->page->arena, want, struct bs_value);
	size_t count = 0;

	for (size_t i = 0; i < front->pool.count && count < want; i++) {
		if (!is_used(front, front->pool.list[i].id))
			list[count++] = bs_shape_card(front->page, &front->pool.list[i]);
	}
	return bs_value_list(list, count);
}

/* --- groups -------------------------------------------------------------------------------------------------------------- */

struct group {
	struct bs_str layout, slug, name, url, more;
	struct bs_value cards, terms;
};

static struct bs_value shape_group(struct front *front, const struct group *group)
{
	struct bs_dict *dict = bs_dict_new(front->page->arena, 11);

	bs_set_text(dict, BS_N_layout, group->layout);
	bs_set_text(dict, BS_N_slug, group->slug);
	bs_set_text(dict, BS_N_name, group->name);
	bs_set_text(dict, BS_N_url, group->url);
	bs_set_text(dict, BS_N_more, group->more);
	bs_set(dict, BS_N_count, bs_value_int(group->cards.len));
	bs_set_list(dict, BS_N_cards, BS_N_has_cards, group->cards);
	bs_set_list(dict, BS_N_terms, BS_N_has_terms, group->terms);
	return bs_value_dict(dict);
}

/* Bring the first card with a picture to the front; the others stay by time. */
static void picture_first(struct bs_card *cards, size_t count)
{
	size_t at = 0;

	while (at < count && cards[at].image.hash.len == 0)
		at++;
	if (at > 0 && at < count) {
		struct bs_card pictured = cards[at];
		memmove(cards + 1, cards, at * sizeof(*cards));
		cards[0] = pictured;
	}
}

/* How many of `have` a section shows that may show `most`: never 6 or 1. */
static size_t section_size(size_t have, size_t most)
{
	static const size_t sizes[] = { 7, 5, 4, 3, 2 };

	for (size_t i = 0; i < BS_COUNT(sizes); i++) {
		if (sizes[i] <= most && sizes[i] <= have)
			return sizes[i];
	}
	return 0;
}

static enum bs_rc make_section(struct front *front, const struct bs_section *section, size_t most, struct bs_value *out,
                               struct bs_err *err)
{
	struct bs_page *page = front->page;
	struct bs_cards all, chosen;
	struct bs_card *list;
	size_t count = 0;
	enum bs_rc rc = bs_cards_list(page, (struct bs_list){ BS_LIST_TERM, section->id }, 0, 24, &all, err);

	*out = bs_value_null();
	if (rc != BS_OK)
		return rc;
	list = BS_ARRAY(page->arena, all.count, struct bs_card);
	for (size_t i = 0; i < all.count; i++) {
		if (!is_used(front, all.list[i].id))
			list[count++] = all.list[i];
	}
	count = section_size(count, most);
	if (count == 0)
		return BS_OK;
	for (size_t i = 0; i < count; i++)
		use(front, list[i].id);
	picture_first(list, count);
	chosen = (struct bs_cards){ list, count };
	struct bs_str name = bs_publication_text(page->publication, section->names, section->name_count, page->lang);
	struct group group = { .layout = BS_STR("section"), .slug = section->slug, .name = name,
		               .url = bs_url_list(page, BS_STR("theme"), section->slug, 1),
		               .more = bs_say_home_more_in(page->arena, page->lang, name),
		               .cards = bs_shape_cards(page, &chosen) };
	*out = shape_group(front, &group);
	return BS_OK;
}

static struct bs_value people_of_cards(struct front *front, const struct bs_cards *cards);

static enum bs_rc make_opinion(struct front *front, struct bs_value *out, struct bs_err *err)
{
	struct bs_page *page = front->page;
	struct bs_cards all, chosen;
	struct bs_card *list;
	size_t count = 0;
	enum bs_rc rc = bs_cards_list(page, (struct bs_list){ BS_LIST_KIND, BS_KIND_OPINION }, 0, OPINIONS + 4, &all, err);

	*out = bs_value_null();
	if (rc != BS_OK)
		return rc;
	list = BS_ARRAY(page->arena, OPINIONS, struct bs_card);
	for (size_t i = 0; i < all.count && count < OPINIONS; i++) {
		if (!is_used(front, all.list[i].id))
			list[count++] = all.list[i];
	}
	if (count < 2)
		return BS_OK;
	for (size_t i = 0; i < count; i++)
		use(front, list[i].id);
	chosen = (struct bs_cards){ list, count };
	struct group group = { .layout = BS_STR("opinion"), .slug = BS_STR("opinion"),
		               .name = bs_message(page->lang, BS_MSG_home_opinion), .cards = people_of_cards(front, &chosen) };
	*out = shape_group(front, &group);
	return BS_OK;
}

/* Opinion is signed: its cards show who speaks. */
static struct bs_value people_of_cards(struct front *front, const struct bs_cards *cards)
{
	struct bs_value list = bs_shape_cards(front->page, cards);

	for (size_t i = 0; i < cards->count; i++) {
		struct bs_value people = bs_people_of(front->page, cards->list[i].id);
		bs_set_list((struct bs_dict *)(uintptr_t)list.items[i].dict, BS_N_people, BS_N_has_people, people);
	}
	return list;
}

/* A report with its newest cards; null when it has fewer than two stories here. */
static enum bs_rc make_report(struct front *front, const struct bs_section *section, struct bs_value *out, int64_t *newest_at,
                              struct bs_err *err)
{
	struct bs_page *page = front->page;
	struct bs_list list = { BS_LIST_TERM, section->id };
	struct bs_term_page term;
	struct bs_cards cards;
	int64_t count = 0;
	enum bs_rc rc = bs_list_count(page, list, &count, err);

	*out = bs_value_null();
	if (rc != BS_OK || count < 2)
		return rc;
	rc = bs_cards_list(page, list, 0, REPORT_CARDS, &cards, err);
	if (rc == BS_OK)
		rc = bs_term_page_load(page, BS_REPORT, section->slug, &term, err);
	if (rc != BS_OK)
		return rc == BS_NOT_FOUND ? BS_OK : rc;
	*newest_at = cards.count > 0 ? cards.list[0].published_at : 0;
	*out = bs_shape_term_page(page, &term);
	bs_set_text((struct bs_dict *)(uintptr_t)out->dict, BS_N_line, bs_say_list_stories(page->arena, page->lang, count));
	bs_set_list((struct bs_dict *)(uintptr_t)out->dict, BS_N_cards, BS_N_has_cards, bs_shape_cards(page, &cards));
	return BS_OK;
}

static enum bs_rc make_reports(struct front *front, struct bs_value *out, struct bs_err *err)
{
	const struct bs_publication *p = front->page->publication;
	struct bs_value *terms = BS_ARRAY(front->page->arena, REPORTS, struct bs_value);
	int64_t times[REPORTS] = { 0 };
	size_t count = 0;
	enum bs_rc rc = BS_OK;

	*out = bs_value_null();
	for (size_t i = 0; i < p->section_count && rc == BS_OK; i++) {
		struct bs_value term;
		int64_t newest_at = 0;
		size_t at;
		if (p->sections[i].vocabulary != BS_REPORT || p->sections[i].stories < 2)
			continue;
		rc = make_report(front, &p->sections[i], &term, &newest_at, err);
		if (rc != BS_OK || term.kind == BS_VALUE_NULL)
			continue;
		/* Kept by the time of their newest story; the oldest falls out. */
		at = count < REPORTS ? count++ : REPORTS - 1;
		if (at == REPORTS - 1 && times[at] > newest_at)
			continue;
		for (; at > 0 && times[at - 1] < newest_at; at--) {
			times[at] = times[at - 1];
			terms[at] = terms[at - 1];
		}
		times[at] = newest_at;
		terms[at] = term;
	}
	if (rc == BS_OK && count > 0) {
		struct group group = { .layout = BS_STR("reports"), .slug = BS_STR("reports"),
			               .name = bs_message(front->page->lang, BS_MSG_home_reports), .terms = bs_value_list(terms, count) };
		*out = shape_group(front, &group);
	}
	return rc;
}

static void place_section(struct bs_section *sections, size_t count, struct bs_str slug, int place)
{
	for (size_t i = 0; i < count; i++) {
		if (sections[i].vocabulary == BS_THEME && bs_str_eq(sections[i].slug, slug))
			sections[i].place = place;
	}
}

static int by_place(const void *a, const void *b)
{
	const struct bs_section *one = a, *two = b;

	if ((one->place > 0) != (two->place > 0))
		return one->place > 0 ? -1 : 1;
	return one->place != two->place ? (one->place < two->place ? -1 : 1) : one->id < two->id ? -1 : one->id > two->id;
}

/* The publication's sections, in the order that is prepared where there is one. */
static const struct bs_section *order_sections(struct front *front)
{
	const struct bs_publication *p = front->page->publication;
	struct bs_section *sections;
	int place = 0;

	if (front->sections == NULL)
		return p->sections;
	sections = BS_ARRAY(front->page->arena, p->section_count, struct bs_section);
	for (size_t i = 0; i < p->section_count; i++) {
		sections[i] = p->sections[i];
		sections[i].place = 0;
	}
	for (const struct bs_json *slug = front->sections->first; slug != NULL; slug = slug->next)
		place_section(sections, p->section_count, bs_json_string(slug), ++place);
	qsort(sections, p->section_count, sizeof(*sections), by_place);
	return sections;
}

/* What was put here by hand. All are asked for before the first is read: one round trip. */
static enum bs_rc load_pinned(struct front *front, struct bs_err *err)
{
	struct bs_page *page = front->page;
	struct bs_stmt *stmts[PINNED_MAX] = { NULL };
	const struct bs_json *json = NULL, *stories;
	struct bs_cards cards;
	struct bs_str text = BS_STR("");
	size_t asked = 0;
	enum bs_rc rc = front->prepared ? bs_setting_get(page->arena, page->db, BS_STR("home.draft"), &text, err) : BS_OK;

	if (rc == BS_OK && text.len == 0)
		rc = bs_setting_get(page->arena, page->db, BS_STR("home"), &text, err);
	bs_page_tag(page, BS_TAG_HOME, 0);
	if (rc == BS_OK)
		rc = bs_json_parse(page->arena, text, &json, err);
	if (rc != BS_OK)
		return rc;
	front->sections = front->prepared ? bs_json_get(json, BS_STR("sections")) : NULL;
	stories = bs_json_get(json, BS_STR("stories"));
	for (const struct bs_json *id = stories != NULL ? stories->first : NULL; id != NULL && asked < PINNED_MAX && rc == BS_OK; id = id->next)
		rc = bs_db_query(page->db, BS_Q_card_pinned, BS_VALUES(bs_text(bs_json_string(id)), bs_text(page->lang->code)), &stmts[asked++], err);
	for (size_t i = 0; i < asked && rc == BS_OK; i++) {
		rc = bs_cards_read(page, &stmts[i], &cards, err);
		if (rc == BS_OK && cards.count > 0)
			front->pinned[front->pinned_count++] = cards.list[0];
	}
	for (size_t i = 0; i < asked; i++)
		bs_stmt_free(&stmts[i]);
	return rc;
}

/* Two sections, opinion, one section, reports, the other sections. */
static enum bs_rc make_groups(struct front *front, struct bs_value *list, size_t *count, struct bs_err *err)
{
	static const size_t most[] = { 7, 5, 4, 3 };
	const struct bs_publication *p = front->page->publication;
	const struct bs_section *ordered = order_sections(front);
	bool chosen = p->section_count > 0 && ordered[0].place > 0;
	struct bs_value opinion, reports;
	size_t sections = 0;
	enum bs_rc rc = make_opinion(front, &opinion, err);

	if (rc == BS_OK)
		rc = make_reports(front, &reports, err);
	for (size_t i = 0; i < p->section_count && rc == BS_OK; i++) {
		const struct bs_section *s = &ordered[i];
		if (s->vocabulary != BS_THEME || s->stories < 2 || (chosen && s->place == 0) || sections >= 12)
			continue;
		rc = make_section(front, s, most[sections % BS_COUNT(most)], &list[*count], err);
		if (rc != BS_OK || list[*count].kind == BS_VALUE_NULL)
			continue;
		++*count;
		sections++;
		if (sections == 2 && opinion.kind != BS_VALUE_NULL)
			list[(*count)++] = opinion;
		if (sections == 3 && reports.kind != BS_VALUE_NULL)
			list[(*count)++] = reports;
	}
	if (rc == BS_OK && sections < 2 && opinion.kind != BS_VALUE_NULL)
		list[(*count)++] = opinion;
	if (rc == BS_OK && sections < 3 && reports.kind != BS_VALUE_NULL)
		list[(*count)++] = reports;
	return rc;
}

/* A paper of few stories has one group below the front; opinion and reports as always. */
static enum bs_rc make_small(struct front *front, struct bs_value *list, size_t *count, struct bs_err *err)
{
	struct group group = { .layout = BS_STR("section"), .slug = BS_STR("latest"),
		               .name = bs_message(front->page->lang, BS_MSG_home_latest) };
	struct bs_value opinion, reports;
	enum bs_rc rc = make_opinion(front, &opinion, err);

	group.cards = choose_latest(front, 8);
	if (group.cards.len > 0)
		list[(*count)++] = shape_group(front, &group);
	if (rc == BS_OK && opinion.kind != BS_VALUE_NULL)
		list[(*count)++] = opinion;
	if (rc == BS_OK)
		rc = make_reports(front, &reports, err);
	if (rc == BS_OK && reports.kind != BS_VALUE_NULL)
		list[(*count)++] = reports;
	return rc;
}

/* "The First Ice · Port Ansel Sells Its Cranes · …": what a front page that says nothing of itself is about. */
static struct bs_str newest_titles(struct front *front)
{
	enum { TITLES = 4 };
	struct bs_str titles[TITLES];
	size_t count = 0;

	for (; count < TITLES && count < front->pool.count; count++)
		titles[count] = bs_markup_plain(front->page->arena, front->pool.list[count].title);
	return bs_arena_join(front->page->arena, titles, count, BS_STR(" · "));
}

static enum bs_rc make_home(struct bs_page *page, bool prepared, struct bs_err *err)
{
	struct front *front = BS_NEW(page->arena, struct front);
	struct bs_list all = { BS_LIST_ALL, 0 };
	struct bs_dict *dict = bs_dict_new(page->arena, 9);
	struct bs_value *groups = BS_ARRAY(page->arena, 24, struct bs_value);
	size_t count = 0;
	bool small;
	enum bs_rc rc;

	front->page = page;
	front->prepared = prepared;
	rc = load_pinned(front, err);
	if (rc == BS_OK)
		rc = bs_list_count(page, all, &front->stories, err);
	if (rc == BS_OK)
		rc = bs_cards_list(page, all, 0, POOL, &front->pool, err);
	if (rc != BS_OK)
		return rc;
	page->edition = front->pool.count > 0 ? front->pool.list[0].published_at : 0;
	small = front->stories <= SMALL_PAPER;
	bs_set(dict, BS_N_lead, choose_lead(front));
	bs_set_list(dict, BS_N_seconds, BS_N_has_seconds, choose_seconds(front));
	bs_set_list(dict, BS_N_latest, BS_N_has_latest, small ? bs_value_list(NULL, 0) : choose_latest(front, LATEST));
	rc = small ? make_small(front, groups, &count, err) : make_groups(front, groups, &count, err);
	if (rc != BS_OK)
		return rc;
	bs_set_list(dict, BS_N_groups, BS_N_has_groups, bs_value_list(groups, count));
	bs_set(dict, BS_N_archive, small ? bs_value_null() : bs_shape_link(page, bs_url_path(page, "/archive"),
	       bs_message(page->lang, BS_MSG_home_all_stories), BS_STR("archive")));
	bs_set_list(dict, BS_N_offers, BS_N_has_offers, bs_value_list(NULL, 0));
	return bs_home_print(page, dict, page->edition, newest_titles(front), err);
}

enum bs_rc bs_home_page(struct bs_page *page, struct bs_err *err)
{
	return make_home(page, false, err);
}

enum bs_rc bs_site_preview_home(struct bs_page *page, struct bs_err *err)
{
	page->uncached = true;
	return make_home(page, true, err);
}
