/* letters.c - see letters.h. The table is letters.txt, which tools/letters made: a line a letter, "0054 M181 0L…", or "0422 =0054" for
 * one that looks like another. */
#include "site/machine/icon/letters.h"

#include <stdio.h>

#include "page/theme.h"

extern const struct bs_embedded bs_icon_letters[]; /* made by tools/embed */

static struct bs_str line_of(uint32_t letter)
{
	struct bs_str rest = bs_icon_letters[0].bytes, line;
	char code[16];
	int len = snprintf(code, sizeof(code), "%04X ", (unsigned)letter);

	while (bs_str_split(&rest, '\n', &line)) {
		if (bs_str_starts(line, bs_str_n(code, (size_t)len)))
			return bs_str_sub(line, (size_t)len, SIZE_MAX);
	}
	return (struct bs_str){ 0 };
}

struct bs_str bs_letter_outline(uint32_t letter)
{
	struct bs_str outline = line_of(letter);
	uint8_t code[2];

	if (outline.len == 5 && outline.ptr[0] == '=' && bs_hex_decode(bs_str_sub(outline, 1, 4), code, 2) == BS_OK)
		outline = line_of((uint32_t)code[0] << 8 | code[1]);
	return outline;
}
