/* rights.c - where a story comes from, which notices stand on it, and what others may do with it; see story.h. */
#include "lang/message.h"
#include "site/story.h"
#include "text/out.h"

/* --- first published elsewhere ------------------------------------------------------------------------------------------- */

/* <a href="url"><cite>Harbour Review</cite></a>; without an address the name alone. */
static struct bs_str source_name(struct bs_page *page, const struct bs_story *story)
{
	struct bs_buf buf = BS_BUF(64 * 1024);
	struct bs_str made;

	if (story->source_url.len > 0) {
		bs_buf_lit(&buf, "<a href=\"");
		bs_out_attr(&buf, story->source_url);
		bs_buf_lit(&buf, "\">");
	}
	bs_buf_lit(&buf, "<cite>");
	bs_out_text(&buf, story->source_name.len > 0 ? story->source_name : story->source_url);
	bs_buf_lit(&buf, "</cite>");
	if (story->source_url.len > 0)
		bs_buf_lit(&buf, "</a>");
	made = bs_arena_copy(page->arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return made;
}

struct bs_str bs_story_source_line(struct bs_page *page, const struct bs_story *story)
{
	struct bs_str name;

	if (story->source_name.len == 0 && story->source_url.len == 0)
		return BS_STR("");
	name = source_name(page, story);
	if (story->source_at == 0)
		return bs_say_story_first_published_undated(page->arena, page->lang, name);
	return bs_say_story_first_published(page->arena, page->lang, name,
	       bs_date(page->arena, page->lang, BS_DATE_LONG, page->publication->zone, story->source_at));
}

/* --- notices ------------------------------------------------------------------------------------------------------------- */

static bool rule_holds(const struct bs_story *story, struct bs_str rule)
{
	struct bs_str rest = rule, set;

	if (!bs_str_split(&rest, ':', &set) || rest.ptr == NULL)
		return false;
	if (bs_str_eq(set, BS_STR("kind")))
		return bs_str_eq(bs_kind_name(story->kind), rest);
	for (size_t i = 0; i < story->term_count; i++) {
		if (bs_str_eq(bs_vocabulary_name(story->terms[i].vocabulary), set) && bs_str_eq(story->terms[i].slug, rest))
			return true;
	}
	return false;
}

static bool wanted(const struct bs_story *story, const struct bs_notice *notice)
{
	bool yes = bs_str_eq(notice->applies, BS_STR("all")) ||
	           (bs_str_eq(notice->applies, BS_STR("elsewhere")) && (story->source_name.len > 0 || story->source_url.len > 0));

	for (size_t i = 0; i < notice->rule_count && !yes; i++)
		yes = rule_holds(story, notice->rules[i]);
	for (size_t i = 0; i < story->notice_count && !yes; i++)
		yes = bs_str_eq(story->notices[i], notice->slug);
	return yes;
}

static bool applies(const struct bs_page *page, const struct bs_story *story, const struct bs_notice *notice)
{
	const struct bs_publication *p = page->publication;
	struct bs_str lang = page->lang->code;

	if (!bs_str_eq(notice->lang, lang) && !bs_str_eq(notice->lang, p->lang->code))
		return false;
	return bs_publication_notice(p, notice->slug, lang) == notice && wanted(story, notice);
}

size_t bs_story_notices(const struct bs_page *page, const struct bs_story *story, struct bs_str place,
                        const struct bs_notice *const **out)
{
	static const char *const order[] = { "permission", "disclaimer", "copyright", "fair-use", "note" };
	const struct bs_publication *p = page->publication;
	const struct bs_notice **list = BS_ARRAY(page->arena, p->notice_count, const struct bs_notice *);
	size_t count = 0;

	for (size_t k = 0; k < BS_COUNT(order); k++) {
		for (size_t i = 0; i < p->notice_count; i++) {
			const struct bs_notice *notice = &p->notices[i];
			if (bs_str_eq(notice->placement, place) && bs_str_eq(notice->kind, bs_str_c(order[k])) &&
			    applies(page, story, notice))
				list[count++] = notice;
		}
	}
	*out = list;
	return count;
}

/* --- licences ------------------------------------------------------------------------------------------------------------ */

struct bs_str bs_story_holder(struct bs_page *page, const struct bs_story *story)
{
	return story->source_name.len > 0 ? story->source_name : bs_site_name(page);
}

struct bs_str bs_story_copyright(struct bs_page *page, const struct bs_story *story)
{
	struct bs_str parts[] = { BS_STR("© "), bs_story_holder(page, story) };

	return bs_arena_join(page->arena, parts, 2, BS_STR(""));
}

struct bs_str bs_licence_text(struct bs_page *page, struct bs_str licence)
{
	if (bs_str_eq(licence, BS_STR("all-rights-reserved")))
		return bs_message(page->lang, BS_MSG_licence_all_rights_reserved);
	if (bs_str_eq(licence, BS_STR("public-domain")))
		return bs_message(page->lang, BS_MSG_licence_public_domain);
	if (bs_str_eq(licence, BS_STR("permission")))
		return bs_message(page->lang, BS_MSG_licence_permission);
	return licence;
}

/* Creative Commons have one address each: "CC-BY-SA-4.0" is licenses/by-sa/4.0. */
struct bs_str bs_licence_url(struct bs_page *page, struct bs_str licence)
{
	struct bs_str kind = bs_str_sub(licence, 3, SIZE_MAX);
	size_t version;
	char *lower;

	if (bs_str_eq(licence, BS_STR("CC0-1.0")))
		return BS_STR("https://creativecommons.org/publicdomain/zero/1.0/");
	if (!bs_str_starts(licence, BS_STR("CC-BY")) || kind.len < 6)
		return BS_STR("");
	version = kind.len - 3;
	lower = (char *)bs_arena_copy(page->arena, bs_str_sub(kind, 0, version - 1)).ptr;
	for (size_t i = 0; lower[i] != '\0'; i++)
		lower[i] = (char)(lower[i] >= 'A' && lower[i] <= 'Z' ? lower[i] + 32 : lower[i]);
	return bs_arena_printf(page->arena, "https://creativecommons.org/licenses/%s/%.3s/", lower, kind.ptr + version);
}

struct bs_str bs_licence_line(struct bs_page *page, const struct bs_story *story)
{
	struct bs_str code = bs_story_licence(page, story);
	struct bs_str text = bs_licence_text(page, code), url = bs_licence_url(page, code), made;
	struct bs_buf buf = BS_BUF(64 * 1024);

	if (url.len > 0)
		bs_buf_printf(&buf, "<a rel=\"license\" href=\"%.*s\">", (int)url.len, url.ptr); /* made above of fixed parts */
	bs_out_text(&buf, text);
	if (url.len > 0)
		bs_buf_lit(&buf, "</a>");
	made = bs_arena_copy(page->arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return made;
}
