/* message.h - the site's own words. Each has a symbolic name such as "story.read-in-languages", stands in English with
 * a note to translators in locale/en.po, and in other languages in locale/CODE.po; tools/po-to-c puts them into the
 * binary. The languages that the site is offered in have every message; those that only stories are written in say it
 * in English.
 *
 * For each message without a parameter there is enum bs_msg BS_MSG_story_read_in_languages, for each with parameters a
 * function as well, typed from its pattern:
 *
 *     bs_say_story_minutes(arena, lang, minutes)      "{minutes, plural, one {# minute} other {# minutes}}"
 *
 * so that a misspelt name or a forgotten parameter does not compile. Parameters are text, or numbers (int64_t) that are
 * written in the digits and grouping of the language.
 *
 * No message contains < > & " or ' (po-to-c refuses them; typographic quotes are right anyway): a message is good as it
 * is in HTML text and attributes, and one whose parameters are HTML is HTML. Safe from any thread. */
#ifndef BS_LANG_MESSAGE_H
#define BS_LANG_MESSAGE_H

#include "lang/lang.h"

union bs_msg_value {
	struct bs_str text;
	int64_t number;
};

/* The words of one domain in all its languages; made by tools/po-to-c. The site's are locale/; a room that has words of its own (the
 * desk) keeps them in a folder below it, which may have fewer languages. */
struct bs_words;

/* As bs_message and its like below, of any domain. */
struct bs_str bs_words_message(const struct bs_words *words, const struct bs_lang *lang, int id);
/* What bs_say_… call: values in the order of the pattern's first mention of each in English. */
struct bs_str bs_words_format(struct bs_arena *arena, const struct bs_words *words, const struct bs_lang *lang, int id,
                              const union bs_msg_value *values);
enum bs_rc bs_words_find(const struct bs_words *words, struct bs_str name, int *out) BS_CHECK;
struct bs_str bs_words_name(const struct bs_words *words, int id);
bool bs_words_has_parameters(const struct bs_words *words, int id);
int bs_words_size(const struct bs_words *words);
/* How many of the messages a language has itself. */
size_t bs_words_coverage(const struct bs_words *words, const struct bs_lang *lang);

#include "lang/messages.h" /* made by tools/po-to-c: enum bs_msg and the functions bs_say_… */

/* A message without parameters. Lives for ever. */
struct bs_str bs_message(const struct bs_lang *lang, enum bs_msg id);

/* By name, for templates: BS_NOT_FOUND when no message is called so. */
enum bs_rc bs_message_find(struct bs_str name, enum bs_msg *out) BS_CHECK;
struct bs_str bs_message_name(enum bs_msg id);
/* Whether the message needs values, so that bs_message alone would not do. */
bool bs_message_has_parameters(enum bs_msg id);
/* How many of the messages a language has itself; BS_MSG_COUNT when it is complete. */
size_t bs_message_coverage(const struct bs_lang *lang);

#endif
