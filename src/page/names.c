/* names.c - see names.h. */
#include "page/names.h"

struct bs_symbols *bs_view_symbols(void)
{
	static const struct bs_str names[] = {
#define BS_VIEW_NAME(name) BS_STR_INIT(#name),
		BS_VIEW_NAMES(BS_VIEW_NAME)
#undef BS_VIEW_NAME
	};

	return bs_symbols_of(names, BS_COUNT(names));
}
