/* names.c - see names.h. */
#include "page/names.h"

#include <assert.h>

struct bs_symbols *bs_view_symbols(void)
{
	static const struct bs_str names[] = {
#define BS_VIEW_NAME(name) BS_STR_INIT(#name),
		BS_VIEW_NAMES(BS_VIEW_NAME)
#undef BS_VIEW_NAME
	};
	struct bs_symbols *symbols = bs_symbols_new();

	for (size_t i = 0; i < BS_COUNT(names); i++) {
		uint16_t id = bs_symbols_intern(symbols, names[i]);
		assert(id == i + 1);
		(void)id;
	}
	return symbols;
}
