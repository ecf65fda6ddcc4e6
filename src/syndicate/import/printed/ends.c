/* ends.c - what stands under the text of a printed page. See parts.h.
 *
 * Read from the last block back, with a lighter hand than the text: here a doubtful block is rather furniture. */
#include "syndicate/import/printed/parts.h"

enum {
	END_GAP = 2,     /* unknown blocks that may stand between those of the end */
	OTHERS_MAX = 40, /* other stories without a link that are named there */
};

/* "[Mara Lindqvist](#) is …", where no byline said who wrote it. */
static bool names_its_author(struct bs_printed_page *p, const struct bs_piece *piece)
{
	struct bs_printed_link link;
	struct bs_piece name = { 0 };
	size_t at = 0;

	if (p->out->person_count > 0 || !bs_printed_next_link(piece->raw, &at, &link) || link.start > 4)
		return false;
	name.raw = link.text;
	name.plain = bs_printed_plain(p->arena, link.text);
	name.low = bs_printed_low(p->arena, name.plain);
	if (!bs_head_names(p->arena, &name, NULL))
		return false;
	(void)bs_head_names(p->arena, &name, p->out);
	if (bs_printed_about_author(p->arena, piece, p->out))
		return true;
	p->out->person_count = 0;
	return false;
}

/* "Words: a@b.example" and nothing else, in whatever language: whom to ask. */
static bool is_mail_line(const struct bs_piece *piece)
{
	struct bs_str mail = bs_printed_email(piece->plain), rest = piece->plain;

	if (mail.len == 0 || piece->plain.len > 140 || !bs_str_ends(rest, mail))
		return false;
	rest.len -= mail.len;
	rest = bs_str_trim(rest);
	return bs_str_ends(rest, BS_STR(":")) || bs_str_ends(rest, BS_STR("：")) || bs_str_ends(rest, BS_STR("؛"));
}

/* "Words: A and B" of nobody but those who wrote it, in whatever language: leads to what else they wrote. */
static bool is_of_authors(struct bs_printed_page *p, const struct bs_piece *piece)
{
	static const struct bs_str wide = BS_STR_INIT("：");
	struct bs_printed look = { 0 };
	size_t colon = bs_str_find_byte(piece->raw, ':', 0), len = 1;
	struct bs_piece names = { 0 };
	size_t known = 0;

	if (bs_str_find(piece->raw, wide, 0) < colon) {
		colon = bs_str_find(piece->raw, wide, 0);
		len = wide.len;
	}
	if (colon == SIZE_MAX || colon > 80 || piece->raw.len > 1000)
		return false;
	names.raw = bs_printed_strip(bs_str_sub(piece->raw, colon + len, SIZE_MAX));
	names.plain = bs_printed_plain(p->arena, names.raw);
	names.low = bs_printed_low(p->arena, names.plain);
	if (!bs_head_names(p->arena, &names, &look))
		return false;
	for (size_t i = 0; i < look.person_count; i++) {
		for (size_t j = 0; j < p->out->person_count; j++)
			known += bs_str_eq_nocase(look.people[i].name, p->out->people[j].name);
	}
	return known >= look.person_count && known > 0;
}

static void tell_end_piece(struct bs_printed_page *p, struct bs_piece *piece)
{
	if (piece->shape == BS_PRINTED_SHAPE_TEXT)
		piece->shape = bs_printed_shape_of(piece, false);
	if (piece->shape != BS_PRINTED_SHAPE_TEXT && piece->shape != BS_PRINTED_SHAPE_IMAGE_CREDIT &&
	    piece->shape != BS_PRINTED_SHAPE_ORIGIN)
		return;
	if (bs_printed_about_author(p->arena, piece, p->out) || names_its_author(p, piece))
		piece->shape = BS_PRINTED_SHAPE_AUTHOR_LINE;
	else if (piece->shape != BS_PRINTED_SHAPE_TEXT)
		return;
	else if (is_mail_line(piece))
		piece->shape = BS_PRINTED_SHAPE_MEDIA_CONTACT;
	else if (is_of_authors(p, piece) || bs_head_labels(p->arena, piece, p->out))
		piece->shape = BS_PRINTED_SHAPE_LABELS;
	else if (p->out->published_at == 0 && bs_head_dateline(p->arena, piece, p->out))
		piece->shape = BS_PRINTED_SHAPE_DATELINE;
	else if ((p->out->person_count == 0 || bs_head_begins_other_role(piece->low)) && bs_head_byline(p->arena, piece, p->out))
		piece->shape = BS_PRINTED_SHAPE_BYLINE;
}

/* "She lives in …", right behind the line about the author. */
static bool goes_on_about(const struct bs_piece *piece)
{
	return piece->low.len <= 600 &&
	       bs_words_start(piece->low, "he |she |they |his |her |their |er |sie |il |"
	                                  "elle |él |ella |ele |ela |lui |lei |hij |zij |он |она ") > 0;
}

/* "[Mara Lindqvist](#) is …" behind a rule, though notes may follow: the end of the text is here. Without a link only where what ends a
 * page stands before it, for a part of the text may begin with a name, too. */
