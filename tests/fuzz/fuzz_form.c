/* Forms: whatever comes, names and values that are let in are UTF-8 without NUL or CR, and lie within what was sent or decoded. The first byte
 * of the input chooses the type. */
#include <stdlib.h>

#include "http/form.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
	if (!holds)
		abort();
}

static void check_text(struct bs_str text)
{
	demand(bs_str_utf8_fault(text) == SIZE_MAX);
	demand(bs_str_find_byte(text, '\r', 0) == SIZE_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bs_arena *arena;
	struct bs_form form;
	struct bs_str body;
	struct bs_err err;

	if (size == 0)
		return 0;
	arena = bs_arena_new();
	body = bs_arena_copy(arena, bs_str_n((const char *)data + 1, size - 1));
	if (bs_form_parse(arena, (data[0] & 1) != 0 ? BS_STR("multipart/form-data; boundary=b") : BS_STR("application/x-www-form-urlencoded"),
	                  body, &form, &err) == BS_OK) {
		for (size_t i = 0; i < form.count; i++) {
			check_text(form.fields[i].name);
			if (form.fields[i].file.ptr == NULL)
				check_text(form.fields[i].value);
			else
				check_text(form.fields[i].file);
		}
	}
	bs_arena_free(&arena);
	return 0;
}
