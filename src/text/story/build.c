/* build.c - blocks in the making; see build.h.
 *
 * Open elements are a stack of frames. Frames of containers make the path; the innermost other frame since the last container
 * (the leaf) says what a passage is. A passage ends whenever an element begins or ends, unless its leaf holds all of its
 * text in one passage; then a line break stands for the border.
 *
 * Each container has an instance number, and the chain of containers of the last block is kept: where the next block has the
 * same name with another number, the path gets its '+'.
 *
 * A figure is written when it closes, for its caption may come first or in pieces; two more phrasings collect it. Pictures
 * amid a passage wait until it ends, so that no sentence is cut. */
#include "text/story/build.h"

#include "base/limits.h"
#include "text/markup.h"
#include "text/story/chars.h"
#include "text/story/tokens.h"

enum { FRAME_DEPTH = 2 * BS_MAX_HTML_DEPTH, IMAGES_WAITING = 64 };

struct frame {
	enum part part;
	bool implied; /* opened here, not by the document */
	bool filled;  /* a block has been written within */
	unsigned instance;
	unsigned last_item; /* instance of a list's newest item */
	size_t container;   /* index + 1 of the innermost container frame, this one included; 0 none */
	struct bs_str attrs, lang, dir;
};

struct link_of_chain {
	enum part part;
	unsigned instance;
};

struct chain {
	struct link_of_chain items[PATH_DEPTH + 2];
	size_t count;
};

struct image {
	struct element element; /* a div, for its language */
	struct bs_str attrs, alt;
};

struct output {
	struct block_list list;
	struct chain last; /* containers of the last block */
};

struct build {
	struct bs_arena *arena;
	struct bs_str lang;
	struct bs_err err; /* rc BS_OK while all is well */
	struct frame *frames;
	size_t depth, room;          /* frames in use, and allocated */
	size_t too_deep;             /* elements open beyond FRAME_DEPTH */
	size_t containers;           /* frames that are one */
	unsigned open[PART_COUNT];   /* frames of each part */
	unsigned instances;
	struct open_tags tags;
	struct phrasing text, caption, credit;
	struct element caption_in, credit_in; /* divs, for the language in which each began */
	struct image images[IMAGES_WAITING]; /* of the open figure, or behind the passage */
	size_t image_count;
	struct output body, notes;
	struct place_id *ids;
	size_t id_count, id_room;
	bool has_fragments; /* a link leads to a place within the text */
};

static void free_phrasings(void *ptr)
{
	struct build *b = ptr;

	phrasing_free(&b->text);
	phrasing_free(&b->caption);
	phrasing_free(&b->credit);
}

struct build *build_new(struct bs_arena *arena, struct bs_str lang)
{
	struct build *b = BS_NEW(arena, struct build);

	b->arena = arena;
	b->lang = lang;
	phrasing_init(&b->text);
	phrasing_init(&b->caption);
	phrasing_init(&b->credit);
	bs_arena_defer(arena, free_phrasings, b);
	return b;
}

bool build_has_failed(const struct build *b)
{
	return b->err.rc != BS_OK;
}

void block_list_add(struct bs_arena *arena, struct block_list *list, struct bs_block block)
{
	BS_GROW(arena, list->items, list->count, list->room, 32);
	list->items[list->count++] = block;
}

static struct frame *container_of(struct build *b)
{
	size_t at = b->depth > 0 ? b->frames[b->depth - 1].container : 0;

	return at > 0 ? &b->frames[at - 1] : NULL;
}

/* The part that says what a passage here is; PART_NONE straight in a container. A div round a heading's text changes
 * nothing, so the outermost that is not a div or paragraph counts. */
static enum part leaf_of(const struct build *b)
{
	enum part leaf = PART_NONE;

	for (size_t i = b->depth; i > 0 && !part_is_container(b->frames[i - 1].part); i--) {
		enum part part = b->frames[i - 1].part;
		if (part == PART_CREDIT)
			return part;
		if (leaf == PART_NONE || (part != PART_DIV && part != PART_P))
			leaf = part;
	}
	return leaf == PART_DIV ? PART_P : leaf;
}

