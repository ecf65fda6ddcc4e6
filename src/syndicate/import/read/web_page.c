/* web_page.c - a page of the web as a draft. What it says of itself is believed in this order: schema.org's JSON-LD,
 * OpenGraph and its article fields, other <meta>, what the content shows. The text is text/html.h's to find.
 *
 * https://schema.org/NewsArticle, https://ogp.me/ */
#include "base/limits.h"
#include "syndicate/import/printed/printed.h"
#include "syndicate/import/read/front.h"
#include "syndicate/import/read/moment.h"
#include "text/html.h"
#include "text/markup.h"
#include "text/slug.h"

struct page {
	const struct bs_reading *reading;
	struct bs_arena *arena;
	struct bs_incoming *out;
	struct bs_html_page html;
	const struct bs_json *graph[8]; /* the roots of the page's JSON-LD */
	size_t graph_count;
	const struct bs_json *article; /* or NULL */
	const struct bs_lang *lang;
};

/* --- what the head says --- */

/* The first of these names that the page has, or empty. Names are parted by spaces. */
static struct bs_str meta(const struct page *p, const char *names)
{
	struct bs_str rest = bs_str_c(names), name;

	while (bs_str_split(&rest, ' ', &name)) {
		for (size_t i = 0; i < p->html.meta_count; i++) {
			struct bs_str content = bs_str_trim(p->html.metas[i].content);

			if (bs_str_eq(p->html.metas[i].name, name) && content.len > 0 && content.len <= BS_MAX_FIELD)
				return content;
		}
	}
	return (struct bs_str){ 0 };
}

static bool is_web(struct bs_str url)
{
	return url.len <= BS_MAX_URL &&
	       (bs_str_starts(url, BS_STR("https://")) || bs_str_starts(url, BS_STR("http://")));
}

static struct bs_str web_or_none(struct bs_str url)
{
	return is_web(url) ? url : (struct bs_str){ 0 };
}

/* A time as pages write it; what is none is left out, for a page is not refused for it. */
static int64_t time_of(const struct page *p, struct bs_str text)
{
	int64_t time = 0;

	if (text.len == 0)
		return 0;
	if (bs_moment_parse(text, p->reading->zone, &time, NULL) == BS_OK)
		return time;
	return bs_printed_day(p->arena, text, &time) ? bs_moment_in(p->reading->zone, time) : 0;
}

/* --- JSON-LD --- */

static const char article_types[] = "newsarticle reportagenewsarticle analysisnewsarticle opinionnewsarticle "
				    "reviewnewsarticle backgroundnewsarticle askpublicnewsarticle "
				    "advertisercontentarticle satiricalarticle article blogposting liveblogposting "
				    "scholarlyarticle techarticle socialmediaposting report webpage_article";

static bool word_in(struct bs_str word, const char *list)
{
	struct bs_str rest = bs_str_c(list), item;

	while (bs_str_split(&rest, ' ', &item)) {
		if (bs_str_eq_nocase(word, item))
			return true;
	}
	return false;
}

/* "NewsArticle" of "https://schema.org/NewsArticle" */
static struct bs_str type_word(struct bs_str type)
{
	size_t slash = type.len;

	while (slash > 0 && type.ptr[slash - 1] != '/' && type.ptr[slash - 1] != ':')
		slash--;
	return bs_str_sub(type, slash, SIZE_MAX);
}

static bool has_type(const struct bs_json *node, const char *types)
{
	const struct bs_json *type = bs_json_get(node, BS_STR("@type"));

	if (type == NULL)
		return false;
	if (type->kind == BS_JSON_STRING)
		return word_in(type_word(type->string), types);
	for (const struct bs_json *item = type->kind == BS_JSON_ARRAY ? type->first : NULL; item != NULL;
	     item = item->next) {
		if (word_in(type_word(bs_json_string(item)), types))
			return true;
	}
	return false;
}

/* The first node of these types in a tree; not deeper than graphs go. */
static const struct bs_json *find_node(const struct bs_json *tree, const char *types, int depth)
{
	if (tree == NULL || depth > 6 || (tree->kind != BS_JSON_OBJECT && tree->kind != BS_JSON_ARRAY))
		return NULL;
	if (tree->kind == BS_JSON_OBJECT && has_type(tree, types))
		return tree;
	for (const struct bs_json *item = tree->first; item != NULL; item = item->next) {
		const struct bs_json *found;

		if (tree->kind == BS_JSON_OBJECT &&
		    !word_in(item->name, "@graph mainentity mainentityofpage itemlistelement item"))
			continue;
		found = find_node(item, types, depth + 1);
		if (found != NULL)
			return found;
	}
	return NULL;
}

