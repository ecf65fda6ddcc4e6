/* lacks.c - see lacks.h. */
#include "desk/picture/lacks.h"

#include "text/markup.h"

static unsigned lacks_of(struct bs_str alt, struct bs_str credit, struct bs_str licence)
{
	return (bs_str_trim(alt).len == 0 ? BS_LACKS_ALT : 0u) | (bs_str_trim(credit).len == 0 ? BS_LACKS_CREDIT : 0u) |
	       (bs_str_trim(licence).len == 0 ? BS_LACKS_LICENCE : 0u);
}

unsigned bs_library_lacks(const struct bs_library_picture *picture)
{
	return lacks_of(picture->alt, picture->credit, picture->licence);
}

/* What the figure says below the picture at `at`; empty where it says nothing, or is none. */
static void read_figure(const struct bs_body *body, size_t at, struct bs_str *caption, struct bs_str *credit)
{
	for (size_t i = at + 1; i < body->count && !bs_block_is_picture(&body->blocks[i]) &&
	     bs_str_find(body->blocks[i].path, BS_STR("figure"), 0) != SIZE_MAX; i++) {
		if (bs_str_ends(body->blocks[i].path, BS_STR("/figcaption")))
			*caption = body->blocks[i].markup;
		if (bs_str_ends(body->blocks[i].path, BS_STR("/credit")))
			*credit = body->blocks[i].markup;
	}
}

static int64_t media_of(struct bs_str src)
{
	struct bs_str scheme = BS_STR("media:");
	int64_t id;

	return bs_str_starts(src, scheme) && bs_str_int(bs_str_sub(src, scheme.len, SIZE_MAX), &id) == BS_OK ? id : 0;
}

static struct bs_pictured read_picture(struct bs_arena *arena, const struct bs_body *body, size_t at)
{
	struct bs_str alt = body->blocks[at].markup, caption = BS_STR(""), credit = BS_STR("");
	struct bs_str src = bs_attrs_get(body->blocks[at].attrs, BS_STR("src"));

	read_figure(body, at, &caption, &credit);
	return (struct bs_pictured){
		.media_id = media_of(src), .src = src, .alt = alt,
		.caption = bs_markup_plain(arena, caption.len > 0 ? caption : alt),
		.lacks = lacks_of(bs_markup_plain(arena, alt), bs_markup_plain(arena, credit), BS_STR("in the library")),
	};
}

static void add_text(struct bs_arena *arena, const struct bs_body *body, struct bs_pictured *list, size_t *count)
{
	size_t number = 0;

	for (size_t i = 0; i < body->count; i++) {
		if (!bs_block_is_picture(&body->blocks[i]))
			continue;
		list[*count] = read_picture(arena, body, i);
		list[(*count)++].number = ++number;
	}
}

static struct bs_pictured *room_for(struct bs_arena *arena, const struct bs_body *body)
{
	size_t count = 1;

	for (size_t i = 0; i < body->count; i++)
		count += bs_block_is_picture(&body->blocks[i]);
	return BS_ARRAY(arena, count, struct bs_pictured);
}

void bs_pictures_in(struct bs_arena *arena, const struct bs_body *body, struct bs_pictured **out, size_t *count)
{
	*out = room_for(arena, body);
	*count = 0;
	add_text(arena, body, *out, count);
}

void bs_pictures_of(struct bs_arena *arena, const struct bs_draft *draft, struct bs_pictured **out, size_t *count)
{
	const struct bs_draft_image *lead = &draft->image;

	*out = room_for(arena, &draft->body);
	*count = 0;
	if (lead->media_id != 0)
		(*out)[(*count)++] = (struct bs_pictured){ .media_id = lead->media_id, .alt = lead->alt,
			.caption = bs_markup_plain(arena, lead->caption),
			.lacks = lacks_of(bs_markup_plain(arena, lead->alt), bs_markup_plain(arena, lead->credit), lead->licence) };
	add_text(arena, &draft->body, *out, count);
}
