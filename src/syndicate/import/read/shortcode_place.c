/* shortcode_place.c - where a mark stands, told from what is written before it; see shortcode_parts.h.
 *
 * Markdown reads a line by its surroundings: what is a paragraph of its own in one place ends a list, a link or a table of
 * HTML in another. Only what is near is looked at, so that many marks in a long text take no longer than they should. */
#include "syndicate/import/read/shortcode_parts.h"

enum { NEAR = 64 * 1024 };

static bool ends_with_any(struct bs_str s, const struct bs_str *ends, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (bs_str_ends(s, ends[i]))
			return true;
	}
	return false;
}

/* Behind "](", "=\"" or "]: ". */
static bool wants_address(struct bs_str before)
{
	static const struct bs_str ends[] = { BS_STR_INIT("]("), BS_STR_INIT("](<"), BS_STR_INIT("=\""), BS_STR_INIT("='"),
		                              BS_STR_INIT("]:") };

	return ends_with_any(bs_str_trim(before), ends, BS_COUNT(ends));
}

static struct bs_str last_line(struct bs_str before)
{
	size_t start = before.len;

	while (start > 0 && before.ptr[start - 1] != '\n')
		start--;
	return bs_str_sub(before, start, SIZE_MAX);
}

/* The lines since the last empty one. */
static struct bs_str last_paragraph(struct bs_str before)
{
	size_t start = before.len;

	for (;;) {
		struct bs_str line = last_line(bs_str_sub(before, 0, start));
		size_t from = start - line.len;

		if (bs_str_trim(line).len == 0 && start < before.len)
			return bs_str_sub(before, start, SIZE_MAX);
		if (from == 0)
			return before;
		start = from - 1;
	}
}

static bool is_letter(char c)
{
	return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* Do these lines begin with a tag? */
static bool begins_with_tag(struct bs_str paragraph)
{
	struct bs_str s = bs_str_trim(paragraph);

	return s.len > 2 && s.ptr[0] == '<' && (is_letter(s.ptr[1]) || (s.ptr[1] == '/' && is_letter(s.ptr[2])));
}

/* Behind a bracket that is open still: these are the words of a link. */
static bool within_link(struct bs_str line)
{
	int open = 0;

	for (size_t i = 0; i < line.len; i++) {
		if (line.ptr[i] == '\\')
			i++;
		else if (line.ptr[i] == '[')
			open++;
		else if (line.ptr[i] == ']' && open > 0)
			open--;
	}
	return open > 0;
}

/* A list item, a quotation or a row of a table: a new paragraph would end it. */
static bool within_structure(struct bs_str line)
{
	if (line.len > 0 && strchr(" \t>|", line.ptr[0]) != NULL && bs_str_trim(line).len > 0)
		return true;
	if (line.len > 1 && strchr("-*+", line.ptr[0]) != NULL && line.ptr[1] == ' ')
		return true;
	return line.len > 2 && line.ptr[0] >= '0' && line.ptr[0] <= '9' && (line.ptr[1] == '.' || line.ptr[2] == '.');
}

enum bs_standing bs_mark_standing(const struct bs_buf *out)
{
	struct bs_str before = bs_buf_str(out), line;

	if (before.len > NEAR)
		before = bs_str_sub(before, before.len - NEAR, SIZE_MAX);
	if (wants_address(before))
		return BS_STANDS_FOR_ADDRESS;
	if (begins_with_tag(last_paragraph(before)))
		return BS_STANDS_IN_HTML;
	line = last_line(before);
	return within_link(line) || within_structure(line) ? BS_STANDS_IN_LINE : BS_STANDS_FREE;
}
