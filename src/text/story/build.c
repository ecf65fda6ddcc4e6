/* build.c - blocks in the making; see build.h.
 *
 * Open elements are a stack of frames (frames.h). Those of containers make the path; the innermost other frame since the last container
 * (the leaf) says what a passage is. A passage ends whenever an element begins or ends, unless its leaf holds all of its
 * text in one passage; then a line break stands for the border.
 *
 * A figure is written when it closes, for its caption may come first or in pieces; two more phrasings collect it. Pictures
 * amid a passage wait until it ends, so that no sentence is cut. */
#include "text/story/build.h"

#include "base/limits.h"
#include "text/markup.h"
#include "text/story/chars.h"
#include "text/story/frames.h"
#include "text/story/tokens.h"

enum { IMAGES_WAITING = 64 };

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
	struct frames frames;
	size_t too_deep;             /* elements open beyond FRAME_DEPTH */
	struct open_tags tags;
	struct phrasing text, caption, credit;
	struct element caption_in, credit_in; /* divs, for the language in which each began */
	struct image images[IMAGES_WAITING]; /* of the open figure, or behind the passage */
	size_t image_count;
	struct output body, notes;
	struct bs_str *lost; /* as in struct bs_body */
	size_t lost_count, lost_room;
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

	b->arena = b->frames.arena = arena;
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

	for (size_t i = 0; i < b->frames.depth; i++) {
		const struct frame *frame = &b->frames.items[i];
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
	return frames_have(&b->frames, PART_FOOTNOTES) ? &b->notes : &b->body;
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
		frames_imply_items(&b->frames, false);
	container = frames_container(&b->frames);
	if (leaf == PART_NONE && (container == NULL || !part_is_item(container->part) || container->filled))
		leaf = PART_P;
	frames_chain(&b->frames, &chain);
	shared = chain_shared(&chain, &out->last);
	add_block(b, out, (struct bs_block){ .path = chain_path(b->arena, &chain, &out->last, shared, leaf),
	                                     .attrs = attrs_of(b, shared, leaf, own_attrs), .markup = markup });
	for (size_t i = 0; i < b->frames.depth; i++)
		b->frames.items[i].filled = true;
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
	frames_push(&b->frames, element, false);
	emit(b, leaf, attrs, markup);
	frames_pop(&b->frames);
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
	for (size_t i = 0; i < count && b->frames.depth < FRAME_DEPTH; i++) {
		frames_imply_items(&b->frames, false);
		frames_push(&b->frames, &figure, false);
		emit_image(b, &b->images[i]);
		frames_pop(&b->frames);
	}
}

/* End the passage in the making, if there is one. */
static void flush(struct build *b)
{
	enum part leaf;
	bool empty = phrasing_is_empty(&b->text);
	struct bs_str markup = take(b, &b->text);

	if (!empty) {
		leaf = frames_leaf(&b->frames);
		emit(b, leaf == PART_P ? PART_NONE : leaf, BS_STR(""), markup);
	}
	if (b->image_count > 0 && !frames_have(&b->frames, PART_FIGURE))
		emit_images(b);
}

static struct phrasing *sink_of(struct build *b)
{
	if (!frames_have(&b->frames, PART_FIGURE))
		return &b->text;
	return frames_leaf(&b->frames) == PART_CREDIT ? &b->credit : &b->caption;
}

/* A border between passages. */
static void border(struct build *b)
{
	enum part leaf = frames_leaf(&b->frames);

	if (frames_have(&b->frames, PART_FIGURE))
		phrasing_border(sink_of(b));
	else if (part_holds_one_passage(leaf))
		phrasing_border(&b->text);
	else
		flush(b);
}

void build_open(struct build *b, const struct element *element)
{
	struct element here = *element;
	bool is_item = part_is_of_frame(here.part);

	border(b);
	if (b->too_deep > 0 || b->frames.depth + 4 >= FRAME_DEPTH) {
		b->too_deep++;
		return;
	}
	if (is_item)
		frames_pop_implied(&b->frames);
	here.part = frames_part(&b->frames, here.part);
	if (here.part == PART_DIV)
		here.attrs = BS_STR("");
	if (part_is_container(here.part) && !is_item)
		frames_imply_items(&b->frames, here.part == PART_UL || here.part == PART_OL);
	if (is_item && here.part != PART_DIV && frames_container(&b->frames) != NULL)
		frames_container(&b->frames)->last_item = b->frames.instances + 1;
	if (here.part == PART_PRE)
		b->text.pre = true;
	frames_push(&b->frames, &here, false);
}

