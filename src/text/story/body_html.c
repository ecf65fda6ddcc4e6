/* body_html.c - blocks become HTML; see bs_body_html in body.h.
 *
 * A stack of open elements is brought from one block's path to the next one's. Text of a block that needs nothing done to its
 * links is copied in one piece: markup is safe HTML by itself. */
#include "text/body.h"

#include "text/story/phrasing.h"
#include "text/story/tokens.h"
#include "text/story/url.h"

enum { DEPTH = PATH_DEPTH + 4 };

struct path {
	enum part parts[DEPTH];
	bool fresh[DEPTH];
	size_t count;
};

struct writer {
	struct bs_buf *buf;
	const struct bs_body_html_options *options; /* NULL: canonical */
	enum part open[DEPTH];
	size_t depth;
	bool in_line;      /* something stands in this line already */
	bool notes;        /* the body has footnotes */
	size_t notes_seen; /* numbers of notes that were referred to: 1 up to this */
	size_t note;       /* number of the note that is open */
};

static void line(struct writer *w)
{
	if (w->in_line)
		bs_buf_putc(w->buf, '\n');
	w->in_line = false;
}

static void put_attr(struct writer *w, const char *name, struct bs_str value)
{
	if (value.ptr == NULL)
		return;
	bs_buf_putc(w->buf, ' ');
	bs_buf_put(w->buf, bs_str_c(name));
	if (value.len == 0)
		return;
	bs_buf_lit(w->buf, "=\"");
	markup_put_value(w->buf, value);
	bs_buf_putc(w->buf, '"');
}

static struct bs_str element_name(const struct writer *w, enum part part)
{
	static const struct bs_str headings[] = { BS_STR_INIT("h2"), BS_STR_INIT("h3"), BS_STR_INIT("h4"), BS_STR_INIT("h5"),
		                                  BS_STR_INIT("h6") };
	int level;

	if (part == PART_FOOTNOTES)
		return BS_STR("div");
	if (part == PART_CREDIT)
		return BS_STR("small");
	if (part == PART_NOTICE)
		return part_name(PART_ASIDE);
	if (part < PART_H2 || part > PART_H6)
		return part_name(part);
	level = (int)part - PART_H2 + (w->options != NULL ? w->options->heading_offset : 0);
	return headings[level < 0 ? 0 : level > 4 ? 4 : level];
}

/* The way from a note back to the text, where the text refers to it. */
static void put_way_back(struct writer *w)
{
	if (w->note == 0 || w->note > w->notes_seen)
		return;
	bs_buf_printf(w->buf, " <a href=\"#fnref-%zu\" role=\"doc-backlink\"", w->note);
	if (w->options != NULL && w->options->back_label.len > 0)
		put_attr(w, "aria-label", w->options->back_label);
	bs_buf_lit(w->buf, ">↩</a>");
	w->note = 0;
}

static void close_to(struct writer *w, size_t depth)
{
	while (w->depth > depth) {
		enum part part = w->open[--w->depth];
		if (part == PART_LI && w->depth == 2 && w->open[0] == PART_FOOTNOTES)
			put_way_back(w);
		bs_buf_lit(w->buf, "</");
		bs_buf_put(w->buf, element_name(w, part));
		bs_buf_putc(w->buf, '>');
		w->in_line = true;
		line(w);
	}
}

/* Attributes of an element that begins with the block, but for id, lang and dir. */
static void put_part_attrs(struct writer *w, enum part part, struct bs_str attrs)
{
	static const struct { enum part part; const char *name; } known[] = {
		{ PART_OL, "reversed" }, { PART_OL, "start" },   { PART_OL, "type" },    { PART_LI, "value" }, { PART_TD, "colspan" },
		{ PART_TD, "rowspan" },  { PART_TH, "colspan" }, { PART_TH, "rowspan" }, { PART_BLOCKQUOTE, "cite" }, { PART_DETAILS, "open" },
	};

	if (part == PART_FOOTNOTES)
		bs_buf_lit(w->buf, " class=\"footnotes\" role=\"doc-endnotes\"");
	if (part == PART_CREDIT)
		bs_buf_lit(w->buf, " class=\"credit\"");
	if (part == PART_NOTICE)
		put_attr(w, "data-notice", bs_attrs_get(attrs, BS_STR("slug")));
	if (attrs.len == 0)
		return;
	for (size_t i = 0; i < BS_COUNT(known); i++) {
		if (known[i].part == part)
			put_attr(w, known[i].name, bs_attrs_get(attrs, bs_str_c(known[i].name)));
	}
	if ((part == PART_TD || part == PART_TH) && bs_attrs_get(attrs, BS_STR("align")).len > 0) {
		bs_buf_lit(w->buf, " class=\"align-");
		markup_put_value(w->buf, bs_attrs_get(attrs, BS_STR("align")));
		bs_buf_putc(w->buf, '"');
	}
}