static bool holds_one_passage(enum part leaf)
{
	return leaf != PART_NONE && (part_is_single(leaf) || leaf == PART_PRE);
}

static bool is_open(const struct build *b, enum part part)
{
	return b->open[part] > 0;
}

static void push(struct build *b, const struct element *element, bool implied)
{
	size_t container = b->depth > 0 ? b->frames[b->depth - 1].container : 0;
	struct frame *frame;

	BS_GROW(b->arena, b->frames, b->depth, b->room, 32);
	frame = &b->frames[b->depth++];
	*frame = (struct frame){ .part = element->part, .implied = implied, .instance = ++b->instances, .container = container,
	                         .attrs = element->attrs, .lang = element->lang, .dir = element->dir };
	b->open[element->part]++;
	if (part_is_container(element->part)) {
		frame->container = b->depth;
		b->containers++;
	}
}

static void pop(struct build *b)
{
	enum part part = b->frames[--b->depth].part;

	b->open[part]--;
	b->containers -= part_is_container(part);
}

/* Open the item that a list, table or row needs around what comes next. A list straight in a list belongs to the item
 * before it. */
static void imply_items(struct build *b, bool for_list)
{
	struct frame *frame = container_of(b);

	while (frame != NULL && part_is_frame(frame->part) && b->depth < FRAME_DEPTH) {
		struct element item = { .part = frame->part == PART_DL      ? PART_DD
			                        : frame->part == PART_TABLE ? PART_TR
			                        : frame->part == PART_TR    ? PART_TD
			                                                    : PART_LI };
		unsigned reuse = for_list && item.part == PART_LI ? frame->last_item : 0;
		frame->last_item = reuse != 0 ? reuse : b->instances + 1;
		push(b, &item, true);
		if (reuse != 0) {
			b->frames[b->depth - 1].instance = reuse;
			b->frames[b->depth - 1].filled = true;
		}
		frame = container_of(b);
	}
}

static bool is_of_frame(enum part part)
{
	return part_is_item(part) || part == PART_DT || part == PART_TR || part == PART_CAPTION;
}

/* Is there room for the part, with the items that are implied around it and within it? */
static bool is_room_for(struct build *b, enum part part)
{
	const struct frame *frame = container_of(b);
	bool implies = frame != NULL && part_is_frame(frame->part) && !is_of_frame(part);
	size_t around = !implies ? 0 : frame->part == PART_TABLE ? 2 : 1, within = part == PART_TABLE ? 2 : 0; /* a row and a cell */

	return b->containers + around + within < PATH_DEPTH - 4;
}

/* The containers that a block here stands in. */
static void chain_here(const struct build *b, struct chain *chain)
{
	chain->count = 0;
	for (size_t i = 0; i < b->depth; i++) {
		if (part_is_container(b->frames[i].part) && chain->count < PATH_DEPTH)
			chain->items[chain->count++] = (struct link_of_chain){ b->frames[i].part, b->frames[i].instance };
	}
}

static size_t shared_with(const struct chain *a, const struct chain *b)
{
	size_t same = 0;

	while (same < a->count && same < b->count && a->items[same].part == b->items[same].part &&
	       a->items[same].instance == b->items[same].instance)
		same++;
	return same;
}

/* `leaf` is PART_NONE when the last container is the block's own element. */
static struct bs_str path_of(struct build *b, const struct chain *chain, const struct chain *last, size_t shared, enum part leaf)
{
	struct bs_str names[2 * PATH_DEPTH + 4];
	size_t count = 0, own = leaf == PART_NONE ? chain->count - 1 : SIZE_MAX;

	if (chain->count == 0)
		return part_name(leaf);
	for (size_t i = 0; i < chain->count; i++) {
		bool again = i == shared && i < last->count && i != own && last->items[i].part == chain->items[i].part;
		if (i > 0)
			names[count++] = BS_STR("/");
		names[count++] = part_name(chain->items[i].part);
		if (again)
			names[count++] = BS_STR("+");
	}
	if (leaf != PART_NONE) {
		names[count++] = BS_STR("/");
		names[count++] = part_name(leaf);
	}
	return bs_arena_join(b->arena, names, count, BS_STR(""));
}

