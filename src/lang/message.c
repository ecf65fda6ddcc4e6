/* message.c - looking messages up and filling them in; see message.h. A catalogue is one block of bytes in the binary, so
 * that a lookup is two loads, nothing is parsed at run time and nothing needs to be cached. */
#include "lang/catalogue.h"

#include "base/limits.h"
#include "lang/date.h"

/* The message as it is coded, and in *spoken the language it is in. */
static struct bs_str coded(const struct bs_words *words, const struct bs_lang *lang, int id, const struct bs_lang **spoken)
{
	const struct catalogue *own = &words->catalogues[lang->id];

	if (own->text == NULL || own->at[id] == own->at[id + 1]) {
		own = &words->catalogues[BS_LANG_en];
		lang = &bs_langs[BS_LANG_en];
	}
	*spoken = lang;
	return bs_str_n(own->text + own->at[id], (size_t)(own->at[id + 1] - own->at[id]));
}

struct bs_str bs_words_message(const struct bs_words *words, const struct bs_lang *lang, int id)
{
	const struct bs_lang *spoken;

	return coded(words, lang, id, &spoken);
}

static uint8_t take_byte(struct bs_str *code)
{
	uint8_t byte = (uint8_t)code->ptr[0];

	*code = bs_str_sub(*code, 1, SIZE_MAX);
	return byte;
}

/* Take all cases of a plural off the code; the body of the one that fits the number. */
static struct bs_str take_case(const struct bs_lang *lang, struct bs_str *code, int64_t number)
{
	unsigned category = bs_plural_of(lang, number);
	struct bs_str body = { 0 };
	bool found = false;

	for (unsigned left = take_byte(code); left > 0; left--) {
		unsigned key = take_byte(code);
		size_t len = (size_t)take_byte(code) << 8;
		len |= take_byte(code);
		if (!found) {
			found = key >= CODE_EXACT ? number == (int64_t)key - CODE_EXACT : key == category;
			body = bs_str_sub(*code, 0, len); /* the last one, "other", stays when none fits */
		}
		*code = bs_str_sub(*code, len, SIZE_MAX);
	}
	return body;
}

struct filling {
	struct bs_arena *arena;
	const struct bs_lang *lang;
	const union bs_msg_value *values;
	struct bs_buf *out;
};

/* Plurals stand within plurals as deep as the catalogue has them; po-to-c has seen to it that the code is well formed. */
static void fill(const struct filling *with, struct bs_str code)
{
	while (code.len > 0) {
		uint8_t byte = take_byte(&code);
		const union bs_msg_value *value;
		if (byte > CODE_LAST) {
			bs_buf_putc(with->out, (char)byte);
			continue;
		}
		value = &with->values[take_byte(&code)];
		if (byte == CODE_TEXT)
			bs_buf_put(with->out, value->text);
		else if (byte == CODE_NUMBER)
			bs_buf_put(with->out, bs_number(with->arena, with->lang, value->number));
		else
			fill(with, take_case(with->lang, &code, value->number));
	}
}

struct bs_str bs_words_format(struct bs_arena *arena, const struct bs_words *words, const struct bs_lang *lang, int id,
                              const union bs_msg_value *values)
{
	struct bs_buf out = BS_BUF(BS_MAX_MESSAGE);
	struct filling with = { .arena = arena, .values = values, .out = &out };
	struct bs_str code = coded(words, lang, id, &with.lang);
	struct bs_str text;

	fill(&with, code);
	text = bs_arena_copy(arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return text;
}

enum bs_rc bs_words_find(const struct bs_words *words, struct bs_str name, int *out)
{
	int low = 0, high = words->count;

	while (low < high) {
		int middle = low + (high - low) / 2;
		int order = bs_str_cmp(name, words->about[middle].name);
		if (order == 0) {
			*out = middle;
			return BS_OK;
		}
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return BS_NOT_FOUND;
}

struct bs_str bs_words_name(const struct bs_words *words, int id)
{
	return words->about[id].name;
}

bool bs_words_has_parameters(const struct bs_words *words, int id)
{
	return words->about[id].has_parameters;
}

int bs_words_size(const struct bs_words *words)
{
	return words->count;
}

size_t bs_words_coverage(const struct bs_words *words, const struct bs_lang *lang)
{
	const struct catalogue *own = &words->catalogues[lang->id];
	size_t count = 0;

	if (own->text == NULL)
		return 0;
	for (int id = 0; id < words->count; id++)
		count += own->at[id] != own->at[id + 1];
	return count;
}

/* --- the site's own ------------------------------------------------------------------------------------------------------ */

struct bs_str bs_message(const struct bs_lang *lang, enum bs_msg id)
{
	return bs_words_message(&bs_msg_words, lang, (int)id);
}

enum bs_rc bs_message_find(struct bs_str name, enum bs_msg *out)
{
	int id = 0;
	enum bs_rc rc = bs_words_find(&bs_msg_words, name, &id);

	if (rc == BS_OK)
		*out = (enum bs_msg)id;
	return rc;
}

struct bs_str bs_message_name(enum bs_msg id)
{
	return bs_words_name(&bs_msg_words, (int)id);
}

bool bs_message_has_parameters(enum bs_msg id)
{
	return bs_words_has_parameters(&bs_msg_words, (int)id);
}

size_t bs_message_coverage(const struct bs_lang *lang)
{
	return bs_words_coverage(&bs_msg_words, lang);
}