static bool introduces_author(struct bs_printed_page *p, const struct bs_piece *piece, bool ended)
{
	return piece->low.len <= 600 && piece->raw.len > 0 && (ended || piece->raw.ptr[0] == '[') &&
	       bs_printed_about_author(p->arena, piece, p->out);
}

/* "Related articles", alone on its line. */
static bool announces_others(struct bs_str low)
{
	static const char words[] =
		"related articles|related article|related stories|related posts|related content|related|read also|also read|see also|"
		"read more|more stories|more articles|more news|more on this|more from|recommended|recommended reading|recommended articles|"
		"you may also like|you might also like|further reading on this site|most read|most popular|latest news|latest articles|"
		"top stories|editor's picks|verwandte artikel|ähnliche artikel|mehr zum thema|lesen sie auch|das könnte sie auch interessieren|"
		"articles similaires|articles liés|à lire aussi|lire aussi|sur le même sujet|artículos relacionados|lea también|"
		"noticias relacionadas|artigos relacionados|leia também|leia mais|articoli correlati|leggi anche|gerelateerde artikelen|lees ook|"
		"relaterade artiklar|läs också|похожие статьи|читайте также|相关文章|相关阅读|延伸阅读|مقالات ذات صلة|اقرأ أيضا";

	while (low.len > 0 && strchr("#:* ", low.ptr[0]) != NULL)
		low = bs_str_sub(low, 1, SIZE_MAX);
	while (low.len > 0 && strchr(":* ", low.ptr[low.len - 1]) != NULL)
		low.len--;
	return low.len > 0 && bs_words_start(low, words) == low.len;
}

/* Nothing but links, each on its line or in a list. */
static bool is_links(const struct bs_piece *piece)
{
	struct bs_printed_link link;
	size_t done = 0;

	for (size_t at = 0; bs_printed_next_link(piece->raw, &at, &link); done = at) {
		for (size_t i = done; i < link.start; i++) {
			if (strchr(" \n-*+|,0123456789.", piece->raw.ptr[i]) == NULL)
				return false;
		}
	}
	return done > 0 && bs_str_trim(bs_str_sub(piece->raw, done, SIZE_MAX)).len <= 1;
}

static bool may_name_story(const struct bs_piece *piece)
{
	return piece->shape == BS_PRINTED_SHAPE_TEXT && piece->plain.len <= 120 && !bs_printed_ends_sentence(piece->plain);
}

/* Other stories of the site: the heading, and the links or lines without an end under it, if more of the end follows them. */
static void tell_others(struct bs_printed_page *p)
{
	for (size_t i = p->text + 1; i < p->pieces.count; i++) {
		struct bs_piece *items = p->pieces.items;
		size_t links = i + 1, lines;

		if (items[i].shape != BS_PRINTED_SHAPE_TEXT || !announces_others(items[i].low))
			continue;
		while (links < p->pieces.count && (items[links].shape == BS_PRINTED_SHAPE_FURNITURE || is_links(&items[links])))
			links++;
		for (lines = links; lines < p->pieces.count && lines < links + OTHERS_MAX && may_name_story(&items[lines]);)
			lines++;
		/* Where the text goes on behind them, they may be a heading of it. */
		if (lines == p->pieces.count || items[lines].shape != BS_PRINTED_SHAPE_TEXT)
			links = lines;
		for (size_t j = i; j < links && links > i + 1; j++)
			items[j].shape = BS_PRINTED_SHAPE_FURNITURE;
	}
}

/* Does it stand at the end of a page only? */
static bool ends_page(enum bs_printed_shape shape)
{
	return shape == BS_PRINTED_SHAPE_NOTE || shape == BS_PRINTED_SHAPE_ORIGIN || shape == BS_PRINTED_SHAPE_AUTHOR_LINE;
}

void bs_printed_read_end(struct bs_printed_page *p)
{
	size_t gap = 0, i = p->pieces.count;
	bool of_author = false, announced = false, after_rule = false, ended = false;

	while (i > p->text + 1 && gap <= END_GAP) {
		struct bs_piece *piece = &p->pieces.items[--i];

		tell_end_piece(p, piece);
		if (piece->shape != BS_PRINTED_SHAPE_TEXT)
			gap = 0;
		else if (!is_links(piece))
			gap++;
	}
	tell_others(p);
	for (i = p->text; i < p->pieces.count; i++) {
		struct bs_piece *piece = &p->pieces.items[i];

		if (piece->shape == BS_PRINTED_SHAPE_TEXT &&
		    ((of_author && (announced || goes_on_about(piece))) || (after_rule && introduces_author(p, piece, ended))))
			piece->shape = BS_PRINTED_SHAPE_AUTHOR_LINE;
		after_rule = piece->shape == BS_PRINTED_SHAPE_RULE || (after_rule && piece->shape != BS_PRINTED_SHAPE_TEXT);
		ended = after_rule && (ended || ends_page(piece->shape));
		of_author = piece->shape == BS_PRINTED_SHAPE_AUTHOR_LINE;
		announced = of_author && (announced || bs_printed_announces_author(piece->low));
		if (!of_author || !bs_printed_announces_author(piece->low))
			bs_printed_take(p->arena, piece, p->out);
	}
}