static const struct bs_json *node_of_id(const struct bs_json *tree, struct bs_str id, int depth)
{
	if (tree == NULL || depth > 6 || (tree->kind != BS_JSON_OBJECT && tree->kind != BS_JSON_ARRAY))
		return NULL;
	if (tree->kind == BS_JSON_OBJECT && tree->count > 1 &&
	    bs_str_eq(bs_json_string(bs_json_get(tree, BS_STR("@id"))), id))
		return tree;
	for (const struct bs_json *item = tree->first; item != NULL; item = item->next) {
		const struct bs_json *found = node_of_id(item, id, depth + 1);

		if (found != NULL)
			return found;
	}
	return NULL;
}

/* {"@id": "#ann"} stands for the node of that id. */
static const struct bs_json *resolved(const struct page *p, const struct bs_json *node)
{
	const struct bs_json *found = NULL;
	struct bs_str id;

	if (node == NULL || node->kind != BS_JSON_OBJECT || node->count != 1)
		return node;
	id = bs_json_string(bs_json_get(node, BS_STR("@id")));
	for (size_t i = 0; id.len > 0 && found == NULL && i < p->graph_count; i++)
		found = node_of_id(p->graph[i], id, 0);
	return found != NULL ? found : node;
}

static const struct bs_json *member(const struct page *p, const struct bs_json *node, const char *name)
{
	return resolved(p, bs_json_get(node, bs_str_c(name)));
}

/* The first of what may be one or a list. */
static const struct bs_json *first_of(const struct page *p, const struct bs_json *node)
{
	return node != NULL && node->kind == BS_JSON_ARRAY ? resolved(p, node->first) : node;
}

/* A text, or the name of the thing that stands instead of it. HTML in it is read as text. */
static struct bs_str text_of(const struct page *p, const struct bs_json *node)
{
	struct bs_str text, markup = { 0 };

	node = first_of(p, node);
	if (node != NULL && node->kind == BS_JSON_OBJECT)
		node = bs_json_get(node, bs_json_get(node, BS_STR("name")) != NULL ? BS_STR("name") : BS_STR("@value"));
	text = bs_str_trim(bs_json_string(first_of(p, node)));
	if (text.len > BS_MAX_FIELD)
		return (struct bs_str){ 0 };
	if (bs_str_find_byte(text, '&', 0) != SIZE_MAX || bs_str_find_byte(text, '<', 0) != SIZE_MAX) {
		if (bs_html_markup(p->arena, text, NULL, &markup, NULL) == BS_OK)
			text = bs_markup_plain(p->arena, markup);
	}
	return text;
}

static struct bs_str url_of(const struct page *p, const struct bs_json *node)
{
	struct bs_str url;

	node = first_of(p, node);
	if (node != NULL && node->kind == BS_JSON_OBJECT) {
		url = bs_json_string(first_of(p, bs_json_get(node, BS_STR("url"))));
		url = url.len > 0 ? url : bs_json_string(bs_json_get(node, BS_STR("contentUrl")));
		return url.len > 0 ? url : bs_json_string(bs_json_get(node, BS_STR("@id")));
	}
	return bs_str_trim(bs_json_string(node));
}

static struct bs_str ld_text(const struct page *p, const char *name)
{
	return text_of(p, member(p, p->article, name));
}

static void read_graphs(struct page *p)
{
	for (size_t i = 0; i < p->html.json_ld_count && p->graph_count < BS_COUNT(p->graph); i++) {
		/* What is broken says nothing; the page has other ways to say it. */
		if (bs_json_parse(p->arena, p->html.json_ld[i], &p->graph[p->graph_count], NULL) == BS_OK)
			p->graph_count++;
	}
	for (size_t i = 0; i < p->graph_count && p->article == NULL; i++)
		p->article = find_node(p->graph[i], article_types, 0);
}

/* --- fields --- */

