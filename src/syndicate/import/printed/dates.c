/* dates.c - a day in a line, as people write it in many languages; see parts.h.
 *
 * A month is known by its name or three letters of its beginning. Where figures alone leave open which is the day, the
 * American order is taken for strokes (11/12/2025) and the European for points.
 *
 * What has the form of a day is one, whether or not the calendar has it: "November 31" is a mistake to be told, no text. */
#include "base/sys.h"
#include "syndicate/import/printed/parts.h"

static const char *const months[12] = {
	"january|januar|janvier|enero|janeiro|gennaio|januari|januára|января|январь|січня|ocak|tammikuuta|stycznia|"
	"ledna|يناير|ژانویه|ינואר|जनवरी|ιανουαρίου",
	"february|februar|février|fevrier|febrero|fevereiro|febbraio|februari|февраля|февраль|лютого|şubat|"
	"helmikuuta|lutego|února|فبراير|فوریه|פברואר|फरवरी|φεβρουαρίου",
	"march|märz|maerz|mars|marzo|março|maart|марта|март|березня|mart|maaliskuuta|marca|března|مارس|מרץ|मार्च|"
	"μαρτίου",
	"april|avril|abril|aprile|апреля|апрель|квітня|nisan|huhtikuuta|kwietnia|dubna|أبريل|ابريل|آوریل|אפריל|अप्रैल|"
	"απριλίου",
	"may|mai|mayo|maio|maggio|mei|maj|мая|май|травня|mayıs|toukokuuta|maja|května|مايو|مه|מאי|मई|μαΐου",
	"june|juni|juin|junio|junho|giugno|июня|июнь|червня|haziran|kesäkuuta|czerwca|června|يونيو|ژوئن|יוני|जून|"
	"ιουνίου",
	"july|juli|juillet|julio|julho|luglio|июля|июль|липня|temmuz|heinäkuuta|lipca|července|يوليو|ژوئیه|יולי|जुलाई|"
	"ιουλίου",
	"august|août|aout|agosto|augusti|augustus|августа|август|серпня|ağustos|elokuuta|sierpnia|srpna|أغسطس|اوت|"
	"אוגוסט|अगस्त|αυγούστου",
	"september|septembre|septiembre|setembro|settembre|сентября|сентябрь|вересня|eylül|syyskuuta|września|září|"
	"سبتمبر|سپتامبر|ספטמבר|सितंबर|σεπτεμβρίου",
	"october|oktober|octobre|octubre|outubro|ottobre|октября|октябрь|жовтня|ekim|lokakuuta|października|října|"
	"أكتوبر|اکتبر|אוקטובר|अक्टूबर|οκτωβρίου",
	"november|novembre|noviembre|novembro|ноября|ноябрь|листопада|kasım|marraskuuta|listopada|نوفمبر|نوامبر|נובמבר|"
	"नवंबर|νοεμβρίου",
	"december|dezember|décembre|decembre|diciembre|dezembro|dicembre|декабря|декабрь|грудня|aralık|joulukuuta|"
	"grudnia|prosince|ديسمبر|دسامبر|דצמבר|दिसंबर|δεκεμβρίου",
};

static const char weekdays[] =
	"mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
	"montag|dienstag|mittwoch|donnerstag|freitag"
	"|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|"
	"sábado|domingo|lunedì|martedì|mercoledì|giovedì"
	"|venerdì|sabato|domenica|segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira|maandag|dinsdag|"
	"woensdag|donderdag|vrijdag|zaterdag|zondag"
	"|måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag|mandag|tirsdag|lørdag|søndag|понедельник|вторник|среда|"
	"четверг|пятница|суббота|воскресенье";

struct cursor {
	struct bs_str s;
	size_t at;
};

static void skip(struct cursor *c, const char *bytes)
{
	while (c->at < c->s.len && strchr(bytes, c->s.ptr[c->at]) != NULL)
		c->at++;
}

static bool take(struct cursor *c, struct bs_str what)
{
	if (!bs_str_eq(bs_str_sub(c->s, c->at, what.len), what))
		return false;
	c->at += what.len;
	return true;
}

static bool number(struct cursor *c, int least, int most, size_t min_digits, size_t max_digits, int *out)
{
	size_t n = 0;
	int value = 0;

	while (c->at + n < c->s.len && n <= max_digits && c->s.ptr[c->at + n] >= '0' && c->s.ptr[c->at + n] <= '9')
		value = value * 10 + (c->s.ptr[c->at + n++] - '0');
	if (n < min_digits || n > max_digits || value < least || value > most)
		return false;
	c->at += n;
	*out = value;
	return true;
}

static bool day(struct cursor *c, int *out)
{
	return number(c, 0, 99, 1, 2, out);
}