static void put_own_attrs(struct writer *w, struct bs_str attrs, size_t number)
{
	struct bs_str id = bs_attrs_get(attrs, BS_STR("id"));

	if (id.len > 0)
		put_attr(w, "id", id);
	else if (w->options != NULL && w->options->passage_ids)
		bs_buf_printf(w->buf, " id=\"p-%zu\"", number);
	if (attrs.len == 0)
		return;
	put_attr(w, "lang", bs_attrs_get(attrs, BS_STR("lang")));
	put_attr(w, "dir", bs_attrs_get(attrs, BS_STR("dir")));
}

static void open_part(struct writer *w, enum part part)
{
	line(w);
	bs_buf_putc(w->buf, '<');
	bs_buf_put(w->buf, element_name(w, part));
	w->in_line = true;
}

/* The attributes of a container are said by the block that opens it; with two of a kind they are the inner one's. */
static void open_containers(struct writer *w, const struct path *path, size_t from, struct bs_str attrs)
{
	for (size_t i = from; i + 1 < path->count; i++) {
		bool inner = true;
		for (size_t k = i + 1; k < path->count; k++)
			inner &= path->parts[k] != path->parts[i];
		open_part(w, path->parts[i]);
		put_part_attrs(w, path->parts[i], inner ? attrs : BS_STR(""));
		bs_buf_putc(w->buf, '>');
		w->open[w->depth++] = path->parts[i];
	}
}

/* A link of the markup as the page wants it; returns whether it is one at all. */
static bool put_link_tag(struct writer *w, const struct token *link)
{
	struct bs_str href = token_attr(link, BS_STR("href")), hreflang = token_attr(link, BS_STR("hreflang"));
	struct bs_body_href page = { .href = href };
	struct bs_buf plain = BS_BUF(SIZE_MAX);

	if (href.len == 0 || href.ptr[0] == '#' || w->options == NULL || w->options->link == NULL) {
		bs_buf_put(w->buf, link->raw);
		return true;
	}
	markup_put_unescaped(&plain, href);
	page.href = bs_buf_str(&plain);
	w->options->link(w->options->ctx, page.href, &page);
	if (page.href.len > 0) {
		bs_buf_lit(w->buf, "<a");
		put_attr(w, "href", page.href);
		if (page.external)
			bs_buf_lit(w->buf, " class=\"external\"");
		if (hreflang.len > 0)
			put_attr(w, "hreflang", hreflang);
		if (page.rel.len > 0)
			put_attr(w, "rel", page.rel);
		bs_buf_putc(w->buf, '>');
	}
	bs_buf_free(&plain);
	return page.href.len > 0;
}

/* The first reference to a note gets the id that the note leads back to. */
static bool put_note_tag(struct writer *w, const struct token *link)
{
	const struct bs_str note = BS_STR("#fn-");
	struct bs_str href = token_attr(link, BS_STR("href"));
	int64_t number;

	if (!bs_str_starts(href, note) || bs_str_int(bs_str_sub(href, note.len, SIZE_MAX), &number) != BS_OK ||
	    number != (int64_t)w->notes_seen + 1)
		return false;
	w->notes_seen++;
	bs_buf_printf(w->buf, "<a href=\"#fn-%zu\" id=\"fnref-%zu\">", w->notes_seen, w->notes_seen);
	return true;
}

static void put_markup(struct writer *w, struct bs_str markup)
{
	bool plain = !w->notes && (w->options == NULL || w->options->link == NULL);
	struct token token;
	bool dropped = false;

	for (size_t at = 0; !plain && at < markup.len;) {
		size_t link = bs_str_find(markup, BS_STR("<a"), at), end;
		if (link == SIZE_MAX)
			break;
		end = link;
		if (!token_next(markup, &end, &token) || token.tag != TAG_A) {
			bs_buf_put(w->buf, bs_str_sub(markup, at, end - at));
			at = end;
			continue;
		}
		bs_buf_put(w->buf, bs_str_sub(markup, at, link - at));
		at = end;
		dropped = !put_note_tag(w, &token) && !put_link_tag(w, &token);
		end = bs_str_find(markup, BS_STR("</a>"), at);
		if (end == SIZE_MAX)
			break;
		bs_buf_put(w->buf, bs_str_sub(markup, at, end - at));
		at = end + (dropped ? 4 : 0);
		markup = bs_str_sub(markup, at, SIZE_MAX);
		at = 0;
	}
	bs_buf_put(w->buf, markup);
}

