/* pages.c - lines that belong to the paper and not to the page: page numbers, running heads, what a browser prints at each
 * edge, form feeds. See parts.h. Each leaves a mark on what stands behind it, because a paragraph that goes on there was
 * one.
 *
 * "Page 2 of 5" is such a line whatever stands around it. A number alone, one of two ("2/5"), or one beside words, may as well be text. It is
 * taken out only where something else says so: the words beside it are the title or the publication, or the numbers count the
 * pages one by one and one of them stands in the middle of a sentence. */
#include "syndicate/import/printed/parts.h"

enum {
	LINE_BYTES = 500,    /* longer lines are text */
	HEAD_LINES = 12,     /* in which title and publication stand */
	NUMBERED_MAX = 1000, /* lines with numbers, and of addresses, that are looked at */
	PAGE_MAX = 999,
	SINGLE_MAX = 3,      /* the highest page that a number alone may be when no other counts with it */
	FULL_LINE = 60,      /* bytes: no shorter line was broken for its length */
	RUNNING_MAX = 240,   /* bytes of a running head */
};

enum verdict { TEXT, PAPER, PERHAPS, ADDRESS };

struct look { /* at one line */
	enum verdict verdict;
	bool named;         /* "page 2", and not "2" alone */
	bool fraction;      /* "2/5", which may be a score */
	int page;
	struct bs_str rest; /* what stands beside the number, in lower case */
	struct bs_str low;
	bool judged, cuts; /* its row was looked at; it stands in the middle of a sentence */
};

struct pages {
	struct bs_arena *arena;
	struct bs_printed_line *lines;
	struct look *looks;
	size_t count;
	size_t *numbered; /* the lines that have a number of a page, or may have one */
	size_t numbered_count;
	size_t head[HEAD_LINES];
	size_t head_count;
	struct bs_str own_url;
	size_t addresses; /* lines that are one and nothing else */
};

/* --- what one line says by itself --- */

static const char page_words[] = "page |seite |página |pagina |pág. |pag. |sida |side |sivu |strona |стр. |страница |p. |pg. |pg |صفحة |第";

/* Without the frame around a number: "- 3 -", "— 3 —", "[3]". */
static struct bs_str unframed(struct bs_str s, bool *dashes, bool *framed)
{
	static const struct bs_str frames[][2] = { { BS_STR_INIT("-"), BS_STR_INIT("-") },
		                                   { BS_STR_INIT("\xE2\x80\x93"), BS_STR_INIT("\xE2\x80\x93") },
		                                   { BS_STR_INIT("\xE2\x80\x94"), BS_STR_INIT("\xE2\x80\x94") },
		                                   { BS_STR_INIT("["), BS_STR_INIT("]") },
		                                   { BS_STR_INIT("("), BS_STR_INIT(")") } };

	for (size_t i = 0; i < BS_COUNT(frames); i++) {
		if (s.len > 2 * frames[i][0].len && bs_str_starts(s, frames[i][0]) && bs_str_ends(s, frames[i][1])) {
			*framed = true;
			*dashes = i < 3;
			return bs_str_trim(bs_str_sub(s, frames[i][0].len, s.len - 2 * frames[i][0].len));
		}
	}
	return s;
}

/* "3/12", "3 of 12", "Page 3", "Page 3 of 12", "- 3 -", "3" and nothing else: a place in a printed document. *sure: no number of the text
 * is written so. */
static bool is_place(struct bs_str low, int *page, bool *sure)
{
	struct bs_str s = bs_str_trim(low);
	bool dashes = false, framed = false;
	size_t n = bs_words_start(s, page_words);

	*sure = n > 0;
	s = unframed(bs_str_trim(bs_str_sub(s, n, SIZE_MAX)), &dashes, &framed);
	*sure = *sure || dashes;
	n = bs_printed_digits(s, 0);
	if (n == 0)
		return false;
	*page = 0;
	for (size_t i = 0; i < n; i++)
		*page = *page * 10 + (s.ptr[i] - '0');
	s = bs_str_trim(bs_str_sub(s, n, SIZE_MAX));
	if (s.len == 0 || bs_str_eq(s, BS_STR("页")))
		return *sure || *page <= PAGE_MAX;
	n = s.ptr[0] == '/' ? 1 : bs_words_start(s, "of |von |de |di |van |av |af |из |sur |z ");
	s = bs_str_trim(bs_str_sub(s, n, SIZE_MAX));
	*sure = true;
	return n > 0 && s.len > 0 && bs_printed_digits(s, 0) == s.len;
}

