/* Accept-Language, and any language tag: whatever comes, the answer is one of those offered, or none. */
#include <stdlib.h>

#include "lang/lang.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct bs_lang *const offered[] = { &bs_langs[BS_LANG_en], &bs_langs[BS_LANG_zh_Hant], &bs_langs[BS_LANG_de] };
	struct bs_str text = bs_str_n((const char *)data, size);
	const struct bs_lang *chosen = bs_lang_negotiate(text, offered, BS_COUNT(offered));
	const struct bs_lang *named = bs_lang_find(text);

	if (chosen != NULL && chosen != offered[0] && chosen != offered[1] && chosen != offered[2])
		abort();
	if (named != NULL && bs_lang_find(named->code) != named)
		abort();
	return 0;
}
