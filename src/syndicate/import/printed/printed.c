/* printed.c - the order of a printed page: what stands where decides between shapes. See printed.h, parts.h.
 *
 *   head   title, perhaps a subtitle, then lines that are understood whole, with furniture among them
 *   text   everything that is nothing else; only what is plainly no text is taken out of it
 *   end    read from the last block back, with a lighter hand: here a doubtful block is rather furniture than text
 *
 * The end is read by ends.c. Then paragraphs that a page cut are joined over whatever was taken out between them. */
#include "syndicate/import/printed/printed.h"

#include "base/limits.h"
#include "syndicate/import/printed/parts.h"

enum {
	HEAD_GAP = 2,       /* unknown blocks that may stand between lines of the head */
	HEAD_MAX = 40,      /* blocks in which a head is looked for */
	SUBTITLE_MAX = 350, /* bytes */
	TITLE_MAX = 400,
	RECOGNISE_HEAD = 64 * 1024, /* bytes that are looked at to tell a printed page */
	RECOGNISE_END = 16 * 1024,
};

/* --- the head --- */

static bool is_head_line(struct bs_printed_page *p, struct bs_piece *piece, struct bs_printed *out)
{
	if (bs_head_dateline(p->arena, piece, out))
		piece->shape = BS_PRINTED_SHAPE_DATELINE;
	else if (bs_head_labels(p->arena, piece, out))
		piece->shape = BS_PRINTED_SHAPE_LABELS;
	else if (bs_head_byline(p->arena, piece, out))
		piece->shape = BS_PRINTED_SHAPE_BYLINE;
	else
		return false;
	return true;
}

static bool is_head(enum bs_printed_shape shape)
{
	return shape == BS_PRINTED_SHAPE_BYLINE || shape == BS_PRINTED_SHAPE_DATELINE || shape == BS_PRINTED_SHAPE_LABELS;
}

static bool is_sentence(const struct bs_piece *piece)
{
	return piece->plain.len >= 80 && strchr(".!?\"", piece->plain.ptr[piece->plain.len - 1]) != NULL;
}

static const struct kicker {
	const char *words;
	enum bs_kind kind;
} kickers[] = {
	{ "opinion|comment|commentary|editorial|column|op-ed|guest essay|letter|meinung|kommentar|leitartikel|tribune|éditorial|"
	  "opinión|opinião|opinione|editoriale|мнение", BS_KIND_OPINION },
	{ "analysis|news analysis|analyse|análisis|análise|analisi|анализ", BS_KIND_ANALYSIS },
	{ "interview|q&a|entretien|entrevista|intervista|интервью", BS_KIND_INTERVIEW },
	{ "feature|reportage|report|on the ground|reportaje|reportagem|репортаж", BS_KIND_REPORT },
	{ "explainer|background|hintergrund|décryptage|contexto", BS_KIND_EXPLAINER },
	{ "obituary|obituaries|nachruf|nécrologie|obituario", BS_KIND_OBITUARY },
	{ "review|book review|rezension|critique|reseña|recensione", BS_KIND_REVIEW },
	{ "news|exclusive|breaking|breaking news|nachrichten|actualité|noticias|notizie|новости", BS_KIND_NEWS },
};

/* A word or two over the title, alone on their line, that say what kind of story it is. */
static const struct kicker *kicker_of(const struct bs_piece *piece)
{
	for (size_t i = 0; piece->low.len <= 24 && i < BS_COUNT(kickers); i++) {
		if (bs_words_start(piece->low, kickers[i].words) == piece->low.len)
			return &kickers[i];
	}
	return NULL;
}

/* Is there text behind this block? A label that nothing follows is no head, however near the top it stands. */
static bool has_text_behind(struct bs_printed_page *p, size_t i)
{
	while (++i < p->pieces.count) {
		const struct bs_piece *piece = &p->pieces.items[i];

		if (bs_printed_shape_of(piece, false) == BS_PRINTED_SHAPE_TEXT && !bs_head_labels(p->arena, piece, NULL))
			return true;
	}
	return false;
}

