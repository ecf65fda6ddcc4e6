/* config.c - see config.h. */
#include "translate/config.h"

#include <stdio.h>

enum shape { TEXT, NUMBER, MONEY };

struct key {
	const char *name;
	enum shape shape;
	size_t offset, size;
};

#define OF_ENGINE(name, shape, field) { name, shape, offsetof(struct bs_engine_options, field), sizeof(((struct bs_engine_options *)0)->field) }
#define OF_ROOM(name, shape, field) { name, shape, offsetof(struct bs_translate_config, field), sizeof(((struct bs_translate_config *)0)->field) }

static const struct key engine_keys[] = {
	OF_ENGINE("kind", TEXT, kind), OF_ENGINE("label", TEXT, label), OF_ENGINE("url", TEXT, url), OF_ENGINE("key_file", TEXT, key_file),
	OF_ENGINE("model", TEXT, model), OF_ENGINE("command", TEXT, command), OF_ENGINE("timeout", NUMBER, timeout),
	OF_ENGINE("batch", NUMBER, batch), OF_ENGINE("batch_characters", NUMBER, batch_characters), OF_ENGINE("rate", NUMBER, rate),
	OF_ENGINE("cost", MONEY, cost), OF_ENGINE("daily_characters", NUMBER, daily_characters), OF_ENGINE("daily_cost", MONEY, daily_cost),
};
static const struct key room_keys[] = {
	OF_ROOM("on_publish", TEXT, on_publish), OF_ROOM("on_visit", TEXT, on_visit),
	OF_ROOM("visits_per_minute", NUMBER, visits_per_minute), OF_ROOM("daily_cost", MONEY, daily_cost),
};

/* "20", "0.5", "19.99": into millionths. */
static bool read_money(struct bs_str text, int64_t *out)
{
	struct bs_str whole, parts = text;
	int64_t units = 0, fraction = 0, scale = 1000000;

	if (!bs_str_split(&parts, '.', &whole) || bs_str_int(whole, &units) != BS_OK || units < 0 || units > 1000000000)
		return false;
	if (parts.ptr != NULL) {
		if (parts.len < 1 || parts.len > 6 || bs_str_int(parts, &fraction) != BS_OK || fraction < 0)
			return false;
		for (size_t i = 0; i < parts.len; i++)
			scale /= 10;
	}
	*out = units * 1000000 + fraction * scale;
	return true;
}

static bool set_text(char *to, size_t size, struct bs_str value)
{
	if (value.len >= size)
		return false;
	memcpy(to, value.ptr, value.len);
	to[value.len] = '\0';
	return true;
}

static enum bs_rc set_key(void *object, const struct key *keys, size_t count, struct bs_str name, struct bs_str value, struct bs_err *err)
{
	for (size_t i = 0; i < count; i++) {
		char *to = (char *)object + keys[i].offset;
		bool well;
		if (!bs_str_eq(bs_str_c(keys[i].name), name))
			continue;
		if (keys[i].shape == TEXT)
			well = set_text(to, keys[i].size, value);
		else if (keys[i].shape == MONEY)
			well = read_money(value, (int64_t *)(void *)to);
		else
			well = bs_str_int(value, (int64_t *)(void *)to) == BS_OK && *(int64_t *)(void *)to >= 0;
		return well ? BS_OK : bs_fail(err, BS_INVALID, BS_FMT " cannot be '" BS_FMT "'", BS_ARG(name), BS_ARG(value));
	}
	return BS_NOT_FOUND;
}

static enum bs_rc set_engine(struct bs_translate_config *config, struct bs_str name, struct bs_str key, struct bs_str value,
                             struct bs_err *err)
{
	struct bs_engine_options *engine = NULL;

	for (size_t i = 0; i < config->engine_count; i++) {
		if (bs_str_eq(bs_str_c(config->engines[i].name), name))
			engine = &config->engines[i];
	}
	if (engine == NULL) {
		if (config->engine_count == BS_TRANSLATE_ENGINES)
			return bs_fail(err, BS_LIMIT, "there are more than %d engines", BS_TRANSLATE_ENGINES);
		engine = &config->engines[config->engine_count++];
		*engine = (struct bs_engine_options){ 0 };
		if (name.len == 0 || !set_text(engine->name, sizeof(engine->name), name))
			return bs_fail(err, BS_INVALID, "[engine " BS_FMT "] needs a shorter name", BS_ARG(name));
	}
	return set_key(engine, engine_keys, BS_COUNT(engine_keys), key, value, err);
}

static enum bs_rc set_chain(struct bs_translate_config *config, struct bs_str pair, struct bs_str value, struct bs_err *err)
{
	struct bs_translate_chain *chain = &config->chains[config->chain_count];