static struct bs_str first_text(struct bs_str a, struct bs_str b)
{
	return a.len > 0 ? a : b;
}

/* "The title - The site" without the site. */
static struct bs_str without_site(struct bs_str title, struct bs_str site)
{
	struct bs_str end;

	if (site.len == 0 || title.len <= site.len + 3 || !bs_str_ends(title, site))
		return title;
	end = bs_str_trim(bs_str_sub(title, 0, title.len - site.len));
	for (size_t i = 0; i < 6; i++) {
		static const struct bs_str joints[] = { BS_STR_INIT("-"),
			                                BS_STR_INIT("|"),
			                                BS_STR_INIT("\xE2\x80\x93"),
			                                BS_STR_INIT("\xE2\x80\x94"),
			                                BS_STR_INIT("\xC2\xB7"),
			                                BS_STR_INIT("\xC2\xBB") };

		if (bs_str_ends(end, joints[i]))
			return bs_str_trim(bs_str_sub(end, 0, end.len - joints[i].len));
	}
	return title;
}

static struct bs_str markup_or_none(struct page *p, struct bs_str plain)
{
	return plain.len > 0 ? bs_markup_of_text(p->arena, plain) : plain;
}

/* By the text, where the page says nothing. */
static const struct bs_lang *guess_language(struct page *p)
{
	struct bs_buf text = BS_BUF(64 * 1024);
	const struct bs_lang *lang;

	for (size_t i = 0; i < p->html.body.count && text.len < 8 * 1024 && !text.failed; i++) {
		bs_buf_put(&text, bs_markup_plain(p->arena, p->html.body.blocks[i].markup));
		bs_buf_putc(&text, '\n');
	}
	lang = bs_lang_guess(bs_buf_str(&text));
	bs_buf_free(&text);
	return lang;
}

static void read_language(struct page *p)
{
	struct bs_str tag = first_text(ld_text(p, "inLanguage"),
	                               first_text(p->html.lang, meta(p, "og:locale content-language dc.language")));
	const struct bs_lang *found = tag.len > 0 ? bs_lang_find(tag) : NULL;

	if (tag.len == 0)
		found = guess_language(p);
	p->lang = found != NULL ? found : p->reading->lang;
	p->out->draft.lang = p->lang->code;
	if (found != NULL)
		p->out->given |= BS_GIVEN_LANGUAGE;
	else if (tag.len > 0)
		bs_remark(p->reading->remarks, BS_REMARK_TEXT, 0, tag,
		          BS_STR("no language that is known; the publication's was taken"));
}

static void read_titles(struct page *p)
{
	struct bs_draft *draft = &p->out->draft;
	struct bs_str plain = first_text(ld_text(p, "headline"), ld_text(p, "name"));

	plain = first_text(plain, meta(p, "og:title twitter:title citation_title dc.title itemprop:headline"));
	p->out->publication = first_text(text_of(p, member(p, p->article, "publisher")),
	                                 meta(p, "og:site_name application-name itemprop:publisher dc.publisher"));
	/* The content's own heading has its emphasis; a headline for machines may be cut. */
	if (p->html.heading.len > 0)
		draft->title = p->html.heading;
	else
		draft->title = markup_or_none(p, without_site(first_text(plain, p->html.title), p->out->publication));
	draft->subtitle = markup_or_none(p, ld_text(p, "alternativeHeadline"));
	draft->summary =
		markup_or_none(p, first_text(ld_text(p, "description"),
	                                     meta(p, "og:description description twitter:description dc.description")));
	p->out->has_title = draft->title.len > 0;
}

static void read_times(struct page *p)
{
	struct bs_draft *draft = &p->out->draft;

	draft->status = BS_STATUS_PUBLISHED;
	draft->published_at = time_of(
		p,
		first_text(ld_text(p, "datePublished"),
	                   meta(p,
	                        "article:published_time og:published_time itemprop:datepublished date dc.date "
	                        "dc.date.issued "
	                        "citation_publication_date parsely-pub-date sailthru.date pubdate publishdate time")));
	if (draft->published_at == 0)
		draft->published_at = time_of(p, first_text(ld_text(p, "dateCreated"), ld_text(p, "uploadDate")));
	draft->updated_at = time_of(
		p, first_text(ld_text(p, "dateModified"),
	                      meta(p, "article:modified_time og:updated_time itemprop:datemodified last-modified")));
	if (draft->updated_at <= draft->published_at)
		draft->updated_at = 0;
	if (draft->published_at != 0)
		p->out->given |= BS_GIVEN_PUBLISHED;
}

