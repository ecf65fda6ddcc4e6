/* unit.h - what each unit test includes: cmocka with its prerequisites, and comparisons of slices. */
#ifndef BS_TESTS_UNIT_H
#define BS_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"

/* The slice holds exactly this text. */
#define assert_str(slice, text) assert_str_at((slice), (text), __FILE__, __LINE__)
static inline void assert_str_at(struct bs_str s, const char *text, const char *file, int line)
{
	if (!bs_str_eq(s, bs_str_c(text))) {
		print_error("expected \"%s\"\n     got \"%.*s\"\n", text, (int)s.len, s.len > 0 ? s.ptr : "");
		_fail(file, line);
	}
}

/* rc is BS_OK, or the error's text is shown. */
#define assert_ok(rc, err) assert_ok_at((rc), (err), __FILE__, __LINE__)
static inline void assert_ok_at(enum bs_rc rc, const struct bs_err *err, const char *file, int line)
{
	if (rc != BS_OK) {
		print_error("%s: %s\n", bs_rc_name(rc), err != NULL ? err->text : "");
		_fail(file, line);
	}
}

#endif