/* What the figure held, now that it is whole. Without a picture its texts are paragraphs. */
static void close_figure(struct build *b)
{
	const struct element nothing = { .part = PART_DIV };
	struct bs_str caption = take(b, &b->caption), credit = take(b, &b->credit);
	size_t count = b->image_count;

	b->image_count = 0;
	if (count == 0) {
		frames_pop(&b->frames);
		frames_push(&b->frames, &nothing, false);
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
	enum part part = b->frames.depth > 0 ? b->frames.items[b->frames.depth - 1].part : PART_NONE;

	return part != PART_NONE && !frames_have(&b->frames, PART_FIGURE) && part_holds_one_passage(part);
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
	frames_pop_implied(&b->frames);
	if (b->frames.depth == 0)
		return;
	frame = &b->frames.items[b->frames.depth - 1];
	if (frame->part == PART_FIGURE)
		close_figure(b);
	else if ((frame->part == PART_TD || frame->part == PART_TH) && !frame->filled)
		emit(b, PART_NONE, BS_STR(""), BS_STR(""));
	frames_pop(&b->frames);
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
	leaf = frames_leaf(&b->frames);
	return leaf == PART_NONE || leaf == PART_P;
}

void build_text(struct build *b, struct bs_str text)
{
	struct phrasing *sink = sink_of(b);

	text = chars_valid(b->arena, text);
	if (is_parted(b, sink) && is_visible(text))
		flush(b);
	if (sink != &b->text && phrasing_is_empty(sink))
		*(sink == &b->credit ? &b->credit_in : &b->caption_in) = frames_element_in(&b->frames, PART_FIGURE);
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
	container = frames_container(&b->frames);
	if (frames_have(&b->frames, PART_FIGURE) || part_holds_one_passage(frames_leaf(&b->frames)) ||
	    (container != NULL && part_is_frame(container->part)))
		return;
	emit(b, part, attrs, BS_STR(""));
}

void build_rule(struct build *b, struct bs_str id)
{
	emit_bare(b, PART_HR, BS_STR(""), id);
}

void build_notice(struct build *b, struct bs_str slug, struct bs_str id)
{
	if (frames_have(&b->frames, PART_FOOTNOTES))
		build_id(b, id);
	else
		emit_bare(b, PART_NOTICE, bs_attrs_set(b->arena, BS_STR(""), BS_STR("slug"), slug), id);
}

void build_image(struct build *b, const struct element *image, struct bs_str alt)
{
	struct bs_str markup = bs_markup_of_text(b->arena, alt);
	bool figure = frames_have(&b->frames, PART_FIGURE);

	if (!figure && (part_holds_one_passage(frames_leaf(&b->frames)) || !frames_have_room(&b->frames, PART_FIGURE))) {
		build_text(b, alt);
		return;
	}
	if (b->image_count < IMAGES_WAITING)
		b->images[b->image_count++] = (struct image){
			.element = { .part = PART_DIV, .lang = image->lang, .dir = image->dir }, .attrs = image->attrs, .alt = markup };
	if (!figure && phrasing_is_empty(&b->text))
		emit_images(b);
}

void build_lost_image(struct build *b, struct bs_str src, struct bs_str alt)
{
	src = bs_str_trim(src);
	if (src.len == 0)
		return;
	if (b->lost_count < BS_LOST_MAX) {
		BS_GROW(b->arena, b->lost, b->lost_count, b->lost_room, 4);
		b->lost[b->lost_count++] = bs_arena_copy(b->arena, bs_str_utf8_prefix(src, BS_LOST_ADDRESS));
	}
	build_text(b, alt);
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
	while (b->frames.depth > 0)
		build_close(b);
	flush(b);
	if (build_has_failed(b)) {
		if (err != NULL)
			*err = b->err;
		return b->err.rc;
	}
	if (b->has_fragments || b->notes.list.count > 0)
		notes_settle(b->arena, &b->body.list, &b->notes.list, b->ids, b->id_count);
	*out = (struct bs_body){ .blocks = b->body.list.items, .count = b->body.list.count, .lost = b->lost, .lost_count = b->lost_count };
	return bs_body_links(b->arena, out, err);
}