/* Markup as the value of an attribute: its text, which is escaped but for quotes. */
static void put_markup_value(struct writer *w, struct bs_str markup)
{
	struct token token;

	for (size_t at = 0; token_next(markup, &at, &token);) {
		struct bs_str text = token.kind == TOKEN_TEXT ? token.raw : token.kind == TOKEN_BREAK ? BS_STR(" ") : BS_STR("");
		while (text.len > 0) {
			size_t quote = bs_str_find_byte(text, '"', 0);
			bs_buf_put(w->buf, bs_str_sub(text, 0, quote));
			if (quote < text.len)
				bs_buf_lit(w->buf, "&quot;");
			text = bs_str_sub(text, quote == SIZE_MAX ? quote : quote + 1, SIZE_MAX);
		}
	}
}

static int number_of(struct bs_str s)
{
	int64_t n;

	return bs_str_int(s, &n) == BS_OK && n > 0 && n < 100000 ? (int)n : 0;
}

static struct bs_body_image image_of(const struct writer *w, struct bs_str attrs)
{
	struct bs_body_image image = { .src = bs_attrs_get(attrs, BS_STR("src")),
		                       .width = number_of(bs_attrs_get(attrs, BS_STR("width"))),
		                       .height = number_of(bs_attrs_get(attrs, BS_STR("height"))) };

	if (w->options != NULL && w->options->image != NULL)
		w->options->image(w->options->ctx, image.src, &image);
	return image;
}

/* Browsers that can choose take what fits their screen; the others the picture behind it. */
static void put_choice(struct writer *w, const struct bs_body_image *image)
{
	if (image->webp.len == 0)
		return;
	bs_buf_lit(w->buf, "<picture><source type=\"image/webp\"");
	put_attr(w, "srcset", image->webp);
	if (image->sizes.len > 0)
		put_attr(w, "sizes", image->sizes);
	bs_buf_putc(w->buf, '>');
}

/* Open a link to an address that is no part of the markup; returns whether it is one at all. */
static bool open_link(struct writer *w, struct bs_str href)
{
	struct bs_buf link = BS_BUF(SIZE_MAX);
	struct token token = { .kind = TOKEN_OPEN, .tag = TAG_A };
	bool linked;

	if (href.len == 0)
		return false;
	bs_buf_lit(&link, "<a href=\"");
	markup_put_value(&link, href);
	bs_buf_lit(&link, "\">");
	token.raw = bs_buf_str(&link);
	token.attrs = bs_str_sub(token.raw, 2, token.raw.len - 3);
	linked = put_link_tag(w, &token);
	bs_buf_free(&link);
	return linked;
}

static void put_link(struct writer *w, struct bs_str href, struct bs_str markup)
{
	bool linked = open_link(w, href);

	if (markup.len > 0)
		put_markup_value(w, markup);
	else
		markup_put_value(w->buf, url_host(href).len > 0 ? url_host(href) : href);
	if (linked)
		bs_buf_lit(w->buf, "</a>");
}

/* Words that lead to the picture, and behind them where the picture itself would have led. */
static void put_image_link(struct writer *w, const struct bs_block *block, struct bs_str src, size_t number)
{
	struct bs_str href = bs_attrs_get(block->attrs, BS_STR("href"));

	open_part(w, PART_P);
	put_own_attrs(w, block->attrs, number);
	bs_buf_putc(w->buf, '>');
	put_link(w, src, block->markup);
	if (href.len > 0) {
		bs_buf_putc(w->buf, ' ');
		put_link(w, href, BS_STR(""));
	}
	bs_buf_lit(w->buf, "</p>");
	line(w);
}

static void put_image(struct writer *w, const struct bs_block *block, const struct bs_body_image *image, size_t number)
{
	bool linked;

	line(w);
	linked = open_link(w, bs_attrs_get(block->attrs, BS_STR("href")));
	put_choice(w, image);
	bs_buf_lit(w->buf, "<img");
	put_attr(w, "src", image->src);
	bs_buf_lit(w->buf, " alt=\"");
	put_markup_value(w, block->markup);
	bs_buf_putc(w->buf, '"');
	if (image->width > 0)
		bs_buf_printf(w->buf, " width=\"%d\"", image->width);
	if (image->height > 0)
		bs_buf_printf(w->buf, " height=\"%d\"", image->height);
	if (w->options != NULL)
		bs_buf_lit(w->buf, " loading=\"lazy\" decoding=\"async\"");
	put_own_attrs(w, block->attrs, number);
	bs_buf_putc(w->buf, '>');
	if (image->webp.len > 0)
		bs_buf_lit(w->buf, "</picture>");
	if (linked)
		bs_buf_lit(w->buf, "</a>");
	w->in_line = true;
	line(w);
}

