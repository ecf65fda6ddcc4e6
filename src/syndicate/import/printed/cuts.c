/* cuts.c - what the end of a page, or of a line, parted: paragraphs and words. See parts.h.
 *
 * Nothing says that a paragraph goes on but its shape: it ends no sentence, and what follows begins none. */
#include "syndicate/import/printed/parts.h"

static const struct bs_str soft_hyphen = BS_STR_INIT("\xC2\xAD");

/* The last character that is no mark, bracket or blank; what a link's text ends with. */
static uint32_t last_character(struct bs_str plain)
{
	uint32_t last = 0;

	for (size_t i = 0; i < plain.len;) {
		uint32_t c = bs_str_utf8_next(plain, &i);

		if (c != ' ' && c != ')' && c != ']')
			last = c;
	}
	return last;
}

bool bs_printed_ends_sentence(struct bs_str plain)
{
	static const uint32_t ends[] = { '.',    '!',    '?',    ':',    ';',    '"',    0x2026, 0x201D, 0x2019, 0xBB,
		                         0x203A, 0x201C, 0x2018, 0x3002, 0xFF01, 0xFF1F, 0x300D, 0x300F, 0x61F,  0x6D4,
		                         0x61B,  0x964,  0x965,  0xE2F,  0x589,  0x17D4, 0x104B, 0xFF1A };
	uint32_t last = last_character(plain);

	for (size_t i = 0; i < BS_COUNT(ends); i++) {
		if (last == ends[i])
			return true;
	}
	return false;
}

/* The mark that closes a quotation which `c` opens; 0 when it opens none. `free`: nothing but a blank stands before it. */
static uint32_t closing_of(uint32_t c, bool free)
{
	static const uint32_t pairs[][2] = { { '"', '"' },       { 0x201C, 0x201D }, { 0x201E, 0x201C }, { 0xAB, 0xBB },
		                             { 0x300C, 0x300D }, { 0x300E, 0x300F }, { 0xBB, 0xAB },     { 0x201D, 0x201D } };

	for (size_t i = 0; i < BS_COUNT(pairs) && (free || i < 6); i++) {
		if (c == pairs[i][0])
			return pairs[i][1];
	}
	return 0;
}

/* Is the end of the paragraph in the middle of a quotation? */
static bool in_quotation(struct bs_str plain)
{
	uint32_t closing = 0, before = ' ';

	for (size_t i = 0; i < plain.len;) {
		uint32_t c = bs_str_utf8_next(plain, &i);

		if (closing == 0)
			closing = closing_of(c, before == ' ' || before == '(');
		else if (c == closing || (closing == 0x201C && c == 0x201D))
			closing = 0;
		before = c;
	}
	return closing != 0;
}

static bool in_link(struct bs_str raw)
{
	int open = 0;

	for (size_t i = 0; i < raw.len; i++)
		open += (raw.ptr[i] == '[') - (raw.ptr[i] == ']');
	return open > 0;
}

/* Does it end with a word after which no sentence ends, or with a comma? */
static bool ends_open(struct bs_str low)
{
	static const char words[] =
		"the |a |an |and |or |but |of |in |on |at |to |for |from |by |with |that |which |"
		"who |is |are |was |were |has |have |had "
		"|its |their |his |her |our |as |than |between |into |said |about |nearly |almost |cost |costs |der |die |das |den |"
		"dem |und |oder |von |zu |mit |zwischen |etwa |rund |le |la |les |de |du |des |et |entre |environ "
		"|el |los |las |y |que |unos |o |e |da |do |em |il |di |che |tra |circa |и |в |на |с |между |около ";
	size_t at = low.len;

	if (low.len > 0 && (low.ptr[low.len - 1] == ',' || low.ptr[low.len - 1] == '-' || bs_str_ends(low, soft_hyphen)))
		return true;
	while (at > 0 && low.ptr[at - 1] != ' ')
		at--;
	while (at > 0 && at < low.len && !bs_is_word_byte(low.ptr[at]))
		at++;
	for (size_t next = at; at > 0 && next < low.len; at = next) { /* “Between */
		uint32_t c = bs_str_utf8_next(low, &next);

		if (!((c >= 0x2018 && c <= 0x201F) || c == 0xAB || c == 0xBB))
			break;
	}
	return at > 0 && at < low.len && bs_words_start(bs_str_sub(low, at, SIZE_MAX), words) == low.len - at;
}