/* --- people --- */

static void add_credit(struct page *p, struct bs_str name, enum bs_role role)
{
	struct bs_draft *draft = &p->out->draft;

	if (name.len == 0 || is_web(name) || draft->byline_count == BS_MAX_BYLINE)
		return;
	for (size_t i = 0; i < draft->byline_count; i++) {
		if (draft->byline[i].role == role && bs_str_eq_nocase(draft->byline[i].name, name))
			return;
	}
	draft->byline[draft->byline_count++] = (struct bs_draft_credit){ .name = name, .role = role };
}

/* "By Ann Moe and Bo Lie" is two people. */
static void add_credits(struct page *p, struct bs_str text, enum bs_role role)
{
	struct bs_str names[BS_MAX_BYLINE];
	size_t count;

	if (bs_str_eq_nocase(bs_str_sub(text, 0, 3), BS_STR("by ")))
		text = bs_str_trim(bs_str_sub(text, 3, SIZE_MAX));
	count = bs_printed_names(p->arena, text, names, BS_MAX_BYLINE);
	for (size_t i = 0; i < count; i++)
		add_credit(p, names[i], role);
	if (count == 0 && text.len <= 200)
		add_credit(p, text, role);
}

static void add_people(struct page *p, const struct bs_json *node, enum bs_role role)
{
	if (node == NULL)
		return;
	if (node->kind != BS_JSON_ARRAY) {
		add_credits(p, text_of(p, node), role);
		return;
	}
	for (const struct bs_json *item = node->first; item != NULL; item = item->next)
		add_credits(p, text_of(p, resolved(p, item)), role);
}

static void read_people(struct page *p)
{
	static const char *const metas[] = {
		"author",          "article:author", "citation_author", "dc.creator",
		"itemprop:author", "parsely-author", "sailthru.author", "twitter:creator"
	};

	p->out->draft.byline = BS_ARRAY(p->arena, BS_MAX_BYLINE, struct bs_draft_credit);
	add_people(p, member(p, p->article, "author"), BS_ROLE_AUTHOR);
	if (p->out->draft.byline_count == 0)
		add_people(p, member(p, p->article, "creator"), BS_ROLE_AUTHOR);
	for (size_t i = 0; i < BS_COUNT(metas) - 1 && p->out->draft.byline_count == 0; i++) {
		for (size_t m = 0; m < p->html.meta_count; m++) {
			if (bs_str_eq(p->html.metas[m].name, bs_str_c(metas[i])))
				add_credits(p, bs_str_trim(p->html.metas[m].content), BS_ROLE_AUTHOR);
		}
	}
	add_people(p, member(p, p->article, "translator"), BS_ROLE_TRANSLATOR);
	add_people(p, member(p, p->article, "editor"), BS_ROLE_EDITOR);
}

/* --- terms --- */

static void add_term(struct page *p, enum bs_vocabulary vocabulary, struct bs_str name)
{
	struct bs_draft *draft = &p->out->draft;

	name = bs_str_trim(name);
	if (name.len == 0 || name.len > 120 || is_web(name) || draft->term_count == BS_MAX_TERMS)
		return;
	for (size_t i = 0; i < draft->term_count; i++) {
		if (draft->terms[i].vocabulary == vocabulary && bs_str_eq_nocase(draft->terms[i].name, name))
			return;
	}
	draft->terms[draft->term_count++] = (struct bs_draft_term){ .vocabulary = vocabulary, .name = name };
}

static void add_terms(struct page *p, enum bs_vocabulary vocabulary, const struct bs_json *node, bool commas)
{
	struct bs_str rest, name;

	if (node == NULL)
		return;
	if (node->kind == BS_JSON_ARRAY) {
		for (const struct bs_json *item = node->first; item != NULL; item = item->next)
			add_term(p, vocabulary, text_of(p, resolved(p, item)));
		return;
	}
	rest = text_of(p, node);
	while (commas && bs_str_split(&rest, ',', &name))
		add_term(p, vocabulary, name);
	if (!commas)
		add_term(p, vocabulary, rest);
}

