/* page.c - a whole document, taken apart; see bs_html_page in html.h.
 *
 * The story is in the <article> or <main> that has the headline. There, or anywhere when neither has it, it is the element that
 * says so, by microdata, by the class that a common tool gives it, or by being the only or longest <article>. What stands within
 * it but belongs to the page (navigation, sharing, comments …) is told by its element, role or class. */
#include "base/limits.h"
#include "text/html/walk.h"
#include "text/markup.h"
#include "text/story/url.h"

struct page {
	struct bs_arena *arena, *scratch;
	struct bs_html_page *out;
	struct bs_str base;
	size_t room;
};

/* By class or id; the id of a heading or paragraph only says where a link leads. */
static bool has_one_of(const struct node *node, const char *const *words, size_t count)
{
	bool heading = node->rule->part >= PART_H2 && node->rule->part <= PART_H6;
	struct bs_str id = heading || node->rule->part == PART_P ? (struct bs_str){ 0 } : node_attr(node, "id");

	for (size_t i = 0; i < count; i++) {
		if (node_has_class(node, words[i]) || bs_str_eq_nocase(id, bs_str_c(words[i])))
			return true;
	}
	return false;
}

bool is_furniture(const struct node *node)
{
	static const char *const elements[] = { "nav", "header", "footer", "fieldset" };
	static const char *const roles[] = { "navigation", "complementary", "contentinfo", "banner", "search" };
	static const char *const words[] = {
		"ad",            "ads",          "advertisement",   "author-box",    "breadcrumb",   "breadcrumbs",
		"comments",      "comment-list", "jp-relatedposts", "main-nav",      "masthead",     "menu",
		"nav",           "navbar",       "navigation",      "nav-links",     "newsletter",   "newsletter-signup",
		"post-navigation", "related",    "related-posts",   "respond",       "screen-reader-text", "share",
		"sharedaddy",    "sharing",      "sidebar",         "site-footer",   "site-header",  "site-nav",
		"skip-link",     "social",       "social-share",    "subscribe",
	};

	if (node->rule->action != ACT_PART)
		return false;
	for (size_t i = 0; i < BS_COUNT(elements); i++) {
		if (node_is(node, elements[i]))
			return true;
	}
	for (size_t i = 0; i < BS_COUNT(roles); i++) {
		if (bs_str_eq_nocase(node_attr(node, "role"), bs_str_c(roles[i])))
			return true;
	}
	return has_one_of(node, words, BS_COUNT(words));
}

static void add_meta(struct page *p, struct bs_str name, struct bs_str content)
{
	struct bs_html_page *out = p->out;

	if (name.len == 0 || content.len == 0 || content.len > BS_MAX_FIELD || out->meta_count >= BS_MAX_CITATIONS)
		return;
	BS_GROW(p->arena, out->metas, out->meta_count, p->room, 32);
	name = bs_arena_copy(p->arena, name);
	for (size_t i = 0; i < name.len; i++) {
		if (name.ptr[i] >= 'A' && name.ptr[i] <= 'Z')
			((char *)name.ptr)[i] = (char)(name.ptr[i] + 32);
	}
	content = bs_markup_plain(p->arena, bs_markup_of_text(p->arena, content));
	out->metas[out->meta_count++] = (struct bs_html_meta){ .name = name, .content = content };
}

static void read_link(struct page *p, const struct node *link)
{
	struct bs_str rel = bs_str_trim(node_attr(link, "rel")), hreflang = node_attr(link, "hreflang");
	struct bs_str href = url_clean(p->arena, node_attr(link, "href"), p->base, URL_LINK);

	if (hreflang.len > 0)
		add_meta(p, bs_arena_join(p->scratch, (struct bs_str[]){ BS_STR("link"), rel, hreflang }, 3, BS_STR(":")), href);
	else
		add_meta(p, bs_arena_join(p->scratch, (struct bs_str[]){ BS_STR("link"), rel }, 2, BS_STR(":")), href);
}

/* Microdata: an element may be several properties at once. */
static void add_properties(struct page *p, const struct node *node, struct bs_str value)
{
	struct bs_str names = node_attr(node, "itemprop"), name;

	while (bs_str_split(&names, ' ', &name)) {
		if (name.len > 0)
			add_meta(p, bs_arena_join(p->scratch, (struct bs_str[]){ BS_STR("itemprop"), name }, 2, BS_STR(":")), value);
	}
}

static void read_meta(struct page *p, const struct node *meta)
{
	static const char *const names[] = { "name", "property" };

	for (size_t i = 0; i < BS_COUNT(names); i++)
		add_meta(p, node_attr(meta, names[i]), node_attr(meta, "content"));
	add_properties(p, meta, node_attr(meta, "content"));
}

