/* frames.c - the elements that are open, and the path that they make; see frames.h. */
#include "text/story/frames.h"

#include "text/story/tokens.h"

struct frame *frames_container(struct frames *f)
{
	size_t at = f->depth > 0 ? f->items[f->depth - 1].container : 0;

	return at > 0 ? &f->items[at - 1] : NULL;
}

enum part frames_leaf(const struct frames *f)
{
	enum part leaf = PART_NONE;

	/* A div round a heading's text changes nothing, so the outermost that is not a div or paragraph counts. */
	for (size_t i = f->depth; i > 0 && !part_is_container(f->items[i - 1].part); i--) {
		enum part part = f->items[i - 1].part;
		if (part == PART_CREDIT)
			return part;
		if (leaf == PART_NONE || (part != PART_DIV && part != PART_P))
			leaf = part;
	}
	return leaf == PART_DIV ? PART_P : leaf;
}

bool part_holds_one_passage(enum part leaf)
{
	return leaf != PART_NONE && (part_is_single(leaf) || leaf == PART_PRE);
}

bool frames_have(const struct frames *f, enum part part)
{
	return f->open[part] > 0;
}

void frames_push(struct frames *f, const struct element *element, bool implied)
{
	size_t container = f->depth > 0 ? f->items[f->depth - 1].container : 0;
	struct frame *frame;

	BS_GROW(f->arena, f->items, f->depth, f->room, 32);
	frame = &f->items[f->depth++];
	*frame = (struct frame){ .part = element->part, .implied = implied, .instance = ++f->instances, .container = container,
	                         .attrs = element->attrs, .lang = element->lang, .dir = element->dir };
	f->open[element->part]++;
	if (part_is_container(element->part)) {
		frame->container = f->depth;
		f->containers++;
	}
}

void frames_pop(struct frames *f)
{
	const struct frame *popped = &f->items[--f->depth];
	struct frame *around = frames_container(f);

	f->open[popped->part]--;
	f->containers -= part_is_container(popped->part);
	if (around != NULL && part_is_item(popped->part))
		around->last_filled = popped->filled;
}

void frames_imply_items(struct frames *f, bool for_list)
{
	struct frame *frame = frames_container(f);

	while (frame != NULL && part_is_frame(frame->part) && f->depth < FRAME_DEPTH) {
		struct element item = { .part = frame->part == PART_DL      ? PART_DD
			                        : frame->part == PART_TABLE ? PART_TR
			                        : frame->part == PART_TR    ? PART_TD
			                                                    : PART_LI };
		unsigned reuse = for_list && item.part == PART_LI ? frame->last_item : 0;
		bool last_filled = frame->last_filled;
		frame->last_item = reuse != 0 ? reuse : f->instances + 1;
		frames_push(f, &item, true);
		if (reuse != 0) {
			f->items[f->depth - 1].instance = reuse;
			f->items[f->depth - 1].filled = last_filled;
		}
		frame = frames_container(f);
	}
}

bool part_is_of_frame(enum part part)
{
	return part_is_item(part) || part == PART_DT || part == PART_TR || part == PART_CAPTION;
}

bool frames_have_room(struct frames *f, enum part part)
{
	const struct frame *frame = frames_container(f);
	bool implies = frame != NULL && part_is_frame(frame->part) && !part_is_of_frame(part);
	size_t around = !implies ? 0 : frame->part == PART_TABLE ? 2 : 1, within = part == PART_TABLE ? 2 : 0; /* a row and a cell */

	return f->containers + around + within < PATH_DEPTH - 4;
}

void frames_chain(const struct frames *f, struct chain *chain)
{
	chain->count = 0;
	for (size_t i = 0; i < f->depth; i++) {
		if (part_is_container(f->items[i].part) && chain->count < PATH_DEPTH)
			chain->items[chain->count++] = (struct chain_link){ f->items[i].part, f->items[i].instance };
	}
}

size_t chain_shared(const struct chain *a, const struct chain *b)
{
	size_t same = 0;

	while (same < a->count && same < b->count && a->items[same].part == b->items[same].part &&
	       a->items[same].instance == b->items[same].instance)
		same++;
	return same;
}

struct bs_str chain_path(struct bs_arena *arena, const struct chain *chain, const struct chain *last, size_t shared, enum part leaf)
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
	return bs_arena_join(arena, names, count, BS_STR(""));
}

/* Where may the part stand? The container it needs around it; PART_NONE for any. */
static bool fits(struct frames *f, enum part part)
{
	const struct frame *around = frames_container(f);
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
	case PART_TABLE: return !frames_have(f, PART_TABLE);
	case PART_FOOTNOTES: return in == PART_NONE;
	default: return true;
	}
}

enum part frames_part(struct frames *f, enum part part)
{
	enum part leaf = frames_leaf(f);

	if (part == PART_DIV || !frames_have_room(f, part))
		return PART_DIV;
	if (frames_have(f, PART_FIGURE) && part != PART_FIGCAPTION && part != PART_CREDIT)
		return PART_DIV;
	if (part_holds_one_passage(leaf) && !(leaf == PART_FIGCAPTION && part == PART_CREDIT))
		return PART_DIV;
	if (leaf != PART_NONE && leaf != PART_P && leaf != PART_FIGCAPTION && !part_is_container(part))
		return PART_DIV; /* in a heading */
	return fits(f, part) ? part : PART_DIV;
}

void frames_pop_implied(struct frames *f)
{
	while (f->depth > 0 && f->items[f->depth - 1].implied)
		frames_pop(f);
}

struct element frames_element_in(const struct frames *f, enum part part)
{
	struct element element = { .part = PART_DIV, .attrs = BS_STR("") };

	for (size_t i = f->depth; i > 0 && f->items[i - 1].part != part; i--) {
		if (element.lang.len == 0)
			element.lang = f->items[i - 1].lang;
		if (element.dir.len == 0)
			element.dir = f->items[i - 1].dir;
	}
	return element;
}