/* The last block within reach that only a head has, or SIZE_MAX. A sentence ends the search, unless what it would cut
 * off comes right behind it: then it is a standfirst. */
static size_t last_head_line(struct bs_printed_page *p)
{
	bool seen[BS_PRINTED_SHAPE_COUNT] = { false };
	size_t last = SIZE_MAX, gap = 0;
	bool titled = false;

	for (size_t i = 0; i < p->pieces.count && i < HEAD_MAX; i++) {
		struct bs_piece *piece = &p->pieces.items[i], *next = i + 1 < p->pieces.count ? piece + 1 : NULL;

		/* Behind something else, a second byline or day is that of another story. */
		if (is_head_line(p, piece, NULL) && !(gap > 0 && (seen[piece->shape] || !has_text_behind(p, i)))) {
			seen[piece->shape] = true;
			last = i;
			gap = 0;
			continue;
		}
		if (last != SIZE_MAX && gap > 0 && is_head(piece->shape))
			piece->shape = BS_PRINTED_SHAPE_TEXT;
		if (kicker_of(piece) != NULL || (!titled && bs_printed_is_path(piece->low)) || bs_printed_shape_of(piece, false) != BS_PRINTED_SHAPE_TEXT)
			continue;
		if (titled) {
			bool more = next != NULL && is_head_line(p, next, NULL) && !seen[next->shape] &&
			            next->shape != BS_PRINTED_SHAPE_LABELS;

			if (++gap > HEAD_GAP || (is_sentence(piece) && !more))
				break;
		}
		titled = true;
	}
	return last;
}

/* A line that reads like a byline or a date may be the title, where the real one follows. */
static bool heads_again(struct bs_printed_page *p, size_t i, size_t last)
{
	enum bs_printed_shape shape = p->pieces.items[i].shape;

	for (size_t next = i + 1; next <= last && last != SIZE_MAX && next < p->pieces.count; next++) {
		if (p->pieces.items[next].shape == shape)
			return true;
	}
	return false;
}

/* The kicker goes where it belongs, and the title is what stands next. */
static bool take_kicker(struct bs_printed_page *p, size_t i)
{
	struct bs_piece *piece = &p->pieces.items[i];
	const struct kicker *kicker = kicker_of(piece);

	if (kicker == NULL || i + 1 == p->pieces.count || piece[1].shape != BS_PRINTED_SHAPE_TEXT)
		return false;
	piece->shape = BS_PRINTED_SHAPE_FURNITURE;
	p->out->kind = kicker->kind;
	p->out->has_kind = true;
	return true;
}

/* The paper's name alone over the story: it stands again beside the day. */
static bool is_masthead(struct bs_printed_page *p, size_t i, size_t last)
{
	for (size_t next = i + 1; next <= last && last != SIZE_MAX && next < p->pieces.count; next++) {
		struct bs_printed look = { 0 };
		if (p->pieces.items[next].shape == BS_PRINTED_SHAPE_DATELINE && bs_head_dateline(p->arena, &p->pieces.items[next], &look) &&
		    bs_str_eq_nocase(look.publication, p->pieces.items[i].plain))
			return true;
	}
	return false;
}

static size_t find_title(struct bs_printed_page *p, size_t last)
{
	for (size_t i = 0; i < p->pieces.count; i++) {
		struct bs_piece *piece = &p->pieces.items[i];
		bool doubtful = piece->shape == BS_PRINTED_SHAPE_BYLINE && i == 0 && heads_again(p, i, last);

		if (take_kicker(p, i))
			continue;
		if (piece->shape == BS_PRINTED_SHAPE_TEXT && (is_masthead(p, i, last) || bs_printed_is_path(piece->low))) {
			piece->shape = BS_PRINTED_SHAPE_FURNITURE;
			continue;
		}
		if ((piece->shape == BS_PRINTED_SHAPE_TEXT || doubtful) && piece->plain.len <= TITLE_MAX &&
		    !bs_words_start(piece->low, "http"))
			return i;
		if (piece->shape == BS_PRINTED_SHAPE_TEXT)
			break;
	}
	return SIZE_MAX;
}

