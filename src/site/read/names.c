/* names.c - the names of people and terms, kept from one search to the next: to read and fold some thousand takes longer than all
 * the rest of a search. The shelf takes nothing that is large, so they lie there in pieces. */
#include "newsroom/search.h"
#include "newsroom/tags.h"
#include "page/shelf.h"
#include "site/read.h"

/* A box: how many bytes of names there are in all, and those from PIECE times its number on. */
enum { PIECE = 48 * 1024 };

struct piece {
	size_t all;
	char names[];
};

static struct bs_str piece_key(struct bs_page *page, size_t from)
{
	return bs_arena_printf(page->arena, "names:%s:%zu", page->lang->code.ptr, from / PIECE);
}

/* All boxes have the tags of all names, and that of all stories: one may be the first of somebody else. */
static void shelve(struct bs_page *page, struct bs_str names)
{
	uint32_t *slots = NULL;
	size_t count = 0, room = 0;
	struct bs_str rest = names;
	struct bs_search_name name;
	char tag[BS_TAG_MAX];

	BS_GROW(page->arena, slots, count, room, 64);
	slots[count++] = bs_versions_slot(bs_tag(BS_TAG_STORIES, 0, tag));
	while (bs_search_names_next(&rest, &name)) {
		BS_GROW(page->arena, slots, count, room, 64);
		slots[count++] = bs_versions_slot(name.tag);
	}
	for (size_t from = 0; from == 0 || from < names.len; from += PIECE) {
		struct bs_str part = bs_str_sub(names, from, PIECE);
		struct piece *piece = bs_shelf_box(sizeof(*piece) + part.len);
		piece->all = names.len;
		memcpy(piece->names, part.ptr, part.len);
		bs_shelf_put(page, piece_key(page, from), piece, slots, count);
	}
}

static bool shelved(struct bs_page *page, struct bs_str *names)
{
	const struct piece *piece = bs_shelf_take(page, piece_key(page, 0));
	size_t all = piece != NULL ? piece->all : 0, from = 0;
	char *bytes = bs_arena_alloc(page->arena, all + 1);

	while (piece != NULL && piece->all == all && from < all) {
		memcpy(bytes + from, piece->names, all - from < PIECE ? all - from : PIECE);
		from += PIECE;
		piece = from < all ? bs_shelf_take(page, piece_key(page, from)) : piece;
	}
	*names = bs_str_n(bytes, all);
	return piece != NULL && piece->all == all;
}

enum bs_rc bs_names_known(struct bs_page *page, struct bs_str *out, struct bs_err *err)
{
	enum bs_rc rc;

	if (shelved(page, out))
		return BS_OK;
	rc = bs_search_names_load(page->arena, page->db, page->lang, page->publication->lang, out, err);
	if (rc == BS_OK)
		shelve(page, *out);
	return rc;
}