static void add_metas(struct page *p, enum bs_vocabulary vocabulary, const char *name, bool commas)
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

static void read_terms(struct page *p)
{
	p->out->draft.terms = BS_ARRAY(p->arena, BS_MAX_TERMS, struct bs_draft_term);
	add_terms(p, BS_REGION, member(p, p->article, "contentLocation"), false);
	add_terms(p, BS_REGION, member(p, p->article, "spatialCoverage"), false);
	add_terms(p, BS_THEME, member(p, p->article, "articleSection"), false);
	add_metas(p, BS_THEME, "article:section", false);
	if (find_node(member(p, p->article, "isPartOf"), "creativeworkseries publicationissue series", 0) != NULL)
		add_terms(p, BS_REPORT, member(p, p->article, "isPartOf"), false);
	add_terms(p, BS_TAG, member(p, p->article, "keywords"), true);
	add_metas(p, BS_TAG, "article:tag", false);
	if (member(p, p->article, "keywords") == NULL) {
		add_metas(p, BS_TAG, "news_keywords", true);
		add_metas(p, BS_TAG, "keywords", true);
	}
}

/* --- where it stands, and where it stood first --- */

static void read_source(struct page *p)
{
	const struct bs_json *based = first_of(p, member(p, p->article, "isBasedOn"));
	struct bs_draft_source *source = &p->out->draft.source;

	p->out->own_url = first_text(
		web_or_none(meta(p, "link:canonical")),
		first_text(web_or_none(meta(p, "og:url")), web_or_none(url_of(p, member(p, p->article, "url")))));
	if (based == NULL)
		return;
	source->url = web_or_none(url_of(p, based));
	source->name = text_of(p, based->kind == BS_JSON_OBJECT ? first_of(p, member(p, based, "publisher")) : NULL);
	if (source->name.len == 0 && based->kind == BS_JSON_OBJECT)
		source->name = text_of(p, based);
	if (is_web(source->name) || source->name.len == 0)
		source->name = bs_front_host_of(source->url);
	source->published_at =
		time_of(p, text_of(p, based->kind == BS_JSON_OBJECT ? member(p, based, "datePublished") : NULL));
}

/* hreflang's links name all versions of a page: the default one is the original, else the first of all by address. */
static void read_versions(struct page *p)
{
	static const struct bs_str prefix = BS_STR_INIT("link:alternate:");
	struct bs_str standard = meta(p, "link:alternate:x-default"), least = { 0 };
	struct bs_str of_work = url_of(p, member(p, p->article, "translationOfWork"));

	for (size_t i = 0; i < p->html.meta_count; i++) {
		struct bs_str url = p->html.metas[i].content;

		if (bs_str_starts(p->html.metas[i].name, prefix) && is_web(url) &&
		    (least.len == 0 || bs_str_cmp(url, least) < 0))
			least = url;
	}
	p->out->group = first_text(web_or_none(standard), least);
	p->out->translation_of = web_or_none(of_work);
}

static void read_image(struct page *p)
{
	const struct bs_json *node = first_of(p, member(p, p->article, "image"));
	const struct bs_json *thing = node != NULL && node->kind == BS_JSON_OBJECT ? node : NULL;
	struct bs_draft_image *image = &p->out->draft.image;

	p->out->image_file = first_text(url_of(p, node), meta(p, "og:image og:image:url twitter:image"));
	image->alt = markup_or_none(p, first_text(text_of(p, member(p, thing, "alternateName")),
	                                          meta(p, "og:image:alt twitter:image:alt")));
	image->caption = markup_or_none(p, text_of(p, member(p, thing, "caption")));
	image->credit = markup_or_none(p, first_text(text_of(p, member(p, thing, "creditText")),
	                                             first_text(text_of(p, member(p, thing, "creator")),
	                                                        text_of(p, member(p, thing, "copyrightHolder")))));
	image->licence = first_text(text_of(p, member(p, thing, "license")), text_of(p, member(p, thing, "usageInfo")));
	image->credit_url = web_or_none(text_of(p, member(p, thing, "acquireLicensePage")));
}

