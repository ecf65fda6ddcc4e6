/* rendering.h - what the tests of templates share: templates from strings in, a page out. */
#ifndef BS_TESTS_RENDERING_H
#define BS_TESTS_RENDERING_H

#include "tests/unit/unit.h"

#include "text/json.h"
#include "text/template.h"

/* A theme of strings is name, text, name, text, … NULL; the first is the page. */

static enum bs_rc theme_load(void *ctx, struct bs_arena *arena, struct bs_str name, struct bs_template_source *out,
                             struct bs_err *err)
{
	for (const char *const *at = ctx; *at != NULL; at += 2) {
		if (bs_str_eq(bs_str_c(at[0]), name)) {
			out->text = bs_str_c(at[1]);
			out->file = bs_arena_printf(arena, "%s.mustache", at[0]);
			return BS_OK;
		}
	}
	return bs_fail(err, BS_NOT_FOUND, "there is no '" BS_FMT "'", BS_ARG(name));
}

/* Compile all templates of the theme, as a server does: data may name any of them. */
static inline enum bs_rc theme_compile(const char *const *templates, struct bs_templates **out, struct bs_err *err)
{
	struct bs_template_loader loader = { theme_load, (void *)(uintptr_t)templates };
	struct bs_symbols *symbols = bs_symbols_new();
	struct bs_str names[64];
	size_t count = 0;
	enum bs_rc rc;

	for (const char *const *at = templates; *at != NULL; at += 2)
		names[count++] = bs_str_c(at[0]);
	rc = bs_templates_load(symbols, &loader, names, count, out, err);
	bs_symbols_free(&symbols);
	return rc;
}

/* Render the first template with the JSON into `page`. */
static inline enum bs_rc theme_render(const char *const *templates, const char *json, struct bs_buf *page,
                                      struct bs_err *err)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_templates *set = NULL;
	const struct bs_json *data;
	enum bs_rc rc = theme_compile(templates, &set, err);

	if (rc != BS_OK)
		goto done;
	rc = bs_json_parse(arena, bs_str_c(json), &data, err);
	if (rc != BS_OK)
		goto done;
	struct bs_value view = bs_value_of_json(arena, bs_templates_symbols(set), data);
	rc = bs_template_render(bs_templates_find(set, bs_str_c(templates[0])), &view, 1, page, err);
done:
	bs_templates_unref(&set);
	bs_arena_free(&arena);
	return rc;
}

/* The templates (the first is the page) make exactly this of the JSON. */
#define assert_renders(json, want, ...) \
	assert_renders_at((const char *const[]){ "page", __VA_ARGS__, NULL }, (json), (want), __FILE__, __LINE__)
static inline void assert_renders_at(const char *const *templates, const char *json, const char *want, const char *file,
                                     int line)
{
	struct bs_buf page = BS_BUF(1 << 20);
	struct bs_err err = { 0 };

	assert_ok_at(theme_render(templates, json, &page, &err), &err, file, line);
	assert_str_at(bs_buf_str(&page), want, file, line);
	bs_buf_free(&page);
}

/* Compiling or rendering fails with this result, and the message has this in it. */
#define assert_fails(result, message, json, ...) \
	assert_fails_at((const char *const[]){ "page", __VA_ARGS__, NULL }, (json), (result), (message), __FILE__, __LINE__)
static inline void assert_fails_at(const char *const *templates, const char *json, enum bs_rc rc, const char *message,
                                   const char *file, int line)
{
	struct bs_buf page = BS_BUF(1 << 20);
	struct bs_err err = { 0 };
	enum bs_rc got = theme_render(templates, json, &page, &err);

	if (got != rc || strstr(err.text, message) == NULL) {
		print_error("expected %s: …%s…\n     got %s: %s\n", bs_rc_name(rc), message, bs_rc_name(got), err.text);
		_fail(file, line);
	}
	bs_buf_free(&page);
}

#endif
