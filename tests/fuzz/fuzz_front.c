/* Story files: any bytes are read or refused; what was read, written as an export writes it, reads back the same and is written
 * the same again. */
#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "lang/date.h"
#include "syndicate/export/story_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fail(const char *what, const char *why, struct bs_str seen)
{
	fprintf(stderr, "%s: %s\n%.*s\n", what, why, (int)seen.len, seen.ptr);
	abort();
}

static enum bs_rc read_story(struct bs_arena *arena, struct bs_str bytes, struct bs_incoming *out)
{
	struct bs_remarks remarks = BS_REMARKS(arena);
	const struct bs_lang *en = &bs_langs[BS_LANG_en];
	const struct bs_zone *zone = NULL;
	struct bs_document document;
	struct bs_reading reading = { .arena = arena, .document = &document, .path = BS_STR("stories/2025-11-14-a.md"), .lang = en,
		                      .home = en, .remarks = &remarks };
	struct bs_err err = { 0 };
	enum bs_rc rc = bs_zone_find(BS_STR("Asia/Kathmandu"), &zone, &err);

	reading.zone = zone;
	if (rc == BS_OK)
		rc = bs_document_read(bytes, BS_FORMAT_MARKDOWN, &document, &remarks, &err);
	return rc == BS_OK ? bs_incoming_story_file(&reading, out, &err) : rc;
}

static void same_bodies(const struct bs_body *a, const struct bs_body *b, struct bs_str text)
{
	bool same = a->count == b->count;

	for (size_t i = 0; i < a->count && same; i++)
		same = bs_str_eq(a->blocks[i].path, b->blocks[i].path) && bs_str_eq(a->blocks[i].attrs, b->blocks[i].attrs) &&
		       bs_str_eq(a->blocks[i].markup, b->blocks[i].markup);
	if (!same)
		fail("another text when read again", "", text);
}

static struct bs_str written(struct bs_arena *arena, const struct bs_incoming *story, struct bs_buf *buf)
{
	struct bs_story_file file = { .story = story, .home = &bs_langs[BS_LANG_en] };
	struct bs_err err = { 0 };
	enum bs_rc rc = bs_zone_find(BS_STR("Asia/Kathmandu"), &file.zone, &err);

	if (rc == BS_OK)
		rc = bs_story_file_write(arena, &file, buf, &err);
	if (rc == BS_INVALID)
		fail("a story that was read cannot be written", err.text, bs_buf_str(buf));
	return rc == BS_OK ? bs_buf_str(buf) : (struct bs_str){ 0 };
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_buf once = BS_BUF(BS_MAX_DOCUMENT), twice = BS_BUF(BS_MAX_DOCUMENT);
	struct bs_incoming first, again;
	struct bs_str text;
	const char *field;

	if (read_story(arena, bs_str_n((const char *)data, size), &first) == BS_OK) {
		first.accession = first.accession > 0 ? first.accession : 1;
		text = written(arena, &first, &once);
		if (text.len > 0 && read_story(arena, text, &again) != BS_OK)
			fail("what was written is refused", "", text);
		if (text.len > 0) {
			field = bs_story_file_differs(arena, &first, &again);
			if (field != NULL)
				fail("another story when read again", field, text);
			same_bodies(&first.draft.body, &again.draft.body, text);
			if (!bs_str_eq(written(arena, &again, &twice), text))
				fail("written differently the second time", "", text);
		}
	}
	bs_buf_free(&once);
	bs_buf_free(&twice);
	bs_arena_free(&arena);
	return 0;
}