/* A linked name of two words and more, on a line of its own, that asks for nothing. */
static bool may_be_names(const struct bs_piece *piece)
{
	static const char asks[] = "click |subscribe|share |donate|comment|follow |become |read |print|email|join "
	                           "|sign |listen |watch |visit ";
	struct bs_str raw = piece->raw;

	return raw.len > 0 && strchr(")*", raw.ptr[raw.len - 1]) != NULL &&
	       bs_str_find_byte(piece->plain, ' ', 0) != SIZE_MAX && bs_words_start(piece->low, asks) == 0;
}

/* "[Delta News](https://…)" in or right under the head, where the byline is known: where the story came from, without a day. */
static bool take_source_line(struct bs_printed_page *p, size_t i)
{
	struct bs_piece *piece = &p->pieces.items[i];
	struct bs_printed_link link;
	size_t at = 0;

	if (p->out->person_count == 0 || piece->plain.len > 60 || !may_be_names(piece) ||
	    (p->out->source_name.len > 0 && !bs_str_eq_nocase(p->out->source_name, piece->plain)) ||
	    !bs_printed_next_link(piece->raw, &at, &link) || link.start > 0 || link.end != piece->raw.len ||
	    bs_words_start(link.url, "http://|https://") == 0 || !bs_head_names(p->arena, piece, NULL))
		return false;
	p->out->source_name = piece->plain;
	p->out->source_url = p->out->source_url.len > 0 ? p->out->source_url : link.url;
	piece->shape = BS_PRINTED_SHAPE_ORIGIN;
	return true;
}

/* One block of the head: what it says is taken; whatever says nothing is a subtitle, names, or the text's beginning. */
static void read_head_piece(struct bs_printed_page *p, size_t i)
{
	struct bs_piece *piece = &p->pieces.items[i];

	if (piece->shape == BS_PRINTED_SHAPE_TEXT && p->out->person_count == 0 && may_be_names(piece) &&
	    bs_head_names(p->arena, piece, NULL)) {
		(void)bs_head_names(p->arena, piece, p->out);
		piece->shape = BS_PRINTED_SHAPE_BYLINE;
		return;
	}
	if (piece->shape == BS_PRINTED_SHAPE_TEXT)
		piece->shape = bs_printed_shape_of(piece, false);
	if (piece->shape == BS_PRINTED_SHAPE_TEXT && take_source_line(p, i))
		return;
	if (piece->shape == BS_PRINTED_SHAPE_TEXT && p->subtitle == SIZE_MAX && piece->plain.len <= SUBTITLE_MAX &&
	    i > p->title)
		p->subtitle = i;
	else if (is_head(piece->shape))
		(void)is_head_line(p, piece, p->out);
	else
		bs_printed_take(p->arena, piece, p->out);
}

static bool begins_text(struct bs_printed_page *p, size_t i, size_t last)
{
	const struct bs_piece *piece = &p->pieces.items[i];

	return (last == SIZE_MAX || i > last) && bs_printed_shape_of(piece, false) == BS_PRINTED_SHAPE_TEXT;
}

static void read_head(struct bs_printed_page *p)
{
	size_t last = last_head_line(p);
	size_t i = 0;

	p->title = find_title(p, last);
	p->subtitle = SIZE_MAX;
	if (p->title == SIZE_MAX)
		return;
	for (; i < p->pieces.count; i++) {
		if (i == p->title)
			continue;
		if (i > p->title && begins_text(p, i, last) && !(last != SIZE_MAX && i <= last + 2 && take_source_line(p, i)))
			break;
		if (p->pieces.items[i].shape == BS_PRINTED_SHAPE_ORIGIN && p->out->source_name.ptr == p->pieces.items[i].plain.ptr)
			continue;
		read_head_piece(p, i);
	}
	p->text = i;
}

/* --- the text --- */

/* The title again, or the publication's name: what runs over each page. */
static bool runs_over_pages(const struct bs_printed_page *p, const struct bs_piece *piece)
{
	return bs_str_eq(piece->plain, p->pieces.items[p->title].plain) || bs_str_eq(piece->plain, p->out->publication);
}