/* "12 / 15" and nothing else; the last page of all, "1/1", is no score. */
static bool is_fraction(struct bs_str low)
{
	size_t slash = bs_str_find_byte(low, '/', 0);
	struct bs_str page = bs_str_trim(bs_str_sub(low, 0, slash)), of;

	if (slash == SIZE_MAX)
		return false;
	of = bs_str_trim(bs_str_sub(low, slash + 1, SIZE_MAX));
	return page.len > 0 && bs_printed_digits(page, 0) == page.len && bs_printed_digits(of, 0) == of.len && !bs_str_eq(page, of);
}

/* "11/14/25, 9:30 AM  The title - The site": what browsers print over each page. */
static bool is_browser_head(struct bs_str low)
{
	size_t at = 0;

	for (int part = 0; part < 3; part++) {
		size_t n = bs_printed_digits(low, at);

		if (n == 0 || (part < 2 && (at + n >= low.len || strchr("/.-", low.ptr[at + n]) == NULL)))
			return false;
		at += n + 1;
	}
	while (at < low.len && strchr(", ", low.ptr[at]) != NULL)
		at++;
	at += bs_printed_digits(low, at);
	return at + 2 < low.len && low.ptr[at] == ':' && bs_printed_digits(low, at + 1) == 2;
}

static size_t url_length(struct bs_str low)
{
	size_t end = bs_str_find_byte(low, ' ', 0);
	bool url = bs_str_starts(low, BS_STR("http://")) || bs_str_starts(low, BS_STR("https://")) ||
	           bs_str_starts(low, BS_STR("www."));

	return !url ? 0 : end == SIZE_MAX ? low.len : end;
}

/* "Printed from The Courier on May 6, 2024": ends with the day or an address. */
static bool is_print_note(struct bs_str low)
{
	struct bs_printed_date date;
	size_t n = bs_words_start(low, "printed from |printed on |printed by |printed: |downloaded from |gedruckt am |gedruckt von |"
	                               "ausgedruckt |imprimé le |imprimé depuis |impreso el |impreso de |impreso desde |stampato il |"
	                               "stampato da |impresso em |распечатано "),
	       url = bs_str_find(low, BS_STR("http"), 0);

	if (n == 0 || low.len > 200 || bs_printed_ends_sentence(low))
		return false;
	return (url != SIZE_MAX && bs_str_find_byte(low, ' ', url) == SIZE_MAX) ||
	       (bs_printed_find_date(low, &date) && low.len - date.end < 12);
}

/* A line of the paper whatever stands around it: page number, browser's header or footer. */
static bool is_paper(struct bs_str low, int *page)
{
	size_t url = url_length(low);
	bool sure;

	if (is_place(low, page, &sure) && sure)
		return true;
	*page = 0;
	if (bs_str_eq(low, BS_STR("\f")) || is_browser_head(low) || is_print_note(low))
		return true;
	return url > 0 && url < low.len && is_place(bs_str_sub(low, url, SIZE_MAX), page, &sure);
}

/* Does the line have a place in this part, and `rest` beside it? */
static bool take_place(struct bs_str part, struct bs_str rest, struct look *out)
{
	bool named;
	int page;

	if (!is_place(bs_printed_strip(part), &page, &named))
		return false;
	out->page = page;
	out->named = named;
	out->rest = bs_printed_strip(rest);
	return true;
}

/* A place at the end or the beginning of the line, of up to four words, the longest, and what stands beside it. */
static bool has_place(struct bs_str low, struct look *out)
{
	size_t cut = low.len;
	bool found = false;

	for (int words = 0; words < 4 && cut > 0; words++) {
		while (cut > 0 && low.ptr[cut - 1] == ' ')
			cut--;
		while (cut > 0 && low.ptr[cut - 1] != ' ')
			cut--;
		found |= take_place(bs_str_sub(low, cut, SIZE_MAX), bs_str_sub(low, 0, cut), out);
	}
	cut = 0;
	for (int words = 0; words < 4 && cut < low.len && !found; words++) {
		size_t blank = bs_str_find_byte(low, ' ', cut);

		cut = blank == SIZE_MAX ? low.len : blank + 1;
		found = take_place(bs_str_sub(low, 0, cut), bs_str_sub(low, cut, SIZE_MAX), out);
	}
	return found;
}

