/* canonical.c - see canonical.h. */
#include "translate/canonical.h"

#include "text/html.h"

static struct bs_str replaced(struct bs_arena *arena, struct bs_str text, struct bs_str what, struct bs_str with)
{
	struct bs_buf buf = BS_BUF(SIZE_MAX);
	struct bs_str made;
	size_t from = 0, at;

	while ((at = bs_str_find(text, what, from)) != SIZE_MAX) {
		bs_buf_put(&buf, bs_str_sub(text, from, at - from));
		bs_buf_put(&buf, with);
		from = at + what.len;
	}
	bs_buf_put(&buf, bs_str_sub(text, from, SIZE_MAX));
	made = bs_arena_copy(arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return made;
}

/* The reader of HTML drops links within a story that it does not see the target of: they go through it in a disguise. */
enum bs_rc bs_translate_canonical(struct bs_arena *arena, const struct bs_lang *lang, struct bs_str text, struct bs_str *out,
                                  struct bs_err *err)
{
	const struct bs_str within = BS_STR("href=\"#"), disguise = BS_STR("href=\"https://within.invalid/#");
	struct bs_html_options options = { .lang = lang->code };
	enum bs_rc rc = bs_html_markup(arena, replaced(arena, text, within, disguise), &options, out, err);

	if (rc == BS_OK)
		*out = replaced(arena, *out, disguise, within);
	return rc;
}
