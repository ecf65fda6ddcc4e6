/* PO files: whatever is read is written so that it reads back as the same bytes. */
#include <stdlib.h>

#include "translate/files/po.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_buf once = BS_BUF(1 << 20), twice = BS_BUF(1 << 20);
	struct bs_units po, back;
	struct bs_err err;

	if (bs_po_read(arena, bs_str_n((const char *)data, size), &po, &err) == BS_OK) {
		bs_po_write(&once, &po);
		if (bs_po_read(arena, bs_buf_str(&once), &back, &err) != BS_OK || back.count != po.count)
			abort();
		bs_po_write(&twice, &back);
		if (!bs_str_eq(bs_buf_str(&once), bs_buf_str(&twice)))
			abort();
	}
	bs_buf_free(&once);
	bs_buf_free(&twice);
	bs_arena_free(&arena);
	return 0;
}
