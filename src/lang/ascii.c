/* ascii.c - text in ASCII letters, for addresses; see lang.h. What a language spells out in its own way comes from the table
 * below, everything else from ICU's transliteration (which for Cyrillic is ISO 9: right for libraries, not for readers). */
#include "lang/locale.h"

#include <pthread.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

/* Pairs of a small letter and what stands for it. Sources: DIN 5007-2 for German; the Danish rule for addresses; for
 * Cyrillic the way each country writes names in passports (ICAO 9303, Ukraine's resolution 55 of 2010, Bulgaria's
 * transliteration act), soft and hard signs left out. */
struct spelling {
	uint32_t letter;
	const char *ascii;
};

static const struct spelling german[] = { { 0xE4, "ae" }, { 0xF6, "oe" }, { 0xFC, "ue" }, { 0xDF, "ss" }, { 0 } };
static const struct spelling danish[] = { { 0xE6, "ae" }, { 0xF8, "oe" }, { 0xE5, "aa" }, { 0 } };
static const struct spelling russian[] = {
	{ U'ж', "zh" }, { U'й', "y" },  { U'х', "kh" },   { U'ц', "ts" }, { U'ч', "ch" }, { U'ш', "sh" }, { U'щ', "shch" },
	{ U'ъ', "" },   { U'ы', "y" },  { U'ь', "" },     { U'э', "e" },  { U'ю', "yu" }, { U'я', "ya" }, { U'ё', "yo" }, { 0 },
};
static const struct spelling ukrainian[] = {
	{ U'г', "h" },  { U'ґ', "g" },  { U'є', "ie" },   { U'ж', "zh" }, { U'и', "y" },  { U'ї', "i" },  { U'й', "i" },
	{ U'х', "kh" }, { U'ц', "ts" }, { U'ч', "ch" },   { U'ш', "sh" }, { U'щ', "shch" }, { U'ь', "" }, { U'ю', "iu" },
	{ U'я', "ia" }, { U'’', "" },   { 0 },
};
static const struct spelling belarusian[] = {
	{ U'г', "h" },  { U'ж', "zh" }, { U'й', "i" },    { U'ў', "u" },  { U'х', "kh" }, { U'ц', "ts" }, { U'ч', "ch" },
	{ U'ш', "sh" }, { U'ы', "y" },  { U'ь', "" },     { U'э', "e" },  { U'ю', "iu" }, { U'я', "ia" }, { U'ё', "io" }, { 0 },
};
static const struct spelling bulgarian[] = {
	{ U'ж', "zh" }, { U'й', "y" },  { U'х', "h" },    { U'ц', "ts" }, { U'ч', "ch" }, { U'ш', "sh" }, { U'щ', "sht" },
	{ U'ъ', "a" },  { U'ь', "y" },  { U'ю', "yu" },   { U'я', "ya" }, { 0 },
};
static const struct spelling serbian[] = {
	{ U'ђ', "dj" }, { U'ж', "z" },  { U'ј', "j" },    { U'љ', "lj" }, { U'њ', "nj" }, { U'ћ', "c" },  { U'х', "h" },
	{ U'ц', "c" },  { U'ч', "c" },  { U'џ', "dz" },   { U'ш', "s" },  { 0 },
};
static const struct spelling macedonian[] = {
	{ U'ѓ', "gj" }, { U'ж', "zh" }, { U'ѕ', "dz" },   { U'ј', "j" },  { U'љ', "lj" }, { U'њ', "nj" }, { U'ќ', "kj" },
	{ U'х', "h" },  { U'ц', "c" },  { U'ч', "ch" },   { U'џ', "dj" }, { U'ш', "sh" }, { 0 },
};

static const struct spelling *const spellings[BS_LANG_COUNT] = {
	[BS_LANG_de] = german,     [BS_LANG_da] = danish,    [BS_LANG_ru] = russian, [BS_LANG_uk] = ukrainian,
	[BS_LANG_be] = belarusian, [BS_LANG_bg] = bulgarian, [BS_LANG_sr] = serbian, [BS_LANG_mk] = macedonian,
};

static const char rules[] = "Any-Latin; NFD; [[:Mn:][:Lm:]ʹʺʼ’‘'\"] Remove; NFC; Latin-ASCII; [^[:ASCII:]] Remove";

/* One for all threads, since it takes milliseconds to make and megabytes to hold; addresses are made by one writer. */
static struct {
	pthread_mutex_t lock;
	UTransliterator *all;
} transliterator = { .lock = PTHREAD_MUTEX_INITIALIZER };

static bool is_ascii(struct bs_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if ((uint8_t)text.ptr[i] >= 0x80)
			return false;
	}
	return true;
}

static const char *spelling_of(const struct bs_lang *lang, uint32_t letter)
{
	for (const struct spelling *s = spellings[lang->id]; s != NULL && s->letter != 0; s++) {
		if (s->letter == letter)
			return s->ascii;
	}
	return NULL;
}

/* The language's own spellings, a capital letter's beginning with a capital. */
static struct bs_str spell(struct bs_arena *arena, const struct bs_lang *lang, struct bs_str text)
{
	struct bs_buf out = BS_BUF(4 * text.len);
	struct bs_str spelled;

	for (size_t at = 0; at < text.len;) {
		size_t start = at;
		uint32_t letter = bs_str_utf8_next(text, &at), small = (uint32_t)u_tolower((UChar32)letter);
		const char *ascii = spelling_of(lang, small);
		if (ascii == NULL) {
			bs_buf_put(&out, bs_str_sub(text, start, at - start));
		} else if (ascii[0] != '\0') {
			bs_buf_putc(&out, (char)(small != letter ? ascii[0] - 'a' + 'A' : ascii[0]));
			bs_buf_put(&out, bs_str_c(ascii + 1));
		}
	}
	spelled = bs_arena_copy(arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return spelled;
}

static struct bs_str transliterate(struct bs_arena *arena, struct bs_str text)
{
	UErrorCode status = U_ZERO_ERROR;
	size_t len;
	uint16_t *units = units_of_text(arena, text, &len);
	/* The longest: a Chinese character of one unit becomes up to six letters and a space. */
	size_t room = 16 * len + 16;
	UChar *wide = BS_ARRAY(arena, room, UChar);
	int32_t count = (int32_t)len, limit = (int32_t)len;

	memcpy(wide, units, len * sizeof(*units));
	pthread_mutex_lock(&transliterator.lock);
	if (transliterator.all == NULL) {
		UChar wide_rules[sizeof(rules)];
		int32_t rules_len = 0;
		u_strFromUTF8(wide_rules, (int32_t)sizeof(rules), &rules_len, rules, -1, &status);
		transliterator.all = utrans_openU(wide_rules, rules_len, UTRANS_FORWARD, NULL, 0, NULL, &status);
	}
	if (U_SUCCESS(status))
		utrans_transUChars(transliterator.all, wide, &count, (int32_t)room, 0, &limit, &status);
	pthread_mutex_unlock(&transliterator.lock);
	return U_SUCCESS(status) ? text_of_units(arena, wide, (size_t)count) : BS_STR("");
}

struct bs_str bs_lang_ascii(struct bs_arena *arena, const struct bs_lang *lang, struct bs_str text)
{
	struct bs_str spelled;

	if (is_ascii(text))
		return bs_arena_copy(arena, text);
	spelled = spell(arena, lang, text);
	return is_ascii(spelled) ? spelled : transliterate(arena, spelled);
}