/* A short line in bold type alone, no sentence: a heading within the text. */
static bool is_heading(struct bs_str raw)
{
	if (raw.len < 5 || raw.len > 120 || !bs_str_starts(raw, BS_STR("**")) || !bs_str_ends(raw, BS_STR("**")))
		return false;
	return bs_str_find(bs_str_sub(raw, 2, raw.len - 4), BS_STR("**"), 0) == SIZE_MAX &&
	       strchr(".!?:,", raw.ptr[raw.len - 3]) == NULL && bs_str_find_byte(raw, '\n', 0) == SIZE_MAX;
}

/* What stands between two pieces of the text, the first of which is written already. */
static void put_joint(struct bs_printed_page *p, struct bs_buf *body, const struct bs_piece *before, const struct bs_piece *piece, bool rule)
{
	struct bs_str raw = before->raw;

	if (rule) {
		bs_buf_lit(body, "\n\n---\n\n");
	} else if (!bs_printed_goes_on(before, piece)) {
		bs_buf_lit(body, "\n\n");
	} else if (bs_printed_mend_hyphen(&p->pieces, &raw, piece->raw)) {
		body->len -= body->failed ? 0 : before->raw.len - raw.len;
	} else if (bs_printed_needs_blank(raw, piece->raw)) {
		bs_buf_putc(body, ' ');
	}
}

static void put_piece(struct bs_buf *body, const struct bs_piece *piece)
{
	if (is_heading(piece->raw)) {
		bs_buf_lit(body, "## ");
		bs_buf_put(body, bs_str_sub(piece->raw, 2, piece->raw.len - 4));
	} else {
		bs_buf_put(body, piece->raw);
	}
}

static void write_text(struct bs_printed_page *p)
{
	struct bs_buf body = BS_BUF(BS_MAX_DOCUMENT * 2);
	const struct bs_piece *before = NULL;
	bool rule = false;

	for (size_t i = p->text; i < p->pieces.count; i++) {
		const struct bs_piece *piece = &p->pieces.items[i];

		if (piece->shape == BS_PRINTED_SHAPE_RULE)
			rule = before != NULL;
		if (piece->shape != BS_PRINTED_SHAPE_TEXT)
			continue;
		if (runs_over_pages(p, piece)) {
			if (i + 1 < p->pieces.count)
				p->pieces.items[i + 1].after_page = true;
			continue;
		}
		if (before != NULL)
			put_joint(p, &body, before, piece, rule);
		put_piece(&body, piece);
		before = piece;
		rule = false;
	}
	p->out->body = bs_arena_copy(p->arena, bs_buf_str(&body));
	bs_buf_free(&body);
}

/* --- the whole --- */

static struct bs_str unmarked(struct bs_str raw)
{
	while (raw.len > 0 && raw.ptr[0] == '#')
		raw = bs_str_sub(raw, 1, SIZE_MAX);
	raw = bs_str_trim(raw);
	while (raw.len > 2 && (raw.ptr[0] == '*' || raw.ptr[0] == '_') && raw.ptr[raw.len - 1] == raw.ptr[0])
		raw = bs_str_sub(raw, 1, raw.len - 2);
	return raw;
}

/* A title is one line without links. Setext's underline, and the site's name behind a stroke, are no part of it. */
static struct bs_str title_of(struct bs_printed_page *p)
{
	struct bs_piece *piece = &p->pieces.items[p->title];
	struct bs_printed_link link;
	size_t at = 0, line = bs_str_find_byte(piece->raw, '\n', 0);
	struct bs_str raw = piece->raw, end, name = p->out->publication;

	if (line != SIZE_MAX && (bs_str_ends(raw, BS_STR("==")) || bs_str_ends(raw, BS_STR("--"))))
		raw = bs_str_sub(raw, 0, line);
	raw = bs_printed_next_link(raw, &at, &link) ? piece->plain : unmarked(raw);
	for (size_t i = 0; i < raw.len; i++) {
		if (raw.ptr[i] == '\n') {
			raw = bs_printed_plain(p->arena, raw);
			break;
		}
	}
	end = bs_str_sub(raw, raw.len > name.len + 3 ? raw.len - name.len - 3 : raw.len, SIZE_MAX);
	if (name.len > 0 && bs_str_ends(end, name) &&
	    (bs_str_starts(end, BS_STR(" - ")) || bs_str_starts(end, BS_STR(" | "))))
		raw = bs_str_trim(bs_str_sub(raw, 0, raw.len - end.len));
	return raw;
}

