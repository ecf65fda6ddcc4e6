/* place.c - what notices say, in the places of a body where they stand; see bs_body_place in body.h.
 *
 * A path says by a '+' that a container begins anew. Words that come in here stand in an aside, and an aside of the text may stand right before
 * or behind them: then the later one gets the '+' that it did not need while the notice was a block between them. */
#include "text/body.h"

#include "base/limits.h"

struct placing {
	struct bs_arena *arena;
	struct bs_body out;
	size_t room;
	struct bs_str behind; /* how the paths begin that would go on with the aside just written; or empty */
};

static const struct bs_str name = BS_STR_INIT("notice"), footnotes = BS_STR_INIT("footnotes");

struct bs_str bs_block_notice(const struct bs_block *block)
{
	if (!bs_str_eq(block->path, name) && !bs_str_ends(block->path, BS_STR("/notice")))
		return BS_STR("");
	return bs_attrs_get(block->attrs, BS_STR("slug"));
}

static void add(struct placing *p, struct bs_block block)
{
	BS_GROW(p->arena, p->out.blocks, p->out.count, p->room, 32);
	p->out.blocks[p->out.count++] = block;
}

/* The path without its marks of what begins anew. */
static struct bs_str unmarked(struct bs_arena *arena, struct bs_str path)
{
	struct bs_buf out = BS_BUF(BS_MAX_FIELD);
	struct bs_str made;

	for (size_t i = 0; i < path.len; i++) {
		if (path.ptr[i] != '+')
			bs_buf_putc(&out, path.ptr[i]);
	}
	made = bs_arena_copy(arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return made;
}

static struct bs_str joined(struct bs_arena *arena, struct bs_str a, struct bs_str b, struct bs_str c)
{
	return bs_arena_join(arena, (struct bs_str[]){ a, b, c }, 3, BS_STR(""));
}

/* Without the numbers that lead to its footnotes. */
static struct bs_str without_notes(struct bs_arena *arena, struct bs_str markup)
{
	const struct bs_str begin = BS_STR("<sup><a href=\"#fn-"), end = BS_STR("</a></sup>");
	size_t at, to;

	while ((at = bs_str_find(markup, begin, 0)) != SIZE_MAX && (to = bs_str_find(markup, end, at)) != SIZE_MAX)
		markup = joined(arena, bs_str_sub(markup, 0, at), bs_str_sub(markup, to + end.len, SIZE_MAX), BS_STR(""));
	return markup;
}

static void place(struct placing *p, const struct bs_block *notice, const struct bs_body *words)
{
	struct bs_str before = bs_str_sub(notice->path, 0, notice->path.len - name.len), plain = unmarked(p->arena, before);
	struct bs_str aside = joined(p->arena, plain, BS_STR("aside/"), BS_STR("")), last = { "", 0 };
	struct bs_str id = bs_attrs_get(notice->attrs, BS_STR("id")); /* a link of the text leads there */
	bool first = true;

	if (p->out.count > 0)
		last = unmarked(p->arena, p->out.blocks[p->out.count - 1].path);
	for (size_t i = 0; i < words->count; i++) {
		struct bs_block block = words->blocks[i];
		bool again = first && bs_str_eq(plain, before) && bs_str_starts(last, aside);
		if (bs_str_starts(block.path, footnotes) || bs_block_notice(&block).len > 0)
			continue;
		block.path = joined(p->arena, first ? before : plain, again ? BS_STR("aside+/") : BS_STR("aside/"), block.path);
		block.attrs = bs_attrs_set(p->arena, block.attrs, BS_STR("id"), first ? id : (struct bs_str){ 0 });
		block.markup = without_notes(p->arena, block.markup);
		add(p, block);
		first = false;
	}
	if (!first)
		p->behind = aside;
}

static void keep(struct placing *p, struct bs_block block)
{
	if (p->behind.len > 0 && bs_str_starts(block.path, p->behind))
		block.path = joined(p->arena, bs_str_sub(p->behind, 0, p->behind.len - 1), BS_STR("+/"),
		                    bs_str_sub(block.path, p->behind.len, SIZE_MAX));
	p->behind = BS_STR("");
	add(p, block);
}

void bs_body_place(struct bs_arena *arena, struct bs_body *body, const struct bs_body *(*words)(void *ctx, struct bs_str slug), void *ctx)
{
	struct placing p = { .arena = arena };
	bool any = false;

	for (size_t i = 0; i < body->count && !any; i++)
		any = bs_block_notice(&body->blocks[i]).len > 0;
	for (size_t i = 0; any && i < body->count; i++) {
		struct bs_str slug = bs_block_notice(&body->blocks[i]);
		const struct bs_body *said = slug.len > 0 ? words(ctx, slug) : NULL;
		if (said != NULL)
			place(&p, &body->blocks[i], said);
		else
			keep(&p, body->blocks[i]);
	}
	if (any) {
		body->blocks = p.out.blocks;
		body->count = p.out.count;
	}
}