static bool year(struct cursor *c, int *out)
{
	return number(c, 1000, 2999, 4, 4, out) &&
	       (c->at == c->s.len || !bs_is_word_byte(c->s.ptr[c->at]) || (unsigned char)c->s.ptr[c->at] >= 0xE2);
}

static struct bs_str word_at(const struct cursor *c)
{
	size_t end = c->at;

	while (end < c->s.len && bs_is_word_byte(c->s.ptr[end]) && !(c->s.ptr[end] >= '0' && c->s.ptr[end] <= '9'))
		end++;
	return bs_str_sub(c->s, c->at, end - c->at);
}

/* The whole name, or its first letters: three and more of a Latin one. */
static bool is_month(struct bs_str word, const char *names, bool whole)
{
	struct bs_str rest = bs_str_c(names), name;

	while (bs_str_split(&rest, '|', &name)) {
		if (bs_str_eq(word, name) ||
		    (!whole && word.len >= 3 && word.len < name.len && bs_str_starts(name, word)))
			return true;
	}
	return false;
}

static bool month_name(struct cursor *c, int *out)
{
	struct bs_str word = word_at(c);

	for (int pass = 0; pass < 2 && word.len >= 2; pass++) {
		for (int m = 0; m < 12; m++) {
			if (!is_month(word, months[m], pass == 0))
				continue;
			c->at += word.len;
			skip(c, ".");
			*out = m + 1;
			return true;
		}
	}
	return false;
}

static void skip_joints(struct cursor *c)
{
	static const struct bs_str joints[] = { BS_STR_INIT("of "), BS_STR_INIT("de "), BS_STR_INIT("del ") };

	skip(c, " ,.");
	for (size_t i = 0; i < BS_COUNT(joints); i++) {
		if (take(c, joints[i]))
			break;
	}
	skip(c, " ");
}

static void skip_ordinal(struct cursor *c)
{
	static const struct bs_str ends[] = { BS_STR_INIT("st"),      BS_STR_INIT("nd"), BS_STR_INIT("rd"),
		                              BS_STR_INIT("th"),      BS_STR_INIT("er"), BS_STR_INIT("\xC2\xBA"),
		                              BS_STR_INIT("\xC2\xB0") };

	for (size_t i = 0; i < BS_COUNT(ends); i++) {
		struct cursor after = *c;

		if (take(&after, ends[i]) && (after.at == after.s.len || !bs_is_word_byte(after.s.ptr[after.at]))) {
			*c = after;
			return;
		}
	}
}

/* November 14th, 2025 */
static bool month_first(struct cursor *c, struct bs_civil *civil)
{
	if (!month_name(c, &civil->month))
		return false;
	skip(c, " ");
	if (!day(c, &civil->day))
		return false;
	skip_ordinal(c);
	skip(c, " ,");
	return year(c, &civil->year);
}

/* 14 November 2025, 14. November 2025, 14 de noviembre de 2025, 1er mai 2025 */
static bool day_first(struct cursor *c, struct bs_civil *civil)
{
	if (!day(c, &civil->day))
		return false;
	skip_ordinal(c);
	skip_joints(c);
	if (!month_name(c, &civil->month))
		return false;
	skip_joints(c);
	return year(c, &civil->year);
}

/* 2025-11-14, 2025/11/14, 2025年11月14日, 2025년 11월 14일 */
static bool year_first(struct cursor *c, struct bs_civil *civil)
{
	static const struct bs_str marks[] = { BS_STR_INIT("-"),  BS_STR_INIT("/"),  BS_STR_INIT("."),
		                               BS_STR_INIT("年"), BS_STR_INIT("月"), BS_STR_INIT("日"),
		                               BS_STR_INIT("년"), BS_STR_INIT("월"), BS_STR_INIT("일") };
	int *parts[] = { &civil->month, &civil->day };

	if (!year(c, &civil->year))
		return false;
	for (size_t i = 0; i < 2; i++) {
		size_t mark = 0;

		while (mark < BS_COUNT(marks) && !take(c, marks[mark]))
			mark++;
		skip(c, mark > 2 ? " " : "");
		if (mark == BS_COUNT(marks) || !number(c, 0, 99, 1, 2, parts[i]))
			return false;
	}
	for (size_t mark = 3; mark < BS_COUNT(marks); mark++)
		(void)take(c, marks[mark]);
	return true;
}