static void look_at(struct pages *p, size_t i)
{
	struct bs_str line = p->lines[i].text;
	struct look *look = &p->looks[i];
	struct bs_printed_date date;

	if (line.len == 0 || line.len > LINE_BYTES)
		return;
	look->low = bs_printed_low(p->arena, line);
	if (is_paper(look->low, &look->page)) {
		look->fraction = look->named = is_fraction(look->low);
		look->verdict = look->fraction ? PERHAPS : PAPER;
		if (look->page > 0 && p->numbered_count < NUMBERED_MAX)
			p->numbered[p->numbered_count++] = i;
		return;
	}
	if (url_length(look->low) == look->low.len) {
		look->verdict = p->addresses++ < NUMBERED_MAX ? ADDRESS : TEXT;
		return;
	}
	if (p->head_count < HEAD_LINES)
		p->head[p->head_count++] = i;
	if (line.len > RUNNING_MAX || p->numbered_count == NUMBERED_MAX || !has_place(look->low, look))
		return;
	/* The year of a day is no page. */
	if (!look->named && bs_printed_find_date(look->low, &date) && (date.end == look->low.len || date.start == 0))
		return;
	look->verdict = PERHAPS;
	p->numbered[p->numbered_count++] = i;
}

/* --- what the others say of it --- */

static struct bs_str without_article(struct bs_str low)
{
	return bs_str_trim(bs_str_sub(low, bs_words_start(low, "the |der |die |das |le |la |les |el |los |las |il |o |a "), SIZE_MAX));
}

/* Does the part of a running head stand in a line of the page's head, whole or before what parts the line? */
static bool is_known(const struct pages *p, struct bs_str part, size_t line)
{
	part = without_article(part);
	for (size_t i = 0; i < p->head_count && p->head[i] < line && part.len > 0; i++) {
		struct bs_str head = p->looks[p->head[i]].low, rest;

		while (head.len > 0 && strchr("#* ", head.ptr[0]) != NULL)
			head = bs_str_sub(head, 1, SIZE_MAX);
		head = without_article(head);
		rest = bs_str_trim(bs_str_sub(head, part.len, SIZE_MAX));
		if (bs_str_starts(head, part) && (rest.len == 0 || rest.ptr[0] == '*' || bs_printed_strip(rest).ptr != rest.ptr))
			return true;
	}
	return false;
}

/* The title, the publication, or both: "The Long Bridge | North Star". */
static bool is_running_head(const struct pages *p, struct bs_str rest, size_t line)
{
	static const struct bs_str joints[] = { BS_STR_INIT("|"), BS_STR_INIT(" \xE2\x80\x94 "), BS_STR_INIT(" \xE2\x80\x93 "),
		                                BS_STR_INIT(" - "), BS_STR_INIT("\xC2\xB7"), BS_STR_INIT("\xE2\x80\xA2"), BS_STR_INIT("  ") };

	if (rest.len < 3 || rest.len > RUNNING_MAX)
		return false;
	while (rest.len > 0) {
		size_t end = rest.len, behind = rest.len;

		for (size_t i = 0; !is_known(p, rest, line) && i < BS_COUNT(joints); i++) {
			size_t at = bs_str_find(rest, joints[i], 0);

			if (at < end) {
				end = at;
				behind = at + joints[i].len;
			}
		}
		if (!is_known(p, bs_printed_strip(bs_str_sub(rest, 0, end)), line))
			return false;
		rest = bs_printed_strip(bs_str_sub(rest, behind, SIZE_MAX));
	}
	return true;
}

/* The nearest line of text before or behind, or SIZE_MAX. */
static size_t text_beside(const struct pages *p, size_t line, bool before)
{
	size_t i = line;

	while (before ? i-- > 0 : ++i < p->count) {
		if (p->lines[i].text.len > 0 && p->looks[i].verdict == TEXT)
			return i;
	}
	return SIZE_MAX;
}

/* Does it stand in the middle of a sentence? */
static bool is_in_sentence(const struct pages *p, size_t line)
{
	size_t before = text_beside(p, line, true), behind = text_beside(p, line, false);
	struct bs_pieces two = { .arena = p->arena };

	if (before == SIZE_MAX || behind == SIZE_MAX)
		return false;
	bs_pieces_add(&two, p->lines[before].text, 0);
	bs_pieces_add(&two, p->lines[behind].text, 0);
	return bs_printed_goes_on(&two.items[0], &two.items[1]);
}

/* Between empty lines, or behind a line that is full: no word of a paragraph stands in a line by itself there. */
static bool is_alone(const struct pages *p, size_t line)
{
	if (line > 0 && p->looks[line - 1].verdict == TEXT && p->lines[line - 1].text.len >= FULL_LINE)
		return true;
	return line > 0 && line + 1 < p->count && (p->lines[line - 1].text.len == 0 || p->looks[line - 1].verdict == PAPER) &&
	       (p->lines[line + 1].text.len == 0 || p->looks[line + 1].verdict == PAPER);
}

