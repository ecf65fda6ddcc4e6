/* What engines give back, in both writings: whatever it is, it becomes markup with the passage's tags or is refused. */
#include <stdlib.h>

#include "text/markup.h"
#include "translate/engine/stream.h"
#include "translate/engine/tagged.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct bs_str passage =
		BS_STR_INIT("The <em>old <strong>red</strong></em> ship<br>of <a href=\"https://e.org/\">Mara Baker</a>");
	static const struct bs_kept kept[] = { { BS_STR_INIT("Mara Baker"), BS_STR_INIT("Mara Baker") } };
	struct bs_arena *arena = bs_arena_new();
	const struct bs_lang *en = bs_lang_find(BS_STR("en")), *es = bs_lang_find(BS_STR("es"));
	struct bs_inlines source, back;
	struct bs_str text = bs_str_n((const char *)data, size), out;
	struct bs_err err;

	bs_inlines_of(arena, en, passage, kept, 1, &source);
	if (bs_stream_read(arena, &source, text, &back, &err) == BS_OK && bs_inlines_join(arena, es, &source, &back, &out, &err) == BS_OK &&
	    !bs_markup_same_tags(passage, out))
		abort();
	bs_tagged_read(arena, &source, text, &back);
	if (bs_inlines_join(arena, es, &source, &back, &out, &err) == BS_OK && !bs_markup_same_tags(passage, out))
		abort();
	bs_arena_free(&arena);
	return 0;
}
