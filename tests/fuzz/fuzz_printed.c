/* Printed pages: any bytes are read or refused; what comes out is UTF-8 within the limits. */
#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "syndicate/import/printed/printed.h"
#include "syndicate/import/read/incoming.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(struct bs_str text, const char *what)
{
	if (bs_str_utf8_fault(text) != SIZE_MAX || text.len > BS_MAX_DOCUMENT) {
		fprintf(stderr, "%s is no text: %.*s\n", what, (int)text.len, text.ptr);
		abort();
	}
}

static void check_story(const struct bs_incoming *story)
{
	const struct bs_draft *draft = &story->draft;

	check(draft->title, "title");
	check(draft->subtitle, "subtitle");
	check(draft->source.name, "source");
	check(draft->author_line, "author line");
	for (size_t i = 0; i < draft->byline_count; i++)
		check(draft->byline[i].name, "byline");
	for (size_t i = 0; i < draft->term_count; i++)
		check(draft->terms[i].name, "term");
	for (size_t i = 0; i < story->notice_count; i++)
		check(story->notices[i].markdown, "notice");
	for (size_t i = 0; i < draft->body.count; i++)
		check(draft->body.blocks[i].markup, "passage");
	if (draft->title.len == 0 || draft->body.count > BS_MAX_PASSAGES)
		abort();
}

static enum bs_rc read_page(struct bs_arena *arena, struct bs_str bytes, struct bs_incoming *out)
{
	struct bs_remarks remarks = BS_REMARKS(arena);
	struct bs_document document;
	struct bs_reading reading = { .arena = arena, .document = &document, .path = BS_STR("page.txt"), .lang = &bs_langs[BS_LANG_en],
		                      .remarks = &remarks };
	struct bs_err err = { 0 };
	enum bs_rc rc = bs_document_read(bytes, BS_FORMAT_PRINTED, &document, &remarks, &err);

	return rc == BS_OK ? bs_incoming_printed(&reading, out, &err) : rc;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_str bytes = bs_str_n((const char *)data, size);
	struct bs_incoming story;

	(void)bs_printed_recognise(bytes);
	if (read_page(arena, bytes, &story) == BS_OK)
		check_story(&story);
	bs_arena_free(&arena);
	return 0;
}
