/* text.c - a text in the other of its two forms: the writing surface works on HTML, the form without scripts on Markdown. Both ways lead
 * through the blocks of a story, so what comes out is what the sanitiser lets through. Nothing is stored. */
#include "desk/pages.h"
#include "text/html.h"
#include "text/markdown.h"

static enum bs_rc read_blocks(struct bs_visit *visit, struct bs_body *body, struct bs_err *err)
{
	struct bs_str text = bs_visit_field(visit, "body"), lang = bs_visit_field(visit, "lang");
	struct bs_html_options in_html = { .lang = lang };
	struct bs_markdown_options in_markdown = { .lang = lang };

	if (bs_str_eq(bs_visit_field(visit, "format"), BS_STR("html")))
		return bs_html_blocks(visit->arena, text, &in_html, body, err);
	return bs_markdown_blocks(visit->arena, text, &in_markdown, body, err);
}

/* POST: `body` in `format`, of a story in `lang`; the answer is the text in the form `to`. */
BS_DESK_ACT(copy_text)
{
	struct bs_body body;
	enum bs_rc rc = read_blocks(visit, &body, err);

	if (rc != BS_OK)
		return rc;
	visit->type = BS_STR("text/plain; charset=utf-8");
	if (bs_str_eq(bs_visit_field(visit, "to"), BS_STR("html")))
		bs_body_html(visit->out, &body, NULL);
	else
		bs_body_markdown(visit->arena, visit->out, &body);
	return BS_OK;
}
