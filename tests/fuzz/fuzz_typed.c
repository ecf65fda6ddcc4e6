/* What translators type: it is found wrong, or it has the tags of its passage; and shown again and sent back it is the same. */
#include <stdlib.h>

#include "text/markup.h"
#include "translate/check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct bs_str passage =
		BS_STR_INIT("The <em>old <strong>red</strong></em> ship<br>of <a href=\"https://e.org/\">Mara Baker</a>");
	const struct bs_lang *es = &bs_langs[BS_LANG_es];
	struct bs_str text = bs_str_n((const char *)data, size);
	struct bs_arena *arena = bs_arena_new();
	struct bs_typed typed, again;

	/* Forms are UTF-8 without NUL (http/form.h). */
	if (bs_str_utf8_fault(text) == SIZE_MAX && bs_str_find_byte(text, '\0', 0) == SIZE_MAX) {
		typed = bs_typed_check(arena, es, passage, text);
		if (typed.fault == BS_TYPED_GOOD) {
			if (!bs_markup_same_tags(passage, typed.markup))
				abort();
			again = bs_typed_check(arena, es, passage, bs_typed_show(arena, typed.markup));
			if (again.fault != BS_TYPED_GOOD || !bs_str_eq(again.markup, typed.markup))
				abort();
		}
	}
	bs_arena_free(&arena);
	return 0;
}