/* What a comma in the byline made a person of: "By X, The Northern Courier". */
static void drop_papers(struct bs_printed *out)
{
	size_t kept = 0;

	for (size_t i = 0; i < out->person_count; i++) {
		struct bs_str name = out->people[i].name;

		if (!bs_str_eq_nocase(name, out->publication) && !bs_str_eq_nocase(name, out->source_name))
			out->people[kept++] = out->people[i];
	}
	out->person_count = kept > 0 ? kept : out->person_count;
}

/* A line that says when something came out names a day that does not exist: told, for any other day would be made up. */
static enum bs_rc check_days(const struct bs_printed_page *p, struct bs_remarks *remarks, struct bs_err *err)
{
	for (size_t i = 0; i < p->pieces.count; i++) {
		const struct bs_piece *piece = &p->pieces.items[i];
		struct bs_str plain = piece->plain, low = piece->low;
		struct bs_printed_date date;

		if (piece->shape == BS_PRINTED_SHAPE_CORRECTION)
			low = bs_str_sub(low, 0, bs_str_find_byte(low, ':', 0)); /* its label alone */
		else if (!is_head(piece->shape) && piece->shape != BS_PRINTED_SHAPE_ORIGIN)
			continue;
		while (bs_printed_find_date(low, &date)) {
			struct bs_str day = bs_printed_slice(plain, date.start, date.end);

			if (!date.exists)
				return bs_refuse(remarks, piece->line, err, BS_INVALID, "\"" BS_FMT "\": there is no such day", BS_ARG(day));
			plain = bs_str_sub(plain, date.end, SIZE_MAX);
			low = bs_str_sub(low, date.end, SIZE_MAX);
		}
	}
	return BS_OK;
}

static enum bs_rc check(const struct bs_printed *out, struct bs_remarks *remarks, int line, struct bs_err *err)
{
	if (out->body.len == 0)
		return bs_refuse(remarks, line, err, BS_INVALID, "there is a title but no text under it");
	if (out->person_count > BS_MAX_BYLINE)
		return bs_refuse(remarks, line, err, BS_LIMIT, "more than %d people in the byline", BS_MAX_BYLINE);
	if (out->term_count > BS_MAX_TERMS)
		return bs_refuse(remarks, line, err, BS_LIMIT, "more than %d regions, themes and reports",
		                 BS_MAX_TERMS);
	return BS_OK;
}

/* A correction without a day of its own was made when the page was last published. */
static void date_corrections(struct bs_arena *arena, struct bs_printed *out, int line)
{
	int64_t day = out->updated_at != 0 ? out->updated_at : out->published_at;
	size_t kept = 0;

	for (size_t i = 0; i < out->correction_count; i++) {
		struct bs_printed_correction correction = out->corrections[i];
		size_t at = kept;

		correction.made_at = correction.made_at != 0 ? correction.made_at : day;
		if (correction.made_at == 0) {
			bs_printed_leave_out(arena, out, correction.note, line);
			continue;
		}
		for (; at > 0 && out->corrections[at - 1].made_at > correction.made_at; at--)
			out->corrections[at] = out->corrections[at - 1];
		out->corrections[at] = correction;
		kept++;
	}
	out->correction_count = kept;
}

static void tell_left_out(const struct bs_printed *out, struct bs_remarks *remarks)
{
	for (size_t i = 0; i < out->left_out_count; i++)
		bs_remark(remarks, BS_REMARK_TEXT, out->left_out[i].line, out->left_out[i].words,
		          BS_STR("a story has no field for this; it is left out"));
}

enum bs_rc bs_printed_read(struct bs_arena *arena, struct bs_str text, int first_line, struct bs_printed *out,
                           struct bs_remarks *remarks, struct bs_err *err)
{
	struct bs_printed_page p = { .arena = arena, .out = out };
	enum bs_rc rc;

