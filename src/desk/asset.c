/* asset.c - style sheet and scripts of the desk, at addresses made of their bytes. */
#include "desk/pages.h"

enum { ASSET_MAX = 16 * 1024 * 1024 };

BS_DESK_SHOW(asset)
{
	const struct bs_desk_file *file = bs_desk_file(visit->desk->files, visit->request->captures.text[BS_CAPTURE_FILE]);

	(void)err;
	if (file == NULL || !bs_str_eq(file->address, visit->request->target.path))
		return BS_NOT_FOUND;
	visit->type = file->type;
	visit->immutable = true;
	visit->out->cap = ASSET_MAX;
	bs_buf_put(visit->out, file->bytes);
	return BS_OK;
}
