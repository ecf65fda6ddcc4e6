/* config.h - what broadsheet.conf says of translation: which engines there are, which are tried for which languages, and when.
 *
 *   [translate]
 *   on_publish = es ca gl            languages that stories are translated into when they are published
 *   on_visit = pt it                 and when a reader first asks for them
 *   chain = apertium                 engines that are tried, one after the other
 *   chain.en-de = deepl libre        the same for one pair of languages
 *   daily_cost = 5.00                of all engines together
 *
 *   [engine deepl]
 *   kind = deepl                     engine.h
 *   …
 *
 * Plain data, filled once. */
#ifndef BS_TRANSLATE_CONFIG_H
#define BS_TRANSLATE_CONFIG_H

#include "translate/engine/engine.h"

enum { BS_TRANSLATE_ENGINES = 16, BS_TRANSLATE_CHAINS = 64, BS_TRANSLATE_LIST = 512 };

struct bs_translate_config {
	struct bs_engine_options engines[BS_TRANSLATE_ENGINES];
	size_t engine_count;
	struct bs_translate_chain {
		char pair[32]; /* "en-de"; empty: of all others */
		char engines[BS_TRANSLATE_LIST];
	} chains[BS_TRANSLATE_CHAINS];
	size_t chain_count;
	char on_publish[BS_TRANSLATE_LIST], on_visit[BS_TRANSLATE_LIST];
	int64_t visits_per_minute; /* translations that readers may ask for, in all; 0: 6 */
	int64_t daily_cost;        /* millionths of the currency; 0: no limit */
};

/* Take in one key of a section. BS_NOT_FOUND: the section or key is not of this room; BS_INVALID: the value cannot be;
 * BS_LIMIT: too many engines or chains. */
enum bs_rc bs_translate_config_set(struct bs_translate_config *config, struct bs_str section, struct bs_str key, struct bs_str value,
                                   struct bs_err *err) BS_CHECK;
/* Look at the whole: every chain names engines that there are, every list languages. An engine "apertium" is there in any case.
 * BS_INVALID says what is wrong. */
enum bs_rc bs_translate_config_check(struct bs_translate_config *config, struct bs_err *err) BS_CHECK;

/* The names of the engines for a pair, separated by spaces or commas. */
struct bs_str bs_translate_chain_of(const struct bs_translate_config *config, const struct bs_lang *from, const struct bs_lang *to);
/* Take the next word out of a list separated by spaces or commas; false at its end. */
bool bs_translate_list_next(struct bs_str *list, struct bs_str *word);
bool bs_translate_list_has(struct bs_str list, struct bs_str word);

#endif
