/* web_page.c - a page of the web as a draft. What it says of itself is believed in this order: schema.org's JSON-LD,
 * OpenGraph and its article fields, other <meta>, what the content shows. The text is text/html.h's to find.
 *
 * https://schema.org/NewsArticle, https://ogp.me/ */
#include "base/limits.h"
#include "syndicate/import/read/front.h"
#include "syndicate/import/read/links.h"
#include "syndicate/import/read/web_page/parts.h"
#include "text/markup.h"

/* --- fields --- */

static struct bs_str web_or_none(struct bs_str url)
{
	return bs_page_is_web(url) ? url : (struct bs_str){ 0 };
}

static struct bs_str ld_text(const struct bs_web_page *p, const char *name)
{
	return bs_node_text(p, bs_node_member(p, p->article, name));
}

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

static struct bs_str markup_or_none(struct bs_web_page *p, struct bs_str plain)
{
	return plain.len > 0 ? bs_markup_of_text(p->arena, plain) : plain;
}

/* By the text, where the page says nothing. */
static const struct bs_lang *guess_language(struct bs_web_page *p)
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

static void read_language(struct bs_web_page *p)
{
	struct bs_str tag = first_text(ld_text(p, "inLanguage"),
	                               first_text(p->html.lang, bs_page_meta(p, "og:locale content-language dc.language")));
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

static struct bs_str told_title(const struct bs_web_page *p)
{
	return first_text(first_text(ld_text(p, "headline"), ld_text(p, "name")),
	                  bs_page_meta(p, "og:title twitter:title citation_title dc.title itemprop:headline"));
}

static void read_titles(struct bs_web_page *p)
{
	struct bs_draft *draft = &p->out->draft;
	struct bs_str plain = told_title(p);

	p->out->publication = first_text(bs_node_text(p, bs_node_member(p, p->article, "publisher")),
	                                 bs_page_meta(p, "og:site_name application-name itemprop:publisher dc.publisher"));
	/* The content's own heading has its emphasis; a headline for machines may be cut. */
	if (p->html.heading.len > 0)
		draft->title = p->html.heading;
	else
		draft->title = markup_or_none(p, without_site(first_text(plain, p->html.title), p->out->publication));
	draft->subtitle = markup_or_none(p, ld_text(p, "alternativeHeadline"));
	draft->summary =
		markup_or_none(p, first_text(ld_text(p, "description"),
	                                     bs_page_meta(p, "og:description description itemprop:description twitter:description dc.description")));
	p->out->has_title = draft->title.len > 0;
}

/* --- where it stands, and where it stood first --- */

static void read_source(struct bs_web_page *p)
{
	const struct bs_json *based = bs_node_first(p, bs_node_member(p, p->article, "isBasedOn"));
	struct bs_draft_source *source = &p->out->draft.source;

	p->out->own_url = first_text(
		web_or_none(bs_page_meta(p, "link:canonical")),
		first_text(web_or_none(bs_page_meta(p, "og:url")), web_or_none(bs_node_url(p, bs_node_member(p, p->article, "url")))));
	if (based == NULL)
		return;
	source->url = web_or_none(bs_node_url(p, based));
	source->name = bs_node_text(p, based->kind == BS_JSON_OBJECT ? bs_node_first(p, bs_node_member(p, based, "publisher")) : NULL);
	if (source->name.len == 0 && based->kind == BS_JSON_OBJECT)
		source->name = bs_node_text(p, based);
	if (bs_page_is_web(source->name) || source->name.len == 0)
		source->name = bs_front_host_of(source->url);
	source->published_at =
		bs_page_time(p, "isBasedOn", bs_node_text(p, based->kind == BS_JSON_OBJECT ? bs_node_member(p, based, "datePublished") : NULL));
}

/* hreflang's links name all versions of a page: the default one is the original, else the first of all by address. */
static void read_versions(struct bs_web_page *p)
{
	static const struct bs_str prefix = BS_STR_INIT("link:alternate:");
	struct bs_str standard = bs_page_meta(p, "link:alternate:x-default"), least = { 0 };
	struct bs_str of_work = bs_node_url(p, bs_node_member(p, p->article, "translationOfWork"));

	for (size_t i = 0; i < p->html.meta_count; i++) {
		struct bs_str url = p->html.metas[i].content;

		if (bs_str_starts(p->html.metas[i].name, prefix) && bs_page_is_web(url) &&
		    (least.len == 0 || bs_str_cmp(url, least) < 0))
			least = url;
	}
	p->out->group = first_text(web_or_none(standard), least);
	p->out->translation_of = web_or_none(of_work);
}

static void read_image(struct bs_web_page *p)
{
	const struct bs_json *node = bs_node_first(p, bs_node_member(p, p->article, "image"));
	const struct bs_json *thing = node != NULL && node->kind == BS_JSON_OBJECT ? node : NULL;
	struct bs_draft_image *image = &p->out->draft.image;

	p->out->image_file = first_text(bs_node_url(p, node), bs_page_meta(p, "og:image og:image:url twitter:image"));
	p->out->lines.image = bs_reading_line(p->reading, p->out->image_file);
	image->alt = markup_or_none(p, first_text(bs_node_text(p, bs_node_member(p, thing, "alternateName")),
	                                          bs_page_meta(p, "og:image:alt twitter:image:alt")));
	image->caption = markup_or_none(p, bs_node_text(p, bs_node_member(p, thing, "caption")));
	image->credit = markup_or_none(p, first_text(bs_node_text(p, bs_node_member(p, thing, "creditText")),
	                                             first_text(bs_node_text(p, bs_node_member(p, thing, "creator")),
	                                                        bs_node_text(p, bs_node_member(p, thing, "copyrightHolder")))));
	image->licence = first_text(bs_node_text(p, bs_node_member(p, thing, "license")), bs_node_text(p, bs_node_member(p, thing, "usageInfo")));
	image->credit_url = web_or_none(bs_node_text(p, bs_node_member(p, thing, "acquireLicensePage")));
}

static void add_correction(struct bs_web_page *p, const struct bs_json *node)
{
	struct bs_draft *draft = &p->out->draft;
	struct bs_str text = node->kind == BS_JSON_OBJECT ? bs_node_text(p, bs_node_member(p, node, "text")) : bs_node_text(p, node);

	if (text.len == 0 || draft->correction_count == 16)
		return;
	draft->corrections[draft->correction_count++] = (struct bs_draft_correction){
		.kind = BS_CORRECTION,
		.made_at = bs_page_time(p, "correction", bs_node_text(p, bs_node_member(p, node, "datePublished"))),
		.note = bs_markup_of_text(p->arena, text),
	};
	if (draft->corrections[draft->correction_count - 1].made_at == 0)
		draft->corrections[draft->correction_count - 1].made_at =
			draft->updated_at != 0 ? draft->updated_at : draft->published_at;
}

static void read_rest(struct bs_web_page *p)
{
	const struct bs_json *corrections = bs_node_member(p, p->article, "correction");
	struct bs_draft *draft = &p->out->draft;
	int64_t day;

	draft->licence = web_or_none(first_text(bs_node_text(p, bs_node_member(p, p->article, "license")), bs_page_meta(p, "link:license")));
	p->out->old_path = bs_front_old_path(p->out->own_url);
	draft->slug = bs_front_slug_of_address(p->out->old_path);
	if (draft->slug.len > 0)
		p->out->given |= BS_GIVEN_SLUG;
	else
		draft->slug = bs_front_slug_of_path(p->arena, p->reading->path, p->lang, &day);
	if (bs_node_has_type(p->article, "opinionnewsarticle"))
		draft->kind = BS_KIND_OPINION;
	else if (bs_node_has_type(p->article, "analysisnewsarticle"))
		draft->kind = BS_KIND_ANALYSIS;
	else if (bs_node_has_type(p->article, "reviewnewsarticle"))
		draft->kind = BS_KIND_REVIEW;
	else if (bs_node_has_type(p->article, "reportagenewsarticle"))
		draft->kind = BS_KIND_REPORT;
	draft->corrections = BS_ARRAY(p->arena, 16, struct bs_draft_correction);
	if (corrections != NULL && corrections->kind == BS_JSON_ARRAY) {
		for (const struct bs_json *item = corrections->first; item != NULL; item = item->next)
			add_correction(p, bs_node_resolved(p, item));
	} else if (corrections != NULL) {
		add_correction(p, corrections);
	}
}

/* A text that only the page's data have, as pages do that are made by a script: paragraphs, or HTML. */
static enum bs_rc read_told_body(struct bs_web_page *p, struct bs_err *err)
{
	struct bs_str text = bs_json_string(bs_node_member(p, p->article, "articleBody")), line;
	struct bs_buf html = BS_BUF(BS_MAX_STORY_HTML);
	bool lines = bs_str_find(text, BS_STR("<p"), 0) == SIZE_MAX;
	enum bs_rc rc = BS_OK;

	if (p->html.body.count > 0 || text.len == 0)
		return BS_OK;
	while (bs_str_split(&text, '\n', &line)) {
		bs_buf_put(&html, lines ? BS_STR("<p>") : BS_STR("\n"));
		bs_buf_put(&html, line);
	}
	rc = bs_buf_check(&html, "articleBody as HTML", err);
	if (rc == BS_OK)
		rc = bs_html_blocks(p->arena, bs_buf_str(&html), NULL, &p->html.body, err);
	bs_buf_free(&html);
	return rc;
}

/* The picture that leads stands at its own place, not in the text again; one of another site has none. */
static void drop_lead_image(struct bs_web_page *p)
{
	struct bs_body *body = &p->out->draft.body;
	size_t end = 0;

	if (body->count == 0 || !bs_is_local_file(p->out->image_file) ||
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

/* What the page's data call the story. They are read here, when they are known and the text is not. */
static struct bs_str headline_of(void *ctx)
{
	struct bs_web_page *p = ctx;

	bs_page_graphs(p);
	return told_title(p);
}

static bool has_picture(void *ctx, struct bs_str src)
{
	const struct bs_web_page *p = ctx;

	return p->reading->refs->has_file(p->reading->refs->ctx, src);
}

static void remark_others(const struct bs_web_page *p)
{
	if (p->html.other_articles > 0)
		bs_remark(p->reading->remarks, BS_REMARK_TEXT, 0, BS_STR("<article>"),
		          bs_arena_printf(p->arena, "%zu more on the page, left out: a page is one story", p->html.other_articles));
}

enum bs_rc bs_incoming_web_page(const struct bs_reading *reading, struct bs_incoming *out, struct bs_err *err)
{
	struct bs_web_page p = { .reading = reading, .arena = reading->arena, .out = out };
	struct bs_html_options options = { .headline = headline_of, .ctx = &p };
	enum bs_rc rc;

	if (reading->refs != NULL && reading->refs->has_file != NULL)
		options.is_there = has_picture;

	*out = (struct bs_incoming){ 0 };
	rc = bs_html_page(reading->arena, reading->document->body, &options, &p.html, err);
	if (rc != BS_OK)
		return rc;
	remark_others(&p);
	rc = read_told_body(&p, err);
	if (rc != BS_OK)
		return rc;
	read_language(&p);
	read_titles(&p);
	rc = bs_page_times(&p, err);
	if (rc != BS_OK)
		return rc;
	bs_page_people(&p);
	bs_page_terms(&p);
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