static struct bs_str attrs_merge(struct build *b, struct bs_str attrs, struct bs_str more)
{
	struct bs_str pair;

	if (attrs.len == 0 || more.len == 0)
		return attrs.len == 0 ? more : attrs;
	while (bs_str_split(&more, ' ', &pair)) {
		size_t equals = bs_str_find_byte(pair, '=', 0);
		attrs = bs_attrs_set(b->arena, attrs, bs_str_sub(pair, 0, equals), bs_str_sub(pair, equals + 1, SIZE_MAX));
	}
	return attrs;
}

/* What the containers that begin with the block say, the innermost last, and what the block itself does. */
static struct bs_str attrs_of(struct build *b, size_t shared, enum part leaf, struct bs_str own)
{
	struct bs_str attrs = { "", 0 }, lang = { 0 }, dir = { 0 };
	size_t container = 0;

	for (size_t i = 0; i < b->depth; i++) {
		const struct frame *frame = &b->frames[i];
		bool is_container = part_is_container(frame->part);
		if (frame->attrs.len > 0 && (!is_container || container >= shared))
			attrs = attrs_merge(b, attrs, frame->attrs);
		container += is_container;
		if (frame->lang.len > 0)
			lang = frame->lang;
		if (frame->dir.len > 0)
			dir = frame->dir;
	}
	attrs = attrs_merge(b, attrs, own);
	if (leaf == PART_HR || leaf == PART_NOTICE)
		return attrs;
	if (lang.len > 0 && !bs_str_eq(lang, b->lang))
		attrs = bs_attrs_set(b->arena, attrs, BS_STR("lang"), lang);
	if (dir.len > 0)
		attrs = bs_attrs_set(b->arena, attrs, BS_STR("dir"), dir);
	return attrs;
}

static struct output *output_of(struct build *b)
{
	return is_open(b, PART_FOOTNOTES) ? &b->notes : &b->body;
}

static void add_block(struct build *b, struct output *out, struct bs_block block)
{
	if (build_has_failed(b))
		return;
	if (b->body.list.count + b->notes.list.count >= BS_MAX_PASSAGES)
		bs_fail(&b->err, BS_LIMIT, "the text has more than %d paragraphs; split it", BS_MAX_PASSAGES);
	else
		block_list_add(b->arena, &out->list, block);
}

/* Write a block at the place where the document stands. leaf PART_NONE: decide by the place. */
static void emit(struct build *b, enum part leaf, struct bs_str own_attrs, struct bs_str markup)
{
	struct output *out = output_of(b);
	struct frame *container;
	struct chain chain;
	size_t shared;

	if (leaf != PART_DT && leaf != PART_CAPTION)
		imply_items(b, false);
	container = container_of(b);
	if (leaf == PART_NONE && (container == NULL || !part_is_item(container->part) || container->filled))
		leaf = PART_P;
	chain_here(b, &chain);
	shared = shared_with(&chain, &out->last);
	add_block(b, out, (struct bs_block){ .path = path_of(b, &chain, &out->last, shared, leaf),
	                                     .attrs = attrs_of(b, shared, leaf, own_attrs), .markup = markup });
	for (size_t i = 0; i < b->depth; i++)
		b->frames[i].filled = true;
	out->last = chain;
}

/* Take what a phrasing holds; empty when there was nothing, or too much. */
static struct bs_str take(struct build *b, struct phrasing *p)
{
	struct bs_str markup = { "", 0 };

	if (phrasing_finish(b->arena, p, &markup, &b->err) != BS_OK)
		return (struct bs_str){ "", 0 };
	return markup;
}

/* A block in the language of an element that is no longer open, or never was. */
static void emit_in(struct build *b, const struct element *element, enum part leaf, struct bs_str attrs, struct bs_str markup)
{
	push(b, element, false);
	emit(b, leaf, attrs, markup);
	pop(b);
}