/* 14.11.2025, 11/14/2025 */
static bool figures(struct cursor *c, struct bs_civil *civil)
{
	char mark;
	int first, second;

	if (!day(c, &first) || c->at == c->s.len)
		return false;
	mark = c->s.ptr[c->at++];
	skip(c, " ");
	if ((mark != '.' && mark != '/' && mark != '-') || !day(c, &second) || c->at == c->s.len ||
	    c->s.ptr[c->at++] != mark)
		return false;
	skip(c, " ");
	if (!year(c, &civil->year))
		return false;
	civil->day = mark == '/' && first <= 12 ? second : first;
	civil->month = mark == '/' && first <= 12 ? first : second;
	if (civil->month > 12) {
		int swap = civil->month;
		civil->month = civil->day;
		civil->day = swap;
	}
	return true;
}

/* "2025 г.", "2025 года" */
static void skip_era(struct cursor *c)
{
	static const struct bs_str eras[] = { BS_STR_INIT(" года"), BS_STR_INIT(" г."), BS_STR_INIT(" р."),
		                              BS_STR_INIT(" року"), BS_STR_INIT(" r.") };

	for (size_t i = 0; i < BS_COUNT(eras); i++) {
		if (take(c, eras[i]))
			return;
	}
}

/* A clock behind the day, with what joins it: "at 9:30 a.m. EET", "T09:30:00Z". */
static size_t behind_clock(struct bs_str s, size_t at)
{
	struct cursor c = { s, at };
	int n;

	skip(&c, " ,-|t");
	if (!number(&c, 0, 23, 1, 2, &n)) {
		size_t word = bs_words_start(bs_str_sub(s, c.at, SIZE_MAX),
		                             "at |um |à |a las |às |alle |om |kl |kl. |ore |в ");

		c.at += word;
		skip(&c, " ");
		if (word == 0 || !number(&c, 0, 23, 1, 2, &n))
			return at;
	}
	if (c.at == s.len || strchr(":.h", s.ptr[c.at]) == NULL)
		return at;
	c.at++;
	if (!number(&c, 0, 59, 2, 2, &n))
		return at;
	if (take(&c, BS_STR(":")))
		(void)number(&c, 0, 60, 2, 2, &n);
	for (int words = 0; words < 2; words++) { /* "a.m.", "EET", "Uhr" */
		struct cursor after = c;
		struct bs_str word;

		skip(&after, " ");
		word = word_at(&after);
		after.at += word.len;
		if (word.len == 1 && take(&after, BS_STR(".m")))
			word.len++;
		if (word.len == 0 || word.len > 4)
			break;
		c = after;
		skip(&c, ".");
	}
	return c.at;
}

/* Back over a weekday and what joins it to the day. */
static size_t before_weekday(struct bs_str s, size_t at)
{
	size_t end = at, start;
	struct bs_str rest = bs_str_c(weekdays), name, word;

	while (end > 0 && strchr(" ,.", s.ptr[end - 1]) != NULL)
		end--;
	start = end;
	while (start > 0 && (bs_is_word_byte(s.ptr[start - 1]) || s.ptr[start - 1] == '-'))
		start--;
	word = bs_str_sub(s, start, end - start);
	while (bs_str_split(&rest, '|', &name)) {
		if (bs_str_eq(word, name))
			return start;
	}
	return at;
}

/* The end of the address that begins at `at`, or `at`: addresses have days in them, too. */
static size_t behind_address(struct bs_str low, size_t at)
{
	if (bs_words_start(bs_str_sub(low, at, 8), "http://|https://") == 0)
		return at;
	while (at < low.len && strchr(" )>,\"", low.ptr[at]) == NULL)
		at++;
	return at;
}

bool bs_printed_find_date(struct bs_str low, struct bs_printed_date *out)
{
	static bool (*const forms[])(struct cursor *, struct bs_civil *) = { month_first, day_first, year_first,
		                                                             figures };

	if (low.len > 1000)
		return false;
	for (size_t at = behind_address(low, 0); at < low.len; at = behind_address(low, at + 1)) {
		if (at > 0 && bs_is_word_byte(low.ptr[at - 1]) && (unsigned char)low.ptr[at - 1] < 0x80)
			continue;
		for (size_t i = 0; i < BS_COUNT(forms); i++) {
			struct cursor c = { low, at };
			struct bs_civil civil = { 0 };

			if (!forms[i](&c, &civil))
				continue;
			*out = (struct bs_printed_date){ 0 };
			out->exists = bs_civil_time(&civil, 0, &out->time) == BS_OK;
			out->start = before_weekday(low, at);
			skip_era(&c);
			out->end = behind_clock(low, c.at);
			return true;
		}
	}
	return false;
}

bool bs_printed_day(struct bs_arena *arena, struct bs_str text, int64_t *out)
{
	struct bs_str rest = bs_printed_low(arena, text);
	struct bs_printed_date date;

	for (; bs_printed_find_date(rest, &date); rest = bs_str_sub(rest, date.end, SIZE_MAX)) {
		if (date.exists) {
			*out = date.time;
			return true;
		}
	}
	return false;
}
