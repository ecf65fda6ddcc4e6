/* catalogue.h - what tools/po-to-c makes of locale/; only message.c and what is made include it. The coding of a message
 * is told in tools/po-to-c. */
#ifndef BS_LANG_CATALOGUE_H
#define BS_LANG_CATALOGUE_H

#include "lang/message.h"

enum { CODE_TEXT = 1, CODE_NUMBER = 2, CODE_PLURAL = 3, CODE_LAST = CODE_PLURAL, CODE_EXACT = 16 };

struct catalogue {
	const char *text;   /* NULL: the language has no catalogue */
	const uint16_t *at; /* at[id] … at[id + 1] is the message; nothing there: it lacks this one */
};
extern const struct catalogue catalogues[BS_LANG_COUNT];

struct message_about {
	struct bs_str name;
	bool has_parameters;
};
extern const struct message_about messages_about[BS_MSG_COUNT]; /* in the order of names */

#endif
