/* title.c - caption and credit in the title of a picture; see title.h. */
#include "text/markdown/title.h"

static const struct bs_str mark = BS_STR_INIT("credit:");
static const struct bs_str dashes[] = { BS_STR_INIT("\xE2\x80\x94"), BS_STR_INIT("\xE2\x80\x93"), BS_STR_INIT("--"), BS_STR_INIT("-") };

/* The caption, without the dash that parts it from the credit; false where there is no dash and the caption is not empty. */
static bool part(struct bs_str *caption)
{
	*caption = bs_str_trim(*caption);
	if (caption->len == 0)
		return true;
	for (size_t i = 0; i < BS_COUNT(dashes); i++) {
		if (!bs_str_ends(*caption, dashes[i]))
			continue;
		*caption = bs_str_trim(bs_str_sub(*caption, 0, caption->len - dashes[i].len));
		return true;
	}
	return false;
}

/* The offset of the last "credit:" that begins a credit; SIZE_MAX for none. */
static size_t find_credit(struct bs_str title, struct bs_str *caption)
{
	for (size_t at = title.len < mark.len ? 0 : title.len - mark.len + 1; at > 0; at--) {
		*caption = bs_str_sub(title, 0, at - 1);
		if (bs_str_eq_nocase(bs_str_sub(title, at - 1, mark.len), mark) && part(caption))
			return at - 1;
	}
	*caption = title;
	return SIZE_MAX;
}

static void put(struct build *b, enum part part, struct bs_str text)
{
	if (text.len == 0)
		return;
	build_open(b, &(struct element){ .part = part });
	build_text(b, text);
	build_close(b);
}

void title_to_figure(struct build *b, struct bs_str title)
{
	struct bs_str caption;
	size_t at = find_credit(title, &caption);

	put(b, PART_FIGCAPTION, caption);
	if (at != SIZE_MAX)
		put(b, PART_CREDIT, bs_str_sub(title, at + mark.len, SIZE_MAX));
}

void title_put(struct bs_buf *out, struct bs_str caption, struct bs_str credit)
{
	bs_buf_put(out, caption);
	if (credit.len == 0)
		return;
	if (caption.len > 0)
		bs_buf_putc(out, ' ');
	bs_buf_put(out, dashes[0]);
	bs_buf_putc(out, ' ');
	bs_buf_put(out, mark);
	bs_buf_putc(out, ' ');
	bs_buf_put(out, credit);
}
