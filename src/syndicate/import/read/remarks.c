/* remarks.c - the list of remarks on one document; see remarks.h. */
#include "syndicate/import/read/remarks.h"

#include <stdarg.h>
#include <stdio.h>

void bs_remark(struct bs_remarks *remarks, enum bs_remark_kind kind, int line, struct bs_str subject,
               struct bs_str text)
{
	if (remarks->count == BS_MAX_REMARKS) {
		remarks->unsaid++;
		return;
	}
	BS_GROW(remarks->arena, remarks->items, remarks->count, remarks->room, 8);
	remarks->items[remarks->count++] = (struct bs_remark){
		.kind = kind,
		.line = line,
		.subject = bs_arena_copy(remarks->arena, subject),
		.text = bs_arena_copy(remarks->arena, text),
	};
}

enum bs_rc bs_refuse(struct bs_remarks *remarks, int line, struct bs_err *err, enum bs_rc rc, const char *fmt, ...)
{
	char text[sizeof(err->text)];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	remarks->line = line;
	remarks->byte = 0;
	return bs_fail(err, rc, "%s", text);
}