static void add_correction(struct page *p, const struct bs_json *node)
{
	struct bs_draft *draft = &p->out->draft;
	struct bs_str text = node->kind == BS_JSON_OBJECT ? text_of(p, member(p, node, "text")) : text_of(p, node);

	if (text.len == 0 || draft->correction_count == 16)
		return;
	draft->corrections[draft->correction_count++] = (struct bs_draft_correction){
		.kind = BS_CORRECTION,
		.made_at = node->kind == BS_JSON_OBJECT ? time_of(p, text_of(p, member(p, node, "datePublished"))) : 0,
		.note = bs_markup_of_text(p->arena, text),
	};
	if (draft->corrections[draft->correction_count - 1].made_at == 0)
		draft->corrections[draft->correction_count - 1].made_at =
			draft->updated_at != 0 ? draft->updated_at : draft->published_at;
}

static void read_rest(struct page *p)
{
	const struct bs_json *corrections = member(p, p->article, "correction");
	struct bs_draft *draft = &p->out->draft;
	int64_t day;

	draft->licence = web_or_none(first_text(text_of(p, member(p, p->article, "license")), meta(p, "link:license")));
	p->out->old_path = bs_front_old_path(p->out->own_url);
	draft->slug = bs_front_slug_of_address(p->out->old_path);
	if (draft->slug.len > 0)
		p->out->given |= BS_GIVEN_SLUG;
	else
		draft->slug = bs_front_slug_of_path(p->arena, p->reading->path, p->lang, &day);
	if (has_type(p->article, "opinionnewsarticle"))
		draft->kind = BS_KIND_OPINION;
	else if (has_type(p->article, "analysisnewsarticle"))
		draft->kind = BS_KIND_ANALYSIS;
	else if (has_type(p->article, "reviewnewsarticle"))
		draft->kind = BS_KIND_REVIEW;
	else if (has_type(p->article, "reportagenewsarticle"))
		draft->kind = BS_KIND_REPORT;
	draft->corrections = BS_ARRAY(p->arena, 16, struct bs_draft_correction);
	if (corrections != NULL && corrections->kind == BS_JSON_ARRAY) {
		for (const struct bs_json *item = corrections->first; item != NULL; item = item->next)
			add_correction(p, resolved(p, item));
	} else if (corrections != NULL) {
		add_correction(p, corrections);
	}
}

/* The picture that leads stands at its own place, not in the text again. */
static void drop_lead_image(struct page *p)
{
	struct bs_body *body = &p->out->draft.body;
	size_t end = 0;

	if (body->count == 0 || p->out->image_file.len == 0 ||
	    !bs_str_starts(body->blocks[0].path, BS_STR("figure/img")))
		return;
	if (!bs_str_eq(bs_attrs_get(body->blocks[0].attrs, BS_STR("src")), p->out->image_file))
		return;
	for (end = 1; end < body->count && bs_str_starts(body->blocks[end].path, BS_STR("figure/")) &&
	              !bs_str_starts(body->blocks[end].path, BS_STR("figure/img"));
	     end++) {
		struct bs_str *field = bs_str_ends(body->blocks[end].path, BS_STR("credit"))
		                               ? &p->out->draft.image.credit
		                               : &p->out->draft.image.caption;

		if (field->len == 0)
			*field = body->blocks[end].markup;
	}
	if (p->out->draft.image.alt.len == 0)
		p->out->draft.image.alt = body->blocks[0].markup;
	body->blocks += end;
	body->count -= end;
}

enum bs_rc bs_incoming_web_page(const struct bs_reading *reading, struct bs_incoming *out, struct bs_err *err)
{
	struct page p = { .reading = reading, .arena = reading->arena, .out = out };
	enum bs_rc rc;

	*out = (struct bs_incoming){ 0 };
	rc = bs_html_page(reading->arena, reading->document->body, NULL, &p.html, err);
	if (rc != BS_OK)
		return rc;
	read_graphs(&p);
	read_language(&p);
	read_titles(&p);
	read_times(&p);
	read_people(&p);
	read_terms(&p);
	read_source(&p);
	read_versions(&p);
	read_image(&p);
	read_rest(&p);
	out->draft.body = p.html.body;
	drop_lead_image(&p);
	if (!out->has_title)
		return bs_refuse(reading->remarks, 1, err, BS_INVALID,
		                 "no title: neither JSON-LD, OpenGraph, a heading nor <title> gives one");
	return bs_body_links(reading->arena, &out->draft.body, err);
}
