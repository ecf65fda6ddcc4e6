/* words.c - looking for words in folded text; see parts.h. */
#include "syndicate/import/printed/parts.h"

/* Whether a word may begin at `at`: no letter or digit before it. Punctuation beyond ASCII is none. */
static bool at_word_start(struct bs_str low, size_t at)
{
	unsigned char c;

	if (at == 0)
		return true;
	c = (unsigned char)low.ptr[at - 1];
	if (c < 0x80)
		return !bs_is_word_byte((char)c);
	if (at >= 3 && (unsigned char)low.ptr[at - 3] == 0xE2)
		return (unsigned char)low.ptr[at - 2] == 0x80 || (unsigned char)low.ptr[at - 2] == 0x81;
	if (at >= 3 && (unsigned char)low.ptr[at - 3] == 0xE3) /* ideographic punctuation */
		return (unsigned char)low.ptr[at - 2] == 0x80;
	return at >= 2 && (unsigned char)low.ptr[at - 2] == 0xC2;
}

static bool at_word_end(struct bs_str low, size_t at)
{
	unsigned char c = at < low.len ? (unsigned char)low.ptr[at] : ' ';

	return c < 0x80 ? !bs_is_word_byte((char)c) : c == 0xE2 || c == 0xC2 || c == 0xE3;
}

static const struct bs_str curly = BS_STR_INIT("\xE2\x80\x99");

/* The length of `word` where it stands at `at`, in either form of the apostrophe; 0 when it does not. */
static size_t match_at(struct bs_str low, size_t at, struct bs_str word)
{
	bool whole = word.len > 1 && word.ptr[word.len - 1] == ' ';
	size_t end = at;

	word.len -= whole;
	for (size_t i = 0; i < word.len; i++) {
		if (word.ptr[i] == '\'' && bs_str_eq(bs_str_sub(low, end, curly.len), curly))
			end += curly.len;
		else if (end < low.len && low.ptr[end] == word.ptr[i])
			end++;
		else
			return 0;
	}
	return whole && !at_word_end(low, end) ? 0 : end - at;
}

static bool stands_in(struct bs_str low, struct bs_str word)
{
	size_t apostrophe = bs_str_find_byte(word, '\'', 0);
	struct bs_str needle = bs_str_sub(word, 0, apostrophe);

	needle.len -= apostrophe == SIZE_MAX && word.len > 1 && word.ptr[word.len - 1] == ' ';
	for (size_t at = bs_str_find(low, needle, 0); at != SIZE_MAX; at = bs_str_find(low, needle, at + 1)) {
		if (at_word_start(low, at) && match_at(low, at, word) > 0)
			return true;
	}
	return false;
}

bool bs_words_any(struct bs_str low, const char *list)
{
	struct bs_str rest = bs_str_c(list), word;

	while (bs_str_split(&rest, '|', &word)) {
		if (stands_in(low, word))
			return true;
	}
	return false;
}

size_t bs_words_count(struct bs_str low, const char *list)
{
	struct bs_str rest = bs_str_c(list), word;
	size_t count = 0;

	while (bs_str_split(&rest, '|', &word))
		count += stands_in(low, word);
	return count;
}

size_t bs_words_start(struct bs_str low, const char *list)
{
	struct bs_str rest = bs_str_c(list), word;
	size_t longest = 0;

	while (bs_str_split(&rest, '|', &word)) {
		size_t len = match_at(low, 0, word);

		if (len > longest)
			longest = len;
	}
	return longest;
}