static void emit_image(struct build *b, const struct image *image)
{
	emit_in(b, &image->element, PART_IMG, image->attrs, image->alt);
}

static void emit_images(struct build *b)
{
	const struct element figure = { .part = PART_FIGURE };
	size_t count = b->image_count;

	b->image_count = 0;
	for (size_t i = 0; i < count && b->depth < FRAME_DEPTH; i++) {
		imply_items(b, false);
		push(b, &figure, false);
		emit_image(b, &b->images[i]);
		pop(b);
	}
}

/* End the passage in the making, if there is one. */
static void flush(struct build *b)
{
	enum part leaf;
	bool empty = phrasing_is_empty(&b->text);
	struct bs_str markup = take(b, &b->text);

	if (!empty) {
		leaf = leaf_of(b);
		emit(b, leaf == PART_P ? PART_NONE : leaf, BS_STR(""), markup);
	}
	if (b->image_count > 0 && !is_open(b, PART_FIGURE))
		emit_images(b);
}

static struct phrasing *sink_of(struct build *b)
{
	if (!is_open(b, PART_FIGURE))
		return &b->text;
	return leaf_of(b) == PART_CREDIT ? &b->credit : &b->caption;
}

/* A div in the language that is spoken here within the figure. */
static struct element element_in_figure(const struct build *b)
{
	struct element element = { .part = PART_DIV, .attrs = BS_STR("") };

	for (size_t i = b->depth; i > 0 && b->frames[i - 1].part != PART_FIGURE; i--) {
		if (element.lang.len == 0)
			element.lang = b->frames[i - 1].lang;
		if (element.dir.len == 0)
			element.dir = b->frames[i - 1].dir;
	}
	return element;
}

/* A border between passages. */
static void border(struct build *b)
{
	enum part leaf = leaf_of(b);

	if (is_open(b, PART_FIGURE))
		phrasing_border(sink_of(b));
	else if (holds_one_passage(leaf))
		phrasing_border(&b->text);
	else
		flush(b);
}

/* Where may the part stand? The container it needs around it; PART_NONE for any. */
static bool fits(struct build *b, enum part part)
{
	const struct frame *around = container_of(b);
	enum part in = around != NULL ? around->part : PART_NONE;

	switch (part) {
	case PART_LI: return in == PART_UL || in == PART_OL;
	case PART_DT:
	case PART_DD: return in == PART_DL;
	case PART_CAPTION: return in == PART_TABLE && !around->filled;
	case PART_TR: return in == PART_TABLE;
	case PART_TD:
	case PART_TH: return in == PART_TR;
	case PART_SUMMARY: return in == PART_DETAILS && !around->filled;
	case PART_FIGCAPTION:
	case PART_CREDIT: return in == PART_FIGURE;
	case PART_TABLE: return !is_open(b, PART_TABLE);
	case PART_FOOTNOTES: return in == PART_NONE;
	default: return true;
	}
}

/* The part as which the element is opened: a div where it would be out of place. */
static enum part part_here(struct build *b, enum part part)
{
	enum part leaf = leaf_of(b);

	if (part == PART_DIV || !is_room_for(b, part))
		return PART_DIV;
	if (is_open(b, PART_FIGURE) && part != PART_FIGCAPTION && part != PART_CREDIT)
		return PART_DIV;
	if (holds_one_passage(leaf) && !(leaf == PART_FIGCAPTION && part == PART_CREDIT))
		return PART_DIV;
	if (leaf != PART_NONE && leaf != PART_P && leaf != PART_FIGCAPTION && !part_is_container(part))
		return PART_DIV; /* in a heading */
	return fits(b, part) ? part : PART_DIV;
}

static void pop_implied(struct build *b)
{
	while (b->depth > 0 && b->frames[b->depth - 1].implied)
		pop(b);
}