/* May this line be the next in a row that says the same beside numbers that count one by one? */
static bool is_next(const struct pages *p, size_t line, const struct look *first, int page)
{
	const struct look *look = &p->looks[line];

	if (look->verdict != PERHAPS || look->page < page || look->page > page + 1 || !bs_str_eq(look->rest, first->rest))
		return false;
	return look->named || (look->rest.len == 0 && is_alone(p, line));
}

/* A row of lines is paper when one of them stands in the middle of a sentence. `counted`: pages before it count with it, as other
 * lines of the row do; a number alone that nothing counts with counts pages only if they are few. "1/3", "2/3" are a row wherever they
 * stand. */
static void judge_row(struct pages *p, size_t start, bool counted)
{
	const struct look first = p->looks[p->numbered[start]];
	bool cuts = false;

	for (int pass = 0, page = first.page; pass < 2; pass++, page = first.page) {
		for (size_t i = start; i < p->numbered_count; i++) {
			struct look *look = &p->looks[p->numbered[i]];

			if (look->verdict == PAPER && look->page == page + 1)
				page++;
			if (!is_next(p, p->numbered[i], &first, page))
				continue;
			page = look->page;
			if (pass == 1) {
				look->verdict = PAPER;
				continue;
			}
			look->cuts = look->judged ? look->cuts : is_in_sentence(p, p->numbered[i]);
			look->judged = true;
			cuts = cuts || look->cuts;
			counted = counted || i > start;
		}
		if (!(cuts || (first.fraction && counted)) || !(counted || first.named || first.page <= SINGLE_MAX))
			return;
	}
}

static void judge(struct pages *p)
{
	int page = 0;

	for (size_t i = 0; i < p->numbered_count; i++) {
		struct look *look = &p->looks[p->numbered[i]];

		if (look->verdict == PERHAPS && look->rest.len > 0 && is_running_head(p, look->rest, p->numbered[i]))
			look->verdict = PAPER;
	}
	for (size_t i = 0; i < p->numbered_count; i++) {
		struct look *look = &p->looks[p->numbered[i]];

		if (look->verdict == PERHAPS && !look->judged)
			judge_row(p, i, page > 0 && (look->page == page || look->page == page + 1));
		if (look->verdict == PAPER)
			page = look->page;
	}
}

/* The nearest line before or behind that is not empty is of the paper; or there is none. */
static bool is_beside_paper(const struct pages *p, size_t line, bool before)
{
	for (size_t i = line; before ? i-- > 0 : ++i < p->count;) {
		if (p->lines[i].text.len > 0)
			return p->looks[i].verdict == PAPER;
	}
	return true;
}

/* An address alone is the page's own where the paper tells it: at an edge, over the title, in the middle of a sentence, or again and again. */
static void judge_address(struct pages *p, size_t line)
{
	struct bs_str url = p->lines[line].text;
	bool own = is_beside_paper(p, line, true) || is_beside_paper(p, line, false) || is_in_sentence(p, line) || bs_str_eq(url, p->own_url);

	p->looks[line].verdict = own ? PAPER : TEXT;
}

/* The address of the line, when it is one of the web. */
static void take_address(struct pages *p, size_t line)
{
	struct bs_str url = bs_str_sub(p->lines[line].text, 0, url_length(p->looks[line].low));

	if (p->own_url.len == 0 && p->looks[line].verdict == PAPER && bs_words_start(url, "http://|https://") > 0)
		p->own_url = url;
}

size_t bs_printed_drop_pages(struct bs_arena *arena, struct bs_printed_line *lines, size_t count, struct bs_str *own_url)
{
	struct pages p = { .arena = arena,
		           .lines = lines,
		           .looks = BS_ARRAY(arena, count, struct look),
		           .count = count,
		           .numbered = BS_ARRAY(arena, NUMBERED_MAX, size_t) };
	bool after_page = false;
	size_t kept = 0;

	for (size_t i = 0; i < count; i++)
		look_at(&p, i);
	judge(&p);
	for (size_t i = 0; i < count; i++) {
		if (p.looks[i].verdict == ADDRESS)
			judge_address(&p, i);
		take_address(&p, i);
	}
	*own_url = p.own_url;
	for (size_t i = 0; i < count; i++) {
		bool empty = lines[i].text.len == 0;

		/* Beside text it only parts lines of one paragraph; alone it parts blocks that may be one. */
		if (p.looks[i].verdict == PAPER) {
			after_page = true;
			continue;
		}
		lines[i].after_page = after_page && !empty;
		after_page = after_page && empty;
		lines[kept++] = lines[i];
	}
	return kept;
}