/* A whole sentence and the beginning of another: no caption or heading, but a paragraph that was cut. */
static bool leaves_sentence(struct bs_str plain, size_t least)
{
	if (bs_str_find(plain, BS_STR("。"), 0) != SIZE_MAX)
		return true;
	return plain.len >= least &&
	       (bs_str_find(plain, BS_STR(". "), 8) != SIZE_MAX || bs_str_find(plain, BS_STR("? "), 8) != SIZE_MAX ||
	        bs_str_find(plain, BS_STR(".\xE2\x80\x9D "), 8) != SIZE_MAX);
}

size_t bs_printed_digits(struct bs_str s, size_t at)
{
	size_t n = 0;

	while (at + n < s.len && s.ptr[at + n] >= '0' && s.ptr[at + n] <= '9')
		n++;
	return n <= 4 ? n : 0;
}

static bool begins_list(struct bs_str raw)
{
	size_t digits = bs_printed_digits(raw, 0);

	if (raw.len > 2 && strchr("#>|", raw.ptr[0]) != NULL)
		return true;
	if (raw.len > 2 && strchr("-*+", raw.ptr[0]) != NULL && raw.ptr[1] == ' ')
		return true;
	/* Four digits and a full stop are a year at the end of a sentence. */
	return digits > 0 && digits < 4 && digits + 1 < raw.len && strchr(".)", raw.ptr[digits]) != NULL &&
	       raw.ptr[digits + 1] == ' ';
}

/* A figure and more behind it: "40 million". */
static bool starts_with_figure(struct bs_str plain)
{
	size_t at = 0;

	while (at < plain.len && strchr("$(\"", plain.ptr[at]) != NULL)
		at++;
	return bs_printed_digits(plain, at) > 0 && bs_str_find_byte(plain, ' ', at) != SIZE_MAX;
}

static bool ends_with_address(struct bs_str plain)
{
	size_t at = plain.len;

	while (at > 0 && strchr(" \n(<", plain.ptr[at - 1]) == NULL)
		at--;
	return bs_words_start(bs_str_sub(plain, at, SIZE_MAX), "http://|https://|www.") > 0;
}

bool bs_printed_goes_on(const struct bs_piece *a, const struct bs_piece *b)
{
	bool uncased, small = bs_printed_starts_small(b->plain, &uncased), open, at_page = a->after_page || b->after_page;
	size_t len = a->plain.len;

	if (begins_list(b->raw) || (a->raw.len > 0 && a->raw.ptr[0] == '#'))
		return false;
	if (in_link(a->raw) && bs_str_find(b->raw, BS_STR("]("), 0) != SIZE_MAX)
		return true;
	if (bs_printed_ends_sentence(a->plain) || ends_with_address(a->plain) || len == 0)
		return false;
	open = ends_open(a->low);
	if (small)
		return len >= 40 || at_page || open || in_quotation(a->plain) || leaves_sentence(a->plain, 0);
	if (uncased)
		return len >= (b->after_page ? 20 : 120) || in_quotation(a->plain) || leaves_sentence(a->plain, 0);
	if (starts_with_figure(b->plain))
		return open || len >= 80 || b->after_page || in_quotation(a->plain) || leaves_sentence(a->plain, 40);
	/* A capital goes on where the words before it cannot end anything, or a sentence was begun behind another. */
	return len >= 40 && (open || (in_quotation(a->plain) && b->after_page) || leaves_sentence(a->plain, 100));
}

