/* XLIFF, TMX, TBX and CSV: whatever is read is written so that it reads back as the same bytes. */
#include <stdlib.h>

#include "translate/files/terms.h"
#include "translate/files/tmx.h"
#include "translate/files/xliff.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_terms(struct bs_arena *arena, const struct bs_terms *terms)
{
	struct bs_buf once = BS_BUF(1 << 22), twice = BS_BUF(1 << 22);
	struct bs_terms back;
	struct bs_err err;

	bs_terms_write_csv(&once, terms);
	if (once.failed || bs_terms_read_csv(arena, bs_buf_str(&once), &back, &err) != BS_OK || back.count != terms->count)
		abort();
	bs_terms_write_csv(&twice, &back);
	if (!bs_str_eq(bs_buf_str(&once), bs_buf_str(&twice)))
		abort();
	bs_buf_free(&once);
	bs_buf_free(&twice);
}

static void try_tree(struct bs_arena *arena, const struct bs_element *root)
{
	struct bs_units units;
	struct bs_terms terms;
	struct bs_err err;

	(void)!bs_xliff_read(arena, root, &units, &err);
	(void)!bs_tmx_read(arena, root, BS_STR(""), &units, &err);
	if (bs_terms_read_tbx(arena, root, &terms, &err) == BS_OK && terms.count > 0)
		try_terms(arena, &terms);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_str text = bs_str_n((const char *)data, size);
	const struct bs_element *root;
	struct bs_terms terms;
	struct bs_err err;

	if (bs_element_read(arena, text, &root, &err) == BS_OK)
		try_tree(arena, root);
	else if (bs_terms_read_csv(arena, text, &terms, &err) == BS_OK)
		try_terms(arena, &terms);
	bs_arena_free(&arena);
	return 0;
}