	if (config->chain_count == BS_TRANSLATE_CHAINS)
		return bs_fail(err, BS_LIMIT, "there are more than %d chains", BS_TRANSLATE_CHAINS);
	if (!set_text(chain->pair, sizeof(chain->pair), pair) || !set_text(chain->engines, sizeof(chain->engines), value))
		return bs_fail(err, BS_INVALID, "the chain of " BS_FMT " is too long", BS_ARG(pair));
	config->chain_count++;
	return BS_OK;
}

enum bs_rc bs_translate_config_set(struct bs_translate_config *config, struct bs_str section, struct bs_str key, struct bs_str value,
                                   struct bs_err *err)
{
	if (bs_str_starts(section, BS_STR("engine ")))
		return set_engine(config, bs_str_trim(bs_str_sub(section, 7, SIZE_MAX)), key, value, err);
	if (!bs_str_eq(section, BS_STR("translate")))
		return BS_NOT_FOUND;
	if (bs_str_eq(key, BS_STR("chain")))
		return set_chain(config, BS_STR(""), value, err);
	if (bs_str_starts(key, BS_STR("chain.")))
		return set_chain(config, bs_str_sub(key, 6, SIZE_MAX), value, err);
	return set_key(config, room_keys, BS_COUNT(room_keys), key, value, err);
}

/* --- looking at the whole ------------------------------------------------------------------------------------------------------- */

bool bs_translate_list_next(struct bs_str *list, struct bs_str *word)
{
	size_t end;

	while (list->len > 0 && strchr(" ,\t", list->ptr[0]) != NULL)
		*list = bs_str_sub(*list, 1, SIZE_MAX);
	for (end = 0; end < list->len && strchr(" ,\t", list->ptr[end]) == NULL; end++)
		;
	*word = bs_str_sub(*list, 0, end);
	*list = bs_str_sub(*list, end, SIZE_MAX);
	return word->len > 0;
}

bool bs_translate_list_has(struct bs_str list, struct bs_str word)
{
	struct bs_str one;

	while (bs_translate_list_next(&list, &one)) {
		if (bs_str_eq(one, word))
			return true;
	}
	return false;
}

static bool has_engine(const struct bs_translate_config *config, struct bs_str name)
{
	for (size_t i = 0; i < config->engine_count; i++) {
		if (bs_str_eq(bs_str_c(config->engines[i].name), name))
			return true;
	}
	return false;
}

static enum bs_rc check_languages(const char *key, const char *list, struct bs_err *err)
{
	struct bs_str rest = bs_str_c(list), word;

	while (bs_translate_list_next(&rest, &word)) {
		const struct bs_lang *lang = bs_lang_find(word);
		if (lang == NULL || !bs_str_eq(lang->code, word))
			return bs_fail(err, BS_INVALID, "[translate] %s: '" BS_FMT "' is no language's code, such as es or zh-Hans", key,
			               BS_ARG(word));
	}
	return BS_OK;
}

static enum bs_rc check_chain(const struct bs_translate_config *config, const struct bs_translate_chain *chain, struct bs_err *err)
{
	struct bs_str rest = bs_str_c(chain->engines), word;

	while (bs_translate_list_next(&rest, &word)) {
		if (!has_engine(config, word))
			return bs_fail(err, BS_INVALID, "[translate] chain%s%s: there is no [engine " BS_FMT "]", chain->pair[0] != '\0' ? "." : "",
			               chain->pair, BS_ARG(word));
	}
	return BS_OK;
}

enum bs_rc bs_translate_config_check(struct bs_translate_config *config, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	if (!has_engine(config, BS_STR("apertium")))
		rc = set_engine(config, BS_STR("apertium"), BS_STR("kind"), BS_STR("apertium"), err);
	for (size_t i = 0; i < config->chain_count && rc == BS_OK; i++)
		rc = check_chain(config, &config->chains[i], err);
	if (rc == BS_OK)
		rc = check_languages("on_publish", config->on_publish, err);
	if (rc == BS_OK)
		rc = check_languages("on_visit", config->on_visit, err);
	return rc;
}

struct bs_str bs_translate_chain_of(const struct bs_translate_config *config, const struct bs_lang *from, const struct bs_lang *to)
{
	char pair[64];
	struct bs_str usual = BS_STR("apertium");

	snprintf(pair, sizeof(pair), "%.*s-%.*s", (int)from->code.len, from->code.ptr, (int)to->code.len, to->code.ptr);
	for (size_t i = 0; i < config->chain_count; i++) {
		if (strcmp(config->chains[i].pair, pair) == 0)
			return bs_str_c(config->chains[i].engines);
		if (config->chains[i].pair[0] == '\0')
			usual = bs_str_c(config->chains[i].engines);
	}
	return usual;
}
