/* theme.h - where templates and style sheets come from: the built-in theme, and a user's folder whose single files take the
 * place of those of the same name. */
#ifndef BS_PAGE_THEME_H
#define BS_PAGE_THEME_H

#include "base/mem.h"
#include "text/template.h"

struct bs_embedded {
	struct bs_str name; /* "css/base.css"; ptr NULL ends the table */
	struct bs_str bytes;
};
extern const struct bs_embedded bs_theme_default[];

/* Whether there is such a folder: a single file that it has not is the built-in theme's, but a folder that is not there is a mistake.
 * BS_IO, BS_INVALID, BS_DENIED. */
enum bs_rc bs_theme_check(const char *dir, struct bs_err *err) BS_CHECK;

/* The file `name` of the theme, in the arena; *file is what messages call it. `dir` may be NULL.
 * BS_NOT_FOUND neither the folder nor the built-in theme has it; BS_INVALID a name that leaves the folder;
 * BS_LIMIT larger than BS_MAX_TEMPLATE; BS_IO. */
enum bs_rc bs_theme_file(struct bs_arena *arena, const char *dir, struct bs_str name, struct bs_str *bytes,
                         struct bs_str *file, struct bs_err *err) BS_CHECK;

/* A loader of templates (text/template.h) from the theme: "card" is the file "card.mustache". ctx is the folder's path, a
 * const char * or NULL. */
enum bs_rc bs_theme_load(void *dir, struct bs_arena *arena, struct bs_str name, struct bs_template_source *out,
                         struct bs_err *err) BS_CHECK;

/* The finished style sheet of css/NAME.css: its @imports in place, each file once, without comments and needless white
 * space, appended to out. A fault in one (css.h), or a file that is not there, is told with file, line and column. */
enum bs_rc bs_theme_style(struct bs_arena *arena, const char *dir, struct bs_str name, struct bs_buf *out,
                          struct bs_err *err) BS_CHECK;

#endif