void build_open(struct build *b, const struct element *element)
{
	struct element here = *element;
	bool is_item = is_of_frame(here.part);

	border(b);
	if (b->too_deep > 0 || b->depth + 4 >= FRAME_DEPTH) {
		b->too_deep++;
		return;
	}
	if (is_item)
		pop_implied(b);
	here.part = part_here(b, here.part);
	if (here.part == PART_DIV)
		here.attrs = BS_STR("");
	if (part_is_container(here.part) && !is_item)
		imply_items(b, here.part == PART_UL || here.part == PART_OL);
	if (is_item && here.part != PART_DIV && container_of(b) != NULL)
		container_of(b)->last_item = b->instances + 1;
	if (here.part == PART_PRE)
		b->text.pre = true;
	push(b, &here, false);
}

/* What the figure held, now that it is whole. Without a picture its texts are paragraphs. */
static void close_figure(struct build *b)
{
	const struct element nothing = { .part = PART_DIV };
	struct bs_str caption = take(b, &b->caption), credit = take(b, &b->credit);
	size_t count = b->image_count;

	b->image_count = 0;
	if (count == 0) {
		pop(b);
		push(b, &nothing, false);
	}
	for (size_t i = 0; i < count; i++)
		emit_image(b, &b->images[i]);
	if (caption.len > 0)
		emit_in(b, &b->caption_in, count > 0 ? PART_FIGCAPTION : PART_NONE, BS_STR(""), caption);
	if (credit.len > 0) /* within the caption, so in its language */
		emit_in(b, caption.len > 0 ? &b->caption_in : &b->credit_in, count > 0 ? PART_CREDIT : PART_NONE, BS_STR(""), credit);
}

/* Is the innermost element one that holds a single passage, and not a part of a figure? Then the passage ends with it. */
static bool ends_passage(const struct build *b)
{
	enum part part = b->depth > 0 ? b->frames[b->depth - 1].part : PART_NONE;

	return part != PART_NONE && !is_open(b, PART_FIGURE) && holds_one_passage(part);
}

void build_close(struct build *b)
{
	struct frame *frame;

	border(b);
	if (b->too_deep > 0) {
		b->too_deep--;
		return;
	}
	if (ends_passage(b))
		flush(b);
	pop_implied(b);
	if (b->depth == 0)
		return;
	frame = &b->frames[b->depth - 1];
	if (frame->part == PART_FIGURE)
		close_figure(b);
	else if ((frame->part == PART_TD || frame->part == PART_TH) && !frame->filled)
		emit(b, PART_NONE, BS_STR(""), BS_STR(""));
	pop(b);
}

void build_tag(struct build *b, enum tag tag, struct bs_str attrs)
{
	open_tags_push(&b->tags, tag, attrs);
	b->has_fragments |= tag == TAG_A && bs_str_starts(attrs, BS_STR(" href=\"#"));
}

void build_untag(struct build *b)
{
	open_tags_pop(&b->tags);
}

static bool is_visible(struct bs_str text)
{
	for (size_t at = 0; at < text.len;) {
		if (char_class_of(bs_str_utf8_next(text, &at)) == CHAR_TEXT)
			return true;
	}
	return false;
}

/* Two line breaks in a row are the border between two paragraphs, but not within a heading or caption. */
static bool is_parted(const struct build *b, const struct phrasing *sink)
{
	enum part leaf;

	if (sink->breaks < 2 || sink != &b->text || phrasing_is_empty(sink))
		return false;
	leaf = leaf_of(b);
	return leaf == PART_NONE || leaf == PART_P;
}

void build_text(struct build *b, struct bs_str text)
{
	struct phrasing *sink = sink_of(b);

	text = chars_valid(b->arena, text);
	if (is_parted(b, sink) && is_visible(text))
		flush(b);
	if (sink != &b->text && phrasing_is_empty(sink))
		*(sink == &b->credit ? &b->credit_in : &b->caption_in) = element_in_figure(b);
	phrasing_text(sink, &b->tags, text);
}

void build_line_break(struct build *b)
{
	phrasing_break(sink_of(b));
}

