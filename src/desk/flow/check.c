/* check.c - see check.h.
 *
 * When is news opinion that is not labelled? Only what the story says itself counts, never how it is written: guessing from first persons or
 * strong words would be wrong often, and soon be clicked away. So a story of a kind that readers take for reporting is asked about when its
 * title or standfirst begins with the word for opinion ("Opinion: …", "Meinung | …"), when a term of its own is called so, or when it
 * carries a notice that is called a disclaimer. The words are those that the site prints above opinion pieces, in the story's language and in the
 * publication's. */
#include "desk/flow/check.h"

#include <stdlib.h>

#include "desk/picture/lacks.h"
#include "lang/message.h"
#include "text/markup.h"

static const struct {
	enum bs_check_weight weight;
	enum bs_desk_msg words;
} kinds[BS_CHECK_KIND_COUNT] = {
	[BS_CHECK_ALT] = { BS_CHECK_STOPS, BS_DESK_MSG_check_alt },
	[BS_CHECK_CREDIT] = { BS_CHECK_STOPS, BS_DESK_MSG_check_credit },
	[BS_CHECK_LICENCE] = { BS_CHECK_TELLS, BS_DESK_MSG_check_licence },
	[BS_CHECK_GONE] = { BS_CHECK_ASKS, BS_DESK_MSG_check_gone },
	[BS_CHECK_TARGET] = { BS_CHECK_ASKS, BS_DESK_MSG_check_target },
	[BS_CHECK_NOTICE] = { BS_CHECK_ASKS, BS_DESK_MSG_check_notice },
	[BS_CHECK_OPINION] = { BS_CHECK_ASKS, BS_DESK_MSG_check_opinion },
	[BS_CHECK_MOVED] = { BS_CHECK_TELLS, BS_DESK_MSG_check_moved },
	[BS_CHECK_UNREACHED] = { BS_CHECK_TELLS, BS_DESK_MSG_check_unreached },
	[BS_CHECK_UNSEEN] = { BS_CHECK_TELLS, BS_DESK_MSG_check_unseen },
};

enum { WHAT_MAX = 80 };

struct checking {
	struct bs_arena *arena;
	const struct bs_draft *draft;
	struct bs_checks *out;
	size_t room;
};

enum bs_check_weight bs_check_weight(enum bs_check_kind kind)
{
	return kinds[kind].weight;
}

static void found(struct checking *c, enum bs_check_kind kind, struct bs_str what, struct bs_str href, struct bs_str key)
{
	BS_GROW(c->arena, c->out->list, c->out->count, c->room, 8);
	c->out->list[c->out->count++] = (struct bs_check){ kind, bs_str_utf8_prefix(what, WHAT_MAX), href, key };
	c->out->stops += kinds[kind].weight == BS_CHECK_STOPS;
	c->out->asks += kinds[kind].weight == BS_CHECK_ASKS;
}

/* --- pictures ------------------------------------------------------------------------------------------------------------------- */

/* One finding for each thing that is missing. */
static void check_picture(struct checking *c, const struct bs_pictured *picture)
{
	static const struct {
		unsigned lack;
		enum bs_check_kind kind;
	} kinds_of[] = { { BS_LACKS_ALT, BS_CHECK_ALT }, { BS_LACKS_CREDIT, BS_CHECK_CREDIT }, { BS_LACKS_LICENCE, BS_CHECK_LICENCE } };
	struct bs_str key = picture->number > 0 ? picture->src : bs_arena_printf(c->arena, "lead %lld", (long long)picture->media_id);

	for (size_t i = 0; i < BS_COUNT(kinds_of); i++) {
		if ((picture->lacks & kinds_of[i].lack) != 0)
			found(c, kinds_of[i].kind, picture->caption, BS_STR(""), key);
	}
}

static void check_pictures(struct checking *c)
{
	struct bs_pictured *pictures;
	size_t count;

	bs_pictures_of(c->arena, c->draft, &pictures, &count);
	for (size_t i = 0; i < count; i++)
		check_picture(c, &pictures[i]);
}

/* --- links ---------------------------------------------------------------------------------------------------------------------- */

