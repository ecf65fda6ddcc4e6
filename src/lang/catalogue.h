/* catalogue.h - what tools/po-to-c makes of a folder of PO files; only message.c and what is made include it. The coding of a message
 * is told in tools/po-to-c. */
#ifndef BS_LANG_CATALOGUE_H
#define BS_LANG_CATALOGUE_H

#include "lang/message.h"

enum { CODE_TEXT = 1, CODE_NUMBER = 2, CODE_PLURAL = 3, CODE_LAST = CODE_PLURAL, CODE_EXACT = 16 };

struct catalogue {
	const char *text;   /* NULL: the language has no catalogue */
	const uint16_t *at; /* at[id] … at[id + 1] is the message; nothing there: it lacks this one */
};

struct message_about {
	struct bs_str name;
	bool has_parameters;
};

struct bs_words {
	const struct catalogue *catalogues;  /* BS_LANG_COUNT of them */
	const struct message_about *about;   /* in the order of names */
	int count;
};

#endif
