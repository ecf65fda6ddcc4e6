/* Exports of WordPress and Ghost: whatever the bytes, each story that comes out of them is a story file that can be read. */
#include <stdlib.h>

#include "syndicate/import/archive/archive.h"
#include "syndicate/import/read/document.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_remarks remarks = BS_REMARKS(arena);
	struct bs_str bytes = bs_arena_copy(arena, bs_str_n((const char *)data, size));
	enum bs_archive_kind kind = size > 0 && data[0] == '{' ? BS_ARCHIVE_GHOST : BS_ARCHIVE_WORDPRESS;
	struct bs_archive archive;
	struct bs_document document;
	struct bs_err err;

	(void)bs_archive_kind_of(bytes);
	if (bs_archive_read(arena, kind, bytes, &archive, &remarks, &err) == BS_OK) {
		for (size_t i = 0; i < archive.count; i++) {
			if (bs_document_read(archive.stories[i].bytes, BS_FORMAT_AUTO, &document, &remarks, &err) == BS_OK &&
			    document.front_kind != BS_FRONT_JSON)
				abort();
		}
	}
	bs_arena_free(&arena);
	return 0;
}