static struct bs_str health_of(const struct bs_draft *draft, struct bs_str url)
{
	for (size_t i = 0; i < draft->citation_count; i++) {
		if (bs_str_eq(draft->citations[i].url, url))
			return draft->citations[i].health;
	}
	return BS_STR("");
}

static void check_links(struct checking *c)
{
	static const struct {
		struct bs_str health;
		enum bs_check_kind kind;
	} healths[] = {
		{ BS_STR_INIT("gone"), BS_CHECK_GONE }, { BS_STR_INIT("moved"), BS_CHECK_MOVED }, { BS_STR_INIT("unreached"), BS_CHECK_UNREACHED },
	};
	const struct bs_body *body = &c->draft->body;
	bool unseen = false;

	for (size_t i = 0; i < body->link_count; i++) {
		const struct bs_link *link = &body->links[i];
		struct bs_str health = health_of(c->draft, link->href);
		if (link->href.len == 0)
			found(c, BS_CHECK_TARGET, link->text, BS_STR(""), link->text);
		for (size_t k = 0; k < BS_COUNT(healths); k++) {
			if (link->href.len > 0 && bs_str_eq(health, healths[k].health))
				found(c, healths[k].kind, link->text, link->href, link->href);
		}
		unseen |= health.len == 0 && (bs_str_starts(link->href, BS_STR("http://")) || bs_str_starts(link->href, BS_STR("https://")));
	}
	if (unseen)
		found(c, BS_CHECK_UNSEEN, BS_STR(""), BS_STR(""), BS_STR(""));
}

/* --- notices -------------------------------------------------------------------------------------------------------------------- */

static void check_notices(struct checking *c, const struct bs_publication *publication)
{
	for (size_t i = 0; i < c->draft->body.count; i++) {
		struct bs_str slug = bs_block_notice(&c->draft->body.blocks[i]);
		if (slug.len > 0 && bs_publication_notice(publication, slug, c->draft->lang) == NULL)
			found(c, BS_CHECK_NOTICE, slug, BS_STR(""), slug);
	}
}

/* --- opinion --------------------------------------------------------------------------------------------------------------------- */

/* Whether the text begins with the word and ends there, or goes on with a mark that sets it off. */
static bool is_labelled(struct bs_str text, struct bs_str word)
{
	struct bs_str rest = bs_str_trim(bs_str_sub(text, word.len, SIZE_MAX));

	if (word.len == 0 || text.len < word.len || !bs_str_eq_nocase(bs_str_sub(text, 0, word.len), word))
		return false;
	return rest.len == 0 || bs_str_starts(rest, BS_STR(":")) || bs_str_starts(rest, BS_STR("|")) || bs_str_starts(rest, BS_STR("–")) ||
	       bs_str_starts(rest, BS_STR("—")) || bs_str_starts(rest, BS_STR("："));
}

static bool says_opinion(struct checking *c, struct bs_str word)
{
	const struct bs_draft *draft = c->draft;

	for (size_t i = 0; i < draft->term_count; i++) {
		if (word.len > 0 && (bs_str_eq_nocase(draft->terms[i].name, word) || bs_str_eq_nocase(draft->terms[i].slug, word)))
			return true;
	}
	return is_labelled(bs_markup_plain(c->arena, draft->title), word) || is_labelled(bs_markup_plain(c->arena, draft->subtitle), word);
}

static void check_opinion(struct checking *c, const struct bs_lang *house)
{
	const struct bs_lang *lang = bs_lang_find(c->draft->lang);
	enum bs_kind kind = c->draft->kind;
	bool says = says_opinion(c, BS_STR("opinion")); /* as slugs have it */

	if (kind != BS_KIND_NEWS && kind != BS_KIND_REPORT && kind != BS_KIND_EXPLAINER)
		return;
	says |= says_opinion(c, bs_message(house, BS_MSG_kind_opinion)) || (lang != NULL && says_opinion(c, bs_message(lang, BS_MSG_kind_opinion)));
	for (size_t i = 0; i < c->draft->notice_count; i++)
		says |= bs_str_find(c->draft->notices[i], BS_STR("disclaimer"), 0) != SIZE_MAX;
	for (size_t i = 0; i < c->draft->body.count; i++)
		says |= bs_str_find(bs_block_notice(&c->draft->body.blocks[i]), BS_STR("disclaimer"), 0) != SIZE_MAX;
	if (says)
		found(c, BS_CHECK_OPINION, BS_STR(""), BS_STR(""), BS_STR(""));
}