static void put_leaf(struct writer *w, enum part leaf, const struct bs_block *block, size_t number)
{
	struct bs_str code = bs_attrs_get(block->attrs, BS_STR("code"));

	open_part(w, leaf);
	put_part_attrs(w, leaf, block->attrs);
	put_own_attrs(w, block->attrs, number);
	bs_buf_putc(w->buf, '>');
	if (leaf == PART_HR) {
		line(w);
		return;
	}
	if (leaf == PART_PRE && code.ptr != NULL) {
		bs_buf_lit(w->buf, "<code");
		if (code.len > 0) {
			bs_buf_lit(w->buf, " class=\"language-");
			markup_put_value(w->buf, code);
			bs_buf_putc(w->buf, '"');
		}
		bs_buf_putc(w->buf, '>');
	}
	put_markup(w, block->markup);
	if (leaf == PART_PRE && code.ptr != NULL)
		bs_buf_lit(w->buf, "</code>");
	if (part_is_container(leaf) || leaf == PART_FIGCAPTION) {
		w->open[w->depth++] = leaf; /* more may come within */
		return;
	}
	bs_buf_lit(w->buf, "</");
	bs_buf_put(w->buf, element_name(w, leaf));
	bs_buf_putc(w->buf, '>');
	if (leaf != PART_CREDIT)
		line(w);
}

/* A credit stands at the end of the caption, which is made when there is none. */
static void put_credit(struct writer *w, const struct bs_block *block, size_t number)
{
	bool after = w->depth > 0 && w->open[w->depth - 1] == PART_FIGCAPTION;

	if (!after) {
		open_part(w, PART_FIGCAPTION);
		bs_buf_putc(w->buf, '>');
		w->open[w->depth++] = PART_FIGCAPTION;
	}
	if (after)
		bs_buf_putc(w->buf, ' ');
	w->in_line = false;
	put_leaf(w, PART_CREDIT, block, number);
}

static size_t shared_with(const struct writer *w, const struct path *path)
{
	size_t same = 0;

	while (same + 1 < path->count && same < w->depth && w->open[same] == path->parts[same] && !path->fresh[same])
		same++;
	return same;
}

static void read_path(struct bs_str text, struct path *path)
{
	path->count = 0;
	while (path->count < DEPTH - 2 && path_next(&text, &path->parts[path->count], &path->fresh[path->count])) {
		if (path->parts[path->count] != PART_NONE)
			path->count++;
	}
}

static void put_block(struct writer *w, const struct bs_block *block, size_t number)
{
	struct path path;
	enum part leaf;
	size_t shared;

	read_path(block->path, &path);
	if (path.count == 0)
		return;
	leaf = path.parts[path.count - 1];
	shared = shared_with(w, &path);
	if (leaf == PART_CREDIT && shared + 1 == path.count && shared < w->depth && w->open[shared] == PART_FIGCAPTION)
		shared++;
	close_to(w, shared);
	if (leaf == PART_IMG) {
		struct bs_body_image image = image_of(w, block->attrs);
		if (image.src.len == 0)
			return;
		open_containers(w, &path, shared, block->attrs);
		if (image.as_link)
			put_image_link(w, block, image.src, number);
		else
			put_image(w, block, &image, number);
		return;
	}
	if ((leaf == PART_FIGCAPTION || leaf == PART_CREDIT) && shared + 1 < path.count)
		return; /* its picture was left out */
	open_containers(w, &path, shared, block->attrs);
	if (leaf == PART_NOTICE && w->options != NULL)
		return; /* who knows what it says has put its words here */
	if (leaf == PART_LI && path.parts[0] == PART_FOOTNOTES && path.count == 3)
		w->note = 0;
	if (leaf == PART_CREDIT)
		put_credit(w, block, number);
	else
		put_leaf(w, leaf, block, number);
}

void bs_body_html(struct bs_buf *buf, const struct bs_body *body, const struct bs_body_html_options *options)
{
	const struct bs_str notes = BS_STR("footnotes");
	struct writer w = { .buf = buf, .options = options };

	w.notes = body->count > 0 && bs_str_starts(body->blocks[body->count - 1].path, notes);
	for (size_t i = 0; i < body->count; i++) {
		put_block(&w, &body->blocks[i], i + 1);
		if (w.notes && bs_str_starts(body->blocks[i].path, notes)) {
			struct bs_str id = bs_attrs_get(body->blocks[i].attrs, BS_STR("id"));
			if (bs_str_starts(id, BS_STR("fn-")))
				w.note = (size_t)number_of(bs_str_sub(id, 3, SIZE_MAX));
		}
	}
	close_to(&w, 0);
}
