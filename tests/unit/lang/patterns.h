/* patterns.h - what patterns-to-c.py makes of locale/, for test_icu.c. */
#ifndef BS_TESTS_LANG_PATTERNS_H
#define BS_TESTS_LANG_PATTERNS_H

#include "lang/message.h"

struct pattern {
	const char *lang;
	enum bs_msg id;
	const char *types; /* of the parameters in order: s text, d number */
	const char *text;  /* ICU MessageFormat with numbered parameters */
};
extern const struct pattern patterns[];
extern const size_t pattern_count;

struct needed_plurals {
	const char *lang;
	const char *categories; /* "one few other" */
	const char *alone;      /* those of them that hold a single number: "one" */
};
extern const struct needed_plurals needed_plurals[];
extern const size_t needed_plural_count;

#endif