/* --- the list --------------------------------------------------------------------------------------------------------------------- */

/* Stable: what is of one kind stays in the order of the text. */
static void sort(struct bs_arena *arena, struct bs_checks *checks)
{
	struct bs_check *sorted = BS_ARRAY(arena, checks->count, struct bs_check);
	size_t count = 0;

	for (enum bs_check_weight weight = BS_CHECK_STOPS; weight <= BS_CHECK_TELLS; weight++) {
		for (size_t i = 0; i < checks->count; i++) {
			if (kinds[checks->list[i].kind].weight == weight)
				sorted[count++] = checks->list[i];
		}
	}
	checks->list = sorted;
}

struct bs_checks bs_checks_of(struct bs_arena *arena, const struct bs_draft *draft, const struct bs_publication *publication)
{
	struct bs_checks checks = { 0 };
	struct checking c = { .arena = arena, .draft = draft, .out = &checks };

	check_pictures(&c);
	check_links(&c);
	check_notices(&c, publication);
	check_opinion(&c, publication->lang);
	sort(arena, &checks);
	return checks;
}

size_t bs_checks_worse(const struct bs_checks *now, const struct bs_checks *before)
{
	size_t worse = 0;

	for (size_t i = 0; i < now->stops; i++) {
		bool was = false;
		for (size_t j = 0; j < before->stops && !was; j++)
			was = now->list[i].kind == before->list[j].kind && bs_str_eq(now->list[i].key, before->list[j].key);
		worse += !was;
	}
	return worse;
}

struct bs_str bs_checks_token(struct bs_arena *arena, const struct bs_checks *checks)
{
	size_t counts[BS_CHECK_KIND_COUNT] = { 0 };

	if (checks->asks == 0)
		return BS_STR("");
	for (size_t i = 0; i < checks->count; i++)
		counts[checks->list[i].kind]++;
	return bs_arena_printf(arena, "gone-%zu target-%zu notice-%zu opinion-%zu", counts[BS_CHECK_GONE], counts[BS_CHECK_TARGET],
	                       counts[BS_CHECK_NOTICE], counts[BS_CHECK_OPINION]);
}

void bs_checks_put(struct bs_visit *visit, struct bs_dict *view, const struct bs_checks *checks, bool ask)
{
	static const struct bs_str tones[] = { BS_STR_INIT("bad"), BS_STR_INIT("warn"), BS_STR_INIT("plain") };
	static const enum bs_desk_msg labels[] = { BS_DESK_MSG_check_stops, BS_DESK_MSG_check_asks, BS_DESK_MSG_check_tells };
	struct bs_value *items = BS_ARRAY(visit->arena, checks->count, struct bs_value);
	struct bs_dict *dict = bs_dict_new(visit->arena, 4);

	for (size_t i = 0; i < checks->count; i++) {
		const struct bs_check *check = &checks->list[i];
		struct bs_dict *item = bs_dict_new(visit->arena, 5);
		bs_put_text(item, BS_D_tone, tones[kinds[check->kind].weight]);
		bs_put_text(item, BS_D_label, bs_word(visit, labels[kinds[check->kind].weight]));
		bs_put_text(item, BS_D_text, bs_word(visit, kinds[check->kind].words));
		bs_put_text(item, BS_D_detail, check->what);
		bs_put_text(item, BS_D_href, check->href);
		items[i] = bs_value_dict(item);
	}
	bs_put(dict, BS_D_items, bs_value_list(items, checks->count));
	bs_put_flag(dict, BS_D_has_items, checks->count > 0);
	bs_put_text(dict, BS_D_value, ask ? bs_checks_token(visit->arena, checks) : BS_STR(""));
	bs_put_flag(dict, BS_D_is_here, checks->stops + checks->asks > 0);
	bs_put(view, BS_D_checks, bs_value_dict(dict));
}
