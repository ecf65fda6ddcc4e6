/* about.c - the line about the author. See parts.h. */
#include "syndicate/import/printed/parts.h"

static const char author_verbs[] =
	"is |was |are |were |sind |sont |son |são |sono |zijn |są |являются |has |have |writes |works |worked |teaches |taught |covers |"
	"covered |lives |reports |reported |serves |served |holds |runs |leads |edits |edited |co-founded |founded |"
	"studied |studies |graduated "
	"|ist |war |arbeitet |lebt |schreibt |est |était |travaille |écrit |vit |enseigne |es |era |trabaja |"
	"escribe |vive |é |foi |trabalha |escreve |è |scrive |lavora |insegna |er |är |skriver |on |jest |"
	"pisze |является |пишет |работает |works as|writes about|writes for";

/* Languages that say it without a verb. */
static const char author_nouns[] =
	"صحفي|صحافي|كاتب|باحث|مراسل|журналист|писател|корреспондент|репорт|עיתונאי|نویسنده|روزنامه|पत्रकार|記者|记者|作家";

#define ABOUT_AUTHOR                                                                                                          \
	"about the author|about the authors|about the writer|about the writers|über den autor|über die autorin|über die autoren|"  \
	"à propos de l'auteur|à propos de l'autrice|à propos des auteurs|sobre el autor|sobre la autora|sobre los autores|"         \
	"sobre o autor|sobre a autora|sobre os autores|sull'autore|sull'autrice|sugli autori|over de auteur|om författaren|"       \
	"об авторе|об авторах|عن الكاتب|关于作者|作者简介"

static bool about_author(struct bs_str low)
{
	return bs_words_start(low, ABOUT_AUTHOR "|the author is|the author was|the author has|the author of this|the author writes|"
	                                        "der autor ist|die autorin ist|l'auteur est|el autor es|la autora es|o autor é|"
	                                        "l'autore è") > 0;
}

bool bs_printed_announces_author(struct bs_str low)
{
	return low.len <= 40 && bs_words_start(low, ABOUT_AUTHOR) > 0;
}

static const char titles[] =
	"dr. |dr |prof. |professor |mr. |mrs. |ms. |sir |rev. |ambassador |col. |gen. |lt. |judge |senator ";

static struct bs_str without_title(struct bs_str low)
{
	for (size_t len = 1; len > 0;) {
		len = bs_words_start(low, titles);
		low = bs_str_trim(bs_str_sub(low, len, SIZE_MAX));
		if (len > 0 && bs_str_starts(low, BS_STR(".")))
			low = bs_str_trim(bs_str_sub(low, 1, SIZE_MAX));
	}
	return low;
}

/* What follows a name: a verb that says what the person is or does, at once or behind something put in. */
static bool tells_of(struct bs_str low)
{
	size_t end = 1;
	bool uncased;

	if (low.len < 2)
		return false;
	/* "Иван Петров — репортёр", "王小明是独立记者": no verb, or none that a blank parts from the name. */
	if (bs_words_start(bs_str_trim(low), "— |– ") > 0)
		return true;
	(void)bs_printed_starts_small(bs_str_sub(low, 0, 8), &uncased);
	if (uncased && bs_str_find(bs_printed_strip(low), low, 0) != SIZE_MAX && !bs_words_start(low, "和|与|、|و"))
		return low.len <= 400;
	if (strchr(", (", low.ptr[0]) == NULL)
		return false;
	if (low.ptr[0] != ' ' || low.ptr[1] == '(')
		return bs_words_any(bs_str_sub(low, 0, 200), author_verbs);
	while (end < low.len && low.ptr[end] >= 'a' && low.ptr[end] <= 'z')
		end++;
	/* English: "builds boats", "chaired the board". */
	return bs_words_start(bs_str_sub(low, 1, SIZE_MAX), author_verbs) > 0 ||
	       (end > 4 && end < low.len && low.ptr[end] == ' ' &&
	        (low.ptr[end - 1] == 's' || bs_str_ends(bs_str_sub(low, 0, end), BS_STR("ed")))) ||
	       bs_words_any(bs_str_sub(low, 0, 40), author_nouns);
}

/* "Author: Ada Ray is …", "About the author: she is …": what only says that the line follows. */
static const char author_labels[] = ABOUT_AUTHOR "|author|authors|the author|the authors|autor|autorin|autoren|auteur|auteurs|autores|"
						 "autore|autori|автор|авторы";

size_t bs_printed_author_label(struct bs_str low)
{
	size_t len = bs_words_start(low, author_labels), end = len;

	while (len > 0 && end < low.len && strchr("*_ ", low.ptr[end]) != NULL)
		end++;
	return len > 0 && end < low.len && low.ptr[end] == ':' ? end + 1 : 0;
}

/* The length of a name of the byline that low begins with, without its title and degree; 0 for none. */
static size_t name_at(struct bs_arena *arena, struct bs_str low, const struct bs_printed *page)
{
	size_t longest = 0;

	for (size_t i = 0; i < page->person_count; i++) {
		struct bs_str name = without_title(bs_printed_low(arena, page->people[i].name));
		size_t comma = bs_str_find_byte(name, ',', 0);

		name = comma != SIZE_MAX ? bs_str_sub(name, 0, comma) : name;
		if (name.len > longest && bs_str_starts(low, name))
			longest = name.len;
	}
	return longest;
}

bool bs_printed_about_author(struct bs_arena *arena, const struct bs_piece *piece, const struct bs_printed *page)
{
	struct bs_str low = bs_str_sub(piece->low, bs_printed_author_label(piece->low), SIZE_MAX);

	if (piece->low.len > 1500)
		return false;
	if (about_author(piece->low))
		return true;
	low = without_title(bs_str_trim(low));
	for (size_t len = name_at(arena, low, page); len > 0; len = name_at(arena, low, page)) {
		low = bs_str_sub(low, len, SIZE_MAX);
		if (tells_of(low))
			return true;
		low = bs_printed_strip(low); /* "Ada Ray and Ben Roy are …" */
		low = without_title(bs_str_trim(bs_str_sub(low, bs_words_start(low, bs_printed_conjunctions), SIZE_MAX)));
	}
	return false;
}