	*out = (struct bs_printed){ 0 };
	if (!bs_printed_pieces(arena, text, first_line, &p.pieces))
		return bs_refuse(remarks, first_line, err, BS_LIMIT, "more than %d paragraphs", BS_MAX_PASSAGES);
	for (size_t i = 0; i < p.pieces.count; i++)
		p.pieces.items[i].shape = bs_printed_shape_of(&p.pieces.items[i], true);
	read_head(&p);
	if (p.title == SIZE_MAX)
		return bs_refuse(remarks, first_line, err, BS_INVALID,
		                 "no title: the first lines are no headline; put one at the top, or front matter");
	bs_printed_read_end(&p);
	write_text(&p);
	drop_papers(out);
	out->title = title_of(&p);
	if (p.subtitle != SIZE_MAX)
		out->subtitle = unmarked(p.pieces.items[p.subtitle].raw);
	if (out->published_at == 0)
		out->published_at = out->source_at;
	out->own_url = p.pieces.own_url;
	date_corrections(arena, out, p.pieces.items[p.title].line);
	tell_left_out(out, remarks);
	rc = check_days(&p, remarks, err);
	return rc != BS_OK ? rc : check(out, remarks, p.pieces.items[p.title].line, err);
}

/* --- recognising --- */

static bool has_markdown_title(struct bs_str text)
{
	struct bs_str rest = bs_str_trim(text), first, second = { 0 };

	if (!bs_str_split(&rest, '\n', &first))
		return false;
	(void)bs_str_split(&rest, '\n', &second);
	second = bs_str_trim(second);
	return bs_str_starts(first, BS_STR("# ")) || (second.len >= 3 && bs_str_starts(second, BS_STR("===")));
}

static size_t count_shapes(struct bs_arena *arena, struct bs_str text, bool head)
{
	static const int worth[BS_PRINTED_SHAPE_COUNT] = {
		[BS_PRINTED_SHAPE_FURNITURE] = 1,     [BS_PRINTED_SHAPE_BYLINE] = 1,
		[BS_PRINTED_SHAPE_DATELINE] = 1,      [BS_PRINTED_SHAPE_LABELS] = 2,
		[BS_PRINTED_SHAPE_NOTE] = 1,          [BS_PRINTED_SHAPE_ORIGIN] = 1,
		[BS_PRINTED_SHAPE_DISCLAIMER] = 1,    [BS_PRINTED_SHAPE_FAIR_USE] = 2,
		[BS_PRINTED_SHAPE_MEDIA_CONTACT] = 1, [BS_PRINTED_SHAPE_COPYRIGHT] = 1,
		[BS_PRINTED_SHAPE_IMAGE_CREDIT] = 1
	};
	struct bs_printed_page p = { .arena = arena };
	bool seen[BS_PRINTED_SHAPE_COUNT] = { false };
	size_t score = 0;

	if (!bs_printed_pieces(arena, text, 1, &p.pieces))
		return 0;
	for (size_t i = 0; i < p.pieces.count; i++) {
		struct bs_piece *piece = &p.pieces.items[i];

		piece->shape = bs_printed_shape_of(piece, true);
		if (head && i < HEAD_MAX)
			(void)is_head_line(&p, piece, NULL);
		if (!seen[piece->shape])
			score += (size_t)worth[piece->shape];
		seen[piece->shape] = true;
	}
	return score;
}

bool bs_printed_recognise(struct bs_str text)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_str head = bs_str_utf8_prefix(text, RECOGNISE_HEAD), end = bs_str_sub(text, head.len, SIZE_MAX);
	size_t score = count_shapes(arena, head, true);

	if (end.len > RECOGNISE_END)
		end = bs_str_sub(end, end.len - RECOGNISE_END, SIZE_MAX);
	while (end.len > 0 && ((unsigned char)end.ptr[0] & 0xC0) == 0x80) /* not in the middle of a code point */
		end = bs_str_sub(end, 1, SIZE_MAX);
	if (end.len > 0)
		score += count_shapes(arena, end, false);
	bs_arena_free(&arena);
	return score >= (has_markdown_title(text) ? 3 : 1);
}