/* What an element of the content says of itself. */
static void read_element(struct page *p, const struct node *node)
{
	struct bs_str itemprop = node_attr(node, "itemprop"), value = node_attr(node, "content");

	if (node->attribute_count == 0)
		return;
	if (node_is(node, "time"))
		add_meta(p, BS_STR("time"), node_attr(node, "datetime"));
	if (node_is(node, "a") && bs_str_find(node_attr(node, "rel"), BS_STR("author"), 0) != SIZE_MAX)
		add_meta(p, BS_STR("rel:author"), node_text(p->scratch, node));
	if (itemprop.len == 0 || bs_str_eq(itemprop, BS_STR("articleBody")))
		return;
	if (value.len == 0)
		value = node_attr(node, "datetime");
	if (value.len == 0)
		value = node_text(p->scratch, node);
	add_properties(p, node, value);
}

static void read_head(struct page *p, const struct node *root)
{
	for (const struct node *node = node_after(root, root); node != NULL; node = node_after(node, root)) {
		if (node->rule == NULL)
			continue;
		if (node_is(node, "html"))
			p->out->lang = lang_of(p->arena, node);
		else if (node_is(node, "meta"))
			read_meta(p, node);
		else if (node_is(node, "link"))
			read_link(p, node);
		else
			read_element(p, node);
	}
}

static size_t text_size(const struct node *root)
{
	size_t size = 0;

	for (const struct node *node = node_after(root, root); node != NULL; node = node_after(node, root))
		size += node->text.len;
	return size;
}

/* How surely the element is the story: 0 not at all. */
static int rank(const struct node *node)
{
	static const char *const contents[] = { "entry-content", "post-content", "article-body", "article__body", "article-content",
		                                "story-body", "gh-content", "kg-canvas", "e-content" };

	if (node->rule == NULL)
		return 0;
	if (bs_str_eq(node_attr(node, "itemprop"), BS_STR("articleBody")))
		return 5;
	if (node->rule->action == ACT_PART && node->attribute_count > 0 && has_one_of(node, contents, BS_COUNT(contents)))
		return 4;
	return node_is(node, "article") ? 3 : node_is(node, "main") ? 2 : node_is(node, "body") ? 1 : 0;
}

static bool is_heading(const struct node *node)
{
	return node_is(node, "h1") || node_is(node, "h2") || node_is(node, "h3");
}

static const struct node *find_heading(const struct node *root)
{
	const struct node *node = node_after(root, root);

	while (node != NULL && !node_is(node, "h1"))
		node = node_after(node, root);
	return node;
}

/* What a heading is the heading of: the innermost <article> or <main> round it. NULL: none. */
static const struct node *headed_by(const struct node *heading)
{
	const struct node *node = heading->parent;

	while (node != NULL && !node_is(node, "article") && !node_is(node, "main"))
		node = node->parent;
	return node;
}

/* The heading of the story, where an <article> or <main> has it: that which says the headline, else the page's first h1. What is
 * furniture of the whole page, such as a header with the site's name, has none. NULL: none. */
static const struct node *find_headline(struct page *p, const struct node *root, struct bs_str headline)
{
	const struct node *node = node_after(root, root), *first = NULL;

	while (node != NULL) {
		bool aside = node->rule != NULL && is_furniture(node) && headed_by(node) == NULL;
		if (is_heading(node)) {
			bool says = headline.len > 0 && bs_str_eq_nocase(node_text(p->scratch, node), headline);
			if (says && headed_by(node) != NULL)
				return node;
			if (first == NULL && node_is(node, "h1"))
				first = node;
		}
		node = aside ? node_behind(node, root) : node_after(node, root);
	}
	return first != NULL && headed_by(first) != NULL ? first : NULL;
}

/* Does a heading come before its first paragraph? Such an <article> beside the headline is another story. */
static bool is_headed(const struct node *article)
{
	const struct node *node = node_after(article, article);

	while (node != NULL && !is_heading(node) && !node_is(node, "p"))
		node = node_after(node, article);
	return node != NULL && is_heading(node);
}

/* The element below `root` that is the story: of the surest, the one with most text. `headed`: root has the headline. */
static const struct node *find_story(const struct node *root, bool headed)
{
	const struct node *best = root, *node = node_after(root, root);
	int best_rank = rank(root);
	size_t best_size = SIZE_MAX;

	while (node != NULL) {
		bool other = headed && node_is(node, "article") && is_headed(node);
		int own = other ? 0 : rank(node);
		size_t size = own > 0 && own >= best_rank ? text_size(node) : 0;
		if (own > best_rank || (own == best_rank && size > best_size)) {
			best = node;
			best_rank = own;
			best_size = size;
		}
		/* One within another of its own rank is a part of it. */
		node = other || (own > 1 && own == best_rank) ? node_behind(node, root) : node_after(node, root);
	}
	return best;
}

static bool holds(const struct node *outer, const struct node *node)
{
	while (node != NULL && node != outer)
		node = node->parent;
	return node != NULL;
}

