/* names.c - whom and what a page of the web names; see parts.h. */
#include "base/limits.h"
#include "syndicate/import/printed/printed.h"
#include "syndicate/import/read/web_page/parts.h"

/* --- people --- */

static void add_credit(struct bs_web_page *p, struct bs_str name, enum bs_role role)
{
	struct bs_draft *draft = &p->out->draft;

	if (name.len == 0 || bs_page_is_web(name) || draft->byline_count == BS_MAX_BYLINE)
		return;
	for (size_t i = 0; i < draft->byline_count; i++) {
		if (draft->byline[i].role == role && bs_str_eq_nocase(draft->byline[i].name, name))
			return;
	}
	draft->byline[draft->byline_count++] = (struct bs_draft_credit){ .name = name, .role = role };
}

static struct bs_str without_by(struct bs_str text)
{
	text = bs_str_trim(text);
	return bs_str_eq_nocase(bs_str_sub(text, 0, 3), BS_STR("by ")) ? bs_str_trim(bs_str_sub(text, 3, SIZE_MAX)) : text;
}

/* "By Ann Moe and Bo Lie" is two people. */
static void add_credits(struct bs_web_page *p, struct bs_str text, enum bs_role role)
{
	struct bs_str names[BS_MAX_BYLINE];
	size_t count;

	text = without_by(text);
	count = bs_printed_names(p->arena, text, names, BS_MAX_BYLINE);
	for (size_t i = 0; i < count; i++)
		add_credit(p, names[i], role);
	if (count == 0 && text.len <= 200)
		add_credit(p, text, role);
}

static void add_people(struct bs_web_page *p, const struct bs_json *node, enum bs_role role)
{
	if (node == NULL)
		return;
	if (node->kind != BS_JSON_ARRAY) {
		add_credits(p, bs_node_text(p, node), role);
		return;
	}
	for (const struct bs_json *item = node->first; item != NULL; item = item->next)
		add_credits(p, bs_node_text(p, bs_node_resolved(p, item)), role);
}

static void add_named(struct bs_web_page *p, const char *name)
{
	for (size_t i = 0; i < p->html.meta_count; i++) {
		if (bs_str_eq(p->html.metas[i].name, bs_str_c(name)))
			add_credits(p, bs_str_trim(p->html.metas[i].content), BS_ROLE_AUTHOR);
	}
}

/* What the byline marks by a class, where nothing says more surely who wrote it. The text does not have it. */
static void add_marked(struct bs_web_page *p)
{
	for (size_t i = 0; i < p->html.meta_count; i++) {
		struct bs_str text = p->html.metas[i].content, name = without_by(text);
		bool other = bs_str_find_byte(name, '|', 0) != SIZE_MAX; /* "Ann Moe | 3 Feb" */

		if (!bs_str_eq(p->html.metas[i].name, BS_STR("class:author")))
			continue;
		for (size_t at = 0; at < name.len && !other; at++)
			other = name.ptr[at] >= '0' && name.ptr[at] <= '9';
		if (!other)
			add_credits(p, name, BS_ROLE_AUTHOR);
		else
			bs_remark(p->reading->remarks, BS_REMARK_TEXT, 0, text, BS_STR("a byline that is no name; left out"));
	}
}

void bs_page_people(struct bs_web_page *p)
{
	static const char *const metas[] = {
		"author", "article:author", "citation_author", "dc.creator", "itemprop:author", "parsely-author", "sailthru.author"
	};

	p->out->draft.byline = BS_ARRAY(p->arena, BS_MAX_BYLINE, struct bs_draft_credit);
	add_people(p, bs_node_member(p, p->article, "author"), BS_ROLE_AUTHOR);
	if (p->out->draft.byline_count == 0)
		add_people(p, bs_node_member(p, p->article, "creator"), BS_ROLE_AUTHOR);
	for (size_t i = 0; i < BS_COUNT(metas) && p->out->draft.byline_count == 0; i++)
		add_named(p, metas[i]);
	if (p->out->draft.byline_count == 0)
		add_marked(p);
	if (p->out->draft.byline_count == 0)
		add_named(p, "rel:author");
	add_people(p, bs_node_member(p, p->article, "translator"), BS_ROLE_TRANSLATOR);
	add_people(p, bs_node_member(p, p->article, "editor"), BS_ROLE_EDITOR);
}

/* --- terms --- */

static void add_term(struct bs_web_page *p, enum bs_vocabulary vocabulary, struct bs_str name)
{
	struct bs_draft *draft = &p->out->draft;

	name = bs_str_trim(name);
	if (name.len == 0 || name.len > 120 || bs_page_is_web(name) || draft->term_count == BS_MAX_TERMS)
		return;
	for (size_t i = 0; i < draft->term_count; i++) {
		if (draft->terms[i].vocabulary == vocabulary && bs_str_eq_nocase(draft->terms[i].name, name))
			return;
	}
	draft->terms[draft->term_count++] = (struct bs_draft_term){ .vocabulary = vocabulary, .name = name };
}

static void add_terms(struct bs_web_page *p, enum bs_vocabulary vocabulary, const struct bs_json *node, bool commas)
{
	struct bs_str rest, name;

	if (node == NULL)
		return;
	if (node->kind == BS_JSON_ARRAY) {
		for (const struct bs_json *item = node->first; item != NULL; item = item->next)
			add_term(p, vocabulary, bs_node_text(p, bs_node_resolved(p, item)));
		return;
	}
	rest = bs_node_text(p, node);
	while (commas && bs_str_split(&rest, ',', &name))
		add_term(p, vocabulary, name);
	if (!commas)
		add_term(p, vocabulary, rest);
}

static void add_metas(struct bs_web_page *p, enum bs_vocabulary vocabulary, const char *name, bool commas)
{
	for (size_t i = 0; i < p->html.meta_count; i++) {
		struct bs_str rest = p->html.metas[i].content, part;

		if (!bs_str_eq(p->html.metas[i].name, bs_str_c(name)))
			continue;
		while (commas && bs_str_split(&rest, ',', &part))
			add_term(p, vocabulary, part);
		if (!commas)
			add_term(p, vocabulary, rest);
	}
}

void bs_page_terms(struct bs_web_page *p)
{
	p->out->draft.terms = BS_ARRAY(p->arena, BS_MAX_TERMS, struct bs_draft_term);
	add_terms(p, BS_REGION, bs_node_member(p, p->article, "contentLocation"), false);
	add_terms(p, BS_REGION, bs_node_member(p, p->article, "spatialCoverage"), false);
	add_terms(p, BS_THEME, bs_node_member(p, p->article, "articleSection"), false);
	add_metas(p, BS_THEME, "article:section", false);
	if (bs_node_find(bs_node_member(p, p->article, "isPartOf"), "creativeworkseries publicationissue series", 0) != NULL)
		add_terms(p, BS_REPORT, bs_node_member(p, p->article, "isPartOf"), false);
	add_terms(p, BS_TAG, bs_node_member(p, p->article, "keywords"), true);
	add_metas(p, BS_TAG, "article:tag", false);
	if (bs_node_member(p, p->article, "keywords") == NULL) {
		add_metas(p, BS_TAG, "news_keywords", true);
		add_metas(p, BS_TAG, "keywords", true);
		add_metas(p, BS_TAG, "itemprop:keywords", true);
	}
}