/* A block without text. What is still to be written before it has an id of its own. */
static void emit_bare(struct build *b, enum part part, struct bs_str attrs, struct bs_str id)
{
	const struct frame *container;

	border(b);
	build_id(b, id);
	container = container_of(b);
	if (is_open(b, PART_FIGURE) || holds_one_passage(leaf_of(b)) || (container != NULL && part_is_frame(container->part)))
		return;
	emit(b, part, attrs, BS_STR(""));
}

void build_rule(struct build *b, struct bs_str id)
{
	emit_bare(b, PART_HR, BS_STR(""), id);
}

void build_notice(struct build *b, struct bs_str slug, struct bs_str id)
{
	if (is_open(b, PART_FOOTNOTES))
		build_id(b, id);
	else
		emit_bare(b, PART_NOTICE, bs_attrs_set(b->arena, BS_STR(""), BS_STR("slug"), slug), id);
}

void build_image(struct build *b, const struct element *image, struct bs_str alt)
{
	struct bs_str markup = bs_markup_of_text(b->arena, alt);
	bool figure = is_open(b, PART_FIGURE);

	if (!figure && (holds_one_passage(leaf_of(b)) || !is_room_for(b, PART_FIGURE))) {
		build_text(b, alt);
		return;
	}
	if (b->image_count < IMAGES_WAITING)
		b->images[b->image_count++] = (struct image){
			.element = { .part = PART_DIV, .lang = image->lang, .dir = image->dir }, .attrs = image->attrs, .alt = markup };
	if (!figure && phrasing_is_empty(&b->text))
		emit_images(b);
}

void build_id(struct build *b, struct bs_str id)
{
	struct output *out = output_of(b);

	if (id.len == 0 || id.len > BS_MAX_URL)
		return;
	BS_GROW(b->arena, b->ids, b->id_count, b->id_room, 16);
	b->ids[b->id_count++] = (struct place_id){ .id = id, .in_notes = out == &b->notes, .block = out->list.count };
}

enum bs_rc build_finish(struct build *b, struct bs_body *out, struct bs_err *err)
{
	b->too_deep = 0;
	while (b->depth > 0)
		build_close(b);
	flush(b);
	if (build_has_failed(b)) {
		if (err != NULL)
			*err = b->err;
		return b->err.rc;
	}
	if (b->has_fragments || b->notes.list.count > 0)
		notes_settle(b->arena, &b->body.list, &b->notes.list, b->ids, b->id_count);
	*out = (struct bs_body){ .blocks = b->body.list.items, .count = b->body.list.count };
	return bs_body_links(b->arena, out, err);
}

/* Markup without its links within the text, which lead nowhere from a passage that stands alone; references to notes go
 * with their numbers. */
static void join_markup(struct bs_arena *arena, struct phrasing *p, struct open_tags *tags, struct bs_str markup)
{
	struct token token;

	for (size_t at = 0; token_next(markup, &at, &token);) {
		if (!token_is_fragment(&token)) {
			phrasing_markup(arena, p, tags, token.raw);
		} else if (bs_str_starts(token_attr(&token, BS_STR("href")), BS_STR("#fn-"))) {
			size_t end = bs_str_find(markup, BS_STR("</a>"), at);
			at = end == SIZE_MAX ? markup.len : end + BS_STR("</a>").len;
		} else {
			open_tags_push(tags, TAG_A, BS_STR(""));
		}
	}
}

enum bs_rc body_join(struct bs_arena *arena, const struct bs_body *body, struct bs_str *out, struct bs_err *err)
{
	const struct open_tags none = { 0 };
	struct open_tags tags = { 0 }; /* of all blocks: their serials tell the elements of one from those of the next */
	struct phrasing p;
	enum bs_rc rc;

	phrasing_init(&p);
	for (size_t i = 0; i < body->count; i++) {
		const struct bs_block *block = &body->blocks[i];
		if (bs_block_is_picture(block) || bs_str_starts(block->path, BS_STR("footnotes")))
			continue;
		phrasing_text(&p, &none, BS_STR(" "));
		join_markup(arena, &p, &tags, block->markup);
	}
	rc = phrasing_finish(arena, &p, out, err);
	phrasing_free(&p);
	return rc;
}
