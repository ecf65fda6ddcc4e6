/* cmd_clean.c - `broadsheet clean`: the story HTML that HTML on standard input becomes. */
#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "main/command.h"
#include "text/html.h"

/* Standard input to its end, one byte over the limit at most, so that the reader of HTML can say what is wrong. */
static bool read_input(struct bs_buf *out)
{
	char block[64 * 1024];
	size_t got;

	while ((got = fread(block, 1, sizeof(block), stdin)) > 0 && !out->failed)
		bs_buf_put(out, bs_str_n(block, got));
	return ferror(stdin) == 0;
}

static enum bs_exit clean(struct bs_arena *arena, struct bs_str html, struct bs_buf *page)
{
	struct bs_body body;
	struct bs_err err;

	if (bs_html_blocks(arena, html, NULL, &body, &err) != BS_OK)
		return bs_complain(BS_EXIT_FAILED, "%s", err.text);
	bs_body_html(page, &body, NULL);
	if (bs_buf_check(page, "the story", &err) != BS_OK)
		return bs_complain(BS_EXIT_FAILED, "%s", err.text);
	if (fwrite(bs_buf_str(page).ptr, 1, page->len, stdout) != page->len || fflush(stdout) != 0)
		return bs_complain(BS_EXIT_FAILED, "the story could not be written; is there room where it goes?");
	return BS_EXIT_DONE;
}

enum bs_exit bs_cmd_clean(int argc, char **argv)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_buf input = BS_BUF(BS_MAX_STORY_HTML), page = BS_BUF(BS_MAX_PAGE);
	enum bs_exit code;

	if (argc != 1)
		code = bs_usage(argv[0]);
	else if (!read_input(&input))
		code = bs_complain(BS_EXIT_FAILED, "standard input could not be read");
	else if (input.failed)
		code = bs_complain(BS_EXIT_FAILED, "more than %d bytes of HTML; split it", BS_MAX_STORY_HTML);
	else
		code = clean(arena, bs_buf_str(&input), &page);
	bs_buf_free(&input);
	bs_buf_free(&page);
	bs_arena_free(&arena);
	return code;
}