/* --- words that were parted --- */

/* What stands before a hyphen that only parts a word, and what stands behind one: no compound begins or ends so. */
static const char never_first[] = "be |com |con |dis |ac |af |ap |em |im |ob |oc |sur |ver |zer |ent |ge |er |";
static const char never_second[] =
	"tween |fore |cause |hind |tion |tions |tional |sion |sions |ment |ments |mental |ness |ing |ings |ity |ities |ance |ances |"
	"ence |ences |ency |ancy |ible |ably |ibly |ous |ously |ious |tive |tively |ture |tures |ly |ally |ism |ist |ists |ize |ized |"
	"ised |ung |ungen |lich |liche |lichen |keit |heit |schaft |schaften |isch |ische |ischen |ción |ciones |sión |siones |mente |"
	"miento |mientos |dad |dades |ção |ções |mento |zione |zioni |té |ité |ités |ement |ements |ique |iques |eux |euse |";

static bool is_one_of(struct bs_str word, const char *list)
{
	return word.len > 0 && bs_words_start(word, list) == word.len;
}

/* Does this word stand anywhere in the text? Looked for a limited number of times, for the text may be long. */
static bool stands_in_text(struct bs_pieces *pieces, struct bs_str first, const char *joint, struct bs_str second)
{
	struct bs_str word = bs_arena_printf(pieces->arena, "%.*s%s%.*s ", (int)first.len, first.ptr, joint, (int)second.len, second.ptr);

	return pieces->looks > 0 && pieces->looks-- > 0 && bs_words_any(pieces->low, word.ptr);
}

/* "North-", "South": but "CON-", "NECTION" is one word. */
static bool capital_begins(struct bs_str before, struct bs_str after)
{
	char last = before.ptr[before.len - 2];
	bool uncased;

	return !bs_printed_starts_small(after, &uncased) && !(last >= 'A' && last <= 'Z');
}

bool bs_printed_mend_hyphen(struct bs_pieces *pieces, struct bs_str *before, struct bs_str after)
{
	size_t start, end = 0;
	struct bs_str first, second;

	if (bs_str_ends(*before, soft_hyphen)) {
		before->len -= soft_hyphen.len;
		return true;
	}
	if (before->len < 2 || before->ptr[before->len - 1] != '-' || !bs_is_word_byte(before->ptr[before->len - 2]) || after.len == 0 ||
	    !bs_is_word_byte(after.ptr[0]))
		return false;
	start = before->len - 1;
	while (start > 0 && bs_is_word_byte(before->ptr[start - 1]) && before->len - start < 40)
		start--;
	while (end < after.len && end < 40 && bs_is_word_byte(after.ptr[end]) && (unsigned char)after.ptr[end] != 0xE2)
		end++;
	first = bs_printed_low(pieces->arena, bs_printed_slice(*before, start, before->len - 1));
	second = bs_printed_low(pieces->arena, bs_str_sub(after, 0, end));
	if (capital_begins(*before, after) || stands_in_text(pieces, first, "-", second))
		return true;
	if (stands_in_text(pieces, first, "", second) || is_one_of(first, never_first) || is_one_of(second, never_second))
		before->len--;
	return true;
}

static bool is_without_blanks(uint32_t c)
{
	return (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) || (c >= 0x1780 && c <= 0x17FF) ||
	       (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFF00 && c <= 0xFFEF);
}

bool bs_printed_needs_blank(struct bs_str before, struct bs_str after)
{
	uint32_t last = 0;
	size_t at = before.len > 4 ? before.len - 4 : 0;

	while (at < before.len && ((unsigned char)before.ptr[at] & 0xC0) == 0x80)
		at++;
	while (at < before.len)
		last = bs_str_utf8_next(before, &at);
	at = 0;
	return after.len == 0 || !is_without_blanks(last) || !is_without_blanks(bs_str_utf8_next(after, &at));
}
