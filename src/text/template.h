/* template.h - Mustache templates: compiled once, rendered often.
 *
 * The language is the published Mustache specification 1.4 with its optional modules for inheritance ({{<parent}},
 * {{$block}}) and dynamic names ({{>*name}}); lambdas are left out, since no code runs in a theme. Truth, printing and
 * escaping go by the kind of a value (value.h). Where the specification is silent:
 *   - a name that nothing has prints nothing;
 *   - {{{x}}} and {{&x}} print text unescaped, as the specification has it; a theme has no need of them;
 *   - recursion ends at BS_MAX_TEMPLATE_DEPTH levels of sections, partials and blocks within each other: rendering then
 *     fails with BS_LIMIT instead of filling the memory.
 *
 * A set holds the templates of one theme, all compiled before any is used, so that a fault in one is known at once and
 * rendering needs no lock, no file and no allocation but the page's buffer. A set is immutable and counted: any number
 * of threads render from it while a reload makes the next one. A template's name is its path in the theme without the
 * extension ("story", "parts/card"): segments of letters, digits, '_', '-', '.' and no segment begins with a dot. */
#ifndef BS_TEXT_TEMPLATE_H
#define BS_TEXT_TEMPLATE_H

#include "text/value.h"

struct bs_templates; /* a set */
struct bs_template;  /* one of a set; lives as long as the set */

enum { BS_MAX_CONTEXTS = 8 };

struct bs_template_source {
	struct bs_str text;
	struct bs_str file; /* what messages call it: "themes/plain/story.mustache" */
};

/* Where templates come from: a theme's folder over the built-in theme, for one.
 *   BS_OK         *out is filled; it needs to live until bs_templates_load returns (put it into the arena).
 *   BS_NOT_FOUND  there is no template of this name; err says so.
 *   others        end the load. */
struct bs_template_loader {
	enum bs_rc (*load)(void *ctx, struct bs_arena *arena, struct bs_str name, struct bs_template_source *out,
	                   struct bs_err *err);
	void *ctx;
};

/* Compile the named templates, and every partial and parent that these name, into a new set with one reference.
 * `symbols` are the names that the program's views use; the set has a copy, which begins with them.
 *   BS_NOT_FOUND  one of `names` does not exist (a partial may: it renders as nothing, see bs_templates_check)
 *   BS_INVALID    a fault in a template: "FILE:LINE:COLUMN: what is wrong and what to do"
 *   BS_LIMIT      a template over BS_MAX_TEMPLATE, or more names than there are symbols */
enum bs_rc bs_templates_load(const struct bs_symbols *symbols, const struct bs_template_loader *loader,
                             const struct bs_str *names, size_t count, struct bs_templates **out,
                             struct bs_err *err) BS_CHECK;

/* One more reference; returns the set. Safe from any thread that holds one. */
struct bs_templates *bs_templates_ref(struct bs_templates *set);
/* One less; the last frees the set. Accepts NULL, leaves NULL. */
void bs_templates_unref(struct bs_templates **set);

/* Whether a template could have this name. */
bool bs_template_name_valid(struct bs_str name);
/* The template of this name, or NULL. */
const struct bs_template *bs_templates_find(const struct bs_templates *set, struct bs_str name);
/* All names that the set's templates and the program's views know; for reading data with bs_value_of_json. */
const struct bs_symbols *bs_templates_symbols(const struct bs_templates *set);

/* Append what the template makes of the data to `out`. `contexts` are searched from the last to the first: the page's
 * own view last, what all pages share before it. At most BS_MAX_CONTEXTS.
 *   BS_LIMIT  recursion without end, or `out` met its cap; `out` then holds the part that was written. */
enum bs_rc bs_template_render(const struct bs_template *template, const struct bs_value *contexts, size_t count,
                              struct bs_buf *out, struct bs_err *err) BS_CHECK;

/* --- What many pages show alike ---
 * The outermost context of many pages, and what partials made of it: one that stands in no section and reads nothing else (a footer) is
 * printed for the first page and copied into the others. Safe from any thread. */
struct bs_common;

/* `values` and `set` are borrowed and do not change any more. */
struct bs_common *bs_common_new(const struct bs_templates *set, const struct bs_dict *values);
/* Accepts NULL, leaves NULL. */
void bs_common_free(struct bs_common **common);
const struct bs_dict *bs_common_values(const struct bs_common *common);

/* As bs_template_render of a template of that set, with the common values and then the page's own view as contexts. */
enum bs_rc bs_template_render_common(const struct bs_template *template, struct bs_common *common, const struct bs_dict *view,
                                     struct bs_buf *out, struct bs_err *err) BS_CHECK;

/* What a theme maker should look at although it is no fault. */
struct bs_template_finding {
	struct bs_str file;
	uint32_t line;   /* from 1 */
	uint32_t column; /* from 1, in bytes */
	struct bs_str text; /* "no partial 'parts/crad'; did you mean 'parts/card'?" */
};

/* What would print nothing, silently: every partial and parent that is missing, every argument whose parent has no such
 * block, every name that is not among `known` (the names that the views use). In order of template and place; made in
 * the arena. */
void bs_templates_check(struct bs_arena *arena, const struct bs_templates *set, const struct bs_symbols *known,
                        struct bs_template_finding **out, size_t *count);

/* --- The set in use ---
 * One place that holds the current set, for a server that reloads its theme. Zero-initialise, then put. */

#include <pthread.h>

struct bs_theme_slot {
	pthread_mutex_t lock;
	struct bs_templates *set;
};

#define BS_THEME_SLOT ((struct bs_theme_slot){ .lock = PTHREAD_MUTEX_INITIALIZER })
/* The current set with a reference of the caller's, or NULL when none was put yet. */
struct bs_templates *bs_theme_slot_get(struct bs_theme_slot *slot);
/* Make this the current set (the slot takes the caller's reference) and let go of the one before. NULL empties it. */
void bs_theme_slot_put(struct bs_theme_slot *slot, struct bs_templates *set);

#endif