/* How many more articles of the page might have been meant. */
static size_t count_others(const struct node *root, const struct node *story, bool headed)
{
	const struct node *node = node_after(root, root);
	size_t count = 0;

	while (node != NULL) {
		bool other = node_is(node, "article") && !holds(node, story);
		count += other && (!headed || find_heading(node) != NULL);
		if (other || node == story || (node->rule != NULL && is_furniture(node)))
			node = node_behind(node, root);
		else
			node = node_after(node, root);
	}
	return count;
}

/* The text of a <title> comes as it stands in the document; references in it are resolved, tags are text. */
static enum bs_rc title_of(struct page *p, struct bs_str raw, struct bs_err *err)
{
	struct bs_buf escaped = BS_BUF(6 * BS_MAX_FIELD);
	struct bs_str markup;
	enum bs_rc rc;

	raw = bs_str_utf8_prefix(raw, BS_MAX_FIELD);
	for (size_t i = 0; i < raw.len; i++) {
		if (raw.ptr[i] == '<')
			bs_buf_lit(&escaped, "&lt;");
		else
			bs_buf_putc(&escaped, raw.ptr[i]);
	}
	rc = bs_html_markup(p->scratch, bs_buf_str(&escaped), NULL, &markup, err);
	if (rc == BS_OK)
		p->out->title = bs_markup_plain(p->arena, markup);
	bs_buf_free(&escaped);
	return rc;
}

static struct bs_str base_of(struct page *p, const struct node *root, const struct bs_html_options *options)
{
	if (options != NULL && options->base.len > 0)
		return options->base;
	for (const struct node *node = node_after(root, root); node != NULL; node = node_after(node, root)) {
		if (node_is(node, "base"))
			return url_clean(p->arena, node_attr(node, "href"), BS_STR(""), URL_PLACE);
	}
	return (struct bs_str){ 0 };
}

/* The names that the byline marks, side by side. */
static void read_byline(struct page *p, const struct node *scope)
{
	const struct node *first = first_author(scope);

	for (const struct node *node = first; node != NULL; node = node->next) {
		if (node == first || names_author(node))
			add_meta(p, BS_STR("class:author"), node_text(p->scratch, node));
	}
}

static enum bs_rc read_story(struct page *p, const struct node *root, const struct bs_html_options *options, struct bs_err *err)
{
	struct bs_str told = options != NULL && options->headline != NULL ? options->headline(options->ctx) : (struct bs_str){ 0 };
	const struct node *heading = find_headline(p, root, told), *scope = heading != NULL ? headed_by(heading) : root;
	const struct node *story = find_story(scope, heading != NULL);
	struct walk w = { .arena = p->arena, .base = p->base, .is_page = true };
	struct walk title = { .arena = p->arena, .base = p->base };
	struct bs_body body;
	enum bs_rc rc;

	if (heading == NULL)
		heading = find_heading(story);
	if (node_is(scope, "article") || (scope == root && node_is(story, "article")))
		p->out->other_articles = count_others(root, story, scope != root);
	w.heading = heading;
	w.is_there = options != NULL ? options->is_there : NULL;
	w.ctx = options != NULL ? options->ctx : NULL;
	read_byline(p, scope == root ? story : scope);
	w.lang = title.lang = options != NULL && options->lang.len > 0 ? options->lang : p->out->lang;
	w.build = build_new(p->arena, w.lang);
	walk_tree(&w, story);
	rc = build_finish(w.build, &p->out->body, err);
	if (heading == NULL)
		heading = find_heading(root);
	if (rc != BS_OK || heading == NULL)
		return rc;
	title.build = build_new(p->arena, title.lang);
	walk_tree(&title, heading);
	rc = build_finish(title.build, &body, err);
	return rc == BS_OK ? body_join(p->arena, &body, &p->out->heading, err) : rc;
}

enum bs_rc bs_html_page(struct bs_arena *arena, struct bs_str html, const struct bs_html_options *options,
                        struct bs_html_page *out, struct bs_err *err)
{
	struct page p = { .arena = arena, .scratch = bs_arena_new(), .out = out };
	struct strained raw;
	struct node *root;
	enum bs_rc rc = dom_parse(p.scratch, html, &root, &raw, err);

	*out = (struct bs_html_page){ 0 };
	if (rc != BS_OK)
		goto done;
	p.base = base_of(&p, root, options);
	read_head(&p, root);
	rc = title_of(&p, raw.title, err);
	if (rc != BS_OK)
		goto done;
	out->json_ld = BS_ARRAY(arena, raw.json_ld_count, struct bs_str);
	for (size_t i = 0; i < raw.json_ld_count; i++)
		out->json_ld[out->json_ld_count++] = bs_arena_copy(arena, raw.json_ld[i]);
	rc = read_story(&p, root, options, err);
done:
	bs_arena_free(&p.scratch);
	return rc;
}
